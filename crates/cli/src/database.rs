//! Which database a command works on, and opening it.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use thidua_app::{App, Clock};
use thidua_domain::Actor;
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
    ///
    /// # Errors
    /// When it is the address of something else than PostgreSQL; the address itself is not repeated.
    pub fn given(speech: Speech, matches: &ArgMatches) -> Result<Self, Failure> {
        let text = matches.get_one::<String>("db").map_or(DEFAULT, String::as_str);
        Self::read(text).ok_or_else(|| Failure::refused(speech.get("fail.unknown-address").to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once("://") {
            None => Some(Self::File(PathBuf::from(text))),
            Some((scheme, rest)) => {
                let postgres = ["postgres", "postgresql"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
                postgres.then(|| Self::Server(format!("postgres://{rest}")))
            }
        }
    }

    /// Whether nothing is there yet: what a command makes and then cannot fill, it takes away again.
    pub fn is_new(&self) -> bool {
        match self {
            Self::File(path) => !path.exists(),
            Self::Server(_) => false,
        }
    }

    /// Takes away a file that a command made and could not fill, with its lock.
    pub fn take_away(&self) {
        if let Self::File(path) = self {
            let mut lock = path.clone().into_os_string();
            lock.push(".lock");
            for made in [path.clone(), PathBuf::from(lock)] {
                // What cannot be removed is an empty database: harmless, and the failure is told anyhow.
                let _ = std::fs::remove_file(made);
            }
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
    let is_new = address.is_new();
    let opened = match address {
        Address::File(path) => {
            if missing == Missing::Refused && !path.exists() {
                let shown = path.display().to_string();
                return Err(Failure::refused(speech.with("fail.no-database", &[("path", &shown)])));
            }
            Db::open(path)
        }
        Address::Server(url) => Db::connect(url),
    };
    opened.and_then(|db| db.migrate().map(|_| db)).map_err(|error| {
        if is_new && matches!(error, thidua_store::Error::DiskFull) {
            address.take_away();
        }
        Failure::of_store(speech, &error)
    })
}

/// Opens the database and tenant that the arguments name, on the machine's clock.
pub fn app(speech: Speech, matches: &ArgMatches) -> Result<App, Failure> {
    let db = open(speech, &Address::given(speech, matches)?, Missing::Refused)?;
    let tenant = matches.get_one::<String>("tenant").map(String::as_str);
    App::open_for(db, Clock::Machine, tenant).map_err(|error| Failure::of(speech, &error))
}

/// The law book the program ships with.
pub fn book(speech: Speech) -> Result<&'static Book, Failure> {
    Book::shipped().map_err(|error| Failure {
        exit: Exit::Internal,
        sentence: speech.with("fail.internal", &[("why", &error.to_string())]),
    })
}

/// The command line itself, acting in the tenant the pages show.
pub fn operator(app: &App) -> Actor {
    Actor::operator(OPERATOR, app.home.tenant.clone())
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
        for text in ["postgres://u:secret@h/db", "PostgreSQL://u:secret@h/db"] {
            let server = Address::read(text).unwrap();
            assert_eq!(server, Address::Server("postgres://u:secret@h/db".into()));
            assert!(!server.shown().contains("secret"));
        }
        assert_eq!(Address::read("mysql://u:secret@h/db"), None);
        assert_eq!(Address::read("a/b.sqlite"), Some(Address::File("a/b.sqlite".into())));
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() {
        assert_eq!(folder_of(Path::new("x.pdf")), Path::new("."));
        assert_eq!(folder_of(Path::new("a/x.pdf")), Path::new("a"));
    }
}
