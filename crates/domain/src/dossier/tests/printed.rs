//! The table of steps as a page that people read.

use std::path::Path;

use crate::actor::{Right, Role, Verb, Who, right_of};
use crate::dossier::matter::MATTER_ACTS;
use crate::dossier::{Ask, MatterActKind, MatterKind, MatterState, STEPS, Side, Stage};

/// Where the printed table stands, from the root of the repository.
const PAGE: &str = "docs/domain/dossier-steps.md";

/// The page is the table; `THIDUA_GENERATE=1` writes it anew, which is what `cargo xtask generate` does.
#[test]
fn the_printed_steps_are_the_table() {
    let page = page();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "{PAGE} is not the table of steps: run `cargo xtask generate`");
}

fn page() -> String {
    let mut page = "# Bảng các bước của hồ sơ khen thưởng\n\n\
        Trang này do kiểm thử in từ bảng trong `crates/domain/src/dossier/step.rs` và bảng quyền; `cargo xtask generate` in\n\
        lại. Không sửa tay. Mọi loại hình khen thưởng đi qua một bảng này; giấy tờ, tỷ lệ, thời hạn, hội đồng là dữ liệu của\n\
        sổ luật.\n\n\
        | Việc | Từ bước | Đến bước | Bên làm | Vai trò | Phải có trước |\n| --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for step in STEPS {
        let list = |words: Vec<&str>| if words.is_empty() { "–".to_owned() } else { words.join(", ") };
        let roles = Role::ALL.into_iter().filter(|role| right_of(step.verb, Who::Holder(*role)) != Right::Never);
        let side = match step.side {
            Side::Nominator => "đơn vị đề nghị",
            Side::Receiver => "đơn vị mở đợt xét",
        };
        page.push_str(&format!(
            "| {} | {} | {} | {side} | {} | {} |\n",
            task(step.verb),
            list(step.from.iter().map(|stage| stage_name(*stage)).collect()),
            stage_name(step.to),
            list(roles.map(role_name).collect()),
            list(step.asks.iter().map(|ask| ask_name(*ask)).collect()),
        ));
    }
    page.push_str("\nViệc kèm theo hồ sơ:\n\n| Việc kèm theo | Làm gì | Từ | Đến |\n| --- | --- | --- | --- |\n");
    for (kind, act, from, to) in MATTER_ACTS {
        let from: Vec<&str> = from.iter().map(|state| state_name(*state)).collect();
        let row = [matter_name(*kind), act_name(*act), &from.join(", "), state_name(*to)].join(" | ");
        page.push_str(&format!("| {row} |\n"));
    }
    page
}

fn task(verb: Verb) -> &'static str {
    match verb {
        Verb::Nominate => "Đề nghị",
        Verb::SubmitDossier => "Trình",
        Verb::WithdrawDossier => "Rút",
        Verb::ReturnDossier => "Trả lại",
        Verb::AppraiseDossier => "Thẩm định",
        Verb::RejudgeDossier => "Xét lại theo luật hôm nay",
        Verb::DropDossier => "Gạch khỏi danh sách",
        Verb::TableDossier => "Đưa ra hội đồng",
        Verb::RecommendDossier => "Hội đồng thông qua",
        Verb::DeclineDossier => "Hội đồng không thông qua",
        Verb::ForwardDossier => "Trình cấp trên",
        Verb::GrantHonour => "Quyết định khen",
        Verb::RefuseHonour => "Quyết định không khen",
        _ => unreachable!("no step of the table"),
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "đang lập",
        Stage::Returned => "trả lại",
        Stage::Submitted => "đã trình",
        Stage::Appraised => "đã thẩm định",
        Stage::BeforeCouncil => "trước hội đồng",
        Stage::Recommended => "hội đồng thông qua",
        Stage::Forwarded => "đã trình cấp trên",
        Stage::Granted => "đã khen",
        Stage::Declined => "hội đồng không thông qua",
        Stage::Refused => "không khen",
        Stage::Withdrawn => "đã rút",
        Stage::Dropped => "đã gạch",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Reporter => "đầu mối báo cáo",
        Role::Specialist => "chuyên viên",
        Role::ClusterLead => "cụm trưởng",
        Role::CouncilSecretary => "thư ký hội đồng",
        Role::CouncilMember => "thành viên hội đồng",
        Role::Leader => "lãnh đạo",
        Role::Clerk => "văn thư",
        Role::Administrator => "quản trị",
    }
}

fn ask_name(ask: Ask) -> &'static str {
    match ask {
        Ask::Round => "trong thời gian nhận hồ sơ",
        Ask::Stops => "không bị tạm dừng",
        Ask::Law => "không điều luật nào chặn",
        Ask::OneForm => "một thành tích một hình thức",
        Ask::Papers => "đủ giấy tờ và báo cáo thành tích",
        Ask::UnitQuota => "còn chỗ trong tỷ lệ của đơn vị",
        Ask::Quotas => "còn chỗ trong tỷ lệ của mọi cấp",
        Ask::Consultation => "hiệp y đã trả lời hoặc hết hạn",
        Ask::Notice => "đã hết hạn công khai, mọi ý kiến đã kết thúc",
        Ask::Council => "hội đồng đã xét, nếu luật đòi",
        Ask::Reason => "nêu lý do",
    }
}

fn matter_name(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Consultation => "Hiệp y",
        MatterKind::Notice => "Công khai",
        MatterKind::Objection => "Ý kiến về hồ sơ",
    }
}

fn act_name(act: MatterActKind) -> &'static str {
    match act {
        MatterActKind::Extend => "gia hạn",
        MatterActKind::Agree => "trả lời đồng ý",
        MatterActKind::Disagree => "trả lời không đồng ý",
        MatterActKind::Triage => "phân loại",
        MatterActKind::Answer => "trả lời",
        MatterActKind::Close => "kết thúc",
    }
}

fn state_name(state: MatterState) -> &'static str {
    match state {
        MatterState::Open => "đang mở",
        MatterState::Triaged => "đã phân loại",
        MatterState::Answered => "đã trả lời",
        MatterState::Closed => "đã kết thúc",
    }
}
