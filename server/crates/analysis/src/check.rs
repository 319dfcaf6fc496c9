//! Checking a document, and checking it again after an edit.
//!
//! A document is cut into reports, each checked on its own. What is known of a report is kept
//! from version to version as long as none of the blocks that decided it has changed; whether
//! they have is told by their pointers, so no history of edits is needed.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::Document;
use crate::block::Block;
use crate::config::Config;
use crate::finding::Finding;
use crate::landmarks::Landmarks;
use crate::sums::Tally;

mod part;
mod reader;

pub use part::{Part, Reading, Summary};
use reader::{Before, Next, Reader, Unread};

/// A part in a document.
#[derive(Clone, Debug)]
struct Slot {
    part: Arc<Part>,
    /// That of the part, here so that a walk over all need not follow the `Arc`s.
    summary: Summary,
    /// The blocks, from its first on, that decided where it ends; `None` where the end of the
    /// document does.
    read: Option<usize>,
    /// Kept for the parts that were read last: the next edit is likely there.
    reading: Option<Arc<Reading>>,
    /// The run of [`Checked::run`] in which it was read or looked at last.
    used: u64,
}

/// The reports of one version of a document and what is wrong in them.
#[derive(Clone, Debug)]
pub struct Checked {
    doc: Document,
    slots: Vec<Slot>,
    /// The first block of each part, and the number of blocks last: to add them up at each key would
    /// be to walk over all parts.
    starts: Vec<usize>,
    /// How many checks there were before this one, each of the version before.
    run: u64,
}

impl Default for Checked {
    fn default() -> Self {
        Self::new(Document::default(), Vec::new(), 0)
    }
}

/// What was known of the parts that an update has read again, and what it has let go of others. To
/// free it takes time, which may wait until the findings are shown: most of it was not looked at for
/// long, and is in no cache.
#[derive(Debug)]
#[expect(dead_code, reason = "kept to be freed")]
pub struct Replaced(Vec<Slot>, Vec<Arc<Reading>>);

/// Parts whose [`Reading`]s are kept, those that were used last. All others are let go: they
/// are many times the size of the text.
const KEPT: usize = 512;

/// Reports that are read and checked at once: enough that a processor seldom has to fetch the
/// program again or to ask for more work, few enough that they stay in its caches.
pub const SEVERAL: usize = 16;

/// A document of fewer parts is read by one processor, before another has woken up.
const MANY: usize = 8;

/// Whether a check need not go on.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// Checks a document with the rules that `config` leaves on.
///
/// `before` is an earlier version that was checked with the same `config`; only what has
/// changed since is read and checked again. `cancelled` is asked between rules; once it says
/// so, `None` comes back.
#[must_use]
pub fn check(
    doc: &Document,
    config: &Config,
    before: Option<&Checked>,
    cancelled: Cancelled,
) -> Option<Checked> {
    let mut checked = before.cloned().unwrap_or_default();
    checked.update(doc, config, cancelled)?;
    Some(checked)
}

/// Checks documents that were not checked before, of several reports in all as soon as of one.
#[must_use]
pub fn check_all(
    docs: &[&Document],
    config: &Config,
    cancelled: Cancelled,
) -> Option<Vec<Checked>> {
    let none = Checked::default();
    let (mut few, mut counts) = (Vec::new(), Vec::with_capacity(docs.len()));
    for doc in docs {
        let mut reader = Reader::new(doc, &none);
        let parts = std::iter::from_fn(|| Some((reader.next()?, true)));
        let parts: Vec<_> = parts.take(MANY).collect();
        let count = Some(parts.len()).filter(|it| *it < MANY);
        if count.is_some() {
            few.extend(parts);
        }
        counts.push(count);
    }
    let mut few = slots(few, 1, config, cancelled)?.into_iter();
    let checked = docs.iter().zip(counts).map(|(doc, count)| match count {
        Some(count) => {
            let slots = few.by_ref().take(count).collect();
            Some(Checked::new(Document::clone(doc), slots, 1))
        }
        None => check(doc, config, None, cancelled),
    });
    checked.collect()
}

/// The parts of a document that were read, and which of the earlier ones they replace.
struct Update {
    fresh: Vec<Slot>,
    replaced: Range<usize>,
}

/// Reads and checks what has changed since `before`.
fn update(
    doc: &Document,
    config: &Config,
    before: &Checked,
    cancelled: Cancelled,
) -> Option<Update> {
    let run = before.run + 1;
    let slots = |next| slots(next, run, config, cancelled);
    let mut reader = Reader::new(doc, before);
    let first = reader.skip_unchanged();
    let (mut last, mut unread) = (before.slots.len(), 0);
    let mut parts = std::iter::from_fn(|| {
        if let Some(rest) = reader.rest() {
            last = rest;
            return None;
        }
        let next = reader.next()?;
        unread += usize::from(matches!(next, Next::Unread(_)));
        Some((next, unread <= KEPT))
    });
    let few: Vec<_> = parts.by_ref().take(MANY).collect();
    let fresh = if few.len() < MANY {
        slots(few)?
    } else {
        on_all_processors(few.into_iter().chain(parts), slots)?
    };
    Some(Update { fresh, replaced: first..last.max(first) })
}

/// Does `work` on all items, several at once; nothing once that failed. Items are made when a
/// processor is free for them.
fn on_all_processors<I: Send, T: Send>(
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(Vec<I>) -> Option<Vec<T>> + Sync,
) -> Option<Vec<T>> {
    let mut items = items.fuse();
    let several = std::iter::from_fn(|| {
        let several: Vec<_> = items.by_ref().take(SEVERAL).collect();
        (!several.is_empty()).then_some(several)
    });
    let work = |(index, items)| Some((index, work(items)?));
    let done: Option<Vec<_>> = several.enumerate().par_bridge().map(work).collect();
    let mut done = done?;
    done.sort_unstable_by_key(|it| it.0);
    Some(done.into_iter().flat_map(|it| it.1).collect())
}

/// Parts, each with whether what is read of it may be of use soon: those that must be are read and
/// checked.
fn slots(
    parts: Vec<(Next, bool)>,
    run: u64,
    config: &Config,
    cancelled: Cancelled,
) -> Option<Vec<Slot>> {
    let (mut reports, mut slots) = (Vec::new(), Vec::with_capacity(parts.len()));
    for (next, keep) in parts {
        slots.push(match next {
            Next::Same(slot) => Ok(slot),
            Next::Unread(Unread { blocks, read, known }) => {
                let known = known.and_then(|it| Some((&*it.part, it.reading.as_deref()?)));
                reports.push((blocks, known));
                Err((read, keep))
            }
        });
    }
    let mut checked = part::check(reports, config, cancelled)?.into_iter();
    let fill = |slot: Result<Slot, (Option<usize>, bool)>| {
        let (read, keep) = match slot {
            Ok(slot) => return Some(slot),
            Err(unread) => unread,
        };
        let (reading, part) = checked.next()?;
        let reading = keep.then(|| Arc::new(reading));
        Some(Slot { summary: part.summary, part: Arc::new(part), read, reading, used: run })
    };
    slots.into_iter().map(fill).collect()
}

/// The first block of each part, and the number of blocks last.
fn starts(slots: &[Slot]) -> Vec<usize> {
    let mut next = 0;
    let ends = slots.iter().map(|it| {
        next += it.summary.blocks;
        next
    });
    std::iter::once(0).chain(ends).collect()
}

/// Bytes of a document that a check has to read again after `before`.
#[must_use]
pub fn stale(doc: &Document, before: Option<&Checked>) -> usize {
    let Some(before) = before else { return doc.bytes() };
    let changed = Before::new(before, doc).changed();
    doc.start(changed.end).saturating_sub(doc.start(changed.start))
}

impl Checked {
    fn new(doc: Document, slots: Vec<Slot>, run: u64) -> Self {
        Self { starts: starts(&slots), doc, slots, run }
    }

    /// Checks a later version, in place of this one. Once `cancelled` says so, nothing has
    /// changed and `None` comes back. `config` must be the same each time.
    pub fn update(
        &mut self,
        doc: &Document,
        config: &Config,
        cancelled: Cancelled,
    ) -> Option<Replaced> {
        let Update { fresh, replaced } = update(doc, config, self, cancelled)?;
        let old = &self.slots[replaced.clone()];
        let blocks = |it: &Slot| it.summary.blocks;
        let is_moved = !old.iter().map(blocks).eq(fresh.iter().map(blocks));
        let kept = |slots: &[Slot]| slots.iter().filter(|it| it.reading.is_some()).count();
        let is_more = kept(old) < kept(&fresh);
        let replaced = self.slots.splice(replaced, fresh).collect();
        if is_moved {
            self.starts = starts(&self.slots);
        }
        self.doc = doc.clone();
        self.run += 1;
        let gone = if is_more { self.let_go() } else { Vec::new() };
        Some(Replaced(replaced, gone))
    }

    /// Takes away the readings past [`KEPT`] that were used longest ago.
    fn let_go(&mut self) -> Vec<Arc<Reading>> {
        let kept = self.slots.iter_mut().filter(|it| it.reading.is_some());
        let mut kept: Vec<_> = kept.collect();
        let Some(last) = kept.len().checked_sub(KEPT + 1) else { return Vec::new() };
        kept.select_nth_unstable_by_key(last, |it| it.used);
        kept.into_iter().take(last + 1).filter_map(|it| it.reading.take()).collect()
    }

    /// The version that was checked.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.doc
    }

    /// The parts, each with the index of its first block in the document.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &Arc<Part>)> {
        self.starts.iter().copied().zip(self.slots.iter().map(|it| &it.part))
    }

    /// The summaries of the parts.
    pub fn summaries(&self) -> impl Iterator<Item = &Summary> {
        self.slots.iter().map(|it| &it.summary)
    }

    /// All findings with all their repairs, in order. Places count from the document's first
    /// block.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let parts = self.parts().filter(|it| !it.1.findings.is_empty());
        let found = parts.flat_map(|(first, part)| {
            self.repaired(first, part).into_iter().map(move |it| it.after(first))
        });
        found.collect()
    }

    /// The findings of the part that starts with a block, with all their repairs.
    #[must_use]
    pub fn repaired(&self, first: usize, part: &Part) -> Vec<Finding> {
        let needs = part.findings.iter().any(|it| it.sum.is_some());
        match needs.then(|| self.reading(first)).flatten() {
            Some((_, reading)) => reading.repaired(&part.findings),
            None => part.findings.iter().map(|it| Finding::clone(it)).collect(),
        }
    }

    /// Whether the document looks like such a report.
    #[must_use]
    pub fn is_report(&self) -> bool {
        self.summaries().any(|it| it.is_likely)
    }

    /// How many reconciliation equalities hold or do not.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.summaries().map(|it| it.tally).sum()
    }

    /// The report that holds a block of the document, and the index of its first block.
    #[must_use]
    pub fn reading(&self, block: usize) -> Option<(usize, Arc<Reading>)> {
        let index = self.starts.partition_point(|it| *it <= block).checked_sub(1)?;
        let (first, slot) = (self.starts[index], self.slots.get(index)?);
        Some((first, self.read(first, slot)))
    }

    /// Where the parts of each report stand, with the index of its first block. Of a report
    /// that has not changed since it was asked for, it is known.
    pub fn landmarks(&self) -> impl Iterator<Item = (usize, &Arc<Landmarks>)> {
        self.parts().zip(&self.slots).map(|((first, part), slot)| {
            let find = || Arc::new(Landmarks::of(&self.read(first, slot)));
            (first, part.landmarks.get_or_init(find))
        })
    }

    fn read(&self, first: usize, slot: &Slot) -> Arc<Reading> {
        let read = || {
            let blocks = self.doc.range(first..first + slot.summary.blocks);
            Arc::new(Reading::new(blocks.map(Block::new).collect()))
        };
        slot.reading.clone().unwrap_or_else(read)
    }
}

/// Reads the reports of a document, each with the index of its first block. Any document is at
/// least one, perhaps empty, report.
#[must_use]
pub fn read(doc: &Document) -> Vec<(usize, Reading)> {
    let none = Checked::default();
    let mut reader = Reader::new(doc, &none);
    let mut readings = Vec::new();
    let mut first = 0;
    while let Some(Next::Unread(Unread { blocks, .. })) = reader.next() {
        let count = blocks.len();
        readings.push((first, Reading::new(blocks)));
        first += count;
    }
    readings
}

/// Whether a document looks like such a report: a title, or at least three of the headings.
#[must_use]
pub fn is_report(doc: &Document) -> bool {
    read(doc).iter().any(|it| it.1.report.is_likely())
}

#[cfg(test)]
mod tests;
