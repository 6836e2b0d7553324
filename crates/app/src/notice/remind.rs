//! Reminds every unit that has not sent its sheet (nhắc tất cả), at the word of the unit that collects.

use thidua_base::Period;
use thidua_base::code::FormId;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::reminder::asked_for;
use thidua_domain::notice::{Notice, recipients};
use thidua_store as store;
use thidua_store::account::role;
use thidua_store::notice::outbox;

use super::due::books;
use crate::permit::permit;
use crate::{App, Error};

/// What became of a call to remind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// Units whose sheets are not in and may still be sent.
    pub units: usize,
    /// Letters put into the outbox by this call; asked again on the same day there are none.
    pub letters: usize,
    /// Units for which nobody gave an address to write to.
    pub silent: usize,
}

/// Puts a letter into the outbox of everyone who reports for a unit that has not sent its sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such open cycle for this actor.
pub fn remind(app: &App, by: &Actor, form: &FormId, period: Period) -> Result<Reminded, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let tenant = &by.scope.tenant;
    let (books, contacts, roles) = app.db.read(|tx| {
        let books = books(tx, app, tenant, today)?;
        Ok::<_, Error>((books, store::notice::contacts(tx, tenant)?, role::roles(tx, tenant)?))
    })?;
    let known = books.forms.iter().find(|known| known.id == *form).ok_or(Error::NotFound("form"))?;
    permit(by, Verb::ManageForms, Thing::Unit(&known.receiver), "cycle")?;
    // A letter that stands in the outbox already is not put there again, so what was read before still serves.
    let mut tx = app.db.begin()?;
    let mut done = Reminded { units: 0, letters: 0, silent: 0 };
    for sheet in books.filing().expected().iter().filter(|sheet| sheet.cycle.is(form, period)) {
        let reminder = asked_for(sheet.cycle, &sheet.submission, &books.extensions, today, app.shipped.calendar());
        let Some(reminder) = reminder else { continue };
        done.units += 1;
        let to = recipients(&reminder, &roles, &contacts, today);
        done.silent += usize::from(to.is_empty());
        for contact in to {
            let notice = Notice {
                account: contact.account.clone(),
                form_name: known.number.clone(),
                unit_name: books.unit_name(&reminder.unit, today),
                written_at: now,
                reminder: reminder.clone(),
            };
            done.letters += usize::from(outbox::put(&mut tx, tenant, &notice)?);
        }
    }
    let detail = format!("{} units, {} letters", done.units, done.letters);
    store::audit::append(&mut tx, by, now, "remind-units", &format!("cycle:{form}:{period}"), &detail)?;
    tx.commit()?;
    Ok(done)
}
