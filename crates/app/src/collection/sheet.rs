//! One unit's sheet in a cycle, with everything an official wants beside a cell.

use std::collections::BTreeMap;

use anyhow::Context;
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::check::{CheckResult, Severity, SheetFacts, UnitState, check, facts_of, unanswered};
use thidua_domain::collection::entry::open_conflicts;
use thidua_domain::collection::sheet::{Prior, accumulated, periods_of_year, shorter_periods};
use thidua_domain::collection::{Entry, Evidence, Explanation, Extension, Sheet, SheetRow, Submission};
use thidua_domain::indicator::definition::defined;
use thidua_domain::indicator::{Absence, Figures, Indicator, PlanValue, Reading, Value};
use thidua_domain::org::Unit;
use thidua_store as store;
use thidua_store::Tx;

use super::held::{Held, held, of_units};
use super::others::{Beyond, Divided, Others, others};
use super::prior::priors;
use crate::indicator::name_on;
use crate::{App, Error};

/// Which sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetKey {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// The unit.
    pub unit: OrgId,
}

impl SheetKey {
    /// The key in the journal.
    pub fn subject(&self) -> String {
        format!("sheet:{}:{}:{}", self.form, self.period, self.unit)
    }
}

/// A sheet as an actor sees it.
#[derive(Debug, Clone)]
pub struct SheetSeen {
    /// The sheet.
    pub sheet: Sheet,
    /// The name of the unit on the due day.
    pub unit_name: String,
    /// The name of the unit that collects.
    pub receiver_name: String,
    /// The last day in time for this unit.
    pub due_on: Date,
    /// More time the unit was given.
    pub extensions: Vec<Extension>,
    /// What the unit explained, oldest first.
    pub explanations: Vec<Explanation>,
    /// The papers that its cells cite, oldest first; withdrawn ones too.
    pub evidence: Vec<Evidence>,
    /// What the checks look at; the browser gets the same.
    pub facts: SheetFacts,
    /// What the checks found in the figures as they are, the gravest first.
    pub findings: Vec<CheckResult>,
    /// Today.
    pub today: Date,
    /// Whether the actor may enter figures now.
    pub enters: bool,
    /// Whether the actor may attach evidence: also to a sheet that was sent.
    pub attaches: bool,
    /// The steps the actor may take now.
    pub steps: Vec<Verb>,
}

impl SheetSeen {
    /// The findings that keep the sheet from going up: those that block, and those without an explanation.
    pub fn open_findings(&self) -> Vec<&CheckResult> {
        let blocks = self.findings.iter().filter(|found| found.severity == Severity::Block);
        blocks.chain(unanswered(&self.findings, &self.explanations)).collect()
    }
}

/// Earlier periods of the same kind that a cell is held against.
const PERIODS_BACK: usize = 8;

/// Reads a sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such sheet, or none for this actor.
pub fn sheet(app: &App, by: &Actor, key: &SheetKey) -> Result<SheetSeen, Error> {
    app.db.read(|tx| seen(tx, app, by, key))
}

/// Reads a sheet inside a transaction.
pub(super) fn seen(tx: &mut Tx, app: &App, by: &Actor, key: &SheetKey) -> Result<SheetSeen, Error> {
    let held = held(tx, by, &key.form, key.period)?;
    let may_read = |unit: &OrgId| may(by, Verb::ReadSheets, Thing::Unit(unit)).is_granted();
    if !(may_read(&key.unit) || may_read(&held.form.receiver)) {
        return Err(Error::NotFound("sheet"));
    }
    if !held.report(tx, by, std::slice::from_ref(&key.unit))? {
        return Err(Error::NotFound("sheet"));
    }
    let today = app.clock.now().date_in_vietnam();
    let units = store::org::units(tx, &of_units(by, &[key.unit.clone(), held.form.receiver.clone()]))?;
    let due_day = held.cycle.due_on;
    let (unit_name, receiver_name) =
        (name_on(&units, &key.unit, due_day), name_on(&units, &held.form.receiver, due_day));
    let loaded = Loaded::read(tx, app, by, &held, key, today)?;
    let due_on = held.cycle.due_for(&key.unit, &loaded.extensions);
    let (extensions, explanations) = (loaded.extensions.clone(), loaded.explanations.clone());
    let of_unit = of_units(by, std::slice::from_ref(&key.unit));
    let evidence = store::collection::evidence::of_sheets(tx, &of_unit, &key.form, key.period)?;
    let beyond = Beyond::of(&loaded.readings, key.period, loaded.assigned.clone(), loaded.divided.clone());
    let sheet = loaded.sheet(held, key, today)?;
    let mut facts = SheetFacts { unit: unit_state(&units, &key.unit, due_day), ..facts_of(&sheet) };
    for row in &mut facts.rows {
        beyond.add_to(row);
    }
    Ok(SheetSeen {
        findings: check(&facts, &app.rules.on(key.period.last_day())),
        facts,
        due_on,
        unit_name,
        receiver_name,
        extensions,
        explanations,
        evidence,
        today,
        enters: sheet.is_editable() && may(by, Verb::EnterFigures, Thing::Unit(&key.unit)).is_granted(),
        attaches: may(by, Verb::EnterFigures, Thing::Unit(&key.unit)).is_granted(),
        steps: steps_of(by, &sheet),
        sheet,
    })
}

/// Whether a unit is there on a day, was before, or will be.
fn unit_state(versions: &[Unit], unit: &OrgId, day: Date) -> UnitState {
    let mut of_unit = versions.iter().filter(|version| version.id == *unit);
    if of_unit.clone().any(|version| version.on(day)) {
        UnitState::Standing
    } else if of_unit.any(|version| version.valid_from <= day) {
        UnitState::Gone
    } else {
        UnitState::NotYet
    }
}

/// The steps an actor may take with a sheet now: by the table of steps, the table of rights and the cycle's days.
fn steps_of(by: &Actor, sheet: &Sheet) -> Vec<Verb> {
    use thidua_domain::collection::submission::Side;
    let open = sheet.submission.open_steps(sheet.form.is_verified);
    let allowed = open.into_iter().filter(|step| {
        let (unit, in_days) = match step.side {
            Side::Reporter => (&sheet.unit, step.verb != Verb::SubmitSheet || sheet.stage.is_open()),
            Side::Receiver => (&sheet.form.receiver, true),
        };
        in_days && may(by, step.verb, Thing::Unit(unit)).is_granted()
    });
    allowed.map(|step| step.verb).collect()
}

/// What a sheet is made from.
struct Loaded {
    indicators: Vec<Indicator>,
    readings: Vec<Reading>,
    figures: Figures,
    plan_values: BTreeMap<(IndicatorCode, Period), PlanValue>,
    priors: BTreeMap<IndicatorCode, Prior>,
    peers: BTreeMap<IndicatorCode, Vec<Number>>,
    entries: Vec<Entry>,
    submission: Submission,
    extensions: Vec<Extension>,
    explanations: Vec<Explanation>,
    below: BTreeMap<IndicatorCode, Number>,
    assigned: BTreeMap<IndicatorCode, Number>,
    divided: BTreeMap<IndicatorCode, Divided>,
}

impl Loaded {
    fn read(tx: &mut Tx, app: &App, by: &Actor, held: &Held, key: &SheetKey, today: Date) -> Result<Self, Error> {
        let (form, cycle, period) = (&held.form, &held.cycle, key.period);
        let of_unit = of_units(by, std::slice::from_ref(&key.unit));
        let whole = Scope::whole(by.scope.tenant.clone());
        let ground = app.ground(tx, &whole)?;
        let definitions = &ground.indicators;
        let asked: Vec<Indicator> = definitions.iter().filter(|one| form.asks(&one.code)).cloned().collect();
        let before = period.same_period_last_year();
        let mut periods: Vec<Period> = std::iter::successors(Some(period), |at| Some(at.previous()))
            .take(PERIODS_BACK + 1)
            .chain([before])
            .chain(periods_of_year(period))
            .chain(shorter_periods(period))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        let readings = store::reading::readings_of(tx, &of_unit, &periods)?;
        let plans = &ground.plans;
        let values = store::plan::plan_values(tx, &of_unit, &[period.plan_year(), period])?;
        let day = today.max(cycle.opens_on);
        let figures = Figures::new(definitions, &readings, plans, &values, &[], day);
        let plan_values = asked
            .iter()
            .flat_map(|one| [period.plan_year(), period].map(|of| (one.code.clone(), of)))
            .filter_map(|(code, of)| {
                let (_, value) = figures.assigned(&code, &key.unit, of).into_iter().next()?;
                Some(((code, of), value.clone()))
            })
            .collect();
        let priors = priors(tx, app, by, (&key.unit, before), &readings, &asked, cycle.due_on)?;
        let Others { peers, below, assigned, divided } = others(tx, by, held, key, &ground, day)?;
        let submissions = store::collection::submission::submissions(tx, &of_unit, &form.id, period)?;
        let extensions = store::collection::cycle::extensions(tx, &of_unit)?;
        Ok(Self {
            indicators: asked,
            figures,
            readings,
            plan_values,
            priors,
            peers,
            below,
            assigned,
            divided,
            entries: store::collection::entry::of_sheets(tx, &of_unit, &form.id, period)?,
            submission: submissions
                .into_iter()
                .next()
                .unwrap_or_else(|| Submission::new(form.id.clone(), period, key.unit.clone())),
            extensions: extensions.into_iter().filter(|given| cycle.is(&given.form, given.period)).collect(),
            explanations: store::collection::explanation::explanations(tx, &of_unit, &form.id, period)?,
        })
    }

    fn sheet(self, held: Held, key: &SheetKey, today: Date) -> Result<Sheet, Error> {
        let Held { form, cycle, .. } = held;
        let mut rows = Vec::with_capacity(form.rows.len());
        for row in &form.rows {
            let definition = defined(&self.indicators, &row.indicator, key.period.last_day());
            // A form names only indicators that exist; what is defined is never taken away.
            let Some(indicator) = definition.cloned() else { continue };
            rows.push(self.row(row.clone(), indicator, &cycle, key)?);
        }
        Ok(Sheet {
            stage: cycle.stage(&key.unit, &self.extensions, today),
            unit: key.unit.clone(),
            submission: self.submission,
            form,
            cycle,
            rows,
        })
    }

    /// What the unit had a year earlier, where the definition of then measures the same.
    fn same_period(&self, indicator: &Indicator, period: Period) -> Prior {
        let before = period.same_period_last_year();
        let older = defined(&self.indicators, &indicator.code, before.last_day());
        match self.priors.get(&indicator.code).copied().unwrap_or(Prior::NotReported) {
            Prior::Of(_) if older.is_some_and(|older| !indicator.measures_like(older)) => Prior::NotComparable,
            prior => prior,
        }
    }

    fn row(
        &self,
        row: thidua_domain::collection::FormRow,
        indicator: Indicator,
        cycle: &thidua_domain::collection::Cycle,
        key: &SheetKey,
    ) -> Result<SheetRow, Error> {
        let code = &indicator.code;
        let reading = |period: Period| self.figures.reading(code, &key.unit, period);
        let of_nature = |reading: &&Reading| reading.indicator == *code && reading.period == key.period;
        let held_by = self.readings.iter().filter(of_nature).find(|reading| reading.nature == cycle.nature);
        // Without a figure of the cycle's own nature the firmest one is shown, so that nobody types it again.
        let current = held_by.or_else(|| reading(key.period)).cloned();
        let so_far = |period: Period| match period == key.period {
            true => current.as_ref().map(|reading| reading.value),
            false => reading(period).map(|reading| reading.value),
        };
        let accumulated = accumulated(indicator.kind, key.period, so_far).context("adding up a year")?;
        let earlier = std::iter::successors(Some(key.period.previous()), |at| Some(at.previous()))
            .take(PERIODS_BACK)
            .filter_map(|period| Some((period, number(reading(period)?.value)?)))
            .collect();
        let open = open_conflicts(&self.entries);
        let returned = self.submission.returned_cells().iter().find(|cell| cell.indicator == *code);
        let noted = self.entries.iter().rev().find(|entry| entry.change.indicator == *code);
        Ok(SheetRow {
            plan_year: self.plan_values.get(&(code.clone(), key.period.plan_year())).cloned(),
            plan_to_date: (key.period != key.period.plan_year())
                .then(|| self.plan_values.get(&(code.clone(), key.period)).cloned())
                .flatten(),
            same_period: self.same_period(&indicator, key.period),
            accumulated,
            earlier,
            peers: self.peers.get(code).cloned().unwrap_or_default(),
            below: self.below.get(code).copied(),
            note: noted.map(|entry| entry.change.note.clone()).unwrap_or_default(),
            conflicts: open.into_iter().filter(|entry| entry.change.indicator == *code).cloned().collect(),
            returned: returned.map(|cell| cell.reason.clone()),
            current,
            row,
            indicator,
        })
    }
}

/// The number of a value; none occurred counts as zero where figures are held against each other.
pub(super) fn number(value: Value) -> Option<Number> {
    match value {
        Value::Of(number) => Some(number),
        Value::Absent(Absence::NoneOccurred) => Some(Number::whole(0)),
        Value::Absent(_) => None,
    }
}
