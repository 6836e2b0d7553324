//! Opening and connecting: each refusal says what is wrong, touches nothing and names no secret.

use std::path::Path;

use thidua_store::{Db, Error};
use thidua_testkit::engines::TestDb;
use thidua_testkit::scratch_dir;

use crate::sample::{stored, tenant_id};

#[test]
fn a_file_of_another_kind_is_no_database_and_stays_as_it_is() {
    let dir = scratch_dir("kind");
    for (name, content) in [
        (
            "bao-cao.docx",
            b"PK\x03\x04 a document, not a database, but longer than a header of one hundred bytes ................."
                .to_vec(),
        ),
        ("short.db", b"short".to_vec()),
        ("text.db", "Ủy ban nhân dân\n".repeat(1_000).into_bytes()),
    ] {
        let path = dir.join(name);
        std::fs::write(&path, &content).unwrap();
        let refused = Db::open(&path).map(drop);
        assert!(
            matches!(&refused, Err(Error::NotADatabase { path: named, .. }) if *named == path),
            "{name}: {refused:?}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), content);
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3, "nothing is left beside them");
}

#[test]
fn a_file_that_was_cut_off_is_no_database() {
    let test = TestDb::sqlite("cut");
    stored(&test, "trieu-son");
    let dir = scratch_dir("cut-copy");
    let copy = dir.join("thidua.db");
    test.tamper(&format!("VACUUM INTO '{}'", copy.display()));
    let content = std::fs::read(&copy).unwrap();
    for length in [content.len() / 2, 4096, 2000] {
        std::fs::write(&copy, &content[..length]).unwrap();
        let refused = Db::open(&copy).map(drop);
        assert!(matches!(refused, Err(Error::NotADatabase { .. })), "{length} bytes: {refused:?}");
    }
    std::fs::write(&copy, &content).unwrap();
    assert!(Db::open(&copy).is_ok(), "whole again");
}

#[test]
fn a_database_of_another_program_is_refused() {
    let test = TestDb::sqlite_empty("foreign");
    test.tamper("CREATE TABLE kho (id INTEGER PRIMARY KEY)");
    let refused = test.db().migrate();
    assert!(matches!(refused, Err(Error::NotADatabase { .. })), "{refused:?}");
    assert_eq!(crate::schema::tables(&test), ["kho"]);
}

#[test]
fn a_second_handle_of_a_file_is_refused_until_the_first_is_gone() {
    let test = TestDb::sqlite("second");
    let refused = test.second_handle().map(drop);
    assert!(matches!(&refused, Err(Error::InUse { path }) if *path == test.file()), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("in use"));
    let dir = scratch_dir("left");
    let path = dir.join("thidua.db");
    let first = Db::open(&path).unwrap();
    let clone = first.clone();
    drop(first);
    assert!(matches!(Db::open(&path), Err(Error::InUse { .. })), "a clone still holds it");
    let tx = clone.begin().unwrap();
    drop(clone);
    assert!(matches!(Db::open(&path), Err(Error::InUse { .. })), "a transaction still holds it");
    drop(tx);
    // The lock file stays behind, as after a crash, and is in nobody's way.
    assert!(dir.join("thidua.db.lock").exists());
    assert!(Db::open(&path).is_ok());
}

#[test]
fn names_that_sqlite_reads_as_no_file_are_files_or_refused() {
    let dir = scratch_dir("names");
    assert!(matches!(Db::open(Path::new("")).map(drop), Err(Error::CannotOpen { .. })));
    assert!(matches!(Db::open(Path::new("/dev/null")).map(drop), Err(Error::CannotOpen { .. })));
    assert!(!Path::new("/dev/null.lock").exists());
    for name in [":memory:", "file:x.sqlite?mode=memory"] {
        let path = dir.join(name);
        drop(Db::open(&path).unwrap());
        assert!(path.is_file(), "{name} is no file");
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_only() {
    let dir = scratch_dir("owner");
    let path = dir.join("thidua.db");
    drop(Db::open(&path).unwrap());
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

/// An administrator who copies the file of a program that has ended copies everything.
#[test]
fn a_closed_file_holds_everything_and_has_nothing_beside_it() {
    let dir = scratch_dir("closed");
    let path = dir.join("thidua.db");
    let db = Db::open(&path).unwrap();
    db.migrate().unwrap();
    // A reader was at work, and its connection is kept for the next one.
    db.read(thidua_store::tenant::tenants).unwrap();
    drop(db);
    for beside in ["thidua.db-wal", "thidua.db-shm"] {
        assert!(!dir.join(beside).exists(), "{beside} was left");
    }
    let copy = dir.join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    assert_eq!(Db::open(&copy).unwrap().migrate().unwrap(), u32::try_from(thidua_store::MIGRATIONS.len()).unwrap());
}

#[test]
fn a_place_that_cannot_hold_a_file_is_named() {
    let dir = scratch_dir("place");
    let folder = dir.join("folder");
    std::fs::create_dir(&folder).unwrap();
    for path in [dir.join("no/such/folder/thidua.db"), folder, Path::new("/dev/null/thidua.db").to_owned()] {
        let refused = Db::open(&path).map(drop);
        assert!(matches!(&refused, Err(Error::CannotOpen { path: named, .. }) if *named == path), "{refused:?}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside the folder");
}

#[test]
fn names_of_files_are_taken_as_they_are() {
    let dir = scratch_dir("names");
    for name in ["thi đua.db", "a?mode=ro.db", "file:x.db", "100% #1.db"] {
        let db = Db::open(&dir.join(name)).unwrap();
        db.migrate().unwrap();
        assert!(db.schema_number().unwrap() > 0);
        drop(db);
        assert!(dir.join(name).exists(), "{name}");
    }
}

#[test]
fn an_unreachable_server_is_named_without_the_password() {
    let refused = Db::connect("postgres://quan-tri:s3cret@127.0.0.1:1/thidua").map(drop);
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("cannot use the PostgreSQL server") && !said.contains("s3cret"), "{said}");
}

#[test]
fn a_database_that_sorts_by_a_language_is_refused() {
    let Some(test) = TestDb::postgres_empty() else { return };
    let name = format!("{}_vi", test.rows("SELECT current_database()")[0][0]);
    test.tamper(&format!("CREATE DATABASE {name} LOCALE_PROVIDER icu ICU_LOCALE 'vi' TEMPLATE template0"));
    let address = test.url();
    let (server, _) = address.rsplit_once('/').unwrap();
    let refused = Db::connect(&format!("{server}/{name}")).map(drop);
    test.tamper(&format!("DROP DATABASE {name} WITH (FORCE)"));
    assert!(matches!(&refused, Err(Error::Unreachable(why)) if why.contains("LC_COLLATE")), "{refused:?}");
}

#[test]
fn a_restart_of_the_server_is_survived() {
    let Some(test) = TestDb::postgres() else { return };
    stored(&test, "trieu-son");
    let lost = test.db().begin().unwrap();
    test.tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    assert!(lost.commit().is_err(), "what was under way is lost, and says so");
    let scope = thidua_domain::Scope::whole(tenant_id("trieu-son"));
    let units = test.db().read(|tx| thidua_store::org::units(tx, &scope)).unwrap();
    assert!(!units.is_empty());
}
