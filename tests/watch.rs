//! `diglot watch`: what changes is built again, whoever saves it how, and nothing else.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::ensure;
use crate::support::live::Live;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

/// A test and its name.
type Named = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 9] = [
        ("however an editor saves", saves),
        ("a burst is one change or few", burst),
        ("a master that breaks and mends", breaks),
        ("a picture, a project, a layout, a style", needs),
        ("a folder that is filled while it is looked at", filled),
        ("new masters, and folders that go", folders),
        ("a build after it has nothing to do", build_after),
        ("fonts", fonts),
        ("what does not matter, and what it takes to do nothing", idle),
    ];
    all.into_iter().map(|(name, run)| Trial::test(format!("watch/{name}"), run)).collect()
}

fn master(word: &str) -> String {
    support::article(&format!("<p>One {word}, and another one.</p>"))
}

/// Starts `watch` and waits for its first run.
fn watch(place: &Place, arguments: &[&str]) -> Result<Live, Failed> {
    let live = Live::start(place, &[&["watch", "--message-format", "json", "--to", "epub"], arguments].concat())?;
    live.data("run")?;
    Ok(live)
}

/// The next run: it built these masters, with so many errors.
fn ran(live: &Live, masters: &[&str], errors: u64) -> Result<Value, Failed> {
    let run = live.data("run")?;
    let built: Vec<&str> = run["masters"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(built == masters && run["errors"] == errors, "the run is {run}, not of {masters:?} with {errors} errors");
    ensure!(run["milliseconds"].as_f64().is_some_and(|time| time > 0.0), "{run}");
    Ok(run)
}

/// A run with so many errors, the next or one of the two after it: what happens in a new folder may be seen in several steps.
fn settled(live: &Live, errors: u64) -> Outcome {
    let mut last = Value::Null;
    for _ in 0..3 {
        last = live.data("run")?;
        if last["errors"] == errors {
            return Ok(());
        }
    }
    Err(format!("the runs do not come to {errors} errors; the last is {last}").into())
}

/// Whether a finished e-book has a word.
fn says(path: &Path, word: &str) -> Outcome {
    let texts = crate::support::container::texts(path)?;
    ensure!(texts.iter().any(|(name, text)| name.ends_with("article.xhtml") && text.contains(word)), "{} does not say `{word}`", path.display());
    Ok(())
}

fn saves() -> Outcome {
    let place = Place::with(master("zero"))?;
    let live = watch(&place, &["article.xml"])?;
    let (article, book) = (place.at("article.xml"), place.at("build/article.epub"));
    // In place, as a shell does.
    fs::write(&article, master("first"))?;
    ran(&live, &["article.xml"], 0)?;
    says(&book, "One first")?;
    // Another file that gets the name, as vim and most editors do.
    place.write(".article.xml.swp", "swap")?;
    place.write("article.xml.tmp", master("second"))?;
    fs::rename(place.at("article.xml.tmp"), &article)?;
    ran(&live, &["article.xml"], 0)?;
    says(&book, "One second")?;
    // The old file kept under another name, a new one made.
    fs::rename(&article, place.at("article.xml~"))?;
    fs::write(&article, master("third"))?;
    ran(&live, &["article.xml"], 0)?;
    says(&book, "One third")?;
    // Deleted and made anew after a moment.
    fs::remove_file(&article)?;
    std::thread::sleep(Duration::from_millis(30));
    fs::write(&article, master("fourth"))?;
    ran(&live, &["article.xml"], 0)?;
    says(&book, "One fourth")?;
    // A link that is turned to another file.
    #[cfg(unix)]
    {
        place.write("other.xml", master("fifth"))?;
        std::os::unix::fs::symlink("other.xml", place.at("link"))?;
        fs::rename(place.at("link"), &article)?;
        ran(&live, &["article.xml"], 0)?;
        says(&book, "One fifth")?;
        fs::write(place.at("other.xml"), master("sixth"))?;
        ran(&live, &["article.xml"], 0)?;
        says(&book, "One sixth")?;
    }
    Ok(())
}

fn burst() -> Outcome {
    let place = Place::with(master("zero"))?;
    let live = watch(&place, &["article.xml"])?;
    for at in 0..50 {
        fs::write(place.at("article.xml"), master(&format!("word{at}")))?;
    }
    let mut runs = 0;
    // A run in the middle may find a file of which half is written, and says so; the last finds it whole.
    while says(&place.at("build/article.epub"), "One word49").is_err() {
        live.data("run")?;
        runs += 1;
    }
    ensure!(runs <= 6, "fifty changes at once made {runs} runs");
    Ok(())
}

fn breaks() -> Outcome {
    let place = Place::with(master("sound"))?;
    let live = watch(&place, &["article.xml"])?;
    let book = place.at("build/article.epub");
    let before = support::bytes(&book)?;
    for broken in ["<article><body><p>cut off in the mid", "", "\u{1}\u{2}"] {
        fs::write(place.at("article.xml"), broken)?;
        let run = live.data("run")?;
        ensure!(run["errors"].as_u64() > Some(0), "`{broken}`: {run}");
        ensure!(support::bytes(&book)? == before, "`{broken}`: the good output is gone");
    }
    fs::write(place.at("article.xml"), master("mended"))?;
    ran(&live, &["article.xml"], 0)?;
    says(&book, "One mended")?;
    let left: Vec<String> = support::entries(&place.at("build")).iter().map(|path| support::name(path)).collect();
    ensure!(left == [".diglot", "article.epub"], "in the output folder is {left:?}");
    Ok(())
}

fn needs() -> Outcome {
    let figure = "<fig><caption><p>A dot.</p></caption><graphic xlink:href=\"pictures/dot.png\"><alt-text>A dot</alt-text></graphic></fig>";
    let place = Place::with(support::article(figure))?;
    let dot = support::bytes(&support::root().join("tests/cases/figure/pictures/dot.png"))?;
    let live = watch(&place, &["article.xml"])?;
    // The picture was looked for, in a folder that is not there.
    place.write("pictures/dot.png", &dot)?;
    settled(&live, 0)?;
    fs::remove_file(place.at("pictures/dot.png"))?;
    settled(&live, 1)?;
    // With another extension, beside the master.
    place.write("pictures/dot.PNG", &dot)?;
    settled(&live, 0)?;
    // A project that was not there, its layout, and what is wrong with it.
    place.write("diglot.toml", "[journal]\ntitle = \"Vestnik\"\n[layout]\nname = \"ours\"\n")?;
    // The layout is not there.
    settled(&live, 1)?;
    place.write("ours/layout.toml", "name = \"ours\"\nextends = \"classic\"\n")?;
    settled(&live, 0)?;
    place.write("ours/layout.css", "p { color: purple; }\n")?;
    settled(&live, 0)?;
    place.write("diglot.toml", "[journal]\ntitle = 3\n")?;
    // The project is wrong.
    settled(&live, 1)?;
    fs::remove_file(place.at("diglot.toml"))?;
    settled(&live, 0)?;
    Ok(())
}

fn filled() -> Outcome {
    let place = Place::with(master("zero"))?;
    let live = watch(&place, &["article.xml"])?;
    // The folder is seen before the file in it is there: at some of these times (in microseconds) the program has looked for the file, and does not yet have the
    // folder watched.
    for wait in (7_000..15_000).step_by(200) {
        place.write("diglot.toml", format!("[layout]\nname = \"late{wait}\"\n"))?;
        settled(&live, 1)?;
        fs::create_dir(place.at(&format!("late{wait}")))?;
        std::thread::sleep(Duration::from_micros(wait));
        place.write(&format!("late{wait}/layout.toml"), format!("name = \"late{wait}\"\nextends = \"classic\"\n"))?;
        settled(&live, 0)?;
    }
    Ok(())
}

fn folders() -> Outcome {
    let place = Place::new()?;
    place.write("source/one/article.xml", master("one"))?;
    let live = watch(&place, &[])?;
    place.write("source/two/article.xml", master("two"))?;
    ran(&live, &["source/two/article.xml"], 0)?;
    says(&place.at("build/two.epub"), "One two")?;
    fs::write(place.at("source/one/article.xml"), master("changed"))?;
    ran(&live, &["source/one/article.xml"], 0)?;
    fs::rename(place.at("source"), place.at("away"))?;
    let run = live.data("run")?;
    ensure!(run["errors"].as_u64() > Some(0), "the folder is gone: {run}");
    fs::rename(place.at("away"), place.at("source"))?;
    // They are as they were, and so are their outputs.
    ran(&live, &[], 0)?;
    fs::write(place.at("source/two/article.xml"), master("again"))?;
    ran(&live, &["source/two/article.xml"], 0)?;
    says(&place.at("build/two.epub"), "One again")?;
    Ok(())
}

fn build_after() -> Outcome {
    let place = Place::new()?;
    let figure = "<fig><caption><p>A dot.</p></caption><graphic xlink:href=\"dot.png\"><alt-text>A dot</alt-text></graphic></fig>";
    place.write("source/one.xml", support::article(figure))?;
    place.write("source/two.xml", master("zero"))?;
    let dot = support::bytes(&support::root().join("tests/cases/figure/pictures/dot.png"))?;
    place.write("source/dot.png", &dot)?;
    place.write("diglot.toml", "[journal]\ntitle = \"Vestnik\"\n")?;
    let is_done = |more: &[&str]| -> Outcome {
        place.run(&[&["build", "--to", "epub", "--dry-run"], more].concat())?.exits(0)?.says("0 of 2 masters would be built")?;
        Ok(())
    };
    let live = Live::start(&place, &["watch", "--message-format", "json", "--to", "epub"])?;
    ran(&live, &["source/one.xml", "source/two.xml"], 0)?;
    is_done(&[])?;
    place.write("source/two.xml", master("first"))?;
    ran(&live, &["source/two.xml"], 0)?;
    is_done(&[])?;
    place.write("source/figures/dot.png", &dot)?;
    ran(&live, &["source/one.xml"], 0)?;
    is_done(&[])?;
    place.write("diglot.toml", "[journal]\ntitle = \"Another\"\n")?;
    ran(&live, &["source/one.xml", "source/two.xml"], 0)?;
    is_done(&[])?;
    drop(live);
    // What a build has made `watch` does not make again; what it says of it is the same.
    place.write("source/two.xml", support::article("<p>A <nosuch>word</nosuch>.</p>"))?;
    place.run(&["build", "--to", "epub"])?.exits(0)?.says("unknown-element")?;
    let live = Live::start(&place, &["watch", "--message-format", "json", "--to", "epub"])?;
    let run = ran(&live, &[], 0)?;
    ensure!(run["warnings"] == 1, "{run}");
    // What is only touched, or saved again as it was, is as it was.
    place.write("source/one.xml", support::article(figure))?;
    place.write("source/dot.png", &dot)?;
    place.write("diglot.toml", "[journal]\ntitle = \"Another\"\n")?;
    ensure!(live.is_silent(Duration::from_millis(600)), "something was built though nothing has changed");
    place.write("source/one.xml", master("third"))?;
    ran(&live, &["source/one.xml"], 0)?;
    is_done(&[])
}

fn fonts() -> Outcome {
    let place = Place::new()?;
    let sanz = support::renamed_font("DejaVuSans.ttf", "DejaVu Sans", "DejaVu Sanz")?;
    place.write("more/a.ttf", &sanz)?;
    place.write("source/one/diglot.toml", "[layout]\nname = \"classic\"\n[layout.epub]\nfonts = [\"DejaVu Sanz\"]\n")?;
    place.write("source/one/article.xml", master("one"))?;
    place.write("source/two.xml", master("two"))?;
    let arguments = ["--to", "pdf,epub", "--font-path", "more"];
    let live = Live::start(&place, &[&["watch", "--message-format", "json"], &arguments[..]].concat())?;
    ran(&live, &["source/one/article.xml", "source/two.xml"], 0)?;
    let is_done = || -> Outcome {
        place.run(&[&["build", "--dry-run"], &arguments[..]].concat())?.exits(0)?.says("0 of 2 masters would be built")?;
        Ok(())
    };
    is_done()?;
    // What the e-book keeps from one run to the next hangs on the font as well.
    place.write("source/one/article.xml", master("three"))?;
    ran(&live, &["source/one/article.xml"], 0)?;
    is_done()?;
    let before = support::bytes(&place.at("build/one.epub"))?;
    place.write("more/a.ttf", support::changed_font(&sanz)?)?;
    ran(&live, &["source/one/article.xml"], 0)?;
    ensure!(support::bytes(&place.at("build/one.epub"))? != before, "the e-book has the old font");
    is_done()?;
    fs::remove_file(place.at("more/a.ttf"))?;
    let run = live.data("run")?;
    ensure!(run["masters"].as_array().is_some_and(|masters| masters.len() == 2), "{run}");
    is_done()
}

fn idle() -> Outcome {
    let place = Place::with(master("zero"))?;
    let live = watch(&place, &["article.xml", "--out-dir", "."])?;
    for name in ["notes.txt", ".article.xml.swp", "4913", "article.xml~", "other.png", "article.html"] {
        place.write(name, "nothing of it")?;
    }
    let _ = support::bytes(&place.at("article.xml"))?;
    ensure!(live.is_silent(Duration::from_millis(600)), "something was built that nobody changed");
    let before = live.spent()?;
    std::thread::sleep(Duration::from_millis(800));
    let spent = live.spent()? - before;
    ensure!(spent <= 1, "to do nothing takes {spent} hundredths of a second");
    for (arguments, said) in [(["watch", "--report", "x.json"], "--report"), (["watch", "--message-format", "sarif"], "SARIF")] {
        place.run(&arguments)?.exits(2)?.says(said)?;
    }
    Ok(())
}
