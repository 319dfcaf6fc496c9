//! R304: the three 总计 of the table on review and litigation.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R304
pub(super) static RULE: Rule = Rule {
    code: "R304",
    name: "case-total",
    severity: Severity::Error,
    fix: FixClass::Number,
    summary: [
        "表四总计 ≠ 结果维持 + 结果纠正 + 其他结果 + 尚未审结",
        "a 总计 of table 四 is not the sum of its outcomes",
    ],
    docs: "\
表四的三组（行政复议、未经复议直接起诉、复议后起诉）各有「总计」，应等于本组结果维持、结果纠正、\
其他结果、尚未审结之和。

**不报**：组内有空格且空格取某个不小于 0 的整数可使等式成立（整组未填由 T206 报告）。

**示例**：行政复议结果维持 2、结果纠正 1，其余为 0，总计写作 2：应为 3（2+1）。

**修复**：先给出使该组成立的更正（见 R305），几种不相上下的至多列三种；另可重算总计。\
改的是数字，不会自动执行。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式的表格结构。",
    check: Check::Table(sum_findings::check),
};
