//! S104: sections out of order.

use std::ops::Range;

use gouji_syntax::plain::strip_markup;

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::layout::Layout;
use crate::message::Message;
use crate::report::Section;

/// S104
pub(super) static RULE: Rule = Rule {
    code: "S104",
    name: "section-order",
    severity: Severity::Warning,
    fix: FixClass::Safe,
    summary: ["六个部分的顺序有误", "the sections are out of order"],
    docs: "\
六个部分应按官方格式的顺序排列。

**不报**：缺少某个部分（由 S102 报告）、编号有误而顺序正确（由 S105 报告）。

**修复**：按规定顺序移动各部分的全文（含表格），署名和日期留在最后。某部分出现两次，或末尾分不清正文与署名时，不提供修复。

**依据**：国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let sections = &ctx.report.sections;
    let Some(index) = first_out_of_order(sections) else { return Vec::new() };
    let mut order: Vec<_> = (0..sections.len()).collect();
    order.sort_by_key(|it| sections[*it].section);
    let next = sections[index + 1..].iter().find(|it| it.section < sections[index].section);
    let heading = |it: usize| structure::official(ctx, it);
    let message = Message::new("S104")
        .with("heading", heading(sections[index].section))
        .with("next", next.map_or_else(String::new, |it| heading(it.section)));
    let finding = rule.finding(sections[index].place, message);
    vec![fix(ctx, &order).into_iter().fold(finding, Finding::fix)]
}

/// The index of the first section that stands before one that belongs before it.
fn first_out_of_order(sections: &[Section]) -> Option<usize> {
    let (mut first, mut least) = (None, None);
    for (index, it) in sections.iter().enumerate().rev() {
        if least.is_some_and(|least| least < it.section) {
            first = Some(index);
        } else {
            least = Some(it.section);
        }
    }
    first
}

fn fix(ctx: &Context, order: &[usize]) -> Option<Fix> {
    let sections = &ctx.report.sections;
    let layout = Layout::of(ctx.blocks, ctx.report);
    let twice = |it: &usize| sections[..*it].iter().any(|x| x.section == sections[*it].section);
    if order.iter().any(twice) || !sections.iter().all(|it| layout.starts_line(it)) {
        return None;
    }
    let starts = crate::block::starts(0, ctx.blocks);
    let mut cuts: Vec<_> =
        sections.iter().map(|it| layout.start_of(it).resolve(&starts).start).collect();
    cuts.push(end(ctx, &layout)?.resolve(&starts).start);
    let source: String = ctx.blocks.iter().map(|it| &*it.data.text).collect();
    let piece = |it: usize| source.get(cuts[it]..cuts[it + 1]).map(str::to_owned);
    let pieces = (0..sections.len()).map(piece).collect::<Option<Vec<_>>>()?;
    if !pieces.iter().all(|it| is_balanced(it)) {
        return None;
    }
    let all = cuts[0]..*cuts.last()?;
    let text = moved(&pieces, order, &layout);
    Some(Fix {
        title: Message::new("fix.reorder-sections"),
        safety: Safety::Safe,
        preferred: true,
        edits: vec![Edit { place: place(&starts, &all), text }],
    })
}

/// The sections in their new order. What divides a piece from the next belongs to its
/// position, not to the piece.
fn moved(pieces: &[String], order: &[usize], layout: &Layout) -> String {
    let mut text = String::new();
    for (position, index) in order.iter().enumerate() {
        let own = &pieces[position];
        let gap = &own[own.trim_end_matches(['\n', '\r']).len()..];
        let is_last = position + 1 == order.len();
        text.push_str(pieces[*index].trim_end_matches(['\n', '\r']));
        text.push_str(if gap.contains(['\n', '\r']) || is_last { gap } else { layout.newline() });
    }
    text
}

/// The end of the last section, if it is certain what of the text after it is a signature.
fn end(ctx: &Context, layout: &Layout) -> Option<Place> {
    let signature = &ctx.report.signature;
    if signature.agency.is_some() && signature.date.is_some() {
        return Some(layout.end());
    }
    let last = structure::last_line(ctx);
    let text = last.text(ctx.blocks);
    let ends_sentence = strip_markup(text).trim_end().ends_with(['。', '；', '：', '！'])
        || text.ends_with("</table>");
    ends_sentence.then(|| layout.end_of_text())
}

/// Whether a piece of HTML closes what it opens.
fn is_balanced(text: &str) -> bool {
    let count = |it: &str| text.matches(it).count();
    ["div", "section", "ul", "ol", "table"]
        .iter()
        .all(|it| count(&format!("<{it}")) == count(&format!("</{it}")))
}

/// Bytes of the document as a place.
fn place(starts: &[usize], range: &Range<usize>) -> Place {
    let block = starts.partition_point(|it| *it <= range.start) - 1;
    let start = starts[block];
    Place::new(block, gouji_syntax::range(range.start - start, range.end - start))
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    fn unsigned(dialect: Dialect) -> String {
        let text = official(dialect);
        let last = "没有其他需要报告的事项。";
        let (body, _) = text.split_once(last).unwrap();
        [body, last, if dialect == Dialect::Html { "</p>\n" } else { "\n" }].concat()
    }

    fn lines(text: &str) -> impl Iterator<Item = &str> {
        text.lines().filter(|it| !it.is_empty())
    }

    /// A report with two neighbouring sections changed about.
    fn swapped(text: &str, first: &str, second: &str, third: &str) -> String {
        let at = |it: &str| {
            let at = text.find(it).unwrap();
            text[..at].rfind('\n').map_or(0, |it| it + 1)
        };
        let (a, b, c) = (at(first), at(second), at(third));
        [&text[..a], &text[b..c], &text[a..b], &text[c..]].concat()
    }

    #[test]
    fn sections_out_of_order_are_found_and_put_in_order() {
        for dialect in Dialect::ALL {
            for (first, second, third) in [
                ("一、总", "二、主", "三、收"),
                ("三、收", "四、政", "五、存"),
                ("四、政", "五、存", "六、其"),
            ] {
                let right = unsigned(dialect);
                let text = swapped(&right, first, second, third);
                assert_eq!(findings(&text, "S104").len(), 1, "{dialect:?}");
                let fixed = fixed(&text, "S104", &[]);
                assert!(lines(&fixed).eq(lines(&right)), "{dialect:?}\n{fixed}");
            }
        }
    }

    #[test]
    fn the_signature_stays_at_the_end() {
        for dialect in Dialect::ALL {
            let right = official(dialect);
            let signature = if dialect == Dialect::Html {
                "<p>青禾市水务局</p>"
            } else {
                "青禾市水务局\n\n2024"
            };
            let text = swapped(&right, "五、存", "六、其", signature);
            let fixed = fixed(&text, "S104", &[]);
            assert!(lines(&fixed).eq(lines(&right)), "{fixed}");
        }
    }

    #[test]
    fn no_fix_where_the_signature_is_uncertain() {
        let text = swapped(&unsigned(Dialect::Pipe), "四、政", "五、存", "六、其");
        let text = text.replace("报告的事项。", "报告的事项。\n\n青禾水务");
        assert!(findings(&text, "S104")[0].fixes.is_empty());
    }

    #[test]
    fn no_fix_where_parts_would_be_torn() {
        let text = swapped(&unsigned(Dialect::Html), "三、收", "四、政", "五、存");
        let text = text.replace("<h2>三、", "<div>\n<h2>三、");
        assert!(findings(&text, "S104")[0].fixes.is_empty());
        let text = swapped(&unsigned(Dialect::Pipe), "三、收", "四、政", "五、存");
        let text = text.replace("六、其", "三、收到和处理政府信息公开申请情况\n\n六、其");
        assert!(findings(&text, "S104")[0].fixes.is_empty());
    }

    #[test]
    fn right_order_is_silent_whatever_else_is_wrong() {
        for dialect in Dialect::ALL {
            assert_silent(&official(dialect), "S104");
        }
        let text = official(Dialect::Tab);
        assert_silent(&without_line(&text, "四、政府"), "S104");
        assert_silent(&text.replace("五、存", "四、存").replace("六、其", "五、其"), "S104");
        assert_silent("", "S104");
    }
}
