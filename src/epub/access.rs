//! How accessible the book is: computed from what is in it, claimed only when so (EPUB Accessibility 1.1, 2).

use crate::Certificate;
use crate::dom::{Element, Node};
use crate::writer::Writer;
use article::lang::label::Label;

/// The metadata. No conformance is claimed: that is for whoever has evaluated the book ([`conformance`]).
pub(crate) fn metadata(writer: &Writer<'_>) -> Vec<Node> {
    let facts = writer.facts;
    let described = facts.described == facts.pictures;
    let mut out = vec![meta("schema:accessMode", "textual")];
    if facts.pictures > 0 {
        out.push(meta("schema:accessMode", "visual"));
        out.push(meta("schema:accessModeSufficient", "textual,visual"));
    }
    if described {
        out.push(meta("schema:accessModeSufficient", "textual"));
    }
    for feature in ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"] {
        out.push(meta("schema:accessibilityFeature", feature));
    }
    if facts.pictures > 0 && described {
        out.push(meta("schema:accessibilityFeature", "alternativeText"));
    }
    if facts.formulas > 0 {
        out.push(meta("schema:accessibilityFeature", "MathML"));
    }
    if facts.long > 0 {
        out.push(meta("schema:accessibilityFeature", "longDescription"));
    }
    if !writer.pages.is_empty() {
        out.push(meta("schema:accessibilityFeature", "pageBreakMarkers"));
        out.push(meta("schema:accessibilityFeature", "pageNavigation"));
    }
    // A GIF may move and flash; nobody has looked at it here.
    out.push(meta("schema:accessibilityHazard", if facts.animated > 0 { "unknown" } else { "none" }));
    // A language that lacks one of the sentences is given none of them: a summary is in one language.
    let labels = &writer.edition.labels;
    let sentences = [Label::Readable, Label::Described, Label::Undescribed];
    let lang = Some(&writer.edition.lang).filter(|lang| sentences.iter().all(|label| labels.own_word(lang, *label).is_some())).cloned().unwrap_or_default();
    let mut summary = labels.word(&lang, Label::Readable).to_owned();
    if facts.pictures > 0 {
        summary.push(' ');
        summary.push_str(labels.word(&lang, if described { Label::Described } else { Label::Undescribed }));
    }
    out.push(Element::new("meta").with("property", "schema:accessibilitySummary").with("xml:lang", lang.primary()).text(summary).into());
    out
}

/// Who says that the book is accessible, and by what (2.4 and 2.5). A book with a picture of which nothing is said is not, whoever certifies the series.
pub(crate) fn conformance(writer: &Writer<'_>, certificate: &Certificate) -> Vec<Node> {
    if writer.facts.described < writer.facts.pictures {
        return Vec::new();
    }
    let refining = |to: &str, property: &str, value: &str| Element::new("meta").with("refines", to).with("property", property).text(value);
    let mut out: Vec<Node> = vec![
        Element::new("meta").with("property", "dcterms:conformsTo").with("id", "conformance").text(certificate.conforms_to.clone()).into(),
        refining("#conformance", "a11y:certifiedBy", &certificate.certifier).with("id", "certifier").into(),
    ];
    if let Some(credential) = &certificate.credential {
        out.push(refining("#certifier", "a11y:certifierCredential", credential).into());
    }
    if let Some(report) = certificate.report.as_deref().and_then(crate::link::address) {
        out.push(Element::new("link").with("rel", "a11y:certifierReport").with("refines", "#certifier").with("href", report).into());
    }
    out
}

fn meta(property: &str, value: &str) -> Node {
    Element::new("meta").with("property", property).text(value).into()
}
