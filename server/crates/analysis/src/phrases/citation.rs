//! Documents that every report cites, and their numbers.

use std::ops::Range;

/// A document cited by a number that is not its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    /// What the number should be, in the words of the citation: 〔2021〕30号.
    pub(crate) right: String,
    /// The document's name.
    pub(crate) document: &'static str,
}

/// A document: what its name ends with, its name, what its number starts with, and the number. A
/// year where the number has one.
struct Document {
    words: &'static str,
    name: &'static str,
    sign: &'static str,
    numbers: &'static [(Option<u32>, u32)],
}

/// The first number is that in force.
const DOCUMENTS: [Document; 3] = [
    Document {
        words: "政府信息公开条例",
        name: "《中华人民共和国政府信息公开条例》",
        sign: "国务院令",
        numbers: &[(None, 711)],
    },
    Document {
        words: "工作年度报告格式",
        name: "《中华人民共和国政府信息公开工作年度报告格式》",
        sign: "国办公开办函",
        numbers: &[(Some(2021), 30), (Some(2019), 60)],
    },
    Document {
        words: "信息处理费管理办法",
        name: "《政府信息公开信息处理费管理办法》",
        sign: "国办函",
        numbers: &[(Some(2020), 109)],
    },
];

/// Reads the number whose sign stands in a text, and the title before it. Says which digits are
/// wrong, if that is not the document's number.
pub(super) fn read(text: &str, sign: usize, end: usize) -> Option<(Range<usize>, Citation)> {
    let (before, word) = (&text[..sign], &text[sign..end]);
    let title = title(before);
    let document = DOCUMENTS.iter().find(|it| title.ends_with(it.words))?;
    let is_sign = word == document.sign || word == "国令第" && document.sign == "国务院令";
    let number = if is_sign { Number::read(text, end) } else { None }?;
    let is_right = document.numbers.contains(&(number.year, number.value));
    // A number of the other kind lost signs on the way.
    let (year, value) = *document.numbers.first()?;
    if is_right || year.is_some() != number.year.is_some() {
        return None;
    }
    let right = number.written(text, year, value);
    Some((number.range, Citation { right, document: document.name }))
}

/// The title that a bracket with a number follows: 《……条例》（, 《……格式》的通知（.
fn title(before: &str) -> &str {
    let is_between = |it: char| it.is_whitespace() || "（(，,".contains(it);
    let before = before.trim_end_matches("中华人民共和国").trim_end_matches(is_between);
    let before = before.strip_suffix("的通知").unwrap_or(before);
    before.trim_end_matches(['》', '”', '〉'])
}

/// A number as written: 〔2021〕30号, 第711号.
struct Number {
    year: Option<u32>,
    value: u32,
    /// From the first digit to the last.
    range: Range<usize>,
    years: Option<Range<usize>>,
    values: Range<usize>,
}

impl Number {
    fn read(text: &str, at: usize) -> Option<Self> {
        let mut scan = Scan { text, at };
        scan.eat(&['第']);
        let years = scan.eat(&['〔', '[', '［', '（', '(', '【']).then(|| scan.digits());
        if years.is_some() && !scan.eat(&['〕', ']', '］', '）', ')', '】']) {
            return None;
        }
        scan.eat(&['第']);
        let values = scan.digits()?;
        let years = match years {
            Some(years) => Some(years?),
            None => None,
        };
        if !scan.eat(&['号']) {
            return None;
        }
        let parse = |it: &Range<usize>| text[it.clone()].parse().ok();
        let year = match &years {
            Some(years) => Some(parse(years)?),
            None => None,
        };
        let start = years.as_ref().map_or(values.start, |it| it.start);
        Some(Self { year, value: parse(&values)?, range: start..values.end, years, values })
    }

    /// The text of the range with another number.
    fn written(&self, text: &str, year: Option<u32>, value: u32) -> String {
        match (&self.years, year) {
            (Some(years), Some(year)) => {
                format!("{year}{}{value}", &text[years.end..self.values.start])
            }
            _ => value.to_string(),
        }
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, signs: &[char]) -> bool {
        self.space();
        let next = self.text[self.at..].chars().next().filter(|it| signs.contains(it));
        self.at += next.map_or(0, char::len_utf8);
        next.is_some()
    }

    fn digits(&mut self) -> Option<Range<usize>> {
        self.space();
        let len = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        let range = self.at..self.at + len;
        self.at = range.end;
        (1..=4).contains(&len).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Option<(&str, String)> {
        let signs = ["国务院令", "国令第", "国办公开办函", "国办函"];
        let at = signs.iter().find_map(|it| Some((text.find(it)?, it.len())))?;
        let (range, citation) = read(text, at.0, at.0 + at.1)?;
        Some((&text[range], citation.right))
    }

    #[test]
    fn wrong_numbers_are_found() {
        for (text, expected) in [
            ("《中华人民共和国政府信息公开条例》（国务院令第492号）", ("492", "711")),
            ("《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第771号）", ("771", "711")),
            ("政府信息公开条例(国令第117号)", ("117", "711")),
            (
                "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕31号）",
                ("2021〕31", "2021〕30"),
            ),
            (
                "《政府信息公开工作年度报告格式》的通知(国办公开办函[2020]30号)",
                ("2020]30", "2021]30"),
            ),
            ("《政府信息公开信息处理费管理办法》（国办函〔2020〕19号）", ("2020〕19", "2020〕109")),
        ] {
            let (found, right) = wrong(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found, right.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn right_numbers_and_other_documents_are_silent() {
        for text in [
            "《中华人民共和国政府信息公开条例》（国务院令第711号）",
            "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
            "《政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）",
            "《政府信息公开工作年度报告格式》（国办公开办函〔202131号）",
            "《机关事务管理条例》（国务院令第621号）",
            "《关于做好基层政务公开的通知》（国办公开办函〔2021〕31号）",
            "《中华人民共和国政府信息公开条例》和《机关事务管理条例》（国务院令第621号）",
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
            "根据国务院令第492号",
        ] {
            assert_eq!(wrong(text), None, "{text}");
        }
    }
}
