//! The language server, spoken to as an editor does: over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};

use crate::ensure;
use crate::support::needs::trial;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

/// How long an answer may take before the server counts as hung.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn trials() -> Vec<Trial> {
    let all: [(&'static str, fn() -> Outcome); 8] = [
        ("complaints stand where the editor counts them", complaints),
        ("a changed text is read anew, a closed one has none", changes),
        ("hover says what an element becomes and what it points at", hover),
        ("definitions and references", definitions),
        ("outline", outline),
        ("certain repairs mend", repairs),
        ("the masters of source: every rid leads to its element", every_rid),
        ("what is not understood is answered, and hostile texts are borne", hostile),
    ];
    all.into_iter().map(|(name, run)| trial(format!("lsp/{name}"), &[], run)).collect()
}

/// An editor's end of the conversation.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    place: Place,
}

impl Editor {
    fn new() -> Result<Self, Failed> {
        Self::counting(&["utf-16"])
    }

    fn counting(encodings: &[&str]) -> Result<Self, Failed> {
        let place = Place::new()?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_diglot"))
            .arg("lsp")
            .current_dir(place.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut reader = BufReader::new(output);
            while let Some(message) = read(&mut reader) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut editor = Self { child, input, messages, next: 0, place };
        let greeting = editor.ask("initialize", &json!({ "capabilities": { "general": { "positionEncodings": encodings } } }))?;
        ensure!(greeting["capabilities"]["hoverProvider"] == true, "{greeting}");
        editor.tell("initialized", &json!({}))?;
        Ok(editor)
    }

    fn send(&mut self, message: &Value) -> Outcome {
        let text = message.to_string();
        let input = self.input.as_mut().ok_or("closed")?;
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        Ok(input.flush()?)
    }

    fn tell(&mut self, method: &str, params: &Value) -> Outcome {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks, and gives the whole answer.
    fn answer(&mut self, method: &str, params: &Value) -> Result<Value, Failed> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let message = self.messages.recv_timeout(PATIENCE).map_err(|_| format!("no answer to {method}"))?;
            if message["id"] == id {
                return Ok(message);
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Result<Value, Failed> {
        let answer = self.answer(method, params)?;
        ensure!(answer["error"].is_null(), "{method}: {answer}");
        Ok(answer["result"].clone())
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.place.path().display())
    }

    /// Opens a text and gives the complaints about it.
    fn open(&mut self, name: &str, text: &str) -> Result<Vec<Value>, Failed> {
        let uri = self.uri(name);
        self.tell("textDocument/didOpen", &json!({ "textDocument": { "uri": uri, "languageId": "xml", "version": 1, "text": text } }))?;
        self.complaints(&uri)
    }

    fn complaints(&mut self, uri: &str) -> Result<Vec<Value>, Failed> {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).map_err(|_| "no complaints came")?;
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return Ok(message["params"]["diagnostics"].as_array().cloned().unwrap_or_default());
            }
        }
    }

    fn at(&self, name: &str, text: &str, needle: &str) -> Value {
        let before = &text[..text.find(needle).unwrap_or(0)];
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
        json!({ "textDocument": { "uri": self.uri(name) }, "position": { "line": line, "character": character } })
    }

    /// Ends the conversation as an editor does. The status of the program.
    fn end(mut self) -> Result<Option<i32>, Failed> {
        self.ask("shutdown", &Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.input = None;
        Ok(self.child.wait()?.code())
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            header => length = header.strip_prefix("Content-Length: ").and_then(|number| number.parse().ok()).unwrap_or(length),
        }
    }
    let mut text = vec![0; length];
    reader.read_exact(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

fn complaints() -> Outcome {
    // The astral letter is two units of UTF-16 and four bytes; what stands before the fault on its line is counted by it.
    let text = support::article("<p>𝔸ж <xref ref-type=\"fig\" rid=\"f7\">Figure 7</xref></p>");
    let line = text.lines().find(|line| line.contains("f7")).ok_or("the line")?;
    let before = &line[..line.find("<xref").ok_or("the tag")?];
    for (encodings, column) in [(&["utf-16"][..], before.encode_utf16().count()), (&["utf-16", "utf-8"], before.len())] {
        let mut editor = Editor::counting(encodings)?;
        let found = editor.open("article.xml", &text)?;
        let dangling = found.iter().find(|found| found["code"] == "dangling-reference").ok_or_else(|| format!("{found:?}"))?;
        ensure!(dangling["severity"] == 1 && dangling["source"] == "diglot", "{dangling}");
        let start = &dangling["range"]["start"];
        ensure!(start["character"].as_u64().is_some_and(|at| at >= column as u64 && at <= column as u64 + 40), "{column}: {dangling}");
        ensure!(dangling["message"].as_str().is_some_and(|said| said.contains("f7") && said.contains("hint:")), "{dangling}");
        ensure!(editor.end()? == Some(0), "the status");
    }
    // What the editor shows is what `check` says, and its place is the same.
    let mut editor = Editor::new()?;
    editor.place.write("article.xml", &text)?;
    let shown = editor.open("article.xml", &text)?;
    let said = editor.place.run(&["check", "article.xml", "--message-format", "json"])?;
    let lines =
        said.out.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).filter(|line| line["type"] == "diagnostic" || line["code"].is_string());
    let said: Vec<Value> = lines.collect();
    ensure!(!shown.is_empty() && said.len() == shown.len(), "{} against {}: {said:?}", said.len(), shown.len());
    Ok(())
}

fn changes() -> Outcome {
    let mut editor = Editor::new()?;
    let broken = support::article("<p>See <xref rid=\"gone\">this</xref>.</p>");
    ensure!(!editor.open("article.xml", &broken)?.is_empty(), "nothing was found");
    let uri = editor.uri("article.xml");
    // Many letters in a row are read once.
    for version in 2..30 {
        let text = if version == 29 { support::article("<p>Sound.</p>") } else { broken.clone() };
        let change = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }] });
        editor.tell("textDocument/didChange", &change)?;
    }
    ensure!(editor.complaints(&uri)?.is_empty(), "the text is sound");
    editor.open("other.xml", &broken)?;
    let other = editor.uri("other.xml");
    editor.tell("textDocument/didClose", &json!({ "textDocument": { "uri": other } }))?;
    ensure!(editor.complaints(&other)?.is_empty(), "a closed text has no complaints");
    // XML that is no article is none of ours; an article that breaks off is.
    ensure!(editor.open("build.xml", "<project><target/></project>")?.is_empty(), "another kind of XML");
    ensure!(!editor.open("cut.xml", "<article><front>")?.is_empty(), "an article that breaks off");
    // A picture that is there at last is seen when the text is saved.
    let figure = support::article(
        "<fig id=\"f1\"><label>1</label><graphic xlink:href=\"one.png\"><alt-text>One.</alt-text></graphic></fig><p>See <xref rid=\"f1\">1</xref>.</p>",
    );
    let found = editor.open("figure.xml", &figure)?;
    ensure!(found.iter().any(|found| found["code"] == "missing-picture"), "{found:?}");
    editor.place.write("one.png", support::encoded(&DynamicImage::new_rgb8(40, 30), ImageFormat::Png)?)?;
    let uri = editor.uri("figure.xml");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": uri } }))?;
    let found = editor.complaints(&uri)?;
    ensure!(!found.iter().any(|found| found["code"] == "missing-picture"), "{found:?}");
    Ok(())
}

fn hover() -> Outcome {
    let mut editor = Editor::new()?;
    let text = support::article(
        "<fig id=\"f1\"><label>Figure 1</label><caption><p>A [plain] map.</p></caption></fig><p>See <xref ref-type=\"fig\" rid=\"f1\">it</xref> and <nosuch>this</nosuch>.</p>",
    );
    editor.open("a.xml", &text)?;
    for (needle, wanted) in [
        ("rid=\"f1\"", &["`xref`", "`f1` → `fig`: Figure 1 A \\[plain\\] map."][..]),
        ("it</xref>", &["`xref`", "Figure 1"]),
        ("<nosuch>", &["`nosuch`", "not known"]),
        ("<fig id", &["`fig`", "1 place points here"]),
    ] {
        let place = editor.at("a.xml", &text, needle);
        let said = editor.ask("textDocument/hover", &place)?;
        let value = said["contents"]["value"].as_str().unwrap_or_default();
        ensure!(wanted.iter().all(|wanted| value.contains(wanted)), "{needle}: {value}");
    }
    Ok(())
}

fn definitions() -> Outcome {
    let mut editor = Editor::new()?;
    let text = support::article(
        "<p>See <xref ref-type=\"fig\" rid=\"f1 f2\">both</xref>, <xref rid=\"f2\">two</xref>.</p>\n<fig id=\"f1\"><label>1</label></fig>\n<fig id=\"f2\"><label>2</label></fig>",
    );
    editor.open("a.xml", &text)?;
    let lines = |found: &Value| -> Vec<u64> { found.as_array().into_iter().flatten().filter_map(|place| place["range"]["start"]["line"].as_u64()).collect() };
    let line = |needle: &str| text[..text.find(needle).unwrap_or(0)].matches('\n').count() as u64;
    let both = editor.at("a.xml", &text, "both");
    ensure!(lines(&editor.ask("textDocument/definition", &both)?) == [line("<fig id=\"f1\""), line("<fig id=\"f2\"")], "both");
    let second = editor.at("a.xml", &text, "f2\">both");
    ensure!(lines(&editor.ask("textDocument/definition", &second)?) == [line("<fig id=\"f2\"")], "the second of two");
    let mut own = editor.at("a.xml", &text, "<fig id=\"f2\"");
    own["context"] = json!({ "includeDeclaration": false });
    ensure!(lines(&editor.ask("textDocument/references", &own)?).len() == 2, "who points at the second");
    let nothing = editor.at("a.xml", &text, "See ");
    ensure!(lines(&editor.ask("textDocument/definition", &nothing)?).is_empty(), "nothing to go to");
    Ok(())
}

fn outline() -> Outcome {
    let mut editor = Editor::new()?;
    let text = support::article(
        "<sec id=\"s1\"><label>1</label><title>Ends</title><sec><title>Means &amp; ways</title><table-wrap><label>Table 1</label></table-wrap></sec></sec>",
    );
    editor.open("a.xml", &text)?;
    let uri = editor.uri("a.xml");
    let symbols = editor.ask("textDocument/documentSymbol", &json!({ "textDocument": { "uri": uri } }))?;
    let named = |list: &Value, name: &str| list.as_array().and_then(|list| list.iter().find(|symbol| symbol["name"] == name).cloned()).unwrap_or_default();
    let section = named(&named(&symbols, "body")["children"], "1 Ends");
    let inner = named(&section["children"], "Means & ways");
    ensure!(named(&inner["children"], "Table 1")["kind"] == 18, "{symbols}");
    Ok(())
}

/// Applies the edits of an action to a text.
fn edited(text: &str, action: &Value) -> String {
    let changes = action["edit"]["changes"].as_object().and_then(|changes| changes.values().next()).and_then(Value::as_array).cloned().unwrap_or_default();
    let offset = |place: &Value| -> usize {
        let (line, character) = (place["line"].as_u64().unwrap_or(0) as usize, place["character"].as_u64().unwrap_or(0) as usize);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let within = text[start..].char_indices().find(|(_, c)| {
            let here = units >= character;
            units += c.len_utf16();
            here
        });
        start + within.map_or(0, |(at, _)| at)
    };
    let mut edits: Vec<(usize, usize, String)> = changes
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap_or_default().to_owned()))
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

fn repairs() -> Outcome {
    let mut editor = Editor::new()?;
    // Each fault with what mends it: a look-alike letter, a stop after a keyword, a lone ampersand, a DOI with a stop.
    let text = support::article("<p>О прoгрессе 𝔸 и R&D, x < 1.</p>")
        .replace("<title-group>", "<article-id pub-id-type=\"doi\">10.5555/abc.</article-id><title-group>")
        .replace("</article-meta>", "<kwd-group><kwd>one.</kwd></kwd-group></article-meta>");
    let found = editor.open("a.xml", &text)?;
    let codes = |found: &[Value]| -> Vec<String> { found.iter().filter_map(|found| found["code"].as_str().map(str::to_owned)).collect() };
    let uri = editor.uri("a.xml");
    let mut mended = 0;
    for one in found.iter().filter(|one| ["homoglyph", "stop-after-keyword", "repaired-xml", "invalid-doi"].iter().any(|code| one["code"] == *code)) {
        let wish = json!({ "textDocument": { "uri": uri }, "range": one["range"], "context": { "diagnostics": [one] } });
        let actions = editor.ask("textDocument/codeAction", &wish)?;
        let action = actions
            .as_array()
            .and_then(|actions| actions.iter().find(|action| action["kind"] == "quickfix"))
            .cloned()
            .ok_or_else(|| format!("no action for {one}"))?;
        let name = format!("once-{mended}.xml");
        let after = codes(&editor.open(&name, &edited(&text, &action))?);
        ensure!(after.len() < found.len(), "{one} was not mended: {after:?}");
        mended += 1;
    }
    ensure!(mended == 5, "{mended} of {:?}", codes(&found));
    let whole = json!({ "textDocument": { "uri": uri }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", &whole)?;
    let all = actions.as_array().and_then(|actions| actions.iter().find(|action| action["kind"] == "source.fixAll")).cloned().ok_or("no action for all")?;
    let after = codes(&editor.open("all.xml", &edited(&text, &all))?);
    ensure!(!after.iter().any(|code| ["homoglyph", "stop-after-keyword", "repaired-xml", "invalid-doi"].contains(&code.as_str())), "{after:?}");
    Ok(())
}

fn every_rid() -> Outcome {
    let mut editor = Editor::new()?;
    for (name, path) in support::masters() {
        let master = support::read(&path)?;
        let file = format!("{name}.xml");
        editor.open(&file, &master)?;
        let mut from = 0;
        let mut count = 0;
        while let Some(at) = master[from..].find(" rid=\"").map(|found| from + found + 6) {
            from = at;
            let id = master[at..].split(['"', ' ']).next().unwrap_or_default();
            let mut place = editor.at(&file, &master, &master[at - 6..]);
            place["position"]["character"] = json!(place["position"]["character"].as_u64().unwrap_or(0) + 6);
            let found = editor.ask("textDocument/definition", &place)?;
            let line = found[0]["range"]["start"]["line"].as_u64().ok_or_else(|| format!("{name}: `{id}` leads nowhere"))?;
            let target = master.lines().nth(line as usize).unwrap_or_default();
            let next = master.lines().nth(line as usize + 1).unwrap_or_default();
            ensure!(target.contains(&format!("id=\"{id}\"")) || next.contains(&format!("id=\"{id}\"")), "{name}: `{id}` leads to `{target}`");
            count += 1;
            if count == 40 {
                break;
            }
        }
    }
    Ok(())
}

fn hostile() -> Outcome {
    let mut editor = Editor::new()?;
    let nested = format!("<article><body>{}</body></article>", "<sec>".repeat(20_000));
    for (no, text) in
        ["", "\u{0}", "<article", "<!DOCTYPE a [<!ENTITY x \"&x;\">]><article>&x;</article>", "not XML at all", nested.as_str()].iter().enumerate()
    {
        let name = format!("hostile-{no}.xml");
        editor.open(&name, text)?;
        let uri = editor.uri(&name);
        for position in [json!({ "line": 0, "character": 0 }), json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 })] {
            let place = json!({ "textDocument": { "uri": uri }, "position": position, "context": { "includeDeclaration": true } });
            for method in ["textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/documentSymbol"] {
                editor.ask(method, &place)?;
            }
        }
    }
    let unknown = editor.answer("textDocument/rename", &json!({}))?;
    ensure!(unknown["error"]["code"] == -32601, "{unknown}");
    let odd = editor.answer("textDocument/hover", &json!({ "textDocument": 7 }))?;
    ensure!(odd["error"]["code"] == -32602, "{odd}");
    editor.tell("textDocument/didChange", &json!({ "textDocument": { "uri": "file:///nowhere.xml", "version": 1 }, "contentChanges": [] }))?;
    editor.tell("textDocument/didOpen", &json!([]))?;
    let nowhere = editor.ask("textDocument/hover", &json!({ "textDocument": { "uri": "untitled:one" }, "position": { "line": 0, "character": 0 } }))?;
    ensure!(nowhere.is_null(), "{nowhere}");
    ensure!(editor.end()? == Some(0), "the status");
    Ok(())
}
