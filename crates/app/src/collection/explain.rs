//! Answers a finding of the checks with a reason (giải trình).

use thidua_base::code::IndicatorCode;
use thidua_base::text::nfc;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::Explanation;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, of_units};
use super::sheet::SheetKey;
use crate::permit::permit;
use crate::{App, Error};

/// An answer to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExplanation {
    /// Whose sheet.
    pub key: SheetKey,
    /// The rule that found it.
    pub rule: String,
    /// The row it stands beside.
    pub indicator: IndicatorCode,
    /// What names the numbers the finding spoke of.
    pub fingerprint: String,
    /// The reason.
    pub text: String,
}

/// Keeps an answer.
///
/// # Errors
/// [`Error::NotFound`] where the sheet is not the actor's; [`Refusal::NotAsked`] for a row the form has not;
/// [`Refusal::ShortText`] and [`Refusal::LongText`].
pub fn explain(app: &App, by: &Actor, new: &NewExplanation) -> Result<Explanation, Error> {
    let key = &new.key;
    permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")?;
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &key.form, key.period)?;
    if !held.report(&mut tx, by, std::slice::from_ref(&key.unit))? {
        return Err(Error::NotFound("sheet"));
    }
    if !held.form.asks(&new.indicator) {
        return Err(Refusal::NotAsked { indicator: new.indicator.to_string() }.into());
    }
    let now = app.clock.now();
    let explanation = Explanation {
        form: key.form.clone(),
        period: key.period,
        unit: key.unit.clone(),
        rule: new.rule.clone(),
        indicator: new.indicator.clone(),
        fingerprint: new.fingerprint.clone(),
        text: nfc(new.text.trim()),
        written_by: by.name.clone(),
        written_at: now,
    };
    let explanation = explanation.checked()?;
    let of_unit = of_units(by, std::slice::from_ref(&key.unit));
    let place = store::collection::explanation::explanations(&mut tx, &of_unit, &key.form, key.period)?.len();

    store::collection::explanation::insert(&mut tx, &by.scope.tenant, &explanation, place)?;
    let detail = format!("{} {}: {}", explanation.rule, explanation.indicator, explanation.text);
    store::audit::append(&mut tx, by, now, "explain-figure", &key.subject(), &detail)?;
    tx.commit()?;
    Ok(explanation)
}
