//! R301: a row's 总计 and the columns it adds up.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R301
pub(super) static RULE: Rule = Rule {
    code: "R301",
    name: "row-total",
    severity: Severity::Error,
    fix: FixClass::Number,
    summary: [
        "总计 ≠ 自然人 + 五类法人或其他组织",
        "a row's 总计 is not the sum of its applicant columns",
    ],
    docs: "\
表三每一行的「总计」应等于「自然人」与「法人或其他组织」五列（商业企业、科研机构、社会公益组织、\
法律服务机构、其他）之和。

**不报**：行内有空格、「/」或文字，且空格取某个不小于 0 的整数可使等式成立（此时由 T206、T207 报告该格）；\
整行未填；\
各不成立的等式由整行、整列错位一并解释（由 R305 报告）。

**示例**：自然人 10、商业企业 2，其余为 0，总计写作 11：应为 12（10+2）。

**修复**：先给出使全表各等式都成立的更正（见 R305）：只有一种的为首选，几种不相上下的至多列三种；\
另可重算本行总计、重算全表。\
重算只在错处就是该总计时为首选。改的是数字，不会自动执行。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式的表格结构。",
    check: Check::Table(sum_findings::check),
};
