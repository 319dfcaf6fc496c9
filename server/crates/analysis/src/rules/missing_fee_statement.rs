//! S114: section 六 says nothing on fees for information.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::layout::{Layout, has_letters};
use crate::message::Message;
use crate::phrases::{Phrases, Subjects};
use crate::report::Section;

/// S114
pub(super) static RULE: Rule = Rule {
    code: "S114",
    name: "missing-fee-statement",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["第六部分没有写信息处理费情况", "section 六 says nothing on 信息处理费"],
    docs: "\
「其他需要报告的事项」应写明收取信息处理费的情况：发出收费通知的件数和总金额、实际收取的总金额；没有收取的也应写明。\
仅写「无其他需要报告的事项」不够。

**不报**：2020 年及以前的报告；别处已经写明信息处理费的；没有第六部分（由 S102 报告）或其下没有内容（由 S106 报告）的。

**修复**：可在第六部分末尾补一句「本年度未收取信息处理费。」，有收取的请改写。

**依据**：国办公开办函〔2021〕30号所附格式（「收取信息处理费情况在此处报告」）；国办函〔2020〕109号。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    finding(ctx, rule).into_iter().collect()
}

fn finding(ctx: &Context, rule: &Rule) -> Option<Finding> {
    let report = ctx.report;
    let form = structure::form(ctx);
    let is_other = |it: &Section| form.sections[it.section].key == "other";
    let index = report.sections.iter().position(is_other)?;
    let section = &report.sections[index];
    let names_fee = |(block, it): (usize, &Phrases)| {
        let is_here = section.blocks.contains(&block) && it.subjects.have(Subjects::FEES);
        is_here || it.subjects.have(Subjects::PROCESSING_FEES)
    };
    if !structure::asks_for_statements(form) || ctx.phrases().any(names_fee) {
        return None;
    }
    let content = structure::content(ctx, index);
    if !has_letters(&content) || structure::shows_elsewhere(&content) {
        return None;
    }
    let layout = Layout::of(ctx.blocks, report);
    let sentence = layout.paragraph("本年度未收取信息处理费。");
    let fix = Fix {
        title: Message::new("fix.insert-fee-statement"),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![layout.insert(layout.end_of_section(index), &sentence)],
    };
    let heading = structure::official(ctx, section.section);
    Some(rule.finding(section.place, Message::new("S114").with("heading", heading)).fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::check_fix;
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    /// The official report with another sentence in section 六.
    fn text(sentence: &str) -> String {
        official(Dialect::Gfm).replace("本年度未收取信息处理费，没有其他需要报告的事项。", sentence)
    }

    #[test]
    fn a_section_without_a_word_on_fees_is_found() {
        assert_found(&text("无其他需要报告的事项。"), "S114", &["六、其他需要报告的事项"]);
        check_fix("S114", 0, &text("无。"), &text("无。\n\n本年度未收取信息处理费。"));
    }

    #[test]
    fn every_wording_that_names_fees_is_silent() {
        for sentence in [
            "2023年，我局未收取信息处理费。",
            "未向公众收取任何政府信息公开费用。",
            "本年度暂未开展信息处理费收取工作。",
            "实际收取信息处理\n费共计400元。",
            "收费情况：无。",
        ] {
            assert_silent(&text(sentence), "S114");
        }
        let elsewhere = text("无其他需要报告的事项。");
        assert_silent(&elsewhere.replace("## 二、", "本局未收取信息处理费。\n\n## 二、"), "S114");
    }

    #[test]
    fn older_reports_and_empty_sections_are_silent() {
        let text = text("无其他需要报告的事项。");
        assert_silent(&text.replace("2023", "2020"), "S114");
        assert_silent(&text.replace("无其他需要报告的事项。", ""), "S114");
    }
}
