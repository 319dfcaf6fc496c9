//! R302: a column's （七）总计 and the outcomes it adds up.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R302
pub(super) static RULE: Rule = Rule {
    code: "R302",
    name: "result-total",
    severity: Severity::Error,
    fix: FixClass::Number,
    summary: [
        "（七）总计 ≠ （一）至（六）各项之和",
        "a column's （七）总计 is not the sum of the outcomes above it",
    ],
    docs: "\
表三每一列的「（七）总计」应等于本列（一）予以公开至（六）其他处理各项之和。

**不报**：列内有空格且空格取某个不小于 0 的整数可使等式成立；「（七）总计」一行缺失（由 T201 报告）；\
各不成立的等式由整行、整列错位一并解释（由 R305 报告）。

**示例**：自然人一列予以公开 3、部分公开 1，其余为 0，（七）总计写作 5：应为 4（3+1）。

**修复**：先给出使全表各等式都成立的更正（见 R305）：只有一种的为首选，几种不相上下的至多列三种；\
另可重算本列（七）总计、重算全表。\
重算只在错处就是该总计时为首选。改的是数字，不会自动执行。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式的表格结构。",
    check: Check::Table(sum_findings::check),
};
