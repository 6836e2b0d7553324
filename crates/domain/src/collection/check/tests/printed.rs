//! The page of the rules, printed from the book that ships.

use std::path::Path;

use super::super::*;

/// Where the printed book stands, from the root of the repository.
const PAGE: &str = "docs/domain/checks.md";

/// The page is the book: a change of a limit is a change of a file that people read.
///
/// `THIDUA_GENERATE=1` writes it anew, which is what `cargo xtask generate` does.
#[test]
fn the_printed_checks_are_the_book() {
    let page = page();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "{PAGE} is not the book of rules: run `cargo xtask generate`");
}

fn page() -> String {
    let mut page = "# Quy tắc kiểm tra số liệu\n\n\
        Trang này do kiểm thử in từ `crates/domain/data/checks.toml`; `cargo xtask generate` in lại. Không sửa tay. Máy\n\
        chủ và trình duyệt chạy cùng các quy tắc này trên cùng bộ ví dụ `crates/domain/vectors/checks.json`.\n\n\
        - **chặn**: biểu chưa gửi được khi chưa sửa.\n\
        - **giải trình**: gửi được khi đã có lời giải trình từ 10 ký tự trở lên; số đổi thì phải giải trình lại.\n\
        - **cảnh báo**: nên xem lại; không ngăn việc gửi.\n\
        - **lưu ý**: để biết.\n\n\
        Thiếu dữ liệu để so thì quy tắc không nói gì. Giá trị “không phát sinh” được tính là 0 khi cộng, và không đem so\n\
        với các kỳ trước hay đơn vị khác. Mọi phép tính đều chính xác, không làm tròn trước khi so.\n\n\
        | Quy tắc | Mức độ | Báo khi | Giới hạn | Phạm vi | Hiệu lực | Căn cứ |\n\
        | --- | --- | --- | --- | --- | --- | --- |"
        .to_owned();
    for rule in RuleBook::shipped().unwrap().rules() {
        let limits: Vec<String> = rule.parameters.iter().map(|(name, value)| format!("`{name}` = {value}")).collect();
        let lasts = rule.valid_to.map(|day| format!(", đến trước {}", day.in_table())).unwrap_or_default();
        page.push_str(&format!(
            "\n| `{}` (bản {}) | {} | {} | {} | {} | từ {}{lasts} | {} |",
            rule.code,
            rule.version,
            severity(rule.severity),
            looks_for(rule.kind),
            dash(&limits.join(", ")),
            scope(&rule.scope),
            rule.valid_from.in_table(),
            dash(&rule.legal_ref),
        ));
    }
    page.push('\n');
    page
}

fn dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "chặn",
        Severity::Explain => "giải trình",
        Severity::Warn => "cảnh báo",
        Severity::Info => "lưu ý",
    }
}

fn scope(scope: &Scope) -> String {
    let codes = |codes: &std::collections::BTreeSet<IndicatorCode>| {
        codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ")
    };
    let fields: Vec<String> = scope.fields.iter().map(|field| format!("`{field}`")).collect();
    let parts =
        [("lĩnh vực", fields.join(", ")), ("chỉ tiêu", codes(&scope.indicators)), ("trừ", codes(&scope.except))];
    let said: Vec<String> =
        parts.iter().filter(|(_, list)| !list.is_empty()).map(|(word, list)| format!("{word} {list}")).collect();
    if said.is_empty() { "mọi chỉ tiêu".to_owned() } else { said.join("; ") }
}

/// In Vietnamese, for officials who read the page; the names in backticks are the limits.
fn looks_for(kind: Kind) -> &'static str {
    match kind {
        Kind::Negative => "số thực hiện trong kỳ hoặc số có đến cuối kỳ nhỏ hơn 0",
        Kind::PercentRange => "chỉ tiêu tỷ lệ tính bằng % nằm ngoài khoảng từ `low` đến `high`",
        Kind::TooFine => "nhiều chữ số thập phân hơn mức chỉ tiêu quy định",
        Kind::Numerator => "tử số lớn hơn mẫu số của một tỷ lệ tính bằng %",
        Kind::PartsTotal => {
            "các bộ phận phải cộng đủ mà không bằng tổng số, lệch quá `tolerance` đơn vị của chữ số cuối"
        }
        Kind::PartsWithin => "các bộ phận “trong đó” cộng lại đã lớn hơn tổng số",
        Kind::Cumulative => "số lũy kế nhỏ hơn số của kỳ ngắn hơn trong cùng năm (quý, 6 tháng, 9 tháng)",
        Kind::OwnHistory => {
            "lệch khỏi trung vị của ít nhất `points` kỳ cùng loại trước đó quá `k`/10 lần độ lệch trung vị; độ lệch \
             trung vị được tính ít nhất bằng `floor` % trung vị"
        }
        Kind::Peers => "như trên, so với trung vị của ít nhất `points` đơn vị khác cùng báo cáo biểu này",
        Kind::PeersPer => {
            "như trên, nhưng mỗi số được chia cho mẫu số tự nhiên của nó (dân số, diện tích: mẫu số của một chỉ tiêu tỷ lệ \
             có nó làm tử số) rồi tính trên 1.000; chỉ xét số thực hiện và số có đến cuối kỳ, mẫu số từ 1 trở lên; đủ số \
             đơn vị để so như vậy thì không so tổng số nữa"
        }
        Kind::OverPlan => {
            "đạt trên `percent` % kế hoạch tính đến kỳ (kế hoạch chia kỳ, nếu không có thì kế hoạch năm chia theo số \
             tháng); chỉ xét chỉ tiêu càng cao càng tốt"
        }
        Kind::UnderPlan => "đạt dưới `percent` % kế hoạch tính đến kỳ, tính như trên",
        Kind::Copy => "từ `percent` % trở lên trong ít nhất `rows` dòng giống hệt kỳ trước",
        Kind::Slip => {
            "gấp hoặc kém khoảng 10, 100, 1.000 lần (sai khác không quá `tolerance` %) so với trung vị của ít nhất \
             `points` kỳ trước, hoặc so với kỳ liền trước, hoặc so với cùng kỳ; khi đó không báo thêm các quy tắc so \
             trung vị"
        }
        Kind::Round => "từ `percent` % trở lên trong ít nhất `rows` số kết thúc bằng `zeros` chữ số 0",
        Kind::Missing => "dòng không bắt buộc để trống trong khi kỳ trước có số",
        Kind::BelowSum => "khác tổng của các đơn vị cấp dưới quá `tolerance` phần nghìn",
        Kind::PlanSum => "kế hoạch của đơn vị khác tổng kế hoạch đã giao cho cấp dưới quá `tolerance` phần nghìn",
        Kind::UnitGone => "đơn vị không còn tồn tại vào ngày cuối kỳ",
        Kind::UnitNotYet => "đơn vị chưa được thành lập vào ngày cuối kỳ",
        Kind::Nature => "số kém chắc chắn hơn số nó thay thế (ước thay cho chính thức)",
        Kind::Sample => "biểu có số mẫu",
    }
}
