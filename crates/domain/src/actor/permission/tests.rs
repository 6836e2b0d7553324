//! The table of rights: whole, printed as a page, and read as meant.

use std::path::Path;

use thidua_base::code::TenantId;

use super::super::Post;
use super::*;

/// Where the printed table stands, from the root of the repository.
const PAGE: &str = "docs/domain/permissions.md";

fn columns() -> Vec<Who> {
    let roles = Role::ALL.into_iter().map(Who::Holder);
    [Who::Reader, Who::Unguarded, Who::Person].into_iter().chain(roles).chain([Who::Operator]).collect()
}

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

fn person(posts: Vec<Post>) -> Actor {
    Actor::person("Lê Thị Thủy", TenantId::parse("trieu-son").unwrap(), account("tk-1"), posts)
}

fn post(role: Role, units: &[&str]) -> Post {
    Post { role, reach: Reach::Only(units.iter().map(|id| unit(id)).collect()) }
}

#[test]
fn every_verb_stands_once_in_the_table_in_order() {
    let rows: Vec<Verb> = TABLE.iter().map(|(verb, _)| *verb).collect();
    assert_eq!(rows, Verb::ALL);
    assert_eq!(columns().len(), TABLE[0].1.len());
}

/// The page is the table: a change of rights is a change of a file that people read.
///
/// `THIDUA_GENERATE=1` writes it anew, which is what `cargo xtask generate` does.
#[test]
fn the_printed_permissions_are_the_table() {
    let page = page();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "{PAGE} is not the table of rights: run `cargo xtask generate`");
}

#[test]
fn roles_of_a_unit_reach_it_and_those_below_and_nothing_else() {
    let specialist = person(vec![post(Role::Specialist, &["xa-a", "thon-1"])]);
    for (thing, granted) in [
        (Thing::Unit(&unit("xa-a")), true),
        (Thing::Unit(&unit("thon-1")), true),
        (Thing::Unit(&unit("xa-b")), false),
        (Thing::Tenant, false),
    ] {
        assert_eq!(may(&specialist, Verb::OverrideFigure, thing).is_granted(), granted, "{thing:?}");
    }
}

#[test]
fn posts_add_up_but_a_right_of_one_does_not_travel_to_the_reach_of_another() {
    let both = person(vec![post(Role::Specialist, &["xa-a"]), post(Role::Reporter, &["xa-b"])]);
    assert!(may(&both, Verb::OverrideFigure, Thing::Unit(&unit("xa-a"))).is_granted());
    assert!(!may(&both, Verb::OverrideFigure, Thing::Unit(&unit("xa-b"))).is_granted());
}

#[test]
fn the_reach_of_a_verb_is_where_it_is_granted() {
    let both = person(vec![post(Role::Specialist, &["xa-a"]), post(Role::Reporter, &["xa-b"])]);
    let reading = both.reading();
    for actor in [&both, &reading] {
        for verb in [Verb::ReadSubjects, Verb::EnterFacts, Verb::MergeSubjects, Verb::LoadPack] {
            for id in ["xa-a", "xa-b", "xa-c"] {
                let granted = may(actor, verb, Thing::Unit(&unit(id))).is_granted();
                assert_eq!(reach_of(actor, verb).holds(&unit(id)), granted, "{verb:?} {id}");
            }
        }
    }
    let tenant = TenantId::parse("trieu-son").unwrap();
    assert_eq!(reach_of(&Actor::operator("x", tenant.clone()), Verb::ReadSubjects), Reach::Everything);
    assert_eq!(reach_of(&Actor::reader("x", tenant), Verb::ReadSubjects), Reach::Only(Vec::new()));
}

#[test]
fn an_administrator_of_a_unit_is_none_of_the_tenant() {
    let of_unit = person(vec![post(Role::Administrator, &["xa-a"])]);
    let of_tenant = person(vec![Post { role: Role::Administrator, reach: Reach::Everything }]);
    for verb in [Verb::ReadJournal, Verb::LoadPack, Verb::ManageAccounts, Verb::VerifyAudit] {
        assert!(!may(&of_unit, verb, Thing::Tenant).is_granted(), "{verb:?}");
        assert!(may(&of_tenant, verb, Thing::Tenant).is_granted(), "{verb:?}");
    }
}

#[test]
fn an_account_is_kept_by_its_owner_only() {
    let (own, other) = (account("tk-1"), account("tk-2"));
    let administrator = person(vec![Post { role: Role::Administrator, reach: Reach::Everything }]);
    for actor in [person(Vec::new()), administrator] {
        assert!(may(&actor, Verb::KeepAccount, Thing::Account(&own)).is_granted());
        assert!(!may(&actor, Verb::KeepAccount, Thing::Account(&other)).is_granted());
    }
}

#[test]
fn a_reader_changes_nothing_nor_does_anyone_in_a_house_without_accounts() {
    let tenant = TenantId::parse("trieu-son").unwrap();
    let (reader, unguarded) =
        (Actor::reader("public reader", tenant.clone()), Actor::unguarded("public reader", tenant));
    for verb in Verb::ALL {
        let open = matches!(verb, Verb::ReadPages | Verb::PrintReport);
        let unlocked = open
            || matches!(
                verb,
                Verb::ReadCouncils
                    | Verb::ReadDossiers
                    | Verb::ReadExemplars
                    | Verb::ReadJournal
                    | Verb::ReadSubjects
                    | Verb::VerifyAudit
            );
        for thing in [Thing::Tenant, Thing::Unit(&unit("xa-a")), Thing::Account(&account("tk-1"))] {
            assert_eq!(may(&reader, verb, thing).is_granted(), open, "{verb:?} {thing:?}");
            assert_eq!(may(&unguarded, verb, thing).is_granted(), unlocked, "{verb:?} {thing:?}");
        }
    }
}

fn page() -> String {
    let mut page = "# Bảng quyền\n\n\
        Trang này do kiểm thử in từ bảng quyền trong `crates/domain/src/actor/permission.rs`; `cargo xtask generate` in\n\
        lại. Không sửa tay.\n\n\
        - **toàn bộ**: mọi thứ trong đơn vị gốc.\n\
        - **phạm vi**: đơn vị nơi giữ vai trò và các đơn vị bên dưới. Việc chung của đơn vị gốc (nhật ký, gói dữ liệu,\n  \
          tài khoản) chỉ thuộc phạm vi của vai trò được giao cho toàn đơn vị gốc.\n\
        - **của mình**: chỉ tài khoản của chính người đó.\n\
        - **–**: không được. Câu trả lời giống hệt như khi thứ được hỏi không tồn tại.\n\n\
        Một người giữ nhiều vai trò thì được mọi quyền của các vai trò ấy, mỗi quyền trong phạm vi của vai trò cho quyền\n\
        đó.\n\n| Việc |"
        .to_owned();
    let titles: Vec<&str> = columns().into_iter().map(title).collect();
    for title in &titles {
        page.push_str(&format!(" {title} |"));
    }
    page.push_str("\n| --- |");
    page.push_str(&" --- |".repeat(titles.len()));
    for verb in Verb::ALL {
        page.push_str(&format!("\n| {} |", task(verb)));
        for who in columns() {
            page.push_str(&format!(" {} |", cell(right_of(verb, who))));
        }
    }
    page.push('\n');
    page
}

fn title(who: Who) -> &'static str {
    match who {
        Who::Reader => "người đọc",
        Who::Unguarded => "khi chưa có tài khoản",
        Who::Person => "đã đăng nhập",
        Who::Holder(Role::Reporter) => "đầu mối báo cáo",
        Who::Holder(Role::Specialist) => "chuyên viên",
        Who::Holder(Role::ClusterLead) => "cụm trưởng",
        Who::Holder(Role::CouncilSecretary) => "thư ký hội đồng",
        Who::Holder(Role::CouncilMember) => "thành viên hội đồng",
        Who::Holder(Role::Leader) => "lãnh đạo",
        Who::Holder(Role::Clerk) => "văn thư",
        Who::Holder(Role::Administrator) => "quản trị",
        Who::Operator => "dòng lệnh",
    }
}

fn task(verb: Verb) -> &'static str {
    match verb {
        Verb::ReadPages => "Xem các trang",
        Verb::PrintReport => "In báo cáo, xem nhận xét kiểm tra",
        Verb::OverrideFigure => "Thay một số in, có lý do",
        Verb::LoadPack => "Nạp gói dữ liệu",
        Verb::ReadJournal => "Xem nhật ký",
        Verb::VerifyAudit => "Soát chuỗi nhật ký",
        Verb::KeepAccount => "Đổi mật khẩu, xem và đóng phiên đăng nhập",
        Verb::ManageAccounts => "Mở tài khoản, đặt lại mật khẩu, giao và thôi vai trò",
        Verb::ManageForms => "Lập biểu mẫu, giao đơn vị báo cáo, mở đợt, gia hạn (ở đơn vị nhận báo cáo)",
        Verb::ReadSheets => "Xem biểu của đơn vị, cả khi chưa gửi",
        Verb::EnterFigures => "Nhập số liệu của đơn vị",
        Verb::CorrectFigures => "Sửa số liệu của đơn vị cấp dưới, có lý do (ở đơn vị nhận báo cáo)",
        Verb::SubmitSheet => "Gửi biểu",
        Verb::WithdrawSheet => "Rút lại biểu đã gửi",
        Verb::VerifySheet => "Xác nhận biểu của đơn vị mình",
        Verb::ReturnSheet => "Trả lại biểu (ở đơn vị nhận báo cáo)",
        Verb::AcceptSheet => "Tiếp nhận biểu (ở đơn vị nhận báo cáo)",
        Verb::ApproveSheets => "Duyệt số liệu đã tiếp nhận",
        Verb::PublishSheets => "Công bố số liệu đã duyệt",
        Verb::AmendSheet => "Lập bản đính chính của biểu đã tiếp nhận",
        Verb::AssignPlan => "Giao chỉ tiêu kế hoạch (ở đơn vị giao)",
        Verb::ProposePlan => "Đề nghị điều chỉnh chỉ tiêu được giao",
        Verb::IssueReport => "Ban hành báo cáo",
        Verb::DivideUnit => "Ghi tỷ lệ chia đơn vị",
        Verb::ReadSubjects => "Xem hồ sơ cá nhân, tập thể, hộ gia đình",
        Verb::ReadCccd => "Xem đủ số căn cước",
        Verb::EnterFacts => "Nhập, đính chính hồ sơ cá nhân, tập thể, hộ gia đình; nhập lịch sử khen thưởng từ tệp",
        Verb::MergeSubjects => "Gộp hai hồ sơ của một người, tách lại",
        Verb::ManageMovements => "Ghi, phát động phong trào; yêu cầu và kết luận sơ kết, tổng kết",
        Verb::ReadPledges => "Xem đăng ký, giao ước, báo cáo phong trào của đơn vị",
        Verb::RegisterForMovement => "Đăng ký tham gia phong trào",
        Verb::SignPledge => "Ký giao ước thi đua",
        Verb::ReportMovement => "Báo tiến độ, trả lời sơ kết, tổng kết phong trào",
        Verb::AnswerCondition => "Ghi nhận xét cho điều kiện khen thưởng cần người xét",
        Verb::OpenScoring => "Mở đợt chấm điểm của cụm (ở đơn vị lập cụm)",
        Verb::ReadScores => "Xem điểm của cụm (thành viên của cụm, đơn vị lập cụm)",
        Verb::ClaimScores => "Tự chấm điểm, kê khai minh chứng của đơn vị mình",
        Verb::SendScores => "Gửi bảng điểm, kiến nghị về điểm của đơn vị mình",
        Verb::MarkAsPeer => "Chấm chéo đơn vị khác trong cụm",
        Verb::AppraiseScores => "Thẩm định điểm, miễn tiêu chí, trả lại bảng điểm (ở đơn vị lập cụm)",
        Verb::DecideScores => "Ghi điểm của hội đồng (ở đơn vị lập cụm)",
        Verb::FreezeRanking => "Chốt xếp hạng (ở đơn vị lập cụm)",
        Verb::ReadDecisions => "Xem dự thảo quyết định, quỹ và tiền thưởng (ở đơn vị ban hành)",
        Verb::PrepareDecision => "Soạn quyết định khen thưởng, bỏ dự thảo (ở đơn vị ban hành)",
        Verb::SignDecision => "Ghi chữ ký, số, ngày và ban hành quyết định (ở đơn vị ban hành)",
        Verb::RevokeAward => "Thu hồi, đính chính (ở đơn vị ban hành)",
        Verb::KeepFund => "Mở quỹ khen thưởng, ghi kinh phí (ở đơn vị có quỹ)",
        Verb::PayBonus => "Ghi đã chi tiền thưởng (ở đơn vị ban hành)",
        Verb::ReadCouncils => "Xem thành phần Hội đồng, danh sách phiên họp",
        Verb::ComposeCouncil => "Lập, kiện toàn Hội đồng; ghi quy chế của Hội đồng",
        Verb::RunSession => {
            "Triệu tập, khai mạc, bế mạc phiên họp; đưa ra biểu quyết, kiểm phiếu; ghi ý kiến bằng văn bản"
        }
        Verb::SitInCouncil => "Dự họp bằng ghế của mình: khai xung đột lợi ích, bỏ phiếu",
        Verb::ReadExemplars => {
            "Xem điển hình chưa công khai, người liên hệ, tài liệu, quá trình (ở địa bàn của điển hình)"
        }
        Verb::ProposeExemplar => "Đề xuất điển hình, thêm tài liệu và ảnh",
        Verb::RecogniseExemplar => "Công nhận điển hình",
        Verb::ConfirmExemplar => "Xác nhận lại điển hình",
        Verb::RetractExemplar => "Thôi đề xuất điển hình",
        Verb::WithdrawExemplar => "Rút điển hình khỏi sổ",
        Verb::TellReplication => "Ghi việc học theo điển hình (ở đơn vị học theo)",
        Verb::ReadDossiers => "Xem hồ sơ đề nghị khen thưởng (ở đơn vị đề nghị, đơn vị mở đợt xét)",
        Verb::OpenRound => "Mở đợt xét khen thưởng",
        Verb::Nominate => "Lập hồ sơ đề nghị, viết báo cáo thành tích, nộp giấy tờ",
        Verb::SubmitDossier => "Trình hồ sơ của đơn vị mình",
        Verb::WithdrawDossier => "Rút hồ sơ của đơn vị mình",
        Verb::ReturnDossier => "Trả lại hồ sơ, nêu mục cần sửa (ở đơn vị mở đợt xét)",
        Verb::AppraiseDossier => "Thẩm định hồ sơ",
        Verb::RejudgeDossier => "Xét lại hồ sơ theo luật của ngày hôm nay",
        Verb::DropDossier => "Gạch một trường hợp khỏi danh sách trình",
        Verb::StopDossier => "Tạm dừng hồ sơ khi có kỷ luật, thanh tra, khiếu nại",
        Verb::RunNotice => "Lấy ý kiến hiệp y, công khai, trả lời ý kiến về hồ sơ",
        Verb::TableDossier => "Đưa hồ sơ ra hội đồng",
        Verb::RecommendDossier => "Ghi hội đồng thông qua",
        Verb::DeclineDossier => "Ghi hội đồng không thông qua",
        Verb::ForwardDossier => "Trình cấp trên",
        Verb::GrantHonour => "Quyết định khen thưởng",
        Verb::RefuseHonour => "Quyết định không khen thưởng",
        Verb::LoadLaw => "Nạp quy định riêng, sổ luật mới; thôi áp dụng",
    }
}

fn cell(right: Right) -> &'static str {
    match right {
        Right::Never => "–",
        Right::Own => "của mình",
        Right::Reached => "phạm vi",
        Right::Everywhere => "toàn bộ",
    }
}
