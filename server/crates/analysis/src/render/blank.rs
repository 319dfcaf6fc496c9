//! A blank report: what a drafter starts from.
//!
//! All that is known before the first word is written out: headings, tables, citations, the
//! statistical period. What is not known is a note in 【】, which S111 finds until it is filled in.

use gouji_syntax::table::Dialect;

use super::report::{self, Line, Texts};
use crate::message::Message;
use crate::schema::{self, SCHEMAS, Schema};

/// The names under which a dialect of blank reports is asked for, and what editors call the
/// language of such a text.
const DIALECTS: [(&str, Dialect, &str); 3] = [
    ("gfm", Dialect::Gfm, "markdown"),
    ("html", Dialect::Html, "html"),
    ("tsv", Dialect::Tab, "plaintext"),
];

/// Dates are read up to the year before; a later one is a slip.
const YEARS_END: i32 = 2100;

/// Letters of the longest name of an agency that a title is read with.
const LONGEST_AGENCY: usize = 40;

/// A blank report that makes sense: the agency has a name, the year has a form.
#[derive(Clone, Debug)]
pub struct Blank {
    agency: String,
    year: i32,
    schema: &'static Schema,
    dialect: Dialect,
    language: &'static str,
}

impl Blank {
    /// A blank report on a year; says what is wrong where there is no such report.
    ///
    /// The form is that of the year, unless a `template` is named; the dialect is `gfm`, unless
    /// `html` or `tsv` is named.
    ///
    /// # Errors
    /// The agency is no name, the year has no form, or there is no such template or dialect.
    pub fn new(
        agency: &str,
        year: i32,
        template: Option<&str>,
        dialect: Option<&str>,
    ) -> Result<Self, Message> {
        let agency = agency.trim();
        let is_long = agency.chars().count() > LONGEST_AGENCY;
        if is_long || !agency.contains(char::is_alphabetic) || agency.contains(is_markup) {
            return Err(Message::new("new.agency").with("agency", agency));
        }
        let Some(due) = schema::of_year(year).filter(|_| year < YEARS_END) else {
            let first = SCHEMAS.first().map_or(0, |it| it.from_year);
            let years = Message::new("new.year").with("year", year).with("first", first);
            return Err(years.with("last", YEARS_END - 1));
        };
        let schema = match template {
            None => due,
            Some(id) => named(id, SCHEMAS.iter().map(|it| (&*it.id, it)), "new.template")?,
        };
        let dialects = DIALECTS.iter().map(|it| (it.0, (it.1, it.2)));
        let (dialect, language) = named(dialect.unwrap_or("gfm"), dialects, "new.dialect")?;
        Ok(Self { agency: agency.to_owned(), year, schema, dialect, language })
    }

    /// The form that it follows: 2021.
    #[must_use]
    pub fn template(&self) -> &'static str {
        &self.schema.id
    }

    /// What editors call the language of its text: markdown.
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        blank(self.schema, self.dialect, &self.agency, &self.year.to_string())
    }
}

/// What has a name, or which names there are.
fn named<'a, T: Copy>(
    name: &str,
    all: impl Iterator<Item = (&'a str, T)> + Clone,
    key: &'static str,
) -> Result<T, Message> {
    all.clone().find(|it| it.0 == name).map(|it| it.1).ok_or_else(|| {
        let names: Vec<_> = all.map(|it| it.0).collect();
        Message::new(key).with("name", name).with("names", names.join(", "))
    })
}

/// Characters that no name has, and that would be markup in one of the dialects.
fn is_markup(c: char) -> bool {
    c.is_control() || "<>&|*_#`[]".contains(c)
}

/// The text of a blank report. Agency and year are written as given, wherever they stand.
#[must_use]
pub fn blank(schema: &Schema, dialect: Dialect, agency: &str, year: &str) -> String {
    let texts = Texts {
        title: format!("{agency}{year}年政府信息公开工作年度报告"),
        preamble: preamble(schema, agency, year),
        sections: schema.sections.iter().map(|it| section(schema, &it.key)).collect(),
        signature: [agency.to_owned(), "【请填写成文日期】".to_owned()],
    };
    let text = report::write(schema, dialect, &texts, &|_, _, _, _| None);
    match dialect {
        // A page of its own: a browser that is told no encoding guesses.
        Dialect::Html => format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\">\
             <title>{}</title></head>\n<body>\n{text}</body>\n</html>\n",
            texts.title
        ),
        _ => text,
    }
}

fn preamble(schema: &Schema, agency: &str, year: &str) -> Vec<String> {
    let citation = &schema.citation;
    let parts: Vec<_> = schema.sections.iter().map(|it| &*it.title).collect();
    let parts = parts.join("，");
    vec![
        format!(
            "根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）和{citation}要求，\
             编制本报告。本报告由六部分组成，包括：{parts}。"
        ),
        format!("本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        format!(
            "本报告电子版可在【请填写网址】查阅或下载。如对本报告有疑问，请与{agency}联系\
             （地址：【请填写地址】，邮编：【请填写邮编】，电话：【请填写电话】）。"
        ),
    ]
}

/// What a section says before its table.
fn section(schema: &Schema, key: &str) -> Vec<Line> {
    const OVERVIEW: [(&str, &str); 5] = [
        ("（一）主动公开", "【请填写主动公开的内容、数量和渠道】"),
        ("（二）依申请公开", "【请填写申请的收到和办理情况，数据须与第三部分一致】"),
        ("（三）政府信息管理", "【请填写制度建设、审查发布和清理更新情况】"),
        ("（四）政府信息公开平台建设", "【请填写网站、新媒体和公开专区的建设情况】"),
        ("（五）监督保障", "【请填写组织领导、培训、考核、社会评议和责任追究情况】"),
    ];
    // 国办函〔2020〕109号: no fee before 2021.
    let fees = schema.to_year.is_none().then_some(
        "收取信息处理费情况：【请填写通知件数、总金额和实收总金额，未收取的写明未收取】。",
    );
    let paragraphs = match key {
        "overview" => {
            let lines = |it: (&str, &str)| [Line::Topic(it.0.into()), Line::Paragraph(it.1.into())];
            return OVERVIEW.into_iter().flat_map(lines).collect();
        }
        "problems" => vec!["【请填写存在的主要问题】", "【请填写改进情况和下一步措施】"],
        "other" => {
            fees.into_iter().chain(["【请填写其他需要报告的事项，没有的写明没有】"]).collect()
        }
        _ => Vec::new(),
    };
    paragraphs.into_iter().map(|it| Line::Paragraph(it.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::testing::{checked, reading};

    const AGENCY: &str = "青禾市水务局";

    /// Cells on bare lines cannot be blank.
    fn dialects() -> impl Iterator<Item = Dialect> {
        Dialect::ALL.into_iter().filter(|it| *it != Dialect::Lines)
    }

    /// The findings of a text: how many of each code.
    fn codes(text: &str) -> BTreeMap<&'static str, usize> {
        let mut codes = BTreeMap::new();
        for finding in checked(text).1.findings() {
            *codes.entry(finding.code).or_default() += 1;
        }
        codes
    }

    #[test]
    fn a_blank_report_lacks_what_only_the_drafter_knows_and_nothing_else() {
        for (schema, year) in SCHEMAS.iter().zip(["2020", "2023"]) {
            for dialect in dialects() {
                let text = blank(schema, dialect, AGENCY, year);
                let notes = text.matches('【').count();
                // The notes, the date, and a table that nobody has filled in, three times.
                let expected = BTreeMap::from([("S110", 1), ("S111", notes), ("T206", 3)]);
                assert_eq!(codes(&text), expected, "{dialect:?}\n{text}");
            }
        }
    }

    #[test]
    fn it_reads_back_as_the_form_in_every_dialect() {
        for (schema, year) in SCHEMAS.iter().zip([2019, 2024]) {
            for dialect in dialects() {
                let text = blank(schema, dialect, "青禾市人民政府", &year.to_string());
                let report = reading(&text).report;
                assert_eq!(report.agency(), Some("青禾市人民政府"), "{dialect:?}");
                assert_eq!(report.year(), Some(year), "{dialect:?}");
                assert_eq!(report.sections.len(), 6, "{dialect:?}");
                assert_eq!(report.schema.id, schema.id, "{dialect:?}");
                let period = report.period.unwrap();
                assert_eq!((period.start.year, period.end.month), (year, 12), "{dialect:?}");
            }
        }
    }

    #[test]
    fn the_form_is_that_of_the_year_and_cited_as_such() {
        for (year, template, number) in
            [(2019, "2019", "60"), (2020, "2019", "60"), (2021, "2021", "30"), (2031, "2021", "30")]
        {
            let blank = Blank::new(AGENCY, year, None, None).unwrap();
            assert_eq!(blank.template(), template);
            assert!(blank.text().contains(&format!("国办公开办函〔{template}〕{number}号")));
        }
        let named = Blank::new(AGENCY, 2022, Some("2019"), Some("html")).unwrap();
        assert_eq!((named.template(), named.language()), ("2019", "html"));
        assert!(named.text().contains("本年新制作数量"));
    }

    #[test]
    fn what_makes_no_report_is_refused() {
        let error = |agency: &str, year, template, dialect| {
            let error = Blank::new(agency, year, template, dialect).unwrap_err();
            error.text(crate::Lang::Zh)
        };
        for agency in ["", "  ", "《》", "甲\n乙", "a<b>", "甲|乙", &"局".repeat(41)] {
            assert!(error(agency, 2023, None, None).contains("机关名称"), "{agency:?}");
        }
        for year in [i32::MIN, -1, 0, 23, 2018, 2100, 20230] {
            assert!(error(AGENCY, year, None, None).contains("2019"), "{year}");
        }
        assert!(error(AGENCY, 2023, Some("2020"), None).contains("2019, 2021"));
        assert!(error(AGENCY, 2023, None, Some("docx")).contains("gfm, html, tsv"));
    }
}
