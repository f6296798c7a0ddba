//! The user's editor, at a line.
//!
//! The command is a list of words from the command line; the file, the line and the column are put into them. No shell reads any of it, so that a file may
//! be called what it likes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::cli::args::EditorCommand;

/// Opens a file in the editor. Whether the program could be started.
pub(super) fn open(command: &EditorCommand, file: &Path, line: usize, column: usize) -> bool {
    start(&words(command, &file.to_string_lossy(), line, column))
}

/// Opens an address in the browser. Whether the program could be started.
pub(super) fn browse(address: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        vec!["open"]
    } else if cfg!(windows) {
        vec!["explorer"]
    } else {
        vec!["xdg-open"]
    };
    start(&program.into_iter().chain([address]).map(str::to_owned).collect::<Vec<_>>())
}

/// The words of the command with the place in them.
fn words(command: &EditorCommand, file: &str, line: usize, column: usize) -> Vec<String> {
    let put = |word: &String| {
        let mut out = String::new();
        let mut rest = word.as_str();
        // In one go: what is put in may look like what is replaced.
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let known = [("{file}", file.to_owned()), ("{line}", line.to_string()), ("{column}", column.to_string())];
            match known.into_iter().find(|(name, _)| rest.starts_with(name)) {
                Some((name, value)) => {
                    out.push_str(&value);
                    rest = &rest[name.len()..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out + rest
    };
    command.0.iter().map(put).collect()
}

fn start(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else { return false };
    let child = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match child {
        Ok(mut child) => {
            // Its end has to be waited for by somebody, or the system keeps it.
            thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
