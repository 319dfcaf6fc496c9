//! R301: a row's 总计 and the columns it adds up.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R301
pub(super) static RULE: Rule = Rule {
    code: "R301",
    name: "row-total",
    severity: Severity::Error,
    fix: FixClass::Choice,
    summary: [
        "总计 ≠ 自然人 + 五类法人或其他组织",
        "a row's 总计 is not the sum of its applicant columns",
    ],
    docs: "\
表三每一行的「总计」应等于「自然人」与「法人或其他组织」五列（商业企业、科研机构、社会公益组织、\
法律服务机构、其他）之和。

**不报**：行内有空格、「/」或文字，且空格取某个不小于 0 的整数可使等式成立（此时由 T206、T207 报告该格）；\
整行未填。

**示例**：自然人 10、商业企业 2，其余为 0，总计写作 11：应为 12（10+2）。

**修复**：若改动某一格能使该格所在的行、列同时成立，先给出这一格；另可重算本行总计、重算全表。\
重算不会自动执行。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式的表格结构。",
    check: Check::Table(sum_findings::check),
};
