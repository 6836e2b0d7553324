//! A sample scoring for the demonstration: made up, marked as such wherever it appears, so that the pages can be tried.
//!
//! Whatever it keeps is decided like anything else; the names say that nobody did it.

use std::collections::BTreeMap;

use anyhow::Context;
use sha2::{Digest, Sha256};
use thidua_base::code::{CriterionCode, EvidenceId, OrgId};
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::actor::Scope;
use thidua_domain::cluster::Cluster;
use thidua_domain::cluster::evidence::{Claim, Claimed, Proof};
use thidua_domain::cluster::journal::{Act, Journal, Passage, Way};
use thidua_domain::cluster::mark::{Desk, Stage, Standing};
use thidua_domain::cluster::objection::{Answer, Objection, Outcome};
use thidua_domain::cluster::review::{Reviewed, Verdict};
use thidua_domain::cluster::scheme::{Level, Scheme};
use thidua_domain::indicator::{Comparator, Plan, PlanNaming, PlanValue};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_store as store;

use super::held::{Held, below, held};
use super::{NewScoring, freeze, open_scoring};
use crate::entropy::hex;
use crate::plan::assign_plan;
use crate::{App, Error};

/// The sample scheme: name of its file, and the file.
pub const SAMPLE_SCHEME: (&str, &str) = ("sample-scheme.toml", include_str!("sample-scheme.toml"));

const SOURCE: &str = "Chấm điểm minh họa";
const UNIT_BY: &str = "Người kê khai mẫu";
const PEER_BY: &str = "Cụm trưởng mẫu";
const APPRAISER_BY: &str = "Tổ thẩm định mẫu";

/// Indicators for which sample targets are assigned, each with the percentages of what was reached.
const TARGETS: [(&str, [i64; 5]); 3] =
    [("NN02", [100, 98, 101, 99, 103]), ("LD01", [95, 110, 80, 100, 90]), ("QS01", [100, 100, 100, 125, 100])];

/// Opens a sample scoring for every cluster of the home unit in which the sample's figures are known, unless one is open.
///
/// The first waits for the appraisal, with an objection to be answered; the last is frozen.
///
/// # Errors
/// Where the store fails; where the actor is none who may do all of it.
pub fn open_sample(app: &App, by: &Actor) -> Result<usize, Error> {
    let period = crate::org::standing(app, by)?.period;
    let (clusters, opened, readings) = app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let clusters = store::cluster::clusters(tx, &whole)?;
        let opened = store::cluster::scoring::opened(tx, &whole)?;
        Ok::<_, Error>((clusters, opened, store::reading::readings_of(tx, &whole, &[period])?))
    })?;
    let figure = |indicator: &str, unit: &OrgId| {
        let of_cell =
            |known: &&thidua_domain::indicator::Reading| known.indicator.as_str() == indicator && known.unit == *unit;
        readings.iter().find(of_cell).and_then(|reading| reading.value.number())
    };
    let known = |cluster: &&Cluster| {
        cluster.formed_by == app.home.unit
            && cluster.year == period.year()
            && cluster.members.iter().all(|member| figure("LD01", &member.unit).is_some())
    };
    let mut chosen: Vec<&Cluster> = clusters.iter().filter(known).collect();
    chosen.sort_by_key(|cluster| cluster.number);
    if chosen.is_empty() || !opened.is_empty() {
        return Ok(0);
    }
    assign_targets(app, by, &chosen, period, &figure)?;
    let closes_on = app.home.dated.plus_days(20).unwrap_or(app.home.dated);
    for (at, cluster) in chosen.iter().enumerate() {
        let new = NewScoring {
            cluster: cluster.code.clone(),
            year: cluster.year,
            period,
            closes_on,
            file: SAMPLE_SCHEME.0.to_owned(),
            scheme: SAMPLE_SCHEME.1.to_owned(),
            provenance: sample(),
        };
        open_scoring(app, by, &new)?;
        let is_last = at + 1 == chosen.len();
        fill(app, by, cluster, is_last)?;
        if is_last {
            freeze(app, by, &cluster.code, cluster.year)?;
        }
    }
    Ok(chosen.len())
}

fn sample() -> Provenance {
    Provenance { origin: Origin::Sample, source: SOURCE.to_owned() }
}

/// Assigns sample targets to the members of all clusters, in one plan of the home unit.
fn assign_targets(
    app: &App,
    by: &Actor,
    clusters: &[&Cluster],
    period: Period,
    figure: &impl Fn(&str, &OrgId) -> Option<Number>,
) -> Result<(), Error> {
    let year = period.plan_year();
    let plan = Plan {
        id: parsed("ke-hoach-mau-cham-diem")?,
        assigner: app.home.unit.clone(),
        naming: PlanNaming::Plain,
        word: "kế hoạch".to_owned(),
        period: year,
        number: String::new(),
        decided_on: year.first_day(),
        supersedes: None,
        provenance: sample(),
    };
    let mut values = Vec::new();
    for (indicator, percents) in TARGETS {
        let units = clusters.iter().flat_map(|cluster| &cluster.members).map(|member| &member.unit);
        for (at, unit) in units.enumerate() {
            let (Some(reached), Some(percent)) = (figure(indicator, unit), percents.get(at % percents.len())) else {
                continue;
            };
            let digits = reached.digits().saturating_mul(*percent) / 100;
            let value = Number::new(digits.max(1), reached.scale()).unwrap_or(reached);
            values.push(PlanValue {
                plan: plan.id.clone(),
                indicator: parsed(indicator)?,
                unit: unit.clone(),
                period: year,
                comparator: Comparator::AtLeast,
                value,
                provenance: sample(),
            });
        }
    }
    assign_plan(app, by, &plan, &values)
}

fn parsed<K: thidua_base::code::Kind>(code: &str) -> Result<thidua_base::Code<K>, Error> {
    thidua_base::Code::parse(code).map_err(|why| Error::Internal(why.into()))
}

/// A sample scoring being made: its acts in order, and the journal as they make it.
struct Making<'a> {
    held: &'a Held,
    journal: Journal,
    acts: Vec<Act>,
    at: Timestamp,
}

/// Fills a scoring with sample acts of all members.
fn fill(app: &App, by: &Actor, cluster: &Cluster, is_done: bool) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &cluster.code, cluster.year)?;
    let figures = held.figures(&mut tx, app, by)?;
    let mut making = Making { held: &held, journal: Journal::default(), acts: Vec::new(), at: app.clock.now() };
    for (at, unit) in held.members.iter().enumerate() {
        making.claims(at, unit)?;
    }
    for (at, unit) in held.members.iter().enumerate() {
        // The last two have not sent theirs yet, unless all is done.
        if is_done || at + 2 < held.members.len() {
            let passage = Passage { way: Way::Up, by: UNIT_BY.to_owned(), at: making.at };
            making.take(Act::Passed(unit.clone(), passage))?;
        }
    }
    let scored = |making: &Making<'_>| {
        let round = thidua_domain::cluster::score::Round {
            members: held.members.clone(),
            figures: figures.clone(),
            evidence: making.journal.evidence.clone(),
            reviews: making.journal.reviews.clone(),
        };
        round.score(&held.scheme).context("scoring a sample")
    };
    let sheets = scored(&making)?;
    let head = cluster.members.first().map(|member| member.unit.clone());
    for (at, sheet) in sheets.iter().enumerate() {
        if Some(&sheet.unit) != head.as_ref() && at % 3 == 1 {
            making.mark(sheet, "B.2", Level::Peer, Less::Half, "Còn một báo cáo nộp chậm theo sổ theo dõi của cụm")?;
        }
    }
    let sheets = scored(&making)?;
    for (at, sheet) in sheets.iter().enumerate() {
        if !is_done && at + 2 >= sheets.len() {
            continue;
        }
        let points = [9, 8, 7, 8, 6].get(at % 5).copied().unwrap_or(8);
        making.mark(sheet, "C.1", Level::Appraisal, Less::To(points), "Theo kết quả kiểm tra cải cách hành chính")?;
        if at % 4 == 2 {
            making.mark(sheet, "B.4", Level::Appraisal, Less::Half, "Hai thôn chưa có quyết định công nhận mô hình")?;
        }
    }
    making.object(&held.members, is_done)?;

    let acts = std::mem::take(&mut making.acts);
    for act in &acts {
        if let Act::Proved(_, file) = act {
            store::collection::evidence::keep_bytes(
                &mut tx,
                &by.scope.tenant,
                &file.hash,
                proof(&file.name).as_bytes(),
            )?;
        }
    }
    held.keep(&mut tx, by, making.at, &acts, "load-sample-scoring", SOURCE)?;
    tx.commit()?;
    Ok(())
}

/// What is in a sample file of evidence: a PDF of one empty page, with its name in it.
fn proof(name: &str) -> String {
    let pages = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj";
    format!(
        "%PDF-1.4
% {name}
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj {pages}
trailer<</Root 1 0 R>>
%%EOF
"
    )
}

/// How a sample mark differs from the one below.
enum Less {
    /// Half a point less for each point there is, but never below zero.
    Half,
    /// So many points.
    To(i64),
}

impl Making<'_> {
    fn take(&mut self, act: Act) -> Result<(), Error> {
        let number = self.journal.last + 1;
        self.journal.take(number, &act.record()).context("making a sample act")?;
        self.acts.push(act);
        Ok(())
    }

    fn desk(&self) -> Desk<'_> {
        let held = self.held;
        Desk { scheme: &held.scheme, members: &held.members, evidence: &self.journal.evidence, stage: Stage::Open }
    }

    /// The claims of a member, with one file for several criteria.
    fn claims(&mut self, at: usize, unit: &OrgId) -> Result<(), Error> {
        let cluster = &self.held.cluster.code;
        let name = format!("{:02}/BC-UBND, báo cáo kết quả phong trào thi đua (mẫu).pdf", at + 11);
        let id: EvidenceId = parsed(&format!("mau-{cluster}-{at}"))?;
        let hash = hex(&Sha256::digest(proof(&name).as_bytes()));
        self.take(Act::Proved(id.clone(), Proof { unit: unit.clone(), name, hash, revoked: None }))?;
        let whole = |number: usize| Number::whole(i64::try_from(number).unwrap_or(0));
        let option = if at % 3 == 2 { "long-ghep" } else { "du" };
        let share = Claim::Share { part: whole(8 + at % 3), whole: whole(10) };
        let percent = [99, 97, 96, 100, 93].get(at % 5).copied().unwrap_or(97);
        let mut claims = vec![
            ("B.1", Claim::Yes, true, "Ký tại hội nghị phát động ngày 10/01/2020"),
            ("B.2", Claim::Amount(whole(at % 2)), false, ""),
            ("B.3", Claim::Option(option.to_owned()), true, ""),
            ("B.4", share, true, "Theo danh sách mô hình đính kèm"),
            ("C.2", Claim::Amount(Number::whole(percent)), false, "Theo phần mềm một cửa"),
        ];
        if at.is_multiple_of(4) {
            claims.push(("T.1", Claim::Amount(whole(1 + at % 2)), true, "Mô hình đường hoa nông thôn mới"));
        }
        if at % 5 == 1 {
            claims.push(("T.2", Claim::Awards(BTreeMap::from([("tinh".to_owned(), 1)])), false, ""));
        }
        if at % 6 == 5 {
            claims.push(("P.1", Claim::Amount(whole(2)), false, ""));
        }
        for (criterion, claim, proved, note) in claims {
            let files = if proved { vec![id.clone()] } else { Vec::new() };
            let claimed = Claimed { claim, files, note: note.to_owned(), by: UNIT_BY.to_owned(), at: self.at };
            let criterion: CriterionCode = parsed(criterion)?;
            self.desk().claim(&Standing::Member(unit.clone()), unit, &criterion, &claimed)?;
            self.take(Act::Claimed(unit.clone(), criterion, claimed))?;
        }
        Ok(())
    }

    fn mark(
        &mut self,
        sheet: &thidua_domain::cluster::score::ScoreSheet,
        criterion: &str,
        level: Level,
        less: Less,
        reason: &str,
    ) -> Result<(), Error> {
        let scheme: &Scheme = &self.held.scheme;
        let criterion: CriterionCode = parsed(criterion)?;
        let over = below(sheet, scheme.place(&criterion).unwrap_or(usize::MAX), level);
        let points = match less {
            Less::To(points) => Number::whole(points),
            Less::Half => {
                let half = Number::new(over.digits() / 2, over.scale()).unwrap_or(over);
                // Only whole points are taken away, as people do.
                half.rounded(0)
            }
        };
        let head = self.held.cluster.members.first().map(|member| member.unit.clone());
        let (by, by_unit, standing) = match (level, head) {
            (Level::Peer, Some(head)) => (PEER_BY, Some(head.clone()), Standing::Head(head)),
            _ => (APPRAISER_BY, None, Standing::Appraiser),
        };
        let verdict = Verdict::Points(points);
        let (by, reason) = (by.to_owned(), reason.to_owned());
        let reviewed = Reviewed { level, verdict, over, reason, by, by_unit, at: self.at };
        self.desk().review(&standing, &sheet.unit, &criterion, &reviewed, over)?;
        self.take(Act::Marked(sheet.unit.clone(), criterion, reviewed))
    }

    /// The third member objects to a mark of the appraisal; where all is done, it was answered.
    fn object(&mut self, members: &[OrgId], is_done: bool) -> Result<(), Error> {
        let Some(unit) = members.get(2) else { return Ok(()) };
        let today: Date = self.at.date_in_vietnam();
        let objection = Objection {
            unit: unit.clone(),
            criterion: parsed("B.4")?,
            level: Level::Appraisal,
            grounds: "Hai thôn đã có quyết định công nhận mô hình ngày 15/6/2020".to_owned(),
            by: UNIT_BY.to_owned(),
            at: self.at,
            due: today.plus_days(7).unwrap_or(today),
            said: Vec::new(),
            outcome: None,
        };
        objection.raised(&Standing::Member(unit.clone()), Stage::Open)?;
        self.take(Act::Objected(objection))?;
        if is_done {
            let outcome = Outcome {
                answer: Answer::Declined,
                reason: "Quyết định công nhận ký sau ngày chốt số liệu".to_owned(),
                by: APPRAISER_BY.to_owned(),
                at: self.at,
            };
            let number = self.journal.last;
            self.take(Act::Answered(number, unit.clone(), outcome))?;
        }
        Ok(())
    }
}
