//! A sheet taken out as a file and sent back in a browser, step by step, with what is refused on the way.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::collection::{SheetKey, catalogue};
use thidua_base::Date;
use thidua_domain::actor::{Actor, Role};

use crate::accounts::{PASSWORD, Visit, form_token, house};

/// The site with a person who reports for the first unit that has an open sheet, and the address of the sheet.
fn with_reporter() -> (Arc<App>, String, SheetKey) {
    let app = house();
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    let found = catalogue(&app, &operator).unwrap();
    let cycles = found.forms.iter().flat_map(|form| form.cycles.iter());
    let (cycle, unit) = cycles.filter_map(|one| Some((&one.cycle, &one.mine.first()?.0))).next().unwrap();
    let key = SheetKey { form: cycle.form.clone(), period: cycle.period, unit: unit.clone() };
    let new = NewAccount { name: "thuy".into(), display_name: "Lê Thị Thủy".into(), password: PASSWORD.into() };
    create_account(&app, &operator, &new).unwrap();
    let from = Date::new(2020, 1, 1).unwrap();
    let role = NewRole { name: "thuy".into(), role: Role::Reporter, unit: Some(key.unit.clone()), from, to: None };
    grant_role(&app, &operator, &role).unwrap();
    let address = format!("/nhap-lieu/{}/{}/{}", key.form, key.period, key.unit);
    (app, address, key)
}

#[tokio::test]
async fn a_workbook_goes_out_and_comes_back_through_the_pages() {
    let (app, address, key) = with_reporter();
    let mut visit = Visit::to(&app);
    visit.sign_in("thuy", PASSWORD).await;
    let file = visit.get(&format!("{address}/bieu.xlsx")).await;
    assert_eq!(file.status, StatusCode::OK);
    let named = format!("attachment; filename=\"{}_{}_{}.xlsx\"", key.form, key.period, key.unit);
    assert_eq!(file.header("content-disposition"), named);
    assert!(visit.get(&format!("{address}/bieu.csv")).await.text().contains(";Mã;"));

    let to_import = format!("{address}/nhap-tep");
    let page = visit.get(&to_import).await;
    assert!(page.status == StatusCode::OK && page.text().contains("multipart/form-data"));
    let sent = visit.send_file(&to_import, &form_token(&page), "bieu.xlsx", &file.bytes).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let at = sent.location().to_owned();
    let preview = visit.get(&at).await;
    assert!(preview.status == StatusCode::OK && preview.text().contains("như cũ"), "{}", preview.text());
    let done = visit.post(&at, &[("ma", &form_token(&preview)), ("viec", "ghi")]).await;
    assert!(done.status == StatusCode::OK && done.text().contains("Đã ghi 0 số"), "{}", done.text());
    // The word was given: nothing waits any more.
    assert_eq!(visit.get(&at).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn files_that_are_not_taken_are_told_in_a_sentence() {
    let (app, address, _) = with_reporter();
    let mut visit = Visit::to(&app);
    visit.sign_in("thuy", PASSWORD).await;
    let to_import = format!("{address}/nhap-tep");
    let token = form_token(&visit.get(&to_import).await);
    let large = vec![b'x'; 6 << 20];
    for (name, bytes, said) in [
        ("a.xlsx", &b"%PDF-1.7"[..], "loại pdf"),
        ("a.xlsx", &large[..], "lớn hơn 5 MB"),
        ("", &b""[..], "Chưa chọn tệp"),
    ] {
        let sent = visit.send_file(&to_import, &token, name, bytes).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(sent.text().contains(said), "{said}: {}", sent.text());
    }
    let stale = visit.send_file(&to_import, "x-y", "a.xlsx", b"%PDF-1.7").await;
    assert!(stale.text().contains("Biểu mẫu đã cũ"), "{}", stale.text());
}

#[tokio::test]
async fn a_stranger_finds_no_files() {
    let (app, address, _) = with_reporter();
    let mut visit = Visit::to(&app);
    visit.sign_in("an", PASSWORD).await;
    for path in ["bieu.xlsx", "bieu.csv", "nhap-tep", "nhap-tep/0a"] {
        let page = visit.get(&format!("{address}/{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
