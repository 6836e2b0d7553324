//! Makes a report: data, paper and remarks from one snapshot.

use std::sync::Arc;

use thidua_base::code::ReportId;
use thidua_domain::refusal::PassageFault;
use thidua_domain::{Actor, Refusal};
use thidua_paper::tree::Document;
use thidua_prose::check::Remark;
use thidua_report::form::{Form, form, forms};
use thidua_report::writing::Unfillable;
use thidua_report::{ReportData, check, compose};

use super::gather;
use crate::{App, Error};

/// A report as it stands.
#[derive(Debug, Clone)]
pub struct Made {
    /// What it is made from.
    pub data: Arc<ReportData>,
    /// The form it follows.
    pub form: &'static Form,
    /// The paper.
    pub document: Document,
    /// What the checker says, the most severe first.
    pub remarks: Vec<Remark>,
}

/// Makes a report.
///
/// # Errors
/// [`Error::NotFound`] where there is no such report for this actor; a refusal where its form is unknown or a
/// passage of it cannot be filled.
pub fn make(app: &App, by: &Actor, id: &ReportId) -> Result<Made, Error> {
    let data = app.db.read(|tx| {
        let book = app.book_in(tx, by)?;
        gather(&book, by, id, tx)
    })?;
    made(Arc::new(data))
}

/// Makes a report from data at hand.
pub(super) fn made(data: Arc<ReportData>) -> Result<Made, Error> {
    let form = form_of(&data)?;
    let document = compose(&data, form).map_err(refused_template)?;
    let remarks = check::check(&data, form, &document);
    Ok(Made { data, form, document, remarks })
}

/// The form a report follows.
pub(crate) fn form_of(data: &ReportData) -> Result<&'static Form, Error> {
    form(&data.report.form).ok_or_else(|| {
        Error::Refused(Refusal::UnknownForm {
            asked: data.report.form.clone(),
            known: forms().iter().map(|form| form.code.clone()).collect(),
        })
    })
}

/// A template that cannot be filled, as a refusal that names the place.
pub(crate) fn refused_template(fault: Unfillable) -> Error {
    let (slot, fault) = match fault {
        Unfillable::Template(why) => (why.to_string(), PassageFault::Braces),
        Unfillable::UnknownName { slot, name } => (slot, PassageFault::UnknownName(name)),
        Unfillable::UnknownWord { slot, word } => (slot, PassageFault::UnknownWord(word)),
        Unfillable::Number { slot, why } => (slot, PassageFault::Figure(why)),
    };
    Error::Refused(Refusal::BadPassage { slot, fault })
}
