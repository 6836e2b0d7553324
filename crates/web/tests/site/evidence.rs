//! Evidence on the pages and by keys: sent with a sentence for what is not taken, opened under safe headers, withdrawn.

use axum::http::Method;
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::api::{Program, SHEET, desk, told};
use crate::browser::looked_at;
use crate::driver::browser_on;
use crate::grid::{HALF_YEARLY, house, signed_in};

const PDF: &[u8] = b"%PDF-1.7 bi\xc3\xaan b\xe1\xba\xa3n";

/// The address of the first file of a page of evidence.
fn file_of(page: &str) -> String {
    let (_, tail) = page.split_once(&format!("href=\"{HALF_YEARLY}/minh-chung/")).unwrap_or_else(|| panic!("{page}"));
    format!("{HALF_YEARLY}/minh-chung/{}", tail.split_once('"').unwrap().0)
}

#[tokio::test]
async fn a_paper_is_sent_for_rows_opened_by_the_receiver_and_withdrawn() {
    let app = house();
    let papers = format!("{HALF_YEARLY}/minh-chung");
    let mut reporter = Visit::to(&app);
    let (mut receiver, mut stranger) = (reporter.another(), reporter.another());
    reporter.sign_in("thuy", PASSWORD).await;
    receiver.sign_in("binh", PASSWORD).await;
    let page = reporter.get(&format!("{papers}?o=NN02")).await;
    assert!(page.text().contains("value=\"NN02\" checked"), "the row it came from is chosen");
    let token = form_token(&page);
    let fields =
        [("ma", token.as_str()), ("o", "NN02"), ("o", "NN09"), ("so-hieu", "15/BC-UBND"), ("ngay", "2020-06-01")];
    // What is not taken is told in a sentence, and what was typed comes back.
    for (file, said) in [
        (("virus.pdf", b"MZ\x90".as_slice()), "Loại tệp này không nhận"),
        (("a.exe", PDF), "Tệp mang đuôi “exe”"),
        (("a.pdf", b""), "Tệp trống"),
    ] {
        let answer = reporter.send_paper(&papers, &fields, file).await;
        assert_eq!(answer.status.as_u16(), 422, "{}", answer.text());
        assert!(answer.text().contains(said) && answer.text().contains("15/BC-UBND"), "{}", answer.text());
    }
    let large = [PDF, &vec![0; 10 * 1024 * 1024]].concat();
    let answer = reporter.send_paper(&papers, &fields, ("a.pdf", &large)).await;
    assert!(answer.status.as_u16() == 422 && answer.text().contains("Tệp lớn hơn 10 MB"), "{}", answer.status);
    let none = [("ma", token.as_str()), ("so-hieu", "15/BC-UBND")];
    let answer = reporter.send_paper(&papers, &none, ("", b"")).await;
    assert!(answer.text().contains("Chưa chọn minh chứng cho dòng nào"), "{}", answer.text());
    let foreign = [("ma", "0-0"), ("o", "NN02")];
    assert_eq!(reporter.send_paper(&papers, &foreign, ("a.pdf", PDF)).await.status.as_u16(), 422);

    let answer = reporter.send_paper(&papers, &fields, ("Biên bản.pdf", PDF)).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, papers.as_str()), "{}", answer.text());
    // The receiver sees it on the sheet, at its row and below, and opens it.
    let sheet = receiver.get(HALF_YEARLY).await;
    assert!(sheet.text().contains("1 minh chứng: Diện tích") || sheet.text().contains("aria-label=\"1 minh chứng"));
    assert!(sheet.text().contains("15/BC-UBND, ngày 01/06/2020"), "{}", sheet.text());
    let address = file_of(sheet.text());
    let file = receiver.get(&address).await;
    assert_eq!(file.bytes, PDF);
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(file.header(header), value, "{header}");
    }
    let named = file.header("content-disposition");
    assert!(named.starts_with("attachment; filename=\"Bi_n_b_n.pdf\"; filename*=UTF-8''Bi%C3%AAn%20"), "{named}");
    // To anybody else there is nothing.
    for path in [&papers, &address] {
        assert_eq!(stranger.get(path).await.status.as_u16(), 404, "{path}");
    }
    let token_of_receiver = form_token(&receiver.get(&papers).await);
    let sent = receiver.send_paper(&papers, &[("ma", &token_of_receiver), ("o", "NN02")], ("b.pdf", PDF)).await;
    assert_eq!(sent.status.as_u16(), 303, "the district's specialist enters for its communes, too");

    let withdraw = format!("{address}/rut");
    let silent = reporter.post(&withdraw, &[("ma", &token), ("ly-do", "")]).await;
    assert_eq!(silent.status.as_u16(), 422);
    let done = reporter.post(&withdraw, &[("ma", &token), ("ly-do", "Nhầm kỳ báo cáo")]).await;
    assert_eq!(done.location(), papers);
    let page = receiver.get(HALF_YEARLY).await;
    assert!(page.text().contains("Nhầm kỳ báo cáo") && page.text().contains("đã rút"));
    assert_eq!(receiver.get(&address).await.bytes, PDF, "what was withdrawn stays to be read");
}

#[tokio::test]
async fn a_key_attaches_lists_opens_and_withdraws() {
    let app = desk();
    let program = Program::of(&app, "an", &TokenScope::ALL, None);
    let reader = Program::of(&app, "an", &[TokenScope::Read], None);
    let address = format!("{SHEET}/evidence?indicators=NN04,NN05&name=bien-ban.pdf&number=12%2FBC&dated=2020-06-30");
    let refused = program.send(Method::POST, &address, &[], "<html>").await;
    assert_eq!(
        (refused.status.as_u16(), told(&refused)["type"].clone()),
        (422, json!("urn:thidua:problem:bad-evidence"))
    );
    assert_eq!(reader.send(Method::POST, &address, &[], "%PDF-1.7").await.status.as_u16(), 404);
    let once = [("idempotency-key", "mot-lan")];
    let kept = program.send(Method::POST, &address, &once, "%PDF-1.7").await;
    assert_eq!(kept.status.as_u16(), 201, "{}", kept.text());
    let again = program.send(Method::POST, &address, &once, "%PDF-1.7").await;
    assert_eq!((again.header("idempotent-replayed"), told(&again)), ("true", told(&kept)));
    let piece: Value = told(&kept);
    assert_eq!((&piece["indicators"], &piece["file"]["size"]), (&json!(["NN04", "NN05"]), &json!(8)));
    let named = format!("{SHEET}/evidence?indicators=NN06&number=13%2FBC");
    assert_eq!(told(&program.send(Method::POST, &named, &[], "").await)["file"], Value::Null);
    let listed = told(&reader.get(&format!("{SHEET}/evidence")).await);
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(2), "{listed}");
    let file = format!("{SHEET}/evidence/{}/file", piece["id"].as_str().unwrap());
    let read = reader.get(&file).await;
    assert_eq!((read.bytes.as_slice(), read.header("content-type")), (b"%PDF-1.7".as_slice(), "application/pdf"));
    let other = Program::of(&app, "quan", &TokenScope::ALL, None);
    let elsewhere = file.replace("x-15769", "x-15766");
    assert_eq!(other.get(&elsewhere).await.status.as_u16(), 404);
    let withdraw = format!("{SHEET}/evidence/{}/withdrawal", piece["id"].as_str().unwrap());
    assert_eq!(reader.post(&withdraw, &json!({"reason": "nhầm"})).await.status.as_u16(), 404);
    assert_eq!(program.post(&withdraw, &json!({"reason": "nhầm"})).await.status.as_u16(), 201);
    let twice = program.post(&withdraw, &json!({"reason": "nhầm"})).await;
    assert_eq!(twice.status.as_u16(), 422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_evidence_holds_the_rules() {
    let app = house();
    let mut reporter = Visit::to(&app);
    reporter.sign_in("thuy", PASSWORD).await;
    let papers = format!("{HALF_YEARLY}/minh-chung");
    let token = form_token(&reporter.get(&papers).await);
    reporter.send_paper(&papers, &[("ma", &token), ("o", "NN02")], ("Biên bản.pdf", PDF)).await;
    let Some(browser) = browser_on(&app, "evidence", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    let mut found = looked_at(&browser, &papers).await;
    found.extend(looked_at(&browser, HALF_YEARLY).await);
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
