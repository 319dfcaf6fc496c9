//! The visible text of a block, divided at its punctuation.
//!
//! Titles in 《》 and addresses are blanked out first: numbers and words in them say
//! nothing about the agency. Offsets are bytes of the visible text.

use std::borrow::Cow;
use std::ops::Range;

use gouji_syntax::TextRange;
use gouji_syntax::plain::Plain;

use super::mask::mask;
use super::quantity::{Quantity, quantities};
use super::topics::Topics;
use crate::scan::{signs, trim};
use crate::words::Words;

/// What divides two segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// 、
    List,
    /// ，
    Comma,
    /// ：
    Colon,
    /// ；
    Semicolon,
    /// （
    Open,
    /// ）
    Close,
    /// 。, or a cell's border.
    Stop,
    /// The start or end of the text.
    Edge,
}

/// Text between two marks.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What stands before it.
    pub(crate) before: Mark,
    /// What stands after it.
    pub(crate) after: Mark,
    /// How many brackets are open around it.
    pub(crate) depth: u32,
    /// Indices of its quantities.
    pub(crate) quantities: Range<usize>,
}

/// The visible text of a block, or of a part of it, and the way back to the block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Visible<'a> {
    /// With markup or line breaks.
    Plain(&'a Plain),
    /// The source itself, and where it starts in the block.
    Source(&'a str, usize),
}

impl<'a> From<&'a Plain> for Visible<'a> {
    fn from(plain: &'a Plain) -> Self {
        Self::Plain(plain)
    }
}

impl<'a> Visible<'a> {
    /// The visible text.
    pub(crate) fn text(self) -> &'a str {
        match self {
            Self::Plain(plain) => &plain.text,
            Self::Source(text, _) => text,
        }
    }

    /// Where a part of the text stands in the block.
    pub(crate) fn source(self, range: &Range<usize>) -> TextRange {
        match self {
            Self::Plain(plain) => plain.source(gouji_syntax::range(range.start, range.end)),
            Self::Source(_, at) => gouji_syntax::range(at + range.start, at + range.end),
        }
    }

    /// Whether a part of the text is one piece of the source: without markup or a line
    /// break inside, so that it was read as it stands and can be replaced.
    pub(crate) fn is_whole(self, range: &Range<usize>) -> bool {
        usize::from(self.source(range).len()) == range.len()
    }
}

/// A visible text, its segments and quantities.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    visible: Visible<'a>,
    /// The visible text with blanks for what is not to be read; of the same length.
    pub(crate) masked: Cow<'a, str>,
    /// What is mentioned in it.
    pub(crate) topics: Topics,
    /// In order; empty ones included.
    pub(crate) segments: Vec<Segment>,
    /// The indices of the segments of each sentence.
    pub(crate) sentences: Vec<Range<usize>>,
    /// In order.
    pub(crate) quantities: Vec<Quantity>,
}

impl<'a> Text<'a> {
    /// Divides a visible text.
    #[cfg(test)]
    pub(crate) fn new(plain: &'a Plain) -> Self {
        let masked = mask(&plain.text);
        let (topics, quantities) = (Topics::of(&masked), quantities(&masked));
        Self::divided(plain.into(), masked, topics, quantities)
    }

    /// Divides a visible text in which something may be claimed.
    pub(crate) fn with_claims(visible: Visible<'a>, mut topics: Topics) -> Option<Self> {
        let text = visible.text();
        let masked = if topics.have(Topics::MASKED) { mask(text) } else { text.into() };
        if let Cow::Owned(masked) = &masked {
            topics = Topics::of(masked);
        }
        let has_numeral = topics.have(Topics::NUMERAL);
        let quantities = if has_numeral { quantities(&masked) } else { Vec::new() };
        let may_claim = !quantities.is_empty() || topics.may_claim_without_quantity();
        may_claim.then(|| Self::divided(visible, masked, topics, quantities))
    }

    fn divided(
        visible: Visible<'a>,
        masked: Cow<'a, str>,
        topics: Topics,
        quantities: Vec<Quantity>,
    ) -> Self {
        let segments = segments(&masked, &quantities);
        let sentences = sentences(&segments);
        Self { visible, masked, topics, segments, sentences, quantities }
    }

    /// [`Visible::source`]
    pub(crate) fn source(&self, range: &Range<usize>) -> TextRange {
        self.visible.source(range)
    }

    /// [`Visible::is_whole`]
    pub(crate) fn is_whole(&self, range: &Range<usize>) -> bool {
        self.visible.is_whole(range)
    }

    /// A segment's text without surrounding spaces.
    pub(crate) fn words(&self, segment: &Segment) -> &str {
        trim(&self.masked[segment.range.clone()])
    }

    /// A segment's quantities.
    pub(crate) fn quantities_of(&self, segment: &Segment) -> &[Quantity] {
        &self.quantities[segment.quantities.clone()]
    }

    /// The segment's quantity, where it has one alone and ends with it.
    pub(crate) fn final_quantity(&self, segment: &Segment) -> Option<&Quantity> {
        let [quantity] = self.quantities_of(segment) else { return None };
        let rest = &self.masked[quantity.full.end..segment.range.end.max(quantity.full.end)];
        rest.trim_matches([' ', '”', '"', '\u{3000}']).is_empty().then_some(quantity)
    }

    /// The sentence that a segment belongs to, as an index in [`Text::sentences`].
    pub(crate) fn sentence_of(&self, segment: usize) -> usize {
        self.sentences.partition_point(|it| it.end <= segment)
    }

    /// The bytes of the text that a sentence spans.
    pub(crate) fn range_of(&self, sentence: &Range<usize>) -> Range<usize> {
        self.segments[sentence.start].range.start..self.segments[sentence.end - 1].range.end
    }

    /// The quantities that lie within a part of the text.
    pub(crate) fn quantities_in(&self, part: &Range<usize>) -> &[Quantity] {
        let first = self.quantities.partition_point(|it| it.full.start < part.start);
        let rest = &self.quantities[first..];
        &rest[..rest.partition_point(|it| it.full.end <= part.end)]
    }
}

/// Segments in a sentence. No sentence has so many; a text that does is cut there, so that
/// looking back and ahead within a sentence stays cheap.
const MOST_SEGMENTS: usize = 400;

/// The indices of the segments of each sentence.
fn sentences(segments: &[Segment]) -> Vec<Range<usize>> {
    // Most paragraphs are one or two, and what stands after the last stop.
    let mut sentences = Vec::with_capacity(3);
    let mut start = 0;
    for (index, segment) in segments.iter().enumerate() {
        if matches!(segment.after, Mark::Stop | Mark::Edge) {
            sentences.push(start..index + 1);
            start = index + 1;
        }
    }
    sentences
}

/// What denies that there was anything to report.
pub(crate) static DENIALS: Words<3> = Words::new(["未收到", "没有收到", "未接到"]);

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '、' => Mark::List,
        '，' | ',' => Mark::Comma,
        '：' | ':' => Mark::Colon,
        '；' | ';' => Mark::Semicolon,
        '（' | '(' => Mark::Open,
        '）' | ')' => Mark::Close,
        '。' | '！' | '？' | '!' | '?' | '|' | '\t' => Mark::Stop,
        _ => return None,
    })
}

/// A full stop of the Latin kind ends a sentence only after a Chinese word.
fn is_stop(c: char, before: &str) -> bool {
    c == '.' && before.chars().next_back().is_some_and(|it| !it.is_ascii() && it.is_alphabetic())
}

fn segments(text: &str, quantities: &[Quantity]) -> Vec<Segment> {
    /// Bytes of a short segment.
    const SHORT: usize = 24;
    let mut segments: Vec<Segment> = Vec::with_capacity(text.len() / SHORT + 2);
    let (mut start, mut before, mut depth) = (0, Mark::Edge, 0_u32);
    let mut next = 0;
    let mut push = |start: usize, end: usize, before: Mark, after: Mark, depth: u32| {
        let first = next;
        while quantities.get(next).is_some_and(|it| it.number.start < end) {
            next += 1;
        }
        segments.push(Segment { range: start..end, before, after, depth, quantities: first..next });
    };
    let mut inside = quantities.iter().peekable();
    let mut length = 0;
    for (at, c) in signs(text) {
        let stop = || is_stop(c, &text[..at]).then_some(Mark::Stop);
        let Some(mut mark) = mark(c).or_else(stop) else { continue };
        while inside.next_if(|it| it.full.end <= at).is_some() {}
        if inside.peek().is_some_and(|it| it.full.start < at) {
            continue;
        }
        length = if mark == Mark::Stop { 0 } else { length + 1 };
        if length == MOST_SEGMENTS {
            (mark, length) = (Mark::Edge, 0);
        }
        push(start, at, before, mark, depth);
        depth = match mark {
            Mark::Open => depth + 1,
            Mark::Close => depth.saturating_sub(1),
            Mark::Stop | Mark::Edge => 0,
            _ => depth,
        };
        (start, before) = (at + c.len_utf8(), mark);
    }
    push(start, text.len(), before, Mark::Edge, depth);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let plain = Plain::new(text, 0);
        let text = Text::new(&plain);
        text.segments.iter().map(|it| format!("{}{}", it.depth, text.words(it))).collect()
    }

    #[test]
    fn punctuation_divides_but_not_inside_a_number() {
        assert_eq!(
            words("公开1,234条（其中，甲3条）；其他：无。完"),
            ["0公开1,234条", "1其中", "1甲3条", "0", "0其他", "0无", "0完"]
        );
    }

    #[test]
    fn titles_and_addresses_are_not_read() {
        let source = "按《2022年，第3条》（https://a.example/1/2）办理5件，问a1@b.example";
        let plain = Plain::new(source, 0);
        let text = Text::new(&plain);
        assert_eq!(text.masked.len(), source.len());
        assert_eq!(text.quantities.len(), 1, "{:?}", text.masked);
        assert!(!text.masked.contains("2022") && !text.masked.contains("example"));
    }

    #[test]
    fn traditional_characters_keep_their_offsets() {
        let plain = Plain::new("發布文件133條，其中動態78條", 0);
        let text = Text::new(&plain);
        assert_eq!(text.masked.len(), plain.text.len());
        assert_eq!(text.quantities.len(), 2);
    }

    #[test]
    fn a_sentence_ends_at_its_stop() {
        let plain = Plain::new("一，二。三（四。五.六", 0);
        assert_eq!(Text::new(&plain).sentences, [0..2, 2..4, 4..5, 5..6]);
    }
}
