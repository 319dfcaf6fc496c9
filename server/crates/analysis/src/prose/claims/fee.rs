//! 「收取信息处理费400元」: fees for information, and the cases that they were charged for.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Figure, is_count};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Mark, Text};
use crate::prose::topics::Topics;
use crate::words::Words;

/// Fees that a sentence states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fees {
    /// The first amount, in yuan.
    pub(crate) total: Figure,
    /// What it is made up of; empty where that is not told in full.
    pub(crate) items: Vec<Figure>,
}

impl Fees {
    /// What its items come to.
    pub(crate) fn sum(&self) -> Decimal {
        self.items.iter().map(|it| it.value).sum()
    }
}

/// The fees of a text, with or without the cases.
pub(crate) fn fees(text: &Text) -> Vec<Fees> {
    let indices = 0..text.sentences.len();
    indices.filter_map(|it| read(text, it)).collect()
}

/// 减免 and standards are no fees that were charged in full.
static OTHERS: Words<9> =
    Words::new(["减免", "免收", "标准", "每件", "每页", "每增加", "退还", "同比", "上年"]);

fn read(text: &Text, index: usize) -> Option<Fees> {
    let sentence = &text.sentences[index];
    let is_about = sentence.topics.have(Topics::FEE);
    if !is_about || OTHERS.are_in(&text.masked[sentence.range.clone()]) {
        return None;
    }
    let total = *amounts(text, &sentence.range).first()?;
    let items = parts(text, index, total).unwrap_or_default();
    Some(Fees {
        total: Figure::new(text, total),
        items: items.into_iter().map(|it| Figure::new(text, it)).collect(),
    })
}

/// The amounts that a total is made up of, where all are told: after 其中 in its sentence or at
/// the start of the next.
fn parts<'t>(text: &'t Text, index: usize, total: &Quantity) -> Option<Vec<&'t Quantity>> {
    const AMONG: &str = "其中";
    let this = text.sentences[index].range.clone();
    let among = text.masked[this.clone()].find(AMONG).map(|it| this.start + it);
    let (cases, list) = if let Some(at) = among {
        (this.start..at, at..this.end)
    } else {
        let next = text.sentences.get(index + 1)?;
        let is_list = text.masked[next.range.clone()].trim_start().starts_with(AMONG);
        let is_whole = text.segments[next.segments.end - 1].after == Mark::Stop;
        (is_list && is_whole).then(|| (this, next.range.clone()))?
    };
    let items = amounts(text, &list);
    let is_open = text.masked[list.clone()].contains('等');
    let is_list = items.len() >= 2 && items.iter().all(|it| it.value < total.value) && !is_open;
    // Where the cases are counted, all of them must be.
    let told = counts(text, &list);
    let sum: Decimal = told.iter().map(|it| it.value).sum();
    let count = counts(text, &cases).first().map(|it| it.value);
    let is_known = told.len() == items.len();
    (is_list && (!is_known || count.is_none_or(|it| it == sum))).then_some(items)
}

/// The exact amounts in yuan of a part of a text.
fn amounts<'t>(text: &'t Text, range: &Range<usize>) -> Vec<&'t Quantity> {
    let all = text.quantities_in(range).iter();
    all.filter(|it| it.unit == Unit::Word("元") && is_count(it)).collect()
}

/// The numbers of cases of a part of a text.
fn counts<'t>(text: &'t Text, range: &Range<usize>) -> Vec<&'t Quantity> {
    let is_case = |it: &&Quantity| it.unit.is_like(Unit::Word("件")) && is_count(it);
    text.quantities_in(range).iter().filter(is_case).collect()
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        let show = |it: Fees| {
            let items: Vec<_> = it.items.iter().map(|it| it.value.to_string()).collect();
            format!("{}={}", it.total.value, items.join("+"))
        };
        fees(&Text::new(&plain)).into_iter().map(show).collect()
    }

    #[test]
    fn fees_and_their_parts_are_read() {
        for (source, expected) in [
            ("全年实际收取信息处理费共计400元。", "400="),
            (
                "对4件申请收取了信息处理费850元。其中，甲局1件，收取420元；乙局2件，收取290元；丙局1件，收取140元。",
                "850=420+290+140",
            ),
            ("收取信息处理费700元，其中甲局420元、乙局280元。", "700=420+280"),
            // One of the cases is not told.
            (
                "对5件申请收取了信息处理费850元。其中，甲局1件，收取420元；乙局2件，收取290元。",
                "850=",
            ),
        ] {
            assert_eq!(read(source), [expected], "{source}");
        }
    }

    #[test]
    fn other_amounts_are_not() {
        for source in [
            "未收取信息处理费。",
            "信息处理费标准为每件100元。",
            "减免信息处理费235元。",
            "行政事业性收费400元。",
            "收取信息处理费约400元。",
        ] {
            assert_eq!(read(source), Vec::<String>::new(), "{source}");
        }
    }
}
