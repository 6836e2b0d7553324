//! Templates: text with `{…}` where a stored value goes.
//!
//! `{KT01}`, `{KT01 value prior}`, `{chuan truong-chuan total share}`: a subject and words that say what of it.
//! A doubled brace stands for itself. What each subject means is told by the modules of `say`.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A place for a value.
    Slot(Slot),
}

/// A place for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The words between the braces, at least one.
    pub words: Vec<String>,
}

/// Why a template cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTemplate {
    /// An opening brace without its closing one.
    #[error("'{{' at byte {0} is never closed")]
    Unclosed(usize),
    /// A closing brace without its opening one.
    #[error("'}}' at byte {0} closes nothing")]
    Unopened(usize),
    /// Braces with nothing between them.
    #[error("nothing stands between the braces at byte {0}")]
    Empty(usize),
}

/// Reads a template.
///
/// # Errors
/// When braces do not match or hold nothing; the byte tells where.
pub fn parse(text: &str) -> Result<Vec<Piece>, BadTemplate> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let brace = at + found;
        plain.push_str(&text[at..brace]);
        let rest = &text[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            plain.push_str(&rest[..1]);
            at = brace + 2;
            continue;
        }
        if rest.starts_with('}') {
            return Err(BadTemplate::Unopened(brace));
        }
        let close = rest.find('}').ok_or(BadTemplate::Unclosed(brace))?;
        let inside = &rest[1..close];
        if inside.contains('{') {
            return Err(BadTemplate::Unclosed(brace));
        }
        let words: Vec<String> = inside.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Err(BadTemplate::Empty(brace));
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(Piece::Slot(Slot { words }));
        at = brace + close + 1;
    }
    plain.push_str(&text[at..]);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

/// The paragraphs of a typed passage: parted by blank lines, inner line breaks as spaces.
pub fn paragraphs(passage: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in passage.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            open.push(line);
        } else if !open.is_empty() {
            out.push(open.join(" "));
            open.clear();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slot(words: &[&str]) -> Piece {
        Piece::Slot(Slot { words: words.iter().map(|w| (*w).to_owned()).collect() })
    }

    #[test]
    fn slots_and_text_are_told_apart() {
        let read = parse("Trong kỳ, {KT01 value prior}; {{x}}.").unwrap();
        assert_eq!(
            read,
            [Piece::Text("Trong kỳ, ".into()), slot(&["KT01", "value", "prior"]), Piece::Text("; {x}.".into())]
        );
    }

    #[test]
    fn braces_that_do_not_match_are_refused_with_their_place() {
        assert_eq!(parse("a {b"), Err(BadTemplate::Unclosed(2)));
        assert_eq!(parse("a {b {c}}"), Err(BadTemplate::Unclosed(2)));
        assert_eq!(parse("a } b"), Err(BadTemplate::Unopened(2)));
        assert_eq!(parse("a { } b"), Err(BadTemplate::Empty(2)));
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("\n một\n hai \n\n\nba\n"), ["một hai", "ba"]);
        assert!(paragraphs(" \n ").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-zđ {}.\\n]{0,40}") {
            let _ = parse(&text);
            let _ = paragraphs(&text);
        }

        #[test]
        fn text_without_braces_stays_itself(text in "[^{}]{1,40}") {
            prop_assert_eq!(parse(&text), Ok(vec![Piece::Text(text)]));
        }
    }
}
