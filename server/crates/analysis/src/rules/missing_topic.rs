//! S108: the overview lacks one of its aspects.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::phrases::Subjects;
use crate::report::Section;

/// S108
pub(super) static RULE: Rule = Rule {
    code: "S108",
    name: "missing-topic",
    severity: Severity::Hint,
    fix: FixClass::None,
    summary: ["总体情况缺少应写的方面", "the overview lacks one of its five aspects"],
    docs: "\
「总体情况」应概述五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。意思相同的说法都算\
（如写了「网站」「公众号」的算有平台建设）。

**不报**：2020 年及以前的报告；只提到其中一个方面的（文稿多半刚开始写，或只是摘录）。

**依据**：国办公开办函〔2021〕30号。",
    check: Check::Report(check),
};

const ASPECTS: [(Subjects, &str); 5] = [
    (Subjects::DISCLOSURE, "主动公开"),
    (Subjects::REQUESTS, "依申请公开"),
    (Subjects::MANAGEMENT, "政府信息管理"),
    (Subjects::PLATFORMS, "政府信息公开平台建设"),
    (Subjects::SUPERVISION, "监督保障"),
];

/// Aspects without which an overview is not yet one.
const LEAST: usize = 2;

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let form = structure::form(ctx);
    let is_overview = |it: &&Section| form.sections[it.section].key == "overview";
    let Some(section) = ctx.report.sections.iter().find(is_overview) else { return Vec::new() };
    let here = ctx.phrases().filter(|it| section.blocks.contains(&it.0));
    let subjects = here.fold(Subjects::default(), |all, it| all | it.1.subjects);
    let missing: Vec<_> = ASPECTS.iter().filter(|it| !subjects.have(it.0)).map(|it| it.1).collect();
    let is_begun = missing.len() + LEAST <= ASPECTS.len();
    if missing.is_empty() || !is_begun || !structure::asks_for_statements(form) {
        return Vec::new();
    }
    let message = Message::new("S108").with("missing", missing.join("、"));
    vec![rule.finding(section.place, message)]
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    fn text(overview: &str) -> String {
        let text = official(Dialect::Gfm);
        let (start, end) = (text.find("## 一、").unwrap(), text.find("## 二、").unwrap());
        format!("{}## 一、总体情况\n\n{overview}\n\n{}", &text[..start], &text[end..])
    }

    #[test]
    fn an_aspect_that_is_not_mentioned_is_found() {
        let text = text("我局主动公开信息3条。收到依申请公开件2件。加强网站建设和监督检查。");
        assert_eq!(
            found(&text, "S108"),
            [("一、总体情况".to_owned(), "总体情况没有写到：政府信息管理".to_owned())]
        );
    }

    #[test]
    fn customary_words_count() {
        for overview in [
            "（一）主动公开（二）依申请公开（三）政府信息管理（四）平台建设（五）监督保障",
            "公开信息3条，收到公开申请2件，规范性文件2件，公众号更新5次，接受社会评议。",
            "工作有序。",
            "主动公开有序。",
        ] {
            assert_silent(&text(overview), "S108");
        }
        assert_silent(&text("主动公开。依申请公开。").replace("2023", "2020"), "S108");
    }
}
