//! Forms with their rows, and who reports by them.

pub mod cycle;
pub mod entry;
pub mod evidence;
pub mod explanation;
pub mod submission;

use thidua_base::code::{FormId, TenantId};
use thidua_domain::Scope;
use thidua_domain::collection::{Assigned, Assignment, Form, FormRow};

use crate::column::{Cells, Word};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_FORM = "
        INSERT INTO form (tenant, id, number, name, receiver, every, verification, valid_from, valid_to, legal_ref)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    INSERT_ROW = "
        INSERT INTO form_row (tenant, form, ordinal, heading, label, indicator, need)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    FORMS = "
        SELECT id, number, name, receiver, every, verification, valid_from, valid_to, legal_ref
        FROM form
        WHERE tenant = $1
        ORDER BY id",
    ROWS = "
        SELECT form, heading, label, indicator, need
        FROM form_row
        WHERE tenant = $1
        ORDER BY form, ordinal",
    INSERT_ASSIGNMENT = "
        INSERT INTO form_assignment (tenant, form, ordinal, unit, below, valid_from, valid_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ASSIGNMENTS = "
        SELECT form, unit, below, valid_from, valid_to
        FROM form_assignment
        WHERE tenant = $1
        ORDER BY form, ordinal",
);

/// Adds a form with its rows.
pub fn insert_form(tx: &mut Tx, tenant: &TenantId, form: &Form) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&form.id)
        .with(&form.number)
        .with(&form.name)
        .with(&form.receiver)
        .with(form.every)
        .with(if form.is_verified { Verification::Leader } else { Verification::None })
        .with(form.valid_from)
        .with(form.valid_to)
        .with(&form.legal_ref);
    tx.execute(&INSERT_FORM, &Vec::from(row))?;
    let rows = form.rows.iter().enumerate().map(|(place, row)| {
        Cells::of(tenant)
            .with(&form.id)
            .place(place)
            .with(&row.heading)
            .with(&row.label)
            .with(&row.indicator)
            .with(if row.is_required { Need::Required } else { Need::Optional })
    });
    tx.insert_many(&INSERT_ROW, rows)
}

/// Every form with its rows, by id. Definitions are the whole tenant's, whatever units are in reach.
pub fn forms(tx: &mut Tx, scope: &Scope) -> Result<Vec<Form>, Error> {
    let key = Vec::from(Cells::of(&scope.tenant));
    let mut forms = tx.query(&FORMS, &key, |row| {
        Ok(Form {
            id: row.next()?,
            number: row.next()?,
            name: row.next()?,
            receiver: row.next()?,
            every: row.next()?,
            is_verified: row.next::<Verification>()? == Verification::Leader,
            valid_from: row.next()?,
            valid_to: row.next()?,
            legal_ref: row.next()?,
            rows: Vec::new(),
        })
    })?;
    let rows: Vec<(FormId, FormRow)> = tx.query(&ROWS, &key, |row| {
        let form = row.next()?;
        let of_form = FormRow {
            heading: row.next()?,
            label: row.next()?,
            indicator: row.next()?,
            is_required: row.next::<Need>()? == Need::Required,
        };
        Ok((form, of_form))
    })?;
    for (of, row) in rows {
        // Both lists are in the order of ids.
        if let Ok(at) = forms.binary_search_by(|form| form.id.cmp(&of)) {
            forms[at].rows.push(row);
        }
    }
    Ok(forms)
}

/// Adds who reports by a form, after those that are there.
pub fn insert_assignments(
    tx: &mut Tx,
    tenant: &TenantId,
    assignments: &[Assignment],
    first_place: usize,
) -> Result<(), Error> {
    let rows = assignments.iter().enumerate().map(|(place, assignment)| {
        let (unit, below) = match &assignment.to {
            Assigned::Unit(unit) => (Some(unit), None),
            Assigned::Below(parent) => (None, Some(parent)),
        };
        Cells::of(tenant)
            .with(&assignment.form)
            .place(first_place + place)
            .with(unit)
            .with(below)
            .with(assignment.valid_from)
            .with(assignment.valid_to)
    });
    tx.insert_many(&INSERT_ASSIGNMENT, rows)
}

/// Who reports by which form; the whole tenant's, as forms are.
pub fn assignments(tx: &mut Tx, scope: &Scope) -> Result<Vec<Assignment>, Error> {
    tx.query(&ASSIGNMENTS, &Vec::from(Cells::of(&scope.tenant)), |row| {
        let form = row.next()?;
        let to = match (row.next()?, row.next()?) {
            (Some(unit), None) => Assigned::Unit(unit),
            (None, Some(parent)) => Assigned::Below(parent),
            (Some(_), Some(_)) | (None, None) => {
                return Err(Error::Integrity("an assignment names both one unit and many, or none".to_owned()));
            }
        };
        Ok(Assignment { form, to, valid_from: row.next()?, valid_to: row.next()? })
    })
}

/// Whether a unit's leader verifies its sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verification {
    None,
    Leader,
}

impl Word for Verification {
    const ALL: &'static [Self] = &[Self::None, Self::Leader];

    fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Leader => "leader",
        }
    }
}

/// Whether a sheet may go up without a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

impl Word for Need {
    const ALL: &'static [Self] = &[Self::Required, Self::Optional];

    fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
        }
    }
}
