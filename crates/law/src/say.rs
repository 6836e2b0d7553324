//! Tests in words, Vietnamese and English, made from the data alone.

use thidua_base::code::HonourCode;

use crate::condition::{Compare, Leaf, MemberMeasure, MemberTrait, Node, Test, Window};
use crate::rules::Rules;
use crate::table::Said;
use crate::terms::TermKind;
use crate::vocabulary::{Ends, Grade, InitiativeKind, Run, Scope, Status, Which, Word};

/// A test and all below it, in one sentence.
pub fn node(rules: &Rules, node: &Node) -> Said {
    match &node.test {
        Test::Leaf(word) => leaf(rules, word),
        Test::All(parts) => joined(rules, parts, ("Đạt tất cả: ", "; "), ("All of: ", "; ")),
        Test::Any(parts) => joined(rules, parts, ("Đạt một trong các trường hợp: ", "; hoặc "), ("One of: ", "; or ")),
        Test::Not(part) => {
            let said = self::node(rules, part);
            Said::new(
                format!("Không thuộc trường hợp: {}", lower(&said.vi)),
                format!("Not the case: {}", lower(&said.en)),
            )
        }
    }
}

fn joined(rules: &Rules, parts: &[Node], vi: (&str, &str), en: (&str, &str)) -> Said {
    let all: Vec<Said> = parts.iter().map(|part| node(rules, part)).collect();
    let list =
        |pick: fn(&Said) -> &str, joint: &str| all.iter().map(|said| lower(pick(said))).collect::<Vec<_>>().join(joint);
    Said::new(format!("{}{}", vi.0, list(|said| &said.vi, vi.1)), format!("{}{}", en.0, list(|said| &said.en, en.1)))
}

/// One word of the vocabulary with its numbers, in a sentence.
pub fn leaf(rules: &Rules, leaf: &Leaf) -> Said {
    match leaf {
        Leaf::Held { .. } => held(rules, leaf),
        Leaf::Rated { at_least, years, run, window, or_held } => {
            let or = either(rules, or_held, ("; hoặc năm ấy được tặng ", " or held for that year "));
            let (when_vi, when_en) = match window {
                None if *years == 1 => ("trong năm xét".to_owned(), "in the award year".to_owned()),
                None => (String::new(), String::new()),
                Some(window) => when(rules, window),
            };
            // Nothing is above the highest grade.
            let (grade_vi, grade_en) = match at_least {
                Grade::Excellent => (at_least.vi().to_owned(), format!("\"{}\"", at_least.en())),
                other => (format!("từ {} trở lên", other.vi()), format!("\"{}\" or better", other.en())),
            };
            let vi = match (years, run) {
                (1, _) => format!("Được xếp loại {grade_vi} {when_vi}"),
                (_, Run::Unbroken) => {
                    format!("Được xếp loại {grade_vi} {years} năm liên tục, tính đến năm xét {when_vi}")
                }
                (_, Run::Any) => {
                    format!("Có ít nhất {years} năm được xếp loại {grade_vi} {when_vi}")
                }
            };
            let en = match (years, run) {
                (1, _) => format!("Rated {grade_en} {when_en}"),
                (_, Run::Unbroken) => format!("Rated {grade_en} {years} years in a row up to the award year {when_en}"),
                (_, Run::Any) => format!("Rated {grade_en} in at least {years} years {when_en}"),
            };
            Said::new(format!("{}{}", tidy(&vi), or.vi), format!("{}{}", tidy(&en), or.en))
        }
        Leaf::Initiative { kinds, scope, status, times, run, window, by } => {
            let (when_vi, when_en) = when(rules, window);
            let scope_vi = match scope {
                Scope::Base if by.is_some() => String::new(),
                scope => format!("phạm vi {}", scope.vi()),
            };
            let scope_en = match scope {
                Scope::Base if by.is_some() => String::new(),
                scope => format!("of {} reach", scope.en()),
            };
            let by_vi = by.map_or(String::new(), |level| format!("do cấp {} công nhận", level.vi()));
            let by_en = by.map_or(String::new(), |level| format!("recognised by a {}", level.en()));
            let (many_vi, many_en) = match run {
                Run::Any => (format!("Có ít nhất {times}"), format!("At least {times}")),
                Run::Unbroken => (
                    format!("Trong {times} năm liên tục, mỗi năm có ít nhất một"),
                    format!("In each of {times} years in a row at least one"),
                ),
            };
            let vi = format!(
                "{many_vi} {} {} {} {by_vi} {when_vi}",
                list(kinds.iter().map(|kind| kind.vi()), " hoặc "),
                status_vi(*status, kinds),
                scope_vi,
            );
            let en = format!(
                "{many_en} {} {} {} {by_en} {when_en}",
                list(kinds.iter().map(|kind| kind.en()), " or "),
                status.en(),
                scope_en
            );
            Said::new(tidy(&vi), tidy(&en))
        }
        Leaf::Undisciplined { below, window } => {
            let (when_vi, when_en) = when(rules, window);
            Said::new(
                tidy(&format!("Không bị kỷ luật từ {} trở lên {when_vi}", below.vi())),
                tidy(&format!("No discipline from {} up {when_en}", below.en())),
            )
        }
        Leaf::NoInquiry { kinds } => Said::new(
            format!("Không đang trong quá trình {}", list(kinds.iter().map(|kind| kind.vi()), ", ")),
            format!("Nothing open: {}", list(kinds.iter().map(|kind| kind.en()), ", ")),
        ),
        Leaf::Worked { months } => Said::new(
            format!("Có ít nhất {months} tháng công tác kể từ khi tuyển dụng, tính đến hết năm xét"),
            format!("At least {months} months since recruitment, by the end of the award year"),
        ),
        Leaf::Served { .. } => served(rules, leaf),
        Leaf::Founded { years } => {
            Said::new(format!("Thành lập được ít nhất {years} năm"), format!("In existence for at least {years} years"))
        }
        Leaf::HeldOffice { posts, years, below, women } => {
            let name = rules.post(posts);
            let below_vi = below.map_or(String::new(), |n| format!(", dưới {n} năm"));
            let below_en = below.map_or(String::new(), |n| format!(", under {n} years"));
            let women_vi = women.map_or(String::new(), |(a, b)| format!(" (nữ: bằng {a}/{b} thời gian)"));
            let women_en = women.map_or(String::new(), |(a, b)| format!(" (a woman: {a}/{b} of the time)"));
            Said::new(
                format!("Giữ chức vụ ({}) ít nhất {years} năm{below_vi}{women_vi}", name.vi),
                format!("In a post ({}) for at least {years} years{below_en}{women_en}", name.en),
            )
        }
        Leaf::Passed { honours, years, which } => {
            let names = names(rules, honours);
            Said::new(
                format!("Đã qua ít nhất {years} năm kể từ {} được tặng {}", which.vi(), names.vi),
                format!("At least {years} years since {} award of {}", which.en(), names.en),
            )
        }
        Leaf::Members { who, compare, number, measure } => members(rules, who, *compare, *number, *measure),
        Leaf::MembersUndisciplined { below } => Said::new(
            format!("Không có thành viên bị kỷ luật từ {} trở lên trong năm xét", below.vi()),
            format!("No member disciplined from {} up in the award year", below.en()),
        ),
        Leaf::Cluster { rank, organisers } => {
            let of_vi = of(organisers.iter().map(|one| one.vi()), " do ", " hoặc ", " tổ chức");
            let of_en = of(organisers.iter().map(|one| one.en()), " run by ", " or ", "");
            match rank {
                1 => Said::new(
                    format!("Dẫn đầu cụm, khối thi đua{of_vi} trong năm xét"),
                    format!("First in its cluster or bloc{of_en} in the award year"),
                ),
                rank => Said::new(
                    format!("Xếp từ thứ {rank} trở lên trong cụm, khối thi đua{of_vi} trong năm xét"),
                    format!("Ranked {rank} or better in its cluster or bloc{of_en} in the award year"),
                ),
            }
        }
        Leaf::Movement { result, launchers, years, at } => {
            let by_vi = of(launchers.iter().map(|one| one.vi()), " do ", ", ", " phát động");
            let by_en = of(launchers.iter().map(|one| one.en()), " launched by ", ", ", "");
            let at_vi = of(at.iter().map(|one| one.vi()), " khi ", " hoặc ", "");
            let at_en = of(at.iter().map(|one| one.en()), " at an ", " or a ", "");
            let last_vi =
                if *years > 0 { format!(", thời gian từ {years} năm trở lên") } else { String::new() };
            let last_en = if *years > 0 { format!(", lasting {years} years or more") } else { String::new() };
            Said::new(
                format!("Được bình chọn {} trong phong trào thi đua{by_vi}{last_vi}{at_vi}", result.vi()),
                format!("Chosen as {} in an emulation movement{by_en}{last_en}{at_en}", result.en()),
            )
        }
        Leaf::Registered { before } => match before {
            None => Said::new("Đã đăng ký thi đua của năm xét", "Emulation registered for the award year"),
            Some(day) => Said::new(
                format!("Đã đăng ký trước ngày {} của năm xét", day.said()),
                format!("Registered before {} of the award year", day.said()),
            ),
        },
        Leaf::InCategory { categories } => Said::new(
            format!("Là {}", list(categories.iter().map(|one| one.vi()), ", hoặc ")),
            format!("Is {}", list(categories.iter().map(|one| one.en()), ", or ")),
        ),
        Leaf::Meets { honours } => {
            let names = names(rules, honours);
            Said::new(
                format!("Được tặng hoặc đạt tiêu chuẩn {} của năm xét", names.vi),
                format!("Holds, or meets the conditions of, {} for the award year", names.en),
            )
        }
        Leaf::ScoredAt { at_least, segments, group_floor_percent } => {
            let mut vi = format!("Đạt từ {at_least} điểm trở lên");
            let mut en = format!("At least {at_least} points");
            for (segment, points) in segments {
                let name = rules.terms.said(TermKind::Segment, segment);
                vi.push_str(&format!(", {}: từ {points} điểm", name.vi));
                en.push_str(&format!(", {}: {points}", name.en));
            }
            if let Some(floor) = group_floor_percent {
                vi.push_str(&format!("; mỗi nhóm tiêu chí đạt ít nhất {floor} % điểm tối đa của nhóm"));
                en.push_str(&format!("; each group of criteria at least {floor} % of its maximum"));
            }
            Said::new(vi, en)
        }
        Leaf::Counted { fact, compare, number } => {
            let name = rules.terms.said(TermKind::Count, fact);
            let (vi, en) = compared(*compare);
            Said::new(format!("{} {vi} {number}", upper(&name.vi)), format!("{} {en} {number}", upper(&name.en)))
        }
        Leaf::Stated { fact } => {
            let name = rules.terms.said(TermKind::Statement, fact);
            Said::new(upper(&name.vi), upper(&name.en))
        }
        Leaf::Local { issuer, about } => Said::new(
            format!("Theo quy định của {}: {}", issuer.vi(), lower(&about.vi)),
            format!("By the rules of {}: {}", issuer.en(), lower(&about.en)),
        ),
        Leaf::Ask(said) => said.clone(),
    }
}

fn held(rules: &Rules, leaf: &Leaf) -> Said {
    let Leaf::Held { honours, times, run, window, ends, by, not_types } = leaf else { return Said::default() };
    let names = names(rules, honours);
    let (when_vi, when_en) = match (window, run) {
        (Some(Window::Career) | None, Run::Any) => (String::new(), String::new()),
        (None, Run::Unbroken) => (String::new(), String::new()),
        (Some(window), _) => when(rules, window),
    };
    let by_vi = by.map_or(String::new(), |level| format!("(cấp {} trở lên quyết định)", level.vi()));
    let by_en = by.map_or(String::new(), |level| format!("(decided at the level of {} or above)", level.en()));
    let not_vi = of(not_types.iter().map(|one| one.vi()), " (không tính khen ", ", ", ")");
    let not_en = of(not_types.iter().map(|one| one.en()), " (awards for ", ", ", " do not count)");
    let (count_vi, count_en) = match (times, run) {
        (1, _) => ("Đã được tặng".to_owned(), "Holds".to_owned()),
        (times, Run::Unbroken) => {
            let end = match ends {
                Ends::AwardYear => ", tính đến năm xét",
                Ends::YearBefore => ", tính đến năm trước năm xét",
                Ends::Any => "",
            };
            let end_en = match ends {
                Ends::AwardYear => " up to the award year",
                Ends::YearBefore => " up to the year before the award year",
                Ends::Any => "",
            };
            return Said::new(
                tidy(&format!("{times} năm liên tục được tặng {}{end} {by_vi}{not_vi} {when_vi}", names.vi)),
                tidy(&format!("Holds {} {times} years in a row{end_en} {by_en}{not_en} {when_en}", names.en)),
            );
        }
        (times, Run::Any) => (format!("Có ít nhất {times} lần được tặng"), format!("Holds at least {times} times")),
    };
    Said::new(
        tidy(&format!("{count_vi} {} {by_vi}{not_vi} {when_vi}", names.vi)),
        tidy(&format!("{count_en} {} {by_en}{not_en} {when_en}", names.en)),
    )
}

fn served(rules: &Rules, leaf: &Leaf) -> Said {
    let Leaf::Served { years, below, fields, continuous, hardship, only_hardship } = leaf else {
        return Said::default();
    };
    let all: Vec<Said> = fields.iter().map(|field| rules.terms.said(TermKind::Field, field)).collect();
    let fields_vi = list(all.iter().map(|said| said.vi.as_str()), ", ");
    let fields_en = list(all.iter().map(|said| said.en.as_str()), ", ");
    let least =
        years.map_or((String::new(), String::new()), |n| (format!(" ít nhất {n} năm"), format!(" at least {n} years")));
    let under =
        below.map_or((String::new(), String::new()), |n| (format!(" dưới {n} năm"), format!(" under {n} years")));
    let row = if *continuous { (" liên tục", " without a break") } else { ("", "") };
    let hard = match (hardship, only_hardship) {
        (_, true) => (" ở địa bàn đặc biệt khó khăn".to_owned(), " in areas of special hardship".to_owned()),
        (1, false) => (String::new(), String::new()),
        (n, false) => (
            format!(" (thời gian ở địa bàn đặc biệt khó khăn tính gấp {n} lần)"),
            format!(" (time in areas of special hardship counts {n} times)"),
        ),
    };
    Said::new(
        format!("Công tác{} trong lĩnh vực {fields_vi}{}{}{}", row.0, least.0, under.0, hard.0),
        format!("Served in {fields_en}{}{}{}{}", row.1, least.1, under.1, hard.1),
    )
}

fn members(rules: &Rules, who: &MemberTrait, compare: Compare, number: u32, measure: MemberMeasure) -> Said {
    let (who_vi, who_en) = match who {
        MemberTrait::Holding(honours) => {
            let names = names(rules, honours);
            (format!("đạt {}", names.vi), format!("holding {}", names.en))
        }
        MemberTrait::Completing => ("hoàn thành nhiệm vụ".to_owned(), "having completed their tasks".to_owned()),
    };
    let (vi, en) = compared(compare);
    let (unit_vi, unit_en) = match measure {
        MemberMeasure::Percent => (" % thành viên", " % of members"),
        MemberMeasure::Count => (" thành viên", " members"),
    };
    Said::new(
        format!("Có {vi} {number}{unit_vi} {who_vi} trong năm xét"),
        format!("{} {number}{unit_en} {who_en} in the award year", upper(en)),
    )
}

fn compared(compare: Compare) -> (&'static str, &'static str) {
    match compare {
        Compare::AtLeast => ("ít nhất", "at least"),
        Compare::MoreThan => ("trên", "more than"),
        Compare::AtMost => ("không quá", "at most"),
        Compare::Equals => ("đúng bằng", "exactly"),
    }
}

fn when(rules: &Rules, window: &Window) -> (String, String) {
    match window {
        Window::AwardYear => ("trong năm xét".to_owned(), "in the award year".to_owned()),
        Window::Last(years) => {
            (format!("trong {years} năm gần nhất, tính đến năm xét"), format!("in the last {years} years"))
        }
        Window::After { honours, years, which } => {
            let names = names(rules, honours);
            let which_vi = if *which == Which::AnyOld { "một lần " } else { "lần gần nhất " };
            (
                format!("trong {years} năm trở lên tiếp theo {which_vi}được tặng {}", names.vi),
                format!("in the {years} years or more that follow {} award of {}", which.en(), names.en),
            )
        }
        Window::Career => ("trong quá trình công tác".to_owned(), "at any time".to_owned()),
        Window::Calendar(1) => {
            ("quyết định trong năm dương lịch này".to_owned(), "decided in this calendar year".to_owned())
        }
        Window::Calendar(years) => (
            format!("quyết định trong {years} năm dương lịch gần nhất"),
            format!("decided in the last {years} calendar years"),
        ),
        Window::DecidedYearBefore => (
            "quyết định trong năm liền trước năm nộp hồ sơ".to_owned(),
            "decided in the year before that of the file".to_owned(),
        ),
    }
}

fn status_vi(status: Status, kinds: &[InitiativeKind]) -> String {
    match (status, kinds) {
        (Status::Recognised, [InitiativeKind::Research]) => "được nghiệm thu".to_owned(),
        (status, _) => status.vi().to_owned(),
    }
}

fn names(rules: &Rules, honours: &[HonourCode]) -> Said {
    let all: Vec<Said> = honours.iter().map(|code| rules.name(code)).collect();
    Said::new(
        list(all.iter().map(|said| said.vi.as_str()), " hoặc "),
        list(all.iter().map(|said| said.en.as_str()), " or "),
    )
}

fn either(rules: &Rules, honours: &[HonourCode], opening: (&str, &str)) -> Said {
    if honours.is_empty() {
        return Said::default();
    }
    let names = names(rules, honours);
    Said::new(format!("{}{}", opening.0, names.vi), format!("{}{}", opening.1, names.en))
}

fn list<'w>(words: impl Iterator<Item = &'w str>, joint: &str) -> String {
    words.collect::<Vec<_>>().join(joint)
}

fn of<'w>(words: impl Iterator<Item = &'w str>, opening: &str, joint: &str, end: &str) -> String {
    let list = list(words, joint);
    if list.is_empty() { list } else { format!("{opening}{list}{end}") }
}

/// One space between words and none at the ends or before a stop.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",").replace(" ;", ";")
}

fn lower(text: &str) -> String {
    thidua_base::text::lower_first(text)
}

fn upper(text: &str) -> String {
    thidua_base::text::upper_first(text)
}

impl Rules {
    /// How a group of posts is said: by the honour's file that has it, else by the vocabulary.
    pub fn post(&self, key: &str) -> Said {
        let own = self.honours.values().flat_map(|honour| &honour.offices).find(|office| office.key == key);
        own.map_or_else(|| self.terms.said(TermKind::Post, key), |office| office.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;

    /// The sentences of a version's conditions, in Vietnamese.
    fn said(book: &Book, honour: &str, on: &str) -> Vec<String> {
        let code = HonourCode::parse(honour).unwrap();
        let day = thidua_base::Date::parse(on).unwrap();
        let version = book.honour(&code).unwrap().version(day).unwrap();
        version.conditions.iter().map(|condition| node(book.rules(), &condition.node).vi).collect()
    }

    #[test]
    fn conditions_are_said_as_official_papers_say_them() {
        let book = Book::shipped().unwrap();
        let collective = said(book, "tap-the-lao-dong-tien-tien", "2024-06-01");
        assert_eq!(collective[0], "Được xếp loại từ hoàn thành tốt nhiệm vụ trở lên trong năm xét");
        assert_eq!(collective[1], "Có ít nhất 70 % thành viên đạt Lao động tiên tiến trong năm xét");
        assert_eq!(collective[2], "Không có thành viên bị kỷ luật từ cảnh cáo trở lên trong năm xét");
        let excellent = said(book, "tap-the-lao-dong-xuat-sac", "2024-06-01");
        assert_eq!(excellent[0], "Được xếp loại hoàn thành xuất sắc nhiệm vụ trong năm xét");
        let fighter = said(book, "chien-si-thi-dua-bo-nganh-tinh", "2024-06-01");
        assert!(
            fighter[0].starts_with("3 năm liên tục được tặng Chiến sĩ thi đua cơ sở, tính đến năm xét"),
            "{}",
            fighter[0]
        );
    }
}
