//! One test body, run on both engines.
//!
//! SQLite runs in a scratch folder. PostgreSQL runs on the server that [`SERVER`] names; each test gets a
//! database of its own, dropped afterwards, even when the test panics.

use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls, SimpleQueryMessage};
use rusqlite::types::ValueRef;
use thidua_store::Db;

use crate::scratch::{ScratchDir, scratch_dir};
use crate::skip::skip;

/// The environment variable with the address of a PostgreSQL server, as a superuser:
/// `postgres://postgres@127.0.0.1:5432/postgres`. `cargo xtask test` sets it.
pub const SERVER: &str = "THIDUA_TEST_POSTGRES";

/// Turns each function into a module with the tests `on_sqlite` and `on_postgres`; the second is
/// skipped, loudly, where there is no server.
///
/// ```text
/// both_engines! {
///     fn a_unit_is_read_back(test) { let tx = test.db().begin().unwrap(); /* … */ }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($($(#[$attribute:meta])* fn $name:ident($test:ident) $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "a body may need nothing from the file around it")]
            use super::*;

            fn check($test: &$crate::engines::TestDb) $body

            #[test]
            fn on_sqlite() {
                check(&$crate::engines::TestDb::sqlite(stringify!($name)));
            }

            #[test]
            fn on_postgres() {
                if let Some(test) = $crate::engines::TestDb::postgres() {
                    check(&test);
                }
            }
        }
    )+};
}

/// A migrated database of one test.
pub struct TestDb {
    /// Declared first: connections close before the file or the database goes.
    db: Db,
    place: Place,
}

enum Place {
    Sqlite(ScratchDir),
    Postgres(ServerDatabase),
}

/// A database made on the server; dropped with the value.
struct ServerDatabase {
    server: String,
    name: String,
}

/// Which engine a test runs on, for what cannot be the same on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The name of the SQLite file in its scratch folder.
const FILE: &str = "thidua.db";

impl TestDb {
    /// A migrated SQLite file; `name` is only there to recognise its folder by.
    pub fn sqlite(name: &str) -> Self {
        let test = Self::sqlite_empty(name);
        test.db.migrate().expect("a new file can be migrated");
        test
    }

    /// A SQLite file without tables.
    pub fn sqlite_empty(name: &str) -> Self {
        let dir = scratch_dir(name);
        let db = Db::open(&dir.join(FILE)).expect("a file in a scratch folder can be opened");
        Self { db, place: Place::Sqlite(dir) }
    }

    /// A migrated database on the server, or `None`, with the skip written down, where there is none.
    pub fn postgres() -> Option<Self> {
        let test = Self::postgres_empty()?;
        test.db.migrate().expect("a new database can be migrated");
        Some(test)
    }

    /// A database without tables on the server, or `None` as in [`TestDb::postgres`].
    pub fn postgres_empty() -> Option<Self> {
        let Ok(server) = std::env::var(SERVER) else {
            skip("postgres", &format!("{SERVER} names no server"));
            return None;
        };
        let database = ServerDatabase::made(server);
        let db = Db::connect(&database.url()).expect("the new database can be reached");
        Some(Self { db, place: Place::Postgres(database) })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The engine it runs on.
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::Sqlite(_) => Engine::Sqlite,
            Place::Postgres(_) => Engine::Postgres,
        }
    }

    /// The path of the SQLite file; panics on PostgreSQL.
    pub fn file(&self) -> std::path::PathBuf {
        match &self.place {
            Place::Sqlite(dir) => dir.join(FILE),
            Place::Postgres(_) => panic!("a PostgreSQL database has no file"),
        }
    }

    /// The address of the PostgreSQL database; panics on SQLite.
    pub fn url(&self) -> String {
        match &self.place {
            Place::Sqlite(_) => panic!("a SQLite file has no address"),
            Place::Postgres(database) => database.url(),
        }
    }

    /// Opens a second handle of the database, as another process would.
    pub fn second_handle(&self) -> Result<Db, thidua_store::Error> {
        match &self.place {
            Place::Sqlite(dir) => Db::open(&dir.join(FILE)),
            Place::Postgres(database) => Db::connect(&database.url()),
        }
    }

    /// Runs statements past the store, the way an intruder would.
    pub fn tamper(&self, sql: &str) {
        self.try_tamper(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Runs statements past the store and gives the engine's complaint, if any.
    pub fn try_tamper(&self, sql: &str) -> Result<(), String> {
        match &self.place {
            Place::Sqlite(dir) => open(dir).execute_batch(sql).map_err(|error| error.to_string()),
            Place::Postgres(database) => database.client().batch_execute(sql).map_err(|error| {
                error.as_db_error().map_or_else(|| error.to_string(), |said| said.message().to_owned())
            }),
        }
    }

    /// The rows of a query, each value as text; NULL is the text `NULL`.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match &self.place {
            Place::Sqlite(dir) => sqlite_rows(&open(dir), sql),
            Place::Postgres(database) => postgres_rows(&mut database.client(), sql),
        }
    }

    /// Every row of every table, as it lies, with the name of its table: what whoever holds the database can read.
    pub fn everything(&self) -> Vec<(String, String)> {
        let (tables, order) = match &self.place {
            Place::Sqlite(_) => ("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", ""),
            Place::Postgres(_) => (
                "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
                " ORDER BY ctid",
            ),
        };
        let mut found = Vec::new();
        for table in self.rows(tables).into_iter().flatten() {
            let rows = self.rows(&format!("SELECT * FROM {table}{order}"));
            found.extend(rows.into_iter().map(|row| (table.clone(), row.join("|"))));
        }
        found
    }
}

fn open(dir: &ScratchDir) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(dir.join(FILE)).expect("the file is there");
    connection.busy_timeout(std::time::Duration::from_secs(5)).expect("a timeout can be set");
    connection
}

fn sqlite_rows(connection: &rusqlite::Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let width = statement.column_count();
    let mut rows = statement.query([]).expect("the statement has no parameters");
    let mut found = Vec::new();
    while let Some(row) = rows.next().expect("the rows can be read") {
        let text = |at| match row.get_ref(at).expect("the column is there") {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        found.push((0..width).map(text).collect());
    }
    found
}

fn postgres_rows(client: &mut Client, sql: &str) -> Vec<Vec<String>> {
    let messages = client.simple_query(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    rows.map(|row| (0..row.len()).map(|at| row.get(at).unwrap_or("NULL").to_owned()).collect()).collect()
}

impl ServerDatabase {
    fn made(server: String) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("thidua_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let database = Self { server, name };
        let mut client = connected(&database.server);
        // Left by an older process with the same number.
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name);
        client.batch_execute(&drop).expect("the server lets a superuser drop a database");
        let create =
            format!("CREATE DATABASE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0", database.name);
        client.batch_execute(&create).expect("the server lets a superuser create a database");
        database
    }

    /// The server's address with the name of this database in place of the one it gives.
    fn url(&self) -> String {
        let (address, options) = self.server.split_once('?').map_or((&*self.server, None), |(a, o)| (a, Some(o)));
        let host_from = address.find("://").map_or(0, |at| at + 3);
        let host_to = address[host_from..].find('/').map_or(address.len(), |at| host_from + at);
        let options = options.map(|options| format!("?{options}")).unwrap_or_default();
        format!("{}/{}{options}", &address[..host_to], self.name)
    }

    fn client(&self) -> Client {
        connected(&self.url())
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        // A drop must not panic: the test's own failure may be on its way.
        let dropped = Client::connect(&self.server, NoTls)
            .and_then(|mut client| client.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name)));
        if let Err(error) = dropped {
            println!("not dropped: {}: {error}", self.name);
        }
    }
}

fn connected(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap_or_else(|error| panic!("{SERVER}: {error:?}"))
}

#[cfg(test)]
mod tests {
    use super::ServerDatabase;

    #[test]
    fn the_name_of_the_database_is_put_into_any_address() {
        for (server, url) in [
            ("postgres://u:p@h:1/postgres", "postgres://u:p@h:1/t"),
            ("postgres://u@h", "postgres://u@h/t"),
            ("postgres://u@h/d?sslmode=disable", "postgres://u@h/t?sslmode=disable"),
        ] {
            // Never dropped: there is no such server to drop it on.
            let database = std::mem::ManuallyDrop::new(ServerDatabase { server: server.into(), name: "t".into() });
            assert_eq!(database.url(), url);
        }
    }
}
