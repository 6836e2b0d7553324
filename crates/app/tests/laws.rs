//! The law book in force: overlays loaded and unloaded, refused whole, and used by every answer and list.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::Error;
use thidua_app::eligibility::{AnswerAsked, Asked, ListAsked, answer_condition, check, compare, honour, honours, list};
use thidua_app::instrument;
use thidua_app::law::{LawBook, load_law, loaded, unload_law};
use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId, OrgId, TenantId};
use thidua_domain::actor::{Post, Reach, Role};
use thidua_domain::eligibility::{LawStep, Reply, prospect};
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Refusal};
use thidua_law::condition::LayerChange;
use thidua_law::loaded::LawPackKind;
use world::World;

const SAMPLE: [(&str, &str); 4] = [
    ("overlay.toml", include_str!("../../../packs/quy-dinh-tinh-mau/overlay.toml")),
    (
        "honours/chien-si-thi-dua-co-so.toml",
        include_str!("../../../packs/quy-dinh-tinh-mau/honours/chien-si-thi-dua-co-so.toml"),
    ),
    ("honours/giay-khen-ubnd-xa.toml", include_str!("../../../packs/quy-dinh-tinh-mau/honours/giay-khen-ubnd-xa.toml")),
    ("cases/quy-dinh-tinh-mau.toml", include_str!("../../../packs/quy-dinh-tinh-mau/cases/quy-dinh-tinh-mau.toml")),
];

const FIGHTER: &str = "chien-si-thi-dua-co-so";
const NGUYET: &str = "ts-p-01";

fn sample() -> Vec<(String, String)> {
    SAMPLE.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

/// The sample with a text replaced in one of its files.
fn changed(file: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = sample();
    let text = &mut files.iter_mut().find(|one| one.0 == file).unwrap().1;
    assert!(text.contains(from), "{file} has no '{from}'");
    *text = text.replacen(from, to, 1);
    files
}

fn code(text: &str) -> HonourCode {
    HonourCode::parse(text).unwrap()
}

fn asked(on: &str, year: i16) -> Asked {
    Asked { honour: Some(code(FIGHTER)), on: Date::parse(on).ok(), year: Some(year), received_on: None }
}

fn nguyet() -> SubjectId {
    SubjectId::parse(NGUYET).unwrap()
}

/// What the book says of the initiative of somebody, the day it asks for and the layer.
fn cited(world: &World, on: &str, year: i16) -> (String, Option<LayerChange>) {
    let checked = check(&world.app, &world.by, &nguyet(), &asked(on, year)).unwrap();
    let finding = checked.answers[0].at("can-cu/sang-kien/1").unwrap().clone();
    (finding.cite.to_string(), finding.layer.map(|layer| layer.change))
}

#[test]
fn what_is_loaded_is_used_by_every_answer_and_what_is_unloaded_by_none() {
    let world = World::loaded();
    let (app, by) = (&world.app, &world.by);
    let shipped = app.shipped.hash().to_owned();
    assert!(matches!(app.book(by).unwrap(), LawBook::Shipped(_)));
    let (national, layer) = cited(&world, "2025-01-15", 2024);
    assert_eq!(layer, None);

    let act = load_law(app, by, sample(), "Quyết định mẫu có hiệu lực").unwrap();
    assert_eq!((act.number, act.step, act.kind), (1, LawStep::Load, LawPackKind::Overlay));
    assert!(act.is_sample && act.name == "Quy định mẫu của tỉnh A");
    let book = app.book(by).unwrap();
    assert_eq!(book.hash(), act.book);
    assert_ne!(book.hash(), shipped);
    // The one answer, with the clause of the province; before its day the national one alone.
    let (local, layer) = cited(&world, "2025-01-15", 2024);
    assert_eq!(layer, Some(LayerChange::Tightened));
    assert!(local.starts_with("quyet-dinh-mau-01-2024-qd-ubnd"), "{local}");
    assert_eq!(cited(&world, "2024-06-30", 2023).1, None);
    let checked = check(app, by, &nguyet(), &asked("2025-01-15", 2024)).unwrap();
    assert_eq!(checked.answers[0].book_hash, book.hash());
    // The list: the quota of the province beside the national ones, everyone judged as alone.
    let district = ListAsked { unit: OrgId::parse("h-397").unwrap(), below: true, asked: asked("2025-01-15", 2024) };
    let listed = list(app, by, &district).unwrap();
    assert_eq!(listed.book_hash, book.hash());
    let own =
        |row: &thidua_law::honour::Dated<thidua_law::honour::Quota>| book.overlay_of(&row.cite.instrument).is_some();
    assert!(listed.quotas.iter().any(|(row, _)| own(row) && row.what.percent == 20));
    assert!(!listed.rows.is_empty());
    for row in &listed.rows {
        let alone = check(app, by, &row.id, &asked("2025-01-15", 2024)).unwrap();
        assert_eq!(prospect(&alone.answers[0]), row.prospect, "{}", row.name);
    }
    // The comparison, the honour with its quotas, the honours, the instruments.
    let compared = compare(app, by, &nguyet(), &asked("2024-06-30", 2023), Date::parse("2025-01-15").unwrap()).unwrap();
    assert_eq!(compared.honours[0].after.book_hash, book.hash());
    let seen = honour(app, by, &code(FIGHTER), Date::parse("2025-01-15").ok()).unwrap();
    assert_eq!(seen.book_hash, book.hash());
    assert!(seen.quotas.iter().any(|quota| quota.overlay.as_ref().is_some_and(|head| head.is_sample)));
    let layers = seen.versions.iter().flat_map(|version| &version.conditions).filter_map(|one| one.layer.as_ref());
    assert!(layers.map(|layer| layer.code.as_str()).all(|code| code == "quy-dinh-tinh-mau"));
    assert_eq!(honours(app, by, None).unwrap().book_hash, book.hash());
    let id = InstrumentId::parse("quyet-dinh-mau-01-2024-qd-ubnd").unwrap();
    assert!(instrument::one(app, by, &id, None).is_ok());

    let held = loaded(app, by).unwrap();
    assert_eq!(held.shipped, shipped);
    let touched: Vec<&str> = held.packs[0].honours.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(touched, [FIGHTER, "giay-khen-ubnd-xa"]);
    assert_eq!(held.packs[0].head.as_ref().unwrap().issuer, "Ủy ban nhân dân tỉnh A (mẫu)");

    let gone = unload_law(app, by, "quy-dinh-tinh-mau", "Hết hiệu lực").unwrap();
    assert_eq!((gone.number, gone.book.as_str()), (2, &*shipped));
    assert_eq!(app.book(by).unwrap().hash(), shipped);
    assert_eq!(cited(&world, "2025-01-15", 2024), (national, None));
    assert!(loaded(app, by).unwrap().packs.is_empty());
    assert!(matches!(instrument::one(app, by, &id, None), Err(Error::NotFound(_))));
    let steps: Vec<LawStep> = loaded(app, by).unwrap().acts.iter().map(|act| act.step).collect();
    assert_eq!(steps, [LawStep::Unload, LawStep::Load]);
    let journal = thidua_app::audit::tail(app, by, 10).unwrap();
    let told: Vec<&str> = journal.iter().map(|row| row.verb.as_str()).take(2).collect();
    assert_eq!(told, ["unload-law", "load-law"]);
}

#[test]
fn an_answer_of_a_person_keeps_the_hash_of_the_book_it_was_asked_from() {
    let world = World::loaded();
    let (app, by) = (&world.app, &world.by);
    let act = load_law(app, by, sample(), "").unwrap();
    let new = AnswerAsked {
        subject: nguyet(),
        asked: asked("2025-01-15", 2024),
        condition: "can-cu/muu-tri/1".to_owned(),
        reply: Reply::Yes,
        reason: "Biên bản".to_owned(),
    };
    let checked = check(app, by, &nguyet(), &asked("2025-01-15", 2024)).unwrap();
    let findings = checked.answers[0].all_findings();
    let open = findings.iter().find(|one| thidua_domain::eligibility::answerable(one)).unwrap();
    let new = AnswerAsked { condition: open.path.to_string(), ..new };
    assert_eq!(answer_condition(app, by, &new).unwrap().book, act.book);
    unload_law(app, by, "quy-dinh-tinh-mau", "Hết hiệu lực").unwrap();
    let given = check(app, by, &nguyet(), &asked("2025-01-15", 2024)).unwrap().given;
    assert_eq!(given[0].book, act.book, "what was answered names the book of its day");
}

#[test]
fn a_pack_that_is_wrong_anywhere_is_refused_with_file_line_and_key_and_nothing_is_loaded() {
    let world = World::loaded();
    let (app, by) = (&world.app, &world.by);
    let fighter = "honours/chien-si-thi-dua-co-so.toml";
    let looser = changed(
        fighter,
        "scope = \"co-so\", status = \"da-ap-dung\", times = 1",
        "scope = \"co-so\", status = \"duoc-cong-nhan\", times = 0",
    );
    let share = changed(fighter, "condition  = \"can-cu/sang-kien/1\"", "condition  = \"can-cu\"");
    for (files, wanted) in [
        (looser, "honours/chien-si-thi-dua-co-so.toml, dòng "),
        (share, "tighten[1].test: quy định của địa phương không được nới lỏng quy định chung"),
        (
            changed(fighter, "initiative = {", "sang_kien_moi = {"),
            "test.sang_kien_moi: 'sang_kien_moi' không phải là phép thử",
        ),
        (
            changed("overlay.toml", "in_force_from = 2024-07-01", "in_force_from = 2025-01-01"),
            "nằm ngoài thời gian có hiệu lực của văn bản",
        ),
        (
            changed("overlay.toml", "from   = 2024-07-01", "from   = 2024-07-01\nto     = 2024-01-01"),
            "overlay.toml, dòng 7, to: ngày kết thúc phải sau ngày bắt đầu",
        ),
    ] {
        match load_law(app, by, files, "") {
            Err(Error::Refused(Refusal::LawFaults { found })) => {
                assert!(found.iter().any(|said| said.vi.contains(wanted)), "{wanted}: {found:?}");
            }
            other => panic!("{wanted}: {other:?}"),
        }
    }
    let untrue = changed("cases/quy-dinh-tinh-mau.toml", "want    = \"du\"", "want    = \"khong-du\"");
    let refused = load_law(app, by, untrue, "");
    assert!(
        matches!(&refused, Err(Error::Refused(Refusal::LawCases { found })) if found[0].vi.contains("dòng")),
        "{refused:?}"
    );
    assert!(matches!(load_law(app, by, Vec::new(), ""), Err(Error::Refused(Refusal::LawFaults { .. }))));
    assert!(matches!(app.book(by).unwrap(), LawBook::Shipped(_)), "nothing is half loaded");
    assert!(loaded(app, by).unwrap().acts.is_empty());
    let journal = thidua_app::audit::tail(app, by, 10).unwrap();
    assert!(journal.iter().all(|row| row.verb != "load-law"));
}

#[test]
fn a_pack_is_replaced_by_its_code_and_what_stands_on_it_keeps_it() {
    let world = World::loaded();
    let (app, by) = (&world.app, &world.by);
    load_law(app, by, sample(), "").unwrap();
    let again = load_law(app, by, sample(), "");
    assert!(matches!(again, Err(Error::Refused(Refusal::LawInForce { .. }))), "{again:?}");
    let unknown = unload_law(app, by, "khong-co", "x");
    assert!(
        matches!(&unknown, Err(Error::Refused(Refusal::LawNotInForce { known, .. })) if known == &["quy-dinh-tinh-mau"])
    );
    assert!(matches!(unload_law(app, by, "quy-dinh-tinh-mau", " "), Err(Error::Refused(Refusal::NoReason))));
    let mut newer = changed("honours/chien-si-thi-dua-co-so.toml", "percent    = 20", "percent    = 10");
    newer.iter_mut().find(|one| one.0.starts_with("cases/")).unwrap().1 =
        sample()[3].1.replace("want    = [\"6\"]", "want    = [\"3\"]");
    let act = load_law(app, by, newer, "Sửa tỷ lệ").unwrap();
    let held = loaded(app, by).unwrap();
    assert_eq!((held.packs.len(), held.packs[0].act.number), (1, act.number));
    // A second overlay that tightens a condition of the first cannot stay without it.
    let above = vec![
        (
            "overlay.toml".to_owned(),
            SAMPLE[0].1.replace("quy-dinh-tinh-mau", "quy-dinh-so").replace("quyet-dinh-mau-01", "quyet-dinh-mau-02"),
        ),
        (
            "honours/chien-si-thi-dua-co-so.toml".to_owned(),
            "honour = \"giay-khen-ubnd-xa\"\n[[add]]\nid = \"khong-bi-ky-luat\"\nfrom = 2024-07-01\nto = 2026-10-01\n\
             cite = \"quyet-dinh-mau-02-2024-qd-ubnd\"\nconfidence = \"text-seen\"\nfor = [\"ca-nhan\"]\n\
             test = { undisciplined = { below = \"khien-trach\", in = \"nam-xet\" } }\n"
                .to_owned(),
        ),
        (SAMPLE[3].0.to_owned(), String::new()),
    ];
    let refused = load_law(app, by, above, "");
    assert!(matches!(refused, Err(Error::Refused(Refusal::LawFaults { .. }))), "without cases or twice: {refused:?}");
}

#[test]
fn only_an_administrator_of_the_whole_loads_and_other_tenants_are_left_alone() {
    let world = World::loaded();
    let app = &world.app;
    let tenant = app.home.tenant.clone();
    let account = || thidua_base::Code::parse("tk-1").unwrap();
    let holder = |role, reach| Actor::person("An", tenant.clone(), account(), vec![Post { role, reach }]);
    let unit = Reach::Only(vec![OrgId::parse("h-397").unwrap()]);
    let strangers = [
        Actor::reader("x", tenant.clone()),
        holder(Role::Specialist, Reach::Everything),
        holder(Role::Leader, Reach::Everything),
        holder(Role::Administrator, unit),
    ];
    for by in &strangers {
        assert!(matches!(load_law(app, by, sample(), ""), Err(Error::NotFound("law"))), "{by:?}");
        assert!(matches!(unload_law(app, by, "quy-dinh-tinh-mau", "x"), Err(Error::NotFound("law"))));
    }
    let administrator = holder(Role::Administrator, Reach::Everything);
    let act = load_law(app, &administrator, sample(), "").unwrap();
    assert_eq!(act.entered.by, "An");
    // Everyone of the tenant is judged by it; who loaded it is told to those who read the journal.
    let reader = &strangers[0];
    assert_eq!(app.book(reader).unwrap().hash(), act.book);
    let seen = loaded(app, reader).unwrap();
    assert!(seen.packs.len() == 1 && seen.acts.is_empty() && !seen.shows_who);
    let other = Actor::operator("x", TenantId::parse("noi-khac").unwrap());
    assert!(matches!(app.book(&other).unwrap(), LawBook::Shipped(_)));
}
