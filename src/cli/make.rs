//! The outputs of one master, made and proved in memory.
//!
//! 1. The pages are set; where a character turns out to have no glyph and that is no error, they are set again with its code point.
//! 2. The PDF is written from the pages, the PDF for the press from the PDF, the e-book from the edition and from where the pages begin.
//! 3. The proof reads each of them: what it found goes into the log, and its count beside the bytes.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::leaf::is_visible;
use article::source::Source;

use super::args::{Format, Gravity};
use super::job::{Job, Kit, Work};
use super::open::{Opened, open};
use super::timings::{Stage, Timings};
use super::{book, page, press, stamp};
use crate::pdf::{self, Engine, Export, Setting};
use crate::proof::anonymous::Passage;
use crate::proof::pages::Sheets;
use crate::proof::{self, Output, Sighting, Verdict};

/// How often an article is set again because a character turns out to have no glyph.
const ROUNDS: usize = 3;

/// The name of a master that is attached to a PDF, the same for all: the engine keeps every name that it has ever seen.
const ATTACHED: &str = "article.xml";

/// A master with its outputs, of which nothing is on the disk yet.
#[derive(Default)]
pub(super) struct Finished {
    /// What could be understood of the master.
    pub(super) opened: Opened,
    /// The outputs that could be made.
    pub(super) made: Vec<Made>,
}

/// An output in memory.
pub(super) struct Made {
    /// What it is.
    pub(super) format: Format,
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// Files that belong beside it, by their paths from where it lies.
    pub(super) beside: Vec<(String, Vec<u8>)>,
    /// How many pages it has, of a PDF.
    pub(super) pages: Option<usize>,
    /// What it keeps to, of a PDF.
    pub(super) standards: Vec<String>,
    /// What the proof found.
    pub(super) verdict: Verdict,
}

/// Opens a master and makes its outputs. A panic on the way is a fault that is reported, and nothing is made.
pub(super) fn finish(log: &mut Log, timings: &mut Timings, job: &Job, work: &Work) -> Finished {
    let mut finished = Finished::default();
    let kit = &job.kits[work.kit];
    let fault = catch_unwind(AssertUnwindSafe(|| {
        let Finished { opened, made } = &mut finished;
        open(log, &work.master, &kit.places, &kit.wishes, timings, opened);
        if let (Some(source), Some(edition)) = (&opened.source, &opened.edition) {
            let identifier = stamp::identifier(edition, &opened.bytes);
            let mut maker = Maker { job, kit, work, source, edition, opened, identifier, printed: None, pdf: None };
            // The pages first: the e-book and the page of HTML say where each of them begins.
            let mut formats: Vec<Format> = work.outputs.iter().map(|(format, _)| *format).collect();
            formats.sort_by_key(|format| matches!(format, Format::Epub | Format::Html));
            for format in formats {
                made.extend(maker.make(log, format, timings));
            }
        }
    }));
    if fault.is_err() {
        finished.made.clear();
        log.push(Diagnostic::new(Code::EngineFault, "the program met a fault of its own and gave this master up").hint("please report it, with the master"));
    }
    finished
}

/// Makes the outputs of one master.
struct Maker<'a> {
    job: &'a Job,
    kit: &'a Kit,
    work: &'a Work,
    source: &'a Source,
    edition: &'a Edition,
    opened: &'a Opened,
    /// What identifies the article and its outputs.
    identifier: String,
    /// Where the pages begin, once they are made.
    printed: Option<epub::Printed>,
    /// The PDF, once it is made, if the press gets it too: the very same pages.
    pdf: Option<(Vec<u8>, usize, Verdict)>,
}

impl Maker<'_> {
    fn make(&mut self, log: &mut Log, format: Format, timings: &mut Timings) -> Option<Made> {
        match (format, &self.kit.engine) {
            (Format::Pdf, Some(engine)) => self.pdf(log, engine, timings),
            (Format::Press, Some(engine)) => self.press(log, engine, timings),
            (Format::Pdf | Format::Press, None) => None,
            (Format::Epub, _) => self.epub(log, timings),
            (Format::Html, _) => Some(self.html(log, timings)),
        }
    }

    fn pdf(&mut self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<Made> {
        let (pages, sheets) = self.pages(log, engine, timings)?;
        let mut verdict = timings.time(Stage::Prove, || {
            proof::pages::report_missing(log, self.source, self.edition, &sheets.missing);
            let folios = proof::printed::folios(&pages);
            let pages = proof::printed::pages(&pages, &sheets, self.edition);
            self.printed = Some(epub::Printed { source: self.identifier.clone(), pages, folios });
            proof::judge(log, self.source, self.edition, &sheets.sightings, Output::Pdf)
        });
        // No standard allows a character without a glyph. The loss has been reported; to have it refused by the exporter too says nothing new.
        let boxes = sheets.missing.len();
        verdict.faults += boxes;
        let standards = if boxes > 0 { Vec::new() } else { self.kit.standards.clone() };
        let export = Export { standards: &standards, identifier: &self.identifier, created: Some(self.date()) };
        // The pages are made: what the engine kept while it made them is in the way of the export, which takes as much again. Other threads may
        // still need theirs.
        if self.job.pace.is_single(self.job.works.len()) {
            pdf::forget(0);
        }
        let bytes = timings.time(Stage::Export, || pdf::export(log, &pages, &export))?;
        if self.opened.hidden.is_some() {
            let passages = timings.time(Stage::Prove, || proof::anonymous::of_pdf(&bytes, &pages.text()));
            verdict.faults += self.anonymous(log, passages, Output::Pdf);
        }
        if self.kit.press.is_some() {
            self.pdf = Some((bytes.clone(), pages.count(), verdict));
        }
        Some(Made { format: Format::Pdf, bytes, beside: Vec::new(), pages: Some(pages.count()), standards, verdict })
    }

    /// The PDF for the press, made of the PDF, so that both have the same lines and pages. What is proved of the one holds for the other.
    fn press(&mut self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<Made> {
        if self.pdf.is_none() {
            self.pdf(log, engine, timings)?;
        }
        let (bytes, pages, verdict) = self.pdf.take()?;
        let press = self.kit.press.as_ref()?;
        let title = self.edition.metadata.doi.clone().unwrap_or_else(|| "article".to_owned());
        match timings.time(Stage::Export, || press::make(log, &bytes, &title, press)) {
            Ok(pressed) => Some(Made { format: Format::Press, bytes: pressed.bytes, beside: Vec::new(), pages: Some(pages), standards: Vec::new(), verdict }),
            Err(diagnostic) => {
                log.push(diagnostic);
                None
            }
        }
    }

    /// The pages, and what they show. Where a character without a glyph is no error, each is named by its code point: those that no font has at
    /// once, those that the layout's fonts turn out not to have in a second round.
    fn pages(&self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<(pdf::Pages, Sheets)> {
        let substituting = self.kit.missing_glyphs == Gravity::Warn;
        let visible = visible(self.edition);
        // A private character means nothing without its one font: no archival PDF may hold it (ISO 19005-2, 6.2.11.7.3).
        let archival = self.kit.standards.iter().any(|standard| standard.starts_with("a-"));
        let private: BTreeSet<char> = visible.iter().copied().filter(|c| archival && is_private(*c)).collect();
        let mut lacking = if substituting { engine.lacking(&visible) } else { BTreeSet::new() };
        if substituting {
            lacking.extend(&private);
        }
        let attach = self.job.attach.then_some((ATTACHED, self.opened.bytes.as_slice()));
        for round in 0.. {
            let mut said = Log::default();
            let forme = timings.time(Stage::Typeset, || typeset::set_without(self.edition, &self.opened.pictures, &lacking));
            let setting = Setting { engine, layout: &self.kit.layout, forme: &forme, pictures: &self.opened.pictures, attach };
            let pages = timings.time(Stage::Compile, || pdf::set(&mut said, &setting));
            let mut sheets = pages.as_ref().map(|pages| timings.time(Stage::Prove, || proof::pages::sheets(pages, &forme, self.edition)));
            if let Some(sheets) = sheets.as_mut().filter(|_| !substituting) {
                sheets.missing.extend(proof::pages::occurrences(self.edition, &private));
            }
            let before = lacking.len();
            if let Some(sheets) = sheets.as_ref().filter(|_| substituting && round < ROUNDS) {
                lacking.extend(sheets.missing.keys());
            }
            if lacking.len() > before {
                continue;
            }
            said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
            proof::pages::report_substituted(log, self.source, self.edition, &proof::pages::occurrences(self.edition, &lacking));
            return pages.zip(sheets);
        }
        None
    }

    /// Whether an output of an anonymous article gives nobody away: how many faults it has.
    fn anonymous(&self, log: &mut Log, passages: Result<Vec<Passage>, String>, output: Output) -> usize {
        let Some((hidden, known)) = &self.opened.hidden else { return 0 };
        match passages {
            Ok(passages) => proof::anonymous::judge(log, self.edition, hidden, known, &passages, output),
            Err(why) => {
                log.push(Diagnostic::new(Code::NotAnonymous, format!("nothing can be proved of {}: {why}", output.name())));
                1
            }
        }
    }

    fn epub(&self, log: &mut Log, timings: &mut Timings) -> Option<Made> {
        let stamp = epub::Stamp { identifier: self.identifier.clone(), modified: stamp::modified(self.date()) };
        let preferred = self.kit.books.edition(self.edition);
        let edition = preferred.as_ref().unwrap_or(self.edition);
        let parts = book::Parts {
            edition,
            pictures: &self.opened.pictures,
            layout: &self.kit.layout,
            engine: self.kit.engine.as_ref(),
            stamp: &stamp,
            printed: self.printed.as_ref(),
            // A record names the authors.
            record: self.kit.books.record(&self.work.name(Format::Epub)).filter(|_| self.opened.hidden.is_none()),
        };
        let book::Packed { bytes, placed, pictured } = timings.time(Stage::Bind, || book::pack(log, &self.kit.books, &parts))?;
        let mut verdict = timings.time(Stage::Prove, || {
            let sightings = proof::book::sight_with(&bytes, &placed, &edition.leaves, &pictured);
            self.judged(log, edition, sightings, Output::Epub)
        });
        if self.opened.hidden.is_some() {
            let passages = timings.time(Stage::Prove, || proof::anonymous::of_book(&bytes));
            verdict.faults += self.anonymous(log, passages, Output::Epub);
        }
        Some(Made { format: Format::Epub, bytes, beside: Vec::new(), pages: None, standards: Vec::new(), verdict })
    }

    fn html(&self, log: &mut Log, timings: &mut Timings) -> Made {
        let preferred = self.kit.books.edition(self.edition);
        let edition = preferred.as_ref().unwrap_or(self.edition);
        let name = self.work.name(Format::Html);
        let (layout, pictures) = (&self.kit.layout, &self.opened.pictures);
        let parts = page::Parts { edition, pictures, layout, printed: self.printed.as_ref(), name: &name };
        let (page, beside) = timings.time(Stage::Bind, || page::write(log, &self.kit.page, &parts));
        let mut verdict = timings.time(Stage::Prove, || {
            let sightings = proof::book::sight_page(&page.bytes, &page.placed, &edition.leaves);
            self.judged(log, edition, sightings, Output::Html)
        });
        if self.opened.hidden.is_some() {
            let passages = timings.time(Stage::Prove, || proof::anonymous::of_page(&page.bytes));
            verdict.faults += self.anonymous(log, passages, Output::Html);
        }
        Made { format: Format::Html, bytes: page.bytes, beside, pages: None, standards: Vec::new(), verdict }
    }

    /// The verdict on an output that was read; one that cannot be read shows nothing.
    fn judged(&self, log: &mut Log, edition: &Edition, sightings: Result<Vec<Sighting>, String>, output: Output) -> Verdict {
        match sightings {
            Ok(sightings) => proof::judge(log, self.source, edition, &sightings, output),
            Err(why) => {
                log.push(Diagnostic::new(Code::NotShown, format!("nothing can be proved of {}: {why}", output.name())));
                Verdict { leaves: self.edition.leaves.len(), faults: 1, ..Verdict::default() }
            }
        }
    }

    /// The date of the outputs: what was asked for, else the master's.
    fn date(&self) -> i64 {
        self.job.date.unwrap_or_else(|| stamp::seconds(self.edition))
    }
}

/// Whether a character is left to private agreement (Unicode, 23.5).
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// The characters of an article that must be seen.
fn visible(edition: &Edition) -> BTreeSet<char> {
    edition.leaves.iter().flat_map(|(_, leaf)| leaf.text.chars()).filter(|c| is_visible(*c)).collect()
}

/// Whether a complaint means that text of the master is not to be seen: then no output is written.
pub(super) fn is_loss(diagnostic: &Diagnostic) -> bool {
    let code = diagnostic.code;
    diagnostic.severity() == Severity::Error
        && matches!(code, Code::LostText | Code::NotShown | Code::PartlyShown | Code::HiddenText | Code::OutOfOrder | Code::MissingGlyph | Code::NotAnonymous)
}
