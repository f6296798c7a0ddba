//! Licences by their addresses.
//!
//! A licence that the master gives as an address alone is set by its name, where it is one of Creative Commons. Source: Creative Commons,
//! <https://creativecommons.org/licenses/list.en>.

/// The name of a Creative Commons licence, such as “CC BY 4.0”; `None` for any other address.
pub(super) fn name(address: &str) -> Option<String> {
    let (_, path) = address.split_once("creativecommons.org/")?;
    let mut parts = path.trim_end_matches('/').split('/');
    let (kind, terms) = (parts.next()?, parts.next()?);
    let version = parts.next().filter(|version| version.starts_with(|char: char| char.is_ascii_digit())).unwrap_or_default();
    let name = match (kind, terms.to_ascii_lowercase().as_str()) {
        ("publicdomain", "zero") => "CC0".to_owned(),
        ("publicdomain", "mark") => "Public Domain Mark".to_owned(),
        ("licenses", terms) if terms.split('-').all(|term| matches!(term, "by" | "nc" | "nd" | "sa")) => format!("CC {}", terms.to_uppercase()),
        _ => return None,
    };
    Some(format!("{name} {version}").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn creative_commons_has_names() {
        assert_eq!(name("https://creativecommons.org/licenses/by-nc-nd/4.0/").as_deref(), Some("CC BY-NC-ND 4.0"));
        assert_eq!(name("http://creativecommons.org/licenses/by/3.0/igo/").as_deref(), Some("CC BY 3.0"));
        assert_eq!(name("https://creativecommons.org/publicdomain/zero/1.0").as_deref(), Some("CC0 1.0"));
        assert_eq!(name("https://www.elsevier.com/tdm/userlicense/1.0/"), None);
        assert_eq!(name("https://creativecommons.org/"), None);
    }
}
