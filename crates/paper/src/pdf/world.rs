//! What the typesetter may see: our fonts, the furniture and one source; no file, no clock, no network.

use std::path::PathBuf;
use std::sync::LazyLock;

use thidua_base::Date;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::face::Face;

/// The world of one paper.
pub(super) struct PaperWorld {
    main: Source,
    today: Date,
}

/// What all papers share; made once, on first use.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    furniture: Source,
    main: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = Face::ALL
        .iter()
        .map(|face| Font::new(Bytes::new(face.file()), 0).expect("the vendored fonts can be read"))
        .collect();
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        furniture: Source::new(file("paper.typ"), include_str!("paper.typ").to_owned()),
        main: file("main.typ"),
    }
});

impl PaperWorld {
    /// The world in which `source` is the document and `today` the date.
    pub(super) fn new(source: String, today: Date) -> Self {
        Self { main: Source::new(SHARED.main, source), today }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.main {
            Ok(self.main.clone())
        } else if id == SHARED.furniture.id() {
            Ok(SHARED.furniture.clone())
        } else {
            Err(absent(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        datetime(self.today)
    }
}

/// A date in the typesetter's terms.
pub(super) fn datetime(date: Date) -> Option<Datetime> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd(i32::from(date.year()), month, day)
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of our two sources are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}
