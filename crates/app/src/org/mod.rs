//! Reading units: whose data the pages show, and the trees of the day.

pub mod all;
pub mod register;
pub mod standing;

pub use all::all;
pub use register::{Place, Register, register};
pub use standing::{Standing, standing};
