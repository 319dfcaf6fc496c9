//! Who signed a report and when: two short lines at its end, or right below its title.

use std::borrow::Cow;
use std::ops::Range;

use gouji_syntax::{BlockKind, TextRange, table};

use crate::block::{Block, Blocks};
use crate::finding::Place;
use crate::prose::{dates_in_line, whole_date};
use crate::report::{Date, Signature, Title};
use crate::scan::{self, is_letter};
use crate::words::Words;

/// One line with something on it.
struct Line<'a> {
    place: Place,
    /// The visible text, trimmed.
    text: Cow<'a, str>,
}

/// What a line is to a signature.
enum Part {
    Agency(String, Place),
    Date(Date, Place),
    Both((String, Place), (Date, Place)),
    /// A line that stands below signatures: （此件公开发布）, 附件, page furniture.
    Notice,
    Text,
}

/// Lines looked at from the end: the signature, notices and page furniture after it.
const LAST_LINES: usize = 14;

/// Lines looked at for a signature with other parts of a page after it.
const FURNITURE_LINES: usize = 60;

/// Lines looked at below the title.
const FIRST_LINES: usize = 3;

/// Reads the signature of a report.
pub(crate) fn signature(blocks: &Blocks, title: Option<&Title>) -> Signature {
    let agency = title.and_then(|it| it.agency.as_deref());
    let mut signature = at_end(blocks, agency);
    if signature.agency.is_none() || signature.date.is_none() {
        signature = before_furniture(blocks, agency).unwrap_or(signature);
    }
    let is_whole = signature.agency.is_some() && signature.date.is_some();
    if let Some(title) = title.filter(|_| !is_whole) {
        let top = below(blocks, title, agency);
        signature.agency = signature.agency.or(top.agency);
        signature.date = signature.date.or(top.date);
    }
    signature
}

/// The last agency and date, with nothing but notices after them.
fn at_end(blocks: &Blocks, agency: Option<&str>) -> Signature {
    let mut signature = Signature::default();
    for line in last_lines(blocks).take(LAST_LINES) {
        match part(&line, agency) {
            Part::Notice => (),
            Part::Date(date, place) if signature.date.is_none() => {
                signature.date = Some((date, place));
            }
            Part::Agency(name, place) if signature.agency.is_none() => {
                signature.agency = Some((name, place));
            }
            Part::Both(name, date) if signature.agency.is_none() && signature.date.is_none() => {
                (signature.agency, signature.date) = (Some(name), Some(date));
            }
            _ => break,
        }
        if signature.agency.is_some() && signature.date.is_some() {
            break;
        }
    }
    signature
}

/// An agency and a date one after the other, with the rest of a saved page after them: links,
/// a copyright, a list of other reports.
fn before_furniture(blocks: &Blocks, agency: Option<&str>) -> Option<Signature> {
    let mut after = None;
    for line in last_lines(blocks).take(FURNITURE_LINES) {
        let this = part(&line, agency);
        let (name, date) = match (this, after.take()) {
            (Part::Both(name, date), _) => (name, date),
            (Part::Agency(name, place), Some(Part::Date(date, day)))
            | (Part::Date(date, day), Some(Part::Agency(name, place))) => {
                ((name, place), (date, day))
            }
            (this, _) => {
                after = Some(this);
                continue;
            }
        };
        return Some(Signature { agency: Some(name), date: Some(date) });
    }
    None
}

/// An agency and a date in the lines right below the title.
fn below(blocks: &Blocks, title: &Title, agency: Option<&str>) -> Signature {
    let mut signature = Signature::default();
    let after = end_of(blocks, title.place);
    let lines = (after.0..blocks.len()).flat_map(|it| lines(blocks, it));
    let below =
        lines.filter(|it| (it.place.block as usize, it.place.range.start() as usize) >= after);
    for line in below.take(FIRST_LINES) {
        match part(&line, agency) {
            Part::Date(date, place) if signature.date.is_none() => {
                signature.date = Some((date, place));
            }
            Part::Agency(name, place) if signature.agency.is_none() => {
                signature.agency = Some((name, place));
            }
            _ => break,
        }
    }
    signature
}

/// Block and byte at which a place ends.
fn end_of(blocks: &Blocks, place: Place) -> (usize, usize) {
    let mut block = place.block as usize;
    let mut end = place.range.end() as usize;
    while let Some(width) = blocks.get(block).map(Block::len) {
        if end <= width {
            break;
        }
        end -= width;
        block += 1;
    }
    (block, end)
}

/// The lines of the report's end, last first. A table ends them.
fn last_lines(blocks: &Blocks) -> impl Iterator<Item = Line<'_>> {
    let is_table = |it: &usize| {
        let data = blocks.get(*it).map(|it| &it.data);
        // One line with a separator is a page's menu or footer.
        data.is_some_and(|it| {
            matches!(it.kind, BlockKind::Table(_)) && it.text.trim_end().contains(['\n', '\r'])
        })
    };
    let tail = (0..blocks.len()).rev().take_while(move |it| !is_table(it));
    tail.flat_map(|it| lines(blocks, it).rev())
}

/// The lines of a block.
fn lines(blocks: &Blocks, block: usize) -> impl DoubleEndedIterator<Item = Line<'_>> {
    let is_text = |it: &&Block| matches!(it.data.kind, BlockKind::Paragraph | BlockKind::Heading);
    let source = blocks.get(block).filter(is_text);
    // Most are one line.
    let only = source.and_then(|it| table::only_cell(&it.data.text));
    let several = source.filter(|_| only.is_none()).map_or(&[][..], |it| it.cells().rows.cells());
    let ranges = only.into_iter().chain(several.iter().map(|it| it.text.into()));
    ranges.filter_map(move |range: Range<usize>| {
        let (range, text) = scan::visible(source?.data.text.get(range.clone())?, range.start);
        (!text.is_empty()).then(|| Line { place: Place::new(block, range), text })
    })
}

fn part(line: &Line, agency: Option<&str>) -> Part {
    if is_notice(&line.text) {
        return Part::Notice;
    }
    let may_be_date =
        || line.text.contains('月') || line.text.bytes().any(|it| it.is_ascii_digit());
    if let Some(date) = may_be_date().then(|| whole_date(&line.text)).flatten() {
        return Part::Date(date, trimmed(line, &line.text));
    }
    if let Some(name) = agency_in(&line.text, agency) {
        return Part::Agency(name, line.place);
    }
    both(line, agency).unwrap_or(Part::Text)
}

/// 青禾市水务局 2024年1月20日 on one line.
fn both(line: &Line, agency: Option<&str>) -> Option<Part> {
    let written = line.text.contains('月').then(|| dates_in_line(&line.text).pop())??;
    let (before, date) = line.text.split_at(written.range.start);
    let before = before.trim_end();
    let day = whole_date(date)?;
    let part = |start: usize, len: usize| {
        let base = usize::from(line.place.text_range().start()) + start;
        Place::new(line.place.block as usize, gouji_syntax::range(base, base + len))
    };
    let name = agency_in(before, agency)?;
    let date_place = part(written.range.start, date.trim_end().len());
    Some(Part::Both((name, part(0, before.len())), (day, date_place)))
}

/// The place of a date without the brackets around it.
fn trimmed(line: &Line, text: &str) -> Place {
    let inner = text.trim_start_matches(['（', '(', '[', '【', ' ']);
    let start = text.len() - inner.len();
    let inner = inner.trim_end_matches(['）', ')', ']', '】', ' ', '。']);
    let range = line.place.text_range();
    // With markup inside, the visible offsets are not the source's: keep the whole line.
    if usize::from(range.len()) != text.len() {
        return line.place;
    }
    let base = usize::from(range.start()) + start;
    let range: TextRange = gouji_syntax::range(base, base + inner.len());
    Place::new(line.place.block as usize, range)
}

/// An agency's name without the spaces that stretch it and the note that it is sealed.
fn name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    name.extend(text.chars().filter(|it| !it.is_whitespace()));
    if name.ends_with(['）', ')']) {
        for seal in ["（盖章）", "(盖章)", "（公章）", "（印章）", "（章）"] {
            name = name.strip_suffix(seal).map(str::to_owned).unwrap_or(name);
        }
    }
    name.strip_prefix("单位：").or(name.strip_prefix("署名：")).map(str::to_owned).unwrap_or(name)
}

/// The name in a short line that ends as agencies' names do, or is the name in the title.
fn agency_in(text: &str, agency: Option<&str>) -> Option<String> {
    const LONGEST: usize = 30;
    static ENDS: Words<34> = Words::new([
        "局",
        "委",
        "办",
        "府",
        "街道",
        "管委会",
        "委员会",
        "中心",
        "厅",
        "院",
        "所",
        "处",
        "部",
        "会",
        "站",
        "队",
        "社",
        "馆",
        "校",
        "大学",
        "学院",
        "公司",
        "集团",
        "银行",
        "法院",
        "检察院",
        "办公室",
        "办事处",
        "镇",
        "乡",
        "区",
        "县",
        "市",
        "署",
    ]);
    let is_in_name = |it: char| is_letter(it) || matches!(it, '（' | '）' | '·' | '(' | ')');
    // Most lines are sentences.
    let last = |text: &str| text.chars().next_back();
    if !last(text).is_some_and(is_in_name) && agency.and_then(last) != last(text) {
        return None;
    }
    let name = name(text);
    if agency.is_some_and(|it| it == name) {
        return Some(name);
    }
    let count = name.chars().count();
    let is_agency = (4..=LONGEST).contains(&count)
        && name.chars().all(is_in_name)
        && !name.starts_with(|it: char| it.is_ascii_digit())
        && ENDS.end(&name);
    is_agency.then_some(name)
}

/// Lines that stand below a signature without being part of it.
fn is_notice(text: &str) -> bool {
    static STARTS: Words<28> = Words::new([
        "（此件",
        "(此件",
        "此件",
        "附件",
        "附：",
        "抄送",
        "扫一扫",
        "更多精彩",
        "打印",
        "关闭",
        "分享",
        "上一篇",
        "下一篇",
        "责任编辑",
        "编辑：",
        "来源",
        "相关附件",
        "返回",
        "【",
        "字号",
        "信息来源",
        "公开方式",
        "公开属性",
        "主办",
        "承办",
        "联系我们",
        "网站地图",
        "<",
    ]);
    const LONGEST: usize = 60;
    STARTS.start(text) && text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Option<String>, Option<Date>) {
        let blocks = crate::testing::blocks(source);
        let found = signature(&blocks, None);
        check_places(&blocks, &found);
        (found.agency.map(|it| it.0), found.date.map(|it| it.0))
    }

    fn check_places(blocks: &Blocks, found: &Signature) {
        if let Some((name, place)) = &found.agency {
            assert!(place.text(blocks).replace([' ', '\u{3000}'], "").starts_with(name.as_str()));
        }
        if let Some((date, place)) = &found.date {
            assert_eq!(whole_date(place.text(blocks)), Some(*date));
        }
    }

    fn day(month: u32, day: u32) -> Date {
        Date { year: 2024, month, day }
    }

    #[test]
    fn agency_and_date_at_the_end_are_read() {
        let agency = Some("青禾市水务局".to_owned());
        for source in [
            "六、其他\n\n无。\n\n          青禾市水务局\n\n        2024年1月20日\n",
            "暂无其他事项。\n　　　　青禾市水务局\n　　　　2024 年 1 月 20 日",
            "无。\n\n青禾市水务局 2024年1月20日\n\n（此件公开发布）\n",
            "无。\n\n青 禾 市 水 务 局（盖章）\n\n二〇二四年一月二十日\n附件：目录",
            "无。\n\n<p align=\"right\">青禾市水务局</p>\n<p>2024年1月20日</p>\n",
            "无。\n\n2024年1月20日\n\n青禾市水务局\n\n扫一扫在手机打开当前页\n",
        ] {
            assert_eq!(read(source), (agency.clone(), Some(day(1, 20))), "{source}");
        }
    }

    #[test]
    fn a_report_without_signature_has_none() {
        for source in [
            "六、其他需要报告的事项\n\n无\n\n（此件主动公开）",
            "六、其他需要报告的事项\n2023年我区无收取信息处理费情况。",
            "六、其他需要报告的事项\n本局加强了对下属单位的管理，办公室设在水务局",
            "| 规章 | 0 |\n",
            "",
        ] {
            assert_eq!(read(source), (None, None), "{source}");
        }
    }

    #[test]
    fn one_of_both_may_be_missing() {
        assert_eq!(read("无。\n\n青禾市水务局\n"), (Some("青禾市水务局".into()), None));
        assert_eq!(read("无。\n\n2024年1月3号\n"), (None, Some(day(1, 3))));
    }

    fn titled(source: &str, title: &str) -> Signature {
        let blocks = crate::testing::blocks(source);
        let start = source.find(title).unwrap();
        let range = gouji_syntax::range(start, start + title.len());
        let title = Title {
            place: Place::new(0, range),
            text: title.to_owned(),
            agency: Some("白石镇".to_owned()),
            year: None,
        };
        let found = signature(&blocks, Some(&title));
        check_places(&blocks, &found);
        found
    }

    #[test]
    fn a_signature_below_the_title_counts() {
        let title = "白石镇2023年政府信息公开工作年度报告";
        let source = format!("{title}\n（2024年1月20日）\n\n一、总体情况\n好。\n");
        let found = titled(&source, title);
        assert_eq!(found.date.map(|it| it.0), Some(day(1, 20)));
        let source = format!("{title}\n\n白石镇\n2024年1月20日\n\n一、总体情况\n好。\n");
        let found = titled(&source, title);
        assert_eq!(found.agency.map(|it| it.0), Some("白石镇".to_owned()));
        assert_eq!(found.date.map(|it| it.0), Some(day(1, 20)));
    }

    #[test]
    fn the_date_of_the_web_page_is_no_signature() {
        let title = "白石镇2023年政府信息公开工作年度报告";
        let source = format!("{title}\n来源：白石镇 日期：2024-01-20\n\n一、总体情况\n好。\n");
        assert_eq!(titled(&source, title), Signature::default());
    }
}
