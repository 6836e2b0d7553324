//! A movement from the register to its final review, and what is refused on the way, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::movement::{
    NewAnswer, NewFile, NewMovement, NewPromise, add_event, add_movement, answer_review, ask_review,
    attach_movement_file, call_on, conclude_review, draft_terms, launch, movement_file, one, plan_paper, pledge,
    pledge_paper, register, register_unit, return_pledge, review, review_paper, sign_pledge, survey, tell_progress,
};
use thidua_app::notice::{ChoreSeen, feed, movement_due, renew_feed};
use thidua_app::{App, Clock, Entropy, Error};
use thidua_base::code::{AwardId, HonourCode, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::account::posts_on;
use thidua_domain::actor::{Actor, Role, Scope};
use thidua_domain::decision::Award;
use thidua_domain::honour::{CommendationType, Subject};
use thidua_domain::movement::{
    Addressee, Census, CensusColumn, CensusRow, Evidence, MovementKind, Outturn, Phase, PledgeState, ReviewKind,
    Standing, Terms,
};
use thidua_domain::{Origin, Provenance, Refusal};
use thidua_paper::text::write;
use thidua_paper::tree::Document;
use thidua_store as store;
use thidua_store::Db;
use thidua_testkit::both_engines;
use world::World;

const COMMITTEE: &str = "h-397-ubnd";
const COMMUNES: [&str; 3] = ["x-15766", "x-15769", "x-15763"];

struct House {
    app: App,
    operator: Actor,
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

impl House {
    /// A specialist of the district; a reporter and a leader in each of three communes.
    fn of(db: &Db) -> Self {
        let world = World::loaded_into(db.clone());
        let mut house = Self { app: world.app, operator: world.by };
        house.app.entropy = Entropy::set(1);
        house.at("2020-07-06T02:00:00Z");
        house.person("hoa", Role::Specialist, "h-397");
        for commune in COMMUNES {
            house.person(&format!("thuy-{commune}"), Role::Reporter, commune);
            house.person(&format!("binh-{commune}"), Role::Leader, commune);
        }
        house
    }

    fn person(&self, name: &str, role: Role, of: &str) {
        let new = NewAccount {
            name: name.into(),
            display_name: format!("Lê Thị {name}"),
            password: "thi đua gặt lúa".into(),
        };
        create_account(&self.app, &self.operator, &new).unwrap();
        let held = NewRole { name: name.into(), role, unit: Some(unit(of)), from: day("2020-01-01"), to: None };
        grant_role(&self.app, &self.operator, &held).unwrap();
    }

    /// A person with the posts they hold, as signing in gives them.
    fn actor(&self, name: &str) -> Actor {
        let tenant = &self.app.home.tenant;
        self.app
            .db
            .read::<_, store::Error>(|tx| {
                let known = store::account::by_name(tx, tenant, name)?.unwrap().account;
                let roles = store::account::role::roles_of(tx, tenant, &known.id)?;
                let edges = store::org::edges(tx, &Scope::whole(tenant.clone()))?;
                let posts = posts_on(&roles, &edges, day("2020-07-06"));
                Ok(Actor::person(&known.display_name, tenant.clone(), known.id, posts))
            })
            .unwrap()
    }

    fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    /// A movement of the committee with terms, not launched.
    fn drafted(&self) -> MovementCode {
        let by = self.actor("hoa");
        let movement = add_movement(&self.app, &by, &new_movement("Thi đua thâm canh lúa")).unwrap();
        draft_terms(&self.app, &by, &terms(&movement.code)).unwrap();
        movement.code
    }

    /// The same, launched to the three communes.
    fn launched(&self) -> MovementCode {
        let code = self.drafted();
        launch(&self.app, &self.actor("hoa"), &code, &COMMUNES.map(unit)).unwrap();
        code
    }

    fn chores(&self, name: &str) -> Vec<String> {
        let mine = movement_due(&self.app, &self.actor(name)).unwrap();
        mine.into_iter().filter(|chore| chore.is_mine).map(|chore| chore.item.chore.word().to_owned()).collect()
    }

    fn journal(&self) -> Vec<String> {
        let rows = thidua_app::audit::tail(&self.app, &self.operator, 100).unwrap();
        rows.into_iter().map(|row| row.verb).collect()
    }
}

fn new_movement(name: &str) -> NewMovement {
    NewMovement {
        name: name.into(),
        aliases: vec!["Thâm canh lúa".into(), " ".into()],
        kind: MovementKind::Thematic,
        scope: "huyen".into(),
        field: "kinh-te".into(),
        owner: unit(COMMITTEE),
        launched_by: None,
        content: "Đưa giống mới vào sản xuất.".into(),
    }
}

fn terms(code: &MovementCode) -> Terms {
    Terms {
        movement: code.clone(),
        launcher: unit(COMMITTEE),
        parent: Some(MovementCode::parse("PT01").unwrap()),
        from: day("2020-07-06"),
        to: Some(day("2021-07-05")),
        register_by: day("2020-07-17"),
        contents: vec![" Gieo cấy đúng lịch ".into(), String::new()],
        criteria: vec!["Năng suất lúa".into()],
        standards: vec!["Đạt từ 105% kế hoạch".into()],
        addressees: vec![Addressee::Farmers, Addressee::DirectWorkers],
    }
}

fn promise(value: i64) -> NewPromise {
    NewPromise {
        text: "Toàn xã quyết tâm".into(),
        titles: vec![HonourCode::parse("tap-the-lao-dong-xuat-sac").unwrap()],
        targets: vec![(IndicatorCode::parse("NN02").unwrap(), Period::parse("2020-H1").unwrap(), Number::whole(value))],
    }
}

fn answer(results: &str) -> NewAnswer {
    NewAnswer { results: results.into(), shortfalls: "Thiếu nước đầu vụ".into(), proposals: String::new() }
}

fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> Refusal {
    match done {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn absent<T: std::fmt::Debug>(done: Result<T, Error>) {
    assert!(matches!(done, Err(Error::NotFound(_))), "{done:?}");
}

both_engines! {
    fn from_the_launch_by_the_district_to_the_final_review(test) {
        let mut house = House::of(test.db());
        let code = house.launched();
        assert_eq!(house.chores("thuy-x-15766"), ["register"]);
        assert!(house.chores("hoa").is_empty(), "the district is not called on");

        // Three communes register and pledge; one asks less of itself than its neighbours, one too much.
        for (commune, value) in COMMUNES.into_iter().zip([100, 200, 90_000]) {
            let by = house.actor(&format!("thuy-{commune}"));
            register_unit(&house.app, &by, &code, &unit(commune), &promise(value)).unwrap();
            let leader = format!("binh-{commune}");
            assert_eq!(house.chores(&leader), ["sign"]);
            sign_pledge(&house.app, &house.actor(&leader), &code, &unit(commune), " Chủ tịch UBND xã ").unwrap();
            assert!(house.chores(&leader).is_empty());
        }
        let by = house.actor("hoa");
        let seen = one(&house.app, &by, &code).unwrap();
        assert_eq!((seen.counted.called, seen.counted.registered, seen.counted.signed), (3, 3, 3));
        assert_eq!(seen.parent.map(|(code, _)| code.to_string()), Some("PT01".to_owned()));
        assert_eq!(seen.occasions[0].kind, "launch");
        let years: Vec<i16> = seen.anniversaries.iter().map(|found| found.years).collect();
        assert_eq!(years, [5, 10, 15]);

        let reporter = house.actor("thuy-x-15766");
        let evidence = [
            Evidence { title: "Biên bản nghiệm thu".into(), found_at: "12/BB-UBND".into() },
            Evidence { title: " ".into(), found_at: String::new() },
        ];
        let told = tell_progress(&house.app, &reporter, &code, &unit("x-15766"), "Đã gieo 200 ha", &evidence).unwrap();
        assert_eq!(told.evidence.len(), 1, "a line left empty is no evidence");

        // The interim review: two answer in time, one is late.
        ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-12-10"), "Nêu rõ diện tích").unwrap();
        assert_eq!(house.chores("thuy-x-15763"), ["answer-interim"]);
        house.at("2020-12-09T02:00:00Z");
        for commune in &COMMUNES[..2] {
            let by = house.actor(&format!("thuy-{commune}"));
            answer_review(&house.app, &by, &code, &unit(commune), &answer("Đạt 60%")).unwrap();
        }
        house.at("2020-12-14T02:00:00Z");
        let interim = review(&house.app, &by, &code, 1).unwrap();
        let standings: Vec<&str> = interim.rows.iter().map(|row| row.standing.word()).collect();
        assert_eq!(standings.iter().filter(|word| **word == "answered").count(), 2);
        assert_eq!(standings.iter().filter(|word| **word == "late").count(), 1);
        let late = movement_due(&house.app, &by).unwrap();
        assert_eq!(late.iter().map(|chore: &ChoreSeen| chore.item.is_late).collect::<Vec<_>>(), [true]);
        let slow = house.actor("thuy-x-15763");
        answer_review(&house.app, &slow, &code, &unit("x-15763"), &answer("Đạt 55%")).unwrap();
        conclude_review(&house.app, &by, &code, "Tiếp tục chỉ đạo.").unwrap();
        let interim = review(&house.app, &by, &code, 1).unwrap();
        assert!(interim.rows.iter().any(|row| row.standing == Standing::AnsweredLate(day("2020-12-14"))));
        assert_eq!(interim.round.conclusion.as_deref(), Some("Tiếp tục chỉ đạo."));

        // The final review, and what was registered against what the indicator chapter holds.
        ask_review(&house.app, &by, &code, ReviewKind::Final, day("2021-07-20"), "").unwrap();
        answer_review(&house.app, &reporter, &code, &unit("x-15766"), &answer("Đạt 110%")).unwrap();
        let last = review(&house.app, &by, &code, 2).unwrap();
        assert!(last.concludes);
        let outturns: Vec<(String, Outturn)> =
            last.targets.iter().map(|(unit, seen)| (unit.to_string(), seen.outturn)).collect();
        let of = |id: &str| outturns.iter().find(|(unit, _)| unit == id).unwrap().1;
        assert_eq!((of("x-15766"), of("x-15763")), (Outturn::Reached, Outturn::Missed));
        conclude_review(&house.app, &by, &code, "Hoàn thành.").unwrap();
        let closed = one(&house.app, &by, &code).unwrap();
        assert_eq!(closed.course.phase(), Phase::Closed);
        assert!(movement_due(&house.app, &by).unwrap().is_empty(), "nothing is due of what is over");
        add_event(&house.app, &by, &code, "conference", "Hội nghị điển hình tiên tiến", day("2021-08-01")).unwrap();
        assert_eq!(one(&house.app, &by, &code).unwrap().occasions.len(), 2);
        let journal = house.journal();
        for verb in [
            "add-movement", "draft-movement", "launch-movement", "register-for-movement", "sign-pledge", "tell-progress",
            "ask-interim-review", "answer-review", "conclude-interim-review", "ask-final-review",
            "conclude-final-review", "add-movement-event",
        ] {
            assert!(journal.iter().any(|known| known == verb), "{verb} is not in the journal: {journal:?}");
        }
    }

    fn what_cannot_be_is_refused_and_leaves_nothing(test) {
        let mut house = House::of(test.db());
        let by = house.actor("hoa");
        assert_eq!(refused(add_movement(&house.app, &by, &new_movement(" "))), Refusal::NamelessMovement);
        let twice = refused(add_movement(&house.app, &by, &new_movement("Xây dựng nông thôn mới")));
        assert_eq!(twice, Refusal::MovementExists { code: "PT01".into() });
        let code = house.drafted();
        let nobody = Terms { addressees: Vec::new(), ..terms(&code) };
        assert_eq!(refused(draft_terms(&house.app, &by, &nobody)), Refusal::EmptyTerms);
        let itself = Terms { parent: Some(code.clone()), ..terms(&code) };
        assert_eq!(refused(draft_terms(&house.app, &by, &itself)), Refusal::OwnParent);
        assert_eq!(refused(launch(&house.app, &by, &code, &[])), Refusal::NothingChosen);
        assert!(matches!(refused(launch(&house.app, &by, &code, &[unit("t-38")])), Refusal::UnknownUnit { .. }));
        assert_eq!(
            refused(ask_review(&house.app, &by, &code, ReviewKind::Final, day("2020-12-10"), "")),
            Refusal::MovementPhase { phase: "drafted" }
        );
        launch(&house.app, &by, &code, &COMMUNES.map(unit)).unwrap();
        assert_eq!(
            refused(launch(&house.app, &by, &code, &COMMUNES.map(unit))),
            Refusal::MovementPhase { phase: "launched" }
        );
        assert_eq!(
            refused(draft_terms(&house.app, &by, &terms(&code))),
            Refusal::MovementPhase { phase: "launched" },
            "what was launched is not rewritten"
        );
        let commune = unit("x-15766");
        let (reporter, leader) = (house.actor("thuy-x-15766"), house.actor("binh-x-15766"));
        let sign = |house: &House, position: &str| sign_pledge(&house.app, &leader, &code, &commune, position);
        assert_eq!(refused(sign(&house, "Chủ tịch")), Refusal::PledgeState { state: "asked" });
        let empty = NewPromise::default();
        assert_eq!(refused(register_unit(&house.app, &reporter, &code, &commune, &empty)), Refusal::EmptyPledge);
        let mut twice = promise(1);
        twice.targets.extend(promise(2).targets);
        assert_eq!(
            refused(register_unit(&house.app, &reporter, &code, &commune, &twice)),
            Refusal::PromisedTwice { indicator: "NN02".into() }
        );
        register_unit(&house.app, &reporter, &code, &commune, &promise(1)).unwrap();
        assert_eq!(refused(sign(&house, "")), Refusal::EmptyText);
        sign(&house, "Chủ tịch").unwrap();
        assert_eq!(
            refused(register_unit(&house.app, &reporter, &code, &commune, &promise(2))),
            Refusal::PledgeState { state: "signed" }
        );
        assert_eq!(refused(return_pledge(&house.app, &by, &code, &commune, " ")), Refusal::NoReason);
        return_pledge(&house.app, &by, &code, &commune, "Chỉ tiêu thấp").unwrap();
        assert_eq!(house.chores("thuy-x-15766"), ["register-again"]);
        register_unit(&house.app, &reporter, &code, &commune, &promise(500)).unwrap();
        let seen = pledge(&house.app, &reporter, &code, &commune).unwrap();
        assert_eq!((seen.pledge.state(), seen.signs, seen.registers), (PledgeState::Registered, false, true));
        assert_eq!(seen.targets[0].target.value, Number::whole(500));
        assert_eq!(
            refused(answer_review(&house.app, &reporter, &code, &commune, &answer("x"))),
            Refusal::MovementPhase { phase: "launched" }
        );
        assert_eq!(refused(conclude_review(&house.app, &by, &code, "x")), Refusal::MovementPhase { phase: "launched" });
        assert_eq!(
            refused(ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-07-05"), "")),
            Refusal::MovementDays
        );
        ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-07-10"), "").unwrap();
        assert_eq!(refused(conclude_review(&house.app, &by, &code, " ")), Refusal::EmptyText);
        assert_eq!(
            refused(answer_review(&house.app, &reporter, &code, &commune, &NewAnswer::default())),
            Refusal::EmptyText
        );
        house.at("2020-08-01T02:00:00Z");
        assert_eq!(one(&house.app, &by, &code).unwrap().counted.late, 2, "two have not registered in time");
    }

    fn papers_say_what_the_pages_say_and_to_whom_they_may(test) {
        let mut house = House::of(test.db());
        let code = house.drafted();
        let by = house.actor("hoa");
        let (commune, reporter, leader) = (unit("x-15766"), house.actor("thuy-x-15766"), house.actor("binh-x-15766"));
        let written = |document: Result<Document, Error>| write(&document.unwrap());
        let has = |shown: &str, lines: &[&str]| {
            for line in lines {
                assert!(shown.contains(line), "{line}\n\n{shown}");
            }
        };

        // The plan is a draft until the launch, and until then of who leads the movement.
        let plan = written(plan_paper(&house.app, &by, &code));
        has(&plan, &["ỦY BAN NHÂN DÂN\nHUYỆN TRIỆU SƠN\n", "DỰ THẢO\nKẾ HOẠCH\n", "Phụ lục\nDANH SÁCH ĐƠN VỊ"]);
        absent(plan_paper(&house.app, &reporter, &code));
        absent(plan_paper(&house.app, &by, &MovementCode::parse("PT99").unwrap()));
        absent(plan_paper(&house.app, &by, &MovementCode::parse("PT02").unwrap()));
        launch(&house.app, &by, &code, &COMMUNES.map(unit)).unwrap();
        let plan = written(plan_paper(&house.app, &reporter, &code));
        has(&plan, &["Hưởng ứng phong trào thi đua “Xây dựng", "- Gieo cấy đúng lịch.\n", "- Xã Bình Sơn;", "Hồ Trường Sơn\n"]);
        assert!(!plan.contains("DỰ THẢO"), "{plan}");

        // The pledge names who signed it, once someone has; it has no number.
        absent(pledge_paper(&house.app, &reporter, &code, &commune));
        register_unit(&house.app, &reporter, &code, &commune, &promise(250)).unwrap();
        let open = written(pledge_paper(&house.app, &reporter, &code, &commune));
        has(&open, &["DỰ THẢO\nGIAO ƯỚC THI ĐUA\n", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"]);
        sign_pledge(&house.app, &leader, &code, &commune, "Chủ tịch UBND xã").unwrap();
        let signed = written(pledge_paper(&house.app, &reporter, &code, &commune));
        has(&signed, &["ngày 06 tháng 7 năm 2020\nGIAO ƯỚC", "- Tập thể lao động xuất sắc.", "| 250 |", "CHỦ TỊCH UBND XÃ\n"]);
        has(&signed, &["Lê Thị binh-x-15766\n"]);
        assert!(!signed.contains("Số:"), "{signed}");
        absent(pledge_paper(&house.app, &house.actor("thuy-x-15769"), &code, &commune));

        // The report of a review is a draft until it is concluded; sample figures are stamped.
        ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-12-10"), "").unwrap();
        answer_review(&house.app, &reporter, &code, &commune, &answer("Đạt 60%")).unwrap();
        house.at("2020-12-14T02:00:00Z");
        let draft = written(review_paper(&house.app, &by, &code, 1));
        has(&draft, &["DỰ THẢO\nSỐ LIỆU MẪU\nBÁO CÁO\nSơ kết phong trào", "01/03 đơn vị đã báo cáo", "quá hạn chưa báo cáo: "]);
        absent(review_paper(&house.app, &reporter, &code, 1));
        absent(review_paper(&house.app, &by, &code, 2));
        conclude_review(&house.app, &by, &code, "Tiếp tục chỉ đạo").unwrap();
        let done = written(review_paper(&house.app, &by, &code, 1));
        has(&done, &["kết quả đến ngày 14 tháng 12 năm 2020", "ĐÁNH GIÁ CHUNG\nTiếp tục chỉ đạo.\n", "| 397,0 | Đạt |"]);
        assert!(!done.contains("DỰ THẢO"), "{done}");
    }

    fn files_show_progress_and_answers_to_who_may_read_them(test) {
        let mut house = House::of(test.db());
        let code = house.launched();
        let commune = unit("x-15766");
        let (by, reporter) = (house.actor("hoa"), house.actor("thuy-x-15766"));
        let new = |of_review, name: &str, bytes: &[u8]| NewFile {
            description: " Biên bản nghiệm thu ".into(),
            of_review,
            name: name.into(),
            bytes: bytes.to_vec(),
        };
        let pdf = b"%PDF-1.7 x";
        let attach = |house: &House, new: &NewFile| attach_movement_file(&house.app, &reporter, &code, &commune, new);
        let kept = attach(&house, &new(false, "thư mục/biên bản.pdf", pdf)).unwrap();
        assert_eq!((kept.file.name.as_str(), kept.description.as_str()), ("biên bản.pdf", "Biên bản nghiệm thu"));
        assert_eq!(attach(&house, &new(false, "biên bản.pdf", pdf)).unwrap().id, kept.id, "the same is kept once");
        assert_eq!(
            refused(attach(&house, &new(true, "b.pdf", pdf))),
            Refusal::MovementPhase { phase: "launched" },
            "no review is open"
        );
        assert!(matches!(refused(attach(&house, &new(false, "b.exe", b"MZ"))), Refusal::BadEvidence { .. }));
        ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-12-10"), "").unwrap();
        let answered = attach(&house, &new(true, "b.pdf", pdf)).unwrap();
        assert_eq!(answered.round, Some(1));
        assert_eq!(pledge(&house.app, &reporter, &code, &commune).unwrap().files.len(), 2);
        let rows = review(&house.app, &by, &code, 1).unwrap().rows;
        let files: Vec<usize> = rows.iter().map(|row| row.files.len()).collect();
        assert_eq!((files.iter().sum::<usize>(), rows.len()), (1, 3));
        for reads in [&by, &reporter] {
            let (file, bytes) = movement_file(&house.app, reads, &code, &commune, &kept.id).unwrap();
            assert_eq!((file.name.as_str(), bytes.as_slice()), ("biên bản.pdf", &pdf[..]));
        }
        let stranger = house.actor("thuy-x-15769");
        absent(movement_file(&house.app, &stranger, &code, &commune, &kept.id));
        absent(movement_file(&house.app, &by, &code, &unit("x-15769"), &kept.id));
        absent(attach_movement_file(&house.app, &stranger, &code, &commune, &new(false, "b.pdf", pdf)));
        assert!(house.journal().iter().any(|verb| verb == "attach-movement-file"));
        conclude_review(&house.app, &by, &code, "Xong").unwrap();
        ask_review(&house.app, &by, &code, ReviewKind::Final, day("2021-07-20"), "").unwrap();
        conclude_review(&house.app, &by, &code, "Xong").unwrap();
        house.at("2021-08-01T02:00:00Z");
        assert_eq!(refused(attach(&house, &new(false, "c.pdf", pdf))), Refusal::MovementPhase { phase: "closed" });
    }

    fn a_unit_called_on_after_the_launch_registers_as_the_others_do(test) {
        let mut house = House::of(test.db());
        let by = house.actor("hoa");
        let late = unit(COMMUNES[2]);
        let code = house.drafted();
        assert_eq!(
            refused(call_on(&house.app, &by, &code, std::slice::from_ref(&late), day("2020-08-15"))),
            Refusal::MovementPhase { phase: "drafted" }
        );
        launch(&house.app, &by, &code, &[unit(COMMUNES[0]), unit(COMMUNES[1])]).unwrap();
        house.at("2020-08-01T02:00:00Z");
        let name = format!("thuy-{}", COMMUNES[2]);
        assert!(house.chores(&name).is_empty());
        absent(register_unit(&house.app, &house.actor(&name), &code, &late, &promise(200)));
        let call = |units: &[OrgId], until: &str| call_on(&house.app, &by, &code, units, day(until));
        assert_eq!(refused(call(&[], "2020-08-15")), Refusal::NothingChosen);
        let again = refused(call(&[unit(COMMUNES[0])], "2020-08-15"));
        assert!(matches!(again, Refusal::UnknownUnit { .. }), "it was called on already");
        assert_eq!(refused(call(std::slice::from_ref(&late), "2020-07-31")), Refusal::MovementDays);
        assert_eq!(refused(call(std::slice::from_ref(&late), "2021-07-06")), Refusal::MovementDays);
        absent(call_on(&house.app, &house.actor(&name), &code, std::slice::from_ref(&late), day("2020-08-15")));
        assert_eq!(call(&[late.clone(), late.clone()], "2020-08-15").unwrap().len(), 1);
        assert_eq!(house.chores(&name), ["register"]);
        register_unit(&house.app, &house.actor(&name), &code, &late, &promise(200)).unwrap();
        let seen = one(&house.app, &by, &code).unwrap();
        let added: Vec<Option<Date>> =
            seen.units.iter().filter(|seen| seen.unit == late).map(|seen| seen.called_on).collect();
        assert_eq!(added, [Some(day("2020-08-01"))]);
        assert_eq!((seen.counted.called, seen.counted.late), (3, 2), "its own day is not over, that of the others is");
        assert!(!seen.callable.is_empty() && seen.callable.iter().all(|(id, _)| *id != late));
        assert!(house.journal().iter().any(|verb| verb == "call-on-units"));
    }

    fn titles_registered_are_held_against_the_register_of_awards(test) {
        let house = House::of(test.db());
        let code = house.launched();
        let commune = unit("x-15766");
        let reporter = house.actor("thuy-x-15766");
        register_unit(&house.app, &reporter, &code, &commune, &promise(250)).unwrap();
        let award = |id: &str, subject: Subject, on: &str| Award {
            id: AwardId::parse(id).unwrap(),
            honour: HonourCode::parse("tap-the-lao-dong-xuat-sac").unwrap(),
            authority: "Chủ tịch UBND huyện".into(),
            subject,
            subject_name: "Xã".into(),
            unit: commune.clone(),
            commendation: CommendationType::Achievement,
            direct_worker: None,
            decision_number: "12/QĐ-UBND".into(),
            decided_on: day(on),
            achievement: String::new(),
            provenance: Provenance { origin: Origin::Reported, source: "kiểm thử".into() },
        };
        let none = pledge(&house.app, &reporter, &code, &commune).unwrap();
        assert!(!none.titles[0].won.any(), "what was awarded before the movement is none of its results");
        // The movement ends on 5 July 2021, so decisions count until the end of June 2022.
        let awards = [
            award("t-1", Subject::Collective, "2021-12-20"),
            award("t-2", Subject::Individual, "2022-06-30"),
            award("t-3", Subject::Collective, "2022-07-01"),
        ];
        let mut tx = house.app.db.begin().unwrap();
        store::award::insert_many(&mut tx, &house.app.home.tenant, &awards).unwrap();
        tx.commit().unwrap();
        let won = pledge(&house.app, &reporter, &code, &commune).unwrap().titles.remove(0).won;
        assert_eq!((won.collectives, won.persons), (1, 1));
        let tally = one(&house.app, &house.actor("hoa"), &code).unwrap().titles.remove(0);
        assert_eq!((tally.registered, tally.reached, tally.collectives, tally.persons), (1, 1, 1, 1));
        assert!(one(&house.app, &house.actor("thuy-x-15769"), &code).unwrap().titles.is_empty(), "of others, nothing");
    }

    fn to_strangers_nothing_is_there(test) {
        let house = House::of(test.db());
        let code = house.launched();
        let (mine, theirs) = (unit("x-15766"), unit("x-15769"));
        let reporter = house.actor("thuy-x-15766");
        let reader = Actor::reader("Người đọc", house.app.home.tenant.clone());
        let by = house.actor("hoa");
        absent(add_movement(&house.app, &reporter, &new_movement("Phong trào khác")));
        absent(draft_terms(&house.app, &reporter, &terms(&code)));
        absent(launch(&house.app, &reporter, &code, &COMMUNES.map(unit)));
        absent(ask_review(&house.app, &reporter, &code, ReviewKind::Final, day("2021-12-10"), ""));
        absent(add_event(&house.app, &reporter, &code, "conference", "Hội nghị", day("2021-12-10")));
        absent(add_event(&house.app, &by, &code, "party", "Hội nghị", day("2021-12-10")));
        absent(return_pledge(&house.app, &reporter, &code, &mine, "x"));
        absent(register_unit(&house.app, &reporter, &code, &theirs, &promise(1)));
        absent(sign_pledge(&house.app, &reporter, &code, &mine, "Chủ tịch"));
        absent(tell_progress(&house.app, &reporter, &code, &theirs, "x", &[]));
        absent(answer_review(&house.app, &reporter, &code, &theirs, &answer("x")));
        absent(pledge(&house.app, &reporter, &code, &theirs));
        absent(pledge(&house.app, &reader, &code, &mine));
        absent(pledge(&house.app, &by, &code, &unit("x-15760")));
        let none = MovementCode::parse("PT99").unwrap();
        absent(one(&house.app, &by, &none));
        absent(launch(&house.app, &by, &none, std::slice::from_ref(&mine)));
        let unknown = NewPromise { titles: vec![HonourCode::parse("khong-co").unwrap()], ..promise(1) };
        absent(register_unit(&house.app, &reporter, &code, &mine, &unknown));
        ask_review(&house.app, &by, &code, ReviewKind::Interim, day("2020-12-10"), "").unwrap();
        absent(review(&house.app, &reader, &code, 1));
        absent(review(&house.app, &by, &code, 2));
        let own = review(&house.app, &reporter, &code, 1).unwrap();
        assert_eq!(own.rows.iter().map(|row| row.unit.clone()).collect::<Vec<_>>(), std::slice::from_ref(&mine));
        // Readers see the movement and how many registered, and nothing of what anyone wrote.
        let public = one(&house.app, &reader, &code).unwrap();
        assert_eq!((public.counted.called, public.units.len(), public.leads), (3, 0, false));
        assert!(movement_due(&house.app, &reader).unwrap().is_empty());
        assert_eq!(register(&house.app, &reader).unwrap().movements.iter().filter(|row| row.called == 3).count(), 1);
    }

    fn what_is_due_stands_in_the_calendar_of_whoever_does_it(test) {
        let house = House::of(test.db());
        let code = house.launched();
        let reporter = house.actor("thuy-x-15766");
        let token = renew_feed(&house.app, &reporter).unwrap();
        let found = feed(&house.app, &house.app.home.tenant, &token).unwrap();
        let [chore] = found.chores.as_slice() else { panic!("{found:?}") };
        assert_eq!((chore.item.movement.clone(), chore.item.until), (code, day("2020-07-17")));
        assert_eq!(chore.item.left.days, 9);
    }

    fn the_movements_of_the_pack_fill_the_form_and_show_who_is_not_reached(test) {
        let house = House::of(test.db());
        let reader = Actor::reader("Người đọc", house.app.home.tenant.clone());
        let before = survey(&house.app, &reader, None).unwrap();
        let count = |census: &Census, row, column| census.cell(row, column).len();
        assert_eq!(before.movements.len(), 23);
        assert_eq!(count(&before.census, CensusRow::Total, CensusColumn::Total), 23);
        assert!(before.census.without_scope().is_empty(), "{:?}", before.census.without_scope());
        let forms = [CensusRow::Thematic, CensusRow::Regular].map(|row| count(&before.census, row, CensusColumn::Total));
        assert_eq!(forms.iter().sum::<usize>(), 23);
        assert_eq!(before.reached.unsaid.len(), 23, "the report of 2020 says of no movement whom it addresses");
        let code = house.launched();
        let after = survey(&house.app, &reader, None).unwrap();
        assert_eq!(count(&after.census, CensusRow::parse("07").unwrap(), CensusColumn::Unit),
            count(&before.census, CensusRow::parse("07").unwrap(), CensusColumn::Unit) + 1);
        let called: usize = after.reached.units.iter().map(|unit| unit.called.len()).sum();
        assert_eq!(called, 3);
        let farmers = after.reached.addressees.iter().find(|(known, _)| *known == Addressee::Farmers).unwrap();
        assert_eq!(farmers.1, [code]);
        let enterprises =
            after.reached.addressees.iter().find(|(known, _)| *known == Addressee::PrivateEnterprises).unwrap();
        assert!(enterprises.1.is_empty(), "private enterprises are not reached");
    }
}
