//! The register of exemplars: for those who keep it, and for the public.

pub mod import;
pub mod list;
pub mod paper;
pub mod propose;
pub mod show;

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_base::Date;
use thidua_base::code::ExemplarId;
use thidua_base::text::upper_first;
use thidua_domain::Refusal;
use thidua_domain::exemplar::profile::FIELDS;
use thidua_domain::exemplar::public::PARTS;
use thidua_domain::exemplar::{ExemplarKind, Standing};

use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::site::html;

/// The fields of a form, each once.
pub(super) type Fields = HashMap<String, String>;

/// A standing in words, with the class of its mark; colour never stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    word: String,
    class: &'static str,
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

/// A day as it is typed.
fn day(fields: &Fields, name: &str) -> Result<Date, Refusal> {
    let asked = field(fields, name);
    Date::parse(asked).or_else(|_| Date::parse_vi(asked)).map_err(|_| Refusal::BadDay { asked: asked.to_owned() })
}

fn id_of(id: &str) -> Result<ExemplarId, Fault> {
    ExemplarId::parse(id).map_err(|_| Fault::NotFound)
}

fn standing_mark(say: &'static Messages, standing: Standing) -> Marked {
    Marked {
        word: upper_first(say.get(&format!("exemplar-standing.{}", standing.word()))),
        class: match standing {
            Standing::Proposed => "note",
            Standing::Recognised | Standing::Confirmed => "good",
            Standing::Grey => "warn",
            Standing::Withdrawn => "plain",
        },
    }
}

fn kind_word(say: &'static Messages, kind: ExemplarKind) -> &'static str {
    say.get(&format!("exemplar-kind.{}", kind.word()))
}

fn field_word(say: &'static Messages, field: &str) -> String {
    say.find(&format!("exemplar-field.{field}")).map_or_else(|| field.to_owned(), str::to_owned)
}

/// The fields of the register, each with its name.
fn field_names(say: &'static Messages) -> impl Iterator<Item = (String, String)> {
    FIELDS.into_iter().map(move |word| (word.to_owned(), field_word(say, word)))
}

/// What the public will see and what it will not, in words: told before anything is typed.
fn told_beforehand(say: &'static Messages) -> [String; 2] {
    let named = |public: bool| {
        let parts = PARTS.into_iter().map(|(part, _)| part).filter(|part| part.is_public() == public);
        parts.map(|part| say.get(&format!("exemplar-part.{}", part.word()))).collect::<Vec<_>>().join("; ")
    };
    [
        say.with("exemplar.public-parts", &[("parts", &named(true))]),
        say.with("exemplar.private-parts", &[("parts", &named(false))]),
    ]
}

/// A page with a form: never kept by browsers, and told as refused where it says so.
fn answered(page: &impl askama::Template, is_refused: bool) -> Result<Response, Fault> {
    let mut response = html(page)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_register_has_a_sentence_in_both_languages() {
        for say in [Messages::vi(), Messages::en()] {
            for (word, name) in field_names(say) {
                assert_ne!(word, name, "{word} has no name");
            }
            for standing in Standing::ALL {
                assert!(!standing_mark(say, standing).word.is_empty());
            }
            for kind in ExemplarKind::ALL {
                assert!(!kind_word(say, kind).is_empty());
            }
            let [public, private] = told_beforehand(say);
            let contact = say.get("exemplar-part.contact");
            assert!(!public.contains(contact) && private.contains(contact), "{public} {private}");
        }
    }
}
