//! The founding data with an account or two, and a clock to set.

use std::fmt::Debug;

use thidua_app::account::{
    NewAccount, NewRole, Person, SignIn, SignedIn, Token, Visitor, create_account, grant_role, sign_in, visitor,
};
use thidua_app::{App, Clock, Entropy, Error, audit};
use thidua_base::code::TenantId;
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::Role;
use thidua_domain::{Actor, Refusal};
use thidua_store::Db;

use crate::world::World;

/// The password of every account here.
pub const PASSWORD: &str = "thi đua gặt lúa";

/// The program with accounts.
pub struct House {
    pub app: App,
    pub operator: Actor,
    pub world_report: thidua_base::code::ReportId,
}

impl House {
    /// The founding data with the account `hoa`.
    pub fn with_hoa(db: &Db) -> Self {
        let world = World::loaded_into(db.clone());
        let mut app = world.app;
        app.entropy = Entropy::set(1);
        let house = Self { app, operator: world.by, world_report: world.report };
        house.opened("hoa", "Nguyễn Thị Hòa");
        house
    }

    pub fn opened(&self, name: &str, display_name: &str) {
        let new = NewAccount { name: name.into(), display_name: display_name.into(), password: PASSWORD.into() };
        create_account(&self.app, &self.operator, &new).unwrap();
    }

    pub fn tenant(&self) -> &TenantId {
        &self.app.home.tenant
    }

    /// Sets the clock.
    pub fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    pub fn sign_in(&self, name: &str, password: &str) -> Result<Token, Error> {
        match sign_in(&self.app, self.tenant(), &typed(name, password))? {
            SignedIn::In(token) => Ok(token),
            SignedIn::CodeWanted(_) => panic!("{name} has a second factor"),
        }
    }

    /// Signs in as far as the code.
    pub fn half_in(&self, name: &str) -> Token {
        match sign_in(&self.app, self.tenant(), &typed(name, PASSWORD)).unwrap() {
            SignedIn::CodeWanted(token) => token,
            SignedIn::In(_) => panic!("{name} has no second factor"),
        }
    }

    /// Makes an account administer the whole tenant.
    pub fn administers(&self, name: &str) {
        let new =
            NewRole { name: name.into(), role: Role::Administrator, unit: None, from: day("2020-01-01"), to: None };
        grant_role(&self.app, &self.operator, &new).unwrap();
    }

    /// Who a session of this account belongs to, begun without a password.
    pub fn in_session(&self, name: &str) -> (Token, Person) {
        let token = Token::read(&thidua_testkit::accounts::session_of(&self.app, name)).unwrap();
        match self.visitor(&token) {
            Visitor::Person(person) => (token, *person),
            other @ (Visitor::Anyone | Visitor::Stranger) => panic!("{other:?}"),
        }
    }

    pub fn visitor(&self, token: &Token) -> Visitor {
        visitor(&self.app, self.tenant(), Some(token)).unwrap()
    }

    /// Signs in and gives who that is.
    pub fn person(&self, name: &str) -> Person {
        match self.visitor(&self.sign_in(name, PASSWORD).unwrap()) {
            Visitor::Person(person) => *person,
            other @ (Visitor::Anyone | Visitor::Stranger) => panic!("{other:?}"),
        }
    }

    /// Verb, subject and detail of the newest rows of the audit, newest first.
    pub fn told(&self, most: u32) -> Vec<[String; 3]> {
        let rows = audit::tail(&self.app, &self.operator, most).unwrap();
        rows.into_iter().map(|row| [row.verb, row.subject, row.detail]).collect()
    }

    pub fn rows(&self) -> usize {
        audit::tail(&self.app, &self.operator, 1_000).unwrap().len()
    }
}

pub fn typed(name: &str, password: &str) -> SignIn {
    SignIn {
        name: name.into(),
        password: password.into(),
        user_agent: "Trình duyệt thử".into(),
        back: "/chi-tieu".into(),
    }
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
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
