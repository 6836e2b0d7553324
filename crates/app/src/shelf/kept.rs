//! A few values by key, each under the stamp at which it was read.

/// Values of one kind. The one not asked for the longest goes first.
#[derive(Debug)]
pub(super) struct Kept<K, S, V> {
    /// What all values may weigh together.
    most: usize,
    /// From the one not asked for the longest to the one asked for last.
    rows: Vec<Row<K, S, V>>,
}

#[derive(Debug)]
struct Row<K, S, V> {
    key: K,
    stamp: S,
    weight: usize,
    value: V,
}

impl<K: PartialEq, S: Ord + Copy, V: Clone> Kept<K, S, V> {
    pub(super) fn new(most: usize) -> Self {
        Self { most, rows: Vec::new() }
    }

    /// The value of a key with the stamp it was read at, whatever that is.
    pub(super) fn held(&mut self, key: &K) -> Option<(S, V)> {
        let at = self.rows.iter().position(|row| row.key == *key)?;
        // Asked for last, so it goes last.
        self.rows[at..].rotate_left(1);
        self.rows.last().map(|row| (row.stamp, row.value.clone()))
    }

    /// The value of a key, if it was read at this very stamp.
    pub(super) fn at(&mut self, key: &K, stamp: S) -> Option<V> {
        self.held(key).filter(|(held, _)| *held == stamp).map(|(_, value)| value)
    }

    /// Keeps a value, unless a later one is kept: whoever reads an old snapshot must not turn others back.
    pub(super) fn put(&mut self, key: K, stamp: S, weight: usize, value: V) {
        if self.rows.iter().any(|row| row.key == key && row.stamp > stamp) {
            return;
        }
        self.rows.retain(|row| row.key != key);
        if weight > self.most {
            return;
        }
        let mut weighs: usize = weight + self.rows.iter().map(|row| row.weight).sum::<usize>();
        let mut gone = 0;
        while weighs > self.most {
            weighs -= self.rows[gone].weight;
            gone += 1;
        }
        self.rows.drain(..gone);
        self.rows.push(Row { key, stamp, weight, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_the_longest_goes_first() {
        let mut kept = Kept::new(3);
        for key in ["a", "b", "c"] {
            kept.put(key, 1, 1, key);
        }
        assert_eq!(kept.at(&"a", 1), Some("a"));
        kept.put("d", 1, 2, "d");
        let there = ["a", "b", "c", "d"].map(|key| kept.at(&key, 1).is_some());
        assert_eq!(there, [true, false, false, true]);
        kept.put("e", 1, 4, "e");
        assert_eq!(
            (kept.at(&"e", 1), kept.at(&"d", 1)),
            (None, Some("d")),
            "too heavy to be kept, and drives nobody out"
        );
    }

    #[test]
    fn an_old_snapshot_turns_nobody_back() {
        let mut kept = Kept::new(3);
        kept.put("a", 2, 1, "new");
        kept.put("a", 1, 1, "old");
        assert_eq!((kept.at(&"a", 2), kept.at(&"a", 1)), (Some("new"), None));
        kept.put("a", 3, 1, "newer");
        assert_eq!((kept.at(&"a", 2), kept.at(&"a", 3)), (None, Some("newer")));
    }
}
