//! Reminders to people: addresses, feeds, and the outbox against a mail server that really listens.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::account::{NewAccount, create_account};
use thidua_app::mail::{Letter, Mail, MailError, Security, Settings};
use thidua_app::notice::{Own, Round, own, renew_feed, round, set_email, stop_feed};
use thidua_app::{App, Clock, Entropy, Error, audit};
use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period, Timestamp};
use thidua_domain::actor::AccountId;
use thidua_domain::collection::{Reminder, ReminderKind};
use thidua_domain::notice::{Notice, Waiting};
use thidua_domain::{Actor, Refusal};
use thidua_law::WorkingDays;
use thidua_store as store;
use thidua_store::Db;
use thidua_testkit::both_engines;
use thidua_testkit::smtp::{Mood, SmtpServer};
use world::World;

struct House {
    app: App,
    operator: Actor,
    hoa: Actor,
    account: AccountId,
    unit: OrgId,
}

impl House {
    fn of(db: &Db) -> Self {
        let World { mut app, by: operator, .. } = World::loaded_into(db.clone());
        app.entropy = Entropy::set(1);
        let new = NewAccount {
            name: "hoa".into(),
            display_name: "Nguyễn Thị Hòa".into(),
            password: "thi đua gặt lúa".into(),
        };
        let account = create_account(&app, &operator, &new).unwrap().id;
        let tenant = app.home.tenant.clone();
        let hoa = Actor::person("Nguyễn Thị Hòa", tenant, account.clone(), Vec::new());
        let unit = app.home.unit.clone();
        let mut house = Self { app, operator, hoa, account, unit };
        house.at("2020-06-09T01:00:00Z");
        house
    }

    fn at(&mut self, text: &str) {
        self.app.clock = Clock::Set(Timestamp::parse(text).unwrap());
    }

    /// Puts a notice in the outbox, as an event would.
    fn put(&self, kind: ReminderKind) -> String {
        let reminder = Reminder {
            form: FormId::parse("bieu-01").unwrap(),
            period: Period::parse("2020-H1").unwrap(),
            unit: self.unit.clone(),
            until: Date::parse("2020-06-12").unwrap(),
            kind,
            left: WorkingDays { days: 3, is_certain: true },
        };
        let key = reminder.key();
        let notice = Notice {
            account: self.account.clone(),
            reminder,
            form_name: "Biểu số 01/TĐKT".into(),
            unit_name: "Huyện Triệu Sơn".into(),
            written_at: self.app.clock.now(),
        };
        let mut tx = self.app.db.begin().unwrap();
        store::notice::outbox::put(&mut tx, &self.app.home.tenant, &notice).unwrap();
        tx.commit().unwrap();
        key
    }

    fn round(&self, mail: &Mail) -> Round {
        round(&self.app, &self.app.home.tenant, worded, |letter| mail.send(letter), |_| true).unwrap()
    }

    fn fault(&self, key: &str) -> String {
        let tenant = &self.app.home.tenant;
        let read = self.app.db.read(|tx| store::notice::outbox::standing(tx, tenant, &self.account, key));
        read.unwrap().unwrap().fault
    }
}

fn worded(notice: &Waiting) -> (String, String) {
    let subject = format!("Nhắc hạn: {}, còn {} ngày làm việc", notice.form_name, notice.left.days);
    (subject, format!("Kính gửi {},\n.Dòng bắt đầu bằng dấu chấm\n", notice.person))
}

fn open_mail(port: u16) -> Mail {
    Mail::new(&Settings {
        host: "127.0.0.1".into(),
        port: Some(port),
        security: Security::None,
        credentials: None,
        from: "thidua@trieuson.example".into(),
        from_name: "Thi Đua".into(),
    })
    .unwrap()
}

/// The text of a header, with encoded words left as they are and folded lines joined.
fn header<'a>(text: &'a str, name: &str) -> String {
    let head: &'a str = text.split_once("\r\n\r\n").unwrap().0;
    let unfolded = head.replace("\r\n ", " ");
    let start = format!("{name}: ");
    unfolded.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
}

both_engines! {
    fn a_person_sets_and_removes_their_own_address(test) {
        let house = House::of(test.db());
        assert_eq!(own(&house.app, &house.hoa).unwrap(), Own { email: None, feed_since: None });
        set_email(&house.app, &house.hoa, "  hoa@xa-a.example ").unwrap();
        assert_eq!(own(&house.app, &house.hoa).unwrap().email.as_deref(), Some("hoa@xa-a.example"));
        let refused = set_email(&house.app, &house.hoa, "hoa@xa-a").unwrap_err();
        assert!(matches!(&refused, Error::Refused(Refusal::BadEmail { asked }) if asked == "hoa@xa-a"), "{refused}");
        set_email(&house.app, &house.hoa, " ").unwrap();
        assert_eq!(own(&house.app, &house.hoa).unwrap().email, None);
        let rows = audit::tail(&house.app, &house.operator, 2).unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.verb.as_str(), row.detail.as_str())).collect();
        assert_eq!(told, [("remove-email", ""), ("set-email", "")], "the journal does not repeat the address");
    }

    fn a_feed_is_renewed_and_stopped_by_its_owner_only(test) {
        let house = House::of(test.db());
        let (old, new) = (renew_feed(&house.app, &house.hoa).unwrap(), renew_feed(&house.app, &house.hoa).unwrap());
        assert_ne!(old.text(), new.text());
        assert_eq!(own(&house.app, &house.hoa).unwrap().feed_since, Some(house.app.clock.now()));
        for other in [&house.operator, &Actor::reader("x", house.app.home.tenant.clone())] {
            assert!(matches!(renew_feed(&house.app, other), Err(Error::NotFound(_))));
            assert!(matches!(stop_feed(&house.app, other), Err(Error::NotFound(_))));
            assert!(matches!(own(&house.app, other), Err(Error::NotFound(_))));
            assert!(matches!(set_email(&house.app, other, "a@x.example"), Err(Error::NotFound(_))));
        }
        stop_feed(&house.app, &house.hoa).unwrap();
        assert!(matches!(stop_feed(&house.app, &house.hoa), Err(Error::NotFound(_))));
    }

    fn what_waits_is_sent_once_to_a_server_that_listens(test) {
        let mut house = House::of(test.db());
        let server = SmtpServer::start();
        let mail = open_mail(server.port());
        house.put(ReminderKind::DaysLeft(3));
        assert_eq!(house.round(&mail), Round::default(), "nobody left an address");
        set_email(&house.app, &house.hoa, "hoa@xa-a.example").unwrap();
        assert_eq!(house.round(&mail), Round { sent: 1, ..Round::default() });
        house.at("2020-06-10T01:00:00Z");
        house.put(ReminderKind::DaysLeft(3));
        assert_eq!(house.round(&mail), Round::default(), "the same reminder is not sent twice");

        let taken = server.taken();
        let [letter] = taken.as_slice() else { panic!("{taken:?}") };
        assert_eq!((letter.from.as_str(), letter.to.as_slice()), ("thidua@trieuson.example", ["hoa@xa-a.example".to_owned()].as_slice()));
        assert!(letter.text.is_ascii() || header(&letter.text, "Content-Transfer-Encoding") == "8bit", "{}", letter.text);
        assert!(header(&letter.text, "Subject").starts_with("=?utf-8?"), "{}", letter.text);
        assert!(header(&letter.text, "Message-ID").ends_with("@trieuson.example>"), "{}", letter.text);
        assert_eq!(header(&letter.text, "Auto-Submitted"), "auto-generated");
        assert!(!header(&letter.text, "Date").is_empty());
        assert!(letter.text.lines().all(|line| line.len() <= 998), "RFC 5322, 2.1.1");
    }

    fn a_failure_is_tried_again_later_and_given_up_in_the_end(test) {
        let mut house = House::of(test.db());
        let server = SmtpServer::start();
        let mail = open_mail(server.port());
        set_email(&house.app, &house.hoa, "hoa@xa-a.example").unwrap();
        let key = house.put(ReminderKind::Opens);
        server.be(Mood::Later);
        assert_eq!(house.round(&mail), Round { later: 1, ..Round::default() });
        assert!(house.fault(&key).contains("450") || house.fault(&key).contains("try again"), "{}", house.fault(&key));
        assert_eq!(house.round(&mail), Round::default(), "not before its time");
        house.at("2020-06-09T01:01:00Z");
        server.be(Mood::BreaksOff);
        assert_eq!(house.round(&mail).later, 1);
        house.at("2020-06-09T01:06:00Z");
        server.be(Mood::Takes);
        assert_eq!(house.round(&mail), Round { sent: 1, ..Round::default() });
        assert_eq!((server.taken().len(), house.fault(&key)), (1, String::new()));

        let key = house.put(ReminderKind::LastDay);
        server.be(Mood::Never);
        assert_eq!(house.round(&mail), Round { given_up: 1, ..Round::default() });
        assert!(house.fault(&key).contains("no such user"), "{}", house.fault(&key));

        let key = house.put(ReminderKind::Late(1));
        server.be(Mood::Later);
        let mut tried = 0;
        for day in 10..=20 {
            for hour in 0..24 {
                house.at(&format!("2020-06-{day}T{hour:02}:30:00Z"));
                let round = house.round(&mail);
                tried += round.later + round.given_up;
            }
        }
        assert_eq!(tried, 8);
        house.at("2021-06-09T01:00:00Z");
        assert_eq!(house.round(&mail), Round::default());
        assert!(house.fault(&key).contains("later"));
    }

    fn a_server_that_is_not_there_fails_for_now_without_telling_secrets(test) {
        let house = House::of(test.db());
        set_email(&house.app, &house.hoa, "hoa@xa-a.example").unwrap();
        let key = house.put(ReminderKind::Opens);
        let port = {
            let gone = SmtpServer::start();
            gone.port()
        };
        assert_eq!(house.round(&open_mail(port)), Round { later: 1, ..Round::default() });
        assert!(!house.fault(&key).is_empty() && !house.fault(&key).contains("hoa@"), "{}", house.fault(&key));
    }
}

fn settings() -> Settings {
    Settings {
        host: "mail.trieuson.example".into(),
        port: None,
        security: Security::StartTls,
        credentials: Some(("thidua".into(), "bí mật lắm".into())),
        from: "thidua@trieuson.example".into(),
        from_name: String::new(),
    }
}

#[test]
fn settings_are_checked_and_never_show_a_password() {
    assert!(Mail::new(&settings()).is_ok());
    for shown in [format!("{:?}", settings()), format!("{:?}", Mail::new(&settings()).unwrap())] {
        assert!(!shown.contains("bí mật") && shown.contains("trieuson.example"), "{shown}");
    }
    let open = Mail::new(&Settings { security: Security::None, ..settings() }).unwrap_err();
    assert!(matches!(&open, MailError::Setting { what: "security", .. }), "{open}");
    assert!(!open.to_string().contains("bí mật"));
    let nobody = Mail::new(&Settings { from: "thidua".into(), ..settings() }).unwrap_err();
    assert!(matches!(nobody, MailError::Setting { what: "from", .. }));
    assert_eq!(Security::read("ssl"), None);
    assert_eq!(Security::read("tls"), Some(Security::Tls));
}

#[test]
fn no_letter_goes_in_the_clear_where_secrecy_was_asked_for() {
    let server = SmtpServer::start();
    let letter = Letter {
        to_name: "Nguyễn Thị Hòa".into(),
        to: "hoa@xa-a.example".into(),
        subject: "Nhắc hạn".into(),
        body: "x".into(),
        id: "1".into(),
    };
    for security in [Security::StartTls, Security::Tls] {
        let strict = Settings { host: "127.0.0.1".into(), port: Some(server.port()), security, ..settings() };
        let refused = Mail::new(&strict).unwrap().send(&letter).unwrap_err();
        assert!(!refused.to_string().contains("bí mật"), "{refused}");
        assert!(server.taken().is_empty(), "{security:?}");
    }
    // Nothing smuggles another receiver in.
    let smuggled = Letter { to: "hoa@xa-a.example>\r\nRCPT TO:<b@x.example".into(), ..letter };
    let open = open_mail(server.port());
    assert!(matches!(open.send(&smuggled), Err(MailError::Never(_))));
    assert!(server.taken().is_empty());
}
