//! `diglot lsp`: the master in an editor, by the Language Server Protocol 3.17.
//!
//! 1. [`session`] speaks with the editor over the standard input and output: texts come in, complaints and answers go out.
//! 2. [`document`] reads a text as `check` does, with the project of its folder; [`position`] counts as editors do.
//! 3. [`outline`], [`hover`] and [`target`] answer what is asked of a place: what the article consists of, what becomes of an element, where an id
//!    stands and who points at it. [`repair`] offers the changes that are certain.
//!
//! Nothing is written and nothing is fetched. Only what the editor has open is read, and the pictures and the project beside it.

mod document;
mod hover;
mod outline;
mod position;
mod repair;
pub(super) mod session;
mod target;

use article::code::Code;
use article::diag::{Diagnostic, Log};
use lsp_server::Connection;

use super::args::ServerArguments;
use super::report::Status;

/// Runs `diglot lsp`, until the editor ends it.
#[must_use]
pub(super) fn run(_: &ServerArguments) -> Status {
    let (connection, threads) = Connection::stdio();
    let ended = session::serve(&connection);
    // The writer's thread ends when nobody can give it anything any more.
    drop(connection);
    let written = threads.join();
    let Some(why) = ended.err().map(|error| error.to_string()).or_else(|| written.err().map(|error| error.to_string())) else { return Status::Clean };
    let mut log = Log::default();
    log.push(Diagnostic::new(Code::EngineFault, format!("the editor and the program no longer understand each other: {why}")));
    let mut printer = super::printer();
    printer.job(&log);
    printer.end()
}
