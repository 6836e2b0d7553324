//! HTML pages and the API; knows HTTP, no SQL.

pub mod messages;
pub mod paths;

mod actor;
mod assets;
mod fault;
mod prefs;
mod router;
mod site;

mod chart;
mod fault_page;
mod figure;
mod option;
mod page;
mod paging;

mod home;

mod report;

mod indicator;

mod movement;

mod cluster;

mod decision;

mod exemplar;

mod finding;

mod instrument;

mod org;

mod audit;

#[cfg(test)]
mod pages;
#[cfg(test)]
mod sampled;

pub use messages::{Lang, Messages};
pub use router::{router, serve};
