//! Stored facts by the keys that bound text carries: what a key names, its value, and where it comes from.

use std::collections::BTreeMap;

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number};
use thidua_domain::indicator::standard::{Member, RecognitionState};
use thidua_domain::indicator::{Absence, Indicator, Value};
use thidua_domain::origin::{Origin, Provenance};
use thidua_report::ReportData;

/// A stored fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: FactKind,
    /// What it is about, in the words of the data.
    pub label: String,
    /// Its value; empty where the fact is a name.
    pub value: FactValue,
    /// Where it comes from; `None` for what a person typed into a report.
    pub provenance: Option<Provenance>,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// As text, with its unit of measure.
    Text(String),
    /// There is none, for a reason.
    Absent(Absence),
    /// What happened to a member of a standard's population, and when.
    State(RecognitionState, Date),
    /// The fact is its own label.
    Itself,
}

/// Kinds of fact; [`FactKind::word`] names each in message files and addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// A reported value.
    Reading,
    /// A planned value.
    Plan,
    /// The definition of an indicator.
    Indicator,
    /// A standard.
    Standard,
    /// A member of a standard's population.
    Member,
    /// An event of a member.
    Recognition,
    /// A movement.
    Movement,
    /// An event or anniversary.
    Occasion,
    /// A cluster.
    Cluster,
    /// An award.
    Award,
    /// An exemplar.
    Exemplar,
    /// A legal instrument.
    Instrument,
    /// A unit.
    Unit,
    /// A finding.
    Finding,
    /// A task.
    Task,
    /// A typed passage.
    Passage,
    /// A figure replaced by hand.
    Override,
}

impl FactKind {
    /// The word of message files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Plan => "plan",
            Self::Indicator => "indicator",
            Self::Standard => "standard",
            Self::Member => "member",
            Self::Recognition => "recognition",
            Self::Movement => "movement",
            Self::Occasion => "occasion",
            Self::Cluster => "cluster",
            Self::Award => "award",
            Self::Exemplar => "exemplar",
            Self::Instrument => "instrument",
            Self::Unit => "unit",
            Self::Finding => "finding",
            Self::Task => "task",
            Self::Passage => "passage",
            Self::Override => "override",
        }
    }
}

/// Facts by key.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    by_key: BTreeMap<String, Fact>,
}

impl Facts {
    /// The fact of a key.
    pub fn find(&self, key: &str) -> Option<&Fact> {
        self.by_key.get(key)
    }

    /// The least firm origin among facts: sample before implied before the rest; `None` where no fact has one.
    pub fn weakest(&self, keys: &[String]) -> Option<Origin> {
        keys.iter()
            .filter_map(|key| self.find(key)?.provenance.as_ref())
            .map(|provenance| provenance.origin)
            .max_by_key(|origin| match origin {
                Origin::Reported | Origin::Reference => 0,
                Origin::Implied { .. } => 1,
                Origin::Sample => 2,
            })
    }
}

impl Facts {
    /// Every fact that a report is made from, and the same period's.
    pub fn of(data: &ReportData) -> Self {
        let mut facts = Self::default();
        for unit in &data.units {
            let label = unit.name.clone();
            facts.add(unit.key(), FactKind::Unit, label, FactValue::Itself, Some(unit.provenance.clone()));
        }
        figures(data, &mut facts);
        standards(data, &mut facts);
        registers(data, &mut facts);
        drafts(data, &mut facts);
        facts
    }

    fn add(&mut self, key: String, kind: FactKind, label: String, value: FactValue, provenance: Option<Provenance>) {
        self.by_key.insert(key.clone(), Fact { key, kind, label, value, provenance });
    }
}

fn figures(data: &ReportData, facts: &mut Facts) {
    let by_code: BTreeMap<_, &Indicator> = data.indicators.iter().map(|i| (&i.code, i)).collect();
    for indicator in &data.indicators {
        let key = format!("indicator:{}", indicator.code);
        facts.add(key, FactKind::Indicator, indicator.name.clone(), FactValue::Text(indicator.measure.clone()), None);
    }
    let measured = |code, number: Number| match by_code.get(code) {
        Some(indicator) => number.vi_with(&indicator.measure),
        None => number.vi(),
    };
    let titled =
        |code: &IndicatorCode| by_code.get(code).map_or_else(|| code.to_string(), |indicator| indicator.name.clone());
    let named: BTreeMap<&OrgId, &str> = data
        .units
        .iter()
        .filter(|unit| unit.on(data.report.dated))
        .map(|unit| (&unit.id, unit.name.as_str()))
        .collect();
    let name = |id: &OrgId| named.get(id).map_or_else(|| id.to_string(), |name| (*name).to_owned());
    // Of several readings of one cell the figure is the firmest, then the latest: it comes last and stays.
    let mut readings: Vec<_> = data.readings.iter().collect();
    readings.sort_by_key(|reading| (reading.nature, reading.seq));
    for reading in readings {
        let value = match reading.value {
            Value::Of(number) => FactValue::Text(measured(&reading.indicator, number)),
            Value::Absent(absence) => FactValue::Absent(absence),
        };
        let title = titled(&reading.indicator);
        let label = format!("{title}, {}, {}", name(&reading.unit), reading.period.in_words());
        facts.add(reading.key(), FactKind::Reading, label, value, Some(reading.provenance.clone()));
    }
    for assigned in &data.plan_values {
        let plan = data.plans.iter().find(|plan| plan.id == assigned.plan);
        let document = plan.map_or_else(
            || assigned.plan.to_string(),
            |plan| format!("{} {} ({})", plan.word, plan.period.in_words(), name(&plan.assigner)),
        );
        let label = format!("{}: {document}", titled(&assigned.indicator));
        let value = FactValue::Text(measured(&assigned.indicator, assigned.value));
        facts.add(assigned.key(), FactKind::Plan, label, value, Some(assigned.provenance.clone()));
    }
}

fn standards(data: &ReportData, facts: &mut Facts) {
    for standard in &data.standards {
        let key = format!("standard:{}", standard.code);
        facts.add(key, FactKind::Standard, standard.name.clone(), FactValue::Itself, None);
    }
    let named: BTreeMap<_, &Member> = data.members.iter().map(|member| (&member.id, member)).collect();
    for event in &data.recognitions {
        let label = named.get(&event.member).map_or_else(|| event.member.to_string(), |member| member.name.clone());
        let value = FactValue::State(event.state, event.on);
        facts.add(event.key(), FactKind::Recognition, label, value, Some(event.provenance.clone()));
    }
    for member in &data.members {
        let label = member.name.clone();
        facts.add(member.key(), FactKind::Member, label, FactValue::Itself, Some(member.provenance.clone()));
    }
}

fn registers(data: &ReportData, facts: &mut Facts) {
    for movement in &data.movements {
        let provenance = Some(movement.provenance.clone());
        facts.add(movement.key(), FactKind::Movement, movement.name.clone(), FactValue::Itself, provenance);
    }
    for occasion in &data.occasions {
        let value = FactValue::Text(occasion.on.in_table());
        let provenance = Some(occasion.provenance.clone());
        facts.add(occasion.key(), FactKind::Occasion, occasion.name.clone(), value, provenance);
    }
    for cluster in &data.clusters {
        let provenance = Some(cluster.provenance.clone());
        facts.add(cluster.key(), FactKind::Cluster, cluster.name.clone(), FactValue::Itself, provenance);
    }
    for award in &data.awards {
        let value = FactValue::Text(format!("{} {}", award.decision_number, award.decided_on.in_table()));
        let provenance = Some(award.provenance.clone());
        facts.add(award.key(), FactKind::Award, award.subject_name.clone(), value, provenance);
    }
    for exemplar in &data.exemplars {
        let value = exemplar.size.map_or(FactValue::Itself, |size| FactValue::Text(size.vi_with(&exemplar.measure)));
        let provenance = Some(exemplar.provenance.clone());
        facts.add(exemplar.key(), FactKind::Exemplar, exemplar.name.clone(), value, provenance);
    }
    for instrument in &data.instruments {
        let provenance = Provenance { origin: Origin::Reference, source: instrument.number.clone() };
        let label = instrument.cited_full();
        facts.add(instrument.key(), FactKind::Instrument, label, FactValue::Itself, Some(provenance));
    }
    for finding in &data.findings {
        let key = format!("finding:{}", finding.id);
        let provenance = Some(finding.provenance.clone());
        facts.add(key, FactKind::Finding, finding.text.clone(), FactValue::Itself, provenance);
    }
    for task in &data.tasks {
        let key = format!("task:{}", task.id);
        facts.add(key, FactKind::Task, task.text.clone(), FactValue::Itself, Some(task.provenance.clone()));
    }
}

fn drafts(data: &ReportData, facts: &mut Facts) {
    for passage in &data.passages {
        let key = format!("passage:{}:{}", passage.report, passage.slot);
        facts.add(key, FactKind::Passage, passage.slot.clone(), FactValue::Text(passage.text.clone()), None);
    }
    for over in &data.overrides {
        let key = format!("override:{}:{}", over.report, over.line);
        let value = FactValue::Text(format!("{} → {}: {}", over.computed, over.printed, over.reason));
        facts.add(key, FactKind::Override, over.line.clone(), value, None);
    }
}
