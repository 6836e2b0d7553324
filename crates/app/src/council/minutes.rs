//! Minutes of a session, written from its acts (biên bản).

use std::collections::BTreeMap;

use thidua_domain::council::{RuleSource, SessionId, Stage};
use thidua_domain::{Actor, Origin};
use thidua_law::Book;
use thidua_law::cite::Citation;
use thidua_paper::tree::Document;
use thidua_report::minutes::Minutes;
use thidua_report::official::House;

use super::desk::{Desk, whole};
use crate::paper::issuer;
use crate::{App, Error};

/// The minutes: for whoever runs the session at any time, as a draft until it is closed; afterwards for its members too,
/// but for those who had no part in one of its matters.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub fn minutes(app: &App, by: &Actor, id: &SessionId) -> Result<Document, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, id)?;
        let sitting = &desk.sitting;
        let sees_all = desk.mine.as_ref().is_some_and(|seat| {
            sitting.stage() == Stage::Closed && sitting.matters.iter().all(|matter| sitting.sees(seat, matter))
        });
        if !desk.runs && !sees_all {
            return Err(Error::NotFound("session"));
        }
        let ground = app.ground(tx, &whole(by))?;
        let day = sitting.session.held_on;
        let (of_unit, _) = issuer(tx, by, &ground, &desk.council.unit, day)?;
        let house = House {
            superior: Some(of_unit.issuer.join(" ").replace("ỦY BAN NHÂN DÂN", "UBND")),
            issuer: vec!["HỘI ĐỒNG".to_owned(), "THI ĐUA - KHEN THƯỞNG".to_owned()],
            symbol: "HĐTĐKT".to_owned(),
            ..of_unit
        };
        let units = sitting
            .matters
            .iter()
            .map(|matter| (matter.nominated_by.clone(), ground.units.name_on(&matter.nominated_by, day)));
        let book = app.book_in(tx, by)?;
        let honours = sitting.matters.iter().map(|matter| {
            let known = book.honour(&matter.honour);
            (matter.honour.clone(), known.map(|honour| honour.name_on(day).vi).unwrap_or_default())
        });
        let sources = sitting.questions.iter().flat_map(|question| {
            let rule = &question.rule;
            [&rule.quorum_from, &rule.threshold_from, &rule.method_from, &rule.conflict_from]
        });
        let cites: BTreeMap<String, String> =
            sources.map(|source| (source.cite().to_owned(), cited(&book, source))).collect();
        let minutes = Minutes {
            council: &desk.council,
            sitting,
            house,
            units: units.collect(),
            honours: honours.collect(),
            cites,
            is_sample: desk.council.provenance.origin == Origin::Sample,
        };
        Ok(minutes.paper().document())
    })
}

/// A citation in words: the instrument's name and the place in it, or the council's own rule as it was entered.
pub fn cited(book: &Book, source: &RuleSource) -> String {
    match source {
        RuleSource::House(cite) => cite.clone(),
        RuleSource::Law(cite, _) => match Citation::parse(cite) {
            None => cite.clone(),
            Some(parsed) => {
                let entry = book.library().get(&parsed.instrument);
                let name = entry.map_or_else(|| parsed.instrument.to_string(), |entry| entry.name());
                if parsed.place.is_empty() { name } else { format!("{}, {name}", parsed.place) }
            }
        },
    }
}
