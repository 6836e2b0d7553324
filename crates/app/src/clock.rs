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
            Self::Moved(seconds) => later(Self::Machine.now(), seconds),
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

/// The instant some seconds later; stays where the calendar would end.
pub fn later(at: Timestamp, seconds: i64) -> Timestamp {
    let instant: Option<jiff::Timestamp> = at.to_string().parse().ok();
    let moved = instant.and_then(|instant| Timestamp::from_second(instant.as_second().checked_add(seconds)?));
    moved.unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_cross_midnight_and_stop_at_the_end_of_the_calendar() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(later(at("2020-12-31T23:59:30Z"), 45), at("2021-01-01T00:00:15Z"));
        assert_eq!(later(at("2020-07-05T02:00:00Z"), i64::MAX), at("2020-07-05T02:00:00Z"));
    }
}
