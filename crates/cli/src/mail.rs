//! Settings of mail, from the environment; without a host there is no mail.
//!
//! A password stands in a file that only the program's user can read, or in the environment; never in an argument.

use std::path::Path;

use thidua_app::mail::{Mail, Security, Settings};

use crate::failure::Failure;
use crate::speak::Speech;

/// The server.
const HOST: &str = "THIDUA_MAIL_HOST";
const PORT: &str = "THIDUA_MAIL_PORT";
/// `tls`, `starttls` (unless said otherwise) or `none`.
const SECURITY: &str = "THIDUA_MAIL_SECURITY";
const USER: &str = "THIDUA_MAIL_USER";
const PASSWORD: &str = "THIDUA_MAIL_PASSWORD";
const PASSWORD_FILE: &str = "THIDUA_MAIL_PASSWORD_FILE";
/// The address letters come from, and the name beside it.
const FROM: &str = "THIDUA_MAIL_FROM";
const FROM_NAME: &str = "THIDUA_MAIL_FROM_NAME";

/// Mail as the environment sets it up; `None` where no host is named.
///
/// # Errors
/// A sentence with the name of the variable that cannot be used; never with its value.
pub fn from_environment(speech: Speech) -> Result<Option<Mail>, Failure> {
    let asked = |name: &str| std::env::var(name).ok();
    let bad = |name: &'static str| Failure::refused(speech.with("fail.mail-setting", &[("name", name)]));
    match settings(asked, |path| std::fs::read_to_string(path).ok()) {
        Ok(None) => Ok(None),
        Ok(Some(settings)) => Mail::new(&settings)
            .map(Some)
            .map_err(|error| Failure::refused(speech.with("fail.mail", &[("why", &error.to_string())]))),
        Err(name) => Err(bad(name)),
    }
}

/// The settings, or the name of the variable that cannot be used.
fn settings(
    asked: impl Fn(&str) -> Option<String>,
    file: impl Fn(&Path) -> Option<String>,
) -> Result<Option<Settings>, &'static str> {
    let given = |name: &'static str| asked(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some(host) = given(HOST) else { return Ok(None) };
    let port = given(PORT).map(|text| text.parse().map_err(|_| PORT)).transpose()?;
    let security = match given(SECURITY) {
        None => Security::StartTls,
        Some(word) => Security::read(&word).ok_or(SECURITY)?,
    };
    let password = match (asked(PASSWORD).filter(|text| !text.is_empty()), given(PASSWORD_FILE)) {
        (Some(_), Some(_)) => return Err(PASSWORD_FILE),
        (Some(password), None) => Some(password),
        (None, Some(path)) => {
            let text = file(Path::new(&path)).ok_or(PASSWORD_FILE)?;
            Some(text.trim_end_matches(['\r', '\n']).to_owned()).filter(|text| !text.is_empty())
        }
        (None, None) => None,
    };
    let credentials = match (given(USER), password) {
        (None, None) => None,
        (Some(user), Some(password)) => Some((user, password)),
        (Some(_), None) => return Err(PASSWORD),
        (None, Some(_)) => return Err(USER),
    };
    let from = given(FROM).ok_or(FROM)?;
    let from_name = given(FROM_NAME).unwrap_or_else(|| "Thi Đua".to_owned());
    Ok(Some(Settings { host, port, security, credentials, from, from_name }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The settings from these variables; the only file there is holds `trong tệp`.
    fn read(variables: &[(&str, &str)]) -> Result<Option<Settings>, &'static str> {
        let asked = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        settings(asked, |path| (path == Path::new("/bi-mat")).then(|| "trong tệp\n".to_owned()))
    }

    #[test]
    fn without_a_host_there_is_no_mail() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[(HOST, " "), (PORT, "x")]), Ok(None));
    }

    #[test]
    fn settings_are_read_and_what_cannot_be_used_is_named() {
        let base = [(HOST, "mail.x.example"), (FROM, "thidua@x.example")];
        let with = |more: &[(&'static str, &'static str)]| read(&[base.as_slice(), more].concat());
        let plain = with(&[]).unwrap().unwrap();
        assert_eq!((plain.security, plain.port, plain.credentials), (Security::StartTls, None, None));
        assert_eq!(plain.from_name, "Thi Đua");
        let full =
            with(&[(PORT, "2525"), (SECURITY, "tls"), (USER, "u"), (PASSWORD_FILE, "/bi-mat")]).unwrap().unwrap();
        assert_eq!((full.port, full.security), (Some(2525), Security::Tls));
        assert_eq!(full.credentials, Some(("u".to_owned(), "trong tệp".to_owned())));
        // Spaces may belong to a password.
        let spaced = with(&[(USER, "u"), (PASSWORD, " p ")]).unwrap().unwrap();
        assert_eq!(spaced.credentials.unwrap().1, " p ");
        for (more, named) in [
            (&[(PORT, "70000")][..], PORT),
            (&[(SECURITY, "ssl")], SECURITY),
            (&[(USER, "u")], PASSWORD),
            (&[(PASSWORD, "p")], USER),
            (&[(USER, "u"), (PASSWORD_FILE, "/khong-co")], PASSWORD_FILE),
            (&[(USER, "u"), (PASSWORD, "p"), (PASSWORD_FILE, "/bi-mat")], PASSWORD_FILE),
        ] {
            assert_eq!(with(more), Err(named));
        }
        assert_eq!(read(&[(HOST, "mail.x.example")]), Err(FROM));
    }
}
