//! The second factor (xác thực hai lớp): one-time codes of an app (RFC 6238) and recovery codes for a lost phone.
//!
//! What is typed and when a code may count is decided here; the secret and its arithmetic are in `store`.

use thidua_base::{Date, Timestamp};

use super::RoleHeld;
use crate::actor::Role;

/// Seconds for which one code is shown: the default of RFC 6238 (4.1), which every app knows.
pub const STEP_SECONDS: i64 = 30;
/// Digits of a code: what every app shows without being asked.
pub const DIGITS: usize = 6;
/// Steps before and after the present one whose codes are taken, for clocks that differ and people who type slowly;
/// RFC 6238 (5.2) recommends at most one.
pub const STEPS_ASIDE: i64 = 1;
/// Bytes of a secret: 160 bits, as RFC 4226 (4, R6) recommends.
pub const SECRET_BYTES: usize = 20;
/// Recovery codes given out at once.
pub const RECOVERY_CODES: usize = 10;
/// Bytes of chance in a recovery code: 80 bits, far beyond guessing, so that a fast hash is enough for it.
pub const RECOVERY_BYTES: usize = 10;
/// Letters of a recovery code.
const RECOVERY_LETTERS: usize = RECOVERY_BYTES * 8 / 5;
/// Letters in a group, so that a code can be read out.
const GROUP: usize = 4;

/// What someone typed where a code is asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum TypedCode {
    /// A code of the app.
    Code(u32),
    /// A recovery code, in capitals without hyphens.
    Recovery(String),
    /// Neither.
    Neither,
}

impl TypedCode {
    /// Reads what was typed; spaces, hyphens and case do not count.
    pub fn read(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if plain.len() == DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
            return plain.parse().map_or(Self::Neither, Self::Code);
        }
        let capitals = plain.to_ascii_uppercase();
        let fits = capitals.len() == RECOVERY_LETTERS && capitals.bytes().all(|b| ALPHABET.contains(&b));
        if fits { Self::Recovery(capitals) } else { Self::Neither }
    }
}

impl std::fmt::Debug for TypedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Code(…)",
            Self::Recovery(_) => "Recovery(…)",
            Self::Neither => "Neither",
        })
    }
}

/// The step an instant lies in.
pub fn step_of(at: Timestamp) -> i64 {
    at.second().div_euclid(STEP_SECONDS)
}

/// The steps whose codes count at an instant, the likeliest first: those near it, and later than the last one used,
/// so that no code is taken twice.
pub fn steps_taken(at: Timestamp, last_used: Option<i64>) -> Vec<i64> {
    let now = step_of(at);
    let mut steps: Vec<i64> = (now - STEPS_ASIDE..=now + STEPS_ASIDE).collect();
    steps.sort_by_key(|step| (step - now).abs());
    steps.retain(|step| last_used.is_none_or(|last| *step > last));
    steps
}

/// Whether these roles demand a second factor on a day: whoever keeps the accounts of others has one.
pub fn is_demanded(roles: &[RoleHeld], day: Date) -> bool {
    roles.iter().any(|held| held.role == Role::Administrator && held.on(day))
}

/// The address that an app reads from the square code: whose codes these are and how they are made. The account's
/// name has letters that need escaping; the label of the house may have any.
pub fn key_uri(house: &str, account: &str, secret_base32: &str) -> String {
    let (house, account) = (escaped(house), escaped(account));
    format!(
        "otpauth://totp/{house}:{account}?secret={secret_base32}&issuer={house}&algorithm=SHA1&digits={DIGITS}\
         &period={STEP_SECONDS}"
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes in the letters of RFC 4648 (6), without padding.
pub fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    let mut push = |five: u32| out.push(char::from(ALPHABET[(five & 31) as usize]));
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xFFFF;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    out
}

/// Letters in groups of four, to be read and typed.
pub fn grouped(letters: &str, between: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::AccountId;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn letters_are_those_of_the_standard() {
        for (bytes, letters) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI"), ("\0\0", "AAAA")]
        {
            assert_eq!(base32(bytes.as_bytes()), letters, "{bytes}");
        }
        assert_eq!(base32(&[0xFF; RECOVERY_BYTES]), "7".repeat(RECOVERY_LETTERS));
        assert_eq!(grouped("ABCDEFGHIJ", "-"), "ABCD-EFGH-IJ");
    }

    #[test]
    fn codes_are_read_however_they_are_typed() {
        assert_eq!(TypedCode::read(" 012 345 "), TypedCode::Code(12_345));
        let recovery = TypedCode::Recovery("ABCDEFGHIJKLMN27".into());
        for typed in ["ABCD-EFGH-IJKL-MN27", "abcdefghijklmn27", " abcd efgh ijkl mn27"] {
            assert_eq!(TypedCode::read(typed), recovery, "{typed}");
        }
        for nonsense in
            ["", "12345", "1234567", "12345x", "١٢٣٤٥٦", "ABCD-EFGH-IJKL-MN01", "ABCD-EFGH-IJKL-MN2", "ếếếế"]
        {
            assert_eq!(TypedCode::read(nonsense), TypedCode::Neither, "{nonsense}");
        }
        assert!(!format!("{recovery:?} {:?}", TypedCode::Code(12_345)).contains(|c: char| c.is_ascii_digit()));
    }

    proptest::proptest! {
        #[test]
        fn a_recovery_code_is_read_back_in_any_spelling(bytes: [u8; RECOVERY_BYTES], group in 1_usize..9) {
            let letters = base32(&bytes);
            let spelt: Vec<char> = letters.to_lowercase().chars().collect();
            let spelt: Vec<String> = spelt.chunks(group).map(|part| part.iter().collect()).collect();
            for between in ["", "-", " ", " - "] {
                proptest::prop_assert_eq!(TypedCode::read(&spelt.join(between)), TypedCode::Recovery(letters.clone()));
            }
        }

        #[test]
        fn whatever_is_typed_is_read_as_what_it_is(text: String) {
            match TypedCode::read(&text) {
                TypedCode::Code(code) => proptest::prop_assert!(code < 1_000_000),
                TypedCode::Recovery(letters) => {
                    proptest::prop_assert_eq!(letters.len(), 16);
                    proptest::prop_assert!(letters.bytes().all(|b| ALPHABET.contains(&b)));
                }
                TypedCode::Neither => {}
            }
        }
    }

    #[test]
    fn the_step_before_and_after_count_and_none_twice() {
        let now = at("2020-07-05T02:00:00Z");
        let step = step_of(now);
        assert_eq!(step_of(at("2020-07-05T02:00:29Z")), step);
        assert_eq!(step_of(at("2020-07-05T01:59:59Z")), step - 1);
        assert_eq!(step_of(at("1969-12-31T23:59:59Z")), -1);
        assert_eq!(steps_taken(now, None), [step, step - 1, step + 1]);
        assert_eq!(steps_taken(now, Some(step - 1)), [step, step + 1]);
        assert_eq!(steps_taken(now, Some(step)), [step + 1]);
        assert!(steps_taken(now, Some(step + 1)).is_empty());
    }

    #[test]
    fn administrators_need_one_while_they_are_it() {
        let day = |text: &str| Date::parse(text).unwrap();
        let held = |role, to: Option<&str>| RoleHeld {
            account: AccountId::parse("tk-1").unwrap(),
            role,
            unit: None,
            valid_from: day("2020-01-01"),
            valid_to: to.map(day),
        };
        assert!(is_demanded(&[held(Role::Administrator, None)], day("2020-07-05")));
        assert!(!is_demanded(&[held(Role::Administrator, Some("2020-07-05"))], day("2020-07-05")));
        assert!(!is_demanded(&[held(Role::Leader, None)], day("2020-07-05")));
    }

    #[test]
    fn the_address_for_the_app_is_escaped() {
        let uri = key_uri("Thi Đua", "hoa.nt@x", "ABC");
        assert!(uri.starts_with("otpauth://totp/Thi%20%C4%90ua:hoa.nt%40x?secret=ABC&issuer=Thi%20%C4%90ua&"), "{uri}");
    }
}
