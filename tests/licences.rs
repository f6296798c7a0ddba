//! Whatever is in the program has its licence named, and nothing is named that is not in it.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

/// Licences that a program under MIT or Apache 2.0 may be compiled from; `deny.toml` has the same list.
fn allowed() -> Result<BTreeSet<String>, Failed> {
    let deny: Table = toml::from_str(&support::read(&support::root().join("deny.toml"))?)?;
    let list = deny.get("licenses").and_then(|table| table.get("allow")).and_then(Value::as_array).ok_or("deny.toml has no list of licences")?;
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("licences/embedded files", embedded), Trial::test("licences/crates", crates), Trial::test("licences/what is printed", printed)]
}

fn items() -> Result<Vec<Table>, Failed> {
    let mut list: Table = toml::from_str(&support::read(&support::root().join("licences/embedded.toml"))?)?;
    match list.remove("item") {
        Some(Value::Array(items)) => Ok(items.into_iter().filter_map(|item| item.try_into().ok()).collect()),
        _ => Err("the list has no items".into()),
    }
}

fn texts<'a>(item: &'a Table, key: &str) -> Vec<&'a str> {
    item.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn is_of(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => path.len() >= start.len() + end.len() && path.starts_with(start) && path.ends_with(end),
        None => pattern == path,
    }
}

/// The files of the repository that the code embeds, and all fonts.
fn embedded_files() -> Result<BTreeSet<String>, Failed> {
    let root = support::root();
    let shown = |path: &std::path::Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let is_font = |path: &std::path::PathBuf| path.extension().is_some_and(|extension| extension == "ttf" || extension == "otf");
    let mut files: BTreeSet<String> = support::entries(&root.join("fonts")).iter().filter(|path| is_font(path)).map(|path| shown(path)).collect();
    for folder in ["layouts", "profiles", "src/article/lang/languages"] {
        files.extend(support::files_below(&root.join(folder)).iter().map(|path| shown(path)));
    }
    for source in support::files_below(&root.join("src")).iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = support::read(source)?;
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["include_bytes!(\"", "include_str!(\""] {
            for rest in text.split(call).skip(1) {
                let name = rest.split('"').next().unwrap_or_default();
                let path = source.parent().unwrap_or(source).join(name).canonicalize().map_err(|error| format!("{}: `{name}`: {error}", source.display()))?;
                if !shown(source).ends_with("tests.rs") {
                    files.insert(shown(&path));
                }
            }
        }
    }
    Ok(files)
}

fn embedded() -> Outcome {
    let files = embedded_files()?;
    ensure!(files.len() > 100 && files.iter().any(|file| file.ends_with("fogra39.icc")), "too few files were found: {files:?}");
    let items = items()?;
    let patterns: Vec<&str> = items.iter().flat_map(|item| texts(item, "files")).collect();
    for file in files.iter().filter(|file| !file.contains("LICEN")) {
        let count = patterns.iter().filter(|pattern| is_of(pattern, file)).count();
        ensure!(count == 1, "`{file}` has {count} licences");
    }
    for pattern in patterns {
        let folder = support::root().join(pattern.split('*').next().unwrap_or_default());
        let folder = if folder.is_dir() { folder } else { folder.parent().unwrap_or(&folder).to_owned() };
        let any = support::files_below(&folder).iter().any(|path| is_of(pattern, &path.strip_prefix(support::root()).unwrap_or(path).to_string_lossy()));
        ensure!(any, "there is nothing that `{pattern}` means");
    }
    for item in &items {
        let text = item.get("text").and_then(Value::as_str);
        ensure!(text.is_some() == item.contains_key("files"), "{item:?} has files and no text, or the reverse");
        ensure!(text.is_none_or(|text| support::root().join(text).is_file()), "the text of {item:?} is not there");
    }
    Ok(())
}

/// The crates with their versions and licences.
fn listed() -> Result<BTreeMap<(String, String), String>, Failed> {
    let text = support::read(&support::root().join("licences/crates.tsv"))?;
    text.lines()
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [name, version, licence] => Ok(((name.to_owned(), version.to_owned()), licence.to_owned())),
            _ => Err(format!("`{line}` is no crate").into()),
        })
        .collect()
}

fn crates() -> Outcome {
    let listed = listed()?;
    let lock: Table = toml::from_str(&support::read(&support::root().join("Cargo.lock"))?)?;
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let packages: Vec<&Value> = lock.get("package").and_then(Value::as_array).into_iter().flatten().collect();
    let locked: BTreeSet<(String, String)> = packages.iter().map(|package| (text(package, "name"), text(package, "version"))).collect();
    for (name, version) in listed.keys() {
        ensure!(locked.contains(&(name.clone(), version.clone())), "`{name}` {version} is not in Cargo.lock: run `make licences`");
    }
    let manifest: Table = toml::from_str(&support::read(&support::root().join("Cargo.toml"))?)?;
    let own = ["article", "epub", "press", "typeset", "web", "webfont"];
    for name in manifest.get("dependencies").and_then(Value::as_table).into_iter().flat_map(Table::keys).filter(|name| !own.contains(&name.as_str())) {
        ensure!(listed.keys().any(|(known, _)| known == name), "`{name}` has no licence: run `make licences`");
    }
    // Of what has several licences to choose from, one is allowed; of what has several at once, all are.
    let allowed = allowed()?;
    for ((name, version), licence) in &listed {
        let plain = licence.replace(['(', ')'], "").replace(" / ", " OR ").replace('/', " OR ");
        let is_allowed = plain.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())));
        ensure!(is_allowed, "`{name}` {version} has the licence `{licence}`, which deny.toml does not allow");
    }
    Ok(())
}

fn printed() -> Outcome {
    let place = Place::new()?;
    let short = place.run(&["licenses"])?.exits(0)?.out;
    for line in ["OFL-1.1: Gentium Plus", "CC-BY-SA-3.0: CSL styles", "  typst 0.15.1: Apache-2.0", "Zlib: output profiles"] {
        ensure!(short.contains(line), "`{line}` is not in\n{short}");
    }
    let full = place.run(&["licenses", "--texts"])?.exits(0)?.out;
    for line in ["SIL OPEN FONT LICENSE", "Bitstream Vera", "GUST Font License", "zlib/libpng"] {
        ensure!(full.contains(line) && full.starts_with(&short), "`{line}` is not in the texts");
    }
    Ok(())
}
