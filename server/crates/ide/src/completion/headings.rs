//! Headings that are absent, at a line with nothing else on it.

use gouji_analysis::{Message, Reading, suggest};

use super::pinyin::{filter, matches};
use super::{Completion, Here, Line, Sort};

/// Letters of a heading that is being typed; a longer line is a sentence.
const LONGEST: usize = 30;

pub(super) fn items(here: &Here, line: &Line) -> Vec<Completion> {
    let word = line.before.trim_start_matches(['#', '*', ' ', '\t', '\u{3000}']);
    let is_sentence = word.contains(['。', '，', '；', '<']) || word.chars().count() > LONGEST;
    if is_sentence || !line.after.trim().is_empty() {
        return Vec::new();
    }
    let marks = &line.before[..line.before.len() - word.len()];
    let Reading { blocks, report, .. } = &*here.reading;
    let mut headings = suggest::headings(blocks, report);
    // What comes next, first.
    let last = here.section().map(|it| it.section);
    headings.sort_by_key(|it| (Some(it.section) <= last, it.section));
    let item = |it: suggest::Heading| {
        let filter = filter(&it.text, word);
        matches(word, &filter).then(|| Completion {
            label: it.text,
            detail: Message::new("complete.heading"),
            sort: Sort::Heading,
            filter: format!("{marks}{filter}"),
            range: line.start..line.cursor() + line.after.len(),
            text: it.line,
            is_snippet: false,
        })
    };
    headings.into_iter().filter_map(item).collect()
}
