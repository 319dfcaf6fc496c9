//! Sentences that say what the tables say: 「共收到政府信息公开申请11件，其中……」.
//!
//! Only numbers that are in the tables and agree with each other are put into words, and only
//! into such as no rule has anything to say about.

use rust_decimal::Decimal;

use crate::report::{Report, Table};
use crate::sums::number;

/// A sentence and the section that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Key of the section whose table it puts into words.
    pub section: &'static str,
    /// The sentence, with its full stop and without the year.
    pub text: String,
}

/// What can be said of the tables of a report.
#[must_use]
pub fn sentences(report: &Report) -> Vec<Sentence> {
    let table = |id| report.table(id).map(Numbers);
    let mut all = Vec::new();
    let mut add = |section, texts: Vec<Option<String>>| {
        all.extend(texts.into_iter().flatten().map(|text| Sentence { section, text }));
    };
    if let Some(it) = table("requests") {
        let texts = vec![received(&it), carried_in(&it), done(&it), carried_out(&it)];
        add("requests", texts);
    }
    if let Some(it) = table("disclosure") {
        add("disclosure", vec![documents(&it), decisions(&it)]);
    }
    if let Some(it) = table("litigation") {
        add("litigation", vec![no_cases(&it), review(&it), litigation(&it)]);
    }
    all
}

/// The numbers of a table.
struct Numbers<'a>(&'a Table);

impl Numbers<'_> {
    /// A count: a blank is none, nor is text.
    fn get(&self, row: &str, column: &str) -> Option<Decimal> {
        number(self.0.cell(row, column)?).filter(|it| it.fract().is_zero())
    }

    /// The sum of the totals of all rows of the form that a key starts: `denied`.
    fn group(&self, key: &str) -> Option<Decimal> {
        let rows = self.0.schema.parts.iter().flat_map(|it| &it.rows);
        let rest = |it: &str| it.strip_prefix(key).map(|it| it.is_empty() || it.starts_with('.'));
        let rows = rows.filter(|it| rest(&it.key) == Some(true));
        rows.map(|it| self.get(&it.key, "total")).sum()
    }
}

/// `，其中甲1件、乙2件`: the parts of a total that are not 0; `None` where they are not the total.
fn among(total: Decimal, parts: &[(&str, Option<Decimal>)]) -> Option<String> {
    let known: Option<Vec<_>> = parts.iter().map(|it| Some((it.0, it.1?))).collect();
    let known = known?;
    let is_whole = known.iter().map(|it| it.1).sum::<Decimal>() == total;
    let items = known.iter().filter(|it| !it.1.is_zero());
    let items: Vec<_> = items.map(|it| format!("{}{}件", it.0, it.1.normalize())).collect();
    is_whole.then(|| format!("，其中{}", items.join("、")))
}

/// A sentence on a total, with its parts where they add up to it.
fn itemised(words: &str, total: Decimal, parts: &[(&str, Option<Decimal>)]) -> String {
    let parts = among(total, parts).unwrap_or_default();
    format!("{words}{}件{parts}。", total.normalize())
}

fn received(table: &Numbers) -> Option<String> {
    let total = table.get("received", "total")?;
    if total.is_zero() {
        let none = table.get("carried_in", "total")?.is_zero();
        return none.then(|| "未收到政府信息公开申请。".to_owned());
    }
    let others = ["business", "research", "charity", "legal", "other"];
    let others = others.iter().map(|it| table.get("received", it)).sum();
    let parts = [("自然人", table.get("received", "natural")), ("法人或其他组织", others)];
    Some(itemised("共收到政府信息公开申请", total, &parts))
}

fn carried_in(table: &Numbers) -> Option<String> {
    let count = table.get("carried_in", "total")?.normalize();
    Some(format!("上年度结转政府信息公开申请{count}件。"))
}

fn done(table: &Numbers) -> Option<String> {
    let total = table.get("done", "total").filter(|it| !it.is_zero())?;
    let parts = [
        ("予以公开", table.get("granted", "total")),
        ("部分公开", table.get("partial", "total")),
        ("不予公开", table.group("denied")),
        ("无法提供", table.group("unavailable")),
        ("不予处理", table.group("rejected")),
        ("其他处理", table.group("closed")),
    ];
    Some(itemised("共办结政府信息公开申请", total, &parts))
}

fn carried_out(table: &Numbers) -> Option<String> {
    let count = table.get("carried_out", "total")?.normalize();
    Some(format!("结转下年度继续办理政府信息公开申请{count}件。"))
}

fn documents(table: &Numbers) -> Option<String> {
    let get = |column| table.get("normative", column).map(|it| it.normalize());
    let (made, repealed, in_force) = (get("made")?, get("repealed")?, get("in_force")?);
    Some(format!(
        "制发行政规范性文件{made}件，废止行政规范性文件{repealed}件，现行有效的行政规范性文件{in_force}件。"
    ))
}

fn decisions(table: &Numbers) -> Option<String> {
    let get = |row| table.get(row, "decisions").map(|it| it.normalize());
    let (license, penalty, coercion) = (get("license")?, get("penalty")?, get("coercion")?);
    Some(format!(
        "作出行政许可决定{license}件，作出行政处罚决定{penalty}件，作出行政强制决定{coercion}件。"
    ))
}

fn no_cases(table: &Numbers) -> Option<String> {
    let totals = ["review.total", "direct.total", "after_review.total"];
    let none = totals.iter().all(|it| table.get("", it).is_some_and(|it| it.is_zero()));
    none.then(|| "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。".to_owned())
}

/// What became of cases, by the groups of columns that they stand in.
fn outcomes(table: &Numbers, groups: &[&str]) -> [(&'static str, Option<Decimal>); 4] {
    let sum = |outcome: &str| {
        groups.iter().map(|group| table.get("", &format!("{group}.{outcome}"))).sum()
    };
    [
        ("结果维持", sum("upheld")),
        ("结果纠正", sum("corrected")),
        ("其他结果", sum("other")),
        ("尚未审结", sum("pending")),
    ]
}

fn review(table: &Numbers) -> Option<String> {
    let total = table.get("", "review.total").filter(|it| !it.is_zero())?;
    let parts = outcomes(table, &["review"]);
    Some(itemised("因政府信息公开工作被申请行政复议", total, &parts))
}

fn litigation(table: &Numbers) -> Option<String> {
    let direct = table.get("", "direct.total")?;
    let total = direct + table.get("", "after_review.total")?;
    let parts = outcomes(table, &["direct", "after_review"]);
    let words = "因政府信息公开工作被提起行政诉讼";
    (!total.is_zero()).then(|| itemised(words, total, &parts))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use gouji_syntax::table::Dialect;

    use super::*;
    use crate::render::{self, Contents};
    use crate::schema::SCHEMAS;
    use crate::testing::*;

    /// A report of whose cells all but the totals are given; the totals add up where `right`.
    fn report(form: usize, right: bool, value: &dyn Fn(&str, usize) -> u32) -> String {
        let contents = Contents { year: [2020, 2023][form], ..contents() };
        let requests = |row: &str, column: &str, values: &dyn Fn(&str, usize) -> u32| -> u32 {
            let columns = ["natural", "business", "research", "charity", "legal", "other"];
            let of = |row: &str| match columns.iter().position(|it| *it == column) {
                Some(column) => values(row, column),
                None => (0..columns.len()).map(|it| values(row, it)).sum(),
            };
            of(row)
        };
        render::report(&SCHEMAS[form], Dialect::Gfm, &contents, &|table, part, row, column| {
            let part = &table.parts[part];
            let (key, column_key) = (&*part.rows[row].key, &*part.columns[column].key);
            let sum = |keys: &mut dyn Iterator<Item = u32>| keys.sum::<u32>();
            let number = match (&*table.id, key, column_key) {
                ("requests", "done", column) => {
                    let rows = part.rows.iter().map(|it| &*it.key);
                    let rows = rows.filter(|it| {
                        !["received", "carried_in", "done", "carried_out"].contains(it)
                    });
                    sum(&mut rows.map(|it| requests(it, column, value)))
                }
                ("requests", row, column) => requests(row, column, value),
                ("litigation", ..) if column % 5 == 4 => {
                    let first = column - 4;
                    sum(&mut (first..column).map(|it| value("", it)))
                }
                _ => value(key, column),
            };
            Some((number + u32::from(!right && column_key.ends_with("total"))).to_string())
        })
    }

    fn said(text: &str) -> Vec<String> {
        sentences(&reading(text).report).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn the_tables_are_put_into_words() {
        let value = |row: &str, column: usize| match row {
            "received" => [9, 2, 0, 0, 0, 0][column],
            "granted" => [5, 1, 0, 0, 0, 0][column],
            "denied.state_secret" | "denied.third_party" => u32::from(column == 0),
            "" => u32::from(column.is_multiple_of(5)),
            "normative" => [3, 1, 14][column],
            "license" | "penalty" | "coercion" => 7,
            _ => 0,
        };
        assert_eq!(
            said(&report(1, true, &value)),
            [
                "共收到政府信息公开申请11件，其中自然人9件、法人或其他组织2件。",
                "上年度结转政府信息公开申请0件。",
                "共办结政府信息公开申请8件，其中予以公开6件、不予公开2件。",
                "结转下年度继续办理政府信息公开申请0件。",
                "制发行政规范性文件3件，废止行政规范性文件1件，现行有效的行政规范性文件14件。",
                "作出行政许可决定7件，作出行政处罚决定7件，作出行政强制决定7件。",
                "因政府信息公开工作被申请行政复议1件，其中结果维持1件。",
                "因政府信息公开工作被提起行政诉讼2件，其中结果维持2件。",
            ]
        );
        let none = said(&report(1, true, &|_, _| 0));
        assert_eq!(none[0], "未收到政府信息公开申请。");
        assert!(none.iter().any(|it| it.starts_with("未发生因政府信息公开工作被申请行政复议、")));
    }

    #[test]
    fn what_is_not_in_the_tables_is_not_said() {
        let blank = render::Blank::new("青禾市水务局", 2023, None, None).unwrap();
        assert_eq!(said(&blank.text()), [""; 0]);
        assert_eq!(said("# 青禾市水务局2023年政府信息公开工作年度报告\n"), [""; 0]);
        // Parts that are not the whole are left out.
        let wrong = said(&report(1, false, &|_, _| 1));
        assert_eq!(wrong[0], "共收到政府信息公开申请7件。");
    }

    #[test]
    fn no_rule_has_anything_to_say_about_them() {
        let mut seed = 5_u32;
        let mut random = |bound: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % bound
        };
        for round in 0..12 {
            let numbers: Vec<u32> =
                (0..1024).map(|_| random([1, 2, 30, 4000][round % 4])).collect();
            let value = |row: &str, column: usize| {
                let key =
                    row.bytes().fold(column, |it, byte| (it * 31 + usize::from(byte)) % 65_521);
                numbers[key % numbers.len()]
            };
            let text = report(usize::from(round % 3 > 0), round % 5 > 0, &value);
            let said = sentences(&reading(&text).report);
            assert!(said.len() > 4, "{said:?}");
            let found = |it: &str| -> Vec<String> {
                // What is wrong in a broken table is told better with a sentence on it.
                let config = crate::Config { ignore: vec!["R".into()], ..Default::default() };
                let doc = crate::Document::new(it);
                let findings = crate::check(&doc, &config, None, &|| false).unwrap().findings();
                let show = |it: &crate::Finding| {
                    format!("{} {}", it.code, it.message.text(crate::Lang::Zh))
                };
                findings.iter().map(show).collect()
            };
            let before = found(&text);
            let year = if round % 3 > 0 { 2023 } else { 2020 };
            let mut all = String::new();
            for Sentence { section, text: sentence } in &said {
                let key = |it: &&crate::schema::Section| it.key == *section;
                let heading = SCHEMAS[1].sections.iter().find(key).unwrap().heading();
                for (place, lead) in [
                    (heading.as_str(), format!("{year}年，")),
                    (heading.as_str(), String::new()),
                    ("一、总体情况", format!("{year}年，")),
                ] {
                    let with = text.replacen(place, &format!("{place}\n\n{lead}{sentence}"), 1);
                    assert_eq!(found(&with), before, "{lead}{sentence}");
                }
                _ = write!(all, "{sentence}");
            }
            let with = text.replacen("一、总体情况", &format!("一、总体情况\n\n{all}"), 1);
            assert_eq!(found(&with), before, "{all}");
        }
    }
}
