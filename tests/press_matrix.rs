//! Every master by every press profile: what must hold of each pair, and what a second opinion has to say of it. The first master runs always (`tests/press.rs`);
//! `make matrix` runs all of them, and the PDFs of a folder besides, where `DIGLOT_PRESS_FOLDER` names one.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use press::Profile;
use press::profile::{BUILT_IN, Interior, Standard, TextForm};

use crate::ensure;
use crate::support::needs::{Need, has};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial, built};

const JUDGES: [Need; 5] = [Need::Judge("qpdf"), Need::Judge("pdftotext"), Need::Command("pdffonts"), Need::Command("pdftoppm"), Need::Command("gs")];

pub fn trials() -> Vec<Trial> {
    if std::env::var_os("DIGLOT_PRESS_MATRIX").is_none() || !JUDGES.iter().all(|judge| has(*judge)) {
        return Vec::new();
    }
    BUILT_IN.iter().map(|(name, _)| Trial::test(format!("press-matrix/{name}"), move || all_masters(name))).collect()
}

fn all_masters(profile: &str) -> Outcome {
    let place = Place::new()?;
    let mut inputs: Vec<PathBuf> = Vec::new();
    built::with(|built| {
        for path in built::of_kind(&built.folder(), "pdf") {
            let copy = place.at(&support::name(&path));
            support::copy_file(&path, &copy)?;
            inputs.push(copy);
        }
        Ok(())
    })?;
    if let Some(folder) = std::env::var_os("DIGLOT_PRESS_FOLDER") {
        inputs.extend(built::of_kind(Path::new(&folder), "pdf"));
    }
    ensure!(inputs.len() > 4, "there are only {} masters", inputs.len());
    let mut faults: Vec<String> =
        inputs.iter().filter_map(|input| pair(&place, input, profile).err().map(|failed| format!("{}: {}", support::name(input), said(&failed)))).collect();
    faults.extend(second_opinion(&place, &inputs, profile)?);
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Where the file that a profile makes of an input lies.
fn output_of(place: &Place, input: &Path) -> PathBuf {
    place.at(&format!("out-{}", support::name(input)))
}

/// What proof-pdf says and is not to be followed in: its name of the check, a piece of what it says, and when that is so.
type NotFollowed = (&'static str, &'static str, fn(&Profile) -> bool);

const NOT_FOLLOWED: &[NotFollowed] = &[
    // Marks for registration are on every plate, outside of the trim, or they would register nothing. It looks at whole sheets; what is printed inside the trim is
    // held to the limit by the profiles without marks, which have the same pages.
    ("tac", "400%", |profile| profile.marks.any()),
];

/// What proof-pdf finds in the files of a profile. It is told what the profile asks for.
fn second_opinion(place: &Place, inputs: &[PathBuf], name: &str) -> Result<Vec<String>, Failed> {
    if !has(Need::Judge("proof")) {
        ensure!(std::env::var_os("CI").is_none(), "the judge `proof` is not there");
        return Ok(Vec::new());
    }
    let profile = Profile::built_in(name).ok_or("no profile")?;
    let [ink, resolution, small] = [profile.colour.total_ink, profile.check.resolution_least, profile.check.small_text].map(|limit| limit.to_string());
    let mut command = Command::new(support::root().join("tests/judges/run"));
    command.args(["proof", "--no-pdfa", "--max-tac", &ink, "--min-dpi", &resolution, "--small-text-pt", &small]);
    if profile.standard != Standard::X4 {
        command.arg("--no-pdfx");
    }
    // What the imposed sheets of an issue have in common is not their size.
    if profile.imposition.is_none() {
        command.arg("--uniform-pages");
    }
    let outputs: Vec<PathBuf> = inputs.iter().map(|input| output_of(place, input)).filter(|output| output.is_file()).collect();
    let said = command.args(&outputs).output()?;
    let reports: serde_json::Value =
        serde_json::from_slice(&said.stdout).map_err(|error| format!("proof-pdf: {error}: {}", String::from_utf8_lossy(&said.stderr)))?;
    let reports = reports.as_array().ok_or("no reports")?;
    ensure!(reports.len() == outputs.len(), "{} reports of {} files", reports.len(), outputs.len());
    let mut faults = BTreeSet::new();
    for report in reports {
        for finding in report["findings"].as_array().ok_or("no findings")? {
            let [check, message] = [&finding["check"], &finding["message"]].map(|text| text.as_str().unwrap_or_default());
            if !NOT_FOLLOWED.iter().any(|(known, piece, is_so)| *known == check && message.contains(piece) && is_so(&profile)) {
                faults.insert(format!("proof-pdf, {}: {finding}", report["path"]));
            }
        }
    }
    Ok(faults.into_iter().collect())
}

fn said(failed: &Failed) -> String {
    failed.message().unwrap_or_default().to_owned()
}

/// The words of a file in the order in which they are painted.
fn words(path: &Path) -> Result<Vec<String>, Failed> {
    Ok(pdf_text(path, &["-raw"])?.split_whitespace().map(str::to_owned).collect())
}

/// The signs of a file, sorted: of a page on its head poppler puts no divided words together again.
fn signs(path: &Path) -> Result<Vec<char>, Failed> {
    let mut signs: Vec<char> = pdf_text(path, &["-raw"])?.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect();
    signs.sort_unstable();
    Ok(signs)
}

fn fonts(path: &Path) -> Result<usize, Failed> {
    Ok(tool("pdffonts", &[path.as_ref()])?.lines().skip(2).count())
}

/// Which pages have colour, by poppler's pictures of them.
fn coloured(place: &Place, path: &Path) -> Result<Vec<bool>, Failed> {
    let folder = place.at("pictures");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir(&folder)?;
    tool("pdftoppm", &["-r".as_ref(), "30".as_ref(), "-png".as_ref(), path.as_ref(), folder.join("p").as_ref()])?;
    let picture = |path: &PathBuf| -> Result<bool, Failed> {
        let image = image::load_from_memory(&support::bytes(path)?)?.to_rgb8();
        Ok(image.pixels().any(|pixel| pixel.0.iter().max().zip(pixel.0.iter().min()).is_some_and(|(most, least)| most - least > 6)))
    };
    support::entries(&folder).iter().map(picture).collect()
}

/// The inks on each page inside its trim, by Ghostscript.
fn inks(path: &Path) -> Result<Vec<[f64; 4]>, Failed> {
    let arguments = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-dUseTrimBox", "-sOutputFile=-"].map(OsStr::new);
    let said = tool("gs", &[&arguments[..], &[path.as_os_str()]].concat())?;
    let line = |line: &str| <[f64; 4]>::try_from(line.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()).ok();
    Ok(said.lines().filter(|text| text.contains("CMYK")).filter_map(line).collect())
}

/// A box of every page, by poppler.
fn boxes(path: &Path, name: &str) -> Result<Vec<[f64; 4]>, Failed> {
    let said = tool("pdfinfo", &["-box".as_ref(), "-f".as_ref(), "1".as_ref(), "-l".as_ref(), "9999".as_ref(), path.as_ref()])?;
    let line = |line: &str| <[f64; 4]>::try_from(line.split_once(':')?.1.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()).ok();
    Ok(said.lines().filter(|text| text.contains(name)).filter_map(line).collect())
}

/// What must hold of a file and what was made of it by a profile.
fn pair(place: &Place, input: &Path, name: &str) -> Outcome {
    let profile = Profile::built_in(name).ok_or("no profile")?;
    let output = output_of(place, input);
    place.run(&["press", &input.to_string_lossy(), "--profile", name, "-o", &output.to_string_lossy()])?.exits(0)?;
    let bytes = support::bytes(&output)?;
    tool("qpdf", &["--check".as_ref(), output.as_ref()])?;
    let imposed = profile.imposition.is_some();
    // Curves are no text.
    if profile.text != TextForm::Curves {
        ensure!(if imposed { signs(input)? == signs(&output)? } else { words(input)? == words(&output)? }, "other words");
        ensure!(fonts(input)? == fonts(&output)?, "{} fonts have become {}", fonts(input)?, fonts(&output)?);
    }
    let colour = coloured(place, input)?;
    for (at, [c, m, y, k]) in inks(&output)?.into_iter().enumerate() {
        let may = profile.colour.interior == Interior::Colour && if imposed { colour.contains(&true) } else { colour.get(at).copied().unwrap_or(true) };
        ensure!(may || c + m + y == 0.0, "page {}: inks {c} {m} {y} {k}", at + 1);
    }
    let bleed = profile.sheet.bleed * 72.0 / 25.4;
    for ((trim, bled), media) in boxes(&output, "TrimBox")?.iter().zip(boxes(&output, "BleedBox")?).zip(boxes(&output, "MediaBox")?) {
        let grown = [trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed];
        ensure!(grown.iter().zip(bled).all(|(one, other)| (one - other).abs() < 0.02), "bleed {bled:?} around {trim:?}");
        ensure!(
            media[0] <= bled[0] + 0.02 && media[1] <= bled[1] + 0.02 && media[2] >= bled[2] - 0.02 && media[3] >= bled[3] - 0.02,
            "{media:?} holds no {bled:?}"
        );
    }
    let errors: Vec<_> = press::check::check(&bytes, &profile)?.into_iter().filter(|finding| !finding.is_warning).collect();
    ensure!(errors.is_empty(), "{errors:?}");
    Ok(())
}
