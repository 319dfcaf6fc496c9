//! S106: a heading without content.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Severity};
use crate::layout::has_letters;
use crate::message::Message;

/// S106
pub(super) static RULE: Rule = Rule {
    code: "S106",
    name: "empty-section",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["标题下没有内容", "a heading without content"],
    docs: "\
每个部分都应有内容；没有情况的也应说明，如「没有其他需要报告的事项」。

**不报**：内容接在标题同一行，内容是表格、图片或附件；第二、三、四部分缺表格（由 S107 报告）。

**依据**：《政府信息公开条例》第五十条；国办公开办函〔2021〕30号。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let sections = ctx.report.sections.iter().enumerate();
    sections
        .filter(|it| is_empty(ctx, it.0))
        .map(|(_, it)| {
            let heading = structure::official(ctx, it.section);
            rule.finding(it.place, Message::new("S106").with("heading", heading))
        })
        .collect()
}

fn is_empty(ctx: &Context, index: usize) -> bool {
    let section = &ctx.report.sections[index];
    let key = &ctx.report.schema.sections[section.section].key;
    let wants_table = ctx.report.schema.tables.iter().any(|it| it.section == *key);
    if wants_table || structure::starts_with_letters(ctx, index) {
        return false;
    }
    let content = structure::content(ctx, index);
    !has_letters(&content) && !structure::shows_elsewhere(&content)
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    #[test]
    fn a_heading_without_text_is_found() {
        for dialect in [Dialect::Gfm, Dialect::Pipe, Dialect::Html] {
            let text = official(dialect);
            for words in ["存在的主要问题：", "改进情况："] {
                assert_silent(&without_line(&text, words), "S106");
            }
            // A signature is no content.
            let last = without_line(&text, "本年度未收取");
            assert_found(&last, "S106", &["六、其他需要报告的事项"]);
            let text = without_line(&without_line(&text, "存在的主要问题："), "改进情况：");
            assert_found(&text, "S106", &["五、存在的主要问题及改进情况"]);
        }
        assert_found("一、总体情况\n\n  \n二、主动公开政府信息情况\n", "S106", &["一、总体情况"]);
        assert_found("六、其他需要报告的事项\n——\n", "S106", &["六、其他需要报告的事项"]);
    }

    #[test]
    fn text_tables_pictures_and_attachments_are_content() {
        for dialect in Dialect::ALL {
            assert_silent(&official(dialect), "S106");
        }
        for text in [
            "六、其他需要报告的事项　无。\n",
            "六、其他需要报告的事项\n无\n",
            "一、总体情况\n![概况](a.png)\n",
            "<p>一、总体情况</p><p><img src=\"a.png\"></p>",
            "一、总体情况\n\n| 甲 | 1 |\n\n二、主动公开政府信息情况\n",
        ] {
            assert_silent(text, "S106");
        }
    }
}
