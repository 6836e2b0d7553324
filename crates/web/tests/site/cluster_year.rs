//! A cluster's year around its scoring, on its pages: filled files looked at and kept, minutes, the rule for flags, moves,
//! sanctions, papers; and one year from pledge to flag in a real browser.

use axum::http::StatusCode;
use rust_xlsxwriter::Workbook;
use thidua_base::code::OrgId;
use thirtyfour::By;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::browser::{looked_at, until};
use crate::demo::Answer;
use crate::driver::{Browser, browser_on};
use crate::grid::signed_in;
use crate::scoring::hall;

const YEAR: &str = "/cum-thi-dua/h-397-cum-1/2020";

fn table(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

#[tokio::test]
async fn a_filled_file_is_looked_at_and_only_the_chosen_rows_are_kept() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    visit.sign_in("lan", PASSWORD).await;
    let fill = format!("{YEAR}/cham/{own}/nhap-tep");
    let page = visit.get(&fill).await;
    let token = form_token(&page);
    let book = visit.get(&format!("{YEAR}/cham/{own}/phieu.xlsx")).await;
    assert!(book.status == StatusCode::OK && book.bytes.starts_with(b"PK"));
    // Handed back as it was, nothing differs.
    let fields = [("ma", token.as_str()), ("cot", "own")];
    let same = to(&visit.send_form_file(&fill, &fields, "phieu.xlsx", &book.bytes).await);
    let same = visit.get(&same).await;
    assert!(same.status == StatusCode::OK && !same.text().contains("name=\"dong\""), "{}", same.text());

    let filled =
        table(&[&["Mã", "Kê khai", "Ghi chú"], &["B.2", "2", "Theo sổ"], &["A.1", "999", ""], &["B.4", "8", ""]]);
    let preview = to(&visit.send_form_file(&fill, &fields, "Tự chấm.xlsx", &filled).await);
    let shown = visit.get(&preview).await;
    for told in ["Tự chấm.xlsx", "A.1", "2 không nhận", "1 thay đổi", "name=\"dong\" value=\"2\""] {
        assert!(shown.text().contains(told), "{told}: {}", shown.text());
    }
    let none = visit.post(&preview, &[("ma", &token)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = visit.post(&preview, &[("ma", &token), ("dong", "2")]).await;
    assert!(done.status == StatusCode::OK && done.text().contains("Đã ghi 1 dòng"), "{}", done.text());
    assert!(visit.get(&format!("{YEAR}/cham/{own}?tc=B.2")).await.text().contains("“Theo sổ”"));
    // The file waits no more; a broken one and another's column are refused.
    assert_eq!(visit.get(&preview).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let broken = visit.send_form_file(&fill, &fields, "a.xlsx", &filled[..200]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = [("ma", token.as_str()), ("cot", "appraisal")];
    assert_eq!(visit.send_form_file(&fill, &other, "a.xlsx", &filled).await.status, StatusCode::NOT_FOUND);
    let mut stranger = Visit::to(&app);
    assert_eq!(stranger.get(&fill).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&preview).await.status, StatusCode::NOT_FOUND);
}

fn minutes<'a>(token: &'a str, chair: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("ma", token),
        ("so", ""),
        ("loai", "scoring"),
        ("ngay", day),
        ("noi", "Hội trường huyện"),
        ("don-vi-chu-tri", chair),
        ("chu-tri", "Trần Văn Bình, Chuyên viên"),
        ("thu-ky", "Hà Thị Lan"),
        ("noi-dung", "Chấm điểm\nXét cờ"),
        ("ket-luan", "Thống nhất bảng điểm"),
        ("quyet-nghi", ""),
    ]
}

#[tokio::test]
async fn minutes_flags_moves_and_sanctions_are_kept_and_printed() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    visit.sign_in("binh", PASSWORD).await;
    let hop = format!("{YEAR}/hop");
    let token = form_token(&visit.get(&hop).await);
    let came = format!("ai-{own}");
    let mut fields = minutes(&token, "h-397", "2020-07-03");
    fields.extend([("co-mat", own.as_str()), (came.as_str(), "Hà Thị Lan")]);
    let future: Vec<_> =
        fields.iter().map(|(name, value)| (*name, if *name == "ngay" { "2031-01-01" } else { value })).collect();
    let refused = visit.post(&hop, &future).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("Cuộc họp chưa diễn ra"));
    // What was written is still in the form.
    assert!(refused.text().contains("Thống nhất bảng điểm"));
    to(&visit.post(&hop, &fields).await);
    let kept = visit.get(&hop).await;
    for told in ["Họp chấm điểm, xét cờ, 03/07/2020", "1/9 thành viên dự họp"] {
        assert!(kept.text().contains(told), "{told}: {}", kept.text());
    }
    for (file, start) in [
        ("bien-ban-1.docx", &b"PK"[..]),
        ("bien-ban-1.pdf", b"%PDF"),
        ("xep-hang.docx", b"PK"),
        ("xep-hang.pdf", b"%PDF"),
    ] {
        let paper = visit.get(&format!("{YEAR}/van-ban/{file}")).await;
        assert!(paper.status == StatusCode::OK && paper.bytes.starts_with(start), "{file}");
    }
    let sheet = visit.get(&format!("{YEAR}/van-ban/phieu-{own}.pdf")).await;
    assert!(sheet.status == StatusCode::OK && sheet.bytes.starts_with(b"%PDF"));
    for unknown in ["bien-ban-9.docx", "bien-ban-1.exe", "phieu-khong-co.pdf", "khac.pdf"] {
        assert_eq!(visit.get(&format!("{YEAR}/van-ban/{unknown}")).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    let mut stranger = Visit::to(&app);
    for hidden in ["hop", "van-ban/bien-ban-1.docx", "van-ban/xep-hang.pdf"] {
        assert_eq!(stranger.get(&format!("{YEAR}/{hidden}")).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }

    // The rule for flags, with a member that may not be proposed.
    let bar = format!("cam-{own}");
    let rule = format!("{YEAR}/quy-tac-co");
    let places = |many: &'static str| {
        vec![("ma", token.as_str()), ("co", many), ("diem", "50"), (bar.as_str(), "Có cán bộ bị kỷ luật")]
    };
    assert_eq!(visit.post(&rule, &places("0")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    to(&visit.post(&rule, &places("2")).await);
    let ranking = visit.get(&format!("{YEAR}/xep-hang")).await;
    assert!(
        ranking.text().contains("Quy tắc của cụm: 2 cờ, từ 50 điểm") && ranking.text().contains("Có cán bộ bị kỷ luật")
    );

    // A sanction with its reason, which the unit reads.
    let sheet = format!("{YEAR}/cham/{own}?tc=B.2");
    let stated = |code: &'static str| {
        vec![("ma", token.as_str()), ("viec", "che-tai"), ("che-tai", code), ("ly-do", "Quyết định kỷ luật số 7")]
    };
    assert_eq!(visit.post(&sheet, &stated("khong-co")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    to(&visit.post(&sheet, &stated("ky-luat")).await);
    assert!(visit.get(&sheet).await.text().contains("Quyết định kỷ luật số 7"));

    // A move, said so where it left.
    let moved = [
        ("ma", token.as_str()),
        ("don-vi", own.as_str()),
        ("sang", "h-397-cum-2"),
        ("tu-ngay", "2020-06-01"),
        ("can-cu", ""),
    ];
    let to_moves = format!("{YEAR}/chuyen-cum");
    assert_eq!(visit.post(&to_moves, &moved).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reasoned: Vec<_> = moved
        .iter()
        .map(|(name, value)| (*name, if *name == "can-cu" { "Quyết định 12/QĐ-UBND" } else { value }))
        .collect();
    to(&visit.post(&to_moves, &reasoned).await);
    assert!(visit.get(YEAR).await.text().contains("Từ 01/06/2020 chuyển sang Cụm thi đua số 2"));
    let joined = visit.get(&format!("/cum-thi-dua/h-397-cum-2/2020/cham/{own}")).await;
    assert!(joined.text().contains("chuyển đến từ Cụm thi đua số 1"), "{}", joined.text());
}

async fn fill(browser: &Browser, name: &str, text: &str) {
    let field = browser.driver.find(By::Css(format!("main [name='{name}']"))).await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn sent(browser: &Browser, form: &str) {
    browser.ask(&format!("document.querySelector(\"{form}\").requestSubmit()")).await;
}

/// Pledge, claim, mark, objection answered, rule for flags, freeze, proposal: each on its page, by whose it is.
async fn from_pledge_to_flag(browser: &Browser, app: &std::sync::Arc<thidua_app::App>, own: &OrgId) {
    let heading = |text: &str| format!("return document.body.textContent.includes('{text}') ? 'yes' : 'no'");
    signed_in(browser, app, "binh").await;
    browser.open(&format!("{YEAR}/hop")).await;
    browser.ask("const day = document.getElementById('ngay'); day.value = '2020-01-10'").await;
    fill(browser, "noi", "Hội trường huyện").await;
    fill(browser, "chu-tri", "Trần Văn Bình").await;
    fill(browser, "ket-luan", "Các đơn vị ký giao ước thi đua").await;
    sent(browser, "form.entry").await;
    until(browser, &heading("Ký giao ước thi đua, 10/01/2020"), "yes").await;

    signed_in(browser, app, "lan").await;
    browser.open(&format!("{YEAR}/cham/{own}?tc=B.2")).await;
    browser.ask("document.getElementById('f-so').value = '1'").await;
    fill(browser, "ghi-chu", "Chậm một báo cáo").await;
    sent(browser, "form.entry").await;
    until(browser, &heading("“Chậm một báo cáo”"), "yes").await;
    sent(browser, "form.sheet-bar").await;
    until(browser, "return document.querySelector('.sheet-facts .state.good') ? 'yes' : 'no'", "yes").await;

    signed_in(browser, app, "binh").await;
    browser.open(&format!("{YEAR}/cham/{own}?tc=C.1")).await;
    browser.ask("document.getElementById('d-appraisal').value = '9'").await;
    browser.ask("document.getElementById('l-appraisal').value = 'Theo kết quả kiểm tra'").await;
    browser.ask("document.getElementById('d-appraisal').form.requestSubmit()").await;
    until(browser, &heading("Theo kết quả kiểm tra"), "yes").await;
    browser.open(YEAR).await;
    browser.driver.find(By::Css("#cho + ul a")).await.unwrap().click().await.unwrap();
    browser.ask("document.querySelector('.thread [name=ly-do]').value = 'Đã đối chiếu quyết định'").await;
    browser.ask("document.querySelector('.thread [value=khong-chap-nhan]').click()").await;
    until(browser, "return document.querySelector('.thread') && document.querySelector('.thread').textContent.includes('Đã đối chiếu') ? 'yes' : 'no'", "yes").await;
    browser.open(&format!("{YEAR}/xep-hang")).await;
    browser.ask("document.getElementById('qt-co').value = '1'").await;
    browser.ask("document.getElementById('qt-co').form.requestSubmit()").await;
    until(browser, &heading("Quy tắc của cụm: 1 cờ"), "yes").await;

    signed_in(browser, app, "an").await;
    browser.open(&format!("{YEAR}/xep-hang")).await;
    browser.ask("document.getElementById('chot-lai').parentElement.querySelector('form').requestSubmit()").await;
    until(browser, &heading("Tính lại ra đúng từng byte"), "yes").await;
    until(browser, "return String(document.querySelectorAll('#co ~ ol li').length)", "1").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_a_cluster_from_pledge_to_flag_in_a_browser() {
    let (app, own) = hall();
    let Some(browser) = browser_on(&app, "cluster-year", 1280).await else { return };
    from_pledge_to_flag(&browser, &app, &own).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_year_are_accessible_on_a_desk_and_on_a_phone() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    visit.sign_in("binh", PASSWORD).await;
    let hop = format!("{YEAR}/hop");
    let token = form_token(&visit.get(&hop).await);
    let mut fields = minutes(&token, "h-397", "2020-07-03");
    let came = format!("ai-{own}");
    fields.extend([("co-mat", own.as_str()), (came.as_str(), "Hà Thị Lan")]);
    to(&visit.post(&hop, &fields).await);
    for width in [1280, 390] {
        let Some(browser) = browser_on(&app, "cluster-pages", width).await else { return };
        signed_in(&browser, &app, "binh").await;
        let mut found = Vec::new();
        for path in [
            hop.clone(),
            format!("{hop}?sua=1"),
            format!("{YEAR}/xep-hang"),
            YEAR.to_owned(),
            format!("{YEAR}/cham/{own}/nhap-tep"),
        ] {
            found.extend(looked_at(&browser, &path).await);
        }
        browser.close().await;
        assert!(found.is_empty(), "{width}:\n{}", found.join("\n"));
    }
}
