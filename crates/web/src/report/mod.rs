//! Reports: their list, one on the screen, what the checker says of it, and its files.

pub mod download;
pub mod issue;
pub mod list;
pub mod remarks;
pub mod show;

use thidua_app::indicator::PlanRow;
use thidua_app::report::Format;
use thidua_base::code::ReportId;
use thidua_domain::indicator::Indicator;

use crate::figure::{Figure, Mark};
use crate::messages::{Lang, Messages};
use crate::option::Link;
use crate::paths;

/// The files a report is printed to, as links.
pub fn files(say: &'static Messages, id: &ReportId) -> Vec<Link> {
    Format::ALL
        .into_iter()
        .map(|format| {
            let ending = format.extension();
            Link {
                label: say.with("report.file", &[("kind", &ending.to_uppercase())]),
                href: paths::report_file(id, ending),
            }
        })
        .collect()
}

/// The name of an indicator in the reader's language.
pub fn indicator_name(say: &'static Messages, indicator: &Indicator) -> String {
    match say.lang() {
        Lang::En if !indicator.name_en.is_empty() => indicator.name_en.clone(),
        Lang::Vi | Lang::En => indicator.name.clone(),
    }
}

/// The figure a plan assigns, with its passport.
pub fn plan_figure(say: &'static Messages, indicator: &Indicator, plan: &PlanRow) -> Figure {
    // A plan inferred from a percentage may need more decimals than the value is shown with.
    let decimals = plan.assigned.value.scale().min(indicator.decimals.max(1));
    Figure::bound(
        plan.assigned.value.rounded(decimals).vi(),
        paths::passport(&plan.assigned.key()),
        Mark::warning(say, plan.assigned.provenance.origin),
    )
}
