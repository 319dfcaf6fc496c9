//! Lines of a report as they are matched: their letters, and the way back to the source.
//!
//! Offsets called letters count the characters that matter in a match; all others are
//! bytes of the line's visible text or of its block.

use std::mem::take;
use std::ops::{Deref, Range};
use std::slice;
use std::sync::{Arc, OnceLock};

use gouji_syntax::plain::Plain;
use gouji_syntax::table::Renumbering;
use gouji_syntax::{Ahead, BlockData, BlockKind, TableKind, TextRange, TextSize};
use memchr::memmem;

use super::heading::Held;
use super::row::is_single_cell;
use super::{WORDINGS, title};
use crate::Blocks;
use crate::finding::Place;
use crate::label::{fold, simplified};
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
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Where it stands in the block.
    range: TextRange,
    /// The visible text, where it is not the source itself.
    plain: Option<Box<Plain>>,
    /// Letters and digits in half width and simplified. They are read when first asked for: most
    /// lines are told from titles and headings by less.
    letters: OnceLock<Box<[char]>>,
    /// The headings that it holds by itself. Most lines hold none.
    pub(super) headings: Option<Arc<Held>>,
    /// Whether a title may end with it, as far as it tells.
    pub(super) may_end_title: bool,
    /// Whether text stands before it in the block, after the line before, that can be no heading.
    follows_text: bool,
}

/// What a block is to the outline.
#[derive(Debug)]
pub(crate) struct Lines {
    bodies: Bodies,
    /// Whether a title may end with one of them.
    pub(super) may_end_title: bool,
    /// Whether text that can be no heading stands after the last of them.
    ends_with_text: bool,
    /// How many lines end in the block. Blank blocks share these, but not their number of lines.
    pub(crate) ends: u32,
}

/// The lines of a block with visible letters. Most blocks have one, which stands with what else is
/// known of the block.
#[derive(Clone, Debug)]
enum Bodies {
    One(Body),
    Others(Box<[Body]>),
}

impl Deref for Bodies {
    type Target = [Body];

    fn deref(&self) -> &[Body] {
        match self {
            Self::One(it) => slice::from_ref(it),
            Self::Others(all) => all,
        }
    }
}

impl FromIterator<Body> for Bodies {
    fn from_iter<I: IntoIterator<Item = Body>>(bodies: I) -> Self {
        let mut bodies = bodies.into_iter();
        match (bodies.next(), bodies.next()) {
            (Some(it), None) => Self::One(it),
            (first, second) => {
                Self::Others(first.into_iter().chain(second).chain(bodies).collect())
            }
        }
    }
}

impl Lines {
    /// Whether these, of a block with this text, and others are the same to titles and headings.
    pub(crate) fn say_the_same(&self, text: &str, other: &Self, other_text: &str) -> bool {
        let same = |(a, b): (&Body, &Body)| {
            a.follows_text == b.follows_text
                && (text[Range::from(a.range)] == other_text[Range::from(b.range)]
                    || (a.is_sentence(text) && b.is_sentence(other_text)))
        };
        self.ends_with_text == other.ends_with_text
            && self.bodies.len() == other.bodies.len()
            && self.bodies.iter().zip(other.bodies.iter()).all(same)
    }

    /// Whether what may be a title or a heading stands where it does among others that
    /// [say the same](Self::say_the_same).
    pub(crate) fn stand_at_the_same(&self, text: &str, other: &Self) -> bool {
        let mut pairs = self.bodies.iter().zip(other.bodies.iter());
        pairs.all(|(a, b)| a.range == b.range || a.is_sentence(text))
    }

    /// Whether others of the same text are the same.
    pub(crate) fn are_same(&self, text: &str, other: &Self) -> bool {
        let told = |it: &Body| (it.range, it.may_end_title, it.headings.clone());
        self.ends == other.ends
            && self.say_the_same(text, other, text)
            && self.bodies.iter().map(told).eq(other.bodies.iter().map(told))
    }

    /// The lines of a block after an edit of one that had these and this text; `None` where they
    /// have to be read.
    pub(crate) fn after(&self, text: &str, edit: &Renumbering) -> Option<Self> {
        self.are_beside(text, edit.cells().map(|it| it.1)).then(|| self.moved(edit))
    }

    /// Whether some numbers of a block that has these and this text stand in other lines, whatever
    /// the numbers are.
    pub(crate) fn are_beside(
        &self,
        text: &str,
        numbers: impl IntoIterator<Item = TextRange>,
    ) -> bool {
        if self.bodies.iter().any(|it| it.plain.is_some()) {
            return false;
        }
        let mut end = 0;
        for number in numbers.into_iter().map(Range::<usize>::from) {
            // In the same line as the one before.
            if number.start < end {
                continue;
            }
            let start = text[..number.start].rfind(['\n', '\r']).map_or(0, |it| it + 1);
            end = text[number.end..].find(['\n', '\r']).map_or(text.len(), |it| number.end + it);
            // A row of several cells is none of these, whatever its numbers.
            if is_single_cell(&text[start..end]) {
                return false;
            }
        }
        true
    }

    /// The same after an edit of numbers that stand in other lines.
    pub(crate) fn moved(&self, edit: &Renumbering) -> Self {
        let mut shifts = edit.shifts();
        let moved = |it: &Body| Body { range: shifts.range(it.range), ..it.clone() };
        Self { bodies: self.bodies.iter().map(moved).collect(), ..*self }
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
        self.body.letters.get_or_init(|| letters(self.text()).into())
    }

    /// Where it starts in its block.
    pub(super) fn start(&self) -> TextSize {
        self.body.range.start()
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
        self.plain.is_some() && ["<title", "<TITLE"].iter().any(|it| self.source.contains(it))
    }

    /// Where some letters stand in the report.
    pub(super) fn place(&self, letters: Range<usize>) -> Place {
        self.part(letters).0
    }

    /// The visible text of some letters and all between them.
    pub(super) fn slice(&self, letters: Range<usize>) -> &'a str {
        &self.text()[self.bytes(&letters)]
    }

    /// Both.
    pub(super) fn part(&self, letters: Range<usize>) -> (Place, &'a str) {
        let bytes = self.bytes(&letters);
        let text = &self.text()[bytes.clone()];
        let bytes = gouji_syntax::range(bytes.start, bytes.end);
        let plain = self.plain.as_ref();
        let range = plain.map_or_else(|| bytes + self.range.start(), |it| it.source(bytes));
        (Place::new(self.block, range), text)
    }

    /// The visible text before a letter.
    pub(super) fn before(&self, letter: usize) -> &'a str {
        self.span(letter).map_or(self.text(), |it| &self.text()[..it.start])
    }

    /// The visible text after so many letters.
    pub(super) fn after(&self, letters: usize) -> &'a str {
        let last = letters.checked_sub(1).and_then(|it| self.span(it));
        &self.text()[last.map_or(0, |it| it.end)..]
    }

    /// Where a letter stands in the visible text. That is asked of few.
    fn span(&self, index: usize) -> Option<Range<usize>> {
        let mut letters = self.text().char_indices().filter(|it| is_part(it.1));
        let (start, c) = letters.nth(index)?;
        Some(start..start + c.len_utf8())
    }

    fn bytes(&self, letters: &Range<usize>) -> Range<usize> {
        let text = self.text();
        let mut spans = text.char_indices().filter(|it| is_part(it.1));
        let first = spans.nth(letters.start);
        let last = match letters.len() {
            1 => first,
            count => count.checked_sub(2).and_then(|it| spans.nth(it)),
        };
        let (Some((start, _)), Some((last, c))) = (first, last) else { return 0..0 };
        let end = last + c.len_utf8();
        // A bracket that opens among the letters closes with them.
        let is_open = || {
            let last = |signs: [char; 2]| text[start..end].rfind(signs);
            last(['（', '(']) > last(['）', ')'])
        };
        let bracket = text[end..].chars().next().filter(|it| matches!(it, '）' | ')'));
        start..end + bracket.filter(|_| is_open()).map_or(0, char::len_utf8)
    }
}

impl Body {
    /// A line of a block; `None` where no letters are visible.
    fn new(source: &str, at: usize, words: &mut HeadingWords) -> Option<Self> {
        let range = at..at + source.len();
        let is_plain = memchr::memchr3(b'<', b'&', b'*', source.as_bytes()).is_none();
        let plain = (!is_plain).then(|| Box::new(Plain::new(source, at as u32)));
        let text = plain.as_ref().map_or(source, |it| &it.text);
        text.contains(is_part).then_some(())?;
        let (names_report, may_hold) = match &plain {
            None => words.tell(&range, text),
            Some(plain) => HeadingWords::new(&plain.text).tell(&(0..plain.text.len()), text),
        };
        let mut body = Self {
            range: gouji_syntax::range(range.start, range.end),
            letters: OnceLock::new(),
            headings: None,
            may_end_title: false,
            follows_text: false,
            plain,
        };
        let line = Line { block: 0, source, body: &body, follows_text: false };
        let headings = may_hold.then(|| Held::read(&line, &WORDINGS)).flatten().map(Arc::new);
        let may_end_title = names_report && title::may_end_with(&line);
        (body.headings, body.may_end_title) = (headings, may_end_title);
        // They have told what they are read for.
        if body.headings.is_some() {
            body.letters.take();
        }
        Some(body)
    }

    /// Whether it is a sentence, in a block with this text: longer than any heading and with signs
    /// that no title has, so that it is no part of either, whatever it says.
    fn is_sentence(&self, block: &str) -> bool {
        let source = &block[Range::from(self.range)];
        let text = self.plain.as_ref().map_or(source, |it| &it.text);
        let may_be_heading = self.headings.is_some() || self.may_end_title;
        !may_be_heading && text.contains(['。', '，', ',']) && WORDINGS.is_longer(text)
    }
}

/// The words of which every accepted heading has one, in the lines of a text.
struct HeadingWords<'a> {
    /// 报, as in every title.
    reports: Ahead<'a>,
    /// 况
    conditions: Ahead<'a>,
}

impl<'a> HeadingWords<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            reports: Ahead::new(text, |it| find(it, utf8('报'), utf8('報'))),
            conditions: Ahead::new(text, |it| find(it, utf8('况'), utf8('況'))),
        }
    }

    /// Whether 报 is in a line, and whether the line may hold a heading. Lines before it are not
    /// asked for again.
    fn tell(&mut self, line: &Range<usize>, text: &str) -> (bool, bool) {
        let names_report = self.reports.next(line.start) < line.end;
        let mut has_word = || names_report || self.conditions.next(line.start) < line.end;
        let may_hold = WORDINGS.may_start(text) || (has_word() && WORDINGS.may_be_inside(text));
        (names_report, may_hold)
    }
}

/// Where the first of two Chinese characters stands in a text. They are sought by their last bytes,
/// which differ more than the first ones.
fn find(text: &[u8], one: [u8; 3], other: [u8; 3]) -> Option<usize> {
    let ends = memchr::memchr2_iter(one[2], other[2], text);
    let mut starts = ends.filter_map(|it| it.checked_sub(2));
    starts.find(|it| matches!(text[*it..].first_chunk(), Some(it) if *it == one || *it == other))
}

/// The bytes of a Chinese character.
fn utf8(c: char) -> [u8; 3] {
    let mut bytes = [0; 3];
    c.encode_utf8(&mut bytes);
    bytes
}

/// What a character is in a match; `None` where it does not matter.
pub(super) fn letter(c: char) -> Option<char> {
    let c = match c {
        // Most are.
        '一'..='龥' => return Some(simplified(c)),
        // Round signs that stand for the numeral 〇 in years.
        '○' | '◯' | '〇' => return Some('〇'),
        _ => fold(c),
    };
    is_letter(c).then_some(c)
}

/// Whether a character is a [`letter`].
pub(super) fn is_part(c: char) -> bool {
    // Most are, whatever they are turned into.
    is_letter(c) || letter(c).is_some()
}

/// The letters of a text.
pub(super) fn letters(text: &str) -> Vec<char> {
    // Most characters have three bytes.
    let mut letters = Vec::with_capacity(text.len() / 3 + 1);
    letters.extend(text.chars().filter_map(letter));
    letters
}

/// The lines of a report that may be titles or hold headings.
pub(super) fn lines(blocks: &Blocks) -> Vec<Line<'_>> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut after_text = false;
    for (block, it) in blocks.iter().enumerate().filter(|it| !it.1.is_blank()) {
        let Lines { bodies, ends_with_text, .. } = it.lines();
        for body in bodies.iter() {
            let follows_text = take(&mut after_text) || body.follows_text;
            let source = &it.data.text[body.range];
            found.push(Line { block, source, body, follows_text });
        }
        after_text |= ends_with_text;
    }
    found
}

/// Reads the lines of a block.
pub(crate) fn read(block: &BlockData) -> Lines {
    let (bodies, ends_with_text) = match block.kind {
        BlockKind::Heading
        | BlockKind::Paragraph
        | BlockKind::Table(TableKind::Pipe | TableKind::Tab) => bodies(block),
        BlockKind::Table(TableKind::Html) | BlockKind::Fence => (Bodies::from_iter([]), true),
        BlockKind::Blank | BlockKind::Comment => (Bodies::from_iter([]), false),
    };
    let may_end_title = bodies.iter().any(|it| it.may_end_title);
    let ends = scan::line_ends(&block.text) as u32;
    Lines { bodies, may_end_title, ends_with_text, ends }
}

/// All lines but rows of several cells, and whether text stands after the last.
fn bodies(block: &BlockData) -> (Bodies, bool) {
    let is_table = matches!(block.kind, BlockKind::Table(_));
    let text = block.text.trim_end_matches(['\n', '\r']);
    let mut words = HeadingWords::new(text);
    let mut after_text = false;
    let bodies = scan::lines(text).filter_map(|(at, source)| {
        let line = (may_matter(source) && (!is_table || is_single_cell(source)))
            .then(|| Body::new(source, at, &mut words))
            .flatten();
        after_text = after_text || (line.is_none() && source.contains(is_letter));
        line.map(|it| Body { follows_text: take(&mut after_text), ..it })
    });
    (bodies.collect(), after_text)
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
