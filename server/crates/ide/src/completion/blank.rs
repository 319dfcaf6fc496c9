//! The whole blank report, in a document with nothing but a word in it.

use gouji_analysis::{Document, Message, render, schema};

use super::pinyin::{filter, matches};
use super::{Completion, Line, Sort, Wants};

/// Bytes of a document that is as good as empty.
const NEARLY_EMPTY: usize = 120;

pub(super) fn items(doc: &Document, line: &Line, wants: Wants) -> Vec<Completion> {
    const LABEL: &str = "政府信息公开工作年度报告";
    let word = line.before.trim_start();
    let is_alone = || doc.text().to_string().trim() == word.trim_end() && line.after.is_empty();
    if doc.text().len_bytes() > NEARLY_EMPTY || !is_alone() {
        return Vec::new();
    }
    // A letter may begin anything.
    let filter = filter(LABEL, word);
    if word.chars().count() == 1 || !matches(word, &filter) {
        return Vec::new();
    }
    let Some(schema) = schema::of_year(wants.year) else { return Vec::new() };
    let year = wants.year.to_string();
    let text = if wants.snippets {
        let (agency, year) = ("${1:机关名称}", format!("${{2:{year}}}"));
        render::blank(schema, wants.dialect, agency, &year) + "$0"
    } else {
        render::blank(schema, wants.dialect, "【机关名称】", &year)
    };
    vec![Completion {
        label: LABEL.to_owned(),
        detail: Message::new("complete.blank").with("template", &schema.id),
        sort: Sort::Report,
        filter,
        range: line.cursor() - word.len()..line.cursor(),
        text,
        is_snippet: wants.snippets,
    }]
}
