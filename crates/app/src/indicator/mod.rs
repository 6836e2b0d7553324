//! Reading figures: every indicator against plan and same period, one of them closely, and any fact's passport.

pub mod accepted;
pub mod actual;
pub mod by_unit;
pub mod compared;
pub mod fact;
pub mod one;
pub mod overview;
pub mod passport;
pub mod restated;
pub mod standard;

mod figures;

pub use accepted::Accepted;
pub use actual::actual;
pub use by_unit::by_unit;
pub use compared::{compared, definitions};
pub use fact::{Fact, FactKind, FactValue, Facts};
pub use one::{One, Prior, one};
pub use overview::{Overview, PlanRow, Row, overview};
pub use passport::{Formula, Passport, PassportSubject, Trail, passport};
pub use restated::{
    MadeOf, RestatedAsked, RestatedDetail, RestatedLine, RestatedRow, RestatedSeen, restated, restated_key,
};
pub use standard::{StandardCount, StandardRegister, standard};
pub use thidua_domain::indicator::compare::{Change, Incomparable, Pace};

pub(crate) use figures::name_on;
