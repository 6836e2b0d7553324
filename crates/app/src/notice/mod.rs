//! Reminders to people: where they are written to, their calendar feeds, and the outbox.

mod deliver;
mod due;
mod feed;
mod movement_due;
mod own;
mod remind;
mod write;

pub use deliver::{Letter, Round, round};
pub use due::{Books, Due, due_list};
pub use feed::{Feed, feed};
pub use movement_due::{ChoreSeen, movement_due};
pub use own::{Own, own, renew_feed, set_email, stop_feed};
pub use remind::{Reminded, remind};
pub use write::write_reminders;

use thidua_store::notice::feed::FeedKey;

use crate::secret::Secret;

/// Part of the address of a calendar feed, known to its owner only.
pub type FeedToken = Secret<FeedKey>;
