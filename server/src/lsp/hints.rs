//! Inlay hints and code lenses: how the sums of a table stand.

use gouji_ide::{Hints, Lens};
use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    self, CodeLens, Command, ExecuteCommandParams, InlayHint, InlayHintLabel, InlayHintParams,
    Position, Range, Url, WorkspaceEdit,
};

use super::capabilities::RECOMPUTE_TABLE;
use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// The hints of some lines.
pub(super) fn inlay(snapshot: &Snapshot, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let which = snapshot.session.hints;
    if which == Hints::Off {
        return None;
    }
    let range = from_proto::range(&snapshot.doc, params.range, snapshot.session.encoding);
    let hints = gouji_ide::hints(snapshot.checked()?, &range, which);
    let to_proto = ToProto::new(snapshot);
    let hint = |it: &gouji_ide::Hint| {
        let parts: Vec<_> = it.parts.iter().map(|it| it.as_str(to_proto.lang())).collect();
        InlayHint {
            position: to_proto.range(&(it.at..it.at)).start,
            label: InlayHintLabel::String(parts.join("；")),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    };
    Some(hints.iter().map(hint).collect())
}

/// The lines above the tables of a document.
pub(super) fn lenses(snapshot: &Snapshot) -> Option<Vec<CodeLens>> {
    if !snapshot.session.lenses {
        return None;
    }
    let lenses = gouji_ide::lenses(snapshot.checked()?);
    let to_proto = ToProto::new(snapshot);
    Some(lenses.iter().map(|it| lens(snapshot, &to_proto, it)).collect())
}

fn lens(snapshot: &Snapshot, to_proto: &ToProto, it: &Lens) -> CodeLens {
    let start = to_proto.range(&it.range).start;
    let arguments = json!({"uri": snapshot.uri, "position": start});
    // Without a name, a client shows the words and has nothing to run.
    let name = if it.can_recompute { RECOMPUTE_TABLE } else { "" };
    let command = Command {
        title: it.title.text(to_proto.lang()),
        command: name.to_owned(),
        arguments: it.can_recompute.then(|| vec![arguments]),
    };
    let range = Range::new(start, start);
    CodeLens { range, command: Some(command), data: None }
}

/// The table that [`RECOMPUTE_TABLE`] is to recompute.
pub(super) fn target(params: &ExecuteCommandParams) -> Option<(Url, Position)> {
    let argument = params.arguments.first()?;
    let part = |name: &str| argument.get(name).cloned().unwrap_or(Value::Null);
    let uri = serde_json::from_value(part("uri")).ok()?;
    Some((uri, serde_json::from_value(part("position")).ok()?))
}

/// The edit that recomputes a table; `None` where nothing would change.
pub(super) fn recomputed(
    snapshot: &Snapshot,
    position: lsp_types::Position,
) -> Option<WorkspaceEdit> {
    let at = from_proto::position(snapshot, position);
    let changes = gouji_ide::recomputed(snapshot.checked()?, at)?;
    Some(ToProto::new(snapshot).edit(&changes))
}
