//! The post: while the server runs, writes each day's reminders and hands them in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use thidua_app::mail::Mail;
use thidua_app::notice::{Round, round, write_reminders};
use thidua_app::{App, Error};
use thidua_base::code::TenantId;
use thidua_web::letter;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// How often the outbox is looked into.
const EVERY: Duration = Duration::from_secs(60);
/// Rounds between two looks at what is due: an hour. A day's reminders are written once however often it is looked.
const ROUNDS_A_LOOK: u32 = 60;
/// Failures in a row after which a round ends: the mail server is away, and each letter would wait for it.
const FAILURES_MAX: u32 = 3;

/// The post at work.
pub struct Post {
    stop: Arc<Stop>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Stop {
    is_asked: AtomicBool,
    bell: Notify,
}

impl Post {
    /// Begins to work, on the runtime of the caller.
    pub fn begin(app: Arc<App>, mail: Mail) -> Self {
        let stop = Arc::new(Stop::default());
        let shared = Arc::clone(&stop);
        let task = tokio::spawn(async move {
            for number in (0..ROUNDS_A_LOOK).cycle() {
                let (app, mail, stop) = (Arc::clone(&app), mail.clone(), Arc::clone(&shared));
                let turn = tokio::task::spawn_blocking(move || {
                    let tenant = app.home.tenant.clone();
                    let looks = number == 0;
                    report(turn(&app, &tenant, &mail, looks, || stop.is_asked.load(Ordering::Relaxed)));
                });
                if turn.await.is_err() {
                    tracing::error!("the post failed; it goes on with the next round");
                }
                if shared.is_asked.load(Ordering::Relaxed) {
                    break;
                }
                tokio::select! {
                    () = tokio::time::sleep(EVERY) => {}
                    () = shared.bell.notified() => break,
                }
            }
        });
        Self { stop, task }
    }

    /// Ends: the letter under way is finished, the rest waits for the next start.
    pub async fn end(self) {
        self.stop.is_asked.store(true, Ordering::Relaxed);
        self.stop.bell.notify_one();
        if self.task.await.is_err() {
            tracing::error!("the post did not end in order");
        }
    }
}

/// One turn: what is due today is written where it is time to look, what waits is handed in.
fn turn(
    app: &App,
    tenant: &TenantId,
    mail: &Mail,
    looks: bool,
    is_over: impl Fn() -> bool,
) -> Result<(u32, Round), Error> {
    let written = if looks { write_reminders(app, tenant)? } else { 0 };
    let send =
        |letter: &_| mail.send(letter).inspect_err(|error| tracing::warn!(%error, "a reminder was not handed in"));
    let done = round(app, tenant, letter, send, |so_far| !is_over() && so_far.later < FAILURES_MAX)?;
    Ok((written, done))
}

fn report(turn: Result<(u32, Round), Error>) {
    match turn {
        Ok((0, done)) if done == Round::default() => {}
        Ok((written, Round { sent, later, given_up })) => {
            tracing::info!(written, sent, later, given_up, "reminders");
        }
        Err(error) => tracing::error!(%error, "reminders could not be written or noted"),
    }
}

#[cfg(test)]
mod tests {
    use thidua_app::Clock;
    use thidua_app::mail::{Security, Settings};
    use thidua_app::pack::{read, shipped};
    use thidua_testkit::smtp::SmtpServer;

    use super::*;
    use crate::database::{Address, Missing, book, open};
    use crate::load::load_into;
    use crate::speak::Speech;

    #[test]
    fn the_post_begins_turns_and_ends_at_once() {
        let folder = thidua_testkit::scratch_dir("post");
        let speech = Speech::of(thidua_web::Lang::Vi);
        let sample = || -> Result<App, crate::failure::Failure> {
            let book = book(speech)?;
            let pack = read(&shipped("trieu-son-2020").unwrap(), book).unwrap();
            let db = open(speech, &Address::File(folder.join("post.sqlite")), Missing::Created)?;
            load_into(speech, &db, book, &pack)?;
            Ok(App::open(db, Clock::Machine).unwrap())
        };
        let app = Arc::new(sample().unwrap_or_else(|failure| panic!("{}", failure.sentence)));
        let server = SmtpServer::start();
        let settings = Settings {
            host: "127.0.0.1".into(),
            port: Some(server.port()),
            security: Security::None,
            credentials: None,
            from: "thidua@x.example".into(),
            from_name: String::new(),
        };
        let mail = Mail::new(&settings).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let served = Arc::clone(&app);
        runtime.block_on(async move {
            let post = Post::begin(served, mail);
            tokio::time::timeout(Duration::from_secs(20), post.end()).await.expect("it does not wait for its minute");
        });
    }
}
