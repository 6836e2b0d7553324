//! Lists of earlier awards: looked at, said of, confirmed, and recognised when they come again.

use std::collections::BTreeMap;

use thidua_app::subject::{Asked, AwardListSeen, confirm_awards, list, look_again_at_awards, preview_awards, show};
use thidua_domain::Refusal;
use thidua_domain::actor::Role;
use thidua_domain::honour::Subject;
use thidua_domain::subject::history::{Outcome, Said, Who};
use thidua_testkit::both_engines;

use crate::entering::{SCHOOLS, acting, id, unit};
use crate::house::{House, refusal};

const LIST: &str = "UBND HUYỆN TRIỆU SƠN;;;;;;;;\n\
    DANH SÁCH KHEN THƯỞNG;;;;;;;;\n\
    STT;Họ và tên;Ngày sinh;Số CCCD;Đơn vị;Danh hiệu thi đua;Năm;Số quyết định;Cơ quan khen\n\
    1;Lê Thị Minh Nguyệt;14/03/1978;999178000101;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Chiến sĩ thi đua cơ sở;2019;364/QĐ-UBND ngày 27/12/2019;UBND huyện\n\
    2;Lê Thị Minh Nguyệt;;999178000101;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2008;12/QĐ-UBND ngày 30/12/2008;UBND huyện\n\
    3;Nguyễn Thị Hoa;;;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2014;77/QĐ-UBND ngày 30/12/2014;UBND huyện\n\
    4;Cao Thị Hoàn Toàn Mới;1991;;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2018;78/QĐ-UBND ngày 30/12/2018;UBND huyện\n\
    5;Cao Thị Hoàn Toàn Mới;1991;;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2019;79/QĐ-UBND ngày 30/12/2019;UBND huyện\n\
    6;Cao Thị Hoàn Toàn Mới;1991;;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2017;ngày 30/12/2017;UBND huyện\n\
    7;Ngô Văn Sai;1990;12345;Phòng Giáo dục và Đào tạo huyện Triệu Sơn;Lao động tiên tiến;2017;9/QĐ ngày 30/12/2017;UBND huyện\n";

/// The outcomes in the order of the rows: `new`, `there`, `unclear`, `refused`.
fn outcomes(seen: &AwardListSeen) -> Vec<&'static str> {
    let word = |outcome: &Outcome| match outcome {
        Outcome::New { .. } => "new",
        Outcome::There { .. } => "there",
        Outcome::Unclear { .. } => "unclear",
        Outcome::Refused { .. } => "refused",
    };
    seen.lines.iter().map(|line| word(&line.outcome)).collect()
}

both_engines! {
    fn a_list_is_looked_at_before_anything_is_written(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let (rows, count) = (house.rows(), people(&house, &hoa));
        let seen = preview_awards(&house.app, &hoa, &unit(SCHOOLS), "Khen thưởng.csv", LIST.as_bytes()).unwrap();
        assert_eq!(outcomes(&seen), ["there", "new", "unclear", "new", "new", "refused", "refused"]);
        assert!(matches!(&seen.lines[1].outcome, Outcome::New { who: Who::Known { id: who, .. }, .. } if *who == id("ts-p-01")));
        assert_eq!((house.rows(), people(&house, &hoa)), (rows, count), "nothing was written");

        // Nobody else sees the file; the person says who is meant, and confirms.
        let other = acting(&house, "an", Role::Specialist, SCHOOLS);
        let none = BTreeMap::new();
        assert_eq!(refusal(look_again_at_awards(&house.app, &other, &seen.upload, None, &none)), Refusal::StaleForm);
        let said = BTreeMap::from([(6, Said::Known(id("ts-p-04")))]);
        let again = look_again_at_awards(&house.app, &hoa, &seen.upload, None, &said).unwrap();
        assert_eq!(outcomes(&again)[2], "new");
        let done = confirm_awards(&house.app, &hoa, &seen.upload, None, &said).unwrap();
        assert_eq!((done.awards, done.subjects, done.there), (4, 1, 1));
        assert_eq!(done.left_out.iter().map(|one| one.row).collect::<Vec<_>>(), [9, 10]);
        assert_eq!(people(&house, &hoa), count + 1, "two rows of one new person are one person");
        let told = house.told(1);
        assert_eq!(told[0][0], "import-awards");
        assert!(!format!("{told:?}").contains("178000101"));
        assert_eq!(refusal(confirm_awards(&house.app, &hoa, &seen.upload, None, &said)), Refusal::StaleForm);
        let hers = show(&house.app, &hoa, &id("ts-p-04")).unwrap();
        let source = &hers.facts.last().unwrap().fact.provenance.source;
        assert_eq!(source, "Khen thưởng.csv, dòng 6");

        // The same list again: everything that was entered is recognised, in spite of a new row.
        let seen = preview_awards(&house.app, &hoa, &unit(SCHOOLS), "Khen thưởng (2).csv", LIST.as_bytes()).unwrap();
        assert_eq!(outcomes(&seen), ["there", "there", "unclear", "there", "there", "refused", "refused"]);
        assert_eq!(refusal(confirm_awards(&house.app, &hoa, &seen.upload, None, &none)), Refusal::NothingChosen);
    }

    fn what_was_said_of_columns_and_names_is_remembered(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        let text = LIST.replace("Lao động tiên tiến", "LĐTT cấp cơ sở");
        let seen = preview_awards(&house.app, &hoa, &unit(SCHOOLS), "a.csv", text.as_bytes()).unwrap();
        assert_eq!(outcomes(&seen)[1], "refused", "nobody said what LĐTT is");
        let mut mapping = seen.mapping.clone();
        mapping.say_honour("LĐTT cấp cơ sở", Some(thidua_base::code::HonourCode::parse("lao-dong-tien-tien").unwrap()));
        confirm_awards(&house.app, &hoa, &seen.upload, Some(&mapping), &BTreeMap::new()).unwrap();
        let seen = preview_awards(&house.app, &hoa, &unit(SCHOOLS), "b.csv", text.as_bytes()).unwrap();
        assert_eq!(outcomes(&seen)[1], "there");
    }

    fn a_file_that_is_no_list_is_refused(test) {
        let house = House::with_hoa(test.db());
        let hoa = acting(&house, "hoa", Role::Specialist, SCHOOLS);
        for bytes in [&b"a;b\n1;2\n"[..], b"", b"\x00\x01\x02", b"PK\x03\x04"] {
            let refused = preview_awards(&house.app, &hoa, &unit(SCHOOLS), "a.csv", bytes);
            assert!(matches!(refusal(refused), Refusal::BadFile { .. }), "{bytes:?}");
        }
    }
}

fn people(house: &House, by: &thidua_domain::Actor) -> usize {
    let asked = Asked { kind: Some(Subject::Individual), most: 50, ..Asked::default() };
    list(&house.app, by, &asked).unwrap().count
}
