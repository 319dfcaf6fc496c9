//! S109: no 统计期限, or no way to reach the agency.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::phrases::Subjects;

/// S109
pub(super) static RULE: Rule = Rule {
    code: "S109",
    name: "missing-preamble",
    severity: Severity::Hint,
    fix: FixClass::None,
    summary: ["没有统计期限或联系方式", "no 统计期限, or no way to contact the agency"],
    docs: "\
报告开头一般写明数据的统计期限和编制机关的联系方式（地址、电话）。

**不报**：不完整的文稿（没有「总体情况」）；写有期限但由 PDF 转出时丢了数字的。

**依据**：各地年报审核要求。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let is_whole = ctx.report.sections.first().is_some_and(|it| it.section == 0);
    if !is_whole {
        return Vec::new();
    }
    let subjects = ctx.phrases().fold(Subjects::default(), |all, it| all | it.1.subjects);
    let states_period = ctx.report.period.is_some() || subjects.have(Subjects::PERIOD);
    let key = match (states_period, subjects.have(Subjects::CONTACT)) {
        (true, true) => return Vec::new(),
        (false, false) => "S109",
        (false, true) => "S109.period",
        (true, false) => "S109.contact",
    };
    let title = ctx.report.title.as_ref().map(|it| it.place);
    vec![rule.finding(title.unwrap_or_else(|| structure::first_line(ctx)), Message::new(key))]
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    #[test]
    fn what_is_missing_is_said() {
        let text = official(Dialect::Gfm);
        assert_silent(&text, "S109");
        let start = text.find("\n\n").unwrap() + 2;
        let preamble = &text[start..text.find("## 一、").unwrap()];
        for (instead, expected) in [
            ("", "没有写明统计期限和联系方式"),
            ("电话：0500-6000001\n\n", "没有写明数据的统计期限"),
            ("统计期限自2023年1月1日至2023年12月31日。\n\n", "没有写明联系方式（地址、电话）"),
        ] {
            let found = found(&text.replace(preamble, instead), "S109");
            assert_eq!(found.len(), 1, "{instead}");
            assert_eq!(found[0].1, expected);
        }
    }

    #[test]
    fn damaged_periods_and_fragments_are_silent() {
        let text = official(Dialect::Gfm);
        assert_silent(&text.replace("2023年1月1日", "20231月1日"), "S109");
        assert_silent("二、主动公开政府信息情况\n", "S109");
    }
}
