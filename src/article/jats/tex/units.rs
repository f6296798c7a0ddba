//! Quantities in TeX: `\pu{…}` of the package mhchem, said in commands of maths. Source: the manual of mhchem 4.08 (CTAN), section 4.

/// What `\pu` takes: a number, then units with a thin gap between them.
pub(super) fn quantity(inside: &str) -> String {
    let mut pieces = Vec::new();
    for word in inside.split_whitespace() {
        let number = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-'))).unwrap_or(word.len());
        let mut piece = String::new();
        let mut rest = word;
        if number > 0 && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) {
            piece.push_str(&word[..number]);
            rest = &word[number..];
            let exponent = rest.strip_prefix(['e', 'E']).filter(|power| power.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
            if let Some(power) = exponent {
                let end = power.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(power.len());
                piece.push_str(&format!("\\times 10^{{{}}}", &power[..end]));
                rest = &power[end..];
            }
        }
        piece.push_str(&units(rest));
        pieces.push(piece);
    }
    pieces.join("\\,")
}

/// Units without blanks: a number behind one is its power.
fn units(mut rest: &str) -> String {
    let mut out = String::new();
    while let Some(next) = rest.chars().next() {
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let power = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
        let mut taken = next.len_utf8();
        match next {
            _ if letters > 0 => {
                out.push_str(&format!("\\mathrm{{{}}}", &rest[..letters]));
                taken = letters;
            }
            _ if power > 0 => {
                out.push_str(&format!("^{{{}}}", &rest[..power]));
                taken = power;
            }
            '^' => {
                taken += usize::from(rest[1..].starts_with('{'));
            }
            '{' | '}' => {}
            '*' | '.' => out.push_str("\\cdot "),
            '/' => {
                out.push('/');
                taken = rest.len() - rest.trim_start_matches('/').len();
            }
            '%' => out.push_str("\\%"),
            '\\' => {
                let end = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1).max(2).min(rest.len());
                out.push_str(&format!("\\mathrm{{{} }}", &rest[..end]));
                taken = end;
            }
            other => out.push(other),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_their_units_upright() {
        assert_eq!(quantity("123 kJ mol-1"), "123\\,\\mathrm{kJ}\\,\\mathrm{mol}^{-1}");
        assert_eq!(quantity("1.2e3 kJ/mol"), "1.2\\times 10^{3}\\,\\mathrm{kJ}/\\mathrm{mol}");
    }
}
