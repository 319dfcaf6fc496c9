//! T212: 规章 of a body that cannot make them.

use rust_decimal::Decimal;

use super::{Check, Context, FixClass, Rule};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::phrases::Subjects;
use crate::report::{Cell, Row};
use crate::{agency, names};

/// T212
pub(super) static RULE: Rule = Rule {
    code: "T212",
    name: "impossible-rule-count",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["无权制定规章的机关填了规章数", "规章 above 0 in a report of a body that cannot make them"],
    docs: "\
规章只能由国务院部门、省级和设区的市（自治州）的人民政府制定。县级及以下的政府、国务院部门以外的部门，「规章」一行应为 0。\
多因把规范性文件填在了规章一行。

**不报**：从机关名称看不出级别的（如不写明县级的市）；开发区、新区。

**依据**：《立法法》；官方格式填报说明。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let report = ctx.report;
    let Some(table) = report.table("disclosure") else { return Vec::new() };
    let is_rules = |it: &Row| table.schema.parts[it.part].rows[it.row].key == "rules";
    let is_positive = |it: &Cell| it.value.number().is_some_and(|it| it > Decimal::ZERO);
    let mut wrong = table.cells().filter(|it| is_rules(it.0) && is_positive(it.2));
    let Some((row, column, cell)) = wrong.next() else { return Vec::new() };
    let name = report.agency();
    let is_barred = match name {
        Some(name) => agency::cannot_make_rules(name),
        None => ctx.phrases().any(|it| it.1.subjects.have(Subjects::LOCAL)),
    };
    if !is_barred {
        return Vec::new();
    }
    let message = Message::new("T212")
        .with("cell", names::cell(table.schema, row.part, row.row, column))
        .with("value", cell.place.text(ctx.blocks))
        .with("agency", name.unwrap_or("本机关"));
    let finding = rule.finding(cell.place, message);
    let others = wrong.map(|it| it.2.place);
    vec![others.fold(finding, |it, place| it.related(place, Message::new("related.rules")))]
}

#[cfg(test)]
mod tests {
    use crate::testing::*;
    use gouji_syntax::table::Dialect;

    fn text(agency: &str, row: &str) -> String {
        let text = official(Dialect::Tab).replace("青禾市水务局", agency);
        assert!(text.contains("规章\t0\t0\t0"));
        text.replace("规章\t0\t0\t0", row)
    }

    #[test]
    fn rules_of_a_department_or_county_are_found() {
        for agency in ["青禾市水务局", "云溪县人民政府", "白石镇"] {
            let found = found(&text(agency, "规章\t2\t0\t6"), "T212");
            assert_eq!(found.len(), 1, "{agency}");
            assert_eq!(found[0].0, "2");
            assert!(found[0].1.contains("不能制定规章"), "{}", found[0].1);
        }
    }

    #[test]
    fn a_town_without_a_name_is_told_by_what_it_calls_itself() {
        let row = "行政规范性文件\t0\t0\t0";
        let table = |own: &str| {
            let text = text("青禾市水务局", "规章\t0\t0\t6");
            let start = text.find("一、总体情况").unwrap();
            let end = text.find(row).unwrap() + row.len();
            text[start..end].replacen("一、总体情况", &format!("一、总体情况\n{own}工作有序。"), 1)
        };
        assert_found(&table("我镇"), "T212", &["6"]);
        assert_silent(&table("本机关"), "T212");
    }

    #[test]
    fn those_who_can_and_those_who_have_none_are_silent() {
        assert_silent(&text("青禾市人民政府", "规章\t2\t0\t6"), "T212");
        assert_silent(&text("青禾市水务局", "规章\t0\t0\t0"), "T212");
    }
}
