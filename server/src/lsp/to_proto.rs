//! From bytes, places and findings to the protocol's ranges, diagnostics and edits.

use std::ops::Range;

use gouji_analysis::{Finding, Fix, Place, Severity};
use gouji_ide::Change;
use gouji_syntax::position;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentChangeOperation, DocumentChanges, Location, NumberOrString, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range as LspRange, TextDocumentEdit,
    TextEdit, Url, WorkspaceEdit,
};

use super::documents::Snapshot;

/// The folder of the rules' pages; a page is named by its code.
const RULE_PAGES: &str = "https://github.com/gouji/gouji/blob/main/server/docs/rules";

/// `Diagnostic.source`.
pub(super) const SOURCE: &str = "gouji";

/// Converts what concerns one snapshot.
pub(super) struct ToProto<'a> {
    snapshot: &'a Snapshot,
    starts: Vec<usize>,
}

impl<'a> ToProto<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, starts: snapshot.doc.starts() }
    }

    /// The range of some bytes in the client's encoding.
    pub(super) fn range(&self, bytes: &Range<usize>) -> LspRange {
        let position = |at| {
            let at =
                position::position(self.snapshot.doc.text(), at, self.snapshot.session.encoding);
            Position::new(at.line, at.column)
        };
        LspRange::new(position(bytes.start), position(bytes.end))
    }

    /// The range of a place.
    pub(super) fn place(&self, place: Place) -> LspRange {
        self.range(&place.resolve(&self.starts))
    }

    /// A finding as a diagnostic.
    pub(super) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let href = Url::parse(&format!("{RULE_PAGES}/{}.md", finding.code)).ok();
        let mut message = finding.message.text(self.snapshot.session.lang);
        if message.is_empty() {
            // VS Code drops the whole list at an empty message.
            finding.name.clone_into(&mut message);
        }
        Diagnostic {
            range: self.place(finding.place),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.code.to_owned())),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message,
            related_information: self.related(finding),
            tags: None,
            data: self.data(finding),
        }
    }

    fn related(&self, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
        let related = finding.related.iter().map(|it| DiagnosticRelatedInformation {
            location: Location::new(self.snapshot.uri.clone(), self.place(it.place)),
            message: it.message.text(self.snapshot.session.lang),
        });
        (!finding.related.is_empty()).then(|| related.collect())
    }

    /// What a client needs to apply a fix without asking again, in the words of
    /// `check --format json`. A fix of many edits, as 重算全表, would weigh more than the rest
    /// of the list and is had by asking for code actions.
    fn data(&self, finding: &Finding) -> Option<Value> {
        const MOST_EDITS: usize = 4;
        let small = finding.fixes.iter().filter(|it| it.edits.len() <= MOST_EDITS);
        let fixes: Vec<Value> = small.map(|it| self.fix(it)).collect();
        (!fixes.is_empty()).then(|| json!({ "fixes": fixes }))
    }

    fn fix(&self, fix: &Fix) -> Value {
        let edits = fix.edits.iter().map(|it| TextEdit::new(self.place(it.place), it.text.clone()));
        json!({
            "title": fix.title.text(self.snapshot.session.lang),
            "safety": fix.safety,
            "preferred": fix.preferred,
            "edits": edits.collect::<Vec<_>>(),
        })
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
