//! Applying fixes: one, or all that may be applied without asking, to a fixed point.
//!
//! `gouji fix` and the editor's `source.fixAll` are this same function, so that they never
//! disagree. Offsets are bytes of the text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::Document;
use crate::config::Config;
use crate::finding::{Edit, Finding, Fix, Safety};
use crate::message::Message;
use crate::rules::is_named;

/// Rounds of checking and fixing before a text counts as unsettled. Two or three are usual,
/// as one repair brings another to light; the bound is ruff's, for want of a better one.
const MAX_ROUNDS: usize = 100;

/// Bytes that fixing may add to a text twice as long. All that a report can lack, blank tables
/// included, is some 10 kB.
const MAX_GROWTH: usize = 64 * 1024;

/// Which fixes may be applied without asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Only fixes of these rules (codes, names, family letters), and of these the unsafe
    /// ones too; every rule's safe fixes where empty.
    pub select: Vec<String>,
    /// Numbers as well as form.
    pub scope: Scope,
}

/// How far fixing goes where no rule is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Safe fixes: form, never a number.
    #[default]
    Form,
    /// Numbers that have one right value, too.
    Numbers,
}

impl Policy {
    /// The fix of a finding that may be applied: the best safe one, or an unsafe one where
    /// it is wanted and the only right one. A choice is never made for the user.
    #[must_use]
    pub fn choose<'a>(&self, finding: &'a Finding) -> Option<&'a Fix> {
        let named = self.select.iter().any(|it| is_named(finding.code, finding.name, it));
        if !self.select.is_empty() && !named {
            return None;
        }
        let numbers = named || self.scope == Scope::Numbers;
        let allowed = |it: &&Fix| it.safety == Safety::Safe || (numbers && it.preferred);
        finding.fixes.iter().map(|it| &**it).find(allowed)
    }
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Code of the finding's rule.
    pub code: &'static str,
    /// What changed.
    pub title: Message,
}

/// A text after fixing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// What was applied, in this order; empty where the text is unchanged.
    pub applied: Vec<Applied>,
    /// Rules whose fixes never came to rest and were left out. Empty unless a rule is broken.
    pub unsettled: BTreeSet<&'static str>,
}

/// Applies the edits of one fix. `starts` are [`Document::starts`] of the text.
///
/// `None` where they overlap, or reach out of the text or into a character.
#[must_use]
pub fn apply(text: &str, starts: &[usize], edits: &[Edit]) -> Option<String> {
    let mut changes = changes(text, starts, line_end(text), edits)?;
    changes.sort_by_key(|it| (it.0.start, it.0.end));
    Some(splice(text, &changes))
}

/// Fixes a text to a fixed point: what comes out has nothing left that `policy` allows.
#[must_use]
pub fn fix_text(text: &str, config: &Config, policy: &Policy) -> Fixed {
    let findings = |doc: &Document| {
        crate::check(doc, config, None, &|| false).map(|it| it.findings()).unwrap_or_default()
    };
    fix_with(text, policy, &findings)
}

/// Line ends as the text has them: those of its first line.
#[must_use]
pub fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']).map(|at| &text.as_bytes()[at..]) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

/// A text to insert, its line ends replaced by `end`.
#[must_use]
pub fn with_line_ends(text: &str, end: &str) -> String {
    if end == "\n" && !text.contains('\r') {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', end)
}

type Change = (Range<usize>, String);

/// A rule whose fixes undo each other, or never end, must cost its own fixes only: it is
/// left out and fixing begins again from the text as it was.
fn fix_with(text: &str, policy: &Policy, findings: &dyn Fn(&Document) -> Vec<Finding>) -> Fixed {
    let mut unsettled = BTreeSet::new();
    loop {
        let left = |doc: &Document| {
            let mut findings = findings(doc);
            findings.retain(|it| !unsettled.contains(it.code));
            findings
        };
        match settle(text, policy, &left) {
            Ok(mut fixed) => {
                fixed.unsettled = unsettled;
                return fixed;
            }
            Err(codes) => unsettled.extend(codes),
        }
    }
}

/// Checks and fixes until nothing is left to fix. `Err` with the rules to blame where a text
/// comes back that was there before, or no end is in sight.
fn settle(
    text: &str,
    policy: &Policy,
    findings: &dyn Fn(&Document) -> Vec<Finding>,
) -> Result<Fixed, BTreeSet<&'static str>> {
    let mut doc = Document::new(text);
    let mut fixed = Fixed { text: text.to_owned(), ..Fixed::default() };
    // Each text there was, and the rules that changed it.
    let mut history: Vec<(String, BTreeSet<&'static str>)> = Vec::new();
    loop {
        let (applied, changes) = round(&fixed.text, &doc.starts(), policy, &findings(&doc));
        if applied.is_empty() {
            return Ok(fixed);
        }
        let codes: BTreeSet<_> = applied.iter().map(|it| it.code).collect();
        let text = splice(&fixed.text, &changes);
        history.push((std::mem::replace(&mut fixed.text, text), codes));
        if let Some(since) = history.iter().position(|it| it.0 == fixed.text) {
            // All rules of the circle, or which of them remains would depend on the start.
            return Err(history.split_off(since).into_iter().flat_map(|it| it.1).collect());
        }
        let longest = 2 * history[0].0.len() + MAX_GROWTH;
        if history.len() > MAX_ROUNDS || fixed.text.len() > longest {
            return Err(history.pop().map(|it| it.1).unwrap_or_default());
        }
        fixed.applied.extend(applied);
        doc.replace(&fixed.text);
    }
}

/// The fixes of one round, in the findings' order: each whole, none touching another. What
/// is passed over has its turn in the next round, if it is still wrong then.
fn round(
    text: &str,
    starts: &[usize],
    policy: &Policy,
    findings: &[Finding],
) -> (Vec<Applied>, Vec<Change>) {
    let end = line_end(text);
    let mut applied = Vec::new();
    let mut taken = BTreeMap::new();
    for finding in findings {
        let Some(fix) = policy.choose(finding) else { continue };
        let Some(changes) = changes(text, starts, end, &fix.edits) else { continue };
        let changes_nothing = changes.iter().all(|it| text[it.0.clone()] == it.1);
        if changes_nothing || changes.iter().any(|it| touches(&taken, &it.0)) {
            continue;
        }
        taken.extend(changes.into_iter().map(|it| ((it.0.start, it.0.end), it.1)));
        applied.push(Applied { code: finding.code, title: fix.title.clone() });
    }
    (applied, taken.into_iter().map(|it| (it.0.0..it.0.1, it.1)).collect())
}

/// Whether a replacement shares a byte or a border with one of `taken`. Those that only share
/// a border could be applied together, but which goes first would be an accident.
fn touches(taken: &BTreeMap<(usize, usize), String>, range: &Range<usize>) -> bool {
    // They are apart, so the last that starts before the end reaches furthest.
    let before = taken.range(..=(range.end, usize::MAX)).next_back();
    before.is_some_and(|it| range.start <= it.0.1)
}

/// Edits as bytes of the text, with `end` as line ends. `None` unless all are in the text and
/// apart from each other.
fn changes(text: &str, starts: &[usize], end: &str, edits: &[Edit]) -> Option<Vec<Change>> {
    let mut changes: Vec<Change> = Vec::with_capacity(edits.len());
    for edit in edits {
        let range = edit.place.resolve(starts);
        text.get(range.clone())?;
        let overlaps = |it: &Range<usize>| it.start < range.end && range.start < it.end;
        if changes.iter().any(|it| it.0 == range || overlaps(&it.0)) {
            return None;
        }
        changes.push((range, with_line_ends(&edit.text, end)));
    }
    Some(changes)
}

/// `changes` are sorted and do not overlap.
fn splice(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in changes {
        out.push_str(&text[at..range.start]);
        out.push_str(new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Severity};
    use gouji_syntax::range;
    use std::sync::Arc;

    /// A finding at each occurrence of `from`, repaired by `to`.
    fn replace(doc: &Document, rule: (&'static str, &str, &str), safety: Safety) -> Vec<Finding> {
        let (code, from, to) = rule;
        let text = doc.text().to_string();
        let starts = doc.starts();
        let finding = |at: usize| {
            let block = starts.partition_point(|it| *it <= at) - 1;
            let at = at - starts[block];
            let place = Place::new(block, range(at, at + from.len()));
            let edits = vec![Edit { place, text: to.to_owned() }];
            let fix = Fix { title: Message::new("S101"), safety, preferred: true, edits };
            let message = Message::new("S101");
            Finding::new((code, "a-rule"), Severity::Error, place, message).fix(fix)
        };
        text.match_indices(from).map(|it| finding(it.0)).collect()
    }

    fn fix(text: &str, rules: &[(&'static str, &str, &str)]) -> Fixed {
        let findings = |doc: &Document| {
            rules.iter().flat_map(|it| replace(doc, *it, Safety::Safe)).collect::<Vec<_>>()
        };
        let fixed = fix_with(text, &Policy::default(), &findings);
        let again = fix_with(&fixed.text, &Policy::default(), &findings);
        assert_eq!(again.text, fixed.text, "fixing again changes nothing");
        fixed
    }

    fn codes(fixed: &Fixed) -> Vec<&str> {
        fixed.applied.iter().map(|it| it.code).collect()
    }

    #[test]
    fn a_text_without_findings_stays_as_it_is() {
        assert_eq!(fix("青禾市水务局\r\n", &[]).text, "青禾市水务局\r\n");
    }

    #[test]
    fn fixes_in_several_blocks_are_applied_together() {
        let fixed = fix("件数甲\n\n件数乙\n", &[("T205", "件数", "数量")]);
        assert_eq!(fixed.text, "数量甲\n\n数量乙\n");
        assert_eq!(codes(&fixed), ["T205", "T205"]);
    }

    #[test]
    fn what_a_fix_brings_to_light_is_fixed_too() {
        let fixed = fix("甲", &[("T205", "甲", "乙"), ("T209", "乙", "丙")]);
        assert_eq!((fixed.text.as_str(), codes(&fixed)), ("丙", vec!["T205", "T209"]));
    }

    #[test]
    fn of_overlapping_fixes_the_first_is_applied() {
        let fixed = fix("甲乙丙", &[("T205", "甲乙", "一"), ("T209", "乙丙", "二")]);
        assert_eq!((fixed.text.as_str(), codes(&fixed)), ("一丙", vec!["T205"]));
    }

    #[test]
    fn fixes_that_only_touch_are_applied_one_after_the_other() {
        let fixed = fix("甲乙", &[("T205", "甲", "一"), ("T209", "乙", "二")]);
        assert_eq!(fixed.text, "一二");
    }

    #[test]
    fn rules_that_undo_each_other_cost_their_own_fixes_only() {
        let rules = [("T205", "甲", "乙"), ("T209", "乙", "甲"), ("S105", "丙", "丁")];
        let fixed = fix("甲丙", &rules);
        assert!(fixed.text.ends_with('丁'), "{}", fixed.text);
        assert!(!fixed.unsettled.is_empty());
    }

    #[test]
    fn a_fix_without_end_is_left_out() {
        let fixed = fix("甲丙", &[("T205", "甲", "甲甲"), ("S105", "丙", "丁")]);
        assert_eq!(fixed.text, "甲丁");
        assert_eq!(fixed.unsettled, BTreeSet::from(["T205"]));
    }

    #[test]
    fn inserted_lines_end_as_the_text_does() {
        assert_eq!(fix("甲\r\n", &[("S102", "甲", "乙\n丙")]).text, "乙\r\n丙\r\n");
        assert_eq!(fix("甲\r", &[("S102", "甲", "乙\n丙")]).text, "乙\r丙\r");
        assert_eq!(fix("甲\n", &[("S102", "甲", "乙\r\n丙")]).text, "乙\n丙\n");
    }

    #[test]
    fn numbers_change_only_where_asked() {
        let findings = |doc: &Document| replace(doc, ("R301", "11", "12"), Safety::Unsafe);
        let fixed = |select: &[&str], scope| {
            let select = select.iter().map(|&it| it.to_owned()).collect();
            fix_with("总计11", &Policy { select, scope }, &findings).text
        };
        assert_eq!(fixed(&[], Scope::Form), "总计11");
        assert_eq!(fixed(&["T"], Scope::Numbers), "总计11");
        for named in ["R301", "r301", "a-rule", "R"] {
            assert_eq!(fixed(&[named], Scope::Form), "总计12", "{named}");
        }
        assert_eq!(fixed(&[], Scope::Numbers), "总计12");
    }

    #[test]
    fn a_choice_is_never_made_for_the_user() {
        let findings = |doc: &Document| {
            let mut findings = replace(doc, ("N401", "11", "12"), Safety::Unsafe);
            for finding in &mut findings {
                Arc::make_mut(&mut finding.fixes[0]).preferred = false;
            }
            findings
        };
        let policy = Policy { select: vec!["N401".to_owned()], scope: Scope::Numbers };
        assert_eq!(fix_with("共11条", &policy, &findings).text, "共11条");
    }

    #[test]
    fn edits_out_of_the_text_or_over_each_other_are_refused() {
        let edit = |start, end| Edit { place: Place::new(0, range(start, end)), text: "x".into() };
        let apply = |edits: &[Edit]| apply("甲乙", &[0, 6], edits);
        assert_eq!(apply(&[edit(3, 6), edit(0, 3)]).as_deref(), Some("xx"));
        assert_eq!(apply(&[edit(0, 3), edit(0, 6)]), None);
        assert_eq!(apply(&[edit(3, 3), edit(3, 3)]), None);
        assert_eq!(apply(&[edit(1, 3)]), None);
        assert_eq!(apply(&[edit(3, 9)]), None);
    }
}
