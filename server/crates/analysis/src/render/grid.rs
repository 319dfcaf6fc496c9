//! A table of a form as a grid of cells, merged as the official form merges them.

use super::Values;
use crate::schema;

/// A cell of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The label or the value; empty in a blank cell.
    pub text: String,
    /// Columns that it spans, at least 1.
    pub columns: usize,
    /// Rows that it spans, at least 1.
    pub rows: usize,
    /// What it is in the schema.
    pub role: Role,
}

/// What a cell is, by part, row and column of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A label of several rows or columns: a banner, a group, the corner.
    Group,
    /// The label of a column.
    Column(usize, usize),
    /// The label of a row.
    Row(usize, usize),
    /// A value.
    Value(usize, usize, usize),
}

/// The cells of a table as the official form has them, merged cells once, where they begin.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The cells that begin in each row.
    pub rows: Vec<Vec<Cell>>,
    pub(super) width: usize,
}

impl Grid {
    /// Lays out a table of a form.
    #[must_use]
    pub fn new(schema: &schema::Table, values: Values) -> Self {
        let width = |it: &schema::Part| it.label_columns() + it.columns.len();
        let width = schema.parts.iter().map(width).max().unwrap_or_default();
        let mut rows = Vec::new();
        for (index, part) in schema.parts.iter().enumerate() {
            if let Some(banner) = &part.banner {
                rows.push(vec![Cell::group(&banner.label, width, 1)]);
            }
            headers(index, part, width, &mut rows);
            for row in 0..part.rows.len() {
                rows.push(data_row(part, (index, row), width, values));
            }
        }
        Self { rows, width }
    }

    /// The grid with a slot for each column of each row: `None` where a merged cell goes on.
    pub(super) fn slots(&self) -> Vec<Vec<Option<&str>>> {
        let mut slots: Vec<Vec<Option<&str>>> = vec![vec![None; self.width]; self.rows.len()];
        let mut taken = vec![vec![false; self.width]; self.rows.len()];
        for (y, row) in self.rows.iter().enumerate() {
            for cell in row {
                let Some(x) = taken[y].iter().position(|it| !it) else { break };
                slots[y][x] = Some(&cell.text);
                for row in taken.iter_mut().skip(y).take(cell.rows) {
                    row[x..(x + cell.columns).min(self.width)].fill(true);
                }
            }
        }
        slots
    }
}

impl Cell {
    fn group(text: &str, columns: usize, rows: usize) -> Self {
        Self { text: text.to_owned(), columns, rows, role: Role::Group }
    }
}

/// The header rows of a part: groups above their columns, the corner before them.
fn headers(number: usize, part: &schema::Part, width: usize, rows: &mut Vec<Vec<Cell>>) {
    let depth = part.columns.iter().map(|it| it.groups.len() + 1).max().unwrap_or_default();
    let is_group = |label: &str| part.columns.iter().any(|it| it.groups.iter().any(|g| g == label));
    let mut corner = part.headers.iter().find(|it| !is_group(&it.label));
    let labels = part.label_columns();
    let spare = width - labels - part.columns.len();
    for level in 0..depth {
        let mut row: Vec<Cell> = Vec::new();
        if let Some(corner) = corner.take().filter(|_| labels > 0) {
            row.push(Cell::group(&corner.label, labels, depth));
        }
        for (index, column) in part.columns.iter().enumerate() {
            let columns = 1 + if index + 1 == part.columns.len() { spare } else { 0 };
            let before = index.checked_sub(1).map(|it| &part.columns[it]);
            let begins =
                before.is_none_or(|it| it.groups.get(..=level) != column.groups.get(..=level));
            match column.groups.get(level) {
                Some(group) if begins => row.push(Cell::group(group, columns, 1)),
                Some(_) => row.last_mut().into_iter().for_each(|it| it.columns += columns),
                None if level == column.groups.len() => {
                    let text = column.label.label.clone();
                    let role = Role::Column(number, index);
                    row.push(Cell { text, columns, rows: depth - level, role });
                }
                None => (),
            }
        }
        rows.push(row);
    }
}

fn data_row(
    part: &schema::Part,
    (number, index): (usize, usize),
    width: usize,
    values: Values,
) -> Vec<Cell> {
    let (row, labels) = (&part.rows[index], part.label_columns());
    let mut cells = Vec::new();
    for level in 0..row.groups.len() {
        let group = row.groups.get(..=level);
        let is_same = |it: &&schema::Row| it.groups.get(..=level) == group;
        if index > 0 && is_same(&&part.rows[index - 1]) {
            continue;
        }
        let rows = part.rows[index..].iter().take_while(is_same).count();
        cells.push(Cell::group(&row.groups[level], 1, rows));
    }
    if labels > 0 {
        let text = row.label.label.clone();
        let (columns, role) = (labels - row.groups.len(), Role::Row(number, index));
        cells.push(Cell { text, columns, rows: 1, role });
    }
    let spare = width - labels - part.columns.len();
    for column in 0..part.columns.len() {
        let columns = 1 + if column + 1 == part.columns.len() { spare } else { 0 };
        let text = values(number, index, column).unwrap_or_default();
        cells.push(Cell { text, columns, rows: 1, role: Role::Value(number, index, column) });
    }
    cells
}
