//! The interface for other programs: one file for each resource, thin; the text that describes it follows from them.

mod accounts;
mod adx;
mod caller;
mod clusters;
mod divisions;
mod due;
mod eligibility;
mod evidence;
mod exchange;
mod exemplars;
mod facts;
mod figures;
mod forms;
mod indicators;
mod instruments;
mod keep;
mod movement_lead;
mod movements;
mod paged;
mod plans;
pub mod problem;
mod reports;
mod scheme;
mod score_answer;
mod scores;
mod scoring;
mod sheets;
mod subjects;
mod units;
mod words;

use std::sync::LazyLock;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
pub use caller::Turns;
pub use eligibility::AnswerOut;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::fault::Fault;
use crate::paths;
use crate::router::PAPER_BYTES_MAX;
use crate::site::Site;

/// Longest body: a whole sheet with notes.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// What holds for all of the text.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Thi Đua",
        version = "1",
        description = "Figures of emulation and commendation: read, entered, sent and taken in by other programs \
            (số liệu thi đua, khen thưởng cho phần mềm khác). Numbers are exact decimals in strings. \
            What a key may not see answers like what does not exist.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1", description = "This site")),
    security(("key" = [])),
    tags(
        (name = "units", description = "Units and what became of them (đơn vị)"),
        (name = "indicators", description = "Definitions (chỉ tiêu)"),
        (name = "forms", description = "Forms and cycles (biểu mẫu, đợt báo cáo)"),
        (name = "sheets", description = "Sheets, entries, steps, boards (biểu, nhập liệu, thu thập)"),
        (name = "figures", description = "Figures and passports (số liệu)"),
        (name = "plans", description = "Plans and proposals (kế hoạch)"),
        (name = "exchange", description = "Export and import (xuất, nhập)"),
        (name = "movements", description = "Movements, registrations, reviews (phong trào, đăng ký, sơ kết, tổng kết)"),
        (name = "clusters", description = "Clusters by year: schemes, score sheets, ranking, freeze (cụm, khối thi đua)"),
        (name = "exemplars", description = "Exemplars and who copied them (điển hình, học theo)"),
        (name = "due", description = "What is due (việc đến hạn)"),
        (name = "subjects", description = "Persons, collectives, households, merges (cá nhân, tập thể, hộ gia đình)"),
        (name = "facts", description = "What is known of them (xếp loại, sáng kiến, khen thưởng, kỷ luật)"),
        (name = "reports", description = "Reports and files (báo cáo)"),
        (name = "accounts", description = "Accounts and the roles they hold (tài khoản, vai trò)"),
        (name = "law", description = "Legal instruments and what cites them (văn bản)")
    )
)]
struct Text;

fn described() -> OpenApiRouter<Site> {
    let mut text = Text::openapi();
    let key = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An access key of an account (khóa truy cập): scopes read, enter, send, keep, accounts"))
        .build();
    text.components.get_or_insert_with(Default::default).add_security_scheme("key", SecurityScheme::Http(key));
    let papers = OpenApiRouter::new()
        .routes(routes!(evidence::list, evidence::attach))
        .routes(routes!(scores::evidence, scoring::proofs))
        .layer(DefaultBodyLimit::max(PAPER_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(PAPER_BYTES_MAX));
    OpenApiRouter::with_openapi(text)
        .routes(routes!(units::list))
        .routes(routes!(units::events))
        .routes(routes!(divisions::list, divisions::divide))
        .routes(routes!(indicators::list))
        .routes(routes!(indicators::one))
        .routes(routes!(forms::list, keep::make))
        .routes(routes!(keep::assign))
        .routes(routes!(keep::give_time))
        .routes(routes!(keep::let_off))
        .routes(routes!(keep::close))
        .routes(routes!(forms::one))
        .routes(routes!(forms::cycles, forms::open))
        .routes(routes!(sheets::one))
        .routes(routes!(sheets::entries))
        .routes(routes!(sheets::steps))
        .routes(routes!(sheets::explanations))
        .routes(routes!(sheets::boards))
        .routes(routes!(evidence::file))
        .routes(routes!(evidence::withdraw))
        .routes(routes!(figures::list))
        .routes(routes!(figures::by_units))
        .routes(routes!(figures::passports))
        .routes(routes!(plans::list, plans::assign))
        .routes(routes!(plans::propose))
        .routes(routes!(plans::answer))
        .routes(routes!(exchange::figures))
        .routes(routes!(exchange::import))
        .routes(routes!(exchange::workbook))
        .routes(routes!(due::list))
        .routes(routes!(movements::list))
        .routes(routes!(movements::one))
        .routes(routes!(movements::due))
        .routes(routes!(movements::register))
        .routes(routes!(movements::progress))
        .routes(routes!(movements::answer))
        .routes(routes!(movement_lead::launched))
        .routes(routes!(movement_lead::calls))
        .routes(routes!(movement_lead::reviews))
        .routes(routes!(movement_lead::conclusions))
        .routes(routes!(movement_lead::census))
        .routes(routes!(movement_lead::overlaps))
        .routes(routes!(movement_lead::coverage))
        .routes(routes!(exemplars::list, exemplars::propose_one))
        .routes(routes!(exemplars::one))
        .routes(routes!(exemplars::recognise_one))
        .routes(routes!(exemplars::confirm_one))
        .routes(routes!(exemplars::withdraw_one))
        .routes(routes!(exemplars::replicate))
        .routes(routes!(subjects::persons, subjects::open_person))
        .routes(routes!(subjects::find))
        .routes(routes!(subjects::person))
        .routes(routes!(subjects::collectives, subjects::open_collective))
        .routes(routes!(subjects::collective))
        .routes(routes!(subjects::households, subjects::open_household))
        .routes(routes!(subjects::household))
        .routes(routes!(subjects::correct))
        .routes(routes!(facts::positions, facts::enter_position))
        .routes(routes!(facts::ratings, facts::enter_rating))
        .routes(routes!(facts::initiatives, facts::enter_initiative))
        .routes(routes!(facts::awards, facts::enter_award))
        .routes(routes!(facts::registrations, facts::enter_registration))
        .routes(routes!(facts::disciplines, facts::enter_discipline))
        .routes(routes!(facts::inquiries, facts::enter_inquiry))
        .routes(routes!(facts::services, facts::enter_service))
        .routes(routes!(facts::rankings, facts::enter_ranking))
        .routes(routes!(facts::scores, facts::enter_score))
        .routes(routes!(facts::results, facts::enter_result))
        .routes(routes!(facts::fact_counts, facts::enter_count))
        .routes(routes!(facts::statements, facts::enter_statement))
        .routes(routes!(facts::completes, facts::enter_complete))
        .routes(routes!(facts::withdraw))
        .routes(routes!(subjects::duplicates))
        .routes(routes!(subjects::merge))
        .routes(routes!(subjects::undo))
        .routes(routes!(reports::list))
        .routes(routes!(reports::file))
        .routes(routes!(keep::issue_report))
        .routes(routes!(instruments::list))
        .routes(routes!(instruments::one))
        .routes(routes!(accounts::list, accounts::open))
        .routes(routes!(accounts::one))
        .routes(routes!(accounts::give_role))
        .routes(routes!(accounts::take_role))
        .routes(routes!(accounts::close))
        .routes(routes!(accounts::reopen))
        .routes(routes!(accounts::end_sessions))
        .routes(routes!(eligibility::one))
        .routes(routes!(eligibility::of_unit))
        .routes(routes!(eligibility::answer))
        .routes(routes!(clusters::list))
        .routes(routes!(clusters::one))
        .routes(routes!(clusters::ranking))
        .routes(routes!(clusters::matrix))
        .routes(routes!(clusters::freeze))
        .routes(routes!(clusters::frozen_bytes))
        .routes(routes!(scheme::list))
        .routes(routes!(scheme::one))
        .routes(routes!(scheme::opened_with))
        .routes(routes!(scores::sheet))
        .routes(routes!(scores::file))
        .routes(routes!(scores::objections, scoring::objects))
        .routes(routes!(scoring::open))
        .routes(routes!(scoring::claims))
        .routes(routes!(scoring::marks))
        .routes(routes!(scoring::excuses))
        .routes(routes!(scoring::sanctions))
        .routes(routes!(scoring::sending))
        .routes(routes!(scoring::sent_back))
        .routes(routes!(scoring::revocation))
        .routes(routes!(scoring::remarks))
        .routes(routes!(scoring::answer))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .merge(papers)
}

/// The description of the interface (OpenAPI 3.1) as JSON; the same text at every call.
pub fn openapi() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut text = described().into_openapi().to_pretty_json().unwrap_or_default();
        text.push('\n');
        text
    });
    &TEXT
}

/// Every address of the interface.
pub fn router() -> Router<Site> {
    let (routes, _) = described().split_for_parts();
    let text = || async { ([(CONTENT_TYPE, "application/json")], openapi()).into_response() };
    let inside = routes
        .route("/openapi.json", get(text))
        .fallback(|| async { Fault::NotFound })
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")));
    Router::new().nest(paths::API, inside)
}
