//! Finished outputs before judges from outside, and before assertions for what those miss.
//!
//! 1. PDF: veraPDF, qpdf, poppler; then what the file says of itself, where its links lead, in which languages it speaks.
//! 2. EPUB: EPUBCheck with no error and no warning; then the bytes of the container, descriptions of pictures, metadata of accessibility,
//!    languages at every change of script, ids and links.
//! 3. Each judge is started once for all files: a Java machine costs seconds, a further file far less.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use epub::{Skin, Stamp};
use roxmltree::{Document, Node, ParsingOptions};

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, tool};
use crate::support::{self, Failed, Outcome, Trial, built, container, set};

const POPPLER: &[Need] = &[Need::Judge("pdftotext"), Need::Command("pdfinfo"), Need::Command("pdffonts")];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("outputs/verapdf", &[Need::Judge("verapdf")], verapdf),
        trial("outputs/epubcheck", &[Need::Judge("epubcheck")], epubcheck),
        trial("outputs/qpdf", &[Need::Judge("qpdf")], || built::with(|built| each(&built::of_kind(&built.folder(), "pdf"), qpdf))),
        trial("outputs/pdf: fonts are embedded and subset", POPPLER, || built::with(|built| each(&built::of_kind(&built.folder(), "pdf"), fonts))),
        Trial::test("outputs/the kitchen sink's book", kitchen_sink_book),
    ];
    for (name, master) in support::masters() {
        let pdf = format!("{name}.pdf");
        let epub = format!("{name}.epub");
        let (one, two, three) = (master.clone(), master.clone(), master.clone());
        let (pdf_two, pdf_three) = (pdf.clone(), pdf.clone());
        trials.push(trial(format!("outputs/{name}: valid master"), &[Need::Judge("xmllint")], move || valid(&one)));
        trials.push(trial(format!("outputs/{name}: pdf says what it is"), POPPLER, move || built::with(|built| information(&two, &built.folder().join(pdf)))));
        trials.push(trial(format!("outputs/{name}: pdf has bookmarks, links and languages"), &[Need::Judge("qpdf")], move || {
            built::with(|built| inside(&three, &built.folder().join(pdf_two)))
        }));
        trials.push(trial(format!("outputs/{name}: the master is attached"), &[Need::Judge("qpdf")], {
            let master = master.clone();
            move || built::with(|built| attached(&master, &built.attached().join(pdf_three)))
        }));
        trials.push(Trial::test(format!("outputs/{name}: book"), move || built::with(|built| book(&built.folder().join(epub), Some(&master)))));
    }
    trials
}

fn each(paths: &[PathBuf], judge: impl Fn(&Path) -> Outcome) -> Outcome {
    ensure!(!paths.is_empty(), "there is nothing to judge");
    paths.iter().try_for_each(|path| judge(path))
}

/// A master against the DTD of JATS Publishing 1.3.
fn valid(master: &Path) -> Outcome {
    let dtd = support::root().join("tests/dtd/jats-1.3");
    let main = dtd.join("JATS-journalpublishing1-3.dtd");
    tool("xmllint", &["--noout".as_ref(), "--nonet".as_ref(), "--path".as_ref(), dtd.as_ref(), "--dtdvalid".as_ref(), main.as_ref(), master.as_ref()])?;
    Ok(())
}

/// Runs a judge over files and ends the test with what it says, unless every file passes.
pub fn judges(arguments: Vec<String>) -> Outcome {
    passed(arguments).map(|_| ())
}

/// The same; gives how many files are said to pass.
pub fn passed(arguments: Vec<String>) -> Result<usize, Failed> {
    let output = Command::new(support::root().join("tests/judges/run")).args(&arguments).output()?;
    let out = String::from_utf8_lossy(&output.stdout);
    let (passed, said): (Vec<&str>, Vec<&str>) = out.lines().partition(|line| line.starts_with("ok\t"));
    let said: String = said.iter().take(60).map(|line| format!("{line}\n")).collect();
    ensure!(output.status.success() && said.is_empty(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(passed.len())
}

/// Cases that show every construct: their outputs are judged too.
fn samples() -> Vec<PathBuf> {
    let cases = support::root().join("tests/cases");
    support::files_below(&cases)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml") && !path.starts_with(cases.join("diag")))
        .collect()
}

/// The cases whose PDF is judged: a file costs seconds.
const PDF_SAMPLES: &[&str] =
    &["classic/kitchen-sink", "front/three-languages", "table/spans", "table/notes", "figure/group", "note/in-line", "hostile/markup", "inline/languages"];

fn verapdf() -> Outcome {
    let place = Place::new()?;
    built::with(|built| {
        let pairs = |folder: &Path, flavours: [&'static str; 2]| {
            built::of_kind(folder, "pdf").into_iter().flat_map(move |path| flavours.map(|flavour| format!("{flavour}:{}", path.display()))).collect::<Vec<_>>()
        };
        let standards = set::standards("classic")?;
        let mut arguments = vec!["pdf".to_owned()];
        arguments.extend(pairs(&built.folder(), ["2a", "ua1"]));
        arguments.extend(pairs(&built.attached(), ["3a", "ua1"]));
        ensure!(arguments.len() >= 5, "there is nothing to judge");
        for case in samples().iter().filter(|case| PDF_SAMPLES.iter().any(|sample| case.with_extension("").ends_with(sample))) {
            let path = place.at(&format!("{}.pdf", case_name(case)));
            support::write(&path, set::pdf_of("classic", case, &standards)?)?;
            arguments.extend(["2a", "ua1"].map(|flavour| format!("{flavour}:{}", path.display())));
        }
        judges(arguments)
    })
}

fn case_name(case: &Path) -> String {
    let area = case.parent().map(support::name).unwrap_or_default();
    format!("{area}-{}", case.file_stem().unwrap_or_default().to_string_lossy())
}

fn epubcheck() -> Outcome {
    let place = Place::new()?;
    built::with(|built| {
        let mut arguments = vec!["epub".to_owned()];
        arguments.extend(built::of_kind(&built.folder(), "epub").iter().map(|path| path.display().to_string()));
        ensure!(arguments.len() > 1, "there is nothing to judge");
        for case in samples() {
            let path = place.at(&format!("{}.epub", case_name(&case)));
            support::write(&path, epub_of(&case)?)?;
            arguments.push(path.display().to_string());
        }
        judges(arguments)
    })
}

fn epub_of(case: &Path) -> Result<Vec<u8>, Failed> {
    let (_, _, edition) = set::edition(&support::name(case), &support::bytes(case)?)?;
    let pictures = set::pictures(&edition, case.parent().unwrap_or(case));
    let css = set::layout("classic")?.css();
    let stamp = Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
    epub::pack(&epub::bind(&edition, &pictures, &Skin { css: &css }, &stamp)).map_err(|fault| format!("{}: {fault}", case.display()).into())
}

fn qpdf(path: &Path) -> Outcome {
    let said = tool("qpdf", &["--check".as_ref(), path.as_ref()])?;
    ensure!(!said.to_lowercase().contains("warning"), "{said}");
    Ok(())
}

/// Every font is embedded, is a subset, and can be turned back into text.
fn fonts(path: &Path) -> Outcome {
    let said = tool("pdffonts", &[path.as_ref()])?;
    let fonts: Vec<&str> = said.lines().skip(2).collect();
    ensure!(!fonts.is_empty(), "{} has no fonts", path.display());
    for font in fonts {
        // name, type, encoding, emb, sub, uni, object number and generation: counted from the end, since names and types have blanks.
        let words: Vec<&str> = font.split_whitespace().collect();
        let flags = words.len().checked_sub(5).map(|at| &words[at..at + 3]).unwrap_or_default();
        ensure!(flags == ["yes", "yes", "yes"], "a font is not embedded, not subset or has no way back to text: {font}");
    }
    Ok(())
}

/// What a master says of itself, read by other code than the program's.
struct Said {
    title: String,
    surnames: Vec<String>,
    keywords: Vec<String>,
    addresses: Vec<String>,
    languages: BTreeSet<String>,
    citations: usize,
    /// Whether a name is given in several scripts.
    scripts: bool,
}

fn said_by(master: &Path) -> Result<Said, Failed> {
    let xml = support::read(master)?;
    let document = Document::parse_with_options(&xml, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?;
    let named = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    let title = named("title-group").next().and_then(|group| group.children().find(|node| node.has_tag_name("article-title"))).map(text_of).unwrap_or_default();
    let href = |node: Node| node.attribute(("http://www.w3.org/1999/xlink", "href")).map(str::to_owned);
    Ok(Said {
        title,
        surnames: named("contrib").flat_map(|node| node.descendants().filter(|node| node.has_tag_name("surname")).map(text_of).collect::<Vec<_>>()).collect(),
        // Those of a translation stand in its own front matter.
        keywords: named("kwd").filter(|node| !node.ancestors().any(|node| node.has_tag_name("sub-article"))).map(text_of).collect(),
        addresses: named("ext-link").filter_map(href).collect(),
        languages: document.descendants().filter_map(|node| node.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))).map(str::to_owned).collect(),
        scripts: document.descendants().any(|node| node.has_tag_name("name-alternatives")),
        citations: named("xref").filter(|node| node.attribute("ref-type") == Some("bibr")).count(),
    })
}

/// All text below a node, blanks folded.
pub fn text_of(node: Node) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title, authors and keywords in the file's own metadata; tagged; the layout's page.
fn information(master: &Path, path: &Path) -> Outcome {
    let said = said_by(master)?;
    let information = tool("pdfinfo", &[path.as_ref()])?;
    let field = |name: &str| {
        information.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim_start_matches(':').trim().to_owned()).unwrap_or_default()
    };
    ensure!(field("Title") == said.title, "the title is `{}`, not `{}`", field("Title"), said.title);
    let author = field("Author");
    ensure!(said.surnames.first().is_some_and(|surname| author.contains(surname.as_str())), "the author is `{author}`");
    let keywords = field("Keywords");
    let missing: Vec<&String> = said.keywords.iter().filter(|keyword| !keywords.contains(keyword.as_str())).collect();
    ensure!(missing.is_empty(), "the keywords are `{keywords}`, without {missing:?}");
    ensure!(field("Tagged") == "yes", "the file is not tagged");
    ensure!(field("Page size").starts_with("481.89 x 680.315 pts"), "the page is {}", field("Page size"));
    let text = String::from_utf8_lossy(&support::bytes(path)?).into_owned();
    ensure!(text.contains("<pdfaid:part>2<") && text.contains("<pdfuaid:part>1<"), "the file does not say that it is archival and accessible");
    Ok(())
}

/// Bookmarks for every title, links to every address and citation, and every language of the master.
fn inside(master: &Path, path: &Path) -> Outcome {
    let said = said_by(master)?;
    let json: serde_json::Value = serde_json::from_str(&tool("qpdf", &["--json".as_ref(), "--json-key=outlines".as_ref(), path.as_ref()])?)?;
    let bookmarks = json["outlines"].as_array().map(Vec::len).unwrap_or_default();
    ensure!(bookmarks > 0, "there are no bookmarks");
    let text = spread(path)?;
    for address in &said.addresses {
        ensure!(text.contains(&format!("/URI ({address})")), "no link leads to {address}");
    }
    let links = text.matches("/Subtype /Link").count();
    ensure!(links >= said.addresses.len() + said.citations, "there are {links} links for {} addresses and {} citations", said.addresses.len(), said.citations);
    for language in &said.languages {
        let tag = format!("/Lang ({language}");
        ensure!(text.contains(&tag), "no part of the file is in `{language}`");
    }
    Ok(())
}

/// A PDF with everything unpacked.
pub fn spread(path: &Path) -> Result<String, Failed> {
    tool("qpdf", &["--qdf".as_ref(), "--object-streams=disable".as_ref(), "--no-original-object-ids".as_ref(), path.as_ref(), "-".as_ref()])
}

/// The attached file is the master, byte for byte.
fn attached(master: &Path, path: &Path) -> Outcome {
    let list = tool("qpdf", &["--list-attachments".as_ref(), path.as_ref()])?;
    let name = list.lines().next().and_then(|line| line.split(" -> ").next()).ok_or_else(|| format!("nothing is attached: {list}"))?.trim().to_owned();
    let output = Command::new("qpdf").arg(path).arg(format!("--show-attachment={name}")).output()?;
    ensure!(output.status.success(), "qpdf: {}", String::from_utf8_lossy(&output.stderr));
    ensure!(output.stdout == support::bytes(master)?, "the attached file is not the master");
    Ok(())
}

fn kitchen_sink_book() -> Outcome {
    let case = support::root().join("tests/cases/layout/classic/kitchen-sink.xml");
    let place = Place::new()?;
    let path = place.at("book.epub");
    support::write(&path, epub_of(&case)?)?;
    book(&path, None)
}

/// What EPUBCheck does not see.
fn book(path: &Path, master: Option<&Path>) -> Outcome {
    container_bytes(&support::bytes(path)?)?;
    texts_are_sound(&container::texts(path)?, master)
}

/// The same of its files.
pub fn texts_are_sound(texts: &BTreeMap<String, String>, master: Option<&Path>) -> Outcome {
    let documents: BTreeMap<&String, Document> = texts
        .iter()
        .filter(|(name, _)| name.ends_with(".xhtml"))
        .map(|(name, text)| Ok((name, Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?)))
        .collect::<Result<_, Failed>>()?;
    ensure!(documents.len() >= 2, "the book has no navigation or no text");
    for (name, document) in &documents {
        descriptions(name, document)?;
        languages(name, document)?;
        unique(name, document)?;
    }
    links(&documents, texts)?;
    crate::book::sound(&documents, texts)?;
    let (_, package) = texts.iter().find(|(name, _)| name.ends_with(".opf")).ok_or("the book has no package document")?;
    package_says(package, master)
}

/// `mimetype` first, stored, without an extra field (EPUB 3.3, 4.2.2 of OCF).
pub fn container_bytes(bytes: &[u8]) -> Outcome {
    ensure!(bytes.get(..4) == Some(b"PK\x03\x04"), "the book is no zip");
    ensure!(bytes.get(8..10) == Some(&[0, 0]), "`mimetype` is compressed");
    ensure!(bytes.get(6..8).is_some_and(|flags| flags[0] & 8 == 0), "`mimetype` has a data descriptor");
    ensure!(bytes.get(28..30) == Some(&[0, 0]), "`mimetype` has an extra field");
    ensure!(bytes.get(30..58) == Some(b"mimetypeapplication/epub+zip"), "the book does not begin with `mimetype`");
    Ok(())
}

fn descriptions(name: &str, document: &Document) -> Outcome {
    for image in document.descendants().filter(|node| node.tag_name().name() == "img") {
        ensure!(image.attribute("alt").is_some(), "{name}: a picture without `alt`");
    }
    Ok(())
}

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Languages that are written in Cyrillic.
const CYRILLIC: &[&str] = &["ru", "ky", "kk", "uk", "be", "bg", "sr", "mk", "mn", "tg", "tt", "ba", "uz-Cyrl"];

/// The document has its language, and so has each change of script.
fn languages(name: &str, document: &Document) -> Outcome {
    let root = document.root_element();
    // By its local name alone an attribute of another namespace would be found as well.
    let lang = root.attributes().find(|attribute| attribute.namespace().is_none() && attribute.name() == "lang").map(|attribute| attribute.value());
    let xml_lang = root.attribute((XML, "lang"));
    ensure!(lang.is_some_and(|lang| !lang.is_empty()) && lang == xml_lang, "{name}: `html` has lang {lang:?} and xml:lang {xml_lang:?}");
    for node in document.descendants().filter(Node::is_text) {
        let text = node.text().unwrap_or_default();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let cyrillic = text.chars().filter(|c| matches!(c, '\u{400}'..='\u{52f}')).count();
        let lang = node.ancestors().find_map(|node| node.attribute("lang").or(node.attribute((XML, "lang")))).unwrap_or_default();
        let is_cyrillic = CYRILLIC.iter().any(|known| lang == *known || lang.starts_with(&format!("{known}-")));
        ensure!(cyrillic * 2 <= letters || letters == 0 || is_cyrillic, "{name}: Cyrillic in `{lang}`: {text}");
        let is_prose = text.split_whitespace().count() >= 3 && !text.contains("://");
        ensure!(!is_prose || cyrillic > 0 || letters < 10 || !is_cyrillic, "{name}: Latin in `{lang}`: {text}");
    }
    Ok(())
}

fn unique(name: &str, document: &Document) -> Outcome {
    let mut seen = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        ensure!(seen.insert(id), "{name}: the id `{id}` is there twice");
    }
    Ok(())
}

/// Every link inside the book leads to something.
fn links(documents: &BTreeMap<&String, Document>, texts: &BTreeMap<String, String>) -> Outcome {
    for (name, document) in documents {
        for href in document.descendants().filter(|node| node.tag_name().name() == "a").filter_map(|node| node.attribute("href")) {
            if href.contains(':') {
                continue;
            }
            let (file, id) = href.split_once('#').unwrap_or((href, ""));
            let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let target = if file.is_empty() { (*name).clone() } else { format!("{folder}{file}") };
            ensure!(texts.contains_key(&target), "{name}: `{href}` leads to no file");
            let found = id.is_empty() || documents.get(&target).is_some_and(|document| document.descendants().any(|node| node.attribute("id") == Some(id)));
            ensure!(found, "{name}: `{href}` leads nowhere");
        }
        for source in document.descendants().filter_map(|node| node.attribute("src")) {
            ensure!(!source.contains("://"), "{name}: `{source}` is not in the book");
        }
    }
    Ok(())
}

/// The package document: accessibility, languages, people in both scripts.
fn package_says(package: &str, master: Option<&Path>) -> Outcome {
    let document = Document::parse(package)?;
    let metas: Vec<(&str, String)> =
        document.descendants().filter(|node| node.tag_name().name() == "meta").filter_map(|node| Some((node.attribute("property")?, text_of(node)))).collect();
    for property in ["accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"] {
        ensure!(metas.iter().any(|(name, value)| *name == format!("schema:{property}") && !value.is_empty()), "the package has no `schema:{property}`");
    }
    ensure!(document.root_element().attribute("version") == Some("3.0"), "the package is not of version 3.0");
    let Some(master) = master else { return Ok(()) };
    let said = said_by(master)?;
    let spoken: BTreeSet<String> = document.descendants().filter(|node| node.tag_name().name() == "language").map(text_of).collect();
    let missing: Vec<&String> = said.languages.difference(&spoken).collect();
    ensure!(missing.is_empty(), "the package does not name the languages {missing:?}");
    for property in ["alternate-script", "file-as", "role"] {
        // A name in one script has no other.
        ensure!(!said.scripts && property == "alternate-script" || metas.iter().any(|(name, _)| *name == property), "the package has no `{property}`");
    }
    let titles: Vec<String> = document.descendants().filter(|node| node.tag_name().name() == "title").map(text_of).collect();
    ensure!(titles.contains(&said.title), "the titles are {titles:?}");
    Ok(())
}
