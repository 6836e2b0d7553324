//! The clock: the only place in the program that reads the time.

use std::time::{SystemTime, UNIX_EPOCH};

use thidua_base::Timestamp;

/// A clock, real or set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// Always this instant; for tests and replays.
    Set(Timestamp),
    /// The machine's clock moved by so many seconds: a demonstration goes on from the day its data speak of.
    Moved(i64),
}

impl Clock {
    /// The present instant, to the second.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the machine for the time")]
    pub fn now(self) -> Timestamp {
        match self {
            Self::Set(instant) => instant,
            Self::Moved(seconds) => Self::Machine.now().plus_seconds(seconds),
            Self::Machine => {
                let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
                i64::try_from(seconds)
                    .ok()
                    .and_then(Timestamp::from_second)
                    .expect("the machine's clock shows a year the calendar knows")
            }
        }
    }
}
