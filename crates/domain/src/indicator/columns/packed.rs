//! A row of exact integers, held as narrow as they allow: 2, 4, 8 or 16 bytes each.
//!
//! Most figures of a column are small: counts of schools fit in two bytes, hectares with two decimals in four.
//! A number that does not fit widens the whole row once; nothing is ever cut.

use std::ops::Range;

/// Exact integers of one width, read and written as `i128`.
#[derive(Debug, Clone)]
pub(super) enum Packed {
    /// Two bytes each.
    Two(Vec<i16>),
    /// Four bytes each.
    Four(Vec<i32>),
    /// Eight bytes each.
    Eight(Vec<i64>),
    /// Sixteen bytes each.
    Sixteen(Vec<i128>),
}

/// Runs one expression on the row inside, whatever its width.
macro_rules! each_width {
    ($packed:expr, $row:ident => $body:expr) => {
        match $packed {
            Packed::Two($row) => $body,
            Packed::Four($row) => $body,
            Packed::Eight($row) => $body,
            Packed::Sixteen($row) => $body,
        }
    };
}

impl Packed {
    /// `length` zeros.
    pub(super) fn zeros(length: usize) -> Self {
        Self::Two(vec![0; length])
    }

    /// `length` zeros, wide enough for numbers up to `most`.
    pub(super) fn zeros_for(length: usize, most: i128) -> Self {
        let mut zeros = Self::zeros(0);
        zeros.widen_for(0, most);
        each_width!(&mut zeros, row => row.resize(length, 0));
        zeros
    }

    /// The number at a place.
    #[expect(clippy::useless_conversion, reason = "useless for the widest row only")]
    pub(super) fn get(&self, at: usize) -> i128 {
        each_width!(self, row => i128::from(row[at]))
    }

    /// Writes one number, widening the row first where it must.
    pub(super) fn set(&mut self, at: usize, number: i128) {
        if !each_width!(self, row => fits_in(&mut row[at], number)) {
            self.widen_for(number, number);
            each_width!(self, row => row[at] = fitted(number));
        }
    }

    /// Writes numbers at `start`, `start + stride`, … and so on; all lie between `low` and `high`.
    pub(super) fn scatter(
        &mut self,
        (start, stride): (usize, usize),
        (low, high): (i128, i128),
        numbers: impl Iterator<Item = i128>,
    ) {
        self.widen_for(low, high);
        each_width!(self, row => {
            for (place, number) in row[start..].iter_mut().step_by(stride).zip(numbers) {
                *place = fitted(number);
            }
        });
    }

    /// The exact sum of a range.
    pub(super) fn sum(&self, range: Range<usize>) -> i128 {
        match self {
            Self::Two(row) => sum_of_narrow(&row[range]),
            Self::Four(row) => sum_of_narrow(&row[range]),
            Self::Eight(row) => sum_of_eights(&row[range]),
            Self::Sixteen(row) => row[range].iter().sum(),
        }
    }

    /// Multiplies every number.
    pub(super) fn multiply(&mut self, factor: i128) {
        let length = each_width!(&*self, row => row.len());
        for at in 0..length {
            self.set(at, self.get(at) * factor);
        }
    }

    /// What it holds on the heap, in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        each_width!(self, row => std::mem::size_of_val(row.as_slice()))
    }

    fn widen_for(&mut self, low: i128, high: i128) {
        let bytes = width_bytes(low).max(width_bytes(high));
        match (&*self, bytes) {
            (Self::Two(row), 4) => *self = Self::Four(row.iter().map(|n| i32::from(*n)).collect()),
            (Self::Two(row), 8) => *self = Self::Eight(row.iter().map(|n| i64::from(*n)).collect()),
            (Self::Four(row), 8) => *self = Self::Eight(row.iter().map(|n| i64::from(*n)).collect()),
            (Self::Two(_) | Self::Four(_) | Self::Eight(_), 16) => {
                let length = each_width!(&*self, row => row.len());
                *self = Self::Sixteen((0..length).map(|at| self.get(at)).collect());
            }
            (Self::Two(_) | Self::Four(_) | Self::Eight(_) | Self::Sixteen(_), _) => {}
        }
    }
}

/// The fewest bytes of 2, 4, 8 and 16 that hold a number.
fn width_bytes(number: i128) -> usize {
    if i16::try_from(number).is_ok() {
        2
    } else if i32::try_from(number).is_ok() {
        4
    } else if i64::try_from(number).is_ok() {
        8
    } else {
        16
    }
}

fn fitted<N: TryFrom<i128>>(number: i128) -> N {
    N::try_from(number).ok().expect("the row was widened for this number just before")
}

/// Writes a number where it fits the place.
fn fits_in<N: TryFrom<i128>>(place: &mut N, number: i128) -> bool {
    match N::try_from(number) {
        Ok(fitted) => {
            *place = fitted;
            true
        }
        Err(_) => false,
    }
}

/// The sum of numbers of two or four bytes: 2^31 of them still sum within eight.
fn sum_of_narrow<N: Copy + Into<i64>>(row: &[N]) -> i128 {
    const LANES: usize = 16;
    let (rows, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0i64; LANES];
    for row in rows {
        for lane in 0..LANES {
            lanes[lane] += row[lane].into();
        }
    }
    let in_lanes = if rows.is_empty() { 0 } else { lanes.iter().sum::<i64>() };
    i128::from(in_lanes + rest.iter().map(|n| (*n).into()).sum::<i64>())
}

/// The sum of eight-byte numbers without a carry in the loop: the halves are summed apart.
fn sum_of_eights(row: &[i64]) -> i128 {
    const HALF_BITS: u32 = 32;
    // 2^31 halves of 32 bits sum within 64, and no tree has so many leaves.
    let (mut high, mut low) = (0i64, 0i64);
    for number in row {
        high += number >> HALF_BITS;
        low += number & i64::from(u32::MAX);
    }
    (i128::from(high) << HALF_BITS) + i128::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of one width and of all, short ones and ones that fill several lanes.
    fn any_row() -> impl Strategy<Value = Vec<i128>> {
        fn row(number: impl Strategy<Value = i128> + 'static) -> BoxedStrategy<Vec<i128>> {
            prop::collection::vec(number, 1..80).boxed()
        }
        let two = any::<i16>().prop_map(i128::from);
        let four = any::<i32>().prop_map(i128::from);
        let eight = any::<i64>().prop_map(i128::from);
        let sixteen = (any::<i64>(), 0u32..40).prop_map(|(n, bits)| i128::from(n) << bits);
        let mixed = prop_oneof![two.clone(), four.clone(), eight.clone(), sixteen.clone()];
        prop_oneof![row(two), row(four), row(eight), row(sixteen), row(mixed)]
    }

    #[test]
    fn a_row_is_as_narrow_as_its_numbers_allow() {
        let mut row = Packed::zeros(4);
        for (number, bytes) in [(7, 8), (40_000, 16), (-3_000_000_000, 32), (i128::from(i64::MIN) - 1, 64)] {
            row.set(1, number);
            assert_eq!((row.get(1), row.size_bytes()), (number, bytes));
        }
        assert_eq!(row.get(0), 0);
    }

    proptest! {
        #[test]
        fn numbers_of_every_width_come_back_and_sum_exactly(numbers in any_row(), cut in any::<prop::sample::Index>()) {
            let mut one_by_one = Packed::zeros(numbers.len());
            for (at, number) in numbers.iter().enumerate() {
                one_by_one.set(at, *number);
            }
            let mut at_once = Packed::zeros(numbers.len() * 3 + 1);
            let bounds = (*numbers.iter().min().unwrap(), *numbers.iter().max().unwrap());
            at_once.scatter((1, 3), bounds, numbers.iter().copied());
            for (at, number) in numbers.iter().enumerate() {
                prop_assert_eq!(one_by_one.get(at), *number);
                prop_assert_eq!(at_once.get(1 + at * 3), *number);
            }
            let cut = cut.index(numbers.len());
            prop_assert_eq!(one_by_one.sum(cut..numbers.len()), numbers[cut..].iter().sum::<i128>());
            let narrow: Vec<i64> = numbers.iter().filter_map(|n| i64::try_from(*n).ok()).collect();
            prop_assert_eq!(sum_of_eights(&narrow), narrow.iter().map(|n| i128::from(*n)).sum::<i128>());
        }
    }
}
