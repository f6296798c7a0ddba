//! Random documents drawn from the content models of JATS Archiving 1.3.
//!
//! 1. [`Grammar::read`] reads `tests/grammar/jats.grammar`, which `derive.py` beside it makes of the DTD.
//! 2. [`document`] draws one that holds a wanted element: the way to it is the shortest, what stands around is drawn by chance until the budget is
//!    spent, then the shortest end of each model.
//! 3. Every text is made of words that stand nowhere else, so that each can be looked for in the outputs ([`Document::words`]).

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;

/// The elements of a grammar.
pub struct Grammar {
    elements: BTreeMap<String, Element>,
}

struct Element {
    model: Model,
    /// Name, kind, and whether it is required.
    attributes: Vec<(String, String, bool)>,
    /// How many levels stand below it at least.
    depth: usize,
}

#[derive(Clone, Debug)]
enum Model {
    Empty,
    Text,
    Name(String),
    Sequence(Vec<Model>),
    Choice(Vec<Model>),
    Repeated(Box<Model>, char),
}

/// A document, and the words that were put into it.
pub struct Document {
    pub xml: String,
    /// Each word with the names of the elements around it, the root first.
    pub words: Vec<(String, Vec<String>)>,
}

/// A generator of numbers (SplitMix64): the same seed, the same document.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or(0)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

/// The grammar of JATS Archiving 1.3.
pub fn jats() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::read(include_str!("../grammar/jats.grammar")))
}

impl Grammar {
    fn read(text: &str) -> Self {
        let shared: BTreeMap<&str, &str> = text.lines().filter(|line| line.starts_with('@')).filter_map(|line| line.split_once('\t')).collect();
        let mut elements = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('@')) {
            let mut fields = line.split('\t');
            let (Some(name), Some(model)) = (fields.next(), fields.next()) else { continue };
            let mut model = model.to_owned();
            for (key, body) in shared.iter().rev() {
                model = model.replace(&format!("({key})"), &format!("({body})"));
            }
            let attributes = fields
                .filter_map(|field| field.split_once('='))
                .map(|(name, kind)| (name.trim_end_matches('!').to_owned(), kind.to_owned(), name.ends_with('!')))
                .collect();
            let model = Parser { rest: &model }.model();
            elements.insert(name.to_owned(), Element { model, attributes, depth: usize::MAX });
        }
        let mut grammar = Self { elements };
        grammar.measure();
        grammar
    }

    /// The names of all elements that an article can hold, but those of content MathML.
    pub fn names(&self) -> Vec<String> {
        self.elements.keys().filter(|name| *name != "article" && is_presented(name) && self.way("article", name).is_some()).cloned().collect()
    }

    /// How deep each element is at least, until nothing changes.
    fn measure(&mut self) {
        loop {
            let found: Vec<(String, usize)> =
                self.elements.iter().map(|(name, element)| (name.clone(), self.depth(&element.model).saturating_add(1))).collect();
            let mut changed = false;
            for (name, depth) in found {
                if let Some(element) = self.elements.get_mut(&name)
                    && element.depth > depth
                {
                    element.depth = depth;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn depth(&self, model: &Model) -> usize {
        match model {
            Model::Empty | Model::Text => 0,
            Model::Name(name) => self.elements.get(name).map_or(usize::MAX, |element| element.depth),
            Model::Sequence(parts) => parts.iter().map(|part| self.depth(part)).max().unwrap_or(0),
            Model::Choice(parts) => parts.iter().map(|part| self.depth(part)).min().unwrap_or(0),
            Model::Repeated(_, '?' | '*') => 0,
            Model::Repeated(inner, _) => self.depth(inner),
        }
    }

    /// The shortest way from an element to another, without the first.
    fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut before: BTreeMap<String, String> = BTreeMap::new();
        let mut queue = VecDeque::from([from.to_owned()]);
        while let Some(name) = queue.pop_front() {
            if name == to {
                let mut way = vec![name];
                while let Some(parent) = way.last().and_then(|name| before.get(name)).filter(|parent| *parent != from) {
                    way.push(parent.clone());
                }
                way.reverse();
                return Some(way);
            }
            let mut inside = Vec::new();
            if let Some(element) = self.elements.get(&name) {
                children(&element.model, &mut inside);
            }
            for child in inside {
                if child != from && !before.contains_key(&child) {
                    before.insert(child.clone(), name.clone());
                    queue.push_back(child);
                }
            }
        }
        None
    }
}

fn children(model: &Model, into: &mut Vec<String>) {
    match model {
        Model::Empty | Model::Text => {}
        Model::Name(name) => into.push(name.clone()),
        Model::Sequence(parts) | Model::Choice(parts) => parts.iter().for_each(|part| children(part, into)),
        Model::Repeated(inner, _) => children(inner, into),
    }
}

/// Presentation MathML begins with `m`; content MathML has names of its own, some of them with `m` too.
fn is_presented(name: &str) -> bool {
    const CONTENT: [&str; 10] = ["max", "min", "minus", "mean", "median", "mode", "moment", "matrix", "matrixrow", "mlongdiv"];
    name.strip_prefix("mml:").is_none_or(|local| local.starts_with('m') && !CONTENT.contains(&local))
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn model(&mut self) -> Model {
        let inner = match self.rest.chars().next() {
            Some('(') => {
                self.rest = &self.rest[1..];
                let mut parts = vec![self.model()];
                let mut sign = ',';
                while let Some(next @ (',' | '|')) = self.rest.chars().next() {
                    sign = next;
                    self.rest = &self.rest[1..];
                    parts.push(self.model());
                }
                self.rest = self.rest.strip_prefix(')').unwrap_or(self.rest);
                if sign == '|' { Model::Choice(parts) } else { Model::Sequence(parts) }
            }
            Some('#') => {
                self.rest = &self.rest[1..];
                Model::Text
            }
            Some('-') if self.rest == "-" => Model::Empty,
            _ => {
                let end = self.rest.find([',', '|', ')', '?', '*', '+']).unwrap_or(self.rest.len());
                let (name, rest) = self.rest.split_at(end);
                self.rest = rest;
                if name.is_empty() { Model::Empty } else { Model::Name(name.to_owned()) }
            }
        };
        match self.rest.chars().next() {
            Some(sign @ ('?' | '*' | '+')) => {
                self.rest = &self.rest[1..];
                Model::Repeated(Box::new(inner), sign)
            }
            _ => inner,
        }
    }
}

/// A document that holds this element, with about `budget` others.
pub fn document(grammar: &Grammar, wanted: &str, budget: usize, seed: u64) -> Document {
    let way = grammar.way("article", wanted).unwrap_or_default();
    let mut drawing = Drawing { grammar, dice: Dice(seed), budget, made: Document { xml: String::new(), words: Vec::new() }, around: Vec::new(), ids: 0 };
    drawing.element("article", &way);
    drawing.made
}

struct Drawing<'a> {
    grammar: &'a Grammar,
    dice: Dice,
    budget: usize,
    made: Document,
    around: Vec<String>,
    ids: usize,
}

/// No deeper than this by chance.
const DEEP: usize = 14;

impl Drawing<'_> {
    fn element(&mut self, name: &str, way: &[String]) {
        let grammar = self.grammar;
        let Some(element) = grammar.elements.get(name) else { return };
        self.budget = self.budget.saturating_sub(1);
        self.around.push(name.to_owned());
        self.made.xml.push_str(&format!("<{name}"));
        if name == "article" {
            self.made.xml.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:mml=\"http://www.w3.org/1998/Math/MathML\" xmlns:ali=\"http://www.niso.org/schemas/ali/1.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xml:lang=\"en\"");
        }
        for (attribute, kind, required) in &element.attributes {
            if (*required || self.dice.below(7) == 0) && !(name == "article" && attribute == "xml:lang") {
                let value = self.value(attribute, kind);
                self.made.xml.push_str(&format!(" {attribute}=\"{value}\""));
            }
        }
        self.made.xml.push('>');
        self.content(&element.model, way);
        self.made.xml.push_str(&format!("</{name}>"));
        self.around.pop();
    }

    fn value(&mut self, name: &str, kind: &str) -> String {
        match kind {
            "id" => {
                self.ids += 1;
                format!("i{}", self.ids)
            }
            "ref" => format!("i{}", self.dice.below(self.ids + 2)),
            "refs" => format!("i{} i{}", self.dice.below(self.ids + 2), self.dice.below(self.ids + 2)),
            "text" => self.free(name).to_owned(),
            values => self.dice.one(&values.split('|').collect::<Vec<_>>()).to_owned(),
        }
    }

    fn free(&mut self, name: &str) -> &'static str {
        match name {
            "xml:lang" => self.dice.one(&["en", "ru", "ky", "ar", "he", "zh", "ja", "sr-Latn", "pt-BR"]),
            "xlink:href" | "href" => self.dice.one(&["https://example.org/x", "none.png", "10.1234/x", "mailto:a@example.org", "a b"]),
            "colspan" | "rowspan" | "span" | "morerows" => self.dice.one(&["1", "2", "3", "70"]),
            "ref-type" => self.dice.one(&["bibr", "fig", "table", "fn", "aff", "sec", "corresp", "table-fn", "other"]),
            "list-type" => self.dice.one(&["order", "bullet", "simple", "alpha-lower", "roman-upper"]),
            "contrib-type" => self.dice.one(&["author", "editor"]),
            "pub-id-type" => self.dice.one(&["doi", "pmid", "pmcid", "publisher-id"]),
            "iso-8601-date" => self.dice.one(&["2020-02-03", "2020", "20-2"]),
            "width" => self.dice.one(&["20%", "3em", "100"]),
            "columnspan" | "rowspacing" | "columnalign" => self.dice.one(&["1", "left", "2"]),
            _ => self.dice.one(&["x1", "1", "other", "author"]),
        }
    }

    /// What stands in an element. `way` is what must still be met, its first element here.
    fn content(&mut self, model: &Model, way: &[String]) -> bool {
        match model {
            Model::Empty => false,
            Model::Text => {
                self.text();
                false
            }
            Model::Name(name) => {
                let met = way.first() == Some(name);
                self.element(name, if met { &way[1..] } else { &[] });
                met
            }
            Model::Sequence(parts) => {
                let mut met = false;
                for part in parts {
                    met |= self.content(part, if met { &[] } else { way });
                }
                met
            }
            Model::Choice(parts) => {
                let part = self.chosen(parts, way);
                self.content(part, way)
            }
            Model::Repeated(inner, sign) => self.repeated(inner, *sign, way),
        }
    }

    fn repeated(&mut self, inner: &Model, sign: char, way: &[String]) -> bool {
        let wanted = way.first().is_some_and(|name| holds(inner, name));
        let tight = self.budget == 0 || self.around.len() > DEEP;
        let mixed = matches!(inner, Model::Choice(parts) if matches!(parts.first(), Some(Model::Text)));
        let by_chance = match (tight, sign) {
            (true, '+') => 1,
            (true, _) => 0,
            (false, '?') => usize::from(self.dice.below(5) < 2),
            (false, '+') => 1 + self.dice.below(2),
            (false, _) if mixed => self.dice.below(4),
            (false, _) => self.dice.below(3) * self.dice.below(2),
        };
        if mixed {
            self.text();
        }
        let times = by_chance.max(usize::from(wanted));
        let mut met = false;
        for _ in 0..times {
            met |= self.content(inner, if met { &[] } else { way });
            if mixed {
                self.text();
            }
        }
        met
    }

    fn chosen<'m>(&mut self, parts: &'m [Model], way: &[String]) -> &'m Model {
        if let Some(part) = way.first().and_then(|name| parts.iter().find(|part| holds(part, name))) {
            return part;
        }
        let tight = self.budget == 0 || self.around.len() > DEEP;
        let mut best = &parts[self.dice.below(parts.len())];
        for _ in 0..12 {
            let other = &parts[self.dice.below(parts.len())];
            let (depth, least) = (self.grammar.depth(other), self.grammar.depth(best));
            let unwanted = matches!(best, Model::Name(name) if !is_presented(name));
            if unwanted || (tight && depth < least) {
                best = other;
            }
        }
        if tight {
            return parts.iter().min_by_key(|part| self.grammar.depth(part)).unwrap_or(best);
        }
        best
    }

    /// A word that stands nowhere else, sometimes with signs that mean something to XML, to TeX, to the engine or to a line.
    fn text(&mut self) {
        let word = format!("q{}w", self.made.words.len() + 1);
        let inner = self.around.last().map_or("", String::as_str).to_owned();
        let written = match inner.as_str() {
            "tex-math" => format!("\\text{{{word}}}"),
            "year" | "month" | "day" | "season" | "mml:mn" => word.clone(),
            _ => {
                let sign = self.dice.one(&[
                    "",
                    "",
                    "",
                    " #$*_",
                    " \\u{41}",
                    "\u{a0}\u{2014} &amp; &lt;b>",
                    " \u{5d0}\u{5d1}\u{5d2}",
                    " \u{4e2d}\u{6587}",
                    " e\u{301}\u{323}",
                    "\u{ad}x",
                    " \"//\" ",
                ]);
                format!("{word}{sign} ")
            }
        };
        self.made.xml.push_str(&written);
        self.made.words.push((word, self.around.clone()));
    }
}

fn holds(model: &Model, name: &str) -> bool {
    match model {
        Model::Empty | Model::Text => false,
        Model::Name(here) => here == name,
        Model::Sequence(parts) | Model::Choice(parts) => parts.iter().any(|part| holds(part, name)),
        Model::Repeated(inner, _) => holds(inner, name),
    }
}
