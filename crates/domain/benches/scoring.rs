//! Scoring at the size of a province: 166 communes, 80 leaves, three years, in 20 clusters and in one.
//! Full recomputation of a year (13,280 marks) is to take at most 50 ms. Run with
//! `cargo bench -p thidua-domain --bench scoring`.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use divan::{Bencher, black_box};
use thidua_base::code::{ClusterCode, CriterionCode, OrgId, PlanId};
use thidua_base::{Date, Number, Timestamp};
use thidua_domain::cluster::evidence::{Claim, Claimed};
use thidua_domain::cluster::freeze::{Freeze, hash, recompute};
use thidua_domain::cluster::measure::{Measurement, Target};
use thidua_domain::cluster::rank::rank;
use thidua_domain::cluster::review::{Reviewed, Verdict};
use thidua_domain::cluster::scheme::{Level, Rule, Scheme, read};
use thidua_domain::cluster::score::Round;
use thidua_domain::cluster::suppose::{Supposed, what_if};
use thidua_domain::indicator::{Comparator, Value};

/// Communes of a province.
const UNITS: usize = 166;
/// Leaves of the scheme.
const LEAVES: usize = 80;
/// Clusters they are divided into.
const CLUSTERS: usize = 20;

fn main() {
    divan::main();
}

/// Eight groups of ten leaves of every common kind.
fn text() -> String {
    let mut text = String::from(
        "code = \"TAI\"\nversion = 1\nname = \"Bảng tiêu chí đo tải\"\nissuer = \"Đo tải\"\nstatus = \"draft\"\n\
         valid-from = 2024-01-01\nmarks = [\"council\", \"appraisal\", \"peer\"]\nties = [\"G1\", \"vote\"]\n\n[scale]\ncontent = 800\n",
    );
    for group in 0..LEAVES / 10 {
        write!(text, "\n[[criterion]]\ncode = \"G{group}\"\nmax = 100\n").unwrap();
        for leaf in 0..10 {
            let rule = match leaf {
                0..=3 => {
                    "kind = \"leader\", at-target = 50, outlier = \"cap\", outlier-limit = 100, \
                     no-target = \"among-themselves\", zero-target = \"met-or-not\""
                }
                4 | 5 => {
                    "kind = \"plan\", curve = \"proportional\", full-at = 100, cap = 100, no-target = \"unscored\", \
                     zero-target = \"met-or-not\""
                }
                6 => "kind = \"flag\"",
                7 => "kind = \"band\", measure = \"%\", bands = [{ from = 90, points = 10 }, { from = 0, points = 5 }]",
                8 => "kind = \"deduct-per\", per = \"0.5\", floor = 0",
                _ => "kind = \"ratio\", none = 100",
            };
            write!(
                text,
                "\n[[criterion]]\ncode = \"G{group}.{leaf}\"\nunder = \"G{group}\"\nmax = 10\nrule = {{ {rule} }}\n"
            )
            .unwrap();
        }
    }
    text
}

fn scheme() -> Scheme {
    read("tai.toml", &text()).unwrap()
}

fn unit(place: usize) -> OrgId {
    OrgId::parse(&format!("xa-{place:03}")).unwrap()
}

/// A year of some communes; every tenth mark was changed by the appraisal.
fn round(scheme: &Scheme, year: usize, units: impl Iterator<Item = usize>) -> Round {
    let mut round = Round::default();
    let at = Timestamp::from_second(1_780_000_000).unwrap();
    let plan = PlanId::parse("kh").unwrap();
    let by = OrgId::parse("tinh").unwrap();
    for place in units {
        let unit = unit(place);
        round.members.push(unit.clone());
        for (leaf, criterion) in scheme.leaves() {
            let draw = (place * 7_919 + leaf * 104_729 + year * 31) % 2_000;
            let amount = i64::try_from(draw).unwrap();
            if criterion.is_from_figures() {
                let target = Target {
                    value: Number::new(10_000 + amount, 1).unwrap(),
                    comparator: Comparator::AtLeast,
                    plan: plan.clone(),
                    assigner: by.clone(),
                    decided_on: Date::new(2026, 1, 5).unwrap(),
                };
                let actual = Value::Of(Number::new(9_500 + amount * 13 % 1_700, 1).unwrap());
                let target = (!draw.is_multiple_of(17)).then_some(target);
                round.figures.set(&unit, &criterion.code, Measurement { target, ..Measurement::of(actual) });
            } else {
                let claim = match criterion.rule {
                    Some(Rule::Flag) => Claim::Yes,
                    Some(Rule::Ratio { .. }) => Claim::Share { part: Number::whole(3), whole: Number::whole(7) },
                    _ => Claim::Amount(Number::whole(amount % 100)),
                };
                let (files, note, who) = (Vec::new(), String::new(), String::new());
                round.evidence.add(&unit, &criterion.code, Claimed { claim, files, note, by: who, at });
            }
            if draw.is_multiple_of(10) {
                let reviewed = Reviewed {
                    level: Level::Appraisal,
                    verdict: Verdict::Points(Number::whole(7)),
                    over: Number::whole(8),
                    reason: "đo tải".to_owned(),
                    by: String::new(),
                    by_unit: None,
                    at,
                };
                round.reviews.add(&unit, &criterion.code, reviewed);
            }
        }
    }
    round
}

fn clusters(scheme: &Scheme, year: usize) -> Vec<Round> {
    (0..CLUSTERS).map(|cluster| round(scheme, year, (0..UNITS).filter(|place| place % CLUSTERS == cluster))).collect()
}

fn province(scheme: &Scheme) -> Round {
    round(scheme, 2, 0..UNITS)
}

/// 13,280 marks of a year, in 20 clusters: the aim is 50 ms.
#[divan::bench]
fn a_year_in_twenty_clusters(bencher: Bencher) {
    let scheme = scheme();
    let rounds = clusters(&scheme, 2);
    bencher.bench_local(|| rounds.iter().map(|round| black_box(round.score(&scheme).unwrap()).len()).sum::<usize>());
}

/// The same marks as one cluster, which compares all with all.
#[divan::bench]
fn a_year_in_one_cluster(bencher: Bencher) {
    let scheme = scheme();
    let round = province(&scheme);
    bencher.bench_local(|| black_box(round.score(&scheme).unwrap()).len());
}

/// 39,840 marks.
#[divan::bench]
fn three_years_in_twenty_clusters(bencher: Bencher) {
    let scheme = scheme();
    let rounds: Vec<Round> = (0..3).flat_map(|year| clusters(&scheme, year)).collect();
    bencher.bench_local(|| rounds.iter().map(|round| black_box(round.score(&scheme).unwrap()).len()).sum::<usize>());
}

/// What one changed figure costs: its cluster, scored and ranked.
#[divan::bench]
fn one_cluster_of_twenty_scored_and_ranked(bencher: Bencher) {
    let scheme = scheme();
    let round = clusters(&scheme, 2).swap_remove(0);
    let last = BTreeMap::new();
    bencher.bench_local(|| black_box(rank(&scheme, &round.score(&scheme).unwrap(), &last).unwrap()).rows.len());
}

/// Ranks of 166 sheets at hand.
#[divan::bench]
fn ranking_of_166(bencher: Bencher) {
    let scheme = scheme();
    let sheets = province(&scheme).score(&scheme).unwrap();
    let last = BTreeMap::new();
    bencher.bench_local(|| black_box(rank(&scheme, &sheets, &last).unwrap()).rows.len());
}

/// One figure supposed, in a cluster of 166: both scorings and rankings.
#[divan::bench]
fn what_if_of_166(bencher: Bencher) {
    let scheme = scheme();
    let round = province(&scheme);
    let (last, code) = (BTreeMap::new(), CriterionCode::parse("G0.0").unwrap());
    let change = [Supposed::Figure(unit(0), code, Measurement::of(Value::Of(Number::whole(5_000))))];
    bencher.bench_local(|| black_box(what_if(&scheme, &round, &last, &change).unwrap()).lines.len());
}

/// A cluster of 166 frozen and hashed.
#[divan::bench]
fn freezing_of_166(bencher: Bencher) {
    let freeze = frozen();
    bencher.bench_local(|| hash(&black_box(freeze.bytes().unwrap())));
}

/// A frozen cluster of 166 read back and computed again.
#[divan::bench]
fn recomputing_a_frozen_166(bencher: Bencher) {
    let bytes = frozen().bytes().unwrap();
    bencher.bench_local(|| black_box(recompute(&bytes).unwrap()));
}

fn frozen() -> Freeze {
    let cluster = ClusterCode::parse("cum-1").unwrap();
    let (scheme_file, round) = ("tai.toml".to_owned(), province(&scheme()));
    Freeze { cluster, year: 2026, scheme_file, scheme: text(), round, last: BTreeMap::new() }
}

/// Twenty shipped schemes read and checked.
#[divan::bench]
fn reading_all_shipped_schemes() -> usize {
    thidua_domain::cluster::scheme::shipped().unwrap().len()
}
