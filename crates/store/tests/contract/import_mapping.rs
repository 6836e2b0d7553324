//! What was confirmed about lists: read back as written, replaced when confirmed anew, one tenant and form at a time.

use thidua_base::Date;
use thidua_base::code::FormId;
use thidua_base::period::PeriodKind;
use thidua_domain::Scope;
use thidua_domain::collection::Form;
use thidua_domain::collection::import::mapping::{Mapping, Remembered, Role};
use thidua_store::{Error, collection, import_mapping};
use thidua_testkit::both_engines;

use crate::sample::{at, code, stored};

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

both_engines! {
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
