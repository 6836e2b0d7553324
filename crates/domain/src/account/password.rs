//! What a password must be: long, and not what everyone tries first.

use thidua_base::text::{fold, nfc};

use crate::refusal::Refusal;

/// Shortest password, in characters.
pub const CHARS_MIN: usize = 10;
/// Longest password, in characters: a sentence fits, and hashing stays cheap for the server.
pub const CHARS_MAX: usize = 128;

/// Beginnings of what is tried first, folded, without spaces: a password that is one of these, alone or
/// followed by digits and signs only, is as good as none.
const COMMONEST: &[&str] = &[
    "password",
    "passw0rd",
    "matkhau",
    "matkhaumoi",
    "dangnhap",
    "quantri",
    "quantrivien",
    "administrator",
    "admin",
    "thidua",
    "thiduakhenthuong",
    "khenthuong",
    "ubnd",
    "ubndhuyen",
    "ubndxa",
    "ubndtinh",
    "noivu",
    "sonoivu",
    "phongnoivu",
    "vietnam",
    "hanoi",
    "thanhhoa",
    "trieuson",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "letmein",
    "welcome",
    "iloveyou",
    "anhyeuem",
    "emyeuanh",
    "abc",
    "abcd",
    "abcdef",
    "abcdefghij",
    "aabbcc",
    "computer",
    "changeme",
    "default",
    "secret",
    "service",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "q1w2e3r4t5",
];

/// The password as it is hashed: Normal Form C, so that two keyboards that type `ế` differently agree.
pub fn normal(password: &str) -> String {
    nfc(password)
}

/// Whether a password may be set for an account of these names.
///
/// # Errors
/// [`Refusal::ShortPassword`], [`Refusal::LongPassword`], [`Refusal::PasswordIsName`], [`Refusal::CommonPassword`].
pub fn judge(password: &str, name: &str, display_name: &str) -> Result<(), Refusal> {
    let length = normal(password).chars().count();
    if length < CHARS_MIN {
        return Err(Refusal::ShortPassword { least: CHARS_MIN });
    }
    if length > CHARS_MAX {
        return Err(Refusal::LongPassword { most: CHARS_MAX });
    }
    let plain = squeezed(password);
    let letters = plain.trim_end_matches(|c: char| !c.is_alphabetic());
    for own in [squeezed(name), squeezed(display_name)] {
        let own_letters = own.trim_end_matches(|c: char| !c.is_alphabetic());
        if plain == own || (!letters.is_empty() && letters == own_letters) {
            return Err(Refusal::PasswordIsName);
        }
    }
    if COMMONEST.contains(&letters) || COMMONEST.contains(&plain.as_str()) || is_run(&plain) {
        return Err(Refusal::CommonPassword);
    }
    Ok(())
}

/// Folded and without spaces: `Mật khẩu` and `matkhau` are one to a guesser.
fn squeezed(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Whether each letter stands one step from the one before, always the same step: `1234567890`, `aaaaaaaaaa`,
/// `9876543210`; after nine comes zero.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let step = |pair: &[i64]| match (pair[0], pair[1]) {
        (57, 48) => 1,
        (48, 57) => -1,
        (a, b) => b - a,
    };
    let mut steps = codes.windows(2).map(step);
    let Some(first) = steps.next() else { return true };
    (-1..=1).contains(&first) && steps.all(|step| step == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(password: &str) -> Result<(), Refusal> {
        judge(password, "hoa.nt", "Nguyễn Thị Hòa")
    }

    #[test]
    fn length_is_counted_in_letters_as_people_see_them() {
        assert_eq!(judged("chín chữ!"), Err(Refusal::ShortPassword { least: CHARS_MIN }));
        // Nine letters, typed with combining marks, are still nine.
        assert_eq!(judged("chi\u{301}n chu\u{31b}\u{303}!"), Err(Refusal::ShortPassword { least: CHARS_MIN }));
        assert_eq!(judged("mười chữ đó"), Ok(()));
        assert_eq!(judged(&"dài ".repeat(33)), Err(Refusal::LongPassword { most: CHARS_MAX }));
    }

    #[test]
    fn the_persons_own_names_are_no_password() {
        for own in ["nguyenthihoa", "Nguyễn Thị Hòa", "NGUYEN THI HOA 1990", "hoa.nt.1234"] {
            assert_eq!(judged(own), Err(Refusal::PasswordIsName), "{own}");
        }
        assert_eq!(judged("Nguyễn Thị Hòa trồng lúa"), Ok(()));
    }

    #[test]
    fn what_everyone_tries_first_is_refused_in_every_spelling() {
        for common in
            ["1234567890", "0987654321", "aaaaaaaaaa", "MatKhau123", "Mật khẩu 2020", "thidua@2020!", "Password1234"]
        {
            assert_eq!(judged(common), Err(Refusal::CommonPassword), "{common}");
        }
        assert_eq!(judged("thi đua gặt lúa sớm"), Ok(()));
    }
}
