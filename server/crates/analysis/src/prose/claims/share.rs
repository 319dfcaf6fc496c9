//! 「x条，占比p%」: a part, its percentage, and the whole that it is a part of.
//!
//! The whole is seldom named again, so it is the count before the parts that most of the
//! sentence's percentages agree with. Where that is not certain there is no claim.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Figure, breaks_down, is_count, previous, wholes};
use crate::prose::percent::{Printed, Verdict};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Mark, Segment, Text};
use crate::prose::topics::Topics;
use crate::scan::trim;
use crate::words::{Words, trim_end};

/// Parts of one whole with their percentages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shares {
    /// The whole.
    pub(crate) whole: Figure,
    /// The parts, in order.
    pub(crate) shares: Vec<Share>,
}

/// A part and its percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// How many.
    pub(crate) part: Figure,
    /// How many of a hundred, as printed.
    pub(crate) percent: Figure,
}

impl Shares {
    /// How a percentage relates to its part of the whole.
    pub(crate) fn verdict(&self, share: &Share) -> Option<Verdict> {
        judge(share.percent.value, share.part.value, self.whole.value)
    }

    /// Whether the percentages add up to 100 as printed: then one may have been moved by
    /// one unit of its last digit on purpose.
    pub(crate) fn reach_hundred(&self) -> bool {
        self.shares.iter().map(|it| it.percent.value).sum::<Decimal>() == Decimal::ONE_HUNDRED
    }
}

/// A part and its percentage in the text.
struct Pair<'t> {
    segment: usize,
    part: &'t Quantity,
    percent: &'t Quantity,
    /// Nothing but a bracket says that it is a share.
    bare: bool,
}

/// The shares of a text.
pub(crate) fn shares(text: &Text) -> Vec<Shares> {
    let mut found = Vec::new();
    for sentence in &text.sentences {
        let mut quantities = text.quantities_in(&sentence.range).iter();
        if quantities.any(|it| it.unit == Unit::Percent) {
            let groups = groups(text, sentence.segments.clone());
            found.extend(groups.iter().filter_map(|it| read(text, it)));
        }
    }
    found
}

/// Percentages of all parts of something whose parts are not counted: 甲类占35%，乙类占40%，
/// 其他占25%.
pub(crate) fn breakdowns(text: &Text) -> Vec<Vec<Figure>> {
    const LEAST: usize = 3;
    let mut found = Vec::new();
    for sentence in &text.sentences {
        let segments = &text.segments[sentence.segments.clone()];
        // All are told only where a rest is among them.
        if !segments.last().is_some_and(|it| it.topics.have(Topics::REST)) {
            continue;
        }
        let announces = |it: &&Segment| it.quantities.is_empty();
        let items = segments.iter().skip_while(announces).map(|it| percentage(text, it));
        let items: Option<Vec<_>> = items.collect();
        let Some(items) = items.filter(|it| it.len() >= LEAST) else { continue };
        if items.last().is_some_and(|it| it.1) {
            found.push(items.into_iter().map(|it| Figure::new(text, it.0)).collect());
        }
    }
    found
}

/// The percentage of a segment that says nothing else, and whether it is of the rest.
fn percentage<'t>(text: &'t Text, segment: &Segment) -> Option<(&'t Quantity, bool)> {
    let percent = text.final_quantity(segment)?;
    let words = &text.masked[segment.range.start..percent.full.start];
    let (label, share) = words.split_at(words.find('占')?);
    let is_about = label.trim_end().ends_with(['约', '近', '超', '各', '均']);
    let is_exact = percent.unit == Unit::Percent && !percent.approximate && !is_about;
    let is_rest = ["其他", "其它", "其余"].iter().any(|it| label.contains(it));
    (is_exact && is_share_word(share.trim())).then_some((percent, is_rest))
}

/// The pairs of a sentence, divided where a new breakdown starts.
fn groups<'t>(text: &'t Text, sentence: Range<usize>) -> Vec<Vec<Pair<'t>>> {
    let mut groups = vec![Vec::new()];
    for index in sentence {
        if breaks_down(text, &text.segments[index]) {
            groups.push(Vec::new());
        }
        if let (Some(pair), Some(group)) = (pair(text, index), groups.last_mut()) {
            group.push(pair);
        }
    }
    groups
}

fn pair<'t>(text: &'t Text, index: usize) -> Option<Pair<'t>> {
    let segment = &text.segments[index];
    let (part, percent, start) = match text.quantities_of(segment) {
        [percent] => {
            let before = previous(text, index)?;
            let near =
                matches!(segment.before, Mark::Comma | Mark::List | Mark::Open | Mark::Colon);
            (near.then(|| last_count(text, before)).flatten()?, percent, segment.range.start)
        }
        [part, percent] => (part, percent, part.full.end),
        _ => return None,
    };
    let words = trim(&text.masked[start..percent.full.start]);
    let tail = trim(&text.masked[percent.full.end..segment.range.end]);
    let bracket = segment.before == Mark::Open && segment.after == Mark::Close;
    let named = is_share_word(words);
    let right = percent.unit == Unit::Percent && !percent.approximate && is_count(part);
    let ends = tail.is_empty() && (named || words.is_empty() && bracket);
    (right && ends).then_some(Pair { segment: index, part, percent, bare: !named })
}

fn last_count<'t>(text: &'t Text, segment: &Segment) -> Option<&'t Quantity> {
    let last = text.quantities_of(segment).last()?;
    let tail = text.masked[last.full.end..segment.range.end].trim_matches([' ', '”', '"']);
    tail.is_empty().then_some(last)
}

/// 占, 占比为, 占总数的, 占申请总量的比例为; not 占全市…, 占人口….
fn is_share_word(words: &str) -> bool {
    static OTHERS: Words<11> = Words::new([
        "全市", "全区", "全县", "全省", "全国", "全镇", "全州", "同类", "人口", "上年", "其中",
    ]);
    let words = words.trim_start_matches(['各', '所', '共', ' ']);
    let rest = words.trim_end_matches(['为', '是', '达', '到', '的']);
    let rest = ["比例", "比重"].into_iter().fold(rest, trim_end).trim_end_matches(['的', '之']);
    if rest.is_empty() {
        return !words.is_empty();
    }
    let Some(of) = rest.strip_prefix('占') else { return false };
    let of = of.strip_prefix('了').unwrap_or(of);
    let whole = ["总数", "总量", "总件数", "总条数", "总申请量", "总数量", "总申请数", "总和"];
    matches!(of, "" | "比" | "全部" | "总")
        || whole.iter().any(|it| of.ends_with(it)) && !OTHERS.are_in(of)
}

fn read(text: &Text, pairs: &[Pair]) -> Option<Shares> {
    let first = pairs.first()?;
    let largest = pairs.iter().map(|it| it.part.value).max()?;
    let unit = pairs.iter().map(|it| it.part.unit).find(|it| *it != Unit::Missing)?;
    let fits = |it: &&Quantity| {
        is_count(it)
            && it.unit.is_like(unit)
            && it.value >= largest
            && it.number.end <= first.part.number.start
    };
    let holds = |it: &Segment| it.range.start <= first.part.number.start;
    let segment = text.segments[..=first.segment].iter().rposition(holds)?;
    let here: Vec<_> = wholes(text, segment, 2).into_iter().filter(fits).collect();
    let before: Vec<_> = earlier(text, segment).filter(fits).collect();
    let all = here.iter().chain(&before).copied();
    let whole = if pairs.len() == 1 { single(text, first, &here) } else { most(pairs, &all) }?;
    let share = |it: &Pair| Share {
        part: Figure::new(text, it.part),
        percent: Figure::new(text, it.percent),
    };
    Some(Shares { whole: Figure::new(text, whole), shares: pairs.iter().map(share).collect() })
}

/// Numbers looked at around a share for another whole.
const FAR: usize = 100;

/// The counts before a segment, nearest first.
fn earlier<'t>(text: &'t Text, segment: usize) -> impl Iterator<Item = &'t Quantity> {
    let end = text.segments[segment].quantities.start;
    text.quantities[..end].iter().rev().take(FAR)
}

/// A lone share's whole: the only count that it can be, unless another number of the text
/// explains the percentage.
fn single<'t>(text: &Text, pair: &Pair, candidates: &[&'t Quantity]) -> Option<&'t Quantity> {
    let whole = *candidates.first()?;
    let right = |it: &Quantity| {
        is_count(it)
            && judge(pair.percent.value, pair.part.value, it.value).is_some_and(Verdict::fits)
    };
    if right(whole) {
        return Some(whole);
    }
    let only = candidates.iter().all(|it| it.value == whole.value);
    let at = text.segments[pair.segment].quantities.start;
    let near = at.saturating_sub(FAR)..(at + FAR).min(text.quantities.len());
    let explained = text.quantities[near].iter().any(right);
    (only && !explained && !pair.bare).then_some(whole)
}

/// The count that most percentages agree with; the nearest of several. `None` where more
/// than half disagree with it, or where the sum of the parts explains more of them.
fn most<'t>(
    pairs: &[Pair],
    candidates: &(impl Iterator<Item = &'t Quantity> + Clone),
) -> Option<&'t Quantity> {
    let agree = |whole: Decimal| {
        let fits =
            |it: &&Pair| judge(it.percent.value, it.part.value, whole).is_some_and(Verdict::fits);
        pairs.iter().filter(fits).count()
    };
    let mut best = None;
    for candidate in candidates.clone() {
        let count = agree(candidate.value);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, candidate));
        }
        if count == pairs.len() {
            break;
        }
    }
    let (best, whole) = best?;
    let sum: Decimal = pairs.iter().map(|it| it.part.value).sum();
    let bare = pairs.iter().any(|it| it.bare);
    let enough = if bare { 2 * best > pairs.len() } else { 2 * best >= pairs.len() };
    // Where only half agree, a second whole may be behind the other half.
    let half = 2 * best == pairs.len();
    let second = |it: &Pair| {
        let right = |whole: Decimal| {
            judge(it.percent.value, it.part.value, whole).is_some_and(Verdict::fits)
        };
        !right(whole.value) && candidates.clone().any(|it| right(it.value))
    };
    let split = half && pairs.iter().any(second);
    (best > 0 && enough && !split && agree(sum) <= best).then_some(whole)
}

fn judge(percent: Decimal, part: Decimal, whole: Decimal) -> Option<Verdict> {
    let integer = |it: Decimal| (it.scale() == 0).then(|| it.mantissa());
    Printed::new(percent)?.judge(integer(part)?, integer(whole)?)
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    /// `part/whole=percent` of each share.
    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        let text = Text::new(&plain);
        let all = shares(&text);
        let show = |list: &Shares| -> Vec<_> {
            let whole = list.whole.value;
            let shares = list.shares.iter();
            shares.map(|it| format!("{}/{whole}={}", it.part.value, it.percent.value)).collect()
        };
        all.iter().flat_map(show).collect()
    }

    #[track_caller]
    fn reads(source: &str, expected: &[&str]) {
        assert_eq!(read(source), expected, "{source}");
    }

    #[test]
    fn the_whole_is_the_count_that_most_agree_with() {
        reads(
            "公开信息34条，其中，甲类1条，占比2.98%；乙类14条，占比41.17%；丙类11条，占比32.35%。",
            &["1/34=2.98", "14/34=41.17", "11/34=32.35"],
        );
        reads(
            "完成答复40件，包括上年结转8件。其中，公开30件，占75.0%；部分公开8，占20.0%。",
            &["30/40=75.0", "8/40=20.0"],
        );
        reads(
            "收到申请40件。其中，网络申请30件（占75%）、信函申请6件（占15%）。",
            &["30/40=75", "6/40=15"],
        );
        reads(
            "收到申请40件，其中网络申请30件（75%）、信函申请6件（15%）、当面4件（10%）。",
            &["30/40=75", "6/40=15", "4/40=10"],
        );
        reads(
            "收到申请40件，其中网络申请30件占比75%，信函10件占比百分之二十五。",
            &["30/40=75", "10/40=25"],
        );
    }

    #[test]
    fn a_lone_share_needs_the_only_possible_whole() {
        reads("收到申请40件，其中网络申请30件，占总数的70%。", &["30/40=70"]);
        reads("收到申请40件，办理36件，其中网络申请30件，占60%。", &[]);
        reads("去年收到50件。今年收到申请40件，其中网络申请30件，占比60%。", &[]);
        reads("网络申请30件，占60%。", &[]);
    }

    #[test]
    fn a_whole_outside_the_sentence_is_not_guessed() {
        for source in [
            "收到申请40件，其中网络申请30件，占全市的3%。",
            "关注人数12万人，占全区常住人口的60%。",
            "制发公文70件，主动公开60件，主动公开率为95.19%。",
            "收到申请40件，网络申请30件，约占70%。",
            "收到申请40件，答复率100%。",
            // More than half disagree: the whole is another one.
            "收到申请40件。其中，甲局30件，占3.0%；乙局6件，占0.6%；丙局4件，占10%。",
        ] {
            reads(source, &[]);
        }
    }

    #[test]
    fn another_breakdown_has_its_own_whole() {
        reads(
            "收到申请20件，其中网络15件，占75%；答复18件，其中公开9件，占50%。",
            &["15/20=75", "9/18=50"],
        );
    }
}
