//! D502: 统计期限 is not the whole year of the report.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::prose;
use crate::report::{Period, Section};

/// D502
pub(super) static RULE: Rule = Rule {
    code: "D502",
    name: "period",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["统计期限不是整年", "the statistical period is not the whole year"],
    docs: "\
统计期限应为报告年度的 1 月 1 日至 12 月 31 日。

**只查**第一部分之前写明的期限，或写有「统计期限」四字的。

**不报**：起止年份相同而与标题不同的（由 D501 报告）；丢了数字的日期（「20231月1日」）。

**示例**：「统计期限自2023年1月1日至2023年12月30日」；「自2022年1月1日至2023年12月31日」。

**修复**：可改为 1 月 1 日、12 月 31 日，或改年份。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let Some(period) = ctx.report.period.as_ref().filter(|it| is_stated(ctx, it)) else {
        return Vec::new();
    };
    let Period { start, end, .. } = period;
    let mut findings = Vec::new();
    if (start.month, start.day) != (1, 1) {
        findings.push(day(ctx, rule, period.start_day_place, (1, 1)));
    }
    if (end.month, end.day) != (12, 31) {
        findings.push(day(ctx, rule, period.end_day_place, (12, 31)));
    }
    if start.year != end.year {
        findings.extend(years(ctx, rule, period));
    }
    findings
}

/// Whether it is said to be the report's own: no other period stands in the preamble.
fn is_stated(ctx: &Context, period: &Period) -> bool {
    let block = period.start_year_place.block;
    let is_before = |it: &Section| block < it.place.block;
    let names = ctx.blocks.get(block as usize).is_some_and(|it| it.data.text.contains("统计期限"));
    names || ctx.report.sections.first().is_none_or(is_before)
}

fn day(ctx: &Context, rule: &Rule, place: Place, (month, day): (u32, u32)) -> Finding {
    let text = place.text(ctx.blocks);
    let is_chinese = !text.contains(|it: char| it.is_ascii_digit());
    let due = match (month, is_chinese) {
        (1, true) => "一月一日".to_owned(),
        (_, true) => "十二月三十一日".to_owned(),
        _ => format!("{month}月{day}日"),
    };
    let message = Message::new("D502").with("text", text).with("due", &due);
    let edits = vec![Edit { place, text: due.clone() }];
    let title = Message::new("fix.replace").with("new", due);
    rule.finding(place, message).fix(Fix { title, safety: Safety::Unsafe, preferred: false, edits })
}

/// A period over several years: what differs from the title's year is wrong, or its end.
fn years(ctx: &Context, rule: &Rule, period: &Period) -> Option<Finding> {
    let title = ctx.report.title.as_ref().and_then(|it| it.year).map(|it| it.0);
    let is_start = title == Some(period.end.year);
    let (place, due) = if is_start {
        (period.start_year_place, period.end.year)
    } else {
        (period.end_year_place?, period.start.year)
    };
    let message =
        Message::new("D502.years").with("start", period.start.year).with("end", period.end.year);
    let finding = rule.finding(place, message);
    let text = prose::rewrite_like(place.text(ctx.blocks), Decimal::from(due));
    let fix = |text: String| Fix {
        title: Message::new("fix.sentence-year").with("year", due),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![Edit { place, text }],
    };
    Some(text.map(fix).into_iter().fold(finding, Finding::fix))
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    fn text(period: &str) -> String {
        let text = report("好。", [0; 7], 0);
        text.replacen("\n\n一、", &format!("\n\n本报告数据的统计期限自{period}。\n\n一、"), 1)
    }

    #[test]
    fn other_days_are_found_and_repaired() {
        let right = text("2023年1月1日起至2023年12月31日止");
        for (wrong, expected) in [
            ("2023年1月1日起至2023年12月30日止", "「12月30日」应为 12月31日"),
            ("2023年2月1日起至2023年12月31日止", "「2月1日」应为 1月1日"),
        ] {
            let expected = format!("warning 统计期限应为整年：{expected}");
            assert_eq!(findings("D502", &text(wrong)), [expected]);
            check_fix("D502", 0, &text(wrong), &right);
        }
        check_fix(
            "D502",
            0,
            &text("二〇二三年一月一日至十二月三十日"),
            &text("二〇二三年一月一日至十二月三十一日"),
        );
    }

    #[test]
    fn a_period_of_several_years_is_found_and_repaired() {
        let wrong = text("2022年1月1日至2023年12月31日");
        assert_eq!(findings("D502", &wrong), ["warning 统计期限跨年：自 2022 年至 2023 年"]);
        check_fix("D502", 0, &wrong, &text("2023年1月1日至2023年12月31日"));
        check_fix(
            "D502",
            0,
            &text("2023年1月1日至2024年12月31日"),
            &text("2023年1月1日至2023年12月31日"),
        );
    }

    #[test]
    fn whole_years_damaged_days_and_other_periods_are_silent() {
        for period in [
            "2023年1月1日至12月31日",
            "2023年1月至12月",
            "2023年1月1日至2023年12月31止",
            "2022年1月1日至2022年12月31日",
            "20231月1日起至202312月31日止",
        ] {
            silent("D502", &text(period));
        }
        silent("D502", &report("统计数据显示，自2023年1月1日至6月30日，公开3条。", [0; 7], 0));
    }
}
