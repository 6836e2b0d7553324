//! How a command ends: one sentence and an exit code.

use std::path::Path;
use std::process::ExitCode;

use thidua_app::Error;
use thidua_store::Error as StoreError;

use crate::speak::Speech;

/// Why a command failed: the sentence to print and the code to exit with.
#[derive(Debug)]
pub struct Failure {
    /// The exit code, documented in the help.
    pub exit: Exit,
    /// The sentence.
    pub sentence: String,
}

/// Exit codes of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The checker found errors.
    Findings,
    /// The command or its input cannot be used.
    Refused,
    /// The database cannot be used.
    Database,
    /// We or the machine failed.
    Internal,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Findings => Self::from(1),
            Exit::Refused => Self::from(2),
            Exit::Database => Self::from(3),
            Exit::Internal => Self::from(4),
        }
    }
}

impl Failure {
    /// A refusal with a sentence of the command line.
    pub fn refused(sentence: String) -> Self {
        Self { exit: Exit::Refused, sentence }
    }

    /// A file that cannot be written.
    pub fn cannot_write(speech: Speech, path: &Path, why: &std::io::Error) -> Self {
        if why.kind() == std::io::ErrorKind::StorageFull {
            return Self { exit: Exit::Internal, sentence: speech.get("fail.disk-full").to_owned() };
        }
        let facts = [("path", path.display().to_string()), ("why", why.to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Self { exit: Exit::Internal, sentence: speech.with("fail.cannot-write", &facts) }
    }

    /// The same, where the user named the place: theirs to choose again.
    pub fn asked_for(self) -> Self {
        Self { exit: Exit::Refused, ..self }
    }

    /// The failure of a verb.
    pub fn of(speech: Speech, error: &Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::refused(speech.shared.refusal(refusal)),
            Error::NotFound(what) => {
                let named = speech.find(&format!("what.{what}")).unwrap_or(speech.get("what.other"));
                Self::refused(speech.with("fail.not-found", &[("what", named)]))
            }
            Error::Store(error) => Self::of_store(speech, error),
            Error::Internal(error) => {
                let why = format!("{error:#}");
                Self { exit: Exit::Internal, sentence: speech.with("fail.internal", &[("why", &why)]) }
            }
        }
    }

    /// The failure of the store.
    pub fn of_store(speech: Speech, error: &StoreError) -> Self {
        let sentence = match error {
            StoreError::InUse { path } => speech.with("fail.in-use", &[("path", &path.display().to_string())]),
            StoreError::TooNew { found, known } => {
                speech.with("fail.too-new", &[("found", &found.to_string()), ("known", &known.to_string())])
            }
            StoreError::NotADatabase { path, .. } => {
                speech.with("fail.not-a-database", &[("path", &path.display().to_string())])
            }
            StoreError::CannotOpen { path, why } => {
                speech.with("fail.cannot-open", &[("path", &path.display().to_string()), ("why", why)])
            }
            StoreError::Unreachable(why) => speech.with("fail.unreachable", &[("why", why)]),
            StoreError::DiskFull => speech.get("fail.disk-full").to_owned(),
            StoreError::Busy(_) => speech.get("fail.busy").to_owned(),
            StoreError::Clash(_) | StoreError::Integrity(_) | StoreError::Driver { .. } => {
                speech.with("fail.store", &[("why", &error.to_string())])
            }
        };
        Self { exit: Exit::Database, sentence }
    }
}
