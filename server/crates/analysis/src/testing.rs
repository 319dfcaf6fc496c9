//! What the tests of rules share: reports that follow the form, and checks of findings and
//! fixes.

use gouji_syntax::table::Dialect;

use crate::block::Block;
use crate::finding::Edit;
use crate::render::{self, Contents};
use crate::report::Date;
use crate::schema::SCHEMAS;
use crate::{Checked, Config, Document, Finding, Lang, Reading, check, read};

/// What the reports of the tests say.
pub(crate) fn contents() -> Contents<'static> {
    Contents {
        agency: "青禾市水务局",
        year: 2023,
        contact: "地址：青禾市沿河路8号，电话：0500-6000001",
        signed: Date { year: 2024, month: 1, day: 12 },
    }
}

/// A report that follows the form of 2021, with 0 in every cell.
pub(crate) fn official(dialect: Dialect) -> String {
    render::report(&SCHEMAS[1], dialect, &contents(), &|_, _, _, _| Some("0".to_owned()))
}

/// Checks a text with all rules.
pub(crate) fn checked(text: &str) -> (Document, Checked) {
    let doc = Document::new(text);
    let checked = check(&doc, &Config::default(), None, &|| false).unwrap();
    (doc, checked)
}

/// The blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    Document::new(text).blocks().map(Block::new).collect()
}

/// The blocks of a text, of which some may have been met before.
pub(crate) fn recalled(text: &str) -> Vec<Block> {
    Document::new(text).blocks().map(Block::recalled).collect()
}

/// The first report of a text.
pub(crate) fn reading(text: &str) -> Reading {
    read(&Document::new(text)).remove(0).1
}

/// The findings of one rule.
pub(crate) fn findings(text: &str, code: &str) -> Vec<Finding> {
    let (_, checked) = checked(text);
    checked.findings().into_iter().filter(|it| it.code == code).collect()
}

/// The source at each finding of one rule, and its message.
pub(crate) fn found(text: &str, code: &str) -> Vec<(String, String)> {
    let starts = Document::new(text).starts();
    let at = |it: &Finding| text[it.place.resolve(&starts)].to_owned();
    findings(text, code).iter().map(|it| (at(it), it.message.text(Lang::Zh))).collect()
}

/// That a rule finds these places, in order.
#[track_caller]
pub(crate) fn assert_found(text: &str, code: &str, places: &[&str]) {
    let found: Vec<_> = found(text, code).into_iter().map(|it| it.0).collect();
    assert_eq!(found, places, "{code} in:\n{text}");
}

/// That a rule finds nothing.
#[track_caller]
pub(crate) fn assert_silent(text: &str, code: &str) {
    assert_found(text, code, &[]);
}

/// The text after the edits of one fix.
pub(crate) fn applied(text: &str, edits: &[Edit]) -> String {
    let starts = Document::new(text).starts();
    let mut edits: Vec<_> = edits.iter().map(|it| (it.place.resolve(&starts), &it.text)).collect();
    edits.sort_by_key(|it| it.0.start);
    let mut text = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, new);
    }
    text
}

/// Applies the first fix of a rule's first finding until there is none, and holds that each
/// removes its finding and that nothing but `allowed` is reported anew.
#[track_caller]
pub(crate) fn fixed(text: &str, code: &str, allowed: &[&str]) -> String {
    let codes = |text: &str| -> Vec<&'static str> {
        checked(text).1.findings().iter().map(|it| it.code).collect()
    };
    let (mut text, before) = (text.to_owned(), codes(text));
    while let Some(finding) = findings(&text, code).first() {
        let Some(fix) = finding.fixes.first() else { panic!("{code} has no fix in:\n{text}") };
        let next = applied(&text, &fix.edits);
        let (old, new) = (findings(&text, code).len(), findings(&next, code).len());
        assert!(new < old, "{code} is still there in:\n{next}");
        text = next;
    }
    for it in codes(&text) {
        assert!(before.contains(&it) || allowed.contains(&it), "{it} is new in:\n{text}");
    }
    text
}

/// A text without the first line that contains some words.
#[track_caller]
pub(crate) fn without_line(text: &str, words: &str) -> String {
    let line = text.lines().find(|it| it.contains(words)).unwrap_or_else(|| panic!("no {words}"));
    text.replacen(&format!("{line}\n"), "", 1)
}
