//! Forms, cycles, entries, submissions, explanations, proposals and issues: read back as written, within reach only, and
//! only added to.

use thidua_base::Number;
use thidua_base::period::PeriodKind;
use thidua_domain::Scope;
use thidua_domain::actor::{Reach, Verb};
use thidua_domain::collection::cycle::Closing;
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::evidence::{Evidence, EvidenceFile, EvidenceKind, Withdrawal};
use thidua_domain::collection::submission::{Event, NamedCell, State, Submission};
use thidua_domain::collection::{
    Assigned, Assignment, Change, Cycle, Entry, Explanation, Extension, Form, FormRow, How, Waiver,
};
use thidua_domain::draft::{Issue, IssuedFile};
use thidua_domain::indicator::assign::{Answer, Proposal, Verdict};
use thidua_domain::indicator::{Absence, Nature, Value};
use thidua_store::collection::{self, cycle, entry, evidence, explanation, submission};
use thidua_store::{Error, Tx, plan_proposal, reading, report_issue};
use thidua_testkit::both_engines;
use thidua_testkit::engines::TestDb;

use crate::sample::{HALF, at, code, day, extreme, period, stored};

const NOW: &str = "2020-07-05T02:00:00Z";

fn form(id: &str, is_verified: bool) -> Form {
    let row = |indicator: &str, heading: &str, is_required| FormRow {
        heading: heading.into(),
        label: "1.1".into(),
        indicator: code(indicator),
        is_required,
    };
    Form {
        id: code(id),
        number: "Biểu số 01/TĐKT".into(),
        name: "Kết quả".into(),
        receiver: code("huyen"),
        every: PeriodKind::Half,
        is_verified,
        valid_from: day("2020-01-01"),
        valid_to: is_verified.then(|| day("2021-01-01")),
        legal_ref: "Công văn 12/UBND".into(),
        rows: vec![row("KT02", "Kinh tế", true), row("KT01", "", false)],
    }
}

fn opened(period_code: &str, closing: Option<Closing>) -> Cycle {
    Cycle {
        form: code("b-1"),
        period: period(period_code),
        opens_on: day("2020-06-01"),
        due_on: day("2020-06-15"),
        grace_until: day("2020-06-20"),
        closes_on: day("2020-06-26"),
        nature: Nature::Provisional,
        closing,
    }
}

fn entered(id: &str, unit: &str, how: How, value: Value, outcome: Outcome) -> Entry {
    Entry {
        change: Change {
            id: code(id),
            form: code("b-1"),
            period: period(HALF),
            unit: code(unit),
            indicator: code("KT01"),
            nature: Nature::Estimate,
            over: Some(3),
            value,
            note: "Ghi chú".into(),
            how,
            device_at: Some(at("2020-07-01T00:00:00Z")),
            settles: None,
        },
        by: "Lê Thị Thủy".into(),
        account: Some("tk-1".into()),
        at: at(NOW),
        outcome,
    }
}

fn event(verb: Verb, to: State, cells: Vec<NamedCell>) -> Event {
    Event {
        verb,
        to,
        revision: 1,
        by: "Lê Thị Thủy".into(),
        account: None,
        at: at(NOW),
        reason: "vì thế".into(),
        cells,
    }
}

/// Everything of this chapter for a tenant whose world is stored.
fn filled(test: &TestDb) -> Scope {
    let (tenant, world) = stored(test, "trieu-son");
    let mut tx = test.db().begin().unwrap();
    let seq = reading::readings_of(&mut tx, &Scope::whole(tenant.clone()), &[period(HALF)]).unwrap()[0].seq;
    let tx_ref = &mut tx;
    for form in [form("b-1", false), form("b-2", true)] {
        collection::insert_form(tx_ref, &tenant, &form).unwrap();
    }
    collection::insert_assignments(tx_ref, &tenant, &assignments(), 0).unwrap();
    cycle::insert_many(tx_ref, &tenant, &[opened(HALF, None), opened("2020-Q1", closing())]).unwrap();
    for (place, unit) in ["xa-a", "xa-b"].into_iter().enumerate() {
        cycle::extend(tx_ref, &tenant, &extension(unit), place).unwrap();
        cycle::waive(tx_ref, &tenant, &waiver(unit)).unwrap();
        explanation::insert(tx_ref, &tenant, &explained(unit), 0).unwrap();
    }
    entry::insert_many(tx_ref, &tenant, &entries(seq)).unwrap();
    for unit in ["xa-a", "xa-b"] {
        evidence::insert(tx_ref, &tenant, &paper(unit), Some("tk-1"), &[1, 2]).unwrap();
    }
    evidence::withdraw(tx_ref, &tenant, &code("m-xa-b"), &withdrawal()).unwrap();
    for unit in ["xa-a", "xa-b"] {
        let sheet = Submission::new(code("b-1"), period(HALF), code(unit));
        let sent = event(Verb::SubmitSheet, State::Submitted, Vec::new());
        submission::append(tx_ref, &tenant, &sheet, &sent, &[seq]).unwrap();
        let cells = vec![NamedCell { indicator: code("KT01"), reason: "Sai đơn vị tính".into() }];
        let back = event(Verb::ReturnSheet, State::Returned, cells);
        submission::append(tx_ref, &tenant, &sheet.after(sent), &back, &[]).unwrap();
    }
    let value = world.plan_values.iter().find(|value| value.unit == code("xa-a")).unwrap();
    let proposal = Proposal {
        id: code("dn-1"),
        plan: value.plan.clone(),
        indicator: value.indicator.clone(),
        unit: value.unit.clone(),
        period: value.period,
        value: extreme(1),
        reason: "Hạn hán".into(),
        by: "Lê Thị Thủy".into(),
        at: at(NOW),
        answer: None,
    };
    plan_proposal::insert(tx_ref, &tenant, &proposal).unwrap();
    let answer = Answer {
        verdict: Verdict::Declined,
        reason: "Chưa đủ căn cứ".into(),
        revision: None,
        by: "Trần Văn Bình".into(),
        at: at(NOW),
    };
    plan_proposal::answer(tx_ref, &tenant, &proposal.id, &answer).unwrap();
    let issue = Issue { report: world.reports[2].id.clone(), number: 1, by: "An".into(), at: at(NOW), as_of_seq: seq };
    let files = [(IssuedFile::Docx, vec![1, 2]), (IssuedFile::Pdf, vec![3])];
    report_issue::insert(tx_ref, &tenant, &issue, &files, &[seq]).unwrap();
    tx.commit().unwrap();
    Scope::whole(tenant)
}

fn closing() -> Option<Closing> {
    Some(Closing { at: at(NOW), by: "Trần Văn Bình".into(), as_of_seq: 7 })
}

fn assignments() -> [Assignment; 2] {
    let to = |to, valid_to| Assignment { form: code("b-1"), to, valid_from: day("2020-01-01"), valid_to };
    [to(Assigned::Below(code("huyen")), None), to(Assigned::Unit(code("xa-b")), Some(day("2020-07-01")))]
}

fn extension(unit: &str) -> Extension {
    Extension {
        form: code("b-1"),
        period: period(HALF),
        unit: code(unit),
        due_on: (unit == "xa-a").then(|| day("2020-06-30")),
        open_until: day("2020-07-10"),
        reason: "Mất điện".into(),
        granted_by: "Trần Văn Bình".into(),
        granted_at: at(NOW),
    }
}

fn waiver(unit: &str) -> Waiver {
    Waiver {
        form: code("b-1"),
        period: period(HALF),
        unit: code(unit),
        reason: "Mới chia tách".into(),
        granted_by: "Trần Văn Bình".into(),
        granted_at: at(NOW),
    }
}

/// Of one commune with a file, of the other withdrawn; both files hold the same bytes.
fn paper(unit: &str) -> Evidence {
    Evidence {
        id: code(&format!("m-{unit}")),
        form: code("b-1"),
        period: period(HALF),
        unit: code(unit),
        cells: vec![code("KT01"), code("KT02")],
        number: "15/BC".into(),
        dated: (unit == "xa-a").then(|| day("2020-06-30")),
        description: "Biên bản".into(),
        file: Some(EvidenceFile { name: "a.pdf".into(), kind: EvidenceKind::Pdf, size: 2, hash: "00ff".into() }),
        added_by: "Lê Thị Thủy".into(),
        added_at: at(NOW),
        withdrawn: (unit == "xa-b").then(withdrawal),
    }
}

fn withdrawal() -> Withdrawal {
    Withdrawal { by: "Lê Thị Thủy".into(), at: at(NOW), reason: "nhầm".into() }
}

fn explained(unit: &str) -> Explanation {
    Explanation {
        form: code("b-1"),
        period: period(HALF),
        unit: code(unit),
        rule: "own-history".into(),
        indicator: code("KT01"),
        fingerprint: "ab12".into(),
        text: "Mở thêm một nhà máy".into(),
        written_by: "Lê Thị Thủy".into(),
        written_at: at(NOW),
    }
}

fn entries(seq: i64) -> Vec<Entry> {
    let file = How::Imported { file: "a.xlsx".into(), hash: "00".into(), sheet: "Biểu".into(), place: "F7".into() };
    let mut all = vec![
        entered("c-1", "xa-a", How::Typed, Value::Of(extreme(0)), Outcome::Saved { seq }),
        entered("c-2", "xa-a", How::Pasted, Value::Of(Number::whole(0)), Outcome::Unchanged { seq }),
        entered("c-3", "xa-b", file, Value::Absent(Absence::NoneOccurred), Outcome::Conflict { held: seq }),
        entered("c-4", "xa-b", How::Api, Value::Of(extreme(1)), Outcome::Saved { seq }),
        entered("c-5", "xa-b", How::CorrectedAbove, Value::Of(extreme(4)), Outcome::Saved { seq }),
    ];
    all[3].change.settles = Some(code("c-3"));
    all[4].change.device_at = None;
    all
}

both_engines! {
    fn everything_of_a_collection_comes_back_as_it_was(test) {
        let scope = filled(test);
        test.db().read::<_, Error>(|tx| {
            assert_eq!(collection::forms(tx, &scope)?, [form("b-1", false), form("b-2", true)]);
            assert_eq!(collection::assignments(tx, &scope)?, assignments());
            assert_eq!(cycle::cycles(tx, &scope)?, [opened(HALF, None), opened("2020-Q1", closing())]);
            assert_eq!(cycle::extensions(tx, &scope)?, [extension("xa-a"), extension("xa-b")]);
            assert_eq!(cycle::waivers(tx, &scope)?, [waiver("xa-a"), waiver("xa-b")]);
            let all = entry::of_sheets(tx, &scope, &code("b-1"), period(HALF))?;
            let Outcome::Saved { seq } = all[0].outcome else { panic!("{all:?}") };
            assert_eq!(all, entries(seq));
            assert_eq!(entry::of_readings(tx, &scope, &[seq])?, entries(seq));
            let wanted = [code("c-4"), code("c-1"), code("c-9")];
            let known = entry::by_ids(tx, &scope, &wanted.iter().collect::<Vec<_>>())?;
            assert_eq!(known.iter().map(|entry| entry.change.id.as_str()).collect::<Vec<_>>(), ["c-1", "c-4"]);
            let sheets = submission::submissions(tx, &scope, &code("b-1"), period(HALF))?;
            assert_eq!(sheets.len(), 2);
            assert_eq!((sheets[0].state(), sheets[1].returned_cells().len()), (State::Returned, 1));
            assert_eq!(submission::pins(tx, &scope, &sheets[0], 0)?, [seq]);
            assert_eq!(submission::pinning(tx, &scope, &[seq])?.len(), 2);
            assert_eq!(explanation::explanations(tx, &scope, &code("b-1"), period(HALF))?.len(), 2);
            let papers = evidence::of_sheets(tx, &scope, &code("b-1"), period(HALF))?;
            assert_eq!(papers, [paper("xa-a"), paper("xa-b")]);
            let of_cell = evidence::of_cell(tx, &scope, &code("KT01"), &code("xa-b"), period(HALF))?;
            assert_eq!(of_cell, [paper("xa-b")]);
            assert_eq!(evidence::file(tx, &scope, &code("m-xa-b"))?, Some(vec![1, 2]));
            assert_eq!(test.rows("SELECT hash FROM stored_file").len(), 1, "the same bytes are kept once");
            let proposals = plan_proposal::proposals(tx, &scope)?;
            assert_eq!(proposals[0].answer.as_ref().map(|answer| answer.verdict), Some(Verdict::Declined));
            let issues = report_issue::using(tx, &scope, &[seq])?;
            assert_eq!(issues, report_issue::issues(tx, &scope)?);
            assert!(report_issue::corrected(tx, &scope, &issues[0].report)?.is_empty(), "nothing was corrected yet");
            let file = |tx: &mut Tx, wanted| report_issue::file(tx, &scope, &issues[0].report, 1, wanted);
            assert_eq!(file(tx, IssuedFile::Docx)?, Some(vec![1, 2]));
            assert_eq!(file(tx, IssuedFile::Pdf)?, Some(vec![3]));
            Ok(())
        }).unwrap();
    }

    fn what_units_sent_is_seen_within_reach_only(test) {
        let whole = filled(test);
        let scope = Scope { units: Reach::Only(vec![code("xa-a")]), ..whole.clone() };
        let nobody = Scope { units: Reach::Only(Vec::new()), ..whole };
        test.db().read::<_, Error>(|tx| {
            let of = |tx: &mut Tx, scope: &Scope| -> Result<[usize; 6], Error> {
                Ok([
                    cycle::extensions(tx, scope)?.len(),
                    cycle::waivers(tx, scope)?.len(),
                    entry::of_sheets(tx, scope, &code("b-1"), period(HALF))?.len(),
                    submission::submissions(tx, scope, &code("b-1"), period(HALF))?.len(),
                    explanation::explanations(tx, scope, &code("b-1"), period(HALF))?.len(),
                    plan_proposal::proposals(tx, scope)?.len(),
                ])
            };
            assert_eq!(of(tx, &scope)?, [1, 1, 2, 1, 1, 1]);
            assert_eq!(of(tx, &nobody)?, [0; 6]);
            assert_eq!(evidence::of_sheets(tx, &scope, &code("b-1"), period(HALF))?, [paper("xa-a")]);
            assert_eq!(evidence::file(tx, &scope, &code("m-xa-b"))?, None);
            assert!(evidence::of_cell(tx, &nobody, &code("KT01"), &code("xa-a"), period(HALF))?.is_empty());
            let ids = [code("c-3")];
            assert!(entry::by_ids(tx, &scope, &ids.iter().collect::<Vec<_>>())?.is_empty());
            assert!(report_issue::issues(tx, &nobody)?.is_empty());
            Ok(())
        }).unwrap();
    }

    fn what_was_kept_of_a_collection_is_only_added_to(test) {
        filled(test);
        for table in [
            "entry", "cycle_extension", "waiver", "submission_event", "submission_cell", "submission_pin",
            "explanation", "plan_proposal", "plan_answer", "report_issue", "report_use", "form_row",
            "stored_file", "evidence", "evidence_cell", "evidence_withdrawal",
        ] {
            for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = tenant")] {
                let said = test.try_tamper(&change).expect_err(&change);
                assert!(said.contains("append-only"), "{change}: {said}");
            }
        }
    }

    fn of_two_steps_from_one_place_the_second_is_a_clash(test) {
        let scope = filled(test);
        let mut tx = test.db().begin().unwrap();
        let sheet = Submission::new(code("b-1"), period(HALF), code("xa-a"));
        let again = event(Verb::SubmitSheet, State::Submitted, Vec::new());
        let clash = submission::append(&mut tx, &scope.tenant, &sheet, &again, &[]);
        assert!(matches!(clash, Err(Error::Clash("submission_event_pk"))), "{clash:?}");
    }

    fn a_cycle_is_closed_once(test) {
        let scope = filled(test);
        let mut tx = test.db().begin().unwrap();
        let closed = closing().unwrap();
        assert!(cycle::close(&mut tx, &scope.tenant, &code("b-1"), period(HALF), &closed).unwrap());
        assert!(!cycle::close(&mut tx, &scope.tenant, &code("b-1"), period(HALF), &closed).unwrap());
    }
}
