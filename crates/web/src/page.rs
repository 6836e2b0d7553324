//! What every page shares: title, language, light, the place in the menu, and whose data it shows.

use thidua_app::account::Visitor;

use crate::messages::{Lang, Messages};
use crate::prefs::{Prefs, Theme};
use crate::{assets, paths};

/// The frame of one page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The reader's choices.
    pub prefs: Prefs,
    /// The title of the browser window, without the name of the site.
    pub title: String,
    /// Path and query of this page, to come back to after a choice.
    pub here: String,
    /// The part of the site it lies in.
    pub part: Part,
    /// Whose data it shows.
    pub standing: Standing,
    /// Parts this reader may not enter; the menu leaves them out.
    pub closed: Vec<Part>,
    /// How the header greets the reader.
    pub greeting: Greeting,
}

/// How the header greets whoever reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Greeting {
    /// Not at all: there is nothing to sign in to, or nobody was asked.
    #[default]
    Nobody,
    /// With the way to sign in.
    Stranger,
    /// By name, with the way to the account.
    Person(String),
}

impl Greeting {
    /// The greeting of a visitor.
    pub fn of(visitor: &Visitor) -> Self {
        match visitor {
            Visitor::Anyone => Self::Nobody,
            Visitor::Stranger => Self::Stranger,
            Visitor::Person(person) => Self::Person(person.account.display_name.clone()),
        }
    }
}

/// Whose data the pages show, as said in the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The unit's name on the day; empty while nothing is loaded.
    pub unit: String,
    /// The period in words.
    pub period: String,
    /// The day whose names, tree and law are shown.
    pub dated: String,
    /// What a data pack says of itself: which of its figures are sample.
    pub note: String,
}

/// Parts of the site, as the menu lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Home.
    Home,
    /// What is due.
    Due,
    /// Reports.
    Reports,
    /// Indicators, standards, passports.
    Indicators,
    /// Plans and targets.
    Plans,
    /// Forms and sheets, boards.
    Collection,
    /// The catalogue of forms.
    Forms,
    /// Movements.
    Movements,
    /// Clusters.
    Clusters,
    /// Decisions on awards, with their money.
    Decisions,
    /// Councils.
    Councils,
    /// Awards.
    Awards,
    /// Rounds and dossiers.
    Dossiers,
    /// Public notices.
    Notices,
    /// Persons.
    Persons,
    /// Collectives.
    Collectives,
    /// Households.
    Households,
    /// Exemplars.
    Exemplars,
    /// Who may have which honour.
    Eligibility,
    /// The honours of the law book.
    Honours,
    /// Findings and tasks.
    Findings,
    /// Legal instruments.
    Instruments,
    /// Units.
    Units,
    /// The journal.
    Journal,
    /// The accounts of the tenant.
    Accounts,
    /// A page of no part, such as an error.
    Nowhere,
}

/// A part, its address and the key of its name.
type Entry = (Part, &'static str, &'static str);

const MENU: &[(&str, &[Entry])] = &[
    (
        "menu.work",
        &[
            (Part::Home, paths::HOME, "menu.home"),
            (Part::Due, paths::DUE, "notice.title"),
            (Part::Reports, paths::REPORTS, "menu.reports"),
            (Part::Indicators, paths::INDICATORS, "menu.indicators"),
            (Part::Plans, paths::PLANS, "plans.title"),
            (Part::Collection, paths::COLLECTION, "menu.collection"),
            (Part::Forms, paths::FORMS, "forms.title"),
            (Part::Findings, paths::FINDINGS, "menu.findings"),
        ],
    ),
    (
        "menu.emulation",
        &[
            (Part::Movements, paths::MOVEMENTS, "menu.movements"),
            (Part::Clusters, paths::CLUSTERS, "menu.clusters"),
            (Part::Dossiers, paths::DOSSIERS, "dossier.menu"),
            (Part::Notices, paths::NOTICES, "dossier.notices"),
            (Part::Councils, paths::COUNCILS, "menu.councils"),
            (Part::Decisions, paths::DECISIONS, "menu.decisions"),
            (Part::Awards, paths::AWARDS, "menu.awards"),
            (Part::Persons, paths::PERSONS, "menu.persons"),
            (Part::Collectives, paths::COLLECTIVES, "menu.collectives"),
            (Part::Households, paths::HOUSEHOLDS, "menu.households"),
            (Part::Exemplars, paths::EXEMPLARS, "menu.exemplars"),
            (Part::Eligibility, paths::ELIGIBILITY, "eligibility.title"),
        ],
    ),
    (
        "menu.reference",
        &[
            (Part::Honours, paths::HONOURS, "honours.title"),
            (Part::Instruments, paths::INSTRUMENTS, "menu.instruments"),
            (Part::Units, paths::UNITS, "menu.units"),
            (Part::Journal, paths::JOURNAL, "menu.journal"),
            (Part::Accounts, paths::ACCOUNTS, "menu.accounts"),
        ],
    ),
];

/// A group of the menu.
#[derive(Debug)]
pub struct MenuGroup {
    /// Its heading.
    pub title: &'static str,
    /// Its links.
    pub links: Vec<MenuLink>,
}

/// A link of the menu.
#[derive(Debug)]
pub struct MenuLink {
    /// Address.
    pub href: &'static str,
    /// Words.
    pub label: &'static str,
    /// Whether the page lies in that part.
    pub is_current: bool,
}

/// A choice of language or light.
#[derive(Debug)]
pub struct Choice {
    /// Name of the field.
    pub name: &'static str,
    /// Its value.
    pub value: &'static str,
    /// Words on the button.
    pub label: &'static str,
    /// Language of the words.
    pub lang: &'static str,
    /// Whether it is in force.
    pub is_chosen: bool,
}

impl Page {
    /// The sentences of the reader's language.
    pub fn messages(&self) -> &'static Messages {
        Messages::of(self.prefs.lang)
    }

    /// Where the law book in force is shown.
    pub fn law_book(&self) -> &'static str {
        paths::LAW_BOOK
    }

    /// The sentence of a key.
    pub fn t(&self, key: &str) -> &'static str {
        self.messages().get(key)
    }

    /// The sentence of a key with one gap filled.
    pub fn t1(&self, key: &str, gap: &str, value: impl std::fmt::Display) -> String {
        self.messages().with(key, &[(gap, &value.to_string())])
    }

    /// The menu.
    pub fn menu(&self) -> Vec<MenuGroup> {
        MENU.iter()
            .map(|(title, links)| MenuGroup {
                title: self.t(title),
                links: links
                    .iter()
                    .filter(|(part, _, _)| !self.closed.contains(part))
                    .map(|(part, href, label)| MenuLink { href, label: self.t(label), is_current: *part == self.part })
                    .collect(),
            })
            .collect()
    }

    /// The languages to choose from, each named in itself.
    pub fn languages(&self) -> Vec<Choice> {
        [(Lang::Vi, "Tiếng Việt"), (Lang::En, "English")]
            .into_iter()
            .map(|(lang, label)| Choice {
                name: crate::prefs::LANG_COOKIE,
                value: lang.code(),
                label,
                lang: lang.code(),
                is_chosen: self.prefs.lang == lang,
            })
            .collect()
    }

    /// The lights to choose from.
    pub fn themes(&self) -> Vec<Choice> {
        [(Theme::Machine, "theme.machine"), (Theme::Light, "theme.light"), (Theme::Dark, "theme.dark")]
            .into_iter()
            .map(|(theme, key)| Choice {
                name: crate::prefs::THEME_COOKIE,
                value: theme.code(),
                label: self.t(key),
                lang: self.prefs.lang.code(),
                is_chosen: self.prefs.theme == theme,
            })
            .collect()
    }

    /// The address of a file of the interface.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of home.
    pub fn home(&self) -> &'static str {
        paths::HOME
    }

    /// The way to sign in, and back to this page.
    pub fn sign_in(&self) -> String {
        paths::with_query(paths::SIGN_IN, &[("ve", &self.here)])
    }

    /// The address of one's own account.
    pub fn account(&self) -> &'static str {
        paths::ACCOUNT
    }

    /// Where choices are sent.
    pub fn preferences(&self) -> &'static str {
        paths::PREFERENCES
    }
}
