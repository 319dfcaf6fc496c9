//! S113: the number of parts differs from their list.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Safety, Severity};
use crate::message::Message;
use crate::phrases::Found;
use crate::phrases::part_list::PartList;

/// S113
pub(super) static RULE: Rule = Rule {
    code: "S113",
    name: "part-count",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["所说的部分数与列出的不符", "the number of parts differs from the list of them"],
    docs: "\
导语说「由……等六部分组成」，列出的却是五个。多因漏写「行政复议、行政诉讼情况」，或删改后没有更新数字。

**不报**：没有列出名称的；列有其他内容（如「收费及减免情况」）的；不足三个的。

**示例**：「本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、\
其他需要报告的事项等六部分组成。」

**修复**：可把数字改为列出的部分数。更多时候应当补上漏写的部分。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    structure::found(ctx, |it| &it.part_lists).map(|it| finding(ctx, rule, it)).collect()
}

fn finding(ctx: &Context, rule: &Rule, (block, found): (usize, &Found<PartList>)) -> Finding {
    const NUMERALS: [&str; 7] = ["零", "一", "二", "三", "四", "五", "六"];
    let PartList { stated, named, is_chinese } = &found.what;
    let sections = ctx.report.schema.sections.iter().enumerate();
    let missing = sections.filter(|it| !named.contains(&it.0)).map(|it| &*it.1.title);
    let missing = missing.collect::<Vec<_>>().join("、");
    let message = if named.len() < *stated as usize && !missing.is_empty() {
        Message::new("S113.missing").with("missing", missing)
    } else {
        Message::new("S113")
    };
    let message = message.with("stated", stated).with("named", named.len());
    let count = named.len().to_string();
    let number = if *is_chinese { NUMERALS[named.len()] } else { &count };
    let fix = structure::replacement((block, found), number, Safety::Unsafe);
    fix.into_iter().fold(rule.finding(Place::new(block, found.range), message), Finding::fix)
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    fn text(number: &str, litigation: &str) -> String {
        let sentence = format!(
            "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、{litigation}\
             存在的主要问题及改进情况、其他需要报告的事项等{number}部分组成。"
        );
        report(&sentence, [0; 7], 0)
    }

    #[test]
    fn a_list_that_lacks_a_part_is_found() {
        assert_eq!(
            findings("S113", &text("六", "")),
            [
                "warning 此处说有 6 个部分，列出的是 5 个：没有「政府信息公开行政复议、行政诉讼情况」"
            ]
        );
        check_fix("S113", 0, &text("六", ""), &text("五", ""));
        silent("S113", &text("六", "政府信息公开行政复议、行政诉讼情况、"));
    }

    #[test]
    fn a_number_that_is_no_longer_right_is_found() {
        let all = "政府信息公开行政复议、行政诉讼情况、";
        assert_eq!(
            findings("S113", &text("5个", all)),
            ["warning 此处说有 5 个部分，列出的是 6 个"]
        );
        check_fix("S113", 0, &text("5个", all), &text("6个", all));
    }
}
