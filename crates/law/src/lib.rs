//! Dated law as data: the instruments, the honours, and what is in force on a day.
//!
//! The book is read from `data/`; conditions and their evaluator join it with the law chapter.

pub mod book;
pub mod honour;
pub mod instrument;
pub mod library;

pub mod holiday;
pub mod workday;

pub use book::Book;
pub use holiday::Calendar;
pub use library::Library;
pub use workday::WorkingDays;
