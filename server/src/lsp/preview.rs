//! `gouji/preview`: a report laid out as the official form has it.
//!
//! `{"textDocument": {"uri"}, "position"?}` asks for the report at a position, the first one
//! without. The answer has no reports where the document is none.

use std::ops::Range;

use gouji_ide::preview::{self, Mark, Node, Style};
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    DiagnosticSeverity, Position, Range as LspRange, TextDocumentIdentifier,
};

use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::{ToProto, severity};

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    pub(super) text_document: TextDocumentIdentifier,
    position: Option<Position>,
}

/// The reports of a document, of which one is laid out.
#[derive(Debug, Default, Serialize)]
pub(super) struct Preview {
    version: i32,
    reports: Vec<LspRange>,
    shown: usize,
    nodes: Vec<Item>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Item {
    Title {
        runs: Vec<Run>,
    },
    Heading {
        level: u8,
        runs: Vec<Run>,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    Signature {
        runs: Vec<Run>,
    },
    Table {
        name: Option<&'static str>,
        range: LspRange,
        rows: Vec<Vec<Cell>>,
        findings: Vec<usize>,
    },
}

#[derive(Debug, Serialize)]
struct Run {
    text: String,
    range: LspRange,
    findings: Vec<usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
    is_label: bool,
    range: Option<LspRange>,
    findings: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Finding {
    code: &'static str,
    severity: DiagnosticSeverity,
    message: String,
    range: LspRange,
}

/// The report of a snapshot at a position.
pub(super) fn find(snapshot: &Snapshot, params: &Params) -> Preview {
    let nothing = Preview { version: snapshot.version, ..Preview::default() };
    let at = params.position.map_or(0, |it| {
        from_proto::range(&snapshot.doc, LspRange::new(it, it), snapshot.session.encoding).start
    });
    let laid_out = snapshot.checked().and_then(|it| preview::preview(it, at));
    let Some(laid_out) = laid_out else { return nothing };
    let to_proto = ToProto::new(snapshot);
    let range = |it: &Range<usize>| to_proto.range(it);
    let finding = |it: &Mark| Finding {
        code: it.code,
        severity: severity(it.severity),
        message: it.message.text(to_proto.lang()),
        range: range(&it.range),
    };
    Preview {
        reports: laid_out.reports.iter().map(range).collect(),
        shown: laid_out.shown,
        findings: laid_out.findings.iter().map(finding).collect(),
        nodes: laid_out.nodes.into_iter().map(|it| item(it, &to_proto)).collect(),
        ..nothing
    }
}

fn item(node: Node, to_proto: &ToProto) -> Item {
    match node {
        Node::Text(text) => {
            let runs = text.runs.into_iter().map(|it| run(it, to_proto)).collect();
            match text.style {
                Style::Title => Item::Title { runs },
                Style::Heading(level) => Item::Heading { level, runs },
                Style::Paragraph => Item::Paragraph { runs },
                Style::Signature => Item::Signature { runs },
            }
        }
        Node::Table(table) => {
            let preview::Table { name, range, rows, findings } = table;
            let row = |it: Vec<_>| it.into_iter().map(|it| cell(it, to_proto)).collect();
            let rows = rows.into_iter().map(row).collect();
            Item::Table { name, range: to_proto.range(&range), rows, findings }
        }
    }
}

fn run(run: preview::Run, to_proto: &ToProto) -> Run {
    let preview::Run { text, range, findings } = run;
    Run { text, range: to_proto.range(&range), findings }
}

fn cell(cell: preview::Cell, to_proto: &ToProto) -> Cell {
    let preview::Cell { text, columns, rows, is_label, range, findings } = cell;
    let range = range.map(|it| to_proto.range(&it));
    Cell { text, columns, rows, is_label, range, findings }
}
