//! Code actions: from the findings of a snapshot to what an editor offers.

use gouji_analysis::Finding;
use gouji_ide::{Action, Kind, Trigger};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionResponse, CodeActionTriggerKind, Diagnostic, NumberOrString,
};

use super::capabilities::{FIX_ALL, REWRITE};
use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// The actions for a range of a snapshot.
pub(super) fn find(snapshot: &Snapshot, params: &CodeActionParams) -> CodeActionResponse {
    let context = &params.context;
    let to_proto = ToProto::new(snapshot);
    let range = from_proto::range(&snapshot.doc, params.range, snapshot.session.encoding);
    let trigger = match context.trigger_kind {
        Some(CodeActionTriggerKind::AUTOMATIC) => Trigger::Cursor,
        _ => Trigger::Menu,
    };
    let checked = snapshot.checked().into_iter();
    let found = checked.flat_map(|it| gouji_ide::code_actions(it, range.clone(), trigger));
    let wanted = found.filter(|it| asks_for(context, &kind(it.kind)));
    let mut actions: Vec<_> = wanted.map(|it| convert(snapshot, &to_proto, context, &it)).collect();
    // Only on demand: in the menu of a single finding it would be one entry too many.
    if context.only.is_some() && asks_for(context, &FIX_ALL) && snapshot.checked().is_some() {
        actions.extend(fix_all(snapshot, &to_proto));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn kind(kind: Kind) -> CodeActionKind {
    match kind {
        Kind::QuickFix => CodeActionKind::QUICKFIX,
        Kind::Rewrite => REWRITE,
    }
}

/// Whether the client wants actions of a kind: kinds are paths, and naming one means all
/// below it.
fn asks_for(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let Some(only) = &context.only else { return true };
    only.iter().any(|it| match kind.as_str().strip_prefix(it.as_str()) {
        Some(rest) => rest.is_empty() || rest.starts_with('.') || it.as_str().is_empty(),
        None => false,
    })
}

fn convert(
    snapshot: &Snapshot,
    to_proto: &ToProto,
    context: &CodeActionContext,
    action: &Action,
) -> CodeAction {
    let findings = action.findings.iter().map(|it| linked(to_proto, context, it));
    let findings: Vec<_> = findings.collect();
    CodeAction {
        title: action.title.text(snapshot.session.lang),
        kind: Some(kind(action.kind)),
        diagnostics: (!findings.is_empty()).then_some(findings),
        edit: Some(to_proto.edit(&action.changes)),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    }
}

/// The diagnostic that an action repairs: the client's own where it sent it.
fn linked(to_proto: &ToProto, context: &CodeActionContext, finding: &Finding) -> Diagnostic {
    let range = to_proto.place(finding.place);
    let is_it = |it: &&Diagnostic| {
        let code = Some(NumberOrString::String(finding.code.to_owned()));
        it.range == range && it.code == code
    };
    let sent = context.diagnostics.iter().find(is_it).cloned();
    sent.unwrap_or_else(|| to_proto.diagnostic(finding))
}

fn fix_all(snapshot: &Snapshot, to_proto: &ToProto) -> Option<CodeAction> {
    let fixed = gouji_ide::fix_all(&snapshot.doc, &snapshot.session.config);
    (!fixed.changes.is_empty()).then(|| CodeAction {
        title: fixed.title().text(snapshot.session.lang),
        kind: Some(FIX_ALL),
        edit: Some(to_proto.edit(&fixed.changes)),
        ..CodeAction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn naming_a_kind_means_all_below_it() {
        let asks = |only: &'static str, kind: &CodeActionKind| {
            let only = Some(vec![CodeActionKind::new(only)]);
            asks_for(&CodeActionContext { only, ..CodeActionContext::default() }, kind)
        };
        for only in ["", "source", "source.fixAll", "source.fixAll.gouji"] {
            assert!(asks(only, &FIX_ALL), "{only:?}");
        }
        for only in ["source.fix", "source.fixAll.other", "quickfix", "source.fixAll.gouji.more"] {
            assert!(!asks(only, &FIX_ALL), "{only:?}");
        }
        assert!(asks_for(&CodeActionContext::default(), &CodeActionKind::QUICKFIX));
    }
}
