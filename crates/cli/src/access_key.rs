//! `thidua account token`: makes, lists and revokes the keys by which other programs act for an account.

use clap::ArgMatches;
use thidua_app::account::{NewToken, create_token, revoke_token, tokens};
use thidua_domain::Refusal;
use thidua_domain::account::api_token::{ApiToken, TokenId};
use thidua_domain::actor::TokenScope;

use crate::account::{Desk, text};
use crate::failure::Failure;

/// Makes a key and prints it, this once.
pub fn make(desk: &Desk, given: &ArgMatches) -> Result<(), Failure> {
    let name = text(given, "name");
    let words = given.get_many::<String>("scope").into_iter().flatten();
    let scopes = words.filter_map(|word| TokenScope::parse(word)).collect();
    let units = desk.units()?;
    let days = text(given, "days").parse().unwrap_or(0);
    let new = NewToken {
        account: Some(name.clone()),
        name: text(given, "label"),
        scopes,
        unit: desk.unit(given, &units)?,
        days,
    };
    let (token, secret) = desk.done(create_token(&desk.app, &desk.by, &new))?;
    let until = token.expires_at.in_table();
    desk.say("say.token-made", &[("name", &name), ("label", &token.name), ("until", &until)]);
    desk.say("say.token-text", &[("token", secret.text())]);
    Ok(())
}

/// Lists the keys of an account.
pub fn list(desk: &Desk, given: &ArgMatches) -> Result<(), Failure> {
    let known = desk.done(tokens(&desk.app, &desk.by, Some(&text(given, "name"))))?;
    if known.is_empty() {
        desk.say("say.token-none", &[]);
    }
    let units = desk.units()?;
    for token in &known {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.word()).collect();
        let facts = [
            ("id", token.id.as_str()),
            ("label", &token.name),
            ("scopes", &scopes.join(", ")),
            ("unit", &desk.place(token.unit.as_ref(), &units)),
            ("state", &state(desk, token)),
        ];
        desk.say("say.token-line", &facts);
    }
    Ok(())
}

/// Revokes a key.
pub fn revoke(desk: &Desk, given: &ArgMatches) -> Result<(), Failure> {
    let (name, id) = (text(given, "name"), text(given, "id"));
    let unknown = || desk.refused(Refusal::UnknownToken { asked: id.clone() });
    let known = TokenId::parse(&id).map_err(|_| unknown())?;
    match revoke_token(&desk.app, &desk.by, Some(&name), &known) {
        Err(thidua_app::Error::NotFound("key")) => Err(unknown()),
        done => {
            desk.done(done)?;
            desk.say("say.token-revoked", &[("id", &id)]);
            Ok(())
        }
    }
}

fn state(desk: &Desk, token: &ApiToken) -> String {
    let (key, at) = match token.revoked_at {
        Some(at) => ("say.token-was-revoked", at),
        None if !token.is_good(desk.app.clock.now()) => ("say.token-over", token.expires_at),
        None => ("say.token-good", token.expires_at),
    };
    desk.speech.with(key, &[("at", &at.in_table())])
}
