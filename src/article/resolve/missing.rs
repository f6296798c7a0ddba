//! Words that the table of languages lacks, reported when all have been asked for.
//!
//! 1. [`report`] says of each, once, in which language it is missing, and the line that would give it.

use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::lang::lexicon::Lexicon;
use crate::lang::table;

/// Reports the words for which English stands in.
pub(super) fn report(log: &mut Log, words: &Lexicon<'_>) {
    for (lang, label) in words.missed() {
        let Some(language) = table::language(&lang) else { continue };
        let (name, tag) = (label.name(), &language.tag);
        let message = format!("{} has no word for `{name}`, so that it is English", language.english);
        let hint = format!(
            "write `{name} = [\"…\", \"none\"]` under `[labels]` in `src/article/lang/languages/{tag}.toml`, or `{name} = \"…\"` under `[labels.{tag}]` in `diglot.toml`"
        );
        log.push(Diagnostic::new(Code::MissingLabel, message).hint(hint));
    }
}
