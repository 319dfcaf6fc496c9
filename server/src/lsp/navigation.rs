//! Highlights, definitions, references and selections: from a number to what belongs to it.

use std::ops::Range;

use gouji_analysis::relations::Side;
use gouji_ide::Highlight;
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, Position, ReferenceParams, SelectionRange,
    SelectionRangeParams,
};

use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// The results and sources that belong to a number.
pub(super) fn highlights(
    snapshot: &Snapshot,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let at = from_proto::position(snapshot, params.text_document_position_params.position);
    let marks = gouji_ide::highlights(snapshot.checked()?, at);
    let to_proto = ToProto::new(snapshot);
    let mark = |it: &Highlight| DocumentHighlight {
        range: to_proto.range(&it.range),
        kind: Some(match it.side {
            Side::Stated => DocumentHighlightKind::WRITE,
            Side::Source => DocumentHighlightKind::READ,
        }),
    };
    Some(marks.iter().map(mark).collect())
}

/// Where a number of a sentence comes from.
pub(super) fn definitions(
    snapshot: &Snapshot,
    params: &GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let at = from_proto::position(snapshot, params.text_document_position_params.position);
    let ranges = gouji_ide::definitions(snapshot.checked()?, at);
    Some(GotoDefinitionResponse::Array(locations(snapshot, &ranges)))
}

/// The sentences that state a cell.
pub(super) fn references(snapshot: &Snapshot, params: &ReferenceParams) -> Option<Vec<Location>> {
    let at = from_proto::position(snapshot, params.text_document_position.position);
    let with_cells = params.context.include_declaration;
    Some(locations(snapshot, &gouji_ide::references(snapshot.checked()?, at, with_cells)))
}

fn locations(snapshot: &Snapshot, ranges: &[Range<usize>]) -> Vec<Location> {
    let to_proto = ToProto::new(snapshot);
    let location = |it| Location::new(snapshot.uri.clone(), to_proto.range(it));
    ranges.iter().map(location).collect()
}

/// The selections around each of some positions.
pub(super) fn selections(
    snapshot: &Snapshot,
    params: &SelectionRangeParams,
) -> Option<Vec<SelectionRange>> {
    let checked = snapshot.checked()?;
    let to_proto = ToProto::new(snapshot);
    let around = |position: &Position| {
        let ranges = gouji_ide::selections(checked, from_proto::position(snapshot, *position));
        // The outermost first: each is boxed in the one inside it.
        let nested = ranges.iter().rev().fold(None, |parent, range| {
            Some(Box::new(SelectionRange { range: to_proto.range(range), parent }))
        });
        let here = tower_lsp::lsp_types::Range::new(*position, *position);
        nested.map_or(SelectionRange { range: here, parent: None }, |it| *it)
    };
    Some(params.positions.iter().map(around).collect())
}
