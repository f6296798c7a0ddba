//! TeX before it is parsed.
//!
//! 1. [`body`] finds the formula: without the document around it, and without the signs that begin and end maths.
//! 2. [`prepared`] says what the parser does not know in other words.

use std::borrow::Cow;

use super::spec::{in_lines, plain_columns, unstacked, with_limits_of_something, with_roots};

/// What is set of a `tex-math`: the formula itself.
pub(crate) fn body(tex: &str) -> &str {
    let within = tex.split_once("\\begin{document}").map_or(tex, |(_, rest)| rest.split_once("\\end{document}").map_or(rest, |(body, _)| body));
    // OUP and PeerJ close a group that their preamble has left open.
    let mut body = within.trim().trim_start_matches("}{}").trim_start();
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")] {
        if let Some(inner) = body.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            body = inner.trim();
            break;
        }
    }
    body
}

/// Whether a command stands in the source, and not only as the beginning of a longer one.
pub(super) fn has_command(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| !source[at + name.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Commands that the parser does not know, in those that it does. What only steers the setting goes.
const REPLACED: [(&str, &str); 53] = [
    ("mbox", "\\text"),
    ("hbox", "\\text"),
    ("textnormal", "\\text"),
    ("textsc", "\\text"),
    ("textup", "\\text"),
    ("textmd", "\\text"),
    ("intertext", "\\text"),
    ("bm", "\\boldsymbol"),
    ("varvec", "\\boldsymbol"),
    ("textsuperscript", "^"),
    ("textsubscript", "_"),
    ("mod", "\\quad\\mathrm{mod}\\;"),
    ("mathscr", "\\mathcal"),
    ("mathds", "\\mathbb"),
    ("mathbbm", "\\mathbb"),
    ("varmathbb", "\\mathbb"),
    ("AA", "\\text{Å}"),
    ("textdegree", "°"),
    ("degree", "°"),
    ("micro", "\\mathrm{\\mu}"),
    ("ohm", "Ω"),
    ("sp", "^"),
    ("sb", "_"),
    ("cr", "\\\\"),
    ("llbracket", "⟦"),
    ("rrbracket", "⟧"),
    ("textgreater", ">"),
    ("textless", "<"),
    ("hfill", "\\quad"),
    ("hfil", "\\quad"),
    ("nonumber", ""),
    ("notag", ""),
    ("ensuremath", ""),
    ("boldmath", ""),
    ("boxed", ""),
    ("smash", ""),
    ("rlap", ""),
    ("llap", ""),
    ("lefteqn", ""),
    ("null", ""),
    ("protect", ""),
    ("small", ""),
    ("scriptsize", ""),
    ("footnotesize", ""),
    ("tiny", ""),
    ("large", ""),
    ("Large", ""),
    ("normalsize", ""),
    ("centering", ""),
    ("noindent", ""),
    ("hspace*", "\\hspace"),
    ("displaylimits", ""),
    ("strut", ""),
];

/// Commands that begin like `\left` and `\right`, as signs: the parser takes them for the brackets that it looks for.
const LIKE_BRACKETS: [(&str, &str); 19] = [
    ("leftarrow", "←"),
    ("rightarrow", "→"),
    ("leftrightarrow", "↔"),
    ("leftarrowtail", "↢"),
    ("rightarrowtail", "↣"),
    ("leftharpoonup", "↼"),
    ("leftharpoondown", "↽"),
    ("rightharpoonup", "⇀"),
    ("rightharpoondown", "⇁"),
    ("leftrightharpoons", "⇋"),
    ("rightleftharpoons", "⇌"),
    ("leftleftarrows", "⇇"),
    ("rightrightarrows", "⇉"),
    ("leftrightarrows", "⇆"),
    ("rightleftarrows", "⇄"),
    ("rightsquigarrow", "⇝"),
    ("leftrightsquigarrow", "↭"),
    ("leftthreetimes", "⋋"),
    ("rightthreetimes", "⋌"),
];

/// Commands that go with what they take: nothing of it is to be seen.
const DROPPED: [&str; 5] = ["label", "phantom", "vphantom", "hphantom", "ref"];

/// The source with what the parser does not know said in other words.
pub(super) fn prepared(body: &str) -> String {
    let mut source = super::chemistry::said(body.trim().trim_end_matches("\\\\"));
    source = unstacked(&plain_columns(&without_positions(&source)));
    for name in ["eqnarray*", "eqnarray"] {
        source = source.replace(&format!("\\begin{{{name}}}"), "\\begin{darray}{rcllllll}").replace(&format!("\\end{{{name}}}"), "\\end{darray}");
    }
    for name in DROPPED {
        while let Some((before, rest)) = command(&source, name) {
            let after = rest.trim_start();
            let end = if after.starts_with('{') { group_end(after).unwrap_or(after.len()) } else { after.chars().next().map_or(0, char::len_utf8) };
            source = format!("{before}{}", after.get(end..).unwrap_or_default());
        }
    }
    for name in ["slashed", "not"] {
        source = struck(&source, name);
    }
    for (name, instead) in REPLACED.into_iter().chain(LIKE_BRACKETS) {
        source = rewritten(&source, name, |rest| (instead.into(), rest));
    }
    while let Some((before, rest)) = command(&source, "tag") {
        source = format!("{before}\\qquad\\text{rest}");
    }
    source = in_lines(upright_greek(&with_limits_of_something(&with_roots(&source))));
    for (infix, command) in [("over", "\\frac"), ("choose", "\\binom")] {
        for _ in 0..64 {
            let Some(changed) = without_infix(&source, infix, command) else { break };
            source = changed;
        }
    }
    source
}

/// Environments which can say by an argument in brackets where they stand in the line.
const PLACED: [&str; 8] = ["aligned", "alignedat", "gathered", "split", "array", "darray", "multlined", "subarray"];

/// The source without these arguments (`\begin{aligned}[b]`): a formula in the line stands in its middle.
fn without_positions(source: &str) -> String {
    let mut source = source.to_owned();
    for name in PLACED {
        let begin = format!("\\begin{{{name}}}");
        for position in ["[t]", "[b]", "[c]"] {
            source = source.replace(&format!("{begin}{position}"), &begin);
        }
    }
    source
}

/// A stroke through what stands in braces (`\not{p}`, `\slashed{\partial}`): the parser strikes through one sign alone, so several get a line through all.
fn struck(source: &str, name: &str) -> String {
    rewritten(source, name, |after| {
        let (inner, behind) = group(after).unwrap_or(("", after.trim_start()));
        let sign = inner.trim().trim_start_matches("\\!").trim_start_matches("\\,").trim();
        let is_one = sign.chars().count() == 1 || sign.strip_prefix('\\').is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let struck = if sign.is_empty() || is_one { format!("\\not {sign} ") } else { format!("\\cancel{{{sign}}}") };
        (struck.into(), behind)
    })
}

/// The names of Greek letters in TeX.
const GREEK: [&str; 31] = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "chi",
    "psi",
    "omega",
    "varepsilon",
    "vartheta",
    "varkappa",
    "varpi",
    "varrho",
    "varsigma",
    "varphi",
];

/// Greek letters that packages set upright: `\upmu` and `\Upgamma` (upgreek), `\muup` (txfonts, kpfonts), `\upDelta` (unicode-math), `\textmu`
/// (textgreek, textcomp), `\mupmu` (AMS).
fn upright_greek(source: &str) -> String {
    let mut said = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('\\') {
        said.push_str(before);
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let end = if letters == 0 { after.chars().next().map_or(0, char::len_utf8) } else { letters };
        match upright_letter(&after[..end]) {
            Some(letter) => said.push_str(&format!("\\mathrm{{\\{letter}}}")),
            None => said.push_str(&rest[before.len()..before.len() + 1 + end]),
        }
        rest = &after[end..];
    }
    said + rest
}

/// The letter that a command of upright Greek names, as TeX itself calls it.
fn upright_letter(command: &str) -> Option<String> {
    let capital = |name: &str| name[..1].to_uppercase() + &name[1..];
    let known = |name: &str| GREEK.iter().any(|greek| *greek == name || capital(greek) == name);
    if let Some(name) = command.strip_prefix("Up").filter(|name| GREEK.contains(name)) {
        return Some(capital(name));
    }
    let name = command
        .strip_prefix("up")
        .or_else(|| command.strip_prefix("mup"))
        .or_else(|| command.strip_suffix("up"))
        .or_else(|| command.strip_prefix("text"))
        .filter(|name| known(name))?;
    Some(name.to_owned())
}

/// What stands before the first command of this name, and what after it.
pub(super) fn command<'s>(source: &'s str, name: &str) -> Option<(&'s str, &'s str)> {
    let written = format!("\\{name}");
    let (at, _) = source.match_indices(&written).find(|(at, _)| {
        let escaped = source[..*at].ends_with('\\') && !source[..*at].ends_with("\\\\");
        !escaped && !source[at + written.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
    })?;
    Some((&source[..at], &source[at + written.len()..]))
}

/// The source with something else in the place of each command of this name: `by` is given what stands behind it, and says what stands there instead and what
/// is left.
pub(super) fn rewritten<'s>(source: &'s str, name: &str, by: impl Fn(&'s str) -> (Cow<'s, str>, &'s str)) -> String {
    let mut done = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = command(rest, name) {
        let (instead, behind) = by(after);
        done.push_str(before);
        done.push_str(&instead);
        rest = behind;
    }
    done + rest
}

/// What stands in the group that a text begins with, but for blanks, and what stands behind it.
pub(super) fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = group_end(text).filter(|_| text.starts_with('{'))?;
    Some((text.get(1..end - 1)?, text.get(end..)?))
}

/// Where the group ends that a text begins with: the byte after its brace.
pub(super) fn group_end(text: &str) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Plain TeX's `{a \over b}` as a command that takes both (The TeXbook, page 139).
fn without_infix(source: &str, infix: &str, instead: &str) -> Option<String> {
    let (before, after) = command(source, infix)?;
    let (mut depth, mut open) = (0_usize, None);
    for (at, c) in before.char_indices().rev() {
        let escaped = before[..at].ends_with('\\');
        match c {
            '}' if !escaped => depth += 1,
            '{' if !escaped && depth == 0 => {
                open = Some(at);
                break;
            }
            '{' if !escaped => depth -= 1,
            _ => {}
        }
    }
    let open = open?;
    let inside = format!("{{{after}");
    let end = group_end(&inside)?;
    Some(format!("{}{{{instead}{{{}}}{{{}}}}}{}", &source[..open], &before[open + 1..], &inside[1..end - 1], &inside[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_found_in_its_document() {
        let document = "\\documentclass[12pt]{minimal}\n\\usepackage{amsmath}\n\\begin{document}$$a+b$$\\end{document}";
        assert_eq!(body(document), "a+b");
        assert_eq!(body(" \\(x\\) "), "x");
        assert_eq!(body("x"), "x");
        assert_eq!(body("\\begin{document} }{}$x$ \\end{document}"), "x");
    }

    #[test]
    fn upright_greek_is_said_with_a_font() {
        for (written, letter) in [
            ("\\upmu", "mu"),
            ("\\muup", "mu"),
            ("\\upalpha", "alpha"),
            ("\\Upgamma", "Gamma"),
            ("\\upDelta", "Delta"),
            ("\\textmu", "mu"),
            ("\\mupPhi", "Phi"),
        ] {
            assert_eq!(prepared(written), format!("\\mathrm{{\\{letter}}}"), "{written}");
        }
        assert_eq!(upright_greek("\\uparrow \\text{a}\\\\upmu"), "\\uparrow \\text{a}\\\\upmu");
        assert_eq!(upright_greek("\\\\\\upmu"), "\\\\\\mathrm{\\mu}");
    }

    #[test]
    fn an_infix_becomes_a_command() {
        assert_eq!(prepared("{a \\over {b}}+1"), "{\\frac{a }{ {b}}}+1");
    }
}
