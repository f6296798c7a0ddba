//! The model as indented text: what a golden keeps and what one looks at when a word has gone astray.
//!
//! 1. [`article`] prints what the reader made of a master, [`edition`] what the resolver made of that.
//! 2. One line is one node: its name, its attributes, and for a run of text the text in quotation marks.
//! 3. Nothing that changes with the place in the file is printed: no spans, no numbers of leaves.

mod block;
mod edition;
mod front;
mod math;

use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::inline::{Graphic, Inline, Note, Style, XrefKind};
use crate::model::part::Part;
use crate::model::{Article, Id};

/// An article as indented text.
#[must_use]
pub fn article(article: &Article) -> String {
    let mut printer = Printer { leaves: &article.leaves, text: String::new(), depth: 0 };
    let kind = article.kind.as_deref().unwrap_or("-");
    printer.node(&format!("article {kind} {}", article.lang.tag()), |printer| {
        printer.node("front", |printer| printer.front(&article.front));
        printer.node("body", |printer| printer.blocks(&article.body));
        printer.node("back", |printer| printer.blocks(&article.back));
        for part in &article.parts {
            printer.part(part);
        }
        for id in &article.anchors {
            printer.line(&format!("anchor #{}", id.as_str()));
        }
    });
    printer.text
}

/// An edition as indented text.
#[must_use]
pub fn edition(edition: &crate::edition::Edition) -> String {
    let mut printer = Printer { leaves: &edition.leaves, text: String::new(), depth: 0 };
    printer.edition(edition);
    printer.text
}

/// A text that grows by lines.
struct Printer<'a> {
    leaves: &'a Leaves,
    text: String,
    depth: usize,
}

impl Printer<'_> {
    fn line(&mut self, line: &str) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A line with what stands below it.
    fn node(&mut self, line: &str, below: impl FnOnce(&mut Self)) {
        self.line(line);
        self.depth += 1;
        below(self);
        self.depth -= 1;
    }

    /// A name with a value, where there is one.
    fn value(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(&format!("{name} {}", quoted(value)));
        }
    }

    /// A run below its name: on the same line where it is one piece of text, nothing where it is empty.
    fn run(&mut self, name: &str, run: &[Inline]) {
        match run {
            [] => {}
            [Inline::Text(leaf)] => self.line(&format!("{name} {}", quoted(self.leaves.text(*leaf)))),
            [Inline::Generated(text)] => self.line(&format!("{name} +{}", quoted(text))),
            _ => self.node(name, |printer| printer.inlines(run)),
        }
    }

    /// The same where the name says something by itself.
    fn run_or_name(&mut self, name: &str, run: &[Inline]) {
        if run.is_empty() { self.line(name) } else { self.run(name, run) }
    }

    fn part(&mut self, part: &Part) {
        self.node(&format!("part {} {}{}", part.kind.name(), part.lang.tag(), hash(part.id.as_ref())), |printer| {
            printer.node("front", |printer| printer.front(&part.front));
            printer.node("body", |printer| printer.blocks(&part.body));
            printer.node("back", |printer| printer.blocks(&part.back));
            for inner in &part.parts {
                printer.part(inner);
            }
        });
    }

    fn inlines(&mut self, run: &[Inline]) {
        for inline in run {
            self.inline(inline);
        }
    }

    /// One inline. Text that the program adds has a plus before it.
    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(leaf) => self.line(&quoted(self.leaves.text(*leaf))),
            Inline::Generated(text) => self.line(&format!("+{}", quoted(text))),
            Inline::Styled(style, body) => self.run(style_name(*style), body),
            Inline::Foreign(lang, body) => self.run(&format!("foreign {}", lang.tag()), body),
            Inline::Link(link) => self.run(&format!("link {}", link.href), &link.body),
            Inline::Xref(xref) => {
                let rids: Vec<&str> = xref.rids.iter().map(Id::as_str).collect();
                let head = format!("xref {}{} -> {}", kind_name(xref.kind), hash(xref.id.as_ref()), rids.join(" "));
                if xref.body.is_empty() { self.line(&head) } else { self.run(&head, &xref.body) }
            }
            Inline::Note(note) => self.note(note),
            Inline::Image(graphic) => self.graphic(graphic),
            Inline::Formula(formula) => self.formula(formula),
            Inline::Ruby(base, above) => self.node("ruby", |printer| {
                printer.run("base", base);
                printer.run("above", above);
            }),
            Inline::Break => self.line("break"),
            Inline::Place(place) => self.line(&format!("place{}", place.id.as_ref().map(|id| format!(" #{}", id.as_str())).unwrap_or_default())),
        }
    }

    fn note(&mut self, note: &Note) {
        let kind = note.kind.as_deref().map(|kind| format!(" {kind}")).unwrap_or_default();
        self.node(&format!("note{}{kind}", hash(note.id.as_ref())), |printer| {
            printer.run("mark", &note.mark);
            printer.run("label", &note.label);
            printer.blocks(&note.body);
        });
    }

    fn graphic(&mut self, graphic: &Graphic) {
        self.node(&format!("graphic{} {}", hash(graphic.id.as_ref()), quoted(&graphic.href)), |printer| {
            printer.value("alt", graphic.alt.as_deref());
            printer.value("long-desc", graphic.long_desc.as_deref());
        });
    }
}

/// A text in quotation marks on one line.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t"))
}

/// ` #id`, or nothing.
fn hash(id: Option<&Id>) -> String {
    id.map(|id| format!(" #{}", id.as_str())).unwrap_or_default()
}

/// ` lang`, or nothing.
fn tag(lang: Option<&Lang>) -> String {
    lang.map(|lang| format!(" {}", lang.tag())).unwrap_or_default()
}

/// ` word` where it holds, or nothing.
fn flag(holds: bool, word: &str) -> String {
    if holds { format!(" {word}") } else { String::new() }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Italic => "italic",
        Style::Bold => "bold",
        Style::SmallCaps => "small-caps",
        Style::Subscript => "sub",
        Style::Superscript => "sup",
        Style::Monospace => "monospace",
        Style::SansSerif => "sans-serif",
        Style::Roman => "roman",
        Style::Underline => "underline",
        Style::Overline => "overline",
        Style::Strike => "strike",
    }
}

fn kind_name(kind: XrefKind) -> &'static str {
    match kind {
        XrefKind::Citation => "citation",
        XrefKind::Affiliation => "affiliation",
        XrefKind::Correspondence => "correspondence",
        XrefKind::Note => "note",
        XrefKind::TableNote => "table-note",
        XrefKind::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Log;
    use crate::source::Source;
    use crate::{jats, resolve, xml};

    const MASTER: &str = "<article xml:lang='en'><front><article-meta><title-group><article-title>On \"x\"</article-title></title-group></article-meta></front>\
        <body><p id='p'>see <xref ref-type='bibr' rid='r'><sup>1</sup></xref></p><table-wrap><table><tbody><tr><td colspan='2' align='right'>a</td></tr></tbody></table></table-wrap></body>\
        <back><ref-list><ref id='r'><label>1</label><mixed-citation>work</mixed-citation></ref></ref-list></back></article>";

    #[test]
    fn one_line_is_one_node() {
        let mut log = Log::default();
        let tree = xml::parse(&mut log, &Source::new("test.xml", MASTER)).expect("well-formed");
        let article = jats::read(&mut log, &tree).expect("an article");
        let read = "\
article - en
  front
    title en \"On \\\"x\\\"\"
  body
    paragraph #p
      \"see \"
      xref citation -> r
        sup \"1\"
    table
      grid 2 columns
        rows
          row
            td 0 2x1 right \"a\"
  back
    references
      reference #r
        label \"1\"
        citation \"work\"
";
        assert_eq!(super::article(&article), read);
        let resolved = "\
edition - en
  metadata
    title en \"On \\\"x\\\"\"
  running
    title \"On \\\"x\\\"\"
    authors \"\"
  front en
    title \"On \\\"x\\\"\"
  body
    paragraph #p
      \"see \"
      xref citation #cite-1 -> r
        sup \"1\"
    table
      grid 2 columns
        rows
          row
            td 0 2x1 right \"a\"
  back
    references
      title +\"References\"
      reference #r <- cite-1
        label \"1\"
        citation \"work\"
  targets
    block p
    reference r
    citation cite-1
";
        assert_eq!(super::edition(&resolve::resolve(&mut log, article)), resolved);
    }
}
