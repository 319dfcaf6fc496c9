//! One report of a document: reading it and checking it.

use std::cell::LazyCell;
use std::sync::{Arc, OnceLock};

use super::Cancelled;
use crate::block::{Block, Blocks};
use crate::config::Config;
use crate::finding::{BrokenSum, Finding, Severity};
use crate::landmarks::Landmarks;
use crate::report::{self, Report, Table};
use crate::rules::{self, Memo, Rule, Search, statements};
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
    pub(super) fn new(blocks: Vec<Block>) -> Self {
        Self { report: report::read(&blocks), blocks, tables: Vec::new() }
    }

    /// Reads reports, given as their blocks and earlier versions.
    fn all(reports: Vec<(Vec<Block>, Before)>) -> Vec<Self> {
        let blocks = reports
            .iter()
            .map(|(blocks, before)| (&**blocks, before.map(|(_, it)| (&*it.blocks, &it.report))));
        let read = report::read_all(blocks);
        let blocks = reports.into_iter().map(|it| it.0);
        let reading = |(mut blocks, report): (Vec<Block>, _)| {
            blocks.iter_mut().for_each(Block::forget_model);
            Self { blocks, report, tables: Vec::new() }
        };
        blocks.zip(read).map(reading).collect()
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

/// What is known of a report in an earlier version.
pub(super) type Before<'a> = Option<(&'a Part, &'a Reading)>;

/// Reads and checks some reports, given as their blocks; takes what it can from earlier versions.
///
/// Each step is done for all of them before the next one: one report goes once through all of the
/// program, which is several times what a first cache holds, and so a step's share of it is fetched
/// once for all.
pub(super) fn check(
    reports: Vec<(Vec<Block>, Before)>,
    config: &Config,
    cancelled: Cancelled,
) -> Option<Vec<(Reading, Part)>> {
    let before: Vec<_> = reports.iter().map(|it| it.1).collect();
    let mut readings = Reading::all(reports);
    let rules: Vec<_> = rules::on_tables(config).collect();
    for (reading, before) in readings.iter_mut().zip(&before) {
        check_tables(reading, before.map(|it| it.1), &rules, config, cancelled)?;
    }
    let parts = parts(&readings, &before, config, cancelled)?;
    Some(readings.into_iter().zip(parts).collect())
}

/// Checks the tables of a report that are not `known` from an earlier version with some rules.
fn check_tables(
    reading: &mut Reading,
    known: Option<&Reading>,
    rules: &[&'static Rule],
    config: &Config,
    cancelled: Cancelled,
) -> Option<()> {
    let blocks = &reading.blocks;
    // Where nobody is told of the wrong cell, the sums speak for themselves.
    let is_broken = reading.report.tables.iter().any(|it| it.tally.broken > 0);
    let is_silenced = || suppression::silences(blocks, rules::suspect_rule());
    let is_reported = rules::reports_suspects(config) && !(is_broken && is_silenced());
    let ctx = rules::Context::new(blocks, &reading.report);
    let search = Search { report: ctx.report, known: None, is_reported, cancelled };
    reading.tables.reserve_exact(reading.report.tables.len());
    for (index, table) in reading.report.tables.iter().enumerate() {
        let same = known.and_then(|it| it.table(index, table, &ctx));
        if let Some(known) = same.filter(|it| it.is_reported == is_reported) {
            reading.tables.push(Arc::clone(known));
            continue;
        }
        let known = known.and_then(|it| it.memo(index, table));
        let ctx = rules::TableContext::new(blocks, table, Search { known, ..search });
        let mut findings = Vec::new();
        for rule in rules {
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

/// Checks reports whose tables were checked.
fn parts(
    readings: &[Reading],
    before: &[Before],
    config: &Config,
    cancelled: Cancelled,
) -> Option<Vec<Part>> {
    let readings = readings.iter().zip(before);
    let mut checks: Vec<_> = readings.map(|it| Check::new(it.0, *it.1)).collect();
    for rule in rules::on_reports(config) {
        if cancelled() {
            return None;
        }
        for check in &mut checks {
            check.add(rules::of_report(rule, &check.ctx, config));
        }
    }
    Some(checks.into_iter().map(|it| it.part(config)).collect())
}

/// A report that is checked by one rule after another.
struct Check<'a> {
    reading: &'a Reading,
    before: Before<'a>,
    ctx: rules::Context<'a>,
    findings: Vec<Arc<Finding>>,
}

impl<'a> Check<'a> {
    fn new(reading: &'a Reading, before: Before<'a>) -> Self {
        let ctx = rules::Context::new(&reading.blocks, &reading.report);
        let findings = reading.tables.iter().flat_map(|it| it.findings.iter().cloned()).collect();
        Self { reading, before, ctx, findings }
    }

    /// A finding that is the same as one of the version before stays that one, so that nothing needs
    /// to be made of it again.
    fn add(&mut self, found: Vec<Finding>) {
        let (before, blocks) = (self.before, &self.reading.blocks);
        let known = |it: Finding| same(before, blocks, &it).unwrap_or_else(|| Arc::new(it));
        self.findings.extend(found.into_iter().map(known));
    }

    fn part(mut self, config: &Config) -> Part {
        let comments = suppression::apply(&self.ctx, config, &mut self.findings);
        self.add(comments);
        self.findings.sort_by_key(|it| (it.place.block, it.place.range.start(), it.code));
        part(self.reading, self.findings)
    }
}

/// A report with what was found in it.
fn part(reading: &Reading, findings: Vec<Arc<Finding>>) -> Part {
    let Reading { blocks, report, tables } = reading;
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
    Part { summary, ..part }
}

/// The finding of the version before that is the same, at the same place of a block that has
/// not changed.
fn same(before: Before, blocks: &Blocks, finding: &Finding) -> Option<Arc<Finding>> {
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
