//! Masters in processes of their own: the same bytes and the same words as in one process, and a master that is too much stops no other.

use std::process::{Command, Stdio};

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("isolate/the same as in one process", same),
        Trial::test("isolate/one that is too much stops no other", too_much),
        Trial::test("isolate/a worker that is killed", killed),
        trial("isolate/a bar at a terminal", &[Need::Command("script")], bar),
    ]
}

/// Masters of all kinds, one of them with more text than can be set in a second.
fn masters(place: &Place, with_long: bool) -> Outcome {
    for no in 0..6 {
        let body = match no {
            1 => "<p>See <xref rid=\"nowhere\">there</xref>.</p>".to_owned(),
            2 => "<p>A <nosuch>word</nosuch>.</p>".to_owned(),
            3 if with_long => "<p>A word, and another word, and one more of them.</p>\n".repeat(60_000),
            _ => format!("<p>The master number {no}.</p>"),
        };
        place.write(&format!("in/{no}.xml"), support::article(&body))?;
    }
    Ok(())
}

fn files(place: &Place, folder: &str) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    support::files_below(&place.at(folder)).iter().map(|path| Ok((support::name(path), support::bytes(path)?))).collect()
}

fn same() -> Outcome {
    let place = Place::new()?;
    masters(&place, false)?;
    place.write("in/diglot.toml", "[journal]\ntitle = \"A Journal\"\n[layout]\nname = \"gost\"\n[build]\nprefer-lang = \"ru\"\n")?;
    let build = |out: &str, more: &[&str]| place.run(&[&["build", "in", "--out-dir", out, "--report", "r.json", "--deps", "d.mk"], more].concat());
    let one = build("out", &["--jobs", "1"])?.exits(1)?;
    let (made, report, deps) = (files(&place, "out")?, support::read(&place.at("r.json"))?, support::read(&place.at("d.mk"))?);
    for jobs in ["1", "3"] {
        std::fs::remove_dir_all(place.at("out"))?;
        let isolated = build("out", &["--jobs", jobs, "--isolate"])?.exits(1)?;
        ensure!(one.err == isolated.err, "{}\n{}", one.err, isolated.err);
        ensure!(files(&place, "out")? == made, "the outputs differ");
        ensure!(support::read(&place.at("r.json"))? == report && support::read(&place.at("d.mk"))? == deps, "report or dependencies differ");
    }
    // What workers note is what one process notes.
    build("out", &["--jobs", "1"])?.exits(1)?.says("6 masters (5 unchanged, 1 failed)")?;
    Ok(())
}

fn too_much() -> Outcome {
    let place = Place::new()?;
    masters(&place, true)?;
    place.write("out/3.pdf", "old")?;
    for (limit, value, code) in [("--timeout", "1", "time-limit"), ("--memory-limit", "160", "memory-limit")] {
        let run = place.run(&["build", "in", "--out-dir", "out", "--jobs", "2", limit, value, "--message-format", "short", "--force"])?.exits(1)?;
        ensure!(run.err.contains(&format!("in/3.xml: error[{code}]")), "{}", run.err);
        let names: Vec<String> = files(&place, "out")?.into_iter().map(|(name, _)| name).filter(|name| !name.ends_with(".part")).collect();
        ensure!(names.len() == 11, "{names:?}: {}", run.err);
        ensure!(support::bytes(&place.at("out/3.pdf"))? == b"old", "the old output is not there any more");
    }
    // A master that may take its time, and has the memory, is built as ever.
    place.run(&["build", "in/0.xml", "--timeout", "50", "--memory-limit", "900", "--out-dir", "out", "--force"])?.exits(0)?;
    Ok(())
}

fn killed() -> Outcome {
    let place = Place::new()?;
    masters(&place, true)?;
    let mut command = place.command(place.path());
    command.args(["build", "in", "--out-dir", "out", "--jobs", "1", "--isolate", "--message-format", "short"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    // Its only child is the worker; the fourth master keeps it busy.
    let children = format!("/proc/{0}/task/{0}/children", child.id());
    let mut worker = String::new();
    for _ in 0..400 {
        std::thread::sleep(std::time::Duration::from_millis(5));
        worker = std::fs::read_to_string(&children).unwrap_or_default();
        if place.at("out/2.pdf").exists() {
            break;
        }
    }
    std::thread::sleep(std::time::Duration::from_millis(100));
    ensure!(!worker.trim().is_empty(), "there is no worker");
    ensure!(Command::new("kill").args(["-9", worker.trim()]).status()?.success(), "it cannot be killed");
    let output = child.wait_with_output()?;
    let err = String::from_utf8_lossy(&output.stderr);
    ensure!(err.contains("in/3.xml: error[engine-fault]: the process that built this master"), "{err}");
    ensure!(place.at("out/4.pdf").exists() && place.at("out/5.epub").exists(), "the others are not built: {err}");
    Ok(())
}

fn bar() -> Outcome {
    let place = Place::new()?;
    masters(&place, false)?;
    let typed = format!("'{}' build in --out-dir out", env!("CARGO_BIN_EXE_diglot"));
    let output = Command::new("script").args(["-qec", &typed, "/dev/null"]).current_dir(place.path()).env("TERM", "xterm").stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(said.contains("6/6") && said.contains("6 masters (5 built, 1 failed): 1 error, 1 warning, in "), "{said}");
    ensure!(said.contains("dangling-reference") && !said.contains("words shown"), "{said}");
    // Elsewhere a line tells of each output, and nothing of the time.
    let run = place.run(&["build", "in", "--out-dir", "out", "--force"])?.exits(1)?;
    ensure!(run.err.matches("words shown").count() == 12 && !run.err.contains(", in "), "{}", run.err);
    Ok(())
}
