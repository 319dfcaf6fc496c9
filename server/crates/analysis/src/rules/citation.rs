//! W601: a document that every report cites, by a wrong number.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Safety, Severity};
use crate::message::Message;
use crate::phrases::Found;
use crate::phrases::citation::Citation;

/// W601
pub(super) static RULE: Rule = Rule {
    code: "W601",
    name: "citation",
    severity: Severity::Warning,
    fix: FixClass::Safe,
    summary: ["引用文件的文号有误", "a cited document has another number"],
    docs: "\
年报格式、《条例》和《信息处理费管理办法》的文号：

- 《中华人民共和国政府信息公开条例》（国务院令第711号）
- 《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号；2019、2020 年度为〔2019〕60号）
- 《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）

**只查**紧跟在文件名称之后的文号。

**不报**：其他文件；缺少括号的残缺文号（「〔202130号」）。

**修复**：改为正确的文号。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    structure::found(ctx, |it| &it.citations).map(|it| finding(rule, it)).collect()
}

fn finding(rule: &Rule, (block, found): (usize, &Found<Citation>)) -> Finding {
    let Citation { right, document } = &found.what;
    let message = Message::new("W601").with("document", document).with("right", right);
    let fix = structure::replacement((block, found), right, Safety::Safe);
    fix.into_iter().fold(rule.finding(Place::new(block, found.range), message), Finding::fix)
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    #[test]
    fn a_wrong_number_is_found_and_repaired() {
        let text = |number| {
            let sentence =
                format!("根据《中华人民共和国政府信息公开条例》（国务院令第{number}号）编制。");
            report(&sentence, [0; 7], 0)
        };
        assert_eq!(
            findings("W601", &text("492")),
            ["warning 《中华人民共和国政府信息公开条例》的文号应为 711"]
        );
        check_fix("W601", 0, &text("492"), &text("711"));
        silent("W601", &text("711"));
    }
}
