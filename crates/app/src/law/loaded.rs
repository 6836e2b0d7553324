//! What is loaded beside the shipped law book, and how it came.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::eligibility::{LawAct, packs_in_force};
use thidua_law::overlay::OverlayHead;
use thidua_law::table::Said;
use thidua_store as store;

use super::in_force::LawBook;
use crate::{App, Error};

/// A pack in force.
#[derive(Debug, Clone)]
pub struct InForce {
    /// The act by which it came.
    pub act: LawAct,
    /// What an overlay says of itself; `None` for a national book.
    pub head: Option<OverlayHead>,
    /// The honours an overlay touches, by name.
    pub honours: Vec<(HonourCode, Said)>,
}

/// What is loaded.
#[derive(Debug, Clone)]
pub struct LoadedLaw {
    /// The book in force.
    pub book: LawBook,
    /// The hash of the book the program ships with.
    pub shipped: String,
    /// What is in force beside it or in its place, in its order.
    pub packs: Vec<InForce>,
    /// Every act, the newest first; empty where the actor may not read who did what.
    pub acts: Vec<LawAct>,
    /// Whether the actor may read who did what.
    pub shows_who: bool,
}

/// Reads it.
///
/// # Errors
/// As [`App::book`].
pub fn loaded(app: &App, by: &Actor) -> Result<LoadedLaw, Error> {
    app.db.read(|tx| {
        let book = app.book_in(tx, by)?;
        let mut acts = store::law_act::acts(tx, &by.scope.tenant)?;
        let touched = touched(&book);
        let in_force = packs_in_force(&acts).into_iter().map(|act| {
            let head = book.overlays().iter().find(|head| head.code == act.code).cloned();
            let codes = touched.get(&act.code).into_iter().flatten();
            let honours = codes.map(|code| ((*code).clone(), book.rules().name(code))).collect();
            InForce { act: act.clone(), head, honours }
        });
        let packs = in_force.collect();
        let shows_who =
            [Verb::LoadLaw, Verb::ReadJournal].iter().any(|verb| may(by, *verb, Thing::Tenant).is_granted());
        if !shows_who {
            acts.clear();
        }
        acts.reverse();
        let shipped = app.shipped.hash().to_owned();
        Ok(LoadedLaw { book: book.clone(), shipped, packs, acts, shows_who })
    })
}

/// The honours that each overlay touches: conditions that come from it, quotas that cite what it brought.
fn touched(book: &LawBook) -> BTreeMap<String, Vec<&HonourCode>> {
    let mut all: BTreeMap<String, Vec<&HonourCode>> = BTreeMap::new();
    for honour in book.honours() {
        let conditions = honour.versions.iter().flat_map(|version| &version.conditions);
        let layers = conditions.filter_map(|condition| condition.layer.as_ref()).map(|layer| layer.code.clone());
        let quotas = honour.procedure.quotas.iter().filter_map(|row| book.overlay_of(&row.cite.instrument));
        for code in layers.chain(quotas.map(|head| head.code.clone())) {
            let honours = all.entry(code).or_default();
            if honours.last() != Some(&&honour.code) {
                honours.push(&honour.code);
            }
        }
    }
    all
}
