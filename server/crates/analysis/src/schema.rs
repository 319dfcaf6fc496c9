//! Report kinds as data: sections, tables, labels and equalities of the official forms.
//!
//! `server/schemas/*.toml` is the source; see `format.md` of the project's documentation
//! for the official documents behind it. Nothing about the annual report is known
//! elsewhere, but for the few rules that are about it.

use std::sync::{LazyLock, OnceLock};

use gouji_syntax::table::Dialect;
use serde::Deserialize;

use crate::localise::System;
use crate::sums::Resolved;

/// One official form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schema {
    /// `2019` or `2021`, as `extract` names it.
    pub id: String,
    /// First report year for which the form is prescribed.
    pub from_year: i32,
    /// Last report year, where a later form replaced it.
    #[serde(default)]
    pub to_year: Option<i32>,
    /// The document that prescribes it, as reports cite it.
    pub citation: String,
    /// The sections in their order.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    /// The tables in their order.
    #[serde(rename = "table")]
    pub tables: Vec<Table>,
}

/// A section of the form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Section {
    /// Key of `extract`: `overview`, `disclosure`, …
    pub key: String,
    /// Official number: 一.
    pub number: String,
    /// Official wording without the number: 总体情况.
    pub title: String,
    /// Accepted wordings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Wordings seen that are wrong and mean this section.
    #[serde(default)]
    pub misspellings: Vec<String>,
}

/// A table of the form. Its rows are divided into parts with columns of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    /// `disclosure`, `requests` or `litigation`.
    pub id: String,
    /// How messages call it: 表三.
    pub name: String,
    /// Key of the section that it stands in.
    pub section: String,
    /// The parts, in order.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
    /// Equalities between cells.
    #[serde(default, rename = "equality")]
    pub equalities: Vec<Equality>,
    /// The same for each row and column.
    #[serde(skip)]
    pub(crate) resolved: OnceLock<Vec<Resolved>>,
    /// The same as integers, for the search of wrong cells.
    #[serde(skip)]
    pub(crate) system: OnceLock<System>,
    /// The table without values in each dialect.
    #[serde(skip)]
    pub(crate) blank: [OnceLock<String>; Dialect::ALL.len()],
}

/// Rows that share their columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Part {
    /// A label above the part's header: 第二十条第（一）项.
    #[serde(default)]
    pub banner: Option<Label>,
    /// Header cells that are no columns: 信息内容, 申请人情况, 法人或其他组织.
    #[serde(default, rename = "header")]
    pub headers: Vec<Label>,
    /// The value columns.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// The rows.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// A wording and what else stands for it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Label {
    /// Official wording.
    pub label: String,
    /// Accepted wordings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Wordings seen that are wrong and mean this label.
    #[serde(default)]
    pub misspellings: Vec<String>,
}

/// A value column.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Key of `extract`; with dots where groups nest: `review.upheld`.
    pub key: String,
    /// Its header.
    #[serde(flatten)]
    pub label: Label,
    /// The header cells above it, outermost first: 行政复议.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What its numbers may be.
    #[serde(default)]
    pub number: NumberKind,
}

/// A row of values.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Key of `extract`: `denied.state_secret`; empty where the table has one unlabelled row.
    pub key: String,
    /// Its label; empty where the row has none.
    #[serde(flatten)]
    pub label: Label,
    /// The label cells before it, outermost first: 三、本年度办理结果, （三）不予公开.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What its numbers may be, where it differs from the column's.
    #[serde(default)]
    pub number: Option<NumberKind>,
}

/// What a number may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// A whole number, not negative.
    #[default]
    Count,
    /// A whole number that may be negative: 本年增/减.
    Change,
    /// An amount of money, with decimals.
    Amount,
    /// An amount in a unit of the writer's choice: 采购总金额.
    Free,
}

/// `Σ total = Σ terms`, for each row or each column of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Equality {
    /// Code of the rule that reports it.
    pub rule: String,
    /// Whether `total` and `terms` are columns of each row or rows of each column.
    pub along: Along,
    /// Keys on the left: usually one, the total.
    pub total: Vec<String>,
    /// Keys on the right: the addends.
    pub terms: Vec<String>,
    /// How a message calls it: 行政复议总计.
    #[serde(default)]
    pub name: Option<String>,
}

/// The direction of an [`Equality`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Along {
    /// Keys are columns; it holds in each row.
    Row,
    /// Keys are rows; it holds in each column.
    Column,
}

/// The official forms, oldest first.
pub static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    let sources =
        [include_str!("../../../schemas/2019.toml"), include_str!("../../../schemas/2021.toml")];
    // The texts are part of the program; a test parses them.
    sources.iter().filter_map(|it| toml::from_str(it).ok()).collect()
});

/// The form of the report on a year.
#[must_use]
pub fn of_year(year: i32) -> Option<&'static Schema> {
    SCHEMAS.iter().rev().find(|it| it.from_year <= year)
}

impl Section {
    /// The official heading: 一、总体情况.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("{}、{}", self.number, self.title)
    }
}

impl Part {
    /// Label columns before the values: one for each level of groups, one for the label.
    /// None where the rows have no label.
    #[must_use]
    pub fn label_columns(&self) -> usize {
        let labels = self.rows.iter().filter(|it| !it.label.label.is_empty());
        labels.map(|it| it.groups.len() + 1).max().unwrap_or_default()
    }
}

/// Each table of a form is one value.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Table {}

impl Table {
    /// The number of the cell in a part, row and column, counted row by row and part by part.
    pub(crate) fn index(&self, (part, row, column): (usize, usize, usize)) -> usize {
        let cells = |it: &Part| it.rows.len() * it.columns.len();
        let before: usize = self.parts[..part].iter().map(cells).sum();
        before + row * self.parts.get(part).map_or(0, |it| it.columns.len()) + column
    }

    /// The part, row and column of a cell.
    pub(crate) fn key(&self, cell: usize) -> (usize, usize, usize) {
        let (mut part, mut cell) = (0, cell);
        loop {
            let (rows, columns) = (self.parts[part].rows.len(), self.parts[part].columns.len());
            if cell < rows * columns {
                return (part, cell / columns, cell % columns);
            }
            (part, cell) = (part + 1, cell - rows * columns);
        }
    }

    /// Whether a key of an [`Equality`] names a column or row of the table.
    #[cfg(test)]
    fn has_key(&self, along: Along, key: &str) -> bool {
        self.parts.iter().any(|part| match along {
            Along::Row => part.columns.iter().any(|it| it.key == key),
            Along::Column => part.rows.iter().any(|it| it.key == key),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const SOURCES: [&str; 2] =
        [include_str!("../../../schemas/2019.toml"), include_str!("../../../schemas/2021.toml")];

    fn letters(label: &str) -> String {
        label.chars().filter(|it| it.is_alphanumeric()).collect()
    }

    fn wordings(label: &Label) -> impl Iterator<Item = &String> {
        std::iter::once(&label.label).chain(&label.variants).chain(&label.misspellings)
    }

    /// No wording means two things at one level of one header or one group.
    #[track_caller]
    fn assert_distinct<'a>(labels: impl Iterator<Item = (&'a [String], &'a Label)>) {
        let mut seen = BTreeSet::new();
        for (groups, label) in labels {
            for wording in wordings(label) {
                assert!(seen.insert((groups, letters(wording))), "{groups:?} has two {wording}");
            }
        }
    }

    #[test]
    fn every_form_is_read() {
        for source in SOURCES {
            toml::from_str::<Schema>(source).unwrap();
        }
        let ids: Vec<_> = SCHEMAS.iter().map(|it| &*it.id).collect();
        assert_eq!(ids, ["2019", "2021"]);
    }

    #[test]
    fn forms_have_the_cells_of_the_official_ones() {
        for (schema, expected) in SCHEMAS.iter().zip([[22, 161, 15], [10, 175, 15]]) {
            let cells = |table: &Table| -> usize {
                table.parts.iter().map(|it| it.rows.len() * it.columns.len()).sum()
            };
            assert_eq!(schema.tables.iter().map(cells).collect::<Vec<_>>(), expected);
            let numbers: String = schema.sections.iter().map(|it| &*it.number).collect();
            assert_eq!(numbers, "一二三四五六");
        }
    }

    #[test]
    fn keys_of_equalities_exist() {
        for table in SCHEMAS.iter().flat_map(|it| &it.tables) {
            for equality in &table.equalities {
                for key in equality.total.iter().chain(&equality.terms) {
                    assert!(table.has_key(equality.along, key), "{}: {key}", table.id);
                }
            }
        }
        let rules = SCHEMAS[1].tables.iter().flat_map(|it| &it.equalities).map(|it| &*it.rule);
        assert_eq!(rules.collect::<Vec<_>>(), ["R301", "R302", "R303", "R304", "R304", "R304"]);
    }

    #[test]
    fn keys_are_unique_in_their_part_and_tables_stand_in_sections() {
        for schema in SCHEMAS.iter() {
            for table in &schema.tables {
                assert!(schema.sections.iter().any(|it| it.key == table.section));
                let mut rows = BTreeSet::new();
                for part in &table.parts {
                    assert!(part.rows.iter().all(|it| rows.insert(&it.key)), "{}", table.id);
                    let columns: BTreeSet<_> = part.columns.iter().map(|it| &it.key).collect();
                    assert_eq!(columns.len(), part.columns.len(), "{}", table.id);
                }
            }
        }
    }

    #[test]
    fn no_wording_means_two_rows_columns_or_sections() {
        for schema in SCHEMAS.iter() {
            for part in schema.tables.iter().flat_map(|it| &it.parts) {
                assert_distinct(part.rows.iter().map(|it| (&*it.groups, &it.label)));
                assert_distinct(part.columns.iter().map(|it| (&*it.groups, &it.label)));
            }
            let mut seen = BTreeSet::new();
            for section in &schema.sections {
                let listed = section.variants.iter().chain(&section.misspellings);
                for wording in std::iter::once(&section.title).chain(listed) {
                    assert!(seen.insert(letters(wording)), "two sections are called {wording}");
                }
            }
        }
    }

    #[test]
    fn groups_of_columns_are_headers() {
        for part in SCHEMAS.iter().flat_map(|it| &it.tables).flat_map(|it| &it.parts) {
            for group in part.columns.iter().flat_map(|it| &it.groups) {
                assert!(part.headers.iter().any(|it| it.label == *group), "{group}");
            }
        }
    }

    #[test]
    fn no_field_is_misspelt() {
        // Unknown fields of rows and columns are not refused, because their label is
        // flattened into them.
        const KNOWN: [&str; 6] = ["key", "label", "variants", "misspellings", "groups", "number"];
        for source in SOURCES {
            let form: toml::Table = toml::from_str(source).unwrap();
            for table in form["table"].as_array().unwrap() {
                for part in table["part"].as_array().unwrap() {
                    let entries = ["row", "column"].map(|it| part[it].as_array().unwrap());
                    for entry in entries.into_iter().flatten() {
                        let keys = entry.as_table().unwrap().keys();
                        keys.for_each(|it| assert!(KNOWN.contains(&&**it), "{it}"));
                    }
                }
            }
        }
    }
}
