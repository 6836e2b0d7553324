//! Lockout: after wrong passwords an account refuses every password for a while, longer each time.

/// Wrong passwords in a row that are forgiven.
pub const FAILURES_FORGIVEN: u32 = 4;
/// Seconds of the first pause.
const FIRST_PAUSE_SECONDS: i64 = 60;
/// Seconds of the longest pause: a stranger who guesses on gets 24 tries a day, and the owner waits an hour at most.
const LONGEST_PAUSE_SECONDS: i64 = 60 * 60;

/// Seconds for which an account is locked after so many wrong passwords in a row; `None` while they are forgiven.
///
/// The fifth locks for a minute, each further one for twice as long, up to an hour. Well under the hundred
/// tries in a row that NIST SP 800-63B-4 (3.2.2) lets an account bear.
pub fn pause_seconds(failures: u32) -> Option<i64> {
    let beyond = failures.checked_sub(FAILURES_FORGIVEN + 1)?;
    let doubled = FIRST_PAUSE_SECONDS.checked_shl(beyond).filter(|seconds| *seconds > 0);
    Some(doubled.unwrap_or(LONGEST_PAUSE_SECONDS).min(LONGEST_PAUSE_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_to_an_hour_and_no_further() {
        let pauses: Vec<Option<i64>> = (3..=12).map(pause_seconds).collect();
        let minutes = |n: i64| Some(n * 60);
        assert_eq!(pauses[..2], [None, None]);
        assert_eq!(pauses[2..8], [1, 2, 4, 8, 16, 32].map(minutes));
        assert_eq!(pauses[8..], [minutes(60), minutes(60)]);
        for many in [60, 63, 64, 70, 1_000, u32::MAX] {
            assert_eq!(pause_seconds(many), minutes(60), "{many}");
        }
    }
}
