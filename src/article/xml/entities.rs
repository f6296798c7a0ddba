//! What a reference stands for.
//!
//! 1. The five entities of XML and character references.
//! 2. Entities that the document declares itself, as text, within a budget: never markup, never another file.
//! 3. The named characters of the JATS DTDs (`entities.tsv`, taken from the DTD's own character modules), since a master is read without fetching its DTD.

/// What a declared entity is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Declared {
    /// Text, possibly with further references in it.
    Text(String),
    /// Another file, or one that is not parsed.
    External,
}

/// Why a reference could not be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nobody declared it.
    Unknown,
    /// It stands for another file.
    External,
    /// It grows past the budget, calls itself, or holds markup.
    Expansion,
    /// It names a character that XML does not allow.
    Character,
}

/// How many bytes all entities of a document may grow to.
const BUDGET: usize = 1 << 20;

/// How deeply entities may stand in entities.
const DEPTH: usize = 8;

/// The entities of one document.
#[derive(Debug)]
pub(super) struct Entities {
    declared: Vec<(String, Declared)>,
    budget: usize,
}

impl Default for Entities {
    fn default() -> Self {
        Self { declared: Vec::new(), budget: BUDGET }
    }
}

impl Entities {
    /// Takes the general entities that a document type declaration declares (XML 1.0, 4.2). Anything else in it is passed over.
    pub(super) fn declare(&mut self, doctype: &str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some((name, rest)) = declaration.split_once(|c: char| c.is_ascii_whitespace()) else { continue };
            if name == "%" {
                continue;
            }
            let rest = rest.trim_start();
            let value = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().map(|text| Declared::Text(text.to_owned())),
                _ => (rest.starts_with("SYSTEM") || rest.starts_with("PUBLIC")).then_some(Declared::External),
            };
            if let Some(value) = value {
                // The first declaration binds (XML 1.0, 4.2).
                if !self.declared.iter().any(|(known, _)| known == name) {
                    self.declared.push((name.to_owned(), value));
                }
            }
        }
    }

    /// What the reference `&name;` stands for.
    pub(super) fn resolve(&mut self, name: &str) -> Result<String, Fault> {
        let mut text = String::new();
        self.expand(name, DEPTH, &mut text)?;
        Ok(text)
    }

    fn expand(&mut self, name: &str, depth: usize, into: &mut String) -> Result<(), Fault> {
        if let Some(code) = name.strip_prefix('#') {
            into.push(character(code).ok_or(Fault::Character)?);
            return Ok(());
        }
        if let Some(text) = predefined(name) {
            into.push_str(text);
            return Ok(());
        }
        let declared = self.declared.iter().find(|(known, _)| known == name).map(|(_, declared)| declared.clone());
        match declared {
            Some(Declared::External) => Err(Fault::External),
            Some(Declared::Text(text)) => {
                if depth == 0 || text.contains('<') {
                    return Err(Fault::Expansion);
                }
                self.replace(&text, depth - 1, into)
            }
            None => {
                into.push_str(&named_character(name).ok_or(Fault::Unknown)?);
                Ok(())
            }
        }
    }

    /// Replaces the references in the text of an entity.
    fn replace(&mut self, text: &str, depth: usize, into: &mut String) -> Result<(), Fault> {
        self.budget = self.budget.checked_sub(text.len()).ok_or(Fault::Expansion)?;
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            into.push_str(before);
            let (name, after) = after.split_once(';').ok_or(Fault::Unknown)?;
            self.expand(name, depth, into)?;
            rest = after;
        }
        into.push_str(rest);
        Ok(())
    }
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// The character of `#233` or `#xE9`, where XML allows it (XML 1.0, 2.2).
fn character(code: &str) -> Option<char> {
    let value = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(value).filter(|&c| is_allowed(c))
}

/// Whether XML 1.0 (2.2) allows the character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The character that the JATS DTDs give this name. The table is read line by line: references by name are rare.
fn named_character(name: &str) -> Option<String> {
    let line = include_str!("entities.tsv").lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('\t')))?;
    let (_, codes) = line.split_once('\t')?;
    codes.split(' ').map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced() {
        let mut entities = Entities::default();
        entities.declare("article [<!ENTITY kg \"Kyrgyz &amp; &eacute;\"><!ENTITY file SYSTEM \"file:///etc/passwd\">]");
        assert_eq!(entities.resolve("kg"), Ok("Kyrgyz & é".to_owned()));
        assert_eq!(entities.resolve("#x4B3"), Ok("ҳ".to_owned()));
        assert_eq!(entities.resolve("ndash"), Ok("–".to_owned()));
        assert_eq!(entities.resolve("Afr"), Ok("𝔄".to_owned()));
        assert_eq!(entities.resolve("file"), Err(Fault::External));
        assert_eq!(entities.resolve("nosuch"), Err(Fault::Unknown));
        assert_eq!(entities.resolve("#1"), Err(Fault::Character));
    }

    #[test]
    fn a_billion_laughs_end() {
        let mut entities = Entities::default();
        let mut doctype = "article [<!ENTITY a0 \"laugh\">".to_owned();
        for level in 1..8 {
            let inside = format!("&a{};", level - 1).repeat(40);
            doctype.push_str(&format!("<!ENTITY a{level} \"{inside}\">"));
        }
        entities.declare(&doctype);
        assert_eq!(entities.resolve("a7"), Err(Fault::Expansion));
        let mut circle = Entities::default();
        circle.declare("article [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]");
        assert_eq!(circle.resolve("a"), Err(Fault::Expansion));
    }
}
