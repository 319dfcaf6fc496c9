//! Paragraphs that the end of a page broke, read as one.

use std::sync::Arc;

use gouji_syntax::BlockKind;

use super::Prose;
use crate::Blocks;
use crate::report::Paragraph;
use crate::scan::{is_letter, one_to_nine};

/// Joins each paragraph that stops in the middle of a sentence with the one after the page's
/// end, which is a paragraph of its own no longer.
pub(super) fn join(
    blocks: &Blocks,
    mut paragraphs: impl Iterator<Item = Paragraph>,
) -> Vec<Paragraph> {
    let most = blocks.iter().filter(|it| !it.is_blank()).count();
    let mut joined = Vec::with_capacity(most);
    while let Some(mut paragraph) = paragraphs.next() {
        let mut last = paragraph.block;
        while let Some(next) = continuation(blocks, last) {
            last = next;
        }
        if last > paragraph.block {
            paragraphs.find(|it| it.block == last);
            let text = text(&blocks[paragraph.block..=last]);
            let mut prose = Prose::NOTHING;
            prose.read(&text, 0);
            paragraph.joined = Some(Arc::new(prose));
        }
        joined.push(paragraph);
    }
    joined.shrink_to_fit();
    joined
}

/// The text of some blocks with blanks for what pages have between paragraphs.
fn text(blocks: &Blocks) -> String {
    let texts = blocks.iter().map(|it| &*it.data.text);
    texts.map(|it| if is_page_number(it) { "\n".repeat(it.len()) } else { it.to_owned() }).collect()
}

/// The block in which a paragraph goes on that stops in the middle of a sentence.
fn continuation(blocks: &Blocks, paragraph: usize) -> Option<usize> {
    let is_paragraph = |it: usize| blocks[it].data.kind == BlockKind::Paragraph;
    let is_between = |it: &usize| {
        let data = &blocks[*it].data;
        data.kind == BlockKind::Blank || is_page_number(&data.text)
    };
    if !is_paragraph(paragraph) || !stops_inside(&blocks[paragraph].data.text) {
        return None;
    }
    let next = (paragraph + 1..blocks.len()).find(|it| !is_between(it))?;
    (is_paragraph(next) && goes_on(&blocks[next].data.text)).then_some(next)
}

/// Whether a text is a sentence without its end; headings and signatures are shorter.
fn stops_inside(text: &str) -> bool {
    const LEAST: usize = 20;
    let text = text.trim_end();
    let stops = text.ends_with(|it: char| is_letter(it) || matches!(it, '，' | '、' | ',' | '；'));
    stops && text.contains(['，', '。', '；']) && text.chars().nth(LEAST).is_some()
}

/// Whether a text is the rest of a sentence: no heading, no item of a list, no new statement.
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let is_numbered = digits > 0 && text[digits..].starts_with(['.', '、', '．', ')', '）', '年'])
        || one_to_nine(first).is_some()
        || matches!(first, '十' | '第' | '附');
    (is_letter(first) || matches!(first, '，' | '、'))
        && !is_numbered
        && text.contains(['。', '；'])
}

/// - 3 -, 第3页, 3: what stands between two pages.
fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    let is_part = |it: char| it.is_ascii_digit() || it.is_whitespace() || "-—–第页/共".contains(it);
    text.contains(|it: char| it.is_ascii_digit()) && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use crate::testing::reading;

    /// How many paragraphs a text has.
    fn count(text: &str) -> usize {
        reading(text).report.paragraphs.len()
    }

    const FIRST: &str =
        "2023年，我局认真落实条例要求，全年主动公开政府信息30条，其中：机构类12条、政策";

    #[test]
    fn a_sentence_over_two_pages_is_one_paragraph() {
        for between in ["\n\n", "\n\n- 3 -\n\n", "\n\n第3页 共9页\n\n"] {
            assert_eq!(count(&format!("{FIRST}{between}类8条、其他类9条。\n")), 1, "{between:?}");
        }
        let thrice =
            format!("{FIRST}\n\n类8条、人事类3条，法规类2条；财政类4条、预算类\n\n1条。\n");
        assert_eq!(count(&thrice), 1);
    }

    #[test]
    fn whole_paragraphs_stay_apart() {
        for (first, second) in [
            ("2023年，我局认真落实条例要求，全年主动公开政府信息30条。", "其中机构类12条。"),
            (FIRST, "（二）依申请公开。全年收到申请3件。"),
            (FIRST, "一是加强领导。二是完善制度。"),
            (FIRST, "2.收到申请3件。"),
            (FIRST, "2023年，我局收到申请3件。"),
            ("联系电话：0500-6000001", "我局地址为沿河路。"),
        ] {
            assert_eq!(count(&format!("{first}\n\n{second}\n")), 2, "{second}");
        }
    }
}
