//! What an edited document says is what the same text says when it is read afresh: tables,
//! findings, fixes. And no text, however torn, makes a rule panic or point outside.

mod support;

use std::sync::Arc;

use gouji_analysis::report::{Report, Table};
use gouji_analysis::{Checked, Config, Document, Finding, check, check_all};
use gouji_syntax::Edit;
use support::{Dialect, Random, Sample};

/// Steps per dialect and chain; `GOUJI_PROPERTY_EDITS` asks for more in all.
fn chains() -> u64 {
    let edits = std::env::var("GOUJI_PROPERTY_EDITS").ok().and_then(|it| it.parse().ok());
    edits.unwrap_or(700_u64).div_ceil(CHAIN * Dialect::ALL.len() as u64)
}

const CHAIN: u64 = 20;

/// What edits put in: separators, labels, headings, numbers, and what breaks them.
const PARTS: [&str; 32] = [
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
    "青禾市教育局2023年政府信息公开工作年度报告\n",
    "二、主动公开政府信息情况\n",
    "共12条，其中甲类3条、乙类4条、丙类5条。",
    "%",
    "<!-- gouji-ignore N401 T206 R301：理由 -->",
    "<!-- gouji-ignore T206 received.total -->\n",
    "\n<!-- gouji-ignore-table T R -->\n",
    "\n<!-- gouji-ignore-file S T207 -->\n",
    "<!-- gouji-severity T error -->",
    "-->",
];

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
        let form = if chain % 3 == 0 { "2019" } else { "2021" };
        edit_and_compare(chain * 7919 + 1, &Sample::new(form).text(*dialect));
    }
}

#[test]
fn an_edited_report_with_broken_sums_says_what_the_same_text_says() {
    for (dialect, chain) in Dialect::ALL.iter().flat_map(|it| (0..chains()).map(move |n| (it, n))) {
        let mut sample = Sample::new("2021");
        sample.set("requests", "granted", "natural", "7").set(
            "litigation",
            "",
            "review.total",
            "4",
        );
        edit_and_compare(chain * 6151 + 5, &sample.text(*dialect));
    }
}

#[test]
fn an_edited_compendium_says_what_the_same_text_says() {
    for chain in 0..chains() {
        let first = usize::try_from(chain).unwrap_or_default();
        let dialect = |at: usize| Dialect::ALL[(first + at) % Dialect::ALL.len()];
        let [a, b, c] = [0, 2, 3].map(|at| Sample::new("2021").text(dialect(at)));
        let text = [a, b.replace("青禾市水务局", "南岭镇人民政府"), c].join("\n");
        edit_and_compare(chain * 104_729 + 3, &text);
    }
}

/// Digits typed and removed beside digits, most of them in tables, and now and then anything
/// anywhere.
#[test]
fn a_report_with_edited_numbers_says_what_the_same_text_says() {
    for (dialect, chain) in Dialect::ALL.iter().flat_map(|it| (0..chains()).map(move |n| (it, n))) {
        let mut sample = Sample::new("2021");
        sample
            .set("requests", "granted", "business", "１，000")
            .set("requests", "received", "natural", "**12**");
        let (one, both) = (sample.text(*dialect), [0, 1].map(|_| sample.text(*dialect)).join("\n"));
        let text = if chain % 4 == 0 { both } else { one };
        // Tables in a block, and one over a page's end.
        let text = match chain % 3 {
            0 => text.replace("|\n\n", "|\n"),
            1 => text.replace("| 二、", "\n- 3 -\n\n| 二、"),
            _ => text,
        };
        compare(chain * 3571 + 7, &text, |random, text| {
            if random.below(8) == 0 {
                return anything(random, text);
            }
            let digits: Vec<_> = text
                .bytes()
                .enumerate()
                .filter(|it| it.1.is_ascii_digit())
                .map(|it| it.0)
                .collect();
            let at = *random.of(&digits);
            let end = at + random.below(2);
            Edit { range: at..end, text: (*random.of(&["", "1", "0", "12", "."])).to_owned() }
        });
    }
}

fn edit_and_compare(seed: u64, text: &str) {
    compare(seed, text, anything);
}

/// An edit of any kind.
fn anything(random: &mut Random, text: &str) -> Edit {
    let start = floor(text, random.below(text.len() + 1));
    let len = if random.below(8) == 0 { 400 } else { 5 };
    let end = floor(text, (start + random.below(len)).min(text.len()));
    Edit { range: start..end, text: PARTS[random.below(PARTS.len())].to_owned() }
}

/// Edits a text again and again. What is read and found by what is known of the version before is
/// what is read and found without.
fn compare(seed: u64, text: &str, next: impl Fn(&mut Random, &str) -> Edit) {
    let mut random = Random(seed);
    let mut text = text.to_owned();
    let mut doc = Document::new(&text);
    let mut before = checked(&doc, None);
    for _ in 0..CHAIN {
        let edit = next(&mut random, &text);
        text.replace_range(edit.range.clone(), &edit.text);
        doc.edit(&edit);
        let here = checked(&doc, Some(&before));
        let afresh = checked(&Document::new(&text), None);
        assert_eq!(parts(&here), parts(&afresh), "{seed}\n{text}");
        assert_eq!(outlines(&here), outlines(&afresh), "{seed}\n{text}");
        assert_eq!(tables(&here), tables(&afresh), "{seed}\n{text}");
        assert_eq!(here.findings(), afresh.findings(), "{seed}\n{text}");
        assert_eq!((here.tally(), here.is_report()), (afresh.tally(), afresh.is_report()));
        assert_inside(&text, &doc, &here);
        before = here;
    }
}

/// The blocks of each report.
fn parts(checked: &Checked) -> Vec<usize> {
    checked.parts().map(|it| it.1.summary.blocks).collect()
}

/// What is read of each report beside its tables.
fn outlines(checked: &Checked) -> Vec<String> {
    let said = |it: Report| {
        let form = (it.schema.id.clone(), it.schema_is_certain);
        format!("{:#?}", (form, it.title, it.sections, it.paragraphs, it.period, it.signature))
    };
    reports(checked).map(said).collect()
}

/// The tables of all reports.
fn tables(checked: &Checked) -> Vec<Arc<Table>> {
    reports(checked).flat_map(|it| it.tables).collect()
}

fn reports(checked: &Checked) -> impl Iterator<Item = Report> {
    let readings = checked.parts().filter_map(|it| checked.reading(it.0));
    readings.map(|it| it.1.report.clone())
}

#[test]
fn reports_between_two_edits_are_left_alone() {
    let report = |agency| Sample::new("2021").text(Dialect::Gfm).replace("青禾市水务局", agency);
    let agencies = ["青禾市水务局", "青禾市教育局", "南岭镇人民政府", "青禾市卫健委"];
    let text = agencies.map(report).join("\n");
    let mut doc = Document::new(&text);
    let before = checked(&doc, None);
    for at in [text.rfind("六、").unwrap(), text.find("六、").unwrap()] {
        let at = at + text[at..].find('\n').unwrap() + 2;
        doc.edit(&Edit { range: at..at, text: "甲".to_owned() });
    }
    let after = checked(&doc, Some(&before));
    let kept: Vec<_> =
        before.parts().zip(after.parts()).map(|(a, b)| Arc::ptr_eq(a.1, b.1)).collect();
    assert_eq!(kept, [false, true, true, false]);
}

#[test]
fn documents_checked_together_say_what_each_says_alone() {
    let report = |dialect: &Dialect| Sample::new("2021").text(*dialect);
    let (some, many) = ([report(&Dialect::Gfm), broken("青禾市教育局")], [0; 40]);
    let mut texts: Vec<_> = Dialect::ALL.iter().map(report).collect();
    texts.extend([String::new(), "今日无事。\n".to_owned(), broken("南岭镇人民政府")]);
    texts.extend([some.join("\n"), many.map(|_| report(&Dialect::Tab)).join("\n")]);
    let docs: Vec<_> = texts.iter().map(|it| Document::new(it)).collect();
    let docs: Vec<_> = docs.iter().collect();
    let together = check_all(&docs, &Config::default(), &|| false).expect("not cancelled");
    assert_eq!(together.len(), docs.len());
    let mut broken = 0;
    for (together, doc) in together.iter().zip(docs) {
        let alone = checked(doc, None);
        assert_eq!(parts(together), parts(&alone));
        assert_eq!(outlines(together), outlines(&alone));
        assert_eq!(tables(together), tables(&alone));
        assert_eq!(together.findings(), alone.findings());
        broken += usize::from(together.tally().broken > 0);
    }
    assert_eq!(broken, 2);
    assert!(check_all(&[&Document::new(&texts[0])], &Config::default(), &|| true).is_none());
}

#[test]
fn a_text_may_go_and_come_back() {
    let text = Sample::new("2021").text(Dialect::Gfm);
    let mut doc = Document::new(&text);
    let first = checked(&doc, None);
    doc.replace("");
    let none = checked(&doc, Some(&first));
    assert_eq!((none.parts().count(), none.is_report()), (1, false));
    doc.replace(&text);
    let again = checked(&doc, Some(&none));
    assert_eq!(again.findings(), first.findings());
}

/// A report whose received requests do not add up, so that there is something to find.
fn broken(agency: &str) -> String {
    let mut text = Sample::new("2021").text(Dialect::Gfm).replace("青禾市水务局", agency);
    let at = text.find("一、本年新收").expect("a row of the form");
    let digit = at + text[at..].find(" 0 ").expect("a zero") + 1;
    text.insert(digit, '7');
    text
}

fn broken_sums(checked: &Checked) -> Vec<Arc<Finding>> {
    let findings = checked.parts().flat_map(|it| it.1.findings.clone());
    findings.filter(|it| it.code.starts_with('R')).collect()
}

#[test]
fn typing_in_prose_of_several_reports_checks_no_table_again() {
    let text = ["青禾市水务局", "青禾市教育局", "南岭镇人民政府"].map(broken).join("\n");
    let mut doc = Document::new(&text);
    let before = checked(&doc, None);
    let headings: Vec<_> = text.match_indices("一、总体情况").collect();
    for (at, heading) in headings.into_iter().rev() {
        let at = at + heading.len() + 2;
        doc.edit(&Edit { range: at..at, text: "甲".to_owned() });
    }
    let (before, after) = (broken_sums(&before), broken_sums(&checked(&doc, Some(&before))));
    assert!(before.len() >= 3 && before.len() == after.len());
    assert!(before.iter().zip(&after).all(|(a, b)| Arc::ptr_eq(a, b)));
}

#[test]
fn a_number_in_a_table_leaves_the_other_tables_as_they_are() {
    for dialect in Dialect::ALL.into_iter().filter(|it| it.has_rows()) {
        let text = Sample::new("2021").text(dialect);
        let mut doc = Document::new(&text);
        let before = checked(&doc, None);
        let row = text.find("一、本年新收").expect("a row of the form");
        let at = row + text[row..].find("12").expect("a number");
        doc.edit(&Edit { range: at..at, text: "3".to_owned() });
        let (before, after) = (tables(&before), tables(&checked(&doc, Some(&before))));
        let same: Vec<_> = before.iter().zip(&after).map(|(a, b)| Arc::ptr_eq(a, b)).collect();
        assert_eq!(same, [true, false, true], "{dialect:?}");
        let number = |it: &Table| it.cell("received", "natural").and_then(|it| it.value.number());
        assert_eq!(number(&after[1]), Some(312.into()), "{dialect:?}");
    }
}

#[test]
fn each_report_of_a_long_compendium_says_what_it_says_alone() {
    let agencies = ["青禾市水务局", "青禾市教育局", "南岭镇人民政府"];
    let texts: Vec<_> = (0..200).map(|it| broken(agencies[it % 3])).collect();
    let all = checked(&Document::new(&texts.join("\n")), None);
    let alone: Vec<_> =
        texts[..3].iter().map(|it| broken_sums(&checked(&Document::new(it), None))).collect();
    assert_eq!(all.parts().count(), texts.len());
    for (index, (_, part)) in all.parts().enumerate() {
        let sums = part.findings.iter().filter(|it| it.code.starts_with('R'));
        assert!(sums.eq(&alone[index % 3]), "{index}");
    }
}

#[test]
fn an_edit_leaves_other_reports_of_a_compendium_alone() {
    let report = |agency| Sample::new("2021").text(Dialect::Gfm).replace("青禾市水务局", agency);
    let text =
        ["青禾市水务局", "青禾市教育局", "南岭镇人民政府", "青禾市卫健委"].map(report).join("\n");
    let mut doc = Document::new(&text);
    let before = checked(&doc, None);
    assert_eq!(parts(&before).len(), 4);
    let third = text.find("南岭镇人民政府").unwrap();
    let at = third + text[third..].find("一、总体情况").unwrap() + "一、总体情况\n\n".len();
    doc.edit(&Edit { range: at..at, text: "甲".to_owned() });
    let after = checked(&doc, Some(&before));
    let kept: Vec<_> =
        before.parts().zip(after.parts()).map(|(a, b)| Arc::ptr_eq(a.1, b.1)).collect();
    assert_eq!(kept, [true, true, false, true]);
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
