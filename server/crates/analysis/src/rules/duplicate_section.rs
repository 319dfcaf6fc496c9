//! S103: the same section twice.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Severity};
use crate::message::Message;

/// S103
pub(super) static RULE: Rule = Rule {
    code: "S103",
    name: "duplicate-section",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["同一部分出现两次", "a section stands twice"],
    docs: "\
同一份报告中，六个部分各出现一次。重复多半是粘贴时留下的，应合并或删去其一。

**不报**：目录里的标题、各部分内部的小标题（如第五部分下的「一、存在的主要问题」）、正文中提到某部分的句子，\
以及一个文件中的多份报告。

**依据**：国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let sections = &ctx.report.sections;
    let mut findings = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let Some(first) = sections[..index].iter().find(|it| it.section == section.section) else {
            continue;
        };
        let heading = structure::official(ctx, section.section);
        let message = Message::new("S103").with("heading", heading);
        let related = Message::new("related.first-heading");
        findings.push(rule.finding(section.place, message).related(first.place, related));
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    #[test]
    fn a_section_that_stands_twice_is_found_at_its_second_heading() {
        for heading in ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
        {
            for dialect in [Dialect::Pipe, Dialect::Tab, Dialect::TabCells] {
                let text = official(dialect);
                let text = text.replace("六、", &format!("{heading}\n\n内容重复。\n\n六、"));
                assert_found(&text, "S103", &[heading]);
                let finding = &findings(&text, "S103")[0];
                assert_eq!(finding.related.len(), 1);
                assert!(finding.related[0].place < finding.place);
            }
        }
    }

    #[test]
    fn sub_lists_contents_and_mentions_are_no_second_section() {
        let text = official(Dialect::Pipe);
        let contents = "目录\n一、总体情况1\n二、主动公开政府信息情况2\n三、收到和处理政府信息公开申请情况2\n\n";
        for text in [
            text.clone(),
            text.replace(
                "五、存在的主要问题及改进情况\n",
                "五、存在的主要问题及改进情况\n一、存在的主要问题\n二、改进情况\n",
            ),
            text.replace("（一）主动公开", "（一）主动公开政府信息情况\n主动公开"),
            text.replace("一、总体情况", &format!("{contents}一、总体情况")),
            text.replace("（五）监督", "见“二、主动公开政府信息情况”。（五）监督"),
        ] {
            assert_silent(&text, "S103");
        }
    }

    #[test]
    fn reports_in_one_file_have_their_own_sections() {
        let text = official(Dialect::Gfm);
        assert_silent(&format!("{text}\n{}", text.replace("水务局", "教育局")), "S103");
    }
}
