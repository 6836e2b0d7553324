//! Tenants of any size, made up: a tree of units, indicators of every rule, and readings entered commit by commit.

#![allow(dead_code, reason = "each test binary uses its own part")]

use thidua_app::{App, Clock, Home};
use thidua_base::code::{IndicatorCode, OrgId, TenantId, TreeId};
use thidua_base::{Date, Period, Timestamp};
use thidua_domain::Actor;
use thidua_domain::indicator::{Direction, Indicator, Nature, Parts, Qualifier, Reading, TreeRule, Value, ValueKind};
use thidua_domain::org::{Edge, Unit};
use thidua_domain::origin::{Origin, Provenance};
use thidua_store as store;
use thidua_store::tenant::Tenant;
use thidua_store::{Db, Tx};

/// A tenant whose pages stand on its first unit.
pub struct Grown {
    pub app: App,
    pub by: Actor,
    pub units: Vec<OrgId>,
    pub edges: Vec<Edge>,
    pub indicators: Vec<Indicator>,
}

impl Grown {
    /// Stores a tenant: unit `i + 1` hangs under `parents[i]`.
    pub fn new(db: &Db, name: &str, parents: &[usize], indicators: Vec<Indicator>) -> Self {
        let tenant = TenantId::parse(name).unwrap();
        let by = Actor::operator("kiểm thử", tenant.clone());
        let units: Vec<OrgId> = (0..=parents.len()).map(unit_id).collect();
        let edges: Vec<Edge> = parents.iter().enumerate().map(|(at, parent)| edge(at + 1, *parent)).collect();
        let mut tx = db.begin().unwrap();
        store::tenant::insert(&mut tx, &Tenant { id: tenant.clone(), name: name.to_owned() }).unwrap();
        let versions: Vec<Unit> = units.iter().map(unit).collect();
        store::org::insert_units(&mut tx, &tenant, &versions).unwrap();
        store::org::insert_edges(&mut tx, &tenant, &edges).unwrap();
        store::indicator::insert_many(&mut tx, &tenant, &indicators).unwrap();
        recorded(&mut tx, &by);
        tx.commit().unwrap();
        let app = app(db, &tenant, &units[0]);
        Self { app, by, units, edges, indicators }
    }

    /// The same program as it starts: nothing on its shelf.
    pub fn started_anew(&self) -> App {
        app(&self.app.db, &self.by.scope.tenant, &self.app.home.unit)
    }

    /// Adds readings in one transaction, as a verb does, and gives the number of the first.
    pub fn enter(&self, readings: &[Reading]) -> i64 {
        let mut tx = self.app.db.begin().unwrap();
        let first = store::reading::insert_many(&mut tx, &self.by.scope.tenant, readings).unwrap();
        recorded(&mut tx, &self.by);
        tx.commit().unwrap();
        first
    }
}

fn app(db: &Db, tenant: &TenantId, unit: &OrgId) -> App {
    let home = Home { tenant: tenant.clone(), unit: unit.clone(), report: None, dated: day("2020-07-05") };
    App::at_home(db.clone(), Clock::Set(at()), home).unwrap()
}

fn recorded(tx: &mut Tx, by: &Actor) {
    store::audit::append(tx, by, at(), "enter-figures", "sheet", "").unwrap();
}

pub fn at() -> Timestamp {
    Timestamp::parse("2020-07-05T02:00:00Z").unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn unit_id(number: usize) -> OrgId {
    OrgId::parse(&format!("u{number:04}")).unwrap()
}

pub fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn sample() -> Provenance {
    Provenance { origin: Origin::Sample, source: "mẫu".into() }
}

fn unit(id: &OrgId) -> Unit {
    Unit {
        id: id.clone(),
        kind: "commune".into(),
        code: String::new(),
        name: format!("Xã {id}"),
        short_name: id.to_string(),
        valid_from: day("2010-01-01"),
        valid_to: None,
        legal_ref: String::new(),
        provenance: sample(),
    }
}

fn edge(child: usize, parent: usize) -> Edge {
    Edge {
        tree: TreeId::parse("territory").unwrap(),
        child: unit_id(child),
        parent: unit_id(parent),
        valid_from: day("2010-01-01"),
        valid_to: None,
    }
}

/// An indicator; a quotient is a share in percent.
pub fn indicator(name: &str, tree_rule: TreeRule) -> Indicator {
    let (kind, measure) = match tree_rule {
        TreeRule::Quotient(..) => (ValueKind::Ratio, "%"),
        TreeRule::Own | TreeRule::Sum | TreeRule::CountPositive(_) => (ValueKind::Flow, "ha"),
    };
    Indicator {
        code: code(name),
        valid_from: day("2010-01-01"),
        valid_to: None,
        name: name.into(),
        phrase: name.into(),
        name_en: name.into(),
        measure: measure.into(),
        decimals: 1,
        percent_decimals: 1,
        kind,
        tree_rule,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: "nong-nghiep".into(),
        ordinal: 0,
        owner: None,
        definition: String::new(),
    }
}

/// A first reading, not stored yet.
pub fn reading(indicator: &IndicatorCode, unit: &OrgId, period: Period, nature: Nature, value: Value) -> Reading {
    Reading {
        seq: 0,
        indicator: indicator.clone(),
        unit: unit.clone(),
        period,
        nature,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: sample(),
        entered_by: "kiểm thử".into(),
        entered_at: at(),
        supersedes: None,
        reason: String::new(),
    }
}
