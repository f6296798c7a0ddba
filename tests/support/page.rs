//! A page of HTML read by other code than wrote it.

use super::Failed;

/// Elements that have no end tag.
const VOID: [&str; 5] = ["br", "img", "col", "link", "meta"];

/// The body of a page as XML, which a parser of XML reads: void elements are closed.
pub fn body(page: &str) -> Result<String, Failed> {
    let begin = page.find("<body").ok_or("a page without a body")?;
    let end = page.rfind("</html>").ok_or("a page without an end")?;
    let mut out = String::with_capacity(end - begin);
    for piece in page[begin..end].split_inclusive('>') {
        let tag = piece.rsplit_once('<').map_or("", |(_, tag)| tag);
        let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
        match piece.strip_suffix('>') {
            Some(open) if VOID.contains(&name) => {
                out.push_str(open);
                out.push_str("/>");
            }
            Some(_) | None => out.push_str(piece),
        }
    }
    Ok(out)
}

/// The `content` of each `meta` of a page that has this name.
pub fn metas(page: &str, name: &str) -> Vec<String> {
    let content = |tag: &str| {
        tag.split_once("content=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value.replace("&amp;", "&").replace("&quot;", "\""))
    };
    page.split("<meta ").skip(1).filter(|tag| tag.starts_with(&format!("name=\"{name}\""))).filter_map(content).collect()
}
