//! A notice as a letter.

use thidua_base::text::upper_first;
use thidua_domain::collection::ReminderKind;
use thidua_domain::notice::Waiting;

use crate::messages::Messages;

/// Subject and text of a letter, in Vietnamese: it goes out when nobody is there to choose a language.
pub fn letter(notice: &Waiting) -> (String, String) {
    let say = Messages::vi();
    let period = say.period(notice.period);
    let facts = [("form", notice.form_name.as_str()), ("period", &period), ("unit", &notice.unit_name)];
    let (about, left) = (format!("notice.{}", notice.kind.word()), told(notice.left.days));
    let subject = [facts.as_slice(), &[("left", &left)]].concat();
    let subject = say.with(&format!("{about}-subject"), &subject);
    let day = notice.written_at.date_in_vietnam().in_text();
    let until = notice.until.in_text();
    let mut paragraphs = vec![
        say.with("notice.greeting", &[("person", &notice.person)]),
        say.with(&about, &[("left", &left), ("until", &until)]),
        [
            say.with("notice.line-form", &[("form", &notice.form_name)]),
            say.with("notice.line-period", &[("period", &upper_first(&period))]),
            say.with("notice.line-unit", &[("unit", &notice.unit_name)]),
            say.with("notice.line-until", &[("until", &until)]),
        ]
        .join("\n"),
        say.with("notice.counted-on", &[("day", &day)]),
    ];
    if !notice.left.is_certain && notice.kind != ReminderKind::LastDay {
        paragraphs.push(say.get("notice.uncertain").to_owned());
    }
    paragraphs.push(say.get("notice.sent-by-program").to_owned());
    (one_line(&subject), paragraphs.join("\n\n") + "\n")
}

/// A count without its sign: the sentence says whether it is left or late.
fn told(days: i64) -> String {
    days.unsigned_abs().to_string()
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use thidua_base::{Code, Date, Period, Timestamp};
    use thidua_law::WorkingDays;

    use super::*;
    use crate::messages::MISSING;

    fn waiting(kind: ReminderKind, days: i64, is_certain: bool) -> Waiting {
        Waiting {
            key: "k".into(),
            account: Code::parse("tk-1").unwrap(),
            person: "Nguyễn Thị Hòa".into(),
            email: "hoa@xa-a.example".into(),
            kind,
            form: Code::parse("bieu-01").unwrap(),
            form_name: "Biểu số 01/TĐKT\r\nBcc: x".into(),
            period: Period::parse("2020-H1").unwrap(),
            unit: Code::parse("x-1").unwrap(),
            unit_name: "Xã Thọ Bình".into(),
            until: Date::parse("2020-06-12").unwrap(),
            left: WorkingDays { days, is_certain },
            written_at: Timestamp::parse("2020-06-09T01:00:00Z").unwrap(),
            attempts: 0,
            next_at: Timestamp::parse("2020-06-09T01:00:00Z").unwrap(),
        }
    }

    #[test]
    fn every_kind_says_what_for_whom_and_by_when() {
        for (kind, days, said) in [
            (ReminderKind::Opens, 9, "đã mở"),
            (ReminderKind::DaysLeft(3), 3, "còn 3 ngày làm việc"),
            (ReminderKind::LastDay, 0, "ngày làm việc cuối cùng"),
            (ReminderKind::Late(1), -1, "chậm 1 ngày làm việc"),
            (ReminderKind::Escalated, -6, "lãnh đạo"),
        ] {
            let (subject, body) = letter(&waiting(kind, days, true));
            for part in ["Nguyễn Thị Hòa", "Xã Thọ Bình", "12/6/2020", "6 tháng đầu năm 2020", "09/6/2020"]
            {
                assert!(body.contains(part), "{kind:?}: {part}\n{body}");
            }
            assert!(body.to_lowercase().contains(said), "{kind:?}\n{body}");
            assert!(!subject.contains('\n') && subject.contains("Xã Thọ Bình"), "{subject}");
            for text in [&subject, &body] {
                assert!(!text.contains(MISSING) && !text.contains('{') && !text.contains("-6"), "{text}");
            }
        }
    }

    #[test]
    fn an_uncertain_count_says_so() {
        let note = Messages::vi().get("notice.uncertain");
        assert!(letter(&waiting(ReminderKind::DaysLeft(3), 3, false)).1.contains(note));
        assert!(!letter(&waiting(ReminderKind::DaysLeft(3), 3, true)).1.contains(note));
    }
}
