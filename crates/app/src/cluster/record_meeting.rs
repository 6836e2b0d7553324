//! Keeps the minutes of a cluster's meeting (họp cụm); minutes written anew stand after the earlier ones.

use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::cluster::meeting::{Attendance, Meeting, MeetingKind};
use thidua_domain::cluster::{Cluster, ClusterRole};
use thidua_store as store;

use super::held::{cluster, overtaken, said, today};
use crate::{App, Error};

/// Minutes to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The meeting whose minutes are written anew; `None` for another meeting.
    pub number: Option<i64>,
    /// What it was for.
    pub kind: MeetingKind,
    /// The day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// The member that chaired it.
    pub chaired_by: OrgId,
    /// Who chaired it.
    pub chair: String,
    /// Who wrote the minutes.
    pub scribe: String,
    /// The agenda, one point a line.
    pub agenda: String,
    /// What was concluded, one point a line.
    pub conclusions: String,
    /// What was decided about marks and flags, one point a line.
    pub decided: String,
    /// Who came.
    pub attendance: Vec<Attendance>,
}

/// Whether the actor keeps the minutes of a cluster: of the unit that formed it, or of its head or a deputy.
pub(super) fn keeps_minutes(by: &Actor, cluster: &Cluster) -> bool {
    let heads = cluster.members.iter().filter(|member| member.role != ClusterRole::Member);
    may(by, Verb::OpenScoring, Thing::Unit(&cluster.formed_by)).is_granted()
        || heads.into_iter().any(|member| may(by, Verb::MarkAsPeer, Thing::Unit(&member.unit)).is_granted())
}

/// Keeps minutes.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster or meeting for this actor;
/// [`Refusal::BadMinutes`](thidua_domain::Refusal::BadMinutes) for minutes that are not taken.
pub fn record_meeting(app: &App, by: &Actor, new: &NewMeeting) -> Result<Meeting, Error> {
    let mut tx = app.db.begin()?;
    let cluster = cluster(&mut tx, by, &new.cluster, new.year)?;
    if !keeps_minutes(by, &cluster) {
        return Err(Error::NotFound("cluster"));
    }
    let whole = Scope::whole(by.scope.tenant.clone());
    let held = store::cluster::year::meetings(&mut tx, &whole, &new.cluster, new.year)?;
    let (number, revision) = match new.number {
        None => (held.iter().map(|meeting| meeting.number).max().unwrap_or(0) + 1, 1),
        Some(number) => {
            let before = held.iter().find(|meeting| meeting.number == number).ok_or(Error::NotFound("meeting"))?;
            (number, before.revision + 1)
        }
    };
    let lines = |text: &str| -> Vec<String> { text.lines().map(said).filter(|line| !line.is_empty()).collect() };
    let meeting = Meeting {
        cluster: new.cluster.clone(),
        year: new.year,
        number,
        revision,
        kind: new.kind,
        held_on: new.held_on,
        place: said(&new.place),
        chaired_by: new.chaired_by.clone(),
        chair: said(&new.chair),
        scribe: said(&new.scribe),
        agenda: lines(&new.agenda),
        conclusions: lines(&new.conclusions),
        decided: lines(&new.decided),
        attendance: new.attendance.iter().map(|one| Attendance { person: said(&one.person), ..one.clone() }).collect(),
        by: by.name.clone(),
        at: app.clock.now(),
    };
    let meeting = meeting.taken(&cluster, today(app))?;

    store::cluster::year::add_meeting(&mut tx, &by.scope.tenant, &meeting).map_err(overtaken)?;
    let detail =
        format!("{} {}, {}/{} came", meeting.kind.word(), meeting.held_on, meeting.came(), meeting.attendance.len());
    store::audit::append(&mut tx, by, meeting.at, "record-meeting", &meeting.key(), &detail)?;
    tx.commit()?;
    Ok(meeting)
}
