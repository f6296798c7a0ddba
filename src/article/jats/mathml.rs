//! Presentation MathML, element by element (MathML 3, chapter 3).
//!
//! 1. [`Reader::math`] reads `mml:math` into a row; every text of a token becomes a leaf.
//! 2. `mathvariant` is handed down to the tokens; alignment marks and annotations are left out.
//! 3. An element that is not known is taken as a row of what stands in it.

use super::{Reader, mathlines, mathroom};
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::leaf::Reason;
use crate::model::math::{
    CellAlign, Fenced, Form, Fraction, Length, Limits, Math, MathStyle, Multiscripts, Notation, Operator, Padding, Root, Scripts, Table, TableCell, TableRow,
    Token, TokenKind, TokenText, Variant,
};
use crate::xml::{Element, Node, fold, is_blank};

/// How deep a formula may nest, rows not counted: each level costs several in the engine's parser. What is deeper is set as a row.
const MAX_DEPTH: usize = 18;

/// What a piece of a formula inherits.
#[derive(Clone, Copy, Default)]
pub(super) struct Inherited {
    variant: Option<Variant>,
    /// Inside `mphantom`: nothing is shown.
    phantom: bool,
    depth: usize,
}

impl Reader<'_> {
    /// `mml:math`.
    pub(super) fn math(&mut self, element: &Element) -> Vec<Math> {
        let inherited = Inherited { variant: variant_of(element), ..Inherited::default() };
        let row = match mathlines::lines(element) {
            Some(lines) => vec![self.math_lines(element, &lines, inherited)],
            None => self.math_row(element, inherited),
        };
        let style = style_of(element);
        // `display` says where the formula stands, which the element around it knows.
        if style.display.is_some() { vec![Math::Styled(style, row)] } else { row }
    }

    pub(super) fn math_row(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        self.math_nodes(&element.children, element, inherited)
    }

    /// Some of the children of an element as a row.
    pub(super) fn math_nodes(&mut self, nodes: &[Node], element: &Element, inherited: Inherited) -> Vec<Math> {
        let mut row = Vec::new();
        for node in nodes {
            match node {
                Node::Element(child) => row.extend(self.math_element(child, inherited)),
                // Text is only allowed in tokens; where it stands elsewhere it is kept.
                Node::Text(run) if is_blank(&run.text) => {}
                Node::Text(run) => {
                    let token = self.token_text(run, &element.name, inherited);
                    row.extend(token.into_iter().map(|text| Math::Token(Token { kind: TokenKind::Text, text, variant: None })));
                }
            }
        }
        self.words_apart(row)
    }

    /// An element as one thing; an empty row where it shows nothing.
    pub(super) fn math_one(&mut self, element: &Element, inherited: Inherited) -> Math {
        let mut row = self.math_element(element, inherited);
        match (row.pop(), row.is_empty()) {
            (Some(one), true) => one,
            (Some(last), false) => {
                row.push(last);
                Math::Row(row)
            }
            (None, _) => Math::Row(Vec::new()),
        }
    }

    fn math_element(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        self.anchor(element);
        let local = element.name.strip_prefix("mml:").unwrap_or(&element.name);
        let inner = Inherited { depth: inherited.depth + 1, ..inherited };
        if inherited.depth >= MAX_DEPTH && !matches!(local, "mi" | "mn" | "mo" | "mtext" | "ms" | "mspace" | "semantics" | "annotation" | "annotation-xml") {
            return self.math_row(element, inherited);
        }
        match local {
            "mi" | "mn" | "mo" | "mtext" | "ms" => self.token(element, local, inherited),
            "mrow" => match self.math_row(element, inherited) {
                row if row.is_empty() => Vec::new(),
                row => vec![Math::Row(row)],
            },
            "mspace" => vec![Math::Space(element.value("width").and_then(length).unwrap_or_default())],
            "mfrac" => vec![self.fraction(element, inner)],
            "msqrt" => vec![Math::Root(Box::new(Root { body: Math::Row(self.math_row(element, inner)), index: None }))],
            "mroot" => {
                let [body, index] = self.parts(element, inner);
                vec![Math::Root(Box::new(Root { body, index: Some(index) }))]
            }
            "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover" => vec![self.scripted(element, local, inner)],
            "mmultiscripts" => vec![self.multiscripts(element, inner)],
            "mtable" => vec![self.math_table(element, inner)],
            "mfenced" => vec![self.fenced(element, inner)],
            "menclose" => {
                let row = self.math_row(element, inner);
                let notations = notations(element.value("notation").unwrap_or("longdiv"));
                vec![Math::Enclosed(notations, row)]
            }
            "mphantom" => vec![Math::Phantom(self.math_row(element, Inherited { phantom: true, ..inner }))],
            "mpadded" => {
                let padding = Padding { width: element.value("width").and_then(length), before: element.value("lspace").and_then(length) };
                let mut row = self.math_row(element, inner);
                // `+2pt` and `-2pt` change the width that the content has.
                let more =
                    element.value("width").and_then(|width| width.strip_prefix('+').and_then(length).or_else(|| length(width).filter(|width| width.0 < 0)));
                if let Some(more) = more {
                    row.push(Math::Space(more));
                    return vec![Math::Row(row)];
                }
                vec![if padding == Padding::default() { Math::Row(row) } else { Math::Padded(padding, row) }]
            }
            "mstyle" => {
                let variant = variant_of(element).or(inherited.variant);
                let style = style_of(element);
                let row = self.math_row(element, Inherited { variant, ..if style == MathStyle::default() { inherited } else { inner } });
                vec![if style == MathStyle::default() { Math::Row(row) } else { Math::Styled(style, row) }]
            }
            "merror" => vec![Math::Error(self.math_row(element, inner))],
            "semantics" => self.semantics(element, inherited),
            "maction" => self.action(element, inherited),
            "annotation" | "annotation-xml" => {
                self.omit(element, Reason::Alternative);
                Vec::new()
            }
            "malignmark" | "maligngroup" | "mprescripts" | "none" | "mscarries" => Vec::new(),
            // A picture in place of a letter: what is said of it (MathML 3, 3.2.1.2).
            "mglyph" => {
                let said = element.value("alt").unwrap_or_default().to_owned();
                vec![Math::Token(Token { kind: TokenKind::Text, text: TokenText::Generated(said), variant: None })]
            }
            "mstack" | "mlongdiv" => vec![self.stack(element, inner)],
            "msrow" => vec![Math::Row(self.math_row(element, inherited))],
            "apply" | "ci" | "cn" | "csymbol" | "bind" => self.content_math(element, inner),
            "math" => self.math(element),
            _ => {
                self.unknown.entry(element.name.clone()).or_insert((element.tag, 0)).1 += 1;
                vec![Math::Row(self.math_row(element, inner))]
            }
        }
    }

    /// The text of a run; none where nothing is to be seen.
    fn token_text(&mut self, run: &crate::xml::TextRun, element: &str, inherited: Inherited) -> Vec<TokenText> {
        let folded = fold(&run.text);
        let text = folded.trim_matches(' ');
        if inherited.phantom {
            self.omit_run(run, element, Reason::Processing);
            return vec![TokenText::Generated(text.to_owned())];
        }
        self.strike(run);
        self.leaves_of(text, run.span, element).into_iter().map(TokenText::Leaf).collect()
    }

    /// `mi`, `mn`, `mo`, `mtext`, `ms`; one with several runs of text becomes several.
    fn token(&mut self, element: &Element, local: &str, inherited: Inherited) -> Vec<Math> {
        let kind = match local {
            "mi" => TokenKind::Identifier,
            "mn" => TokenKind::Number,
            "mo" => TokenKind::Operator(operator(element)),
            _ => TokenKind::Text,
        };
        let variant = variant_of(element).or(inherited.variant);
        let mut row = Vec::new();
        for node in &element.children {
            match node {
                Node::Text(run) => {
                    if let Some(width) = mathroom::blank(&run.text).filter(|_| local != "mtext") {
                        self.strike(run);
                        row.push(Math::Space(width));
                        continue;
                    }
                    let texts = self.token_text(run, &element.name, inherited);
                    row.extend(texts.into_iter().map(|text| Math::Token(Token { kind, text, variant })));
                }
                Node::Element(child) => row.extend(self.math_element(child, inherited)),
            }
        }
        if local == "ms" {
            let quote = |name: &str| Math::Token(Token { kind, text: TokenText::Generated(element.value(name).unwrap_or("\"").to_owned()), variant });
            row.insert(0, quote("lquote"));
            row.push(quote("rquote"));
        }
        row
    }

    /// The first children that an element of a fixed number of them has; empty rows for those that are missing. What is too much follows the last.
    fn parts<const N: usize>(&mut self, element: &Element, inherited: Inherited) -> [Math; N] {
        let mut parts = std::array::from_fn(|_| Math::Row(Vec::new()));
        let count = element.elements().count();
        if count != N {
            let said = format!("`{}` has {count} part{} instead of {N}", element.name, if count == 1 { "" } else { "s" });
            let hint = if count > N { "put an `mrow` around what belongs together" } else { "give the part that is missing, or an empty `mrow` in its place" };
            self.log.push(Diagnostic::new(Code::MathParts, said).at(element.tag).hint(hint));
        }
        for (at, child) in element.elements().enumerate() {
            let part = self.math_one(child, inherited);
            if let Some(place) = parts.get_mut(at) {
                *place = part;
            } else if let Some(last) = parts.last_mut() {
                let before = std::mem::replace(last, Math::Row(Vec::new()));
                *last = Math::Row(vec![before, part]);
            }
        }
        for node in &element.children {
            if let Node::Text(run) = node
                && !is_blank(&run.text)
                && let Some(last) = parts.last_mut()
            {
                let stray = self.token_text(run, &element.name, inherited);
                let before = std::mem::replace(last, Math::Row(Vec::new()));
                let stray = stray.into_iter().map(|text| Math::Token(Token { kind: TokenKind::Text, text, variant: None }));
                *last = Math::Row(std::iter::once(before).chain(stray).collect());
            }
        }
        parts
    }

    fn fraction(&mut self, element: &Element, inherited: Inherited) -> Math {
        let [over, under] = self.parts(element, inherited);
        let line = element.value("linethickness").and_then(length) != Some(Length(0));
        Math::Fraction(Box::new(Fraction { over, under, line, slanted: is_true(element, "bevelled") == Some(true) }))
    }

    fn scripted(&mut self, element: &Element, local: &str, inherited: Inherited) -> Math {
        if matches!(local, "msubsup" | "munderover") {
            let [base, low, high] = self.parts(element, inherited);
            return match local {
                "msubsup" => Math::Scripts(Box::new(Scripts { base, sub: Some(low), sup: Some(high) })),
                _ => limits(element, base, Some(low), Some(high)),
            };
        }
        let [base, script] = self.parts(element, inherited);
        match local {
            "msub" => Math::Scripts(Box::new(Scripts { base, sub: Some(script), sup: None })),
            "msup" => Math::Scripts(Box::new(Scripts { base, sub: None, sup: Some(script) })),
            "munder" => limits(element, base, Some(script), None),
            _ => limits(element, base, None, Some(script)),
        }
    }

    /// `mmultiscripts`: base, pairs after it, `mprescripts`, pairs before it.
    fn multiscripts(&mut self, element: &Element, inherited: Inherited) -> Math {
        let mut children = element.elements();
        let base = children.next().map_or(Math::Row(Vec::new()), |child| self.math_one(child, inherited));
        let (mut after, mut before): (Vec<Option<Math>>, Vec<Option<Math>>) = (Vec::new(), Vec::new());
        let mut prescripts = false;
        for child in children {
            if matches!(child.name.as_str(), "mml:mprescripts" | "mprescripts") {
                prescripts = true;
                continue;
            }
            let script = self.math_one(child, inherited);
            let script = (script != Math::Row(Vec::new())).then_some(script);
            if prescripts { before.push(script) } else { after.push(script) }
        }
        let pairs = |scripts: Vec<Option<Math>>| {
            let mut scripts = scripts.into_iter();
            let mut pairs = Vec::new();
            while let Some(sub) = scripts.next() {
                pairs.push((sub, scripts.next().flatten()));
            }
            pairs
        };
        Math::Multiscripts(Box::new(Multiscripts { base, after: pairs(after), before: pairs(before) }))
    }

    fn fenced(&mut self, element: &Element, inherited: Inherited) -> Math {
        let sign = |name: &str, otherwise: &str| element.attribute(name).map_or(otherwise, |attribute| attribute.value.trim()).to_owned();
        let items = element.elements().map(|child| self.math_one(child, inherited)).collect();
        let separators = element.attribute("separators").map_or(",", |attribute| attribute.value.as_str());
        Math::Fenced(Fenced {
            open: sign("open", "("),
            close: sign("close", ")"),
            items,
            separators: separators.chars().filter(|c| !c.is_whitespace()).collect(),
        })
    }

    /// `mtable`. Rows and cells whose tags are missing are supplied (MathML 3, 3.5.1.1).
    fn math_table(&mut self, element: &Element, inherited: Inherited) -> Math {
        let columns = aligns(element);
        let mut table = Table {
            rows: Vec::new(),
            display: is_true(element, "displaystyle") == Some(true),
            close: is_close(element),
            column_lines: Vec::new(),
            row_lines: Vec::new(),
        };
        for child in element.elements() {
            let row = match child.name.as_str() {
                "mml:mtr" | "mml:mlabeledtr" | "mtr" | "mlabeledtr" => self.math_table_row(child, &columns, inherited),
                _ => TableRow {
                    label: Vec::new(),
                    cells: vec![TableCell { align: columns.first().copied().unwrap_or_default(), columns: 1, body: vec![self.math_one(child, inherited)] }],
                },
            };
            table.rows.push(row);
        }
        let columns = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns).sum()).max().unwrap_or(0);
        table.column_lines = lines_between(element.value("columnlines"), columns);
        table.row_lines = lines_between(element.value("rowlines"), u32::try_from(table.rows.len()).unwrap_or(0));
        if self.stands_around_relations(&table) {
            table.close = true;
            for row in &mut table.rows {
                for (cell, align) in row.cells.iter_mut().zip([CellAlign::Right, CellAlign::Center, CellAlign::Left]) {
                    cell.align = align;
                }
            }
        }
        if matches!(element.value("frame"), Some("solid" | "dashed")) {
            return Math::Enclosed(vec![Notation::Box], vec![Math::Table(table)]);
        }
        Math::Table(table)
    }

    /// Whether a table of three columns has nothing but relations in the middle: a system of equations, whatever it says of its columns.
    fn stands_around_relations(&self, table: &Table) -> bool {
        let relation = |cell: &TableCell| match cell.body.as_slice() {
            [] => true,
            [one] => {
                matches!(one.core(), Math::Token(token) if matches!(token.text.get(&self.leaves), "=" | "<" | ">" | "≤" | "≥" | "⩽" | "⩾" | "≈" | "≃" | "≡" | "∼" | "∝" | "≔" | ":=" | "→"))
            }
            _ => false,
        };
        table.rows.iter().all(|row| row.cells.len() == 3 && row.cells.iter().all(|cell| cell.columns == 1) && row.cells.get(1).is_some_and(relation))
            && table.rows.iter().any(|row| row.cells.get(1).is_some_and(|cell| !cell.body.is_empty()))
    }

    fn math_table_row(&mut self, element: &Element, columns: &[CellAlign], inherited: Inherited) -> TableRow {
        self.anchor(element);
        let own = aligns(element);
        let columns = if own.is_empty() { columns } else { &own };
        let mut row = TableRow { label: Vec::new(), cells: Vec::new() };
        let mut labelled = matches!(element.name.as_str(), "mml:mlabeledtr" | "mlabeledtr");
        let mut column = 0;
        for child in element.elements() {
            let is_cell = matches!(child.name.as_str(), "mml:mtd" | "mtd");
            let body = if is_cell {
                self.anchor(child);
                self.math_row(child, Inherited { variant: variant_of(child).or(inherited.variant), ..inherited })
            } else {
                vec![self.math_one(child, inherited)]
            };
            if std::mem::take(&mut labelled) {
                row.label = body;
                continue;
            }
            let align = aligns(child).first().or(columns.get(column)).or(columns.last()).copied().unwrap_or_default();
            let spanned = child.value("columnspan").and_then(|span| span.parse().ok()).filter(|span| (1..=64).contains(span)).unwrap_or(1);
            column += spanned as usize;
            row.cells.push(TableCell { align, columns: spanned, body });
        }
        // A label of nothing is what the row has to show.
        if row.cells.is_empty() && !row.label.is_empty() {
            row.cells.push(TableCell { align: columns.first().copied().unwrap_or_default(), columns: 1, body: std::mem::take(&mut row.label) });
        }
        row
    }

    /// `semantics`: the presentation; annotations are other forms of the same thing.
    fn semantics(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        let is_note = |child: &&Element| matches!(child.name.as_str(), "mml:annotation" | "mml:annotation-xml" | "annotation" | "annotation-xml");
        let mut row = Vec::new();
        if let Some(presentation) = element.elements().find(|child| !is_note(child)) {
            row = self.math_element(presentation, inherited);
        } else if let Some(presentation) =
            element.elements().find(|child| child.value("encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("presentation")))
        {
            row = self.math_row(presentation, inherited);
        }
        self.omit(element, Reason::Alternative);
        row
    }

    /// `maction`: the form that is selected.
    fn action(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        let selected = element.value("selection").and_then(|at| at.parse::<usize>().ok()).unwrap_or(1).max(1);
        let row = element.elements().nth(selected - 1).or_else(|| element.elements().next()).map(|child| self.math_element(child, inherited));
        self.omit(element, Reason::Alternative);
        row.unwrap_or_default()
    }
}

fn limits(element: &Element, base: Math, under: Option<Math>, over: Option<Math>) -> Math {
    Math::Limits(Box::new(Limits { base, under, over, accent_under: is_true(element, "accentunder"), accent: is_true(element, "accent") }))
}

fn operator(element: &Element) -> Operator {
    Operator {
        form: match element.value("form") {
            Some("prefix") => Some(Form::Prefix),
            Some("infix") => Some(Form::Infix),
            Some("postfix") => Some(Form::Postfix),
            Some(_) | None => None,
        },
        stretchy: is_true(element, "stretchy"),
        large: is_true(element, "largeop"),
        movable: is_true(element, "movablelimits"),
        accent: is_true(element, "accent"),
        before: element.value("lspace").and_then(length),
        after: element.value("rspace").and_then(length),
    }
}

fn is_true(element: &Element, name: &str) -> Option<bool> {
    match element.value(name) {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) | None => None,
    }
}

/// `@mathvariant`, or what MathML 1 said by `@fontweight` and `@fontstyle`.
fn variant_of(element: &Element) -> Option<Variant> {
    if let Some(name) = element.value("mathvariant") {
        return Variant::from_name(name);
    }
    let bold = element.value("fontweight") == Some("bold");
    match (bold, element.value("fontstyle")) {
        (true, Some("italic")) => Some(Variant::BoldItalic),
        (true, Some(_) | None) => Some(Variant::Bold),
        (false, Some("italic")) => Some(Variant::Italic),
        (false, Some("normal")) => Some(Variant::Normal),
        (false, Some(_) | None) => None,
    }
}

fn style_of(element: &Element) -> MathStyle {
    MathStyle {
        display: is_true(element, "displaystyle"),
        level: element.value("scriptlevel").and_then(|level| level.parse().ok()).filter(|level| *level <= 2),
    }
}

/// `@columnalign`: one word for each column.
fn aligns(element: &Element) -> Vec<CellAlign> {
    let words = element.value("columnalign").unwrap_or_default().split_whitespace();
    words
        .map(|word| match word {
            "left" => CellAlign::Left,
            "right" => CellAlign::Right,
            _ => CellAlign::Center,
        })
        .collect()
}

/// `@columnlines`, `@rowlines`: one word for each gap, the last for all further ones (MathML 3, 3.5.1.2). After which columns or rows a line stands.
fn lines_between(written: Option<&str>, count: u32) -> Vec<u32> {
    let words: Vec<&str> = written.unwrap_or_default().split_whitespace().collect();
    let Some(last) = words.last() else { return Vec::new() };
    let kinds = words.iter().chain(std::iter::repeat(last));
    (1..count).zip(kinds).filter(|(_, kind)| matches!(**kind, "solid" | "dashed")).map(|(at, _)| at).collect()
}

/// Whether a table is a system of equations: its columns stand right and left in turn, or it asks for no room between them.
fn is_close(element: &Element) -> bool {
    let columns = aligns(element);
    let no_room =
        element.value("columnspacing").is_some_and(|spacing| spacing.split_whitespace().next().and_then(length).is_some_and(|first| first.0.abs() <= 300));
    let in_turn = columns.len() >= 2 && columns.iter().enumerate().all(|(at, align)| *align == if at % 2 == 0 { CellAlign::Right } else { CellAlign::Left });
    let around_relation = columns.starts_with(&[CellAlign::Right, CellAlign::Center, CellAlign::Left]);
    no_room || in_turn || around_relation
}

/// A length as MathML writes it (MathML 3, 2.1.5), in thousandths of an em. `None` for what depends on the content, such as `+2em` or `50%`.
#[expect(clippy::cast_possible_truncation, reason = "the value is clamped")]
pub(super) fn length(written: &str) -> Option<Length> {
    let (negative, name) = written.strip_prefix("negative").map_or((false, written), |name| (true, name));
    let named = ["veryverythin", "verythin", "thin", "medium", "thick", "verythick", "veryverythick"];
    if let Some(at) = name.strip_suffix("mathspace").and_then(|name| named.iter().position(|other| *other == name)) {
        let eighteenths = i32::try_from(at).ok()? + 1;
        return Some(Length(eighteenths * 1000 / 18 * if negative { -1 } else { 1 }));
    }
    if written == "0" {
        return Some(Length(0));
    }
    let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-')).len();
    let (number, unit) = written.split_at(digits);
    let number: f64 = number.parse().ok()?;
    let em = match unit.trim() {
        "em" => 1.0,
        "ex" => 0.45,
        "px" => 1.0 / 16.0,
        "pt" => 0.1,
        "pc" => 1.2,
        "in" => 7.2,
        "cm" => 2.85,
        "mm" => 0.285,
        "mu" => 1.0 / 18.0,
        _ => return None,
    };
    Some(Length((number * em * 1000.0).round().clamp(-20_000.0, 20_000.0) as i32))
}

/// `menclose/@notation`: several words may stand.
fn notations(written: &str) -> Vec<Notation> {
    let mut notations = Vec::new();
    for word in written.split_whitespace() {
        match word {
            "box" => notations.push(Notation::Box),
            "roundedbox" => notations.push(Notation::RoundedBox),
            "circle" => notations.push(Notation::Circle),
            "left" => notations.push(Notation::Left),
            "right" => notations.push(Notation::Right),
            "top" => notations.push(Notation::Top),
            "bottom" => notations.push(Notation::Bottom),
            "actuarial" => notations.extend([Notation::Top, Notation::Right]),
            "madruwb" => notations.extend([Notation::Bottom, Notation::Right]),
            "updiagonalstrike" => notations.push(Notation::UpStrike),
            // MathML 3 has the one name, MathML 2 the other.
            "northeastarrow" | "updiagonalarrow" => notations.push(Notation::Arrow),
            "phasorangle" => notations.push(Notation::PhasorAngle),
            "downdiagonalstrike" => notations.push(Notation::DownStrike),
            "verticalstrike" => notations.push(Notation::VerticalStrike),
            "horizontalstrike" => notations.push(Notation::HorizontalStrike),
            "longdiv" => notations.push(Notation::LongDivision),
            "radical" => notations.push(Notation::Radical),
            _ => {}
        }
    }
    notations.sort_unstable();
    notations.dedup();
    notations
}
