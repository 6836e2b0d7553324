//! Funds that pay bonuses: opened, filled, read.

use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::decision::{Fund, FundEntry, FundId};
use thidua_domain::refusal::DecisionFault;
use thidua_store as store;
use thidua_store::decision::Commitment;

use super::desk::{fund, overtaken, scope_of, tidy};
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A fund with what it has promised and paid.
#[derive(Debug, Clone)]
pub struct FundSeen {
    /// The fund.
    pub fund: Fund,
    /// The name of its unit.
    pub unit_name: String,
    /// What it has promised and paid.
    pub commitment: Commitment,
    /// Whether the actor may enter money.
    pub keeps: bool,
}

impl FundSeen {
    /// What is free, in đồng.
    pub fn free(&self) -> i64 {
        self.fund.total().saturating_sub(self.commitment.committed)
    }
}

/// Opens a fund of a unit for a budget year.
///
/// # Errors
/// [`Error::NotFound`]; [`DecisionFault::NoTitle`], [`DecisionFault::BadYear`], [`DecisionFault::FundExists`].
pub fn open_fund(app: &App, by: &Actor, unit: &OrgId, year: i16, name: &str) -> Result<FundId, Error> {
    permit(by, Verb::KeepFund, Thing::Unit(unit), "unit")?;
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let ground = app.ground(&mut tx, &thidua_domain::Scope::whole(by.scope.tenant.clone()))?;
    ground.units.on(unit, today).ok_or(Error::NotFound("unit"))?;
    let name = tidy(name);
    if name.is_empty() {
        return Err(DecisionFault::NoTitle.into());
    }
    if name.chars().count() > thidua_domain::subject::NAME_CHARS_MAX {
        return Err(thidua_domain::Refusal::LongText { most: thidua_domain::subject::NAME_CHARS_MAX }.into());
    }
    if !(thidua_domain::subject::YEAR_MIN..=today.year() + 1).contains(&year) {
        return Err(DecisionFault::BadYear { asked: year.to_string() }.into());
    }
    let id = FundId::parse(&format!("quy-{}", hex(&app.entropy.bytes::<12>()?)));
    let id = id.map_err(|why| Error::Internal(why.into()))?;
    let made = Fund { id: id.clone(), unit: unit.clone(), year, name: name.clone(), entries: Vec::new() };

    store::fund::insert(&mut tx, &by.scope.tenant, &made).map_err(|error| match error {
        store::Error::Clash(_) => DecisionFault::FundExists { name: name.clone() }.into(),
        other => Error::from(other),
    })?;
    store::audit::append(&mut tx, by, now, "open-fund", &format!("fund:{id}"), &format!("{unit} {year}: {name}"))?;
    tx.commit()?;
    Ok(id)
}

/// Enters money that came into a fund, or was taken out of it for something else (below zero); `entry.by` and `entry.at`
/// are those of the actor and now.
///
/// # Errors
/// [`Error::NotFound`]; what [`Fund::judge`] refuses.
pub fn enter_fund_money(
    app: &App,
    by: &Actor,
    (unit, id): (&OrgId, &FundId),
    vnd: i64,
    (number, on): (&str, thidua_base::Date),
    note: &str,
) -> Result<(), Error> {
    permit(by, Verb::KeepFund, Thing::Unit(unit), "fund")?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let (held, committed) = fund(&mut tx, by, unit, id)?;
    if on > now.date_in_vietnam() {
        return Err(DecisionFault::DayAhead { on }.into());
    }
    let entry = FundEntry { vnd, number: tidy(number), on, note: tidy(note), by: by.name.clone(), at: now };
    held.judge(&entry, committed)?;

    store::fund::append(&mut tx, &by.scope.tenant, &held, &entry).map_err(overtaken)?;
    let detail = format!("{vnd} đồng by {} on {on}", entry.number);
    store::audit::append(&mut tx, by, now, "enter-fund-money", &format!("fund:{id}"), &detail)?;
    tx.commit()?;
    Ok(())
}

/// The funds of the actor's units, the latest year first.
///
/// # Errors
/// [`Error::NotFound`] where they read of none.
pub fn funds(app: &App, by: &Actor) -> Result<Vec<FundSeen>, Error> {
    let scope = scope_of(by, Verb::ReadDecisions)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &thidua_domain::Scope::whole(by.scope.tenant.clone()))?;
        let commitments = store::decision::commitments(tx, &by.scope.tenant, None)?;
        let funds = store::fund::funds(tx, &scope)?;
        let seen = funds.into_iter().map(|fund| FundSeen {
            unit_name: ground.units.name_on(&fund.unit, today),
            commitment: commitments.get(&fund.id).copied().unwrap_or_default(),
            keeps: thidua_domain::actor::may(by, Verb::KeepFund, Thing::Unit(&fund.unit)).is_granted(),
            fund,
        });
        Ok(seen.collect())
    })
}
