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

/// The vectors that the browser runs too.
const VECTORS: &str = include_str!("../../../vectors/typed.json");

#[test]
fn every_vector_reads_as_it_says() {
    let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
    let (cells, columns) = (vectors["cells"].as_array().unwrap(), vectors["columns"].as_array().unwrap());
    assert!(cells.len() >= 290 && columns.len() >= 17, "{} and {}", cells.len(), columns.len());
    let asked = |vector: &serde_json::Value| {
        let measure = vector["measure"].as_str().unwrap().to_owned();
        (measure, u8::try_from(vector["decimals"].as_u64().unwrap()).unwrap())
    };
    for vector in cells {
        let (measure, decimals) = asked(vector);
        let read = read_typed(vector["text"].as_str().unwrap(), &measure, decimals);
        assert_eq!(json(&read), vector["reads"], "{vector}");
    }
    for vector in columns {
        let (measure, decimals) = asked(vector);
        let texts: Vec<&str> = vector["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        let read: Vec<serde_json::Value> = read_column(&texts, &measure, decimals).iter().map(json).collect();
        assert_eq!(serde_json::Value::from(read), vector["reads"], "{vector}");
    }
}

#[test]
fn every_reason_is_met_in_the_vectors() {
    for misread in Misread::ALL {
        assert!(VECTORS.contains(&format!("\"why\": \"{}\"", misread.word())), "{misread:?}");
    }
}

fn json(typed: &Typed) -> serde_json::Value {
    match typed {
        Typed::Number(read) => {
            let mut said = serde_json::json!({"is": "number", "value": read.value.to_string()});
            if let Some(other) = read.other {
                said["other"] = other.to_string().into();
            }
            if let Some(Conversion { typed, from }) = &read.converted {
                said["converted"] = serde_json::json!({"typed": typed, "from": from});
            }
            if read.is_finer {
                said["finer"] = true.into();
            }
            said
        }
        Typed::Absent(absence) => {
            let word = match absence {
                Absence::NotReported => "not-reported",
                Absence::NotApplicable => "not-applicable",
                Absence::NoneOccurred => "none-occurred",
                Absence::Withheld => "withheld",
            };
            serde_json::json!({"is": "absent", "absence": word})
        }
        Typed::Unclear => serde_json::json!({"is": "unclear"}),
        Typed::Refused(why) => serde_json::json!({"is": "refused", "why": why.word()}),
    }
}
