//! The whole book, from masters to packed bytes: the first article, and one that holds one of everything.

#![allow(clippy::disallowed_methods, reason = "tests read their cases from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use article::diag::Log;
use article::edition::Edition;
use article::picture::{Format, Picture, Pictures};
use article::source::Source;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use crate::{Book, Extras, Flavour, Skin, Stamp, bind, bind_with, pack};

fn read(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn edition(text: &str) -> Edition {
    let mut log = Log::default();
    let tree = article::xml::parse(&mut log, &Source::new("test.xml", text)).expect("well-formed");
    let article = article::jats::read(&mut log, &tree).expect("an article");
    article::resolve::resolve(&mut log, article)
}

fn seed() -> Edition {
    edition(&String::from_utf8(read("../../source/korea-kyrgyzstan/article.xml")).unwrap())
}

fn sink() -> Edition {
    edition(&String::from_utf8(read("cases/sink.xml")).unwrap())
}

/// A small article around a body.
fn small(body: &str) -> Edition {
    edition(&format!(
        "<article xml:lang='en' xmlns:xlink='http://www.w3.org/1999/xlink'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body>{body}</body></article>"
    ))
}

fn pictures() -> Pictures {
    let picture = |at: usize, file: &str, format: Format| {
        (
            file.to_owned(),
            Picture { name: format!("picture-{at}.{}", format.extension()), format, bytes: read(&format!("cases/{file}")), size: None, smaller: None },
        )
    };
    Pictures::from_iter([picture(1, "sink.png", Format::Png), picture(2, "sink.svg", Format::Svg)])
}

fn stamp() -> Stamp {
    Stamp { identifier: "urn:uuid:00000000-0000-5000-8000-000000000000".to_owned(), modified: "2026-01-31T12:00:00Z".to_owned() }
}

#[test]
fn a_book_for_amazon_has_no_table_in_a_table() {
    let inner = "<table><thead><tr><th id='h'>Inner head</th></tr></thead><tbody><tr><td colspan='2'>Inner <bold>cell</bold></td></tr></tbody></table>";
    let edition = small(&format!("<table-wrap><label>1</label><table><tbody><tr><td>Outer</td><td>{inner}</td></tr></tbody></table></table-wrap>"));
    let pictures = Pictures::default();
    let of = |flavour| {
        let extras = Extras { flavour, ..Extras::default() };
        file(&bind_with(&edition, &pictures, &Skin { css: "" }, &stamp(), &extras), "EPUB/article.xhtml").to_owned()
    };
    let (plain, kindle) = (of(Flavour::Standard), of(Flavour::Kindle));
    assert_eq!((plain.matches("<table").count(), kindle.matches("<table").count()), (2, 1), "{kindle}");
    for text in ["Outer", "Inner head", "Inner <b>cell</b>", "class=\"flat-row\""] {
        assert!(kindle.contains(text), "{text}: {kindle}");
    }
    assert!(!kindle.contains("colspan"), "{kindle}");
}

fn bound<'a>(edition: &Edition, pictures: &'a Pictures) -> Book<'a> {
    bind(edition, pictures, &Skin { css: "p { margin: 0 }\n" }, &stamp())
}

fn file<'a>(book: &'a Book<'_>, path: &str) -> &'a str {
    let file = book.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&file.bytes).unwrap()
}

/// The content document of an article with this body.
fn content(body: &str) -> String {
    file(&bound(&small(body), &Pictures::new()), "EPUB/article.xhtml").to_owned()
}

/// An element as the tests look at it.
#[derive(Debug)]
struct Seen {
    name: String,
    attributes: BTreeMap<String, String>,
    /// The text directly in it, and the names of the elements directly in it.
    text: String,
    inside: Vec<String>,
    /// The language at its place.
    lang: String,
}

/// The elements of a file in the order of their end tags.
fn elements(text: &str) -> Vec<Seen> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut all) = (Vec::<Seen>::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                let attributes: BTreeMap<_, _> = tag
                    .attributes()
                    .map(|attribute| attribute.unwrap())
                    .map(|attribute| {
                        (
                            String::from_utf8(attribute.key.as_ref().to_vec()).unwrap(),
                            unescape(std::str::from_utf8(&attribute.value).unwrap()).unwrap().into_owned(),
                        )
                    })
                    .collect();
                let around = open.last().map(|seen| seen.lang.clone()).unwrap_or_default();
                let lang = attributes.get("xml:lang").cloned().unwrap_or(around);
                if let Some(parent) = open.last_mut() {
                    parent.inside.push(name.clone());
                }
                open.push(Seen { name, attributes, text: String::new(), inside: Vec::new(), lang });
            }
            Event::End(_) => all.push(open.pop().unwrap()),
            Event::Text(text) => open.last_mut().map_or((), |seen| seen.text.push_str(&text.decode().unwrap())),
            Event::GeneralRef(name) => open.last_mut().map_or((), |seen| seen.text.push_str(&unescape(&format!("&{};", name.decode().unwrap())).unwrap())),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    all
}

#[test]
fn every_leaf_stands_where_the_note_says() {
    for edition in [seed(), sink()] {
        let pictures = pictures();
        let book = bound(&edition, &pictures);
        let mut seen = BTreeSet::new();
        let mut last = 0;
        // A leaf that is tied stands in pieces, one behind the other.
        let mut written = std::collections::BTreeMap::new();
        for place in &book.placed {
            let bytes = &book.files[place.file].bytes[place.start..place.end];
            let text = edition.leaves.text(place.leaf);
            let said = unescape(std::str::from_utf8(bytes).unwrap()).unwrap();
            let from = written.entry(place.leaf).or_insert(0);
            assert!(text[*from..].starts_with(&*said), "`{said}` at {from} of `{text}`");
            *from = if *from + said.len() == text.len() { 0 } else { *from + said.len() };
            assert!(place.start >= last, "in the order of writing");
            last = place.end;
            seen.insert(place.leaf);
        }
        assert!(written.values().all(|from| *from == 0), "a leaf is written in part");
        for (no, leaf) in edition.leaves.iter() {
            assert!(leaf.text.is_empty() || seen.contains(&no), "{leaf:?} is not written");
        }
    }
}

/// An article of so many sections, each of which cites, notes and points at the next one.
fn long(sections: usize) -> Edition {
    let words = "Words that fill a line of a long text, and of another. ".repeat(40);
    let section = |at: usize| {
        let next = (at + 1) % sections;
        format!(
            "<sec id='S{at}'><title>Part {at}</title><p>{words}<xref ref-type='bibr' rid='r1'>1</xref><fn id='n{at}'><p>A note {at}.</p></fn> \
             See <xref ref-type='sec' rid='S{next}'>the next</xref>.</p></sec>"
        )
    };
    let body: String = (0..sections).map(section).collect();
    edition(&format!(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>Long</article-title></title-group></article-meta></front><body>{body}</body><back>\
         <ack><title>Thanks</title><p>To all.</p></ack><ref-list id='nav'><title>References</title><ref id='r1'><mixed-citation>A book.</mixed-citation></ref></ref-list></back>\
         <sub-article article-type='translation' xml:lang='ru' id='s1'><front-stub><title-group><article-title>Длинная</article-title></title-group></front-stub>\
         <body><sec id='t1'><title>Часть</title><p>Слова.</p></sec><sec id='t2'><title>Другая</title><p>Слова.</p></sec></body></sub-article></article>"
    ))
}

#[test]
fn a_long_article_has_a_file_for_each_section_and_every_link_leads_somewhere() {
    let pictures = Pictures::new();
    let edition = long(70);
    let book = bound(&edition, &pictures);
    let paths: Vec<&str> = book.files.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with(".xhtml")).collect();
    assert_eq!(paths[..4], ["EPUB/nav.xhtml", "EPUB/article.xhtml", "EPUB/s0.xhtml", "EPUB/s1.xhtml"]);
    // The translation's id differs by case alone from that of a section, and the list of references is called as a file that there is.
    // Its front matter stands before its first section.
    assert_eq!(paths[70..], ["EPUB/s68.xhtml", "EPUB/s69.xhtml", "EPUB/acknowledgements.xhtml", "EPUB/nav-2.xhtml", "EPUB/s1-2.xhtml", "EPUB/t2.xhtml"]);

    let mut ids = BTreeSet::new();
    for path in &paths {
        for id in elements(file(&book, path)).iter().filter_map(|seen| seen.attributes.get("id")) {
            assert!(ids.insert(((*path).to_owned(), id.clone())), "{path}: {id} is there twice");
        }
    }
    let mut crossing = 0;
    for path in &paths {
        for href in elements(file(&book, path)).iter().filter_map(|seen| seen.attributes.get("href")).filter(|href| href.contains('#')) {
            let (other, id) = href.split_once('#').unwrap();
            crossing += usize::from(!other.is_empty());
            let target = if other.is_empty() { (*path).to_owned() } else { format!("EPUB/{other}") };
            assert!(ids.contains(&(target, id.to_owned())), "{path}: {href} leads nowhere");
        }
    }
    // 70 links to the next section, 70 citations, 70 ways back from the reference, and the contents.
    assert!(crossing >= 280, "{crossing}");
    for place in &book.placed {
        let bytes = &book.files[place.file].bytes[place.start..place.end];
        assert_eq!(unescape(std::str::from_utf8(bytes).unwrap()).unwrap(), edition.leaves.text(place.leaf));
    }
    assert!(file(&book, "EPUB/s1.xhtml").contains("<title>Part 1</title>") && file(&book, "EPUB/s1.xhtml").contains("A note 1."));
    assert!(file(&book, "EPUB/t2.xhtml").contains("<section class=\"part translation\" lang=\"ru\" xml:lang=\"ru\">"));
    let package = file(&book, "EPUB/package.opf");
    assert_eq!(package.matches("<itemref").count(), paths.len(), "the lists of landmarks are in the spine too");
    assert_eq!(bound(&long(20), &pictures).files.iter().filter(|file| file.path.ends_with(".xhtml")).count(), 2, "a short one stays in one file");
}

#[test]
fn ids_are_names_and_links_have_a_target() {
    let pictures = pictures();
    let book = bound(&sink(), &pictures);
    let mut ids = BTreeSet::new();
    for seen in elements(file(&book, "EPUB/article.xhtml")) {
        let Some(id) = seen.attributes.get("id") else { continue };
        assert!(
            id.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)),
            "{id}"
        );
        assert!(ids.insert(id.clone()), "{id} is there twice");
    }
    for path in ["EPUB/article.xhtml", "EPUB/nav.xhtml"] {
        for seen in elements(file(&book, path)) {
            if let Some(id) = seen.attributes.get("href").and_then(|href| href.strip_prefix("article.xhtml").unwrap_or(href).strip_prefix('#')) {
                assert!(ids.contains(id), "{path}: {id} is nowhere");
            }
            for name in ["aria-labelledby", "aria-details"] {
                if let (Some(id), "EPUB/article.xhtml") = (seen.attributes.get(name), path) {
                    assert!(ids.contains(id), "{id} is nowhere");
                }
            }
        }
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_text() {
    let text = content("<p>see <xref ref-type='fig' rid='gone'>Figure 7</xref></p>");
    assert!(text.contains("<p>see <span class=\"tie\">Figure 7</span></p>"), "{text}");
}

#[test]
fn the_mark_of_a_note_holds_text_alone() {
    let pictures = pictures();
    let marks: Vec<_> = elements(file(&bound(&sink(), &pictures), "EPUB/article.xhtml"))
        .into_iter()
        .filter(|seen| seen.attributes.get("epub:type").is_some_and(|kind| kind == "noteref"))
        .collect();
    assert!(marks.len() >= 6);
    assert!(marks.iter().all(|mark| mark.inside.is_empty() && !mark.text.is_empty() && mark.attributes["role"] == "doc-noteref"), "{marks:?}");
    let text =
        content("<p>a<xref ref-type='fn' rid='n'><sup><italic>1</italic></sup></xref></p><fn-group><title>Notes</title><fn id='n'><p>x</p></fn></fn-group>");
    assert!(text.contains("<sup><a id=\"noteref\" href=\"#n\" role=\"doc-noteref\" epub:type=\"noteref\">1</a></sup>"), "{text}");
}

#[test]
fn only_a_note_that_a_mark_leads_to_may_be_hidden_by_a_reader() {
    let text = content("<p>a<fn id='n'><p>x</p></fn></p><fn-group><fn><p>y</p></fn></fn-group>");
    assert!(text.contains("<aside class=\"note\" id=\"n\" epub:type=\"footnote\" role=\"doc-footnote\">"), "{text}");
    assert!(text.contains("<div class=\"note\" id=\"note-1\">\n<p>y</p></div>"), "{text}");
}

#[test]
fn a_note_inside_a_link_has_a_link_of_its_own() {
    let text = content("<p><ext-link xlink:href='https://example.org/'>before<fn id='n'><p>x</p></fn> after</ext-link></p>");
    let links: Vec<_> = elements(&text).into_iter().filter(|seen| seen.name == "a" && !seen.attributes.contains_key("role")).map(|seen| seen.text).collect();
    assert_eq!(links, ["before", " after"]);
    assert!(text.contains("href=\"#n\""));
}

#[test]
fn letters_of_another_script_stand_in_their_language() {
    for edition in [seed(), sink()] {
        let pictures = pictures();
        let book = bound(&edition, &pictures);
        for path in ["EPUB/article.xhtml", "EPUB/nav.xhtml", "EPUB/package.opf"] {
            for seen in elements(file(&book, path)) {
                let cyrillic = seen.text.chars().any(|char| ('а'..='я').contains(&char.to_lowercase().next().unwrap_or(char)));
                assert!(!cyrillic || seen.lang == "ru", "{path}: {seen:?}");
                let hebrew = seen.text.chars().any(|char| ('א'..='ת').contains(&char));
                assert!(!hebrew || seen.lang == "he" && seen.attributes["dir"] == "rtl", "{path}: {seen:?}");
                assert!(!path.ends_with("xhtml") || seen.attributes.get("lang") == seen.attributes.get("xml:lang"), "{path}: {seen:?}");
            }
        }
    }
}

#[test]
fn an_article_from_right_to_left_says_so() {
    let edition = edition(
        "<article xml:lang='ar'><front><article-meta><title-group><article-title>عنوان</article-title></title-group></article-meta></front><body><p>نص <named-content xml:lang='en'>text</named-content></p></body></article>",
    );
    let pictures = Pictures::new();
    let book = bound(&edition, &pictures);
    assert!(file(&book, "EPUB/package.opf").contains("dir=\"rtl\"") && file(&book, "EPUB/package.opf").contains("page-progression-direction=\"rtl\""));
    let text = file(&book, "EPUB/article.xhtml");
    assert!(text.contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">\n<head>"), "{text}");
    assert!(text.contains("<span lang=\"en\" xml:lang=\"en\" dir=\"ltr\">text</span>"), "{text}");
}

#[test]
fn levels_of_headings_are_never_skipped() {
    let pictures = pictures();
    let text = file(&bound(&sink(), &pictures), "EPUB/article.xhtml").to_owned();
    let mut last = 0;
    for (at, _) in text.match_indices("<h") {
        let Some(level) = text[at + 2..].chars().next().and_then(|char| char.to_digit(10)) else { continue };
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    assert_eq!(text.matches("<h1").count(), 1);
}

#[test]
fn pictures_are_described_or_the_book_says_that_they_are_not() {
    let pictures = pictures();
    let bare = bound(&sink(), &pictures);
    assert!(elements(file(&bare, "EPUB/article.xhtml")).iter().filter(|seen| seen.name == "img").all(|seen| !seen.attributes["alt"].is_empty()));
    let package = file(&bare, "EPUB/package.opf");
    assert!(package.contains(">textual,visual<") && !package.contains("\"schema:accessModeSufficient\">textual<") && !package.contains("alternativeText"));

    let described = small("<fig id='f'><alt-text>A sink</alt-text><graphic xlink:href='sink.png'/></fig>");
    let book = bound(&described, &pictures);
    let package = file(&book, "EPUB/package.opf");
    assert!(package.contains("\"schema:accessModeSufficient\">textual<") && package.contains(">alternativeText<"), "{package}");
    assert_eq!(book.files.iter().filter(|file| file.path.starts_with("EPUB/images/")).count(), 1, "only what is shown is in the book");

    let none = bound(&seed(), &pictures);
    let package = file(&none, "EPUB/package.opf");
    assert!(!package.contains("visual") && !package.contains("alternativeText") && !package.contains("conformsTo"));
}

#[test]
fn a_missing_picture_leaves_its_name() {
    let text = content("<fig id='f'><label>Figure 1</label><graphic xlink:href='a &amp; b.tif'/></fig>");
    assert!(text.contains("<p class=\"missing\">a &amp; b.tif</p>"), "{text}");
}

#[test]
fn the_package_tells_the_names_in_each_script() {
    let edition = seed();
    let pictures = Pictures::new();
    let book = bound(&edition, &pictures);
    let package = file(&book, "EPUB/package.opf");
    for line in [
        "<meta refines=\"#title-2\" property=\"title-type\">main</meta>",
        "<dc:title xml:lang=\"ru\" id=\"title-2\">РЕСПУБЛИКА КОРЕЯ И КЫРГЫЗСКАЯ РЕСПУБЛИКА: ПЕРСПЕКТИВЫ СОТРУДНИЧЕСТВА</dc:title>",
        "<dc:creator xml:lang=\"en\" id=\"creator-1\">Lomakina Yevgeniya Victorovna</dc:creator>",
        "<meta refines=\"#creator-1\" property=\"file-as\">Lomakina, Yevgeniya Victorovna</meta>",
        "<meta refines=\"#creator-1\" property=\"alternate-script\" xml:lang=\"ru\">Ломакина Евгения Викторовна</meta>",
        "<meta refines=\"#creator-1\" property=\"role\" scheme=\"marc:relators\">aut</meta>",
        "<dc:language>en</dc:language>\n<dc:language>ru</dc:language>",
        "<meta refines=\"#subject-1\" property=\"authority\">UDC</meta>",
        "<dc:subject xml:lang=\"ru\">политика</dc:subject>",
        "<meta property=\"dcterms:modified\">2026-01-31T12:00:00Z</meta>",
    ] {
        assert!(package.contains(line), "{line}\n{package}");
    }
}

#[test]
fn three_figures_have_a_list_and_two_have_none() {
    let figure = |at: usize| format!("<fig id='f{at}'><label>Figure {at}</label><caption><p>What is seen in {at}. And more.</p></caption></fig>");
    let table = |at: usize| {
        format!(
            "<table-wrap id='t{at}'><label>Table {at}</label><caption><title>Numbers {at}</title></caption><table><tbody><tr><td>1</td></tr></tbody></table></table-wrap>"
        )
    };
    let edition = small(&format!("{}{}", (1..4).map(figure).collect::<String>(), (1..3).map(table).collect::<String>()));
    let pictures = Pictures::new();
    let book = bound(&edition, &pictures);
    let nav = file(&book, "EPUB/nav.xhtml");
    assert!(nav.contains("<nav epub:type=\"loi\" id=\"loi\"") && nav.contains("<a href=\"article.xhtml#f3\">Figure 3. What is seen in 3</a>"), "{nav}");
    assert!(nav.contains("<a epub:type=\"loi\" href=\"nav.xhtml#loi\">Figures</a>") && !nav.contains("lot"), "{nav}");
    assert!(nav.contains("<a epub:type=\"titlepage\" href=\"article.xhtml#front\">Title page</a>"), "{nav}");
}

#[test]
fn the_parts_of_a_figure_are_not_listed() {
    let figure = |at: usize| format!("<fig id='f{at}'><label>Figure {at}</label></fig>");
    let group = "<fig-group id='g'><label>Figure 9</label><fig id='a'><label>(a)</label></fig><fig id='b'><label>(b)</label></fig></fig-group>";
    let edition = small(&format!("{}{group}", (1..4).map(figure).collect::<String>()));
    let pictures = Pictures::new();
    let nav = file(&bound(&edition, &pictures), "EPUB/nav.xhtml").to_owned();
    assert!(nav.contains("#g\">Figure 9") && !nav.contains("(a)"), "{nav}");
}

#[test]
fn the_package_tells_of_the_journal_and_the_manuscript() {
    let edition = edition(
        "<article xml:lang='en'><front><journal-meta><journal-title-group><journal-title>Vestnik</journal-title></journal-title-group><issn>1694-1234</issn></journal-meta><article-meta>\
         <article-id pub-id-type='doi'>10.1/x</article-id><title-group><article-title>T</article-title></title-group><volume>3</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage>\
         <history><date date-type='received'><day>1</day><month>2</month><year>2020</year></date><date date-type='accepted'><month>3</month><year>2020</year></date></history>\
         <funding-group><funding-statement>Paid by X.</funding-statement></funding-group></article-meta></front><body><p>x</p></body></article>",
    );
    let pictures = Pictures::new();
    let book = bound(&edition, &pictures);
    let package = file(&book, "EPUB/package.opf");
    for line in [
        "<meta property=\"dcterms:dateSubmitted\">2020-02-01</meta>",
        "<meta property=\"dcterms:dateAccepted\">2020-03</meta>",
        "<meta xml:lang=\"en\" property=\"schema:funding\">Paid by X.</meta>",
        "<meta property=\"schema:volumeNumber\">3</meta>",
        "<meta property=\"schema:pageEnd\">19</meta>",
        "<meta property=\"dcterms:bibliographicCitation\">Vestnik 3 (2): 11–19, 2020</meta>",
    ] {
        assert!(package.contains(line), "{line}\n{package}");
    }
    let head = file(&book, "EPUB/article.xhtml");
    assert!(head.contains("<meta name=\"dc.identifier\" content=\"doi:10.1/x\"/>") && head.contains("content=\"urn:issn:1694-1234\"/>"), "{head}");
}

#[test]
fn nothing_in_the_package_is_empty() {
    for edition in [seed(), sink(), small("")] {
        let pictures = pictures();
        let book = bound(&edition, &pictures);
        for seen in elements(file(&book, "EPUB/package.opf")) {
            assert!(matches!(seen.name.as_str(), "item" | "itemref") || !seen.text.trim().is_empty() || !seen.inside.is_empty(), "{seen:?}");
        }
    }
}

#[test]
fn a_mark_leads_to_the_affiliation_in_its_own_language() {
    let pictures = Pictures::new();
    let edition = seed();
    let book = bound(&edition, &pictures);
    let text = file(&book, "EPUB/article.xhtml");
    assert!(
        text.contains("<sup class=\"mark\"><a href=\"#affiliation\">1</a></sup>")
            && text.contains("<p class=\"affiliation\" id=\"affiliation\"><sup class=\"label\">1</sup> Факультет"),
        "{text}"
    );
}

#[test]
fn references_lead_back_to_each_citation() {
    let edition = seed();
    let pictures = Pictures::new();
    let book = bound(&edition, &pictures);
    let seen = elements(file(&book, "EPUB/article.xhtml"));
    let citations: BTreeSet<_> = seen
        .iter()
        .filter(|seen| seen.attributes.get("role").is_some_and(|role| role == "doc-biblioref"))
        .map(|seen| format!("#{}", seen.attributes["id"]))
        .collect();
    let back: BTreeSet<_> = seen
        .iter()
        .filter(|seen| seen.attributes.get("class").is_some_and(|class| class == "back") && seen.name == "a")
        .map(|seen| seen.attributes["href"].clone())
        .collect();
    assert!(citations.len() >= 7);
    assert_eq!(citations, back);
}

#[test]
fn the_same_edition_makes_the_same_bytes() {
    let pictures = pictures();
    let once = pack(&bound(&sink(), &pictures)).unwrap();
    assert_eq!(once, pack(&bound(&sink(), &pictures)).unwrap());
    let paths: Vec<_> = bound(&sink(), &pictures).files.into_iter().map(|file| file.path).collect();
    assert_eq!(
        paths,
        [
            "mimetype",
            "META-INF/container.xml",
            "EPUB/package.opf",
            "EPUB/nav.xhtml",
            "EPUB/article.xhtml",
            "EPUB/style.css",
            "EPUB/images/picture-1.png",
            "EPUB/images/picture-2.svg"
        ]
    );
}

#[test]
fn an_accent_is_a_sign_with_a_place_of_its_own() {
    let formula = |inner: &str| format!("<p><inline-formula><math xmlns='http://www.w3.org/1998/Math/MathML'>{inner}</math></inline-formula></p>");
    let over = |base: &str| content(&formula(&format!("<mover>{base}<mo>\u{20d7}</mo></mover>")));
    assert!(over("<mi>x</mi>").contains("<mover accent=\"true\"><mi>x</mi><mo>→</mo></mover>"));
    assert!(over("<mrow><mi>x</mi><mi>y</mi></mrow>").contains(">→</mo></mover>"));
    // A circumflex can be as wide as what it stands on.
    let wide = content(&formula("<mover><mrow><mi>x</mi><mi>y</mi></mrow><mo>\u{302}</mo></mover>"));
    assert!(wide.contains(">\u{302}</mo></mover>"), "{wide}");
    assert!(content(&formula("<munder><mi>x</mi><mo>\u{332}</mo></munder>")).contains("<mo>_</mo></munder>"));
}

#[test]
fn a_function_has_room_beside_it() {
    let row = |inner: &str| {
        content(&format!("<p><inline-formula><math xmlns='http://www.w3.org/1998/Math/MathML'>{inner}</math></inline-formula></p>"))
            .matches("<mspace width=\"0.167em\"")
            .count()
    };
    assert_eq!(row("<mi>sin</mi><mi>x</mi>"), 1);
    assert_eq!(row("<mn>2</mn><mi>sin</mi><mo>\u{2061}</mo><mfrac><mi>x</mi><mn>2</mn></mfrac>"), 2);
    assert_eq!(row("<mi>ln</mi><mi>ln</mi><msub><mi>x</mi><mn>1</mn></msub>"), 2);
    assert_eq!(row("<mi>x</mi><mo>=</mo><msub><mi>log</mi><mn>2</mn></msub><mo>(</mo><mi>y</mi><mo>)</mo>"), 0);
    assert_eq!(row("<mi>sin</mi><mspace width='0.2em'/><mi>x</mi>"), 0);
    assert_eq!(row("<mi>s</mi><mi>x</mi>"), 0);
}

#[test]
fn a_heading_of_a_table_that_is_a_formula_has_its_words_as_a_name() {
    let table =
        |cell: &str| content(&format!("<table-wrap><table><thead><tr><th>{cell}</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></table-wrap>"));
    let formula = "<inline-formula><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math></inline-formula>";
    assert!(table(formula).contains("alttext=\"x\" aria-label=\"x\""));
    assert!(table(&format!("<bold>{formula}</bold>")).contains("alttext=\"x\" aria-label=\"x\""));
    assert!(!table(&format!("Size {formula}")).contains("aria-label=\"x\""));
}

#[test]
fn entries_with_names_for_labels_hang() {
    let list = |labels: [&str; 2]| {
        let items: String = labels.iter().map(|label| format!("<ref>{label}<mixed-citation>A book.</mixed-citation></ref>")).collect();
        let text = format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>x</p></body><back><ref-list>{items}</ref-list></back></article>"
        );
        file(&bound(&edition(&text), &Pictures::new()), "EPUB/article.xhtml").contains("\"reference-list hanging\"")
    };
    assert!(list(["<label>Brown (2015)</label>", "<label>Dix (2014)</label>"]) && list(["", ""]));
    assert!(!list(["<label>1</label>", "<label>2</label>"]) && !list(["<label>[12a]</label>", ""]));
}

#[test]
fn the_last_page_is_counted_where_the_master_names_the_first_alone() {
    let metadata = |pages: &str| {
        let text = format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group><volume>3</volume>{pages}</article-meta></front><body><p>x</p></body></article>"
        );
        edition(&text).metadata
    };
    let place = |pages: &str| crate::place_in_journal(&metadata(pages), Some("41–49"));
    assert_eq!(place("<fpage>41</fpage>"), "3: 41–49");
    assert_eq!(place("<fpage>41</fpage><lpage>48</lpage>"), "3: 41–48");
    assert_eq!(place("<fpage>4</fpage>"), "3: 4");
    assert_eq!(place(""), "3: 41–49");
}
