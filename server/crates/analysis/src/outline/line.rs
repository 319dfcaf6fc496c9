//! Lines of a report as they are matched: their letters, and the way back to the source.
//!
//! Offsets called letters count the characters that matter in a match; all others are
//! bytes of the line's visible text or of its block.

use std::mem::take;
use std::ops::Range;

use gouji_syntax::plain::Plain;
use gouji_syntax::{BlockKind, TableKind};

use crate::Document;
use crate::finding::Place;
use crate::label::fold;

/// A line with visible letters.
pub(super) struct Line {
    /// The block that it is in.
    pub(super) block: usize,
    /// Letters and digits in half width and simplified.
    pub(super) letters: Vec<char>,
    /// Where each letter stands in the visible text.
    spans: Vec<Range<u32>>,
    /// The visible text.
    plain: Plain,
    /// Whether Markdown or HTML marks it as a heading: `##`, `<h2>`.
    pub(super) is_marked: bool,
    /// Whether it is the `<title>` of a page.
    pub(super) is_page_title: bool,
    /// Whether text stands before it, after the line before, that can be no heading.
    pub(super) follows_text: bool,
}

impl Line {
    /// The visible text.
    pub(super) fn text(&self) -> &str {
        &self.plain.text
    }

    /// The visible text of some letters and all between them.
    pub(super) fn slice(&self, letters: Range<usize>) -> &str {
        &self.plain.text[self.bytes(&letters)]
    }

    /// The visible text before a letter.
    pub(super) fn before(&self, letter: usize) -> &str {
        let end = self.spans.get(letter).map_or(self.plain.text.len(), |it| it.start as usize);
        &self.plain.text[..end]
    }

    /// The visible text after so many letters.
    pub(super) fn after(&self, letters: usize) -> &str {
        let last = letters.checked_sub(1).and_then(|it| self.spans.get(it));
        &self.plain.text[last.map_or(0, |it| it.end as usize)..]
    }

    /// Where some letters stand in the document.
    pub(super) fn place(&self, letters: Range<usize>) -> Place {
        let bytes = self.bytes(&letters);
        Place::new(self.block, self.plain.source(gouji_syntax::range(bytes.start, bytes.end)))
    }

    fn bytes(&self, letters: &Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) =
            (self.spans.get(letters.start), letters.end.checked_sub(1).map(|it| &self.spans[it]))
        else {
            return 0..0;
        };
        let (start, end) = (first.start as usize, last.end.max(first.start) as usize);
        // A bracket that opens among the letters closes with them.
        let opens = self.plain.text[start..end].rfind(['（', '(']);
        let closes = self.plain.text[start..end].rfind(['）', ')']);
        let bracket = self.plain.text[end..].chars().next().filter(|it| matches!(it, '）' | ')'));
        start..end + bracket.filter(|_| opens > closes).map_or(0, char::len_utf8)
    }

    fn new(block: usize, source: &str, at: usize) -> Self {
        let plain = Plain::new(source, at as u32);
        let (mut letters, mut spans) = (Vec::new(), Vec::new());
        for (at, c) in plain.text.char_indices() {
            let Some(letter) = letter(c) else { continue };
            letters.push(letter);
            spans.push(at as u32..(at + c.len_utf8()) as u32);
        }
        let start = source.trim_start();
        let is_marked = start.starts_with('#') || {
            let bytes = start.as_bytes();
            bytes.len() > 3 && matches!(&bytes[..2], b"<h" | b"<H") && bytes[2].is_ascii_digit()
        };
        let is_page_title = source.contains("<title") || source.contains("<TITLE");
        Self { block, letters, spans, plain, is_marked, is_page_title, follows_text: false }
    }
}

/// What a character is in a match; `None` where it does not matter.
pub(super) fn letter(c: char) -> Option<char> {
    // Round signs that stand for the numeral 〇 in years.
    if matches!(c, '○' | '◯' | '〇') {
        return Some('〇');
    }
    let c = fold(c);
    c.is_alphanumeric().then_some(c)
}

/// The letters of a wording.
pub(super) fn letters(text: &str) -> Vec<char> {
    text.chars().filter_map(letter).collect()
}

/// The lines of some blocks that may be titles or hold headings: all but rows of several
/// cells, HTML tables, fences and comments.
pub(super) fn lines(doc: &Document, blocks: Range<usize>) -> Vec<Line> {
    let mut found = Vec::new();
    let mut follows_text = false;
    for index in blocks {
        let Some(block) = doc.blocks().get(index) else { break };
        let is_table = matches!(block.data.kind, BlockKind::Table(_));
        match block.data.kind {
            BlockKind::Heading
            | BlockKind::Paragraph
            | BlockKind::Table(TableKind::Pipe | TableKind::Tab) => (),
            BlockKind::Table(TableKind::Html) | BlockKind::Fence => {
                follows_text = true;
                continue;
            }
            BlockKind::Blank | BlockKind::Comment => continue,
        }
        let mut at = 0;
        for source in block.data.text.split_inclusive(['\n', '\r']) {
            let body = source.trim_end_matches(['\n', '\r']);
            let line = (may_matter(body) && (!is_table || is_single_cell(body)))
                .then(|| Line::new(index, body, at))
                .filter(|it| !it.letters.is_empty());
            match line {
                Some(line) => found.push(Line { follows_text: take(&mut follows_text), ..line }),
                None => follows_text |= body.contains(char::is_alphanumeric),
            }
            at += source.len();
        }
    }
    found
}

/// A cheap test that leaves out single numbers and paragraphs without any heading word.
fn may_matter(line: &str) -> bool {
    const SHORT: usize = 240;
    const WORDS: [&str; 4] = ["情况", "情況", "事项", "事項"];
    let is_heading = || WORDS.iter().any(|it| line.contains(it));
    let is_title = || line.find("报告").is_some_and(|it| it < SHORT);
    line.len() >= "总计".len() && (line.len() <= SHORT || is_heading() || is_title())
}

/// A line with one cell, or with a number and a cell: `一、⇥总体情况`.
fn is_single_cell(line: &str) -> bool {
    let mut cells = line.split(['|', '\t']).map(str::trim).filter(|it| !it.is_empty());
    let Some(first) = cells.next() else { return false };
    match (cells.next(), cells.next()) {
        (None, _) => true,
        (Some(_), None) => first.chars().count() <= 3 && first.ends_with('、'),
        _ => false,
    }
}
