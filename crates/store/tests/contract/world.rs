//! The rows of a sample world: each variant of each enum, missing values, Vietnamese text, and the
//! largest and smallest numbers, in the order in which the store gives them back. Two tenants get the
//! same ids and different texts.

use thidua_domain::cluster::{Cluster, ClusterMember, ClusterRole};
use thidua_domain::decision::{Award, DirectWorker};
use thidua_domain::draft::{Override, Passage};
use thidua_domain::exemplar::Exemplar;
use thidua_domain::finding::{Finding, FindingKind, Task, TaskKind};
use thidua_domain::honour::{CommendationType, Subject};
use thidua_domain::indicator::standard::{Member, Recognition, RecognitionState, Standard};
use thidua_domain::indicator::{
    Absence, Comparator, Direction, Indicator, Nature, Parts, Plan, PlanNaming, PlanValue, Qualifier, Reading,
    TreeRule, Value, ValueKind,
};
use thidua_domain::movement::{Movement, MovementKind, Occasion};
use thidua_domain::office::{Addressing, Recipient, RegisteredDocument, Report, SigningAuthority};
use thidua_domain::org::{Edge, Portion, Share, Unit, UnitEvent, UnitLink};
use thidua_law::instrument::Instrument;
use thidua_store::pack::LoadedPack;

use crate::sample::{HALF, PERIODS, World, at, code, day, extreme, from, period};

/// The world of a tenant; `owner` stands in every text, so that a row of another tenant is seen at once.
pub fn world(owner: &str) -> World {
    let mut world = World::default();
    world.packs.push(LoadedPack {
        pack: "trieu-son-2020".into(),
        hash: format!("hash của {owner}"),
        loaded_at: at("2020-07-05T00:00:00Z"),
    });
    law(&mut world);
    people(&mut world, owner);
    figures(&mut world, owner);
    emulation(&mut world, owner);
    desk(&mut world, owner);
    world
}

fn law(world: &mut World) {
    let instrument = |id: &str, issued: &str, to: Option<&str>, by: Option<&str>| Instrument {
        id: code(id),
        kind: "Chỉ thị".into(),
        number: "34-CT/TW".into(),
        title: "về tiếp tục đổi mới công tác thi đua, khen thưởng".into(),
        issuer: "Bộ Chính trị".into(),
        issued_on: day(issued),
        in_force_from: day(issued),
        in_force_to: to.map(day),
        replaced_by: by.map(code),
    };
    // The older one names the newer one, which comes later in the same load.
    world.instruments = vec![
        instrument("chi-thi-cu", "2004-05-21", Some("2014-04-07"), Some("chi-thi-moi")),
        instrument("chi-thi-moi", "2014-04-07", None, None),
    ];
}

fn people(world: &mut World, owner: &str) {
    let unit = |id: &str, from_day: &str, to: Option<&str>, index: usize| Unit {
        id: code(id),
        kind: "commune".into(),
        code: if index == 0 { String::new() } else { "15664".into() },
        name: format!("Xã Tiến Nông của {owner}"),
        short_name: "Tiến Nông".into(),
        valid_from: day(from_day),
        valid_to: to.map(day),
        legal_ref: String::new(),
        provenance: from(index, owner),
    };
    world.units = vec![
        unit("huyen", "1981-01-01", Some("2019-12-01"), 0),
        unit("huyen", "2019-12-01", None, 1),
        unit("xa-a", "1981-01-01", None, 2),
        unit("xa-b", "1981-01-01", None, 3),
    ];
    let edge = |child: &str, to: Option<&str>| Edge {
        tree: code("lanh-tho"),
        child: code(child),
        parent: code("huyen"),
        valid_from: day("1981-01-01"),
        valid_to: to.map(day),
    };
    world.edges = vec![edge("xa-a", None), edge("xa-b", Some("2025-07-01"))];
    let link = |from: &str, to: &str, portion| UnitLink { from: code(from), to: code(to), portion };
    let event = |id: &str, on: &str, links| UnitEvent {
        id: id.into(),
        kind: "merge".into(),
        effective_on: day(on),
        legal_ref: format!("Nghị quyết của {owner}"),
        links,
    };
    world.events = vec![
        event(
            "sap-nhap",
            "2019-12-01",
            vec![link("xa-b", "huyen", Portion::Partial), link("xa-a", "huyen", Portion::Full)],
        ),
        event("tach", "2020-01-01", vec![link("xa-b", "xa-b", Portion::Full)]),
        event("doi-ten", "2020-02-01", vec![]),
    ];
    let share = |from: &str, to: &str, basis: &str, numerator, denominator| Share {
        basis: basis.into(),
        event: if to == "huyen" { "sap-nhap".into() } else { "tach".into() },
        from: code(from),
        to: code(to),
        numerator,
        denominator,
        source: format!("Biên bản của {owner}"),
    };
    world.shares = vec![
        share("xa-a", "huyen", "area", 1, 1),
        share("xa-b", "huyen", "area", i64::MAX - 1, i64::MAX),
        share("xa-b", "huyen", "population", 0, 1),
        share("xa-b", "xa-b", "population", 1, 1),
    ];
}

fn figures(world: &mut World, owner: &str) {
    let kinds = [ValueKind::Flow, ValueKind::Stock, ValueKind::Ratio, ValueKind::Index];
    let rules = [
        TreeRule::Own,
        TreeRule::Sum,
        TreeRule::CountPositive(code("KT01")),
        TreeRule::Quotient(code("KT01"), code("KT02")),
    ];
    let directions = [Direction::Up, Direction::Down, Direction::Neutral, Direction::Up];
    for index in 0..4 {
        world.indicators.push(Indicator {
            code: code(&format!("KT0{}", index + 1)),
            valid_from: day("2016-01-01"),
            valid_to: (index == 1).then(|| day("2021-01-01")),
            name: format!("Giá trị sản xuất của {owner}"),
            phrase: "giá trị sản xuất".into(),
            name_en: "output".into(),
            measure: "tỷ đồng".into(),
            decimals: u8::try_from(index).unwrap(),
            percent_decimals: 1,
            kind: kinds[index],
            tree_rule: rules[index].clone(),
            direction: directions[index],
            price_basis: "so sánh 2010".into(),
            part_of: (index == 1).then(|| code("KT04")),
            parts: if index == 3 { Parts::All } else { Parts::Some },
            field: "nong-nghiep".into(),
            ordinal: [-i64::MAX, -1, 0, i64::MAX][index],
            owner: (index == 2).then(|| code("xa-a")),
            definition: String::new(),
        });
    }
    let plan = |id: &str, naming, decided: &str, supersedes: Option<&str>, index: usize| Plan {
        id: code(id),
        assigner: code("huyen"),
        naming,
        word: "kế hoạch".into(),
        period: period("2020"),
        number: String::new(),
        decided_on: day(decided),
        supersedes: supersedes.map(code),
        provenance: from(index, owner),
    };
    world.plans = vec![
        plan("huyen-giao", PlanNaming::Plain, "2019-12-20", None, 0),
        // Revised by a plan that sorts before it, so that the reference points to a row not yet written.
        plan("dieu-chinh", PlanNaming::Named, "2020-03-20", Some("huyen-giao"), 1),
    ];
    let comparators = [Comparator::AtLeast, Comparator::AtMost, Comparator::Exactly];
    for (index, unit) in ["huyen", "xa-a", "xa-b"].into_iter().enumerate() {
        world.plan_values.push(PlanValue {
            plan: code(if unit == "huyen" { "dieu-chinh" } else { "huyen-giao" }),
            indicator: code("KT01"),
            unit: code(unit),
            period: period("2020"),
            comparator: comparators[index],
            value: extreme(index),
            provenance: from(index, owner),
        });
    }
    readings(world, owner);
    standards(world, owner);
}

fn readings(world: &mut World, owner: &str) {
    let natures = [Nature::Estimate, Nature::Provisional, Nature::Official];
    let qualifiers = [Qualifier::Plain, Qualifier::Above, Qualifier::Nearly, Qualifier::Still];
    let absences = [Absence::NotReported, Absence::NotApplicable, Absence::NoneOccurred, Absence::Withheld];
    let mut seq = 0;
    for (place, of) in PERIODS.into_iter().enumerate() {
        for (index, unit) in ["huyen", "xa-a", "xa-b"].into_iter().enumerate() {
            let cell = place * 3 + index;
            seq += 1;
            world.readings.push(Reading {
                seq,
                indicator: code("KT01"),
                unit: code(unit),
                period: period(of),
                nature: natures[cell % 3],
                value: match cell % 3 {
                    2 => Value::Absent(absences[cell / 3 % 4]),
                    _ => Value::Of(extreme(cell)),
                },
                qualifier: qualifiers[cell % 4],
                as_of: (index == 1).then(|| day("2020-06-15")),
                provenance: from(cell, owner),
                entered_by: format!("Lê Thị Thủy của {owner}"),
                entered_at: at("2020-07-01T01:02:03Z"),
                supersedes: None,
                reason: String::new(),
            });
        }
    }
}

fn standards(world: &mut World, owner: &str) {
    for (index, name) in ["Chuẩn quốc gia", "Nông thôn mới"].into_iter().enumerate() {
        world.standards.push(Standard {
            code: code(&format!("chuan-{index}")),
            name: format!("{name} của {owner}"),
            phrase: "đạt chuẩn".into(),
            measure: "xã".into(),
            population: "xã, thị trấn của huyện".into(),
            percent_decimals: 2,
            field: "van-hoa".into(),
            ordinal: 7,
            definition: "Tính từ khi có quyết định.".into(),
        });
    }
    let states = [
        RecognitionState::Registered,
        RecognitionState::Appraised,
        RecognitionState::Recognised,
        RecognitionState::RecognisedAgain,
        RecognitionState::Revoked,
    ];
    // Ids run backwards: members and events come back in the order given, not sorted.
    for (index, unit) in [Some("xa-b"), Some("xa-a"), None].into_iter().enumerate() {
        world.members.push(Member {
            id: code(&format!("m{}", 9 - index)),
            standard: code("chuan-1"),
            name: format!("Trường Mầm non của {owner}"),
            unit: unit.map(code),
            valid_from: day("2016-01-01"),
            valid_to: (index == 0).then(|| day("2020-01-01")),
            provenance: from(index, owner),
        });
    }
    for (index, state) in states.into_iter().enumerate() {
        world.recognitions.push(Recognition {
            id: format!("r{}", 9 - index),
            member: code(&format!("m{}", 9 - index % 3)),
            state,
            on: day("2020-06-01"),
            decision: format!("Quyết định của {owner}"),
            provenance: from(index, owner),
        });
    }
}

fn emulation(world: &mut World, owner: &str) {
    let kinds = [MovementKind::Regular, MovementKind::Thematic, MovementKind::Campaign, MovementKind::Occasion];
    for (index, kind) in kinds.into_iter().enumerate() {
        let many = index == 0;
        world.movements.push(Movement {
            code: code(&format!("PT0{index}")),
            name: format!("Triệu Sơn chung sức của {owner}"),
            aliases: if many { vec![format!("tên hai của {owner}"), "tên một".into()] } else { vec![] },
            kind,
            scope: "huyen".into(),
            owners: if many { vec![code("xa-b"), code("huyen")] } else { vec![] },
            field: "kinh-te".into(),
            year_from: many.then_some(i16::MIN),
            year_to: many.then_some(i16::MAX),
            launched_by: many.then(|| code("chi-thi-moi")),
            content: String::new(),
            ordinal: 1,
            provenance: from(index, owner),
        });
        world.occasions.push(Occasion {
            code: code(&format!("ngay-{index}")),
            kind: "anniversary".into(),
            name: format!("Ngày giải phóng của {owner}"),
            on: day("1975-04-30"),
            term_from: many.then_some(2015),
            term_to: many.then_some(2020),
            movement: many.then(|| code("PT03")),
            provenance: from(index, owner),
        });
    }
    let roles = [ClusterRole::Lead, ClusterRole::Deputy, ClusterRole::Member];
    let member = |index: usize, unit: &str| ClusterMember {
        unit: code(unit),
        role: roles[index],
        provenance: from(index, owner),
    };
    let cluster = |id: &str, number, by: &str, members| Cluster {
        code: code(id),
        year: 2020,
        name: format!("Cụm thi đua của {owner}"),
        number,
        formed_by: code(by),
        members,
        provenance: from(2, owner),
    };
    world.clusters = vec![
        cluster("cum-2", Some(2), "huyen", vec![member(0, "xa-b"), member(1, "xa-a"), member(2, "huyen")]),
        cluster("cum-3", Some(3), "xa-b", vec![]),
        cluster("cum-1", None, "xa-a", vec![member(2, "xa-b")]),
    ];
    let subjects = [Subject::Individual, Subject::Collective, Subject::Household];
    let types = [
        CommendationType::Achievement,
        CommendationType::Thematic,
        CommendationType::Irregular,
        CommendationType::Contribution,
        CommendationType::Seniority,
        CommendationType::Diplomatic,
    ];
    for (index, commendation) in types.into_iter().enumerate() {
        world.awards.push(Award {
            id: code(&format!("KT-{index}")),
            honour: code("giay-khen"),
            authority: "Chủ tịch UBND huyện".into(),
            subject: subjects[index % 3],
            subject_name: format!("Ông Nguyễn Văn Hòa của {owner}"),
            unit: code(["huyen", "xa-a", "xa-b"][index % 3]),
            commendation,
            direct_worker: [Some(DirectWorker::Direct), None, Some(DirectWorker::Leading)][index % 3],
            decision_number: String::new(),
            decided_on: day("2020-05-19"),
            achievement: "Phòng, chống dịch".into(),
            provenance: from(index, owner),
        });
    }
    for (index, unit) in [Some("xa-a"), Some("xa-b"), None].into_iter().enumerate() {
        world.exemplars.push(Exemplar {
            id: code(&format!("dh-{index}")),
            field: "trong-trot".into(),
            name: format!("rau an toàn của {owner}"),
            group: String::new(),
            unit: unit.map(code),
            size: (index != 1).then(|| extreme(index)),
            measure: "ha".into(),
            since: (index == 0).then_some(2017),
            story: String::new(),
            ordinal: i64::MAX,
            provenance: from(index, owner),
        });
    }
}

fn desk(world: &mut World, owner: &str) {
    let places = [("huyen", None), ("xa-a", Some("xa-b")), ("xa-b", Some("xa-b"))];
    for (index, (kind, (unit, by))) in
        [FindingKind::Result, FindingKind::Limit, FindingKind::Cause].into_iter().zip(places).enumerate()
    {
        world.findings.push(Finding {
            id: code(&format!("nd-{index}")),
            kind,
            period: period(HALF),
            unit: code(unit),
            owner: by.map(code),
            text: format!("Việc của {owner}"),
            status: "open".into(),
            about: if index == 1 { vec![code("KT02"), code("KT01")] } else { vec![] },
            ordinal: 0,
            provenance: from(index, owner),
        });
        world.tasks.push(Task {
            id: code(&format!("nv-{index}")),
            kind: if index == 0 { TaskKind::Aim } else { TaskKind::Measure },
            period: period(HALF),
            unit: code(unit),
            owner: by.map(code),
            text: format!("Nhiệm vụ của {owner}"),
            status: "planned".into(),
            due_on: by.map(|_| day("2020-12-31")),
            ordinal: 0,
            provenance: from(index, owner),
        });
        world.reports.push(Report {
            id: code(&format!("bc-{index}")),
            form: "bao-cao-6-thang".into(),
            unit: code(unit),
            period: period(HALF),
            superior: by.map(code),
            dated: day("2020-07-05"),
        });
        world.documents.push(RegisteredDocument {
            id: code(&format!("vb-{index}")),
            unit: code(unit),
            kind: "BC".into(),
            number: (index == 0).then_some(i64::MAX),
            symbol: "BC-UBND".into(),
            issued_on: (index == 0).then(|| day("2020-07-05")),
            place: format!("Triệu Sơn của {owner}"),
            abstract_line: "Kết quả công tác thi đua, khen thưởng".into(),
            report: (index != 1).then(|| code(&format!("bc-{index}"))),
        });
        for (place, addressing) in [Addressing::Addressed, Addressing::Copied].into_iter().enumerate() {
            world.recipients.push(Recipient {
                document: code(&format!("vb-{index}")),
                ordinal: i64::try_from(place + 1).unwrap(),
                text: format!("Hội đồng của {owner}"),
                addressing,
            });
        }
        world.authorities.push(SigningAuthority {
            unit: code(unit),
            valid_from: day("2020-01-01"),
            valid_to: by.map(|_| day("2021-01-01")),
            authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "KT. CHỦ TỊCH".into(), "PHÓ CHỦ TỊCH".into()],
            signer: format!("Lê Quang Hùng của {owner}"),
        });
        world.passages.push(Passage {
            report: code(&format!("bc-{index}")),
            slot: "dac-diem".into(),
            version: 1,
            text: format!("Đoạn một của {owner}\nđoạn hai\t\"trích\" 'dấu' \\ %"),
            author: "Trần Văn Ước".into(),
            written_at: at("2020-07-02T00:00:00Z"),
        });
        world.overrides.push(Override {
            report: code(&format!("bc-{index}")),
            line: "DN01 plan huyen".into(),
            computed: "53,8".into(),
            printed: "53,7".into(),
            reason: format!("Số liệu của {owner}"),
            author: "Trần Văn Ước".into(),
            decided_at: at("2020-07-03T00:00:00Z"),
        });
    }
}
