//! Visible text and the way back to the source.

use gouji_syntax::plain::{Plain, lines, strip_markup};
use gouji_syntax::range;
use proptest::prelude::*;

/// The source of `part`, which occurs in the visible text of `source`.
fn source_of<'a>(source: &'a str, part: &str) -> &'a str {
    let plain = Plain::new(source, 0);
    let start = plain.text.find(part).expect("part of the text");
    &source[plain.source(range(start, start + part.len()))]
}

#[test]
fn tags_emphasis_and_entities_are_resolved() {
    for (source, expected) in [
        ("<p>全年<b>公开</b>信息<span class='a>b'>20</span>条。</p>", "全年公开信息20条。"),
        ("**20**条", "20条"),
        ("&ldquo;中国&middot;青禾&rdquo;", "“中国·青禾”"),
        ("甲&nbsp;乙&#12288;丙", "甲 乙\u{3000}丙"),
        ("见 <http://www.example.com/>。", "见 <http://www.example.com/>。"),
        ("邮箱<xx@example.com>", "邮箱<xx@example.com>"),
        ("1<2且3>2", "1<2且3>2"),
        ("R&D 2*3", "R&D 2*3"),
        ("甲<!-- 乙 -->丙", "甲丙"),
    ] {
        assert_eq!(Plain::new(source, 0).text, expected);
    }
}

#[test]
fn lines_are_joined_as_they_read() {
    for (source, expected) in [
        ("全年公\n开信息", "全年公开信息"),
        ("全年20\r\n\u{3000}\u{3000}条", "全年20条"),
        ("open\ngovernment", "open government"),
        ("open \n government", "open government"),
        ("113\n98", "11398"),
        ("<p>113</p><p>98</p>", "113 98"),
        ("<p>113</p>\n<p>98</p>", "113 98"),
        ("甲<br>乙", "甲乙"),
        ("3<br>件", "3件"),
    ] {
        assert_eq!(Plain::new(source, 0).text, expected, "{source:?}");
    }
}

#[test]
fn every_part_leads_back_to_its_source() {
    assert_eq!(source_of("<p>公开<b>20</b>条</p>", "20"), "20");
    assert_eq!(source_of("<p>公开<b>20</b>条</p>", "开20条"), "开<b>20</b>条");
    assert_eq!(source_of("甲&ldquo;乙&rdquo;丙", "“乙”"), "&ldquo;乙&rdquo;");
    assert_eq!(source_of("甲&ldquo;乙&rdquo;丙", "”丙"), "&rdquo;丙");
    assert_eq!(source_of("**二十**条", "二十"), "二十");
    assert_eq!(source_of("全年公\n开", "公开"), "公\n开");
    assert_eq!(source_of("open\ngovernment", "n g"), "n\ng");
}

#[test]
fn offsets_of_the_source_start_at_the_base() {
    let plain = Plain::new("<p>20", 100);
    assert_eq!(plain.source(range(0, 2)), range(103, 105));
    assert_eq!(Plain::new("", 7).source(range(0, 0)), range(0, 0));
}

#[test]
fn text_without_markup_is_borrowed() {
    assert!(matches!(strip_markup("一、总体情况"), std::borrow::Cow::Borrowed(_)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_part_leads_to_a_part_of_the_source(
        source in "([<>/&;*\r\n \"'=a1]|<p>|</p>|<br>|&nbsp;|&ldquo;|<!--|-->|中|😀|\u{feff}|\\*\\*){0,40}",
        from: prop::sample::Index,
        to: prop::sample::Index,
    ) {
        let plain = Plain::new(&source, 0);
        let mut ends: Vec<_> = plain.text.char_indices().map(|it| it.0).collect();
        ends.push(plain.text.len());
        let (a, b) = (ends[from.index(ends.len())], ends[to.index(ends.len())]);
        let part = plain.source(range(a.min(b), a.max(b)));
        let part = std::ops::Range::<usize>::from(part);
        prop_assert!(source.get(part.clone()).is_some(), "{part:?} in {source:?}");
    }
}

#[test]
fn a_line_is_what_a_reader_sees_on_one() {
    for (source, expected) in [
        ("甲\n乙\r\n丙", vec!["甲", "乙", "丙"]),
        ("<p>甲</p><p>乙\n丙</p>", vec!["甲", "乙丙"]),
        ("甲<br>乙", vec!["甲", "乙"]),
        ("<b>甲</b>\n乙", vec!["甲", "乙"]),
        ("1<2\n", vec!["1<2"]),
        ("", vec![]),
    ] {
        let lines = lines(source).into_iter().map(|it| strip_markup(&source[it]).into_owned());
        let lines: Vec<_> = lines.map(|it| it.trim().to_owned()).collect();
        let lines: Vec<_> = lines.iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(lines, expected, "{source}");
    }
}
