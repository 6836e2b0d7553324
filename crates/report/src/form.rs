//! Official forms as data: which sections, in which order, under which headings.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use thidua_base::number::CountStyle;
use thidua_paper::tree::NumberStyle;

use crate::sections::Use;

/// An official form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable code: `bao-cao-6-thang`.
    pub code: String,
    /// Its name in both languages.
    pub name: Names,
    /// The kind of paper, in capitals.
    pub kind: String,
    /// Lines of the issuing body; templates.
    pub issuer: Vec<String>,
    /// Who signs it.
    pub issued_by: IssuedBy,
    /// The abstract; a template.
    pub r#abstract: String,
    /// How counts below ten are written in it.
    pub counts: Counts,
    /// Abbreviations of official writing that need no explanation in it.
    pub abbreviations: Vec<String>,
    /// Bodies that may be called by these short names in it, beside the registered ones.
    pub bodies: Vec<String>,
    /// What stands before the first heading.
    pub opening: Vec<BlockSpec>,
    /// What stands after the last section.
    pub closing: Vec<BlockSpec>,
    /// The headings.
    pub part: Vec<Part>,
}

/// Whether a body decides as a whole, which the signature must say (Decree 30/2020, Appendix I, II.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuedBy {
    /// A body that decides as a whole, such as a People's Committee: `TM.` stands above the signer's office.
    Collective,
    /// The head of a body.
    Head,
}

/// How counts below ten are written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// `5 tập thể`.
    Plain,
    /// `05 tập thể`.
    Padded,
}

/// A name in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Stable name, unique in the form.
    pub id: String,
    /// How its number is written.
    pub style: Style,
    /// The heading; a template.
    pub title: String,
    /// Indicator fields the heading promises; the checker asks for a figure of each.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Sections under it, before its own parts.
    #[serde(default)]
    pub blocks: Vec<BlockSpec>,
    /// Headings under it.
    #[serde(default)]
    pub part: Vec<Part>,
}

/// How a heading's number is written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `I.`
    Roman,
    /// `1.`
    Arabic,
    /// `2.1.`
    Decimal,
    /// `a)`
    Letter,
}

/// A section to be placed, with what it needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockSpec {
    /// Which section.
    pub r#use: Use,
    /// The slot of a typed passage.
    #[serde(default)]
    pub slot: String,
    /// Which findings or tasks.
    #[serde(default)]
    pub kind: String,
    /// Words that lead to a computed list.
    #[serde(default)]
    pub lead: String,
}

impl From<Style> for NumberStyle {
    fn from(style: Style) -> Self {
        match style {
            Style::Roman => Self::Roman,
            Style::Arabic => Self::Arabic,
            Style::Decimal => Self::Decimal,
            Style::Letter => Self::Letter,
        }
    }
}

impl From<Counts> for CountStyle {
    fn from(counts: Counts) -> Self {
        match counts {
            Counts::Plain => Self::Plain,
            Counts::Padded => Self::Padded,
        }
    }
}

const SHIPPED: &[(&str, &str)] = &[("bao-cao-6-thang.toml", include_str!("../forms/bao-cao-6-thang.toml"))];

/// The forms that ship with the program.
pub fn forms() -> &'static [Form] {
    static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        let read = |(file, text): &(&str, &str)| match toml::from_str(text) {
            Ok(form) => form,
            Err(e) => panic!("the form {file} ships with the program and is tested: {e}"),
        };
        SHIPPED.iter().map(read).collect()
    });
    &FORMS
}

/// A form by its code.
pub fn form(code: &str) -> Option<&'static Form> {
    forms().iter().find(|form| form.code == code)
}

impl Form {
    /// Every heading, outer before inner, in print order.
    pub fn parts(&self) -> Vec<&Part> {
        fn walk<'a>(parts: &'a [Part], out: &mut Vec<&'a Part>) {
            for part in parts {
                out.push(part);
                walk(&part.part, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.part, &mut out);
        out
    }

    /// Every section placed, in print order.
    pub fn blocks(&self) -> Vec<&BlockSpec> {
        let inner = self.parts().into_iter().flat_map(|part| &part.blocks);
        self.opening.iter().chain(inner).chain(&self.closing).collect()
    }

    /// The slots of typed passages, in print order.
    pub fn slots(&self) -> Vec<&str> {
        let used = self.blocks().into_iter().filter(|block| block.r#use == Use::Passage);
        used.map(|block| block.slot.as_str()).collect()
    }

    /// Headings whose id is not unique, sections that lack what they need.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for part in self.parts() {
            if !ids.insert(&part.id) {
                faults.push(format!("two headings are called '{}'", part.id));
            }
        }
        let mut slots = BTreeSet::new();
        for block in self.blocks() {
            if let Some(fault) = block.r#use.fault(block) {
                faults.push(fault);
            }
            if block.r#use == Use::Passage && !slots.insert(&block.slot) {
                faults.push(format!("the passage '{}' is placed twice", block.slot));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `report::forms_are_whole`.
    #[test]
    fn forms_are_whole() {
        for form in forms() {
            assert_eq!(form.faults(), Vec::<String>::new(), "{}", form.code);
        }
        assert!(form("bao-cao-6-thang").is_some());
        assert!(form("khong-co").is_none());
    }

    #[test]
    fn a_form_that_names_an_unknown_section_or_key_is_not_read() {
        let good = SHIPPED[0].1;
        let unknown = good.replacen(r#"use = "movements""#, r#"use = "weather""#, 1);
        assert!(toml::from_str::<Form>(&unknown).is_err());
        let extra = good.replacen("kind     =", "colour = 1\nkind     =", 1);
        assert!(toml::from_str::<Form>(&extra).is_err());
    }

    #[test]
    fn a_doubled_heading_and_a_nameless_passage_are_faults() {
        let twice = SHIPPED[0].1.replacen(r#""khen-thuong""#, r#""danh-gia""#, 1);
        let form: Form = toml::from_str(&twice).unwrap();
        assert_eq!(form.faults(), ["two headings are called 'danh-gia'"]);
        let nameless = SHIPPED[0].1.replacen(r#"slot = "mo-dau""#, r#"slot = """#, 1);
        let form: Form = toml::from_str(&nameless).unwrap();
        assert_eq!(form.faults().len(), 1, "{:?}", form.faults());
    }

    #[test]
    fn no_digit_is_typed_in_a_form() {
        for form in forms() {
            let titles = form.parts().into_iter().map(|part| part.title.as_str()).chain([form.r#abstract.as_str()]);
            for title in titles {
                assert!(!title.bytes().any(|b| b.is_ascii_digit()), "{}: {title}", form.code);
            }
        }
    }
}
