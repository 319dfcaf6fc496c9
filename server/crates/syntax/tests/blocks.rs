//! How a text is divided into blocks.

use gouji_syntax::{BlockKind, Document, TableKind};

/// A letter for each block: H heading, P paragraph, B blank, T table, F fence, C comment.
fn kinds(text: &str) -> String {
    let letter = |kind| match kind {
        BlockKind::Blank => 'B',
        BlockKind::Heading => 'H',
        BlockKind::Paragraph => 'P',
        BlockKind::Table(_) => 'T',
        BlockKind::Fence => 'F',
        BlockKind::Comment => 'C',
    };
    Document::new(text).blocks().map(|it| letter(it.data.kind)).collect()
}

fn texts(text: &str) -> Vec<String> {
    Document::new(text).blocks().map(|it| it.data.text.to_string()).collect()
}

#[test]
fn headings_in_every_dress() {
    for text in [
        "一、总体情况",
        "\u{feff}一、总体情况",
        "\u{3000}\u{3000}一、总体情况",
        "一 、总体情况",
        "十二．其他",
        "**一、总体情况**",
        "## 一、总体情况",
        "##总体情况",
        "<p>一、总体情况</p>",
        "<p><strong>一、总体情况</strong></p>",
        "<p style=\"text-indent:2em\"><span style='font-size:16pt'>一、总体情况</span></p>",
        "<h2>一、总体情况</h2>",
        "<H1>青禾市水务局2024年政府信息公开工作年度报告</H1>",
    ] {
        assert_eq!(kinds(text), "H", "{text}");
        assert_eq!(kinds(&format!("{text}\r\n")), "H", "{text}");
    }
}

#[test]
fn what_only_looks_like_a_heading() {
    for text in [
        "一是加强学习。",
        "一、本年度公开信息20条。二、收到申请3件。",
        "1.总体情况",
        "#",
        "####### 七级",
        "<p></p>",
        "第一、二季度",
    ] {
        assert_eq!(kinds(text), "P", "{text}");
    }
    let long = format!("一、{}", "很长的一段".repeat(20));
    assert_eq!(kinds(&long), "P");
}

#[test]
fn a_numbered_label_with_a_separator_is_a_table_line() {
    assert_eq!(kinds("一、本年新收政府信息公开申请数量 | 0 |\n"), "T");
    assert_eq!(kinds("\t一、本年新收政府信息公开申请数量\n\t0\n"), "T");
}

#[test]
fn html_on_one_line_is_divided_at_block_tags() {
    let text = "<div><p>一、总体情况</p><p>全年公开信息20条。</p><table><tr><td>规章</td><td>0</td></tr></table><p>完</p></div>";
    assert_eq!(
        texts(text),
        [
            "<div>",
            "<p>一、总体情况</p>",
            "<p>全年公开信息20条。</p>",
            "<table><tr><td>规章</td><td>0</td></tr></table>",
            "<p>完</p></div>",
        ]
    );
    assert_eq!(kinds(text), "PHPTP");
}

#[test]
fn a_table_begins_after_white_space_on_its_line() {
    assert_eq!(
        texts("\u{feff}\t <TABLE>\n<tr></table> \nx"),
        ["\u{feff}\t <TABLE>\n<tr></table> \n", "x"]
    );
}

#[test]
fn a_layout_table_ends_where_the_real_one_begins() {
    let text =
        "<table><tr><td>\n<p>导航</p>\n<table><tr><td>规章<td>0</table>\n</td></tr></table>\n";
    let tables = texts(text).into_iter().filter(|it| it.contains("规章")).collect::<Vec<_>>();
    assert_eq!(tables, ["<table><tr><td>规章<td>0</table>\n"]);
}

#[test]
fn a_name_that_only_begins_like_table_is_no_table() {
    assert_eq!(kinds("<tablet>x</tablet>"), "P");
}

#[test]
fn break_tags_do_not_divide_a_pipe_row() {
    assert_eq!(kinds("| 商业<br>企业 | 0 |\n| 科研<br/>机构 | 1 |\n"), "T");
}

#[test]
fn each_numbered_subheading_and_each_p_begins_a_paragraph() {
    assert_eq!(kinds("（一）主动公开\n全年20条。\n（二）依申请公开\n全年3件。\n"), "PP");
    assert_eq!(kinds("<p>甲</p>\n<p>乙</p>\n"), "PP");
    assert_eq!(kinds("甲\n<span>乙</span>\n"), "P");
}

#[test]
fn a_sentence_indented_by_a_tab_is_prose() {
    assert_eq!(kinds("\t全年公开信息20条。\n\t收到申请3件。\n"), "P");
    assert_eq!(kinds("全年公开信息20条。\t\n"), "P");
}

#[test]
fn form_feeds_and_line_separators_end_no_line() {
    assert_eq!(kinds("\u{c}一、总体情况\n"), "H");
    assert_eq!(kinds("甲\u{2028}| 0 |\n"), "T");
    assert_eq!(kinds("\u{c}\n\u{2028}\n \u{feff}\n"), "B");
}

#[test]
fn openers_without_closers_run_to_the_end() {
    assert_eq!(kinds("```\n| 0 |\n一、\n"), "F");
    assert_eq!(kinds("```\n0\n```\n```\n0"), "FF");
    assert_eq!(kinds("<!-- \n一、\n| 0 |\n"), "C");
    assert_eq!(kinds("<!-- --> x\n"), "CP");
    assert_eq!(kinds("<table>\n一、\n"), "T");
}

#[test]
fn table_kinds_are_told_by_their_separators() {
    let kind = |text: &str| Document::new(text).block(0).unwrap().data.kind;
    assert_eq!(kind("a\tb"), BlockKind::Table(TableKind::Tab));
    assert_eq!(kind("a|b\tc"), BlockKind::Table(TableKind::Pipe));
    assert_eq!(kind("<table>"), BlockKind::Table(TableKind::Html));
}

#[test]
fn scripts_and_style_sheets_of_a_page_are_no_text_of_it() {
    assert_eq!(kinds("<script>if (a < 3) write('<table>|');</script><p>甲</p>"), "CP");
    assert_eq!(kinds("<p>甲</p><STYLE type='x'>\np|a {}\n</STYLE>\n<p>乙</p>"), "PCP");
    assert_eq!(kinds("<script>\nwrite('<p>')"), "C");
    assert_eq!(kinds("<scripture>甲"), "P");
}
