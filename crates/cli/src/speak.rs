//! What the command line says: its own sentences, and those it shares with the pages.

use std::io::Write;
use std::sync::LazyLock;

use thidua_web::messages::{Lang, Messages};

/// The sentences of one language.
#[derive(Debug, Clone, Copy)]
pub struct Speech {
    /// The command line's own.
    own: &'static Messages,
    /// Refusals and remarks, as the pages say them.
    pub shared: &'static Messages,
}

static VI: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::Vi, include_str!("../messages/vi.toml")));
static EN: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::En, include_str!("../messages/en.toml")));

impl Speech {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> Self {
        let own: &'static Messages = match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        };
        Self { own, shared: Messages::of(lang) }
    }

    /// The language asked for on the command line (`--lang en`), else by `THIDUA_LANG`, else Vietnamese.
    pub fn asked(arguments: &[String], environment: Option<&str>) -> Lang {
        let mut asked = environment;
        for (i, argument) in arguments.iter().enumerate() {
            if let Some(value) = argument.strip_prefix("--lang=") {
                asked = Some(value);
            } else if argument == "--lang" {
                asked = arguments.get(i + 1).map(String::as_str).or(asked);
            }
        }
        match asked {
            Some(word) if word.eq_ignore_ascii_case("en") => Lang::En,
            Some(_) | None => Lang::Vi,
        }
    }

    /// A sentence without gaps.
    pub fn get(&self, key: &str) -> &'static str {
        self.own.get(key)
    }

    /// A sentence with its gaps filled.
    pub fn with(&self, key: &str, facts: &[(&str, &str)]) -> String {
        self.own.with(key, facts)
    }

    /// A sentence by a key made from data, if there is one.
    pub fn find(&self, key: &str) -> Option<&'static str> {
        self.own.find(key)
    }
}

/// Prints a line for the user on standard output. Where nobody reads any more (`| head`) the program ends quietly;
/// where the output cannot be written it ends with a sentence.
pub fn say(line: &str) {
    written(writeln!(std::io::stdout().lock(), "{line}"));
}

/// Prints a line beside the result, on standard error: progress, notes, failures.
pub fn note(line: &str) {
    // There is nowhere left to say that this could not be said.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn written(outcome: std::io::Result<()>) {
    match outcome {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            note(&error.to_string());
            std::process::exit(4);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str], environment: Option<&str>) -> Lang {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        Speech::asked(&arguments, environment)
    }

    #[test]
    fn vietnamese_comes_first_and_the_command_line_wins() {
        assert_eq!(asked(&["demo"], None), Lang::Vi);
        assert_eq!(asked(&["demo"], Some("en")), Lang::En);
        assert_eq!(asked(&["--lang", "vi", "demo"], Some("en")), Lang::Vi);
        assert_eq!(asked(&["demo", "--lang=en"], None), Lang::En);
    }

    #[test]
    fn both_languages_have_the_same_sentences() {
        let keys = |text: &str| {
            let table: toml::Table = toml::from_str(text).unwrap();
            let mut keys: Vec<String> = Vec::new();
            for (section, entries) in table {
                keys.extend(entries.as_table().unwrap().keys().map(|key| format!("{section}.{key}")));
            }
            keys
        };
        assert_eq!(keys(include_str!("../messages/vi.toml")), keys(include_str!("../messages/en.toml")));
    }
}
