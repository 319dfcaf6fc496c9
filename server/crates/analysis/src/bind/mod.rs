//! Tables of the report, bound to the schema: from here on a value is
//! `table[row][column]`, whatever the dialect.
//!
//! [`tokens`] says what each cell of a block may be, [`pieces`] which cells make up which
//! table of which form, [`rows`] which cells are the values of which row. [`model`] remembers both.

mod lexicon;
mod model;
mod pieces;
mod rows;
pub(crate) mod tokens;

use std::sync::Arc;

pub(crate) use self::model::Model;
use self::pieces::Runs;
use crate::Blocks;
use crate::finding::Place;
use crate::report::{Section, Table};
use crate::schema::{SCHEMAS, Schema};

/// The tables of one report.
#[derive(Debug)]
pub(crate) struct Bound {
    /// In the order in which they stand.
    pub(crate) tables: Vec<Arc<Table>>,
    /// The form that their labels show; `None` where they fit several.
    pub(crate) schema: Option<&'static Schema>,
}

/// Finds and binds the tables of a report. Section headings and the title are no cells; their
/// places are in order.
///
/// Debug builds hold what known tables give equal to what is read without them, so that each test
/// is a test of this too.
pub(crate) fn bind(blocks: &Blocks, headings: &[Place]) -> Bound {
    let bound = bind_runs(blocks, &Runs::read(blocks, headings));
    debug_assert_eq!(bound.tables, bind_runs(blocks, &Runs::unknown(blocks, headings)).tables);
    bound
}

fn bind_runs(blocks: &Blocks, runs: &Runs) -> Bound {
    let pieces = runs.pieces();
    let certain = pieces.iter().find_map(|it| it.form);
    let newest = SCHEMAS.len().saturating_sub(1);
    let tables = pieces.iter().filter_map(|piece| {
        let form = piece.form.or(certain).unwrap_or(newest);
        piece.bind(blocks, form).map(Arc::new)
    });
    Bound { tables: tables.collect(), schema: certain.and_then(|it| SCHEMAS.get(it)) }
}

/// The places that are headings, not cells, in order: a title stands before the headings.
pub(crate) fn headings(sections: &[Section], title: Option<Place>) -> Vec<Place> {
    let mut headings = Vec::with_capacity(1 + sections.len());
    headings.extend(title);
    headings.extend(sections.iter().map(|it| it.place));
    headings
}
