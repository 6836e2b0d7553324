//! Statements as named constants, so that all of them can be prepared on both engines by one test.

/// One SQL text, the same for both engines, with the name that error messages and tests use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Module and constant: `thidua_store::org::UNITS`.
    pub name: &'static str,
    /// The text, with placeholders `$1`, `$2`, ….
    pub text: &'static str,
}

/// Declares the statements of a module, and `ALL` of them.
///
/// `sql!(UNITS = "SELECT …", EDGES = "SELECT …");`
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        $(
            $(#[$doc])*
            const $name: $crate::statement::Statement = $crate::statement::Statement {
                name: concat!(module_path!(), "::", stringify!($name)),
                text: $text,
            };
        )+
        /// Every statement of this module.
        pub(crate) const ALL: &[$crate::statement::Statement] = &[$($name),+];
    };
}
pub(crate) use sql;

/// Every statement of the crate, in the order of the modules.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [
        crate::tenant::ALL,
        crate::period::ALL,
        crate::instrument::ALL,
        crate::org::ALL,
        crate::indicator::ALL,
        crate::plan::ALL,
        crate::plan_proposal::ALL,
        crate::reading::ALL,
        crate::standard::ALL,
        crate::collection::ALL,
        crate::collection::cycle::ALL,
        crate::collection::entry::ALL,
        crate::collection::submission::ALL,
        crate::collection::explanation::ALL,
        crate::collection::evidence::ALL,
        crate::import_mapping::ALL,
        crate::import_upload::ALL,
        crate::cluster::ALL,
        crate::cluster::scoring::ALL,
        crate::cluster::upload::ALL,
        crate::cluster::year::ALL,
        crate::movement::ALL,
        crate::movement::course::ALL,
        crate::movement::pledge::ALL,
        crate::movement::review::ALL,
        crate::award::ALL,
        crate::fund::ALL,
        crate::decision::ALL,
        crate::subject::ALL,
        crate::subject::fact::ALL,
        crate::subject::merge::ALL,
        crate::subject::list::ALL,
        crate::eligibility::ALL,
        crate::council::ALL,
        crate::dossier::ALL,
        crate::dossier::paper::ALL,
        crate::dossier::matter::ALL,
        crate::law_act::ALL,
        crate::exemplar::ALL,
        crate::exemplar::course::ALL,
        crate::exemplar::copied::ALL,
        crate::exemplar::paper::ALL,
        crate::draft::ALL,
        crate::finding::ALL,
        crate::office::ALL,
        crate::report_issue::ALL,
        crate::account::ALL,
        crate::account::role::ALL,
        crate::account::session::ALL,
        crate::account::second_factor::ALL,
        crate::account::link::ALL,
        crate::account::pending::ALL,
        crate::account::api_token::ALL,
        crate::account::api_replay::ALL,
        crate::notice::ALL,
        crate::notice::feed::ALL,
        crate::notice::outbox::ALL,
        crate::notice::sheets::ALL,
        crate::audit::ALL,
        crate::pack::ALL,
        crate::migrate::ALL,
    ]
    .into_iter()
    .flatten()
}
