//! Decisions on awards from draft to payment, on both engines: what is granted stands in the records and in the register,
//! money is committed before anything is signed, what is taken back counts nowhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::decision::{
    Asked, DraftAsked, LineAsked, correct_award, decisions, draft_decision, drop_decision, enter_fund_money, funds,
    open_fund, pay_bonus, register, revoke_award, show_decision, sign_decision, unpaid,
};
use thidua_app::{Error, audit, subject};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::actor::{Post, Reach, Role};
use thidua_domain::decision::{DecisionId, FundId, Signature, SignedAs, State};
use thidua_domain::honour::CommendationType;
use thidua_domain::refusal::{DecisionFault, SubjectFault};
use thidua_domain::subject::About;
use thidua_domain::subject::fact::Authority;
use thidua_domain::{Actor, Refusal};
use thidua_testkit::both_engines;
use world::World;

const DISTRICT: &str = "h-397";

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn fault<T: std::fmt::Debug>(refused: Result<T, Error>) -> DecisionFault {
    match refused {
        Err(Error::Refused(Refusal::Decision(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

fn person(world: &World, role: Role, units: &[&str]) -> Actor {
    let post = Post { role, reach: Reach::Only(units.iter().map(|id| unit(id)).collect()) };
    let account = thidua_base::Code::parse("tk-1").unwrap();
    Actor::person("Nguyễn Thị Hòa", world.app.home.tenant.clone(), account, vec![post])
}

fn line(subject: &str) -> LineAsked {
    LineAsked {
        subject: thidua_base::Code::parse(subject).unwrap(),
        honour: thidua_base::Code::parse("giay-khen-ubnd-huyen").unwrap(),
        achievement: "Thành tích phòng, chống dịch".into(),
        duty: None,
        dossier: None,
    }
}

fn asked(fund: Option<&FundId>, subjects: &[&str]) -> DraftAsked {
    DraftAsked {
        issuer: unit(DISTRICT),
        authority: Authority::DistrictChair,
        title: "Về việc tặng Giấy khen".into(),
        year: 2020,
        commendation: CommendationType::Irregular,
        fund: fund.cloned(),
        lines: subjects.iter().map(|id| line(id)).collect(),
    }
}

fn signature(number: &str) -> Signature {
    Signature {
        number: number.into(),
        on: day("2020-06-26"),
        signer: "Lê Quang Trung".into(),
        position: "Phó Chủ tịch".into(),
        signed_as: SignedAs::ForHead,
    }
}

fn drafted(world: &World, fund: Option<&FundId>, subjects: &[&str]) -> DecisionId {
    draft_decision(&world.app, &world.by, None, &asked(fund, subjects)).unwrap()
}

fn fund_with(world: &World, vnd: i64) -> FundId {
    let id = open_fund(&world.app, &world.by, &unit(DISTRICT), 2020, "Quỹ thi đua, khen thưởng").unwrap();
    let paper = ("QĐ 01/QĐ-UBND", day("2020-01-10"));
    enter_fund_money(&world.app, &world.by, (&unit(DISTRICT), &id), vnd, paper, "dự toán đầu năm").unwrap();
    id
}

fn count_in_register(world: &World) -> usize {
    let asked = Asked { words: "1502".into(), ..Asked::default() };
    register(&world.app, &world.by, &asked).unwrap().awards.len()
}

fn held(world: &World, who: &str, number: &str) -> Option<Option<Date>> {
    let id = thidua_base::Code::parse(who).unwrap();
    let seen = subject::show(&world.app, &world.by, &id).unwrap();
    seen.facts.iter().find_map(|one| match &one.fact.about {
        About::Award(held) if held.number == number && !one.is_gone => Some(held.revoked_on),
        _ => None,
    })
}

const TWO: [&str; 2] = ["ts-p-01", "ts-p-02"];

both_engines! {
    fn a_decision_is_written_signed_and_paid_and_counts_everywhere(test) {
        let world = World::loaded_into(test.db().clone());
        let fund = fund_with(&world, 1_000_000);
        let id = drafted(&world, Some(&fund), &TWO);
        let seen = show_decision(&world.app, &world.by, &id).unwrap();
        assert_eq!((seen.decision.state(), seen.lines.len()), (State::Draft, 2));
        assert_eq!(seen.lines[0].bonus.vnd, 447_000, "0,3 of 1.490.000 as the law of the day would have it");
        assert_eq!(held(&world, "ts-p-01", "1502/QĐ-UBND"), None, "a draft grants nothing");

        let signed = sign_decision(&world.app, &world.by, (&id, 1), &signature("1502/QĐ-UBND")).unwrap();
        assert_eq!((signed.granted.len(), signed.vnd), (2, 894_000));
        assert_eq!(held(&world, "ts-p-01", "1502/QĐ-UBND"), Some(None));
        assert_eq!(count_in_register(&world), 2, "the register counts what was decided");
        let fund_seen = funds(&world.app, &world.by).unwrap().remove(0);
        assert_eq!((fund_seen.commitment.committed, fund_seen.free()), (894_000, 106_000));

        let due = unpaid(&world.app, &world.by).unwrap();
        assert_eq!(due.iter().map(|one| one.due.vnd).collect::<Vec<_>>(), [447_000, 447_000]);
        let on = day("2020-07-03");
        assert_eq!(pay_bonus(&world.app, &world.by, &id, 1, "PC 12", on, None).unwrap(), 447_000);
        assert_eq!(unpaid(&world.app, &world.by).unwrap().len(), 1);
        let again = pay_bonus(&world.app, &world.by, &id, 1, "PC 13", on, Some(1));
        assert_eq!(fault(again), DecisionFault::NotDue { asked: 1, due: 0 });
        assert_eq!(decisions(&world.app, &world.by).unwrap()[0].head.state, State::Signed);
        let verbs: Vec<String> =
            audit::tail(&world.app, &world.by, 3).unwrap().into_iter().map(|row| row.verb).collect();
        assert!(verbs.contains(&"sign-decision".to_owned()) && verbs.contains(&"pay-bonus".to_owned()), "{verbs:?}");
    }

    fn trial_decision_without_fund(test) {
        let world = World::loaded_into(test.db().clone());
        let id = drafted(&world, None, &TWO);
        let refused = sign_decision(&world.app, &world.by, (&id, 1), &signature("1502/QĐ-UBND"));
        assert_eq!(fault(refused), DecisionFault::NoFund { needed: 894_000 });
        let fund = fund_with(&world, 893_999);
        draft_decision(&world.app, &world.by, Some((&id, 1)), &asked(Some(&fund), &TWO)).unwrap();
        let refused = sign_decision(&world.app, &world.by, (&id, 2), &signature("1502/QĐ-UBND"));
        assert_eq!(fault(refused), DecisionFault::FundShort { free: 893_999, needed: 894_000 });
        assert_eq!(held(&world, "ts-p-01", "1502/QĐ-UBND"), None, "nothing is half done");
        let more = ("QĐ 02", day("2020-06-01"));
        enter_fund_money(&world.app, &world.by, (&unit(DISTRICT), &fund), 1, more, "").unwrap();
        sign_decision(&world.app, &world.by, (&id, 2), &signature("1502/QĐ-UBND")).unwrap();
        let out = enter_fund_money(&world.app, &world.by, (&unit(DISTRICT), &fund), -1, more, "điều chỉnh giảm");
        assert_eq!(fault(out), DecisionFault::FundShort { free: 0, needed: 1 });
    }

    fn trial_revoked_award_counted(test) {
        let world = World::loaded_into(test.db().clone());
        let fund = fund_with(&world, 894_000);
        let id = drafted(&world, Some(&fund), &TWO);
        sign_decision(&world.app, &world.by, (&id, 1), &signature("1502/QĐ-UBND")).unwrap();
        let on = day("2020-07-05");
        let without = revoke_award(&world.app, &world.by, &id, 2, "1600/QĐ-UBND", on, " ");
        assert!(matches!(without, Err(Error::Refused(Refusal::NoReason))), "{without:?}");
        revoke_award(&world.app, &world.by, &id, 2, "1600/QĐ-UBND", on, "kê khai không trung thực").unwrap();
        assert_eq!(held(&world, "ts-p-02", "1502/QĐ-UBND"), Some(Some(on)), "it stays to be read");
        assert_eq!(count_in_register(&world), 1, "and counts nowhere");
        assert_eq!(unpaid(&world.app, &world.by).unwrap().len(), 1);
        assert_eq!(funds(&world.app, &world.by).unwrap()[0].free(), 447_000);
        let twice = revoke_award(&world.app, &world.by, &id, 2, "1601/QĐ-UBND", on, "lần nữa");
        assert_eq!(fault(twice), DecisionFault::RevokedAlready { on });
    }

    fn two_who_write_or_sign_one_decision_are_told_apart(test) {
        let world = World::loaded_into(test.db().clone());
        let fund = fund_with(&world, 10_000_000);
        let id = drafted(&world, Some(&fund), &TWO);
        draft_decision(&world.app, &world.by, Some((&id, 1)), &asked(Some(&fund), &["ts-p-01"])).unwrap();
        for refused in [
            draft_decision(&world.app, &world.by, Some((&id, 1)), &asked(Some(&fund), &TWO)).map(drop),
            sign_decision(&world.app, &world.by, (&id, 1), &signature("1502/QĐ-UBND")).map(drop),
        ] {
            assert!(matches!(refused, Err(Error::Refused(Refusal::ChangedMeanwhile))), "{refused:?}");
        }
        sign_decision(&world.app, &world.by, (&id, 2), &signature("1502/QĐ-UBND")).unwrap();
        let late = draft_decision(&world.app, &world.by, Some((&id, 3)), &asked(Some(&fund), &TWO));
        assert_eq!(fault(late), DecisionFault::WrongState { state: "signed" });
        let other = drafted(&world, Some(&fund), &["ts-p-02"]);
        let same = sign_decision(&world.app, &world.by, (&other, 1), &signature("1502 / QĐ-UBND"));
        let taken = DecisionFault::NumberTaken { number: "1502 / QĐ-UBND".into(), on: day("2020-06-26") };
        assert_eq!(fault(same), taken);
        drop_decision(&world.app, &world.by, &other, "nhập nhầm").unwrap();
        assert_eq!(show_decision(&world.app, &world.by, &other).unwrap().decision.state(), State::Dropped);
    }
}

#[test]
fn an_award_that_cannot_stand_names_its_line_and_nothing_is_signed() {
    let world = World::loaded();
    let fund = fund_with(&world, 10_000_000);
    let id = drafted(&world, Some(&fund), &TWO);
    sign_decision(&world.app, &world.by, (&id, 1), &signature("1502/QĐ-UBND")).unwrap();
    let again = drafted(&world, Some(&fund), &["ts-p-03", "ts-p-01"]);
    let refused = sign_decision(&world.app, &world.by, (&again, 1), &signature("1503/QĐ-UBND"));
    match fault(refused) {
        DecisionFault::Line { line: 2, why, .. } => assert!(matches!(*why, SubjectFault::DuplicateAward { .. })),
        other => panic!("{other:?}"),
    }
    assert_eq!(held(&world, "ts-p-03", "1503/QĐ-UBND"), None);
    assert_eq!(funds(&world.app, &world.by).unwrap()[0].commitment.committed, 894_000);
}

#[test]
fn an_authority_decides_only_on_what_the_law_gives_it() {
    let world = World::loaded();
    let fund = fund_with(&world, 10_000_000);
    let mut wrong = asked(Some(&fund), &["ts-p-01"]);
    wrong.authority = Authority::CommuneChair;
    let id = draft_decision(&world.app, &world.by, None, &wrong).unwrap();
    match fault(sign_decision(&world.app, &world.by, (&id, 1), &signature("9/QĐ-UBND"))) {
        DecisionFault::NotTheirs { authority, cite, .. } => {
            assert_eq!(authority, "Chủ tịch UBND xã");
            assert!(cite.contains("luat-15-2003"), "{cite}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn strangers_find_nothing_and_each_role_does_its_own_part() {
    let world = World::loaded();
    let fund = fund_with(&world, 10_000_000);
    let id = drafted(&world, Some(&fund), &TWO);
    let reader = Actor::reader("x", world.app.home.tenant.clone());
    let elsewhere = person(&world, Role::Leader, &["h-397-gddt"]);
    for by in [&reader, &elsewhere] {
        assert!(matches!(show_decision(&world.app, by, &id), Err(Error::NotFound(_))));
        let signed = sign_decision(&world.app, by, (&id, 1), &signature("1/QĐ"));
        assert!(matches!(signed, Err(Error::NotFound(_))));
        let made = draft_decision(&world.app, by, None, &asked(Some(&fund), &TWO));
        assert!(matches!(made, Err(Error::NotFound(_))));
        let nowhere = DecisionId::parse("qd-khong-co").unwrap();
        assert!(matches!(show_decision(&world.app, by, &nowhere), Err(Error::NotFound(_))));
    }
    let specialist = person(&world, Role::Specialist, &[DISTRICT]);
    let leader = person(&world, Role::Leader, &[DISTRICT]);
    assert!(matches!(sign_decision(&world.app, &specialist, (&id, 1), &signature("1/QĐ")), Err(Error::NotFound(_))));
    let made = draft_decision(&world.app, &leader, None, &asked(Some(&fund), &TWO));
    assert!(matches!(made, Err(Error::NotFound(_))));
    // The leader signs although they hold no role in the office of those named.
    sign_decision(&world.app, &leader, (&id, 1), &signature("1502/QĐ-UBND")).unwrap();
    let seen = show_decision(&world.app, &leader, &id).unwrap();
    assert!(seen.revokes && !seen.pays && !seen.writes);
    let on = day("2020-07-05");
    correct_award(&world.app, &leader, &id, (1, "Lê Thị Nguyệt A"), ("1700/ĐC-UBND", on), "sai tên đệm").unwrap();
    let seen = show_decision(&world.app, &leader, &id).unwrap();
    assert_eq!(seen.lines[0].name, "Lê Thị Nguyệt A");
}
