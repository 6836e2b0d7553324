//! A unit and a round: who is entitled, almost, barred, whom a person must judge, who was not registered; quotas.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use thidua_app::eligibility::{
    Asked, Frame, Group, HonourTally, ListAsked, Listed, Names, Part as Rows, Row, list_part, units,
};
use thidua_base::code::OrgId;
use thidua_base::text::collate;
use thidua_domain::Refusal;
use thidua_domain::eligibility::{Lack, Prospect, Tier};
use thidua_domain::honour::DirectWorker;
use thidua_law::honour::{Dated, Quota, QuotaBase};

use super::{
    Cited, LawLine, Wanted, book_line, cited, honour_name, honour_options, law_line, overlay_line, prospect_word, said,
    word,
};
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, Link, options};
use crate::page::{Page, Part};
use crate::paging::{Paging, ROWS_A_PAGE};
use crate::paths;
use crate::site::{Ask, html};

/// The group of those entitled whom nobody registered.
const LEFT_OUT: &str = "unregistered";

/// A list.
#[derive(Debug, Template)]
#[template(path = "eligibility/list.html")]
pub struct ListPage {
    page: Page,
    to_start: &'static str,
    title: String,
    lead: String,
    refusal: String,
    wanted: Wanted,
    day: String,
    year: String,
    units: Vec<FilterOption>,
    honours: Vec<FilterOption>,
    to_compare: String,
    one: Option<OneList>,
    tallies: Vec<TallyRow>,
    subjects: usize,
    book: String,
}

/// The list of one honour.
#[derive(Debug)]
struct OneList {
    honour: Link,
    law: Option<LawLine>,
    groups: Vec<GroupLink>,
    rows: Vec<RowView>,
    paging: Paging,
    direct: String,
    quotas: Vec<QuotaView>,
}

#[derive(Debug)]
struct GroupLink {
    label: &'static str,
    href: String,
    count: usize,
    is_here: bool,
}

#[derive(Debug)]
struct RowView {
    name: String,
    href: String,
    unit: String,
    prospect: &'static str,
    class: &'static str,
    lacks: Vec<LackView>,
    more: String,
    earliest: String,
    registered: &'static str,
    is_left_out: bool,
    duty: &'static str,
    to_nominate: String,
}

#[derive(Debug)]
struct LackView {
    said: String,
    missing: String,
    cite: Cited,
}

#[derive(Debug)]
struct QuotaView {
    text: String,
    rounding: String,
    tie: String,
    /// The overlay it comes from; may be empty.
    overlay: String,
    cite: Cited,
    tiers: Vec<TierRow>,
}

#[derive(Debug)]
struct TierRow {
    unit: String,
    base: String,
    places: u32,
    held: u32,
    entitled: u32,
    result: String,
    class: &'static str,
}

#[derive(Debug)]
struct TallyRow {
    name: String,
    href: String,
    entitled: usize,
    not_registered: usize,
    almost: usize,
    ask: usize,
    barred: usize,
}

/// `GET /dieu-kien/danh-sach`
pub async fn page(ask: Ask, Query(wanted): Query<Wanted>) -> Result<Response, Fault> {
    let say = ask.messages();
    let unit = OrgId::parse(&wanted.unit).map_err(|_| Fault::NotFound)?;
    let asked = wanted.clone();
    let work = move |app: &thidua_app::App, by: &thidua_domain::Actor| {
        let (read, refusal) = match asked.asked(app, by) {
            Ok(read) => (read, None),
            Err(thidua_app::Error::Refused(refusal)) => (Asked::default(), Some(refusal)),
            Err(error) => return Err(error),
        };
        let rows = Rows {
            group: group_of(&asked.group),
            after: (asked.page.parse().unwrap_or(1_usize).max(1) - 1).saturating_mul(ROWS_A_PAGE),
            most: ROWS_A_PAGE,
            best_first: true,
        };
        let listed = list_part(app, by, &ListAsked { unit, below: asked.below == "1", asked: read }, rows)?;
        let units = units(app, by, listed.frame)?;
        let names = Names::of(&*app.book(by)?, listed.frame.on);
        Ok((listed, units, names, refusal))
    };
    let (house, (listed, units, names, refusal)) = ask.verb(work).await?;
    let page = ask.page(Part::Eligibility, say.get("eligibility.list-title"), &house);
    let mut response = html(&ListPage::of(page, say, &listed, &units, &names, wanted, refusal.as_ref()))?;
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl ListPage {
    fn of(
        page: Page,
        say: &'static Messages,
        listed: &Listed,
        units: &[(OrgId, String)],
        names: &Names,
        wanted: Wanted,
        refusal: Option<&Refusal>,
    ) -> Self {
        let Frame { on, year, .. } = listed.frame;
        let facts = [("year", &*year.to_string()), ("day", &*on.in_text()), ("count", &*listed.subjects.to_string())];
        let is_one = !wanted.honour.is_empty() && refusal.is_none();
        let units = units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let tally = listed.honours.first();
        let mut tallies: Vec<TallyRow> = match is_one {
            true => Vec::new(),
            false => listed.honours.iter().map(|tally| tally_row(say, names, tally, &wanted)).collect(),
        };
        tallies.sort_by(|a, b| collate(&a.name, &b.name));
        Self {
            to_start: paths::ELIGIBILITY,
            title: listed.unit_name.clone(),
            lead: say.with("eligibility.list-lead", &facts),
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            day: on.to_string(),
            year: year.to_string(),
            units: options(say.get("eligibility.choose-unit"), units, &wanted.unit),
            honours: honour_options(say, names, say.get("eligibility.every-honour"), &wanted.honour),
            to_compare: paths::with_query(
                paths::ELIGIBILITY_COMPARED,
                &[
                    ("don-vi", &wanted.unit),
                    ("duoi", &wanted.below),
                    ("danh-hieu", &wanted.honour),
                    ("ngay", &on.to_string()),
                    ("nam", &year.to_string()),
                ],
            ),
            one: tally.filter(|_| is_one).map(|tally| OneList::of(say, listed, tally, names, &wanted)),
            tallies,
            subjects: listed.subjects,
            book: book_line(say, &listed.book_hash),
            wanted,
            page,
        }
    }
}

/// The address of a list with one thing asked otherwise.
fn at<'w>(wanted: &'w Wanted, honour: &'w str, group: &'w str) -> Vec<(&'static str, &'w str)> {
    let [_, day, year, received] = wanted.query();
    let mut query =
        vec![("don-vi", &*wanted.unit), ("duoi", &*wanted.below), ("danh-hieu", honour), day, year, received];
    query.push(("nhom", group));
    query
}

fn tally_row(say: &'static Messages, names: &Names, tally: &HonourTally, wanted: &Wanted) -> TallyRow {
    TallyRow {
        name: honour_name(say, names, &tally.honour),
        href: paths::with_query(paths::ELIGIBLE_LIST, &at(wanted, tally.honour.as_str(), "")),
        entitled: tally.of(Prospect::Entitled),
        not_registered: tally.not_registered,
        almost: tally.of(Prospect::Almost),
        ask: tally.of(Prospect::Ask),
        barred: tally.of(Prospect::Barred),
    }
}

impl OneList {
    fn of(say: &'static Messages, listed: &Listed, tally: &HonourTally, names: &Names, wanted: &Wanted) -> Self {
        let code = tally.honour.as_str();
        let link = |group: &'static str, label, count| GroupLink {
            label,
            href: paths::with_query(paths::ELIGIBLE_LIST, &at(wanted, code, group)),
            count,
            is_here: wanted.group == group,
        };
        let everyone = tally.counts.iter().sum::<usize>() - tally.of(Prospect::Outside);
        let mut groups = vec![link("", say.get("eligibility.everyone"), everyone)];
        for group in Prospect::ALL.into_iter().filter(|one| *one != Prospect::Outside) {
            groups.push(link(group.word(), prospect_word(say, group).0, tally.of(group)));
        }
        groups.push(link(LEFT_OUT, say.get("eligibility.not-registered"), tally.not_registered));
        let paging = Paging::of(
            paths::ELIGIBLE_LIST,
            &at(wanted, code, &wanted.group),
            wanted.page.parse().unwrap_or(1),
            listed.of,
        );
        let shown = listed.rows.iter().map(|row| row_view(say, listed, row, names, wanted)).collect();
        let direct = listed.direct;
        let of = direct.direct + direct.leading + direct.unknown;
        Self {
            honour: Link {
                label: honour_name(say, names, &tally.honour),
                href: paths::with_query(&paths::honour(&tally.honour), &[("ngay", &listed.frame.on.to_string())]),
            },
            law: listed.law_date.as_ref().map(|law| law_line(say, names, law)),
            groups,
            rows: shown,
            paging,
            direct: match of {
                0 => String::new(),
                _ => say.with(
                    "eligibility.direct",
                    &[
                        ("direct", &direct.direct.to_string()),
                        ("all", &of.to_string()),
                        ("percent", &(100 * direct.direct / of).to_string()),
                        ("unknown", &direct.unknown.to_string()),
                    ],
                ),
            },
            quotas: listed.quotas.iter().map(|(row, tiers)| quota_view(say, listed, row, tiers, names)).collect(),
        }
    }
}

/// The group of an address; one that is not known is everyone.
fn group_of(word: &str) -> Group {
    match word {
        LEFT_OUT => Group::LeftOut,
        word => Prospect::parse(word).map_or(Group::Everyone, Group::Of),
    }
}

fn row_view(say: &'static Messages, listed: &Listed, row: &Row, names: &Names, wanted: &Wanted) -> RowView {
    let (prospect, class) = prospect_word(say, row.prospect);
    let day = listed.law_date.as_ref().map_or(listed.frame.on, |law| law.day);
    const SHOWN: usize = 3;
    let lack = |lack: &Lack| LackView {
        said: shortened(said(say, &lack.said)),
        missing: lack.missing.as_ref().map(|one| said(say, &one.said).to_owned()).unwrap_or_default(),
        cite: cited(say, names, &lack.cite, lack.confidence, day),
    };
    RowView {
        name: row.name.clone(),
        href: wanted.at(&paths::eligibility(row.kind, &row.id), &wanted.honour),
        unit: row.unit.as_ref().and_then(|unit| listed.unit_names.get(unit)).cloned().unwrap_or_else(|| "–".to_owned()),
        prospect,
        class,
        lacks: row.lacks.iter().take(SHOWN).map(lack).collect(),
        more: match row.lacks.len().saturating_sub(SHOWN) {
            0 if row.lacks.is_empty() && row.pending > 0 => {
                say.with("eligibility.pending", &[("count", &row.pending.to_string())])
            }
            0 => String::new(),
            more => say.with("eligibility.and-more", &[("count", &more.to_string())]),
        },
        earliest: match row.earliest.filter(|year| *year > listed.frame.year) {
            Some(year) => year.to_string(),
            None => "–".to_owned(),
        },
        registered: match (row.has_it, row.is_registered) {
            (true, _) => say.get("eligibility.has-it"),
            (false, true) => say.get("eligibility.is-registered"),
            (false, false) => say.get("eligibility.is-not-registered"),
        },
        is_left_out: row.is_left_out(),
        to_nominate: if listed.nominates && !row.has_it {
            paths::with_query(paths::NOMINATE, &[("doi-tuong", row.id.as_str()), ("danh-hieu", &wanted.honour)])
        } else {
            String::new()
        },
        duty: match row.duty {
            Some(DirectWorker::Direct) => say.get("eligibility.duty-direct"),
            Some(DirectWorker::Leading) => say.get("eligibility.duty-leading"),
            None => "–",
        },
    }
}

/// The beginning of a long sentence; the whole stands on the subject's page.
fn shortened(text: &str) -> String {
    const CHARS: usize = 110;
    if text.chars().count() <= CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(CHARS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

fn quota_view(say: &'static Messages, listed: &Listed, row: &Dated<Quota>, tiers: &[Tier], names: &Names) -> QuotaView {
    let quota = &row.what;
    let base = match &quota.base {
        QuotaBase::Words(words) => said(say, words).to_owned(),
        QuotaBase::Honours(codes) => {
            codes.iter().map(|code| honour_name(say, names, code)).collect::<Vec<_>>().join(", ")
        }
    };
    QuotaView {
        text: say.with("eligibility.quota", &[("percent", &quota.percent.to_string()), ("base", &base)]),
        rounding: say.with("eligibility.rounding", &[("rule", word(say, quota.rounding))]),
        overlay: overlay_line(say, &names.overlays, &row.cite),
        tie: quota.tie.as_ref().map(|tie| said(say, tie).to_owned()).unwrap_or_default(),
        cite: cited(say, names, &row.cite, row.confidence, listed.frame.on),
        tiers: tiers.iter().map(|tier| tier_row(say, listed, tier)).collect(),
    }
}

fn tier_row(say: &'static Messages, listed: &Listed, tier: &Tier) -> TierRow {
    let (left, to_vote, over) = (tier.left.to_string(), tier.to_vote.to_string(), tier.over.to_string());
    let (result, class) = if tier.over > 0 {
        (say.with("eligibility.over", &[("count", &over)]), "bad")
    } else if tier.to_vote > 0 {
        (say.with("eligibility.to-vote", &[("count", &to_vote), ("left", &left)]), "warn")
    } else if tier.left == 0 && tier.count.entitled > 0 {
        (say.get("eligibility.no-place").to_owned(), "bad")
    } else {
        (say.with("eligibility.all-fit", &[("left", &left)]), "good")
    };
    TierRow {
        unit: listed.unit_names.get(&tier.unit).cloned().unwrap_or_else(|| tier.unit.to_string()),
        base: format!("{} + {}", tier.count.base_held, tier.count.base_entitled),
        places: tier.places,
        held: tier.count.held,
        entitled: tier.count.entitled,
        result,
        class,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ListPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_app::eligibility::{Direct, check_record};
        use thidua_base::code::HonourCode;
        use thidua_domain::eligibility::{TierCount, lacks, tier};
        use thidua_domain::honour::Subject;
        use thidua_domain::subject::SubjectId;
        use thidua_law::honour::on_day;
        let page = frame(Part::Eligibility, lang);
        let say = page.messages();
        let book = thidua_law::Book::shipped().unwrap();
        let (record, at) = super::sample::record("2024-12-20");
        let code = HonourCode::parse("chien-si-thi-dua-co-so").unwrap();
        let answer = check_record(book, &record, at, Some(&code)).unwrap().remove(0);
        let unit = OrgId::parse("x").unwrap();
        let row = |number: usize, shown: Prospect| Row {
            id: SubjectId::parse(&format!("s-{number}")).unwrap(),
            kind: Subject::Individual,
            name: LONG_NAME.to_owned(),
            unit: Some(unit.clone()).filter(|_| number > 1),
            prospect: shown,
            lacks: if shown == Prospect::Entitled { Vec::new() } else { lacks(&answer) },
            earliest: Some(at.year + 1),
            pending: 1,
            is_registered: number == 2,
            has_it: number == 3,
            duty: [None, Some(DirectWorker::Direct), Some(DirectWorker::Leading)][number % 3],
        };
        let rows: Vec<Row> = (0..120).map(|number| row(number, Prospect::ALL[number % 4])).collect();
        let honour = book.honour(&code).unwrap();
        let quotas_of = thidua_base::Date::parse("2020-12-20").unwrap();
        let count = |held, entitled| TierCount { base_held: 30, base_entitled: 12, held, entitled };
        let tiers = [(0, 2), (0, 9), (6, 3), (9, 0)].map(|(held, entitled)| {
            let quota = on_day(&honour.procedure.quotas, quotas_of).next().unwrap();
            tier(unit.clone(), quota.what.percent, quota.what.rounding, count(held, entitled))
        });
        let empty = Listed {
            unit: unit.clone(),
            unit_name: LONG_NAME.to_owned(),
            frame: at,
            subjects: 0,
            honours: Vec::new(),
            rows: Vec::new(),
            of: 0,
            law_date: None,
            quotas: Vec::new(),
            direct: Direct::default(),
            unit_names: [(unit.clone(), LONG_NAME.to_owned())].into(),
            book_hash: book.hash().to_owned(),
            nominates: true,
        };
        let tally = HonourTally { honour: code.clone(), counts: [30, 30, 30, 30, 0], not_registered: 7 };
        let full = Listed {
            subjects: 120,
            honours: vec![tally.clone()],
            law_date: Some(answer.law_date.clone()),
            quotas: on_day(&honour.procedure.quotas, quotas_of).map(|row| (row.clone(), tiers.to_vec())).collect(),
            direct: Direct { direct: 3, leading: 1, unknown: 1 },
            rows: rows[..ROWS_A_PAGE].to_vec(),
            of: rows.len(),
            ..empty.clone()
        };
        let nobody =
            Listed { rows: Vec::new(), of: 0, quotas: Vec::new(), honours: vec![tally.clone()], ..full.clone() };
        let units = [(unit, LONG_NAME.to_owned())];
        let names = Names::of(book, at.on);
        let one = Wanted { honour: code.to_string(), unit: "x".into(), below: "1".into(), ..Wanted::default() };
        let last = Wanted { page: "3".into(), group: "entitled".into(), ..one.clone() };
        let show = |listed: &Listed, wanted: Wanted, refusal: Option<&Refusal>| {
            Self::of(page.clone(), say, listed, &units, &names, wanted, refusal)
        };
        vec![
            show(&empty, Wanted::default(), Some(&Refusal::NothingChosen)),
            show(&Listed { subjects: 4, ..empty.clone() }, Wanted::default(), None),
            show(&nobody, one.clone(), None),
            show(&full, one, None),
            show(&full, last, None),
            show(&Listed { rows: Vec::new(), ..full.clone() }, Wanted::default(), None),
        ]
    }
}
