//! W602: slips of usage.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Safety, Severity};
use crate::message::Message;
use crate::phrases::Found;
use crate::phrases::usage::Usage;

/// W602
pub(super) static RULE: Rule = Rule {
    code: "W602",
    name: "usage",
    severity: Severity::Hint,
    fix: FixClass::Safe,
    summary: ["用词不当", "a slip of usage"],
    docs: "\
审核中常被指出的用词：

- 「截止（到）2023年12月31日」应为「截至2023年12月31日」：「截止」表示到某时停止，「截至」表示统计到某时。
- 「2023年度政府信息公开工作年度报告」重复了「年度」，应为「2023年政府信息公开工作年度报告」。

**不报**：「截止时间」「截止日期」；主语之后的「受理截止12月31日」；书名号内的名称。

**修复**：改为规范的用词。

**依据**：《现代汉语词典》；国办公开办函〔2021〕30号所附格式的标题。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    structure::found(ctx, |it| &it.usages).map(|it| finding(ctx, rule, it)).collect()
}

fn finding(ctx: &Context, rule: &Rule, (block, found): (usize, &Found<Usage>)) -> Finding {
    let place = Place::new(block, found.range);
    let (right, message) = match found.what {
        Usage::Until => ("截至", Message::new("W602").with("text", place.text(ctx.blocks))),
        Usage::DoubledYear => ("年", Message::new("W602.year")),
    };
    let fix = structure::replacement((block, found), right, Safety::Safe);
    fix.into_iter().fold(rule.finding(place, message), Finding::fix)
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    #[test]
    fn until_a_day_is_written_with_its_own_word() {
        let text = |word| report(&format!("{word}2023年12月31日，我局公开信息3条。"), [0; 7], 0);
        assert_eq!(
            findings("W602", &text("截止到")),
            ["hint 「截止到」表示统计到某时，应为「截至」"]
        );
        check_fix("W602", 0, &text("截止到"), &text("截至"));
        silent("W602", &text("截至"));
    }

    #[test]
    fn the_title_names_the_year_once() {
        let text = report("好。", [0; 7], 0);
        let doubled = text.replace("2023年政府", "2023年度政府");
        check_fix("W602", 0, &doubled, &text);
        silent("W602", &text);
    }
}
