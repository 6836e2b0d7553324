//! Whole papers, written and then opened and measured as others would.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says what it skips")]

mod docx;
mod hostile;
mod html;
mod measure;
mod office;
mod package;
mod pdf;
mod sample;
mod tools;
