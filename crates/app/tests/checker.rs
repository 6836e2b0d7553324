//! Each check of data and paper: a change that must raise it, on data that otherwise raise nothing of the kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::report::gather;
use thidua_base::{Date, Number};
use thidua_domain::indicator::{Reading, Value};
use thidua_domain::office::Addressing;
use thidua_prose::check::{Remark, Severity};
use thidua_report::form::Form;
use thidua_report::sections::Use;
use thidua_report::{ReportData, check, compose, form};
use world::World;

fn founding() -> ReportData {
    let world = World::loaded();
    world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap()
}

fn remarks_in(data: &ReportData, form: &Form) -> Vec<Remark> {
    check::check(data, form, &compose(data, form).unwrap())
}

fn remarks(data: &ReportData) -> Vec<Remark> {
    remarks_in(data, form(&data.report.form).unwrap())
}

/// Makes a change to the founding data and demands the remark, which the unchanged data must not raise.
fn raises(code: &str, severity: Severity, names: &str, change: impl FnOnce(&mut ReportData)) {
    let mut data = founding();
    let is_it = |remark: &Remark| {
        remark.code == code
            && remark.severity == severity
            && (remark.place.contains(names) || remark.facts.iter().any(|(_, value)| value.contains(names)))
    };
    assert!(!remarks(&data).iter().any(is_it), "the founding data raise {code} already");
    change(&mut data);
    let found = remarks(&data);
    assert!(found.iter().any(is_it), "{code} about '{names}' is not among\n{found:#?}");
}

/// The reading of the reporting unit, this year (`2020-H1`) or last (`2019-H1`).
fn reading<'a>(data: &'a mut ReportData, code: &str, period: &str) -> &'a mut Reading {
    let unit = data.report.unit.clone();
    let wanted = |r: &&mut Reading| r.indicator.as_str() == code && r.unit == unit && r.period.to_string() == period;
    data.readings.iter_mut().find(wanted).unwrap()
}

fn set(reading: &mut Reading, text: &str) {
    reading.value = Value::Of(Number::parse(text).unwrap());
}

#[test]
fn parts_that_do_not_make_up_their_whole() {
    raises("parts-sum", Severity::Error, "thu ngân sách nhà nước", |d| {
        set(reading(d, "NS02", "2020-H1"), "39.46")
    });
    raises("parts-sum", Severity::Error, "2019-H1", |d| set(reading(d, "NS02", "2019-H1"), "99"));
    raises("share-sum", Severity::Error, "cơ cấu kinh tế", |d| set(reading(d, "KT05", "2020-H1"), "15.6"));
}

#[test]
fn a_plan_whose_parts_do_not_make_it_up() {
    raises("plan-sum", Severity::Error, "thu ngân sách nhà nước", |d| {
        let part = d.plan_values.iter_mut().find(|v| v.indicator.as_str() == "NS03").unwrap();
        part.value = Number::parse("280").unwrap();
    });
}

#[test]
fn units_that_do_not_make_up_the_districts_own_figure() {
    raises("units-sum", Severity::Error, "QS01", |d| {
        let own = d.readings.iter().find(|r| r.indicator.as_str() == "QS01" && r.unit != d.report.unit).unwrap();
        let own = Reading { unit: d.report.unit.clone(), value: Value::Of(Number::whole(191)), ..own.clone() };
        d.readings.push(own);
    });
}

#[test]
fn a_total_that_lacks_units_and_a_figure_that_nobody_reported() {
    raises("incomplete", Severity::Error, "33", |d| {
        let at = d.readings.iter().position(|r| r.indicator.as_str() == "QS01").unwrap();
        d.readings.remove(at);
    });
    raises("missing-figure", Severity::Error, "XK01", |d| {
        d.readings.retain(|r| !(r.indicator.as_str() == "XK01" && r.period.to_string() == "2020-H1"));
    });
}

#[test]
fn a_recognition_outside_the_population() {
    raises("outside-population", Severity::Error, "Trường", |d| {
        let event = d.recognitions.iter().find(|r| r.member.as_str().starts_with("truong")).unwrap().clone();
        let member = d.members.iter_mut().find(|m| m.id == event.member).unwrap();
        member.valid_from = event.on.next_day();
    });
}

#[test]
fn a_weak_indicator_that_no_limit_mentions() {
    let data = founding();
    let mut without = form(&data.report.form).unwrap().clone();
    fn drop_behind(parts: &mut [thidua_report::form::Part]) {
        for part in parts {
            part.blocks.retain(|block| block.r#use != Use::Behind);
            drop_behind(&mut part.part);
        }
    }
    drop_behind(&mut without.part);
    let unmentioned = |data: &ReportData| {
        let found = remarks_in(data, &without);
        found.iter().filter(|remark| remark.code == "behind-unmentioned").map(|r| r.place.clone()).collect::<Vec<_>>()
    };
    let weak = unmentioned(&data);
    assert!(weak.contains(&"LD02".to_owned()) && weak.contains(&"NN09".to_owned()), "{weak:?}");
    assert!(!weak.contains(&"KT01".to_owned()), "54,5 % of the plan at half the year is on pace");
    // A limit that speaks of it quiets the checker about it, and about nothing else.
    let mut data = data;
    let code = thidua_base::Code::parse("LD02").unwrap();
    data.findings.iter_mut().find(|f| f.kind == thidua_domain::finding::FindingKind::Limit).unwrap().about.push(code);
    let left = unmentioned(&data);
    assert_eq!(left.len(), weak.len() - 1);
    assert!(!left.contains(&"LD02".to_owned()));
}

#[test]
fn a_report_to_a_superior_without_kinh_gui() {
    raises("missing-salutation", Severity::Error, "", |d| {
        for recipient in &mut d.recipients {
            recipient.addressing = Addressing::Copied;
        }
    });
}

#[test]
fn a_collective_body_that_signs_without_tm() {
    raises("missing-collective-line", Severity::Error, "KT. CHỦ TỊCH", |d| {
        d.signing.as_mut().unwrap().authority.remove(0);
    });
    raises("no-signer", Severity::Error, "5/7/2020", |d| d.signing = None);
}

#[test]
fn a_passage_that_nobody_wrote_and_a_figure_that_somebody_typed() {
    raises("open-passage", Severity::Error, "2.4", |d| d.passages.retain(|p| p.slot != "nong-thon-moi"));
    raises("typed-digit", Severity::Error, "43", |d| {
        let passage = d.passages.iter_mut().find(|p| p.slot == "cong-nghiep").unwrap();
        passage.text = passage.text.replace("{DN01 number}", "43 DN");
    });
}

#[test]
fn a_heading_that_promises_what_nobody_counted() {
    raises("topic-without-figure", Severity::Hint, "quoc-phong", |d| {
        let passage = d.passages.iter_mut().find(|p| p.slot == "luc-luong").unwrap();
        passage.text = "Lực lượng vũ trang hoàn thành nhiệm vụ.".to_owned();
    });
}

#[test]
fn names_that_were_right_on_another_day() {
    // The township bore its old name until December 2019; a passage that types it is caught.
    raises("former-place", Severity::Error, "Tân Ninh", |d| {
        let passage = d.passages.iter_mut().find(|p| p.slot == "dau-tu").unwrap();
        passage.text.push_str(" Xã Tân Ninh làm tốt.");
    });
    raises("instrument-not-in-force", Severity::Error, "91/2017/NĐ-CP", |d| {
        let decree = d.instruments.iter_mut().find(|i| i.number == "91/2017/NĐ-CP").unwrap();
        decree.in_force_to = Date::parse("2020-01-01").ok();
    });
}

#[test]
fn a_law_that_does_not_hold_is_caught_although_it_is_cited_by_its_name_alone() {
    let cite = |id: &'static str| {
        move |d: &mut ReportData| {
            let passage = d.passages.iter_mut().find(|p| p.slot == "dau-tu").unwrap();
            passage.text.push_str(&format!(" Thực hiện {{van-ban {id}}}."));
        }
    };
    raises("instrument-not-in-force", Severity::Error, "06/2022/QH15", cite("luat-06-2022-qh15"));
    let mut data = founding();
    cite("luat-15-2003-qh11")(&mut data);
    let found = remarks(&data);
    assert!(!found.iter().any(|remark| remark.code == "instrument-not-in-force"), "{found:#?}");
}

#[test]
fn what_to_cite_instead_is_named_with_an_instrument_that_has_ended() {
    let mut data = founding();
    data.report.dated = Date::parse("2026-11-24").unwrap();
    let found = remarks(&data);
    let ended: Vec<&Remark> = found.iter().filter(|remark| remark.code == "instrument-not-in-force").collect();
    assert_eq!(ended.len(), 1, "{found:#?}");
    let fact = |name: &str| ended[0].facts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(fact("number"), Some("91/2017/NĐ-CP"));
    assert_eq!(fact("ended"), Some("31/12/2023"));
    assert_eq!(fact("begins"), Some(""));
    assert_eq!(fact("successor"), Some("Nghị định số 152/2025/NĐ-CP"));
}

#[test]
fn glued_words_and_an_unknown_movement() {
    raises("glued-words", Severity::Error, "", |d| {
        let passage = d.passages.iter_mut().find(|p| p.slot == "luc-luong").unwrap();
        passage.text = passage.text.replace("huống. Công", "huốngCông");
    });
    raises("unknown-movement", Severity::Error, "Chung sức", |d| {
        let passage = d.passages.iter_mut().find(|p| p.slot == "he-thong-chinh-tri").unwrap();
        passage.text.push_str(" Phong trào “Chung sức làm giàu” được duy trì.");
    });
}

#[test]
fn an_issued_report_without_number_or_day_is_an_error_and_a_draft_a_hint() {
    let mut data = founding();
    let severity = |data: &ReportData, code: &str| {
        remarks(data).iter().find(|remark| remark.code == code).map(|remark| remark.severity)
    };
    assert_eq!(severity(&data, "empty-date"), Some(Severity::Hint));
    data.document.number = Some(5);
    assert_eq!(severity(&data, "empty-number"), None);
    assert_eq!(severity(&data, "empty-date"), Some(Severity::Error));
    data.document.issued_on = Date::parse("2020-07-06").ok();
    assert_eq!(severity(&data, "empty-date"), None);
}

/// A tenant holds more than one unit: what another district was awarded is not ours to report.
#[test]
fn another_units_awards_are_not_counted() {
    let world = World::loaded();
    let pack = &world.pack;
    let mut district = pack.units.iter().find(|unit| unit.id == pack.head.unit).unwrap().clone();
    district.id = thidua_base::Code::parse("h-398").unwrap();
    district.name = "Huyện Khác".into();
    district.short_name = "Khác".into();
    let mut award = pack.awards.iter().find(|award| award.honour.as_str() == "giay-khen").unwrap().clone();
    award.id = thidua_base::Code::parse("khac-1").unwrap();
    award.unit = district.id.clone();
    let before = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    let mut tx = world.app.db.begin().unwrap();
    thidua_store::org::insert_units(&mut tx, &pack.head.tenant, &[district]).unwrap();
    thidua_store::award::insert_many(&mut tx, &pack.head.tenant, &[award]).unwrap();
    tx.commit().unwrap();
    let after = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    assert_eq!(before.awards.len(), after.awards.len());
}

/// A sum that lacks units is printed only with the mark, and compared with nothing.
#[test]
fn an_incomplete_sum_says_so_where_it_is_printed() {
    let mut data = founding();
    let at = data.readings.iter().position(|r| r.indicator.as_str() == "LD01" && r.unit != data.report.unit).unwrap();
    data.readings.remove(at);
    let paper = compose(&data, form(&data.report.form).unwrap()).unwrap();
    let text = thidua_paper::text::write(&paper);
    assert!(text.contains("(33/34 đơn vị báo cáo)"), "the paper does not say that a unit is missing");
    assert!(text.contains("chưa đủ số liệu để so sánh với cùng kỳ"));
}

/// The change of a percentage is told in points, never as a percentage of it.
#[test]
fn a_percentage_changes_by_points() {
    let mut data = founding();
    let now = reading(&mut data, "YT05", "2020-H1").clone();
    data.readings.push(Reading {
        period: now.period.same_period_last_year(),
        value: Value::Of(Number::parse("80").unwrap()),
        ..now
    });
    let passage = data.passages.iter_mut().find(|p| p.slot == "lao-dong").unwrap();
    passage.text = "Kết quả: {YT05 value prior}.".to_owned();
    let text = thidua_paper::text::write(&compose(&data, form(&data.report.form).unwrap()).unwrap());
    assert!(text.contains("đạt 83,1%, tăng 3,1\u{a0}điểm phần trăm so với cùng kỳ"), "{text}");
}
