//! Every address of the site; pages build their links here and nowhere else.

mod decision;

use thidua_app::notice::FeedToken;
use thidua_base::Period;
use thidua_base::code::{
    ClusterCode, EvidenceId, ExemplarId, FormId, HonourCode, IndicatorCode, InstrumentId, MovementCode, OrgId,
    ReportId, StandardCode,
};
use thidua_domain::council::{CouncilId, SessionId};
use thidua_domain::dossier::{DossierId, RoundId};
use thidua_domain::honour::Subject;
use thidua_domain::subject::SubjectId;

pub use decision::{DECISION_NEW, DECISIONS, FUNDS, UNPAID, decision, decision_file, decision_head};

/// Home.
pub const HOME: &str = "/";
/// Reports.
pub const REPORTS: &str = "/bao-cao";
/// Indicators against plan and same period.
pub const INDICATORS: &str = "/chi-tieu";
/// Plans: targets and who assigned them.
pub const PLANS: &str = "/ke-hoach";
/// A plan document of many lines.
pub const PLAN_DOCUMENT: &str = "/ke-hoach/van-ban-moi";
/// Standards and who reached them.
pub const STANDARDS: &str = "/dat-chuan";
/// Passports of figures and other facts.
pub const PASSPORTS: &str = "/so-lieu";
/// Forms and sheets to be filled in.
pub const COLLECTION: &str = "/nhap-lieu";
/// The catalogue of forms, for who keeps it.
pub const FORMS: &str = "/bieu-mau";
/// Boards of cycles, for who collects.
pub const BOARDS: &str = "/thu-thap";
/// Movements.
pub const MOVEMENTS: &str = "/phong-trao";
/// Clusters.
pub const CLUSTERS: &str = "/cum-thi-dua";
/// The ranking of a cluster's year.
pub const RANKING: &str = "xep-hang";
/// Units by criteria.
pub const MATRIX: &str = "bang-diem";
/// What if.
pub const SUPPOSE: &str = "gia-dinh";
/// The frozen bytes of a ranking.
pub const FROZEN: &str = "ban-chot.txt";
/// The meetings of a cluster's year.
pub const MEETINGS: &str = "hop";
/// The rule for flags of a cluster's year.
pub const FLAGS: &str = "quy-tac-co";
/// Moves of members of a cluster.
pub const MOVES: &str = "chuyen-cum";
/// The marks of a cluster's year as a workbook.
pub const SCORES: &str = "bang-diem.xlsx";
/// Councils.
pub const COUNCILS: &str = "/hoi-dong";
/// Where a council is composed.
pub const COUNCIL_NEW: &str = "/hoi-dong/lap-moi";
/// The register of awards.
pub const AWARDS: &str = "/khen-thuong";
/// Persons.
pub const PERSONS: &str = "/nguoi";
/// Collectives.
pub const COLLECTIVES: &str = "/tap-the";
/// Households.
pub const HOUSEHOLDS: &str = "/ho-gia-dinh";
/// Those who may be one.
pub const DUPLICATES: &str = "/nguoi/trung";
/// Two side by side, and the word that they are one.
pub const MERGE: &str = "/nguoi/gop";
/// Where a citizen's number is sent; it never stands in an address.
pub const BY_CCCD: &str = "/nguoi/so-can-cuoc";
/// Where lists of awards of earlier years are sent.
pub const AWARD_LISTS: &str = "/khen-thuong/nhap-tep";
/// Exemplars.
pub const EXEMPLARS: &str = "/dien-hinh";
/// Legal instruments.
pub const INSTRUMENTS: &str = "/van-ban";
/// Findings and tasks.
pub const FINDINGS: &str = "/ton-tai-nhiem-vu";
/// Units.
pub const UNITS: &str = "/don-vi";
/// The journal.
pub const JOURNAL: &str = "/nhat-ky";
/// Signing in.
pub const SIGN_IN: &str = "/dang-nhap";
/// One's own account.
pub const ACCOUNT: &str = "/tai-khoan";
/// Where a change of password is sent.
pub const PASSWORD: &str = "/tai-khoan/mat-khau";
/// The second step of signing in: a code.
pub const SIGN_IN_CODE: &str = "/dang-nhap/ma";
/// The way to the sign-in provider.
pub const PROVIDER: &str = "/dang-nhap/mot-lan";
/// Where the sign-in provider sends people back to.
pub const PROVIDER_BACK: &str = "/dang-nhap/tro-ve";
/// One's own second factor.
pub const SECOND_FACTOR: &str = "/tai-khoan/hai-lop";
/// Where new recovery codes are asked for.
pub const RECOVERY_CODES: &str = "/tai-khoan/hai-lop/ma-du-phong";
/// Where taking one's own second factor away is sent.
pub const REMOVE_FACTOR: &str = "/tai-khoan/hai-lop/bo";
/// One's own access keys for other programs.
pub const ACCESS_KEYS: &str = "/tai-khoan/khoa";
/// Where revoking an access key is sent.
pub const REVOKE_KEY: &str = "/tai-khoan/khoa/thu-hoi";
/// The interface for other programs.
pub const API: &str = "/api/v1";
/// The accounts of the tenant, for those who manage them.
pub const ACCOUNTS: &str = "/tai-khoan/quan-ly";
/// Where signing out is sent.
pub const SIGN_OUT: &str = "/dang-xuat";
/// Where signing out everywhere is sent.
pub const SIGN_OUT_EVERYWHERE: &str = "/dang-xuat-moi-noi";
/// What is due, and how one is reminded of it.
pub const DUE: &str = "/viec-den-han";
/// Where one's e-mail address is sent.
pub const REMINDER_EMAIL: &str = "/viec-den-han/thu";
/// Where a new calendar feed is asked for.
pub const FEED_SETTING: &str = "/viec-den-han/lich";
/// Where the end of one's calendar feed is sent.
pub const FEED_STOP: &str = "/viec-den-han/thoi-lich";
/// Calendar feeds; what follows is a secret.
pub const FEEDS: &str = "/lich-han";
/// Where the choices of language and light are sent.
pub const PREFERENCES: &str = "/tuy-chon";
/// The worker that keeps pages for entering figures on a device; it rules over the addresses below its own.
pub const WORKER: &str = "/nhap-lieu/tho.js";
/// Who may have which honour: the beginning.
pub const ELIGIBILITY: &str = "/dieu-kien";
/// A unit and a round.
pub const ELIGIBLE_LIST: &str = "/dieu-kien/danh-sach";
/// Two days side by side.
pub const ELIGIBILITY_COMPARED: &str = "/dieu-kien/so-sanh";
/// The honours of the law book.
pub const HONOURS: &str = "/danh-hieu";
/// Rounds of commendation and their dossiers.
pub const DOSSIERS: &str = "/ho-so";
/// Where one nominates.
pub const NOMINATE: &str = "/ho-so/de-nghi";
/// The boards of rounds.
pub const ROUNDS: &str = "/dot-xet";
/// Public notices of proposed commendations.
pub const NOTICES: &str = "/cong-khai";
/// The law book in force.
pub const LAW_BOOK: &str = "/so-luat";
/// Files of the interface itself.
pub const STATIC: &str = "/tinh";
/// Answers `ok` while the program can read its database.
pub const ALIVE: &str = "/song";

/// A unit through time, with its figures by a structure.
pub fn unit(id: &OrgId) -> String {
    format!("{UNITS}/{id}")
}

/// A report on the screen.
pub fn report(id: &ReportId) -> String {
    format!("{REPORTS}/{id}")
}

/// What the checker says of a report.
pub fn remarks(id: &ReportId) -> String {
    format!("{REPORTS}/{id}/kiem-tra")
}

/// A report as a file; the ending is `docx`, `pdf` or `html`.
pub fn report_file(id: &ReportId, ending: &str) -> String {
    format!("{REPORTS}/{id}/{id}.{ending}")
}

/// Where issuing a report is sent.
pub fn issue(id: &ReportId) -> String {
    format!("{REPORTS}/{id}/ban-hanh")
}

/// A file of an issue, as it was frozen; the ending is `docx` or `pdf`.
pub fn issued_file(id: &ReportId, number: i64, ending: &str) -> String {
    format!("{}/{number}.{ending}", issue(id))
}

/// One indicator.
pub fn indicator(code: &IndicatorCode) -> String {
    format!("{INDICATORS}/{code}")
}

/// The targets of one indicator.
pub fn plan(code: &IndicatorCode) -> String {
    format!("{PLANS}/{code}")
}

/// One standard.
pub fn standard(code: &StandardCode) -> String {
    format!("{STANDARDS}/{code}")
}

/// The passport of a fact, by the key that bound text carries.
pub fn passport(key: &str) -> String {
    format!("{PASSPORTS}/{}", segment(key))
}

/// One unit's sheet.
pub fn sheet(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{COLLECTION}/{form}/{period}/{unit}")
}

/// Where a step with a sheet is sent.
pub fn sheet_step(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/buoc", sheet(form, period, unit))
}

/// Where an explanation in a sheet is sent.
pub fn sheet_explanation(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/giai-trinh", sheet(form, period, unit))
}

/// A sheet as a workbook.
pub fn sheet_workbook(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/bieu.xlsx", sheet(form, period, unit))
}

/// A sheet as a text of columns.
pub fn sheet_text(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/bieu.csv", sheet(form, period, unit))
}

/// Where files for a sheet are sent.
pub fn sheet_import(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/nhap-tep", sheet(form, period, unit))
}

/// A file that was sent for a sheet and waits.
pub fn sheet_upload(form: &FormId, period: Period, unit: &OrgId, upload: &str) -> String {
    format!("{}/{}", sheet_import(form, period, unit), segment(upload))
}

/// The evidence of a sheet, and where more of it is sent.
pub fn evidence(form: &FormId, period: Period, unit: &OrgId) -> String {
    format!("{}/minh-chung", sheet(form, period, unit))
}

/// The same from the sheet itself, for one of its rows: short, since a page has hundreds.
pub fn evidence_near(unit: &OrgId, row: &IndicatorCode) -> String {
    format!("{unit}/minh-chung?o={row}")
}

/// The file of a piece of evidence.
pub fn evidence_file(form: &FormId, period: Period, unit: &OrgId, id: &EvidenceId) -> String {
    format!("{}/{id}", evidence(form, period, unit))
}

/// Where the withdrawal of a piece of evidence is sent.
pub fn evidence_withdrawal(form: &FormId, period: Period, unit: &OrgId, id: &EvidenceId) -> String {
    format!("{}/rut", evidence_file(form, period, unit, id))
}

/// A cycle as one table of several units, where the page's script sends changes, too.
pub fn entries(form: &FormId, period: Period) -> String {
    format!("{COLLECTION}/{form}/{period}")
}

/// Where the table of several units is sent.
pub fn matrix(form: &FormId, period: Period) -> String {
    format!("{}/bang", entries(form, period))
}

/// One form, for who keeps it.
pub fn form(form: &FormId) -> String {
    format!("{FORMS}/{form}")
}

/// The board of a cycle.
pub fn board(form: &FormId, period: Period) -> String {
    format!("{BOARDS}/{form}/{period}")
}

/// One movement.
pub fn movement(code: &MovementCode) -> String {
    format!("{MOVEMENTS}/{code}")
}

/// One legal instrument.
pub fn instrument(id: &InstrumentId) -> String {
    format!("{INSTRUMENTS}/{}", segment(id.as_str()))
}

/// Where an exemplar is proposed.
pub const EXEMPLAR_NEW: &str = "/dien-hinh/de-xuat";
/// Where lists of exemplars are sent.
pub const EXEMPLAR_LISTS: &str = "/dien-hinh/nhap-tep";

/// One exemplar, or what the public sees of it.
pub fn exemplar(id: &ExemplarId, as_public: bool) -> String {
    let own = format!("{EXEMPLARS}/{}", segment(id.as_str()));
    with_query(&own, &[("cong-khai", if as_public { "1" } else { "" })])
}

/// Where papers and pictures of an exemplar are sent.
pub fn exemplar_papers(id: &ExemplarId) -> String {
    format!("{}/tai-lieu", exemplar(id, false))
}

/// The file of a paper or picture of an exemplar.
pub fn exemplar_paper(id: &ExemplarId, paper: &EvidenceId) -> String {
    format!("{}/{paper}", exemplar_papers(id))
}

/// A list of exemplars that waits for its sender's word.
pub fn exemplar_list(upload: &str) -> String {
    format!("{EXEMPLAR_LISTS}/{}", segment(upload))
}

/// Where a movement is put into the register.
pub const MOVEMENT_NEW: &str = "/phong-trao/ghi-moi";
/// Movements that overlap.
pub const MOVEMENT_OVERLAPS: &str = "/phong-trao/trung-nhau";
/// Whom movements reach.
pub const MOVEMENT_COVERAGE: &str = "/phong-trao/do-bao-phu";
/// Statistical form 0601.
pub const MOVEMENT_CENSUS: &str = "/phong-trao/bieu-0601";

/// The terms of a movement.
pub fn movement_terms(code: &MovementCode) -> String {
    format!("{}/noi-dung", movement(code))
}

/// A council.
pub fn council(id: &CouncilId) -> String {
    format!("{COUNCILS}/{id}")
}

/// Where a session of a council is called.
pub fn session_new(id: &CouncilId) -> String {
    format!("{}/phien-moi", council(id))
}

/// The room of a session.
pub fn session(id: &SessionId) -> String {
    format!("{COUNCILS}/phien/{id}")
}

/// The minutes of a session as a file.
pub fn session_minutes(id: &SessionId, ending: &str) -> String {
    format!("{}/bien-ban.{ending}", session(id))
}

/// A unit's registration for a movement.
pub fn pledge(code: &MovementCode, unit: &OrgId) -> String {
    format!("{}/dang-ky/{unit}", movement(code))
}

/// A review of a movement.
pub fn review(code: &MovementCode, number: i64) -> String {
    format!("{}/dot/{number}", movement(code))
}

/// A file of the plan that launches a movement, by its ending.
pub fn movement_plan(code: &MovementCode, ending: &str) -> String {
    format!("{}/van-ban/ke-hoach.{ending}", movement(code))
}

/// A file of a unit's pledge, by its ending.
pub fn pledge_paper(code: &MovementCode, unit: &OrgId, ending: &str) -> String {
    format!("{}/giao-uoc.{ending}", pledge(code, unit))
}

/// Where a file is attached to a unit's registration.
pub fn movement_files(code: &MovementCode, unit: &OrgId) -> String {
    format!("{}/minh-chung", pledge(code, unit))
}

/// A file attached to a unit's registration.
pub fn movement_file(code: &MovementCode, unit: &OrgId, id: &EvidenceId) -> String {
    format!("{}/{id}", movement_files(code, unit))
}

/// A file of the report of a review, by its ending.
pub fn review_paper(code: &MovementCode, number: i64, ending: &str) -> String {
    format!("{}/bao-cao.{ending}", review(code, number))
}

/// One honour of the law book.
pub fn honour(code: &HonourCode) -> String {
    format!("{HONOURS}/{code}")
}

/// What the law book says of a subject.
pub fn eligibility(kind: Subject, id: &SubjectId) -> String {
    format!("{ELIGIBILITY}{}/{id}", subjects(kind))
}

/// A subject's record, at one of its facts where a key of one is given.
pub fn subject_record(kind: Subject, id: &SubjectId, key: &str) -> String {
    let anchor = key.strip_prefix("fact:").map(|fact| format!("#{fact}")).unwrap_or_default();
    format!("{}{anchor}", subject(kind, id))
}

/// The account of a name, for those who manage accounts.
pub fn managed_account(name: &str) -> String {
    format!("{ACCOUNTS}/{}", segment(name))
}

/// Where an act on an account is sent.
pub fn account_act(name: &str, act: &str) -> String {
    format!("{ACCOUNTS}/{}/{act}", segment(name))
}

/// The address of a calendar feed.
pub fn feed(token: &FeedToken) -> String {
    format!("{FEEDS}/{}.ics", token.text())
}

/// A cluster's year.
pub fn cluster(code: &ClusterCode, year: i16) -> String {
    format!("{CLUSTERS}/{code}/{year}")
}

/// A page of a cluster's year.
pub fn cluster_page(code: &ClusterCode, year: i16, page: &str) -> String {
    format!("{}/{page}", cluster(code, year))
}

/// A member's score sheet at a criterion; at the first that waits where it is empty.
pub fn score_sheet(code: &ClusterCode, year: i16, unit: &OrgId, criterion: &str) -> String {
    with_query(&format!("{}/cham/{unit}", cluster(code, year)), &[("tc", criterion)])
}

/// Where files of evidence of a member are sent.
pub fn score_files(code: &ClusterCode, year: i16, unit: &OrgId) -> String {
    format!("{}/cham/{unit}/minh-chung", cluster(code, year))
}

/// A paper of a cluster's year as a file.
pub fn cluster_paper(code: &ClusterCode, year: i16, file: &str) -> String {
    format!("{}/van-ban/{file}", cluster(code, year))
}

/// Where filled score sheets of a member are sent.
pub fn score_fill(code: &ClusterCode, year: i16, unit: &OrgId) -> String {
    format!("{}/cham/{unit}/nhap-tep", cluster(code, year))
}

/// A member's score sheet as a workbook to be filled.
pub fn score_workbook(code: &ClusterCode, year: i16, unit: &OrgId) -> String {
    format!("{}/cham/{unit}/phieu.xlsx", cluster(code, year))
}

/// A file of evidence of a cluster's year.
pub fn score_file(code: &ClusterCode, year: i16, id: &EvidenceId) -> String {
    format!("{}/minh-chung/{id}", cluster(code, year))
}

/// The board of a round.
pub fn round(id: &RoundId) -> String {
    format!("{ROUNDS}/{id}")
}

/// One dossier, and where acts on it are sent.
pub fn dossier(id: &DossierId) -> String {
    format!("{DOSSIERS}/{id}")
}

/// Where papers of a dossier are sent.
pub fn dossier_papers(id: &DossierId) -> String {
    format!("{}/giay-to", dossier(id))
}

/// The file of a paper of a dossier.
pub fn dossier_paper(id: &DossierId, paper: &EvidenceId) -> String {
    format!("{}/{paper}", dossier_papers(id))
}

/// The achievement report of a dossier.
pub fn dossier_report(id: &DossierId) -> String {
    format!("{}/bao-cao", dossier(id))
}

/// A path as it may stand in a log: without what only its owner may know.
pub fn for_log(path: &str) -> &str {
    match path.strip_prefix(FEEDS) {
        Some(rest) if rest.len() > 1 => FEEDS,
        Some(_) | None => path,
    }
}

/// The list of a kind of subject.
fn subjects(kind: Subject) -> &'static str {
    match kind {
        Subject::Individual => PERSONS,
        Subject::Collective => COLLECTIVES,
        Subject::Household => HOUSEHOLDS,
    }
}

/// A life.
pub fn subject(kind: Subject, id: &SubjectId) -> String {
    format!("{}/{id}", subjects(kind))
}

/// The form of a new subject.
pub fn subject_new(kind: Subject) -> String {
    format!("{}/lap-moi", subjects(kind))
}

/// The form that corrects who somebody is.
pub fn subject_correct(kind: Subject, id: &SubjectId) -> String {
    format!("{}/dinh-chinh", subject(kind, id))
}

/// Where an act on a subject is sent.
pub fn subject_act(kind: Subject, id: &SubjectId, act: &str) -> String {
    format!("{}/{act}", subject(kind, id))
}

/// The form of a fact of a kind.
pub fn fact_new(kind: Subject, id: &SubjectId, fact: &str) -> String {
    format!("{}/ghi/{fact}", subject(kind, id))
}

/// A list of awards that was sent and waits.
pub fn award_list(upload: &str) -> String {
    format!("{AWARD_LISTS}/{}", segment(upload))
}

/// The text as one segment of a path or one value of a query.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path with those query values that are not empty.
pub fn with_query(path: &str, values: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", segment(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// The path itself when it leads to this site and no other, else home.
pub fn inside(path: &str) -> &str {
    let leads_out =
        !path.starts_with('/') || path.starts_with("//") || path.bytes().any(|b| b == b'\\' || b.is_ascii_control());
    if leads_out { HOME } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leaves_the_site() {
        for out in ["//evil.example", "https://evil.example", "/\\evil.example", "", "bao-cao", "/a\r\nb"] {
            assert_eq!(inside(out), HOME, "{out:?}");
        }
        assert_eq!(inside("/chi-tieu?tim=a"), "/chi-tieu?tim=a");
    }

    #[test]
    fn no_log_tells_the_address_of_a_feed() {
        assert_eq!(for_log("/lich-han/0a1b.ics"), FEEDS);
        assert_eq!(for_log("/chi-tieu/NN09"), "/chi-tieu/NN09");
        assert_eq!(for_log(FEEDS), FEEDS);
    }

    #[test]
    fn marks_and_slashes_are_escaped_in_a_segment() {
        assert_eq!(passport("reading:KT01:h-397:2020-H1"), "/so-lieu/reading:KT01:h-397:2020-H1");
        assert_eq!(segment("a/ộ"), "a%2F%E1%BB%99");
        assert_eq!(with_query("/x", &[("tim", ""), ("loai", "a b")]), "/x?loai=a%20b");
    }
}
