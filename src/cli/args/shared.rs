//! What several commands can be told: the project, pictures, fonts, messages.

use std::path::PathBuf;

use article::code::Severity;
use clap::{Args, ValueEnum};

use super::{Colour, MessageFormat, typed};

/// The group of it in the help.
pub(super) const HEADING: &str = "Pictures, fonts, messages";

/// Which project a master belongs to.
#[derive(Clone, Debug, Args)]
pub struct ProjectArguments {
    /// The project's file, or its folder [default: the nearest diglot.toml above each master]
    #[arg(id = "project_path", long = "project", value_name = "FILE|DIR")]
    pub path: Option<PathBuf>,
}

/// Where pictures are, and what if they are not.
#[derive(Clone, Debug, Default, Args)]
pub struct FigureArguments {
    /// Look for pictures in this folder too (repeatable)
    #[arg(help_heading = HEADING, hide_short_help = true)]
    #[arg(id = "figure_folders", long = "figures", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// A picture that is not there or cannot be shown: error, or warn and show its frame [default: error]
    #[arg(help_heading = HEADING)]
    #[arg(id = "missing_figures", long = "missing-figures", value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub missing: Option<Gravity>,
}

/// How grave it is that something is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// An error.
    #[default]
    Error,
    /// A warning: the outputs are made without it.
    Warn,
}

impl Gravity {
    /// What it is called where it is typed.
    #[must_use]
    pub fn name(self) -> String {
        typed(self)
    }

    /// The severity of such a complaint; `None` is the code's own.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => None,
            Self::Warn => Some(Severity::Warning),
        }
    }
}

/// Fonts besides the built-in ones.
#[derive(Clone, Debug, Args)]
pub struct FontArguments {
    /// Use the fonts in this folder too (repeatable)
    #[arg(help_heading = HEADING)]
    #[arg(id = "font_folders", long = "font-path", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// Use the fonts of this machine too
    #[arg(help_heading = HEADING)]
    #[arg(id = "system_fonts", long = "system-fonts")]
    pub system: bool,
}

/// How messages are given.
#[derive(Clone, Debug, Args)]
pub struct MessageArguments {
    /// Treat warnings as errors in the exit status
    #[arg(help_heading = HEADING)]
    #[arg(long)]
    pub strict: bool,
    /// How messages look: human, short, json, sarif, github
    #[arg(help_heading = HEADING)]
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value = "human")]
    pub message_format: MessageFormat,
    /// Colours: auto, always, never
    #[arg(help_heading = HEADING, hide_short_help = true)]
    #[arg(long, value_name = "WHEN", value_enum, hide_possible_values = true, default_value = "auto")]
    pub color: Colour,
}
