//! S107: a section without its table.

use super::{Check, Context, FixClass, Rule, structure};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::label;
use crate::layout::Layout;
use crate::message::Message;
use crate::schema;

/// S107
pub(super) static RULE: Rule = Rule {
    code: "S107",
    name: "missing-table",
    severity: Severity::Error,
    fix: FixClass::Safe,
    summary: ["第二、三、四部分缺少表格", "section 二, 三 or 四 lacks its table"],
    docs: "\
第二、三、四部分应各有官方格式的表格。「未收到申请」「未发生行政复议、行政诉讼」一类的说明不能代替表格，没有的填 0。

**不报**：表格是图片或放在附件里；表格的文字还在，但单元格已无法区分（如由 PDF 转出，以空格对齐）。

**修复**：在该部分末尾插入官方格式的空表，写法与报告中其他表格一致。

**依据**：国办公开办函〔2021〕30号所附格式。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let tables = structure::form(ctx).tables.iter();
    tables.filter_map(|it| check_table(ctx, rule, it)).collect()
}

fn check_table(ctx: &Context, rule: &Rule, table: &schema::Table) -> Option<Finding> {
    let keys = &ctx.report.schema.sections;
    let is_home = |it: &crate::report::Section| keys[it.section].key == table.section;
    let index = ctx.report.sections.iter().position(is_home)?;
    let section = &ctx.report.sections[index];
    if ctx.report.table(&table.id).is_some() {
        return None;
    }
    let content = structure::content(ctx, index);
    if structure::shows_elsewhere(&content) || is_unreadable(table, &content) {
        return None;
    }
    let message = Message::new("S107")
        .with("heading", structure::official(ctx, section.section))
        .with("table", &table.name);
    let layout = Layout::of(ctx.blocks, ctx.report);
    let edit = layout.insert(layout.end_of_section(index), &layout.table(table));
    let fix = Fix {
        title: Message::new("fix.insert-table").with("table", &table.name),
        safety: Safety::Safe,
        preferred: true,
        edits: vec![edit],
    };
    Some(rule.finding(section.place, message).fix(fix))
}

/// Whether text holds a table whose cells cannot be told apart: lines that start with its
/// labels, or with many numbers.
fn is_unreadable(table: &schema::Table, content: &str) -> bool {
    const LABELS: usize = 3;
    const NUMBERS: usize = 5;
    const SHORTEST: usize = 4;
    let parts = || table.parts.iter();
    let rows = parts().flat_map(|it| &it.rows).map(|it| &it.label.label);
    let columns = parts().flat_map(|it| &it.columns).map(|it| &it.label.label);
    let headers = parts().flat_map(|it| &it.headers).map(|it| &it.label);
    let labels: Vec<_> =
        rows.chain(columns).chain(headers).map(|it| label::normalise(it)).collect();
    let starts_with_label = |line: &&str| {
        let text = label::normalise(line);
        let known = |it: &&String| it.chars().count() >= SHORTEST && text.starts_with(&**it);
        !line.contains(['。', '，', '；']) && labels.iter().any(|it| known(&it))
    };
    let has_numbers = |line: &str| {
        let numbers = line.split_whitespace().filter(|it| it.parse::<u32>().is_ok());
        numbers.count() >= NUMBERS
    };
    content.lines().filter(starts_with_label).count() >= LABELS || content.lines().any(has_numbers)
}

#[cfg(test)]
mod tests {
    use crate::schema::SCHEMAS;
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    /// The official report without a table, with a sentence in its place.
    fn without_table(dialect: Dialect, id: &str, sentence: &str) -> String {
        let text = official(dialect);
        let zero = |_: usize, _: usize, _: usize| Some("0".to_owned());
        let table = SCHEMAS[1].tables.iter().find(|it| it.id == id).unwrap();
        let table = crate::render::table(table, dialect, &zero);
        assert!(text.contains(&table));
        text.replace(&table, &format!("{sentence}\n"))
    }

    const IDS: [&str; 3] = ["disclosure", "requests", "litigation"];

    #[test]
    fn an_absent_table_is_found_and_inserted_in_the_dialect_of_the_others() {
        for (dialect, id) in Dialect::ALL.iter().flat_map(|it| IDS.map(|id| (*it, id))) {
            let text = without_table(dialect, id, "本年度没有相关情况。");
            assert_eq!(findings(&text, "S107").len(), 1, "{dialect:?} {id}");
            let fixed = fixed(&text, "S107", &["T206"]);
            let tables = crate::testing::reading(&fixed).report.tables;
            assert_eq!(tables.iter().map(|it| &*it.schema.id).collect::<Vec<_>>(), IDS, "{fixed}");
            if dialect != Dialect::Lines {
                assert!(tables.iter().all(|it| it.dialect == dialect), "{dialect:?} {id}\n{fixed}");
            }
            assert_silent(&fixed, "T201");
        }
    }

    #[test]
    fn a_sentence_does_not_replace_a_table() {
        let text = "四、政府信息公开行政复议、行政诉讼情况\n\n本年度未发生行政复议、行政诉讼。\n";
        assert_found(text, "S107", &["四、政府信息公开行政复议、行政诉讼情况"]);
        let text =
            "二、主动公开政府信息情况\r\n规章0件，行政许可0件，行政处罚0件，行政强制0件。\r\n";
        let fixed = fixed(text, "S107", &["T206"]);
        assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
    }

    #[test]
    fn tables_that_cannot_be_read_are_not_absent() {
        for text in [
            "二、主动公开政府信息情况\n![表二](2.png)\n",
            "<p>二、主动公开政府信息情况</p><p><img src=\"2.png\"></p>",
            "二、主动公开政府信息情况\n详见附件1。\n",
            "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
            "一、总体情况\n工作有序。\n",
        ] {
            assert_silent(text, "S107");
        }
        for dialect in Dialect::ALL {
            assert_silent(&official(dialect), "S107");
        }
    }
}
