//! What was typed for the commands that only look: `serve`, `explain-node`, and the examples of `watch`.

use std::path::PathBuf;

use clap::{Args, Parser};

use super::{Arguments, BuildArguments, Command, EpubArguments, FigureArguments, FontArguments, Gravity, MessageArguments, ProjectArguments};

pub(super) const WATCH_EXAMPLES: &str = "\
Masters, pictures, layouts, fonts, styles, `diglot.toml` and the press profile are followed, those that are looked for
and not there too, and new masters in a folder that was named. While a master cannot be set, its last good outputs stay.

Examples:
  diglot watch article.xml             build/article.pdf and build/article.epub, again and again
  diglot watch source --to epub        every master below source/";

pub(super) const SERVE_EXAMPLES: &str = "\
The page is for this machine alone (127.0.0.1); nothing is written. A click on a word shows its line, and opens it with
`--editor`, whose arguments go to the program as they are, without a shell.

Examples:
  diglot serve article.xml --open
  diglot serve --editor 'code -g {file}:{line}:{column}'
  diglot serve source --editor 'emacsclient -n +{line}:{column} {file}'
  diglot serve --editor \"nvim --server /tmp/nvim --remote-send '<Esc>:e +{line} {file}<CR>'\"";

pub(super) const NODE_ABOUT: &str = "\
Say where a line of a master landed, or which line stands at a place of a page

A line means the text that is on it, or the element that begins on it; with a column it means the word there, or the
element whose tag it is. Pages count from 1, as a viewer of PDF counts them; X and Y are points from the upper left
corner, or millimetres with `mm`.";

pub(super) const NODE_EXAMPLES: &str = "\
Examples:
  diglot explain-node article.xml:212                 page, place and file of the e-book
  diglot explain-node article.xml:212:34              of the word at column 34
  diglot explain-node article.xml --at 3:120,340      the line at a point of page 3
  diglot explain-node article.xml --at 3:42mm,120mm   the same in millimetres
  diglot explain-node article.xml --at article.xhtml#s2   the line at an address in the e-book";

/// What outputs that are only looked at are made by: a part of what `build` takes.
#[derive(Debug, Args)]
pub struct PreviewArguments {
    /// A built-in layout, or a folder with one [default: classic]
    #[arg(long, value_name = "NAME|DIR")]
    pub layout: Option<String>,
    /// The citation style: a built-in name, or a CSL file [default: the layout's]
    #[arg(long, value_name = "NAME|FILE")]
    pub csl: Option<String>,
    /// For review: leave out whatever says who the authors are
    #[arg(long)]
    pub anonymous: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub epub: EpubArguments,
    /// A character that no font has: error, or warn and show its code point [default: error]
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub missing_glyphs: Option<Gravity>,
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

impl PreviewArguments {
    /// What `build` would have been told, of these masters.
    ///
    /// # Errors
    ///
    /// When the environment says something that `build` does not take.
    pub fn build(&self, paths: &[PathBuf]) -> Result<BuildArguments, clap::Error> {
        // Whatever is not said here is as `build` has it by default.
        let Command::Build(usual) = Arguments::try_parse_from(["diglot", "build"])?.command else { unreachable!("`build` is `build`") };
        let Self { layout, csl, anonymous, epub, missing_glyphs, project, figures, fonts, messages } = self;
        Ok(BuildArguments {
            paths: paths.to_vec(),
            layout: layout.clone(),
            csl: csl.clone(),
            anonymous: *anonymous,
            epub: epub.clone(),
            missing_glyphs: *missing_glyphs,
            project: project.clone(),
            figures: figures.clone(),
            fonts: fonts.clone(),
            messages: messages.clone(),
            ..usual
        })
    }
}

/// `diglot serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Masters, or folders of masters [default: source]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The port [default: 4173, or the next that is free]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    /// The command that opens a line; {file}, {line} and {column} are put in
    #[arg(long, value_name = "COMMAND", value_parser = editor)]
    pub editor: Option<EditorCommand>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub preview: PreviewArguments,
}

/// A command, word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorCommand(pub Vec<String>);

/// A command as it is typed: words between blanks, or in quotes, in which a backslash is a backslash.
fn editor(text: &str) -> Result<EditorCommand, String> {
    let mut words: Vec<String> = Vec::new();
    let (mut open, mut quote) = (false, None);
    for char in text.chars() {
        match (quote, char) {
            (Some(mark), char) if char == mark => quote = None,
            (None, '"' | '\'') => {
                quote = Some(char);
                if !std::mem::replace(&mut open, true) {
                    words.push(String::new());
                }
            }
            (None, char) if char.is_whitespace() => open = false,
            (_, char) => {
                if !std::mem::replace(&mut open, true) {
                    words.push(String::new());
                }
                words.last_mut().into_iter().for_each(|word| word.push(char));
            }
        }
    }
    if quote.is_some() {
        return Err("a quotation mark is not closed".to_owned());
    }
    if !text.contains("{file}") {
        return Err("it has to name the file: `code -g {file}:{line}:{column}`".to_owned());
    }
    Ok(EditorCommand(words))
}

/// `diglot explain-node`.
#[derive(Debug, Args)]
pub struct NodeArguments {
    /// The master, with the line and the column where a place of it is meant
    #[arg(value_name = "FILE[:LINE[:COLUMN]]")]
    pub place: String,
    /// A place of a page, or an address in the e-book
    #[arg(long, value_name = "PAGE:X,Y|HREF")]
    pub at: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub preview: PreviewArguments,
}
