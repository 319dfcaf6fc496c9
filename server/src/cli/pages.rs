//! The rules' pages, their index and the README's table, generated from the rules.

use gouji_analysis::rules::{self, FixClass, Rule};
use gouji_analysis::{Lang, Severity, message};

/// Where the generated table of the README begins.
pub const TABLE_START: &str = "<!-- rules:start -->";

/// Where it ends.
pub const TABLE_END: &str = "<!-- rules:end -->";

/// A rule's page: what `gouji explain` prints and `server/docs/rules` holds.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let word = |key| message::sentence(key, Lang::Zh);
    let [zh, en] = rule.summary;
    format!(
        "# {} {}\n\n{zh}。\n\n*{en}*\n\n- {}：{}\n- {}：{}\n\n{}\n",
        rule.code,
        rule.name,
        word("rule.severity"),
        word(severity(rule.severity)),
        word("rule.fix"),
        word(fix(rule.fix)),
        rule.docs.trim(),
    )
}

/// The index of the pages. `folder` is where they are, seen from the file that links them.
#[must_use]
pub fn table(folder: &str) -> String {
    let word = |key| message::sentence(key, Lang::Zh);
    let row = |it: &&Rule| {
        let link = format!("[{}]({folder}{}.md)", it.code, it.code);
        let summary = it.summary[0].replace('|', "\\|");
        let (severity, fix) = (word(severity(it.severity)), word(fix(it.fix)));
        format!("| {link} | `{}` | {severity} | {fix} | {summary} |\n", it.name)
    };
    let head = ["rule.code", "rule.name", "rule.severity", "rule.fix", "rule.summary"].map(word);
    let rows: String = rules::ALL.iter().map(row).collect();
    format!("| {} |\n|---|---|---|---|---|\n{rows}", head.join(" | "))
}

/// The page that lists the pages.
#[must_use]
pub fn index() -> String {
    format!("# {}\n\n{}", message::sentence("rule.index", Lang::Zh), table(""))
}

/// A text with the table between its markers renewed. `None` where it has no markers.
#[must_use]
pub fn renew_table(text: &str, folder: &str) -> Option<String> {
    let (before, rest) = text.split_once(TABLE_START)?;
    let (_, after) = rest.split_once(TABLE_END)?;
    Some(format!("{before}{TABLE_START}\n{}{TABLE_END}{after}", table(folder)))
}

/// The catalogue's key of a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity.error",
        Severity::Warning => "severity.warning",
        Severity::Information => "severity.information",
        Severity::Hint => "severity.hint",
    }
}

/// The catalogue's key of what a rule can repair.
pub(crate) fn fix(class: FixClass) -> &'static str {
    match class {
        FixClass::None => "rule.fix.none",
        FixClass::Safe => "rule.fix.safe",
        FixClass::Number => "rule.fix.number",
        FixClass::Choice => "rule.fix.choice",
    }
}
