//! The two engines behind one face: connections, transactions, rows and values.
//!
//! This module and its two halves are the only places that name a driver. Everything above speaks in
//! [`Statement`]s, whose text is the same for both.

mod postgres;
mod slots;
mod sqlite;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Error;
use crate::statement::Statement;

/// A database; cheap to clone and to share between threads.
///
/// Dropping the last handle of a PostgreSQL database closes connections and waits for it, so it must
/// not happen inside an asynchronous task.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    statements_run: AtomicU64,
}

enum Engine {
    Sqlite(sqlite::Database),
    Postgres(Box<postgres::Database>),
}

/// A transaction: a snapshot to read from, or the changes of one verb. Dropped without
/// [`Tx::commit`], it leaves nothing.
pub struct Tx {
    link: Link,
    inner: Arc<Inner>,
    mode: Mode,
    state: State,
}

/// Whether a transaction may go on. After a failed statement PostgreSQL lets nothing follow and turns
/// a commit into a silent undoing; SQLite would go on. Both are made to stop, with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Sound,
    Failed,
}

enum Link {
    Sqlite(sqlite::Link),
    Postgres(Box<postgres::Link>),
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
}

/// A value bound to a placeholder or found in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Text(String),
    Int(i64),
    Bytes(Vec<u8>),
}

/// A row, read column by column from the left.
pub(crate) struct Row<'a> {
    source: RowSource<'a>,
    statement: &'static str,
    read: usize,
}

enum RowSource<'a> {
    Sqlite(sqlite::Row<'a>),
    Postgres(postgres::Row<'a>),
}

impl Db {
    /// Opens a SQLite file, and creates it where there is none. One handle a file: a second one,
    /// of this or another process, gets [`Error::InUse`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self::over(Engine::Sqlite(sqlite::Database::open(path)?)))
    }

    /// A SQLite database in memory. It has one connection, so transactions follow one another.
    pub fn memory() -> Result<Self, Error> {
        Ok(Self::over(Engine::Sqlite(sqlite::Database::memory()?)))
    }

    /// Connects to a PostgreSQL database (`postgres://user:password@host:port/name`).
    pub fn connect(url: &str) -> Result<Self, Error> {
        Ok(Self::over(Engine::Postgres(Box::new(postgres::Database::connect(url)?))))
    }

    fn over(engine: Engine) -> Self {
        Self { inner: Arc::new(Inner { engine, statements_run: AtomicU64::new(0) }) }
    }

    /// Reads from one snapshot: whatever is committed meanwhile is not seen. Writing in it fails.
    pub fn read<T, E: From<Error>>(&self, read: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        read(&mut self.transaction(Mode::Read)?)
    }

    /// Begins a transaction that may write. On SQLite it waits for the writer before it.
    pub fn begin(&self) -> Result<Tx, Error> {
        self.transaction(Mode::Write)
    }

    /// How many statements have been run, by all handles of this database: what a page costs in
    /// round trips is the difference.
    pub fn statements_run(&self) -> u64 {
        self.inner.statements_run.load(Ordering::Relaxed)
    }

    /// Copies a SQLite file beside itself, as `<file>.schema-<number>.bak`; nothing elsewhere:
    /// a PostgreSQL server and a database in memory are backed up by other means.
    pub(crate) fn back_up(&self, schema: u32) -> Result<(), Error> {
        match &self.inner.engine {
            Engine::Sqlite(database) => database.back_up(schema),
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// The complaint that the database holds tables of another program, for engines where a
    /// database belongs to one program.
    pub(crate) fn foreign(&self) -> Option<Error> {
        match &self.inner.engine {
            Engine::Sqlite(database) => database.foreign(),
            Engine::Postgres(_) => None,
        }
    }

    fn transaction(&self, mode: Mode) -> Result<Tx, Error> {
        let link = match &self.inner.engine {
            Engine::Sqlite(database) => Link::Sqlite(database.transaction(mode)?),
            Engine::Postgres(database) => Link::Postgres(Box::new(database.transaction(mode)?)),
        };
        Ok(Tx { link, inner: Arc::clone(&self.inner), mode, state: State::Sound })
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.inner.engine {
            Engine::Sqlite(_) => "Db(SQLite)",
            Engine::Postgres(_) => "Db(PostgreSQL)",
        })
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.link {
            Link::Sqlite(_) => "Tx(SQLite)",
            Link::Postgres(_) => "Tx(PostgreSQL)",
        })
    }
}

impl Tx {
    /// Whether it was begun to write: what it reads may be its own changes, which nobody else will ever see.
    pub fn may_write(&self) -> bool {
        self.mode == Mode::Write
    }

    /// Makes the changes durable. After a failed statement there is nothing to commit and it fails.
    pub fn commit(mut self) -> Result<(), Error> {
        self.go_on()?;
        match self.link {
            Link::Sqlite(link) => link.commit(),
            Link::Postgres(link) => link.commit(),
        }
    }

    /// Has the engine prepare a statement without running it, and the set-based form of an insert.
    pub fn prepare(&mut self, statement: &Statement) -> Result<(), Error> {
        self.run(|link| match link {
            Link::Sqlite(link) => link.prepare(statement),
            Link::Postgres(link) => link.prepare(statement),
        })
    }

    /// Runs a query; `read` turns each row into a value.
    pub(crate) fn query<T>(
        &mut self,
        statement: &Statement,
        values: &[Value],
        read: impl FnMut(&mut Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        storable(values)?;
        self.run(|link| match link {
            Link::Sqlite(link) => link.query(statement, values, read),
            Link::Postgres(link) => link.query(statement, values, read),
        })
    }

    /// Runs a query whose answer is at most one row; further rows are left out.
    pub(crate) fn query_first<T>(
        &mut self,
        statement: &Statement,
        values: &[Value],
        read: impl FnMut(&mut Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        Ok(self.query(statement, values, read)?.into_iter().next())
    }

    /// Runs a statement without an answer; gives the number of rows it touched.
    pub(crate) fn execute(&mut self, statement: &Statement, values: &[Value]) -> Result<u64, Error> {
        storable(values)?;
        self.run(|link| match link {
            Link::Sqlite(link) => link.execute(statement, values),
            Link::Postgres(link) => link.execute(statement, values),
        })
    }

    /// Inserts rows with a statement of the form `INSERT … VALUES ($1, …)`: on SQLite one prepared
    /// statement, on PostgreSQL one statement for the lot.
    pub(crate) fn insert_many<R: Into<Vec<Value>>>(
        &mut self,
        statement: &Statement,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), Error> {
        let rows: Vec<Vec<Value>> = rows.into_iter().map(R::into).collect();
        if rows.is_empty() {
            return Ok(());
        }
        rows.iter().try_for_each(|row| storable(row))?;
        self.run(|link| match link {
            Link::Sqlite(link) => link.insert_many(statement, &rows),
            Link::Postgres(link) => link.insert_many(statement, &rows),
        })
    }

    /// Runs the statements of a migration.
    pub(crate) fn migrate(&mut self, sqlite: &str, postgres: &str) -> Result<(), Error> {
        self.run(|link| match link {
            Link::Sqlite(link) => link.batch(sqlite),
            Link::Postgres(link) => link.batch(postgres),
        })
    }

    /// The names of all tables.
    pub(crate) fn tables(&mut self) -> Result<Vec<String>, Error> {
        self.run(|link| match link {
            Link::Sqlite(link) => link.tables(),
            Link::Postgres(link) => link.tables(),
        })
    }

    /// Keeps other programs from migrating the same database until the transaction ends.
    pub(crate) fn lock_schema(&mut self) -> Result<(), Error> {
        self.run(|link| match link {
            // BEGIN IMMEDIATE and the lock file keep everyone else out already.
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(link) => link.lock_schema(),
        })
    }

    fn run<T>(&mut self, work: impl FnOnce(&mut Link) -> Result<T, Error>) -> Result<T, Error> {
        self.go_on()?;
        self.inner.statements_run.fetch_add(1, Ordering::Relaxed);
        let outcome = work(&mut self.link);
        if outcome.is_err() {
            self.state = State::Failed;
        }
        outcome
    }

    fn go_on(&mut self) -> Result<(), Error> {
        match self.state {
            State::Sound => Ok(()),
            State::Failed => Err(Error::Integrity("an earlier statement of this transaction failed".to_owned())),
        }
    }
}

/// Refuses the one character that PostgreSQL cannot hold in a text, on both engines alike.
fn storable(values: &[Value]) -> Result<(), Error> {
    let holds_nul = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    if values.iter().any(holds_nul) {
        return Err(Error::Integrity("a text holds the character NUL".to_owned()));
    }
    Ok(())
}

impl Row<'_> {
    /// The next cell.
    pub(crate) fn cell(&mut self) -> Result<Value, Error> {
        let at = self.read;
        self.read += 1;
        match &self.source {
            RowSource::Sqlite(row) => sqlite::cell(row, at, self.statement),
            RowSource::Postgres(row) => postgres::cell(row, at, self.statement),
        }
    }

    /// The name of the statement that gave the row.
    pub(crate) fn statement(&self) -> &'static str {
        self.statement
    }

    /// The number of the column read last, from 1.
    pub(crate) fn place(&self) -> usize {
        self.read
    }
}
