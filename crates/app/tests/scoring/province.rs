//! A year of one cluster from pledge to flag in the province of two tiers, as one story: minutes of the pledge, sheets filled in
//! files, appraisal with reasons, an objection, a move in mid-year, the closing meeting, the rule for flags, the freeze, papers.

use rust_xlsxwriter::Workbook;
use thidua_app::cluster::{
    NewFlagRule, NewMeeting, NewMove, NewScoring, ScoreIntake, Seen, answer_objection, claim, confirm_scores, freeze,
    mark, minutes_paper, move_member, object, open_scoring, preview_scores, prove, ranking_paper, record_meeting,
    scoring, send_scores, set_flag_rule, sheet_paper,
};
use thidua_app::pack::{load, read, shipped as shipped_pack};
use thidua_app::seal::Seal;
use thidua_app::{App, Clock, Error};
use thidua_base::code::{ClusterCode, HonourCode, OrgId};
use thidua_base::{Date, Period, Timestamp};
use thidua_domain::actor::{AccountId, Post, Reach, Role};
use thidua_domain::cluster::evidence::Claim;
use thidua_domain::cluster::filled::Taken;
use thidua_domain::cluster::freeze::{Recomputed, recompute};
use thidua_domain::cluster::meeting::{Attendance, MeetingKind};
use thidua_domain::cluster::objection::Answer;
use thidua_domain::cluster::review::Verdict;
use thidua_domain::cluster::scheme::{FlagRule, Level, SHIPPED};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_law::Book;
use thidua_paper::text::write;
use thidua_testkit::both_engines;

use crate::hall::{code, n, unit};

const YEAR: i16 = 2026;

fn cluster() -> ClusterCode {
    ClusterCode::parse("t-38-cum-xa-1").unwrap()
}

fn person(app: &App, name: &str, role: Role, units: &[&str]) -> Actor {
    let reach = Reach::Only(units.iter().map(|id| unit(id)).collect());
    let account = AccountId::parse(&format!("tk-{}-{}", role.word(), units[0])).unwrap();
    Actor::person(name, app.home.tenant.clone(), account, vec![Post { role, reach }]).reading()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A table as a commune makes it itself: codes of criteria, answers, notes.
fn table(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["Mã tiêu chí", "Kết quả thực hiện", "Minh chứng"]) {
        sheet.write_string(0, column, head).unwrap();
    }
    for (at, (criterion, answer, files)) in (1..).zip(rows) {
        for (column, text) in (0..).zip([criterion, answer, files]) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn meeting(seen: &Seen, kind: MeetingKind, held_on: &str, conclusions: &str, decided: &str) -> NewMeeting {
    let head = seen.members[0].0.unit.clone();
    NewMeeting {
        cluster: cluster(),
        year: YEAR,
        number: None,
        kind,
        held_on: day(held_on),
        place: "Hội trường UBND xã Triệu Sơn".into(),
        chaired_by: head,
        chair: "Lê Thị Bình, Chủ tịch UBND xã".into(),
        scribe: "Hà Văn Thư, công chức".into(),
        agenda: "Nội dung theo giấy mời".into(),
        conclusions: conclusions.into(),
        decided: decided.into(),
        attendance: seen
            .members
            .iter()
            .map(|(member, name, _)| Attendance {
                unit: member.unit.clone(),
                came: true,
                person: format!("Đại diện {name}"),
            })
            .collect(),
    }
}

both_engines! {
    fn a_year_of_a_cluster_of_communes_from_pledge_to_flag_in_the_province_of_two_tiers(test) {
        let book = Book::shipped().unwrap();
        let pack = read(&shipped_pack("thanh-hoa-2026").unwrap(), book).unwrap_or_else(|why| panic!("{why}"));
        let now = Timestamp::parse("2026-07-05T02:00:00Z").unwrap();
        load(test.db(), book, &pack, "kiểm thử", now).unwrap();
        let mut app = App::open(test.db().clone(), Clock::Set(now)).unwrap();
        app.seal = Seal::read("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let province = person(&app, "Trần Văn Tỉnh", Role::Specialist, &["t-38"]);
        let secretary = person(&app, "Phạm Văn Thư", Role::CouncilSecretary, &["t-38"]);
        let seen = |by: &Actor| scoring(&app, by, &cluster(), YEAR).unwrap();

        // The cluster and its members are samples, and said so; in January they sign the pledge.
        let start = seen(&province);
        assert_eq!((start.cluster.provenance.origin, start.members.len()), (Origin::Sample, 9));
        let head = person(&app, "Lê Thị Bình", Role::ClusterLead, &[start.members[0].0.unit.as_str()]);
        let signed = record_meeting(&app, &head, &meeting(&start, MeetingKind::Pledge, "2026-01-15", "Chín xã ký giao ước thi đua năm 2026", "")).unwrap();
        assert_eq!((signed.number, signed.came()), (1, 9));

        // The province opens the scoring by a real scheme, and one commune leaves for no cluster in mid-year.
        let (file, scheme) = SHIPPED[0];
        open_scoring(&app, &province, &NewScoring {
            cluster: cluster(),
            year: YEAR,
            period: Period::Half { year: YEAR, half: 1 },
            closes_on: day("2026-07-20"),
            file: file.to_owned(),
            scheme: scheme.to_owned(),
            provenance: Provenance { origin: Origin::Reported, source: file.to_owned() },
        }).unwrap();
        let away = start.members[8].0.unit.clone();
        move_member(&app, &province, &NewMove {
            unit: away.clone(),
            year: YEAR,
            from: Some(cluster()),
            to: None,
            on: day("2026-05-01"),
            reason: "Quyết định 120/QĐ-UBND ngày 28/4/2026".into(),
        }).unwrap();

        // Two communes fill their sheets in files of their own; the better one has proof for everything.
        let units: Vec<OrgId> = start.members.iter().take(2).map(|(member, ..)| member.unit.clone()).collect();
        for (of, late) in [(&units[0], "Có phần chậm"), (&units[1], "Mọi kỳ họp")] {
            let by = person(&app, "Nguyễn Thị Xã", Role::Specialist, &[of.as_str()]);
            prove(&app, &by, &cluster(), YEAR, of, "Báo cáo HĐND xã.pdf", b"%PDF-1.7").unwrap();
            let filled = table(&[
                ("I", "", ""),
                ("I.1.a", "Đủ", "Báo cáo HĐND xã.pdf"),
                ("I.1.b", "Đầy đủ", "Báo cáo HĐND xã.pdf"),
                ("I.2.a", late, "Báo cáo HĐND xã.pdf"),
                ("I.3.b", "Có", "Báo cáo HĐND xã.pdf"),
                ("I.4.a", "Tất cả", "Báo cáo HĐND xã.pdf"),
                ("II.2.b", "Có", "Giấy không có.pdf"),
            ]);
            let into = ScoreIntake { cluster: cluster(), year: YEAR, unit: of.clone(), taken: Taken::Claims };
            let looked = preview_scores(&app, &by, &into, "Tự chấm.xlsx", &filled).unwrap();
            let sound: Vec<usize> = looked.lines.iter().filter(|line| line.act.is_some()).map(|line| line.row).collect();
            assert_eq!(sound, [3, 4, 5, 6], "{:?}", looked.lines);
            confirm_scores(&app, &by, &cluster(), YEAR, of, &looked.upload, &sound).unwrap();
            send_scores(&app, &by, &cluster(), YEAR, of).unwrap();
            // What lies with the province is not the commune's to change.
            let cell = thidua_app::cluster::CellKey { cluster: cluster(), year: YEAR, unit: of.clone(), criterion: code("I.3.b") };
            let refused = claim(&app, &by, &cell, Claim::No, Vec::new(), "");
            assert!(matches!(refused, Err(Error::Refused(Refusal::BadMark { .. }))), "{refused:?}");
        }

        // The province marks one down with a reason; the commune objects, and is answered.
        let cell = thidua_app::cluster::CellKey { cluster: cluster(), year: YEAR, unit: units[1].clone(), criterion: code("I.1.b") };
        let corrected = Verdict::Corrected(Claim::Option("b".into()));
        mark(&app, &province, &cell, Level::Appraisal, corrected, n("1.5"), "Thiếu biên bản một kỳ họp").unwrap();
        let by = person(&app, "Nguyễn Thị Xã", Role::Specialist, &[units[1].as_str()]);
        let raised = object(&app, &by, &cell, Level::Appraisal, "Biên bản gửi ngày 02/7").unwrap();
        let early = freeze(&app, &secretary, &cluster(), YEAR);
        assert!(matches!(early, Err(Error::Refused(Refusal::OpenObjections { count: 1 }))), "{early:?}");
        answer_objection(&app, &province, &cluster(), YEAR, raised.number, Answer::Declined, "Biên bản chưa ký").unwrap();

        // The cluster meets over the marks, the rule is set, the ranking is frozen and signed.
        record_meeting(&app, &head, &meeting(&seen(&province), MeetingKind::Scoring, "2026-07-04", "Thống nhất kết quả chấm điểm", "Giữ nguyên điểm tiêu chí I.1.b")).unwrap();
        set_flag_rule(&app, &province, &NewFlagRule {
            cluster: cluster(),
            year: YEAR,
            rules: vec![FlagRule { honour: HonourCode::parse("co-thi-dua").unwrap(), places: 1, least: None }],
            least_points: Some(n("1")),
            barred: Vec::new(),
        }).unwrap();
        let kept = freeze(&app, &secretary, &cluster(), YEAR).unwrap();
        assert_eq!(recompute(&kept.bytes).unwrap(), Recomputed::Same);

        // The flag falls to who has most by the rule; who moved away has no rank here.
        let end = seen(&by);
        let scored = end.scored.as_ref().unwrap();
        assert_eq!(scored.ranking.rows.len(), 8);
        assert!(scored.sheet(&away).is_none());
        assert!(scored.frozen.as_ref().unwrap().signed.as_ref().unwrap().1, "the signature stands");
        let proposed = end.flag_rule.as_ref().unwrap().proposed(&scored.scheme, &scored.ranking);
        let points = |of: &OrgId| scored.sheet(of).unwrap().total.points;
        let best = if points(&units[0]) > points(&units[1]) { &units[0] } else { &units[1] };
        assert_eq!((proposed[0].units.as_slice(), proposed[0].open), (std::slice::from_ref(best), 0));

        // All of it prints: minutes, ranking, sheet.
        let told = write(&minutes_paper(&app, &by, &cluster(), YEAR, 2).unwrap());
        assert!(told.contains("Giữ nguyên điểm tiêu chí I.1.b.") && told.contains("SỐ LIỆU MẪU"), "{told}");
        let told = write(&ranking_paper(&app, &by, &cluster(), YEAR).unwrap());
        assert!(told.contains(&kept.hash) && told.contains("chuyển cụm từ ngày 01/5/2026"), "{told}");
        let told = write(&sheet_paper(&app, &by, &cluster(), YEAR, &units[1]).unwrap());
        assert!(told.contains("Thẩm định: Thiếu biên bản một kỳ họp"), "{told}");
    }
}
