//! What is wrong with a file of figures that a person sent, and with one of its cells.

/// What is wrong with a file of figures that a person sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("it is larger than {most} MB")]
    TooLarge {
        /// Most megabytes.
        most: usize,
    },
    /// A workbook in the binary format of before 2007.
    #[error("it is an .xls of before 2007")]
    LegacyXls,
    /// A workbook that opens with a password only.
    #[error("it is encrypted")]
    Encrypted,
    /// A workbook with macros.
    #[error("it holds macros")]
    Macros,
    /// A workbook that fetches values from other files.
    #[error("it links to other files")]
    ExternalLinks,
    /// A workbook with other files or controls inside.
    #[error("it holds embedded objects")]
    Embedded,
    /// A page of the web that bears the name of a workbook.
    #[error("it is a page of HTML")]
    Html,
    /// Plain text that bears the name of a workbook.
    #[error("it is plain text")]
    PlainText,
    /// A file of another kind, which: `pdf`, `docx`, `ods`, `xlsb`, `zip`, `unknown`.
    #[error("it is of another kind: {kind}")]
    OtherKind {
        /// The usual ending of its kind.
        kind: String,
    },
    /// A workbook that breaks off or contradicts itself.
    #[error("it is broken")]
    Broken,
    /// A workbook that would unfold beyond every measure.
    #[error("it unfolds beyond measure")]
    Swollen,
    /// More rows or columns than are taken.
    #[error("it has more than {rows} rows or {columns} columns")]
    TooManyCells {
        /// Most rows.
        rows: usize,
        /// Most columns.
        columns: usize,
    },
    /// A workbook without the table of a form made here.
    #[error("it holds no table of a form made here")]
    NotOurs,
    /// A workbook made here whose hidden data were altered.
    #[error("its hidden data were altered")]
    Tampered,
    /// A workbook made here by an older layout.
    #[error("it was made by another layout")]
    OtherLayout,
    /// A workbook made here for another form, period or unit.
    #[error("it was made for {form}, {period}, {unit}")]
    OtherSheet {
        /// The form it was made for.
        form: String,
        /// The period.
        period: String,
        /// The unit.
        unit: String,
    },
    /// Text in an encoding that is not taken.
    #[error("it is neither UTF-8 nor UTF-16")]
    Encoding,
    /// A list without a row of headings.
    #[error("no row of headings was found")]
    NoHeadings,
}

impl FileFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::LegacyXls => "legacy-xls",
            Self::Encrypted => "encrypted",
            Self::Macros => "macros",
            Self::ExternalLinks => "external-links",
            Self::Embedded => "embedded",
            Self::Html => "html",
            Self::PlainText => "plain-text",
            Self::OtherKind { .. } => "other-kind",
            Self::Broken => "broken",
            Self::Swollen => "swollen",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::NotOurs => "not-ours",
            Self::Tampered => "tampered",
            Self::OtherLayout => "other-layout",
            Self::OtherSheet { .. } => "other-sheet",
            Self::Encoding => "encoding",
            Self::NoHeadings => "no-headings",
        }
    }
}

/// What is wrong with one cell of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// A number and a reason for having none.
    #[error("a number and a reason for having none")]
    ValueAndAbsence,
    /// A reason for having no number that is not on the list.
    #[error("'{found}' is no reason for having no number")]
    UnknownAbsence {
        /// What stands there.
        found: String,
    },
    /// A cell that was emptied over a figure.
    #[error("it was emptied over a figure")]
    Emptied,
    /// A row whose hidden code was altered.
    #[error("its hidden code is '{found}'")]
    AlteredCode {
        /// What stands there.
        found: String,
    },
    /// A formula that ended in an error.
    #[error("its formula ended in {found}")]
    Formula {
        /// The error as shown: `#REF!`.
        found: String,
    },
    /// A day, into which Excel turned what was typed.
    #[error("it holds a day")]
    Day,
    /// A number beyond what is kept exactly.
    #[error("'{found}' has too many digits")]
    NotExact {
        /// The number as it stands there.
        found: String,
    },
    /// A text that may mean several things or several numbers.
    #[error("'{found}' may mean several things")]
    Unclear {
        /// What stands there.
        found: String,
    },
    /// A number in a unit of measure from which there is no exact way.
    #[error("'{found}' is not in {wanted}")]
    OtherMeasure {
        /// What stands there.
        found: String,
        /// The unit of measure of the indicator.
        wanted: String,
    },
    /// A row whose name is not that of its indicator: rows were moved.
    #[error("the row is named '{found}', not '{wanted}'")]
    OtherName {
        /// The name in the row.
        found: String,
        /// The name of its indicator.
        wanted: String,
    },
    /// A second row of one indicator.
    #[error("row {row} speaks of it already")]
    Twice {
        /// The first.
        row: usize,
    },
}

impl CellFault {
    /// The key of its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ValueAndAbsence => "value-and-absence",
            Self::UnknownAbsence { .. } => "unknown-absence",
            Self::Emptied => "emptied",
            Self::AlteredCode { .. } => "altered-code",
            Self::Formula { .. } => "formula",
            Self::Day => "day",
            Self::NotExact { .. } => "not-exact",
            Self::Unclear { .. } => "unclear",
            Self::OtherMeasure { .. } => "other-measure",
            Self::OtherName { .. } => "other-name",
            Self::Twice { .. } => "twice",
        }
    }
}
