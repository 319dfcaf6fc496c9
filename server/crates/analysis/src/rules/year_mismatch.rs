//! D501: title, 统计期限 and the statements on the year's work name different years.

use rust_decimal::Decimal;

use std::sync::Arc;

use super::{Check, Context, FixClass, Rule, structure};
use crate::Blocks;
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::prose;
use crate::prose::claims::year::YearClaim;
use crate::report::{Period, Report};

/// D501
pub(super) static RULE: Rule = Rule {
    code: "D501",
    name: "year-mismatch",
    severity: Severity::Error,
    fix: FixClass::Choice,
    summary: ["年份前后不一致", "the years of title, period and statements disagree"],
    docs: "\
标题的年份、统计期限的年份、正文中陈述本年度工作的年份应当相同。沿用上年文稿时最容易漏改。

**只查**标题与统计期限，以及以年份开头、说本机关做了多少的句子（「2022年，我局共收到……3件」）。

**不报**：书名号内的文件名称、文号；计划和比较（将、下一步、较、同比、上年）；某月、某段时间；同段中另有本年度数字的\
（是两年对比）；五、六两部分；缺损的日期（「20231月1日」）；起止年份不同的统计期限（由 D502 报告）。

**示例**：标题为 2023 年，统计期限为「2022年1月1日至2022年12月31日」。

**修复**：可选改统计期限、改标题或改该句的年份。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let report = ctx.report;
    let title = report.title.as_ref().and_then(|it| it.year);
    let period = report.period.as_ref().filter(|it| it.start.year == it.end.year);
    if let (Some((year, place)), Some(period)) = (title, period)
        && period.start.year != year
    {
        // Which of them is wrong is open, so the sentences are held against neither.
        return vec![contradiction(ctx.blocks, rule, (year, place), period)];
    }
    // A period over two years says nothing of the report's year.
    let year = title.map(|it| it.0).or(period.map(|it| it.start.year));
    year.map(|it| statements(ctx, rule, it)).unwrap_or_default()
}

fn contradiction(blocks: &Blocks, rule: &Rule, title: (i32, Place), period: &Period) -> Finding {
    let (stated, place) = (period.start.year, period.start_year_place);
    let message = Message::new("D501.period").with("title", title.0).with("period", stated);
    let related = Message::new("related.year-title").with("year", title.0);
    let mut finding = rule.finding(place, message).related(title.1, related);
    let places = std::iter::once(place).chain(period.end_year_place).collect();
    finding.fixes.extend(fix(blocks, "fix.period-year", title.0, places).map(Arc::new));
    finding.fixes.extend(fix(blocks, "fix.title-year", stated, vec![title.1]).map(Arc::new));
    finding
}

/// Writes `year` at the places, each in its own digits.
fn fix(blocks: &Blocks, key: &'static str, year: i32, places: Vec<Place>) -> Option<Fix> {
    let edit = |place: Place| {
        let text = prose::rewrite_like(place.text(blocks), Decimal::from(year))?;
        Some(Edit { place, text })
    };
    let edits: Option<Vec<_>> = places.into_iter().map(edit).collect();
    let title = Message::new(key).with("year", year);
    Some(Fix { title, safety: Safety::Unsafe, preferred: false, edits: edits? })
}

fn statements(ctx: &Context, rule: &Rule, year: i32) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (paragraph, prose) in ctx.prose() {
        if !structure::is_on_the_year(ctx.report, paragraph) || prose.counted_years.contains(&year)
        {
            continue;
        }
        let wrong = prose.years.iter().filter(|it| it.year != year && is_own(ctx.report, it));
        findings.extend(wrong.map(|it| statement(ctx, rule, year, paragraph.block, it)));
    }
    findings
}

/// Whether the agency itself did the work.
fn is_own(report: &Report, claim: &YearClaim) -> bool {
    let Some(subject) = &claim.subject else { return true };
    let agency = report.title.as_ref().and_then(|it| it.agency.as_ref());
    agency.is_some_and(|it| it.ends_with(subject.as_str()) || subject.ends_with(it.as_str()))
}

fn statement(ctx: &Context, rule: &Rule, year: i32, block: usize, it: &YearClaim) -> Finding {
    let place = Place::new(block, it.figure.range);
    let message = Message::new("D501.statement").with("year", year).with("found", it.year);
    let mut finding = rule.finding(place, message);
    let report = ctx.report;
    if let Some((year, place)) = report.title.as_ref().and_then(|it| it.year) {
        let message = Message::new("related.year-title").with("year", year);
        finding = finding.related(place, message);
    }
    if let Some(period) = &report.period {
        let message = Message::new("related.year-period").with("year", period.start.year);
        finding = finding.related(period.start_year_place, message);
    }
    if it.figure.is_whole {
        finding.fixes.extend(fix(ctx.blocks, "fix.sentence-year", year, vec![place]).map(Arc::new));
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, silent};

    fn text(title: &str, period: &str, sentence: &str) -> String {
        format!(
            "青禾市水务局{title}年政府信息公开工作年度报告\n\n\
             本报告数据的统计期限自{period}。\n\n一、总体情况\n\n{sentence}\n"
        )
    }

    const YEAR: &str = "2023年1月1日至2023年12月31日";

    #[test]
    fn title_and_period_must_name_one_year() {
        for period in [
            "2022年1月1日至2022年12月31日",
            "2022年1月1日起至12月31日止",
            "二〇二二年一月一日至十二月三十一日",
        ] {
            assert_eq!(
                findings("D501", &text("2023", period, "好。")),
                ["error 年份不一致：标题为 2023 年，统计期限为 2022 年"]
            );
        }
    }

    #[test]
    fn a_statement_with_a_stale_year_is_found() {
        for sentence in [
            "（一）主动公开。2022年，我局主动公开政府信息20条。",
            "2022年度，青禾市水务局共收到政府信息公开申请3件。",
            "二〇二二年，本机关未收到政府信息公开申请。",
        ] {
            assert_eq!(
                findings("D501", &text("2023", YEAR, sentence)),
                ["error 本报告为 2023 年度报告，此处写的是 2022 年的工作：年份可能未更新"]
            );
        }
    }

    #[test]
    fn other_years_that_may_stand_there_are_silent() {
        for sentence in [
            "2023年，我局主动公开政府信息20条。",
            "2022年，我局主动公开20条。2023年，我局主动公开30条。",
            "2024年，我局将主动公开信息20条。",
            "较2022年增加20条。",
            "《2022年要点》公开20条，国办公开办函〔2021〕30号。",
            "2022年，白石镇主动公开政府信息20条。",
            "2022年1月，我局主动公开政府信息20条。",
            "2022年，我局公开部门决算1项。",
        ] {
            silent("D501", &text("2023", YEAR, sentence));
        }
    }

    #[test]
    fn damaged_dates_and_plans_are_silent() {
        silent("D501", &text("2023", "20221月1日起至202212月31日止", "好。"));
        silent("D501", &text("2023", "2022年1月1日至2023年12月31日", "好。"));
        let plan = text("2023", YEAR, "好。")
            + "\n五、存在的主要问题及改进情况\n\n2024年，我局公开信息20条。\n";
        silent("D501", &plan);
    }

    #[test]
    fn either_year_can_be_changed() {
        let wrong = text("2023", "2022年1月1日至2022年12月31日", "好。");
        check_fix("D501", 0, &wrong, &text("2023", YEAR, "好。"));
        check_fix("D501", 1, &wrong, &wrong.replace("局2023年", "局2022年"));
        let chinese = text("2023", "二〇二二年一月一日至十二月三十一日", "好。");
        check_fix("D501", 0, &chinese, &chinese.replace("二二年", "二三年"));
    }

    #[test]
    fn a_stale_year_is_changed_in_place() {
        let sentence = |year| text("2023", YEAR, &format!("{year}，我局主动公开政府信息20条。"));
        check_fix("D501", 0, &sentence("2022年"), &sentence("2023年"));
        check_fix("D501", 0, &sentence("２０２２年度"), &sentence("２０２３年度"));
    }
}
