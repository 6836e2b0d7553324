//! What was confirmed about lists, and files that wait: read back as written, one tenant, form and person at a time.

use thidua_base::Date;
use thidua_base::code::{FormId, TenantId};
use thidua_base::period::PeriodKind;
use thidua_domain::Scope;
use thidua_domain::actor::Reach;
use thidua_domain::collection::import::Upload;
use thidua_domain::collection::import::mapping::{Mapping, Remembered, Role};
use thidua_domain::collection::{Cycle, Form};
use thidua_domain::indicator::Nature;
use thidua_store::{Error, Tx, collection, import_mapping, import_upload};
use thidua_testkit::both_engines;

use crate::sample::{at, code, period, stored};

fn form(id: &str) -> Form {
    Form {
        id: code(id),
        number: String::new(),
        name: "Kết quả".into(),
        receiver: code("xa-a"),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: Date::parse("2020-01-01").unwrap(),
        valid_to: None,
        legal_ref: String::new(),
        rows: Vec::new(),
    }
}

fn confirmed(form: &str, name: &str) -> Remembered {
    let mut mapping = Mapping { columns: Role::plain().collect(), ..Mapping::default() };
    mapping.columns.push(Role::ActualOf(code("KT01")));
    mapping.say_indicator(name, Some(code("KT01")));
    mapping.say_indicator("Dòng “bỏ qua”; 100%", None);
    mapping.say_unit("Xã Dân Lý", Some(code("xa-a")));
    Remembered {
        form: code(form),
        signature: "9-0123456789abcdef".into(),
        mapping,
        confirmed_by: "Lê Thị Thủy".into(),
        confirmed_at: at("2020-07-05T02:00:00Z"),
    }
}

fn opened(tx: &mut Tx, tenant: &TenantId) {
    collection::insert_form(tx, tenant, &form("b-1")).unwrap();
    let day = |text: &str| Date::parse(text).unwrap();
    let cycle = Cycle {
        form: code("b-1"),
        period: period("2020-H1"),
        opens_on: day("2020-06-01"),
        due_on: day("2020-06-15"),
        grace_until: day("2020-06-20"),
        closes_on: day("2020-06-26"),
        nature: Nature::Estimate,
        closing: None,
    };
    collection::cycle::insert_many(tx, tenant, &[cycle]).unwrap();
}

fn sent(id: &str, by: &str) -> Upload {
    Upload {
        id: id.into(),
        form: code("b-1"),
        period: period("2020-H1"),
        unit: code("xa-a"),
        sent_by: by.into(),
        file: "Biểu 01.xlsx".into(),
        bytes: vec![0, 255, 80, 75],
        expires_at: at("2020-07-05T03:00:00Z"),
    }
}

both_engines! {
    fn a_file_waits_for_its_sender_until_it_expires(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let whole = Scope::whole(tenant.clone());
        let elsewhere = Scope { units: Reach::Only(vec![code("xa-b")]), ..whole.clone() };
        let mut tx = test.db().begin().unwrap();
        opened(&mut tx, &tenant);
        for upload in [sent("t-1", "tk-1"), sent("t-2", "tk-2")] {
            import_upload::insert(&mut tx, &tenant, &upload).unwrap();
        }
        let early = at("2020-07-05T02:59:59Z");
        let mut found = |scope: &Scope, id: &str, by: &str, now| import_upload::upload(&mut tx, scope, id, by, now).unwrap();
        assert_eq!(found(&whole, "t-1", "tk-1", early), Some(sent("t-1", "tk-1")));
        assert_eq!(found(&whole, "t-1", "tk-2", early), None);
        assert_eq!(found(&whole, "t-1", "tk-1", at("2020-07-05T03:00:00Z")), None);
        assert_eq!(found(&elsewhere, "t-1", "tk-1", early), None);
        assert_eq!(found(&Scope::whole(code("nong-cong")), "t-1", "tk-1", early), None);
        assert_eq!(import_upload::forget(&mut tx, &tenant, "tk-1", early).unwrap(), 1);
        assert_eq!(import_upload::upload(&mut tx, &whole, "t-2", "tk-2", early).unwrap(), Some(sent("t-2", "tk-2")));
        assert_eq!(import_upload::forget(&mut tx, &tenant, "tk-9", at("2020-07-05T03:00:00Z")).unwrap(), 1);
    }

    fn what_was_confirmed_is_remembered_until_it_is_confirmed_anew(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let (scope, other) = (Scope::whole(tenant.clone()), Scope::whole(code("nong-cong")));
        let mut tx = test.db().begin().unwrap();
        for id in ["b-1", "b-2"] {
            collection::insert_form(&mut tx, &tenant, &form(id)).unwrap();
        }
        let (first, second) = (confirmed("b-1", "Đàn bò"), confirmed("b-2", "Đàn trâu"));
        for one in [&first, &second] {
            import_mapping::remember(&mut tx, &tenant, one).unwrap();
        }
        let signature = &first.signature;
        let (b1, b2): (FormId, FormId) = (code("b-1"), code("b-2"));
        assert_eq!(import_mapping::remembered(&mut tx, &scope, &b1, signature).unwrap(), Some(first.clone()));
        let anew = Remembered { confirmed_by: "Lê Văn Bình".into(), ..confirmed("b-1", "Tổng đàn bò") };
        import_mapping::remember(&mut tx, &tenant, &anew).unwrap();
        assert_eq!(import_mapping::remembered(&mut tx, &scope, &b1, signature).unwrap(), Some(anew));
        assert_eq!(import_mapping::remembered(&mut tx, &scope, &b2, signature).unwrap(), Some(second));
        assert_eq!(import_mapping::remembered(&mut tx, &scope, &b1, "8-0").unwrap(), None);
        assert_eq!(import_mapping::remembered(&mut tx, &other, &b1, signature).unwrap(), None);
    }

    fn nothing_is_remembered_of_a_form_that_is_not_there(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let mut tx = test.db().begin().unwrap();
        let lost = import_mapping::remember(&mut tx, &tenant, &confirmed("b-9", "Đàn bò"));
        assert!(matches!(lost, Err(Error::Clash(_) | Error::Integrity(_))), "{lost:?}");
    }
}
