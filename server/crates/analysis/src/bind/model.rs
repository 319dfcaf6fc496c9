//! Tables that are the same as one met before, but for their numbers.
//!
//! Reports of one year are written in one form, and those of one office by the same means. Labels
//! say what a cell is and that it holds a number, but not which. So where a table is all that
//! stands between two headings or sentences, another like it is bound as it was.

use std::slice;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use gouji_syntax::BlockData;
use gouji_syntax::table::Renumbering;

use super::{pieces, rows};
use crate::block::Block;
use crate::report::Table;
use crate::schema::SCHEMAS;

/// A table as others like it are read.
#[derive(Debug)]
pub(crate) struct Model {
    block: Block,
    labels: OnceLock<Option<Labels>>,
    /// It as a table of each form, alone in a report.
    bound: Vec<OnceLock<Option<Table>>>,
    /// Whether the last block that was compared with it is like it.
    fits: AtomicBool,
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
        let (block, labels) = (Block::of(data), OnceLock::new());
        Self { block, labels, bound, fits: AtomicBool::new(true) }
    }

    /// Whether the last block that was compared with it is like it.
    pub(crate) fn fits(&self) -> bool {
        self.fits.load(Ordering::Relaxed)
    }

    /// A block that is this one but for its numbers.
    pub(super) fn known<'a>(&'a self, index: u32, block: &'a Block) -> Option<Known<'a>> {
        let read = || {
            pieces::alone(&self.block, |it| Labels {
                table: it.table,
                form: it.form,
                count: it.labels,
            })
        };
        let known = self.labels.get_or_init(read).and_then(|labels| {
            let edit = self.block.renumbering(block)?;
            Some(Known { model: self, labels, index, block, edit })
        });
        self.fits.store(known.is_some(), Ordering::Relaxed);
        known
    }
}

/// A block that is a model but for its numbers, in a report.
#[derive(Debug)]
pub(super) struct Known<'a> {
    model: &'a Model,
    pub(super) labels: Labels,
    index: u32,
    block: &'a Block,
    edit: Renumbering,
}

impl Known<'_> {
    /// The block as its table of a form; `None` where the form has no such table.
    pub(super) fn bind(&self, form: usize) -> Option<Table> {
        let Model { block, bound, .. } = self.model;
        let read = || pieces::alone(block, |it| rows::bind(slice::from_ref(block), it, form))?;
        let table = bound.get(form)?.get_or_init(read).as_ref()?;
        Some(table.renumbered(&self.edit, &self.block.data.text, self.index as usize))
    }
}
