//! The blocks of a document as a sequence of shared leaves.
//!
//! A version of a document shares all leaves but the one or two that an edit touched with
//! the version before: editing costs the number of leaves, a hundredth of the number of
//! blocks, cloning nothing, and two versions are told apart by comparing pointers.

use std::ops::Range;
use std::sync::Arc;

use ropey::{Rope, RopeBuilder};

use crate::document::Block;

/// Blocks of a full leaf.
const FULL: usize = 128;

/// Leaves below this are joined to a neighbour.
const SPARSE: usize = FULL / 4;

#[derive(Clone, Debug)]
struct Leaf {
    blocks: Arc<[Block]>,
    /// Bytes that its blocks span.
    bytes: usize,
}

impl Leaf {
    fn new(blocks: Arc<[Block]>) -> Self {
        let bytes = blocks.iter().map(Block::len).sum();
        Self { blocks, bytes }
    }
}

/// The blocks of a document, in order.
#[derive(Clone, Debug)]
pub(crate) struct Blocks {
    leaves: Arc<Vec<Leaf>>,
    count: usize,
    bytes: usize,
}

impl Blocks {
    /// Blocks one after the other, of which there may be more than should be in memory twice.
    pub(crate) fn new(blocks: impl IntoIterator<Item = Block>) -> Self {
        let mut blocks = blocks.into_iter();
        let (mut leaves, mut count, mut bytes) = (Vec::new(), 0, 0);
        let mut leaf = Vec::with_capacity(FULL);
        loop {
            leaf.extend(blocks.by_ref().take(FULL));
            if leaf.is_empty() {
                return Self { leaves: leaves.into(), count, bytes };
            }
            let leaf = Leaf::new(leaf.drain(..).collect());
            count += leaf.blocks.len();
            bytes += leaf.bytes;
            leaves.push(leaf);
        }
    }

    /// Number of blocks.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Bytes that the blocks span.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Their texts, one after the other.
    pub(crate) fn text(&self) -> Rope {
        let mut text = RopeBuilder::new();
        self.iter_from(0).for_each(|it| text.append(&it.data.text));
        text.finish()
    }

    /// The blocks from one on.
    pub(crate) fn iter_from(&self, index: usize) -> impl Iterator<Item = &Block> {
        let (leaf, first) = self.leaf_of(index);
        let start = leaf * usize::from(first <= index);
        let leaves = self.leaves.get(start..).unwrap_or_default();
        leaves.iter().flat_map(|it| it.blocks.iter()).skip(index - first)
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Block> {
        let (leaf, first) = self.leaf_of(index);
        self.leaves.get(leaf)?.blocks.get(index - first)
    }

    /// Where a block starts; the end where there are not so many.
    pub(crate) fn start(&self, index: usize) -> usize {
        let (leaf, first) = self.leaf_of(index);
        let before: usize = self.leaves[..leaf].iter().map(|it| it.bytes).sum();
        let inside = self.leaves.get(leaf).map(|it| &it.blocks[..index - first]);
        before + inside.unwrap_or_default().iter().map(Block::len).sum::<usize>()
    }

    /// The last block that starts before `at`, or the first, and its start.
    pub(crate) fn before(&self, at: usize) -> (usize, usize) {
        let (mut index, mut start) = (0, 0);
        for leaf in self.leaves.iter() {
            if start + leaf.bytes >= at {
                for block in leaf.blocks.iter() {
                    if start + block.len() >= at {
                        return (index, start);
                    }
                    start += block.len();
                    index += 1;
                }
            }
            start += leaf.bytes;
            index += leaf.blocks.len();
        }
        let last = self.count.saturating_sub(1);
        (last, self.start(last))
    }

    /// Replaces some blocks by others.
    pub(crate) fn splice(&mut self, range: Range<usize>, fresh: Vec<Block>) {
        let ((mut first, start), (mut last, end)) =
            (self.leaf_of(range.start), self.leaf_of(range.end));
        self.count = self.count - range.len() + fresh.len();
        let head = self.leaves.get(first).map(|it| &it.blocks[..range.start - start]);
        let tail = self.leaves.get(last).map(|it| &it.blocks[range.end - end..]);
        let mut blocks = Vec::with_capacity(FULL);
        blocks.extend_from_slice(head.unwrap_or_default());
        blocks.extend(fresh);
        blocks.extend_from_slice(tail.unwrap_or_default());
        last = (last + 1).min(self.leaves.len());
        if blocks.len() < SPARSE {
            if first > 0 {
                first -= 1;
                blocks.splice(0..0, self.leaves[first].blocks.iter().cloned());
            } else if let Some(next) = self.leaves.get(last) {
                blocks.extend_from_slice(&next.blocks);
                last += 1;
            }
        }
        self.bytes -= self.leaves[first..last].iter().map(|it| it.bytes).sum::<usize>();
        let leaves: Vec<_> = cut(blocks).collect();
        self.bytes += leaves.iter().map(|it| it.bytes).sum::<usize>();
        Arc::make_mut(&mut self.leaves).splice(first..last, leaves);
    }

    /// How many blocks at the start, and how many at the end, are the very same in both.
    pub(crate) fn shared(&self, other: &Self) -> (usize, usize) {
        let head = shared(self.leaves.iter(), other.leaves.iter(), <[Block]>::get);
        let tail = shared(self.leaves.iter().rev(), other.leaves.iter().rev(), |it, at| {
            it.get(it.len().checked_sub(at + 1)?)
        });
        let least = self.count.min(other.count);
        (head, tail.min(least - head))
    }

    /// The leaf that holds a block, and the index of the leaf's first one. Past the end: the
    /// number of leaves, and of blocks.
    fn leaf_of(&self, index: usize) -> (usize, usize) {
        let mut first = 0;
        for (leaf, it) in self.leaves.iter().enumerate() {
            if index < first + it.blocks.len() {
                return (leaf, first);
            }
            first += it.blocks.len();
        }
        (self.leaves.len(), first)
    }
}

/// Leaves of about equal size.
fn cut(blocks: Vec<Block>) -> impl Iterator<Item = Leaf> {
    let leaves = blocks.len().div_ceil(FULL);
    let size = if leaves == 0 { 1 } else { blocks.len().div_ceil(leaves) };
    let mut blocks = blocks.into_iter();
    std::iter::from_fn(move || {
        let mut leaf = Vec::with_capacity(size.min(blocks.len()));
        leaf.extend(blocks.by_ref().take(size));
        (!leaf.is_empty()).then(|| Leaf::new(leaf.into()))
    })
}

/// Blocks that two runs of leaves share until they differ, each leaf read by `get`. Leaves
/// that are the very same are not looked into.
fn shared<'a>(
    mut a: impl Iterator<Item = &'a Leaf>,
    mut b: impl Iterator<Item = &'a Leaf>,
    get: impl Fn(&'a [Block], usize) -> Option<&'a Block>,
) -> usize {
    let mut count = 0;
    let (mut at, mut here, mut there) = ((0, 0), a.next(), b.next());
    while let (Some(left), Some(right)) = (here, there) {
        if at == (0, 0) && Arc::ptr_eq(&left.blocks, &right.blocks) {
            count += left.blocks.len();
            (here, there) = (a.next(), b.next());
            continue;
        }
        match (get(&left.blocks, at.0), get(&right.blocks, at.1)) {
            (Some(x), Some(y)) if x.data.is(&y.data) => {
                count += 1;
                at = (at.0 + 1, at.1 + 1);
            }
            (Some(_), Some(_)) => break,
            (None, _) => (here, at.0) = (a.next(), 0),
            (_, None) => (there, at.1) = (b.next(), 0),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn block(number: usize) -> Block {
        Document::new(&format!("{number}\n")).block(0).cloned().unwrap()
    }

    fn texts(blocks: &[Block]) -> Vec<&str> {
        blocks.iter().map(|it| &*it.data.text).collect()
    }

    /// Splices at every border of small and large sequences, held against a plain vector.
    #[test]
    fn splicing_is_that_of_a_vector() {
        for count in [0, 1, 5, FULL, FULL + 1, 5 * FULL] {
            let plain: Vec<_> = (0..count).map(block).collect();
            let blocks = Blocks::new(plain.clone());
            for start in (0..=count).step_by(31).chain([count]) {
                for end in [start, (start + 1).min(count), (start + 200).min(count), count] {
                    for fresh in [0, 1, 3 * FULL] {
                        let fresh: Vec<_> = (0..fresh).map(|it| block(10_000 + it)).collect();
                        let (mut plain, mut blocks) = (plain.clone(), blocks.clone());
                        plain.splice(start..end, fresh.clone());
                        blocks.splice(start..end, fresh);
                        check(&blocks, &plain);
                    }
                }
            }
        }
    }

    fn check(blocks: &Blocks, plain: &[Block]) {
        let all: Vec<_> = blocks.iter_from(0).cloned().collect();
        assert_eq!(texts(&all), texts(plain));
        assert_eq!(blocks.count(), plain.len());
        assert_eq!(blocks.bytes(), plain.iter().map(Block::len).sum::<usize>());
        let mut start = 0;
        for index in (0..plain.len()).step_by(17) {
            start = plain[..index].iter().map(Block::len).sum();
            assert_eq!(blocks.start(index), start);
            assert_eq!(blocks.before(start + 1), (index, start));
            assert!(blocks.get(index).unwrap().data.is(&plain[index].data));
        }
        assert!(blocks.get(plain.len()).is_none());
        assert_eq!(blocks.start(plain.len() + 3), blocks.bytes(), "{start}");
        assert!(blocks.leaves.iter().all(|it| it.blocks.len() <= FULL));
    }

    #[test]
    fn versions_share_what_was_not_touched() {
        let plain: Vec<_> = (0..5 * FULL).map(block).collect();
        let blocks = Blocks::new(plain);
        for (range, fresh) in [(0..1, 1), (200..203, 1), (300..300, 2), (639..640, 0), (0..640, 1)]
        {
            let mut next = blocks.clone();
            next.splice(range.clone(), (0..fresh).map(|it| block(10_000 + it)).collect());
            assert_eq!(next.shared(&blocks), (range.start, 5 * FULL - range.end), "{range:?}");
            assert_eq!(blocks.shared(&next), (range.start, 5 * FULL - range.end), "{range:?}");
        }
        assert_eq!(blocks.shared(&blocks.clone()), (5 * FULL, 0));
    }
}
