//! Evidence: attached to several cells at once, kept once, read by who may read the figures, withdrawn and not removed.

use thidua_app::audit;
use thidua_app::collection::{NewEvidence, attach_evidence, evidence_file, sheet, withdraw_evidence};
use thidua_app::indicator::{PassportSubject, passport};
use thidua_base::code::EvidenceId;
use thidua_domain::actor::{Actor, Post, Reach, Role, Verb};
use thidua_domain::collection::evidence::{Evidence, EvidenceKind};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Refusal, actor::AccountId};
use thidua_testkit::both_engines;

use crate::desk::*;

const PDF: &[u8] = b"%PDF-1.7 minh ch\xe1\xbb\xa9ng";

fn file(cells: &[&str], name: &str, bytes: &[u8]) -> NewEvidence {
    let cells = cells.iter().map(|cell| code(cell)).collect();
    NewEvidence { cells, file: Some((name.into(), bytes.to_vec())), ..NewEvidence::default() }
}

fn seen(desk: &Desk, by: &Actor) -> Vec<Evidence> {
    sheet(&desk.app, by, &key()).unwrap().evidence
}

/// The reporter of another commune.
fn stranger(desk: &Desk) -> Actor {
    let posts = vec![Post { role: Role::Reporter, reach: Reach::Only(vec![unit(OTHER)]) }];
    Actor::person("Người xã khác", desk.app.home.tenant.clone(), AccountId::parse("tk-khac").unwrap(), posts)
}

both_engines! {
    fn a_file_is_cited_by_many_cells_kept_once_and_read_back_byte_for_byte(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let new = file(&["NN09", "NN02"], "C:\\Hồ sơ\\Biên bản.PDF", PDF);
        let kept = attach_evidence(&desk.app, &by, &key(), new.clone()).unwrap();
        let facts = kept.file.clone().unwrap();
        assert_eq!((facts.name.as_str(), facts.kind, facts.size), ("Biên bản.PDF", EvidenceKind::Pdf, 21));
        // Once more by an impatient hand: one piece. For another cell: another piece, the same bytes.
        assert_eq!(attach_evidence(&desk.app, &by, &key(), new).unwrap().id, kept.id);
        attach_evidence(&desk.app, &by, &key(), file(&["LD01"], "khác tên.pdf", PDF)).unwrap();
        assert_eq!(seen(&desk, &by).len(), 2);
        assert!(seen(&desk, &by).contains(&kept));
        for reader in [&by, &desk.specialist(), &desk.leader()] {
            let (read, bytes) = evidence_file(&desk.app, reader, &key(), &kept.id).unwrap();
            assert_eq!((read, bytes.as_slice()), (facts.clone(), PDF));
        }
        // A document that is only named.
        let named = NewEvidence {
            cells: vec![code("NN02")],
            number: "15/BC-UBND".into(),
            dated: Some(day("2020-12-01")),
            description: "Báo cáo vụ đông".into(),
            file: None,
        };
        let named = attach_evidence(&desk.app, &by, &key(), named).unwrap();
        assert_eq!((named.number.as_str(), named.file), ("15/BC-UBND", None));
        assert!(is_absent(&evidence_file(&desk.app, &by, &key(), &named.id)), "it has no file");
    }

    fn what_is_not_ones_own_is_not_there(test) {
        let desk = Desk::set(test.db());
        let kept = attach_evidence(&desk.app, &desk.reporter(), &key(), file(&["NN02"], "a.pdf", PDF)).unwrap();
        let other = stranger(&desk);
        assert!(is_absent(&evidence_file(&desk.app, &other, &key(), &kept.id)));
        assert!(is_absent(&attach_evidence(&desk.app, &other, &key(), file(&["NN02"], "a.pdf", PDF))));
        assert!(is_absent(&attach_evidence(&desk.app, &desk.leader(), &key(), file(&["NN02"], "b.pdf", PDF))));
        assert!(is_absent(&withdraw_evidence(&desk.app, &other, &key(), &kept.id, "không phải của tôi")));
        let nothing = EvidenceId::parse("khong-co").unwrap();
        assert!(is_absent(&withdraw_evidence(&desk.app, &desk.reporter(), &key(), &nothing, "vì thế")));
        assert!(is_absent(&evidence_file(&desk.app, &desk.reporter(), &key(), &nothing)));
        assert_eq!(seen(&desk, &desk.reporter()).len(), 1);
    }

    fn what_is_not_taken_leaves_nothing_behind(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let refused = |new: NewEvidence| refusal(attach_evidence(&desk.app, &by, &key(), new));
        for (new, why) in [
            (file(&["NN02"], "a.pdf", b"MZ\x90"), EvidenceFault::NotTaken),
            (file(&["NN02"], "a.pdf", b""), EvidenceFault::Empty),
            (file(&[], "a.pdf", PDF), EvidenceFault::NoCells),
            (NewEvidence { cells: vec![code("NN02")], ..NewEvidence::default() }, EvidenceFault::Nothing),
        ] {
            assert_eq!(refused(new), Refusal::from(why));
        }
        let unasked = Refusal::NotAsked { indicator: "KT01".into() };
        assert_eq!(refused(file(&["KT01"], "a.pdf", PDF)), unasked);
        assert!(seen(&desk, &by).is_empty());
    }

    fn it_is_withdrawn_with_a_reason_and_stays_to_be_read(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let kept = attach_evidence(&desk.app, &by, &key(), file(&["NN02"], "a.pdf", PDF)).unwrap();
        let withdraw = |reason: &str| withdraw_evidence(&desk.app, &by, &key(), &kept.id, reason);
        assert_eq!(refusal(withdraw("  ")), Refusal::NoReason);
        // Once sent, who takes it in finds what was sent.
        desk.filled();
        desk.step(&by, Verb::SubmitSheet, "").unwrap();
        assert_eq!(refusal(withdraw("nhầm tệp")), Refusal::SheetSent { state: "submitted" });
        // What was asked for meanwhile may still be added.
        attach_evidence(&desk.app, &by, &key(), file(&["LD01"], "bo-sung.pdf", PDF)).unwrap();
        desk.step(&by, Verb::WithdrawSheet, "bổ sung minh chứng").unwrap();
        withdraw("nhầm tệp").unwrap();
        assert_eq!(refusal(withdraw("nhầm tệp")), Refusal::from(EvidenceFault::Withdrawn));
        let piece = seen(&desk, &by).into_iter().find(|piece| piece.id == kept.id).unwrap();
        assert_eq!(piece.withdrawn.as_ref().map(|gone| gone.reason.as_str()), Some("nhầm tệp"));
        assert!(evidence_file(&desk.app, &desk.specialist(), &key(), &kept.id).is_ok());
        let told = audit::tail(&desk.app, &desk.operator, 1_000).unwrap();
        let told: Vec<&str> = told.iter().map(|row| row.verb.as_str()).filter(|verb| verb.ends_with("-evidence")).collect();
        assert_eq!(told.len(), 3, "{told:?}");
    }

    fn the_passport_shows_it_to_who_may_read_the_sheet(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        desk.filled();
        attach_evidence(&desk.app, &by, &key(), file(&["NN02"], "a.pdf", PDF)).unwrap();
        let cell = format!("reading:NN02:{COMMUNE}:{PERIOD}");
        let shown = |by: &Actor| match passport(&desk.app, by, &cell).unwrap().subject {
            PassportSubject::Cell(cell) => cell.evidence.len(),
            other => panic!("{other:?}"),
        };
        let reader = Actor::reader("Khách", desk.app.home.tenant.clone());
        assert_eq!((shown(&desk.specialist()), shown(&desk.leader()), shown(&reader)), (1, 1, 0));
    }
}
