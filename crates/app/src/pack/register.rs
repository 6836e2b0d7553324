//! A pack that holds units only: a public register that is loaded into a tenant's own history.

use thidua_base::code::{TenantId, kind};
use thidua_domain::Refusal;
use thidua_domain::org::History;
use thidua_domain::refusal::PackFault;

use super::known::Known;
use super::record::Record;
use super::rows::org;
use super::{Files, Said, Texts, files, said, shipped, toml_file};

/// A register of units, read and checked; nothing of it is stored yet.
#[derive(Debug, Clone)]
pub struct UnitRegister {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub name: Said,
    /// The tenant made for it where a database has none.
    pub tenant: TenantId,
    /// The name of that tenant.
    pub tenant_name: String,
    /// What it is taken from, and what is missing in it.
    pub note: Said,
    /// SHA-256 of its files, in hexadecimal.
    pub hash: String,
    /// Units by version, places, events, shares.
    pub history: History,
}

/// What a pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// All that a unit reports.
    Report,
    /// Units only.
    Units,
}

/// The files that tell of units, in every pack.
pub const UNIT_FILES: [&str; 5] = ["units.csv", "edges.csv", "events.csv", "links.csv", "shares.csv"];

/// Every file of a register.
pub const REGISTER_FILES: [&str; 6] =
    ["pack.toml", UNIT_FILES[0], UNIT_FILES[1], UNIT_FILES[2], UNIT_FILES[3], UNIT_FILES[4]];

/// What the pack says it holds.
///
/// # Errors
/// [`Refusal::BrokenPack`] where its head cannot be read.
pub fn holds(files: &Files) -> Result<Holds, Refusal> {
    let head = toml_file::record("pack.toml", &files.text("pack.toml")?)?;
    head.one_of("holds", &[("", Holds::Report), ("units", Holds::Units)])
}

/// Reads a register whole.
///
/// # Errors
/// [`Refusal::BrokenPack`] with the first fault found.
pub fn read_units(files: &Files) -> Result<UnitRegister, Refusal> {
    let texts = Texts::of(files, &REGISTER_FILES)?;
    let history = history(&texts, &History::default())?;
    org::consistent(&history)?;
    let head = texts.toml("pack.toml")?;
    head.only(&["code", "holds", "name", "tenant", "note"])?;
    head.one_of("holds", &[("units", ())])?;
    let tenant = head.record("tenant")?;
    tenant.only(&["id", "name"])?;
    Ok(UnitRegister {
        code: head.text("code")?.to_owned(),
        name: said(&head, "name")?,
        tenant: tenant.code("id")?,
        tenant_name: tenant.text("name")?.to_owned(),
        note: said(&head, "note")?,
        hash: files::hash(&texts.files),
        history,
    })
}

/// The units of a pack and the codes they bear: its own, and those about a unit of a register inside the program
/// where the head names one. The pack's own word stands where both speak of a unit.
pub(super) fn history_of_pack(texts: &Texts, head: &Record) -> Result<(History, Known<kind::Org>), Refusal> {
    let borrowed =
        if head.fields.contains_key("register") { about(head.record("register")?)? } else { History::default() };
    let own = history(texts, &borrowed)?;
    let additions = own.lacking(&borrowed);
    let all = own.with(additions);
    org::consistent(&all)?;
    let known = Known::of(all.units.iter().map(|unit| unit.id.clone()));
    Ok((all, known))
}

/// The part of a register that a head names.
fn about(named: &Record) -> Result<History, Refusal> {
    named.only(&["pack", "about"])?;
    let code = named.text("pack")?;
    let files = shipped(code).filter(|files| holds(files) == Ok(Holds::Units));
    let files = files.ok_or_else(|| named.fault("pack", PackFault::Dangling(code.to_owned())))?;
    let history = read_units(&files)?.history;
    let bearers = Known::of(history.units.iter().map(|unit| unit.id.clone()));
    Ok(history.about(&bearers.resolve(named, "about")?))
}

/// The units that the files of a pack hold; arrows and places may name those of another history as well.
fn history(texts: &Texts, other: &History) -> Result<History, Refusal> {
    let csv = |file: &'static str, columns| -> Result<Vec<Record>, Refusal> { texts.csv(file, columns) };
    let units = org::units(&csv("units.csv", org::UNITS)?)?;
    let known = Known::of(units.iter().chain(&other.units).map(|unit| unit.id.clone()));
    Ok(History {
        edges: org::edges(&csv("edges.csv", org::EDGES)?, &known)?,
        events: org::events(&csv("events.csv", org::EVENTS)?, &csv("links.csv", org::LINKS)?, &known)?,
        shares: org::shares(&csv("shares.csv", org::SHARES)?, &known)?,
        units,
    })
}
