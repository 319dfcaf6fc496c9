//! What the sentences of a report say for or against an explanation.

use super::system;
use crate::report::Table;
use crate::rules::statements::Claim;

/// How many claims a table contradicts once some cells have other values.
pub(super) fn contradictions(table: &Table, claims: &[Claim], changes: &[(usize, i64)]) -> usize {
    let mut table = table.clone();
    for (cell, value) in changes {
        let (part, row, column) = system(table.schema).key(*cell);
        let row = table.rows.iter().find(|it| (it.part, it.row) == (part, row));
        let values = row.map(|it| it.values.clone());
        let values = values.and_then(|it| table.values.get_mut(it));
        let cell = values.and_then(|it| it.get_mut(column)?.as_mut());
        if let (Some(cell), Ok(value)) = (cell, u64::try_from(*value)) {
            cell.value = value.into();
        }
    }
    claims.iter().filter(|it| it.is_contradicted(&table, claims)).count()
}
