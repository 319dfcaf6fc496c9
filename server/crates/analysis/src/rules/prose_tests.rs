//! What the tests of the rules on sentences share.

use gouji_syntax::table::Dialect;

use crate::config::Config;
use crate::finding::Fix;
use crate::{Document, Finding, Lang, check};

fn found(code: &str, text: &str) -> Vec<Finding> {
    let doc = Document::new(text);
    let checked = check(&doc, &Config::default(), None, &|| false).unwrap();
    checked.findings().into_iter().filter(|it| it.code == code).collect()
}

/// Severity and message of each finding of a rule.
pub(super) fn findings(code: &str, text: &str) -> Vec<String> {
    found(code, text).iter().map(show).collect()
}

fn show(finding: &Finding) -> String {
    let severity = format!("{:?}", finding.severity).to_lowercase();
    let english = finding.message.text(Lang::En);
    assert!(!english.contains('{'), "{english}");
    format!("{severity} {}", finding.message.text(Lang::Zh))
}

/// A rule has nothing to say on a text.
#[track_caller]
pub(super) fn silent(code: &str, text: &str) {
    assert_eq!(findings(code, text), Vec::<String>::new(), "{text}");
}

/// The `index`th fix of the first finding gives `after`; the finding is gone then, a
/// second run finds no more than the first, and no rule reports anything new.
#[track_caller]
pub(super) fn check_fix(code: &str, index: usize, before: &str, after: &str) {
    let first = found(code, before).into_iter().next().unwrap();
    let fixed = apply(before, &first.fixes[index]);
    assert_eq!(fixed, after);
    let message = first.message.text(Lang::Zh);
    let left = findings(code, &fixed);
    assert!(!left.iter().any(|it| it.ends_with(&message)), "{left:?}");
    let count = |text: &str| {
        let doc = Document::new(text);
        check(&doc, &Config::default(), None, &|| false).unwrap().findings().len()
    };
    assert!(count(&fixed) < count(before), "{:?}", findings(code, &fixed));
}

fn apply(text: &str, fix: &Fix) -> String {
    let starts = Document::new(text).starts();
    let mut edits: Vec<_> =
        fix.edits.iter().map(|it| (it.place.resolve(&starts), &it.text)).collect();
    edits.sort_by_key(|it| std::cmp::Reverse(it.0.start));
    edits.iter().fold(text.to_owned(), |mut text, (range, new)| {
        text.replace_range(range.clone(), new);
        text
    })
}

/// A report of 2023 with a sentence and the table of requests: the row of those received as
/// given, as many granted, and `carried` in the total of those carried in.
pub(super) fn report(sentence: &str, received: [u32; 7], carried: u32) -> String {
    let schema = crate::schema::SCHEMAS.last().unwrap();
    let requests = schema.tables.iter().find(|it| it.id == "requests").unwrap();
    let value = |part: usize, row: usize, column: usize| {
        let last = received.len() - 1;
        let value = match requests.parts[part].rows[row].key.as_str() {
            "received" => received[column],
            "carried_in" if column == last => carried,
            _ => 0,
        };
        Some(value.to_string())
    };
    let table = crate::render::table(requests, Dialect::Gfm, &value);
    format!(
        "青禾市水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n{sentence}\n\n\
         三、收到和处理政府信息公开申请情况\n\n{table}\n"
    )
}

/// The reference reports and the others that are at hand, by name.
fn corpus() -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
    let shared = std::env::var("GOUJI_SHARED").unwrap_or_else(|_| format!("{root}/../shared"));
    let mut files = Vec::new();
    for folder in ["corpus/seeds", "corpus/real"] {
        let Ok(entries) = std::fs::read_dir(format!("{shared}/{folder}")) else { continue };
        for path in entries.filter_map(|it| Some(it.ok()?.path())) {
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
            files.extend(name.zip(std::fs::read_to_string(&path).ok()));
        }
    }
    files.sort();
    files
}

/// What the rules on sentences say at all on real reports, whose other sentences are full
/// of traps.
#[test]
fn real_reports_give_the_known_findings_alone() {
    let files = corpus();
    if files.is_empty() {
        eprintln!("skipped: no reports at GOUJI_SHARED or ../shared");
        return;
    }
    let mut all = Vec::new();
    for (name, text) in &files {
        let doc = Document::new(text);
        let config = Config {
            select: ["N401", "N402", "N405", "D501"].map(str::to_owned).to_vec(),
            ..Config::default()
        };
        let found = check(&doc, &config, None, &|| false).unwrap().findings();
        all.extend(found.iter().map(|it| format!("{} {} {}", &name[..3], it.code, show(it))));
    }
    assert_eq!(
        all,
        [
            "000 N402 warning 占比应为 2.94%（1/34 = 2.9411…%），现为 2.98%",
            "000 N402 hint 占比 41.17% 是截断所得：14/34 = 41.1764…%，四舍五入应为 41.18%",
        ]
    );
}
