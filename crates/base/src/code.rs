//! Typed ids: short text that names one thing and cannot be confused with the id of another.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

/// What a [`Code`] names; implemented by the marker types in [`kind`].
pub trait Kind {
    /// The word used in error messages, in English, singular.
    const NAME: &'static str;
}

/// Markers, one for each kind of thing that has an id.
pub mod kind {
    use super::Kind;

    /// A root owner of data: a province, a ministry, or the one office that installed the program.
    #[derive(Debug)]
    pub struct Tenant;
    impl Kind for Tenant {
        const NAME: &'static str = "tenant";
    }

    /// A unit (cơ quan, tổ chức, đơn vị); not its statistical code, which is reused over time.
    #[derive(Debug)]
    pub struct Org;
    impl Kind for Org {
        const NAME: &'static str = "unit";
    }

    /// A dated tree of units.
    #[derive(Debug)]
    pub struct Tree;
    impl Kind for Tree {
        const NAME: &'static str = "tree";
    }

    /// What is measured (chỉ tiêu).
    #[derive(Debug)]
    pub struct Indicator;
    impl Kind for Indicator {
        const NAME: &'static str = "indicator";
    }

    /// A plan document (kế hoạch, dự toán) with its assigner.
    #[derive(Debug)]
    pub struct Plan;
    impl Kind for Plan {
        const NAME: &'static str = "plan";
    }

    /// A form by which units report figures (biểu mẫu báo cáo).
    #[derive(Debug)]
    pub struct Form;
    impl Kind for Form {
        const NAME: &'static str = "form";
    }

    /// A proposal to change a target (đề nghị điều chỉnh).
    #[derive(Debug)]
    pub struct Proposal;
    impl Kind for Proposal {
        const NAME: &'static str = "proposal";
    }

    /// One change of a figure, named by the device it was made on, so that sending it twice does no harm.
    #[derive(Debug)]
    pub struct Change;
    impl Kind for Change {
        const NAME: &'static str = "change";
    }

    /// A standard that units or objects reach (đạt chuẩn).
    #[derive(Debug)]
    pub struct Standard;
    impl Kind for Standard {
        const NAME: &'static str = "standard";
    }

    /// A paper that shows where a figure comes from (minh chứng).
    #[derive(Debug)]
    pub struct Evidence;
    impl Kind for Evidence {
        const NAME: &'static str = "evidence";
    }

    /// A unit or object that may reach a standard.
    #[derive(Debug)]
    pub struct Member;
    impl Kind for Member {
        const NAME: &'static str = "member";
    }

    /// An emulation movement (phong trào thi đua).
    #[derive(Debug)]
    pub struct Movement;
    impl Kind for Movement {
        const NAME: &'static str = "movement";
    }

    /// A dated event or anniversary of a movement.
    #[derive(Debug)]
    pub struct Occasion;
    impl Kind for Occasion {
        const NAME: &'static str = "occasion";
    }

    /// An emulation cluster or block (cụm, khối thi đua).
    #[derive(Debug)]
    pub struct Cluster;
    impl Kind for Cluster {
        const NAME: &'static str = "cluster";
    }

    /// A scoring scheme of a cluster (bảng tiêu chí chấm điểm).
    #[derive(Debug)]
    pub struct Scheme;
    impl Kind for Scheme {
        const NAME: &'static str = "scheme";
    }

    /// A criterion of a scheme (tiêu chí).
    #[derive(Debug)]
    pub struct Criterion;
    impl Kind for Criterion {
        const NAME: &'static str = "criterion";
    }

    /// One award (một lượt được khen).
    #[derive(Debug)]
    pub struct Award;
    impl Kind for Award {
        const NAME: &'static str = "award";
    }

    /// An honour: emulation title or commendation form.
    #[derive(Debug)]
    pub struct Honour;
    impl Kind for Honour {
        const NAME: &'static str = "honour";
    }

    /// A legal instrument (văn bản).
    #[derive(Debug)]
    pub struct Instrument;
    impl Kind for Instrument {
        const NAME: &'static str = "instrument";
    }

    /// An exemplar (điển hình, mô hình).
    #[derive(Debug)]
    pub struct Exemplar;
    impl Kind for Exemplar {
        const NAME: &'static str = "exemplar";
    }

    /// A result, limit or cause written in a report (kết quả, tồn tại, nguyên nhân).
    #[derive(Debug)]
    pub struct Finding;
    impl Kind for Finding {
        const NAME: &'static str = "finding";
    }

    /// A task or solution for the period ahead.
    #[derive(Debug)]
    pub struct Task;
    impl Kind for Task {
        const NAME: &'static str = "task";
    }

    /// A report of a unit for a period.
    #[derive(Debug)]
    pub struct Report;
    impl Kind for Report {
        const NAME: &'static str = "report";
    }

    /// A document in the register.
    #[derive(Debug)]
    pub struct Document;
    impl Kind for Document {
        const NAME: &'static str = "document";
    }
}

/// Longest code accepted, in bytes; every code of the packs is far shorter.
pub const CODE_LENGTH_MAX: usize = 80;

/// The id of a `K`: ASCII letters, digits and `-._:` only, at most [`CODE_LENGTH_MAX`] bytes.
pub struct Code<K> {
    text: Arc<str>,
    kind: PhantomData<fn() -> K>,
}

/// The id of a tenant.
pub type TenantId = Code<kind::Tenant>;
/// The id of a unit.
pub type OrgId = Code<kind::Org>;
/// The id of a tree of units.
pub type TreeId = Code<kind::Tree>;
/// The code of an indicator.
pub type IndicatorCode = Code<kind::Indicator>;
/// The id of a plan document.
pub type PlanId = Code<kind::Plan>;
/// The id of a form.
pub type FormId = Code<kind::Form>;
/// The id of a change of a figure.
pub type ChangeId = Code<kind::Change>;
/// The id of a piece of evidence.
pub type EvidenceId = Code<kind::Evidence>;
/// The code of a standard.
pub type StandardCode = Code<kind::Standard>;
/// The id of a member of a standard's population.
pub type MemberId = Code<kind::Member>;
/// The code of a movement.
pub type MovementCode = Code<kind::Movement>;
/// The code of an event or anniversary.
pub type OccasionCode = Code<kind::Occasion>;
/// The code of a cluster.
pub type ClusterCode = Code<kind::Cluster>;
/// The code of a scoring scheme.
pub type SchemeCode = Code<kind::Scheme>;
/// The code of a criterion, as its scheme numbers it: `I.1.a`.
pub type CriterionCode = Code<kind::Criterion>;
/// The id of an award.
pub type AwardId = Code<kind::Award>;
/// The code of an honour, such as `giay-khen`.
pub type HonourCode = Code<kind::Honour>;
/// The id of a legal instrument.
pub type InstrumentId = Code<kind::Instrument>;
/// The id of an exemplar.
pub type ExemplarId = Code<kind::Exemplar>;
/// The id of a finding.
pub type FindingId = Code<kind::Finding>;
/// The id of a task.
pub type TaskId = Code<kind::Task>;
/// The id of a report.
pub type ReportId = Code<kind::Report>;
/// The id of a document in the register.
pub type DocumentId = Code<kind::Document>;

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a code of a {kind}: letters, digits and -._: only, 1 to {CODE_LENGTH_MAX} characters")]
pub struct BadCode {
    /// The kind of thing that was to be named.
    pub kind: &'static str,
    /// The text as it was given.
    pub text: String,
}

impl<K: Kind> Code<K> {
    /// Reads a code, or says why the text is none.
    pub fn parse(text: &str) -> Result<Self, BadCode> {
        let fits = (1..=CODE_LENGTH_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:".contains(&b));
        if !fits {
            return Err(BadCode { kind: K::NAME, text: text.to_owned() });
        }
        Ok(Self { text: Arc::from(text), kind: PhantomData })
    }
}

impl<K> Code<K> {
    /// The text of the code.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Code<K> {
    fn clone(&self) -> Self {
        Self { text: Arc::clone(&self.text), kind: PhantomData }
    }
}

impl<K> PartialEq for Code<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Code<K> {}

impl<K> PartialOrd for Code<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Code<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Code<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> fmt::Display for Code<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K> fmt::Debug for Code<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_ascii_without_spaces() {
        assert_eq!(IndicatorCode::parse("KT01").unwrap().as_str(), "KT01");
        for bad in ["", "KT 01", "chỉ-tiêu", "a/b", &"x".repeat(CODE_LENGTH_MAX + 1)] {
            assert!(IndicatorCode::parse(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn an_error_names_the_kind_of_thing() {
        let said = OrgId::parse("x y").unwrap_err().to_string();
        assert!(said.contains("unit") && said.contains("x y"), "{said}");
    }
}
