//! What is due, how one is reminded of it, and the calendar feed.

pub mod due;
pub mod feed;
pub mod ical;
pub mod letter;
pub mod settings;
