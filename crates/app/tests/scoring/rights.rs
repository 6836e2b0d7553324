//! Who may do what in a scoring; for everyone else there is nothing.

use thidua_app::cluster::{
    claim, evidence_file, freeze, mark, object, prove, return_scores, revoke_evidence, scoring, send_scores,
};
use thidua_app::{Error, audit};
use thidua_domain::Refusal;
use thidua_domain::actor::Role;
use thidua_domain::cluster::evidence::Claim;
use thidua_domain::cluster::review::Verdict;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::refusal::{EvidenceFault, MarkFault};

use crate::hall::{Hall, YEAR, assert_nothing, fault, n, open};

#[test]
fn strangers_see_the_members_and_no_mark() {
    let hall = Hall::sampled();
    let reader = thidua_domain::Actor::reader("khách", hall.app.home.tenant.clone());
    let seen = scoring(&hall.app, &reader, &open(), YEAR).unwrap();
    assert_eq!((seen.members.len(), seen.opening.is_some(), seen.scored.is_none()), (9, true, true));
    // A commune of another cluster is a stranger too.
    let other = hall.reporter("x-15718");
    assert!(scoring(&hall.app, &other, &open(), YEAR).unwrap().scored.is_none());
    assert!(scoring(&hall.app, &hall.reporter("x-15664"), &open(), YEAR).unwrap().scored.is_some());
}

#[test]
fn nobody_acts_for_another_unit() {
    let hall = Hall::sampled();
    let members = hall.members();
    let (own, other) = (members[8].clone(), members[7].clone());
    let by = hall.reporter(own.as_str());
    let at = hall.cell(&open(), &other, "B.2");
    assert_nothing(claim(&hall.app, &by, &at, Claim::Amount(n("0")), Vec::new(), ""));
    assert_nothing(send_scores(&hall.app, &by, &open(), YEAR, &other));
    assert_nothing(object(&hall.app, &by, &at, Level::Appraisal, "Không đúng"));
    assert_nothing(freeze(&hall.app, &by, &open(), YEAR));
    // Those who appraise have the communes in reach and still do not claim for them.
    let own_cell = hall.cell(&open(), &own, "B.2");
    assert_nothing(claim(&hall.app, &hall.appraiser(), &own_cell, Claim::Amount(n("0")), Vec::new(), ""));
    // Nor does the unit appraise itself.
    let points = || Verdict::Points(n("1"));
    assert_nothing(mark(&hall.app, &by, &own_cell, Level::Appraisal, points(), n("10"), "x"));
    assert_nothing(mark(&hall.app, &by, &own_cell, Level::Peer, points(), n("10"), "x"));
}

#[test]
fn the_head_marks_the_others_and_never_itself() {
    let hall = Hall::sampled();
    let members = hall.members();
    let (head, other) = (members[0].clone(), members[8].clone());
    let by = hall.person("Trần Văn Đầu", Role::ClusterLead, &[head.as_str()]);
    let over = hall.line(&open(), &other, "B.2").own.unwrap();
    let at = hall.cell(&open(), &other, "B.2");
    mark(&hall.app, &by, &at, Level::Peer, Verdict::Points(n("5")), over, "Báo cáo quý I nộp chậm").unwrap();
    let line = hall.line(&open(), &other, "B.2");
    assert_eq!((line.mark(Level::Own), line.mark(Level::Peer)), (Some(over), Some(n("5"))));
    assert_eq!(line.marks[0].reason, "Báo cáo quý I nộp chậm");
    let stale = mark(&hall.app, &hall.appraiser(), &at, Level::Appraisal, Verdict::Agreed, over, "");
    assert_eq!(fault(stale), MarkFault::ChangedMeanwhile { now: n("5") });
    let own = hall.cell(&open(), &head, "B.2");
    let over = hall.line(&open(), &head, "B.2").own.unwrap();
    assert_eq!(fault(mark(&hall.app, &by, &own, Level::Peer, Verdict::Agreed, over, "")), MarkFault::NotYours);
    // A plain member marks nobody where one peer marks.
    let member = hall.person("Lê Văn Hai", Role::ClusterLead, &[members[2].as_str()]);
    assert_nothing(mark(&hall.app, &member, &at, Level::Peer, Verdict::Agreed, n("5"), ""));
}

#[test]
fn evidence_is_kept_byte_for_byte_and_revoked_once_for_all() {
    let hall = Hall::sampled();
    let own = hall.members()[8].clone();
    let by = hall.reporter(own.as_str());
    let empty = prove(&hall.app, &by, &open(), YEAR, &own, "a.pdf", b"");
    assert!(matches!(empty, Err(Error::Refused(Refusal::BadEvidence { why: EvidenceFault::Empty, .. }))), "{empty:?}");
    let id = prove(&hall.app, &by, &open(), YEAR, &own, "Bản ký giao ước.pdf", b"%PDF-1.7").unwrap();
    let at = |criterion| hall.cell(&open(), &own, criterion);
    claim(&hall.app, &by, &at("B.1"), Claim::Yes, vec![id.clone()], "").unwrap();
    claim(&hall.app, &by, &at("B.3"), Claim::Option("du".to_owned()), vec![id.clone()], "").unwrap();
    let (file, bytes) = evidence_file(&hall.app, &hall.appraiser(), &open(), YEAR, &id).unwrap();
    assert_eq!((file.name.as_str(), bytes.as_slice()), ("Bản ký giao ước.pdf", &b"%PDF-1.7"[..]));
    assert_nothing(evidence_file(&hall.app, &hall.reporter("x-15718"), &open(), YEAR, &id));
    assert_nothing(revoke_evidence(&hall.app, &by, &open(), YEAR, &id, "Nhầm"));
    let silent = revoke_evidence(&hall.app, &hall.appraiser(), &open(), YEAR, &id, " ");
    assert!(matches!(silent, Err(Error::Refused(Refusal::NoReason))));
    assert_eq!(revoke_evidence(&hall.app, &hall.appraiser(), &open(), YEAR, &id, "Bản không có chữ ký").unwrap(), 2);
    for criterion in ["B.1", "B.3"] {
        assert_eq!(hall.line(&open(), &own, criterion).points, n("0"), "{criterion}");
    }
    let again = claim(&hall.app, &by, &at("B.1"), Claim::Yes, vec![id.clone()], "");
    assert_eq!(fault(again), MarkFault::NoSuchEvidence { file: id.to_string() });
}

#[test]
fn a_sheet_is_sent_back_with_what_to_look_at_and_every_act_stands_in_the_journal() {
    let hall = Hall::sampled();
    let own = hall.members()[0].clone();
    let by = hall.reporter(own.as_str());
    assert_eq!(fault(send_scores(&hall.app, &by, &open(), YEAR, &own)), MarkFault::Sent);
    let named = || vec![crate::hall::code("B.2")];
    assert_nothing(return_scores(&hall.app, &by, &open(), YEAR, &own, named(), "Xem lại"));
    let silent = return_scores(&hall.app, &hall.appraiser(), &open(), YEAR, &own, named(), "");
    assert!(matches!(silent, Err(Error::Refused(Refusal::NoReason))));
    return_scores(&hall.app, &hall.appraiser(), &open(), YEAR, &own, named(), "Ghi lại số báo cáo chậm").unwrap();
    let scored = hall.scored(&open());
    assert_eq!(scored.journal.sent_back(&own), Some(("Ghi lại số báo cáo chậm", &named()[..])));
    claim(&hall.app, &by, &hall.cell(&open(), &own, "B.2"), Claim::Amount(n("2")), Vec::new(), "").unwrap();
    send_scores(&hall.app, &by, &open(), YEAR, &own).unwrap();
    let told: Vec<String> =
        audit::tail(&hall.app, &hall.operator, 3).unwrap().into_iter().map(|row| row.verb).collect();
    assert_eq!(told, ["send-scores", "claim-scores", "return-scores"]);
}
