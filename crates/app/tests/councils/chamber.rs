//! The founding data with a council of six, their accounts, and the people who act.

use thidua_app::account::{NewAccount, create_account};
use thidua_app::council::{
    NewCouncil, NewMatter, NewQuestion, NewSession, Receipt, call_session, cast_ballot, compose_council,
    declare_conflict, mark_presence, open_session, put_question,
};
use thidua_app::{App, Entropy, Error};
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Code, Date};
use thidua_domain::actor::{AccountId, Post, Reach, Role};
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{
    Ballot, Choice, CouncilId, Denominator, HouseRule, Need, QuestionNumber, SeatRole, SessionId, Share, Warrant,
};
use thidua_domain::refusal::CouncilFault;
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_law::vocabulary::{SubjectKind, VoteBase, VoteMethod};
use thidua_store::Db;

use crate::world::World;

/// The unit of the council.
pub const UNIT: &str = "h-397";

/// The members by sign-in name: the chair, four members, the secretary.
pub const NAMES: [&str; 6] = ["chu-tich", "uy-vien-a", "uy-vien-b", "uy-vien-c", "uy-vien-d", "thu-ky"];

pub struct Chamber {
    pub app: App,
    pub operator: Actor,
    pub council: CouncilId,
    accounts: Vec<AccountId>,
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn need(share: &str, of: VoteBase) -> Need {
    Need { share: Share::parse(share).unwrap(), of }
}

pub fn rule() -> HouseRule {
    HouseRule {
        from: day("2020-01-10"),
        quorum: need("2/3", VoteBase::Members),
        threshold: need(">1/2", VoteBase::Members),
        method: VoteMethod::Either,
        conflict: Denominator::Keeps,
        written_counts: true,
        cite: "Quy chế Hội đồng, Điều 9".to_owned(),
    }
}

pub fn warrant() -> Warrant {
    Warrant { number: "12/QĐ-UBND".to_owned(), on: day("2020-01-10") }
}

pub fn matter(title: &str, honour: &str) -> NewMatter {
    NewMatter {
        reference: "ho-so-1".to_owned(),
        title: title.to_owned(),
        honour: HonourCode::parse(honour).unwrap(),
        kind: SubjectKind::Person,
        subject: None,
        nominated_by: unit(UNIT),
        summary: "Hoàn thành xuất sắc nhiệm vụ".to_owned(),
    }
}

impl Chamber {
    pub fn composed() -> Self {
        let db = Db::memory().unwrap();
        db.migrate().unwrap();
        Self::composed_in(db)
    }

    pub fn composed_in(db: Db) -> Self {
        let world = World::loaded_into(db);
        let (mut app, operator) = (world.app, world.by);
        app.entropy = Entropy::set(7);
        let accounts: Vec<AccountId> = NAMES
            .iter()
            .map(|name| {
                let new = NewAccount {
                    name: (*name).to_owned(),
                    display_name: format!("Người {name}"),
                    password: "mot cau rat dai de thu".to_owned(),
                };
                create_account(&app, &operator, &new).unwrap().id
            })
            .collect();
        let seats = NAMES.iter().zip(&accounts).enumerate().map(|(at, (name, account))| NewSeat {
            role: match at {
                0 => SeatRole::Chair,
                5 => SeatRole::Secretary,
                _ => SeatRole::Member,
            },
            votes: true,
            name: format!("Người {name}"),
            position: "Trưởng phòng".to_owned(),
            unit: None,
            account: Some(account.clone()),
            subject: None,
        });
        let asked = NewCouncil {
            unit: unit(UNIT),
            name: "Hội đồng Thi đua - Khen thưởng huyện Triệu Sơn".to_owned(),
            body: Some("hoi-dong-bo-tinh".to_owned()),
            warrant: warrant(),
            from: day("2020-01-10"),
            seats: seats.collect(),
            rule: rule(),
            provenance: Provenance { origin: Origin::Sample, source: "kiểm thử".to_owned() },
        };
        let council = compose_council(&app, &operator, asked).unwrap();
        Self { app, operator, council, accounts }
    }

    fn person(&self, at: usize, role: Role) -> Actor {
        let reach = Reach::Only(vec![unit(UNIT)]);
        let (tenant, account) = (self.app.home.tenant.clone(), self.accounts[at].clone());
        Actor::person(&format!("Người {}", NAMES[at]), tenant, account, vec![Post { role, reach }]).reading()
    }

    pub fn account(&self, at: usize) -> AccountId {
        self.accounts[at].clone()
    }

    pub fn secretary(&self) -> Actor {
        self.person(5, Role::CouncilSecretary)
    }

    /// A member by their place: 0 is the chair, whose seat has number 1.
    pub fn member(&self, at: usize) -> Actor {
        self.person(at, if at == 5 { Role::CouncilSecretary } else { Role::CouncilMember })
    }

    /// A council member of the same unit without a seat, and a secretary of another unit.
    pub fn strangers(&self) -> [Actor; 3] {
        let tenant = self.app.home.tenant.clone();
        let post = |role, of: &str| vec![Post { role, reach: Reach::Only(vec![unit(of)]) }];
        let account = |id: &str| Code::parse(id).unwrap();
        [
            Actor::person("Người ngoài", tenant.clone(), account("tk-x"), post(Role::CouncilMember, UNIT)).reading(),
            Actor::person("Thư ký nơi khác", tenant.clone(), account("tk-y"), post(Role::CouncilSecretary, "x-15664"))
                .reading(),
            Actor::reader("khách", tenant),
        ]
    }

    pub fn called(&self, matters: Vec<NewMatter>) -> SessionId {
        let asked = NewSession {
            council: self.council.clone(),
            held_on: day("2020-07-05"),
            place: "Phòng họp số 1".to_owned(),
            matters,
        };
        call_session(&self.app, &self.secretary(), asked).unwrap()
    }

    /// An open session of one matter; the members with these places are present and have declared no conflict.
    pub fn opened(&self, honour: &str, here: &[usize]) -> SessionId {
        let session = self.called(vec![matter("Bà Lê Thị Bình", honour)]);
        open_session(&self.app, &self.secretary(), &session).unwrap();
        for at in here {
            self.ready(&session, *at);
        }
        session
    }

    pub fn ready(&self, session: &SessionId, at: usize) {
        let by = self.member(at);
        mark_presence(&self.app, &by, session, u16::try_from(at + 1).unwrap(), true).unwrap();
        declare_conflict(&self.app, &by, session, &[(1, None)]).unwrap();
    }

    pub fn put(&self, session: &SessionId, ballot: Ballot, reason: &str) -> Result<QuestionNumber, Error> {
        let asked = NewQuestion {
            matter: 1,
            ballot,
            text: "Đồng ý đề nghị tặng danh hiệu cho bà Lê Thị Bình?".to_owned(),
            reason: reason.to_owned(),
        };
        put_question(&self.app, &self.secretary(), session, &asked)
    }

    pub fn cast(&self, session: &SessionId, question: u16, at: usize, choice: Choice) -> Result<Receipt, Error> {
        cast_ballot(&self.app, &self.member(at), session, question, choice)
    }

    /// Casts a secret ballot and gives its code.
    pub fn code(&self, session: &SessionId, question: u16, at: usize, choice: Choice) -> String {
        match self.cast(session, question, at, choice).unwrap() {
            Receipt::Secret(code) => code,
            Receipt::Open => panic!("the vote is secret"),
        }
    }
}

/// Why something was refused.
pub fn fault<T: std::fmt::Debug>(found: Result<T, Error>) -> CouncilFault {
    match found {
        Err(Error::Refused(Refusal::Council(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

/// That there was nothing there for whoever asked.
pub fn assert_nothing<T: std::fmt::Debug>(found: Result<T, Error>) {
    assert!(matches!(found, Err(Error::NotFound(_))), "{found:?}");
}
