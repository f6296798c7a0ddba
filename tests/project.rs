//! A journal's `diglot.toml`, and layouts that stand on others.

use crate::ensure;
use crate::support::container;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Outcome, Trial};

/// A test and its name.
type Named = (&'static str, &'static [Need], fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 12] = [
        ("the nearest file counts", &[Need::Command("pdftotext")], nearest),
        ("masters of several journals in one run", &[Need::Command("pdfinfo")], several),
        ("a flag goes before the file", &[], flags_first),
        ("paths are from the file", &[], paths),
        ("masters where none is typed", &[], sources),
        ("a mistake is said at its line", &[], mistakes),
        ("the master is right", &[], master_is_right),
        ("the order of languages", &[Need::Command("pdftotext")], languages),
        ("a new journal builds", &[Need::Command("pdftotext")], new_journal),
        ("a new journal takes no place of anything", &[], new_journal_refused),
        ("words of its own", &[Need::Command("pdftotext")], words),
        ("a layout on a layout", &[Need::Command("pdfinfo")], layout_on_layout),
    ];
    all.into_iter().map(|(name, needs, run)| trial(format!("project/{name}"), needs, run)).collect()
}

fn article() -> String {
    support::article("<p>A word.</p>")
}

/// The width of a PDF's first page in millimetres.
fn width(place: &Place, path: &str) -> Result<i64, support::Failed> {
    let info = tool("pdfinfo", &[place.at(path).as_os_str()])?;
    let size = info.lines().find_map(|line| line.strip_prefix("Page size:")).ok_or("no page size")?;
    let points: f64 = size.split_whitespace().next().ok_or("no width")?.parse()?;
    #[allow(clippy::cast_possible_truncation, reason = "a page is not that wide")]
    Ok((points / 72.0 * 25.4).round() as i64)
}

fn text(place: &Place, path: &str) -> Result<String, support::Failed> {
    pdf_text(&place.at(path), &["-layout"])
}

fn nearest() -> Outcome {
    let place = Place::new()?;
    place.write("diglot.toml", "[journal]\ntitle = \"The Outer Journal\"\n")?;
    place.write("inner/diglot.toml", "[journal]\ntitle = \"The Inner Journal\"\nissn = \"1694-769X\"\n")?;
    place.write("inner/deep/a.xml", article())?;
    place.write("b.xml", article())?;
    place.run(&["build", "inner/deep/a.xml", "b.xml"])?.exits(0)?;
    let (inner, outer) = (text(&place, "build/a.pdf")?, text(&place, "build/b.pdf")?);
    ensure!(inner.contains("The Inner Journal") && inner.contains("1694-769X"), "the inner file is not used: {inner}");
    ensure!(outer.contains("The Outer Journal") && !outer.contains("Inner"), "the outer file is not used: {outer}");
    place.run(&["build", "inner/deep/a.xml", "--project", "diglot.toml"])?.exits(0)?;
    ensure!(text(&place, "build/a.pdf")?.contains("The Outer Journal"), "`--project` is not heard");
    place.run(&["build", "inner/deep/a.xml", "--project", "nowhere"])?.exits(2)?;
    Ok(())
}

fn several() -> Outcome {
    let place = Place::new()?;
    for (folder, wide) in [("one", 150), ("two", 160)] {
        place.write(&format!("{folder}/diglot.toml"), format!("[layout]\npage.width = {wide}\n"))?;
        place.write(&format!("{folder}/a.xml"), article())?;
    }
    place.run(&["build", ".", "--report", "report.json", "--deps", "deps.json", "--deps-format", "json"])?.exits(0)?;
    ensure!((width(&place, "build/one/a.pdf")?, width(&place, "build/two/a.pdf")?) == (150, 160), "the pages are as wide as those of another journal");
    let deps: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(place.at("deps.json"))?)?;
    let inputs = deps["masters"][1]["inputs"].to_string();
    ensure!(inputs.contains("two/diglot.toml") && !inputs.contains("one/diglot.toml"), "the file is not among what was read: {inputs}");
    Ok(())
}

fn flags_first() -> Outcome {
    let place = Place::new()?;
    place.write("diglot.toml", "[build]\nout-dir = \"made\"\nto = [\"epub\"]\n[layout]\nname = \"nosuch\"\n")?;
    place.write("a.xml", article())?;
    place.run(&["build", "a.xml"])?.exits(2)?;
    place.run(&["build", "a.xml", "--layout", "classic"])?.exits(0)?;
    ensure!(place.at("made/a.epub").is_file() && !place.at("made/a.pdf").exists(), "the file's outputs are not made");
    place.run(&["build", "a.xml", "--layout", "classic", "--to", "pdf", "--out-dir", "other"])?.exits(0)?;
    ensure!(place.at("other/a.pdf").is_file() && !place.at("other/a.epub").exists(), "the flags are not heard");
    Ok(())
}

fn paths() -> Outcome {
    let place = Place::new()?;
    place.write("journal/diglot.toml", "[build]\nout-dir = \"../out\"\nfigures = [\"pictures\"]\nmissing-figures = \"error\"\n[layout]\nname = \"look\"\n")?;
    place.write("journal/look/layout.toml", "name = \"look\"\nextends = \"classic\"\n")?;
    place.write("journal/issue/a.xml", support::article("<fig id=\"f\"><label>Figure 1</label><caption><p>A dot.</p></caption><alt-text>A dot</alt-text><graphic xlink:href=\"dot.svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"/></fig>"))?;
    place.write("journal/pictures/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></svg>")?;
    place.run(&["build", "journal/issue/a.xml"])?.exits(0)?;
    ensure!(place.at("out/a.pdf").is_file() && place.at("out/a.epub").is_file(), "the outputs are elsewhere");
    Ok(())
}

fn sources() -> Outcome {
    let place = Place::new()?;
    place.write("diglot.toml", "[build]\nsource = [\"issue-1\", \"issue-2/b.xml\"]\n")?;
    place.write("issue-1/a.xml", article())?;
    place.write("issue-2/b.xml", article())?;
    place.write("issue-2/c.xml", article())?;
    place.run(&["build", "--to", "epub"])?.exits(0)?;
    ensure!(place.at("build/a.epub").is_file() && place.at("build/b.epub").is_file(), "a master is left out");
    ensure!(!place.at("build/c.epub").exists(), "a master is set that was not meant");
    let check = place.run(&["check"])?.exits(0)?;
    ensure!(check.err.contains('2'), "`check` looks at other masters: {}", check.err);
    Ok(())
}

fn mistakes() -> Outcome {
    let place = Place::new()?;
    place.write("a.xml", article())?;
    for (text, place_and_words) in [
        ("[journal]\ntitel = \"A\"\n", "diglot.toml:2:1: error[project-fault]: unknown field `titel`"),
        ("[build]\nto = [\"docx\"]\n", "diglot.toml:2:7: error[project-fault]: unknown variant `docx`"),
        ("[journal]\nlanguages = [\"ky\", \"russian\"]\n", "diglot.toml:2:21: error[project-fault]: `russian` is no language"),
        ("[layout]\npage.width = \"wide\"\n", "diglot.toml:2:6: error[project-fault]: the option `width` is a number and not a text"),
        ("[layout]\nname = \"classic\"\n\n[layout.typ]\nsize = 9\n", "diglot.toml:4:9: error[project-fault]: the layout has no option `typ`"),
        ("[layout\n", "diglot.toml:1:8: error[project-fault]: "),
    ] {
        place.write("diglot.toml", text)?;
        let run = place.run(&["build", "a.xml", "--message-format", "short"])?.exits(2)?;
        ensure!(run.err.contains(place_and_words), "`{text}` is answered by {}", run.err);
        ensure!(!place.at("build").exists(), "something was made of it");
    }
    Ok(())
}

fn master_is_right() -> Outcome {
    let place = Place::new()?;
    let own = article().replacen(
        "<front>",
        "<front><journal-meta><journal-title-group><journal-title>Its Own</journal-title></journal-title-group></journal-meta>",
        1,
    );
    ensure!(own.contains("Its Own"), "the sample has another form");
    place.write("a.xml", own)?;
    place.write("diglot.toml", "[journal]\ntitle = { en = \"Another\", ru = \"Другой\" }\npublisher = \"House\"\nplace = \"Bishkek\"\n")?;
    place.run(&["build", "a.xml", "--to", "epub"])?.exits(0)?;
    let package = container::texts(&place.at("build/a.epub"))?.into_iter().find(|(name, _)| name.ends_with(".opf")).ok_or("no package document")?.1;
    ensure!(package.contains("Its Own") && !package.contains("Another"), "the journal has another title: {package}");
    ensure!(package.contains("House, Bishkek"), "what the master does not say is not said: {package}");
    Ok(())
}

fn languages() -> Outcome {
    let place = Place::new()?;
    let title = |lang: &str, text: &str| format!("<trans-title-group xml:lang=\"{lang}\"><trans-title>{text}</trans-title></trans-title-group>");
    let article = article().replacen("</article-title>", &format!("</article-title>{}{}", title("de", "Ein Titel"), title("fr", "Un titre")), 1);
    place.write("a.xml", article)?;
    let order = |place: &Place| -> Result<bool, support::Failed> {
        place.run(&["build", "a.xml", "--to", "pdf"])?.exits(0)?;
        let text = text(place, "build/a.pdf")?;
        Ok(text.find("Ein Titel").ok_or("no German title")? < text.find("Un titre").ok_or("no French title")?)
    };
    ensure!(order(&place)?, "the order is not that of the master");
    place.write("diglot.toml", "[journal]\nlanguages = [\"en\", \"fr\", \"de\"]\n")?;
    ensure!(!order(&place)?, "the order is not the journal's");
    Ok(())
}

fn words() -> Outcome {
    let place = Place::new()?;
    let meta = "<kwd-group><kwd>water</kwd></kwd-group>";
    place.write("a.xml", support::article_with(meta, "<p>A word.</p>", ""))?;
    place.run(&["build", "a.xml"])?.exits(0)?;
    ensure!(text(&place, "build/a.pdf")?.contains("Keywords: water"), "the table has another word");
    place.write("diglot.toml", "[labels.en]\nkeywords = \"Index terms\"\n")?;
    place.run(&["build", "a.xml"])?.exits(0)?;
    let page = text(&place, "build/a.pdf")?;
    ensure!(page.contains("Index terms: water") && !page.contains("Keywords"), "the page has not the word of the project: {page}");
    let book = container::texts(&place.at("build/a.epub"))?;
    ensure!(book.iter().any(|(_, text)| text.contains("Index terms")), "the e-book has not the word of the project");
    place.write("diglot.toml", "[labels.en]\nkeyword = \"Index terms\"\n")?;
    let run = place.run(&["build", "a.xml", "--message-format", "short"])?.exits(2)?;
    ensure!(run.err.contains("diglot.toml:2:1: error[project-fault]: there is no label `keyword`; there are `abstract`, `keywords`"), "{}", run.err);
    Ok(())
}

fn layout_on_layout() -> Outcome {
    let place = Place::new()?;
    place.write("a.xml", article())?;
    place.write("layouts/house/layout.toml", "name = \"house\"\nextends = \"classic\"\n[page]\nwidth = 155\n")?;
    place.write("layouts/series/layout.toml", "name = \"series\"\nextends = \"../house\"\n")?;
    place.write("layouts/series/layout.typ", "#import \"/layouts/house/layout.typ\": *\n#let para(..given, body) = block(stroke: 1pt, body)\n")?;
    place.run(&["build", "a.xml", "--layout", "layouts/series"])?.exits(0)?;
    ensure!(width(&place, "build/a.pdf")? == 155, "the page is not as wide as the layout above has it");
    place.write("layouts/house/layout.toml", "name = \"house\"\nextends = \"../series\"\n")?;
    let run = place.run(&["build", "a.xml", "--layout", "layouts/series", "--message-format", "short"])?.exits(2)?;
    ensure!(run.err.contains("layout-fault") && run.err.contains("stands on"), "a circle is not told: {}", run.err);
    Ok(())
}

fn new_journal() -> Outcome {
    for layout in diglot::pdf::layout::Layout::names() {
        let place = Place::new()?;
        let title = "Law & \"Order\" \\ Право";
        place
            .run(&["init", "j", "--title", title, "--languages", "ky,ru,en", "--layout", layout, "--issn", "1694-769X", "--publisher", "The House"])?
            .exits(0)?;
        place.run_in(&place.at("j"), &["build", "--strict"])?.exits(0)?;
        let shown = text(&place, "j/build/first-article.pdf")?;
        for words in ["The title in the language ru", "The abstract in the language en", "1694-769X"] {
            ensure!(shown.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "`{layout}` does not show `{words}`: {shown}");
        }
        let book = container::texts(&place.at("j/build/first-article.epub"))?;
        ensure!(book.values().any(|text| text.contains("Law &amp; \"Order\" \\ Право")), "the e-book has another title");
        place.write("j/layouts/journal/layout.toml", format!("name = \"journal\"\nextends = \"{layout}\"\n[page]\nwidht = 1\n"))?;
        let run = place.run_in(&place.at("j"), &["build", "--message-format", "short"])?.exits(2)?;
        ensure!(run.err.contains("layouts/journal/layout.toml:4:1: error[layout-fault]: the layout has no option `widht`"), "{}", run.err);
    }
    Ok(())
}

fn new_journal_refused() -> Outcome {
    let place = Place::new()?;
    place.write("full/a.txt", "mine")?;
    place.run(&["init", "full"])?.exits(2)?;
    ensure!(std::fs::read_dir(place.at("full"))?.count() == 1, "something was written beside what was there");
    for flags in [["--languages", "russian"], ["--issn", "12345678"], ["--layout", "nosuch"]] {
        place.run(&["init", "new", flags[0], flags[1]])?.exits(2)?;
        ensure!(!place.at("new").exists(), "{flags:?} makes something");
    }
    Ok(())
}
