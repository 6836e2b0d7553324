//! The key of an installation, by which it signs what must be known as its own years later (chữ ký số): Ed25519 over the bytes.
//!
//! The key stands in a file of the machine and never in the database: who can copy the database cannot sign with it.

use std::fmt::Write as _;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use thidua_base::Timestamp;
use thidua_domain::cluster::opening::Signed;

/// Bytes of the seed a key is made from.
const SEED_BYTES: usize = 32;

/// A key that signs; printing it shows its public half only.
pub struct Seal {
    pair: Ed25519KeyPair,
}

impl Seal {
    /// Reads the seed, 64 hexadecimal digits, as `openssl rand -hex 32` writes it; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let seed = bytes_of(text.trim()).filter(|seed| seed.len() == SEED_BYTES)?;
        Ed25519KeyPair::from_seed_unchecked(&seed).ok().map(|pair| Self { pair })
    }

    /// The public key, in hexadecimal: what others check signatures by.
    pub fn public_key(&self) -> String {
        hex(self.pair.public_key().as_ref())
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8], at: Timestamp) -> Signed {
        Signed { public_key: self.public_key(), signature: hex(self.pair.sign(bytes).as_ref()), at }
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seal({})", self.public_key())
    }
}

/// Whether a signature is that of these bytes by the key it names.
pub fn stands(signed: &Signed, bytes: &[u8]) -> bool {
    let (Some(key), Some(signature)) = (bytes_of(&signed.public_key), bytes_of(&signed.signature)) else {
        return false;
    };
    UnparsedPublicKey::new(&ED25519, key).verify(bytes, &signature).is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = text.as_bytes().chunks(2).filter(|_| is_hex);
    let bytes: Option<Vec<u8>> =
        pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    bytes.filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test of RFC 8032, section 7.1.
    const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const OF_NOTHING: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    fn at() -> Timestamp {
        Timestamp::parse("2020-07-05T05:00:00Z").unwrap()
    }

    #[test]
    fn a_key_signs_as_the_standard_says() {
        let seal = Seal::read(&format!("{SEED}\n")).unwrap();
        let signed = seal.sign(b"", at());
        assert_eq!((signed.public_key.as_str(), signed.signature.as_str()), (PUBLIC, OF_NOTHING));
        assert!(stands(&signed, b""));
        assert_eq!(format!("{seal:?}"), format!("Seal({PUBLIC})"));
    }

    #[test]
    fn another_byte_another_key_and_nonsense_do_not_stand() {
        let seal = Seal::read(SEED).unwrap();
        let signed = seal.sign("Bản chốt".as_bytes(), at());
        assert!(stands(&signed, "Bản chốt".as_bytes()));
        assert!(!stands(&signed, "Bản chót".as_bytes()));
        let other = Seal::read(&"11".repeat(32)).unwrap().public_key();
        assert!(!stands(&Signed { public_key: other, ..signed.clone() }, "Bản chốt".as_bytes()));
        for broken in ["", "0", "zz", "ố", &"0".repeat(128)] {
            assert!(!stands(&Signed { signature: broken.into(), ..signed.clone() }, "Bản chốt".as_bytes()));
        }
        for text in ["", "abc", &SEED[1..], &format!("{SEED}00"), &"ố".repeat(32)] {
            assert!(Seal::read(text).is_none(), "{text:?}");
        }
    }
}
