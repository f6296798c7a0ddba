//! What was found, made and proved, as data: the objects of `--message-format json` and of `--report`.
//!
//! With the same masters, layout and flags the report is the same, byte for byte; times are in it only when `--timings` asks for them.

use std::borrow::Cow;

use article::code::Severity;
use article::derive::imprint::Colophon;
use article::diag::Diagnostic;
use article::edition::Edition;
use article::leaf::Reason;
use article::source::{Source, Span};
use serde::{Deserialize, Serialize};

use super::timings::{Stage, Timings};
use crate::proof::Tongue;

/// A name from one of the program's own lists, or one that was read back.
pub(super) type Text = Cow<'static, str>;

/// A line of `--message-format json`: one object, its kind in `type`.
///
/// ```json
/// {"type":"diagnostic","severity":"error","code":"dangling-reference","message":"no element has the id `f7`",
///  "place":{"file":"a.xml","line":212,"column":34,"end_line":212,"end_column":42,"label":"points nowhere"},
///  "also":[],"hint":"the figures of this article are `f1` to `f6`"}
/// {"type":"output","master":"a.xml","path":"build/a.pdf","format":"pdf","written":true,"sha256":"…","bytes":81920,"pages":9,…}
/// {"type":"end","masters":1,"errors":1,"warnings":0,"built":0,"unchanged":0,"failed":1,"status":1}
/// ```
///
/// A diagnostic of the job has no `place`; one without a line has `line` and `column` 0. Lines and columns count from 1, columns in characters.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Line<'a> {
    /// Something that was found.
    Diagnostic(&'a Finding),
    /// Something that was made, or was not written.
    Output {
        /// The master.
        master: &'a str,
        /// Whether it stood there already, as a build would make it.
        unchanged: bool,
        /// What was made of it.
        #[serde(flatten)]
        output: &'a OutputRecord,
    },
    /// A master that is to be built (`--dry-run`), or is built (`--explain-rebuild`).
    Rebuild {
        /// The master.
        master: &'a str,
        /// What is made of it.
        outputs: &'a [String],
        /// Why.
        reason: &'a str,
    },
    /// A file that was made for the press.
    Press {
        /// The file.
        path: &'a str,
        /// How many pages went in.
        pages: usize,
        /// How many pages, or sides of sheets, came out.
        sheets: usize,
    },
    /// A cover that was made for the press.
    Cover {
        /// The file.
        path: &'a str,
        /// The thickness of its spine in millimetres.
        spine: f64,
    },
    /// The end of the run.
    End {
        /// How many masters there were.
        masters: usize,
        /// How many errors were found.
        errors: usize,
        /// How many warnings were found.
        warnings: usize,
        /// What became of the masters; only of a build.
        #[serde(flatten, skip_serializing_if = "Option::is_none")]
        tally: Option<Tally>,
        /// The exit status.
        status: u8,
    },
}

/// What became of the masters of a build.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Tally {
    /// How many were built, and nothing is wrong with them.
    pub(super) built: usize,
    /// How many were as they are to be.
    pub(super) unchanged: usize,
    /// How many have an error.
    pub(super) failed: usize,
}

/// The report of a run (`--report`).
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Report {
    /// The program and its version.
    pub(super) program: String,
    /// The exit status.
    pub(super) status: u8,
    /// What concerns no single master.
    pub(super) diagnostics: Vec<Finding>,
    /// The masters, in the order in which they were set.
    pub(super) masters: Vec<MasterRecord>,
}

impl Report {
    /// The report as it is written.
    #[must_use]
    pub(super) fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// What became of one master.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct MasterRecord {
    /// The file, as it was typed or found.
    pub(super) master: String,
    /// The layout that it is set in.
    pub(super) layout: String,
    /// The SHA-256 of its bytes; empty where it could not be read.
    pub(super) sha256: String,
    /// How many pieces of text must be seen in each output.
    pub(super) leaves: usize,
    /// How many words are in them.
    pub(super) words: usize,
    /// What was made.
    pub(super) outputs: Vec<OutputRecord>,
    /// Text that is left out on purpose, by reason.
    pub(super) left_out: Vec<Omitted>,
    /// References that were derived from others, for an editor to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) derived: Vec<DerivedRecord>,
    /// The imprint, which was derived from the project and from the finished pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) imprint: Vec<ImprintRecord>,
    /// What was found.
    pub(super) diagnostics: Vec<Finding>,
    /// How long each stage took; only with `--timings`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) timings: Vec<Spent>,
}

/// A reference that was derived from another.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DerivedRecord {
    /// Its label.
    pub(super) label: String,
    /// The line on which the reference begins that it was derived from.
    pub(super) line: usize,
    /// `derived`, `given` (the master has it in English) or `unchanged` (it is in Latin letters).
    pub(super) how: Text,
    /// What the master says.
    pub(super) source: String,
    /// What was made of it.
    pub(super) result: String,
    /// Pieces that could not be told from each other: look at them first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) untold: Vec<String>,
}

/// The imprint in a language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ImprintRecord {
    /// The language.
    pub(super) lang: String,
    /// What is said, in order.
    pub(super) lines: Vec<ImprintLine>,
}

/// A line of an imprint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ImprintLine {
    /// What it is of, such as `conventional-sheets`.
    pub(super) kind: String,
    /// What it says.
    pub(super) text: String,
}

/// One output of a master.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct OutputRecord {
    /// The file.
    pub(super) path: String,
    /// `pdf`, `press.pdf`, `cover.pdf`, `epub` or `html`.
    pub(super) format: Text,
    /// Whether it stands under its name, written by this run or by an earlier one.
    pub(super) written: bool,
    /// The SHA-256 of its bytes; empty where it could not be made at all.
    pub(super) sha256: String,
    /// Its size in bytes; 0 where it could not be made at all.
    pub(super) bytes: usize,
    /// How many pages it has, of a PDF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pages: Option<usize>,
    /// The thickness of the spine in millimetres, of a cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) spine: Option<f64>,
    /// What it keeps to, of a PDF.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) standards: Vec<String>,
    /// How many pieces of text were seen in it, whole.
    pub(super) leaves_shown: usize,
    /// How many words are in those.
    pub(super) words_shown: usize,
    /// What was seen of each language of the master, the one with the most words first.
    pub(super) languages: Vec<LanguageRecord>,
    /// How many losses the proof found: text that is missing, cut, hidden or out of order.
    pub(super) losses: usize,
}

/// What was seen of one language of a master.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LanguageRecord {
    /// The language (BCP 47).
    pub(super) language: String,
    /// How many pieces of text must be seen.
    pub(super) leaves: usize,
    /// How many of them were seen, whole.
    pub(super) leaves_shown: usize,
    /// How many words are in them.
    pub(super) words: usize,
    /// How many words are in those that were seen.
    pub(super) words_shown: usize,
}

impl From<&Tongue> for LanguageRecord {
    fn from(tongue: &Tongue) -> Self {
        let Tongue { lang, leaves, whole, words, words_shown } = tongue;
        Self { language: lang.tag().to_owned(), leaves: *leaves, leaves_shown: *whole, words: *words, words_shown: *words_shown }
    }
}

/// Text that is left out for one reason.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Omitted {
    /// The reason's name.
    pub(super) reason: Text,
    /// The reason in a sentence.
    pub(super) meaning: Text,
    /// How many pieces of text.
    pub(super) count: usize,
    /// Each of them.
    pub(super) pieces: Vec<OmittedPiece>,
}

/// A piece of text that is left out.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OmittedPiece {
    /// The element that it stands in.
    pub(super) element: String,
    /// The line on which it begins.
    pub(super) line: usize,
}

/// How long a stage took.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Spent {
    /// The stage.
    pub(super) stage: Text,
    /// Milliseconds.
    pub(super) milliseconds: f64,
}

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finding {
    /// `error` or `warning`.
    pub(super) severity: Text,
    /// The code, for `diglot explain`.
    pub(super) code: Text,
    /// What is wrong.
    pub(super) message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<Place>,
    /// Other places that have to do with it.
    pub(super) also: Vec<Place>,
    /// What can be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hint: Option<String>,
}

/// A place in a file. Lines and columns count from 1, columns in characters; 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The file.
    pub(super) file: String,
    /// The line on which it begins.
    pub(super) line: usize,
    /// The column at which it begins.
    pub(super) column: usize,
    /// The line on which it ends.
    pub(super) end_line: usize,
    /// The column after its last character.
    pub(super) end_column: usize,
    /// A few words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
}

impl Place {
    fn of(source: &Source, span: Span, label: Option<&str>) -> Self {
        let (start, end) = (source.position(span.start), source.position(span.end.max(span.start)));
        Self {
            file: source.name().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            label: label.map(str::to_owned),
        }
    }

    fn whole(file: &str) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, end_line: 0, end_column: 0, label: None }
    }
}

impl Finding {
    /// Whether it is an error.
    #[must_use]
    pub(super) fn is_error(&self) -> bool {
        self.severity == Severity::Error.name()
    }

    /// A complaint about the document of this name; about none where the name is empty.
    #[must_use]
    pub(super) fn of(name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> Self {
        let elsewhere = diagnostic.elsewhere.as_ref().map(|elsewhere| Place::of(&Source::new(&elsewhere.file, elsewhere.text.as_str()), elsewhere.span, None));
        let here = source.zip(diagnostic.at).map(|(source, span)| Place::of(source, span, diagnostic.label.as_deref()));
        let mut places: Vec<Place> = elsewhere.into_iter().chain(here).collect();
        if places.is_empty() && !name.is_empty() {
            places.push(Place::whole(name));
        }
        if let Some(source) = source {
            places.extend(diagnostic.also.iter().map(|(span, why)| Place::of(source, *span, Some(why))));
        }
        let mut places = places.into_iter();
        Self {
            severity: diagnostic.severity().name().into(),
            code: diagnostic.code.name().into(),
            message: diagnostic.message.clone(),
            place: places.next(),
            also: places.collect(),
            hint: diagnostic.hint.clone(),
        }
    }
}

/// What is left out of an edition on purpose, by reason; reasons that nothing is left out for are not named.
#[must_use]
pub(super) fn left_out(edition: &Edition, source: &Source) -> Vec<Omitted> {
    let omissions = edition.leaves.omissions();
    let by_reason = Reason::ALL.iter().map(|reason| {
        let pieces: Vec<OmittedPiece> = omissions
            .iter()
            .filter(|omission| omission.reason == *reason)
            .map(|omission| OmittedPiece { element: omission.element.clone(), line: source.position(omission.span.start).line })
            .collect();
        Omitted { reason: reason.name().into(), meaning: reason.sentence().into(), count: pieces.len(), pieces }
    });
    by_reason.filter(|omitted| omitted.count > 0).collect()
}

/// The references of an edition that were derived from others.
#[must_use]
pub(super) fn derived(edition: &Edition, source: &Source) -> Vec<DerivedRecord> {
    let record = |derived: &article::edition::DerivedReference| DerivedRecord {
        label: derived.label.clone(),
        line: source.position(derived.span.start).line,
        how: derived.how.name().into(),
        source: derived.source.clone(),
        result: derived.result.clone(),
        untold: derived.untold.clone(),
    };
    edition.derived.iter().map(record).collect()
}

/// The imprint that stands in the outputs.
#[must_use]
pub(super) fn imprint(colophons: &[Colophon]) -> Vec<ImprintRecord> {
    let record = |colophon: &Colophon| ImprintRecord {
        lang: colophon.lang.tag().to_owned(),
        lines: colophon.lines.iter().map(|line| ImprintLine { kind: line.kind.to_owned(), text: line.text.clone() }).collect(),
    };
    colophons.iter().map(record).collect()
}

/// How long each stage of one master took, in milliseconds with three decimals.
#[must_use]
pub(super) fn spent(timings: &Timings) -> Vec<Spent> {
    let own = timings.iter().filter(|(stage, _)| *stage != Stage::Prepare);
    own.map(|(stage, milliseconds)| Spent { stage: stage.name().into(), milliseconds: (milliseconds * 1_000.0).round() / 1_000.0 }).collect()
}
