//! Elements beside those of JATS that masters hold.

use super::Taken::{Around, Block, Inline, Left, Mark, Plain, Styled, Through};
use super::{Known, k};
use crate::leaf::Reason;
use crate::model::inline::Style;

/// Elements of NLM 1 to 3 that JATS no longer has.
pub(super) const NLM: &[Known] = &[
    k("chem-struct-wrapper", Block, "a chemical structure with label and caption"),
    k("citation", Through, "a reference"),
    k("cny", Plain, "a country"),
    k("contract-num", Plain, "the number of a contract"),
    k("contract-sponsor", Plain, "who paid by a contract"),
    k("copyright-symbol", Plain, "the sign of copyright"),
    k("custom-meta-wrap", Through, "pairs of names and values"),
    k("fig-and-table-group", Block, "figures and tables one after the other"),
    k("floats-wrap", Through, "figures and tables, each set at its first mention"),
    k("gloss-group", Block, "a glossary"),
    k("grant-num", Plain, "the number of a grant"),
    k("grant-sponsor", Plain, "who paid by a grant"),
    k("rid", Plain, "an identifier"),
    k("string-publisher", Plain, "a publisher in words"),
    k("table-wrap-alternatives", Through, "the best of several forms of a table"),
];

/// Taxonomic treatments: the extension TaxPub.
pub(super) const TAXPUB: &[Known] = &[
    k("tp:collecting-event", Plain, "when and how a specimen was found"),
    k("tp:collecting-location", Plain, "where a specimen was found"),
    k("tp:descriptive-statement", Block, "a description"),
    k("tp:key", Block, "a key by which taxa are told"),
    k("tp:key-title", Through, "the title of a key"),
    k("tp:location", Plain, "a place"),
    k("tp:material-citation", Plain, "a specimen"),
    k("tp:materials", Block, "specimens"),
    k("tp:mixed-nomenclature", Block, "the name that a treatment is about, as the author wrote it"),
    k("tp:nomenclature", Block, "the name that a treatment is about, with its authority and status"),
    k("tp:nomenclature-citation", Block, "where the name was used before"),
    k("tp:nomenclature-citation-list", Block, "where the name was used before, a paragraph each"),
    k("tp:object-id", Plain, "an identifier"),
    k("tp:taxon-authority", Plain, "who named the taxon"),
    k("tp:taxon-identifier", Plain, "an identifier of a taxon"),
    k("tp:taxon-name", Plain, "the name of a taxon"),
    k("tp:taxon-name-part", Plain, "a part of the name of a taxon"),
    k("tp:taxon-status", Plain, "what a name is, such as new"),
    k("tp:taxon-treatment", Block, "the treatment of a taxon"),
    k("tp:treatment-meta", Left(Reason::Metadata), "data about a treatment"),
    k("tp:treatment-sec", Block, "a section of a treatment"),
    k("tp:type-genus", Plain, "the type of a genus"),
    k("tp:type-location", Plain, "where the type was found"),
    k("tp:type-material", Plain, "a type specimen"),
    k("tp:type-repository", Plain, "where the type is kept"),
    k("tp:type-species", Plain, "the type of a species"),
];

/// CALS tables, with and without their namespace.
pub(super) const OASIS: &[Known] = &[
    k("colspec", Mark, "the width and alignment of a column"),
    k("entry", Through, "a cell"),
    k("oasis:colspec", Mark, "the width and alignment of a column"),
    k("oasis:entry", Through, "a cell"),
    k("oasis:row", Through, "a row"),
    k("oasis:spanspec", Mark, "columns that cells reach over"),
    k("oasis:table", Block, "a table (CALS)"),
    k("oasis:tbody", Through, "rows"),
    k("oasis:tfoot", Through, "rows that close the table"),
    k("oasis:tgroup", Block, "a grid of it"),
    k("oasis:thead", Through, "rows at the head"),
    k("row", Through, "a row"),
    k("spanspec", Mark, "columns that cells reach over"),
    k("tgroup", Block, "a grid of a table (CALS without its namespace)"),
];

/// HTML that leaks into masters.
pub(super) const HTML: &[Known] = &[
    k("a", Inline, "a link"),
    k("b", Styled(Style::Bold), "bold"),
    k("blockquote", Block, "a quotation set off from the text"),
    k("br", Mark, "a new line"),
    k("del", Styled(Style::Strike), "struck out"),
    k("div", Through, "what it holds"),
    k("em", Styled(Style::Italic), "italics"),
    k("font", Plain, "text"),
    k("i", Styled(Style::Italic), "italics"),
    k("li", Through, "an item of a list"),
    k("math", Inline, "a formula in MathML without its namespace"),
    k("ol", Block, "a numbered list"),
    k("pre", Block, "lines that keep their blanks"),
    k("s", Styled(Style::Strike), "struck out"),
    k("span", Plain, "text"),
    k("strong", Styled(Style::Bold), "bold"),
    k("tt", Styled(Style::Monospace), "monospaced"),
    k("u", Styled(Style::Underline), "a line below"),
    k("ul", Block, "a list"),
];

/// XInclude.
pub(super) const INCLUSION: &[Known] = &[
    k("xi:fallback", Through, "what is set where a file is not included"),
    k("xi:include", Inline, "another file: never fetched, an error; its fallback is set"),
];

/// What stands around an article.
pub(super) const WRAPPER: &[Known] = &[
    k("GetRecord", Around, "its record"),
    k("ListRecords", Around, "its records"),
    k("OAI-PMH", Around, "an answer of an OAI repository"),
    k("about", Around, "where a record is from"),
    k("datestamp", Around, "a record's date"),
    k("header", Around, "what a record says about itself"),
    k("identifier", Around, "a record's identifier"),
    k("metadata", Around, "a record's data"),
    k("oai:header", Around, "what a record says about itself"),
    k("oai:metadata", Around, "a record's data"),
    k("oai:record", Around, "a record"),
    k("pmc-articleset", Around, "a set of articles"),
    k("record", Around, "a record"),
    k("request", Around, "what it was asked"),
    k("responseDate", Around, "when it answered"),
    k("setSpec", Around, "a record's set"),
];
