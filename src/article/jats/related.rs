//! Other articles that have to do with this one: `related-article`, `related-object`.

use super::Reader;
use crate::leaf::Reason;
use crate::model::front::{Front, Notice, NoticeKind};
use crate::xml::Element;

impl Reader<'_> {
    /// `related-article`, `related-object`: what it says is set, or its address. Without either it is data.
    pub(super) fn related(&mut self, element: &Element, front: &mut Front) {
        self.anchor(element);
        let kind = element.value("related-article-type").or_else(|| element.value("link-type")).map_or(NoticeKind::Related, NoticeKind::of);
        let href = address(element);
        // Elements without text between them are parts of a reference: they are read with commas.
        let mut body = self.joined(element, ", ");
        self.tidy(&mut body);
        if body.is_empty() && href.is_none() {
            return self.omit(element, Reason::Metadata);
        }
        front.notices.push(Notice { kind, href, body, span: element.span });
    }
}

/// Where the other article is, by `@xlink:href` and `@ext-link-type`.
fn address(element: &Element) -> Option<String> {
    let given = element.value("xlink:href").or_else(|| element.value("document-id"))?;
    let kind = element.value("ext-link-type").or_else(|| element.value("document-id-type")).unwrap_or_default().to_ascii_lowercase();
    if given.contains("://") {
        return Some(given.to_owned());
    }
    let bare = given.trim_start_matches("doi:").trim();
    match kind.as_str() {
        "pubmed" | "pmid" => Some(format!("https://pubmed.ncbi.nlm.nih.gov/{bare}/")),
        "pmc" | "pmcid" => Some(format!("https://www.ncbi.nlm.nih.gov/pmc/articles/{bare}/")),
        _ if bare.starts_with("10.") => Some(format!("https://doi.org/{bare}")),
        _ => None,
    }
}
