//! diglot: a text set in two tongues. From one JATS master of a scholarly article, in two languages or in five, to a journal's PDF
//! and an EPUB, with nothing lost and the proof of it in every build.
//!
//! The data path, stage by stage; each stage has its own type, so that the next can trust it:
//!
//! 1. [`cli`] finds the masters, the layout and the fonts, and reads each master's bytes.
//! 2. [`article::source`] decodes them, [`article::xml`] makes a bounded tree, [`article::jats`] an `Article`: what the author's file says.
//! 3. [`article::resolve`] makes an `Edition` of it: every reference points at something, everything that is numbered has its label.
//! 4. [`typeset`] writes the edition as Typst code, a `Forme`; [`pdf`] runs it through a layout, and writes the pages as a tagged, archival PDF.
//! 5. [`epub`] writes the edition as a `Book`, and packs it.
//! 6. [`proof`] looks at the finished pages and at the packed book for every piece of text that the master has, and reports each loss at its line.
//! 7. [`press`] makes of a finished PDF one for the press, if that is asked for.
//! 8. [`cli`] gives the outputs their names if nothing is lost, says what was found, and ends with 0, 1 or 2.
//!
//! Readers know nothing of outputs, and the two writers know nothing of each other. Only this package links the engine, and in it only [`pdf`] and
//! [`proof`] name it; only [`cli`] knows disk, terminal, environment and clock. Every stage takes a log and returns what it could understand.

pub mod cli;
pub mod pdf;
pub mod proof;
