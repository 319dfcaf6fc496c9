//! Tables of a form, and whole reports, as text in any dialect that reports come in.
//!
//! The inverse of reading: what is written here reads back as the same table. Lines end
//! with `\n`; whoever inserts the text into a document turns them into its own.

use std::fmt::Write;

use gouji_syntax::table::Dialect;
use unicode_width::UnicodeWidthStr;

use crate::report::Date;
use crate::schema::{self, Schema};

/// What a cell of a table holds, by part, row and column; `None` leaves it blank.
pub type Values<'a> = &'a dyn Fn(usize, usize, usize) -> Option<String>;

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

/// Writes a table of a form without values.
#[must_use]
pub fn blank_table(schema: &schema::Table, dialect: Dialect) -> String {
    table(schema, dialect, &|_, _, _| None)
}

/// A cell of the form and the columns and rows that it spans.
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
}

/// The cells of a table as the official form has them, merged cells once, where they begin.
struct Grid {
    rows: Vec<Vec<Cell>>,
    width: usize,
}

impl Grid {
    fn new(schema: &schema::Table, values: Values) -> Self {
        let width = |it: &schema::Part| it.label_columns() + it.columns.len();
        let width = schema.parts.iter().map(width).max().unwrap_or_default();
        let mut rows = Vec::new();
        for (index, part) in schema.parts.iter().enumerate() {
            if let Some(banner) = &part.banner {
                rows.push(vec![Cell { text: banner.label.clone(), columns: width, rows: 1 }]);
            }
            headers(part, width, &mut rows);
            for row in 0..part.rows.len() {
                rows.push(data_row(part, row, width, &|column| values(index, row, column)));
            }
        }
        Self { rows, width }
    }

    /// The grid with a slot for each column of each row: `None` where a merged cell goes on.
    fn slots(&self) -> Vec<Vec<Option<&str>>> {
        let mut slots: Vec<Vec<Option<&str>>> = vec![vec![None; self.width]; self.rows.len()];
        let mut taken = vec![vec![false; self.width]; self.rows.len()];
        for (y, row) in self.rows.iter().enumerate() {
            for cell in row {
                let Some(x) = taken[y].iter().position(|it| !it) else { break };
                slots[y][x] = Some(&cell.text);
                for row in taken.iter_mut().skip(y).take(cell.rows) {
                    row[x..(x + cell.columns).min(self.width)].fill(true);
                }
            }
        }
        slots
    }
}

/// The header rows of a part: groups above their columns, the corner before them.
fn headers(part: &schema::Part, width: usize, rows: &mut Vec<Vec<Cell>>) {
    let depth = part.columns.iter().map(|it| it.groups.len() + 1).max().unwrap_or_default();
    let is_group = |label: &str| part.columns.iter().any(|it| it.groups.iter().any(|g| g == label));
    let mut corner = part.headers.iter().find(|it| !is_group(&it.label));
    let labels = part.label_columns();
    let spare = width - labels - part.columns.len();
    for level in 0..depth {
        let mut row: Vec<Cell> = Vec::new();
        if let Some(corner) = corner.take().filter(|_| labels > 0) {
            row.push(Cell { text: corner.label.clone(), columns: labels, rows: depth });
        }
        for (index, column) in part.columns.iter().enumerate() {
            let columns = 1 + if index + 1 == part.columns.len() { spare } else { 0 };
            let before = index.checked_sub(1).map(|it| &part.columns[it]);
            let begins =
                before.is_none_or(|it| it.groups.get(..=level) != column.groups.get(..=level));
            match column.groups.get(level) {
                Some(group) if begins => row.push(Cell { text: group.clone(), columns, rows: 1 }),
                Some(_) => row.last_mut().into_iter().for_each(|it| it.columns += columns),
                None if level == column.groups.len() => {
                    let text = column.label.label.clone();
                    row.push(Cell { text, columns, rows: depth - level });
                }
                None => (),
            }
        }
        rows.push(row);
    }
}

fn data_row(
    part: &schema::Part,
    index: usize,
    width: usize,
    value: &dyn Fn(usize) -> Option<String>,
) -> Vec<Cell> {
    let (row, labels) = (&part.rows[index], part.label_columns());
    let mut cells = Vec::new();
    for level in 0..row.groups.len() {
        let group = row.groups.get(..=level);
        let is_same = |it: &&schema::Row| it.groups.get(..=level) == group;
        if index > 0 && is_same(&&part.rows[index - 1]) {
            continue;
        }
        let rows = part.rows[index..].iter().take_while(is_same).count();
        cells.push(Cell { text: row.groups[level].clone(), columns: 1, rows });
    }
    if labels > 0 {
        let text = row.label.label.clone();
        cells.push(Cell { text, columns: labels - row.groups.len(), rows: 1 });
    }
    let spare = width - labels - part.columns.len();
    for column in 0..part.columns.len() {
        let columns = 1 + if column + 1 == part.columns.len() { spare } else { 0 };
        cells.push(Cell { text: value(column).unwrap_or_default(), columns, rows: 1 });
    }
    cells
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
            let padding = " ".repeat(width - cell.width());
            text.extend(["| ", cell, &padding, " "]);
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

/// What a whole report says besides its tables.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The agency's name.
    pub agency: &'a str,
    /// The year that is reported.
    pub year: i32,
    /// How to reach the agency: 地址：…，电话：….
    pub contact: &'a str,
    /// The day of signing.
    pub signed: Date,
}

/// Writes a report that follows the form: title, introduction, six sections, signature.
///
/// Its sentences state no numbers, so that they agree with any values. A value is asked
/// for by table, part, row and column.
#[must_use]
pub fn report(
    schema: &Schema,
    dialect: Dialect,
    contents: &Contents,
    values: &dyn Fn(&schema::Table, usize, usize, usize) -> Option<String>,
) -> String {
    let markup = Markup::of(dialect);
    let mut text = markup.title(&title(contents));
    for it in preamble(contents) {
        text.push_str(&markup.paragraph(&it));
    }
    for section in &schema.sections {
        text.push_str(&markup.heading(&format!("{}、{}", section.number, section.title)));
        for it in sentences(&section.key, contents) {
            text.push_str(&markup.paragraph(&it));
        }
        for it in schema.tables.iter().filter(|it| it.section == section.key) {
            let values = |part, row, column| values(it, part, row, column);
            text.push_str(&table(it, dialect, &values));
            text.push('\n');
        }
    }
    let Date { year, month, day } = contents.signed;
    text.push_str(&markup.paragraph(contents.agency));
    text.push_str(&markup.paragraph(&format!("{year}年{month}月{day}日")));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn title(contents: &Contents) -> String {
    format!("{}{}年政府信息公开工作年度报告", contents.agency, contents.year)
}

fn preamble(contents: &Contents) -> [String; 2] {
    let Contents { year, contact, .. } = contents;
    [
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》\
         （国办公开办函〔2021〕30号）编制。"
            .to_owned(),
        format!(
            "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\
             如对本报告有疑问，请与我们联系（{contact}）。"
        ),
    ]
}

fn sentences(section: &str, contents: &Contents) -> Vec<String> {
    let Contents { agency, year, .. } = contents;
    let lines: &[&str] = match section {
        "overview" => &[
            "（一）主动公开。及时发布本机关的文件、办事指南和工作动态。",
            "（二）依申请公开。按照法定程序登记、办理和答复申请，数据见本报告第三部分。",
            "（三）政府信息管理。公文办理时一并确定公开属性，定期清理已发布的信息。",
            "（四）政府信息公开平台建设。专人维护网站专栏，保证内容准确、链接可用。",
            "（五）监督保障。明确分管领导和责任科室，组织业务培训，接受社会监督。",
        ],
        "problems" => &[
            "存在的主要问题：部分信息发布不够及时，解读形式较为单一。",
            "改进情况：完善发布流程，丰富解读形式，加强业务培训。",
        ],
        "other" => &["本年度未收取信息处理费，没有其他需要报告的事项。"],
        _ => &[],
    };
    let opening = format!("{year}年，{agency}认真落实政府信息公开各项要求，工作有序推进。");
    let opening = (section == "overview").then_some(opening);
    opening.into_iter().chain(lines.iter().map(|it| (*it).to_owned())).collect()
}

/// How titles, headings and paragraphs are marked around tables of a dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// `# …`, `## …`
    Markdown,
    /// `<h1>…</h1>`, `<p>…</p>`
    Html,
    /// Lines.
    Plain,
}

impl Markup {
    /// The markup that goes with a dialect's tables.
    #[must_use]
    pub fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Gfm => Self::Markdown,
            Dialect::Html => Self::Html,
            _ => Self::Plain,
        }
    }

    fn title(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("# {text}\n\n"),
            Self::Html => format!("<h1>{text}</h1>\n"),
            Self::Plain => format!("{text}\n\n"),
        }
    }

    fn heading(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("## {text}\n\n"),
            Self::Html => format!("<h2>{text}</h2>\n"),
            Self::Plain => format!("{text}\n\n"),
        }
    }

    fn paragraph(self, text: &str) -> String {
        match self {
            Self::Html => format!("<p>{text}</p>\n"),
            Self::Markdown | Self::Plain => format!("{text}\n\n"),
        }
    }
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

    fn contents() -> Contents<'static> {
        Contents {
            agency: "青禾市水务局",
            year: 2023,
            contact: "地址：青禾市沿河路8号，电话：0500-6000001",
            signed: Date { year: 2024, month: 1, day: 12 },
        }
    }

    /// A value for each cell that tells it from its neighbours.
    fn counted(part: usize, row: usize, column: usize) -> String {
        (part * 1000 + row * 10 + column).to_string()
    }

    #[test]
    fn what_is_written_reads_back() {
        for (dialect, form) in Dialect::ALL.iter().flat_map(|it| [(*it, 0), (*it, 1)]) {
            let form = &SCHEMAS[form];
            let values = |_: &schema::Table, p, r, c| Some(counted(p, r, c));
            let text = report(form, dialect, &contents(), &values);
            let crate::Reading { blocks, report, .. } = crate::testing::reading(&text);
            assert_eq!(report.tables.len(), 3, "{dialect:?}");
            assert_eq!(report.schema.id, form.id, "{dialect:?}");
            for table in &report.tables {
                let name = format!("{dialect:?} {} {:?}", table.schema.id, table.oddities);
                assert_eq!(table.dialect, dialect, "{name}");
                assert!(table.oddities.is_empty(), "{name}");
                let rows: usize = table.schema.parts.iter().map(|it| it.rows.len()).sum();
                assert_eq!(table.rows.len(), rows, "{name}");
                for (row, column, cell) in table.cells() {
                    let written = counted(row.part, row.row, column);
                    assert_eq!(cell.place.text(&blocks), written, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_report_has_title_sections_and_signature_in_every_dialect() {
        for dialect in Dialect::ALL {
            let text = report(&SCHEMAS[1], dialect, &contents(), &|_, _, _, _| Some("0".into()));
            let outline = crate::outline::outline(&crate::testing::blocks(&text));
            assert_eq!(outline.sections.len(), 6, "{dialect:?}");
            assert!(outline.sections.iter().all(|it| it.number_is_right), "{dialect:?}");
            assert_eq!(outline.title.unwrap().agency.as_deref(), Some("青禾市水务局"));
            assert!(text.trim_end().trim_end_matches("</p>").ends_with("2024年1月12日"));
        }
    }
}
