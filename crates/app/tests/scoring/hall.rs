//! The founding data with sample scorings, and the people who act in them.

use std::sync::Arc;

use thidua_app::cluster::{CellKey, Scored, Seen, freeze, open_sample, scoring};
use thidua_app::{App, Entropy, Error};
use thidua_base::Number;
use thidua_base::code::{ClusterCode, CriterionCode, OrgId};
use thidua_domain::actor::{AccountId, Post, Reach, Role};
use thidua_domain::cluster::freeze::{Recomputed, hash};
use thidua_domain::cluster::objection::Answer;
use thidua_domain::cluster::score::Line;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store::Db;

use crate::world::World;

/// The year of the founding data.
pub const YEAR: i16 = 2020;

/// The program with sample scorings.
pub struct Hall {
    pub app: App,
    pub operator: Actor,
}

pub fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn code(text: &str) -> CriterionCode {
    CriterionCode::parse(text).unwrap()
}

pub fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// The first cluster: nine communes, the scoring under way.
pub fn open() -> ClusterCode {
    ClusterCode::parse("h-397-cum-1").unwrap()
}

/// A cluster of eighteen offices, without a scoring.
pub fn offices() -> ClusterCode {
    ClusterCode::parse("h-397-cum-6").unwrap()
}

impl Hall {
    pub fn sampled() -> Self {
        let db = Db::memory().unwrap();
        db.migrate().unwrap();
        Self::sampled_in(db)
    }

    pub fn sampled_in(db: Db) -> Self {
        let world = World::loaded_into(db);
        let mut app = world.app;
        app.entropy = Entropy::set(1);
        assert_eq!(open_sample(&app, &world.by).unwrap(), 4);
        Self { app, operator: world.by }
    }

    /// Someone with one role in some units, who reads the pages of the whole tenant.
    pub fn person(&self, name: &str, role: Role, units: &[&str]) -> Actor {
        let reach = Reach::Only(units.iter().map(|id| unit(id)).collect());
        let account = AccountId::parse(&format!("tk-{}", role.word())).unwrap();
        Actor::person(name, self.app.home.tenant.clone(), account, vec![Post { role, reach }]).reading()
    }

    /// Who enters a commune's figures and claims.
    pub fn reporter(&self, of: &str) -> Actor {
        self.person("Lê Thị Bình", Role::Reporter, &[of])
    }

    /// Who appraises: the district's specialist, whose reach holds every commune.
    pub fn appraiser(&self) -> Actor {
        let members = self.seen(&open()).cluster.members;
        let units: Vec<&str> = members.iter().map(|member| member.unit.as_str()).chain(["h-397"]).collect();
        self.person("Nguyễn Văn An", Role::Specialist, &units)
    }

    pub fn secretary(&self) -> Actor {
        self.person("Phạm Văn Thư", Role::CouncilSecretary, &["h-397"])
    }

    pub fn seen(&self, cluster: &ClusterCode) -> Seen {
        scoring(&self.app, &self.operator, cluster, YEAR).unwrap()
    }

    pub fn scored(&self, cluster: &ClusterCode) -> Arc<Scored> {
        self.seen(cluster).scored.unwrap()
    }

    pub fn cell(&self, cluster: &ClusterCode, of: &OrgId, criterion: &str) -> CellKey {
        CellKey { cluster: cluster.clone(), year: YEAR, unit: of.clone(), criterion: code(criterion) }
    }

    pub fn line(&self, cluster: &ClusterCode, of: &OrgId, criterion: &str) -> Line {
        let scored = self.scored(cluster);
        let place = scored.scheme.place(&code(criterion)).unwrap();
        scored.sheet(of).unwrap().lines[place].clone()
    }

    /// The members of the cluster that is open, in their order.
    pub fn members(&self) -> Vec<OrgId> {
        self.scored(&open()).round.members.clone()
    }

    /// Answers every open objection and freezes the ranking; then its bytes and marks are those of before, and they stay.
    pub fn frozen_holds(&self, cluster: &ClusterCode) {
        let waiting: Vec<i64> = self.scored(cluster).journal.objections.keys().copied().collect();
        for number in waiting {
            let by = self.secretary();
            thidua_app::cluster::answer_objection(&self.app, &by, cluster, YEAR, number, Answer::Declined, "Đã xem")
                .unwrap();
        }
        let before = self.scored(cluster);
        let kept = freeze(&self.app, &self.secretary(), cluster, YEAR).unwrap();
        assert_eq!(hash(&kept.bytes), kept.hash);
        let after = self.scored(cluster);
        assert_eq!(before.sheets.len(), after.sheets.len());
        for sheet in &before.sheets {
            assert_eq!(Some(sheet), after.sheet(&sheet.unit), "{}", sheet.unit);
        }
        let frozen = after.frozen.as_ref().unwrap();
        assert_eq!((&frozen.again, frozen.differs.len()), (&Recomputed::Same, 0));
    }
}

/// Why something about a mark was refused.
pub fn fault<T: std::fmt::Debug>(found: Result<T, Error>) -> MarkFault {
    match found {
        Err(Error::Refused(Refusal::BadMark { why, .. })) => why,
        other => panic!("{other:?}"),
    }
}

/// That there was nothing there for whoever asked.
pub fn assert_nothing<T: std::fmt::Debug>(found: Result<T, Error>) {
    assert!(matches!(found, Err(Error::NotFound(_))), "{found:?}");
}
