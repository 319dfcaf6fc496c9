//! Tables on the page.

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_analysis::Place;
use gouji_analysis::render::{self, Grid, Role};
use gouji_analysis::report::{self, Oddity};
use gouji_syntax::TextRange;
use gouji_syntax::plain::strip_markup;
use gouji_syntax::table::{self, cell_text};

use super::text::overlaps;
use super::{Cell, Node, Page, Table};

impl Page<'_> {
    /// A bound table in the shape of the form. What the report's table lost is blank; rows that
    /// the form does not have, or has once, stand below.
    pub(super) fn table(&self, index: usize, range: Range<usize>) -> Table {
        let table = &*self.reading.report.tables[index];
        let text =
            |it: &report::Cell| strip_markup(it.place.text(&self.reading.blocks)).trim().to_owned();
        let value = |part, row, column| value(table, part, row, column).map(text);
        let grid = Grid::new(table.schema, &value);
        let cell = |it: render::Cell| self.cell(table, it);
        let row = |it: Vec<render::Cell>| it.into_iter().map(cell).collect();
        let rows =
            grid.rows.into_iter().map(row).chain(table.oddities.iter().filter_map(
                |it| match *it {
                    Oddity::UnknownRow { place } | Oddity::DuplicateRow { place, .. } => {
                        self.row_at(place)
                    }
                    Oddity::CellCount { .. } | Oddity::ValuesLost { .. } => None,
                },
            ));
        self.finished(Some(&table.schema.name), range, rows.collect())
    }

    /// The row that a label stands in, as it is; the label alone where lines are no rows.
    fn row_at(&self, label: Place) -> Option<Vec<Cell>> {
        let (block, label) = (label.block as usize, label.resolve(&self.starts));
        let cells = self.reading.blocks.get(block)?.cells();
        let is_it = |it: &&table::Cell| overlaps(&self.bytes(block, it.text), &label);
        let row = cells.rows.iter().find(|it| it.iter().any(|it| is_it(&it)))?;
        let shown = row.iter().filter(|it| cells.dialect.has_rows() || is_it(it));
        Some(shown.map(|it| self.as_is(block, it)).collect())
    }

    fn bytes(&self, block: usize, range: TextRange) -> Range<usize> {
        let start = self.starts[block];
        start + usize::from(range.start())..start + usize::from(range.end())
    }

    /// A cell of a block as it stands.
    fn as_is(&self, block: usize, cell: &table::Cell) -> Cell {
        let slot = self.bytes(block, cell.slot);
        Cell {
            text: cell_text(&self.reading.blocks[block].data.text, cell).into_owned(),
            columns: cell.column_span as usize,
            rows: cell.row_span as usize,
            is_label: false,
            range: Some(self.bytes(block, cell.text)),
            findings: self.marks(|it| is_within(it, &slot)),
        }
    }

    fn cell(&self, table: &report::Table, cell: render::Cell) -> Cell {
        let render::Cell { text, columns, rows, role } = cell;
        let places = match role {
            Role::Group => None,
            Role::Column(part, column) => {
                let mut headers = table.headers.iter();
                headers
                    .find(|it| (it.part, it.column) == (part, column))
                    .map(|it| (it.place, it.place))
            }
            Role::Row(part, number) => {
                row(table, part, number).and_then(|it| it.label).map(|it| (it, it))
            }
            Role::Value(part, row, column) => {
                value(table, part, row, column).map(|it| (it.place, it.slot()))
            }
        };
        let resolve = |it: Place| it.resolve(&self.starts);
        let slot = places.map(|it| resolve(it.1));
        let findings = slot.map(|slot| self.marks(|it| is_within(it, &slot)));
        let is_label = !matches!(role, Role::Value(..));
        let (range, findings) = (places.map(|it| resolve(it.0)), findings.unwrap_or_default());
        Cell { text, columns, rows, is_label, range, findings }
    }

    /// The cells of a block that are in `part` and in no bound table, as they stand.
    pub(super) fn other_table(&self, block: usize, part: Range<usize>) -> Option<Node> {
        let is_in = |it: &&table::Cell| is_within(&self.bytes(block, it.text), &part);
        let row = |it: &[table::Cell]| -> Vec<_> {
            it.iter().filter(is_in).map(|it| self.as_is(block, it)).collect()
        };
        let rows = self.reading.blocks[block].cells().rows.iter().map(row);
        let is_filled = |it: &Vec<Cell>| it.iter().any(|it| !it.text.is_empty());
        let rows: Vec<_> = rows.filter(is_filled).collect();
        (!rows.is_empty()).then(|| Node::Table(self.finished(None, part, rows)))
    }

    fn finished(
        &self,
        name: Option<&'static str>,
        range: Range<usize>,
        rows: Vec<Vec<Cell>>,
    ) -> Table {
        let shown: BTreeSet<_> = rows.iter().flatten().flat_map(|it| &it.findings).collect();
        let mut findings = self.marks(|it| overlaps(it, &range));
        findings.retain(|it| !shown.contains(it));
        Table { name, range, rows, findings }
    }
}

fn row(table: &report::Table, part: usize, row: usize) -> Option<&report::Row> {
    table.rows.iter().find(|it| (it.part, it.row) == (part, row))
}

fn value(
    table: &report::Table,
    part: usize,
    number: usize,
    column: usize,
) -> Option<&report::Cell> {
    table.values(row(table, part, number)?).get(column)?.as_ref()
}

fn is_within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
