//! Masters are built again when something that they were made from has changed, and only then; what is said is the same either way.
//!
//! 1. Each trial builds, changes one thing, and asks by `--explain-rebuild` which masters are built and why.
//! 2. What a run says and writes that built nothing is compared with what one says and writes that built everything.

use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use image::{DynamicImage, ImageFormat};

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, Run};
use crate::support::{self, Failed, Outcome, Trial, encoded};

/// A test and its name.
type Named = (&'static str, &'static [Need], fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 18] = [
        ("nothing has changed", &[], nothing),
        ("what was found is said again", &[], said_again),
        ("a master with an error is never done", &[], errors),
        ("a master", &[], master),
        ("a figure", &[], figure),
        ("a figure that appears", &[], figure_appears),
        ("a copy of a project", &[], copied),
        ("a layout", &[], layout),
        ("fonts", &[], fonts),
        ("styles, profiles and projects", &[], brought),
        ("options", &[], options),
        ("outputs", &[], outputs),
        ("what was noted", &[], notes),
        ("a pipe in the place of a file", &[Need::Command("mkfifo")], pipes),
        ("times that tell nothing", &[], times),
        ("a dry run makes nothing", &[], dry_run),
        ("two at once", &[], two_at_once),
        ("a program that is installed", &[Need::Judge("gs")], installed),
    ];
    all.into_iter().map(|(name, needs, run)| trial(format!("incremental/{name}"), needs, run)).collect()
}

fn with_figure(name: &str) -> String {
    support::article(&format!(
        "<fig id=\"f1\"><label>Figure 1</label><caption><p>A square.</p></caption><graphic xlink:href=\"{name}\"><alt-text>A square</alt-text></graphic></fig>"
    ))
}

fn square(side: u32) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\"><rect width=\"{side}\" height=\"{side}\"/></svg>")
}

/// Three masters: `a` and `b` have each a figure, `c` has none.
fn three() -> Result<Place, Failed> {
    let place = Place::new()?;
    place.write("in/a.xml", with_figure("one.svg"))?;
    place.write("in/b.xml", with_figure("two.svg"))?;
    place.write("in/c.xml", support::article("<p>A <nosuch>word</nosuch>.</p>"))?;
    place.write("in/one.svg", square(10))?;
    place.write("in/two.svg", square(20))?;
    Ok(place)
}

const BUILD: [&str; 4] = ["build", "in", "--out-dir", "out"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&BUILD, more].concat()
}

/// Which masters a run built, each with its reason.
fn built(place: &Place, more: &[&str]) -> Result<Vec<String>, Failed> {
    let run = place.run(&with(&[&["--explain-rebuild", "--message-format", "short"], more].concat()))?.exits(0)?;
    Ok(run
        .err
        .lines()
        .filter(|line| line.contains(": to be built: "))
        .map(|line| line.replace(": to be built", "").replace(&*place.path().to_string_lossy(), ""))
        .collect())
}

/// Asks that a run builds these masters for these reasons, and the next one nothing.
fn builds(place: &Place, more: &[&str], wanted: &[&str]) -> Outcome {
    let found = built(place, more)?;
    ensure!(found == wanted, "built {found:#?} and not {wanted:#?}");
    let then = built(place, more)?;
    ensure!(then.is_empty(), "built once more: {then:#?}");
    Ok(())
}

/// All files of the place with what the system knows of them.
fn stamps(place: &Place, hidden: bool) -> Result<Vec<(PathBuf, SystemTime)>, Failed> {
    let mut files = support::files_below(&place.at("out"));
    if hidden {
        files.extend(support::entries(&place.at("out/.diglot")));
    }
    files.into_iter().map(|path| Ok((path.clone(), path.metadata()?.modified()?))).collect()
}

/// Sets the time of a file, and gives the one that it had.
fn set_time(place: &Place, path: &str, time: SystemTime) -> Result<SystemTime, Failed> {
    let file = File::options().append(true).open(place.at(path))?;
    let was = file.metadata()?.modified()?;
    file.set_modified(time)?;
    Ok(was)
}

fn nothing() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    let before = stamps(&place, false)?;
    // The first run cannot know whether files that are so new will change once more; the second looks again, and notes it.
    std::thread::sleep(Duration::from_millis(50));
    let run = place.run(&BUILD)?.exits(0)?;
    ensure!(run.err.contains("3 masters (3 unchanged): 0 errors, 1 warning"), "{}", run.err);
    ensure!(stamps(&place, false)? == before, "outputs are written though nothing has changed");
    let settled = stamps(&place, true)?;
    let run = place.run(&with(&["--timings"]))?.exits(0)?;
    ensure!(stamps(&place, true)? == settled, "something is written though nothing has changed");
    for stage in ["parse", "resolve", "compile", "export", "bind", "prove", "write"] {
        ensure!(run.err.contains(&format!("timing: {stage:<9}      0.000 ms")), "`{stage}` was not left out:\n{}", run.err);
    }
    Ok(())
}

fn said_again() -> Outcome {
    let place = three()?;
    let run = |name: &str, more: &[&str]| -> Result<(Run, String, String), Failed> {
        let (report, deps) = (format!("{name}.json"), format!("{name}.mk"));
        let run = place.run(&with(&[&["--report", &report, "--deps", &deps], more].concat()))?;
        Ok((run, support::read(&place.at(&report))?, support::read(&place.at(&deps))?))
    };
    let (first, report, deps) = run("first", &[])?;
    let (second, report_then, deps_then) = run("second", &[])?;
    let plain = second.err.replace(" (unchanged)", "").replace(" (3 unchanged)", "");
    ensure!(first.err == plain && first.err.contains("unknown-element"), "{}\n{}", first.err, second.err);
    ensure!(report == report_then, "the reports differ:\n{report}\n{report_then}");
    ensure!(deps == deps_then && deps.contains("in/one.svg"), "the dependencies differ:\n{deps}\n{deps_then}");
    for form in ["short", "sarif", "github"] {
        let then = place.run(&with(&["--message-format", form]))?;
        let full = place.run(&with(&["--message-format", form, "--force"]))?;
        ensure!(
            (&then.out, &then.err, then.code) == (&full.out, &full.err, full.code),
            "`{form}` differs:\n{}{}\n{}{}",
            then.out,
            then.err,
            full.out,
            full.err
        );
    }
    place.run(&with(&["--strict"]))?.exits(1)?;
    let json = place.run(&with(&["--message-format", "json"]))?.exits(0)?.out;
    ensure!(json.matches("\"unchanged\":true").count() == 6 && json.contains("\"built\":0,\"unchanged\":3,\"failed\":0"), "{json}");
    Ok(())
}

fn errors() -> Outcome {
    let place = three()?;
    place.write("in/d.xml", support::article("<p>See <xref rid=\"nowhere\">there</xref>.</p>"))?;
    let first = place.run(&BUILD)?.exits(1)?.says("4 masters (3 built, 1 failed)")?;
    let second = place.run(&with(&["--explain-rebuild"]))?.exits(1)?.says("4 masters (3 unchanged, 1 failed)")?;
    ensure!(second.err.contains("in/d.xml: to be built: no run is known in which all of it went well"), "{}", second.err);
    ensure!(first.err.contains("dangling-reference") && second.err.contains("dangling-reference"), "{}", second.err);
    // As it was: the outputs of then were never touched by the errors that came between.
    let sound = support::read(&place.at("in/c.xml"))?;
    place.write("in/c.xml", "<article><body>")?;
    place.run(&BUILD)?.exits(1)?;
    place.write("in/c.xml", sound)?;
    std::fs::remove_file(place.at("in/d.xml"))?;
    let found = built(&place, &[])?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

fn master() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    place.write("in/c.xml", support::article("<p>Another word.</p>"))?;
    builds(&place, &[], &["in/c.xml: `in/c.xml` has changed"])?;
    place.write("in/new.xml", support::article("<p>A new one.</p>"))?;
    builds(&place, &[], &["in/new.xml: no run is known in which all of it went well"])?;
    // A master that is only touched, or written anew with the same bytes, is the same.
    let text = support::read(&place.at("in/c.xml"))?;
    place.write("in/c.xml", text)?;
    set_time(&place, "in/a.xml", SystemTime::now() - Duration::from_secs(9_000))?;
    builds(&place, &[], &[])
}

fn figure() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    place.write("in/two.svg", square(30))?;
    builds(&place, &[], &["in/b.xml: `/in/two.svg` has changed"])?;
    // The whole of a build that looks at everything.
    let made = support::bytes(&place.at("out/b.epub"))?;
    place.run(&["build", "in", "--out-dir", "anew"])?.exits(0)?;
    ensure!(made == support::bytes(&place.at("anew/b.epub"))?, "not what a full build makes");
    Ok(())
}

fn figure_appears() -> Outcome {
    let place = Place::new()?;
    place.write("in/a.xml", with_figure("Plan.tif"))?;
    place.write("in/b.xml", support::article("<p>A word.</p>"))?;
    let warn = &["--missing-figures", "warn"][..];
    place.run(&with(warn))?.exits(0)?.says("missing-picture")?;
    builds(&place, warn, &[])?;
    // Something else appears.
    place.write("in/plane.svg", square(5))?;
    builds(&place, warn, &[])?;
    for (file, entry) in [("in/plan.svg", "/in/plan.svg"), ("in/Plan.png", "/in/Plan.png")] {
        if file.ends_with("png") {
            place.write(file, encoded(&DynamicImage::new_rgb8(9, 9), ImageFormat::Png)?)?;
        } else {
            place.write(file, square(7))?;
        }
        builds(&place, warn, &[&format!("in/a.xml: `{entry}` is new")])?;
    }
    std::fs::create_dir(place.at("in/figures"))?;
    builds(&place, warn, &["in/a.xml: `/in/figures/` is new"])?;
    std::fs::remove_file(place.at("in/Plan.png"))?;
    builds(&place, warn, &["in/a.xml: `/in/Plan.png` is gone"])?;
    std::fs::remove_file(place.at("in/plan.svg"))?;
    builds(&place, warn, &["in/a.xml: `/in/plan.svg` is gone"])?;
    place.run(&with(warn))?.exits(0)?.says("missing-picture")?;
    Ok(())
}

fn copied() -> Outcome {
    let place = three()?;
    let run =
        |folder: &str| -> Result<Run, Failed> { place.run_in(&place.at(folder), &[&BUILD[..], &["--explain-rebuild", "--message-format", "short"]].concat()) };
    place.run(&BUILD)?.exits(0)?;
    let copy = Place::new()?;
    for folder in ["in", "out", "out/.diglot"] {
        for file in support::entries(&place.at(folder)).iter().filter(|path| path.is_file()) {
            support::copy_file(file, &copy.at(folder).join(support::name(file)))?;
        }
    }
    // The copy has a figure of its own; that of the first is as it was.
    copy.write("in/one.svg", square(40))?;
    let said = copy.run(&with(&["--explain-rebuild", "--message-format", "short"]))?.exits(0)?.err;
    ensure!(said.contains("in/a.xml: to be built: `in` leads elsewhere") && !said.contains("in/c.xml: to"), "{said}");
    builds(&copy, &[], &[])?;
    // A link that is turned.
    support::copy(&place.at("in"), &place.at("x/one"))?;
    support::copy(&place.at("in"), &place.at("x/two"))?;
    place.write("x/two/one.svg", square(50))?;
    std::os::unix::fs::symlink("one", place.at("x/in"))?;
    run("x")?.exits(0)?;
    std::fs::remove_file(place.at("x/in"))?;
    std::os::unix::fs::symlink("two", place.at("x/in"))?;
    let said = run("x")?.exits(0)?.err;
    ensure!(said.contains("in/a.xml: to be built: `in` leads elsewhere"), "{said}");
    Ok(())
}

fn layout() -> Outcome {
    let place = Place::new()?;
    for journal in ["one", "two"] {
        place.run(&["layouts", "eject", "classic", &format!("in/{journal}/ours")])?.exits(0)?;
        place.write(&format!("in/{journal}/diglot.toml"), "[layout]\nname = \"ours\"\n")?;
        place.write(&format!("in/{journal}/a.xml"), support::article("<p>A word.</p>"))?;
    }
    place.write("in/c.xml", support::article("<p>A word.</p>"))?;
    place.run(&BUILD)?.exits(0)?;
    builds(&place, &[], &[])?;
    let style = support::read(&place.at("in/two/ours/layout.css"))?;
    place.write("in/two/ours/layout.css", style + "\n/* more */\n")?;
    builds(&place, &[], &["in/two/a.xml: `in/two/ours/layout.css` has changed"])?;
    place.write("in/one/ours/more.typ", "// nothing\n")?;
    builds(&place, &[], &["in/one/a.xml: `in/one/ours/more.typ` is new"])?;
    place.write("in/one/ours/.layout.typ.swp", "an editor's")?;
    builds(&place, &[], &[])?;
    // A layout that cannot be used is said to be so, and the outputs stay.
    std::fs::remove_file(place.at("in/one/ours/layout.typ"))?;
    let before = stamps(&place, false)?;
    place.run(&BUILD)?.exits(2)?.says("layout-fault")?;
    place.run(&BUILD)?.exits(2)?.says("layout-fault")?;
    ensure!(stamps(&place, false)? == before, "outputs were touched");
    Ok(())
}

fn fonts() -> Outcome {
    // `a` has its text in one of the fonts, `b` has it in its e-book, `c` has none of them.
    let place = Place::new()?;
    let sanz = support::renamed_font("DejaVuSans.ttf", "DejaVu Sans", "DejaVu Sanz")?;
    let mono = support::renamed_font("DejaVuSansMono.ttf", "DejaVu Sans Mono", "DejaVu Sanz Mono")?;
    place.write("more/inner/a.ttf", &sanz)?;
    place.write("more/b.ttf", &mono)?;
    place.write("in/a/diglot.toml", "[layout]\nname = \"classic\"\n[layout.type]\nfamily = \"DejaVu Sanz\"\n")?;
    place.write("in/b/diglot.toml", "[layout]\nname = \"classic\"\n[layout.epub]\nfonts = [\"DejaVu Sanz Mono\"]\n")?;
    place.write("in/c/diglot.toml", "")?;
    for master in ["a", "b", "c"] {
        place.write(&format!("in/{master}/{master}.xml"), support::article("<p>A word.</p>"))?;
    }
    let more = &["--font-path", "more"][..];
    place.run(&with(more))?.exits(0)?;
    builds(&place, more, &[])?;
    let made = |master: &str| support::bytes(&place.at(&format!("out/{master}/{master}.pdf")));
    let before = made("a")?;
    place.write("more/inner/a.ttf", support::changed_font(&sanz)?)?;
    builds(&place, more, &["in/a/a.xml: `more/inner/a.ttf` has changed"])?;
    ensure!(before != made("a")?, "the PDF has the old font");
    place.write("more/b.ttf", support::changed_font(&mono)?)?;
    builds(&place, more, &["in/b/b.xml: `more/b.ttf` has changed"])?;
    // Worker processes, and articles that find the engine's cache full of what others used, note the same.
    place.run(&with(&[&["--force", "--isolate"], more].concat()))?.exits(0)?;
    place.write("more/inner/a.ttf", &sanz)?;
    builds(&place, more, &["in/a/a.xml: `more/inner/a.ttf` has changed"])?;
    place.write("in/a/d.xml", support::article("<p>A word.</p>"))?;
    place.run(&with(&[&["--force", "--jobs", "1"], more].concat()))?.exits(0)?;
    place.write("more/inner/a.ttf", support::changed_font(&sanz)?)?;
    builds(&place, more, &["in/a/a.xml: `more/inner/a.ttf` has changed", "in/a/d.xml: `more/inner/a.ttf` has changed"])?;
    std::fs::remove_file(place.at("in/a/d.xml"))?;
    // One that could be chosen now concerns all.
    let all = |what: &str| ["a", "b", "c"].map(|master| format!("in/{master}/{master}.xml: `more/{what}"));
    support::copy_file(&support::root().join("fonts/DejaVuSans.ttf"), &place.at("more/b.ttf"))?;
    let wanted = all("b.ttf` has other faces or characters");
    place.write("in/b/diglot.toml", "[layout]\nname = \"classic\"\n[layout.epub]\nfonts = [\"DejaVu Sanz\"]\n")?;
    let found = built(&place, more)?;
    ensure!(found.len() == 3 && found[0] == wanted[0] && found[2] == wanted[2], "{found:#?}");
    place.write("more/inner/c.ttf", &mono)?;
    let wanted = all("inner/c.ttf` is new");
    builds(&place, more, &wanted.each_ref().map(String::as_str))?;
    std::fs::remove_file(place.at("more/inner/c.ttf"))?;
    let wanted = all("inner/c.ttf` is gone");
    builds(&place, more, &wanted.each_ref().map(String::as_str))?;
    // A link to a font elsewhere.
    place.write("elsewhere/a.ttf", &sanz)?;
    std::fs::remove_file(place.at("more/inner/a.ttf"))?;
    std::os::unix::fs::symlink("../../elsewhere/a.ttf", place.at("more/inner/a.ttf"))?;
    place.run(&with(more))?.exits(0)?;
    builds(&place, more, &[])?;
    place.write("elsewhere/a.ttf", support::changed_font(&sanz)?)?;
    let used = ["in/a/a.xml: `/elsewhere/a.ttf` has changed", "in/b/b.xml: `/elsewhere/a.ttf` has changed"];
    builds(&place, more, &used)?;
    // Without pages nothing is set in them.
    place.run(&with(&[&["--to", "html"], more].concat()))?.exits(0)?;
    place.write("elsewhere/a.ttf", &mono)?;
    builds(&place, &[&["--to", "html"], more].concat(), &[])?;
    // Fonts of the system are known as a whole.
    place.run(&["build", "in/c", "--out-dir", "out", "--system-fonts"])?.exits(0)?;
    place.run(&["build", "in/c", "--out-dir", "out", "--system-fonts", "--dry-run"])?.exits(0)?.says("0 of 1 master")?;
    Ok(())
}

fn brought() -> Outcome {
    let place = Place::new()?;
    place.write("in/a.xml", support::article("<p>A word.</p>"))?;
    place.write("in/diglot.toml", "[journal]\ntitle = \"One\"\n")?;
    let press = place.run(&["press", "--show", "x4"])?.exits(0)?.out;
    place.write("ours.toml", &press)?;
    let more = &["--to", "pdf,press", "--press-profile", "ours.toml"][..];
    place.run(&with(more))?.exits(0)?;
    builds(&place, more, &[])?;
    place.write("ours.toml", press + "\n# more\n")?;
    builds(&place, more, &["in/a.xml: `ours.toml` has changed"])?;
    place.write("in/diglot.toml", "[journal]\ntitle = \"Another\"\n")?;
    builds(&place, more, &["in/a.xml: `in/diglot.toml` has changed"])?;
    std::fs::remove_file(place.at("in/diglot.toml"))?;
    builds(&place, more, &["in/a.xml: `--project` was `in/diglot.toml` and is nothing"])?;
    // What one master makes of another's style is nobody's business.
    place.run(&with(&["--to", "pdf,press"]))?.exits(0)?;
    builds(&place, more, &["in/a.xml: `--press-profile` was `x4` and is `ours.toml`"])
}

fn options() -> Outcome {
    let place = Place::new()?;
    place.write("in/a.xml", support::article("<p>A word.</p>"))?;
    place.run(&BUILD)?.exits(0)?;
    for (more, reason) in [
        (&["--layout", "gost"][..], "`--layout` was `classic` and is `gost`"),
        (&["--layout", "gost", "--anonymous"], "`--anonymous` was nothing and is `yes`"),
        (&["--creation-timestamp", "1000000000"], "`--anonymous` was `yes` and is nothing"),
        (&["--creation-timestamp", "1000000001"], "`--creation-timestamp` was `1000000000` and is `1000000001`"),
        (&["--csl", "apa"], "`--creation-timestamp` was `1000000001` and is nothing"),
    ] {
        builds(&place, more, &[&format!("in/a.xml: {reason}")])?;
    }
    // What makes no difference to the outputs makes none here.
    place.run(&BUILD)?.exits(0)?;
    builds(&place, &["--jobs", "3", "--strict", "--color", "never", "--report", "r.json", "--shard", "1/1", "--fail-fast"], &[])?;
    builds(&place, &[], &[])?;
    let forced = built(&place, &["--force"])?;
    ensure!(forced == ["in/a.xml: `--force` was given"], "{forced:?}");
    // Other formats are other outputs: neither run undoes what is known of the other.
    place.run(&with(&["--to", "pdf"]))?.exits(0)?;
    builds(&place, &[], &[])?;
    builds(&place, &["--to", "pdf"], &[])
}

fn outputs() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    let made = support::bytes(&place.at("out/a.pdf"))?;
    std::fs::remove_file(place.at("out/a.pdf"))?;
    builds(&place, &[], &["in/a.xml: the output `out/a.pdf` is gone"])?;
    place.write("out/a.pdf", "by hand")?;
    builds(&place, &[], &["in/a.xml: the output `out/a.pdf` has changed"])?;
    // One byte, and the time that it had.
    let mut changed = made.clone();
    changed[100] ^= 1;
    let was = place.at("out/a.pdf").metadata()?.modified()?;
    std::fs::write(place.at("out/a.pdf"), changed)?;
    set_time(&place, "out/a.pdf", was)?;
    builds(&place, &[], &["in/a.xml: the output `out/a.pdf` has changed"])?;
    ensure!(support::bytes(&place.at("out/a.pdf"))? == made, "not what was made at first");
    // Of an output that another run made anew nothing but its time is another.
    place.write("out/a.pdf", &made)?;
    builds(&place, &[], &[])?;
    // A build system that sees a newer input would ask for it again and again.
    set_time(&place, "in/one.svg", SystemTime::now() + Duration::from_secs(1))?;
    builds(&place, &[], &[])?;
    set_time(&place, "in/one.svg", SystemTime::now() - Duration::from_millis(1))?;
    builds(&place, &[], &[])?;
    let time = |path: &str| -> Result<SystemTime, Failed> { Ok(place.at(path).metadata()?.modified()?) };
    ensure!(time("out/a.pdf")? >= time("in/one.svg")?, "the output stays older than its picture");
    ensure!(support::bytes(&place.at("out/a.pdf"))? == made, "the output was changed by a touch");
    Ok(())
}

fn notes() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    let file = "out/.diglot/a.pdf+epub.json";
    let known = support::read(&place.at(file))?;
    let unknown = "in/a.xml: no run is known in which all of it went well";
    for text in ["", "{", "\0\0\0\n{}", "{\"program\":1}\n{}", &known[..known.len() / 3], "[]\n[]"] {
        place.write(file, text)?;
        builds(&place, &[], &[unknown])?;
    }
    place.write(file, known.replacen("\"program\":\"", "\"program\":\"0.0.", 1))?;
    builds(&place, &[], &["in/a.xml: another version of the program made the outputs"])?;
    std::fs::remove_dir_all(place.at("out/.diglot"))?;
    ensure!(built(&place, &[])?.len() == 3, "not all are built without notes");
    // Where nothing can be noted everything is built each time, and that is said.
    std::fs::remove_dir_all(place.at("out/.diglot"))?;
    place.write("out/.diglot", "in the way")?;
    let run = place.run(&BUILD)?.exits(0)?.says("warning[cannot-write]")?;
    ensure!(run.err.contains("out/a.pdf: 1 page"), "{}", run.err);
    ensure!(built(&place, &[])?.len() == 3, "something was noted after all");
    Ok(())
}

/// Whoever opens a pipe waits for somebody to write into it: what is no file is not opened.
fn pipes() -> Outcome {
    let place = three()?;
    place.run(&BUILD)?.exits(0)?;
    for (path, status, said) in [("out/.diglot/a.pdf+epub.json", 0, "out/a.pdf: 1 page"), ("in/one.svg", 1, "one.svg")] {
        let _ = std::fs::remove_file(place.at(path));
        ensure!(std::process::Command::new("mkfifo").arg(place.at(path)).status()?.success(), "there is no pipe");
        place.run(&BUILD)?.exits(status)?.says(said)?;
    }
    std::fs::create_dir(place.at("fonts"))?;
    ensure!(std::process::Command::new("mkfifo").arg(place.at("fonts/one.ttf")).status()?.success(), "there is no pipe");
    place.run(&with(&["--font-path", "fonts"]))?.exits(1)?.says("one.svg")?;
    // What was typed may be one.
    ensure!(std::process::Command::new("mkfifo").arg(place.at("typed.xml")).status()?.success(), "there is no pipe");
    let (pipe, text) = (place.at("typed.xml"), support::article("<p>From a pipe.</p>"));
    let writer = std::thread::spawn(move || std::fs::write(pipe, text));
    place.run(&["build", "typed.xml", "--out-dir", "typed"])?.exits(0)?.says("typed.pdf: 1 page")?;
    ensure!(writer.join().is_ok_and(|written| written.is_ok()), "nobody read");
    Ok(())
}

fn times() -> Outcome {
    let place = Place::new()?;
    // A change within the same second, of the same size, with the same time: as a script does it, or a disk that counts seconds.
    let second = SystemTime::UNIX_EPOCH + Duration::from_secs(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs());
    for word in ["one", "two", "six"] {
        place.write("in/a.xml", support::article(&format!("<p>{word}</p>")))?;
        set_time(&place, "in/a.xml", second)?;
        place.run(&BUILD)?.exits(0)?;
        let text = support::container::texts(&place.at("out/a.epub"))?;
        ensure!(text.values().any(|text| text.contains(word)), "`{word}` is not in the book");
    }
    // A clock that was set back: everything seems to come from the future.
    let later = SystemTime::now() + Duration::from_secs(86_400 * 400);
    for path in ["in/a.xml", "out/a.pdf", "out/a.epub"] {
        set_time(&place, path, later)?;
    }
    builds(&place, &[], &[])?;
    place.write("in/a.xml", support::article("<p>two</p>"))?;
    set_time(&place, "in/a.xml", later)?;
    builds(&place, &[], &["in/a.xml: `in/a.xml` has changed"])?;
    set_time(&place, "in/a.xml", SystemTime::UNIX_EPOCH)?;
    builds(&place, &[], &[])?;
    place.write("in/a.xml", support::article("<p>old</p>"))?;
    set_time(&place, "in/a.xml", SystemTime::UNIX_EPOCH)?;
    builds(&place, &[], &["in/a.xml: `in/a.xml` has changed"])
}

fn dry_run() -> Outcome {
    let place = three()?;
    let run = place.run(&with(&["--dry-run"]))?.exits(0)?.says("3 of 3 masters would be built")?;
    ensure!(run.err.contains("in/a.xml: to be built: "), "{}", run.err);
    ensure!(!place.at("out").exists(), "a dry run made a folder");
    place.run(&BUILD)?.exits(0)?;
    place.run(&with(&["--dry-run"]))?.exits(0)?.says("0 of 3 masters would be built")?;
    place.write("in/b.xml", "<article><body>")?;
    let json = place.run(&with(&["--dry-run", "--message-format", "json"]))?.exits(0)?.out;
    let line = "{\"type\":\"rebuild\",\"master\":\"in/b.xml\",\"outputs\":[\"out/b.pdf\",\"out/b.epub\"],\"reason\":\"`in/b.xml` has changed\"}\n";
    ensure!(json == line, "{json}");
    place.run(&["build", "nosuch.xml", "--dry-run"])?.exits(0)?.says("1 of 1 master would")?;
    place.run(&["build", "nowhere/", "--layout", "nosuch", "--dry-run"])?;
    place.run(&with(&["--dry-run", "--report", "r.json"]))?.exits(2)?;
    Ok(())
}

fn two_at_once() -> Outcome {
    let place = three()?;
    for no in 0..4 {
        place.write(&format!("in/more-{no}.xml"), support::article(&format!("<p>The master {no}.</p>")))?;
    }
    place.run(&["build", "in", "--out-dir", "alone"])?.exits(0)?;
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let place = place.shared();
            std::thread::spawn(move || place.run(&BUILD).and_then(|run| run.exits(0)))
        })
        .collect();
    for run in runs {
        run.join().map_err(|_| "a thread panicked")??;
    }
    for file in support::files_below(&place.at("alone")) {
        ensure!(support::bytes(&file)? == support::bytes(&place.at("out").join(support::name(&file)))?, "{} differs", file.display());
    }
    let left = support::entries(&place.at("out")).len();
    ensure!(left == 14 + 1, "something is left over: {:?}", support::entries(&place.at("out")));
    builds(&place, &[], &[])
}

fn installed() -> Outcome {
    let place = Place::new()?;
    place.write("in/a.xml", with_figure("plan.eps"))?;
    place.write("in/plan.eps", "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n5 5 10 10 rectfill\nshowpage\n%%EOF\n")?;
    let warn = &["--missing-figures", "warn"][..];
    let without = place.shared().variable("PATH", "/nowhere");
    without.run(&with(warn))?.exits(0)?.says("`gs` is not installed")?;
    builds(&without, warn, &[])?;
    builds(&place, warn, &["in/a.xml: the program `gs` is another one"])
}
