//! The title of a report, its agency and its year.
//!
//! A title is one line, or up to three short ones with nothing but blank lines between
//! them. A sentence that names the report is no title.

use std::borrow::Cow;
use std::ops::Range;

use super::line::{Line, letter};
use super::wordings::numeral;
use crate::Blocks;
use crate::finding::Place;
use crate::report::Title;
use crate::scan::Sieve;
use crate::words::{self, Words};

/// Letters of the longest title that is believed.
const LONGEST: usize = 60;
/// Lines that a title may be broken over.
const MOST_LINES: usize = 3;
/// Lines after a title or heading that may decide how it is read.
pub(super) const CONTEXT: usize = MOST_LINES;
/// Letters of a line that a title was broken into.
const LONGEST_PART: usize = 34;

/// A title.
pub(super) struct Found {
    pub(super) title: Title,
    /// How sure it is: with year and agency, in the page and not in its head.
    pub(super) rank: u8,
}

/// The titles among some lines.
pub(super) fn titles(blocks: &Blocks, lines: &[Line]) -> Vec<Found> {
    spans(lines).iter().filter_map(|it| read(blocks, lines, it)).collect()
}

/// Where titles stand among some lines.
pub(super) fn spans(lines: &[Line]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for end in 1..=lines.len() {
        if !lines[end - 1].may_end_title {
            continue;
        }
        let free = found.last().map_or(0, |it| it.lines.end);
        let span = ending_at(&lines[free.min(end)..end]);
        let Some(mut span) = span.map(|it| it.moved(free)) else { continue };
        let next = lines.get(end).filter(|it| is_year_alone(it));
        if let Some(next) = next
            && year_in(&joined(&lines[span.lines.clone()])).is_none()
        {
            span = Span { lines: span.lines.start..end + 1, last: next.letters().len() };
        }
        found.push(span);
    }
    found
}

/// Whether a title may end with a line, as far as the line tells.
pub(super) fn may_end_with(line: &Line) -> bool {
    let may_end = || ends(line.letters()).any(|it| end_in(line, it).is_some());
    (may_be_part(line) && may_end()) || flattened(line).is_some()
}

/// How many letters stand before each place, from the last one on, where a title may end by the
/// last letter of the words that end one.
fn ends(letters: &[char]) -> impl Iterator<Item = usize> {
    (1..=letters.len()).rev().filter(|it| matches!(letters[it - 1], '报' | '告'))
}

/// Lines and the letters of their concatenation that are a title.
pub(super) struct Span {
    pub(super) lines: Range<usize>,
    /// Letters of the last line that belong to the title.
    last: usize,
}

impl Span {
    fn moved(self, by: usize) -> Self {
        Self { lines: self.lines.start + by..self.lines.end + by, ..self }
    }
}

/// The title that ends with the last of some lines.
pub(super) fn ending_at(lines: &[Line]) -> Option<Span> {
    let end = lines.len();
    let line = lines.last()?;
    for start in (end.saturating_sub(MOST_LINES)..end).rev() {
        let part = &lines[start];
        if !may_be_part(part) || (start + 1 < end && part.letters().len() > LONGEST_PART) {
            break;
        }
        if let Some(last) = title_end(&lines[start..end]) {
            return Some(Span { lines: extended(lines, start), last });
        }
    }
    let last = flattened(line)?;
    Some(Span { lines: end - 1..end, last })
}

/// The letters of a title at the start of a line that goes on with a sentence, as a page
/// has it that lost its line breaks.
fn flattened(line: &Line) -> Option<usize> {
    const END: [char; 8] = ['公', '开', '工', '作', '年', '度', '报', '告'];
    const NEXT: [&str; 9] =
        ["根据", "按照", "依据", "本报告", "本年", "来源", "发布", "日期", "一、"];
    // Most lines need not be read further.
    if !line.text().contains('度') || !starts_plainly(line) {
        return None;
    }
    let at = line.letters().windows(END.len()).take(LONGEST).position(|it| it == END)? + END.len();
    let rest = line.after(at).trim_start();
    let is_plain = !line.slice(0..at).contains(STOPS);
    (is_plain && NEXT.iter().any(|it| rest.starts_with(it))).then_some(at)
}

/// Signs that a title does not contain.
const STOPS: [char; 11] = ['。', '；', ';', '！', '？', '，', ',', '：', ':', '〉', '»'];

/// Whether a line could be a title or a part of one.
fn may_be_part(line: &Line) -> bool {
    static SIEVE: Sieve = Sieve::EMPTY.with(&STOPS);
    let stops = || SIEVE.sift(line.text()).any(|it| line.text()[it.0..].starts_with(STOPS));
    starts_plainly(line) && !stops() && line.letters().len() <= LONGEST
}

/// Whether a line starts as no sentence and no link does.
fn starts_plainly(line: &Line) -> bool {
    static PROSE: Words<17> = Words::new([
        "Page",
        "现",
        "根据",
        "按照",
        "依据",
        "本报告",
        "本年报",
        "为",
        "特",
        "以下",
        "详见",
        "附件",
        "上一",
        "下一",
        "当前",
        "首页",
        "关于印发",
    ]);
    let text = line.text().trim_start();
    // 首页 > 政务公开, but not <机关名称>, which is to be filled in.
    let is_trail = text.contains('>') && !text.contains('<');
    let is_numbered = text.chars().nth(1) == Some('、');
    !is_trail && !is_numbered && !PROSE.start(text) && !text.starts_with(['（', '('])
}

/// Where a title that these lines are together ends, in letters of the last line.
fn title_end(lines: &[Line]) -> Option<usize> {
    const ENDS: [&str; 8] = [
        "年度报告",
        "年度工作报告",
        "年报",
        "公开工作报告",
        "公开情况报告",
        "公开情况的报告",
        "公开工作情况报告",
        "公开工作情况的报告",
    ];
    let letters = joined(lines);
    let has = |word: &str| rfind(&letters, word).is_some();
    if letters.len() > LONGEST || !(has("信息公开") || has("政务公开")) {
        return None;
    }
    let is_end = |it: &usize| ENDS.iter().any(|word| ends_with(&letters[..*it], word));
    let end = ends(&letters).find(is_end)?;
    let last = lines.last()?;
    let own = end.checked_sub(letters.len() - last.letters().len()).filter(|it| *it > 0)?;
    end_in(last, own)
}

/// Where a title ends whose words end after so many letters of its last line.
fn end_in(last: &Line, own: usize) -> Option<usize> {
    let rest = &last.letters()[own..];
    if is_year_mark(rest) {
        return Some(last.letters().len());
    }
    (rest.is_empty() || is_set_apart(last.after(own))).then_some(own)
}

/// Whether what follows is set apart: `（公开）`, ` - 某市人民政府`, `_政务公开`.
fn is_set_apart(rest: &str) -> bool {
    rest.trim_start().starts_with(['（', '(', '_', '-', '—', '–', '|', '｜', '【', '['])
}

/// Whether letters are a year alone: 2023年, 2023年度.
fn is_year_mark(letters: &[char]) -> bool {
    let Some((_, place)) = year_in(letters) else { return false };
    place.start == 0 && matches!(letters[place.end..], [] | ['年'] | ['年', '度'])
}

/// Whether a line is a year alone.
fn is_year_alone(line: &Line) -> bool {
    let first = line.text().chars().find_map(letter);
    first.and_then(digit).is_some() && is_year_mark(line.letters())
}

/// The letters of lines, one after the other.
fn joined<'a>(lines: &[Line<'a>]) -> Cow<'a, [char]> {
    match lines {
        [line] => line.letters().into(),
        _ => lines.iter().flat_map(Line::letters).copied().collect(),
    }
}

/// The lines of a title from `start`, with those before it that hold its missing agency
/// or year.
fn extended(lines: &[Line], start: usize) -> Range<usize> {
    let end = lines.len();
    let mut start = start;
    while start > 0 && end - start < MOST_LINES {
        let line = &lines[start - 1];
        if line.letters().len() > LONGEST_PART || !may_be_part(line) {
            break;
        }
        let year = year_in(&joined(&lines[start..]));
        let lacks_agency = || agency_in(&lines[start..], year.as_ref()).is_none();
        let dated =
            year_in(line.letters()).filter(|it| is_year_mark(&line.letters()[it.1.start..]));
        let name = &line.letters()[..dated.as_ref().map_or(line.letters().len(), |it| it.1.start)];
        let gives = (dated.is_none() || year.is_none())
            && (name.is_empty() || (is_agency(name) && lacks_agency()));
        if !gives {
            break;
        }
        start -= 1;
    }
    start..end
}

/// Whether a line is the name of a public body, as far as its end tells.
fn is_agency(letters: &[char]) -> bool {
    const ENDS: [&str; 16] = [
        "局", "委", "会", "室", "办", "府", "厅", "道", "处", "镇", "乡", "院", "中心", "署", "部",
        "队",
    ];
    letters.len() > 2
        && ENDS.iter().any(|it| ends_with(letters, it))
        && rfind(letters, "公开").is_none()
}

fn ends_with(letters: &[char], word: &str) -> bool {
    let mut letters = letters.iter().rev();
    word.chars().rev().all(|it| letters.next() == Some(&it))
}

/// Where a word stands last among letters.
fn rfind(letters: &[char], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    (0..letters.len()).rev().filter(|it| letters[*it] == first).find(|start| {
        let mut letters = letters[*start..].iter();
        word.chars().all(|it| letters.next() == Some(&it))
    })
}

fn read(blocks: &Blocks, lines: &[Line], span: &Span) -> Option<Found> {
    let part = &lines[span.lines.clone()];
    let (first, last) = (part.first()?, part.last()?);
    let letters = joined(part);
    let year = year_in(&letters);
    let agency = agency_in(part, year.as_ref());
    let place = spanning(blocks, first.place(0..1), last.place(span.last - 1..span.last));
    let letters = letters.len() - (last.letters().len() - span.last);
    let text = original(part, &(0..letters));
    let rank = 1 + 2 * u8::from(year.is_some()) + 2 * u8::from(agency.is_some())
        - u8::from(first.is_page_title());
    let year = year.and_then(|it| Some((it.0, place_of(part, &it.1)?)));
    Some(Found { title: Title { place, text, agency, year }, rank })
}

/// From the start of one place to the end of another.
pub(super) fn spanning(blocks: &Blocks, first: Place, last: Place) -> Place {
    let between = &blocks[first.block as usize..last.block as usize];
    let before: usize = between.iter().map(crate::block::Block::len).sum();
    let range =
        gouji_syntax::range(first.range.start() as usize, before + last.range.end() as usize);
    Place::new(first.block as usize, range)
}

/// Letters of the concatenation of lines, cut at the lines' ends.
fn pieces<'a>(
    lines: &'a [Line<'a>],
    letters: &'a Range<usize>,
) -> impl Iterator<Item = (&'a Line<'a>, Range<usize>)> {
    let mut before = 0;
    lines.iter().filter_map(move |line| {
        let own = before..before + line.letters().len();
        before = own.end;
        let part = letters.start.max(own.start)..letters.end.min(own.end);
        (part.start < part.end).then(|| (line, part.start - own.start..part.end - own.start))
    })
}

/// Where letters stand, if all stand in one line.
fn place_of(lines: &[Line], letters: &Range<usize>) -> Option<Place> {
    let mut pieces = pieces(lines, letters);
    let (line, part) = pieces.next()?;
    pieces.next().is_none().then(|| line.place(part))
}

/// The visible text of letters, without white space.
fn original(lines: &[Line], letters: &Range<usize>) -> String {
    let mut text = String::with_capacity(letters.len() * '中'.len_utf8());
    for (line, part) in pieces(lines, letters) {
        line.slice(part).split_whitespace().for_each(|it| text.push_str(it));
    }
    text
}

/// The year in a title and its digits: 2023, 二〇二三.
fn year_in(letters: &[char]) -> Option<(i32, Range<usize>)> {
    let mut at = 0;
    while at + 4 <= letters.len() {
        let digits = &letters[at..at + 4];
        let is_digit = |it: usize| letters.get(it).copied().and_then(digit).is_some();
        let year = digits.iter().try_fold(0, |sum, it| Some(sum * 10 + digit(*it)?));
        match year {
            Some(year) if YEARS.contains(&year) && !is_digit(at + 4) => {
                return Some((year, at..at + 4));
            }
            _ => at += 1,
        }
    }
    None
}

/// The 政府信息公开条例 took effect in 2008.
const YEARS: std::ops::RangeInclusive<i32> = 2007..=2099;

fn digit(c: char) -> Option<i32> {
    match c {
        '零' | '〇' => Some(0),
        '0'..='9' => Some(c as i32 - '0' as i32),
        '十' => None,
        _ => numeral(c).and_then(|it| i32::try_from(it).ok()),
    }
}

/// The agency in a title: before the year, or between it and the subject.
fn agency_in(lines: &[Line], year: Option<&(i32, Range<usize>)>) -> Option<String> {
    let letters = joined(lines);
    let subject = |part: &Range<usize>| {
        ["政府信息公开", "政府信息与政务公开", "政务公开", "信息公开"]
            .iter()
            .find_map(|it| rfind(&letters[part.clone()], it))
            .map(|it| part.start + it)
    };
    let before = 0..year.map_or(letters.len(), |it| it.1.start);
    let before = 0..subject(&before).unwrap_or(before.end);
    let is_all = year.is_none() && before.end == letters.len();
    if !before.is_empty() && !is_all {
        return named(lines, before);
    }
    let after = year?.1.end..letters.len();
    let words = letters[after.start..].iter().take_while(|it| matches!(it, '年' | '度')).count();
    named(lines, after.start + words..subject(&after)?)
}

/// The agency's name without the words around it.
fn named(lines: &[Line], letters: Range<usize>) -> Option<String> {
    if letters.is_empty() {
        return None;
    }
    let text = original(lines, &letters);
    let text = words::trim_end(words::trim_start(&text, "关于"), "关于");
    let text = text.trim_start_matches(['《', '“']);
    // 某市人民政府信息公开: the two words share 政府.
    let shared = text.ends_with("人民") && !text.ends_with("政府");
    (text.chars().count() > 1).then(|| text.to_owned() + if shared { "政府" } else { "" })
}
