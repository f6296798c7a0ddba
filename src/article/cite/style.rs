//! Citation styles: those of the archive by their name, and the project's own from its text.
//!
//! 1. [`Style::named`] knows the names; the style itself is unpacked when the first citation needs it.
//! 2. [`Style::parse`] reads a `.csl` file.
//! 3. [`prepare`] takes out what the program does itself: the number before an entry, and the cutting of lists of authors.

use ciborium::Value;
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, Variable};
use hayagriva::citationberg::{
    Choose, CitationFormat, CslMacro, IndependentStyle, InheritableNameOptions, LayoutRenderingElement, Name, NamesChild, Style as CslStyle, StyleCategory,
    StyleClass, Text, TextTarget,
};

use crate::model::plain;

/// The style where nothing else is asked for.
pub const DEFAULT: &str = "vancouver";

/// The alphabetic form of the Russian standard: the entries of the numeric one, cited by author and year.
const GOST_ALPHABETIC: &str = "gost-r-705-2008-alphabetic";

/// How the alphabetic form of the Russian standard cites (GOST R 7.0.5-2008, 7.4: author or title, and year, in square brackets).
const GOST_CITATION: &str = include_str!("gost-alphabetic.csl");

/// Short names beside those of the archive.
const SHORT: [(&str, &str); 6] = [
    ("gost", "gost-r-705-2008-numeric"),
    ("gost-numeric", "gost-r-705-2008-numeric"),
    ("gost-r-7-0-5-2008-numeric", "gost-r-705-2008-numeric"),
    ("gost-alphabetic", GOST_ALPHABETIC),
    ("gost-r-7-0-5-2008-alphabetic", GOST_ALPHABETIC),
    ("chicago", "chicago-author-date"),
];

/// A style, as it was named or read.
#[derive(Clone, Debug)]
pub enum Style {
    /// One of the archive.
    Archived(&'static str),
    /// One that was read from a file.
    Read(Box<IndependentStyle>),
}

/// How a style cites in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By the number of the reference.
    Number,
    /// By author and year, or by author alone.
    AuthorDate,
}

impl Default for Style {
    fn default() -> Self {
        Self::Archived(DEFAULT)
    }
}

impl Style {
    /// The style of a name; `None` where there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long);
        if name == GOST_ALPHABETIC {
            return Some(Self::Archived(GOST_ALPHABETIC));
        }
        let archived = ArchivedStyle::by_name(name)?;
        archived.names().iter().find(|known| **known == name).map(|known| Self::Archived(known))
    }

    /// Every name that [`Self::named`] knows, sorted.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let archived = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
        let mut names: Vec<&str> = archived.chain([GOST_ALPHABETIC]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Reads the text of a `.csl` file.
    ///
    /// # Errors
    ///
    /// When it is no CSL, depends on another style, or has no bibliography; the message says which, in lower case.
    pub fn parse(xml: &str) -> Result<Self, String> {
        match CslStyle::from_xml(xml) {
            Ok(CslStyle::Independent(style)) if style.bibliography.is_none() => Err("it sets no bibliography".to_owned()),
            Ok(CslStyle::Independent(style)) => Ok(Self::Read(Box::new(style))),
            Ok(CslStyle::Dependent(_)) => Err("it only names another style: take that one".to_owned()),
            Err(error) => Err(plain::fold(&error.to_string()).trim_end_matches('.').to_owned()),
        }
    }

    /// Whether it is a form of the Russian standard.
    #[must_use]
    pub fn is_gost(&self) -> bool {
        matches!(self, Self::Archived(name) if name.starts_with("gost"))
    }

    /// Whether one page and several are called the same: “С.” in the Russian standard (GOST R 7.0.5-2008, 5.2).
    pub(super) fn is_singular(&self) -> bool {
        self.is_gost()
    }

    /// The style itself; `None` where the archive holds something else than it says.
    pub(super) fn unpack(&self) -> Option<IndependentStyle> {
        match self {
            Self::Archived(GOST_ALPHABETIC) => {
                let mut style = archived("gost-r-705-2008-numeric")?;
                let CslStyle::Independent(citing) = CslStyle::from_xml(GOST_CITATION).ok()? else { return None };
                style.citation = citing.citation;
                style.macros.extend(citing.macros);
                style.info.category = citing.info.category;
                Some(style)
            }
            Self::Archived(name) => archived(name),
            Self::Read(style) => Some((**style).clone()),
        }
    }
}

fn archived(name: &str) -> Option<IndependentStyle> {
    match ArchivedStyle::by_name(name)?.get() {
        CslStyle::Independent(style) => Some(style),
        CslStyle::Dependent(_) => None,
    }
}

/// How a style cites. A style of notes cites by number here: its notes are the journal's, not the list's.
pub(super) fn form(style: &IndependentStyle) -> Form {
    let named = style.info.category.iter().find_map(|category| match category {
        StyleCategory::CitationFormat { format } => Some(*format),
        StyleCategory::Field { .. } => None,
    });
    match named {
        Some(CitationFormat::AuthorDate | CitationFormat::Author) if style.settings.class == StyleClass::InText => Form::AuthorDate,
        Some(_) | None => Form::Number,
    }
}

/// A style for single entries: without their number, and with all of their authors.
pub(super) fn prepare(mut style: IndependentStyle, singular: bool) -> IndependentStyle {
    uncut(&mut style);
    if let Some(bibliography) = &mut style.bibliography {
        mend(&mut bibliography.layout.elements, singular);
        bibliography.sort = None;
        bibliography.second_field_align = None;
        bibliography.subsequent_author_substitute = None;
    }
    for CslMacro { children, .. } in &mut style.macros {
        mend(children, singular);
    }
    mend(&mut style.citation.layout.elements, singular);
    // Names that are told apart in the text would be cut short in the list as well.
    style.citation.disambiguate_add_names = false;
    style.citation.disambiguate_add_givenname = false;
    style
}

/// So many names are cut to “et al.”: never.
const NEVER: Option<u32> = Some(u32::MAX);

/// Lists every author in the list: a name that the style would stand “et al.” for is text of the master. In the text names are cut as the style wants it,
/// so that the list gets macros of its own.
fn uncut(style: &mut IndependentStyle) {
    let Some(bibliography) = &mut style.bibliography else { return };
    let InheritableNameOptions { et_al_min, et_al_subsequent_min, .. } = &mut bibliography.name_options;
    (*et_al_min, *et_al_subsequent_min) = (NEVER, NEVER);
    let mut own = style.macros.clone();
    own.iter_mut().for_each(|own| own.name = in_list(&own.name));
    let lists = std::iter::once(&mut bibliography.layout.elements).chain(own.iter_mut().map(|own| &mut own.children));
    for list in lists {
        each_list(list, &mut |elements| elements.iter_mut().for_each(uncut_element));
    }
    style.macros.extend(own);
}

/// The name of a macro that the list has for itself.
fn in_list(name: &str) -> String {
    format!("{name} (in the list)")
}

fn uncut_element(element: &mut LayoutRenderingElement) {
    match element {
        LayoutRenderingElement::Text(Text { target: TextTarget::Macro { name }, .. }) => *name = in_list(name),
        LayoutRenderingElement::Names(names) => {
            (names.et_al_min, names.et_al_subsequent_min) = (NEVER, NEVER);
            for child in &mut names.children {
                if let NamesChild::Name(name) = child {
                    uncut_name(name);
                }
            }
        }
        LayoutRenderingElement::Text(_)
        | LayoutRenderingElement::Date(_)
        | LayoutRenderingElement::Number(_)
        | LayoutRenderingElement::Label(_)
        | LayoutRenderingElement::Group(_)
        | LayoutRenderingElement::Choose(_) => {}
    }
}

/// The options of a `name` are its own: it is written as the archive of styles is, and read again without those that cut.
fn uncut_name(name: &mut Name) {
    let Ok(Value::Map(mut entries)) = Value::serialized(name) else { return };
    entries.retain(|(key, _)| !key.as_text().is_some_and(|key| key.starts_with("@et-al-")));
    if let Ok(uncut) = Value::Map(entries).deserialized() {
        *name = uncut;
    }
}

/// Every list of elements in a list, and that itself first.
fn each_list(elements: &mut Vec<LayoutRenderingElement>, change: &mut impl FnMut(&mut Vec<LayoutRenderingElement>)) {
    change(elements);
    for element in elements {
        match element {
            LayoutRenderingElement::Group(group) => each_list(&mut group.children, change),
            LayoutRenderingElement::Choose(Choose { if_, else_if, otherwise }) => {
                let branches = std::iter::once(if_).chain(else_if).map(|branch| &mut branch.children);
                branches.chain(otherwise.as_mut().map(|branch| &mut branch.children)).for_each(|children| each_list(children, change));
            }
            LayoutRenderingElement::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        each_list(&mut substitute.children, change);
                    }
                }
            }
            LayoutRenderingElement::Text(_) | LayoutRenderingElement::Date(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
        }
    }
}

/// Takes the number of the entry out, and gives lists of names that only have a label the `name` that they stand for: the engine would leave
/// such a list out.
fn mend(elements: &mut Vec<LayoutRenderingElement>, singular: bool) {
    each_list(elements, &mut |elements| {
        elements.retain(|element| !is_number_of_entry(element));
        elements.iter_mut().for_each(|element| mend_element(element, singular));
    });
}

fn is_number_of_entry(element: &LayoutRenderingElement) -> bool {
    match element {
        LayoutRenderingElement::Text(text) => matches!(text.target, TextTarget::Variable { var: Variable::Number(NumberVariable::CitationNumber), .. }),
        LayoutRenderingElement::Number(number) => number.variable == NumberOrPageVariable::Number(NumberVariable::CitationNumber),
        LayoutRenderingElement::Date(_)
        | LayoutRenderingElement::Names(_)
        | LayoutRenderingElement::Label(_)
        | LayoutRenderingElement::Group(_)
        | LayoutRenderingElement::Choose(_) => false,
    }
}

fn mend_element(element: &mut LayoutRenderingElement, singular: bool) {
    match element {
        LayoutRenderingElement::Names(names) if !names.children.is_empty() && names.name().is_none() => {
            names.children.insert(0, NamesChild::Name(Name::default()));
        }
        // The engine has its own mind about the plural of pages: the word itself is set instead.
        LayoutRenderingElement::Label(label) if singular && matches!(label.variable, NumberOrPageVariable::Page(_)) => {
            let target = TextTarget::Term { term: label.variable.into(), form: label.label.form, plural: false };
            let mut text = Text::with_target(target);
            text.formatting = label.label.formatting;
            text.affixes = label.label.affixes.clone();
            text.text_case = label.label.text_case;
            *element = LayoutRenderingElement::Text(text);
        }
        LayoutRenderingElement::Text(_)
        | LayoutRenderingElement::Date(_)
        | LayoutRenderingElement::Number(_)
        | LayoutRenderingElement::Names(_)
        | LayoutRenderingElement::Label(_)
        | LayoutRenderingElement::Group(_)
        | LayoutRenderingElement::Choose(_) => {}
    }
}
