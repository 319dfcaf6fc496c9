//! N405: a number in a sentence that the table contradicts.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::names;
use crate::prose;
use crate::prose::claims::request::Request;
use crate::report::{Cell, Paragraph, Row, Table, Value};

/// N405
pub(super) static RULE: Rule = Rule {
    code: "N405",
    name: "table-mismatch",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["正文数字与表格不一致", "a number in the text contradicts the table"],
    docs: "\
正文写「共收到政府信息公开申请11件」或「未收到政府信息公开申请」，表三「一、本年新收政府信息公开申请数量」的总计\
应与之相同。正文数等于新收加上年结转的，也算相同。

**只查**整句都在说本机关全年收到申请的表述。

**不报**：网上、信函等一种途径的；上半年、某季度等一段时间的；全市、各单位、下属单位等别的范围；引号内的；\
复议、诉讼、备案；处理、收办、答复等另一口径；约数；说的是别的年份；表格没有、该格空白或不是数字，\
或该行总计本身与各列不符而各列之和与正文相同。

**示例**：正文「收到政府信息公开申请2件」，表三新收总计 3。

**修复**：可选「采用表格数字」。错的也可能是表格，不自动执行。",
    check: Check::Report(check),
};

/// The table's word on the requests received.
struct Received<'a> {
    table: &'a Table,
    row: &'a Row,
    column: usize,
    cell: &'a Cell,
    value: Decimal,
    /// All numbers that a sentence may rightly give.
    accepted: Vec<Decimal>,
}

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let Some(received) = received(ctx) else { return Vec::new() };
    let statements: Vec<_> = prose::of_report(ctx)
        .filter(|it| is_in_place(ctx, it.0))
        .flat_map(|(paragraph, prose)| prose.requests.iter().map(|it| (paragraph.block, it)))
        .filter(|it| is_of_this_year(ctx, it.1))
        .collect();
    let agrees = |it: &Request| received.accepted.contains(&stated(it));
    let some_agree = statements.iter().any(|it| agrees(it.1));
    statements
        .iter()
        .filter(|it| !agrees(it.1) && (!it.1.loose || !some_agree))
        .map(|it| finding(ctx, rule, &received, it.0, it.1))
        .collect()
}

fn stated(request: &Request) -> Decimal {
    request.count.as_ref().map_or(Decimal::ZERO, |it| it.value)
}

/// The sections on the year's work; elsewhere such numbers are examples.
fn is_in_place(ctx: &Context, paragraph: &Paragraph) -> bool {
    let key = paragraph.section.and_then(|it| ctx.report.schema.sections.get(it));
    key.is_none_or(|it| matches!(it.key.as_str(), "overview" | "disclosure" | "requests"))
}

fn is_of_this_year(ctx: &Context, request: &Request) -> bool {
    ctx.report.year().is_none_or(|year| request.years.iter().all(|it| *it == year))
}

fn received<'a>(ctx: &Context<'a>) -> Option<Received<'a>> {
    let table = ctx.report.table("requests")?;
    let (row, column, cell) = total(table, "received")?;
    let value = number(cell)?;
    let mut accepted = vec![value];
    let carried = total(table, "carried_in").and_then(|it| number(it.2));
    accepted.extend(carried.map(|it| value + it));
    // Where the row's own sum is broken, either number may be the right one.
    let addends = row.values.iter().enumerate().filter(|it| it.0 != column);
    let addends: Option<Vec<_>> = addends.map(|it| number(it.1.as_ref()?)).collect();
    let sum = addends.map(|it| it.iter().sum::<Decimal>());
    accepted.extend(sum);
    Some(Received { table, row, column, cell, value, accepted })
}

/// The total of a row, by its key: the row, its column, its cell.
fn total<'a>(table: &'a Table, key: &str) -> Option<(&'a Row, usize, &'a Cell)> {
    table.rows.iter().find_map(|row| {
        let part = &table.schema.parts[row.part];
        if part.rows[row.row].key != key {
            return None;
        }
        let column = part.columns.iter().position(|it| it.key == "total")?;
        Some((row, column, row.values.get(column)?.as_ref()?))
    })
}

fn number(cell: &Cell) -> Option<Decimal> {
    match &cell.value {
        Value::Number(number) => Some(number.value),
        Value::Blank | Value::Text(_) => None,
    }
}

fn finding(ctx: &Context, rule: &Rule, it: &Received, block: usize, request: &Request) -> Finding {
    let name = names::cell(it.table.schema, it.row.part, it.row.row, it.column);
    let named = |message: Message| {
        let message = message.with("table", names::table(it.table)).with("cell", &name);
        message.with("value", it.value)
    };
    let related = named(Message::new("related.cell"));
    let Some(figure) = &request.count else {
        let place = Place::new(block, request.range);
        return rule
            .finding(place, named(Message::new("N405.none")))
            .related(it.cell.place, related);
    };
    let place = Place::new(block, figure.range);
    let message = named(Message::new("N405")).with("stated", figure.value);
    let finding = rule.finding(place, message).related(it.cell.place, related);
    if !figure.is_whole {
        return finding;
    }
    let title = Message::new("fix.take-table-number");
    finding.fix(Fix {
        title: title.with("old", place.text(ctx.blocks)).with("new", it.value),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![Edit { place, text: figure.rewrite(it.value) }],
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::prose_tests::{check_fix, findings, report, silent};

    #[test]
    fn a_number_that_the_table_contradicts_is_found() {
        let text = report("2023年，我局共收到政府信息公开申请4件。", [2, 0, 0, 0, 0, 0, 3], 0);
        // 2 and 3 are both in the table: its own row is broken.
        assert_eq!(
            findings("N405", &text),
            [
                "warning 此处写收到申请 4 件，与表三「一、本年新收政府信息公开申请数量·总计」的 3 不一致：请核对"
            ]
        );
        let text = report("全年共收到3份政府信息公开申请，均已办结。", [5, 0, 0, 0, 0, 0, 5], 0);
        assert_eq!(findings("N405", &text).len(), 1);
    }

    #[test]
    fn a_denial_that_the_table_contradicts_is_found() {
        let text = report("2023年，我局未收到政府信息公开申请。", [1, 0, 0, 0, 0, 0, 1], 0);
        assert_eq!(
            findings("N405", &text),
            [
                "warning 此处写没有收到申请，但表三「一、本年新收政府信息公开申请数量·总计」为 1：请核对"
            ]
        );
    }

    #[test]
    fn agreement_and_other_scopes_are_silent() {
        for (sentence, row, carried) in [
            ("2023年，我局共收到政府信息公开申请3件。", [3, 0, 0, 0, 0, 0, 3], 0),
            // With those carried over.
            ("2023年，我局共收到政府信息公开申请4件。", [3, 0, 0, 0, 0, 0, 3], 1),
            ("2023年，我局未收到政府信息公开申请。", [0, 0, 0, 0, 0, 0, 0], 1),
            ("通过网上平台收到政府信息公开申请2件。", [3, 0, 0, 0, 0, 0, 3], 0),
            ("全市各级机关共收到政府信息公开申请20件。", [3, 0, 0, 0, 0, 0, 3], 0),
            ("2022年，我局共收到政府信息公开申请5件。", [3, 0, 0, 0, 0, 0, 3], 0),
            ("上半年收到政府信息公开申请2件。", [3, 0, 0, 0, 0, 0, 3], 0),
            ("全年收办政府信息公开申请9件。", [3, 0, 0, 0, 0, 0, 3], 0),
            (
                "收到申请情况：受理政府信息公开申请2件。共收到政府信息公开申请3件。",
                [3, 0, 0, 0, 0, 0, 3],
                0,
            ),
            // The row's sum is what the sentence says; its total is wrong.
            ("2023年，我局共收到政府信息公开申请3件。", [3, 0, 0, 0, 0, 0, 0], 0),
        ] {
            silent("N405", &report(sentence, row, carried));
        }
        silent("N405", "我局共收到政府信息公开申请3件。");
    }

    #[test]
    fn blank_and_textual_cells_are_silent() {
        let text = report("我局共收到政府信息公开申请4件。", [3, 0, 0, 0, 0, 0, 77], 0);
        assert_eq!(findings("N405", &text).len(), 1);
        silent("N405", &text.replace("77", "  "));
        silent("N405", &text.replace("77", "若干"));
    }

    #[test]
    fn the_tables_number_is_taken_in_the_digits_of_the_text() {
        let row = [5, 0, 0, 0, 0, 0, 5];
        for (before, after) in [("3件", "5件"), ("三件", "五件"), ("３件", "５件")] {
            let text = |count| report(&format!("我局共收到政府信息公开申请{count}。"), row, 0);
            check_fix("N405", 0, &text(before), &text(after));
        }
    }
}
