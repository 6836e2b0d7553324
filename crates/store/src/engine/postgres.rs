//! PostgreSQL: a few connections, statements prepared once on each.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use postgres::error::SqlState;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls};

use super::slots::{Held, Slots};
use super::{Mode, Row as OurRow, RowSource, Value};
use crate::constraint::key_named;
use crate::error::Error;
use crate::statement::Statement;

/// A row of the driver.
pub(super) type Row<'a> = &'a postgres::Row;

/// Connections at one time: two for each core of a small server, and far below what a server allows.
const CONNECTIONS_MAX: usize = 8;

/// Rows sent in one statement. Bounds the memory of a load; a hundred thousand rows are ten round trips.
const BATCH_ROWS_MAX: usize = 10_000;

/// How long a connection may take to be made.
const CONNECT_WAIT: Duration = Duration::from_secs(10);

/// The advisory lock of a migration: any number that no other program uses; ours reads "thidua" in ASCII.
const MIGRATION_LOCK: i64 = 0x7468_6964_7561;

/// A database on a server.
pub(super) struct Database {
    config: Config,
    slots: Arc<Slots<Connection>>,
}

/// A transaction on a connection.
pub(super) struct Link {
    held: Option<Held<Connection>>,
}

/// A connection and what is prepared on it.
struct Connection {
    client: Client,
    prepared: HashMap<&'static str, postgres::Statement>,
    /// The set-based forms of inserts, by the name of the insert.
    prepared_sets: HashMap<&'static str, postgres::Statement>,
}

impl Database {
    pub fn connect(url: &str) -> Result<Self, Error> {
        // The parser's own words may repeat a piece of the address, and so of the password.
        let not_an_address = |_| Error::Unreachable("the address is not of the form postgres://user@host/name".into());
        let mut config: Config = url.parse().map_err(not_an_address)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_WAIT);
        }
        config.application_name("thidua");
        let database = Self { config, slots: Slots::new(CONNECTIONS_MAX, "all connections are at work") };
        let mut held = database.slots.take(|| connected(&database.config))?;
        sorts_by_bytes(&mut held.connection().client)?;
        drop(held);
        Ok(database)
    }

    pub fn transaction(&self, mode: Mode) -> Result<Link, Error> {
        let begin = match mode {
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            // Waits for another writer as long as a SQLite writer waits for its turn.
            Mode::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = '10s'",
        };
        // Idle connections may have died with a restart of the server; each is tried once, then a new one.
        for _ in 0..CONNECTIONS_MAX {
            let mut held = self.slots.take(|| connected(&self.config))?;
            match held.connection().client.batch_execute(begin) {
                Ok(()) => return Ok(Link { held: Some(held) }),
                Err(_) if held.connection().client.is_closed() => held.close(),
                Err(error) => return Err(told("begin", error)),
            }
        }
        Err(Error::Unreachable("it closes every connection".to_owned()))
    }
}

fn connected(config: &Config) -> Result<Connection, Error> {
    let client = config.connect(NoTls).map_err(|error| Error::Unreachable(in_words(&error)))?;
    Ok(Connection { client, prepared: HashMap::new(), prepared_sets: HashMap::new() })
}

/// Refuses a database that sorts text by a language: lists would come in another order than on SQLite.
fn sorts_by_bytes(client: &mut Client) -> Result<(), Error> {
    let row = client.query_one("SELECT 'B' < 'a'", &[]).map_err(|error| told("connect", error))?;
    match row.try_get(0) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::Unreachable(
            "the database sorts by a language; create it with LC_COLLATE 'C' TEMPLATE template0".to_owned(),
        )),
        Err(error) => Err(told("connect", error)),
    }
}

impl Connection {
    fn statement(&mut self, statement: &Statement) -> Result<postgres::Statement, Error> {
        if let Some(prepared) = self.prepared.get(statement.name) {
            return Ok(prepared.clone());
        }
        let prepared = self.client.prepare(statement.text).map_err(|error| told(statement.name, error))?;
        self.prepared.insert(statement.name, prepared.clone());
        Ok(prepared)
    }

    /// The statement that inserts arrays of columns; the types are those of the statement for one row.
    fn set(&mut self, statement: &Statement) -> Result<postgres::Statement, Error> {
        if let Some(prepared) = self.prepared_sets.get(statement.name) {
            return Ok(prepared.clone());
        }
        let one = self.statement(statement)?;
        let text = set_based(statement, one.params())?;
        let prepared = self.client.prepare(&text).map_err(|error| told(statement.name, error))?;
        self.prepared_sets.insert(statement.name, prepared.clone());
        Ok(prepared)
    }
}

/// `INSERT INTO t (a, b) VALUES ($1, $2) …` as `INSERT INTO t (a, b) SELECT * FROM UNNEST(…) …`.
fn set_based(statement: &Statement, types: &[Type]) -> Result<String, Error> {
    let cut = statement.text.split_once("VALUES (").and_then(|(head, rest)| Some((head, rest.split_once(')')?.1)));
    let Some((head, tail)) = cut else {
        return Err(Error::Integrity(format!("{}: no insert of the form VALUES ($1, …)", statement.name)));
    };
    let arrays: Vec<String> =
        types.iter().enumerate().map(|(at, of)| format!("${}::{}[]", at + 1, of.name())).collect();
    Ok(format!("{head}SELECT * FROM UNNEST({}){tail}", arrays.join(", ")))
}

impl Link {
    fn connection(&mut self) -> &mut Connection {
        self.held.as_mut().expect("a transaction holds its connection until it ends").connection()
    }

    pub fn query<T>(
        &mut self,
        statement: &Statement,
        values: &[Value],
        mut read: impl FnMut(&mut OurRow<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let connection = self.connection();
        let prepared = connection.statement(statement)?;
        let rows = connection.client.query(&prepared, &bound(values)).map_err(|error| told(statement.name, error))?;
        rows.iter()
            .map(|row| read(&mut OurRow { source: RowSource::Postgres(row), statement: statement.name, read: 0 }))
            .collect()
    }

    pub fn execute(&mut self, statement: &Statement, values: &[Value]) -> Result<u64, Error> {
        let connection = self.connection();
        let prepared = connection.statement(statement)?;
        connection.client.execute(&prepared, &bound(values)).map_err(|error| told(statement.name, error))
    }

    pub fn insert_many(&mut self, statement: &Statement, rows: &[Vec<Value>]) -> Result<(), Error> {
        let connection = self.connection();
        let prepared = connection.set(statement)?;
        let places = prepared.params().len();
        if let Some(row) = rows.iter().find(|row| row.len() != places) {
            let (name, values) = (statement.name, row.len());
            return Err(Error::Integrity(format!("{name}: {values} values for {places} placeholders")));
        }
        for batch in rows.chunks(BATCH_ROWS_MAX) {
            let columns: Vec<Vec<&Value>> =
                (0..places).map(|column| batch.iter().map(|row| &row[column]).collect()).collect();
            let bound: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as &(dyn ToSql + Sync)).collect();
            connection.client.execute(&prepared, &bound).map_err(|error| told(statement.name, error))?;
        }
        Ok(())
    }

    pub fn prepare(&mut self, statement: &Statement) -> Result<(), Error> {
        let connection = self.connection();
        connection.statement(statement)?;
        if statement.text.trim_start().starts_with("INSERT") && !statement.text.contains("RETURNING") {
            connection.set(statement)?;
        }
        Ok(())
    }

    pub fn batch(&mut self, text: &str) -> Result<(), Error> {
        self.connection().client.batch_execute(text).map_err(|error| told("migrate", error))
    }

    pub fn tables(&mut self) -> Result<Vec<String>, Error> {
        const TABLES: &str = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
        let rows = self.connection().client.query(TABLES, &[]).map_err(|error| told("tables", error))?;
        rows.iter().map(|row| row.try_get(0).map_err(|error| told("tables", error))).collect()
    }

    pub fn lock_schema(&mut self) -> Result<(), Error> {
        let locked = self.connection().client.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK]);
        locked.map(drop).map_err(|error| told("lock the schema", error))
    }

    pub fn commit(mut self) -> Result<(), Error> {
        let mut held = self.held.take().expect("a transaction holds its connection until it ends");
        match held.connection().client.batch_execute("COMMIT") {
            Ok(()) => Ok(()),
            Err(error) if held.connection().client.is_closed() => {
                held.close();
                Err(told("commit", error))
            }
            Err(error) => Err(told("commit", error)),
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Taken already when the transaction was committed.
        let Some(mut held) = self.held.take() else { return };
        if held.connection().client.batch_execute("ROLLBACK").is_err() {
            held.close();
        }
    }
}

fn bound(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

pub(super) fn cell(row: &postgres::Row, at: usize, statement: &'static str) -> Result<Value, Error> {
    let failed = |error| told(statement, error);
    let Some(column) = row.columns().get(at) else {
        return Err(Error::Integrity(format!("{statement}: there is no column {}", at + 1)));
    };
    let value = match *column.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).map_err(failed)?.map(Value::Int),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map_err(failed)?.map(Value::Bytes),
        _ => row.try_get::<_, Option<String>>(at).map_err(failed)?.map(Value::Text),
    };
    Ok(value.unwrap_or(Value::Null))
}

impl ToSql for Value {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Text(text) => text.to_sql_checked(of, out),
            Self::Int(number) => number.to_sql_checked(of, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(of, out),
        }
    }

    /// Which of the three it must be is checked with the value, since NULL fits any.
    fn accepts(of: &Type) -> bool {
        [Type::TEXT, Type::INT8, Type::BYTEA].contains(of)
    }

    to_sql_checked!();
}

/// What a failure of a statement means.
fn told(statement: &'static str, error: postgres::Error) -> Error {
    let Some(said) = error.as_db_error() else {
        return Error::Driver { statement, source: Box::new(error) };
    };
    let state = said.code();
    if *state == SqlState::UNIQUE_VIOLATION
        && let Some(key) = said.constraint().and_then(key_named)
    {
        return Error::Clash(key);
    }
    // Only the message: the detail repeats values of the row.
    let broken = || Error::Integrity(format!("{statement}: {}", said.message()));
    match state.code() {
        "53100" => Error::DiskFull,
        "40001" | "40P01" | "55P03" => Error::Busy("another transaction holds what this one needs"),
        code if code.starts_with("23") => broken(),
        _ => Error::Driver { statement, source: Box::new(error) },
    }
}

/// The error and its causes, in one line; the driver never repeats the password in them.
fn in_words(error: &postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        let more = deeper.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = deeper.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insert_of_one_row_becomes_an_insert_of_arrays() {
        let one =
            Statement { name: "one", text: "INSERT INTO t (tenant, n)\n VALUES ($1, $2)\n ON CONFLICT DO NOTHING" };
        assert_eq!(
            set_based(&one, &[Type::TEXT, Type::INT8]).unwrap(),
            "INSERT INTO t (tenant, n)\n SELECT * FROM UNNEST($1::text[], $2::int8[])\n ON CONFLICT DO NOTHING"
        );
        assert!(set_based(&Statement { name: "two", text: "SELECT 1" }, &[]).is_err());
    }

    #[test]
    fn a_bad_address_is_refused_without_repeating_it() {
        for bad in ["postgres://u:s3cret@:x/", "host=h pass word=s3cret", "s3cret"] {
            let said = Database::connect(bad).err().expect("no such address").to_string();
            assert!(!said.contains("s3cret"), "{said}");
        }
    }
}
