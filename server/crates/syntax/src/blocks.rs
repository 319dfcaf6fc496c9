//! The blocks of a document as a sequence of shared leaves, in shared branches.
//!
//! A version of a document shares all leaves but the one or two that an edit touched with
//! the version before, and all branches but the one or two that hold these: editing copies
//! a leaf, a branch and the list of branches, cloning copies nothing, and two versions are
//! told apart by comparing pointers.

use std::ops::Range;
use std::sync::Arc;

use ropey::{Rope, RopeBuilder};

use crate::document::Block;

/// Blocks of a full leaf, and leaves of a full branch.
const FULL: usize = 64;

/// What has fewer is joined to a neighbour.
const SPARSE: usize = FULL / 4;

/// What a sequence is made of, down to the blocks.
trait Width {
    /// Blocks in it.
    fn count(&self) -> usize;

    /// Bytes that these span.
    fn bytes(&self) -> usize;

    /// Whether it is the very same as another.
    fn is(&self, other: &Self) -> bool;
}

impl Width for Block {
    fn count(&self) -> usize {
        1
    }

    fn bytes(&self) -> usize {
        self.len()
    }

    fn is(&self, other: &Self) -> bool {
        self.data.is(&other.data)
    }
}

/// Some items of a sequence.
#[derive(Debug)]
struct Chunk<T> {
    items: Arc<[T]>,
    count: usize,
    bytes: usize,
}

type Leaf = Chunk<Block>;
type Branch = Chunk<Leaf>;

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        Self { items: Arc::clone(&self.items), ..*self }
    }
}

impl<T> Width for Chunk<T> {
    fn count(&self) -> usize {
        self.count
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.items, &other.items)
    }
}

impl<T: Width> Chunk<T> {
    fn new(items: Arc<[T]>) -> Self {
        let (count, bytes) = (counts(&items).sum(), bytes(&items));
        Self { items, count, bytes }
    }
}

/// The blocks of a document, in order.
#[derive(Clone, Debug)]
pub(crate) struct Blocks {
    branches: Arc<Vec<Branch>>,
    count: usize,
    bytes: usize,
}

impl Blocks {
    /// Blocks one after the other, of which there may be more than should be in memory twice.
    pub(crate) fn new(blocks: impl IntoIterator<Item = Block>) -> Self {
        Self::of(cut(cut(blocks, FULL), FULL).collect())
    }

    fn of(branches: Vec<Branch>) -> Self {
        let (count, bytes) = (counts(&branches).sum(), bytes(&branches));
        Self { branches: branches.into(), count, bytes }
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
        let (branch, leaf, block) = self.find(index).unwrap_or((self.branches.len(), 0, 0));
        let leaves = self.branches[branch..].iter().flat_map(|it| it.items.iter()).skip(leaf);
        leaves.flat_map(|it| it.items.iter()).skip(block)
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Block> {
        let (branch, leaf, block) = self.find(index)?;
        Some(&self.branches[branch].items[leaf].items[block])
    }

    /// Where a block starts; the end where there are not so many.
    pub(crate) fn start(&self, index: usize) -> usize {
        let Some((branch, leaf, block)) = self.find(index) else { return self.bytes };
        let leaves = &self.branches[branch].items;
        bytes(&self.branches[..branch])
            + bytes(&leaves[..leaf])
            + bytes(&leaves[leaf].items[..block])
    }

    /// The branch, the leaf in it and the place in that of a block; `None` past the end.
    fn find(&self, index: usize) -> Option<(usize, usize, usize)> {
        let (branch, first) = find(counts(&self.branches), index);
        let leaves = &self.branches.get(branch)?.items;
        let (leaf, start) = find(counts(leaves), index - first);
        Some((branch, leaf, index - first - start))
    }

    /// The last block that starts before `at`, or the first, and its start.
    pub(crate) fn before(&self, at: usize) -> (usize, usize) {
        let found = || {
            let (branch, before) = reaching(&self.branches, at)?;
            let leaves = &self.branches[branch].items;
            let (leaf, inside) = reaching(leaves, at - before)?;
            let (block, start) = reaching(&leaves[leaf].items, at - before - inside)?;
            let count = |branches, leaves| counts(branches).chain(counts(leaves)).sum::<usize>();
            let index = count(&self.branches[..branch], &leaves[..leaf]) + block;
            Some((index, before + inside + start))
        };
        let last = || self.count.saturating_sub(1);
        found().unwrap_or_else(|| (last(), self.start(last())))
    }

    /// Replaces some blocks by others.
    pub(crate) fn splice(&mut self, range: Range<usize>, fresh: Vec<Block>) {
        let (touched, start) = touched(counts(&self.branches), &range);
        let mut branches = Vec::clone(&self.branches);
        let old = branches[touched.clone()].iter().flat_map(|it| it.items.iter());
        let mut leaves: Vec<_> = old.cloned().collect();
        let first: usize = sizes(&branches[..touched.start]).sum();
        let replaced = first..first + leaves.len();
        splice(&mut leaves, range.start - start..range.end - start, fresh);
        splice(&mut branches, replaced, leaves);
        *self = Self::of(branches);
    }

    /// How many blocks at the start, and how many at the end, are the very same in both.
    pub(crate) fn shared(&self, other: &Self) -> (usize, usize) {
        let both = [self, other].map(|it| it.branches.iter());
        let tail = both.clone().map(Iterator::rev);
        let head = shared(both, |it| it.items.iter(), |it| it.items.iter());
        let tail = shared(tail, |it| it.items.iter().rev(), |it| it.items.iter().rev());
        let least = self.count.min(other.count);
        (head, tail.min(least - head))
    }
}

/// How many blocks each of some items has.
fn counts<T: Width>(items: &[T]) -> impl Iterator<Item = usize> + Clone {
    items.iter().map(Width::count)
}

/// Bytes that some items span.
fn bytes<T: Width>(items: &[T]) -> usize {
    items.iter().map(Width::bytes).sum()
}

/// Which of some widths holds an index, and the widths before it together. Past the end: the number
/// of widths, and their sum.
fn find(widths: impl Iterator<Item = usize>, index: usize) -> (usize, usize) {
    let (mut at, mut start) = (0, 0);
    for width in widths {
        if index < start + width {
            break;
        }
        (at, start) = (at + 1, start + width);
    }
    (at, start)
}

/// The first item that ends at a byte or after it, and where it starts.
fn reaching<T: Width>(items: &[T], at: usize) -> Option<(usize, usize)> {
    let mut start = 0;
    for (index, it) in items.iter().enumerate() {
        if start + it.bytes() >= at {
            return Some((index, start));
        }
        start += it.bytes();
    }
    None
}

/// How many items each of some chunks has.
fn sizes<T>(chunks: &[Chunk<T>]) -> impl Iterator<Item = usize> + Clone {
    chunks.iter().map(|it| it.items.len())
}

/// The widths in which a range lies, and those before it together.
fn touched(
    widths: impl Iterator<Item = usize> + Clone,
    range: &Range<usize>,
) -> (Range<usize>, usize) {
    let (first, start) = find(widths.clone(), range.start);
    let (last, end) = find(widths.clone(), range.end);
    // Of one that starts where the range ends nothing is touched.
    let last = last + usize::from(first == last || range.end > end);
    (first..last.min(widths.count()), start)
}

/// Replaces some items of chunks by others.
fn splice<T: Width + Clone>(chunks: &mut Vec<Chunk<T>>, range: Range<usize>, fresh: Vec<T>) {
    let (mut touched, start) = touched(sizes(chunks), &range);
    let old = || chunks[touched.clone()].iter().flat_map(|it| it.items.iter());
    let mut items = Vec::with_capacity(FULL);
    items.extend(old().take(range.start - start).cloned());
    items.extend(fresh);
    items.extend(old().skip(range.end - start).cloned());
    if items.len() < SPARSE {
        if touched.start > 0 {
            touched.start -= 1;
            items.splice(0..0, chunks[touched.start].items.iter().cloned());
        } else if let Some(next) = chunks.get(touched.end) {
            items.extend_from_slice(&next.items);
            touched.end += 1;
        }
    }
    let count = items.len().div_ceil(FULL).max(1);
    let size = items.len().div_ceil(count).max(1);
    chunks.splice(touched, cut(items, size));
}

/// Chunks of as many items.
fn cut<T: Width>(
    items: impl IntoIterator<Item = T>,
    size: usize,
) -> impl Iterator<Item = Chunk<T>> {
    let mut items = items.into_iter().fuse();
    let mut chunk = Vec::with_capacity(size);
    std::iter::from_fn(move || {
        chunk.extend(items.by_ref().take(size));
        (!chunk.is_empty()).then(|| Chunk::new(chunk.drain(..).collect()))
    })
}

/// How many blocks two sequences share until they differ, from their starts or ends on. What is the
/// very same is not looked into.
fn shared<'a, L, B>(
    both: [impl Iterator<Item = &'a Branch> + Clone; 2],
    leaves: impl Fn(&'a Branch) -> L + Copy,
    blocks: impl Fn(&'a Leaf) -> B + Copy,
) -> usize
where
    L: Iterator<Item = &'a Leaf> + Clone,
    B: Iterator<Item = &'a Block> + Clone,
{
    let (passed, in_branches) = same(both.clone());
    let both = both.map(|it| it.skip(passed).flat_map(leaves));
    let (passed, in_leaves) = same(both.clone());
    let (_, rest) = same(both.map(|it| it.skip(passed).flat_map(blocks)));
    in_branches + in_leaves + rest
}

/// How many items of two sequences are the very same until they differ, and the blocks in these.
fn same<'a, T: Width + 'a>([a, b]: [impl Iterator<Item = &'a T>; 2]) -> (usize, usize) {
    let same = a.zip(b).take_while(|(a, b)| a.is(b));
    same.fold((0, 0), |(items, blocks), it| (items + 1, blocks + it.0.count()))
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
        for count in [0, 1, 5, FULL, FULL + 1, 5 * FULL, FULL * FULL + 1, 2 * FULL * FULL] {
            let plain: Vec<_> = (0..count).map(block).collect();
            let blocks = Blocks::new(plain.clone());
            for start in (0..=count).step_by(31.max(count / 7)).chain([count]) {
                for end in [start, (start + 1).min(count), (start + 200).min(count), count] {
                    for fresh in [0, 1, 3 * FULL] {
                        let fresh: Vec<_> = (0..fresh).map(|it| block(10_000_000 + it)).collect();
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
        for (index, it) in plain.iter().enumerate() {
            if index % 17 == 0 {
                assert_eq!(blocks.start(index), start);
                assert_eq!(blocks.before(start + 1), (index, start));
                assert!(blocks.get(index).unwrap().data.is(&it.data));
                assert!(blocks.iter_from(index).next().unwrap().data.is(&it.data));
            }
            start += it.len();
        }
        assert!(blocks.get(plain.len()).is_none());
        assert!(blocks.iter_from(plain.len() + 3).next().is_none());
        assert_eq!(blocks.start(plain.len() + 3), blocks.bytes());
        let leaves = blocks.branches.iter().flat_map(|it| it.items.iter());
        assert!(leaves.clone().all(|it| (1..=FULL).contains(&it.items.len())));
        assert!(blocks.branches.iter().all(|it| (1..=FULL).contains(&it.items.len())));
    }

    #[test]
    fn versions_share_what_was_not_touched() {
        for count in [5 * FULL, 3 * FULL * FULL] {
            let blocks = Blocks::new((0..count).map(block));
            let last = count - 1;
            for (range, fresh) in
                [(0..1, 1), (200..203, 1), (300..300, 2), (last..count, 0), (0..count, 1)]
            {
                let mut next = blocks.clone();
                next.splice(range.clone(), (0..fresh).map(|it| block(10_000_000 + it)).collect());
                assert_eq!(next.shared(&blocks), (range.start, count - range.end), "{range:?}");
                assert_eq!(blocks.shared(&next), (range.start, count - range.end), "{range:?}");
            }
            assert_eq!(blocks.shared(&blocks.clone()), (count, 0));
        }
    }

    #[test]
    fn an_edit_copies_one_leaf_and_one_branch() {
        let count = 3 * FULL * FULL;
        let blocks = Blocks::new((0..count).map(block));
        let mut next = blocks.clone();
        next.splice(count / 2..count / 2 + 1, vec![block(10_000_000)]);
        let differ = |(a, b): &(&Branch, &Branch)| !a.is(b);
        let branches: Vec<_> =
            next.branches.iter().zip(blocks.branches.iter()).filter(differ).collect();
        let [(new, old)] = branches[..] else { panic!("{} branches", branches.len()) };
        let leaves = new.items.iter().zip(old.items.iter()).filter(|(a, b)| !a.is(b));
        assert_eq!((leaves.count(), new.items.len()), (1, old.items.len()));
    }
}
