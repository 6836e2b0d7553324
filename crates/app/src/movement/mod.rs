//! Movements: the register, the launch, registrations and pledges, progress, reviews; who is reached and what overlaps.

mod add_event;
mod add_movement;
mod answer_review;
mod ask_review;
mod board;
mod conclude_review;
mod desk;
mod draft_terms;
mod figures;
mod launch;
mod pledge;
mod register_unit;
mod return_pledge;
mod review;
mod show;
mod sign_pledge;
mod survey;
mod tell_progress;

pub use add_event::{EVENT_KINDS, add_event};
pub use add_movement::{NewMovement, add_movement};
pub use answer_review::{NewAnswer, answer_review};
pub use ask_review::ask_review;
pub use board::{BoardRow, Choices, Register, choices, register};
pub use conclude_review::conclude_review;
pub(crate) use desk::Desk;
pub use draft_terms::draft_terms;
pub use figures::TargetSeen;
pub use launch::launch;
pub use pledge::{PledgeSeen, TitleSeen, pledge};
pub use register_unit::{NewPromise, register_unit};
pub use return_pledge::return_pledge;
pub use review::{ReviewRow, ReviewSeen, review};
pub use show::{Counted, One, UnitSeen, one};
pub use sign_pledge::sign_pledge;
pub use survey::{Surveyed, survey};
pub use tell_progress::tell_progress;
