//! Comments in a report that silence findings.
//!
//! ```html
//! <!-- gouji-ignore N402: a reason -->       the next paragraph, heading or table
//! <!-- gouji-ignore R301 received.total -->  a cell, or all of a row, of the next table
//! <!-- gouji-ignore-table R301 T206 -->      the next table
//! <!-- gouji-ignore-file N402 -->            the report
//! <!-- gouji-severity N402 hint -->          the report: another severity
//! ```
//!
//! Read are comments in blocks of their own: on lines of their own, or before or behind the text
//! of a line, a row of a Markdown table too. Behind a line, `gouji-ignore` is about that line.
//! What stands in an HTML table, or in a fence, is part of it.
//!
//! Findings are filtered, and nothing else: sums stay as broken as they are, and the search for
//! the wrong cell goes on over all of them. Where a comment silences what is found by it, R305,
//! that is not told in place of the sums either.

use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

use gouji_syntax::BlockKind;

use crate::block::{self, Blocks};
use crate::config::{Config, Level};
use crate::finding::{Finding, Place};
use crate::report::Table;
use crate::rules::{self, Context, Rule};

mod address;
mod comment;
mod write;

pub use comment::Removal;
pub use comment::Scope;
use comment::{Comment, Effect, Word};
pub use write::ignore;

/// What a comment says that has no effect.
#[derive(Debug)]
pub struct Idle {
    /// Why.
    pub problem: Problem,
    /// The word, or what else is to be looked at.
    pub place: Place,
    /// What stands there.
    pub text: String,
    /// Taking it out, where nothing is lost by that.
    pub removal: Option<Removal>,
}

/// Why it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is found that it would silence.
    Unused,
    /// No rule, cell or severity is called so.
    UnknownWord,
    /// No such comment is read.
    UnknownName,
    /// No rule is named.
    NoRule,
    /// No severity is named.
    NoLevel,
}

/// Takes away what comments of the report silence, and gives what is wrong with the comments.
pub(crate) fn apply(
    ctx: &Context,
    config: &Config,
    findings: &mut Vec<Arc<Finding>>,
) -> Vec<Finding> {
    let comments = comment::read(ctx.blocks);
    if comments.is_empty() {
        return Vec::new();
    }
    let mut silencer = Silencer::new(ctx, comments);
    findings.retain_mut(|it| silencer.lets_pass(it));
    let found = |idle: Vec<Idle>| rules::of_comments(&idle, config).into_iter().map(Arc::new);
    // A comment can silence these, too; whether it has is known only then.
    let mut idle: Vec<_> = found(silencer.idle(config, |it| !names_idle(it))).collect();
    idle.retain_mut(|it| silencer.lets_pass(it));
    idle.extend(found(silencer.idle(config, names_idle)));
    idle.into_iter().map(Arc::unwrap_or_clone).collect()
}

/// Whether a comment of the report silences findings of a rule, wherever they are.
pub(crate) fn silences(blocks: &Blocks, rule: &Rule) -> bool {
    let is_silent = |it: &Comment| match it.effect {
        Effect::Ignore => true,
        Effect::Severity(level) => level.severity().is_none(),
    };
    let mut comments = comment::read(blocks).into_iter().filter(is_silent);
    comments.any(|it| it.rules.iter().any(|it| rule.is_named(it.text)))
}

/// Whether a word names the rule on comments.
fn names_idle(word: &Word) -> bool {
    rules::comment_rule().is_named(word.text)
}

/// The comments of a report, and which of them have silenced something.
struct Silencer<'a> {
    comments: Vec<Reaching<'a>>,
    /// Where the blocks start.
    starts: Vec<usize>,
}

/// A comment and what it is about, in bytes of the report.
struct Reaching<'a> {
    comment: Comment<'a>,
    /// Where it names no cells.
    whole: Vec<Range<usize>>,
    /// For each of its addresses.
    cells: Vec<Vec<Range<usize>>>,
}

impl<'a> Silencer<'a> {
    fn new(ctx: &Context<'a>, comments: Vec<Comment<'a>>) -> Self {
        let starts = block::starts(0, ctx.blocks);
        let reaching = |comment| Reaching::new(ctx, &starts, comment);
        Self { comments: comments.into_iter().map(reaching).collect(), starts }
    }

    /// Whether nothing silences a finding; gives it the severity that a comment wants.
    fn lets_pass(&mut self, finding: &mut Arc<Finding>) -> bool {
        let at = finding.place.resolve(&self.starts).start;
        let mut severity = Some(finding.severity);
        for it in &mut self.comments {
            if it.takes(finding, at) {
                severity = match it.comment.effect {
                    Effect::Ignore => None,
                    Effect::Severity(level) => severity.and_then(|_| level.severity()),
                };
            }
        }
        if let Some(severity) = severity.filter(|it| *it != finding.severity) {
            *finding = Arc::new(Finding::clone(finding).severity(severity));
        }
        severity.is_some()
    }

    /// What was of no use, of words for which `is_asked`.
    fn idle(&self, config: &Config, is_asked: fn(&Word) -> bool) -> Vec<Idle> {
        let comments = self.comments.iter().map(|it| &it.comment);
        comments.flat_map(|it| it.idle(config, is_asked)).collect()
    }
}

impl<'a> Reaching<'a> {
    fn new(ctx: &Context, starts: &[usize], comment: Comment<'a>) -> Self {
        let table = || table_of(ctx, starts, &comment);
        let cells = |it: &Word| table().map(|(table, _)| address::reach(table, it.text, starts));
        let cells = comment.addresses.iter().map(|it| cells(it).unwrap_or_default()).collect();
        let whole = match comment.scope {
            Some(Scope::Report) if !comment.lacks_level => once(0..usize::MAX).collect(),
            Some(Scope::Table) => table().into_iter().map(|it| it.1).collect(),
            Some(Scope::Here) if comment.addresses.is_empty() => here(ctx, starts, &comment),
            _ => Vec::new(),
        };
        Self { comment, whole, cells }
    }

    /// Whether it is about a finding that starts at a byte. Remembers that, if so.
    fn takes(&mut self, finding: &Finding, at: usize) -> bool {
        let Self { comment, whole, cells } = self;
        let holds = |reach: &[Range<usize>]| reach.iter().any(|it| it.contains(&at));
        if !comment.names(finding) || !(holds(whole) || cells.iter().any(|it| holds(it))) {
            return false;
        }
        let named = |it: &&mut Word| rules::is_named(finding.code, finding.name, it.text);
        comment.rules.iter_mut().filter(named).for_each(|it| it.is_used = true);
        for (address, reach) in comment.addresses.iter_mut().zip(cells) {
            address.is_used |= holds(reach);
        }
        true
    }
}

/// The table that a comment stands in or before, and its bytes.
fn table_of<'a>(
    ctx: &Context<'a>,
    starts: &[usize],
    comment: &Comment,
) -> Option<(&'a Table, Range<usize>)> {
    let from = starts[comment.block];
    let mut tables = ctx.report.tables.iter().map(|it| (&**it, bytes(it, starts)));
    tables.find(|it| it.1.end > from)
}

/// The bytes of a table, with the one after it: a blank cell at its end is there.
fn bytes(table: &Table, starts: &[usize]) -> Range<usize> {
    let bytes = table.place.resolve(starts);
    bytes.start..bytes.end + 1
}

/// The line that a comment ends, or else the next block, with the table that starts there.
fn here(ctx: &Context, starts: &[usize], comment: &Comment) -> Vec<Range<usize>> {
    if let Some(line) = line_before(ctx.blocks, comment.block) {
        return once(starts[comment.block] - line..starts[comment.block]).collect();
    }
    let Some(next) = next_text(ctx.blocks, comment.block) else { return Vec::new() };
    let block = starts[next]..starts[next + 1];
    let tables = ctx.report.tables.iter().map(|it| bytes(it, starts));
    let table = tables.take_while(|it| it.start < block.end).find(|it| block.contains(&it.start));
    once(block).chain(table).collect()
}

/// The length of the text before a comment on its line, where it ends that line.
fn line_before(blocks: &Blocks, block: usize) -> Option<usize> {
    let ends_line = |it: &str| it.ends_with(['\n', '\r']);
    let before = &*blocks.get(block.checked_sub(1)?)?.data.text;
    let is_last = block + 1 == blocks.len() || ends_line(&blocks[block].data.text);
    let start = before.rfind(['\n', '\r']).map_or(0, |it| it + 1);
    (is_last && !ends_line(before)).then(|| before.len() - start)
}

/// The next block with text.
fn next_text(blocks: &Blocks, block: usize) -> Option<usize> {
    let is_text =
        |it: &usize| !matches!(blocks[*it].data.kind, BlockKind::Blank | BlockKind::Comment);
    (block + 1..blocks.len()).find(is_text)
}

impl Comment<'_> {
    fn names(&self, finding: &Finding) -> bool {
        self.rules.iter().any(|it| rules::is_named(finding.code, finding.name, it.text))
    }

    /// What it says to no effect.
    fn idle(&self, config: &Config, is_asked: fn(&Word) -> bool) -> Vec<Idle> {
        let of = |problem, it: &Word, removal| {
            let (place, text) = (Place::new(self.block, it.range), it.text.to_owned());
            Idle { problem, place, text, removal }
        };
        let mut idle = Vec::new();
        // Asked for with the words that name other rules.
        if is_asked(&self.name) {
            idle.extend(self.unknown.iter().map(|it| of(Problem::UnknownWord, it, None)));
            idle.extend(self.fault().map(|it| of(it, &self.name, None)));
        }
        if self.fault().is_some() {
            return idle;
        }
        let removed = |it: &Word| Some(self.removal(it));
        let rules = self.rules.iter().filter(|it| !it.is_used && is_asked(it) && is_on(config, it));
        idle.extend(rules.map(|it| of(Problem::Unused, it, removed(it))));
        // Without the last cell the comment would be about the whole table.
        if is_asked(&self.name) && self.rules.iter().any(|it| it.is_used) {
            let cells = self.addresses.iter().filter(|it| !it.is_used);
            idle.extend(cells.map(|it| of(Problem::Unused, it, removed(it))));
        }
        idle
    }

    /// What keeps the whole comment from having an effect.
    fn fault(&self) -> Option<Problem> {
        if self.scope.is_none() {
            Some(Problem::UnknownName)
        } else if self.rules.is_empty() && self.unknown.is_empty() {
            Some(Problem::NoRule)
        } else {
            self.lacks_level.then_some(Problem::NoLevel)
        }
    }
}

/// Whether a configuration leaves on any rule that a word names.
fn is_on(config: &Config, word: &Word) -> bool {
    let is_on = |it: &&'static Rule| config.severity(it, it.severity).is_some();
    rules::ALL.iter().filter(|it| it.is_named(word.text)).any(is_on)
}

/// The severity that a word means.
fn level(word: &str) -> Option<Level> {
    match word.to_ascii_lowercase().as_str() {
        "off" => Some(Level::Off),
        "hint" => Some(Level::Hint),
        "information" => Some(Level::Information),
        "warning" => Some(Level::Warning),
        "error" => Some(Level::Error),
        _ => None,
    }
}
