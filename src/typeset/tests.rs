//! The code that is written, held against the engine's own parser and against the vocabulary.
#![allow(clippy::disallowed_methods, reason = "tests read the layouts and the generated page from the disk")]

use std::collections::{BTreeMap, BTreeSet};

use article::derive::Wishes;
use article::derive::imprint::{Colophon, ColophonLine};
use article::diag::Log;
use article::edition::Edition;
use article::house::House;
use article::picture::{Format, Picture, Pictures};
use article::source::Source;
use article::{jats, resolve, xml};
use typst_syntax::SyntaxNode;
use typst_syntax::ast::{self, AstNode};

use crate::vocabulary::{RECORDS, Shape, WORDS};
use crate::{Forme, set};

/// A master in which every block and every inline occurs.
const EVERYTHING: &str = include_str!("testdata/everything.xml");

/// The edition of a master.
fn resolved(log: &mut Log, master: &str) -> Edition {
    let source = Source::new("test.xml", master);
    let tree = xml::parse(log, &source).expect("the test's master is XML");
    let article = jats::read(log, &tree).expect("the test's master is an article");
    let derive = Wishes { for_citation: true, ..Wishes::default() };
    resolve::resolve_for(log, article, &House { derive, ..House::default() })
}

/// The edition of a master with this body.
pub(crate) fn edition(log: &mut Log, body: &str) -> Edition {
    resolved(log, &format!("<article xmlns:xlink='http://www.w3.org/1999/xlink'><front/><body>{body}</body></article>"))
}

fn forme(master: &str) -> (Edition, Forme) {
    forme_without(master, &BTreeSet::new())
}

fn forme_without(master: &str, lacking: &BTreeSet<char>) -> (Edition, Forme) {
    let edition = resolved(&mut Log::default(), master);
    let picture = Picture { name: "picture-1.png".into(), format: Format::Png, bytes: Vec::new(), size: Some((300, 200)), smaller: None };
    let colophon = Colophon { lang: edition.lang.clone(), lines: vec![ColophonLine { kind: "format", text: "Format 60×84/8".to_owned() }], age: None };
    let forme = crate::set_with(
        &edition,
        &Pictures::from([("fig1.png".to_owned(), picture)]),
        &crate::Lacking { everywhere: lacking.clone(), ..crate::Lacking::default() },
        &[colophon],
    );
    (edition, forme)
}

/// Every string literal below a node.
pub(crate) fn strings(node: &SyntaxNode) -> Vec<String> {
    let mut found = Vec::new();
    each(node, &mut |node| {
        if let Some(string) = node.cast::<ast::Str>() {
            found.push(string.get().to_string());
        }
    });
    found
}

fn each(node: &SyntaxNode, visit: &mut dyn FnMut(&SyntaxNode)) {
    visit(node);
    for child in node.children() {
        each(child, visit);
    }
}

/// The texts of the calls of `t`, in the order of the code.
fn shown(root: &SyntaxNode) -> Vec<String> {
    let mut found = Vec::new();
    each(root, &mut |node| {
        if let Some(call) = node.cast::<ast::FuncCall>()
            && let ast::Expr::Ident(name) = call.callee()
            && crate::SHOWING.contains(&name.as_str())
        {
            // The sign of an accent is its last argument; what it stands at is another call.
            found.push(if name.as_str() == "acc" { strings(node).pop().unwrap_or_default() } else { strings(node).concat() });
        }
    });
    found
}

fn parsed(forme: &Forme) -> SyntaxNode {
    let root = typst_syntax::parse(&forme.text);
    assert_eq!(root.errors_and_warnings().0, [], "{}", forme.text);
    root
}

/// Every call of `t` shows what `leaves` says, and every leaf is shown, whole and in pieces that follow each other.
fn holds(edition: &Edition, forme: &Forme) {
    let shown = shown(&parsed(forme));
    assert_eq!(shown.len(), forme.leaves.len());
    let mut next: BTreeMap<u32, usize> = BTreeMap::new();
    for (text, piece) in shown.iter().zip(&forme.leaves) {
        if let Some(piece) = piece {
            let leaf = edition.leaves.text(piece.leaf);
            let rest = &leaf[piece.offset as usize..];
            // Signs that say where lines may end are no part of the leaf.
            let unsigned = text.replace(['\u{ad}', '\u{2060}'], "");
            let text = if leaf.contains(['\u{ad}', '\u{2060}']) { text } else { &unsigned };
            let (_, length) = article::letters::common(text, rest);
            let sign = article::letters::accent(leaf, true) == text.chars().next() || article::letters::accent(leaf, false) == text.chars().next();
            assert!(rest.starts_with(text) || length > 0 || sign, "{text:?} is not at {} of {leaf:?}", piece.offset);
            let at = next.entry(piece.leaf.0).or_default();
            // A leaf may be written again, and then from its beginning.
            assert!(piece.offset as usize == *at || piece.offset == 0);
            *at = piece.offset as usize
                + if rest.starts_with(text) {
                    text.len()
                } else if sign {
                    rest.len()
                } else {
                    length
                };
        }
    }
    for (no, leaf) in edition.leaves.iter().filter(|(_, leaf)| leaf.text.chars().any(|c| !('\u{2060}'..='\u{2064}').contains(&c))) {
        assert_eq!(next.get(&no.0), Some(&leaf.text.len()), "{:?} ({}) is not written whole", leaf.text, leaf.element);
    }
}

#[test]
fn everything_is_written_and_every_call_shows_its_leaf() {
    let (edition, forme) = forme(EVERYTHING);
    holds(&edition, &forme);
    assert!(edition.leaves.len() > 100, "{}", edition.leaves.len());
}

#[test]
fn hostile_texts_come_through() {
    for text in [
        "\\",
        "\\\\",
        "\"",
        "\\\"",
        "\\u{41}",
        "#let x = 1",
        "$x$",
        "*a* _b_ `c` @d",
        "// not /* a comment",
        "= no heading",
        "]})",
        "{[(",
        "t(\"x\")",
        "https://example.org/a_b*c",
        "שלום",
        "日本語",
        "a\u{301}",
        "\u{202e}x",
        "~",
        "--- ...",
        "&lt;b&gt;",
        "'x'",
        "\u{feff}x",
    ] {
        let mut log = Log::default();
        let edition = edition(&mut log, &format!("<p>{}</p>", text.replace('<', "&lt;")));
        let forme = set(&edition, &Pictures::default());
        holds(&edition, &forme);
        assert!(!edition.leaves.is_empty(), "{text}");
    }
}

#[test]
fn a_long_identifier_is_written_in_pieces() {
    let mut log = Log::default();
    let edition = edition(&mut log, "<p><email>yevgeniya.lomakina@universitet.kg</email></p>");
    let forme = set(&edition, &Pictures::default());
    holds(&edition, &forme);
    let offsets: Vec<_> = forme.leaves.iter().flatten().map(|piece| piece.offset).collect();
    assert_eq!(offsets, [0, 10, 19, 31]);
}

#[test]
fn links_with_nothing_but_commas_between_them_can_break() {
    let mut log = Log::default();
    let links: String = (0..12).map(|n| format!("<ext-link xlink:href='https://example.org/{n}'>M28355{n}</ext-link>,")).collect();
    let edition = edition(&mut log, &format!("<p>{links}</p>"));
    let forme = set(&edition, &Pictures::default());
    holds(&edition, &forme);
    assert_eq!(forme.text.matches("soft-break()").count(), 3);
}

#[test]
fn every_picture_is_described() {
    let mut log = Log::default();
    let picture = |alt: &str| format!("<inline-graphic xlink:href='a.png'>{alt}</inline-graphic>");
    let caption = "<fig><label>Figure 1</label><caption><title>A lake</title><p>In winter.</p></caption><graphic xlink:href='b.png'/></fig>";
    let edition = edition(&mut log, &format!("<p>{}{}</p>{caption}", picture("<alt-text>a sign</alt-text>"), picture("")));
    let forme = set(&edition, &Pictures::default());
    let said: Vec<_> = forme.text.match_indices("alt: ").filter_map(|(at, _)| forme.text[at + 5..].split(',').next()).collect();
    assert_eq!(said, ["\"a sign\"", "\"a.png\"", "\"Figure 1 A lake In winter.\""]);
}

#[test]
fn the_code_keeps_to_the_vocabulary() {
    let (_, forme) = forme_without(EVERYTHING, &BTreeSet::from(['e']));
    let records: Vec<BTreeSet<&str>> = RECORDS.iter().map(|record| record.fields.iter().map(|field| field.name).collect()).collect();
    let mut used = BTreeSet::new();
    let mut met = BTreeSet::new();
    each(&parsed(&forme), &mut |node| {
        if let Some(call) = node.cast::<ast::FuncCall>() {
            let ast::Expr::Ident(name) = call.callee() else {
                let native = call.callee().to_untyped().full_text().to_string();
                assert!(crate::vocabulary::NATIVE.contains(&native.as_str()), "`{native}` is no word");
                return;
            };
            if crate::vocabulary::NATIVE.contains(&name.as_str()) {
                return;
            }
            let word = WORDS.iter().find(|word| word.name == name.as_str()).unwrap_or_else(|| panic!("`{}` is no word", name.as_str()));
            used.insert(word.name);
            for argument in call.args().items() {
                let named = match argument {
                    ast::Arg::Named(named) => named.name().as_str().to_owned(),
                    ast::Arg::Pos(_) => "body".to_owned(),
                    ast::Arg::Spread(_) => panic!("a spread argument"),
                };
                assert!(word.parameters.iter().any(|parameter| parameter.name == named), "`{}` has no `{named}`", word.name);
            }
        }
        if let Some(dict) = node.cast::<ast::Dict>() {
            let keys: BTreeSet<String> =
                dict.items().filter_map(|item| if let ast::DictItem::Named(named) = item { Some(named.name().as_str().to_owned()) } else { None }).collect();
            let same: Vec<_> = (0..records.len()).filter(|at| records[*at].iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>() == keys).collect();
            assert!(!same.is_empty(), "no record has the fields {keys:?}");
            met.extend(same);
        }
    });
    let unused: Vec<_> = WORDS.iter().map(|word| word.name).filter(|name| !used.contains(name)).collect();
    assert_eq!(unused, Vec::<&str>::new(), "words that the test's master does not use");
    let unmet: Vec<_> = (0..RECORDS.len()).filter(|at| !met.contains(at)).map(|at| RECORDS[at].name).collect();
    assert_eq!(unmet, Vec::<&str>::new(), "records that the test's master does not use");
}

#[test]
fn every_target_is_a_label_once() {
    let (edition, forme) = forme(EVERYTHING);
    let mut ids = Vec::new();
    each(&parsed(&forme), &mut |node| {
        if let Some(named) = node.cast::<ast::Named>() {
            match (named.name().as_str(), named.expr()) {
                ("id", ast::Expr::Str(id)) => ids.push(id.get().to_string()),
                ("anchors", _) => ids.extend(strings(node)),
                _ => {}
            }
        }
    });
    let set: BTreeSet<_> = ids.iter().collect();
    assert_eq!(set.len(), ids.len(), "{ids:?}");
    for (id, target) in edition.targets() {
        assert!(set.contains(&id.as_str().to_owned()), "{id:?} ({target:?}) has no label");
    }
}

#[test]
fn levels_begin_at_one_and_skip_none() {
    let mut log = Log::default();
    let edition =
        edition(&mut log, "<sec><sec><title>A</title><sec><p>x</p><sec><title>B</title><p>y</p></sec></sec></sec></sec><sec><title>C</title><p>z</p></sec>");
    let forme = set(&edition, &Pictures::default());
    let levels: Vec<_> = forme.text.match_indices("level: ").map(|(at, _)| &forme.text[at + 7..at + 8]).collect();
    assert_eq!(levels, ["1", "1", "2", "2", "1"]);
}

#[test]
fn the_map_leads_back_to_the_master() {
    let (edition, forme) = forme(EVERYTHING);
    for (no, leaf) in edition.leaves.iter().filter(|(_, leaf)| leaf.text.len() > 20 && !leaf.text.contains(['"', '\\', '@'])) {
        let Some(at) = forme.text.find(&format!("t(\"{}", &leaf.text)) else { continue };
        let span = forme.map.locate(at).unwrap_or_else(|| panic!("{no:?} is not in the map"));
        assert_eq!(&EVERYTHING[span.range()], &EVERYTHING[leaf.span.range()]);
    }
    let at = forme.text.find("quotation(").expect("the master has a quotation");
    let span = forme.map.locate(at).expect("the quotation is in the map");
    assert!(EVERYTHING[span.range()].contains("<disp-quote"), "{}", &EVERYTHING[span.range()]);
    assert_eq!(forme.map.locate(0), None);
}

#[test]
fn the_base_layout_defines_every_word_with_its_parameters() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../layouts/base");
    let mut defined: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_code = |file: &std::path::PathBuf| file.extension().is_some_and(|extension| extension == "typ");
    for file in std::fs::read_dir(folder).expect("the base layout is there").map(|entry| entry.expect("a file").path()).filter(is_code) {
        let text = std::fs::read_to_string(&file).expect("a layout is text");
        let root = typst_syntax::parse(&text);
        assert_eq!(root.errors_and_warnings().0, [], "{}", file.display());
        // What a function calls its own is no word.
        for node in root.children() {
            let Some(binding) = node.cast::<ast::LetBinding>() else { continue };
            let name = binding.kind().bindings().first().map(|name| name.as_str().to_owned()).unwrap_or_default();
            let mut parameters = BTreeSet::new();
            // A function of the engine, which takes what it is to make slanted or bold.
            if let Some(ast::Expr::Ident(native)) = binding.init()
                && matches!(native.as_str(), "emph" | "strong" | "smallcaps" | "underline" | "overline" | "strike")
            {
                parameters.insert("body".to_owned());
            }
            if let Some(ast::Expr::Closure(closure)) = binding.init() {
                for parameter in closure.params().children() {
                    match parameter {
                        ast::Param::Pos(_) => parameters.insert("body".to_owned()),
                        ast::Param::Named(named) => parameters.insert(named.name().as_str().to_owned()),
                        ast::Param::Spread(_) => false,
                    };
                }
            }
            defined.insert(name, parameters);
        }
    }
    for word in WORDS.iter().filter(|word| !crate::SHOWING.contains(&word.name)) {
        let has = defined.get(word.name).unwrap_or_else(|| panic!("the base layout lacks `{}`", word.name));
        for parameter in word.parameters {
            assert!(has.contains(parameter.name), "`{}` lacks `{}`", word.name, parameter.name);
        }
    }
}

#[test]
fn records_that_are_named_exist() {
    fn names(shape: Shape) -> Option<&'static str> {
        match shape {
            Shape::Record(name) | Shape::MaybeRecord(name) => Some(name),
            Shape::Array(of) => names(*of),
            Shape::Text | Shape::Blocks | Shape::Str | Shape::MaybeStr | Shape::Number | Shape::Flag | Shape::Size | Shape::Made(_) => None,
        }
    }
    let parameters = WORDS.iter().flat_map(|word| word.parameters).chain(RECORDS.iter().flat_map(|record| record.fields));
    for name in parameters.filter_map(|parameter| names(parameter.shape)) {
        assert!(RECORDS.iter().any(|record| record.name == name), "no record `{name}`");
    }
}

#[test]
fn the_page_of_the_vocabulary_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../layouts/VOCABULARY.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, crate::vocabulary::markdown()).expect("the page can be written");
    }
    let page = std::fs::read_to_string(path).expect("the page is there");
    assert!(page == crate::vocabulary::markdown(), "layouts/VOCABULARY.md is out of date: run the tests with BLESS=1");
}
