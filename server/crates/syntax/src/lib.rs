//! Text, blocks and tables of a report.
//!
//! Owns the text of a document, its division into blocks, and the reading of a
//! block's lines into cells. Knows nothing of reports, schemas or rules. All
//! offsets are UTF-8 bytes; [`position`] alone converts to and from lines and
//! columns of other encodings.

mod ahead;
mod blocks;
pub mod document;
mod markup;
pub mod number;
pub mod plain;
pub mod position;
mod segment;
pub mod table;
mod window;

pub use ahead::Ahead;
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

/// How many bytes at the start are the same.
pub(crate) fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let (chunks, _) = a.as_chunks::<32>();
    let pairs = chunks.iter().zip(b.as_chunks::<32>().0);
    let mut same = pairs.take_while(|it| it.0 == it.1).count() * 32;
    while let (Some(a), Some(b)) = (a[same..].first_chunk(), b[same..].first_chunk()) {
        let differing = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differing != 0 {
            return same + differing.trailing_zeros() as usize / 8;
        }
        same += 8;
    }
    same + a[same..].iter().zip(&b[same..]).take_while(|it| it.0 == it.1).count()
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
    trim_end(trim_start(text))
}

/// `text` without [`is_space`] before it.
#[inline]
pub(crate) fn trim_start(text: &str) -> &str {
    let blanks = text.bytes().take_while(|it| is_ascii_space(*it)).count();
    let text = &text[blanks..];
    // Most of it starts with a byte that no space has.
    match text.as_bytes().first() {
        Some(b'!'..=b'~' | 0xe4..=0xe9) | None => text,
        _ => text.trim_start_matches(is_space),
    }
}

/// `text` without [`is_space`] after it.
#[inline]
pub(crate) fn trim_end(text: &str) -> &str {
    // Cells are trimmed by the hundred, and have seldom any other white space.
    let blanks = text.bytes().rev().take_while(|it| is_ascii_space(*it)).count();
    let text = &text[..text.len() - blanks];
    match text.as_bytes().last() {
        Some(b'!'..=b'~') | None => text,
        _ if !text.ends_with(is_space) => text,
        _ => text.trim_end_matches(is_space),
    }
}

/// The part of [`is_space`] that is one byte.
fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_by_bytes_is_that_by_characters() {
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!(" {c}中{c}\t"), format!("{c} a\u{3000}{c}")] {
                assert_eq!(trim(&text), text.trim_matches(is_space), "{text:?}");
            }
        }
    }
}
