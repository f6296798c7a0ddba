//! How TeX says where things stand, in the words of the parser: columns of an array, limits of a sign, lines of a display, the index of a root.
//!
//! 1. [`plain_columns`] leaves letters and rules of `\begin{array}{@{}r*{2}{c}@{}}`.
//! 2. [`unstacked`] makes limits of a `\substack` whose lines begin with `^` and `_`.
//! 3. [`with_roots`] says `\root n \of x` as LaTeX does, [`with_limits_of_something`] drops what says where no index stands, and [`in_lines`] puts an environment
//!    around lines that stand in none.

use super::prepare::{command, group, group_end, rewritten};

/// As many columns are read of an array.
const MOST: usize = 64;

/// Environments that say how their columns stand.
const COLUMNED: [&str; 2] = ["array", "darray"];

/// The source with the columns of its arrays as the parser knows them: `l`, `c`, `r` and rules. What stands between columns (`@{}`, `!{}`) or makes their cells
/// otherwise (`>{}`, `<{}`) goes, repetitions are written out, paragraphs (`p{3cm}`) begin their lines at the left (The LaTeX Companion, 3rd edition, 6.1).
pub(super) fn plain_columns(source: &str) -> String {
    let mut source = source.to_owned();
    for name in COLUMNED {
        let begin = format!("\\begin{{{name}}}");
        let mut done = String::with_capacity(source.len());
        let mut rest = source.as_str();
        while let Some((before, after)) = rest.split_once(begin.as_str()) {
            done.push_str(before);
            done.push_str(&begin);
            match group(after) {
                Some((list, behind)) => {
                    let columns = columns(list, 0);
                    done.push_str(&format!("{{{}}}", if columns.contains(['l', 'c', 'r']) { &columns } else { "c" }));
                    rest = behind;
                }
                None => rest = after,
            }
        }
        done.push_str(rest);
        source = done;
    }
    source
}

/// Letters and rules of a list of columns; repetitions may stand in each other.
fn columns(list: &str, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = list.trim_start();
    while let Some(c) = rest.chars().next() {
        rest = rest[c.len_utf8()..].trim_start();
        let mut argument = || {
            let end = if rest.starts_with('{') { group_end(rest).unwrap_or(rest.len()) } else { rest.chars().next().map_or(0, char::len_utf8) };
            let (taken, behind) = rest.split_at(end);
            rest = behind.trim_start();
            taken.strip_prefix('{').map_or(taken, |inner| inner.strip_suffix('}').unwrap_or(inner))
        };
        match c {
            'l' | 'c' | 'r' | '|' | ':' => out.push(c),
            '@' | '!' | '>' | '<' => drop(argument()),
            '*' => {
                let times = argument().trim().parse::<usize>().unwrap_or(1).min(MOST);
                let repeated = if depth < 4 { columns(argument(), depth + 1) } else { String::new() };
                out.extend(std::iter::repeat_n(repeated.as_str(), times));
            }
            'p' | 'm' | 'b' | 'X' => {
                if c != 'X' {
                    argument();
                }
                out.push('l');
            }
            'L' | 'C' | 'R' => out.push(c.to_ascii_lowercase()),
            _ => {}
        }
        if out.len() > MOST {
            out.truncate(MOST);
            break;
        }
    }
    out
}

/// The source with limits where a stack says the same: `\substack{^{3} \\ {\sum} \\ _{i=1}}`, as converters of HighWire write a sum.
pub(super) fn unstacked(source: &str) -> String {
    rewritten(source, "substack", |after| {
        let limits = group(after).and_then(|(stack, behind)| Some((limits(stack)?, behind)));
        limits.map_or(("\\substack".into(), after), |(instead, behind)| (instead.into(), behind))
    })
}

/// A sign with what stands above and below it, of three lines of a stack; `None` where they say something else.
fn limits(stack: &str) -> Option<String> {
    let lines = lines(stack);
    let [above, sign, below] = lines.as_slice() else { return None };
    let limit = |line: &str, mark: char| if line.is_empty() { Some(None) } else { Some(Some(line.strip_prefix(mark)?.trim().to_owned())) };
    let (above, below) = (limit(above, '^')?, limit(below, '_')?);
    if above.is_none() && below.is_none() || sign.is_empty() {
        return None;
    }
    let mut out = (*sign).to_owned();
    for (command, line) in [("underset", below), ("overset", above)] {
        if let Some(line) = line {
            out = format!("\\{command}{{{line}}}{{{out}}}");
        }
    }
    Some(format!("{{{out}}}"))
}

/// The lines of a stack, without the blanks around them; a line break in braces is no end of one.
fn lines(stack: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0_usize, 0, Vec::new());
    let mut chars = stack.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let ends = chars.next().is_some_and(|(_, next)| next == '\\') && depth == 0;
                if ends {
                    found.push(stack[from..at].trim());
                    from = at + 2;
                }
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found.push(stack[from..].trim());
    found
}

/// Plain TeX's roots (The TeXbook, page 130) as LaTeX says them.
pub(super) fn with_roots(source: &str) -> String {
    rewritten(source, "root", |after| match command(after, "of") {
        Some((index, behind)) => (format!("\\sqrt[{{{}}}]", index.trim()).into(), behind),
        None => ("\\root".into(), after),
    })
}

/// The source without `\limits` and `\nolimits` where no index follows of which they could say where it stands.
pub(super) fn with_limits_of_something(source: &str) -> String {
    let of_something = |source: &str, name: &str| {
        rewritten(source, name, |after| {
            let is_one = after.trim_start().starts_with(['_', '^', '\'']);
            (if is_one { format!("\\{name}").into() } else { "".into() }, after)
        })
    };
    of_something(&of_something(source, "nolimits"), "limits")
}

/// Lines of a display that end in `\\\\` and stand in no environment, in one: aligned where they say at what.
pub(super) fn in_lines(source: String) -> String {
    let (mut braces, mut environments, mut breaks, mut aligns) = (0_usize, 0_usize, false, false);
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        let is_outside = braces == 0 && environments == 0;
        match c {
            '\\' => {
                let rest = &source[at..];
                if rest.starts_with("\\begin") {
                    environments += 1;
                } else if rest.starts_with("\\end") {
                    environments = environments.saturating_sub(1);
                }
                breaks |= chars.next().is_some_and(|(_, next)| next == '\\') && is_outside;
            }
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            '&' => aligns |= is_outside,
            _ => {}
        }
    }
    let name = if aligns { "aligned" } else { "gathered" };
    if breaks { format!("\\begin{{{name}}}{source}\\end{{{name}}}") } else { source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_letters_and_rules() {
        let of = |list: &str| plain_columns(&format!("\\begin{{array}}{{{list}}}a\\end{{array}}"));
        for (list, plain) in [
            ("@{}rcl@{}", "rcl"),
            ("*{20}l", "llllllllllllllllllll"),
            ("*{2}{c|}r", "c|c|r"),
            (">{$}l<{$} p{3cm}!{\\,}", "ll"),
            ("", "c"),
            ("*{3}{*{2}c}", "cccccc"),
            ("@", "c"),
            ("*", "c"),
        ] {
            assert_eq!(of(list), format!("\\begin{{array}}{{{plain}}}a\\end{{array}}"), "{list}");
        }
        assert_eq!(plain_columns("\\begin{array} {r} a"), "\\begin{array}{r} a");
        assert_eq!(plain_columns("\\begin{array}"), "\\begin{array}");
        assert!(plain_columns("\\begin{array}{*{99999999}{*{999}{*{999}c}}}").len() < 100);
    }

    #[test]
    fn lines_stand_in_an_environment() {
        assert_eq!(in_lines("a=b\\\\+c".to_owned()), "\\begin{gathered}a=b\\\\+c\\end{gathered}");
        assert_eq!(in_lines("a&=b\\\\&+c".to_owned()), "\\begin{aligned}a&=b\\\\&+c\\end{aligned}");
        for whole in ["\\begin{align}a\\\\b\\end{align}", "\\substack{a\\\\b}", "a\\&b", "\\"] {
            assert_eq!(in_lines(whole.to_owned()), whole);
        }
    }

    #[test]
    fn limits_are_of_something() {
        assert_eq!(with_limits_of_something("\\log \\nolimits \\;n\\sum\\limits_{i}\\int\\limits"), "\\log  \\;n\\sum\\limits_{i}\\int");
    }

    #[test]
    fn roots_have_their_index() {
        assert_eq!(with_roots("\\root {n-1}\\of {x}+\\root 3 \\of y"), "\\sqrt[{{n-1}}] {x}+\\sqrt[{3}] y");
        assert_eq!(with_roots("\\root 3"), "\\root 3");
    }

    #[test]
    fn a_stack_of_limits_is_a_sign_with_limits() {
        assert_eq!(unstacked("a\\substack{ ^{3} \\\\ {\\sum} \\\\ _{i=1} }b"), "a{\\overset{{3}}{\\underset{{i=1}}{{\\sum}}}}b");
        assert_eq!(unstacked("\\substack{ \\\\ {\\sum} \\\\ _{k} }"), "{\\underset{{k}}{{\\sum}}}");
        for other in ["\\substack{a\\\\b}", "\\substack{a\\\\b\\\\c}", "\\substack", "\\substack{", "\\substack{{a\\\\b}\\\\c\\\\_d}x"] {
            let said = unstacked(other);
            assert!(said.contains("\\substack") || said.contains("underset"), "{other}: {said}");
        }
    }
}
