//! By which rule a vote is counted (tỷ lệ, túc số): the law book's for the honour and the day, the council's own where the
//! book is silent. Shares are whole numbers of persons; nothing is rounded but up.

use thidua_base::Date;
use thidua_law::honour::{Dated, Vote};
use thidua_law::vocabulary::{Confidence, VoteBase, VoteMethod};

/// A share of persons: at least so many parts of the whole, or more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// Parts.
    part: u16,
    /// Of how many.
    whole: u16,
    /// Whether more than the share is needed (quá bán), not just the share itself.
    beyond: bool,
}

impl Share {
    /// At least `part` of `whole`; none where that is no share.
    pub fn at_least(part: u16, whole: u16) -> Option<Self> {
        (whole > 0 && 0 < part && part <= whole).then_some(Self { part, whole, beyond: false })
    }

    /// More than `part` of `whole`; none where that is no share or nobody could reach it.
    pub fn more_than(part: u16, whole: u16) -> Option<Self> {
        (whole > 0 && part < whole).then_some(Self { part, whole, beyond: true })
    }

    /// At least so many of a hundred.
    pub fn percent(percent: u8) -> Option<Self> {
        Self::at_least(percent.into(), 100)
    }

    /// Parts, of how many, and whether more than that is needed.
    pub fn parts(self) -> (u16, u16, bool) {
        (self.part, self.whole, self.beyond)
    }

    /// How many persons that is of so many: part of a person is a person more.
    pub fn needed(self, of: u32) -> u32 {
        let product = u64::from(self.part) * u64::from(of);
        let whole = u64::from(self.whole);
        let needed = if self.beyond { product / whole + 1 } else { product.div_ceil(whole) };
        u32::try_from(needed).unwrap_or(u32::MAX)
    }

    /// As typed and stored: `90/100`, `2/3`, `>1/2`.
    pub fn text(self) -> String {
        format!("{}{}/{}", if self.beyond { ">" } else { "" }, self.part, self.whole)
    }

    /// Reads `2/3`, `>1/2`, `90%`, `90`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (beyond, rest) = match text.strip_prefix('>') {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        let whole = |text: &str| text.trim().parse::<u16>().ok();
        let (part, of) = match rest.split_once('/') {
            Some((part, of)) => (whole(part)?, whole(of)?),
            None => (whole(rest.strip_suffix('%').unwrap_or(rest))?, 100),
        };
        if beyond { Self::more_than(part, of) } else { Self::at_least(part, of) }
    }
}

/// A share and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Need {
    /// The share.
    pub share: Share,
    /// Of whom.
    pub of: VoteBase,
}

/// What becomes of a member with a conflict in the number that shares are taken of (mẫu số).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// They are counted among the members still.
    Keeps,
    /// They are not counted for this matter.
    Leaves,
}

impl Denominator {
    /// Both, in the order of lists.
    pub const ALL: [Self; 2] = [Self::Keeps, Self::Leaves];

    /// The word in columns, on forms and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keeps => "keeps",
            Self::Leaves => "leaves",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// A council's own rule from a day on (quy chế hoạt động), until the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseRule {
    /// First day.
    pub from: Date,
    /// How many must be present.
    pub quorum: Need,
    /// How many must agree, where the law book says nothing of the honour.
    pub threshold: Need,
    /// How votes are cast, where the law book says nothing.
    pub method: VoteMethod,
    /// Of members with a conflict.
    pub conflict: Denominator,
    /// Whether opinions of absent members in writing count.
    pub written_counts: bool,
    /// Where it stands: `Quyết định 45/QĐ-HĐTĐKT, Điều 9`.
    pub cite: String,
}

/// Where a part of a rule is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleSource {
    /// The law book, with the citation and how surely.
    Law(String, Confidence),
    /// The council's own rule, with its citation.
    House(String),
}

impl RuleSource {
    /// The citation.
    pub fn cite(&self) -> &str {
        match self {
            Self::Law(cite, _) | Self::House(cite) => cite,
        }
    }

    /// Whether the text was read: what was not may warn, and never refuses.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Law(_, confidence) => *confidence == Confidence::TextSeen,
            Self::House(_) => true,
        }
    }
}

/// The rule a question is counted by, as it stood when it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRule {
    /// How many must be present.
    pub quorum: Need,
    /// Where that is read.
    pub quorum_from: RuleSource,
    /// How many must agree.
    pub threshold: Need,
    /// Where that is read.
    pub threshold_from: RuleSource,
    /// How votes are to be cast.
    pub method: VoteMethod,
    /// Where that is read.
    pub method_from: RuleSource,
    /// Whether opinions in writing count.
    pub written_counts: bool,
    /// Of members with a conflict.
    pub conflict: Denominator,
    /// Where that is read.
    pub conflict_from: RuleSource,
}

impl CountRule {
    /// The rule for an honour: the book's vote of the body where there is one, part by part, then the council's own.
    pub fn of(law: Option<&Dated<Vote>>, house: &HouseRule) -> Self {
        let own = || RuleSource::House(house.cite.clone());
        let book = law.map(|row| RuleSource::Law(row.cite.to_string(), row.confidence));
        let said = |known: bool| if known { book.clone().unwrap_or_else(own) } else { own() };
        let vote = law.map(|row| &row.what);
        let need = |percent: Option<u8>, of: Option<VoteBase>| Some(Need { share: Share::percent(percent?)?, of: of? });
        let threshold = vote.and_then(|vote| need(vote.percent, vote.of));
        let quorum = vote.and_then(|vote| need(vote.quorum.map(|(percent, _)| percent), vote.quorum.map(|(_, of)| of)));
        let method = vote.and_then(|vote| vote.method);
        let written = vote.and_then(|vote| vote.written_counts);
        Self {
            quorum: quorum.unwrap_or(house.quorum),
            quorum_from: said(quorum.is_some()),
            threshold: threshold.unwrap_or(house.threshold),
            threshold_from: said(threshold.is_some()),
            method: method.unwrap_or(house.method),
            method_from: said(method.is_some()),
            written_counts: written.unwrap_or(house.written_counts),
            conflict: house.conflict,
            conflict_from: own(),
        }
    }

    /// Citations that were not compared with the text: what rests on them is to be checked by a person.
    pub fn unread(&self) -> Vec<&str> {
        let mut cites: Vec<&str> = [&self.quorum_from, &self.threshold_from, &self.method_from, &self.conflict_from]
            .into_iter()
            .filter(|source| !source.is_certain())
            .map(RuleSource::cite)
            .collect();
        cites.dedup();
        cites
    }
}
