//! Semantic tokens: what the words and numbers of a report are.

use std::ops::Range;

use gouji_ide::TokenKind;
use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensFullOptions,
    SemanticTokensLegend, SemanticTokensOptions,
};

use super::documents::Snapshot;
use super::from_proto;
use super::to_proto::ToProto;

/// Bytes of a document whose tokens are given at once. Of a longer one an editor asks for what
/// it shows, which costs the same in a document of any length.
const LONGEST: usize = 1 << 20;

/// What can be asked for.
pub(super) fn options() -> SemanticTokensOptions {
    let types = TokenKind::ALL.iter().map(|it| SemanticTokenType::new(it.name()));
    SemanticTokensOptions {
        legend: SemanticTokensLegend { token_types: types.collect(), token_modifiers: Vec::new() },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    }
}

/// The tokens of a document; `None` where it is too long for that.
pub(super) fn full(snapshot: &Snapshot) -> Option<SemanticTokens> {
    let length = snapshot.doc.bytes();
    (length <= LONGEST).then(|| find(snapshot, &(0..length)))?
}

/// The tokens of a range.
pub(super) fn range(
    snapshot: &Snapshot,
    range: tower_lsp::lsp_types::Range,
) -> Option<SemanticTokens> {
    find(snapshot, &from_proto::range(&snapshot.doc, range, snapshot.session.encoding))
}

fn find(snapshot: &Snapshot, range: &Range<usize>) -> Option<SemanticTokens> {
    let tokens = gouji_ide::tokens(snapshot.checked()?, range);
    let to_proto = ToProto::new(snapshot);
    let (mut line, mut character) = (0, 0);
    let mut data = Vec::with_capacity(tokens.len());
    for token in tokens {
        let range = to_proto.range(&token.range);
        let (start, end) = (range.start, range.end);
        // Tokens are of one line, in order and apart; should one not be, it is left out.
        let is_next = start.line == end.line && (start.line, start.character) >= (line, character);
        if !is_next {
            continue;
        }
        let before = if start.line == line { character } else { 0 };
        data.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: start.character - before,
            length: end.character - start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: 0,
        });
        (line, character) = (start.line, start.character);
    }
    Some(SemanticTokens { result_id: None, data })
}
