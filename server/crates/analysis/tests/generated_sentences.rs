//! Random itemised lists and percentage breakdowns: right ones are silent, and each single
//! wrong number is found.

mod support;

use gouji_analysis::{Config, Document, Finding, check};
use support::Random;

/// Lists of each kind.
const LISTS: usize = 1_000;

const LABELS: [&str; 10] = [
    "机构职能类",
    "规划计划类",
    "政策法规类",
    "财政资金类",
    "重大项目类",
    "人事信息类",
    "建议提案办理类",
    "统计信息类",
    "安全生产、应急管理类",
    "《要点》解读类",
];

const SUBJECTS: [&str; 4] =
    ["2023年，我局共公开信息", "全年累计公开信息", "我镇主动公开政府信息", "全年发布政策解读"];

const OPENINGS: [&str; 3] = ["，其中：", "，其中", "。其中，"];

const MARKS: [&str; 3] = ["、", "，", "；"];

/// A number as reports write it.
fn written(random: &mut Random, value: usize) -> String {
    let digits = value.to_string();
    match random.below(6) {
        0 => digits.chars().filter_map(|it| char::from_u32(it as u32 + 0xfee0)).collect(),
        1 => format!(" {digits} "),
        _ => digits,
    }
}

fn found(text: &str, code: &str) -> Vec<Finding> {
    let doc = Document::new(text);
    let checked = check(&doc, &Config::default(), None, &|| false).expect("nobody cancels");
    checked.findings().into_iter().filter(|it| it.code == code).collect()
}

/// `total` and `parts` in a sentence, each part with what follows it.
fn sentence(random: &mut Random, total: usize, parts: &[usize], after: &[String]) -> String {
    let unit = *random.of(&["条", "件"]);
    let (subject, opening) = (*random.of(&SUBJECTS), *random.of(&OPENINGS));
    // With shares between the items, only a mark that is stronger than theirs divides them.
    let mark = if after.iter().any(|it| !it.is_empty()) { "；" } else { *random.of(&MARKS) };
    let first = random.below(LABELS.len());
    let item = |(index, part): (usize, &usize)| {
        let label = if index + 1 == parts.len() {
            "其他类"
        } else {
            LABELS[(first + index) % LABELS.len()]
        };
        let number = written(random, *part);
        format!("{label}{number}{unit}{}", after.get(index).map_or("", |it| it))
    };
    let items: Vec<_> = parts.iter().enumerate().map(item).collect();
    format!("{subject}{}{unit}{opening}{}。", written(random, total), items.join(mark))
}

/// Parts of which none is so small that the list might end before it.
fn parts(random: &mut Random) -> Vec<usize> {
    let count = 3 + random.below(6);
    (0..count).map(|_| 10 + random.below(120)).collect()
}

#[test]
fn itemised_lists_are_held_against_their_totals() {
    let mut random = Random(11);
    for _ in 0..LISTS {
        let parts = parts(&mut random);
        let total = parts.iter().sum();
        let right = sentence(&mut random, total, &parts, &[]);
        assert_eq!(found(&right, "N401"), [], "{right}");

        let (mut wrong, mut wrong_total) = (parts.clone(), total);
        let change = 1 + random.below(5);
        match random.below(parts.len() + 1) {
            index if index < parts.len() => wrong[index] += change,
            _ => wrong_total += change,
        }
        let wrong = sentence(&mut random, wrong_total, &wrong, &[]);
        assert_eq!(found(&wrong, "N401").len(), 1, "{wrong}");
    }
}

/// `part / whole` in per cent at one decimal or more, rounded half up, and moved by so many units.
fn percent(part: usize, whole: usize, decimals: u32, moved: usize) -> String {
    let unit = 10_usize.pow(decimals);
    let rounded = (part * 100 * unit * 2 + whole) / (2 * whole) + moved;
    let (whole, rest) = (rounded / unit, rounded % unit);
    format!("{whole}.{rest:0width$}%", width = decimals as usize)
}

#[test]
fn percentages_are_held_against_their_parts() {
    let mut random = Random(17);
    for _ in 0..LISTS {
        let parts = parts(&mut random);
        let total = parts.iter().sum();
        let decimals = 1 + u32::try_from(random.below(2)).unwrap_or_default();
        let word = *random.of(&["，占比", "，占", "，占总数的"]);
        let wrong = random.below(parts.len());
        let shares = |moved: usize| -> Vec<_> {
            let share = |(index, part): (usize, &usize)| {
                let moved = if index == wrong { moved } else { 0 };
                format!("{word}{}", percent(*part, total, decimals, moved))
            };
            parts.iter().enumerate().map(share).collect()
        };
        let right = sentence(&mut random, total, &parts, &shares(0));
        assert_eq!(found(&right, "N402"), [], "{right}");
        let moved = 2 + random.below(7);
        let wrong = sentence(&mut random, total, &parts, &shares(moved));
        let found = found(&wrong, "N402");
        assert_eq!(found.len(), 1, "{wrong}");
    }
}
