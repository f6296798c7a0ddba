//! The words in which formulas are told, and the signs that have one.
//!
//! 1. [`Word`] is the closed list, with the English of each. Its names are the keys of `words/*.toml`, a file a language.
//! 2. [`Tongue::of`] finds the words of a language; one that has no file, or lacks a word of the list, is told in English as a whole: half a
//!    sentence in each of two languages helps nobody.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use crate::lang::Lang;

/// The files, by tag.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/speech.rs"));

macro_rules! words {
    ($($variant:ident $name:literal $english:literal,)*) => {
        /// A word of a formula that is told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Word {
            $(#[doc = $english] $variant,)*
        }

        impl Word {
            /// Every word.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The key in the files.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The word in English.
            pub(super) fn english(self) -> &'static str {
                match self { $(Self::$variant => $english,)* }
            }
        }
    };
}

words! {
    Formula "formula" "formula",
    Fraction "fraction" "fraction",
    Over "over" "over",
    EndFraction "end-fraction" "end fraction",
    EndStack "end-stack" "end stack",
    SquareRoot "square-root" "square root of",
    RootOfIndex "root-of-index" "root of index",
    RootOf "root-of" "of",
    EndRoot "end-root" "end root",
    CrossedOut "crossed-out" "crossed out",
    Enclosed "enclosed" "enclosed",
    Sub "sub" "sub",
    EndSub "end-sub" "end sub",
    Squared "squared" "squared",
    Cubed "cubed" "cubed",
    Prime "prime" "prime",
    DoublePrime "double-prime" "double prime",
    Star "star" "star",
    Dagger "dagger" "dagger",
    Degrees "degrees" "degrees",
    Power "power" "to the power of",
    EndPower "end-power" "end power",
    With "with" "with",
    Above "above" "above",
    Below "below" "below",
    From "from" "from",
    OverAll "over-all" "over",
    UpTo "up-to" "to",
    BigOf "big-of" "of",
    LowerLeft "lower-left" "lower left",
    UpperLeft "upper-left" "upper left",
    Array "array" "array of {rows} rows and {columns} columns:",
    EndArray "end-array" "end array",
    Hat "hat" "hat",
    Tilde "tilde" "tilde",
    Bar "bar" "bar",
    Vector "vector" "vector",
    Dot "dot" "dot",
    DoubleDot "double-dot" "double dot",
    Check "check" "check",
    Breve "breve" "breve",
    Acute "acute" "acute",
    Grave "grave" "grave",
    Brace "brace" "brace",
    Plus "plus" "plus",
    Minus "minus" "minus",
    PlusMinus "plus-minus" "plus or minus",
    MinusPlus "minus-plus" "minus or plus",
    Times "times" "times",
    DividedBy "divided-by" "divided by",
    Equals "equals" "equals",
    NotEqual "not-equal" "does not equal",
    Less "less" "is less than",
    Greater "greater" "is greater than",
    AtMost "at-most" "is at most",
    AtLeast "at-least" "is at least",
    MuchLess "much-less" "is much less than",
    MuchGreater "much-greater" "is much greater than",
    Approximately "approximately" "is approximately",
    Congruent "congruent" "is congruent to",
    Similar "similar" "is similar to",
    Identical "identical" "is identical to",
    Proportional "proportional" "is proportional to",
    Colon "colon" "colon",
    Given "given" "given",
    VerticalBar "vertical-bar" "vertical bar",
    DoubleBar "double-bar" "double bar",
    Arrow "arrow" "to",
    LeftArrow "left-arrow" "from",
    Iff "iff" "if and only if",
    Implies "implies" "implies",
    MapsTo "maps-to" "maps to",
    In "in" "in",
    NotIn "not-in" "not in",
    Subset "subset" "subset of",
    SubsetOrEqual "subset-or-equal" "subset of or equal to",
    Union "union" "union",
    Intersection "intersection" "intersection",
    Without "without" "without",
    EmptySet "empty-set" "empty set",
    ForAll "for-all" "for all",
    Exists "exists" "there exists",
    Not "not" "not",
    And "and" "and",
    Or "or" "or",
    Sum "sum" "sum",
    Product "product" "product",
    Coproduct "coproduct" "coproduct",
    Integral "integral" "integral",
    DoubleIntegral "double-integral" "double integral",
    TripleIntegral "triple-integral" "triple integral",
    ContourIntegral "contour-integral" "contour integral",
    Partial "partial" "partial",
    Nabla "nabla" "nabla",
    Infinity "infinity" "infinity",
    Root "root" "root",
    Tensor "tensor" "tensor",
    DirectSum "direct-sum" "direct sum",
    Composed "composed" "composed with",
    AndSoOn "and-so-on" "and so on",
    OpenParenthesis "open-parenthesis" "open parenthesis",
    CloseParenthesis "close-parenthesis" "close parenthesis",
    OpenBracket "open-bracket" "open bracket",
    CloseBracket "close-bracket" "close bracket",
    OpenBrace "open-brace" "open brace",
    CloseBrace "close-brace" "close brace",
    OpenAngle "open-angle" "open angle",
    CloseAngle "close-angle" "close angle",
    OpenCeiling "open-ceiling" "open ceiling",
    CloseCeiling "close-ceiling" "close ceiling",
    OpenFloor "open-floor" "open floor",
    CloseFloor "close-floor" "close floor",
    Factorial "factorial" "factorial",
    Percent "percent" "percent",
    Applied "applied" "of",
    Reals "reals" "real numbers",
    Complexes "complexes" "complex numbers",
    Naturals "naturals" "natural numbers",
    Integers "integers" "integers",
    Rationals "rationals" "rationals",
    HBar "h-bar" "h bar",
    EllL "ell" "l",
    Perpendicular "perpendicular" "perpendicular",
    Angle "angle" "angle",
    Triangle "triangle" "triangle",
    Delta "delta" "delta",
}

/// The words of a language.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    own: Option<&'static Own>,
}

/// A file of `words`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    words: BTreeMap<String, String>,
}

/// The files read, each when it is first asked for.
static TABLE: LazyLock<Vec<OnceLock<Option<Own>>>> = LazyLock::new(|| FILES.iter().map(|_| OnceLock::new()).collect());

/// A file read, if it has every word.
fn read(at: usize) -> Option<&'static Own> {
    let (_, text) = FILES.get(at)?;
    let whole = |own: &Own| Word::ALL.iter().all(|word| own.words.contains_key(word.name()));
    TABLE.get(at)?.get_or_init(|| toml::from_str(text).ok().filter(whole)).as_ref()
}

impl Tongue {
    /// The words of a language, and whether they are its own: English otherwise.
    pub(super) fn of(lang: &Lang) -> (Self, bool) {
        let without_region = || lang.script().map_or_else(|| lang.primary().to_owned(), |script| format!("{}-{script}", lang.primary()));
        let of = |tag: &str| FILES.iter().position(|(name, _)| *name == tag).and_then(read);
        let own = of(lang.tag()).or_else(|| of(&without_region()));
        (Self { own }, own.is_some() || lang.primary() == "en")
    }

    /// A word.
    pub(super) fn word(self, word: Word) -> &'static str {
        self.own.and_then(|own| own.words.get(word.name())).map_or_else(|| word.english(), String::as_str)
    }
}

/// How an accent is called.
pub(super) fn accent(text: &str) -> Option<Word> {
    Some(match text {
        "^" | "ˆ" | "\u{302}" => Word::Hat,
        "~" | "˜" | "∼" | "\u{303}" => Word::Tilde,
        "¯" | "‾" | "―" | "─" | "_" | "-" | "−" | "–" | "\u{304}" | "\u{305}" | "\u{332}" => Word::Bar,
        "→" | "⃗" | "⟶" | "⇀" => Word::Vector,
        "." | "˙" | "\u{307}" | "⋅" | "·" => Word::Dot,
        "¨" | ".." | "\u{308}" => Word::DoubleDot,
        "ˇ" | "\u{30c}" => Word::Check,
        "˘" | "\u{306}" => Word::Breve,
        "´" | "\u{301}" => Word::Acute,
        "`" | "\u{300}" => Word::Grave,
        "⏞" | "⏟" | "︷" | "︸" => Word::Brace,
        _ => return None,
    })
}

/// A sign that no voice reads well: its word, or nothing where it is passed over. `None` for what is read as it stands. Invisible operators are
/// said or passed over as their names ask (Unicode, Invisible operators).
pub(super) fn sign(text: &str) -> Option<Option<Word>> {
    Some(Some(match text {
        "+" | "\u{2064}" => Word::Plus,
        "-" | "−" => Word::Minus,
        "±" => Word::PlusMinus,
        "∓" => Word::MinusPlus,
        "×" | "⋅" | "·" | "*" | "∗" => Word::Times,
        "/" | "∕" | "÷" => Word::DividedBy,
        "=" => Word::Equals,
        "≠" | "=\u{338}" => Word::NotEqual,
        "<" => Word::Less,
        ">" => Word::Greater,
        "≤" | "⩽" => Word::AtMost,
        "≥" | "⩾" => Word::AtLeast,
        "≪" => Word::MuchLess,
        "≫" => Word::MuchGreater,
        "≈" | "≃" => Word::Approximately,
        "≅" => Word::Congruent,
        "∼" | "~" => Word::Similar,
        "≡" => Word::Identical,
        "∝" => Word::Proportional,
        ":" => Word::Colon,
        "∣" => Word::Given,
        "|" => Word::VerticalBar,
        "‖" | "∥" => Word::DoubleBar,
        "→" | "⟶" => Word::Arrow,
        "←" => Word::LeftArrow,
        "↔" | "⇔" => Word::Iff,
        "⇒" => Word::Implies,
        "↦" => Word::MapsTo,
        "∈" => Word::In,
        "∉" => Word::NotIn,
        "⊂" => Word::Subset,
        "⊆" => Word::SubsetOrEqual,
        "∪" => Word::Union,
        "∩" => Word::Intersection,
        "∖" => Word::Without,
        "∅" => Word::EmptySet,
        "∀" => Word::ForAll,
        "∃" => Word::Exists,
        "¬" => Word::Not,
        "∧" => Word::And,
        "∨" => Word::Or,
        "∑" => Word::Sum,
        "∏" => Word::Product,
        "∐" => Word::Coproduct,
        "∫" => Word::Integral,
        "∬" => Word::DoubleIntegral,
        "∭" => Word::TripleIntegral,
        "∮" => Word::ContourIntegral,
        "∂" => Word::Partial,
        "∇" => Word::Nabla,
        "∞" => Word::Infinity,
        "√" => Word::Root,
        "⊗" => Word::Tensor,
        "⊕" => Word::DirectSum,
        "∘" => Word::Composed,
        "…" | "⋯" | "⋮" | "⋱" => Word::AndSoOn,
        "′" => Word::Prime,
        "″" => Word::DoublePrime,
        "(" => Word::OpenParenthesis,
        ")" => Word::CloseParenthesis,
        "[" => Word::OpenBracket,
        "]" => Word::CloseBracket,
        "{" => Word::OpenBrace,
        "}" => Word::CloseBrace,
        "⟨" | "〈" => Word::OpenAngle,
        "⟩" | "〉" => Word::CloseAngle,
        "⌈" => Word::OpenCeiling,
        "⌉" => Word::CloseCeiling,
        "⌊" => Word::OpenFloor,
        "⌋" => Word::CloseFloor,
        "!" => Word::Factorial,
        "%" => Word::Percent,
        "°" => Word::Degrees,
        "\u{2061}" => Word::Applied,
        "\u{2062}" | "\u{2063}" => return Some(None),
        "ℝ" => Word::Reals,
        "ℂ" => Word::Complexes,
        "ℕ" => Word::Naturals,
        "ℤ" => Word::Integers,
        "ℚ" => Word::Rationals,
        "ℏ" => Word::HBar,
        "ℓ" => Word::EllL,
        "†" => Word::Dagger,
        "⊥" => Word::Perpendicular,
        "∠" => Word::Angle,
        "△" => Word::Triangle,
        "∆" => Word::Delta,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that cannot be read, or lacks a word, would be passed over in silence.
    #[test]
    fn each_file_has_every_word() {
        for (at, (tag, text)) in FILES.iter().enumerate() {
            let own: Own = toml::from_str(text).unwrap_or_else(|error| panic!("{tag}: {error}"));
            let lacking: Vec<&str> = Word::ALL.iter().map(|word| word.name()).filter(|name| !own.words.contains_key(*name)).collect();
            assert!(lacking.is_empty(), "{tag} lacks {lacking:?}");
            let unknown: Vec<&String> = own.words.keys().filter(|key| !Word::ALL.iter().any(|word| word.name() == *key)).collect();
            assert!(unknown.is_empty(), "{tag} has {unknown:?}");
            let array = own.words.get("array").map(String::as_str).unwrap_or_default();
            assert!(array.contains("{rows}") && array.contains("{columns}"), "{tag}: {array}");
            assert!(read(at).is_some(), "{tag}");
        }
        for tag in ["ru", "ky", "kk", "uk", "de", "fr", "es", "pt", "sl"] {
            assert!(Tongue::of(&Lang::parse(tag).expect("a tag").0).1, "{tag}");
        }
    }
}
