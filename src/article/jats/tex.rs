//! TeX maths as a tree.
//!
//! 1. [`prepare`] finds the formula: without the document around it, and in words that the parser knows.
//! 2. [`pulldown_latex`] reads it into events, which name what things are and not how they look.
//! 3. [`Builder`] makes the tree of [`crate::model::math`] of them. Texts are generated here; the reader makes leaves of them.
//!
//! Definitions (`\def`, `\newcommand`) are not taken: they are how a formula of a hundred bytes becomes one of a gigabyte.

mod chemistry;
mod prepare;
mod spec;
#[cfg(test)]
mod tests;
mod units;

use std::iter::Peekable;

use pulldown_latex::event::{
    ArrayColumn, ColumnAlignment, Content, DelimiterType, Dimension, DimensionUnit, EnvironmentFlow, Event, Font, Grouping, ScriptPosition, ScriptType,
    StateChange, Style, Visual,
};
use pulldown_latex::{Parser, Storage};

use prepare::{has_command, prepared};

pub(super) use prepare::body;

use crate::model::math::{
    CellAlign, Form, Fraction, Length, Limits, Math, MathStyle, Multiscripts, Notation, Operator, Root, Scripts, Table, TableCell, TableRow, Token, TokenKind,
    TokenText, Variant,
};

/// The longest formula that is taken, in bytes; the longest seen in the wild has 4,000.
const MAX_TEX: usize = 32 << 10;

/// How many signs may stand in a row without a command, a script or an operator: they are no formula.
const MAX_RUN: usize = 1_500;

/// The most columns of a matrix, and the most rows: more leave every page. Systems of equations break.
const MAX_COLUMNS: usize = 100;
const MAX_ROWS: usize = 60;

/// How deep a formula may nest; each level costs several in the engine's parser.
const MAX_DEPTH: usize = 18;

/// Reads a formula.
///
/// # Errors
///
/// In words, when it cannot be read.
pub(super) fn read(tex: &str) -> Result<Vec<Math>, String> {
    let body = body(tex);
    if body.len() > MAX_TEX {
        return Err(format!("it is longer than {} KiB", MAX_TEX >> 10));
    }
    let mut source = prepared(body);
    // A sign of maths inside maths is what is left of another document.
    if source.contains('$') && !source.contains("\\$") && !source.contains("\\text") {
        source = source.replace('$', "");
    }
    // What is said in other words may be longer, in chemistry about ten times.
    if source.len() > 16 * MAX_TEX {
        return Err(format!("it is longer than {} KiB", MAX_TEX >> 10));
    }
    if let Some(name) =
        ["\\def", "\\gdef", "\\edef", "\\xdef", "\\let", "\\newcommand", "\\renewcommand", "\\providecommand"].iter().find(|name| has_command(&source, name))
    {
        return Err(format!("it defines commands of its own (`{name}`)"));
    }
    if source.split(['\\', '^', '_', '{', '}', '&', '+', '-', '=', '<', '>']).any(|run| run.len() > MAX_RUN) {
        return Err(format!("more than {MAX_RUN} signs stand in a row without an operator"));
    }
    let storage = Storage::new();
    let events = Parser::new(&source, &storage).map(|event| event.map_err(|error| first_line(&error.to_string())));
    let mut builder = Builder { events: events.peekable(), font: None, depth: 0 };
    let row = builder.row()?;
    match builder.events.next() {
        None => Ok(row),
        Some(Ok(_)) => Err("a group ends that has not begun".to_owned()),
        Some(Err(error)) => Err(error),
    }
}

/// The first sentence of a parser's complaint.
fn first_line(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.strip_prefix("parsing error: ").unwrap_or(line).replace("unkown", "unknown").to_owned()
}

struct Builder<I: Iterator> {
    events: Peekable<I>,
    font: Option<Font>,
    depth: usize,
}

impl<'a, I: Iterator<Item = Result<Event<'a>, String>>> Builder<I> {
    /// What follows until the group or the cell ends; the end itself is left.
    fn row(&mut self) -> Result<Vec<Math>, String> {
        let mut items = Vec::new();
        loop {
            match self.events.peek() {
                None | Some(Ok(Event::End | Event::EnvironmentFlow(EnvironmentFlow::Alignment | EnvironmentFlow::NewLine { .. }))) => return Ok(joined(items)),
                Some(Ok(Event::StateChange(StateChange::Style(style)))) => {
                    let style = style_of(*style);
                    self.events.next();
                    let rest = self.row()?;
                    items.push(Math::Styled(style, rest));
                }
                Some(_) => {
                    let Some(event) = self.events.next() else { return Ok(joined(items)) };
                    items.extend(self.item(event?)?);
                }
            }
        }
    }

    /// One thing: what a script or a fraction takes.
    fn element(&mut self) -> Result<Math, String> {
        loop {
            let event = self.events.next().ok_or("it ends too early")??;
            if event == Event::End {
                return Err("a group ends too early".to_owned());
            }
            if let Some(item) = self.item(event)? {
                return Ok(item);
            }
        }
    }

    fn item(&mut self, event: Event<'a>) -> Result<Option<Math>, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("it nests more than {MAX_DEPTH} deep"));
        }
        let item = self.item_here(event)?;
        self.depth -= 1;
        Ok(item)
    }

    fn item_here(&mut self, event: Event<'a>) -> Result<Option<Math>, String> {
        Ok(Some(match event {
            Event::Content(content) => self.content(content, ""),
            Event::Begin(grouping) => self.group(grouping)?,
            Event::Visual(visual) => self.visual(visual)?,
            Event::Script { ty, position } => self.script(ty, position)?,
            Event::Space { width, .. } => Math::Space(width.map(length).unwrap_or_default()),
            Event::StateChange(StateChange::Font(font)) => {
                self.font = font;
                return Ok(None);
            }
            Event::StateChange(StateChange::Color(_) | StateChange::Style(_)) | Event::EnvironmentFlow(_) | Event::End => return Ok(None),
        }))
    }

    fn content(&self, content: Content<'_>, mark: &str) -> Math {
        let operator = |text: String, operator: Operator| token(TokenKind::Operator(operator), text, self.font.and_then(bold_only));
        match content {
            Content::Text(text) => token(TokenKind::Text, kept_blanks(text), self.font.and_then(bold_only)),
            Content::Number(number) => self.number(number),
            Content::Function(name) => token(TokenKind::Identifier, name.to_owned(), None),
            Content::Ordinary { content, stretchy: true } => operator(format!("{content}{mark}"), Operator { stretchy: Some(true), ..Operator::default() }),
            Content::Ordinary { content, stretchy: false } => {
                // The parser has the micro sign for `\mu`, of which there is no italic.
                let content = if content == 'µ' { 'μ' } else { content };
                if matches!(content, '′' | '″' | '‴') {
                    return operator(format!("{content}{mark}"), Operator::default());
                }
                // TeX sets Greek capitals upright, MathML does not.
                let upright = matches!(content, 'Α'..='Ω').then_some(Variant::Normal);
                token(TokenKind::Identifier, format!("{content}{mark}"), self.font.map(variant).or(upright))
            }
            Content::LargeOp { content, .. } => operator(format!("{content}{mark}"), Operator::default()),
            Content::BinaryOp { content, .. } => operator(format!("{content}{mark}"), room_of(content)),
            Content::Relation { content, .. } => {
                let mut buffer = [0; 8];
                let text = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer)).into_owned();
                operator(format!("{text}{mark}"), Operator::default())
            }
            Content::Delimiter { content, size, ty } => {
                let form = match ty {
                    DelimiterType::Open => Form::Prefix,
                    DelimiterType::Close => Form::Postfix,
                    DelimiterType::Fence => Form::Infix,
                };
                operator(format!("{content}{mark}"), Operator { form: Some(form), stretchy: Some(size.is_some()), ..Operator::default() })
            }
            Content::Punctuation(content) => operator(format!("{content}{mark}"), Operator::default()),
        }
    }

    /// A number. A comma in it parts two, as in `i=1,2,3`, but where three digits follow each: `10,000`.
    fn number(&self, number: &str) -> Math {
        let one = |number: &str| token(TokenKind::Number, number.to_owned(), self.font.map(variant));
        let mut parts = number.split(',');
        let first = parts.next().unwrap_or_default();
        if !number.contains(',') || (1..=3).contains(&first.len()) && parts.clone().all(|part| part.len() == 3) {
            return one(number);
        }
        let mut row = vec![one(first)];
        for part in parts {
            row.push(token(TokenKind::Operator(Operator::default()), ",".to_owned(), None));
            if !part.is_empty() {
                row.push(one(part));
            }
        }
        Math::Row(row)
    }

    fn visual(&mut self, visual: Visual) -> Result<Math, String> {
        Ok(match visual {
            Visual::SquareRoot => Math::Root(Box::new(Root { body: self.element()?, index: None })),
            Visual::Root => {
                let body = self.element()?;
                Math::Root(Box::new(Root { body, index: Some(self.element()?) }))
            }
            Visual::Fraction(thickness) => {
                let over = self.element()?;
                let line = thickness.is_none_or(|thickness| thickness.value > 0.0);
                Math::Fraction(Box::new(Fraction { over, under: self.element()?, line, slanted: false }))
            }
            Visual::Negation => match self.events.next().ok_or("it ends too early")?? {
                Event::Content(content) => self.content(content, "\u{338}"),
                event => {
                    let struck = self.item(event)?.ok_or_else(|| "nothing is negated".to_owned())?;
                    Math::Enclosed(vec![Notation::UpStrike], vec![struck])
                }
            },
        })
    }

    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Result<Math, String> {
        let base = self.element()?;
        let (low, high) = match ty {
            ScriptType::Subscript => (Some(self.element()?), None),
            ScriptType::Superscript => (None, Some(self.element()?)),
            ScriptType::SubSuperscript => (Some(self.element()?), Some(self.element()?)),
        };
        let high = high.map(without_height);
        Ok(match position {
            ScriptPosition::Right => Math::Scripts(Box::new(Scripts { base, sub: low, sup: high })),
            ScriptPosition::AboveBelow => above_and_below(base, low.map(accent), high.map(accent)),
            ScriptPosition::Movable => Math::Limits(Box::new(Limits { base: movable(base), under: low, over: high, accent_under: None, accent: None })),
        })
    }

    fn group(&mut self, grouping: Grouping) -> Result<Math, String> {
        let around = self.font;
        let math = match grouping {
            Grouping::Normal => Math::Row(self.rest_of_group()?),
            Grouping::LeftRight(open, close) => {
                let fence = |fence: Option<char>, form| {
                    let operator = Operator { form: Some(form), stretchy: Some(true), ..Operator::default() };
                    fence.map(|fence| token(TokenKind::Operator(operator), fence.to_string(), None))
                };
                let mut row: Vec<Math> = fence(open, Form::Prefix).into_iter().collect();
                row.extend(self.rest_of_group()?);
                row.extend(fence(close, Form::Postfix));
                Math::Row(row)
            }
            Grouping::Cases { left } => {
                let table = self.table(|_| CellAlign::Left, false, false)?;
                let brace = |text: &str, form| {
                    token(TokenKind::Operator(Operator { form: Some(form), stretchy: Some(true), ..Operator::default() }), text.to_owned(), None)
                };
                Math::Row(if left { vec![brace("{", Form::Prefix), table] } else { vec![table, brace("}", Form::Postfix)] })
            }
            Grouping::Array(columns) => {
                let mut lines: Vec<u32> = Vec::new();
                let mut before = 0;
                for column in &columns {
                    match column {
                        ArrayColumn::Column(_) => before += 1,
                        ArrayColumn::Separator(_) => lines.push(before),
                    }
                }
                lines.retain(|at| (1..before).contains(at));
                let columns: Vec<CellAlign> = columns
                    .iter()
                    .filter_map(|column| match column {
                        ArrayColumn::Column(align) => Some(cell_align(*align)),
                        ArrayColumn::Separator(_) => None,
                    })
                    .collect();
                let system = columns.starts_with(&[CellAlign::Right, CellAlign::Center, CellAlign::Left]);
                match self.table(|at| columns.get(at).copied().unwrap_or_default(), system, system)? {
                    Math::Table(table) => Math::Table(Table { column_lines: lines, ..table }),
                    other => other,
                }
            }
            Grouping::Matrix { alignment } | Grouping::SubArray { alignment } => self.table(|_| cell_align(alignment), false, false)?,
            Grouping::Align { .. } | Grouping::Aligned | Grouping::Alignat { .. } | Grouping::Alignedat { .. } | Grouping::Split => {
                self.table(|at| if at % 2 == 0 { CellAlign::Right } else { CellAlign::Left }, true, true)?
            }
            Grouping::Equation { .. } | Grouping::Gather { .. } | Grouping::Gathered | Grouping::Multline => {
                match self.table(|_| CellAlign::Center, true, false)? {
                    Math::Table(mut table) if table.rows.len() == 1 && table.rows.iter().all(|row| row.cells.len() == 1) => {
                        Math::Row(table.rows.pop().and_then(|mut row| row.cells.pop()).map(|cell| cell.body).unwrap_or_default())
                    }
                    table => table,
                }
            }
        };
        self.font = around;
        Ok(math)
    }

    /// What follows to the end of the group. Alignment outside a table is passed over.
    fn rest_of_group(&mut self) -> Result<Vec<Math>, String> {
        let mut items = Vec::new();
        loop {
            items.extend(self.row()?);
            if self.events.next().ok_or("a group does not end")?? == Event::End {
                return Ok(items);
            }
        }
    }

    fn table(&mut self, align: impl Fn(usize) -> CellAlign, display: bool, close: bool) -> Result<Math, String> {
        let mut table = Table { rows: vec![empty_row()], display, close, column_lines: Vec::new(), row_lines: Vec::new() };
        loop {
            self.font = None;
            let body = self.row()?;
            if let Some(row) = table.rows.last_mut() {
                row.cells.push(TableCell { align: align(row.cells.len()), columns: 1, body });
                if row.cells.len() > MAX_COLUMNS {
                    return Err(format!("a matrix has more than {MAX_COLUMNS} columns"));
                }
            }
            if !display && table.rows.len() > MAX_ROWS {
                return Err(format!("a matrix has more than {MAX_ROWS} rows"));
            }
            match self.events.next().ok_or("a table does not end")?? {
                Event::End => break,
                Event::EnvironmentFlow(EnvironmentFlow::NewLine { horizontal_lines, .. }) => {
                    if !horizontal_lines.is_empty() {
                        table.row_lines.push(u32::try_from(table.rows.len()).unwrap_or(u32::MAX));
                    }
                    table.rows.push(empty_row());
                }
                _ => {}
            }
        }
        table.rows.retain(|row| row.cells.iter().any(|cell| !cell.body.is_empty()));
        let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
        table.row_lines.retain(|at| *at < rows);
        Ok(Math::Table(table))
    }
}

fn empty_row() -> TableRow {
    TableRow { label: Vec::new(), cells: Vec::new() }
}

fn token(kind: TokenKind, text: String, variant: Option<Variant>) -> Math {
    Math::Token(Token { kind, text: TokenText::Generated(text), variant })
}

/// Scripts at nothing before a letter are its own, as in `{}^{14}_{6}\mathrm{C}`; letters side by side that a command sets upright are a word.
fn joined(items: Vec<Math>) -> Vec<Math> {
    signed(words(prescripted(items)))
}

/// How much room is about an operator: a stroke has none in TeX.
fn room_of(sign: char) -> Operator {
    let none = (sign == '/').then_some(Length(0));
    Operator { before: none, after: none, ..Operator::default() }
}

/// Primes at nothing in a superscript, `^{^{\prime}\mu}`, are primes: they would be raised twice.
fn without_height(math: Math) -> Math {
    match math {
        Math::Row(items) => Math::Row(items.into_iter().map(without_height).collect()),
        Math::Scripts(scripts) if is_prime_alone(&scripts) => scripts.sup.unwrap_or(Math::Row(Vec::new())),
        math => math,
    }
}

fn is_prime_alone(scripts: &Scripts) -> bool {
    scripts.base.as_row().is_empty() && scripts.sub.is_none() && scripts.sup.as_ref().is_some_and(|sup| matches!(operator_text(sup), Some("′" | "″" | "‴")))
}

/// The text of an operator that stands by itself.
fn operator_text(math: &Math) -> Option<&str> {
    match math.core() {
        Math::Token(Token { kind: TokenKind::Operator(_), text: TokenText::Generated(text), .. }) => Some(text),
        _ => None,
    }
}

/// A sign behind a bracket, a comma, a relation or another operator belongs to what follows it: MathML takes it for a difference there.
fn signed(mut items: Vec<Math>) -> Vec<Math> {
    for at in 1..items.len() {
        let (before, rest) = items.split_at_mut(at);
        let opens = before.last().and_then(|item| Some((operator_text(item)?, item))).is_some_and(|(text, item)| {
            let closing = matches!(item.core(), Math::Token(Token { kind: TokenKind::Operator(Operator { form: Some(Form::Postfix), .. }), .. }));
            !closing && !text.contains([')', ']', '}', '⟩', '!', '′', '″', '‴', '|', '‖', '∗', '*', '∙', '•', '·', '†', '%', '…', '⋯'])
        });
        if opens
            && let Some(Math::Token(Token { kind: TokenKind::Operator(operator), text: TokenText::Generated(text), .. })) = rest.first_mut()
            && operator.form.is_none()
            && matches!(text.as_str(), "+" | "−" | "-" | "±" | "∓")
        {
            operator.form = Some(Form::Prefix);
        }
    }
    items
}

/// Gives scripts that stand at nothing to the letter or the word behind them.
fn prescripted(items: Vec<Math>) -> Vec<Math> {
    let mut out: Vec<Math> = Vec::with_capacity(items.len());
    for item in items {
        let waiting = matches!(out.last(), Some(Math::Scripts(before)) if before.base.as_row().is_empty() && !is_prime_alone(before));
        if !waiting || !is_lettered(&item) {
            out.push(item);
            continue;
        }
        let Some(Math::Scripts(before)) = out.pop() else { continue };
        let (base, after) = match item {
            Math::Scripts(scripts) => (scripts.base, vec![(scripts.sub, scripts.sup)]),
            item => (item, Vec::new()),
        };
        out.push(Math::Multiscripts(Box::new(Multiscripts { base, after, before: vec![(before.sub, before.sup)] })));
    }
    out
}

/// Whether a thing is a letter or a word, with scripts or without.
fn is_lettered(math: &Math) -> bool {
    match math.core() {
        Math::Token(token) => token.kind == TokenKind::Identifier,
        Math::Scripts(scripts) => matches!(scripts.base.core(), Math::Token(token) if token.kind == TokenKind::Identifier),
        _ => false,
    }
}

/// Letters side by side that a command sets upright are a word: `\mathrm{max}`.
fn words(items: Vec<Math>) -> Vec<Math> {
    let mut out: Vec<Math> = Vec::with_capacity(items.len());
    for item in items {
        if let Math::Token(Token {
            kind: TokenKind::Identifier,
            text: TokenText::Generated(text),
            variant: Some(Variant::Normal | Variant::SansSerif | Variant::Monospace),
        }) = &item
            && let Some(Math::Token(Token { kind: TokenKind::Identifier, text: TokenText::Generated(before), variant })) = out.last_mut()
            && item_variant(&item) == *variant
            && text.chars().chain(before.chars()).all(|c| c.is_ascii_alphabetic())
        {
            before.push_str(text);
            continue;
        }
        out.push(item);
    }
    out
}

fn item_variant(item: &Math) -> Option<Variant> {
    if let Math::Token(token) = item { token.variant } else { None }
}

/// A sign above or below something is an operator: that is what can be an accent and what can stretch.
fn accent(math: Math) -> Math {
    match math {
        Math::Token(Token { kind: TokenKind::Identifier, text: TokenText::Generated(text), variant: None })
            if text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric) =>
        {
            token(TokenKind::Operator(Operator { accent: Some(true), ..Operator::default() }), text, None)
        }
        math => math,
    }
}

/// Something with a thing below or above it. What has a thing below it already and gets one above it has both, as in `\overset{a}{\underset{b}{\to}}`.
fn above_and_below(base: Math, under: Option<Math>, over: Option<Math>) -> Math {
    let (base, under, over) = match base.core().clone() {
        Math::Limits(inner) if under.is_none() && inner.over.is_none() => (inner.base, inner.under, over),
        Math::Limits(inner) if over.is_none() && inner.under.is_none() => (inner.base, under, inner.over),
        _ => (base, under, over),
    };
    Math::Limits(Box::new(Limits { base, under, over, accent_under: None, accent: None }))
}

/// A function under which a limit stands, such as `lim`.
fn movable(base: Math) -> Math {
    match base {
        Math::Token(Token { kind: TokenKind::Identifier, text, variant }) => {
            let operator = Operator { movable: Some(true), before: Some(Length(0)), after: Some(Length(167)), ..Operator::default() };
            Math::Token(Token { kind: TokenKind::Operator(operator), text, variant })
        }
        base => base,
    }
}

fn cell_align(align: ColumnAlignment) -> CellAlign {
    match align {
        ColumnAlignment::Left => CellAlign::Left,
        ColumnAlignment::Center => CellAlign::Center,
        ColumnAlignment::Right => CellAlign::Right,
    }
}

fn style_of(style: Style) -> MathStyle {
    match style {
        Style::Display => MathStyle { display: Some(true), level: None },
        Style::Text => MathStyle { display: Some(false), level: Some(0) },
        Style::Script => MathStyle { display: Some(false), level: Some(1) },
        Style::ScriptScript => MathStyle { display: Some(false), level: Some(2) },
    }
}

/// A length of TeX, its em being ten points.
#[expect(clippy::cast_possible_truncation, reason = "a length past the bounds of i32 is cut to them")]
fn length(dimension: Dimension) -> Length {
    let em = match dimension.unit {
        DimensionUnit::Em => 1.0,
        DimensionUnit::Mu => 1.0 / 18.0,
        DimensionUnit::Ex => 0.43,
        DimensionUnit::Pt | DimensionUnit::Bp => 0.1,
        DimensionUnit::Pc => 1.2,
        DimensionUnit::In => 7.2,
        DimensionUnit::Cm => 2.85,
        DimensionUnit::Mm => 0.285,
        DimensionUnit::Dd => 0.107,
        DimensionUnit::Cc => 1.28,
        DimensionUnit::Sp => 0.0,
    };
    Length((dimension.value * em * 1000.0).clamp(-10_000.0, 10_000.0) as i32)
}

fn variant(font: Font) -> Variant {
    match font {
        Font::BoldScript => Variant::BoldScript,
        Font::BoldItalic | Font::BoldSymbol => Variant::BoldItalic,
        Font::Bold => Variant::Bold,
        Font::Fraktur => Variant::Fraktur,
        Font::Script => Variant::Script,
        Font::Monospace => Variant::Monospace,
        Font::SansSerif => Variant::SansSerif,
        Font::DoubleStruck | Font::DoubleStruckItalic => Variant::DoubleStruck,
        Font::Italic => Variant::Italic,
        Font::BoldFraktur => Variant::BoldFraktur,
        Font::SansSerifBoldItalic => Variant::SansSerifBoldItalic,
        Font::SansSerifItalic => Variant::SansSerifItalic,
        Font::BoldSansSerif => Variant::BoldSansSerif,
        Font::UpRight => Variant::Normal,
    }
}

/// A text whose blanks at its ends stay, which MathML would trim (MathML 3, 2.1.7).
fn kept_blanks(text: &str) -> String {
    // The parser writes a blank that does not break as HTML does.
    let text = &text.replace("&nbsp;", " ");
    let inner = text.trim_matches(' ');
    if inner.is_empty() {
        return "\u{a0}".repeat(usize::from(!text.is_empty()));
    }
    let blank = |at_end: bool| if at_end { "\u{a0}" } else { "" };
    format!("{}{inner}{}", blank(text.starts_with(' ')), blank(text.ends_with(' ')))
}

/// Of a font, what an operator or a text takes: that it is bold.
fn bold_only(font: Font) -> Option<Variant> {
    matches!(font, Font::Bold | Font::BoldItalic | Font::BoldSymbol).then_some(Variant::Bold)
}
