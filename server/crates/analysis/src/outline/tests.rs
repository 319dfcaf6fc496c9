//! Titles and headings as reports write them, and what only looks like one.

use super::*;
use crate::block::{Block, starts};
use crate::report::Wording;
use crate::testing::blocks;
use crate::{Document, Reading};

fn read(text: &str) -> (Vec<Block>, Outline) {
    let blocks = blocks(text);
    let outline = outline(&blocks);
    (blocks, outline)
}

/// The reports of a text.
fn split(text: &str) -> Vec<Reading> {
    crate::read(&Document::new(text)).into_iter().map(|it| it.1).collect()
}

/// (section, text at the place, wording, whether the number is right)
fn headings(text: &str) -> Vec<(usize, String, Wording, bool)> {
    let (doc, outline) = read(text);
    let starts = starts(0, &doc);
    let heading = |it: &Section| {
        let source = &text[it.place.resolve(&starts)];
        (it.section, source.to_owned(), it.wording, it.number_is_right)
    };
    outline.sections.iter().map(heading).collect()
}

#[track_caller]
fn assert_headings(text: &str, expected: &[(usize, &str, Wording, bool)]) {
    let found = headings(text);
    let found: Vec<_> = found.iter().map(|it| (it.0, &*it.1, it.2, it.3)).collect();
    assert_eq!(found, expected, "{text}");
}

const SIX: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

fn official() -> Vec<(usize, &'static str, Wording, bool)> {
    SIX.iter().enumerate().map(|(i, it)| (i, *it, Wording::Official, true)).collect()
}

/// The six headings with a sentence after each.
fn body(before: &str, after: &str) -> String {
    SIX.map(|it| format!("{before}{it}{after}本局无可报告。\n")).concat()
}

#[test]
fn headings_are_found_in_every_markup() {
    for (before, after) in [
        ("", "\n"),
        ("\n  ", "\r\n\r\n"),
        ("## ", "\n\n"),
        ("**", "**\n"),
        ("<p>", "</p><p>"),
        ("<h2 class=\"t\"><strong>", "</strong></h2>\n<p>"),
        ("", " |\n"),
        ("\t", "\n\n"),
        ("", "　2023年，"),
        ("", "。"),
        ("", "(一)主动公开。"),
    ] {
        assert_headings(&body(before, after), &official());
    }
}

#[test]
fn punctuation_width_spaces_and_traditional_characters_do_not_matter() {
    use Wording::Official;
    assert_headings("一．总体 情况\n", &[(0, "一．总体 情况", Official, true)]);
    assert_headings("一 总体情况：\n", &[(0, "一 总体情况", Official, true)]);
    assert_headings("一、\t总体情况\n", &[(0, "一、\t总体情况", Official, true)]);
    let traditional = "三、收到和處理政府信息公開申請情況";
    assert_headings(traditional, &[(2, traditional, Official, true)]);
    assert_headings("第一部分　总体情况\n", &[(0, "第一部分　总体情况", Official, true)]);
}

#[test]
fn variants_and_damaged_wordings_are_told_apart() {
    use Wording::{Damaged, Variant};
    for (text, section, wording) in [
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 3, Variant),
        ("五、政府信息公开工作存在的主要问题及改进情况", 4, Variant),
        ("二、行政机关主动公开政府信息情况", 1, Variant),
        ("三、收到和处理政府信息公开的申请情况", 2, Damaged),
        ("五、存在问题及改进情况", 4, Damaged),
        ("六、其他需报告事项", 5, Damaged),
        ("四、政府信息公开行政复议、诉讼情况", 3, Damaged),
    ] {
        assert_headings(text, &[(section, text, wording, true)]);
    }
}

#[test]
fn a_wrong_or_missing_number_is_noticed() {
    use Wording::Official;
    assert_headings("五、其他需要报告的事项\n", &[(5, "五、其他需要报告的事项", Official, false)]);
    assert_headings("2.主动公开政府信息情况\n", &[(1, "2.主动公开政府信息情况", Official, false)]);
    assert_headings("总体情况\n本局…\n", &[(0, "总体情况", Official, false)]);
}

#[test]
fn a_heading_may_be_broken_over_two_lines() {
    let text = "四、政府信息公开行政复议、\n行政诉讼情况\n本年未发生。\n";
    let whole = "四、政府信息公开行政复议、\n行政诉讼情况";
    assert_headings(text, &[(3, whole, Wording::Official, true)]);
    assert_eq!(read(text).1.sections[0].text, "四、政府信息公开行政复议、行政诉讼情况");
}

#[test]
fn sentences_labels_and_sub_lists_are_no_headings() {
    for text in [
        "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分。\n",
        "本报告由一、总体情况；二、主动公开政府信息情况；三、其他需要报告的事项组成。\n",
        "一、本年新收政府信息公开申请数量\n0\n二、上年结转政府信息公开申请数量\n0\n",
        "三、本年度办理结果 | （一）予以公开 | 0 |\n四、结转下年度继续办理 | 0 |\n",
        "（一）主动公开政府信息情况\n(三)收到和处理政府信息公开申请情况\n",
        "一是总体情况良好。\n一、存在的主要问题\n二、改进措施\n",
        "表二：主动公开政府信息情况\n",
        "“一、总体情况”见上。\n",
    ] {
        assert_headings(text, &[]);
    }
}

#[test]
fn a_sub_list_does_not_hide_or_repeat_a_section() {
    let mut text = body("", "\n");
    text = text.replace(
        "本局无可报告。\n五、",
        "一、存在的主要问题\n2.总体情况\n主动公开政府信息情况\n五、",
    );
    assert_headings(&text, &official());
}

#[test]
fn a_table_of_contents_is_not_the_sections() {
    let lines = SIX.map(|it| format!("{it}……3\n（一）其中\n")).concat();
    assert_headings(&format!("目录\n{lines}\n{}", body("", "\n")), &official());
    let line = SIX.join(" ");
    assert_headings(&format!("{line}\n{}", body("", "\n")), &official());
}

#[test]
fn headings_are_found_in_a_text_without_line_breaks() {
    assert_headings(&body("本局工作有序。 ", " "), &official());
}

#[test]
fn a_section_spans_its_blocks() {
    let (doc, outline) = read(&body("", "\n"));
    let blocks: Vec<_> = outline.sections.iter().map(|it| it.blocks.clone()).collect();
    assert_eq!(blocks, [0..2, 2..4, 4..6, 6..8, 8..10, 10..12]);
    assert_eq!(doc.len(), 12);
}

#[track_caller]
fn assert_title(text: &str, title: &str, agency: Option<&str>, year: Option<i32>) {
    let (doc, outline) = read(&format!("{text}\n{}", body("", "\n")));
    let found = outline.title.unwrap_or_else(|| panic!("no title in {text}"));
    assert_eq!((&*found.text, found.agency.as_deref()), (title, agency), "{text}");
    assert_eq!(found.year.map(|it| it.0), year, "{text}");
    if let Some((year, place)) = found.year {
        let digits = place.text(&doc);
        assert!(digits == year.to_string() || digits.chars().count() == 4, "{digits}");
    }
}

#[test]
fn titles_in_their_many_forms() {
    let agency = Some("青禾市水务局");
    for (text, year) in [
        ("青禾市水务局2023年政府信息公开工作年度报告", Some(2023)),
        ("青禾市水务局2023年政府信息公开年度报告", Some(2023)),
        ("青禾市水务局政府信息公开工作2022年度报告", Some(2022)),
        ("青禾市水务局关于2022年度政府信息公开情况的报告", Some(2022)),
        ("青禾市水务局二〇二三年政府信息公开工作年度报告", Some(2023)),
        ("青禾市水务局二○二三年政府信息公开工作年报", Some(2023)),
        ("2023年青禾市水务局政府信息公开工作年度报告", Some(2023)),
        ("青禾市水务局政府信息公开工作年度报告", None),
        ("青禾市水务局２０２３年政府信息公开工作年度报告", Some(2023)),
        ("青禾市水务局政府信息公开工作年度报告（2024年度）", Some(2024)),
    ] {
        assert_title(text, text, agency, year);
        assert_title(&format!("# {text}\n"), text, agency, year);
        assert_title(&format!("<h1 style=\"x\">{text}</h1>"), text, agency, year);
    }
    let spaced = "青禾市水务局 2023 年政府信息公开工作年度报告 |||";
    assert_title(spaced, "青禾市水务局2023年政府信息公开工作年度报告", agency, Some(2023));
    let government = "2023年青禾市人民政府信息公开工作年度报告";
    assert_title(government, government, Some("青禾市人民政府"), Some(2023));
}

#[test]
fn a_title_may_be_broken_over_lines() {
    let whole = "青禾市水务局2023年政府信息公开工作年度报告";
    for text in [
        "青禾市水务局2023年政府信息公开\n\n工作年度报告\n\n青禾市水务局\n",
        "青禾市水务局\n2023年政府信息公开工作年度报告\n",
        "青禾市水务局\n\n2023年\n\n政府信息公开工作年度报告",
        "青禾市水务局文件\n\n青禾市水务局2023年\n政府信息公开工作年度报告",
    ] {
        assert_title(text, whole, Some("青禾市水务局"), Some(2023));
    }
    let text = "青禾市水务局政府信息公开工作年度报告\n（2023年度）\n";
    let title = "青禾市水务局政府信息公开工作年度报告2023年度";
    assert_title(text, title, Some("青禾市水务局"), Some(2023));
}

#[test]
fn a_page_of_a_web_site_has_its_title_among_links() {
    let whole = "青禾市水务局2023年政府信息公开工作年度报告";
    let agency = Some("青禾市水务局");
    assert_title(
        &format!(
            "首页 > 政务公开 > 政府信息公开年报\n政府信息公开年报\n{whole}\n来源：青禾市水务局"
        ),
        whole,
        agency,
        Some(2023),
    );
    let head = format!("<html><head><title>{whole}_青禾市</title></head>\n<body>");
    assert_title(&head, whole, agency, Some(2023));
    let flat = format!("{whole}根据《中华人民共和国政府信息公开条例》编制。");
    assert_title(&flat, whole, agency, Some(2023));
}

#[test]
fn sentences_that_name_the_report_are_no_titles() {
    for text in [
        "根据有关规定，现公布2023年青禾市水务局信息公开年度报告。",
        "现公布青禾市水务局2023年政府信息公开工作年度报告",
        "按照要求编制本局2023年政府信息公开工作年度报告。全文如下：",
        "青禾市水务局关于编制2023年政府信息公开年度报告的通知",
        "上一篇：青禾市水务局2022年政府信息公开工作年度报告",
        "2023年工作报告",
    ] {
        let (_, outline) = read(&format!("{text}\n{}", body("", "\n")));
        assert_eq!(outline.title, None, "{text}");
    }
}

#[test]
fn a_compendium_is_cut_at_its_titles() {
    let report = |agency: &str| {
        format!("{agency}2023年政府信息公开工作年度报告\n\n{}\n{agency}\n\n", body("", "\n"))
    };
    let text = ["青禾市水务局", "青禾市教育局", "南岭镇人民政府"].map(report).concat();
    let reports = split(&text);
    assert_eq!(reports.len(), 3);
    assert_eq!(reports.iter().map(|it| it.blocks.len()).sum::<usize>(), blocks(&text).len());
    let agencies = reports.iter().map(|it| it.report.title.clone().unwrap().agency);
    let agencies: Vec<_> = agencies.map(Option::unwrap).collect();
    assert_eq!(agencies, ["青禾市水务局", "青禾市教育局", "南岭镇人民政府"]);
}

#[test]
fn running_headers_and_links_do_not_cut_a_report() {
    let title = "青禾市水务局2023年政府信息公开工作年度报告\n";
    let body = body("", "\n");
    let paged = body.replace("\n三、", &format!("\n{title}\n三、"));
    let paged = paged.replace("\n五、", &format!("\n{title}\n五、"));
    let links =
        "青禾市水务局2022年政府信息公开工作年度报告\n青禾市水务局2021年政府信息公开工作年度报告\n";
    let contents = SIX.map(|it| format!("{it}\n")).concat();
    let cover = format!("{title}\n{contents}\n{title}\n{body}");
    for text in [format!("{title}{paged}{links}"), cover, String::new(), "无\n".into()] {
        assert_eq!(split(&text).len(), 1, "{text}");
    }
}

#[test]
fn headings_of_reports_in_use_are_all_right() {
    let Some(dir) = shared("seeds") else { return };
    let mut files: Vec<_> = dir.map(|it| it.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let found: Vec<_> = headings(&text).into_iter().map(|it| (it.0, it.2, it.3)).collect();
        let expected = [0, 1, 2, 3, 4, 5].map(|it| (it, Wording::Official, true));
        assert_eq!(found, expected, "{}", file.display());
        assert_eq!(split(&text).len(), 1, "{}", file.display());
    }
}

fn shared(folder: &str) -> Option<std::fs::ReadDir> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared");
    let root = std::env::var("GOUJI_SHARED").unwrap_or_else(|_| beside.to_owned());
    let found = std::fs::read_dir(format!("{root}/corpus/{folder}")).ok();
    if found.is_none() {
        eprintln!("skipped: no reports to read");
    }
    found
}

/// Lines of all that headings have, and of what breaks them.
fn lines_of_parts() -> String {
    const PARTS: [&str; 36] = [
        "一",
        "二",
        "六",
        "十",
        "第",
        "部分",
        "1",
        "2",
        "、",
        ".",
        " ",
        "　",
        "，",
        "：",
        "（",
        "）",
        "。",
        "|",
        "情况",
        "情 況",
        "事项",
        "报告",
        "報",
        "总体情况",
        "總體情況",
        "存在的问题",
        "概述",
        "主动公开政府信息情况",
        "其他需要报告的事项",
        "收到和处理政府信息公开申请情况",
        "政府信息公开",
        "## ",
        "<b>",
        "&nbsp;",
        "是",
        "和",
    ];
    let mut state = 7_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % end
    };
    let mut line = || (0..=below(6)).map(|_| PARTS[below(PARTS.len())]).collect::<String>();
    (0..20_000).map(|_| line() + "\n\n").collect()
}

#[test]
fn what_a_line_holds_is_kept() {
    let blocks = crate::testing::blocks(&lines_of_parts());
    let lines = line::lines(&blocks);
    let mut held = 0;
    for it in &lines {
        let read = heading::Held::read(it, &WORDINGS);
        assert_eq!(it.headings.as_deref(), read.as_ref(), "{}", it.text());
        held += usize::from(read.is_some());
    }
    assert!(held > 1000 && lines.len() - held > 1000, "{held}");
}

#[test]
fn a_title_ends_with_a_line_that_may_end_one() {
    const PARTS: [&str; 14] = [
        "政府信息公开",
        "政务公开",
        "工作",
        "情况",
        "年度",
        "报告",
        "年报",
        "2023年",
        "度",
        "（公开）",
        "青禾市",
        "。",
        "\n\n",
        " ",
    ];
    let mut state = 7_u64;
    let mut part = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        PARTS[(state >> 33) as usize % PARTS.len()]
    };
    let (mut titles, mut others) = (0, 0);
    for _ in 0..20_000 {
        let blocks = crate::testing::blocks(&(0..8).map(|_| part()).collect::<String>());
        let lines = line::lines(&blocks);
        for end in 1..=lines.len() {
            let is_title = title::ending_at(&lines[..end]).is_some();
            let line = &lines[end - 1];
            assert!(!is_title || line.may_end_title, "{}", line.text());
            titles += usize::from(is_title);
            others += usize::from(!line.may_end_title);
        }
    }
    assert!(titles > 1000 && others > 1000, "{titles} {others}");
}

#[test]
fn every_accepted_heading_has_a_word_of_headings() {
    for it in WORDINGS.accepted() {
        assert!(it.letters.iter().any(|it| "报况".contains(*it)), "{:?}", it.letters);
    }
    let folded = |c: &char| line::letter(*c).is_some_and(|it| "报况".contains(it));
    let all = ('\0'..=char::MAX).filter(folded);
    assert!(
        all.eq(['况', '報', '报', '況'].into_iter().collect::<std::collections::BTreeSet<_>>())
    );
}
