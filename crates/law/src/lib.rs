//! Dated law as data: the instruments, the honours, and what is in force on a day.
//!
//! The book is read from `data/`: [`rules`] holds what was read, [`plan`] its compiled form, [`evaluate`] explains one
//! record by it and [`batch`] runs it over many.

pub mod book;

pub mod vocabulary;

pub mod condition;

pub mod honour;

pub mod gate;

pub mod rules;

pub mod record;

pub mod answer;

pub mod evaluate;

pub mod plan;

pub mod stand;

pub mod population;

pub mod batch;

pub mod quota;

pub mod procedure;

pub mod say;

pub mod case;
pub mod case_table;

pub mod case_write;
pub mod construct;
pub mod generate;
pub mod probe;

pub mod check;

pub mod overlay;

pub mod loaded;

pub mod diff;
pub mod skeleton;

pub mod cite;
pub mod fault;
pub mod instrument;
pub mod library;
pub mod series;
pub mod span;
pub mod table;
pub mod terms;

pub mod holiday;
pub mod workday;

mod condition_read;
mod honour_read;
mod measure;
mod measure_facts;
mod measure_members;
mod measure_time;
mod probe_facts;
mod procedure_words;
mod register_words;
mod stricter;

pub use answer::{Answer, Finding, Outcome, Question, Verdict};
pub use book::Book;
pub use holiday::Calendar;
pub use library::Library;
pub use record::Record;
pub use workday::WorkingDays;

/// The data files, listed when the crate is built.
pub mod data {
    include!(concat!(env!("OUT_DIR"), "/data.rs"));
}
