//! Quantities in running text: a number, its unit, and whether it is meant exactly.
//!
//! Dates, years, ordinals, telephone numbers, numbers of documents and articles are no
//! quantities. Offsets are bytes of the text that is read.

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::{self, Script, Style};
use crate::scan::Sieve;
use crate::words::{Lexicon, Words, count, lasts};

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// The digits alone.
    pub(crate) number: Range<usize>,
    /// From 百分之 or the digits to the end of the unit and its marks.
    pub(crate) full: Range<usize>,
    /// The value; 1.2万 is 12000.
    pub(crate) value: Decimal,
    /// How the digits are written.
    pub(crate) style: Style,
    /// What is counted.
    pub(crate) unit: Unit,
    /// 余, 近, 超, 以上, a range, 万: not to be compared exactly.
    pub(crate) approximate: bool,
    /// 各3条: so many for each of several things.
    pub(crate) each: bool,
}

/// A unit, by its usual word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// None is written, where a quantity can stand nevertheless: 部分公开67，占……
    Missing,
    /// %
    Percent,
    /// A word: 件.
    Word(&'static str),
}

impl Unit {
    /// Whether two quantities count the same things. The words for cases are used one for
    /// another.
    pub(crate) fn is_like(self, other: Self) -> bool {
        const CASES: [&str; 4] = ["件", "宗", "起", "例"];
        match (self, other) {
            (Self::Word(a), Self::Word(b)) => a == b || CASES.contains(&a) && CASES.contains(&b),
            _ => self == other,
        }
    }
}

/// Words for units, and words that only start with one, which are told first.
static AFTER: Lexicon<bool, { count(&AFTER_LISTS) }> = Lexicon::of(&AFTER_LISTS);
const AFTER_LISTS: [(bool, &[&str]); 2] = [(false, &NO_UNITS), (true, &UNITS)];

/// Longer words first where one starts another.
const UNITS: [&str; 52] = [
    "人次", "件次", "条次", "篇次", "场次", "万元", "亿元", "元", "条", "件", "宗", "份", "起",
    "例", "篇", "次", "期", "项", "个", "名", "人", "家", "户", "批", "部", "本", "册", "页", "场",
    "则", "组", "种", "类", "处", "幅", "张", "道", "台", "套", "字", "位", "所", "辆", "间", "块",
    "堂", "封", "通", "款", "档", "卷", "案",
];

/// Words that a unit's word starts: 条例, 次性, 起来, 部分, 件件.
const NO_UNITS: [&str; 17] = [
    "条例",
    "条龙",
    "条线",
    "次性",
    "次日",
    "起来",
    "起草",
    "起至",
    "期间",
    "件件",
    "条条",
    "个别",
    "个百分点",
    "部门",
    "部分",
    "本级",
    "家庭",
];

/// What makes a number an estimate when it stands before it.
static ABOUT_BEFORE: Words<18> = Words::new(ESTIMATES);
const ESTIMATES: [&str; 18] = [
    "近",
    "约",
    "超",
    "逾",
    "超过",
    "不足",
    "不到",
    "不少于",
    "不低于",
    "至少",
    "最多",
    "至多",
    "突破",
    "几",
    "多达",
    "高达",
    "前",
    "每",
];

/// What makes a number an estimate when it stands after its unit.
static ABOUT_AFTER: Words<7> = Words::new(["余", "左右", "以上", "以下", "以内", "上下", "之多"]);

/// Reads the number at a byte of a text whose parts that are not to be read are `_`, adds it to
/// others if it is a quantity, and tells where to go on.
pub(super) fn read(text: &str, at: usize, found: &mut Vec<Quantity>) -> usize {
    const PER_CENT: &str = "百分之";
    let numeral = match numeral::read(text, at) {
        Ok(numeral) => numeral,
        Err(_) if text[at..].starts_with(PER_CENT) => {
            return per_cent(text, at, at + PER_CENT.len(), found);
        }
        Err(end) => return end,
    };
    let end = numeral.range.end;
    let before = Before::of(&text[..at]);
    if before.names {
        return end;
    }
    quantity(text, numeral, &before, found).unwrap_or(end)
}

/// 百分之四十一点一七
fn per_cent(text: &str, start: usize, at: usize, found: &mut Vec<Quantity>) -> usize {
    let Some(mut numeral) = numeral::at(text, at) else { return at };
    let rest = &text[numeral.range.end..];
    if let Some(after) = rest.strip_prefix('点')
        && numeral.style.script != Script::Ascii
    {
        let digits: String =
            after.chars().take_while(|it| numeral::is_chinese_numeral(*it)).collect();
        let Some(decimals) = decimals(&digits) else { return at };
        numeral.value += decimals;
        numeral.range.end += '点'.len_utf8() + digits.len();
        numeral.style.script = Script::Chinese;
    }
    let end = numeral.range.end;
    found.push(Quantity {
        approximate: is_about_before(&text[..start]) || is_about_after(&text[end..]),
        each: false,
        full: start..end,
        number: numeral.range,
        value: numeral.value,
        style: numeral.style,
        unit: Unit::Percent,
    });
    end
}

/// 一七 → 0.17
fn decimals(digits: &str) -> Option<Decimal> {
    let count = digits.chars().count() as u32;
    let mut value = 0_i64;
    for (at, c) in digits.char_indices() {
        let digit = numeral::at(&digits[at..at + c.len_utf8()], 0)?.value;
        value = value.checked_mul(10)?.checked_add(i64::try_from(digit).ok()?)?;
    }
    Decimal::try_new(value, count).ok().filter(|_| count > 0)
}

/// What the text before a number says of it.
#[derive(Default)]
struct Before {
    /// It is an ordinal, or part of an identifier or a telephone number.
    names: bool,
    approximate: bool,
    each: bool,
}

impl Before {
    fn of(text: &str) -> Self {
        /// Tells what may say something from most other characters.
        static SIEVE: Sieve = lasts(&ESTIMATES).or(&lasts(&OTHERS));
        const OTHERS: [&str; 11] = ["＋", "第", "〔", "“", "各", "为", "至", "到", "～", "—", "–"];
        let last = text.chars().next_back();
        let Some(last) = last.filter(|it| it.is_ascii() || SIEVE.passes(*it)) else {
            return Self::default();
        };
        let is_glued = last.is_ascii_alphabetic() || matches!(last, '_' | '.' | '#');
        let words = text.trim_end_matches([' ', '“', '"']);
        Self {
            names: is_glued || text.trim_end_matches(' ').ends_with(NAMES),
            approximate: ABOUT_BEFORE.end(words) || is_range_end(words),
            each: words.ends_with('各') || words.ends_with("均为"),
        }
    }
}

/// What ordinals, telephone numbers and identifiers have before their digits.
const NAMES: [char; 8] = ['第', '-', '/', '+', '@', '＋', '〔', '['];

/// What follows a numeral decides whether it is a quantity, and tells where that ends.
fn quantity(
    text: &str,
    numeral: numeral::Numeral,
    before: &Before,
    found: &mut Vec<Quantity>,
) -> Option<usize> {
    let Numbered { value, approximate, end } = scale(text, &numeral);
    let chinese = matches!(numeral.style.script, Script::Chinese | Script::ChineseDigits);
    let (unit, end) = unit(text, end)?;
    if chinese && !is_chinese_quantity(text, &numeral, unit) {
        return None;
    }
    // 三五件 names no number.
    let is_vague = numeral.style.script == Script::ChineseDigits;
    let about = ABOUT_AFTER.starting(&text[end..]).next();
    let end = end + about.map_or(0, str::len);
    found.push(Quantity {
        full: numeral.range.start..end,
        value,
        style: numeral.style,
        unit,
        approximate: approximate || before.approximate || is_vague || about.is_some(),
        each: before.each,
        number: numeral.range,
    });
    Some(end)
}

struct Numbered {
    value: Decimal,
    approximate: bool,
    end: usize,
}

/// 万, 亿, 余 and 多 between the digits and the unit.
fn scale(text: &str, numeral: &numeral::Numeral) -> Numbered {
    let mut end = numeral.range.end;
    let mut value = numeral.value;
    let mut approximate = false;
    while let Some(c) = text[end..].chars().next() {
        let is_money = || text[end + c.len_utf8()..].starts_with('元');
        match c {
            '万' | '亿' if !is_money() => {
                let factor = if c == '万' { 10_000 } else { 100_000_000 };
                value = value.checked_mul(Decimal::from(factor)).unwrap_or(value);
                approximate = true;
            }
            '余' | '多' | '来' | '几' => approximate = true,
            _ => break,
        }
        end += c.len_utf8();
    }
    // Without the decimals that only the multiplication shows.
    let value = if approximate { value.normalize() } else { value };
    Numbered { value, approximate, end }
}

/// The unit at `at` and where it ends; `None` where no quantity can stand.
fn unit(text: &str, at: usize) -> Option<(Unit, usize)> {
    let at = skip_marks(text, at);
    let rest = &text[at..];
    if let Some((word, is_unit)) = AFTER.first(rest) {
        return is_unit.then_some((Unit::Word(word), at + word.len()));
    }
    match rest.chars().next() {
        Some(sign @ ('%' | '％')) => Some((Unit::Percent, at + sign.len_utf8())),
        None | Some('，' | ',' | '、' | '；' | ';' | '。' | '（' | '(' | '）' | ')' | '占') => {
            Some((Unit::Missing, at))
        }
        _ => None,
    }
}

/// Spaces, a closing quotation mark and the number once more in words: 1（一）件.
fn skip_marks(text: &str, at: usize) -> usize {
    const SPACES: [char; 3] = [' ', '\u{a0}', '\u{3000}'];
    const MARKS: [char; 4] = ['”', '"', '（', '('];
    let is_skipped = |it: char| SPACES.contains(&it) || MARKS.contains(&it);
    if !text[at..].starts_with(is_skipped) {
        return at;
    }
    let rest = text[at..].trim_start_matches(SPACES);
    let rest = rest.strip_prefix(['”', '"']).unwrap_or(rest);
    if let Some(inside) = rest.strip_prefix(['（', '(']) {
        let after = inside.trim_start_matches(numeral::is_chinese_numeral);
        if after.len() < inside.len()
            && let Some(after) = after.strip_prefix(['）', ')'])
            && AFTER.first(after).is_some()
        {
            return text.len() - after.len();
        }
    }
    text.len() - rest.len()
}

/// Whether Chinese digits with a unit count: 三十五件, not 统一, 一起, 每一项, 第三条.
fn is_chinese_quantity(text: &str, numeral: &numeral::Numeral, unit: Unit) -> bool {
    let Unit::Word(word) = unit else { return false };
    let before = text[..numeral.range.start].chars().next_back();
    word != "起" && !before.is_some_and(|it| "每逐某统唯同专进之另等任万百千数几上".contains(it))
}

fn is_about_before(before: &str) -> bool {
    ABOUT_BEFORE.end(before.trim_end_matches([' ', '“', '"']))
}

fn is_about_after(after: &str) -> bool {
    ABOUT_AFTER.start(after)
}

/// Whether the text ends in the first half of a range: 3至, 3～.
fn is_range_end(before: &str) -> bool {
    let Some(first) = before.strip_suffix(['至', '到', '~', '～', '—', '–', '-']) else {
        return false;
    };
    first.chars().next_back().is_some_and(|it| {
        numeral::digit(it).is_some() || numeral::is_chinese_numeral(it) || it == '%'
    })
}

#[cfg(test)]
mod tests {
    use gouji_syntax::plain::Plain;

    use super::super::text::Text;
    use super::*;

    /// The quantities of a text: value and unit, `~` before an estimate.
    fn read(text: &str) -> Vec<String> {
        let show = |it: Quantity| {
            let unit = match it.unit {
                Unit::Missing => "?",
                Unit::Percent => "%",
                Unit::Word(word) => word,
            };
            let about = if it.approximate { "~" } else { "" };
            format!("{about}{}{unit}", it.value)
        };
        let plain = Plain::new(text, 0);
        Text::new(&plain).quantities.into_iter().map(show).collect()
    }

    #[track_caller]
    fn reads(text: &str, expected: &[&str]) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn counts_have_a_value_and_a_unit() {
        reads("公开信息34条，答复３件、办理 1,234 件", &["34条", "3件", "1234件"]);
        reads("办结三十五件，撤回两件，收到“0”件", &["35件", "2件", "0件"]);
        reads("收到1（一）件申请，访问12人次", &["1件", "12人次"]);
        reads("收费2950元，上缴9472.93 万元", &["2950元", "9472.93万元"]);
    }

    #[test]
    fn percentages_keep_the_digits_shown() {
        reads("占比2.98%，占32.50％", &["2.98%", "32.50%"]);
        reads("占百分之四十一点一七，占百分之12", &["41.17%", "12%"]);
    }

    #[test]
    fn estimates_are_marked() {
        reads(
            "1000余条、近30件、超过12万人、18万余条",
            &["~1000条", "~30件", "~120000人", "~180000条"],
        );
        reads("20多次，50条以上，3至5件，三五件", &["~20次", "~50条", "~5件", "~35件"]);
        reads("约30%，67.2万余册，十余件", &["~30%", "~672000册", "~10件"]);
    }

    #[test]
    fn dates_ordinals_and_identifiers_are_no_quantities() {
        for text in [
            "2023年1月20日至12月31日",
            "二〇二三年一月",
            "第3条、第二十条第（一）项",
            "国办公开办函〔2021〕30号",
            "国务院令第711号",
            "电话：0595-12345678",
            "拨打12345热线",
            "H5图解，1+X发布，A4纸",
            "同比上升3个百分点",
            "一是规范，统一办理，每一项都一次性告知",
            "《条例》第20条例会",
            "一件件落实，一条龙服务，一起推进",
        ] {
            reads(text, &[]);
        }
    }

    #[test]
    fn a_number_of_too_many_digits_is_passed_over_as_a_whole() {
        // Its last digits are no number, and to try them one by one takes the square of the time.
        for digits in ["9", "９", "999,", "九", "十亿"] {
            reads(&format!("收到{}件，公开3条", digits.repeat(20_000)), &["3条"]);
        }
    }

    #[test]
    fn a_number_before_a_separator_may_lack_its_unit() {
        reads("公开信息189（其中政策9条）", &["189?", "9条"]);
        reads("部分公开67，占4.61%", &["67?", "4.61%"]);
    }

    #[test]
    fn words_for_cases_are_alike() {
        let [a, b, c] = ["件", "宗", "条"].map(Unit::Word);
        assert!(a.is_like(b) && !a.is_like(c) && !a.is_like(Unit::Missing));
    }
}
