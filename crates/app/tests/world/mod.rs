//! The founding data in memory, and ways to look at a paper made from it.

#![allow(dead_code, reason = "each test binary uses its own part")]

use thidua_app::pack::{Pack, load, read, shipped};
use thidua_app::{App, Clock};
use thidua_base::Timestamp;
use thidua_base::code::ReportId;
use thidua_domain::Actor;
use thidua_law::Book;
use thidua_paper::tree::{Block, Document, Inline};
use thidua_store::Db;

/// The founding data, loaded.
pub struct World {
    pub app: App,
    pub by: Actor,
    pub report: ReportId,
    pub pack: Pack,
}

impl World {
    /// Loads the pack that ships with the program into memory.
    pub fn loaded() -> Self {
        let db = Db::memory().unwrap();
        db.migrate().unwrap();
        Self::loaded_into(db)
    }

    /// Loads it into a migrated database.
    pub fn loaded_into(db: Db) -> Self {
        Self::changed_into(db, |_| {})
    }

    /// Loads it, changed, into a migrated database.
    pub fn changed_into(db: Db, change: impl FnOnce(&mut Pack)) -> Self {
        let at = at();
        let book = Book::shipped().unwrap();
        let mut pack = read(&shipped("trieu-son-2020").unwrap(), book).unwrap_or_else(|e| panic!("{e}"));
        change(&mut pack);
        load(&db, book, &pack, "kiểm thử", at).unwrap();
        let app = App::open(db, Clock::Set(at)).unwrap();
        let by = Actor::operator("kiểm thử", app.home.tenant.clone());
        let report = app.home.report.clone().unwrap();
        Self { app, by, report, pack }
    }

    /// The override line of the plan that the district itself assigns.
    pub fn line_of_district_plan(&self, indicator: &str) -> String {
        let plan = self
            .pack
            .plan_values
            .iter()
            .filter(|value| value.indicator.as_str() == indicator)
            .filter_map(|value| self.pack.plans.iter().find(|plan| plan.id == value.plan))
            .find(|plan| plan.assigner == self.pack.head.unit)
            .unwrap();
        format!("{indicator} plan:{}", plan.id)
    }
}

/// The instant at which the clock of these tests stands.
pub fn at() -> Timestamp {
    Timestamp::parse("2020-07-05T02:00:00Z").unwrap()
}

/// Every inline of the body with the section it stands in, and the abstract under `abstract`.
pub fn spans(document: &Document) -> Vec<(String, Inline)> {
    fn walk(blocks: &[Block], section: &str, out: &mut Vec<(String, Inline)>) {
        for block in blocks {
            match block {
                Block::Section(inner) => {
                    out.extend(inner.title.iter().map(|inline| (inner.id.clone(), inline.clone())));
                    walk(&inner.body, &inner.id, out);
                }
                Block::Paragraph(text) | Block::Item { text, .. } => {
                    out.extend(text.iter().map(|inline| (section.to_owned(), inline.clone())));
                }
                Block::Table(_) => panic!("the six-month report prints no table"),
            }
        }
    }
    let mut out: Vec<(String, Inline)> =
        document.head.abstract_line.iter().map(|inline| ("abstract".to_owned(), inline.clone())).collect();
    walk(&document.body, "", &mut out);
    out
}

/// The bound inlines: text, key, sources.
pub fn bound_spans(document: &Document) -> Vec<(String, String, Vec<String>)> {
    spans(document)
        .into_iter()
        .filter_map(|(_, inline)| match inline {
            Inline::Bound { text, tie } => Some((text, tie.key.clone(), tie.sources.clone())),
            Inline::Text(_) | Inline::Italic(_) => None,
        })
        .collect()
}
