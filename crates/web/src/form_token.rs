//! Tokens of forms: a post is taken only from a form that was made for the same browser.
//!
//! A token is a salt and a hash of it with a secret that only the browser's cookie and we know, so nothing has
//! to be stored. The salt is new each time a form is shown: a compressed page that holds the same secret over
//! and over could be guessed from its length.

use sha2::{Digest, Sha256};
use thidua_app::Error;
use thidua_app::entropy::{Entropy, hex};

/// A token for a form, tied to a secret in a cookie.
///
/// # Errors
/// Where the machine has no random bytes to give.
pub fn made(entropy: &Entropy, secret: &str) -> Result<String, Error> {
    let salt = hex(&entropy.bytes::<8>()?);
    let proof = proof(&salt, secret);
    Ok(format!("{salt}-{proof}"))
}

/// Whether a token was made for this secret. Compares in constant time.
pub fn fits(secret: &str, given: &str) -> bool {
    let Some((salt, sent)) = given.split_once('-') else { return false };
    let expected = proof(salt, secret);
    let difference = expected.bytes().zip(sent.bytes()).fold(0, |found, (a, b)| found | (a ^ b));
    sent.len() == expected.len() && difference == 0
}

fn proof(salt: &str, secret: &str) -> String {
    let mut hasher = Sha256::new();
    // Each part after its length: no two pairs have the same encoding.
    for part in ["thidua form 1", salt, secret] {
        let length = u64::try_from(part.len()).expect("no text in memory is longer than u64");
        hasher.update(length.to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_own_secret_only_and_never_looks_the_same() {
        let entropy = Entropy::set(1);
        let (one, two) = (made(&entropy, "phiên a").unwrap(), made(&entropy, "phiên a").unwrap());
        assert_ne!(one, two);
        assert!(fits("phiên a", &one) && fits("phiên a", &two));
        let cut = &one[..one.len() - 1];
        let swapped = format!("{}-{}", one.split_once('-').unwrap().0, two.split_once('-').unwrap().1);
        for wrong in ["", "-", "x", cut, &format!("{one}0"), &swapped] {
            assert!(!fits("phiên a", wrong), "{wrong}");
        }
        assert!(!fits("phiên b", &one) && !fits("", &one));
        assert!(!one.contains("phiên"));
    }
}
