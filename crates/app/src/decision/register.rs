//! Reading the register of awards: what was granted in the period, to whom, how many worked directly.

use std::collections::BTreeMap;

use thidua_base::Period;
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::text::{collate, fold};
use thidua_domain::Actor;
use thidua_domain::decision::{Award, DirectWorker};
use thidua_domain::honour::{Honour, Subject};
use thidua_store as store;

use crate::{App, Error};

/// What a reader asks of the register; what is `None` or empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Words in the name, the number of the decision or the achievement, with or without marks.
    pub words: String,
    /// The honour.
    pub honour: Option<HonourCode>,
    /// The kind of subject.
    pub subject: Option<Subject>,
    /// The unit.
    pub unit: Option<OrgId>,
}

/// The register narrowed to what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The period.
    pub period: Period,
    /// Counts over the whole period, one for each honour, in the order of the book's honours.
    pub counts: Vec<Count>,
    /// Awards that fit, latest decision first, each with the name of its unit.
    pub awards: Vec<(Award, String)>,
    /// Every unit with an award, by name.
    pub units: Vec<(OrgId, String)>,
}

/// How often an honour was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The honour.
    pub honour: Honour,
    /// All awards.
    pub all: usize,
    /// To collectives.
    pub collectives: usize,
    /// To individuals.
    pub individuals: usize,
    /// To households.
    pub households: usize,
    /// Individuals who work directly (người trực tiếp lao động).
    pub direct: usize,
    /// Individuals of whom it is known whether they do.
    pub direct_known: usize,
}

/// Reads the register of the period of the pages.
pub fn register(app: &App, by: &Actor, asked: &Asked) -> Result<Register, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
        let period = standing.period;
        let awards = store::award::awards(tx, &by.scope, period.first_day(), period.last_day())?;
        let counts = counts(app.book_in(tx, by)?.honours().cloned().collect(), &awards);
        let mut names: BTreeMap<OrgId, String> = BTreeMap::new();
        for award in &awards {
            names.entry(award.unit.clone()).or_insert_with(|| ground.units.name_on(&award.unit, standing.dated));
        }
        let mut listed: Vec<(OrgId, String)> = names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
        listed.sort_by(|(_, a), (_, b)| collate(a, b));
        let words = fold(&asked.words);
        let mut fitting: Vec<(Award, String)> = awards
            .into_iter()
            .filter(|award| asked.fits(award, &words))
            .map(|award| {
                let name = names[&award.unit].clone();
                (award, name)
            })
            .collect();
        fitting.sort_by(|(a, _), (b, _)| b.decided_on.cmp(&a.decided_on).then_with(|| a.id.cmp(&b.id)));
        Ok(Register { period, counts, awards: fitting, units: listed })
    })
}

impl Asked {
    fn fits(&self, award: &Award, folded: &str) -> bool {
        self.honour.as_ref().is_none_or(|honour| *honour == award.honour)
            && self.subject.is_none_or(|subject| subject == award.subject)
            && self.unit.as_ref().is_none_or(|unit| *unit == award.unit)
            && (folded.is_empty()
                || [&award.subject_name, &award.decision_number, &award.achievement]
                    .into_iter()
                    .any(|text| fold(text).contains(folded)))
    }
}

fn counts(honours: Vec<Honour>, awards: &[Award]) -> Vec<Count> {
    honours
        .into_iter()
        .filter_map(|honour| {
            let granted: Vec<&Award> = awards.iter().filter(|award| award.honour == honour.code).collect();
            let to = |subject| granted.iter().filter(|award| award.subject == subject).count();
            let working = |kind| granted.iter().filter(|award| award.direct_worker == Some(kind)).count();
            let direct = working(DirectWorker::Direct);
            (!granted.is_empty()).then(|| Count {
                honour,
                all: granted.len(),
                collectives: to(Subject::Collective),
                individuals: to(Subject::Individual),
                households: to(Subject::Household),
                direct,
                direct_known: direct + working(DirectWorker::Leading),
            })
        })
        .collect()
}
