//! What fuzzing found, replayed: each seed of `fuzz/corpus` goes through all stages, and nothing panics or gets lost.

use std::path::PathBuf;

use article::code::Code;
use article::picture::Pictures;
use diglot::cli::untrusted;
use diglot::pdf::layout::Layout;
use diglot::pdf::{self, Export, Setting};
use diglot::proof::{self, Output};
use epub::{Skin, Stamp};
use web::request;

use crate::ensure;
use crate::support::set;
use crate::support::{self, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    let masters = ["read", "build"].into_iter().map(|target| Trial::test(format!("fuzz/the seeds of `{target}`"), move || replay(target)));
    let others = OTHERS.into_iter().map(|(target, understood)| Trial::test(format!("fuzz/the seeds of `{target}`"), move || other(target, understood)));
    masters.chain(others).collect()
}

/// Whether bytes were understood.
type Understood = fn(&[u8]) -> bool;

/// What comes in besides masters. Seeds whose names begin with `broken` are refused, all others are understood, and none does harm.
const OTHERS: [(&str, Understood); 5] = [
    ("project", untrusted::project),
    ("layout", untrusted::layout),
    ("state", untrusted::state),
    ("session", |bytes| untrusted::session(bytes) > 1),
    ("request", |bytes| matches!(request::read(bytes, 4173), Ok(Some(_)))),
];

fn other(target: &str, understood: Understood) -> Outcome {
    let seeds: Vec<PathBuf> = support::entries(&support::root().join("fuzz/corpus").join(target));
    ensure!(!seeds.is_empty(), "there is no seed");
    for seed in seeds {
        let name = support::name(&seed);
        ensure!(understood(&support::bytes(&seed)?) != name.starts_with("broken"), "{name}");
    }
    Ok(())
}

/// What no seed may make the program say.
const LOSSES: [Code; 7] = [Code::LostText, Code::NotShown, Code::PartlyShown, Code::HiddenText, Code::OutOfOrder, Code::EngineFault, Code::LayoutFault];

fn replay(target: &str) -> Outcome {
    let seeds: Vec<PathBuf> = support::entries(&support::root().join("fuzz/corpus").join(target));
    ensure!(!seeds.is_empty(), "there is no seed");
    let layout = Layout::built_in("classic").ok_or("no layout")?;
    let standards = set::standards("classic")?;
    let mut faults = String::new();
    for seed in seeds {
        let set::Understood { mut log, source, article } = set::understand(&support::name(&seed), &support::bytes(&seed)?);
        if let (Some(source), Some(article)) = (&source, article) {
            let edition = article::resolve::resolve(&mut log, article);
            let pictures = Pictures::new();
            let forme = typeset::set(&edition, &pictures);
            let stamp = Stamp { identifier: "urn:uuid:0".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
            let book = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp);
            let packed = epub::pack(&book)?;
            let sightings = proof::book::sight(&packed, &book.placed, &edition.leaves)?;
            proof::judge(&mut log, source, &edition, &sightings, Output::Epub);
            if target == "build" {
                let setting = Setting { engine: set::engine(), layout: &layout, forme: &forme, pictures: &pictures, attach: None };
                if let Some(pages) = pdf::set(&mut log, &setting) {
                    let sheets = proof::pages::sheets(&pages, &forme, &edition);
                    proof::judge(&mut log, source, &edition, &sheets.sightings, Output::Pdf);
                    // What an archive may not hold, the engine finds here.
                    let export = Export { standards: &standards, identifier: "urn:uuid:0", created: Some(1_600_000_000) };
                    let _ = pdf::export(&mut log, &pages, &export);
                }
            }
        }
        for said in log.iter().filter(|said| LOSSES.contains(&said.code)) {
            faults.push_str(&format!("{}: {}: {}\n", support::name(&seed), said.code.name(), said.message));
        }
    }
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}
