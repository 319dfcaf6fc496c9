//! The visible text of a block, divided at its punctuation.
//!
//! Titles in 《》 and addresses are blanked out first: numbers and words in them say
//! nothing about the agency. Offsets are bytes of the visible text.

use std::borrow::Cow;
use std::ops::Range;

use gouji_syntax::TextRange;
use gouji_syntax::plain::Plain;

use super::mask::mask;
use super::quantity::{self, Quantity};
use super::topics::{Mention, Topics};
use crate::scan::trim;

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
    /// What is mentioned in it.
    pub(crate) topics: Topics,
}

/// Segments up to a stop.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// The indices of its segments.
    pub(crate) segments: Range<usize>,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What is mentioned in it.
    pub(crate) topics: Topics,
}

/// The visible text of a block, or of a part of it, and the way back to the block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Visible<'a> {
    /// With markup or line breaks.
    Plain(&'a Plain),
    /// The source itself, and where it starts in the block.
    Source(&'a str, usize),
}

impl<'a> Visible<'a> {
    /// A source that starts at a byte of its block, with its visible text where that is another.
    pub(crate) fn of(source: &'a str, at: usize, plain: Option<&'a Plain>) -> Self {
        plain.map_or(Self::Source(source, at), Self::Plain)
    }

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
    /// In order.
    pub(crate) sentences: Vec<Sentence>,
    /// In order.
    pub(crate) quantities: Vec<Quantity>,
}

impl<'a> Text<'a> {
    /// Divides a visible text.
    #[cfg(test)]
    pub(crate) fn new(plain: &'a Plain) -> Self {
        Self::of(Visible::Plain(plain), Topics::MASKED, None)
    }

    /// Divides a visible text in which something may be claimed, as far as its topics tell. What it
    /// mentions may be known.
    pub(crate) fn with_claims(
        visible: Visible<'a>,
        topics: Topics,
        mentions: Option<&[Mention]>,
    ) -> Option<Self> {
        let text = topics.may_claim().then(|| Self::of(visible, topics, mentions))?;
        let may_claim = !text.quantities.is_empty() || text.topics.may_claim_without_quantity();
        may_claim.then_some(text)
    }

    fn of(visible: Visible<'a>, topics: Topics, mentions: Option<&[Mention]>) -> Self {
        let text = visible.text();
        let masked = if topics.have(Topics::MASKED) { mask(text) } else { text.into() };
        let mut divider = Divider::new(&masked);
        match (mentions, &masked) {
            (Some(mentions), Cow::Borrowed(_)) => divider.divide(mentions.iter().copied()),
            _ => divider.divide(Topics::mentions(&masked)),
        }
        let Divider { segments, sentences, quantities, .. } = divider;
        let topics = sentences.iter().fold(Topics::default(), |all, it| all | it.topics);
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
        self.sentences.partition_point(|it| it.segments.end <= segment)
    }

    /// The segments of each clause of a sentence: of those that only 、 divides.
    pub(crate) fn clauses(&self, sentence: &Sentence) -> impl Iterator<Item = Range<usize>> {
        let mut start = sentence.segments.start;
        let ends = sentence.segments.clone().filter(|it| self.segments[*it].after != Mark::List);
        ends.map(move |last| std::mem::replace(&mut start, last + 1)..last + 1)
    }

    /// The bytes that some segments span.
    pub(crate) fn range_of(&self, segments: &Range<usize>) -> Range<usize> {
        self.segments[segments.start].range.start..self.segments[segments.end - 1].range.end
    }

    /// What some segments mention.
    pub(crate) fn topics_of(&self, segments: Range<usize>) -> Topics {
        self.segments[segments].iter().fold(Topics::default(), |all, it| all | it.topics)
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

/// What may divide two segments.
pub(super) const MARKS: [&str; 19] = [
    "、", "，", ",", "：", ":", "；", ";", "（", "(", "）", ")", "。", "！", "？", "!", "?", "|",
    "\t", ".",
];

/// The mark at a byte of a text, and its length.
fn mark(text: &str, at: usize) -> Option<(Mark, usize)> {
    let c = text[at..].chars().next()?;
    let mark = match c {
        '、' => Mark::List,
        '，' | ',' => Mark::Comma,
        '：' | ':' => Mark::Colon,
        '；' | ';' => Mark::Semicolon,
        '（' | '(' => Mark::Open,
        '）' | ')' => Mark::Close,
        '。' | '！' | '？' | '!' | '?' | '|' | '\t' => Mark::Stop,
        '.' if is_stop(&text[..at]) => Mark::Stop,
        _ => return None,
    };
    Some((mark, c.len_utf8()))
}

/// A full stop of the Latin kind ends a sentence only after a Chinese word.
fn is_stop(before: &str) -> bool {
    before.chars().next_back().is_some_and(|it| !it.is_ascii() && it.is_alphabetic())
}

/// Divides a text on one walk over it.
struct Divider<'t> {
    text: &'t str,
    segments: Vec<Segment>,
    sentences: Vec<Sentence>,
    quantities: Vec<Quantity>,
    /// The segment that has not ended yet.
    open: Segment,
}

impl<'t> Divider<'t> {
    fn new(text: &'t str) -> Self {
        /// Bytes of a short segment.
        const SHORT: usize = 24;
        Self {
            text,
            segments: Vec::with_capacity(text.len() / SHORT + 2),
            // Most paragraphs are one or two, and what stands after the last stop.
            sentences: Vec::with_capacity(3),
            quantities: Vec::with_capacity(text.len() / (2 * SHORT) + 2),
            open: Segment {
                range: 0..0,
                before: Mark::Edge,
                after: Mark::Edge,
                depth: 0,
                quantities: 0..0,
                topics: Topics::default(),
            },
        }
    }

    fn divide(&mut self, mentions: impl Iterator<Item = Mention>) {
        let mut number_end = 0;
        for (at, topics) in mentions.map(|it| (it.at(), it.topics())) {
            if at < number_end && self.text.as_bytes()[at].is_ascii_digit() {
                continue;
            }
            self.open.topics |= topics;
            if topics.have(Topics::NUMERAL) && at >= number_end {
                number_end = quantity::read(self.text, at, &mut self.quantities);
            }
            let may_divide = topics.have(Topics::MARK);
            if may_divide && self.quantities.last().is_none_or(|it| it.full.end <= at) {
                self.mark(at);
            }
        }
        self.end_segment(self.text.len(), Mark::Edge, 0);
    }

    /// Divides at a byte, if a mark stands there.
    fn mark(&mut self, at: usize) {
        let Some((mut mark, len)) = mark(self.text, at) else { return };
        let segments = self.segments.len() + 1 - self.sentence_start();
        if segments == MOST_SEGMENTS && mark != Mark::Stop {
            mark = Mark::Edge;
        }
        self.end_segment(at, mark, len);
    }

    /// Ends the segment at a mark of some length.
    fn end_segment(&mut self, at: usize, mark: Mark, len: usize) {
        let depth = match mark {
            Mark::Open => self.open.depth + 1,
            Mark::Close => self.open.depth.saturating_sub(1),
            Mark::Stop | Mark::Edge => 0,
            _ => self.open.depth,
        };
        let next = Segment {
            range: at + len..at + len,
            before: mark,
            after: Mark::Edge,
            depth,
            quantities: self.quantities.len()..self.quantities.len(),
            topics: Topics::default(),
        };
        let mut ended = std::mem::replace(&mut self.open, next);
        (ended.range.end, ended.after) = (at, mark);
        ended.quantities.end = self.quantities.len();
        self.segments.push(ended);
        if matches!(mark, Mark::Stop | Mark::Edge) {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        let segments = self.sentence_start()..self.segments.len();
        let all = &self.segments[segments.clone()];
        let range = all[0].range.start..all[all.len() - 1].range.end;
        let topics = all.iter().fold(Topics::default(), |all, it| all | it.topics);
        self.sentences.push(Sentence { segments, range, topics });
    }

    /// The first segment of the sentence that has not ended yet.
    fn sentence_start(&self) -> usize {
        self.sentences.last().map_or(0, |it| it.segments.end)
    }
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
        let sentences = Text::new(&plain).sentences;
        let segments: Vec<_> = sentences.into_iter().map(|it| it.segments).collect();
        assert_eq!(segments, [0..2, 2..4, 4..5, 5..6]);
    }

    #[test]
    fn a_sentence_of_too_many_segments_is_cut() {
        let plain = Plain::new(&"一，".repeat(MOST_SEGMENTS + 1), 0);
        let sentences = Text::new(&plain).sentences;
        let segments: Vec<_> = sentences.into_iter().map(|it| it.segments).collect();
        assert_eq!(segments, [0..MOST_SEGMENTS, MOST_SEGMENTS..MOST_SEGMENTS + 2]);
    }

    #[test]
    fn a_clause_ends_at_any_mark_but_one() {
        let plain = Plain::new("一、二，三（四、五）六。七、八", 0);
        let text = Text::new(&plain);
        let clauses = text.sentences.iter().flat_map(|it| text.clauses(it));
        assert_eq!(clauses.collect::<Vec<_>>(), [0..2, 2..3, 3..5, 5..6, 6..8]);
    }
}
