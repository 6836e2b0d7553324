//! Decisions on awards from draft to payment, funds, and the register of what was granted.

pub mod fund;
pub mod list;
pub mod register;
pub mod show;
pub mod unpaid;
pub mod write;

use thidua_base::Number;
use thidua_domain::Refusal;
use thidua_domain::decision::{DecisionId, State};
use thidua_domain::honour::CommendationType;
use thidua_domain::refusal::DecisionFault;
use thidua_domain::subject::fact::Authority;
use thidua_law::vocabulary::Word;

use crate::fault::Fault;
use crate::messages::{Lang, Messages};

/// Đồng as written in Vietnamese: `1.490.000`.
pub(crate) fn money(vnd: i64) -> String {
    Number::new(vnd, 0).map_or_else(|| vnd.to_string(), Number::vi)
}

/// An amount as typed: points and spaces between thousands are left out.
fn typed_money(text: &str) -> Result<i64, Refusal> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).collect();
    digits.parse().map_err(|_| DecisionFault::BadAmount { asked: text.to_owned() }.into())
}

fn id_of(id: &str) -> Result<DecisionId, Fault> {
    DecisionId::parse(id).map_err(|_| Fault::NotFound)
}

fn state_word(say: &'static Messages, state: State) -> (&'static str, &'static str) {
    let class = match state {
        State::Draft => "note",
        State::Signed => "good",
        State::Dropped => "plain",
    };
    (say.get(&format!("decision-state.{}", state.word())), class)
}

fn authority_word(say: &Messages, authority: Authority) -> &'static str {
    match say.lang() {
        Lang::Vi => authority.vi(),
        Lang::En => authority.en(),
    }
}

/// The key of the words of a type of commendation.
pub(crate) fn commendation_key(kind: CommendationType) -> &'static str {
    match kind {
        CommendationType::Achievement => "commendation.achievement",
        CommendationType::Thematic => "commendation.thematic",
        CommendationType::Irregular => "commendation.irregular",
        CommendationType::Contribution => "commendation.contribution",
        CommendationType::Seniority => "commendation.seniority",
        CommendationType::Diplomatic => "commendation.diplomatic",
    }
}

/// Every type with the word in forms.
const COMMENDATIONS: [(CommendationType, &str); 6] = [
    (CommendationType::Achievement, "cong-trang"),
    (CommendationType::Thematic, "chuyen-de"),
    (CommendationType::Irregular, "dot-xuat"),
    (CommendationType::Contribution, "cong-hien"),
    (CommendationType::Seniority, "nien-han"),
    (CommendationType::Diplomatic, "doi-ngoai"),
];
