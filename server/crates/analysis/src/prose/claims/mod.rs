//! What sentences claim: totals with their items, shares of a whole, requests received,
//! the year of the work. All of a block's claims depend on its text alone.

pub(super) mod cases;
pub(crate) mod cell;
pub(crate) mod disclosed;
pub(crate) mod fee;
pub(crate) mod growth;
pub(crate) mod request;
pub(crate) mod share;
pub(crate) mod total;
pub(crate) mod year;

use std::ops::Range;

use gouji_syntax::TextRange;
use rust_decimal::Decimal;

use super::numeral::{self, Style};
use super::quantity::{Quantity, Unit};
use super::text::{Mark, Segment, Text};
use super::topics::Topics;
use crate::words::Words;

/// A number in a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Its digits: bytes of the block.
    pub(crate) range: TextRange,
    /// Its value, with the decimals shown.
    pub(crate) value: Decimal,
    /// Whether the digits stand in one piece and can be replaced.
    pub(crate) is_whole: bool,
    style: Style,
}

impl Figure {
    fn new(text: &Text, quantity: &Quantity) -> Self {
        Self {
            range: text.source(&quantity.number),
            value: quantity.value,
            is_whole: text.is_whole(&quantity.number),
            style: quantity.style,
        }
    }

    /// Another value, written in the style of this number.
    pub(crate) fn rewrite(&self, value: Decimal) -> String {
        numeral::write(value, self.style)
    }
}

/// Whether a quantity is an exact count of something.
fn is_count(quantity: &Quantity) -> bool {
    !quantity.approximate && !quantity.each && quantity.unit != Unit::Percent
}

/// Whether a segment compares with something else, so that its numbers are no totals.
fn compares(words: &str) -> bool {
    static STARTS: Words<8> = Words::new(["较", "比", "同比", "与", "含", "包括", "包含", "其中"]);
    static INSIDE: Words<7> = Words::new(["增加", "减少", "增长", "下降", "上升", "上年", "去年"]);
    STARTS.start(words) || INSIDE.are_in(words)
}

/// Whether a segment announces a breakdown.
fn breaks_down(text: &Text, segment: &Segment) -> bool {
    segment.topics.have(Topics::AMONG)
        || segment.topics.have(Topics::EACH) && text.words(segment).contains("分别为")
}

/// The counts, nearest first, that can be the whole of which the segments from `first` on
/// tell the parts: in the same sentence; where that has none, in up to `back` before it.
fn wholes<'t>(text: &'t Text, first: usize, back: usize) -> Vec<&'t Quantity> {
    let this = text.sentence_of(first);
    let Some(sentence) = text.sentences.get(this) else { return Vec::new() };
    let mut found = counts(text, sentence.segments.start..first);
    for sentence in text.sentences[..this].iter().rev().take(back) {
        if !found.is_empty() {
            break;
        }
        found = counts(text, sentence.segments.clone());
    }
    found
}

fn counts<'t>(text: &'t Text, segments: Range<usize>) -> Vec<&'t Quantity> {
    let mut counts = Vec::new();
    for segment in text.segments[segments].iter().rev() {
        if !segment.quantities.is_empty() && !compares(text.words(segment)) {
            let all = text.quantities_of(segment).iter().rev();
            counts.extend(all.filter(|it| it.unit != Unit::Percent && !it.each));
        }
    }
    counts
}

/// The segment before `index` that has words, at the same depth or, before a bracket,
/// outside it.
fn previous<'t>(text: &'t Text, index: usize) -> Option<&'t Segment> {
    const FAR: usize = 20;
    let this = &text.segments[index];
    let before = text.segments[..index].iter().rev().take(FAR);
    let mut before = before.filter(|it| it.depth <= this.depth && !text.words(it).is_empty());
    before.next().filter(|it| !matches!(it.after, Mark::Stop | Mark::Edge))
}

#[cfg(test)]
pub(super) fn plain(text: &str) -> gouji_syntax::plain::Plain {
    gouji_syntax::plain::Plain::new(text, 0)
}
