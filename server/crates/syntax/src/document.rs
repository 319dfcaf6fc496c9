//! A document: its text and the blocks it is divided into, as an immutable value.
//!
//! Invariants:
//! * the texts of the blocks concatenate to the text of the document;
//! * a block holds shared data, never an absolute offset, so an edit above it changes nothing
//!   in it;
//! * every block starts in the initial state of the segmenter, which looks at most
//!   one line past the block's end, and a few bytes past that line to see whether a tag
//!   ends it. Re-parsing therefore starts one block before the one that holds these bytes
//!   before the edit, and stops at the first surviving block start that it reaches again;
//! * [`Document::edit`] gives the same blocks as parsing the new text in full.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;

use crate::blocks::Blocks;
use crate::common_prefix;
use crate::segment::{self, Piece, Segmenter};
use crate::window::Window;

/// Offsets are `u32`.
const LONGEST: usize = u32::MAX as usize;

/// What a block is. Only the shape of its lines decides, never their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A run of lines without visible characters.
    Blank,
    /// One line: `# …` or a short line numbered 一、.
    Heading,
    /// A run of other lines.
    Paragraph,
    /// Lines with separators, or an HTML table.
    Table(TableKind),
    /// From a code fence to its closer, or to the end.
    Fence,
    /// From `<!--` to `-->`, or to the end; likewise a script or style sheet.
    Comment,
}

/// The separators of a table block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// Lines with `|`.
    Pipe,
    /// Lines with tab characters.
    Tab,
    /// `<table>` to `</table>`.
    Html,
}

/// The data of one block. Its text is shared by all versions of the document that have the block,
/// so that later layers can tell by the pointer that nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockData {
    /// What the block is.
    pub kind: BlockKind,
    /// The block's text with its line terminators.
    pub text: Arc<str>,
}

impl BlockData {
    /// Whether both are the data of the very same block.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }
}

/// A block in a document.
#[derive(Clone, Debug)]
pub struct Block {
    /// The shared data.
    pub data: BlockData,
}

impl Block {
    /// Bytes that the block spans.
    #[must_use]
    pub fn len(&self) -> usize {
        self.data.text.len()
    }

    /// Never true: the segmenter makes no empty blocks.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.data.text.is_empty()
    }
}

/// Replaces the bytes `range` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the old text; clamped to it and to character boundaries.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// How much of a document an edit left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reuse {
    /// Blocks that were segmented again.
    pub parsed: usize,
    /// Blocks that were kept without being looked at.
    pub kept: usize,
}

/// Text and blocks of one version of a document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Made of the blocks when it is first asked for.
    text: OnceLock<Rope>,
    blocks: Blocks,
}

impl Default for Document {
    fn default() -> Self {
        Self::new("")
    }
}

impl Document {
    /// Parses `text` in full. Never fails: any text has blocks. A text beyond `u32::MAX` bytes
    /// is cut there.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = &text[..floor(text, text.len().min(LONGEST))];
        Self { blocks: Blocks::new(parse(text)), text: OnceLock::new() }
    }

    /// The text. Of a document that was not edited it is put together when it is first asked for.
    #[must_use]
    pub fn text(&self) -> &Rope {
        self.text.get_or_init(|| self.blocks.text())
    }

    /// Bytes of the text.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.blocks.bytes()
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter_from(0)
    }

    /// Number of blocks.
    #[must_use]
    pub fn count(&self) -> usize {
        self.blocks.count()
    }

    /// The block with an index.
    #[must_use]
    pub fn block(&self, index: usize) -> Option<&Block> {
        self.blocks.get(index)
    }

    /// Some blocks; those that there are where the range reaches past the end.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = &Block> {
        self.blocks.iter_from(range.start).take(range.len())
    }

    /// The byte offset at which a block starts; the length of the text past the last one.
    #[must_use]
    pub fn start(&self, index: usize) -> usize {
        self.blocks.start(index)
    }

    /// Whether so many blocks from an index on are those of another version from another.
    #[must_use]
    pub fn shares(&self, index: usize, other: &Self, there: usize, count: usize) -> bool {
        let pairs = self.blocks.iter_from(index).zip(other.blocks.iter_from(there)).take(count);
        let same = pairs.take_while(|it| it.0.data.is(&it.1.data)).count();
        same == count
    }

    /// How many blocks at the start, and how many others at the end, two versions share. What
    /// is between them may differ.
    #[must_use]
    pub fn shared(&self, other: &Self) -> (usize, usize) {
        self.blocks.shared(&other.blocks)
    }

    /// The byte offset at which each block starts, and the length of the text last.
    #[must_use]
    pub fn starts(&self) -> Vec<usize> {
        let mut at = 0;
        let mut starts = Vec::with_capacity(self.count() + 1);
        starts.push(0);
        for block in self.blocks() {
            at += block.len();
            starts.push(at);
        }
        starts
    }

    /// Replaces the whole text: one edit by the common prefix and suffix.
    pub fn replace(&mut self, text: &str) -> Reuse {
        let old = self.text().to_string();
        self.edit(&difference(&old, text))
    }

    /// Applies one edit and segments again what it touched. An edit that would make the text
    /// longer than `u32::MAX` bytes changes nothing.
    ///
    /// The cost is that of the touched blocks, of the rope's depth and of summing the widths of
    /// the leaves of the sequence of blocks; the text around them is not read.
    pub fn edit(&mut self, edit: &Edit) -> Reuse {
        let (range, chars) = clamp(self.text(), &edit.range);
        let old_len = self.bytes();
        if old_len - range.len() + edit.text.len() > LONGEST {
            return Reuse { parsed: 0, kept: self.count() };
        }
        let mut text = self.text.take().unwrap_or_else(|| self.blocks.text());
        // The rope goes down to its leaves even for nothing.
        if !chars.is_empty() {
            text.remove(chars.clone());
        }
        if !edit.text.is_empty() {
            text.insert(chars.start, &edit.text);
        }
        self.text = text.into();
        let reuse = self.segment_again(&range, old_len);
        self.finish();
        reuse
    }

    /// Segments from one block before `range` (of the old text) to the first old
    /// block start after it that is reached again.
    fn segment_again(&mut self, range: &Range<usize>, old_len: usize) -> Reuse {
        let (first, start) = self.restart(range.start);
        // Old block starts after the edit are where parsing may stop.
        let mut old = self.blocks.iter_from(first).peekable();
        let mut replaced = Vec::new();
        let mut end = start;
        while let Some(block) = old.next_if(|_| end <= range.end) {
            end += block.len();
            replaced.push(block.clone());
        }
        let new_len = self.text().len_bytes();
        let mut target = end + new_len - old_len;
        let mut fresh = Vec::new();
        let mut at = start;
        let mut window = Window::new(self.text(), start, target);
        while at < new_len {
            while let Some(block) = old.next_if(|_| target < at) {
                target += block.len();
                replaced.push(block.clone());
            }
            if target == at && old.peek().is_some() {
                break;
            }
            let piece = window.next_piece();
            at += piece.0;
            fresh.push(block(piece.1, window.take(piece.0)));
        }
        if at >= new_len {
            replaced.extend(old.by_ref().cloned());
        }
        drop(old);
        keep_equal(&replaced, &mut fresh);
        let reuse = Reuse { parsed: fresh.len(), kept: self.count() - replaced.len() };
        self.blocks.splice(first..first + replaced.len(), fresh);
        reuse
    }

    /// The block from which to segment again after an edit at `at`, and its start.
    ///
    /// An edit can change where the line before it ends, when it makes or breaks the tag that
    /// ends that line; it can join the block after that to its predecessor.
    fn restart(&self, at: usize) -> (usize, usize) {
        let (index, start) = self.blocks.before(at.saturating_sub(segment::LOOKAHEAD));
        match index.checked_sub(1).and_then(|it| Some((it, self.blocks.get(it)?))) {
            Some((before, block)) => (before, start - block.len()),
            None => (index, start),
        }
    }

    /// The single exit of every edit. Debug builds hold the blocks equal to a full
    /// parse, so that each test is a test of this too; release builds check the
    /// length and parse in full rather than go on with a wrong tree.
    fn finish(&mut self) {
        let len = self.blocks.bytes();
        if len != self.text().len_bytes() {
            debug_assert!(false, "blocks span {len} of {} bytes", self.text().len_bytes());
            self.blocks = Blocks::new(parse(&self.text().to_string()));
        }
        #[cfg(debug_assertions)]
        {
            let text = self.text().to_string();
            let full: Vec<_> = parse(&text).collect();
            let blocks: Vec<_> = self.blocks().cloned().collect();
            assert_eq!(blocks.iter().map(Block::len).sum::<usize>(), len);
            assert!(same(&blocks, &full), "incremental differs from full: {:?}", self.text());
        }
    }
}

/// Whether two lists of blocks have the same kinds and texts.
#[cfg(debug_assertions)]
fn same(a: &[Block], b: &[Block]) -> bool {
    let same = |a: &BlockData, b: &BlockData| a.kind == b.kind && a.text == b.text;
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.data, &b.data))
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block { data: BlockData { kind, text: text.into() } }
}

fn parse(text: &str) -> impl Iterator<Item = Block> {
    let mut blank: Option<Block> = None;
    // At the end of the text the segmenter needs no more of it.
    let mut segmenter = Segmenter::new(text, true);
    let mut rest = text;
    std::iter::from_fn(move || {
        let Some(Piece::Block(len, kind)) = segmenter.next() else { return None };
        let (this, after) = rest.split_at(len);
        rest = after;
        if kind != BlockKind::Blank {
            return Some(block(kind, this));
        }
        // Every second block of a report is the same blank line: they share its data.
        let same = blank.take().filter(|it| *it.data.text == *this);
        Some(blank.insert(same.unwrap_or_else(|| block(kind, this))).clone())
    })
}

/// Fresh blocks equal to a replaced one keep its data, and what was derived from it.
fn keep_equal(old: &[Block], fresh: &mut [Block]) {
    /// So few are found without reading their texts into hashes: most differ in length.
    const FEW: usize = 16;
    if old.len() <= FEW {
        for new in fresh {
            if let Some(kept) = old.iter().find(|it| it.data == new.data) {
                *new = kept.clone();
            }
        }
        return;
    }
    let old: HashMap<_, _> = old.iter().map(|it| ((it.data.kind, &*it.data.text), it)).collect();
    for new in fresh {
        if let Some(kept) = old.get(&(new.data.kind, &*new.data.text)) {
            *new = (*kept).clone();
        }
    }
}

/// `range` within the text and on character boundaries: in bytes and in characters.
fn clamp(text: &Rope, range: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let char_at = |at: usize| text.byte_to_char(at.min(text.len_bytes()));
    let start = char_at(range.start);
    let end = if range.end > range.start { char_at(range.end) } else { start };
    let start_byte = text.char_to_byte(start);
    let end_byte = if end > start { text.char_to_byte(end) } else { start_byte };
    (start_byte..end_byte, start..end)
}

/// The smallest single edit that turns `old` into `new`.
fn difference(old: &str, new: &str) -> Edit {
    let prefix = floor(old, common_prefix(old.as_bytes(), new.as_bytes()));
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let suffix =
        old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b).count();
    let mut suffix = suffix;
    while !old_rest.is_char_boundary(old_rest.len() - suffix) {
        suffix -= 1;
    }
    Edit { range: prefix..old.len() - suffix, text: new[prefix..new.len() - suffix].to_owned() }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
