//! The browser reads and checks as the program does: the shared vectors, and sheets and texts drawn at random.

use serde_json::{Value as Json, json};
use thidua_base::code::IndicatorCode;
use thidua_base::{Number, Period};
use thidua_domain::collection::check::{CheckResult, Kind, RowFacts, Rule, RuleBook, SheetFacts, UnitState, check};
use thidua_domain::collection::typed::{Conversion, Typed};
use thidua_domain::collection::{read_column, read_typed};
use thidua_domain::indicator::{Absence, Direction, Nature, Parts, Value, ValueKind};
use thidua_web::Messages;
use thidua_web::check::{facts_json, rules_json, script_addresses, sentences_json};

use crate::driver::{Browser, browser};

const TYPED: &str = include_str!("../../../domain/vectors/typed.json");
const CHECKS: &str = include_str!("../../../domain/vectors/checks.json");

/// Sheets drawn at random.
const SHEETS: usize = 400;
/// Texts drawn at random, and the length of the columns they stand in.
const TEXTS: usize = 4_000;
const COLUMN: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_reads_and_finds_what_the_vectors_say() {
    let Some(browser) = with_script("check-vectors").await else { return };
    let typed: Json = serde_json::from_str(TYPED).unwrap();
    let script = "const said = arguments[0]; return {\
        cells: said.cells.map(one => thidua.readTyped(one.text, one.measure, one.decimals)),\
        columns: said.columns.map(one => thidua.readColumn(one.texts, one.measure, one.decimals))}";
    let read = run(&browser, script, typed.clone()).await;
    for kind in ["cells", "columns"] {
        let vectors = typed[kind].as_array().unwrap();
        assert_eq!(read[kind].as_array().unwrap().len(), vectors.len());
        for (vector, read) in vectors.iter().zip(read[kind].as_array().unwrap()) {
            assert_eq!(*read, vector["reads"], "{vector}");
        }
    }
    let vectors: Vec<Json> = serde_json::from_str(CHECKS).unwrap();
    let shipped: Vec<Json> = serde_json::from_str(&rules_json(&book().rules().iter().collect::<Vec<_>>())).unwrap();
    let rules = |asked: &Json| match asked.as_str() {
        Some("*") => shipped.clone(),
        Some(code) => shipped.iter().filter(|rule| rule["code"] == code).cloned().collect(),
        None => vec![asked.clone()],
    };
    let rules = |vector: &Json| vector["rules"].as_array().unwrap().iter().flat_map(rules).collect::<Vec<_>>();
    let asked: Vec<Json> = vectors.iter().map(|one| json!({"facts": one["facts"], "rules": rules(one)})).collect();
    let script = "return arguments[0].map(one => thidua.check(one.facts, one.rules)\
                  .map(({ rule, rows, numbers }) => ({ rule, rows, numbers })))";
    let found = run(&browser, script, asked.into()).await;
    assert_eq!(found.as_array().unwrap().len(), vectors.len());
    for (vector, found) in vectors.iter().zip(found.as_array().unwrap()) {
        assert_eq!(*found, vector["finds"], "{}", vector["name"]);
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_random_sheets_and_texts_the_browser_agrees_with_the_program() {
    let Some(browser) = with_script("check-random").await else { return };
    let book = book();
    let rules: Vec<&Rule> = book.rules().iter().collect();
    let mut lots = Lots(20_200_705);
    let sheets: Vec<SheetFacts> = (0..SHEETS).map(|_| sheet(&mut lots)).collect();
    let facts: Vec<Json> = sheets.iter().map(|facts| serde_json::from_str(&facts_json(facts)).unwrap()).collect();
    let rules_said: Json = serde_json::from_str(&rules_json(&rules)).unwrap();
    let asked = json!({"facts": facts, "rules": rules_said});
    let script = "const { facts, rules } = arguments[0]; return facts.map(one => thidua.check(one, rules)\
                  .map(result => ({ ...result, fingerprint: thidua.fingerprint(result) })))";
    let found = run(&browser, script, asked.clone()).await;
    let mut met = std::collections::BTreeSet::new();
    for ((facts, said), found) in sheets.iter().zip(&facts).zip(found.as_array().unwrap()) {
        let results = check(facts, &rules);
        met.extend(results.iter().map(|result| result.kind));
        assert_eq!(*found, Json::from(results.iter().map(result_json).collect::<Vec<_>>()), "{said}");
    }
    // What the script keeps of unchanged rows must not be seen in what it finds after a change.
    let script = "const { facts, rules } = arguments[0]; let wrong = 0; facts.forEach((sheet, at) => {\
                  thidua.check(sheet, rules); const place = at % sheet.rows.length;\
                  const rows = sheet.rows.with(place, thidua.changed(sheet.rows[place], String(at), null));\
                  const fresh = JSON.parse(JSON.stringify({ ...sheet, rows }));\
                  const [kept, anew] = [{ ...sheet, rows }, fresh].map(one => JSON.stringify(thidua.check(one, rules)));\
                  wrong += kept === anew ? 0 : 1; }); return wrong";
    assert_eq!(run(&browser, script, asked).await, 0);
    // What is drawn must reach every kind, or the comparison says less than it seems to.
    let missed: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !met.contains(kind)).collect();
    assert!(missed.is_empty(), "never found: {missed:?}");

    let texts: Vec<String> = (0..TEXTS).map(|_| text(&mut lots)).collect();
    let columns: Vec<&[String]> = texts.chunks(COLUMN).collect();
    let script = "return arguments[0].map(texts => ({ alone: texts.map(text => thidua.readTyped(text, 'tỷ đồng', 2)),\
                  together: thidua.readColumn(texts, 'người', 0) }))";
    let read = run(&browser, script, json!(columns)).await;
    for (column, read) in columns.iter().zip(read.as_array().unwrap()) {
        let column: Vec<&str> = column.iter().map(String::as_str).collect();
        let alone: Vec<Json> = column.iter().map(|text| typed_json(&read_typed(text, "tỷ đồng", 2))).collect();
        let together: Vec<Json> = read_column(&column, "người", 0).iter().map(typed_json).collect();
        assert_eq!(*read, json!({"alone": alone, "together": together}), "{column:?}");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_tells_a_finding_and_moves_what_the_year_has_reached() {
    let Some(browser) = with_script("check-told").await else { return };
    let sentences: Json = serde_json::from_str(&sentences_json(Messages::vi())).unwrap();
    let script = "const texts = arguments[0];\
        const rules = [{ code: 'over-plan', version: 1, kind: 'over-plan', severity: 'explain', parameters: { percent: 200 } }];\
        const row = { indicator: 'KT01', kind: 'flow', measure: 'tỷ đồng', decimals: 1, direction: 'up', field: '',\
                      parts: 'some', value: '10.5', accumulated: '90', plan_year: '100' };\
        const sheet = row => ({ period: '2020-Q2', months: 6, begins_year: false, unit: 'standing', rows: [row] });\
        const before = thidua.check(sheet(row), rules);\
        const row_2 = thidua.changed(row, '1155', null);\
        const after = thidua.check(sheet(row_2), rules);\
        const said = thidua.sentence(after[0], texts, { KT01: 'Thu ngân sách' });\
        const answer = { rule: 'over-plan', indicator: 'KT01', text: 'Thu một lần tiền thuê đất',\
                         fingerprint: thidua.fingerprint(after[0]) };\
        return { before: before.length, reached: row_2.accumulated, said, open: thidua.unanswered(after, []).length,\
                 answered: thidua.unanswered(after, [answer]).length,\
                 short: thidua.unanswered(after, [{ ...answer, text: 'đúng' }]).length,\
                 emptied: thidua.changed(row, null, 'not-reported').accumulated ?? null,\
                 none: thidua.changed(row, null, 'none-occurred').accumulated,\
                 held: thidua.changed({ ...row, kind: 'stock' }, '7', null).accumulated }";
    let told = run(&browser, script, sentences).await;
    assert_eq!(
        told,
        json!({
            "before": 0, "reached": "1234.5", "open": 1, "answered": 0, "short": 1,
            "emptied": null, "none": "79.5", "held": "7",
            "said": "Thu ngân sách: đạt 1.234,5, bằng 2.469% kế hoạch tính đến kỳ (kế hoạch 100). Xem lại số; nếu đúng thì giải trình.",
        })
    );
    browser.close().await;
}

fn book() -> RuleBook {
    RuleBook::shipped().unwrap()
}

/// A page of the site with the script of the checks beside its own.
async fn with_script(name: &str) -> Option<Browser> {
    let browser = browser(name, 1280).await?;
    browser.open("/don-vi").await;
    for address in script_addresses() {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const script = document.createElement('script');\
             script.onload = () => done('loaded'); script.onerror = () => done('not loaded');\
             script.src = '{address}'; document.head.append(script)"
        );
        let answer = browser.driver.execute_async(&script, Vec::new()).await.unwrap().json().clone();
        assert_eq!(answer, "loaded", "{address}");
    }
    Some(browser)
}

async fn run(browser: &Browser, script: &str, argument: Json) -> Json {
    browser.driver.execute(script, vec![argument]).await.unwrap().json().clone()
}

fn result_json(result: &CheckResult) -> Json {
    let numbers: Vec<Json> = result.told().map(|(name, number)| json!([name, number])).collect();
    json!({
        "rule": result.rule, "version": result.version, "kind": result.kind.word(), "severity": result.severity.word(),
        "rows": result.rows.iter().map(IndicatorCode::as_str).collect::<Vec<_>>(), "numbers": numbers,
        "fingerprint": result.fingerprint(),
    })
}

fn typed_json(typed: &Typed) -> Json {
    match typed {
        Typed::Number(read) => {
            let mut said = json!({"is": "number", "value": read.value.to_string()});
            if let Some(other) = read.other {
                said["other"] = other.to_string().into();
            }
            if let Some(Conversion { typed, from }) = &read.converted {
                said["converted"] = json!({"typed": typed, "from": from});
            }
            if read.is_finer {
                said["finer"] = true.into();
            }
            said
        }
        Typed::Absent(absence) => json!({"is": "absent", "absence": absence_word(*absence)}),
        Typed::Unclear => json!({"is": "unclear"}),
        Typed::Refused(why) => json!({"is": "refused", "why": why.word()}),
    }
}

fn absence_word(absence: Absence) -> &'static str {
    match absence {
        Absence::NotReported => "not-reported",
        Absence::NotApplicable => "not-applicable",
        Absence::NoneOccurred => "none-occurred",
        Absence::Withheld => "withheld",
    }
}

/// Lots drawn in an order that never changes, so that a failure can be met again.
struct Lots(u64);

impl Lots {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn maybe<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| draw(self))
    }

    fn many(&mut self, most: usize) -> Vec<Number> {
        let base = self.number();
        (0..self.below(most + 1)).map(|_| if self.below(4) > 0 { base } else { self.number() }).collect()
    }

    /// Mostly small numbers near each other, sometimes the largest there are.
    fn number(&mut self) -> Number {
        let scale = u8::try_from(self.below(7)).unwrap();
        let digits = match self.below(12) {
            0 => self.one(&[i64::MAX, -i64::MAX, i64::MAX / 7]),
            1 => -i64::try_from(self.below(30)).unwrap(),
            2 => 1_000 * i64::try_from(self.below(200)).unwrap(),
            3..=6 => return Number::whole(self.one(&[0, 1, 10, 50, 100, 100, 1_000, 10_000, 100_000])),
            _ => i64::try_from(self.below(1_000)).unwrap(),
        };
        Number::new(digits, scale).unwrap()
    }
}

fn sheet(lots: &mut Lots) -> SheetFacts {
    let periods = ["2020-M03", "2020-Q1", "2020-Q2", "2020-H1", "2020-H2", "2020-C9", "2020", "SY2020"];
    let units = [UnitState::Standing, UnitState::Standing, UnitState::Standing, UnitState::Gone, UnitState::NotYet];
    let rows = 1 + lots.below(12);
    SheetFacts {
        period: Period::parse(lots.one(&periods)).unwrap(),
        unit: lots.one(&units),
        rows: (0..rows).map(|place| row(lots, place, rows)).collect(),
    }
}

fn row(lots: &mut Lots, place: usize, rows: usize) -> RowFacts {
    let code = |place: usize| IndicatorCode::parse(&format!("CT{place:02}")).unwrap();
    let absences = [Absence::NotReported, Absence::NotApplicable, Absence::NoneOccurred, Absence::Withheld];
    let natures = [Nature::Estimate, Nature::Provisional, Nature::Official];
    let value = lots.maybe(|lots| match lots.below(6) {
        0 => Value::Absent(lots.one(&absences)),
        _ => Value::Of(lots.number()),
    });
    let value_number = value.and_then(Value::number);
    let previous = lots.maybe(|lots| if lots.below(5) > 0 { value_number } else { Some(lots.number()) }).flatten();
    RowFacts {
        indicator: code(place),
        kind: lots.one(&[ValueKind::Flow, ValueKind::Flow, ValueKind::Stock, ValueKind::Ratio, ValueKind::Index]),
        measure: lots.one(&["%", "%", "tỷ đồng"]).to_owned(),
        decimals: u8::try_from(lots.below(4)).unwrap(),
        direction: lots.one(&[Direction::Up, Direction::Up, Direction::Down, Direction::Neutral]),
        field: lots.one(&["kinh-te", "van-hoa"]).to_owned(),
        is_required: lots.below(2) == 0,
        is_sample: lots.below(9) == 0,
        value,
        nature: lots.maybe(|lots| lots.one(&natures)),
        nature_before: lots.maybe(|lots| lots.one(&natures)),
        plan_year: lots.maybe(Lots::number),
        plan_to_date: lots.below(4).checked_sub(3).map(|_| lots.number()),
        same_period: lots.maybe(Lots::number),
        previous: previous.or_else(|| lots.maybe(Lots::number)),
        accumulated: lots.maybe(Lots::number),
        history: lots.many(12),
        peers: lots.many(12),
        per: lots.maybe(Lots::number),
        peers_per: lots.many(12).into_iter().map(|figure| (figure, lots.number())).collect(),
        below: lots.maybe(Lots::number),
        assigned: lots.maybe(Lots::number),
        shorter: lots.many(3),
        part_of: lots.maybe(|lots| code(lots.below(rows))),
        parts: lots.one(&[Parts::All, Parts::Some]),
        quotient: lots.maybe(|lots| (code(lots.below(rows)), code(lots.below(rows + 1)))),
    }
}

/// A text of a few pieces that meet in cells.
fn text(lots: &mut Lots) -> String {
    let pieces = [
        "1",
        "0",
        "12",
        "234",
        "000",
        "007",
        "9223372036854775807",
        ".",
        ",",
        ",",
        ".",
        " ",
        "\u{a0}",
        "\u{202f}",
        "-",
        "\u{2013}",
        "\u{2212}",
        "+",
        "(",
        ")",
        "/",
        "e5",
        "E+05",
        "#N/A",
        "=",
        "'",
        "%",
        "‰",
        "tỷ",
        " tỷ đồng",
        " triệu",
        "nghìn người",
        " người",
        " ha",
        "/ha",
        "xã",
        "không",
        " có",
        "x",
        "…",
        "\n",
        "\t",
        "²",
        "Đ",
        "\u{301}",
        "\u{200b}",
        "K",
        "٣",
        "🙂",
    ];
    (0..lots.below(7)).map(|_| lots.one(&pieces)).collect()
}
