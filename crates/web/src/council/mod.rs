//! Councils: who sits, sessions, the room in which members declare, vote and read the tally, minutes.

pub mod act;
pub mod call;
pub mod compose;
pub mod list;
pub mod matter_view;
pub mod receipt;
pub mod room;
pub mod show;

use thidua_base::text::upper_first;
use thidua_domain::Refusal;
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{
    CouncilId, Denominator, HouseRule, Need, Outcome, SeatRole, SessionId, Share, Stage, Warrant,
};
use thidua_domain::refusal::CouncilFault;
use thidua_law::table::Said;
use thidua_law::vocabulary::{VoteBase, VoteMethod, Word};

use crate::fault::Fault;
use crate::messages::{Lang, Messages};
use crate::movement::{Fields, Marked};
use crate::option::FilterOption;

/// Seats that the form of a new council offers.
const SEATS_OFFERED: usize = 9;
/// Matters that the form of a new session offers.
const MATTERS_OFFERED: usize = 6;

fn council_of(id: &str) -> Result<CouncilId, Fault> {
    CouncilId::parse(id).map_err(|_| Fault::NotFound)
}

fn session_of(id: &str) -> Result<SessionId, Fault> {
    SessionId::parse(id).map_err(|_| Fault::NotFound)
}

/// What the law says, in the reader's language.
fn spoken(say: &Messages, said: &Said) -> String {
    match say.lang() {
        Lang::Vi => said.vi.clone(),
        Lang::En => said.en.clone(),
    }
}

fn stage_mark(say: &'static Messages, stage: Stage) -> Marked {
    Marked {
        word: say.get(&format!("council-stage.{}", stage.word())).to_owned(),
        class: match stage {
            Stage::Called => "note",
            Stage::Open => "good",
            Stage::Closed => "plain",
        },
    }
}

fn outcome_mark(say: &'static Messages, outcome: Outcome) -> Marked {
    Marked {
        word: say.get(&format!("vote-outcome.{}", outcome.word())).to_owned(),
        class: match outcome {
            Outcome::Passed => "good",
            Outcome::Failed => "bad",
            Outcome::NoQuorum => "warn",
        },
    }
}

/// A need in words: `ít nhất 2/3 tổng số thành viên`.
fn need_words(say: &'static Messages, need: Need) -> String {
    let (part, whole, is_beyond) = need.share.parts();
    let share = if whole == 100 { format!("{part}%") } else { format!("{part}/{whole}") };
    let of = say.get(match need.of {
        VoteBase::Members => "council.of-members",
        VoteBase::Present => "council.of-present",
        VoteBase::Summoned => "council.of-summoned",
    });
    let key = if is_beyond { "council.need-more" } else { "council.need-at-least" };
    say.with(key, &[("share", &share), ("of", of)])
}

fn method_word(say: &'static Messages, method: VoteMethod) -> &'static str {
    say.get(match method {
        VoteMethod::Secret => "ballot.secret",
        VoteMethod::Open => "ballot.open",
        VoteMethod::Either => "ballot.either",
    })
}

/// The choices of a list, the one sent before or the first chosen.
fn chosen(values: Vec<(String, String)>, sent: &str) -> Vec<FilterOption> {
    values.into_iter().map(|(value, label)| FilterOption { is_chosen: value == sent, value, label }).collect()
}

fn role_options(say: &'static Messages, sent: &str) -> Vec<FilterOption> {
    let of = |role: SeatRole| (role.word().to_owned(), say.get(&format!("seat-role.{}", role.word())).to_owned());
    chosen(SeatRole::ALL.map(of).into(), sent)
}

fn base_options(say: &'static Messages, sent: &str) -> Vec<FilterOption> {
    let of = |base: VoteBase, key| (base.code().to_owned(), upper_first(say.get(key)));
    let all = [of(VoteBase::Members, "council.of-members"), of(VoteBase::Present, "council.of-present")];
    chosen(all.into(), sent)
}

fn method_options(say: &'static Messages, sent: &str) -> Vec<FilterOption> {
    let all = [VoteMethod::Either, VoteMethod::Secret, VoteMethod::Open];
    chosen(all.map(|method| (method.code().to_owned(), method_word(say, method).to_owned())).into(), sent)
}

fn denominator_options(say: &'static Messages, sent: &str) -> Vec<FilterOption> {
    let of =
        |rule: Denominator| (rule.word().to_owned(), upper_first(say.get(&format!("denominator.{}", rule.word()))));
    chosen(Denominator::ALL.map(of).into(), sent)
}

fn absent() -> thidua_app::Error {
    thidua_app::Error::NotFound("council")
}

/// The decision that a form names.
fn warrant(fields: &Fields) -> Result<Warrant, Refusal> {
    Ok(Warrant { number: fields.get("so").to_owned(), on: fields.day("ngay")? })
}

/// A council's own rule as a form gives it.
fn house_rule(fields: &Fields, from: thidua_base::Date) -> Result<HouseRule, thidua_app::Error> {
    let need = |share: &str, of: &str| -> Result<Need, thidua_app::Error> {
        let asked = fields.get(share);
        let bad = || Refusal::from(CouncilFault::BadShare { asked: asked.to_owned() });
        let of = VoteBase::parse(fields.get(of)).ok_or_else(absent)?;
        Ok(Need { share: Share::parse(asked).ok_or_else(bad)?, of })
    };
    Ok(HouseRule {
        from,
        quorum: need("tuc-so", "tuc-so-tren")?,
        threshold: need("ty-le", "ty-le-tren")?,
        method: VoteMethod::parse(fields.get("cach")).ok_or_else(absent)?,
        conflict: Denominator::parse(fields.get("mau-so")).ok_or_else(absent)?,
        written_counts: fields.get("van-ban-tinh") == "co",
        cite: fields.get("can-cu").to_owned(),
    })
}

/// The seat of a row of a form; none where the row has no name.
fn new_seat(fields: &Fields, row: usize) -> Result<Option<NewSeat>, thidua_app::Error> {
    let of = |name: &str| fields.get(&format!("{name}-{row}"));
    if of("ho-ten").is_empty() {
        return Ok(None);
    }
    let account = match of("tai-khoan") {
        "" => None,
        id => Some(thidua_domain::actor::AccountId::parse(id).map_err(|_| absent())?),
    };
    Ok(Some(NewSeat {
        role: SeatRole::parse(of("chuc-danh")).ok_or_else(absent)?,
        votes: of("bieu-quyet") == "co",
        name: of("ho-ten").to_owned(),
        position: of("chuc-vu").to_owned(),
        unit: None,
        account,
        subject: None,
    }))
}

/// The fields of a seat in a form.
#[derive(Debug, Clone)]
pub struct SeatRow {
    row: usize,
    title: String,
    roles: Vec<FilterOption>,
    name: String,
    position: String,
    accounts: Vec<FilterOption>,
    votes: bool,
}

impl SeatRow {
    fn of(
        say: &'static Messages,
        row: usize,
        accounts: &[(thidua_domain::actor::AccountId, String)],
        fields: &Fields,
    ) -> Self {
        let of = |name: &str| fields.get(&format!("{name}-{row}"));
        let first = if row == 1 { SeatRole::Chair } else { SeatRole::Member };
        let role = if of("chuc-danh").is_empty() { first.word() } else { of("chuc-danh") };
        let known = accounts.iter().map(|(id, name)| (id.to_string(), name.clone()));
        Self {
            row,
            title: say.with("council.seat-n", &[("number", &row.to_string())]),
            roles: role_options(say, role),
            name: of("ho-ten").to_owned(),
            position: of("chuc-vu").to_owned(),
            accounts: crate::option::options(say.get("council.account-none"), known, of("tai-khoan")),
            votes: fields.0.is_empty() || of("bieu-quyet") == "co",
        }
    }
}

/// The fields of a council's own rule in a form.
#[derive(Debug, Clone)]
pub struct RuleFields {
    quorum: String,
    quorum_of: Vec<FilterOption>,
    threshold: String,
    threshold_of: Vec<FilterOption>,
    methods: Vec<FilterOption>,
    denominators: Vec<FilterOption>,
    written: bool,
    cite: String,
}

impl RuleFields {
    /// As sent before, else as the rule stands.
    fn of(say: &'static Messages, rule: Option<&HouseRule>, fields: &Fields) -> Self {
        let is_sent = !fields.get("tuc-so").is_empty() || !fields.get("ty-le").is_empty();
        let text = |name: &str, known: Option<String>| {
            if is_sent { fields.get(name).to_owned() } else { known.unwrap_or_default() }
        };
        let word = |name: &str, known: Option<&str>| text(name, known.map(str::to_owned));
        Self {
            quorum: text("tuc-so", rule.map(|rule| rule.quorum.share.text())),
            quorum_of: base_options(say, &word("tuc-so-tren", rule.map(|rule| rule.quorum.of.code()))),
            threshold: text("ty-le", rule.map(|rule| rule.threshold.share.text())),
            threshold_of: base_options(say, &word("ty-le-tren", rule.map(|rule| rule.threshold.of.code()))),
            methods: method_options(say, &word("cach", rule.map(|rule| rule.method.code()))),
            denominators: denominator_options(say, &word("mau-so", rule.map(|rule| rule.conflict.word()))),
            written: if is_sent {
                fields.get("van-ban-tinh") == "co"
            } else {
                rule.is_none_or(|rule| rule.written_counts)
            },
            cite: text("can-cu", rule.map(|rule| rule.cite.clone())),
        }
    }
}
