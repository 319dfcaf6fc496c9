//! R303: the 勾稽关系 printed in the form's header.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R303
pub(super) static RULE: Rule = Rule {
    code: "R303",
    name: "balance",
    severity: Severity::Error,
    fix: FixClass::Number,
    summary: [
        "第一项加第二项之和 ≠ 第三项（总计）加第四项之和",
        "a column does not balance: received + carried in ≠ done + carried out",
    ],
    docs: "\
表三表头印明：「本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和」。七列逐列成立：\
一、本年新收 + 二、上年结转 = 三（七）总计 + 四、结转下年度继续办理。

**不报**：列内有空格且空格取某个不小于 0 的整数可使等式成立；四行中有整行缺失；\
各不成立的等式由整行、整列错位一并解释（由 R305 报告）。

**示例**：自然人一列新收 11、上年结转 0、总计 10、结转 0：11 ≠ 10。

**修复**：先给出使全表各等式都成立的更正（见 R305）：只有一种的为首选，几种不相上下的至多列三种；\
另可重算四、结转，重算全表。\
重算只在错处就是该总计时为首选。改的是数字，不会自动执行。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式表头。",
    check: Check::Table(sum_findings::check),
};
