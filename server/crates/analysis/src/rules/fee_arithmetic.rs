//! N407: fees for information that do not add up.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Finding, Place, Severity};
use crate::message::Message;
use crate::prose::claims::Figure;
use crate::prose::claims::fee::Fees;

/// N407
pub(super) static RULE: Rule = Rule {
    code: "N407",
    name: "fee-arithmetic",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["信息处理费的数额不合", "fees do not add up, or are no multiple of 10 yuan"],
    docs: "\
- 列出各件收费的，各件之和应等于总额。
- 信息处理费按件、按页计收，每一档都是 10 元的整数倍，所以实收总额也应是 10 元的整数倍。

**不报**：没有列全的（各件件数之和与总件数不符，或写有「等」）；减免、退还、标准；约数；以万元为单位的。

**示例**：「收取信息处理费850元。其中，甲局1件，收取420元；乙局2件，收取290元；丙局1件，收取150元。」：各件之和为 860。

**依据**：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条、第五条。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let fees = ctx
        .prose()
        .flat_map(|(paragraph, prose)| prose.fees.iter().map(move |it| (paragraph.block, it)));
    fees.flat_map(|(block, it)| findings(rule, block, it)).collect()
}

fn findings(rule: &Rule, block: usize, fees: &Fees) -> Vec<Finding> {
    let place = |it: &Figure| Place::new(block, it.range);
    let sum = fees.sum();
    if !fees.items.is_empty() && sum != fees.total.value {
        let terms: Vec<_> = fees.items.iter().map(|it| it.value.to_string()).collect();
        let message = Message::new("N407")
            .with("sum", sum)
            .with("terms", terms.join("+"))
            .with("total", fees.total.value);
        let related = |finding: Finding, it: &Figure| {
            finding.related(place(it), Message::new("related.item").with("value", it.value))
        };
        return vec![fees.items.iter().fold(rule.finding(place(&fees.total), message), related)];
    }
    let is_odd = |it: &&Figure| !(it.value % Decimal::TEN).is_zero();
    // Where an item is odd, so is mostly the total.
    let odd: Vec<_> = fees.items.iter().filter(is_odd).collect();
    let odd =
        if odd.is_empty() { Some(&fees.total).filter(is_odd).into_iter().collect() } else { odd };
    let message = |it: &Figure| Message::new("N407.multiple").with("amount", it.value);
    odd.into_iter().map(|it| rule.finding(place(it), message(it))).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{findings, silent};

    fn text(last: u32) -> String {
        format!(
            "对4件申请收取了信息处理费850元。其中，甲局1件，收取420元；乙局2件，收取290元；\
             丙局1件，收取{last}元。"
        )
    }

    #[test]
    fn fees_must_add_up() {
        assert_eq!(
            findings("N407", &text(150)),
            ["warning 各项信息处理费之和为 860 元（420+290+150），总额写作 850 元"]
        );
        silent("N407", &text(140));
    }

    #[test]
    fn fees_are_charged_in_tens() {
        assert_eq!(
            findings("N407", "实际收取信息处理费共计385元。"),
            ["warning 信息处理费 385 元不是 10 元的整数倍：各档收费都是，请核对"]
        );
        silent("N407", "实际收取信息处理费共计380元。");
        silent("N407", "减免信息处理费35元。");
        silent("N407", "收取信息处理费0.5万元。");
    }
}
