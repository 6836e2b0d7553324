//! What cells say: the shared vectors, and what must hold for every text.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn a_printed_number_is_read_as_it_was_printed(digits in any::<i64>().prop_filter("i64::MIN is no number", |d| *d != i64::MIN), scale in 0u8..=SCALE_MAX) {
        let number = Number::new(digits, scale).unwrap();
        for text in [number.vi(), number.vi_with("tỷ đồng"), number.vi().replace('.', "\u{202f}")] {
            let Typed::Number(read) = read_typed(&text, "tỷ đồng", SCALE_MAX) else { panic!("{text}") };
            prop_assert_eq!(read.value, number, "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}", hostile in "[-–().,0-9eE+ x#=/'%tỷriệuđồng\u{a0}\n]{0,16}", decimals in 0u8..=SCALE_MAX) {
        for text in [&text, &hostile] {
            let alone = read_typed(text, "triệu đồng", decimals);
            prop_assert_eq!(read_column(&[text], "triệu đồng", decimals).len(), 1);
            if let Typed::Number(read) = alone {
                prop_assert_eq!(read.is_finer, read.value.rounded(decimals) != read.value);
                prop_assert_ne!(read.other, Some(read.value));
            }
        }
    }
}
