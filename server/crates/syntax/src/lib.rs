//! Text, blocks and tables of a report.
//!
//! Owns the text of a document, its division into blocks, and the reading of a
//! block's lines into cells. Knows nothing of reports, schemas or rules. All
//! offsets are UTF-8 bytes; [`position`] alone converts to and from lines and
//! columns of other encodings.

mod blocks;
pub mod document;
mod markup;
pub mod number;
pub mod plain;
pub mod position;
mod segment;
pub mod table;

pub use document::{Block, BlockData, BlockKind, Document, Edit, Reuse, TableKind};
pub use number::{Number, NumberStyle, is_blank_mark};
pub use position::{Encoding, Position};
pub use text_size::{TextRange, TextSize};

/// A [`TextRange`] from two `usize` offsets.
///
/// Offsets beyond `u32::MAX` saturate; [`Document`] refuses such texts.
#[must_use]
pub fn range(start: usize, end: usize) -> TextRange {
    let size = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end.max(start)))
}

/// Whether `c` leaves no mark: white space, and the byte order mark and zero-width space
/// that copying leaves behind.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// `text` without [`is_space`] around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}
