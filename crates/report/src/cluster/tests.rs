//! Papers of a cluster's year as their text.

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, CriterionCode, HonourCode, OrgId};
use thidua_base::{Date, Number, Timestamp};
use thidua_domain::cluster::evidence::{Claim, Claimed};
use thidua_domain::cluster::flags::{Barred, FlagRules};
use thidua_domain::cluster::meeting::{Attendance, Meeting, MeetingKind};
use thidua_domain::cluster::rank::rank;
use thidua_domain::cluster::review::{Reviewed, Verdict};
use thidua_domain::cluster::scheme::{FlagRule, Level, Scheme, read};
use thidua_domain::cluster::score::Round;
use thidua_domain::cluster::seat::{Seat, Turn};
use thidua_domain::cluster::{Cluster, ClusterMember, ClusterRole};
use thidua_domain::{Origin, Provenance};
use thidua_paper::text::write;

use super::{MinutesData, RankingData, SheetData, minutes, ranking, sheet};
use crate::official::{House, Signature};

const SCHEME: &str = r#"
code = "THU"
version = 1
name = "Bảng tiêu chí thử"
issuer = "Hội đồng thử"
status = "draft"
valid-from = 2020-01-01
marks = ["appraisal", "peer"]
ties = ["bonus"]

[scale]
content = 10

[[grade]]
code = "tot"
name = "Tốt"
from = 8

[[grade]]
code = "con-lai"
name = "Còn lại"
from = "none"

[[criterion]]
code = "A"
label = "Phong trào"
max = 10

[[criterion]]
code = "A.1"
under = "A"
label = "Ký giao ước"
max = 10
rule = { kind = "manual" }
"#;

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn at() -> Timestamp {
    Timestamp::parse("2020-07-05T05:00:00Z").unwrap()
}

fn day() -> Date {
    Date::parse("2020-07-03").unwrap()
}

fn house() -> House {
    House {
        superior: None,
        issuer: vec!["ỦY BAN NHÂN DÂN".into(), "XÃ DÂN LÝ".into()],
        place: "Dân Lý".into(),
        symbol: "UBND".into(),
        authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "CHỦ TỊCH".into()],
    }
}

fn signature() -> Signature {
    Signature { authority: house().authority, signer: None }
}

fn cluster() -> Cluster {
    let provenance = Provenance { origin: Origin::Sample, source: String::new() };
    let member =
        |(id, role): (&str, ClusterRole)| ClusterMember { unit: unit(id), role, provenance: provenance.clone() };
    Cluster {
        code: ClusterCode::parse("cum-1").unwrap(),
        year: 2020,
        name: "Cụm thi đua số 1".into(),
        number: Some(1),
        formed_by: unit("huyen"),
        members: [("a", ClusterRole::Lead), ("b", ClusterRole::Member), ("c", ClusterRole::Member)]
            .map(member)
            .to_vec(),
        provenance,
    }
}

fn names() -> BTreeMap<OrgId, String> {
    [("a", "Xã Dân Lý"), ("b", "Xã Dân Lực"), ("c", "Xã Tiến Nông"), ("huyen", "UBND huyện")]
        .map(|(id, name)| (unit(id), name.to_owned()))
        .into()
}

fn round() -> (Scheme, Round) {
    let scheme = read("thu.toml", SCHEME).unwrap();
    let mut round = Round { members: vec![unit("a"), unit("b")], ..Round::default() };
    let code = CriterionCode::parse("A.1").unwrap();
    for id in ["a", "b"] {
        let claim = Claim::Points(Number::whole(9));
        let claimed = Claimed { claim, files: Vec::new(), note: String::new(), by: "Bình".into(), at: at() };
        round.evidence.add(&unit(id), &code, claimed);
    }
    let reviewed = Reviewed {
        level: Level::Appraisal,
        verdict: Verdict::Points(Number::new(75, 1).unwrap()),
        over: Number::whole(9),
        reason: "Thiếu chữ ký".into(),
        by: "An".into(),
        by_unit: None,
        at: at(),
    };
    round.reviews.add(&unit("b"), &code, reviewed);
    (scheme, round)
}

#[test]
fn minutes_say_who_came_what_was_concluded_and_what_was_decided() {
    let meeting = Meeting {
        cluster: cluster().code,
        year: 2020,
        number: 1,
        revision: 1,
        kind: MeetingKind::Scoring,
        held_on: day(),
        place: "Hội trường xã Dân Lý".into(),
        chaired_by: unit("a"),
        chair: "Lê Thị Bình, Chủ tịch UBND xã".into(),
        scribe: "Hà Văn Thư, công chức".into(),
        agenda: vec!["Chấm điểm".into()],
        conclusions: vec!["Thống nhất bảng điểm.".into()],
        decided: vec!["Đề nghị tặng cờ cho xã Dân Lý".into()],
        attendance: vec![
            Attendance { unit: unit("a"), came: true, person: "Lê Thị Bình".into() },
            Attendance { unit: unit("b"), came: false, person: String::new() },
        ],
        by: "Thư".into(),
        at: at(),
    };
    let (cluster, names) = (cluster(), names());
    let data = MinutesData { cluster: &cluster, meeting: &meeting, names: &names, house: house(), is_sample: false };
    let told = write(&minutes(data).document());
    for line in [
        "BIÊN BẢN\nHọp chấm điểm, xét đề nghị tặng cờ thi đua Cụm thi đua số 1 năm 2020",
        "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",
        "- Chủ trì: Lê Thị Bình, Chủ tịch UBND xã, Xã Dân Lý.",
        "- Dự họp: 1/2 thành viên.",
        "- Thống nhất bảng điểm.\n",
        "IV. QUYẾT NGHỊ VỀ ĐIỂM VÀ CỜ THI ĐUA",
        "- Đề nghị tặng cờ cho xã Dân Lý.\n",
        "THƯ KÝ\nHà Văn Thư\n",
        "CHỦ TRÌ\nLê Thị Bình\n",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    assert!(!told.contains("SỐ LIỆU MẪU"));
}

#[test]
fn a_ranking_names_who_has_no_rank_who_is_proposed_and_its_hash() {
    let ((scheme, round), cluster, names) = (round(), cluster(), names());
    let sheets = round.score(&scheme).unwrap();
    let ranked = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let left = Turn::Left { on: day(), to: None };
    let seat = |id: &str, turns: Vec<Turn>| Seat { unit: unit(id), role: ClusterRole::Member, turns };
    let seats = [seat("a", Vec::new()), seat("b", Vec::new()), seat("c", vec![left])];
    let rules = FlagRules {
        revision: 1,
        rules: vec![FlagRule { honour: HonourCode::parse("co-thi-dua").unwrap(), places: 1, least: None }],
        least_points: None,
        barred: vec![Barred { unit: unit("a"), reason: "Có cán bộ bị kỷ luật".into() }],
        by: "Hòa".into(),
        at: at(),
    };
    let paper = |frozen: Option<&str>| {
        let data = RankingData {
            cluster: &cluster,
            scheme: &scheme,
            ranking: &ranked,
            seats: &seats,
            flags: Some(&rules),
            frozen,
            names: &names,
            dated: day(),
            house: house(),
            signature: signature(),
            is_sample: true,
        };
        write(&ranking(data).document())
    };
    let told = paper(Some("00ff"));
    for line in [
        "THÔNG BÁO\nKết quả chấm điểm, xếp hạng Cụm thi đua số 1 năm 2020",
        "SỐ LIỆU MẪU",
        "- Xã Tiến Nông: chuyển cụm từ ngày 03/7/2020, chấm cả năm ở nơi đến.",
        "- Xã Dân Lực.\n",
        "- Xã Dân Lý không được đề nghị: Có cán bộ bị kỷ luật.",
        "mã băm SHA-256 của bản chốt:\n00ff./.",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    assert!(!told.contains("DỰ THẢO"));
    assert!(paper(None).contains("DỰ THẢO"));
}

#[test]
fn a_score_sheet_has_every_criterion_and_why_a_mark_was_changed() {
    let ((scheme, round), cluster, names) = (round(), cluster(), names());
    let sheets = round.score(&scheme).unwrap();
    let ranked = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let from = ClusterCode::parse("cum-2").unwrap();
    let clusters = BTreeMap::from([(from.clone(), "Cụm thi đua số 2".to_owned())]);
    let turns = vec![Turn::Joined { on: day(), from: Some(from) }];
    let seat = Seat { unit: unit("b"), role: ClusterRole::Member, turns };
    let data = SheetData {
        cluster: &cluster,
        scheme: &scheme,
        sheet: &sheets[1],
        row: ranked.rows.iter().find(|row| row.unit == unit("b")),
        names: &names,
        seat: Some(&seat),
        clusters: &clusters,
        is_frozen: true,
        dated: day(),
        house: house(),
        signature: signature(),
        is_sample: false,
    };
    let told = write(&sheet(data).document());
    for line in [
        "- Tổng điểm: 7,5.",
        "- Xếp hạng trong cụm: 2.",
        "Thẩm định: Thiếu chữ ký",
        "Ký giao ước",
        "đơn vị chuyển đến từ Cụm thi đua số 2: chấm cho cả năm tại cụm này.",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
}
