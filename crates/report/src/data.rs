//! Everything one report is made from: plain rows, gathered by `app`, read by sections and checks.

use thidua_base::code::{InstrumentId, MovementCode, OrgId, StandardCode};
use thidua_base::{Date, Period};
use thidua_domain::cluster::Cluster;
use thidua_domain::decision::Award;
use thidua_domain::draft::{Override, Passage};
use thidua_domain::exemplar::Exemplar;
use thidua_domain::finding::{Finding, Task};
use thidua_domain::honour::Honour;
use thidua_domain::indicator::standard::{Member, Recognition, Standard};
use thidua_domain::indicator::{Indicator, Plan, PlanValue, Reading};
use thidua_domain::movement::{Movement, Occasion};
use thidua_domain::office::{Recipient, RegisteredDocument, Report, SigningAuthority};
use thidua_domain::org::{Edge, Unit};
use thidua_law::instrument::Instrument;

/// The data of one report.
#[derive(Debug, Clone)]
pub struct ReportData {
    /// The report: form, unit, period, the day whose names and law hold.
    pub report: Report,
    /// Its entry in the document register.
    pub document: RegisteredDocument,
    /// Its recipients.
    pub recipients: Vec<Recipient>,
    /// Who signs on that day, if anyone is entitled.
    pub signing: Option<SigningAuthority>,
    /// Units, every version.
    pub units: Vec<Unit>,
    /// The territorial tree.
    pub edges: Vec<Edge>,
    /// Definitions.
    pub indicators: Vec<Indicator>,
    /// Readings of the period and of the same period last year.
    pub readings: Vec<Reading>,
    /// Plans.
    pub plans: Vec<Plan>,
    /// Figures of the plans.
    pub plan_values: Vec<PlanValue>,
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
    /// Clusters of the year.
    pub clusters: Vec<Cluster>,
    /// Awards decided in the period.
    pub awards: Vec<Award>,
    /// Honours.
    pub honours: Vec<Honour>,
    /// Legal instruments.
    pub instruments: Vec<Instrument>,
    /// Exemplars.
    pub exemplars: Vec<Exemplar>,
    /// Findings of the period.
    pub findings: Vec<Finding>,
    /// Tasks of the period ahead.
    pub tasks: Vec<Task>,
    /// Typed passages, the latest version of each slot.
    pub passages: Vec<Passage>,
    /// Figures replaced by hand.
    pub overrides: Vec<Override>,
}

impl ReportData {
    /// The period reported.
    pub fn period(&self) -> Period {
        self.report.period
    }

    /// The last day of the period: what counts is what stood on it.
    pub fn cut_off(&self) -> Date {
        self.report.period.last_day()
    }

    /// A unit as it was on the report's day.
    pub fn unit(&self, id: &OrgId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id && unit.on(self.report.dated))
    }

    /// The unit that reports.
    pub fn reporting_unit(&self) -> Option<&Unit> {
        self.unit(&self.report.unit)
    }

    /// A movement by its code.
    pub fn movement(&self, code: &MovementCode) -> Option<&Movement> {
        self.movements.iter().find(|movement| movement.code == *code)
    }

    /// An instrument by its id.
    pub fn instrument(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == *id)
    }

    /// A standard by its code.
    pub fn standard(&self, code: &StandardCode) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.code == *code)
    }

    /// The typed passage of a slot.
    pub fn passage(&self, slot: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.slot == slot)
    }

    /// The override of a line that is in force; one that was taken back is none.
    pub fn override_of(&self, line: &str) -> Option<&Override> {
        self.overrides.iter().find(|over| over.line == line && !over.printed.is_empty())
    }
}
