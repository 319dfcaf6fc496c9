//! Where the reports of a document begin and end, and what of them is as it was before.

use std::mem::{replace, take};
use std::ops::Range;
use std::slice;

use gouji_syntax::BlockData;

use super::{Checked, Slot};
use crate::block::{Block, Blocks};
use crate::{Document, outline};

/// A report of a document, as far as it is known.
pub(super) enum Next<'a> {
    /// It is as it was.
    Same(Slot),
    /// It must be read.
    Unread(Unread<'a>),
}

/// A report to read.
pub(super) struct Unread<'a> {
    pub(super) blocks: Vec<Block>,
    /// How many blocks decided where it ends.
    pub(super) read: Option<usize>,
    /// What it probably was in the version before: many of its blocks may be the same.
    pub(super) known: Option<&'a Slot>,
}

/// Divides a document into the blocks of its reports.
pub(super) struct Reader<'a> {
    doc: &'a Document,
    before: Before<'a>,
    /// The parts passed. The version before probably had as many here.
    parts: usize,
    /// The block with which the next part starts.
    at: usize,
    /// Blocks from there on that were looked at already.
    ahead: Vec<Block>,
    /// The blocks that differ from those of the version before, where reports end as they did there.
    edited: Option<Vec<Block>>,
    is_done: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(doc: &'a Document, before: &'a Checked) -> Self {
        let before = Before::new(before, doc);
        let edited = before.edited(doc);
        Self { doc, before, parts: 0, at: 0, ahead: Vec::new(), edited, is_done: false }
    }

    /// Goes past the parts at the start that are as they were; returns how many.
    pub(super) fn skip_unchanged(&mut self) -> usize {
        (self.parts, self.at) = match &self.edited {
            Some(_) => self.before.untouched(),
            None => self.before.unchanged(),
        };
        self.is_done = self.parts > 0 && self.parts == self.before.slots.len();
        self.parts
    }

    /// The first of the earlier parts that are all as they were from here on.
    pub(super) fn rest(&self) -> Option<usize> {
        if self.is_done {
            return Some(self.before.slots.len());
        }
        self.before.rest(self.at)
    }

    /// The next report.
    pub(super) fn next(&mut self) -> Option<Next<'a>> {
        if self.is_done {
            return None;
        }
        let known = self.before.slots.get(self.parts);
        let next = match known.filter(|_| self.edited.is_some()) {
            Some(known) => self.divide_as(known),
            None => self.unchanged(known).unwrap_or_else(|| self.divide(known)),
        };
        self.parts += 1;
        Some(next)
    }

    /// Takes as many blocks for the next report as the earlier part has, where reports end as they
    /// did.
    fn divide_as(&mut self, known: &'a Slot) -> Next<'a> {
        let count = known.summary.blocks;
        self.is_done = known.read.is_none();
        let next = if self.is_same(count) {
            Next::Same(known.clone())
        } else {
            self.look_ahead(count, &mut Derived::of(slice::from_ref(known)));
            Next::Unread(Unread {
                blocks: take(&mut self.ahead),
                read: known.read,
                known: Some(known),
            })
        };
        self.at += count;
        next
    }

    /// Takes the earlier part as the next one, if all is as it was that decided it.
    fn unchanged(&mut self, known: Option<&Slot>) -> Option<Next<'a>> {
        let known = known?;
        self.is_same(known.read?).then(|| {
            self.at += known.summary.blocks;
            self.ahead.clear();
            Next::Same(known.clone())
        })
    }

    /// Whether so many blocks from here on are those of the earlier part.
    fn is_same(&self, blocks: usize) -> bool {
        self.doc.shares(self.at, self.before.doc, self.before.starts[self.parts], blocks)
    }

    /// Looks for the end of the next report.
    fn divide(&mut self, known: Option<&'a Slot>) -> Next<'a> {
        let mut derived = Derived::of(self.before.slots.get(self.parts..).unwrap_or_default());
        for block in &mut self.ahead {
            if let Some(known) = derived.take(&block.data) {
                *block = known;
            }
        }
        let (count, read) = self.end(known, &mut derived);
        let same = known.filter(|it| it.summary.blocks == count && self.is_same(count));
        self.at += count;
        let rest = self.ahead.split_off(count);
        let blocks = replace(&mut self.ahead, rest);
        match same {
            Some(slot) => Next::Same(Slot { read, ..slot.clone() }),
            None => Next::Unread(Unread { blocks, read, known }),
        }
    }

    /// How many blocks the next report has, and how many decided that.
    fn end(&mut self, known: Option<&Slot>, derived: &mut Derived) -> (usize, Option<usize>) {
        /// Enough for most reports and the beginning of the next.
        const WINDOW: usize = 96;
        let mut window = known.and_then(|it| self.before.window(it)).unwrap_or(WINDOW);
        loop {
            self.look_ahead(window, derived);
            let at_end = self.at + self.ahead.len() == self.doc.count();
            if let Some(cut) = outline::cut(&self.ahead, at_end) {
                return (cut.blocks, Some(cut.read));
            }
            if at_end {
                self.is_done = true;
                return (self.ahead.len(), None);
            }
            window *= 2;
        }
    }

    fn look_ahead(&mut self, window: usize, derived: &mut Derived) {
        let start = self.at + self.ahead.len();
        let end = (self.at + window).min(self.doc.count());
        self.ahead.reserve(end.saturating_sub(start));
        let edited = self.edited.as_deref().unwrap_or_default();
        let edited = |index: usize| edited.get(index.checked_sub(self.before.head)?).cloned();
        // As in a document that is read for the first time.
        let is_new = derived.is_empty();
        for (index, block) in (start..end).zip(self.doc.range(start..end)) {
            let known = || if is_new { None } else { derived.take(&block.data) };
            let known = edited(index).or_else(known);
            let new = || if is_new { Block::recalled(block) } else { derived.changed(block) };
            self.ahead.push(known.unwrap_or_else(new));
        }
    }
}

/// Blocks of an earlier version with what was derived from them, from the one on that probably
/// comes next: those of a report, and of the next one, whose first blocks decide where it ends.
struct Derived<'a>([&'a Blocks; 2]);

impl<'a> Derived<'a> {
    /// Those of the first of some reports.
    fn of(slots: &'a [Slot]) -> Self {
        Self([0, 1].map(|it| {
            let reading = slots.get(it).and_then(|it| it.reading.as_ref());
            reading.map_or(&[][..], |it| &it.blocks)
        }))
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|it| it.is_empty())
    }

    /// The earlier one of the same block.
    fn take(&mut self, data: &BlockData) -> Option<Block> {
        /// Blocks that are sought past those that were removed.
        const FAR: usize = 64;
        self.0.iter_mut().find_map(|blocks| {
            let at = blocks.iter().take(FAR).position(|it| it.data.is(data))?;
            let (taken, rest) = blocks[at..].split_first()?;
            *blocks = rest;
            Some(taken.clone())
        })
    }

    /// A block that there was not before, with what an edit has left as it was: it stands where the
    /// earlier one is that has not come again.
    fn changed(&self, block: &gouji_syntax::Block) -> Block {
        let Some(old) = self.0.iter().find_map(|it| it.first()) else {
            return Block::recalled(block);
        };
        let block = Block::new(block);
        block.take_from(old);
        block
    }
}

/// What a version has in common with the one before.
pub(super) struct Before<'a> {
    doc: &'a Document,
    slots: &'a [Slot],
    /// The first block of each part, and the number of blocks last.
    starts: &'a [usize],
    /// Blocks at the start, and others at the end, that are the same in both versions.
    head: usize,
    tail: usize,
    /// Number of blocks in this version.
    now: usize,
}

impl<'a> Before<'a> {
    pub(super) fn new(before: &'a Checked, doc: &Document) -> Self {
        let (head, tail) = doc.shared(&before.doc);
        let Checked { doc: there, slots, starts, .. } = before;
        Self { doc: there, slots, starts, head, tail, now: doc.count() }
    }

    /// Number of blocks in the version before.
    fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The blocks that probably decide where a part ends: those that did before, and those that
    /// were added.
    fn window(&self, known: &Slot) -> Option<usize> {
        Some(known.read? + self.now.saturating_sub(self.count()))
    }

    /// How many parts at the start, and blocks in them, are as they were: nothing has changed
    /// that decided them.
    fn unchanged(&self) -> (usize, usize) {
        if self.head == self.now && self.now == self.count() {
            return (self.slots.len(), self.now);
        }
        let is_kept =
            |(slot, start): &(&Slot, &usize)| slot.read.is_some_and(|it| *start + it <= self.head);
        let parts = self.slots.iter().zip(self.starts).take_while(is_kept).count();
        (parts, self.starts[parts])
    }

    /// How many parts at the start, and blocks in them, have not changed themselves: where reports
    /// end as they did, no more is asked of them.
    fn untouched(&self) -> (usize, usize) {
        if self.head == self.now {
            return (self.slots.len(), self.now);
        }
        let parts = self.starts.partition_point(|it| *it <= self.head).saturating_sub(1);
        (parts, self.starts[parts])
    }

    /// The blocks that have changed, with what an edit has left as it was, if that is all and they
    /// have the lines that they had: then reports end where they did.
    fn edited(&self, doc: &Document) -> Option<Vec<Block>> {
        /// Blocks that a key may touch.
        const FEW: usize = 4;
        let changed = self.head..self.now - self.tail;
        let is_edit = !self.slots.is_empty() && self.now == self.count() && changed.len() <= FEW;
        let edited = |(index, block)| {
            let (old, new) = self.renewed(index, block)?;
            old.keeps_lines(&new).then_some(new)
        };
        is_edit.then(|| changed.clone().zip(doc.range(changed)).map(edited).collect())?
    }

    /// A block of the version before and the one that stands there now.
    fn renewed(&self, index: usize, block: &gouji_syntax::Block) -> Option<(Block, Block)> {
        let part = self.starts.partition_point(|it| *it <= index) - 1;
        match self.slots[part].reading.as_ref() {
            Some(reading) => {
                let old = reading.blocks.get(index - self.starts[part])?;
                let new = Block::new(block);
                new.take_from(old);
                Some((old.clone(), new))
            }
            None => Some((Block::new(self.doc.block(index)?), Block::recalled(block))),
        }
    }

    /// The blocks of this version that are read again.
    pub(super) fn changed(&self) -> Range<usize> {
        let end = self.starts.iter().find(|it| self.count() - **it <= self.tail);
        self.unchanged().1..end.map_or(self.now, |it| it + self.now - self.count())
    }

    /// The part that started with a block of this version after which nothing has changed.
    fn rest(&self, block: usize) -> Option<usize> {
        let is_same = block >= self.now - self.tail && self.tail > 0;
        let there = is_same.then(|| block + self.count() - self.now)?;
        self.starts[..self.slots.len()].binary_search(&there).ok()
    }
}
