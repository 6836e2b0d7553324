//! Standards, their populations, and what happened to the members.

use thidua_base::code::kind;
use thidua_domain::Refusal;
use thidua_domain::indicator::standard::{Member, Recognition, RecognitionState, Standard};
use thidua_domain::refusal::PackFault;

use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `standards.csv`.
pub(in crate::pack) const STANDARDS: &[&str] =
    &["code", "name", "phrase", "measure", "population", "percent_decimals", "field", "ordinal", "definition"];
/// Columns of `members.csv`.
pub(in crate::pack) const MEMBERS: &[&str] =
    &["id", "standard", "name", "unit", "valid_from", "valid_to", "origin", "source"];
/// Columns of `recognitions.csv`.
pub(in crate::pack) const RECOGNITIONS: &[&str] = &["id", "member", "state", "on", "decision", "origin", "source"];

/// Standards.
pub(in crate::pack) fn standards(
    records: &[Record],
    codes: &mut Known<kind::Standard>,
) -> Result<Vec<Standard>, Refusal> {
    let standard = |record: &Record| {
        Ok(Standard {
            code: codes.define(record, "code")?,
            name: record.text("name")?.to_owned(),
            phrase: record.text("phrase")?.to_owned(),
            measure: record.text("measure")?.to_owned(),
            population: record.text("population")?.to_owned(),
            percent_decimals: record.decimals("percent_decimals")?,
            field: record.text("field")?.to_owned(),
            ordinal: record.whole("ordinal")?,
            definition: record.free("definition")?.to_owned(),
        })
    };
    records.iter().map(standard).collect()
}

/// Members of populations.
pub(in crate::pack) fn members(
    records: &[Record],
    ids: &mut Known<kind::Member>,
    standards: &Known<kind::Standard>,
    units: &Known<kind::Org>,
) -> Result<Vec<Member>, Refusal> {
    let member = |record: &Record| {
        let (valid_from, valid_to) = record.span()?;
        Ok(Member {
            id: ids.define(record, "id")?,
            standard: standards.resolve(record, "standard")?,
            name: record.text("name")?.to_owned(),
            unit: units.maybe(record, "unit")?,
            valid_from,
            valid_to,
            provenance: record.provenance()?,
        })
    };
    records.iter().map(member).collect()
}

/// Events of members.
pub(in crate::pack) fn recognitions(
    records: &[Record],
    members: &Known<kind::Member>,
) -> Result<Vec<Recognition>, Refusal> {
    let mut ids = std::collections::BTreeSet::new();
    let mut recognitions = Vec::new();
    for record in records {
        let id = record.text("id")?.to_owned();
        if !ids.insert(id.clone()) {
            return Err(record.fault("id", PackFault::Twice(id)));
        }
        recognitions.push(Recognition {
            id,
            member: members.resolve(record, "member")?,
            state: record.one_of(
                "state",
                &[
                    ("registered", RecognitionState::Registered),
                    ("appraised", RecognitionState::Appraised),
                    ("recognised", RecognitionState::Recognised),
                    ("recognised-again", RecognitionState::RecognisedAgain),
                    ("revoked", RecognitionState::Revoked),
                ],
            )?,
            on: record.date("on")?,
            decision: record.free("decision")?.to_owned(),
            provenance: record.provenance()?,
        });
    }
    Ok(recognitions)
}
