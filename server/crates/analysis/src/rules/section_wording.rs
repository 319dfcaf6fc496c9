//! S105: a heading that is nearly the official one.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Edit, Finding, Fix, Safety, Severity};
use crate::message::Message;
use crate::report::{Section, Wording};

/// S105
pub(super) static RULE: Rule = Rule {
    code: "S105",
    name: "section-wording",
    severity: Severity::Warning,
    fix: FixClass::Safe,
    summary: ["标题与官方格式不一致", "a heading differs from the official one"],
    docs: "\
六个部分的标题应与官方格式一致，编号为一至六。常见的出入：「收到和处理政府信息公开**的**申请情况」「存在问题及改进情况」、\
编号重复或跳号、漏写编号。

**不报**：空格、全半角、顿号与句点之别；《条例》第五十条的说法，如「因政府信息公开工作被申请行政复议、提起行政诉讼情况」\
「政府信息公开工作存在的主要问题及改进情况」；所有标题都没有编号（自动编号在粘贴时丢失）。

**修复**：改为官方标题；只是编号有误的，只改编号。

**依据**：国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let sections = &ctx.report.sections;
    // Numbers that a word processor sets are lost when pasted, all of them.
    let is_numbered = sections.iter().any(|it| numeral(&it.text).is_some());
    let wrong = |it: &&Section| {
        let number = !it.number_is_right && (is_numbered || it.wording == Wording::Damaged);
        number || it.wording == Wording::Damaged
    };
    sections.iter().filter(wrong).map(|it| finding(ctx, rule, it)).collect()
}

/// The Chinese number that a heading starts with.
fn numeral(text: &str) -> Option<char> {
    text.chars().next().filter(|it| "第一二三四五六七八九十".contains(*it))
}

fn finding(ctx: &Context, rule: &Rule, section: &Section) -> Finding {
    let official = structure::official(ctx, section.section);
    let key = if section.wording == Wording::Damaged { "S105" } else { "S105.number" };
    let number = &ctx.report.schema.sections[section.section].number;
    let message = Message::new(key)
        .with("heading", &official)
        .with("text", &section.text)
        .with("number", number);
    let finding = rule.finding(section.place, message);
    fix(ctx, section, &official, number).into_iter().fold(finding, Finding::fix)
}

fn fix(ctx: &Context, section: &Section, official: &str, number: &str) -> Option<Fix> {
    let source = section.place.text(ctx.blocks);
    // Tags or line breaks inside the heading would be lost.
    if source.is_empty() || source.contains(['<', '*', '\n', '\r']) {
        return None;
    }
    let new = if section.wording == Wording::Damaged {
        official.to_owned()
    } else {
        format!("{number}、{}", without_number(source))
    };
    let title = Message::new("fix.heading").with("old", source).with("new", &new);
    let edits = vec![Edit { place: section.place, text: new }];
    Some(Fix { title, safety: Safety::Safe, preferred: true, edits })
}

/// A heading's words.
fn without_number(text: &str) -> &str {
    let is_number =
        |it: char| it.is_ascii_digit() || "第一二三四五六七八九十０１２３４５６７８９".contains(it);
    let rest = text.trim_start_matches(is_number);
    let rest = rest.trim_start_matches("部分").trim_start_matches('章');
    rest.trim_start_matches(|it: char| !it.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    #[test]
    fn damaged_headings_become_official() {
        for (old, new) in [
            ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开的申请情况"),
            ("五、存在的主要问题及改进情况", "五、存在问题及改进情况"),
            ("六、其他需要报告的事项", "六、其他需要报告事项"),
            ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议、诉讼情况"),
        ] {
            for dialect in Dialect::ALL {
                let text = official(dialect);
                let damaged = text.replace(old, new);
                assert_found(&damaged, "S105", &[new]);
                assert_eq!(fixed(&damaged, "S105", &[]), text);
            }
        }
    }

    #[test]
    fn wrong_numbers_are_corrected_alone() {
        let text = official(Dialect::Gfm);
        for (old, new) in [
            ("六、其他", "五、其他"),
            ("五、存在", "存在"),
            ("二、主动", "2.主动"),
            ("三、收", "四、收"),
        ] {
            let wrong = text.replace(old, new);
            assert_eq!(fixed(&wrong, "S105", &[]), text, "{new}");
        }
        let variant = "因政府信息公开工作被申请行政复议、提起行政诉讼情况";
        let text =
            text.replace("四、政府信息公开行政复议、行政诉讼情况", &format!("五、{variant}"));
        assert!(fixed(&text, "S105", &[]).contains(&format!("## 四、{variant}\n")));
    }

    #[test]
    fn tags_inside_a_heading_are_left_alone() {
        let text = official(Dialect::Html);
        let text = text.replace("五、存在的主要问题及改进情况", "<b>五、</b>存在问题及改进情况");
        assert!(findings(&text, "S105")[0].fixes.is_empty());
    }

    #[test]
    fn accepted_wordings_and_lost_numbers_are_silent() {
        let text = official(Dialect::Pipe);
        assert_silent(&text, "S105");
        for (old, new) in [
            (
                "四、政府信息公开行政复议、行政诉讼情况",
                "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            ),
            ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议和行政诉讼情况"),
            ("五、存在", "五、政府信息公开工作存在"),
            ("二、主动", "二、行政机关主动"),
            ("一、总体情况", "一．总体 情况"),
            ("三、收到", "三 收到"),
        ] {
            assert_silent(&text.replace(old, new), "S105");
        }
        let unnumbered = ["一、总", "二、主", "三、收", "四、政", "五、存", "六、其"]
            .iter()
            .fold(text, |text, it| text.replace(it, &it.chars().skip(2).collect::<String>()));
        assert_silent(&unnumbered, "S105");
    }
}
