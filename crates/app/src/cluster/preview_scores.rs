//! Looks at a filled score sheet before anything of it is written: what each of its rows would change.

use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::actor::Verb;
use thidua_domain::cluster::filled::{ScoreLine, Taken, Taker, held_against};
use thidua_domain::cluster::mark::Standing;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::refusal::FileFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::cluster::upload::ScoreUpload;

use super::held::{Held, held};
use super::score_file::read_score_file;
use crate::collection::{WAITS_MINUTES, sender};
use crate::entropy::hex;
use crate::{App, Error};

/// Whose sheet a file is for, and whose column of it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreIntake {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The member.
    pub unit: OrgId,
    /// The column.
    pub taken: Taken,
}

/// A file held against a sheet, as its sender sees it.
#[derive(Debug, Clone)]
pub struct ScoresLooked {
    /// The name under which the file waits.
    pub upload: String,
    /// Name of the file.
    pub file: String,
    /// Whose column is taken.
    pub taken: Taken,
    /// What each row would change.
    pub lines: Vec<ScoreLine>,
}

/// Takes in a file and looks at it; it waits for its sender's word, and nothing of it is written to the sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such sheet for this actor; [`Refusal::BadFile`] for a file that is not taken.
pub fn preview_scores(
    app: &App,
    by: &Actor,
    into: &ScoreIntake,
    file: &str,
    bytes: &[u8],
) -> Result<ScoresLooked, Error> {
    // Who may not enter here learns nothing of the file either.
    app.db.read(|tx| {
        let held = held(tx, by, &into.cluster, into.year)?;
        standing(&held, by, into)
    })?;
    let now = app.clock.now();
    let upload = ScoreUpload {
        id: hex(&app.entropy.bytes::<16>()?),
        cluster: into.cluster.clone(),
        year: into.year,
        unit: into.unit.clone(),
        level: level_word(into.taken).to_owned(),
        sent_by: sender(by),
        file: file.to_owned(),
        bytes: bytes.to_vec(),
        expires_at: now.plus_seconds(WAITS_MINUTES * 60),
    };
    let mut tx = app.db.begin()?;
    let (_, looked) = look(&mut tx, app, by, into, &upload)?;
    store::cluster::upload::forget(&mut tx, &by.scope.tenant, &upload.sent_by, now)?;
    store::cluster::upload::insert(&mut tx, &by.scope.tenant, &upload)?;
    tx.commit()?;
    Ok(looked)
}

/// Looks at a waiting file again.
///
/// # Errors
/// As [`preview_scores`]; [`Refusal::StaleForm`] where no such file waits any more.
pub fn look_at_scores(
    app: &App,
    by: &Actor,
    cluster: &ClusterCode,
    year: i16,
    unit: &OrgId,
    upload: &str,
) -> Result<ScoresLooked, Error> {
    app.db.read(|tx| {
        let (into, upload) = waiting(tx, app, by, cluster, year, unit, upload)?;
        Ok(look(tx, app, by, &into, &upload)?.1)
    })
}

/// The waiting file of a name, sent by this actor for this sheet.
pub(super) fn waiting(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    cluster: &ClusterCode,
    year: i16,
    unit: &OrgId,
    id: &str,
) -> Result<(ScoreIntake, ScoreUpload), Error> {
    super::held::cluster(tx, by, cluster, year)?;
    let scope = thidua_domain::actor::Scope::whole(by.scope.tenant.clone());
    let found = store::cluster::upload::upload(tx, &scope, id, &sender(by), app.clock.now())?;
    let fits = |one: &ScoreUpload| one.cluster == *cluster && one.year == year && one.unit == *unit;
    let upload = found.filter(fits).ok_or(Refusal::StaleForm)?;
    let taken = taken_of(&upload.level).ok_or(Refusal::StaleForm)?;
    let into = ScoreIntake { cluster: cluster.clone(), year, unit: unit.clone(), taken };
    Ok((into, upload))
}

/// The word under which a column waits.
pub fn level_word(taken: Taken) -> &'static str {
    match taken {
        Taken::Claims => Level::Own.word(),
        Taken::Marks(level) => level.word(),
    }
}

/// The column of a word.
pub fn taken_of(word: &str) -> Option<Taken> {
    let level = Level::ALL.into_iter().find(|level| level.word() == word)?;
    Some(if level == Level::Own { Taken::Claims } else { Taken::Marks(level) })
}

fn standing(held: &Held, by: &Actor, into: &ScoreIntake) -> Result<Standing, Error> {
    match into.taken {
        Taken::Claims => held.own(by, Verb::ClaimScores, &into.unit),
        Taken::Marks(level) => held.marks_as(by, level, &into.unit),
    }
}

/// Holds a file against the scoring as it is.
pub(super) fn look(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    into: &ScoreIntake,
    upload: &ScoreUpload,
) -> Result<(Held, ScoresLooked), Error> {
    let held = held(tx, by, &into.cluster, into.year)?;
    let standing = standing(&held, by, into)?;
    let bad = |why: FileFault| Refusal::BadFile { file: upload.file.clone(), why };
    let filled = read_score_file(&upload.bytes, &upload.file, into.taken).map_err(bad)?;
    let other = |stamp: &thidua_domain::cluster::filled::ScoreStamp| {
        (&stamp.cluster, stamp.year, &stamp.unit) != (&into.cluster, into.year, &into.unit)
    };
    if let Some(stamp) = filled.stamp.filter(other) {
        let (form, period) = (stamp.cluster.to_string(), stamp.year.to_string());
        return Err(bad(FileFault::OtherSheet { form, period, unit: stamp.unit.to_string() }).into());
    }
    let sheets = held.round(tx, app, by)?.score(&held.scheme).map_err(|why| Error::Internal(why.into()))?;
    let sheet = sheets.iter().find(|sheet| sheet.unit == into.unit).ok_or(Error::NotFound("scoring"))?;
    let taker =
        Taker { standing: &standing, by: &by.name, at: app.clock.now(), is_sent: held.journal.is_up(&into.unit) };
    let lines = held_against(&held.desk(), sheet, into.taken, &taker, &filled.rows);
    let looked = ScoresLooked { upload: upload.id.clone(), file: upload.file.clone(), taken: into.taken, lines };
    Ok((held, looked))
}
