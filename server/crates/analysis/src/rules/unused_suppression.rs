//! W603: comments that silence nothing.

use super::{Check, FixClass, Rule};
use crate::finding::{Edit, Finding, Fix, Safety, Severity};
use crate::message::Message;
use crate::suppression::{Idle, Problem, Removal};

/// W603
pub(super) static RULE: Rule = Rule {
    code: "W603",
    name: "unused-suppression",
    severity: Severity::Hint,
    fix: FixClass::Safe,
    summary: ["忽略检查的注释没有作用", "a comment that silences nothing"],
    docs: "\
报告里的注释可以让检查不报某些问题：

```html
<!-- gouji-ignore N402：按两位小数统计 -->
<!-- gouji-ignore R301 received.total -->
<!-- gouji-ignore-table T206 -->
<!-- gouji-ignore-file S108 S109 -->
<!-- gouji-severity N405 error -->
```

依次为：下一个段落、标题或表格（写在一行末尾时为该行）；下一个表格的一行或一格；下一个表格；整份报告；整份报告中改变级别。规则用代码、名称或类别字母，\
可以写几个，冒号之后是理由。单独成块的注释才有作用，写在 HTML 表格或代码块里的不算。

问题改正以后，注释就没有作用了，而且会掩盖以后的同类错误，应当删去。规则、单元格或注释的名称写错的，也在这里指出。

**不报**：因配置而关闭的规则。

**修复**：删去没有作用的词；没有别的规则时删去整条注释。写错的不代为改正。

**依据**：本工具的约定。",
    check: Check::Comments(check),
};

fn check(idle: &[Idle], rule: &Rule) -> Vec<Finding> {
    idle.iter().map(|it| finding(rule, it)).collect()
}

fn finding(rule: &Rule, idle: &Idle) -> Finding {
    let key = match idle.problem {
        Problem::Unused => "W603",
        Problem::UnknownWord => "W603.unknown-word",
        Problem::UnknownName => "W603.unknown-name",
        Problem::NoRule => "W603.no-rule",
        Problem::NoLevel => "W603.no-level",
    };
    let finding = rule.finding(idle.place, Message::new(key).with("text", &idle.text));
    let fix = idle.removal.as_ref().map(|it| match it {
        Removal::Word(edit) => fix(Message::new("fix.remove-word").with("text", &idle.text), edit),
        Removal::Comment(edit) => fix(Message::new("fix.remove-comment"), edit),
    });
    fix.into_iter().fold(finding, Finding::fix)
}

fn fix(title: Message, edit: &Edit) -> Fix {
    Fix { title, safety: Safety::Safe, preferred: true, edits: vec![edit.clone()] }
}
