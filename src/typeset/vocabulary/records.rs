//! The records that words are given.

use super::Shape::{Array, Blocks, Flag, MaybeRecord, MaybeStr, Number, Record as Of, Str, Text};
use super::{Parameter, Record, Shape};

const fn f(name: &'static str, shape: Shape, sentence: &'static str) -> Parameter {
    Parameter { name, shape, sentence }
}

const ID: Parameter = f("id", MaybeStr, "The id, to be set as a label.");
const LANG: Parameter = f("lang", Str, "The language: an ISO 639 code.");
const REGION: Parameter = f("region", MaybeStr, "The region: an ISO 3166 code.");
const DIR: Parameter = f("dir", Str, "The direction of writing: `ltr` or `rtl`.");
const LABEL: Parameter = f("label", MaybeStr, "The label, in the language of what it stands at.");

/// Every record, in the order of the page.
pub const RECORDS: &[Record] = &[
    Record {
        name: "meta",
        sentence: "What the PDF tells catalogues.",
        fields: &[
            f("title", Str, "The title; never empty."),
            f("authors", Array(&Str), "The authors' names."),
            f("keywords", Array(&Str), "Keywords in all languages."),
            f("description", MaybeStr, "The abstract."),
        ],
    },
    Record {
        name: "piece",
        sentence: "A piece of a formula that no line breaks.",
        fields: &[
            f("relation", Flag, "Whether it begins with a relation, where a line breaks best. Where a wide gap stands before it, `gap: true` follows."),
            f("body", Text, "The piece; maths."),
        ],
    },
    Record {
        name: "bracketed",
        sentence: "A piece of a formula of which a pair of brackets holds most: it may stand where a piece does.",
        fields: &[f("relation", Flag, "As of a piece, and `gap: true` too."), f("bracket", Of("bracket"), "The brackets, and what stands about them.")],
    },
    Record {
        name: "bracket",
        sentence: "A piece in a pair of brackets, inside which a line may break where nothing else helps.",
        fields: &[
            f("before", Text, "What stands before the brackets; maths, like all of these."),
            f("open", Text, "The opening one."),
            f("inner", Array(&Of("piece")), "What stands between them, in pieces."),
            f("close", Text, "The closing one."),
            f("scripts", Of("scripts"), "What is attached to the brackets."),
            f("grows", Flag, "Whether they are as tall as what stands between them."),
            f("after", Text, "What stands behind them."),
        ],
    },
    Record {
        name: "scripts",
        sentence: "What is attached to brackets: arguments of `math.attach`.",
        fields: &[f("t", Text, "Above; maths, or nothing."), f("b", Text, "Below.")],
    },
    Record {
        name: "journal",
        sentence: "Where the article is published.",
        fields: &[
            f("title", MaybeStr, "The journal's title, in the language of the article where it has one."),
            f("publisher", MaybeStr, "The publisher."),
            f("year", MaybeStr, "The year."),
            f("volume", MaybeStr, "The volume."),
            f("number", MaybeStr, "The number of the issue."),
            f("words", Of("journal-words"), "What stands before volume, number and pages."),
            f("first-page", MaybeStr, "The first page, as printed: not always a number."),
            f("last-page", MaybeStr, "The last page, as printed."),
            f("elocation", MaybeStr, "The article's number, where it has no pages."),
            f("issns", Array(&Str), "The ISSNs."),
            f("doi", MaybeStr, "The DOI without a resolver."),
        ],
    },
    Record {
        name: "journal-words",
        sentence: "What stands before volume, number and pages, in the language of the article: “Т.”, “№”, “С.”.",
        fields: &[f("volume", Str, "Before the volume."), f("number", Str, "Before the number."), f("pages", Str, "Before the pages.")],
    },
    Record {
        name: "running",
        sentence: "What running heads say.",
        fields: &[f("title", MaybeStr, "The short title."), f("authors", MaybeStr, "The authors, in short.")],
    },
    Record {
        name: "code",
        sentence: "A code of a classification.",
        fields: &[
            f("scheme", Str, "`udc`, `bbk`, `mrnti`, `grnti`, `jel`, `msc` or `pacs`."),
            f("label", MaybeStr, "The classification's name, where the code itself does not begin with it."),
            f("body", Text, "The code."),
        ],
    },
    Record {
        name: "front",
        sentence: "The front matter in one language.",
        fields: &[
            LANG,
            REGION,
            DIR,
            f("genre", MaybeStr, "What kind of article it is, in words such as “Научная статья”, unless `headings` says so already."),
            f("about-authors", Str, "What stands above information about the authors."),
            f("headings", Array(&Text), "The rubric or the type of the article, as the journal prints it."),
            f("title", Text, "The title."),
            f("subtitle", Text, "The subtitle."),
            f("notices", Array(&Of("notice")), "What is to be known before reading."),
            f("authors", Array(&Of("author")), "The authors."),
            f("groups", Array(&Of("group")), "Members of groups of authors; editors, translators, reviewers."),
            f("contributions", MaybeRecord("contributions"), "What each author did."),
            f("affiliations", Array(&Of("affiliation")), "The affiliations."),
            f("notes", Blocks, "Notes about the authors, made of `note-entry`."),
            f("abstracts", Array(&Of("abstract")), "The abstracts."),
            f("keywords", Array(&Of("keywords")), "The groups of keywords."),
            f("history", Array(&Of("event")), "When it was received, revised, approved, accepted, published. The base shows that of the first language alone."),
            f("copyright", Array(&Text), "Statements of copyright."),
            f("licences", Array(&Blocks), "Licences."),
            f("funding", Array(&Of("funding")), "Statements of funding."),
            f("citation", MaybeRecord("citation"), "How the article is to be cited, where the journal wishes that to be said."),
            f("other", Blocks, "Whatever else the front matter says."),
        ],
    },
    Record {
        name: "sub-article",
        sentence: "An article inside the article.",
        fields: &[
            ID,
            f("kind", Str, "`translation`, `reply`, `decision-letter`, `referee-report`, `editor-report`, `author-comment`, `commentary` or `other`."),
            LANG,
            REGION,
            DIR,
            f("journal", Of("journal"), "Where it is published, as far as it says so itself: its DOI."),
            f("running", Of("running"), "What running heads say on its pages."),
            f("codes", Array(&Of("code")), "Codes of classifications."),
            f("fronts", Array(&Of("front")), "The front matter of each language, that of its text first. Never empty."),
            f("body", Blocks, "The text."),
            f("back", Blocks, "What follows the text."),
            f("parts", Array(&Of("sub-article")), "Parts inside it."),
        ],
    },
    Record {
        name: "citation",
        sentence: "How the article is to be cited, as strings that the program has made of the metadata. `cite-as` of base sets it, `cite-line` without the label.",
        fields: &[
            f("label", Str, "The label, such as “For citation”."),
            f("before", Str, "What stands before the pages."),
            f("lead", Str, "What introduces the pages. Left out with them."),
            f("pages", MaybeStr, "The pages, where the master names them; else they are those that the layout sets."),
            f("after", Str, "What stands behind the pages."),
            f("link", MaybeStr, "The DOI as it is shown, last of all."),
            f("href", MaybeStr, "The DOI as an address."),
        ],
    },
    Record {
        name: "colophon",
        sentence: "The imprint of the printed edition in one language, as strings that the program has made of what the project says and of the finished pages.",
        fields: &[
            LANG,
            REGION,
            DIR,
            f("lines", Array(&Of("colophon-line")), "What is said, in order."),
            f("age", MaybeStr, "The mark of the readers' age, such as `12+`."),
        ],
    },
    Record {
        name: "colophon-line",
        sentence: "A line of an imprint.",
        fields: &[
            f(
                "kind",
                Str,
                "`founder`, `publisher`, `address`, `registered`, `signed`, `format`, `paper`, `typeface`, `printing`, `conventional-sheets`, `publishers-sheets`, `copies`, `order`, `printer` or `price`.",
            ),
            f("text", Str, "What it says, without a stop."),
        ],
    },
    Record {
        name: "notice",
        sentence: "What is to be known before reading: that the article was withdrawn or corrected, or belongs to another.",
        fields: &[
            f(
                "kind",
                Str,
                "`retracted`, `retraction`, `corrected`, `correction`, `doubted`, `concern`, `preprint`, `has-preprint`, `comment-on`, `commented`, `reviewed`, `reply-to`, `companion` or `related`.",
            ),
            f("warning", Flag, "Whether a reader must know it before anything else."),
            f("label", Str, "What it is in words."),
            f("body", Text, "The other article, where there is one."),
        ],
    },
    Record {
        name: "group",
        sentence: "People who are no authors, or the members of a group of authors.",
        fields: &[
            f("label", MaybeStr, "What they did, or the name of the group, where the master does not say the role of each."),
            f("people", Array(&Of("author")), "The people."),
        ],
    },
    Record {
        name: "contributions",
        sentence: "What each author did, in the terms of CRediT.",
        fields: &[f("label", Str, "The label."), f("lines", Array(&Of("contribution")), "The authors.")],
    },
    Record { name: "contribution", sentence: "What one author did.", fields: &[f("name", Of("name"), "The name."), f("credits", Array(&Text), "The roles.")] },
    Record {
        name: "author",
        sentence: "An author, editor, translator.",
        fields: &[
            ID,
            f("name", Of("name"), "The name in this language."),
            f("initials", MaybeStr, "The initials, where the name is told apart."),
            f("also", Array(&Of("name")), "The name in languages without front matter of their own."),
            f("marks", Array(&Of("mark")), "The marks at the name."),
            f("affiliations", Array(&Number), "The places of the author's affiliations in the front matter's list, from 0."),
            f("degrees", Array(&Text), "Academic degrees."),
            f("roles", Array(&Text), "What the author did."),
            f("kind", Str, "`author`, `editor` and so on."),
            f("orcid", MaybeStr, "The ORCID as an address."),
            f("emails", Array(&Text), "Mail addresses."),
            f("corresponding", Flag, "Whether letters go to this one."),
            f("equal", Flag, "Whether this one is marked as having contributed equally."),
            f("deceased", Flag, "Whether this one has died."),
            f("about", Blocks, "A biography, an address."),
        ],
    },
    Record {
        name: "name",
        sentence: "A name. Where `whole` is there, the parts are not.",
        fields: &[
            f("tongue", MaybeRecord("tongue"), "The language, where it is another than that of what surrounds it."),
            f("order", Str, "`given-first` or `surname-first`."),
            f("prefix", Text, "What stands before it."),
            f("given", Text, "Given names."),
            f("surname", Text, "The surname."),
            f("suffix", Text, "What stands after it."),
            f("whole", Text, "A name that is not told apart."),
            f("collective", Flag, "Whether it names a group."),
        ],
    },
    Record {
        name: "mark",
        sentence: "A mark at an author's name.",
        fields: &[f("to", MaybeStr, "The id of what it leads to."), f("body", Text, "What it shows.")],
    },
    Record { name: "affiliation", sentence: "An affiliation.", fields: &[ID, f("label", Text, "Its label."), f("body", Text, "What it says.")] },
    Record {
        name: "abstract",
        sentence: "An abstract.",
        fields: &[
            ID,
            f("kind", MaybeStr, "The type, such as `graphical`."),
            LABEL,
            f("title", Text, "The title that the master gives, in place of the label."),
            f("parts", Array(&Of("part")), "Its parts; mostly one, without a title."),
        ],
    },
    Record {
        name: "part",
        sentence: "A part of an abstract.",
        fields: &[ID, f("label", Text, "Its label."), f("title", Text, "Its title."), f("body", Of("flow"), "What it says.")],
    },
    Record {
        name: "keywords",
        sentence: "A group of keywords.",
        fields: &[LABEL, f("title", Text, "The title that the master gives, in place of the label."), f("items", Array(&Text), "The keywords.")],
    },
    Record {
        name: "event",
        sentence: "A date of the article's history.",
        fields: &[
            f("kind", Str, "`received`, `revised`, `approved`, `accepted` or `published`."),
            LABEL,
            f("date", Str, "The date in words."),
            f("sentence", MaybeStr, "Both as a standard tells them, such as “Статья поступила в редакцию 1 марта 2020 г.”"),
        ],
    },
    Record { name: "funding", sentence: "A statement of funding.", fields: &[LABEL, f("body", Text, "What it says.")] },
    Record {
        name: "flow",
        sentence: "Blocks whose first paragraph can be run in behind something: a label, a term.",
        fields: &[
            f("id", MaybeStr, "The id of the first paragraph."),
            f("lead", Text, "The text of the first paragraph, where the first block is one."),
            f("rest", Blocks, "The other blocks."),
        ],
    },
    Record {
        name: "item",
        sentence: "An item of a list.",
        fields: &[ID, f("label", Text, "A label of its own, in place of the mark."), f("body", Blocks, "What it says.")],
    },
    Record {
        name: "definition",
        sentence: "A term with its definition.",
        fields: &[ID, f("term", Text, "The term."), f("body", Of("flow"), "What it means.")],
    },
    Record {
        name: "reference",
        sentence: "A reference.",
        fields: &[
            ID,
            f("label", Text, "The label, as the master has it, or the number."),
            f("label-signs", Number, "How many signs that has."),
            f("citations", Array(&Text), "What it says: mostly one text."),
            f("signs", Number, "How many signs that has, about."),
            f("tongue", MaybeRecord("tongue"), "The language, where the master names one."),
            f("cited-by", Array(&Str), "The ids of the places that cite it."),
        ],
    },
    Record { name: "tongue", sentence: "A language.", fields: &[LANG, REGION, DIR] },
];
