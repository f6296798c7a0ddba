//! The cover around printed pages: front, spine and back as one sheet, ready for the press.
//!
//! 1. The finished pages say how many they are and how large, the press profile how thick the paper is, the project what is printed on the cover.
//! 2. The bar code is made of the ISSN or the ISBN; where the number is none, that is said, and the cover has no code.
//! 3. The layout draws the sheet, and the press gets it with the marks of its profile, folded where the spine begins and ends.
//!
//! `diglot build --to cover` makes one around an article, `diglot press FILE.pdf… --cover` around any pages, such as those of an issue.

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::lang::Lang;
use article::model::front::In;
use press::barcode::Barcode;
use press::cover::Extent;

use super::args::PressArguments;
use super::issue::{House, Issue};
use super::press::{self as printing, Press};
use super::project::NAME;
use super::project::trade::{Bars, Cover};
use super::stamp;
use crate::pdf::layout::Layout;
use crate::pdf::{self, Code as Modules, Engine, Export, Jacket};

/// By how much a spine may be off from what was counted, in millimetres: paper of one kind differs by as much in a journal.
const OFF: f64 = 0.5;

/// What is printed on a cover.
pub(super) struct Wanted<'a> {
    /// What the project says of covers.
    pub(super) said: &'a Cover,
    /// What stands in front.
    pub(super) shown: pdf::Cover,
    /// The publisher.
    pub(super) publisher: Option<String>,
    /// The journal's ISSNs.
    pub(super) issns: &'a [String],
    /// The number of the issue.
    pub(super) number: Option<&'a str>,
    /// What the file is.
    pub(super) export: Export<'a>,
}

/// Makes the cover around pages: its file, and the thickness of the spine in millimetres. `None` where there is none, which has been reported.
pub(super) fn make(log: &mut Log, engine: &Engine, layout: &Layout, wanted: &Wanted<'_>, pages: &[u8], press: &Press) -> Option<(Vec<u8>, f64)> {
    let extent = match ::press::cover::measure(pages) {
        Ok(extent) => extent,
        Err(fault) => {
            log.push(printing::fault_of(&fault));
            return None;
        }
    };
    let spine = spine(log, wanted.said, press, extent);
    let said = |said: &Option<super::project::file::Said>| {
        let forms = said.iter().flat_map(|said| said.forms(Some(&wanted.shown.lang)));
        let forms: Vec<(Lang, String)> = forms.collect();
        forms.iter().find(|(lang, _)| lang.same_language(&wanted.shown.lang)).or_else(|| forms.first()).map(|(_, text)| text.clone())
    };
    let code = code(log, wanted);
    let (width, right) = (extent.width, press.profile.binds_right() || wanted.shown.lang.is_rtl());
    let jacket = Jacket {
        width,
        height: extent.height,
        spine,
        spine_text: spine > 0.0 && spine >= press.profile.cover.spine_text,
        bleed: press.profile.sheet.bleed,
        right,
        publisher: wanted.publisher.clone(),
        // What the bar code says need not be said again.
        issns: wanted.issns.iter().filter(|issn| code.as_ref().is_none_or(|code| !code.title.ends_with(issn.trim()))).cloned().collect(),
        price: said(&wanted.said.price),
        age: wanted.said.age.map(|age| age.mark().to_owned()),
        code,
    };
    let mut shown = wanted.shown.clone();
    if let Some(place) = said(&wanted.said.place) {
        shown.place = Some(place);
    }
    let drawn = pdf::jacket(log, engine, layout, &shown, &jacket, &wanted.export)?;
    let folds = if spine > 0.0 { vec![width, width + spine] } else { vec![width] };
    match printing::make_cover(log, drawn, &folds, press) {
        Ok(pressed) => Some((pressed.bytes, spine)),
        Err(diagnostic) => {
            log.push(diagnostic);
            None
        }
    }
}

/// How thick the spine is: as the project says, else as the pages and the paper say. One that the project says and that is not so is reported.
fn spine(log: &mut Log, said: &Cover, press: &Press, extent: Extent) -> f64 {
    let counted = press.profile.spine(extent.pages);
    let Some(given) = said.spine else { return counted };
    if (given.0 - counted).abs() > OFF {
        let message = format!("the spine is {} mm in `{NAME}`, and {} pages on the paper of `{}` make {counted} mm", given.0, extent.pages, press.name);
        log.push(Diagnostic::new(Code::StaleSpine, message).hint(format!("write `spine = {counted}`, or leave the line out")));
    }
    given.0
}

/// The bar code. Why there is none, where there should be one, is reported.
fn code(log: &mut Log, wanted: &Wanted<'_>) -> Option<Modules> {
    let said = wanted.said;
    let addon = said.addon.as_ref().map(|addon| addon.0.as_str());
    let isbn = said.isbn.as_ref().map(|isbn| isbn.0.as_str());
    let of_issn = |issn: &String| {
        let issue = wanted.number.and_then(of_issue);
        Barcode::of_issn(issn, said.variant.0, addon.or(issue.as_deref()))
    };
    let made = match (said.barcode, isbn, wanted.issns.first()) {
        (Bars::None, ..) | (Bars::Auto | Bars::Issn, None, None) | (Bars::Issn, _, None) | (Bars::Isbn, None, _) => return None,
        (Bars::Auto | Bars::Isbn, Some(isbn), _) => Barcode::of_isbn(isbn, addon),
        (Bars::Auto, None, Some(issn)) | (Bars::Issn, _, Some(issn)) => of_issn(issn),
    };
    match made {
        Ok(Barcode { title, digits, modules, addon }) => Some(Modules { title, digits, modules, addon: addon.map(|addon| (addon.digits, addon.modules)) }),
        Err(why) => {
            log.push(
                Diagnostic::new(Code::NoBarCode, format!("the cover has no bar code: {why}")).hint("correct the number in the master or in `diglot.toml`"),
            );
            None
        }
    }
}

/// The two digits of an issue in a bar code: its number, or the first of a double one. `None` where there are none, or more.
fn of_issue(number: &str) -> Option<String> {
    let digits: String = number.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (1..=2).contains(&digits.len()).then(|| format!("{digits:0>2}"))
}

/// The cover around pages, as the project of their folder says it: `diglot press FILE.pdf --cover`.
pub(super) fn around(log: &mut Log, issue: &Issue, arguments: &PressArguments, press: &Press) -> Option<(Vec<u8>, f64)> {
    let House { project, layout, engine } = House::of(log, arguments.files.first()?, arguments, "what stands on the cover")?;
    let house = project.house();
    let lang = house.languages.first().cloned().or_else(|| house.facts.titles.first().map(|title| title.lang.clone())).unwrap_or_else(Lang::english);
    let of = |texts: &[In<String>]| texts.iter().find(|text| text.lang.same_language(&lang)).or_else(|| texts.first()).map(|text| text.said.clone());
    let mut titles = house.facts.titles.clone();
    // In the order of the journal's languages, whichever way the file names them.
    titles.sort_by_key(|title| house.languages.iter().position(|lang| lang.same_language(&title.lang)).unwrap_or(usize::MAX));
    let identifier = format!("{} {}", house.facts.issns.join(" "), issue.name);
    let wanted = Wanted {
        said: project.cover(),
        shown: pdf::Cover { lang: lang.clone(), titles, authors: Vec::new(), journal: None, place: None, doi: None },
        publisher: of(&house.facts.publishers),
        issns: &house.facts.issns,
        number: None,
        export: Export { standards: &[], identifier: &identifier, created: Some(stamp::NO_DATE) },
    };
    make(log, &engine, &layout, &wanted, &issue.bytes, press)
}
