//! The reader on the wording of real reports, on whatever the writer writes, and on any text at all.

use proptest::prelude::*;
use thidua_base::text::NBSP;

use super::*;
use crate::write::{self, Clause, Compared};

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn amount(number: &str, measure: &str) -> AmountRead {
    AmountRead { value: n(number), measure: measure.into() }
}

fn value(verb: Verb, certainty: Certainty, qualifier: Qualifier, number: &str, measure: &str) -> Said {
    Said::Value { verb, certainty, qualifier, amount: amount(number, measure) }
}

fn counted(number: &str, measure: &str) -> Said {
    value(Verb::None, Certainty::Final, Qualifier::Exactly, number, measure)
}

fn said(text: &str) -> Vec<Said> {
    read(text).into_iter().map(|clause| clause.said).collect()
}

fn of_plan(percent: &str, noun: PlanNoun, assigner: Option<&str>, stated: Option<AmountRead>) -> Said {
    Said::OfPlan { percent: n(percent), noun, assigner: assigner.map(str::to_owned), stated }
}

fn grew(percent: &str, against: Against) -> Said {
    Said::Growth { direction: Direction::Up, percent: n(percent), against }
}

#[test]
fn a_level_with_plan_and_same_period() {
    assert_eq!(
        said(
            "giá trị ước đạt 9.427 tỷ đồng, bằng 54,5% kế hoạch, tăng 13,2% so với cùng kỳ; trong đó: dịch vụ tăng 14,3%."
        ),
        [
            value(Verb::Reached, Certainty::Estimated, Qualifier::Exactly, "9427", "tỷ đồng"),
            of_plan("54.5", PlanNoun::Plan, None, None),
            grew("13.2", Against::SamePeriod),
            Said::OfWhich { extent: Extent::Whole },
            grew("14.3", Against::Unsaid),
        ]
    );
}

#[test]
fn units_may_be_glued_or_held_by_a_no_break_space() {
    let area = value(Verb::Reached, Certainty::Final, Qualifier::Exactly, "14854.7", "ha");
    for text in ["đạt 14.854,7ha", "đạt 14.854,7 ha", "đạt\u{a0}14.854,7\u{a0}ha", "đạt  14.854,7  ha"] {
        assert_eq!(said(text), std::slice::from_ref(&area), "{text}");
    }
    assert_eq!(said("đạt 65,7 tạ/ha"), [value(Verb::Reached, Certainty::Final, Qualifier::Exactly, "65.7", "tạ/ha")]);
    assert_eq!(said("432 nghìn lượt khách"), [counted("432", "nghìn lượt khách")]);
}

#[test]
fn two_plans_with_their_assigners() {
    assert_eq!(
        said(
            "có 43 DN thành lập mới, bằng 61,4% kế hoạch tỉnh giao (KH: 70 DN), bằng 53,7% kế hoạch huyện giao (KH: 80 DN), tăng 1 DN so với cùng kỳ"
        ),
        [
            counted("43", "DN"),
            of_plan("61.4", PlanNoun::Plan, Some("tỉnh"), Some(amount("70", "DN"))),
            of_plan("53.7", PlanNoun::Plan, Some("huyện"), Some(amount("80", "DN"))),
            Said::Delta { direction: Direction::Up, amount: amount("1", "DN"), against: Against::SamePeriod },
        ]
    );
    assert_eq!(said("bằng 62,8% dự toán UBND tỉnh giao"), [of_plan("62.8", PlanNoun::Budget, Some("UBND tỉnh"), None)]);
}

#[test]
fn the_same_period_in_its_wordings() {
    assert_eq!(said("bằng 97,2% so với cùng kỳ năm 2019"), [Said::OfSamePeriod { percent: n("97.2") }]);
    assert_eq!(said("tương đương cùng kỳ"), [Said::Level { equality: Equality::About }]);
    assert_eq!(said("bằng cùng kỳ"), [Said::Level { equality: Equality::Exact }]);
    assert_eq!(
        said("so với cùng kỳ tăng 2,3% về hàng hóa, bằng 80,1% về lượt khách"),
        [grew("2.3", Against::SamePeriod), Said::OfSamePeriod { percent: n("80.1") }]
    );
}

#[test]
fn totals_shares_and_targets() {
    let total = |kind, name: &str, reached, preposition| Said::Total { kind, name: name.into(), reached, preposition };
    assert_eq!(
        said("nâng tổng số trường đạt chuẩn lên 85 trường, chiếm 78,7%."),
        [
            total(TotalKind::Count, "trường đạt chuẩn", vec![amount("85", "trường")], Preposition::Present),
            Said::Share { percent: n("78.7"), of: None },
        ]
    );
    assert_eq!(
        said("nâng tổng số cơ sở sản xuất mạ khay lên 30 cơ sở và 65 máy cấy"),
        [total(
            TotalKind::Count,
            "cơ sở sản xuất mạ khay",
            vec![amount("30", "cơ sở"), amount("65", "máy cấy")],
            Preposition::Present
        )]
    );
    assert_eq!(
        said("nâng tỷ lệ lao động được đào tạo 68,4%."),
        [total(TotalKind::Rate, "lao động được đào tạo", vec![amount("68.4", "%")], Preposition::Missing)]
    );
    assert_eq!(
        said("1 bếp ăn (đạt 100%), 3 bếp ăn (vượt 1 bếp)"),
        [
            counted("1", "bếp ăn"),
            Said::Full,
            counted("3", "bếp ăn"),
            Said::Beyond { direction: Direction::Up, amount: amount("1", "bếp") },
        ]
    );
}

#[test]
fn n_of_m_is_told_from_days_and_symbols() {
    assert_eq!(
        said("hoàn thành 13/29 chuỗi cung ứng, 8/25 xã"),
        [
            Said::NOfM { reached: n("13"), population: n("29"), name: "chuỗi cung ứng".into() },
            Said::NOfM { reached: n("8"), population: n("25"), name: "xã".into() },
        ]
    );
    assert_eq!(said("trước ngày 30/6, theo Văn bản số 12/2020, mã 91/2017/XY"), []);
    assert_eq!(said("đến 24/6/2020"), [Said::AsOf(Date::new(2020, 6, 24).unwrap())]);
    assert_eq!(said("ngày 05 tháng 7 năm 2020"), [Said::Day(Date::new(2020, 7, 5).unwrap())]);
    assert_eq!(said("ngày 31/6/2020"), [], "June has 30 days");
}

#[test]
fn a_count_and_its_names() {
    let named = |text: &str| match said(text).into_iter().next() {
        Some(Said::CountNamed { count, names, extent }) => {
            let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
            (count.value.to_string(), names.join("|"), extent)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        named("có 3 xã: Tiến Nông, Thọ Sơn, Hợp Thành được tỉnh thẩm định"),
        ("3".into(), "Tiến Nông|Thọ Sơn|Hợp Thành".into(), Extent::Whole)
    );
    assert_eq!(
        named("có 2 sản phẩm: Mật ong bốn mùa và chè sạch Bình Sơn được công nhận"),
        ("2".into(), "Mật ong bốn mùa|chè sạch Bình Sơn".into(), Extent::Whole)
    );
    assert_eq!(
        named("2 hợp tác xã: Dịch vụ và Thương mại Dân Lý, Minh Sơn."),
        ("2".into(), "Dịch vụ và Thương mại Dân Lý|Minh Sơn".into(), Extent::Whole)
    );
    assert_eq!(named("5 xã: Dân Lý, Vân Sơn…"), ("5".into(), "Dân Lý|Vân Sơn".into(), Extent::Partial));
    assert_eq!(
        named("2 thôn: Thôn 1, xã Thọ Sơn; Thôn 7, xã Thọ Sơn"),
        ("2".into(), "Thôn 1, xã Thọ Sơn|Thôn 7, xã Thọ Sơn".into(), Extent::Whole)
    );
    assert_eq!(
        said("ký cam kết với 150 cơ sở kinh doanh các mặt hàng thiết yếu: khẩu trang"),
        [counted("150", "cơ sở")]
    );
}

#[test]
fn names_carry_their_spans() {
    let text = "có 2 xã: Tiến Nông và Thọ Sơn đạt chuẩn";
    let Said::CountNamed { names, .. } = &read(text)[0].said else { panic!("a count with names") };
    for (span, name) in names {
        assert_eq!(&text[span.clone()], name);
    }
    assert_eq!(names.len(), 2);
}

#[test]
fn instruments_as_cited() {
    let cited = |text: &str| match said(text).into_iter().next() {
        Some(Said::Citation(cited)) => cited,
        other => panic!("{other:?}"),
    };
    let directive =
        cited("Chỉ thị số 34-CT/TW ngày 7/4/2014 của Bộ Chính trị \"về việc tiếp tục đổi mới\". Triển khai");
    assert_eq!((directive.kind.as_str(), directive.number.as_str()), ("Chỉ thị", "34-CT/TW"));
    assert_eq!(directive.date, Date::new(2014, 4, 7));
    assert_eq!(directive.issuer.as_deref(), Some("Bộ Chính trị"));
    assert_eq!(directive.title.as_deref(), Some("về việc tiếp tục đổi mới"));

    let decree = cited("Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ và văn bản chỉ đạo");
    assert_eq!((decree.number.as_str(), decree.issuer.as_deref()), ("91/2017/NĐ-CP", Some("Chính phủ")));
    assert_eq!(decree.title, None);

    let bare = cited("Chỉ thị 05-CT/TW của Bộ Chính trị về đẩy mạnh học tập; các văn bản khác");
    assert_eq!(bare.title.as_deref(), Some("về đẩy mạnh học tập"));
    assert_eq!(said("theo kế hoạch số 70, Kế hoạch năm 2020"), []);
}

#[test]
fn names_numbers_and_quotations_are_no_figures() {
    assert_eq!(said("năm 2020, giai đoạn 2020 - 2025, tiêu chí số 6, Thôn 1, Covid-19, cụm số 2"), []);
    assert_eq!(said("phong trào “5 không, 3 sạch” và \"6 cụm\""), []);
    assert_eq!(said("giao quân với 190 quân nhân"), [counted("190", "quân nhân")]);
}

#[test]
fn numbered_lines() {
    let parts = |line: &str| heading(line).map(|read| (read.number.clone(), read.shape, read.reads_as));
    let is = |number: &str, shape, reads_as| Some((number.to_owned(), shape, reads_as));
    assert_eq!(parts("I. KẾT QUẢ"), is("I.", NumberShape::Roman, ReadsAs::Heading));
    assert_eq!(parts("2.1. Trong lĩnh vực"), is("2.1.", NumberShape::Decimal, ReadsAs::Heading));
    assert_eq!(parts("3. Tiếp tục đổi mới."), is("3.", NumberShape::Arabic, ReadsAs::Item));
    assert_eq!(parts("a) Kết quả"), is("a)", NumberShape::Letter, ReadsAs::Heading));
    assert_eq!(parts("- Lưu: VT"), is("-", NumberShape::Dash, ReadsAs::Item));
    for plain in ["Tiếp tục", "2.000 người", "9.427 tỷ đồng", "2020 là năm", "-5", "", "1."] {
        assert_eq!(parts(plain), None, "{plain}");
    }
    assert_eq!((shape_of("2.5."), shape_of("")), (Some(NumberShape::Decimal), None));
}

/// Reads the clause back alone, inside a sentence, and with plain spaces.
fn reads_back(clause: &Clause, expected: &Said) -> Result<(), TestCaseError> {
    let text = clause.text();
    for around in [text.clone(), text.replace(NBSP, " "), format!("Trong kỳ, kết quả {text}; các mặt khác ổn định.")]
    {
        let found = said(&around);
        prop_assert_eq!(found.as_slice(), std::slice::from_ref(expected), "{}", around);
    }
    Ok(())
}

fn measures() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["tỷ đồng", "ha", "tạ/ha", "nghìn lượt khách", "DN", "xã", "%", "trường", "công trình"])
}

fn assigners() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![None, Some("tỉnh"), Some("huyện"), Some("HĐND huyện")])
}

proptest! {
    #[test]
    fn any_text_is_read_and_spans_stay_in_order(text in "(\\PC|[0-9.,/%\" -]|bằng |tăng |nâng tổng số |lên |xã: |Chỉ thị số ){0,60}") {
        let mut end = 0;
        for clause in read(&text) {
            prop_assert!(clause.span.start >= end && text.get(clause.span.clone()).is_some());
            end = clause.span.end;
        }
        let _ = heading(&text);
    }

    #[test]
    fn a_value_reads_back(
        digits in 0i64..10_000_000_000, decimals in 0u8..=3, measure in measures(),
        estimated in any::<bool>(), left in any::<bool>(), qualifier in 0usize..3,
    ) {
        let amount = Number::new(digits, decimals).unwrap();
        let verb = if left { Verb::Left } else { Verb::Reached };
        let certainty = if estimated { Certainty::Estimated } else { Certainty::Final };
        let qualifier = [Qualifier::Exactly, Qualifier::Above, Qualifier::Nearly][qualifier];
        let clause = write::value(&write::ValueSaid {
            amount: write::Amount::new(amount, decimals, measure), verb, certainty, qualifier,
        });
        reads_back(&clause, &Said::Value { verb, certainty, qualifier, amount: AmountRead { value: amount, measure: measure.into() } })?;
    }

    #[test]
    fn a_plan_reads_back(
        actual in 0i64..10_000_000, target in 1i64..10_000_000, decimals in 0u8..=2, noun in 0usize..3,
        assigner in assigners(), stated in any::<bool>(),
    ) {
        let (actual, target, noun) = (Number::whole(actual), Number::whole(target), PlanNoun::ALL[noun]);
        let clause = write::plan(&write::PlanSaid {
            assigner,
            stated: stated.then_some(write::StatedPlan { decimals: 0, measure: "DN" }),
            ..write::PlanSaid::new(actual, target, decimals, noun)
        });
        let Ok(thidua_base::Percent::Of(percent)) = thidua_base::number::percent(actual, target, decimals) else { panic!("a target above zero") };
        let stated = stated.then(|| AmountRead { value: target, measure: "DN".into() });
        reads_back(&clause, &Said::OfPlan { percent, noun, assigner: assigner.map(str::to_owned), stated })?;
    }

    #[test]
    fn a_comparison_with_the_same_period_reads_back(actual in 0i64..1_000_000, base in 1i64..1_000_000, decimals in 0u8..=2) {
        let compared = Compared::Levels { actual: Number::whole(actual), base: Number::whole(base) };
        let Ok(thidua_base::Percent::Of(percent)) = thidua_base::number::percent(Number::whole(actual), Number::whole(base), decimals) else { panic!("a base above zero") };
        let growth = thidua_base::number::growth_of(percent);
        let level = |equality| Said::Level { equality };
        let expected = match growth.cmp(&Number::whole(0)) {
            std::cmp::Ordering::Greater => Said::Growth { direction: Direction::Up, percent: growth, against: Against::SamePeriod },
            std::cmp::Ordering::Less => Said::OfSamePeriod { percent },
            std::cmp::Ordering::Equal if actual == base => level(Equality::Exact),
            std::cmp::Ordering::Equal => level(Equality::About),
        };
        reads_back(&write::prior(&write::PriorSaid::new(compared, decimals)), &expected)?;

        let alone = match growth.cmp(&Number::whole(0)) {
            std::cmp::Ordering::Greater => Said::Growth { direction: Direction::Up, percent: growth, against: Against::Unsaid },
            std::cmp::Ordering::Less => Said::Growth { direction: Direction::Down, percent: growth.magnitude(), against: Against::Unsaid },
            std::cmp::Ordering::Equal => level(Equality::About),
        };
        reads_back(&write::growth(&write::GrowthSaid::new(compared, decimals)), &alone)?;
    }

    #[test]
    fn differences_read_back(actual in 0i64..100_000, base in 0i64..100_000) {
        prop_assume!(actual != base);
        let direction = if actual > base { Direction::Up } else { Direction::Down };
        let clause = write::delta(&write::DeltaSaid {
            actual: Number::whole(actual), base: Number::whole(base), decimals: 0, measure: "DN", printed: None,
        });
        let amount = AmountRead { value: Number::whole((actual - base).abs()), measure: "DN".into() };
        reads_back(&clause, &Said::Delta { direction, amount, against: Against::SamePeriod })?;

        let (share, before) = (Number::new(actual, 1).unwrap(), Number::new(base, 1).unwrap());
        let clause = write::share_change(&write::ShareChangeSaid {
            actual: share, base: before, decimals: 1, level: Number::whole(0), printed: None,
        });
        let points = share.minus(before).unwrap().magnitude();
        let amount = AmountRead { value: points, measure: "điểm phần trăm".into() };
        reads_back(&clause, &Said::Delta { direction, amount, against: Against::Unsaid })?;

        let clause = write::met(&write::MetSaid {
            actual: Number::whole(actual), target: Number::whole(base), decimals: 0, measure: "bếp",
        });
        let amount = AmountRead { value: Number::whole((actual - base).abs()), measure: "bếp".into() };
        reads_back(&clause.in_brackets(), &Said::Beyond { direction, amount })?;
    }

    #[test]
    fn totals_and_counts_read_back(count in 1i64..100_000, more in 0u32..500, decimals in 0u8..=1) {
        let whole = Number::whole(count + i64::from(more));
        let reached = [write::Amount::new(Number::whole(count), 0, "trường"), write::Amount::new(whole, 0, "lớp")];
        let total = write::TotalSaid { kind: TotalKind::Count, name: "trường đạt chuẩn", reached: &reached, share: None };
        let amounts = vec![
            AmountRead { value: Number::whole(count), measure: "trường".into() },
            AmountRead { value: whole, measure: "lớp".into() },
        ];
        reads_back(&write::total(&total), &Said::Total {
            kind: TotalKind::Count, name: "trường đạt chuẩn".into(), reached: amounts, preposition: Preposition::Present,
        })?;

        let share = write::ShareSaid { part: Number::whole(count), whole, decimals, of: Some("số xã"), printed: None };
        let Ok(thidua_base::Percent::Of(percent)) = thidua_base::number::percent(Number::whole(count), whole, decimals) else { panic!("a population above zero") };
        reads_back(&write::share(&share), &Said::Share { percent, of: Some("số xã".into()) })?;

        let population = u32::try_from(count).unwrap() + more;
        let n_of_m = write::NOfM { reached: u32::try_from(count).unwrap(), population, name: "chuỗi cung ứng" };
        reads_back(&write::n_of_m(&n_of_m), &Said::NOfM {
            reached: Number::whole(count), population: whole, name: "chuỗi cung ứng".into(),
        })?;
    }

    #[test]
    fn days_read_back(year in 1950i16..2100, month in 1i8..=12, day in 1i8..=28) {
        let date = Date::new(year, month, day).unwrap();
        reads_back(&write::as_of(date), &Said::AsOf(date))?;
    }
}
