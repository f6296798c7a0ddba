//! Invented entries as they stand in lists, and what they become.

use super::{Given, How, derive};
use crate::derive::tongue::Mark;
use crate::derive::transliterate::Scheme;
use crate::lang::Lang;

fn by(text: &str, scheme: &str, mark: Mark) -> String {
    let given = Given { text, english: None, tagged: None, lang: None };
    let scheme = Scheme::named(scheme).expect("a scheme");
    derive(&given, scheme, mark, &Lang::parse("ru").expect("a tag").0).text()
}

#[track_caller]
fn is(text: &str, wanted: &str) {
    assert_eq!(by(text, "bsi", Mark::Usual), wanted);
}

#[test]
fn articles() {
    is(
        "Иванов И. И., Петров П. П. Водный баланс горных озёр // Вестник КРСУ. 2020. Т. 7, № 4. С. 12–19.",
        "Ivanov I. I., Petrov P. P. Vodnyi balans gornykh ozer. Vestnik KRSU, 2020, vol. 7, no. 4, pp. 12–19. (In Russ.)",
    );
    is(
        "Иванов, И. И. Водный баланс горных озёр / И. И. Иванов, П. П. Петров // Вестник КРСУ. – 2020. – Т. 7, № 4. – С. 12–19. – DOI 10.5555/vk.7.",
        "Ivanov I. I., Petrov P. P. Vodnyi balans gornykh ozer. Vestnik KRSU, 2020, vol. 7, no. 4, pp. 12–19. (In Russ.) DOI: 10.5555/vk.7",
    );
    is(
        "Водный баланс горных озёр / И. И. Иванов, П. П. Петров, С. С. Сидоров [и др.] // Водные ресурсы. 2018. Т. 45. № 3. С. 301-310.",
        "Ivanov I. I., Petrov P. P., Sidorov S. S., et al. Vodnyi balans gornykh ozer. Vodnye resursy, 2018, vol. 45, no. 3, pp. 301–310. (In Russ.)",
    );
    is(
        "Асанова А.К. О чтении в начальной школе // Вопросы педагогики. - 2019. - № 2(14). - С. 5-9.",
        "Asanova A. K. O chtenii v nachal'noi shkole. Voprosy pedagogiki, 2019, no. 2(14), pp. 5–9. (In Russ.)",
    );
    is(
        "Щукин Ю. Я. и др. Опыт XX в. Итоги // Наука и жизнь. 1998. Вып. 12. С. 3.",
        "Shchukin Yu. Ya., et al. Opyt XX v. Itogi. Nauka i zhizn', 1998, no. 12, p. 3. (In Russ.)",
    );
    is(
        "Ким Ю. Границы и люди: опыт Ферганы // Восток. Сер. 3, История. 2001. Вып. 2 (6). С. 44–58. DOI: https://doi.org/10.5555/v.2.6",
        "Kim Yu. Granitsy i lyudi: opyt Fergany. Vostok. Ser. 3, Istoriya, 2001, no. 2 (6), pp. 44–58. (In Russ.) DOI: 10.5555/v.2.6",
    );
    is(
        "Кулиев Р.Р. Оценка труда// Плановый отдел. — 2013. — № 5. — с. 58–61. EDN: ABCDEF.",
        "Kuliev R. R. Otsenka truda. Planovyi otdel, 2013, no. 5, pp. 58–61. EDN: ABCDEF. (In Russ.)",
    );
    is("Орлов О. О. Хлеб и цены // Правда. 2020. 5 мая.", "Orlov O. O. Khleb i tseny. Pravda, 2020, May 5. (In Russ.)");
    is("Джонсон Дж., Ли К. Степь: обзор // География, 2015, № 1, с. 7-15.", "Dzhonson Dzh., Li K. Step': obzor. Geografiya, 2015, no. 1, pp. 7–15. (In Russ.)");
    is(
        "Ласточкин Л. Л. Кто виноват? // Журнал социологии. 2007. Т. X, № 1. С. 90–101, 120.",
        "Lastochkin L. L. Kto vinovat? Zhurnal sotsiologii, 2007, vol. X, no. 1, pp. 90–101, 120. (In Russ.)",
    );
}

#[test]
fn books() {
    is("Петров П. П. История степи. М.: Наука, 2015. 320 с.", "Petrov P. P. Istoriya stepi. Moscow, Nauka Publ., 2015. 320 p. (In Russ.)");
    is(
        "Петров, П. П. История степи : монография / П. П. Петров. – М. ; СПб. : Изд-во СПбГУ, 2015. – 320 с. – ISBN 978-5-00000-000-0.",
        "Petrov P. P. Istoriya stepi: monograph. Moscow; St. Petersburg, SPbGU Publ., 2015. 320 p. ISBN 978-5-00000-000-0. (In Russ.)",
    );
    is(
        "Сидоров С. С. Гидрология : учебник. 2-е изд., перераб. и доп. Бишкек : Илим, 1999. 211 с.",
        "Sidorov S. S. Gidrologiya: textbook. 2nd ed., revised and enlarged. Bishkek, Ilim Publ., 1999. 211 p. (In Russ.)",
    );
    is(
        "История Киргизии : в 2 т. / под ред. А. А. Иванова, Б. Б. Заславского. Фрунзе : Илим, 1984. Т. 1. 798 с.",
        "Istoriya Kirgizii. Ed. by A. A. Ivanov, B. B. Zaslavskii. In 2 vols. Frunze, Ilim Publ., 1984, vol. 1. 798 p. (In Russ.)",
    );
    is(
        "Словарь говоров / сост. О. О. Орлов ; отв. ред. К. К. Усенов. Каракол: ИГУ, 2003. 96 с.",
        "Slovar' govorov. Comp. by O. O. Orlov. Ed. K. K. Usenov. Karakol, IGU Publ., 2003. 96 p. (In Russ.)",
    );
    is(
        "Поппер К. Логика и рост научного знания / пер. с англ. А. А. Ивановой. М.: Прогресс, 1983. 605 с.",
        "Popper K. Logika i rost nauchnogo znaniya. Transl. from English by A. A. Ivanova. Moscow, Progress Publ., 1983. 605 p. (In Russ.)",
    );
    is(
        "Ткаченко Т. Т. Анализ: теория и опыт. — Екатеринбург: Изд. Урал. гос. ун-та, 2014. — 510с.",
        "Tkachenko T. T. Analiz: teoriya i opyt. Yekaterinburg, Ural. gos. un-ta Publ., 2014. 510 p. (In Russ.)",
    );
    is("Лотман Л. Л. Беседы. СПб., 1994. С. 17.", "Lotman L. L. Besedy. St. Petersburg, 1994, p. 17. (In Russ.)");
    is(
        "Конституция Кыргызской Республики. Бишкек: Академия, 2021. 64 с.",
        "Konstitutsiya Kyrgyzskoi Respubliki. Bishkek, Akademiya Publ., 2021. 64 p. (In Russ.)",
    );
    is(
        "Мельников А. А. Экономика. В 3 ч. Ч. 2. Торговля. Нижний Новгород: Волга, 2011. 150 с.",
        "Mel'nikov A. A. Ekonomika. In 3 pts. Pt. 2. Torgovlya. Nizhny Novgorod, Volga Publ., 2011. 150 p. (In Russ.)",
    );
    is(
        "Грамматика языка. Ч. 1. Фонетика и морфология. Фрунзе: Илим, 1987. 402 с.",
        "Grammatika yazyka. Pt. 1. Fonetika i morfologiya. Frunze, Ilim Publ., 1987. 402 p. (In Russ.)",
    );
}

#[test]
fn parts_of_books() {
    is(
        "Усенов К. К. Дороги и рынки // Города Азии : сб. ст. / отв. ред. О. О. Орлов. Алматы: Ғылым, 2009. С. 55–70.",
        "Usenov K. K. Dorogi i rynki. Goroda Azii: collected papers, ed. O. O. Orlov, Almaty, Ghylym Publ., 2009, pp. 55–70. (In Russ.)",
    );
    is(
        "Кулиев К. К. ТРАПЕЗА И ГОСТЬ // Вопросы наук: сб. ст. по матер. LVI междунар. конф. № 12(52). – Новосибирск: Сибирь, 2015.",
        "Kuliev K. K. TRAPEZA I GOST'. Voprosy nauk: sb. st. po mater. LVI mezhdunar. konf., Novosibirsk, Sibir' Publ., 2015, no. 12(52). (In Russ.)",
    );
    is(
        "Ли Л. Л. О наречиях // Языки Востока: материалы междунар. конф., 5–7 мая 2012 г. Ташкент: Фан, 2013. С. 8-11.",
        "Li L. L. O narechiyakh. Yazyki Vostoka: materialy mezhdunar. konf., 5–7 maya 2012 g., Tashkent, Fan Publ., 2013, pp. 8–11. (In Russ.)",
    );
}

#[test]
fn theses() {
    is(
        "Жукова Ж. Ж. Вода и право: дис. ... канд. юрид. наук. М., 2010. 180 с.",
        "Zhukova Zh. Zh. Voda i pravo. Cand. Sci. (Law) diss. Moscow, 2010. 180 p. (In Russ.)",
    );
    is(
        "Жуков, Ж. Ж. Степь и город : автореф. дис. … д-ра ист. наук / Ж. Ж. Жуков. – Новосибирск, 2010. – 40 с.",
        "Zhukov Zh. Zh. Step' i gorod. Extended abstract of Dr. Sci. (History) diss. Novosibirsk, 2010. 40 p. (In Russ.)",
    );
}

#[test]
fn sources_of_the_web() {
    is(
        "Асанов А. А. Реки Азии [Электронный ресурс]. URL: https://example.org/reki-a (дата обращения: 01.11.2020).",
        "Asanov A. A. Reki Azii. (In Russ.) Available at: https://example.org/reki-a (accessed 01.11.2020)",
    );
    is(
        "Реки Азии // Сайт о реках. – Текст : электронный. – Режим доступа: http://example.org/r.html. Дата обращения: 3.02.2019.",
        "Reki Azii. Sait o rekakh. (In Russ.) Available at: http://example.org/r.html (accessed 3.02.2019)",
    );
    is(
        "Закон КР «О воде» от 14 января 1994 г. № 1422-XII. URL: http://example.org/zakon (дата обращения: 12.03.2021)",
        "Zakon KR “O vode” ot 14 yanvarya 1994 g. no. 1422-XII. (In Russ.) Available at: http://example.org/zakon (accessed 12.03.2021)",
    );
}

#[test]
fn latin_entries_keep_their_words() {
    let same = "Smith J., Popper K. Rivers of Asia. Journal of Water, 2020, vol. 7, pp. 1–9.";
    is(same, same);
    is(
        "Smith J. Rivers of Asia [Электронный ресурс]. URL: https://example.org/a (Дата обращения: 01.11.2020).",
        "Smith J. Rivers of Asia. Available at: https://example.org/a (accessed 01.11.2020)",
    );
    is("Smith J. Rivers of Asia // J. Water. 2020. Т. 7. № 2. С. 1–9.", "Smith J. Rivers of Asia. J. Water, 2020, vol. 7, no. 2, pp. 1–9.");
}

#[test]
fn neighbours_of_russian() {
    is("Әуезов М. О. Абай жолы : роман. Алматы: Жазушы, 2007. 320 б.", "Auezov M. O. Abai zholy: roman. Almaty, Zhazushy Publ., 2007. 320 p. [in Kazakh]");
    assert_eq!(
        by("Үсөнов К. Дөң-Арык // Кыргыз тили. 2012. № 3. Б. 4–9.", "ala-lc-ky", Mark::Brackets),
        "U̇sȯnov K. Dȯn͡g-Aryk. Kyrgyz tili, 2012, no. 3, pp. 4–9. [in Kyrgyz]"
    );
    is("Шевченко Т. Г. Кобзар і Київ. Київ: Дніпро, 1990. 200 с.", "Shevchenko T. G. Kobzar i Kiyiv. Kyiv, Dnipro Publ., 1990. 200 p. [in Ukrainian]");
}

#[test]
fn rarer_kinds() {
    is(
        "Пат. 9999999 Российская Федерация, МПК7 Н 04 В 1/38. Насос / Сомов С. С. ; заявитель и патентообладатель Ин-т воды. – № 2099131736/09 ; заявл. 18.12.00 ; опубл. 20.08.02, Бюл. № 23 (II ч.). – 3 с.",
        "Patent 9999999 Russian Federation, IPC 7 H 04 B 1/38. Nasos / Somov S. S. ; applicant and patent holder In-t vody. – no. 2099131736/09 ; appl. 18.12.00 ; publ. 20.08.02, Bull. no. 23 (II pt.). – 3 p. (In Russ.)",
    );
    is(
        "Водный кодекс : закон от 12 января 2005 г. № 8 (ред. от 23 марта 2020 г.) // Вестник права. 2005. 19 янв. (№ 5).",
        "Vodnyi kodeks: zakon ot 12 yanvarya 2005 g. no. 8 (red. ot 23 marta 2020 g.). Vestnik prava, 2005, January 19, no. 5. (In Russ.)",
    );
    is(
        "Закон «О реках» от 29.12.2012 № 973-ФЗ // Собрание актов. – 2012. – № 53 (ч. I). – Ст. 7598.",
        "Zakon “O rekakh” ot 29.12.2012 no. 973-FZ. Sobranie aktov, 2012, no. 53 (pt. I), art. 7598. (In Russ.)",
    );
    is(
        "План мелиорации на 2021–2030 годы : утв. постановлением от 5 июня 2020 г. № 312. URL: http://example.kg/act/1 (дата обращения: 1.09.2022). Текст : электронный.",
        "Plan melioratsii na 2021–2030 gody: utv. postanovleniem ot 5 iyunya 2020 g. no. 312. (In Russ.) Available at: http://example.kg/act/1 (accessed 1.09.2022)",
    );
    is(
        "Комитет рек. Среда в Азии: стат. сб. 2015–2019. – Бишкек, 2020. – 92 с.",
        "Komitet rek. Sreda v Azii: stat. sb. 2015–2019. Bishkek, 2020. 92 p. (In Russ.)",
    );
    is(
        "ГОСТ 99.1.3.07-82. Охрана рек. Введ. 1983-01-01. М. : Изд-во стандартов, 1982. 12 с.",
        "GOST 99.1.3.07-82. Okhrana rek. Vved. 1983-01-01. Moscow, Standartov Publ., 1982. 12 p. (In Russ.)",
    );
    is("Архив рек. Ф. 12. Оп. 3. Д. 45. Л. 7–9.", "Arkhiv rek. F. 12. Op. 3. D. 45. L. 7–9. (In Russ.)");
}

#[test]
fn data_that_stand_otherwise() {
    is(
        "Беляев И.А., Громова О.Н. К вопросу о воде. Реки Азии. 2016;43(2):150–158. DOI: 10.5555/S20.",
        "Belyaev I. A., Gromova O. N. K voprosu o vode. Reki Azii, 2016, vol. 43, no. 2, pp. 150–158. (In Russ.) DOI: 10.5555/S20",
    );
    is("Голубев Г. Н. Лёд // В кн.: Реки гор. Л.: Волна, 1976. С. 5–24.", "Golubev G. N. Led. Reki gor, Leningrad, Volna Publ., 1976, pp. 5–24. (In Russ.)");
    is("Дёмин А. П. Вода // Изв. РАН. Сер. геогр. 2010. № 5. С. 67–73.", "Demin A. P. Voda. Izv. RAN. Ser. geogr., 2010, no. 5, pp. 67–73. (In Russ.)");
    is(
        "Рахимов С. А., ред. Вода: сб. науч. тр. Вып. 5. Душанбе: Дониш, 1991. 211 с.",
        "Rakhimov S. A. (ed.). Voda: collected scientific papers. Dushanbe, Donish Publ., 1991, no. 5. 211 p. (In Russ.)",
    );
    is("Северов И. В. Лёд // Пустыни. 2004. № 2. С. 3–9 ; № 3. С. 12–18.", "Severov I. V. Led. Pustyni, 2004, no. 2, pp. 3–9, no. 3, pp. 12–18. (In Russ.)");
    is(
        "Толстов О. Н. и др. Геология: учеб. пособие для вузов. Якутск: ЯГУ, 2000. 140 с.",
        "Tolstov O. N., et al. Geologiya: ucheb. posobie dlya vuzov. Yakutsk, YAGU Publ., 2000. 140 p. (In Russ.)",
    );
    is("Шумов В. Л. Реки. Ч. 1–2. Л. : Волна, 1965. 692 с.", "Shumov V. L. Reki. Leningrad, Volna Publ., 1965, pts. 1–2. 692 p. (In Russ.)");
    is(
        "Мусаев Ж.Т., О'Нил Дж., де ла Крус М. Вода. – Москва; Ташкент: Мир, 2003. – 180 с.: ил.",
        "Musaev Zh. T., O'Nil Dzh., de la Krus M. Voda. Moscow; Tashkent, Mir Publ., 2003. 180 p. (In Russ.)",
    );
    is(
        "Ковалёв В. П. Природа / пер. с нем. Ю. А. Ершовой ; предисл. О. Н. Грина. 3-е изд., стер. Санкт-Петербург : Лань, 2018. 352 с.",
        "Kovalev V. P. Priroda. 3rd ed., stereotyped. Transl. from German by Yu. A. Ershova. Foreword by O. N. Grin. St. Petersburg, Lan' Publ., 2018. 352 p. (In Russ.)",
    );
    is(
        "Каримов А. А. Реки // Материалы конф. «Вода» (Алматы, 12–14 мая 2011 г.) / отв. ред. С. К. Омаров. Алматы : КазНУ, 2011. Т. 1. С. 45–49.",
        "Karimov A. A. Reki. Materialy konf. “Voda” (Almaty, 12–14 maya 2011 g.), ed. S. K. Omarov, Almaty, KazNU Publ., 2011, vol. 1, pp. 45–49. (In Russ.)",
    );
    is("Орозов М. Суу жана саясат // Кыргыз Туусу. 2019. 14-май.", "Orozov M. Suu zhana sayasat. Kyrgyz Tuusu, 2019, May 14. [in Kyrgyz]");
    is("Сулеев О. О. Су – көзі. – Алматы: Ғылым, 1999. – 145 б.", "Suleev O. O. Su – kozi. Almaty, Ghylym Publ., 1999. 145 p. [in Kazakh]");
    is("Bolch T. Glaciers // Planet. 2007. Vol. 56, № 1–2. P. 1–12.", "Bolch T. Glaciers. Planet, 2007, vol. 56, no. 1–2, pp. 1–12.");
}

#[test]
fn what_the_master_has_in_english_wins() {
    let given = Given { text: "Иванов И. И. О реках", english: Some("Ivanov I.I. On rivers"), tagged: None, lang: None };
    let derived = derive(&given, Scheme::named("bsi").expect("a scheme"), Mark::Usual, &Lang::english());
    assert_eq!((derived.text().as_str(), derived.how), ("Ivanov I.I. On rivers", How::Given));
}

#[test]
fn hostile_entries_come_through() {
    let long = "Иванов И. И. О реках. М.: ".repeat(3_000);
    for text in [
        "",
        ".",
        "а",
        "//",
        " // ",
        "/ /",
        "(дата обращения",
        "URL:",
        "http://",
        "www.",
        "doi",
        "DOI: 10.",
        "№",
        "С. ",
        "М. :",
        "в 2 т",
        "2-е изд",
        "…",
        "1.2.3 а",
        &long,
    ] {
        let given = Given { text, english: None, tagged: None, lang: None };
        let derived = derive(&given, Scheme::named("bsi").expect("a scheme"), Mark::Usual, &Lang::english());
        assert!(derived.lacking.is_empty(), "{text}");
    }
}

#[test]
fn what_could_not_be_told_is_noted() {
    let text = "Иванов И. И. О реках. М.: Наука, 2010. Прил. к журналу. Ꙗко";
    let given = Given { text, english: None, tagged: None, lang: None };
    let derived = derive(&given, Scheme::named("bsi").expect("a scheme"), Mark::Usual, &Lang::english());
    assert_eq!(derived.untold, ["Прил. к журналу. Ꙗко"]);
    assert!(derived.text().contains("Pril. k zhurnalu"));
    let strange = Given { text: "Иванов И. И. Ѯерокс", ..given };
    let derived = derive(&strange, Scheme::named("bsi").expect("a scheme"), Mark::Usual, &Lang::english());
    assert_eq!(derived.lacking, ['Ѯ']);
}
