//! The cells of a block in every dialect that reports come in.

use gouji_syntax::table::{self, Cell, Cells, Dialect};
use gouji_syntax::{BlockKind, Document, TableKind};

/// The cells of the only block of `text`, which must be a table.
#[track_caller]
fn table(text: &str) -> Cells {
    let doc = Document::new(text);
    let blocks: Vec<_> = doc.blocks().cloned().collect();
    let [block] = &blocks[..] else {
        let kinds: Vec<_> = doc.blocks().map(|it| (it.data.kind, &it.data.text)).collect();
        panic!("not one block: {kinds:?}");
    };
    assert!(matches!(block.data.kind, BlockKind::Table(_)), "{:?}", block.data.kind);
    table::cells(block.data.kind, text)
}

fn show(text: &str, cells: &Cells) -> String {
    let row = |row: &[Cell]| {
        let cells: Vec<_> = row.iter().map(|it| table::cell_text(text, it)).collect();
        cells.join("·")
    };
    cells.rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Rows on lines, cells between `·`.
#[track_caller]
fn check(text: &str, dialect: Dialect, expected: &[&str]) {
    let cells = table(text);
    assert_eq!(show(text, &cells), expected.join("\n"), "{text:?}");
    assert_eq!(cells.dialect, dialect, "{text:?}");
}

/// `text` with every cell's text replaced by `x`, to show where it stands.
fn replaced(text: &str) -> String {
    let mut out = text.to_owned();
    for cell in table(text).rows.iter().flatten().rev() {
        out.replace_range(std::ops::Range::<usize>::from(cell.text), "x");
    }
    out
}

#[test]
fn gfm_with_padding_and_delimiter() {
    let text = "| 信息内容       | 本年制发件数 |\n|----------------|:------------:|\n\
                | 行政规范性文件 |       3      |\n";
    check(text, Dialect::Gfm, &["信息内容·本年制发件数", "行政规范性文件·3"]);
}

#[test]
fn gfm_without_padding() {
    check(
        "|规章|0|0|6|\n|---|---|---|---|\n|文件|1|2|3|",
        Dialect::Gfm,
        &["规章·0·0·6", "文件·1·2·3"],
    );
}

#[test]
fn gfm_keeps_blank_cells() {
    check("| 规章 | | 0 |  |\n|  | 1 ||2|\n", Dialect::Gfm, &["规章··0·", "·1··2"]);
}

#[test]
fn a_row_of_a_gfm_table_may_lack_its_outer_pipes() {
    let text = "| a | b |\n|---|---|\n规章 | 0\n| 文件 | 1\n";
    check(text, Dialect::Gfm, &["a·b", "规章·0", "文件·1"]);
}

#[test]
fn an_escaped_pipe_is_text() {
    check("| 甲\\|乙 | 0 |\n", Dialect::Gfm, &["甲|乙·0"]);
    check("| 甲\\\\| 0 |\n", Dialect::Gfm, &["甲\\\\·0"]);
}

#[test]
fn a_backslash_alone_in_a_cell_is_a_mark() {
    check("|规章|\\|\\|0|\n", Dialect::Gfm, &["规章·\\·\\·0"]);
}

#[test]
fn emphasis_is_not_part_of_a_cells_text() {
    let text = "| **总计** | **11** |\n";
    check(text, Dialect::Gfm, &["总计·11"]);
    assert_eq!(replaced(text), "| **x** | **x** |\n");
}

#[test]
fn tags_and_entities_in_a_pipe_row() {
    let text = "| 商业<br>企业 | <b>12</b> | &nbsp; | “0” |\n";
    check(text, Dialect::Gfm, &["商业企业·12··“0”"]);
    assert_eq!(replaced(text), "| x | <b>x</b> |x &nbsp; | x |\n");
}

#[test]
fn loose_pipes_with_padding() {
    let text = "第二十条第(五)项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 1493 | ||\n";
    check(
        text,
        Dialect::Pipe,
        &["第二十条第(五)项···", "信息内容·本年处理决定数量··", "行政许可·1493··"],
    );
}

#[test]
fn loose_pipes_without_padding() {
    let text = "第二十条第(一)项 |\n信息内容 | 本年制发件数 | 本年废止件数 |\n规章 | 0 | 2 |\n";
    check(
        text,
        Dialect::Pipe,
        &["第二十条第(一)项", "信息内容·本年制发件数·本年废止件数", "规章·0·2"],
    );
}

#[test]
fn loose_pipes_with_a_leading_pipe_only() {
    check("|规章 | 0 | 0\n|文件 | 1 | 2\n", Dialect::Gfm, &["规章·0·0", "文件·1·2"]);
}

#[test]
fn a_blank_first_cell_of_a_loose_row_is_kept() {
    let text = "三、办理结果 | （一）予以公开 | 1 |\n | （二）部分公开 | 2 |\n";
    check(text, Dialect::Pipe, &["三、办理结果·（一）予以公开·1", "·（二）部分公开·2"]);
}

#[test]
fn a_blank_loose_form_has_rows_of_blank_cells() {
    let text = "规章 | | | |\n行政规范性文件 | | | |\n";
    check(text, Dialect::Pipe, &["规章···", "行政规范性文件···"]);
    assert_eq!(replaced(text), "x | x| x| x|\nx | x| x| x|\n");
}

#[test]
fn one_cell_a_line_with_a_trailing_pipe() {
    check("规章 |\n0 |\n0 |\n6 |\n", Dialect::PipeCells, &["规章·0·0·6"]);
    check("规章 |", Dialect::PipeCells, &["规章"]);
}

#[test]
fn a_lone_pipe_is_a_blank_cell_where_each_line_is_a_cell() {
    let text = "一、本年新收 |\n|\n|\n0 |\n||\n二、上年结转 |\n|\n1 |\n2 |\n||\n";
    check(text, Dialect::PipeCells, &["一、本年新收···0·二、上年结转··1·2"]);
    assert_eq!(replaced(text), "x |\nx|\nx|\nx |\n||\nx |\nx|\nx |\nx |\n||\n");
}

#[test]
fn pipes_that_fill_a_row_are_no_cells_where_each_line_is_a_cell() {
    let text = "第二十条第(一)项 |\n|||\n信息内容 |\n本年制发件数 |\n规章 |\n/ |\n";
    check(text, Dialect::PipeCells, &["第二十条第(一)项·信息内容·本年制发件数·规章·/"]);
}

#[test]
fn a_lone_pipe_before_each_row() {
    let text = "|\n第二十条第(一)项 | |||\n|\n信息内容 |\n本年制发件数 |\n现行有效件数 |\n|\n规章 |\n0 |\n6 |\n";
    check(
        text,
        Dialect::PipeCells,
        &["第二十条第(一)项··信息内容·本年制发件数·现行有效件数··规章·0·6"],
    );
}

#[test]
fn texts_between_lone_pipes() {
    let text = "|\n信息内容\n|\n商业\n企业\n|\n0\n|\n|\n6\n|\n";
    check(text, Dialect::PipeCells, &["信息内容·商业企业·0··6"]);
}

#[test]
fn a_sentence_after_a_lone_pipe_is_no_cell() {
    let doc = Document::new("规章\n|\n0\n|\n本年度没有收取信息处理费。\n");
    let kinds: Vec<_> = doc.blocks().map(|it| it.data.kind).collect();
    let table = BlockKind::Table(TableKind::Pipe);
    assert_eq!(kinds, [BlockKind::Paragraph, table, BlockKind::Paragraph]);
}

#[test]
fn a_text_after_a_number_is_not_the_rest_of_its_cell() {
    for text in ["|\n0\n特此报告\n", "\t0\n特此报告\n", "规章\t0\n特此报告\n"] {
        let doc = Document::new(text);
        assert_eq!(doc.blocks().last().unwrap().data.kind, BlockKind::Paragraph, "{text:?}");
    }
}

#[test]
fn tabs_with_shifted_cells_and_trailing_tabs() {
    let text = "三、本 年度办 理结果\t(一) 予以公开\t0\t5\t\n\t(三) 不予公开\t1.属于国家秘密\t0\t5\n\
                \t\t2.其他\t0\t5\n3.要求提供公开出版物\t\t0\t5\t\n";
    check(
        text,
        Dialect::Tab,
        &[
            "三、本 年度办 理结果·(一) 予以公开·0·5·",
            "·(三) 不予公开·1.属于国家秘密·0·5",
            "··2.其他·0·5",
            "3.要求提供公开出版物··0·5·",
        ],
    );
}

#[test]
fn a_row_of_tabs_alone_is_a_row_of_blank_cells() {
    check("\t\t0\t0\n\t\t\t\n", Dialect::Tab, &["··0·0", "···"]);
}

#[test]
fn leading_tabs_with_a_broken_header_word() {
    let text = "\t\n\t\n\t商业\n企业\n\t社会\n公益\n组织\n\t其他\n\t\n";
    check(text, Dialect::TabCells, &["··商业企业·社会公益组织·其他·"]);
    check("\t规章\n\t0\n\t\n\t6\n", Dialect::TabCells, &["规章·0··6"]);
    assert_eq!(replaced("\t规章\n\t0\n\t\n\t6\n"), "\tx\n\tx\n\tx\n\tx\n");
}

#[test]
fn one_lost_break_does_not_change_the_dialect() {
    let text = "\t规章\n\t0\n\t0\t3\n\t行政许可\n\t6\n";
    check(text, Dialect::TabCells, &["规章·0·0·3·行政许可·6"]);
    let text = "规章 |\n0 |\n0 | 3 |\n行政许可 |\n6 |\n";
    check(text, Dialect::PipeCells, &["规章·0·0·3·行政许可·6"]);
}

#[test]
fn line_terminators_do_not_matter() {
    for (text, dialect, expected) in [
        ("| 规章 | 0 |\n| 文件 | 1 |\n", Dialect::Gfm, &["规章·0", "文件·1"][..]),
        ("规章 |\n0 |\n|\n6 |\n", Dialect::PipeCells, &["规章·0··6"]),
        ("规章\t0\t\n文件\t1\t6\n", Dialect::Tab, &["规章·0·", "文件·1·6"]),
        ("\t商业\n企业\n\t0\n\t\n", Dialect::TabCells, &["商业企业·0·"]),
    ] {
        for terminator in ["\n", "\r\n", "\r"] {
            check(&text.replace('\n', terminator), dialect, expected);
        }
    }
}

#[test]
fn a_byte_order_mark_is_white_space() {
    check("\u{feff}| 规章 | 0 |\n| 文件 | 1 |\n", Dialect::Gfm, &["规章·0", "文件·1"]);
    check("\u{feff}<table><tr><td>规章<td>0</table>", Dialect::Html, &["规章·0"]);
}

#[test]
fn paragraphs_and_headings_have_a_cell_a_line() {
    let cells = |kind, text: &str| show(text, &table::cells(kind, text));
    assert_eq!(cells(BlockKind::Paragraph, "规章\n 0\r\n\r\n\u{3000}6"), "规章·0·6");
    assert_eq!(cells(BlockKind::Heading, "**一、总体情况**\n"), "一、总体情况");
    assert_eq!(cells(BlockKind::Paragraph, "<p><span>规章</span></p>\n</div>\n"), "规章");
    assert_eq!(cells(BlockKind::Fence, "```\n0\n```\n"), "");
}
