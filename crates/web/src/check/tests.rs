//! What the script is given, and the sentences behind it.

use thidua_base::Period;
use thidua_domain::collection::typed::Misread;
use thidua_domain::indicator::Absence;

use super::*;

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn row(indicator: &str, value: Option<Value>) -> RowFacts {
    RowFacts {
        indicator: IndicatorCode::parse(indicator).unwrap(),
        kind: ValueKind::Flow,
        measure: "tỷ </script>".to_owned(),
        decimals: 1,
        direction: Direction::Up,
        field: "tong-hop".to_owned(),
        is_required: false,
        is_sample: false,
        value,
        nature: Some(Nature::Estimate),
        nature_before: None,
        plan_year: Some(n("100")),
        plan_to_date: None,
        same_period: None,
        previous: None,
        accumulated: None,
        history: Vec::new(),
        peers: Vec::new(),
        per: None,
        peers_per: Vec::new(),
        below: None,
        assigned: None,
        shorter: Vec::new(),
        part_of: None,
        parts: Parts::Some,
        quotient: None,
    }
}

fn facts(rows: Vec<RowFacts>) -> SheetFacts {
    SheetFacts { period: Period::parse("2020-H1").unwrap(), unit: UnitState::Standing, rows }
}

#[test]
fn every_kind_has_a_sentence_whose_gaps_its_results_can_fill() {
    for kind in Kind::ALL {
        let text = Messages::vi().get(&format!("check.{}", kind.word()));
        let gaps = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
        for gap in gaps {
            assert!(["row", "others"].contains(&gap) || kind.numbers().contains(&gap), "{kind:?}: {gap}");
        }
    }
}

#[test]
fn every_reason_why_a_text_is_not_read_has_a_sentence_without_gaps() {
    for misread in Misread::ALL {
        for say in [Messages::vi(), Messages::en()] {
            let sentence = say.get(&format!("typed.{}", misread.word()));
            assert!(!sentence.contains('{'), "{sentence}");
        }
    }
}

#[test]
fn what_is_embedded_cannot_end_its_block_and_leaves_out_what_is_absent() {
    let said = facts_json(&facts(vec![row("KT01", None), row("KT02", Some(Value::Absent(Absence::NoneOccurred)))]));
    assert!(!said.contains('<'), "{said}");
    let read: Json = serde_json::from_str(&said).unwrap();
    assert_eq!(read["rows"][0]["measure"], "tỷ </script>");
    assert_eq!((&read["months"], &read["begins_year"]), (&json!(6), &json!(true)));
    assert!(read["rows"][0].get("value").is_none() && read["rows"][0].get("absence").is_none());
    assert_eq!(read["rows"][1]["absence"], "none-occurred");
    let sentences: Json = serde_json::from_str(&sentences_json(Messages::vi())).unwrap();
    assert_eq!(sentences.as_object().unwrap().len(), Kind::ALL.len());
}
