//! Accounts (tài khoản): people who sign in, the roles they hold from a day to a day, their sessions, and what
//! they prove themselves by.

pub mod api_token;
pub mod lockout;
pub mod password;
pub mod second_factor;

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

/// Whose choice a password was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordOrigin {
    /// Its owner's.
    Own,
    /// The program's, told to the owner by whoever manages accounts; good for one sign-in, then changed.
    Given,
}

/// What a person must do before their session may do anything else (việc phải làm trước).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Choose a password of their own.
    ChangePassword,
    /// Enrol a second factor.
    EnrolSecondFactor,
}

/// An account's tie to an identity that another server vouches for (liên kết đăng nhập một lần).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLink {
    /// The account.
    pub account: AccountId,
    /// Who vouches, as the provider names itself.
    pub issuer: String,
    /// The person, as that provider knows them: stays when names and addresses change.
    pub subject: String,
    /// When they were tied.
    pub linked_at: Timestamp,
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
    /// How it began.
    pub way_in: WayIn,
}

/// How a session began (cách đăng nhập).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayIn {
    /// With the password of the account.
    Password,
    /// With the word of another server.
    Provider,
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

/// A sign-in that is half done lasts so many seconds: time to find the phone or to sign in elsewhere.
pub const PENDING_SECONDS: i64 = 10 * 60;
/// Longest name of a provider or of a person there, in characters; OpenID Connect Core (2) allows 255 for a person.
pub const LINK_CHARS_MAX: usize = 255;

/// Refuses to a key an account that administers on the day, or will: whoever found a key could otherwise shut the
/// administrators out.
///
/// # Errors
/// [`Refusal::AdministratorByKey`].
pub fn refuse_by_key(roles: &[RoleHeld], day: Date) -> Result<(), Refusal> {
    let administers = |held: &RoleHeld| held.role == Role::Administrator && held.valid_to.is_none_or(|to| day < to);
    if roles.iter().any(administers) { Err(Refusal::AdministratorByKey) } else { Ok(()) }
}

/// What is to be done first; a password before a second factor, so that only its owner enrols one. Whoever signed
/// in with the word of another server was given no password to change.
pub fn duty(
    way_in: WayIn,
    password: PasswordOrigin,
    roles: &[RoleHeld],
    has_second_factor: bool,
    day: Date,
) -> Option<Duty> {
    match (way_in, password) {
        (WayIn::Password, PasswordOrigin::Given) => Some(Duty::ChangePassword),
        (WayIn::Password | WayIn::Provider, _) if has_second_factor => None,
        (WayIn::Password | WayIn::Provider, _) => {
            second_factor::is_demanded(roles, day).then_some(Duty::EnrolSecondFactor)
        }
    }
}

/// Whether two texts can name a provider and a person there: not empty, not too long, nothing invisible.
///
/// # Errors
/// [`Refusal::BadLink`].
pub fn judge_link(issuer: &str, subject: &str) -> Result<(), Refusal> {
    let fits = |text: &str| {
        (1..=LINK_CHARS_MAX).contains(&text.chars().count())
            && text.trim() == text
            && !text.chars().any(char::is_control)
    };
    if fits(issuer) && fits(subject) { Ok(()) } else { Err(Refusal::BadLink { most: LINK_CHARS_MAX }) }
}

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
    fn a_key_is_given_no_account_that_administers_or_will() {
        let administers = |from, to| RoleHeld { role: Role::Administrator, ..role(None, from, to) };
        let judged = |held: RoleHeld| refuse_by_key(&[role(None, "2020-01-01", None), held], day("2020-07-05"));
        for (from, to) in [("2020-01-01", None), ("2021-01-01", None), ("2020-01-01", Some("2020-07-06"))] {
            assert_eq!(judged(administers(from, to)), Err(Refusal::AdministratorByKey), "{from}");
        }
        assert_eq!(judged(administers("2020-01-01", Some("2020-07-05"))), Ok(()), "no longer");
        assert_eq!(judged(role(Some("xa-a"), "2020-01-01", None)), Ok(()));
    }

    #[test]
    fn a_given_password_is_changed_before_anything_else() {
        let on = day("2020-07-05");
        let mut keeper = role(None, "2020-01-01", None);
        keeper.role = Role::Administrator;
        let keeper = [keeper];
        let of = |way_in, password, has| duty(way_in, password, &keeper, has, on);
        assert_eq!(of(WayIn::Password, PasswordOrigin::Given, true), Some(Duty::ChangePassword));
        assert_eq!(of(WayIn::Provider, PasswordOrigin::Given, true), None);
        assert_eq!(of(WayIn::Provider, PasswordOrigin::Given, false), Some(Duty::EnrolSecondFactor));
        assert_eq!(of(WayIn::Password, PasswordOrigin::Own, false), Some(Duty::EnrolSecondFactor));
        assert_eq!(of(WayIn::Password, PasswordOrigin::Own, true), None);
        let nobody = [role(None, "2020-01-01", None)];
        assert_eq!(duty(WayIn::Password, PasswordOrigin::Own, &nobody, false, on), None);
    }

    #[test]
    fn a_link_names_something() {
        assert_eq!(judge_link("https://sso.example.vn", "248289761001"), Ok(()));
        let long = "x".repeat(LINK_CHARS_MAX + 1);
        for bad in ["", " a", "a\n", long.as_str()] {
            assert!(judge_link("https://sso.example.vn", bad).is_err() && judge_link(bad, "a").is_err(), "{bad:?}");
        }
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
