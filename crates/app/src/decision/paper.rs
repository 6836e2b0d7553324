//! The paper of a decision, from the same rows as its page.

use thidua_base::code::InstrumentId;
use thidua_domain::Actor;
use thidua_domain::decision::{DecisionId, State};
use thidua_domain::honour::Subject;
use thidua_law::vocabulary::Word;
use thidua_paper::tree::Document;
use thidua_report::decision::{DecisionOf, LineOf};
use thidua_report::official::{Signature, Stamp};

use super::show::show_in;
use crate::paper::issuer;
use crate::{App, Error};

/// The laws and decrees of the book that awards rest on, by their ids; those in force on the day are cited.
const GROUNDS: [&str; 5] = [
    "luat-15-2003-qh11",
    "luat-06-2022-qh15",
    "nghi-dinh-91-2017-nd-cp",
    "nghi-dinh-98-2023-nd-cp",
    "nghi-dinh-152-2025-nd-cp",
];

/// The decision as a paper: as it was signed, with its corrections, or a draft of it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none the actor may read.
pub fn decision_paper(app: &App, by: &Actor, id: &DecisionId) -> Result<Document, Error> {
    app.db.read(|tx| {
        let seen = show_in(tx, app, by, id)?;
        let draft = &seen.decision.draft;
        let ground = app.ground(tx, &thidua_domain::Scope::whole(by.scope.tenant.clone()))?;
        let (house, signs) = issuer(tx, by, &ground, &draft.issuer, seen.day)?;
        let signed = seen.decision.signature();
        let signature = match signed {
            None => Signature { signer: None, ..signs },
            Some(signed) => {
                let position = signed.position.to_uppercase();
                let head = "CHỦ TỊCH".to_owned();
                let authority = match signed.signed_as.sign() {
                    "" => vec![position],
                    "KT." => vec![format!("KT. {head}"), position],
                    sign => vec![format!("{sign} {head}"), position],
                };
                Signature { authority, signer: Some(signed.signer.clone()) }
            }
        };
        let book = app.book_in(tx, by)?;
        let known = crate::instrument::citable(tx, &book)?;
        let grounds = GROUNDS.iter().filter_map(|id| {
            let id = InstrumentId::parse(id).ok()?;
            let instrument = known.iter().find(|known| known.id == id && known.is_in_force(seen.day))?;
            Some(instrument.cited_full())
        });
        let names = crate::eligibility::Names::of(&book, seen.day);
        let honours: Vec<String> = seen.lines.iter().map(|line| names.honour(&line.line.honour).vi).collect();
        let lines = seen.lines.iter().zip(&honours).map(|(line, honour)| LineOf {
            name: &line.name,
            unit: &line.unit_name,
            honour,
            achievement: &line.line.achievement,
            is_person: line.line.kind == Subject::Individual,
            vnd: line.bonus.vnd,
        });
        let unit = ground.units.name_on(&draft.issuer, seen.day);
        let authority = match draft.authority.vi().strip_prefix("Chủ tịch UBND ") {
            Some(_) => format!("Chủ tịch Ủy ban nhân dân {unit}"),
            None => draft.authority.vi().to_owned(),
        };
        let is_sample = seen.has_samples;
        let mut stamps = Vec::new();
        if seen.decision.state() != State::Signed {
            stamps.push(Stamp::Draft);
        }
        if is_sample {
            stamps.push(Stamp::Sample);
        }
        let paper = thidua_report::decision::decision(DecisionOf {
            house,
            signature,
            number: signed.map(|signed| {
                signed.number.split_once('/').map_or(signed.number.as_str(), |(number, _)| number).trim().to_owned()
            }),
            issued_on: signed.map(|signed| signed.on),
            dated: seen.day,
            title: &draft.title,
            authority: &authority,
            grounds: grounds.collect(),
            proposer: "",
            lines: lines.collect(),
            stamps,
        });
        Ok(paper.document())
    })
}
