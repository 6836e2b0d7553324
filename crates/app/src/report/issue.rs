//! Issues a report (ban hành): freezes its files with the readings they print, so that a later correction finds them.

use std::collections::BTreeMap;

use thidua_base::code::ReportId;
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::draft::{Issue, IssuedFile};
use thidua_domain::{Actor, Refusal};
use thidua_paper::tree::Document;
use thidua_store as store;

use super::gather;
use super::make::made;
use super::print::{Format, print};
use crate::permit::permit;
use crate::{App, Error};

/// Issues a report as it stands: its Word and PDF files are kept byte for byte.
///
/// # Errors
/// [`Error::NotFound`] where there is no such report for this actor, or issuing is not theirs; what making and printing
/// a report is refused for; [`Refusal::ChangedMeanwhile`] where another issue came first.
pub fn issue(app: &App, by: &Actor, id: &ReportId) -> Result<Issue, Error> {
    let mut tx = app.db.begin()?;
    let tenant = &by.scope.tenant;
    let as_of_seq = store::reading::lock(&mut tx, tenant)?;
    let book = app.book_in(&mut tx, by)?;
    let data = gather(&book, by, id, &mut tx)?;
    permit(by, Verb::IssueReport, Thing::Unit(&data.report.unit), "report")?;
    let mut seqs: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for reading in &data.readings {
        seqs.entry(reading.key()).or_default().push(reading.seq);
    }
    let made = made(std::sync::Arc::new(data))?;
    let files = [
        (IssuedFile::Docx, print(&made.document, Format::Docx)?),
        (IssuedFile::Pdf, print(&made.document, Format::Pdf)?),
    ];
    let mut used: Vec<i64> =
        sources(&made.document).iter().filter_map(|key| seqs.get(*key)).flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let earlier = store::report_issue::issues(&mut tx, &Scope::whole(tenant.clone()))?;
    let number = earlier.iter().filter(|issue| issue.report == *id).map(|issue| issue.number).max().unwrap_or(0) + 1;
    let issue = Issue { report: id.clone(), number, by: by.name.clone(), at: app.clock.now(), as_of_seq };

    store::report_issue::insert(&mut tx, tenant, &issue, &files, &used).map_err(|error| match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => Error::from(other),
    })?;
    let detail = format!("issue {number}, as of reading {as_of_seq}, {} readings printed", used.len());
    store::audit::append(&mut tx, by, issue.at, Verb::IssueReport.word(), &format!("report:{id}"), &detail)?;
    tx.commit()?;
    Ok(issue)
}

/// The issues of a report, oldest first.
///
/// # Errors
/// Where the store fails.
pub fn issues(app: &App, by: &Actor, id: &ReportId) -> Result<Vec<Issue>, Error> {
    let all = app.db.read(|tx| store::report_issue::issues(tx, &by.scope))?;
    Ok(all.into_iter().filter(|issue| issue.report == *id).collect())
}

/// A file of an issue, byte for byte as it was issued.
///
/// # Errors
/// [`Error::NotFound`] where there is no such issue for this actor.
pub fn issued_file(app: &App, by: &Actor, id: &ReportId, number: i64, wanted: IssuedFile) -> Result<Vec<u8>, Error> {
    app.db.read(|tx| store::report_issue::file(tx, &by.scope, id, number, wanted))?.ok_or(Error::NotFound("issue"))
}

/// The issues that printed one of the readings: what must be looked at again once they are corrected.
///
/// # Errors
/// Where the store fails.
pub fn issues_using(app: &App, by: &Actor, seqs: &[i64]) -> Result<Vec<Issue>, Error> {
    Ok(app.db.read(|tx| store::report_issue::using(tx, &by.scope, seqs))?)
}

/// The keys of all stored values that bound text of a document depends on.
fn sources(document: &Document) -> Vec<&str> {
    document.ties().into_iter().flat_map(|tie| tie.sources.iter().map(String::as_str)).collect()
}
