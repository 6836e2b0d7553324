//! Minutes of a council's session (biên bản họp Hội đồng), written from its acts.

use std::collections::BTreeMap;

use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::council::session::Closing;
use thidua_domain::council::{
    Ballot, Choice, Council, Count, Denominator, Need, Outcome, Question, RuleSource, Seat, SeatNumber, SeatRole,
    Sitting, Stage,
};
use thidua_law::vocabulary::{VoteBase, Word};
use thidua_paper::tree::{Align, Block, Inline, NumberStyle};

use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, part, section, table, text};

/// What minutes are written from.
#[derive(Debug, Clone)]
pub struct Minutes<'a> {
    /// The council.
    pub council: &'a Council,
    /// The session with all that was done in it.
    pub sitting: &'a Sitting,
    /// Who issues them: the council, under the unit it advises.
    pub house: House,
    /// Names of the units that nominated, on the session's day.
    pub units: BTreeMap<OrgId, String>,
    /// Names of the honours, on the session's day.
    pub honours: BTreeMap<HonourCode, String>,
    /// Citations in words.
    pub cites: BTreeMap<String, String>,
    /// Whether something in it is made up.
    pub is_sample: bool,
}

impl Minutes<'_> {
    /// The paper.
    pub fn paper(&self) -> Paper {
        let session = &self.sitting.session;
        let is_over = self.sitting.stage() == Stage::Closed;
        let mut stamps = Vec::new();
        if !is_over {
            stamps.push(Stamp::Draft);
        }
        if self.is_sample {
            stamps.push(Stamp::Sample);
        }
        Paper {
            kind: Kind::Minutes,
            house: self.house.clone(),
            number: None,
            issued_on: is_over.then_some(session.held_on),
            dated: session.held_on,
            about: text(format!("Họp {}", self.council.name)),
            addressees: Vec::new(),
            body: vec![self.opening(), self.work(), self.conclusion()],
            recipients: vec!["Thành viên Hội đồng".into(), "Lưu: VT, HĐTĐKT".into()],
            signature: self.signature(SeatRole::Chair, "Chủ trì phiên họp"),
            beside: Some(self.signature(SeatRole::Secretary, "Thư ký")),
            annexes: Vec::new(),
            stamps,
        }
    }

    fn signature(&self, role: SeatRole, office: &str) -> Signature {
        let of = self.sitting.members.iter().filter(|seat| seat.role == role);
        let came = of.into_iter().find(|seat| self.sitting.came.contains(&seat.number));
        // Without the chair someone presides whom the program does not know; a gap is left.
        Signature { authority: vec![office.to_owned()], signer: came.map(|seat| seat.name.clone()) }
    }

    fn opening(&self) -> Block {
        let sitting = self.sitting;
        let mut body = Vec::new();
        let opened = sitting.opened.as_ref().map_or_else(String::new, |signed| moment(&signed.at.in_table()));
        body.push(dash(text(format!("Thời gian: {opened}{}.", if opened.is_empty() { "chưa khai mạc" } else { "" }))));
        if !sitting.session.place.is_empty() {
            body.push(dash(text(format!("Địa điểm: {}.", sitting.session.place))));
        }
        let voting = sitting.members.iter().filter(|seat| seat.votes).count();
        let came = sitting.members.iter().filter(|seat| seat.votes && sitting.came.contains(&seat.number)).count();
        let mut warrants: Vec<String> = Vec::new();
        for seat in &sitting.members {
            let warrant = format!("Quyết định số {} ngày {}", seat.warrant.number, seat.warrant.on.in_text());
            if !warrants.contains(&warrant) {
                warrants.push(warrant);
            }
        }
        body.push(dash(text(format!(
            "Thành phần: Hội đồng có {} thành viên ({}), {voting} thành viên có quyền biểu quyết; có mặt {came}/{voting}.",
            sitting.members.len(),
            warrants.join("; ")
        ))));
        let rows = sitting.members.iter().enumerate().map(|(at, seat)| {
            let here = if sitting.came.contains(&seat.number) { "Có mặt" } else { "Vắng mặt" };
            vec![
                text((at + 1).to_string()),
                text(seat.name.clone()),
                text(seat.position.clone()),
                text(role_name(seat.role)),
                text(here),
            ]
        });
        let columns = [
            ("TT", 6, Align::Centre),
            ("Họ và tên", 24, Align::Left),
            ("Chức vụ", 28, Align::Left),
            ("Chức danh trong Hội đồng", 24, Align::Left),
            ("Dự họp", 12, Align::Centre),
        ];
        body.push(table(&columns, rows.collect(), Vec::new()));
        section("thanh-phan", "Thời gian, địa điểm, thành phần", body)
    }

    fn work(&self) -> Block {
        let parts = self.sitting.matters.iter().map(|matter| {
            let mut body = Vec::new();
            let unit = self.units.get(&matter.nominated_by).cloned().unwrap_or_default();
            let honour = self.honours.get(&matter.honour).cloned().unwrap_or_default();
            body.push(dash(text(format!("Danh hiệu, hình thức đề nghị: {honour}; đơn vị trình: {unit}."))));
            if !matter.summary.is_empty() {
                body.push(dash(text(format!("Tóm tắt: {}", ended(&matter.summary)))));
            }
            let out: Vec<String> = self
                .sitting
                .members
                .iter()
                .filter(|seat| self.sitting.ground(seat, matter).is_some())
                .map(|seat| seat.name.clone())
                .collect();
            if !out.is_empty() {
                let said = "Không tham gia xem xét, biểu quyết vì có xung đột lợi ích (đã khai trước khi xem nội dung)";
                body.push(dash(text(format!("{said}: {}.", out.join(", ")))));
            }
            let opinions = self.sitting.opinions.iter().filter(|((_, about), _)| *about == matter.number);
            for ((seat, _), opinion) in opinions {
                let vote =
                    opinion.choice.map(|choice| format!("; biểu quyết: {}", choice_name(choice))).unwrap_or_default();
                let said = if opinion.text.is_empty() { String::new() } else { format!(": {}", bare(&opinion.text)) };
                let (name, on) = (self.name(*seat), opinion.received_on.in_text());
                body.push(dash(text(format!("Ý kiến bằng văn bản của {name} (nhận ngày {on}){said}{vote}."))));
            }
            let mut voted = false;
            for question in self.sitting.rounds(matter.number) {
                voted = true;
                self.question(question, &mut body);
            }
            if !voted {
                body.push(dash(text("Chưa biểu quyết.")));
            }
            part(&format!("viec-{}", matter.number), NumberStyle::Arabic, &matter.title, body)
        });
        section("noi-dung", "Nội dung xem xét, biểu quyết", parts.collect())
    }

    fn question(&self, question: &Question, body: &mut Vec<Block>) {
        let method = ballot_name(question.ballot);
        let again = if question.round > 1 {
            format!("Biểu quyết lại (lần {}; lý do: {})", question.round, bare(&question.reason))
        } else {
            "Biểu quyết".to_owned()
        };
        body.push(paragraph(text(format!("{again}, hình thức {method}. Nội dung: “{}”.", bare(&question.text)))));
        match self.sitting.closings.get(&question.number) {
            None => body.push(dash(text("Chưa kiểm phiếu."))),
            Some(Closing::Voided(reason, _)) => {
                body.push(dash(text(format!(
                    "Lần biểu quyết này bị hủy, phiếu không được kiểm; lý do: {}.",
                    bare(reason)
                ))));
            }
            Some(Closing::Counted(count, _)) => self.count(question, count, body),
        }
    }

    fn count(&self, question: &Question, count: &Count, body: &mut Vec<Block>) {
        let written = |choice| count.written.iter().filter(|(_, chosen)| *chosen == choice).count();
        let counted = question.rule.written_counts;
        let row = |name: &str, room: u32, letters: Option<usize>| {
            let letters = letters.map_or_else(|| "–".to_owned(), |letters| letters.to_string());
            vec![text(name), text(room.to_string()), text(letters)]
        };
        let heap = count.ballots;
        let rows = vec![
            row("Đồng ý", heap.agree, Some(written(Choice::Agree))),
            row("Không đồng ý", heap.disagree, Some(written(Choice::Disagree))),
            row("Phiếu trắng", heap.blank, Some(written(Choice::Blank))),
        ];
        let all = count.written.len();
        let totals = vec![row("Cộng", heap.all(), Some(all))];
        let letters = if counted { "Bằng văn bản" } else { "Bằng văn bản (không tính)" };
        let columns = [("Ý kiến", 40, Align::Left), ("Tại phiên họp", 30, Align::Right), (letters, 30, Align::Right)];
        body.push(dash(text(format!(
            "Được biểu quyết: {}; có mặt: {}; số phiếu phát ra, thu vào: {}.",
            count.entitled.len(),
            count.present.len(),
            count.voted.len()
        ))));
        body.push(table(&columns, rows, totals));
        let rule = &question.rule;
        let cited = |source: &RuleSource| self.cited(source);
        body.push(dash(text(format!(
            "Tỷ lệ: {}/{} đồng ý; cần ít nhất {} ({}; {}).",
            count.agreed,
            count.denominator,
            count.needed,
            need_words(rule.threshold),
            cited(&rule.threshold_from)
        ))));
        if !count.conflicted.is_empty() {
            let kept = match rule.conflict {
                Denominator::Keeps => "vẫn tính trong tổng số thành viên",
                Denominator::Leaves => "không tính trong tổng số thành viên",
            };
            body.push(dash(text(format!(
                "{} thành viên có xung đột lợi ích {kept} ({}).",
                count.conflicted.len(),
                cited(&rule.conflict_from)
            ))));
        }
        if question.ballot == Ballot::Open {
            let votes = self.sitting.votes.iter().filter(|((of, _), _)| *of == question.number);
            let mut by: BTreeMap<Choice, Vec<String>> = BTreeMap::new();
            for ((_, seat), choice) in votes {
                by.entry(*choice).or_default().push(self.name(*seat));
            }
            for (choice, names) in by {
                body.push(dash(text(format!("{}: {}.", upper_first(choice_name(choice)), names.join(", ")))));
            }
        }
        let result = match count.outcome {
            Outcome::Passed => "ĐẠT, Hội đồng thống nhất đề nghị",
            Outcome::Failed => "KHÔNG ĐẠT",
            Outcome::NoQuorum => "KHÔNG CÓ GIÁ TRỊ vì không đủ số thành viên có mặt",
        };
        let quorum = match count.outcome {
            Outcome::NoQuorum => format!(" (có mặt {}, cần {})", count.present.len(), count.quorum_needed),
            Outcome::Passed | Outcome::Failed => String::new(),
        };
        body.push(dash(vec![Inline::Text(format!("Kết quả: {result}{quorum}."))]));
        let unread = rule.unread();
        if !unread.is_empty() {
            let names: Vec<String> = unread.iter().map(|cite| self.cite(cite)).collect();
            let said = "Tỷ lệ nêu trên theo văn bản chưa đối chiếu nguyên văn, cần kiểm tra lại";
            body.push(dash(text(format!("{said}: {}.", names.join("; ")))));
        }
    }

    fn conclusion(&self) -> Block {
        let mut body = Vec::new();
        match &self.sitting.closed {
            Some((concluded, signed)) => {
                if !concluded.is_empty() {
                    body.extend(
                        concluded
                            .lines()
                            .filter(|line| !line.trim().is_empty())
                            .map(|line| paragraph(text(ended(line)))),
                    );
                }
                let at = moment(&signed.at.in_table());
                body.push(paragraph(text(format!(
                    "Phiên họp kết thúc {at}. Biên bản đã được thông qua tại phiên họp./."
                ))));
            }
            None => body.push(paragraph(text("Phiên họp chưa kết thúc./."))),
        }
        section("ket-luan", "Kết luận", body)
    }

    fn name(&self, seat: SeatNumber) -> String {
        self.sitting.seat(seat).map(|seat: &Seat| seat.name.clone()).unwrap_or_default()
    }

    fn cited(&self, source: &RuleSource) -> String {
        self.cite(source.cite())
    }

    fn cite(&self, cite: &str) -> String {
        self.cites.get(cite).cloned().unwrap_or_else(|| cite.to_owned())
    }
}

/// `hồi 09 giờ 30 phút, ngày 05/07/2020` from `09:30 05/07/2020`.
fn moment(at: &str) -> String {
    let (clock, day) = at.split_once(' ').unwrap_or((at, ""));
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "00"));
    format!("hồi {hour} giờ {minute} phút, ngày {day}")
}

/// A share in words: `ít nhất 90% tổng số thành viên`, `quá 1/2 số thành viên có mặt`.
pub fn need_words(need: Need) -> String {
    let (part, whole, is_beyond) = need.share.parts();
    let share = if whole == 100 { format!("{part}%") } else { format!("{part}/{whole}") };
    let of = match need.of {
        VoteBase::Members => "tổng số thành viên",
        VoteBase::Present => "số thành viên có mặt",
        VoteBase::Summoned => VoteBase::Summoned.vi(),
    };
    format!("{} {share} {of}", if is_beyond { "quá" } else { "ít nhất" })
}

fn role_name(role: SeatRole) -> &'static str {
    match role {
        SeatRole::Chair => "Chủ tịch",
        SeatRole::ViceChair => "Phó Chủ tịch",
        SeatRole::Standing => "Ủy viên thường trực",
        SeatRole::Member => "Ủy viên",
        SeatRole::Secretary => "Thư ký",
    }
}

fn choice_name(choice: Choice) -> &'static str {
    match choice {
        Choice::Agree => "đồng ý",
        Choice::Disagree => "không đồng ý",
        Choice::Blank => "phiếu trắng",
    }
}

fn ballot_name(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::Open => "biểu quyết công khai",
        Ballot::Secret => "bỏ phiếu kín",
    }
}

/// A text without the mark at its end.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ';', ','])
}

/// A text with one.
fn ended(text: &str) -> String {
    format!("{}.", bare(text))
}
