//! `textDocument/diagnostic`: the list of a document for a client that asks for it.
//!
//! Pushing costs one message a key, pulling three, so pulling is announced only to clients that
//! are configured for it; others that ask are answered all the same. A list has a hash of its
//! bytes as its id: an edit that changes nothing in it, or its undoing, is answered without it.

use tower_lsp::lsp_types::{
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};

use super::documents::Snapshot;
use super::publication::Publication;

/// What is announced to clients that pull.
pub(super) fn options() -> DiagnosticServerCapabilities {
    DiagnosticServerCapabilities::Options(DiagnosticOptions {
        identifier: Some("gouji".to_owned()),
        ..DiagnosticOptions::default()
    })
}

/// The list, unless the client has it already.
pub(super) fn find(
    snapshot: &Snapshot,
    params: &DocumentDiagnosticParams,
) -> DocumentDiagnosticReportResult {
    let uri = snapshot.uri.as_str().into();
    let Ok(publication) = Publication::of(snapshot, &uri, None) else { return none() };
    let result_id = publication.id();
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id };
        let report = RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        };
        return DocumentDiagnosticReport::Unchanged(report).into();
    }
    full(FullDocumentDiagnosticReport {
        result_id: Some(result_id),
        items: publication.diagnostics(),
    })
}

/// An empty list: of a document that is not open nothing is known.
pub(super) fn none() -> DocumentDiagnosticReportResult {
    full(FullDocumentDiagnosticReport::default())
}

fn full(report: FullDocumentDiagnosticReport) -> DocumentDiagnosticReportResult {
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: report,
    };
    DocumentDiagnosticReport::Full(report).into()
}
