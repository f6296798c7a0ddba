//! `diglot init`: a journal's project that builds at once.
//!
//! 1. What was not typed is asked for, where somebody sits at a terminal; else it is taken as it mostly is.
//! 2. `diglot.toml` has what was said, `layouts/journal` stands on the layout that was chosen, `source` gets a sample master in the journal's languages.
//! 3. Nothing is written into a folder that has something in it.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::lang::Lang;
use clap::error::ErrorKind;
use toml::Value;

use super::args::InitArguments;
use super::report::{self, Printer, Status};
use super::{output, printer, usage};
use crate::pdf::layout::Layout;

/// The sample master, with the places that are filled in.
const ARTICLE: &str = include_str!("article.xml");

/// The makefile.
const MAKEFILE: &str = include_str!("Makefile");

/// What a journal is called as long as nobody says.
const TITLE: &str = "Our Journal";

/// What was said of a journal.
struct Answers {
    title: String,
    languages: Vec<Lang>,
    layout: String,
    issn: Option<String>,
    publisher: Option<String>,
}

/// Runs `diglot init`.
///
/// # Errors
///
/// When a flag says what cannot be.
pub(super) fn run(arguments: &InitArguments) -> Result<Status, clap::Error> {
    let mut printer = printer();
    let mut log = Log::default();
    if fs::read_dir(&arguments.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        log.push(
            Diagnostic::new(Code::CannotWrite, format!("the folder `{}` is not empty", arguments.folder.display()))
                .hint("name a new folder, so that nothing is overwritten"),
        );
        return Ok(end(&mut printer, &log));
    }
    let answers = answers(arguments)?;
    if let Err(diagnostic) = write(&arguments.folder, &answers) {
        log.push(diagnostic);
        return Ok(end(&mut printer, &log));
    }
    let folder = arguments.folder.display();
    Ok(report::list(&format!("{folder}: a journal. `cd {folder}` and `diglot build` make build/first-article.pdf and build/first-article.epub\n")))
}

fn end(printer: &mut Printer, log: &Log) -> Status {
    printer.job(log);
    printer.status()
}

/// What was typed, and what is asked for.
fn answers(arguments: &InitArguments) -> Result<Answers, clap::Error> {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let ask = |question: &str, default: &str| if asks { asked(question, default) } else { default.to_owned() };
    let wrong = |message: String| usage("init", ErrorKind::ValueValidation, &message);
    let title = arguments.title.clone().unwrap_or_else(|| ask("Title of the journal", TITLE));
    let typed = arguments.languages.clone().unwrap_or_else(|| ask("Languages, that of the text first", "en").split([',', ' ']).map(str::to_owned).collect());
    let mut languages: Vec<Lang> = Vec::new();
    for tag in typed.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        let (lang, _) = Lang::parse(tag).ok_or_else(|| wrong(format!("`{tag}` is no language; a language is written `ky`, `ru`, `pt-BR`")))?;
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    if languages.is_empty() {
        languages.push(Lang::english());
    }
    let names = Layout::names().join(", ");
    let layout = arguments.layout.clone().unwrap_or_else(|| ask(&format!("Layout ({names})"), "classic"));
    if Layout::as_written(&layout).is_none() {
        return Err(wrong(format!("there is no built-in layout `{layout}`; there are {names}")));
    }
    let issn = arguments.issn.clone().or_else(|| Some(ask("ISSN", "")).filter(|issn| !issn.is_empty()));
    if let Some(issn) = issn.as_deref().filter(|issn| !is_issn(issn)) {
        return Err(wrong(format!("`{issn}` is no ISSN; one is written `1234-567X`")));
    }
    let publisher = arguments.publisher.clone().or_else(|| Some(ask("Publisher", "")).filter(|publisher| !publisher.is_empty()));
    Ok(Answers { title, languages, layout, issn, publisher })
}

/// An answer from the terminal; the default where there is none.
fn asked(question: &str, default: &str) -> String {
    let mut out = io::stderr().lock();
    let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    let _ = write!(out, "{question}{shown}: ").and_then(|()| out.flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(read) if read > 0 && !line.trim().is_empty() => line.trim().to_owned(),
        Ok(_) | Err(_) => default.to_owned(),
    }
}

/// Whether this has the form of an ISSN, its check digit left aside (ISO 3297).
fn is_issn(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9 && bytes.iter().enumerate().all(|(at, byte)| if at == 4 { *byte == b'-' } else { byte.is_ascii_digit() || at == 8 && *byte == b'X' })
}

fn write(folder: &Path, answers: &Answers) -> Result<(), Diagnostic> {
    for (path, text) in [
        ("diglot.toml", project(answers)),
        ("source/first-article/article.xml", master(answers)),
        ("layouts/journal/layout.toml", layout(answers)),
        ("layouts/journal/layout.css", "/* Follows the style sheet of the layout that this one stands on. */\n".to_owned()),
        ("Makefile", MAKEFILE.to_owned()),
        (".gitignore", "build/\n".to_owned()),
    ] {
        output::write(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn project(answers: &Answers) -> String {
    let Answers { title, languages, layout: _, issn, publisher } = answers;
    let languages: Vec<String> = languages.iter().map(|lang| quoted(lang.tag())).collect();
    let mut text = format!("# What is true of all articles of the journal. A master that says otherwise is right.\n[journal]\ntitle = {}\n", quoted(title));
    if let Some(issn) = issn {
        text.push_str(&format!("issn = {}\n", quoted(issn)));
    }
    if let Some(publisher) = publisher {
        text.push_str(&format!("publisher = {}\n", quoted(publisher)));
    }
    text.push_str(&format!(
        "languages = [{}]\n\n[layout]\nname = \"layouts/journal\"\n\n[build]\nsource = \"source\"\nout-dir = \"build\"\n",
        languages.join(", ")
    ));
    text
}

fn layout(answers: &Answers) -> String {
    let Answers { title, layout, .. } = answers;
    format!(
        "name = \"journal\"\ndescription = {}\nextends = {}\n\n# Below, the options of `{layout}` that are to be different; `diglot layouts eject {layout}` shows them all.\n",
        quoted(title),
        quoted(layout)
    )
}

fn master(answers: &Answers) -> String {
    let Answers { title, languages, issn, .. } = answers;
    let main = languages.first().map_or("en", |lang| lang.tag());
    let others: Vec<&str> = languages.iter().skip(1).map(Lang::tag).collect();
    let each = |line: &dyn Fn(&str) -> String| others.iter().map(|tag| format!("\n{}", line(tag))).collect::<String>();
    let issn = issn.as_ref().map_or_else(String::new, |issn| format!("<issn>{issn}</issn>"));
    ARTICLE
        .replace("@LANG@", main)
        .replace("@TITLE@", &quick_xml::escape::escape(title))
        .replace("      @ISSN@\n", &if issn.is_empty() { String::new() } else { format!("      {issn}\n") })
        .replace(
            "@TITLES@",
            &each(&|tag| {
                format!("        <trans-title-group xml:lang=\"{tag}\"><trans-title>The title in the language {tag}</trans-title></trans-title-group>")
            }),
        )
        .replace("@ABSTRACTS@", &each(&|tag| format!("      <trans-abstract xml:lang=\"{tag}\"><p>The abstract in the language {tag}.</p></trans-abstract>")))
        .replace(
            "@KEYWORDS@",
            &each(&|tag| {
                format!(
                    "      <kwd-group xml:lang=\"{tag}\"><kwd>one</kwd><kwd>two</kwd><kwd>three</kwd><kwd>four</kwd><kwd>a keyword in {tag}</kwd></kwd-group>"
                )
            }),
        )
}
