//! The units of the country with their history: loaded, reported by, and restated.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use std::collections::{BTreeMap, BTreeSet};

use thidua_app::indicator::one::UnitRow;
use thidua_app::indicator::{One, Prior, by_unit, one};
use thidua_app::org::load_units;
use thidua_app::pack::{Pack, UnitRegister, load, read, read_units, shipped};
use thidua_app::report::make;
use thidua_app::{App, Clock};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::{growth_of, percent};
use thidua_base::{Date, Number, Percent, Period};
use thidua_domain::Refusal;
use thidua_domain::indicator::by_unit::{Asked, ByUnit, UnitsAsked};
use thidua_domain::indicator::{Nature, Qualifier, Reading, Value};
use thidua_domain::org::succession::residue;
use thidua_domain::org::{Descent, History, Portion, Restated, Structure, Succession};
use thidua_domain::origin::{Origin, Provenance};
use thidua_law::Book;
use thidua_prose::check::Severity;
use thidua_store as store;
use thidua_store::Db;
use thidua_store::audit::Chain;
use thidua_testkit::both_engines;
use world::World;

fn register() -> UnitRegister {
    read_units(&shipped("don-vi-hanh-chinh").unwrap()).unwrap_or_else(|why| panic!("{why}"))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

const LAST_OF_OLD: &str = "2025-06-30";
const FIRST_OF_NEW: &str = "2025-07-01";

/// The places of a day in the territory, by parent.
fn tree(history: &History, on: Date) -> BTreeMap<&OrgId, Vec<&OrgId>> {
    let mut tree: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
    for edge in history.edges.iter().filter(|edge| edge.tree.as_str() == "territory" && edge.on(on)) {
        tree.entry(&edge.parent).or_default().push(&edge.child);
    }
    tree
}

/// The units below which there is nobody, below one.
fn leaves<'a>(tree: &BTreeMap<&'a OrgId, Vec<&'a OrgId>>, unit: &'a OrgId) -> Vec<&'a OrgId> {
    match tree.get(unit) {
        None => vec![unit],
        Some(children) => children.iter().flat_map(|child| leaves(tree, child)).collect(),
    }
}

fn kinds(history: &History, on: &str) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for unit in history.units.iter().filter(|unit| unit.on(day(on))) {
        *kinds.entry(unit.kind.clone()).or_default() += 1;
    }
    kinds
}

/// Provinces, districts, and communes of every type.
fn tiers(history: &History, on: &str) -> [usize; 3] {
    let kinds = kinds(history, on);
    let of = |kind: &str| kinds.get(kind).copied().unwrap_or(0);
    [of("province"), of("district"), of("commune") + of("township")]
}

#[test]
fn the_register_counts_what_the_official_registers_count() {
    let history = register().history;
    assert_eq!(tiers(&history, "2020-06-30"), [63, 707, 10_614]);
    assert_eq!(tiers(&history, LAST_OF_OLD), [63, 696, 10_035]);
    assert_eq!(tiers(&history, FIRST_OF_NEW), [34, 0, 3_321]);
    assert_eq!(tiers(&history, "2026-04-30"), [34, 0, 3_321]);
    // Everyone has a place, on every day, up to the nation.
    for on in ["2020-06-30", LAST_OF_OLD, FIRST_OF_NEW, "2026-04-30"] {
        let on = day(on);
        let placed: BTreeSet<&OrgId> =
            history.edges.iter().filter(|edge| edge.on(on)).map(|edge| &edge.child).collect();
        let there: BTreeSet<&OrgId> =
            history.units.iter().filter(|unit| unit.on(on) && unit.kind != "nation").map(|unit| &unit.id).collect();
        assert_eq!(placed, there, "{on}");
        let tree = tree(&history, on);
        let nation = id("vn");
        let below = leaves(&tree, &nation).len();
        assert!(below == 10_614 + 5 || below == 10_035 + 5 || below == 3_321, "{on}: {below}");
    }
}

#[test]
fn a_code_borne_by_another_unit_is_another_identity() {
    let history = register().history;
    let bearers = |code: &str| -> Vec<String> {
        let of = history.units.iter().filter(|unit| unit.code == code);
        of.map(|unit| format!("{} {} {}", unit.id, unit.name, unit.valid_from)).collect()
    };
    assert_eq!(bearers("15763"), ["x-15763 Xã Thọ Thế 2019-01-01", "x-15763-2507 Xã Thọ Phú 2025-07-01"]);
    // Nưa was Tân Ninh: one unit, renamed. The new Tân Ninh is another, though the name is the same.
    let nua = ["x-15718 Xã Tân Ninh 2019-01-01", "x-15718 Thị trấn Nưa 2019-12-01"];
    assert_eq!(bearers("15718"), nua);
    assert_eq!(bearers("15715"), ["x-15715 Xã Thái Hòa 2019-01-01", "x-15715-2507 Xã Tân Ninh 2025-07-01"]);
    // Đồng Nai became a city and stayed who it is.
    let dong_nai: Vec<&str> = history
        .units
        .iter()
        .filter(|unit| unit.code == "75" && unit.valid_from >= day(FIRST_OF_NEW))
        .map(|unit| unit.id.as_str())
        .collect();
    assert_eq!(dong_nai, ["t-75-2507", "t-75-2507"]);
}

/// Made-up figures of an additive indicator: some negative, some missing, at a scale.
fn made_up(descent: &Descent, seed: u64, scale: u8) -> Vec<Option<Number>> {
    let mut state = seed;
    descent.column(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let digits = i64::try_from(state >> 34).unwrap() - (1 << 29);
        if state.is_multiple_of(97) { None } else { Number::new(digits, scale) }
    })
}

fn sum(column: &[Option<Number>]) -> Number {
    Number::sum(column.iter().flatten().copied()).unwrap()
}

/// Both trees of 2025 and every link: the totals of the nation and of every province agree exactly; what was
/// divided shows shares or "not comparable".
#[test]
fn acceptance_1_national_totals_before_and_after_the_reorganisation_of_2025_agree_exactly() {
    let history = register().history;
    let (old, new) = (tree(&history, day(LAST_OF_OLD)), tree(&history, day(FIRST_OF_NEW)));
    let nation = id("vn");
    let communes: BTreeSet<&OrgId> = leaves(&old, &nation).into_iter().collect();
    assert_eq!(communes.len(), 10_035 + 5, "communes, and the island districts that have none");
    let arrows = history.events.iter().filter(|event| event.effective_on == day(FIRST_OF_NEW)).flat_map(|e| &e.links);
    let mut parts: BTreeMap<&OrgId, BTreeSet<&OrgId>> = BTreeMap::new();
    for link in arrows.filter(|link| communes.contains(&link.from) && link.portion == Portion::Partial) {
        parts.entry(&link.to).or_default().insert(&link.from);
    }
    let divided: BTreeSet<&OrgId> = parts.values().flatten().copied().collect();
    assert_eq!(divided.len(), 441);

    let by_nobody = Succession::of(&history.events).unwrap();
    let by_people = Succession::by_basis(&history.events, &history.shares, "population").unwrap();
    let between = |succession: &Succession| {
        succession.between(communes.iter().copied(), day(LAST_OF_OLD), day(FIRST_OF_NEW)).unwrap()
    };
    let (descent, by_people) = (between(&by_nobody), between(&by_people));
    let everyone: Vec<&OrgId> = leaves(&new, &nation);
    assert_eq!(descent.heirs().iter().collect::<BTreeSet<_>>(), everyone.iter().copied().collect());
    // One arrow for each of the 10,572 rows of the conversion table, but for the strip of coast that was no unit.
    let links: usize = communes.iter().map(|commune| descent.heirs_of(commune).len()).sum();
    assert_eq!(links, 10_571);

    for (seed, scale) in [(1, 0), (2, 1), (3, 3), (4, 6)] {
        let column = made_up(&descent, seed, scale);
        let before = sum(&column);
        let national = descent.restate_together(&column, everyone.iter().copied(), scale).unwrap();
        let Restated::Exact(after) = &national else { panic!("{national:?}") };
        assert_eq!(after.sum, before, "scale {scale}");
        assert_eq!(after.missing.len(), column.iter().filter(|value| value.is_none()).count());

        // No unit was divided across provinces: all 34 totals are exact, and make up the nation.
        let provinces = new[&nation]
            .iter()
            .map(|province| descent.restate_together(&column, leaves(&new, province), scale).unwrap());
        let provinces: Vec<Restated> = provinces.collect();
        assert_eq!(provinces.len(), 34);
        assert!(provinces.iter().all(|total| matches!(total, Restated::Exact(_))));
        assert_eq!(residue(&national, &provinces), Ok(Some(Number::whole(0))));

        // Whoever got a part says so, and nobody else does.
        let each = descent.restate(&column, scale).unwrap();
        let mut named = BTreeSet::new();
        for (heir, figure) in descent.heirs().iter().zip(&each) {
            match figure {
                Restated::NotComparable { blockers } => {
                    assert_eq!(blockers.iter().collect::<BTreeSet<_>>(), parts[heir], "{heir}");
                    named.extend(blockers.clone());
                }
                Restated::Exact(_) => assert!(!parts.contains_key(heir), "{heir}"),
                Restated::Shared(_) => panic!("{heir} is shared without shares"),
            }
        }
        assert_eq!(named.iter().collect::<BTreeSet<_>>(), divided);

        // Where all people of a divided unit went one way, a figure of people follows them.
        let each = by_people.restate(&column, scale).unwrap();
        let blocked: BTreeSet<&OrgId> = each
            .iter()
            .filter_map(|figure| match figure {
                Restated::NotComparable { blockers } => Some(blockers),
                Restated::Exact(_) | Restated::Shared(_) => None,
            })
            .flatten()
            .collect();
        let shared: BTreeSet<&OrgId> = history.shares.iter().map(|share| &share.from).collect();
        assert_eq!(blocked, divided.difference(&shared).copied().collect());
        let by_heads = by_people.restate_together(&column, everyone.iter().copied(), scale).unwrap();
        assert_eq!(by_heads, national);
    }
}

/// The steps of 2020 to mid-2025 and of July 2025 compose; what the registers lose is named.
#[test]
fn figures_of_2020_reach_the_units_of_2025_but_for_seven_communes_without_a_known_heir() {
    let history = register().history;
    let (then, mid, now) = (day("2020-06-30"), day(LAST_OF_OLD), day(FIRST_OF_NEW));
    let (old, new) = (tree(&history, then), tree(&history, now));
    let nation = id("vn");
    let communes: BTreeSet<&OrgId> = leaves(&old, &nation).into_iter().collect();
    let succession = Succession::of(&history.events).unwrap();
    let descent = succession.between(communes.iter().copied(), then, now).unwrap();
    let there: BTreeSet<&OrgId> = leaves(&new, &nation).into_iter().collect();
    let lost: Vec<&str> =
        descent.heirs().iter().filter(|heir| !there.contains(heir)).map(|heir| heir.as_str()).collect();
    let seven = ["x-04561", "x-10774", "x-13339", "x-17563", "x-19744", "x-20239", "x-28825"];
    assert_eq!(lost, seven);

    let column = made_up(&descent, 5, 2);
    let Restated::Exact(after) = descent.restate_together(&column, there.iter().copied(), 2).unwrap() else {
        panic!("a national total is comparable");
    };
    let gone: Vec<Option<Number>> = descent
        .units()
        .iter()
        .zip(&column)
        .filter(|(unit, _)| seven.contains(&unit.as_str()))
        .map(|(_, v)| *v)
        .collect();
    assert_eq!(after.sum.plus(sum(&gone)), Ok(sum(&column)));

    // In two steps as in one.
    let near = succession.between(communes, then, mid).unwrap();
    let far = succession.between(near.heirs(), mid, now).unwrap();
    for unit in near.units() {
        let in_two: BTreeSet<&OrgId> = near.heirs_of(unit).into_iter().flat_map(|heir| far.heirs_of(heir)).collect();
        assert_eq!(descent.heirs_of(unit).into_iter().collect::<BTreeSet<_>>(), in_two, "{unit}");
    }
}

fn reading(unit: &OrgId, period: &str, value: Number) -> Reading {
    Reading {
        seq: 0,
        indicator: IndicatorCode::parse("LD01").unwrap(),
        unit: unit.clone(),
        period: Period::parse(period).unwrap(),
        nature: Nature::Official,
        value: Value::Of(value),
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: Provenance { origin: Origin::Sample, source: "kiểm thử".into() },
        entered_by: "kiểm thử".into(),
        entered_at: world::at(),
        supersedes: None,
        reason: String::new(),
    }
}

/// Every stored value of the periods asked.
fn values(world: &World, periods: &[&str]) -> Vec<Reading> {
    let periods: Vec<Period> = periods.iter().map(|period| Period::parse(period).unwrap()).collect();
    world.app.db.read(|tx| store::reading::readings_of(tx, &world.by.scope, &periods)).unwrap()
}

fn asked(world: &World, indicator: &str, period: &str, units: UnitsAsked, structure: Structure) -> ByUnit {
    let asked = Asked {
        indicator: IndicatorCode::parse(indicator).unwrap(),
        period: Period::parse(period).unwrap(),
        units,
        structure,
    };
    by_unit(&world.app, &world.by, &asked, None).unwrap()
}

fn exact(figure: &Restated) -> String {
    match figure {
        Restated::Exact(total) if total.missing.is_empty() => total.sum.to_string(),
        Restated::Exact(_) | Restated::Shared(_) | Restated::NotComparable { .. } => format!("{figure:?}"),
    }
}

/// Same periods of communes are sums of the communes they were; what came from a divided one has none.
fn each_commune_is_held_against_what_it_is_made_of(shown: &One, all_of_last_year: Number) {
    assert_eq!(shown.units.len(), 166);
    let known = |row: &UnitRow| match row.prior {
        Prior::Of(number) => Some(number),
        Prior::NotReported | Prior::NotComparable => None,
    };
    let priors: Vec<Number> = shown.units.iter().filter_map(known).collect();
    let divided = shown.units.iter().filter(|row| row.prior == Prior::NotComparable).count();
    assert!(divided > 0 && priors.len() + divided == 166, "{} {divided}", priors.len());
    assert!(Number::sum(priors).unwrap() < all_of_last_year);
    for row in &shown.units {
        let percent = known(row).map(|before| percent(row.actual.value.unwrap(), before, 1).unwrap());
        assert_eq!(row.against.map(|against| against.percent), percent, "{}", row.unit.name);
    }
}

const PERIODS: [&str; 5] = ["2019-H1", "2020-H1", "2020", "2024", "2025"];

both_engines! {
    /// 2024 by old districts and 2025 by new communes, from one store, which held the figures of 2020 before it
    /// learnt of the reorganisation: no value row changed.
    fn acceptance_2_2024_by_old_districts_and_2025_by_new_communes_from_one_store_and_no_value_changed(test) {
        let world = World::loaded_into(test.db().clone());
        let before = values(&world, &PERIODS);
        assert!(before.len() > 200);
        let loaded = load_units(&world.app.db, &register(), None, "kiểm thử", world::at()).unwrap();
        assert_eq!(loaded.tenant, world.by.scope.tenant);
        // 34 communes and the district end with a place each; the province, the nation and the offices last.
        assert_eq!(loaded.ended, 2 * 35);
        assert_eq!(values(&world, &PERIODS), before, "loading a reorganisation moves no value");
        assert!(matches!(thidua_app::audit::verify(&world.app, &world.by).unwrap(), Chain::Whole { rows: 2, .. }));

        // Figures of 2024 from the communes of two districts, and of 2025 from the new communes of the province.
        let history = world.app.db.read(|tx| store::org::history(tx, &world.by.scope)).unwrap();
        let (old, new) = (tree(&history, day("2024-12-31")), tree(&history, day("2025-12-31")));
        let districts = [id("h-397"), id("h-380")];
        let mut rows = Vec::new();
        for (at, unit) in districts.iter().flat_map(|district| &old[district]).enumerate() {
            rows.push(reading(unit, "2024", Number::whole(100 + i64::try_from(at).unwrap())));
        }
        for unit in &new[&id("t-38")] {
            rows.push(reading(unit, "2025", Number::whole(1)));
        }
        let mut tx = test.db().begin().unwrap();
        store::reading::insert_many(&mut tx, &world.by.scope.tenant, &rows).unwrap();
        tx.commit().unwrap();

        let province = || UnitsAsked::Below(id("t-38"));
        let year_2024 = asked(&world, "LD01", "2024", province(), Structure::AsItWas);
        assert_eq!(year_2024.rows.len(), 27, "the districts of Thanh Hóa");
        let of_district = |district: &OrgId| {
            let own: BTreeSet<&&OrgId> = old[district].iter().collect();
            let rows = rows.iter().filter(|row| own.contains(&&row.unit)).filter_map(|row| row.value.number());
            Number::sum(rows).unwrap().to_string()
        };
        for (unit, figure) in year_2024.rows.iter().filter(|(unit, _)| districts.contains(unit)) {
            assert_eq!(exact(figure), of_district(unit), "{unit}");
        }
        let year_2025 = asked(&world, "LD01", "2025", province(), Structure::AsItWas);
        assert_eq!(year_2025.rows.len(), 166);
        assert!(year_2025.rows.iter().all(|(_, figure)| exact(figure) == "1"));
        assert_eq!(exact(&year_2025.total), "166");
        // And 2024 again, for the heirs of the district: the same sum.
        let structure = Structure::RestatedTo(day("2025-12-31"));
        let restated = asked(&world, "LD01", "2024", UnitsAsked::HeirsOf(id("h-397")), structure);
        assert_eq!((restated.rows.len(), exact(&restated.total)), (8, of_district(&districts[0])));
        assert_eq!(restated.residue, Some(Number::whole(0)));
    }

    /// The figures that communes reported for the first half of 2020 are those of the eight communes of today,
    /// exactly; a figure that only the district has is theirs together and of none of them alone.
    fn the_figures_of_trieu_son_restated_to_its_eight_heirs(test) {
        let world = World::loaded_into(test.db().clone());
        load_units(&world.app.db, &register(), None, "kiểm thử", world::at()).unwrap();
        let restated = |indicator| {
            let structure = Structure::RestatedTo(day("2026-06-30"));
            asked(&world, indicator, "2020-H1", UnitsAsked::HeirsOf(id("h-397")), structure)
        };
        let eight = ["15664", "15667", "15682", "15715", "15724", "15754", "15763", "15766"]
            .map(|code| id(&format!("x-{code}-2507")));
        for indicator in ["NN02", "LD01", "QS01"] {
            let readings = values(&world, &["2020-H1"]);
            let of: BTreeMap<&OrgId, Number> = readings
                .iter()
                .filter(|row| row.indicator.as_str() == indicator)
                .filter_map(|row| Some((&row.unit, row.value.number()?)))
                .collect();
            let answer = restated(indicator);
            assert_eq!(answer.rows.iter().map(|(unit, _)| unit.clone()).collect::<Vec<_>>(), eight);
            let total = Number::sum(of.values().copied()).unwrap();
            assert_eq!(exact(&answer.total), total.to_string(), "{indicator}");
            assert_eq!(answer.residue, Some(Number::whole(0)));
            // Xã Thọ Bình of today is Thọ Sơn, Thọ Bình and Bình Sơn of then.
            let three = ["x-15667", "x-15670", "x-15769"].map(|unit| of[&id(unit)]);
            assert_eq!(exact(&answer.rows[1].1), Number::sum(three).unwrap().to_string(), "{indicator}");
        }
        let answer = restated("KT01");
        assert_eq!(exact(&answer.total), "9427");
        let district = Restated::NotComparable { blockers: vec![id("h-397")] };
        assert!(answer.rows.iter().all(|(_, figure)| *figure == district), "{:?}", answer.rows);
        assert_eq!(answer.residue, None);
    }

    /// The second demonstration beside the founding one: each in its own tenant, with the same units of one province.
    /// Both reports print, and last year's total is that of the communes of last year.
    fn a_province_of_two_tiers_compares_with_the_communes_of_last_year(test) {
        let book = Book::shipped().unwrap();
        let packs: Vec<Pack> = ["thanh-hoa-2026", "trieu-son-2020"]
            .map(|code| read(&shipped(code).unwrap(), book).unwrap_or_else(|why| panic!("{why}")))
            .to_vec();
        for pack in &packs {
            load(test.db(), book, pack, "kiểm thử", world::at()).unwrap();
        }
        let app = |pack: &Pack| {
            App::open_for(test.db().clone(), Clock::Set(world::at()), Some(pack.head.tenant.as_str())).unwrap()
        };
        let by = |pack: &Pack| thidua_domain::Actor::operator("kiểm thử", pack.head.tenant.clone());
        for pack in &packs {
            let made = make(&app(pack), &by(pack), &pack.head.report).unwrap();
            let errors: Vec<_> = made.remarks.iter().filter(|remark| remark.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", pack.head.code);
        }

        let pack = &packs[0];
        let scope = thidua_domain::Scope::whole(pack.head.tenant.clone());
        let held = test.db().read(|tx| store::org::history(tx, &scope)).unwrap();
        assert_eq!(tiers(&held, FIRST_OF_NEW), [1, 0, 166]);
        assert_eq!(tiers(&held, LAST_OF_OLD), [1, 26, 547]);
        let made = make(&app(pack), &by(pack), &pack.head.report).unwrap();
        let text = thidua_paper::text::write(&made.document);
        for indicator in ["T-NN01", "T-NN02", "T-LD01"] {
            let sum = |period: &str| {
                let period = Period::parse(period).unwrap();
                let of = pack.readings.iter().filter(|row| row.indicator.as_str() == indicator && row.period == period);
                let values: Vec<Number> = of.filter_map(|row| row.value.number()).collect();
                (values.len(), Number::sum(values).unwrap())
            };
            let ((now_units, now), (then_units, then)) = (sum("2026-H1"), sum("2025-H1"));
            assert_eq!((now_units, then_units), (166, 547));
            let Percent::Of(grown) = percent(now, then, 1).unwrap() else { panic!("a base") };
            let said = format!("tăng {}%", growth_of(grown).vi());
            assert!(text.contains(&now.vi()) && text.contains(&said), "{indicator}: {} {said}", now.vi());
            let shown = one(&app(pack), &by(pack), &IndicatorCode::parse(indicator).unwrap()).unwrap();
            each_commune_is_held_against_what_it_is_made_of(&shown, then);
        }
    }

    /// The pack of the district, then the register, then the same in the other order: one history.
    fn the_order_of_loading_is_irrelevant(test) {
        let world = World::loaded_into(test.db().clone());
        load_units(test.db(), &register(), None, "kiểm thử", world::at()).unwrap();
        let scope = thidua_domain::Scope::whole(world.pack.head.tenant.clone());
        let pack_first = test.db().read(|tx| store::org::history(tx, &scope)).unwrap();
        let mut register = register();
        register.tenant = world.pack.head.tenant.clone();
        let db = Db::memory().unwrap();
        db.migrate().unwrap();
        load_units(&db, &register, None, "kiểm thử", world::at()).unwrap();
        load(&db, world.app.shipped, &world.pack, "kiểm thử", world::at()).unwrap();
        let register_first = db.read(|tx| store::org::history(tx, &scope)).unwrap();
        // What each calls a thing may differ (a citation, a source); who was what, where and when does not.
        let names = |history: &History| -> BTreeSet<String> {
            [LAST_OF_OLD, FIRST_OF_NEW, "2019-06-30", "2020-07-05"]
                .into_iter()
                .flat_map(|on| {
                    let there = history.units.iter().filter(move |unit| unit.on(day(on)));
                    there.map(move |unit| format!("{on} {} {} {}", unit.id, unit.code, unit.name))
                })
                .collect()
        };
        let (one, other) = (names(&pack_first), names(&register_first));
        let differ: Vec<&String> = one.symmetric_difference(&other).collect();
        assert!(differ.is_empty(), "{differ:?}");
        assert_eq!(
            Succession::of(&pack_first.events).unwrap(),
            Succession::of(&register_first.events).unwrap(),
        );
    }

    fn a_register_is_loaded_once_and_into_its_own_tenant_where_there_is_none(test) {
        let register = register();
        let loaded = load_units(test.db(), &register, None, "kiểm thử", world::at()).unwrap();
        assert_eq!((loaded.tenant.as_str(), loaded.ended), ("viet-nam", 0));
        let refused = |into| match load_units(test.db(), &register, into, "kiểm thử", world::at()).unwrap_err() {
            thidua_app::Error::Refused(refusal) => refusal,
            other => panic!("{other}"),
        };
        assert!(matches!(refused(None), Refusal::PackLoaded { .. }));
        assert_eq!(refused(Some("nam-dinh")), Refusal::WhichTenant { known: vec!["viet-nam".to_owned()] });
        let scope = thidua_domain::Scope::whole(loaded.tenant);
        let held = test.db().read(|tx| store::org::history(tx, &scope)).unwrap();
        assert_eq!(held.lacking(&register.history), thidua_domain::org::Additions::default());
        assert_eq!(tiers(&held, FIRST_OF_NEW), [34, 0, 3_321]);
    }
}
