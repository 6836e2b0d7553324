//! Tests of the reader: the shipped pack reads, and every fault is named with its file, line and key.

mod arithmetic;
mod faults;

use std::collections::BTreeSet;
use std::path::Path;

use thidua_base::Date;
use thidua_domain::Origin;
use thidua_domain::honour::Subject;
use thidua_domain::indicator::Value;
use thidua_domain::org::Unit;
use thidua_law::Book;

use super::{FILES, Files, Holds, Pack, REGISTER_FILES, holds, read, read_units, shipped};

fn book() -> &'static Book {
    Book::shipped().unwrap()
}

fn shipped_pack() -> Pack {
    read(&shipped::TRIEU_SON_2020, book()).unwrap()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/trieu-son-2020")
}

#[test]
fn the_shipped_pack_is_the_one_in_the_repository() {
    let from_folder = read(&Files::Folder(folder()), book()).unwrap();
    assert_eq!(from_folder.hash, shipped_pack().hash);
    assert_eq!(from_folder.hash.len(), 64);
    let on_disk: BTreeSet<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(on_disk, FILES.iter().map(|file| (*file).to_owned()).collect());
}

#[test]
fn the_other_shipped_packs_are_those_in_the_repository() {
    let at = |code: &str| Files::Folder(folder().with_file_name(code));
    let names = |code: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder().with_file_name(code)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let province = read(&shipped::THANH_HOA_2026, book()).unwrap();
    assert_eq!(read(&at("thanh-hoa-2026"), book()).unwrap().hash, province.hash);
    assert_eq!(names("thanh-hoa-2026"), FILES.iter().map(|file| (*file).to_owned()).collect());
    let register = read_units(&shipped::DON_VI_HANH_CHINH).unwrap();
    assert_eq!(read_units(&at("don-vi-hanh-chinh")).unwrap().hash, register.hash);
    let files = REGISTER_FILES.iter().chain(&["README.md"]);
    assert_eq!(names("don-vi-hanh-chinh"), files.map(|file| (*file).to_owned()).collect());
    assert_eq!((holds(&at("don-vi-hanh-chinh")), holds(&at("thanh-hoa-2026"))), (Ok(Holds::Units), Ok(Holds::Report)));
    // A pack takes from a register what is about its own unit, with whoever that needs.
    let below: BTreeSet<&str> = province
        .edges
        .iter()
        .filter(|e| e.parent.as_str() == "t-38" && e.tree.as_str() == "territory")
        .map(|e| e.child.as_str())
        .collect();
    assert_eq!(below.len(), 27 + 166, "districts then, communes now");
    assert!(province.units.len() < 2_000, "{}", province.units.len());
    // Made up, but for what the district's own report gives.
    let of_report: Vec<(&str, String)> = province
        .readings
        .iter()
        .filter(|row| row.provenance.origin != Origin::Sample)
        .map(|row| (row.unit.as_str(), row.period.to_string()))
        .collect();
    assert_eq!(of_report, [("h-397", "2019-H1".to_owned()), ("h-397", "2020-H1".to_owned())]);
}

#[test]
fn there_are_34_units_below_the_district_and_two_townships_among_them() {
    let pack = shipped_pack();
    let on = |day: &str| -> Vec<&Unit> {
        let day = Date::parse(day).unwrap();
        let below =
            pack.edges.iter().filter(|e| e.tree.as_str() == "territory" && e.parent == pack.head.unit && e.on(day));
        below.map(|edge| pack.units.iter().find(|unit| unit.id == edge.child && unit.on(day)).unwrap()).collect()
    };
    let (before, after) = (on("2019-11-30"), on("2020-07-05"));
    assert_eq!((before.len(), after.len()), (36, 34));
    assert_eq!(after.iter().filter(|unit| unit.kind == "township").count(), 2);
    let nua = |units: &[&Unit]| units.iter().find(|unit| unit.code == "15718").unwrap().name.clone();
    assert_eq!((nua(&before).as_str(), nua(&after).as_str()), ("Xã Tân Ninh", "Thị trấn Nưa"));
}

#[test]
fn every_fact_of_the_founding_report_is_named_by_a_row() {
    let pack = shipped_pack();
    let sources: Vec<&str> = (pack.readings.iter().map(|row| &row.provenance))
        .chain(pack.plan_values.iter().map(|row| &row.provenance))
        .chain(pack.members.iter().map(|row| &row.provenance))
        .chain(pack.movements.iter().map(|row| &row.provenance))
        .chain(pack.occasions.iter().map(|row| &row.provenance))
        .chain(pack.clusters.iter().map(|row| &row.provenance))
        .chain(pack.awards.iter().map(|row| &row.provenance))
        .chain(pack.exemplars.iter().map(|row| &row.provenance))
        .chain(pack.tasks.iter().map(|row| &row.provenance))
        .map(|provenance| provenance.source.as_str())
        .chain([pack.report.source.as_str()])
        .chain(pack.report.cited.iter().map(|cited| cited.source.as_str()))
        .collect();
    let named: BTreeSet<&str> = sources.iter().flat_map(|source| source.split("; ")).collect();
    assert_eq!(pack.printed.figures.len(), 98);
    let unnamed: Vec<&str> =
        pack.printed.figures.iter().map(|f| f.fact.as_str()).filter(|fact| !named.contains(fact)).collect();
    assert_eq!(unnamed, Vec::<&str>::new());
}

#[test]
fn districts_figures_made_up_of_communes_have_no_reading_of_their_own() {
    let pack = shipped_pack();
    for code in ["NN02", "NN09", "NN10", "LD01", "QS01", "NS06b"] {
        let rows: Vec<_> = pack
            .readings
            .iter()
            .filter(|row| row.indicator.as_str() == code && row.period == pack.report.report.period)
            .collect();
        assert_eq!(rows.len(), 34, "{code}");
        assert!(rows.iter().all(|row| row.provenance.origin == Origin::Sample), "{code}");
        assert!(rows.iter().all(|row| row.unit != pack.head.unit), "{code}");
    }
    let none = pack.readings.iter().filter(|row| row.indicator.as_str() == "NN09" && row.value.number().is_none());
    assert_eq!(none.count(), 6);
    assert!(pack.readings.iter().all(|row| row.value != Value::Absent(thidua_domain::indicator::Absence::NotReported)));
}

#[test]
fn certificates_split_into_collectives_and_individuals_with_most_working_directly() {
    let pack = shipped_pack();
    let given: Vec<_> = pack.awards.iter().filter(|award| award.honour.as_str() == "giay-khen").collect();
    let of = |subject| given.iter().filter(|award| award.subject == subject).count();
    assert_eq!((of(Subject::Collective), of(Subject::Individual), of(Subject::Household)), (96, 229, 0));
    let direct = given.iter().filter(|a| a.direct_worker == Some(thidua_domain::decision::DirectWorker::Direct));
    assert_eq!(direct.count(), 137);
    // Names of people and of groups are made up, and say so.
    assert!(pack.awards.iter().all(|award| award.provenance.origin == Origin::Sample));
}
