//! Renders every page with every sample, in both languages, and holds the HTML against the house rules.

use askama::Template;

use crate::messages::{Lang, MISSING};
use crate::sampled::Sampled;
use crate::{
    account, audit, cluster, collection, council, decision, dossier, eligibility, exemplar, fault_page, finding, home,
    indicator, instrument, movement, notice, org, plan, report, subject,
};

#[test]
fn every_page_renders_every_sample() {
    check::<home::Home>("home");
    check::<report::list::List>("report/list");
    check::<report::show::Show>("report/show");
    check::<report::remarks::Remarks>("report/remarks");
    check::<indicator::list::List>("indicator/list");
    check::<indicator::show::Show>("indicator/show");
    check::<indicator::standard::StandardPage>("indicator/standard");
    check::<indicator::passport::PassportPage>("indicator/passport");
    check::<collection::list::List>("collection/list");
    check::<collection::matrix::MatrixPage>("collection/matrix");
    check::<collection::forms::FormsPage>("collection/forms");
    check::<collection::form::FormPage>("collection/form");
    check::<collection::sheet::SheetPage>("collection/sheet");
    check::<collection::evidence::EvidencePage>("collection/evidence");
    check::<collection::import::ImportPage>("collection/import");
    check::<collection::import_preview::PreviewPage>("collection/import_preview");
    check::<collection::board::BoardPage>("collection/board");
    check::<plan::list::PlansPage>("plan/list");
    check::<plan::show::PlanPage>("plan/show");
    check::<plan::document::DocumentPage>("plan/document");
    check::<council::list::List>("council/list");
    check::<council::compose::Compose>("council/compose");
    check::<council::call::Call>("council/call");
    check::<council::show::Show>("council/show");
    check::<council::room::RoomPage>("council/room");
    check::<council::receipt::ReceiptPage>("council/receipt");
    check::<movement::list::List>("movement/list");
    check::<movement::show::Show>("movement/show");
    check::<movement::add::Add>("movement/add");
    check::<movement::terms::TermsPage>("movement/terms");
    check::<movement::pledge::PledgePage>("movement/pledge");
    check::<movement::review::ReviewPage>("movement/review");
    check::<movement::survey::OverlapsPage>("movement/overlaps");
    check::<movement::survey::CoveragePage>("movement/coverage");
    check::<movement::census::CensusPage>("movement/census");
    check::<cluster::list::List>("cluster/list");
    check::<cluster::year::YearPage>("cluster/year");
    check::<cluster::sheet::SheetPage>("cluster/sheet");
    check::<cluster::matrix::MatrixPage>("cluster/matrix");
    check::<cluster::ranking::RankingPage>("cluster/ranking");
    check::<cluster::suppose::SupposePage>("cluster/suppose");
    check::<decision::register::RegisterPage>("decision/register");
    check::<decision::list::DecisionsPage>("decision/list");
    check::<decision::write::WritePage>("decision/write");
    check::<decision::show::ShowPage>("decision/show");
    check::<decision::unpaid::UnpaidPage>("decision/unpaid");
    check::<decision::fund::FundsPage>("decision/fund");
    check::<dossier::list::List>("dossier/list");
    check::<dossier::board::BoardPage>("dossier/board");
    check::<dossier::board::PreparedPage>("dossier/prepared");
    check::<dossier::nominate::NominatePage>("dossier/nominate");
    check::<dossier::show::Show>("dossier/show");
    check::<dossier::report::ReportPage>("dossier/report");
    check::<dossier::notices::NoticesPage>("dossier/notices");
    check::<subject::list::SubjectsPage>("subject/list");
    check::<subject::show::SubjectPage>("subject/show");
    check::<subject::form::FormPage>("subject/form");
    check::<subject::duplicates::DuplicatesPage>("subject/duplicates");
    check::<subject::merge::MergePage>("subject/merge");
    check::<subject::award_list::AwardListPage>("subject/award_list");
    check::<subject::award_preview::AwardPreviewPage>("subject/award_preview");
    check::<exemplar::list::List>("exemplar/list");
    check::<exemplar::show::Show>("exemplar/show");
    check::<exemplar::propose::ProposePage>("exemplar/propose");
    check::<exemplar::import::ImportPage>("exemplar/import");
    check::<exemplar::import::ImportPreviewPage>("exemplar/import_preview");
    check::<finding::list::List>("finding/list");
    check::<eligibility::start::StartPage>("eligibility/start");
    check::<eligibility::subject::SubjectPage>("eligibility/subject");
    check::<eligibility::list::ListPage>("eligibility/list");
    check::<eligibility::compare::ComparePage>("eligibility/compare");
    check::<eligibility::honours::HonoursPage>("eligibility/honours");
    check::<eligibility::law_book::LawBookPage>("eligibility/law_book");
    check::<eligibility::honour::HonourPage>("eligibility/honour");
    check::<instrument::list::List>("instrument/list");
    check::<instrument::show::Show>("instrument/show");
    check::<org::list::List>("org/list");
    check::<org::show::UnitPage>("org/show");
    check::<audit::journal::Journal>("audit/journal");
    check::<account::sign_in::SignInPage>("account/sign_in");
    check::<account::show::Show>("account/show");
    check::<account::password::PasswordPage>("account/password");
    check::<account::code::CodePage>("account/code");
    check::<account::second_factor::FactorPage>("account/second_factor");
    check::<account::keys::KeysPage>("account/keys");
    check::<account::second_factor::CodesPage>("account/recovery_codes");
    check::<account::list::AccountsPage>("account/list");
    check::<account::manage::ManagePage>("account/manage");
    check::<notice::due::DuePage>("notice/due");
    check::<fault_page::FaultPage>("fault");
}

fn check<P: Sampled + Template>(name: &str) {
    for lang in [Lang::Vi, Lang::En] {
        let samples = P::samples(lang);
        assert!(samples.len() > 1, "{name} needs an empty sample and a full one");
        for (number, sample) in samples.iter().enumerate() {
            let html = sample.render().unwrap();
            let faults = faults(&html, lang);
            assert!(faults.is_empty(), "{name}, sample {number}, {}:\n{}", lang.code(), faults.join("\n"));
        }
    }
}

/// Everything that is wrong with a page.
fn faults(html: &str, lang: Lang) -> Vec<String> {
    let mut faults = Vec::new();
    let elements = match elements(html) {
        Ok(elements) => elements,
        Err(fault) => return vec![fault],
    };
    let named = |name: &str| elements.iter().filter(|e| e.name == name).collect::<Vec<_>>();
    for once in ["h1", "main"] {
        if named(once).len() != 1 {
            faults.push(format!("{} times <{once}>", named(once).len()));
        }
    }
    if named("html").iter().all(|e| e.attribute("lang") != Some(lang.code())) {
        faults.push("the root does not name the language".to_owned());
    }
    if html.contains(MISSING) {
        faults.push("a sentence is missing".to_owned());
    }
    let mut ids: Vec<&str> = elements.iter().filter_map(|e| e.attribute("id")).collect();
    ids.sort_unstable();
    faults.extend(ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("two ids '{}'", pair[0])));
    let labelled: Vec<&str> = named("label").iter().filter_map(|e| e.attribute("for")).collect();
    for field in ["input", "select", "textarea"].iter().flat_map(|name| named(name)) {
        let by_heads = field
            .attribute("aria-labelledby")
            .is_some_and(|heads| heads.split(' ').all(|head| ids.binary_search(&head).is_ok()));
        let has_label = by_heads || field.attribute("id").is_some_and(|id| labelled.contains(&id));
        if field.attribute("type") != Some("hidden") && !has_label {
            faults.push(format!("a field without a label: {:?}", field.attributes));
        }
    }
    for element in &elements {
        if element.attribute("style").is_some() || element.attributes.iter().any(|(name, _)| name.starts_with("on")) {
            faults.push(format!("style or script inside <{}>", element.name));
        }
        for (name, value) in &element.attributes {
            let leads_out = matches!(name.as_str(), "href" | "src" | "action") && value.contains("//");
            if leads_out {
                faults.push(format!("a page asks another site: {value}"));
            }
        }
        if element.name == "th" && element.attribute("scope").is_none() {
            faults.push("a header cell without scope".to_owned());
        }
        // An empty cell would be read as zero or as a fault; only cells of bars, those with a field and those that
        // are filled in by what happens may be empty.
        let is_cell = matches!(element.name.as_str(), "td" | "th" | "dd");
        if is_cell && element.text.trim().is_empty() && !element.is_filled() {
            faults.push(format!("an empty cell: {:?}", element.attributes));
        }
    }
    faults
}

/// An element with its attributes and all text inside it.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    has_field: bool,
}

impl Element {
    fn is_filled(&self) -> bool {
        let class = self.attribute("class").unwrap_or_default();
        self.has_field || ["bar-cell", "mark-cell", "message-cell"].contains(&class)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

const VOID: [&str; 6] = ["meta", "link", "input", "img", "br", "hr"];

/// Reads a page as strictly as XML would, but for void elements and attributes without a value.
fn elements(html: &str) -> Result<Vec<Element>, String> {
    let mut done: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").ok_or("no doctype")?;
    while let Some((text, tail)) = rest.split_once('<') {
        for at in &open {
            done[*at].text.push_str(text);
        }
        let (tag, after) = tail.split_once('>').ok_or("a tag is not closed")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let top = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if done[top].name != name {
                return Err(format!("</{name}> closes <{}>", done[top].name));
            }
            continue;
        }
        let (tag, closes_itself) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let attributes = attributes_of(attributes)?;
        if ["input", "select", "textarea"].contains(&name) {
            open.iter().for_each(|at| done[*at].has_field = true);
        }
        let element = Element { name: name.to_owned(), attributes, text: String::new(), has_field: false };
        done.push(element);
        if !closes_itself && !VOID.contains(&name) {
            open.push(done.len() - 1);
        }
    }
    match open.last() {
        None => Ok(done),
        Some(last) => Err(format!("<{}> is not closed", done[*last].name)),
    }
}

fn attributes_of(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        let Some(quoted) = tail.strip_prefix("=\"") else {
            if tail.starts_with('=') {
                return Err(format!("an unquoted attribute: {text}"));
            }
            out.push((name.to_owned(), String::new()));
            rest = tail.trim_start();
            continue;
        };
        let (value, after) = quoted.split_once('"').ok_or_else(|| format!("an attribute is not closed: {text}"))?;
        out.push((name.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(out)
}

#[test]
fn the_page_of_a_failure_keeps_the_cause_to_itself() {
    for page in fault_page::FaultPage::samples(Lang::Vi) {
        assert!(!page.render().unwrap().contains("secret"));
    }
}

#[test]
fn the_reader_of_pages_finds_what_is_wrong() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html lang=\"vi\"><head><title>x</title></head><body><main><h1>x</h1>{body}</main></body></html>"
        )
    };
    assert!(faults(&page("<p>x</p>"), Lang::Vi).is_empty());
    for wrong in [
        "<p>x",
        "<h1>y</h1>",
        "<input id=\"a\" name=\"a\">",
        "<table><tbody><tr><td></td></tr></tbody></table>",
        "<a href=\"https://x\">x</a>",
        "<p style=\"color:red\">x</p>",
        "<p id=\"a\">x</p><p id=\"a\">y</p>",
        "<table><tbody><tr><th>x</th></tr></tbody></table>",
        MISSING,
    ] {
        assert!(!faults(&page(wrong), Lang::Vi).is_empty(), "{wrong}");
    }
    assert!(!faults(&page(""), Lang::En).is_empty());
}
