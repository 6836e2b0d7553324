//! Trial "linking a ballot": what whoever reads the whole database can find out, during a secret vote and after it.

use std::collections::BTreeSet;

use thidua_app::audit;
use thidua_app::council::{Ending, close_vote};
use thidua_domain::council::{Ballot, Choice};
use thidua_testkit::both_engines;
use thidua_testkit::engines::Engine;

use crate::chamber::Chamber;

both_engines! {
    fn linking_a_ballot(test) {
        let chamber = Chamber::composed_in(test.db().clone());
        let session = chamber.opened("chien-si-thi-dua-toan-quoc", &[0, 1, 2, 3, 4, 5]);
        let question = chamber.put(&session, Ballot::Secret, "").unwrap();
        let order = [
            (3, Choice::Disagree),
            (0, Choice::Agree),
            (5, Choice::Agree),
            (1, Choice::Blank),
            (4, Choice::Agree),
            (2, Choice::Agree),
        ];
        // Watching between two votes: each adds a voter and a row of the journal; what was chosen is nowhere.
        let mut codes = Vec::new();
        for (at, choice) in order {
            let before = test.everything();
            codes.push(chamber.code(&session, question, at, choice));
            let after = test.everything();
            let grown: Vec<&(String, String)> = after.iter().filter(|row| !before.contains(row)).collect();
            let tables: BTreeSet<&str> = grown.iter().map(|(table, _)| table.as_str()).collect();
            let expected: BTreeSet<&str> = ["audit", "council_voter", "counter"].into();
            assert!(tables.is_subset(&expected) && tables.contains("council_voter"), "{grown:?}");
            for code in &codes {
                assert!(!after.iter().any(|(_, row)| row.contains(code.as_str())), "{code} is written before the closing");
            }
            let told = ["agree", "disagree", "blank"];
            assert!(!grown.iter().any(|(_, row)| told.iter().any(|word| row.contains(word))), "{grown:?}");
        }
        assert!(!test.everything().iter().any(|(table, _)| table == "council_ballot"));
        if test.engine() == Engine::Sqlite {
            // Nor in the bytes of the file and of its journal of changes.
            let file = test.file();
            let mut bytes = std::fs::read(&file).unwrap();
            bytes.extend(std::fs::read(file.with_extension("sqlite-wal")).unwrap_or_default());
            bytes.extend(std::fs::read(format!("{}-wal", file.display())).unwrap_or_default());
            for code in &codes {
                assert!(!bytes.windows(code.len()).any(|window| window == code.as_bytes()), "{code}");
            }
        }

        close_vote(&chamber.app, &chamber.secretary(), &session, question, Ending::Count).unwrap();
        let rows = test.everything();
        // Ballots stand in one table, in the order of their codes and not in that of the voting.
        let ballots: Vec<&str> =
            rows.iter().filter(|(table, _)| table == "council_ballot").map(|(_, row)| row.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort();
        assert_ne!(sorted, codes);
        for (row, code) in ballots.iter().zip(&sorted) {
            assert!(row.contains(code.as_str()), "{ballots:?}");
        }
        assert_eq!(ballots.len(), 6);
        let accounts: Vec<String> = (0..6).map(|at| chamber.account(at).to_string()).collect();
        for (table, row) in &rows {
            let of_ballot = codes.iter().any(|code| row.contains(code.as_str()));
            // No other table holds a code, and no row that does holds a person.
            assert_eq!(of_ballot, table == "council_ballot", "{table}: {row}");
            assert!(!of_ballot || !accounts.iter().any(|account| row.contains(account)), "{table}: {row}");
        }
        // The journal says who voted and when, in words that are the same for everyone.
        let cast: Vec<String> = audit::tail(&chamber.app, &chamber.operator, 50)
            .unwrap()
            .into_iter()
            .filter(|row| row.verb == "cast-ballot")
            .map(|row| row.detail)
            .collect();
        assert_eq!(cast.len(), 6);
        assert!(cast.iter().all(|detail| detail.starts_with("question 1, seat ")), "{cast:?}");
        // Each finds their own ballot by the code they alone were given.
        for ((_, choice), code) in order.iter().zip(&codes) {
            let found: Vec<&&str> = ballots.iter().filter(|row| row.contains(code.as_str())).collect();
            assert!(found.len() == 1 && found[0].ends_with(choice.word()), "{found:?}");
        }
    }
}
