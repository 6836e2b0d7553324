//! Changes of figures and what became of them, as the page's script and other programs send and read them.

use serde::{Deserialize, Serialize};
use thidua_app::collection::Answer;
use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::{Number, Period, Timestamp};
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::{Change, How};
use thidua_domain::indicator::{Absence, Nature, Reading, Value};
use utoipa::ToSchema;

use crate::messages::Messages;

/// A batch of changes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The changes, in the order in which they were made.
    pub changes: Vec<SentChange>,
}

/// One change. A value is a canonical decimal (`1231.2`) and excludes an absence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentChange {
    /// Its own id: sent twice, it is answered as before.
    id: String,
    /// The unit.
    unit: String,
    /// The indicator.
    indicator: String,
    /// `estimate`, `provisional` or `official`; that of the cycle without it.
    #[serde(default)]
    nature: Option<String>,
    /// The reading it was made over; without it, it is a conflict where the cell holds one.
    #[serde(default)]
    over: Option<i64>,
    /// An exact decimal such as `1231.2`.
    #[serde(default)]
    value: Option<String>,
    /// `none-occurred`, `not-applicable`, `withheld` or `not-reported`.
    #[serde(default)]
    absence: Option<String>,
    /// A note.
    #[serde(default)]
    note: String,
    /// How it was made; of programs only `corrected-above` counts.
    #[serde(default)]
    how: Option<String>,
    /// When it was made, by the sender's clock.
    #[serde(default)]
    at: Option<String>,
    /// The change in conflict that it settles.
    #[serde(default)]
    settles: Option<String>,
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answers {
    /// One for each change, in their order.
    pub answers: Vec<SentAnswer>,
}

/// What became of one change.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentAnswer {
    /// The change.
    id: String,
    /// `saved`, `unchanged`, `conflict` or `refused`.
    outcome: &'static str,
    /// Why nothing became of it, for people; empty otherwise.
    sentence: String,
    /// The code of the refusal, for programs; empty otherwise.
    code: &'static str,
    /// The reading that holds the cell now.
    holds: Option<Held>,
}

/// A reading that holds a cell.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    /// Its number.
    seq: i64,
    /// Its value.
    value: Option<String>,
    /// Why it has no number.
    absence: Option<&'static str>,
    /// Who entered it.
    by: String,
    /// When.
    at: String,
}

/// Words of absences, as sent.
pub const ABSENCES: [(Absence, &str); 4] = [
    (Absence::NoneOccurred, "none-occurred"),
    (Absence::NotApplicable, "not-applicable"),
    (Absence::Withheld, "withheld"),
    (Absence::NotReported, "not-reported"),
];

/// The word of an absence.
pub fn absence_sent(absence: Absence) -> &'static str {
    ABSENCES.iter().find(|(known, _)| *known == absence).map_or("", |(_, word)| word)
}

impl SentChange {
    /// The unit it is of, as sent.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The change, or the name of the field that cannot be read.
    pub fn read(self, form: &FormId, period: Period, nature: Nature, by_program: bool) -> Result<Change, &'static str> {
        let value = match (&self.value, &self.absence) {
            (Some(number), None) => Value::Of(Number::parse(number).map_err(|_| "value")?),
            (None, Some(word)) => {
                let known = ABSENCES.iter().find(|(_, known)| known == word);
                Value::Absent(known.map(|(absence, _)| *absence).ok_or("absence")?)
            }
            (Some(_), Some(_)) | (None, None) => return Err("value"),
        };
        let how = match self.how.as_deref() {
            _ if by_program && self.how.as_deref() != Some("corrected-above") => How::Api,
            None | Some("typed") => How::Typed,
            Some("pasted") => How::Pasted,
            Some("corrected-above") => How::CorrectedAbove,
            Some(_) => return Err("how"),
        };
        let nature = match self.nature.as_deref() {
            None => nature,
            Some("estimate") => Nature::Estimate,
            Some("provisional") => Nature::Provisional,
            Some("official") => Nature::Official,
            Some(_) => return Err("nature"),
        };
        Ok(Change {
            id: ChangeId::parse(&self.id).map_err(|_| "id")?,
            form: form.clone(),
            period,
            unit: OrgId::parse(&self.unit).map_err(|_| "unit")?,
            indicator: IndicatorCode::parse(&self.indicator).map_err(|_| "indicator")?,
            nature,
            over: self.over,
            value,
            note: self.note,
            how,
            device_at: self.at.as_deref().map(Timestamp::parse).transpose().map_err(|_| "at")?,
            settles: self.settles.as_deref().map(ChangeId::parse).transpose().map_err(|_| "settles")?,
        })
    }
}

impl SentAnswer {
    /// An answer with its sentence in the reader's language.
    pub fn of(say: &'static Messages, answer: &Answer) -> Self {
        let (outcome, sentence, code) = match &answer.outcome {
            Ok(Outcome::Saved { .. }) => ("saved", String::new(), ""),
            Ok(Outcome::Unchanged { .. }) => ("unchanged", String::new(), ""),
            Ok(Outcome::Conflict { .. }) => ("conflict", String::new(), ""),
            Err(refusal) => ("refused", say.refusal(refusal), refusal.code()),
        };
        Self { id: answer.change.to_string(), outcome, sentence, code, holds: answer.holds.as_ref().map(Held::of) }
    }
}

impl SentAnswer {
    /// The same for programs: with the instant instead of a clock's time for people.
    pub fn for_programs(say: &'static Messages, answer: &Answer) -> Self {
        let mut sent = Self::of(say, answer);
        if let (Some(held), Some(reading)) = (&mut sent.holds, &answer.holds) {
            held.at = reading.entered_at.to_string();
        }
        sent
    }
}

impl Held {
    fn of(reading: &Reading) -> Self {
        let (value, absence) = sent(reading.value);
        Self { seq: reading.seq, value, absence, by: reading.entered_by.clone(), at: reading.entered_at.in_table() }
    }
}

/// A value as sent: a number or the word of an absence.
pub fn sent(value: Value) -> (Option<String>, Option<&'static str>) {
    match value {
        Value::Of(number) => (Some(number.to_string()), None),
        Value::Absent(absence) => (None, Some(absence_sent(absence))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Change, &'static str> {
        let batch: Batch = serde_json::from_str(text).map_err(|_| "json")?;
        let form = FormId::parse("bieu-01").unwrap();
        let period = Period::parse("2020-H1").unwrap();
        batch.changes.into_iter().next().unwrap().read(&form, period, Nature::Estimate, false)
    }

    #[test]
    fn a_change_is_read_whole_or_its_wrong_field_is_named() {
        let whole = r#"{"changes":[{"id":"c-1","unit":"x-1","indicator":"NN01","over":7,"value":"12.5","how":"pasted",
            "at":"2020-07-05T02:00:00Z"}]}"#;
        let change = read(whole).unwrap();
        assert_eq!(
            (change.over, change.value, change.how),
            (Some(7), Value::Of(Number::parse("12.5").unwrap()), How::Pasted)
        );
        for (wrong, field) in [
            (r#"{"changes":[{"id":"c 1","unit":"x","indicator":"A","value":"1"}]}"#, "id"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A"}]}"#, "value"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A","value":"1","absence":"withheld"}]}"#, "value"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A","value":"1,5"}]}"#, "value"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A","absence":"zero"}]}"#, "absence"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A","value":"1","how":"guessed"}]}"#, "how"),
            (r#"{"changes":[{"id":"c","unit":"x","indicator":"A","value":"1","extra":1}]}"#, "json"),
        ] {
            assert_eq!(read(wrong).err(), Some(field), "{wrong}");
        }
    }
}
