//! Everything a tenant owns as one value: stored at once, read at once, compared at once.

use thidua_base::code::TenantId;
use thidua_base::{Code, Date, Number, Period, Timestamp};
use thidua_domain::cluster::Cluster;
use thidua_domain::decision::Award;
use thidua_domain::draft::{Override, Passage};
use thidua_domain::exemplar::Exemplar;
use thidua_domain::finding::{Finding, Task};
use thidua_domain::indicator::standard::{Member, Recognition, Standard};
use thidua_domain::indicator::{Indicator, Plan, PlanValue, Reading};
use thidua_domain::movement::{Movement, Occasion};
use thidua_domain::office::{Recipient, RegisteredDocument, Report, SigningAuthority};
use thidua_domain::org::{Edge, Share, Unit, UnitEvent};
use thidua_domain::{Origin, Provenance, Scope};
use thidua_law::instrument::Instrument;
use thidua_store::pack::LoadedPack;
use thidua_store::tenant::Tenant;
use thidua_store::{Error, Tx, award, cluster, draft, exemplar, finding, indicator, instrument, movement};
use thidua_store::{office, org, pack, plan, reading, standard, tenant};

use crate::world::world;

/// Everything a tenant owns, in the order in which the store gives it back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    pub packs: Vec<LoadedPack>,
    pub instruments: Vec<Instrument>,
    pub units: Vec<Unit>,
    pub edges: Vec<Edge>,
    pub events: Vec<UnitEvent>,
    pub shares: Vec<Share>,
    pub indicators: Vec<Indicator>,
    pub plans: Vec<Plan>,
    pub plan_values: Vec<PlanValue>,
    pub readings: Vec<Reading>,
    pub standards: Vec<Standard>,
    pub members: Vec<Member>,
    pub recognitions: Vec<Recognition>,
    pub movements: Vec<Movement>,
    pub occasions: Vec<Occasion>,
    pub clusters: Vec<Cluster>,
    pub awards: Vec<Award>,
    pub exemplars: Vec<Exemplar>,
    pub findings: Vec<Finding>,
    pub tasks: Vec<Task>,
    pub reports: Vec<Report>,
    pub documents: Vec<RegisteredDocument>,
    pub recipients: Vec<Recipient>,
    pub authorities: Vec<SigningAuthority>,
    pub passages: Vec<Passage>,
    pub overrides: Vec<Override>,
}

pub fn code<K: thidua_base::code::Kind>(text: &str) -> Code<K> {
    Code::parse(text).unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

pub fn tenant_id(text: &str) -> TenantId {
    TenantId::parse(text).unwrap()
}

/// Scales and signs at the edges of what a number can hold.
pub fn extreme(index: usize) -> Number {
    let (digits, scale) =
        [(i64::MAX, 0), (-i64::MAX, 6), (0, 3), (-1, 6), (12_312, 1), (i64::MAX, 6), (-i64::MAX, 0)][index % 7];
    Number::new(digits, scale).unwrap()
}

/// Each origin in turn; bounds of different scales.
pub fn from(index: usize, owner: &str) -> Provenance {
    let origin = match index % 4 {
        0 => Origin::Reported,
        1 => Origin::Implied { low: extreme(1), high: extreme(0) },
        2 => Origin::Sample,
        _ => Origin::Reference,
    };
    Provenance { origin, source: format!("Báo cáo của {owner}, dòng {index}") }
}

/// The period of the findings, reports and readings.
pub const HALF: &str = "2020-H1";

/// Every kind of period.
pub const PERIODS: [&str; 7] = ["2020-M03", "2020-Q1", HALF, "2020-C9", "2020", "2016-2020", "SY2019"];

impl World {
    /// Stores everything, as a tenant of that name.
    pub fn store(&self, tx: &mut Tx, tenant_id: &TenantId) -> Result<(), Error> {
        tenant::insert(tx, &Tenant { id: tenant_id.clone(), name: "Huyện Triệu Sơn".into() })?;
        for loaded in &self.packs {
            pack::insert(tx, tenant_id, loaded)?;
        }
        instrument::insert_many(tx, &self.instruments)?;
        org::insert_units(tx, tenant_id, &self.units)?;
        org::insert_edges(tx, tenant_id, &self.edges)?;
        org::insert_events(tx, tenant_id, &self.events)?;
        org::insert_shares(tx, tenant_id, &self.shares)?;
        indicator::insert_many(tx, tenant_id, &self.indicators)?;
        // Backwards, so that a plan comes before the one it revises.
        let plans: Vec<Plan> = self.plans.iter().rev().cloned().collect();
        plan::insert_plans(tx, tenant_id, &plans)?;
        plan::insert_values(tx, tenant_id, &self.plan_values)?;
        reading::insert_many(tx, tenant_id, &self.readings)?;
        standard::insert_standards(tx, tenant_id, &self.standards)?;
        standard::insert_members(tx, tenant_id, &self.members)?;
        standard::insert_recognitions(tx, tenant_id, &self.recognitions)?;
        movement::insert_movements(tx, tenant_id, &self.movements)?;
        movement::insert_occasions(tx, tenant_id, &self.occasions)?;
        cluster::insert_many(tx, tenant_id, &self.clusters)?;
        award::insert_many(tx, tenant_id, &self.awards)?;
        exemplar::insert_many(tx, tenant_id, &self.exemplars)?;
        finding::insert_findings(tx, tenant_id, &self.findings)?;
        finding::insert_tasks(tx, tenant_id, &self.tasks)?;
        office::insert_reports(tx, tenant_id, &self.reports)?;
        office::insert_documents(tx, tenant_id, &self.documents)?;
        office::insert_recipients(tx, tenant_id, &self.recipients)?;
        office::insert_authorities(tx, tenant_id, &self.authorities)?;
        draft::insert_many(tx, tenant_id, &self.passages)?;
        for new in &self.overrides {
            draft::override_insert(tx, tenant_id, new)?;
        }
        Ok(())
    }

    /// Reads everything that is in reach.
    pub fn read(tx: &mut Tx, scope: &Scope) -> Result<Self, Error> {
        let whole = world("");
        let periods: Vec<Period> = PERIODS.map(period).to_vec();
        let half = period(HALF);
        let (mut recipients, mut authorities) = (Vec::new(), Vec::new());
        let (mut passages, mut overrides) = (Vec::new(), Vec::new());
        // Asked for by name, also for what is not in reach: it must answer as if it did not exist.
        for document in &whole.documents {
            recipients.extend(office::recipients_of(tx, scope, &document.id)?);
        }
        for report in &whole.reports {
            authorities.extend(office::signing(tx, scope, &report.unit, report.dated)?);
            passages.extend(draft::passages_of(tx, scope, &report.id)?);
            overrides.extend(draft::overrides_of(tx, scope, &report.id)?);
        }
        Ok(Self {
            packs: pack::loaded(tx, scope)?,
            instruments: instrument::instruments(tx)?,
            units: org::units(tx, scope)?,
            edges: org::edges(tx, scope)?,
            events: org::events(tx, scope)?,
            shares: org::shares(tx, scope)?,
            indicators: indicator::indicators(tx, scope)?,
            plans: plan::plans(tx, scope)?,
            plan_values: plan::plan_values(tx, scope, &periods)?,
            readings: reading::readings_of(tx, scope, &periods)?,
            standards: standard::standards(tx, scope)?,
            members: standard::members(tx, scope)?,
            recognitions: standard::recognitions(tx, scope)?,
            movements: movement::movements(tx, scope)?,
            occasions: movement::occasions(tx, scope)?,
            clusters: cluster::clusters(tx, scope)?,
            awards: award::awards(tx, scope, day("2020-01-01"), day("2020-12-31"))?,
            exemplars: exemplar::exemplars(tx, scope)?,
            findings: finding::findings(tx, scope, half)?,
            tasks: finding::tasks(tx, scope, half)?,
            reports: office::reports(tx, scope)?,
            documents: office::documents(tx, scope)?,
            recipients,
            authorities,
            passages,
            overrides,
        })
    }
}

/// Stores a world of that owner and commits.
pub fn stored(test: &thidua_testkit::engines::TestDb, owner: &str) -> (TenantId, World) {
    let (tenant, world) = (tenant_id(owner), world(owner));
    let mut tx = test.db().begin().unwrap();
    world.store(&mut tx, &tenant).unwrap();
    tx.commit().unwrap();
    (tenant, world)
}
