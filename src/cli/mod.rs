//! The command line: the only place that knows the disk, the terminal, the environment and the time.
//!
//! 1. [`args`] is what was typed. `plan` is what to do: everything looked up, the masters found by `masters`, what a journal always says by `project`, what its
//!    masters are set with as a `recipe`. `state` tells which masters have changed; `job` loads what those are set with.
//! 2. `build`, `check`, `init`, `press` (of several PDFs an `issue`), `explain`, `layouts`, `styles`, `fonts`, `licenses`, `merge` and `manual` are the commands; `citing` finds the citation style; `open` brings a master
//!    with its `pictures` (found by `places`, read by `raster`, `svg` and `ghostscript`) to an edition; `make` makes its outputs in memory, with `book`, `page` and `cover`;
//!    `master` writes them; `batch` works on several masters at once, and `isolate` gives them to processes, each a `worker`.
//! 3. `watch` builds again whenever what was read has changed, of which `follow` knows.
//! 4. `landed` says where a place of a master landed in its outputs, and back, for `node` (`explain-node`) and for `serve`, which shows all of it in a browser.
//! 5. `output` writes files whole or not at all, each known by its `stamp`.
//! 6. `report` is the only printer: messages, each `told` by `frame`, data as `record` describes it, for code hosts by `sarif` and
//!    `annotation`, times by `timings`, what a build system asks for by `deps`.
//! 7. [`untrusted`] names what comes in as bytes besides masters, for those who try whether any bytes do harm.
#![allow(clippy::disallowed_methods, reason = "the one door to the disk and the clock; everything else is handed what it needs")]

mod annotation;
pub mod args;
mod batch;
mod book;
mod build;
mod check;
mod checks;
mod citing;
mod cover;
mod deps;
mod disk;
mod explain;
mod follow;
mod fonts;
mod frame;
mod ghostscript;
mod init;
mod isolate;
mod issue;
mod job;
mod landed;
mod layouts;
mod licenses;
mod lsp;
mod make;
mod manual;
mod master;
mod masters;
mod merge;
mod node;
mod open;
mod output;
mod page;
mod pictures;
mod places;
mod plan;
mod press;
mod project;
mod raster;
mod recipe;
mod record;
mod report;
mod reporting;
mod sarif;
mod serve;
mod stamp;
mod state;
mod svg;
mod timings;
mod told;
pub mod untrusted;
mod watch;
mod worker;

pub use report::Status;

use args::{Arguments, Command, MessageArguments, MessageFormat};
use clap::CommandFactory;
use clap::error::ErrorKind;
use report::Printer;

/// Does what was asked for.
///
/// # Errors
///
/// When the command line contradicts itself.
pub fn run(arguments: &Arguments) -> Result<Status, clap::Error> {
    match &arguments.command {
        Command::Build(arguments) => build::run(arguments),
        Command::Check(arguments) => Ok(check::run(arguments)),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::ExplainNode(arguments) => node::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Press(arguments) => press::run(arguments),
        Command::Layouts(command) => Ok(layouts::run(command, &mut printer())),
        Command::Report(command) => Ok(merge::run(command)),
        Command::Styles => Ok(report::list(&citing::listed())),
        Command::Fonts(arguments) => Ok(fonts::run(arguments, &mut printer())),
        Command::Licenses { texts } => Ok(report::list(&licenses::listed(*texts))),
        Command::Worker => Ok(worker::run()),
        Command::Lsp(arguments) => Ok(lsp::run(arguments)),
        Command::Completions { shell } => Ok(manual::completions(*shell)),
        Command::Man { folder } => Ok(manual::pages(folder, &mut printer())),
    }
}

/// The printer of commands that have no flags for messages.
fn printer() -> Printer {
    Printer::new(&MessageArguments { strict: false, message_format: MessageFormat::Human, color: args::Colour::Auto })
}

/// What is said of a command line that contradicts itself, or the world.
fn usage(command: &str, kind: ErrorKind, message: &str) -> clap::Error {
    let mut program = Arguments::command();
    program.build();
    match program.find_subcommand_mut(command) {
        Some(command) => command.error(kind, message),
        None => program.error(kind, message),
    }
}
