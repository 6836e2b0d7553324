//! Records for the law book: one and many alike, as they were known on a day, with a constant number of statements.

use thidua_app::subject::{enter_fact, record_of, records_of};
use thidua_domain::actor::Role;
use thidua_domain::subject::FactKind;
use thidua_law::vocabulary::SubjectKind;
use thidua_testkit::both_engines;

use crate::entering::{AWARD, SCHOOLS, acting, asked, id, unit};
use crate::house::{House, day, is_absent};

both_engines! {
    fn a_record_says_what_the_sample_says(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, "h-397");
        let of = |who: &str| record_of(&house.app, &hoa, &id(who), day("2020-07-05")).unwrap().record;
        let long = of("ts-p-07");
        assert_eq!(long.subject, SubjectKind::Person);
        assert_eq!(long.awards.iter().filter(|award| award.honour.as_str() == "chien-si-thi-dua-co-so").count(), 9);
        assert_eq!((long.ratings.len(), long.initiatives.len(), long.awards_complete_from), (10, 2, Some(2010)));
        let barred = of("ts-p-03");
        assert_eq!((barred.disciplines.len(), barred.disciplines[0].to), (1, Some(day("2020-06-15"))));
        let office = of("ts-t-01");
        assert_eq!(office.subject, SubjectKind::Collective);
        let of_2019 = office.members.iter().find(|members| members.year == 2019).unwrap();
        assert!(of_2019.count >= 6, "{of_2019:?}");
        assert_eq!(of_2019.completing, None, "somebody has no rating, so nobody knows");
        assert!(of("ts-t-02").members.is_empty(), "a part of a unit has no unit's members");
        assert_eq!(of("ts-h-01").subject, SubjectKind::Household);
        assert!(is_absent(&record_of(&house.app, &hoa, &id("s-khong-co"), day("2020-07-05"))));
    }

    fn one_and_many_are_alike_and_many_ask_a_constant_number_of_times(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, "h-397");
        let on = day("2020-07-05");
        let asks = |units: &[&str]| {
            let units: Vec<_> = units.iter().map(|id| unit(id)).collect();
            let before = test.db().statements_run();
            let all = records_of(&house.app, &hoa, &units, on).unwrap();
            (test.db().statements_run() - before, all)
        };
        let (few, all) = asks(&[SCHOOLS]);
        assert!(all.len() >= 8, "{}", all.len());
        for one in &all {
            assert_eq!(record_of(&house.app, &hoa, &one.id, on).unwrap().record, one.record, "{}", one.id);
        }
        let (many, more) = asks(&[SCHOOLS, "x-15703", "h-397-tckh", "x-15724", "x-15748"]);
        assert!(more.len() > all.len());
        assert_eq!(few, many);
        assert!(asks(&["x-15664"]).1.is_empty());
    }

    fn a_record_knows_only_what_was_known_by_the_day(test) {
        let mut house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        house.at("2020-09-01T02:00:00Z");
        let fields = [&AWARD[..], &[("year", "2017"), ("number", "5/QĐ"), ("decided_on", "2017-12-30")]].concat();
        enter_fact(&house.app, &hoa, &id("ts-p-05"), &asked(FactKind::Award, &fields)).unwrap_err();
        enter_fact(&house.app, &hoa, &id("ts-p-06"), &asked(FactKind::Award, &fields)).unwrap();
        let awards = |on: &str| record_of(&house.app, &hoa, &id("ts-p-06"), day(on)).unwrap().record.awards.len();
        assert_eq!((awards("2020-08-31"), awards("2020-09-01")), (1, 2));
        assert_eq!(awards("2019-01-01"), 0, "the samples were loaded in 2020");
    }
}
