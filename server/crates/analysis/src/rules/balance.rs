//! R303: the 勾稽关系 printed in the form's header.

use super::{Check, FixClass, Rule};
use crate::finding::Severity;
use crate::sum_findings;

/// R303
pub(super) static RULE: Rule = Rule {
    code: "R303",
    name: "balance",
    severity: Severity::Error,
    fix: FixClass::Choice,
    summary: [
        "第一项加第二项之和 ≠ 第三项（总计）加第四项之和",
        "a column does not balance: received + carried in ≠ done + carried out",
    ],
    docs: "\
表三表头印明：「本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和」。七列逐列成立：\
一、本年新收 + 二、上年结转 = 三（七）总计 + 四、结转下年度继续办理。

**不报**：列内有空格且空格取某个不小于 0 的整数可使等式成立；四行中有整行缺失。

**示例**：自然人一列新收 11、上年结转 0、总计 10、结转 0：11 ≠ 10。

**修复**：若改动某一格能使该格所在的行、列同时成立，先给出这一格；另可重算四、结转，重算全表。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式表头。",
    check: Check::Table(sum_findings::check),
};
