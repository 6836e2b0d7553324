//! A cluster's year around its scoring: minutes, the rule for flags, moves between clusters, through the verbs.

use thidua_app::Error;
use thidua_app::cluster::{NewFlagRule, NewMeeting, NewMove, move_member, record_meeting, scoring, set_flag_rule};
use thidua_app::seal::{Seal, stands};
use thidua_base::Date;
use thidua_base::code::{ClusterCode, HonourCode};
use thidua_domain::Refusal;
use thidua_domain::actor::Role;
use thidua_domain::cluster::flags::Barred;
use thidua_domain::cluster::meeting::{Attendance, MeetingKind};
use thidua_domain::cluster::scheme::FlagRule;
use thidua_domain::cluster::seat::Turn;
use thidua_domain::refusal::{MarkFault, MinutesFault};
use thidua_testkit::both_engines;

use crate::hall::{Hall, YEAR, assert_nothing, fault, n, open};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The cluster of the sample that is frozen.
fn frozen() -> ClusterCode {
    ClusterCode::parse("h-397-cum-4").unwrap()
}

fn minutes(hall: &Hall) -> NewMeeting {
    let members = hall.members();
    NewMeeting {
        cluster: open(),
        year: YEAR,
        number: None,
        kind: MeetingKind::Scoring,
        held_on: day("2020-07-03"),
        place: "Hội trường UBND xã".into(),
        chaired_by: members[0].clone(),
        chair: "Lê Thị Bình, Chủ tịch".into(),
        scribe: "Hà Văn Thư".into(),
        agenda: "Chấm điểm\n\nXét cờ".into(),
        conclusions: "Thống nhất bảng điểm".into(),
        decided: "Giữ nguyên điểm tiêu chí B.2".into(),
        attendance: members
            .iter()
            .take(2)
            .map(|unit| Attendance { unit: unit.clone(), came: true, person: "Đại diện".into() })
            .collect(),
    }
}

both_engines! {
    fn minutes_are_kept_by_who_leads_and_written_anew_beside_the_earlier_ones(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let app = &hall.app;
        let head = hall.person("Lê Thị Bình", Role::ClusterLead, &[hall.members()[0].as_str()]);
        let kept = record_meeting(app, &head, &minutes(&hall)).unwrap();
        assert_eq!((kept.number, kept.revision, kept.came()), (1, 1, 2));
        assert_eq!(kept.agenda, ["Chấm điểm", "Xét cờ"]);
        assert_eq!(kept.attendance.len(), hall.seen(&open()).members.len());
        let corrected = NewMeeting { number: Some(1), place: "Hội trường huyện".into(), ..minutes(&hall) };
        assert_eq!(record_meeting(app, &hall.appraiser(), &corrected).unwrap().revision, 2);
        let seen = hall.seen(&open());
        assert_eq!(seen.meetings.iter().map(|one| (one.number, one.place.as_str())).collect::<Vec<_>>(), [(1, "Hội trường huyện")]);

        let future = NewMeeting { held_on: day("2020-12-31"), ..minutes(&hall) };
        let refused = record_meeting(app, &head, &future);
        assert!(matches!(refused, Err(Error::Refused(Refusal::BadMinutes { why: MinutesFault::NotHeld }))), "{refused:?}");
        let reporter = hall.reporter(hall.members()[1].as_str());
        assert_nothing(record_meeting(app, &reporter, &minutes(&hall)));
        assert_nothing(record_meeting(app, &head, &NewMeeting { number: Some(9), ..minutes(&hall) }));
        // Who may not read the marks does not read what was said of them.
        let stranger = hall.person("Trần Văn Lạ", Role::Reporter, &["h-397-vp"]);
        assert!(scoring(app, &stranger, &open(), YEAR).unwrap().meetings.is_empty());
    }

    fn the_rule_for_flags_is_set_before_the_freeze_and_bars_may_follow(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let app = &hall.app;
        let rule = |cluster: ClusterCode, places: usize, barred: Vec<Barred>| NewFlagRule {
            cluster,
            year: YEAR,
            rules: vec![FlagRule { honour: HonourCode::parse("co-thi-dua").unwrap(), places, least: None }],
            least_points: Some(n("50")),
            barred,
        };
        let by = hall.appraiser();
        assert_eq!(set_flag_rule(app, &by, &rule(open(), 1, Vec::new())).unwrap().revision, 1);
        assert_eq!(set_flag_rule(app, &by, &rule(open(), 2, Vec::new())).unwrap().revision, 2);
        let seen = hall.seen(&open());
        let scored = seen.scored.unwrap();
        let proposed = seen.flag_rule.unwrap().proposed(&scored.scheme, &scored.ranking);
        assert_eq!(proposed[0].units.len() + proposed[0].tied.len() + proposed[0].open, 2);
        assert_nothing(set_flag_rule(app, &hall.reporter(hall.members()[0].as_str()), &rule(open(), 1, Vec::new())));

        hall.frozen_holds(&open());
        assert_eq!(fault(set_flag_rule(app, &by, &rule(open(), 1, Vec::new()))), MarkFault::Frozen);
        let first = scored.ranking.rows[0].unit.clone();
        let barred = vec![Barred { unit: first.clone(), reason: "Có cán bộ bị kỷ luật".into() }];
        set_flag_rule(app, &by, &rule(open(), 2, barred)).unwrap();
        let seen = hall.seen(&open());
        let scored = seen.scored.unwrap();
        let proposed = seen.flag_rule.unwrap().proposed(&scored.scheme, &scored.ranking);
        assert!(!proposed[0].units.contains(&first), "{proposed:?}");
    }

    fn a_unit_that_moves_is_scored_where_it_belongs_on_the_closing_day(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let app = &hall.app;
        let (by, members) = (hall.appraiser(), hall.members());
        let second = ClusterCode::parse("h-397-cum-2").unwrap();
        let unit = members.last().unwrap().clone();
        let new = NewMove {
            unit: unit.clone(),
            year: YEAR,
            from: Some(open()),
            to: Some(second.clone()),
            on: day("2020-06-01"),
            reason: "Quyết định 12/QĐ-UBND".into(),
        };
        let held = hall.scored(&second).round.members.len();
        assert_nothing(move_member(app, &hall.reporter(unit.as_str()), &new));
        move_member(app, &by, &new).unwrap();
        let left = hall.seen(&open());
        let seat = |seen: &thidua_app::cluster::Seen| {
            seen.members.iter().find(|(member, ..)| member.unit == unit).map(|(_, _, seat)| seat.clone()).unwrap()
        };
        assert_eq!(seat(&left).turns, [Turn::Left { on: day("2020-06-01"), to: Some(second.clone()) }]);
        assert!(!left.scored.unwrap().round.members.contains(&unit));
        let joined = hall.seen(&second);
        assert!(seat(&joined).is_scored());
        let scored = joined.scored.unwrap();
        assert_eq!((scored.round.members.len(), scored.sheet(&unit).is_some()), (held + 1, true));
        // Once is enough, and a frozen ranking takes nobody in.
        let again = move_member(app, &by, &new);
        assert!(matches!(again, Err(Error::Refused(Refusal::BadMinutes { why: MinutesFault::MemberAlready }))), "{again:?}");
        let late = NewMove { unit: members[0].clone(), to: Some(frozen()), ..new };
        assert_eq!(fault(move_member(app, &hall.operator, &late)), MarkFault::Frozen);
    }

    fn a_ranking_frozen_by_an_installation_with_a_key_is_signed(test) {
        let mut hall = Hall::sampled_in(test.db().clone());
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        hall.app.seal = Seal::read(seed);
        // The sample's own frozen ranking was made before there was a key.
        assert_eq!(hall.scored(&frozen()).frozen.as_ref().unwrap().signed, None);
        hall.frozen_holds(&open());
        let scored = hall.scored(&open());
        let kept = scored.frozen.as_ref().unwrap();
        let (signed, is_standing) = kept.signed.clone().unwrap();
        assert!(is_standing && stands(&signed, &kept.kept.bytes));
        assert_eq!(signed.public_key, hall.app.seal.as_ref().unwrap().public_key());
        let mut other = kept.kept.bytes.clone();
        other.push(b' ');
        assert!(!stands(&signed, &other));
    }
}
