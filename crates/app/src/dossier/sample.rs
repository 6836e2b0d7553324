//! Sample dossiers for the demonstration: made up, marked as such wherever they appear, so that the pages can be tried.
//!
//! Whatever is kept is decided like anything else.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{DossierId, MatterKind, NamedField, NewRound, PaperStanding, StopCause};
use thidua_domain::honour::CommendationType;
use thidua_domain::org::within;
use thidua_domain::{Actor, Origin, Provenance, Scope};
use thidua_law::vocabulary::Clock;

use super::{
    NewDossier, NewMatter, NewPaper, NewStop, StepAsked, attach_paper, draft_report, nominate, open_matter, open_round,
    rounds, show, stop, take_step, write_report,
};
use crate::subject::records_in;
use crate::{App, Error};

const SOURCE: &str = "Hồ sơ minh họa";
/// How many dossiers are made at most.
const MOST: usize = 8;

/// Opens a sample round of the home unit with some dossiers, unless there is a round already; how many were made.
///
/// # Errors
/// Where the store fails; where the actor is none who may do all of it.
pub fn open_sample(app: &App, by: &Actor) -> Result<usize, Error> {
    if !rounds(app, by)?.rounds.is_empty() {
        return Ok(0);
    }
    let today = app.clock.now().date_in_vietnam();
    let unit = app.home.unit.clone();
    let first = Date::new(today.year(), 1, 5).unwrap_or(today);
    let last = Date::new(today.year(), 12, 31).unwrap_or(today);
    let new = NewRound {
        unit: unit.clone(),
        year: today.year(),
        kind: CommendationType::Achievement,
        name: format!("Khen thưởng theo công trạng, thành tích năm {} (mẫu)", today.year()),
        opens: first,
        closes: last,
    };
    let round = open_round(app, by, new, sample())?;
    let people = app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let below: Vec<OrgId> = within(&unit, &ground.edges, today).into_iter().collect();
        let known = records_in(tx, app, by, &below, today)?;
        Ok::<_, Error>(
            known.into_iter().filter_map(|one| Some((one.id, one.units.first()?.clone()))).collect::<Vec<_>>(),
        )
    })?;
    let mut made = Vec::new();
    for (subject, unit) in people {
        if made.len() == MOST {
            break;
        }
        let Some(honour) = HONOURS.iter().find_map(|code| in_force(app, code, today)) else { break };
        let new = NewDossier {
            round: round.id.clone(),
            unit,
            subject,
            honour,
            achievement: format!("Hoàn thành tốt nhiệm vụ năm {}", today.year()),
            batch: None,
            new_batch: String::new(),
            provenance: sample(),
        };
        match nominate(app, by, &new) {
            Ok(dossier) => made.push(dossier.id),
            // Some cannot have it, or have it already: the sample goes on with the next.
            Err(Error::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    for (at, id) in made.iter().enumerate() {
        walk(app, by, at, id, today)?;
    }
    Ok(made.len())
}

/// Honours that a sample is made of: the first in force.
const HONOURS: [&str; 2] = ["giay-khen-ubnd-huyen", "giay-khen-ubnd-xa"];

fn in_force(app: &App, code: &str, day: Date) -> Option<HonourCode> {
    let code = HonourCode::parse(code).ok()?;
    app.shipped.honour(&code).filter(|honour| honour.version(day).is_some()).map(|_| code)
}

fn sample() -> Provenance {
    Provenance { origin: Origin::Sample, source: SOURCE.to_owned() }
}

/// Brings one of them some way, each another.
fn walk(app: &App, by: &Actor, at: usize, id: &DossierId, today: Date) -> Result<(), Error> {
    if at == 0 {
        return Ok(());
    }
    let draft = draft_report(app, by, id)?;
    write_report(app, by, id, 0, &draft)?;
    if at == 1 {
        return Ok(());
    }
    for paper in show(app, by, id)?.look.papers {
        if paper.standing != PaperStanding::Held {
            let code = paper.paper.what.code;
            attach_paper(app, by, id, NewPaper { code, number: "Số mẫu".to_owned(), ..NewPaper::default() })?;
        }
    }
    if !step(app, by, id, Verb::SubmitDossier, "", &[])? {
        return Ok(());
    }
    match at {
        3 => {
            step(app, by, id, Verb::ReturnDossier, "Báo cáo chưa nêu số liệu (mẫu)", &["report"])?;
        }
        4 => {
            let new = NewStop {
                cause: StopCause::Complaint,
                from: today,
                until: today.plus_days(30),
                reason: "Đơn đang được xem xét (mẫu)".to_owned(),
            };
            stop(app, by, id, &new)?;
        }
        5 | 6 => {
            step(app, by, id, Verb::AppraiseDossier, "", &[])?;
            let new = NewMatter {
                kind: if at == 5 { MatterKind::Notice } else { MatterKind::Consultation },
                from: today,
                days: 10,
                clock: Clock::WorkingDays,
                party: "Bộ phận thi đua, khen thưởng (mẫu)".to_owned(),
                body: "Lấy ý kiến về đề nghị khen thưởng (mẫu)".to_owned(),
            };
            open_matter(app, by, std::slice::from_ref(id), &new)?;
        }
        7 => {
            step(app, by, id, Verb::WithdrawDossier, "Chọn hình thức khác (mẫu)", &[])?;
        }
        _ => {}
    }
    Ok(())
}

/// Takes a step; whether it was taken. What the law book refuses, the sample leaves where it is.
fn step(app: &App, by: &Actor, id: &DossierId, verb: Verb, reason: &str, fields: &[&str]) -> Result<bool, Error> {
    let version = show(app, by, id)?.dossier.version();
    let named = |field: &&str| NamedField { field: (*field).to_owned(), reason: reason.to_owned() };
    let asked = StepAsked { verb, reason: reason.to_owned(), fields: fields.iter().map(named).collect() };
    match take_step(app, by, id, version, &asked) {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(other) => Err(other),
    }
}
