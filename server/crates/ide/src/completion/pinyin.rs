//! By what letters a completion is found: its own characters, and the initials of their pinyin.

use pinyin::ToPinyin;

/// Initials beyond these are never typed.
const LONGEST: usize = 24;

/// Characters that the forms read otherwise than most texts do: 重复, not 重要.
const READINGS: [(char, char); 1] = [('重', 'c')];

/// The first letters of a text's characters: zdgk of 主动公开.
pub(super) fn initials(text: &str) -> String {
    let initial = |c: char| match READINGS.iter().find(|it| it.0 == c) {
        Some(reading) => Some(reading.1),
        None if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        None => c.to_pinyin()?.plain().chars().next(),
    };
    text.chars().filter_map(initial).take(LONGEST).collect()
}

/// What a client holds against the word that is typed. Some clients compare from the start:
/// what is typed decides what comes first.
pub(super) fn filter(text: &str, word: &str) -> String {
    let initials = initials(text);
    if word.starts_with(|it: char| !it.is_ascii_alphabetic()) {
        format!("{text} {initials}")
    } else {
        format!("{initials} {text}")
    }
}

/// Whether all letters of a word come in a text, in their order: as editors compare.
pub(super) fn matches(word: &str, filter: &str) -> bool {
    let mut rest = filter.chars().map(|it| it.to_ascii_lowercase());
    word.chars().map(|it| it.to_ascii_lowercase()).all(|c| rest.any(|it| it == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_that_people_type() {
        for (text, expected) in [
            ("二、主动公开政府信息情况", "ezdgkzfxxqk"),
            ("2.重复申请", "2cfsq"),
            ("行政复议", "xzfy"),
            ("行政规范性文件", "xzgfxwj"),
            ("（四）无法提供", "swftg"),
            ("法人或其他组织", "frhqtzz"),
            ("结果纠正", "jgjz"),
            ("现行有效件数", "xxyxjs"),
            ("3.危及“三安全一稳定”", "3wjsaqywd"),
            ("8.属于行政查询事项", "8syxzcxsx"),
            ("共收到政府信息公开申请", "gsdzfxxgksq"),
        ] {
            assert_eq!(initials(text), expected, "{text}");
        }
    }

    #[test]
    fn words_match_by_initials_by_text_and_with_letters_left_out() {
        let filter = filter("二、主动公开政府信息情况", "zd");
        for word in ["", "zdgk", "ZDGK", "zdxx", "主动", "主动情况", "二、主"] {
            assert!(matches(word, &filter), "{word}");
        }
        for word in ["gkzd", "申请", "zdgkq1"] {
            assert!(!matches(word, &filter), "{word}");
        }
    }
}
