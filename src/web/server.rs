//! The server: connections, bounded.
//!
//! 1. One thread takes connections; each gets a thread of its own, of which there are [`MOST`] at once.
//! 2. Where all are taken, the connection that has waited longest for the rest of its request is closed for the new one: a browser sends a request
//!    at once, and who holds connections open without asking anything stands in nobody's way.
//! 3. A request must be whole within [`PATIENCE`], an answer taken within [`SLOWEST`]. A listener to events may wait for ever; of those the hub has a bound.
//!
//! Nobody is asked again and again: a server without requests takes no time of a processor.
#![allow(clippy::disallowed_methods, reason = "bounds on time need a clock; nothing of it reaches an answer")]

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::reply::{Body, Reply};
use crate::request::{self, MAX_HEAD, Request};

/// The most connections at once.
pub const MOST: usize = 96;

/// How long a request may take to come.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How long an answer may take to be taken.
pub const SLOWEST: Duration = Duration::from_secs(30);

/// How much of an answer is written at once, in bytes.
const PIECE: usize = 256 << 10;

/// The stack of a connection's thread, in bytes: pictures of deeply nested pages are drawn on it.
const STACK: usize = 8 << 20;

/// What answers requests.
pub type Answer = dyn Fn(&Request) -> Reply + Send + Sync;

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Listens on 127.0.0.1, at this port; 0 is any that is free.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the system does not let.
    pub fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers for ever. To be called in a thread of its own.
    pub fn run(&self, answer: &Arc<Answer>) {
        let open = Arc::new(Open::default());
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => self.take(stream, &open, answer),
                // Without a file descriptor that is free the next try would fail as fast.
                Err(_) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    fn take(&self, stream: TcpStream, open: &Arc<Open>, answer: &Arc<Answer>) {
        let Some(seat) = open.seat(&stream) else {
            let _ = write(&stream, Reply::error(503));
            return;
        };
        let (port, answer) = (self.port, Arc::clone(answer));
        let labour = move || {
            // A fault of the answerer is one answer that fails, and nothing else.
            let _ = catch_unwind(AssertUnwindSafe(|| serve(&stream, port, answer.as_ref(), &seat)));
            let _ = stream.shutdown(Shutdown::Both);
            drop(seat);
        };
        // Where the system gives no thread, the connection is closed with what it was moved into.
        let _ = thread::Builder::new().name("web".to_owned()).stack_size(STACK).spawn(labour);
    }
}

/// Reads one request and answers it.
fn serve(stream: &TcpStream, port: u16, answer: &Answer, seat: &Seat) {
    let Some(read) = receive(stream, port) else { return };
    seat.asked();
    let reply = match &read {
        Ok(request) => answer(request),
        Err(refusal) => Reply::error(refusal.status()),
    };
    let _ = write(stream, reply);
    if read.is_err() {
        // What was not read would make the system throw the answer away.
        let _ = stream.shutdown(Shutdown::Write);
        let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
        let _ = io::copy(&mut io::Read::take(stream, 1 << 20), &mut io::sink());
    }
}

/// The request of a connection; `None` where it never comes.
fn receive(mut stream: &TcpStream, port: u16) -> Option<Result<Request, request::Refusal>> {
    let until = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        stream.set_read_timeout(Some(left)).ok()?;
        let length = match stream.read(&mut piece) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        bytes.extend_from_slice(piece.get(..length)?);
        match request::read(bytes.get(..bytes.len().min(MAX_HEAD + 1))?, port) {
            Ok(Some(request)) => return Some(Ok(request)),
            Ok(None) => {}
            Err(refusal) => return Some(Err(refusal)),
        }
    }
}

/// Writes an answer. Events are written as they come, until nobody takes them.
fn write(mut stream: &TcpStream, reply: Reply) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    reply.head(&mut head)?;
    match reply.body {
        Body::Bytes(bytes) => {
            let until = Instant::now() + SLOWEST;
            head.extend_from_slice(&bytes);
            for piece in head.chunks(PIECE) {
                if Instant::now() > until {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                stream.write_all(piece)?;
            }
            Ok(())
        }
        Body::Events(events) => {
            stream.write_all(&head)?;
            // A first line, so that who listens knows that it is heard.
            stream.write_all(b"retry: 500\n\n")?;
            for event in events {
                stream.write_all(format!("data: {event}\n\n").as_bytes())?;
            }
            Ok(())
        }
    }
}

/// The connections that are open.
#[derive(Debug, Default)]
struct Open(Mutex<Seats>);

#[derive(Debug, Default)]
struct Seats {
    taken: usize,
    next: u64,
    /// Those whose request has not come yet, the oldest first.
    waiting: VecDeque<(u64, TcpStream)>,
}

/// A place among the connections, given back when it is dropped.
struct Seat {
    open: Arc<Open>,
    no: u64,
}

impl Open {
    /// A place for a connection; where all are taken, the one who waits longest goes. `None` where nobody waits.
    fn seat(self: &Arc<Self>, stream: &TcpStream) -> Option<Seat> {
        let handle = stream.try_clone().ok()?;
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seats.taken >= MOST {
            let (_, oldest) = seats.waiting.pop_front()?;
            // Its thread wakes and gives its place back; for a moment there is one more than the bound.
            let _ = oldest.shutdown(Shutdown::Both);
        }
        seats.taken += 1;
        seats.next += 1;
        let no = seats.next;
        seats.waiting.push_back((no, handle));
        Some(Seat { open: Arc::clone(self), no })
    }
}

impl Seat {
    /// The request has come: the connection does not wait any more.
    fn asked(&self) {
        self.open.0.lock().unwrap_or_else(PoisonError::into_inner).waiting.retain(|(no, _)| *no != self.no);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.asked();
        let mut seats = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        seats.taken = seats.taken.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::Hub;

    fn started() -> (u16, Arc<Hub>) {
        let server = Server::bind(0).unwrap();
        let port = server.port();
        let hub = Arc::new(Hub::default());
        let listened = Arc::clone(&hub);
        let answer: Arc<Answer> = Arc::new(move |request: &Request| match request.path.as_str() {
            "/events" => Reply::events(listened.listen()),
            "/panic" => panic!("a fault of the answerer"),
            path => Reply::bytes("text/plain", path.as_bytes()),
        });
        thread::spawn(move || server.run(&answer));
        (port, hub)
    }

    fn connected(port: u16) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn ask(port: u16, path: &str) -> String {
        let mut stream = connected(port);
        let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        let mut text = String::new();
        let _ = stream.read_to_string(&mut text);
        text
    }

    #[test]
    fn requests_are_answered() {
        let (port, _) = started();
        let text = ask(port, "/hello");
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\n/hello"), "{text}");
        assert!(text.contains("X-Content-Type-Options: nosniff") && text.contains("default-src 'none'"), "{text}");
        assert!(ask(port, "/../x").starts_with("HTTP/1.1 400 "));
    }

    #[test]
    fn a_fault_of_the_answerer_ends_one_answer() {
        let (port, _) = started();
        assert_eq!(ask(port, "/panic"), "");
        assert!(ask(port, "/hello").ends_with("/hello"));
    }

    #[test]
    fn events_reach_all_who_listen() {
        let (port, hub) = started();
        let mut listeners: Vec<TcpStream> = (0..5).map(|_| connected(port)).collect();
        for stream in &mut listeners {
            write!(stream, "GET /events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
        }
        while hub.count() < 5 {
            thread::sleep(Duration::from_millis(2));
        }
        hub.tell("one\ntwo");
        for mut stream in listeners {
            let mut text = String::new();
            let mut byte = [0];
            while !text.ends_with("data: one two\n\n") {
                assert_eq!(stream.read(&mut byte).unwrap(), 1, "{text}");
                text.push(char::from(byte[0]));
            }
        }
    }

    #[test]
    fn a_thousand_idle_connections_stand_in_nobodys_way() {
        let (port, _) = started();
        let mut idle: Vec<TcpStream> = Vec::new();
        for at in 0..1_000 {
            let mut stream = connected(port);
            // Every other one sends the beginning of a request and nothing more.
            if at % 2 == 0 {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: 127");
            }
            idle.push(stream);
            if at % 250 == 249 {
                let start = Instant::now();
                assert!(ask(port, "/hello").ends_with("/hello"), "at {at}");
                assert!(start.elapsed() < Duration::from_secs(2), "{:?} at {at}", start.elapsed());
            }
        }
        // All but the last have been closed by the server.
        let closed = idle.iter_mut().take(800).filter(|stream| matches!((&**stream).read(&mut [0; 16]), Ok(0) | Err(_))).count();
        assert_eq!(closed, 800);
    }

    #[test]
    fn a_request_that_drips_is_given_up() {
        let (port, _) = started();
        let mut stream = connected(port);
        let start = Instant::now();
        let request = format!("GET /{} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", "a".repeat(200));
        for byte in request.bytes() {
            if stream.write_all(&[byte]).is_err() || start.elapsed() > Duration::from_secs(15) {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        assert!(start.elapsed() < PATIENCE + Duration::from_secs(4), "{:?}", start.elapsed());
    }
}
