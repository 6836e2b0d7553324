//! Keys by which other programs act for an account (khóa truy cập).

use thidua_base::code::{Kind, OrgId};
use thidua_base::{Code, Timestamp};

use crate::actor::{AccountId, TokenScope};
use crate::refusal::Refusal;

/// The marker of [`TokenId`].
#[derive(Debug)]
pub struct TokenKind;

impl Kind for TokenKind {
    const NAME: &'static str = "key";
}

/// The id of a key; no secret.
pub type TokenId = Code<TokenKind>;

/// A key of an account, without anything secret (khóa truy cập).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: TokenId,
    /// The account it acts for.
    pub account: AccountId,
    /// What its owner calls it: the program that holds it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// The unit it is for, with those below; `None` for all of the account's.
    pub unit: Option<OrgId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it opens nothing.
    pub expires_at: Timestamp,
    /// When it was used last, to within [`TOKEN_TOUCH_SECONDS`].
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl ApiToken {
    /// Whether it opens anything at an instant.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// Longest name of a key, in characters.
pub const TOKEN_NAME_CHARS_MAX: usize = 60;
/// Longest life of a key, in days: a year, so that none is forgotten for good.
pub const TOKEN_DAYS_MAX: i64 = 366;
/// Keys of an account that are good at once.
pub const TOKENS_MAX: usize = 20;
/// How exactly the last use of a key is known, in seconds.
pub const TOKEN_TOUCH_SECONDS: i64 = 60;
/// How long an answer is kept to be given again to the same request, in seconds.
pub const REPLAY_SECONDS: i64 = 24 * 60 * 60;
/// How long a request may be under way before its name is free again, in seconds: no request lasts so long, so whoever began
/// it died. Where it died between the verb's commit and its answer, the same request is done a second time; what a second
/// time would harm refuses it by its own rules.
pub const UNDER_WAY_SECONDS: i64 = 300;

/// Whether a key may be made: it has a name, a use, a last day, and is not one too many.
///
/// # Errors
/// [`Refusal::BadTokenName`]; [`Refusal::NoTokenScope`]; [`Refusal::TokenDays`]; [`Refusal::TooManyTokens`].
pub fn judge_token(name: &str, scopes: &[TokenScope], days: i64, good_ones: usize) -> Result<(), Refusal> {
    let length = name.trim().chars().count();
    if !(1..=TOKEN_NAME_CHARS_MAX).contains(&length) || name.chars().any(char::is_control) {
        return Err(Refusal::BadTokenName { most: TOKEN_NAME_CHARS_MAX });
    }
    if scopes.is_empty() {
        return Err(Refusal::NoTokenScope);
    }
    if !(1..=TOKEN_DAYS_MAX).contains(&days) {
        return Err(Refusal::TokenDays { most: TOKEN_DAYS_MAX });
    }
    if good_ones >= TOKENS_MAX { Err(Refusal::TooManyTokens { most: TOKENS_MAX }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_name_a_use_and_an_end() {
        let read = [TokenScope::Read];
        assert_eq!(judge_token("Kho dữ liệu", &read, 90, 0), Ok(()));
        for name in ["", "  ", "a\nb", &"x".repeat(TOKEN_NAME_CHARS_MAX + 1)] {
            assert_eq!(judge_token(name, &read, 90, 0), Err(Refusal::BadTokenName { most: 60 }), "{name:?}");
        }
        assert_eq!(judge_token("a", &[], 90, 0), Err(Refusal::NoTokenScope));
        for days in [i64::MIN, 0, 367] {
            assert_eq!(judge_token("a", &read, days, 0), Err(Refusal::TokenDays { most: 366 }), "{days}");
        }
        assert_eq!(judge_token("a", &read, 1, TOKENS_MAX), Err(Refusal::TooManyTokens { most: TOKENS_MAX }));
    }

    #[test]
    fn a_key_is_good_until_it_ends_or_is_revoked() {
        let at = |text| Timestamp::parse(text).unwrap();
        let token = ApiToken {
            id: TokenId::parse("k-1").unwrap(),
            account: AccountId::parse("tk-1").unwrap(),
            name: "Kho".into(),
            scopes: vec![TokenScope::Read],
            unit: None,
            created_at: at("2020-07-01T00:00:00Z"),
            expires_at: at("2020-07-05T00:00:00Z"),
            used_at: None,
            revoked_at: None,
        };
        assert!(token.is_good(at("2020-07-04T23:59:59Z")) && !token.is_good(at("2020-07-05T00:00:00Z")));
        let revoked = ApiToken { revoked_at: Some(at("2020-07-02T00:00:00Z")), ..token };
        assert!(!revoked.is_good(at("2020-07-03T00:00:00Z")));
    }
}
