//! From bytes, places and findings to the protocol's ranges, diagnostics and edits.

use std::cell::RefCell;
use std::ops::Range;

use gouji_analysis::{Finding, Lang, Place, Severity};
use gouji_ide::Change;
use gouji_syntax::{Block, position};
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticSeverity, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range as LspRange, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};

use super::documents::Snapshot;
use super::lines::{self, BlockLines};
use super::publication;

/// Converts what concerns one snapshot.
pub(super) struct ToProto<'a> {
    snapshot: &'a Snapshot,
    starts: Vec<usize>,
    /// The blocks of the report that the places are in, where they are many, each with where it
    /// starts.
    blocks: Vec<(&'a Block, Position)>,
    /// The lines of the block that was asked for last.
    last: RefCell<Option<(u32, BlockLines)>>,
}

impl<'a> ToProto<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            starts: snapshot.doc.starts(),
            blocks: Vec::new(),
            last: RefCell::default(),
        }
    }

    /// For many places that count from the first of some blocks, and where that starts.
    pub(super) fn within(
        snapshot: &'a Snapshot,
        blocks: impl Iterator<Item = &'a Block>,
        (mut byte, mut start): (usize, Position),
    ) -> Self {
        let mut starts = vec![byte];
        let blocks = blocks.map(|block| {
            byte += block.len();
            starts.push(byte);
            let end = lines::end(&block.data.text, start, snapshot.session.encoding);
            (block, std::mem::replace(&mut start, end))
        });
        let blocks = blocks.collect();
        Self { snapshot, starts, blocks, last: RefCell::default() }
    }

    /// The language of messages.
    pub(super) fn lang(&self) -> Lang {
        self.snapshot.session.lang
    }

    /// The range of some bytes in the client's encoding.
    pub(super) fn range(&self, bytes: &Range<usize>) -> LspRange {
        LspRange::new(self.position(bytes.start), self.position(bytes.end))
    }

    fn position(&self, at: usize) -> Position {
        position_of(self.snapshot, at)
    }

    /// The range of a place.
    pub(super) fn place(&self, place: Place) -> LspRange {
        self.in_block(place).unwrap_or_else(|| self.range(&place.resolve(&self.starts)))
    }

    /// The range of a place that does not reach beyond its block.
    fn in_block(&self, place: Place) -> Option<LspRange> {
        let (block, start) = self.blocks.get(place.block as usize)?;
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|it| it.0 != place.block) {
            *last = Some((place.block, BlockLines::new(&block.data.text, *start)));
        }
        let (_, lines) = last.as_mut()?;
        let encoding = self.snapshot.session.encoding;
        let mut position = |at: u32| lines.position(&block.data.text, at, encoding);
        Some(LspRange::new(position(place.range.start())?, position(place.range.end())?))
    }

    /// A finding as a diagnostic of the protocol's types, in the shape of the published one.
    pub(super) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let uri = serde_json::value::to_raw_value(self.snapshot.uri.as_str());
        let published =
            |uri: &_| serde_json::to_value(publication::Diagnostic::of_finding(self, finding, uri));
        let value = uri.and_then(|it| published(&it));
        value.and_then(serde_json::from_value).unwrap_or_default()
    }

    /// Changes of the snapshot's text as an edit, for its version alone where the client can
    /// tell versions apart.
    pub(super) fn edit(&self, changes: &[Change]) -> WorkspaceEdit {
        let edits = changes.iter().map(|it| TextEdit::new(self.range(&it.range), it.text.clone()));
        let uri = self.snapshot.uri.clone();
        if !self.snapshot.session.peer.tells_versions_apart() {
            return WorkspaceEdit::new([(uri, edits.collect())].into());
        }
        let version = Some(self.snapshot.version);
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.map(OneOf::Left).collect(),
        };
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(vec![
                DocumentChangeOperation::Edit(edit),
            ])),
            ..WorkspaceEdit::default()
        }
    }
}

/// The position of a byte.
pub(super) fn position_of(snapshot: &Snapshot, at: usize) -> Position {
    let at = position::position(snapshot.doc.text(), at, snapshot.session.encoding);
    Position::new(at.line, at.column)
}

/// The protocol's word for a severity.
pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
