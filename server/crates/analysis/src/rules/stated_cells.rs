//! What the tables say of the numbers that sentences state.

use rust_decimal::Decimal;

use crate::names;
use crate::prose::claims::cell::Stated;
use crate::report::{Cell, Report, Row, Table};
use crate::sums::number;

/// A number of a table, or a sum of such.
pub(super) struct Expected<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// Its cell; the first of several.
    pub(super) cell: &'a Cell,
    /// The number.
    pub(super) value: Decimal,
    stated: Stated,
    name: Name<'a>,
}

/// What a number is called.
enum Name<'a> {
    /// The cell of a row and a column.
    Cell(&'a Row, usize),
    /// The column of a group of rows: （三）不予公开.
    Group(&'a str, &'a Row, usize),
    /// The five columns of 法人或其他组织.
    Others(&'a Row),
    /// 行政复议, 行政诉讼.
    Cases(&'a str),
}

impl Expected<'_> {
    /// What messages call the number.
    pub(super) fn name(&self) -> String {
        let schema = self.table.schema;
        match self.name {
            Name::Cell(row, column) => names::cell(schema, row.part, row.row, column),
            Name::Group(group, row, column) => {
                format!("{group}·{}", names::column(schema, row.part, column))
            }
            Name::Others(row) => {
                format!("{}·法人或其他组织", names::row(schema, row.part, row.row))
            }
            Name::Cases(group) => format!("{group}·总计"),
        }
    }

    /// Whether a sentence may rightly give a value for the number.
    pub(super) fn accepts(&self, report: &Report, value: Decimal) -> bool {
        value == self.value || alternatives(report, self.stated).contains(&Some(value))
    }
}

/// The number that words mean, if the table has it.
pub(super) fn expected(report: &Report, stated: Stated) -> Option<Expected<'_>> {
    let (table, name, cell, value) = match stated {
        Stated::Requests(key) => requests(report, key),
        Stated::Handled => requests(report, "received"),
        Stated::Applicants { natural } => applicants(report, natural, "received"),
        Stated::Review => cases(report, &["review.total"]),
        Stated::Litigation => cases(report, &["direct.total", "after_review.total"]),
        Stated::Disclosure(row, column) => disclosure(report, row, column),
    }?;
    Some(Expected { table, cell, value, stated, name })
}

/// Other numbers that words may mean, as far as the tables have them.
fn alternatives(report: &Report, stated: Stated) -> Vec<Option<Decimal>> {
    let total = |key| requests(report, key).map(|it| it.3);
    let received = || total("received").zip(total("carried_in")).map(|it| it.0 + it.1);
    match stated {
        // Those carried in may be among them.
        Stated::Requests("received") => vec![received(), sum_of_row(report, "received")],
        Stated::Requests("done") => replies(report).to_vec(),
        Stated::Requests(key) => vec![sum_of_row(report, key)],
        // Some write it of those answered alone.
        Stated::Handled => [received(), total("done")].into_iter().chain(replies(report)).collect(),
        Stated::Applicants { natural } => {
            let of = |key| applicants(report, natural, key).map(|it| it.3);
            vec![of("received").zip(of("carried_in")).map(|it| it.0 + it.1)]
        }
        // Cases that were reviewed first are sometimes left out.
        Stated::Litigation => vec![cases(report, &["direct.total"]).map(|it| it.3)],
        Stated::Review | Stated::Disclosure(..) => Vec::new(),
    }
}

/// What 答复 may count: not those that were carried in, nor those that ended otherwise.
fn replies(report: &Report) -> [Option<Decimal>; 4] {
    let total = |key| requests(report, key).map(|it| it.3);
    let less = |it: Option<Decimal>| Some(total("done")? - it?);
    let (carried, closed) = (total("carried_in"), total("closed"));
    let both = carried.zip(closed).map(|it| it.0 + it.1);
    [less(carried), less(closed), less(both), sum_of_row(report, "done")]
}

type Found<'a> = (&'a Table, Name<'a>, &'a Cell, Decimal);

/// The total of a row of 表三, or of all rows that a key starts.
fn requests<'a>(report: &'a Report, key: &str) -> Option<Found<'a>> {
    let table = report.table("requests")?;
    let mut rows = rows(table, key);
    let first = rows.next()?;
    let part = &table.schema.parts[first.part];
    let column = part.columns.iter().position(|it| it.key == "total")?;
    let total = |it: &'a Row| number(it.values.get(column)?.as_ref()?);
    let (mut value, mut count) = (total(first)?, 1);
    for row in rows {
        value += total(row)?;
        count += 1;
    }
    // A group of which a row is missing has no sum.
    let is_whole = count == part.rows.iter().filter(|it| is_named(&it.key, key)).count();
    let group = part.rows[first.row].groups.last().filter(|_| count > 1);
    let name = group.map_or(Name::Cell(first, column), |it| Name::Group(it, first, column));
    let cell = first.values.get(column)?.as_ref()?;
    is_whole.then_some((table, name, cell, value))
}

/// What the other columns of such rows add up to: where that is not their total, either may be
/// the right one.
fn sum_of_row(report: &Report, key: &str) -> Option<Decimal> {
    let table = report.table("requests")?;
    let cells = rows(table, key).flat_map(|row| {
        let columns = table.schema.parts[row.part].columns.iter().zip(&row.values);
        columns.filter(|it| it.0.key != "total").map(|it| number(it.1.as_ref()?))
    });
    cells.sum()
}

/// Natural persons, or the other five columns, of a row.
fn applicants<'a>(report: &'a Report, natural: bool, key: &str) -> Option<Found<'a>> {
    let table = report.table("requests")?;
    let row = rows(table, key).next()?;
    let columns = table.schema.parts[row.part].columns.iter().zip(&row.values).enumerate();
    let mut wanted = columns.filter(|(_, (column, _))| match &*column.key {
        "total" => false,
        "natural" => natural,
        _ => !natural,
    });
    let (column, (_, cell)) = wanted.next()?;
    let cell = cell.as_ref()?;
    let rest = wanted.map(|it| number(it.1.1.as_ref()?)).sum::<Option<Decimal>>()?;
    let name = if natural { Name::Cell(row, column) } else { Name::Others(row) };
    Some((table, name, cell, number(cell)? + rest))
}

/// Some totals of 表四.
fn cases<'a>(report: &'a Report, columns: &[&str]) -> Option<Found<'a>> {
    let table = report.table("litigation")?;
    let row = table.rows.first()?;
    let part = &table.schema.parts[row.part];
    let found = columns.iter().map(|key| {
        let column = part.columns.iter().position(|it| it.key == *key)?;
        Some((column, row.values.get(column)?.as_ref()?))
    });
    let found = found.collect::<Option<Vec<_>>>()?;
    let value = found.iter().map(|it| number(it.1)).sum::<Option<Decimal>>()?;
    let (column, cell) = *found.first()?;
    let group = part.columns[column].groups.first()?;
    Some((table, Name::Cases(group), cell, value))
}

/// A cell of 表二.
fn disclosure<'a>(report: &'a Report, row: &str, column: &str) -> Option<Found<'a>> {
    let table = report.table("disclosure")?;
    let row = rows(table, row).next()?;
    let column = table.schema.parts[row.part].columns.iter().position(|it| it.key == column)?;
    let cell = row.values.get(column)?.as_ref()?;
    Some((table, Name::Cell(row, column), cell, number(cell)?))
}

/// The rows of a key, or of those that it starts.
fn rows<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Row> {
    let is_it = move |it: &&Row| is_named(&table.schema.parts[it.part].rows[it.row].key, key);
    table.rows.iter().filter(is_it)
}

/// Whether a row's key is one, or starts with it: `denied.state_secret`.
fn is_named(row: &str, key: &str) -> bool {
    row.strip_prefix(key).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}
