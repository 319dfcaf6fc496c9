//! From the protocol's positions to bytes.

use std::ops::Range;

use gouji_analysis::Document;
use gouji_syntax::{Encoding, Position, position};
use tower_lsp::lsp_types;

use super::documents::Snapshot;

/// The byte of a snapshot at a position, clamped to the text.
pub(super) fn position(snapshot: &Snapshot, at: lsp_types::Position) -> usize {
    offset(&snapshot.doc, at, snapshot.session.encoding)
}

/// The bytes of a range, clamped to the text; a reversed range is turned round.
pub(super) fn range(doc: &Document, range: lsp_types::Range, encoding: Encoding) -> Range<usize> {
    let (start, end) = (offset(doc, range.start, encoding), offset(doc, range.end, encoding));
    start.min(end)..start.max(end)
}

fn offset(doc: &Document, at: lsp_types::Position, encoding: Encoding) -> usize {
    position::offset(doc.text(), Position { line: at.line, column: at.character }, encoding)
}
