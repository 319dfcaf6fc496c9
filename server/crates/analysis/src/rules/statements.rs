//! The statements of a report on numbers of its tables, and which of them a table contradicts.

use gouji_syntax::TextRange;
use rust_decimal::Decimal;

use super::{Context, stated_cells};
use crate::prose::claims::Figure;
use crate::prose::claims::cell::{CellClaim, Stated};
use crate::report::{Paragraph, Table};

/// What a sentence says of a number of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) stated: Stated,
    /// 0 where it is denied that there were any.
    pub(crate) value: Decimal,
    /// Whether it may leave some out. It counts only where no other says the table's number.
    is_loose: bool,
}

/// Where a sentence says it.
pub(crate) struct Statement<'a> {
    pub(crate) claim: Claim,
    /// The paragraph's block.
    pub(crate) block: usize,
    /// The number; `None` where it is denied that there were any.
    pub(crate) figure: Option<&'a Figure>,
    /// The words: bytes of the block.
    pub(crate) range: TextRange,
}

/// The statements of a report on this year's numbers of the agency as a whole.
pub(crate) fn of_report<'a>(ctx: &Context<'a>) -> Vec<Statement<'a>> {
    let mut statements = Vec::new();
    for (paragraph, prose) in ctx.prose().filter(|it| is_in_place(ctx, it.0)) {
        let mut add = |stated, is_loose, figure: Option<&'a Figure>, range| {
            let value = figure.map_or(Decimal::ZERO, |it| it.value);
            let (claim, block) = (Claim { stated, value, is_loose }, paragraph.block);
            statements.push(Statement { claim, block, figure, range });
        };
        // In the section on cases, 申请 are applications for a review.
        if section(ctx, paragraph) != Some("litigation") {
            for it in prose.requests.iter().filter(|it| is_of_this_year(ctx, &it.years)) {
                add(Stated::Requests("received"), it.loose, it.count.as_ref(), it.range);
            }
        }
        let cells = prose.cells.iter().filter(|it| is_of_this_year(ctx, &it.years));
        for it in cells.filter(|it| is_on_topic(ctx, paragraph, it)) {
            add(it.stated, false, it.count.as_ref(), it.range);
        }
    }
    statements
}

/// What a report says of the numbers of one of its tables.
pub(crate) fn claims(ctx: &Context, table: &Table) -> Vec<Claim> {
    let is_it = |it: &Claim| it.table(ctx).is_some_and(|it| std::ptr::eq(it, table));
    of_report(ctx).into_iter().map(|it| it.claim).filter(is_it).collect()
}

impl Claim {
    /// The table that it is about.
    pub(crate) fn table<'a>(&self, ctx: &Context<'a>) -> Option<&'a Table> {
        ctx.report.table(match self.stated {
            Stated::Requests(_) | Stated::Handled | Stated::Applicants { .. } => "requests",
            Stated::Review | Stated::Litigation => "litigation",
            Stated::Disclosure(..) => "disclosure",
        })
    }

    /// Whether its table says otherwise. `all` are the report's claims.
    pub(crate) fn is_contradicted(&self, table: &Table, all: &[Self]) -> bool {
        let accepts = |it: &Self| Some(stated_cells::expected(table, it.stated)?.accepts(it.value));
        let agrees = |it: &Self| it.stated == self.stated && accepts(it) == Some(true);
        accepts(self) == Some(false) && !(self.is_loose && all.iter().any(agrees))
    }
}

/// The sections on the year's work; elsewhere such numbers are examples.
fn is_in_place(ctx: &Context, paragraph: &Paragraph) -> bool {
    section(ctx, paragraph).is_none_or(|it| it != "problems" && it != "other")
}

fn section<'a>(ctx: &Context<'a>, paragraph: &Paragraph) -> Option<&'a str> {
    let section = paragraph.section.and_then(|it| ctx.report.schema.sections.get(it));
    section.map(|it| &*it.key)
}

/// Cases of any other kind are told in other sections, without a word on 政府信息公开.
fn is_on_topic(ctx: &Context, paragraph: &Paragraph, claim: &CellClaim) -> bool {
    let is_case = matches!(claim.stated, Stated::Review | Stated::Litigation);
    !is_case || claim.names_topic || section(ctx, paragraph) == Some("litigation")
}

fn is_of_this_year(ctx: &Context, years: &[i32]) -> bool {
    ctx.report.year().is_none_or(|year| years.iter().all(|it| *it == year))
}
