//! 「共N条，其中a条、b条……」: a total and the items that should add up to it.
//!
//! A list is given up rather than guessed at: open lists, channels that publish the same
//! things twice, estimates, items without a number, nested and mixed breakdowns.

use rust_decimal::Decimal;

use super::{Figure, breaks_down, compares, is_count, wholes};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Mark, Segment, Text};
use crate::prose::topics::Topics;
use crate::scan::trim;
use crate::words::Words;

/// A total and its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Total {
    /// The number that says how many there are in all.
    pub(crate) total: Figure,
    /// The items, at least two.
    pub(crate) items: Vec<Figure>,
}

impl Total {
    /// What the items add up to.
    pub(crate) fn sum(&self) -> Decimal {
        self.items.iter().map(|it| it.value).sum()
    }

    /// Whether the items add up, as exactly as amounts with decimals can.
    pub(crate) fn holds(&self) -> bool {
        is_equal(self.items.iter().map(|it| it.value), self.total.value)
    }
}

/// How a list is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// 其中
    Among,
    /// 其中：, 在公开的信息中，: all are named.
    Whole,
    /// 分别为
    Each,
    /// A bracket right after the total.
    Bracket,
}

/// Where a list starts and how.
struct Start {
    opening: Opening,
    /// The segment that announces it.
    trigger: usize,
    /// The segment of the first item, and where its label starts.
    first: usize,
    label: usize,
    /// How many sentences back the total may stand.
    back: usize,
}

struct Item<'t> {
    quantity: &'t Quantity,
    label: &'t str,
    /// The strongest mark between it and the item before.
    before: Mark,
}

struct List<'t> {
    items: Vec<Item<'t>>,
    /// It ends with a sentence or bracket, not with the text.
    closed: bool,
    /// Nothing else with its unit follows in the sentence.
    clean: bool,
}

/// The totals of a text whose items are all told.
pub(crate) fn totals(text: &Text) -> Vec<Total> {
    let starts = (0..text.segments.len()).filter_map(|it| start(text, it));
    starts.filter_map(|it| read(text, &it)).collect()
}

/// Words after which a list names only some items.
static OPEN: Words<14> = Words::new([
    "主要", "包括", "包含", "具体", "含", "如", "涉及", "涵盖", "比如", "例如", "即", "另", "不含",
    "重点",
]);

fn start(text: &Text, trigger: usize) -> Option<Start> {
    let segment = &text.segments[trigger];
    let words = text.words(segment);
    let make = |opening, skip: usize, back| {
        let base = segment.range.end - text.masked[segment.range.clone()].trim_start().len();
        let rest = words[skip..].trim_start();
        let (first, label) = if rest.is_empty() {
            (trigger + 1, text.segments.get(trigger + 1)?.range.start)
        } else {
            (trigger, base + words.len() - rest.len())
        };
        let opens = text.masked[label..].trim_start();
        let open = OPEN.start(opens);
        (!open).then_some(Start { opening, trigger, first, label, back })
    };
    let colon = segment.after == Mark::Colon;
    let among = segment.topics.have(Topics::AMONG).then(|| words.strip_prefix("其中"));
    if let Some(rest) = among.flatten() {
        let whole = colon && rest.trim().is_empty();
        return make(if whole { Opening::Whole } else { Opening::Among }, "其中".len(), 1);
    }
    if let Some(at) = segment.topics.have(Topics::EACH).then(|| each(words)).flatten() {
        return make(Opening::Each, at, 0);
    }
    let divides = matches!(segment.after, Mark::Comma | Mark::Colon);
    if divides && words.starts_with(['在', '从', '按']) && ends_introduction(words) {
        return make(Opening::Whole, words.len(), 2);
    }
    bracket(text, trigger).then(|| make(Opening::Bracket, 0, 0)).flatten()
}

/// Where 分别为 ends, or 分别是 where that is not written.
fn each(words: &str) -> Option<usize> {
    let end = |it: &str| Some(words.find(it)? + it.len());
    end("分别为").or_else(|| end("分别是"))
}

/// 在主动公开的信息中, 按类别划分
fn ends_introduction(words: &str) -> bool {
    let about = ["信息", "文件", "申请", "公开"].iter().any(|it| words.contains(it));
    words.starts_with(['在', '从']) && words.ends_with('中') && about
        || words.starts_with('按') && (words.ends_with('分') || words.ends_with("划分"))
}

/// Whether a segment is the first in a bracket right after a count.
fn bracket(text: &Text, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|it| &text.segments[it]) else { return false };
    text.segments[index].before == Mark::Open
        && text.final_quantity(before).is_some_and(is_count)
        && !compares(text.words(&text.segments[index]))
}

fn read(text: &Text, start: &Start) -> Option<Total> {
    let mut list = list(text, start)?;
    let unit = list.items.iter().map(|it| it.quantity.unit).find(|it| *it != Unit::Missing)?;
    let counts = |it: &&Quantity| it.unit.is_like(unit) || it.unit == Unit::Missing;
    let candidates: Vec<_> =
        wholes(text, start.trigger, start.back).into_iter().filter(counts).collect();
    let total = *candidates.first()?;
    // A total without a unit is one only where its items follow at once.
    let bracketed = text.segments[start.trigger].before == Mark::Open;
    if !is_count(total) || total.unit == Unit::Missing && !bracketed {
        return None;
    }
    let others: Vec<_> = candidates.iter().skip(1).map(|it| it.value).collect();
    let sure = choose(&mut list, start.opening, total.value, &others)?;
    // After an earlier breakdown the nearest count is one of its items.
    if !sure && start.opening != Opening::Bracket && follows_breakdown(text, start.trigger) {
        return None;
    }
    let items = list.items.iter().map(|it| Figure::new(text, it.quantity)).collect();
    Some(Total { total: Figure::new(text, total), items })
}

/// Whether the sentence has another breakdown before a segment.
fn follows_breakdown(text: &Text, trigger: usize) -> bool {
    let before = text.segments[..trigger].iter().rev();
    let mut sentence = before.take_while(|it| !matches!(it.after, Mark::Stop | Mark::Edge));
    sentence.any(|it| breaks_down(text, it))
}

/// The items from a start on; `None` where the list is not to be added up.
fn list<'t>(text: &'t Text, start: &Start) -> Option<List<'t>> {
    let depth = text.segments[start.first].depth;
    let mut list = List { items: Vec::new(), closed: false, clean: true };
    let (mut label, mut before) = (Some(start.label), Mark::Edge);
    for (index, segment) in text.segments.iter().enumerate().skip(start.first) {
        if segment.depth < depth {
            list.closed = true;
            break;
        }
        if segment.depth > depth {
            continue;
        }
        before = stronger(before, segment.before);
        let from = label.take().unwrap_or(segment.range.start);
        match classify(text, segment, from)? {
            Part::Nothing => (),
            // 政策、规范性文件类8条: one label with 、 inside.
            Part::Label => label = Some(from),
            Part::Item(quantity) if fits(&list.items, quantity) => {
                let label = trim(&text.masked[from..quantity.number.start]);
                list.items.push(Item { quantity, label, before });
                before = Mark::List;
            }
            Part::Item(_) | Part::Other => {
                // At the very end the text may have been cut off.
                list.closed = segment.after != Mark::Edge;
                list.clean = !goes_on(text, index, depth, &list.items);
                break;
            }
        }
        if matches!(segment.after, Mark::Stop | Mark::Edge) {
            list.closed = segment.after == Mark::Stop;
            break;
        }
    }
    Some(list)
}

/// Brackets and the edge say nothing of how closely two items stand.
fn stronger(a: Mark, b: Mark) -> Mark {
    let rank = |it: Mark| {
        if matches!(it, Mark::Open | Mark::Close | Mark::Edge) { Mark::List } else { it }
    };
    rank(a).max(rank(b))
}

fn fits(items: &[Item], quantity: &Quantity) -> bool {
    let units = items.iter().map(|it| it.quantity.unit).find(|it| *it != Unit::Missing);
    quantity.unit == Unit::Missing || units.is_none_or(|it| it.is_like(quantity.unit))
}

/// Whether a number with the list's unit follows in the sentence.
fn goes_on(text: &Text, index: usize, depth: u32, items: &[Item]) -> bool {
    let rest = text.segments[index..].iter();
    let end = rest.clone().position(|it| it.after >= Mark::Stop || it.depth < depth);
    let rest = rest.take(end.map_or(usize::MAX, |it| it + 1));
    let mut numbers = rest.flat_map(|it| text.quantities_of(it));
    numbers.any(|it| it.unit != Unit::Percent && fits(items, it))
}

/// What a segment of a list is.
enum Part<'t> {
    /// Empty, or a percentage of the item before it.
    Nothing,
    /// The first half of a label.
    Label,
    /// A label and a number.
    Item(&'t Quantity),
    /// Something else: the list ended before it.
    Other,
}

/// `None` where the segment shows that the list is not to be added up.
fn classify<'t>(text: &'t Text, segment: &Segment, label: usize) -> Option<Part<'t>> {
    static ASIDE: Words<4> = Words::new(["较", "比", "同比", "与上年"]);
    // The first item's segment may start with 其中.
    let start = label.clamp(segment.range.start, segment.range.end);
    let words = trim(&text.masked[start..segment.range.end]);
    // 较上年增加5条 is told in between and is no item.
    let aside = ASIDE.start(words);
    if words.is_empty() || aside {
        return Some(Part::Nothing);
    }
    let quantities = text.quantities_of(segment);
    let is_share = |it: &Quantity| it.unit == Unit::Percent;
    if quantities.iter().all(is_share) && !quantities.is_empty() {
        let share = words.contains('占') || words.contains("比例");
        let bare = quantities[0].full.len() == words.len();
        return Some(if share || bare { Part::Nothing } else { Part::Other });
    }
    let Some(quantity) = quantities.first() else {
        let nested = ["内有", "其中"].iter().any(|it| words.starts_with(it));
        let half = segment.after == Mark::List;
        // 政策类若干、人事类5条: an item without a number.
        let unnumbered = half && (words.ends_with('类') || words.contains("若干"));
        return (!nested && !unnumbered).then_some(if half { Part::Label } else { Part::Other });
    };
    let tail = trim(&text.masked[quantity.full.end..segment.range.end.max(quantity.full.end)]);
    if quantity.approximate || quantity.each || tail.starts_with('等') {
        return None;
    }
    let label = trim(&text.masked[label.min(quantity.number.start)..quantity.number.start]);
    let alone = tail.is_empty() || tail.contains('占') && quantities[1..].iter().all(is_share);
    if !alone || label.is_empty() || quantity.full.start != quantity.number.start {
        return Some(Part::Other);
    }
    is_plain(label).then_some(Part::Item(quantity))
}

/// Whether a label names a kind of thing: no channel, no stage of a request, no list of
/// its own.
fn is_plain(label: &str) -> bool {
    let has_a = memchr::memchr2(b'a', b'A', label.as_bytes()).is_some();
    let is_app = |it: &[u8]| it.eq_ignore_ascii_case(b"app");
    let names_app = has_a && label.as_bytes().windows(3).any(is_app);
    !names_app && !OTHER_KINDS.are_in(label) && !label.ends_with('达')
}

/// Channels, stages of a request, and words that open another list.
static OTHER_KINDS: Words<47> = Words::new([
    "网站",
    "微信",
    "微博",
    "公众号",
    "公开栏",
    "平台",
    "渠道",
    "客户端",
    "抖音",
    "头条",
    "新媒体",
    "报刊",
    "报纸",
    "杂志",
    "广播",
    "电视",
    "媒体",
    "短信",
    "屏",
    "宣传栏",
    "公示栏",
    "专栏",
    "专区",
    "线上",
    "线下",
    "通过",
    "利用",
    "窗口",
    "信函",
    "网络",
    "网上",
    "当面",
    "邮",
    "传真",
    "馆",
    "公报",
    "结转",
    "新收",
    "顺延",
    "上年",
    "转下年",
    "内有",
    "其中",
    "含",
    "包括",
    "主要",
    "达到",
]);

/// Cuts the list where it ends, or gives it up: `Some` only where the items are all told
/// and can be held against the total; whether they add up to it.
fn choose(list: &mut List, opening: Opening, total: Decimal, others: &[Decimal]) -> Option<bool> {
    let boundary = verb_boundary(&list.items);
    let ends = ends(&list.items, boundary);
    for end in ends {
        let values = list.items[..end].iter().map(|it| it.quantity.value);
        if is_equal(values.clone(), total) {
            list.items.truncate(end);
            return Some(true);
        }
        if others.iter().any(|it| is_equal(values.clone(), *it)) {
            return None;
        }
    }
    let residual = |items: &[Item]| items.last().is_some_and(|it| is_residual(it.label));
    if let Some(end) = boundary {
        list.items.truncate(end);
        list.clean = false;
    }
    let items = &list.items;
    let certain = list.clean || residual(items);
    let plain = list.closed && certain && !is_mixed(items) && !restates(items, total);
    (plain && is_exhaustive(items, opening, total, residual(items))).then_some(false)
}

fn sum(items: &[Item]) -> Decimal {
    items.iter().map(|it| it.quantity.value).sum()
}

/// Equal, or equal but for the rounding of amounts with decimals.
fn is_equal(values: impl ExactSizeIterator<Item = Decimal> + Clone, total: Decimal) -> bool {
    let (count, scales) = (values.len(), values.clone().map(|it| it.scale()));
    let scale = scales.max().map(|it| it.max(total.scale()));
    let sum: Decimal = values.sum();
    match scale {
        None | Some(0) => sum == total,
        Some(scale) => {
            let ulps = Decimal::from(count + 1) * Decimal::new(1, scale) / Decimal::TWO;
            (sum - total).abs() <= ulps
        }
    }
}

/// The index of the first item that starts with a verb: perhaps a new statement. Lists
/// whose first item starts with one too are parallel throughout.
fn verb_boundary(items: &[Item]) -> Option<usize> {
    static VERBS: Words<27> = Words::new([
        "主动公开",
        "公开",
        "发布",
        "转发",
        "推送",
        "印发",
        "制发",
        "收到",
        "受理",
        "办理",
        "办结",
        "答复",
        "举办",
        "开展",
        "召开",
        "组织",
        "完成",
        "新增",
        "共",
        "累计",
        "全年",
        "合计",
        "另",
        "此外",
        "同时",
        "并",
        "还",
    ]);
    let starts = |it: &Item| VERBS.start(it.label);
    let first = items.iter().position(starts)?;
    (first > 0).then_some(first)
}

/// Where the list may end, shortest first: before a verb, before a stronger mark, before
/// two or more further items, before a last one of another kind, at its end.
fn ends(items: &[Item], boundary: Option<usize>) -> Vec<usize> {
    let strongest = |end: usize| items[1..end].iter().map(|it| it.before).max();
    let may_end = |end: &usize| {
        let end = *end;
        end == items.len()
            || Some(end) == boundary
            || items.len() - end >= 2
            || is_apart(&items[0], &items[end])
            || strongest(end).is_some_and(|it| it < items[end].before)
    };
    (2..=items.len()).filter(may_end).collect()
}

/// Whether a last item may be a statement of its own: it stands after a comma, is no rest,
/// and its label does not end as the first one's does, as in 机构类 and 人事类.
fn is_apart(first: &Item, last: &Item) -> bool {
    let end = |it: &Item| it.label.chars().next_back();
    last.before > Mark::List && !is_residual(last.label) && end(first) != end(last)
}

/// Persons and results of requests in one list are two breakdowns of the same total.
fn is_mixed(items: &[Item]) -> bool {
    let who = |it: &&Item| it.label.contains("自然人") || it.label.contains("法人");
    let count = items.iter().filter(who).count();
    count > 0 && count < items.len()
}

/// Whether the list says the total again, in one item, in several, or inside another item.
fn restates(items: &[Item], total: Decimal) -> bool {
    let value = |it: usize| items[it].quantity.value;
    let zero = Decimal::ZERO;
    let sum = sum(items);
    if items.len() > 1 && total > zero && (0..items.len()).any(|it| value(it) == total) {
        return true;
    }
    if items.len() > 3 && total > zero && sum > total && (sum % total).is_zero() {
        return true;
    }
    // a20, of which 10, 4, 1 and 5, and b30: the run after 20 tells its parts.
    (0..items.len()).any(|outer| {
        let mut run = zero;
        ((outer + 1)..items.len()).any(|last| {
            run += value(last);
            last > outer + 1 && run == value(outer) && sum - run == total
        })
    })
}

fn is_residual(label: &str) -> bool {
    ["其他", "其它", "其余", "剩余"].iter().any(|it| label.contains(it))
}

/// Whether the items are meant to be all there are.
fn is_exhaustive(items: &[Item], opening: Opening, total: Decimal, residual: bool) -> bool {
    let count = items.len();
    if count < 2 || total <= Decimal::ZERO {
        return false;
    }
    if residual || opening == Opening::Each {
        return true;
    }
    if count < 3 {
        return false;
    }
    let sum = sum(items);
    let at_least = |tenths: i64| sum * Decimal::TEN >= total * Decimal::from(tenths);
    let at_most = |tenths: i64| sum * Decimal::TEN <= total * Decimal::from(tenths);
    match opening {
        // 其中 often names the largest kinds only.
        Opening::Among => at_least(9) && at_most(12),
        Opening::Whole | Opening::Bracket => sum > total || at_least(7),
        Opening::Each => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    /// `total=item+item` of each list.
    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        let text = Text::new(&plain);
        let show = |it: Total| {
            let items: Vec<_> = it.items.iter().map(|it| it.value.to_string()).collect();
            format!("{}={}", it.total.value, items.join("+"))
        };
        totals(&text).into_iter().map(show).collect()
    }

    #[track_caller]
    fn reads(source: &str, expected: &[&str]) {
        assert_eq!(read(source), expected, "{source}");
    }

    #[test]
    fn a_list_after_its_total_is_read() {
        reads("全年主动公开信息30条，其中：机构类12条、政策类8条，其他类9条。", &["30=12+8+9"]);
        reads(
            "公开信息34条，其中，机构类1条，占比2.94%；规划类14条，占比41.18%；其他19条。",
            &["34=1+14+19"],
        );
        reads("公开信息60条。其中，甲类20条,乙类30条，丙类12条，丁类3条。", &["60=20+30+12+3"]);
        reads("制作解读20期（其中，甲县8期、乙县7期、丙县6期）。", &["20=8+7+6"]);
        reads("收到申请20件（甲局8宗、乙局7件、丙局6起），均已办结。", &["20=8+7+6"]);
        reads("处理申请9件，结果分别为予以公开4件、不予公开6件。", &["9=4+6"]);
    }

    #[test]
    fn the_total_may_stand_in_the_sentence_before() {
        reads(
            "公开信息50条，其中全文电子化达50条。工作正常。在主动公开的信息中，甲类4条；乙类10条；丙类30条；丁类7条。",
            &["50=4+10+30+7"],
        );
    }

    #[test]
    fn labels_may_contain_separators_and_titles() {
        reads(
            "公开信息12条，其中：政策、规范性文件类3条，安全生产、应急管理类4条，《要点》类6条。",
            &["12=3+4+6"],
        );
    }

    #[test]
    fn a_total_without_unit_stands_before_a_bracket() {
        reads("公开信息189（其中机构33条，政策9条，人事148条）。", &["189=33+9+148"]);
    }

    #[test]
    fn a_change_of_unit_or_of_verb_ends_the_list() {
        reads(
            "公开信息105条，其中：动态14条、其他91条（包括变更2条）；主动公开许可135件、处罚1件。",
            &["105=14+91"],
        );
        reads(
            "公开信息30条，其中甲类10条、乙类15条、其他类6条，同时推送图文88条。",
            &["30=10+15+6"],
        );
    }

    #[test]
    fn channels_and_open_lists_are_not_added_up() {
        for source in [
            "公开信息73条，其中网站73条、微信公众号73条、公开栏73条。",
            "公开信息306条，其中：门户网站216条、公众号22条、其他方式299条。",
            "公开信息42条，主要包括甲类10条、乙类20条、丙类5条。",
            "公开信息42条，其中主要有甲类10条、乙类20条、丙类5条。",
            "公开信息42条，其中甲类10条、乙类20条、丙类5条等。",
            "公开规章13件（含新制定5件，修改4件，废止3件）。",
            "公开信息424条，具体包括甲类42条、乙类212条、丙类9条。",
        ] {
            reads(source, &[]);
        }
    }

    #[test]
    fn estimates_and_items_without_number_are_not_added_up() {
        for source in [
            "公开信息42条，其中：甲类10余条、乙类20条、丙类5条。",
            "公开信息100余条，其中：甲类10条、乙类20条、丙类5条。",
            "公开信息42条，其中：甲类各10条、乙类20条、丙类5条。",
            "公开信息42条，其中：甲类、乙类20条，丙类若干，丁类5条、戊类6条。",
        ] {
            reads(source, &[]);
        }
    }

    #[test]
    fn breakdowns_that_overlap_are_not_added_up() {
        for source in [
            // Two breakdowns of one total.
            "收办申请20件，其中，自然人申请18件，法人申请2件；予以公开9件、不予公开12件。",
            // A stage of the request is no kind of it.
            "受理申请35件。其中，新收申请33件，结转上年申请2件，办理完成30件，结转下年4件。",
            // Only the largest kinds are named.
            "公开文件206件，其中会议决定事项58件，联合发文14件。",
            "公开信息300条，其中政策文件50条、人事信息20条、财政信息30条。",
            // A number that an item restates.
            "公开信息11条，其中：机构11条，全文电子化11条，规划3条。",
            // The text breaks off.
            "公开信息43条，其中：甲类9条，乙类12条，丙类5条，丁类",
            "公开信息43条，其中：甲类9条，乙类12条，丙类5条，其他13条，结转下年",
        ] {
            let found = read(source);
            assert!(found.iter().all(|it| it == "20=18+2"), "{source} {found:?}");
        }
    }

    #[test]
    fn other_statements_in_the_sentence_are_no_items() {
        for (source, expected) in [
            ("制发文件5件，其中：县政府3件，县政府办2件，废止1件。", "5=3+2"),
            ("公开30条，其中：预算15条，决算15条，三公经费30条。", "30=15+15"),
            ("发布会12场，其中局长出席3场、分管负责人出席9场，同比增加2场。", "12=3+9"),
            (
                "收到15件，其中公开8件，部分公开3件，不予公开2件，其他2件，另有1件撤回。",
                "15=8+3+2+2",
            ),
            ("梳理事项300项，其中：主动公开250项、依申请公开50项。", "300=250+50"),
        ] {
            reads(source, &[expected]);
        }
    }

    #[test]
    fn a_second_breakdown_is_not_held_against_an_item_of_the_first() {
        reads(
            "收到建议120件，其中，人大建议50件，政协提案70件，已全部办结，其中：甲类100件，乙类10件，丙类9件。",
            &["120=50+70"],
        );
    }

    #[test]
    fn an_item_that_tells_its_own_parts_is_counted_once() {
        reads("公开信息50条，其中：机构类20条，内设10条、职能4条、概况6条、其他30条。", &[]);
        reads("公开信息12条，其中：甲类4条（中英文各2条）、乙类3条、丙类6条。", &["12=4+3+6"]);
    }

    #[test]
    fn amounts_may_differ_by_their_rounding() {
        reads(
            "上缴9472.93万元，其中：利息1.84万元、登记费212.45万元、开垦费9013.44万元、其他245.20万元。",
            &["9472.93=1.84+212.45+9013.44+245.20"],
        );
    }
}
