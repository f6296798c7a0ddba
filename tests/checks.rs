//! Rules of `check`: switched by a journal, by a layout, by the master.
//!
//! 1. A project's `[checks]` make an error or nothing of a warning, and go before those of its layout.
//! 2. A line that makes no sense is said where it stands.
//! 3. `build` says what `check` says, and `explain` what a rule is.

use crate::ensure;
use crate::support::program::Place;
use crate::support::{Outcome, Trial};

/// A test and its name.
type Named = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 5] = [
        ("a journal switches rules", a_journal_switches),
        ("a journal goes before its layout", a_journal_first),
        ("a mistake is said at its line", mistakes),
        ("a master allows", a_master_allows),
        ("rules are explained", explained),
    ];
    all.into_iter().map(|(name, run)| Trial::test(format!("checks/{name}"), run)).collect()
}

/// A master whose title ends with a full stop.
const MASTER: &str = "<article xml:lang=\"en\">\n<front><article-meta>\n<title-group><article-title>On things.</article-title></title-group>\n</article-meta></front>\n<body>\n<p>Text.</p>\n</body>\n</article>\n";

/// What `check` says of it in a project, with the exit status that is wanted.
fn said(place: &Place, status: i32) -> Result<String, crate::support::Failed> {
    Ok(place.run(&["check", "article.xml", "--message-format", "short"])?.exits(status)?.err)
}

fn a_journal_switches() -> Outcome {
    let place = Place::with(MASTER)?;
    ensure!(said(&place, 0)? == "article.xml:3:38: warning[stop-after-title]: the title in `en` ends with a full stop\n", "it is a warning by default");
    place.write("diglot.toml", "[checks]\nstop-after-title = \"error\"\n")?;
    ensure!(said(&place, 1)?.contains("error[stop-after-title]"), "it is an error");
    let built = place.run(&["build", "article.xml", "--to", "epub", "--message-format", "short"])?.exits(1)?;
    ensure!(built.err.contains("error[stop-after-title]"), "`build` says it too: {}", built.err);
    place.write("diglot.toml", "[checks]\nstop-after-title = \"off\"\n")?;
    ensure!(said(&place, 0)?.is_empty(), "it is off");
    Ok(())
}

fn a_journal_first() -> Outcome {
    let place = Place::with(MASTER)?;
    place.write("lake/layout.toml", "name = \"lake\"\nextends = \"classic\"\n[checks]\nstop-after-title = \"error\"\n")?;
    place.write("shore/layout.toml", "name = \"shore\"\nextends = \"../lake\"\n")?;
    place.write("diglot.toml", "[layout]\nname = \"shore\"\n")?;
    ensure!(said(&place, 1)?.contains("error[stop-after-title]"), "the layout's rule goes for what stands on it");
    place.write("shore/layout.toml", "name = \"shore\"\nextends = \"../lake\"\n[checks]\nstop-after-title = \"warn\"\n")?;
    ensure!(said(&place, 0)?.contains("warning[stop-after-title]"), "a layout goes before what it stands on");
    place.write("diglot.toml", "[layout]\nname = \"shore\"\n[checks]\nstop-after-title = \"off\"\n")?;
    ensure!(said(&place, 0)?.is_empty(), "the journal goes before both");
    Ok(())
}

fn mistakes() -> Outcome {
    let place = Place::with(MASTER)?;
    for (lines, wanted) in [
        ("homoglyph = \"warn\"\nparity-titel = \"off\"\n", "diglot.toml:3:1: error[project-fault]: there is no rule `parity-titel`\n"),
        ("homoglyph = \"loud\"\n", "diglot.toml:2:1: error[project-fault]: the value of `homoglyph` makes no sense\n"),
        ("keyword-count = { most = 3 }\n", "diglot.toml:2:1: error[project-fault]: the value of `keyword-count` makes no sense\n"),
        ("abstract-words = -1\n", "diglot.toml:2:1: error[project-fault]: the value of `abstract-words` makes no sense\n"),
        ("abstract-words = true\n", "diglot.toml:2:1: error[project-fault]: the value of `abstract-words` makes no sense\n"),
        ("homoglyph = 250\n", "diglot.toml:2:1: error[project-fault]: the rule `homoglyph` counts nothing and has no limit\n"),
        ("keyword-count = { min = 5, max = 3 }\n", "diglot.toml:2:1: error[project-fault]: the least of `keyword-count` is more than the most\n"),
    ] {
        place.write("diglot.toml", format!("[checks]\n{lines}"))?;
        for command in ["check", "build"] {
            let run = place.run(&[command, "article.xml", "--message-format", "short"])?.exits(2)?;
            ensure!(run.err.starts_with(wanted), "`{command}` says not `{wanted}`, but {}", run.err);
        }
    }
    place.write("diglot.toml", "[checks]\nparity-titel = \"off\"\n")?;
    let run = place.run(&["check", "article.xml"])?.exits(2)?;
    ensure!(run.err.contains("`parity-title` is meant? The rules are `parity-title`, `parity-abstract`"), "the names that it may be: {}", run.err);
    place.write("lake/layout.toml", "name = \"lake\"\nextends = \"classic\"\n[checks]\nhomoglif = \"error\"\n")?;
    place.write("diglot.toml", "[layout]\nname = \"lake\"\n")?;
    let run = place.run(&["check", "article.xml", "--message-format", "short"])?.exits(2)?;
    ensure!(run.err.contains("lake/layout.toml:4:1: error[layout-fault]: there is no rule `homoglif`"), "a layout's mistake: {}", run.err);
    Ok(())
}

fn a_master_allows() -> Outcome {
    let place = Place::with(MASTER.replace("On things.", "<?diglot allow stop-after-title reason=\"a sentence\"?>On things."))?;
    ensure!(said(&place, 0)?.is_empty(), "the instruction silences it");
    place.write("article.xml", MASTER.replace("On things.", "<?diglot allow stop-after-title?>On things"))?;
    ensure!(said(&place, 0)?.contains("warning[needless-allow]"), "an instruction that silences nothing");
    Ok(())
}

fn explained() -> Outcome {
    let place = Place::new()?;
    let page = place.run(&["explain", "abstract-words"])?.exits(0)?.out;
    ensure!(page.contains("`off` by default") && page.contains("GOST R 7.0.7-2021"), "{page}");
    let page = place.run(&["explain", "dangling-reference"])?.exits(0)?.out;
    ensure!(!page.contains("by default"), "a fault is no rule: {page}");
    Ok(())
}
