//! Many articles on many machines: Snakemake runs the Snakefile of `contrib/` with two workers, one of which is killed, and makes the bytes that one process makes.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::ensure;
use crate::support::needs::{Need, corpus, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

/// How many real articles are set, unless `DIGLOT_ARTICLES` says otherwise: the shortest ones, for the workers have to be many and not long.
const REAL: usize = 24;

/// How long a run may take.
const LONGEST: Duration = Duration::from_secs(240);

pub fn trials() -> Vec<Trial> {
    vec![
        trial("scale/snakemake", &[Need::Judge("snakemake")], || with_snakemake(&ours()?)),
        trial("scale/snakemake, real articles", &[Need::Judge("snakemake"), Need::Corpus], || with_snakemake(&real())),
    ]
}

/// Masters by the names that their folders get: those of `source/` and some cases.
fn ours() -> Result<Vec<(String, PathBuf)>, Failed> {
    let mut masters = support::masters();
    for area in ["inline", "table", "math"] {
        let cases = support::entries(&support::root().join("tests/cases").join(area)).into_iter();
        let cases = cases.filter(|path| path.extension().is_some_and(|extension| extension == "xml")).take(3);
        masters.extend(cases.map(|path| (format!("{area}-{}", path.file_stem().unwrap_or_default().to_string_lossy()), path)));
    }
    ensure!(masters.len() > 10, "there are only {} masters", masters.len());
    Ok(masters)
}

fn real() -> Vec<(String, PathBuf)> {
    let files = support::files_below(&corpus()).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "xml"));
    let mut files: Vec<(u64, PathBuf)> = files.map(|path| (path.metadata().map_or(u64::MAX, |metadata| metadata.len()), path)).collect();
    files.sort();
    let count = std::env::var("DIGLOT_ARTICLES").ok().and_then(|count| count.parse().ok()).unwrap_or(REAL);
    files.into_iter().take(count).enumerate().map(|(no, (_, path))| (format!("article-{no:02}"), path)).collect()
}

fn with_snakemake(masters: &[(String, PathBuf)]) -> Outcome {
    let place = Place::new()?;
    for (name, master) in masters {
        let folder = place.at("source").join(name);
        if master.starts_with(support::source()) {
            support::copy(master.parent().unwrap_or(master), &folder)?;
        } else {
            support::copy_file(master, &folder.join("article.xml"))?;
        }
    }
    place.write("diglot.toml", "[build]\nmissing-figures = \"warn\"\nmissing-glyphs = \"warn\"\n")?;
    // What one process makes is what there is to be made. An article with an error fails anywhere, and would stop the rule `all`.
    place.run(&["build", "source", "--out-dir", "one", "--report", "one.json"])?;
    let report: serde_json::Value = serde_json::from_str(&support::read(&place.at("one.json"))?)?;
    for master in report["masters"].as_array().into_iter().flatten() {
        let is_error = |finding: &serde_json::Value| finding["severity"] == "error";
        if master["diagnostics"].as_array().into_iter().flatten().any(is_error) {
            let path = PathBuf::from(master["master"].as_str().unwrap_or_default());
            let folder = path.parent().unwrap_or(&path).to_owned();
            fs::remove_dir_all(place.path().join(&folder))?;
            for kind in ["pdf", "epub"] {
                let _ = fs::remove_file(place.at("one").join(format!("{}.{kind}", support::name(&folder))));
            }
        }
    }
    let expected = support::files_below(&place.at("one"));
    ensure!(expected.len() > masters.len(), "only {} outputs of {} masters", expected.len(), masters.len());

    support::copy_file(&support::root().join("contrib/snakemake/Snakefile"), &place.at("Snakefile"))?;
    let mut workflow = snakemake(&place)?;
    let begun = Instant::now();
    let mut killed = None;
    let status = loop {
        if let Some(status) = workflow.try_wait()? {
            break status;
        }
        ensure!(begun.elapsed() < LONGEST, "Snakemake is not done after {} s", LONGEST.as_secs());
        let is_in_the_middle = support::files_below(&place.at("build")).len() > expected.len() / 3;
        if let Some(worker) = Some(()).filter(|()| killed.is_none() && is_in_the_middle).and_then(|()| descendant(workflow.id())) {
            if Command::new("kill").args(["-9", &worker.to_string()]).stderr(Stdio::null()).status()?.success() {
                killed = Some(worker);
            }
        }
        sleep(Duration::from_millis(5));
    };
    let said = support::read(&place.at("said"))?;
    ensure!(status.success(), "{said}");
    ensure!(killed.is_some(), "no worker was there to be killed");
    ensure!(said.contains("Trying to restart"), "no rule was run twice: {said}");
    let made = support::files_below(&place.at("build"));
    let names = |files: &[PathBuf]| files.iter().map(|path| support::name(path)).collect::<Vec<_>>();
    ensure!(names(&made) == names(&expected), "made {:?}\nand not {:?}", names(&made), names(&expected));
    for (made, expected) in made.iter().zip(&expected) {
        ensure!(support::bytes(made)? == support::bytes(expected)?, "{} differs", made.display());
    }
    // Nothing has changed, for one engine as for the other.
    let again = snakemake(&place)?.wait()?;
    ensure!(again.success() && support::read(&place.at("said"))?.contains("Nothing to be done"), "{}", support::read(&place.at("said"))?);
    Ok(())
}

/// Snakemake in the place, with two workers; what it says goes into the file `said`.
fn snakemake(place: &Place) -> Result<Child, Failed> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_diglot"));
    let path = format!("{}:{}", program.parent().unwrap_or(&program).display(), std::env::var("PATH").unwrap_or_default());
    let said = fs::File::create(place.at("said"))?;
    let mut command = Command::new(support::root().join("tests/judges/run"));
    command.args(["snakemake", "--cores", "2", "--nocolor"]).current_dir(place.path()).env("PATH", path).env("HOME", place.path());
    Ok(command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said).spawn()?)
}

/// A process of the program below another.
fn descendant(of: u32) -> Option<u32> {
    let children = fs::read_dir(format!("/proc/{of}/task")).ok()?.flatten();
    let children = children.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children: Vec<u32> = children.flat_map(|line| line.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect();
    children.into_iter().find_map(|child| {
        let is_ours = fs::read_link(format!("/proc/{child}/exe")).is_ok_and(|program| program == PathBuf::from(env!("CARGO_BIN_EXE_diglot")));
        if is_ours { Some(child) } else { descendant(child) }
    })
}
