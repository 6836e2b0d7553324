//! The mail: the only place in the program that speaks SMTP.

use std::fmt;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, Message, SmtpTransport, Transport};

/// How mail leaves the house.
#[derive(Clone)]
pub struct Mail {
    transport: SmtpTransport,
    from: Mailbox,
}

/// Where mail is handed in, and as whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// The server's name.
    pub host: String,
    /// Its port; by [`Security`] where none is given.
    pub port: Option<u16>,
    /// How the connection is kept secret.
    pub security: Security,
    /// Name and password, where the server asks for them.
    pub credentials: Option<(String, String)>,
    /// The address mail comes from.
    pub from: String,
    /// The name shown beside it.
    pub from_name: String,
}

/// How a connection to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte; port 465.
    Tls,
    /// TLS after STARTTLS, and no mail without it; port 587.
    StartTls,
    /// None: for a server on the same machine, port 25. A password is never sent over it.
    None,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom, by name.
    pub to_name: String,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// What makes it this letter: the same for each attempt, so that a receiver can tell a second copy.
    pub id: String,
}

/// Why mail could not be set up or sent; without passwords and without the letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// A setting that cannot be.
    #[error("mail setting {what} cannot be used: {why}")]
    Setting {
        /// Which.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// The server, or the way to it, fails for now.
    #[error("mail cannot be handed in for now: {0}")]
    Later(String),
    /// The server refuses this letter for good.
    #[error("the mail server refuses the letter: {0}")]
    Never(String),
}

impl Security {
    /// Reads `tls`, `starttls` or `none`.
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "tls" => Some(Self::Tls),
            "starttls" => Some(Self::StartTls),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// How long the server may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(20);

impl Mail {
    /// Sets mail up; nothing is sent and no connection is made yet.
    ///
    /// # Errors
    /// [`MailError::Setting`]: an address that is none, a host without certificate name, a password without secrecy.
    pub fn new(settings: &Settings) -> Result<Self, MailError> {
        let setting = |what, why: String| MailError::Setting { what, why };
        let from: Address = settings.from.parse().map_err(|e| setting("from", format!("{e}")))?;
        let name = Some(settings.from_name.clone()).filter(|name| !name.trim().is_empty());
        let parameters = || TlsParameters::new(settings.host.clone()).map_err(|e| setting("host", e.to_string()));
        let tls = match settings.security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::None if settings.credentials.is_some() => {
                return Err(setting("security", "a password is not sent over an open connection".to_owned()));
            }
            Security::None => Tls::None,
        };
        let mut builder = SmtpTransport::builder_dangerous(&settings.host)
            .port(settings.port.unwrap_or(settings.security.port()))
            .tls(tls)
            .timeout(Some(TIMEOUT));
        if let Some((user, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from: Mailbox::new(name, from) })
    }

    /// Hands a letter in; blocks for as long as the server takes.
    ///
    /// # Errors
    /// [`MailError::Later`] where trying again may help; [`MailError::Never`] where it will not.
    pub fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = self.message(letter)?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Never(told(&error))),
            Err(error) => Err(MailError::Later(told(&error))),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let never = |why: String| MailError::Never(why);
        let address: Address = letter.to.parse().map_err(|e| never(format!("{e}")))?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.to_name.clone()), address))
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            // RFC 3834: no out-of-office note answers a machine.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        builder.body(letter.body.clone()).map_err(|e| never(e.to_string()))
    }
}

/// What went wrong, on one line, with its causes.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !said.contains(&more) {
            said.push_str(": ");
            said.push_str(&more);
        }
        cause = inner.source();
    }
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("from", &self.from.email).finish_non_exhaustive()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, security, from, .. } = self;
        f.debug_struct("Settings")
            .field("host", host)
            .field("port", port)
            .field("security", security)
            .field("from", from)
            .finish_non_exhaustive()
    }
}
