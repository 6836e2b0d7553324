//! What is stored comes back: every table, every variant, extreme numbers, missing values, order.

use thidua_base::text::is_nfc;
use thidua_domain::Scope;
use thidua_domain::indicator::{Nature, Reading, Value};
use thidua_store::{Error, draft, instrument, office, period, reading, statements, tenant};
use thidua_testkit::both_engines;

use crate::sample::{self, World, code, day, extreme, stored};

both_engines! {
    fn everything_comes_back_as_it_was(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let read = test.db().read(|tx| World::read(tx, &Scope::whole(tenant.clone()))).unwrap();
        // Compared as text, since numbers count as equal at any scale and the scale must come back too.
        for (given, got) in lines(&world).iter().zip(&lines(&read)) {
            assert_eq!(given, got);
        }
        assert_eq!(lines(&world).len(), lines(&read).len());
        assert!(is_nfc(&format!("{read:?}")));
    }

    fn the_whole_sample_fills_every_table(test) {
        stored(test, "trieu-son");
        let mut empty = Vec::new();
        for table in crate::schema::tables(test) {
            if test.rows(&format!("SELECT * FROM {table}")).is_empty() {
                empty.push(table);
            }
        }
        let apart = [
            "account", "account_contact", "account_link", "api_replay", "api_token", "api_token_revocation",
            "api_token_use", "audit", "award_list_mapping", "award_list_upload", "award_round", "cluster_act",
            "cluster_attendance", "cluster_flag_bar", "cluster_flag_place", "cluster_flag_rule", "cluster_freeze",
            "cluster_meeting", "cluster_move", "cluster_scheme", "cluster_scoring", "cluster_signature",
            "cluster_upload", "condition_answer", "council", "council_act", "council_ballot", "council_session",
            "council_session_act", "council_voter", "cycle", "cycle_extension", "decision", "decision_draft",
            "decision_event", "decision_granted", "decision_line", "dossier", "dossier_batch", "dossier_event",
            "dossier_finding", "dossier_judgement", "dossier_matter", "dossier_matter_act", "dossier_named_field",
            "dossier_paper", "dossier_report", "dossier_stop", "due_feed", "entry", "evidence", "evidence_cell",
            "evidence_withdrawal", "exemplar_copy", "exemplar_copy_indicator", "exemplar_event", "exemplar_paper",
            "exemplar_paper_withdrawal", "exemplar_profile", "explanation", "fact", "form", "form_assignment",
            "form_row", "fund", "fund_entry", "import_mapping", "import_upload", "law_act", "law_file",
            "movement_call", "movement_evidence", "movement_file", "movement_line", "movement_milestone",
            "movement_progress", "movement_terms", "notice", "org_division", "pending_sign_in", "plan_answer",
            "plan_proposal", "pledge_event", "pledge_target", "pledge_title", "recovery_code", "report_issue",
            "report_use", "review_answer", "role_held", "second_factor", "session", "stored_file", "subject",
            "subject_merge", "subject_merge_undo", "subject_version", "submission_cell", "submission_event",
            "submission_pin", "waiver",
        ];
        assert_eq!(empty, apart, "accounts, notices, the audit, collection, scoring and subjects have tests of their own");
    }

    fn every_read_asks_a_constant_number_of_times(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant);
        let asked = |read: &mut dyn FnMut(&mut thidua_store::Tx)| {
            let before = test.db().statements_run();
            test.db().read::<_, Error>(|tx| { read(tx); Ok(()) }).unwrap();
            test.db().statements_run() - before
        };
        assert_eq!(asked(&mut |tx| drop(thidua_store::movement::movements(tx, &scope).unwrap())), 3);
        assert_eq!(asked(&mut |tx| drop(thidua_store::cluster::clusters(tx, &scope).unwrap())), 2);
        assert_eq!(asked(&mut |tx| drop(thidua_store::org::events(tx, &scope).unwrap())), 2);
        assert_eq!(asked(&mut |tx| drop(thidua_store::org::units(tx, &scope).unwrap())), 1);
    }

    /// Whatever is kept in memory is kept under these numbers.
    fn every_change_of_what_figures_stand_on_is_counted(test) {
        use thidua_store::{Tx, indicator, org, plan, tenant};
        let (id, _) = stored(test, "trieu-son");
        let scope = Scope::whole(id.clone());
        let stamp = || test.db().read(|tx| tenant::stamp(tx, &scope)).unwrap().unwrap();
        type Change<'a> = &'a dyn Fn(&mut Tx) -> Result<(), Error>;
        let none = thidua_domain::org::Division {
            from: thidua_base::code::OrgId::parse("h-397").unwrap(),
            on: thidua_base::Date::parse("2025-07-01").unwrap(),
            basis: "population".into(),
            revision: 1,
            shares: Vec::new(),
            by: String::new(),
            at: thidua_base::Timestamp::parse("2025-07-01T00:00:00Z").unwrap(),
        };
        let changes: [Change<'_>; 9] = [
            &|tx| org::insert_units(tx, &id, &[]),
            &|tx| org::insert_edges(tx, &id, &[]),
            &|tx| org::insert_events(tx, &id, &[]),
            &|tx| org::insert_shares(tx, &id, &[]),
            &|tx| org::insert_division(tx, &id, &none),
            &|tx| org::add(tx, &id, &thidua_domain::org::Additions::default()),
            &|tx| indicator::insert_many(tx, &id, &[]),
            &|tx| plan::insert_plans(tx, &id, &[]),
            &|tx| plan::insert_values(tx, &id, &[]),
        ];
        for (at, change) in changes.iter().enumerate() {
            let before = stamp();
            let mut tx = test.db().begin().unwrap();
            change(&mut tx).unwrap();
            assert_eq!(tenant::stamp(&mut tx, &scope).unwrap(), None, "a writer is told no number");
            tx.commit().unwrap();
            let after = stamp();
            assert!(after.ground > before.ground && after > before, "change {at}");
            assert_eq!((after.changes, after.readings), (before.changes, before.readings), "change {at}");
        }
    }

    fn passages_and_tasks_that_name_an_instrument_are_found_with_the_end_of_each_version(test) {
        use thidua_base::{Timestamp, code::InstrumentId};
        use thidua_domain::{draft::Passage, finding::Task};
        use thidua_store::{draft, finding};
        let (tenant, world) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant.clone());
        let id = InstrumentId::parse("chi-thi-34").unwrap();
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let first = &world.passages[0];
        let second = Passage {
            version: 2,
            text: format!("Thực hiện {{van-ban {id}}}."),
            written_at: at("2020-07-05T00:00:00Z"),
            ..first.clone()
        };
        let third = Passage { version: 3, written_at: at("2020-07-09T00:00:00Z"), ..first.clone() };
        let task = Task {
            id: thidua_base::Code::parse("nv-moi").unwrap(),
            text: second.text.clone(),
            ..world.tasks[0].clone()
        };
        let mut tx = test.db().begin().unwrap();
        draft::insert_many(&mut tx, &tenant, std::slice::from_ref(&second)).unwrap();
        finding::insert_tasks(&mut tx, &tenant, std::slice::from_ref(&task)).unwrap();
        tx.commit().unwrap();
        let passages = || test.db().read(|tx| draft::passages_naming(tx, &scope, &id)).unwrap();
        assert_eq!(passages(), [(second.clone(), None)]);
        let mut tx = test.db().begin().unwrap();
        draft::insert_many(&mut tx, &tenant, std::slice::from_ref(&third)).unwrap();
        tx.commit().unwrap();
        assert_eq!(passages(), [(second, Some(third.written_at))]);
        assert_eq!(test.db().read(|tx| finding::tasks_naming(tx, &scope, &id)).unwrap(), [task]);
        let other = InstrumentId::parse("chi-thi-3").unwrap();
        assert_eq!(test.db().read(|tx| draft::passages_naming(tx, &scope, &other)).unwrap().len(), 1, "a part of the name");
        let none = Scope::whole(thidua_base::Code::parse("noi-khac").unwrap());
        assert!(test.db().read(|tx| draft::passages_naming(tx, &none, &id)).unwrap().is_empty());
        assert!(test.db().read(|tx| finding::tasks_naming(tx, &none, &id)).unwrap().is_empty());
    }

    fn a_correction_takes_the_place_of_what_it_corrects(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant.clone());
        let first = world.readings[0].clone();
        let corrected = Reading {
            value: Value::Of(extreme(4)),
            nature: Nature::Official,
            supersedes: Some(first.seq),
            reason: "Số liệu chính thức".into(),
            ..first.clone()
        };
        let mut tx = test.db().begin().unwrap();
        let seq = reading::insert_many(&mut tx, &tenant, std::slice::from_ref(&corrected)).unwrap();
        tx.commit().unwrap();
        assert_eq!(seq, i64::try_from(world.readings.len()).unwrap() + 1);
        let stored = Reading { seq, ..corrected };
        test.db().read::<_, Error>(|tx| {
            let current = reading::readings_of(tx, &scope, &[first.period])?;
            assert!(current.contains(&stored) && !current.contains(&first));
            assert_eq!(current.len(), 3);
            let line = reading::history(tx, &scope, &first.indicator, &first.unit, first.period)?;
            assert_eq!(line, [first.clone(), stored.clone()]);
            let twice = reading::readings_of(tx, &scope, &[first.period, first.period])?;
            assert_eq!(twice, current, "a period asked for twice counts once");
            Ok(())
        }).unwrap();
    }

    fn of_two_corrections_of_one_reading_the_second_is_refused(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let correction = Reading { supersedes: Some(1), reason: "Sửa".into(), ..world.readings[0].clone() };
        let mut tx = test.db().begin().unwrap();
        reading::insert_many(&mut tx, &tenant, std::slice::from_ref(&correction)).unwrap();
        let second = reading::insert_many(&mut tx, &tenant, &[correction]);
        assert!(matches!(second, Err(Error::Clash("observation_supersedes_uq"))), "{second:?}");
    }

    fn a_cell_has_one_first_reading_of_each_nature(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let again = reading::insert_many(&mut tx, &tenant, &world.readings[..1]);
        assert!(matches!(again, Err(Error::Clash("observation_first_uq"))), "{again:?}");
    }

    fn a_reading_corrects_only_one_of_its_own_cell(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let strange = Reading { supersedes: Some(1), ..world.readings[1].clone() };
        let mut tx = test.db().begin().unwrap();
        let refused = reading::insert_many(&mut tx, &tenant, &[strange]).and_then(|_| tx.commit());
        assert!(matches!(refused, Err(Error::Integrity(_))), "{refused:?}");
    }

    fn periods_come_in_the_order_of_time(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant);
        let codes = |periods: Vec<thidua_base::Period>| periods.iter().map(ToString::to_string).collect::<Vec<_>>();
        let in_time = ["2016-2020", "SY2019", "2020-Q1", "2020-H1", "2020-C9", "2020", "2020-M03"];
        test.db().read::<_, Error>(|tx| {
            assert_eq!(codes(period::periods(tx, &scope)?), in_time);
            assert_eq!(codes(reading::periods_reported(tx, &scope)?), in_time);
            Ok(())
        }).unwrap();
    }

    fn a_later_version_of_a_passage_and_of_an_override_is_in_force(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant.clone());
        let report = &world.reports[0].id;
        let mut second = world.passages[0].clone();
        (second.version, second.text) = (2, "Bản hai".into());
        let mut newer = world.overrides[0].clone();
        newer.reason = "Theo số liệu kiểm tra lại".into();
        let mut tx = test.db().begin().unwrap();
        draft::insert_many(&mut tx, &tenant, std::slice::from_ref(&second)).unwrap();
        draft::override_insert(&mut tx, &tenant, &newer).unwrap();
        assert_eq!(draft::passages_of(&mut tx, &scope, report).unwrap(), std::slice::from_ref(&second));
        assert_eq!(draft::overrides_of(&mut tx, &scope, report).unwrap(), [newer]);
        let clash = draft::insert_many(&mut tx, &tenant, &[second]);
        assert!(matches!(clash, Err(Error::Clash("passage_pk"))), "{clash:?}");
    }

    fn the_document_and_the_signer_of_a_report_are_found(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let scope = Scope::whole(tenant);
        test.db().read::<_, Error>(|tx| {
            assert_eq!(office::document_of(tx, &scope, &world.reports[0].id)?, Some(world.documents[0].clone()));
            assert_eq!(office::document_of(tx, &scope, &world.reports[1].id)?, None);
            let signing = |tx: &mut thidua_store::Tx, on| office::signing(tx, &scope, &code("xa-a"), day(on));
            assert_eq!(signing(tx, "2019-12-31")?, None);
            assert_eq!(signing(tx, "2020-12-31")?, Some(world.authorities[1].clone()));
            assert_eq!(signing(tx, "2021-01-01")?, None);
            Ok(())
        }).unwrap();
    }

    fn an_instrument_may_be_loaded_again_but_not_changed(test) {
        let (_, world) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        instrument::insert_many(&mut tx, &world.instruments).unwrap();
        let mut other = world.instruments[1].clone();
        other.title = "một tên gọi khác".into();
        let refused = instrument::insert_many(&mut tx, &[other]);
        assert!(matches!(refused, Err(Error::Clash("instrument_pk"))), "{refused:?}");
    }

    fn a_tenant_is_added_once(test) {
        let (_, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let again = tenant::Tenant { id: sample::tenant_id("trieu-son"), name: "Khác".into() };
        let refused = tenant::insert(&mut tx, &again);
        assert!(matches!(refused, Err(Error::Clash("tenant_pk"))), "{refused:?}");
        drop(tx);
        let names = test.db().read::<_, Error>(tenant::tenants).unwrap();
        assert_eq!(names.len(), 1);
    }

    fn prepare_all(test) {
        let mut tx = test.db().begin().unwrap();
        let mut names = std::collections::BTreeSet::new();
        for statement in statements() {
            tx.prepare(statement).unwrap_or_else(|error| panic!("{}: {error:?}", statement.name));
            assert!(names.insert(statement.name), "{} is declared twice", statement.name);
        }
        assert!(names.len() > 60);
    }
}

/// The rows one by one, for a difference that can be read.
fn lines(world: &World) -> Vec<String> {
    format!("{world:#?}").lines().map(str::to_owned).collect()
}
