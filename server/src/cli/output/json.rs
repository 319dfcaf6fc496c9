//! Findings for programs. Ranges are as in LSP: zero-based lines, UTF-16 columns.

use std::ops::Range;

use gouji_analysis::apply::{line_end, with_line_ends};
use gouji_analysis::{Edit, Finding, Fix, Lang, Place, Safety, Severity};
use gouji_syntax::position::{Encoding, Lines};
use serde::Serialize;

use super::Counts;
use crate::cli::input::Source;

#[derive(Serialize)]
struct Summary {
    files: usize,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    findings: Vec<JsonFinding>,
}

#[derive(Serialize)]
struct JsonFinding {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    message: String,
    range: JsonRange,
    related: Vec<JsonRelated>,
    fixes: Vec<JsonFix>,
}

#[derive(Serialize)]
struct JsonRelated {
    range: JsonRange,
    message: String,
}

#[derive(Serialize)]
struct JsonFix {
    title: String,
    safety: Safety,
    preferred: bool,
    edits: Vec<JsonEdit>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonEdit {
    range: JsonRange,
    new_text: String,
}

#[derive(Serialize)]
struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    character: u32,
}

/// What stands before the files, of whatever command.
pub(crate) const HEAD: &str = r#"{"version":1,"files":["#;

/// What stands before a file, of which so many were written.
pub(crate) fn separator(files: usize) -> &'static str {
    if files == 0 { "" } else { "," }
}

/// What stands after the files: how many they are, and their findings.
pub(crate) fn tail(files: usize, counts: Counts) -> String {
    format!(
        "],\"summary\":{}}}
",
        raw(&Summary { files, counts })
    )
}

/// One file's findings.
pub(crate) fn file(source: &Source, findings: &[Finding], lang: Lang) -> String {
    let path = &*source.name;
    // As of most.
    if findings.is_empty() {
        return raw(&File { path, findings: Vec::new() });
    }
    let (text, starts) = (source.text(), source.doc.starts());
    let of = Of { lines: Lines::new(&text), starts, line_end: line_end(&text), lang };
    raw(&File { path, findings: findings.iter().map(|it| of.finding(it)).collect() })
}

/// A value as JSON text. What this program writes has string keys and no floats, so that it
/// cannot fail.
pub(crate) fn raw(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value as a line of JSON.
pub(crate) fn line(value: &impl Serialize) -> String {
    raw(value) + "\n"
}

/// Converts what concerns one file.
struct Of<'a> {
    lines: Lines<'a>,
    starts: Vec<usize>,
    line_end: &'static str,
    lang: Lang,
}

impl Of<'_> {
    fn finding(&self, it: &Finding) -> JsonFinding {
        let related = it.related.iter().map(|it| JsonRelated {
            range: self.range(it.place),
            message: it.message.text(self.lang),
        });
        JsonFinding {
            code: it.code,
            name: it.name,
            severity: it.severity,
            message: it.message.text(self.lang),
            range: self.range(it.place),
            related: related.collect(),
            fixes: it.fixes.iter().map(|it| self.fix(it)).collect(),
        }
    }

    fn fix(&self, it: &Fix) -> JsonFix {
        JsonFix {
            title: it.title.text(self.lang),
            safety: it.safety,
            preferred: it.preferred,
            edits: it.edits.iter().map(|it| self.edit(it)).collect(),
        }
    }

    fn edit(&self, it: &Edit) -> JsonEdit {
        let new_text = with_line_ends(&it.text, self.line_end);
        JsonEdit { range: self.range(it.place), new_text }
    }

    fn range(&self, place: Place) -> JsonRange {
        let Range { start, end } = place.resolve(&self.starts);
        JsonRange { start: self.position(start), end: self.position(end) }
    }

    fn position(&self, at: usize) -> JsonPosition {
        let at = self.lines.position(at, Encoding::Utf16);
        JsonPosition { line: at.line, character: at.column }
    }
}
