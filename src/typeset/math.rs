//! Formulas: the engine's own functions for maths, called in code.
//!
//! 1. A formula is a content block; in it every token stands in a call that keeps its place: `s("x")` for a sign, which the engine sets as maths,
//!    `t("max")` for a word, `acc(…, "^")` for a sign above or below something.
//! 2. Rows are flattened; [`fences`] finds which brackets belong together, and those around something tall grow.
//! 3. A formula on lines of its own is written in [`pieces`], between which the layout may break it.

mod fences;
mod pieces;
mod table;
mod token;

use article::functions::takes_limits;
use article::letters::accent;
use article::model::math::{
    DisplayFormula, Fenced, Formula, FormulaPart, Fraction, Limits, Math, MathStyle, Multiscripts, Notation, Operator, Root, Scripts, Token, TokenKind,
    TokenText,
};
use article::speech;

use crate::writer::Writer;
use fences::{Fence, is_tall, pairs};
use table::is_system;

impl<'a> Writer<'a> {
    /// A formula in the line.
    pub(crate) fn formula(&mut self, formula: &'a Formula) {
        let told = speech::formula(formula, &self.edition.leaves, self.division.lang().unwrap_or(&self.edition.lang));
        self.enter(formula.span);
        self.word("formula");
        self.id(formula.id.as_ref());
        self.told(&told);
        let row = flat(&formula.body);
        self.code("[");
        match row.split_first() {
            // No line breaks after a relation that the formula begins with, as in “> 90 %”.
            Some((first, rest)) if !rest.is_empty() && self.is_relation(first) => {
                self.code("#math.class(\"normal\", [");
                self.math(first, None);
                self.code("])#h(0.22em)");
                self.row_in_line(rest);
            }
            Some(_) | None => self.row_in_line(&row),
        }
        self.code("]");
        self.close();
        self.leave();
    }

    /// A row in the line, with the places at which a long one may be broken.
    fn row_in_line(&mut self, row: &[&'a Math]) {
        let mut from = 0;
        for to in pieces::breaks_in_line(row, &self.edition.leaves) {
            self.math_row(row.get(from..to).unwrap_or_default());
            self.code("#formula-break()");
            from = to;
        }
        self.math_row(row.get(from..).unwrap_or_default());
    }

    /// A formula on a page of its own.
    pub(crate) fn drawn_formula(&mut self, formula: &'a Formula, display: bool) {
        self.enter(formula.span);
        self.code(if display { "#drawn(display: true)[" } else { "#drawn()[" });
        self.math_row(&flat(&formula.body));
        self.code("]\n");
        self.leave();
    }

    fn is_relation(&self, math: &Math) -> bool {
        matches!(math.core(), Math::Token(Token { kind: TokenKind::Operator(_), text, .. }) if token::is_relation(text.get(&self.edition.leaves).trim()))
    }

    /// A formula on lines of its own.
    pub(crate) fn display_formula(&mut self, formula: &'a DisplayFormula) {
        self.enter(formula.span);
        self.word("display-formula");
        self.id(formula.id.as_ref());
        self.list_field("parts", &formula.parts, Self::formula_part);
        self.text("label", &formula.label);
        self.close();
        self.leave();
    }

    fn formula_part(&mut self, part: &'a FormulaPart) {
        self.word("formula-part");
        match part {
            FormulaPart::Math(formula) => {
                self.id(formula.id.as_ref());
                let told = speech::formula(formula, &self.edition.leaves, self.division.lang().unwrap_or(&self.edition.lang));
                self.told(&told);
                self.display = true;
                self.formula_pieces(&formula.body);
                self.display = false;
            }
            FormulaPart::Text(text) => self.text("text", text),
            FormulaPart::Image(graphic) => {
                self.key("picture");
                self.graphic("picture", graphic, "");
                self.comma();
            }
        }
        self.close();
    }

    /// The pieces of a formula: rows of a system of equations, or what stands between its relations and operators.
    fn formula_pieces(&mut self, body: &'a [Math]) {
        let row = displayed(body);
        if let [Math::Table(table)] = row.as_slice()
            && is_system(table)
        {
            self.list_field("rows", &table.rows, Self::system_row);
            return;
        }
        self.formula_row_pieces(&row);
    }

    /// A row that may go on from another: a plus or minus that it begins with stands between two things all the same.
    fn continued_row(&mut self, row: &[&'a Math], continued: bool) {
        let first = row.iter().position(|math| !matches!(math, Math::Space(_))).unwrap_or(0);
        let is_binary = |math: &Math| matches!(math, Math::Token(Token { kind: TokenKind::Operator(_), text, .. }) if token::is_binary(text.get(&self.edition.leaves).trim()));
        match row.get(first).filter(|math| continued && is_binary(math)) {
            Some(math) => {
                self.math_row(&row[..first]);
                self.code("#math.class(\"binary\", [");
                self.math(math, None);
                self.code("])");
                self.math_row(&row[first + 1..]);
            }
            None => self.math_row(row),
        }
    }

    /// A row as a content block.
    fn math_block(&mut self, row: &'a [Math]) {
        self.code("[");
        self.math_row(&flat(row));
        self.code("]");
    }

    /// One thing as a content block.
    fn math_argument(&mut self, math: &'a Math) {
        self.math_block(std::slice::from_ref(math));
    }

    /// A row, its brackets paired.
    fn math_row(&mut self, row: &[&'a Math]) {
        let pairs = pairs(row, &self.edition.leaves);
        self.math_range(row, &pairs, 0, row.len());
    }

    fn math_range(&mut self, row: &[&'a Math], pairs: &[Fence], from: usize, to: usize) {
        let mut at = from;
        // A bracket that was never opened reaches back to the beginning of the row.
        let unopened =
            pairs.iter().filter(|fence| from == 0 && fence.open.is_none() && fence.grows).filter_map(|fence| fence.close).filter(|close| *close < to);
        if let Some(close) = unopened.max() {
            self.grown(row, pairs, None, close, to);
            at = close + 1;
        }
        while at < to {
            let grown = pairs.iter().find(|fence| fence.open == Some(at) && fence.close.is_none_or(|close| close < to)).copied();
            match grown {
                Some(fence) if fence.grows => {
                    let close = fence.close.unwrap_or(to);
                    self.grown(row, pairs, Some(at), close, to);
                    at = close + 1;
                }
                Some(_) | None => {
                    if let Some(math) = row.get(at) {
                        self.math(math, row.get(at + 1).copied());
                    }
                    at += 1;
                }
            }
        }
    }

    /// A pair of brackets that grow with what stands between them. What is attached to the closing one is attached to the whole. Where one is missing, something
    /// has to stand in its place: the engine takes the first and the last sign for the pair, whatever they are.
    fn grown(&mut self, row: &[&'a Math], pairs: &[Fence], open: Option<usize>, close: usize, to: usize) {
        let closing = row.get(close).filter(|_| close < to);
        let scripts = closing.and_then(|math| if let Math::Scripts(scripts) = math.core() { Some(scripts) } else { None });
        self.code(if scripts.is_some() { "#math.attach(math.lr([" } else { "#math.lr([" });
        match open.and_then(|open| row.get(open)) {
            Some(math) => self.math(math, None),
            None => self.code("#no-bracket()"),
        }
        self.math_middle(row, pairs, open.map_or(0, |open| open + 1), close.min(to));
        match (closing, scripts) {
            (Some(_), Some(scripts)) => {
                self.math(&scripts.base, None);
                self.code("])");
                self.code(", ");
                self.script("b", scripts.sub.as_ref());
                self.script("t", scripts.sup.as_ref());
                self.code(")");
            }
            (Some(math), None) => {
                self.math(math, None);
                self.code("])");
            }
            (None, _) => self.code("#no-bracket()])"),
        }
    }

    /// What stands between brackets that grow: a bar that has no partner grows with them.
    fn math_middle(&mut self, row: &[&'a Math], pairs: &[Fence], from: usize, to: usize) {
        let leaves = &self.edition.leaves;
        let is_bar = |at: usize| {
            row.get(at).is_some_and(|math| fences::is_bar(math, leaves)) && !pairs.iter().any(|fence| fence.open == Some(at) || fence.close == Some(at))
        };
        let mut start = from;
        for at in from..to {
            let nested =
                pairs.iter().any(|fence| fence.open.is_some_and(|open| from <= open && open < at) && fence.close.is_some_and(|close| at < close && close < to));
            if is_bar(at) && !nested && at > from && at + 1 < to {
                self.math_range(row, pairs, start, at);
                self.code("#math.mid([");
                if let Some(math) = row.get(at) {
                    self.math(math, None);
                }
                self.code("])");
                start = at + 1;
            }
        }
        self.math_range(row, pairs, start, to);
    }

    /// One thing; `next` is what follows it.
    fn math(&mut self, math: &'a Math, next: Option<&'a Math>) {
        match math {
            Math::Row(row) | Math::Error(row) => self.math_row(&flat(row)),
            Math::Token(token) => self.token(token, next),
            Math::Space(width) => self.space(width.0),
            Math::Fraction(fraction) => self.fraction(fraction),
            Math::Root(root) => self.root(root),
            Math::Scripts(scripts) => self.scripts(scripts),
            Math::Limits(limits) => self.limits(limits),
            Math::Multiscripts(scripts) => self.multiscripts(scripts),
            Math::Table(table) => self.math_table(table),
            Math::Fenced(fenced) => self.fenced(fenced),
            Math::Enclosed(notations, row) => self.enclosed(notations, row),
            Math::Phantom(row) => {
                self.code("#hide(");
                self.math_block(row);
                self.code(")");
            }
            Math::Padded(padding, row) => {
                self.space(padding.before.unwrap_or_default().0);
                self.math_row(&flat(row));
            }
            Math::Styled(style, row) => self.styled(*style, row),
        }
    }

    /// A gap of thousandths of an em.
    fn space(&mut self, width: i32) {
        if width != 0 {
            self.code(&format!("#h({}em)", f64::from(width) / 1000.0));
        }
    }

    fn fraction(&mut self, fraction: &'a Fraction) {
        let display = std::mem::replace(&mut self.display, false);
        if fraction.line {
            self.code(if fraction.slanted { "#math.frac(style: \"skewed\", " } else { "#math.frac(" });
            self.math_argument(&fraction.over);
            self.code(", ");
            self.math_argument(&fraction.under);
            self.code(")");
        } else {
            self.code("#math.mat(delim: none, row-gap: 0.2em, (");
            self.math_argument(&fraction.over);
            self.code(",), (");
            self.math_argument(&fraction.under);
            self.code(",))");
        }
        self.display = display;
    }

    fn root(&mut self, root: &'a Root) {
        match &root.index {
            Some(index) => {
                self.code("#math.root(");
                self.math_argument(index);
                self.code(", ");
            }
            None => self.code("#math.sqrt("),
        }
        self.math_argument(&root.body);
        self.code(")");
    }

    /// A named argument of `math.attach`, where there is something.
    fn script(&mut self, name: &'static str, script: Option<&'a Math>) {
        if let Some(script) = script.filter(|script| !flat(std::slice::from_ref(script)).is_empty()) {
            self.key(name);
            self.raised_argument(name == "t", script);
            self.comma();
        }
    }

    /// What is attached at a place, as a field of a record: `none` where there is nothing.
    fn either_script(&mut self, name: &'static str, script: Option<&'a Math>) {
        self.key(name);
        match script.filter(|script| !flat(std::slice::from_ref(script)).is_empty()) {
            Some(script) => self.raised_argument(name == "t", script),
            None => self.code("none"),
        }
        self.comma();
    }

    /// One thing beside another, above or below its line.
    fn raised_argument(&mut self, raised: bool, math: &'a Math) {
        let before = (std::mem::replace(&mut self.raised, raised), std::mem::replace(&mut self.display, false));
        self.math_argument(math);
        (self.raised, self.display) = before;
    }

    fn scripts(&mut self, scripts: &'a Scripts) {
        let operator = matches!(scripts.base.core(), Math::Token(Token { kind: TokenKind::Operator(_), .. }));
        // Without this what is attached would join what stands above or below the base.
        let beside = operator || self.has_limits(&scripts.base);
        self.code(if beside { "#math.attach(math.scripts(" } else { "#math.attach(" });
        self.math_argument(&scripts.base);
        self.code(if beside { "), " } else { ", " });
        self.script("b", scripts.sub.as_ref());
        self.script("t", scripts.sup.as_ref());
        self.code(")");
    }

    /// Whether something stands above or below a base that is no accent.
    fn has_limits(&self, base: &Math) -> bool {
        let Math::Limits(limits) = base.core() else { return false };
        limits.over.as_ref().is_some_and(|over| !self.is_accent(over, limits.accent, true, &limits.base))
            || limits.under.as_ref().is_some_and(|under| !self.is_accent(under, limits.accent_under, false, &limits.base))
    }

    fn limits(&mut self, limits: &'a Limits) {
        let over = limits.over.as_ref().filter(|over| !self.is_accent(over, limits.accent, true, &limits.base));
        let under = limits.under.as_ref().filter(|under| !self.is_accent(under, limits.accent_under, false, &limits.base));
        if over.is_none() && under.is_none() {
            self.accented(limits);
            return;
        }
        let movable = self.is_movable(&limits.base);
        self.code("#math.attach(math.limits(");
        if movable {
            self.code("inline: false, ");
        }
        self.code("[");
        if self.is_arrow(&limits.base) {
            self.code("#math.stretch([");
            self.accented(limits);
            self.code("])");
        } else {
            self.accented(limits);
        }
        self.code("]), ");
        self.script("b", under);
        self.script("t", over);
        self.code(")");
    }

    /// The base with the signs above and below it that are accents.
    fn accented(&mut self, limits: &'a Limits) {
        let over = limits.over.as_ref().filter(|over| self.is_accent(over, limits.accent, true, &limits.base));
        let under = limits.under.as_ref().filter(|under| self.is_accent(under, limits.accent_under, false, &limits.base));
        for sign in [over, under].into_iter().flatten() {
            if let Math::Token(token) = sign.core() {
                self.open_accent(&token.text);
            }
        }
        self.math_row(&flat(std::slice::from_ref(&limits.base)));
        for (sign, above) in [(under, false), (over, true)] {
            if let Some(Math::Token(token)) = sign.map(Math::core)
                && let Some(combining) = accent(token.text.get(&self.edition.leaves).trim(), above)
            {
                self.code("], ");
                self.string(&combining.to_string());
                self.code(")");
            }
        }
    }

    /// Whether a sign above or below a base is an accent.
    fn is_accent(&self, sign: &Math, said: Option<bool>, above: bool, base: &Math) -> bool {
        let Math::Token(Token { kind, text, .. }) = sign.core() else { return false };
        let said = said.or(if let TokenKind::Operator(operator) = kind { operator.accent } else { None });
        let text = text.get(&self.edition.leaves).trim();
        // Some publishers say of every bar that it is none (Hindawi); over a letter it is one all the same.
        let letter = matches!(base.core(), Math::Token(Token { kind: TokenKind::Identifier, .. }));
        (said != Some(false) || letter)
            && accent(text, above).is_some()
            && !self.is_big(base)
            && !(self.is_arrow(base) && text != "¯")
            && !matches!(kind, TokenKind::Number)
    }

    /// Whether limits at a base move to its side in a line.
    fn is_movable(&self, base: &Math) -> bool {
        let Math::Token(Token { kind: TokenKind::Operator(Operator { movable, .. }), text, .. }) = base.core() else {
            return matches!(base.core(), Math::Token(token) if takes_limits(token.text.get(&self.edition.leaves)));
        };
        let text = text.get(&self.edition.leaves).trim();
        movable.unwrap_or_else(|| takes_limits(text) || self.is_big(base))
    }

    fn is_big(&self, base: &Math) -> bool {
        matches!(base.core(), Math::Token(token) if token::is_big(token.text.get(&self.edition.leaves).trim()))
    }

    /// Whether a base is an arrow, which grows with what stands above it.
    fn is_arrow(&self, base: &Math) -> bool {
        matches!(base.core(), Math::Token(Token { kind: TokenKind::Operator(_), text, .. }) if matches!(text.get(&self.edition.leaves).trim().chars().next(), Some('←'..='↙' | '⇀'..='⇔' | '⟵'..='⟿')))
    }

    fn multiscripts(&mut self, scripts: &'a Multiscripts) {
        self.code("#math.attach(");
        self.math_argument(&scripts.base);
        self.code(", ");
        for (name, pairs, upper) in [("bl", &scripts.before, false), ("tl", &scripts.before, true), ("br", &scripts.after, false), ("tr", &scripts.after, true)]
        {
            if pairs.iter().any(|(sub, sup)| if upper { sup.is_some() } else { sub.is_some() }) {
                self.key(name);
                self.code("[");
                let before = (std::mem::replace(&mut self.raised, upper), std::mem::replace(&mut self.display, false));
                // Indices that stand above and below in turn keep their order: where one is missing, the other leaves its room.
                let in_turn = pairs.len() > 1;
                for (sub, sup) in pairs {
                    let (own, other) = if upper { (sup, sub) } else { (sub, sup) };
                    match (own, other) {
                        (Some(script), _) => self.math_row(&flat(std::slice::from_ref(script))),
                        (None, Some(other)) if in_turn => self.room_of(other),
                        (None, _) => {}
                    }
                }
                (self.raised, self.display) = before;
                self.code("], ");
            }
        }
        self.code(")");
    }

    /// As much room as something takes, and nothing to be seen.
    fn room_of(&mut self, math: &'a Math) {
        let before = std::mem::replace(&mut self.unseen, true);
        self.code("#hide([");
        self.math_row(&flat(std::slice::from_ref(math)));
        self.code("])");
        self.unseen = before;
    }

    fn fenced(&mut self, fenced: &'a Fenced) {
        let grows = fenced.items.iter().any(|item| is_tall(item, &self.edition.leaves));
        if grows {
            self.code("#math.lr([");
        }
        self.sign(&fenced.open, "opening");
        for (at, item) in fenced.items.iter().enumerate() {
            self.math_row(&flat(std::slice::from_ref(item)));
            if let Some(separator) = fenced.separator(at) {
                if separator == '|' && grows {
                    self.code("#math.mid([");
                    self.sign("|", "");
                    self.code("])");
                } else {
                    self.sign(&separator.to_string(), "");
                }
            }
        }
        self.sign(&fenced.close, "closing");
        if grows {
            self.code("])");
        }
    }

    /// A sign that an attribute names.
    fn sign(&mut self, sign: &str, class: &str) {
        let is_bar = matches!(sign, "|" | "‖" | "∣" | "∥");
        if is_bar && !class.is_empty() {
            self.code("#math.class(");
            self.string(class);
            self.code(", [");
        }
        for c in sign.chars() {
            self.code("#");
            self.call("s", &token::shown_as(c).to_string(), None);
        }
        if is_bar && !class.is_empty() {
            self.code("])");
        }
    }

    fn enclosed(&mut self, notations: &[Notation], row: &'a [Math]) {
        if notations.is_empty() {
            self.math_row(&flat(row));
            return;
        }
        self.code("#");
        self.word("enclosed");
        self.strings_field("notations", notations.iter().map(|notation| notation.name()));
        if self.display {
            self.flag("display", true);
        }
        self.math_block(row);
        self.close();
    }

    fn styled(&mut self, style: MathStyle, row: &'a [Math]) {
        let name = match (style.level, style.display) {
            (Some(1), _) => "script",
            (Some(2..), _) => "sscript",
            (Some(0) | None, Some(true)) => "display",
            (Some(0), Some(false) | None) | (None, Some(false)) => "inline",
            (None, None) => return self.math_row(&flat(row)),
        };
        self.code("#math.");
        self.code(name);
        self.code("(");
        self.math_block(row);
        self.code(")");
    }
}

/// A row on a line of its own: there a formula is set large without being told.
fn displayed(row: &[Math]) -> Vec<&Math> {
    let mut out = Vec::with_capacity(row.len());
    for math in flat(row) {
        if let Math::Styled(MathStyle { display: Some(true), level: None | Some(0) }, inner) = math {
            out.extend(displayed(inner));
        } else {
            out.push(math);
        }
    }
    out
}

/// A row without the rows in it.
fn flat(row: &[Math]) -> Vec<&Math> {
    let mut out = Vec::with_capacity(row.len());
    for math in row {
        match math {
            Math::Row(inner) => out.extend(flat(inner)),
            Math::Token(Token { text: TokenText::Generated(text), .. }) if text.is_empty() => {}
            Math::Token(_)
            | Math::Space(_)
            | Math::Fraction(_)
            | Math::Root(_)
            | Math::Scripts(_)
            | Math::Limits(_)
            | Math::Multiscripts(_)
            | Math::Table(_)
            | Math::Fenced(_)
            | Math::Enclosed(..)
            | Math::Phantom(_)
            | Math::Padded(..)
            | Math::Styled(..)
            | Math::Error(_) => out.push(math),
        }
    }
    out
}
