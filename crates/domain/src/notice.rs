//! Notices (thư nhắc): where a person is written to, what waits to be sent, and when it is tried again.

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period, Timestamp};

use crate::account::RoleHeld;
use crate::actor::{AccountId, Right, Verb, Who, right_of};
use crate::collection::reminder::Audience;
use crate::collection::{Reminder, ReminderKind};
use crate::refusal::Refusal;

/// Where a person is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Whose.
    pub account: AccountId,
    /// Their e-mail address.
    pub email: String,
}

/// A reminder for one person, as it waits to be sent; names are those of the day it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// To whom.
    pub account: AccountId,
    /// What it is about; with the account it is the identity, so that nothing is sent twice.
    pub reminder: Reminder,
    /// Name of the form.
    pub form_name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// When it was written; what is left was counted on that day.
    pub written_at: Timestamp,
}

/// A notice whose turn it is, with the address it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The key of its reminder.
    pub key: String,
    /// To whom.
    pub account: AccountId,
    /// The person's name.
    pub person: String,
    /// The address.
    pub email: String,
    /// What it says.
    pub kind: ReminderKind,
    /// The form.
    pub form: FormId,
    /// Name of the form.
    pub form_name: String,
    /// The period.
    pub period: Period,
    /// Whose sheet.
    pub unit: OrgId,
    /// Name of the unit.
    pub unit_name: String,
    /// Last day.
    pub until: Date,
    /// Working days left when it was written.
    pub left: thidua_law::WorkingDays,
    /// When it was written.
    pub written_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// When its turn came.
    pub next_at: Timestamp,
}

/// Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3, without the brackets).
pub const EMAIL_CHARS_MAX: usize = 254;

/// Seconds until a notice is tried again after each failure; after the last one it is given up. In all about a day and
/// a half: a mail server that is down for a weekend's work is not worth a reminder that is no longer true.
pub const RETRY_SECONDS: [i64; 7] = [60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 12 * 3600, 18 * 3600];

/// Seconds until the next attempt after so many, or `None` where it is given up.
pub fn retry_after(attempts: u32) -> Option<i64> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    RETRY_SECONDS.get(place).copied()
}

/// Whether a text can be an e-mail address: one `@`, a name of ASCII before it, a host with a dot after it. Whether it
/// is someone's is known only by writing to it.
///
/// # Errors
/// [`Refusal::BadEmail`].
pub fn judge_email(text: &str) -> Result<(), Refusal> {
    let fits = text.split_once('@').is_some_and(|(name, host)| {
        let name_fits = (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let label_fits = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        name_fits && host.contains('.') && host.split('.').all(label_fits)
    });
    let is_short = text.chars().count() <= EMAIL_CHARS_MAX;
    if fits && is_short { Ok(()) } else { Err(Refusal::BadEmail { asked: text.to_owned() }) }
}

/// The people a reminder goes to: those who hold, in that very unit and on that day, a role that may do what is asked
/// of the audience. A role in a unit above reaches the unit too, but is not reminded of each of dozens.
pub fn recipients<'a>(
    reminder: &Reminder,
    roles: &'a [RoleHeld],
    contacts: &'a [Contact],
    today: Date,
) -> Vec<&'a Contact> {
    let asked = match reminder.kind.audience() {
        Audience::Reporters => Verb::EnterFigures,
        Audience::Leaders => Verb::VerifySheet,
    };
    let does = |held: &RoleHeld| {
        held.on(today)
            && held.unit.as_ref() == Some(&reminder.unit)
            && right_of(asked, Who::Holder(held.role)) != Right::Never
    };
    contacts.iter().filter(|contact| roles.iter().any(|held| held.account == contact.account && does(held))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use thidua_law::WorkingDays;

    use super::*;
    use crate::actor::Role;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn role(account: &str, role: Role, unit: Option<&str>, to: Option<&str>) -> RoleHeld {
        RoleHeld {
            account: AccountId::parse(account).unwrap(),
            role,
            unit: unit.map(|unit| OrgId::parse(unit).unwrap()),
            valid_from: day("2020-01-01"),
            valid_to: to.map(day),
        }
    }

    fn reminder(kind: ReminderKind) -> Reminder {
        Reminder {
            form: FormId::parse("bieu-01").unwrap(),
            period: Period::parse("2020-H1").unwrap(),
            unit: OrgId::parse("x-1").unwrap(),
            until: day("2020-06-12"),
            kind,
            left: WorkingDays { days: 1, is_certain: true },
        }
    }

    #[test]
    fn reminders_go_to_those_of_the_very_unit_who_may_act() {
        let roles = [
            role("tk-1", Role::Reporter, Some("x-1"), None),
            role("tk-2", Role::Leader, Some("x-1"), None),
            role("tk-3", Role::Reporter, Some("x-2"), None),
            role("tk-4", Role::Specialist, Some("h-1"), None),
            role("tk-5", Role::Reporter, Some("x-1"), Some("2020-06-01")),
            role("tk-6", Role::Reporter, None, None),
            role("tk-7", Role::Clerk, Some("x-1"), None),
            role("tk-8", Role::Reporter, Some("x-1"), None),
        ];
        let contact = |id: &str| Contact { account: AccountId::parse(id).unwrap(), email: format!("{id}@x.example") };
        // The eighth left no address.
        let contacts: Vec<Contact> = (1..=7).map(|n| contact(&format!("tk-{n}"))).collect();
        let to = |kind| -> Vec<String> {
            let found = recipients(&reminder(kind), &roles, &contacts, day("2020-06-11"));
            found.into_iter().map(|contact| contact.account.to_string()).collect()
        };
        assert_eq!(to(ReminderKind::DaysLeft(1)), ["tk-1"]);
        assert_eq!(to(ReminderKind::Escalated), ["tk-2"]);
    }

    #[test]
    fn addresses_are_judged_by_their_form() {
        for good in ["hoa@xa-a.trieuson.gov.vn", "a@b.vn", "le.thi+hoa_1@mail.example", "o'hara@x.example"] {
            assert_eq!(judge_email(good), Ok(()), "{good}");
        }
        let long = format!("{}@x.example", "a".repeat(65));
        for bad in [
            "",
            "hoa",
            "hoa@",
            "@x.example",
            "hoa@localhost",
            "a@b@c.vn",
            "hoa @x.vn",
            "hoa@x..vn",
            ".hoa@x.vn",
            "h..a@x.vn",
            "hoa@-x.vn",
            "hòa@x.vn",
            "hoa@x.vn\r\nBcc: a@b.vn",
            "<hoa@x.vn>",
            "hoa@x.vn,",
            long.as_str(),
        ] {
            assert_eq!(judge_email(bad), Err(Refusal::BadEmail { asked: bad.to_owned() }), "{bad}");
        }
    }

    #[test]
    fn a_failing_notice_waits_longer_each_time_and_is_given_up() {
        assert_eq!(retry_after(0), None);
        assert_eq!(retry_after(1), Some(60));
        assert!(RETRY_SECONDS.is_sorted());
        assert_eq!(retry_after(7), Some(18 * 3600));
        assert_eq!(retry_after(8), None);
        assert_eq!(retry_after(u32::MAX), None);
    }

    proptest! {
        #[test]
        fn no_address_that_passes_can_break_a_header(text in "\\PC{0,40}|[ -~\r\n]{0,40}") {
            if judge_email(&text).is_ok() {
                prop_assert!(text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control() || b" <>,;:\"".contains(&b)));
                prop_assert_eq!(text.matches('@').count(), 1);
            }
        }
    }
}
