//! Movements, campaigns and occasions.

pub mod list;
pub mod show;

use thidua_domain::movement::{Movement, MovementKind, Occasion};

use crate::messages::Messages;

fn kind_word(say: &'static Messages, kind: MovementKind) -> &'static str {
    say.get(match kind {
        MovementKind::Regular => "movement-kind.regular",
        MovementKind::Thematic => "movement-kind.thematic",
        MovementKind::Campaign => "movement-kind.campaign",
        MovementKind::Occasion => "movement-kind.occasion",
    })
}

fn scope_word(say: &'static Messages, scope: &str) -> String {
    say.find(&format!("scope.{scope}")).map_or_else(|| scope.to_owned(), str::to_owned)
}

fn years(say: &'static Messages, movement: &Movement) -> String {
    match (movement.year_from, movement.year_to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} - {to}"),
        (Some(from), None) => say.with("movement.since", &[("year", &from.to_string())]),
        (None, Some(to)) => say.with("movement.until", &[("year", &to.to_string())]),
        (None, None) => say.get("movement.always").to_owned(),
    }
}

fn occasion_name(occasion: &Occasion) -> String {
    match (occasion.term_from, occasion.term_to) {
        (Some(from), Some(to)) => format!("{} ({from} - {to})", occasion.name),
        (Some(_) | None, None) | (None, Some(_)) => occasion.name.clone(),
    }
}
