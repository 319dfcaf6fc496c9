//! N401: 「共N条，其中a条、b条……」 that does not add up.

use gouji_syntax::TextRange;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::prose::claims::total::Total;

/// N401
pub(super) static RULE: Rule = Rule {
    code: "N401",
    name: "itemised-total",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["分项之和与总数不符", "an itemised total does not add up"],
    docs: "\
「主动公开政府信息34条，其中：机构职能类1条、规划计划类14条、其他类18条」：列全了的分项之和应等于总数。

**只查**列全的清单：同一单位，每项都有数，至少三项（「分别为」或末项为「其他」时两项），\
以句号、右括号结束或后面换了单位、换了动词。总数取前面最近的、单位相同的数。

**不报**：网站、微信、公众号、公开栏等渠道（同一信息可多处发布）；「等」「主要」「如」「具体包括」「含」\
引出的不完全列举；「余」「近」「约」等约数；有的分项没有数；结转、新收等办理环节；同时按申请人和按结果的\
两种划分；只列出大类、合计明显小于总数的「其中」；括号内的重述；带小数的金额在修约误差以内。

**示例**：「30条，其中：机构类12条、政策类8条、其他类9条」：分项之和为 29。

**修复**：可选「重算合计」。错的也可能是分项，不自动执行。

**依据**：年度报告数据应准确（国办公开办函〔2021〕30号）。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let totals = ctx
        .prose()
        .flat_map(|(paragraph, prose)| prose.totals.iter().map(move |it| (paragraph.block, it)));
    let broken = totals.filter(|it| !it.1.holds());
    broken.map(|(block, total)| finding(rule, block, total)).collect()
}

fn finding(rule: &Rule, block: usize, total: &Total) -> Finding {
    let place = |range: TextRange| Place::new(block, range);
    let sum = total.sum();
    let terms: Vec<_> = total.items.iter().map(|it| it.value.to_string()).collect();
    let message = Message::new("N401")
        .with("sum", sum)
        .with("terms", terms.join("+"))
        .with("total", total.total.value)
        .with("difference", (sum - total.total.value).abs());
    let mut finding = rule.finding(place(total.total.range), message);
    for item in &total.items {
        let message = Message::new("related.item").with("value", item.value);
        finding = finding.related(place(item.range), message);
    }
    if !total.total.is_whole {
        return finding;
    }
    let new = total.total.rewrite(sum);
    let title = Message::new("fix.recompute-itemised-total");
    finding.fix(Fix {
        title: title.with("old", total.total.value).with("new", sum),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![Edit { place: place(total.total.range), text: new }],
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, silent};

    #[test]
    fn a_closed_list_must_add_up() {
        for (text, message) in [
            (
                "全年公开信息30条，其中：机构类12条、政策类8条、其他类9条。",
                "分项之和为 29（12+8+9），总数写作 30，相差 1",
            ),
            (
                "公开信息51条。在主动公开的信息中，法规类4条；业务类10条；统计类36条。",
                "分项之和为 50（4+10+36），总数写作 51，相差 1",
            ),
            (
                "收到申请20件（甲局8件、乙局7件、丙局6件）。",
                "分项之和为 21（8+7+6），总数写作 20，相差 1",
            ),
            ("公开信息三十条，其中：甲类十条、乙类八条、其他两条。", "分项之和为 20"),
        ] {
            let found = findings("N401", text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].contains(message), "{} {message}", found[0]);
        }
    }

    #[test]
    fn right_open_and_overlapping_lists_are_silent() {
        for text in [
            "公开信息29条，其中：机构类12条、政策类8条、其他类9条。",
            "公开信息73条，其中网站73条、微信73条、公开栏73条。",
            "公开信息30条，其中：机构类12条、政策类8条、人事类9条等。",
            "公开信息300余条，其中：机构类12条、政策类8条、其他类9条。",
            "公开文件206件，其中会议决定58件，联合发文14件。",
            "公开信息30条，其中：机构类12条、政策类8条、人事类。",
        ] {
            silent("N401", text);
        }
    }

    #[test]
    fn the_total_is_recomputed_in_its_own_digits() {
        check_fix(
            "N401",
            0,
            "公开信息30条，其中：机构类12条、政策类8条、其他类9条。",
            "公开信息29条，其中：机构类12条、政策类8条、其他类9条。",
        );
        check_fix(
            "N401",
            0,
            "公开信息**１，**共３０条，其中：甲类１２条、乙类８条、其他类９条。",
            "公开信息**１，**共２９条，其中：甲类１２条、乙类８条、其他类９条。",
        );
        check_fix(
            "N401",
            0,
            "公开信息三十条，其中：甲类十条、乙类八条、其他两条。",
            "公开信息二十条，其中：甲类十条、乙类八条、其他两条。",
        );
    }
}
