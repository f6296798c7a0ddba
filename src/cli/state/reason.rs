//! Why outputs are made: the answers of `--explain-rebuild`.

use std::path::PathBuf;

/// Why the outputs of a master are made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Reason {
    /// It was asked for.
    Forced,
    /// Nothing is known of a run that went well.
    Unknown,
    /// Another version of the program made them.
    Program,
    /// An option, or what the project says, is another now.
    Option {
        /// What it is called.
        name: String,
        /// What it was; empty for nothing.
        was: String,
        /// What it is.
        is: String,
    },
    /// A file that was read.
    File(PathBuf, Change),
    /// An entry of a folder that was looked into.
    Entry(PathBuf, Change),
    /// Another program that was asked for is not the same.
    Tool(String),
    /// An output is not as it was written.
    Output(PathBuf, Change),
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Change {
    /// It was not there.
    New,
    /// Its bytes are others.
    Changed,
    /// It is not there.
    Gone,
    /// It is another one under the same name.
    Elsewhere,
    /// A font has other faces, or other characters.
    Faces,
}

impl Change {
    fn sentence(self) -> &'static str {
        match self {
            Self::New => "is new",
            Self::Changed => "has changed",
            Self::Gone => "is gone",
            Self::Elsewhere => "leads elsewhere",
            Self::Faces => "has other faces or characters",
        }
    }
}

impl Reason {
    /// The reason as the end of a sentence that begins with the master's name.
    #[must_use]
    pub(in crate::cli) fn sentence(&self) -> String {
        let option = |value: &str| if value.is_empty() { "nothing".to_owned() } else { format!("`{value}`") };
        match self {
            Self::Forced => "`--force` was given".to_owned(),
            Self::Unknown => "no run is known in which all of it went well".to_owned(),
            Self::Program => "another version of the program made the outputs".to_owned(),
            Self::Option { name, was, is } => format!("`{name}` was {} and is {}", option(was), option(is)),
            Self::File(path, change) | Self::Entry(path, change) => format!("`{}` {}", path.display(), change.sentence()),
            Self::Tool(name) => format!("the program `{name}` is another one"),
            Self::Output(path, change) => format!("the output `{}` {}", path.display(), change.sentence()),
        }
    }
}
