//! Councils: read back as written, never changed, one tenant at a time; and nothing joins a voter to a ballot.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_domain::Scope;
use thidua_domain::actor::Reach;
use thidua_domain::council::session::Voters;
use thidua_domain::council::{
    Choice, CompositionAct, Council, CouncilId, Seat, SeatRole, Session, SessionAct, Signed, Warrant,
};
use thidua_store::{Error, council};
use thidua_testkit::both_engines;
use thidua_testkit::engines::Engine;

use crate::sample::{at, code, day, from, stored, tenant_id};

fn signed() -> Signed {
    Signed { by: "Phạm Văn Thư".into(), at: at("2020-07-05T01:00:00Z") }
}

fn seat(number: u16, from: Date) -> Seat {
    Seat {
        number,
        role: SeatRole::Member,
        votes: true,
        name: format!("Thành viên {number}"),
        position: String::new(),
        unit: Some(code("xa-a")),
        account: None,
        subject: None,
        from,
        warrant: Warrant { number: "12/QĐ-UBND".into(), on: from },
        ended: None,
    }
}

fn council_of(unit: &str) -> Council {
    Council {
        id: code("hd-1"),
        unit: code(unit),
        name: "Hội đồng Thi đua - Khen thưởng".into(),
        body: None,
        provenance: from(2, "trieu-son"),
    }
}

fn session_of(council: &CouncilId) -> Session {
    Session {
        id: code("ph-1"),
        council: council.clone(),
        held_on: day("2020-07-05"),
        place: "Phòng họp số 1".into(),
        called: signed(),
        provenance: from(2, "trieu-son"),
    }
}

both_engines! {
    fn a_council_is_read_back_and_never_changed(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let (one, session) = (council_of("xa-a"), session_of(&code("hd-1")));
        let acts = [CompositionAct::Seated(seat(1, day("2020-01-10")), signed())];
        let done = [SessionAct::Opened(vec![seat(1, day("2020-01-10"))], signed())];
        let ballots = BTreeMap::from([("K7".to_owned(), Choice::Agree), ("A2".to_owned(), Choice::Blank)]);
        let mut tx = test.db().begin().unwrap();
        council::insert(&mut tx, &tenant, &one, &signed()).unwrap();
        council::add_acts(&mut tx, &tenant, &one.id, 0, &acts).unwrap();
        council::insert_session(&mut tx, &tenant, &session).unwrap();
        council::add_session_acts(&mut tx, &tenant, &session.id, 0, &done).unwrap();
        council::add_voter(&mut tx, &tenant, &session.id, 1, 1).unwrap();
        council::add_ballots(&mut tx, &tenant, &session.id, 1, &ballots).unwrap();
        tx.commit().unwrap();

        let read = |scope: &Scope| {
            test.db()
                .read::<_, Error>(|tx| {
                    let of = (council::councils(tx, scope)?, council::compositions(tx, scope, None)?);
                    let in_it = (council::voters(tx, scope, &session.id)?, council::ballots(tx, scope, &session.id)?);
                    Ok((of, council::sittings(tx, scope, None, None)?, in_it))
                })
                .unwrap()
        };
        let ((councils, compositions), sittings, (voters, cast)) = read(&Scope::whole(tenant.clone()));
        assert_eq!(councils, std::slice::from_ref(&one));
        assert_eq!(compositions[&one.id].seats, [seat(1, day("2020-01-10"))]);
        assert_eq!((sittings.len(), &sittings[0].session, sittings[0].members.len()), (1, &session, 1));
        assert_eq!(voters, Voters::from([(1, 1)]));
        assert_eq!(cast[&1], [("A2".to_owned(), Choice::Blank), ("K7".to_owned(), Choice::Agree)]);
        let one_by_id = test.db().read(|tx| council::sittings(tx, &Scope::whole(tenant.clone()), Some(&one.id), Some(&session.id)));
        assert_eq!(one_by_id.unwrap(), sittings);
        // Another tenant has none of it, and a reach without the unit has no council and no session.
        let ((councils, compositions), sittings, (voters, cast)) = read(&Scope::whole(tenant_id("la")));
        assert!(councils.is_empty() && compositions.is_empty() && sittings.is_empty() && voters.is_empty() && cast.is_empty());
        let elsewhere = Scope { tenant: tenant.clone(), units: Reach::Only(vec![code("xa-b")]) };
        let ((councils, _), sittings, _) = read(&elsewhere);
        assert!(councils.is_empty() && sittings.is_empty());
        // Who comes second over the same number, or votes twice, is told so.
        for attempt in [0, 1, 2] {
            let mut tx = test.db().begin().unwrap();
            let said = match attempt {
                0 => council::add_acts(&mut tx, &tenant, &one.id, 0, &acts),
                1 => council::add_session_acts(&mut tx, &tenant, &session.id, 0, &done),
                _ => council::add_voter(&mut tx, &tenant, &session.id, 1, 1),
            };
            assert!(matches!(said, Err(Error::Clash(_))), "{said:?}");
        }
        for table in
            ["council", "council_act", "council_session", "council_session_act", "council_voter", "council_ballot"]
        {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }

    /// Trial "linking a ballot", in the rows: five vote in a known order, each in a transaction of their own; what stands
    /// in the tables afterwards says who voted and what was voted, and no column, no row number, no place of a row in its
    /// table, no number of a transaction leads from the one to the other.
    fn linking_a_ballot_finds_nothing_to_join_by(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let (one, session) = (council_of("xa-a"), session_of(&code("hd-1")));
        let mut tx = test.db().begin().unwrap();
        council::insert(&mut tx, &tenant, &one, &signed()).unwrap();
        council::insert_session(&mut tx, &tenant, &session).unwrap();
        tx.commit().unwrap();
        let order: [(u16, &str, Choice); 5] = [
            (3, "T9", Choice::Disagree),
            (1, "C4", Choice::Agree),
            (5, "K7", Choice::Agree),
            (2, "A2", Choice::Blank),
            (4, "F8", Choice::Agree),
        ];
        for (seat, ..) in order {
            let mut tx = test.db().begin().unwrap();
            council::add_voter(&mut tx, &tenant, &session.id, 1, seat).unwrap();
            tx.commit().unwrap();
        }
        let ballots = order.iter().map(|(_, code, choice)| ((*code).to_owned(), *choice)).collect();
        let mut tx = test.db().begin().unwrap();
        council::add_ballots(&mut tx, &tenant, &session.id, 1, &ballots).unwrap();
        tx.commit().unwrap();

        // The two tables share the session and the question, and nothing of a person, a time or an order.
        let columns = |table: &str| -> Vec<String> {
            let text = match test.engine() {
                Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
                Engine::Postgres => format!(
                    "SELECT column_name::TEXT FROM information_schema.columns WHERE table_name = '{table}' \
                    ORDER BY ordinal_position"
                ),
            };
            test.rows(&text).into_iter().flatten().collect()
        };
        assert_eq!(columns("council_voter"), ["tenant", "session", "question", "seat"]);
        assert_eq!(columns("council_ballot"), ["tenant", "session", "question", "code", "choice"]);
        // As they lie: ballots in the order of their random codes, whoever came first.
        let lying = match test.engine() {
            Engine::Sqlite => "SELECT code FROM council_ballot",
            Engine::Postgres => "SELECT code FROM council_ballot ORDER BY ctid",
        };
        let codes: Vec<String> = test.rows(lying).into_iter().flatten().collect();
        assert_eq!(codes, ["A2", "C4", "F8", "K7", "T9"]);
        match test.engine() {
            Engine::Sqlite => {
                for table in ["council_voter", "council_ballot"] {
                    let said = test.try_tamper(&format!("SELECT rowid FROM {table}"));
                    assert!(said.is_err(), "{table} numbers its rows: {said:?}");
                }
            }
            Engine::Postgres => {
                let writers = test.rows("SELECT DISTINCT xmin::TEXT FROM council_ballot");
                assert_eq!(writers.len(), 1, "ballots of several transactions: {writers:?}");
                let shared = test.rows(
                    "SELECT COUNT(*)::TEXT FROM council_voter, council_ballot \
                    WHERE council_voter.xmin = council_ballot.xmin",
                );
                assert_eq!(shared, [["0"]]);
            }
        }
    }
}
