//! The rules: one file each, and this registry of them.
//!
//! A rule file holds the rule's documentation, code, severity, check and fixes. Rule
//! pages, the README's table and `gouji rules` are generated from [`ALL`].

mod balance;
mod blank_cell;
mod case_total;
mod cell_count;
mod citation;
mod duplicate_row;
mod duplicate_section;
mod empty_section;
mod fee_arithmetic;
pub(crate) mod growth_rate;
mod impossible_rule_count;
mod invalid_count;
mod invalid_date;
mod itemised_total;
mod label_wording;
mod missing_column;
mod missing_fee_statement;
mod missing_preamble;
mod missing_row;
mod missing_section;
mod missing_signature;
mod missing_table;
mod missing_title;
mod missing_topic;
mod not_a_number;
mod number_format;
mod outdated_template;
mod part_count;
mod percentage;
mod percentage_total;
mod period;
mod placeholder;
#[cfg(test)]
mod prose_tests;
mod restated_number;
mod result_total;
mod row_order;
mod row_total;
mod section_order;
mod section_wording;
mod sign_date;
pub(crate) mod stated_cells;
pub(crate) mod statements;
mod stock_bound;
mod structure;
#[cfg(test)]
mod structure_properties;
mod suspect_cell;
mod table_mismatch;
mod unknown_row;
mod unused_suppression;
mod usage;
mod year_mismatch;

use std::cell::{OnceCell, RefCell};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use gouji_syntax::BlockKind;

use crate::Blocks;
use crate::check::Cancelled;
use crate::config::Config;
use crate::finding::{Finding, Fix, Place, Severity};
use crate::message::Message;
use crate::phrases::Phrases;
use crate::prose::{self, Prose};
use crate::recompute;
use crate::report::{Cell, Paragraph, Report, Row, Table};
use crate::sum_findings::{SumText, SumTexts};
use crate::sums::{self, Sum, Tally};
use crate::suppression::Idle;
use crate::suspects::Suspects;

/// What a rule can repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixClass {
    /// Nothing.
    None,
    /// Form only: applied by `fix` and `source.fixAll`.
    Safe,
    /// A number with one right value.
    Number,
    /// A choice in the editor.
    Choice,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Stable code: `R301`.
    pub code: &'static str,
    /// Stable name: `row-total`.
    pub name: &'static str,
    /// Severity of its findings, unless they say otherwise.
    pub severity: Severity,
    /// What it can repair.
    pub fix: FixClass,
    /// One line on what it finds: Chinese, English.
    pub summary: [&'static str; 2],
    /// Its page, in Markdown without the heading: what, why, on what it stays silent, an
    /// example, the source of the requirement.
    pub docs: &'static str,
    /// Finds.
    pub check: Check,
}

/// How a rule finds.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// In a bound table alone: asked again only when the table has changed.
    Table(fn(&TableContext, &Rule) -> Vec<Finding>),
    /// In a report.
    Report(fn(&Context, &Rule) -> Vec<Finding>),
    /// In the comments that silence findings, once it is known what they silence.
    Comments(fn(&[Idle], &Rule) -> Vec<Finding>),
}

/// What a rule sees.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The document, for the text at a place.
    pub blocks: &'a Blocks,
    /// The report that is checked.
    pub report: &'a Report,
    prose: OnceCell<Vec<(&'a Paragraph, &'a Prose)>>,
    phrases: OnceCell<Vec<(usize, &'a Phrases)>>,
}

impl<'a> Context<'a> {
    /// A report with its blocks.
    pub(crate) fn new(blocks: &'a Blocks, report: &'a Report) -> Self {
        Self { blocks, report, prose: OnceCell::new(), phrases: OnceCell::new() }
    }

    /// What the sentences of the report say, by paragraph. Of most there is nothing of interest.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (&'a Paragraph, &'a Prose)> {
        let said = |it: &'a Paragraph| Some((it, prose::of_paragraph(self.blocks, it)?));
        let read = || self.report.paragraphs.iter().filter_map(said).collect();
        self.prose.get_or_init(read).iter().copied()
    }

    /// The phrases of the report outside its tables, by block.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (usize, &'a Phrases)> {
        let is_table = |block| self.report.tables.iter().any(|it| it.blocks.contains(&block));
        let is_text = |block: &usize| match self.blocks[*block].data.kind {
            BlockKind::Heading | BlockKind::Paragraph => true,
            BlockKind::Table(_) => !is_table(*block),
            BlockKind::Blank | BlockKind::Fence | BlockKind::Comment => false,
        };
        let texts = || (0..self.blocks.len()).filter(is_text);
        let phrases = || texts().map(|it| (it, self.blocks[it].phrases()));
        let read = || phrases().filter(|it| !it.1.is_empty()).collect();
        self.phrases.get_or_init(read).iter().copied()
    }
}

/// What a rule on a table sees.
pub struct TableContext<'a> {
    /// The report's blocks, for the text at a place of the table.
    pub blocks: &'a Blocks,
    /// The table.
    pub table: &'a Table,
    /// How many of its equalities hold or do not.
    pub tally: Tally,
    /// The cells that hold anything but a count in plain digits, with their rows and columns:
    /// most tables have none, and of other cells there is nothing to say by themselves.
    pub unusual: Vec<(&'a Row, usize, &'a Cell)>,
    sums: OnceCell<Vec<Sum<'a>>>,
    recomputed: OnceCell<Option<Arc<Fix>>>,
    /// `None` in it where the search was cancelled.
    suspects: OnceCell<Option<Arc<Suspects>>>,
    search: Search<'a>,
    /// What is said of its broken sums now.
    pub(crate) texts: RefCell<SumTexts>,
}

/// What the search of a table's wrong cells depends on beside the table.
#[derive(Clone, Copy)]
pub(crate) struct Search<'a> {
    /// The report, for what it says of the table.
    pub(crate) report: &'a Report,
    /// What was found out about a table in its place before.
    pub(crate) known: Option<&'a Memo>,
    /// Whether R305 reports the suspects.
    pub(crate) is_reported: bool,
    /// Whether it need not go on.
    pub(crate) cancelled: Cancelled<'a>,
}

/// What is kept of a table whose sums are broken.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// What is said of its broken sums.
    pub(crate) texts: SumTexts,
    /// The cells that are probably wrong; `None` where nobody asked.
    pub(crate) suspects: Option<Arc<Suspects>>,
}

impl<'a> TableContext<'a> {
    /// A table of a report with these blocks.
    pub(crate) fn new(blocks: &'a Blocks, table: &'a Table, search: Search<'a>) -> Self {
        let tally = table.tally;
        debug_assert_eq!(tally, sums::tally(table));
        let unusual = table.unusual_cells();
        let (sums, recomputed, suspects) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let texts = RefCell::default();
        Self { blocks, table, tally, unusual, sums, recomputed, suspects, search, texts }
    }

    /// What was said of a sum, perhaps when its cells had other numbers.
    pub(crate) fn said(&self, sum: usize) -> Option<Arc<SumText>> {
        let now = self.texts.borrow().get(&sum).cloned();
        now.or_else(|| self.search.known?.texts.get(&sum).cloned())
    }

    /// The equalities of the table.
    pub(crate) fn sums(&self) -> &[Sum<'a>] {
        self.sums.get_or_init(|| sums::sums(self.table))
    }

    /// The recomputation of all its totals.
    pub(crate) fn recomputed(&self) -> Option<&Arc<Fix>> {
        let compute = || recompute::table(self.blocks, self.table).map(Arc::new);
        self.recomputed.get_or_init(compute).as_ref()
    }

    /// The cells that are probably wrong, where a sum is broken.
    pub(crate) fn suspects(&self) -> Option<&Suspects> {
        if self.tally.broken == 0 {
            return None;
        }
        self.suspects.get_or_init(|| self.find_suspects()).as_deref()
    }

    fn find_suspects(&self) -> Option<Arc<Suspects>> {
        let ctx = Context::new(self.blocks, self.search.report);
        let claims = statements::claims(&ctx, self.table);
        let known = self.search.known.and_then(|it| it.suspects.as_ref());
        if let Some(known) = known.filter(|it| it.are_of(self.table, &claims)) {
            return Some(Arc::clone(known));
        }
        Suspects::find(self.table, self.sums(), claims, self.search.cancelled).map(Arc::new)
    }

    /// Whether R305 says at once what each broken sum would say again.
    pub(crate) fn is_told_as_one(&self) -> bool {
        self.search.is_reported && self.suspects().is_some_and(Suspects::are_structural)
    }

    /// What is to be kept of the table; `None` where the search was cancelled.
    pub(crate) fn into_memo(self) -> Option<Memo> {
        let suspects = match self.suspects.into_inner() {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Memo { texts: self.texts.into_inner(), suspects })
    }
}

impl Rule {
    /// A finding of this rule, with its own severity.
    #[must_use]
    pub fn finding(&self, place: Place, message: Message) -> Finding {
        Finding::new((self.code, self.name), self.severity, place, message)
    }

    /// The source of the requirement, as its page gives it.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        let (_, source) = self.docs.split_once("**依据**：")?;
        Some(source.split("\n\n").next().unwrap_or(source))
    }

    /// Whether a user's word means this rule: its code, its name or its family letter.
    #[must_use]
    pub fn is_named(&self, word: &str) -> bool {
        is_named(self.code, self.name, word)
    }
}

/// All rules, by code.
pub static ALL: &[&Rule] = &[
    &year_mismatch::RULE,
    &period::RULE,
    &sign_date::RULE,
    &invalid_date::RULE,
    &itemised_total::RULE,
    &percentage::RULE,
    &percentage_total::RULE,
    &growth_rate::RULE,
    &table_mismatch::RULE,
    &restated_number::RULE,
    &fee_arithmetic::RULE,
    &row_total::RULE,
    &result_total::RULE,
    &balance::RULE,
    &case_total::RULE,
    &suspect_cell::RULE,
    &stock_bound::RULE,
    &missing_title::RULE,
    &missing_section::RULE,
    &duplicate_section::RULE,
    &section_order::RULE,
    &section_wording::RULE,
    &empty_section::RULE,
    &missing_table::RULE,
    &missing_topic::RULE,
    &missing_preamble::RULE,
    &missing_signature::RULE,
    &placeholder::RULE,
    &outdated_template::RULE,
    &part_count::RULE,
    &missing_fee_statement::RULE,
    &missing_row::RULE,
    &missing_column::RULE,
    &unknown_row::RULE,
    &cell_count::RULE,
    &label_wording::RULE,
    &blank_cell::RULE,
    &not_a_number::RULE,
    &invalid_count::RULE,
    &number_format::RULE,
    &duplicate_row::RULE,
    &row_order::RULE,
    &impossible_rule_count::RULE,
    &citation::RULE,
    &usage::RULE,
    &unused_suppression::RULE,
];

/// Whether a user's word means the rule with this code and name.
pub(crate) fn is_named(code: &str, name: &str, word: &str) -> bool {
    word.eq_ignore_ascii_case(code)
        || word.eq_ignore_ascii_case(name)
        || (word.len() == 1 && word.eq_ignore_ascii_case(&code[..1]))
}

/// The rule that a code or name means.
#[must_use]
pub fn find(word: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|it| word.len() > 1 && it.is_named(word))
}

/// The rules on a table alone that a configuration leaves on.
pub(crate) fn on_tables(config: &Config) -> impl Iterator<Item = &'static Rule> {
    left_on(config).filter(|it| matches!(it.check, Check::Table(_)))
}

/// The rules on a report that a configuration leaves on.
pub(crate) fn on_reports(config: &Config) -> impl Iterator<Item = &'static Rule> {
    left_on(config).filter(|it| matches!(it.check, Check::Report(_)))
}

fn left_on(config: &Config) -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().filter(|it| config.severity(it, it.severity).is_some())
}

/// What the rules find in a report that are not about one table.
pub(crate) fn of_report(rule: &'static Rule, ctx: &Context, config: &Config) -> Vec<Finding> {
    match rule.check {
        Check::Report(check) => guarded(rule, config, || check(ctx, rule)),
        Check::Table(_) | Check::Comments(_) => Vec::new(),
    }
}

/// What is wrong with the comments of a report.
pub(crate) fn of_comments(idle: &[Idle], config: &Config) -> Vec<Finding> {
    let rule = comment_rule();
    match rule.check {
        Check::Comments(check) if config.severity(rule, rule.severity).is_some() => {
            guarded(rule, config, || check(idle, rule))
        }
        Check::Comments(_) | Check::Table(_) | Check::Report(_) => Vec::new(),
    }
}

/// The rule on comments that silence nothing.
pub(crate) fn comment_rule() -> &'static Rule {
    &unused_suppression::RULE
}

/// Whether a configuration leaves R305 on.
pub(crate) fn reports_suspects(config: &Config) -> bool {
    let rule = suspect_rule();
    config.severity(rule, rule.severity).is_some()
}

/// R305.
pub(crate) fn suspect_rule() -> &'static Rule {
    &suspect_cell::RULE
}

/// What a rule finds in a table.
pub(crate) fn of_table(rule: &'static Rule, ctx: &TableContext, config: &Config) -> Vec<Finding> {
    match rule.check {
        Check::Table(check) => guarded(rule, config, || check(ctx, rule)),
        Check::Report(_) | Check::Comments(_) => Vec::new(),
    }
}

/// Runs a rule. One that panics costs its own findings only.
fn guarded(rule: &Rule, config: &Config, check: impl FnOnce() -> Vec<Finding>) -> Vec<Finding> {
    let mut findings = std::panic::catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|panic| {
        // A test is to fail.
        if cfg!(debug_assertions) { std::panic::resume_unwind(panic) } else { Vec::new() }
    });
    findings.retain_mut(|it| match config.severity(rule, it.severity) {
        Some(severity) => {
            it.severity = severity;
            true
        }
        None => false,
    });
    findings
}
