//! The register of exemplars on the pages and by keys: kept by those who may, seen by the public as the table says.

use axum::http::StatusCode;
use serde_json::{Value, json};
use thidua_app::exemplar::open_sample;
use thidua_domain::Actor;
use thidua_domain::actor::TokenScope;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::api::{Program, told};
use crate::browser::looked_at;
use crate::driver::browser_on;
use crate::grid::{COMMUNE, house, signed_in};

const PICTURE: &[u8] = include_bytes!("../../../app/src/exemplar/sample-picture.png");
const NEW: &str = "/dien-hinh/de-xuat";

fn proposal<'a>(token: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("ma", token),
        ("loai", "model"),
        ("linh-vuc", "trong-trot"),
        ("ten", name),
        ("dia-ban", COMMUNE),
        ("quy-mo", "0,5"),
        ("don-vi-tinh", "ha"),
        ("tu-nam", "2018"),
        ("cach-lam", "Ươm trong khay, tưới nhỏ giọt"),
        ("nguoi-lien-he", "Lê Văn An"),
        ("cach-lien-he", "0912345678"),
    ]
}

#[tokio::test]
async fn an_exemplar_is_proposed_recognised_and_seen_by_everyone_without_the_contact() {
    let app = house();
    let mut reporter = Visit::to(&app);
    let (mut leader, mut public) = (reporter.another(), reporter.another());
    reporter.sign_in("thuy", PASSWORD).await;
    leader.sign_in("an", PASSWORD).await;
    let page = reporter.get(NEW).await;
    assert!(page.text().contains("Chỉ người có quyền ở địa bàn xem được:"), "told beforehand");
    assert_eq!(public.get(NEW).await.status, StatusCode::NOT_FOUND);
    let token = form_token(&page);
    let mut nameless = proposal(&token, " ");
    nameless.retain(|(field, _)| *field != "dia-ban");
    nameless.push(("dia-ban", COMMUNE));
    let refused = reporter.post(NEW, &nameless).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.text().contains("Chưa ghi tên") && refused.text().contains("0912345678"),
        "what was typed comes back"
    );
    assert_eq!(reporter.post(NEW, &proposal("0-0", "Dưa")).await.status.as_u16(), 422);
    let done = reporter.post(NEW, &proposal(&token, "Dưa <b>trong</b> nhà màng")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let address = done.location().to_owned();
    assert_eq!(public.get(&address).await.status, StatusCode::NOT_FOUND, "a proposal is nobody else's");
    assert!(!public.get("/dien-hinh?tim=nha+mang").await.text().contains(&address));

    // A picture before the recognition; what is none is told in a sentence.
    let papers = format!("{address}/tai-lieu");
    let fields = [("ma", token.as_str()), ("viec", "anh"), ("chu-thich", "Nhà màng")];
    let refused = reporter.send_paper(&papers, &fields, ("a.png", b"<svg onload='alert(1)'>")).await;
    assert!(refused.status.as_u16() == 422 && refused.text().contains("Loại tệp này không nhận"), "{}", refused.text());
    let done = reporter.send_paper(&papers, &fields, ("a.png", PICTURE)).await;
    assert_eq!(done.location(), address, "{}", done.text());
    let shown = reporter.get(&address).await;
    let (_, tail) = shown.text().split_once(&format!("<img src=\"{papers}/")).unwrap();
    let picture = format!("{papers}/{}", tail.split_once('"').unwrap().0);
    assert_eq!(public.get(&picture).await.status, StatusCode::NOT_FOUND);

    let page = leader.get(&address).await;
    assert!(page.text().contains("value=\"cong-nhan\"") && page.text().contains("0912345678"));
    let token = form_token(&page);
    let undecided = [("ma", token.as_str()), ("viec", "cong-nhan"), ("quyet-dinh", ""), ("ngay", "2020-07-05")];
    let refused = leader.post(&address, &undecided).await;
    assert!(refused.status.as_u16() == 422 && refused.text().contains("Công nhận cần số"), "{}", refused.text());
    let decided = [("ma", token.as_str()), ("viec", "cong-nhan"), ("quyet-dinh", "12/QĐ"), ("ngay", "2020-07-05")];
    assert_eq!(leader.post(&address, &decided).await.location(), address);
    let public_page = public.get(&address).await;
    let text = public_page.text();
    assert!(text.contains("12/QĐ") && text.contains("Ươm trong khay"), "{text}");
    for private in ["0912345678", "Lê Văn An", "Lê Thị Thủy", "<b>trong</b>", "name=\"viec\""] {
        assert!(!text.contains(private), "{private}");
    }
    let own = reporter.get(&format!("{address}?cong-khai=1")).await;
    assert!(!own.text().contains("0912345678") && own.text().contains("Đang xem như người ngoài thấy"));
    let file = public.get(&picture).await;
    assert_eq!(file.bytes, PICTURE);
    for (header, value) in [
        ("content-type", "image/png"),
        ("content-disposition", "inline"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(file.header(header), value, "{header}");
    }
    // The clerk's office tells a copy; withdrawing needs a reason, and then nothing is left for the public.
    let copy = [
        ("ma", token.as_str()),
        ("viec", "hoc-theo"),
        ("don-vi", "h-397"),
        ("tu-ngay", "2019-08-10"),
        ("cach", "Làm theo ở các xã"),
        ("chi-tieu-1", "NN01"),
    ];
    assert_eq!(leader.post(&address, &copy).await.location(), address);
    assert!(public.get(&address).await.text().contains("+28,9"), "the figures of the indicator chapter");
    let silent = leader.post(&address, &[("ma", &token), ("viec", "rut"), ("ly-do", " ")]).await;
    assert_eq!(silent.status.as_u16(), 422);
    let gone = leader.post(&address, &[("ma", &token), ("viec", "rut"), ("ly-do", "Bỏ nhà màng")]).await;
    assert_eq!(gone.location(), address);
    for path in [&address, &picture] {
        assert_eq!(public.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(reporter.get(&address).await.text().contains("Bỏ nhà màng"), "the history stays");
}

#[tokio::test]
async fn a_list_is_sent_looked_at_and_confirmed_and_the_register_leaves_as_a_file() {
    let app = house();
    let mut reporter = Visit::to(&app);
    let mut public = reporter.another();
    reporter.sign_in("thuy", PASSWORD).await;
    let lists = "/dien-hinh/nhap-tep";
    assert_eq!(public.get(lists).await.status, StatusCode::NOT_FOUND);
    let token = form_token(&reporter.get(lists).await);
    let fields = [("ma", token.as_str()), ("don-vi", COMMUNE)];
    let text = "Tên mô hình;Lĩnh vực;Cách làm;Quy mô;Đơn vị tính\r\nNuôi ong;Chăn nuôi;Thùng kế;120;đàn\r\n\
        Trồng hoa;Làm vườn;Luống;;\r\n";
    let broken = reporter.send_form_file(lists, &fields, "a.csv", b"a;b\r\n1;2\r\n").await;
    assert_eq!(broken.status.as_u16(), 422, "{}", broken.text());
    let sent = reporter.send_form_file(lists, &fields, "ds.csv", text.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let preview = sent.location().to_owned();
    let page = reporter.get(&preview).await;
    assert!(
        page.text().contains("1 nhận") && page.text().contains("Sổ không có lĩnh vực “Làm vườn”"),
        "{}",
        page.text()
    );
    assert!(!reporter.get("/dien-hinh?tim=nuoi+ong").await.text().contains("Nuôi ong</a>"), "nothing is written yet");
    let done = reporter.post(&preview, &[("ma", &form_token(&page))]).await;
    assert!(done.text().contains("Đã đề xuất 1 điển hình, bỏ lại 1 dòng"), "{}", done.text());
    assert!(reporter.get("/dien-hinh?tim=nuoi+ong&tinh-trang=proposed").await.text().contains("Nuôi ong</a>"));
    let book = reporter.get("/dien-hinh/so-dien-hinh.xlsx").await;
    assert!(book.bytes.starts_with(b"PK") && book.header("content-disposition").starts_with("attachment"));
    let own = reporter.get("/dien-hinh/so-dien-hinh.csv?tim=ong").await;
    assert!(own.text().contains("Nuôi ong;Chăn nuôi"), "{}", own.text());
    assert!(!public.get("/dien-hinh/so-dien-hinh.csv").await.text().contains("Nuôi ong;"));
}

#[tokio::test]
async fn keys_read_propose_recognise_confirm_copy_and_withdraw() {
    let app = house();
    let reporter = Program::of(&app, "thuy", &[TokenScope::Read, TokenScope::Send], None);
    let leader = Program::of(&app, "an", &TokenScope::ALL, None);
    let reader = Program::of(&app, "an", &[TokenScope::Read], None);
    let new = json!({"kind": "model", "field": "trong-trot", "name": "Dưa trong nhà màng", "unit": COMMUNE,
        "size": "0.5", "measure": "ha", "since": 2018, "method": "Tưới nhỏ giọt", "contact_way": "0912"});
    assert_eq!(reader.post("/api/v1/exemplars", &new).await.status.as_u16(), 404, "out of its scope");
    let kept = reporter.once("/api/v1/exemplars", "mot-lan", &new).await;
    assert_eq!(kept.status.as_u16(), 201, "{}", kept.text());
    let again = reporter.once("/api/v1/exemplars", "mot-lan", &new).await;
    assert_eq!((again.header("idempotent-replayed"), told(&again)), ("true", told(&kept)));
    let twice = reporter.post("/api/v1/exemplars", &new).await;
    assert_eq!((twice.status.as_u16(), &told(&twice)["type"]), (422, &json!("urn:thidua:problem:bad-exemplar")));
    let address = format!("/api/v1/exemplars/{}", told(&kept)["id"].as_str().unwrap());
    let elsewhere = Program::of(&app, "binh", &[TokenScope::Read], Some("x-15766"));
    assert_eq!(elsewhere.get(&address).await.status.as_u16(), 404, "to a stranger there is none");
    let decided = json!({"decision": "12/QĐ", "day": "2020-07-05"});
    let path = format!("{address}/recognition");
    assert_eq!(reporter.post(&path, &decided).await.status.as_u16(), 404);
    assert_eq!(told(&leader.post(&path, &decided).await)["standing"], "recognised");
    let confirmed = leader.post(&format!("{address}/confirmation"), &json!({"day": "2020-07-05", "size": "2"})).await;
    assert_eq!(told(&confirmed)["standing"], "confirmed", "{}", confirmed.text());
    let copy = json!({"unit": "h-397", "since": "2019-08-10", "how": "Làm theo", "indicators": ["NN01"]});
    let copied = told(&leader.post(&format!("{address}/replications"), &copy).await);
    assert_eq!(copied["copies"][0]["changes"][0]["before"], "1202.3", "{copied}");
    let own: Value = told(&reporter.get(&address).await);
    assert_eq!((&own["size"], &own["contact"]["way"]), (&json!("2"), &json!("0912")));
    let public: Value = told(&elsewhere.get(&address).await);
    assert_eq!((&public["contact"], &public["history"]), (&Value::Null, &json!([])));
    let listed = told(&reader.get("/api/v1/exemplars?standing=confirmed&q=nha+mang").await);
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!(reader.get("/api/v1/exemplars?standing=x").await.status.as_u16(), 400);
    let path = format!("{address}/withdrawal");
    assert_eq!(leader.post(&path, &json!({"reason": ""})).await.status.as_u16(), 422);
    assert_eq!(told(&leader.post(&path, &json!({"reason": "Bỏ"})).await)["standing"], "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_exemplars_hold_the_rules() {
    let app = house();
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    open_sample(&app, &by).unwrap();
    for width in [1280, 390] {
        let Some(browser) = browser_on(&app, "exemplars", width).await else { return };
        let mut found = Vec::new();
        for path in ["/dien-hinh", "/dien-hinh/mau-dan-van-kheo"] {
            found.extend(looked_at(&browser, path).await);
        }
        signed_in(&browser, &app, "an").await;
        for path in ["/dien-hinh", "/dien-hinh/mau-dan-van-kheo", "/dien-hinh/mau-ca-nhan", NEW, "/dien-hinh/nhap-tep"]
        {
            found.extend(looked_at(&browser, path).await);
        }
        browser.close().await;
        assert!(found.is_empty(), "{width}: {}", found.join("\n"));
    }
}
