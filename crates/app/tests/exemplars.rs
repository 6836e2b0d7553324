//! An exemplar from the proposal to the copy, and what is refused on the way, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::exemplar::{
    Asked, Beyond, ExportWords, FileKind, NewFile, NewPaper, NewReplication, Row, attach_paper, choices, confirm,
    confirm_list, export, look_at_list, one, open_sample, paper_file, preview_list, propose, recognise, register,
    retract, tell_replication, withdraw, withdraw_paper,
};
use thidua_app::{App, Clock, Entropy, Error};
use thidua_base::code::{EvidenceId, ExemplarId, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Date, Number, Timestamp};
use thidua_domain::Refusal;
use thidua_domain::account::posts_on;
use thidua_domain::actor::{Actor, Role, Scope};
use thidua_domain::exemplar::{Contact, ExemplarKind, Proposal, Standing};
use thidua_domain::refusal::{EvidenceFault, ExemplarFault};
use thidua_store as store;
use thidua_store::Db;
use thidua_testkit::both_engines;
use world::World;

const COMMUNES: [&str; 2] = ["x-15766", "x-15769"];
const PICTURE: &[u8] = include_bytes!("../src/exemplar/sample-picture.png");

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
    /// A specialist and a leader of the district; a reporter in each of two communes.
    fn of(db: &Db) -> Self {
        let world = World::loaded_into(db.clone());
        let mut house = Self { app: world.app, operator: world.by };
        house.app.entropy = Entropy::set(1);
        house.at("2020-07-06T02:00:00Z");
        house.person("hoa", Role::Specialist, "h-397");
        house.person("binh", Role::Leader, "h-397");
        for commune in COMMUNES {
            house.person(&format!("thuy-{commune}"), Role::Reporter, commune);
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

    /// A person with the posts they hold, as signing in gives them on a page.
    fn actor(&self, name: &str) -> Actor {
        let tenant = &self.app.home.tenant;
        self.app
            .db
            .read::<_, store::Error>(|tx| {
                let known = store::account::by_name(tx, tenant, name)?.unwrap().account;
                let roles = store::account::role::roles_of(tx, tenant, &known.id)?;
                let edges = store::org::edges(tx, &Scope::whole(tenant.clone()))?;
                let posts = posts_on(&roles, &edges, day("2020-07-06"));
                Ok(Actor::person(&known.display_name, tenant.clone(), known.id, posts).reading())
            })
            .unwrap()
    }

    fn thuy(&self) -> Actor {
        self.actor("thuy-x-15766")
    }

    /// The reporter of the other commune.
    fn stranger(&self) -> Actor {
        self.actor("thuy-x-15769")
    }

    fn public(&self) -> Actor {
        Actor::reader("public reader", self.app.home.tenant.clone())
    }

    fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    fn proposed(&self) -> ExemplarId {
        propose(&self.app, &self.thuy(), &proposal("Dưa trong nhà màng")).unwrap()
    }

    fn recognised(&self) -> ExemplarId {
        let id = self.proposed();
        recognise(&self.app, &self.actor("binh"), &id, "12/QĐ-UBND", day("2020-07-06"), "").unwrap();
        id
    }

    fn journal(&self) -> Vec<String> {
        let rows = thidua_app::audit::tail(&self.app, &self.operator, 100).unwrap();
        rows.into_iter().map(|row| row.verb).collect()
    }

    fn sees(&self, by: &Actor, id: &ExemplarId) -> bool {
        let listed = register(&self.app, by, &all()).unwrap();
        let found = listed.rows.iter().any(|row| row.exemplar.id == *id);
        assert_eq!(one(&self.app, by, id, false).is_ok(), found, "the list and the page agree");
        found
    }
}

fn all() -> Asked {
    Asked { most: usize::MAX, ..Asked::default() }
}

fn proposal(name: &str) -> Proposal {
    Proposal {
        kind: ExemplarKind::Model,
        subject: None,
        field: "trong-trot".into(),
        name: name.into(),
        unit: unit(COMMUNES[0]),
        size: "0,5".into(),
        measure: "ha".into(),
        since: "2018".into(),
        story: "Thu bốn vụ một năm.".into(),
        method: "Ươm trong khay, tưới nhỏ giọt.".into(),
        contact: Contact { name: "Lê Văn An".into(), way: "0912345678".into() },
        movement: Some(MovementCode::parse("PT01").unwrap()),
    }
}

fn fault<T>(done: Result<T, Error>) -> ExemplarFault {
    match done {
        Err(Error::Refused(Refusal::BadExemplar { why })) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was done"),
    }
}

fn is_absent<T>(done: Result<T, Error>) -> bool {
    matches!(done, Err(Error::NotFound(_)))
}

both_engines! {
    fn an_exemplar_goes_its_way_and_the_journal_tells(test) {
        let mut house = House::of(test.db());
        let id = house.proposed();
        let seen = one(&house.app, &house.thuy(), &id, false).unwrap();
        assert_eq!((seen.standing, seen.reads, seen.adds), (Standing::Proposed, true, true));
        assert_eq!(seen.steps.iter().map(|step| step.verb.word()).collect::<Vec<_>>(), ["retract-exemplar"]);
        assert_eq!(seen.profile.contact.way, "0912345678");
        let done = recognise(&house.app, &house.actor("binh"), &id, "12/QĐ-UBND", day("2020-07-06"), "").unwrap();
        assert_eq!(done.standing, Standing::Recognised);
        house.at("2022-07-06T02:00:00Z");
        assert_eq!(one(&house.app, &house.thuy(), &id, false).unwrap().standing, Standing::Grey);
        let size = Some(Number::whole(2));
        let done = confirm(&house.app, &house.actor("hoa"), &id, day("2022-07-01"), size, "Đã đến xem").unwrap();
        assert_eq!(done.standing, Standing::Confirmed);
        let seen = one(&house.app, &house.thuy(), &id, false).unwrap();
        assert_eq!((seen.size.unwrap().vi(), seen.grey_from), ("2".to_owned(), Some(day("2024-07-01"))));
        let done = withdraw(&house.app, &house.actor("hoa"), &id, "Bỏ nhà màng").unwrap();
        assert_eq!(done.standing, Standing::Withdrawn);
        let seen = one(&house.app, &house.thuy(), &id, false).unwrap();
        assert_eq!((seen.history.len(), seen.steps.len(), seen.adds), (4, 0, false));
        let words = ["withdraw-exemplar", "confirm-exemplar", "recognise-exemplar", "propose-exemplar"];
        assert_eq!(house.journal()[..4], words);
    }

    fn what_is_not_recognised_is_not_there_for_others(test) {
        let mut house = House::of(test.db());
        let id = house.proposed();
        for actor in [house.stranger(), house.public()] {
            assert!(!house.sees(&actor, &id));
            assert!(is_absent(retract(&house.app, &actor, &id, "x")));
            assert!(is_absent(recognise(&house.app, &actor, &id, "1", day("2020-07-06"), "")));
            assert!(is_absent(attach_paper(&house.app, &actor, &id, NewPaper::default())));
        }
        recognise(&house.app, &house.actor("binh"), &id, "12/QĐ-UBND", day("2020-07-06"), "").unwrap();
        for actor in [house.stranger(), house.public()] {
            assert!(house.sees(&actor, &id));
            let seen = one(&house.app, &actor, &id, false).unwrap();
            assert_eq!((seen.profile.contact.clone(), seen.profile.by.as_str()), (Contact::default(), ""));
            assert!(seen.history.is_empty() && seen.papers.is_empty() && seen.steps.is_empty() && !seen.reads);
            assert_eq!(seen.decision, Some(("12/QĐ-UBND".to_owned(), day("2020-07-06"))));
            // Seen is not yet allowed.
            assert!(is_absent(withdraw(&house.app, &actor, &id, "x")));
            assert!(is_absent(confirm(&house.app, &actor, &id, day("2020-07-06"), None, "")));
        }
        assert!(is_absent(recognise(&house.app, &house.actor("hoa"), &id, "1", day("2020-07-06"), "")));
        house.at("2022-07-06T02:00:00Z");
        assert!(!house.sees(&house.public(), &id), "what is grey is told to nobody");
        assert!(house.sees(&house.thuy(), &id));
    }

    fn the_public_view_of_a_reader_is_that_of_the_public(test) {
        let house = House::of(test.db());
        let id = house.recognised();
        let own = one(&house.app, &house.thuy(), &id, true).unwrap();
        let public = one(&house.app, &house.public(), &id, false).unwrap();
        assert_eq!(own, public);
    }

    fn a_proposal_is_refused_with_a_reason(test) {
        let house = House::of(test.db());
        house.proposed();
        let thuy = house.thuy();
        let asked = |change: fn(&mut Proposal)| {
            let mut proposal = proposal("Nuôi ong");
            change(&mut proposal);
            propose(&house.app, &thuy, &proposal)
        };
        let there = ExemplarFault::AlreadyThere { name: "Dưa trong nhà màng".into() };
        assert_eq!(fault(asked(|new| new.name = "dua trong nha mang".into())), there);
        assert_eq!(fault(asked(|new| new.method.clear())), ExemplarFault::NoMethod);
        assert_eq!(fault(asked(|new| new.measure.clear())), ExemplarFault::NoMeasure);
        assert!(is_absent(asked(|new| new.unit = unit(COMMUNES[1]))), "another commune");
        assert!(is_absent(asked(|new| new.movement = Some(MovementCode::parse("PT99").unwrap()))));
        assert!(is_absent(asked(|new| new.subject = Some("khong-co".parse_id()))));
        assert!(is_absent(propose(&house.app, &house.public(), &proposal("Nuôi ong"))));
        assert!(is_absent(choices(&house.app, &house.public())));
        assert_eq!(choices(&house.app, &thuy).unwrap().units.len(), 1);
        // What was withdrawn may be proposed anew.
        let again = asked(|new| new.name = "Nuôi ong".into()).unwrap();
        retract(&house.app, &thuy, &again, "Ghi nhầm").unwrap();
        asked(|new| new.name = "Nuôi ong".into()).unwrap();
    }

    fn who_proposes_does_not_recognise(test) {
        let house = House::of(test.db());
        let binh = house.actor("binh");
        let id = propose(&house.app, &binh, &proposal("Nuôi ong")).unwrap();
        let own = recognise(&house.app, &binh, &id, "12/QĐ-UBND", day("2020-07-06"), "");
        assert!(matches!(own, Err(Error::Refused(Refusal::SamePerson { did: "propose-exemplar" }))), "{own:?}");
        let other = house.proposed();
        assert_eq!(fault(recognise(&house.app, &binh, &other, " ", day("2020-07-06"), "")), ExemplarFault::NoDecision);
        let ahead = recognise(&house.app, &binh, &other, "1", day("2020-07-07"), "");
        assert_eq!(fault(ahead), ExemplarFault::DayAhead);
    }

    fn papers_are_kept_and_pictures_are_public_once_seen(test) {
        let mut house = House::of(test.db());
        let id = house.proposed();
        let thuy = house.thuy();
        let picture = |name: &str| NewPaper {
            description: "Nhà màng nhìn từ đường".into(),
            file: Some(NewFile::Picture(name.into(), PICTURE.to_vec())),
            ..NewPaper::default()
        };
        let first = attach_paper(&house.app, &thuy, &id, picture("a.png")).unwrap();
        assert_eq!(first.picture.unwrap().width, 480);
        let paper = NewPaper {
            number: "05/BB".into(),
            file: Some(NewFile::Paper("bien-ban.pdf".into(), b"%PDF-1.7".to_vec())),
            ..NewPaper::default()
        };
        let paper = attach_paper(&house.app, &thuy, &id, paper).unwrap();
        let bad = |new: NewPaper| attach_paper(&house.app, &thuy, &id, new);
        assert_eq!(fault(bad(NewPaper { description: String::new(), ..picture("a.png") })), ExemplarFault::NoCaption);
        let page = NewFile::Picture("a.png".into(), b"<html>".to_vec());
        let refused = bad(NewPaper { file: Some(page), ..picture("a.png") });
        assert!(matches!(refused, Err(Error::Refused(Refusal::BadEvidence { why: EvidenceFault::NotTaken }))));
        assert!(matches!(bad(NewPaper::default()), Err(Error::Refused(Refusal::BadEvidence { .. }))));
        let public = house.public();
        assert!(is_absent(paper_file(&house.app, &public, &id, &first.id)));
        house.at("2020-07-07T02:00:00Z");
        recognise(&house.app, &house.actor("binh"), &id, "12/QĐ-UBND", day("2020-07-07"), "").unwrap();
        house.at("2020-07-08T02:00:00Z");
        let later = attach_paper(&house.app, &thuy, &id, picture("b.png")).unwrap();
        assert_eq!(paper_file(&house.app, &public, &id, &first.id).unwrap().1, PICTURE);
        assert!(is_absent(paper_file(&house.app, &public, &id, &later.id)), "nobody has looked at it yet");
        assert!(is_absent(paper_file(&house.app, &public, &id, &paper.id)));
        assert_eq!(paper_file(&house.app, &thuy, &id, &paper.id).unwrap().1, b"%PDF-1.7");
        assert_eq!(one(&house.app, &public, &id, false).unwrap().pictures.len(), 1);
        let none = withdraw_paper(&house.app, &thuy, &id, &first.id, " ");
        assert!(matches!(none, Err(Error::Refused(Refusal::NoReason))));
        withdraw_paper(&house.app, &thuy, &id, &first.id, "Có mặt trẻ em").unwrap();
        assert!(is_absent(paper_file(&house.app, &public, &id, &first.id)), "taken back is taken back");
        let again = withdraw_paper(&house.app, &thuy, &id, &first.id, "x");
        assert!(matches!(again, Err(Error::Refused(Refusal::BadEvidence { why: EvidenceFault::Withdrawn }))));
        assert!(is_absent(withdraw_paper(&house.app, &house.stranger(), &id, &later.id, "x")));
        let unknown = EvidenceId::parse("khong-co").unwrap();
        assert!(is_absent(withdraw_paper(&house.app, &thuy, &id, &unknown, "x")));
    }

    fn a_copy_shows_the_figures_of_the_copying_unit_before_and_since(test) {
        let house = House::of(test.db());
        let id = house.recognised();
        let codes = ["NN02", "NN01"].map(|code| IndicatorCode::parse(code).unwrap()).to_vec();
        let new = |of: &str, since: &str| NewReplication {
            unit: unit(of),
            since: day(since),
            how: "Dùng giống khác".into(),
            indicators: codes.clone(),
        };
        // The district has its figures of both half-years, the commune those of one.
        let hoa = house.actor("hoa");
        tell_replication(&house.app, &hoa, &id, &new("h-397", "2019-08-10")).unwrap();
        tell_replication(&house.app, &house.stranger(), &id, &new("x-15769", "2019-12-18")).unwrap();
        let seen = one(&house.app, &house.public(), &id, false).unwrap();
        let district = &seen.copies[0];
        let change = district.changes.iter().find(|one| one.indicator.code == codes[1]).unwrap();
        let change = change.change.as_ref().unwrap();
        assert_eq!((change.before_period.to_string(), change.after_period.to_string()), ("2019-H1".into(), "2020-H1".into()));
        assert_eq!(change.before.unwrap().vi(), "1.202,3");
        assert_eq!(change.difference().unwrap().vi(), "28,9");
        let commune = seen.copies[1].changes.iter().find(|one| one.indicator.code == codes[0]).unwrap();
        let change = commune.change.as_ref().unwrap();
        assert!(change.before.is_none() && change.after.is_some() && change.difference().is_none());

        let told = tell_replication(&house.app, &hoa, &id, &new("h-397", "2019-08-10"));
        assert_eq!(fault(told), ExemplarFault::ToldBefore);
        assert_eq!(fault(tell_replication(&house.app, &hoa, &id, &new(COMMUNES[0], "2019-08-10"))), ExemplarFault::OwnCopy);
        let unknown = NewReplication { indicators: vec![IndicatorCode::parse("XX99").unwrap()], ..new("h-397", "2020-01-01") };
        let asked = ExemplarFault::UnknownIndicator { asked: "XX99".into() };
        assert_eq!(fault(tell_replication(&house.app, &hoa, &id, &unknown)), asked);
        assert!(is_absent(tell_replication(&house.app, &house.thuy(), &id, &new("x-15769", "2020-01-01"))));
        assert!(is_absent(tell_replication(&house.app, &house.public(), &id, &new("h-397", "2020-01-01"))));
        let proposed = propose(&house.app, &house.thuy(), &proposal("Nuôi ong")).unwrap();
        assert_eq!(fault(tell_replication(&house.app, &hoa, &proposed, &new("h-397", "2020-01-01"))), ExemplarFault::NotRecognised);
    }

    fn a_list_is_looked_at_before_it_is_proposed(test) {
        let house = House::of(test.db());
        let thuy = house.thuy();
        let text = "Tên mô hình;Lĩnh vực;Địa bàn;Quy mô;Đơn vị tính;Từ năm;Cách làm;Điện thoại\r\n\
            Nuôi ong;Chăn nuôi;;120;đàn;2019;Thùng kế;0912\r\n\
            Nuôi ong;Chăn nuôi;;;;;Thùng kế;\r\n\
            Mật ong;Sản phẩm OCOP;;;;;Ép;\r\n\
            Trồng hoa;Trồng trọt;Huyện Triệu Sơn;;;;Luống;\r\n";
        let fields = [("Sản phẩm OCOP".to_owned(), "ocop".to_owned())];
        let seen = preview_list(&house.app, &thuy, &unit(COMMUNES[0]), "ds.csv", text.as_bytes(), &fields).unwrap();
        let known: Vec<bool> = seen.lines.iter().map(|line| line.outcome.is_ok()).collect();
        assert_eq!(known, [true, false, true, false], "twice the same, and a unit that is not theirs");
        assert!(!house.journal().contains(&"import-exemplars".to_owned()));
        assert_eq!(look_at_list(&house.app, &thuy, &seen.upload, &fields).unwrap(), seen);
        let foreign = look_at_list(&house.app, &house.stranger(), &seen.upload, &fields);
        assert!(matches!(foreign, Err(Error::Refused(Refusal::StaleForm))));
        let done = confirm_list(&house.app, &thuy, &seen.upload, &fields).unwrap();
        assert_eq!((done.proposed, done.left_out), (2, 2));
        assert_eq!(house.journal()[0], "import-exemplars");
        let again = confirm_list(&house.app, &thuy, &seen.upload, &fields);
        assert!(matches!(again, Err(Error::Refused(Refusal::StaleForm))));
        let nothing = preview_list(&house.app, &thuy, &unit(COMMUNES[0]), "ds.csv", b"a;b\r\nc;d\r\n", &fields);
        assert!(matches!(nothing, Err(Error::Refused(Refusal::BadFile { .. }))));
        assert!(is_absent(preview_list(&house.app, &thuy, &unit(COMMUNES[1]), "ds.csv", text.as_bytes(), &fields)));
    }

    fn what_is_exported_is_read_back_and_hides_what_is_private(test) {
        let house = House::of(test.db());
        house.recognised();
        let words = ExportWords {
            tab: "Điển hình".into(),
            title: "Sổ điển hình".into(),
            heads: ["Tên mô hình", "Lĩnh vực", "Cách làm", "Người liên hệ", "Quy mô", "Đơn vị tính"].map(str::to_owned).into(),
            cells,
        };
        let asked = Asked { words: "nha mang".into(), field: "trong-trot".into(), ..Asked::default() };
        let written = |by: &Actor, kind| export(&house.app, by, &asked, kind, &words).unwrap();
        let own = String::from_utf8(written(&house.thuy(), FileKind::Text)).unwrap();
        assert!(own.contains("Dưa trong nhà màng;trong-trot;"), "{own}");
        assert!(own.contains("Lê Văn An"));
        let public = String::from_utf8(written(&house.public(), FileKind::Text)).unwrap();
        assert!(public.contains("Dưa trong nhà màng") && !public.contains("Lê Văn An"));
        let book = written(&house.thuy(), FileKind::Workbook);
        let stranger = house.stranger();
        let seen = preview_list(&house.app, &stranger, &unit(COMMUNES[1]), "so.xlsx", &book, &[]).unwrap();
        let read = seen.lines.iter().find(|line| line.name == "Dưa trong nhà màng").unwrap();
        assert_eq!(read.outcome.as_ref().unwrap().size.unwrap().vi(), "0,5");
    }

    fn the_list_narrows_and_is_cut_into_pages(test) {
        let house = House::of(test.db());
        let id = house.recognised();
        let asked = |asked: Asked| register(&house.app, &house.operator, &Asked { most: 5, ..asked }).unwrap();
        let whole = asked(Asked::default());
        assert!(whole.count > 30 && whole.rows.len() == 5);
        let next = asked(Asked { after: 5, ..Asked::default() });
        assert!(next.rows[0].exemplar.id != whole.rows[0].exemplar.id);
        let place = asked(Asked { place: Some(unit("h-397")), words: "dua trong".into(), ..Asked::default() });
        assert_eq!(place.count, 3, "the district holds its communes");
        let movement = asked(Asked { movement: Some(MovementCode::parse("PT01").unwrap()), ..Asked::default() });
        assert_eq!(movement.rows.iter().map(|row| row.exemplar.id.clone()).collect::<Vec<_>>(), [id]);
        let grey = asked(Asked { standing: Some(Standing::Grey), ..Asked::default() });
        assert_eq!((grey.count, grey.standings.iter().map(|(_, n)| n).sum::<usize>()), (0, whole.count));
    }

    fn the_samples_show_every_standing_and_leave_the_report_as_it_is(test) {
        let house = House::of(test.db());
        let report = house.app.home.report.clone().unwrap();
        let text = || {
            let made = thidua_app::report::make(&house.app, &house.operator, &report).unwrap();
            format!("{:?}", made.document)
        };
        let before = text();
        assert_eq!(open_sample(&house.app, &house.operator).unwrap(), 6);
        assert_eq!(open_sample(&house.app, &house.operator).unwrap(), 0, "once");
        let listed = register(&house.app, &house.operator, &all()).unwrap();
        for (standing, count) in listed.standings {
            assert!(count > 0, "{standing:?}");
        }
        let id = ExemplarId::parse("mau-dan-van-kheo").unwrap();
        let seen = one(&house.app, &house.public(), &id, false).unwrap();
        assert_eq!((seen.pictures.len(), seen.copies.len()), (1, 2));
        assert!(seen.copies[0].changes.iter().any(|seen| seen.change.as_ref().is_some_and(|one| one.difference().is_some())));
        assert_eq!(text(), before);
    }

    fn a_report_proposes_what_is_recognised_on_its_day(test) {
        let mut house = House::of(test.db());
        let report = house.app.home.report.clone().unwrap();
        let names = |house: &House| {
            let made = thidua_app::report::make(&house.app, &house.operator, &report).unwrap();
            format!("{:?}", made.document)
        };
        house.at("2020-07-05T02:00:00Z");
        let id = house.proposed();
        assert!(!names(&house).contains("Dưa trong nhà màng"), "a proposal is not told");
        recognise(&house.app, &house.actor("binh"), &id, "12/QĐ-UBND", day("2020-07-05"), "").unwrap();
        assert!(names(&house).contains("Dưa trong nhà màng"));
        house.at("2020-08-05T02:00:00Z");
        withdraw(&house.app, &house.actor("hoa"), &id, "Bỏ").unwrap();
        assert!(names(&house).contains("Dưa trong nhà màng"), "what held on its day holds for it");
    }
}

fn cells(row: &Row, beyond: &Beyond) -> Vec<String> {
    vec![
        row.exemplar.name.clone(),
        row.exemplar.field.clone(),
        beyond.method.clone(),
        beyond.contact_name.clone(),
        row.size.map(Number::vi).unwrap_or_default(),
        row.exemplar.measure.clone(),
    ]
}

/// An id in a line.
trait ParseId {
    fn parse_id<K: thidua_base::code::Kind>(&self) -> thidua_base::Code<K>;
}

impl ParseId for str {
    fn parse_id<K: thidua_base::code::Kind>(&self) -> thidua_base::Code<K> {
        thidua_base::Code::parse(self).unwrap()
    }
}
