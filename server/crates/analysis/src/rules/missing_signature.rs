//! S110: no signing agency or date at the end.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::layout::Layout;
use crate::message::Message;

/// S110
pub(super) static RULE: Rule = Rule {
    code: "S110",
    name: "missing-signature",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["末尾没有署名或日期", "no signing agency or date at the end"],
    docs: "\
报告末尾应署机关名称和成文日期。

**不报**：机关名称单独一行写在标题之下，日期写在标题之下（如「（2024年1月12日）」）或在网页的「来源」「发布时间」里；\
只有部分章节的文本（没有第五、第六部分）。

**修复**：署名缺失而标题写明机关的，可在末尾补上署名。日期须由编写人填写。

**依据**：公文格式惯例；各地年报审核要求。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let report = ctx.report;
    // What lacks its last sections is a part of a report.
    let last = report.schema.sections.len().saturating_sub(2);
    if !report.sections.iter().any(|it| it.section >= last) {
        return Vec::new();
    }
    if report.signature.agency.is_some() && report.signature.date.is_some() {
        return Vec::new();
    }
    let head = head(ctx);
    let agency = report.signature.agency.is_some() || names_agency(ctx, &head);
    let date = report.signature.date.is_some() || head.iter().any(|it| is_dated(it));
    let key = match (agency, date) {
        (true, true) => return Vec::new(),
        (false, false) => "S110",
        (false, true) => "S110.agency",
        (true, false) => "S110.date",
    };
    let finding = rule.finding(structure::last_line(ctx), Message::new(key));
    let fix = if agency { None } else { fix(ctx) };
    vec![fix.into_iter().fold(finding, Finding::fix)]
}

/// The lines before the first section.
fn head(ctx: &Context) -> Vec<String> {
    let end = ctx.report.sections.first().map_or(0, |it| it.blocks.start);
    let blocks = 0..end;
    let text = blocks.map(|it| &*ctx.blocks[it].data.text);
    let lines = text.flat_map(|it| it.split(['\n', '\r']));
    lines.map(|it| gouji_syntax::plain::strip_markup(it).trim().to_owned()).collect()
}

/// Whether a line is the title's agency, or says that the page is from it.
fn names_agency(ctx: &Context, head: &[String]) -> bool {
    let agency = ctx.report.title.as_ref().and_then(|it| it.agency.as_deref());
    // 青禾经济开发区管委会 signs a report on 青禾经济开发区; a letterhead 青禾市水务局文件 does not.
    let is_name = |line: &String| {
        let named = |it: &str| line.starts_with(it) || it.ends_with(&**line);
        line.chars().count() > 2 && !line.ends_with("文件") && agency.is_some_and(named)
    };
    let is_source = |line: &String| line.contains("来源：") || line.contains("来源:");
    head.iter()
        .filter(|it| is_short(it))
        .any(|it| is_source(it) || is_name(it) && !it.contains('年'))
}

/// Whether a line is a date, or the day on which a page was published.
fn is_dated(line: &str) -> bool {
    let published = ["发布", "时间", "日期"].iter().any(|it| line.contains(it));
    let inside = line.trim_matches(['（', '）', '(', ')', ' ', '\u{3000}']);
    let digits = inside.chars().filter(char::is_ascii_digit).count();
    let is_part =
        |it: char| it.is_ascii_digit() || it.is_whitespace() || "年月日号-./".contains(it);
    is_short(line) && digits >= 6 && (published || inside.chars().all(is_part))
}

/// Whether a line is no sentence.
fn is_short(line: &str) -> bool {
    const LONGEST: usize = 80;
    line.chars().count() <= LONGEST && !line.contains(['。', '，', ','])
}

fn fix(ctx: &Context) -> Option<Fix> {
    let agency = ctx.report.title.as_ref()?.agency.as_deref()?;
    let layout = Layout::of(ctx.blocks, ctx.report);
    let place =
        ctx.report.signature.date.as_ref().map_or_else(|| layout.end_of_text(), |_| layout.end());
    Some(Fix {
        title: Message::new("fix.insert-signature").with("agency", agency),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![layout.insert(place, &layout.paragraph(agency))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::testing::*;
    use gouji_syntax::table::Dialect;
    use std::sync::Arc;

    use crate::report::{Date, Signature};

    /// The findings in a text that is signed as told, by message and place.
    fn signed(text: &str, agency: bool, date: bool) -> Vec<(String, String, Vec<Arc<Fix>>)> {
        let Reading { blocks, mut report, .. } = reading(text);
        let place = crate::layout::empty(blocks.len() - 1, 0);
        let day = Date { year: 2024, month: 1, day: 12 };
        report.signature = Signature {
            agency: agency.then(|| ("青禾市水务局".to_owned(), place)),
            date: date.then_some((day, place)),
        };
        let ctx = Context::new(&blocks, &report);
        let findings = check(&ctx, &RULE).into_iter();
        let text = |it: Message| it.text(crate::Lang::Zh);
        findings.map(|it| (it.place.text(&blocks).to_owned(), text(it.message), it.fixes)).collect()
    }

    fn unsigned() -> String {
        let text = official(Dialect::Pipe);
        text[..text.rfind("青禾市水务局").unwrap()].to_owned()
    }

    #[test]
    fn what_is_missing_is_said() {
        let last = "本年度未收取信息处理费，没有其他需要报告的事项。";
        for (agency, date, expected) in [
            (false, false, "末尾没有署名和日期"),
            (false, true, "末尾没有署名："),
            (true, false, "末尾没有日期"),
        ] {
            let found = signed(&unsigned(), agency, date);
            assert_eq!(found.len(), 1);
            assert!(found[0].1.starts_with(expected), "{}", found[0].1);
            assert_eq!(found[0].0, last);
        }
    }

    #[test]
    fn the_fix_signs_with_the_agency_of_the_title() {
        let found = signed(&unsigned(), false, false);
        let fixed = applied(&unsigned(), &found[0].2[0].edits);
        assert!(fixed.ends_with("事项。\n\n青禾市水务局\n\n\n"), "{fixed:?}");
        assert!(signed(&unsigned(), true, false)[0].2.is_empty());
    }

    #[test]
    fn names_and_dates_at_the_head_count() {
        let title = "青禾市水务局2023年政府信息公开工作年度报告\n";
        for head in [
            "青禾市水务局\n（2024年1月12日）\n",
            "来源：青禾市水务局 发布时间：2024-01-12 字号：大 中 小\n",
            "水务局\n\n发布日期: 2024年1月12日\n",
        ] {
            let text = unsigned().replace(title, &format!("{title}\n{head}"));
            assert_eq!(signed(&text, false, false), [], "{head}");
        }
        for head in ["青禾市水务局文件\n", "我局2024年1月12日发布时间较早，特此说明。\n"]
        {
            let text = unsigned().replace(title, &format!("{title}\n{head}"));
            assert_eq!(signed(&text, false, false).len(), 1, "{head}");
        }
    }

    #[test]
    fn signed_reports_and_parts_of_reports_are_silent() {
        assert_eq!(signed(&official(Dialect::Gfm), true, true), []);
        assert_eq!(signed("一、总体情况\n工作有序。\n", false, false), []);
        assert_eq!(signed("今日天气晴。\n", false, false), []);
    }
}
