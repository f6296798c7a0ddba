//! What was typed: nothing is looked up or decided here. `job` does that.

mod live;
mod shared;

use std::path::PathBuf;

use article::lang::Lang;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use live::{EditorCommand, NodeArguments, PreviewArguments, ServeArguments};
pub use shared::{FigureArguments, FontArguments, Gravity, MessageArguments, ProjectArguments};

/// The PDF standards that the engine can write.
const STANDARDS: [&str; 17] =
    ["1.4", "1.5", "1.6", "1.7", "2.0", "a-1b", "a-1a", "a-2b", "a-2u", "a-2a", "a-3b", "a-3u", "a-3a", "a-4", "a-4f", "a-4e", "ua-1"];

/// The last second of the year 9999, the latest that a PDF and an EPUB can write down.
const LAST_SECOND: i64 = 253_402_300_799;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  diglot build article.xml             build/article.pdf and build/article.epub
  diglot build                         every master below source/, into build/
  diglot check source --strict         what is wrong with the masters
  diglot explain dangling-reference    what a message means and what to do

Exit status: 0 clean, 1 errors in a document, 2 the job could not be done.";

const BUILD_EXAMPLES: &str = "\
Examples:
  diglot build article.xml -o page.pdf
  diglot build source --out-dir build --report build/report.json
  diglot build article.xml --to html                     the page that journals post beside the PDF
  diglot build issue-3 --layout layouts/our-journal --strict";

const BUILD_NAMES: &str = "\
Make the PDF and the EPUB of masters

A folder stands for every JATS master below it. In a folder `x/article.xml` makes `x.pdf` and
`x/y.xml` makes `x/y.pdf`; a single `a/b/article.xml` makes `b.pdf`, and `a/b/y.xml` makes `y.pdf`.

What a journal always says stands in a `diglot.toml` beside or above its masters; a flag goes before it.";

const PRESS_EXAMPLES: &str = "\
A press profile says what a press asks for: boxes, bleed, marks, inks, how pages go onto sheets.

Examples:
  diglot press build/article.pdf                            build/article.press.pdf, PDF/X-4
  diglot press article.pdf --profile booklet-a4 -o out.pdf  sheets to be folded and stapled
  diglot press article.pdf --profile our-press.toml         a press's own profile
  diglot press issue.pdf --cover --profile perfect-16       issue.cover.pdf: front, spine and back
  diglot press --check article.press.pdf                    what a press would call back about
  diglot press --show template > our-press.toml             a profile with every line explained";

/// The groups of what `build` can be told. What is not needed every day is in the long help alone (`--help`), so that the short one (`-h`) fits a screen.
const OUTPUT: &str = "Outputs";
const MANY: &str = "Many masters";
const AGAIN: &str = "What is built, and what is told of it";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "diglot", version, styles = STYLES, after_help = EXAMPLES, max_term_width = 110, disable_help_subcommand = true)]
#[command(about = "From one JATS master of a scholarly article to a journal's PDF and EPUB,\nwith nothing lost and the proof of it in every build")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one in a run")]
pub enum Command {
    /// Make the PDF and the EPUB of masters
    #[command(after_help = BUILD_EXAMPLES, long_about = BUILD_NAMES)]
    Build(BuildArguments),
    /// Build again whenever a file changes that the masters were made from
    #[command(after_long_help = live::WATCH_EXAMPLES)]
    Watch(BuildArguments),
    /// Show pages, e-book and messages in the browser, as they change
    #[command(after_help = live::SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// Say what is wrong with masters, and make nothing
    Check(CheckArguments),
    /// Make a journal: a project with a layout to change and a master that builds
    Init(InitArguments),
    /// Make a finished PDF ready for the press
    #[command(after_help = PRESS_EXAMPLES)]
    Press(PressArguments),
    /// Explain a message, or list them all
    Explain {
        /// The code between the brackets of `error[…]`
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Say where a line of a master landed, or which line stands at a place of a page
    #[command(after_help = live::NODE_EXAMPLES, long_about = live::NODE_ABOUT)]
    ExplainNode(NodeArguments),
    /// List the built-in layouts, or copy one out to be changed
    #[command(subcommand)]
    Layouts(LayoutsCommand),
    /// Join the reports of several runs
    #[command(subcommand)]
    Report(ReportCommand),
    /// List the built-in citation styles
    Styles,
    /// List the fonts that layouts can use
    Fonts(FontArguments),
    /// List the licences of all that is in the program
    Licenses {
        /// Print the texts of the licences of fonts and output profiles too
        #[arg(long)]
        texts: bool,
    },
    /// Build masters for another process, which names them on the standard input
    #[command(hide = true)]
    Worker,
    /// Help an editor with masters, by the Language Server Protocol
    Lsp(ServerArguments),
    /// Print the completions for a shell
    Completions {
        /// The shell: bash, elvish, fish, powershell, zsh
        #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
        shell: Shell,
    },
    /// Write the pages of the manual into a folder
    Man {
        /// The folder
        #[arg(value_name = "DIR", default_value = "man")]
        folder: PathBuf,
    },
}

/// `diglot build`.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Masters, or folders of masters [default: source]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write this one file; its extension says what
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["out_dir", "to"])]
    pub output: Option<PathBuf>,
    /// Write into this folder [default: build]
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
    /// What to make: pdf, epub, html, press, cover (both for the press) [default: pdf,epub]
    #[arg(long, value_name = "FORMATS", value_enum, hide_possible_values = true, value_delimiter = ',')]
    pub to: Option<Vec<Format>>,
    /// A built-in layout, or a folder with one [default: classic]
    #[arg(long, value_name = "NAME|DIR")]
    pub layout: Option<String>,
    /// The citation style: a built-in name, or a CSL file [default: the layout's]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long, value_name = "NAME|FILE")]
    pub csl: Option<String>,
    /// What the PDF keeps to, such as a-2a,ua-1 [default: the layout's]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long, value_name = "LIST", value_parser = STANDARDS, hide_possible_values = true, value_delimiter = ',')]
    pub pdf_standard: Option<Vec<String>>,
    /// What the PDF for the press is made by, a name or a file [default: x4]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long, value_name = "NAME|FILE")]
    pub press_profile: Option<String>,
    /// For review: leave out whatever says who the authors are, and prove that no output does
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long, conflicts_with = "attach_master")]
    pub anonymous: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub epub: EpubArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub html: HtmlArguments,
    /// Attach the master to the PDF (PDF/A-3 then)
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long)]
    pub attach_master: bool,
    /// How many masters to work on at once [default: as many as there are processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Take the K-th of N parts of the masters, for runs on several machines
    #[arg(help_heading = MANY, hide_short_help = true)]
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Start no other master once one has failed
    #[arg(help_heading = MANY, hide_short_help = true)]
    #[arg(long)]
    pub fail_fast: bool,
    /// Give each master to a process of its own: one that brings it down stops no other
    #[arg(help_heading = MANY, hide_short_help = true)]
    #[arg(long)]
    pub isolate: bool,
    /// Give a master up after so many seconds (isolated)
    #[arg(help_heading = MANY, hide_short_help = true)]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    pub timeout: Option<u32>,
    /// Give a master up that needs more memory than so many MiB (isolated)
    #[arg(help_heading = MANY, hide_short_help = true)]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..))]
    pub memory_limit: Option<u32>,
    /// Write outputs even if they do not show all of the master
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long)]
    pub keep_broken: bool,
    /// A character that no font has: error, or warn and show its code point [default: error]
    #[arg(help_heading = shared::HEADING)]
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub missing_glyphs: Option<Gravity>,
    /// The date in the outputs, in seconds since 1970 [default: the master's]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(long, value_name = "UNIX", env = "SOURCE_DATE_EPOCH", hide_env_values = true, allow_negative_numbers = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=LAST_SECOND))]
    pub creation_timestamp: Option<i64>,
    /// Build all masters, changed or not
    #[arg(help_heading = AGAIN)]
    #[arg(long)]
    pub force: bool,
    /// Say which masters would be built and why, and make nothing
    #[arg(help_heading = AGAIN)]
    #[arg(long, conflicts_with_all = ["report", "deps"])]
    pub dry_run: bool,
    /// Say of each master that is built why it is
    #[arg(help_heading = AGAIN, hide_short_help = true)]
    #[arg(long)]
    pub explain_rebuild: bool,
    /// Write what was made and proved to this file, as JSON
    #[arg(help_heading = AGAIN)]
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write what the outputs were made from to this file, for a build system
    #[arg(help_heading = AGAIN, hide_short_help = true)]
    #[arg(long, value_name = "FILE")]
    pub deps: Option<PathBuf>,
    /// How that is written: make, json
    #[arg(help_heading = AGAIN, hide_short_help = true)]
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value = "make", requires = "deps")]
    pub deps_format: DepsFormat,
    /// Say how long each stage took
    #[arg(help_heading = AGAIN, hide_short_help = true)]
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub project: ProjectArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub figures: FigureArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub fonts: FontArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub messages: MessageArguments,
}

/// What an e-book is like.
#[derive(Clone, Debug, Args)]
pub struct EpubArguments {
    /// The longest side of a picture in an e-book, in pixels [default: 1600, less where all together would pass 25 MB]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(id = "epub_picture_limit", long = "epub-picture-limit", value_name = "PIXELS", value_parser = side)]
    pub picture_limit: Option<u32>,
    /// What the e-book is for: standard, plain (the smallest: no fonts, no cover), kindle
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(id = "epub_flavour", long = "epub-flavour", value_name = "NAME", value_enum, hide_possible_values = true)]
    pub flavour: Option<Flavour>,
    /// Put the front matter in this language first in the e-book and in the page of HTML, such as ru
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(id = "prefer_lang", long = "prefer-lang", value_name = "LANG", value_parser = lang)]
    pub prefer_lang: Option<Lang>,
}

/// What a page of HTML is like.
#[derive(Debug, Args)]
pub struct HtmlArguments {
    /// Where the pictures of a page of HTML are: inside it, or beside it in the folder NAME_files [default: inside]
    #[arg(help_heading = OUTPUT, hide_short_help = true)]
    #[arg(id = "html_pictures", long = "html-pictures", value_name = "WHERE", value_enum, hide_possible_values = true)]
    pub pictures: Option<Place>,
}

/// Where the pictures of a page of HTML are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In the page itself, which is one file then.
    #[default]
    Inside,
    /// In a folder beside it.
    Beside,
}

impl Place {
    /// What it is called where it is typed.
    #[must_use]
    pub fn name(self) -> String {
        typed(self)
    }
}

/// What an e-book is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flavour {
    /// Readers that keep to EPUB 3.
    #[default]
    Standard,
    /// The smallest: no fonts and no cover.
    Plain,
    /// What Amazon's readers make of an e-book that is sent to them.
    Kindle,
}

impl Flavour {
    /// What it is called where it is typed.
    #[must_use]
    pub fn name(self) -> String {
        typed(self)
    }
}

/// A value as it is typed.
fn typed(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// What the longest side of a picture in an e-book may be, in pixels: from a small phone's width to more than any screen.
pub const PICTURE_LIMITS: std::ops::RangeInclusive<u32> = 320..=8000;

/// The longest side of a picture as it is typed.
fn side(text: &str) -> Result<u32, String> {
    let side = text.parse().ok().filter(|side| PICTURE_LIMITS.contains(side));
    side.ok_or_else(|| format!("it is a number of pixels from {} to {}", PICTURE_LIMITS.start(), PICTURE_LIMITS.end()))
}

/// A language as it is typed: `ru`, `pt-BR`.
fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).map(|(lang, _)| lang).ok_or_else(|| "a language is written as in `xml:lang`: `ru`, `pt-BR`".to_owned())
}

/// One of several parts of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

/// A part as it is typed: `2/5`.
fn shard(text: &str) -> Result<Shard, String> {
    let numbers = text.split_once('/').and_then(|(part, of)| Some(Shard { part: part.parse().ok()?, of: of.parse().ok()? }));
    numbers.filter(|shard| (1..=shard.of).contains(&shard.part)).ok_or_else(|| "a part is written `2/5`: the second of five".to_owned())
}

/// `diglot lsp`.
#[derive(Debug, Args)]
pub struct ServerArguments {
    /// Speak over the standard input and output, which it does anyway: some editors say so
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `diglot check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Masters, or folders of masters [default: source]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub project: ProjectArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub figures: FigureArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub messages: MessageArguments,
}

/// `diglot press`.
#[derive(Debug, Args)]
pub struct PressArguments {
    /// The PDF, or several in their order that become one, such as the articles of an issue; they are never changed
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A built-in press profile, or a file with one
    #[arg(long, value_name = "NAME|FILE", default_value = "x4")]
    pub profile: String,
    /// Write this file [default of one FILE: the same with the extension press.pdf]
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    pub output: Option<PathBuf>,
    /// Say what a press would call back about, and make nothing
    #[arg(long)]
    pub check: bool,
    /// Make the cover around these pages, from what the project says [default: FILE with the extension cover.pdf]
    #[arg(long, conflicts_with = "check")]
    pub cover: bool,
    /// Put the imprint of the project behind the last page, on a page of its own
    #[arg(long, conflicts_with = "check")]
    pub imprint: bool,
    /// List the built-in press profiles
    #[arg(long, conflicts_with_all = ["files", "show"])]
    pub list: bool,
    /// Print a built-in press profile, to be changed
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    pub show: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub project: ProjectArguments,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub messages: MessageArguments,
}

/// `diglot init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder, which must be new or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The journal's title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Its languages, that of the text first, such as ky,ru,en
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub languages: Option<Vec<String>>,
    /// The built-in layout that its own stands on [default: classic]
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Its ISSN
    #[arg(long, value_name = "ISSN")]
    pub issn: Option<String>,
    /// Who publishes it
    #[arg(long, value_name = "TEXT")]
    pub publisher: Option<String>,
}

/// `diglot layouts`.
#[derive(Debug, Subcommand)]
pub enum LayoutsCommand {
    /// List the built-in layouts
    List,
    /// Copy a built-in layout into a folder, to be changed
    Eject {
        /// The layout; `base` for the words on which all of them stand
        #[arg(value_name = "NAME")]
        name: String,
        /// The folder, which must be new or empty [default: layouts/NAME]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// `diglot report`.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Make one report of those of several parts (`--shard`), as one run would have written it
    Merge {
        /// The reports
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Write this file [default: the standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        #[allow(missing_docs)]
        messages: MessageArguments,
    },
}

/// What can be made of a master.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Pages.
    Pdf,
    /// Pages for the press.
    Press,
    /// The cover around them, for the press.
    Cover,
    /// An e-book.
    Epub,
    /// A page for the web.
    Html,
}

impl Format {
    /// The extension of such a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Press => "press.pdf",
            Self::Cover => "cover.pdf",
            Self::Epub => "epub",
            Self::Html => "html",
        }
    }
}

/// How messages look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people, on the standard error: the place with its line, as compilers show it.
    Human,
    /// For editors, on the standard error: `path:line:column: error[code]: message`.
    Short,
    /// For programs, on the standard output: one JSON object a line.
    Json,
    /// For code hosts, on the standard output: one SARIF 2.1.0 log at the end.
    Sarif,
    /// For a workflow of GitHub Actions, on the standard output: a command a line, which marks the line of the master.
    Github,
}

/// How dependencies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DepsFormat {
    /// Rules of a makefile, one a master; Ninja reads them too.
    Make,
    /// One JSON object, with a list of masters.
    Json,
}

/// When messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that has colours.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
