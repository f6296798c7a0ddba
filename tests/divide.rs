//! Words divided by rules, on finished pages.
//!
//! 1. A master whose paragraphs are in the languages that have rules is set, and again without them by a forme without soft hyphens.
//! 2. Lines end in hyphens only where the rules let a word be divided, and nowhere else is a soft hyphen left.
//! 3. The pages show each byte of the master at its place, and a page that begins inside a word begins at that byte.

use std::collections::BTreeMap;

use article::hyphenate::Rules;
use article::picture::Pictures;
use diglot::pdf::layout::Layout;
use diglot::pdf::{self, Pages, Setting};
use diglot::proof::{self, Output};
use typeset::Forme;

use crate::ensure;
use crate::support::{self, Failed, Outcome, Trial, set};

const CASE: &str = "tests/cases/inline/divided.xml";

/// The hyphen of a divided word in the text of a page.
const SOFT: char = '\u{ad}';

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("divide/lines end where the rules divide", lines_end_where_the_rules_divide),
        Trial::test("divide/every byte is at its place", every_byte_is_at_its_place),
        Trial::test("divide/lines are fuller than without", lines_are_fuller_than_without),
    ]
}

fn pages_of(forme: &Forme) -> Result<Pages, Failed> {
    let layout = Layout::built_in("classic").ok_or("no layout")?;
    let mut log = article::diag::Log::default();
    let setting = Setting { engine: set::engine(), layout: &layout, forme, pictures: &Pictures::default(), attach: None };
    pdf::set(&mut log, &setting).ok_or_else(|| set::said(&log, None).into())
}

fn lines_end_where_the_rules_divide() -> Outcome {
    let (_, _, edition) = set::edition(CASE, &support::bytes(&support::root().join(CASE))?)?;
    let pages = pages_of(&typeset::set(&edition, &Pictures::default()))?.text();
    let said: Vec<&str> = pages.lines().filter_map(|line| line.rsplit_once("  ").map(|(_, said)| said)).collect();
    let all = [("ky", 5), ("kk", 5), ("uz", 3), ("uz-Cyrl", 3), ("az", 3), ("ro", 3)];
    let rules: Vec<Rules> = all.iter().filter_map(|(tag, _)| Rules::of(&article::lang::Lang::parse(tag)?.0)).collect();
    let mut divided = 0;
    for pair in said.windows(2) {
        ensure!(!pair[0].trim_end_matches(SOFT).contains(SOFT), "a soft hyphen is left in a line: {}", pair[0]);
        let Some(line) = pair[0].strip_suffix(SOFT) else { continue };
        let head = line.rsplit(|c: char| !c.is_alphabetic() && !"'‘’ʻʼ".contains(c)).next().unwrap_or_default();
        let tail: String = pair[1].chars().take_while(|c| c.is_alphabetic() || "'‘’ʻʼ".contains(*c)).collect();
        // A word that goes on on the next page is cut by the folio between.
        if tail.is_empty() {
            continue;
        }
        let word = format!("{head}{tail}");
        ensure!(rules.iter().any(|rules| rules.breaks(&word).contains(&head.len())), "`{head}-{tail}` is divided by no rule");
        divided += 1;
    }
    ensure!(divided >= 15, "{divided} words are divided");
    Ok(())
}

fn every_byte_is_at_its_place() -> Outcome {
    let (mut log, source, edition) = set::edition(CASE, &support::bytes(&support::root().join(CASE))?)?;
    let forme = typeset::set(&edition, &Pictures::default());
    ensure!(forme.signs.len() > 6, "{} texts have soft hyphens", forme.signs.len());
    let pages = pages_of(&forme)?;
    let sheets = proof::pages::sheets(&pages, &forme, &edition);
    let verdict = proof::judge(&mut log, &source, &edition, &sheets.sightings, Output::Pdf);
    ensure!(verdict.faults == 0 && verdict.whole == verdict.leaves, "{}", set::said(&log, Some(&source)));
    // Each leaf of the text is seen from its first byte to its last, each piece where the one before it ended.
    let mut ends: BTreeMap<u32, u32> = BTreeMap::new();
    let body: Vec<_> = sheets.sightings.iter().filter(|sighting| edition.leaves.text(sighting.leaf).len() > 200).collect();
    ensure!(body.len() > 6, "{} pieces", body.len());
    for sighting in body {
        let end = ends.entry(sighting.leaf.0).or_default();
        let text = edition.leaves.text(sighting.leaf);
        let between = text.get(*end as usize..sighting.from as usize).ok_or("a piece begins inside a letter, or before the end of the last")?;
        ensure!(between.trim().is_empty(), "`{between}` is not seen");
        *end = sighting.to;
    }
    for (leaf, end) in ends {
        let text = edition.leaves.text(article::leaf::LeafNo(leaf));
        ensure!(text[end as usize..].trim().is_empty(), "the end of `{text}` is not seen");
    }
    Ok(())
}

/// How much narrower than its measure the worst lines are set cannot be read from lines that are drawn out; but fewer lines hold the same text.
fn lines_are_fuller_than_without() -> Outcome {
    let (_, _, edition) = set::edition(CASE, &support::bytes(&support::root().join(CASE))?)?;
    let forme = typeset::set(&edition, &Pictures::default());
    let whole = Forme { text: forme.text.replace("\\u{ad}", "").replace("\\u{2060}", ""), signs: Vec::new(), ..forme.clone() };
    let lines = |forme: &Forme| -> Result<usize, Failed> { Ok(pages_of(forme)?.text().lines().count()) };
    let (with, without) = (lines(&forme)?, lines(&whole)?);
    ensure!(with < without, "{with} lines with divided words, {without} without");
    Ok(())
}
