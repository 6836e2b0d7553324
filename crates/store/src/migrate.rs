//! Migrations: forward only, all or nothing, with a copy of an older SQLite file made first.

use crate::column::Cells;
use crate::engine::{Db, Tx};
use crate::error::Error;
use crate::statement::sql;

/// One step of the schema. Released steps are never edited.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Number, from 1 without gaps.
    pub number: u32,
    /// File name without endings: `0003_org`.
    pub name: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL; the same one but for pairs.
    pub postgres: &'static str,
}

/// Every migration, in order.
pub const MIGRATIONS: &[Migration] = &[
    both(1, "0001_tenant", include_str!("../migrations/0001_tenant.sql")),
    both(2, "0002_instrument", include_str!("../migrations/0002_instrument.sql")),
    both(3, "0003_org", include_str!("../migrations/0003_org.sql")),
    both(4, "0004_indicator", include_str!("../migrations/0004_indicator.sql")),
    both(5, "0005_observation", include_str!("../migrations/0005_observation.sql")),
    both(6, "0006_standard", include_str!("../migrations/0006_standard.sql")),
    both(7, "0007_movement", include_str!("../migrations/0007_movement.sql")),
    both(8, "0008_cluster", include_str!("../migrations/0008_cluster.sql")),
    both(9, "0009_award", include_str!("../migrations/0009_award.sql")),
    both(10, "0010_finding", include_str!("../migrations/0010_finding.sql")),
    both(11, "0011_office", include_str!("../migrations/0011_office.sql")),
    both(12, "0012_draft", include_str!("../migrations/0012_draft.sql")),
    both(13, "0013_audit", include_str!("../migrations/0013_audit.sql")),
    Migration {
        number: 14,
        name: "0014_append_only",
        sqlite: include_str!("../migrations/0014_append_only.sqlite.sql"),
        postgres: include_str!("../migrations/0014_append_only.postgres.sql"),
    },
    both(15, "0015_account", include_str!("../migrations/0015_account.sql")),
    both(16, "0016_share", include_str!("../migrations/0016_share.sql")),
    both(17, "0017_collection", include_str!("../migrations/0017_collection.sql")),
    Migration {
        number: 18,
        name: "0018_collection_append_only",
        sqlite: include_str!("../migrations/0018_collection_append_only.sqlite.sql"),
        postgres: include_str!("../migrations/0018_collection_append_only.postgres.sql"),
    },
    both(19, "0019_second_factor", include_str!("../migrations/0019_second_factor.sql")),
    both(20, "0020_single_sign_on", include_str!("../migrations/0020_single_sign_on.sql")),
    both(21, "0021_notice", include_str!("../migrations/0021_notice.sql")),
    both(22, "0022_import", include_str!("../migrations/0022_import.sql")),
    both(23, "0023_api_token", include_str!("../migrations/0023_api_token.sql")),
    Migration {
        number: 24,
        name: "0024_api_token_append_only",
        sqlite: include_str!("../migrations/0024_api_token_append_only.sqlite.sql"),
        postgres: include_str!("../migrations/0024_api_token_append_only.postgres.sql"),
    },
    Migration {
        number: 25,
        name: "0025_evidence",
        sqlite: include_str!("../migrations/0025_evidence.sqlite.sql"),
        postgres: include_str!("../migrations/0025_evidence.postgres.sql"),
    },
    Migration {
        number: 26,
        name: "0026_division",
        sqlite: include_str!("../migrations/0026_division.sqlite.sql"),
        postgres: include_str!("../migrations/0026_division.postgres.sql"),
    },
    Migration {
        number: 27,
        name: "0027_subject",
        sqlite: include_str!("../migrations/0027_subject.sqlite.sql"),
        postgres: include_str!("../migrations/0027_subject.postgres.sql"),
    },
    Migration {
        number: 28,
        name: "0028_movement_course",
        sqlite: include_str!("../migrations/0028_movement_course.sqlite.sql"),
        postgres: include_str!("../migrations/0028_movement_course.postgres.sql"),
    },
    Migration {
        number: 29,
        name: "0029_eligibility",
        sqlite: include_str!("../migrations/0029_eligibility.sqlite.sql"),
        postgres: include_str!("../migrations/0029_eligibility.postgres.sql"),
    },
    Migration {
        number: 30,
        name: "0030_cluster_scoring",
        sqlite: include_str!("../migrations/0030_cluster_scoring.sqlite.sql"),
        postgres: include_str!("../migrations/0030_cluster_scoring.postgres.sql"),
    },
    both(31, "0031_entry_order", include_str!("../migrations/0031_entry_order.sql")),
    both(32, "0032_fact_score", include_str!("../migrations/0032_fact_score.sql")),
    Migration {
        number: 33,
        name: "0033_movement_file",
        sqlite: include_str!("../migrations/0033_movement_file.sqlite.sql"),
        postgres: include_str!("../migrations/0033_movement_file.postgres.sql"),
    },
    Migration {
        number: 34,
        name: "0034_decision",
        sqlite: include_str!("../migrations/0034_decision.sqlite.sql"),
        postgres: include_str!("../migrations/0034_decision.postgres.sql"),
    },
    Migration {
        number: 35,
        name: "0035_council",
        sqlite: include_str!("../migrations/0035_council.sqlite.sql"),
        postgres: include_str!("../migrations/0035_council.postgres.sql"),
    },
    Migration {
        number: 36,
        name: "0036_cluster_year",
        sqlite: include_str!("../migrations/0036_cluster_year.sqlite.sql"),
        postgres: include_str!("../migrations/0036_cluster_year.postgres.sql"),
    },
    Migration {
        number: 37,
        name: "0037_exemplar",
        sqlite: include_str!("../migrations/0037_exemplar.sqlite.sql"),
        postgres: include_str!("../migrations/0037_exemplar.postgres.sql"),
    },
    Migration {
        number: 38,
        name: "0038_dossier",
        sqlite: include_str!("../migrations/0038_dossier.sqlite.sql"),
        postgres: include_str!("../migrations/0038_dossier.postgres.sql"),
    },
    Migration {
        number: 39,
        name: "0039_law_act",
        sqlite: include_str!("../migrations/0039_law_act.sqlite.sql"),
        postgres: include_str!("../migrations/0039_law_act.postgres.sql"),
    },
];

const fn both(number: u32, name: &'static str, text: &'static str) -> Migration {
    Migration { number, name, sqlite: text, postgres: text }
}

/// The list of steps taken, made before the first of them.
const LIST_OF_STEPS: &str = "
    -- shared: the schema is one for all tenants
    CREATE TABLE schema_version (
        number BIGINT NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT schema_version_pk PRIMARY KEY (number)
    );";

sql!(
    NEWEST = "
        SELECT number
        FROM schema_version
        ORDER BY number DESC
        LIMIT 1",
    INSERT_STEP = "
        INSERT INTO schema_version (number, name)
        VALUES ($1, $2)",
);

impl Db {
    /// Brings the schema up to date and gives its number.
    ///
    /// All steps are one transaction: one that fails leaves the database as it was. A SQLite file with
    /// an older schema is first copied to `<file>.schema-<number>.bak`.
    pub fn migrate(&self) -> Result<u32, Error> {
        self.migrate_with(MIGRATIONS)
    }

    /// Like [`Db::migrate`] with steps of the caller's choice; how the tests of upgrades make old databases.
    pub fn migrate_with(&self, steps: &[Migration]) -> Result<u32, Error> {
        let newest = steps.last().map_or(0, |step| step.number);
        let before = self.schema_number()?;
        match before {
            found if found > newest => return Err(Error::TooNew { found, known: newest }),
            0 => {}
            found if found < newest => self.back_up(found)?,
            current => return Ok(current),
        }
        let mut tx = self.begin()?;
        tx.lock_schema()?;
        // Read again: another program may have migrated a server's database while we waited.
        let found = schema_in(&mut tx)?;
        if found.is_none() {
            tx.migrate(LIST_OF_STEPS, LIST_OF_STEPS)?;
        }
        for step in steps.iter().filter(|step| step.number > found.unwrap_or(0)) {
            tx.migrate(step.sqlite, step.postgres)?;
            let row = Cells::shared().with(i64::from(step.number)).with(step.name);
            tx.execute(&INSERT_STEP, &Vec::from(row))?;
        }
        tx.commit()?;
        Ok(newest)
    }

    /// The number of the database's schema; 0 for an empty database.
    pub fn schema_number(&self) -> Result<u32, Error> {
        self.read(|tx| match schema_in(tx)? {
            Some(number) => Ok(number),
            None if tx.tables()?.is_empty() => Ok(0),
            None => self.foreign().map_or(Ok(0), Err),
        })
    }
}

/// The newest step taken, or `None` where there is no list of steps.
fn schema_in(tx: &mut Tx) -> Result<Option<u32>, Error> {
    if !tx.tables()?.iter().any(|table| table == "schema_version") {
        return Ok(None);
    }
    let newest: Option<i64> = tx.query_first(&NEWEST, &[], |row| row.next())?;
    let number = u32::try_from(newest.unwrap_or(0));
    number.map(Some).map_err(|_| Error::Integrity("the number of the schema is out of range".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_without_gaps_as_their_names_say() {
        for (at, step) in MIGRATIONS.iter().enumerate() {
            assert_eq!(usize::try_from(step.number), Ok(at + 1));
            assert!(step.name.starts_with(&format!("{:04}_", step.number)), "{}", step.name);
        }
    }
}
