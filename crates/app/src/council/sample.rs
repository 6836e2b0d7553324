//! A sample council for the demonstration: made up, marked as such wherever it appears, so that the pages can be tried.
//!
//! Whatever it keeps is decided like anything else; the names say that nobody sits in it.

use thidua_base::code::HonourCode;
use thidua_domain::account::Account;
use thidua_domain::actor::AccountId;
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{Denominator, HouseRule, Need, SeatRole, Share, Warrant};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_law::vocabulary::{SubjectKind, VoteBase, VoteMethod};
use thidua_store as store;

use super::desk::whole;
use super::{NewCouncil, NewMatter, NewSession, call_session, compose_council, open_session};
use crate::{App, Error};

const SOURCE: &str = "Hội đồng minh họa";

/// Seats: part, name, office, and the sign-in name of the demonstration's account that holds it.
const SEATS: [(SeatRole, &str, &str, &str); 7] = [
    (SeatRole::Chair, "Chủ tịch mẫu", "Chủ tịch Ủy ban nhân dân", "lanh-dao"),
    (SeatRole::ViceChair, "Phó Chủ tịch mẫu", "Phó Chủ tịch Ủy ban nhân dân", "uy-vien-1"),
    (SeatRole::Standing, "Ủy viên thường trực mẫu", "Trưởng phòng Nội vụ", "chuyen-vien"),
    (SeatRole::Member, "Ủy viên mẫu 1", "Chủ tịch Liên đoàn Lao động", "uy-vien-2"),
    (SeatRole::Member, "Ủy viên mẫu 2", "Trưởng phòng Giáo dục và Đào tạo", "uy-vien-3"),
    (SeatRole::Member, "Ủy viên mẫu 3", "Bí thư Đoàn Thanh niên", ""),
    (SeatRole::Secretary, "Thư ký mẫu", "Chuyên viên phòng Nội vụ", "thu-ky"),
];

/// Matters: title, honour, kind, one page in words.
const MATTERS: [(&str, &str, SubjectKind, &str); 3] = [
    (
        "Bà Lê Thị Minh Nguyệt: Chiến sĩ thi đua toàn quốc",
        "chien-si-thi-dua-toan-quoc",
        SubjectKind::Person,
        "Hai lần liên tục đạt Chiến sĩ thi đua cấp tỉnh; sáng kiến được tỉnh công nhận. Hồ sơ minh họa, không phải người thật.",
    ),
    (
        "Ông Trần Quốc Bảo: Chiến sĩ thi đua cơ sở",
        "chien-si-thi-dua-co-so",
        SubjectKind::Person,
        "Hoàn thành xuất sắc nhiệm vụ, có sáng kiến áp dụng tại đơn vị. Hồ sơ minh họa, không phải người thật.",
    ),
    (
        "Tập thể Phòng Nội vụ: Tập thể lao động tiên tiến",
        "tap-the-lao-dong-tien-tien",
        SubjectKind::Collective,
        "Hoàn thành các chỉ tiêu kế hoạch được giao; nội bộ đoàn kết. Hồ sơ minh họa.",
    ),
];

/// Composes the sample council of the home unit with a session that is open, unless there is a council.
///
/// # Errors
/// Where the store fails; where the actor is none who may do all of it.
pub fn open_sample(app: &App, by: &Actor) -> Result<bool, Error> {
    let (there, accounts, units) = app.db.read(|tx| {
        let councils = store::council::councils(tx, &whole(by))?;
        let accounts: Vec<Account> = store::account::accounts(tx, &by.scope.tenant)?;
        let units = store::org::units(tx, &whole(by))?;
        Ok::<_, Error>((!councils.is_empty(), accounts, units))
    })?;
    if there {
        return Ok(false);
    }
    let unit = app.home.unit.clone();
    let account = |name: &str| accounts.iter().find(|known| known.name == name).map(|known| known.id.clone());
    let from = app.home.dated.plus_days(-120).unwrap_or(app.home.dated);
    let warrant = Warrant { number: "00/QĐ-UBND (mẫu)".to_owned(), on: from };
    let seats = SEATS.iter().map(|(role, name, position, signs_in)| NewSeat {
        role: *role,
        votes: true,
        name: (*name).to_owned(),
        position: (*position).to_owned(),
        unit: None,
        account: account(signs_in) as Option<AccountId>,
        subject: None,
    });
    let share = |part, whole| Share::at_least(part, whole).expect("a sample share is one");
    let rule = HouseRule {
        from,
        quorum: Need { share: share(2, 3), of: VoteBase::Members },
        threshold: Need { share: share(70, 100), of: VoteBase::Members },
        method: VoteMethod::Either,
        conflict: Denominator::Keeps,
        written_counts: true,
        cite: "Quy chế hoạt động của Hội đồng (mẫu), Điều 9".to_owned(),
    };
    let name = units.iter().rev().find(|known| known.id == unit).map(|known| lower_first(&known.name));
    let council = compose_council(
        app,
        by,
        NewCouncil {
            unit: unit.clone(),
            name: format!("Hội đồng Thi đua - Khen thưởng {} (mẫu)", name.unwrap_or_default()),
            // The demonstration votes as the council of a province would, to show a threshold of the law.
            body: Some("hoi-dong-bo-tinh".to_owned()),
            warrant,
            from,
            seats: seats.collect(),
            rule,
            provenance: Provenance { origin: Origin::Sample, source: SOURCE.to_owned() },
        },
    )?;
    let matters = MATTERS.iter().map(|(title, honour, kind, summary)| NewMatter {
        reference: String::new(),
        title: (*title).to_owned(),
        honour: HonourCode::parse(honour).expect("a sample honour is a code"),
        kind: *kind,
        subject: None,
        nominated_by: unit.clone(),
        summary: (*summary).to_owned(),
    });
    let session = NewSession {
        council,
        held_on: app.clock.now().date_in_vietnam(),
        place: "Phòng họp số 1 (mẫu)".to_owned(),
        matters: matters.collect(),
    };
    let session = call_session(app, by, session)?;
    open_session(app, by, &session)?;
    Ok(true)
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
