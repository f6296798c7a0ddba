//! The contract between this crate and the layouts: every word that a layout must define, every record that words
//! are given.
//!
//! 1. [`WORDS`] and [`RECORDS`] are the one list. The tests hold the code that [`crate::set`] writes against it.
//! 2. A layout that lacks a word is found with [`names`], before anything is set.
//! 3. [`markdown`] prints the list as `layouts/VOCABULARY.md`.

mod records;
mod words;

pub use records::RECORDS;
pub use words::WORDS;

/// What an argument or a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Inline content, or `none`.
    Text,
    /// Blocks, or `none`.
    Blocks,
    /// A string.
    Str,
    /// A string, or `none`.
    MaybeStr,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Width and height, two numbers.
    Size,
    /// A record of this name.
    Record(&'static str),
    /// A record of this name, or `none`.
    MaybeRecord(&'static str),
    /// An array of things of this shape.
    Array(&'static Shape),
    /// What the word of this name makes.
    Made(&'static str),
}

impl Shape {
    /// The shape in a few words.
    fn name(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Blocks => "blocks".to_owned(),
            Self::Str => "string".to_owned(),
            Self::MaybeStr => "string or `none`".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Flag => "truth".to_owned(),
            Self::Size => "(number, number)".to_owned(),
            Self::Record(name) => format!("record [{name}](#record-{name})"),
            Self::MaybeRecord(name) => format!("record [{name}](#record-{name}) or `none`"),
            Self::Array(of) => format!("array of {}", of.name()),
            Self::Made(word) => format!("[`{word}`](#{word})"),
        }
    }
}

/// A parameter of a word, or a field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name; `body` is given by position.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it is, in a sentence.
    pub sentence: &'static str,
}

/// A word that a layout defines.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The name.
    pub name: &'static str,
    /// What it sets, in a sentence.
    pub sentence: &'static str,
    /// What it is given. All but `body` are named, and may be left out.
    pub parameters: &'static [Parameter],
}

/// A dictionary in which every field is there.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// The name.
    pub name: &'static str,
    /// What it describes, in a sentence.
    pub sentence: &'static str,
    /// Its fields.
    pub fields: &'static [Parameter],
}

/// The sign of alignment in a formula, which base defines: it is content and no word.
pub const ALIGN: &str = "align-here";

/// The functions of the engine that stand in formulas beside the words.
pub const NATIVE: [&str; 27] = [
    "h",
    "hide",
    "math.attach",
    "math.bb",
    "math.bold",
    "math.cal",
    "math.class",
    "math.display",
    "math.frac",
    "math.frak",
    "math.inline",
    "math.italic",
    "math.limits",
    "math.lr",
    "math.mat",
    "math.mid",
    "math.mono",
    "math.op",
    "math.root",
    "math.sans",
    "math.script",
    "math.scripts",
    "math.sqrt",
    "math.sscript",
    "math.stretch",
    "math.upright",
    ALIGN,
];

/// The name of every word, in the order of the list.
pub fn names() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|word| word.name)
}

/// The vocabulary as a page of Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# The vocabulary of layouts\n\n\
         <!-- Made from src/typeset/vocabulary: change it there. -->\n\n\
         The program writes an article as a call of `article`, in which every other word below may stand. A layout defines all of \
         them, most by importing `/layouts/base/base.typ`. `body` is given by position, everything else by name, and what is absent is \
         left out of a call. In a record every field is there: what is absent is `none`, or an empty array.\n\n\
         Text and blocks are content whose every leaf stands in `t`. A layout shows all of it, and never as a string: \
         the build fails over any leaf that no page shows.\n\n\
         In a formula the engine’s own functions stand beside the words, each by its own name: ",
    );
    let native: Vec<String> = NATIVE.iter().map(|name| format!("`{name}`")).collect();
    page.push_str(&native.join(", "));
    page.push_str(". The last is no function: it is the place at which the rows of a table are aligned.\n\n## Words\n");
    for word in WORDS {
        entry(&mut page, word.name, word.name, word.sentence, word.parameters);
    }
    page.push_str("\n## Records\n");
    for record in RECORDS {
        entry(&mut page, &format!("record {}", record.name), "", record.sentence, record.fields);
    }
    page
}

fn entry(page: &mut String, title: &str, word: &str, sentence: &str, parameters: &[Parameter]) {
    let title = if word.is_empty() { title.to_owned() } else { format!("`{title}`") };
    page.push_str(&format!("\n### {title}\n\n{sentence}\n"));
    if !parameters.is_empty() {
        page.push_str("\n| name | holds | |\n|---|---|---|\n");
    }
    for parameter in parameters {
        page.push_str(&format!("| `{}` | {} | {} |\n", parameter.name, parameter.shape.name(), parameter.sentence));
    }
}

/// Whether every layout must define this word.
#[must_use]
pub fn is_word(name: &str) -> bool {
    WORDS.iter().any(|word| word.name == name)
}
