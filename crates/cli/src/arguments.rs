//! The commands and their arguments, with help in the user's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::failure::Failure;
use crate::speak::{Speech, say};

/// The whole command line.
pub fn command(speech: Speech) -> Command {
    let text = |key: &str| speech.get(key);
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n", text("help.usage"));
    let sub = |name: &'static str| {
        Command::new(name)
            .about(text(&format!("about.{name}")))
            .help_template(template.clone())
            .disable_help_flag(true)
            .subcommand_help_heading(text("help.commands"))
            .next_help_heading(text("help.options"))
            .arg(help(speech))
            .arg(lang(speech))
    };
    let db = || option(speech, "db", "DB").env("THIDUA_DB");
    let tenant = || option(speech, "tenant", "TENANT");
    let report = || positional(speech, "report");
    let chosen = |command: Command| {
        command
            .arg(report().required(false))
            .arg(option(speech, "unit", "UNIT"))
            .arg(option(speech, "period", "PERIOD"))
            .arg(option(speech, "form", "FORM"))
    };
    let port = || option(speech, "port", "PORT").value_parser(clap::value_parser!(u16));
    Command::new("thidua")
        .about(text("about.program"))
        .after_help(format!("\n{}", text("about.more")))
        .help_template(template.clone())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_value_name(text("help.command"))
        .disable_help_flag(true)
        .subcommand_help_heading(text("help.commands"))
        .next_help_heading(text("help.options"))
        .arg(help(speech))
        .arg(lang(speech))
        .subcommand(
            sub("demo")
                .arg(option(speech, "pack", "PACK"))
                .arg(option(speech, "dir", "DIR"))
                .arg(port())
                .arg(flag(speech, "once")),
        )
        .subcommand(served(speech, sub("serve").arg(db()).arg(tenant()).arg(port())))
        .subcommand(sub("load").arg(positional(speech, "pack").required(true)).arg(db()).arg(tenant()))
        .subcommand(
            chosen(sub("report"))
                .arg(option(speech, "out", "DIR"))
                .arg(
                    option(speech, "format", "FORMAT").value_parser(["docx", "pdf", "html"]).hide_possible_values(true),
                )
                .arg(db())
                .arg(tenant()),
        )
        .subcommand(
            chosen(sub("check"))
                .arg(flag(speech, "printed"))
                .arg(option(speech, "pack", "PACK").requires("printed"))
                .arg(db())
                .arg(tenant()),
        )
        .subcommand(
            sub("override")
                .arg(report().required(true))
                .arg(option(speech, "line", "LINE").required(true))
                .arg(option(speech, "value", "VALUE").allow_hyphen_values(true).required_unless_present("withdraw"))
                .arg(flag(speech, "withdraw").conflicts_with("value"))
                .arg(option(speech, "reason", "REASON").required(true))
                .arg(option(speech, "by", "NAME").required(true))
                .arg(db())
                .arg(tenant()),
        )
        .subcommand({
            let named = |name: &'static str, key: &str| {
                below(speech, &template, name, key)
                    .arg(positional(speech, "name").required(true))
                    .arg(db())
                    .arg(tenant())
            };
            sub("account")
                .subcommand_required(true)
                .subcommand_value_name(text("help.command"))
                .subcommand(named("add", "about.account-add").arg(option(speech, "person", "PERSON").required(true)))
                .subcommand(below(speech, &template, "list", "about.account-list").arg(db()).arg(tenant()))
                .subcommand(named("password", "about.account-password"))
                .subcommand(
                    named("role", "about.account-role")
                        .arg(option(speech, "role", "ROLE").required(true))
                        .arg(option(speech, "unit", "UNIT"))
                        .arg(option(speech, "from", "DAY"))
                        .arg(option(speech, "to", "DAY"))
                        .arg(option(speech, "end", "DAY").conflicts_with_all(["from", "to"])),
                )
                .subcommand(named("close", "about.account-close"))
                .subcommand(named("reopen", "about.account-reopen"))
                .subcommand(named("reset-second-factor", "about.account-reset-second-factor"))
                .subcommand(
                    named("link", "about.account-link")
                        .arg(option(speech, "issuer", "URL").required(true))
                        .arg(option(speech, "subject", "SUB").required(true)),
                )
                .subcommand(
                    named("unlink", "about.account-unlink")
                        .arg(option(speech, "issuer", "URL").required(true))
                        .arg(option(speech, "subject", "SUB").required(true)),
                )
                .subcommand(
                    named("token", "about.account-token")
                        .arg(option(speech, "label", "LABEL").required(true))
                        .arg(
                            option(speech, "scope", "SCOPE")
                                .required(true)
                                .action(ArgAction::Append)
                                .value_parser(["read", "enter", "send", "keep", "accounts"])
                                .hide_possible_values(true),
                        )
                        .arg(option(speech, "unit", "UNIT"))
                        .arg(option(speech, "days", "DAYS").default_value("90").hide_default_value(true)),
                )
                .subcommand(named("tokens", "about.account-tokens"))
                .subcommand(
                    named("revoke-token", "about.account-revoke-token").arg(option(speech, "id", "ID").required(true)),
                )
        })
        .subcommand(
            sub("audit").subcommand_required(true).subcommand(
                Command::new("verify")
                    .about(text("about.audit-verify"))
                    .help_template(template.clone())
                    .disable_help_flag(true)
                    .arg(help(speech))
                    .arg(lang(speech))
                    .arg(db())
                    .arg(tenant()),
            ),
        )
        .subcommand(
            sub("law")
                .subcommand_required(true)
                .subcommand_value_name(text("help.command"))
                .subcommand(
                    below(speech, &template, "instruments", "about.law-instruments")
                        .arg(option(speech, "on", "DAY"))
                        .arg(option(speech, "find", "TEXT"))
                        .arg(flag(speech, "json")),
                )
                .subcommand(
                    below(speech, &template, "check", "about.law-check")
                        .arg(positional(speech, "folder").required(false))
                        .arg(flag(speech, "json")),
                )
                .subcommand(
                    below(speech, &template, "diff", "about.law-diff")
                        .arg(positional(speech, "before").required(true))
                        .arg(positional(speech, "after").required(true))
                        .arg(option(speech, "honour", "HONOUR"))
                        .arg(flag(speech, "json")),
                )
                .subcommand(
                    below(speech, &template, "load", "about.law-load")
                        .arg(positional(speech, "folder").required(true))
                        .arg(option(speech, "reason", "REASON"))
                        .arg(db())
                        .arg(tenant()),
                )
                .subcommand(
                    below(speech, &template, "loaded", "about.law-loaded")
                        .arg(flag(speech, "json"))
                        .arg(db())
                        .arg(tenant()),
                )
                .subcommand(
                    below(speech, &template, "unload", "about.law-unload")
                        .arg(positional(speech, "code").required(true))
                        .arg(option(speech, "reason", "REASON").required(true))
                        .arg(db())
                        .arg(tenant()),
                )
                .subcommand(
                    below(speech, &template, "new", "about.law-new")
                        .arg(positional(speech, "honour").required(true))
                        .arg(option(speech, "in-force-from", "DAY")),
                ),
        )
        .subcommand(
            sub("eligible")
                .after_help(format!("\n{}", text("about.eligible-more")))
                .arg(positional(speech, "subject-named").required(false))
                .arg(option(speech, "record", "FILE").conflicts_with_all(["subject-named", "unit"]))
                .arg(option(speech, "unit", "UNIT").conflicts_with("subject-named"))
                .arg(flag(speech, "below").requires("unit"))
                .arg(option(speech, "honour", "HONOUR"))
                .arg(option(speech, "day", "DAY").long("on"))
                .arg(option(speech, "year", "YEAR").value_parser(clap::value_parser!(i16)))
                .arg(option(speech, "received", "DAY"))
                .arg(flag(speech, "json"))
                .arg(db())
                .arg(tenant()),
        )
        .subcommand(sub("migrate").arg(db()))
        .subcommand(sub("version"))
}

/// What an operator sets for the site. The secret shared with a sign-in provider is no argument: other users of the
/// machine see those.
fn served(speech: Speech, command: Command) -> Command {
    command
        .arg(
            option(speech, "trusted-proxy", "ADDRESS")
                .env("THIDUA_TRUSTED_PROXY")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_parser(clap::value_parser!(std::net::IpAddr)),
        )
        .arg(option(speech, "public-url", "URL").env("THIDUA_PUBLIC_URL"))
        .arg(option(speech, "sso-issuer", "URL").env("THIDUA_SSO_ISSUER").requires_all(["sso-client-id", "public-url"]))
        .arg(option(speech, "sso-client-id", "ID").env("THIDUA_SSO_CLIENT_ID"))
        .arg(option(speech, "sso-secret-file", "FILE").env("THIDUA_SSO_SECRET_FILE"))
        .arg(option(speech, "sso-name", "NAME").env("THIDUA_SSO_NAME"))
        .arg(option(speech, "signing-key-file", "FILE").env("THIDUA_SIGNING_KEY_FILE"))
}

/// A command below another, with its own help.
fn below(speech: Speech, template: &str, name: &'static str, about: &str) -> Command {
    Command::new(name)
        .about(speech.get(about))
        .help_template(template.to_owned())
        .disable_help_flag(true)
        .next_help_heading(speech.get("help.options"))
        .arg(help(speech))
        .arg(lang(speech))
}

/// What a command line that is not run comes to: help is a success, anything else a refusal.
///
/// # Errors
/// The refusal, in the user's language.
pub fn ended(speech: Speech, error: &clap::Error) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say(error.render().to_string().trim_end());
            Ok(())
        }
        _ => Err(Failure::refused(wrong(speech, error))),
    }
}

/// What is wrong with a command line, in one sentence of ours; the parser only says what and where.
fn wrong(speech: Speech, error: &clap::Error) -> String {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(_) | None => String::new(),
    };
    let argument = told(ContextKind::InvalidArg);
    let (key, what) = match error.kind() {
        ErrorKind::InvalidSubcommand => ("usage.unknown-command", told(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => ("usage.unknown-argument", argument),
        ErrorKind::MissingRequiredArgument => ("usage.missing-argument", argument),
        ErrorKind::MissingSubcommand => ("usage.missing-command", String::new()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = told(ContextKind::InvalidValue);
            let key = if value.is_empty() { "usage.no-value" } else { "usage.bad-value" };
            return speech.with(key, &[("what", &argument), ("value", &value)]);
        }
        ErrorKind::ArgumentConflict => ("usage.conflict", argument),
        // The parser may learn new complaints; one sentence serves for all of them.
        _ => ("usage.other", argument),
    };
    speech.with(key, &[("what", &what)])
}

fn help(speech: Speech) -> Arg {
    Arg::new("help").short('h').long("help").help(speech.get("help.help")).action(ArgAction::Help)
}

fn lang(speech: Speech) -> Arg {
    Arg::new("lang")
        .long("lang")
        .help(speech.get("arg.lang"))
        .value_name("LANG")
        .value_parser(["vi", "en"])
        .hide_possible_values(true)
}

fn option(speech: Speech, name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).help(speech.get(&format!("arg.{name}"))).value_name(value)
}

fn flag(speech: Speech, name: &'static str) -> Arg {
    Arg::new(name).long(name).help(speech.get(&format!("arg.{name}"))).action(ArgAction::SetTrue)
}

fn positional(speech: Speech, name: &'static str) -> Arg {
    Arg::new(name)
        .help(speech.get(&format!("arg.{name}")))
        .value_name(name.to_uppercase())
        .help_heading(speech.get("help.arguments"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_web::messages::Lang;

    #[test]
    fn the_command_line_is_whole_in_both_languages() {
        for lang in [Lang::Vi, Lang::En] {
            command(Speech::of(lang)).debug_assert();
        }
    }

    #[test]
    fn an_unknown_command_is_refused_in_one_sentence() {
        let speech = Speech::of(Lang::Vi);
        let error = command(speech).try_get_matches_from(["thidua", "dem"]).unwrap_err();
        let failure = ended(speech, &error).unwrap_err();
        assert!(failure.sentence.contains("dem") && !failure.sentence.contains('\n'), "{}", failure.sentence);
    }
}
