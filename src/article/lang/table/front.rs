//! The words of the front matter: what a part of the article is, who had which part in it, what became of it.
//!
//! A word that nobody is sure of is left out of its language, and the English one stands there.

use super::Lang;
use crate::term::{NoticeKind, PartKind, Task};

/// The words of the front matter in a language.
#[derive(Debug)]
pub struct FrontWords {
    /// A letter or an answer to one.
    pub reply: &'static str,
    /// An editor's decision.
    pub decision_letter: &'static str,
    /// A referee's report.
    pub referee_report: &'static str,
    /// What an editor says of the article.
    pub editor_report: &'static str,
    /// What authors answer.
    pub author_comment: &'static str,
    /// A comment.
    pub commentary: &'static str,
    /// Before one editor, before several.
    pub editor: [&'static str; 2],
    /// Before one translator, before several.
    pub translator: [&'static str; 2],
    /// Before one referee, before several.
    pub reviewer: [&'static str; 2],
    /// Before others who had a part.
    pub contributor: [&'static str; 2],
    /// Before the group for which the authors wrote.
    pub on_behalf_of: &'static str,
    /// Before what each author did.
    pub contributions: &'static str,
    /// What is said of authors with an equal share.
    pub equal: &'static str,
    /// What is said of authors who have died.
    pub deceased: &'static str,
    /// Above the points that matter most.
    pub highlights: &'static str,
    /// Above an abstract that is a picture.
    pub graphical: &'static str,
    /// Above an abstract for everybody.
    pub plain_language: &'static str,
    /// Above a summary beside the abstract.
    pub summary: &'static str,
    /// Before abbreviations.
    pub abbreviations: &'static str,
    /// On an article that was withdrawn.
    pub retracted: &'static str,
    /// On the notice that withdraws it.
    pub retraction: &'static str,
    /// On an article that was corrected.
    pub corrected: &'static str,
    /// On the correction.
    pub correction: &'static str,
    /// On an article of which the editors have doubts.
    pub doubted: &'static str,
    /// On the notice that says so.
    pub concern: &'static str,
    /// On an article that no referee has seen.
    pub preprint: &'static str,
    /// Before the preprint of an article.
    pub preprint_of: &'static str,
    /// On a comment, before what it comments.
    pub comment_on: &'static str,
    /// Before a comment on the article.
    pub commented: &'static str,
    /// On a report, before what it reports of.
    pub reviewed: &'static str,
    /// On an answer, before what it answers.
    pub reply_to: &'static str,
    /// Before an article that belongs to this one.
    pub companion: &'static str,
    /// Before any other article.
    pub related: &'static str,
    /// Before the name of a licence.
    pub licence: &'static str,
    /// Before the event at which a paper was read.
    pub conference: &'static str,
}

/// The words of a language; the English ones where the table does not have it.
#[must_use]
pub fn words(lang: &Lang) -> &'static FrontWords {
    if super::entry(lang).is_none() {
        return &ENGLISH;
    }
    match lang.primary() {
        "ru" => &RUSSIAN,
        "uk" => &UKRAINIAN,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "pt" => &PORTUGUESE,
        "it" => &ITALIAN,
        "pl" => &POLISH,
        "sl" => &SLOVENE,
        _ => &ENGLISH,
    }
}

impl FrontWords {
    /// The word for a part of the article; empty where there is none to be said.
    #[must_use]
    pub fn part(&self, kind: PartKind) -> &'static str {
        match kind {
            PartKind::Translation | PartKind::Other => "",
            PartKind::Reply => self.reply,
            PartKind::DecisionLetter => self.decision_letter,
            PartKind::RefereeReport => self.referee_report,
            PartKind::EditorReport => self.editor_report,
            PartKind::AuthorComment => self.author_comment,
            PartKind::Commentary => self.commentary,
        }
    }

    /// The word before people of one task, for one or for several.
    #[must_use]
    pub fn task(&self, task: Task, many: bool) -> &'static str {
        let pair = match task {
            Task::Author => return "",
            Task::Editor => self.editor,
            Task::Translator => self.translator,
            Task::Reviewer => self.reviewer,
            Task::Other => self.contributor,
        };
        pair[usize::from(many)]
    }

    /// What is said of an article that has to do with this one, or of this one because of it.
    #[must_use]
    pub fn notice(&self, kind: NoticeKind) -> &'static str {
        match kind {
            NoticeKind::Retracted => self.retracted,
            NoticeKind::Retraction => self.retraction,
            NoticeKind::Corrected => self.corrected,
            NoticeKind::Correction => self.correction,
            NoticeKind::Doubted => self.doubted,
            NoticeKind::Concern => self.concern,
            NoticeKind::Preprint => self.preprint,
            NoticeKind::HasPreprint => self.preprint_of,
            NoticeKind::CommentOn => self.comment_on,
            NoticeKind::Commented => self.commented,
            NoticeKind::Reviewed => self.reviewed,
            NoticeKind::ReplyTo => self.reply_to,
            NoticeKind::Companion => self.companion,
            NoticeKind::Related => self.related,
        }
    }
}

static ENGLISH: FrontWords = WORDS;

const WORDS: FrontWords = FrontWords {
    reply: "Reply",
    decision_letter: "Decision letter",
    referee_report: "Referee report",
    editor_report: "Editor’s report",
    author_comment: "Author response",
    commentary: "Commentary",
    editor: ["Editor", "Editors"],
    translator: ["Translator", "Translators"],
    reviewer: ["Reviewer", "Reviewers"],
    contributor: ["Contributor", "Contributors"],
    on_behalf_of: "on behalf of",
    contributions: "Author contributions",
    equal: "These authors contributed equally",
    deceased: "Deceased",
    highlights: "Highlights",
    graphical: "Graphical abstract",
    plain_language: "Plain language summary",
    summary: "Summary",
    abbreviations: "Abbreviations",
    retracted: "This article has been retracted",
    retraction: "Retraction of",
    corrected: "This article has been corrected",
    correction: "Correction to",
    doubted: "An expression of concern has been published about this article",
    concern: "Expression of concern about",
    preprint: "Preprint, not peer reviewed",
    preprint_of: "Preprint",
    comment_on: "Comment on",
    commented: "Commented on in",
    reviewed: "Review of",
    reply_to: "In reply to",
    companion: "Companion article",
    related: "Related article",
    licence: "Licence",
    conference: "Presented at",
};

static RUSSIAN: FrontWords = FrontWords {
    reply: "Ответ",
    decision_letter: "Решение редакции",
    referee_report: "Рецензия",
    editor_report: "Заключение редактора",
    author_comment: "Ответ авторов",
    commentary: "Комментарий",
    editor: ["Редактор", "Редакторы"],
    translator: ["Переводчик", "Переводчики"],
    reviewer: ["Рецензент", "Рецензенты"],
    contributor: ["Участник", "Участники"],
    on_behalf_of: "от имени",
    contributions: "Вклад авторов",
    equal: "Эти авторы внесли равный вклад",
    deceased: "Скончался",
    highlights: "Основные положения",
    graphical: "Графическая аннотация",
    plain_language: "Резюме для широкой аудитории",
    summary: "Резюме",
    abbreviations: "Сокращения",
    retracted: "Статья отозвана",
    retraction: "Отзыв статьи",
    corrected: "В статью внесены исправления",
    correction: "Исправление к статье",
    preprint: "Препринт, не рецензирован",
    preprint_of: "Препринт",
    comment_on: "Комментарий к статье",
    commented: "Комментарий",
    reviewed: "Рецензия на статью",
    reply_to: "Ответ на",
    companion: "Сопутствующая статья",
    related: "Связанная статья",
    licence: "Лицензия",
    conference: "Представлено на",
    ..WORDS
};

static UKRAINIAN: FrontWords = FrontWords {
    reply: "Відповідь",
    referee_report: "Рецензія",
    author_comment: "Відповідь авторів",
    commentary: "Коментар",
    editor: ["Редактор", "Редактори"],
    translator: ["Перекладач", "Перекладачі"],
    reviewer: ["Рецензент", "Рецензенти"],
    on_behalf_of: "від імені",
    contributions: "Внесок авторів",
    equal: "Ці автори зробили рівний внесок",
    abbreviations: "Скорочення",
    summary: "Резюме",
    retracted: "Статтю відкликано",
    preprint_of: "Препринт",
    licence: "Ліцензія",
    ..WORDS
};

static GERMAN: FrontWords = FrontWords {
    reply: "Erwiderung",
    decision_letter: "Entscheidung der Redaktion",
    referee_report: "Gutachten",
    editor_report: "Stellungnahme der Redaktion",
    author_comment: "Antwort der Autoren",
    commentary: "Kommentar",
    editor: ["Herausgeber", "Herausgeber"],
    translator: ["Übersetzung", "Übersetzung"],
    reviewer: ["Gutachten", "Gutachten"],
    contributor: ["Mitwirkende", "Mitwirkende"],
    on_behalf_of: "im Namen von",
    contributions: "Beiträge der Autoren",
    equal: "Diese Autoren haben zu gleichen Teilen beigetragen",
    deceased: "Verstorben",
    highlights: "Kernaussagen",
    graphical: "Grafische Zusammenfassung",
    plain_language: "Zusammenfassung in einfacher Sprache",
    summary: "Kurzfassung",
    abbreviations: "Abkürzungen",
    retracted: "Dieser Artikel wurde zurückgezogen",
    retraction: "Rückzug von",
    corrected: "Dieser Artikel wurde berichtigt",
    correction: "Berichtigung zu",
    preprint: "Preprint, nicht begutachtet",
    comment_on: "Kommentar zu",
    commented: "Kommentar dazu",
    reviewed: "Gutachten zu",
    reply_to: "Antwort auf",
    companion: "Begleitartikel",
    related: "Verwandter Artikel",
    licence: "Lizenz",
    conference: "Vorgetragen bei",
    ..WORDS
};

static FRENCH: FrontWords = FrontWords {
    reply: "Réponse",
    decision_letter: "Lettre de décision",
    referee_report: "Rapport d’évaluation",
    editor_report: "Rapport de la rédaction",
    author_comment: "Réponse des auteurs",
    commentary: "Commentaire",
    editor: ["Rédaction", "Rédaction"],
    translator: ["Traduction", "Traduction"],
    reviewer: ["Évaluation", "Évaluation"],
    contributor: ["Contribution", "Contributions"],
    on_behalf_of: "au nom de",
    contributions: "Contributions des auteurs",
    equal: "Ces auteurs ont contribué à parts égales",
    deceased: "Décédé",
    highlights: "Points clés",
    graphical: "Résumé graphique",
    plain_language: "Résumé en langage simple",
    summary: "Synthèse",
    abbreviations: "Abréviations",
    retracted: "Cet article a été rétracté",
    retraction: "Rétractation de",
    corrected: "Cet article a été corrigé",
    correction: "Correction de",
    preprint: "Prépublication, non évaluée par les pairs",
    preprint_of: "Prépublication",
    comment_on: "Commentaire sur",
    commented: "Commenté dans",
    reviewed: "Évaluation de",
    reply_to: "En réponse à",
    companion: "Article associé",
    related: "Article lié",
    licence: "Licence",
    conference: "Présenté à",
    ..WORDS
};

static SPANISH: FrontWords = FrontWords {
    reply: "Respuesta",
    decision_letter: "Carta de decisión",
    referee_report: "Informe de revisión",
    editor_report: "Informe editorial",
    author_comment: "Respuesta de los autores",
    commentary: "Comentario",
    editor: ["Editor", "Editores"],
    translator: ["Traductor", "Traductores"],
    reviewer: ["Revisor", "Revisores"],
    contributor: ["Colaborador", "Colaboradores"],
    on_behalf_of: "en nombre de",
    contributions: "Contribución de los autores",
    equal: "Estos autores contribuyeron por igual",
    deceased: "Fallecido",
    highlights: "Puntos destacados",
    graphical: "Resumen gráfico",
    plain_language: "Resumen en lenguaje sencillo",
    summary: "Síntesis",
    abbreviations: "Abreviaturas",
    retracted: "Este artículo ha sido retractado",
    retraction: "Retractación de",
    corrected: "Este artículo ha sido corregido",
    correction: "Corrección de",
    doubted: "Se ha publicado una expresión de preocupación sobre este artículo",
    concern: "Expresión de preocupación sobre",
    preprint: "Preprint, no revisado por pares",
    comment_on: "Comentario sobre",
    commented: "Comentado en",
    reviewed: "Revisión de",
    reply_to: "En respuesta a",
    companion: "Artículo complementario",
    related: "Artículo relacionado",
    licence: "Licencia",
    conference: "Presentado en",
    ..WORDS
};

static PORTUGUESE: FrontWords = FrontWords {
    reply: "Resposta",
    decision_letter: "Carta de decisão",
    referee_report: "Parecer",
    editor_report: "Parecer editorial",
    author_comment: "Resposta dos autores",
    commentary: "Comentário",
    editor: ["Editor", "Editores"],
    translator: ["Tradutor", "Tradutores"],
    reviewer: ["Parecerista", "Pareceristas"],
    contributor: ["Colaborador", "Colaboradores"],
    on_behalf_of: "em nome de",
    contributions: "Contribuição dos autores",
    equal: "Estes autores contribuíram igualmente",
    deceased: "Falecido",
    highlights: "Destaques",
    graphical: "Resumo gráfico",
    plain_language: "Resumo em linguagem simples",
    summary: "Síntese",
    abbreviations: "Abreviaturas",
    retracted: "Este artigo foi retratado",
    retraction: "Retratação de",
    corrected: "Este artigo foi corrigido",
    correction: "Errata de",
    doubted: "Uma manifestação de preocupação foi publicada sobre este artigo",
    concern: "Manifestação de preocupação sobre",
    preprint: "Preprint, não avaliado por pares",
    comment_on: "Comentário sobre",
    commented: "Comentado em",
    reviewed: "Parecer sobre",
    reply_to: "Em resposta a",
    companion: "Artigo complementar",
    related: "Artigo relacionado",
    licence: "Licença",
    conference: "Apresentado em",
    ..WORDS
};

static ITALIAN: FrontWords = FrontWords {
    reply: "Risposta",
    referee_report: "Rapporto di revisione",
    author_comment: "Risposta degli autori",
    commentary: "Commento",
    editor: ["A cura di", "A cura di"],
    translator: ["Traduzione", "Traduzione"],
    reviewer: ["Revisione", "Revisione"],
    on_behalf_of: "a nome di",
    contributions: "Contributi degli autori",
    equal: "Questi autori hanno contribuito in egual misura",
    deceased: "Deceduto",
    highlights: "Punti chiave",
    graphical: "Abstract grafico",
    summary: "Sintesi",
    abbreviations: "Abbreviazioni",
    retracted: "Questo articolo è stato ritrattato",
    retraction: "Ritrattazione di",
    corrected: "Questo articolo è stato corretto",
    correction: "Correzione di",
    comment_on: "Commento a",
    commented: "Commentato in",
    reply_to: "In risposta a",
    related: "Articolo correlato",
    licence: "Licenza",
    conference: "Presentato a",
    ..WORDS
};

static POLISH: FrontWords = FrontWords {
    reply: "Odpowiedź",
    referee_report: "Recenzja",
    author_comment: "Odpowiedź autorów",
    commentary: "Komentarz",
    editor: ["Redaktor", "Redaktorzy"],
    translator: ["Tłumacz", "Tłumacze"],
    reviewer: ["Recenzent", "Recenzenci"],
    on_behalf_of: "w imieniu",
    contributions: "Wkład autorów",
    equal: "Autorzy wnieśli równy wkład",
    deceased: "Nie żyje",
    highlights: "Najważniejsze informacje",
    graphical: "Streszczenie graficzne",
    summary: "Podsumowanie",
    abbreviations: "Skróty",
    retracted: "Artykuł został wycofany",
    corrected: "Artykuł został skorygowany",
    preprint_of: "Preprint",
    comment_on: "Komentarz do",
    reply_to: "W odpowiedzi na",
    licence: "Licencja",
    ..WORDS
};

static SLOVENE: FrontWords = FrontWords {
    reply: "Odgovor",
    referee_report: "Recenzija",
    author_comment: "Odgovor avtorjev",
    commentary: "Komentar",
    editor: ["Urednik", "Uredniki"],
    translator: ["Prevajalec", "Prevajalci"],
    reviewer: ["Recenzent", "Recenzenti"],
    on_behalf_of: "v imenu",
    contributions: "Prispevki avtorjev",
    abbreviations: "Okrajšave",
    summary: "Povzetek",
    retracted: "Članek je bil umaknjen",
    corrected: "Članek je bil popravljen",
    licence: "Licenca",
    ..WORDS
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_words_has_the_english_ones() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag").0;
        assert_eq!(words(&lang("pt-BR")).part(PartKind::RefereeReport), "Parecer");
        assert_eq!(words(&lang("ky")).part(PartKind::Reply), "Reply");
        assert_eq!(words(&lang("uz-Cyrl")).task(Task::Editor, true), "Editors");
        assert_eq!(words(&lang("de")).task(Task::Author, true), "");
    }
}
