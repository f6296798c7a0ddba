use super::*;
use crate::leaf::Reason;
use crate::model::block::Block;
use crate::model::inline::Style;
use crate::model::plain;
use crate::source::Source;
use crate::xml::parse;

/// Reads a body, and checks that no text was lost.
fn body(text: &str) -> (Article, Log) {
    article(&format!(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body>{text}</body></article>"
    ))
}

fn article(text: &str) -> (Article, Log) {
    let mut log = Log::default();
    let source = Source::new("test.xml", text);
    let tree = parse(&mut log, &source).expect("well-formed");
    let article = read(&mut log, &tree).expect("an article");
    assert!(log.iter().all(|diagnostic| diagnostic.code != Code::LostText), "{log:?}");
    (article, log)
}

fn leaves(article: &Article) -> Vec<&str> {
    article.leaves.iter().map(|(_, leaf)| leaf.text.as_str()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn white_space_is_folded_over_the_borders_of_elements() {
    let (article, _) = body("<p>\n  one <italic> two</italic>\n  three  </p>");
    assert_eq!(leaves(&article), ["T", "one ", "two", " three"]);
}

#[test]
fn a_paragraph_with_a_list_inside_goes_on_after_it() {
    let (article, _) = body("<p id='p1'>before<list><list-item><p>item</p></list-item></list>after</p>");
    let [Block::Paragraph(first), Block::List(_), Block::Paragraph(second)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert!(first.id.is_some() && !first.continued);
    assert!(second.id.is_none() && second.continued);
}

#[test]
fn a_mark_between_items_ends_the_one_before_it() {
    let (article, _) = body("<list><list-item><p>one</p></list-item><x>,</x><list-item><p>two</p></list-item></list>");
    let [Block::List(list)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert_eq!((list.items.len(), leaves(&article)), (2, vec!["T", "one", ",", "two"]));
}

#[test]
fn what_nobody_has_filled_in_is_not_there() {
    let (article, _) = article(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group><contrib-group><contrib><name><surname> </surname></name>\
         <xref ref-type='aff' rid='a'/></contrib><aff id='a'><institution> </institution><country/></aff></contrib-group><author-notes><corresp id='c'><email/></corresp>\
         </author-notes><abstract><p/></abstract></article-meta></front><body><p>x<xref ref-type='fn' rid='n'>1</xref></p></body><back><fn-group><fn id='n'><p/></fn></fn-group></back></article>",
    );
    let front = &article.front;
    assert!(front.contributors.is_empty() && front.affiliations.is_empty() && front.author_notes.is_empty() && front.abstracts.is_empty(), "{front:?}");
    assert_eq!(leaves(&article), ["T", "x", "1"]);
}

#[test]
fn a_note_that_is_but_an_empty_reference_is_there() {
    let (article, _) = body("<p>x</p><fn-group><fn id='n'><p><xref ref-type='bibr' rid='b'/></p></fn></fn-group>");
    assert!(article.body.iter().any(|block| matches!(block, Block::Notes(list) if list.notes.len() == 1)), "{:?}", article.body);
}

#[test]
fn a_picture_in_a_paragraph_of_its_figure_is_the_figures() {
    let (article, _) = body("<fig><caption><p>Seen.</p></caption><p> <graphic xlink:href='a.png' xmlns:xlink='http://www.w3.org/1999/xlink'/> </p></fig>");
    let [Block::Figure(figure)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert!(figure.graphics.len() == 1 && figure.blocks.is_empty(), "{figure:?}");
}

#[test]
fn what_is_not_known_keeps_its_text_and_is_named_once() {
    let (article, log) = body("<p>a <x-gloss>b</x-gloss> c</p><x-box><x-row>d</x-row><x-row>e</x-row></x-box><p><x-gloss>f</x-gloss></p>");
    assert_eq!(leaves(&article), ["T", "a ", "b", " c", "d", "e", "f"]);
    let named: Vec<_> = log.iter().filter(|diagnostic| diagnostic.code == Code::UnknownElement).map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(named.len(), 3);
    assert!(named[0].contains("`x-gloss`") && named[0].contains("2 of them"), "{named:?}");
    // Two rows of something unknown are not run together.
    assert_eq!(article.body.len(), 4);
}

#[test]
fn spans_are_cut_to_the_table() {
    let (article, log) =
        body("<table-wrap><table><tr><td rowspan='9'>a</td><td>b</td></tr><tr><td>c</td><td colspan='99999'>d</td></tr><tr/></table></table-wrap>");
    let Some(Block::Table(wrap)) = article.body.first() else { panic!() };
    let table = &wrap.tables[0];
    for (at, row) in table.body.iter().enumerate() {
        let own: u32 = row.cells.iter().map(|cell| cell.colspan).sum();
        let above: u32 = table.body[..at]
            .iter()
            .enumerate()
            .flat_map(|(no, row)| row.cells.iter().map(move |cell| (no, cell)))
            .filter(|(no, cell)| no + cell.rowspan as usize > at)
            .map(|(_, cell)| cell.colspan)
            .sum();
        assert_eq!(own + above, table.columns, "row {at}");
    }
    assert!(log.iter().any(|diagnostic| diagnostic.code == Code::TableSpan));
    assert_eq!(leaves(&article), ["T", "a", "b", "c", "d"]);
}

#[test]
fn a_citation_that_is_only_tagged_keeps_its_fields() {
    let (article, _) = article(
        "<article><front/><body><p>x</p></body><back><ref-list><ref id='r1'><element-citation><person-group><name><surname>Lee</surname><given-names>K</given-names></name><name><surname>Kim</surname><given-names>A</given-names></name></person-group><article-title>On it</article-title><source>Journal</source><year>2000</year><volume>7</volume><issue>4</issue><fpage>1</fpage><lpage>5</lpage></element-citation></ref></ref-list></back></article>",
    );
    let Some(Block::References(list)) = article.back.first() else { panic!() };
    assert!(list.items[0].citations[0].is_empty());
    let (_, citation) = &list.items[0].tagged[0];
    let said: Vec<String> =
        citation.fields.iter().map(|field| format!("{} {}", field.part.name(), crate::model::plain::text(&article.leaves, &field.body))).collect();
    let names = ["surname Lee", "given K", "surname Kim", "given A"];
    let rest = ["title On it", "source Journal", "year 2000", "volume 7", "issue 4", "first-page 1", "last-page 5"];
    assert_eq!(said, [&names[..], &rest[..]].concat());
}

#[test]
fn front_matter_keeps_its_languages() {
    let (article, _) = article(
        "<article xml:lang='en'><front><journal-meta><journal-id/><issn/></journal-meta><article-meta><article-categories><subj-group subj-group-type='udc'><subject>32</subject></subj-group><subj-group><subject>УДК 33</subject></subj-group></article-categories><title-group><article-title>Title</article-title><trans-title-group xml:lang='ru'><trans-title>Название</trans-title></trans-title-group></title-group><contrib-group><contrib contrib-type='author'><name-alternatives><name name-style='eastern' xml:lang='en'><surname>Lee</surname><given-names initials='K.'>Kwang</given-names></name><name xml:lang='ru'><surname>Ли</surname></name></name-alternatives><xref ref-type='aff' rid='a1'><sup>1</sup></xref></contrib></contrib-group><aff-alternatives id='a1'><aff xml:lang='en'><label>1</label><institution>University</institution>, <city>Seoul</city></aff><aff xml:lang='ru'><institution>Университет</institution><city>Сеул</city></aff></aff-alternatives><pub-date><year>2020</year><month>Nov</month></pub-date></article-meta></front><body><p>x</p></body></article>",
    );
    let front = &article.front;
    assert_eq!(front.codes.iter().map(|code| code.named).collect::<Vec<_>>(), [false, true]);
    assert_eq!(front.titles.iter().map(|title| title.lang.tag()).collect::<Vec<_>>(), ["en", "ru"]);
    assert!(front.journal.issns.is_empty());
    assert_eq!(front.contributors[0].names[0].initials.as_deref(), Some("K."));
    let form = &front.affiliations[0].forms[1];
    assert_eq!(crate::model::plain::text(&article.leaves, &form.body), "Университет, Сеул");
    assert_eq!(front.dates[0].date.month, Some(11));
    assert_eq!(article.leaves.omissions().len(), 2);
}

/// The only table of a body.
fn table(article: &Article) -> &crate::model::table::Table {
    let Some(Block::Table(wrap)) = article.body.first() else { panic!("{:?}", article.body) };
    let [table] = wrap.tables.as_slice() else { panic!("{:?}", wrap.tables) };
    table
}

/// Column, columns filled and rows filled of the cells that hold something.
fn places(rows: &[crate::model::table::Row]) -> Vec<Vec<(u32, u32, u32)>> {
    rows.iter().map(|row| row.cells.iter().filter(|cell| !cell.blocks.is_empty()).map(|cell| (cell.column, cell.colspan, cell.rowspan)).collect()).collect()
}

#[test]
fn entries_stand_in_the_columns_that_they_name() {
    let (article, log) = body(
        "<table-wrap><table><tgroup cols='4'><colspec colname='a'/><colspec colname='b' colnum='3'/><spanspec spanname='s' namest='a' nameend='b'/><tbody>\
        <row><entry spanname='s' morerows='1'>1</entry><entry>2</entry></row><row><entry>3</entry></row><row><entry colname='b'>4</entry></row></tbody></tgroup></table></table-wrap>",
    );
    let table = table(&article);
    assert_eq!(table.columns, 4);
    assert_eq!(places(&table.body), [vec![(0, 3, 2), (3, 1, 1)], vec![(3, 1, 1)], vec![(2, 1, 1)]]);
    assert!(log.is_empty(), "{log:?}");
}

#[test]
fn hostile_entries_stay_in_their_table() {
    let (article, _) = body(
        "<table-wrap><table><tgroup cols='4000000000'><colspec colname='a' colnum='4000000000'/><tbody>\
        <row><entry namest='a' nameend='b' morerows='4000000000'>1</entry><entry colname='c99999'>2</entry><entry namest='9' nameend='2'>3</entry></row></tbody></tgroup></table></table-wrap>",
    );
    let table = table(&article);
    assert!(table.columns <= 250);
    let row = &table.body[0];
    assert!(row.cells.iter().all(|cell| cell.rowspan == 1 && cell.column + cell.colspan <= table.columns), "{row:?}");
    assert_eq!(leaves(&article), ["T", "1", "2", "3"]);
}

#[test]
fn a_row_of_lines_is_a_rule() {
    let (article, log) = body(
        "<table-wrap><table><tr><td>a</td><td>b</td></tr><tr><td/><td><hr/></td></tr><tr><td>c</td><td rowspan='2'>d</td></tr><tr><td><hr/></td></tr></table></table-wrap>",
    );
    let table = table(&article);
    assert_eq!(table.body.len(), 3, "a row that another reaches into stays");
    let ruled: Vec<bool> = table.body[0].cells.iter().map(|cell| cell.edges.bottom).collect();
    assert_eq!(ruled, [false, true]);
    assert!(log.is_empty(), "{log:?}");
}

#[test]
fn a_cell_says_more_than_its_column_and_that_more_than_its_row() {
    let (article, _) = body(
        "<table-wrap><table><col/><col align='right'/><col align='char' char=','/><tbody align='center'><tr><td>a</td><td>b</td><td>1,5</td></tr><tr align='left'><td>c</td><td style='text-align:justify'>d</td><th>e</th></tr></tbody></table></table-wrap>",
    );
    let aligned: Vec<_> = table(&article).body.iter().flat_map(|row| &row.cells).map(|cell| cell.align).collect();
    use crate::model::table::Align::{Center, Character, Justify, Left, Right};
    assert_eq!(aligned, [Some(Center), Some(Right), Some(Character(',')), Some(Left), Some(Justify), Some(Left)]);
}

#[test]
fn notes_below_a_table_are_a_list_of_the_table() {
    let (article, _) = body(
        "<table-wrap><table><tr><td>a<xref rid='n1' ref-type='table-fn'>a</xref></td></tr></table><table-wrap-foot><fn id='n1'><label>a</label><p>x</p></fn> <fn><p>y</p></fn><p>z</p></table-wrap-foot></table-wrap>",
    );
    let Some(Block::Table(wrap)) = article.body.first() else { panic!("{:?}", article.body) };
    let [Block::Notes(list), Block::Paragraph(_)] = wrap.foot.as_slice() else { panic!("{:?}", wrap.foot) };
    assert_eq!(list.notes.len(), 2);
}

#[test]
fn the_head_of_a_review_is_what_it_reviews() {
    let review = |title: &str| {
        article(&format!(
            "<article article-type='book-review' xml:lang='en'><front><article-meta><title-group><article-title>{title}</article-title></title-group>\
             <product>A. Bee, <source>A Book</source>. Oxford, 2000.</product></article-meta></front><body><p>x</p></body></article>"
        ))
    };
    let (untitled, log) = review("");
    assert!(log.iter().all(|diagnostic| diagnostic.code != Code::MissingTitle), "{log:?}");
    assert_eq!(untitled.front.titles.len(), 1);
    assert_eq!(untitled.body.len(), 1);
    let (titled, _) = review("A fine book");
    assert_eq!(titled.body.len(), 2);
}

#[test]
fn rows_with_numbers_are_formulas_of_their_own() {
    let row = |id: &str, number: &str, said: &str| {
        format!("<mml:mlabeledtr id='{id}'><mml:mtd><mml:mtext>{number}</mml:mtext></mml:mtd><mml:mtd><mml:mi>{said}</mml:mi></mml:mtd></mml:mlabeledtr>")
    };
    let (article, _) =
        body(&format!("<disp-formula id='d'><mml:math><mml:mtable>{}{}</mml:mtable></mml:math></disp-formula>", row("e1", "(1)", "a"), row("e2", "(2)", "b")));
    let [Block::Formula(first), Block::Formula(second)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert_eq!(first.id, Some(Id("e1".to_owned())));
    assert_eq!(second.id, Some(Id("e2".to_owned())));
    assert_eq!(
        article.leaves.text(first.label.first().and_then(|inline| if let Inline::Text(no) = inline { Some(*no) } else { None }).expect("a text")),
        "(1)"
    );
    assert!(article.anchors.contains(&Id("d".to_owned())) && !article.anchors.contains(&Id("e1".to_owned())), "{:?}", article.anchors);
    let (article, _) = body(&format!("<disp-formula><mml:math><mml:mtable>{}</mml:mtable></mml:math></disp-formula>", row("e1", "(1)", "a")));
    let [Block::Formula(only)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert_eq!((only.id.clone(), only.label.len()), (Some(Id("e1".to_owned())), 1));
}

#[test]
fn a_citation_in_the_text_has_its_parts_parted_and_no_data() {
    let (article, _) = body(
        "<p>A. Abe [<mixed-citation><source>Lakes</source><volume>3</volume> (<year>1999</year>) <page-range>7</page-range>.<pub-id pub-id-type='coden'>SPHJAR</pub-id><issn>0038-5646</issn></mixed-citation>]</p>",
    );
    let Some(Block::Paragraph(paragraph)) = article.body.first() else { panic!("{:?}", article.body) };
    assert_eq!(crate::model::plain::text(&article.leaves, &paragraph.body), "A. Abe [Lakes 3 (1999) 7.]");
}

#[test]
fn the_id_of_all_notes_is_that_of_the_address() {
    let (article, _) = article(
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>\
         <author-notes id='cor1'><fn><p>Equal.</p></fn><corresp><label>*</label>Write to us.</corresp></author-notes></article-meta></front></article>",
    );
    let ids: Vec<Option<&str>> = article.front.author_notes.iter().map(|note| note.id.as_ref().map(Id::as_str)).collect();
    assert_eq!(ids, [None, Some("cor1")]);
}

#[test]
fn a_role_that_is_not_declared_is_none() {
    let (article, _) = article(
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group><contrib-group><contrib><name><surname>Abe</surname></name>\
         <role>ND</role><role>Editor</role></contrib></contrib-group></article-meta></front></article>",
    );
    assert_eq!(article.front.contributors[0].roles.len(), 1);
    assert_eq!(leaves(&article), ["T", "Abe", "Editor"]);
}

#[test]
fn of_a_funder_only_the_name_is_shown() {
    let (article, _) = article(
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group><funding-group><award-group><funding-source>\
         <named-content content-type='name'>A Fund</named-content> <named-content content-type='fundref:id'>http://dx.doi.org/10.13039/1</named-content> \
         <named-content content-type='country'>http://sws.geonames.org/1/</named-content></funding-source></award-group></funding-group></article-meta></front></article>",
    );
    let said = article.front.funding.first().expect("a line");
    assert_eq!(crate::model::plain::text(&article.leaves, &said.said), "A Fund");
}

#[test]
fn a_number_without_a_figure_is_none() {
    let (article, _) = article(
        "<article><front><journal-meta><issn>N/A</issn><issn>1234-5679</issn></journal-meta><article-meta><title-group><article-title>T</article-title></title-group>\
         </article-meta></front></article>",
    );
    assert_eq!(article.front.journal.issns, ["1234-5679"]);
}

#[test]
fn what_stands_outside_the_back_is_read_as_if_it_stood_in_it() {
    let (article, log) = article(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>x</p></body>\
         <fn-group><fn id='n'><label>*</label><p>note</p></fn></fn-group><ref-list><title>R</title><ref id='r'><mixed-citation>cited</mixed-citation></ref></ref-list></article>",
    );
    assert!(matches!(article.back.as_slice(), [Block::Notes(_), Block::References(_)]), "{:?}", article.back);
    assert!(log.iter().all(|diagnostic| diagnostic.code != Code::UnknownElement), "{log:?}");
}

#[test]
fn tables_in_tables_end_somewhere() {
    let (article, log) = body(&format!("<table-wrap>{}x{}</table-wrap>", "<table><tr><td>".repeat(9), "</td></tr></table>".repeat(9)));
    assert_eq!(leaves(&article), ["T", "x"]);
    assert_eq!(log.iter().filter(|diagnostic| diagnostic.code == Code::NestedTooDeep).count(), 1);
}

#[test]
fn a_head_of_nothing_is_none() {
    let (article, _) = body("<table-wrap><table><thead><tr><th/><th/></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table></table-wrap>");
    let Some(Block::Table(wrap)) = article.body.first() else { panic!() };
    assert!(wrap.tables[0].head.is_empty());
}

#[test]
fn tex_that_is_not_read_can_be_broken() {
    let (article, log) = body(&format!("<p><inline-formula><tex-math>{}x{}</tex-math></inline-formula></p>", "{".repeat(500), "}".repeat(500)));
    assert!(log.iter().any(|diagnostic| diagnostic.code == Code::TexNotRead));
    assert!(leaves(&article).iter().all(|leaf| leaf.len() <= 48));
}

#[test]
fn a_formula_with_the_wrong_number_of_parts_is_named_at_its_place() {
    let (article, log) = body(
        "<p><mml:math><mml:mfrac><mml:mn>1</mml:mn></mml:mfrac><mml:msub><mml:mi>a</mml:mi><mml:mn>2</mml:mn><mml:mn>3</mml:mn></mml:msub></mml:math></p>",
    );
    assert_eq!(leaves(&article), ["T", "1", "a", "2", "3"]);
    let said: Vec<&str> = log.iter().filter(|diagnostic| diagnostic.code == Code::MathParts).map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(said, ["`mml:mfrac` has 1 part instead of 2", "`mml:msub` has 3 parts instead of 2"]);
}

#[test]
fn a_citation_does_not_repeat_its_number() {
    let list = |first: &str| {
        article(&format!(
            "<article xml:lang='pt'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>x</p></body>\
             <back><ref-list><ref><label>1</label><mixed-citation>{first} Silva A. Um.</mixed-citation></ref><ref><label>2</label><mixed-citation>2 <bold>Souza</bold> B.</mixed-citation></ref></ref-list></back></article>"
        ))
        .0
    };
    assert_eq!(leaves(&list("1.")), ["T", "x", "1", "Silva A. Um.", "2", "Souza", " B."]);
    assert_eq!(leaves(&list("Da")), ["T", "x", "1", "Da Silva A. Um.", "2", "2 ", "Souza", " B."]);
}

/// The references of an article, as they are read.
fn references(refs: &str) -> (Article, Vec<String>) {
    let (article, _) = article(&format!(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>x</p></body>\
         <back><ref-list>{refs}</ref-list></back></article>"
    ));
    let Some(Block::References(list)) = article.back.first() else { panic!("no list") };
    let lines = list.items.iter().map(|item| plain::text(&article.leaves, &item.citations.concat())).collect();
    (article, lines)
}

#[test]
fn parts_of_a_citation_that_touch_are_told_apart() {
    let (_, lines) = references(
        "<ref><mixed-citation><person-group><name><surname>Abe</surname><given-names>C</given-names></name></person-group> (<year>2006</year>) <article-title>On <italic>A. b</italic></article-title>. <source>Zool. Zh.</source><volume>1232</volume>: <fpage>1</fpage>–<lpage>57</lpage>. CO<sub>2</sub><sup>a</sup></mixed-citation></ref>\
         <ref><mixed-citation><string-name><surname>Abe</surname><given-names>C</given-names></string-name>, <source>Lakes</source> <volume>3</volume>.</mixed-citation></ref>",
    );
    assert_eq!(lines, ["Abe C (2006) On A. b. Zool. Zh. 1232: 1–57. CO2a", "Abe C, Lakes 3."]);
    let (_, lines) = references(
        "<ref><mixed-citation><italic>Zool. Zh.</italic><volume>12</volume>, <italic>A</italic><italic>b</italic>. <italic>Lakes</italic><xref ref-type='bibr' rid='r1'>see 1</xref></mixed-citation></ref>\
         <ref><mixed-citation><collab>WHO</collab>. <uri>https://example.org/a</uri><comment>in press</comment>, <year>2010</year><italic>a</italic></mixed-citation></ref>",
    );
    assert_eq!(lines, ["Zool. Zh. 12, Ab. Lakes see 1", "WHO. https://example.org/a in press, 2010a"]);
}

#[test]
fn parts_without_text_between_them_keep_their_own_marks() {
    let (article, _) = body(
        "<p><product><name><surname>Abe</surname><given-names>C</given-names></name><source>A book</source><year>2019</year></product></p>\
         <p><related-object><source>Lakes</source><volume-id>, 3</volume-id></related-object></p>\
         <tp:nomenclature xmlns:tp='http://www.plazi.org/taxpub'><tp:taxon-name>Aus bus</tp:taxon-name><tp:taxon-authority>, Smith, 2010</tp:taxon-authority><tp:taxon-status>sp. n.</tp:taxon-status></tp:nomenclature>\
         <address><addr-line>1 Road,</addr-line><city>Osh</city><phone>+996 1</phone><fax>+996 2</fax><phone>Tel. 3</phone></address>",
    );
    let lines = plain::lines(&article.leaves, &article.body);
    assert_eq!(lines, ["Abe C, A book, 2019", "Lakes, 3", "Aus bus, Smith, 2010 sp. n.", "1 Road, Osh, phone +996 1, fax +996 2, Tel. 3"]);
}

#[test]
fn a_treatment_is_a_section_headed_by_its_name() {
    let (article, _) = body(
        "<tp:taxon-treatment xmlns:tp='http://www.plazi.org/taxpub' id='t1'><tp:treatment-meta><kwd-group><kwd>Animalia</kwd></kwd-group></tp:treatment-meta>\
         <tp:nomenclature id='n1'><label>1</label><tp:taxon-name><tp:taxon-name-part taxon-name-part-type='genus'>Aus</tp:taxon-name-part>\
         <tp:taxon-name-part taxon-name-part-type='species'>bus</tp:taxon-name-part><object-id content-type='zoobank'>http://zoobank.org/1</object-id></tp:taxon-name>\
         <tp:taxon-authority>Smith, 2010</tp:taxon-authority><tp:taxon-status>sp. n.</tp:taxon-status><xref ref-type='fig' rid='f1'>Figures 1–3</xref><xref ref-type='fig' rid='f1'>, 4</xref>\
         <tp:nomenclature-citation-list><tp:nomenclature-citation>Cus bus Smith, 1999</tp:nomenclature-citation></tp:nomenclature-citation-list></tp:nomenclature>\
         <tp:treatment-sec sec-type='diagnosis'><title>Diagnosis.</title><p>Small.</p></tp:treatment-sec></tp:taxon-treatment>\
         <tp:nomenclature xmlns:tp='http://www.plazi.org/taxpub'><tp:taxon-name>Dus dus</tp:taxon-name></tp:nomenclature>",
    );
    let [Block::Section(treatment), Block::Paragraph(_)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    let title = |inlines: &Inlines| plain::title(&article.leaves, inlines);
    assert_eq!((title(&treatment.label), title(&treatment.title)), ("1".to_owned(), "Aus bus Smith, 2010 sp. n.".to_owned()));
    assert_eq!(treatment.title.iter().filter(|inline| matches!(inline, Inline::Styled(Style::Italic, _))).count(), 1);
    let lines = plain::lines(&article.leaves, &treatment.blocks);
    assert_eq!(lines, ["http://zoobank.org/1 Figures 1–3, 4", "Cus bus Smith, 1999", "Diagnosis.", "Small."]);
}

#[test]
fn a_listing_in_several_forms_keeps_its_lines_in_a_paragraph() {
    let (article, log) = body(
        "<p>An example: <alternatives><code>a\n  b</code><code>c</code><graphic xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='x'/></alternatives> and more.</p>",
    );
    assert!(log.iter().all(|said| said.code != Code::UnknownElement), "{log:?}");
    let [Block::Paragraph(_), Block::Lines(lines), Block::Paragraph(_)] = article.body.as_slice() else { panic!("{:?}", article.body) };
    assert_eq!(lines.lines.len(), 2);
}

#[test]
fn a_form_of_a_name_for_an_index_is_not_set() {
    let (article, _) = article(
        "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group><contrib-group><contrib><name-alternatives>\
         <name><surname>Abe</surname><given-names>C</given-names></name><string-name specific-use='index'>Abe, C</string-name></name-alternatives></contrib></contrib-group></article-meta></front><body><p>x</p></body></article>",
    );
    assert_eq!(article.front.contributors[0].names.len(), 1);
    assert_eq!(article.leaves.omissions().iter().map(|omission| omission.reason).collect::<Vec<_>>(), [Reason::Alternative]);
}

#[test]
fn numbers_between_the_words_of_a_citation_are_data() {
    let (_, lines) = references(
        "<ref><mixed-citation><object-id>2a</object-id><string-name>A. Abe</string-name>, <source>Lakes</source><volume>3</volume>, <fpage>7</fpage> (<year>1999</year>).<pub-id pub-id-type='coden'>SPHJAR</pub-id><issn>0038-5646</issn></mixed-citation></ref>\
         <ref><mixed-citation>A. Abe, <source>Lakes</source>, ISSN <issn>0038-5646</issn>.</mixed-citation></ref>\
         <ref><mixed-citation>A. Abe, <source>Lakes</source>. <object-id pub-id-type='pmid'>123</object-id><pub-id pub-id-type='pmid'>123</pub-id></mixed-citation></ref>",
    );
    assert_eq!(lines, ["A. Abe, Lakes 3, 7 (1999).", "A. Abe, Lakes, ISSN 0038-5646.", "A. Abe, Lakes. PMID: 123"]);
}

#[test]
fn what_a_program_asked_about_a_reference_is_not_set() {
    let (article, lines) = references(
        "<ref><mixed-citation>Abe. Lakes.<annotation><p content-type='warning'>The issue is missing.</p></annotation></mixed-citation></ref>\
         <ref><mixed-citation>Abe. Rivers. <annotation><p>With a map.</p></annotation></mixed-citation></ref>",
    );
    assert_eq!(lines, ["Abe. Lakes.", "Abe. Rivers. With a map."]);
    let omitted: Vec<_> = article.leaves.omissions().iter().map(|omission| (omission.element.as_str(), omission.reason)).collect();
    assert_eq!(omitted, [("p", Reason::Processing)]);
}
