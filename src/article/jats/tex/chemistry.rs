//! Chemistry in TeX: `\ce{…}` and `\pu{…}` of the package mhchem, said in commands of maths.
//!
//! 1. [`said`] finds the commands; [`reaction`] reads what `\ce` takes.
//! 2. A piece of a formula is an [`Atom`] with its scripts: a number right behind it stands below it, a sign behind it is its charge.
//! 3. What has a blank before it is an amount, an operator or an arrow.
//!
//! Source: the manual of mhchem 4.08 (CTAN), sections 3 and 4.

use super::prepare::{command, group_end};
use super::units::quantity;

/// How deep commands may stand in each other.
const MAX_DEPTH: usize = 6;

/// The arrows of a reaction, the longest first, and the commands for them.
const ARROWS: [(&str, &str); 11] = [
    ("<=>>", "\\underset{\\leftharpoondown}{\\longrightarrow}"),
    ("<<=>", "\\overset{\\rightharpoonup}{\\longleftarrow}"),
    ("<-->", "\\rightleftarrows"),
    ("<=>", "\\rightleftharpoons"),
    ("<->", "\\longleftrightarrow"),
    ("->", "\\longrightarrow"),
    ("<-", "\\longleftarrow"),
    ("→", "\\longrightarrow"),
    ("←", "\\longleftarrow"),
    ("⇌", "\\rightleftharpoons"),
    ("↔", "\\longleftrightarrow"),
];

/// Bonds are no operators: nothing keeps them apart from what they bind.
const SINGLE: &str = "\\text{–}";
const DOUBLE: &str = "\\text{=}";
const TRIPLE: &str = "\\text{≡}";

/// The bonds of `\bond{…}`. A broken line is a wave here, which every font of maths has.
const BONDS: [(&str, &str); 15] = [
    ("-", SINGLE),
    ("1", SINGLE),
    ("=", DOUBLE),
    ("2", DOUBLE),
    ("#", TRIPLE),
    ("3", TRIPLE),
    ("~", "\\text{∼}"),
    ("~-", "\\text{≃}"),
    ("~=", "\\text{≅}"),
    ("~--", "\\text{≅}"),
    ("-~-", "\\text{≅}"),
    ("...", "\\cdots "),
    ("....", "\\cdots "),
    ("->", "\\rightarrow "),
    ("<-", "\\leftarrow "),
];

/// The source with its chemistry said in commands of maths. A command whose group does not end stays, and the parser names it.
pub(super) fn said(source: &str) -> String {
    let mut done = String::new();
    let mut rest = source;
    loop {
        let next = ["ce", "cee", "pu"].into_iter().filter_map(|name| command(rest, name).map(|(before, after)| (name, before, after)));
        let Some((name, before, after)) = next.min_by_key(|(_, before, _)| before.len()) else { break };
        let taken = after.trim_start();
        let Some(end) = group_end(taken).filter(|_| taken.starts_with('{')) else { break };
        let inside = &taken[1..end - 1];
        done.push_str(before);
        done.push('{');
        done.push_str(&if name == "pu" { quantity(inside) } else { reaction(inside, 1) });
        done.push('}');
        rest = &taken[end..];
    }
    done + rest
}

/// What `\ce` takes.
fn reaction(inside: &str, depth: usize) -> String {
    let mut reader = Reaction { rest: inside, depth, out: String::new(), atom: None, blank: true };
    while let Some(next) = reader.rest.chars().next() {
        reader.piece(next);
    }
    reader.flush();
    reader.out
}

/// A piece of a formula that can have scripts.
struct Atom {
    body: String,
    below: Option<String>,
    above: Option<String>,
}

struct Reaction<'s> {
    rest: &'s str,
    depth: usize,
    out: String,
    /// The piece that may still get scripts.
    atom: Option<Atom>,
    /// Whether nothing stands right before: a blank, an operator, an opening bracket.
    blank: bool,
}

impl<'s> Reaction<'s> {
    fn piece(&mut self, next: char) {
        if let Some((sign, arrow)) = ARROWS.iter().find(|(sign, _)| self.rest.starts_with(sign)) {
            return self.arrow(sign, arrow);
        }
        match next {
            ' ' | '\t' | '\n' | '~' => {
                self.skip(1);
                self.flush();
                self.blank = true;
            }
            '\\' => self.command(),
            '{' => {
                let group = self.group();
                self.begin(text(&group));
            }
            '$' => {
                let inside = self.rest[1..].split('$').next().unwrap_or_default().to_owned();
                self.skip((inside.len() + 2).min(self.rest.len()));
                self.begin(format!("{{{inside}}}"));
            }
            '^' if self.stands_alone() => self.sign(1, "\\,\\text{↑}"),
            'v' if self.stands_alone() => self.sign(1, "\\,\\text{↓}"),
            '^' | '_' => self.script(next == '^'),
            '0'..='9' => self.number(),
            '+' if self.blank && self.followed_by_blank(1) => self.sign(1, "+"),
            '+' => self.charge(),
            '-' | '−' | '–' => self.dash(next),
            '=' if self.blank && self.followed_by_blank(1) => self.sign(1, "="),
            '=' => self.sign(1, DOUBLE),
            '#' => self.sign(1, TRIPLE),
            '.' | '*' | '·' | '•' => self.sign(next.len_utf8(), "\\cdot "),
            '(' | '[' => {
                self.flush();
                self.out.push(next);
                self.skip(1);
                self.blank = true;
            }
            ')' | ']' => {
                self.skip(1);
                self.begin(next.to_string());
            }
            letter if letter.is_alphabetic() => self.letters(letter),
            other => {
                self.skip(other.len_utf8());
                self.flush();
                self.out.push(other);
                self.blank = matches!(other, ',' | '/' | '&' | '|');
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Writes the piece before with its scripts.
    fn flush(&mut self) {
        let Some(Atom { body, below, above }) = self.atom.take() else { return };
        self.out.push_str(&body);
        for (sign, script) in [('_', below), ('^', above)] {
            if let Some(script) = script {
                self.out.push(sign);
                self.out.push('{');
                self.out.push_str(&script);
                self.out.push('}');
            }
        }
    }

    /// Begins a piece, which takes the scripts that stand before it.
    fn begin(&mut self, body: String) {
        self.flush();
        self.atom = Some(Atom { body, below: None, above: None });
        self.blank = false;
    }

    /// An operator or a bond.
    fn sign(&mut self, bytes: usize, command: &str) {
        self.flush();
        self.skip(bytes);
        self.out.push_str(command);
        self.blank = true;
    }

    fn followed_by_blank(&self, bytes: usize) -> bool {
        self.rest.get(bytes..).is_none_or(|after| after.is_empty() || after.starts_with([' ', '\n', '\t']))
    }

    /// Whether a sign has blanks on both sides.
    fn stands_alone(&self) -> bool {
        self.blank && self.followed_by_blank(1) && !self.out.is_empty()
    }

    fn arrow(&mut self, sign: &str, arrow: &str) {
        self.flush();
        self.skip(sign.len());
        let above = self.option();
        let below = self.option();
        let mut set = arrow.to_owned();
        for (command, label) in [("\\underset", below), ("\\overset", above)] {
            if let Some(label) = label.filter(|label| !label.is_empty()) {
                set = format!("{command}{{{}}}{{{set}}}", reaction(&label, self.depth + 1));
            }
        }
        self.out.push_str(&format!("{{{set}}}"));
        self.blank = true;
    }

    /// What stands in square brackets, brackets and groups in it counted.
    fn option(&mut self) -> Option<String> {
        if !self.rest.starts_with('[') || self.depth >= MAX_DEPTH {
            return None;
        }
        let (mut depth, mut end) = (0_usize, None);
        for (at, c) in self.rest.char_indices() {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        end = Some(at);
                        break;
                    }
                }
                _ => {}
            }
        }
        let end = end?;
        let inside = self.rest[1..end].to_owned();
        self.skip(end + 1);
        Some(inside)
    }

    /// What stands in the group that follows, without its braces.
    fn group(&mut self) -> String {
        let end = group_end(self.rest).unwrap_or(self.rest.len());
        let inside = &self.rest[..end];
        let inside = inside.strip_prefix('{').unwrap_or(inside);
        let inside = inside.strip_suffix('}').unwrap_or(inside).to_owned();
        self.skip(end);
        inside
    }

    fn command(&mut self) {
        let letters = self.rest[1..].chars().take_while(char::is_ascii_alphabetic).count();
        let length = 1 + if letters == 0 { self.rest[1..].chars().next().map_or(0, char::len_utf8) } else { letters };
        let name = self.rest[..length].to_owned();
        self.skip(length);
        match name.as_str() {
            "\\bond" => {
                let kind = self.group();
                let sign = BONDS.iter().find(|(name, _)| *name == kind.trim()).map_or(SINGLE, |(_, sign)| sign);
                self.sign(0, sign);
            }
            "\\ce" if self.rest.trim_start().starts_with('{') && self.depth < MAX_DEPTH => {
                self.rest = self.rest.trim_start();
                let inside = self.group();
                let inside = reaction(&inside, self.depth + 1);
                self.begin(format!("{{{inside}}}"));
            }
            _ if letters == 0 => {
                self.flush();
                self.out.push_str(&name);
                self.blank = name == "\\," || name == "\\;" || name == "\\ " || name == "\\\\";
            }
            _ => {
                let mut whole = name.clone();
                while self.rest.starts_with('{') {
                    whole = format!("{whole}{{{}}}", self.group());
                }
                self.begin(if whole == name { format!("\\mathrm{{{name} }}") } else { whole });
            }
        }
    }

    /// A script behind a piece, or before the next one where nothing stands before it.
    fn script(&mut self, above: bool) {
        self.skip(1);
        let script = if self.rest.starts_with('{') { script(&self.group(), self.depth) } else { script(self.short_script(), self.depth) };
        let taken = |atom: &Atom| if above { atom.above.is_some() } else { atom.below.is_some() };
        if self.blank || self.atom.as_ref().is_none_or(taken) {
            // Scripts of isotopes wait for their element; further ones stand by themselves.
            let waits = self.blank && self.atom.as_ref().is_some_and(|atom| atom.body == "{}" && !taken(atom));
            if !waits {
                self.flush();
                self.atom = Some(Atom { body: "{}".to_owned(), below: None, above: None });
            }
        }
        if let Some(atom) = &mut self.atom {
            *(if above { &mut atom.above } else { &mut atom.below }) = Some(script);
        }
    }

    /// A script without braces: digits with a sign, a letter with a sign, or a sign.
    fn short_script(&mut self) -> &'s str {
        let text = self.rest;
        let mut end = 0;
        let first = text.chars().next();
        if let Some(maths) = text.strip_prefix('$') {
            end = maths.find('$').map_or(text.len(), |at| at + 2);
        } else if first.is_some_and(|c| c.is_ascii_digit()) {
            end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        } else if first.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | '*' | '•')) {
            end = first.map_or(0, char::len_utf8);
        }
        let signs = text[end..].chars().take_while(|c| matches!(c, '+' | '-' | '−')).map(char::len_utf8).sum::<usize>();
        // A dash before a letter is a bond of what follows.
        let bond = text[end..].starts_with('-') && text[end + signs..].starts_with(char::is_alphabetic) && end > 0 && signs == 1;
        if !bond {
            end += signs;
        }
        self.rest = &text[end..];
        &text[..end]
    }

    /// Digits: below the piece before them, else an amount.
    fn number(&mut self) {
        let end = self.rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '/') && !self.atom_takes_number())).unwrap_or(self.rest.len());
        let digits = self.rest[..end].trim_end_matches(['.', ',', '/']).to_owned();
        self.skip(digits.len());
        if self.atom_takes_number()
            && let Some(atom) = &mut self.atom
        {
            atom.below = Some(digits);
            return;
        }
        self.flush();
        match digits.split_once('/') {
            Some((over, under)) => self.out.push_str(&format!("\\frac{{{over}}}{{{under}}}")),
            None => self.out.push_str(&format!("{{{digits}}}")),
        }
        if !self.rest.starts_with([')', ']', ',', '-', '+']) {
            self.out.push_str("\\,");
        }
        self.rest = self.rest.trim_start_matches(' ');
        self.blank = true;
    }

    fn atom_takes_number(&self) -> bool {
        !self.blank && self.atom.as_ref().is_some_and(|atom| atom.below.is_none())
    }

    /// A plus or a minus right behind a piece.
    fn charge(&mut self) {
        let signs = self.rest.chars().take_while(|c| matches!(c, '+' | '-' | '−' | '–')).count();
        let bytes = self.rest.chars().take(signs).map(char::len_utf8).sum();
        let sign: String = self.rest[..bytes].chars().map(|c| if c == '+' { '+' } else { '-' }).collect();
        match &mut self.atom {
            Some(atom) if !self.blank && atom.above.is_none() => {
                self.rest = &self.rest[bytes..];
                atom.above = Some(sign);
            }
            Some(_) | None => self.sign(bytes, &sign),
        }
    }

    /// A dash: a charge at the end of a piece, a bond within one, a minus between blanks.
    fn dash(&mut self, dash: char) {
        let after = self.rest.get(dash.len_utf8()..).unwrap_or_default();
        let ends = after.is_empty() || after.starts_with([' ', ')', ']', ',', '-', '+', '_', '\n']);
        if self.blank && self.followed_by_blank(dash.len_utf8()) {
            self.sign(dash.len_utf8(), "-");
        } else if self.blank || !ends {
            self.sign(dash.len_utf8(), SINGLE);
        } else {
            self.charge();
        }
    }

    /// An element: a capital with the small letters behind it. A small letter by itself before a formula is an amount.
    fn letters(&mut self, first: char) {
        let small = self.rest.find(|c: char| !c.is_lowercase()).unwrap_or(self.rest.len());
        if first.is_lowercase() {
            let word = self.rest[..small].to_owned();
            self.skip(small);
            let amount =
                word.chars().count() == 1 && self.blank && self.rest.trim_start_matches(' ').starts_with(|c: char| c.is_uppercase() || c == '(' || c == '[');
            if amount && (self.rest.starts_with(' ') || matches!(first, 'k' | 'm' | 'n' | 'x' | 'y' | 'z')) {
                self.flush();
                self.out.push_str(&format!("{word}\\,"));
                self.rest = self.rest.trim_start_matches(' ');
                self.blank = true;
            } else {
                self.begin(format!("\\mathrm{{{word}}}"));
            }
            return;
        }
        let end = first.len_utf8() + self.rest[first.len_utf8()..].find(|c: char| !c.is_lowercase()).unwrap_or(self.rest.len() - first.len_utf8());
        let element = self.rest[..end].to_owned();
        self.skip(end);
        self.begin(format!("\\mathrm{{{element}}}"));
    }
}

/// What stands in a script: signs as they are, a letter by itself slanted, words upright, a point for a radical.
fn script(inside: &str, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = inside;
    while let Some(next) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let mut taken = next.len_utf8();
        match next {
            '$' => {
                let maths = rest[1..].split('$').next().unwrap_or_default();
                out.push_str(maths);
                taken = (maths.len() + 2).min(rest.len());
            }
            '\\' => {
                let letters = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1);
                taken = letters.max(1 + rest[1..].chars().next().map_or(0, char::len_utf8));
                let after = &rest[taken..];
                if &rest[..taken] == "\\ce" && after.starts_with('{') && depth < MAX_DEPTH {
                    let end = group_end(after).unwrap_or(after.len());
                    out.push_str(&reaction(after[1..end].trim_end_matches('}'), depth + 1));
                    taken += end;
                } else {
                    out.push_str(&rest[..taken]);
                }
            }
            '.' | '•' => out.push_str("\\bullet "),
            '−' | '–' => out.push('-'),
            letter if letter.is_alphabetic() => {
                let word = &rest[..word];
                taken = word.len();
                if word.chars().count() == 1 && letter.is_lowercase() { out.push_str(word) } else { out.push_str(&format!("\\mathrm{{{word}}}")) }
            }
            other => out.push(other),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Text in braces, which is set as it stands; maths in it stays maths.
fn text(inside: &str) -> String {
    let mut out = String::new();
    for (at, part) in inside.split('$').enumerate() {
        if part.is_empty() {
            continue;
        }
        out.push_str(&if at % 2 == 0 { format!("\\text{{{part}}}") } else { format!("{{{part}}}") });
    }
    format!("{{{out}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_numbers_below_and_charges_above() {
        for (written, wanted) in [
            ("H2O", "\\mathrm{H}_{2}\\mathrm{O}"),
            ("Sb2O3", "\\mathrm{Sb}_{2}\\mathrm{O}_{3}"),
            ("H+", "\\mathrm{H}^{+}"),
            ("CrO4^2-", "\\mathrm{Cr}\\mathrm{O}_{4}^{2-}"),
            ("[AgCl2]-", "[\\mathrm{Ag}\\mathrm{Cl}_{2}]^{-}"),
            ("Y^99+", "\\mathrm{Y}^{99+}"),
            ("Y^{99+}", "\\mathrm{Y}^{99+}"),
            ("Fe^{II}Fe^{III}2O4", "\\mathrm{Fe}^{\\mathrm{II}}\\mathrm{Fe}_{2}^{\\mathrm{III}}\\mathrm{O}_{4}"),
            ("OCO^{.-}", "\\mathrm{O}\\mathrm{C}\\mathrm{O}^{\\bullet -}"),
            ("NO_x", "\\mathrm{N}\\mathrm{O}_{x}"),
        ] {
            assert_eq!(reaction(written, 1), wanted, "{written}");
        }
    }

    #[test]
    fn what_has_a_blank_before_it_is_an_amount_or_an_operator() {
        for (written, wanted) in [
            ("2 H2O", "{2}\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("2H2O", "{2}\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("0.5 H2O", "{0.5}\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("1/2 H2O", "\\frac{1}{2}\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("n H2O", "n\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("A + B", "\\mathrm{A}+\\mathrm{B}"),
            ("KCr(SO4)2*12H2O", "\\mathrm{K}\\mathrm{Cr}(\\mathrm{S}\\mathrm{O}_{4})_{2}\\cdot {12}\\,\\mathrm{H}_{2}\\mathrm{O}"),
            ("H2(aq)", "\\mathrm{H}_{2}(\\mathrm{aq})"),
            ("Ba^2+ v", "\\mathrm{Ba}^{2+}\\,\\text{↓}"),
            ("H2 ^", "\\mathrm{H}_{2}\\,\\text{↑}"),
        ] {
            assert_eq!(reaction(written, 1), wanted, "{written}");
        }
    }

    #[test]
    fn isotopes_arrows_and_bonds() {
        for (written, wanted) in [
            ("^{227}_{90}Th+", "{}_{90}^{227}\\mathrm{Th}^{+}"),
            ("^227_90Th+", "{}_{90}^{227}\\mathrm{Th}^{+}"),
            ("A -> B", "\\mathrm{A}{\\longrightarrow}\\mathrm{B}"),
            ("A ->[H2O] B", "\\mathrm{A}{\\overset{\\mathrm{H}_{2}\\mathrm{O}}{\\longrightarrow}}\\mathrm{B}"),
            ("A <=>[{above}][$x$] B", "\\mathrm{A}{\\overset{{\\text{above}}}{\\underset{{x}}{\\rightleftharpoons}}}\\mathrm{B}"),
            ("C6H5-CHO", "\\mathrm{C}_{6}\\mathrm{H}_{5}\\text{–}\\mathrm{C}\\mathrm{H}\\mathrm{O}"),
            ("A-B=C#D", "\\mathrm{A}\\text{–}\\mathrm{B}\\text{=}\\mathrm{C}\\text{≡}\\mathrm{D}"),
            ("A\\bond{#}B", "\\mathrm{A}\\text{≡}\\mathrm{B}"),
        ] {
            assert_eq!(reaction(written, 1), wanted, "{written}");
        }
    }

    #[test]
    fn chemistry_stands_in_maths() {
        assert_eq!(said("x=\\ce{H2}+1"), "x={\\mathrm{H}_{2}}+1");
        assert_eq!(said("\\ce{H2"), "\\ce{H2");
        assert_eq!(said("\\cellcolor"), "\\cellcolor");
        assert!(said(&"\\ce{".repeat(9000)).len() <= 4 * 9000);
        let nested = format!("{}x{}", "\\ce{".repeat(3000), "}".repeat(3000));
        assert!(said(&nested).len() < 100_000);
    }

    #[test]
    fn nothing_panics() {
        for written in [
            "^",
            "_",
            "{",
            "}",
            "\\",
            "$",
            "->[",
            "->[{",
            "^{",
            "_\\",
            "é2",
            "H\u{301}2",
            "^é+",
            "−−",
            "1/",
            "\\bond",
            "\\bond{",
            "\\ce{\\ce{é",
            "(",
            "1.2.3/4/5H",
            "^$",
            "_$é",
        ] {
            let _ = (reaction(written, 1), script(written, 1), quantity(written), text(written));
        }
    }
}
