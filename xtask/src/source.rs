//! Rust source taken apart: code, comments and string literals, so that a check for a word in one
//! is not misled by the same word in another.

use std::ops::Range;

/// A source file in its parts. `code` and `comments` are as long as the file: what belongs to the
/// other parts is blank, so that places and line numbers stay.
pub struct Source {
    pub code: String,
    pub comments: String,
    pub literals: Vec<Literal>,
    test_parts: Vec<Range<usize>>,
}

/// One string literal without its quotes; escapes are left as written.
pub struct Literal {
    pub text: String,
    /// Byte offset of its first character in the file.
    pub at: usize,
}

/// A `use` written out: one path for each leaf of its tree.
pub struct Use {
    /// `std::fs::read`, without spaces and without `as …`.
    pub path: String,
    pub at: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Text,
}

impl Source {
    /// Takes a file apart. Never fails: what is not Rust gives parts that no check looks for.
    pub fn of(text: &str) -> Self {
        let (parts, literals) = partition(text);
        let only = |wanted: Part| -> String {
            let keep = |(at, c): (usize, char)| match c {
                '\n' => "\n".to_owned(),
                c if parts[at] == wanted => c.to_string(),
                c => " ".repeat(c.len_utf8()),
            };
            text.char_indices().map(keep).collect()
        };
        let (code, comments) = (only(Part::Code), only(Part::Comment));
        let test_parts = test_parts(&code);
        Self { code, comments, literals, test_parts }
    }

    /// Whether the place lies in a module or item under `#[cfg(test)]`.
    pub fn is_test(&self, at: usize) -> bool {
        self.test_parts.iter().any(|part| part.contains(&at))
    }

    /// Every place outside tests where `word` stands in the code as a word of its own.
    pub fn words(&self, word: &str) -> Vec<usize> {
        let whole = |at: &usize| {
            let before = self.code[..*at].chars().next_back();
            let after = self.code[at + word.len()..].chars().next();
            ![before, after].iter().flatten().any(|c| c.is_alphanumeric() || *c == '_')
        };
        let places = self.code.match_indices(word).map(|(at, _)| at);
        places.filter(whole).filter(|at| !self.is_test(*at)).collect()
    }

    /// Every `use` outside tests, written out leaf by leaf.
    pub fn uses(&self) -> Vec<Use> {
        let mut found = Vec::new();
        for at in self.words("use") {
            let statement = self.code[at + 3..].split(';').next().unwrap_or_default();
            let statement: Vec<&str> = statement.split_whitespace().collect();
            let mut leaves = Vec::new();
            written_out("", &statement.join(" "), &mut leaves);
            found.extend(leaves.into_iter().map(|path| Use { path, at }));
        }
        found
    }

    /// The line of a place, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

/// Whether the whole file is a test: it lies in a folder of tests, benchmarks or examples, or is a module's `tests.rs`.
pub fn is_test_file(path: &str) -> bool {
    ["/tests/", "/benches/", "/examples/"].iter().any(|folder| path.contains(folder))
        || path.ends_with("/tests.rs")
        || path.starts_with("e2e/")
}

/// `a::{b, c::{d, e as f}}` as `a::b`, `a::c::d`, `a::c::e`.
fn written_out(before: &str, tree: &str, leaves: &mut Vec<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let leaf = tree.split(" as ").next().unwrap_or_default().replace(' ', "");
        if !leaf.is_empty() {
            leaves.push(format!("{before}{leaf}"));
        }
        return;
    };
    let stem = format!("{before}{}", tree[..open].replace(' ', ""));
    let inner = tree[open + 1..].strip_suffix('}').unwrap_or(&tree[open + 1..]);
    let mut depth = 0;
    let branches = inner.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    for branch in branches {
        written_out(&stem, branch, leaves);
    }
}

/// The items under `#[cfg(test)]`: from the attribute to the end of the block or to the semicolon.
fn test_parts(code: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for (start, attribute) in code.match_indices("#[cfg(test)]") {
        let body = start + attribute.len();
        let mut depth = 0;
        let end = code[body..].char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0 && (c == '}' || c == ';')).then_some(body + at + 1)
        });
        parts.push(start..end.unwrap_or(code.len()));
    }
    parts
}

/// For each byte of the text the part it belongs to, and the string literals.
fn partition(text: &str) -> (Vec<Part>, Vec<Literal>) {
    let bytes = text.as_bytes();
    let mut parts = vec![Part::Code; bytes.len()];
    let mut literals = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (part, length) = if rest.starts_with(b"//") {
            (Part::Comment, rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()))
        } else if rest.starts_with(b"/*") {
            (Part::Comment, block_comment(rest))
        } else if let Some((quotes, length)) = raw_string(bytes, at) {
            literals.push(Literal { text: text[at + quotes..at + length - quotes + 1].to_owned(), at: at + quotes });
            (Part::Text, length)
        } else if rest[0] == b'"' {
            let length = quoted(rest);
            literals
                .push(Literal { text: text.get(at + 1..at + length - 1).unwrap_or_default().to_owned(), at: at + 1 });
            (Part::Text, length)
        } else if let Some(length) = char_literal(&text[at..]) {
            (Part::Text, length)
        } else {
            (Part::Code, 1)
        };
        parts[at..at + length].fill(part);
        at += length;
    }
    (parts, literals)
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The bytes from `r` up to and with the opening quote, and the length of the whole literal.
fn raw_string(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    // An `r` at the end of a name (`for"…"` does not exist, `var#` does not either) opens nothing.
    let word_before = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    let after_b = at > 0 && (bytes[at - 1] == b'b' || bytes[at - 1] == b'c');
    if bytes[at] != b'r' || (word_before && !after_b) {
        return None;
    }
    let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
    if bytes.get(at + 1 + hashes) != Some(&b'"') {
        return None;
    }
    let open = hashes + 2;
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let end = bytes[at + open..].windows(close.len()).position(|window| window == close)?;
    Some((open, open + end + close.len()))
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The length of a character literal; `None` for a lifetime, which has no closing quote.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let length = match inner.strip_prefix('\\') {
        Some(escape) => 2 + escape.chars().next()?.len_utf8() + escape[1..].find('\'')?,
        None => 1 + inner.chars().next()?.len_utf8(),
    };
    rest.get(length..)?.starts_with('\'').then_some(length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comments_and_strings_are_told_apart() {
        let source = Source::of(concat!(
            "/* fs /* net */ env */ fn a<'x>(c: char) { // tokio \"no string\"\n",
            "    let s = \"std::fs // \\\" no comment\"; let c = '\"'; let d = '\\''; let e = 'ế';\n",
            "    let r = r#\"a \"raw\" one\"#; let b = br\"bytes\"; call('\\u{a0}');\n}\n",
        ));
        for word in ["fs", "net", "env", "tokio", "raw", "bytes"] {
            assert!(source.words(word).is_empty(), "{word} is not code");
        }
        assert_eq!(source.words("let").len(), 6);
        assert!(source.words("call").len() == 1 && source.code.contains("fn a<'x>"));
        assert!(source.comments.contains("tokio") && source.comments.contains("env"));
        let texts: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, ["std::fs // \\\" no comment", "a \"raw\" one", "bytes"]);
        assert_eq!(source.line(source.literals[2].at), 3);
    }

    #[test]
    fn tests_are_known_as_such() {
        let source = Source::of("fn a() { b }\n#[cfg(test)]\nmod tests { fn f() { b } }\nfn c() { b }\n");
        assert_eq!(source.words("b").iter().map(|at| source.line(*at)).collect::<Vec<_>>(), [1, 4]);
        assert!(Source::of("#[cfg(test)]\nmod tests;\nuse a;").uses().len() == 1);
        assert!(is_test_file("crates/a/tests/b.rs") && !is_test_file("crates/a/src/b.rs"));
    }

    #[test]
    fn a_use_is_written_out() {
        let source = Source::of("use std::{fs, io::{self, Read as R},\n    net};\npub use crate::a::B;\n");
        let paths: Vec<String> = source.uses().into_iter().map(|use_| use_.path).collect();
        assert_eq!(paths, ["std::fs", "std::io::self", "std::io::Read", "std::net", "crate::a::B"]);
    }
}
