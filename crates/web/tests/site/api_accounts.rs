//! The interface for who manages accounts, and for shares of divided units.

use axum::http::StatusCode;
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;
use thidua_testkit::accounts::session_of;

use crate::accounts::{PASSWORD, Visit};
use crate::api::{COMMUNE, Program, desk, problem, told};
use crate::units::province;

const DIVISIONS: &str = "/api/v1/units/h-397/divisions";

#[tokio::test]
async fn an_account_is_opened_given_a_role_closed_and_opened_again() {
    let app = desk();
    let keeper = Program::of(&app, "quan", &[TokenScope::Accounts], None);
    let new = json!({ "name": "lan", "person": "Đỗ Thị Lan" });
    let opened = keeper.once("/api/v1/accounts", "mo-lan", &new).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    assert_eq!((&told(&opened)["state"], &told(&opened)["roles"]), (&json!("open"), &json!([])));
    let again = keeper.once("/api/v1/accounts", "mo-lan", &new).await;
    assert_eq!((again.header("idempotent-replayed"), &again.bytes), ("true", &opened.bytes));
    assert_eq!(problem(&keeper.post("/api/v1/accounts", &new).await), (409, "account-exists".to_owned()));
    let short = keeper.post("/api/v1/accounts", &json!({ "name": "a b", "person": "x" })).await;
    assert_eq!(problem(&short), (422, "bad-account-name".to_owned()));

    let role = json!({ "role": "reporter", "unit": COMMUNE, "valid_from": "2020-07-01", "valid_to": "2021-01-01" });
    let given = keeper.post("/api/v1/accounts/lan/roles", &role).await;
    assert_eq!((given.status, told(&given)), (StatusCode::CREATED, role.clone()), "{}", given.text());
    let twice = keeper.post("/api/v1/accounts/lan/roles", &role).await;
    assert_eq!(problem(&twice), (409, "role-held-already".to_owned()));
    for (body, name) in [
        (json!({ "role": "reporter", "valid_from": "2020-07-01" }), "a place that was left out"),
        (json!({ "role": "reporter", "unit": COMMUNE, "whole": true, "valid_from": "2020-07-01" }), "two places"),
        (json!({ "role": "vua", "whole": true, "valid_from": "2020-07-01" }), "no role"),
        (json!({ "role": "clerk", "whole": true, "valid_from": "mai" }), "no day"),
    ] {
        let refused = keeper.post("/api/v1/accounts/lan/roles", &body).await;
        assert_eq!(problem(&refused), (400, "bad-parameter".to_owned()), "{name}");
    }
    let end = json!({ "role": "reporter", "unit": COMMUNE, "on": "2020-08-01" });
    let ended = keeper.post("/api/v1/accounts/LAN/role-ends", &end).await;
    assert_eq!((ended.status, told(&ended)), (StatusCode::CREATED, end.clone()), "{}", ended.text());
    assert_eq!(problem(&keeper.post("/api/v1/accounts/lan/role-ends", &end).await), (409, "role-not-held".to_owned()));
    let seen = told(&keeper.get("/api/v1/accounts/lan").await);
    assert_eq!((&seen["roles"][0]["valid_to"], &seen["password"]), (&json!("2020-08-01"), &json!("given")));

    let closed = keeper.post("/api/v1/accounts/lan/closing", &json!({})).await;
    assert_eq!((closed.status, &told(&closed)["state"]), (StatusCode::CREATED, &json!("closed")));
    let reopened = keeper.post("/api/v1/accounts/lan/reopening", &json!({})).await;
    assert_eq!(told(&reopened)["state"], "open");
    for path in ["/closing", "/reopening", "/session-ends"] {
        let missing = keeper.post(&format!("/api/v1/accounts/khong-co{path}"), &json!({})).await;
        assert_eq!(problem(&missing), (404, "not-found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn the_list_comes_in_parts_and_holds_no_secret() {
    let app = desk();
    let keeper = Program::of(&app, "quan", &[TokenScope::Accounts], None);
    let token = session_of(&app, "hoa");
    let (mut names, mut next) = (Vec::new(), String::new());
    loop {
        let part = told(&keeper.get(&format!("/api/v1/accounts?limit=1{next}")).await);
        names.extend(part["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()));
        let Value::String(cursor) = &part["next"] else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(names, ["an", "hoa", "quan"]);
    let seen = keeper.get("/api/v1/accounts/hoa").await;
    let sessions = told(&seen)["sessions"].as_array().unwrap().len();
    assert!(sessions == 1 && !seen.text().contains(&token) && !seen.text().contains("argon2"), "{}", seen.text());
    let ended = keeper.post("/api/v1/accounts/hoa/session-ends", &json!({})).await;
    assert_eq!((ended.status, told(&ended)), (StatusCode::CREATED, json!({ "ended": 1 })));
    assert_eq!(told(&keeper.get("/api/v1/accounts/hoa").await)["sessions"], json!([]));
    let mut visit = Visit::to(&app);
    assert_eq!(visit.sign_in("hoa", PASSWORD).await.status, StatusCode::SEE_OTHER, "the password is as it was");
}

#[tokio::test]
async fn keys_without_the_scope_and_people_without_the_right_are_told_that_there_is_nothing() {
    let app = desk();
    let all_but = [TokenScope::Read, TokenScope::Enter, TokenScope::Send, TokenScope::Keep];
    let strangers = [
        Program::of(&app, "quan", &all_but, None),
        Program::of(&app, "quan", &TokenScope::ALL, Some(COMMUNE)),
        Program::of(&app, "an", &TokenScope::ALL, None),
        Program::of(&app, "hoa", &TokenScope::ALL, None),
    ];
    let role = json!({ "role": "reporter", "unit": COMMUNE, "valid_from": "2020-07-01" });
    let end = json!({ "role": "leader", "whole": true, "on": "2020-08-01" });
    for (at, stranger) in strangers.iter().enumerate() {
        for path in ["/api/v1/accounts", "/api/v1/accounts/hoa", "/api/v1/accounts/khong-co"] {
            assert_eq!(problem(&stranger.get(path).await), (404, "not-found".to_owned()), "{at} {path}");
        }
        for name in ["an", "khong-co"] {
            for (path, body) in [
                ("/roles", &role),
                ("/role-ends", &end),
                ("/closing", &json!({})),
                ("/reopening", &json!({})),
                ("/session-ends", &json!({})),
            ] {
                let answer = stranger.post(&format!("/api/v1/accounts/{name}{path}"), body).await;
                assert_eq!(problem(&answer), (404, "not-found".to_owned()), "{at} {name}{path}");
            }
        }
        let opened = stranger.post("/api/v1/accounts", &json!({ "name": "la", "person": "Lạ" })).await;
        assert_eq!(problem(&opened), (404, "not-found".to_owned()), "{at}");
    }
}

#[tokio::test]
async fn a_key_makes_no_administrator_and_does_nothing_to_one() {
    let app = desk();
    let mut keeper = Program::of(&app, "quan", &TokenScope::ALL, None);
    let role = json!({ "role": "administrator", "whole": true, "valid_from": "2020-07-01" });
    let refused = keeper.post("/api/v1/accounts/an/roles", &role).await;
    assert_eq!(problem(&refused), (422, "administrator-by-key".to_owned()));
    assert!(told(&refused)["detail"].as_str().unwrap().contains("Khóa truy cập không làm gì"), "{}", refused.text());
    keeper.lang = "en";
    let end = json!({ "role": "administrator", "whole": true, "on": "2020-08-01" });
    let other = json!({ "role": "clerk", "whole": true, "valid_from": "2020-07-01" });
    for (path, body) in
        [("/role-ends", &end), ("/roles", &other), ("/closing", &json!({})), ("/session-ends", &json!({}))]
    {
        let refused = keeper.post(&format!("/api/v1/accounts/quan{path}"), body).await;
        assert_eq!(problem(&refused), (422, "administrator-by-key".to_owned()), "{path}");
        assert!(told(&refused)["detail"].as_str().unwrap().starts_with("An access key"), "{path}");
    }
    assert_eq!(told(&keeper.get("/api/v1/accounts/quan").await)["state"], "open", "read all the same");
}

#[tokio::test]
async fn shares_of_a_divided_unit_are_read_and_entered_with_their_document() {
    let app = province();
    let keeper = Program::of(&app, "chuyen-vien", &[TokenScope::Read, TokenScope::Keep], None);
    let before = told(&keeper.get(DIVISIONS).await);
    let day = &before["items"][0];
    assert_eq!((&day["on"], &day["entered"], &day["may_divide"]), (&json!("2025-07-01"), &json!([]), &json!(true)));
    let heirs = day["heirs"].as_array().unwrap();
    assert_eq!((heirs.len(), &day["shares"]), (8, &json!([])));
    let quantities: Vec<Value> =
        heirs.iter().map(|heir| json!({ "unit": heir["unit"], "quantity": "1250.5" })).collect();
    let mut body = json!({ "on": "2025-07-01", "basis": "population", "quantities": quantities, "source": " " });
    assert_eq!(problem(&keeper.post(DIVISIONS, &body).await), (422, "no-document".to_owned()));
    body["source"] = json!("Biên bản bàn giao 12/BB-UBND (mẫu)");
    let mut short = body.clone();
    short["quantities"].as_array_mut().unwrap().pop();
    assert_eq!(problem(&keeper.post(DIVISIONS, &short).await), (422, "bad-parts".to_owned()));
    for (field, value) in [("on", json!("hôm nay")), ("quantities", json!([{ "unit": "x", "quantity": "nhiều" }]))] {
        let mut wrong = body.clone();
        wrong[field] = value;
        assert_eq!(problem(&keeper.post(DIVISIONS, &wrong).await), (400, "bad-parameter".to_owned()), "{field}");
    }
    let entered = keeper.once(DIVISIONS, "chia-1", &body).await;
    assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text());
    let entered = told(&entered);
    assert_eq!((&entered["revision"], &entered["by"]), (&json!(1), &json!("Trần Văn Bình")));
    assert_eq!(
        (&entered["shares"][0]["numerator"], &entered["shares"][0]["denominator"]),
        (&json!(12505), &json!(100040))
    );
    assert_eq!(told(&keeper.once(DIVISIONS, "chia-1", &body).await), entered, "done once");
    assert_eq!(told(&keeper.post(DIVISIONS, &body).await)["revision"], 2);
    let after = told(&keeper.get(DIVISIONS).await);
    let day = &after["items"][0];
    assert_eq!(day["entered"].as_array().unwrap().len(), 2);
    assert_eq!((day["shares"].as_array().unwrap().len(), &day["shares"][0]["source"]), (8, &body["source"]));

    let reads = Program::of(&app, "chuyen-vien", &[TokenScope::Read], None);
    assert_eq!(reads.get(DIVISIONS).await.status, StatusCode::OK);
    assert_eq!(told(&reads.get(DIVISIONS).await)["items"][0]["may_divide"], false);
    assert_eq!(problem(&reads.post(DIVISIONS, &body).await), (404, "not-found".to_owned()));
    let narrow = Program::of(&app, "chuyen-vien", &TokenScope::ALL, Some("x-15664-2507"));
    assert_eq!(problem(&narrow.post(DIVISIONS, &body).await), (404, "not-found".to_owned()), "one heir of eight");
    for nowhere in ["/api/v1/units/x-0/divisions", "/api/v1/units/%20/divisions"] {
        assert_eq!(problem(&keeper.get(nowhere).await), (404, "not-found".to_owned()), "{nowhere}");
        assert_eq!(problem(&keeper.post(nowhere, &body).await), (404, "not-found".to_owned()), "{nowhere}");
    }
}
