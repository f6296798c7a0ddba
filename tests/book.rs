//! The e-book: what validators miss, bad input, a real reader.
//!
//! 1. [`sound`] adds to the assertions of `outputs` what EPUBCheck and Ace do not see; [`faults`] harms a sound book in each of these ways, and each is found.
//! 2. Masters with addresses and names that may not stand in a book make a valid book, and are told so.
//! 3. A reader opens the packed books, follows every link, shows every note, leafs through, and knows the printed page.

use std::collections::BTreeMap;
use std::path::PathBuf;

use diglot::pdf::layout::Layout;
use epub::{Extras, Flavour, Printed, PrintedPage, Skin, Stamp};
use roxmltree::{Document, Node};

use crate::ensure;
use crate::outputs::{container_bytes, judges, passed, texts_are_sound};
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, built, container, set};

const OPS: &str = "http://www.idpf.org/2007/ops";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("book/faults that validators miss are found", faults),
        trial("book/bad addresses and names make a valid book", &[Need::Judge("epubcheck")], bad_input),
        trial("book/flavours and languages are valid", &[Need::Judge("epubcheck")], flavours),
        Trial::test("book/fonts and cover: small, and the same every time", dressed),
        Trial::test("book/a formula is seen in the very picture that was drawn", pictured),
        trial("book/who certified it, and its record", &[Need::Judge("epubcheck")], recorded),
        Trial::test("book/a font that may not be embedded is left out", forbidden_font),
        trial("book/a reader reads the masters", &[Need::Judge("reader")], || built::with(|built| reader(&built::of_kind(&built.folder(), "epub")))),
        trial("book/a long article is valid, and read", &[Need::Judge("epubcheck"), Need::Judge("reader")], long),
    ]
}

/// What neither EPUBCheck nor Ace sees.
pub fn sound(documents: &BTreeMap<&String, Document>, texts: &BTreeMap<String, String>) -> Outcome {
    let mut marks = Vec::new();
    for (name, document) in documents {
        for node in document.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            ensure!(tag != "math" || node.attribute("alttext").is_some_and(|text| !text.trim().is_empty()), "{name}: a formula without `alttext`");
            ensure!(!matches!(tag, "mlabeledtr" | "mfenced" | "menclose"), "{name}: `{tag}` is not in MathML Core, and is not drawn");
            ensure!(!matches!(tag, "script" | "iframe" | "object" | "embed" | "form"), "{name}: `{tag}` acts");
            for attribute in node.attributes() {
                ensure!(!attribute.name().starts_with("on"), "{name}: `{}` acts", attribute.name());
                let value = attribute.value().trim_start().to_ascii_lowercase();
                let is_address = matches!(attribute.name(), "href" | "src");
                ensure!(!is_address || !value.starts_with("javascript:") && !value.starts_with("data:"), "{name}: the address `{value}`");
            }
            ensure!(tag != "th" || is_heard(node), "{name}: a heading of a table is taken for an empty one");
            if node.attribute("role") == Some("doc-noteref") {
                ensure!(node.children().all(|child| child.is_text()), "{name}: the mark of a note holds more than text");
            }
            if node.attribute("role") == Some("doc-pagebreak") {
                marks.push((name.rsplit('/').next().unwrap_or_default().to_owned(), node.attribute("id").unwrap_or_default().to_owned()));
            }
        }
        headings(name, document)?;
    }
    page_list(documents, texts, &marks)
}

/// Whether a heading of a table has text beside formulas, or names what it has: nothing that looks for its text looks into MathML.
fn is_heard(heading: Node) -> bool {
    let in_a_formula = |node: &Node| node.ancestors().take_while(|outer| *outer != heading).any(|outer| outer.tag_name().name() == "math");
    // The mark of a printed page says nothing of what it stands in.
    heading.descendants().filter(|node| node.attribute("role") != Some("doc-pagebreak")).any(|node| {
        let named = ["aria-label", "alt"].into_iter().any(|name| node.attribute(name).is_some_and(|said| !said.trim().is_empty()));
        named || node.is_text() && !in_a_formula(&node) && node.text().is_some_and(|text| !text.trim().is_empty())
    })
}

/// No level of heading is left out on the way down.
fn headings(name: &str, document: &Document) -> Outcome {
    let mut last = None;
    for node in document.descendants() {
        let Some(level) = node.tag_name().name().strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) else { continue };
        ensure!(last.is_none_or(|last| level <= last + 1), "{name}: a heading of level {level} after one of level {last:?}");
        last = Some(level);
    }
    Ok(())
}

/// The list of pages has every mark, in the order of the text, and the package says whose pages they are.
fn page_list(documents: &BTreeMap<&String, Document>, texts: &BTreeMap<String, String>, marks: &[(String, String)]) -> Outcome {
    let (_, navigation) = documents.iter().find(|(name, _)| name.ends_with("nav.xhtml")).ok_or("no navigation")?;
    let list = navigation.descendants().find(|node| node.attribute((OPS, "type")) == Some("page-list"));
    let listed: Vec<(String, String)> = list
        .iter()
        .flat_map(|list| list.descendants())
        .filter_map(|node| node.attribute("href").and_then(|href| href.split_once('#')))
        .map(|(file, id)| (file.to_owned(), id.to_owned()))
        .collect();
    let (_, package) = texts.iter().find(|(name, _)| name.ends_with(".opf")).ok_or("no package")?;
    let package = Document::parse(package)?;
    let hrefs: BTreeMap<&str, &str> = package.descendants().filter_map(|node| Some((node.attribute("id")?, node.attribute("href")?))).collect();
    let order: Vec<&str> = package.descendants().filter_map(|node| hrefs.get(node.attribute("idref")?).copied()).collect();
    let mut wanted = marks.to_vec();
    wanted.sort_by_key(|(file, _)| order.iter().position(|other| other == file));
    ensure!(listed == wanted, "the list of pages is {listed:?}, the marks are {wanted:?}");
    let named = package.descendants().any(|node| node.attribute("property") == Some("pageBreakSource"))
        && package.descendants().any(|node| node.tag_name().name() == "source");
    ensure!(marks.is_empty() || named, "the book has pages, and does not say of what");
    Ok(())
}

/// What a sound book is made of: formulas, pictures, notes, two languages.
const SOUND: &str = "<sec id=\"s1\"><title>One</title><p>Words with a note<fn id=\"n1\"><p>The note.</p></fn>, a formula <inline-formula><mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\">\
    <mml:mrow><mml:mi>x</mml:mi><mml:mo>+</mml:mo><mml:mn>1</mml:mn></mml:mrow></mml:math></inline-formula>, and <named-content xml:lang=\"ru\">слова на другом языке</named-content>.</p></sec>\
    <sec id=\"s2\"><title>Two</title><fig id=\"f1\"><label>Figure 1</label><caption><p>What is seen.</p></caption><graphic xlink:href=\"dot.png\"><alt-text>A dot</alt-text></graphic></fig>\
    <table-wrap><table><thead><tr><th><inline-formula><mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mi>y</mml:mi></mml:math></inline-formula></th></tr></thead>\
    <tbody><tr><td>1</td></tr></tbody></table></table-wrap><p>A second paragraph.</p><p>A third one.</p><p>And a last one.</p></sec>";

/// A sound book, with printed pages.
fn sound_book() -> Result<(Vec<u8>, BTreeMap<String, String>), Failed> {
    let (_, _, edition) = set::edition("article.xml", support::article(SOUND).as_bytes())?;
    let pictures = set::pictures(&edition, &support::root().join("tests/cases/figure/pictures"));
    let css = Layout::built_in("classic").ok_or("no layout")?.css();
    let stamp = Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
    let skin = Skin { css: &css };
    let placed = epub::bind(&edition, &pictures, &skin, &stamp).placed;
    let page = |no: usize| PrintedPage { label: (no + 1).to_string(), leaf: placed[placed.len() * no / 4].leaf, offset: 0 };
    let printed = Printed { source: "urn:isbn:0".to_owned(), pages: (0..4).map(page).collect(), folios: None };
    let extras = Extras { printed: Some(&printed), flavour: Flavour::Standard, ..Extras::default() };
    let packed = epub::pack(&epub::bind_with(&edition, &pictures, &skin, &stamp, &extras)).map_err(|fault| fault.to_string())?;
    let place = Place::new()?;
    place.write("book.epub", &packed)?;
    Ok((packed, container::texts(&place.at("book.epub"))?))
}

/// A way to harm a book: the file, what is replaced by what, and what is said then.
type Harm = (&'static str, &'static str, &'static str, &'static str);

const HARMS: &[Harm] = &[
    ("article.xhtml", " alt=\"", " data-alt=\"", "without `alt`"),
    ("article.xhtml", " alttext=\"", " data-alttext=\"", "without `alttext`"),
    ("article.xhtml", "<mrow>", "<mlabeledtr></mlabeledtr><mrow>", "not in MathML Core"),
    (
        "article.xhtml",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"en\"",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"",
        "`html` has lang",
    ),
    ("article.xhtml", "</body>", "<p>Слова без языка среди английских</p></body>", "Cyrillic in `en`"),
    ("article.xhtml", "</body>", "<p id=\"front\">x</p></body>", "is there twice"),
    ("article.xhtml", "</body>", "<p><a href=\"#nowhere\">x</a></p></body>", "leads nowhere"),
    ("article.xhtml", "</body>", "<p><a href=\"JavaScript:x\">x</a></p></body>", "the address"),
    ("article.xhtml", "</body>", "<p onclick=\"x\">x</p></body>", "acts"),
    ("article.xhtml", "</body>", "<script>x</script></body>", "acts"),
    ("article.xhtml", "epub:type=\"noteref\">", "epub:type=\"noteref\"><b/>", "more than text"),
    ("article.xhtml", " aria-label=\"y\"", "", "taken for an empty one"),
    ("article.xhtml", "</body>", "<h6>x</h6></body>", "a heading of level 6"),
    ("nav.xhtml", "#page-2\"", "#page-3\"", "the list of pages"),
    ("package.opf", "property=\"pageBreakSource\"", "property=\"dcterms:other\"", "does not say of what"),
    ("package.opf", "schema:accessibilityHazard", "schema:other", "no `schema:accessibilityHazard`"),
];

fn faults() -> Outcome {
    let (packed, texts) = sound_book()?;
    container_bytes(&packed)?;
    texts_are_sound(&texts, None)?;
    for (file, from, to, said) in HARMS {
        let mut harmed = texts.clone();
        let (_, text) = harmed.iter_mut().find(|(name, _)| name.ends_with(file)).ok_or("no such file")?;
        let before = text.clone();
        *text = text.replacen(from, to, 1);
        ensure!(*text != before, "the book has no `{from}`: the test has outlived the writer");
        match texts_are_sound(&harmed, None) {
            Ok(()) => return Err(format!("nothing is said of `{to}` in {file}").into()),
            Err(failed) => {
                let message = failed.message().unwrap_or_default();
                ensure!(message.contains(said), "of `{to}` is said: {message}");
            }
        }
    }
    let mut harmed = packed.clone();
    harmed[8] = 8;
    ensure!(container_bytes(&harmed).is_err(), "a compressed `mimetype` passes");
    Ok(())
}

fn bad_input() -> Outcome {
    let link = |href: &str| format!("<p><ext-link xlink:href=\"{href}\">shown {}</ext-link></p>", href.len());
    let figure = |href: &str| format!("<fig><graphic xlink:href=\"{href}\"><alt-text>x</alt-text></graphic></fig>\n");
    let addresses = [
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
        "vbscript:x",
        "https://example.org/a b/x",
        "https://example.org/a%20b/ё?q=ы#й",
        "https://пример.рф/",
    ];
    let names = ["a b.png", "ё/ж.png", "CON.png", "Dot.png", "dot.png", "https://example.org/x.png"];
    let body: String = addresses.iter().map(|href| link(href)).chain(names.iter().map(|name| figure(name))).collect();
    let sections = "<sec id=\"S 1\"><title>A</title><p>x</p></sec><sec id=\"s1\"><title>B</title><p>x</p></sec><sec id=\"S1\"><title>C</title><p>x</p></sec>";
    let place = Place::with(support::article(&format!("{body}{sections}")))?;
    let dot = support::bytes(&support::root().join("tests/cases/figure/pictures/dot.png"))?;
    for name in names.iter().filter(|name| !name.contains("://")) {
        place.write(name, &dot)?;
    }
    let run = place.run(&["build", "article.xml", "--to", "epub", "--out-dir", "out", "--missing-figures", "warn", "--message-format", "short"])?.exits(0)?;
    for said in [
        "`javascript:alert(1)` cannot be followed",
        "`data:text/html,x` cannot",
        "`vbscript:x` cannot",
        "`https://example.org/a b/x` cannot",
        "`https://example.org/x.png` is named by an address",
    ] {
        ensure!(run.err.contains(said), "nothing is said of {said}: {}", run.err);
    }
    let path = place.at("out/article.epub");
    let texts = container::texts(&path)?;
    let text: String = texts.iter().filter(|(name, _)| name.ends_with(".xhtml")).map(|(_, text)| text.as_str()).collect();
    ensure!(text.contains("href=\"https://example.org/a%20b/%D1%91?q=%D1%8B#%D0%B9\""), "an address with blanks and Cyrillic is not escaped");
    ensure!(text.contains("shown 19") && !text.to_lowercase().contains("javascript:"), "a dropped address lost its words, or stayed");
    let pictures: Vec<String> = container::files(&path)?.into_iter().map(|(name, _)| name).filter(|name| name.contains("/images/")).collect();
    ensure!(pictures.len() == 5 && pictures.iter().all(|name| name.is_ascii() && !name.contains(' ')), "the pictures are called {pictures:?}");
    texts_are_sound(&texts, None)?;
    judges(vec!["epub".to_owned(), path.display().to_string()])
}

/// Masters and cases in each flavour, and with another language first.
fn flavours() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source(), &place.at("source"))?;
    let mut arguments = vec!["epub".to_owned()];
    for (name, flags) in [("plain", ["--epub-flavour", "plain"]), ("kindle", ["--epub-flavour", "kindle"]), ("russian", ["--prefer-lang", "ru"])] {
        place.run(&[&["build", "source", "--to", "pdf,epub", "--out-dir", name], flags.as_slice()].concat())?.exits(0)?;
        for path in built::of_kind(&place.at(name), "epub") {
            texts_are_sound(&container::texts(&path)?, None)?;
            let files: Vec<String> = container::files(&path)?.into_iter().map(|(name, _)| name).collect();
            let has = |end: &str| files.iter().any(|name| name.ends_with(end));
            ensure!(has("toc.ncx") == (name == "kindle"), "{name}: {files:?}");
            ensure!(has(".woff2") == (name == "russian"), "{name}: {files:?}");
            ensure!(has("cover.png") == (name != "plain"), "{name}: {files:?}");
            if path.ends_with("technical-sample.epub") {
                // Amazon's readers know no MathML: formulas are text or pictures there.
                let texts: String = container::texts(&path)?.into_iter().filter(|(name, _)| !name.ends_with(".css")).map(|(_, text)| text).collect();
                ensure!(
                    texts.contains("<math") != (name == "kindle") && texts.contains("\"mathml\"") != (name == "kindle"),
                    "{name}: MathML is where it should not be"
                );
                ensure!(
                    has("images/formula-1.png") == (name == "kindle") && texts.contains("class=\"formula-text\"") == (name == "kindle"),
                    "{name}: {files:?}"
                );
            }
            arguments.push(path.display().to_string());
        }
    }
    let first = container::texts(&place.at("russian/korea-kyrgyzstan.epub"))?;
    let text = first.iter().find(|(name, _)| name.ends_with("article.xhtml")).map(|(_, text)| text.as_str()).ok_or("no text")?;
    let at = |word: &str| text.find(&format!("{word}</h")).unwrap_or(usize::MAX);
    ensure!(at("ПЕРСПЕКТИВЫ СОТРУДНИЧЕСТВА") < at("PROSPECTS OF COOPERATION"), "the Russian title is not the first");
    judges(arguments)
}

/// Fonts and a cover cost what they may, and are the same at every run.
fn dressed() -> Outcome {
    const MOST: usize = 150 << 10;
    built::with(|built| {
        let path = built.folder().join("korea-kyrgyzstan.epub");
        let files = container::files(&path)?;
        let size = support::bytes(&path)?.len();
        let faces = files.iter().filter(|(name, bytes)| name.ends_with(".woff2") && bytes.starts_with(b"wOF2")).count();
        ensure!(faces == 3, "the book has {faces} faces");
        let cover = files.iter().find(|(name, _)| name.ends_with("images/cover.png")).ok_or("the book has no cover")?;
        let picture = image::load_from_memory(&cover.1)?;
        ensure!(picture.width() >= 600 && picture.height() > picture.width(), "the cover is {} pixels wide", picture.width());
        ensure!(size <= MOST, "the book has {size} bytes: {:?}", files.iter().map(|(name, bytes)| (name.as_str(), bytes.len())).collect::<Vec<_>>());
        let place = Place::new()?;
        support::copy(&support::source(), &place.at("source"))?;
        place.run(&["build", "source/korea-kyrgyzstan/article.xml", "-o", "again.epub"])?.exits(0)?;
        let again = container::files(&place.at("again.epub"))?;
        let fonts = |files: &[(String, Vec<u8>)]| files.iter().filter(|(name, _)| name.ends_with(".woff2")).cloned().collect::<Vec<_>>();
        ensure!(fonts(&again) == fonts(&files), "the fonts differ between two runs");
        Ok(())
    })
}

/// A picture of a formula counts as its text where the book has that picture.
fn pictured() -> Outcome {
    let formula = "<p>So <inline-formula><mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac></mml:math></inline-formula> and <inline-formula><mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math></inline-formula>.</p>";
    let (_, source, edition) = set::edition("article.xml", support::article(formula).as_bytes())?;
    let pictures = article::picture::Pictures::new();
    let stamp = Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
    let ids = std::cell::RefCell::new(Vec::new());
    let draw = |asked: &[epub::Asked]| {
        ids.borrow_mut().extend(asked.iter().map(|asked| asked.id.clone()));
        asked.iter().map(|_| Some(epub::Drawn { png: b"drawn".to_vec(), height: 1_000, depth: 200 })).collect()
    };
    let extras = Extras { flavour: Flavour::Kindle, formulas: Some(&draw), ..Extras::default() };
    let book = epub::bind_with(&edition, &pictures, &Skin { css: "" }, &stamp, &extras);
    let packed = epub::pack(&book).map_err(|fault| fault.to_string())?;
    let ids = ids.borrow();
    ensure!(ids.len() == 1, "{} formulas are drawn: a square is text", ids.len());
    let text =
        book.files.iter().find(|file| file.path.ends_with("article.xhtml")).map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).ok_or("no text")?;
    ensure!(text.contains("style=\"height: 1em; vertical-align: -0.2em\"") && text.contains("<i>x</i><sup>2</sup>\u{a0}= 1"), "{text}");
    let leaves: Vec<article::leaf::LeafNo> = edition.leaves.iter().filter(|(_, leaf)| matches!(&*leaf.text, "a" | "b")).map(|(no, _)| no).collect();
    let sightings: Vec<_> = leaves.iter().map(|leaf| diglot::proof::Sighting { leaf: *leaf, from: 0, to: 1, hidden: None }).collect();
    let judged = |png: &[u8]| -> Result<usize, Failed> {
        let drawn = diglot::proof::book::Pictured { sightings: sightings.clone(), png: png.to_vec() };
        let pictured = BTreeMap::from([(ids[0].clone(), drawn)]);
        let seen = diglot::proof::book::sight_with(&packed, &book.placed, &edition.leaves, &pictured)?;
        let mut log = article::diag::Log::default();
        Ok(diglot::proof::judge(&mut log, &source, &edition, &seen, diglot::proof::Output::Epub).faults)
    };
    ensure!(judged(b"drawn")? == 0, "a formula that is seen counts as lost");
    ensure!(judged(b"another")? > 0, "a formula counts as seen in another picture than the one that was drawn");
    Ok(())
}

/// What a project says of its e-books to those who lend and sell them.
fn recorded() -> Outcome {
    let place = Place::with(support::article("<p>x</p>"))?;
    let settings = "[epub]\ncertifier = \"A library for the blind\"\ncertifier-report = \"https://example.org/report\"\nonix = \"onix/{name}.xml\"\n";
    place.write("diglot.toml", settings)?;
    place.write(
        "onix/article.xml",
        "<?xml version=\"1.0\"?><ONIXMessage release=\"3.0\" xmlns=\"http://ns.editeur.org/onix/3.0/reference\"><Header/></ONIXMessage>",
    )?;
    let build = ["build", "article.xml", "--to", "epub", "--out-dir", "out", "--message-format", "short"];
    place.run(&[build.as_slice(), &["--deps", "deps.mk"]].concat())?.exits(0)?;
    let path = place.at("out/article.epub");
    let texts = container::texts(&path)?;
    let package = texts.iter().find(|(name, _)| name.ends_with(".opf")).map(|(_, text)| text.as_str()).ok_or("no package")?;
    for said in [
        "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>",
        "<meta refines=\"#conformance\" property=\"a11y:certifiedBy\" id=\"certifier\">A library for the blind</meta>",
        "<link rel=\"a11y:certifierReport\" refines=\"#certifier\" href=\"https://example.org/report\"/>",
        "<link rel=\"record\" href=\"onix.xml\" media-type=\"application/xml\" properties=\"onix\"/>",
    ] {
        ensure!(package.contains(said), "the package has no {said}: {package}");
    }
    ensure!(texts.get("EPUB/onix.xml").is_some_and(|record| record.contains("ONIXMessage")), "the record is not in the book");
    ensure!(support::read(&place.at("deps.mk"))?.contains("onix/article.xml"), "the record is none of the inputs");
    judges(vec!["epub".to_owned(), path.display().to_string()])?;
    // Of a book with a picture of which nothing is said nobody can say that it is accessible.
    support::copy_file(&support::root().join("tests/cases/figure/pictures/dot.png"), &place.at("dot.png"))?;
    place.write("article.xml", support::article("<fig><graphic xlink:href=\"dot.png\"/></fig>"))?;
    place.run(&build)?.exits(0)?;
    ensure!(!container::texts(&path)?.values().any(|text| text.contains("conformsTo")), "a book that is not accessible is said to be");
    place.write("onix/article.xml", "<book/>")?;
    place.run(&build)?.says("error[project-fault]: the record `onix/article.xml` is not put into the e-book: it is no whole message of ONIX")?;
    place.write("diglot.toml", "[epub]\nconforms-to = \"WCAG 2.2 AA\"\n")?;
    place.run(&build)?.exits(2)?.says("diglot.toml:2:15: error[project-fault]")?;
    Ok(())
}

/// A font whose licence forbids it is not put into a book, which is told; the page has it.
fn forbidden_font() -> Outcome {
    let mut font = support::bytes(&support::root().join("fonts/NotoSans-Regular.ttf"))?;
    let number = |bytes: &[u8], at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, |four| u32::from_be_bytes(four) as usize);
    let tables = usize::from(font[5]);
    let os2 = (0..tables).map(|at| 12 + 16 * at).find(|at| font.get(*at..*at + 4) == Some(b"OS/2")).map(|at| number(&font, at + 8)).ok_or("no OS/2")?;
    // `fsType` 2: restricted licence embedding (OpenType, OS/2). The family gets a name of its own in both forms of names.
    font[os2 + 9] = 2;
    for at in 0..font.len() - 18 {
        if font[at..].starts_with(b"\0N\0o\0t\0o\0 \0S\0a\0n\0s") {
            font[at + 1] = b'M';
        } else if font[at..].starts_with(b"Noto Sans") {
            font[at] = b'M';
        }
    }
    let place = Place::with(support::article("<p>x</p>"))?;
    place.write("fonts/face.ttf", font)?;
    place.write("diglot.toml", "[layout]\nname = \"modern\"\nepub.fonts = [\"Moto Sans\"]\n[build]\nfont-path = [\"fonts\"]\n")?;
    place
        .run(&["build", "article.xml", "--out-dir", "out", "--message-format", "short"])?
        .exits(0)?
        .says("warning[missing-font]: the font `Moto Sans` is not put into the e-book")?;
    let files = container::files(&place.at("out/article.epub"))?;
    ensure!(!files.iter().any(|(name, _)| name.ends_with(".woff2")), "the font is in the book");
    Ok(())
}

/// Runs the reader over books.
fn reader(books: &[PathBuf]) -> Outcome {
    ensure!(!books.is_empty(), "there is nothing to read");
    let read = passed(["reader".to_owned()].into_iter().chain(books.iter().map(|path| path.display().to_string())).collect())?;
    ensure!(read == books.len(), "{read} of {} books are read", books.len());
    Ok(())
}

/// An article that is cut into files, with everything that crosses them.
fn long() -> Outcome {
    let words = "Words that fill a line of a long text, and of another one. ".repeat(40);
    // The reader waits for each note; a few are enough.
    let note = |at: usize| {
        if at.is_multiple_of(20) { format!("<fn id=\"n{at}\"><p>A note {at}.</p></fn> <xref ref-type=\"fn\" rid=\"end\">*</xref>") } else { String::new() }
    };
    let section = |at: usize| {
        format!(
            "<sec id=\"S{at}\"><title>Part {at}</title><p>{words}<xref ref-type=\"bibr\" rid=\"r1\">1</xref>{} <xref ref-type=\"sec\" rid=\"S{}\">Next</xref>.</p></sec>",
            note(at),
            (at + 1) % 70
        )
    };
    let body: String = (0..70).map(section).collect();
    let back = "<fn-group><title>Notes</title><fn id=\"end\"><label>*</label><p>At the end.</p></fn></fn-group><ref-list><title>References</title><ref id=\"r1\"><mixed-citation>A book.</mixed-citation></ref></ref-list>";
    let place = Place::with(support::article_with("", &body, back))?;
    place.run(&["build", "article.xml", "--out-dir", "out"])?.exits(0)?;
    let path = place.at("out/article.epub");
    let texts = container::texts(&path)?;
    ensure!(texts.keys().filter(|name| name.ends_with(".xhtml")).count() > 70, "the article stayed in {:?}", texts.keys().collect::<Vec<_>>());
    texts_are_sound(&texts, None)?;
    judges(vec!["epub".to_owned(), path.display().to_string()])?;
    reader(&[path])
}
