//! All SQL, for SQLite and PostgreSQL with one text.
//!
//! Verbs open a transaction ([`Db::read`], [`Db::begin`]), call the functions of the modules below and
//! commit. The interface is synchronous: a server runs it on a bounded pool of blocking threads.

mod statement;

mod column;
mod constraint;
mod engine;
mod error;
mod migrate;

pub mod tenant;

pub mod period;

pub mod instrument;

pub mod org;

pub mod indicator;
pub mod plan;
pub mod plan_proposal;
pub mod reading;
pub mod standard;

pub mod cluster;
pub mod collection;
pub mod import_mapping;
pub mod import_upload;
pub mod movement;

pub mod award;
pub mod decision;
pub mod dossier;
pub mod eligibility;
pub mod fund;
pub mod law_act;
pub mod subject;

pub mod council;

pub mod exemplar;

pub mod draft;
pub mod finding;
pub mod office;
pub mod report_issue;

pub mod account;

pub mod notice;

pub mod audit;
pub mod pack;

pub use engine::{Db, Tx};
pub use error::Error;
pub use migrate::{MIGRATIONS, Migration};
pub use statement::{Statement, statements};
