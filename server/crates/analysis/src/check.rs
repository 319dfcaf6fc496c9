//! Checking a document, and checking it again after an edit.
//!
//! A document is cut into reports, each checked on its own. What is known of a report is kept
//! from version to version as long as none of the blocks that decided it has changed; whether
//! they have is told by their pointers, so no history of edits is needed.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

use crate::block::{Block, Blocks};
use crate::config::Config;
use crate::finding::{BrokenSum, Finding, Severity};
use crate::report::{self, Report, Table};
use crate::sum_findings::{self, SumTexts};
use crate::sums::Tally;
use crate::{Document, outline, rules};

/// A report with its blocks, from the first of which its places count.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The blocks that it spans.
    pub blocks: Vec<Block>,
    /// What it says.
    pub report: Report,
    /// What is wrong in its tables, once they were checked.
    tables: Vec<Arc<CheckedTable>>,
}

/// What is wrong in a table. Places count from the report's first block.
#[derive(Debug, Default)]
struct CheckedTable {
    findings: Vec<Arc<Finding>>,
    /// What they say of broken sums.
    texts: SumTexts,
    tally: Tally,
}

impl Reading {
    fn new(blocks: Vec<Block>, before: Option<&Self>) -> Self {
        let before = before.map(|it| (&*it.blocks, &it.report));
        Self { report: report::read(&blocks, before), blocks, tables: Vec::new() }
    }

    /// What is known of a table, the `index`th of a later version of this report, if nothing
    /// has changed that its rules see.
    fn table(
        &self,
        index: usize,
        table: &Arc<Table>,
        blocks: &Blocks,
    ) -> Option<&Arc<CheckedTable>> {
        let known = self.tables.get(index)?;
        let (old, new) =
            (self.blocks.get(table.blocks.clone())?, blocks.get(table.blocks.clone())?);
        let is_same = old.iter().zip(new).all(|(old, new)| Arc::ptr_eq(&old.data, &new.data));
        (is_same && self.report.tables.get(index) == Some(table)).then_some(known)
    }

    /// What is said of the broken sums of such a table.
    fn texts(&self, index: usize, table: &Table) -> Option<&SumTexts> {
        let old = self.report.tables.get(index)?;
        (old.schema == table.schema).then(|| Some(&self.tables.get(index)?.texts))?
    }

    /// Findings of this report with all their repairs.
    fn repaired(&self, findings: &[Arc<Finding>]) -> Vec<Finding> {
        let tables = &self.report.tables;
        let ctx = |it| rules::TableContext::new(&self.blocks, it, None);
        let contexts: Vec<_> = tables.iter().map(|it| LazyCell::new(move || ctx(it))).collect();
        let repaired = |finding: &Arc<Finding>| {
            let mut finding = Finding::clone(finding);
            let table =
                |sum: BrokenSum| Some((sum, tables.iter().position(|it| it.place == sum.table)?));
            if let Some((sum, table)) = finding.sum.and_then(table) {
                finding.fixes = sum_findings::repairs(&contexts[table], sum);
            }
            finding
        };
        findings.iter().map(repaired).collect()
    }
}

/// What is wrong in one report of a document.
#[derive(Debug, Default)]
pub struct Part {
    /// Findings sorted by place, then code, without the repairs of broken sums
    /// ([`Checked::repaired`]). Places count from the part's first block.
    pub findings: Vec<Arc<Finding>>,
    /// What is asked of all parts of a document at each key.
    pub summary: Summary,
}

impl Part {
    /// A part with some findings and no text.
    #[must_use]
    pub fn of(findings: Vec<Arc<Finding>>) -> Self {
        let mut counts = [0; 4];
        for finding in &findings {
            counts[finding.severity as usize] += 1;
        }
        Self { findings, summary: Summary { counts, ..Summary::default() } }
    }
}

/// A part in a few numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The blocks that it spans.
    pub blocks: usize,
    /// The bytes that it spans.
    pub bytes: usize,
    /// The line ends in it, as LSP counts them.
    pub lines: usize,
    /// Whether its last line is complete.
    pub ends_line: bool,
    /// Whether it looks like a report.
    pub is_likely: bool,
    /// How many reconciliation equalities hold or do not.
    pub tally: Tally,
    /// Findings by severity, hints first.
    counts: [usize; 4],
}

impl Summary {
    /// How many findings there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.counts[severity as usize]
    }

    /// How many findings there are that are worse.
    #[must_use]
    pub fn worse(&self, severity: Severity) -> usize {
        self.counts[severity as usize + 1..].iter().sum()
    }
}

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
#[derive(Clone, Debug, Default)]
pub struct Checked {
    doc: Document,
    slots: Vec<Slot>,
    /// How many checks there were before this one, each of the version before.
    run: u64,
}

/// Parts whose [`Reading`]s are kept, those that were used last. All others are let go: they
/// are many times the size of the text.
const KEPT: usize = 128;

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
    cancelled: &dyn Fn() -> bool,
) -> Option<Checked> {
    let mut checked = before.cloned().unwrap_or_default();
    checked.update(doc, config, cancelled).then_some(checked)
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
    cancelled: &dyn Fn() -> bool,
) -> Option<Update> {
    let run = before.run + 1;
    let mut reader = Reader::new(doc, before);
    let first = reader.skip_unchanged();
    let (mut fresh, mut read_again) = (Vec::new(), 0);
    let last = loop {
        if let Some(rest) = reader.rest() {
            break rest;
        }
        // Several edits may have left a part between them as it was.
        if let Some(slot) = reader.unchanged(first + fresh.len()) {
            fresh.push(slot.clone());
            continue;
        }
        let Some((blocks, read)) = reader.next() else { break before.slots.len() };
        let known = reader.slot(blocks.len());
        if let Some(same) = known.filter(|it| it.1) {
            fresh.push(Slot { read, used: run, ..same.0.clone() });
            continue;
        }
        let known = known.and_then(|it| Some((&*it.0.part, it.0.reading.as_deref()?)));
        let before = known.map(|it| it.1);
        let mut reading = Reading::new(blocks, before);
        check_tables(&mut reading, before, config, cancelled)?;
        let part = Arc::new(part(&reading, known, config, cancelled)?);
        read_again += 1;
        let reading = (read_again <= KEPT).then(|| Arc::new(reading));
        fresh.push(Slot { summary: part.summary, part, read, reading, used: run });
    };
    Some(Update { fresh, replaced: first..last.max(first) })
}

/// Checks the tables of a report that are not `known` from an earlier version.
fn check_tables(
    reading: &mut Reading,
    known: Option<&Reading>,
    config: &Config,
    cancelled: &dyn Fn() -> bool,
) -> Option<()> {
    let blocks = &reading.blocks;
    for (index, table) in reading.report.tables.iter().enumerate() {
        if let Some(known) = known.and_then(|it| it.table(index, table, blocks)) {
            reading.tables.push(Arc::clone(known));
            continue;
        }
        let texts = known.and_then(|it| it.texts(index, table));
        let ctx = rules::TableContext::new(blocks, table, texts);
        let mut findings = Vec::new();
        for rule in rules::ALL {
            if cancelled() {
                return None;
            }
            findings.extend(rules::of_table(rule, &ctx, config).into_iter().map(Arc::new));
        }
        let (tally, texts) = (ctx.tally, ctx.texts.into_inner());
        reading.tables.push(Arc::new(CheckedTable { findings, texts, tally }));
    }
    Some(())
}

/// Checks a report whose tables were checked. A finding that is the same as one of the version
/// before stays that one, so that nothing needs to be made of it again.
fn part(
    reading: &Reading,
    before: Option<(&Part, &Reading)>,
    config: &Config,
    cancelled: &dyn Fn() -> bool,
) -> Option<Part> {
    let Reading { blocks, report, tables } = reading;
    let ctx = rules::Context { blocks, report };
    let mut findings: Vec<_> = tables.iter().flat_map(|it| it.findings.iter().cloned()).collect();
    for rule in rules::ALL {
        if cancelled() {
            return None;
        }
        let found = rules::of_report(rule, &ctx, config).into_iter();
        findings.extend(found.map(|it| same(before, blocks, &it).unwrap_or_else(|| Arc::new(it))));
    }
    findings.sort_by_key(|it| (it.place.block, it.place.range.start(), it.code));
    let texts = || blocks.iter().map(|it| &*it.data.text);
    let part = Part::of(findings);
    let summary = Summary {
        blocks: blocks.len(),
        bytes: texts().map(str::len).sum(),
        lines: texts().map(line_ends).sum(),
        ends_line: texts().next_back().is_none_or(|it| it.ends_with(['\n', '\r'])),
        is_likely: report.is_likely(),
        tally: tables.iter().map(|it| it.tally).sum(),
        ..part.summary
    };
    Some(Part { summary, ..part })
}

/// The finding of the version before that is the same, at the same place of a block that has
/// not changed.
fn same(
    before: Option<(&Part, &Reading)>,
    blocks: &Blocks,
    finding: &Finding,
) -> Option<Arc<Finding>> {
    let (part, reading) = before?;
    let index = finding.place.block;
    let (old, new) = (reading.blocks.get(index as usize)?, blocks.get(index as usize)?);
    let edits = finding.fixes.iter().flat_map(|it| &it.edits).map(|it| it.place);
    let mut places = finding.related.iter().map(|it| it.place).chain(edits);
    let is_there = Arc::ptr_eq(&old.data, &new.data)
        && finding.place.range.end() as usize <= new.len()
        && places.all(|it| it.block == index && it.range.end() as usize <= new.len());
    let mut known = part.findings.iter().filter(|it| it.code == finding.code);
    is_there.then(|| known.find(|it| ***it == *finding).cloned())?
}

/// `\n`, `\r\n` and `\r`. No block ends between the two of `\r\n`.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let returns = memchr::memchr_iter(b'\r', bytes).filter(|it| bytes.get(it + 1) != Some(&b'\n'));
    feeds + returns.count()
}

/// Bytes of a document that a check has to read again after `before`.
#[must_use]
pub fn stale(doc: &Document, before: Option<&Checked>) -> usize {
    let Some(before) = before.map(|it| Before::new(it, doc)) else { return doc.text().len_bytes() };
    let (_, start) = before.unchanged();
    let end = before.starts.iter().find(|it| before.count() - **it <= before.tail);
    let end = end.map_or(before.now, |it| it + before.now - before.count());
    doc.start(end).saturating_sub(doc.start(start))
}

impl Checked {
    /// Checks a later version, in place of this one. Once `cancelled` says so, nothing has
    /// changed and false comes back. `config` must be the same each time.
    #[must_use]
    pub fn update(
        &mut self,
        doc: &Document,
        config: &Config,
        cancelled: &dyn Fn() -> bool,
    ) -> bool {
        let Some(Update { fresh, replaced }) = update(doc, config, self, cancelled) else {
            return false;
        };
        self.slots.splice(replaced, fresh);
        self.doc = doc.clone();
        self.run += 1;
        self.let_go();
        true
    }

    /// Keeps no more than [`KEPT`] readings.
    fn let_go(&mut self) {
        let kept = self.slots.iter_mut().filter(|it| it.reading.is_some());
        let mut kept: Vec<_> = kept.collect();
        if let Some(excess) = kept.len().checked_sub(KEPT) {
            kept.sort_by_key(|it| it.used);
            kept.into_iter().take(excess).for_each(|it| it.reading = None);
        }
    }

    /// The version that was checked.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.doc
    }

    /// The parts, each with the index of its first block in the document.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &Arc<Part>)> {
        let mut next = 0;
        self.slots.iter().map(move |it| {
            let first = next;
            next += it.summary.blocks;
            (first, &it.part)
        })
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
        let mut parts = self.parts().zip(&self.slots);
        let ((first, _), slot) = parts.find(|it| block < it.0.0 + it.1.summary.blocks)?;
        let read = || {
            let blocks = self.doc.slice(first..first + slot.summary.blocks);
            Arc::new(Reading::new(blocks.iter().map(Block::new).collect(), None))
        };
        Some((first, slot.reading.clone().unwrap_or_else(read)))
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
    while let Some((blocks, _)) = reader.next() {
        let count = blocks.len();
        readings.push((first, Reading::new(blocks, None)));
        first += count;
    }
    readings
}

/// Whether a document looks like such a report: a title, or at least three of the headings.
#[must_use]
pub fn is_report(doc: &Document) -> bool {
    read(doc).iter().any(|it| it.1.report.is_likely())
}

/// Divides a document into the blocks of its reports.
struct Reader<'a> {
    doc: &'a Document,
    before: Before<'a>,
    /// The block with which the next part starts.
    at: usize,
    /// Blocks from there on that were looked at already.
    ahead: Vec<Block>,
    is_done: bool,
}

impl<'a> Reader<'a> {
    fn new(doc: &'a Document, before: &'a Checked) -> Self {
        let before = Before::new(before, doc);
        Self { doc, before, at: 0, ahead: Vec::new(), is_done: false }
    }

    /// Goes past the parts at the start that are as they were; returns how many.
    fn skip_unchanged(&mut self) -> usize {
        let (parts, blocks) = self.before.unchanged();
        self.at = blocks;
        self.is_done = parts > 0 && parts == self.before.slots.len();
        parts
    }

    /// The first of the earlier parts that are all as they were from here on.
    fn rest(&self) -> Option<usize> {
        if self.is_done {
            return Some(self.before.slots.len());
        }
        self.before.rest(self.at)
    }

    /// Takes the earlier part with an index as the next one, if it is as it was.
    fn unchanged(&mut self, index: usize) -> Option<&'a Slot> {
        let slot = self.before.slots.get(index)?;
        let (read, start) = (slot.read?, self.before.starts[index]);
        let is_same = !self.is_done && self.doc.shares(self.at, self.before.doc, start, read);
        is_same.then(|| {
            self.at += slot.summary.blocks;
            self.ahead.clear();
            slot
        })
    }

    /// What was known of the report that started where the last one does, which has so many
    /// `blocks`, and whether they are the same.
    fn slot(&self, blocks: usize) -> Option<(&'a Slot, bool)> {
        let at = self.at - blocks;
        let before = Some(&self.before).filter(|it| at <= it.head)?;
        let slot = &before.slots[before.part(at)?];
        Some((slot, slot.summary.blocks == blocks && self.at <= before.head))
    }

    /// The blocks of the next report, and how many decided where it ends.
    fn next(&mut self) -> Option<(Vec<Block>, Option<usize>)> {
        /// Enough for most reports and the beginning of the next.
        const WINDOW: usize = 96;
        if self.is_done {
            return None;
        }
        let mut window = self.before.window(self.at).unwrap_or(WINDOW);
        loop {
            self.look_ahead(window);
            let at_end = self.at + self.ahead.len() == self.doc.count();
            if let Some(cut) = outline::cut(&self.ahead, at_end) {
                let rest = self.ahead.split_off(cut.blocks);
                self.at += cut.blocks;
                return Some((std::mem::replace(&mut self.ahead, rest), Some(cut.read)));
            }
            if at_end {
                self.is_done = true;
                self.at = self.doc.count();
                return Some((std::mem::take(&mut self.ahead), None));
            }
            window *= 2;
        }
    }

    fn look_ahead(&mut self, window: usize) {
        let start = self.at + self.ahead.len();
        for (block, index) in self.doc.slice(start..self.at + window).iter().zip(start..) {
            let known = self.before.block(index);
            self.ahead.push(known.cloned().unwrap_or_else(|| Block::new(block)));
        }
    }
}

/// What a version has in common with the one before.
struct Before<'a> {
    doc: &'a Document,
    slots: &'a [Slot],
    /// The first block of each part, and the number of blocks last.
    starts: Vec<usize>,
    /// Blocks at the start, and others at the end, that are the same in both versions.
    head: usize,
    tail: usize,
    /// Number of blocks in this version.
    now: usize,
}

impl<'a> Before<'a> {
    fn new(before: &'a Checked, doc: &Document) -> Self {
        let (head, tail) = doc.shared(&before.doc);
        let starts = before.parts().map(|it| it.0).chain([before.doc.count()]).collect();
        let (doc, slots, now) = (&before.doc, &*before.slots, doc.count());
        Self { doc, slots, starts, head, tail, now }
    }

    /// Number of blocks in the version before.
    fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The blocks that probably decide where the part ends that starts with a block: those that
    /// did before, and those that were added.
    fn window(&self, block: usize) -> Option<usize> {
        let slot = self.slots.get(self.part(block).filter(|_| block <= self.head)?)?;
        Some(slot.read? + self.now.saturating_sub(self.count()))
    }

    /// The index in the version before of a block that is the same in both.
    fn index(&self, block: usize) -> Option<usize> {
        if block < self.head {
            return Some(block);
        }
        (block >= self.now - self.tail).then(|| block + self.count() - self.now)
    }

    /// What was derived from a block that is the same in both.
    fn block(&self, block: usize) -> Option<&'a Block> {
        let index = self.index(block)?;
        let slot = self.starts.partition_point(|it| *it <= index).checked_sub(1)?;
        self.slots.get(slot)?.reading.as_ref()?.blocks.get(index - self.starts[slot])
    }

    /// The part that started with a block.
    fn part(&self, block: usize) -> Option<usize> {
        self.starts[..self.slots.len()].binary_search(&block).ok()
    }

    /// How many parts at the start, and blocks in them, are as they were: nothing has changed
    /// that decided them.
    fn unchanged(&self) -> (usize, usize) {
        if self.head == self.now && self.now == self.count() {
            return (self.slots.len(), self.now);
        }
        let is_kept =
            |(slot, start): &(&Slot, &usize)| slot.read.is_some_and(|it| *start + it <= self.head);
        let parts = self.slots.iter().zip(&self.starts).take_while(is_kept).count();
        (parts, self.starts[parts])
    }

    /// The part that started with a block of this version after which nothing has changed.
    fn rest(&self, block: usize) -> Option<usize> {
        let is_same = block >= self.now - self.tail && self.tail > 0;
        is_same.then(|| self.part(block + self.count() - self.now))?
    }
}
