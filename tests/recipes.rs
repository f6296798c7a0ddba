//! What CONTRIBUTING.md says of adding a journal, done as it stands there. The tables that the other recipes show are held by tests beside the tables.
//!
//! 1. The commands of the chapter are run, with what stands for `…`.
//! 2. The lines that it names are written into the journal's files, and are seen in the pages and in the e-book.

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Outcome, Trial, built, container};

pub fn trials() -> Vec<Trial> {
    vec![trial("recipes/a journal", &[Need::Judge("pdftotext")], journal)]
}

fn journal() -> Outcome {
    let manual = support::read(&support::root().join("CONTRIBUTING.md"))?;
    let (_, chapter) = manual.split_once("## Adding a journal").ok_or("no such chapter")?;
    let commands: Vec<&str> = chapter.lines().skip_while(|line| !line.starts_with("    ")).take_while(|line| line.starts_with("    ")).map(str::trim).collect();
    let [init, build] = commands.as_slice() else { return Err(format!("{} commands", commands.len()).into()) };
    ensure!(*build == "cd our-journal && diglot build", "the second command is `{build}`");
    let arguments: Vec<String> = init
        .split_whitespace()
        .skip(1)
        .zip(init.split_whitespace())
        .map(|(word, before)| match (before, word) {
            ("--issn", _) => "8888-8886".to_owned(),
            (_, "\"…\"") => "Жарчы".to_owned(),
            (_, word) => word.to_owned(),
        })
        .collect();
    let place = Place::new()?;
    place.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?.exits(0)?;
    let folder = place.at("our-journal");
    let append = |name: &str, lines: &str| {
        let path = folder.join(name);
        support::write(&path, support::read(&path)? + lines)
    };
    append("diglot.toml", "\n[labels.ky]\nabstract = \"Корутунду сөз\"\n\n[checks]\nabstract-words = 5\n")?;
    append("layouts/journal/layout.toml", "\n[page]\nwidth = 200\n")?;
    append("layouts/journal/layout.css", "h1 { letter-spacing: 0.01em; }\n")?;
    let run = place.run_in(&folder, &["build"])?.exits(0)?;
    ensure!(run.err.contains("abstract-words"), "the journal's check is silent: {}", run.err);
    let pdf = built::of_kind(&folder.join("build"), "pdf").into_iter().next().ok_or("no pdf")?;
    let boxes = pdf_text(&pdf, &["-bbox", "-l", "1"])?;
    let wide = crate::look::attribute(&boxes, "page width").ok_or("no page")?;
    ensure!((wide / 72.0 * 25.4 - 200.0).abs() < 0.5, "the page is {wide} points wide");
    ensure!(pdf_text(&pdf, &["-l", "1"])?.contains("Корутунду сөз"), "the pages have another word");
    let book = built::of_kind(&folder.join("build"), "epub").into_iter().next().ok_or("no book")?;
    let texts = container::texts(&book)?;
    ensure!(texts.values().any(|text| text.contains("Корутунду сөз")), "the book has another word");
    ensure!(texts.values().any(|text| text.contains("letter-spacing: 0.01em")), "the book does not have the journal's rules");
    // A misspelt option is an error at its line.
    append("layouts/journal/layout.toml", "widht = 200\n")?;
    let run = place.run_in(&folder, &["build", "--message-format", "short"])?.exits(2)?;
    ensure!(run.err.contains("layouts/journal/layout.toml:") && run.err.contains("no option `widht`"), "{}", run.err);
    Ok(())
}
