//! `thidua account`: opens accounts, sets passwords, gives and ends roles, links and unlinks, resets second factors.
//!
//! A password never stands in an argument, where other users of the machine and the shell's history see it.

use std::io::{IsTerminal, stdin};

use clap::ArgMatches;
use thidua_app::account::{
    LinkAsked, NewAccount, NewRole, RoleEnd, close_account, create_account, end_role, grant_role, link_account, list,
    reopen_account, reset_second_factor, set_password, unlink_account,
};
use thidua_app::{App, Error, org};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::account::{AccountState, RoleHeld};
use thidua_domain::actor::Role;
use thidua_domain::org::Unit;
use thidua_domain::{Actor, Refusal};

use crate::access_key;
use crate::database::{app, operator};
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, say};
use crate::which::{near, unit_called};

/// A command under way: how to speak, what to work on, who acts.
pub(crate) struct Desk {
    pub(crate) speech: Speech,
    pub(crate) app: App,
    pub(crate) by: Actor,
}

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((verb, given)) = matches.subcommand() else { unreachable!("clap demands one of the commands below") };
    let app = app(speech, given)?;
    let desk = Desk { speech, by: operator(&app), app };
    match verb {
        "add" => desk.add(given),
        "list" => desk.list(),
        "password" => desk.password(given),
        "role" => desk.role(given),
        "close" => desk.close(given),
        "reopen" => desk.reopen(given),
        "reset-second-factor" => desk.reset_second_factor(given),
        "link" => desk.link(given),
        "unlink" => desk.unlink(given),
        "token" => access_key::make(&desk, given),
        "tokens" => access_key::list(&desk, given),
        "revoke-token" => access_key::revoke(&desk, given),
        _ => unreachable!("clap knows no further command"),
    }
}

impl Desk {
    fn add(&self, given: &ArgMatches) -> Result<(), Failure> {
        let new =
            NewAccount { name: text(given, "name"), display_name: text(given, "person"), password: self.typed()? };
        let opened = self.done(create_account(&self.app, &self.by, &new))?;
        self.say("say.account-opened", &[("name", &opened.name), ("person", &opened.display_name)]);
        Ok(())
    }

    fn list(&self) -> Result<(), Failure> {
        let accounts = self.done(list(&self.app, &self.by))?;
        if accounts.is_empty() {
            self.say("say.account-none", &[]);
        }
        let units = self.units()?;
        for listed in &accounts {
            let state = self.speech.get(match listed.account.state {
                AccountState::Open => "say.account-open",
                AccountState::Closed => "say.account-closed",
            });
            let (name, person) = (&listed.account.name, &listed.account.display_name);
            self.say("say.account-line", &[("name", name), ("person", person), ("state", state)]);
            if listed.has_second_factor {
                self.say("say.account-second-factor", &[]);
            }
            for held in &listed.roles {
                self.say_role(held, &units);
            }
        }
        Ok(())
    }

    fn password(&self, given: &ArgMatches) -> Result<(), Failure> {
        let name = text(given, "name");
        let password = self.typed()?;
        self.done(set_password(&self.app, &self.by, &name, &password))?;
        self.say("say.password-set", &[("name", &name)]);
        Ok(())
    }

    fn role(&self, given: &ArgMatches) -> Result<(), Failure> {
        let (name, word) = (text(given, "name"), text(given, "role"));
        let known = || Role::ALL.iter().map(|role| role.word().to_owned()).collect();
        let unknown = || self.refused(Refusal::UnknownRole { asked: word.clone(), known: known() });
        let role = Role::parse(&word).ok_or_else(unknown)?;
        let units = self.units()?;
        let unit = self.unit(given, &units)?;
        let role_name = self.role_name(role);
        let place = self.place(unit.as_ref(), &units);
        if let Some(on) = self.day(given, "end")? {
            self.done(end_role(&self.app, &self.by, &RoleEnd { name: name.clone(), role, unit, on }))?;
            let facts = [("name", name.as_str()), ("role", role_name), ("unit", &place), ("on", &on.in_table())];
            self.say("say.role-ended", &facts);
            return Ok(());
        }
        let today = self.app.clock.now().date_in_vietnam();
        let from = self.day(given, "from")?.unwrap_or(today);
        let new = NewRole { name: name.clone(), role, unit, from, to: self.day(given, "to")? };
        self.done(grant_role(&self.app, &self.by, &new))?;
        let facts = [("name", name.as_str()), ("role", role_name), ("unit", &place), ("from", &from.in_table())];
        self.say("say.role-given", &facts);
        Ok(())
    }

    fn close(&self, given: &ArgMatches) -> Result<(), Failure> {
        let name = text(given, "name");
        self.done(close_account(&self.app, &self.by, &name))?;
        self.say("say.account-was-closed", &[("name", &name)]);
        Ok(())
    }

    fn reopen(&self, given: &ArgMatches) -> Result<(), Failure> {
        let name = text(given, "name");
        self.done(reopen_account(&self.app, &self.by, &name))?;
        self.say("say.account-was-reopened", &[("name", &name)]);
        Ok(())
    }

    fn reset_second_factor(&self, given: &ArgMatches) -> Result<(), Failure> {
        let name = text(given, "name");
        self.done(reset_second_factor(&self.app, &self.by, &name))?;
        self.say("say.second-factor-reset", &[("name", &name)]);
        Ok(())
    }

    fn link(&self, given: &ArgMatches) -> Result<(), Failure> {
        let asked = link_asked(given);
        self.done(link_account(&self.app, &self.by, &asked))?;
        self.say("say.linked", &[("name", &asked.name), ("subject", &asked.subject), ("issuer", &asked.issuer)]);
        Ok(())
    }

    fn unlink(&self, given: &ArgMatches) -> Result<(), Failure> {
        let asked = link_asked(given);
        self.done(unlink_account(&self.app, &self.by, &asked))?;
        self.say("say.unlinked", &[("name", &asked.name), ("subject", &asked.subject), ("issuer", &asked.issuer)]);
        Ok(())
    }

    /// A new password: asked for twice without showing it, or the first line of what is piped in.
    fn typed(&self) -> Result<String, Failure> {
        let unreadable = |why: std::io::Error| Failure {
            exit: Exit::Refused,
            sentence: self.speech.with("fail.no-password", &[("why", &why.to_string())]),
        };
        if !stdin().is_terminal() {
            let mut line = String::new();
            stdin().read_line(&mut line).map_err(unreadable)?;
            return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
        }
        let ask = |key| rpassword::prompt_password(self.speech.get(key)).map_err(unreadable);
        let (new, again) = (ask("say.password-new")?, ask("say.password-again")?);
        if new == again { Ok(new) } else { Err(self.refused(Refusal::PasswordsDiffer)) }
    }

    fn day(&self, given: &ArgMatches, name: &str) -> Result<Option<Date>, Failure> {
        let Some(asked) = given.get_one::<String>(name) else { return Ok(None) };
        let read = Date::parse(asked).or_else(|_| Date::parse_vi(asked));
        read.map(Some).map_err(|_| Failure::refused(self.speech.with("fail.bad-day", &[("asked", asked)])))
    }

    pub(crate) fn unit(&self, given: &ArgMatches, units: &[Unit]) -> Result<Option<OrgId>, Failure> {
        let Some(asked) = given.get_one::<String>("unit") else { return Ok(None) };
        let unknown = || self.refused(Refusal::UnknownUnit { asked: asked.clone(), near: near(units, asked) });
        unit_called(units, asked).map(|unit| Some(unit.id.clone())).ok_or_else(unknown)
    }

    pub(crate) fn units(&self) -> Result<Vec<Unit>, Failure> {
        self.done(org::all(&self.app, &self.by))
    }

    pub(crate) fn place(&self, unit: Option<&OrgId>, units: &[Unit]) -> String {
        let named = |id: &OrgId| units.iter().find(|unit| unit.id == *id).map_or(id.to_string(), |u| u.name.clone());
        unit.map_or_else(|| self.speech.get("say.whole-tenant").to_owned(), named)
    }

    fn role_name(&self, role: Role) -> &'static str {
        self.speech.shared.get(&format!("role.{}", role.word()))
    }

    fn say_role(&self, held: &RoleHeld, units: &[Unit]) {
        let (role, place) = (self.role_name(held.role), self.place(held.unit.as_ref(), units));
        let from = held.valid_from.in_table();
        let facts = [("role", role), ("unit", &place), ("from", &from)];
        match held.valid_to {
            None => self.say("say.account-role", &facts),
            Some(to) => {
                let to = to.in_table();
                self.say("say.account-role-to", &[facts.as_slice(), &[("to", &to)]].concat());
            }
        }
    }

    pub(crate) fn say(&self, key: &str, facts: &[(&str, &str)]) {
        say(&self.speech.with(key, facts));
    }

    pub(crate) fn refused(&self, refusal: Refusal) -> Failure {
        Failure::of(self.speech, &refusal.into())
    }

    pub(crate) fn done<T>(&self, done: Result<T, Error>) -> Result<T, Failure> {
        done.map_err(|error| Failure::of(self.speech, &error))
    }
}

fn link_asked(given: &ArgMatches) -> LinkAsked {
    LinkAsked { name: text(given, "name"), issuer: text(given, "issuer"), subject: text(given, "subject") }
}

pub(crate) fn text(given: &ArgMatches, name: &str) -> String {
    given.get_one::<String>(name).cloned().unwrap_or_default()
}
