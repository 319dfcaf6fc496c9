//! How messages call rows, columns and cells: by the form's own wording.

use crate::report::Table;
use crate::schema;

/// `（一）予以公开`, without what the form explains in brackets after it; the table's name
/// where the row has no label.
#[must_use]
pub fn row(table: &schema::Table, part: usize, row: usize) -> &str {
    let label = &table.parts[part].rows[row].label.label;
    if label.is_empty() {
        return &table.name;
    }
    let note = label.rfind('（').filter(|it| *it > 0 && label.ends_with('）'));
    note.map_or(label, |it| &label[..it])
}

/// `自然人`, `行政复议·总计`.
#[must_use]
pub fn column(table: &schema::Table, part: usize, column: usize) -> String {
    let column = &table.parts[part].columns[column];
    match column.groups.last() {
        // Only where the same header stands several times does its group tell which.
        Some(group) if shares_header(table, part, column) => {
            format!("{group}·{}", column.label.label)
        }
        _ => column.label.label.clone(),
    }
}

fn shares_header(table: &schema::Table, part: usize, column: &schema::Column) -> bool {
    let same = |it: &&schema::Column| it.label.label == column.label.label;
    table.parts[part].columns.iter().filter(same).count() > 1
}

/// `（一）予以公开·自然人`; the row or column alone where there is but one.
#[must_use]
pub fn cell(table: &schema::Table, part: usize, row_index: usize, column_index: usize) -> String {
    let it = &table.parts[part];
    let (row, column) = (row(table, part, row_index), column(table, part, column_index));
    if it.rows[row_index].label.label.is_empty() {
        column
    } else if it.columns.len() == 1 {
        row.to_owned()
    } else {
        format!("{row}·{column}")
    }
}

/// The name of a bound table: 表三.
#[must_use]
pub fn table(table: &Table) -> &'static str {
    &table.schema.name
}
