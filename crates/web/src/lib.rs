//! HTML pages and the API; knows HTTP, no SQL.

pub mod check;
pub mod messages;
pub mod paths;

mod actor;
mod api;
mod assets;
mod attempts;
mod cookie;
mod fault;
mod form_token;
mod prefs;
mod router;
mod same_origin;
mod settings;
mod site;

mod chart;
mod fault_page;
mod figure;
mod option;
mod page;
mod paging;
mod paper;

mod home;

mod report;

mod indicator;

mod plan;

mod movement;

mod cluster;
mod collection;
mod council;

mod decision;
mod dossier;

mod subject;

mod exemplar;

mod finding;

mod eligibility;
mod instrument;

mod org;

mod audit;

mod account;

mod notice;

#[cfg(test)]
mod sampled;
#[cfg(test)]
mod tests;

pub use api::{AnswerOut, openapi};
pub use eligibility::layer_line;
pub use messages::{Lang, Messages};
pub use notice::letter::letter;
pub use router::{router, router_with, serve, serve_with};
pub use settings::{Provider, ProviderAsked, Settings, SettingsFault};
