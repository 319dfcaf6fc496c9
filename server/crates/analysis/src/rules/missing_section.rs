//! S102: one of the six sections is absent.

use std::cell::LazyCell;

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Fix, Place, Safety, Severity};
use crate::layout::Layout;
use crate::message::Message;
use crate::report::Section;

/// S102
pub(super) static RULE: Rule = Rule {
    code: "S102",
    name: "missing-section",
    severity: Severity::Error,
    fix: FixClass::Safe,
    summary: ["缺少六个部分之一", "one of the six sections is absent"],
    docs: "\
报告应有六个部分：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、\
行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。没有内容的部分也应保留标题并说明。

**不报**：标题用《条例》第五十条的说法、编号有误、文字有错但可辨认（由 S105 报告），标题后直接接正文。

**修复**：在规定位置插入标题；第二、三、四部分一并插入官方格式的空表。行文、换行和表格写法与报告其余部分一致。各部分顺序混乱时，先调整顺序（S104）。

**依据**：《政府信息公开条例》第五十条；国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    if !structure::is_report(ctx) {
        return Vec::new();
    }
    let has = |it: &usize| ctx.report.sections.iter().any(|section| section.section == *it);
    let layout = LazyCell::new(|| Layout::of(ctx.blocks, ctx.report));
    let absent = (0..ctx.report.schema.sections.len()).filter(|it| !has(it));
    absent.map(|it| finding(ctx, rule, &layout, it)).collect()
}

fn finding(ctx: &Context, rule: &Rule, layout: &Layout, section: usize) -> Finding {
    let heading = structure::official(ctx, section);
    let message = Message::new("S102").with("heading", &heading);
    let finding = rule.finding(place(ctx, section), message);
    fix(ctx, layout, section, &heading).into_iter().fold(finding, Finding::fix)
}

/// The heading that should come next or the one before, the title, or the first line.
fn place(ctx: &Context, section: usize) -> Place {
    let sections = &ctx.report.sections;
    let next = sections.iter().find(|it| it.section > section).or(sections.last());
    let title = ctx.report.title.as_ref().map(|it| it.place);
    next.map(|it| it.place).or(title).unwrap_or_else(|| structure::first_line(ctx))
}

fn fix(ctx: &Context, layout: &Layout, section: usize, heading: &str) -> Option<Fix> {
    let place = layout.place_for_section(section);
    // Among sections that are out of order it has no place of its own.
    let start = |it: Place| (it.block, it.range.start());
    let is_in_order = |it: &Section| (start(it.place) < start(place)) == (it.section < section);
    if !ctx.report.sections.iter().all(is_in_order) {
        return None;
    }
    let key = &ctx.report.schema.sections[section].key;
    let mut text = layout.heading(heading);
    for table in structure::form(ctx).tables.iter().filter(|it| it.section == *key) {
        if ctx.report.table(&table.id).is_none() {
            text.push_str(&layout.table(table));
        }
    }
    Some(Fix {
        title: Message::new("fix.insert-section").with("heading", heading),
        safety: Safety::Safe,
        preferred: true,
        edits: vec![layout.insert(place, &text)],
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    const HEADINGS: [&str; 6] = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];

    /// The official report without its signature and one section with all that is in it.
    fn without_section(dialect: Dialect, section: usize) -> String {
        let text = official(dialect);
        let start_of_line = |at: usize| text[..at].rfind('\n').map_or(0, |it| it + 1);
        let start = |it: usize| start_of_line(text.find(HEADINGS[it]).unwrap());
        let end = start_of_line(text.rfind("青禾市水务局").unwrap());
        let next = if section == 5 { end } else { start(section + 1) };
        [&text[..start(section)], &text[next..end]].concat()
    }

    #[test]
    fn among_sections_out_of_order_nothing_is_inserted() {
        let text = "六、其他需要报告的事项\n政府信息公开\n工作年度报告2023年\n一、总体情况\n";
        let found = findings(text, "S102");
        assert!(found.len() == 4 && found.iter().all(|it| it.fixes.is_empty()));
    }

    #[test]
    fn each_absent_section_is_found_and_inserted_in_its_place() {
        for (dialect, section) in Dialect::ALL.iter().flat_map(|it| (0..6).map(move |s| (*it, s))) {
            let text = without_section(dialect, section);
            assert_eq!(findings(&text, "S102").len(), 1, "{dialect:?} {section}");
            // What is inserted is blank.
            let fixed = fixed(&text, "S102", &["S106", "T206", "T204"]);
            assert_silent(&fixed, "S104");
            assert_silent(&fixed, "S107");
            let order: Vec<_> = HEADINGS.iter().map(|it| fixed.find(it).unwrap()).collect();
            assert!(order.is_sorted(), "{fixed}");
        }
    }

    #[test]
    fn the_last_section_goes_before_the_signature() {
        let signature = "青禾市水务局\n\n2024年1月12日\n";
        let text = [&without_section(Dialect::Pipe, 5), signature].concat();
        let fixed = fixed(&text, "S102", &["S106"]);
        let end = format!("六、其他需要报告的事项\n\n\n{signature}");
        assert!(fixed.ends_with(&end), "{fixed}");
    }

    #[test]
    fn a_table_that_lost_its_heading_gets_it_back_without_a_second_table() {
        for (dialect, section) in Dialect::ALL.iter().flat_map(|it| (1..4).map(move |s| (*it, s))) {
            let whole = official(dialect);
            let text = without_line(&whole, HEADINGS[section]);
            let fixed = fixed(&text, "S102", &[]);
            let tables = crate::testing::reading(&fixed).report.tables;
            let ids: Vec<_> = tables.iter().map(|it| &*it.schema.id).collect();
            assert_eq!(ids, ["disclosure", "requests", "litigation"], "{fixed}");
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&fixed), squeezed(&whole));
        }
    }

    #[test]
    fn several_absent_sections_are_inserted_in_order() {
        for dialect in Dialect::ALL {
            let text = official(dialect);
            let from = text[..text.find("二、主动公开").unwrap()].rfind('\n').unwrap() + 1;
            let to = text[..text.find("五、存在").unwrap()].rfind('\n').unwrap() + 1;
            let text = [&text[..from], &text[to..]].concat();
            assert_eq!(findings(&text, "S102").len(), 3, "{dialect:?}");
            let fixed = fixed(&text, "S102", &["T206", "T204"]);
            assert_silent(&fixed, "S104");
        }
    }

    #[test]
    fn the_fix_keeps_line_ends_and_heading_style() {
        let text = without_section(Dialect::Gfm, 3).replace('\n', "\r\n");
        let fixed = fixed(&text, "S102", &["T206"]);
        assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
        assert!(fixed.contains("\r\n## 四、政府信息公开行政复议、行政诉讼情况\r\n"));
        let text = without_section(Dialect::Html, 4).replace("h2>", "h3 class=\"t\">");
        let text = text.replace("</h3 class=\"t\">", "</h3>");
        let fixed = crate::testing::fixed(&text, "S102", &["S106"]);
        assert!(fixed.contains("<h3 class=\"t\">五、存在的主要问题及改进情况</h3>"), "{fixed}");
    }

    #[test]
    fn other_wordings_numbers_and_texts_are_no_absence() {
        for dialect in Dialect::ALL {
            assert_silent(&official(dialect), "S102");
        }
        let text = official(Dialect::Pipe);
        for (old, new) in [
            (HEADINGS[3], "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
            (HEADINGS[4], "四、存在问题及改进情况"),
            (HEADINGS[5], "其他需要报告的事项"),
            ("一、总体情况\n\n", "一、总体情况　"),
        ] {
            assert_silent(&text.replace(old, new), "S102");
        }
        assert_silent("今日天气晴。\n", "S102");
        assert_silent("", "S102");
    }

    #[test]
    fn tables_of_the_year_are_inserted() {
        let text = "青禾市水务局2020年政府信息公开工作年度报告\n\n一、总体情况\n\n工作有序。\n";
        let fixed = fixed(text, "S102", &["S106", "T206", "S110"]);
        assert!(fixed.contains("本年新制作数量") && !fixed.contains("本年制发件数"), "{fixed}");
    }
}
