//! The cells that are probably wrong where sums are broken: what R305 says of them, and what
//! the repairs leave behind.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use gouji_analysis::{Checked, Config, Document, Finding, Lang, Severity, check};
use gouji_syntax::Edit;
use support::{Dialect, Sample, WITH_BLANKS, apply, at, codes, findings, findings_with};

const COLUMNS: [&str; 6] = ["natural", "business", "research", "charity", "legal", "other"];

/// Rows of table 三 whose numbers add up to those of `done`.
const OUTCOMES: [&str; 5] =
    ["granted", "partial", "denied.third_party", "unavailable.unclear", "closed.other"];

/// A report whose table 三 has different numbers in all columns, which hold together.
fn full() -> Sample {
    let mut sample = Sample::new("2021");
    let mut rows = vec![("denied.internal_affairs", [0; 6]), ("unavailable.not_held", [0; 6])];
    rows.extend(OUTCOMES.iter().enumerate().map(|(row, key)| {
        (*key, std::array::from_fn(|column| 3 + (row * row * 7 + column * 5 + row * column) % 23))
    }));
    let done: [usize; 6] = std::array::from_fn(|it| rows.iter().map(|row| row.1[it]).sum());
    let carried_in = [4, 1, 0, 2, 0, 6];
    let carried_out = [1, 3, 2, 0, 5, 9];
    let received = std::array::from_fn(|it| done[it] + carried_out[it] - carried_in[it]);
    rows.extend([("done", done), ("carried_in", carried_in)]);
    rows.extend([("carried_out", carried_out), ("received", received)]);
    for (row, numbers) in rows {
        set_row(&mut sample, row, numbers);
    }
    assert_eq!(at(&sample.text(Dialect::Gfm)), []);
    sample
}

/// Sets the numbers of a row of table 三 and their total.
fn set_row(sample: &mut Sample, row: &str, numbers: [usize; 6]) {
    for (column, number) in COLUMNS.iter().zip(numbers) {
        sample.set("requests", row, column, &number.to_string());
    }
    sample.set("requests", row, "total", &numbers.iter().sum::<usize>().to_string());
}

fn value(sample: &Sample, row: &str, column: &str) -> String {
    let key = ("requests".to_owned(), row.to_owned(), column.to_owned());
    sample.values.get(&key).cloned().unwrap_or_else(|| "0".to_owned())
}

/// Exchanges two cells of table 三.
fn exchange(sample: &mut Sample, a: (&str, &str), b: (&str, &str)) {
    let (old_a, old_b) = (value(sample, a.0, a.1), value(sample, b.0, b.1));
    sample.set("requests", a.0, a.1, &old_b).set("requests", b.0, b.1, &old_a);
}

fn suspects(text: &str) -> Vec<Finding> {
    findings(text).into_iter().filter(|it| it.code == "R305").collect()
}

fn messages(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|it| it.message.text(Lang::Zh)).collect()
}

fn titles(finding: &Finding) -> Vec<String> {
    finding.fixes.iter().map(|it| it.title.text(Lang::Zh)).collect()
}

/// That one finding says what happened, and that its preferred repair gives back the report as
/// it was, byte by byte. `places` and `spoil` are of a text in each dialect.
#[track_caller]
fn explained(spoil: impl Fn(&mut Sample), message: &str) {
    for dialect in Dialect::ALL {
        let mut sample = full();
        let whole = sample.text(dialect);
        spoil(&mut sample);
        let text = sample.text(dialect);
        let found = suspects(&text);
        assert_eq!(messages(&found), [message], "{dialect:?}");
        let [fix] = &found[0].fixes[..] else { panic!("{dialect:?}: {:?}", titles(&found[0])) };
        assert!(fix.preferred, "{dialect:?}");
        assert_eq!(apply(&text, fix), whole, "{dialect:?}");
    }
}

#[test]
fn a_wrong_digit_is_found_in_its_cell_and_repaired() {
    let spoil = |it: &mut Sample| {
        assert_eq!(value(it, "partial", "legal"), "11");
        it.set("requests", "partial", "legal", "71");
    };
    let message = "最可能只有此处有误：（二）部分公开·法律服务机构 71 → 11，改后 2 项勾稽全部成立";
    explained(spoil, message);
    let mut sample = full();
    spoil(&mut sample);
    let text = sample.text(Dialect::Tab);
    assert_eq!(at(&text)[0], ("R305", "71".to_owned()));
    let found = suspects(&text);
    assert_eq!(found[0].severity, Severity::Information);
    let related: Vec<_> = found[0].related.iter().map(|it| it.message.text(Lang::Zh)).collect();
    assert_eq!(related.len(), 2, "{related:?}");
    assert!(related[0].contains("（二）部分公开") && related[1].contains("法律服务机构"));
    let english = found[0].message.text(Lang::En);
    assert!(
        english.starts_with("probably only this is wrong: （二）部分公开·法律服务机构 71 → 11")
    );
}

#[test]
fn any_one_cell_of_the_table_is_found() {
    let whole = full();
    let columns: Vec<_> = COLUMNS.iter().chain(&["total"]).collect();
    let part = &whole.form.tables.iter().find(|it| it.id == "requests").unwrap().parts[0];
    let cells = part.rows.iter().flat_map(|row| columns.iter().map(|it| (row.key.clone(), **it)));
    for (row, column) in cells.enumerate().filter(|it| it.0 % 4 == 0).map(|it| it.1) {
        let mut sample = full();
        let number: usize = value(&sample, &row, column).parse().unwrap();
        sample.set("requests", &row, column, &(number + 40).to_string());
        let text = sample.text(Dialect::Tab);
        let found = suspects(&text);
        assert_eq!(found.len(), 1, "{row} {column}");
        assert_eq!(apply(&text, &found[0].fixes[0]), whole.text(Dialect::Tab), "{row} {column}");
    }
}

#[test]
fn cells_in_each_others_place_are_found() {
    explained(
        |it| exchange(it, ("granted", "natural"), ("granted", "business")),
        "最可能只有此处有误：「（一）予以公开·自然人」与「（一）予以公开·商业企业」的数互换了位置，\
         改后 2 项勾稽全部成立",
    );
}

#[test]
fn numbers_that_stand_one_cell_off_are_found() {
    let shift = |it: &mut Sample| {
        let numbers: Vec<_> = COLUMNS.iter().map(|at| value(it, "carried_in", at)).collect();
        assert_eq!(numbers, ["4", "1", "0", "2", "0", "6"]);
        for (column, number) in COLUMNS.iter().zip(["0", "4", "1", "0", "2", "6"]) {
            it.set("requests", "carried_in", column, number);
        }
    };
    explained(
        shift,
        "最可能只有此处有误：自「二、上年结转政府信息公开申请数量·自然人」起各数错位一格\
         （0、4、1、0、2 → 4、1、0、2、0），改后 5 项勾稽全部成立",
    );
}

#[test]
fn a_number_that_its_totals_were_computed_from_is_found() {
    let text = |row: &str| {
        let mut sample = full();
        let set = |sample: &mut Sample, row: &str, column: &str, more: usize| {
            let number: usize = value(sample, row, column).parse().unwrap();
            sample.set("requests", row, column, &(number + more).to_string());
        };
        set(&mut sample, row, "other", 1000);
        set(&mut sample, row, "total", 1000);
        sample.text(Dialect::Gfm)
    };
    let found = suspects(&text("partial"));
    let [found] = &found[..] else { panic!("{:?}", messages(&found)) };
    let message = found.message.text(Lang::Zh);
    assert!(message.starts_with("最可能只有此处有误：（二）部分公开·其他 1"), "{message}");
    assert!(message.contains("，总计随之改为 "), "{message}");
    assert_eq!(apply(&text("partial"), &found.fixes[0]), full().text(Dialect::Gfm));
}

#[test]
fn several_wrong_cells_are_repaired_together() {
    let mut sample = full();
    let whole = sample.text(Dialect::Gfm);
    sample.set("requests", "granted", "natural", "97").set("requests", "done", "legal", "99");
    let text = sample.text(Dialect::Gfm);
    let found = suspects(&text);
    assert_eq!(found.len(), 2);
    for (finding, cell) in found.iter().zip(["（一）予以公开·自然人", "（七）总计·法律服务机构"])
    {
        let message = finding.message.text(Lang::Zh);
        let start = format!("须一并更正 2 处，此为其中之一：{cell} 9");
        assert!(message.starts_with(&start), "{message}");
        assert!(finding.fixes[0].preferred);
        assert_eq!(apply(&text, &finding.fixes[0]), whole);
    }
}

#[test]
fn as_many_as_three_wrong_cells_are_no_preferred_repair() {
    let mut sample = full();
    let whole = sample.text(Dialect::Gfm);
    sample
        .set("requests", "granted", "natural", "97")
        .set("requests", "partial", "business", "98")
        .set("requests", "closed.other", "legal", "99");
    let text = sample.text(Dialect::Gfm);
    let found = suspects(&text);
    assert_eq!(found.len(), 3, "{:?}", messages(&found));
    for finding in &found {
        assert!(!finding.fixes[0].preferred);
        assert_eq!(apply(&text, &finding.fixes[0]), whole);
    }
}

#[test]
fn explanations_that_are_as_good_are_choices() {
    let mut sample = Sample::new("2021");
    sample.set("litigation", "", "review.total", "4");
    let text = sample.text(Dialect::Gfm);
    let found = suspects(&text);
    let [tie] = &found[..] else { panic!("{:?}", messages(&found)) };
    let message = tie.message.text(Lang::Zh);
    assert!(message.contains("种同样简短的解释，最可能：行政复议·"), "{message}");
    assert_eq!(message.matches("；或 ").count(), 2, "{message}");
    assert_eq!(tie.fixes.len(), 3);
    for fix in &tie.fixes {
        assert!(!fix.preferred);
        assert_eq!(at(&apply(&text, fix)), []);
    }
    let sum = findings(&text).into_iter().find(|it| it.code == "R304").unwrap();
    assert!(!sum.related.iter().any(|it| it.message.text(Lang::Zh).contains("最可能")));
    assert!(sum.fixes.iter().all(|it| !it.preferred));
    // Recomputing the total is one of the choices, under its own name and once.
    let edits = |it: &Finding| it.fixes.iter().map(|it| it.edits.clone()).collect::<Vec<_>>();
    assert_eq!(edits(&sum)[..3], edits(tie));
    let titles = titles(&sum);
    assert_eq!(titles.iter().filter(|it| it.starts_with("重算总计：")).count(), 1, "{titles:?}");
    assert!(!titles.contains(&"改此格：行政复议·总计 4 → 3".to_owned()), "{titles:?}");
}

#[test]
fn what_the_text_says_decides_between_explanations() {
    let mut sample = Sample::new("2021");
    sample.set("litigation", "", "review.total", "4");
    let text = sample.text(Dialect::Gfm);
    let heading = "四、政府信息公开行政复议、行政诉讼情况\n";
    let with = |sentence: &str| text.replacen(heading, &format!("{heading}\n{sentence}\n"), 1);
    let says = |count: usize| format!("2024年，本机关因政府信息公开被申请行政复议{count}件。");
    // One sentence may be wrong as well; two that say the same hardly are.
    let twice =
        |count| with(&says(count)).replacen("## 二、", &format!("{}\n\n## 二、", says(count)), 1);
    let message = |text: &str| suspects(text)[0].message.text(Lang::Zh);
    let total = "行政复议·总计 4 → 3";
    assert_eq!(message(&twice(3)), format!("最可能只有此处有误：{total}，改后 1 项勾稽全部成立"));
    let silent = message(&text);
    assert!(silent.contains("种同样简短的解释"), "{silent}");
    let against = message(&twice(4));
    assert!(against.contains("种同样简短的解释") && !against.contains(total), "{against}");
    // Sentences that are not about this year say nothing.
    assert_eq!(message(&twice(4).replace("2024年，本机关", "2023年，本机关")), silent);
}

#[test]
fn a_changed_sentence_is_heard_although_the_table_is_the_same() {
    let mut sample = Sample::new("2021");
    sample.set("litigation", "", "review.total", "4");
    let heading = "四、政府信息公开行政复议、行政诉讼情况\n";
    let sentence = "2024年，本机关因政府信息公开被申请行政复议3件。";
    let text = sample.text(Dialect::Gfm);
    let text = text.replacen(heading, &format!("{heading}\n{sentence}\n"), 1);
    let mut doc = Document::new(&text);
    let config = Config::default();
    let mut before = check(&doc, &config, None, &|| false).unwrap();
    let digit = text.find(sentence).unwrap() + sentence.find("3件").unwrap();
    for count in ["4", "33", "3"] {
        let end = digit + doc.text().to_string()[digit..].find('件').unwrap();
        doc.edit(&Edit { range: digit..end, text: count.to_owned() });
        let here = check(&doc, &config, Some(&before), &|| false).unwrap();
        let afresh = check(&Document::new(&doc.text().to_string()), &config, None, &|| false);
        assert_eq!(here.findings(), afresh.unwrap().findings(), "{count}");
        let differs = here.findings() != before.findings();
        assert!(differs, "{count}");
        before = here;
    }
}

#[test]
fn rows_in_each_others_place_are_said_once() {
    for dialect in Dialect::ALL {
        let mut sample = full();
        let whole = sample.text(dialect);
        for column in COLUMNS.iter().chain(&["total"]) {
            exchange(&mut sample, ("carried_in", column), ("carried_out", column));
        }
        let text = sample.text(dialect);
        let found = findings(&text);
        let [found] = &found[..] else { panic!("{dialect:?} {:?}", messages(&found)) };
        assert_eq!((found.code, found.severity), ("R305", Severity::Error));
        let message = found.message.text(Lang::Zh);
        let rows = "「二、上年结转政府信息公开申请数量」与「四、结转下年度继续办理」两行的数";
        assert!(message.contains(rows), "{message}");
        assert_eq!(apply(&text, &found.fixes[0]), whole, "{dialect:?}");
        // Where R305 is off, the sums speak for themselves.
        let config = Config {
            select: vec!["R".to_owned()],
            ignore: vec!["R305".to_owned()],
            ..Config::default()
        };
        let sums = findings_with(&text, &config);
        assert!(sums.len() > 6 && sums.iter().all(|it| it.code != "R305"), "{dialect:?}");
        assert!(sums[0].fixes[0].preferred, "the repair is offered all the same");
    }
}

#[test]
fn sums_speak_for_themselves_where_a_comment_silences_the_suspects() {
    let mut sample = full();
    for column in COLUMNS.iter().chain(&["total"]) {
        exchange(&mut sample, ("carried_in", column), ("carried_out", column));
    }
    let text = sample.text(Dialect::Gfm);
    let with_comment = format!("{text}\n<!-- gouji-ignore-file R305 -->\n");
    assert_eq!(codes(&text), ["R305"]);
    let told = codes(&with_comment);
    assert!(told.len() > 6 && !told.contains(&"R305"), "{told:?}");
    assert_eq!(codes(&with_comment.replace("R305", "R")), [""; 0]);
    // What is known of the table from before the comment is not what is said after it.
    let (mut doc, config) = (Document::new(&text), Config::default());
    let mut before = None;
    for text in [&text, &with_comment, &text] {
        doc.replace(text);
        let here = check(&doc, &config, before.as_ref(), &|| false).expect("not cancelled");
        assert_eq!(here.findings(), findings_with(text, &config));
        before = Some(here);
    }
}

#[test]
fn a_wrong_digit_beside_rows_in_each_others_place_is_found_with_them() {
    let mut sample = full();
    let whole = sample.text(Dialect::Gfm);
    for column in COLUMNS.iter().chain(&["total"]) {
        exchange(&mut sample, ("carried_in", column), ("carried_out", column));
    }
    assert_eq!(value(&sample, "partial", "legal"), "11");
    sample.set("requests", "partial", "legal", "71");
    let text = sample.text(Dialect::Gfm);
    let found = findings(&text);
    assert!(found.iter().all(|it| it.code == "R305"), "{:?}", messages(&found));
    assert!(found.iter().all(|it| it.severity == Severity::Error));
    let [rows, digit] = &messages(&found)[..] else { panic!("{:?}", messages(&found)) };
    assert!(rows.contains("两行的数互换了位置"), "{rows}");
    assert!(digit.contains("（二）部分公开·法律服务机构 71 → 11"), "{digit}");
    assert_eq!(apply(&text, &found[0].fixes[0]), whole);
}

#[test]
fn columns_that_stand_off_are_said_once() {
    let mut sample = full();
    let part = sample.form.tables.iter().find(|it| it.id == "requests").unwrap();
    let rows: Vec<_> = part.parts[0].rows.iter().map(|it| it.key.clone()).collect();
    // Copied from a table whose total comes first.
    for row in rows {
        let total = value(&sample, &row, "total");
        let mut numbers: Vec<_> = COLUMNS.iter().map(|it| value(&sample, &row, it)).collect();
        numbers.insert(0, total);
        for (column, number) in COLUMNS.iter().chain(&["total"]).zip(numbers) {
            sample.set("requests", &row, column, &number);
        }
    }
    let text = sample.text(Dialect::Tab);
    let found = findings(&text);
    let [found] = &found[..] else { panic!("{:?}", messages(&found)) };
    assert_eq!((found.code, found.severity), ("R305", Severity::Error));
    // Which of the other columns stands where is not for the sums to say.
    let message = found.message.text(Lang::Zh);
    assert!(
        message.contains("各列的数错位") || message.contains("两列的数互换了位置"),
        "{message}"
    );
    for fix in &found.fixes {
        assert_eq!(at(&apply(&text, fix)), []);
    }
}

#[test]
fn a_blank_beside_a_wrong_cell_is_filled_as_the_repair_says() {
    for dialect in WITH_BLANKS {
        let mut sample = full();
        let blank = value(&sample, "granted", "natural");
        sample.set("requests", "granted", "natural", "");
        sample.set("requests", "granted", "total", "900");
        let text = sample.text(dialect);
        let found = findings(&text);
        let fix = |code| &found.iter().find(|it| it.code == code).unwrap().fixes[0];
        let filled = fix("T206").title.text(Lang::Zh);
        assert!(filled.ends_with(&format!("□ → {blank}")), "{dialect:?} {filled}");
        assert!(fix("R305").title.text(Lang::Zh).ends_with("，并 填空格 1 处"), "{dialect:?}");
        let squeezed = |it: &str| it.replace([' ', '\u{3000}'], "");
        let repaired = apply(&text, fix("R305"));
        assert_eq!(squeezed(&repaired), squeezed(&full().text(dialect)), "{dialect:?}");
    }
}

#[test]
fn a_text_is_not_written_over() {
    let mut sample = full();
    sample.set("requests", "granted", "natural", "若干").set("requests", "granted", "total", "900");
    let text = sample.text(Dialect::Gfm);
    let found = suspects(&text);
    let repaired = apply(&text, &found[0].fixes[0]);
    assert!(repaired.contains("若干"));
    assert_eq!(codes(&repaired), ["T207"]);
}

/// A report whose table 三 is wrong all over.
fn hopeless() -> Sample {
    let mut sample = full();
    for (at, row) in OUTCOMES.iter().enumerate() {
        for column in COLUMNS {
            sample.set("requests", row, column, &(500 + at * 77).to_string());
        }
    }
    sample
}

#[test]
fn what_no_few_slips_explain_is_left_to_the_sums() {
    let codes = codes(&hopeless().text(Dialect::Gfm));
    assert!(codes.len() > 5 && codes.iter().all(|it| *it != "R305"), "{codes:?}");
}

/// Checks a document, and counts how often it is asked whether to go on. `at` one of these times
/// the answer is no.
fn asked(doc: &Document, before: Option<&Checked>, at: usize) -> (Option<Checked>, usize) {
    let asked = AtomicUsize::new(0);
    let cancelled = || asked.fetch_add(1, Ordering::Relaxed) == at;
    let checked = check(doc, &Config::default(), before, &cancelled);
    (checked, asked.into_inner())
}

/// A report in whose table 三 three cells are wrong, to be searched for.
fn three_slips() -> Sample {
    let mut sample = full();
    sample.set("requests", "granted", "natural", "57");
    sample.set("requests", "partial", "business", "31");
    sample.set("requests", "closed.other", "legal", "88");
    sample
}

#[test]
fn a_check_that_is_cancelled_anywhere_gives_nothing() {
    let never = usize::MAX;
    let (right, wrong) =
        [full(), three_slips()].map(|it| Document::new(&it.text(Dialect::Gfm))).into();
    let (rules, times) = (asked(&right, None, never).1, asked(&wrong, None, never).1);
    assert!(times > rules, "a long search asks as well");
    // Once only: what was asked must pass it on.
    for at in 0..times {
        assert!(asked(&wrong, None, at).0.is_none(), "cancelled at {at} of {times}");
    }
}

#[test]
fn a_table_whose_numbers_are_the_same_is_not_searched_again() {
    let times = |sample: &Sample| {
        let mut doc = Document::new(&sample.text(Dialect::Gfm));
        let before = asked(&doc, None, usize::MAX).0.unwrap();
        let label = doc.text().to_string().find("| 二、上年结转").unwrap();
        doc.edit(&Edit { range: label..label + 1, text: "|  ".to_owned() });
        let (after, times) = asked(&doc, Some(&before), usize::MAX);
        assert_eq!(after.unwrap().findings().len(), before.findings().len());
        times
    };
    assert_eq!(times(&three_slips()), times(&full()));
}
