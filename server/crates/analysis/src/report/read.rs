//! Reading a report, and what of an earlier version holds still.

use std::ops::ControlFlow;

use super::{Paragraph, Report};
use crate::bind::tokens::Class;
use crate::bind::{self, Bound};
use crate::block::{Block, Blocks};
use crate::finding::Place;
use crate::outline::{self, Outline};
use crate::{period, prose, schema, signature};

/// Reads a report.
#[must_use]
pub(crate) fn read(blocks: &Blocks) -> Report {
    whole(WithHeadings::read(blocks, None).map_continue(WithHeadings::bind))
}

/// Reads reports, each given as its blocks and an earlier version of it: what cannot have changed
/// is taken from there. Each step is done for all of them before the next one, as
/// [`check_all`](crate::check_all) wants it.
pub(crate) fn read_all<'a>(
    reports: impl Iterator<Item = (&'a Blocks, Option<(&'a Blocks, &'a Report)>)>,
) -> Vec<Report> {
    let outlined: Vec<_> = reports.map(|it| WithHeadings::read(it.0, it.1)).collect();
    let bound = outlined.into_iter().map(|it| it.map_continue(WithHeadings::bind));
    let bound: Vec<ControlFlow<_, WithTables>> = bound.collect();
    let unread = bound.iter().filter_map(|it| match it {
        ControlFlow::Continue(it) => Some(it),
        ControlFlow::Break(_) => None,
    });
    prose::read_ahead(unread.flat_map(WithTables::sentences));
    bound.into_iter().map(whole).collect()
}

fn whole(report: ControlFlow<Report, WithTables>) -> Report {
    match report {
        ControlFlow::Continue(it) => it.report(),
        ControlFlow::Break(it) => it,
    }
}

/// A report whose headings are known.
struct WithHeadings<'a> {
    blocks: &'a Blocks,
    changes: Option<(Vec<Change<'a>>, &'a Report)>,
    outline: Outline,
}

/// A report whose tables and paragraphs are known, too.
struct WithTables<'a> {
    blocks: &'a Blocks,
    outline: Outline,
    bound: Bound,
    paragraphs: Vec<Paragraph>,
}

impl<'a> WithHeadings<'a> {
    /// All of the report, where an edit of numbers made it; otherwise its headings.
    fn read(
        blocks: &'a Blocks,
        before: Option<(&'a Blocks, &'a Report)>,
    ) -> ControlFlow<Report, Self> {
        let changes = before.and_then(|(old, report)| Some((changes(old, blocks)?, report)));
        if let Some(report) = changes.as_ref().and_then(|it| it.1.renumbered(blocks, &it.0)) {
            return ControlFlow::Break(report);
        }
        let outlined = changes.as_ref().filter(|(changes, report)| {
            report.is_outlined_in_blocks(blocks) && changes.iter().all(Change::keeps_outline)
        });
        let outline = outlined.map_or_else(|| outline::outline(blocks), |it| it.1.outline());
        ControlFlow::Continue(Self { blocks, changes, outline })
    }

    fn bind(self) -> WithTables<'a> {
        let Self { blocks, changes, outline } = self;
        let here = bind::headings(&outline.sections, outline.title.as_ref().map(|it| it.place));
        let bound = changes.filter(|(changes, report)| {
            here == report.headings() && changes.iter().all(|it| it.keeps_tables(report))
        });
        let bound = bound.map_or_else(|| bind::bind(blocks, &here), |it| it.1.bound());
        let paragraphs = paragraphs(blocks, &outline, &bound);
        WithTables { blocks, outline, bound, paragraphs }
    }
}

fn paragraphs(blocks: &Blocks, outline: &Outline, bound: &Bound) -> Vec<Paragraph> {
    let taken = |block: usize| bound.tables.iter().any(|it| it.blocks.contains(&block));
    let mut paragraphs = prose::paragraphs(blocks, &taken);
    let (mut sections, mut section) = (outline.sections.iter().peekable(), None);
    for paragraph in &mut paragraphs {
        while let Some(next) = sections.next_if(|it| it.blocks.start <= paragraph.block) {
            section = Some(next.section);
        }
        paragraph.section = section;
    }
    paragraphs
}

impl WithTables<'_> {
    /// The blocks whose sentences are read as they stand.
    fn sentences(&self) -> impl Iterator<Item = &Block> {
        let alone = self.paragraphs.iter().filter(|it| it.joined.is_none());
        alone.filter_map(|it| self.blocks.get(it.block))
    }

    fn report(self) -> Report {
        let Self { blocks, outline, bound, paragraphs } = self;
        Report {
            period: period::period(blocks, &paragraphs),
            signature: signature::signature(blocks, outline.title.as_ref()),
            paragraphs,
            schema: bound.schema.unwrap_or(&schema::SCHEMAS[schema::SCHEMAS.len() - 1]),
            schema_is_certain: bound.schema.is_some(),
            title: outline.title,
            sections: outline.sections,
            tables: bound.tables,
        }
    }
}

impl Report {
    /// Whether no title or heading reaches over blocks, whose widths may change.
    pub(super) fn is_outlined_in_blocks(&self, blocks: &Blocks) -> bool {
        let end = |it: Place| blocks.get(it.block as usize).map_or(0, Block::len);
        self.headings().iter().all(|it| it.range.end() as usize <= end(*it))
    }

    /// Where the title and the headings stand.
    pub(super) fn headings(&self) -> Vec<Place> {
        bind::headings(&self.sections, self.title.as_ref().map(|it| it.place))
    }

    fn outline(&self) -> Outline {
        Outline { title: self.title.clone(), sections: self.sections.clone() }
    }

    fn bound(&self) -> Bound {
        let schema = self.schema_is_certain.then_some(self.schema);
        Bound { tables: self.tables.clone(), schema }
    }
}

/// A block of a report in two versions.
pub(super) struct Change<'a> {
    pub(super) block: usize,
    pub(super) old: &'a Block,
    pub(super) new: &'a Block,
}

/// The blocks that differ between versions with the same number of blocks.
fn changes<'a>(old: &'a Blocks, new: &'a Blocks) -> Option<Vec<Change<'a>>> {
    let pairs = || old.iter().zip(new).enumerate();
    let pairs = || pairs().map(|(block, (old, new))| Change { block, old, new });
    let differs = |it: &Change| !it.old.data.is(&it.new.data);
    (old.len() == new.len()).then(|| pairs().filter(differs).collect())
}

impl Change<'_> {
    /// Whether titles and headings are the same, and at the same places.
    fn keeps_outline(&self) -> bool {
        let (old, new) = (self.old.lines(), self.new.lines());
        self.old.keeps_lines(self.new) && old.stand_at_the_same(&self.old.data.text, new)
    }

    /// Whether the block was and is nothing but sentences, which are in no table, nor between
    /// parts of one.
    fn keeps_tables(&self, report: &Report) -> bool {
        let is_prose = |it: &Block| {
            let mut classes = it.classes().iter();
            !it.classes().is_empty() && classes.all(|it| matches!(it, Class::Prose))
        };
        let is_apart = !report.tables.iter().any(|it| it.blocks.contains(&self.block));
        is_apart && is_prose(self.old) && is_prose(self.new)
    }
}
