//! The bound tables and facts of a report as JSON and CSV.
//!
//! Rows and columns come in the order of the official form, whatever their order in the
//! report. Numbers are written exactly.

use gouji_analysis::report::{Cell, Date, Report, Table, Value};
use gouji_analysis::{Blocks, Reading, block};
use gouji_syntax::position::{Encoding, position};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::json;
use crate::cli::input::Source;

/// The reports of a document, each with the index of its first block.
type Readings = [(usize, Reading)];

/// The first line of CSV.
pub(crate) const CSV_HEAD: &str = "path,report,agency,year,template,table,row,column,value\r\n";

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    reports: Vec<Facts<'a>>,
}

#[derive(Serialize)]
struct Facts<'a> {
    /// On lines of their own only, where no file surrounds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    title: Option<&'a str>,
    agency: Option<&'a str>,
    year: Option<i32>,
    template: &'a str,
    period: Option<[String; 2]>,
    signed: Option<String>,
    sections: Vec<Section<'a>>,
    tables: Tree,
}

#[derive(Serialize)]
struct Section<'a> {
    key: &'a str,
    title: &'a str,
    line: u32,
}

/// JSON whose keys keep their order.
#[derive(Debug)]
enum Tree {
    Object(Vec<(String, Tree)>),
    Number(Box<RawValue>),
    Text(String),
    Null,
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Null => serializer.serialize_none(),
        }
    }
}

impl Tree {
    fn new(cell: &Cell, blocks: &Blocks) -> Self {
        if cell.value == Value::Text {
            return Self::Text(cell.text(blocks).into_owned());
        }
        let number = digits(&cell.value).and_then(|it| RawValue::from_string(it).ok());
        number.map_or(Self::Null, Self::Number)
    }

    /// Puts a value where a path of keys leads, `denied.third_party`.
    fn insert<'a>(&mut self, mut path: impl Iterator<Item = &'a str>, value: Self) {
        let Some(key) = path.next() else {
            *self = value;
            return;
        };
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Vec::new());
        }
        let Self::Object(entries) = self else { return };
        let index = entries.iter().position(|it| it.0 == key).unwrap_or_else(|| {
            entries.push((key.to_owned(), Self::Null));
            entries.len() - 1
        });
        entries[index].1.insert(path, value);
    }
}

/// The number of a cell in plain digits.
fn digits(value: &Value) -> Option<String> {
    value.number().map(|it| it.normalize().to_string())
}

/// One file with its reports.
pub(crate) fn file(source: &Source, reports: &Readings) -> String {
    let reports = reports.iter().map(|it| facts(source, it, None)).collect();
    json::raw(&File { path: &source.name, reports })
}

/// A line for each report.
pub(crate) fn lines(source: &Source, reports: &Readings) -> String {
    reports.iter().map(|it| json::line(&facts(source, it, Some(&source.name)))).collect()
}

/// A line for each value.
pub(crate) fn rows(source: &Source, reports: &Readings) -> String {
    let mut text = String::new();
    for (index, (_, Reading { report, blocks, .. })) in reports.iter().enumerate() {
        let year = report.year().map(|it| it.to_string()).unwrap_or_default();
        let (number, agency) = ((index + 1).to_string(), agency(report).unwrap_or_default());
        for table in first_tables(report) {
            for (row, column, cell) in cells(table) {
                let value = if cell.value == Value::Text {
                    cell.text(blocks)
                } else {
                    digits(&cell.value).unwrap_or_default().into()
                };
                let template = &report.schema.id;
                let id = &table.schema.id;
                let fields =
                    [&source.name, &number, agency, &year, template, id, row, column, &value];
                text += &fields.map(quoted).join(",");
                text += "\r\n";
            }
        }
    }
    text
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn facts<'a>(
    source: &Source,
    (first, Reading { blocks, report, .. }): &'a (usize, Reading),
    path: Option<&'a str>,
) -> Facts<'a> {
    let starts = block::starts(source.doc.start(*first), blocks);
    let line = |at| position(source.doc.text(), at, Encoding::Utf8).line;
    let sections = report.sections.iter().filter_map(|it| {
        let key = &report.schema.sections.get(it.section)?.key;
        Some(Section { key, title: &it.text, line: line(it.place.resolve(&starts).start) })
    });
    Facts {
        path,
        title: report.title.as_ref().map(|it| it.text.as_str()),
        agency: agency(report),
        year: report.year(),
        template: &report.schema.id,
        period: report.period.as_ref().map(|it| [day(it.start), day(it.end)]),
        signed: report.signature.date.as_ref().map(|it| day(it.0)),
        sections: sections.collect(),
        tables: tables(report, blocks),
    }
}

fn agency(report: &Report) -> Option<&str> {
    let title = report.title.as_ref().and_then(|it| it.agency.as_deref());
    title.or_else(|| report.signature.agency.as_ref().map(|it| it.0.as_str()))
}

fn day(it: Date) -> String {
    format!("{:04}-{:02}-{:02}", it.year, it.month, it.day)
}

fn tables(report: &Report, blocks: &Blocks) -> Tree {
    let mut tree = Tree::Object(Vec::new());
    for table in first_tables(report) {
        let id = table.schema.id.as_str();
        for (row, column, cell) in cells(table) {
            let path = [id].into_iter().chain(row.split('.')).chain(column.split('.'));
            // The one row of table four has no key.
            tree.insert(path.filter(|it| !it.is_empty()), Tree::new(cell, blocks));
        }
    }
    tree
}

/// The bound tables in the form's order, of each the first.
fn first_tables(report: &Report) -> impl Iterator<Item = &Table> {
    report.schema.tables.iter().filter_map(|it| report.table(&it.id))
}

/// The value cells of a table with the keys of their rows and columns, in the form's order.
fn cells(table: &Table) -> impl Iterator<Item = (&String, &String, &Cell)> {
    let mut rows: Vec<_> = table.rows.iter().collect();
    rows.sort_by_key(|it| (it.part, it.row));
    // Of a row that stands twice the first counts, as it does for the rules.
    rows.dedup_by_key(|it| (it.part, it.row));
    rows.into_iter().flat_map(|row| {
        let part = &table.schema.parts[row.part];
        let cells = table.values(row).iter().zip(&part.columns);
        cells.filter_map(|(cell, column)| {
            Some((&part.rows[row.row].key, &column.key, cell.as_ref()?))
        })
    })
}
