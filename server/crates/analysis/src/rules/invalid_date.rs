//! D504: a day that does not exist, or one as spoken.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Place, Safety, Severity};
use crate::message::Message;
use crate::phrases::Found;
use crate::phrases::day::WrongDay;

/// D504
pub(super) static RULE: Rule = Rule {
    code: "D504",
    name: "invalid-date",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["日期不存在，或「日」写作「号」", "no such day, or 号 in place of 日"],
    docs: "\
日历上没有的日期（「2月30日」「13月1日」）；公文中「1月3日」写作「1月3号」（提示）。

**不报**：没有写年份的 2 月 29 日；由 PDF 转出时丢了数字的日期（「20231月1日」「202411日」）。

**修复**：可把「号」改为「日」。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    structure::found(ctx, |it| &it.days).map(|it| finding(ctx, rule, it)).collect()
}

fn finding(ctx: &Context, rule: &Rule, (block, found): (usize, &Found<WrongDay>)) -> Finding {
    let place = Place::new(block, found.range);
    if found.what == WrongDay::Impossible {
        let message = Message::new("D504").with("text", place.text(ctx.blocks));
        return rule.finding(place, message);
    }
    let finding = rule.finding(place, Message::new("D504.spoken")).severity(Severity::Hint);
    let fix = structure::replacement((block, found), "日", Safety::Unsafe);
    fix.into_iter().fold(finding, Finding::fix)
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    #[test]
    fn days_that_do_not_exist_are_found() {
        let text = |day| report(&format!("{day}召开会议。"), [0; 7], 0);
        assert_eq!(
            findings("D504", &text("2023年2月30日")),
            ["warning 没有「2023年2月30日」这一天：请核对"]
        );
        silent("D504", &text("2023年2月28日"));
        silent("D504", &text("20231月1日"));
    }

    #[test]
    fn a_day_is_no_number() {
        let text = |day| report(&format!("2023年1月3{day}召开会议。"), [0; 7], 0);
        assert_eq!(findings("D504", &text("号")), ["hint 公文中的日期用「日」，不用「号」"]);
        check_fix("D504", 0, &text("号"), &text("日"));
    }
}
