//! Units: whose data the pages show, the trees of the day, and registers loaded into a tenant.

pub mod all;
pub mod load_units;
pub mod on_day;
pub mod register;
pub mod standing;

pub use all::all;
pub use load_units::{UnitsLoaded, load_units};
pub use on_day::{UnitPlaced, events, units_on};
pub use register::{Place, Register, register};
pub use standing::{Standing, standing};
