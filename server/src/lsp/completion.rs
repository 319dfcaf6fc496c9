//! Completion: what could be written at a position.

use std::time::{SystemTime, UNIX_EPOCH};

use gouji_ide::{Completion, Sort, Wants};
use gouji_syntax::table::Dialect;
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionOptions, CompletionParams, CompletionResponse,
    CompletionTextEdit, InsertTextFormat, Range, TextEdit, Url,
};

use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// Nothing pops up unasked: every character of a report would be a reason.
pub(super) fn options() -> CompletionOptions {
    CompletionOptions::default()
}

/// What could be written at a position of a snapshot.
pub(super) fn find(snapshot: &Snapshot, params: &CompletionParams) -> CompletionResponse {
    let position = params.text_document_position.position;
    let range = Range::new(position, position);
    let at = from_proto::range(&snapshot.doc, range, snapshot.session.encoding).start;
    let wants = Wants {
        snippets: snapshot.session.peer.knows_snippets(),
        dialect: dialect(&snapshot.uri),
        year: last_year(),
    };
    let found = gouji_ide::completions(&snapshot.doc, snapshot.checked(), at, wants);
    let to_proto = ToProto::new(snapshot);
    let items = found.into_iter().enumerate();
    CompletionResponse::Array(items.map(|it| item(&to_proto, it)).collect())
}

fn item(to_proto: &ToProto, (index, it): (usize, Completion)) -> CompletionItem {
    let edit = TextEdit::new(to_proto.range(&it.range), it.text);
    CompletionItem {
        label: it.label,
        detail: Some(it.detail.text(to_proto.lang())),
        kind: Some(kind(it.sort)),
        filter_text: Some(it.filter),
        // The order is ours: what comes next in the form, first.
        sort_text: Some(format!("{index:03}")),
        insert_text_format: it.is_snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}

fn kind(sort: Sort) -> CompletionItemKind {
    match sort {
        Sort::Heading => CompletionItemKind::MODULE,
        Sort::Label => CompletionItemKind::FIELD,
        Sort::Value => CompletionItemKind::VALUE,
        Sort::Sentence => CompletionItemKind::TEXT,
        Sort::Report => CompletionItemKind::SNIPPET,
    }
}

/// How a report in a file of that name would be written.
fn dialect(uri: &Url) -> Dialect {
    let extension = uri.path().rsplit('.').next().unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => Dialect::Html,
        "txt" => Dialect::Tab,
        _ => Dialect::Gfm,
    }
}

/// The year that the report being written now is about: it is due in January.
fn last_year() -> i32 {
    const MEAN_YEAR: u64 = 31_556_952;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    1969 + i32::try_from(now / MEAN_YEAR).unwrap_or_default()
}
