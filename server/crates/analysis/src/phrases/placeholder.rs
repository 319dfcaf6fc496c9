//! What a template leaves to be filled in: 20XX年, ××局, ____件, （具体网址）, <机关名称>.

use std::ops::Range;

/// What a placeholder starts with.
pub(super) const SIGNS: [&str; 17] =
    ["x", "X", "ｘ", "Ｘ", "×", "╳", "✕", "○", "〇", "◯", "_", "＿", "（", "(", "【", "[", "<"];

/// The placeholder that starts with the sign at a byte of a text: bytes of it.
pub(super) fn read(text: &str, at: usize) -> Option<Range<usize>> {
    let sign = text[at..].chars().next()?;
    match Mark::of(sign) {
        Some(mark) if Mark::of(last(&text[..at])) != Some(mark) => run(text, at, mark),
        Some(_) => None,
        None => note(text, at, sign),
    }
}

/// The signs that stand for what is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Latin,
    Cross,
    Circle,
    Line,
}

impl Mark {
    fn of(c: char) -> Option<Self> {
        match c {
            'x' | 'X' | 'ｘ' | 'Ｘ' => Some(Self::Latin),
            '×' | '╳' | '✕' => Some(Self::Cross),
            '○' | '〇' | '◯' => Some(Self::Circle),
            '_' | '＿' => Some(Self::Line),
            _ => None,
        }
    }
}

/// The last character; a line break before the first.
fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or('\n')
}

/// What stands right after a number or name that was left out. Persons and companies are left
/// out on purpose, to keep them secret.
const AFTER: &str = "年月日号件条次个篇场期项份起宗例元万%％局市县区镇乡省厅委办街政部单机";

/// A run of marks that stands for a number or a name.
fn run(text: &str, start: usize, mark: Mark) -> Option<Range<usize>> {
    /// No word is so long; telephone numbers are.
    const LONG: usize = 4;
    let marks = text[start..].chars().take_while(|it| Mark::of(*it) == Some(mark));
    let (count, len) = marks.fold((0, 0), |it, c| (it.0 + 1, it.1 + c.len_utf8()));
    let range = start..start + len;
    let before = last(&text[..start]);
    let after = text[range.end..].chars().next().unwrap_or('\n');
    let is_due = AFTER.contains(after);
    // 2023年X月X日, 202X年.
    let is_day = "年月日".contains(after) && ("年月".contains(before) || before.is_ascii_digit());
    let is_placeholder = match mark {
        Mark::Latin => {
            let is_word = before.is_ascii_alphabetic()
                || after.is_ascii_alphanumeric()
                || "/._@=&?#".contains(before)
                || "/._@=".contains(after);
            !is_word && (count >= LONG || count >= 2 && is_due || is_day)
        }
        Mark::Cross => count >= 2 && is_due && !is_name(before, after) || is_day,
        Mark::Circle => count >= 2 && is_due && !is_numeral(before) && !is_numeral(after),
        Mark::Line => count >= 3 && is_due || count >= 2 && is_day,
    };
    is_placeholder.then_some(range)
}

/// 张××: a person whose name is kept secret. Bodies and days are not.
fn is_name(before: char, after: char) -> bool {
    "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
        .contains(before)
        && !"年月日局市县区镇乡省".contains(after)
}

/// 二○○八年.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十零".contains(c)
}

/// Notes to whoever fills the template in, as a whole bracket.
const NOTES: [&str; 17] = [
    "空",
    "具体网址",
    "网址",
    "机关名称",
    "单位名称",
    "单位全称",
    "部门名称",
    "年份",
    "具体数字",
    "数字",
    "数量",
    "具体日期",
    "具体时间",
    "具体地址",
    "联系电话",
    "电话号码",
    "联系人",
];

/// What longer notes start with.
const ORDERS: [&str; 10] = [
    "填写",
    "请填",
    "此处填",
    "待填",
    "待补充",
    "待核",
    "请补充",
    "自行填写",
    "文字描述",
    "根据实际情况填",
];

/// A bracket that holds nothing but a note, with the bracket.
fn note(text: &str, start: usize, open: char) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    let close = match open {
        '（' => '）',
        '(' => ')',
        '【' => '】',
        '[' => ']',
        '<' => '>',
        _ => return None,
    };
    let inside = &text[start + open.len_utf8()..];
    let (len, _) = inside.char_indices().take(LONGEST).find(|it| it.1 == close)?;
    let note = inside[..len].trim();
    let end = start + open.len_utf8() + len + close.len_utf8();
    // （联系电话）0500-6000001 is filled in.
    let rest = text[end..].trim_start();
    let is_label = rest.starts_with(|it: char| ":：".contains(it) || it.is_ascii_alphanumeric());
    let is_note =
        ORDERS.iter().any(|it| note.starts_with(it)) || NOTES.contains(&note) && !is_label;
    is_note.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let starts = SIGNS.iter().flat_map(|sign| text.match_indices(sign)).map(|it| it.0);
        let mut found: Vec<_> = starts.filter_map(|at| read(text, at)).collect();
        found.sort_by_key(|it| it.start);
        found.into_iter().map(|it| &text[it]).collect()
    }

    #[test]
    fn what_was_left_out_is_found() {
        for (text, expected) in [
            ("20XX年，XX局公开信息xx条", vec!["XX", "XX", "xx"]),
            ("××市水务局2024年×月×日", vec!["××", "×", "×"]),
            ("202X年共收到__件、____件", vec!["X", "____"]),
            ("○○县人民政府，〇〇镇", vec!["○○", "〇〇"]),
            ("电话：XXXX-XXXXXXX", vec!["XXXX", "XXXXXXX"]),
            ("可在网站（具体网址）查阅", vec!["（具体网址）"]),
            (
                "其他需要报告的事项 （文字描述，收取信息处理费情况在此处报告。）",
                vec!["（文字描述，收取信息处理费情况在此处报告。）"],
            ),
            ("<机关名称><年份>年政府信息公开工作年度报告", vec!["<机关名称>", "<年份>"]),
            ("其他事项（空）", vec!["（空）"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_names_and_addresses_are_not() {
        for text in [
            "二○○八年五月一日",
            "二〇二三年",
            "申请人张××件",
            "申请人李XX的申请",
            "××公司申请公开",
            "3×4件",
            "https://a.example/xxgk/XX年",
            "xxgk@a.example",
            "XXL号",
            "（联系电话）0500-6000001",
            "（地址：青禾市沿河路8号）",
            "* * *",
            "___",
            "<td>2</td>",
            "（一）主动公开",
            "[详情](a.html)",
            "●●重点",
            "（以下简称《条例》）",
            "<政府信息公开条例>",
            "第X光",
        ] {
            assert!(found(text).is_empty(), "{text} {:?}", found(text));
        }
    }
}
