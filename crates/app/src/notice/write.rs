//! Writes the reminders of today into the outbox (viết thư nhắc); the daily tick.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::Actor;
use thidua_domain::collection::reminder::Rhythm;
use thidua_domain::notice::{Notice, recipients};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::role;
use thidua_store::notice::outbox;

use super::due::books;
use crate::{App, Error};

/// The name under which the program itself is recorded.
const PROGRAM: &str = "thidua";

/// Puts every reminder of today into the outbox of those it goes to; gives how many were new. Run twice it writes
/// nothing the second time, run late it makes up for what was missed, once.
///
/// # Errors
/// Where the store fails.
pub fn write_reminders(app: &App, tenant: &TenantId) -> Result<u32, Error> {
    let now = app.clock.now();
    let notices = app.db.read(|tx| notices(tx, app, tenant, now))?;
    if notices.is_empty() {
        return Ok(0);
    }
    let mut tx = app.db.begin()?;
    let mut written = 0;
    for notice in &notices {
        written += u32::from(outbox::put(&mut tx, tenant, notice)?);
    }
    if written > 0 {
        let by = Actor::operator(PROGRAM, tenant.clone());
        store::audit::append(&mut tx, &by, now, "write-reminders", "outbox", &written.to_string())?;
    }
    tx.commit()?;
    Ok(written)
}

/// The reminders of today, one for each person; most of them may be in the outbox already.
fn notices(tx: &mut Tx, app: &App, tenant: &TenantId, now: Timestamp) -> Result<Vec<Notice>, Error> {
    let today = now.date_in_vietnam();
    let contacts = store::notice::contacts(tx, tenant)?;
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let books = books(tx, app, tenant, today)?;
    let roles = role::roles(tx, tenant)?;
    let mut notices = Vec::new();
    for reminder in books.filing().reminders(today, app.shipped.calendar(), &Rhythm::default()) {
        for contact in recipients(&reminder, &roles, &contacts, today) {
            let form = books.forms.iter().find(|form| form.id == reminder.form);
            notices.push(Notice {
                account: contact.account.clone(),
                form_name: form.map_or_else(|| reminder.form.to_string(), |form| form.number.clone()),
                unit_name: books.unit_name(&reminder.unit, today),
                written_at: now,
                reminder: reminder.clone(),
            });
        }
    }
    Ok(notices)
}
