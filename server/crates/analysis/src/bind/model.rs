//! Tables that are the same as one met before, but for their numbers.
//!
//! Reports of one year are written in one form, and those of one office by the same means. Labels
//! say what a cell is and that it holds a number, but not which. So where a table is all that
//! stands between two headings or sentences, another like it is bound as it was.

use std::slice;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use gouji_syntax::BlockData;
use gouji_syntax::table::{Numbers, Renumbering};

use super::pieces::{self, Piece};
use super::rows;
use crate::block::Block;
use crate::outline::line::Lines;
use crate::report::Table;
use crate::schema::SCHEMAS;

/// A table as others like it are read.
#[derive(Debug)]
pub(crate) struct Model {
    block: Block,
    /// Where the block is one table and nothing else.
    read: OnceLock<Option<Read>>,
    /// It as a table of each form, alone in a report.
    bound: Vec<OnceLock<Option<Table>>>,
    /// Whether the last block that was compared with it is like it.
    fits: AtomicBool,
}

/// A block that is one table and nothing else.
#[derive(Debug)]
struct Read {
    labels: Labels,
    numbers: Numbers,
    /// Whether no number stands in a line that may be a title or hold a heading.
    keeps_lines: bool,
}

/// What the labels of a block say that is one table and nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labels {
    /// The table, as an index in [`TABLES`](super::lexicon::TABLES).
    pub(super) table: usize,
    /// The form that they show, as an index; `None` where they fit several.
    pub(super) form: Option<usize>,
    pub(super) count: usize,
}

impl Model {
    /// A block that others may be like.
    pub(crate) fn new(data: BlockData) -> Self {
        let bound = SCHEMAS.iter().map(|_| OnceLock::new()).collect();
        let (block, read) = (Block::of(data), OnceLock::new());
        Self { block, read, bound, fits: AtomicBool::new(true) }
    }

    /// Whether the last block that was compared with it is like it.
    pub(crate) fn fits(&self) -> bool {
        self.fits.load(Ordering::Relaxed)
    }

    /// What makes another block of this one, if its numbers are all that differs.
    pub(crate) fn edit(&self, other: &BlockData) -> Option<Renumbering> {
        let edit = self
            .read()
            .and_then(|it| Renumbering::of_numbers(&self.block.data, &it.numbers, other));
        self.fits.store(edit.is_some(), Ordering::Relaxed);
        edit
    }

    /// The lines of the block that an edit of numbers makes of this one; `None` where they have to
    /// be read.
    pub(crate) fn lines(&self, edit: &Renumbering) -> Option<Lines> {
        self.read()?.keeps_lines.then(|| self.block.lines().moved(edit))
    }

    fn read(&self) -> Option<&Read> {
        let Self { block, .. } = self;
        let read = || {
            let labels = |it: &Piece| Labels { table: it.table, form: it.form, count: it.labels };
            let labels = pieces::alone(block, labels)?;
            let numbers = Numbers::new(&block.data, block.cells());
            let keeps_lines = block.lines().are_beside(&block.data.text, numbers.texts());
            Some(Read { labels, numbers, keeps_lines })
        };
        self.read.get_or_init(read).as_ref()
    }
}

/// A block that is a model but for its numbers, in a report.
#[derive(Debug)]
pub(super) struct Known<'a> {
    model: &'a Model,
    pub(super) labels: Labels,
    index: u32,
    block: &'a Block,
    edit: &'a Renumbering,
}

impl<'a> Known<'a> {
    /// A block of a report, if it is a table met before but for its numbers.
    pub(super) fn of(index: u32, block: &'a Block) -> Option<Self> {
        let (model, edit) = block.model()?;
        Some(Self { model, labels: model.read()?.labels, index, block, edit })
    }

    /// The block as its table of a form; `None` where the form has no such table.
    pub(super) fn bind(&self, form: usize) -> Option<Table> {
        let Model { block, bound, .. } = self.model;
        let read = || pieces::alone(block, |it| rows::bind(slice::from_ref(block), it, form))?;
        let table = bound.get(form)?.get_or_init(read).as_ref()?;
        Some(table.renumbered(self.edit, &self.block.data.text, self.index as usize))
    }
}

#[cfg(test)]
mod tests {
    use crate::bind::pieces::Runs;
    use crate::bind::{bind, tokens};
    use crate::testing::recalled;

    /// A table that no other test has met: threads remember tables by their first lines.
    fn table(test: usize) -> String {
        format!(
            "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |{}\n\
             | --- | --- | --- | --- |\n| 规章 | 0 | 1 | 2 |\n| 行政规范性文件 | 10 |  | 7 |\n",
            " ".repeat(test)
        )
    }

    fn known(text: &str) -> usize {
        Runs::read(&recalled(text), &[]).known()
    }

    /// Debug builds compare each of these with what is read without a model.
    #[test]
    fn a_table_with_other_numbers_is_known() {
        let table = table(1);
        assert_eq!(known(&table), 0);
        for (old, new) in [("| 0 |", "| 123 |"), ("| 10 |", "| 5 |"), ("0 | 1", "1 | 0"), ("", "")]
        {
            let text = table.replacen(old, new, 1);
            assert_eq!(known(&text), 1, "{text}");
            let tables = bind(&recalled(&text), &[]).tables;
            let cell = tables[0].cells().next().map(|it| it.2).expect("a value");
            let place = cell.place.text_range();
            assert_eq!(cell.value, tokens::number(&text[place]).expect("a number"), "{text}");
        }
    }

    #[test]
    fn what_differs_in_more_or_is_not_alone_is_not_known() {
        let table = table(2);
        for text in [
            table.replace("| 10 |", "| - |"),
            table.replace("|  |", "| 0 |"),
            table.replace("规章 | 0", "规章| 0"),
            table.replace("行政规范性文件", "规范性文件"),
            table.replace("| 7 |", "| 1.2.3 |"),
            format!("规章\n\n{table}"),
            format!("{table}\n其他\n"),
            format!("{table}\n{table}"),
        ] {
            // Whatever was met last, it is known after it was met again.
            let _ = (known(&table), known(&table));
            assert_eq!(known(&table), 1);
            assert_eq!(known(&text), 0, "{text}");
            bind(&recalled(&text), &[]);
        }
    }

    #[test]
    fn a_model_that_does_not_fit_is_replaced() {
        let table = table(3);
        let other = table.replace("|  |", "| 0 |");
        let found = [&table, &table, &other, &other, &other].map(|it| known(it));
        assert_eq!(found, [0, 1, 0, 0, 1]);
    }
}
