//! Tokens: what is a sign and what is a word, in which letters.

use article::functions::is_function;
use article::letters::plain;
use article::model::math::{Length, Math, Operator, Token, TokenKind, TokenText, Variant};

use crate::Piece;
use crate::writer::Writer;

/// Whether a sign is an operator that is larger on lines of its own, such as a sum.
pub(super) fn is_big(text: &str) -> bool {
    let mut signs = text.chars();
    matches!((signs.next(), signs.next()), (Some('∏'..='∑' | '∫'..='∳' | '⋀'..='⋃' | '⨀'..='⨜'), None))
}

/// Whether a sign is a relation.
pub(super) fn is_relation(text: &str) -> bool {
    let mut signs = text.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None | Some('\u{338}')) => matches!(
            sign,
            '=' | '<' | '>' | '≔'..='≕' | '≈' | '≃'..='≉' | '≠'..='≯' | '≲'..='⊋' | '∼' | '∝' | '∈'..='∍' | '→' | '←' | '↔' | '⇒' | '⇐' | '⇔' | '⟶' | '⟹' | '⟺' | '⩽' | '⩾' | '⊢'..='⊣' | '↦'
        ),
        _ => matches!(text, ":=" | "<=" | ">=" | "==" | "!=" | "=:" | "->" | "=>"),
    }
}

/// Whether a sign stands between two summands or factors, where a line may be broken.
pub(super) fn is_binary(text: &str) -> bool {
    matches!(text, "+" | "-" | "−" | "±" | "∓" | "×" | "⋅" | "∪" | "∩" | "⊕" | "⊗" | "∧" | "∨" | "⊎" | "⊔")
}

/// The sign that is shown for one that the keyboard has: a hyphen in an operator is a minus.
pub(super) fn shown_as(sign: char) -> char {
    match sign {
        '-' | '‐' | '‑' => '−',
        '*' => '∗',
        '\'' | '’' => '′',
        '\u{2329}' | '\u{3008}' => '⟨',
        '\u{232a}' | '\u{3009}' => '⟩',
        sign => sign,
    }
}

/// Whether a character steers the setting and is not to be seen: the invisible operators and the like.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A sign with the marks that combine with it, and where in the text it begins.
fn clusters(text: &str) -> Vec<(usize, &str)> {
    let mut out: Vec<(usize, &str)> = Vec::new();
    let combines = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20f0}' | '\u{fe00}'..='\u{fe0f}' | '\u{1ab0}'..='\u{1aff}');
    for (at, c) in text.char_indices() {
        match out.last_mut() {
            Some((start, cluster)) if combines(c) => *cluster = &text[*start..at + c.len_utf8()],
            Some(_) | None => out.push((at, &text[at..at + c.len_utf8()])),
        }
    }
    out
}

impl<'a> Writer<'a> {
    /// A call that shows a text, with the piece of the leaf that it is.
    fn at(&mut self, word: &'static str, shown: &str, text: &TokenText, offset: usize) {
        let piece = match text {
            TokenText::Leaf(leaf) => Some(Piece { leaf: *leaf, offset: u32::try_from(offset).unwrap_or(u32::MAX), stands_for: None }),
            TokenText::Generated(_) => None,
        };
        self.code("#");
        if self.lacks(shown, piece) {
            self.code("{ ");
            self.shown(shown, piece);
            self.code(" }");
        } else {
            self.call(word, shown, piece);
        }
    }

    /// Begins a call of `acc`, which shows a sign above or below what follows.
    pub(super) fn open_accent(&mut self, text: &TokenText) {
        let piece = match text {
            TokenText::Leaf(leaf) => Some(Piece { leaf: *leaf, offset: 0, stands_for: None }),
            TokenText::Generated(_) => None,
        };
        self.code("#acc([");
        self.showing(piece);
    }

    pub(super) fn token(&mut self, token: &'a Token, next: Option<&'a Math>) {
        let edition = self.edition;
        let text = token.text.get(&edition.leaves);
        let visible = text.chars().filter(|c| !is_invisible(*c)).count();
        if visible == 0 {
            // A blank that is the whole of a text is a gap.
            if token.kind == TokenKind::Text && !text.is_empty() {
                self.code("#h(0.28em)");
            }
            return;
        }
        match token.kind {
            TokenKind::Identifier => self.identifier(token, text, next),
            TokenKind::Number => self.digits(token, text),
            TokenKind::Operator(operator) => self.operator(token, operator, text),
            TokenKind::Text => self.words_of_token(token, text),
        }
    }

    /// Signs of a token one by one. Each keeps its place, whatever letters it is set in.
    fn signs(&mut self, token: &'a Token, text: &str) {
        for (at, cluster) in clusters(text) {
            if cluster.chars().all(is_invisible) {
                continue;
            }
            let shown: String =
                if matches!(token.kind, TokenKind::Operator(_) | TokenKind::Number) { cluster.chars().map(shown_as).collect() } else { cluster.to_owned() };
            self.at("s", &shown, &token.text, at);
        }
    }

    /// The variant of a token, which is closed with as many brackets as this returns.
    fn open_variant(&mut self, variant: Option<Variant>, upright: bool) -> usize {
        let names: &[&str] = match variant {
            None if upright => &["upright"],
            None => &[],
            Some(Variant::Normal) => &["upright"],
            Some(Variant::Bold) => &["upright", "bold"],
            Some(Variant::Italic) => &["italic"],
            Some(Variant::BoldItalic) => &["italic", "bold"],
            Some(Variant::DoubleStruck) => &["bb"],
            Some(Variant::BoldFraktur) => &["frak", "bold"],
            Some(Variant::Script) => &["cal"],
            Some(Variant::BoldScript) => &["cal", "bold"],
            Some(Variant::Fraktur) => &["frak"],
            Some(Variant::SansSerif) => &["sans", "upright"],
            Some(Variant::BoldSansSerif) => &["sans", "upright", "bold"],
            Some(Variant::SansSerifItalic) => &["sans", "italic"],
            Some(Variant::SansSerifBoldItalic) => &["sans", "italic", "bold"],
            Some(Variant::Monospace) => &["mono"],
        };
        for (at, name) in names.iter().enumerate() {
            self.code(if at == 0 { "#math." } else { "math." });
            self.code(name);
            self.code("(");
        }
        if !names.is_empty() {
            self.code("[");
        }
        names.len()
    }

    fn close_variant(&mut self, depth: usize) {
        if depth > 0 {
            self.code("]");
            self.code(&")".repeat(depth));
        }
    }

    fn identifier(&mut self, token: &'a Token, text: &str, next: Option<&'a Math>) {
        let all = clusters(text);
        if let [(_, cluster)] = all.as_slice() {
            // MathML sets Greek capitals in italics, the engine does not; what is no letter takes no room of its own here.
            let greek = token.variant.is_none() && matches!(cluster.chars().next(), Some('Α'..='Ω'));
            let letter = cluster.chars().next().is_some_and(char::is_alphabetic);
            let depth = self.open_variant(if greek { Some(Variant::Italic) } else { token.variant }, false);
            if !letter {
                self.code("#math.class(\"normal\", [");
            }
            self.signs(token, text);
            if !letter {
                self.code("])");
            }
            self.close_variant(depth);
            return;
        }
        let applied = matches!(next, Some(Math::Token(Token { text, .. })) if text.get(&self.edition.leaves) == "\u{2061}");
        let function = applied || is_function(text);
        if function {
            self.code("#math.op([");
        }
        self.word_of_letters(token, text);
        if function {
            self.code("])");
        }
    }

    /// Several letters that are one name: upright, unless a variant says otherwise.
    fn word_of_letters(&mut self, token: &'a Token, text: &str) {
        match token.variant {
            None | Some(Variant::Normal) if text.chars().all(|c| !c.is_ascii_digit() && plain(c) == Some(c)) => self.at("t", text, &token.text, 0),
            variant => {
                let depth = self.open_variant(variant, true);
                self.signs(token, text);
                self.close_variant(depth);
            }
        }
    }

    fn digits(&mut self, token: &'a Token, text: &str) {
        let depth = self.open_variant(token.variant, false);
        let only_signs = depth > 0 || text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '−' | '‐')) || text.chars().count() == 1;
        if only_signs {
            self.signs(token, text);
        } else {
            self.at("t", text, &token.text, 0);
        }
        self.close_variant(depth);
    }

    fn operator(&mut self, token: &'a Token, operator: Operator, text: &str) {
        let all = clusters(text);
        let words = text.chars().any(char::is_alphabetic) && all.len() > 1;
        if words {
            self.code("#math.op(limits: true, [");
            self.word_of_letters(token, text);
            self.code("])");
            return;
        }
        // A prime of its own stands as high as a superscript, and one in a superscript no higher.
        if !self.raised && text.chars().all(|c| matches!(c, '′' | '\'' | '’' | '″' | '‴')) && operator.form.is_none() {
            self.code("#math.attach([], t: [");
            self.signs(token, text);
            self.code("])");
            return;
        }
        let no_room = operator.before == Some(Length(0)) && operator.after == Some(Length(0));
        let class = match super::fences::role(text) {
            super::fences::Role::None if no_room && !is_big(text) => Some("normal"),
            super::fences::Role::None if all.len() > 1 => Some(if is_relation(text) { "relation" } else { "normal" }),
            super::fences::Role::Bar => match operator.form {
                Some(article::model::math::Form::Prefix) => Some("opening"),
                Some(article::model::math::Form::Postfix) => Some("closing"),
                Some(article::model::math::Form::Infix) | None => None,
            },
            super::fences::Role::Open | super::fences::Role::Close | super::fences::Role::None => None,
        };
        let letter = all.len() == 1 && text.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        let depth = self.open_variant(token.variant, letter);
        if let Some(class) = class {
            self.code("#math.class(");
            self.string(class);
            self.code(", [");
        }
        self.signs(token, text);
        if class.is_some() {
            self.code("])");
        }
        self.close_variant(depth);
    }

    fn words_of_token(&mut self, token: &'a Token, text: &str) {
        let depth = self.open_variant(token.variant.filter(|variant| !matches!(variant, Variant::Normal)), false);
        if depth > 0 {
            self.signs_and_gaps(token, text);
        } else {
            if text.chars().all(|c| c.is_ascii_digit() || c == '.') {
                // The engine counts no places in what it takes for a number.
                return self.signs(token, text);
            }
            self.code("#");
            self.word("words");
            self.code("[");
            self.at("t", text, &token.text, 0);
            self.code("]");
            self.close();
        }
        self.close_variant(depth);
    }

    /// The signs of a text whose letters are of a variant, with its blanks.
    fn signs_and_gaps(&mut self, token: &'a Token, text: &str) {
        for (at, cluster) in clusters(text) {
            if cluster.chars().all(char::is_whitespace) {
                self.code("#h(0.25em)");
            } else if !cluster.chars().all(is_invisible) {
                self.at("s", cluster, &token.text, at);
            }
        }
    }
}
