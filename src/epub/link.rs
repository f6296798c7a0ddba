//! Addresses that lead out of the book.
//!
//! What readers are sent to is `http`, `https`, `ftp` or `mailto`; anything else is shown as text. What is kept is made a
//! valid URL (RFC 3986): characters that an address may not hold are written as percent escapes.

/// The schemes that a link may have, with what must follow.
const SCHEMES: [(&str, &str); 4] = [("http", "//"), ("https", "//"), ("ftp", "//"), ("mailto", "")];

/// The address as a valid URL; `None` where it may not stand in a book or cannot be understood.
#[must_use]
pub(crate) fn address(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let (scheme, rest) = raw.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let (scheme, slashes) = SCHEMES.iter().find(|(name, _)| *name == scheme)?;
    let rest = rest.strip_prefix(slashes)?;
    if slashes.is_empty() {
        let (user, host) = rest.split('?').next()?.split_once('@')?;
        return (!user.is_empty() && is_host(host)).then(|| format!("{scheme}:{}", escaped(rest)));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    is_authority(authority).then(|| format!("{scheme}://{authority}{}", escaped(path)))
}

/// Whether this is a host with a port or without; a user's name and password have no place in a book.
fn is_authority(authority: &str) -> bool {
    match authority.split_once(':') {
        Some((host, port)) => is_host(host) && port.parse::<u16>().is_ok(),
        None => is_host(authority),
    }
}

/// Whether this is a host by name or by number. Letters of other scripts are allowed: readers translate them (RFC 5891).
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && host.trim_end_matches('.').split('.').all(|label| !label.is_empty() && label.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_')))
}

/// Path, query and fragment with everything escaped that may not stand there. An escape that is one already stays.
fn escaped(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    let mut fragment = false;
    for (at, char) in rest.char_indices() {
        let digits = rest.as_bytes().get(at + 1..at + 3);
        let keep = match char {
            '%' => digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            '#' => !std::mem::replace(&mut fragment, true),
            '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | ':' | '@' | '/' | '?' => true,
            _ => char.is_ascii_alphanumeric(),
        };
        if keep {
            out.push(char);
            continue;
        }
        for byte in char.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_valid_urls() {
        for (raw, url) in [
            ("https://doi.org/10.1000/a<b>c", "https://doi.org/10.1000/a%3Cb%3Ec"),
            ("HTTP://example.org", "http://example.org"),
            (" http://example.org/a b?q=ё#x#y ", "http://example.org/a%20b?q=%D1%91#x%23y"),
            ("https://example.org/100%/a%20b", "https://example.org/100%25/a%20b"),
            ("https://example.org:8080/[1]|{2}", "https://example.org:8080/%5B1%5D%7C%7B2%7D"),
            ("mailto:a@b.org", "mailto:a@b.org"),
            ("ftp://example.org/x", "ftp://example.org/x"),
        ] {
            assert_eq!(address(raw).as_deref(), Some(url), "{raw}");
        }
    }

    #[test]
    fn what_may_not_stand_in_a_book_is_no_address() {
        for raw in [
            "javascript:alert(1)",
            "data:text/html,x",
            "JavaScript:x",
            "file:///etc/passwd",
            "www.example.org",
            "http:example.org",
            "http://",
            "http://a b/",
            "http://http://x.org",
            "https://user:pw@example.org/",
            "http://example.org:x/",
            "mailto:nobody",
            "http://.org",
            "",
            "10.1000/1",
        ] {
            assert_eq!(address(raw), None, "{raw}");
        }
    }
}
