//! The citizen's number (số căn cước công dân): its shape, and what it says of birth and sex.
//!
//! It is personal data. Neither `Debug` nor `Display` shows it; [`Cccd::digits`] does, for those who may see it.

use std::fmt;

use super::{Born, Sex};
use crate::refusal::{CccdFault, Refusal, SubjectFault};

/// Digits of the number.
const LENGTH: usize = 12;

/// Codes of the 63 provinces in which births were registered; numbers keep them after mergers.
#[rustfmt::skip]
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

/// The first code of a country: births registered abroad carry the country's instead of a province's.
const COUNTRIES_FROM: u16 = 101;

/// A citizen's number of the right shape.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cccd(String);

/// What a number is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CccdCheck {
    /// Birth as it was told.
    pub born: Born,
    /// Sex as it was told.
    pub sex: Option<Sex>,
}

impl Cccd {
    /// Reads a number; spaces and dots between digits are taken out.
    ///
    /// # Errors
    /// [`SubjectFault::BadCccd`], which never repeats the number.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bad = |why| Refusal::Subject(SubjectFault::BadCccd { why });
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        if bare.len() != LENGTH || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad(CccdFault::Shape));
        }
        let place: u16 = bare[..3].parse().map_err(|_| bad(CccdFault::Shape))?;
        if !PROVINCES.contains(&place) && place < COUNTRIES_FROM {
            return Err(bad(CccdFault::Place));
        }
        Ok(Self(bare))
    }

    /// The number whole. For those who may see it, and for the row it is kept in.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number as everyone else sees it: `038•••••••12`.
    pub fn masked(&self) -> String {
        format!("{}•••••••{}", &self.0[..3], &self.0[10..])
    }

    /// The year of birth it tells: 19xx for 0 and 1, 20xx for 2 and 3, and so on.
    pub fn birth_year(&self) -> i16 {
        let (century, years) = (self.digit(3) / 2, self.digit(4) * 10 + self.digit(5));
        1900 + i16::from(century) * 100 + i16::from(years)
    }

    /// The sex it tells.
    pub fn sex(&self) -> Sex {
        if self.digit(3) % 2 == 0 { Sex::Male } else { Sex::Female }
    }

    /// Holds the number against what else was told.
    ///
    /// # Errors
    /// [`SubjectFault::BadCccd`] where year or sex differ.
    pub fn check(&self, told: CccdCheck) -> Result<(), Refusal> {
        if told.born.year().is_some_and(|year| year != self.birth_year()) {
            return Err(Refusal::Subject(SubjectFault::BadCccd { why: CccdFault::Birth }));
        }
        if told.sex.is_some_and(|sex| sex != self.sex()) {
            return Err(Refusal::Subject(SubjectFault::BadCccd { why: CccdFault::Sex }));
        }
        Ok(())
    }

    fn digit(&self, at: usize) -> u8 {
        self.0.as_bytes()[at] - b'0'
    }
}

/// A text in which every run of twelve digits is masked, for what is read by many.
pub fn hide_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let run = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        out.push_str(&rest[..start]);
        match &rest[start..start + run] {
            digits if run == LENGTH => out.push_str(&format!("{}•••••••{}", &digits[..3], &digits[10..])),
            digits => out.push_str(digits),
        }
        rest = &rest[start + run..];
    }
    out.push_str(rest);
    out
}

impl fmt::Debug for Cccd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cccd(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use thidua_base::Date;

    use super::*;

    fn why(text: &str) -> CccdFault {
        match Cccd::parse(text) {
            Err(Refusal::Subject(SubjectFault::BadCccd { why })) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_shape_is_twelve_digits_of_a_known_place() {
        assert_eq!(Cccd::parse("038 080.000 123").unwrap().digits(), "038080000123");
        for text in ["", "03808000012", "0380800001234", "03808000012a", "٠٣٨٠٨٠٠٠٠١٢٣", "-38080000123"] {
            assert_eq!(why(text), CccdFault::Shape, "{text}");
        }
        // There is no province 003; 101 is a country.
        assert_eq!(why("003080000123"), CccdFault::Place);
        assert!(Cccd::parse("101080000123").is_ok());
    }

    #[test]
    fn century_year_and_sex_are_read_from_it() {
        for (text, year, sex) in [
            ("038080000123", 1980, Sex::Male),
            ("038180000123", 1980, Sex::Female),
            ("038205000123", 2005, Sex::Male),
            ("038305000123", 2005, Sex::Female),
        ] {
            let number = Cccd::parse(text).unwrap();
            assert_eq!((number.birth_year(), number.sex()), (year, sex), "{text}");
        }
    }

    #[test]
    fn it_is_held_against_birth_and_sex() {
        let number = Cccd::parse("038180000123").unwrap();
        let check = |born, sex| number.check(CccdCheck { born, sex });
        check(Born::Unknown, None).unwrap();
        check(Born::Year(1980), Some(Sex::Female)).unwrap();
        check(Born::On(Date::new(1980, 2, 5).unwrap()), None).unwrap();
        assert_eq!(
            check(Born::Year(1981), None),
            Err(Refusal::Subject(SubjectFault::BadCccd { why: CccdFault::Birth }))
        );
        assert_eq!(
            check(Born::Unknown, Some(Sex::Male)),
            Err(Refusal::Subject(SubjectFault::BadCccd { why: CccdFault::Sex }))
        );
    }

    #[test]
    fn nobody_sees_it_by_accident() {
        let number = Cccd::parse("038180000123").unwrap();
        let said = format!("{number:?} {:?} {}", Cccd::parse("038180000123"), number.masked());
        assert!(!said.contains("180000123") && !said.contains("0000"), "{said}");
        let refused = Cccd::parse("003180000123").unwrap_err();
        assert!(!format!("{refused:?} {refused}").contains("180000"));
    }

    #[test]
    fn a_number_inside_a_text_is_masked() {
        assert_eq!(hide_numbers("số 038180000123, 70/QĐ ngày 5"), "số 038•••••••23, 70/QĐ ngày 5");
        assert_eq!(hide_numbers("1234567890123"), "1234567890123");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_reads_again(text in "[0-9 .a-z]{0,16}|\\PC{0,14}") {
            if let Ok(number) = Cccd::parse(&text) {
                prop_assert_eq!(number.digits().len(), LENGTH);
                prop_assert!((1900..=2399).contains(&number.birth_year()));
                prop_assert_eq!(Cccd::parse(number.digits()), Ok(number));
            }
        }
    }
}
