//! A cluster's year as one story, on both engines: opened, claimed, sent, marked, objected to, decided, frozen, flagged.

use thidua_app::Error;
use thidua_app::cluster::{
    NewScoring, SAMPLE_SCHEME, answer_objection, claim, freeze, mark, object, open_scoring, prove, remark, scoring,
    send_scores, suppose,
};
use thidua_base::code::{ClusterCode, HonourCode};
use thidua_base::{Date, Period};
use thidua_domain::actor::Role;
use thidua_domain::cluster::evidence::Claim;
use thidua_domain::cluster::freeze::{Freeze, Recomputed, recompute};
use thidua_domain::cluster::objection::Answer;
use thidua_domain::cluster::rank::propose;
use thidua_domain::cluster::review::Verdict;
use thidua_domain::cluster::scheme::{FlagRule, Level};
use thidua_domain::cluster::suppose::Supposed;
use thidua_domain::{Origin, Provenance, Refusal};
use thidua_testkit::both_engines;

use crate::hall::{Hall, YEAR, code, n};

both_engines! {
    fn a_year_of_a_cluster_from_pledge_to_flag(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let app = &hall.app;
        let offices = ClusterCode::parse("h-397-cum-6").unwrap();
        let appraiser = hall.appraiser();
        let leader = hall.person("Đỗ Thị Lãnh", Role::Leader, &["h-397"]);

        // The district opens the scoring; the scheme is kept as it was that day.
        let opening = open_scoring(app, &appraiser, &NewScoring {
            cluster: offices.clone(),
            year: YEAR,
            period: Period::Half { year: YEAR, half: 1 },
            closes_on: Date::parse("2020-07-25").unwrap(),
            file: SAMPLE_SCHEME.0.to_owned(),
            scheme: SAMPLE_SCHEME.1.to_owned(),
            provenance: Provenance { origin: Origin::Sample, source: "kiểm thử".to_owned() },
        }).unwrap();
        let scored = hall.scored(&offices);
        assert_eq!(scored.opening, opening);

        // Two units claim with evidence, and send.
        let [best, other] = [scored.round.members[3].clone(), scored.round.members[4].clone()];
        for (of, late) in [(&best, "0"), (&other, "2")] {
            let by = hall.reporter(of.as_str());
            let file = prove(app, &by, &offices, YEAR, of, "Giao ước.pdf", b"%PDF-1.7").unwrap();
            let cell = |criterion| hall.cell(&offices, of, criterion);
            claim(app, &by, &cell("B.1"), Claim::Yes, vec![file.clone()], "Ký ngày 10/01/2020").unwrap();
            claim(app, &by, &cell("B.2"), Claim::Amount(n(late)), Vec::new(), "").unwrap();
            claim(app, &by, &cell("B.3"), Claim::Option("du".to_owned()), vec![file], "").unwrap();
            send_scores(app, &by, &offices, YEAR, of).unwrap();
        }

        // The district marks one of them down, with a reason that the unit reads; the unit objects, and is heard.
        let over = hall.line(&offices, &best, "B.3").own.unwrap();
        let cell = hall.cell(&offices, &best, "B.3");
        let verdict = Verdict::Corrected(Claim::Option("long-ghep".to_owned()));
        mark(app, &appraiser, &cell, Level::Appraisal, verdict, over, "Hội nghị lồng ghép với tổng kết").unwrap();
        let line = hall.line(&offices, &best, "B.3");
        assert_eq!((line.points, line.marks[0].reason.as_str()), (n("3"), "Hội nghị lồng ghép với tổng kết"));
        let by = hall.person("Lê Thị Bình", Role::Specialist, &[best.as_str()]);
        let raised = object(app, &by, &cell, Level::Appraisal, "Hội nghị riêng ngày 15/5, có giấy mời").unwrap();
        assert_eq!(raised.due, Date::parse("2020-07-12").unwrap());
        let number = raised.number;
        remark(app, &appraiser, &offices, YEAR, number, "Đề nghị gửi giấy mời").unwrap();
        let early = freeze(app, &leader, &offices, YEAR);
        assert!(matches!(early, Err(Error::Refused(Refusal::OpenObjections { count: 1 }))), "{early:?}");
        answer_objection(app, &appraiser, &offices, YEAR, number, Answer::Accepted, "Đã xem giấy mời").unwrap();
        mark(app, &appraiser, &cell, Level::Appraisal, Verdict::Agreed, over, "").unwrap();
        assert_eq!(hall.line(&offices, &best, "B.3").points, n("5"));

        // What if the other had been in time: nothing is kept by the question.
        let mut on_time = hall.scored(&offices).round.evidence.claim(&other, &code("B.2")).unwrap().clone();
        on_time.claim = Claim::Amount(n("0"));
        let change = Supposed::Claim(other.clone(), code("B.2"), on_time);
        let (_, would) = suppose(app, &appraiser, &offices, YEAR, &[change]).unwrap();
        assert_eq!(would.lines.iter().filter(|one| one.criterion == 7).map(|one| one.after).collect::<Vec<_>>(), [n("10")]);
        assert_eq!(hall.line(&offices, &other, "B.2").points, n("7"));

        // Frozen, it computes to the same bytes, and the flag is proposed by rank.
        let kept = freeze(app, &leader, &offices, YEAR).unwrap();
        assert_eq!(recompute(&kept.bytes).unwrap(), Recomputed::Same);
        let thawed = Freeze::thawed(&kept.bytes).unwrap();
        assert_eq!((thawed.cluster, thawed.year, thawed.scheme), (offices.clone(), YEAR, SAMPLE_SCHEME.1.to_owned()));
        let seen = scoring(app, &by, &offices, YEAR).unwrap();
        let scored = seen.scored.unwrap();
        let rule = FlagRule { honour: HonourCode::parse("co").unwrap(), places: 1, least: None };
        let proposed = propose(&scored.scheme, &scored.ranking, &[rule]);
        assert_eq!((proposed[0].units.clone(), proposed[0].open), (vec![best], 0));
        assert_eq!(scored.frozen.as_ref().unwrap().kept, kept);
    }
}
