//! What analysis derives from one block alone, kept with the block.

use std::sync::OnceLock;

use gouji_syntax::BlockData;
use gouji_syntax::plain::Plain;
use gouji_syntax::table::{self, Cells};

use crate::bind::tokens::Token;
use crate::prose::{self, Prose};

/// Derived data of a block; each part is computed once, when first asked for.
#[derive(Debug, Default)]
pub struct Memo {
    cells: OnceLock<Cells>,
    plain: OnceLock<Plain>,
    tokens: OnceLock<Vec<Token>>,
    prose: OnceLock<Prose>,
}

/// The cells of a block.
pub fn cells(block: &BlockData<Memo>) -> &Cells {
    block.memo.cells.get_or_init(|| table::cells(block.kind, &block.text))
}

/// The visible text of a block.
pub fn plain(block: &BlockData<Memo>) -> &Plain {
    block.memo.plain.get_or_init(|| Plain::new(&block.text, 0))
}

/// The classified cells of a block.
pub(crate) fn tokens(block: &BlockData<Memo>, read: impl FnOnce() -> Vec<Token>) -> &[Token] {
    block.memo.tokens.get_or_init(read)
}

/// What the sentences of a block say.
pub(crate) fn prose(block: &BlockData<Memo>) -> &Prose {
    block.memo.prose.get_or_init(|| prose::read(block))
}
