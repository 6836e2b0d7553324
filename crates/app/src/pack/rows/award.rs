//! Awards, exemplars, and legal instruments that the national book does not hold.

use thidua_base::code::kind;
use thidua_domain::Refusal;
use thidua_domain::decision::{Award, DirectWorker};
use thidua_domain::exemplar::Exemplar;
use thidua_domain::honour::{CommendationType, Subject};
use thidua_domain::refusal::{PackFault, Wanted};
use thidua_law::instrument::Instrument;

use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `awards.csv`.
pub(in crate::pack) const AWARDS: &[&str] = &[
    "id",
    "honour",
    "authority",
    "subject",
    "subject_name",
    "unit",
    "commendation",
    "direct_worker",
    "decision_number",
    "decided_on",
    "achievement",
    "origin",
    "source",
];
/// Columns of `exemplars.csv`.
pub(in crate::pack) const EXEMPLARS: &[&str] =
    &["id", "field", "name", "group", "unit", "size", "measure", "since", "story", "ordinal", "origin", "source"];
/// Columns of `instruments.csv`.
pub(in crate::pack) const INSTRUMENTS: &[&str] =
    &["id", "kind", "number", "title", "issuer", "issued_on", "in_force_from", "in_force_to", "replaced_by"];

/// The register of awards.
pub(in crate::pack) fn awards(
    records: &[Record],
    honours: &Known<kind::Honour>,
    units: &Known<kind::Org>,
) -> Result<Vec<Award>, Refusal> {
    let mut ids: Known<kind::Award> = Known::none();
    let award = |record: &Record| {
        let subject = record.one_of(
            "subject",
            &[
                ("individual", Subject::Individual),
                ("collective", Subject::Collective),
                ("household", Subject::Household),
            ],
        )?;
        // Only a person works directly or leads.
        let direct_worker = match subject {
            Subject::Individual => record.one_of(
                "direct_worker",
                &[("", None), ("direct", Some(DirectWorker::Direct)), ("leading", Some(DirectWorker::Leading))],
            )?,
            Subject::Collective | Subject::Household => record.one_of("direct_worker", &[("", None)])?,
        };
        Ok(Award {
            id: ids.define(record, "id")?,
            honour: honours.resolve(record, "honour")?,
            authority: record.text("authority")?.to_owned(),
            subject,
            subject_name: record.text("subject_name")?.to_owned(),
            unit: units.resolve(record, "unit")?,
            commendation: record.one_of(
                "commendation",
                &[
                    ("achievement", CommendationType::Achievement),
                    ("thematic", CommendationType::Thematic),
                    ("irregular", CommendationType::Irregular),
                    ("contribution", CommendationType::Contribution),
                    ("seniority", CommendationType::Seniority),
                    ("diplomatic", CommendationType::Diplomatic),
                ],
            )?,
            direct_worker,
            decision_number: record.free("decision_number")?.to_owned(),
            decided_on: record.date("decided_on")?,
            achievement: record.free("achievement")?.to_owned(),
            provenance: record.provenance()?,
        })
    };
    records.iter().map(award).collect()
}

/// Exemplars; a size has a measure.
pub(in crate::pack) fn exemplars(
    records: &[Record],
    ids: &mut Known<kind::Exemplar>,
    units: &Known<kind::Org>,
) -> Result<Vec<Exemplar>, Refusal> {
    let exemplar = |record: &Record| {
        let size = record.maybe_number("size")?;
        let measure = match size {
            Some(_) => record.text("measure")?,
            None => record.free("measure")?,
        };
        Ok(Exemplar {
            id: ids.define(record, "id")?,
            field: record.text("field")?.to_owned(),
            name: record.text("name")?.to_owned(),
            group: record.free("group")?.to_owned(),
            unit: units.maybe(record, "unit")?,
            size,
            measure: measure.to_owned(),
            since: record.maybe_whole("since")?,
            story: record.free("story")?.to_owned(),
            ordinal: record.whole("ordinal")?,
            provenance: record.provenance()?,
        })
    };
    records.iter().map(exemplar).collect()
}

/// Local instruments; `known` holds those of the national book and takes these in.
pub(in crate::pack) fn instruments(
    records: &[Record],
    known: &mut Known<kind::Instrument>,
) -> Result<Vec<Instrument>, Refusal> {
    let ids = records.iter().map(|record| known.define(record, "id")).collect::<Result<Vec<_>, _>>()?;
    let instrument = |(record, id): (&Record, _)| {
        let (in_force_from, in_force_to) = (record.date("in_force_from")?, record.maybe_date("in_force_to")?);
        if in_force_to.is_some_and(|to| to <= in_force_from) {
            return Err(record.fault("in_force_to", PackFault::Expected(Wanted::DayAfter(in_force_from))));
        }
        Ok(Instrument {
            id,
            kind: record.text("kind")?.to_owned(),
            number: record.text("number")?.to_owned(),
            title: record.text("title")?.to_owned(),
            issuer: record.text("issuer")?.to_owned(),
            issued_on: record.date("issued_on")?,
            in_force_from,
            in_force_to,
            replaced_by: known.maybe(record, "replaced_by")?,
        })
    };
    records.iter().zip(ids).map(instrument).collect()
}
