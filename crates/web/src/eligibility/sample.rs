//! A record and answers for the samples of pages.

use thidua_app::eligibility::Frame;
use thidua_base::code::HonourCode;
use thidua_base::{Date, Timestamp};
use thidua_domain::eligibility::{AnswerId, GivenAnswer, Reply};
use thidua_domain::subject::{Entered, SubjectId};
use thidua_law::Record;
use thidua_law::record::{Award, Initiative, Rating};
use thidua_law::vocabulary::{Grade, InitiativeKind, Level, Scope, Status, SubjectKind};

/// Somebody with ten years of good work, asked about on a day.
pub fn record(on: &str) -> (Record, Frame) {
    let day = Date::parse(on).unwrap();
    let mut record = Record::unknown(SubjectKind::Person);
    record.recruited_on = Date::parse("2005-10-01").ok();
    record.awards_complete_from = Some(2010);
    for year in 2014..=2024_i16 {
        record.ratings.push(Rating { year, grade: Grade::Good, key: format!("fact:f-{year}") });
        record.awards.push(Award {
            honour: HonourCode::parse("lao-dong-tien-tien").unwrap(),
            year,
            period: None,
            decided_on: Date::new(year, 12, 27),
            decision: Some("301/QĐ-UBND".to_owned()),
            authority: Some("Chủ tịch Ủy ban nhân dân huyện".to_owned()),
            level: Some(Level::District),
            kind: None,
            revoked_on: None,
            key: format!("fact:a-{year}"),
        });
    }
    record.initiatives.push(Initiative {
        kind: InitiativeKind::Initiative,
        scope: Scope::Base,
        status: Status::Applied,
        year: 2020,
        by: None,
        decision: Some("88/QĐ-HĐSK".to_owned()),
        decided_on: Date::parse("2020-05-10").ok(),
        key: "fact:i".to_owned(),
    });
    (record, Frame { on: day, year: day.year(), received_on: None, today: day })
}

/// An answer that was replaced and one that stands.
pub fn given(honour: &str) -> Vec<GivenAnswer> {
    let Ok(honour) = HonourCode::parse(honour) else { return Vec::new() };
    let one = |id: &str, number, reply| GivenAnswer {
        id: AnswerId::parse(id).unwrap(),
        subject: SubjectId::parse("s-1").unwrap(),
        number,
        honour: honour.clone(),
        year: 2020,
        condition: "x".to_owned(),
        said: crate::sampled::LONG_NAME.to_owned(),
        reply,
        asked_on: Date::parse("2020-12-20").unwrap(),
        book: "x".to_owned(),
        entered: Entered {
            by: "Nguyễn Thị Hòa".to_owned(),
            at: Timestamp::parse("2020-12-20T02:00:00Z").unwrap(),
            reason: "Biên bản họp ngày 18/12".to_owned(),
        },
    };
    vec![one("a-1", 1, Reply::No), one("a-2", 2, Reply::Yes)]
}
