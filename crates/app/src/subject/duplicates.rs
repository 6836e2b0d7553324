//! Those who may be one (hồ sơ trùng), surest first; nothing is merged by itself.

use thidua_domain::Actor;
use thidua_domain::subject::matching::Register;
use thidua_domain::subject::{Details, Reason, SubjectId};

use super::held::everyone;
use crate::{App, Error};

/// Two who may be one.
#[derive(Debug, Clone)]
pub struct Double {
    /// One, and who that is.
    pub one: (SubjectId, Details),
    /// The other.
    pub two: (SubjectId, Details),
    /// Why.
    pub reasons: Vec<Reason>,
    /// How much speaks for it, from 0 to 100.
    pub weight: u8,
}

/// Lists them, within the actor's reach.
///
/// # Errors
/// [`Error::NotFound`] where the actor merges nowhere.
pub fn duplicates(app: &App, by: &Actor) -> Result<Vec<Double>, Error> {
    if !super::may_merge(by) {
        return Err(Error::NotFound("subject"));
    }
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let all = everyone(tx, by, today)?;
        let pairs = Register::of(&all.known).doubles();
        let found = pairs.into_iter().filter_map(|pair| {
            let (one, two) = (all.details.get(&pair.one)?, all.details.get(&pair.two)?);
            (one.kind == two.kind).then(|| Double {
                one: (pair.one.clone(), one.clone()),
                two: (pair.two.clone(), two.clone()),
                reasons: pair.reasons,
                weight: pair.weight,
            })
        });
        Ok(found.collect())
    })
}
