//! The files of the interface, inside the binary, each under a name that changes with its content.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::paths;

/// A file as it is sent.
#[derive(Debug)]
pub struct Asset {
    /// Media type.
    pub media: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

struct Shelf {
    /// `site.css` → `site-1a2b3c4d.css`.
    served_as: BTreeMap<&'static str, String>,
    files: BTreeMap<String, Asset>,
}

const WOFF2: &str = "font/woff2";

macro_rules! font {
    ($name:literal) => {
        ($name, WOFF2, include_bytes!(concat!("../static/fonts/", $name)).as_slice())
    };
}

const FONTS: &[(&str, &str, &[u8])] = &[
    font!("be-vietnam-pro-latin-400.woff2"),
    font!("be-vietnam-pro-latin-500.woff2"),
    font!("be-vietnam-pro-latin-600.woff2"),
    font!("be-vietnam-pro-latin-700.woff2"),
    font!("be-vietnam-pro-vietnamese-400.woff2"),
    font!("be-vietnam-pro-vietnamese-500.woff2"),
    font!("be-vietnam-pro-vietnamese-600.woff2"),
    font!("be-vietnam-pro-vietnamese-700.woff2"),
];

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let mut shelf = Shelf { served_as: BTreeMap::new(), files: BTreeMap::new() };
    for (name, media, bytes) in FONTS {
        shelf.add(name, media, bytes.to_vec());
    }
    shelf.add("icon.svg", "image/svg+xml", include_bytes!("../static/icon.svg").to_vec());
    shelf.add("site.js", "text/javascript; charset=utf-8", include_bytes!("../static/site.js").to_vec());
    shelf.add("typed.js", "text/javascript; charset=utf-8", include_bytes!("../static/typed.js").to_vec());
    shelf.add("checks.js", "text/javascript; charset=utf-8", include_bytes!("../static/checks.js").to_vec());
    shelf.add("entry.js", "text/javascript; charset=utf-8", include_bytes!("../static/entry.js").to_vec());
    shelf.add("matrix.js", "text/javascript; charset=utf-8", include_bytes!("../static/matrix.js").to_vec());
    shelf.add("grid.js", "text/javascript; charset=utf-8", include_bytes!("../static/grid.js").to_vec());
    // The stylesheet names the fonts, so it comes last and is written with their served names.
    let mut style = include_str!("../static/site.css").to_owned();
    for (name, served) in &shelf.served_as {
        style = style.replace(&format!("url({name})"), &format!("url({}/{served})", paths::STATIC));
    }
    shelf.add("site.css", "text/css; charset=utf-8", style.into_bytes());
    shelf
});

impl Shelf {
    fn add(&mut self, name: &'static str, media: &'static str, bytes: Vec<u8>) {
        let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, ending) = name.rsplit_once('.').expect("every file of the interface has an ending");
        let served = format!("{stem}-{hash}.{ending}");
        self.served_as.insert(name, served.clone());
        self.files.insert(served, Asset { media, bytes });
    }
}

/// The worker of the pages for entering figures. It has one address for ever, since browsers look there for a new one.
pub const WORKER: &[u8] = include_bytes!("../static/worker.js");

/// The address of a file by its name in `static/`.
pub fn address(name: &str) -> String {
    let served = SHELF.served_as.get(name).expect("templates name only files that ship");
    format!("{}/{served}", paths::STATIC)
}

/// The file under a served name.
pub fn find(served: &str) -> Option<&'static Asset> {
    SHELF.files.get(served)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_only_files_that_ship() {
        let style = find(address("site.css").rsplit_once('/').unwrap().1).unwrap();
        let text = std::str::from_utf8(&style.bytes).unwrap();
        let named: Vec<&str> = text.split("url(").skip(1).filter_map(|t| t.split_once(')').map(|(u, _)| u)).collect();
        assert_eq!(named.len(), FONTS.len());
        for url in named {
            assert!(find(url.strip_prefix("/tinh/").unwrap()).is_some(), "{url}");
        }
    }
}
