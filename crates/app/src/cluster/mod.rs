//! Clusters of the year, and the scoring of one: opened, claimed, marked, objected to, ranked, frozen.

mod answer_objection;
mod claim;
mod confirm_scores;
mod excuse;
mod freeze;
mod held;
mod list;
mod mark;
mod move_member;
mod object;
mod open_scoring;
mod papers;
mod preview_scores;
mod prove;
mod record_meeting;
mod remark;
mod return_scores;
mod revoke_evidence;
mod sample;
mod score_file;
mod scored;
mod seen;
mod send_scores;
mod set_flag_rule;
mod state_sanction;
mod suppose;
mod workbook;

pub use answer_objection::answer_objection;
pub use claim::claim;
pub use confirm_scores::confirm_scores;
pub use excuse::excuse;
pub use freeze::freeze;
pub use held::CellKey;
pub use list::{Listed, list};
pub use mark::mark;
pub use move_member::{NewMove, move_member};
pub use object::{Raised, object};
pub use open_scoring::{NewScoring, open_scoring};
pub use papers::{minutes_paper, ranking_paper, sheet_paper};
pub use preview_scores::{ScoreIntake, ScoresLooked, level_word, look_at_scores, preview_scores, taken_of};
pub use prove::{evidence_file, prove};
pub use record_meeting::{NewMeeting, record_meeting};
pub use remark::remark;
pub use return_scores::return_scores;
pub use revoke_evidence::revoke_evidence;
pub use sample::{SAMPLE_SCHEME, open_sample};
pub use score_file::{ScoreFileWords, score_file};
pub use scored::{FrozenSeen, Scored};
pub use seen::{Rights, Seen, scoring};
pub use send_scores::send_scores;
pub use set_flag_rule::{NewFlagRule, set_flag_rule};
pub use state_sanction::state_sanction;
pub use suppose::suppose;
pub use workbook::{ScoreWords, scores_workbook};

use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::cluster::{Cluster, ClusterMember};
use thidua_store as store;

use crate::{App, Error};

/// The clusters of a year that one unit formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formed {
    /// The unit.
    pub by: OrgId,
    /// Its name on the day.
    pub by_name: String,
    /// The year.
    pub year: i16,
    /// Clusters in the order of their numbers, members in their order with their names.
    pub clusters: Vec<(Cluster, Vec<(ClusterMember, String)>)>,
}

/// Reads the clusters of the year of the pages; those of the reporting unit come first.
pub fn register(app: &App, by: &Actor) -> Result<Vec<Formed>, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
        let year = standing.period.year();
        let mut clusters: Vec<Cluster> =
            store::cluster::clusters(tx, &by.scope)?.into_iter().filter(|cluster| cluster.year == year).collect();
        clusters.sort_by_key(|c| (c.formed_by != standing.unit, c.formed_by.clone(), c.number, c.code.clone()));
        let mut formed: Vec<Formed> = Vec::new();
        for cluster in clusters {
            let members = cluster
                .members
                .iter()
                .map(|member| (member.clone(), ground.units.name_on(&member.unit, standing.dated)))
                .collect();
            match formed.last_mut() {
                Some(last) if last.by == cluster.formed_by => last.clusters.push((cluster, members)),
                Some(_) | None => formed.push(Formed {
                    by: cluster.formed_by.clone(),
                    by_name: ground.units.name_on(&cluster.formed_by, standing.dated),
                    year,
                    clusters: vec![(cluster, members)],
                }),
            }
        }
        Ok(formed)
    })
}
