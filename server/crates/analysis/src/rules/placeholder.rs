//! S111: what was left to be filled in.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Severity};
use crate::message::Message;

/// S111
pub(super) static RULE: Rule = Rule {
    code: "S111",
    name: "placeholder",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["没有填写的占位内容", "what a template leaves to be filled in is still there"],
    docs: "\
模板里待填写的内容没有填：「20XX年」「××局」「____件」「（具体网址）」「（空）」「<机关名称>」。

**不报**：为保护申请人隐去的姓名（张××）、公司；乘号；网址和邮箱；表格单元格（由 T207 报告）；Markdown 和 HTML 标记。

**依据**：各地年报审核要求（不得有未填写、未删除的模板内容）。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let found = structure::found(ctx, |it| &it.placeholders);
    let found = found.map(|(block, range)| Place::new(block, *range));
    let message = |place: Place| Message::new("S111").with("text", place.text(ctx.blocks));
    found.map(|it| rule.finding(it, message(it))).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    #[test]
    fn what_was_left_in_a_report_is_found() {
        for dialect in [Dialect::Gfm, Dialect::Html, Dialect::Tab] {
            let text = official(dialect).replace("青禾市沿河路8号", "（具体地址）");
            assert_found(&text, "S111", &["（具体地址）"]);
        }
        let text = official(Dialect::Gfm)
            .replace("2023年政府信息公开工作年度报告", "20XX年政府信息公开工作年度报告");
        assert_found(&text, "S111", &["XX"]);
    }

    #[test]
    fn what_is_in_a_cell_is_left_to_its_rule() {
        let text = official(Dialect::Gfm).replacen("| 0 |", "| XX |", 1);
        assert_silent(&text, "S111");
        assert_silent(&official(Dialect::Gfm), "S111");
    }
}
