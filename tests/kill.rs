//! A program that is killed, or whose disk and folders do what they like, leaves the old file or the new one, and the next run is right.
//!
//! 1. Kills come at moments that a seed draws. `DIGLOT_KILLS=100` asks for so many of each kind; the suite makes do with fewer.
//! 2. What a kill leaves is looked at before the next run, and after it: nothing half, nothing left over.

use std::fs::File;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::ensure;
use crate::support::program::{Place, Run};
use crate::support::{self, Failed, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("kill/build", || builds(&["--jobs", "1"])),
        Trial::test("kill/batch", || builds(&["--jobs", "3"])),
        Trial::test("kill/workers", || builds(&["--jobs", "2", "--isolate"])),
        Trial::test("kill/press", presses),
        Trial::test("kill/what a killed program leaves is swept", swept),
        Trial::test("kill/a folder that goes away", folder_goes),
        Trial::test("kill/a report for which there is no space", no_space),
        Trial::test("kill/few open files", few_files),
    ]
}

/// How many kills of each kind.
fn kills() -> u64 {
    std::env::var("DIGLOT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8)
}

/// Numbers that look drawn, the same in each run (a linear congruential generator, Knuth's constants).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}

/// Starts the program and kills it after a while.
fn killed(place: &Place, arguments: &[&str], after: Duration) -> Outcome {
    let mut child = place.command(place.path()).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    sleep(after);
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Temporary files, in a folder and in what is noted beside it.
fn left_over(place: &Place, folder: &str) -> Vec<String> {
    let folders = [place.at(folder), place.at(folder).join(".diglot")];
    let names = folders.iter().flat_map(|folder| support::entries(folder)).map(|path| support::name(&path));
    names.filter(|name| name.ends_with(".part")).collect()
}

const MASTERS: u64 = 5;

/// Writes the masters of an edition; those of one are longer than those of the other.
fn write_edition(place: &Place, edition: usize) -> Outcome {
    (0..MASTERS)
        .try_for_each(|no| place.write(&format!("in/{no}.xml"), support::article(&format!("<p>The edition {edition} of {no}.</p>\n").repeat(5 + 30 * edition))))
}

fn builds(how: &[&str]) -> Outcome {
    let place = Place::new()?;
    let arguments = [&["build", "in", "--out-dir", "out", "--message-format", "short"], how].concat();
    let mut editions = Vec::new();
    let mut longest = Duration::ZERO;
    for edition in 0..2 {
        write_edition(&place, edition)?;
        let begun = Instant::now();
        place.run(&arguments)?.exits(0)?;
        longest = longest.max(begun.elapsed());
        let files = support::files_below(&place.at("out"));
        ensure!(files.len() as u64 == 2 * MASTERS, "{files:?}");
        editions.push(files.into_iter().map(|path| Ok((path.clone(), support::bytes(&path)?))).collect::<Result<Vec<_>, Failed>>()?);
    }
    let mut drawn = Drawn(7);
    for kill in 0..kills() {
        let new = usize::try_from(kill % 2)?;
        write_edition(&place, new)?;
        let after = Duration::from_micros(drawn.below(u64::try_from(longest.as_micros())?));
        killed(&place, &arguments, after)?;
        for ((path, new), (_, old)) in editions[new].iter().zip(&editions[1 - new]) {
            let found = support::bytes(path)?;
            ensure!(found == *new || found == *old, "{} is neither the old nor the new one after {after:?}: {} bytes", path.display(), found.len());
        }
        // A worker whose master is gone ends at its next line, and may still write a whole output until then.
        sleep(Duration::from_millis(if how.contains(&"--isolate") { 150 } else { 0 }));
        place.run(&arguments)?.exits(0)?;
        for (path, new) in &editions[new] {
            ensure!(support::bytes(path)? == *new, "{} is not right after {after:?} and one more run", path.display());
        }
        let idle = place.run(&[&arguments[..], &["--dry-run"]].concat())?.exits(0)?;
        ensure!(!idle.err.contains("to be built"), "{}", idle.err);
        let left = left_over(&place, "out");
        ensure!(left.is_empty() || how.contains(&"--isolate"), "left over after {after:?}: {left:?}");
    }
    Ok(())
}

fn presses() -> Outcome {
    let place = Place::with(support::article(&"<p>A word, and another.</p>\n".repeat(60)))?;
    place.run(&["build", "article.xml", "-o", "article.pdf"])?.exits(0)?;
    let arguments = ["press", "article.pdf", "-o", "out.pdf"];
    let begun = Instant::now();
    place.run(&arguments)?.exits(0)?;
    let longest = begun.elapsed();
    let new = support::bytes(&place.at("out.pdf"))?;
    let mut drawn = Drawn(11);
    for _ in 0..kills() {
        place.write("out.pdf", "old")?;
        let after = Duration::from_micros(drawn.below(u64::try_from(longest.as_micros())?));
        killed(&place, &arguments, after)?;
        let found = support::bytes(&place.at("out.pdf"))?;
        ensure!(found == b"old" || found == new, "after {after:?} there is a file of {} bytes", found.len());
    }
    place.run(&arguments)?.exits(0)?;
    ensure!(support::bytes(&place.at("out.pdf"))? == new, "the next run is not right");
    let left: Vec<String> = support::entries(place.path()).iter().map(|path| support::name(path)).filter(|name| name.ends_with(".part")).collect();
    ensure!(left.is_empty(), "left over: {left:?}");
    Ok(())
}

fn swept() -> Outcome {
    let place = Place::with(support::article("<p>A word.</p>"))?;
    for name in ["out/.diglot-abc123.part", "out/.diglot-held00.part", "out/another.part", "out/.diglot/.diglot-abc123.part"] {
        place.write(name, "half")?;
    }
    // Another program, which still lives, holds this one.
    let held = File::options().append(true).open(place.at("out/.diglot-held00.part"))?;
    held.lock()?;
    place.run(&["build", "article.xml", "--out-dir", "out"])?.exits(0)?;
    ensure!(left_over(&place, "out") == [".diglot-held00.part", "another.part"], "{:?}", left_over(&place, "out"));
    drop(held);
    place.run(&["build", "article.xml", "--out-dir", "out", "--force"])?.exits(0)?;
    ensure!(left_over(&place, "out") == ["another.part"], "{:?}", left_over(&place, "out"));
    Ok(())
}

fn folder_goes() -> Outcome {
    let place = Place::new()?;
    write_edition(&place, 0)?;
    let arguments = ["build", "in", "--out-dir", "out", "--jobs", "2", "--message-format", "short"];
    let runner = place.shared();
    let run = std::thread::spawn(move || -> Result<Vec<Run>, Failed> { (0..4).map(|_| runner.run(&[&arguments[..], &["--force"]].concat())).collect() });
    let mut gone = 0;
    while !run.is_finished() {
        gone += usize::from(std::fs::remove_dir_all(place.at("out")).is_ok());
        sleep(Duration::from_millis(3));
    }
    ensure!(gone > 0, "the folder never went away");
    for run in run.join().map_err(|_| "a thread panicked")?? {
        ensure!(matches!(run.code, Some(0 | 2)), "{:?}: {}", run.code, run.err);
        ensure!(run.code == Some(0) || run.err.contains("error[cannot-write]"), "{}", run.err);
    }
    place.run(&arguments)?.exits(0)?;
    ensure!(support::files_below(&place.at("out")).len() as u64 == 2 * MASTERS, "not all is there in the end");
    Ok(())
}

fn no_space() -> Outcome {
    let place = Place::with(support::article("<p>A word.</p>"))?;
    for flag in ["--report", "--deps"] {
        let run = place.run(&["build", "article.xml", "--out-dir", "out", flag, "/dev/full"])?.exits(2)?;
        ensure!(run.err.contains("`/dev/full` cannot be written: no space"), "{}", run.err);
    }
    // Nobody's device becomes a file.
    ensure!(!File::open("/dev/full")?.metadata()?.is_file(), "`/dev/full` is a file now");
    let run = place.run(&["build", "article.xml", "--out-dir", "out", "--report", "/dev/stdout"])?.exits(0)?;
    ensure!(run.out.contains("\"masters\""), "{}", run.out);
    let old = SystemTime::now();
    ensure!(place.at("out/article.pdf").metadata()?.modified()? < old, "the output is not there");
    Ok(())
}

fn few_files() -> Outcome {
    let place = Place::new()?;
    write_edition(&place, 0)?;
    for (limit, how) in [(12, &["--jobs", "4"][..]), (40, &["--jobs", "2", "--isolate"]), (12, &["--jobs", "2", "--isolate"])] {
        let script = format!("ulimit -n {limit}; exec \"$0\" \"$@\"");
        let arguments = [&["build", "in", "--out-dir", "out", "--message-format", "short", "--force"], how].concat();
        let mut command = std::process::Command::new("/bin/sh");
        command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_diglot")).args(arguments).current_dir(place.path()).stdin(Stdio::null());
        let output = command.output()?;
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        let refused = err.contains("too many open files");
        ensure!(code == Some(0) || matches!(code, Some(1 | 2)) && refused && err.contains("error["), "{limit} {how:?}: {code:?}: {err}");
        ensure!(!err.contains("panicked"), "{err}");
    }
    place.run(&["build", "in", "--out-dir", "out"])?.exits(0)?;
    ensure!(support::files_below(&place.at("out")).len() as u64 == 2 * MASTERS, "not all is there in the end");
    Ok(())
}
