//! Plans: assigned downwards, proposed against upwards, answered by who assigned them.

mod answer_proposal;
mod assign_plan;
mod list;
mod propose_plan;

pub use answer_proposal::answer_proposal;
pub use assign_plan::{assign_plan, preview_plan};
pub use list::{PlanSeen, Plans, TargetSeen, plan_periods, plans};
pub use propose_plan::{NewProposal, propose_plan};
