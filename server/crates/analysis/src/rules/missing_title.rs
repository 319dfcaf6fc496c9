//! S101: a report without a title.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Fix, Place, Safety, Severity};
use crate::layout::{Layout, empty};
use crate::message::Message;

/// S101
pub(super) static RULE: Rule = Rule {
    code: "S101",
    name: "missing-title",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["缺少标题", "the report has no title"],
    docs: "\
报告应以标题开头：「<机关名称><年份>年政府信息公开工作年度报告」。

**不报**：标题分成两三行、年份写作「2023 年」「二〇二三年」「2023年度」、没有「工作」二字、写作「关于2023年度政府信息\
公开情况的报告」、在 `<title>` 或 `<h1>` 中。正文里提到年度报告的句子不算标题。

**修复**：在开头插入标题；机关名称或年份在文中找不到时留出位置，由编写人填写。

**依据**：国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    if ctx.report.title.is_some() {
        return Vec::new();
    }
    let first = structure::first_line(ctx);
    let finding = rule.finding(first, Message::new("S101"));
    let fix = structure::is_report(ctx).then(|| fix(ctx, first));
    vec![fix.into_iter().fold(finding, Finding::fix)]
}

fn fix(ctx: &Context, first: Place) -> Fix {
    let agency = ctx.report.signature.agency.as_ref().map(|it| it.0.as_str());
    let year = ctx.report.year().map(|it| it.to_string());
    let is_whole = agency.is_some() && year.is_some();
    let title = [
        agency.unwrap_or("<机关名称>"),
        year.as_deref().unwrap_or("<年份>"),
        "年政府信息公开工作年度报告",
    ]
    .concat();
    let layout = Layout::of(ctx.blocks, ctx.report);
    let key = if is_whole { "fix.insert-title" } else { "fix.insert-title.blank" };
    Fix {
        title: Message::new(key).with("title", &title),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![layout.insert(
            empty(first.block as usize, first.range.start() as usize),
            &layout.title(&title),
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    const TITLE: &str = "青禾市水务局2023年政府信息公开工作年度报告";

    #[test]
    fn a_report_without_a_title_is_found() {
        for dialect in Dialect::ALL {
            let text = without_line(&official(dialect), TITLE);
            assert_eq!(findings(&text, "S101").len(), 1, "{dialect:?}");
        }
        assert_found("一、总体情况\n本局无可报告。\n", "S101", &["一、总体情况"]);
        assert_found("今日天气晴。\n", "S101", &["今日天气晴。"]);
        assert_found("", "S101", &[""]);
    }

    #[test]
    fn titles_of_any_form_are_titles() {
        for dialect in Dialect::ALL {
            assert_silent(&official(dialect), "S101");
        }
        for title in [
            "青禾市水务局 2023 年政府信息公开\n\n工作年度报告",
            "青禾市水务局关于2023年度政府信息公开情况的报告",
            "青禾市水务局\n二〇二三年政府信息公开工作年度报告",
        ] {
            let text = official(Dialect::Pipe).replace(TITLE, title);
            assert_silent(&text, "S101");
        }
    }

    #[test]
    fn the_fix_inserts_a_title_to_be_filled_in() {
        for dialect in Dialect::ALL {
            let text = without_line(&official(dialect), TITLE);
            let fix = &findings(&text, "S101")[0].fixes[0];
            assert_eq!(fix.safety, Safety::Unsafe);
            let fixed = applied(&text, &fix.edits);
            assert_silent(&fixed, "S101");
            assert!(fixed.contains("年政府信息公开工作年度报告"), "{fixed}");
        }
        let other = findings("今日天气晴。\n", "S101");
        assert!(other[0].fixes.is_empty(), "no report, nothing to repair");
    }

    #[test]
    fn the_fix_uses_the_line_ends_of_the_document() {
        let text = without_line(&official(Dialect::Tab), TITLE).replace('\n', "\r\n");
        let fixed = applied(&text, &findings(&text, "S101")[0].fixes[0].edits);
        assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
    }
}
