//! Passages that are tagged with a language in which they are not.
//!
//! 1. The article is cut into passages, each with the language that it is tagged with: titles, abstracts, keywords, affiliations, the text paragraph by paragraph.
//!    References are in languages of their own and are not looked at.
//! 2. A passage in another script than its language's is wrong. How long it must be depends on what it is.
//! 3. Among languages in Cyrillic letters tell: `ң ө ү` are Kyrgyz and not Russian, and a page of Kyrgyz without them is none.
//! 4. Where most of the text is wrong, that is one finding: the article names no language, or a wrong one.
//!
//! Letters: the alphabets of Russian, Kyrgyz, Kazakh, Ukrainian and Belarusian; the shares of the letters are those of running text, with room to spare.

use super::Master;
use super::text::{NAMED, Script, each_part, others, start, tag};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::front::Front;
use crate::model::inline::Inline;
use crate::model::plain;
use crate::source::Span;

/// The letters that a title or an affiliation must have before its script is judged.
const SHORT: usize = 12;

/// The letters that a paragraph must have.
const LONG: usize = 60;

/// How long a text must be before it is said to be in another language because it lacks the letters of its own: one letter in ten is of these in Kazakh and
/// Ukrainian, one in forty in Kyrgyz.
const SURE: usize = 150;

/// The same for Kyrgyz.
const SURE_KYRGYZ: usize = 450;

/// Reports passages that are not in their language.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let article = master.article;
    let mut looker = Looker { leaves: &article.leaves, passages: Vec::new() };
    looker.front(&article.lang, &article.front);
    let mut found: Vec<(Passage, Wrong)> = looker.take();
    let mut texts: Vec<(&Lang, Span, [&[Block]; 2])> = vec![(&article.lang, master.tree.root.span, [&article.body, &article.back])];
    each_part(&article.parts, &mut |part| {
        looker.front(&part.lang, &part.front);
        texts.push((&part.lang, part.span, [&part.body, &part.back]));
    });
    found.extend(looker.take());
    for (lang, span, blocks) in texts {
        blocks.into_iter().for_each(|blocks| looker.blocks(lang, blocks));
        found.extend(whole(&mut looker, lang, article_tag(master, span)));
    }
    let all = found.len();
    for (at, (passage, wrong)) in found.into_iter().take(NAMED).enumerate() {
        let others = others(at, all, "is like it", "are like it");
        let hint = match (wrong.meant, passage.what) {
            (Some(meant), "the text") => format!("say `xml:lang=\"{meant}\"` where the article or its part begins"),
            (Some(meant), _) => format!("say `xml:lang=\"{meant}\"` there, if that is its language"),
            (None, _) => "let `xml:lang` name the language that it is in".to_owned(),
        };
        let message = format!("{} is tagged `{}`, but {}{others}", passage.what, passage.lang.tag(), wrong.why);
        log.push(Diagnostic::new(Code::WrongLanguage, message).at(passage.span).hint(hint));
    }
}

/// The start tag of the article or of a part: where its language stands, or should.
fn article_tag(master: Master<'_>, span: Span) -> Span {
    let mut element = &master.tree.root;
    while element.name != "article" && span == master.tree.root.span {
        let Some(inner) = element.elements().next() else { break };
        element = inner;
    }
    if span == master.tree.root.span { element.tag } else { tag(master.tree, span) }
}

/// What is wrong in a text: its paragraphs, or all of it where most of it is wrong in one way.
fn whole(looker: &mut Looker<'_>, lang: &Lang, at: Span) -> Vec<(Passage, Wrong)> {
    let own = |passage: &&Passage| passage.lang == *lang;
    let text: String = looker.passages.iter().filter(own).map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
    if let Some(wrong) = judge(lang, &text, LONG) {
        looker.passages.retain(|passage| passage.lang != *lang);
        let mut found = vec![(Passage { what: "the text", lang: lang.clone(), text: String::new(), least: LONG, span: at }, wrong)];
        found.extend(looker.take());
        return found;
    }
    looker.take()
}

/// A text in one language.
struct Passage {
    what: &'static str,
    lang: Lang,
    text: String,
    /// How many letters it must have before its script is judged.
    least: usize,
    span: Span,
}

/// Why a passage is not in its language, and which it is in, where that is plain.
struct Wrong {
    why: String,
    meant: Option<&'static str>,
}

struct Looker<'a> {
    leaves: &'a Leaves,
    passages: Vec<Passage>,
}

impl Looker<'_> {
    /// Judges what was gathered.
    fn take(&mut self) -> Vec<(Passage, Wrong)> {
        std::mem::take(&mut self.passages)
            .into_iter()
            .filter_map(|passage| judge(&passage.lang, &passage.text, passage.least).map(|wrong| (passage, wrong)))
            .collect()
    }

    fn add(&mut self, what: &'static str, lang: &Lang, runs: &[&[Inline]], least: usize) {
        let Some(span) = runs.iter().find_map(|run| start(self.leaves, run)) else { return };
        let text = runs.iter().map(|run| own(self.leaves, run)).collect::<Vec<_>>().join("\n");
        self.passages.push(Passage { what, lang: lang.clone(), text, least, span });
    }

    fn front(&mut self, lang: &Lang, front: &Front) {
        for title in &front.titles {
            self.add("the title", &title.lang, &[&title.said.title, &title.said.subtitle], SHORT);
        }
        for part in &front.abstracts {
            let before = self.passages.len();
            self.blocks(&part.lang, &part.said.blocks);
            let gathered: Vec<Passage> = self.passages.drain(before..).collect();
            let text = gathered.iter().filter(|passage| passage.lang == part.lang).map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
            if let Some(first) = gathered.first() {
                self.passages.push(Passage { what: "the abstract", lang: part.lang.clone(), text, least: LONG, span: first.span });
            }
        }
        for group in &front.keywords {
            let runs: Vec<&[Inline]> = group.said.items.iter().map(Vec::as_slice).collect();
            self.add("the group of keywords", &group.lang, &runs, SHORT);
        }
        for form in front.affiliations.iter().flat_map(|affiliation| &affiliation.forms) {
            self.add("the affiliation", form.lang.as_ref().unwrap_or(lang), &[&form.body], LONG);
        }
    }

    fn blocks(&mut self, lang: &Lang, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Section(section) | Block::Boxed(section) => {
                    self.add("the heading", lang, &[&section.title], SHORT * 2);
                    self.blocks(lang, &section.blocks);
                }
                Block::Statement(statement) => self.blocks(lang, &statement.blocks),
                Block::Paragraph(paragraph) => self.add("the paragraph", lang, &[&paragraph.body], LONG),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(lang, &item.blocks)),
                Block::Definitions(list) => list.items.iter().for_each(|item| self.blocks(lang, &item.blocks)),
                Block::Quote(quote) => self.blocks(lang, &quote.blocks),
                Block::Figure(figure) => {
                    self.add("the caption", lang, &[&figure.title], SHORT * 2);
                    self.blocks(lang, &figure.caption);
                }
                Block::Table(wrap) => {
                    self.add("the caption", lang, &[&wrap.title], SHORT * 2);
                    self.blocks(lang, &wrap.caption);
                }
                Block::Foreign(lang, blocks) => self.blocks(lang, blocks),
                // Code, verse and formulas are in no language or in any; references and notes about sources are in their own.
                Block::Lines(_) | Block::Formula(_) | Block::References(_) | Block::Notes(_) => {}
            }
        }
    }
}

/// The text of a run without what is tagged with another language.
fn own(leaves: &Leaves, run: &[Inline]) -> String {
    run.iter().filter(|inline| !matches!(inline, Inline::Foreign(..))).map(|inline| plain::text(leaves, std::slice::from_ref(inline))).collect()
}

/// Judges a text; `None` where it may well be in its language.
fn judge(lang: &Lang, text: &str, least: usize) -> Option<Wrong> {
    let scripts: Vec<Script> = text.chars().filter_map(Script::of).collect();
    if scripts.len() < least {
        return None;
    }
    let count = |wanted: Script| scripts.iter().filter(|script| **script == wanted).count();
    if let Some(expected) = expected(lang)
        && let Some(found) = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Hebrew, Script::Arabic, Script::EastAsian]
            .into_iter()
            .find(|script| count(*script) * 100 > scripts.len() * 85)
        && !expected.contains(&found)
    {
        let meant = if found == Script::Cyrillic { Some(in_cyrillic(text)) } else { None };
        return Some(Wrong { why: format!("its letters are {}", found.name()), meant });
    }
    if count(Script::Cyrillic) * 100 > scripts.len() * 85 { by_letters(lang, text) } else { None }
}

/// The scripts in which a language is written; `None` where that is not known here. Source: CLDR, supplemental data, languages and scripts.
fn expected(lang: &Lang) -> Option<&'static [Script]> {
    match lang.script() {
        Some("Latn") => return Some(&[Script::Latin]),
        Some("Cyrl") => return Some(&[Script::Cyrillic]),
        Some(_) => return None,
        None => {}
    }
    Some(match lang.primary() {
        "ru" | "ky" | "uk" | "be" | "bg" | "mk" | "tg" | "tt" | "ba" | "cv" | "sah" | "os" | "ce" => &[Script::Cyrillic],
        "kk" | "sr" | "uz" | "mn" | "az" | "bs" | "tk" | "cnr" => &[Script::Cyrillic, Script::Latin, Script::Arabic, Script::Other],
        "en" | "de" | "fr" | "es" | "pt" | "it" | "pl" | "cs" | "sk" | "sl" | "hr" | "ro" | "hu" | "lt" | "lv" | "et" | "fi" | "sv" | "da" | "nb" | "no"
        | "nl" | "tr" | "la" | "ca" | "gl" | "eu" | "sq" | "id" | "ms" | "vi" => &[Script::Latin],
        "el" => &[Script::Greek],
        "he" => &[Script::Hebrew],
        "ar" | "fa" | "ur" => &[Script::Arabic],
        "zh" | "ja" | "ko" => &[Script::EastAsian],
        _ => return None,
    })
}

/// Letters that tell a language from Russian.
const KYRGYZ: &str = "ңөү";
const KAZAKH: &str = "әғқұһі";
const UKRAINIAN: &str = "їєґ";
const BELARUSIAN: &str = "ў";
/// Letters that Ukrainian has not.
const NOT_UKRAINIAN: &str = "ыэъё";

/// How many of some letters a text has.
fn has(text: &str, letters: &str) -> usize {
    text.chars().flat_map(char::to_lowercase).filter(|c| letters.contains(*c)).count()
}

/// The most likely language of a text in Cyrillic, of the five that are told apart.
fn in_cyrillic(text: &str) -> &'static str {
    let [kyrgyz, kazakh, ukrainian, belarusian] = [KYRGYZ, KAZAKH, UKRAINIAN, BELARUSIAN].map(|letters| has(text, letters));
    let dotted = has(text, "і");
    if belarusian > 0 && dotted > 0 {
        "be"
    } else if ukrainian > 0 && dotted > 0 {
        "uk"
    } else if kazakh > kyrgyz {
        "kk"
    } else if kyrgyz > 0 {
        "ky"
    } else {
        "ru"
    }
}

/// What the letters of a Cyrillic text say against its language.
fn by_letters(lang: &Lang, text: &str) -> Option<Wrong> {
    let all = text.chars().filter(|c| c.is_alphabetic()).count();
    let lacks = |letters: &str| all >= (if letters == KYRGYZ { SURE_KYRGYZ } else { SURE }) && has(text, letters) == 0;
    // A hundredth of the letters, and more than a name or two brings along.
    let full = |letters: &str| {
        let has = has(text, letters);
        has >= 4 && has * 100 >= all
    };
    let without = |letters: &str, language: &str| format!("it has none of the letters `{}` of {language}", spaced(letters));
    let foreign = |letters: &str, language: &str| format!("it has letters that {language} has not: `{}`", spaced(&found(text, letters)));
    let why = match lang.primary() {
        "ru" if full(&[KYRGYZ, KAZAKH, UKRAINIAN, BELARUSIAN].concat()) => foreign(&[KYRGYZ, KAZAKH, UKRAINIAN, BELARUSIAN].concat(), "Russian"),
        "ky" if full(KAZAKH) => foreign(KAZAKH, "Kyrgyz"),
        "ky" if lacks(KYRGYZ) => without(KYRGYZ, "Kyrgyz"),
        "kk" if lacks(KAZAKH) => without(KAZAKH, "Kazakh"),
        "uk" if full(NOT_UKRAINIAN) => foreign(NOT_UKRAINIAN, "Ukrainian"),
        "uk" if lacks("іїє") => without("іїє", "Ukrainian"),
        "be" if lacks("іў") => without("іў", "Belarusian"),
        _ => return None,
    };
    let meant = in_cyrillic(text);
    Some(Wrong { why, meant: (meant != lang.primary()).then_some(meant) })
}

/// Those of some letters that a text has.
fn found(text: &str, letters: &str) -> String {
    letters.chars().filter(|letter| has(text, &letter.to_string()) > 0).collect()
}

fn spaced(letters: &str) -> String {
    letters.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked};

    const RUSSIAN: &str = "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек должен обладать всеми правами и всеми свободами.";
    const KYRGYZ: &str = "Бардык адамдар өз беделинде жана укуктарында эркин жана тең укуктуу болуп жаралат. Алардын аң-сезими менен абийири бар жана бири-бирине бир туугандык мамиле кылууга тийиш. Көз карашына, тилине, дүйнө таанымына, мүлктүк абалына карабастан, ар бир адам бардык укуктарга жана эркиндиктерге ээ болууга тийиш.";
    const KAZAKH: &str = "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді. Адамдарға ақыл-парасат, ар-ождан берілген, сондықтан олар бір-бірімен туыстық, бауырмалдық қарым-қатынас жасаулары тиіс.";
    const UKRAINIAN: &str = "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина повинна мати всі права.";
    const ENGLISH: &str = "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience.";

    fn says(lang: &str, text: &str, wanted: &[&str]) {
        checked(&article(lang, "", &format!("<p>{text}</p>"), "").replace("О вещах", "Title")).says(wanted);
    }

    #[test]
    fn texts_in_their_language_are_let_be() {
        for (lang, text) in [("ru", RUSSIAN), ("ky", KYRGYZ), ("kk", KAZAKH), ("uk", UKRAINIAN), ("en", ENGLISH), ("xx", RUSSIAN), ("sr", RUSSIAN)] {
            says(lang, text, &[]);
        }
    }

    #[test]
    fn letters_tell() {
        says("ru", KYRGYZ, &["wrong-language: the text is tagged `ru`, but it has letters that Russian has not: `ң ө ү`"]);
        says("ru", KAZAKH, &["wrong-language"]);
        says("ru", UKRAINIAN, &["wrong-language: the text is tagged `ru`, but it has letters that Russian has not: `і ї`"]);
        says("ky", &RUSSIAN.repeat(3), &["wrong-language: the text is tagged `ky`, but it has none of the letters `ң ө ү` of Kyrgyz"]);
        says("ky", KAZAKH, &["wrong-language: the text is tagged `ky`, but it has letters that Kyrgyz has not: `ә ғ қ ұ і`"]);
        says("kk", RUSSIAN, &["wrong-language: the text is tagged `kk`, but it has none of the letters"]);
        says("uk", RUSSIAN, &["wrong-language"]);
        says("be", RUSSIAN, &["wrong-language: the text is tagged `be`, but it has none of the letters `і ў` of Belarusian"]);
    }

    #[test]
    fn scripts_tell() {
        says("en", RUSSIAN, &["wrong-language: the text is tagged `en`, but its letters are Cyrillic"]);
        says("ru", ENGLISH, &["wrong-language: the text is tagged `ru`, but its letters are Latin"]);
        says("ru", "Слово.", &[]);
        says("uz-Latn", RUSSIAN, &["wrong-language"]);
    }

    #[test]
    fn a_passage_in_a_text_is_named_by_itself() {
        let long = ENGLISH.repeat(20);
        checked(&article("en", "", &format!("<p>{long}</p><p>{RUSSIAN}</p>"), "")).says_at("wrong-language: the paragraph is tagged `en`", "Все");
        checked(&article("en", "", &format!("<p>{long}</p><disp-quote xml:lang='ru'><p>{RUSSIAN}</p></disp-quote>"), "")).says(&[]);
        checked(&article("en", "", &format!("<p>{long} <named-content xml:lang='ru'>{RUSSIAN}</named-content></p>"), "")).says(&[]);
    }

    #[test]
    fn front_matter_is_looked_at() {
        let meta =
            format!("<trans-abstract xml:lang='ru'><p>{ENGLISH}</p></trans-abstract><kwd-group xml:lang='ru'><kwd>energy</kwd><kwd>policy</kwd></kwd-group>");
        let checked = checked(&article("en", &meta, &format!("<p>{ENGLISH}</p>"), ""));
        let said: Vec<&str> = checked.said.iter().map(|(said, _)| said.as_str()).filter(|said| said.starts_with("wrong-language")).collect();
        assert!(said[0].contains("the abstract") && said[1].contains("the group of keywords"), "{said:?}");
    }
}
