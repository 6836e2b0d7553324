//! Which address leads where, and what holds for every answer: headers, limits, faces of faults.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use thidua_app::App;
use thidua_domain::honour::Subject;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::fault::{Fault, Spoken};
use crate::fault_page::{FaultPage, Who};
use crate::prefs::{LANG_COOKIE, Prefs, THEME_COOKIE, Theme, lang_of};
use crate::settings::Settings;
use crate::site::Site;
use crate::{
    account, api, assets, audit, cluster, collection, council, decision, dossier, eligibility, exemplar, finding, home,
    indicator, instrument, movement, notice, org, paths, plan, report, same_origin, subject,
};

/// Longest body of a request: the pages send two short fields.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// Longest body with a sheet: two thousand changes of some three hundred bytes.
const SHEET_BYTES_MAX: usize = 1024 * 1024;
/// Longest body with a proposal: two texts of four thousand letters, three bytes each, as browsers send them.
const PROPOSAL_BYTES_MAX: usize = 128 * 1024;
/// Longest body with a file: more than a file may have, so that one a little too large is told so in a sentence.
const UPLOAD_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest body with a piece of evidence: more than its file may have, for the same reason.
pub(crate) const PAPER_BYTES_MAX: usize = 12 * 1024 * 1024;
/// Longest time for one answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// A year, as files under a fingerprinted name never change.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// A year in seconds: how long a choice is remembered.
const CHOICE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Everything comes from here, nothing is inline, nobody frames us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Serves the pages until `shutdown` is done and the requests under way are answered.
///
/// The caller keeps its own handle of the program: the last one must not be dropped inside the server.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    serve_with(app, Settings::default(), listener, shutdown).await
}

/// The same as the operator set it.
///
/// # Errors
/// When the listener fails.
pub async fn serve_with(
    app: Arc<App>,
    settings: Settings,
    listener: tokio::net::TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let router = router_with(app, settings).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await?;
    Ok(())
}

/// Every address of the site.
pub fn router(app: Arc<App>) -> Router {
    router_with(app, Settings::default())
}

/// The same as the operator set it.
pub fn router_with(app: Arc<App>, settings: Settings) -> Router {
    let ids = Ids { start: app.clock.now().to_string(), next: Arc::new(AtomicU64::new(1)) };
    let site = Site::new(app, settings);
    // Whole sheets and columns of targets come in one body; everything else sends a few short fields.
    let sheets = Router::new()
        .route(
            &format!("{}/{{form}}/{{period}}", paths::COLLECTION),
            get(collection::matrix::page).post(collection::enter::batch),
        )
        .route(&format!("{}/{{form}}/{{period}}/bang", paths::COLLECTION), post(collection::matrix::submit))
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}", paths::COLLECTION),
            get(collection::sheet::page).post(collection::enter::page),
        )
        .route(paths::FORMS, get(collection::forms::page).post(collection::forms::submit))
        .route(&format!("{}/{{code}}", paths::PLANS), get(plan::show::page).post(plan::show::submit))
        .layer(RequestBodyLimitLayer::new(SHEET_BYTES_MAX));
    let uploads = Router::new()
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/nhap-tep", paths::COLLECTION),
            get(collection::import::page).post(collection::import::submit),
        )
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/nhap-tep/{{upload}}", paths::COLLECTION),
            get(collection::import_preview::page).post(collection::import_preview::submit),
        )
        .route(
            &format!("{}/{{code}}/{{year}}/cham/{{unit}}/nhap-tep", paths::CLUSTERS),
            get(cluster::fill::page).post(cluster::fill::submit),
        )
        .route(
            &format!("{}/{{code}}/{{year}}/cham/{{unit}}/nhap-tep/{{upload}}", paths::CLUSTERS),
            get(cluster::fill_preview::page).post(cluster::fill_preview::submit),
        )
        .route(paths::AWARD_LISTS, get(subject::award_list::page).post(subject::award_list::submit))
        .route(
            &format!("{}/{{upload}}", paths::AWARD_LISTS),
            get(subject::award_preview::page).post(subject::award_preview::submit),
        )
        .route(paths::EXEMPLAR_LISTS, get(exemplar::import::page).post(exemplar::import::submit))
        .route(
            &format!("{}/{{upload}}", paths::EXEMPLAR_LISTS),
            get(exemplar::import::preview).post(exemplar::import::confirm),
        )
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(UPLOAD_BYTES_MAX));
    let papers = Router::new()
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/minh-chung", paths::COLLECTION),
            get(collection::evidence::page).post(collection::evidence::submit),
        )
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/minh-chung/{{id}}", paths::COLLECTION),
            get(collection::evidence::file),
        )
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/minh-chung/{{id}}/rut", paths::COLLECTION),
            post(collection::evidence::withdraw),
        )
        .route(&format!("{}/{{code}}/{{year}}/cham/{{unit}}/minh-chung", paths::CLUSTERS), post(cluster::act::attach))
        .route(&format!("{}/{{code}}/dang-ky/{{unit}}/minh-chung", paths::MOVEMENTS), post(movement::files::submit))
        .route(&format!("{}/{{code}}/dang-ky/{{unit}}/minh-chung/{{id}}", paths::MOVEMENTS), get(movement::files::file))
        .route(&format!("{}/{{id}}/tai-lieu", paths::EXEMPLARS), post(exemplar::paper::submit))
        .route(&format!("{}/{{id}}/giay-to", paths::DOSSIERS), post(dossier::act::attach))
        .layer(DefaultBodyLimit::max(PAPER_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(PAPER_BYTES_MAX));
    // What a proposal tells, in words of people: a few pages of text.
    let proposals = Router::new()
        .route(paths::EXEMPLAR_NEW, get(exemplar::propose::page).post(exemplar::propose::submit))
        .layer(RequestBodyLimitLayer::new(PROPOSAL_BYTES_MAX));
    Router::new()
        .route(paths::HOME, get(home::page))
        .route(paths::REPORTS, get(report::list::page))
        .route(&format!("{}/{{id}}", paths::REPORTS), get(report::show::page))
        .route(&format!("{}/{{id}}/kiem-tra", paths::REPORTS), get(report::remarks::page))
        .route(&format!("{}/{{id}}/ban-hanh", paths::REPORTS), post(report::issue::submit))
        .route(&format!("{}/{{id}}/ban-hanh/{{file}}", paths::REPORTS), get(report::issue::file))
        .route(&format!("{}/{{id}}/{{file}}", paths::REPORTS), get(report::download::file))
        .route(paths::INDICATORS, get(indicator::list::page))
        .route(&format!("{}/{{code}}", paths::INDICATORS), get(indicator::show::page))
        .route(paths::PLANS, get(plan::list::page).post(plan::list::submit))
        .route(paths::PLAN_DOCUMENT, get(plan::document::page).post(plan::document::submit))
        .route(&format!("{}/{{code}}", paths::STANDARDS), get(indicator::standard::page))
        .route(&format!("{}/{{key}}", paths::PASSPORTS), get(indicator::passport::page))
        .route(paths::COLLECTION, get(collection::list::page))
        .route(&format!("{}/{{form}}", paths::FORMS), get(collection::form::page).post(collection::form::submit))
        .route(&format!("{}/{{form}}/{{period}}/{{unit}}/buoc", paths::COLLECTION), post(collection::step::submit))
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/bieu.xlsx", paths::COLLECTION),
            get(collection::import::workbook),
        )
        .route(&format!("{}/{{form}}/{{period}}/{{unit}}/bieu.csv", paths::COLLECTION), get(collection::import::text))
        .route(
            &format!("{}/{{form}}/{{period}}/{{unit}}/giai-trinh", paths::COLLECTION),
            post(collection::step::explained),
        )
        .route(
            &format!("{}/{{form}}/{{period}}", paths::BOARDS),
            get(collection::board::page).post(collection::board::submit),
        )
        .route(paths::COUNCILS, get(council::list::page))
        .route(paths::COUNCIL_NEW, get(council::compose::page).post(council::compose::submit))
        .route(&format!("{}/{{id}}", paths::COUNCILS), get(council::show::page).post(council::show::submit))
        .route(&format!("{}/{{id}}/phien-moi", paths::COUNCILS), get(council::call::page).post(council::call::submit))
        .route(&format!("{}/phien/{{id}}", paths::COUNCILS), get(council::room::page).post(council::act::submit))
        .route(&format!("{}/phien/{{id}}/{{file}}", paths::COUNCILS), get(council::room::minutes_file))
        .route(paths::MOVEMENTS, get(movement::list::page))
        .route(paths::MOVEMENT_NEW, get(movement::add::page).post(movement::add::submit))
        .route(paths::MOVEMENT_OVERLAPS, get(movement::survey::overlaps))
        .route(paths::MOVEMENT_COVERAGE, get(movement::survey::coverage))
        .route(paths::MOVEMENT_CENSUS, get(movement::census::page))
        .route(&format!("{}/{{code}}", paths::MOVEMENTS), get(movement::show::page).post(movement::show::submit))
        .route(
            &format!("{}/{{code}}/noi-dung", paths::MOVEMENTS),
            get(movement::terms::page).post(movement::terms::submit),
        )
        .route(
            &format!("{}/{{code}}/dang-ky/{{unit}}", paths::MOVEMENTS),
            get(movement::pledge::page).post(movement::pledge::submit),
        )
        .route(
            &format!("{}/{{code}}/dot/{{number}}", paths::MOVEMENTS),
            get(movement::review::page).post(movement::review::submit),
        )
        .route(&format!("{}/{{code}}/van-ban/{{file}}", paths::MOVEMENTS), get(movement::papers::plan))
        .route(&format!("{}/{{code}}/dang-ky/{{unit}}/{{file}}", paths::MOVEMENTS), get(movement::papers::pledge))
        .route(&format!("{}/{{code}}/dot/{{number}}/{{file}}", paths::MOVEMENTS), get(movement::papers::review))
        .route(paths::CLUSTERS, get(cluster::list::page))
        .route(&format!("{}/{{code}}/{{year}}", paths::CLUSTERS), get(cluster::year::page).post(cluster::year::submit))
        .route(
            &format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::RANKING),
            get(cluster::ranking::page).post(cluster::ranking::submit),
        )
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::FROZEN), get(cluster::ranking::frozen))
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::MATRIX), get(cluster::matrix::page))
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::SCORES), get(cluster::matrix::workbook))
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::SUPPOSE), get(cluster::suppose::page))
        .route(
            &format!("{}/{{code}}/{{year}}/cham/{{unit}}", paths::CLUSTERS),
            get(cluster::sheet::page).post(cluster::act::submit),
        )
        .route(&format!("{}/{{code}}/{{year}}/minh-chung/{{id}}", paths::CLUSTERS), get(cluster::act::file))
        .route(&format!("{}/{{code}}/{{year}}/cham/{{unit}}/phieu.xlsx", paths::CLUSTERS), get(cluster::fill::workbook))
        .route(
            &format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::MEETINGS),
            get(cluster::meetings::page).post(cluster::meetings::submit),
        )
        .route(&format!("{}/{{code}}/{{year}}/van-ban/{{file}}", paths::CLUSTERS), get(cluster::papers::file))
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::FLAGS), post(cluster::flags::submit))
        .route(&format!("{}/{{code}}/{{year}}/{}", paths::CLUSTERS, paths::MOVES), post(cluster::year::moves))
        .route(paths::AWARDS, get(decision::register::page))
        .route(paths::DECISIONS, get(decision::list::page))
        .route(paths::DECISION_NEW, get(decision::write::fresh).post(decision::write::begin))
        .route(paths::UNPAID, get(decision::unpaid::page))
        .route(paths::FUNDS, get(decision::fund::page).post(decision::fund::submit))
        .route(&format!("{}/{{id}}", paths::DECISIONS), get(decision::show::page).post(decision::show::submit))
        .route(&format!("{}/{{id}}/{{file}}", paths::DECISIONS), get(decision::show::file))
        .route(
            &format!("{}/{{id}}/noi-dung", paths::DECISIONS),
            get(decision::write::page).post(decision::write::submit),
        )
        .merge(subjects())
        .merge(dossiers())
        .route(paths::EXEMPLARS, get(exemplar::list::page))
        .route(&format!("{}/so-dien-hinh.xlsx", paths::EXEMPLARS), get(exemplar::list::workbook))
        .route(&format!("{}/so-dien-hinh.csv", paths::EXEMPLARS), get(exemplar::list::text))
        .route(&format!("{}/{{id}}", paths::EXEMPLARS), get(exemplar::show::page).post(exemplar::show::submit))
        .route(&format!("{}/{{id}}/tai-lieu/{{paper}}", paths::EXEMPLARS), get(exemplar::paper::file))
        .route(paths::INSTRUMENTS, get(instrument::list::page))
        .route(&format!("{}/{{id}}", paths::INSTRUMENTS), get(instrument::show::page))
        .route(paths::ELIGIBILITY, get(eligibility::start::page))
        .route(paths::ELIGIBLE_LIST, get(eligibility::list::page))
        .route(paths::ELIGIBILITY_COMPARED, get(eligibility::compare::page))
        .route(
            &format!("{}/{{kind}}/{{id}}", paths::ELIGIBILITY),
            get(eligibility::subject::page).post(eligibility::subject::submit),
        )
        .route(paths::HONOURS, get(eligibility::honours::page))
        .route(&format!("{}/{{code}}", paths::HONOURS), get(eligibility::honour::page))
        .route(paths::LAW_BOOK, get(eligibility::law_book::page))
        .route(paths::FINDINGS, get(finding::list::page))
        .route(paths::UNITS, get(org::list::page))
        .route(&format!("{}/{{id}}", paths::UNITS), get(org::show::page).post(org::show::submit))
        .route(paths::JOURNAL, get(audit::journal::page))
        .route(paths::SIGN_IN, get(account::sign_in::page).post(account::sign_in::submit))
        .route(paths::ACCOUNT, get(account::show::page))
        .route(paths::PASSWORD, get(account::password::page).post(account::password::submit))
        .route(paths::SIGN_IN_CODE, get(account::code::page).post(account::code::submit))
        .route(paths::PROVIDER, get(account::provider::begin))
        .route(paths::PROVIDER_BACK, get(account::provider::back))
        .route(paths::SECOND_FACTOR, get(account::second_factor::page).post(account::second_factor::confirm))
        .route(paths::RECOVERY_CODES, post(account::second_factor::renew))
        .route(paths::REMOVE_FACTOR, post(account::second_factor::remove))
        .route(paths::ACCOUNTS, get(account::list::page).post(account::manage::open))
        .route(&format!("{}/{{name}}", paths::ACCOUNTS), get(account::manage::page))
        .route(&format!("{}/{{name}}/{{act}}", paths::ACCOUNTS), post(account::manage::act))
        .route(paths::ACCESS_KEYS, get(account::keys::page).post(account::keys::make))
        .route(paths::REVOKE_KEY, post(account::keys::revoke))
        .route(paths::SIGN_OUT, post(account::leave::here))
        .route(paths::SIGN_OUT_EVERYWHERE, post(account::leave::everywhere))
        .route(paths::DUE, get(notice::due::page))
        .route(paths::REMINDER_EMAIL, post(notice::settings::email))
        .route(paths::FEED_SETTING, post(notice::settings::renew))
        .route(paths::FEED_STOP, post(notice::settings::stop))
        .route(&format!("{}/{{file}}", paths::FEEDS), get(notice::feed::file))
        .route(paths::PREFERENCES, post(choose))
        .route(paths::ALIVE, get(alive))
        .route(paths::WORKER, get(worker))
        .route(&format!("{}/{{file}}", paths::STATIC), get(asset))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .merge(sheets)
        .merge(uploads)
        .merge(papers)
        .merge(proposals)
        .fallback(|| async { Fault::NotFound })
        .layer(from_fn(same_origin::guard))
        // Keys are sent by hand and not by browsers: no page of another site can make one send them.
        .merge(api::router())
        .layer(from_fn_with_state(site.clone(), face))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME_MAX))
        .layer(CompressionLayer::new())
        // A file of somebody's has a stricter one of its own.
        .layer(unless_said(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::X_FRAME_OPTIONS, "DENY"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(always(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(unless_said(header::CACHE_CONTROL, "no-cache"))
        .layer(SetResponseHeaderLayer::appending(header::VARY, HeaderValue::from_static("cookie")))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID.clone()))
        .layer(SetRequestIdLayer::new(REQUEST_ID.clone(), ids))
        .with_state(site)
}

/// Rounds, dossiers and public notices.
fn dossiers() -> Router<Site> {
    Router::new()
        .route(paths::DOSSIERS, get(dossier::list::page).post(dossier::list::submit))
        .route(paths::NOMINATE, get(dossier::nominate::page).post(dossier::nominate::submit))
        .route(paths::NOTICES, get(dossier::notices::page))
        .route(&format!("{}/{{id}}", paths::ROUNDS), get(dossier::board::page).post(dossier::board::submit))
        .route(&format!("{}/{{id}}", paths::DOSSIERS), get(dossier::show::page).post(dossier::act::submit))
        .route(&format!("{}/{{id}}/giay-to/{{paper}}", paths::DOSSIERS), get(dossier::act::file))
        .route(&format!("{}/{{id}}/bao-cao", paths::DOSSIERS), get(dossier::report::page).post(dossier::report::submit))
}

/// Persons, collectives and households: the same pages under three addresses.
fn subjects() -> Router<Site> {
    let mut router = Router::new()
        .route(paths::DUPLICATES, get(subject::duplicates::page))
        .route(paths::MERGE, get(subject::merge::page).post(subject::merge::submit))
        .route(paths::BY_CCCD, post(subject::list::find));
    for kind in [Subject::Individual, Subject::Collective, Subject::Household] {
        let list = subject::list_of(kind);
        let opened = move |ask, form| subject::identity::submit(ask, form, kind);
        router = router
            .route(list, get(move |ask, asked| subject::list::page(ask, asked, kind)))
            .route(&paths::subject_new(kind), get(move |ask| subject::identity::page(ask, kind)).post(opened))
            .route(&format!("{list}/{{id}}"), get(subject::show::page))
            .route(
                &format!("{list}/{{id}}/dinh-chinh"),
                get(subject::identity::correct_page).post(subject::identity::correct),
            )
            .route(&format!("{list}/{{id}}/ghi/{{kind}}"), get(subject::form::page).post(subject::form::submit))
            .route(&format!("{list}/{{id}}/rut"), post(subject::show::withdraw))
            .route(&format!("{list}/{{id}}/tach"), post(subject::show::undo));
    }
    router
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

fn unless_said(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Ids of requests: when the server began, and a count. Unique in a log, and nothing to guess by.
#[derive(Debug, Clone)]
struct Ids {
    start: String,
    next: Arc<AtomicU64>,
}

impl MakeRequestId for Ids {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let digits: String = self.start.chars().filter(char::is_ascii_digit).collect();
        let id = format!("{digits}-{}", self.next.fetch_add(1, Ordering::Relaxed));
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// Gives a failed request its page, and writes what failed into the log, once.
async fn face(State(site): State<Site>, request: Request, next: Next) -> Response {
    let prefs = Prefs::of(request.headers());
    let here = request.uri().path().to_owned();
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).map(str::to_owned);
    let id = id.unwrap_or_default();
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let has_face = response.extensions_mut().remove::<Spoken>().is_some();
    if has_face || (!response.status().is_client_error() && !response.status().is_server_error()) {
        return response;
    }
    let status = response.status();
    let fault = response.extensions_mut().remove::<Fault>().or_else(|| api::problem::inner(&response));
    if let Some(Fault::Internal(error)) = &fault {
        tracing::error!(request = %id, path = %paths::for_log(&here), error = %format!("{error:#}"), "a page failed");
    }
    // A server that is short of turns or of its database is not asked for one more.
    let who = match status.is_server_error() {
        true => Who::unknown(),
        false => site.who(&headers).await,
    };
    if here.starts_with(paths::API) {
        return api::problem::face(&mut response, &headers, &id);
    }
    match askama::Template::render(&FaultPage::of(prefs, here, status, fault.as_ref(), id, who)) {
        Ok(text) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of a fault failed");
            response
        }
    }
}

/// A choice of language or light, and the page to come back to.
#[derive(Debug, Deserialize)]
struct Chosen {
    #[serde(rename = "ngon-ngu")]
    lang: Option<String>,
    #[serde(rename = "giao-dien")]
    theme: Option<String>,
    #[serde(rename = "ve", default)]
    back: String,
}

async fn choose(Form(chosen): Form<Chosen>) -> Response {
    let mut headers = HeaderMap::new();
    let mut keep = |name: &str, value: &str| {
        let cookie = format!("{name}={value}; Path=/; Max-Age={CHOICE_SECONDS}; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    };
    if let Some(lang) = chosen.lang.as_deref().and_then(lang_of) {
        keep(LANG_COOKIE, lang.code());
    }
    if let Some(theme) = chosen.theme.as_deref().and_then(Theme::parse) {
        keep(THEME_COOKIE, theme.code());
    }
    (headers, Redirect::to(paths::inside(&chosen.back))).into_response()
}

async fn alive(State(site): State<Site>) -> Result<&'static str, Fault> {
    site.verb(|app, by| thidua_app::org::standing(app, by).map(|_| "ok")).await
}

async fn worker() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], assets::WORKER).into_response()
}

async fn asset(Path(file): Path<String>) -> Result<Response, Fault> {
    let asset = assets::find(&file).ok_or(Fault::NotFound)?;
    let headers = [(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, FOREVER)];
    Ok((headers, asset.bytes.as_slice()).into_response())
}
