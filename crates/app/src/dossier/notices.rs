//! The public page of notices (công khai): who is proposed for what and why, until when one may speak. Numbers of
//! citizens, births and homes are never on it.

use thidua_base::Date;
use thidua_domain::dossier::{DossierId, MatterKind, Standing};
use thidua_domain::honour::Subject;
use thidua_domain::subject::{Groups, SubjectId, hide_numbers};
use thidua_domain::{Actor, Scope};
use thidua_law::table::Said;
use thidua_store as store;
use thidua_store::dossier::Wanted;

use crate::{App, Error};

/// How far back a notice can have begun that still runs or just ended, in days.
const DAYS_BACK: i64 = 400;
/// For how many days a notice that ended stays to be read.
const DAYS_SHOWN: i64 = 30;

/// A nominee under notice.
#[derive(Debug, Clone)]
pub struct Noticed {
    /// The dossier; its page is not public.
    pub dossier: DossierId,
    /// The nominee's name.
    pub name: String,
    /// Person, collective, household.
    pub kind: Subject,
    /// The name of the unit that nominates.
    pub unit: String,
    /// The name of the honour.
    pub honour: Said,
    /// The award year.
    pub year: i16,
    /// The achievement, without numbers of citizens.
    pub achievement: String,
    /// First day.
    pub from: Date,
    /// How the clock stands.
    pub standing: Standing,
    /// Where it is published, and to whom one writes.
    pub party: String,
    /// Whether it is made up.
    pub is_sample: bool,
}

/// The notices that run, and those that ended lately; the one that ends first, first. Public: it takes no right beyond
/// reading pages.
///
/// # Errors
/// [`Error::Store`].
pub fn notices(app: &App, by: &Actor) -> Result<Vec<Noticed>, Error> {
    let today = app.clock.now().date_in_vietnam();
    let tenant = &by.scope.tenant;
    app.db.read(|tx| {
        let since = today.plus_days(-DAYS_BACK).unwrap_or(today);
        let ids = store::dossier::matter::noticed(tx, tenant, since)?;
        let whole = Scope::whole(tenant.clone());
        let dossiers = store::dossier::dossiers(tx, &whole, &Wanted { ids: Some(ids.clone()), ..Wanted::default() })?;
        let matters = store::dossier::matter::matters(tx, tenant, &ids.iter().collect::<Vec<_>>())?;
        let groups = Groups::of(&store::subject::merge::merges(tx, tenant)?);
        let subjects: Vec<SubjectId> = dossiers.iter().map(|one| groups.stands_for(&one.subject).clone()).collect();
        let versions = store::subject::versions(tx, tenant, &subjects)?;
        let ground = app.ground(tx, &whole)?;
        let book = app.book_in(tx, by)?;
        let mut shown = Vec::new();
        for dossier in dossiers.iter().filter(|one| one.stage().is_live()) {
            let mut of = matters.get(&dossier.id).into_iter().flatten();
            let Some(matter) = of.rfind(|matter| matter.kind == MatterKind::Notice) else { continue };
            let standing = matter.standing(today, book.calendar());
            let subject = groups.stands_for(&dossier.subject);
            let Some(who) = versions.iter().rev().find(|version| version.id == *subject) else { continue };
            if matter.from > today || today.days_since(standing.until) > DAYS_SHOWN {
                continue;
            }
            let unknown = || Said::new(dossier.honour.to_string(), dossier.honour.to_string());
            shown.push(Noticed {
                dossier: dossier.id.clone(),
                name: who.details.name.clone(),
                kind: who.details.kind,
                unit: ground.units.name_on(&dossier.unit, today),
                honour: book.honour(&dossier.honour).map_or_else(unknown, |honour| honour.name_on(today)),
                year: dossier.year,
                achievement: hide_numbers(&dossier.achievement),
                from: matter.from,
                standing,
                party: hide_numbers(&matter.party),
                is_sample: dossier.provenance.origin == thidua_domain::Origin::Sample,
            });
        }
        shown.sort_by_key(|one| (one.standing.is_over, one.standing.until, thidua_base::text::order_key(&one.name)));
        Ok(shown)
    })
}
