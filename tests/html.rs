//! The page of HTML: valid, whole, by itself, and what it says of the article.
//!
//! 1. The Nu checker judges the pages of all masters and of all cases; a browser shows those of the masters in narrow and wide windows, light and dark
//!    (`tests/judges/page.mjs`): nothing is wider than the window, nothing is asked of the network, axe finds nothing.
//! 2. What search engines and catalogues are told is compared with the master.
//! 3. The proof refuses pages that were harmed.

use std::collections::BTreeSet;
use std::path::Path;

use article::diag::Log;
use diglot::proof::{self, Output};
use epub::html::Look;
use roxmltree::{Document, Node};

use crate::ensure;
use crate::outputs::judges;
use crate::support::needs::{Need, trial};
use crate::support::page::{body, metas};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, built, set};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("html/valid, by the Nu checker", &[Need::Judge("vnu")], valid),
        trial("html/in a browser", &[Need::Judge("page")], || built::with(|built| browser(&built.folder()))),
        Trial::test("html/every link leads somewhere, nothing acts, nothing is asked for", by_itself),
        Trial::test("html/what search engines and catalogues are told", told),
        Trial::test("html/addresses of the page and of the PDF, from the project", addresses),
        Trial::test("html/pictures inside and beside", pictures),
        Trial::test("html/pictures that are shown no more go, and nobody else's do", stale),
        Trial::test("html/further languages stand where the layout has them", others),
        Trial::test("html/bad addresses are text", bad_addresses),
        Trial::test("html/an anonymous page names nobody", anonymous),
        Trial::test("html/notes stand behind the paragraph of their mark", notes),
        Trial::test("html/a harmed page is refused", harmed),
    ]
}

/// The pages of all masters and cases.
fn valid() -> Outcome {
    let place = Place::new()?;
    let mut arguments = vec!["html".to_owned()];
    for case in support::files_below(&support::root().join("tests/cases")) {
        if case.extension().is_none_or(|extension| extension != "xml") || case.components().any(|part| part.as_os_str() == "diag") {
            continue;
        }
        let path = place.at(&format!("{}-{}.html", case.parent().map(support::name).unwrap_or_default(), support::name(&case).trim_end_matches(".xml")));
        support::write(&path, page_of(&case)?)?;
        arguments.push(path.display().to_string());
    }
    ensure!(arguments.len() > 30, "there are few cases: {}", arguments.len());
    built::with(|built| {
        arguments.extend(built::of_kind(&built.folder(), "html").iter().map(|path| path.display().to_string()));
        judges(arguments)
    })
}

fn page_of(case: &Path) -> Result<Vec<u8>, Failed> {
    let (_, _, edition) = set::edition(&support::name(case), &support::bytes(case)?)?;
    let pictures = set::pictures(&edition, case.parent().unwrap_or(case));
    let layout = set::layout("classic")?;
    let (css, page_css) = (layout.css(), layout.page_css());
    Ok(epub::html::page(&edition, &pictures, &Look { css: [&css, &page_css], ..Look::default() }).bytes)
}

fn browser(folder: &Path) -> Outcome {
    let pages = built::of_kind(folder, "html");
    ensure!(pages.len() == support::masters().len(), "there are {} pages", pages.len());
    judges(["page".to_owned()].into_iter().chain(pages.iter().map(|path| path.display().to_string())).collect())
}

/// The page of a master of this repository.
fn of_master(name: &str) -> Result<String, Failed> {
    built::with(|built| support::read(&built.folder().join(format!("{name}.html"))))
}

fn by_itself() -> Outcome {
    for (name, _) in support::masters() {
        let page = of_master(&name)?;
        let text = body(&page)?;
        let document = Document::parse(&text)?;
        let mut ids = BTreeSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("id")) {
            ensure!(ids.insert(id), "{name}: the id `{id}` is there twice");
        }
        for node in document.descendants().filter(Node::is_element) {
            for attribute in node.attributes() {
                ensure!(!attribute.name().starts_with("on"), "{name}: `{}` acts", attribute.name());
            }
            if let Some(target) = node.attribute("href").and_then(|href| href.strip_prefix('#')) {
                ensure!(ids.contains(target), "{name}: `#{target}` leads nowhere");
            }
            ensure!(node.attribute("src").is_none_or(|source| source.starts_with("data:image/")), "{name}: a picture is not in the page");
            ensure!(node.tag_name().name() != "img" || node.attribute("alt").is_some(), "{name}: a picture without `alt`");
            ensure!(node.tag_name().name() != "math" || node.attribute("alttext").is_some_and(|said| !said.is_empty()), "{name}: a formula without `alttext`");
        }
        let scripts: Vec<&str> = page.split("<script").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect();
        ensure!(scripts == [" type=\"application/ld+json\""], "{name}: the scripts are {scripts:?}");
        for asks in ["@import", "url(", "<link rel=\"stylesheet\"", " epub:type=", " xml:lang=\"", " xmlns"] {
            ensure!(!page.contains(asks), "{name}: the page has `{asks}`");
        }
    }
    Ok(())
}

fn told() -> Outcome {
    let page = of_master("trilingual-sample")?;
    let said = |name: &str| metas(&page, name);
    ensure!(said("citation_title") == ["Ширина полосы и качество выключки в трёхъязычной научной статье"], "{:?}", said("citation_title"));
    ensure!(said("citation_author").len() == 3 && said("citation_author")[0] == "Токтомушева, Асель Бакытовна", "{:?}", said("citation_author"));
    ensure!(said("citation_author_institution").len() == 4, "{:?}", said("citation_author_institution"));
    ensure!(said("citation_doi") == ["10.5555/vkd.2024.3.2.41"] && said("citation_language") == ["ru"], "the DOI or the language is not told");
    // The master names the first page, the last one is counted.
    ensure!(said("citation_firstpage") == ["41"] && said("citation_lastpage") == ["49"], "{:?}", said("citation_lastpage"));
    ensure!(
        said("citation_publication_date").iter().all(|date| date.split('/').all(|part| part.parse::<u32>().is_ok())),
        "{:?}",
        said("citation_publication_date")
    );
    ensure!(said("DCTERMS.alternative").len() == 2 && said("DC.language") == ["ru", "ky", "en"], "{:?}", said("DC.language"));
    ensure!(said("citation_pdf_url").is_empty(), "where the PDF is going to stand is not known");
    let data = page.split_once("<script type=\"application/ld+json\">").and_then(|(_, rest)| rest.split_once("</script>")).ok_or("no linked data")?.0;
    let data: serde_json::Value = serde_json::from_str(data)?;
    ensure!(data["@type"] == "ScholarlyArticle" && data["author"].as_array().is_some_and(|authors| authors.len() == 3), "{data:#}");
    ensure!(data["name"].as_array().is_some_and(|names| names.len() == 3) && data["author"][0]["alternateName"].is_array(), "{data:#}");
    ensure!(data["isPartOf"]["@type"] == "PublicationIssue" && data["isPartOf"]["isPartOf"]["isPartOf"]["@type"] == "Periodical", "{data:#}");
    for kept in ["@article{", "TY  - JOUR", "lang=\"ky\"", "<details class=\"outline\">", "role=\"doc-pagebreak\""] {
        ensure!(page.contains(kept), "the page has no `{kept}`");
    }
    Ok(())
}

fn addresses() -> Outcome {
    let place = Place::with(support::article_with(
        "<permissions><license xlink:href=\"https://creativecommons.org/licenses/by/4.0/\"><license-p>Free.</license-p></license></permissions>",
        "<p>x</p>",
        "",
    ))?;
    place.write("diglot.toml", "[html]\naddress = \"https://example.org/3/{name}\"\npdf = \"https://example.org/3/{name}.pdf\"\n")?;
    place.run(&["build", "article.xml", "-o", "an article.html"])?.exits(0)?;
    let page = support::read(&place.at("an article.html"))?;
    ensure!(metas(&page, "citation_pdf_url") == ["https://example.org/3/an%20article.pdf"], "{:?}", metas(&page, "citation_pdf_url"));
    for said in
        ["<link rel=\"canonical\" href=\"https://example.org/3/an%20article\">", "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">"]
    {
        ensure!(page.contains(said), "the page has no {said}");
    }
    place.write("diglot.toml", "[html]\npdf = \"javascript:x\"\n")?;
    place.run(&["build", "article.xml", "--to", "html", "--message-format", "short"])?.exits(2)?.says("diglot.toml:2:7: error[project-fault]")?;
    Ok(())
}

fn pictures() -> Outcome {
    let figure = "<fig id=\"f\"><label>Figure 1</label><graphic xlink:href=\"wide.png\"><alt-text>x</alt-text></graphic></fig><p><inline-graphic xlink:href=\"dot.png\"/></p>";
    let place = Place::with(support::article(figure))?;
    let wide = image::DynamicImage::ImageRgb8(image::RgbImage::from_fn(900, 60, |x, _| image::Rgb([u8::try_from(x / 300 * 90).unwrap_or_default(), 0, 0])));
    place.write("wide.png", support::encoded(&wide, image::ImageFormat::Png)?)?;
    support::copy_file(&support::root().join("tests/cases/figure/pictures/dot.png"), &place.at("dot.png"))?;
    place.run(&["build", "article.xml", "--to", "html", "--out-dir", "one"])?.exits(0)?;
    let page = support::read(&place.at("one/article.html"))?;
    ensure!(page.matches("src=\"data:image/png;base64,").count() == 2, "the pictures are not in the page");
    ensure!(
        page.matches("class=\"picture\"").count() == 1 && page.contains("class=\"close\" href=\"#f\""),
        "the wide picture cannot be enlarged, or the small one can"
    );
    ensure!(!place.at("one/article_files").exists(), "there is more than a page");
    place.run(&["build", "article.xml", "--to", "html", "--out-dir", "two", "--html-pictures", "beside"])?.exits(0)?;
    let page = support::read(&place.at("two/article.html"))?;
    for name in ["picture-1.png", "picture-2.png"] {
        ensure!(page.contains(&format!("src=\"article_files/{name}\"")), "the page does not show {name}");
        ensure!(support::bytes(&place.at(&format!("two/article_files/{name}")))?.starts_with(b"\x89PNG"), "there is no {name}");
    }
    let again = support::bytes(&place.at("one/article.html"))?;
    place.run(&["build", "article.xml", "--to", "html", "--out-dir", "one"])?.exits(0)?;
    ensure!(again == support::bytes(&place.at("one/article.html"))?, "two builds differ");
    Ok(())
}

fn stale() -> Outcome {
    let figure = |name: &str| format!("<fig><graphic xlink:href=\"{name}.png\"><alt-text>x</alt-text></graphic></fig>\n");
    let place = Place::with(support::article(&format!("{}{}{}", figure("one"), figure("two"), figure("three"))))?;
    for name in ["one.png", "two.png", "three.png"] {
        support::copy_file(&support::root().join("tests/cases/figure/pictures/dot.png"), &place.at(name))?;
    }
    let build = ["build", "article.xml", "--to", "html", "--out-dir", "out", "--html-pictures", "beside"];
    let there = |number: usize| place.at(&format!("out/article_files/picture-{number}.png")).exists();
    place.run(&build)?.exits(0)?;
    ensure!(there(1) && there(2) && there(3), "not all pictures are beside the page");
    // Somebody has put a file of his own there, and has changed one.
    place.write("out/article_files/mine.txt", "x")?;
    place.write("out/article_files/picture-3.png", "x")?;
    place.write("article.xml", support::article(&figure("one")))?;
    place.run(&build)?.exits(0)?;
    ensure!(there(1) && !there(2), "a picture stayed that is shown no more, or the other went");
    ensure!(there(3) && place.at("out/article_files/mine.txt").exists(), "a file of somebody else's is gone");
    std::fs::remove_file(place.at("out/article_files/mine.txt"))?;
    std::fs::remove_file(place.at("out/article_files/picture-3.png"))?;
    place.run(&build[..6])?.exits(0)?;
    ensure!(!place.at("out/article_files").exists(), "the folder stayed, of a page that has its pictures in itself");
    Ok(())
}

fn others() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source(), &place.at("source"))?;
    for (layout, after) in [("classic", false), ("gost", true)] {
        place.run(&["build", "source/trilingual-sample/article.xml", "--layout", layout, "-o", "a.html"])?.exits(0)?;
        let page = support::read(&place.at("a.html"))?;
        let at = |text: &str| page.find(text).ok_or_else(|| format!("no `{text}`"));
        ensure!((at("id=\"front-2\"")? > at("<div class=\"body\"")?) == after, "{layout}: the further languages stand elsewhere");
    }
    Ok(())
}

fn bad_addresses() -> Outcome {
    let link = |href: &str| format!("<p><ext-link xlink:href=\"{href}\">shown {}</ext-link></p>", href.len());
    let body: String = ["javascript:alert(1)", "data:text/html,x", "https://example.org/a%20b/ё"].iter().map(|href| link(href)).collect();
    let place = Place::with(support::article(&format!("{body}<p>&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>")))?;
    place.run(&["build", "article.xml", "-o", "a.html", "--message-format", "short"])?.exits(0)?.says("`javascript:alert(1)` cannot be followed")?;
    let page = support::read(&place.at("a.html"))?;
    ensure!(page.contains("shown 19") && !page.contains("javascript:") && !page.contains("data:text"), "a bad address stayed, or its words went");
    ensure!(
        page.contains("href=\"https://example.org/a%20b/%D1%91\"") && page.matches("<script").count() == 1,
        "an address is not escaped, or a script came in"
    );
    Ok(())
}

fn anonymous() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source(), &place.at("source"))?;
    place.run(&["build", "source/technical-sample/article.xml", "--anonymous", "-o", "a.html"])?.exits(0)?;
    let page = support::read(&place.at("a.html"))?;
    for name in ["Muster", "Primer", "Ejemplo", "Мустер", "citation_author", "0000-0000-0000-0001"] {
        ensure!(!page.contains(name), "the page names `{name}`");
    }
    Ok(())
}

fn notes() -> Outcome {
    let place = Place::with(support::article("<sec><title>A</title><p>One<fn id=\"n\"><p>The note.</p></fn>.</p><p>Two.</p></sec>"))?;
    place.run(&["build", "article.xml", "-o", "a.html"])?.exits(0)?;
    let page = support::read(&place.at("a.html"))?;
    let at = |text: &str| page.find(text).ok_or_else(|| format!("no `{text}`"));
    ensure!(at(">One")? < at("The note.")? && at("The note.")? < at(">Two.")?, "the note does not stand between the paragraphs");
    Ok(())
}

/// What is done to a page, and what the proof says then.
const HARMS: &[(&str, &str, &str)] = &[
    ("<p>A second paragraph.</p>", "", "not-shown"),
    ("<p>A second paragraph.</p>", "<p hidden>A second paragraph.</p>", "hidden-text"),
    ("<p>A second paragraph.</p>", "<script>A second paragraph.</script>", "not-shown"),
    ("<p>A second paragraph.</p>", "<!--A second paragraph.-->", "not-shown"),
    ("<p>A second paragraph.</p>", "<p>A second para</p>", "partly-shown"),
];

fn harmed() -> Outcome {
    let master = support::article("<p>A first paragraph.</p><p>A second paragraph.</p><p>A third paragraph.</p>");
    let (_, source, edition) = set::edition("article.xml", master.as_bytes())?;
    let layout = set::layout("classic")?;
    let (css, page_css) = (layout.css(), layout.page_css());
    let page = epub::html::page(&edition, &article::picture::Pictures::new(), &Look { css: [&css, &page_css], ..Look::default() });
    let text = String::from_utf8(page.bytes.clone())?;
    let judged = |text: &str| -> Result<Vec<&'static str>, Failed> {
        let mut log = Log::default();
        let sightings = proof::book::sight_page(text.as_bytes(), &page.placed, &edition.leaves)?;
        let _ = proof::judge(&mut log, &source, &edition, &sightings, Output::Html);
        Ok(log.iter().map(|diagnostic| diagnostic.code.name()).collect())
    };
    ensure!(judged(&text)?.is_empty(), "a sound page is refused: {:?}", judged(&text)?);
    for (from, to, code) in HARMS {
        let harmed = text.replacen(from, to, 1);
        ensure!(harmed != text, "the page has no `{from}`");
        ensure!(judged(&harmed)?.contains(code), "of `{to}` is said {:?}", judged(&harmed)?);
    }
    ensure!(judged(&text.replacen("</main>", "", 1)).is_err(), "a page whose elements are not closed is read");
    Ok(())
}
