//! 「7件，较2023年减少12.5%」: a number and how it differs from last year's, which is not
//! written. It must have been a whole number.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Figure, is_count};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Mark, Text};
use crate::prose::topics::Topics;
use crate::words::Words;

/// A percentage of growth that no earlier number gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Growth {
    /// This year's number.
    pub(crate) count: Figure,
    /// By how many of a hundred it grew or fell, as printed.
    pub(crate) percent: Figure,
    /// Whether it fell.
    pub(crate) falls: bool,
    /// By how many it grew or fell, where that is written too.
    pub(crate) change: Option<Decimal>,
    /// The whole numbers nearest to what last year's would be, and the growth from each.
    pub(crate) nearest: Vec<(Decimal, Decimal)>,
}

/// Words that compare with another year's number.
pub(in crate::prose) const COMPARISONS: [&str; 9] =
    ["同比", "较上年", "较去年", "比上年", "比去年", "与上年", "与去年", "较20", "比20"];
static COMPARES: Words<9> = Words::new(COMPARISONS);
static RISES: Words<4> = Words::new(["增长", "增加", "上升", "提高"]);
static FALLS: Words<5> = Words::new(["下降", "减少", "降低", "回落", "下滑"]);

/// The growths of a text that cannot be.
pub(crate) fn growths(text: &Text) -> Vec<Growth> {
    let indices = 0..text.segments.len();
    let compares = |it: &usize| text.segments[*it].topics.have(Topics::GROWTH);
    indices.filter(compares).filter_map(|it| read(text, it)).collect()
}

/// The growth that a segment states: 同比增长p%, after the segment with the count or after the
/// count itself.
fn read(text: &Text, index: usize) -> Option<Growth> {
    let segment = &text.segments[index];
    let at = COMPARES.find(text.words(segment))?;
    let start = segment.range.end - text.masked[segment.range.clone()].trim_start().len() + at;
    let (before, after): (Vec<_>, Vec<_>) =
        text.quantities_of(segment).iter().partition(|it| it.full.end <= start);
    let count = match before[..] {
        [] => last_count(text, index.checked_sub(1)?)?,
        [only] => only,
        _ => return None,
    };
    let (percent, change) = stated(text, index, &after)?;
    let verb = &text.masked[start..percent.full.start];
    let falls = match (RISES.are_in(verb), FALLS.are_in(verb)) {
        (true, false) => false,
        (false, true) => true,
        _ => return None,
    };
    let is_exact = is_count(count) && count.value.scale() == 0 && !percent.approximate;
    if !is_exact || !matches!(count.unit, Unit::Word(_)) {
        return None;
    }
    let nearest = impossible(count.value, percent.value, falls, change)?;
    // Another number of the sentence may be the one that grew.
    let sentence = &text.sentences[text.sentence_of(index)];
    let others = text
        .quantities_in(&sentence.range)
        .iter()
        .filter(|it| is_count(it) && it.value.scale() == 0);
    let explained =
        others.clone().any(|it| impossible(it.value, percent.value, falls, None).is_none());
    (!explained).then(|| Growth {
        count: Figure::new(text, count),
        percent: Figure::new(text, percent),
        falls,
        change,
        nearest,
    })
}

/// The percentage after the words that compare, and the number before it: 增加3件，增长12%.
fn stated<'t>(
    text: &'t Text,
    index: usize,
    after: &[&'t Quantity],
) -> Option<(&'t Quantity, Option<Decimal>)> {
    let is_percent = |it: &Quantity| it.unit == Unit::Percent;
    match *after {
        [percent] if is_percent(percent) => Some((percent, None)),
        [change] if is_count(change) => {
            let next = text.segments.get(index + 1)?;
            let [percent] = text.quantities_of(next) else { return None };
            let words = text.words(next);
            let grows = RISES.start(words) || FALLS.start(words);
            (grows && is_percent(percent)).then_some((percent, Some(change.value)))
        }
        _ => None,
    }
}

/// The only count of the segment before.
fn last_count<'t>(text: &'t Text, index: usize) -> Option<&'t Quantity> {
    let segment = text.segments.get(index)?;
    let is_joined = matches!(segment.after, Mark::Comma | Mark::Open);
    let [count] = text.quantities_of(segment) else { return None };
    is_joined.then_some(count)
}

/// The whole numbers nearest to the earlier one, with the growth from each, if none of them
/// gives the percentage as printed: rounded either way, or cut off.
fn impossible(
    count: Decimal,
    percent: Decimal,
    falls: bool,
    change: Option<Decimal>,
) -> Option<Vec<(Decimal, Decimal)>> {
    const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
    let factor = if falls { HUNDRED - percent } else { HUNDRED + percent };
    let exact = count.checked_mul(HUNDRED)?.checked_div(factor)?;
    let ulp = Decimal::new(1, percent.scale());
    let growth = |before: Decimal| {
        let change = if falls { before - count } else { count - before };
        (change * HUNDRED).checked_div(before)
    };
    let fits = |before: Decimal| {
        growth(before).is_some_and(|it| it >= percent - ulp / Decimal::TWO && it < percent + ulp)
    };
    let candidates = if let Some(change) = change {
        vec![if falls { count + change } else { count - change }]
    } else {
        let floor = exact.floor();
        // Half a unit of the percentage moves it by this much.
        let reach = (exact * ulp / factor).ceil().to_i64()?.min(4);
        (-reach..=reach + 1).map(|it| floor + Decimal::from(it)).collect()
    };
    let candidates: Vec<_> = candidates.into_iter().filter(|it| *it > Decimal::ZERO).collect();
    if candidates.is_empty() || candidates.iter().any(|it| fits(*it)) {
        return None;
    }
    let mut nearest = candidates;
    nearest.sort_by_key(|it| (*it - exact).abs());
    nearest.truncate(2);
    nearest.sort();
    nearest.into_iter().map(|it| Some((it, growth(it)?.round_dp(percent.scale())))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        let found = growths(&Text::new(&plain));
        let show = |it: Growth| format!("{} {}", it.count.value, it.percent.value);
        found.into_iter().map(show).collect()
    }

    #[test]
    fn growth_from_no_whole_number_is_found() {
        for (source, expected) in [
            ("共收到7宗依申请公开，较2023年减少13.5%。", "7 13.5"),
            ("收到申请7件，同比增长20%。", "7 20"),
            ("收到申请11件（同比增长15%）。", "11 15"),
            ("收到申请10件，同比增加3件，增长30%。", "10 30"),
            ("收到申请10件同比上升9%。", "10 9"),
        ] {
            assert_eq!(read(source), [expected], "{source}");
        }
    }

    #[test]
    fn growth_that_can_be_is_silent() {
        for source in [
            "共收到7宗依申请公开，较2023年减少12.5%。",
            "收到申请12件，同比增长20%。",
            // 2/7 = 28.571…: rounded, cut off.
            "收到申请9件，同比增长28.57%。",
            "收到申请9件，同比增长28.6%。",
            "收到申请9件，同比增长28.5%。",
            "收到申请3646件，同比增长1.05%。",
            "收到申请13件，同比增加3件，增长30%。",
            "收到申请859件，较去年回落12.3%。",
            // The number that grew is another one.
            "收到申请12件，办结7件，同比增长20%。",
            "收到申请约7件，同比增长20%。",
            "收到申请7件，同比增长约20%。",
            "公开信息7万条，同比增长20%。",
            "收到申请7件，同比增长2倍。",
            "收到申请4件，同比增长100%。",
            "收到申请0件，同比下降100%。",
        ] {
            assert_eq!(read(source), Vec::<String>::new(), "{source}");
        }
    }
}
