//! Keys of other programs: read back as written, never changed, one tenant at a time.

use thidua_base::code::TenantId;
use thidua_domain::account::api_token::ApiToken;
use thidua_domain::account::{Account, AccountState, PasswordOrigin};
use thidua_domain::actor::TokenScope;
use thidua_store::account::api_token::{self, TokenHash};
use thidua_store::account::{self, PasswordHash};
use thidua_testkit::both_engines;

use crate::sample::{at, code, stored};

const NOON: &str = "2020-07-05T05:00:00Z";
const TEXT: &str = "td_0000";

fn kept(test: &thidua_testkit::engines::TestDb, tenant: &TenantId) -> ApiToken {
    let account = Account {
        id: code("tk-1"),
        name: "hoa".into(),
        display_name: "Nguyễn Thị Hòa".into(),
        state: AccountState::Open,
        password_changed_at: at(NOON),
        created_at: at(NOON),
    };
    let token = ApiToken {
        id: code("khoa-1"),
        account: account.id.clone(),
        name: "Kho dữ liệu".into(),
        scopes: vec![TokenScope::Read, TokenScope::Keep],
        unit: None,
        created_at: at(NOON),
        expires_at: at("2020-08-05T05:00:00Z"),
        used_at: None,
        revoked_at: None,
    };
    let mut tx = test.db().begin().unwrap();
    let hash = PasswordHash::of("thi đua gặt lúa", &[3; 16]);
    account::insert(&mut tx, tenant, &account, &hash, PasswordOrigin::Own).unwrap();
    api_token::insert(&mut tx, tenant, &token, &TokenHash::of(TEXT)).unwrap();
    tx.commit().unwrap();
    token
}

both_engines! {
    fn a_key_is_read_back_used_and_revoked_and_never_changes(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let (other, _) = stored(test, "tho-xuan");
        let token = kept(test, &tenant);
        let mut tx = test.db().begin().unwrap();
        let hash = TokenHash::of(TEXT);
        assert_eq!(api_token::of_hash(&mut tx, &tenant, &hash).unwrap().as_ref(), Some(&token));
        assert_eq!(api_token::of_hash(&mut tx, &other, &hash).unwrap(), None, "a key is of one tenant");
        assert_eq!(api_token::of_hash(&mut tx, &tenant, &TokenHash::of("td_0001")).unwrap(), None);
        for noon in ["2020-07-06T05:00:00Z", "2020-07-07T05:00:00Z"] {
            api_token::used(&mut tx, &tenant, &token.id, at(noon)).unwrap();
        }
        assert!(api_token::revoke(&mut tx, &tenant, &token.id, "Hòa", at(NOON)).unwrap());
        assert!(!api_token::revoke(&mut tx, &tenant, &token.id, "Hòa", at("2020-07-09T05:00:00Z")).unwrap());
        let used = Some(at("2020-07-07T05:00:00Z"));
        let now = ApiToken { used_at: used, revoked_at: Some(at(NOON)), ..token.clone() };
        assert_eq!(api_token::tokens_of(&mut tx, &tenant, &token.account).unwrap(), [now]);
        tx.commit().unwrap();
        assert!(!format!("{:?}", test.rows("SELECT * FROM api_token")).contains(TEXT));
        for table in ["api_token", "api_token_revocation"] {
            for attempt in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = 'x'")] {
                let said = test.try_tamper(&attempt).expect_err(&attempt);
                assert!(said.contains("append-only"), "{attempt}: {said}");
            }
        }
    }
}
