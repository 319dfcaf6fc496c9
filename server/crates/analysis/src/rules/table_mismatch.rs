//! N405: a number in a sentence that the table contradicts.

use super::stated_cells::{self, Expected};
use super::statements::{self, Statement};
use super::{Check, Context, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::message::Message;
use crate::names;
use crate::prose::claims::cell::Stated;

/// N405
pub(super) static RULE: Rule = Rule {
    code: "N405",
    name: "table-mismatch",
    severity: Severity::Warning,
    fix: FixClass::Choice,
    summary: ["正文数字与表格不一致", "a number in the text contradicts the table"],
    docs: "\
正文的数字应与表格相同。句中的动词和名称决定对应哪一格：

| 正文 | 表格 |
|---|---|
| 收到、新收、受理申请 N 件；未收到申请 | 表三，一、本年新收（加上二、上年结转也算相同） |
| 予以公开、部分公开、不予公开、无法提供、不予处理、其他处理 N 件 | 表三，三、本年度办理结果各项 |
| 收办、处理、办理申请 N 件 | 表三，一、二之和（只计新收、只计办结的也算相同） |
| 自然人 N 件、法人或其他组织 N 件 | 表三，一、新收的该列或各列之和（加上结转也算相同） |
| 答复、办结申请 N 件 | 表三，（七）总计（不计上年结转、不计其他处理的也算相同） |
| 上年结转 N 件，结转下年度 N 件 | 表三，二、四 |
| 因政府信息公开被申请行政复议、提起行政诉讼 N 件；未发生 | 表四，总计 |
| 制发、废止、现行有效的行政规范性文件 N 件，作出行政许可、行政处罚决定 N 件 | 表二 |

**只查**整句都在说本机关全年情况的表述。

**不报**：网上、信函等一种途径的；自然人、法人等一类申请人的；上半年、某季度等一段时间的；全市、各单位、下属单位等别的\
范围；引号内的；备案、承办、审理的复议和诉讼；约数；说的是别的年份；表格没有、该格空白或不是数字，\
或该行总计本身与各列不符而各列之和与正文相同；五、六两部分。

**示例**：正文「收到政府信息公开申请2件」，表三新收总计 3。

**修复**：可选「采用表格数字」。错的也可能是表格，不自动执行。",
    check: Check::Report(check),
};

fn check(ctx: &Context, rule: &Rule) -> Vec<Finding> {
    let statements = statements::of_report(ctx);
    let claims: Vec<_> = statements.iter().map(|it| it.claim).collect();
    let finding = |it: &Statement| {
        let table = it.claim.table(ctx)?;
        if !it.claim.is_contradicted(table, &claims) {
            return None;
        }
        let expected = stated_cells::expected(table, it.claim.stated)?;
        Some(finding(ctx, rule, &expected, it))
    };
    statements.iter().filter_map(finding).collect()
}

/// Says that a number, or a denial, differs from the table.
fn finding(ctx: &Context, rule: &Rule, it: &Expected, statement: &Statement) -> Finding {
    let keys = match statement.claim.stated {
        Stated::Requests("received") => ("N405", "N405.none"),
        _ => ("N405.cell", "N405.no-cases"),
    };
    let name = it.name();
    let named = |message: Message| {
        let message = message.with("table", names::table(it.table)).with("cell", &name);
        message.with("value", it.value)
    };
    let related = named(Message::new("related.cell"));
    let explained = |finding: Finding| match it.cells.first() {
        Some(cell) => finding.related(cell.place, related),
        None => finding,
    };
    let Some(figure) = statement.figure else {
        let place = Place::new(statement.block, statement.range);
        return explained(rule.finding(place, named(Message::new(keys.1))));
    };
    let place = Place::new(statement.block, figure.range);
    let message = named(Message::new(keys.0)).with("stated", figure.value);
    let finding = explained(rule.finding(place, message));
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
    fn other_cells_are_told_by_the_words() {
        let row = [3, 0, 0, 0, 0, 0, 3];
        let found = |sentence: &str| findings("N405", &report(sentence, row, 0));
        for (sentence, cell, value) in [
            ("收到政府信息公开申请3件，予以公开2件。", "（一）予以公开·总计", 0),
            ("收到政府信息公开申请3件，不予公开2件。", "（三）不予公开·总计", 0),
            (
                "收到政府信息公开申请3件，其中自然人申请2件。",
                "一、本年新收政府信息公开申请数量·自然人",
                3,
            ),
            (
                "收到政府信息公开申请3件，法人或其他组织2件。",
                "一、本年新收政府信息公开申请数量·法人或其他组织",
                0,
            ),
            ("全年收办政府信息公开申请2件。", "一、本年新收政府信息公开申请数量·总计", 3),
            ("收到政府信息公开申请3件，办结2件。", "（七）总计·总计", 0),
            ("收到政府信息公开申请3件，结转下年度继续办理1件。", "四、结转下年度继续办理·总计", 0),
        ] {
            let found = found(sentence);
            assert_eq!(found.len(), 1, "{sentence}");
            assert!(found[0].contains(&format!("「{cell}」的 {value}")), "{}", found[0]);
        }
        for sentence in [
            "收到政府信息公开申请3件，予以公开0件。",
            "收到政府信息公开申请3件，其中自然人申请3件，予以公开2件。",
            "全年收办政府信息公开申请3件。",
            "通过网络收到政府信息公开申请2件，予以公开2件。",
            "2022年收到政府信息公开申请2件，予以公开2件。",
        ] {
            assert!(found(sentence).is_empty(), "{sentence}");
        }
    }

    /// The official report with some text in a section and other numbers in its tables.
    fn official(section: &str, sentence: &str, cells: [(&str, &str); 2]) -> String {
        let text = crate::testing::official(gouji_syntax::table::Dialect::Tab);
        let at = text.find(section).expect("a section") + section.len();
        let (head, tail) = text.split_at(at);
        let tail = cells.iter().fold(tail.to_owned(), |it, (old, new)| it.replacen(old, new, 1));
        format!("{head}\n\n{sentence}\n{tail}")
    }

    #[test]
    fn cases_and_documents_are_held_against_their_tables() {
        let case = (
            "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0",
            "1\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0",
        );
        let section = "四、政府信息公开行政复议、行政诉讼情况";
        let text = |sentence| official(section, sentence, [case, case]);
        assert_eq!(
            findings("N405", &text("2023年，未发生因政府信息公开被申请行政复议的情况。")),
            ["warning 此处写没有发生，但表四「行政复议·总计」为 1：请核对"]
        );
        silent("N405", &text("2023年，未发生因政府信息公开提起行政诉讼的情况。"));
        silent("N405", &text("2023年，因政府信息公开被申请行政复议1件。"));
        assert_eq!(findings("N405", &text("2023年，因政府信息公开被申请行政复议2件。")).len(), 1);

        let made = ("行政规范性文件\t0\t0\t0", "行政规范性文件\t5\t1\t9");
        let text = |sentence| official("二、主动公开政府信息情况", sentence, [made, made]);
        silent(
            "N405",
            &text("2023年我局制发行政规范性文件5件，废止规范性文件1件，现行有效的规范性文件9件。"),
        );
        assert_eq!(
            findings("N405", &text("2023年我局制发行政规范性文件4件。")),
            ["warning 此处写 4 件，与表二「行政规范性文件·本年制发件数」的 5 不一致：请核对"]
        );
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
