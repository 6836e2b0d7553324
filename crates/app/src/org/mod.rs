//! Units: whose data the pages show, the trees of the day, and registers loaded into a tenant.

pub mod all;
pub mod load_units;
pub mod register;
pub mod standing;

pub use all::all;
pub use load_units::{UnitsLoaded, load_units};
pub use register::{Place, Register, register};
pub use standing::{Standing, standing};
