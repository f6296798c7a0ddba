//! Languages in Cyrillic script.

use super::latin::ENGLISH;
use super::{Dates, Entry, Labels};

pub(super) const RUSSIAN: Entry = Entry {
    code: "ru",
    script: "Cyrl",
    english: "Russian",
    own: "русский",
    labels: Labels {
        abstract_: "Аннотация",
        keywords: "Ключевые слова",
        references: "Список литературы",
        figure: "Рис. {n}",
        table: "Таблица {n}",
        note: "Примечание",
        notes: "Примечания",
        received: "Поступила в редакцию",
        revised: "Поступила после доработки",
        accepted: "Принята к публикации",
        published: "Опубликована",
        acknowledgements: "Благодарности",
        funding: "Финансирование",
        appendix: "Приложение",
        correspondence: "Для корреспонденции",
        et_al: "и др.",
        and: "и",
        udc: "УДК",
        bbk: "ББК",
        mrnti: "МРНТИ",
        grnti: "ГРНТИ",
        back: "назад к ссылке",
        page: "с.",
        contents: "Содержание",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d} {m} {y} г.",
        month: "{m} {y} г.",
        year: "{y} г.",
        first: "",
        months: [
            "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
        ],
        alone: [
            "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
        ],
    },
};

/// Journals in Kyrgyzstan keep the Russian names of the classifications.
pub(super) const KYRGYZ: Entry = Entry {
    code: "ky",
    script: "Cyrl",
    english: "Kyrgyz",
    own: "кыргызча",
    labels: Labels {
        abstract_: "Кыскача мазмуну",
        keywords: "Ачкыч сөздөр",
        references: "Адабияттар",
        figure: "{n}-сүрөт",
        table: "{n}-таблица",
        note: "Эскертүү",
        notes: "Эскертүүлөр",
        accepted: "Кабыл алынды",
        published: "Жарыяланды",
        funding: "Каржылоо",
        appendix: "Тиркеме",
        et_al: "ж. б.",
        and: "жана",
        udc: "УДК",
        bbk: "ББК",
        mrnti: "МРНТИ",
        grnti: "ГРНТИ",
        page: "б.",
        contents: "Мазмуну",
        ..ENGLISH
    },
    dates: Dates {
        day: "{y}-ж., {d}-{m}",
        month: "{y}-ж. {m}",
        year: "{y}-ж.",
        first: "",
        months: [
            "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
        ],
        alone: [""; 12],
    },
};

pub(super) const KAZAKH: Entry = Entry {
    code: "kk",
    script: "Cyrl",
    english: "Kazakh",
    own: "қазақша",
    labels: Labels {
        abstract_: "Аңдатпа",
        keywords: "Түйін сөздер",
        references: "Әдебиеттер тізімі",
        figure: "{n}-сурет",
        table: "{n}-кесте",
        note: "Ескертпе",
        notes: "Ескертпелер",
        received: "Келіп түсті",
        revised: "Түзетілді",
        accepted: "Қабылданды",
        published: "Жарияланды",
        acknowledgements: "Алғыс",
        funding: "Қаржыландыру",
        appendix: "Қосымша",
        et_al: "және т. б.",
        and: "және",
        udc: "ӘОЖ",
        bbk: "ББК",
        mrnti: "ХҒТАР",
        grnti: "ГРНТИ",
        page: "б.",
        contents: "Мазмұны",
        ..ENGLISH
    },
    dates: Dates {
        day: "{y} ж. {d} {m}",
        month: "{y} ж. {m}",
        year: "{y} ж.",
        first: "",
        months: [
            "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
        ],
        alone: [""; 12],
    },
};

pub(super) const UKRAINIAN: Entry = Entry {
    code: "uk",
    script: "Cyrl",
    english: "Ukrainian",
    own: "українська",
    labels: Labels {
        abstract_: "Анотація",
        keywords: "Ключові слова",
        references: "Список літератури",
        figure: "Рис. {n}",
        table: "Таблиця {n}",
        note: "Примітка",
        notes: "Примітки",
        received: "Надійшла до редакції",
        revised: "Надійшла після доопрацювання",
        accepted: "Прийнята до друку",
        published: "Опублікована",
        acknowledgements: "Подяки",
        funding: "Фінансування",
        appendix: "Додаток",
        correspondence: "Для кореспонденції",
        et_al: "та ін.",
        and: "і",
        udc: "УДК",
        bbk: "ББК",
        mrnti: "МРНТІ",
        grnti: "ГРНТІ",
        back: "назад до посилання",
        page: "с.",
        contents: "Зміст",
        ..ENGLISH
    },
    dates: Dates {
        day: "{d} {m} {y} р.",
        month: "{m} {y} р.",
        year: "{y} р.",
        first: "",
        months: [
            "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
        ],
        alone: [
            "січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень",
        ],
    },
};
