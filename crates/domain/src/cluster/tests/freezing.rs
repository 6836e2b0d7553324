//! Frozen rounds: the same bytes from the same inputs, whatever order they came in, and any change is found.

use std::collections::BTreeMap;

use super::trials::freeze;
use super::{at, claims, code, equal_round, excusal, figure, n, points, reviewed, unit};
use crate::cluster::evidence::{Claim, Revoked};
use crate::cluster::freeze::{Freeze, FreezeFault, Recomputed, hash, recompute};
use crate::cluster::measure::{Changed, Measurement};
use crate::cluster::review::{Excused, Stated, Verdict};
use crate::cluster::scheme::Level;
use crate::cluster::score::Round;
use crate::indicator::{Absence, Value};

/// A round with something of everything.
fn rich() -> Round {
    let mut round = equal_round(&["A", "B", "C"]);
    let before = Value::Absent(Absence::Withheld);
    let changed = Some(Changed { from: n("90.5"), at: at("2026-12-02T00:00:00Z") });
    round.figures.set(&unit("B"), &code("A.1"), Measurement { before, changed, ..figure("130.50", "100") });
    round.figures.set(&unit("C"), &code("A.1"), Measurement::of(Value::Absent(Absence::NoneOccurred)));
    let file = thidua_base::code::EvidenceId::parse("f-C").unwrap();
    round.evidence.files.get_mut(&file).unwrap().revoked =
        Some(Revoked { reason: "Hai\tdòng\nvà \\".to_owned(), by: "Tổ".to_owned(), at: at(super::NOON) });
    claims(&mut round, "A", "T.1", Claim::Amount(n("2")));
    round.reviews.add(&unit("A"), &code("B.3"), points(Level::Peer, "9", "10", "Thiếu"));
    round.reviews.add(&unit("A"), &code("B.3"), reviewed(Level::Appraisal, Verdict::Agreed, "9", ""));
    let corrected = Verdict::Corrected(Claim::Option("thieu".to_owned()));
    round.reviews.add(&unit("B"), &code("B.3"), reviewed(Level::Council, corrected, "10", "Thiếu một cuộc"));
    round.reviews.excuse(&unit("C"), &code("A.2"), excusal(Excused::NotArisen));
    let stated = Stated { sanction: "x".to_owned(), reason: "y".to_owned(), by: "z".to_owned(), at: at(super::NOON) };
    round.reviews.stated.insert(unit("C"), vec![stated]);
    round
}

#[test]
fn a_frozen_round_computes_to_the_same_bytes_and_the_same_hash() {
    let last = BTreeMap::from([(unit("A"), 2)]);
    let frozen = Freeze { last, ..freeze(&rich()) };
    let bytes = frozen.bytes().unwrap();
    assert_eq!(frozen.bytes().unwrap(), bytes);
    assert_eq!(recompute(&bytes).unwrap(), Recomputed::Same);
    assert_eq!(hash(&bytes), hash(&frozen.bytes().unwrap()));
    assert_eq!(hash(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let mut thawed = Freeze::thawed(&bytes).unwrap();
    assert_eq!(thawed.last, frozen.last);
    thawed.round.members.sort();
    assert_eq!(thawed.round.evidence, frozen.round.evidence);
    assert_eq!(thawed.round.reviews, frozen.round.reviews);
}

#[test]
fn the_order_of_members_and_figures_of_others_do_not_touch_the_bytes() {
    let bytes = freeze(&rich()).bytes().unwrap();
    let mut other = rich();
    other.members.reverse();
    other.figures.set(&unit("ngoai-cum"), &code("A.1"), figure("999", "1"));
    claims(&mut other, "ngoai-cum", "B.1", Claim::Yes);
    assert_eq!(freeze(&other).bytes().unwrap(), bytes);
}

#[test]
fn any_changed_input_or_result_is_found_at_its_line() {
    let bytes = freeze(&rich()).bytes().unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        recompute(text.replacen(from, to, 1).as_bytes())
    };
    // An input that changes no mark is found by the hash, one that does by computing again.
    let forged = text.replacen("figure\tB\tA.1\t130.5", "figure\tB\tA.1\t131.5", 1);
    assert_ne!(hash(forged.as_bytes()), hash(&bytes));
    let found = with("figure\tB\tA.1\t130.5", "figure\tB\tA.1\t99").unwrap();
    let Recomputed::Differs { line, frozen, .. } = found else { panic!("it differs") };
    assert!(line > 1 && frozen.starts_with("line\tB\tA"), "{line}: {frozen}");
    let found = with("rank\t1\t1\tA", "rank\t1\t1\tC").unwrap();
    assert!(matches!(found, Recomputed::Differs { frozen, .. } if frozen.starts_with("rank\t1")));
    assert!(matches!(with("figure\tB\tA.1\t130.5", "figure\tB\tA.1\tx"), Err(FreezeFault::NotFrozen(_))));
    assert_eq!(with("thidua-cham-diem\t1", "thidua-cham-diem\t9"), Err(FreezeFault::LaterVersion("9".to_owned())));
    assert_eq!(recompute(b"nothing"), Err(FreezeFault::NotFrozen(1)));
    assert_eq!(recompute(&[0xff]), Err(FreezeFault::NotFrozen(1)));
}

#[test]
fn an_incomplete_or_broken_scheme_freezes_nothing() {
    let incomplete = freeze(&rich()).scheme.replace("status = \"draft\"", "status = \"draft\"\nmissing = [\"Bảng\"]");
    assert_eq!(Freeze { scheme: incomplete, ..freeze(&rich()) }.bytes(), Err(FreezeFault::Incomplete));
    let broken = Freeze { scheme: "code = 1".to_owned(), ..freeze(&rich()) }.bytes();
    assert!(matches!(broken, Err(FreezeFault::Scheme(faults)) if !faults.is_empty()));
}
