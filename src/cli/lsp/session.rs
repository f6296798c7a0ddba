//! The conversation with an editor.
//!
//! 1. Texts that change wait until the editor is silent for a moment, or asks something: then each is read once, however many letters were typed.
//! 2. Complaints go out for each text that was read; a text that is closed has none.
//! 3. A question is answered from the text as it is at that moment. One that is not understood gets an error for an answer, and the session goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use article::code::Severity;
use article::diag;
use article::source::Span;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, DocumentSymbolRequest, GotoDefinition, HoverRequest, References, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CodeActionResponse, Diagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentSymbolParams,
    DocumentSymbolResponse, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, HoverProviderCapability, InitializeParams,
    InitializeResult, Location, MarkupContent, MarkupKind, NumberOrString, OneOf, PublishDiagnosticsParams, Range, ReferenceParams, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::disk;
use super::document::Document;
use super::position::Counting;
use super::{hover, outline, repair, target};

/// How long the editor is silent before a text is read, in milliseconds.
const QUIET: Duration = Duration::from_millis(150);

/// What ends a conversation before its time.
type Broken = Box<dyn Error + Send + Sync>;

/// Speaks with an editor until it says that it is done.
///
/// # Errors
///
/// When what comes is not the protocol, or the editor is gone in the middle of it.
pub(in crate::cli) fn serve(connection: &Connection) -> Result<(), Broken> {
    let (id, offered) = connection.initialize_start()?;
    let offered: InitializeParams = serde_json::from_value(offered)?;
    let counting = Counting::of(offered.capabilities.general.and_then(|general| general.position_encodings).as_deref());
    let server_info = ServerInfo { name: "diglot".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let greeting = InitializeResult { capabilities: capabilities(counting), server_info: Some(server_info) };
    connection.initialize_finish(id, serde_json::to_value(greeting)?)?;
    // A fault of the program is answered as an error; its own words would only fill the editor's log.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = Session { connection, counting, texts: BTreeMap::new(), waiting: BTreeSet::new() }.run();
    std::panic::set_hook(hook);
    ended
}

fn capabilities(counting: Counting) -> ServerCapabilities {
    let repairs = CodeActionOptions { code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]), ..CodeActionOptions::default() };
    ServerCapabilities {
        position_encoding: Some(counting.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(repairs)),
        ..ServerCapabilities::default()
    }
}

/// A text that the editor has open.
struct Open {
    uri: Uri,
    version: i32,
    /// The text; taken when it is read.
    text: Option<String>,
    document: Option<Document>,
}

struct Session<'a> {
    connection: &'a Connection,
    counting: Counting,
    /// By their addresses.
    texts: BTreeMap<String, Open>,
    /// Which of them are to be read.
    waiting: BTreeSet<String>,
}

impl Session<'_> {
    fn run(mut self) -> Result<(), Broken> {
        loop {
            let message = if self.waiting.is_empty() {
                self.connection.receiver.recv().ok()
            } else {
                match self.connection.receiver.recv_timeout(QUIET) {
                    Ok(message) => Some(message),
                    Err(silence) if silence.is_timeout() => {
                        self.look()?;
                        continue;
                    }
                    Err(_) => None,
                }
            };
            match message {
                None => return Ok(()),
                Some(Message::Request(request)) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    self.look()?;
                    let answer = self.answer(request);
                    self.connection.sender.send(answer.into())?;
                }
                Some(Message::Notification(notification)) => self.note(notification)?,
                Some(Message::Response(_)) => {}
            }
        }
    }

    /// Takes note of what the editor did. What is not understood is let be: the protocol has no answer to it.
    fn note(&mut self, notification: Notification) -> Result<(), Broken> {
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document: opened }) = said(notification) {
                    self.text(opened.uri, opened.version, opened.text);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(DidChangeTextDocumentParams { text_document, content_changes }) = said(notification)
                    && let Some(change) = content_changes.into_iter().next_back().filter(|change| change.range.is_none())
                {
                    self.text(text_document.uri, text_document.version, change.text);
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Some(DidSaveTextDocumentParams { text_document, .. }) = said(notification) {
                    self.again(text_document.uri.as_str().to_owned());
                }
            }
            DidChangeWatchedFiles::METHOD => self.texts.keys().cloned().collect::<Vec<_>>().into_iter().for_each(|key| self.again(key)),
            DidCloseTextDocument::METHOD => {
                if let Some(DidCloseTextDocumentParams { text_document }) = said(notification) {
                    self.waiting.remove(text_document.uri.as_str());
                    self.texts.remove(text_document.uri.as_str());
                    self.publish(text_document.uri, None, Vec::new())?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, uri: Uri, version: i32, text: String) {
        let key = uri.as_str().to_owned();
        self.waiting.insert(key.clone());
        self.texts.insert(key, Open { uri, version, text: Some(text), document: None });
    }

    /// Reads a text once more: something beside it may have changed.
    fn again(&mut self, key: String) {
        if let Some(open) = self.texts.get_mut(&key) {
            open.text = open.text.take().or_else(|| open.document.take().map(|document| document.source.text().to_owned()));
            self.waiting.insert(key);
        }
    }

    /// Reads all texts that wait, and says what is wrong with them.
    fn look(&mut self) -> Result<(), Broken> {
        for key in std::mem::take(&mut self.waiting) {
            let Some(open) = self.texts.get_mut(&key) else { continue };
            let Some(text) = open.text.take() else { continue };
            let document = Document::read(&path(&open.uri), text);
            let (uri, version) = (open.uri.clone(), open.version);
            let shown = document.log.iter().map(|diagnostic| shown(diagnostic, &document, &uri, self.counting)).collect();
            open.document = Some(document);
            self.publish(uri, Some(version), shown)?;
        }
        Ok(())
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> Result<(), Broken> {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.connection.sender.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params).into())?;
        Ok(())
    }

    fn answer(&self, request: Request) -> Response {
        match request.method.as_str() {
            HoverRequest::METHOD => respond(request, |params: HoverParams| {
                let place = params.text_document_position_params;
                let document = self.document(&place.text_document.uri)?;
                let at = self.counting.byte(&document.source, place.position);
                let (value, element) = hover::of(&document.source, document.tree.as_ref()?, at)?;
                let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
                Some(Hover { contents, range: Some(self.counting.range(&document.source, element.tag)) })
            }),
            GotoDefinition::METHOD => respond(request, |params: GotoDefinitionParams| {
                let place = params.text_document_position_params;
                let document = self.document(&place.text_document.uri)?;
                let tree = document.tree.as_ref()?;
                let ids = target::pointed(&document.source, tree, self.counting.byte(&document.source, place.position));
                let spans = ids.iter().filter_map(|id| target::named(tree, id)).map(|element| element.tag);
                Some(GotoDefinitionResponse::Array(self.locations(document, &place.text_document.uri, spans)))
            }),
            References::METHOD => respond(request, |params: ReferenceParams| {
                let place = params.text_document_position;
                let document = self.document(&place.text_document.uri)?;
                let tree = document.tree.as_ref()?;
                let at = self.counting.byte(&document.source, place.position);
                let id = target::pointed(&document.source, tree, at).into_iter().next().or_else(|| target::own_id(tree, at).map(str::to_owned))?;
                Some(self.locations(document, &place.text_document.uri, target::pointing(tree, &id).into_iter()))
            }),
            DocumentSymbolRequest::METHOD => respond(request, |params: DocumentSymbolParams| {
                let document = self.document(&params.text_document.uri)?;
                Some(DocumentSymbolResponse::Nested(outline::symbols(&document.source, self.counting, &document.tree.as_ref()?.root)))
            }),
            CodeActionRequest::METHOD => respond(request, |params: CodeActionParams| -> Option<CodeActionResponse> {
                let uri = &params.text_document.uri;
                let document = self.document(uri)?;
                let part = self.counting.span(&document.source, params.range);
                Some(repair::actions(document, uri, self.counting, part, |diagnostic| shown(diagnostic, document, uri, self.counting)))
            }),
            method => {
                let why = format!("`{method}` is nothing that this program does");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, why)
            }
        }
    }

    fn document(&self, uri: &Uri) -> Option<&Document> {
        self.texts.get(uri.as_str())?.document.as_ref()
    }

    fn locations(&self, document: &Document, uri: &Uri, spans: impl Iterator<Item = Span>) -> Vec<Location> {
        spans.map(|span| Location::new(uri.clone(), self.counting.range(&document.source, span))).collect()
    }
}

/// What a notification says; `None` where it says nothing that can be understood.
fn said<P: DeserializeOwned>(notification: Notification) -> Option<P> {
    serde_json::from_value(notification.params).ok()
}

/// The answer to a question: `null` where there is nothing to say.
fn respond<P: DeserializeOwned, R: Serialize>(request: Request, answer: impl FnOnce(P) -> Option<R>) -> Response {
    let Request { id, params, .. } = request;
    match serde_json::from_value(params) {
        Ok(params) => match catch_unwind(AssertUnwindSafe(|| answer(params))) {
            Ok(answer) => Response::new_ok(id, answer),
            Err(_) => Response::new_err(id, ErrorCode::InternalError as i32, "the program met a fault of its own".to_owned()),
        },
        Err(why) => Response::new_err(id, ErrorCode::InvalidParams as i32, why.to_string()),
    }
}

/// Where a text lies. One that lies nowhere yet is read as if it lay in the folder that the program runs in.
fn path(uri: &Uri) -> PathBuf {
    let file = url::Url::parse(uri.as_str()).ok().and_then(|url| url.to_file_path().ok());
    file.map_or_else(|| PathBuf::from("untitled.xml"), |path| disk::from_here(&path))
}

/// A complaint as editors take it.
fn shown(diagnostic: &diag::Diagnostic, document: &Document, uri: &Uri, counting: Counting) -> Diagnostic {
    let mut message = diagnostic.message.clone();
    if let Some(elsewhere) = &diagnostic.elsewhere {
        let source = article::source::Source::new(elsewhere.file.as_str(), elsewhere.text.as_str());
        let position = source.position(elsewhere.span.start);
        message.push_str(&format!(" ({}:{}:{})", elsewhere.file, position.line, position.column));
    }
    if let Some(hint) = &diagnostic.hint {
        message.push_str(&format!("\nhint: {hint}"));
    }
    let related = diagnostic.also.iter().map(|(span, why)| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), counting.range(&document.source, *span)),
        message: why.clone(),
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: diagnostic.at.map_or_else(Range::default, |span| counting.range(&document.source, span)),
        severity: Some(match diagnostic.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(diagnostic.code.name().to_owned())),
        source: Some("diglot".to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..Diagnostic::default()
    }
}
