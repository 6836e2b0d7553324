//! Papers and pictures of an exemplar: what shows that it is true. Only added to; withdrawn with a reason.

use thidua_base::code::{AwardId, EvidenceId, ExemplarId};
use thidua_base::{Date, Timestamp};

use super::course::Course;
use super::picture::Picture;
use crate::collection::evidence::{self, EvidenceFile};
use crate::refusal::{EvidenceFault, ExemplarFault, Refusal};

/// Most papers and pictures of one exemplar; withdrawn ones count.
pub const PAPERS_MAX: usize = 60;

/// A paper or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: EvidenceId,
    /// Whose.
    pub exemplar: ExemplarId,
    /// Number of the document (số, ký hiệu); may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; for a picture, what is to be seen on it.
    pub description: String,
    /// The award of the register that it refers to.
    pub award: Option<AwardId>,
    /// The file, where there is one.
    pub file: Option<EvidenceFile>,
    /// Its measures, where it is a picture.
    pub picture: Option<Picture>,
    /// Who added it, as named then.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
    /// Who took it back, where somebody did.
    pub withdrawn: Option<Withdrawn>,
}

/// The end of a paper.
pub type Withdrawn = evidence::Withdrawal;

impl Paper {
    /// Whether nobody took it back.
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Whether the public sees it: a picture that stands, and was there when somebody recognised or confirmed last.
    pub fn is_public(&self, course: &Course) -> bool {
        self.stands() && self.picture.is_some() && course.seen_at().is_some_and(|seen| self.added_at <= seen)
    }

    /// Brings its texts into order, and checks them; `there` is how many the exemplar has.
    ///
    /// # Errors
    /// [`EvidenceFault::Nothing`] for a paper that is nothing; [`ExemplarFault::NoCaption`] for a picture without
    /// words; [`ExemplarFault::TooManyPapers`]; [`Refusal::LongText`].
    pub fn checked(mut self, there: usize) -> Result<Self, Refusal> {
        evidence::tidy(&mut self.number, &mut self.description)?;
        if self.picture.is_some() && self.description.is_empty() {
            return Err(ExemplarFault::NoCaption.into());
        }
        if self.file.is_none() && self.award.is_none() && self.number.is_empty() && self.description.is_empty() {
            return Err(EvidenceFault::Nothing.into());
        }
        if there >= PAPERS_MAX {
            return Err(ExemplarFault::TooManyPapers { most: PAPERS_MAX }.into());
        }
        Ok(self)
    }
}
