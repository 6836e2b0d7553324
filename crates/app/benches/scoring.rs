//! How long the pages of a large cluster wait for their verbs: 166 communes of the province of two tiers, 80 criteria.
//!
//! Run by `cargo bench -p thidua-app --bench scoring`. Read ratios and medians: a shared machine is noisy.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use thidua_app::cluster::{CellKey, NewScoring, ScoreWords, mark, open_scoring, scores_workbook, scoring};
use thidua_app::pack::{load, read, shipped};
use thidua_app::{App, Clock};
use thidua_base::code::{ClusterCode, CriterionCode, OrgId};
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::actor::{AccountId, Post, Reach, Role, Scope};
use thidua_domain::cluster::review::Verdict;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::{Cluster, ClusterMember, ClusterRole};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_law::Book;
use thidua_store as store;
use thidua_store::Db;

const YEAR: i16 = 2026;
const LEAVES: usize = 80;

fn main() {
    divan::main();
}

struct Large {
    app: App,
    by: Actor,
    code: ClusterCode,
    units: Vec<OrgId>,
}

/// Eight groups of ten criteria that a person marks.
fn scheme() -> String {
    let mut text = String::from(
        "code = \"DO\"\nversion = 1\nname = \"Bảng đo\"\nissuer = \"Đo\"\nstatus = \"draft\"\nvalid-from = 2020-01-01\n\
         marks = [\"council\", \"appraisal\", \"peer\"]\nties = [\"bonus\"]\n\n[scale]\ncontent = 800\n",
    );
    for group in 1..=LEAVES / 10 {
        let _ = write!(text, "\n[[criterion]]\ncode = \"G{group}\"\nlabel = \"Nhóm {group}\"\nmax = 100\n");
        for leaf in 1..=10 {
            let _ = write!(
                text,
                "\n[[criterion]]\ncode = \"G{group}.{leaf}\"\nunder = \"G{group}\"\nlabel = \"Tiêu chí {group}.{leaf}\"\n\
                 max = 10\nrule = {{ kind = \"manual\" }}\n"
            );
        }
    }
    text
}

impl Large {
    fn made() -> Self {
        let book = Book::shipped().unwrap();
        let db = Db::memory().unwrap();
        db.migrate().unwrap();
        let pack = read(&shipped("thanh-hoa-2026").unwrap(), book).unwrap();
        let now = Timestamp::parse("2026-07-05T02:00:00Z").unwrap();
        load(&db, book, &pack, "đo", now).unwrap();
        let app = App::open(db, Clock::Set(now)).unwrap();
        let tenant = app.home.tenant.clone();
        let scope = Scope::whole(tenant.clone());
        let day = Date::new(2026, 7, 5).unwrap();
        let mut units: Vec<OrgId> = app
            .db
            .read(|tx| store::org::units(tx, &scope))
            .unwrap()
            .into_iter()
            .filter(|unit| unit.kind == "commune" && unit.on(day))
            .map(|unit| unit.id)
            .collect();
        units.truncate(166);
        let provenance = Provenance { origin: Origin::Sample, source: "đo".into() };
        let code = ClusterCode::parse("cum-do").unwrap();
        let member = |unit: &OrgId| ClusterMember {
            unit: unit.clone(),
            role: ClusterRole::Member,
            provenance: provenance.clone(),
        };
        let cluster = Cluster {
            code: code.clone(),
            year: YEAR,
            name: "Cụm đo".into(),
            number: None,
            formed_by: app.home.unit.clone(),
            members: units.iter().map(member).collect(),
            provenance: provenance.clone(),
        };
        let mut tx = app.db.begin().unwrap();
        store::cluster::insert_many(&mut tx, &tenant, &[cluster]).unwrap();
        tx.commit().unwrap();
        let operator = Actor::operator("đo", tenant.clone());
        open_scoring(
            &app,
            &operator,
            &NewScoring {
                cluster: code.clone(),
                year: YEAR,
                period: Period::Half { year: YEAR, half: 1 },
                closes_on: Date::new(2026, 7, 20).unwrap(),
                file: "do.toml".into(),
                scheme: scheme(),
                provenance,
            },
        )
        .unwrap();
        let reach = Reach::Only(vec![app.home.unit.clone()]);
        let account = AccountId::parse("tk-do").unwrap();
        let post = Post { role: Role::Specialist, reach };
        let by = Actor::person("đo", tenant, account, vec![post]).reading();
        let large = Self { app, by, code, units };
        for at in 0..200 {
            large.mark(at);
        }
        large
    }

    /// Marks a criterion of a member; another one each time.
    fn mark(&self, at: usize) {
        let (group, leaf) = (at / 10 % (LEAVES / 10) + 1, at % 10 + 1);
        let cell = CellKey {
            cluster: self.code.clone(),
            year: YEAR,
            unit: self.units[at * 7 % self.units.len()].clone(),
            criterion: CriterionCode::parse(&format!("G{group}.{leaf}")).unwrap(),
        };
        let points = Number::whole(i64::try_from(at % 9 + 1).unwrap());
        let over = Number::whole(0);
        mark(&self.app, &self.by, &cell, Level::Appraisal, Verdict::Points(points), over, "Theo kết quả kiểm tra")
            .unwrap();
    }
}

/// What the ranking and the table of all marks are rendered from, as it is kept in memory.
#[divan::bench]
fn read_the_ranking_again(bencher: Bencher) {
    let large = Large::made();
    scoring(&large.app, &large.by, &large.code, YEAR).unwrap();
    bencher.bench_local(|| black_box(scoring(&large.app, &large.by, &large.code, YEAR).unwrap()));
}

/// One mark is kept, and the first reader after it has everything computed anew: 13 280 marks.
#[divan::bench(sample_count = 20)]
fn save_one_mark_and_read_the_ranking(bencher: Bencher) {
    let large = Large::made();
    let mut at = 1000;
    bencher.bench_local(|| {
        at += 1;
        large.mark(at);
        black_box(scoring(&large.app, &large.by, &large.code, YEAR).unwrap())
    });
}

#[divan::bench(sample_count = 20)]
fn save_one_mark(bencher: Bencher) {
    let large = Large::made();
    let mut at = 1000;
    bencher.bench_local(|| {
        at += 1;
        large.mark(at);
    });
}

#[divan::bench(sample_count = 5)]
fn write_all_marks_as_a_workbook(bencher: Bencher) {
    let large = Large::made();
    let scored = scoring(&large.app, &large.by, &large.code, YEAR).unwrap().scored.unwrap();
    let text = |text: &str| text.to_owned();
    let words = ScoreWords {
        title: text("Cụm đo"),
        all: text("Bảng điểm"),
        unit: text("Đơn vị"),
        rank: text("Hạng"),
        points: text("Điểm"),
        grade: text("Xếp loại"),
        criterion: text("Tiêu chí"),
        max: text("Tối đa"),
        levels: ["Tự chấm", "Chấm chéo", "Thẩm định", "Hội đồng"].map(text),
        reason: text("Lý do"),
        open: text("chưa chấm"),
    };
    bencher.bench_local(|| black_box(scores_workbook(&scored, &words).unwrap()));
}
