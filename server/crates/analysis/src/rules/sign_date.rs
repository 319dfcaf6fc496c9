//! D503: signed before the period ends, or too late.

use super::{Check, Context, FixClass, Rule};
use crate::agency;
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::report::Date;

/// D503
pub(super) static RULE: Rule = Rule {
    code: "D503",
    name: "sign-date",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["成文日期早于统计期末，或晚于法定期限", "signed before the period ends or after the legal deadline"],
    docs: "\
成文日期应在统计期结束之后、法定期限之前：部门应在次年 1 月 31 日前公布，政府的年度报告应在次年 3 月 31 日前公布。\
日期比统计期末还早，多因沿用上年文稿时没有更新。12 月 31 日当天成文的，数据难以是全年的（提示）。

**不报**：从名称看不出是部门的，按 3 月 31 日计。

**依据**：《政府信息公开条例》第四十九条。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    finding(ctx, rule).into_iter().collect()
}

fn finding(ctx: &Context, rule: &Rule) -> Option<Finding> {
    let report = ctx.report;
    let year = report.year()?;
    let (date, place) = report.signature.date.as_ref()?;
    let day = |year, month, day| Date { year, month, day };
    let last = day(year, 12, 31);
    let is_department = report.agency().is_some_and(agency::is_department);
    let due = if is_department { day(year + 1, 1, 31) } else { day(year + 1, 3, 31) };
    let written = |it: Date| format!("{}年{}月{}日", it.year, it.month, it.day);
    let (key, severity) = match date {
        it if *it < last => ("D503.early", Severity::Warning),
        it if *it == last => ("D503.last-day", Severity::Hint),
        it if *it > due => ("D503.late", Severity::Warning),
        _ => return None,
    };
    let message = Message::new(key)
        .with("date", written(*date))
        .with("last", written(last))
        .with("due", written(due));
    Some(rule.finding(*place, message).severity(severity))
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{findings, silent};
    use crate::testing::official;
    use gouji_syntax::table::Dialect;

    fn signed(agency: &str, date: &str) -> String {
        let text = official(Dialect::Gfm).replace("青禾市水务局", agency);
        text.replace("2024年1月12日", date)
    }

    #[test]
    fn a_day_before_the_end_of_the_period_is_found() {
        assert_eq!(
            findings("D503", &signed("青禾市水务局", "2023年1月12日")),
            ["warning 成文日期 2023年1月12日 早于统计期末 2023年12月31日：年份可能未更新"]
        );
        assert_eq!(
            findings("D503", &signed("青禾市水务局", "2023年12月31日")),
            ["hint 2023年12月31日 是统计期的最后一天，当天成文的数据难以是全年的：请核对"]
        );
    }

    #[test]
    fn a_day_after_the_legal_deadline_is_found() {
        assert_eq!(
            findings("D503", &signed("青禾市水务局", "2024年2月1日")),
            ["warning 成文日期 2024年2月1日 晚于法定公布期限 2024年1月31日"]
        );
        silent("D503", &signed("青禾市水务局", "2024年1月31日"));
        silent("D503", &signed("青禾市人民政府", "2024年3月31日"));
        assert_eq!(findings("D503", &signed("青禾市人民政府", "2024年4月1日")).len(), 1);
    }
}
