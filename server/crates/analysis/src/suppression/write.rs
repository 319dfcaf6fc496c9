//! Writing the comment that silences a finding.

use super::comment::{self, Comment, Effect, Scope};
use super::{address, bytes, here, line_before, table_of};
use crate::block;
use crate::check::Reading;
use crate::finding::{Edit, Finding};
use crate::layout::Layout;
use crate::report::Table;
use crate::rules::{self, Context};

/// Findings about what the report lacks: they have no place of their own.
const OF_THE_REPORT: [&str; 5] = ["S101", "S102", "S108", "S109", "S110"];

/// The change of a report that silences a finding of it: a comment, or a word in one that is
/// there. Places count from the report's first block. `None` where such a comment cannot be
/// about it.
#[must_use]
pub fn ignore(reading: &Reading, finding: &Finding, scope: Scope) -> Option<Edit> {
    let (blocks, report) = (&*reading.blocks, &reading.report);
    if finding.code == rules::comment_rule().code {
        return None;
    }
    let starts = block::starts(0, blocks);
    let writer = Writer { ctx: Context::new(blocks, report), starts, code: finding.code };
    let at = finding.place.resolve(&writer.starts).start;
    match scope {
        Scope::Report => writer.in_report(),
        Scope::Table => writer.in_table(writer.table_at(at)?),
        Scope::Here if OF_THE_REPORT.contains(&finding.code) => None,
        Scope::Here => match writer.table_at(at) {
            Some(table) => writer.at_cell(table, at),
            None => writer.at_block(finding.place.block as usize),
        },
    }
}

struct Writer<'a> {
    ctx: Context<'a>,
    starts: Vec<usize>,
    code: &'a str,
}

impl<'a> Writer<'a> {
    fn in_report(&self) -> Option<Edit> {
        let mut known = self.known(Scope::Report);
        known.next().map(|it| it.addition(self.code)).or_else(|| {
            let text = format!("<!-- gouji-ignore-file {} -->", self.code);
            Some(self.insertion(self.after_title(), &text))
        })
    }

    fn in_table(&self, table: &'a Table) -> Option<Edit> {
        let is_it = |it: &Comment| self.is_table_of(it, table);
        let known = self.known(Scope::Table).find(is_it);
        known.map(|it| it.addition(self.code)).or_else(|| {
            let text = format!("<!-- gouji-ignore-table {} -->", self.code);
            Some(self.insertion(self.before_table(table), &text))
        })
    }

    /// A comment before the table that names the cell: between its rows it would end the table.
    fn at_cell(&self, table: &'a Table, at: usize) -> Option<Edit> {
        let address = address::of(table, at, &self.starts)?;
        let known = self.known(Scope::Here).filter(|it| self.is_table_of(it, table));
        let known = known.filter(|it| !it.addresses.is_empty());
        for it in known {
            // Each of its rules is silenced in each of its cells.
            if let [cell] = &*it.addresses
                && cell.text == address
            {
                return Some(it.addition(self.code));
            }
            if let [rule] = &*it.rules
                && rule.text == self.code
            {
                return Some(it.addition(&address));
            }
        }
        let text = format!("<!-- gouji-ignore {} {address} -->", self.code);
        Some(self.insertion(self.before_table(table), &text))
    }

    fn at_block(&self, block: usize) -> Option<Edit> {
        let title = self.ctx.report.title.as_ref().map(|it| it.place.block as usize);
        // What stands before the title is of the report before.
        if title == Some(block) {
            return None;
        }
        let bytes = self.starts[block]..*self.starts.get(block + 1)?;
        let is_it = |it: &Comment| {
            let is_before = line_before(self.ctx.blocks, it.block).is_none();
            let reach = here(&self.ctx, &self.starts, it);
            is_before && it.addresses.is_empty() && reach.first() == Some(&bytes)
        };
        let known = self.known(Scope::Here).find(is_it);
        known.map(|it| it.addition(self.code)).or_else(|| {
            let text = format!("<!-- gouji-ignore {} -->", self.code);
            Some(self.insertion((block, 0), &text))
        })
    }

    /// Comments that silence rules in a scope.
    fn known(&self, scope: Scope) -> impl Iterator<Item = Comment<'a>> {
        let comments = comment::read(self.ctx.blocks).into_iter();
        comments.filter(move |it| {
            let silences = matches!(it.effect, Effect::Ignore) && !it.rules.is_empty();
            it.scope == Some(scope) && silences && !it.lacks_level
        })
    }

    fn is_table_of(&self, comment: &Comment, table: &Table) -> bool {
        let found = table_of(&self.ctx, &self.starts, comment);
        found.is_some_and(|it| it.0.place == table.place)
    }

    fn table_at(&self, at: usize) -> Option<&'a Table> {
        let holds = |it: &&Table| bytes(it, &self.starts).contains(&at);
        self.ctx.report.tables.iter().map(|it| &**it).find(holds)
    }

    fn before_table(&self, table: &Table) -> (usize, usize) {
        let layout = Layout::of(self.ctx.blocks, self.ctx.report);
        let place = layout.start_of_table(table);
        (place.block as usize, place.range.start() as usize)
    }

    /// Behind the block with the title, which alone is certain to be of this report; before the
    /// first heading where there is no title.
    fn after_title(&self) -> (usize, usize) {
        let report = self.ctx.report;
        let Some(title) = &report.title else {
            let heading = report.sections.first().map(|it| it.place.block as usize);
            return (heading.unwrap_or_default(), 0);
        };
        let end = title.place.resolve(&self.starts).end;
        let block = self.starts.partition_point(|it| *it < end).saturating_sub(1);
        (block, self.ctx.blocks[block].data.text.len())
    }

    /// Inserts a comment, on a line of its own where a line begins.
    fn insertion(&self, (block, at): (usize, usize), comment: &str) -> Edit {
        let blocks = self.ctx.blocks;
        let before = match &blocks[block].data.text[..at] {
            "" => block.checked_sub(1).map_or("", |it| &*blocks[it].data.text),
            text => text,
        };
        let begins = before.is_empty() || before.ends_with(['\n', '\r']);
        let layout = Layout::of(blocks, self.ctx.report);
        let end = if begins { layout.newline() } else { "" };
        Edit { place: crate::layout::empty(block, at), text: format!("{comment}{end}") }
    }
}
