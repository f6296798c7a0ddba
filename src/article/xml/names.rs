//! Canonical names: one spelling for each namespace, whatever the file's prefixes are.
//!
//! A namespace is known by its address; a prefix that is bound to nothing, which is common in the wild, is
//! taken for what it is usually bound to.

/// The prefixes that are in force, innermost last.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    bound: Vec<(usize, String, String)>,
}

impl Scopes {
    /// Binds a prefix (empty for the default namespace) for elements from this depth down.
    pub(super) fn bind(&mut self, depth: usize, prefix: &str, address: &str) {
        self.bound.push((depth, prefix.to_owned(), address.to_owned()));
    }

    /// Forgets what was bound below this depth.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bound.last().is_some_and(|(bound, ..)| *bound >= depth) {
            self.bound.pop();
        }
    }

    /// The canonical name of an element.
    pub(super) fn element(&self, raw: &str) -> String {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        match (self.address(prefix), prefix) {
            (None, "") => local.to_owned(),
            (None, _) => raw.to_owned(),
            (Some(address), _) => match known(address) {
                Some("") => local.to_owned(),
                Some(prefix) => format!("{prefix}:{local}"),
                None => raw.to_owned(),
            },
        }
    }

    /// The canonical name of an attribute; one without a prefix is in no namespace (Namespaces in XML 1.0, 6.2).
    pub(super) fn attribute(&self, raw: &str) -> String {
        match raw.split_once(':') {
            None | Some(("xml" | "xmlns", _)) => raw.to_owned(),
            Some(_) => self.element(raw),
        }
    }

    fn address(&self, prefix: &str) -> Option<&str> {
        self.bound.iter().rev().find(|(_, bound, _)| bound == prefix).map(|(_, _, address)| address.as_str())
    }
}

/// The canonical prefix of a namespace; bare for JATS in a namespace of its own and for XHTML that leaked in.
fn known(address: &str) -> Option<&'static str> {
    Some(match address.trim_end_matches('/') {
        "http://www.w3.org/1998/Math/MathML" => "mml",
        "http://www.w3.org/1999/xlink" => "xlink",
        "http://www.niso.org/schemas/ali/1.0" => "ali",
        "http://www.niso.org/standards/z39-96/ns/oasis-exchange/table" | "http://docs.oasis-open.org/ns/oasis-exchange/table" => "oasis",
        "http://www.plazi.org/taxpub" => "tp",
        "http://www.w3.org/2001/XInclude" => "xi",
        "http://www.w3.org/1999/xhtml" | "" => "",
        address if address.contains("jats.nlm.nih.gov") || address.contains("dtd.nlm.nih.gov") => "",
        _ => return None,
    })
}
