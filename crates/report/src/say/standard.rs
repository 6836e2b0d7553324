//! Standards reached: new, again, in all, the share, n of m; counted from the register of recognitions.

use thidua_base::code::StandardCode;
use thidua_base::number::CountStyle;
use thidua_base::{Date, Number};
use thidua_domain::indicator::standard::{Member, Recognition, RecognitionState, Standard, count_on};
use thidua_paper::tree::Inline;
use thidua_prose::grammar::TotalKind;
use thidua_prose::write::{Amount, Clause, ListStyle, NOfM, ShareSaid, TotalSaid, list, n_of_m, share, total};

use super::Slot;
use crate::writing::{Unfillable, Writing, bind, joined};

/// `{chuan CODE words…}`; see the match for the words.
pub fn said(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let code: StandardCode = slot.code(1)?;
    let standard = writing.data.standard(&code).ok_or_else(|| slot.unknown_name(code.as_str()))?;
    let register = Register::of(writing, standard);
    let mut runs = Vec::new();
    for word in slot.words_from(2) {
        runs.push(register.word(word, slot)?);
    }
    if runs.is_empty() {
        return Err(slot.unknown_word(""));
    }
    Ok(joined(runs, ", "))
}

/// A standard with its population and events up to the cut-off day.
struct Register<'a> {
    standard: &'a Standard,
    members: Vec<&'a Member>,
    events: Vec<&'a Recognition>,
    first_day: Date,
    cut_off: Date,
    reached: usize,
    population: usize,
    counts: CountStyle,
    key: String,
}

impl<'a> Register<'a> {
    fn of(writing: &'a Writing, standard: &'a Standard) -> Self {
        let data = writing.data;
        let cut_off = data.cut_off();
        let count = count_on(&standard.code, &data.members, &data.recognitions, cut_off);
        let members: Vec<&Member> = data.members.iter().filter(|m| m.standard == standard.code).collect();
        let events = data.recognitions.iter().filter(|r| members.iter().any(|m| m.id == r.member)).collect();
        Self {
            standard,
            members,
            events,
            first_day: data.period().first_day(),
            cut_off,
            reached: count.reached.len(),
            population: count.population,
            counts: writing.counts,
            key: format!("standard:{}", standard.code),
        }
    }

    fn word(&self, word: &str, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
        let clause = match word {
            "n-of-m" => n_of_m(&NOfM {
                reached: counted(self.reached),
                population: counted(self.population),
                name: &self.standard.phrase,
            }),
            "reached" => self.count(self.reached),
            "reached-names" => return Ok(self.names(self.reached_events())),
            "new" => self.count(self.within(RecognitionState::Recognised).len()),
            "new-names" => return Ok(self.names(self.within(RecognitionState::Recognised))),
            "again" => self.count(self.within(RecognitionState::RecognisedAgain).len()),
            "again-names" => return Ok(self.names(self.within(RecognitionState::RecognisedAgain))),
            "appraised" => self.count(self.within(RecognitionState::Appraised).len()),
            "appraised-names" => return Ok(self.names(self.within(RecognitionState::Appraised))),
            "total" => total(&TotalSaid {
                kind: TotalKind::Count,
                name: &self.standard.phrase,
                reached: &[Amount::new(whole(self.reached), 0, &self.standard.measure)],
                share: None,
            }),
            "share" => share(&ShareSaid {
                part: whole(self.reached),
                whole: whole(self.population),
                decimals: self.standard.percent_decimals,
                of: Some(self.standard.population.as_str()).filter(|words| !words.is_empty()),
                printed: None,
            }),
            _ => return Err(slot.unknown_word(word)),
        };
        Ok(bind(clause, &self.key, self.sources()))
    }

    /// Every member and event: any of them may change the count.
    fn sources(&self) -> Vec<String> {
        self.members.iter().map(|m| m.key()).chain(self.events.iter().map(|r| r.key())).collect()
    }

    fn count(&self, count: usize) -> Clause {
        Clause::figure(&whole(count).vi_count(self.counts, &self.standard.measure))
    }

    /// Events of a state that fall within the period, in register order.
    fn within(&self, state: RecognitionState) -> Vec<&'a Recognition> {
        let in_period = |r: &&&Recognition| r.state == state && self.first_day <= r.on && r.on <= self.cut_off;
        self.events.iter().filter(in_period).copied().collect()
    }

    /// The last events of the members that hold the standard on the cut-off day.
    fn reached_events(&self) -> Vec<&'a Recognition> {
        let last_of = |member: &Member| {
            self.events.iter().filter(|r| r.member == member.id && r.on <= self.cut_off).max_by_key(|r| r.on).copied()
        };
        self.members.iter().filter_map(|member| last_of(member)).filter(|r| r.state.holds_standard()).collect()
    }

    /// The names of the members of events, each bound to its own rows.
    fn names(&self, events: Vec<&Recognition>) -> Vec<Inline> {
        let names: Vec<Clause> = events
            .iter()
            .filter_map(|event| self.members.iter().find(|member| member.id == event.member))
            .map(|member| Clause::figure(&member.name))
            .collect();
        bind(list(&names, names.len(), ListStyle::AndLast), &self.key, self.sources())
    }
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).expect("a register of one unit stays below four thousand million")
}

fn whole(count: usize) -> Number {
    Number::whole(i64::from(counted(count)))
}
