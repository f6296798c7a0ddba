//! `diglot licenses`: what is in the program, and under which licence.
//!
//! 1. `licences/embedded.toml` lists what is embedded and is no code: fonts, profiles, styles, patterns.
//! 2. `licences/crates.tsv` lists the crates that the program is compiled from; `make licences` writes it.

use serde::Deserialize;

/// What is embedded.
const EMBEDDED: &str = include_str!("../../licences/embedded.toml");

/// The crates: name, version and licence, a line each.
const CRATES: &str = include_str!("../../licences/crates.tsv");

/// The texts of licences that ask to go along with what they are of.
const TEXTS: [(&str, &str); 6] = [
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
    ("fonts/LICENSE-DejaVu.txt", include_str!("../../fonts/LICENSE-DejaVu.txt")),
    ("fonts/LICENSE-GentiumPlus.txt", include_str!("../../fonts/LICENSE-GentiumPlus.txt")),
    ("fonts/LICENSE-NewCMMath.txt", include_str!("../../fonts/LICENSE-NewCMMath.txt")),
    ("fonts/LICENSE-Noto.txt", include_str!("../../fonts/LICENSE-Noto.txt")),
    ("src/press/icc/LICENCE", include_str!("../press/icc/LICENCE")),
];

/// The list of what is embedded.
#[derive(Debug, Default, Deserialize)]
struct Embedded {
    item: Vec<Item>,
}

/// Something that is embedded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    what: String,
    /// The files of the repository that hold it, which the tests look at.
    #[serde(default, rename = "files")]
    _files: Vec<String>,
    /// The crate that brings it.
    #[serde(default, rename = "crate")]
    _from: Option<String>,
    licence: String,
    text: Option<String>,
}

/// All licences, with their texts where they are asked for.
#[must_use]
pub(super) fn listed(texts: bool) -> String {
    let Embedded { item: items } = toml::from_str(EMBEDDED).unwrap_or_default();
    let mut out = format!("diglot {}: MIT OR Apache-2.0\n\nEmbedded:\n", env!("CARGO_PKG_VERSION"));
    for item in &items {
        out.push_str(&format!("  {}: {}\n", item.licence, item.what));
    }
    out.push_str("\nCrates:\n");
    for line in CRATES.lines() {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_default();
        out.push_str(&format!("  {} {}: {}\n", field(), field(), field()));
    }
    let named: Vec<&str> = items.iter().filter_map(|item| item.text.as_deref()).collect();
    for (name, text) in TEXTS.iter().filter(|(name, _)| texts && named.contains(name)) {
        out.push_str(&format!("\n---- {name} ----\n\n{}\n", text.trim_end()));
    }
    out
}
