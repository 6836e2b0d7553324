//! The schema: the same on both engines, three column types, tenants first, references indexed.

use std::collections::BTreeSet;

use thidua_testkit::both_engines;
use thidua_testkit::engines::{Engine, TestDb};

/// Tables without a tenant, as their migrations say.
const SHARED: [&str; 2] = ["schema_version", "instrument"];

/// What matters of a schema, put the same way for both engines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    /// Table, position, column, type, `required` or `optional`.
    columns: BTreeSet<[String; 5]>,
    keys: BTreeSet<Key>,
    references: BTreeSet<Reference>,
    indexes: BTreeSet<Index>,
}

/// A primary or unique key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    table: String,
    kind: &'static str,
    columns: String,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    table: String,
    columns: String,
    target: String,
    target_columns: String,
}

/// An index with a name of its own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Index {
    table: String,
    name: String,
    columns: String,
    unique: String,
    partial: String,
}

#[test]
fn same_schema() {
    let sqlite = TestDb::sqlite("schema");
    let Some(postgres) = TestDb::postgres() else { return };
    let (one, two) = (schema(&sqlite), schema(&postgres));
    assert_eq!(one.columns, two.columns);
    assert_eq!(one.keys, two.keys);
    assert_eq!(one.references, two.references);
    assert_eq!(one.indexes, two.indexes);
    assert!(one.columns.len() > 200 && one.references.len() > 50, "the schema was read");
    // Names of constraints: SQLite keeps them only in the text of the table.
    let texts: String = sqlite.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").concat().concat();
    let names = postgres.rows(
        "SELECT conname FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace
         WHERE nspname = current_schema()",
    );
    for name in names.concat() {
        assert!(texts.contains(&format!("CONSTRAINT {name} ")), "{name} was named by the engine, not by us");
    }
}

both_engines! {
    fn columns_have_one_of_three_types(test) {
        for column in schema(test).columns {
            assert!(["TEXT", "BIGINT", "BYTEA"].contains(&&*column[3]), "{column:?}");
        }
    }

    fn every_key_of_a_tenants_table_begins_with_the_tenant(test) {
        let schema = schema(test);
        let owned = |table: &str| !SHARED.contains(&table);
        let first = |columns: &str| columns.split(',').next().unwrap().to_owned();
        for key in schema.keys.iter().filter(|key| owned(&key.table)) {
            assert_eq!(first(&key.columns), "tenant", "{key:?}");
        }
        for reference in schema.references.iter().filter(|r| owned(&r.table) && owned(&r.target)) {
            assert_eq!(first(&reference.columns), "tenant", "{reference:?}");
            assert_eq!(first(&reference.target_columns), "tenant", "{reference:?}");
        }
        for index in schema.indexes.iter().filter(|index| owned(&index.table) && index.unique == "1") {
            assert_eq!(first(&index.columns), "tenant", "{index:?}");
        }
        let keyed: BTreeSet<&String> =
            schema.keys.iter().filter(|key| key.kind == "primary").map(|key| &key.table).collect();
        for table in tables(test) {
            assert!(keyed.contains(&table), "{table} has no primary key");
        }
    }

    fn every_reference_is_indexed(test) {
        let schema = schema(test);
        for reference in &schema.references {
            let leads = |table: &str, columns: &str| {
                table == reference.table && format!("{columns},").starts_with(&format!("{},", reference.columns))
            };
            // Where some of its columns are unique already, that key finds the row.
            let own: BTreeSet<&str> = reference.columns.split(',').collect();
            let by_unique = |key: &Key| key.table == reference.table && key.columns.split(',').all(|c| own.contains(c));
            let found = schema.indexes.iter().any(|index| leads(&index.table, &index.columns) && index.partial == "0")
                || schema.keys.iter().any(|key| leads(&key.table, &key.columns) || by_unique(key));
            assert!(found, "no index for {reference:?}");
        }
    }
}

#[test]
fn every_statement_on_a_tenants_table_binds_the_tenant() {
    for statement in thidua_store::statements() {
        let words: Vec<&str> = statement.text.split_whitespace().collect();
        let named = words.windows(2).filter(|pair| ["FROM", "INTO", "JOIN", "UPDATE"].contains(&pair[0]));
        let owned: Vec<&str> = named
            .map(|pair| pair[1])
            .filter(|table| !table.starts_with("json_each") && !SHARED.contains(table))
            .collect();
        // The list of tenants itself is the one read across them.
        let across = statement.name.ends_with("tenant::TENANTS");
        let binds = match words.first() {
            // The first value of a row; the first column of the list is looked at, not the place alone.
            Some(&"INSERT") => {
                statement.text.split_once('(').is_some_and(|(_, rest)| rest.trim_start().starts_with("tenant,"))
            }
            _ => statement.text.contains("tenant = $1"),
        };
        assert!(owned.is_empty() || across || binds, "{}", statement.name);
    }
}

/// The names of all tables.
pub fn tables(test: &TestDb) -> Vec<String> {
    let names = match test.engine() {
        Engine::Sqlite => test.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"),
        Engine::Postgres => {
            test.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        }
    };
    names.concat().into_iter().filter(|name| !name.starts_with("sqlite_")).collect()
}

fn schema(test: &TestDb) -> Schema {
    let [columns, keys, references, indexes] = match test.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut schema = Schema::default();
    for row in test.rows(columns) {
        schema.columns.insert(row.try_into().unwrap());
    }
    for row in test.rows(keys) {
        let [table, kind, columns] = row.try_into().unwrap();
        let kind = if kind.starts_with('p') { "primary" } else { "unique" };
        schema.keys.insert(Key { table, kind, columns });
    }
    for row in test.rows(references) {
        let [table, columns, target, target_columns] = row.try_into().unwrap();
        schema.references.insert(Reference { table, columns, target, target_columns });
    }
    for row in test.rows(indexes) {
        let [table, name, columns, unique, partial] = row.try_into().unwrap();
        schema.indexes.insert(Index { table, name, columns, unique, partial });
    }
    schema
}

/// Columns, keys, references and indexes, from SQLite's own tables.
const SQLITE: [&str; 4] = [
    "SELECT t.name, c.cid + 1, c.name, c.type, CASE c.\"notnull\" WHEN 1 THEN 'required' ELSE 'optional' END
     FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'",
    "SELECT t.name, i.origin, (
        SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
     FROM sqlite_schema AS t, pragma_index_list(t.name) AS i WHERE t.type = 'table' AND i.origin IN ('pk', 'u')",
    "SELECT t.name, group_concat(f.\"from\", ','), f.\"table\", group_concat(f.\"to\", ',')
     FROM sqlite_schema AS t, (SELECT 1), pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'
     GROUP BY t.name, f.id, f.\"table\"",
    "SELECT t.name, i.name, (
        SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)),
        i.\"unique\", i.partial
     FROM sqlite_schema AS t, pragma_index_list(t.name) AS i WHERE t.type = 'table' AND i.origin = 'c'",
];

/// The same, from PostgreSQL's own tables.
const POSTGRES: [&str; 4] = [
    "SELECT table_name, ordinal_position, column_name, upper(data_type),
        CASE is_nullable WHEN 'NO' THEN 'required' ELSE 'optional' END
     FROM information_schema.columns WHERE table_schema = current_schema()",
    "SELECT conrelid::regclass, contype, (
        SELECT string_agg(attname, ',' ORDER BY place)
        FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number)
     FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace
     WHERE nspname = current_schema() AND contype IN ('p', 'u')",
    "SELECT conrelid::regclass, (
        SELECT string_agg(attname, ',' ORDER BY place)
        FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
        confrelid::regclass, (
        SELECT string_agg(attname, ',' ORDER BY place)
        FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
     FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace
     WHERE nspname = current_schema() AND contype = 'f'",
    "SELECT indrelid::regclass, indexrelid::regclass, (
        SELECT string_agg(attname, ',' ORDER BY place)
        FROM unnest(indkey::int2[]) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute ON attrelid = indrelid AND attnum = number),
        indisunique::int, (indpred IS NOT NULL)::int
     FROM pg_index
     JOIN pg_class ON pg_class.oid = indexrelid
     JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = current_schema()
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))",
];
