//! Persons, collectives and households with what is known of them: read back, found, seen by their units only, and only
//! added to.

use thidua_base::code::{OrgId, TenantId};
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::Reach;
use thidua_domain::collection::import::mapping::{Mapping, Role};
use thidua_domain::honour::Subject;
use thidua_domain::subject::fact::current;
use thidua_domain::subject::read::fields_of;
use thidua_domain::subject::{
    About, Born, Cccd, Details, Entered, Fact, FactKind, Fields, Groups, Identity, Merge, Sex, SubjectId, Term,
};
use thidua_domain::{Origin, Provenance, Scope};
use thidua_store::subject::{Part, Wanted, list, merge};
use thidua_store::{Error, Tx, award, subject};
use thidua_testkit::both_engines;
use thidua_testkit::engines::Engine;

use crate::sample::{at, code, day, stored};

fn entered(reason: &str) -> Entered {
    Entered { by: "Nguyễn Thị Hòa".into(), at: at("2020-07-05T02:00:00Z"), reason: reason.into() }
}

fn provenance() -> Provenance {
    Provenance { origin: Origin::Sample, source: "mẫu".into() }
}

fn identity(id: &str, kind: Subject, name: &str) -> Identity {
    Identity {
        id: code(id),
        version: 1,
        details: Details::named(kind, name),
        provenance: provenance(),
        entered: entered(""),
    }
}

fn fact(id: &str, subject: &str, kind: FactKind, fields: &[(&str, &str)]) -> Fact {
    let about = About::read(kind, &Fields::of(fields.iter().copied())).unwrap();
    Fact {
        id: code(id),
        subject: code(subject),
        about,
        supersedes: None,
        provenance: provenance(),
        entered: entered(""),
    }
}

fn position(id: &str, subject: &str, unit: &str, from: &str, to: &str) -> Fact {
    fact(id, subject, FactKind::Position, &[("unit", unit), ("from", from), ("to", to)])
}

/// A person in `xa-a`, one who moved from `xa-a` to `xa-b`, and a collective of `xa-b`.
fn people(tx: &mut Tx, tenant: &TenantId) {
    let mut an = identity("s-an", Subject::Individual, "Lê Văn Ấn");
    an.details.born = Born::On(day("1980-02-05"));
    an.details.sex = Some(Sex::Male);
    an.details.cccd = Some(Cccd::parse("038080000123").unwrap());
    an.details.recruited_on = Some(day("2005-09-01"));
    let mut binh = identity("s-binh", Subject::Individual, "Bùi Thị Bình");
    binh.details.born = Born::Year(1990);
    let school = identity("s-truong", Subject::Collective, "Trường Tiểu học Dân Lý");
    subject::insert_many(tx, tenant, &[an, binh, school]).unwrap();
    subject::fact::insert_many(
        tx,
        tenant,
        &[
            position("f-1", "s-an", "xa-a", "2010-01-01", ""),
            position("f-2", "s-binh", "xa-a", "2010-01-01", "2019-01-01"),
            position("f-3", "s-binh", "xa-b", "2019-01-01", ""),
            position("f-4", "s-truong", "xa-b", "1990-01-01", "2018-01-01"),
        ],
    )
    .unwrap();
}

fn only(tenant: &TenantId, unit: &str) -> Scope {
    Scope { tenant: tenant.clone(), units: Reach::Only(vec![code::<thidua_base::code::kind::Org>(unit)]) }
}

fn today() -> Date {
    day("2020-07-05")
}

fn found(tx: &mut Tx, scope: &Scope, wanted: &Wanted) -> Vec<String> {
    let all = subject::subjects(tx, scope, today(), wanted, Part::ALL).unwrap();
    assert_eq!(subject::count(tx, scope, today(), wanted).unwrap(), all.len());
    all.into_iter().map(|one| one.id.to_string()).collect()
}

fn words(words: &str) -> Wanted {
    Wanted { words: words.into(), ..Wanted::default() }
}

both_engines! {
    fn who_somebody_is_comes_back_version_by_version(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let whole = Scope::whole(tenant.clone());
        let ids: Vec<SubjectId> = vec![code("s-an")];
        let first = subject::versions(&mut tx, &tenant, &ids).unwrap().remove(0);
        assert_eq!(first.details.born, Born::On(day("1980-02-05")));
        assert_eq!(first.details.cccd.as_ref().unwrap().digits(), "038080000123");
        let second = Identity {
            version: 2,
            details: Details { name: "Lê Văn Ân".into(), place: "Thôn 3".into(), ..first.details.clone() },
            entered: entered("sai dấu"),
            ..first.clone()
        };
        subject::add_version(&mut tx, &tenant, &second).unwrap();
        assert_eq!(subject::versions(&mut tx, &tenant, &ids).unwrap(), [first, second.clone()]);
        let current = subject::subjects(&mut tx, &whole, today(), &words("le van"), Part::ALL).unwrap();
        assert_eq!(current, std::slice::from_ref(&second));
        let again = subject::add_version(&mut tx, &tenant, &second);
        assert!(matches!(again, Err(Error::Clash("subject_version_pk"))), "{again:?}");
    }

    fn every_kind_of_fact_comes_back(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let mut given = Vec::new();
        for (number, kind) in FactKind::all().enumerate() {
            let text = |name: &str| match name {
                "unit" => "xa-a",
                "year" => "2019",
                "from" | "decided_on" | "on" | "period_from" => "2019-02-01",
                "to" | "period_to" | "revoked_on" => "2019-12-31",
                "number" => "70/QĐ-UBND",
                "honour" => "giay-khen",
                "grade" => "hoan-thanh-tot",
                "initiative_kind" => "sang-kien",
                "scope" => "co-so",
                "status" => "da-ap-dung",
                "authority" => "chu-tich-ubnd-huyen",
                "level" => "huyen",
                "commendation" => "thematic",
                "duty" => "direct",
                "discipline_level" => "canh-cao",
                "inquiry_kind" => "to-cao",
                "field" => "giang-day",
                "hardship" | "holds" | "groups_ok" => "no",
                "points" => "84,25",
                "segment" => "noi-khac",
                "groups" => "18/20, 25/30",
                "rank" | "amount" => "3",
                "organiser" | "launcher" => "huyen",
                "outcome" => "dan-dau",
                "review" => "so-ket",
                "fact" | "office" => "con-liet-si",
                "completed" => "ky-luat",
                "category" => "nong-dan",
                _ => "Một nội dung, có dấu",
            };
            let fields: Vec<(&str, &str)> = fields_of(kind).iter().map(|name| (*name, text(name))).collect();
            given.push(fact(&format!("k-{number:02}"), "s-an", kind, &fields));
        }
        given.push(Fact { about: About::Withdrawn, supersedes: Some(given[1].id.clone()), ..given[1].clone() });
        given.last_mut().unwrap().id = code("k-99");
        subject::fact::insert_many(&mut tx, &tenant, &given).unwrap();
        let ids: Vec<SubjectId> = vec![code("s-an")];
        let mut read = subject::fact::facts_of(&mut tx, &tenant, &ids).unwrap();
        read.retain(|fact| fact.id.as_str().starts_with('k'));
        assert_eq!(read, given);
        assert_eq!(current(&read).len(), given.len() - 2);
        assert_eq!(subject::fact::fact(&mut tx, &tenant, &given[3].id).unwrap(), Some(given[3].clone()));
        let twice = Fact { id: code("k-98"), ..given.last().unwrap().clone() };
        let clash = subject::fact::insert_many(&mut tx, &tenant, &[twice]);
        assert!(matches!(clash, Err(Error::Clash("fact_supersedes_uq"))), "{clash:?}");
    }

    fn people_are_seen_by_the_units_they_belong_to(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let all = Wanted::default();
        assert_eq!(found(&mut tx, &Scope::whole(tenant.clone()), &all), ["s-binh", "s-an", "s-truong"]);
        assert_eq!(found(&mut tx, &only(&tenant, "xa-a"), &all), ["s-an"], "Bình has moved away");
        // What belongs nowhere today is seen where it belonged last.
        assert_eq!(found(&mut tx, &only(&tenant, "xa-b"), &all), ["s-binh", "s-truong"]);
        assert_eq!(found(&mut tx, &Scope::whole(code("nong-cong")), &all), Vec::<String>::new());
        assert_eq!(found(&mut tx, &Scope { tenant: tenant.clone(), units: Reach::Only(Vec::new()) }, &all), Vec::<String>::new());
        // A place entered by mistake and withdrawn is no place.
        let gone = Fact { id: code("f-9"), about: About::Withdrawn, supersedes: Some(code("f-1")), ..position("x", "s-an", "xa-a", "2010-01-01", "") };
        subject::fact::insert_many(&mut tx, &tenant, &[gone]).unwrap();
        assert_eq!(found(&mut tx, &only(&tenant, "xa-a"), &all), Vec::<String>::new());
    }

    fn people_are_found_by_name_without_marks_by_decision_and_by_number(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let award = [("year", "2019"), ("honour", "giay-khen"), ("number", "70/QĐ-UBND"), ("decided_on", "2020-01-09"), ("authority", "chu-tich-ubnd-huyen"), ("unit", "xa-b")];
        subject::fact::insert_many(&mut tx, &tenant, &[fact("a-1", "s-binh", FactKind::Award, &award)]).unwrap();
        let whole = Scope::whole(tenant.clone());
        assert_eq!(found(&mut tx, &whole, &words("BINH")), ["s-binh"]);
        assert_eq!(found(&mut tx, &whole, &words("le van an")), ["s-an"]);
        assert_eq!(found(&mut tx, &whole, &words("70/qd-ubnd")), ["s-binh"]);
        assert_eq!(found(&mut tx, &whole, &words("%")), Vec::<String>::new(), "a sign is no wild card");
        let by = Wanted { cccd: Some(Cccd::parse("038080000123").unwrap()), ..Wanted::default() };
        assert_eq!(found(&mut tx, &whole, &by), ["s-an"]);
        assert_eq!(found(&mut tx, &only(&tenant, "xa-b"), &by), Vec::<String>::new());
        let kind = Wanted { kind: Some(Subject::Collective), ..Wanted::default() };
        assert_eq!(found(&mut tx, &whole, &kind), ["s-truong"]);
        let unit = Wanted { unit: Some(code::<thidua_base::code::kind::Org>("xa-a")), ..Wanted::default() };
        assert_eq!(found(&mut tx, &whole, &unit), ["s-binh", "s-an"]);
        let but = Wanted { without: vec![code("s-an")], among: Some(vec![code("s-an"), code("s-binh")]), ..Wanted::default() };
        assert_eq!(found(&mut tx, &whole, &but), ["s-binh"]);
        let part = subject::subjects(&mut tx, &whole, today(), &Wanted::default(), Part { most: 1, after: 1 }).unwrap();
        assert_eq!(part[0].id.as_str(), "s-an");
    }

    fn awards_entered_here_stand_in_the_register_once(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let fields = |register: &'static str| [("year", "2020"), ("honour", "giay-khen"), ("number", "70/QĐ-UBND"), ("decided_on", "2020-06-09"), ("authority", "chu-tich-ubnd-huyen"), ("unit", "xa-b"), ("register", register)];
        subject::fact::insert_many(&mut tx, &tenant, &[fact("a-1", "s-binh", FactKind::Award, &fields("")), fact("a-2", "s-an", FactKind::Award, &fields("KT-1"))]).unwrap();
        let whole = Scope::whole(tenant.clone());
        let registered = award::awards(&mut tx, &whole, day("2020-01-01"), day("2020-12-31")).unwrap();
        assert_eq!(registered.len(), world.awards.len() + 1, "a row that is told already is not told twice");
        let new = registered.iter().find(|award| award.id.as_str() == "a-1").unwrap();
        assert_eq!((new.subject_name.as_str(), new.authority.as_str()), ("Bùi Thị Bình", "Chủ tịch UBND huyện"));
        let elsewhere = award::awards(&mut tx, &only(&tenant, "xa-a"), day("2020-06-01"), day("2020-12-31")).unwrap();
        assert!(elsewhere.iter().all(|award| award.id.as_str() != "a-1"));
    }

    fn a_merge_is_taken_back_once(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let one = Merge { id: code("m-1"), kept: code("s-an"), merged: code("s-binh"), entered: entered("cùng người"), undone: None };
        merge::insert(&mut tx, &tenant, &one).unwrap();
        assert_eq!(merge::merges(&mut tx, &tenant).unwrap(), std::slice::from_ref(&one));
        assert!(Groups::of(&merge::merges(&mut tx, &tenant).unwrap()).is_merged(&one.merged));
        merge::undo(&mut tx, &tenant, &one.id, &entered("nhầm")).unwrap();
        let undone = Merge { undone: Some(entered("nhầm")), ..one };
        assert_eq!(merge::merges(&mut tx, &tenant).unwrap(), std::slice::from_ref(&undone));
        assert_eq!(Groups::of(std::slice::from_ref(&undone)), Groups::default());
        assert_eq!(merge::merges(&mut tx, &code("nong-cong")).unwrap(), []);
        // From either end, and only those that are linked.
        for end in [&undone.kept, &undone.merged] {
            let around = merge::merges_around(&mut tx, &tenant, std::slice::from_ref(end)).unwrap();
            assert_eq!(around, std::slice::from_ref(&undone));
        }
        assert_eq!(merge::merges_around(&mut tx, &tenant, &[code("s-truong")]).unwrap(), []);
        assert_eq!(merge::merges_around(&mut tx, &code("nong-cong"), std::slice::from_ref(&undone.kept)).unwrap(), []);
        assert_eq!(merge::merge(&mut tx, &tenant, &undone.id).unwrap(), Some(undone.clone()));
        assert_eq!(merge::merge(&mut tx, &code("nong-cong"), &undone.id).unwrap(), None);
        let again = merge::undo(&mut tx, &tenant, &undone.id, &entered("nhầm"));
        assert!(matches!(again, Err(Error::Clash("subject_merge_undo_pk"))), "{again:?}");
    }

    fn nobody_changes_or_removes_what_is_known(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        let one = Merge { id: code("m-1"), kept: code("s-an"), merged: code("s-binh"), entered: entered(""), undone: None };
        merge::insert(&mut tx, &tenant, &one).unwrap();
        merge::undo(&mut tx, &tenant, &one.id, &entered("")).unwrap();
        tx.commit().unwrap();
        for table in ["subject", "subject_version", "fact", "subject_merge", "subject_merge_undo"] {
            let mut attempts = vec![format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")];
            if test.engine() == Engine::Postgres {
                attempts.push(format!("TRUNCATE {table} CASCADE"));
            }
            for attempt in attempts {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }

    fn two_tenants_have_people_of_the_same_ids(test) {
        let (one, _) = stored(test, "trieu-son");
        let other: TenantId = code("nong-cong");
        let mut tx = test.db().begin().unwrap();
        let mut world = crate::world::world("nong-cong");
        world.instruments.clear();
        world.store(&mut tx, &other).unwrap();
        people(&mut tx, &one);
        people(&mut tx, &other);
        for tenant in [&one, &other] {
            assert_eq!(found(&mut tx, &Scope::whole(tenant.clone()), &Wanted::default()).len(), 3);
            let ids: Vec<SubjectId> = vec![code("s-an"), code("s-binh")];
            assert_eq!(subject::fact::facts_of(&mut tx, tenant, &ids).unwrap().len(), 3);
        }
    }

    fn people_and_facts_are_read_with_a_constant_number_of_statements(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        people(&mut tx, &tenant);
        tx.commit().unwrap();
        let scope = Scope::whole(tenant.clone());
        let asked = |read: &mut dyn FnMut(&mut Tx)| {
            let before = test.db().statements_run();
            test.db().read::<_, Error>(|tx| { read(tx); Ok(()) }).unwrap();
            test.db().statements_run() - before
        };
        let ids: Vec<SubjectId> = vec![code("s-an"), code("s-binh"), code("s-truong")];
        assert_eq!(asked(&mut |tx| drop(subject::subjects(tx, &scope, today(), &Wanted::default(), Part::ALL).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(subject::fact::facts_of(tx, &tenant, &ids).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(subject::fact::positions_in(tx, &scope).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(merge::merges(tx, &tenant).unwrap())), 1);
    }

    fn a_list_waits_for_its_sender_and_what_was_said_of_it_is_remembered(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let unit: OrgId = code("xa-a");
        let expires_at: Timestamp = at("2020-07-05T03:00:00Z");
        let sent = list::ListUpload { id: "t-1".into(), unit, sent_by: "tk-1".into(), file: "Khen.xlsx".into(), bytes: vec![0, 255], expires_at };
        list::insert(&mut tx, &tenant, &sent).unwrap();
        let early = at("2020-07-05T02:59:59Z");
        let whole = Scope::whole(tenant.clone());
        assert_eq!(list::upload(&mut tx, &whole, "t-1", "tk-1", early).unwrap(), Some(sent.clone()));
        assert_eq!(list::upload(&mut tx, &whole, "t-1", "tk-2", early).unwrap(), None);
        assert_eq!(list::upload(&mut tx, &whole, "t-1", "tk-1", expires_at).unwrap(), None);
        assert_eq!(list::upload(&mut tx, &only(&tenant, "xa-b"), "t-1", "tk-1", early).unwrap(), None);
        assert_eq!(list::forget(&mut tx, &tenant, "tk-1", early).unwrap(), 1);
        let mut mapping = Mapping { columns: Role::of_awards().collect(), ..Mapping::default() };
        mapping.say_honour("Giấy khen của UBND huyện", Some(code("giay-khen")));
        mapping.say_honour("Khác", None);
        assert_eq!(list::remembered(&mut tx, &tenant, "8-0").unwrap(), None);
        for _ in 0..2 {
            list::remember(&mut tx, &tenant, "8-0", &mapping, &entered("")).unwrap();
        }
        assert_eq!(list::remembered(&mut tx, &tenant, "8-0").unwrap(), Some(mapping));
        assert_eq!(list::remembered(&mut tx, &code("nong-cong"), "8-0").unwrap(), None);
    }
}

#[test]
fn every_word_of_a_fact_is_short_and_plain() {
    for kind in FactKind::all() {
        assert!(kind.word().bytes().all(|byte| byte.is_ascii_lowercase()), "{kind:?}");
    }
}
