//! What the page shows, in every dialect and of damaged reports.

use std::ops::Range;

use gouji_analysis::render::{self, Contents, Grid};
use gouji_analysis::report::Date;
use gouji_analysis::schema::{self, SCHEMAS};
use gouji_analysis::{Config, Document, check};
use gouji_syntax::plain::strip_markup;
use gouji_syntax::table::Dialect;

use super::*;

/// A report of a form with a value for each cell.
fn report(form: usize, dialect: Dialect, values: Values) -> String {
    let signed = Date { year: 2024, month: 1, day: 20 };
    let contact = "地址：青禾市渠首路1号，电话：0000-1234567";
    let contents = Contents { agency: "青禾市水务局", year: 2023, contact, signed };
    render::report(&SCHEMAS[form], dialect, &contents, values)
}

type Values<'a> = &'a dyn Fn(&schema::Table, usize, usize, usize) -> Option<String>;

#[expect(clippy::unnecessary_wraps, reason = "it stands for values that may be blank")]
fn zeros(_: &schema::Table, _: usize, _: usize, _: usize) -> Option<String> {
    Some("0".to_owned())
}

/// The page of the report at a byte.
fn page_at(text: &str, at: usize) -> Preview {
    let doc = Document::new(text);
    let checked = check(&doc, &Config::default(), None, &|| false).expect("not cancelled");
    preview(&checked, at).expect("a report")
}

fn page(text: &str) -> Preview {
    page_at(text, 0)
}

fn tables(page: &Preview) -> Vec<&Table> {
    let nodes = page.nodes.iter();
    nodes.filter_map(|it| if let Node::Table(it) = it { Some(it) } else { None }).collect()
}

/// The lines of text of a style.
fn texts(page: &Preview, style: Style) -> Vec<String> {
    let text = |it: &Node| match it {
        Node::Text(text) if text.style == style => {
            Some(text.runs.iter().map(|it| &*it.text).collect())
        }
        _ => None,
    };
    page.nodes.iter().filter_map(text).collect()
}

/// The codes of some findings.
fn codes(page: &Preview, findings: &[usize]) -> Vec<&'static str> {
    findings.iter().map(|it| page.findings[*it].code).collect()
}

/// Everything on the page with the bytes that it comes from.
fn sources(page: &Preview) -> Vec<(String, Range<usize>)> {
    let mut sources = Vec::new();
    for node in &page.nodes {
        match node {
            Node::Text(text) => {
                sources.extend(text.runs.iter().map(|it| (it.text.clone(), it.range.clone())));
            }
            Node::Table(table) => {
                let cells = table.rows.iter().flatten().filter(|it| !it.is_label);
                let range = |it: &Cell| it.range.clone().map(|range| (it.text.clone(), range));
                sources.extend(cells.filter_map(range));
            }
        }
    }
    sources
}

#[test]
fn tables_of_every_dialect_are_laid_out_as_the_form_with_the_reports_values() {
    let counted = |part: usize, row: usize, column: usize| {
        Some((part * 1000 + row * 10 + column).to_string())
    };
    for (form, dialect) in Dialect::ALL.iter().flat_map(|it| [(0, *it), (1, *it)]) {
        let text = report(form, dialect, &|_, part, row, column| counted(part, row, column));
        let page = page(&text);
        let tables = tables(&page);
        assert_eq!(tables.len(), 3, "{dialect:?}");
        for (table, schema) in tables.iter().zip(&SCHEMAS[form].tables) {
            assert_eq!(table.name, Some(&*schema.name));
            let cells = |it: &[render::Cell]| -> Vec<_> {
                it.iter().map(|it| (it.text.clone(), it.columns, it.rows)).collect()
            };
            let expected: Vec<_> =
                Grid::new(schema, &counted).rows.iter().map(|it| cells(it)).collect();
            let cells = |it: &Vec<Cell>| -> Vec<_> {
                it.iter().map(|it| (it.text.clone(), it.columns, it.rows)).collect()
            };
            assert_eq!(table.rows.iter().map(cells).collect::<Vec<_>>(), expected, "{dialect:?}");
        }
        for (shown, range) in sources(&page) {
            assert_eq!(strip_markup(&text[range]), shown, "{dialect:?}");
        }
    }
}

#[test]
fn title_sections_paragraphs_and_signature_are_told_apart() {
    for dialect in Dialect::ALL {
        let page = page(&report(1, dialect, &zeros));
        let title = "青禾市水务局2023年政府信息公开工作年度报告";
        assert_eq!(texts(&page, Style::Title), [title], "{dialect:?}");
        let sections = texts(&page, Style::Heading(2));
        assert_eq!(sections.len(), 6, "{dialect:?}");
        assert_eq!(sections[0], "一、总体情况");
        assert_eq!(texts(&page, Style::Signature), ["青禾市水务局", "2024年1月20日"]);
        let paragraphs = texts(&page, Style::Paragraph);
        assert!(paragraphs[0].starts_with("本报告根据"), "{dialect:?} {paragraphs:?}");
    }
}

#[test]
fn a_broken_total_is_marked_on_its_cell_alone() {
    let wrong = |table: &schema::Table, part: usize, row: usize, column: usize| {
        let key = &table.parts[part].columns[column].key;
        let is_it = table.id == "requests" && row == 0 && key == "total";
        Some(if is_it { "77" } else { "0" }.to_owned())
    };
    for dialect in Dialect::ALL {
        let page = page(&report(1, dialect, &wrong));
        let marked = tables(&page).into_iter().flat_map(|it| it.rows.iter().flatten());
        let marked: Vec<_> = marked.filter(|it| !it.findings.is_empty()).collect();
        let wrong = marked.iter().find(|it| it.text == "77").expect("a marked cell");
        let codes = codes(&page, &wrong.findings);
        assert!(codes.contains(&"R301") && codes.contains(&"R305"), "{dialect:?} {codes:?}");
        // The column's balance is broken too, and told at the total of the results.
        assert_eq!(marked.len(), 2, "{dialect:?} {marked:?}");
    }
}

#[test]
fn what_a_table_lost_is_blank_and_told_below_it() {
    let text = report(1, Dialect::Gfm, &zeros);
    let text: String = text.split_inclusive('\n').filter(|it| !it.contains("2.重复申请")).collect();
    let page = page(&text);
    let requests = tables(&page)[1];
    let row = requests.rows.iter().find(|it| it.iter().any(|it| it.text == "2.重复申请"));
    let row = row.expect("the form's row");
    assert!(row.iter().all(|it| it.range.is_none()), "{row:?}");
    assert_eq!(row.iter().filter(|it| it.text.is_empty()).count(), 7);
    let told = requests.rows.iter().flatten().flat_map(|it| &it.findings);
    let told: Vec<_> = told.chain(&requests.findings).copied().collect();
    assert!(codes(&page, &told).contains(&"T201"));
}

/// The cells' texts.
fn rows(rows: &[Vec<Cell>]) -> Vec<Vec<&str>> {
    rows.iter().map(|it| it.iter().map(|it| &*it.text).collect()).collect()
}

const OWN: &str = "| 公开方式 | 件数 |\n|---|---|\n| 网站 | 41 |\n\n";

#[test]
fn a_table_that_is_none_of_the_forms_is_shown_as_it_is() {
    let text = report(1, Dialect::Gfm, &zeros).replace("## 二、", &format!("{OWN}## 二、"));
    let page = page(&text);
    let table = tables(&page)[0];
    assert_eq!(
        (table.name, rows(&table.rows)),
        (None, vec![vec!["公开方式", "件数"], vec!["网站", "41"]])
    );
}

#[test]
fn rows_that_the_form_does_not_have_are_shown_below() {
    for dialect in [Dialect::Gfm, Dialect::Tab, Dialect::Html] {
        let text = report(1, dialect, &zeros);
        let row = text.lines().find(|it| it.contains("2.重复申请")).expect("a row");
        let unknown = row.replace("2.重复申请", "3.当面咨询");
        let text = text.replacen(row, &format!("{row}\n{unknown}\n{row}"), 1);
        let page = page(&text);
        let table = tables(&page)[1];
        let grid = Grid::new(&SCHEMAS[1].tables[1], &|_, _, _| None).rows.len();
        let below: Vec<_> = table.rows[grid..].iter().collect();
        assert_eq!(below.len(), 2, "{dialect:?} {below:?}");
        for (row, (label, code)) in
            below.iter().zip([("3.当面咨询", "T203"), ("2.重复申请", "T210")])
        {
            let cell = row.iter().find(|it| it.text == label).expect("the label");
            assert_eq!(codes(&page, &cell.findings), [code], "{dialect:?}");
            assert_eq!(row.iter().filter(|it| it.text == "0").count(), 7, "{dialect:?}");
        }
    }
}

#[test]
fn a_paragraph_is_divided_where_a_finding_is() {
    let text = report(1, Dialect::Html, &zeros)
        .replace("数据见本报告第三部分", "全年新收政府信息公开申请<b>3</b>件，均按期答复");
    let page = page(&text);
    let runs = page.nodes.iter().filter_map(|it| match it {
        Node::Text(text) => Some(&text.runs),
        Node::Table(_) => None,
    });
    let runs = runs.into_iter().find(|it| it.iter().any(|it| !it.findings.is_empty()));
    let runs = runs.expect("a sentence with a finding");
    let parts: Vec<_> = runs.iter().map(|it| (&*it.text, codes(&page, &it.findings))).collect();
    assert_eq!(parts.len(), 3, "{parts:?}");
    assert_eq!(parts[1], ("3", vec!["N405"]));
    assert_eq!(&text[runs[1].range.clone()], "3");
}

#[test]
fn of_many_reports_the_one_at_the_cursor_is_shown() {
    let one = report(1, Dialect::Gfm, &zeros);
    let text = [&one, "\n", &one.replace("水务局", "林业局")].concat();
    for (at, shown, agency) in
        [(0, 0, "水务局"), (one.len() / 2, 0, "水务局"), (one.len() + 9, 1, "林业局")]
    {
        let page = page_at(&text, at);
        assert_eq!((page.reports.len(), page.shown), (2, shown));
        assert!(texts(&page, Style::Title)[0].contains(agency));
        let bytes = page.reports[shown].clone();
        assert!(sources(&page).iter().all(|it| bytes.start <= it.1.start && it.1.end <= bytes.end));
    }
}

#[test]
fn a_text_that_is_no_report_has_no_page() {
    let checked = check(&Document::new("# 会议记录\n"), &Config::default(), None, &|| false);
    assert!(preview(&checked.expect("not cancelled"), 0).is_none());
}

#[test]
fn whatever_lines_a_report_lost_the_page_shows_what_stands_in_it() {
    for dialect in Dialect::ALL {
        let text = report(1, dialect, &zeros);
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for lost in (0..lines.len()).step_by(11) {
            let end = (lost + lost % 5).min(lines.len());
            let text = [lines[..lost].concat(), lines[end..].concat()].concat();
            for (shown, range) in sources(&page(&text)) {
                let source = text.get(range).expect("characters of the text");
                assert_eq!(strip_markup(source).trim(), shown.trim(), "{dialect:?} {lost}");
            }
        }
    }
}
