//! The way of an exemplar, step by step, and how it stands as time goes by.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::actor::{Right, Role, Who, right_of};

/// Where the printed table stands, from the root of the repository.
const PAGE: &str = "docs/domain/exemplar-steps.md";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn course() -> Course {
    Course::new(ExemplarId::parse("dua-nha-mang").unwrap())
}

fn event(verb: Verb, to: State, on: &str, by: &str) -> Event {
    Event {
        verb,
        to,
        day: day(on),
        decision: String::new(),
        size: None,
        reason: String::new(),
        by: by.to_owned(),
        account: Some(by.to_owned()),
        at: Timestamp::parse(&format!("{on}T03:00:00Z")).unwrap(),
    }
}

fn proposed() -> Course {
    course().after(event(Verb::ProposeExemplar, Proposed, "2018-03-01", "thuy"))
}

fn asked<'a>(verb: Verb, on: &str, by: &'a str) -> Asked<'a> {
    Asked {
        verb,
        day: day(on),
        decision: "12/QĐ-UBND",
        size: None,
        reason: "đã xem tận nơi",
        by,
        account: Some(by),
        at: Timestamp::parse("2018-06-01T03:00:00Z").unwrap(),
    }
}

fn stepped(course: Course, verb: Verb, on: &str, by: &str) -> Course {
    let event = course.step(&asked(verb, on, by), day("2030-01-01")).unwrap();
    course.after(event)
}

#[test]
fn an_exemplar_is_proposed_recognised_confirmed_and_withdrawn() {
    let recognised = stepped(proposed(), Verb::RecogniseExemplar, "2018-06-01", "binh");
    assert_eq!((recognised.state(), recognised.events[1].decision.as_str()), (Recognised, "12/QĐ-UBND"));
    let confirmed = stepped(recognised, Verb::ConfirmExemplar, "2020-05-31", "hoa");
    let again = stepped(confirmed, Verb::ConfirmExemplar, "2021-01-01", "hoa");
    assert_eq!(again.state(), Confirmed);
    let gone = stepped(again, Verb::WithdrawExemplar, "2021-02-01", "hoa");
    assert_eq!((gone.state(), gone.open_steps().count()), (Withdrawn, 0));
    assert_eq!(stepped(proposed(), Verb::RetractExemplar, "2018-03-02", "thuy").state(), Withdrawn);
}

#[test]
fn steps_outside_the_table_are_refused() {
    let today = day("2030-01-01");
    for (course, verb, state) in [
        (proposed(), Verb::ConfirmExemplar, "proposed"),
        (proposed(), Verb::ProposeExemplar, "proposed"),
        (course(), Verb::RecogniseExemplar, "recognised"),
        (course(), Verb::RetractExemplar, "recognised"),
        (course(), Verb::ApproveSheets, "recognised"),
    ] {
        let refused = course.step(&asked(verb, "2020-01-01", "binh"), today);
        assert_eq!(refused, Err(ExemplarFault::StepNotOpen { state }.into()), "{verb:?}");
    }
}

#[test]
fn a_step_says_its_day_its_decision_and_its_reason() {
    let today = day("2018-07-01");
    let refused = |asked: Asked<'_>| proposed().step(&asked, today).unwrap_err();
    let recognise = asked(Verb::RecogniseExemplar, "2018-06-01", "binh");
    assert_eq!(refused(Asked { decision: " ", ..recognise.clone() }), ExemplarFault::NoDecision.into());
    assert_eq!(refused(Asked { day: day("2018-07-02"), ..recognise.clone() }), ExemplarFault::DayAhead.into());
    assert_eq!(refused(Asked { day: day("2018-02-28"), ..recognise.clone() }), ExemplarFault::DayBefore.into());
    assert_eq!(refused(Asked { reason: "", ..asked(Verb::WithdrawExemplar, "2018-06-01", "binh") }), Refusal::NoReason);
    let own = Refusal::SamePerson { did: "propose-exemplar" };
    assert_eq!(refused(asked(Verb::RecogniseExemplar, "2018-06-01", "thuy")), own);
    let long = "x".repeat(REASON_CHARS_MAX + 1);
    assert_eq!(refused(Asked { reason: &long, ..recognise }), Refusal::LongText { most: REASON_CHARS_MAX });
}

#[test]
fn what_nobody_confirms_for_two_years_is_grey_by_the_clock_alone() {
    let course = stepped(proposed(), Verb::RecogniseExemplar, "2018-06-01", "binh");
    let on = |course: &Course, text: &str| course.standing(day(text), day("2020-07-05"));
    assert_eq!(on(&course, "2018-02-28"), None);
    assert_eq!(on(&course, "2018-05-31"), Some(Standing::Proposed));
    assert_eq!(on(&course, "2020-05-31"), Some(Standing::Recognised));
    assert_eq!(on(&course, "2020-06-01"), Some(Standing::Grey));
    let confirmed = stepped(course, Verb::ConfirmExemplar, "2020-06-20", "hoa");
    assert_eq!(on(&confirmed, "2020-06-10"), Some(Standing::Grey), "what was grey then was grey then");
    assert_eq!(on(&confirmed, "2022-06-19"), Some(Standing::Confirmed));
    assert_eq!(on(&confirmed, "2022-06-20"), Some(Standing::Grey));
    assert_eq!(grey_from(day("2020-02-29")), day("2022-03-01"));
}

#[test]
fn a_row_of_a_pack_counts_as_recognised_from_the_day_it_was_taken_over() {
    let on = |text: &str| course().standing(day(text), day("2020-07-05"));
    assert_eq!(on("2020-07-05"), Some(Standing::Recognised));
    assert_eq!(on("2022-07-05"), Some(Standing::Grey));
    assert!(course().is_offered(day("2020-07-05")) && course().is_offered(day("2031-07-05")));
    let gone = stepped(course(), Verb::WithdrawExemplar, "2021-01-01", "hoa");
    assert_eq!(gone.standing(day("2020-12-31"), day("2020-07-05")), Some(Standing::Recognised));
    assert!(gone.is_offered(day("2020-07-05")) && !gone.is_offered(day("2021-01-01")));
}

#[test]
fn a_confirmation_that_found_another_size_holds_from_its_day() {
    let grown = Asked { size: Some(Number::whole(9)), ..asked(Verb::ConfirmExemplar, "2020-01-01", "hoa") };
    let event = course().step(&grown, day("2020-02-01")).unwrap();
    let course = course().after(event);
    let of_row = Some(Number::whole(5));
    assert_eq!(course.size_on(day("2019-12-31"), of_row), of_row);
    assert_eq!(course.size_on(day("2020-01-01"), of_row), Some(Number::whole(9)));
    let none = Asked { size: Some(Number::whole(0)), ..asked(Verb::ConfirmExemplar, "2020-02-01", "hoa") };
    assert_eq!(course.step(&none, day("2020-02-01")), Err(ExemplarFault::BadSize { asked: "0".into() }.into()));
}

proptest! {
    /// Whatever is asked in whatever order, a course keeps to the table, its days go up, and looking later never makes
    /// younger what nobody touched.
    #[test]
    fn a_course_keeps_to_the_table(steps in prop::collection::vec((0usize..5, 0i64..900), 0..12)) {
        let mut course = proposed();
        let today = day("2030-01-01");
        for (at, days) in steps {
            let verb = STEPS[at].verb;
            let on = day("2018-03-01").plus_days(days).unwrap();
            let before = course.state();
            let asked = Asked { day: on, ..asked(verb, "2018-03-01", "binh") };
            match course.step(&asked, today) {
                Ok(event) => {
                    prop_assert!(STEPS[at].from.contains(&before) && event.to == STEPS[at].to);
                    course = course.after(event);
                }
                Err(_) => prop_assert_eq!(course.state(), before),
            }
        }
        prop_assert!(course.events.windows(2).all(|pair| pair[0].day <= pair[1].day));
        let last = course.events.last().unwrap().day;
        let now = course.standing(last, last);
        let later = course.standing(last.plus_days(731).unwrap(), last);
        match now {
            Some(Standing::Recognised | Standing::Confirmed | Standing::Grey) => prop_assert_eq!(later, Some(Standing::Grey)),
            other => prop_assert_eq!(later, other),
        }
    }
}

/// The page is the table: a change of steps or rights is a change of a file that people read.
///
/// `THIDUA_GENERATE=1` writes it anew, which is what `cargo xtask generate` does.
#[test]
fn the_printed_steps_of_exemplars_are_the_table() {
    let page = page();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "{PAGE} is not the table of steps: run `cargo xtask generate`");
}

fn page() -> String {
    let mut page = "# Các bước của điển hình\n\n\
        Trang này do kiểm thử in từ bảng bước trong `crates/domain/src/exemplar/course.rs` và bảng quyền trong\n\
        `crates/domain/src/actor/permission.rs`; `cargo xtask generate` in lại. Không sửa tay.\n\n\
        Cột vai trò ghi ai làm được bước ấy, trong phạm vi đơn vị của vai trò. Ai đề xuất thì không công nhận.\n\n\
        | Bước | Từ | Thành |"
        .to_owned();
    for role in Role::ALL {
        page.push_str(&format!(" {} |", title(role)));
    }
    page.push_str(&format!("\n|{}", " --- |".repeat(3 + Role::ALL.len())));
    for step in STEPS {
        let from: Vec<&str> = step.from.iter().map(|state| named(*state)).collect();
        let from = if from.is_empty() { "–".to_owned() } else { from.join(", ") };
        page.push_str(&format!("\n| {} | {from} | {} |", told(step.verb), named(step.to)));
        for role in Role::ALL {
            let may = match right_of(step.verb, Who::Holder(role)) {
                Right::Reached | Right::Everywhere => "phạm vi",
                Right::Never | Right::Own => "–",
            };
            page.push_str(&format!(" {may} |"));
        }
    }
    page.push_str(
        "\n\nQuá hai năm kể từ lần công nhận hoặc xác nhận cuối mà không ai xác nhận lại, điển hình là **chưa xác nhận\n\
         lại**: đó không phải một bước, mà tính theo ngày xem.\n",
    );
    page
}

fn named(state: State) -> &'static str {
    match state {
        Proposed => "đề xuất",
        Recognised => "công nhận",
        Confirmed => "đã xác nhận lại",
        Withdrawn => "đã rút",
    }
}

fn told(verb: Verb) -> &'static str {
    match verb {
        Verb::ProposeExemplar => "Đề xuất",
        Verb::RecogniseExemplar => "Công nhận",
        Verb::ConfirmExemplar => "Xác nhận lại",
        Verb::RetractExemplar => "Thôi đề xuất",
        Verb::WithdrawExemplar => "Rút khỏi sổ",
        other => other.word(),
    }
}

fn title(role: Role) -> &'static str {
    match role {
        Role::Reporter => "đầu mối báo cáo",
        Role::Specialist => "chuyên viên",
        Role::ClusterLead => "cụm trưởng",
        Role::CouncilSecretary => "thư ký hội đồng",
        Role::CouncilMember => "thành viên hội đồng",
        Role::Leader => "lãnh đạo",
        Role::Clerk => "văn thư",
        Role::Administrator => "quản trị",
    }
}
