//! Codes inside typed text: each `{…}` of a passage, finding or task names something the pack or the book holds.
//!
//! What may be said of a thing is the business of `report`; here only the things themselves are asked for.

use thidua_base::code::kind;
use thidua_domain::Refusal;
use thidua_domain::cluster::Cluster;
use thidua_domain::exemplar::Exemplar;
use thidua_domain::refusal::PackFault;
use thidua_report::template::{Piece, parse};

use super::known::Known;
use super::record::Record;

/// Everything a template may name.
pub(super) struct Named<'a> {
    pub(super) indicators: &'a Known<kind::Indicator>,
    pub(super) standards: &'a Known<kind::Standard>,
    pub(super) movements: &'a Known<kind::Movement>,
    pub(super) occasions: &'a Known<kind::Occasion>,
    pub(super) instruments: &'a Known<kind::Instrument>,
    pub(super) units: &'a Known<kind::Org>,
    pub(super) honours: &'a Known<kind::Honour>,
    pub(super) clusters: &'a [Cluster],
    pub(super) exemplars: &'a [Exemplar],
}

impl Named<'_> {
    /// Refuses the first text of a list of tables that names what nothing bears.
    pub(super) fn check(&self, file: &Record, list: &str) -> Result<(), Refusal> {
        const KEY: &str = "text";
        for record in file.records(list)? {
            let pieces =
                parse(record.passage(KEY)?).map_err(|error| record.fault(KEY, PackFault::Syntax(error.to_string())))?;
            for piece in pieces {
                let Piece::Slot(slot) = piece else { continue };
                if let Some(unknown) = self.unknown(&slot.words) {
                    return Err(record.fault(KEY, PackFault::Dangling(unknown)));
                }
            }
        }
        Ok(())
    }

    /// The first code of a slot that nothing bears.
    fn unknown(&self, words: &[String]) -> Option<String> {
        let (subject, rest) = words.split_first()?;
        let code = rest.first().map_or("", String::as_str);
        let known = match subject.as_str() {
            "chuan" => self.standards.holds(code),
            "phong-trao" => self.movements.holds(code),
            "ky-niem" | "su-kien" => self.occasions.holds(code),
            "van-ban" => self.instruments.holds(code),
            "don-vi" | "so-cum" => self.units.holds(code),
            "khen" => self.honours.holds(code),
            "cum" => self.clusters.iter().any(|cluster| cluster.code.as_str() == code),
            "mo-hinh" => self.exemplars.iter().any(|exemplar| exemplar.group == code),
            "mo-hinh-khac" => self.exemplars.iter().any(|exemplar| exemplar.field == code),
            "tang-cao" => return rest.iter().find(|code| !self.indicators.holds(code)).cloned(),
            // Words that speak of the report itself (`ky`, `nam`) are in lower case; indicators are not.
            _ if subject.starts_with(|c: char| c.is_ascii_lowercase()) => true,
            _ => return (!self.indicators.holds(subject)).then(|| subject.clone()),
        };
        (!known).then(|| code.to_owned())
    }
}
