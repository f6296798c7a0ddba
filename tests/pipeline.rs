//! The program inside other tools: what code hosts, shells, manuals and build systems are told, and many masters at once.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::CommandFactory;
use diglot::cli::args::Arguments;
use serde_json::Value;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::{self, Outcome, Trial};

/// A test and its name.
type Named = (&'static str, &'static [Need], fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 17] = [
        ("sarif keeps to its schema", &[Need::Judge("jsonschema")], sarif_is_valid),
        ("json keeps to its schema", &[Need::Judge("jsonschema")], json_is_valid),
        ("reports of shards are one report", &[], merged),
        ("sarif names the places", &[], sarif_places),
        ("workflow commands", &[], workflow_commands),
        ("each flag has a name of its own", &[], flags_are_distinct),
        ("fonts of a folder are used by a build", &[], fonts_of_a_folder),
        ("completions", &[Need::Command("bash")], completions),
        ("manual", &[], manual),
        ("make builds again what has changed", &[Need::Command("make")], makefile),
        ("dependencies as json", &[], dependencies),
        ("jobs make the same bytes and say the same", &[], jobs),
        ("jobs that outnumber the masters", &[], many_jobs),
        ("fail fast", &[], fail_fast),
        ("shards are all of it", &[], shards),
        ("the makefile for journals", &[Need::Command("make")], contributed_makefile),
        ("the array job", &[], array_job),
    ];
    all.into_iter().map(|(name, needs, run)| trial(format!("pipeline/{name}"), needs, run)).collect()
}

/// A master with an error and a warning, and a name that has to be escaped.
const ODD_NAME: &str = "a b, ж:1%.xml";

fn faulty() -> String {
    support::article("<p>See <xref ref-type=\"fig\" rid=\"f7\">Figure 7</xref>, 100% sure: yes.</p>\n<p>A <nosuch>word</nosuch>.</p>")
}

fn sarif(place: &Place, arguments: &[&str], status: i32) -> Result<Value, support::Failed> {
    let run = place.run(arguments)?.exits(status)?;
    ensure!(run.err.is_empty(), "the standard error is for people: {}", run.err);
    Ok(serde_json::from_str(&run.out)?)
}

fn sarif_is_valid() -> Outcome {
    let place = Place::new()?;
    place.write(ODD_NAME, faulty())?;
    place.write("sound.xml", support::article("<p>A word.</p>"))?;
    place.write("broken.xml", "<article><body>")?;
    let mut logs = Vec::new();
    for (no, (arguments, status)) in [
        (&["check", ODD_NAME, "--message-format", "sarif"][..], 1),
        (&["build", ".", "--message-format", "sarif"], 1),
        (&["check", "sound.xml", "--message-format", "sarif"], 0),
        (&["check", "nosuch.xml", "--message-format", "sarif"], 2),
    ]
    .into_iter()
    .enumerate()
    {
        place.write(&format!("{no}.json"), sarif(&place, arguments, status)?.to_string())?;
        logs.push(place.at(&format!("{no}.json")));
    }
    let judged = by_schema(SARIF, &logs)?;
    ensure!(judged.0, "{}", judged.1);
    // A schema that takes everything would judge nothing.
    let mut bad = sarif(&place, &["check", ODD_NAME, "--message-format", "sarif"], 1)?;
    bad["runs"][0]["results"][0]["level"] = "grave".into();
    place.write("bad.json", bad.to_string())?;
    ensure!(!by_schema(SARIF, &[place.at("bad.json")])?.0, "the schema lets anything pass");
    Ok(())
}

const SARIF: &str = "tests/schemas/sarif-2.1.0.json";

/// What the program says to programs, by the schema in its documents: every kind of line, and reports of every kind.
fn json_is_valid() -> Outcome {
    const OURS: &str = "docs/diglot.schema.json";
    let place = Place::new()?;
    illustrated(&place)?;
    support::copy(&support::source().join("trilingual-sample"), &place.at("in/sample"))?;
    place.write("in/diglot.toml", "[derive]\nreferences = true\n")?;
    place.write("in/faulty.xml", faulty())?;
    place.write("in/broken.xml", "<article><body>")?;
    let mut files = Vec::new();
    let mut kinds = BTreeSet::new();
    for (arguments, status) in [
        (&["build", "in", "--dry-run"][..], 0),
        (&["build", "in", "--timings", "--report", "0.json"], 1),
        (&["build", "in", "--report", "1.json", "--explain-rebuild"], 1),
        (&["build", "nosuch.xml", "--report", "2.json"], 2),
        (&["build", "in/sample", "--report", "3.json", "--layout", "gost", "--timeout", "50"], 0),
        (&["check", "in"], 1),
        (&["build", "in", "--layout", "nosuch"], 2),
        (&["build", "my source", "--to", "press"], 0),
        (&["press", "build/my source.press.pdf", "--output", "p.pdf"], 0),
        (&["explain-node", "in/sample/article.xml:15"], 0),
    ] {
        let run = place.run(&[arguments, &["--message-format", "json"]].concat())?.exits(status)?;
        for line in run.out.lines() {
            let name = format!("line-{}.json", files.len());
            place.write(&name, line)?;
            files.push(place.at(&name));
            kinds.extend(serde_json::from_str::<Value>(line)?["type"].as_str().map(str::to_owned));
        }
    }
    ensure!(kinds.iter().eq(["diagnostic", "end", "node", "output", "press", "rebuild"]), "{kinds:?}");
    files.extend((0..4).map(|no| place.at(&format!("{no}.json"))));
    let judged = by_schema(OURS, &files)?;
    ensure!(judged.0, "{}", judged.1);
    // A schema that takes everything would judge nothing.
    for bad in ["{\"type\":\"end\",\"masters\":1}", "{\"type\":\"other\"}", "{\"program\":\"diglot 1\",\"status\":3,\"diagnostics\":[],\"masters\":[]}", "{}"] {
        place.write("bad.json", bad)?;
        ensure!(!by_schema(OURS, &[place.at("bad.json")])?.0, "the schema lets `{bad}` pass");
    }
    Ok(())
}

/// The reports of parts, joined, are the report of the whole.
fn merged() -> Outcome {
    let place = Place::new()?;
    many(&place)?;
    place.run(&["build", "in", "--out-dir", "out", "--report", "whole.json"])?.exits(1)?;
    let parts = ["1", "2", "3"].map(|part| format!("part-{part}.json"));
    for (no, part) in parts.iter().enumerate() {
        place.run(&["build", "in", "--out-dir", "out", "--shard", &format!("{}/3", no + 1), "--report", part])?;
    }
    let [one, two, three] = &parts;
    place.run(&["report", "merge", three, one, two, "-o", "all.json"])?.exits(0)?;
    ensure!(support::read(&place.at("all.json"))? == support::read(&place.at("whole.json"))?, "the joined report is another");
    let out = place.run(&["report", "merge", one, two, three])?.exits(0)?.out;
    ensure!(out == support::read(&place.at("whole.json"))?, "{out}");
    place.run(&["report", "merge", one, two, one])?.exits(2)?.says("both tell of the master")?;
    place.run(&["report", "merge", one, "nosuch.json"])?.exits(2)?.says("cannot-read")?;
    place.write("other.json", support::read(&place.at(two))?.replacen("diglot 0", "diglot 99", 1))?;
    place.run(&["report", "merge", one, "other.json", "-o", "none.json"])?.exits(2)?.says("report-fault")?;
    // What is cut off, has no masters or is something else is no report.
    let text = support::read(&place.at(two))?;
    for wrong in
        [&text[..text.len() - 4], &text[..text.len() / 2], &text.replacen("masters", "others", 1), "[]", "{}", &format!("{text}x"), r#"{"masters":[1]}"#]
    {
        place.write("wrong.json", wrong)?;
        place.run(&["report", "merge", one, "wrong.json", "-o", "none.json"])?.exits(2)?.says("is no report")?;
    }
    ensure!(!place.at("none.json").exists(), "a report was written all the same");
    // Reports with no master and with one.
    std::fs::create_dir(place.at("nothing"))?;
    place.run(&["build", "nothing", "--out-dir", "out", "--report", "none.json"])?;
    for alone in ["none.json", one] {
        ensure!(place.run(&["report", "merge", alone])?.exits(0)?.out == support::read(&place.at(alone))?, "{alone} is another when it is joined with nothing");
    }
    Ok(())
}

/// Whether files keep to a schema, and what is wrong with them.
fn by_schema(schema: &str, files: &[PathBuf]) -> Result<(bool, String), support::Failed> {
    let root = support::root();
    let done = Command::new(root.join("tests/judges/run")).arg("json").arg(root.join(schema)).args(files).stdin(Stdio::null()).output()?;
    ensure!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    Ok((done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned()))
}

fn sarif_places() -> Outcome {
    let place = Place::new()?;
    place.write(ODD_NAME, faulty())?;
    let log = sarif(&place, &["check", ODD_NAME, "--message-format", "sarif"], 1)?;
    let run = &log["runs"][0];
    let results = run["results"].as_array().ok_or("no results")?;
    ensure!(results.len() == 2, "{log:#}");
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap_or(99) as usize];
        ensure!(rule["id"] == result["ruleId"], "{log:#}");
        let physical = &result["locations"][0]["physicalLocation"];
        ensure!(physical["artifactLocation"]["uri"] == "a%20b,%20%D0%B6%3A1%25.xml", "{physical}");
        let line = if result["ruleId"] == "dangling-reference" { 6 } else { 7 };
        ensure!(physical["region"]["startLine"] == line, "{physical}");
    }
    Ok(())
}

fn workflow_commands() -> Outcome {
    let place = Place::new()?;
    place.write(ODD_NAME, faulty())?;
    let run = place.run(&["check", ODD_NAME, "--message-format", "github"])?.exits(1)?;
    let lines: Vec<&str> = run.out.lines().collect();
    ensure!(lines.len() == 2, "one line a finding: {}", run.out);
    let start = "::error file=a b%2C ж%3A1%25.xml,line=6,endLine=6,col=";
    ensure!(lines.iter().any(|line| line.starts_with(start) && line.contains("title=dangling-reference::no element has the id `f7`")), "{}", run.out);
    ensure!(lines.iter().any(|line| line.starts_with("::warning ") && line.contains("%0Ahint: ")), "{}", run.out);
    Ok(())
}

/// The parser looks for two flags of one name only where assertions are compiled in, and the program is not built so.
fn flags_are_distinct() -> Outcome {
    let mut program = Arguments::command();
    program.build();
    for command in program.get_subcommands() {
        let mut known = BTreeSet::new();
        for argument in command.get_arguments() {
            ensure!(known.insert(argument.get_id().clone()), "`{}` has two flags called `{}`", command.get_name(), argument.get_id());
        }
    }
    Ok(())
}

fn fonts_of_a_folder() -> Outcome {
    let place = Place::with(support::article("<p>A word.</p>"))?;
    place.run(&["build", "article.xml", "--font-path", "none"])?.exits(2)?.says("to take fonts from")?;
    place.run(&["build", "article.xml", "--figures", "none"])?.exits(2)?.says("to take pictures from")?;
    support::copy_file(&support::root().join("fonts/DejaVuSans.ttf"), &place.at("more/inner/font.ttf"))?;
    place.run(&["build", "article.xml", "--font-path", "more", "--deps", "d.mk"])?.exits(0)?;
    let rules = support::read(&place.at("d.mk"))?;
    ensure!(rules.contains("more/inner/font.ttf"), "{rules}");
    Ok(())
}

fn completions() -> Outcome {
    let place = Place::new()?;
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = place.run(&["completions", shell])?.exits(0)?.out;
        for word in ["diglot", "build", "missing-figures", "explain"] {
            ensure!(script.contains(word), "the completions for {shell} do not know `{word}`");
        }
    }
    let script = place.run(&["completions", "bash"])?.out;
    place.write("complete.sh", format!("{script}\nCOMP_WORDS=(diglot build --out); COMP_CWORD=2; _diglot diglot --out build; echo \"${{COMPREPLY[@]}}\"\n"))?;
    let said = Command::new("bash").arg(place.at("complete.sh")).stdin(Stdio::null()).output()?;
    ensure!(String::from_utf8_lossy(&said.stdout).split_whitespace().eq(["--output", "--out-dir"]), "{said:?}");
    place.run(&["completions", "cmd"])?.exits(2)?;
    Ok(())
}

fn manual() -> Outcome {
    let place = Place::new()?;
    let written = place.run(&["man", "pages"])?.exits(0)?.out;
    let mut expected = vec!["pages/diglot.1".to_owned()];
    let mut program = Arguments::command();
    program.build();
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        expected.push(format!("pages/diglot-{}.1", command.get_name()));
        expected.extend(command.get_subcommands().map(|inner| format!("pages/diglot-{}-{}.1", command.get_name(), inner.get_name())));
    }
    ensure!(written.lines().eq(expected.iter()), "{written}");
    let page = support::read(&place.at("pages/diglot-build.1"))?;
    for word in [".TH diglot-build 1", "\\-\\-out\\-dir", "Examples:"] {
        ensure!(page.contains(word), "`{word}` is not in\n{page}");
    }
    place.write("file", "")?;
    place.run(&["man", "file"])?.exits(2)?.says("cannot be written")?;
    Ok(())
}

/// A master with a picture, in a folder whose name makefiles do not take as it is.
fn illustrated(place: &Place) -> Outcome {
    let picture = "<fig id=\"f1\"><label>Figure 1</label><caption><p>A square.</p></caption><graphic xlink:href=\"square.svg\"><alt-text>A square</alt-text></graphic></fig><p>See <xref ref-type=\"fig\" rid=\"f1\">Figure 1</xref>.</p>";
    place.write("my source/article.xml", support::article(picture))?;
    place.write("my source/square.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>")
}

fn makefile() -> Outcome {
    let place = Place::new()?;
    illustrated(&place)?;
    let program = env!("CARGO_BIN_EXE_diglot");
    let recipe = "all: out/my\\ source.pdf\nout/my\\ source.pdf:\n\t@echo made\n\t@\"$(DIGLOT)\" build \"my source/article.xml\" --out-dir out --deps d.mk\n-include d.mk\n";
    place.write("Makefile", recipe)?;
    let make = || -> Result<bool, support::Failed> {
        let done = Command::new("make").arg(format!("DIGLOT={program}")).current_dir(place.path()).env_remove("MAKEFLAGS").stdin(Stdio::null()).output()?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(String::from_utf8_lossy(&done.stdout).contains("made"))
    };
    ensure!(make()?, "nothing was made at first");
    ensure!(!make()?, "made again without any change");
    // Older than its picture, as it will be when somebody draws that anew.
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    std::fs::File::open(place.at("out/my source.pdf"))?.set_modified(old)?;
    std::fs::File::open(place.at("my source/article.xml"))?.set_modified(old)?;
    ensure!(make()?, "not made again although the picture is newer");
    std::fs::remove_file(place.at("my source/square.svg"))?;
    let gone = Command::new("make").arg("-n").current_dir(place.path()).env_remove("MAKEFLAGS").stdin(Stdio::null()).output()?;
    ensure!(gone.status.success(), "a picture that is gone stops make: {}", String::from_utf8_lossy(&gone.stderr));
    Ok(())
}

fn dependencies() -> Outcome {
    let place = Place::new()?;
    illustrated(&place)?;
    place.write("my source/bad.xml", "<article><body>")?;
    place.run(&["layouts", "eject", "classic", "ours"])?.exits(0)?;
    place.run(&["build", "my source", "--out-dir", "out", "--layout", "ours", "--deps", "d.json", "--deps-format", "json"])?.exits(1)?;
    let deps: Value = serde_json::from_str(&support::read(&place.at("d.json"))?)?;
    let masters = deps["masters"].as_array().ok_or("no masters")?;
    ensure!(masters.len() == 2, "{deps:#}");
    let inputs: Vec<&str> = masters[0]["inputs"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for file in ["my source/article.xml", "my source/square.svg", "ours/layout.typ", "ours/layout.css", "ours/layout.toml"] {
        ensure!(inputs.contains(&file), "`{file}` is not in {inputs:?}");
    }
    // What could not be made is still what the next run is to make.
    ensure!(masters[1]["outputs"].as_array().is_some_and(|outputs| outputs.len() == 2), "{deps:#}");
    Ok(())
}

/// Twelve masters, some with faults, the first of them the longest.
fn many(place: &Place) -> Outcome {
    for no in 0..12 {
        let body = match no {
            0 => "<p>A word.</p>".repeat(400),
            5 => "<p>See <xref rid=\"nowhere\">there</xref>.</p>".to_owned(),
            7 => "<p>A <nosuch>word</nosuch>.</p>".to_owned(),
            _ => format!("<p>The master number {no}.</p>"),
        };
        place.write(&format!("in/{no:02}.xml"), support::article(&body))?;
    }
    place.write("in/08.xml", "<article><body>")
}

fn jobs() -> Outcome {
    let place = Place::new()?;
    many(&place)?;
    let mut seen: Option<(String, Vec<Vec<u8>>, String)> = None;
    for jobs in ["1", "2", "4"] {
        std::fs::remove_dir_all(place.at("out")).or_else(|error| if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
        let run = place.run(&["build", "in", "--out-dir", "out", "--jobs", jobs, "--report", "r.json"])?.exits(1)?;
        let files = support::files_below(&place.at("out")).iter().map(|path| support::bytes(path)).collect::<Result<Vec<_>, _>>()?;
        ensure!(files.len() == 22, "{} files with {jobs} jobs", files.len());
        let now = (run.err, files, support::read(&place.at("r.json"))?);
        match &seen {
            Some(first) => ensure!(*first == now, "{jobs} jobs differ from one:\n{}", now.0),
            None => seen = Some(now),
        }
    }
    Ok(())
}

fn many_jobs() -> Outcome {
    let place = Place::with(support::article("<p>A word.</p>"))?;
    place.run(&["build", "article.xml", "--jobs", "500"])?.exits(0)?;
    place.run(&["build", "article.xml", "--jobs", "0"])?.exits(2)?;
    Ok(())
}

fn fail_fast() -> Outcome {
    let place = Place::new()?;
    many(&place)?;
    place.run(&["build", "in", "--out-dir", "all", "--jobs", "1"])?.exits(1)?;
    place.run(&["build", "in", "--out-dir", "some", "--jobs", "1", "--fail-fast"])?.exits(1)?;
    let count = |folder: &str| support::files_below(&place.at(folder)).len();
    ensure!(count("all") == 22 && count("some") < 14, "{} and {}", count("all"), count("some"));
    Ok(())
}

fn shards() -> Outcome {
    let place = Place::new()?;
    many(&place)?;
    place.run(&["build", "in", "--out-dir", "all"])?.exits(1)?;
    let mut sizes = Vec::new();
    for shard in ["1/5", "2/5", "3/5", "4/5", "5/5"] {
        place.run(&["build", "in", "--out-dir", "parts", "--shard", shard])?;
        sizes.push(support::files_below(&place.at("parts")).len());
    }
    ensure!(sizes.is_sorted() && sizes.first().is_some_and(|first| (4..=6).contains(first)), "{sizes:?}");
    for file in support::files_below(&place.at("all")) {
        let other = place.at("parts").join(support::name(&file));
        ensure!(support::bytes(&file)? == support::bytes(&other)?, "{} differs", other.display());
    }
    ensure!(sizes.last() == Some(&support::files_below(&place.at("all")).len()), "{sizes:?}");
    for wrong in ["0/5", "6/5", "5", "1/0", "-1/2"] {
        place.run(&["build", "in", &format!("--shard={wrong}")])?.exits(2)?;
    }
    Ok(())
}

fn contributed_makefile() -> Outcome {
    let place = Place::new()?;
    support::copy_file(&support::root().join("contrib/make/Makefile"), &place.at("Makefile"))?;
    for name in ["one", "two"] {
        place.write(&format!("source/{name}/article.xml"), support::article("<p>A word.</p>"))?;
    }
    let make = || -> Result<usize, support::Failed> {
        let mut command = Command::new("make");
        command.arg(format!("DIGLOT={}", env!("CARGO_BIN_EXE_diglot"))).current_dir(place.path()).env_remove("MAKEFLAGS").stdin(Stdio::null());
        let done = command.output()?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(String::from_utf8_lossy(&done.stdout).matches("--deps ").count())
    };
    ensure!(make()? == 2, "both are made at first");
    ensure!(make()? == 0, "nothing has changed");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    std::fs::File::open(place.at("build/two.pdf"))?.set_modified(old)?;
    ensure!(make()? == 1, "one has changed");
    Ok(())
}

fn array_job() -> Outcome {
    let place = Place::new()?;
    many(&place)?;
    let script = support::root().join("contrib/slurm/articles.sh");
    for task in ["1", "2", "3"] {
        let mut command = Command::new(&script);
        command.args(["in", "out"]).current_dir(place.path()).stdin(Stdio::null());
        command.env("DIGLOT", env!("CARGO_BIN_EXE_diglot")).env("SLURM_ARRAY_TASK_ID", task).env("SLURM_ARRAY_TASK_COUNT", "3");
        let done = command.output()?;
        ensure!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    }
    ensure!(support::files_below(&place.at("out")).len() == 22 + 3, "{:?}", support::files_below(&place.at("out")));
    Ok(())
}
