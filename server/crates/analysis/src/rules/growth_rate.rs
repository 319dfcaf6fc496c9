//! N404: growth that no earlier number gives.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Finding, Place, Severity};
use crate::message::Message;
use crate::prose::claims::growth::Growth;

/// N404
pub(super) static RULE: Rule = Rule {
    code: "N404",
    name: "growth-rate",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["同比增减的百分比没有任何上年数能得出", "no number of last year gives the growth"],
    docs: "\
「收到申请7件，同比减少13.5%」：上年是 8 件则为 12.5%，是 9 件则为 22.2%，没有哪个整数能得出 13.5%。\
四舍五入和截断都算对；同时写了增减件数的，按该件数推算上年。

**不报**：约数、以万计的数；本句还有别的数能得出这个百分比的；数字大到任何百分比都可能的。

**依据**：算术。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let growths = ctx
        .prose()
        .flat_map(|(paragraph, prose)| prose.growths.iter().map(move |it| (paragraph.block, it)));
    growths.map(|(block, it)| finding(rule, block, it)).collect()
}

fn finding(rule: &Rule, block: usize, it: &Growth) -> Finding {
    let related = Message::new("related.whole").with("value", it.count.value);
    let place = |range| Place::new(block, range);
    rule.finding(place(it.percent.range), message(it)).related(place(it.count.range), related)
}

/// Which numbers of last year would give nearly such a growth.
pub(crate) fn message(it: &Growth) -> Message {
    let sign = if it.falls { "−" } else { "+" };
    let told = |(before, growth): &(Decimal, Decimal)| {
        format!("{before} → {}：{sign}{growth}%", it.count.value)
    };
    let nearest: Vec<_> = it.nearest.iter().map(told).collect();
    let key = if it.change.is_some() { "N404.change" } else { "N404" };
    Message::new(key)
        .with("percent", format!("{sign}{}%", it.percent.value))
        .with("nearest", nearest.join("，"))
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{findings, silent};

    #[test]
    fn growth_must_come_from_a_whole_number() {
        assert_eq!(
            findings("N404", "共收到7宗依申请公开，较2023年减少13.5%。"),
            ["warning 没有哪个上年数能得出 −13.5%（最接近的：8 → 7：−12.5%，9 → 7：−22.2%）"]
        );
        assert_eq!(
            findings("N404", "收到申请10件，同比增加3件，增长30%。"),
            ["warning 增减件数与百分比不符：应为 7 → 10：+43%，现为 +30%"]
        );
        silent("N404", "共收到7宗依申请公开，较2023年减少12.5%。");
    }
}
