//! `thidua serve`: opens the site on this machine.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use clap::ArgMatches;
use thidua_app::App;
use thidua_app::mail::Mail;
use thidua_app::seal::Seal;
use thidua_web::{Provider, ProviderAsked, Settings, SettingsFault};
use tokio::net::TcpListener;

use crate::database::app;
use crate::failure::{Exit, Failure};
use crate::mail::from_environment;
use crate::post::Post;
use crate::speak::{Speech, say};

/// The port tried first where none is asked for.
const PORT: u16 = 8020;
/// How many ports after it are tried when it is taken.
const PORTS_TRIED: u16 = 20;

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let settings = settings(speech, matches)?;
    let mail = from_environment(speech)?;
    let mut app = app(speech, matches)?;
    app.seal = seal(speech, matches)?;
    serve_with(speech, app, matches.get_one::<u16>("port").copied(), mail, settings)
}

/// The environment variable that may hold the secret shared with the sign-in provider.
const SECRET: &str = "THIDUA_SSO_SECRET";
/// Longest secret read from a file, in bytes: more is another file.
const SECRET_BYTES_MAX: usize = 4096;

/// What the arguments and the environment set for the site.
fn settings(speech: Speech, matches: &ArgMatches) -> Result<Settings, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let proxies = matches.get_many("trusted-proxy").map(|given| given.copied().collect()).unwrap_or_default();
    let issuer = text("sso-issuer");
    if issuer.is_empty() {
        return Ok(Settings { trusted_proxies: proxies, provider: None });
    }
    let asked = ProviderAsked {
        issuer,
        client_id: text("sso-client-id"),
        secret: secret(speech, &text("sso-secret-file"))?,
        name: text("sso-name"),
        public_url: text("public-url"),
    };
    let provider = Provider::new(asked).map_err(|fault| {
        let key = match fault {
            SettingsFault::Issuer => "fail.sso-issuer",
            SettingsFault::PublicUrl => "fail.public-url",
            SettingsFault::ClientId => "fail.sso-client-id",
        };
        Failure::refused(speech.get(key).to_owned())
    })?;
    say(&speech.with("say.sso", &[("issuer", provider.issuer()), ("redirect", provider.redirect())]));
    Ok(Settings { trusted_proxies: proxies, provider: Some(provider) })
}

/// The secret shared with the provider, from a file or from the environment; never from an argument.
fn secret(speech: Speech, file: &str) -> Result<Option<String>, Failure> {
    let text = if file.is_empty() {
        std::env::var(SECRET).unwrap_or_default()
    } else {
        let read = std::fs::read_to_string(file);
        let unreadable =
            |why: String| Failure::refused(speech.with("fail.sso-secret", &[("path", file), ("why", &why)]));
        read.map_err(|error| unreadable(error.to_string()))?
    };
    let secret = text.trim();
    if secret.len() > SECRET_BYTES_MAX || (secret.is_empty() && !file.is_empty()) {
        return Err(Failure::refused(speech.with("fail.sso-secret", &[("path", file), ("why", "…")])));
    }
    Ok((!secret.is_empty()).then(|| secret.to_owned()))
}

/// The key of the installation, from the file that is named; none where none is.
fn seal(speech: Speech, matches: &ArgMatches) -> Result<Option<Seal>, Failure> {
    let Some(file) = matches.get_one::<String>("signing-key-file") else { return Ok(None) };
    let unreadable = |why: &str| Failure::refused(speech.with("fail.signing-key", &[("path", file), ("why", why)]));
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(&error.to_string()))?;
    let seal = Seal::read(&text).ok_or_else(|| unreadable("…"))?;
    say(&speech.with("say.signing-key", &[("key", &seal.public_key())]));
    Ok(Some(seal))
}

/// Serves until the user stops it, with nothing set; with mail set up, reminders go out meanwhile.
pub fn serve(speech: Speech, app: App, port: Option<u16>, mail: Option<Mail>) -> Result<(), Failure> {
    serve_with(speech, app, port, mail, Settings::default())
}

fn serve_with(
    speech: Speech,
    app: App,
    port: Option<u16>,
    mail: Option<Mail>,
    settings: Settings,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the server");
    let internal = |error: &anyhow::Error| Failure {
        exit: Exit::Internal,
        sentence: speech.with("fail.internal", &[("why", &format!("{error:#}"))]),
    };
    let runtime = runtime.map_err(|error| internal(&error))?;
    // The database closes when the last handle goes, which must not happen inside the runtime.
    let app = Arc::new(app);
    let served = Arc::clone(&app);
    runtime.block_on(async {
        let listener = listen(speech, port).await?;
        let at = listener.local_addr().context("asking for the port").map_err(|error| internal(&error))?;
        say(&speech.with("say.site", &[("url", &format!("http://{at}/"))]));
        say(speech.get("say.site-stop"));
        let post = mail.map(|mail| Post::begin(Arc::clone(&served), mail));
        let done = thidua_web::serve_with(served, settings, listener, stopped()).await;
        if let Some(post) = post {
            post.end().await;
        }
        done.map_err(|error| internal(&error))?;
        say(speech.get("say.stopped"));
        Ok(())
    })
}

/// Listens on loopback only: reading what this version serves needs no sign-in.
async fn listen(speech: Speech, port: Option<u16>) -> Result<TcpListener, Failure> {
    let (first, tries) = match port {
        Some(port) => (port, 0),
        None => (PORT, PORTS_TRIED),
    };
    for port in first..=first.saturating_add(tries) {
        if let Ok(listener) = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            return Ok(listener);
        }
    }
    Err(Failure::refused(speech.with("fail.port-taken", &[("port", &first.to_string())])))
}

/// Resolves when the user presses Ctrl+C or the system asks the program to end.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the system ends the program itself.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            return interrupted.await;
        };
        tokio::select! {
            () = interrupted => {}
            _ = ended.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
