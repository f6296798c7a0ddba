//! `diglot completions` and `diglot man`: what shells and `man` are told of the command line.
//!
//! 1. Both are derived from the definition of the command line in `args`: nothing is written twice.
//! 2. Completions go to the standard output; the manual is one page a command, `diglot.1`, `diglot-build.1` and so on.

use std::io;
use std::path::Path;

use article::diag::Log;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;
use super::output;
use super::report::{self, Printer, Status};

/// Runs `diglot completions`.
#[must_use]
pub(super) fn completions(shell: Shell) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "diglot", &mut script);
    report::list(&String::from_utf8_lossy(&script))
}

/// Runs `diglot man`.
#[must_use]
pub(super) fn pages(folder: &Path, printer: &mut Printer) -> Status {
    let mut program = Arguments::command();
    program.build();
    let all = std::iter::once(&program).chain(
        program.get_subcommands().filter(|command| !command.is_hide_set()).flat_map(|command| std::iter::once(command).chain(command.get_subcommands())),
    );
    let mut log = Log::default();
    let mut written = String::new();
    for command in all {
        let path = folder.join(format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name())));
        match page(command.clone()).map(|text| output::write(&path, &text)) {
            Ok(Ok(())) => written.push_str(&format!("{}\n", path.display())),
            Ok(Err(diagnostic)) => log.push(diagnostic),
            Err(error) => log.push(output::refused(&path, &error)),
        }
    }
    printer.job(&log);
    report::list(&written).max(printer.status())
}

/// One page of the manual. It bears no date: the same program writes the same page.
fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    Ok(text)
}
