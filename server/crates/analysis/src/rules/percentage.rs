//! N402: a percentage that is not part / whole.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::prose::claims::share::{Share, Shares};
use crate::prose::percent::{Verdict, exact_percent, rounded_percent};

/// N402
pub(super) static RULE: Rule = Rule {
    code: "N402",
    name: "percentage",
    severity: Severity::Warning,
    fix: FixClass::Number,
    summary: ["占比与分项、总数不符", "a percentage is not its part of the whole"],
    docs: "\
「主动公开34条，其中机构职能类1条，占比2.98%」：按所写的位数，1/34 应为 2.94%。

四舍五入与四舍六入五成双都算对。截断（41.17% 而 14/34 = 41.176…%）、连续修约、为凑足 100% 而差末位一个单位，\
只作提示。

**分母**取前面使本句多数占比成立的那个数；只有一个占比时，须是本句唯一可能的总数，且文中没有别的数能解释这个占比。

**不报**：占全市、占人口等分母不在文中的；办结率、公开率等；约数；本句过半占比都与分母不合的（说明分母另有其数）。

**示例**：「34条，其中甲类1条，占比2.98%；乙类11条，占比32.35%」：2.98% 应为 2.94%。

**修复**：重算占比，保留小数位数。",
    check: Check::Report(check),
};

/// What can be said of a percentage.
struct Judged<'a> {
    share: &'a Share,
    verdict: Verdict,
    right: Decimal,
}

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let lists = ctx
        .prose()
        .flat_map(|(paragraph, prose)| prose.shares.iter().map(move |it| (paragraph.block, it)));
    lists.flat_map(|(block, list)| findings(rule, block, list)).collect()
}

fn findings(rule: &Rule, block: usize, list: &Shares) -> Vec<Finding> {
    let judged = list.shares.iter().filter_map(|share| {
        let verdict = list.verdict(share).filter(|it| *it != Verdict::Right)?;
        let (part, whole) = (share.part.value.mantissa(), list.whole.value.mantissa());
        let right = rounded_percent(part, whole, share.percent.value.scale())?;
        Some(Judged { share, verdict, right })
    });
    let judged: Vec<_> = judged.collect();
    judged.iter().map(|it| finding(rule, block, list, it, &judged)).collect()
}

fn finding(rule: &Rule, block: usize, list: &Shares, it: &Judged, all: &[Judged]) -> Finding {
    let adjusted = it.verdict == Verdict::Near && list.reach_hundred();
    let (key, severity) = match it.verdict {
        Verdict::Truncated => ("N402.truncated", Severity::Hint),
        Verdict::RoundedTwice => ("N402.rounded-twice", Severity::Hint),
        _ if adjusted => ("N402.adjusted", Severity::Hint),
        _ => ("N402", rule.severity),
    };
    let (part, whole) = (it.share.part.value, list.whole.value);
    let decimals = it.share.percent.value.scale();
    let exact = exact_percent(part.mantissa(), whole.mantissa(), decimals).unwrap_or_default();
    let message = Message::new(key)
        .with("right", it.right)
        .with("part", part)
        .with("whole", whole)
        .with("exact", exact)
        .with("found", it.share.percent.value);
    let place = Place::new(block, it.share.percent.range);
    let mut finding = rule.finding(place, message).severity(severity);
    let related = [("related.whole", &list.whole), ("related.item", &it.share.part)];
    for (key, figure) in related {
        let message = Message::new(key).with("value", figure.value);
        finding = finding.related(Place::new(block, figure.range), message);
    }
    for fix in fixes(block, it, all, !adjusted) {
        finding = finding.fix(fix);
    }
    finding
}

fn fixes(block: usize, it: &Judged, all: &[Judged], preferred: bool) -> Vec<Fix> {
    let edit = |it: &Judged| {
        let percent = &it.share.percent;
        let text = percent.rewrite(it.right);
        percent.is_whole.then(|| Edit { place: Place::new(block, percent.range), text })
    };
    let Some(own) = edit(it) else { return Vec::new() };
    let title = Message::new("fix.recompute-percentage")
        .with("old", format!("{}%", it.share.percent.value))
        .with("new", format!("{}%", it.right));
    let mut fixes = vec![Fix { title, safety: Safety::Unsafe, preferred, edits: vec![own] }];
    let edits: Vec<_> = all.iter().filter_map(edit).collect();
    if edits.len() > 1 {
        let title = Message::new("fix.recompute-percentages").with("count", edits.len());
        fixes.push(Fix { title, safety: Safety::Unsafe, preferred: false, edits });
    }
    fixes
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, silent};

    const LIST: &str = "公开信息34条，其中，机构类1条，占比2.98%；规划类14条，占比41.17%；\
                        项目类11条，占比32.35%；其他类8条，占比23.53%。";

    #[test]
    fn wrong_and_truncated_percentages_are_told_apart() {
        assert_eq!(
            findings("N402", LIST),
            [
                "warning 占比应为 2.94%（1/34 = 2.9411…%），现为 2.98%",
                "hint 占比 41.17% 是截断所得：14/34 = 41.1764…%，四舍五入应为 41.18%",
            ]
        );
    }

    #[test]
    fn a_lone_percentage_is_held_against_the_only_total() {
        let found = findings("N402", "收到申请40件，其中网络申请30件，占总数的70.0%。");
        assert_eq!(found, ["warning 占比应为 75.0%（30/40 = 75%），现为 70.0%"]);
    }

    #[test]
    fn lists_in_brackets_and_full_width_signs_are_read() {
        let found = findings(
            "N402",
            "收到申请40件。其中，网络30件（占75％）、信函6件（占16％）、当面4件（占10％）。",
        );
        assert_eq!(found, ["warning 占比应为 15%（6/40 = 15%），现为 16%"]);
    }

    #[test]
    fn a_list_that_was_made_to_reach_a_hundred_is_a_hint() {
        let found = findings(
            "N402",
            "公开3条，其中甲类1条，占33.33%；乙类1条，占33.33%；丙类1条，占33.34%。",
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("hint"), "{found:?}");
    }

    #[test]
    fn right_percentages_and_unknown_wholes_are_silent() {
        for text in [
            "公开信息34条，其中甲类1条，占比2.94%；乙类11条，占比32.35%。",
            "公开8条，其中甲类1条，占比12%；乙类1条，占比13%；丙类6条，占比75%。",
            "关注人数12万，占全区常住人口的60%。",
            "制发公文70件，主动公开60件，平均主动公开率为95.19%。",
            "答复申请45件，其中公开30件，占全市的3%。",
            "公开信息34条，其中甲类1条，占比0.10%；乙类11条，占比1.10%；丙类22条，占比64.71%。",
        ] {
            silent("N402", text);
        }
    }

    #[test]
    fn a_breakdown_over_two_pages_is_read_as_one() {
        let text = |share| {
            format!(
                "2023年，我局全年共收到政府信息公开申请40件，其中网络\n\n- 2 -\n\n\
                 申请30件，占总数的{share}%；信函申请10件，占总数的25.0%。"
            )
        };
        assert_eq!(
            findings("N402", &text("70.0")),
            ["warning 占比应为 75.0%（30/40 = 75%），现为 70.0%"]
        );
        check_fix("N402", 0, &text("70.0"), &text("75.0"));
    }

    #[test]
    fn a_percentage_is_recomputed_at_its_digits() {
        check_fix("N402", 0, LIST, &LIST.replace("2.98", "2.94"));
        check_fix("N402", 1, LIST, &LIST.replace("2.98", "2.94").replace("41.17", "41.18"));
        check_fix(
            "N402",
            0,
            "收到申请40件，其中网络申请30件，占７０．０％。",
            "收到申请40件，其中网络申请30件，占７５．０％。",
        );
        check_fix(
            "N402",
            0,
            "收到申请40件，其中网络申请31件，占百分之七十。",
            "收到申请40件，其中网络申请31件，占百分之七十八。",
        );
    }
}
