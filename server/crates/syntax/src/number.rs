//! Numbers as people write them in cells, read exactly.
//!
//! A hand-written scanner: each step consumes a prefix of the text, and what remains at the
//! end must be a known unit. Anything else is not *one* number, and is refused rather than
//! read in part: 第20条, 1/2 and 1-2 are text.

use rust_decimal::Decimal;

use crate::{is_space, trim};

/// A number and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The exact value of the digits: `52.15万元` is 52.15.
    pub value: Decimal,
    /// How it was written.
    pub style: NumberStyle,
}

/// How a number is written, so that a corrected one can be written alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
pub struct NumberStyle {
    /// Full-width digits １２, or a full-width point or separator.
    pub full_width: bool,
    /// Separators between thousands.
    pub thousands: bool,
    /// White space inside the number.
    pub spaced: bool,
    /// A word or sign of change before it: 增, 减, +.
    pub signed: bool,
    /// An opening quotation mark before the sign.
    pub before: Option<char>,
    /// Text after the digits as written: a unit, a closing quotation mark.
    pub after: Box<str>,
    /// ASCII digits, although a point or separator is full-width.
    ascii_digits: bool,
    /// Digits after the point.
    decimals: u32,
    /// The words or signs of a rise and of a fall, as an index in [`SIGNS`]: a form holds
    /// hundreds of numbers, few of them with a sign.
    sign: Option<u8>,
}

/// What stands before a rise and before a fall.
type Sign = (&'static str, &'static str);

/// Longer ones first, because the first that fits is taken.
const SIGNS: [Sign; 10] = [
    ("新增", "减少"),
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("增", "减"),
    ("↑", "↓"),
    ("+", "-"),
    ("＋", "－"),
    ("+", "−"),
    ("+", "–"),
];

const UNITS: [&str; 20] = [
    "元", "万元", "亿元", "件", "条", "份", "项", "宗", "次", "起", "人", "人次", "个", "例", "部",
    "篇", "种", "家", "期", "户",
];

const QUOTES: [(char, char); 6] =
    [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('「', '」'), ('＂', '＂')];

/// The largest decimal has 29 digits; full-width, grouped and with a unit it is shorter than this.
const LONGEST: usize = 256;

impl Number {
    /// Reads a whole cell: `1,234`, `１２`, `3 050`, `-3`, `减4`, `+1036`, `52.15`, `251000元`.
    /// `None` where the text is not one number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Most texts are labels, whose first character tells.
        if !text.starts_with(|it| may_start(it) || is_space(it)) {
            return None;
        }
        let mut rest = trim(text);
        if let Some(value) = plain_integer(rest) {
            return Some(value.into());
        }
        if rest.len() > LONGEST || !rest.starts_with(may_start) {
            return None;
        }
        let mut style = NumberStyle::default();
        let quote = QUOTES.into_iter().find(|it| rest.starts_with(it.0));
        if let Some((open, _)) = quote {
            style.before = Some(open);
            rest = rest[open.len_utf8()..].trim_start_matches(is_space);
        }
        let negative = read_sign(&mut rest, &mut style);
        let mut value = read_digits(&mut rest, &mut style)?;
        let close = quote.map(|it| it.1);
        if !is_after(rest, close) {
            return None;
        }
        style.after = rest.into();
        value.set_sign_negative(negative && !value.is_zero());
        Some(Self { value, style })
    }

    /// `value` written in the style of a number; white space inside that number is damage
    /// rather than style and is not repeated.
    #[must_use]
    pub fn format(value: Decimal, style: &NumberStyle) -> String {
        let mut out = String::from_iter(style.before);
        out.push_str(style.sign_of(value));
        let mut digits = value.abs().normalize();
        if digits.scale() < style.decimals {
            digits.rescale(style.decimals);
        }
        let digits = digits.to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        for (at, digit) in whole.chars().enumerate() {
            if style.thousands && at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(if style.full_width { '，' } else { ',' });
            }
            out.push(style.digit(digit));
        }
        if !fraction.is_empty() {
            out.push(if style.full_width { '．' } else { '.' });
            out.extend(fraction.chars().map(|it| style.digit(it)));
        }
        out + &style.after
    }

    /// `value` in plain digits.
    #[must_use]
    pub fn plain(value: Decimal) -> String {
        Self::format(value, &NumberStyle::default())
    }
}

/// The number that a few plain digits are.
impl From<u64> for Number {
    fn from(value: u64) -> Self {
        let style = NumberStyle { ascii_digits: true, ..NumberStyle::default() };
        Self { value: value.into(), style }
    }
}

impl NumberStyle {
    /// The unit: 元 in `251000 元`, empty where there is none.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.after.trim_matches(|it| is_space(it) || is_closing(it))
    }

    /// This style with plain digits: no full width and no separators, sign and unit as they are.
    #[must_use]
    pub fn with_plain_digits(&self) -> Self {
        Self { full_width: false, thousands: false, spaced: false, ..self.clone() }
    }

    fn sign_of(&self, value: Decimal) -> &'static str {
        let written = self.sign.and_then(|it| SIGNS.get(usize::from(it)));
        let (rise, fall) = match written {
            Some(sign) => *sign,
            None if self.full_width && !self.ascii_digits => ("＋", "－"),
            None => ("+", "-"),
        };
        match value {
            _ if value.is_zero() => "",
            _ if value.is_sign_negative() => fall,
            _ if self.signed => rise,
            _ => "",
        }
    }

    fn digit(&self, ascii: char) -> char {
        const TO_FULL: u32 = '０' as u32 - '0' as u32;
        if self.full_width && !self.ascii_digits {
            char::from_u32(ascii as u32 + TO_FULL).unwrap_or(ascii)
        } else {
            ascii
        }
    }
}

/// Whether a cell says nothing: it is blank, or has a mark that stands for nothing.
#[must_use]
pub fn is_blank_mark(text: &str) -> bool {
    const WORDS: [&str; 5] = ["无", "暂无", "空", "不涉及", "不适用"];
    const MOST: usize = 4;
    // Bytes of the longest: four dashes.
    const LONGEST: usize = 12;
    // Most texts are labels, whose first character tells.
    let may_start = |c| is_mark(c) || is_space(c) || matches!(c, '无' | '暂' | '空' | '不');
    if !text.is_empty() && !text.starts_with(may_start) {
        return false;
    }
    let text = trim(text);
    if text.len() > LONGEST {
        return false;
    }
    WORDS.contains(&text)
        || (text.chars().all(is_mark) && text.chars().take(MOST + 1).count() <= MOST)
}

fn is_mark(c: char) -> bool {
    matches!(c, '/' | '／' | '\\' | '＼' | '-' | '－' | '—' | '–' | '−' | '―' | '─')
}

/// The value of a few ASCII digits and nothing else, as in most cells.
#[must_use]
pub fn plain_integer(text: &str) -> Option<u64> {
    const MOST: usize = 18;
    let digits = text.as_bytes();
    let is_plain = matches!(digits.len(), 1..=MOST) && digits.iter().all(u8::is_ascii_digit);
    is_plain.then(|| digits.iter().fold(0, |value, it| value * 10 + u64::from(it - b'0')))
}

/// Whether a number can start with `c`: a digit, a sign or an opening quotation mark. Most
/// labels cannot, and no table need be searched for them.
fn may_start(c: char) -> bool {
    ascii_digit(c).is_some()
        || matches!(c, '新' | '增' | '上' | '下' | '减' | '↑' | '↓' | '+' | '＋')
        || matches!(c, '-' | '－' | '−' | '–' | '“' | '"' | '‘' | '\'' | '「' | '＂')
}

/// Reads a sign or word of change; whether it is a fall.
fn read_sign(rest: &mut &str, style: &mut NumberStyle) -> bool {
    if rest.starts_with(|it: char| it.is_ascii_digit()) {
        return false;
    }
    for (sign, words) in (0..).zip(SIGNS) {
        for (word, negative) in [(words.0, false), (words.1, true)] {
            let Some(after) = rest.strip_prefix(word) else { continue };
            *rest = after.trim_start_matches(is_space);
            style.sign = Some(sign);
            // A minus says nothing of how a rise is written; a word or a plus does.
            style.signed = !negative || !"-－−–".contains(word);
            return negative;
        }
    }
    false
}

/// Reads digits with separators and a point; gives their value.
fn read_digits(rest: &mut &str, style: &mut NumberStyle) -> Option<Decimal> {
    let (whole, mut digits) = (*rest, 0);
    let mut group = take_digits(rest, &mut digits)?;
    if group == 0 {
        return None;
    }
    while let Some((after, separator)) = separator(rest) {
        // Between groups of three only: 12,34 and 1 2 may be two numbers.
        *rest = after;
        if group > 3 || take_digits(rest, &mut digits)? != 3 {
            return None;
        }
        group = 3;
        style.thousands |= separator.comma;
        style.spaced |= separator.space;
    }
    if let Some(point @ ('.' | '．')) = rest.chars().next() {
        *rest = &rest[point.len_utf8()..];
        style.decimals = take_digits(rest, &mut digits)?;
        if style.decimals == 0 {
            return None;
        }
    }
    let taken = &whole[..whole.len() - rest.len()];
    let wide = |c| matches!(c, '０'..='９');
    style.full_width = taken.contains(|c| wide(c) || matches!(c, '，' | '．'));
    style.ascii_digits = !taken.contains(wide);
    Decimal::try_from_i128_with_scale(digits, style.decimals).ok()
}

/// Takes digits off `rest` and puts them after those of `digits`; how many they were. `None`
/// where they are more than any decimal has.
fn take_digits(rest: &mut &str, digits: &mut i128) -> Option<u32> {
    let mut count = 0;
    while let Some(c) = rest.chars().next() {
        let Some(digit) = ascii_digit(c).and_then(|it| it.to_digit(10)) else { break };
        *digits = digits.checked_mul(10)?.checked_add(digit.into())?;
        *rest = &rest[c.len_utf8()..];
        count += 1;
    }
    Some(count)
}

struct Separator {
    comma: bool,
    space: bool,
}

/// A comma or white space before a digit.
fn separator(rest: &str) -> Option<(&str, Separator)> {
    let after_space = rest.trim_start_matches(is_space);
    let comma = after_space.chars().next().filter(|it| matches!(it, ',' | '，'));
    let after_comma = &after_space[comma.map_or(0, char::len_utf8)..];
    let after = after_comma.trim_start_matches(is_space);
    let space = after_space.len() < rest.len() || after.len() < after_comma.len();
    let follows = after.chars().next().and_then(ascii_digit).is_some();
    (follows && after.len() < rest.len())
        .then_some((after, Separator { comma: comma.is_some(), space }))
}

fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// Whether `rest` is a unit or nothing, with the closing quotation mark before or after it.
fn is_after(rest: &str, close: Option<char>) -> bool {
    let mut rest = trim(rest);
    if let Some(close) = close {
        let Some(open) = rest.strip_prefix(close).or_else(|| rest.strip_suffix(close)) else {
            return false;
        };
        rest = trim(open);
    }
    rest.is_empty() || UNITS.contains(&rest)
}

fn is_closing(c: char) -> bool {
    QUOTES.iter().any(|it| it.1 == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_and_quotation_mark_may_start_a_number() {
        let signs = SIGNS.iter().flat_map(|it| [it.0, it.1]);
        assert!(signs.clone().all(|it| it.starts_with(may_start)));
        assert!(QUOTES.iter().all(|it| may_start(it.0)));
        assert!(!"中本第（.,".contains(may_start));
    }

    #[test]
    fn every_mark_and_word_for_nothing_is_blank() {
        for text in ["", "无", " 暂无", "空", "不涉及", "不适用", "/", "——", "\u{3000}－", " "]
        {
            assert!(is_blank_mark(text), "{text:?}");
        }
        for text in ["无人", "不", "0", "-----", "一"] {
            assert!(!is_blank_mark(text), "{text:?}");
        }
    }
}
