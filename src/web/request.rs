//! A request from bytes.
//!
//! 1. `httparse` reads the head (RFC 9112); [`read`] says whether more is to come.
//! 2. [`lawful`] refuses what does not come from this machine's own page: another `Host` (a name that was made to point here), another `Origin`, a page
//!    of another site that asks for a picture or a script.
//! 3. [`path`] decodes the path; what could lead out of it is refused here, although no path is ever looked for on a disk.

use httparse::{EMPTY_HEADER, Header, Status};
use percent_encoding::percent_decode_str;

/// The largest head of a request, in bytes.
pub const MAX_HEAD: usize = 16 << 10;

/// The most fields of a head.
const MAX_FIELDS: usize = 64;

/// What is asked to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To be shown something.
    Get,
    /// That something is done.
    Post,
}

/// A request that may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked to be done.
    pub method: Method,
    /// The path, decoded: it begins with `/`, and no part of it is empty, `.` or `..`.
    pub path: String,
    /// The query, decoded: names and values in order.
    pub query: Vec<(String, String)>,
    /// The value of `X-Token`.
    pub token: Option<String>,
    /// Whether the page itself asks, by its own word.
    pub own: bool,
}

impl Request {
    /// The first value of this name in the query.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The first value of this name in the query, as a number.
    #[must_use]
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.value(name)?.parse().ok()
    }
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is none.
    Malformed,
    /// It comes from elsewhere.
    Foreign,
    /// Nothing is ever done that way.
    Method,
    /// It has a body.
    Body,
    /// Its head is too large.
    Large,
}

impl Refusal {
    /// The status (RFC 9110, 15; RFC 6585, 5).
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Foreign => 403,
            Self::Method => 405,
            Self::Body => 413,
            Self::Large => 431,
        }
    }
}

/// Reads a request to the server at this port. `None` while its head is not whole.
///
/// # Errors
///
/// When it is to be refused.
pub fn read(bytes: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
    let mut fields = [EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Request::new(&mut fields);
    let status = match head.parse(bytes) {
        Ok(status) => status,
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::Large),
        Err(_) => return Err(Refusal::Malformed),
    };
    let length = match status {
        Status::Complete(length) => length,
        Status::Partial => bytes.len() + 1,
    };
    if length > MAX_HEAD {
        return Err(Refusal::Large);
    }
    if status.is_partial() {
        return Ok(None);
    }
    let method = match head.method {
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        Some(_) | None => return Err(Refusal::Method),
    };
    let own = lawful(head.headers, method, port)?;
    let (path, query) = head.path.and_then(target).ok_or(Refusal::Malformed)?;
    let token = field(head.headers, "x-token")?.map(str::to_owned);
    // A page of another site may lead here, and nothing more.
    if own == Asks::Elsewhere && (method != Method::Get || path != "/") {
        return Err(Refusal::Foreign);
    }
    Ok(Some(Request { method, path, query, token, own: own == Asks::Itself }))
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// The page itself, and the browser says so.
    Itself,
    /// The user, or a program that says nothing of it.
    Somebody,
    /// A page of another site, which the user leaves by it.
    Elsewhere,
}

/// Who asks, if it is one of those who may.
fn lawful(fields: &[Header<'_>], method: Method, port: u16) -> Result<Asks, Refusal> {
    // A name that leads here is not this server's: whoever owns it could read along (DNS rebinding).
    let host = field(fields, "host")?.ok_or(Refusal::Malformed)?;
    if !is_here(host, port) {
        return Err(Refusal::Foreign);
    }
    let origin = field(fields, "origin")?;
    if origin.is_some_and(|origin| !origin.strip_prefix("http://").is_some_and(|host| is_here(host, port))) {
        return Err(Refusal::Foreign);
    }
    if method == Method::Post && origin.is_none() {
        return Err(Refusal::Foreign);
    }
    if field(fields, "transfer-encoding")?.is_some() || field(fields, "content-length")?.is_some_and(|length| length.trim() != "0") {
        return Err(Refusal::Body);
    }
    // Fetch Metadata Request Headers, 2.3: what a page of another site asks for, other than to be left for this one, is refused.
    match (field(fields, "sec-fetch-site")?, field(fields, "sec-fetch-mode")?) {
        (Some("same-origin"), _) => Ok(Asks::Itself),
        (None | Some("none"), _) => Ok(if origin.is_some() { Asks::Itself } else { Asks::Somebody }),
        (Some(_), Some("navigate")) => Ok(Asks::Elsewhere),
        (Some(_), Some(_) | None) => Err(Refusal::Foreign),
    }
}

/// Whether a host is this server.
fn is_here(host: &str, port: u16) -> bool {
    let (name, named) = host.rsplit_once(':').map_or((host, "80"), |(name, port)| (name, port));
    (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")) && named.parse() == Ok(port)
}

/// The value of a field of the head. What is said twice could be read in two ways.
fn field<'a>(fields: &[Header<'a>], name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
    let Some(first) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Refusal::Malformed);
    }
    std::str::from_utf8(first.value).map(|value| Some(value.trim())).map_err(|_| Refusal::Malformed)
}

/// The path and the query of a target, decoded; `None` for what is none of this server's.
fn target(target: &str) -> Option<(String, Vec<(String, String)>)> {
    let (raw, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name, true)?, decoded(value, true)?))
    });
    Some((path(raw)?, pairs.collect::<Option<_>>()?))
}

/// A path, decoded. What could be read in two ways, or leads up, is none.
fn path(raw: &str) -> Option<String> {
    let path = decoded(raw, false)?;
    let inner = path.strip_prefix('/')?;
    let is_sound = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(|c: char| c.is_control() || c == '\\');
    (inner.is_empty() || inner.split('/').all(is_sound)).then_some(path)
}

/// A text without its percent signs; in a query a plus sign is a blank.
fn decoded(text: &str, query: bool) -> Option<String> {
    let text = if query { text.replace('+', " ") } else { text.to_owned() };
    percent_decode_str(&text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 4173;

    fn asked(target: &str, fields: &str) -> Result<Option<Request>, Refusal> {
        read(format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:4173\r\n{fields}\r\n").as_bytes(), PORT)
    }

    #[test]
    fn a_request_is_read() {
        let request = asked("/article/3/where?page=2&x=10.5&q=a%20b+c", "X-Token: abc\r\n").unwrap().unwrap();
        assert_eq!((request.method, request.path.as_str()), (Method::Get, "/article/3/where"));
        assert_eq!((request.number::<u32>("page"), request.number::<f64>("x"), request.value("q")), (Some(2), Some(10.5), Some("a b c")));
        assert_eq!(request.token.as_deref(), Some("abc"));
        assert_eq!(asked("/", "").unwrap().unwrap().path, "/");
        assert_eq!(read(b"GET / HT", PORT), Ok(None));
    }

    #[test]
    fn who_comes_from_elsewhere_is_refused() {
        for host in ["evil.example", "evil.example:4173", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:4173.evil.example", "0.0.0.0:4173", "[::1]:4173", ""] {
            let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            assert_eq!(read(request.as_bytes(), PORT), Err(Refusal::Foreign), "{host}");
        }
        assert_eq!(read(b"GET / HTTP/1.1\r\n\r\n", PORT), Err(Refusal::Malformed), "no host");
        assert_eq!(read(b"GET / HTTP/1.1\r\nHost: localhost:4173\r\nHost: evil.example\r\n\r\n", PORT), Err(Refusal::Malformed), "two hosts");
        assert!(read(b"GET / HTTP/1.1\r\nHost: LOCALHOST:4173\r\n\r\n", PORT).is_ok());
        for origin in ["http://evil.example", "https://127.0.0.1:4173", "http://127.0.0.1:4174", "null", "http://127.0.0.1:4173@evil.example"] {
            assert_eq!(asked("/", &format!("Origin: {origin}\r\n")), Err(Refusal::Foreign), "{origin}");
        }
        assert!(asked("/", "Origin: http://localhost:4173\r\n").is_ok());
        assert_eq!(asked("/article/1/state", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), Err(Refusal::Foreign));
        assert_eq!(asked("/article/1/state", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"), Err(Refusal::Foreign));
        assert!(!asked("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n").unwrap().unwrap().own);
        assert!(asked("/x", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n").unwrap().unwrap().own);
    }

    #[test]
    fn what_is_done_needs_an_origin_and_has_no_body() {
        let post = |fields: &str| read(format!("POST /open HTTP/1.1\r\nHost: 127.0.0.1:4173\r\n{fields}\r\n").as_bytes(), PORT);
        assert_eq!(post(""), Err(Refusal::Foreign));
        assert!(post("Origin: http://127.0.0.1:4173\r\nContent-Length: 0\r\n").unwrap().unwrap().own);
        assert_eq!(post("Origin: http://127.0.0.1:4173\r\nContent-Length: 5\r\n"), Err(Refusal::Body));
        assert_eq!(post("Origin: http://127.0.0.1:4173\r\nTransfer-Encoding: chunked\r\n"), Err(Refusal::Body));
        for method in ["PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "get"] {
            let request = format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:4173\r\n\r\n");
            assert_eq!(read(request.as_bytes(), PORT), Err(Refusal::Method), "{method}");
        }
    }

    #[test]
    fn no_path_leads_anywhere_else() {
        for path in [
            "/..",
            "/../etc/passwd",
            "/a/../b",
            "/%2e%2e/x",
            "/%2E%2e%2fx",
            "/a/%2e/b",
            "//evil.example/",
            "/a//b",
            "/a\\..\\b",
            "/a%5cb",
            "/a%00b",
            "/a%0ab",
            "/%ff",
            "http://127.0.0.1:4173/",
            "x",
            "*",
        ] {
            assert_eq!(asked(path, ""), Err(Refusal::Malformed), "{path}");
        }
    }

    #[test]
    fn heads_are_bounded() {
        assert_eq!(asked("/", &format!("X-A: {}\r\n", "a".repeat(MAX_HEAD))), Err(Refusal::Large));
        assert_eq!(asked("/", &"A: b\r\n".repeat(MAX_FIELDS)), Err(Refusal::Large));
        assert_eq!(read(format!("GET /{}", "a".repeat(MAX_HEAD)).as_bytes(), PORT), Err(Refusal::Large));
    }

    /// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, many: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % many as u64).unwrap_or(0)
        }
    }

    /// Whatever the bytes are: no panic, and what is accepted keeps the promises of [`Request`].
    #[test]
    fn any_bytes_are_read_or_refused() {
        let seeds: [&[u8]; 4] = [
            b"GET /article/3/where?page=2&x=1%20&y=+ HTTP/1.1\r\nHost: 127.0.0.1:4173\r\nSec-Fetch-Site: same-origin\r\nAccept: */*\r\n\r\n",
            b"POST /article/1/open?line=3 HTTP/1.1\r\nHost: localhost:4173\r\nOrigin: http://localhost:4173\r\nX-Token: 0\r\nContent-Length: 0\r\n\r\n",
            b"GET /../%2e%2e/%2f%5c HTTP/1.0\r\nHost:127.0.0.1:4173\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        ];
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let mut accepted = 0;
        for _ in 0..200_000 {
            let mut bytes = seeds[dice.below(seeds.len())].to_vec();
            for _ in 0..dice.below(6) {
                let at = dice.below(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
                match dice.below(4) {
                    0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap_or(0),
                    1 => bytes.truncate(at),
                    2 => bytes.insert(at, b"/.%\r\n:?&\\\0 "[dice.below(11)]),
                    _ => {
                        let piece = bytes.get(at..(at + dice.below(20)).min(bytes.len())).unwrap_or_default().to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            if let Ok(Some(request)) = read(&bytes, PORT) {
                accepted += 1;
                assert!(request.path.starts_with('/'));
                assert!(request.path == "/" || request.path[1..].split('/').all(|part| !part.is_empty() && part != "." && part != ".."), "{}", request.path);
                assert!(!request.path.contains(['\0', '\\', '\r', '\n']));
                assert!(request.method == Method::Get || request.own);
            }
        }
        assert!(accepted > 20_000, "only {accepted} requests are taken: the test has outlived the reader");
    }
}
