//! Replaces a printed figure by hand, with a reason, as one official did in 2020; the rule's figure stays beside it.

use thidua_base::code::ReportId;
use thidua_domain::draft::Override;
use thidua_domain::{Actor, Refusal};
use thidua_paper::tree::{Block, Document, Inline, numbered};
use thidua_report::{ReportData, compose};
use thidua_store as store;

use super::gather;
use super::make::{form_of, refused_template};
use crate::{App, Error};

/// What a person asks to print instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOverride {
    /// The line: `DN01 plan:kh-huyen-2020`, `KT01 value`, `KT01 prior`.
    pub line: String,
    /// What to print, without unit or sign: `53,7`.
    pub printed: String,
    /// Why.
    pub reason: String,
}

/// Records an override; a later one of the same line replaces it, and both stay in the audit.
///
/// # Errors
/// [`Refusal::NoReason`] without a reason; [`Refusal::UnknownLine`] where the report prints no such line.
pub fn override_figure(app: &App, by: &Actor, id: &ReportId, asked: &NewOverride) -> Result<Override, Error> {
    let mut tx = app.db.begin()?;
    let data = gather(app, by, id, &mut tx)?;

    let decided = decide(&data, asked, &by.name, app.clock.now())?;

    store::draft::override_insert(&mut tx, &by.scope.tenant, &decided)?;
    let detail = format!("{} -> {}: {}", decided.computed, decided.printed, decided.reason);
    store::audit::append(
        &mut tx,
        by,
        decided.decided_at,
        "override-figure",
        &format!("{id} {}", decided.line),
        &detail,
    )?;
    tx.commit()?;
    Ok(decided)
}

fn decide(
    data: &ReportData,
    asked: &NewOverride,
    author: &str,
    now: thidua_base::Timestamp,
) -> Result<Override, Error> {
    if asked.reason.trim().is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let unknown = || Refusal::UnknownLine { asked: asked.line.clone() };
    let form = form_of(data)?;
    let candidate = Override {
        report: data.report.id.clone(),
        line: asked.line.clone(),
        computed: String::new(),
        printed: asked.printed.clone(),
        reason: asked.reason.trim().to_owned(),
        author: author.to_owned(),
        decided_at: now,
    };
    // The line exists when the paper with the override differs from the one without it.
    let mut without = data.clone();
    without.overrides.retain(|over| over.line != asked.line);
    let mut with = without.clone();
    with.overrides.push(candidate.clone());
    let (rule, by_hand) =
        (compose(&without, form).map_err(refused_template)?, compose(&with, form).map_err(refused_template)?);
    let computed = first_difference(&rule, &by_hand).ok_or_else(unknown)?;
    Ok(Override { computed, ..candidate })
}

/// The first figure of one paper that another prints differently.
fn first_difference(rule: &Document, by_hand: &Document) -> Option<String> {
    fn figures(document: &Document) -> Vec<String> {
        let inlines = |block: &Block| match block {
            Block::Paragraph(text) | Block::Item { text, .. } => text.clone(),
            Block::Section(section) => section.title.clone(),
            Block::Table(_) => Vec::new(),
        };
        let bound = |inline: Inline| match inline {
            Inline::Bound { text, .. } => Some(text),
            Inline::Text(_) | Inline::Italic(_) => None,
        };
        numbered(&document.body).iter().flat_map(|n| inlines(n.block)).filter_map(bound).collect()
    }
    let (rule, by_hand) = (figures(rule), figures(by_hand));
    rule.into_iter().zip(by_hand).find(|(a, b)| a != b).map(|(a, _)| a)
}
