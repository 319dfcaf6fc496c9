//! Tables of a form as text, one function a dialect.

use std::fmt::Write;

use gouji_syntax::table::Dialect;
use unicode_width::UnicodeWidthStr;

use super::Values;
use super::grid::Grid;
use crate::schema;

/// Writes a table of a form.
#[must_use]
pub fn table(schema: &schema::Table, dialect: Dialect, values: Values) -> String {
    let grid = Grid::new(schema, values);
    match dialect {
        Dialect::Gfm => gfm(&grid),
        Dialect::Pipe => pipe(&grid),
        Dialect::PipeCells => cells(&grid, |text| match text {
            "" => "|\n".to_owned(),
            _ => format!("{text} |\n"),
        }),
        Dialect::Tab => tab(&grid),
        Dialect::TabCells => tab_cells(&grid),
        Dialect::Lines => cells(&grid, |text| format!("{text}\n")),
        Dialect::Html => html(&grid),
    }
}

/// A table of a form without values. It is written once: every report that lacks one is offered it.
#[must_use]
pub fn blank_table(schema: &schema::Table, dialect: Dialect) -> &str {
    schema.blank[dialect as usize].get_or_init(|| table(schema, dialect, &|_, _, _| None))
}

fn gfm(grid: &Grid) -> String {
    let slots = grid.slots();
    let column = |x: usize| slots.iter().map(move |it| it[x].unwrap_or_default().width());
    let widths: Vec<_> =
        (0..grid.width).map(|x| column(x).max().unwrap_or_default().max(3)).collect();
    let mut text = String::new();
    for (y, row) in slots.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let cell = cell.unwrap_or_default();
            text.extend(["| ", cell]);
            text.extend(std::iter::repeat_n(' ', width - cell.width() + 1));
        }
        text.push_str("|\n");
        if y == 0 {
            for width in &widths {
                text.extend(["|", &"-".repeat(width + 2)]);
            }
            text.push_str("|\n");
        }
    }
    text
}

/// Without outer pipes; merged cells are dropped and the row padded at its end.
fn pipe(grid: &Grid) -> String {
    let mut text = String::new();
    for row in &grid.rows {
        let cells: Vec<_> = row.iter().map(|it| &*it.text).collect();
        text.push_str(&cells.join(" | "));
        text.push_str(" |");
        if cells.len() < grid.width {
            text.push(' ');
            text.push_str(&"|".repeat(grid.width - cells.len()));
        }
        text.push('\n');
    }
    text
}

fn tab(grid: &Grid) -> String {
    let mut text = String::new();
    for row in grid.slots() {
        let cells: Vec<_> = row.into_iter().map(Option::unwrap_or_default).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Each cell on a line of its own, merged cells once.
fn cells(grid: &Grid, write: impl Fn(&str) -> String) -> String {
    grid.rows.iter().flatten().map(|it| write(&it.text)).collect()
}

/// Each cell on a line of its own after a tab, rows apart; a cell that goes on from the row
/// above is blank.
fn tab_cells(grid: &Grid) -> String {
    let mut text = String::new();
    // Where a cell of an earlier row ends, by the column at which it begins.
    let mut until = vec![(0, 0); grid.width];
    for (y, row) in grid.rows.iter().enumerate() {
        let (mut x, mut cells) = (0, row.iter());
        while x < grid.width {
            if until[x].0 > y {
                text.push_str("\t\n");
                x += until[x].1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            _ = writeln!(text, "\t{}", cell.text);
            until[x] = (y + cell.rows, cell.columns);
            x += cell.columns.max(1);
        }
        text.push('\n');
    }
    text
}

fn html(grid: &Grid) -> String {
    let mut text = String::from("<table border=\"1\">\n");
    for row in &grid.rows {
        text.push_str("<tr>");
        for cell in row {
            let span = |name: &str, count: usize| match count {
                0 | 1 => String::new(),
                _ => format!(" {name}=\"{count}\""),
            };
            let (columns, rows) = (span("colspan", cell.columns), span("rowspan", cell.rows));
            _ = write!(text, "<td{columns}{rows}>{}</td>", cell.text);
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</table>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::SCHEMAS;

    fn schema(id: &str, table: &str) -> &'static schema::Table {
        let schema = SCHEMAS.iter().find(|it| it.id == id).unwrap();
        schema.tables.iter().find(|it| it.id == table).unwrap()
    }

    #[expect(clippy::unnecessary_wraps, reason = "it stands for values that may be blank")]
    fn zero(_: usize, _: usize, _: usize) -> Option<String> {
        Some("0".to_owned())
    }

    fn widths(text: &str, separator: char) -> Vec<usize> {
        let mut widths: Vec<_> = text.lines().map(|it| it.split(separator).count()).collect();
        widths.dedup();
        widths
    }

    #[test]
    fn gfm_rows_have_all_columns_and_equal_display_width() {
        for schema in SCHEMAS.iter().flat_map(|it| &it.tables) {
            let text = table(schema, Dialect::Gfm, &zero);
            assert_eq!(widths(&text, '|').len(), 1, "{text}");
            let mut lengths: Vec<_> = text.lines().map(UnicodeWidthStr::width).collect();
            lengths.dedup();
            assert_eq!(lengths.len(), 1, "{text}");
            assert!(text.lines().nth(1).unwrap().starts_with("|---"));
        }
    }

    #[test]
    fn tab_rows_have_all_columns() {
        let columns = ["disclosure", "requests", "litigation"]
            .map(|it| widths(&table(schema("2021", it), Dialect::Tab, &zero), '\t'));
        assert_eq!(columns, [[4], [10], [15]]);
    }

    #[test]
    fn loose_pipes_pad_at_the_end() {
        let text = table(schema("2021", "disclosure"), Dialect::Pipe, &zero);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "第二十条第（一）项 | |||");
        assert_eq!(lines[2], "规章 | 0 | 0 | 0 |");
        assert_eq!(lines[6], "行政许可 | 0 | ||");
        let text = table(schema("2021", "requests"), Dialect::Pipe, &zero);
        assert!(text.contains("\n自然人 | 法人或其他组织 | 总计 | |||||||\n"), "{text}");
        assert!(text.contains("\n2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n"), "{text}");
    }

    #[test]
    fn cells_on_lines_are_blank_where_a_cell_goes_on() {
        let text = table(schema("2021", "requests"), Dialect::TabCells, &zero);
        assert!(
            text.contains("\n\n\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t\n\t商业企业\n")
        );
        assert!(text.contains("\n\n\t\n\t\n\t2.重复申请\n\t0\n"), "{text}");
        let text = blank_table(schema("2021", "disclosure"), Dialect::PipeCells);
        assert!(text.contains("规章 |\n|\n|\n|\n行政规范性文件 |\n"), "{text}");
    }

    #[test]
    fn html_merges_as_the_official_form_does() {
        let text = table(schema("2021", "requests"), Dialect::Html, &zero);
        for cell in [
            "<td colspan=\"3\" rowspan=\"3\">（本列",
            "<td colspan=\"7\">申请人情况</td>",
            "<td rowspan=\"2\">自然人</td><td colspan=\"5\">法人或其他组织</td>",
            "<td rowspan=\"22\">三、本年度办理结果</td><td colspan=\"2\">（一）予以公开</td>",
            "<td rowspan=\"8\">（三）不予公开</td><td>1.属于国家秘密</td><td>0</td>",
        ] {
            assert!(text.contains(cell), "{cell}");
        }
        let text = table(schema("2021", "litigation"), Dialect::Html, &zero);
        assert!(text.contains("<td colspan=\"5\">行政复议</td><td colspan=\"10\">行政诉讼</td>"));
        let text = table(schema("2019", "disclosure"), Dialect::Html, &zero);
        assert!(text.contains("<td>行政事业性收费</td><td>0</td><td colspan=\"2\">0</td>"));
    }
}
