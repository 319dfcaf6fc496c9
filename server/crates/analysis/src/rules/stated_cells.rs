//! What the tables say of the numbers that sentences state.

use rust_decimal::Decimal;

use crate::names;
use crate::prose::claims::cell::Stated;
use crate::report::{Cell, Report, Row, Table, Value};

/// A number of a table, or a sum of such.
pub(super) struct Expected<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// What messages call the number.
    pub(super) name: String,
    /// Its cell; the first of several.
    pub(super) cell: &'a Cell,
    /// The number.
    pub(super) value: Decimal,
    /// All numbers that a sentence may rightly give.
    pub(super) accepted: Vec<Decimal>,
}

/// The number that words mean, if the table has it.
pub(super) fn expected(report: &Report, stated: Stated) -> Option<Expected<'_>> {
    match stated {
        Stated::Requests(key) => requests(report, key),
        Stated::Handled => handled(report),
        Stated::Applicants { natural } => applicants(report, natural),
        Stated::Review => litigation(report, &["review.total"]),
        Stated::Litigation => litigation(report, &["direct.total", "after_review.total"]),
        Stated::Disclosure(row, column) => disclosure(report, row, column),
    }
}

/// The requests received: those carried in may be among them.
pub(super) fn received(report: &Report) -> Option<Expected<'_>> {
    let mut expected = requests(report, "received")?;
    let carried = requests(report, "carried_in").map(|it| expected.value + it.value);
    expected.accepted.extend(carried);
    Some(expected)
}

/// 收办 are all that were received or carried in; some write it of those answered alone.
fn handled(report: &Report) -> Option<Expected<'_>> {
    let mut expected = received(report)?;
    expected.accepted.extend(requests(report, "done")?.accepted);
    Some(expected)
}

/// Natural persons, or the other five columns: of those received, or of all.
fn applicants(report: &Report, natural: bool) -> Option<Expected<'_>> {
    let table = report.table("requests")?;
    let sum = |key: &str| {
        let row = table.rows.iter().find(|it| is_of(table, it, key))?;
        let columns = table.schema.parts[row.part].columns.iter().zip(&row.values);
        let wanted = columns.enumerate().filter(|(_, (column, _))| match &*column.key {
            "total" => false,
            "natural" => natural,
            _ => !natural,
        });
        let cells = wanted.map(|(index, (_, cell))| Some((index, cell.as_ref()?)));
        let cells = cells.collect::<Option<Vec<_>>>()?;
        let value = cells.iter().map(|it| number(it.1)).sum::<Option<Decimal>>()?;
        Some((row, *cells.first()?, value))
    };
    let (row, (column, cell), value) = sum("received")?;
    let name = if natural {
        names::cell(table.schema, row.part, row.row, column)
    } else {
        format!("{}·法人或其他组织", names::row(table.schema, row.part, row.row))
    };
    let all = sum("carried_in").map(|it| value + it.2);
    let accepted = std::iter::once(value).chain(all).collect();
    Some(Expected { table, name, cell, value, accepted })
}

fn requests<'a>(report: &'a Report, key: &str) -> Option<Expected<'a>> {
    let table = report.table("requests")?;
    let rows: Vec<_> = table.rows.iter().filter(|it| is_of(table, it, key)).collect();
    let part = &table.schema.parts[rows.first()?.part];
    let column = part.columns.iter().position(|it| it.key == "total")?;
    let cells = rows.iter().map(|it| it.values.get(column)?.as_ref());
    let cells = cells.collect::<Option<Vec<_>>>()?;
    // A group of which a row is missing has no sum.
    let is_whole = part.rows.iter().filter(|it| is_named(&it.key, key)).count() == rows.len();
    let value: Decimal = cells.iter().map(|it| number(it)).sum::<Option<Decimal>>()?;
    let group = part.rows[rows[0].row].groups.last().filter(|_| rows.len() > 1);
    let name = match group {
        Some(group) => format!("{group}·{}", names::column(table.schema, rows[0].part, column)),
        None => names::cell(table.schema, rows[0].part, rows[0].row, column),
    };
    // Where the rows' own sums are broken, either number may be the right one.
    let addends = rows.iter().flat_map(|it| it.values.iter().enumerate());
    let addends = addends.filter(|it| it.0 != column).map(|it| number(it.1.as_ref()?));
    let mut accepted = vec![value];
    accepted.extend(addends.sum::<Option<Decimal>>());
    if key == "done" {
        accepted.extend(replies(report, value));
    }
    is_whole.then(|| Expected { table, name, cell: cells[0], value, accepted })
}

/// What else 答复 may count: not those that were carried in, nor those that ended otherwise.
fn replies(report: &Report, done: Decimal) -> Vec<Decimal> {
    let value = |key| requests(report, key).map(|it| it.value);
    let less = |key| value(key).map(|it| done - it);
    let both = value("carried_in").zip(value("closed")).map(|it| done - it.0 - it.1);
    let all = [less("carried_in"), less("closed"), both];
    all.into_iter().flatten().collect()
}

fn is_of(table: &Table, row: &Row, key: &str) -> bool {
    is_named(&table.schema.parts[row.part].rows[row.row].key, key)
}

/// Whether a row's key is one, or starts with it: `denied.state_secret`.
fn is_named(row: &str, key: &str) -> bool {
    row.strip_prefix(key).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}

fn litigation<'a>(report: &'a Report, columns: &[&str]) -> Option<Expected<'a>> {
    let table = report.table("litigation")?;
    let row = table.rows.first()?;
    let part = &table.schema.parts[row.part];
    let found = columns.iter().map(|key| {
        let column = part.columns.iter().position(|it| it.key == *key)?;
        let cell = row.values.get(column)?.as_ref()?;
        Some((column, cell, number(cell)?))
    });
    let found = found.collect::<Option<Vec<_>>>()?;
    let value: Decimal = found.iter().map(|it| it.2).sum();
    let group = part.columns[found.first()?.0].groups.first()?;
    let mut accepted = vec![value];
    // Cases that were reviewed first are sometimes left out.
    accepted.extend(found.first().map(|it| it.2));
    Some(Expected { table, name: format!("{group}·总计"), cell: found[0].1, value, accepted })
}

fn disclosure<'a>(report: &'a Report, row: &str, column: &str) -> Option<Expected<'a>> {
    let table = report.table("disclosure")?;
    let cell = table.cell(row, column)?;
    let is_it = |it: &(&Row, usize, &Cell)| std::ptr::eq(it.2, cell);
    let (row, column, cell) = table.cells().find(is_it)?;
    let value = number(cell)?;
    let name = names::cell(table.schema, row.part, row.row, column);
    Some(Expected { table, name, cell, value, accepted: vec![value] })
}

fn number(cell: &Cell) -> Option<Decimal> {
    match &cell.value {
        Value::Number(number) => Some(number.value),
        Value::Blank | Value::Text(_) => None,
    }
}
