//! Document symbols, workspace symbols and folding: the parts of a report.

use std::sync::Arc;

use gouji_ide::Symbol;
use tower_lsp::lsp_types::{
    self, DocumentSymbol, DocumentSymbolResponse, FoldingRange, Location, SymbolInformation,
};

use super::documents::Snapshot;
use super::to_proto::ToProto;

/// Symbols of all documents that an answer holds; whoever wants others types more.
const MOST: usize = 1_000;

/// The outline of a document, as a tree where the client knows trees.
pub(super) fn document(snapshot: &Snapshot) -> Option<DocumentSymbolResponse> {
    let symbols = gouji_ide::symbols(snapshot.checked()?);
    let to_proto = ToProto::new(snapshot);
    if snapshot.session.peer.has_symbol_trees() {
        let tree = symbols.into_iter().map(|it| nested(&to_proto, it)).collect();
        return Some(DocumentSymbolResponse::Nested(tree));
    }
    let found = gouji_ide::found(snapshot.checked()?, "");
    let flat = found.into_iter().map(|it| flat(snapshot, &to_proto, it)).collect();
    Some(DocumentSymbolResponse::Flat(flat))
}

fn kind(kind: gouji_ide::SymbolKind) -> lsp_types::SymbolKind {
    match kind {
        gouji_ide::SymbolKind::Report => lsp_types::SymbolKind::MODULE,
        gouji_ide::SymbolKind::Section => lsp_types::SymbolKind::NAMESPACE,
        gouji_ide::SymbolKind::Table => lsp_types::SymbolKind::ARRAY,
    }
}

#[expect(deprecated, reason = "the field must be named although nothing is set in it")]
fn nested(to_proto: &ToProto, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|it| nested(to_proto, it)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail.map(str::to_owned),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: to_proto.range(&symbol.range),
        selection_range: to_proto.range(&symbol.name_range),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field must be named although nothing is set in it")]
fn flat(
    snapshot: &Snapshot,
    to_proto: &ToProto,
    (symbol, container): (Symbol, Option<String>),
) -> SymbolInformation {
    let name = match symbol.detail {
        Some(detail) => format!("{} {detail}", symbol.name),
        None => symbol.name,
    };
    SymbolInformation {
        name,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: Location::new(snapshot.uri.clone(), to_proto.range(&symbol.range)),
        container_name: container,
    }
}

/// The symbols of all open documents whose names hold `query`.
pub(super) fn workspace(snapshots: &[Arc<Snapshot>], query: &str) -> Vec<SymbolInformation> {
    let of_one = |snapshot: &Arc<Snapshot>| {
        let found = snapshot.checked().map(|it| gouji_ide::found(it, query)).unwrap_or_default();
        let to_proto = ToProto::new(snapshot);
        let flat = found.into_iter().take(MOST).map(|it| flat(snapshot, &to_proto, it));
        flat.collect::<Vec<_>>()
    };
    snapshots.iter().flat_map(of_one).take(MOST).collect()
}

/// What can be folded.
pub(super) fn folds(snapshot: &Snapshot) -> Option<Vec<FoldingRange>> {
    let to_proto = ToProto::new(snapshot);
    let fold = |it: &std::ops::Range<usize>| {
        let range = to_proto.range(it);
        let fold = FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            ..FoldingRange::default()
        };
        (fold.start_line < fold.end_line).then_some(fold)
    };
    Some(gouji_ide::folds(snapshot.checked()?).iter().filter_map(fold).collect())
}
