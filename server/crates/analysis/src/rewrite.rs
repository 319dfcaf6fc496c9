//! A table in another dialect: what it says is the same, how it is written is not.
//!
//! The table is written anew from the form. That is offered only where nothing is lost by it:
//! every row and column of the form is there, and every other cell is a label of the form.

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_syntax::table::{Dialect, cell_text};
use gouji_syntax::{BlockKind, TableKind, plain};

use crate::finding::{Edit, Fix, Place, Safety};
use crate::layout::Layout;
use crate::message::Message;
use crate::report::{Report, Table, Value};
use crate::{Blocks, block, label, names, schema};

/// The dialects that tables are rewritten in, and how a title calls them.
const TARGETS: [(Dialect, &str); 3] =
    [(Dialect::Gfm, "dialect.gfm"), (Dialect::Html, "dialect.html"), (Dialect::Tab, "dialect.tab")];

/// The rewritings of the table at a place, where they lose nothing.
#[must_use]
pub fn at(blocks: &Blocks, report: &Report, place: Place) -> Vec<Fix> {
    let starts = block::starts(0, blocks);
    let at = place.resolve(&starts);
    let is_here = |it: &Table| {
        let table = it.place.resolve(&starts);
        table.start <= at.end && at.start <= table.end
    };
    let Some(table) = report.tables.iter().find(|it| is_here(it)) else { return Vec::new() };
    let layout = Layout::of(blocks, report);
    let lines = layout.lines_of_table(table);
    if !is_whole(table) || !is_forms(blocks, table, &lines.resolve(&starts), &starts) {
        return Vec::new();
    }
    // Rows between lines are no part of a page in HTML.
    let targets = TARGETS.iter().filter(|it| it.0 != table.dialect && !layout.is_page());
    targets
        .map(|(dialect, name)| Fix {
            title: Message::new("fix.rewrite-table")
                .with("table", names::table(table))
                .with_part("dialect", Message::new(name)),
            safety: Safety::Unsafe,
            preferred: false,
            edits: vec![rewritten(blocks, table, *dialect, &layout, lines)],
        })
        .collect()
}

fn rewritten(blocks: &Blocks, table: &Table, dialect: Dialect, layout: &Layout, at: Place) -> Edit {
    let value = |part: usize, row: usize, column: usize| {
        let row = table.rows.iter().find(|it| (it.part, it.row) == (part, row))?;
        let cell = table.values(row).get(column)?.as_ref()?;
        Some(cell.place.text(blocks).to_owned()).filter(|it| is_plain(it))
    };
    let text = layout.written(dialect, table.schema, &value);
    Edit { place: at, text: layout.apart(at, &text) }
}

/// Whether every value of the form is there once and can be written in any dialect.
fn is_whole(table: &Table) -> bool {
    let count = table.schema.parts.iter().map(|it| it.rows.len()).sum::<usize>();
    let is_whole = |it: &crate::report::Row| {
        let columns = table.schema.parts[it.part].columns.len();
        let values = table.values(it);
        values.len() == columns && values.iter().all(Option::is_some)
    };
    table.oddities.is_empty()
        && table.unknown_headers == 0
        && table.rows.len() == count
        && table.rows.iter().all(is_whole)
}

/// Whether a text is the same in every dialect.
fn is_plain(text: &str) -> bool {
    !text.contains(['|', '\\', '\t', '\n', '\r', '<', '>', '&', '*'])
}

/// Whether the lines of a table hold nothing but values and labels of the form.
fn is_forms(blocks: &Blocks, table: &Table, lines: &Range<usize>, starts: &[usize]) -> bool {
    let mut values = BTreeSet::new();
    for (_, _, cell) in table.cells() {
        if cell.value != Value::Blank && !is_plain(cell.place.text(blocks)) {
            return false;
        }
        values.insert(cell.slot());
    }
    let labels = labels(table.schema);
    table.blocks.clone().all(|index| {
        let Some(block) = blocks.get(index) else { return false };
        let data = &block.data;
        let mut texts = String::new();
        for cell in block.cells().rows.cells() {
            let slot = Place::new(index, cell.slot);
            let text = cell_text(&data.text, cell);
            texts.push_str(&text);
            let bytes = slot.resolve(starts);
            let is_inside = lines.start <= bytes.start && bytes.end <= lines.end;
            let is_label = || text.is_empty() || labels.contains(&label::normalise(&text));
            if is_inside && !values.contains(&slot) && !is_label() {
                return false;
            }
        }
        match data.kind {
            BlockKind::Table(TableKind::Html) => is_all(&data.text, &texts),
            BlockKind::Comment | BlockKind::Fence => false,
            _ => true,
        }
    })
}

/// Whether the cells of a block of HTML are all that it says.
fn is_all(source: &str, cells: &str) -> bool {
    let letters = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    !source.contains("<!--") && letters(&plain::strip_markup(source)) == letters(cells)
}

/// What the form writes beside values, as labels are compared.
fn labels(schema: &schema::Table) -> BTreeSet<String> {
    let parts = schema.parts.iter();
    let labels = parts.flat_map(|part| {
        let rows = part.rows.iter().flat_map(|it| it.groups.iter().chain([&it.label.label]));
        let columns = part.columns.iter().flat_map(|it| it.groups.iter().chain([&it.label.label]));
        let heads = part.banner.iter().chain(&part.headers).map(|it| &it.label);
        rows.chain(columns).chain(heads)
    });
    labels.map(|it| label::normalise(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::render::{self, Contents};
    use crate::schema::SCHEMAS;
    use crate::testing::*;

    const VALUES: [&str; 6] = ["0", "12", "", "1,234", "/", "３"];

    /// A report on a form with a different value in each cell.
    fn report(form: usize, dialect: Dialect) -> String {
        let contents = Contents { year: [2020, 2023][form], ..contents() };
        render::report(&SCHEMAS[form], dialect, &contents, &|_, part, row, column| {
            let value = VALUES[(part + row * 5 + column) % VALUES.len()];
            // Cells on bare lines cannot be blank.
            let is_blank = value.is_empty() && dialect == Dialect::Lines;
            Some(if is_blank { "7".to_owned() } else { value.to_owned() })
        })
    }

    /// The rewritings of a table of a text.
    fn rewritings(text: &str, table: usize) -> Vec<Fix> {
        let Reading { blocks, report, .. } = reading(text);
        let cell = report.tables.get(table).and_then(|it| it.cells().next().map(|it| it.2.place));
        cell.map_or_else(Vec::new, |it| at(&blocks, &report, it))
    }

    /// All cells of all tables.
    fn cells(text: &str) -> Vec<(usize, usize, usize, usize, String)> {
        let Reading { blocks, report, .. } = reading(text);
        let mut cells = Vec::new();
        for (index, table) in report.tables.iter().enumerate() {
            assert_eq!(table.oddities, [], "{text}");
            for (row, column, cell) in table.cells() {
                let text = cell.place.text(&blocks).to_owned();
                cells.push((index, row.part, row.row, column, text));
            }
        }
        cells.sort();
        cells
    }

    #[track_caller]
    fn rewritten(text: &str, table: usize, dialect: Dialect) -> String {
        let name = TARGETS.iter().find(|it| it.0 == dialect).unwrap().1;
        let name = Message::new(name).text(crate::Lang::Zh);
        let mut fixes = rewritings(text, table).into_iter();
        let fix = fixes.find(|it| it.title.text(crate::Lang::Zh).ends_with(&*name));
        let fix = fix.unwrap_or_else(|| panic!("no {name} for {table} of:\n{text}"));
        applied(text, &fix.edits)
    }

    #[test]
    fn from_any_dialect_to_any_and_back_every_cell_says_the_same() {
        for (form, from) in [0, 1].into_iter().flat_map(|it| Dialect::ALL.map(|d| (it, d))) {
            // In a page of HTML nothing is offered.
            let text = report(form, from).replace("<h2>", "").replace("</h2>", "\n");
            let before = cells(&text);
            for (there, _) in TARGETS.into_iter().filter(|it| it.0 != from) {
                for (back, _) in TARGETS.into_iter().filter(|it| it.0 != there) {
                    for table in 0..3 {
                        let once = rewritten(&text, table, there);
                        assert_eq!(cells(&once), before, "{from:?} {there:?}\n{once}");
                        assert_eq!(reading(&once).report.tables[table].dialect, there);
                        let twice = rewritten(&once, table, back);
                        assert_eq!(cells(&twice), before, "{from:?} {there:?} {back:?}\n{twice}");
                    }
                }
            }
        }
    }

    #[test]
    fn there_and_back_is_the_same_text_and_finds_the_same() {
        let text = official(Dialect::Gfm);
        for dialect in [Dialect::Html, Dialect::Tab] {
            let there = rewritten(&text, 1, dialect);
            let codes = |it: &str| checked(it).1.findings().len();
            assert_eq!(codes(&there), codes(&text), "{there}");
            assert_eq!(rewritten(&there, 1, Dialect::Gfm), text);
        }
    }

    #[test]
    fn line_ends_stay_and_text_beside_is_kept_apart() {
        let text = official(Dialect::Gfm).replace("\n\n", "\n").replace('\n', "\r\n");
        let there = rewritten(&text, 0, Dialect::Html);
        assert!(there.contains("情况\r\n\r\n<table"), "{there}");
        assert!(there.contains("</table>\r\n\r\n## 三、"), "{there}");
        assert_eq!(there.matches('\n').count(), there.matches("\r\n").count());
    }

    #[test]
    fn what_would_be_lost_is_a_reason_not_to_offer_it() {
        let text = official(Dialect::Gfm);
        assert_eq!(rewritings(&text, 1).len(), 2);
        let row = |words: &str| text.lines().find(|it| it.contains(words)).unwrap();
        let (granted, wide) = (row("（一）予以公开"), row("自然人"));
        for changed in [
            // A row less, one more, one twice.
            text.replace(&format!("{granted}\n"), ""),
            text.replace(
                granted,
                &format!("{granted}\n| 九、其他 | | | 1 | 1 | 1 | 1 | 1 | 1 | 1 |"),
            ),
            text.replace(granted, &format!("{granted}\n{granted}")),
            // A label in other words, a note, a column less.
            text.replace("2.重复申请", "2.重复的申请"),
            text.replace("2.重复申请", "2.重复申请（注1）"),
            text.replace(wide, &wide.replace("总计", "共计几何")),
            // A value that is text with markup.
            text.replace(granted, &granted.replacen("| 0 ", "| <b>1</b>&amp; ", 1)),
        ] {
            assert_ne!(changed, text);
            assert_eq!(rewritings(&changed, 1), [], "{changed}");
        }
        let html = rewritten(&text, 1, Dialect::Html);
        for note in ["<!-- 待核 -->", "<caption>单位：件</caption>"] {
            let changed = html.replace("<tr><td rowspan", &format!("{note}<tr><td rowspan"));
            let changed = changed.replacen("border=\"1\">", &format!("border=\"1\">{note}"), 1);
            assert_eq!(rewritings(&changed, 1), [], "{changed}");
        }
    }

    #[test]
    fn a_page_in_html_keeps_its_tables() {
        assert_eq!(rewritings(&official(Dialect::Html), 0), []);
    }
}
