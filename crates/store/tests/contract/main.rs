//! The contract of the store, the same on both engines.

mod append_only;
mod audit_chain;
mod isolation;
mod opening;
mod round_trip;
mod sample;
mod schema;
mod transactions;
mod upgrade;
