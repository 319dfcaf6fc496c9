//! Lines of a report as they are matched: their letters, and the way back to the source.
//!
//! Offsets called letters count the characters that matter in a match; all others are
//! bytes of the line's visible text or of its block.

use std::mem::take;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use gouji_syntax::plain::Plain;
use gouji_syntax::{BlockData, BlockKind, TableKind, TextRange};
use memchr::memmem;

use super::WORDINGS;
use crate::Blocks;
use crate::finding::Place;
use crate::label::fold;
use crate::scan::{self, is_letter};

/// A line with visible letters, in a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The block that it is in.
    pub(super) block: usize,
    source: &'a str,
    body: &'a Body,
    /// Whether text stands before it, after the line before, that can be no heading.
    pub(super) follows_text: bool,
}

/// A line with visible letters, in a block.
#[derive(Debug)]
pub(crate) struct Body {
    /// Where it stands in the block.
    range: TextRange,
    /// The visible text, where it is not the source itself.
    plain: Option<Box<Plain>>,
    /// Read when first asked for: most lines are told from titles and headings by less.
    letters: OnceLock<Box<Letters>>,
    /// Whether 报 is among its letters, as in every title.
    pub(super) names_report: bool,
    /// Whether it has what every heading starts with.
    pub(super) may_hold_heading: bool,
    /// Whether text stands before it in the block, after the line before, that can be no heading.
    follows_text: bool,
}

/// The characters of a line that matter in a match.
#[derive(Debug)]
struct Letters {
    /// Letters and digits in half width and simplified.
    letters: Vec<char>,
    /// Where each starts in the visible text.
    starts: Vec<u32>,
}

/// What a block is to the outline.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    lines: Vec<Body>,
    /// Whether text that can be no heading stands after the last of them.
    ends_with_text: bool,
}

impl Lines {
    /// Whether these, of a block with this text, and others say the same at the same places.
    pub(crate) fn is_same(&self, text: &str, other: &Self, other_text: &str) -> bool {
        let same = |(a, b): (&Body, &Body)| {
            a.range == b.range
                && a.follows_text == b.follows_text
                && text[Range::from(a.range)] == other_text[Range::from(b.range)]
        };
        self.ends_with_text == other.ends_with_text
            && self.lines.len() == other.lines.len()
            && self.lines.iter().zip(&other.lines).all(same)
    }
}

impl Deref for Line<'_> {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.body
    }
}

impl<'a> Line<'a> {
    /// The visible text.
    pub(super) fn text(&self) -> &'a str {
        self.body.plain.as_ref().map_or(self.source, |it| &it.text)
    }

    /// Letters and digits in half width and simplified.
    pub(super) fn letters(&self) -> &'a [char] {
        &self.read().letters
    }

    /// Whether Markdown or HTML marks it as a heading: `##`, `<h2>`.
    pub(super) fn is_marked(&self) -> bool {
        let start = self.source.trim_start();
        start.starts_with('#') || {
            let bytes = start.as_bytes();
            bytes.len() > 3 && matches!(&bytes[..2], b"<h" | b"<H") && bytes[2].is_ascii_digit()
        }
    }

    /// Whether it is the `<title>` of a page.
    pub(super) fn is_page_title(&self) -> bool {
        self.source.contains("<title") || self.source.contains("<TITLE")
    }

    /// Where some letters stand in the report.
    pub(super) fn place(&self, letters: Range<usize>) -> Place {
        let bytes = self.bytes(&letters);
        let bytes = gouji_syntax::range(bytes.start, bytes.end);
        let plain = self.plain.as_ref();
        let range = plain.map_or_else(|| bytes + self.range.start(), |it| it.source(bytes));
        Place::new(self.block, range)
    }

    /// The visible text of some letters and all between them.
    pub(super) fn slice(&self, letters: Range<usize>) -> &'a str {
        &self.text()[self.bytes(&letters)]
    }

    /// The visible text before a letter.
    pub(super) fn before(&self, letter: usize) -> &'a str {
        let start = self.read().starts.get(letter);
        start.map_or(self.text(), |it| &self.text()[..*it as usize])
    }

    /// The visible text after so many letters.
    pub(super) fn after(&self, letters: usize) -> &'a str {
        let last = letters.checked_sub(1).and_then(|it| self.span(it));
        &self.text()[last.map_or(0, |it| it.end)..]
    }

    fn read(&self) -> &'a Letters {
        self.body.letters.get_or_init(|| Box::new(Letters::new(self.text())))
    }

    fn span(&self, letter: usize) -> Option<Range<usize>> {
        let start = *self.read().starts.get(letter)? as usize;
        let first = self.text()[start..].chars().next()?;
        Some(start..start + first.len_utf8())
    }

    fn bytes(&self, letters: &Range<usize>) -> Range<usize> {
        let last = letters.end.checked_sub(1).and_then(|it| self.span(it));
        let (Some(first), Some(last)) = (self.span(letters.start), last) else { return 0..0 };
        let (start, end) = (first.start, last.end.max(first.start));
        let text = self.text();
        // A bracket that opens among the letters closes with them.
        let is_open = || {
            let last = |signs: [char; 2]| text[start..end].rfind(signs);
            last(['（', '(']) > last(['）', ')'])
        };
        let bracket = text[end..].chars().next().filter(|it| matches!(it, '）' | ')'));
        start..end + bracket.filter(|_| is_open()).map_or(0, char::len_utf8)
    }
}

impl Letters {
    fn new(text: &str) -> Self {
        // Most characters have three bytes.
        let capacity = text.len() / 3 + 1;
        let (mut letters, mut starts) =
            (Vec::with_capacity(capacity), Vec::with_capacity(capacity));
        for (at, c) in text.char_indices() {
            let Some(letter) = letter(c) else { continue };
            letters.push(letter);
            starts.push(at as u32);
        }
        Self { letters, starts }
    }
}

impl Body {
    /// A line that starts at a byte of its block; `None` where no letters are visible.
    fn new(source: &str, at: usize) -> Option<Self> {
        let is_plain = memchr::memchr3(b'<', b'&', b'*', source.as_bytes()).is_none();
        let plain = (!is_plain).then(|| Box::new(Plain::new(source, at as u32)));
        let text = plain.as_ref().map_or(source, |it| &it.text);
        text.chars().any(|it| letter(it).is_some()).then_some(())?;
        Some(Self {
            range: gouji_syntax::range(at, at + source.len()),
            letters: OnceLock::new(),
            may_hold_heading: WORDINGS.may_be_in(text),
            names_report: text.contains('报') || text.contains('報'),
            follows_text: false,
            plain,
        })
    }
}

/// What a character is in a match; `None` where it does not matter.
pub(super) fn letter(c: char) -> Option<char> {
    // Round signs that stand for the numeral 〇 in years.
    if matches!(c, '○' | '◯' | '〇') {
        return Some('〇');
    }
    let c = fold(c);
    is_letter(c).then_some(c)
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
            let source = &it.data.text[body.range];
            found.push(Line { block, source, body, follows_text });
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
    let (mut lines, mut after_text) = (Vec::new(), false);
    for (at, source) in scan::lines(&block.text) {
        let line = (may_matter(source) && (!is_table || is_single_cell(source)))
            .then(|| Body::new(source, at))
            .flatten();
        match line {
            Some(line) => lines.push(Body { follows_text: take(&mut after_text), ..line }),
            None => after_text = after_text || source.contains(is_letter),
        }
    }
    Lines { lines, ends_with_text: after_text }
}

/// A cheap test that leaves out single numbers and paragraphs without any heading word.
fn may_matter(line: &str) -> bool {
    const SHORT: usize = 240;
    const WORDS: [&str; 4] = ["情况", "情況", "事项", "事項"];
    let is_heading = || WORDS.iter().any(|it| line.contains(it));
    let is_title = || {
        let start = line.len().min(SHORT + "报告".len() - 1);
        memmem::find(&line.as_bytes()[..start], "报告".as_bytes()).is_some()
    };
    line.len() >= "总计".len() && (line.len() <= SHORT || is_title() || is_heading())
}

/// A line with one cell, or with a number and a cell: `一、⇥总体情况`.
fn is_single_cell(line: &str) -> bool {
    if has_three_cells(line) {
        return false;
    }
    let borders = memchr::memchr2_iter(b'|', b'\t', line.as_bytes()).chain([line.len()]);
    let mut start = 0;
    let cells = borders.map(|end| &line[std::mem::replace(&mut start, end + 1)..end]);
    let mut cells = cells.map(str::trim).filter(|it| !it.is_empty());
    let Some(first) = cells.next() else { return false };
    match (cells.next(), cells.next()) {
        (None, _) => true,
        (Some(_), None) => first.chars().count() <= 3 && first.ends_with('、'),
        _ => false,
    }
}

/// Whether a line has three cells with a sign that is surely no white space; so do most rows.
fn has_three_cells(line: &str) -> bool {
    let (mut cells, mut is_filled) = (0, false);
    for byte in line.bytes() {
        match byte {
            b'|' | b'\t' => is_filled = false,
            b'!'..=b'~' | 0xe4..=0xf4 if !is_filled => {
                cells += 1;
                if cells == 3 {
                    return true;
                }
                is_filled = true;
            }
            _ => (),
        }
    }
    false
}
