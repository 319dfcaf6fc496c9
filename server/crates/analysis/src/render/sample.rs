//! A report that is filled in: what tests and benches read.

use gouji_syntax::table::Dialect;

use super::report::{self, AllValues, Line, Texts};
use crate::report::Date;
use crate::schema::Schema;

/// What a whole report says besides its tables.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The agency's name.
    pub agency: &'a str,
    /// The year that is reported.
    pub year: i32,
    /// How to reach the agency: 地址：…，电话：….
    pub contact: &'a str,
    /// The day of signing.
    pub signed: Date,
}

/// Writes a report that follows the form: title, preamble, six sections, signature.
///
/// Its sentences state no numbers, so that they agree with any values. A value is asked
/// for by table, part, row and column.
#[must_use]
pub fn report(schema: &Schema, dialect: Dialect, contents: &Contents, values: AllValues) -> String {
    let Contents { agency, year, signed: Date { year: signed, month, day }, .. } = contents;
    let lines = |key: &str| sentences(key, contents).into_iter().map(Line::Paragraph).collect();
    let texts = Texts {
        title: format!("{agency}{year}年政府信息公开工作年度报告"),
        preamble: preamble(contents).into(),
        sections: schema.sections.iter().map(|it| lines(&it.key)).collect(),
        signature: [(*agency).to_owned(), format!("{signed}年{month}月{day}日")],
    };
    report::write(schema, dialect, &texts, values)
}

fn preamble(contents: &Contents) -> [String; 2] {
    let Contents { year, contact, .. } = contents;
    [
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》\
         （国办公开办函〔2021〕30号）编制。"
            .to_owned(),
        format!(
            "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\
             如对本报告有疑问，请与我们联系（{contact}）。"
        ),
    ]
}

fn sentences(section: &str, contents: &Contents) -> Vec<String> {
    let Contents { agency, year, .. } = contents;
    let lines: &[&str] = match section {
        "overview" => &[
            "（一）主动公开。及时发布本机关的文件、办事指南和工作动态。",
            "（二）依申请公开。按照法定程序登记、办理和答复申请，数据见本报告第三部分。",
            "（三）政府信息管理。公文办理时一并确定公开属性，定期清理已发布的信息。",
            "（四）政府信息公开平台建设。专人维护网站专栏，保证内容准确、链接可用。",
            "（五）监督保障。明确分管领导和责任科室，组织业务培训，接受社会监督。",
        ],
        "problems" => &[
            "存在的主要问题：部分信息发布不够及时，解读形式较为单一。",
            "改进情况：完善发布流程，丰富解读形式，加强业务培训。",
        ],
        "other" => &["本年度未收取信息处理费，没有其他需要报告的事项。"],
        _ => &[],
    };
    let opening = format!("{year}年，{agency}认真落实政府信息公开各项要求，工作有序推进。");
    let opening = (section == "overview").then_some(opening);
    opening.into_iter().chain(lines.iter().map(|it| (*it).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use crate::schema::SCHEMAS;

    fn contents() -> Contents<'static> {
        Contents {
            agency: "青禾市水务局",
            year: 2023,
            contact: "地址：青禾市沿河路8号，电话：0500-6000001",
            signed: Date { year: 2024, month: 1, day: 12 },
        }
    }

    /// A value for each cell that tells it from its neighbours.
    fn counted(part: usize, row: usize, column: usize) -> String {
        (part * 1000 + row * 10 + column).to_string()
    }

    #[test]
    fn what_is_written_reads_back() {
        for (dialect, form) in Dialect::ALL.iter().flat_map(|it| [(*it, 0), (*it, 1)]) {
            let form = &SCHEMAS[form];
            let values = |_: &schema::Table, p, r, c| Some(counted(p, r, c));
            let text = report(form, dialect, &contents(), &values);
            let crate::Reading { blocks, report, .. } = crate::testing::reading(&text);
            assert_eq!(report.tables.len(), 3, "{dialect:?}");
            assert_eq!(report.schema.id, form.id, "{dialect:?}");
            for table in &report.tables {
                let name = format!("{dialect:?} {} {:?}", table.schema.id, table.oddities);
                assert_eq!(table.dialect, dialect, "{name}");
                assert!(table.oddities.is_empty(), "{name}");
                let rows: usize = table.schema.parts.iter().map(|it| it.rows.len()).sum();
                assert_eq!(table.rows.len(), rows, "{name}");
                for (row, column, cell) in table.cells() {
                    let written = counted(row.part, row.row, column);
                    assert_eq!(cell.place.text(&blocks), written, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_report_has_title_sections_and_signature_in_every_dialect() {
        for dialect in Dialect::ALL {
            let text = report(&SCHEMAS[1], dialect, &contents(), &|_, _, _, _| Some("0".into()));
            let outline = crate::outline::outline(&crate::testing::blocks(&text));
            assert_eq!(outline.sections.len(), 6, "{dialect:?}");
            assert!(outline.sections.iter().all(|it| it.number_is_right), "{dialect:?}");
            assert_eq!(outline.title.unwrap().agency.as_deref(), Some("青禾市水务局"));
            assert!(text.trim_end().trim_end_matches("</p>").ends_with("2024年1月12日"));
        }
    }
}
