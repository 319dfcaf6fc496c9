//! N406: the same number stated twice, differently.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Severity};
use crate::message::Message;
use crate::prose::claims::disclosed::Disclosed;

/// N406
pub(super) static RULE: Rule = Rule {
    code: "N406",
    name: "restated-number",
    severity: Severity::Hint,
    fix: FixClass::None,
    summary: ["同一数字前后不一致", "the same quantity is stated twice with different values"],
    docs: "\
全文几处说「主动公开政府信息N条」，说的是同一件事，数字应当相同。

**不报**：网站、公众号等一种渠道的；某一类信息的；某段时间、别的年份、别的范围的；约数；五、六两部分。

**依据**：年度报告数据应准确（国办公开办函〔2021〕30号）。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let is_of_year =
        |it: &Disclosed| ctx.report.year().is_none_or(|year| it.years.iter().all(|it| *it == year));
    let mut stated = ctx
        .prose()
        .filter(|it| structure::is_on_the_year(ctx.report, it.0))
        .flat_map(|(paragraph, prose)| prose.disclosed.iter().map(move |it| (paragraph.block, it)))
        .filter(|it| is_of_year(it.1))
        .map(|(block, it)| (Place::new(block, it.count.range), it.count.value));
    let Some((first, value)) = stated.next() else { return Vec::new() };
    let differ = stated.filter(|it| it.1 != value);
    let finding = |(place, other)| {
        let message = Message::new("N406").with("first", value).with("found", other);
        let related = Message::new("related.first-number").with("value", value);
        rule.finding(place, message).related(first, related)
    };
    differ.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{findings, report, silent};

    #[test]
    fn the_same_number_is_stated_alike() {
        let text = |first, second| {
            report(
                &format!(
                    "2023年，我局主动公开政府信息{first}条，成效明显。\n\n\
                     （一）主动公开。全年共主动公开政府信息{second}条。"
                ),
                [0; 7],
                0,
            )
        };
        assert_eq!(
            findings("N406", &text(20, 16)),
            ["hint 此处写主动公开 16 条，前面写的是 20 条：请核对"]
        );
        silent("N406", &text(20, 20));
    }

    #[test]
    fn parts_and_other_years_are_silent() {
        for sentence in [
            "我局主动公开政府信息20条。通过网站主动公开政府信息16条。",
            "2023年，我局主动公开政府信息20条。2022年，我局主动公开政府信息16条。",
            "我局主动公开政府信息20条。主动公开机构类信息16条。",
            "我局主动公开政府信息20条。其中，主动公开信息16条。",
        ] {
            silent("N406", &report(sentence, [0; 7], 0));
        }
    }
}
