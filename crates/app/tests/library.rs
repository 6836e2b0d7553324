//! The library of legal instruments: what cites one, now and when reports were issued, and what is about to lapse.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::instrument::{CitedBy, lapsing, library, one};
use thidua_app::report::issue;
use thidua_app::{Clock, Error};
use thidua_base::code::{InstrumentId, OrgId};
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::{Post, Reach, Role};
use thidua_domain::draft::Passage;
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_law::library::Standing;
use thidua_store as store;
use world::World;

fn id(text: &str) -> InstrumentId {
    InstrumentId::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn person(world: &World, role: Role) -> Actor {
    let post = Post { role, reach: Reach::Everything };
    let account = thidua_base::Code::parse("tk-1").unwrap();
    Actor::person("Nguyễn Thị Hòa", world.app.home.tenant.clone(), account, vec![post])
}

/// Writes the next version of a passage of the report.
fn rewritten(world: &World, slot: &str, text: &str, at: &str) {
    let tenant = &world.app.home.tenant;
    let mut tx = world.app.db.begin().unwrap();
    let passages = store::draft::passages_of(&mut tx, &Scope::whole(tenant.clone()), &world.report).unwrap();
    let now = passages.into_iter().find(|passage| passage.slot == slot).unwrap();
    let written_at = Timestamp::parse(at).unwrap();
    let next = Passage { version: now.version + 1, text: text.to_owned(), written_at, ..now };
    store::draft::insert_many(&mut tx, tenant, &[next]).unwrap();
    tx.commit().unwrap();
}

#[test]
fn the_library_holds_the_book_and_what_packs_brought_as_they_stand_on_the_day_asked() {
    let world = World::loaded();
    let default = library(&world.app, &world.by, None).unwrap();
    assert_eq!(default.day, day("2020-07-05"), "the day the pages speak of");
    let local = default.library.get(&id("nghi-quyet-786-nq-ubtvqh14")).unwrap();
    assert_eq!((local.sureness, local.standing(default.day)), (None, Standing::InForce));
    let later = library(&world.app, &world.by, Some(day("2026-11-24"))).unwrap();
    assert_eq!(later.library, default.library);
    let decree = later.library.get(&id("nghi-dinh-91-2017-nd-cp")).unwrap();
    assert_eq!((decree.standing(default.day), decree.standing(later.day)), (Standing::InForce, Standing::Ended));
}

#[test]
fn what_the_program_knows_comes_before_what_an_earlier_release_stored() {
    let world = World::changed_into(
        {
            let db = store::Db::memory().unwrap();
            db.migrate().unwrap();
            // An earlier release knew another title.
            let mut old =
                Book::shipped().unwrap().instruments().find(|i| i.number == "12/2019/TT-BNV").unwrap().clone();
            old.title = "một tên cũ".to_owned();
            old.replaced_by = None;
            let mut tx = db.begin().unwrap();
            store::instrument::insert_many(&mut tx, &[old]).unwrap();
            tx.commit().unwrap();
            db
        },
        |_| {},
    );
    let shown = one(&world.app, &world.by, &id("thong-tu-12-2019-tt-bnv"), None).unwrap();
    assert!(shown.entry.title.starts_with("quy định chi tiết"), "{}", shown.entry.title);
}

#[test]
fn an_instrument_names_what_cites_it() {
    let world = World::loaded();
    let of = |text: &str| one(&world.app, &world.by, &id(text), None).unwrap();
    let resolution = of("nghi-quyet-786-nq-ubtvqh14");
    let events = resolution.cited.iter().filter(|citation| matches!(citation.what, CitedBy::Event(_, _))).count();
    assert!(events >= 1, "{:?}", resolution.cited);
    let units: Vec<_> = resolution.cited.iter().filter(|c| matches!(c.what, CitedBy::Units(_, _))).collect();
    assert!(matches!(&units[..], [only] if matches!(&only.what, CitedBy::Units(count, _) if *count >= 2)), "{units:?}");
    let code = of("bo-luat-10-2012-qh13");
    let in_2020: Vec<&str> = code
        .cited
        .iter()
        .filter(|citation| citation.what == CitedBy::DaysOff(Some(2020)))
        .map(|citation| citation.provision.as_str())
        .collect();
    assert!(in_2020.contains(&"Điều 115 khoản 1 điểm b"), "{in_2020:?}");
    assert!(of("nghi-dinh-39-2012-nd-cp").cited.is_empty());
    assert!(matches!(one(&world.app, &world.by, &id("khong-co"), None), Err(Error::NotFound("instrument"))));
}

#[test]
fn a_report_cites_by_its_passages_as_they_were_when_it_was_issued() {
    let mut world = World::loaded();
    let reports = |world: &World, text: &str| one(&world.app, &world.by, &id(text), None).unwrap().reports;
    let decree = reports(&world, "nghi-dinh-91-2017-nd-cp");
    assert_eq!(decree.len(), 1, "{decree:?}");
    assert!(decree[0].is_current && decree[0].issues.is_empty() && decree[0].id == world.report);
    let slot = world.pack.report.passages.iter().find(|p| p.text.contains("nghi-dinh-91-2017")).unwrap().slot.clone();
    issue(&world.app, &world.by, &world.report).unwrap();
    world.app.clock = Clock::Set(Timestamp::parse("2026-11-24T02:00:00Z").unwrap());
    rewritten(&world, &slot, "Triển khai {van-ban chi-thi-39-ct-tw-2004}.", "2026-11-24T01:00:00Z");
    let decree = reports(&world, "nghi-dinh-91-2017-nd-cp");
    assert_eq!((decree.len(), decree[0].is_current, decree[0].issues.len()), (1, false, 1), "only the issue cites it");
    let directive = reports(&world, "chi-thi-39-ct-tw-2004");
    assert_eq!((directive.len(), directive[0].is_current, directive[0].issues.len()), (1, true, 0), "not yet issued");
    // A task cites it as well, so the report goes on citing it.
    let other = reports(&world, "chi-thi-34-ct-tw-2014");
    assert_eq!((other[0].is_current, other[0].issues.len()), (true, 1));
    assert!(reports(&world, "luat-06-2022-qh15").is_empty());
}

#[test]
fn whoever_does_not_see_the_reports_unit_is_told_of_no_report() {
    let world = World::loaded();
    let elsewhere = Reach::Only([OrgId::parse("x-1").unwrap()].into_iter().collect());
    let account = thidua_base::Code::parse("tk-2").unwrap();
    let post = Post { role: Role::Reporter, reach: elsewhere };
    let by = Actor::person("x", world.app.home.tenant.clone(), account, vec![post]);
    let shown = one(&world.app, &by, &id("nghi-dinh-91-2017-nd-cp"), None).unwrap();
    assert!(shown.reports.is_empty(), "{:?}", shown.reports);
}

#[test]
fn specialists_are_told_in_time_of_what_lapses_and_reporters_are_not() {
    let mut world = World::loaded();
    let told = |world: &World, role| {
        let catalogue = lapsing(&world.app, &person(world, role)).unwrap();
        let found = catalogue.library.lapsing(catalogue.day);
        found.iter().map(|entry| entry.number.clone()).collect::<Vec<_>>()
    };
    world.app.clock = Clock::Set(Timestamp::parse("2026-11-24T02:00:00Z").unwrap());
    assert!(told(&world, Role::Specialist).contains(&"152/2025/NĐ-CP".to_owned()));
    assert!(told(&world, Role::Reporter).is_empty());
    assert!(lapsing(&world.app, &world.by).unwrap().library.entries().next().is_none());
    // The last day is still told, the day after no longer.
    world.app.clock = Clock::Set(Timestamp::parse("2027-02-28T02:00:00Z").unwrap());
    assert!(told(&world, Role::Specialist).contains(&"152/2025/NĐ-CP".to_owned()));
    world.app.clock = Clock::Set(Timestamp::parse("2027-03-01T02:00:00Z").unwrap());
    assert!(!told(&world, Role::Specialist).contains(&"152/2025/NĐ-CP".to_owned()));
}
