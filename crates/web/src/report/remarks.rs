//! What the checker says of a report, by severity.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use thidua_app::report;
use thidua_base::code::{IndicatorCode, ReportId};
use thidua_prose::check::{Remark, Severity};

use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The remarks on a report.
#[derive(Debug, Template)]
#[template(path = "report/remarks.html")]
pub struct Remarks {
    page: Page,
    report_title: String,
    report_href: String,
    lead: String,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    class: &'static str,
    word: &'static str,
    meaning: &'static str,
    rows: Vec<Said>,
}

/// A remark as a sentence.
#[derive(Debug)]
pub struct Said {
    /// Class of the stylesheet.
    pub class: &'static str,
    /// How grave, in a word.
    pub severity: &'static str,
    /// The sentence.
    pub text: String,
    /// Where.
    pub place: String,
    /// The way to that place; empty where there is none.
    pub href: String,
    /// The code.
    pub code: String,
}

impl Said {
    /// A failure to write the report, said among the remarks.
    pub fn failure(say: &'static Messages, text: String) -> Self {
        let (class, severity) = severity_of(say, Severity::Error);
        Self { class, severity, text, place: String::new(), href: String::new(), code: String::new() }
    }
}

/// `GET /bao-cao/{id}/kiem-tra`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = ReportId::parse(&id).map_err(|_| Fault::NotFound)?;
    let asked = id.clone();
    let (standing, written) = ask.verb(move |app, by| report::written(app, by, &asked)).await?;
    let made = &written.made;
    let say = ask.messages();
    let page = ask.page(Part::Reports, say.get("remarks.title"), &standing);
    html(&Remarks::of(page, say, made.document.title.clone(), &id, &made.remarks))
}

impl Remarks {
    fn of(page: Page, say: &'static Messages, title: String, report: &ReportId, remarks: &[Remark]) -> Self {
        let groups: Vec<Group> = [Severity::Error, Severity::Residue, Severity::Hint]
            .into_iter()
            .map(|severity| {
                let (class, word) = severity_of(say, severity);
                Group {
                    class,
                    word,
                    meaning: say.get(&format!("severity.{class}-meaning")),
                    rows: remarks.iter().filter(|r| r.severity == severity).map(|r| said(say, report, r)).collect(),
                }
            })
            .collect();
        let lead = if remarks.iter().any(|remark| remark.severity == Severity::Error) {
            say.get("remarks.lead-errors")
        } else {
            say.get("remarks.lead-clean")
        };
        Self { page, report_title: title, report_href: paths::report(report), lead: lead.to_owned(), groups }
    }
}

/// A remark on a report as a sentence in the reader's language.
pub fn said(say: &'static Messages, report: &ReportId, remark: &Remark) -> Said {
    let (class, severity) = severity_of(say, remark.severity);
    let (place, href) = place(say, report, remark);
    Said { class, severity, text: say.remark(remark), place, href, code: remark.code.to_owned() }
}

/// Where a remark belongs, in words, and the way there; empty where there is none.
fn place(say: &'static Messages, report: &ReportId, remark: &Remark) -> (String, String) {
    let place = remark.place.as_str();
    if place.is_empty() {
        return (say.get("place.whole").to_owned(), String::new());
    }
    if let Some(known) = say.find(&format!("place.{place}")) {
        return (known.to_owned(), paths::report(report));
    }
    // A place in the text names its section in square brackets: `2.1. [nong-nghiep] ¶2`.
    if let Some((number, rest)) = place.split_once('[')
        && let Some((section, after)) = rest.split_once(']')
    {
        let words = after.trim().strip_prefix('¶').map(|n| say.with("place.paragraph", &[("number", n)]));
        let place = format!("{} {}", number.trim_end_matches([' ', '.']), words.unwrap_or_default());
        return (place.trim().to_owned(), format!("{}#{section}", paths::report(report)));
    }
    // Checks of the data name the indicator they speak of.
    match IndicatorCode::parse(place) {
        Ok(code) if place.bytes().next().is_some_and(|b| b.is_ascii_uppercase()) => {
            (place.to_owned(), paths::indicator(&code))
        }
        Ok(_) | Err(_) => (place.to_owned(), String::new()),
    }
}

fn severity_of(say: &'static Messages, severity: Severity) -> (&'static str, &'static str) {
    let class = match severity {
        Severity::Error => "error",
        Severity::Residue => "residue",
        Severity::Hint => "hint",
    };
    (class, say.get(&format!("severity.{class}")))
}

#[cfg(test)]
impl crate::sampled::Sampled for Remarks {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Reports, lang);
        let say = page.messages();
        let remark = |severity, code, facts: &[(&str, &str)]| Remark {
            severity,
            code,
            place: "KT01".into(),
            span: None,
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        };
        let in_text = Remark { place: "2.1. [nong-nghiep] ¶2".into(), ..remark(Severity::Hint, "doubled-space", &[]) };
        let whole = Remark { place: String::new(), ..remark(Severity::Error, "missing-salutation", &[]) };
        let many = [
            in_text,
            whole,
            remark(Severity::Error, "misspelt-place", &[("printed", "Triệu Thanh"), ("right", "Triệu Thành")]),
            remark(Severity::Hint, "a-code-nobody-wrote-a-sentence-for", &[("what", LONG_NAME)]),
        ];
        let of =
            |remarks: &[Remark]| Self::of(page.clone(), say, "Báo cáo".into(), &ReportId::parse("x").unwrap(), remarks);
        vec![of(&[]), of(&many)]
    }
}
