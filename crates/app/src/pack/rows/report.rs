//! The report of a pack: its entry in the register, recipients, signer, passages.

use std::collections::BTreeSet;

use thidua_base::code::{InstrumentId, ReportId, kind};
use thidua_domain::Refusal;
use thidua_domain::draft::Passage;
use thidua_domain::office::{Addressing, Recipient, RegisteredDocument, Report, SigningAuthority};
use thidua_domain::refusal::PackFault;

use crate::pack::Entered;
use crate::pack::known::Known;
use crate::pack::record::Record;

/// A report with all that belongs to it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReport {
    /// The report.
    pub report: Report,
    /// Facts of the founding report that the report itself carries.
    pub source: String,
    /// Its entry in the document register.
    pub document: RegisteredDocument,
    /// Recipients, in print order.
    pub recipients: Vec<Recipient>,
    /// Who may sign.
    pub signing: Vec<SigningAuthority>,
    /// Typed passages, the first version of each slot.
    pub passages: Vec<Passage>,
    /// Instruments it relies on.
    pub cited: Vec<Cited>,
}

/// An instrument a report relies on, and the facts that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The facts.
    pub source: String,
}

/// The report of `report.toml`.
pub(in crate::pack) fn report(
    file: &Record,
    units: &Known<kind::Org>,
    instruments: &Known<kind::Instrument>,
    entered: &Entered,
) -> Result<PackReport, Refusal> {
    file.only(&["report", "document", "recipient", "signing", "cited", "passage"])?;
    let head = file.record("report")?;
    head.only(&["id", "form", "unit", "period", "superior", "dated", "source"])?;
    let report = Report {
        id: head.code("id")?,
        form: head.text("form")?.to_owned(),
        unit: units.resolve(head, "unit")?,
        period: head.period("period")?,
        superior: units.maybe(head, "superior")?,
        dated: head.date("dated")?,
    };
    let document = document(file.record("document")?, &report)?;
    let recipients = recipients(file.records("recipient")?, &document)?;
    let signing = file.records("signing")?.iter().map(|record| signing(record, units)).collect::<Result<_, _>>()?;
    let cited = file.records("cited")?.iter().map(|record| {
        record.only(&["instrument", "source"])?;
        Ok(Cited { instrument: instruments.resolve(record, "instrument")?, source: record.text("source")?.to_owned() })
    });
    Ok(PackReport {
        source: head.text("source")?.to_owned(),
        document,
        recipients,
        signing,
        passages: passages(file.records("passage")?, &report.id, entered)?,
        cited: cited.collect::<Result<_, Refusal>>()?,
        report,
    })
}

fn document(record: &Record, report: &Report) -> Result<RegisteredDocument, Refusal> {
    record.only(&["id", "kind", "number", "symbol", "issued_on", "place", "abstract_line"])?;
    Ok(RegisteredDocument {
        id: record.code("id")?,
        unit: report.unit.clone(),
        kind: record.text("kind")?.to_owned(),
        number: record.maybe_whole("number")?,
        symbol: record.text("symbol")?.to_owned(),
        issued_on: record.maybe_date("issued_on")?,
        place: record.text("place")?.to_owned(),
        abstract_line: record.text("abstract_line")?.to_owned(),
        report: Some(report.id.clone()),
    })
}

/// Lines in file order, numbered from 1.
fn recipients(records: &[Record], document: &RegisteredDocument) -> Result<Vec<Recipient>, Refusal> {
    let line = |(ordinal, record): (i64, &Record)| {
        record.only(&["text", "addressing"])?;
        Ok(Recipient {
            document: document.id.clone(),
            ordinal,
            text: record.text("text")?.to_owned(),
            addressing: record
                .one_of("addressing", &[("copied", Addressing::Copied), ("addressed", Addressing::Addressed)])?,
        })
    };
    (1..).zip(records).map(line).collect()
}

fn signing(record: &Record, units: &Known<kind::Org>) -> Result<SigningAuthority, Refusal> {
    record.only(&["unit", "valid_from", "valid_to", "authority", "signer"])?;
    let (valid_from, valid_to) = record.span()?;
    Ok(SigningAuthority {
        unit: units.resolve(record, "unit")?,
        valid_from,
        valid_to,
        authority: record.texts("authority")?.into_iter().map(|(_, line)| line.to_owned()).collect(),
        signer: record.text("signer")?.to_owned(),
    })
}

fn passages(records: &[Record], report: &ReportId, entered: &Entered) -> Result<Vec<Passage>, Refusal> {
    let mut slots = BTreeSet::new();
    let mut passages = Vec::new();
    for record in records {
        record.only(&["slot", "text"])?;
        let slot = record.text("slot")?.to_owned();
        if !slots.insert(slot.clone()) {
            return Err(record.fault("slot", PackFault::Twice(slot)));
        }
        passages.push(Passage {
            report: report.clone(),
            slot,
            version: 1,
            text: record.passage("text")?.to_owned(),
            author: entered.by.clone(),
            written_at: entered.at,
        });
    }
    Ok(passages)
}
