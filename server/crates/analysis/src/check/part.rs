//! One report of a document: reading it and checking it.

use std::cell::LazyCell;
use std::sync::{Arc, OnceLock};

use super::Cancelled;
use crate::block::{Block, Blocks};
use crate::config::Config;
use crate::finding::{BrokenSum, Finding, Severity};
use crate::landmarks::Landmarks;
use crate::report::{self, Report, Table};
use crate::rules::{self, Memo, Search, statements};
use crate::sums::Tally;
use crate::{sum_findings, suppression};

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
    /// What they depend on where sums are broken.
    memo: Memo,
    tally: Tally,
    /// Whether R305 told of all its broken sums.
    is_reported: bool,
}

impl Reading {
    pub(super) fn new(blocks: Vec<Block>, before: Option<&Self>) -> Self {
        let before = before.map(|it| (&*it.blocks, &it.report));
        Self { report: report::read(&blocks, before), blocks, tables: Vec::new() }
    }

    /// What is known of a table, the `index`th of a later version of this report, if nothing
    /// has changed that its rules see: its cells and, where a sum is broken, what is said of it.
    fn table(
        &self,
        index: usize,
        table: &Arc<Table>,
        ctx: &rules::Context,
    ) -> Option<&Arc<CheckedTable>> {
        let known = self.tables.get(index)?;
        let (old, new) =
            (self.blocks.get(table.blocks.clone())?, ctx.blocks.get(table.blocks.clone())?);
        let is_same = old.iter().zip(new).all(|(old, new)| old.data.is(&new.data));
        let is_same = is_same && self.report.tables.get(index) == Some(table);
        let suspects = known.memo.suspects.as_ref().filter(|_| is_same);
        let claims_are_same = suspects.is_none_or(|it| it.claims == statements::claims(ctx, table));
        (is_same && claims_are_same).then_some(known)
    }

    /// What was found out about the broken sums of such a table.
    fn memo(&self, index: usize, table: &Table) -> Option<&Memo> {
        let old = self.report.tables.get(index)?;
        (old.schema == table.schema).then(|| Some(&self.tables.get(index)?.memo))?
    }

    /// Findings of this report with all their repairs.
    pub(super) fn repaired(&self, findings: &[Arc<Finding>]) -> Vec<Finding> {
        let tables = &self.report.tables;
        let ctx = |index: usize| {
            let known = self.tables.get(index).map(|it| &it.memo);
            let (report, cancelled) = (&self.report, &|| false);
            let search = Search { report, known, is_reported: true, cancelled };
            rules::TableContext::new(&self.blocks, &tables[index], search)
        };
        let indices = 0..tables.len();
        let contexts: Vec<_> = indices.map(|it| LazyCell::new(move || ctx(it))).collect();
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
    /// Found when it is first asked for.
    pub(super) landmarks: OnceLock<Arc<Landmarks>>,
}

impl Part {
    /// A part with some findings and no text.
    #[must_use]
    pub fn of(findings: Vec<Arc<Finding>>) -> Self {
        let mut counts = [0; 4];
        for finding in &findings {
            counts[finding.severity as usize] += 1;
        }
        let summary = Summary { counts, ..Summary::default() };
        Self { findings, summary, landmarks: OnceLock::new() }
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

/// Reads and checks a report; takes what it can from an earlier version.
pub(super) fn check(
    blocks: Vec<Block>,
    before: Option<(&Part, &Reading)>,
    config: &Config,
    cancelled: Cancelled,
) -> Option<(Reading, Part)> {
    let known = before.map(|it| it.1);
    let mut reading = Reading::new(blocks, known);
    check_tables(&mut reading, known, config, cancelled)?;
    let part = part(&reading, before, config, cancelled)?;
    Some((reading, part))
}

/// Checks the tables of a report that are not `known` from an earlier version.
fn check_tables(
    reading: &mut Reading,
    known: Option<&Reading>,
    config: &Config,
    cancelled: Cancelled,
) -> Option<()> {
    let blocks = &reading.blocks;
    // Where nobody is told of the wrong cell, the sums speak for themselves.
    let is_reported =
        rules::reports_suspects(config) && !suppression::silences(blocks, rules::suspect_rule());
    let ctx = rules::Context::new(blocks, &reading.report);
    let search = Search { report: ctx.report, known: None, is_reported, cancelled };
    for (index, table) in reading.report.tables.iter().enumerate() {
        let same = known.and_then(|it| it.table(index, table, &ctx));
        if let Some(known) = same.filter(|it| it.is_reported == is_reported) {
            reading.tables.push(Arc::clone(known));
            continue;
        }
        let known = known.and_then(|it| it.memo(index, table));
        let ctx = rules::TableContext::new(blocks, table, Search { known, ..search });
        let mut findings = Vec::new();
        for rule in rules::on_tables() {
            if cancelled() {
                return None;
            }
            for found in rules::of_table(rule, &ctx, config) {
                findings.push(Arc::new(found));
            }
        }
        let (tally, memo) = (ctx.tally, ctx.into_memo()?);
        reading.tables.push(Arc::new(CheckedTable { findings, memo, tally, is_reported }));
    }
    Some(())
}

/// Checks a report whose tables were checked. A finding that is the same as one of the version
/// before stays that one, so that nothing needs to be made of it again.
fn part(
    reading: &Reading,
    before: Option<(&Part, &Reading)>,
    config: &Config,
    cancelled: Cancelled,
) -> Option<Part> {
    let Reading { blocks, report, tables } = reading;
    let ctx = rules::Context::new(blocks, report);
    let mut findings: Vec<_> = tables.iter().flat_map(|it| it.findings.iter().cloned()).collect();
    for rule in rules::on_reports() {
        if cancelled() {
            return None;
        }
        for found in rules::of_report(rule, &ctx, config) {
            findings.push(same(before, blocks, &found).unwrap_or_else(|| Arc::new(found)));
        }
    }
    let comments = suppression::apply(&ctx, config, &mut findings).into_iter();
    findings.extend(comments.map(|it| same(before, blocks, &it).unwrap_or_else(|| Arc::new(it))));
    findings.sort_by_key(|it| (it.place.block, it.place.range.start(), it.code));
    let texts = || blocks.iter().map(|it| &*it.data.text);
    let part = Part::of(findings);
    let summary = Summary {
        blocks: blocks.len(),
        bytes: texts().map(str::len).sum(),
        lines: blocks.iter().map(Block::line_ends).sum(),
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
    let is_there = old.data.is(&new.data)
        && finding.place.range.end() as usize <= new.len()
        && places.all(|it| it.block == index && it.range.end() as usize <= new.len());
    let mut known = part.findings.iter().filter(|it| it.code == finding.code);
    is_there.then(|| known.find(|it| ***it == *finding).cloned())?
}
