//! Units: whose data the pages show, the trees of the day, and registers loaded into a tenant.

pub mod all;
pub mod divide_unit;
pub mod lineage;
pub mod load_units;
pub mod on_day;
pub mod register;
pub mod standing;

pub use all::all;
pub use divide_unit::{NewDivision, divide_unit};
pub use lineage::{Arrow, Divided, Lineage, Named, lineage};
pub use load_units::{UnitsLoaded, load_units};
pub use on_day::{UnitPlaced, events, units_on};
pub use register::{Gone, Place, Register, register};
pub use standing::{Standing, standing};
