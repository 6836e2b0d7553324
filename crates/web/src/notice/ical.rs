//! Calendars as RFC 5545 has them: all-day events, escaped and folded.

use std::fmt::Write;

use thidua_base::{Date, Timestamp};

/// An all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same whenever it is told; a calendar that meets it again moves the event it has.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// The line a calendar shows.
    pub summary: String,
    /// More about it.
    pub description: String,
}

/// The calendar as text.
///
/// `stamp` is when it was made. Nothing in it comes from chance or from a clock, so one state of the data has one text.
pub fn calendar(name: &str, stamp: Timestamp, events: &[Event]) -> String {
    let stamp = instant(stamp);
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Thi Dua//Viec den han//VI");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(name));
    // Both are asked for: Outlook reads the first, others the second.
    line("X-PUBLISHED-TTL", "PT6H");
    line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&event.uid));
        line("DTSTAMP", &stamp);
        line("DTSTART;VALUE=DATE", &compact(event.day));
        // The first day after, as everywhere here. On the last day of the calendar a single day is meant anyhow.
        if event.day < event.day.next_day() {
            line("DTEND;VALUE=DATE", &compact(event.day.next_day()));
        }
        line("SUMMARY", &escaped(&event.summary));
        if !event.description.is_empty() {
            line("DESCRIPTION", &escaped(&event.description));
        }
        // A deadline does not make its day busy.
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// Text as RFC 5545 (3.3.11) writes it; control characters other than the end of a line have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Longest line, in bytes, without its end (RFC 5545, 3.1).
const LINE_BYTES_MAX: usize = 75;

/// Adds a line, folded between letters where it is too long.
fn fold(out: &mut String, line: &str) {
    let mut room = LINE_BYTES_MAX;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE_BYTES_MAX - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

fn compact(day: Date) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write!(text, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    text
}

/// `20200705T093000Z`.
fn instant(at: Timestamp) -> String {
    at.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

#[cfg(test)]
mod tests {
    use icalendar::{CalendarDateTime, Component, DatePerhapsTime};

    use super::*;

    fn event(summary: &str, description: &str) -> Event {
        Event {
            uid: "bieu-01:2020-H1:x-1@trieu-son.thidua".into(),
            day: Date::parse("2020-12-31").unwrap(),
            summary: summary.into(),
            description: description.into(),
        }
    }

    fn stamp() -> Timestamp {
        Timestamp::parse("2020-07-05T09:30:00Z").unwrap()
    }

    /// As another's reader understands it.
    fn read(text: &str) -> Vec<icalendar::Event> {
        let calendar: icalendar::Calendar = text.parse().unwrap_or_else(|why| panic!("{why}\n{text}"));
        let events = calendar.components.iter().filter_map(|component| component.as_event().cloned());
        events.collect()
    }

    const LONG: &str = "Hạn gửi: Biểu số 01/TĐKT, kết quả thực hiện các chỉ tiêu thi đua; 6 tháng đầu năm 2020 \
        (Xã Thọ Bình, huyện Triệu Sơn) \\ \"ghi chú\"";

    #[test]
    fn an_event_is_read_back_by_another_reader() {
        let text = calendar("Việc đến hạn", stamp(), &[event(LONG, "Dòng một\nDòng hai, có dấu phẩy")]);
        let events = read(&text);
        let [one] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(one.get_summary(), Some(LONG));
        assert_eq!(one.get_description(), Some("Dòng một\nDòng hai, có dấu phẩy"));
        assert_eq!(one.get_uid(), Some("bieu-01:2020-H1:x-1@trieu-son.thidua"));
        let date = |day: &str| Some(DatePerhapsTime::Date(day.parse().unwrap()));
        assert_eq!((one.get_start(), one.get_end()), (date("2020-12-31"), date("2021-01-01")));
        let made = one.get_timestamp().map(CalendarDateTime::Utc);
        assert!(format!("{made:?}").contains("2020-07-05T09:30:00"), "{made:?}");
    }

    #[test]
    fn lines_are_short_whole_letters_and_end_as_the_rule_says() {
        let text = calendar("Việc đến hạn", stamp(), &[event(LONG, &"ộ".repeat(200))]);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= LINE_BYTES_MAX));
        assert!(lines.iter().any(|line| line.len() > LINE_BYTES_MAX - 3), "folded no earlier than needed");
        assert_eq!(text, calendar("Việc đến hạn", stamp(), &[event(LONG, &"ộ".repeat(200))]));
    }

    #[test]
    fn nothing_in_a_name_adds_a_line() {
        let evil = event("a\r\nATTENDEE:b\rX:c\nEND:VEVENT\u{7}\u{0}", "");
        let text = calendar("x\r\nX-EVIL:1", stamp(), &[evil]);
        assert!(!text.contains("\r\nATTENDEE") && !text.contains("\r\nX-EVIL") && !text.contains('\u{7}'), "{text}");
        assert_eq!(read(&text)[0].get_summary(), Some("a\nATTENDEE:b\nX:c\nEND:VEVENT"));
        assert_eq!(read(&calendar("trống", stamp(), &[])), []);
    }
}
