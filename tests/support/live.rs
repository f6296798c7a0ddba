//! The program where it does not end by itself: `watch` and `serve`.
//!
//! 1. [`Live::start`] runs it in a place and reads what it says, line by line, as it says it.
//! 2. It ends with the test, however that ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Failed;
use super::program::Place;

/// How long anything may take before the test has failed: much more than it takes, for other tests run beside.
pub const LIMIT: Duration = Duration::from_secs(30);

/// A running program.
pub struct Live {
    child: Child,
    lines: Receiver<String>,
}

impl Live {
    /// Starts the program in the folder of a place.
    pub fn start(place: &Place, arguments: &[&str]) -> Result<Self, Failed> {
        let mut child = place.command(place.path()).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().ok_or("no standard output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, lines })
    }

    /// The next line that it says.
    pub fn line(&self) -> Result<String, Failed> {
        self.lines.recv_timeout(LIMIT).map_err(|_| "the program says nothing".into())
    }

    /// The next line that is data of this type.
    pub fn data(&self, kind: &str) -> Result<Value, Failed> {
        loop {
            let value: Value = serde_json::from_str(&self.line()?)?;
            if value["type"] == kind {
                return Ok(value);
            }
        }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it says nothing for a while.
    pub fn is_silent(&self, time: Duration) -> bool {
        self.lines.recv_timeout(time).is_err()
    }

    /// How much time of a processor it has taken, in hundredths of a second. Source: proc(5), `/proc/pid/stat`, fields 14 and 15.
    pub fn spent(&self) -> Result<u64, Failed> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let field = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        Ok(field(11) + field(12))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of this machine that is asked by hand.
#[derive(Clone, Copy)]
pub struct Site(pub u16);

impl Site {
    /// The site of a server by what it says first: its address.
    pub fn of(live: &Live) -> Result<Self, Failed> {
        let line = live.line()?;
        let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.trim_end_matches('/').parse().ok());
        port.map(Self).ok_or_else(|| format!("`{line}` is no address").into())
    }

    /// A connection.
    pub fn connect(self) -> Result<TcpStream, Failed> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.0))?;
        stream.set_read_timeout(Some(LIMIT))?;
        Ok(stream)
    }

    /// Sends bytes as they are, and gives all that comes back.
    pub fn send(self, bytes: &[u8]) -> Result<Vec<u8>, Failed> {
        let mut stream = self.connect()?;
        // A server that refuses early may have closed it.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Ok(answer)
    }

    /// Asks for a path with further fields in the head; gives the status and the body.
    pub fn ask_with(self, method: &str, path: &str, fields: &str) -> Result<(u16, Vec<u8>), Failed> {
        let answer = self.send(format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{fields}\r\n", self.0).as_bytes())?;
        let status = String::from_utf8_lossy(answer.get(9..12).unwrap_or_default()).parse().map_err(|_| format!("{path}: no answer"))?;
        let body = answer.windows(4).position(|four| four == b"\r\n\r\n").map(|at| answer[at + 4..].to_vec()).unwrap_or_default();
        Ok((status, body))
    }

    /// Asks for data.
    pub fn data(self, path: &str) -> Result<Value, Failed> {
        let (status, body) = self.ask_with("GET", path, "")?;
        if status != 200 {
            return Err(format!("{path}: {status}").into());
        }
        Ok(serde_json::from_slice(&body)?)
    }

    /// The state of an article when it is as it should be.
    pub fn state(self, id: u64, is: impl Fn(&Value) -> bool) -> Result<Value, Failed> {
        let start = Instant::now();
        loop {
            let state = self.data(&format!("/article/{id}/state"))?;
            if state["busy"] == false && is(&state) {
                return Ok(state);
            }
            if start.elapsed() > LIMIT {
                let (pages, found) = (state["pages"].as_array().map_or(0, Vec::len), &state["found"]);
                return Err(format!(
                    "article {id} does not come to be as it should: busy {}, failed {}, {pages} pages, {found}",
                    state["busy"], state["failed"]
                )
                .into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
