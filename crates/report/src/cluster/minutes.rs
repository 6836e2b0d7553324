//! Minutes of a cluster's meeting (biên bản họp cụm).

use std::collections::BTreeMap;

use thidua_base::code::OrgId;
use thidua_domain::cluster::Cluster;
use thidua_domain::cluster::meeting::{Meeting, MeetingKind};
use thidua_paper::tree::{Align, Block};

use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, section, table, text};

/// What minutes are made from.
#[derive(Debug)]
pub struct MinutesData<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Names of the members, and of the unit that formed the cluster.
    pub names: &'a BTreeMap<OrgId, String>,
    /// The body of the member that chaired it.
    pub house: House,
    /// Whether something it prints is made up.
    pub is_sample: bool,
}

/// The matter of a meeting of a kind, as the abstract of its minutes says it.
fn matter(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Pledge => "Hội nghị ký giao ước thi đua",
        MeetingKind::Interim => "Hội nghị sơ kết",
        MeetingKind::Scoring => "Họp chấm điểm, xét đề nghị tặng cờ thi đua",
        MeetingKind::Closing => "Hội nghị tổng kết",
        MeetingKind::Other => "Cuộc họp",
    }
}

/// The minutes as a paper.
pub fn minutes(data: MinutesData<'_>) -> Paper {
    let MinutesData { cluster, meeting, names, house, is_sample } = data;
    let name = |unit: &OrgId| names.get(unit).cloned().unwrap_or_else(|| unit.to_string());
    let chaired_by = name(&meeting.chaired_by);
    let chair = if meeting.chair.is_empty() { chaired_by } else { format!("{}, {chaired_by}", meeting.chair) };
    let mut place = vec![
        dash(text(format!("Thời gian: ngày {}.", meeting.held_on.in_text()))),
        dash(text(format!("Địa điểm: {}.", meeting.place))),
        dash(text(format!("Chủ trì: {chair}."))),
    ];
    if !meeting.scribe.is_empty() {
        place.push(dash(text(format!("Thư ký: {}.", meeting.scribe))));
    }
    place.push(dash(text(format!("Dự họp: {}/{} thành viên.", meeting.came(), meeting.attendance.len()))));
    let row = |(at, one): (usize, &thidua_domain::cluster::meeting::Attendance)| {
        let note = if one.came { "" } else { "Vắng" };
        vec![text((at + 1).to_string()), text(name(&one.unit)), text(one.person.clone()), text(note)]
    };
    place.push(table(
        &[
            ("TT", 1, Align::Centre),
            ("Đơn vị", 6, Align::Left),
            ("Đại diện", 7, Align::Left),
            ("Ghi chú", 2, Align::Left),
        ],
        meeting.attendance.iter().enumerate().map(row).collect(),
        Vec::new(),
    ));
    let dashes = |lines: &[String]| lines.iter().map(|line| dash(text(ended(line)))).collect::<Vec<Block>>();
    let mut body = vec![section("thanh-phan", "Thời gian, địa điểm, thành phần", place)];
    for (id, title, lines) in [
        ("noi-dung", "Nội dung", &meeting.agenda),
        ("ket-luan", "Kết luận", &meeting.conclusions),
        ("quyet-nghi", "Quyết nghị về điểm và cờ thi đua", &meeting.decided),
    ] {
        if !lines.is_empty() {
            body.push(section(id, title, dashes(lines)));
        }
    }
    body.push(paragraph(text("Biên bản được các thành viên dự họp thống nhất thông qua./.")));
    let person = |told: &str| told.split(',').next().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    Paper {
        kind: Kind::Minutes,
        house,
        number: None,
        issued_on: Some(meeting.held_on),
        dated: meeting.held_on,
        about: text(format!("{} {} năm {}", matter(meeting.kind), cluster.name, cluster.year)),
        addressees: Vec::new(),
        body,
        recipients: vec![name(&cluster.formed_by), "Các thành viên của cụm".to_owned(), "Lưu: VT".to_owned()],
        signature: Signature { authority: vec!["CHỦ TRÌ".to_owned()], signer: person(&meeting.chair) },
        beside: Some(Signature { authority: vec!["THƯ KÝ".to_owned()], signer: person(&meeting.scribe) }),
        annexes: Vec::new(),
        stamps: if is_sample { vec![Stamp::Sample] } else { Vec::new() },
    }
}

/// A point as a sentence with its end.
fn ended(line: &str) -> String {
    let line = line.trim();
    if line.ends_with(['.', ';', ':', '!', '?']) { line.to_owned() } else { format!("{line}.") }
}
