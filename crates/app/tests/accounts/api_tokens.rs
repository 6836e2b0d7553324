//! Keys of other programs: made, used, cut down, ended; and requests that are not done twice.

use thidua_app::account::{
    Answered, ApiSecret, Bearer, NewRole, NewToken, Once, bearer, begin_once, close_account, create_token, end_once,
    grant_role, revoke_token, tokens,
};
use thidua_app::audit;
use thidua_base::code::OrgId;
use thidua_domain::Refusal;
use thidua_domain::account::api_token::{ApiToken, TOKENS_MAX, TokenId};
use thidua_domain::actor::{Role, Thing, TokenScope, Verb, may};
use thidua_testkit::both_engines;

use crate::house::{House, day, is_absent, refusal};

const COMMUNE: &str = "x-15769";

fn new(scopes: &[TokenScope], unit: Option<&str>) -> NewToken {
    NewToken {
        account: Some("hoa".into()),
        name: " Kho dữ liệu ".into(),
        scopes: scopes.to_vec(),
        unit: unit.map(|id| OrgId::parse(id).unwrap()),
        days: 30,
    }
}

fn made(house: &House, scopes: &[TokenScope], unit: Option<&str>) -> (ApiToken, ApiSecret) {
    create_token(&house.app, &house.operator, &new(scopes, unit)).unwrap()
}

fn opened(house: &House, secret: &ApiSecret) -> Option<Bearer> {
    bearer(&house.app, house.tenant(), secret).unwrap()
}

fn reports(house: &House) {
    let unit = Some(house.app.home.unit.clone());
    let role = NewRole { name: "hoa".into(), role: Role::Reporter, unit, from: day("2020-01-01"), to: None };
    grant_role(&house.app, &house.operator, &role).unwrap();
}

both_engines! {
    fn a_key_acts_as_its_account_within_its_scopes_and_units(test) {
        let house = House::with_hoa(test.db());
        reports(&house);
        let commune = OrgId::parse(COMMUNE).unwrap();
        let on = |bearer: &Bearer, verb, unit: &OrgId| may(&bearer.actor, verb, Thing::Unit(unit)).is_granted();
        let whole = opened(&house, &made(&house, &[TokenScope::Read, TokenScope::Enter], None).1).unwrap();
        assert_eq!((whole.account.name.as_str(), whole.actor.name.as_str()), ("hoa", "Nguyễn Thị Hòa"));
        assert!(on(&whole, Verb::EnterFigures, &commune) && on(&whole, Verb::EnterFigures, &house.app.home.unit));
        assert!(!on(&whole, Verb::SubmitSheet, &commune), "a scope it has not");
        assert!(!on(&whole, Verb::AcceptSheet, &commune), "a right its account has not");
        let narrow = opened(&house, &made(&house, &TokenScope::ALL, Some(COMMUNE)).1).unwrap();
        assert!(on(&narrow, Verb::SubmitSheet, &commune) && !on(&narrow, Verb::SubmitSheet, &house.app.home.unit));
        assert!(narrow.actor.scope.reaches(&commune) && !narrow.actor.scope.reaches(&house.app.home.unit));
    }

    fn a_key_that_is_over_revoked_or_of_a_closed_account_opens_nothing(test) {
        let mut house = House::with_hoa(test.db());
        house.at("2020-07-05T02:00:00Z");
        let (first, second) = (made(&house, &[TokenScope::Read], None), made(&house, &[TokenScope::Read], None));
        let other = ApiSecret::read(&format!("td_{}", "0".repeat(64))).unwrap();
        assert!(opened(&house, &first.1).is_some() && opened(&house, &other).is_none());
        revoke_token(&house.app, &house.operator, Some("hoa"), &first.0.id).unwrap();
        assert!(opened(&house, &first.1).is_none() && opened(&house, &second.1).is_some());
        assert!(is_absent(&revoke_token(&house.app, &house.operator, Some("hoa"), &first.0.id)), "once only");
        close_account(&house.app, &house.operator, "hoa").unwrap();
        assert!(opened(&house, &second.1).is_none());
        thidua_app::account::reopen_account(&house.app, &house.operator, "hoa").unwrap();
        house.at("2020-08-04T01:59:59Z");
        assert!(opened(&house, &second.1).is_some());
        house.at("2020-08-04T02:00:00Z");
        assert!(opened(&house, &second.1).is_none());
        let verbs: Vec<String> = audit::tail(&house.app, &house.operator, 10).unwrap().into_iter().map(|row| row.verb).collect();
        assert!(verbs.contains(&"create-token".to_owned()) && verbs.contains(&"revoke-token".to_owned()), "{verbs:?}");
    }

    fn people_keep_their_own_keys_and_nobody_elses(test) {
        let house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        reports(&house);
        let hoa = house.in_session("hoa").1.actor;
        let own = NewToken { account: None, ..new(&[TokenScope::Read], None) };
        let (token, secret) = create_token(&house.app, &hoa, &own).unwrap();
        assert_eq!(token.name, "Kho dữ liệu");
        let an = house.in_session("an").1.actor;
        assert!(is_absent(&revoke_token(&house.app, &an, None, &token.id)));
        assert!(is_absent(&tokens(&house.app, &an, Some("hoa"))) && is_absent(&create_token(&house.app, &an, &new(&[], None))));
        // A key keeps no keys.
        let by_key = opened(&house, &secret).unwrap().actor;
        assert!(is_absent(&create_token(&house.app, &by_key, &own)) && is_absent(&tokens(&house.app, &by_key, None)));
        let listed = tokens(&house.app, &hoa, None).unwrap();
        assert!(listed.len() == 1 && listed[0].used_at.is_some() && listed[0].id == token.id);
        revoke_token(&house.app, &hoa, None, &token.id).unwrap();
        assert!(opened(&house, &secret).is_none());
    }

    fn a_key_that_cannot_be_made_is_refused(test) {
        let house = House::with_hoa(test.db());
        let refused = |new: NewToken| refusal(create_token(&house.app, &house.operator, &new)).code();
        let read = || new(&[TokenScope::Read], None);
        assert_eq!(refused(NewToken { name: " ".into(), ..read() }), "bad-token-name");
        assert_eq!(refused(NewToken { days: 0, ..read() }), "token-days");
        assert_eq!(refused(new(&[], None)), "no-token-scope");
        assert_eq!(refused(new(&[TokenScope::Read], Some("khong-co"))), "unknown-unit");
        assert_eq!(refused(NewToken { account: Some("ai".into()), ..read() }), "unknown-account");
        for _ in 0..TOKENS_MAX {
            made(&house, &[TokenScope::Read], None);
        }
        let most = refusal(create_token(&house.app, &house.operator, &read()));
        assert_eq!(most, Refusal::TooManyTokens { most: TOKENS_MAX });
        let nobody = TokenId::parse("khoa-0").unwrap();
        assert!(is_absent(&revoke_token(&house.app, &house.operator, Some("hoa"), &nobody)));
    }

    fn a_request_under_a_name_is_done_once_in_a_day(test) {
        let mut house = House::with_hoa(test.db());
        house.at("2020-07-05T02:00:00Z");
        let (token, other) = (made(&house, &[TokenScope::Read], None).0, made(&house, &[TokenScope::Read], None).0);
        let once = |house: &House, token: &ApiToken, body: &str| {
            begin_once(&house.app, house.tenant(), &token.id, "k-1", "POST /x", body.as_bytes()).unwrap()
        };
        assert_eq!(once(&house, &token, "{}"), Once::Do);
        assert_eq!(once(&house, &token, "{}"), Once::UnderWay);
        assert_eq!(once(&house, &other, "{}"), Once::Do, "names of one key are not those of another");
        let answered = Answered { status: 201, media_type: "application/json".into(), body: b"{}".to_vec() };
        end_once(&house.app, house.tenant(), &token.id, "k-1", Some(&answered)).unwrap();
        assert_eq!(once(&house, &token, "{}"), Once::Again(answered));
        assert_eq!(once(&house, &token, "{ }"), Once::Other);
        end_once(&house.app, house.tenant(), &other.id, "k-1", None).unwrap();
        assert_eq!(once(&house, &other, "[]"), Once::Do, "a request that failed frees its name");
        // Whoever began it died before it answered: the name is free after minutes, not after a day.
        house.at("2020-07-05T02:04:59Z");
        assert_eq!(once(&house, &other, "[]"), Once::UnderWay);
        house.at("2020-07-05T02:05:00Z");
        assert_eq!(once(&house, &other, "{}"), Once::Other, "another request is still another");
        assert_eq!(once(&house, &other, "[]"), Once::Do);
        assert_eq!(once(&house, &other, "[]"), Once::UnderWay);
        house.at("2020-07-06T02:00:01Z");
        assert_eq!(once(&house, &token, "{ }"), Once::Do);
    }
}
