//! What was loaded beside the law book: read back whole, numbered in order, of its tenant only.

use thidua_domain::eligibility::{LawAct, LawStep};
use thidua_domain::subject::Entered;
use thidua_law::loaded::LawPackKind;
use thidua_store::{Error, law_act};
use thidua_testkit::both_engines;

use crate::sample::{at, stored, tenant_id};

fn act(number: i64, step: LawStep, kind: LawPackKind, code: &str) -> LawAct {
    LawAct {
        number,
        step,
        code: code.into(),
        kind,
        name: format!("Quy định “{code}”"),
        is_sample: kind == LawPackKind::Overlay,
        hash: format!("h{number}"),
        book: format!("b{number}"),
        entered: Entered {
            by: "Lê Thị Thủy".into(),
            at: at("2026-11-24T00:00:00Z"),
            reason: if step == LawStep::Unload { "hết hiệu lực".into() } else { String::new() },
        },
    }
}

both_engines! {
    fn acts_and_their_files_are_read_back_in_order_and_by_their_tenant_only(test) {
        let (one, _) = stored(test, "trieu-son");
        let (two, _) = stored(test, "nong-cong");
        let acts = [
            act(1, LawStep::Load, LawPackKind::Overlay, "a"),
            act(2, LawStep::Load, LawPackKind::National, "so-luat"),
            act(3, LawStep::Unload, LawPackKind::Overlay, "a"),
        ];
        let files = |text: &str| {
            vec![("honours/x.toml".to_owned(), text.to_owned()), ("overlay.toml".to_owned(), "# ‘đ’\n".to_owned())]
        };
        let mut tx = test.db().begin().unwrap();
        assert_eq!(law_act::last(&mut tx, &one).unwrap(), 0);
        for act in &acts {
            assert_eq!(law_act::next(&mut tx, &one).unwrap(), act.number);
            let own = if act.step == LawStep::Load { files(&act.code) } else { Vec::new() };
            law_act::insert(&mut tx, &one, act, &own).unwrap();
        }
        let other = act(1, LawStep::Load, LawPackKind::Overlay, "b");
        law_act::insert(&mut tx, &two, &other, &files("b")).unwrap();
        tx.commit().unwrap();
        test.db().read::<_, Error>(|tx| {
            assert_eq!(law_act::last(tx, &one)?, 3);
            assert_eq!(law_act::acts(tx, &one)?, acts);
            assert_eq!(law_act::acts(tx, &two)?, std::slice::from_ref(&other));
            assert!(law_act::acts(tx, &tenant_id("la"))?.is_empty());
            let read = law_act::files(tx, &one, &[1, 2, 3])?;
            let told: Vec<(i64, &str, &str)> = read.iter().map(|(act, name, text)| (*act, &**name, &**text)).collect();
            assert_eq!(told, [
                (1, "honours/x.toml", "a"),
                (1, "overlay.toml", "# ‘đ’\n"),
                (2, "honours/x.toml", "so-luat"),
                (2, "overlay.toml", "# ‘đ’\n"),
            ]);
            assert_eq!(law_act::files(tx, &two, &[1])?.len(), 2);
            assert!(law_act::files(tx, &one, &[])?.is_empty());
            Ok(())
        }).unwrap();
    }

    fn what_is_out_of_force_has_a_reason_and_a_number_is_taken_once(test) {
        let (tenant, _) = stored(test, "trieu-son");
        let add = |act: &LawAct| {
            let mut tx = test.db().begin().unwrap();
            law_act::insert(&mut tx, &tenant, act, &[]).and_then(|()| tx.commit())
        };
        add(&act(1, LawStep::Load, LawPackKind::Overlay, "a")).unwrap();
        assert!(matches!(add(&act(1, LawStep::Load, LawPackKind::Overlay, "b")), Err(Error::Clash(_))));
        let mut silent = act(2, LawStep::Unload, LawPackKind::Overlay, "a");
        silent.entered.reason.clear();
        let said = add(&silent).unwrap_err().to_string();
        assert!(said.contains("law_act_reason_ck"), "{said}");
    }
}
