//! DOIs as masters write them: bare, behind `doi:`, or as the address of a resolver.

/// The DOI in a text, from its `10.` on; `None` where there is none. Source: DOI Handbook, 2.2.
#[must_use]
pub fn within(text: &str) -> Option<&str> {
    text.find("10.").map(|at| &text[at..])
}

/// A DOI without a resolver and without `doi:`; the text as it is where it holds none.
#[must_use]
pub fn bare(text: &str) -> &str {
    within(text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_it_is_left_out() {
        assert_eq!(within("https://doi.org/10.5555/x"), Some("10.5555/x"));
        assert_eq!(within("PMID 123"), None);
        assert_eq!(bare("doi: 10.5555/x"), "10.5555/x");
        assert_eq!(bare("PMID 123"), "PMID 123");
    }
}
