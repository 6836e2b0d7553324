//! Both engines, the fixed clock, builders: for tests only, ships nothing.

#![allow(clippy::print_stdout, reason = "tests speak to the harness through standard output")]
#![allow(clippy::disallowed_methods, reason = "a test measures and waits by the machine's clock")]

pub mod accounts;
pub mod engines;
pub mod scratch;
pub mod skip;
pub mod smtp;

pub use scratch::{ScratchDir, scratch_dir};
pub use skip::skip;
/// The store, for tests of crates that must not know it: what a verb that is not built yet would write.
pub use thidua_store as store;
pub use thidua_store::Db;
