//! A table of a form as a grid of cells, merged as the official form merges them.

use super::Values;
use crate::schema;

/// A cell of the form and the columns and rows that it spans.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// The cells of a table as the official form has them, merged cells once, where they begin.
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) width: usize,
}

impl Grid {
    pub(super) fn new(schema: &schema::Table, values: Values) -> Self {
        let width = |it: &schema::Part| it.label_columns() + it.columns.len();
        let width = schema.parts.iter().map(width).max().unwrap_or_default();
        let mut rows = Vec::new();
        for (index, part) in schema.parts.iter().enumerate() {
            if let Some(banner) = &part.banner {
                rows.push(vec![Cell { text: banner.label.clone(), columns: width, rows: 1 }]);
            }
            headers(part, width, &mut rows);
            for row in 0..part.rows.len() {
                rows.push(data_row(part, row, width, &|column| values(index, row, column)));
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

/// The header rows of a part: groups above their columns, the corner before them.
fn headers(part: &schema::Part, width: usize, rows: &mut Vec<Vec<Cell>>) {
    let depth = part.columns.iter().map(|it| it.groups.len() + 1).max().unwrap_or_default();
    let is_group = |label: &str| part.columns.iter().any(|it| it.groups.iter().any(|g| g == label));
    let mut corner = part.headers.iter().find(|it| !is_group(&it.label));
    let labels = part.label_columns();
    let spare = width - labels - part.columns.len();
    for level in 0..depth {
        let mut row: Vec<Cell> = Vec::new();
        if let Some(corner) = corner.take().filter(|_| labels > 0) {
            row.push(Cell { text: corner.label.clone(), columns: labels, rows: depth });
        }
        for (index, column) in part.columns.iter().enumerate() {
            let columns = 1 + if index + 1 == part.columns.len() { spare } else { 0 };
            let before = index.checked_sub(1).map(|it| &part.columns[it]);
            let begins =
                before.is_none_or(|it| it.groups.get(..=level) != column.groups.get(..=level));
            match column.groups.get(level) {
                Some(group) if begins => row.push(Cell { text: group.clone(), columns, rows: 1 }),
                Some(_) => row.last_mut().into_iter().for_each(|it| it.columns += columns),
                None if level == column.groups.len() => {
                    let text = column.label.label.clone();
                    row.push(Cell { text, columns, rows: depth - level });
                }
                None => (),
            }
        }
        rows.push(row);
    }
}

fn data_row(
    part: &schema::Part,
    index: usize,
    width: usize,
    value: &dyn Fn(usize) -> Option<String>,
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
        cells.push(Cell { text: row.groups[level].clone(), columns: 1, rows });
    }
    if labels > 0 {
        let text = row.label.label.clone();
        cells.push(Cell { text, columns: labels - row.groups.len(), rows: 1 });
    }
    let spare = width - labels - part.columns.len();
    for column in 0..part.columns.len() {
        let columns = 1 + if column + 1 == part.columns.len() { spare } else { 0 };
        cells.push(Cell { text: value(column).unwrap_or_default(), columns, rows: 1 });
    }
    cells
}
