//! Clusters and blocks by year: who belongs to them, where their scoring stands, the ranking, the table of all marks, the freeze.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use thidua_app::cluster::{Listed, Scored, Seen, list as clusters, scoring};
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::cluster::ClusterRole;
use thidua_domain::cluster::freeze::Recomputed;
use thidua_domain::cluster::journal::Way;
use thidua_domain::cluster::rank::{Apart, Movement, Ranked, Within};
use thidua_domain::cluster::score::Counted;
use thidua_domain::cluster::seat::Turn;
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};
use crate::cluster::words;
use crate::fault::Fault;

/// Which clusters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClustersAsked {
    /// The year (năm); all years without it.
    year: Option<i16>,
    /// Most lines of the answer, 1 to 500; 100 without it.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// The `next` of the answer before.
    cursor: Option<String>,
}

/// A cluster or block (cụm, khối thi đua) in one year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterOut {
    /// Code, the same over the years.
    pub cluster: String,
    /// The year.
    pub year: i16,
    /// Name.
    pub name: String,
    /// The number in its series.
    pub number: Option<i64>,
    /// The unit that formed it.
    pub formed_by: String,
    /// Its name.
    pub formed_by_name: String,
    /// `reported`, `implied`, `sample` or `register`.
    pub origin: &'static str,
    /// Members, in order.
    pub members: Vec<ClusterMemberOut>,
    /// `none`, `open` or `frozen`.
    pub scoring: &'static str,
}

/// A member of a cluster.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterMemberOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// `lead` (cụm trưởng), `deputy` (cụm phó) or `member`.
    pub role: &'static str,
}

/// A cluster's year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterYearOut {
    /// Code.
    pub cluster: String,
    /// The year.
    pub year: i16,
    /// Name.
    pub name: String,
    /// The unit that formed it.
    pub formed_by: String,
    /// The years in which it is kept, the last first.
    pub years: Vec<i16>,
    /// Members with what happened to them in the year.
    pub seats: Vec<SeatOut>,
    /// Its scoring, where one was opened.
    pub opening: Option<OpeningOut>,
    /// The frozen ranking; `null` too where the key may not read marks.
    pub frozen: Option<FrozenOut>,
}

/// A member through the year.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// `lead`, `deputy` or `member`.
    pub role: &'static str,
    /// Whether it is scored.
    pub is_scored: bool,
    /// What happened to it, in order.
    pub turns: Vec<TurnOut>,
    /// Where its sheet lies: `draft`, `sent` or `returned`; `null` where the key may not read marks.
    pub sheet: Option<&'static str>,
}

/// Something that happened to a member in the year.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnOut {
    /// `ended`, `took-in`, `gave`, `joined` or `left`.
    pub what: &'static str,
    /// From which day on.
    pub on: String,
    /// The other units.
    pub units: Vec<String>,
    /// The other cluster, of a move.
    pub other_cluster: Option<String>,
    /// The same as a sentence.
    pub says: String,
}

/// How a scoring was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningOut {
    /// The period whose figures count.
    pub period: String,
    /// The closing day.
    pub closes_on: String,
    /// Name of the scheme's file.
    pub scheme_file: String,
    /// SHA-256 of that file as it was.
    pub scheme_hash: String,
    /// `sample` where it is no real one.
    pub origin: &'static str,
    /// Who opened it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A frozen ranking (bản chốt).
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenOut {
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Who froze it.
    pub by: String,
    /// When.
    pub at: String,
    /// Whether its own inputs give the same bytes again.
    pub recomputes: bool,
    /// Its Ed25519 signature; `null` where the installation had no key.
    pub signature: Option<SignatureOut>,
    /// Marks that would be others with what is known today; nothing is changed by it.
    pub differs: Vec<FrozenDiffers>,
}

/// The signature of a frozen ranking.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureOut {
    /// The public key, in hexadecimal.
    pub public_key: String,
    /// The signature over the frozen bytes, in hexadecimal.
    pub signature: String,
    /// Whether it is that of these bytes by this key.
    pub stands: bool,
}

/// A mark that would be another today.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrozenDiffers {
    /// The unit.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// As frozen.
    pub before: String,
    /// With what is known today.
    pub after: String,
}

/// The ranking of a cluster's year.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingOut {
    /// Rows, the best first.
    pub rows: Vec<RankRowOut>,
    /// How many may hold the grade with a quota; `null` without one.
    pub quota: Option<RankQuotaOut>,
    /// Whether it is frozen.
    pub is_frozen: bool,
}

/// A row of a ranking.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankRowOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The rank: 1, 1, 3.
    pub rank: usize,
    /// How many hold it.
    pub shared_by: usize,
    /// The total.
    pub points: String,
    /// The grade, after any quota.
    pub grade: Option<String>,
    /// `fits`, `lowered` or `beyond`.
    pub quota: &'static str,
    /// Places up since last year; negative where down, `null` where there was none.
    pub moved: Option<i64>,
    /// Criteria that won most against the mean of the cluster.
    pub won: Vec<ApartOut>,
    /// Criteria that cost most.
    pub cost: Vec<ApartOut>,
}

/// A criterion, and how far from the mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApartOut {
    /// The criterion.
    pub criterion: String,
    /// How far.
    pub by: String,
}

/// How a quota was applied.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankQuotaOut {
    /// How many were assessed.
    pub assessed: usize,
    /// How many may hold the grade.
    pub most: usize,
    /// How many reached it.
    pub reached: usize,
}

/// A unit of the table of all marks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixRowOut {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its rank.
    pub rank: usize,
    /// The total.
    pub points: String,
    /// Points by criterion, in the order of the scheme; only leaves.
    pub cells: Vec<MatrixCellOut>,
}

/// A mark of the table.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixCellOut {
    /// The criterion.
    pub criterion: String,
    /// The points that count; `null` where nobody has marked it.
    pub points: Option<String>,
    /// Whose they are: `own`, `peer`, `appraisal`, `council`, `excused` or `unscored`.
    pub counted: &'static str,
}

/// Cluster and year of an address.
pub fn key_of(cluster: &str, year: &str) -> Result<(ClusterCode, i16), ApiFault> {
    let cluster = ClusterCode::parse(cluster).map_err(|_| Fault::NotFound)?;
    Ok((cluster, year.parse().map_err(|_| Fault::NotFound)?))
}

/// Whose points count, in a word.
pub fn counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Level(level) => level.word(),
        Counted::Excused => "excused",
        Counted::Unscored => "unscored",
        Counted::Sum => "sum",
    }
}

fn role(role: ClusterRole) -> &'static str {
    match role {
        ClusterRole::Lead => "lead",
        ClusterRole::Deputy => "deputy",
        ClusterRole::Member => "member",
    }
}

fn listed(listed: Listed) -> ClusterOut {
    let name = |unit: &OrgId| listed.names.get(unit).cloned().unwrap_or_default();
    let cluster = &listed.cluster;
    ClusterOut {
        cluster: cluster.code.to_string(),
        year: cluster.year,
        name: cluster.name.clone(),
        number: cluster.number,
        formed_by: cluster.formed_by.to_string(),
        formed_by_name: name(&cluster.formed_by),
        origin: cluster.provenance.origin.word(),
        members: cluster
            .members
            .iter()
            .map(|member| ClusterMemberOut {
                unit: member.unit.to_string(),
                name: name(&member.unit),
                role: role(member.role),
            })
            .collect(),
        scoring: match listed.scoring {
            None => "none",
            Some(None) => "open",
            Some(Some(_)) => "frozen",
        },
    }
}

/// The frozen ranking of a scoring.
pub fn frozen(scored: &Scored) -> Option<FrozenOut> {
    let seen = scored.frozen.as_ref()?;
    let differs = seen.differs.iter().filter_map(|one| {
        Some(FrozenDiffers {
            unit: one.unit.to_string(),
            criterion: scored.scheme.criteria.get(one.criterion)?.code.to_string(),
            before: one.before.to_string(),
            after: one.after.to_string(),
        })
    });
    Some(FrozenOut {
        hash: seen.kept.hash.clone(),
        by: seen.kept.by.clone(),
        at: seen.kept.at.to_string(),
        recomputes: seen.again == Recomputed::Same,
        signature: seen.signed.as_ref().map(|(signed, stands)| SignatureOut {
            public_key: signed.public_key.clone(),
            signature: signed.signature.clone(),
            stands: *stands,
        }),
        differs: differs.collect(),
    })
}

fn turn(caller: &Caller, seen: &Seen, turn: &Turn) -> TurnOut {
    let (what, on, units) = match turn {
        Turn::Ended { on, into } => ("ended", on, into.iter().map(ToString::to_string).collect()),
        Turn::TookIn { on, from } => ("took-in", on, vec![from.to_string()]),
        Turn::Gave { on, to } => ("gave", on, vec![to.to_string()]),
        Turn::Joined { on, .. } => ("joined", on, Vec::new()),
        Turn::Left { on, .. } => ("left", on, Vec::new()),
    };
    let other_cluster = match turn {
        Turn::Joined { from: other, .. } | Turn::Left { to: other, .. } => other.as_ref().map(ToString::to_string),
        Turn::Ended { .. } | Turn::TookIn { .. } | Turn::Gave { .. } => None,
    };
    TurnOut { what, on: on.to_string(), units, other_cluster, says: words::turn(caller.say, seen, turn) }
}

fn year_of(caller: &Caller, seen: &Seen) -> ClusterYearOut {
    let seats = seen.members.iter().map(|(member, name, seat)| SeatOut {
        unit: member.unit.to_string(),
        name: name.clone(),
        role: role(member.role),
        is_scored: seat.is_scored(),
        turns: seat.turns.iter().map(|one| turn(caller, seen, one)).collect(),
        sheet: seen.scored.as_ref().map(|scored| {
            match scored.journal.passage(&member.unit).map(|passage| &passage.way) {
                None => "draft",
                Some(Way::Up) => "sent",
                Some(Way::Back { .. }) => "returned",
            }
        }),
    });
    ClusterYearOut {
        cluster: seen.cluster.code.to_string(),
        year: seen.cluster.year,
        name: seen.cluster.name.clone(),
        formed_by: seen.cluster.formed_by.to_string(),
        years: seen.years.clone(),
        seats: seats.collect(),
        opening: seen.opening.as_ref().map(OpeningOut::of),
        frozen: seen.scored.as_ref().and_then(|scored| frozen(scored)),
    }
}

impl OpeningOut {
    /// How a scoring was opened.
    pub fn of(opening: &thidua_domain::cluster::opening::Opening) -> Self {
        Self {
            period: opening.period.to_string(),
            closes_on: opening.closes_on.to_string(),
            scheme_file: opening.file.clone(),
            scheme_hash: opening.scheme_hash(),
            origin: opening.provenance.origin.word(),
            by: opening.by.clone(),
            at: opening.at.to_string(),
        }
    }
}

fn rank_row(scored: &Scored, row: &Ranked) -> RankRowOut {
    let places = |by: usize| i64::try_from(by).unwrap_or(i64::MAX);
    let apart = |list: &[Apart]| {
        let one = |apart: &Apart| {
            let criterion = scored.scheme.criteria.get(apart.criterion)?.code.to_string();
            Some(ApartOut { criterion, by: apart.by.to_string() })
        };
        list.iter().filter_map(one).collect()
    };
    RankRowOut {
        unit: row.unit.to_string(),
        name: scored.name(&row.unit),
        rank: row.rank,
        shared_by: row.shared_by,
        points: row.points.to_string(),
        grade: row.grade.clone(),
        quota: match row.quota {
            Within::Fits => "fits",
            Within::Lowered => "lowered",
            Within::Beyond => "beyond",
        },
        moved: match row.movement {
            Movement::New => None,
            Movement::Up(by) => Some(places(by)),
            Movement::Same => Some(0),
            Movement::Down(by) => Some(-places(by)),
        },
        won: apart(&row.won),
        cost: apart(&row.cost),
    }
}

fn matrix_row(scored: &Scored, row: &Ranked) -> MatrixRowOut {
    let sheet = scored.sheet(&row.unit);
    let cells = scored.scheme.leaves().filter_map(|(place, leaf)| {
        let line = sheet?.lines.get(place)?;
        Some(MatrixCellOut {
            criterion: leaf.code.to_string(),
            points: (line.counted != Counted::Unscored).then(|| line.points.to_string()),
            counted: counted(line.counted),
        })
    });
    MatrixRowOut {
        unit: row.unit.to_string(),
        name: scored.name(&row.unit),
        rank: row.rank,
        points: row.points.to_string(),
        cells: cells.collect(),
    }
}

/// The clusters and blocks of a year or of all years (cụm, khối thi đua)
#[utoipa::path(get, path = "/clusters", operation_id = "list_clusters", tag = "clusters", params(ClustersAsked),
    responses((status = 200, description = "Clusters, by year and code", body = Paged<ClusterOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(asked): Query<ClustersAsked>) -> Result<Json<Paged<ClusterOut>>, ApiFault> {
    let part = Part { limit: asked.limit, cursor: asked.cursor };
    let found = caller.read(move |app, by| clusters(app, by, asked.year)).await?;
    let key = |one: &Listed| format!("{:06} {}", one.cluster.year, one.cluster.code);
    Ok(Json(part.of(found, key, listed)?))
}

/// A cluster's year: members with what happened to them, the opening of its scoring
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}", operation_id = "get_cluster_year", tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year")),
    responses((status = 200, description = "The year", body = ClusterYearOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
) -> Result<Json<ClusterYearOut>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    Ok(Json(year_of(&caller, &seen)))
}

/// The ranking of a cluster's year (xếp hạng), live or as frozen
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/ranking", operation_id = "get_cluster_ranking",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year")),
    responses((status = 200, description = "The ranking", body = RankingOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn ranking(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
) -> Result<Json<RankingOut>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    Ok(Json(RankingOut {
        rows: scored.ranking.rows.iter().map(|row| rank_row(&scored, row)).collect(),
        quota: scored.ranking.quota.as_ref().map(|used| RankQuotaOut {
            assessed: used.assessed,
            most: used.most,
            reached: used.reached,
        }),
        is_frozen: scored.frozen.is_some(),
    }))
}

/// Units by criteria (bảng điểm): all marks of a cluster's year, by rank
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/matrix", operation_id = "list_cluster_matrix",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year"), Part),
    responses((status = 200, description = "Units, by rank", body = Paged<MatrixRowOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn matrix(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Json<Paged<MatrixRowOut>>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let scored = seen.scored.ok_or(Fault::NotFound)?;
    let rows: Vec<&Ranked> = scored.ranking.rows.iter().collect();
    let key = |row: &&Ranked| format!("{:06} {}", row.rank, row.unit);
    Ok(Json(part.of(rows, key, |row| matrix_row(&scored, row))?))
}

/// The frozen ranking: its hash, whether it computes to the same bytes, what would differ today
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/freeze", operation_id = "get_cluster_freeze",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year")),
    responses((status = 200, description = "The frozen ranking", body = FrozenOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn freeze(
    caller: Caller,
    Path((cluster, year)): Path<(String, String)>,
) -> Result<Json<FrozenOut>, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let found = seen.scored.as_ref().and_then(|scored| frozen(scored));
    Ok(Json(found.ok_or(Fault::NotFound)?))
}

/// The bytes of the frozen ranking, which anyone can compute again
#[utoipa::path(get, path = "/clusters/{cluster}/{cluster_year}/freeze/bytes", operation_id = "read_cluster_freeze",
    tag = "clusters",
    params(("cluster" = String, Path, description = "Cluster"), ("cluster_year" = i16, Path, description = "Year")),
    responses((status = 200, description = "The text", body = String, content_type = "text/plain"),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn frozen_bytes(caller: Caller, Path((cluster, year)): Path<(String, String)>) -> Result<Response, ApiFault> {
    let (cluster, year) = key_of(&cluster, &year)?;
    let seen = caller.read(move |app, by| scoring(app, by, &cluster, year)).await?;
    let kept = seen.scored.as_ref().and_then(|scored| scored.frozen.as_ref()).ok_or(Fault::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], kept.kept.bytes.clone()).into_response())
}
