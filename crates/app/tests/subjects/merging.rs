//! Merging and taking apart again: nothing is moved, so nothing is lost.

use thidua_app::subject::{SubjectSeen, duplicates, enter_fact, list, merge_subjects, show, side_by_side, undo_merge};
use thidua_domain::Refusal;
use thidua_domain::actor::Role;
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::FactKind;
use thidua_testkit::both_engines;

use crate::entering::{AWARD, SCHOOLS, acting, asked, id};
use crate::house::{House, is_absent, refusal};

fn said(seen: &SubjectSeen) -> Vec<String> {
    seen.facts.iter().map(|fact| format!("{:?} {}", fact.fact, fact.is_gone)).collect()
}

both_engines! {
    fn the_sample_names_that_may_be_one_are_listed(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, "h-397");
        let pairs = duplicates(&house.app, &hoa).unwrap();
        let has = |one: &str, two: &str| pairs.iter().any(|pair| [&pair.one.0, &pair.two.0] == [&id(one), &id(two)] || [&pair.two.0, &pair.one.0] == [&id(one), &id(two)]);
        assert!(has("ts-p-04", "ts-p-06"), "{pairs:?}");
        assert!(!has("ts-p-04", "ts-p-05"), "born in different years");
    }

    fn a_merge_gathers_and_its_undoing_restores(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, "h-397");
        let (kept, other) = (id("ts-p-04"), id("ts-p-06"));
        let see = |who| show(&house.app, &hoa, who).unwrap();
        let (one, two) = (said(&see(&kept)), said(&see(&other)));
        let count = || list(&house.app, &hoa, &thidua_app::subject::Asked { most: 50, ..Default::default() }).unwrap().count;
        let before = count();
        side_by_side(&house.app, &hoa, &kept, &other).unwrap();
        assert_eq!(refusal(merge_subjects(&house.app, &hoa, &kept, &other, " ")), Refusal::NoReason);
        assert_eq!(refusal(merge_subjects(&house.app, &hoa, &kept, &kept, "x")), SubjectFault::SameSubject.into());
        assert_eq!(refusal(merge_subjects(&house.app, &hoa, &kept, &id("ts-t-01"), "x")), SubjectFault::DifferentKinds.into());
        assert_eq!(refusal(merge_subjects(&house.app, &hoa, &kept, &id("ts-p-01"), "x")), SubjectFault::DifferentCccd.into());
        let done = merge_subjects(&house.app, &hoa, &kept, &other, "cùng người").unwrap();
        assert_eq!(refusal(merge_subjects(&house.app, &hoa, &kept, &other, "x")), SubjectFault::MergedAlready.into());
        let both = see(&other);
        assert_eq!(both.id, kept, "the one stands for the other");
        assert_eq!(both.facts.len(), one.len() + two.len());
        assert_eq!(count(), before - 1);
        assert_eq!(house.told(1)[0][0], "merge-subjects");
        // What is entered meanwhile belongs to whoever stands for both.
        let fields = [&AWARD[..], &[("year", "2018"), ("number", "5/QĐ")]].concat();
        enter_fact(&house.app, &hoa, &other, &asked(FactKind::Award, &fields)).unwrap();
        assert_eq!(refusal(undo_merge(&house.app, &hoa, &done.id, "")), Refusal::NoReason);
        undo_merge(&house.app, &hoa, &done.id, "khác người").unwrap();
        assert_eq!(refusal(undo_merge(&house.app, &hoa, &done.id, "x")), Refusal::ChangedMeanwhile);
        assert_eq!(said(&see(&other)), two);
        assert_eq!(said(&see(&kept))[..one.len()], one);
        assert_eq!((count(), house.told(1)[0][0].clone()), (before, "undo-merge".to_owned()));
        assert!(see(&kept).merges[0].merge.undone.is_some(), "both rows stay in the record");
    }

    fn who_reaches_only_one_of_two_merges_neither(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let reporter = acting(&house, "an", Role::Reporter, SCHOOLS);
        let done = merge_subjects(&house.app, &hoa, &id("ts-p-04"), &id("ts-p-05"), "x");
        assert!(is_absent(&done), "ts-p-05 is of a commune");
        assert!(is_absent(&side_by_side(&house.app, &hoa, &id("ts-p-04"), &id("ts-p-05"))));
        assert!(is_absent(&merge_subjects(&house.app, &reporter, &id("ts-p-04"), &id("ts-p-06"), "x")));
        let merged = merge_subjects(&house.app, &hoa, &id("ts-p-04"), &id("ts-p-06"), "cùng người").unwrap();
        assert!(is_absent(&undo_merge(&house.app, &reporter, &merged.id, "x")));
    }
}
