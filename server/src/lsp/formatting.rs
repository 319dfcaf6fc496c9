//! Formatting: a document's tables, or those of a range.

use gouji_ide::Change;
use tower_lsp::lsp_types::{DocumentRangeFormattingParams, TextEdit};

use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// The edits that align all tables of a snapshot.
pub(super) fn all(snapshot: &Snapshot) -> Vec<TextEdit> {
    let checked = snapshot.checked();
    checked.map_or_else(Vec::new, |it| edits(snapshot, &gouji_ide::format(it, None)))
}

/// The edits that align the tables which a range touches.
pub(super) fn find(snapshot: &Snapshot, params: &DocumentRangeFormattingParams) -> Vec<TextEdit> {
    let range = from_proto::range(&snapshot.doc, params.range, snapshot.session.encoding);
    let checked = snapshot.checked();
    checked.map_or_else(Vec::new, |it| edits(snapshot, &gouji_ide::format(it, Some(&range))))
}

fn edits(snapshot: &Snapshot, changes: &[Change]) -> Vec<TextEdit> {
    let to_proto = ToProto::new(snapshot);
    changes.iter().map(|it| TextEdit::new(to_proto.range(&it.range), it.text.clone())).collect()
}
