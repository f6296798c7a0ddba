//! An answer, and its head.
//!
//! Every answer says that nobody else may frame, embed or sniff it, and what of the web a page of it may ask for: nothing that is not said here.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::mpsc::Receiver;

/// What a document that is only looked at may do: nothing (Content Security Policy Level 3).
pub const INERT: &str = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// An answer.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    media_type: Cow<'static, str>,
    policy: Cow<'static, str>,
    fields: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

/// What follows the head.
#[derive(Debug)]
pub(crate) enum Body {
    Bytes(Vec<u8>),
    /// Events, one a message, until the sender is gone.
    Events(Receiver<String>),
}

impl Reply {
    /// An answer of bytes.
    #[must_use]
    pub fn bytes(media_type: impl Into<Cow<'static, str>>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, media_type: media_type.into(), policy: INERT.into(), fields: Vec::new(), body: Body::Bytes(bytes.into()) }
    }

    /// An answer in words, for what went wrong.
    #[must_use]
    pub fn error(status: u16) -> Self {
        let reply = Self::bytes("text/plain; charset=utf-8", format!("{status} {}\n", reason(status)));
        Self { status, ..reply }
    }

    /// Events as they come (HTML, 9.2).
    #[must_use]
    pub fn events(events: Receiver<String>) -> Self {
        Self { body: Body::Events(events), ..Self::bytes("text/event-stream; charset=utf-8", Vec::new()) }
    }

    /// The same with another policy of what its document may do.
    #[must_use]
    pub fn policy(self, policy: impl Into<Cow<'static, str>>) -> Self {
        Self { policy: policy.into(), ..self }
    }

    /// The same, for a browser to keep: there will never be another answer at that address.
    #[must_use]
    pub fn lasting(self) -> Self {
        self.with("Cache-Control", "private, max-age=31536000, immutable".to_owned())
    }

    /// The same with another field in its head. Line ends, which would end it, are taken out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value.replace(|c: char| c.is_control(), " ")));
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Writes the head (RFC 9112, 4).
    pub(crate) fn head(&self, out: &mut impl Write) -> io::Result<()> {
        let Self { status, media_type, policy, fields, body } = self;
        write!(out, "HTTP/1.1 {status} {}\r\nContent-Type: {media_type}\r\nContent-Security-Policy: {policy}\r\n", reason(*status))?;
        write!(out, "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n")?;
        write!(out, "Cross-Origin-Opener-Policy: same-origin\r\nConnection: close\r\n")?;
        if let Body::Bytes(bytes) = body {
            write!(out, "Content-Length: {}\r\n", bytes.len())?;
        }
        if !fields.iter().any(|(name, _)| *name == "Cache-Control") {
            write!(out, "Cache-Control: no-store\r\n")?;
        }
        for (name, value) in fields {
            write!(out, "{name}: {value}\r\n")?;
        }
        write!(out, "\r\n")
    }
}

/// A status in words (RFC 9110, 15).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
