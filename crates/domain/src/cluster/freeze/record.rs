//! Records of a frozen round: fields between tabs, with tabs and ends of lines in texts written as `\t` and `\n`.

use thidua_base::Number;

/// A record being written.
pub(crate) struct Record(String);

impl Record {
    pub(crate) fn of(kind: &str) -> Self {
        Self(kind.to_owned())
    }

    /// A field of any text.
    pub(crate) fn with(mut self, text: &str) -> Self {
        self.0.push('\t');
        for c in text.chars() {
            match c {
                '\\' => self.0.push_str("\\\\"),
                '\t' => self.0.push_str("\\t"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// A number without needless decimals, so that equal values are equal text.
    pub(crate) fn number(self, number: Number) -> Self {
        self.with(&plain(number))
    }

    /// A number, or a dash.
    pub(crate) fn number_or_dash(self, number: Option<Number>) -> Self {
        match number {
            Some(number) => self.number(number),
            None => self.with("-"),
        }
    }

    pub(crate) fn end(self, out: &mut String) {
        out.push_str(&self.0);
        out.push('\n');
    }
}

/// A number without needless decimals.
fn plain(number: Number) -> String {
    let text = number.to_string();
    if !text.contains('.') {
        return text;
    }
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The fields of a line.
pub(crate) fn fields(line: &str) -> Option<Vec<String>> {
    line.split('\t').map(unescaped).collect()
}

fn unescaped(field: &str) -> Option<String> {
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        text.push(match chars.next()? {
            '\\' => '\\',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            _ => return None,
        });
    }
    Some(text)
}
