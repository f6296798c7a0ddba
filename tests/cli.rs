//! The program as its users meet it: every command, every form of message, every exit status.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::Stdio;

use article::code::Code;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

/// A test and its name.
type Named = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 25] = [
        ("help and version", help_and_version),
        ("a command line that is wrong", wrong_command_line),
        ("explain", explain),
        ("layouts", layouts),
        ("citation styles", citation_styles),
        ("fonts", fonts),
        ("build without any configuration", build),
        ("build one file", one_file),
        ("build some formats", formats),
        ("folders are mirrored", mirrored),
        ("what is no master is passed over", passed_over),
        ("no masters", no_masters),
        ("two masters that make one file", same_output),
        ("a master named twice", named_twice),
        ("one bad master stops no other", one_bad_master),
        ("check makes nothing", check),
        ("messages for people", human),
        ("messages for editors", short),
        ("messages for programs", json),
        ("colours", colours),
        ("strict", strict),
        ("report", report),
        ("timings", timings),
        ("standards of the pdf", standards),
        ("a reader that goes away", broken_pipe),
    ];
    all.into_iter().map(|(name, run)| Trial::test(format!("cli/{name}"), run)).collect()
}

fn sound() -> String {
    support::article("<p>One word, and another one.</p>")
}

/// A master with one error on line 6 and one warning on line 7.
fn faulty() -> String {
    support::article("<p>See <xref ref-type=\"fig\" rid=\"f7\">Figure 7</xref>.</p>\n<p>A <nosuch>word</nosuch>.</p>")
}

/// A master with a warning alone.
fn doubtful() -> String {
    support::article("<p>A <nosuch>word</nosuch>.</p>")
}

/// The files below a folder of the place.
fn below(place: &Place, folder: &str) -> Vec<String> {
    let folder = place.at(folder);
    support::files_below(&folder).iter().map(|path| path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().into_owned()).collect()
}

fn help_and_version() -> Outcome {
    let place = Place::new()?;
    let version = place.run(&["--version"])?.exits(0)?;
    ensure!(version.out == format!("diglot {}\n", env!("CARGO_PKG_VERSION")), "{}", version.out);
    let help = place.run(&["--help"])?.exits(0)?.out;
    for word in ["build", "check", "explain", "layouts", "fonts", "completions", "man", "Examples:", "Exit status"] {
        ensure!(help.contains(word), "the help does not name `{word}`:\n{help}");
    }
    let build = place.run(&["build", "--help"])?.exits(0)?.out;
    for flag in [
        "--output",
        "--out-dir",
        "--to",
        "--layout",
        "--pdf-standard",
        "--strict",
        "--message-format",
        "--color",
        "--report",
        "--creation-timestamp",
        "--keep-broken",
        "--font-path",
        "--system-fonts",
        "--attach-master",
        "--timings",
    ] {
        ensure!(build.contains(flag), "the help of build does not name `{flag}`:\n{build}");
    }
    // The short help of any command is seen at once.
    for command in [
        "build",
        "watch",
        "serve",
        "check",
        "init",
        "press",
        "explain",
        "explain-node",
        "layouts",
        "report",
        "styles",
        "fonts",
        "licenses",
        "lsp",
        "completions",
        "man",
    ] {
        let help = place.run(&[command, "-h"])?.exits(0)?.out;
        ensure!(help.lines().count() <= 40 && help.lines().all(|line| line.chars().count() <= 110), "the help of `{command}` is larger than a screen:\n{help}");
    }
    for command in ["check", "explain", "layouts", "fonts"] {
        ensure!(!place.run(&[command, "--help"])?.exits(0)?.out.is_empty(), "`{command}` has no help");
    }
    Ok(())
}

fn wrong_command_line() -> Outcome {
    let place = Place::with(sound())?;
    for arguments in [
        &["bulid"][..],
        &["build", "--nosuch"],
        &["build", "--to", "docx"],
        &["build", "-o"],
        &["build", "article.xml", "-o", "x.doc"],
        &["build", "article.xml", "-o", "x.pdf", "--to", "pdf"],
        &["build", "--pdf-standard", "x-4"],
        &[],
    ] {
        let run = place.run(arguments)?.exits(2)?;
        ensure!(!run.err.is_empty() && run.out.is_empty(), "{arguments:?}: {}{}", run.out, run.err);
    }
    place.run(&["bulid"])?.says("build")?;
    Ok(())
}

fn explain() -> Outcome {
    let place = Place::new()?;
    for code in Code::ALL {
        let page = place.run(&["explain", code.name()])?.exits(0)?.out;
        ensure!(page.contains(code.name()) && unwrapped(&page).contains(&unwrapped(code.page())), "{page}");
    }
    let all = place.run(&["explain"])?.exits(0)?.out;
    for code in Code::ALL {
        ensure!(all.contains(code.name()), "the list does not name `{}`", code.name());
    }
    place.run(&["explain", "dangling-refrence"])?.exits(2)?.says("`diglot explain` lists all codes")?;
    Ok(())
}

/// A text without its line ends and marks.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn layouts() -> Outcome {
    let place = Place::with(sound())?;
    let list = place.run(&["layouts", "list"])?.exits(0)?.out;
    ensure!(list.lines().any(|line| line.starts_with("classic ")), "{list}");
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        place.run(&["layouts", "eject", name, &format!("own/{name}")])?.exits(0)?;
        ensure!(place.at(&format!("own/{name}/layout.toml")).is_file(), "`{name}` was not copied out");
        place.run(&["build", "article.xml", "--layout", name, "--out-dir", "built-in"])?.exits(0)?;
        place.run(&["build", "article.xml", "--layout", &format!("own/{name}"), "--out-dir", "own-one"])?.exits(0)?;
        for file in ["article.pdf", "article.epub"] {
            ensure!(
                support::bytes(&place.at("built-in").join(file))? == support::bytes(&place.at("own-one").join(file))?,
                "`{name}` copied out makes another {file}"
            );
        }
    }
    place.run(&["layouts", "eject", "base"])?.exits(0)?;
    ensure!(place.at("layouts/base/base.typ").is_file(), "`base` was not copied out");
    place.write("full/x", "x")?;
    place.run(&["layouts", "eject", "classic", "full"])?.exits(2)?.says("not empty")?;
    place.run(&["layouts", "eject", "nosuch"])?.exits(2)?.says("nosuch")?;
    place.run(&["build", "article.xml", "--layout", "nosuch"])?.exits(2)?.says("classic")?;
    Ok(())
}

/// The style of the command line goes before that of the layout; a file of the project is a style too, beside the layout or beside the master.
fn citation_styles() -> Outcome {
    let reference = "<ref-list><ref id=\"r1\"><element-citation publication-type=\"book\"><name><surname>Abe</surname><given-names>Cora</given-names></name><source>Rivers</source><year>1999</year></element-citation></ref></ref-list>";
    let place = Place::with(support::article_with("", "<p>So <xref ref-type=\"bibr\" rid=\"r1\"/>.</p>", reference))?;
    let own = |format: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated><category citation-format=\"numeric\"/></info><citation><layout prefix=\"{{\" suffix=\"}}\"><text variable=\"citation-number\"/></layout></citation><bibliography><layout suffix=\"{format}\"><text variable=\"title\"/></layout></bibliography></style>"
        )
    };
    place.write("own.csl", own("!"))?;
    place.write("bad.csl", "<style/>")?;
    place.write("lay/layout.typ", "#import \"/layouts/base/base.typ\": *\n")?;
    place.write("lay/layout.toml", "name = \"lay\"\ncitation-style = \"house.csl\"\n")?;
    place.write("lay/house.csl", own("?"))?;
    place.write("near/layout.typ", "#import \"/layouts/base/base.typ\": *\n")?;
    place.write("near/layout.toml", "name = \"near\"\ncitation-style = \"own.csl\"\n")?;
    let says = |arguments: &[&str], wanted: &str| -> Outcome {
        let mut all = vec!["build", "article.xml", "--to", "epub", "--out-dir", "out"];
        all.extend(arguments);
        place.run(&all)?.exits(0)?;
        let texts = crate::support::container::texts(&place.at("out/article.epub"))?;
        let text = texts.iter().find(|(path, _)| path.ends_with("article.xhtml")).map(|(_, text)| text.as_str()).unwrap_or_default();
        ensure!(text.contains(wanted), "{arguments:?} does not set `{wanted}`:\n{text}");
        Ok(())
    };
    says(&[], "Abe C. ")?;
    says(&["--csl", "apa"], "(Abe, 1999)")?;
    says(&["--csl", "gost"], "Abe C. ")?;
    says(&["--csl", "own.csl"], "Rivers!")?;
    says(&["--layout", "lay"], "Rivers?")?;
    says(&["--layout", "lay", "--csl", "apa"], "(Abe, 1999)")?;
    says(&["--layout", "near"], "Rivers!")?;
    place.run(&["build", "article.xml", "--csl", "bad.csl"])?.exits(2)?.says("unknown-style")?;
    place.run(&["build", "article.xml", "--csl", "none.csl"])?.exits(2)?.says("unknown-style")?;
    place.run(&["build", "article.xml", "--csl", "vancuver"])?.exits(2)?.says("vancouver")?;
    let list = place.run(&["styles"])?.exits(0)?.out;
    ensure!(list.lines().any(|line| line == "gost-r-705-2008-alphabetic"), "{list}");
    Ok(())
}

fn fonts() -> Outcome {
    let place = Place::new()?;
    let list = place.run(&["fonts"])?.exits(0)?.out;
    ensure!(list.contains("Gentium Plus"), "{list}");
    let one = support::entries(&support::root().join("fonts"))
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "ttf" || extension == "otf"))
        .ok_or("no font")?;
    place.write("more/font.ttf", support::bytes(&one)?)?;
    place.run(&["fonts", "--font-path", "more"])?.exits(0)?;
    place.run(&["fonts", "--font-path", "none"])?.exits(2)?.says("none")?;
    Ok(())
}

fn build() -> Outcome {
    let place = Place::with(sound())?;
    let run = place.run(&["build", "article.xml"])?.exits(0)?;
    ensure!(below(&place, "build") == ["article.epub", "article.pdf"], "{:?}", below(&place, "build"));
    ensure!(support::bytes(&place.at("build/article.pdf"))?.starts_with(b"%PDF-"), "no pdf");
    ensure!(support::bytes(&place.at("build/article.epub"))?.starts_with(b"PK"), "no epub");
    ensure!(run.out.is_empty(), "the standard output is for data: {}", run.out);
    place.write("work/article.xml", sound())?;
    place.run(&["build", "work/article.xml", "--out-dir", "named"])?.exits(0)?;
    ensure!(below(&place, "named") == ["work.epub", "work.pdf"], "{:?}", below(&place, "named"));
    Ok(())
}

fn one_file() -> Outcome {
    let place = Place::with(sound())?;
    for (name, start) in [("deep/page.pdf", &b"%PDF-"[..]), ("book.EPUB", b"PK")] {
        place.run(&["build", "article.xml", "-o", name])?.exits(0)?;
        ensure!(support::bytes(&place.at(name))?.starts_with(start), "{name}");
    }
    ensure!(!place.at("build").exists(), "something else was written");
    place.write("other.xml", sound())?;
    place.run(&["build", "article.xml", "other.xml", "-o", "page.pdf"])?.exits(2)?;
    Ok(())
}

fn formats() -> Outcome {
    let place = Place::with(sound())?;
    for (to, made) in [("pdf", vec!["article.pdf"]), ("epub", vec!["article.epub"]), ("epub,pdf", vec!["article.epub", "article.pdf"])] {
        let out = format!("out-{}", to.len());
        place.run(&["build", "article.xml", "--to", to, "--out-dir", &out])?.exits(0)?;
        ensure!(below(&place, &out) == made, "{to}: {:?}", below(&place, &out));
    }
    Ok(())
}

fn mirrored() -> Outcome {
    let place = Place::new()?;
    for master in
        ["source/one/article.xml", "source/one/two.xml", "source/deep/er/article.xml", "source/three.xml", "source/v1.2.xml", "source/.hidden/article.xml"]
    {
        place.write(master, sound())?;
    }
    let run = place.run(&["build", "--to", "epub"])?.exits(0)?;
    let wanted: BTreeSet<&str> = ["deep/er.epub", "one.epub", "one/two.epub", "three.epub", "v1.2.epub"].into();
    ensure!(below(&place, "build").iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted, "{:?}", below(&place, "build"));
    // Building again does not take the outputs for masters, nor lose any.
    place.run(&["build", ".", "--to", "epub", "--out-dir", "build"])?.exits(0)?;
    ensure!(run.err.contains("5 masters"), "{}", run.err);
    Ok(())
}

fn passed_over() -> Outcome {
    let place = Place::new()?;
    place.write("source/article.xml", sound())?;
    place.write("source/pom.xml", "<project><version>1</version></project>")?;
    place.write("source/notes.txt", "<article>")?;
    std::os::unix::fs::symlink("..", place.at("source/up"))?;
    place.run(&["build", "source", "--to", "epub"])?.exits(0)?;
    ensure!(below(&place, "build") == ["source.epub"], "{:?}", below(&place, "build"));
    // A file that is named is meant, whatever is in it.
    place.run(&["build", "source/pom.xml"])?.exits(1)?.says("not-jats")?;
    Ok(())
}

fn no_masters() -> Outcome {
    let place = Place::new()?;
    place.run(&["build"])?.exits(2)?.says("no-masters")?;
    place.write("empty/x.txt", "x")?;
    place.run(&["build", "empty"])?.exits(2)?.says("empty")?;
    place.run(&["check", "empty"])?.exits(2)?.says("no-masters")?;
    place.run(&["build", "none.xml"])?.exits(2)?.says("cannot-read")?;
    Ok(())
}

fn same_output() -> Outcome {
    let place = Place::new()?;
    place.write("a/article.xml", sound())?;
    place.write("a.xml", sound())?;
    let run = place.run(&["build", "a/article.xml", "a.xml"])?.exits(2)?.says("same-output")?;
    ensure!(run.err.contains("a/article.xml") && run.err.contains("a.xml"), "{}", run.err);
    ensure!(!place.at("build").exists(), "something was written");
    Ok(())
}

fn named_twice() -> Outcome {
    let place = Place::with(sound())?;
    place.run(&["build", "article.xml", "./article.xml", "--to", "epub"])?.exits(0)?;
    Ok(())
}

fn one_bad_master() -> Outcome {
    let place = Place::new()?;
    place.write("source/a.xml", "<article>")?;
    place.write("source/b.xml", sound())?;
    place.run(&["build"])?.exits(1)?.says("not-xml")?;
    ensure!(below(&place, "build") == ["b.epub", "b.pdf"], "{:?}", below(&place, "build"));
    Ok(())
}

fn check() -> Outcome {
    let place = Place::with(faulty())?;
    place.run(&["check", "article.xml"])?.exits(1)?.says("dangling-reference")?;
    place.write("sound/article.xml", sound())?;
    place.run(&["check", "sound"])?.exits(0)?;
    ensure!(!place.at("build").exists(), "check wrote something");
    Ok(())
}

fn human() -> Outcome {
    let place = Place::with(faulty())?;
    let run = place.run(&["check", "article.xml"])?.exits(1)?;
    for wanted in [
        "error[dangling-reference]: no element has the id `f7`",
        "--> article.xml:6:",
        "<p>See <xref ref-type=\"fig\" rid=\"f7\">Figure 7</xref>.</p>",
        "^",
        "hint: ",
        "warning[unknown-element]",
        "--> article.xml:7:",
        "1 error, 1 warning",
    ] {
        ensure!(run.err.contains(wanted), "no `{wanted}`:\n{}", run.err);
    }
    let built = place.run(&["build", "article.xml"])?.exits(1)?;
    ensure!(built.err.contains("build/article.pdf: 1 page, all "), "{}", built.err);
    Ok(())
}

fn short() -> Outcome {
    let place = Place::with(faulty())?;
    let run = place.run(&["check", "article.xml", "--message-format", "short"])?.exits(1)?;
    let lines: Vec<&str> = run.err.lines().collect();
    ensure!(lines.len() == 2, "{}", run.err);
    ensure!(
        lines.iter().any(|line| line.starts_with("article.xml:6:") && line.ends_with(": error[dangling-reference]: no element has the id `f7`")),
        "{}",
        run.err
    );
    ensure!(lines.iter().any(|line| line.starts_with("article.xml:7:") && line.contains(": warning[unknown-element]: ")), "{}", run.err);
    Ok(())
}

/// The objects of a run with `--message-format json`.
fn objects(text: &str) -> Result<Vec<Value>, Failed> {
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{error}: {line}").into())).collect()
}

fn json() -> Outcome {
    let place = Place::with(faulty())?;
    let run = place.run(&["build", "article.xml", "--message-format", "json"])?.exits(1)?;
    let objects = objects(&run.out)?;
    let of = |kind: &str| objects.iter().filter(|object| object["type"] == kind).collect::<Vec<_>>();
    let error = of("diagnostic").into_iter().find(|object| object["severity"] == "error").ok_or("no error")?;
    ensure!(error["code"] == "dangling-reference" && error["place"]["file"] == "article.xml" && error["place"]["line"] == 6, "{error}");
    let text = faulty();
    let column = text.lines().nth(5).and_then(|line| line.find("f7")).unwrap_or_default() + 1;
    ensure!(error["place"]["column"].as_u64().is_some_and(|at| at as usize <= column && column - at as usize <= 40), "{error}");
    ensure!(of("output").len() == 2, "{}", run.out);
    let end = objects.last().ok_or("nothing was said")?;
    ensure!(end["type"] == "end" && end["errors"] == 1 && end["warnings"] == 1 && end["status"] == 1, "{end}");
    ensure!(run.err.is_empty(), "{}", run.err);
    Ok(())
}

fn colours() -> Outcome {
    let place = Place::with(faulty())?;
    for (arguments, coloured) in [(&["--color", "always"][..], true), (&["--color", "never"], false), (&[], false)] {
        let mut all = vec!["check", "article.xml"];
        all.extend(arguments);
        ensure!(place.run(&all)?.err.contains('\u{1b}') == coloured, "{arguments:?}");
    }
    Ok(())
}

fn strict() -> Outcome {
    let place = Place::with(doubtful())?;
    place.run(&["build", "article.xml"])?.exits(0)?.says("warning[unknown-element]")?;
    place.run(&["build", "article.xml", "--strict"])?.exits(1)?;
    place.run(&["check", "article.xml"])?.exits(0)?;
    place.run(&["check", "article.xml", "--strict"])?.exits(1)?;
    Ok(())
}

fn report() -> Outcome {
    let place = Place::with(support::article_with(
        "<article-id pub-id-type=\"doi\">10.1000/182</article-id>\n",
        "<p>Three short words.</p>\n<p><nosuch>A word.</nosuch></p>",
        "",
    ))?;
    place.run(&["build", "article.xml", "--report", "deep/report.json"])?.exits(0)?;
    let report: Value = serde_json::from_str(&support::read(&place.at("deep/report.json"))?)?;
    let master = &report["masters"][0];
    ensure!(report["status"] == 0 && master["master"] == "article.xml", "{report:#}");
    ensure!(master["sha256"] == sha256(&support::bytes(&place.at("article.xml"))?), "the sum of the master is wrong: {master:#}");
    ensure!(master["words"] == 7, "the words are {}", master["words"]);
    let outputs = master["outputs"].as_array().ok_or("no outputs")?;
    ensure!(outputs.len() == 2, "{outputs:#?}");
    for output in outputs {
        let path = output["path"].as_str().ok_or("no path")?;
        let bytes = support::bytes(&place.at(path))?;
        ensure!(output["sha256"] == sha256(&bytes), "the sum of {path} is wrong");
        ensure!(output["bytes"] == bytes.len() && output["written"] == true, "{output:#}");
        ensure!(output["words_shown"] == 7 && output["losses"] == 0, "{output:#}");
        ensure!(output["leaves_shown"] == master["leaves"], "{output:#}");
    }
    ensure!(outputs.iter().any(|output| output["format"] == "pdf" && output["pages"] == 1), "{outputs:#?}");
    let left_out = master["left_out"].as_array().ok_or("no list of what is left out")?;
    ensure!(
        left_out.iter().any(|entry| entry["reason"] == "metadata" && entry["pieces"][0]["element"] == "article-id" && entry["pieces"][0]["line"] == 4),
        "{left_out:#?}"
    );
    ensure!(master["diagnostics"][0]["code"] == "unknown-element", "{master:#}");
    // A build that fails has a report too.
    place.write("bad.xml", "<article>")?;
    place.run(&["build", "bad.xml", "--report", "bad.json"])?.exits(1)?;
    let report: Value = serde_json::from_str(&support::read(&place.at("bad.json"))?)?;
    ensure!(report["status"] == 1 && report["masters"][0]["diagnostics"][0]["code"] == "not-xml", "{report:#}");
    Ok(())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn timings() -> Outcome {
    let place = Place::with(sound())?;
    let run = place.run(&["build", "article.xml", "--timings", "--report", "report.json"])?.exits(0)?;
    for stage in ["parse", "read", "resolve", "typeset", "compile", "export", "bind", "prove", "write"] {
        ensure!(run.err.contains(stage), "no time of `{stage}`: {}", run.err);
    }
    let report: Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
    ensure!(report["masters"][0]["timings"].as_array().is_some_and(|list| list.len() >= 9), "{report:#}");
    Ok(())
}

fn standards() -> Outcome {
    let place = Place::with(sound())?;
    let claims = |place: &Place| -> Result<String, Failed> { Ok(String::from_utf8_lossy(&support::bytes(&place.at("page.pdf"))?).into_owned()) };
    place.run(&["build", "article.xml", "-o", "page.pdf"])?.exits(0)?;
    let text = claims(&place)?;
    ensure!(
        text.contains("<pdfaid:part>2<") && text.contains("<pdfaid:conformance>A<") && text.contains("<pdfuaid:part>1<"),
        "the file does not claim PDF/A-2a and PDF/UA-1"
    );
    place.run(&["build", "article.xml", "-o", "page.pdf", "--pdf-standard", "1.7"])?.exits(0)?;
    ensure!(!claims(&place)?.contains("pdfaid:part"), "the file claims to be archival");
    place.run(&["build", "article.xml", "-o", "page.pdf", "--attach-master"])?.exits(0)?;
    ensure!(claims(&place)?.contains("<pdfaid:part>3<"), "the file with its master does not claim PDF/A-3");
    place.run(&["build", "article.xml", "-o", "page.pdf", "--attach-master", "--pdf-standard", "a-2a"])?.exits(2)?;
    Ok(())
}

/// `diglot explain | head -1` ends well.
fn broken_pipe() -> Outcome {
    let place = Place::with(faulty())?;
    for arguments in [&["explain"][..], &["--help"], &["build", "article.xml", "--message-format", "json"]] {
        let mut child = place.command(place.path()).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        drop(child.stdout.take());
        let mut said = String::new();
        if let Some(mut pipe) = child.stderr.take() {
            pipe.read_to_string(&mut said)?;
        }
        let status = child.wait()?;
        ensure!(matches!(status.code(), Some(0 | 1)) && !said.contains("panicked") && !said.contains("roken pipe"), "{arguments:?}: {status}: {said}");
    }
    ensure!(place.at("build/article.pdf").is_file(), "the work was not done");
    Ok(())
}
