//! The fund that pays bonuses (quỹ thi đua, khen thưởng): what came in, what is committed, what is free.

use thidua_base::code::{Kind, OrgId};
use thidua_base::{Code, Date, Timestamp};

use crate::refusal::{DecisionFault, Refusal};

/// The marker of [`FundId`].
#[derive(Debug)]
pub struct FundTag;

impl Kind for FundTag {
    const NAME: &'static str = "fund";
}

/// The id of a fund.
pub type FundId = Code<FundTag>;

/// Most đồng of one entry: a thousand billion, so that sums stay far from the end of the integers.
pub const VND_MAX: i64 = 1_000_000_000_000_000;

/// A fund of a unit for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Identity.
    pub id: FundId,
    /// Whose.
    pub unit: OrgId,
    /// Budget year.
    pub year: i16,
    /// Its name.
    pub name: String,
    /// What came in or was taken out, oldest first.
    pub entries: Vec<FundEntry>,
}

/// Money that came in, or was taken out for something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundEntry {
    /// How much, in đồng; below zero for what was taken out.
    pub vnd: i64,
    /// Number of the document.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// What it is; may be empty.
    pub note: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Fund {
    /// What came in, less what was taken out, in đồng.
    pub fn total(&self) -> i64 {
        self.entries.iter().map(|entry| entry.vnd).sum()
    }

    /// Whether an entry may be added where so much is committed.
    ///
    /// # Errors
    /// [`Refusal::Decision`]: an amount nobody means, no number, or more taken out than is free.
    pub fn judge(&self, entry: &FundEntry, committed: i64) -> Result<(), Refusal> {
        if entry.vnd == 0 || !(-VND_MAX..=VND_MAX).contains(&entry.vnd) {
            return Err(DecisionFault::BadAmount { asked: entry.vnd.to_string() }.into());
        }
        if entry.number.is_empty() {
            return Err(DecisionFault::NoNumber.into());
        }
        let free = self.total().saturating_sub(committed);
        if free.saturating_add(entry.vnd) < 0 {
            return Err(DecisionFault::FundShort { free, needed: -entry.vnd }.into());
        }
        Ok(())
    }
}

/// Whether a fund can take a decision: what it must pay is free.
///
/// # Errors
/// [`Refusal::Decision`]: no fund where money is due, or too little in it.
pub fn judge_cover(fund: Option<&Fund>, committed: i64, needed: i64) -> Result<(), Refusal> {
    if needed == 0 {
        return Ok(());
    }
    let fund = fund.ok_or(DecisionFault::NoFund { needed })?;
    let free = fund.total().saturating_sub(committed);
    if free < needed { Err(DecisionFault::FundShort { free, needed }.into()) } else { Ok(()) }
}
