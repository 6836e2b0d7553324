//! Accounts (tài khoản): people who sign in, the roles they hold from a day to a day, and their sessions.

pub mod lockout;
pub mod password;

use thidua_base::code::OrgId;
use thidua_base::text::{fold, is_nfc};
use thidua_base::{Date, Timestamp};

use crate::actor::{AccountId, Post, Reach, Role};
use crate::org::{Edge, holds, within};
use crate::refusal::Refusal;

/// An account, without anything secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// The name typed to sign in.
    pub name: String,
    /// The person's name, as shown and recorded with what they do.
    pub display_name: String,
    /// Whether it can be used.
    pub state: AccountState,
    /// When the password was set last.
    pub password_changed_at: Timestamp,
    /// When it was opened.
    pub created_at: Timestamp,
}

/// Whether an account can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// It can.
    Open,
    /// No longer; kept for the record.
    Closed,
}

/// A role held by a person in a unit from a day to a day (giữ vai trò).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHeld {
    /// Who holds it.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The unit; `None` where it is held for the whole tenant.
    pub unit: Option<OrgId>,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
}

/// A session (phiên đăng nhập), as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to within [`SESSION_TOUCH_SECONDS`].
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// What the browser called itself; shown, never trusted.
    pub user_agent: String,
}

/// Longest session in seconds, whatever is done in it: 12 hours cover a working day with its overtime, and
/// lie within the 24 hours that NIST SP 800-63B-4 (2.2.3) lets a session last at its second level.
pub const SESSION_SECONDS_MAX: i64 = 12 * 60 * 60;
/// A session unused for so many seconds is over: the hour that NIST SP 800-63B-4 (2.2.3) names.
pub const SESSION_IDLE_SECONDS: i64 = 60 * 60;
/// How exactly a session's last use is known, in seconds, so that reading a page rarely writes.
pub const SESSION_TOUCH_SECONDS: i64 = 60;

/// Longest name of an account, in characters: an e-mail address fits, a sentence does not.
pub const NAME_CHARS_MAX: usize = 60;
/// Longest name of a person, in characters.
pub const DISPLAY_CHARS_MAX: usize = 120;

impl RoleHeld {
    /// Whether it is held on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }
}

/// The posts that roles come to on a day: each reaches its unit and those below it on that day, in every tree.
pub fn posts_on(roles: &[RoleHeld], edges: &[Edge], day: Date) -> Vec<Post> {
    let held = roles.iter().filter(|held| held.on(day));
    held.map(|held| Post {
        role: held.role,
        reach: match &held.unit {
            None => Reach::Everything,
            Some(unit) => Reach::Only(within(unit, edges, day).into_iter().collect()),
        },
    })
    .collect()
}

/// The form of a name by which accounts are told apart: marks, case and spaces do not count.
pub fn folded(name: &str) -> String {
    fold(name.trim())
}

/// Whether a name can be an account's: one word of letters, digits and `.-_@`, at most [`NAME_CHARS_MAX`] long.
///
/// # Errors
/// [`Refusal::BadAccountName`].
pub fn judge_name(name: &str) -> Result<(), Refusal> {
    let fits = (1..=NAME_CHARS_MAX).contains(&name.chars().count())
        && is_nfc(name)
        && name.chars().all(|c| c.is_alphanumeric() || ".-_@".contains(c));
    if fits { Ok(()) } else { Err(Refusal::BadAccountName { asked: name.to_owned(), most: NAME_CHARS_MAX }) }
}

/// Whether a text can be shown as a person's name.
///
/// # Errors
/// [`Refusal::NoDisplayName`].
pub fn judge_display_name(name: &str) -> Result<(), Refusal> {
    let fits = (1..=DISPLAY_CHARS_MAX).contains(&name.trim().chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(Refusal::NoDisplayName) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::code::TreeId;

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn edge(tree: &str, child: &str, parent: &str, to: Option<&str>) -> Edge {
        Edge {
            tree: TreeId::parse(tree).unwrap(),
            child: unit(child),
            parent: unit(parent),
            valid_from: day("2010-01-01"),
            valid_to: to.map(day),
        }
    }

    fn role(of: Option<&str>, from: &str, to: Option<&str>) -> RoleHeld {
        RoleHeld {
            account: AccountId::parse("tk-1").unwrap(),
            role: Role::Specialist,
            unit: of.map(unit),
            valid_from: day(from),
            valid_to: to.map(day),
        }
    }

    fn reach(units: &[&str]) -> Reach {
        Reach::Only(units.iter().map(|id| unit(id)).collect())
    }

    #[test]
    fn a_post_reaches_down_every_tree_as_it_was_on_the_day() {
        let edges = [
            edge("lanh-tho", "xa-a", "huyen", None),
            edge("lanh-tho", "xa-b", "huyen", Some("2020-07-01")),
            edge("truong", "truong-1", "xa-a", None),
            edge("lanh-tho", "huyen", "tinh", None),
        ];
        let roles = [role(Some("huyen"), "2020-01-01", None)];
        let on = |at: &str| posts_on(&roles, &edges, day(at))[0].reach.clone();
        assert_eq!(on("2020-06-30"), reach(&["huyen", "truong-1", "xa-a", "xa-b"]));
        assert_eq!(on("2020-07-01"), reach(&["huyen", "truong-1", "xa-a"]));
    }

    #[test]
    fn a_role_that_ended_yesterday_is_no_post_today() {
        let roles = [role(Some("xa-a"), "2020-01-01", Some("2020-07-05"))];
        assert_eq!(posts_on(&roles, &[], day("2020-07-04")).len(), 1);
        assert!(posts_on(&roles, &[], day("2020-07-05")).is_empty());
        assert!(posts_on(&roles, &[], day("2019-12-31")).is_empty());
    }

    #[test]
    fn a_circle_of_units_ends_and_the_whole_tenant_is_asked_for_by_name() {
        let edges = [edge("x", "a", "b", None), edge("x", "b", "a", None)];
        let held = posts_on(&[role(Some("a"), "2020-01-01", None)], &edges, day("2020-07-05"));
        assert_eq!(held[0].reach, reach(&["a", "b"]));
        let whole = posts_on(&[role(None, "2020-01-01", None)], &edges, day("2020-07-05"));
        assert_eq!(whole[0].reach, Reach::Everything);
    }

    #[test]
    fn names_are_one_word_and_told_apart_without_marks() {
        for good in ["hoa.nt", "Hòa", "a@b.vn", "x_1-2"] {
            assert_eq!(judge_name(good), Ok(()), "{good}");
        }
        let long = "x".repeat(NAME_CHARS_MAX + 1);
        for bad in ["", "hoa nt", "a/b", "a\nb", "Ho\u{300}a", long.as_str()] {
            assert!(judge_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(folded(" Hòa.NT "), "hoa.nt");
        assert!(judge_display_name("Nguyễn Thị Hòa").is_ok());
        assert!(judge_display_name(" ").is_err() && judge_display_name("a\nb").is_err());
    }
}
