//! Lists as units send them: headings found, names matched, questions asked, answers remembered.

use proptest::prelude::*;
use thidua_base::Number;

use super::*;

fn cell(text: &str) -> Written {
    Number::parse_vi(text).map_or_else(|_| Written::text(text), Written::Number)
}

fn table(rows: &[&[&str]]) -> Table {
    Table {
        source: FileSource { file: "xa.xlsx".to_owned(), hash: "cd".repeat(32), sheet: "Sheet1".to_owned() },
        rows: rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect(),
    }
}

fn code(text: &str) -> IndicatorCode {
    IndicatorCode::parse(text).unwrap()
}

fn unit(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn known() -> Known {
    let indicator = |id: &str, name: &str| Candidate { id: code(id), names: vec![name.to_owned(), id.to_owned()] };
    let commune =
        |id: &str, name: &str| Candidate { id: unit(id), names: vec![format!("Xã {name}"), name.to_owned()] };
    Known {
        list: ListKind::Figures,
        period: Period::parse("2020-H1").unwrap(),
        indicators: vec![
            indicator("NN01", "Diện tích gieo trồng"),
            indicator("NN02", "Diện tích lúa"),
            indicator("CN01", "Tổng đàn bò"),
        ],
        units: vec![commune("x-1", "Dân Lý"), commune("x-2", "Dân Lực"), commune("x-3", "Đồng Thắng")],
        honours: Vec::new(),
    }
}

fn roles(proposal: &Proposal) -> Vec<String> {
    proposal.columns.iter().map(|column| column.role.is.word()).collect()
}

/// As a commune sends it: a letter-head, two rows of headings, numbering in the names.
fn of_one_unit() -> Table {
    table(&[
        &["UBND XÃ DÂN LÝ"],
        &["", "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU 6 THÁNG ĐẦU NĂM 2020"],
        &["TT", "Nội dung", "ĐVT", "Kế hoạch năm 2020", "Thực hiện", "", "So sánh (%)", "", "Ghi chú"],
        &["", "", "", "", "6 tháng 2019", "6 tháng 2020", "Kế hoạch", "Cùng kỳ", ""],
        &["I", "Nông nghiệp", "", "", "", "", "", "", ""],
        &["1", "- Diện tích gieo trồng", "ha", "500", "420,5", "431,2", "86,2", "102,5", "vụ chiêm"],
        &["2", "Diện tích cây lúa", "ha", "300", "250", "251", "", "", ""],
        &["3", "TỔNG ĐÀN BÒ (con)", "con", "1.200", "1.000", "1.100", "", "", ""],
        &["4", "Số hộ có ti vi", "hộ", "", "", "900", "", "", ""],
    ])
}

#[test]
fn headings_are_found_below_the_letter_head_and_read_over_two_rows() {
    let proposal = propose(&of_one_unit(), &known(), None).unwrap();
    assert_eq!(proposal.headings, Headings { first: 2, last: 3 });
    let expected = ["ordinal", "indicator", "measure", "plan", "same-period", "actual", "percent", "percent", "note"];
    assert_eq!(roles(&proposal), expected);
}

#[test]
fn what_is_not_sure_is_a_question_and_what_nobody_answered_is_named() {
    let list = of_one_unit();
    let proposal = propose(&list, &known(), None).unwrap();
    let guesses: Vec<_> = proposal
        .indicators
        .iter()
        .map(|named| (named.row, named.guess.as_ref().map(|guess| (guess.is.to_string(), guess.confidence >= SURE))))
        .collect();
    assert_eq!(guesses[1], (6, Some(("NN01".to_owned(), true))));
    assert_eq!(guesses[3], (8, Some(("CN01".to_owned(), true))));
    assert_eq!(guesses[4], (9, None));
    assert!(proposal.questions() >= 2, "{proposal:?}");
    let applied = apply(&list, &proposal.headings, &proposal.sure(), Some(&unit("x-1")));
    let rows = &applied.by_unit[&unit("x-1")].rows;
    let told: Vec<_> = rows.iter().map(|row| (row.place.as_str(), row.indicator.as_str(), row.value.shown())).collect();
    assert!(told.contains(&("F6", "NN01", "431,2".to_owned())) && told.contains(&("F8", "CN01", "1.100".to_owned())));
    assert_eq!(rows[0].note, "vụ chiêm");
    assert!(applied.unmatched.iter().any(|left| left.text == "Số hộ có ti vi" && left.row == 9), "{applied:?}");
    // Without a word whose file it is, nothing is taken.
    assert!(apply(&list, &proposal.headings, &proposal.sure(), None).by_unit.is_empty());
}

#[test]
fn what_was_confirmed_is_remembered_for_the_same_headings() {
    let list = of_one_unit();
    let first = propose(&list, &known(), None).unwrap();
    let mut mapping = first.sure();
    mapping.say_indicator("2. Diện tích cây lúa", Some(code("NN02")));
    mapping.say_indicator("Số hộ có ti vi", None);
    mapping.say_indicator("Nông nghiệp", None);
    let stored = Mapping::decode(&mapping.encode()).unwrap();
    let again = propose(&list, &known(), Some(&stored)).unwrap();
    assert_eq!((again.questions(), &again.signature), (0, &first.signature));
    let applied = apply(&list, &again.headings, &stored, Some(&unit("x-1")));
    assert_eq!((applied.by_unit[&unit("x-1")].rows.len(), applied.unmatched), (3, vec![]));
    assert_eq!(applied.by_unit[&unit("x-1")].rows[1].indicator, code("NN02"));
}

#[test]
fn a_list_with_a_row_for_each_unit_and_a_column_for_each_indicator() {
    let list = table(&[
        &["STT", "Xã, thị trấn", "Diện tích lúa", "Tổng đàn bò"],
        &["1", "Xã Dân Lý", "250", "1.100"],
        &["2", "dan luc", "200,5", ""],
        &["3", "Thọ Phú", "1", "2"],
    ]);
    let proposal = propose(&list, &known(), None).unwrap();
    assert_eq!(roles(&proposal), ["ordinal", "unit", "actual:NN02", "actual:CN01"]);
    let applied = apply(&list, &proposal.headings, &proposal.sure(), None);
    let rows = |id: &str| applied.by_unit[&unit(id)].rows.iter().map(|row| row.place.clone()).collect::<Vec<_>>();
    assert_eq!((rows("x-1"), rows("x-2")), (vec!["C2".to_owned(), "D2".to_owned()], vec!["C3".to_owned()]));
    assert_eq!(applied.unmatched, [Unmatched { row: 4, text: "Thọ Phú".to_owned() }]);
}

#[test]
fn two_columns_that_could_be_it_are_both_asked() {
    let list = table(&[&["Chỉ tiêu", "Thực hiện quý I", "Thực hiện quý II"], &["Diện tích lúa", "1", "2"]]);
    let proposal = propose(&list, &known(), None).unwrap();
    assert!(proposal.columns[1..].iter().all(|column| column.role.confidence < SURE), "{proposal:?}");
    assert!(apply(&list, &proposal.headings, &proposal.sure(), Some(&unit("x-1"))).by_unit.is_empty());
}

#[test]
fn one_name_of_two_units_is_asked() {
    let mut known = known();
    known
        .units
        .push(Candidate { id: unit("x-9"), names: vec!["Thị trấn Dân Lý".to_owned(), "Dân Lý".to_owned()] });
    let list = table(&[&["Đơn vị", "Diện tích lúa"], &["Dân Lý", "1"], &["Xã Dân Lý", "1"]]);
    let proposal = propose(&list, &known, None).unwrap();
    let sure: Vec<_> =
        proposal.units.iter().map(|named| named.guess.as_ref().is_some_and(|guess| guess.confidence >= SURE)).collect();
    assert_eq!(sure, [false, true]);
}

#[test]
fn without_headings_nothing_is_guessed() {
    let list = table(&[&["Diện tích lúa", "1"], &["Báo cáo", "2"]]);
    assert_eq!(propose(&list, &known(), None), Err(FileFault::NoHeadings));
    assert_eq!(propose(&table(&[]), &known(), None), Err(FileFault::NoHeadings));
}

#[test]
fn cells_are_named_as_in_a_workbook() {
    let names = [(12, 6, "G12"), (1, 0, "A1"), (3, 25, "Z3"), (3, 26, "AA3"), (9, 701, "ZZ9"), (9, 702, "AAA9")];
    for (row, column, name) in names {
        assert_eq!(place(row, column), name);
    }
}

fn any_cell() -> impl Strategy<Value = Written> {
    prop_oneof![
        Just(Written::Empty),
        Just(Written::Day(None)),
        (-999i64..999).prop_map(|n| Written::Number(Number::whole(n))),
        "\\PC{0,12}".prop_map(|text| Written::text(&text)),
        prop::sample::select(vec!["STT", "Chỉ tiêu", "Đơn vị", "Thực hiện", "Diện tích lúa", "Xã Dân Lý"])
            .prop_map(Written::text),
    ]
}

proptest! {
    #[test]
    fn any_list_is_read_or_refused_and_every_figure_is_taken_or_named(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 0..12)
    ) {
        let list = Table { rows, ..table(&[]) };
        if let Ok(proposal) = propose(&list, &known(), None) {
            let mapping = proposal.sure();
            let applied = apply(&list, &proposal.headings, &mapping, Some(&unit("x-1")));
            let with_figure = list.rows.iter().skip(proposal.headings.last + 1)
                .filter(|cells| !figures(cells, &mapping).is_empty()).count();
            let mut told: BTreeSet<usize> = applied.unmatched.iter().map(|left| left.row).collect();
            told.extend(applied.by_unit.values().flat_map(|filled| filled.rows.iter().map(|row| row.row)));
            prop_assert_eq!(told.len(), with_figure);
        }
    }

    #[test]
    fn a_mapping_is_read_back_as_it_was_stored(
        columns in prop::collection::vec(prop::sample::select(Role::plain().collect::<Vec<_>>()), 0..8),
        names in prop::collection::vec(("\\PC{1,20}", any::<bool>()), 0..8),
    ) {
        let mut mapping = Mapping { columns, ..Mapping::default() };
        mapping.columns.push(Role::ActualOf(code("KT01")));
        for (name, is_taken) in names {
            mapping.say_indicator(&name, is_taken.then(|| code("NN01")));
            mapping.say_unit(&name, is_taken.then(|| unit("x-1")));
        }
        prop_assert_eq!(Mapping::decode(&mapping.encode()), Some(mapping));
    }

    #[test]
    fn no_text_is_taken_for_a_mapping_by_force(text in "(1\n)?[ciu\t\na-z]{0,40}") {
        if let Some(mapping) = Mapping::decode(&text) {
            prop_assert_eq!(Mapping::decode(&mapping.encode()), Some(mapping));
        }
    }
}
