//! What comes in as bytes besides masters, each behind one function, for `fuzz/` and for the tests that replay what that found.
//!
//! 1. [`project`] is a `diglot.toml`, [`layout`] the files of a layout that Rust reads, [`state`] a note of what was built.
//! 2. [`session`] is what an editor says over its pipe.
//!
//! Requests to `serve` come through [`web::request::read`], which is open already.

use std::path::Path;

use article::diag::Log;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request};
use serde_json::json;

use super::checks;
use super::lsp;
use super::project::Project;
use super::state::Stored;
use super::state::seen::Seen;
use crate::pdf::layout::Layout;

/// Reads a project's file and asks it for all that it can say. Whether it could be understood.
#[must_use]
pub fn project(bytes: &[u8]) -> bool {
    let mut log = Log::default();
    let Some(project) = Project::parse(&mut log, Path::new("diglot.toml"), bytes.to_vec(), Seen::default()) else { return false };
    let house = project.house();
    let said = (project.written(), project.layout(&mut Seen::default()), project.imprint(), project.derive(), house);
    let layout = Layout::as_written("classic").and_then(|classic| Layout::inherit(&mut log, vec![classic], project.overrides().as_ref()));
    drop((said, checks::of(&mut log, layout.as_ref(), &project)));
    layout.is_some() && log.errors() == 0
}

/// Reads what Rust reads of a layout: `layout.toml`, and behind a line `%%` its `layout.css`. Whether it could be understood.
#[must_use]
pub fn layout(bytes: &[u8]) -> bool {
    let mark: &[u8] = b"\n%%\n";
    let at = bytes.windows(mark.len()).position(|window| window == mark);
    let (manifest, sheet) = at.map_or((bytes, &[][..]), |at| (&bytes[..at], &bytes[at + mark.len()..]));
    let files = vec![("layout.toml".to_owned(), manifest.to_vec()), ("layout.css".to_owned(), sheet.to_vec())];
    let mut log = Log::default();
    let mut chain = vec![Layout::from_files("ours", files)];
    while let Some(parent) = chain.last().and_then(|layout| layout.manifest(&mut log)).and_then(|manifest| manifest.extends) {
        let Some(parent) = Layout::as_written(&parent) else { return false };
        chain.push(parent);
    }
    let Some(layout) = Layout::inherit(&mut log, chain, None) else { return false };
    let manifest = layout.manifest(&mut log);
    let _ = (layout.css(), layout.page_css(), checks::of(&mut log, Some(&layout), &Project::default()));
    layout.check_css(&mut log) && manifest.is_some_and(|manifest| !manifest.book_fonts().is_empty())
}

/// Reads a note of what was built, and looks whether it still holds. Files that it names are looked at, and none is written.
#[must_use]
pub fn state(bytes: &[u8]) -> bool {
    Stored::holds(bytes).0
}

/// A session with an editor that says these lines, each the body of a message. How many messages came back.
///
/// # Panics
///
/// When a question is answered by a fault of the program.
#[must_use]
pub fn session(bytes: &[u8]) -> usize {
    let (ours, editor) = Connection::memory();
    let hello = Request::new(0.into(), "initialize".to_owned(), json!({ "capabilities": {} }));
    let ready = Notification::new("initialized".to_owned(), json!({}));
    let said = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Message>(line).ok());
    for message in [hello.into(), ready.into()].into_iter().chain(said) {
        // It hangs up only when it has been dropped, below.
        let _ = editor.sender.send(message);
    }
    drop(editor.sender);
    let _ = lsp::session::serve(&ours);
    drop(ours);
    let answers = editor.receiver.iter().inspect(|message| {
        if let Message::Response(answer) = message {
            let fault = answer.response_result.as_ref().is_err_and(|error| error.code == ErrorCode::InternalError as i32);
            assert!(!fault, "the program met a fault of its own");
        }
    });
    answers.count()
}
