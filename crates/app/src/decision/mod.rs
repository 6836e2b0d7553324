//! Decisions on awards: the register of what was granted, decisions from draft to signature, funds and bonuses.

mod correct_award;
mod desk;
mod draft_decision;
mod drop_decision;
mod fund;
mod paper;
mod pay_bonus;
mod register;
mod revoke_award;
mod show;
mod sign_decision;

pub use correct_award::correct_award;
pub use draft_decision::{DraftAsked, LineAsked, draft_decision};
pub use drop_decision::drop_decision;
pub use fund::{FundSeen, enter_fund_money, funds, open_fund};
pub use paper::decision_paper;
pub use pay_bonus::pay_bonus;
pub use register::{Asked, Count, Register, register};
pub use revoke_award::revoke_award;
pub use show::{Choices, DecisionSeen, LineSeen, Listed, Unpaid, choices, decisions, show_decision, unpaid};
pub use sign_decision::{Signed, SigningWarning, sign_decision};
pub use thidua_store::decision::{Commitment, Due, Head};
