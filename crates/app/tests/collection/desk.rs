//! The founding data with a form of the district for its communes, and the people at both sides of the counter.

use std::fmt::Debug;

use thidua_app::collection::{Answer, NewStep, SheetKey, create_form, enter, open_cycle, sheet, step};
use thidua_app::pack::Collected;
use thidua_app::{App, Clock, Error};
use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId, ReportId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::Refusal;
use thidua_domain::actor::{AccountId, Actor, Post, Reach, Role, Verb};
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::{Assigned, Assignment, Change, Cycle, Form, FormRow, How};
use thidua_domain::indicator::{Absence, Nature, Reading, Value};
use thidua_store::Db;

use crate::world::World;

/// A commune of the district.
pub const COMMUNE: &str = "x-15769";
/// Another.
pub const OTHER: &str = "x-15766";
/// The half-year that nobody has reported yet.
pub const PERIOD: &str = "2020-H2";

/// The program with a form.
pub struct Desk {
    pub app: App,
    pub operator: Actor,
    pub report: ReportId,
}

impl Desk {
    /// The founding data with the form `bieu-01`, open from 1 December 2020, due on the 15th; it is the 10th.
    pub fn set(db: &Db) -> Self {
        // Without its own forms, which ask for the same cells.
        let world = World::changed_into(db.clone(), |pack| pack.collected = Collected::default());
        let mut desk = Self { app: world.app, operator: world.by, report: world.report };
        desk.at("2020-12-10T02:00:00Z");
        let below = Assignment {
            form: form_id(),
            to: Assigned::Below(unit("h-397")),
            valid_from: day("2020-01-01"),
            valid_to: None,
        };
        create_form(&desk.app, &desk.operator, &form("bieu-01", &["NN02", "NN09", "LD01"]), &[below]).unwrap();
        open_cycle(&desk.app, &desk.operator, &cycle(PERIOD)).unwrap();
        desk
    }

    pub fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    fn person(&self, name: &str, role: Role, units: &[&str]) -> Actor {
        let reach = Reach::Only(units.iter().map(|id| unit(id)).collect());
        let account = AccountId::parse(&format!("tk-{}", role.word())).unwrap();
        Actor::person(name, self.app.home.tenant.clone(), account, vec![Post { role, reach }])
    }

    /// Who enters the commune's figures.
    pub fn reporter(&self) -> Actor {
        self.person("Lê Thị Thủy", Role::Reporter, &[COMMUNE])
    }

    /// The district's specialist: reaches the district and both communes.
    pub fn specialist(&self) -> Actor {
        self.person("Trần Văn Bình", Role::Specialist, &["h-397", COMMUNE, OTHER])
    }

    /// The district's leader.
    pub fn leader(&self) -> Actor {
        self.person("Nguyễn Văn An", Role::Leader, &["h-397", COMMUNE, OTHER])
    }

    pub fn enter(&self, by: &Actor, changes: &[Change]) -> Vec<Answer> {
        enter(&self.app, by, &form_id(), period(), changes).unwrap()
    }

    /// Enters one change, which must be saved; gives its reading.
    pub fn saved(&self, by: &Actor, change: &Change) -> i64 {
        match &self.enter(by, std::slice::from_ref(change))[0].outcome {
            Ok(Outcome::Saved { seq }) => *seq,
            other => panic!("{other:?}"),
        }
    }

    /// The reading that holds a cell of the commune.
    pub fn holds(&self, indicator: &str) -> Option<Reading> {
        let seen = sheet(&self.app, &self.operator, &key()).unwrap();
        seen.sheet.row(&code(indicator)).unwrap().current.clone()
    }

    /// Fills every required cell of the commune.
    pub fn filled(&self) {
        let by = self.reporter();
        self.saved(&by, &change("d-1", "NN02", of("120.5"), None));
        self.saved(&by, &change("d-2", "NN09", Value::Absent(Absence::NoneOccurred), None));
        self.saved(&by, &change("d-3", "LD01", of("7"), None));
    }

    pub fn step(&self, by: &Actor, verb: Verb, reason: &str) -> Result<(), Error> {
        let new = NewStep { verb, reason: reason.to_owned(), cells: Vec::new() };
        step(&self.app, by, &key(), &new).map(drop)
    }
}

pub fn form_id() -> FormId {
    FormId::parse("bieu-01").unwrap()
}

pub fn form(id: &str, rows: &[&str]) -> Form {
    let row = |indicator: &&str| FormRow {
        heading: String::new(),
        label: String::new(),
        indicator: code(indicator),
        is_required: true,
    };
    Form {
        id: FormId::parse(id).unwrap(),
        number: "Biểu số 01/TĐKT".to_owned(),
        name: "Kết quả thực hiện một số chỉ tiêu".to_owned(),
        receiver: unit("h-397"),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: day("2020-01-01"),
        valid_to: None,
        legal_ref: String::new(),
        rows: rows.iter().map(row).collect(),
    }
}

pub fn cycle(period: &str) -> Cycle {
    Cycle {
        form: form_id(),
        period: Period::parse(period).unwrap(),
        opens_on: day("2020-12-01"),
        due_on: day("2020-12-15"),
        grace_until: day("2020-12-20"),
        closes_on: day("2020-12-26"),
        nature: Nature::Estimate,
        closing: None,
    }
}

pub fn change(id: &str, indicator: &str, value: Value, over: Option<i64>) -> Change {
    Change {
        id: ChangeId::parse(id).unwrap(),
        form: form_id(),
        period: period(),
        unit: unit(COMMUNE),
        indicator: code(indicator),
        nature: Nature::Estimate,
        over,
        value,
        note: String::new(),
        how: How::Typed,
        device_at: Timestamp::parse("2020-12-09T08:00:00Z").ok(),
        settles: None,
    }
}

pub fn key() -> SheetKey {
    SheetKey { form: form_id(), period: period(), unit: unit(COMMUNE) }
}

pub fn of(text: &str) -> Value {
    Value::Of(Number::parse(text).unwrap())
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn period() -> Period {
    Period::parse(PERIOD).unwrap()
}

pub fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

/// The refusal of a result; panics on anything else.
pub fn refusal<T: Debug>(done: Result<T, Error>) -> Refusal {
    match done {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Whether a result is that there is no such thing.
pub fn is_absent<T: Debug>(done: &Result<T, Error>) -> bool {
    matches!(done, Err(Error::NotFound(_)))
}
