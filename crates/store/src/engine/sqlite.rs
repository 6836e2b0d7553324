//! SQLite: one file, one process; a writer and a few readers.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::backup::Backup;
use rusqlite::ffi::{ErrorCode, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::slots::{Held, Slots};
use super::{Mode, Row as OurRow, RowSource, Value};
use crate::constraint::key_over;
use crate::error::Error;
use crate::statement::Statement;

/// A row of the driver.
pub(super) type Row<'a> = &'a rusqlite::Row<'a>;

/// Readers at one time. Two cores serve more requests than that, since a read takes microseconds.
const READERS_MAX: usize = 4;

/// Statements kept prepared on a connection: all of ours fit.
const PREPARED_MAX: usize = 256;

/// What is set on every connection. `synchronous = FULL`: what was acknowledged survives a power failure, which in
/// write-ahead mode `NORMAL` does not promise. `recursive_triggers` makes `INSERT OR REPLACE` meet the triggers
/// that refuse deletions.
const SETTINGS: &str = "PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
    PRAGMA recursive_triggers = ON;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;";

/// A database file, or one in memory.
///
/// Fields are closed in this order: readers cannot fold the write-ahead log back into the file, so the
/// writer must be the last connection to go, and the lock goes after it.
pub(super) struct Database {
    readers: Option<Arc<Slots<Connection>>>,
    writer: Arc<Slots<Connection>>,
    place: Place,
}

enum Place {
    File { path: PathBuf, _lock: File },
    Memory,
}

/// A transaction on a connection.
pub(super) struct Link {
    held: Held<Connection>,
    after: After,
}

/// What is done to the connection when its transaction has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    WritingAllowed,
}

impl Database {
    pub fn open(path: &Path) -> Result<Self, Error> {
        let path = &*placed(path)?;
        let lock = locked(path)?;
        let connection = opened(path).inspect_err(|_| {
            // Someone's file that is no database gets no lock left beside it. Whoever waits for this
            // very lock meets the same file, so removing it lets no two in.
            let _ = std::fs::remove_file(beside(path, "lock"));
        })?;
        Ok(Self {
            readers: Some(Slots::new(READERS_MAX, "all readers are at work")),
            writer: writer(connection)?,
            place: Place::File { path: path.to_owned(), _lock: lock },
        })
    }

    pub fn memory() -> Result<Self, Error> {
        let connection = Connection::open_in_memory().map_err(|e| told("open", e))?;
        prepared_connection(&connection).map_err(|e| told("open", e))?;
        Ok(Self { readers: None, writer: writer(connection)?, place: Place::Memory })
    }

    pub fn transaction(&self, mode: Mode) -> Result<Link, Error> {
        let mut held = match (&self.place, &self.readers, mode) {
            (Place::File { path, .. }, Some(readers), Mode::Read) => readers.take(|| reader(path))?,
            (Place::File { .. } | Place::Memory, Some(_) | None, Mode::Read | Mode::Write) => {
                self.writer.take(|| Err(Error::Busy("the writer is gone")))?
            }
        };
        // A reader of a file cannot write anyhow; the one connection of a memory is told not to.
        let (begin, after) = match (&self.place, mode) {
            (Place::File { .. }, Mode::Read) => ("BEGIN DEFERRED;", After::Nothing),
            (Place::Memory, Mode::Read) => ("PRAGMA query_only = ON; BEGIN DEFERRED;", After::WritingAllowed),
            (Place::File { .. } | Place::Memory, Mode::Write) => ("BEGIN IMMEDIATE;", After::Nothing),
        };
        held.connection().execute_batch(begin).map_err(|e| told("begin", e))?;
        Ok(Link { held, after })
    }

    pub fn back_up(&self, schema: u32) -> Result<(), Error> {
        let Place::File { path, .. } = &self.place else { return Ok(()) };
        let mut held = self.writer.take(|| Err(Error::Busy("the writer is gone")))?;
        // Copied under another name first: a file that is called a backup is a whole one.
        let unfinished = beside(path, &format!("schema-{schema}.unfinished"));
        let finished = beside(path, &format!("schema-{schema}.bak"));
        let outcome = copied(held.connection(), &unfinished)
            .map_err(|e| opening(&unfinished, e))
            .and_then(|()| std::fs::rename(&unfinished, &finished).map_err(|e| system(&finished, &e)));
        if outcome.is_err() {
            // The failure to copy is what the operator must hear of, not one to tidy up after it.
            let _ = std::fs::remove_file(&unfinished);
        }
        outcome
    }

    pub fn foreign(&self) -> Option<Error> {
        match &self.place {
            Place::File { path, .. } => {
                let why = "it holds tables of another program".to_owned();
                Some(Error::NotADatabase { path: path.clone(), why })
            }
            Place::Memory => None,
        }
    }
}

/// The writing connection. The first read finds a file that is no database, or that was cut off.
fn opened(path: &Path) -> Result<Connection, Error> {
    // Without URI names: a path is a path, whatever it looks like.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connected = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.execute_batch("PRAGMA journal_mode = WAL;")?;
        prepared_connection(&connection)?;
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    connected().map_err(|error| opening(path, error))
}

/// The whole path of a database file, which is made where it is missing, for its owner's eyes only: it holds
/// personal data. A whole path also keeps SQLite from reading `:memory:` or an empty name as no file at all.
fn placed(path: &Path) -> Result<PathBuf, Error> {
    let cannot = |why: &str| Error::CannotOpen { path: path.to_owned(), why: why.to_owned() };
    if path.as_os_str().is_empty() {
        return Err(cannot("the name is empty"));
    }
    let whole = std::path::absolute(path).map_err(|error| system(path, &error))?;
    match std::fs::metadata(&whole) {
        Ok(found) if found.is_file() => Ok(whole),
        Ok(_) => Err(cannot("it is no ordinary file")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut options = OpenOptions::new();
            options.create_new(true).write(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(&whole).map_err(|error| system(path, &error))?;
            Ok(whole)
        }
        Err(error) => Err(system(path, &error)),
    }
}

/// The path of a companion of the database file.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The slot of the only writer, with its connection in it.
fn writer(connection: Connection) -> Result<Arc<Slots<Connection>>, Error> {
    let slots = Slots::new(1, "another change is being written");
    drop(slots.take(|| Ok(connection))?);
    Ok(slots)
}

fn reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| opening(path, e))?;
    prepared_connection(&connection).map_err(|e| opening(path, e))?;
    Ok(connection)
}

fn prepared_connection(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
    connection.execute_batch(SETTINGS)
}

fn copied(from: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut to = Connection::open(path)?;
    let backup = Backup::new(from, &mut to)?;
    backup.run_to_completion(1024, std::time::Duration::ZERO, None)
}

/// The lock on `<path>.lock`, which the system frees when the process ends, however it ends.
fn locked(path: &Path) -> Result<File, Error> {
    let options = OpenOptions::new().create(true).truncate(false).write(true).clone();
    let file = options.open(beside(path, "lock")).map_err(|error| system(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(system(path, &error)),
    }
}

impl Link {
    pub fn query<T>(
        &mut self,
        statement: &Statement,
        values: &[Value],
        mut read: impl FnMut(&mut OurRow<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let failed = |error| told(statement.name, error);
        let mut prepared = self.held.connection().prepare_cached(statement.text).map_err(failed)?;
        let order = order_of(&prepared, statement, values.len())?;
        bind(&mut prepared, &order, values).map_err(failed)?;
        let mut rows = prepared.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let source = RowSource::Sqlite(row);
            found.push(read(&mut OurRow { source, statement: statement.name, read: 0 })?);
        }
        Ok(found)
    }

    pub fn execute(&mut self, statement: &Statement, values: &[Value]) -> Result<u64, Error> {
        let failed = |error| told(statement.name, error);
        let mut prepared = self.held.connection().prepare_cached(statement.text).map_err(failed)?;
        let order = order_of(&prepared, statement, values.len())?;
        bind(&mut prepared, &order, values).map_err(failed)?;
        let touched = prepared.raw_execute().map_err(failed)?;
        Ok(u64::try_from(touched).expect("a count of rows fits in 64 bits"))
    }

    pub fn insert_many(&mut self, statement: &Statement, rows: &[Vec<Value>]) -> Result<(), Error> {
        let failed = |error| told(statement.name, error);
        let mut prepared = self.held.connection().prepare_cached(statement.text).map_err(failed)?;
        let order = order_of(&prepared, statement, rows.first().map_or(0, Vec::len))?;
        for row in rows {
            bind(&mut prepared, &order, row).map_err(failed)?;
            prepared.raw_execute().map_err(failed)?;
        }
        Ok(())
    }

    pub fn prepare(&mut self, statement: &Statement) -> Result<(), Error> {
        let prepared = self.held.connection().prepare_cached(statement.text);
        prepared.map(drop).map_err(|error| told(statement.name, error))
    }

    pub fn batch(&mut self, text: &str) -> Result<(), Error> {
        self.held.connection().execute_batch(text).map_err(|error| told("migrate", error))
    }

    pub fn tables(&mut self) -> Result<Vec<String>, Error> {
        const TABLES: &str =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
        let failed = |error| told("tables", error);
        let mut prepared = self.held.connection().prepare(TABLES).map_err(failed)?;
        let names = prepared.query_map([], |row| row.get(0)).map_err(failed)?;
        names.collect::<Result<_, _>>().map_err(failed)
    }

    pub fn commit(mut self) -> Result<(), Error> {
        let committed = self.held.connection().execute_batch("COMMIT;");
        committed.map_err(|error| match dangling(self.held.connection()) {
            Some(what) => Error::Integrity(what),
            None => told("commit", error),
        })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let connection = self.held.connection();
        // After a commit the connection is in autocommit mode and there is nothing to undo. SQLite
        // undoes a transaction itself after some failures (a full disk), and a second undoing fails.
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK;");
        }
        if self.after == After::WritingAllowed {
            let _ = connection.execute_batch("PRAGMA query_only = OFF;");
        }
    }
}

/// Which value goes to each of SQLite's places: it takes `$2` for a name and counts places by first
/// appearance, so that the value of `$2` may belong in any of them.
fn order_of(prepared: &rusqlite::Statement<'_>, statement: &Statement, values: usize) -> Result<Vec<usize>, Error> {
    let number = |place| prepared.parameter_name(place)?.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1);
    let order: Vec<usize> = (1..=prepared.parameter_count()).filter_map(number).filter(|at| *at < values).collect();
    if order.len() == prepared.parameter_count() && order.len() == values {
        return Ok(order);
    }
    let (name, places) = (statement.name, prepared.parameter_count());
    Err(Error::Integrity(format!("{name}: {values} values for {places} placeholders")))
}

fn bind(prepared: &mut rusqlite::Statement<'_>, order: &[usize], values: &[Value]) -> rusqlite::Result<()> {
    for (place, value) in order.iter().enumerate() {
        prepared.raw_bind_parameter(place + 1, &values[*value])?;
    }
    Ok(())
}

/// The first reference to nothing, when a commit is refused for it: SQLite itself names none.
fn dangling(connection: &Connection) -> Option<String> {
    let mut check = connection.prepare("PRAGMA foreign_key_check").ok()?;
    let found = check.query_row([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} refers to no row of {parent}"))
    });
    found.ok()
}

pub(super) fn cell(row: &rusqlite::Row<'_>, at: usize, statement: &'static str) -> Result<Value, Error> {
    let not_ours = || Error::Integrity(format!("{statement}: column {} holds no text, integer or bytes", at + 1));
    match row.get_ref(at).map_err(|error| told(statement, error))? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(text) => std::str::from_utf8(text).map(Value::from).map_err(|_| not_ours()),
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => Err(not_ours()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// What a failure to open or create a file means.
fn opening(path: &Path, error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            Error::NotADatabase { path: path.to_owned(), why: "it is a file of another kind".to_owned() }
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            Error::NotADatabase { path: path.to_owned(), why: "it is damaged".to_owned() }
        }
        Some(ErrorCode::DiskFull) => Error::DiskFull,
        Some(
            ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure,
        ) => Error::CannotOpen { path: path.to_owned(), why: error.to_string() },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::InUse { path: path.to_owned() },
        Some(_) | None => told("open", error),
    }
}

fn system(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::CannotOpen { path: path.to_owned(), why: error.to_string() },
    }
}

/// What a failure of a statement means.
fn told(statement: &'static str, error: rusqlite::Error) -> Error {
    let rusqlite::Error::SqliteFailure(code, message) = &error else {
        return Error::Driver { statement, source: Box::new(error) };
    };
    let message = message.as_deref().unwrap_or_default();
    match code.code {
        ErrorCode::ConstraintViolation => {
            let is_key = [SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY].contains(&code.extended_code);
            let key = message.split_once("constraint failed: ").and_then(|(_, columns)| key_over(columns));
            match key.filter(|_| is_key) {
                Some(key) => Error::Clash(key),
                None => Error::Integrity(format!("{statement}: {message}")),
            }
        }
        ErrorCode::DiskFull => Error::DiskFull,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy("another transaction holds the file"),
        ErrorCode::DatabaseCorrupt => Error::Integrity(format!("{statement}: the database file is damaged")),
        _ => Error::Driver { statement, source: Box::new(error) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite counts a file at its greatest size as a full disk, and says so in the same way.
    #[test]
    fn a_full_disk_is_told_and_leaves_nothing_half_written() {
        let dir = thidua_testkit::scratch_dir("full");
        let database = Database::open(&dir.join("thidua.db")).unwrap();
        let mut link = database.transaction(Mode::Write).unwrap();
        link.batch("PRAGMA max_page_count = 50; CREATE TABLE t (a TEXT);").unwrap();
        link.commit().unwrap();
        let insert = Statement { name: "insert", text: "INSERT INTO t (a) VALUES ($1)" };
        let rows = vec![vec![Value::Text("x".repeat(1_000))]; 300];
        let mut link = database.transaction(Mode::Write).unwrap();
        let refused = link.insert_many(&insert, &rows);
        assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
        drop(link);
        let count = Statement { name: "count", text: "SELECT COUNT(*) FROM t" };
        let mut link = database.transaction(Mode::Read).unwrap();
        let left = link.query(&count, &[], |row| row.cell()).unwrap();
        assert_eq!(left, [Value::Int(0)]);
    }

    #[test]
    fn placeholders_are_bound_by_number_wherever_they_first_appear() {
        let database = Database::memory().unwrap();
        let mut link = database.transaction(Mode::Read).unwrap();
        let backwards = Statement { name: "backwards", text: "SELECT $3, $1, $2, $1" };
        let values: Vec<Value> = [10, 20, 30].map(Value::Int).to_vec();
        let read = |row: &mut OurRow<'_>| (0..4).map(|_| row.cell()).collect::<Result<Vec<_>, _>>();
        assert_eq!(link.query(&backwards, &values, read).unwrap(), [[30, 10, 20, 10].map(Value::Int)]);
        let too_many = link.query(&backwards, &vec![Value::Null; 4], read);
        assert!(matches!(too_many, Err(Error::Integrity(_))), "{too_many:?}");
    }

    #[test]
    fn a_commit_that_leaves_a_reference_to_nothing_names_the_tables() {
        let database = Database::memory().unwrap();
        let mut link = database.transaction(Mode::Write).unwrap();
        link.batch(
            "CREATE TABLE a (id TEXT PRIMARY KEY);
             CREATE TABLE b (a TEXT REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED);
             INSERT INTO b (a) VALUES ('x');",
        )
        .unwrap();
        match link.commit() {
            Err(Error::Integrity(why)) => assert_eq!(why, "a row of b refers to no row of a"),
            other => panic!("{other:?}"),
        }
        let mut link = database.transaction(Mode::Read).unwrap();
        assert!(link.tables().unwrap().is_empty(), "the refused transaction was undone");
    }
}
