//! Lists of references.

use article::model::plain;
use article::model::reference::{Reference, ReferenceList};

use crate::writer::Writer;

impl<'a> Writer<'a> {
    /// A list of references; lists inside it follow its own.
    pub(crate) fn references(&mut self, list: &'a ReferenceList) {
        let outer = self.level;
        self.enter(list.span);
        self.word("references");
        self.id(list.id.as_ref());
        if list.derived {
            self.flag("derived", true);
        }
        self.number("level", outer);
        self.text("title", &list.title);
        if !list.title.is_empty() {
            self.level += 1;
        }
        self.key("before");
        self.blocks(&list.blocks);
        self.comma();
        self.list_field("items", &list.items, Self::reference);
        if list.lists.is_empty() {
            self.code("none");
        } else {
            self.code("{\n");
            for list in &list.lists {
                self.references(list);
                self.code("\n");
            }
            self.code("}");
        }
        self.level = outer;
        self.close();
        self.leave();
    }

    fn reference(&mut self, reference: &'a Reference) {
        let edition = self.edition;
        self.code("\n(");
        self.enter(reference.span);
        self.id_field(reference.id.as_ref());
        self.text_field("label", &reference.label);
        let label = plain::text(&edition.leaves, &reference.label).chars().count();
        self.number("label-signs", u32::try_from(label).unwrap_or(u32::MAX));
        if let Some(lang) = &reference.lang {
            self.division.enter(lang);
        }
        self.list_field("citations", &reference.citations, |writer, citation| writer.prose(citation));
        if reference.lang.is_some() {
            self.division.leave();
        }
        let signs: usize = reference.citations.iter().map(|citation| plain::text(&edition.leaves, citation).chars().count()).sum();
        self.number("signs", u32::try_from(signs).unwrap_or(u32::MAX));
        self.language_field("tongue", reference.lang.as_ref());
        self.strings_field("cited-by", reference.cited_by.iter().filter(|id| edition.target(id).is_some()).map(|id| id.as_str()));
        self.leave();
        self.close();
    }
}
