//! Enters the cells of a waiting file that its sender chose.

use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::collection::import::mapping::{Mapping, Remembered};
use thidua_domain::collection::import::{Pick, changes};
use thidua_store as store;

use super::enter::{Answer, enter};
use super::preview_import::{look, read, sender, waiting};
use super::sheet::SheetKey;
use crate::{App, Error};

/// Enters the chosen cells of a waiting file as changes of what the file, or the person, saw; each is answered for
/// itself. What was said of a list is remembered for the next with the same headings, and the file is forgotten.
///
/// The figures are entered first: where the machine stops between the two, confirming again changes nothing twice.
///
/// # Errors
/// [`thidua_domain::Refusal::StaleForm`] where no such file waits any more; as [`super::preview_import`] and [`enter`].
pub fn confirm_import(
    app: &App,
    by: &Actor,
    key: &SheetKey,
    upload: &str,
    said: Option<&Mapping>,
    chosen: &[Pick],
) -> Result<Vec<Answer>, Error> {
    let (looked, asked) = app.db.read::<_, Error>(|tx| {
        let upload = waiting(tx, app, by, key, upload)?;
        let read = read(&upload.file, &upload.bytes)?;
        let looked = look(tx, app, by, &upload, read, said)?;
        let asked = changes(&looked.preview, chosen);
        Ok((looked, asked))
    })?;
    let answers = enter(app, by, &key.form, key.period, &asked)?;

    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let tenant = &by.scope.tenant;
    if let Some(list) = looked.list {
        let remembered = Remembered {
            form: key.form.clone(),
            signature: list.proposal.signature,
            mapping: list.mapping,
            confirmed_by: by.name.clone(),
            confirmed_at: now,
        };
        store::import_mapping::remember(&mut tx, tenant, &remembered)?;
        let subject = format!("list:{}:{}", key.form, remembered.signature);
        store::audit::append(&mut tx, by, now, Verb::EnterFigures.word(), &subject, "columns and names confirmed")?;
    }
    store::import_upload::forget(&mut tx, tenant, &sender(by), now)?;
    tx.commit()?;
    Ok(answers)
}
