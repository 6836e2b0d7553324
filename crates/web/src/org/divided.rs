//! How a unit was divided, as the page of the unit shows it, and the form to enter shares.

use thidua_app::org::Divided;
use thidua_base::code::OrgId;
use thidua_domain::org::Division;

use super::carried::fraction;
use super::show::{HeirView, basis_word, link};
use crate::messages::Messages;
use crate::option::FilterOption;

/// A division of the unit.
#[derive(Debug)]
pub(super) struct DividedView {
    pub(super) day: String,
    pub(super) lead: String,
    pub(super) entered: Vec<EnteredView>,
    pub(super) divides: bool,
    pub(super) heirs: Vec<PartView>,
    pub(super) bases: Vec<FilterOption>,
    pub(super) source: String,
}

#[derive(Debug)]
pub(super) struct EnteredView {
    pub(super) basis: String,
    pub(super) revision: i64,
    pub(super) is_in_force: bool,
    pub(super) shares: Vec<HeirView>,
    pub(super) source: String,
    pub(super) by: String,
    pub(super) at: String,
}

#[derive(Debug)]
pub(super) struct PartView {
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) typed: String,
}

pub(super) fn divided_view<const N: usize>(
    say: &'static Messages,
    divided: &Divided,
    bases: [FilterOption; N],
) -> DividedView {
    let facts = [("day", &*divided.on.in_text()), ("n", &*divided.heirs.len().to_string())];
    let newest = |one: &Division| {
        let same = divided.entered.iter().filter(|other| other.basis == one.basis);
        same.map(|other| other.revision).max() == Some(one.revision)
    };
    let name = |id: &OrgId| {
        let heir = divided.heirs.iter().find(|heir| heir.id == *id);
        heir.map_or_else(|| id.to_string(), |heir| heir.name.clone())
    };
    let mut bases: Vec<FilterOption> = bases.into();
    if !bases.iter().any(|option| option.is_chosen)
        && let Some(first) = bases.first_mut()
    {
        first.is_chosen = true;
    }
    DividedView {
        day: divided.on.to_string(),
        lead: say.with("lineage.shares-lead", &facts),
        entered: divided
            .entered
            .iter()
            .rev()
            .map(|one| EnteredView {
                basis: basis_word(say, &one.basis),
                revision: one.revision,
                is_in_force: newest(one),
                shares: one
                    .shares
                    .iter()
                    .map(|share| HeirView {
                        unit: link(&name(&share.to), &share.to),
                        portion: fraction(share.numerator, share.denominator),
                    })
                    .collect(),
                source: one.shares.first().map(|share| share.source.clone()).unwrap_or_default(),
                by: one.by.clone(),
                at: one.at.in_table(),
            })
            .collect(),
        divides: divided.divides,
        heirs: divided
            .heirs
            .iter()
            .map(|heir| PartView { unit: heir.id.to_string(), name: heir.name.clone(), typed: String::new() })
            .collect(),
        bases,
        source: String::new(),
    }
}
