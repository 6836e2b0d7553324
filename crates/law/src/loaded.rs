//! Packs of law that an installation loads beside the shipped book: overlays, and a newer national book.
//!
//! A pack is read whole or refused whole: its files are of the format, it fits on the book it comes to, and all its cases
//! hold there.

use std::path::Path;

use sha2::{Digest, Sha256};
use thidua_base::text::nfc;

use crate::book::{Book, hex};
use crate::case::Failure;
use crate::check::{Report, check};
use crate::data;
use crate::fault::{Fault, Faults, Wrong};
use crate::library::Library;
use crate::rules::{Files, whole};
use crate::table::Said;

/// The code of the national book among the packs of an installation.
pub const NATIONAL: &str = "so-luat";

/// What a pack of law is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LawPackKind {
    /// Rules of a province or a ministry, laid on the national book.
    Overlay,
    /// A national book, in place of the shipped one.
    National,
}

impl LawPackKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Overlay, Self::National];

    /// The word in columns, keys of sentences and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overlay => "overlay",
            Self::National => "national",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A pack of law: its files in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawPack {
    kind: LawPackKind,
    files: Vec<(String, String)>,
    hash: String,
}

impl LawPack {
    /// A pack of files, each by its name below the folder. Texts are brought to Normal Form C and lines to one ending,
    /// files to the order of their names.
    ///
    /// # Errors
    /// With every file that no pack has, and where nothing says what it is.
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Faults> {
        let canonical = |(name, text): (String, String)| (name, nfc(&text.replace("\r\n", "\n")));
        let mut files: Vec<(String, String)> = files.into_iter().map(canonical).collect();
        files.sort();
        let has = |wanted: &str| files.iter().any(|(name, _)| name == wanted);
        let has_honours = files.iter().any(|(name, _)| name.starts_with("honours/"));
        let kind = if has("overlay.toml") { LawPackKind::Overlay } else { LawPackKind::National };
        let mut faults: Vec<Fault> = Vec::new();
        if kind == LawPackKind::National && !has_honours {
            faults.push(whole("overlay.toml", "", Wrong::Missing));
        }
        let strange = files.iter().filter(|(name, _)| !belongs(kind, name));
        faults.extend(strange.map(|(name, _)| whole(name, "", Wrong::UnknownFile)));
        let twice = files.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        faults.extend(twice.map(|pair| whole(&pair[0].0, "", Wrong::Twice(pair[0].0.clone()))));
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let mut digest = Sha256::new();
        for (name, text) in &files {
            for part in [name, text] {
                digest.update(part.as_bytes());
                digest.update([0]);
            }
        }
        Ok(Self { kind, hash: hex(&digest.finalize()), files })
    }

    /// What it is.
    pub fn kind(&self) -> LawPackKind {
        self.kind
    }

    /// Its files, by name.
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// The hash of its files.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    fn named(&self) -> Vec<(&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    fn cases(&self) -> Vec<(&str, &str)> {
        self.named().into_iter().filter(|(name, _)| name.starts_with("cases/")).collect()
    }

    /// The book it makes of a national one: the overlay laid on, or the newer book in its place.
    ///
    /// # Errors
    /// With every fault found.
    pub fn on(&self, national: &Book) -> Result<Book, Faults> {
        match self.kind {
            LawPackKind::Overlay => national.with_overlay(&self.named()).map(|(book, _)| book),
            LawPackKind::National => self.national(national),
        }
    }

    /// A book of its own; tables that it does not bring are the shipped ones, and so is the calendar.
    fn national(&self, shipped: &Book) -> Result<Book, Faults> {
        let named = self.named();
        let mut tables: Vec<(&str, &str)> = named.iter().copied().filter(|(name, _)| !name.contains('/')).collect();
        for (name, text) in data::TABLES {
            if !tables.iter().any(|(own, _)| own == name) {
                tables.push((name, text));
            }
        }
        tables.sort_unstable();
        let sources = tables.iter().find(|(name, _)| *name == "sources.toml").copied().unwrap_or_default();
        let library = Library::read("sources.toml", sources.1)
            .map_err(|broken| whole("sources.toml", "", Wrong::Sources(broken.why)))?;
        let honours: Vec<(&str, &str)> = named.into_iter().filter(|(name, _)| name.starts_with("honours/")).collect();
        let files = Files { honours: &honours, tables: &tables };
        Book::of_files(sources, library, files, shipped.calendar().clone())
    }

    /// The book it makes of a national one, with everything that its cases and a look at the whole found.
    ///
    /// # Errors
    /// As [`LawPack::on`].
    pub fn checked(&self, national: &Book) -> Result<(Book, Report), Faults> {
        let book = self.on(national)?;
        let mut report = check(&book, self.cases().into_iter());
        if self.kind == LawPackKind::Overlay {
            // Cases of local rules try what is local; the national cases are the release's own.
            report.complaints.clear();
        }
        Ok((book, report))
    }

    /// What it is called, by its code: the code and name of an overlay, those of the national book.
    ///
    /// # Errors
    /// As [`LawPack::on`].
    pub fn called(&self, national: &Book) -> Result<Called, Faults> {
        match self.kind {
            LawPackKind::National => Ok(Called {
                code: NATIONAL.to_owned(),
                name: Said::new("Sổ luật chung", "National law book"),
                is_sample: false,
            }),
            LawPackKind::Overlay => {
                let (_, head) = national.with_overlay(&self.named())?;
                Ok(Called { code: head.code, name: head.name, is_sample: head.is_sample })
            }
        }
    }
}

/// What a pack of law is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Its code; one pack of a code is in force at a time.
    pub code: String,
    /// Its name.
    pub name: Said,
    /// Whether it is a sample and no real regulation.
    pub is_sample: bool,
}

/// Why a pack is not loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Its files, or what stands on them, are not of the format or contradict what they are laid on.
    Faults(Vec<Fault>),
    /// Cases that came out otherwise than wanted, and what else the check of a book found.
    Cases(Vec<Said>),
}

impl From<Faults> for Unfit {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults.0)
    }
}

/// The book in force: the national book among the packs or else the shipped one, with the overlays in their order.
///
/// # Errors
/// With every fault of the first pack that does not fit.
pub fn in_force(shipped: &Book, packs: &[LawPack]) -> Result<Book, Faults> {
    let of = |kind: LawPackKind| packs.iter().filter(move |pack| pack.kind == kind);
    let mut book = match of(LawPackKind::National).next_back() {
        Some(newer) => newer.on(shipped)?,
        None => shipped.clone(),
    };
    for overlay in of(LawPackKind::Overlay) {
        book = overlay.on(&book)?;
    }
    Ok(book)
}

/// Tries a pack before it is loaded beside those that stay: its cases, and for a newer book those of every overlay on
/// it; then the whole that would be in force, which is given back.
///
/// # Errors
/// With what was found; nothing is loaded then.
pub fn tried(shipped: &Book, stay: &[LawPack], new: &LawPack) -> Result<Book, Unfit> {
    let national = stay.iter().find(|pack| pack.kind == LawPackKind::National);
    let national = national.map(|pack| pack.on(shipped)).transpose()?;
    let before = national.as_ref().unwrap_or(shipped);
    let mut stack: Vec<LawPack> = stay.to_vec();
    match new.kind {
        LawPackKind::Overlay => clean(new, before)?,
        LawPackKind::National => {
            let newer = new.on(shipped)?;
            let lost = forgotten(before, &newer);
            if !lost.is_empty() {
                return Err(Unfit::Faults(lost));
            }
            clean(new, shipped)?;
            for overlay in stay.iter().filter(|pack| pack.kind == LawPackKind::Overlay) {
                clean(overlay, &newer)?;
            }
            stack.retain(|pack| pack.kind == LawPackKind::Overlay);
        }
    }
    stack.push(new.clone());
    Ok(in_force(shipped, &stack)?)
}

/// All cases of a pack hold on a national book.
fn clean(pack: &LawPack, national: &Book) -> Result<(), Unfit> {
    let (_, report) = pack.checked(national)?;
    if !report.faults.is_empty() {
        return Err(Unfit::Faults(report.faults));
    }
    if report.counts.cases == 0 {
        return Err(Unfit::Faults(vec![whole("cases", "", Wrong::NoCases)]));
    }
    let failed = report.failures.iter().map(|failure: &Failure| Said::new(failure.said_vi(), failure.to_string()));
    let found: Vec<Said> = failed.chain(report.complaints.iter().map(|line| Said::new(line, line))).collect();
    if found.is_empty() { Ok(()) } else { Err(Unfit::Cases(found)) }
}

/// Honours and instruments that a newer book no longer knows.
fn forgotten(before: &Book, newer: &Book) -> Vec<Fault> {
    let honours = before.honours().map(|honour| &honour.code).filter(|code| newer.honour(code).is_none());
    let honours = honours.map(|code| {
        let file = format!("honours/{code}.toml");
        whole(&file, "code", Wrong::Forgets(code.to_string()))
    });
    let own =
        |id: &&thidua_base::code::InstrumentId| before.overlay_of(id).is_none() && newer.library().get(id).is_none();
    let instruments = before.library().entries().map(|entry| &entry.id).filter(own);
    let instruments = instruments.map(|id| whole("sources.toml", "instrument.id", Wrong::Forgets(id.to_string())));
    honours.chain(instruments).collect()
}

/// Whether a file of that name belongs to a pack of a kind.
fn belongs(kind: LawPackKind, name: &str) -> bool {
    let is_toml = Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let parts: Vec<&str> = name.split('/').collect();
    match (kind, parts.as_slice()) {
        (_, ["honours" | "cases", _]) => is_toml,
        (LawPackKind::Overlay, [own]) => *own == "overlay.toml",
        (LawPackKind::National, [own]) => {
            // Days off are of the release: reminders count by them on every day.
            let is_table = data::TABLES.iter().any(|(table, _)| table == own) && *own != "holidays.toml";
            is_table || own.starts_with("vocabulary") && is_toml
        }
        _ => false,
    }
}
