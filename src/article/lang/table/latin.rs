//! Languages in Latin script.

use super::{Dates, Entry, Labels};

/// The words that stand in for a word that a language leaves out.
pub(super) const ENGLISH: Labels = Labels {
    abstract_: "Abstract",
    keywords: "Keywords",
    references: "References",
    figure: "Figure {n}",
    table: "Table {n}",
    note: "Note",
    notes: "Notes",
    received: "Received",
    revised: "Revised",
    accepted: "Accepted",
    published: "Published",
    acknowledgements: "Acknowledgements",
    funding: "Funding",
    appendix: "Appendix",
    correspondence: "Correspondence",
    et_al: "et al.",
    and: "and",
    udc: "UDC",
    bbk: "BBK",
    mrnti: "IRSTI",
    grnti: "SRSTI",
    jel: "JEL",
    msc: "MSC",
    pacs: "PACS",
    back: "back to citation",
    page: "p.",
    contents: "Contents",
};

/// Dates as most languages of Europe write them, without months.
const PLAIN: Dates = Dates { day: "{d} {m} {y}", month: "{m} {y}", year: "{y}", first: "", months: [""; 12], alone: [""; 12] };

pub(super) const ENGLISH_ENTRY: Entry = Entry {
    code: "en",
    script: "Latn",
    english: "English",
    own: "English",
    labels: ENGLISH,
    dates: Dates {
        months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ..PLAIN
    },
};

pub(super) const UZBEK: Entry = Entry {
    code: "uz",
    script: "Latn",
    english: "Uzbek",
    own: "o‘zbekcha",
    labels: Labels {
        abstract_: "Annotatsiya",
        keywords: "Kalit so‘zlar",
        references: "Foydalanilgan adabiyotlar",
        figure: "{n}-rasm",
        table: "{n}-jadval",
        note: "Izoh",
        notes: "Izohlar",
        appendix: "Ilova",
        and: "va",
        udc: "UDK",
        page: "b.",
        contents: "Mundarija",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d}-{m}, {y}",
        month: "{m}, {y}",
        months: ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"],
        ..PLAIN
    },
};

pub(super) const GERMAN: Entry = Entry {
    code: "de",
    script: "Latn",
    english: "German",
    own: "Deutsch",
    labels: Labels {
        abstract_: "Zusammenfassung",
        keywords: "Schlüsselwörter",
        references: "Literatur",
        figure: "Abbildung {n}",
        table: "Tabelle {n}",
        note: "Anmerkung",
        notes: "Anmerkungen",
        received: "Eingegangen",
        revised: "Überarbeitet",
        accepted: "Angenommen",
        published: "Veröffentlicht",
        acknowledgements: "Danksagung",
        funding: "Förderung",
        appendix: "Anhang",
        correspondence: "Korrespondenz",
        et_al: "et al.",
        and: "und",
        udc: "UDK",
        back: "zurück zur Textstelle",
        page: "S.",
        contents: "Inhalt",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d}. {m} {y}",
        months: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        ..PLAIN
    },
};

pub(super) const FRENCH: Entry = Entry {
    code: "fr",
    script: "Latn",
    english: "French",
    own: "français",
    labels: Labels {
        abstract_: "Résumé",
        keywords: "Mots-clés",
        references: "Références",
        figure: "Figure {n}",
        table: "Tableau {n}",
        note: "Note",
        notes: "Notes",
        received: "Reçu",
        revised: "Révisé",
        accepted: "Accepté",
        published: "Publié",
        acknowledgements: "Remerciements",
        funding: "Financement",
        appendix: "Annexe",
        correspondence: "Correspondance",
        and: "et",
        udc: "CDU",
        back: "retour à la citation",
        contents: "Table des matières",
        ..ENGLISH
    },
    dates: Dates {
        first: "1er",
        months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        ..PLAIN
    },
};

pub(super) const SPANISH: Entry = Entry {
    code: "es",
    script: "Latn",
    english: "Spanish",
    own: "español",
    labels: Labels {
        abstract_: "Resumen",
        keywords: "Palabras clave",
        references: "Referencias",
        figure: "Figura {n}",
        table: "Tabla {n}",
        note: "Nota",
        notes: "Notas",
        received: "Recibido",
        revised: "Revisado",
        accepted: "Aceptado",
        published: "Publicado",
        acknowledgements: "Agradecimientos",
        funding: "Financiación",
        appendix: "Apéndice",
        correspondence: "Correspondencia",
        and: "y",
        udc: "CDU",
        back: "volver a la cita",
        contents: "Índice",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d} de {m} de {y}",
        month: "{m} de {y}",
        months: ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        ..PLAIN
    },
};

pub(super) const PORTUGUESE: Entry = Entry {
    code: "pt",
    script: "Latn",
    english: "Portuguese",
    own: "português",
    labels: Labels {
        abstract_: "Resumo",
        keywords: "Palavras-chave",
        references: "Referências",
        figure: "Figura {n}",
        table: "Tabela {n}",
        note: "Nota",
        notes: "Notas",
        received: "Recebido",
        revised: "Revisado",
        accepted: "Aceito",
        published: "Publicado",
        acknowledgements: "Agradecimentos",
        funding: "Financiamento",
        appendix: "Apêndice",
        correspondence: "Correspondência",
        and: "e",
        udc: "CDU",
        back: "voltar à citação",
        contents: "Sumário",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d} de {m} de {y}",
        month: "{m} de {y}",
        months: ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
        ..PLAIN
    },
};

pub(super) const ITALIAN: Entry = Entry {
    code: "it",
    script: "Latn",
    english: "Italian",
    own: "italiano",
    labels: Labels {
        abstract_: "Riassunto",
        keywords: "Parole chiave",
        references: "Bibliografia",
        figure: "Figura {n}",
        table: "Tabella {n}",
        note: "Nota",
        notes: "Note",
        received: "Ricevuto",
        revised: "Revisionato",
        accepted: "Accettato",
        published: "Pubblicato",
        acknowledgements: "Ringraziamenti",
        funding: "Finanziamenti",
        appendix: "Appendice",
        correspondence: "Corrispondenza",
        and: "e",
        udc: "CDU",
        back: "torna alla citazione",
        contents: "Indice",
        ..ENGLISH
    },
    dates: Dates {
        months: ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
        ..PLAIN
    },
};

pub(super) const POLISH: Entry = Entry {
    code: "pl",
    script: "Latn",
    english: "Polish",
    own: "polski",
    labels: Labels {
        abstract_: "Streszczenie",
        keywords: "Słowa kluczowe",
        references: "Bibliografia",
        figure: "Rysunek {n}",
        table: "Tabela {n}",
        note: "Przypis",
        notes: "Przypisy",
        received: "Otrzymano",
        revised: "Poprawiono",
        accepted: "Zaakceptowano",
        published: "Opublikowano",
        acknowledgements: "Podziękowania",
        funding: "Finansowanie",
        appendix: "Załącznik",
        correspondence: "Korespondencja",
        et_al: "i in.",
        and: "i",
        udc: "UKD",
        back: "powrót do cytowania",
        page: "s.",
        contents: "Spis treści",
        ..ENGLISH
    },
    dates: Dates {
        months: ["stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"],
        alone: ["styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"],
        ..PLAIN
    },
};

pub(super) const SLOVENE: Entry = Entry {
    code: "sl",
    script: "Latn",
    english: "Slovene",
    own: "slovenščina",
    labels: Labels {
        abstract_: "Izvleček",
        keywords: "Ključne besede",
        references: "Literatura",
        figure: "Slika {n}",
        table: "Tabela {n}",
        note: "Opomba",
        notes: "Opombe",
        received: "Prispelo",
        accepted: "Sprejeto",
        published: "Objavljeno",
        acknowledgements: "Zahvala",
        funding: "Financiranje",
        appendix: "Dodatek",
        correspondence: "Korespondenca",
        et_al: "in sod.",
        and: "in",
        udc: "UDK",
        page: "str.",
        contents: "Kazalo",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d}. {m} {y}",
        months: ["januar", "februar", "marec", "april", "maj", "junij", "julij", "avgust", "september", "oktober", "november", "december"],
        ..PLAIN
    },
};

pub(super) const TURKISH: Entry = Entry {
    code: "tr",
    script: "Latn",
    english: "Turkish",
    own: "Türkçe",
    labels: Labels {
        abstract_: "Öz",
        keywords: "Anahtar kelimeler",
        references: "Kaynaklar",
        figure: "Şekil {n}",
        table: "Tablo {n}",
        note: "Not",
        notes: "Notlar",
        received: "Geliş tarihi",
        revised: "Düzeltme tarihi",
        accepted: "Kabul tarihi",
        published: "Yayın tarihi",
        acknowledgements: "Teşekkür",
        appendix: "Ek",
        correspondence: "Yazışma adresi",
        et_al: "vd.",
        and: "ve",
        page: "s.",
        contents: "İçindekiler",
        ..ENGLISH
    },
    dates: Dates { months: ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"], ..PLAIN },
};
