//! `diglot serve`: what it shows, whom it answers, and that a click finds its line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::ensure;
use crate::support::live::{Live, Site};
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Failed, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("serve/state, pages, e-book and outputs", shows),
        Trial::test("serve/who is answered", answers),
        Trial::test("serve/garbage, and a thousand connections", hostile),
        Trial::test("serve/a master that breaks and mends, a folder that goes", breaks),
        Trial::test("serve/a master that takes for ever keeps no other waiting", slow),
        Trial::test("serve/a master that would take all memory is not set", large),
        Trial::test("serve/the editor opens at the line", editor),
        Trial::test("serve/a long article, and nothing to do", long),
        trial("serve/200 words of five masters lead to their lines", &[Need::Command("pdftotext")], words),
        trial("serve/in a browser", &[Need::Judge("reader")], browser),
    ]
}

/// Starts `serve` in a place.
fn serve(place: &Place, arguments: &[&str]) -> Result<(Live, Site), Failed> {
    let live = Live::start(place, &[&["serve", "--port", "0"], arguments].concat())?;
    let site = Site::of(&live)?;
    Ok((live, site))
}

fn master(word: &str) -> String {
    support::article(&format!("<p>One {word}, and another one.</p>"))
}

fn shows() -> Outcome {
    let place = Place::with(master("word"))?;
    let (_live, site) = serve(&place, &["article.xml"])?;
    let state = site.state(1, |state| state["run"] == 1)?;
    ensure!(state["name"] == "article.xml" && state["title"] == "A title" && state["failed"] == false, "{state}");
    let print = state["pages"][0]["print"].as_str().ok_or("no page")?.to_owned();
    let (status, drawing) = site.ask_with("GET", &format!("/article/1/page/{print}.svg"), "")?;
    let drawing = String::from_utf8(drawing)?;
    ensure!(status == 200 && drawing.starts_with("<svg"), "{status}: {}", drawing.get(..80).unwrap_or_default());
    roxmltree::Document::parse(&drawing)?;
    let version = state["book"]["version"].as_str().ok_or("no e-book")?;
    let (status, text) = site.ask_with("GET", &format!("/article/1/book/{version}/EPUB/article.xhtml"), "")?;
    ensure!(status == 200 && String::from_utf8(text)?.contains("One word, and another one."), "the e-book is not there");
    for (name, start) in [("article.pdf", "%PDF-"), ("article.epub", "PK")] {
        let (status, bytes) = site.ask_with("GET", &format!("/article/1/file/{name}"), "")?;
        ensure!(status == 200 && bytes.starts_with(start.as_bytes()), "{name}: {status}");
    }
    // The outputs are those of `build`, byte for byte.
    let built = Place::with(master("word"))?;
    built.run(&["build", "article.xml"])?.exits(0)?;
    for name in ["article.pdf", "article.epub"] {
        let (_, bytes) = site.ask_with("GET", &format!("/article/1/file/{name}"), "")?;
        ensure!(bytes == support::bytes(&built.at(&format!("build/{name}")))?, "{name} is another one than that of `build`");
    }
    // A change is told to who listens, and the page has another address then; what nobody changed keeps its own.
    let mut events = site.connect()?;
    write!(events, "GET /events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", site.0)?;
    until(&mut events, "retry:")?;
    fs::write(place.at("article.xml"), master("other"))?;
    until(&mut events, "\"article\":1")?;
    let changed = site.state(1, |state| state["run"] == 2)?;
    ensure!(changed["pages"][0]["print"] != print.as_str(), "the page is the same");
    // After changes, what the engine kept makes the same as it would make anew.
    fs::write(place.at("article.xml"), master("word"))?;
    let again = site.state(1, |state| state["run"] == 3)?;
    ensure!(again["pages"][0]["print"] == print.as_str(), "the same text makes another page");
    let (_, bytes) = site.ask_with("GET", "/article/1/file/article.pdf", "")?;
    ensure!(bytes == support::bytes(&built.at("build/article.pdf"))?, "after two changes the pdf is another one than that of `build`");
    // A comment changes nothing that is seen.
    fs::write(place.at("article.xml"), master("word").replace("<body>", "<!-- a comment\n of two lines -->\n<body>"))?;
    let same = site.state(1, |state| state["run"] == 4)?;
    ensure!(same["pages"] == again["pages"], "a comment changes the pages");
    ensure!(support::entries(place.path()).len() == 1, "something was written");
    Ok(())
}

/// Reads until a text has come.
fn until(stream: &mut TcpStream, wanted: &str) -> Outcome {
    let mut text = String::new();
    let mut byte = [0];
    while !text.contains(wanted) {
        ensure!(stream.read(&mut byte)? == 1, "`{wanted}` does not come: {text}");
        text.push(char::from(byte[0]));
    }
    Ok(())
}

fn answers() -> Outcome {
    let place = Place::with(master("word"))?;
    place.write("secret.txt", "nobody reads this")?;
    let (_live, site) = serve(&place, &["article.xml"])?;
    site.state(1, |state| state["run"] == 1)?;
    let status = |method: &str, path: &str, fields: &str| site.ask_with(method, path, fields).map(|(status, _)| status);
    ensure!(status("GET", "/", "")? == 200, "the page is not there");
    for path in [
        "/secret.txt",
        "/article.xml",
        "/article/1/book/0/../../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/article/1/book/0/mimetype/../../secret.txt",
    ] {
        ensure!(matches!(status("GET", path, "")?, 400 | 404), "{path} is answered");
    }
    for path in
        ["/article/9/state", "/article/x/state", "/article/-1/state", "/article/1/page/zz.svg", "/article/1/page/0.svg", "/article/1/file/x.pdf", "/nosuch"]
    {
        ensure!(status("GET", path, "")? == 404, "{path} is answered");
    }
    for query in [
        "",
        "?page=0&x=1&y=1",
        "?page=9999999999999999999999&x=1&y=1",
        "?page=1&x=NaN&y=inf",
        "?start=5&end=1",
        "?start=4294967295&end=4294967295",
        "?line=0",
        "?file=x&unit=-1",
    ] {
        let found = status("GET", &format!("/article/1/where{query}"), "")?;
        ensure!(matches!(found, 200 | 400), "{query}: {found}");
    }
    // Names that were made to point here, pages of other sites, and what is no request for anything shown.
    let here = format!("Host: 127.0.0.1:{}", site.0);
    let raw = |request: String| -> Result<String, Failed> {
        let answer = site.send(request.as_bytes())?;
        Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned())
    };
    for host in ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", ""] {
        ensure!(raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"))?.contains("403"), "`{host}` is answered");
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        ensure!(raw(format!("GET /articles HTTP/1.1\r\n{here}\r\nOrigin: {origin}\r\n\r\n"))?.contains("403"), "`{origin}` is answered");
    }
    ensure!(
        raw(format!("GET /article/1/state HTTP/1.1\r\n{here}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n"))?.contains("403"),
        "another site reads along"
    );
    for method in ["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"] {
        ensure!(status(method, "/", "")? == 405, "{method} is answered");
    }
    let own = format!("Origin: http://127.0.0.1:{}\r\n", site.0);
    ensure!(status("POST", "/article/1/open?line=1", "")? == 403, "a deed without an origin");
    ensure!(status("POST", "/article/1/open?line=1", &own)? == 403, "a deed without a token");
    ensure!(status("POST", "/article/1/open?line=1", &format!("{own}Content-Length: 1\r\n"))? == 413, "a body");
    // What a page of an e-book may do is nothing.
    let answer = site.send(format!("GET /article/1/book/0/EPUB/article.xhtml HTTP/1.1\r\n{here}\r\n\r\n").as_bytes())?;
    let head = String::from_utf8_lossy(&answer).split("\r\n\r\n").next().unwrap_or_default().to_owned();
    ensure!(head.contains("sandbox allow-same-origin; default-src 'none'") && !head.contains("script"), "{head}");
    for (arguments, said) in [
        (vec!["serve", "--editor", "code"], "it has to name the file"),
        (vec!["serve", "--editor", "code '{file}"], "is not closed"),
        (vec!["serve", "--message-format", "json"], "is shown in the browser"),
        (vec!["serve", "--port", "99999"], "99999"),
    ] {
        place.run(&arguments)?.exits(2)?.says(said)?;
    }
    place.run(&["serve", "--port", &site.0.to_string()])?.exits(2)?.says("cannot be had")?;
    Ok(())
}

fn hostile() -> Outcome {
    let place = Place::with(master("word"))?;
    let (live, site) = serve(&place, &["article.xml"])?;
    site.state(1, |state| state["run"] == 1)?;
    for garbage in
        [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"[..], b"\r\n\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", &[0xff; 5000], &[b'A'; 40_000], b"GET /\0 HTTP/1.1\r\n\r\n"]
    {
        let answer = site.send(garbage)?;
        let text = String::from_utf8_lossy(&answer);
        ensure!(text.is_empty() || text.starts_with("HTTP/1.1 4"), "{text}");
    }
    let mut idle = Vec::new();
    for at in 0..1_000 {
        let mut stream = site.connect()?;
        if at % 3 == 0 {
            let _ = stream.write_all(b"GET /articles HTTP/1.1\r\nHost: 127");
        }
        idle.push(stream);
        if at % 200 == 199 {
            let start = Instant::now();
            site.data("/articles")?;
            ensure!(start.elapsed() < Duration::from_secs(5), "among {at} idle connections an answer takes {:?}", start.elapsed());
        }
    }
    // A thread whose connection was pushed out goes when it is given time.
    let count = || fs::read_dir(format!("/proc/{}/task", live.id())).map_or(0, Iterator::count);
    let start = Instant::now();
    while count() >= 150 && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let threads = count();
    ensure!(threads < 150, "there are {threads} threads");
    drop(idle);
    // Listeners past the bound push out the oldest.
    let mut listeners = Vec::new();
    for _ in 0..60 {
        let mut stream = site.connect()?;
        write!(stream, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", site.0)?;
        until(&mut stream, "retry:")?;
        listeners.push(stream);
    }
    fs::write(place.at("article.xml"), master("changed"))?;
    until(listeners.last_mut().ok_or("nobody listens")?, "\"article\":1")?;
    site.state(1, |state| state["run"] == 2)?;
    Ok(())
}

fn breaks() -> Outcome {
    let place = Place::new()?;
    place.write("source/one/article.xml", master("first"))?;
    let (_live, site) = serve(&place, &[])?;
    let state = site.state(1, |state| state["run"] == 1)?;
    fs::write(place.at("source/one/article.xml"), "<article><body><p>One fir")?;
    let broken = site.state(1, |state| state["failed"] == true)?;
    ensure!(broken["pages"] == state["pages"] && broken["book"] == state["book"], "the good pages are gone");
    ensure!(broken["found"].as_array().is_some_and(|found| !found.is_empty()), "{broken}");
    // A word of the old pages still has its line.
    let hit = site.data("/article/1/find?q=another")?;
    let boxes = &hit["pages"][0]["boxes"][0];
    let at = |index: usize| boxes[index].as_f64().unwrap_or_default();
    let found = site.data(&format!("/article/1/where?page=1&x={}&y={}", at(0) + 2.0, at(1) + 3.0))?;
    ensure!(found["found"] == true && found["line"]["parts"][1] == "another", "{found}");
    fs::write(place.at("source/one/article.xml"), master("second"))?;
    let mended = site.state(1, |state| state["failed"] == false && state["run"].as_u64() > Some(2))?;
    ensure!(mended["found"].as_array().is_some_and(Vec::is_empty), "{mended}");
    // Another master comes, goes and comes back under its number; then the folder goes and comes back.
    place.write("source/two/article.xml", master("other"))?;
    let listed = |ids: &[u64]| -> Outcome {
        let start = Instant::now();
        loop {
            let articles = site.data("/articles")?;
            let found: Vec<u64> = articles["articles"].as_array().into_iter().flatten().filter_map(|article| article["id"].as_u64()).collect();
            if found == ids {
                return Ok(());
            }
            ensure!(start.elapsed() < crate::support::live::LIMIT, "the masters are {found:?}, not {ids:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    listed(&[1, 2])?;
    site.state(2, |state| state["run"] == 1)?;
    place.write("source/three/article.xml", master("third"))?;
    listed(&[1, 3, 2])?;
    fs::rename(place.at("source/two"), place.at("away"))?;
    listed(&[1, 3])?;
    fs::rename(place.at("away"), place.at("source/two"))?;
    listed(&[1, 3, 2])?;
    fs::remove_dir_all(place.at("source/three"))?;
    listed(&[1, 2])?;
    fs::rename(place.at("source"), place.at("away"))?;
    std::thread::sleep(Duration::from_millis(300));
    ensure!(site.data("/articles").is_ok(), "the server has gone with the folder");
    fs::rename(place.at("away"), place.at("source"))?;
    fs::write(place.at("source/one/article.xml"), master("third"))?;
    let start = Instant::now();
    while site.data("/article/1/find?q=third").map_or(0, |found| found["pages"].as_array().map_or(0, Vec::len)) == 0 {
        ensure!(start.elapsed() < crate::support::live::LIMIT, "what came back is not followed");
        std::thread::sleep(Duration::from_millis(30));
    }
    Ok(())
}

fn slow() -> Outcome {
    let place = Place::new()?;
    // A word of three million letters: the engine looks for places to divide it, and takes minutes.
    place.write("source/a.xml", support::article(&format!("<p>{}</p>", "x".repeat(3_000_000))))?;
    place.write("source/b.xml", master("first"))?;
    let (_live, site) = serve(&place, &[])?;
    let is_busy = || -> Outcome {
        let state = site.data("/article/1/state")?;
        ensure!(state["busy"] == true && state["run"] == 0, "it does not take for ever: {state}");
        Ok(())
    };
    is_busy()?;
    site.state(2, |state| state["run"] == 1 && state["busy"] == false)?;
    fs::write(place.at("source/b.xml"), master("second"))?;
    let start = Instant::now();
    while site.data("/article/2/find?q=second")?["pages"].as_array().map_or(0, Vec::len) == 0 {
        ensure!(start.elapsed() < crate::support::live::LIMIT, "the change is not shown");
        std::thread::sleep(Duration::from_millis(30));
    }
    is_busy()
}

/// A master that would take all of the machine's memory is not set; what is wrong with it is said.
fn large() -> Outcome {
    let place = Place::new()?;
    let paragraph = format!("<p>{}</p>", "The text goes on. ".repeat(500));
    place.write("source/a.xml", support::article(&paragraph.repeat(1000)))?;
    place.write("source/b.xml", master("first"))?;
    let (_live, site) = serve(&place, &[])?;
    let state = site.state(1, |state| state["run"] == 1)?;
    ensure!(state.to_string().contains("master-too-large"), "{state}");
    ensure!(state["pages"].as_array().is_none_or(Vec::is_empty), "it is set: {state}");
    site.state(2, |state| state["run"] == 1 && state["pages"].as_array().is_some_and(|pages| !pages.is_empty()))?;
    Ok(())
}

fn editor() -> Outcome {
    let place = Place::new()?;
    // A name that a shell would take apart.
    let folder = "a b; touch harmed $(touch harmed) 'x'";
    place.write(&format!("{folder}/article.xml"), master("word"))?;
    place.write("editor.sh", "#!/bin/sh\nprintf '%s\\n' \"$@\" > opened.tmp\nmv opened.tmp opened\n")?;
    let script = place.at("editor.sh").display().to_string();
    let (_live, site) = serve(&place, &["--editor", &format!("/bin/sh '{script}' -g {{file}}:{{line}}:{{column}} '{{line}} {{other}}'"), folder])?;
    site.state(1, |state| state["run"] == 1)?;
    let (_, page) = site.ask_with("GET", "/", "")?;
    let page = String::from_utf8(page)?;
    let token = page.split("name=\"token\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).ok_or("no token")?;
    ensure!(token.len() == 32, "the token is `{token}`");
    let fields = |token: &str| format!("Origin: http://127.0.0.1:{}\r\nX-Token: {token}\r\n", site.0);
    let (status, _) = site.ask_with("POST", "/article/1/open?line=7&column=3", &fields("00000000000000000000000000000000"))?;
    ensure!(status == 403, "any token will do: {status}");
    let (status, body) = site.ask_with("POST", "/article/1/open?line=7&column=3", &fields(token))?;
    ensure!(status == 200 && String::from_utf8_lossy(&body).contains("true"), "{status}");
    let start = Instant::now();
    while !place.at("opened").is_file() {
        ensure!(start.elapsed() < crate::support::live::LIMIT, "the editor does not open");
        std::thread::sleep(Duration::from_millis(20));
    }
    let said = support::read(&place.at("opened"))?;
    let file = place.at(&format!("{folder}/article.xml")).canonicalize()?.display().to_string();
    ensure!(said == format!("-g\n{file}:7:3\n7 {{other}}\n"), "the editor is told:\n{said}");
    ensure!(!place.at("harmed").exists(), "a shell has read the name");
    Ok(())
}

/// How many paragraphs the long article has: some two hundred pages.
const PARAGRAPHS: usize = 1_900;

fn long() -> Outcome {
    let words = "Words that fill a line of a long text, and of another one, and so on. ".repeat(8);
    let body = |mark: &str| (0..PARAGRAPHS).map(|at| format!("<p>Number {at}{}. {words}</p>\n", if at == 60 { mark } else { "" })).collect::<String>();
    let place = Place::with(support::article(&body("")))?;
    let (live, site) = serve(&place, &["article.xml"])?;
    let state = site.state(1, |state| state["run"] == 1)?;
    let pages = state["pages"].as_array().cloned().unwrap_or_default();
    ensure!(pages.len() >= 200, "there are {} pages", pages.len());
    fs::write(place.at("article.xml"), support::article(&body("x")))?;
    let changed = site.state(1, |state| state["run"] == 2)?;
    let after = changed["pages"].as_array().cloned().unwrap_or_default();
    let differ = pages.iter().zip(&after).filter(|(one, other)| one["print"] != other["print"]).count();
    ensure!(after.len() == pages.len() && (1..=2).contains(&differ), "{differ} of {} pages are drawn anew", pages.len());
    eprintln!("a word of {} pages: the pages after {} ms, all after {} ms", pages.len(), changed["took"][0], changed["took"][2]);
    let last = site.data(&format!("/article/1/find?q=Number+{}", PARAGRAPHS - 1))?;
    ensure!(last["pages"][0]["page"].as_u64().is_some_and(|page| page + 2 > pages.len() as u64), "{last}");
    // A listener, and nothing to do: no time of a processor.
    let mut events = site.connect()?;
    write!(events, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", site.0)?;
    std::thread::sleep(Duration::from_millis(300));
    let before = live.spent()?;
    std::thread::sleep(Duration::from_secs(1));
    let spent = live.spent()? - before;
    ensure!(spent <= 1, "to do nothing takes {spent} hundredths of a second");
    Ok(())
}

/// Words that a master has once, outside of its tags, each with its line.
fn once(text: &str) -> Vec<(String, usize)> {
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 6).map(str::to_owned).collect::<Vec<_>>();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words(text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let bare: String = line
            .chars()
            .map(|c| {
                match c {
                    '<' => inside = true,
                    '>' => {
                        inside = false;
                        return ' ';
                    }
                    _ => {}
                }
                if inside { ' ' } else { c }
            })
            .collect();
        let own = words(&bare).into_iter().filter(|word| counts.get(word) == Some(&1) && word.chars().all(char::is_alphabetic));
        found.extend(own.map(|word| (word, at + 1)));
    }
    found
}

/// Where poppler sees the words of a PDF: page, middle, and the word without what stands at it.
fn seen(pdf: &std::path::Path) -> Result<Vec<(usize, f64, f64, String)>, Failed> {
    let text = pdf_text(pdf, &["-bbox"])?;
    let mut page = 0;
    let mut words = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        page += usize::from(line.starts_with("<page "));
        let Some(rest) = line.strip_prefix("<word ") else { continue };
        let number =
            |name: &str| rest.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).and_then(|number| number.parse::<f64>().ok());
        let (Some(left), Some(top), Some(right), Some(bottom)) = (number("xMin"), number("yMin"), number("xMax"), number("yMax")) else { continue };
        let word = rest.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
        words.push((page, (left + right) / 2.0, (top + bottom) / 2.0, word));
    }
    Ok(words)
}

/// Labels that the layout sets, and the elements of which they are said.
const SAID_OF: [(&str, &str); 5] =
    [("Abstract", "abstract"), ("Аннотация", "abstract"), ("Resumen", "abstract"), ("Keywords", "kwd-group"), ("Аңдатпа", "abstract")];

fn words() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source(), &place.at("source"))?;
    let (_live, site) = serve(&place, &["source"])?;
    let (mut tried, mut labels) = (0, 0);
    for (at, (name, path)) in support::masters().into_iter().enumerate() {
        let id = at as u64 + 1;
        let state = site.state(id, |state| state["run"] == 1)?;
        ensure!(state["name"].as_str().is_some_and(|shown| shown.contains(&name)), "{name}: {}", state["name"]);
        let (_, pdf) = site.ask_with("GET", &format!("/article/{id}/file/{name}.pdf"), "")?;
        place.write(&format!("{name}.pdf"), pdf)?;
        let seen = seen(&place.at(&format!("{name}.pdf")))?;
        let text = support::read(&path)?;
        let mut candidates = Vec::new();
        for (word, line) in once(&text) {
            let mut places = seen.iter().filter(|(.., shown)| *shown == word);
            if let (Some(place), None) = (places.next(), places.next()) {
                candidates.push((word, line, place));
            }
        }
        let step = (candidates.len() / 45).max(1);
        for (word, line, (page, x, y, _)) in candidates.into_iter().step_by(step).take(45) {
            let found = site.data(&format!("/article/{id}/where?page={page}&x={x:.2}&y={y:.2}"))?;
            ensure!(
                found["found"] == true && found["landed"]["line"] == line,
                "{name}: `{word}` of line {line}, on page {page}, leads to {}",
                found["landed"]["line"]
            );
            let marked = found["line"]["parts"][1].as_str().unwrap_or_default();
            ensure!(marked.contains(&word), "{name}: of line {line} is marked `{marked}`, not `{word}`");
            tried += 1;
        }
        // Whoever says a word, a click on it leads somewhere; on words of the layout to what they are said of.
        for (page, x, y, word) in seen.iter().filter(|(page, ..)| *page == 1) {
            let found = site.data(&format!("/article/{id}/where?page={page}&x={x:.2}&y={y:.2}"))?;
            ensure!(found["found"] == true && found["landed"]["line"].as_u64() > Some(1), "{name}: a click on `{word}` leads nowhere");
            if let Some(element) = SAID_OF.iter().find(|(label, _)| label == word).map(|(_, element)| element) {
                let path = found["landed"]["path"].to_string();
                ensure!(found["how"] == "beside" && path.contains(element), "{name}: `{word}` is said of {path}");
                labels += 1;
            }
        }
    }
    ensure!(tried >= 200, "only {tried} words were tried");
    ensure!(labels >= 6, "only {labels} labels were seen");
    Ok(())
}

fn browser() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source(), &place.at("source"))?;
    let (_live, site) = serve(&place, &["source"])?;
    let output = Command::new(support::root().join("tests/judges/run"))
        .args(["serve", &format!("http://127.0.0.1:{}/", site.0)])
        .arg(place.at("source"))
        .output()
        .map_err(|error| format!("the judge does not run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    eprintln!("{said}");
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    ensure!(said.lines().filter(|line| line.starts_with("ok\t")).count() >= 18, "the judge has judged little:\n{said}");
    Ok(())
}
