//! Which database a command works on, and opening it.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use thidua_app::{App, Clock};
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_store::Db;

use crate::failure::{Exit, Failure};
use crate::speak::Speech;

/// The file used where none is named.
const DEFAULT: &str = "thidua.sqlite";

/// A database as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server; may hold a password, so it is never printed.
    Server(String),
}

/// Whether a missing file is made or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Made.
    Created,
    /// Refused, with what to do.
    Refused,
}

impl Address {
    /// The database that `--db` or `THIDUA_DB` names.
    pub fn given(matches: &ArgMatches) -> Self {
        Self::read(matches.get_one::<String>("db").map_or(DEFAULT, String::as_str))
    }

    fn read(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Server(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        }
    }

    /// What may be printed of it.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(_) => "postgres://…".to_owned(),
        }
    }
}

/// Opens and migrates a database.
pub fn open(speech: Speech, address: &Address, missing: Missing) -> Result<Db, Failure> {
    let db = match address {
        Address::File(path) => {
            if missing == Missing::Refused && !path.exists() {
                let shown = path.display().to_string();
                return Err(Failure::refused(speech.with("fail.no-database", &[("path", &shown)])));
            }
            Db::open(path)
        }
        Address::Server(url) => Db::connect(url),
    }
    .map_err(|error| Failure::of_store(speech, &error))?;
    db.migrate().map_err(|error| Failure::of_store(speech, &error))?;
    Ok(db)
}

/// Opens a database for verbs, on the machine's clock.
pub fn app(speech: Speech, address: &Address) -> Result<App, Failure> {
    let db = open(speech, address, Missing::Refused)?;
    App::open(db, Clock::Machine).map_err(|error| Failure::of(speech, &error))
}

/// The law book the program ships with.
pub fn book(speech: Speech) -> Result<Book, Failure> {
    Book::shipped().map_err(|error| Failure {
        exit: Exit::Internal,
        sentence: speech.with("fail.internal", &[("why", &error.to_string())]),
    })
}

/// The command line itself, acting in the tenant the pages show.
pub fn operator(app: &App) -> Actor {
    Actor { name: OPERATOR.to_owned(), scope: Scope::whole(app.home.tenant.clone()) }
}

/// The name under which the command line is recorded.
pub const OPERATOR: &str = "thidua (dòng lệnh)";

/// The folder a file lies in; the current one for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_told_from_a_file_and_its_password_is_not_shown() {
        let server = Address::read("postgres://u:secret@h/db");
        assert_eq!(server, Address::Server("postgres://u:secret@h/db".into()));
        assert!(!server.shown().contains("secret"));
        assert_eq!(Address::read("a/b.sqlite"), Address::File("a/b.sqlite".into()));
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() {
        assert_eq!(folder_of(Path::new("x.pdf")), Path::new("."));
        assert_eq!(folder_of(Path::new("a/x.pdf")), Path::new("a"));
    }
}
