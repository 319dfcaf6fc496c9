//! Lines of a report as they are matched: their letters, and the way back to the source.
//!
//! Offsets called letters count the characters that matter in a match; all others are
//! bytes of the line's visible text or of its block.

use std::mem::take;
use std::ops::{Deref, Range};

use gouji_syntax::plain::Plain;
use gouji_syntax::{BlockData, BlockKind, TableKind};

use crate::Blocks;
use crate::finding::Place;
use crate::label::fold;

/// A line with visible letters, in a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The block that it is in.
    pub(super) block: usize,
    body: &'a Body,
    /// Whether text stands before it, after the line before, that can be no heading.
    pub(super) follows_text: bool,
}

/// A line with visible letters, in a block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
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
    /// Whether text stands before it in the block, after the line before, that can be no heading.
    follows_text: bool,
}

/// What a block is to the outline. Blocks that are equal in this give the same outline.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    lines: Vec<Body>,
    /// Whether text that can be no heading stands after the last of them.
    ends_with_text: bool,
}

impl Deref for Line<'_> {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.body
    }
}

impl Line<'_> {
    /// Where some letters stand in the report.
    pub(super) fn place(&self, letters: Range<usize>) -> Place {
        let bytes = self.bytes(&letters);
        Place::new(self.block, self.plain.source(gouji_syntax::range(bytes.start, bytes.end)))
    }
}

impl Body {
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

    fn new(source: &str, at: usize) -> Self {
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
        Self { letters, spans, plain, is_marked, is_page_title, follows_text: false }
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

/// The lines of a report that may be titles or hold headings.
pub(super) fn lines(blocks: &Blocks) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut after_text = false;
    for (block, it) in blocks.iter().enumerate() {
        let Lines { lines, ends_with_text } = it.lines();
        for body in lines {
            let follows_text = take(&mut after_text) || body.follows_text;
            found.push(Line { block, body, follows_text });
        }
        after_text |= ends_with_text;
    }
    found
}

/// Reads the lines of a block: all but rows of several cells, HTML tables, fences and comments.
pub(crate) fn read(block: &BlockData) -> Lines {
    let is_table = matches!(block.kind, BlockKind::Table(_));
    match block.kind {
        BlockKind::Heading
        | BlockKind::Paragraph
        | BlockKind::Table(TableKind::Pipe | TableKind::Tab) => (),
        BlockKind::Table(TableKind::Html) | BlockKind::Fence => {
            return Lines { lines: Vec::new(), ends_with_text: true };
        }
        BlockKind::Blank | BlockKind::Comment => return Lines::default(),
    }
    let (mut lines, mut after_text, mut at) = (Vec::new(), false, 0);
    for source in block.text.split_inclusive(['\n', '\r']) {
        let body = source.trim_end_matches(['\n', '\r']);
        let line = (may_matter(body) && (!is_table || is_single_cell(body)))
            .then(|| Body::new(body, at))
            .filter(|it| !it.letters.is_empty());
        match line {
            Some(line) => lines.push(Body { follows_text: take(&mut after_text), ..line }),
            None => after_text |= body.contains(char::is_alphanumeric),
        }
        at += source.len();
    }
    Lines { lines, ends_with_text: after_text }
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
