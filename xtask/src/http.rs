//! Just enough HTTP to ask our own server for a page over the loopback.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

/// Longest time for any one step of a request.
const LIMIT: Duration = Duration::from_secs(20);

/// The largest answer that is read to its end, in bytes.
const SIZE_MAX: u64 = 64 * 1024 * 1024;

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// 200, 404 and so on.
    pub status: u16,
    /// The body, as UTF-8.
    pub body: String,
}

/// Asks for a path on a port of the loopback.
///
/// The request is HTTP/1.0, so that the answer ends with the connection and comes in one piece.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let answer = ask(address, path).with_context(|| format!("no answer to GET {path} on port {port}"))?;
    read(&answer).with_context(|| format!("GET {path} on port {port} was answered with something that is no HTTP"))
}

fn ask(address: SocketAddr, path: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&address, LIMIT)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept: text/html\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    stream.take(SIZE_MAX).read_to_end(&mut answer)?;
    Ok(answer)
}

fn read(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.lines().next()?.split(' ').nth(1)?.parse().ok()?;
    let body = String::from_utf8(answer[end + 4..].to_vec()).ok()?;
    Some(Answer { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_status_and_its_text() {
        let answer = read("HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nKhông có trang này".as_bytes()).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (404, "Không có trang này"));
        assert!(read(b"SSH-2.0\r\n\r\n").is_none());
        assert!(read(b"HTTP/1.1 200 OK\r\n\r\n\xff").is_none(), "a page that is no UTF-8");
    }

    #[test]
    fn a_server_is_asked_over_the_loopback() {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 512];
            let read = stream.read(&mut request).unwrap();
            stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nxin ch\xc3\xa0o").unwrap();
            String::from_utf8(request[..read].to_vec()).unwrap()
        });
        assert_eq!(get(port, "/bao-cao").unwrap().body, "xin chào");
        assert!(server.join().unwrap().starts_with("GET /bao-cao HTTP/1.0\r\n"));
    }
}
