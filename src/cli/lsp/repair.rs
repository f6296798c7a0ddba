//! The changes that an editor can make for its user: those that a complaint is certain of.

use std::collections::HashMap;

use article::diag::{Diagnostic, Fix};
use article::source::Span;
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, TextEdit, Uri, WorkspaceEdit};

use super::document::Document;
use super::position::Counting;

/// The changes that are offered for a part of a text: each by itself, and all of the text at once where there are several.
pub(super) fn actions(
    document: &Document,
    uri: &Uri,
    counting: Counting,
    part: Span,
    shown: impl Fn(&Diagnostic) -> lsp_types::Diagnostic,
) -> Vec<CodeActionOrCommand> {
    let fixes: Vec<(&Diagnostic, &Fix)> = document.log.iter().filter_map(|diagnostic| Some((diagnostic, diagnostic.fix.as_ref()?))).collect();
    let touches = |span: Span| span.start <= part.end && part.start <= span.end;
    let mut out: Vec<CodeActionOrCommand> = Vec::new();
    for (diagnostic, fix) in fixes.iter().filter(|(diagnostic, fix)| touches(diagnostic.at.unwrap_or(fix.span))) {
        out.push(action(fix.title.clone(), CodeActionKind::QUICKFIX, Some(shown(diagnostic)), edit(document, uri, counting, &[fix])).into());
    }
    let all = apart(fixes.iter().map(|(_, fix)| *fix));
    if all.len() > 1 {
        let title = format!("Mend all {} that are certain", all.len());
        out.push(action(title, CodeActionKind::SOURCE_FIX_ALL, None, edit(document, uri, counting, &all)).into());
    }
    out
}

fn action(title: String, kind: CodeActionKind, diagnostic: Option<lsp_types::Diagnostic>, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        is_preferred: Some(diagnostic.is_some()),
        kind: Some(kind),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

/// Changes of which no two touch each other: of two that do, the first.
fn apart<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<&'a Fix> {
    let mut fixes: Vec<&Fix> = fixes.collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut kept: Vec<&Fix> = Vec::new();
    for fix in fixes {
        if kept.last().is_none_or(|last| last.span.end < fix.span.start) {
            kept.push(fix);
        }
    }
    kept
}

#[allow(clippy::mutable_key_type, reason = "the protocol's own struct is keyed by its addresses, which do not change")]
fn edit(document: &Document, uri: &Uri, counting: Counting, fixes: &[&Fix]) -> WorkspaceEdit {
    let edits = fixes.iter().map(|fix| TextEdit::new(counting.range(&document.source, fix.span), fix.text.clone())).collect();
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}
