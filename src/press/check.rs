//! Preflight: what a press would call back about, each rule with its page.
//!
//! 1. [`check`] asks the file: version, output intent, boxes, count and size of pages, annotations, actions.
//! 2. `look` follows each page's content with its forms, and asks every painted thing: colour, ink, width, resolution, place.
//! 3. A rule speaks once a page, with the first case and how many there are.

mod look;
pub(crate) mod text;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::fault::Fault;
use crate::geometry::MM;
use crate::profile::{Profile, Standard};
use crate::read::{self, Input, Page};
use crate::sheet::Ready;

pub(crate) use look::is_transparent_state;

macro_rules! rules {
    ($($variant:ident, $name:literal, $what:literal;)*) => {
        /// A rule of preflight.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $what] $variant,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// Its name, such as `rgb-colour`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// What it asks, in a sentence.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Rule::$variant => $what,)* }
            }
        }
    };
}

rules! {
    FontNotEmbedded, "font-not-embedded", "Every font that is used is in the file.";
    LowResolution, "low-resolution", "Pictures have enough dots to the inch at the size at which they are printed.";
    RgbColour, "rgb-colour", "Colours are inks, not red, green and blue.";
    TotalInk, "total-ink", "No spot gets more ink than the paper takes.";
    Hairline, "hairline", "No line is thinner than a plate can hold.";
    WhiteOverprint, "white-overprint", "Nothing white is set to print over what is below it: it would vanish.";
    SmallType, "small-type", "Small text has one ink, so that plates that are a little off do not blur it.";
    NearTrim, "near-trim", "Text keeps away from where the page is cut.";
    NoBleed, "no-bleed", "What reaches the edge of the page goes on beyond it.";
    PageMultiple, "page-multiple", "The count of pages fills whole sheets.";
    MixedSizes, "mixed-sizes", "All pages have one size.";
    Boxes, "boxes", "Each page says where it is cut, inside its bleed, inside its sheet.";
    Version, "version", "The version of the PDF is one that the standard knows.";
    Transparency, "transparency", "Nothing is transparent where the standard forbids it.";
    OutputIntent, "output-intent", "The file says for which way of printing it is meant, with the profile of a printer.";
    Identification, "identification", "The file says which standard it keeps to, and whether it is trapped.";
    Annotation, "annotation", "There are no annotations on the pages.";
    Action, "action", "Nothing in the file acts: no scripts, no actions.";
}

/// A case of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The page, from 1; 0 where it is about the whole file.
    pub page: usize,
    /// What was found, in lower case, without a final stop.
    pub message: String,
    /// Whether a press may take it all the same.
    pub is_warning: bool,
    /// How many cases there are on the page.
    pub count: usize,
}

/// What was found, each rule once a page.
#[derive(Default)]
struct Findings(BTreeMap<(usize, Rule), Finding>);

impl Findings {
    fn add(&mut self, rule: Rule, page: usize, is_warning: bool, message: impl FnOnce() -> String) {
        match self.0.get_mut(&(page, rule)) {
            // A graver case speaks for the milder ones.
            Some(known) if !is_warning && known.is_warning => {
                let count = known.count + 1;
                *known = Finding { rule, page, message: message(), is_warning, count };
            }
            Some(known) => known.count += 1,
            None => {
                self.0.insert((page, rule), Finding { rule, page, message: message(), is_warning, count: 1 });
            }
        }
    }
}

/// Looks at a PDF as a press does that asks for this profile.
///
/// # Errors
///
/// When it cannot be read at all.
pub fn check(bytes: &[u8], profile: &Profile) -> Result<Vec<Finding>, Fault> {
    let input = read::open(bytes)?;
    let (mut found, mut inks) = (Findings::default(), look::Inks::new());
    file(&input, profile, &mut found);
    for (at, page) in input.pages.iter().enumerate() {
        boxes(&input.document, page, at + 1, profile, &mut found);
        let dict = input.document.get_dictionary(page.id).map_err(|_| Fault::Page(at + 1, "is not there".to_owned()))?;
        if read::array(&input.document, dict.get(b"Annots").ok()).is_some_and(|list| !list.is_empty()) {
            found.add(Rule::Annotation, at + 1, false, || "there are annotations, such as links".to_owned());
        }
        if dict.has(b"AA") {
            found.add(Rule::Action, at + 1, false, || "opening the page starts an action".to_owned());
        }
        let content = read::content(&input.document, dict).map_err(|why| Fault::Page(at + 1, why))?;
        look::page(&input.document, page, at + 1, &content, profile, &mut found, &mut inks);
    }
    Ok(found.0.into_values().collect())
}

/// What is asked of the whole file.
fn file(input: &Input, profile: &Profile, found: &mut Findings) {
    let document = &input.document;
    let catalog = document.catalog().cloned().unwrap_or_default();
    let highest = match profile.standard {
        Standard::X4 => "1.6",
        Standard::X1a | Standard::Pdf14 => "1.4",
        Standard::Pdf13 => "1.3",
    };
    if document.version.as_str() > highest {
        found.add(Rule::Version, 0, true, || format!("the file is PDF {}, and the standard knows up to {highest}", document.version));
    }
    if matches!(profile.standard, Standard::X4 | Standard::X1a) {
        output_intent(document, &catalog, profile, found);
        let info = read::dictionary(document, document.trailer.get(b"Info").ok());
        let says = |key: &[u8]| info.is_some_and(|info| info.has(key));
        if !says(b"Trapped") || !says(b"GTS_PDFXVersion") || !document.trailer.has(b"ID") {
            found.add(Rule::Identification, 0, false, || "the file does not say that it is a PDF/X, whether it is trapped, or has no ID".to_owned());
        }
    }
    let names = read::dictionary(document, catalog.get(b"Names").ok());
    if catalog.has(b"OpenAction") || catalog.has(b"AA") || names.is_some_and(|names| names.has(b"JavaScript")) {
        found.add(Rule::Action, 0, false, || "opening the file starts an action".to_owned());
    }
    let (count, multiple) = (input.pages.len(), profile.check.multiple.max(1));
    if !count.is_multiple_of(multiple) {
        found.add(Rule::PageMultiple, 0, true, || format!("there are {count} pages, which is no multiple of {multiple}"));
    }
    let size = |page: &Page| {
        let (width, height) = (page.trim.width() * page.unit, page.trim.height() * page.unit);
        if page.quarters.rem_euclid(2) == 1 { (height, width) } else { (width, height) }
    };
    let first = input.pages.first().map(size).unwrap_or_default();
    // Imposed sheets are as large as their sections.
    let alike = if profile.imposition.is_none() { input.pages.as_slice() } else { &[] };
    for (at, page) in alike.iter().enumerate() {
        let (width, height) = size(page);
        if (width - first.0).abs() > 1.5 || (height - first.1).abs() > 1.5 {
            let [a, b, c, d] = [width, height, first.0, first.1].map(|length| (length / MM).round());
            found.add(Rule::MixedSizes, at + 1, true, || format!("the page is {a} × {b} mm, and the first one {c} × {d} mm"));
        }
    }
}

fn output_intent(document: &Document, catalog: &Dictionary, profile: &Profile, found: &mut Findings) {
    let intents = read::array(document, catalog.get(b"OutputIntents").ok());
    let intent =
        intents.into_iter().flatten().filter_map(|intent| read::dictionary(document, Some(intent))).find(|intent| read::is_named(intent, b"S", b"GTS_PDFX"));
    let Some(intent) = intent else {
        found.add(Rule::OutputIntent, 0, false, || "the file does not say for which way of printing it is meant".to_owned());
        return;
    };
    let icc = intent.get_deref(b"DestOutputProfile", document).ok().and_then(|profile| profile.as_stream().ok());
    match icc.map(read::decoded) {
        None if profile.standard == Standard::X1a => {}
        None => found.add(Rule::OutputIntent, 0, false, || "the output intent has no profile".to_owned()),
        Some(bytes) => {
            let refused = bytes.map_err(Fault::Intent).and_then(|bytes| crate::ink::output_profile(&bytes)).err();
            if let Some(fault) = refused {
                found.add(Rule::OutputIntent, 0, false, || format!("the file {fault}"));
            }
        }
    }
}

/// Where a page says that it is cut.
fn boxes(document: &Document, page: &Page, number: usize, profile: &Profile, found: &mut Findings) {
    if !page.has_trim {
        found.add(Rule::Boxes, number, false, || "the page does not say where it is cut (TrimBox)".to_owned());
        return;
    }
    let raw = |key: &[u8]| document.get_dictionary(page.id).ok().and_then(|dict| read::rect(document, dict.get(key).ok()));
    let (trim, bleed) = (raw(b"TrimBox").unwrap_or(page.trim), raw(b"BleedBox").unwrap_or(page.trim));
    if !bleed.holds(trim) || !page.media.holds(bleed) {
        found.add(Rule::Boxes, number, false, || "TrimBox, BleedBox and MediaBox do not lie in each other".to_owned());
    } else if !bleed.holds(trim.grown(profile.sheet.bleed * MM / page.unit - 0.1)) {
        let wanted = profile.sheet.bleed;
        found.add(Rule::NoBleed, number, true, || format!("the bleed is less than {wanted} mm"));
    }
}

/// Whether something on a page is transparent: a group, a soft mask, an opacity, a way of blending.
pub(crate) fn is_transparent(document: &Document, page: &Ready) -> bool {
    page.group.is_some() || Walk { document, seen: BTreeSet::new() }.resources(&page.resources, 0)
}

/// Whether a form, a picture or a pattern is transparent.
pub(crate) fn is_transparent_object(document: &Document, object: &Object) -> bool {
    Walk { document, seen: BTreeSet::new() }.object(object, 0)
}

/// Whether a picture brings with it how opaque its pixels are, in a mask or in its own data.
pub(crate) fn is_masked_softly(dict: &Dictionary) -> bool {
    dict.has(b"SMask") || dict.get(b"SMaskInData").is_ok_and(|kind| !matches!(kind, Object::Integer(0)))
}

/// A walk through resources that looks at no object twice: forms that hold each other would make it endless, and forms of forms of forms nearly so.
struct Walk<'a> {
    document: &'a Document,
    seen: BTreeSet<ObjectId>,
}

impl Walk<'_> {
    fn resources(&mut self, resources: &Dictionary, depth: usize) -> bool {
        let document = self.document;
        let entries = |key: &[u8]| read::dictionary(document, resources.get(key).ok()).into_iter().flat_map(|entries| entries.iter().map(|(_, entry)| entry));
        if depth > 16 {
            return false;
        }
        let state = |entry: &Object| read::dictionary(document, Some(entry)).is_some_and(|state| look::is_transparent_state(document, state));
        entries(b"ExtGState").any(state) || entries(b"XObject").chain(entries(b"Pattern")).any(|entry| self.object(entry, depth))
    }

    fn object(&mut self, entry: &Object, depth: usize) -> bool {
        if let Object::Reference(id) = entry
            && !self.seen.insert(*id)
        {
            return false;
        }
        read::dictionary(self.document, Some(entry)).is_some_and(|dict| {
            let inner = read::dictionary(self.document, dict.get(b"Resources").ok());
            is_masked_softly(dict) || dict.has(b"Group") || inner.is_some_and(|inner| self.resources(inner, depth + 1))
        })
    }
}
