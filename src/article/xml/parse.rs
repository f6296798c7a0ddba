//! From text to a tree.
//!
//! 1. Characters that XML forbids are looked for first, so that the reader below never meets one.
//! 2. quick-xml's events are put together on a stack of open elements. Whether they fit each other is seen to here, and not by quick-xml, so that
//!    what has one sensible reading can be read ([`repair`]).
//! 3. Text, references and CDATA between two tags become one run; a comment or an instruction ends it.

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use super::entities::{Entities, Fault, is_allowed};
use super::names::Scopes;
use super::repair::{self, Closes, MASK, Repairs, is_reference};
use super::western;
use super::{Attribute, Element, Instruction, MAX_DEPTH, MAX_TEXT, Node, TextRun, Tree, is_blank};
use crate::code::Code;
use crate::diag::{Diagnostic, Fix, Log};
use crate::source::{Source, Span};

/// Parses a master. Reports what was repaired, and the first fault that ends the reading, at its place; returns `None` then.
#[must_use]
pub fn parse(log: &mut Log, source: &Source) -> Option<Tree> {
    let text = source.text();
    if let Some(at) = forbidden(text) {
        let found = text[at..].chars().next().unwrap_or_default();
        log.push(
            Diagnostic::new(Code::ControlCharacter, format!("the character U+{:04X} is not allowed in XML", u32::from(found)))
                .at(Span::new(at, at + found.len_utf8()))
                .hint("delete it"),
        );
        return None;
    }
    let mut builder = Builder {
        log,
        entities: Entities::default(),
        scopes: Scopes::default(),
        open: Vec::new(),
        root: None,
        run: None,
        runs: 0,
        instructions: Vec::new(),
        repairs: Repairs::default(),
        misread: None,
        deeper: Vec::new(),
        too_deep: None,
    };
    let result = builder.read(text);
    builder.repairs.report(builder.log);
    builder.tell_too_deep();
    builder.tell_misread();
    match result {
        Ok(()) => builder.root.map(|root| Tree { root, runs: builder.runs, instructions: builder.instructions }),
        Err(fault) => {
            log.push(*fault);
            None
        }
    }
}

/// The first character that XML does not allow. Bytes are looked at first: nearly every master has none.
fn forbidden(text: &str) -> Option<usize> {
    let suspicious = text.bytes().any(|byte| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xef);
    if !suspicious {
        return None;
    }
    text.char_indices().find(|&(_, c)| !is_allowed(c)).map(|(at, _)| at)
}

/// What is said of an `&` that is meant as the sign.
const LONE_AMPERSAND: &str = "`&` begins no reference here and is taken as a sign: write `&amp;`";

/// What mends an `&` that is meant as the sign.
fn ampersand(at: u32) -> Fix {
    Fix::new("Write `&amp;`", sign(at), "&amp;")
}

/// The place of one sign of markup.
fn sign(at: u32) -> Span {
    Span { start: at, end: at + 1 }
}

/// A fault that ends the reading.
type Fatal = Box<Diagnostic>;

/// An instruction to this program; `None` for one to another.
fn instruction(text: &str, span: Span) -> Option<Instruction> {
    let inside = text.strip_prefix("<?diglot")?.strip_suffix("?>")?;
    (inside.is_empty() || inside.starts_with(|c: char| c.is_ascii_whitespace())).then(|| Instruction { text: inside.trim().to_owned(), span })
}

/// The tree under construction.
struct Builder<'a> {
    log: &'a mut Log,
    entities: Entities,
    scopes: Scopes,
    open: Vec<(Element, String)>,
    root: Option<Element>,
    run: Option<TextRun>,
    runs: usize,
    instructions: Vec<Instruction>,
    repairs: Repairs,
    /// The names of the open elements that are nested too deep: they are no part of the tree, and what they hold stands in the last that is.
    deeper: Vec<String>,
    /// The first of them, and how many there are.
    too_deep: Option<(Span, usize)>,
    /// The first control character that is a letter of Windows-1252 with what is meant, its place, and how many there are.
    misread: Option<((char, char), Span, usize)>,
}

impl Builder<'_> {
    fn read(&mut self, text: &str) -> Result<(), Fatal> {
        let masked = repair::mask(text);
        let mut reader = Reader::from_str(masked.as_deref().unwrap_or(text));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = position(reader.buffer_position());
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(not_well_formed(text, &error, start, position(reader.error_position()))),
            };
            let span = Span::new(start, position(reader.buffer_position()));
            match event {
                Event::Start(tag) => self.start(&tag, span)?,
                Event::Empty(tag) => {
                    self.start(&tag, span)?;
                    self.end(span)?;
                }
                Event::End(tag) => self.end_tag(&String::from_utf8_lossy(tag.name().as_ref()), span)?,
                Event::Text(found) => {
                    if text[span.range()].starts_with('&') {
                        self.repairs.certain(sign(span.start), LONE_AMPERSAND, Some(ampersand(span.start)))?;
                    }
                    self.masked(&found, span.start)?;
                    self.text(&text[span.range()], span)?;
                }
                Event::CData(_) => {
                    self.flush();
                    // The marks `<![CDATA[` and `]]>` are not part of the text.
                    let inside = Span { start: span.start + 9, end: span.end.saturating_sub(3).max(span.start + 9) };
                    self.text(&text[inside.range()], inside)?;
                    self.flush();
                }
                Event::GeneralRef(found) => {
                    self.masked(&found, span.start + 1)?;
                    self.reference(&text[span.range()], span)?;
                }
                Event::DocType(_) => self.entities.declare(&text[span.range()]),
                // IOP's way of keeping a formula from parsers: `<tex-math><?CDATA $x^2$?></tex-math>`.
                Event::PI(found) if found.starts_with(b"CDATA ") && self.open.last().is_some_and(|(open, _)| open.name == "tex-math") => {
                    self.flush();
                    let inside = Span { start: span.start + 8, end: span.end.saturating_sub(2).max(span.start + 8) };
                    self.text(&text[inside.range()], inside)?;
                    self.flush();
                }
                Event::PI(_) => {
                    self.flush();
                    self.instructions.extend(instruction(&text[span.range()], span));
                }
                Event::Comment(_) | Event::Decl(_) => self.flush(),
                Event::Eof => break,
            }
        }
        self.flush();
        if let Some((element, name)) = self.open.last() {
            // A file that is cut off says that alone.
            self.too_deep = None;
            return Err(Box::new(
                Diagnostic::new(Code::NotXml, format!("the file ends inside `{name}`"))
                    .at(Span::new(text.len(), text.len()))
                    .also(element.tag, format!("`{name}` begins here"))
                    .hint("the file seems to be cut off"),
            ));
        }
        if self.root.is_none() {
            return Err(Box::new(
                Diagnostic::new(Code::NotXml, if is_blank(text) { "the file is empty" } else { "the file has no element" }).at(Span::new(0, 0)),
            ));
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart, span: Span) -> Result<(), Fatal> {
        self.flush();
        if self.open.is_empty() && self.root.is_some() {
            return Err(Box::new(Diagnostic::new(Code::NotXml, "a second root element stands behind the first").at(span)));
        }
        let depth = self.open.len();
        let raw = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        if depth >= MAX_DEPTH {
            self.too_deep.get_or_insert((span, 0)).1 += 1;
            self.deeper.push(raw);
            self.gap(span);
            return Ok(());
        }
        let attributes = self.attributes(tag, span, depth)?;
        let name = self.scopes.element(&raw);
        self.open.push((Element { name, attributes, children: Vec::new(), span, tag: span }, raw));
        Ok(())
    }

    /// The attributes of a start tag; declarations of namespaces go into the scopes and not into the element.
    fn attributes(&mut self, tag: &BytesStart, span: Span, depth: usize) -> Result<Vec<Attribute>, Fatal> {
        let mut found: Vec<(String, String, Span)> = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| Box::new(Diagnostic::new(Code::NotXml, lower(&error.to_string())).at(span)))?;
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            // The value borrows from the tag, which borrows from the text: its place is its distance from the tag's content.
            let offset = attribute.value.as_ptr() as usize - tag.as_ptr() as usize;
            let at = Span::new(span.start as usize + 1 + offset, span.start as usize + 1 + offset + attribute.value.len());
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            if raw.contains('<') {
                return Err(Box::new(Diagnostic::new(Code::NotXml, format!("`<` stands in the attribute `{key}`")).at(at)));
            }
            if found.iter().any(|(known, ..)| *known == key) {
                self.repairs.certain(at, format!("a second attribute `{key}` of one element is passed over"), None)?;
                continue;
            }
            found.push((key, self.attribute_value(&raw, at)?, at));
        }
        for (key, value, _) in &found {
            if key == "xmlns" {
                self.scopes.bind(depth, "", value);
            } else if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.scopes.bind(depth, prefix, value);
            }
        }
        Ok(found
            .into_iter()
            .filter(|(key, ..)| key != "xmlns" && !key.starts_with("xmlns:"))
            .map(|(key, value, span)| Attribute { name: self.scopes.attribute(&key), value, span })
            .collect())
    }

    /// The value of an attribute: references replaced, white space as blanks (XML 1.0, 3.3.3).
    fn attribute_value(&mut self, raw: &str, at: Span) -> Result<String, Fatal> {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            value.push_str(before);
            let Some((name, after)) = after.split_once(';').filter(|(name, _)| is_reference(name)) else {
                self.repairs.certain(at, LONE_AMPERSAND, None)?;
                value.push('&');
                rest = after;
                continue;
            };
            value.push_str(&self.replacement(name, at)?);
            rest = after;
        }
        value.push_str(rest);
        Ok(value.replace(['\t', '\n', '\r'], " "))
    }

    /// An end tag, which closes what it can.
    fn end_tag(&mut self, found: &str, span: Span) -> Result<(), Fatal> {
        let found = found.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
        if let Some(at) = self.deeper.iter().rposition(|name| name == found) {
            self.deeper.truncate(at + 1);
            return self.end(span);
        }
        self.deeper.clear();
        let Some((_, innermost)) = self.open.last() else {
            // Behind the root it closes nothing, and holds no text.
            return self.repairs.guess(span, format!("`</{found}>` closes nothing and is passed over"));
        };
        if innermost == found {
            return self.end(span);
        }
        let closes = repair::close(self.open.iter().map(|(_, name)| name.as_str()), found);
        match closes {
            Closes::LookAlike => {
                let fix = Fix::new(format!("Write `</{innermost}>`"), span, format!("</{innermost}>"));
                self.repairs.certain(span, format!("`</{found}>` closes `{innermost}`"), Some(fix))?;
                self.end(span)
            }
            Closes::Outer(inside) => {
                self.repairs.guess(span, format!("`</{found}>` closes `{innermost}` too, which has no end of its own"))?;
                let before = Span { start: span.start, end: span.start };
                for _ in 0..inside {
                    self.end(before)?;
                }
                self.end(span)
            }
            Closes::Nothing => {
                self.flush();
                self.repairs.guess(span, format!("`</{found}>` closes nothing and is passed over"))
            }
        }
    }

    /// Notes each `<` that is text: what the reader saw, `found`, has a mask for it. It begins at `start`.
    fn masked(&mut self, found: &[u8], start: u32) -> Result<(), Fatal> {
        for (_, at) in found.iter().zip(start..).filter(|(byte, _)| **byte == MASK) {
            let fix = Fix::new("Write `&lt;`", sign(at), "&lt;");
            self.repairs.certain(sign(at), "`<` begins no tag here and is taken as a sign", Some(fix))?;
        }
        Ok(())
    }

    /// A blank between what stands in elements that are not in the tree, so that their words do not run together.
    fn gap(&mut self, span: Span) {
        let no = self.runs;
        if let Some((parent, _)) = self.open.last_mut()
            && !matches!(parent.children.last(), Some(Node::Text(run)) if run.text == " ")
        {
            parent.children.push(Node::Text(TextRun { no, text: " ".to_owned(), span }));
            self.runs += 1;
        }
    }

    /// Says that elements are nested too deep.
    fn tell_too_deep(&mut self) {
        let Some((span, times)) = self.too_deep else { return };
        let often = if times == 1 { String::new() } else { format!(" ({times} elements, this is the first)") };
        self.log.push(
            Diagnostic::new(Code::NestedTooDeep, format!("elements are nested more than {MAX_DEPTH} deep{often}"))
                .at(span)
                .label("one too many")
                .hint("what stands in it is kept as text, without its tags"),
        );
    }

    fn end(&mut self, span: Span) -> Result<(), Fatal> {
        self.flush();
        if self.deeper.pop().is_some() {
            self.gap(span);
            return Ok(());
        }
        let Some((mut element, _)) = self.open.pop() else { return Ok(()) };
        element.span.end = span.end;
        self.scopes.leave(self.open.len());
        match self.open.last_mut() {
            Some((parent, _)) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str, span: Span) -> Result<(), Fatal> {
        if self.open.is_empty() {
            if is_blank(text.trim_start_matches('\u{feff}')) {
                return Ok(());
            }
            let at = text.len() - text.trim_start().len();
            let place = Span::new(span.start as usize + at, span.end as usize);
            return Err(Box::new(Diagnostic::new(Code::NotXml, "text stands outside the root element").at(place)));
        }
        let run = self.run.get_or_insert_with(|| TextRun { no: 0, text: String::new(), span });
        if run.text.len() + text.len() > MAX_TEXT {
            return Err(Box::new(Diagnostic::new(Code::MasterTooLarge, "a run of text is longer than 16 MiB").at(run.span)));
        }
        let (meant, misread) = western::meant(text);
        // A byte order mark within the text is a joiner of old (The Unicode Standard, 23.2), of which nothing is seen; no archival PDF may hold one (ISO 14289-1, 7.21.7).
        run.text.push_str(&meant.replace("\r\n", "\n").replace('\u{feff}', ""));
        run.span.end = span.end;
        if let Some(misread) = misread {
            // A reference is longer than what it stands for: the place is that of the whole.
            let inside = Span::new(span.start as usize + misread.at, span.start as usize + misread.at + misread.first.0.len_utf8());
            let place = if span.range().len() == text.len() { inside } else { span };
            self.misread.get_or_insert((misread.first, place, 0)).2 += misread.times;
        }
        Ok(())
    }

    fn reference(&mut self, raw: &str, span: Span) -> Result<(), Fatal> {
        let name = raw.strip_prefix('&').and_then(|rest| rest.strip_suffix(';')).unwrap_or(raw);
        if !is_reference(name) {
            self.repairs.certain(sign(span.start), LONE_AMPERSAND, Some(ampersand(span.start)))?;
            return self.text(raw, span);
        }
        let text = self.replacement(name, span)?;
        self.text(&text, span)
    }

    /// What a reference stands for. An entity that nobody knows, or that is another file, is reported and kept as it is written.
    fn replacement(&mut self, name: &str, at: Span) -> Result<String, Fatal> {
        let fault = match self.entities.resolve(name) {
            Ok(text) => return Ok(text),
            Err(fault) => fault,
        };
        match fault {
            Fault::Unknown => {
                self.log.push(Diagnostic::new(Code::UnknownEntity, format!("the entity `{name}` is not declared")).at(at).hint("write the character itself"));
            }
            Fault::External => {
                self.log.push(
                    Diagnostic::new(Code::ExternalEntity, format!("the entity `{name}` is another file, which is not fetched"))
                        .at(at)
                        .hint("put the text where the entity stands"),
                );
            }
            Fault::Expansion => {
                return Err(Box::new(Diagnostic::new(Code::EntityExpansion, format!("the entity `{name}` grows without bound or holds markup")).at(at)));
            }
            Fault::Character => {
                return Err(Box::new(Diagnostic::new(Code::ControlCharacter, format!("`&{name};` is a character that XML does not allow")).at(at)));
            }
        }
        Ok(format!("&{name};"))
    }

    /// Says which characters were read as letters of Windows-1252.
    fn tell_misread(&mut self) {
        let Some(((found, meant), place, times)) = self.misread else { return };
        let often = if times == 1 { String::new() } else { format!(" ({times} such characters, this is the first)") };
        self.log.push(
            Diagnostic::new(Code::MisreadCharacter, format!("U+{:04X} is `{meant}` of Windows-1252 and was read as that{often}", u32::from(found)))
                .at(place)
                .hint("save the master as UTF-8 from the file in Windows-1252"),
        );
    }

    /// Ends the run of text that is being gathered.
    fn flush(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        run.no = self.runs;
        self.runs += 1;
        if let Some((parent, _)) = self.open.last_mut() {
            parent.children.push(Node::Text(run));
        }
    }
}

/// What the reader cannot go on from, such as a tag that does not end.
fn not_well_formed(text: &str, error: &Error, start: usize, at: usize) -> Fatal {
    let at = at.clamp(start, text.len()).min(text.len());
    let mark = Span::new(at, at + text[at..].chars().next().map_or(0, char::len_utf8));
    Box::new(Diagnostic::new(Code::NotXml, lower(&error.to_string())).at(mark))
}

/// quick-xml counts in 64 bits; a text in memory is never longer than `usize`.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// A library's message in the house's form: lower case, without a final stop.
fn lower(message: &str) -> String {
    let mut chars = message.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Result<Tree, (Code, u32)> {
        let mut log = Log::default();
        let source = Source::new("test.xml", text);
        let tree = parse(&mut log, &source);
        match log.iter().next() {
            Some(fault) => Err((fault.code, fault.at.map_or(0, |at| at.start))),
            None => tree.ok_or((Code::NotXml, 0)),
        }
    }

    #[test]
    fn names_are_canonical() {
        let tree = tree("<article xmlns:m='http://www.w3.org/1998/Math/MathML' xmlns:l='http://www.w3.org/1999/xlink'><m:math l:href='x'/><mml:mi/></article>");
        let root = tree.expect("parsed").root;
        let names: Vec<_> = root.elements().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["mml:math", "mml:mi"]);
        assert_eq!(root.elements().next().and_then(|math| math.value("xlink:href")), Some("x"));
    }

    #[test]
    fn texts_and_attributes_know_their_place() {
        let text = "<a b='1 &amp; 2'>x&ndash;y<!-- c -->z<![CDATA[<w>]]></a>";
        let root = tree(text).expect("parsed").root;
        let attribute = root.attribute("b").expect("attribute");
        assert_eq!((attribute.value.as_str(), &text[attribute.span.range()]), ("1 & 2", "1 &amp; 2"));
        let runs: Vec<_> = root
            .children
            .iter()
            .map(|node| match node {
                Node::Text(run) => (run.text.as_str(), &text[run.span.range()]),
                Node::Element(_) => ("", ""),
            })
            .collect();
        assert_eq!(runs, [("x–y", "x&ndash;y"), ("z", "z"), ("<w>", "<w>")]);
    }

    #[test]
    fn byte_order_marks_within_the_text_are_not_of_it() {
        let root = tree("<a>\u{feff}x&#xFEFF;y<b>\u{feff}</b></a>").expect("parsed").root;
        assert_eq!(root.plain_text(), "xy");
    }

    #[test]
    fn faults_stand_at_their_place() {
        assert_eq!(tree(""), Err((Code::NotXml, 0)));
        assert_eq!(tree("plain"), Err((Code::NotXml, 0)));
        assert_eq!(tree("<a>text"), Err((Code::NotXml, 7)));
        assert_eq!(tree("<a/><b/>"), Err((Code::NotXml, 4)));
        assert_eq!(tree("<a>\u{1}</a>"), Err((Code::ControlCharacter, 3)));
        assert_eq!(tree("<a>x</a>y"), Err((Code::NotXml, 8)));
        assert_eq!(tree("<a><b>x</b>").map_err(|fault| fault.0), Err(Code::NotXml));
        assert_eq!(tree("<a b=\"x>y</a>").map_err(|fault| fault.0), Err(Code::NotXml));
        assert_eq!(tree("<a b='<c>'/>").map_err(|fault| fault.0), Err(Code::NotXml));
        assert_eq!(tree(&"<a>".repeat(10_000)).map_err(|fault| fault.0), Err(Code::NotXml));
        assert_eq!(tree("<a>&nosuch;</a>"), Err((Code::UnknownEntity, 3)));
    }
    /// The tree as text, and what was said, each with the place at which it was said.
    fn repaired(text: &str) -> (String, Vec<String>) {
        let mut log = Log::default();
        let tree = parse(&mut log, &Source::new("test.xml", text));
        let said = log.iter().map(|said| format!("{}:{}: {}", said.at.map_or(0, |at| at.start), said.code.name(), said.message)).collect();
        (tree.map_or_else(String::new, |tree| written(&tree.root)), said)
    }

    fn written(element: &Element) -> String {
        let mut text = format!("<{}", element.name);
        for attribute in &element.attributes {
            text.push_str(&format!(" {}='{}'", attribute.name, attribute.value));
        }
        text.push('>');
        for child in &element.children {
            match child {
                Node::Element(element) => text.push_str(&written(element)),
                Node::Text(run) => text.push_str(&run.text),
            }
        }
        text + &format!("</{}>", element.name)
    }

    #[test]
    fn what_is_nested_too_deep_keeps_its_text() {
        let text = format!("<a>{}x<b>y</b>z{}w</a>", "<s>".repeat(60), "</s>".repeat(60));
        let (tree, said) = repaired(&text);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("144:nested-too-deep: elements are nested more than 48 deep (14 elements"), "{said:?}");
        assert_eq!(tree.replace("<s>", "").replace("</s>", ""), "<a> x y zw</a>".replace("zw", "z w"));
        assert_eq!(tree.matches("<s>").count(), 47);
    }

    #[test]
    fn what_has_one_reading_is_repaired() {
        for (text, wanted, said) in [
            ("<a><b>x</a>", "<a><b>x</b></a>", "7:repaired-xml: `</a>` closes `b` too, which has no end of its own"),
            ("<a><b><c>x</b>y</a>", "<a><b><c>x</c></b>y</a>", "10:repaired-xml: `</b>` closes `c` too, which has no end of its own"),
            ("<a>x</b>y</a>", "<a>xy</a>", "4:repaired-xml: `</b>` closes nothing and is passed over"),
            ("<a>x</a></a>", "<a>x</a>", "8:repaired-xml: `</a>` closes nothing and is passed over"),
            ("<a><string-name>x</name>y</a>", "<a><string-name>x</string-name>y</a>", "17:repaired-xml: `</name>` closes `string-name`"),
            ("<a><name>x</string-name>y</a>", "<a><name>x</name>y</a>", "10:repaired-xml: `</string-name>` closes `name`"),
            ("<a b='1' b='2'/>", "<a b='1'></a>", "12:repaired-xml: a second attribute `b` of one element is passed over"),
            ("<a>x & y; &amp; z</a>", "<a>x & y; & z</a>", "5:repaired-xml: `&` begins no reference here and is taken as a sign: write `&amp;`"),
            ("<a>x &</a>", "<a>x &</a>", "5:repaired-xml: `&` begins no reference here and is taken as a sign: write `&amp;`"),
            ("<a>A&B &lt; C</a>", "<a>A&B < C</a>", "4:repaired-xml: `&` begins no reference here and is taken as a sign: write `&amp;`"),
            ("<a b='?c=1&d=2;&amp;'/>", "<a b='?c=1&d=2;&'></a>", "6:repaired-xml: `&` begins no reference here and is taken as a sign: write `&amp;`"),
            ("<a>p < 0.05, <b>q</b></a>", "<a>p < 0.05, <b>q</b></a>", "5:repaired-xml: `<` begins no tag here and is taken as a sign"),
        ] {
            assert_eq!(repaired(text), (wanted.to_owned(), vec![said.to_owned()]), "{text}");
        }
        let (tree, said) = repaired("<a><b><c>x</b>y</c>z</a>");
        assert_eq!((tree.as_str(), said.len()), ("<a><b><c>x</c></b>yz</a>", 2));
        // All that is said of a kind is said once.
        let many = format!("<a>{}</a>", "<name>x</string-name>".repeat(500));
        let (tree, said) = repaired(&many);
        assert_eq!(tree, format!("<a>{}</a>", "<name>x</name>".repeat(500)));
        assert_eq!(said, ["10:repaired-xml: `</string-name>` closes `name` (500 times)"]);
    }

    #[test]
    fn repairs_have_an_end() {
        let (tree, said) = repaired(&format!("<a>{}</a>", "x</b>".repeat(101)));
        assert_eq!(tree, "");
        assert_eq!(said.len(), 2);
        assert!(said[1].contains("not-xml: more than 100 tags"), "{said:?}");
        let (tree, said) = repaired(&format!("<a>{}</a>", "x & ".repeat(10_001)));
        assert_eq!(tree, "");
        assert!(said[1].contains("not-xml: the file has more than 10000 mistakes"), "{said:?}");
    }
}
