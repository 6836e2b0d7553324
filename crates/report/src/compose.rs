//! From data and form to a document tree.

use thidua_base::Date;
use thidua_domain::office::Addressing;
use thidua_paper::tree::{Block, Document, Foot, Head, Section, text_of};

use crate::data::ReportData;
use crate::form::{BlockSpec, Form, Part};
use crate::sections;
use crate::writing::{Unfillable, Writing};

/// The paper of a report.
///
/// # Errors
/// When a template of the form or a typed passage cannot be filled.
pub fn compose(data: &ReportData, form: &Form) -> Result<Document, Unfillable> {
    let mut writing = Writing::new(data);
    writing.counts = form.counts.into();
    let abstract_line = writing.fill(&form.r#abstract)?;
    let mut issuer = Vec::new();
    for line in &form.issuer {
        issuer.push(text_of(&writing.fill(line)?).to_uppercase());
    }
    let mut body = placed(&mut writing, &form.opening)?;
    for part in &form.part {
        body.push(section(&mut writing, part)?);
    }
    body.extend(placed(&mut writing, &form.closing)?);
    Ok(Document {
        title: format!("{} {}", form.name.vi, data.period().in_words()),
        dated: dated(data),
        head: Head {
            superior: None,
            issuer,
            number: data.document.number.map(|number| number.to_string()),
            symbol: data.document.symbol.clone(),
            place: data.document.place.clone(),
            issued_on: data.document.issued_on,
            kind: form.kind.clone(),
            abstract_line,
            addressees: recipients(data, Addressing::Addressed),
            stamps: Vec::new(),
        },
        body,
        foot: foot(data),
        annexes: Vec::new(),
    })
}

fn section(writing: &mut Writing, part: &Part) -> Result<Block, Unfillable> {
    let title = writing.fill(&part.title)?;
    let mut body = placed(writing, &part.blocks)?;
    for inner in &part.part {
        body.push(section(writing, inner)?);
    }
    Ok(Block::Section(Section { id: part.id.clone(), style: part.style.into(), title, body }))
}

fn placed(writing: &mut Writing, specs: &[BlockSpec]) -> Result<Vec<Block>, Unfillable> {
    let mut out = Vec::new();
    for spec in specs {
        out.extend(sections::blocks(writing, spec)?);
    }
    Ok(out)
}

fn foot(data: &ReportData) -> Foot {
    let addressed = !recipients(data, Addressing::Addressed).is_empty();
    let mut listed = recipients(data, Addressing::Copied);
    if addressed {
        listed.insert(0, "Như trên".to_owned());
    }
    let (authority, signer) = match &data.signing {
        Some(signing) => (signing.authority.clone(), Some(signing.signer.clone())),
        None => (Vec::new(), None),
    };
    Foot { recipients: listed, authority, signer, beside: None }
}

fn recipients(data: &ReportData, addressing: Addressing) -> Vec<String> {
    let mut rows: Vec<_> = data.recipients.iter().filter(|row| row.addressing == addressing).collect();
    rows.sort_by_key(|row| row.ordinal);
    rows.into_iter().map(|row| row.text.clone()).collect()
}

/// The day of issue, or the report's own day while it is open.
fn dated(data: &ReportData) -> Date {
    data.document.issued_on.unwrap_or(data.report.dated)
}
