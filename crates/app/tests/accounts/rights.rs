//! What a person may do follows their roles of the day; to all others things are as if they were not.

use thidua_app::account::{
    LinkAsked, NewAccount, NewRole, RoleEnd, close_account, create_account, end_role, end_sessions, give_password,
    grant_role, link_account, list, managed, open_account, reopen_account, reset_second_factor, set_password,
    unlink_account,
};
use thidua_app::audit;
use thidua_app::report::{NewOverride, override_figure};
use thidua_domain::Actor;
use thidua_domain::actor::{Capacity, Reach, Role};
use thidua_testkit::both_engines;

use crate::house::{House, PASSWORD, day, is_absent};

fn given(house: &House, role: Role, unit: Option<&thidua_base::code::OrgId>, to: Option<&str>) {
    let new = NewRole { name: "hoa".into(), role, unit: unit.cloned(), from: day("2020-01-01"), to: to.map(day) };
    grant_role(&house.app, &house.operator, &new).unwrap();
}

both_engines! {
    fn to_those_without_the_right_nothing_is_there(test) {
        let house = House::with_hoa(test.db());
        given(&house, Role::Reporter, None, None);
        given(&house, Role::Administrator, Some(&house.app.home.unit), None);
        thidua_testkit::accounts::enrol(&house.app, "hoa");
        let tenant = house.tenant().clone();
        let people = [
            Actor::reader("ai đó", tenant.clone()),
            // An administrator of a unit manages neither the accounts nor the journal of the tenant.
            house.in_session("hoa").1.actor,
        ];
        let before = house.rows();
        for by in &people {
            let new = NewAccount { name: "x".into(), display_name: "X".into(), password: PASSWORD.into() };
            let everywhere = NewRole {
                name: "hoa".into(),
                role: Role::Administrator,
                unit: None,
                from: day("2020-01-01"),
                to: None,
            };
            let end = RoleEnd { name: "hoa".into(), role: Role::Reporter, unit: None, on: day("2020-07-05") };
            assert!(is_absent(&create_account(&house.app, by, &new)));
            assert!(is_absent(&list(&house.app, by)));
            assert!(is_absent(&set_password(&house.app, by, "hoa", PASSWORD)));
            let link = LinkAsked { name: "hoa".into(), issuer: "https://a.vn".into(), subject: "1".into() };
            assert!(is_absent(&open_account(&house.app, by, "y", "Y")));
            assert!(is_absent(&give_password(&house.app, by, "hoa")));
            assert!(is_absent(&managed(&house.app, by, "hoa")));
            assert!(is_absent(&end_sessions(&house.app, by, "hoa")));
            assert!(is_absent(&link_account(&house.app, by, &link)));
            assert!(is_absent(&unlink_account(&house.app, by, &link)));
            assert!(is_absent(&reset_second_factor(&house.app, by, "hoa")));
            assert!(is_absent(&close_account(&house.app, by, "hoa")));
            assert!(is_absent(&reopen_account(&house.app, by, "hoa")));
            assert!(is_absent(&grant_role(&house.app, by, &everywhere)));
            assert!(is_absent(&end_role(&house.app, by, &end)));
            assert!(is_absent(&audit::tail(&house.app, by, 10)));
            assert!(is_absent(&audit::verify(&house.app, by)));
        }
        assert_eq!(house.rows(), before, "nothing was written");
    }

    fn an_administrator_of_the_tenant_reads_the_journal(test) {
        let house = House::with_hoa(test.db());
        given(&house, Role::Administrator, None, None);
        thidua_testkit::accounts::enrol(&house.app, "hoa");
        let hoa = house.in_session("hoa").1.actor;
        assert_eq!(hoa.scope.units, Reach::Everything);
        assert!(!audit::tail(&house.app, &hoa, 10).unwrap().is_empty());
        audit::verify(&house.app, &hoa).unwrap();
        assert_eq!(list(&house.app, &hoa).unwrap().len(), 1);
    }

    fn a_role_that_ended_yesterday_counts_no_more_today(test) {
        let mut house = House::with_hoa(test.db());
        given(&house, Role::Administrator, None, Some("2020-07-06"));
        thidua_testkit::accounts::enrol(&house.app, "hoa");
        // Midnight in Vietnam is 17:00 UTC: the role ends in the middle of a session.
        house.at("2020-07-05T16:59:00Z");
        let late = house.in_session("hoa").0;
        assert_eq!(posts_or_over(&house, &late), Some(1));
        house.at("2020-07-05T17:00:00Z");
        assert_eq!(posts_or_over(&house, &late), Some(0));
    }

    fn a_figure_is_replaced_by_those_whose_role_reaches_the_unit(test) {
        let house = House::with_hoa(test.db());
        house.opened("an", "Lê Văn An");
        let unit = house.app.home.unit.clone();
        given(&house, Role::Reporter, Some(&unit), None);
        let asked = NewOverride { line: "KT01 value".into(), printed: thidua_app::report::Printed::Number("1".into()), reason: "thử".into() };
        let hoa = house.person("hoa").actor;
        assert!(hoa.scope.reaches(&unit));
        assert!(is_absent(&override_figure(&house.app, &hoa, &house.world_report, &asked)));
        given(&house, Role::Specialist, Some(&unit), None);
        let hoa = house.person("hoa").actor;
        override_figure(&house.app, &hoa, &house.world_report, &asked).unwrap();
        let rows = audit::tail(&house.app, &house.operator, 1).unwrap();
        assert_eq!((rows[0].actor.as_str(), rows[0].verb.as_str()), ("Nguyễn Thị Hòa", "override-figure"));
        // Someone without a role does not even see the report through their own eyes.
        let an = house.person("an").actor;
        assert!(is_absent(&override_figure(&house.app, &an, &house.world_report, &asked)));
    }
}

fn posts_or_over(house: &House, token: &thidua_app::account::Token) -> Option<usize> {
    match house.visitor(token) {
        thidua_app::account::Visitor::Person(person) => match person.actor.capacity {
            Capacity::Person { posts, .. } => Some(posts.len()),
            Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
        },
        thidua_app::account::Visitor::Anyone | thidua_app::account::Visitor::Stranger => None,
    }
}
