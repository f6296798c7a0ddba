//! Changes to the structure of an XML document, without regard to what is allowed where.
//!
//! 1. [`elements`] finds where elements begin and end, as far as that can be told of broken XML.
//! 2. [`structure`] does one to four of: copy an element elsewhere, cut it out, take its tags away, give it another name, wrap it, nest copies
//!    of it, give it an attribute, put another text in.

/// Names, attributes and texts that may be put in.
const GRAMMAR: &str = include_str!("../../tests/grammar/jats.grammar");
const OTHERS: &[&str] = &["citation", "nlm-citation", "custom-meta-wrap", "floats-wrap", "author-comment", "i", "b", "div", "span", "tgroup", "colspec", "row", "entry", "tbody", "nonsense"];
const ATTRIBUTES: &[&str] = &[
    "id=\"a\"", "rid=\"a\"", "rid=\"a b\"", "ref-type=\"fn\"", "ref-type=\"bibr\"", "colspan=\"2\"", "colspan=\"100000\"", "rowspan=\"0\"", "rowspan=\"99999\"", "colspan=\"-1\"", "namest=\"c1\" nameend=\"c9\"",
    "morerows=\"7\"", "xml:lang=\"ar\"", "xml:lang=\"zh\"", "xml:lang=\"sr-Latn\"", "contrib-type=\"author\"", "pub-id-type=\"doi\"", "xlink:href=\"a.png\"", "xlink:href=\"https://example.org/\"", "xlink:href=\"javascript:x\"",
    "list-type=\"order\"", "char=\".\" align=\"char\"", "fn-type=\"other\"", "content-type=\"x\"", "kwd-group-type=\"author\"", "date-type=\"pub\"", "sec-type=\"x\"", "width=\"0*\"", "linethickness=\"0\"", "columnalign=\"left right\"",
];
const TEXTS: &[&str] = &[
    "word", "1", "\u{a0}", "\u{5d0}\u{5d1}", "\u{4e2d}\u{6587}", "e\u{301}", "\u{202e}x", "[1]", "1\u{2013}3", "&amp;", "&lt;p>", "<![CDATA[<x>]]>", "\\frac{a}{b}", "\\begin{matrix}a&amp;b\\\\c\\end{matrix}", "^{", "$x$", "\u{1d465}",
    "\u{e000}", "https://example.org/", "\"", "\\", "2021-02-30", "0000-0002-1825-0097", "\u{ad}", "\u{200b}", "&alpha;", "&#10;", "<!-- c -->", "<?p?>", "\u{1f600}", "*", "\u{2020}", "A. B.",
];

/// A small generator of numbers (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one; 0 for 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

/// An element of the text: its start tag, and its end tag's place.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    tag_end: usize,
    close: usize,
    end: usize,
}

/// The elements of a document.
fn elements(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|b| *b == b'<').map(|n| at + n) {
        let Some(end) = bytes[start..].iter().position(|b| *b == b'>').map(|n| start + n + 1) else { break };
        match bytes.get(start + 1) {
            Some(b'/') => {
                if let Some((begin, tag_end)) = open.pop() {
                    found.push(Found { start: begin, tag_end, close: start, end });
                }
            }
            Some(b'!' | b'?') | None => {}
            Some(_) if bytes[end - 2] == b'/' => found.push(Found { start, tag_end: end, close: end, end }),
            Some(_) => open.push((start, end)),
        }
        at = end;
    }
    found
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len())
}

fn random_name(dice: &mut Dice) -> &'static str {
    if dice.below(12) == 0 {
        return dice.one(OTHERS);
    }
    let lines: &'static [&'static str] = names();
    // MathML has as many names as all else; it is asked for less often.
    for _ in 0..3 {
        let name = lines[dice.below(lines.len())];
        if !name.starts_with("mml:") || dice.below(3) == 0 {
            return name;
        }
    }
    "p"
}

fn names() -> &'static [&'static str] {
    static NAMES: std::sync::OnceLock<Vec<&'static str>> = std::sync::OnceLock::new();
    NAMES.get_or_init(|| GRAMMAR.lines().filter(|line| !line.starts_with('@')).filter_map(|line| line.split('\t').next()).collect())
}

/// A document of changed structure; `None` where the bytes have no elements.
#[must_use]
pub fn structure(bytes: &[u8], seed: u64) -> Option<Vec<u8>> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let mut dice = Dice(seed);
    for _ in 0..=dice.below(4) {
        let all = elements(&text);
        let one = *all.get(dice.below(all.len()))?;
        let other = *all.get(dice.below(all.len()))?;
        match dice.below(12) {
            0 | 1 => {
                let copy = text.get(one.start..one.end)?.to_owned();
                text.insert_str(other.tag_end, &copy);
            }
            2 => text.replace_range(one.start..one.end, ""),
            3 if one.close < one.end => {
                text.replace_range(one.close..one.end, "");
                text.replace_range(one.start..one.tag_end, "");
            }
            4 | 5 if one.close < one.end => {
                let name = random_name(&mut dice);
                text.replace_range(one.close..one.end, &format!("</{name}>"));
                let old = name_length(&text[one.start + 1..]);
                text.replace_range(one.start + 1..one.start + 1 + old, name);
            }
            6 | 7 => {
                let name = random_name(&mut dice);
                text.insert_str(one.end, &format!("</{name}>"));
                text.insert_str(one.start, &format!("<{name}>"));
            }
            8 => {
                let name = random_name(&mut dice);
                let inner = dice.one(TEXTS);
                text.insert_str(one.tag_end, &format!("<{name}>{inner}</{name}>"));
            }
            9 | 10 => {
                let attribute = dice.one(ATTRIBUTES);
                let at = one.start + 1 + name_length(&text[one.start + 1..]);
                text.insert_str(at, &format!(" {attribute}"));
            }
            _ => text.insert_str(one.tag_end, dice.one(TEXTS)),
        }
    }
    Some(text.into_bytes())
}
