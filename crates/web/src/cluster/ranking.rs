//! The ranking of a cluster's year: shared ranks, what parted equals, what won and cost most, the proposal of flags,
//! questions for a person, and the freeze.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::cluster::{Scored, Seen, freeze, scoring};
use thidua_base::code::ClusterCode;
use thidua_domain::Refusal;
use thidua_domain::cluster::freeze::Recomputed;
use thidua_domain::cluster::rank::{Apart, Ranked};
use thidua_domain::cluster::scheme::TieRule;
use thidua_report::why::{Tongue, rank_said, total_said};

use super::flags::FlagsView;
use super::year::rank_of;
use super::{Head, Leaf, key_of, shown, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::{Lang, Messages};
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The ranking of a cluster's year.
#[derive(Debug, Template)]
#[template(path = "cluster/ranking.html")]
pub struct RankingPage {
    page: Page,
    refusal: String,
    head: Head,
    ties: Vec<String>,
    rows: Vec<RankRow>,
    quota: String,
    flags: FlagsView,
    questions: Vec<QuestionView>,
    frozen: Option<FrozenView>,
    freezes: bool,
    papers: Vec<Link>,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct RankRow {
    id: String,
    rank: String,
    name: String,
    href: String,
    total: String,
    grade: String,
    movement: String,
    settled: String,
    won: Vec<ApartView>,
    cost: Vec<ApartView>,
    why: Vec<String>,
}

/// A criterion that won or cost.
#[derive(Debug)]
struct ApartView {
    label: String,
    href: String,
    by: String,
}

#[derive(Debug)]
struct QuestionView {
    unit: String,
    says: String,
    href: String,
}

/// The frozen ranking.
#[derive(Debug)]
struct FrozenView {
    hash: String,
    by: String,
    at: String,
    file: String,
    is_same: bool,
    /// Public key, signature, and whether it stands; none where the installation had no key.
    signed: Option<(String, String, bool)>,
    differs: Vec<DiffersView>,
}

/// A mark that would be another with what is known today.
#[derive(Debug)]
struct DiffersView {
    unit: String,
    criterion: String,
    href: String,
    before: String,
    after: String,
}

/// How many flags, and from which grade on.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "co", default)]
    pub(super) places: String,
    #[serde(rename = "tu", default)]
    pub(super) least: String,
}

/// What is sent to freeze.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    ma: String,
}

/// `GET /cum-thi-dua/{code}/{year}/xep-hang`
pub async fn page(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    shown_page(&ask, key_of(&code, &year)?, &asked, None).await
}

/// `POST /cum-thi-dua/{code}/{year}/xep-hang`: freezes the ranking.
pub async fn submit(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Fault> {
    let key = key_of(&code, &year)?;
    if !ask.takes(&sent.ma) {
        return shown_page(&ask, key, &Asked::default(), Some(Refusal::StaleForm)).await;
    }
    let (code, year) = key.clone();
    match ask.file(move |app, by| freeze(app, by, &code, year)).await {
        Ok(_) => Ok(Redirect::to(&paths::cluster_page(&key.0, key.1, paths::RANKING)).into_response()),
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, &Asked::default(), Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /cum-thi-dua/{code}/{year}/ban-chot.txt`: the frozen bytes.
pub async fn frozen(ask: Ask, Path((code, year)): Path<(String, String)>) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let name = format!("ban-chot-{code}-{year}.txt");
    let seen = ask.file(move |app, by| scoring(app, by, &code, year)).await?;
    let kept = seen.scored.as_ref().and_then(|scored| scored.frozen.as_ref()).ok_or(Fault::NotFound)?;
    let bytes = kept.kept.bytes.clone();
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) async fn shown_page(
    ask: &Ask,
    key: (ClusterCode, i16),
    asked: &Asked,
    refusal: Option<Refusal>,
) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &key.0, key.1)).await?;
    let say = ask.messages();
    let scored = seen.scored.clone().ok_or(Fault::NotFound)?;
    let title = format!("{} – {}", say.get("scoring.tab-ranking"), seen.cluster.name);
    let page = ask.page(Part::Clusters, &title, &house);
    let mut view = RankingPage::of(page, say, &seen, &scored, asked, ask.form_token()?);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The words of a rule of ties.
fn tie(say: &Messages, scored: &Scored, rule: &TieRule) -> String {
    match rule {
        TieRule::Bonus => say.get("scoring.tie-bonus").to_owned(),
        TieRule::Penalty => say.get("scoring.tie-penalty").to_owned(),
        TieRule::Vote => say.get("scoring.tie-vote").to_owned(),
        TieRule::Criterion(code) => {
            let label = scored.scheme.criterion(code).map(|found| words::label(say, found)).unwrap_or_default();
            say.with("scoring.tie-criterion", &[("criterion", &format!("{code} {label}"))])
        }
    }
}

impl RankingPage {
    fn of(page: Page, say: &'static Messages, seen: &Seen, scored: &Scored, asked: &Asked, form_token: String) -> Self {
        let (code, year) = (&seen.cluster.code, seen.cluster.year);
        let grade_name = |wanted: &str| {
            let found = scored.scheme.grades.iter().find(|grade| grade.code == wanted);
            found.map_or_else(
                || wanted.to_owned(),
                |grade| match say.lang() {
                    Lang::En if !grade.name_en.is_empty() => grade.name_en.clone(),
                    Lang::En | Lang::Vi => grade.name.clone(),
                },
            )
        };
        let tongue = match say.lang() {
            Lang::Vi => Tongue::Vietnamese,
            Lang::En => Tongue::English,
        };
        let apart = |row: &Ranked, list: &[Apart]| {
            let one = |apart: &Apart| {
                let criterion = scored.scheme.criteria.get(apart.criterion)?;
                let sign = if apart.by.is_negative() { "" } else { "+" };
                Some(ApartView {
                    label: words::label(say, criterion),
                    href: paths::score_sheet(code, year, &row.unit, criterion.code.as_str()),
                    by: format!("{sign}{}", shown(apart.by)),
                })
            };
            list.iter().filter_map(one).collect::<Vec<_>>()
        };
        let row = |row: &Ranked| {
            let said = scored.sheet(&row.unit).map(|sheet| total_said(&scored.scheme, sheet, tongue));
            let ranked = rank_said(&scored.scheme, &scored.ranking, row, tongue);
            RankRow {
                id: row.unit.to_string(),
                rank: rank_of(say, row.rank, row.shared_by),
                name: scored.name(&row.unit),
                href: paths::score_sheet(code, year, &row.unit, ""),
                total: shown(row.points),
                grade: row.grade.as_deref().map(grade_name).unwrap_or_default(),
                movement: words::movement(say, row.movement),
                settled: row
                    .settled_by
                    .as_ref()
                    .map(|rule| say.with("scoring.settled", &[("rule", &tie(say, scored, rule))]))
                    .unwrap_or_default(),
                won: apart(row, &row.won),
                cost: apart(row, &row.cost),
                why: said.into_iter().flatten().chain(ranked).map(|clause| clause.text()).collect(),
            }
        };
        let quota = scored.ranking.quota.as_ref().zip(scored.scheme.quota.as_ref()).map(|(used, quota)| {
            say.with(
                "scoring.quota",
                &[
                    ("grade", &grade_name(&quota.grade)),
                    ("share", &shown(quota.share)),
                    ("most", &used.most.to_string()),
                    ("assessed", &used.assessed.to_string()),
                    ("reached", &used.reached.to_string()),
                ],
            )
        });
        let asks = scored.questions.iter().map(|question| {
            let about = words::asked_about(question).map_or("", |code| code.as_str());
            QuestionView {
                unit: scored.name(&question.unit),
                says: words::question(say, scored, question),
                href: paths::score_sheet(code, year, &question.unit, about),
            }
        });
        let frozen = scored.frozen.as_ref().map(|frozen| FrozenView {
            hash: frozen.kept.hash.clone(),
            by: frozen.kept.by.clone(),
            at: frozen.kept.at.in_table(),
            file: paths::cluster_page(code, year, paths::FROZEN),
            is_same: frozen.again == Recomputed::Same,
            signed: frozen
                .signed
                .as_ref()
                .map(|(signed, stands)| (signed.public_key.clone(), signed.signature.clone(), *stands)),
            differs: frozen
                .differs
                .iter()
                .filter_map(|one| {
                    let criterion = scored.scheme.criteria.get(one.criterion)?;
                    Some(DiffersView {
                        unit: scored.name(&one.unit),
                        criterion: format!("{} {}", criterion.code, words::label(say, criterion)),
                        href: paths::score_sheet(code, year, &one.unit, criterion.code.as_str()),
                        before: shown(one.before),
                        after: shown(one.after),
                    })
                })
                .collect(),
        });
        Self {
            refusal: String::new(),
            head: Head::of(say, seen, Leaf::Ranking),
            ties: scored.scheme.ties.iter().map(|rule| tie(say, scored, rule)).collect(),
            rows: scored.ranking.rows.iter().map(row).collect(),
            quota: quota.unwrap_or_default(),
            flags: FlagsView::of(say, seen, scored, asked, grade_name),
            // Questions are for those who look over the marks, and are no verdict about anybody.
            questions: if seen.rights.appraises || seen.rights.decides || seen.rights.freezes {
                asks.collect()
            } else {
                Vec::new()
            },
            freezes: scored.frozen.is_none() && seen.rights.freezes,
            frozen,
            papers: super::papers::of_ranking(say, code, year),
            address: paths::cluster_page(code, year, paths::RANKING),
            form_token,
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for RankingPage {
    fn samples(lang: Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let apart = || ApartView {
            label: LONG_NAME.into(),
            href: "/cum-thi-dua/c/2020/cham/x?tc=A.1".into(),
            by: "+2,5".into(),
        };
        let row = |id: &str, full: bool| RankRow {
            id: id.into(),
            rank: "1".into(),
            name: LONG_NAME.into(),
            href: "/cum-thi-dua/c/2020/cham/x".into(),
            total: "92,5".into(),
            grade: if full { LONG_NAME.into() } else { String::new() },
            movement: LONG_NAME.into(),
            settled: if full { LONG_NAME.into() } else { String::new() },
            won: if full { vec![apart()] } else { Vec::new() },
            cost: if full { vec![apart()] } else { Vec::new() },
            why: vec![LONG_NAME.into()],
        };
        let of = |rows: Vec<RankRow>, frozen: Option<FrozenView>| Self {
            page: frame(Part::Clusters, lang),
            refusal: if rows.is_empty() { LONG_NAME.into() } else { String::new() },
            head: Head::sample(say),
            ties: rows.iter().map(|row| row.name.clone()).collect(),
            quota: if rows.is_empty() { String::new() } else { LONG_NAME.into() },
            flags: FlagsView::sample(say, rows.is_empty()),
            questions: rows
                .iter()
                .map(|row| QuestionView { unit: row.name.clone(), says: LONG_NAME.into(), href: row.href.clone() })
                .collect(),
            freezes: frozen.is_none(),
            frozen,
            rows,
            papers: super::papers::of_ranking(say, &ClusterCode::parse("c").unwrap(), 2020),
            address: "/cum-thi-dua/c/2020/xep-hang".into(),
            form_token: "0-0".into(),
        };
        let frozen = FrozenView {
            hash: "0".repeat(64),
            by: LONG_NAME.into(),
            at: "05/7/2020".into(),
            file: "/cum-thi-dua/c/2020/ban-chot.txt".into(),
            is_same: true,
            signed: Some(("0".repeat(64), "0".repeat(128), true)),
            differs: vec![DiffersView {
                unit: LONG_NAME.into(),
                criterion: LONG_NAME.into(),
                href: "/cum-thi-dua/c/2020/cham/x?tc=A.1".into(),
                before: "10".into(),
                after: "7,5".into(),
            }],
        };
        vec![of(Vec::new(), None), of(vec![row("a", true), row("b", false)], Some(frozen))]
    }
}
