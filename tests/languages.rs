//! Every run of a PDF in its language, read from the file by code that the program does not share.
//!
//! 1. `qpdf` gives the file's objects as JSON; the tree of structure says in which language each marked piece of a page is.
//! 2. The pages' operators are read: a piece's language is that of the innermost mark that names one, else that of its structure, else that of
//!    the file.
//! 3. Each glyph becomes a letter by its font's table; Cyrillic letters must be in a language that is written so, Latin words in another.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, built};

pub fn trials() -> Vec<Trial> {
    let masters = support::masters().into_iter().map(|(name, master)| {
        let pdf = format!("{name}.pdf");
        trial(format!("outputs/{name}: each run of the pdf is in its language"), &[Need::Judge("qpdf")], move || {
            let both = support::read(&master)?.chars().any(is_cyrillic);
            built::with(|built| spoken(&built.folder().join(pdf), both))
        })
    });
    masters.chain([trial("outputs/the check of languages finds a fault", &[Need::Judge("qpdf")], finds_a_fault)]).collect()
}

/// A layout that forgets in which language a foreign word is.
fn finds_a_fault() -> Outcome {
    let (_, master) = support::masters().into_iter().next().ok_or("no master")?;
    let place = Place::new()?;
    support::copy_file(&master, &place.at("article.xml"))?;
    place.run(&["layouts", "eject", "classic", "own"])?.exits(0)?;
    let layout = place.at("own/layout.typ");
    support::write(&layout, format!("{}\n#let foreign(lang: \"en\", region: none, dir: \"ltr\", body) = body\n", support::read(&layout)?))?;
    place.run(&["build", "article.xml", "--layout", "own", "-o", "page.pdf"])?.exits(0)?;
    let said = spoken(&place.at("page.pdf"), true);
    let found = said.as_ref().is_err_and(|failed| failed.message().is_some_and(|message| message.starts_with("Cyrillic in `en`")));
    ensure!(found, "a Russian word in English is not seen");
    Ok(())
}

/// Whether there are three Latin words in a row: a name or an abbreviation such as DOI stands in any text.
fn has_phrase(text: &str) -> bool {
    let is_latin = |word: &str| word.chars().filter(char::is_ascii_alphabetic).count() > 2 && word.chars().all(|c| c.is_ascii() && !"@:/".contains(c));
    text.split_whitespace().map(is_latin).fold((0, false), |(row, found), latin| if latin { (row + 1, found || row >= 2) } else { (0, found) }).1
}

/// Languages that are written in Cyrillic.
const CYRILLIC: &[&str] = &["ru", "ky", "kk", "uk", "be", "bg", "sr", "mk", "mn", "tg", "tt"];

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// `both`: whether the master has Cyrillic letters too.
fn spoken(path: &Path, both: bool) -> Outcome {
    let output = Command::new("qpdf").args(["--json=2", "--json-stream-data=inline", "--decode-level=generalized"]).arg(path).output()?;
    ensure!(output.status.success(), "qpdf: {}", String::from_utf8_lossy(&output.stderr));
    let file = File { json: serde_json::from_slice(&output.stdout)? };
    let runs = file.runs()?;
    let (mut cyrillic, mut latin) = (0, 0);
    for run in &runs {
        let in_cyrillic = CYRILLIC.contains(&run.language.split('-').next().unwrap_or_default());
        let has = run.text.chars().filter(|c| is_cyrillic(*c)).count();
        let letters = run.text.chars().filter(char::is_ascii_alphabetic).count();
        ensure!(has == 0 || in_cyrillic, "Cyrillic in `{}`: {}", run.language, run.text);
        ensure!(!in_cyrillic || !has_phrase(&run.text), "Latin in `{}`: {}", run.language, run.text);
        (cyrillic, latin) = (cyrillic + has, latin + letters);
    }
    ensure!((cyrillic > 100 || !both) && latin > 100, "{latin} Latin and {cyrillic} Cyrillic letters: this test reads the file wrongly");
    Ok(())
}

/// A piece of text between two marks.
struct Run {
    language: String,
    text: String,
}

struct File {
    json: Value,
}

impl File {
    /// An object by its reference; anything else is itself.
    fn get<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.as_str().filter(|text| text.ends_with(" R")) {
            Some(reference) => {
                let object = &self.json["qpdf"][1][format!("obj:{reference}")];
                if object["value"].is_null() { &object["stream"]["dict"] } else { &object["value"] }
            }
            None => value,
        }
    }

    /// The bytes of a stream.
    fn bytes(&self, reference: &Value) -> Vec<u8> {
        let object = &self.json["qpdf"][1][format!("obj:{}", reference.as_str().unwrap_or_default())];
        base64(object["stream"]["data"].as_str().unwrap_or_default())
    }

    fn runs(&self) -> Result<Vec<Run>, Failed> {
        let root = self.get(&self.json["qpdf"][1]["trailer"]["value"]["/Root"]);
        let language = text(&root["/Lang"]).ok_or("the file names no language")?;
        let mut pieces = BTreeMap::new();
        self.structure(&self.get(&root["/StructTreeRoot"])["/K"], &language, &Value::Null, &mut pieces);
        ensure_some(pieces.len())?;
        let mut runs = Vec::new();
        self.pages(&root["/Pages"], &Value::Null, &mut |page, resources| {
            let mut reader = Reader {
                file: self,
                resources,
                page: page.as_str().unwrap_or_default(),
                pieces: &pieces,
                language: &language,
                open: Vec::new(),
                font: BTreeMap::new(),
                runs: &mut runs,
            };
            let contents = self.get(page)["/Contents"].clone();
            let streams = contents.as_array().cloned().unwrap_or_else(|| vec![contents]);
            let mut all = Vec::new();
            for stream in &streams {
                all.extend(self.bytes(stream));
                all.push(b'\n');
            }
            reader.read(&all);
        });
        Ok(runs)
    }

    /// The language of each marked piece, by page and number.
    fn structure(&self, kid: &Value, language: &str, page: &Value, pieces: &mut BTreeMap<(String, u64), String>) {
        if let Some(kids) = kid.as_array() {
            kids.iter().for_each(|kid| self.structure(kid, language, page, pieces));
        } else if let Some(number) = kid.as_u64() {
            pieces.insert((page.as_str().unwrap_or_default().to_owned(), number), language.to_owned());
        } else {
            let element = self.get(kid);
            let page = if element["/Pg"].is_null() { page } else { &element["/Pg"] };
            if let Some(number) = element["/MCID"].as_u64() {
                pieces.insert((page.as_str().unwrap_or_default().to_owned(), number), language.to_owned());
            }
            let own = text(&element["/Lang"]).unwrap_or_else(|| language.to_owned());
            if !element["/K"].is_null() {
                self.structure(&element["/K"], &own, page, pieces);
            }
        }
    }

    fn pages(&self, node: &Value, resources: &Value, visit: &mut impl FnMut(&Value, &Value)) {
        let tree = self.get(node);
        let resources = if tree["/Resources"].is_null() { resources } else { &tree["/Resources"] };
        match tree["/Kids"].as_array() {
            Some(kids) => kids.iter().for_each(|kid| self.pages(kid, resources, visit)),
            None => visit(node, resources),
        }
    }

    /// The letters of a font by the codes of its glyphs, from the lines `<code> <letters>` of its table.
    fn letters(&self, font: &Value) -> BTreeMap<u16, String> {
        let table = String::from_utf8_lossy(&self.bytes(&self.get(font)["/ToUnicode"])).into_owned();
        let mut letters = BTreeMap::new();
        let mut inside = false;
        for line in table.lines() {
            inside = (inside || line.ends_with("beginbfchar")) && !line.starts_with("endbfchar");
            let Some((code, shown)) = line.trim_start_matches('<').trim_end_matches('>').split_once("> <").filter(|_| inside) else { continue };
            let units: Vec<u16> = (0..shown.len() / 4).filter_map(|at| u16::from_str_radix(shown.get(at * 4..at * 4 + 4)?, 16).ok()).collect();
            if let Ok(code) = u16::from_str_radix(code, 16) {
                letters.insert(code, String::from_utf16_lossy(&units));
            }
        }
        letters
    }
}

fn ensure_some(pieces: usize) -> Outcome {
    ensure!(pieces > 10, "the file is not tagged");
    Ok(())
}

/// A text string of the JSON.
fn text(value: &Value) -> Option<String> {
    value.as_str()?.strip_prefix("u:").map(str::to_owned)
}

fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

/// A page's operators, read one after the other (ISO 32000-1, 7.8.2).
struct Reader<'a> {
    file: &'a File,
    resources: &'a Value,
    page: &'a str,
    pieces: &'a BTreeMap<(String, u64), String>,
    language: &'a str,
    /// The open marks: the language that each names, and whether it is outside the text.
    open: Vec<(Option<String>, bool)>,
    font: BTreeMap<u16, String>,
    runs: &'a mut Vec<Run>,
}

/// What stands between operators.
#[derive(Clone, Debug)]
enum Token {
    /// A name without its slash.
    Name(String),
    Bytes(Vec<u8>),
    Word(String),
}

impl Reader<'_> {
    fn read(&mut self, content: &[u8]) {
        let mut operands: Vec<Token> = Vec::new();
        let mut at = 0;
        while let Some(token) = token(content, &mut at) {
            let Token::Word(word) = &token else {
                operands.push(token);
                continue;
            };
            match word.as_str() {
                "BDC" => self.begin(&operands),
                "BMC" => self.open.push((None, matches!(operands.last(), Some(Token::Name(name)) if name == "Artifact"))),
                "EMC" => {
                    self.open.pop();
                }
                "Tf" => {
                    let name = operands.iter().find_map(|token| if let Token::Name(name) = token { Some(name.clone()) } else { None }).unwrap_or_default();
                    let fonts = self.file.get(&self.file.get(self.resources)["/Font"]);
                    self.font = self.file.letters(&fonts[format!("/{name}")]);
                }
                "Tj" | "TJ" | "'" | "\"" => self.show(&operands),
                word if is_operand(word) => {
                    operands.push(token.clone());
                    continue;
                }
                _ => {}
            }
            operands.clear();
        }
    }

    /// A mark with properties: `/Span <</Lang (ru)>> BDC`, `/P <</MCID 3>> BDC`.
    fn begin(&mut self, operands: &[Token]) {
        let value_of = |key: &str| operands.windows(2).find(|pair| matches!(&pair[0], Token::Name(name) if name == key)).map(|pair| pair[1].clone());
        let own = match value_of("Lang") {
            Some(Token::Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        };
        let structural = match value_of("MCID") {
            Some(Token::Word(number)) => number.parse().ok().and_then(|number| self.pieces.get(&(self.page.to_owned(), number))).cloned(),
            _ => None,
        };
        let outside = matches!(operands.first(), Some(Token::Name(name)) if name == "Artifact");
        self.open.push((own.or(structural), outside));
    }

    fn show(&mut self, operands: &[Token]) {
        if self.open.iter().any(|(_, outside)| *outside) {
            return;
        }
        let mut text = String::new();
        for token in operands {
            let Token::Bytes(bytes) = token else { continue };
            for code in bytes.chunks_exact(2) {
                text.push_str(self.font.get(&u16::from_be_bytes([code[0], code[1]])).map_or("\u{fffd}", String::as_str));
            }
        }
        let language = self.open.iter().rev().find_map(|(language, _)| language.clone()).unwrap_or_else(|| self.language.to_owned());
        match self.runs.last_mut().filter(|run| run.language == language) {
            Some(run) => run.text.push_str(&text),
            None => self.runs.push(Run { language, text }),
        }
    }
}

/// Whether a word is a number, a bracket or a constant: something that an operator takes.
fn is_operand(word: &str) -> bool {
    matches!(word, "[" | "]" | "<<" | ">>" | "true" | "false" | "null") || word.parse::<f64>().is_ok()
}

/// The next token of a page's content.
fn token(content: &[u8], at: &mut usize) -> Option<Token> {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let is_mark = |byte: &u8| b"()<>[]{}/%".contains(byte);
    while content.get(*at).is_some_and(is_blank) {
        *at += 1;
    }
    let first = *content.get(*at)?;
    let start = *at;
    *at += 1;
    match first {
        b'/' => {
            while content.get(*at).is_some_and(|byte| !is_blank(byte) && !is_mark(byte)) {
                *at += 1;
            }
            Some(Token::Name(String::from_utf8_lossy(&content[start + 1..*at]).into_owned()))
        }
        b'(' => Some(Token::Bytes(literal(content, at))),
        b'<' if content.get(*at) != Some(&b'<') => {
            let digits: Vec<u8> = content[*at..].iter().copied().take_while(|byte| *byte != b'>').collect();
            *at += digits.len() + 1;
            let digits: Vec<u8> = digits.into_iter().filter_map(|digit| char::from(digit).to_digit(16)).map(|digit| digit as u8).collect();
            Some(Token::Bytes(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()))
        }
        b'<' | b'>' if content.get(*at) == Some(&first) => {
            *at += 1;
            Some(Token::Word(if first == b'<' { "<<" } else { ">>" }.to_owned()))
        }
        b'[' | b']' | b'{' | b'}' | b'>' => Some(Token::Word(char::from(first).to_string())),
        b'%' => {
            while content.get(*at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                *at += 1;
            }
            token(content, at)
        }
        _ => {
            while content.get(*at).is_some_and(|byte| !is_blank(byte) && !is_mark(byte)) {
                *at += 1;
            }
            Some(Token::Word(String::from_utf8_lossy(&content[start..*at]).into_owned()))
        }
    }
}

/// A string in round brackets (ISO 32000-1, 7.3.4.2).
fn literal(content: &[u8], at: &mut usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut depth = 1;
    while let Some(byte) = content.get(*at).copied() {
        *at += 1;
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\\' => {
                let next = content.get(*at).copied().unwrap_or_default();
                *at += 1;
                match next {
                    b'n' => bytes.push(b'\n'),
                    b'r' => bytes.push(b'\r'),
                    b't' => bytes.push(b'\t'),
                    b'b' => bytes.push(8),
                    b'f' => bytes.push(12),
                    b'0'..=b'7' => {
                        let mut value = u32::from(next - b'0');
                        for _ in 0..2 {
                            if let Some(digit @ b'0'..=b'7') = content.get(*at).copied() {
                                value = value * 8 + u32::from(digit - b'0');
                                *at += 1;
                            }
                        }
                        bytes.push((value & 0xff) as u8);
                    }
                    b'\n' => {}
                    other => bytes.push(other),
                }
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        bytes.push(byte);
    }
    bytes
}
