//! Tests of reminders and of the list of what is due.

use proptest::prelude::*;
use thidua_base::Timestamp;
use thidua_base::period::PeriodKind;

use super::super::cycle::Closing;
use super::super::submission::Event;
use super::*;
use crate::indicator::Nature;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn calendar() -> Calendar {
    Calendar::shipped().unwrap()
}

/// Due on a Friday, grace until the Friday after, closed on the Thursday after that.
fn cycle() -> Cycle {
    Cycle {
        form: FormId::parse("bieu-01").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        opens_on: day("2020-06-01"),
        due_on: day("2020-06-12"),
        grace_until: day("2020-06-19"),
        closes_on: day("2020-06-25"),
        nature: Nature::Estimate,
        closing: None,
    }
}

fn sheet(steps: &[(Verb, State)]) -> Submission {
    let event = |(verb, to): &(Verb, State)| Event {
        verb: *verb,
        to: *to,
        revision: 1,
        by: "Lê Thị Hoa".to_owned(),
        account: None,
        at: Timestamp::parse("2020-06-10T02:00:00Z").unwrap(),
        reason: String::new(),
        cells: Vec::new(),
    };
    let unit = OrgId::parse("x-1").unwrap();
    Submission { events: steps.iter().map(event).collect(), ..Submission::new(cycle().form, cycle().period, unit) }
}

fn extension(due_on: Option<&str>, open_until: &str) -> Extension {
    Extension {
        form: cycle().form,
        period: cycle().period,
        unit: sheet(&[]).unit,
        due_on: due_on.map(day),
        open_until: day(open_until),
        reason: "Bão".to_owned(),
        granted_by: "Lê Văn Bình".to_owned(),
        granted_at: Timestamp::parse("2020-06-12T01:00:00Z").unwrap(),
    }
}

fn kinds(today: &str, given: &[Extension]) -> Vec<ReminderKind> {
    let found = reminders(&cycle(), &sheet(&[]), given, day(today), &calendar(), &Rhythm::default());
    found.into_iter().map(|reminder| reminder.kind).collect()
}

#[test]
fn reminders_follow_the_working_days() {
    use ReminderKind::{DaysLeft, Escalated, LastDay, Late, Opens};
    assert_eq!(kinds("2020-05-29", &[]), []);
    assert_eq!(kinds("2020-06-01", &[]), [Opens]);
    assert_eq!(kinds("2020-06-08", &[]), [Opens]);
    assert_eq!(kinds("2020-06-09", &[]), [DaysLeft(3)]);
    // Said on Tuesday; on Wednesday it is the same reminder, with the same key.
    assert_eq!(kinds("2020-06-10", &[]), [DaysLeft(3)]);
    assert_eq!(kinds("2020-06-11", &[]), [DaysLeft(1)]);
    assert_eq!(kinds("2020-06-12", &[]), [LastDay]);
    assert_eq!(kinds("2020-06-13", &[]), [], "a Saturday");
    assert_eq!(kinds("2020-06-15", &[]), [Late(1)]);
    assert_eq!(kinds("2020-06-17", &[]), [Late(3)]);
    assert_eq!(kinds("2020-06-19", &[]), [Late(5)]);
    assert_eq!(kinds("2020-06-22", &[]), [Late(5), Escalated]);
    assert_eq!(kinds("2020-06-25", &[]), [], "closed");
}

#[test]
fn a_due_day_off_is_told_on_the_working_day_before() {
    let sunday = Cycle { due_on: day("2020-06-14"), ..cycle() };
    let on = |today: &str| {
        let found = reminders(&sunday, &sheet(&[]), &[], day(today), &calendar(), &Rhythm::default());
        found.first().map(|reminder| (reminder.kind, reminder.left.days))
    };
    assert_eq!(on("2020-06-11"), Some((ReminderKind::DaysLeft(1), 1)));
    assert_eq!(on("2020-06-12"), Some((ReminderKind::LastDay, 0)));
    assert_eq!(on("2020-06-14"), None);
    assert_eq!(on("2020-06-15"), Some((ReminderKind::Late(1), -1)));
}

#[test]
fn what_was_sent_is_not_reminded_of_and_what_came_back_is() {
    let on = |steps: &[(Verb, State)]| {
        reminders(&cycle(), &sheet(steps), &[], day("2020-06-11"), &calendar(), &Rhythm::default()).len()
    };
    assert_eq!(on(&[(Verb::SubmitSheet, State::Submitted)]), 0);
    assert_eq!(on(&[(Verb::SubmitSheet, State::Submitted), (Verb::ReturnSheet, State::Returned)]), 1);
    assert_eq!(on(&[(Verb::SubmitSheet, State::Submitted), (Verb::AcceptSheet, State::Accepted)]), 0);
}

#[test]
fn an_extension_begins_anew_and_a_reopened_sheet_counts_to_its_own_end() {
    let moved = [extension(Some("2020-06-18"), "2020-06-18")];
    assert_eq!(kinds("2020-06-12", &moved), [ReminderKind::Opens]);
    assert_eq!(kinds("2020-06-15", &moved), [ReminderKind::DaysLeft(3)]);
    let reopened = [extension(None, "2020-06-29")];
    assert_eq!(kinds("2020-06-26", &reopened), [ReminderKind::DaysLeft(1)]);
    assert_eq!(kinds("2020-06-29", &reopened), [ReminderKind::LastDay]);
    assert_eq!(kinds("2020-06-30", &reopened), []);
    // A due day moved beyond the grace is not escalated while it has not come.
    let far = [extension(Some("2020-06-24"), "2020-06-24")];
    assert_eq!(kinds("2020-06-23", &far), [ReminderKind::DaysLeft(1)]);
}

#[test]
fn keys_are_stable_and_tell_extensions_apart() {
    let key = |today: &str, given: &[Extension]| {
        let found = reminders(&cycle(), &sheet(&[]), given, day(today), &calendar(), &Rhythm::default());
        found[0].key()
    };
    assert_eq!(key("2020-06-09", &[]), "bieu-01:2020-H1:x-1:2020-06-12:days-left-3");
    assert_eq!(key("2020-06-09", &[]), key("2020-06-10", &[]));
    let moved = [extension(Some("2020-06-18"), "2020-06-18")];
    assert_ne!(key("2020-06-09", &[]), key("2020-06-15", &moved));
    assert_eq!(ReminderKind::Escalated.audience(), Audience::Leaders);
    assert_eq!(ReminderKind::Late(3).audience(), Audience::Reporters);
}

fn form(is_verified: bool) -> Form {
    Form {
        id: cycle().form,
        number: "Biểu số 01/TĐKT".to_owned(),
        name: "Kết quả".to_owned(),
        receiver: OrgId::parse("h-1").unwrap(),
        every: PeriodKind::Half,
        is_verified,
        valid_from: day("2020-01-01"),
        valid_to: None,
        legal_ref: String::new(),
        rows: Vec::new(),
    }
}

#[test]
fn the_next_step_of_every_state_is_open_in_the_table_of_steps() {
    for is_verified in [false, true] {
        for state in State::ALL {
            let Some((verb, side)) = next(state, is_verified) else {
                assert!(matches!(state, State::Approved | State::Published));
                continue;
            };
            if verb == Verb::EnterFigures {
                assert!(sheet(&[(Verb::ReturnSheet, state)]).is_editable());
                continue;
            }
            let open = sheet(&[(Verb::SubmitSheet, state)]).open_steps(is_verified);
            assert!(open.iter().any(|step| step.verb == verb && step.side == side), "{state:?} {verb:?}");
        }
    }
}

#[test]
fn the_list_of_what_is_due_says_by_when_and_what_next() {
    let on = |today: &str, steps: &[(Verb, State)], given: &[Extension]| {
        due_item(&form(false), &cycle(), &sheet(steps), given, day(today), &calendar())
    };
    let fresh = on("2020-06-09", &[], &[]).unwrap();
    assert_eq!((fresh.until, fresh.left.days, fresh.next), (day("2020-06-12"), 3, Verb::EnterFigures));
    assert_eq!((fresh.stage, fresh.side), (Stage::Open, Side::Reporter));
    let late = on("2020-06-16", &[], &[]).unwrap();
    assert_eq!((late.left.days, late.stage, late.is_late), (-2, Stage::Late, true));
    let weekend = on("2020-06-13", &[], &[]).unwrap();
    assert_eq!((weekend.left.days, weekend.is_late), (0, true));
    assert_eq!(on("2020-05-29", &[], &[]), None, "not open");
    assert_eq!(on("2020-06-25", &[], &[]), None, "closed");
    assert_eq!(on("2020-06-26", &[], &[extension(None, "2020-06-29")]).unwrap().until, day("2020-06-29"));
    let sent = on("2020-06-26", &[(Verb::SubmitSheet, State::Submitted)], &[]).unwrap();
    assert_eq!((sent.next, sent.side), (Verb::AcceptSheet, Side::Receiver), "taken in after the close as well");
    assert_eq!(on("2020-06-26", &[(Verb::PublishSheets, State::Published)], &[]), None);
    let by_hand = Closing { at: Timestamp::parse("2020-06-24T01:00:00Z").unwrap(), by: String::new(), as_of_seq: 7 };
    let closed = Cycle { closing: Some(by_hand), ..cycle() };
    let sent = sheet(&[(Verb::SubmitSheet, State::Submitted)]);
    assert_eq!(due_item(&form(false), &closed, &sent, &[], day("2020-06-24"), &calendar()), None, "closed for good");
}

proptest! {
    #[test]
    fn each_reminder_of_a_cycle_has_a_key_of_its_own(length in 1_i64..60, grace in 0_i64..20, tail in 1_i64..20) {
        let opens_on = day("2024-01-15");
        let due_on = opens_on.plus_days(length).unwrap();
        let grace_until = due_on.plus_days(grace).unwrap();
        let closes_on = grace_until.plus_days(tail).unwrap();
        let cycle = Cycle { opens_on, due_on, grace_until, closes_on, ..cycle() };
        let calendar = calendar();
        let mut last_of_key: Vec<(String, Date)> = Vec::new();
        let mut today = opens_on;
        while today < closes_on {
            for reminder in reminders(&cycle, &sheet(&[]), &[], today, &calendar, &Rhythm::default()) {
                prop_assert!(calendar.is_working(today));
                prop_assert_eq!(reminder.left.days < 0, matches!(reminder.kind, ReminderKind::Late(_) | ReminderKind::Escalated));
                // A key that was passed never comes back: no reminder is sent again out of order.
                let key = reminder.key();
                match last_of_key.iter().position(|(known, _)| *known == key) {
                    Some(place) => last_of_key[place].1 = today,
                    None => last_of_key.push((key, today)),
                }
            }
            today = today.next_day();
        }
        let for_reporters: Vec<_> = last_of_key.iter().filter(|(key, _)| !key.ends_with("escalated")).collect();
        prop_assert!(for_reporters.is_sorted_by_key(|(_, last)| *last));
        prop_assert!(last_of_key.len() <= 8, "{:?}", last_of_key);
    }
}
