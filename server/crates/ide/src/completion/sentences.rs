//! Sentences that say what a table says, in the text of its section or of the overview.

use gouji_analysis::report::Report;
use gouji_analysis::suggest::{self, Sentence};
use gouji_analysis::{Message, Reading};
use gouji_syntax::BlockKind;

use super::pinyin::{filter, initials, matches};
use super::{Completion, Here, Line, Sort};

/// After these a sentence can begin.
const STOPS: [char; 9] = ['。', '；', '！', '？', '，', '：', '、', '>', '　'];

pub(super) fn items(here: &Here, line: &Line) -> Vec<Completion> {
    let Reading { blocks, report, .. } = &*here.reading;
    let Some(section) = here.section() else { return Vec::new() };
    let ends = line.after.trim().is_empty() || line.after.starts_with("</");
    if !ends || here.kind() == Some(BlockKind::Heading) || line.before.starts_with('#') {
        return Vec::new();
    }
    let key = &*report.schema.sections[section.section].key;
    let is_due = |it: &Sentence| {
        let is_said = || blocks.iter().any(|block| block.data.text.contains(&*it.text));
        (key == "overview" || key == it.section) && !is_said()
    };
    let sentences = suggest::sentences(report).into_iter().filter(is_due);
    sentences.filter_map(|it| item(report, line, &it.text)).collect()
}

fn item(report: &Report, line: &Line, sentence: &str) -> Option<Completion> {
    let word = word(&line.before, sentence)?;
    let before = &line.before[..line.before.len() - word.len()];
    // The year stands at the head of a paragraph.
    let is_first = before.rsplit('>').next().is_some_and(|it| it.trim().is_empty());
    let year = report.year().filter(|_| is_first);
    let lead = year.map(|it| format!("{it}年，")).unwrap_or_default();
    Some(Completion {
        label: sentence.to_owned(),
        detail: Message::new("complete.sentence"),
        sort: Sort::Sentence,
        filter: filter(sentence, word),
        range: line.cursor() - word.len()..line.cursor(),
        text: format!("{lead}{sentence}"),
        is_snippet: false,
    })
}

/// What is typed of a sentence before the cursor: initials, its first characters, or nothing
/// where a sentence can begin. `None` where something else is being written.
fn word<'l>(before: &'l str, sentence: &str) -> Option<&'l str> {
    let letters = before.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let letters = &before[letters.len()..];
    if !letters.is_empty() {
        return matches(letters, &initials(sentence)).then_some(letters);
    }
    let starts = before.char_indices().map(|it| &before[it.0..]);
    let mut typed = starts.filter(|it| sentence.starts_with(*it));
    let may_begin = || before.trim_end().is_empty() || before.ends_with(STOPS);
    typed.next().or_else(|| may_begin().then_some(""))
}
