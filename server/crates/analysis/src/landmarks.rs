//! Where the parts of a report stand: what an outline, folding and the line above a table need.
//!
//! Kept with the part of the document that it is of, so that a long document is read for it
//! once.

use crate::finding::Place;
use crate::layout::Layout;
use crate::report::{Section, Table};
use crate::sums::Tally;
use crate::{Blocks, Reading, block, names, recompute};

/// The parts of one report. Places count from its first block and may reach over several.
#[derive(Debug, Default)]
pub struct Landmarks {
    /// What the report is called; `None` where it has no title.
    pub title: Option<Mark>,
    /// From the title, or the first heading, to the last letter.
    pub extent: Option<Place>,
    /// The sections, in the order in which they stand.
    pub sections: Vec<Mark>,
    /// The tables, in the order in which they stand.
    pub tables: Vec<TableMark>,
}

/// A part that has a name.
#[derive(Clone, Debug)]
pub struct Mark {
    /// As it stands there.
    pub name: String,
    /// Where the name stands.
    pub place: Place,
    /// All that belongs to it, the name included.
    pub extent: Place,
}

/// A table.
#[derive(Clone, Debug)]
pub struct TableMark {
    /// 表三
    pub name: &'static str,
    /// The section that the form has it in: 收到和处理政府信息公开申请情况.
    pub section: &'static str,
    /// Its lines.
    pub extent: Place,
    /// How many of its equalities hold or do not.
    pub tally: Tally,
    /// Whether recomputing its totals would change something.
    pub can_recompute: bool,
}

impl Landmarks {
    /// Finds the parts of a report.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let Reading { blocks, report, .. } = reading;
        if report.title.is_none() && report.sections.is_empty() && report.tables.is_empty() {
            return Self::default();
        }
        let layout = Layout::of(blocks, report);
        let starts = block::starts(0, blocks);
        let start = |it: Place| it.resolve(&starts).start;
        let reach = |from, to| reach(blocks, &starts, from, to);
        let end = start(layout.end_of_text());
        let section = |(index, it): (usize, &Section)| {
            let next = report.sections.get(index + 1);
            let stop = next.map_or(end, |it| start(layout.start_of(it)));
            Mark { name: it.text.clone(), place: it.place, extent: reach(it.place, stop) }
        };
        let sections: Vec<_> = report.sections.iter().enumerate().map(section).collect();
        let tables = report.tables.iter().map(|it| {
            let section = report.schema.sections.iter().find(|own| own.key == it.schema.section);
            mark(blocks, &layout, it, section.map_or("", |it| &it.title))
        });
        let title = report.title.as_ref().map(|it| Mark {
            name: it.text.clone(),
            place: it.place,
            extent: reach(it.place, end),
        });
        let tables: Vec<_> = tables.collect();
        let first = title.iter().chain(&sections).map(|it| it.place);
        let first = first.chain(tables.iter().map(|it| it.extent)).min();
        Self { extent: first.map(|it| reach(it, end)), title, sections, tables }
    }
}

fn mark(blocks: &Blocks, layout: &Layout, table: &Table, section: &'static str) -> TableMark {
    let tally = table.tally;
    TableMark {
        name: names::table(table),
        section,
        extent: layout.lines_of_table(table),
        tally,
        // Where all sums hold there is nothing to look for.
        can_recompute: tally.broken > 0 && recompute::table(blocks, table).is_some(),
    }
}

/// From the start of a place to a byte of the report, without the blank lines before that.
fn reach(blocks: &Blocks, starts: &[usize], from: Place, to: usize) -> Place {
    let first = from.block as usize;
    let own = from.resolve(starts);
    let written = (first..blocks.len()).rev().find_map(|it| {
        let text = blocks[it].data.text.get(..to.checked_sub(starts[it])?.min(blocks[it].len()))?;
        let text = text.trim_end();
        (!text.is_empty()).then(|| starts[it] + text.len())
    });
    let end = written.unwrap_or_default().max(own.end) - starts[first];
    Place::new(first, gouji_syntax::range(from.range.start() as usize, end))
}
