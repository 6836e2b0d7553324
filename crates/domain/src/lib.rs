//! The trade itself: units, indicators, movements, clusters, awards, and what may be done with them.
//!
//! Modules stand on rungs and use lower rungs only:
//! `org` · `indicator` · `collection` `movement` `cluster` `honour` · `decision` · `exemplar` · `office` `finding` `draft` `account` · `notice`.

pub mod actor;
pub mod origin;
pub mod refusal;

pub mod org;

pub mod indicator;

pub mod cluster;
pub mod collection;
pub mod honour;
pub mod movement;

pub mod subject;

pub mod eligibility;

pub mod council;
pub mod dossier;

pub mod decision;

pub mod exemplar;

pub mod account;
pub mod draft;
pub mod finding;
pub mod office;

pub mod notice;

pub use actor::{Actor, Scope};
pub use origin::{Origin, Provenance};
pub use refusal::Refusal;
