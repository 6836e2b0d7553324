//! The pledge of a unit (giao ước thi đua): what it pledges, the titles and the figures it registers.

use thidua_base::Date;
use thidua_domain::movement::Movement;

use super::{TargetLine, called, listed, targets, typed};
use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, section, text};

/// What a pledge is made from.
#[derive(Debug, Clone)]
pub struct PledgeOf<'a> {
    /// The unit as a body that signs.
    pub house: House,
    /// Who signed, or signs.
    pub signature: Signature,
    /// The day of the signature; `None` while it is not signed.
    pub signed_on: Option<Date>,
    /// The day whose layout holds.
    pub dated: Date,
    /// The movement.
    pub movement: &'a Movement,
    /// The name of who launched it.
    pub launcher: &'a str,
    /// The name of the unit.
    pub unit: &'a str,
    /// What it pledges, in words.
    pub text: &'a str,
    /// The titles it registers for.
    pub titles: Vec<String>,
    /// The figures it registers.
    pub targets: Vec<TargetLine>,
    /// What is stamped on it.
    pub stamps: Vec<Stamp>,
}

/// The pledge.
pub fn pledge(of: PledgeOf<'_>) -> Paper {
    let name = called(of.movement);
    let launched = if of.launcher.is_empty() { String::new() } else { format!(" do {} phát động", of.launcher) };
    let opening = format!("Hưởng ứng {name}{launched}, {} đăng ký và giao ước thi đua với các nội dung sau:", of.unit);
    let mut body = vec![paragraph(text(opening))];
    if !of.text.trim().is_empty() {
        body.push(section("noi-dung", "Nội dung giao ước", typed(of.text).collect()));
    }
    if !of.titles.is_empty() {
        body.push(section("danh-hieu", "Danh hiệu thi đua đăng ký", listed(&of.titles, dash)));
    }
    if !of.targets.is_empty() {
        body.push(section("chi-tieu", "Chỉ tiêu đăng ký", vec![targets(&of.targets, false)]));
    }
    body.push(paragraph(text(format!("{} cam kết thực hiện đầy đủ các nội dung đã đăng ký./.", of.unit))));
    let mut recipients = Vec::new();
    if !of.launcher.is_empty() {
        recipients.push(of.launcher.to_owned());
    }
    recipients.push("Lưu: VT".to_owned());
    Paper {
        kind: Kind::Pledge,
        house: of.house,
        number: None,
        issued_on: of.signed_on,
        dated: of.dated,
        about: text(format!("Hưởng ứng {name}")),
        addressees: Vec::new(),
        body,
        recipients,
        signature: of.signature,
        beside: None,
        annexes: Vec::new(),
        stamps: of.stamps,
    }
}
