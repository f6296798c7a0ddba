//! Citations that are only tagged, set in a citation style by CSL.
//!
//! 1. [`style`] finds a style by its name or reads the project's own.
//! 2. [`fields`] has the text of each field, and [`entry`] makes an entry of them that CSL can set.
//! 3. [`Citer::set`] has it set in the language of the entry, and [`align`] leads what comes out back to the leaves of the master.
//!
//! An entry is set by itself, so that a list costs what its entries cost: the engine for CSL compares each entry with every other.

mod align;
mod entry;
mod fields;
mod style;

pub use style::{DEFAULT, Form, Style};

use std::sync::{Arc, OnceLock};

use hayagriva::citationberg::taxonomy::{NameVariable, NumberVariable, OtherTerm, Term};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, LocalizedTerm, TermForm};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, Entry};
use indexmap::IndexMap;

use crate::lang::label::Label;
use crate::lang::{Lang, is_cyrillic, table};
use crate::leaf::Leaves;
use crate::model::citation::{Citation, Field, Part, Role, plain_line};
use crate::model::inline::Inlines;
use fields::Fields;

/// The longest citation that is given to CSL, in characters, and the most persons of one: its time grows faster than they do.
const LONGEST: usize = 20_000;
const MOST_PERSONS: usize = 4_000;

/// The locale of CSL that stands in for every other.
const ENGLISH: &str = "en-US";

/// The locales of CSL, packed, with the code of each.
const PACKED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Those that were unpacked, in the same order: what one article wanted, the next one has.
static UNPACKED: [OnceLock<Option<Locale>>; PACKED.len()] = [const { OnceLock::new() }; PACKED.len()];

/// What is wished of references.
#[derive(Clone, Debug, Default)]
pub struct Citing {
    /// The style of citations that are only tagged, and of citations in the text that show nothing.
    pub style: Style,
    /// Whether lists are numbered anew, whatever labels the master has.
    pub renumber: bool,
}

/// A style at work.
pub struct Citer {
    style: IndependentStyle,
    form: Form,
    article: Lang,
    chosen: IndexMap<String, Chosen>,
}

/// A locale that entries are in: its files, the English one behind it, and the words of both.
struct Chosen {
    files: Vec<Locale>,
    words: Arc<Words>,
}

/// A citation before it is set: the entry, and the locale of its terms.
pub struct Work {
    entry: Entry,
    locale: String,
}

/// What is said of fields that a style does not show, in the words of CSL: a number alone tells nobody what it is. Empty where a locale has no word.
struct Words {
    version: String,
    accessed: String,
    /// “translated by” and its like.
    by: [(Role, String); 4],
}

impl Words {
    fn of(locales: &[Locale]) -> Self {
        let term = |term: Term, form: TermForm| {
            locales.iter().find_map(|locale| locale.term(term, form)).and_then(LocalizedTerm::single).unwrap_or_default().to_owned()
        };
        let by = |name: NameVariable| term(Term::NameVariable(name), TermForm::Verb);
        Self {
            version: term(Term::NumberVariable(NumberVariable::Version), TermForm::Long),
            accessed: term(Term::Other(OtherTerm::Accessed), TermForm::Long),
            by: [
                (Role::Editor, by(NameVariable::Editor)),
                (Role::Translator, by(NameVariable::Translator)),
                (Role::Director, by(NameVariable::Director)),
                (Role::Illustrator, by(NameVariable::Illustrator)),
            ],
        }
    }

    /// The word before a field: a date and a number that bring one have no other, nor has the second of two persons.
    fn before(&self, field: &Field, text: &str, role: Option<Role>) -> &str {
        let first: String = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take_while(|c| c.is_alphabetic()).collect();
        // The sum of a commit may begin with a letter.
        let is_sum = text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match field.part {
            Part::Version if first.is_empty() || is_sum => &self.version,
            Part::Accessed if first.is_empty() || entry::month(&first).is_some() => &self.accessed,
            part if part.is_name() && role != Some(field.role) => self.by.iter().find(|(role, _)| *role == field.role).map_or("", |(_, word)| word),
            _ => "",
        }
    }
}

/// What a style made of a citation.
pub struct Set {
    output: ElemChildren,
    words: Arc<Words>,
    /// How the text cites it, without the brackets of the style.
    pub short: String,
}

impl Set {
    /// The entry as it stands in a list, as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let text = format!("{:#}", self.output);
        // A date without a month leaves the blank that would have stood before it.
        [" ;", " ,", " ."].iter().fold(text, |text, gap| text.replace(gap, gap.trim_start())).trim().to_owned()
    }
}

impl Citer {
    /// Unpacks a style for an article in this language. `None` where there is no such style in the archive.
    #[must_use]
    pub fn new(style: &Style, article: &Lang) -> Option<Self> {
        let singular = style.is_singular();
        let style = style.unpack()?;
        let form = style::form(&style);
        Some(Self { style: style::prepare(style, singular), form, article: article.clone(), chosen: IndexMap::new() })
    }

    /// How the style cites in the text.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// What stands before and after a citation in the text, and between two in one pair of brackets.
    #[must_use]
    pub fn brackets(&self) -> [String; 3] {
        let layout = &self.style.citation.layout;
        [layout.prefix.clone().unwrap_or_default(), layout.suffix.clone().unwrap_or_default(), layout.delimiter.clone().unwrap_or_else(|| "; ".to_owned())]
    }

    /// A citation as an entry; `None` where it is too large to be set by CSL.
    #[must_use]
    pub fn work(&mut self, leaves: &Leaves, citation: &Citation) -> Option<Work> {
        let fields = Fields::of(leaves, citation);
        if fields.len() > LONGEST || citation.fields.iter().any(|field| field.person >= MOST_PERSONS) {
            return None;
        }
        let locale = self.locale(&language(&self.article, &fields));
        Some(Work { entry: entry::entry("entry", &fields), locale })
    }

    /// Has an entry set by the style.
    #[must_use]
    pub fn set(&self, work: &Work) -> Set {
        let chosen = self.chosen.get(&work.locale);
        let locales = chosen.map_or(&[][..], |chosen| chosen.files.as_slice());
        let locale = Some(LocaleCode(work.locale.clone()));
        let mut driver = BibliographyDriver::new();
        let item = CitationItem::new(&work.entry, None, locale.clone(), false, None);
        driver.citation(CitationRequest::new(vec![item], &self.style, locale.clone(), locales, Some(1)));
        let rendered = driver.finish(BibliographyRequest::new(&self.style, locale, locales));
        let output = rendered.bibliography.and_then(|list| list.items.into_iter().next()).map(|item| item.content).unwrap_or_default();
        let [before, after, _] = self.brackets();
        let whole = rendered.citations.first().map(|citation| format!("{:#}", citation.citation)).unwrap_or_default();
        let short = whole.strip_prefix(before.as_str()).unwrap_or(&whole);
        let short = short.strip_suffix(after.as_str()).unwrap_or(short).trim().to_owned();
        let words = chosen.map_or_else(|| Arc::new(Words::of(&[])), |chosen| Arc::clone(&chosen.words));
        Set { output, words, short }
    }

    /// The locale of a language, the English one where CSL has none.
    fn locale(&mut self, lang: &Lang) -> String {
        let primary = lang.primary();
        let preferred = match primary {
            "en" => ENGLISH.to_owned(),
            "pt" if lang.region() == Some("BR") => "pt-BR".to_owned(),
            "zh" if lang.script() == Some("Hant") => "zh-TW".to_owned(),
            _ => format!("{primary}-{}", primary.to_uppercase()),
        };
        let coded = |is_it: &dyn Fn(&str) -> bool| PACKED.iter().position(|(code, _)| is_it(code));
        let own = coded(&|code| code == preferred).or_else(|| coded(&|code| code.split('-').next() == Some(primary)));
        let english = coded(&|code| code == ENGLISH);
        let Some((no, name)) = own.or(english).and_then(|no| Some((no, PACKED.get(no)?.0))) else { return ENGLISH.to_owned() };
        if !self.chosen.contains_key(name) {
            let files = [Some(no), english.filter(|_| name != ENGLISH)];
            let files: Vec<Locale> = files.into_iter().flatten().filter_map(unpacked).cloned().collect();
            let words = Arc::new(Words::of(&files));
            self.chosen.insert(name.to_owned(), Chosen { files, words });
        }
        name.to_owned()
    }

    /// The line of a citation that was set, by its leaves.
    #[must_use]
    pub fn line(&self, leaves: &mut Leaves, citation: &Citation, set: &Set) -> Inlines {
        let fields = Fields::of(leaves, citation);
        let lang = language(&self.article, &fields);
        if set.output.is_empty() {
            return plain_line(citation);
        }
        align::align(leaves, table::word(&lang, Label::EtAl), &set.words, &fields, &set.output)
    }
}

/// The locale of this number.
fn unpacked(no: usize) -> Option<&'static Locale> {
    let unpack = || PACKED.get(no).and_then(|(_, bytes)| ciborium::from_reader(*bytes).ok());
    UNPACKED.get(no)?.get_or_init(unpack).as_ref()
}

/// The language of an entry: what the master says, else what its letters allow.
fn language(article: &Lang, fields: &Fields) -> Lang {
    let named = |tag: &str| Lang::parse(tag).map_or_else(Lang::english, |(lang, _)| lang);
    let lang = fields.citation.lang.clone();
    let text = [Part::Chapter, Part::Title, Part::Source, Part::Publisher].iter().filter_map(|part| fields.get(*part)).collect::<String>();
    let cyrillic = text.chars().filter(|c| is_cyrillic(*c)).count();
    let latin = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let lang = lang.unwrap_or_else(|| {
        let in_cyrillic = matches!(article.primary(), "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "mn" | "ky" | "kk" | "tg" | "tt" | "ba");
        let is_other = matches!(article.primary(), "zh" | "ja" | "ko" | "ar" | "he" | "fa" | "el" | "hy" | "ka" | "th" | "hi");
        match (cyrillic > latin, in_cyrillic) {
            (true, true) | (false, false) if !(is_other && latin > 0) => article.clone(),
            (true, false) => named("ru"),
            (true | false, _) => Lang::english(),
        }
    });
    // CSL has no words of Kyrgyz, Kazakh and their neighbours; their lists use the Russian ones.
    match lang.primary() {
        "ky" | "kk" | "tg" | "tt" | "ba" | "uz" if cyrillic > latin => named("ru"),
        _ => lang,
    }
}

#[cfg(test)]
mod tests;
