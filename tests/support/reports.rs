//! Reports of an agency that does not exist, right but for what a test plants in them.

use gouji_analysis::render::{self, Contents};
use gouji_analysis::report::Date;
use gouji_analysis::schema::SCHEMAS;
use gouji_syntax::table::Dialect;

/// What stands in a planted cell: it occurs nowhere else.
pub(crate) const WRONG: &str = "77";

/// A report whose every number is 0 and that has nothing wrong.
pub(crate) fn right(dialect: Dialect) -> String {
    report(dialect, "0", &[])
}

/// The same with [`WRONG`] as the total of new requests.
pub(crate) fn wrong(dialect: Dialect) -> String {
    report(dialect, "0", &[("total", WRONG)])
}

/// A report with `all` in every cell but those of new requests that are planted by column.
pub(crate) fn report(dialect: Dialect, all: &str, planted: &[(&str, &str)]) -> String {
    let schema = SCHEMAS.last().expect("the newest form");
    let signed = Date { year: 2024, month: 1, day: 20 };
    let contact = "地址：青禾市渠首路1号，电话：0000-1234567";
    let contents = Contents { agency: "青禾市水务局", year: 2023, contact, signed };
    render::report(schema, dialect, &contents, &|table, part, row, column| {
        let key = &table.parts[part].columns[column].key;
        let here = table.id == "requests" && row == 0;
        let planted = planted.iter().find(|it| here && it.0 == *key);
        Some(planted.map_or(all, |it| it.1).to_owned())
    })
}
