//! Each rule on tables catches its planted error in every dialect, and says nothing on the
//! report's right twin.

mod support;

use support::{Dialect, Sample, WITH_BLANKS, apply, at, codes, findings, fix};

use gouji_analysis::{Lang, Safety, Severity};

/// Holds the findings of a spoilt 2021 report in each dialect.
#[track_caller]
fn caught(dialects: &[Dialect], spoil: impl Fn(&mut Sample), expected: &[(&str, &str)]) {
    for dialect in dialects {
        let mut sample = Sample::new("2021");
        spoil(&mut sample);
        let text = sample.text(*dialect);
        let found = at(&text);
        let found: Vec<_> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(found, expected, "{dialect:?}");
    }
}

/// The first report of a text.
fn reading(text: &str) -> gouji_analysis::Reading {
    gouji_analysis::read(&gouji_analysis::Document::new(text)).remove(0).1
}

#[test]
fn a_right_report_has_no_finding_in_any_dialect() {
    for form in ["2019", "2021"] {
        for dialect in Dialect::ALL {
            assert_eq!(at(&Sample::new(form).text(dialect)), [], "{form} {dialect:?}");
        }
    }
}

#[test]
fn every_value_is_bound_in_every_dialect() {
    for (form, dialect) in ["2019", "2021"].iter().flat_map(|f| Dialect::ALL.map(|d| (f, d))) {
        let mut sample = Sample::new(form);
        // Different everywhere, so that no value can stand in for another.
        let mut next = 100;
        let mut wanted = Vec::new();
        let tables: Vec<_> = sample
            .form
            .tables
            .iter()
            .flat_map(|table| {
                table.parts.iter().flat_map(move |part| {
                    part.rows.iter().flat_map(move |row| {
                        part.columns
                            .iter()
                            .map(move |it| (table.id.clone(), row.key.clone(), it.key.clone()))
                    })
                })
            })
            .collect();
        for (table, row, column) in tables {
            next += 7;
            sample.set(&table, &row, &column, &next.to_string());
            wanted.push((table, row, column, next.to_string()));
        }
        let text = sample.text(dialect);
        let gouji_analysis::Reading { blocks, report, .. } = reading(&text);
        assert_eq!(report.schema.id, **form, "{dialect:?}");
        for (table, row, column, value) in wanted {
            let cell = report.table(&table).and_then(|it| it.cell(&row, &column));
            let text = cell.map(|it| it.place.text(&blocks));
            assert_eq!(text, Some(&*value), "{form} {dialect:?} {table} {row} {column}");
        }
    }
}

#[test]
fn a_missing_row_is_found() {
    let spoil = |it: &mut Sample| {
        let (rows, at) = it.rows("requests", "denied.query_matter");
        rows.remove(at);
    };
    caught(&Dialect::ALL, spoil, &[("T201", "7.属于行政执法案卷")]);
}

#[test]
fn an_inserted_row_is_blank_and_in_its_place() {
    for dialect in WITH_BLANKS {
        let mut sample = Sample::new("2021");
        let whole = sample.text(dialect);
        let (rows, index) = sample.rows("requests", "unavailable.needs_creation");
        rows.remove(index);
        let text = sample.text(dialect);
        let fix = fix(&text, "补插一行");
        assert_eq!(fix.safety, Safety::Safe);
        let fixed = apply(&text, &fix);
        assert!(
            codes(&fixed).iter().all(|it| *it == "T206"),
            "{dialect:?} {:?}\n{fixed}",
            at(&fixed)
        );
        assert_eq!(codes(&fixed).len(), 7, "{dialect:?}");
        // Filled with 0, the sums hold.
        let mut filled = fixed;
        while codes(&filled).contains(&"T206") {
            filled = apply(&filled, &self::fix(&filled, "填入"));
        }
        assert_eq!(at(&filled), [], "{dialect:?}");
        // A paste with a cell a line repeats the merged label cells; the new row has none.
        if dialect != Dialect::TabCells {
            assert_eq!(filled.lines().count(), whole.lines().count(), "{dialect:?}");
        }
    }
}

#[test]
fn a_table_without_most_rows_is_said_once() {
    let spoil = |it: &mut Sample| it.rows("requests", "received").0.truncate(3);
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        spoil(&mut sample);
        assert_eq!(codes(&sample.text(dialect)), ["T201"], "{dialect:?}");
    }
}

#[test]
fn a_missing_column_is_found_once_and_the_others_stay_bound() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        let table = sample.form.tables.iter_mut().find(|it| it.id == "requests").unwrap();
        table.parts[0].columns.retain(|it| it.key != "charity");
        let text = sample.text(dialect);
        assert_eq!(at(&text), [("T202", "科研机构".to_owned())], "{dialect:?}\n{text}");
        let gouji_analysis::Reading { blocks, report, .. } = reading(&text);
        let cell = report.table("requests").unwrap().cell("received", "total").unwrap();
        assert_eq!(cell.place.text(&blocks), "15", "{dialect:?}");
    }
}

#[test]
fn an_unknown_row_is_found() {
    let spoil = |it: &mut Sample| {
        let (rows, at) = it.rows("disclosure", "normative");
        let label =
            gouji_analysis::schema::Label { label: "会议纪要".into(), ..Default::default() };
        let row = gouji_analysis::schema::Row {
            key: "extra".into(),
            label,
            groups: Vec::new(),
            number: None,
        };
        rows.insert(at, row);
    };
    caught(&Dialect::ALL, spoil, &[("T203", "会议纪要")]);
}

#[test]
fn a_row_with_too_many_values_is_found_and_its_sums_are_not_checked() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        sample.set("requests", "granted", "natural", "55555");
        let separator = match dialect {
            Dialect::Gfm | Dialect::Pipe => " | 9",
            Dialect::PipeCells => " |\n9",
            Dialect::Tab => "\t9",
            Dialect::TabCells => "\n\t9",
            Dialect::Lines => "\n9",
            Dialect::Html => "</td><td>9",
        };
        let text = sample.text(dialect).replace("55555", &format!("55555{separator}"));
        assert_eq!(codes(&text), ["T204"], "{dialect:?}\n{text}");
    }
}

#[test]
fn a_damaged_label_is_found_and_repaired() {
    for (key, damaged) in [
        ("denied.law_forbids", "2.其他法律法规禁止公开"),
        ("denied.internal_affairs", "5.属于三类内容事务信息"),
        ("unavailable.not_held", "1.本机关不掌握相关信息"),
    ] {
        for dialect in Dialect::ALL {
            let mut sample = Sample::new("2021");
            let whole = sample.text(dialect);
            let (rows, at_row) = sample.rows("requests", key);
            rows[at_row].label.label = damaged.to_owned();
            let text = sample.text(dialect);
            assert_eq!(at(&text), [("T205", damaged.to_owned())], "{dialect:?}");
            let fix = fix(&text, "改为官方文字");
            assert_eq!(fix.safety, Safety::Safe);
            let fixed = apply(&text, &fix);
            assert_eq!(at(&fixed), [], "{dialect:?}");
            let squeezed = |it: &str| it.replace([' ', '-'], "");
            assert_eq!(squeezed(&fixed), squeezed(&whole), "{dialect:?}");
        }
    }
}

#[test]
fn spacing_width_and_numbering_of_labels_are_silent() {
    for label in
        ["2．其他法律行政法规禁止公开", "2、其他法律行政法规 禁止公开", "②其他法律行政法规禁止公开"]
    {
        let spoil = |it: &mut Sample| {
            let (rows, at) = it.rows("requests", "denied.law_forbids");
            rows[at].label.label = label.to_owned();
        };
        caught(&Dialect::ALL, spoil, &[]);
    }
}

#[test]
fn a_blank_is_the_finding_and_the_sums_force_its_value() {
    for dialect in WITH_BLANKS {
        for (column, value) in [("natural", "5"), ("charity", "0"), ("total", "6")] {
            let mut sample = Sample::new("2021");
            let whole = sample.text(dialect);
            sample.set("requests", "granted", column, "");
            let text = sample.text(dialect);
            assert_eq!(codes(&text), ["T206"], "{dialect:?} {column}\n{text}");
            let fix = fix(&text, "填入");
            assert!(fix.preferred && fix.safety == Safety::Unsafe);
            assert!(fix.title.text(Lang::Zh).ends_with(&format!("□ → {value}")), "{:?}", fix.title);
            let squeezed = |it: &str| it.replace([' ', '\u{3000}'], "");
            assert_eq!(squeezed(&apply(&text, &fix)), squeezed(&whole), "{dialect:?} {column}");
        }
    }
}

#[test]
fn marks_that_stand_for_nothing_are_blanks() {
    for mark in ["/", "-", "—", "无"] {
        let spoil = |it: &mut Sample| {
            it.set("disclosure", "license", "decisions", mark);
        };
        caught(&Dialect::ALL, spoil, &[("T206", mark)]);
    }
}

#[test]
fn a_sum_with_a_blank_is_broken_when_no_count_repairs_it() {
    for dialect in WITH_BLANKS {
        let mut sample = Sample::new("2021");
        // 5 + 1 + □ can never be 4.
        sample.set("requests", "granted", "total", "4").set("requests", "granted", "other", "");
        let found = codes(&sample.text(dialect));
        assert!(found.contains(&"R301") && found.contains(&"T206"), "{dialect:?} {found:?}");
        // 5 + 1 + □ can be 9: the blank is the finding.
        let mut sample = Sample::new("2021");
        sample.set("requests", "granted", "total", "9").set("requests", "granted", "other", "");
        assert!(!codes(&sample.text(dialect)).contains(&"R301"), "{dialect:?}");
    }
}

#[test]
fn an_empty_form_is_said_once_a_table() {
    for dialect in WITH_BLANKS {
        let mut sample = Sample::new("2021");
        sample.values.clear();
        let contents = sample.text(dialect);
        assert_eq!(at(&contents), [], "all 0: {dialect:?}");
        for value in sample
            .form
            .tables
            .iter()
            .flat_map(|it| {
                it.parts.iter().flat_map(move |part| {
                    part.rows.iter().flat_map(move |row| {
                        part.columns
                            .iter()
                            .map(move |column| (it.id.clone(), row.key.clone(), column.key.clone()))
                    })
                })
            })
            .collect::<Vec<_>>()
        {
            sample.values.insert(value, String::new());
        }
        let text = sample.text(dialect);
        assert_eq!(codes(&text), ["T206", "T206", "T206"], "{dialect:?}\n{text}");
    }
}

#[test]
fn text_in_a_value_cell_is_found() {
    for text in ["若干", "约10", "见附件", "O"] {
        let spoil = |it: &mut Sample| {
            it.set("requests", "granted", "charity", text);
        };
        caught(&Dialect::ALL, spoil, &[("T207", text)]);
    }
}

#[test]
fn negative_and_fractional_counts_are_found() {
    for (row, value) in [("license", "-3"), ("license", "2.5"), ("penalty", "－1")] {
        let spoil = |it: &mut Sample| {
            it.set("disclosure", row, "decisions", value);
        };
        caught(&Dialect::ALL, spoil, &[("T208", value)]);
    }
}

#[test]
fn amounts_may_have_decimals_and_changes_may_be_negative() {
    let spoil = |it: &mut Sample| {
        it.set("disclosure", "fees", "amount", "59237.2449");
    };
    caught(&Dialect::ALL, spoil, &[]);
    for (dialect, value) in
        Dialect::ALL.iter().flat_map(|d| ["-3", "减4", "增5", "+1036"].map(|v| (d, v)))
    {
        let mut sample = Sample::new("2019");
        sample.set("disclosure", "license", "change", value);
        assert_eq!(at(&sample.text(*dialect)), [], "{dialect:?} {value}");
    }
}

#[test]
fn numbers_in_other_styles_are_hints_and_rewritten() {
    for (value, plain) in [("１２", "12"), ("1,234", "1234"), ("3 050", "3050")] {
        for dialect in Dialect::ALL {
            let mut sample = Sample::new("2021");
            sample.set("disclosure", "license", "decisions", value);
            let text = sample.text(dialect);
            assert_eq!(at(&text), [("T209", value.to_owned())], "{dialect:?}");
            assert_eq!(findings(&text)[0].severity, Severity::Hint);
            let fixed = apply(&text, &fix(&text, "改为半角数字"));
            assert_eq!(at(&fixed), [], "{dialect:?}");
            assert!(fixed.contains(plain), "{dialect:?}");
        }
    }
}

#[test]
fn a_repeated_row_is_found() {
    let spoil = |it: &mut Sample| {
        let (rows, at) = it.rows("requests", "rejected.repeat");
        let (label, groups) = (rows[at].label.label.clone(), rows[at].groups.clone());
        let label = gouji_analysis::schema::Label { label, ..Default::default() };
        rows.insert(
            at,
            gouji_analysis::schema::Row { key: "again".into(), label, groups, number: None },
        );
    };
    caught(&Dialect::ALL, spoil, &[("T210", "2.重复申请")]);
}

#[test]
fn a_moved_row_is_found_and_the_rows_after_it_are_not() {
    let spoil = |it: &mut Sample| {
        let (rows, at) = it.rows("requests", "denied.state_secret");
        let row = rows.remove(at);
        rows.insert(at + 4, row);
    };
    caught(&Dialect::ALL, spoil, &[("T211", "1.属于国家秘密")]);
}

#[test]
fn a_wrong_row_total_is_found_with_its_arithmetic() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        sample.set("requests", "received", "total", "16");
        let text = sample.text(dialect);
        // The total stands in its row and, in the last column, in the balance.
        assert_eq!(codes(&text), ["R301", "R305", "R303"], "{dialect:?}");
        let findings = findings(&text);
        let message = findings[0].message.text(Lang::Zh);
        assert!(message.contains("总计应为 15（12+3），现为 16，差 +1"), "{message}");
        let related: Vec<_> =
            findings[0].related.iter().map(|it| it.message.text(Lang::Zh)).collect();
        assert_eq!(
            related,
            [
                "最可能有误：一、本年新收政府信息公开申请数量·总计 16 → 15",
                "一、本年新收政府信息公开申请数量·自然人：12",
                "一、本年新收政府信息公开申请数量·商业企业：3",
            ]
        );
        let first = &findings[0].fixes[0];
        assert!(first.preferred, "the total alone explains both");
        assert!(first.title.text(Lang::Zh).starts_with("重算本行总计"), "{dialect:?}");
        assert_eq!(findings[1].fixes[0].edits, first.edits, "the same under another name");
        assert_eq!(at(&apply(&text, first)), [], "{dialect:?}");
    }
}

#[test]
fn a_wrong_cell_is_offered_before_the_totals_that_it_breaks() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        let whole = sample.text(dialect);
        sample.set("requests", "granted", "natural", "7");
        let text = sample.text(dialect);
        assert_eq!(codes(&text), ["R305", "R301", "R302"], "{dialect:?}");
        for finding in &findings(&text)[1..] {
            let titles: Vec<_> = finding.fixes.iter().map(|it| it.title.text(Lang::Zh)).collect();
            assert_eq!(titles[0], "改此格：（一）予以公开·自然人 7 → 5", "{dialect:?}");
            assert!(titles[1].starts_with("重算本"), "{titles:?}");
            assert!(finding.fixes[0].preferred && !finding.fixes[1].preferred);
            assert_eq!(apply(&text, &finding.fixes[0]), whole, "{dialect:?}");
        }
    }
}

#[test]
fn recomputing_the_whole_table_leaves_no_broken_sum() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        sample
            .set("requests", "granted", "natural", "17")
            .set("requests", "received", "natural", "40")
            .set("requests", "rejected.repeat", "other", "3")
            .set("requests", "received", "other", "3");
        let text = sample.text(dialect);
        assert!(codes(&text).len() > 4, "{dialect:?}");
        let fixed = apply(&text, &fix(&text, "重算全表"));
        assert_eq!(at(&fixed), [], "{dialect:?}");
    }
}

#[test]
fn a_broken_balance_is_found_in_its_column() {
    for dialect in Dialect::ALL {
        let mut sample = Sample::new("2021");
        sample.set("requests", "carried_out", "natural", "1").set(
            "requests",
            "carried_out",
            "total",
            "1",
        );
        let text = sample.text(dialect);
        assert_eq!(codes(&text), ["R305", "R303", "R303"], "{dialect:?}");
        let message = findings(&text)[1].message.text(Lang::Zh);
        assert!(message.contains("第一项加第二项为 14（12+2）"), "{message}");
        assert!(message.contains("为 13（12+1），差 −1"), "{message}");
        let fixed = apply(&text, &fix(&text, "重算全表"));
        assert_eq!(at(&fixed), [], "{dialect:?}");
    }
}

#[test]
fn a_wrong_case_total_is_found_and_recomputed() {
    for (column, wrong) in
        [("review.total", "4"), ("direct.total", "1"), ("after_review.pending", "2")]
    {
        for dialect in Dialect::ALL {
            let mut sample = Sample::new("2021");
            sample.set("litigation", "", column, wrong);
            let text = sample.text(dialect);
            let mut codes = codes(&text);
            codes.sort_unstable();
            assert_eq!(codes, ["R304", "R305"], "{dialect:?} {column}");
            let fixed = apply(&text, &fix(&text, "重算总计"));
            assert_eq!(at(&fixed), [], "{dialect:?}");
        }
    }
}

#[test]
fn a_fix_keeps_the_width_of_an_aligned_column() {
    let mut sample = Sample::new("2021");
    sample.set("requests", "received", "total", "1234");
    let text = sample.text(Dialect::Gfm);
    let fixed = apply(&text, &fix(&text, "重算本行总计"));
    let width = |it: &str| it.lines().map(str::len).collect::<Vec<_>>();
    assert_eq!(width(&fixed), width(&text));
}

#[test]
fn a_header_in_other_words_over_all_values_is_silent() {
    let renamed = |text: &str| {
        let header = text.lines().find(|it| it.contains("结果维持")).unwrap_or_default().to_owned();
        let other = header.replacen("结果维持", "复议维持", 1).replacen("结果纠正", "复议纠正", 1);
        text.replacen(&header, &other, 1)
    };
    for dialect in [Dialect::Gfm, Dialect::Pipe, Dialect::Tab] {
        let text = renamed(&Sample::new("2021").text(dialect));
        assert!(text.contains("复议维持"), "{dialect:?}");
        assert_eq!(at(&text), [], "{dialect:?}\n{text}");
    }
}

#[test]
fn other_tables_with_like_words_are_no_tables_of_the_form() {
    let other = "| 类别 | 条数 | 总计 |\n|---|---|---|\n| 规章 | 1 | 9 |\n| 行政许可 | 3 | 9 |\n| 行政处罚 | 2 | 9 |\n| 其他 | 3 | 9 |\n\n";
    assert_eq!(at(other), []);
    let text = Sample::new("2021").text(Dialect::Gfm);
    let heading = text.find("## 二、").unwrap_or_default();
    let with = format!("{}{other}{}", &text[..heading], &text[heading..]);
    assert_eq!(at(&with), [], "{with}");
}
