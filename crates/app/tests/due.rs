//! What is due and the reminders of it, from a form and a cycle that are really kept, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::account::{NewAccount, NewRole, close_account, create_account, grant_role};
use thidua_app::collection::{create_form, open_cycle};
use thidua_app::notice::{FeedToken, Round, due_list, feed, renew_feed, round, set_email, write_reminders};
use thidua_app::{App, Clock, Entropy, Error, audit};
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Period, Timestamp};
use thidua_domain::actor::{AccountId, Actor, Post, Reach, Role, Verb};
use thidua_domain::collection::submission::{Event, Side, State};
use thidua_domain::collection::{Assigned, Assignment, Cycle, Form, FormRow, Submission};
use thidua_domain::indicator::Nature;
use thidua_store as store;
use thidua_store::Db;
use thidua_testkit::both_engines;
use world::World;

const COMMUNE: &str = "x-15769";
const OTHER: &str = "x-15766";

struct House {
    app: App,
    operator: Actor,
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

fn form() -> Form {
    let row = |indicator: &str| FormRow {
        heading: String::new(),
        label: String::new(),
        indicator: IndicatorCode::parse(indicator).unwrap(),
        is_required: true,
    };
    Form {
        id: FormId::parse("bieu-01").unwrap(),
        number: "Biểu số 01/TĐKT".to_owned(),
        name: "Kết quả thực hiện một số chỉ tiêu".to_owned(),
        receiver: unit("h-397"),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: day("2020-01-01"),
        valid_to: None,
        legal_ref: String::new(),
        rows: vec![row("KT01"), row("CN01")],
    }
}

fn period() -> Period {
    Period::parse("2020-H2").unwrap()
}

impl House {
    /// Two communes report by a form due on Tuesday, 15 December 2020; `thuy` reports for one of them, `binh` leads it.
    fn of(db: &Db) -> Self {
        let world = World::loaded_into(db.clone());
        let mut house = Self { app: world.app, operator: world.by };
        house.app.entropy = Entropy::set(1);
        house.at("2020-12-01T02:00:00Z");
        let assigned = |id: &str| Assignment {
            form: form().id,
            to: Assigned::Unit(unit(id)),
            valid_from: day("2020-01-01"),
            valid_to: None,
        };
        create_form(&house.app, &house.operator, &form(), &[assigned(COMMUNE), assigned(OTHER)]).unwrap();
        let cycle = Cycle {
            form: form().id,
            period: period(),
            opens_on: day("2020-12-01"),
            due_on: day("2020-12-15"),
            grace_until: day("2020-12-20"),
            closes_on: day("2020-12-26"),
            nature: Nature::Estimate,
            closing: None,
        };
        open_cycle(&house.app, &house.operator, &cycle).unwrap();
        house.person("thuy", Role::Reporter);
        house.person("binh", Role::Leader);
        house
    }

    fn person(&self, name: &str, role: Role) {
        let new = NewAccount {
            name: name.into(),
            display_name: format!("Lê Thị {name}"),
            password: "thi đua gặt lúa".into(),
        };
        create_account(&self.app, &self.operator, &new).unwrap();
        let held = NewRole { name: name.into(), role, unit: Some(unit(COMMUNE)), from: day("2020-01-01"), to: None };
        grant_role(&self.app, &self.operator, &held).unwrap();
        set_email(&self.app, &self.actor(name, role), &format!("{name}@xa.example")).unwrap();
    }

    fn actor(&self, name: &str, role: Role) -> Actor {
        let tenant = &self.app.home.tenant;
        let known = self.app.db.read(|tx| store::account::by_name(tx, tenant, name)).unwrap().unwrap();
        let posts = vec![Post { role, reach: Reach::Only(vec![unit(COMMUNE)]) }];
        Actor::person(&known.account.display_name, tenant.clone(), known.account.id, posts)
    }

    fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    fn write(&self) -> u32 {
        write_reminders(&self.app, &self.app.home.tenant).unwrap()
    }

    /// The letters of one round, as receiver and kind.
    fn sent(&self) -> Vec<(String, String)> {
        let letters = std::cell::RefCell::new(Vec::new());
        let done = round(
            &self.app,
            &self.app.home.tenant,
            |notice| (notice.kind.word().to_owned(), notice.unit_name.clone()),
            |letter| {
                letters.borrow_mut().push((letter.to.clone(), letter.subject.clone()));
                Ok(())
            },
            |_| true,
        );
        let mut letters = letters.into_inner();
        letters.sort();
        assert_eq!(done.unwrap(), Round { sent: u32::try_from(letters.len()).unwrap(), ..Round::default() });
        letters
    }

    /// Sends the commune's sheet, past the checks that belong to another chapter.
    fn send_sheet(&self, unit_id: &str) {
        let sheet = Submission::new(form().id, period(), unit(unit_id));
        let event = Event {
            verb: Verb::SubmitSheet,
            to: State::Submitted,
            revision: 1,
            by: "Lê Thị thuy".into(),
            account: None,
            at: self.app.clock.now(),
            reason: String::new(),
            cells: Vec::new(),
        };
        let mut tx = self.app.db.begin().unwrap();
        store::collection::submission::append(&mut tx, &self.app.home.tenant, &sheet, &event, &[]).unwrap();
        tx.commit().unwrap();
    }
}

fn to(name: &str, kind: &str) -> (String, String) {
    (format!("{name}@xa.example"), kind.to_owned())
}

both_engines! {
    fn reminders_are_written_once_a_day_and_follow_the_working_days(test) {
        let mut house = House::of(test.db());
        assert_eq!((house.write(), house.write()), (1, 0));
        assert_eq!(house.sent(), [to("thuy", "opens")]);
        // Thursday and Friday: three and two working days left; one reminder for both.
        for (at, new) in [("2020-12-10T01:00:00Z", 1), ("2020-12-11T01:00:00Z", 0), ("2020-12-12T01:00:00Z", 0)] {
            house.at(at);
            assert_eq!(house.write(), new, "{at}");
        }
        assert_eq!(house.sent(), [to("thuy", "days-left")]);
        house.at("2020-12-15T01:00:00Z");
        assert_eq!(house.write(), 1);
        // The mail server was away: only what is still true is sent.
        house.at("2020-12-21T01:00:00Z");
        assert_eq!(house.write(), 2);
        assert_eq!(house.sent(), [to("binh", "escalated"), to("thuy", "late")]);
        let told = audit::tail(&house.app, &house.operator, 1).unwrap().remove(0);
        assert_eq!((told.verb.as_str(), told.detail.as_str()), ("write-reminders", "2"));
        house.at("2020-12-26T01:00:00Z");
        assert_eq!(house.write(), 0, "closed");
    }

    fn who_has_sent_is_not_reminded(test) {
        let mut house = House::of(test.db());
        house.send_sheet(COMMUNE);
        house.at("2020-12-15T01:00:00Z");
        assert_eq!(house.write(), 0);
    }

    fn nobody_without_an_address_is_written_to(test) {
        let house = House::of(test.db());
        for (name, role) in [("thuy", Role::Reporter), ("binh", Role::Leader)] {
            set_email(&house.app, &house.actor(name, role), "").unwrap();
        }
        assert_eq!(house.write(), 0);
    }

    fn what_is_due_is_seen_by_those_it_concerns(test) {
        let mut house = House::of(test.db());
        house.at("2020-12-10T01:00:00Z");
        let told = |by: &Actor| -> Vec<(String, i64, Verb, bool)> {
            let due = due_list(&house.app, by).unwrap();
            due.into_iter().map(|d| (d.item.unit.to_string(), d.item.left.days, d.item.next, d.is_mine)).collect()
        };
        assert_eq!(told(&house.actor("thuy", Role::Reporter)), [(COMMUNE.to_owned(), 3, Verb::EnterFigures, true)]);
        let all = told(&house.operator);
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|(.., is_mine)| !is_mine), "the command line has no list of its own");
        let stranger = Actor::person("x", house.app.home.tenant.clone(), account("tk-x"), Vec::new());
        assert_eq!(told(&stranger), []);
        let above = vec![Post { role: Role::Specialist, reach: Reach::Only(vec![unit(COMMUNE), unit(OTHER)]) }];
        let above = Actor::person("z", house.app.home.tenant.clone(), account("tk-z"), above);
        assert!(told(&above).iter().all(|(.., is_mine)| !is_mine), "reaching a unit is not holding a role in it");
        house.send_sheet(COMMUNE);
        let specialist = vec![Post { role: Role::Specialist, reach: Reach::Only(vec![unit("h-397"), unit(COMMUNE)]) }];
        let specialist = Actor::person("y", house.app.home.tenant.clone(), account("tk-y"), specialist);
        assert_eq!(told(&house.actor("thuy", Role::Reporter)), [(COMMUNE.to_owned(), 3, Verb::AcceptSheet, false)]);
        let theirs = told(&specialist);
        assert!(theirs.contains(&(COMMUNE.to_owned(), 3, Verb::AcceptSheet, true)), "{theirs:?}");
    }

    fn a_feed_holds_what_its_owner_is_to_do_and_ends_with_the_account(test) {
        let mut house = House::of(test.db());
        house.at("2020-12-10T01:00:00Z");
        let tenant = house.app.home.tenant.clone();
        let old = renew_feed(&house.app, &house.actor("thuy", Role::Reporter)).unwrap();
        let token = renew_feed(&house.app, &house.actor("thuy", Role::Reporter)).unwrap();
        let found = feed(&house.app, &tenant, &token).unwrap();
        let told: Vec<_> = found.due.iter().map(|d| (d.item.unit.as_str(), d.item.until, d.item.side)).collect();
        assert_eq!(told, [(COMMUNE, day("2020-12-15"), Side::Reporter)]);
        let absent = |token: &FeedToken| matches!(feed(&house.app, &tenant, token), Err(Error::NotFound(_)));
        assert!(absent(&old), "an earlier address leads nowhere");
        assert!(absent(&FeedToken::read(&"0".repeat(64)).unwrap()));
        house.send_sheet(COMMUNE);
        assert_eq!(feed(&house.app, &tenant, &token).unwrap().due, []);
        close_account(&house.app, &house.operator, "thuy").unwrap();
        assert!(absent(&token));
    }

    fn a_list_takes_as_many_statements_for_one_sheet_as_for_many(test) {
        let house = House::of(test.db());
        let asked = || {
            let before = test.db().statements_run();
            due_list(&house.app, &house.operator).unwrap();
            test.db().statements_run() - before
        };
        let first = asked();
        let few = asked();
        assert!(few < first, "units and trees are on the shelf the second time");
        for id in [COMMUNE, OTHER] {
            house.send_sheet(id);
        }
        assert_eq!(asked(), few);
    }
}
