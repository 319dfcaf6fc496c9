//! From bytes, places and findings to the protocol's ranges, diagnostics and edits.

use std::ops::Range;

use gouji_analysis::{Finding, Message, Place, Severity};
use gouji_ide::Change;
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticSeverity, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range as LspRange, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};

use super::documents::Snapshot;
use super::lines::Lines;
use super::publication;

/// Converts what concerns one snapshot.
pub(super) struct ToProto<'a> {
    snapshot: &'a Snapshot,
    starts: Vec<usize>,
    lines: Lines<'a>,
}

impl<'a> ToProto<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self::at(snapshot, snapshot.doc.starts())
    }

    /// For places that count from the block that starts at the first of `starts`.
    pub(super) fn at(snapshot: &'a Snapshot, starts: Vec<usize>) -> Self {
        let lines = Lines::new(snapshot.doc.text(), snapshot.session.encoding);
        Self { snapshot, starts, lines }
    }

    /// Where a block starts.
    pub(super) fn start(&self, block: u32) -> Position {
        let at = self.starts.get(block as usize).copied().unwrap_or_default();
        self.range(&(at..at)).start
    }

    /// The range of some bytes in the client's encoding.
    pub(super) fn range(&self, bytes: &Range<usize>) -> LspRange {
        let position = |at| {
            let at = self.lines.position(at);
            Position::new(at.line, at.column)
        };
        LspRange::new(position(bytes.start), position(bytes.end))
    }

    /// The range of a place.
    pub(super) fn place(&self, place: Place) -> LspRange {
        self.range(&place.resolve(&self.starts))
    }

    /// A message in the client's language.
    pub(super) fn text(&self, message: &Message) -> String {
        message.text(self.snapshot.session.lang)
    }

    /// A finding as a diagnostic of the protocol's types, in the shape of the published one.
    pub(super) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let published =
            publication::Diagnostic::of_finding(self, finding, self.snapshot.uri.as_str());
        let value = serde_json::to_value(published);
        value.and_then(serde_json::from_value).unwrap_or_default()
    }

    /// Changes of the snapshot's text as an edit, for its version alone where the client can
    /// tell versions apart.
    pub(super) fn edit(&self, changes: &[Change]) -> WorkspaceEdit {
        let edits = changes.iter().map(|it| TextEdit::new(self.range(&it.range), it.text.clone()));
        let uri = self.snapshot.uri.clone();
        if !self.snapshot.session.document_changes {
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

/// The protocol's word for a severity.
pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
