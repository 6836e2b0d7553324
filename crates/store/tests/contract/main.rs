//! The contract of the store, the same on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod api_tokens;
mod append_only;
mod audit_chain;
mod collection;
mod councils;
mod decisions;
mod dossiers;
mod exemplars;
mod import_mapping;
mod isolation;
mod laws;
mod movements;
mod notices;
mod opening;
mod round_trip;
mod sample;
mod schema;
mod scoring;
mod second_factors;
mod subjects;
mod transactions;
mod upgrade;
mod world;
