//! `--anonymous`: no output says who the authors are, and a build that would is refused.
//!
//! 1. The masters of this repository are built so, and searched by other code than the program's: `pdftotext`, `pdfinfo`, `qpdf`, the files of the book.
//! 2. What the text says of an author stays, with a warning at its place.
//! 3. A picture, a description or a bookmark that gives a name away stops the build.

use crate::ensure;
use crate::outputs::spread;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Outcome, Trial, container};

/// What the technical sample says of its authors, in any field.
const TELLING: &[&str] = &[
    "Muster",
    "Мустер",
    "Viktor",
    "Ejemplo",
    "Эхемпло",
    "anna.muster",
    "0000-0000-0000-0001",
    "Institute of Heat",
    "институт теплотехники",
    "Sample Fund",
    "being invented, thank",
    "10.5555/sample.2026.1",
];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("anonymous/no field of any output names an author", &[Need::Judge("pdftotext"), Need::Judge("qpdf"), Need::Command("pdfinfo")], nothing_told),
        Trial::test("anonymous/what is left out is listed with its reason", listed),
        Trial::test("anonymous/a name in the text is a warning at its place", named_in_the_text),
        Trial::test("anonymous/a name in a description stops the build", given_away),
        Trial::test("anonymous/a name in the metadata of a picture stops the build", given_away_by_a_picture),
        Trial::test("anonymous/the master is never attached", not_attached),
    ]
}

fn nothing_told() -> Outcome {
    for layout in ["classic", "review", "modern"] {
        let place = Place::new()?;
        support::copy(&support::source().join("technical-sample"), &place.at("source/technical-sample"))?;
        place.run(&["build", "source", "--anonymous", "--layout", layout])?.exits(0)?;
        let pdf = place.at("build/technical-sample.pdf");
        let mut said = vec![
            ("pages".to_owned(), pdf_text(&pdf, &["-enc", "UTF-8"])?),
            ("information".to_owned(), tool("pdfinfo", &[pdf.as_ref()])?),
            ("metadata".to_owned(), tool("pdfinfo", &["-meta".as_ref(), pdf.as_ref()])?),
            ("objects".to_owned(), spread(&pdf)?),
        ];
        ensure!(said[0].1.contains("Crank") && said[1].1.contains("Ground temperature"), "this test reads nothing");
        for (name, bytes) in container::files(&place.at("build/technical-sample.epub"))? {
            said.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
        for (where_, text) in &said {
            let text = text.replace('\n', " ");
            let found = TELLING.iter().find(|telling| text.contains(**telling));
            ensure!(found.is_none(), "{layout}: {where_} says {found:?}");
        }
    }
    Ok(())
}

fn master(body: &str) -> String {
    support::article_with(
        "<contrib-group><contrib contrib-type=\"author\"><name><surname>Muster</surname><given-names>Anna</given-names></name></contrib></contrib-group>",
        body,
        "",
    )
}

fn listed() -> Outcome {
    let place = Place::with(master("<p>Text.</p>"))?;
    place.run(&["build", "article.xml", "--anonymous", "--report", "report.json"])?.exits(0)?;
    let report = support::read(&place.at("report.json"))?;
    ensure!(report.contains("anonymous"), "the report does not list what was left out: {report}");
    place.run(&["build", "article.xml", "--report", "report.json"])?.exits(0)?;
    ensure!(!support::read(&place.at("report.json"))?.contains("\"anonymous\""), "something is left out that was not asked for");
    Ok(())
}

fn named_in_the_text() -> Outcome {
    let place = Place::with(master("<p>As one of us (Muster, 2019) says. Mustering a must is no muster.</p>"))?;
    let run = place.run(&["build", "article.xml", "--anonymous", "--message-format", "short"])?.exits(0)?;
    ensure!(run.err.matches("author-named").count() == 1, "{}", run.err);
    Ok(())
}

fn figure(alt: &str) -> String {
    format!("<p>Text.</p><fig><caption><p>A lake.</p></caption><alt-text>{alt}</alt-text><graphic xlink:href=\"lake.svg\"/></fig>")
}

const LAKE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"40\" height=\"30\" fill=\"#888\"/></svg>";

fn given_away() -> Outcome {
    let place = Place::with(master(&figure("Photograph: Muster")))?;
    place.write("lake.svg", LAKE)?;
    let run = place.run(&["build", "article.xml", "--anonymous", "--message-format", "short"])?.exits(1)?;
    ensure!(run.err.matches("not-anonymous").count() == 2, "{}", run.err);
    ensure!(!place.at("build/article.pdf").exists() && !place.at("build/article.epub").exists(), "an output was written");
    place.run(&["build", "article.xml"])?.exits(0)?;
    Ok(())
}

fn given_away_by_a_picture() -> Outcome {
    let place = Place::with(master(&figure("A lake")))?;
    place.write("lake.svg", LAKE.replace("<rect", "<metadata>drawn by A. Muster</metadata><rect"))?;
    let run = place.run(&["build", "article.xml", "--anonymous", "--to", "epub", "--message-format", "short"])?.exits(1)?;
    ensure!(run.err.contains("not-anonymous"), "{}", run.err);
    Ok(())
}

fn not_attached() -> Outcome {
    let place = Place::with(master("<p>Text.</p>"))?;
    place.run(&["build", "article.xml", "--anonymous", "--attach-master"])?.exits(2)?;
    Ok(())
}
