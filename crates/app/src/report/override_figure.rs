//! Replaces a printed figure by hand, with a reason, as one official did in 2020; the rule's figure stays beside it.

use thidua_base::code::ReportId;
use thidua_base::text::nfc;
use thidua_base::{Number, Timestamp};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::draft::Override;
use thidua_domain::{Actor, Refusal};
use thidua_report::ReportData;
use thidua_report::by_hand::rule_prints;
use thidua_store as store;

use super::{form_of, gather, refused_template};
use crate::permit::permit;
use crate::{App, Error};

/// What a person asks to print instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOverride {
    /// The line: `DN01 plan:kh-huyen-2020`, `KT01 value`, `KT01 prior`.
    pub line: String,
    /// What to print.
    pub printed: Printed,
    /// Why.
    pub reason: String,
}

/// What a line is to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// This number, in Vietnamese writing, without unit or sign: `53,7`.
    Number(String),
    /// What the rule says: an earlier override is taken back.
    ByRule,
}

/// Records an override, or takes one back; earlier ones of the line stay in the record and in the audit.
///
/// # Errors
/// [`Refusal::NoReason`] and [`Refusal::NoAuthor`] without a reason or a name; [`Refusal::NotANumber`] where the text
/// is no number; [`Refusal::UnknownLine`] where the report prints no such line; [`Refusal::AsTheRule`] where nothing
/// would change.
pub fn override_figure(app: &App, by: &Actor, id: &ReportId, asked: &NewOverride) -> Result<Override, Error> {
    let mut tx = app.db.begin()?;
    let book = app.book_in(&mut tx, by)?;
    let data = gather(&book, by, id, &mut tx)?;
    permit(by, Verb::OverrideFigure, Thing::Unit(&data.report.unit), "report")?;

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

fn decide(data: &ReportData, asked: &NewOverride, author: &str, now: Timestamp) -> Result<Override, Error> {
    let (reason, author) = (nfc(asked.reason.trim()), nfc(author.trim()));
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    if author.is_empty() {
        return Err(Refusal::NoAuthor.into());
    }
    let unknown = || Refusal::UnknownLine { asked: asked.line.clone() };
    let computed = rule_prints(data, form_of(data)?, &asked.line).map_err(refused_template)?.ok_or_else(unknown)?;
    let as_the_rule = || Refusal::AsTheRule { line: asked.line.clone(), computed: computed.clone() };
    let printed = match &asked.printed {
        Printed::Number(text) => {
            let text = text.trim();
            Number::parse_vi(text).map_err(|_| Refusal::NotANumber { asked: text.to_owned() })?;
            // The rule's figure carries its unit or sign; the number alone is compared.
            let bare: String = computed.chars().take_while(|c| c.is_ascii_digit() || ".,-".contains(*c)).collect();
            if bare == text {
                return Err(as_the_rule().into());
            }
            text.to_owned()
        }
        Printed::ByRule => {
            data.override_of(&asked.line).ok_or_else(as_the_rule)?;
            String::new()
        }
    };
    Ok(Override {
        report: data.report.id.clone(),
        line: asked.line.clone(),
        computed,
        printed,
        reason,
        author,
        decided_at: now,
    })
}
