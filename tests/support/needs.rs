//! Trials that need something that this machine may not have.
//!
//! 1. [`trial`] names what it needs: a judge of `tests/judges/run have`, a command, the corpus, or a right.
//! 2. What is missing is named, and the trial is reported as ignored; with `CI=true` a missing judge is a failure.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use libtest_mimic::{Completion, Failed, Trial};

use super::{Outcome, root};

/// Something that a trial needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A judge, by the name that `tests/judges/run have` knows.
    Judge(&'static str),
    /// Another command on the path. Judges of poppler's come together with `pdftotext`.
    Command(&'static str),
    /// The real articles, which lie beside the repository where there are any.
    Corpus,
    /// The text from which the first master was made, beside the repository.
    Seed,
    /// To be allowed to mount a disk that only the test sees.
    Mounts,
}

impl Need {
    fn name(self) -> String {
        match self {
            Self::Judge(name) | Self::Command(name) => format!("`{name}`"),
            Self::Corpus => "`../shared/corpus`".to_owned(),
            Self::Seed => "`../shared/seed/article.txt`".to_owned(),
            Self::Mounts => "to be allowed to mount a disk".to_owned(),
        }
    }

    /// Whether it must be there in continuous integration: what comes with the machine need not.
    fn is_demanded(self) -> bool {
        matches!(self, Self::Judge(_) | Self::Command(_))
    }

    fn is_there(self) -> bool {
        match self {
            Self::Judge(name) => quiet(Command::new(root().join("tests/judges/run")).args(["have", name])),
            Self::Command(name) => quiet(Command::new("sh").args(["-c", "command -v \"$1\"", "sh", name])),
            Self::Corpus => corpus().is_dir(),
            Self::Seed => seed().is_file(),
            Self::Mounts => quiet(Command::new("unshare").args(["-m", "mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", "/mnt"])),
        }
    }
}

/// The folder of real articles.
pub fn corpus() -> PathBuf {
    root().join("../shared/corpus")
}

/// The text from which the first master was made.
pub fn seed() -> PathBuf {
    root().join("../shared/seed/article.txt")
}

fn quiet(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Whether something is there; asked once.
pub fn has(need: Need) -> bool {
    static KNOWN: Mutex<BTreeMap<Need, bool>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *known.entry(need).or_insert_with(|| need.is_there())
}

/// A trial that runs where everything that it needs is there.
pub fn trial(name: impl Into<String>, needs: &'static [Need], run: impl FnOnce() -> Outcome + Send + 'static) -> Trial {
    Trial::ignorable_test(name, move || {
        let missing: Vec<Need> = needs.iter().copied().filter(|need| !has(*need)).collect();
        if missing.is_empty() {
            return run().map(|()| Completion::Completed);
        }
        let names = missing.iter().map(|need| need.name()).collect::<Vec<_>>().join(", ");
        if std::env::var("CI").is_ok_and(|ci| ci == "true") && missing.iter().any(|need| need.is_demanded()) {
            return Err(Failed::from(format!("this machine lacks {names}, which CI must have")));
        }
        Ok(Completion::ignored_with(format!("skipped: needs {names}")))
    })
}
