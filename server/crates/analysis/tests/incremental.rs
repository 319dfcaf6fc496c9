//! What an edited document says is what the same text says when it is read afresh: tables,
//! findings, fixes. And no text, however torn, makes a rule panic or point outside.

mod support;

use gouji_analysis::{Checked, Config, Document, check};
use gouji_syntax::Edit;
use support::{Dialect, Sample};

/// Steps per dialect and chain; `GOUJI_PROPERTY_EDITS` asks for more in all.
fn chains() -> u64 {
    let edits = std::env::var("GOUJI_PROPERTY_EDITS").ok().and_then(|it| it.parse().ok());
    edits.unwrap_or(700_u64).div_ceil(CHAIN * Dialect::ALL.len() as u64)
}

const CHAIN: u64 = 20;

/// What edits put in: separators, labels, headings, numbers, and what breaks them.
const PARTS: [&str; 24] = [
    "",
    "",
    "1",
    "0",
    "12",
    "|",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "，",
    "。",
    "一、总体情况\n",
    "总计",
    "其他",
    "3.其他",
    "<td>",
    "</tr>",
    "| 规章 | 1 | 2 | 3 |\n",
    "2024年",
    "😀",
    "共12条，其中甲类3条、乙类4条、丙类5条。",
    "%",
];

/// A linear congruential generator: the same edits in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn checked(doc: &Document, before: Option<&Checked>) -> Checked {
    check(doc, &Config::default(), before, &|| false).expect("not cancelled")
}

#[test]
fn an_edited_report_says_what_the_same_text_says() {
    for (dialect, chain) in Dialect::ALL.iter().flat_map(|it| (0..chains()).map(move |n| (it, n))) {
        let mut random = Random(chain * 7919 + 1);
        let mut text = Sample::new(if chain % 3 == 0 { "2019" } else { "2021" }).text(*dialect);
        let mut doc = Document::new(&text);
        let mut before = checked(&doc, None);
        for _ in 0..CHAIN {
            let start = floor(&text, random.below(text.len() + 1));
            let len = if random.below(8) == 0 { 400 } else { 5 };
            let end = floor(&text, (start + random.below(len)).min(text.len()));
            let with = PARTS[random.below(PARTS.len())].to_owned();
            text.replace_range(start..end, &with);
            doc.edit(&Edit { range: start..end, text: with });
            let here = checked(&doc, Some(&before));
            let afresh = checked(&Document::new(&text), None);
            assert_eq!(here.findings(), afresh.findings(), "{dialect:?} {chain}\n{text}");
            assert_eq!(here.tally(), afresh.tally());
            assert_inside(&text, &doc, &here);
            before = here;
        }
    }
}

/// Every place of every finding and fix is a range of the text.
fn assert_inside(text: &str, doc: &Document, checked: &Checked) {
    let starts = doc.starts();
    for finding in &checked.findings() {
        let related = finding.related.iter().map(|it| it.place);
        let edits = finding.fixes.iter().flat_map(|it| &it.edits).map(|it| it.place);
        for place in related.chain(edits).chain([finding.place]) {
            let range = place.resolve(&starts);
            assert!(text.get(range.clone()).is_some(), "{} {range:?}\n{text}", finding.code);
        }
    }
}
