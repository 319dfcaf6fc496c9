//! How a comment calls the cells of a table: `received` is a row, `received.total` a cell of it;
//! where the table has but one row, `review.total` is a cell.

use std::ops::Range;

use crate::finding::Place;
use crate::report::{Cell, Row, Table};
use crate::schema::{self, SCHEMAS};

/// Whether a word is the address of something in some form.
pub(super) fn is_one(word: &str) -> bool {
    let parts = SCHEMAS.iter().flat_map(|it| &it.tables).flat_map(|it| &it.parts);
    parts.into_iter().any(|part| {
        let is_column = |row: &schema::Row| part.columns.iter().any(|it| cell(row, it) == word);
        part.rows.iter().any(|row| is_row(row, word) || is_column(row))
    })
}

/// The bytes of what an address means in a table: a label, cells.
pub(super) fn reach(table: &Table, word: &str, starts: &[usize]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // With the byte after it: there a blank cell is.
    let mut add = |place: Place| {
        let bytes = place.resolve(starts);
        found.push(bytes.start..bytes.end + 1);
    };
    for row in &table.rows {
        let (schema, columns) = schema(table, row);
        let is_row = is_row(schema, word);
        row.label.into_iter().filter(|_| is_row).for_each(&mut add);
        for (column, value) in columns.iter().zip(table.values(row)) {
            if is_row || cell(schema, column) == word {
                value.as_ref().map(Cell::slot).into_iter().for_each(&mut add);
            }
        }
    }
    found
}

/// The address of what stands at a byte of a table: a cell, or a row by its label.
pub(super) fn of(table: &Table, at: usize, starts: &[usize]) -> Option<String> {
    let holds = |place: Place| {
        let bytes = place.resolve(starts);
        (bytes.start..=bytes.end).contains(&at)
    };
    table.rows.iter().find_map(|row| {
        let (schema, columns) = schema(table, row);
        let mut cells = columns.iter().zip(table.values(row));
        let found = cells.find(|it| it.1.as_ref().is_some_and(|it| holds(it.slot())));
        let is_label = !schema.key.is_empty() && row.label.is_some_and(holds);
        found.map(|it| cell(schema, it.0)).or_else(|| is_label.then(|| schema.key.clone()))
    })
}

fn schema<'a>(table: &'a Table, row: &Row) -> (&'a schema::Row, &'a [schema::Column]) {
    let part = &table.schema.parts[row.part];
    (&part.rows[row.row], &part.columns)
}

fn is_row(row: &schema::Row, word: &str) -> bool {
    !row.key.is_empty() && row.key == word
}

fn cell(row: &schema::Row, column: &schema::Column) -> String {
    if row.key.is_empty() { column.key.clone() } else { format!("{}.{}", row.key, column.key) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn no_address_is_a_rule_and_no_two_cells_of_a_table_have_one() {
        for table in SCHEMAS.iter().flat_map(|it| &it.tables) {
            let rows =
                table.parts.iter().flat_map(|part| part.rows.iter().map(move |it| (part, it)));
            let mut words: Vec<_> = rows
                .flat_map(|(part, row)| {
                    let cells = part.columns.iter().map(|it| cell(row, it));
                    cells.chain((!row.key.is_empty()).then(|| row.key.clone()))
                })
                .collect();
            assert!(words.len() > 10);
            for word in &words {
                assert!(is_one(word), "{word}");
                assert!(rules::ALL.iter().all(|it| !it.is_named(word)), "{word}");
            }
            words.sort();
            let count = words.len();
            words.dedup();
            assert_eq!(words.len(), count, "{}", table.id);
        }
    }
}
