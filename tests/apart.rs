//! Words of two blocks never touch: whatever element they stand in, and wherever that stands.
//!
//! 1. Each element of the list, and one that nobody knows, is given pairs of words, each pair parted by the border of a block (`PAIRS`). It stands in the places
//!    where only a line fits (`PLACES`), and where the DTD has it.
//! 2. The code of the pages and the files of the book are read as a reader sees them: what stands in one line is one text. In none does the second word
//!    follow the first at once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use article::code::Code;
use article::jats::elements;
use article::picture::Pictures;
use epub::{Skin, Stamp};
use roxmltree::{Document, Node, ParsingOptions};

use crate::ensure;
use crate::support::{Failed, Outcome, Trial, random, set};

/// How many trials share the elements, so that several processors do.
const PARTS: usize = 4;

/// Two words and what parts them.
const PAIRS: [&str; 7] = [
    "<p>{1}</p>{2}",
    "{1}<p>{2}</p>",
    "<p>{1}</p><p>{2}</p>",
    "<list><list-item><p>{1}</p></list-item></list>{2}",
    "<sec><title>{1}</title><p>{2}</p></sec>",
    "<x-word><p>{1}</p>{2}</x-word>",
    "<disp-quote><p>{1}</p></disp-quote><x-word><p>{2}</p></x-word>",
];

/// Places of the text where an element can stand, `{}`.
const PLACES: [&str; 24] = [
    "<p>{}</p>",
    "{}",
    "<sec><title>{}</title></sec>",
    "<sec><label>{}</label><title>Title</title></sec>",
    "<table-wrap><caption><title>{}</title><p>{}</p></caption><table><tr><td>{}</td></tr></table><table-wrap-foot><fn>{}</fn></table-wrap-foot></table-wrap>",
    "<fig><label>{}</label><caption>{}</caption><attrib>{}</attrib><graphic xlink:href=\"a.png\"/></fig>",
    "<verse-group><title>{}</title><verse-line>{}</verse-line>{}<attrib>{}</attrib></verse-group>",
    "<list><title>{}</title><list-item><label>{}</label><title>{}</title></list-item></list>",
    "<def-list><title>{}</title><def-item><term>{}</term><def>{}</def></def-item></def-list>",
    "<disp-quote>{}<attrib>{}</attrib></disp-quote>",
    "<sig-block><sig>{}</sig></sig-block>",
    "<speech><speaker>{}</speaker><p>x</p></speech>",
    "<statement><label>{}</label><title>{}</title><p>x</p></statement>",
    "<preformat>{}</preformat>",
    "<p><xref rid=\"none\">{}</xref> <ext-link xlink:href=\"https://example.org/\">{}</ext-link> <italic>{}</italic></p>",
    "<p>x<fn>{}</fn> <named-content>{}</named-content> <ruby>{}<rt>{}</rt></ruby></p>",
    "<question-wrap><question><label>{}</label>{}</question></question-wrap>",
    "<boxed-text><caption><title>{}</title></caption></boxed-text>",
    "<supplementary-material><label>{}</label><caption>{}</caption></supplementary-material>",
    "<ref-list><title>{}</title><ref><label>{}</label><mixed-citation>x {} <source>{}</source></mixed-citation></ref></ref-list>",
    "<ref-list><ref><element-citation><person-group><name><surname>{}</surname></name></person-group><source>{}</source>{}</element-citation><note>{}</note></ref></ref-list>",
    "<p><product><name><surname>{}</surname></name> x {}</product></p>",
    "<tp:nomenclature>{}<tp:taxon-name>{}</tp:taxon-name></tp:nomenclature>",
    "<disp-formula-group><label>{}</label></disp-formula-group>",
];

/// The same of the front matter.
const FRONT: [&str; 12] = [
    "<article-categories><subj-group subj-group-type=\"heading\"><subject>{}</subject></subj-group><subj-group><subject>{}</subject></subj-group></article-categories>",
    "<title-group><article-title>{}</article-title><subtitle>{}</subtitle><alt-title>{}</alt-title></title-group>",
    "<trans-title-group xml:lang=\"ru\"><trans-title>{}</trans-title></trans-title-group>",
    "<contrib-group><contrib><name><surname>{}</surname><given-names>{}</given-names></name><degrees>{}</degrees><role>{}</role><email>{}</email><bio>{}</bio></contrib>{}</contrib-group>",
    "<contrib-group><contrib><collab>{}</collab><address>{}</address></contrib><contrib><string-name>{}</string-name><on-behalf-of>{}</on-behalf-of></contrib></contrib-group>",
    "<aff id=\"a\"><label>{}</label>{}<institution>{}</institution></aff>",
    "<author-notes><corresp>{}</corresp><fn>{}</fn></author-notes>",
    "<permissions><copyright-statement>{}</copyright-statement><license><license-p>{}</license-p></license></permissions>",
    "<related-article related-article-type=\"corrected-article\">{}</related-article>",
    "<abstract><title>{}</title>{}</abstract>",
    "<kwd-group><title>{}</title><kwd>{}</kwd><compound-kwd><compound-kwd-part>{}</compound-kwd-part></compound-kwd></kwd-group>",
    "<funding-group><award-group><funding-source>{}</funding-source><award-id>{}</award-id></award-group><funding-statement>{}</funding-statement></funding-group>",
];

/// What is written in the line.
const IN_LINE: [&str; 22] =
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "q", "rb", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr"];

pub fn trials() -> Vec<Trial> {
    (0..PARTS).map(|part| Trial::test(format!("apart/words of two blocks, part {}", part + 1), move || apart(part))).collect()
}

/// Every name that an element can have here: those of the list, and one that is on no list. What stands in a formula are its signs.
fn names() -> impl Iterator<Item = &'static str> {
    elements::all().map(|known| known.name).filter(|name| !matches!(*name, "mml:math" | "math" | "tex-math")).chain(["x-unknown"])
}

fn apart(part: usize) -> Outcome {
    let mut faults = Vec::new();
    for name in names().skip(part).step_by(PARTS) {
        for (xml, pairs) in [in_places(name)].into_iter().chain(by_the_dtd(name)) {
            let judged = catch_unwind(AssertUnwindSafe(|| judge(&xml, &pairs)));
            match judged {
                Ok(Ok(found)) => faults.extend(found),
                Ok(Err(failed)) => faults.push(format!("{name}: {}", failed.message().unwrap_or_default())),
                Err(_) => faults.push(format!("{name}: panicked")),
            }
        }
    }
    ensure!(faults.is_empty(), "{} pairs of words touch:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

/// A pair of words, and where it stands.
struct Pair {
    words: [String; 2],
    place: String,
}

/// Pairs as they are made.
#[derive(Default)]
struct Pairs(Vec<Pair>);

impl Pairs {
    /// The content of an element: two words and what parts them.
    fn make(&mut self, pair: &str, place: &str) -> String {
        let no = self.0.len();
        let words = [format!("q{no}q"), format!("z{no}z")];
        let made = pair.replace("{1}", &words[0]).replace("{2}", &words[1]);
        self.0.push(Pair { words, place: format!("`{pair}` in {place}") });
        made
    }

    /// A place in which each `{}` is the element.
    fn fill(&mut self, place: &str, name: &str, pair: &str) -> String {
        let mut filled = String::new();
        let mut rest = place;
        while let Some((before, behind)) = rest.split_once("{}") {
            let made = self.make(pair, &format!("{name} in `{place}`"));
            filled.push_str(&format!("{before}<{name}>{made}</{name}>"));
            rest = behind;
        }
        filled + rest
    }
}

/// A document in which the element stands in all places.
fn in_places(name: &str) -> (String, Vec<Pair>) {
    let mut pairs = Pairs::default();
    let mut front = String::new();
    let mut body = String::new();
    for pair in PAIRS {
        for place in FRONT {
            front.push_str(&pairs.fill(place, name, pair));
        }
        for place in PLACES {
            body.push_str(&pairs.fill(place, name, pair));
        }
    }
    let spaces = "xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:mml=\"http://www.w3.org/1998/Math/MathML\" xmlns:ali=\"http://www.niso.org/schemas/ali/1.0/\" xmlns:tp=\"http://www.plazi.org/taxpub\" xmlns:oasis=\"http://www.niso.org/standards/z39-96/ns/oasis-exchange/table\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" xmlns:oai=\"http://www.openarchives.org/OAI/2.0/\"";
    let xml = format!("<article xml:lang=\"en\" {spaces}><front><article-meta>{front}</article-meta></front><body>{body}</body></article>");
    (xml, pairs.0)
}

/// Documents in which the element stands where the DTD has it, as near to the root as can be.
fn by_the_dtd(name: &str) -> Vec<(String, Vec<Pair>)> {
    let drawn = random::document(random::jats(), name, 0, 1).xml;
    let Some(at) = drawn.find(&format!("<{name} ")).or_else(|| drawn.find(&format!("<{name}>"))) else { return Vec::new() };
    let Some(content) = drawn[at..].find('>').map(|end| at + end + 1) else { return Vec::new() };
    let make = |pair: &&str| {
        let mut pairs = Pairs::default();
        let made = pairs.make(pair, &format!("`{name}` where the DTD has it"));
        (format!("{}{made}{}", &drawn[..content], &drawn[content..]), pairs.0)
    };
    PAIRS.iter().map(make).collect()
}

/// The pairs that touch in an output.
fn judge(xml: &str, pairs: &[Pair]) -> Result<Vec<String>, Failed> {
    let (log, _, edition) = set::edition("apart.xml", xml.as_bytes())?;
    if let Some(lost) = log.iter().find(|said| said.code == Code::LostText) {
        return Err(lost.message.clone().into());
    }
    let pictures = Pictures::new();
    let code = lines_of_code(&typeset::set(&edition, &pictures).text);
    let stamp = Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
    let book = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp);
    let mut text = String::new();
    for file in book.files.iter().filter(|file| [".xhtml", ".opf", ".ncx"].iter().any(|end| file.path.ends_with(end))) {
        let file = std::str::from_utf8(&file.bytes)?;
        let document = Document::parse_with_options(file, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?;
        lines_of_markup(document.root(), &mut text);
    }
    let mut found = Vec::new();
    for pair in pairs {
        let touching = pair.words.concat();
        for (output, text) in [("pages", &code), ("book", &text)] {
            if text.contains(&touching) {
                found.push(format!("{output}: {touching}: {}", pair.place));
            }
        }
    }
    Ok(found)
}

/// The text of a file of a book, its lines apart.
fn lines_of_markup(node: Node, into: &mut String) {
    if node.is_text() {
        into.extend(node.text());
    }
    let in_line = node.is_element() && IN_LINE.contains(&node.tag_name().name());
    if !in_line && !node.is_text() {
        into.push('\n');
    }
    for child in node.children() {
        lines_of_markup(child, into);
    }
    if !in_line && !node.is_text() {
        into.push('\n');
    }
}

/// The words of the layouts that stand in a line and show what they hold as it is.
const RUNS: [&str; 16] = [
    "t",
    "ital",
    "bold",
    "small-caps",
    "subscript",
    "superscript",
    "mono",
    "sans",
    "roman",
    "underlined",
    "overlined",
    "struck",
    "foreign",
    "url",
    "long-word",
    "xref",
];

/// The text of the code, its lines apart: two calls of `t` belong to one line where nothing stands between them but the ends and beginnings of runs.
fn lines_of_code(code: &str) -> String {
    let mut shown = String::new();
    let mut rest = code;
    while let Some(sign) = rest.chars().next() {
        let name: usize = rest.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '-').map(char::len_utf8).sum();
        if name > 0 {
            let (word, behind) = rest.split_at(name);
            rest = behind;
            match word {
                "soft-break" | "sense-break" => {}
                word if RUNS.contains(&word) && rest.starts_with('(') => rest = content(rest),
                _ => shown.push('\n'),
            }
        } else if sign == '"' {
            let end = string_end(rest);
            shown.push_str(&rest[1..end - 1]);
            rest = &rest[end..];
        } else {
            if !matches!(sign, '{' | '}' | '(' | ')' | ';' | ' ') {
                shown.push('\n');
            }
            rest = &rest[sign.len_utf8()..];
        }
    }
    shown.replace("\\u{2060}", "").replace("\\u{ad}", "")
}

/// What a call holds, without the arguments that stand before it.
fn content(call: &str) -> &str {
    let mut rest = &call[1..];
    let mut depth = 1;
    let begins = |rest: &str, depth: i32| depth == 1 && (rest.starts_with('{') || rest.starts_with('"'));
    let mut named = false;
    while let Some(sign) = rest.chars().next() {
        if begins(rest, depth) && !named {
            return rest;
        }
        match sign {
            '"' => {
                rest = &rest[string_end(rest)..];
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            ':' => named = true,
            ',' if depth == 1 => named = false,
            _ => {}
        }
        if depth == 0 {
            return rest;
        }
        rest = &rest[sign.len_utf8()..];
    }
    rest
}

/// Where a string literal ends, behind its last sign.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}
