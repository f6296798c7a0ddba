//! What the styles make of citations, and what becomes of each leaf.

use super::{Citing, Style};
use crate::diag::Log;
use crate::edition::Edition;
use crate::house::House;
use crate::leaf::Reason;
use crate::model::block::Block;
use crate::model::plain;
use crate::resolve::resolve_for;
use crate::source::Source;
use crate::{jats, xml};

fn edition(style: &str, body: &str, refs: &str) -> Edition {
    let text = format!(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>{body}</p></body><back><ref-list>{refs}</ref-list></back></article>"
    );
    let mut log = Log::default();
    let source = Source::new("test.xml", text.as_str());
    let tree = xml::parse(&mut log, &source).expect("well-formed");
    let article = jats::read(&mut log, &tree).expect("an article");
    let style = Style::named(style).expect("a style");
    resolve_for(&mut log, article, &House { citing: Citing { style, renumber: false }, ..House::default() })
}

fn lines(edition: &Edition) -> Vec<String> {
    let Some(Block::References(list)) = edition.back.first() else { panic!("no list") };
    list.items.iter().map(|item| item.citations.iter().map(|run| plain::text(&edition.leaves, run)).collect::<Vec<_>>().join(" ")).collect()
}

fn line(style: &str, citation: &str) -> String {
    lines(&edition(style, "x", &format!("<ref id='r1'><element-citation {citation}</element-citation></ref>"))).remove(0)
}

const ARTICLE: &str = "publication-type='journal'><person-group person-group-type='author'><name><surname>van Dam</surname><given-names>Anna Maria</given-names></name><name><surname>Two</surname><given-names>LM</given-names></name></person-group><article-title>Of CO<sub>2</sub> in the steppe?</article-title><source>J Water</source><year>2001</year><month>3</month><volume>7</volume><issue>2</issue><fpage>1010</fpage><lpage>1020</lpage><pub-id pub-id-type='doi'>10.1/x</pub-id>";

#[test]
fn each_style_sets_an_article_its_way() {
    assert_eq!(line("vancouver", ARTICLE), "van Dam AM, Two LM. Of CO2 in the steppe? J Water. 2001 Mar;7(2):1010–20. doi:10.1/x");
    assert_eq!(line("apa", ARTICLE), "van Dam, A. M., & Two, L. M. (2001). Of CO2 in the steppe? J Water, 7(2), 1010–1020. https://doi.org/10.1/x");
    assert!(line("gost", ARTICLE).starts_with("van Dam A. M., Two L. M. Of CO2 in the steppe? // J Water. 2001. Vol. 7, № 2. P. 1010–1020."));
    assert!(line("chicago", ARTICLE).contains("“Of CO2 in the steppe?” J Water 7 (2)"));
}

#[test]
fn entries_speak_their_own_language() {
    let russian = "publication-type='journal'><name><surname>Иванов</surname><given-names>Иван Петрович</given-names></name><etal/><article-title>О реках</article-title><source>Вестник</source><year>2001</year><volume>7</volume><issue>2</issue><fpage>10</fpage><lpage>20</lpage>";
    assert_eq!(line("gost", russian), "Иванов И. П., и др. О реках // Вестник. 2001. Т. 7, № 2. С. 10–20.");
}

#[test]
fn nothing_is_lost_of_what_a_style_does_not_show() {
    let line = line(
        "apa",
        "publication-type='book'><name><surname>Abe</surname><given-names>C.D.</given-names></name><source>Book</source><publisher-loc>Osh</publisher-loc><publisher-name>Press</publisher-name><year>1999</year><isbn>978-1</isbn><comment>In Russian.</comment>",
    );
    assert_eq!(line, "Abe, C. D. (1999). Book. Press. [Osh; ISBN 978-1] In Russian.");
}

#[test]
fn what_a_style_does_not_show_has_its_word() {
    let data = |version: &str, accessed: &str| {
        line(
            "vancouver",
            &format!(
                "publication-type='data'><name><surname>Abe</surname><given-names>C</given-names></name><person-group person-group-type='illustrator'><name><surname>Bee</surname><given-names>D</given-names></name><name><surname>Cee</surname><given-names>E</given-names></name></person-group><data-title>Levels</data-title><source>Lakes</source><version>{version}</version><year>2018</year><date-in-citation>{accessed}</date-in-citation>"
            ),
        )
    };
    let line = data("2.0", "3 February 2019");
    assert!(line.ends_with("[illustrated by Bee D; Cee E; version 2.0; accessed 3 February 2019]"), "{line}");
    let line = data("v. 2", "Accessed in May");
    assert!(line.ends_with("[illustrated by Bee D; Cee E; v. 2; Accessed in May]"), "{line}");
    let line = data("a1b2c3d4", "(accessed on 1 May)");
    assert!(line.ends_with("[illustrated by Bee D; Cee E; version a1b2c3d4; (accessed on 1 May)]"), "{line}");
}

#[test]
fn a_list_has_all_authors_in_every_style() {
    let names: String =
        (b'A'..=b'Z').map(|letter| format!("<name><surname>{0}zz</surname><given-names>{0}</given-names></name>", char::from(letter))).collect();
    let citation = format!(
        "publication-type='journal'><person-group person-group-type='author'>{names}</person-group><article-title>Of water</article-title><source>J Water</source><year>2001</year>"
    );
    let short: Vec<String> = Style::names()
        .into_iter()
        .filter_map(|style| {
            let line = line(style, &citation);
            let before = line.split("[B").next().unwrap_or_default().to_lowercase();
            let missing = (b'a'..=b'z').filter(|letter| !before.contains(&format!("{}zz", char::from(*letter)))).count();
            (missing > 0).then(|| format!("{style}: {missing} of 26 names in {line}"))
        })
        .collect();
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn what_is_shown_in_another_form_is_omitted_as_formatted() {
    let edition = edition("vancouver", "x", &format!("<ref id='r1'><element-citation {ARTICLE}</element-citation></ref>"));
    let formatted: Vec<&str> =
        edition.leaves.omissions().iter().filter(|omission| omission.reason == Reason::Formatted).map(|omission| omission.element.as_str()).collect();
    assert_eq!(formatted, ["given-names", "month", "lpage"]);
    // Every leaf that is left is in the line.
    let line = lines(&edition).remove(0);
    for (_, leaf) in edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible() && !matches!(leaf.text.as_str(), "T" | "x")) {
        assert!(line.contains(&leaf.text), "{}", leaf.text);
    }
}

#[test]
fn years_that_look_alike_get_letters() {
    let one = |id: &str, title: &str, year: &str| {
        format!(
            "<ref id='{id}'><element-citation publication-type='book'><name><surname>Abe</surname><given-names>C</given-names></name><source>{title}</source><year>{year}</year></element-citation></ref>"
        )
    };
    let refs = one("r1", "One", "1999") + &one("r2", "Two", "1999") + &one("r3", "Three", "2000b");
    let edition = edition("apa", "So <xref ref-type='bibr' rid='r1'/> and (see <xref ref-type='bibr' rid='r2 r3'/>).", &refs);
    let lines = lines(&edition);
    assert_eq!(lines, ["Abe, C. (1999a). One.", "Abe, C. (1999b). Two.", "Abe, C. (2000b). Three."]);
    assert_eq!(plain::lines(&edition.leaves, &edition.body), ["So (Abe, 1999a) and (see Abe, 1999b; Abe, 2000b)."]);
}

#[test]
fn numbers_in_a_row_are_a_range() {
    let refs: String = (1..=5)
        .map(|n| format!("<ref id='r{n}'><element-citation publication-type='book'><source>B{n}</source><year>1999</year></element-citation></ref>"))
        .collect();
    let edition = edition(
        "gost",
        "A <xref ref-type='bibr' rid='r1 r2 r3 r5'/>, [<xref ref-type='bibr' rid='r4'/><xref ref-type='bibr' rid='r5'/>]<sup><xref ref-type='bibr' rid='r2'/></sup>",
        &refs,
    );
    assert_eq!(plain::lines(&edition.leaves, &edition.body), ["A [1–3, 5], [4, 5]2"]);
}

#[test]
fn what_is_no_style_is_said() {
    assert!(Style::named("no-such-style").is_none());
    assert!(Style::parse("<style/>").is_err());
    assert!(Style::parse("not xml").is_err());
    assert!(Style::names().contains(&"gost-r-705-2008-alphabetic"));
    for name in Style::names() {
        assert!(Style::named(name).is_some_and(|style| style.unpack().is_some()), "{name}");
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test that looks whether the time grows with the square")]
fn twenty_thousand_references_cost_what_their_number_says() {
    let refs = |count: usize| -> String {
        (0..count)
            .map(|n| format!("<ref id='r{n}'><element-citation publication-type='journal'><name><surname>Abe</surname><given-names>C</given-names></name><article-title>T{n}</article-title><source>J</source><year>1999</year></element-citation></ref>"))
            .collect()
    };
    let start = std::time::Instant::now();
    let count = lines(&edition("vancouver", "x", &refs(20_000))).len();
    assert_eq!(count, 20_000);
    // A second or two as a rule; what grows with the square of the number takes an hour.
    assert!(start.elapsed().as_secs() < 240);
}

#[test]
fn every_locale_of_the_archive_is_there_and_unpacks() {
    let archived = hayagriva::archive::locales();
    assert_eq!(super::PACKED.len(), archived.len());
    for (no, locale) in archived.iter().enumerate() {
        assert_eq!(super::unpacked(no), Some(locale));
    }
}
