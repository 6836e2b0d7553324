//! Funds that pay bonuses: what came in, what is held, what is free.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::decision::{FundSeen, enter_fund_money, funds, open_fund};
use thidua_app::{App, Error};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::decision::FundId;
use thidua_domain::refusal::DecisionFault;
use thidua_domain::{Actor, Refusal};

use super::{money, typed_money};
use crate::fault::Fault;
use crate::movement::{Fields, answered, said};
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The funds.
#[derive(Debug, Template)]
#[template(path = "decision/fund.html")]
pub struct FundsPage {
    page: Page,
    refusal: String,
    form_token: String,
    rows: Vec<Row>,
    units: Vec<FilterOption>,
    kept: Vec<FilterOption>,
    year: String,
    day: String,
}

#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    unit: String,
    year: i16,
    received: String,
    committed: String,
    paid: String,
    free: String,
    entries: Vec<EntryRow>,
}

#[derive(Debug)]
struct EntryRow {
    day: String,
    number: String,
    vnd: String,
    note: String,
    by: String,
}

/// What the page is made of.
struct Found {
    funds: Vec<FundSeen>,
    units: Vec<(OrgId, String)>,
    today: Date,
}

/// `GET /quy-khen-thuong`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None).await
}

/// `POST /quy-khen-thuong`
pub async fn submit(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, Some(Refusal::StaleForm)).await;
    }
    match ask.file(move |app, by| done(app, by, &fields)).await {
        Ok(()) => Ok(Redirect::to(paths::FUNDS).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<(), Error> {
    let absent = || Error::NotFound("fund");
    match fields.get("viec") {
        "mo-quy" => {
            let year = fields.get("nam");
            let unit = OrgId::parse(fields.get("don-vi")).map_err(|_| absent())?;
            let year = year.parse().map_err(|_| DecisionFault::BadYear { asked: year.to_owned() })?;
            open_fund(app, by, &unit, year, fields.get("ten")).map(drop)
        }
        "kinh-phi" => {
            let id = FundId::parse(fields.get("quy")).map_err(|_| absent())?;
            let all = funds(app, by)?;
            let fund = all.iter().find(|one| one.fund.id == id).ok_or_else(absent)?;
            let paper = (fields.get("so"), fields.day("ngay")?);
            let vnd = typed_money(fields.get("so-tien"))?;
            enter_fund_money(app, by, (&fund.fund.unit, &id), vnd, paper, fields.get("noi-dung"))
        }
        _ => Err(absent()),
    }
}

async fn shown(ask: &Ask, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let (house, found) = ask
        .verb(|app, by| {
            let all = funds(app, by)?;
            let units = thidua_app::decision::choices(app, by)?.issuers;
            let keeps = |unit: &OrgId| may(by, Verb::KeepFund, Thing::Unit(unit)).is_granted();
            let units = units.into_iter().filter(|(unit, _)| keeps(unit)).collect();
            Ok(Found { funds: all, units, today: app.clock.now().date_in_vietnam() })
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Decisions, say.get("decision.funds"), &house);
    let mut view = FundsPage::of(page, &found, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl FundsPage {
    fn to_list(&self) -> &'static str {
        paths::DECISIONS
    }

    fn address(&self) -> &'static str {
        paths::FUNDS
    }

    fn of(page: Page, found: &Found, form_token: String) -> Self {
        let option = |(value, label): (String, String)| FilterOption { value, label, is_chosen: false };
        let label = |fund: &FundSeen| format!("{}: {}", fund.fund.year, fund.fund.name);
        Self {
            refusal: String::new(),
            form_token,
            rows: found.funds.iter().map(row).collect(),
            units: found.units.iter().map(|(id, name)| option((id.to_string(), name.clone()))).collect(),
            kept: found
                .funds
                .iter()
                .filter(|fund| fund.keeps)
                .map(|fund| option((fund.fund.id.to_string(), label(fund))))
                .collect(),
            year: found.today.year().to_string(),
            day: found.today.to_string(),
            page,
        }
    }
}

fn row(seen: &FundSeen) -> Row {
    let entries = seen.fund.entries.iter().map(|entry| EntryRow {
        day: entry.on.in_table(),
        number: entry.number.clone(),
        vnd: money(entry.vnd),
        note: entry.note.clone(),
        by: entry.by.clone(),
    });
    Row {
        id: seen.fund.id.to_string(),
        name: seen.fund.name.clone(),
        unit: seen.unit_name.clone(),
        year: seen.fund.year,
        received: money(seen.fund.total()),
        committed: money(seen.commitment.committed),
        paid: money(seen.commitment.paid),
        free: money(seen.free()),
        entries: entries.collect(),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FundsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::decision::{Fund, FundEntry};
        let today = Date::parse("2020-07-05").unwrap();
        let of = |names: &[&str], refusal: &str| {
            let funds = names.iter().enumerate().map(|(at, name)| FundSeen {
                fund: Fund {
                    id: FundId::parse(&format!("quy-{at}")).unwrap(),
                    unit: OrgId::parse("h-397").unwrap(),
                    year: 2020,
                    name: (*name).into(),
                    entries: vec![FundEntry {
                        vnd: 300_000_000,
                        number: "01/QĐ-UBND".into(),
                        on: today,
                        note: (*name).into(),
                        by: "Lê Văn A".into(),
                        at: thidua_base::Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
                    }],
                },
                unit_name: (*name).into(),
                commitment: thidua_app::decision::Commitment { committed: 894_000, paid: 447_000 },
                keeps: true,
            });
            let units = vec![(OrgId::parse("h-397").unwrap(), "Huyện Triệu Sơn".to_owned())];
            let found = Found { funds: funds.collect(), units, today };
            let view = Self::of(frame(Part::Decisions, lang), &found, "0-0".into());
            Self { refusal: refusal.into(), ..view }
        };
        vec![of(&[], ""), of(&["Quỹ thi đua, khen thưởng", LONG_NAME], LONG_NAME)]
    }
}
