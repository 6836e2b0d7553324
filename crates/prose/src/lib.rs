//! The sentences of official Vietnamese, written from figures and read back out of a text.
//!
//! [`mod@write`] turns exact figures into clauses, [`read`] finds the same clauses in a finished
//! text, and [`check`] uses the reading to find what a finished report has wrong.
//! [`grammar`] holds the words that writer and reader share, so that neither can drift.

pub mod check;
pub mod grammar;
pub mod read;
pub mod write;
