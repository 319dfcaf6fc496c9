//! S112: tables of an older form.

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Safety, Severity};
use crate::layout::Layout;
use crate::message::Message;
use crate::names;
use crate::report::Table;
use crate::schema::{self, SCHEMAS, Schema};

/// S112
pub(super) static RULE: Rule = Rule {
    code: "S112",
    name: "outdated-template",
    severity: Severity::Error,
    fix: FixClass::Choice,
    summary: ["沿用已废止的表格", "tables of a form that a later one replaced"],
    docs: "\
2021 年度起的报告应使用国办公开办函〔2021〕30号所附表格。2019 年试行格式的表二（本年新制作数量、上一年项目数量、政府集中\
采购等）和表三（「（六）其他处理」只有一行）已停用。

**判断依据是表格的行名和列名**，不是年份：2019、2020 年度的报告用试行格式是对的。两种格式相同的表四不报。

**不报**：报告年份不明，或表格中没有旧格式独有的行、列。

**修复**：换成新格式的表格，行列对应的数字照抄，其余留空待填。

**依据**：国办公开办函〔2021〕30号。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let Some(year) = ctx.report.year() else { return Vec::new() };
    let Some(due) = schema::of_year(year) else { return Vec::new() };
    let tables = ctx.report.tables.iter();
    tables.filter_map(|it| check_table(ctx, rule, it, due, year)).collect()
}

fn check_table(
    ctx: &Context,
    rule: &Rule,
    table: &Table,
    due: &Schema,
    year: i32,
) -> Option<Finding> {
    let used =
        SCHEMAS.iter().find(|it| it.tables.iter().any(|it| std::ptr::eq(it, table.schema)))?;
    let new = due.tables.iter().find(|it| it.id == table.schema.id)?;
    if used.from_year >= due.from_year || !has_peculiar(table, new) {
        return None;
    }
    let message = Message::new("S112")
        .with("table", names::table(table))
        .with("used", &used.id)
        .with("year", year)
        .with("due", &due.id);
    let finding = rule.finding(table.first_cell()?, message);
    Some(finding.fix(convert(ctx, table, due, new)))
}

/// The table in the new form. Rows and columns with the same key mean the same; what was one
/// row 「（六）其他处理」 goes to its last part, 「3.其他」.
fn convert(ctx: &Context, table: &Table, due: &Schema, new: &schema::Table) -> Fix {
    let value = |part: usize, row: usize, column: usize| {
        let row = &*new.parts[part].rows[row].key;
        let row = if row == "closed.other" { "closed" } else { row };
        let cell = table.cell(row, &new.parts[part].columns[column].key)?;
        cell.value.number().map(|_| cell.place.text(ctx.blocks).to_owned())
    };
    let layout = Layout::of(ctx.blocks, ctx.report);
    let text = layout.written(table.dialect, new, &value);
    Fix {
        title: Message::new("fix.convert-table")
            .with("table", names::table(table))
            .with("due", &due.id),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![Edit { place: layout.lines_of_table(table), text }],
    }
}

/// Whether a table has a row or column that the new form does not have.
fn has_peculiar(table: &Table, new: &schema::Table) -> bool {
    let row = |key: &str| new.parts.iter().any(|it| it.rows.iter().any(|it| it.key == key));
    let column = |key: &str| new.parts.iter().any(|it| it.columns.iter().any(|it| it.key == key));
    let parts = &table.schema.parts;
    table.rows.iter().any(|it| !row(&parts[it.part].rows[it.row].key))
        || table.headers.iter().any(|it| !column(&parts[it.part].columns[it.column].key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    /// A report on a year with the tables of a form.
    fn report(form: usize, dialect: Dialect, year: i32) -> String {
        let contents = crate::render::Contents { year, ..contents() };
        crate::render::report(&SCHEMAS[form], dialect, &contents, &|_, part, row, column| {
            Some((part * 100 + row * 10 + column).to_string())
        })
    }

    #[test]
    fn old_tables_in_later_reports_are_found() {
        for (dialect, year) in [(2021, 0), (2022, 1), (2023, 2)]
            .iter()
            .flat_map(|it| Dialect::ALL.map(|dialect| (dialect, it.0)))
        {
            let found = found(&report(0, dialect, year), "S112");
            assert_eq!(found.len(), 2, "{dialect:?} {year}");
            assert!(found[0].1.starts_with("表二用的是 2019 年格式"), "{}", found[0].1);
            assert!(found[1].1.starts_with("表三用的是 2019 年格式"), "{}", found[1].1);
        }
    }

    #[test]
    fn each_form_in_its_years_is_silent() {
        for dialect in Dialect::ALL {
            assert_silent(&report(0, dialect, 2019), "S112");
            assert_silent(&report(0, dialect, 2020), "S112");
            assert_silent(&report(1, dialect, 2021), "S112");
            assert_silent(&report(1, dialect, 2024), "S112");
        }
        let undated = report(0, Dialect::Gfm, 2023).replace("2023年", "");
        assert_silent(&undated, "S112");
    }

    #[test]
    fn conversion_keeps_the_numbers_that_correspond() {
        for dialect in Dialect::ALL {
            let text = report(0, dialect, 2023);
            let first = findings(&text, "S112").remove(0);
            assert_eq!(first.fixes[0].safety, Safety::Unsafe);
            let once = applied(&text, &first.fixes[0].edits);
            let second = findings(&once, "S112").remove(0);
            let twice = applied(&once, &second.fixes[0].edits);
            assert_silent(&twice, "S112");
            let Reading { blocks, report: read, .. } = reading(&twice);
            let cell = |id: &str, row: &str, column: &str| {
                let cell = read.table(id).unwrap().cell(row, column);
                cell.map_or("absent", |it| it.place.text(&blocks)).to_owned()
            };
            assert_eq!(cell("disclosure", "license", "decisions"), "102", "{dialect:?}\n{twice}");
            assert_eq!(cell("disclosure", "rules", "made"), "0", "{dialect:?}");
            assert_eq!(cell("disclosure", "rules", "in_force"), "", "{dialect:?}");
            assert_eq!(cell("requests", "closed.other", "natural"), "200", "{dialect:?}\n{twice}");
            assert_eq!(cell("requests", "carried_out", "total"), "226", "{dialect:?}");
        }
    }
}
