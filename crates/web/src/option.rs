//! Choices of a filter, and labelled facts: what several pages show alike.

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    /// Its value in the address; empty means no narrowing.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Whether it is in force.
    pub is_chosen: bool,
}

/// The choices of a filter, `all` first; the one in force is marked.
pub fn options(all: &str, values: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<FilterOption> {
    let first = (String::new(), all.to_owned());
    std::iter::once(first)
        .chain(values)
        .map(|(value, label)| FilterOption { is_chosen: value == chosen, value, label })
        .collect()
}

/// A labelled fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledFact {
    /// What it is.
    pub label: &'static str,
    /// The fact.
    pub text: String,
    /// Where it leads; empty where it leads nowhere.
    pub href: String,
}

impl LabelledFact {
    /// A fact that leads nowhere.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), href: String::new() }
    }

    /// A fact that leads to a page.
    pub fn leading(label: &'static str, text: impl Into<String>, href: String) -> Self {
        Self { label, text: text.into(), href }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Its address.
    pub href: String,
}
