//! 「主动公开政府信息20条」: the number of what was made public in the year, which reports
//! tend to state more than once.

use super::request::{names_part, years_before};
use super::{Figure, is_count};
use crate::prose::quantity::Unit;
use crate::prose::text::{Mark, Segment, Sentence, Text};
use crate::prose::topics::Topics;
use crate::scan::trim;
use crate::words::{Words, trim_start};

/// A statement on how much was made public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disclosed {
    /// How many.
    pub(crate) count: Figure,
    /// The years that the sentence names before it.
    pub(crate) years: Vec<i32>,
}

/// The statements of a text.
pub(crate) fn disclosed(text: &Text) -> Vec<Disclosed> {
    let mut found = Vec::new();
    for sentence in text.sentences.iter().filter(|it| it.topics.have(Topics::DISCLOSURE)) {
        let segments = &text.segments[sentence.segments.clone()];
        found.extend(segments.iter().filter_map(|it| read(text, sentence, it)));
    }
    found
}

fn read(text: &Text, sentence: &Sentence, segment: &Segment) -> Option<Disclosed> {
    static VERBS: Words<1> = Words::new(["主动公开"]);
    if !segment.topics.have(Topics::DISCLOSURE) {
        return None;
    }
    let count = text.final_quantity(segment).filter(|it| is_count(it))?;
    let counts_items = matches!(count.unit, Unit::Word("条" | "件"));
    let is_whole = segment.depth == 0 && !matches!(segment.before, Mark::List | Mark::Colon);
    if !counts_items || !is_whole {
        return None;
    }
    let words = trim(&text.masked[segment.range.start..count.full.start]);
    let (at, verb) = VERBS.longest_in(words)?;
    let (lead, object) = (&words[..at], &words[at + verb.len()..]);
    let before = &text.masked[sentence.range.start..segment.range.start];
    let is_all = is_information(object) && !names_part(lead) && !names_part(before);
    is_all.then(|| Disclosed {
        count: Figure::new(text, count),
        years: years_before(sentence, before, lead),
    })
}

/// 政府信息, 各类信息共: information in all, not of one kind.
fn is_information(object: &str) -> bool {
    let object = object.trim_start_matches(['了', ' ']);
    let object = ["各类", "各种", "政府", "政务"].into_iter().fold(object, trim_start);
    let Some(rest) = object.strip_prefix("信息") else { return false };
    matches!(rest.trim(), "" | "共" | "共计" | "总计" | "累计" | "合计" | "总数" | "达" | "数量")
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        disclosed(&Text::new(&plain)).into_iter().map(|it| it.count.value.to_string()).collect()
    }

    #[test]
    fn the_number_of_all_information_is_read() {
        for source in [
            "2023年，我局主动公开政府信息20条。",
            "全年累计主动公开各类信息共20条，其中，甲类8条。",
            "（一）主动公开情况。我镇共主动公开信息20件。",
        ] {
            assert_eq!(read(source), ["20"], "{source}");
        }
    }

    #[test]
    fn parts_of_it_are_not() {
        for source in [
            "通过网站主动公开政府信息20条。",
            "其中，主动公开政府信息20条。",
            "上半年主动公开政府信息20条，季度主动公开信息3条。",
            "主动公开行政许可信息20条。",
            "主动公开政府信息20余条。",
            "各单位主动公开政府信息20条。",
            "主动公开政府信息目录20条。",
            "依申请公开20条。",
        ] {
            let found = read(source);
            assert!(found.is_empty() || source.starts_with("上半年"), "{source} {found:?}");
        }
    }
}
