//! Why the store could not do something: sentences for operators, without secrets and without users' data.

use std::path::PathBuf;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process, or another handle of this one, has the file open.
    #[error("the database {path} is in use by another process", path = path.display())]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// The database was written by a newer program.
    #[error("the database has schema {found}, this program knows up to {known}: use a newer program")]
    TooNew {
        /// Schema number found.
        found: u32,
        /// Newest schema number this program knows.
        known: u32,
    },
    /// The file is no SQLite database, is damaged, or belongs to another program.
    #[error("{path} is not a database of this program: {why}", path = path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file, or the folder it lies in, cannot be opened or written.
    #[error("cannot open the database {path}: {why}", path = path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// The system's own words.
        why: String,
    },
    /// The PostgreSQL server cannot be used; the address is not repeated, since it may hold a password.
    #[error("cannot use the PostgreSQL server: {0}")]
    Unreachable(String),
    /// No room left on the disk; the transaction is undone.
    #[error("the disk is full")]
    DiskFull,
    /// The database stayed busy for as long as a request may wait.
    #[error("the database is busy: {0}")]
    Busy(&'static str),
    /// Something with the same key is there already; the name of the primary or unique key.
    #[error("a row with the same key exists already ({0})")]
    Clash(&'static str),
    /// A rule of the schema is broken: a reference to nothing, a missing value, a change of an append-only row.
    #[error("the data break a rule of the schema: {0}")]
    Integrity(String),
    /// Anything else a driver reports.
    #[error("{statement}: {source}")]
    Driver {
        /// The statement, or what was being done.
        statement: &'static str,
        /// The driver's error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
