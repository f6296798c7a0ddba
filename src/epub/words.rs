//! The words that only an e-book has: names of its parts, what stands in for a description, how it can be read.
//!
//! The labels of the article itself (“Abstract”, “Keywords”) come from the edition, all others from [`article::lang::table`].

use article::lang::Lang;

/// The words of one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// The language's tag.
    pub(crate) tag: &'static str,
    /// The name of the list of landmarks.
    pub(crate) landmarks: &'static str,
    /// The name of the list of printed pages.
    pub(crate) pages: &'static str,
    /// The text itself, as a landmark.
    pub(crate) text: &'static str,
    /// The page with title and authors, as a landmark.
    pub(crate) title_page: &'static str,
    /// The cover, as a landmark.
    pub(crate) cover: &'static str,
    /// Above the list of figures.
    pub(crate) figures: &'static str,
    /// Above the list of tables.
    pub(crate) tables: &'static str,
    /// The description of a picture of which nothing is known.
    pub(crate) picture: &'static str,
    /// What opens the long description of a picture.
    pub(crate) description: &'static str,
    /// How the text can be read. A sentence of the accessibility summary.
    pub(crate) readable: &'static str,
    /// That all pictures are described. A sentence of the summary.
    pub(crate) described: &'static str,
    /// That not all are. A sentence of the summary.
    pub(crate) undescribed: &'static str,
}

impl Words {
    /// The words of a language, English for one that is not in the table.
    #[must_use]
    pub(crate) fn of(lang: &Lang) -> &'static Self {
        WORDS.iter().find(|words| words.tag == lang.primary()).unwrap_or(&WORDS[0])
    }
}

static WORDS: [Words; 10] = [
    Words {
        tag: "en",
        landmarks: "Landmarks",
        pages: "Pages",
        text: "Text",
        title_page: "Title page",
        cover: "Cover",
        figures: "Figures",
        tables: "Tables",
        picture: "Picture",
        description: "Description",
        readable: "The text has headings, a table of contents and links, and can be read by eye, by ear and by touch.",
        described: "Every picture has a description.",
        undescribed: "Some pictures have no description.",
    },
    Words {
        tag: "ru",
        landmarks: "Ориентиры",
        pages: "Страницы",
        text: "Текст",
        title_page: "Титульная страница",
        cover: "Обложка",
        figures: "Рисунки",
        tables: "Таблицы",
        picture: "Изображение",
        description: "Описание",
        readable: "В тексте есть заголовки, оглавление и ссылки; его можно читать глазами, на слух и осязанием.",
        described: "У каждого изображения есть описание.",
        undescribed: "У некоторых изображений нет описания.",
    },
    Words {
        tag: "ky",
        landmarks: "Багыттар",
        pages: "Барактар",
        text: "Текст",
        title_page: "Титулдук барак",
        cover: "Мукаба",
        figures: "Сүрөттөр",
        tables: "Таблицалар",
        picture: "Сүрөт",
        description: "Сүрөттөмө",
        readable: "Текстте баш сөздөр, мазмун жана шилтемелер бар; аны көз менен, угуп жана сыйпалап окууга болот.",
        described: "Ар бир сүрөттүн сүрөттөмөсү бар.",
        undescribed: "Айрым сүрөттөрдүн сүрөттөмөсү жок.",
    },
    Words {
        tag: "kk",
        landmarks: "Бағдарлар",
        pages: "Беттер",
        text: "Мәтін",
        title_page: "Титул беті",
        cover: "Мұқаба",
        figures: "Суреттер",
        tables: "Кестелер",
        picture: "Сурет",
        description: "Сипаттама",
        readable: "Мәтінде тақырыпшалар, мазмұн және сілтемелер бар; оны көзбен, тыңдап және сипап оқуға болады.",
        described: "Әр суреттің сипаттамасы бар.",
        undescribed: "Кейбір суреттердің сипаттамасы жоқ.",
    },
    Words {
        tag: "uk",
        landmarks: "Орієнтири",
        pages: "Сторінки",
        text: "Текст",
        title_page: "Титульна сторінка",
        cover: "Обкладинка",
        figures: "Рисунки",
        tables: "Таблиці",
        picture: "Зображення",
        description: "Опис",
        readable: "Текст має заголовки, зміст і посилання; його можна читати очима, на слух і на дотик.",
        described: "Кожне зображення має опис.",
        undescribed: "Деякі зображення не мають опису.",
    },
    Words {
        tag: "es",
        landmarks: "Puntos de referencia",
        pages: "Páginas",
        text: "Texto",
        title_page: "Portada",
        cover: "Cubierta",
        figures: "Figuras",
        tables: "Tablas",
        picture: "Imagen",
        description: "Descripción",
        readable: "El texto tiene encabezados, índice y enlaces, y puede leerse con la vista, el oído o el tacto.",
        described: "Todas las imágenes tienen descripción.",
        undescribed: "Algunas imágenes no tienen descripción.",
    },
    Words {
        tag: "pt",
        landmarks: "Pontos de referência",
        pages: "Páginas",
        text: "Texto",
        title_page: "Folha de rosto",
        cover: "Capa",
        figures: "Figuras",
        tables: "Tabelas",
        picture: "Imagem",
        description: "Descrição",
        readable: "O texto tem títulos, sumário e links, e pode ser lido com a visão, a audição ou o tato.",
        described: "Todas as imagens têm descrição.",
        undescribed: "Algumas imagens não têm descrição.",
    },
    Words {
        tag: "fr",
        landmarks: "Repères",
        pages: "Pages",
        text: "Texte",
        title_page: "Page de titre",
        cover: "Couverture",
        figures: "Figures",
        tables: "Tableaux",
        picture: "Image",
        description: "Description",
        readable: "Le texte a des titres, un sommaire et des liens ; il peut être lu par la vue, l’ouïe ou le toucher.",
        described: "Chaque image a une description.",
        undescribed: "Certaines images n’ont pas de description.",
    },
    Words {
        tag: "de",
        landmarks: "Orientierungspunkte",
        pages: "Seiten",
        text: "Text",
        title_page: "Titelseite",
        cover: "Umschlag",
        figures: "Abbildungen",
        tables: "Tabellen",
        picture: "Bild",
        description: "Beschreibung",
        readable: "Der Text hat Überschriften, ein Inhaltsverzeichnis und Verweise und kann mit Auge, Ohr und Fingern gelesen werden.",
        described: "Jedes Bild hat eine Beschreibung.",
        undescribed: "Einige Bilder haben keine Beschreibung.",
    },
    Words {
        tag: "sl",
        landmarks: "Orientacijske točke",
        pages: "Strani",
        text: "Besedilo",
        title_page: "Naslovna stran",
        cover: "Naslovnica",
        figures: "Slike",
        tables: "Tabele",
        picture: "Slika",
        description: "Opis",
        readable: "Besedilo ima naslove, kazalo in povezave; brati ga je mogoče z očmi, s poslušanjem in z dotikom.",
        described: "Vsaka slika ima opis.",
        undescribed: "Nekatere slike nimajo opisa.",
    },
];
