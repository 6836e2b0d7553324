//! `tenant` first in every key, and in every statement.

use std::collections::BTreeMap;
use std::fmt;

use super::Finding;
use crate::source::Source;
use crate::tree::Tree;

/// One `CREATE TABLE` of a migration.
#[derive(Debug, Default)]
struct Table {
    line: usize,
    /// It carries `-- shared: <why>`, and so belongs to no tenant.
    shared: bool,
    keys: Vec<Key>,
}

/// A primary key, a unique key or a foreign key.
#[derive(Debug)]
struct Key {
    kind: &'static str,
    columns: Vec<String>,
    /// The table a foreign key points to.
    target: Option<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind, self.columns.join(", "))
    }
}

/// Tables in migrations begin their keys with `tenant` or say why they are shared; statements on
/// tenants' tables mention `tenant`.
pub fn tenant_comes_first(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut shared: BTreeMap<String, bool> = BTreeMap::new();
    let (mut parsed, mut indexes) = (Vec::new(), Vec::new());
    for (path, text) in tree.texts("crates/store/migrations/", &[".sql"]) {
        for (name, table) in tables(text) {
            shared.insert(name.clone(), table.shared);
            parsed.push((path, name, table));
        }
        indexes.extend(unique_indexes(text).into_iter().map(|(line, table, key)| (path, line, table, key)));
    }
    for (path, name, table) in &parsed {
        if !is_shared(name, &shared) {
            let told = |what| Finding::at(path, table.line, format!("table `{name}`: {what}"));
            findings.extend(keys_without_tenant(table, &shared).into_iter().map(told));
        }
    }
    for (path, line, name, key) in indexes {
        if !is_shared(&name, &shared) && !begins_with_tenant(&key) {
            findings.push(Finding::at(path, line, format!("table `{name}`: {key} does not begin with `tenant`")));
        }
    }
    findings.extend(statements_without_tenant(tree, &shared));
    findings
}

/// A table is shared by what its migration says; one that no migration makes is nobody's.
fn is_shared(table: &str, shared: &BTreeMap<String, bool>) -> bool {
    shared.get(table).copied().unwrap_or(false)
}

fn begins_with_tenant(key: &Key) -> bool {
    key.columns.first().is_some_and(|column| column == "tenant")
}

fn keys_without_tenant(table: &Table, shared: &BTreeMap<String, bool>) -> Vec<String> {
    let to_shared = |key: &Key| key.target.as_ref().is_some_and(|target| is_shared(target, shared));
    let wrong = table.keys.iter().filter(|key| !to_shared(key) && !begins_with_tenant(key));
    let mut said: Vec<String> = wrong.map(|key| format!("{key} does not begin with `tenant`")).collect();
    if !table.keys.iter().any(|key| key.kind == "PRIMARY KEY") {
        said.push("no primary key; begin one with `tenant`, or say `-- shared: <why>` above the table".to_owned());
    }
    said
}

fn statements_without_tenant(tree: &Tree, shared: &BTreeMap<String, bool>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("crates/store/src/", &[".rs"]) {
        let source = Source::of(text);
        for start in source.words("sql").into_iter().filter(|at| source.code[at + 3..].starts_with("!(")) {
            let end = start + source.code[start..].find(';').unwrap_or(source.code.len() - start);
            for literal in source.literals.iter().filter(|literal| (start..end).contains(&literal.at)) {
                // The list of the tenants themselves is read whole; it holds nothing but their names.
                let is_owned = |table: &String| shared.get(table) == Some(&false) && table != "tenant";
                let owned = tables_named(&literal.text).into_iter().find(is_owned);
                if let Some(table) = owned.filter(|_| !binds_tenant(&literal.text)) {
                    let what = format!("the statement reads or writes `{table}` without binding `tenant`");
                    findings.push(Finding::at(path, source.line(literal.at), what));
                }
            }
        }
    }
    findings
}

/// `tenant = $1` in a condition, or `tenant` as the first column written.
fn binds_tenant(sql: &str) -> bool {
    let packed: String = sql.split_whitespace().collect();
    packed.contains("tenant=$") || packed.contains("(tenant,") || packed.contains("(tenant)")
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The tables after FROM, JOIN, INTO and UPDATE.
fn tables_named(sql: &str) -> Vec<String> {
    let all: Vec<&str> = words(sql).collect();
    let after = |pair: &[&str]| {
        ["FROM", "JOIN", "INTO", "UPDATE"].contains(&pair[0].to_uppercase().as_str()).then(|| pair[1].to_owned())
    };
    all.windows(2).filter_map(after).collect()
}

/// The text with comments blank, so that places stay.
fn without_comments(sql: &str) -> String {
    let blank = |line: &str| match line.find("--") {
        Some(at) => format!("{}{}", &line[..at], " ".repeat(line.len() - at)),
        None => line.to_owned(),
    };
    sql.split('\n').map(blank).collect::<Vec<_>>().join("\n")
}

fn tables(text: &str) -> Vec<(String, Table)> {
    let plain = without_comments(text);
    let upper = plain.to_ascii_uppercase();
    let mut found = Vec::new();
    for (start, opening) in upper.match_indices("CREATE TABLE") {
        let head_from = start + opening.len();
        let Some(open) = plain[head_from..].find('(').map(|at| head_from + at) else { continue };
        let name = words(&plain[head_from..open]).last().unwrap_or_default().to_owned();
        let close = closing(&plain, open);
        let line = plain[..start].matches('\n').count() + 1;
        let before = text[..start].trim_end().lines().rev().take_while(|line| line.trim_start().starts_with("--"));
        let is_reason = |line: &str| line.split_once("-- shared:").is_some_and(|(_, why)| !why.trim().is_empty());
        let shared = before.chain(text[start..close].lines()).any(is_reason);
        let keys = items(&plain[open + 1..close]).iter().flat_map(|item| keys_of(item)).collect();
        found.push((name, Table { line, shared, keys }));
    }
    found
}

fn unique_indexes(text: &str) -> Vec<(usize, String, Key)> {
    let plain = without_comments(text);
    let upper = plain.to_ascii_uppercase();
    let mut found = Vec::new();
    for (start, _) in upper.match_indices("CREATE UNIQUE INDEX") {
        let Some(open) = plain[start..].find('(').map(|at| start + at) else { continue };
        let table = words(&plain[start..open]).last().unwrap_or_default().to_owned();
        let columns = columns(&plain[open + 1..closing(&plain, open)]);
        found.push((
            plain[..start].matches('\n').count() + 1,
            table,
            Key { kind: "UNIQUE INDEX", columns, target: None },
        ));
    }
    found
}

/// The place of the bracket that closes the one at `open`.
fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0;
    let end = text[open..].char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (depth == 0).then_some(open + at)
    });
    end.unwrap_or(text.len())
}

/// The columns and constraints between the brackets of a table.
fn items(body: &str) -> Vec<String> {
    let mut depth = 0;
    body.split(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
    .map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "))
    .collect()
}

fn columns(list: &str) -> Vec<String> {
    list.split(',').filter_map(|column| words(column).next()).map(str::to_owned).collect()
}

/// The keys that one item of a table declares, on its own columns or as a table constraint.
fn keys_of(item: &str) -> Vec<Key> {
    let upper = item.to_ascii_uppercase();
    let of_table = ["CONSTRAINT ", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY"].iter().any(|word| upper.starts_with(word));
    let target = upper.find("REFERENCES ").and_then(|at| words(&item[at + 11..]).next()).map(str::to_owned);
    let listed_after = |word: &str| {
        let open = upper.find(word).and_then(|at| Some(at + item[at..].find('(')?))?;
        Some(columns(&item[open + 1..closing(item, open)]))
    };
    let own = || words(item).next().map(str::to_owned).into_iter().collect::<Vec<_>>();
    let mut keys = Vec::new();
    for kind in ["PRIMARY KEY", "UNIQUE"] {
        if upper.contains(kind) {
            let columns = if of_table { listed_after(kind).unwrap_or_default() } else { own() };
            keys.push(Key { kind, columns, target: None });
        }
    }
    if target.is_some() {
        let columns = if of_table { listed_after("FOREIGN KEY").unwrap_or_default() } else { own() };
        keys.push(Key { kind: "FOREIGN KEY", columns, target });
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    const GOOD: &str = "-- Places, for everyone.\n-- shared: the law gives the list\nCREATE TABLE place (\n  code TEXT PRIMARY KEY\n);\n\
        CREATE TABLE org (\n  tenant TEXT NOT NULL,\n  id TEXT NOT NULL, -- UNIQUE in time\n  place TEXT REFERENCES place (code),\n\
        parent TEXT CHECK (parent <> ''),\n  CONSTRAINT org_pk PRIMARY KEY (tenant, id),\n  CONSTRAINT org_code UNIQUE (tenant, code),\n\
        CONSTRAINT org_parent FOREIGN KEY (tenant, parent) REFERENCES org (tenant, id)\n);\n";

    fn found(sql: &str) -> Vec<String> {
        said(tenant_comes_first, &[("crates/store/migrations/0001_org.sql", sql)])
    }

    #[test]
    fn keys_that_begin_with_tenant_pass_and_all_others_are_found() {
        assert!(found(GOOD).is_empty(), "{:?}", found(GOOD));
        for (good, bad) in [
            ("PRIMARY KEY (tenant, id)", "PRIMARY KEY (id, tenant)"),
            ("UNIQUE (tenant, code)", "UNIQUE (code)"),
            ("FOREIGN KEY (tenant, parent)", "FOREIGN KEY (parent)"),
            ("CONSTRAINT org_pk PRIMARY KEY (tenant, id),", ""),
            ("id TEXT NOT NULL,", "id TEXT NOT NULL UNIQUE,"),
            ("-- shared: the law gives the list", "-- shared:"),
        ] {
            let broken = found(&GOOD.replace(good, bad));
            assert!(!broken.is_empty(), "{bad}");
            assert!(broken[0].starts_with("crates/store/migrations/0001_org.sql:"), "{broken:?}");
        }
        let index = format!("{GOOD}CREATE UNIQUE INDEX org_name ON org (name) WHERE closed_on IS NULL;\n");
        assert_eq!(found(&index).len(), 1);
        assert!(found(&index.replace("(name)", "(tenant, name)")).is_empty());
    }

    #[test]
    fn a_statement_that_forgets_the_tenant_is_found() {
        let with = |statement: &str| {
            let code = format!("//! S.\nsql!(\n    ORGS = \"\n        {statement}\",\n);\n");
            said(
                tenant_comes_first,
                &[("crates/store/migrations/0001_org.sql", GOOD), ("crates/store/src/org.rs", &code)],
            )
        };
        assert_eq!(
            with("SELECT id FROM org WHERE id = $1"),
            ["crates/store/src/org.rs:3: the statement reads or writes `org` without binding `tenant`"]
        );
        assert_eq!(with("DELETE FROM org").len(), 1);
        assert_eq!(with("SELECT code FROM place JOIN org ON org.place = place.code").len(), 1);
        assert_eq!(with("SELECT tenant, id FROM org").len(), 1, "speaking of it is not binding it");
        assert!(with("SELECT id FROM org WHERE tenant = $1 AND id = $2").is_empty());
        assert!(with("INSERT INTO org (tenant, id) VALUES ($1, $2)").is_empty());
        assert!(with("SELECT code FROM place").is_empty());
    }
}
