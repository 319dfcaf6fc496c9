//! Cells of HTML tables: where their text stands, and how spans lie on the grid.

use gouji_syntax::table::{self, Cell, Rows};
use gouji_syntax::{BlockKind, TableKind};

fn rows(text: &str) -> Rows {
    table::cells(BlockKind::Table(TableKind::Html), text).rows
}

fn texts(text: &str) -> String {
    let row = |row: &[Cell]| {
        let cells: Vec<_> = row.iter().map(|it| table::cell_text(text, it)).collect();
        cells.join("·")
    };
    rows(text).iter().map(row).collect::<Vec<_>>().join("\n")
}

/// `text` with every cell's text replaced by `x`.
fn replaced(text: &str) -> String {
    let mut out = text.to_owned();
    for cell in rows(text).iter().flatten().rev() {
        out.replace_range(std::ops::Range::<usize>::from(cell.text), "x");
    }
    out
}

/// (column, column span, row span) of each cell.
fn layout(text: &str) -> Vec<Vec<(u32, u32, u32)>> {
    let place = |it: &Cell| (it.column, it.column_span, it.row_span);
    rows(text).iter().map(|row| row.iter().map(place).collect()).collect()
}

#[test]
fn rows_and_cells() {
    let text = "<table>\n<tr><td>规章</td><td>0</td></tr>\n<tr>\n <td> 文件 </td>\n <td>12</td>\n</tr>\n</table>\n";
    assert_eq!(texts(text), "规章·0\n文件·12");
    let slots: Vec<_> = rows(text)[1].iter().map(|it| &text[it.slot]).collect();
    assert_eq!(slots, [" 文件 ", "12"]);
}

#[test]
fn case_attributes_groups_and_header_cells() {
    let text = "<TABLE class='a' border=1><THEAD><TR><TH scope=\"col\">内容</TH><TH>数量</TH></TR></THEAD>\
                <tbody><Tr style=\"height:1px\"><TD align=center>规章</td><td>6</TD></tr></tbody></TABLE>";
    assert_eq!(texts(text), "内容·数量\n规章·6");
}

#[test]
fn closers_may_be_missing() {
    assert_eq!(texts("<table><tr><td>规章<td>0<tr><td>文件<td>1</table>"), "规章·0\n文件·1");
    assert_eq!(texts("<table><tbody><td>规章<td>0</tbody><tbody><td>1"), "规章·0\n1");
    assert_eq!(texts("<table><tr><td>规章</td><td>0"), "规章·0");
}

#[test]
fn replacing_a_text_keeps_the_tags_around_it() {
    for (text, expected) in [
        ("<td><p><span>0</span></p></td>", "<td><p><span>x</span></p></td>"),
        ("<td>\n <p align=\"center\"> 0 </p>\n</td>", "<td>\n <p align=\"center\"> x </p>\n</td>"),
        ("<td><p>商业</p><p>企业</p></td>", "<td><p>x</p></td>"),
        ("<td>商业<br>企业</td>", "<td>x</td>"),
        ("<td><!-- 1 -->0<o:p></o:p></td>", "<td><!-- 1 -->x<o:p></o:p></td>"),
        ("<td>&ldquo;0&rdquo;</td>", "<td>x</td>"),
        ("<td>&nbsp;0&nbsp;</td>", "<td>&nbsp;x&nbsp;</td>"),
    ] {
        assert_eq!(replaced(text), expected);
    }
}

#[test]
fn a_blank_cell_has_its_place_in_the_innermost_element() {
    for (text, expected) in [
        ("<td></td>", "<td>x</td>"),
        ("<td>\n</td>", "<td>x\n</td>"),
        ("<td><p><span></span></p></td>", "<td><p><span>x</span></p></td>"),
        ("<td><p>&nbsp;</p></td>", "<td><p>x&nbsp;</p></td>"),
        ("<td><p>\u{3000}</p></td>", "<td><p>x\u{3000}</p></td>"),
        ("<td><p><br></p></td>", "<td><p>x<br></p></td>"),
        ("<td><a></a><p><span></span></p></td>", "<td><a></a><p><span>x</span></p></td>"),
        ("<td><!-- 空 --></td>", "<td>x<!-- 空 --></td>"),
    ] {
        assert_eq!(texts(text), "");
        assert_eq!(replaced(text), expected);
    }
}

#[test]
fn visible_text_of_a_cell() {
    for (text, expected) in [
        ("<td>商业<br/>企业</td>", "商业企业"),
        ("<td>商业\n  企业</td>", "商业企业"),
        ("<td><p>12</p><p>34</p></td>", "12 34"),
        ("<td><span>1</span><span>2</span></td>", "12"),
        ("<td>A&amp;B &lt;1&gt;</td>", "A&B <1>"),
        ("<td>&#19968;、</td>", "一、"),
        ("<td>a < b</td>", "a < b"),
        ("<td><http://www.example.com/></td>", "<http://www.example.com/>"),
    ] {
        assert_eq!(texts(text), expected);
    }
}

#[test]
fn columns_are_those_of_the_grid() {
    let text = "<table><tr><td rowspan=2 colspan=3>关系</td><td colspan=\"7\">申请人情况</td></tr>\
                <tr><td>自然人</td><td colspan='5'>法人</td><td>总计</td></tr></table>";
    assert_eq!(layout(text), [vec![(0, 3, 2), (3, 7, 1)], vec![(3, 1, 1), (4, 5, 1), (9, 1, 1)]]);
}

#[test]
fn a_span_in_the_middle_is_stepped_over() {
    let text = "<tr><td>1<td rowspan=3>2<td>3<tr><td>4<td>5<tr><td colspan=1>6<td>7<tr><td>8<td>9";
    assert_eq!(
        layout(text),
        [
            vec![(0, 1, 1), (1, 1, 3), (2, 1, 1)],
            vec![(0, 1, 1), (2, 1, 1)],
            vec![(0, 1, 1), (2, 1, 1)],
            vec![(0, 1, 1), (1, 1, 1)],
        ]
    );
}

#[test]
fn absurd_spans_are_cut() {
    let text = "<tr><td colspan=1000000 rowspan=99999999999999999999>a<td colspan=9>b<tr><td>c";
    assert_eq!(layout(text), [vec![(0, 256, 2), (256, 1, 1)], vec![(256, 1, 1)]]);
    let text = "<tr><td colspan=0 rowspan=0>a<td colspan=x>b<td colspan=-3>c<tr><td>d";
    assert_eq!(layout(text), [vec![(0, 1, 2), (1, 1, 1), (2, 1, 1)], vec![(1, 1, 1)]]);
}

#[test]
fn a_table_in_a_cell_is_left_out() {
    assert_eq!(texts("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"), "a");
}

#[test]
fn malformed_tables_have_what_can_be_read() {
    for (text, expected) in [
        ("<table", ""),
        ("<table><tr", ""),
        ("<table><tr><td", ""),
        ("<table></table>", ""),
        ("</td></tr></table>", ""),
        ("<td>0</tr></td></table>", "0"),
        ("<table><tr><td title=\"a>0</td><td>1</td>", "0·1"),
        ("<td>0<!-- <td>1", "0"),
        ("<td>1 < 2</td>", "1 < 2"),
    ] {
        assert_eq!(texts(text), expected, "{text}");
    }
}
