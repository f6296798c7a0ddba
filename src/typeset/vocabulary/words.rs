//! The words: what stands in a line, in the column, and around all of it.

use super::Shape::{Array, Blocks, Flag, Made, MaybeStr, Number, Record, Size, Str, Text};
use super::{Parameter, Shape, Word};

const fn p(name: &'static str, shape: Shape, sentence: &'static str) -> Parameter {
    Parameter { name, shape, sentence }
}

const ID: Parameter = p("id", Str, "The id, to be set as the element's label. Each is given once.");
const LANG: Parameter = p("lang", Str, "The language: an ISO 639 code.");
const REGION: Parameter = p("region", MaybeStr, "The region: an ISO 3166 code.");
const DIR: Parameter = p("dir", Str, "The direction of writing: `ltr` or `rtl`.");
const TEXT: Parameter = p("body", Text, "What is set.");
const BLOCKS: Parameter = p("body", Blocks, "What is set.");
const ANCHORED: Parameter = p("anchored", Flag, "Whether the master wants it where it stands, and not moved; left out where it does not.");
const TURNED: Parameter = p("turned", Flag, "Whether the master wants it with its foot at a side of the page; left out where it does not.");
const LABEL: Parameter = p("label", Text, "The label, such as “Figure 1” or “2.1”.");
const TITLE: Parameter = p("title", Text, "The title.");
const LEVEL: Parameter = p("level", Number, "The level of its heading, from 1. None is ever skipped.");
const CAPTION: Parameter = p("caption", Record("flow"), "The caption.");
const SOURCE: Parameter = p("attribution", Text, "Where it is from.");
const KIND: Parameter = p("kind", Str, "The kind of note, as `@fn-type` has it.");
const PATH: Parameter = p("path", Str, "Where the picture can be read. Left out where it is missing: its name is shown then.");
const NAME: Parameter = p("name", Str, "The name that the master gives.");
const SIZE: Parameter = p("size", Size, "Width and height in pixels, or in units of an SVG.");
const DECORATIVE: Parameter = p("decorative", Flag, "Whether the master says that it is decoration, of which nothing is to be said.");
const ALT_LANG: Parameter = p("alt-lang", Str, "The language of `alt`, where it is not that of the text.");
const ALT: Parameter = p("alt", Str, "What is said to those who do not see it. Never empty.");

/// Every word, in the order of the page.
pub const WORDS: &[Word] = &[
    Word {
        name: "article",
        sentence: "The whole article, and the page that it stands on.",
        parameters: &[
            p("kind", Str, "The type of the article, such as `research-article`."),
            p("licence", Str, "The address of its licence."),
            LANG,
            REGION,
            DIR,
            p("meta", Record("meta"), "What the PDF tells catalogues."),
            p("journal", Record("journal"), "Where the article is published."),
            p("running", Record("running"), "What running heads say."),
            p("codes", Array(&Record("code")), "Codes of classifications."),
            p("fronts", Array(&Record("front")), "The front matter of each language, that of the text first. Never empty."),
            p("body", Blocks, "The text. It is given by name here."),
            p("back", Blocks, "What follows the text."),
            p("parts", Array(&Record("sub-article")), "Translations, replies and reports, which are made up as the article is."),
            p("anchors", Array(&Str), "Ids that can be pointed at and that nothing else bears: to be set as labels anywhere."),
            p("colophons", Array(&Record("colophon")), "The imprint of the printed edition in each of its languages. Left out where the journal has none."),
        ],
    },
    // In the column.
    Word {
        name: "section",
        sentence: "A section with its heading, or a part of the back matter.",
        parameters: &[ID, p("kind", Str, "`section`, `acknowledgements`, `appendix`, `funding` or `back`."), LEVEL, LABEL, TITLE, BLOCKS],
    },
    Word {
        name: "para",
        sentence: "A paragraph.",
        parameters: &[
            ID,
            p("continued", Flag, "Whether it goes on after a block that stood inside it."),
            p("leads", Flag, "Whether a formula, a list or lines follow it."),
            TEXT,
        ],
    },
    Word {
        name: "item-list",
        sentence: "A list.",
        parameters: &[
            ID,
            p("kind", Str, "`bullet`, `simple`, `arabic`, `alpha-lower`, `alpha-upper`, `roman-lower` or `roman-upper`."),
            p("start", Number, "The number of the first item; 1 where it is left out."),
            TITLE,
            p("items", Array(&Record("item")), "The items."),
        ],
    },
    Word { name: "definitions", sentence: "Terms with their definitions.", parameters: &[ID, TITLE, p("items", Array(&Record("definition")), "The terms.")] },
    Word { name: "quotation", sentence: "A quotation set off from the text.", parameters: &[ID, SOURCE, BLOCKS] },
    Word {
        name: "statement",
        sentence: "A statement or a speech: its head is run in with its first paragraph.",
        parameters: &[
            ID,
            p(
                "kind",
                Str,
                "`theorem` (and what is proved like one), `proof`, `statement` (anything else with a head), or `speech`, whose label is the speaker.",
            ),
            LABEL,
            TITLE,
            SOURCE,
            p("body", Record("flow"), "What it says."),
        ],
    },
    Word {
        name: "fig",
        sentence: "A figure; `body` is what stands in it beside its pictures, such as figures of a group.",
        parameters: &[
            ID,
            p("kind", Str, "`structure`, `media` or `supplement`; left out for a figure."),
            ANCHORED,
            TURNED,
            LABEL,
            TITLE,
            CAPTION,
            p("pictures", Array(&Made("picture")), "Its pictures."),
            SOURCE,
            BLOCKS,
        ],
    },
    Word {
        name: "picture",
        sentence: "A picture of a figure or table: whatever the layout’s `fig` and `table-wrap` take as one.",
        parameters: &[ID, PATH, SIZE, DECORATIVE, NAME, ALT],
    },
    Word {
        name: "table-wrap",
        sentence: "A table with its caption; `body` is the notes below it.",
        parameters: &[
            ID,
            ANCHORED,
            TURNED,
            LABEL,
            p("continued", Str, "What stands above its further parts where it goes on over pages: “Table 3 (continued)”."),
            TITLE,
            CAPTION,
            p("tables", Array(&Made("tab")), "Its grids, mostly one."),
            p("pictures", Array(&Made("picture")), "Pictures of it."),
            BLOCKS,
        ],
    },
    Word {
        name: "tab",
        sentence: "A grid. Its rows are arrays of cells; a place that a cell of a row above reaches into has none.",
        parameters: &[
            p("columns", Number, "How many columns it has."),
            p("widths", Array(&Number), "What each column asks for of the table’s width, in thousandths; left out where the master does not say."),
            p("rules", Array(&Str), "`rows`, `columns`, `sides`: rules that the master asks for beyond those of every table."),
            p("groups", Array(&Number), "The rows of the body, from 0, at which a further group of rows begins."),
            p("head", Array(&Array(&Made("cell"))), "Rows that are repeated over pages."),
            p("body", Array(&Array(&Made("cell"))), "The rows. They are given by name here."),
            p("foot", Array(&Array(&Made("cell"))), "Rows that close it."),
        ],
    },
    Word {
        name: "cell",
        sentence: "A cell: whatever the layout’s `tab` takes as one.",
        parameters: &[
            ID,
            p("header", Flag, "Whether it heads a row or a column."),
            p("colspan", Number, "How many columns it fills; 1 where it is left out."),
            p("rowspan", Number, "How many rows it fills; 1 where it is left out."),
            p("align", Str, "`left`, `center`, `right`, `justify` or `character`."),
            p("at", Str, "For `character`: the character that stands below that of the row above."),
            p("valign", Str, "`top`, `middle` or `bottom`."),
            p("signs", Number, "How many signs it holds; 0 where it is left out."),
            p("line", Number, "How many of them its longest line has; all where it is left out."),
            p("word", Number, "How many its longest word has; all of the line where it is left out."),
            p("whole", Flag, "Whether it holds what can not be told in signs, such as a picture."),
            p("rules", Array(&Str), "`top`, `right`, `bottom`, `left`: the sides at which the master asks for a rule."),
            BLOCKS,
        ],
    },
    Word {
        name: "display-formula",
        sentence: "A formula on lines of its own, with its label at the margin.",
        parameters: &[ID, LABEL, p("parts", Array(&Made("formula-part")), "What stands in it, one below the other; mostly one formula.")],
    },
    Word {
        name: "formula-part",
        sentence: "A part of a formula on lines of its own: whatever the layout’s `display-formula` takes as one. It has `pieces`, `rows`, `text` or `picture`.",
        parameters: &[
            ID,
            ALT,
            ALT_LANG,
            p("pieces", Array(&Record("piece")), "The formula in pieces: a line that is too long is broken between them."),
            p("rows", Array(&Array(&Array(&Record("piece")))), "Equations one below the other: of each its sides, between which they are aligned, in pieces."),
            p("text", Text, "Text that stands for a formula."),
            p("picture", Made("picture"), "A picture of it."),
        ],
    },
    Word { name: "boxed", sentence: "A text in a box.", parameters: &[ID, LEVEL, LABEL, TITLE, BLOCKS] },
    Word {
        name: "lines",
        sentence: "Lines that keep their breaks: a poem or a listing.",
        parameters: &[
            ID,
            p("code", Flag, "Whether it is code: monospaced, every blank kept."),
            p("language", Str, "The language of a listing, such as `python`."),
            TITLE,
            p("lines", Array(&Text), "The lines; an empty one is `none`."),
            SOURCE,
        ],
    },
    Word {
        name: "references",
        sentence: "A list of references; `body` is the lists inside it.",
        parameters: &[
            ID,
            p("derived", Flag, "Whether the program has made the list of another: no word of it stands in the master."),
            LEVEL,
            TITLE,
            p("before", Blocks, "What stands before the references."),
            p("items", Array(&Record("reference")), "The references."),
            BLOCKS,
        ],
    },
    Word { name: "notes", sentence: "A list of notes; `body` is made of `note-entry`.", parameters: &[ID, LEVEL, TITLE, BLOCKS] },
    Word {
        name: "note-entry",
        sentence: "A note of a list.",
        parameters: &[
            ID,
            KIND,
            p("mark", Text, "The mark that leads to it, where the list shows it."),
            p("label", Text, "The label at its head."),
            p("body", Record("flow"), "What it says."),
        ],
    },
    Word { name: "foreign-blocks", sentence: "Blocks in another language.", parameters: &[LANG, REGION, DIR, BLOCKS] },
    // In the line.
    Word {
        name: "t",
        sentence: "Text. It must be the native `text` itself (`#let t = text`): anything else loses the way back to the master.",
        parameters: &[p("body", Str, "The text.")],
    },
    Word {
        name: "s",
        sentence: "A sign of a formula, set in the letters of maths. It must be the native `symbol` itself (`#let s = symbol`).",
        parameters: &[p("body", Str, "The sign, with the marks that combine with it.")],
    },
    Word {
        name: "acc",
        sentence: "An accent or a brace over something in a formula, or under it. It must be the native `math.accent` itself (`#let acc = math.accent`). The sign is its second argument by position.",
        parameters: &[TEXT],
    },
    Word { name: "words", sentence: "Words of text in a formula.", parameters: &[TEXT] },
    Word {
        name: "enclosed",
        sentence: "Maths with lines around it or through it.",
        parameters: &[
            p(
                "notations",
                Array(&Str),
                "`box`, `rounded-box`, `circle`, `left`, `right`, `top`, `bottom`, `up-strike`, `down-strike`, `vertical-strike`, `horizontal-strike`, `long-division`, `radical`.",
            ),
            p("display", Flag, "Whether what stands in it is as large as formulas on lines of their own."),
            TEXT,
        ],
    },
    Word { name: "ital", sentence: "Italics.", parameters: &[TEXT] },
    Word { name: "bold", sentence: "Bold.", parameters: &[TEXT] },
    Word { name: "small-caps", sentence: "Small capitals.", parameters: &[TEXT] },
    Word { name: "subscript", sentence: "Below the line.", parameters: &[TEXT] },
    Word { name: "superscript", sentence: "Above the line.", parameters: &[TEXT] },
    Word { name: "mono", sentence: "Monospaced.", parameters: &[TEXT] },
    Word { name: "sans", sentence: "Without serifs.", parameters: &[TEXT] },
    Word {
        name: "roman",
        sentence: "Upright inside italics.",
        parameters: &[p("in-italics", Flag, "Whether it stands in `ital`, an odd number of times."), TEXT],
    },
    Word { name: "underlined", sentence: "With a line below.", parameters: &[TEXT] },
    Word { name: "overlined", sentence: "With a line above.", parameters: &[TEXT] },
    Word { name: "struck", sentence: "Struck out.", parameters: &[TEXT] },
    Word { name: "foreign", sentence: "Text in another language: hyphenated and tagged in it.", parameters: &[LANG, REGION, DIR, TEXT] },
    Word { name: "ruby", sentence: "A text with its reading above it.", parameters: &[p("above", Text, "The reading."), TEXT] },
    Word {
        name: "url",
        sentence: "A link out of the article.",
        parameters: &[p("href", Str, "The address. Left out where there is none that could be followed."), TEXT],
    },
    Word { name: "long-word", sentence: "A word that no line could hold: it breaks at its `soft-break`s and gets no hyphen.", parameters: &[TEXT] },
    Word {
        name: "no-glyph",
        sentence: "A character that no font has: its code point, such as `U+4E2D`, so marked that it is not taken for the text.",
        parameters: &[TEXT],
    },
    Word { name: "soft-break", sentence: "A place where a long word may break.", parameters: &[] },
    Word {
        name: "sense-break",
        sentence: "A place between two phrases of the article's title, where a title of several lines breaks best. It need show nothing.",
        parameters: &[],
    },
    Word {
        name: "xref",
        sentence: "A reference to another place of the article. One that shows nothing and leads nowhere is a place itself, by its id.",
        parameters: &[
            ID,
            p("kind", Str, "`citation`, `affiliation`, `correspondence`, `note`, `table-note` or `other`; left out of a place."),
            p("to", Array(&Str), "The ids that it refers to: each is a label of the article."),
            TEXT,
        ],
    },
    Word {
        name: "note",
        sentence: "A note, at the place of its mark.",
        parameters: &[
            ID,
            KIND,
            p("mark", Text, "The mark at the place."),
            p("label", Text, "The label at the head of the note."),
            p("body", Record("flow"), "What it says."),
        ],
    },
    Word { name: "inline-image", sentence: "A picture in the line.", parameters: &[ID, PATH, SIZE, DECORATIVE, NAME, ALT] },
    Word { name: "formula", sentence: "A formula in the line; its body is maths.", parameters: &[ID, ALT, ALT_LANG, p("body", Text, "The formula.")] },
    Word { name: "no-bracket", sentence: "What stands in a formula where a bracket that grows has no partner. Nothing is to be seen of it.", parameters: &[] },
    Word { name: "formula-break", sentence: "A place in a long formula in the line at which the line may end.", parameters: &[] },
    Word { name: "line-break", sentence: "A forced new line.", parameters: &[] },
];
