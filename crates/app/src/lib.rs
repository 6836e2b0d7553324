//! One function per verb; transactions begin and end here.

pub mod clock;
pub mod entropy;
pub mod error;
pub mod mail;
pub mod open;
pub mod permit;
pub mod seal;
pub mod secret;

pub mod account;
pub mod audit;
pub mod cluster;
pub mod collection;
pub mod council;
pub mod decision;
pub mod dossier;
pub mod eligibility;
pub mod exemplar;
pub mod finding;
pub mod indicator;
pub mod instrument;
pub mod law;
pub mod movement;
pub mod notice;
pub mod org;
pub mod pack;
pub mod paper;
pub mod plan;
pub mod report;
pub mod shelf;
pub mod subject;

use thidua_domain::collection::RuleBook;
use thidua_law::Book;
use thidua_store::Db;

pub use clock::Clock;
pub use entropy::Entropy;
pub use error::Error;
pub use open::Home;
pub use shelf::Shelf;

/// Everything a verb may use: the database, the law book, the clock, chance.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The law book the program ships with; what is in force for a tenant is [`App::book`].
    pub shipped: &'static Book,
    /// The law books in force, while nothing else is loaded.
    pub law: law::LawShelf,
    /// The rules by which sheets are checked.
    pub rules: RuleBook,
    /// The only place that knows today.
    pub clock: Clock,
    /// The only place that draws lots.
    pub entropy: Entropy,
    /// Whose data the pages show.
    pub home: Home,
    /// What was read and made, while it holds.
    pub shelf: Shelf,
    /// The urns of secret votes that are open.
    pub urns: council::Urns,
    /// The key of the installation, where it has one.
    pub seal: Option<seal::Seal>,
}
