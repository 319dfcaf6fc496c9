//! Hover: what is known of a number or a label, as Markdown or as text.

use std::fmt::Write;

use gouji_analysis::{Lang, Message};
use tower_lsp::lsp_types::{self, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::documents::Snapshot;
use super::from_proto;
use super::publication::RULE_PAGES;
use super::to_proto::ToProto;

/// What is known of the thing at a position.
pub(super) fn find(snapshot: &Snapshot, params: &HoverParams) -> Option<lsp_types::Hover> {
    let at = from_proto::position(snapshot, params.text_document_position_params.position);
    let hover = gouji_ide::hover(snapshot.checked()?, at)?;
    let kind = snapshot.session.peer.hover_kind();
    let value = text(&hover, &kind, snapshot.session.lang);
    let range = Some(ToProto::new(snapshot).range(&hover.range));
    let contents = HoverContents::Markup(MarkupContent { kind, value });
    Some(lsp_types::Hover { contents, range })
}

fn text(hover: &gouji_ide::Hover, kind: &MarkupKind, lang: Lang) -> String {
    let is_markdown = *kind == MarkupKind::Markdown;
    let (strong, bullet) = if is_markdown { ("**", "- ") } else { ("", "") };
    let mut text = String::new();
    if let Some(title) = &hover.title {
        _ = writeln!(text, "{strong}{}{strong}\n", title.as_str(lang));
    }
    if let Some(note) = hover.note {
        _ = writeln!(text, "{}\n", note.text(lang));
        let source = note.source().map(|it| Message::new("hover.source").with("source", it));
        text.extend(source.map(|it| it.text(lang) + "\n"));
    }
    for line in &hover.lines {
        _ = writeln!(text, "{bullet}{}", line.as_str(lang));
    }
    if !hover.rules.is_empty() {
        text.push('\n');
    }
    for rule in &hover.rules {
        let code = rule.code;
        let link = || format!("[{code}]({RULE_PAGES}/{code}.md)");
        let name = if is_markdown { link() } else { code.to_owned() };
        let summary = rule.summary[usize::from(lang == Lang::En)];
        let message = Message::new("hover.rule").with("code", name).with("summary", summary);
        _ = writeln!(text, "{bullet}{}", message.as_str(lang));
        if let Some(source) = rule.source() {
            let source = Message::new("hover.source").with("source", source);
            _ = writeln!(text, "  {}", source.as_str(lang));
        }
    }
    text.truncate(text.trim_end().len());
    text
}
