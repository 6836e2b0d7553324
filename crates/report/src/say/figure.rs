//! Figures: an indicator's value, plans and same period as clauses of the sentence grammar.

use thidua_base::code::IndicatorCode;
use thidua_base::{Number, Percent};
use thidua_domain::indicator::compare::{Change, Incomparable};
use thidua_domain::indicator::figures::Actual;
use thidua_domain::indicator::{
    Comparator, Direction, Indicator, Nature, Plan, PlanNaming, PlanValue, Qualifier, cell_key,
};
use thidua_paper::tree::Inline;
use thidua_prose::grammar::{
    AGAINST_SAME_PERIOD, Certainty, LEVEL_WITH_SAME_PERIOD, PlanNoun, Qualifier as Said, TotalKind, Verb,
};
use thidua_prose::write::{
    Amount, Clause, Compared, DeltaSaid, GrowthSaid, LimitSaid, MetSaid, PlanSaid, PriorSaid, ShareChangeSaid,
    StatedPlan, TotalSaid, ValueSaid, as_of, delta, growth, limit_kept, met, plan, prior, share_change, total, value,
};

use super::Slot;
use crate::writing::{Unfillable, Writing, bind, joined};

/// Shares that moved by no more than this many percentage points are said to be level.
///
/// The founding report calls a change from 35,8 to 35,9 `tương đương`.
const SHARE_LEVEL: Number = match Number::new(1, 1) {
    Some(tenth) => tenth,
    None => panic!("one decimal is within the scale"),
};

/// What stands where nothing was reported.
pub const NOT_REPORTED: &str = "(chưa báo cáo)";

/// `{KT01 …}`: the words chosen, or phrase, value, plans and same period.
pub fn said(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let code: IndicatorCode = slot.code(0)?;
    let subject = Subject::find(writing, &code, slot)?;
    let mut words: Vec<&str> = slot.words_from(1).collect();
    let whole = words.is_empty();
    if whole {
        words = vec!["phrase", "value", "plans", "prior"];
    }
    let mut out: Vec<Inline> = Vec::new();
    let mut last = "";
    for word in words {
        let run = subject.word(word, slot)?;
        if run.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let space = matches!(last, "phrase" | "name" | "as-of-before");
            out.push(Inline::Text(if space { " " } else { ", " }.to_owned()));
        }
        out.extend(run);
        last = word;
    }
    Ok(out)
}

/// `{tang-cao A B C}`: the growth of several, highest first: `may mặc tăng 19,6%, giày dép tăng 18,6%`.
pub fn growth_list(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let mut listed = Vec::new();
    for name in slot.words_from(1) {
        let code = IndicatorCode::parse(name).map_err(|_| slot.unknown_name(name))?;
        let subject = Subject::find(writing, &code, slot)?;
        let rank = match subject.change {
            Change::Percent(held) => match held.percent {
                Percent::Of(percent) => Some(percent),
                Percent::NoBase | Percent::NegativeBase => None,
            },
            Change::Points(_) | Change::Unknown(_) => None,
        };
        listed.push((rank, subject));
    }
    // Equal growths keep the order of the template, so that a tie never hangs on anything unsaid.
    listed.sort_by(|(a, _), (b, _)| b.cmp(a));
    // Each place in the list depends on every figure in it.
    let sources: Vec<String> = listed.iter().flat_map(|(_, s)| s.both_sources()).collect();
    let runs = listed
        .iter()
        .map(|(_, subject)| {
            let clause = Clause::words(&subject.indicator.phrase).say(" ").join(subject.growth());
            bind(clause, &subject.key, sources.clone())
        })
        .collect();
    Ok(joined(runs, ", "))
}

/// An indicator of the reporting unit with all that can be said of it.
#[derive(Clone)]
struct Subject<'a> {
    indicator: &'a Indicator,
    key: String,
    actual: Actual,
    prior: Actual,
    change: Change,
    plans: Vec<(&'a Plan, &'a PlanValue)>,
    writing: &'a Writing<'a>,
}

impl<'a> Subject<'a> {
    fn find(writing: &'a Writing, code: &IndicatorCode, slot: &Slot) -> Result<Self, Unfillable> {
        let unit = &writing.data.report.unit;
        let period = writing.data.period();
        let figures = &writing.figures;
        let indicator = figures.indicator(code).ok_or_else(|| slot.unknown_name(code.as_str()))?;
        let found = |period| figures.actual(code, unit, period).map_err(|e| slot.bad_number(e));
        Ok(Self {
            indicator,
            key: cell_key(code, unit, period),
            actual: found(period)?,
            prior: found(period.same_period_last_year())?,
            change: figures.change(code, unit, period).map_err(|e| slot.bad_number(e))?,
            plans: figures.plans(code, unit, period).into_iter().map(|(plan, value)| (plan, value)).collect(),
            writing,
        })
    }

    /// One word; `plans/0` says it with another number of decimals than the indicator's own.
    fn word(&self, asked: &str, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
        let (word, precision) = match asked.split_once('/') {
            None => (asked, None),
            Some((word, decimals)) => (word, Some(decimals.parse().map_err(|_| slot.unknown_word(asked))?)),
        };
        match precision {
            None => self.plain_word(word, slot),
            Some(decimals) => {
                let mut indicator = self.indicator.clone();
                match word {
                    "value" | "number" | "total" | "delta" | "change" => indicator.decimals = decimals,
                    "plans" | "plans-stated" | "prior" | "growth" => indicator.percent_decimals = decimals,
                    _ => return Err(slot.unknown_word(asked)),
                }
                Subject { indicator: &indicator, ..self.clone() }.plain_word(word, slot)
            }
        }
    }

    fn plain_word(&self, word: &str, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
        let own = self.actual.sources.clone();
        let clause = match word {
            "phrase" => {
                let definition = format!("indicator:{}", self.indicator.code);
                return Ok(bind(Clause::words(&self.indicator.phrase), &self.key, vec![definition]));
            }
            "value" => return Ok(self.tied("value", own, |s, printed| s.value(printed))),
            "number" => return Ok(self.tied("value", own, |s, printed| s.number(printed))),
            "plans" => return Ok(self.plans(false)),
            "plans-stated" => return Ok(self.plans(true)),
            "met" => return Ok(self.met()),
            "prior" => return Ok(self.tied("prior", self.both_sources(), |s, printed| s.prior(printed))),
            "cases" => return Ok(bind(self.cases(), &self.key, own)),
            "growth" => self.growth(),
            "delta" => self.delta(),
            "change" => self.share_change(),
            "total" => return Ok(self.tied("value", own, |s, printed| s.total(printed))),
            "as-of" => match self.actual.as_of {
                Some(day) => return Ok(bind(as_of(day), &self.key, own)),
                None => Clause::default(),
            },
            _ => return Err(slot.unknown_word(word)),
        };
        Ok(bind(clause, &self.key, self.both_sources()))
    }

    fn both_sources(&self) -> Vec<String> {
        let mut sources = self.actual.sources.clone();
        sources.extend(self.prior.sources.iter().cloned());
        sources
    }

    /// A clause whose number a person may have replaced by hand.
    fn tied(
        &self,
        what: &str,
        mut sources: Vec<String>,
        clause: impl Fn(&Self, Option<&str>) -> Clause,
    ) -> Vec<Inline> {
        let over = self.override_of(what);
        if let Some((key, _)) = &over {
            sources.push(key.clone());
        }
        bind(clause(self, over.as_ref().map(|(_, printed)| printed.as_str())), &self.key, sources)
    }

    /// The key of an override and the text it prints.
    fn override_of(&self, what: &str) -> Option<(String, String)> {
        let line = format!("{} {what}", self.indicator.code);
        let over = self.writing.data.override_of(&line)?;
        Some((format!("override:{}:{line}", over.report), over.printed.clone()))
    }

    fn amount<'s>(&'s self, value: Number, printed: Option<&'s str>) -> Amount<'s> {
        Amount { printed, ..Amount::new(value, self.indicator.decimals, &self.indicator.measure) }
    }

    fn value(&self, printed: Option<&str>) -> Clause {
        let Some(value_now) = self.actual.value else { return Clause::figure(NOT_REPORTED) };
        let certainty = match self.actual.nature {
            Nature::Estimate => Certainty::Estimated,
            Nature::Provisional | Nature::Official => Certainty::Final,
        };
        let (verb, qualifier) = match self.actual.qualifier {
            Qualifier::Plain => (Verb::Reached, Said::Exactly),
            Qualifier::Above => (Verb::Reached, Said::Above),
            Qualifier::Nearly => (Verb::Reached, Said::Nearly),
            Qualifier::Still => (Verb::Left, Said::Exactly),
        };
        value(&ValueSaid { amount: self.amount(value_now, printed), verb, certainty, qualifier }).join(self.lacking())
    }

    /// ` (23/34 đơn vị báo cáo)`, where units are missing from the sum: it may be printed only so.
    fn lacking(&self) -> Clause {
        let coverage = self.actual.reported;
        if coverage.is_whole() {
            return Clause::default();
        }
        Clause::figure(&format!("{}/{}", coverage.reported, coverage.expected)).say(" đơn vị báo cáo").in_brackets()
    }

    fn number(&self, printed: Option<&str>) -> Clause {
        let Some(value_now) = self.actual.value else { return Clause::figure(NOT_REPORTED) };
        let qualifier = match self.actual.qualifier {
            Qualifier::Plain | Qualifier::Still => Said::Exactly,
            Qualifier::Above => Said::Above,
            Qualifier::Nearly => Said::Nearly,
        };
        let amount = self.amount(value_now, printed);
        value(&ValueSaid { amount, verb: Verb::None, certainty: Certainty::Final, qualifier }).join(self.lacking())
    }

    fn total(&self, printed: Option<&str>) -> Clause {
        let Some(value_now) = self.actual.value else { return Clause::figure(NOT_REPORTED) };
        let kind = if self.indicator.measure == "%" { TotalKind::Rate } else { TotalKind::Count };
        let name = match kind {
            TotalKind::Rate => self.indicator.phrase.strip_prefix("tỷ lệ "),
            TotalKind::Count => self.indicator.phrase.strip_prefix("tổng số "),
        };
        let name = name.unwrap_or(&self.indicator.phrase);
        total(&TotalSaid { kind, name, reached: &[self.amount(value_now, printed)], share: None })
    }

    /// `không xảy ra …` where none occurred, `xảy ra 2 vụ …` otherwise.
    fn cases(&self) -> Clause {
        let phrase = format!(" {}", self.indicator.phrase);
        match self.actual.value {
            None => Clause::words(&format!("số {}{phrase} ", self.indicator.measure)).show(NOT_REPORTED),
            Some(none) if none.is_zero() => Clause::figure("không xảy ra").say(&phrase),
            Some(some) => Clause::words("xảy ra ").show(&self.amount(some, None).text()).say(&phrase),
        }
    }

    fn prior(&self, printed: Option<&str>) -> Clause {
        match (self.change, self.levels()) {
            (Change::Percent(_), Some((actual, base))) => {
                let compared = Compared::Levels { actual, base };
                prior(&PriorSaid { compared, decimals: self.indicator.percent_decimals, printed })
            }
            (Change::Points(_), Some((actual, base))) => {
                let moved = self.points(actual, base, printed);
                let level = moved.text() == LEVEL_WITH_SAME_PERIOD;
                if level { moved } else { moved.say(&format!(" {AGAINST_SAME_PERIOD}")) }
            }
            (Change::Unknown(why), _) => incomparable(why),
            (Change::Percent(_) | Change::Points(_), None) => Clause::default(),
        }
    }

    fn growth(&self) -> Clause {
        match (self.change, self.levels()) {
            (Change::Percent(_), Some((actual, base))) => {
                growth(&GrowthSaid::new(Compared::Levels { actual, base }, self.indicator.percent_decimals))
            }
            (Change::Points(_), Some((actual, base))) => self.points(actual, base, None),
            (Change::Unknown(why), _) => incomparable(why),
            (Change::Percent(_) | Change::Points(_), None) => Clause::default(),
        }
    }

    fn delta(&self) -> Clause {
        match (self.change, self.levels()) {
            (Change::Percent(_) | Change::Points(_), Some((actual, base))) => {
                let (decimals, measure) = (self.indicator.decimals, self.indicator.measure.as_str());
                delta(&DeltaSaid { actual, base, decimals, measure, printed: None })
            }
            (Change::Unknown(why), _) => incomparable(why),
            (Change::Percent(_) | Change::Points(_), None) => Clause::default(),
        }
    }

    /// A change between two percentages, whatever kind of value they are.
    fn share_change(&self) -> Clause {
        match (self.change, self.levels()) {
            (Change::Unknown(why), _) => incomparable(why),
            (Change::Percent(_) | Change::Points(_), Some((actual, base))) => self.points(actual, base, None),
            (Change::Percent(_) | Change::Points(_), None) => Clause::default(),
        }
    }

    fn points(&self, actual: Number, base: Number, printed: Option<&str>) -> Clause {
        share_change(&ShareChangeSaid { actual, base, decimals: self.indicator.decimals, level: SHARE_LEVEL, printed })
    }

    fn levels(&self) -> Option<(Number, Number)> {
        self.actual.value.zip(self.prior.value)
    }

    /// One clause for each plan in force, the assigner named where the plan says so.
    fn plans(&self, stated: bool) -> Vec<Inline> {
        let Some(actual) = self.actual.value else { return Vec::new() };
        let runs = self.plans.iter().map(|(document, assigned)| {
            let mut sources = self.actual.sources.clone();
            sources.push(assigned.key());
            let over = self.override_of(&format!("plan:{}", document.id));
            if let Some((key, _)) = &over {
                sources.push(key.clone());
            }
            let assigner = self.assigner(document);
            if self.indicator.direction == Direction::Down || assigned.comparator == Comparator::AtMost {
                let limit = Amount::new(assigned.value, self.indicator.decimals, &self.indicator.measure);
                let said = LimitSaid { actual, limit, noun: noun_of(&document.word), assigner: assigner.as_deref() };
                return bind(limit_kept(&said), &self.key, sources);
            }
            let said = PlanSaid {
                actual,
                plan: assigned.value,
                decimals: self.indicator.percent_decimals,
                noun: noun_of(&document.word),
                assigner: assigner.as_deref(),
                stated: stated
                    .then_some(StatedPlan { decimals: self.indicator.decimals, measure: &self.indicator.measure }),
                printed: over.as_ref().map(|(_, printed)| printed.as_str()),
            };
            bind(plan(&said), &self.key, sources)
        });
        joined(runs.collect(), ", ")
    }

    /// Met, exceeded or missed, against the only plan or the first.
    fn met(&self) -> Vec<Inline> {
        let (Some(actual), Some((_, assigned))) = (self.actual.value, self.plans.first()) else { return Vec::new() };
        let mut sources = self.actual.sources.clone();
        sources.push(assigned.key());
        let (decimals, measure) = (self.indicator.decimals, self.indicator.measure.as_str());
        if self.indicator.direction == Direction::Down || assigned.comparator == Comparator::AtMost {
            let limit = Amount::new(assigned.value, decimals, measure);
            let said = LimitSaid { actual, limit, noun: PlanNoun::Target, assigner: None };
            return bind(limit_kept(&said), &self.key, sources);
        }
        bind(met(&MetSaid { actual, target: assigned.value, decimals, measure }), &self.key, sources)
    }

    /// `tỉnh`, `huyện`: the kind of the assigner, said where the plan is named by it.
    fn assigner(&self, document: &Plan) -> Option<String> {
        match document.naming {
            PlanNaming::Plain => None,
            PlanNaming::Named => self.writing.data.unit(&document.assigner).map(|unit| unit.kind_in_words()),
        }
    }
}

/// What is said where two periods cannot be held against each other; nothing where one was never reported.
fn incomparable(why: Incomparable) -> Clause {
    match why {
        Incomparable::NoValue => Clause::default(),
        Incomparable::Incomplete => Clause::words("chưa đủ số liệu để so sánh với cùng kỳ"),
        Incomparable::OtherBasis => Clause::words("không so sánh với cùng kỳ (khác gốc giá hoặc đơn vị tính)"),
    }
}

fn noun_of(word: &str) -> PlanNoun {
    PlanNoun::ALL.into_iter().find(|noun| noun.word() == word).unwrap_or(PlanNoun::Plan)
}
