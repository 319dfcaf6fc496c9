//! What a table says of the numbers that sentences state.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::names;
use crate::prose::claims::cell::Stated;
use crate::report::{Cell, Row, Table};
use crate::schema;
use crate::sums::number;

/// A number of a table, or a sum of such.
pub(crate) struct Expected<'a> {
    /// The table.
    pub(crate) table: &'a Table,
    /// Its cells, at least one.
    pub(crate) cells: Vec<&'a Cell>,
    /// The number that they hold or add up to.
    pub(crate) value: Decimal,
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
    pub(crate) fn name(&self) -> String {
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
    pub(crate) fn accepts(&self, value: Decimal) -> bool {
        value == self.value || alternatives(self.table, self.stated).contains(&Some(value))
    }
}

/// The number that words mean, if the table has it.
pub(crate) fn expected(table: &Table, stated: Stated) -> Option<Expected<'_>> {
    let (name, cells, value) = match stated {
        Stated::Requests(key) => requests(table, key),
        Stated::Handled => requests(table, "received"),
        Stated::Applicants { natural } => applicants(table, natural, "received"),
        Stated::Review => cases(table, &["review.total"]),
        Stated::Litigation => cases(table, &["direct.total", "after_review.total"]),
        Stated::Disclosure(row, column) => disclosure(table, row, column),
    }?;
    Some(Expected { table, cells, value, stated, name })
}

/// Other numbers that words may mean, as far as the table has them.
fn alternatives(table: &Table, stated: Stated) -> Vec<Option<Decimal>> {
    let total = |key| requests(table, key).map(|it| it.2);
    let received = || total("received").zip(total("carried_in")).map(|it| it.0 + it.1);
    match stated {
        // Those carried in may be among them.
        Stated::Requests("received") => vec![received(), sum_of_row(table, "received")],
        Stated::Requests("done") => replies(table).to_vec(),
        Stated::Requests(key) => vec![sum_of_row(table, key)],
        // Some write it of those answered alone.
        Stated::Handled => [received(), total("done")].into_iter().chain(replies(table)).collect(),
        Stated::Applicants { natural } => {
            let of = |key| applicants(table, natural, key).map(|it| it.2);
            vec![of("received").zip(of("carried_in")).map(|it| it.0 + it.1)]
        }
        // Cases that were reviewed first are sometimes left out.
        Stated::Litigation => vec![cases(table, &["direct.total"]).map(|it| it.2)],
        Stated::Review | Stated::Disclosure(..) => Vec::new(),
    }
}

/// What 答复 may count: not those that were carried in, nor those that ended otherwise.
fn replies(table: &Table) -> [Option<Decimal>; 4] {
    let total = |key| requests(table, key).map(|it| it.2);
    let less = |it: Option<Decimal>| Some(total("done")? - it?);
    let (carried, closed) = (total("carried_in"), total("closed"));
    let both = carried.zip(closed).map(|it| it.0 + it.1);
    [less(carried), less(closed), less(both), sum_of_row(table, "done")]
}

type Found<'a> = (Name<'a>, Vec<&'a Cell>, Decimal);

/// The total of a row of 表三, or of all rows that a key starts.
fn requests<'a>(table: &'a Table, key: &str) -> Option<Found<'a>> {
    let named = Named::of(table.schema, key)?;
    let first = named.rows(table).next()?;
    let part = &table.schema.parts[first.part];
    let column = part.columns.iter().position(|it| it.key == "total")?;
    let totals = named.rows(table).map(|it| table.values(it).get(column)?.as_ref());
    let totals = totals.collect::<Option<Vec<_>>>()?;
    let value = add(&totals)?;
    // A group of which a row is missing has no sum.
    let is_whole = totals.len() == named.rows.len();
    let group = part.rows[first.row].groups.last().filter(|_| totals.len() > 1);
    let name = group.map_or(Name::Cell(first, column), |it| Name::Group(it, first, column));
    is_whole.then_some((name, totals, value))
}

/// What the other columns of such rows add up to: where that is not their total, either may be
/// the right one.
fn sum_of_row(table: &Table, key: &str) -> Option<Decimal> {
    let named = Named::of(table.schema, key)?;
    let cells = named.rows(table).flat_map(|row| {
        let columns = table.schema.parts[row.part].columns.iter().zip(table.values(row));
        columns.filter(|it| it.0.key != "total").map(|it| number(it.1.as_ref()?))
    });
    cells.sum()
}

/// Natural persons, or the other five columns, of a row.
fn applicants<'a>(table: &'a Table, natural: bool, key: &str) -> Option<Found<'a>> {
    let row = Named::of(table.schema, key)?.rows(table).next()?;
    let columns = table.schema.parts[row.part].columns.iter().zip(table.values(row)).enumerate();
    let wanted = columns.filter(|(_, (column, _))| match &*column.key {
        "total" => false,
        "natural" => natural,
        _ => !natural,
    });
    let found = wanted.map(|(column, (_, cell))| Some((column, cell.as_ref()?)));
    let (columns, cells): (Vec<_>, Vec<_>) = found.collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let column = *columns.first()?;
    let name = if natural { Name::Cell(row, column) } else { Name::Others(row) };
    let value = add(&cells)?;
    Some((name, cells, value))
}

/// Some totals of 表四.
fn cases<'a>(table: &'a Table, columns: &[&str]) -> Option<Found<'a>> {
    let row = table.rows.first()?;
    let part = &table.schema.parts[row.part];
    let found = columns.iter().map(|key| {
        let column = part.columns.iter().position(|it| it.key == *key)?;
        Some((column, table.values(row).get(column)?.as_ref()?))
    });
    let (columns, cells): (Vec<_>, Vec<_>) = found.collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let group = part.columns[*columns.first()?].groups.first()?;
    let value = add(&cells)?;
    Some((Name::Cases(group), cells, value))
}

/// A cell of 表二.
fn disclosure<'a>(table: &'a Table, row: &str, column: &str) -> Option<Found<'a>> {
    let row = Named::of(table.schema, row)?.rows(table).next()?;
    let column = table.schema.parts[row.part].columns.iter().position(|it| it.key == column)?;
    let cell = table.values(row).get(column)?.as_ref()?;
    Some((Name::Cell(row, column), vec![cell], number(cell)?))
}

fn add(cells: &[&Cell]) -> Option<Decimal> {
    cells.iter().map(|it| number(it)).sum()
}

/// The row of a key, or the rows whose keys it starts, which stand together.
struct Named {
    part: usize,
    rows: Range<usize>,
}

impl Named {
    fn of(schema: &schema::Table, key: &str) -> Option<Self> {
        schema.parts.iter().enumerate().find_map(|(part, it)| {
            let start = it.rows.iter().position(|it| is_named(&it.key, key))?;
            let count = it.rows[start..].iter().take_while(|it| is_named(&it.key, key)).count();
            Some(Self { part, rows: start..start + count })
        })
    }

    /// Those of a table.
    fn rows<'a>(&self, table: &'a Table) -> impl Iterator<Item = &'a Row> {
        table.rows.iter().filter(|it| it.part == self.part && self.rows.contains(&it.row))
    }
}

/// Whether a row's key is one, or starts with it: `denied.state_secret`.
fn is_named(row: &str, key: &str) -> bool {
    // Most differ in the first letter already.
    row.as_bytes().first() == key.as_bytes().first()
        && row.strip_prefix(key).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_whose_keys_start_alike_stand_together_in_one_part() {
        for table in schema::SCHEMAS.iter().flat_map(|it| &it.tables) {
            let keys = || table.parts.iter().flat_map(|it| &it.rows).map(|it| &*it.key);
            for key in keys().flat_map(|it| {
                it.split('.').scan(0, |end, part| {
                    *end += part.len() + 1;
                    Some(&it[..*end - 1])
                })
            }) {
                let named = Named::of(table, key).expect("the key of a row");
                assert_eq!(
                    named.rows.len(),
                    keys().filter(|it| is_named(it, key)).count(),
                    "{key}"
                );
            }
        }
    }
}
