//! What the property tests share: random numbers, hostile text and a report.

#![allow(dead_code, reason = "each test target uses a part of it")]

use gouji_syntax::{Document, Edit};

/// SplitMix64: the same numbers on every machine, from a seed that a failure names.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Pieces that open, close, join and split blocks, and characters of every width.
pub(crate) const HOSTILE: [&str; 64] = [
    "\n",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{c}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\t",
    "\t\n",
    "|",
    "|\n",
    "||\n",
    "| a | 1 |\n",
    "|---|---|\n",
    "规章 |\n",
    "\\|",
    "```\n",
    "~~~\n",
    "``",
    "# ",
    "#",
    "**",
    "一、",
    "（一）",
    "一、总体情况\n",
    "<table>",
    "</table>",
    "</table",
    "<tr>",
    "<td>",
    "<td colspan=99>",
    "</td>",
    "<p>",
    "</p>",
    "</p>\n",
    "<div class=\"a\">",
    "</div>",
    "<h1>",
    "<br>",
    "<!--",
    "<script>",
    "</style>",
    "-->",
    "<",
    ">",
    "/",
    "&nbsp;",
    "&",
    ";",
    "。",
    "、",
    "中文",
    "😀",
    "𠮷",
    "é",
    "a",
    "\"",
    "0",
    "12",
];

pub(crate) fn hostile(random: &mut Random, most: usize) -> String {
    let len = random.below(most + 1);
    (0..len).map(|_| random.pick(&HOSTILE)).collect()
}

/// The nearest character boundary at or before `at`.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A random edit: mostly small, at times a large replacement or a deletion.
pub(crate) fn edit(random: &mut Random, text: &str) -> Edit {
    let start = random.below(text.len() + 1);
    let len = match random.below(8) {
        0..=3 => 0,
        4 | 5 => random.below(4),
        6 => random.below(40),
        _ => random.below(text.len() + 1),
    };
    let end = (start + len).min(text.len());
    let with = match random.below(6) {
        0 => String::new(),
        1 => hostile(random, 12),
        _ => hostile(random, 2),
    };
    Edit { range: floor(text, start)..floor(text, end), text: with }
}

/// Holds what every document promises: its blocks are its text, and parsing the text again
/// gives the same blocks.
#[track_caller]
pub(crate) fn assert_whole(doc: &Document, text: &str) {
    assert!(*doc.text() == *text, "text differs: {text:?}");
    let key = |doc: &Document| -> Vec<_> {
        doc.blocks().map(|it| (it.data.kind, it.data.text.to_string(), it.len())).collect()
    };
    let blocks = key(doc);
    let joined: String = blocks.iter().map(|it| it.1.as_str()).collect();
    assert_eq!(joined, text);
    assert!(blocks.iter().all(|it| it.2 == it.1.len() && it.2 > 0));
    assert_eq!(blocks, key(&Document::new(text)), "{text:?}");
}

/// A report of ordinary size with its three tables as loose pipes.
pub(crate) fn report() -> String {
    let mut lines = vec![
        "青禾市水务局2024年政府信息公开工作年度报告\n".to_owned(),
        "根据《中华人民共和国政府信息公开条例》编制，统计期限自2024年1月1日至12月31日。\n"
            .to_owned(),
        "一、总体情况".to_owned(),
    ];
    for part in [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）平台建设",
        "（五）监督保障",
    ] {
        lines.push(format!("{part}。全年做好{part}各项工作，共计23件。\n"));
        lines.push(format!("在{part}方面，及时更新栏目，规范办理程序，未发生超期情况。\n"));
    }
    lines.extend([
        "二、主动公开政府信息情况".to_owned(),
        "第二十条第（一）项 | |||".to_owned(),
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |".to_owned(),
        "规章 | 0 | 0 | 0 |".to_owned(),
        "行政规范性文件 | 3 | 1 | 21 |".to_owned(),
        "三、收到和处理政府信息公开申请情况".to_owned(),
        "关系 | 申请人情况 | ||||||||".to_owned(),
    ]);
    lines.extend(
        (1..=25).map(|row| format!("{row}.申请情形 | {row} | 0 | 0 | 0 | 0 | 0 | {row} | ||")),
    );
    lines.push("四、政府信息公开行政复议、行政诉讼情况".to_owned());
    lines.push(vec!["0"; 15].join(" | ") + " |");
    lines.push("五、存在的主要问题及改进情况".to_owned());
    for at in 1..=6 {
        lines.push(format!("第{at}个问题是公开的内容还不够全面。\n"));
        lines.push(format!("下一步将加强培训，完善第{at}项制度。\n"));
    }
    lines.push("六、其他需要报告的事项\n本年度未收取信息处理费。\n".to_owned());
    lines.push("青禾市水务局\n\n2025年1月20日\n".to_owned());
    lines.join("\n")
}
