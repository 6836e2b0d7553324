//! A mail server on loopback that keeps what it is given, and refuses when told to.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// A letter as the server took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The sender of the envelope.
    pub from: String,
    /// The receivers of the envelope.
    pub to: Vec<String>,
    /// Head and body as sent, without the dots that guard lines.
    pub text: String,
}

/// What the server says to the next letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes them.
    Takes,
    /// Refuses the receiver for now (450).
    Later,
    /// Refuses the receiver for good (550).
    Never,
    /// Breaks off after the greeting.
    BreaksOff,
}

#[derive(Debug)]
struct Desk {
    mood: Mood,
    is_over: bool,
    taken: Vec<Taken>,
}

/// The server; stops when dropped. Speaks the part of RFC 5321 that a sender needs, in the clear.
#[derive(Debug)]
pub struct SmtpServer {
    at: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    thread: Option<JoinHandle<()>>,
}

impl SmtpServer {
    /// Starts on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let at = listener.local_addr().expect("a bound listener has an address");
        let desk = Arc::new(Mutex::new(Desk { mood: Mood::Takes, is_over: false, taken: Vec::new() }));
        let shared = Arc::clone(&desk);
        let thread = std::thread::spawn(move || {
            for visitor in listener.incoming() {
                if locked(&shared).is_over {
                    break;
                }
                if let Ok(visitor) = visitor {
                    // One after the other; a visitor who hangs up is done.
                    let _ = serve(&visitor, &shared);
                }
            }
        });
        Self { at, desk, thread: Some(thread) }
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// What it says from now on.
    pub fn be(&self, mood: Mood) {
        locked(&self.desk).mood = mood;
    }

    /// What it took so far.
    pub fn taken(&self) -> Vec<Taken> {
        locked(&self.desk).taken.clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        locked(&self.desk).is_over = true;
        // Wakes the thread from waiting for a visitor.
        let _ = TcpStream::connect(self.at);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn locked(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(visitor: &TcpStream, desk: &Mutex<Desk>) -> std::io::Result<()> {
    visitor.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;
    let mut out = visitor;
    let mut lines = BufReader::new(visitor);
    out.write_all(b"220 localhost ready\r\n")?;
    let mut letter = Taken { from: String::new(), to: Vec::new(), text: String::new() };
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mood = locked(desk).mood;
        if mood == Mood::BreaksOff {
            return Ok(());
        }
        let line = line.trim_end();
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let address =
            || line.split_once('<').and_then(|(_, tail)| tail.split_once('>')).map_or("", |(a, _)| a).to_owned();
        let answer = match (word.as_str(), mood) {
            ("EHLO", _) => "250-localhost\r\n250 8BITMIME\r\n",
            ("MAIL", _) => {
                letter = Taken { from: address(), to: Vec::new(), text: String::new() };
                "250 ok\r\n"
            }
            ("RCPT", Mood::Later) => "450 4.2.1 try again later\r\n",
            ("RCPT", Mood::Never) => "550 5.1.1 no such user\r\n",
            ("RCPT", _) => {
                letter.to.push(address());
                "250 ok\r\n"
            }
            ("DATA", _) => {
                out.write_all(b"354 go on\r\n")?;
                letter.text = data(&mut lines)?;
                locked(desk).taken.push(letter.clone());
                "250 taken\r\n"
            }
            ("RSET" | "NOOP", _) => "250 ok\r\n",
            ("QUIT", _) => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            (_, _) => "502 not here\r\n",
        };
        out.write_all(answer.as_bytes())?;
    }
}

/// Everything up to the line with a single dot.
fn data(lines: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
