//! Data packs: real content as files, read whole or refused with the file, line and key at fault.
//!
//! A pack is a folder of CSV and TOML files (`packs/README.md` lists them). Reading checks all that can be
//! checked without a database: grammar, kinds of value, that every code is defined once and every code named
//! is defined, and that sample parts add up to what the printed paper states.

mod csv_file;
mod files;
mod known;
mod load;
mod record;
mod register;
mod rows;
pub mod shipped;
mod sums;
mod templates;
mod toml_file;

#[cfg(test)]
mod tests;

use thidua_base::code::{OrgId, ReportId, TenantId, kind};
use thidua_base::{Date, Timestamp};
use thidua_domain::Refusal;
use thidua_domain::cluster::Cluster;
use thidua_domain::decision::Award;
use thidua_domain::exemplar::Exemplar;
use thidua_domain::finding::{Finding, Task};
use thidua_domain::indicator::standard::{Member, Recognition, Standard};
use thidua_domain::indicator::{Indicator, Plan, PlanValue, Reading};
use thidua_domain::movement::{Movement, Occasion};
use thidua_domain::org::{Edge, History, Share, Unit, UnitEvent};
use thidua_domain::refusal::PackFault;
use thidua_domain::subject::{Fact, Identity};
use thidua_law::Book;
use thidua_law::instrument::Instrument;
use thidua_report::printed::Printed;

pub use files::Files;
pub use load::{load, loaded_hash};
pub use register::{Holds, REGISTER_FILES, UnitRegister, holds, read_units};
pub use rows::collection::Collected;
pub use rows::report::{Cited, PackReport};
pub use shipped::shipped;

use known::Known;
use record::Record;
use rows::{award, collection, finding, indicator, movement, printed, report, standard, subject};

/// A pack, read and checked; nothing of it is stored yet.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Who it is and what it is about.
    pub head: Head,
    /// SHA-256 of its files, in hexadecimal.
    pub hash: String,
    /// Units, every version.
    pub units: Vec<Unit>,
    /// Their places in trees.
    pub edges: Vec<Edge>,
    /// What happened to them.
    pub events: Vec<UnitEvent>,
    /// How divided ones were divided.
    pub shares: Vec<Share>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Plan documents.
    pub plans: Vec<Plan>,
    /// Figures of the plans.
    pub plan_values: Vec<PlanValue>,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Standards.
    pub standards: Vec<Standard>,
    /// Their populations.
    pub members: Vec<Member>,
    /// What happened to the members.
    pub recognitions: Vec<Recognition>,
    /// Movements.
    pub movements: Vec<Movement>,
    /// Anniversaries, conferences, congresses.
    pub occasions: Vec<Occasion>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// Awards.
    pub awards: Vec<Award>,
    /// Persons, collectives and households.
    pub subjects: Vec<Identity>,
    /// What is known of them.
    pub facts: Vec<Fact>,
    /// Exemplars.
    pub exemplars: Vec<Exemplar>,
    /// Local instruments, beside those of the national book.
    pub instruments: Vec<Instrument>,
    /// Forms, who reports by them, and their cycles.
    pub collected: Collected,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// The report.
    pub report: PackReport,
    /// What the founding paper printed.
    pub printed: Printed,
}

/// Who a pack is and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub name: Said,
    /// The tenant whose data it is.
    pub tenant: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// The unit that reports.
    pub unit: OrgId,
    /// Its report.
    pub report: ReportId,
    /// The day whose names, tree and law hold; today, for a demonstration.
    pub dated: Date,
    /// Who entered the readings and passages, and when.
    pub entered: Entered,
    /// What is reported, implied and made up in it.
    pub note: Said,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// Who entered what a pack holds, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The name recorded with it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Every file of a pack.
pub const FILES: [&str; 26] = [
    "pack.toml",
    "units.csv",
    "edges.csv",
    "events.csv",
    "links.csv",
    "shares.csv",
    "indicators.csv",
    "plans.toml",
    "plan-values.csv",
    "readings.csv",
    "forms.toml",
    "standards.csv",
    "members.csv",
    "recognitions.csv",
    "movements.toml",
    "occasions.csv",
    "clusters.toml",
    "awards.csv",
    "subjects.csv",
    "facts.csv",
    "exemplars.csv",
    "instruments.csv",
    "findings.toml",
    "tasks.toml",
    "report.toml",
    "printed.toml",
];

/// Reads a pack whole.
///
/// # Errors
/// [`Refusal::BrokenPack`] with the first fault found.
pub fn read(files: &Files, book: &Book) -> Result<Pack, Refusal> {
    let texts = Texts::of(files, &FILES)?;
    let mut instruments = Known::of(book.instruments().map(|instrument| instrument.id.clone()));
    let local = award::instruments(&texts.csv("instruments.csv", award::INSTRUMENTS)?, &mut instruments)?;
    let honours = Known::of(book.honours().map(|honour| honour.code.clone()));

    let head_file = texts.toml("pack.toml")?;
    let (History { units: unit_rows, edges, events, shares }, units) = register::history_of_pack(&texts, &head_file)?;
    let head = head(&head_file, &units)?;

    let indicator_records = texts.csv("indicators.csv", indicator::INDICATORS)?;
    let mut indicators: Known<kind::Indicator> = Known::none();
    for record in &indicator_records {
        indicators.define(record, "code")?;
    }
    let indicator_rows = indicator::indicators(&indicator_records, &indicators, &units)?;
    let mut plans = Known::none();
    let plan_rows = indicator::plans(&texts.toml("plans.toml")?, &mut plans, &units)?;
    let plan_values = texts.csv("plan-values.csv", indicator::PLAN_VALUES)?;
    let plan_values = indicator::plan_values(&plan_values, &plans, &indicators, &units)?;
    let readings = texts.csv("readings.csv", indicator::READINGS)?;
    let readings = indicator::readings(&readings, &indicators, &units, &head.entered)?;

    let collected = collection::forms(&texts.toml("forms.toml")?, &units, &indicators)?;

    let mut standards = Known::none();
    let standard_rows = standard::standards(&texts.csv("standards.csv", standard::STANDARDS)?, &mut standards)?;
    let mut members = Known::none();
    let member_rows =
        standard::members(&texts.csv("members.csv", standard::MEMBERS)?, &mut members, &standards, &units)?;
    let recognitions = standard::recognitions(&texts.csv("recognitions.csv", standard::RECOGNITIONS)?, &members)?;

    let mut movements = Known::none();
    let movement_rows = movement::movements(&texts.toml("movements.toml")?, &mut movements, &units, &instruments)?;
    let mut occasions = Known::none();
    let occasion_rows =
        movement::occasions(&texts.csv("occasions.csv", movement::OCCASIONS)?, &mut occasions, &movements)?;
    let clusters = movement::clusters(&texts.toml("clusters.toml")?, &units)?;
    let awards = award::awards(&texts.csv("awards.csv", award::AWARDS)?, &honours, &units)?;
    let subjects = subject::subjects(&texts.csv("subjects.csv", subject::SUBJECTS)?, &head.entered)?;
    let facts = texts.csv("facts.csv", subject::FACTS)?;
    let facts = subject::facts(&facts, &subjects, &awards, &units, &head.entered, book)?;
    let mut exemplars = Known::none();
    let exemplar_rows = award::exemplars(&texts.csv("exemplars.csv", award::EXEMPLARS)?, &mut exemplars, &units)?;

    let finding_file = texts.toml("findings.toml")?;
    let task_file = texts.toml("tasks.toml")?;
    let report_file = texts.toml("report.toml")?;
    let findings = finding::findings(&finding_file, &units, &indicators)?;
    let tasks = finding::tasks(&task_file, &units)?;
    let report = report::report(&report_file, &units, &instruments, &head.entered)?;
    if report.report.id != head.report {
        let dangling = PackFault::Dangling(head.report.as_str().to_owned());
        return Err(files::broken("pack.toml", 0, "report", dangling));
    }
    let printed_subject = |code: &str| {
        indicators.holds(code)
            || standards.holds(code)
            || honours.holds(code)
            || exemplars.holds(code)
            || occasions.holds(code)
    };
    let printed = printed::printed(&texts.toml("printed.toml")?, printed_subject)?;
    let named = templates::Named {
        indicators: &indicators,
        standards: &standards,
        movements: &movements,
        occasions: &occasions,
        instruments: &instruments,
        units: &units,
        honours: &honours,
        clusters: &clusters,
        exemplars: &exemplar_rows,
    };
    named.check(&finding_file, "finding")?;
    named.check(&task_file, "task")?;
    named.check(&report_file, "passage")?;

    let pack = Pack {
        head,
        hash: files::hash(&texts.files),
        units: unit_rows,
        edges,
        events,
        shares,
        indicators: indicator_rows,
        plans: plan_rows,
        plan_values,
        readings,
        collected,
        standards: standard_rows,
        members: member_rows,
        recognitions,
        movements: movement_rows,
        occasions: occasion_rows,
        clusters,
        awards,
        subjects,
        facts,
        exemplars: exemplar_rows,
        instruments: local,
        findings,
        tasks,
        report,
        printed,
    };
    sums::check(&pack)?;
    Ok(pack)
}

/// The texts of all files, each read once.
struct Texts {
    files: Vec<(&'static str, String)>,
}

impl Texts {
    fn of(files: &Files, names: &[&'static str]) -> Result<Self, Refusal> {
        let texts = names.iter().map(|file| Ok((*file, files.text(file)?)));
        Ok(Self { files: texts.collect::<Result<_, Refusal>>()? })
    }

    fn text(&self, file: &'static str) -> &str {
        let found = self.files.iter().find(|(name, _)| *name == file);
        found.map(|(_, text)| text.as_str()).expect("every file asked for is among those read")
    }

    fn csv(&self, file: &'static str, columns: &[&str]) -> Result<Vec<Record>, Refusal> {
        csv_file::records(file, self.text(file), columns)
    }

    fn toml(&self, file: &'static str) -> Result<Record, Refusal> {
        toml_file::record(file, self.text(file))
    }
}

fn head(file: &Record, units: &Known<kind::Org>) -> Result<Head, Refusal> {
    file.only(&["code", "unit", "report", "dated", "entered", "name", "tenant", "note", "register"])?;
    let (tenant, entered) = (file.record("tenant")?, file.record("entered")?);
    tenant.only(&["id", "name"])?;
    entered.only(&["by", "at"])?;
    Ok(Head {
        code: file.text("code")?.to_owned(),
        name: said(file, "name")?,
        tenant: tenant.code("id")?,
        tenant_name: tenant.text("name")?.to_owned(),
        unit: units.resolve(file, "unit")?,
        report: file.code("report")?,
        dated: file.date("dated")?,
        entered: Entered { by: entered.text("by")?.to_owned(), at: entered.instant("at")? },
        note: said(file, "note")?,
    })
}

/// A text in both languages.
fn said(file: &Record, key: &str) -> Result<Said, Refusal> {
    let record = file.record(key)?;
    record.only(&["vi", "en"])?;
    Ok(Said { vi: record.text("vi")?.to_owned(), en: record.text("en")?.to_owned() })
}
