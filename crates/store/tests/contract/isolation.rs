//! Nothing of another tenant is ever seen, and nothing beyond an actor's reach.

use thidua_base::code::OrgId;
use thidua_domain::Scope;
use thidua_domain::actor::Reach;
use thidua_store::{Error, audit, office, reading};
use thidua_testkit::both_engines;

use crate::sample::{World, at, code, period, stored};

both_engines! {
    fn two_tenants_with_the_same_ids_do_not_meet(test) {
        let (one, world_one) = stored(test, "trieu-son");
        let (two, world_two) = stored(test, "nong-cong");
        for (tenant, world) in [(one, world_one), (two, world_two)] {
            let read = test.db().read(|tx| World::read(tx, &Scope::whole(tenant.clone()))).unwrap();
            assert_eq!(format!("{world:?}"), format!("{read:?}"));
        }
    }

    fn a_stranger_sees_only_the_law(test) {
        let (_, world) = stored(test, "trieu-son");
        let stranger = Scope::whole(crate::sample::tenant_id("la"));
        let read = test.db().read(|tx| World::read(tx, &stranger)).unwrap();
        assert_eq!(read, World { instruments: world.instruments, ..World::default() });
    }

    fn an_actor_sees_the_units_in_reach_only(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let reach: Vec<OrgId> = vec![code("xa-a")];
        let scope = Scope { tenant, units: Reach::Only(reach) };
        let read = test.db().read(|tx| World::read(tx, &scope)).unwrap();
        assert_eq!(format!("{:#?}", seen_from("xa-a", &world)), format!("{read:#?}"));
        // The sample has something to hide in every kind that bears a unit.
        for (all, seen) in world.sizes().into_iter().zip(read.sizes()) {
            assert!(seen > 0 && seen < all, "{seen} of {all}");
        }
    }

    fn an_empty_reach_sees_no_unit(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let scope = Scope { tenant, units: Reach::Only(vec![]) };
        let read = test.db().read(|tx| World::read(tx, &scope)).unwrap();
        assert_eq!(read.sizes(), vec![0; read.sizes().len()]);
    }

    fn ids_in_reach_are_matched_exactly(test) {
        let (tenant, _) = stored(test, "trieu-son");
        for near in ["XA-A", "xa_a", "xa-", "xa-a:", "x"] {
            let scope = Scope { tenant: tenant.clone(), units: Reach::Only(vec![OrgId::parse(near).unwrap_or(code("x"))]) };
            let read = test.db().read(|tx| World::read(tx, &scope)).unwrap();
            assert_eq!(read.sizes(), vec![0; read.sizes().len()], "{near}");
        }
    }

    fn what_is_asked_for_by_name_is_hidden_too(test) {
        let (tenant, world) = stored(test, "trieu-son");
        let scope = Scope { tenant: tenant.clone(), units: Reach::Only(vec![code("xa-a")]) };
        let actor = thidua_domain::Actor::operator("Lê Thị Thủy", tenant);
        let mut tx = test.db().begin().unwrap();
        audit::append(&mut tx, &actor, at("2020-07-05T00:00:00Z"), "load", "pack:x", "").unwrap();
        tx.commit().unwrap();
        test.db().read::<_, Error>(|tx| {
            let cell = reading::history(tx, &scope, &code("KT01"), &code("xa-b"), period("2020-H1"))?;
            assert!(cell.is_empty());
            assert_eq!(office::document_of(tx, &scope, &world.reports[2].id)?, None);
            assert!(audit::tail(tx, &scope, 10)?.is_empty());
            assert_eq!(audit::tail(tx, &actor.scope, 10)?.len(), 1);
            Ok(())
        }).unwrap();
    }
}

/// The part of a world that an actor of one unit sees: the rule of each read, in Rust.
fn seen_from(unit: &str, world: &World) -> World {
    let unit: OrgId = code(unit);
    let own = |other: &OrgId| *other == unit;
    let mut seen = world.clone();
    seen.units.retain(|u| own(&u.id));
    seen.edges.retain(|e| own(&e.child));
    for event in &mut seen.events {
        event.links.retain(|link| own(&link.from) || own(&link.to));
    }
    seen.events.retain(|event| !event.links.is_empty());
    seen.shares.retain(|s| own(&s.from) || own(&s.to));
    seen.plan_values.retain(|v| own(&v.unit));
    let values = seen.plan_values.clone();
    seen.plans.retain(|p| own(&p.assigner) || values.iter().any(|v| v.plan == p.id));
    seen.readings.retain(|r| own(&r.unit));
    seen.members.retain(|m| m.unit.as_ref().is_some_and(own));
    let members = seen.members.clone();
    seen.recognitions.retain(|r| members.iter().any(|m| m.id == r.member));
    seen.clusters.retain(|c| own(&c.formed_by) || c.members.iter().any(|m| own(&m.unit)));
    seen.awards.retain(|a| own(&a.unit));
    seen.exemplars.retain(|e| e.unit.as_ref().is_some_and(own));
    seen.findings.retain(|f| own(&f.unit) || f.owner.as_ref().is_some_and(own));
    seen.tasks.retain(|t| own(&t.unit) || t.owner.as_ref().is_some_and(own));
    seen.reports.retain(|r| own(&r.unit));
    seen.documents.retain(|d| own(&d.unit));
    let (reports, documents) = (seen.reports.clone(), seen.documents.clone());
    seen.recipients.retain(|r| documents.iter().any(|d| d.id == r.document));
    seen.authorities.retain(|a| own(&a.unit));
    seen.passages.retain(|p| reports.iter().any(|r| r.id == p.report));
    seen.overrides.retain(|o| reports.iter().any(|r| r.id == o.report));
    seen
}

impl World {
    /// How many rows there are of each kind that bears a unit.
    fn sizes(&self) -> Vec<usize> {
        vec![
            self.units.len(),
            self.edges.len(),
            self.events.len(),
            self.shares.len(),
            self.plans.len(),
            self.plan_values.len(),
            self.readings.len(),
            self.members.len(),
            self.recognitions.len(),
            self.clusters.len(),
            self.awards.len(),
            self.exemplars.len(),
            self.findings.len(),
            self.tasks.len(),
            self.reports.len(),
            self.documents.len(),
            self.recipients.len(),
            self.authorities.len(),
            self.passages.len(),
            self.overrides.len(),
        ]
    }
}
