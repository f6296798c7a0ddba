//! The rules of the house, read from the files themselves.
//!
//! 1. Imports go only the way that the table of ARCHITECTURE.md lets them.
//! 2. Files stay small, the writers have no wildcard arm, nothing is left to be done later, nothing names a machine.
//! 3. Generated pages say what the code says; `BLESS=1` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use article::code::{Code, Severity};

use crate::ensure;
use crate::support::golden;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, set};

/// No file of the program is longer.
const MOST_LINES: usize = 600;

/// Packages of the workspace that can be imported by name.
const CRATES: [&str; 6] = ["article", "typeset", "epub", "press", "web", "webfont"];

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tidy/imports go one way", imports_go_one_way),
        Trial::test("tidy/the check of imports finds one", finds_an_import),
        Trial::test("tidy/files are short", files_are_short),
        Trial::test("tidy/writers have no wildcard", writers_have_no_wildcard),
        Trial::test("tidy/the check of wildcards finds one", finds_a_wildcard),
        Trial::test("tidy/nothing is left to do", nothing_is_left_to_do),
        Trial::test("tidy/no machine is named", no_machine_is_named),
        Trial::test("tidy/every module has its page", every_module_has_its_page),
        Trial::test("tidy/the lock of the fuzz targets is current", fuzz_lock_is_current),
        Trial::test("tidy/generated: layouts/VOCABULARY.md", || {
            golden::check(&support::root().join("layouts/VOCABULARY.md"), &typeset::vocabulary::markdown())
        }),
        Trial::test("tidy/generated: docs/ELEMENTS.md", || golden::check(&support::root().join("docs/ELEMENTS.md"), &article::jats::elements::markdown())),
        Trial::test("tidy/generated: docs/LANGUAGES.md", || golden::check(&support::root().join("docs/LANGUAGES.md"), &article::lang::document::markdown())),
        Trial::test("tidy/generated: docs/DIAGNOSTICS.md", || golden::check(&support::root().join("docs/DIAGNOSTICS.md"), &diagnostics())),
        Trial::test("tidy/generated: docs/CHECKS.md", || golden::check(&support::root().join("docs/CHECKS.md"), &article::check::rules::markdown())),
        Trial::test("tidy/generated: help in README.md", help_is_current),
        Trial::test("tidy/generated: docs/page.png", picture_is_current),
    ]
}

/// Every Rust file of the program.
fn sources() -> Vec<PathBuf> {
    support::files_below(&support::root().join("src")).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(support::root()).unwrap_or(path).to_string_lossy().into_owned()
}

/// Whether a file holds nothing but tests.
fn is_test(path: &Path) -> bool {
    shown(path).split('/').any(|part| matches!(part, "tests.rs" | "testing.rs" | "tests"))
}

/// The code of a file without its comments and its tests.
fn code(path: &Path) -> Result<String, Failed> {
    let text = support::read(path)?;
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    Ok(text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n"))
}

/// The module of a file in the words of the table: `article::jats`, `typeset`, `pdf`.
fn module(path: &Path) -> String {
    let shown = shown(path);
    let parts: Vec<&str> = shown.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    match parts.as_slice() {
        ["article", "lib"] => "article".to_owned(),
        ["article", module, ..] => format!("article::{module}"),
        [module, ..] => (*module).to_owned(),
        [] => String::new(),
    }
}

/// The table of ARCHITECTURE.md: module and what it may import.
fn table() -> Result<BTreeMap<String, BTreeSet<String>>, Failed> {
    let text = support::read(&support::root().join("ARCHITECTURE.md"))?;
    let block = text.split("```imports\n").nth(1).and_then(|rest| rest.split("```").next()).ok_or("ARCHITECTURE.md has no block `imports`")?;
    let mut table = BTreeMap::new();
    for line in block.lines().skip(1) {
        let mut words = line.split_whitespace().map(str::to_owned);
        if let Some(module) = words.next() {
            ensure_new(&mut table, module, words.collect())?;
        }
    }
    Ok(table)
}

fn ensure_new(table: &mut BTreeMap<String, BTreeSet<String>>, module: String, may: BTreeSet<String>) -> Outcome {
    ensure!(!table.contains_key(&module), "the table has `{module}` twice");
    table.insert(module, may);
    Ok(())
}

/// The check of imports is no rubber stamp.
fn finds_an_import() -> Outcome {
    let cases: [(&str, &str, &[&str]); 7] = [
        ("src/article/jats/table.rs", "use crate::resolve::ids;", &["resolve"]),
        ("src/article/jats/table.rs", "use super::super::resolve::ids;", &["resolve"]),
        ("src/article/jats/mod.rs", "fn f() { super::resolve::resolve() }", &["resolve"]),
        ("src/article/jats/table.rs", "use super::block::foreign;", &[]),
        ("src/article/source.rs", "use crate::{code::{Code, Severity}, diag};", &["code", "diag"]),
        ("src/pdf/set.rs", "use crate::proof::Output; use epub::Book;", &["epub", "proof"]),
        ("src/epub/block.rs", "use crate::writer::Writer; use typeset::Forme;", &["typeset"]),
    ];
    for (path, code, wanted) in cases {
        let found = imports(&support::root().join(path), code);
        ensure!(found.iter().map(String::as_str).eq(wanted.iter().copied()), "{path}: `{code}` imports {found:?}");
    }
    Ok(())
}

fn imports_go_one_way() -> Outcome {
    let table = table()?;
    let mut faults = String::new();
    let mut seen = BTreeSet::new();
    for path in sources().iter().filter(|path| !is_test(path)) {
        let from = module(path);
        if from == "article" || from == "lib" {
            continue;
        }
        seen.insert(from.clone());
        let Some(may) = table.get(&from) else {
            let _ = writeln!(faults, "`{from}` is not in the table ({})", shown(path));
            continue;
        };
        for to in imports(path, &code(path)?) {
            if to != from.trim_start_matches("article::") && !may.contains(&to) {
                let _ = writeln!(faults, "{} imports `{to}`, which `{from}` may not", shown(path));
            }
        }
    }
    for module in table.keys().filter(|module| !seen.contains(*module)) {
        let _ = writeln!(faults, "the table has `{module}`, which is no module");
    }
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}

/// What a file imports of the project, in the words of the table.
fn imports(path: &Path, code: &str) -> BTreeSet<String> {
    let folder = shown(path);
    let folder = folder.trim_start_matches("src/");
    let own = folder.split('/').next().unwrap_or_default();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("::") {
        let head = &code[..at];
        let root = head.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        // `a::article::b` names a module called article, not the crate.
        if root != "super" && head[..head.len() - root.len()].ends_with("::") {
            continue;
        }
        match root {
            "crate" if own == "article" || !CRATES.contains(&own) => found.extend(first_names(&code[at + 2..]).into_iter().filter(|name| is_module(own, name))),
            "super" => found.extend(climbed(folder, head, &code[at + 2..]).into_iter().filter(|name| is_module(own, name))),
            // The program is reached from `main` by the library's name.
            "diglot" => found.extend(first_names(&code[at + 2..])),
            root if CRATES.contains(&root) && root != own => {
                found.insert(root.to_owned());
            }
            _ => {}
        }
    }
    found
}

/// The names at the root of the crate to which a chain of `super` climbs; none where it does not climb that far, or goes on.
fn climbed(folder: &str, head: &str, rest: &str) -> Vec<String> {
    if rest.starts_with("super") {
        return Vec::new();
    }
    let supers = head.rsplit("::").take_while(|part| part.trim_start().ends_with("super")).count();
    let mut depth = folder.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    if folder.starts_with("article/") {
        depth -= 1;
    }
    if supers == depth { first_names(rest) } else { Vec::new() }
}

/// The names that a path goes on with: one, or those of a list in braces.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    if !rest.starts_with('{') {
        return vec![word(rest)];
    }
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 1);
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 1 => {
                names.push(word(&rest[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names
}

/// Whether a name of `crate::name` is a module, and not a function or type of the crate's root.
fn is_module(own: &str, name: &str) -> bool {
    let folder = support::root().join("src").join(if own == "article" { "article" } else { "" });
    folder.join(name).is_dir() || folder.join(format!("{name}.rs")).is_file()
}

fn files_are_short() -> Outcome {
    for path in sources() {
        let lines = support::read(&path)?.lines().count();
        ensure!(lines <= MOST_LINES, "{} has {lines} lines; {MOST_LINES} are the most", shown(&path));
    }
    Ok(())
}

/// Wildcard arms of the writers that stand over something else than the model's sums. Each with what it matches.
const WILDCARDS: &[(&str, &str)] = &[];

fn writers_have_no_wildcard() -> Outcome {
    let mut faults = String::new();
    let mut unused: BTreeSet<&(&str, &str)> = WILDCARDS.iter().collect();
    for path in sources() {
        let shown = shown(&path);
        if !(shown.starts_with("src/typeset/") || shown.starts_with("src/epub/")) || is_test(&path) {
            continue;
        }
        let code = code(&path)?;
        let lines: Vec<&str> = code.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if !line.trim_start().starts_with("_ =>") || !is_over_the_model(&lines[..at]) {
                continue;
            }
            let matched = matched(&lines[..at]);
            match WILDCARDS.iter().find(|(file, of)| *file == shown && matched.contains(of)) {
                Some(allowed) => {
                    unused.remove(allowed);
                }
                None => {
                    let _ = writeln!(faults, "{shown}:{}: a wildcard arm over the model: {matched}", at + 1);
                }
            }
        }
    }
    for (file, of) in unused {
        let _ = writeln!(faults, "{file}: the allowance for `{of}` is not needed");
    }
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}

/// The check of wildcards is no rubber stamp.
fn finds_a_wildcard() -> Outcome {
    let over_model = ["match block {", "    Block::Section(section) => 1,", "    Block::Quote(_) | Block::Figure(_) => 2,"];
    ensure!(is_over_the_model(&over_model), "a wildcard over `Block` is not seen");
    ensure!(matched(&over_model) == "match block {", "its match is `{}`", matched(&over_model));
    ensure!(!is_over_the_model(&["match name {", "    \"p\" => 1,"]), "a wildcard over a string is taken for one over the model");
    Ok(())
}

/// The line of the `match` in which an arm stands: the last one that is indented less.
fn matched(before: &[&str]) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(last) = before.last() else { return String::new() };
    let arm = before.iter().rev().map(|line| indent(line)).find(|indent| *indent > 0).unwrap_or(indent(last));
    let found = before.iter().rev().find(|line| line.contains("match ") && indent(line) < arm);
    found.unwrap_or(last).trim().to_owned()
}

/// Whether one of the arms above a wildcard is over a sum of the project: a path of two names with capitals, such as `Block::Section`.
fn is_over_the_model(before: &[&str]) -> bool {
    let arms = before.iter().rev().take_while(|line| !line.contains("match "));
    arms.filter(|line| line.contains("=>") || line.trim_start().starts_with('|')).any(|line| {
        let pattern = line.split("=>").next().unwrap_or_default();
        ["Block::", "Inline::", "SectionKind::", "ListKind::", "Style::", "XrefKind::", "Scheme::", "Target::", "DateKind::", "NameOrder::", "Align::"]
            .iter()
            .any(|name| pattern.contains(name))
    })
}

fn nothing_is_left_to_do() -> Outcome {
    for path in sources() {
        let code = code(&path)?;
        for macro_ in ["todo!(", "unimplemented!(", "dbg!("] {
            ensure!(!code.contains(macro_), "{} has `{macro_}`", shown(&path));
        }
    }
    Ok(())
}

/// No path of a machine, no host of a package registry, in any text file that is kept.
fn no_machine_is_named() -> Outcome {
    // Taken apart, so that this file does not find itself.
    let words = [
        ["/ho", "me/"],
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/Use", "rs/"],
        ["C:", "\\Users"],
        ["pypi", ".org"],
        ["files.python", "hosted"],
        ["crates", ".io/"],
        ["registry.np", "mjs"],
        ["deb.deb", "ian.org"],
        ["proxy.gol", "ang.org"],
    ];
    let words = words.map(|parts| parts.concat());
    let mut faults = String::new();
    for path in tracked()? {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let shown = shown(&path);
        if shown == "Cargo.lock" || shown.starts_with("fonts/") || shown.starts_with("tests/dtd/") {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                let _ = writeln!(faults, "{shown}:{}: names a machine or a registry (`{word}`)", at + 1);
            }
        }
    }
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}

/// The files that git keeps; without git, everything but what is built.
fn tracked() -> Result<Vec<PathBuf>, Failed> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(support::root()).output();
    match output {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout)
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(|name| support::root().join(name))
            .filter(|path| path.is_file())
            .collect()),
        _ => Ok(["src", "tests", "layouts", "source", "docs"].iter().flat_map(|folder| support::files_below(&support::root().join(folder))).collect()),
    }
}

/// A file opens with what it is about.
fn every_module_has_its_page() -> Outcome {
    for path in sources().iter().filter(|path| !is_test(path)) {
        ensure!(support::read(path)?.starts_with("//!"), "{} does not say what it is about", shown(path));
    }
    Ok(())
}

/// The fuzz targets have a lock of their own, which no build of the workspace writes: in it each package of the project needs what it needs here, but for
/// what only its tests do.
fn fuzz_lock_is_current() -> Outcome {
    let own = locked("Cargo.lock")?;
    let fuzz = locked("fuzz/Cargo.lock")?;
    ensure!(fuzz.contains_key("diglot") && fuzz.contains_key("article"), "the fuzz targets do not use the project");
    for (name, needs) in &fuzz {
        let Some(here) = own.get(name) else { continue };
        let manifest = if name == "diglot" { "Cargo.toml".into() } else { format!("src/{name}/Cargo.toml") };
        let manifest: toml::Table = toml::from_str(&support::read(&support::root().join(&manifest))?)?;
        let lists = |section: &str, package: &str| manifest.get(section).and_then(toml::Value::as_table).is_some_and(|table| table.contains_key(package));
        let wanted: BTreeSet<&String> = here.iter().filter(|package| lists("dependencies", package) || !lists("dev-dependencies", package)).collect();
        ensure!(needs.iter().collect::<BTreeSet<_>>() == wanted, "fuzz/Cargo.lock is old: `{name}` needs {wanted:?} there. Run `fuzz/run read -runs=0`");
    }
    Ok(())
}

/// What each package of the project needs by a lock file; those of a registry are left out.
fn locked(path: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Failed> {
    let lock: toml::Table = toml::from_str(&support::read(&support::root().join(path))?)?;
    let packages = lock.get("package").and_then(toml::Value::as_array).ok_or("no packages")?;
    let names = |package: &toml::Value| -> BTreeSet<String> {
        let needs = package.get("dependencies").and_then(toml::Value::as_array).into_iter().flatten();
        needs.filter_map(|need| need.as_str()?.split(' ').next().map(str::to_owned)).collect()
    };
    Ok(packages
        .iter()
        .filter(|package| package.get("source").is_none())
        .filter_map(|package| Some((package.get("name")?.as_str()?.to_owned(), names(package))))
        .collect())
}

/// `docs/DIAGNOSTICS.md`: every code, in the order of the data path.
fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n<!-- Made from src/article/code.rs: change it there, then run `make docs`. -->\n\n\
         Every complaint that the program can make. `diglot explain CODE` prints the same. An error in a document makes the exit status 1, a\n\
         warning leaves it at 0 unless `--strict` is given.\n\n| code | severity | what it says |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {2} |", code.name(), code.severity().name(), code.summary());
    }
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
        };
        let _ = write!(page, "\n## {}\n\n*{severity}.* {}\n\n{}\n", code.name(), code.summary(), code.page());
    }
    page
}

/// Pixels of the README's picture for each point of the page.
const PIXELS_PER_POINT: f64 = 1.6;

/// `docs/page.png`: the first page of the first master, made by the program.
fn picture_is_current() -> Outcome {
    let (_, master) = support::masters().into_iter().next().ok_or("there is no master")?;
    let (.., pages) = set::pages_of("classic", &master)?;
    let picture = pages.picture(0, PIXELS_PER_POINT).ok_or("no picture of page 1")?;
    golden::check_picture(&support::root().join("docs/page.png"), &picture, 400 << 10)
}

/// What `diglot --help` and `diglot build --help` print stands in the README between marks.
fn help_is_current() -> Outcome {
    let readme = support::root().join("README.md");
    let text = support::read(&readme)?;
    let place = Place::new()?;
    let mut new = text.clone();
    for (name, arguments) in [("help", vec!["--help"]), ("build-help", vec!["build", "--help"])] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let Some((before, rest)) = new.split_once(&start) else {
            // The first is demanded; a README may do without the longer one.
            ensure!(name != "help", "README.md has no mark `{}`", start.trim());
            continue;
        };
        let (_, after) = rest.split_once(&end).ok_or_else(|| format!("README.md has no mark `{end}`"))?;
        let help = place.run(&arguments)?.exits(0)?.out;
        let help: String = help.trim_end().lines().map(|line| format!("{}\n", line.trim_end())).collect();
        new = format!("{before}{start}```\n{help}```\n{end}{after}");
    }
    if golden::blessing() && new != text {
        return support::write(&readme, new);
    }
    golden::check(&readme, &new)
}
