//! Names of primary and unique keys, read from the migrations.
//!
//! PostgreSQL names the key that a row clashes with, SQLite only its columns; both are turned into the
//! name given in the migration, so that a caller can match on it.

use std::sync::LazyLock;

use crate::migrate::MIGRATIONS;

/// A primary or unique key.
struct Key {
    name: &'static str,
    table: &'static str,
    columns: Vec<&'static str>,
}

static KEYS: LazyLock<Vec<Key>> =
    LazyLock::new(|| MIGRATIONS.iter().flat_map(|migration| keys_of(migration.sqlite)).collect());

/// The name of the key, if the migrations declare it.
pub(crate) fn key_named(name: &str) -> Option<&'static str> {
    KEYS.iter().find(|key| key.name == name).map(|key| key.name)
}

/// The name of the key over these columns, as SQLite lists them: `award.tenant, award.id`.
pub(crate) fn key_over(listed: &str) -> Option<&'static str> {
    let columns: Vec<(&str, &str)> = listed.split(", ").filter_map(|column| column.split_once('.')).collect();
    let same = |key: &&Key| {
        key.columns.len() == columns.len()
            && key.columns.iter().zip(&columns).all(|(own, (table, column))| key.table == *table && own == column)
    };
    KEYS.iter().find(same).map(|key| key.name)
}

/// The keys a migration declares; one a line, as the house writes them.
fn keys_of(text: &'static str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut table = "";
    for line in text.lines().map(str::trim) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("CREATE"), Some("TABLE"), Some(name)) => table = name,
            (Some("CONSTRAINT"), Some(name), Some("PRIMARY" | "UNIQUE")) => {
                keys.push(Key { name, table, columns: columns_of(line) });
            }
            (Some("CREATE"), Some("UNIQUE"), Some("INDEX")) => {
                let mut rest = words.filter(|word| *word != "ON");
                if let (Some(name), Some(table)) = (rest.next(), rest.next()) {
                    keys.push(Key { name, table, columns: columns_of(line) });
                }
            }
            (_, _, _) => {}
        }
    }
    keys
}

fn columns_of(line: &'static str) -> Vec<&'static str> {
    let inside = line.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inside, _)| inside);
    inside.split(',').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_name_and_by_columns() {
        assert_eq!(key_named("award_pk"), Some("award_pk"));
        assert_eq!(key_named("no_such_key"), None);
        assert_eq!(key_over("award.tenant, award.id"), Some("award_pk"));
        assert_eq!(key_over("award.tenant"), None);
        assert_eq!(key_over("observation.tenant, observation.supersedes"), Some("observation_supersedes_uq"));
    }

    #[test]
    fn no_two_keys_share_a_name_or_lie_over_the_same_columns() {
        for (at, key) in KEYS.iter().enumerate() {
            assert!(!key.columns.is_empty() && !key.table.is_empty(), "{} was read wrongly", key.name);
            let twin =
                KEYS[..at].iter().find(|o| o.name == key.name || (o.table == key.table && o.columns == key.columns));
            assert!(twin.is_none(), "{} repeats {}", key.name, twin.map_or("", |k| k.name));
        }
    }
}
