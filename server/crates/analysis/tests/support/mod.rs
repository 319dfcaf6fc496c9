//! Reports with known values in every dialect, and the findings on them.

#![allow(dead_code, reason = "each test target uses its own part")]

use std::collections::BTreeMap;

use gouji_analysis::report::Date;
use gouji_analysis::schema::{self, Schema};
use gouji_analysis::{Config, Document, Finding, Fix, Lang, check, render};
pub(crate) use gouji_syntax::table::Dialect;

/// Dialects in which a blank cell can be seen.
pub(crate) const WITH_BLANKS: [Dialect; 6] = [
    Dialect::Gfm,
    Dialect::Pipe,
    Dialect::PipeCells,
    Dialect::Tab,
    Dialect::TabCells,
    Dialect::Html,
];

/// A linear congruential generator: the same edits in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    /// One of several.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A report that can be spoilt before it is written.
pub(crate) struct Sample {
    /// The form, whose rows and columns a test may remove, repeat or rename.
    pub(crate) form: Schema,
    /// By table, row and column key; 0 where nothing is said.
    pub(crate) values: BTreeMap<(String, String, String), String>,
    /// The year of the report.
    pub(crate) year: i32,
}

/// Values of table 三 that hold together, in a report that is right.
const REQUESTS: [(&str, &str, u32); 18] = [
    ("received", "natural", 12),
    ("received", "business", 3),
    ("received", "total", 15),
    ("carried_in", "natural", 2),
    ("carried_in", "total", 2),
    ("granted", "natural", 5),
    ("granted", "business", 1),
    ("granted", "total", 6),
    ("denied.internal_affairs", "natural", 4),
    ("denied.internal_affairs", "total", 4),
    ("unavailable.not_held", "natural", 3),
    ("unavailable.not_held", "business", 2),
    ("unavailable.not_held", "total", 5),
    ("done", "natural", 12),
    ("done", "business", 3),
    ("done", "total", 15),
    ("carried_out", "natural", 2),
    ("carried_out", "total", 2),
];

impl Sample {
    /// A right report on the form `id`.
    pub(crate) fn new(id: &str) -> Self {
        let (text, year) = match id {
            "2019" => (include_str!("../../../../schemas/2019.toml"), 2020),
            _ => (include_str!("../../../../schemas/2021.toml"), 2024),
        };
        let form = toml::from_str(text).expect("the form parses");
        let mut sample = Self { form, values: BTreeMap::new(), year };
        for (row, column, value) in REQUESTS {
            sample.set("requests", row, column, &value.to_string());
        }
        for (column, value) in [("review.upheld", 2), ("review.corrected", 1), ("review.total", 3)]
        {
            sample.set("litigation", "", column, &value.to_string());
        }
        sample
    }

    /// Sets a value.
    pub(crate) fn set(&mut self, table: &str, row: &str, column: &str, value: &str) -> &mut Self {
        let key = (table.to_owned(), row.to_owned(), column.to_owned());
        self.values.insert(key, value.to_owned());
        self
    }

    /// The rows of the part of a table that holds row `key`, and its index.
    pub(crate) fn rows(&mut self, table: &str, key: &str) -> (&mut Vec<schema::Row>, usize) {
        let table = self.form.tables.iter_mut().find(|it| it.id == table).expect("the table");
        let holds = |it: &&mut schema::Part| it.rows.iter().any(|it| it.key == key);
        let part = table.parts.iter_mut().find(holds).expect("the part");
        let index = part.rows.iter().position(|it| it.key == key).expect("the row");
        (&mut part.rows, index)
    }

    /// The report as text.
    pub(crate) fn text(&self, dialect: Dialect) -> String {
        let contents = render::Contents {
            agency: "青禾市水务局",
            year: self.year,
            contact: "地址：青禾市河堤路6号，电话：0000-6543210",
            signed: Date { year: self.year + 1, month: 1, day: 18 },
        };
        render::report(&self.form, dialect, &contents, &|table, part, row, column| {
            let part = &table.parts[part];
            let key =
                (table.id.clone(), part.rows[row].key.clone(), part.columns[column].key.clone());
            let value = self.values.get(&key).cloned().unwrap_or_else(|| "0".to_owned());
            (!value.is_empty()).then_some(value)
        })
    }
}

/// The findings of rules T and R, without hints.
pub(crate) fn findings(text: &str) -> Vec<Finding> {
    let config = Config { select: vec!["T".into(), "R".into()], ..Config::default() };
    findings_with(text, &config)
}

/// The findings under a configuration.
pub(crate) fn findings_with(text: &str, config: &Config) -> Vec<Finding> {
    check(&Document::new(text), config, None, &|| false).expect("not cancelled").findings()
}

/// Codes of the findings and the text that they stand at.
pub(crate) fn at(text: &str) -> Vec<(&'static str, String)> {
    let starts = Document::new(text).starts();
    let shown = |it: &Finding| text[it.place.resolve(&starts)].trim().to_owned();
    findings(text).iter().map(|it| (it.code, shown(it))).collect()
}

/// The codes of the findings.
pub(crate) fn codes(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|it| it.code).collect()
}

/// `text` with a fix applied.
pub(crate) fn apply(text: &str, fix: &Fix) -> String {
    let starts = Document::new(text).starts();
    let mut edits: Vec<_> =
        fix.edits.iter().map(|it| (it.place.resolve(&starts), it.text.clone())).collect();
    edits.sort_by_key(|it| it.0.start);
    let mut fixed = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        fixed.replace_range(range, &new);
    }
    fixed
}

/// The fix of any finding whose Chinese title starts so.
pub(crate) fn fix(text: &str, title: &str) -> Fix {
    let findings = findings(text);
    let fixes = || findings.iter().flat_map(|it| &it.fixes);
    let found = fixes().find(|it| it.title.text(Lang::Zh).starts_with(title));
    let missing = || {
        let titles: Vec<_> = fixes().map(|it| it.title.text(Lang::Zh)).collect();
        panic!("no fix {title} among {titles:?}")
    };
    found.map_or_else(missing, |it| Fix::clone(it))
}
