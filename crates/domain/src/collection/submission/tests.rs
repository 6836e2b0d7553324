//! The way of a sheet, step by step.

use super::*;

fn sheet() -> Submission {
    let period = Period::parse("2020-H1").unwrap();
    Submission::new(FormId::parse("bieu-01").unwrap(), period, OrgId::parse("x-1").unwrap())
}

fn asked<'a>(verb: Verb, by: &'a str, reason: &'a str) -> Asked<'a> {
    let at = Timestamp::parse("2020-06-12T03:00:00Z").unwrap();
    Asked { verb, by, account: Some(by), at, reason, cells: Vec::new() }
}

fn stepped(sheet: Submission, verb: Verb, by: &str) -> Submission {
    let event = sheet.step(asked(verb, by, "có lý do"), false).unwrap();
    sheet.after(event)
}

#[test]
fn a_sheet_goes_up_and_comes_back_and_goes_up_again() {
    let sent = stepped(sheet(), Verb::SubmitSheet, "thuy");
    assert_eq!((sent.state(), sent.is_editable()), (State::Submitted, false));
    let cells =
        vec![NamedCell { indicator: IndicatorCode::parse("NN01").unwrap(), reason: "Sai đơn vị".to_owned() }];
    let event = sent.step(Asked { cells: cells.clone(), ..asked(Verb::ReturnSheet, "binh", "") }, false).unwrap();
    let back = sent.after(event);
    assert_eq!((back.state(), back.is_editable()), (State::Returned, true));
    assert_eq!(back.returned_cells(), cells);
    let again = stepped(back, Verb::SubmitSheet, "thuy");
    assert_eq!(again.returned_cells(), []);
    let accepted = stepped(again, Verb::AcceptSheet, "binh");
    let approved = stepped(accepted, Verb::ApproveSheets, "chu-tich");
    assert_eq!((approved.state(), approved.revision()), (State::Approved, 1));
    let amended = stepped(approved, Verb::AmendSheet, "thuy");
    assert_eq!((amended.state(), amended.revision(), amended.is_editable()), (State::Draft, 2, true));
}

#[test]
fn steps_outside_the_table_are_refused() {
    for verb in [Verb::AcceptSheet, Verb::ReturnSheet, Verb::ApproveSheets, Verb::PublishSheets, Verb::WithdrawSheet] {
        let refused = sheet().step(asked(verb, "binh", "vì thế"), false);
        assert_eq!(refused, Err(Refusal::StepNotOpen { state: "draft" }), "{verb:?}");
    }
}

#[test]
fn a_return_says_why_and_every_named_cell_too() {
    let sent = stepped(sheet(), Verb::SubmitSheet, "thuy");
    assert_eq!(sent.step(asked(Verb::ReturnSheet, "binh", "  "), false), Err(Refusal::NoReason));
    let cells = vec![NamedCell { indicator: IndicatorCode::parse("NN01").unwrap(), reason: String::new() }];
    assert_eq!(sent.step(Asked { cells, ..asked(Verb::ReturnSheet, "binh", "x") }, false), Err(Refusal::NoReason));
}

#[test]
fn nobody_takes_in_what_they_sent_or_approves_what_they_took_in() {
    let sent = stepped(sheet(), Verb::SubmitSheet, "thuy");
    let same = Refusal::SamePerson { did: "submit-sheet" };
    assert_eq!(sent.step(asked(Verb::AcceptSheet, "thuy", ""), false), Err(same.clone()));
    let accepted = stepped(sent, Verb::AcceptSheet, "binh");
    assert_eq!(accepted.step(asked(Verb::ApproveSheets, "thuy", ""), false), Err(same));
    let took = Refusal::SamePerson { did: "accept-sheet" };
    assert_eq!(accepted.step(asked(Verb::ApproveSheets, "binh", ""), false), Err(took));
}

#[test]
fn a_form_that_is_verified_is_taken_in_only_after() {
    let sent = stepped(sheet(), Verb::SubmitSheet, "thuy");
    let refused = sent.step(asked(Verb::AcceptSheet, "binh", ""), true);
    assert_eq!(refused, Err(Refusal::StepNotOpen { state: "submitted" }));
    let event = sent.step(asked(Verb::VerifySheet, "chu-tich-xa", ""), true).unwrap();
    let verified = sent.after(event);
    assert!(verified.step(asked(Verb::AcceptSheet, "binh", ""), true).is_ok());
    // A form without that step has no such button.
    assert!(sheet().step(asked(Verb::VerifySheet, "x", ""), false).is_err());
}

#[test]
fn every_step_leads_somewhere_else_and_every_state_is_reached() {
    for step in STEPS {
        assert!(!step.from.contains(&step.to), "{step:?} stands still");
    }
    for state in [Submitted, Verified, Returned, Accepted, Approved, Published] {
        assert!(STEPS.iter().any(|step| step.to == state), "{state:?} is never reached");
    }
}
