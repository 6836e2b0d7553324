//! What somebody's paper printed, as claims: figures, sums, citations, places, headings, counts.
//!
//! The founding report of July 2020 comes as such a file; later a paper read in will too. Claims keep the
//! printed text of each number, because how it was rounded is part of what was claimed.

/// The claims of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// Figures with what they are held against.
    pub figures: Vec<PrintedFigure>,
    /// Wholes with their parts.
    pub sums: Vec<PrintedSum>,
    /// Instruments cited.
    pub citations: Vec<PrintedCitation>,
    /// Places named.
    pub places: Vec<String>,
    /// Headings.
    pub headings: Vec<PrintedHeading>,
    /// Counts with the names that follow them.
    pub counts: Vec<PrintedCount>,
}

/// A figure as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedFigure {
    /// The fact's own id: `E-35`.
    pub fact: String,
    /// What it speaks of in the pack: an indicator, standard or honour code; empty where none.
    pub subject: String,
    /// Its name in the paper.
    pub name: String,
    /// The value as printed; empty where only a comparison was.
    pub value: String,
    /// The unit of measure as printed.
    pub measure: String,
    /// Comparisons printed with it.
    pub against: Vec<PrintedAgainst>,
}

/// A comparison as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedAgainst {
    /// What kind.
    pub kind: AgainstKind,
    /// Who assigned the plan, as printed: `tỉnh`, `huyện`; empty where not said.
    pub by: String,
    /// The number as printed, signed where it fell.
    pub number: String,
    /// The plan or population where it was printed; empty otherwise.
    pub stated: String,
}

/// Kinds of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgainstKind {
    /// `bằng 54,5% kế hoạch`.
    Plan,
    /// `bằng 97,2% so với cùng kỳ`.
    Prior,
    /// `tăng 13,2% so với cùng kỳ`.
    Growth,
    /// `tăng 1 DN so với cùng kỳ`.
    Delta,
    /// `giảm 1,4%` of a share: percentage points.
    ShareChange,
    /// `chiếm 78,7%`.
    Share,
    /// `13/29`.
    NOfM,
    /// `nâng tổng số lên 85`.
    Total,
    /// `vượt 1 bếp`, `đạt 100%`.
    Met,
}

/// A whole and its parts, by fact id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedSum {
    /// The whole.
    pub whole: String,
    /// The parts.
    pub parts: Vec<String>,
}

/// A citation as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedCitation {
    /// Number and symbol.
    pub number: String,
    /// The date as printed.
    pub date: String,
    /// The title as printed; empty where none was.
    pub title: String,
}

/// A heading as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedHeading {
    /// The number as printed.
    pub number: String,
    /// The subjects it promises.
    pub topics: Vec<String>,
}

/// A count and the names printed with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedCount {
    /// The count.
    pub count: String,
    /// What is counted: `xã`.
    pub measure: String,
    /// Of what kind: `được tỉnh thẩm định`.
    pub what: String,
    /// The names; empty where none follow.
    pub names: Vec<String>,
}
