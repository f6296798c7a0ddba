//! The same input makes the same bytes, wherever and whenever.

use std::collections::BTreeMap;
use std::path::Path;

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, container};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("same/another folder, clock, language and terminal", another_machine),
        Trial::test("same/alone and among others", alone_and_among_others),
        Trial::test("same/a long article alone and among others", a_long_article_alone),
        Trial::test("same/the date can be given", the_date_can_be_given),
        Trial::test("same/a bad date is refused", a_bad_date_is_refused),
    ]
}

/// The outputs below a folder: name and bytes.
fn outputs(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failed> {
    let mut found = BTreeMap::new();
    for path in support::files_below(folder) {
        found.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), support::bytes(&path)?);
    }
    Ok(found)
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Outcome {
    ensure!(!one.is_empty(), "nothing was built");
    ensure!(one.keys().eq(other.keys()), "not the same files: {:?} and {:?}", one.keys(), other.keys());
    for (name, bytes) in one {
        let at = bytes.iter().zip(&other[name]).position(|(one, other)| one != other);
        ensure!(*bytes == other[name], "{name} differs (from byte {at:?})");
    }
    Ok(())
}

fn another_machine() -> Outcome {
    let here = Place::new()?;
    support::copy(&support::source(), &here.at("source"))?;
    here.run(&["build", "--report", "build/report.json"])?.exits(0)?;
    let there = Place::new()?
        .variable("TZ", "Asia/Bishkek")
        .variable("LANG", "ru_RU.UTF-8")
        .variable("LC_ALL", "ru_RU.UTF-8")
        .variable("HOME", "/nonexistent")
        .variable("USER", "somebody");
    support::copy(&support::source(), &there.at("deep/er/source"))?;
    // Another day on every file, and another working folder.
    for file in support::files_below(there.path()) {
        std::fs::File::options().write(true).open(file)?.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000))?;
    }
    there.run_in(&there.at("deep/er"), &["build", "--report", "build/report.json"])?.exits(0)?;
    same(&outputs(&here.at("build"))?, &outputs(&there.at("deep/er/build"))?)?;
    // By absolute paths, from a third folder.
    let (source, out) = (here.at("source"), here.at("again"));
    here.run_in(Path::new("/"), &["build", &source.to_string_lossy(), "--out-dir", &out.to_string_lossy()])?.exits(0)?;
    let mut first = outputs(&here.at("build"))?;
    first.remove("report.json");
    same(&first, &outputs(&out)?)
}

/// What was built alone into `one` is what was built into a folder with others.
fn alone_as_among_others(place: &Place, folder: &str) -> Outcome {
    for (name, bytes) in outputs(&place.at("one"))? {
        ensure!(support::bytes(&place.at(folder).join(&name))? == bytes, "{name} differs when it is built alone");
    }
    Ok(())
}

/// What was set before leaves no trace.
fn alone_and_among_others() -> Outcome {
    let place = Place::new()?;
    let sink = support::root().join("tests/cases/layout/classic");
    support::copy(&sink, &place.at("source/a"))?;
    for file in support::entries(&place.at("source/a")).iter().filter(|path| path.is_file() && path.extension().is_none_or(|extension| extension != "xml")) {
        std::fs::remove_file(file)?;
    }
    for (name, master) in support::masters() {
        support::copy(master.parent().unwrap_or(&master), &place.at("source/b").join(name))?;
    }
    place.write("source/c.xml", support::article("<p>A third.</p>"))?;
    place.run(&["build", "source", "--out-dir", "all"])?.exits(0)?;
    for (folder, master) in [("all/a", "source/a/kitchen-sink.xml"), ("all", "source/c.xml")] {
        place.run(&["build", master, "--out-dir", "one"])?.exits(0)?;
        alone_as_among_others(&place, folder)?;
        std::fs::remove_dir_all(place.at("one"))?;
    }
    Ok(())
}

/// Of a long article that is built alone the engine keeps less from one pass to the next; nobody may see it.
fn a_long_article_alone() -> Outcome {
    let place = Place::new()?;
    let paragraph = |n: usize| {
        format!("<p id=\"p{n}\">{} See <xref rid=\"p{}\">there</xref><fn><p>A note.</p></fn>.</p>", "Water falls and grass grows. ".repeat(18), n / 2)
    };
    let body: String = (0..1_200).map(paragraph).collect();
    ensure!(body.len() > 600_000, "it is not long: {} bytes", body.len());
    place.write("source/long.xml", support::article(&body))?;
    place.write("source/short.xml", support::article("<p>Another.</p>"))?;
    place.run(&["build", "source", "--out-dir", "all", "--jobs", "1"])?.exits(0)?;
    place.run(&["build", "source/long.xml", "--out-dir", "one", "--jobs", "1"])?.exits(0)?;
    alone_as_among_others(&place, "all")
}

fn the_date_can_be_given() -> Outcome {
    let place = Place::with(support::article("<p>Text.</p>"))?;
    place.run(&["build", "article.xml", "--out-dir", "flag", "--creation-timestamp", "1600000000"])?.exits(0)?;
    place.run(&["build", "article.xml", "--out-dir", "none"])?.exits(0)?;
    let place = place.variable("SOURCE_DATE_EPOCH", "1600000000");
    place.run(&["build", "article.xml", "--out-dir", "variable"])?.exits(0)?;
    place.run(&["build", "article.xml", "--out-dir", "other", "--creation-timestamp", "1700000000"])?.exits(0)?;
    let (flag, variable) = (outputs(&place.at("flag"))?, outputs(&place.at("variable"))?);
    same(&flag, &variable)?;
    let (none, other) = (outputs(&place.at("none"))?, outputs(&place.at("other"))?);
    for name in flag.keys() {
        ensure!(flag[name] != none[name], "{name}: the date is nowhere");
        ensure!(flag[name] != other[name], "{name}: the flag does not go before the variable");
    }
    let dated = |folder: &str| -> Result<String, Failed> {
        let book =
            support::files_below(&place.at(folder)).into_iter().find(|path| path.extension().is_some_and(|extension| extension == "epub")).ok_or("no book")?;
        Ok(container::texts(&book)?.into_iter().filter(|(name, _)| name.ends_with(".opf")).map(|(_, text)| text).collect())
    };
    ensure!(dated("flag")?.contains("2020-09-13T12:26:40Z"), "the book has another date");
    ensure!(dated("other")?.contains("2023-11-14T22:13:20Z"), "the book has another date");
    let pdf = String::from_utf8_lossy(flag.iter().find(|(name, _)| name.ends_with(".pdf")).map(|(_, bytes)| bytes).ok_or("no pdf")?).into_owned();
    ensure!(pdf.contains("20200913122640") || pdf.contains("2020-09-13T12:26:40"), "the pdf has another date");
    Ok(())
}

fn a_bad_date_is_refused() -> Outcome {
    let place = Place::with(support::article("<p>Text.</p>"))?;
    for bad in ["yesterday", "-5", "999999999999999", ""] {
        place.run(&["build", "article.xml", &format!("--creation-timestamp={bad}")])?.exits(2)?;
    }
    place.variable("SOURCE_DATE_EPOCH", "soon").run(&["build", "article.xml"])?.exits(2)?;
    Ok(())
}
