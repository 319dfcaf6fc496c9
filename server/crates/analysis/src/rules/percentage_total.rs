//! N403: percentages of all parts that do not reach 100.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Finding, Place, Severity};
use crate::message::Message;
use crate::prose::claims::Figure;
use crate::prose::claims::share::Shares;

/// N403
pub(super) static RULE: Rule = Rule {
    code: "N403",
    name: "percentage-total",
    severity: Severity::Hint,
    fix: FixClass::None,
    summary: ["各项占比之和不是 100%", "percentages of a complete breakdown do not reach 100"],
    docs: "\
列全了的各项占比（末项为「其他」，或各分项之和等于总数），四舍五入后相加与 100% 的差不应超过每项半个末位之和。

**不报**：没有列全的；差额在修约误差以内的（如 33.33% × 3 = 99.99%）。

**依据**：算术。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let lists = ctx.prose().flat_map(|(paragraph, prose)| {
        let counted = prose.shares.iter().filter(|it| is_complete(it));
        let counted = counted.map(|it| it.shares.iter().map(|it| &it.percent).collect());
        let others = prose.breakdowns.iter().map(|it| it.iter().collect());
        counted.chain(others).map(|it: Vec<_>| (paragraph.block, it))
    });
    lists.filter_map(|(block, it)| finding(rule, block, &it)).collect()
}

fn is_complete(list: &Shares) -> bool {
    list.shares.iter().map(|it| it.part.value).sum::<Decimal>() == list.whole.value
}

fn finding(rule: &Rule, block: usize, percents: &[&Figure]) -> Option<Finding> {
    let sum: Decimal = percents.iter().map(|it| it.value).sum();
    let half = |it: &&Figure| Decimal::new(5, it.value.scale() + 1);
    let band: Decimal = percents.iter().map(half).sum();
    if (sum - Decimal::ONE_HUNDRED).abs() <= band {
        return None;
    }
    let message = Message::new("N403").with("sum", sum).with("band", band.normalize());
    let (last, others) = percents.split_last()?;
    let place = |it: &Figure| Place::new(block, it.range);
    let related = |finding: Finding, it: &&Figure| {
        let value = format!("{}%", it.value);
        finding.related(place(it), Message::new("related.item").with("value", value))
    };
    Some(others.iter().fold(rule.finding(place(last), message), related))
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{findings, silent};

    #[test]
    fn a_complete_breakdown_reaches_a_hundred() {
        assert_eq!(
            findings("N403", "主动公开信息中，政策类占35%，机构类占40%，其他类占20%。"),
            ["hint 各项占比之和为 95%，与 100% 的差超过修约误差（±1.5）"]
        );
        let counted = "公开8条，其中甲类1条，占比12%；乙类1条，占比13%；丙类6条，占比78%。";
        assert_eq!(findings("N403", counted).len(), 1);
    }

    #[test]
    fn rounding_and_incomplete_lists_are_silent() {
        for text in [
            "主动公开信息中，政策类占33.33%，机构类占33.33%，其他类占33.33%。",
            "主动公开信息中，政策类占35%，机构类占40%，人事类占20%。",
            "主动公开信息中，政策类占35%，其他类占20%。",
            "主动公开信息中，政策类约占35%，机构类占40%，其他类占20%。",
        ] {
            silent("N403", text);
        }
    }
}
