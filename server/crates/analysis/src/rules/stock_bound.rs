//! R306: more was made in the year than is in force at its end.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::{Row, Table};
use crate::sums::number;

/// R306
pub(super) static RULE: Rule = Rule {
    code: "R306",
    name: "stock-bound",
    severity: Severity::Hint,
    fix: FixClass::None,
    summary: ["现行有效件数少于本年制发件数", "fewer in force than were made in the year"],
    docs: "\
本年制发的规章、行政规范性文件年末一般仍然有效，所以「现行有效件数」一般不少于「本年制发件数」。

**不报**：差额不超过本年废止件数的（当年制发又当年废止）。

**依据**：官方格式各列的含义（「现行有效件数」指截至年末有效的件数）。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut columns = ctx.table.schema.parts.iter().flat_map(|it| &it.columns);
    if !columns.any(|it| it.key == "in_force") {
        return Vec::new();
    }
    let rows = ctx.table.rows.iter();
    rows.filter_map(|it| finding(ctx.table, it, rule)).collect()
}

fn finding(table: &Table, row: &Row, rule: &Rule) -> Option<Finding> {
    let columns = &table.schema.parts[row.part].columns;
    let column = |key: &str| columns.iter().position(|it| it.key == key);
    let cell = |key: &str| table.values(row).get(column(key)?)?.as_ref();
    let (cell_in_force, made) = (cell("in_force")?, number(cell("made")?)?);
    let in_force = number(cell_in_force)?;
    let repealed = cell("repealed").and_then(number).unwrap_or_default();
    if in_force + repealed >= made {
        return None;
    }
    let message = Message::new("R306")
        .with("row", names::row(table.schema, row.part, row.row))
        .with("in_force", in_force)
        .with("made", made);
    Some(rule.finding(cell_in_force.place, message))
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    fn text(row: &str) -> String {
        let text = official(Dialect::Tab);
        assert!(text.contains("行政规范性文件\t0\t0\t0"));
        text.replace("行政规范性文件\t0\t0\t0", row)
    }

    #[test]
    fn fewer_in_force_than_made_are_found() {
        assert_eq!(
            found(&text("行政规范性文件\t5\t0\t3"), "R306"),
            [(
                "3".to_owned(),
                "行政规范性文件：现行有效 3 件，少于本年制发的 5 件，请核对".to_owned()
            )]
        );
    }

    #[test]
    fn what_may_be_is_silent() {
        for row in [
            "行政规范性文件\t5\t0\t5",
            "行政规范性文件\t5\t2\t3",
            "行政规范性文件\t5\t0\t",
            "行政规范性文件\t0\t3\t0",
        ] {
            assert_silent(&text(row), "R306");
        }
    }
}
