//! Minutes of meetings, and the rule of a year for its flags.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;

use super::{NOON, at, day, equal_round, made_up, n, points, unit};
use crate::cluster::flags::{Barred, FlagRules};
use crate::cluster::meeting::{Attendance, Meeting, MeetingKind};
use crate::cluster::rank::rank;
use crate::cluster::scheme::{FlagRule, Level};
use crate::cluster::{Cluster, ClusterMember, ClusterRole};
use crate::origin::{Origin, Provenance};
use crate::refusal::{MinutesFault, Refusal};

fn cluster() -> Cluster {
    let provenance = Provenance { origin: Origin::Sample, source: String::new() };
    let roles = [("A", ClusterRole::Lead), ("B", ClusterRole::Deputy), ("C", ClusterRole::Member)];
    let member =
        |(id, role): (&str, ClusterRole)| ClusterMember { unit: unit(id), role, provenance: provenance.clone() };
    Cluster {
        code: thidua_base::code::ClusterCode::parse("cum-1").unwrap(),
        year: 2026,
        name: "Cụm thi đua số 1".into(),
        number: Some(1),
        formed_by: unit("tinh"),
        members: roles.map(member).to_vec(),
        provenance,
    }
}

fn minutes() -> Meeting {
    Meeting {
        cluster: cluster().code,
        year: 2026,
        number: 1,
        revision: 1,
        kind: MeetingKind::Scoring,
        held_on: day("2026-12-01"),
        place: "Hội trường xã A".into(),
        chaired_by: unit("A"),
        chair: "Lê Thị Bình, Chủ tịch".into(),
        scribe: "Hà Văn Thư".into(),
        agenda: vec!["Chấm điểm".into()],
        conclusions: vec!["Thống nhất bảng điểm".into()],
        decided: Vec::new(),
        attendance: vec![Attendance { unit: unit("A"), came: true, person: "Lê Thị Bình".into() }],
        by: "Hà Văn Thư".into(),
        at: at(NOON),
    }
}

#[test]
fn minutes_name_every_member_and_who_came() {
    let taken = minutes().taken(&cluster(), day("2026-12-02")).unwrap();
    assert_eq!((taken.attendance.len(), taken.came()), (3, 1));
    let deputy = Meeting { chaired_by: unit("B"), ..minutes() };
    assert!(deputy.taken(&cluster(), day("2026-12-02")).is_ok());
}

#[test]
fn minutes_of_what_was_not_held_or_concluded_nothing_are_refused() {
    let fault = |meeting: Meeting| match meeting.taken(&cluster(), day("2026-12-02")) {
        Err(Refusal::BadMinutes { why }) => Some(why),
        _ => None,
    };
    assert_eq!(fault(Meeting { held_on: day("2026-12-03"), ..minutes() }), Some(MinutesFault::NotHeld));
    assert_eq!(fault(Meeting { held_on: day("2025-12-01"), ..minutes() }), Some(MinutesFault::OtherYear));
    assert_eq!(fault(Meeting { place: " ".into(), ..minutes() }), Some(MinutesFault::NoPlace));
    assert_eq!(fault(Meeting { conclusions: vec![" ".into()], ..minutes() }), Some(MinutesFault::NoConclusion));
    assert_eq!(fault(Meeting { chaired_by: unit("C"), ..minutes() }), Some(MinutesFault::OtherChair));
    assert_eq!(fault(Meeting { attendance: Vec::new(), ..minutes() }), Some(MinutesFault::NobodyCame));
    let stranger = Attendance { unit: unit("D"), came: true, person: String::new() };
    assert_eq!(fault(Meeting { attendance: vec![stranger], ..minutes() }), Some(MinutesFault::NotMember));
}

fn rules(places: usize, least_points: Option<&str>, barred: &[&str]) -> FlagRules {
    let bar = |id: &&str| Barred { unit: unit(id), reason: "Có cán bộ bị kỷ luật".into() };
    FlagRules {
        revision: 1,
        rules: vec![FlagRule { honour: HonourCode::parse("co-thi-dua").unwrap(), places, least: None }],
        least_points: least_points.map(n),
        barred: barred.iter().map(bar).collect(),
        by: "Hòa".into(),
        at: at(NOON),
    }
}

#[test]
fn flags_pass_over_who_is_barred_and_who_has_too_few_points() {
    let (scheme, mut round) = (made_up(), equal_round(&["A", "B", "C"]));
    round.reviews.add(&unit("B"), &super::code("B.3"), points(Level::Appraisal, "5", "10", "Thiếu"));
    round.reviews.add(&unit("C"), &super::code("B.3"), points(Level::Appraisal, "0", "10", "Không có"));
    let sheets = round.score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let units = |rules: &FlagRules| rules.proposed(&scheme, &ranking).remove(0).units;
    assert_eq!(units(&rules(2, None, &[])), [unit("A"), unit("B")]);
    assert_eq!(units(&rules(2, None, &["A"])), [unit("B"), unit("C")]);
    let second = ranking.rows[1].points;
    let least = FlagRules { least_points: Some(second), ..rules(3, None, &[]) };
    assert_eq!(units(&least), [unit("A"), unit("B")]);
    assert_eq!(least.proposed(&scheme, &ranking)[0].open, 1);
}

#[test]
fn a_rule_without_places_or_a_bar_without_a_reason_is_refused() {
    let (scheme, cluster) = (made_up(), cluster());
    let taken = |rules: FlagRules| rules.taken(&cluster, Some(&scheme)).map(drop);
    assert_eq!(taken(rules(1, None, &["A"])), Ok(()));
    assert!(matches!(taken(rules(0, None, &[])), Err(Refusal::NotANumber { .. })));
    assert!(matches!(taken(rules(1, None, &["Z"])), Err(Refusal::UnknownUnit { .. })));
    let mut silent = rules(1, None, &["A"]);
    silent.barred[0].reason = " ".into();
    assert_eq!(taken(silent), Err(Refusal::NoReason));
    let mut unknown = rules(1, None, &[]);
    unknown.rules[0].least = Some("khong-co".into());
    assert!(matches!(taken(unknown), Err(Refusal::IncompleteScheme { .. })));
}
