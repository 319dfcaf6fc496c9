//! Section headings among the lines of a report.
//!
//! A line often could be a heading in more than one way, and most sections are named more
//! than once: in a table of contents, in the introduction, in sub-lists. Every mention is
//! a candidate with a rank, and of each section only those of its best rank count.

use std::ops::Range;

use super::line::Line;
use super::title::spanning;
use super::wordings::{Known, LISTED, SEPARATORS, Wordings, numeral};
use crate::Blocks;
use crate::finding::Place;
use crate::report::Wording;

/// A line or part of one that may be the heading of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Index of the section in the schema.
    pub(super) section: usize,
    /// The line, and the letters in it.
    pub(super) line: usize,
    pub(super) letters: Range<usize>,
    pub(super) place: Place,
    pub(super) text: String,
    pub(super) wording: Wording,
    pub(super) number_is_right: bool,
    rank: Rank,
}

/// How sure a candidate is, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Right number and accepted wording.
    Exact,
    /// Right number and damaged wording.
    Damaged,
    /// Accepted wording after another number.
    Misnumbered,
    /// Accepted wording without number, or after an Arabic one, alone on the line.
    Unnumbered,
    /// Number and accepted wording in the middle of a line.
    Inside,
    /// Another number, damaged wording.
    Doubtful,
}

/// The number before a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    None,
    /// 1. 2. 3.
    Arabic,
    /// 一 is 1.
    Chinese(usize),
}

/// What a line holds by itself. Places count from its start, and no line stands before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    candidates: Vec<Candidate>,
    /// Whether a heading may start with it that goes on in the next line.
    may_go_on: bool,
}

impl Held {
    /// Reads a line; `None` where it holds nothing.
    pub(super) fn read(line: &Line, known: &Wordings) -> Option<Self> {
        let (at_start, may_go_on) = at_start(line, known);
        let from = at_start.as_ref().map_or(0, |it| it.letters.end);
        let mut candidates = Vec::from_iter(at_start);
        inside(line, from, known, &mut candidates);
        for it in &mut candidates {
            it.place = Place::new(0, it.place.text_range() - line.start());
        }
        (may_go_on || !candidates.is_empty()).then_some(Self { candidates, may_go_on })
    }
}

/// All that may be headings among some lines, in order.
fn candidates(blocks: &Blocks, lines: &[Line], known: &Wordings) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(held) = &line.headings else { continue };
        if held.may_go_on
            && let Some(it) = broken(lines, index, blocks, known)
        {
            found.push(it);
            continue;
        }
        found.extend(held.candidates.iter().map(|it| Candidate {
            line: index,
            place: Place::new(line.block, it.place.text_range() + line.start()),
            ..it.clone()
        }));
    }
    found
}

/// Those that have a number and the words of a heading.
pub(super) fn plain(blocks: &Blocks, lines: &[Line], known: &Wordings) -> Vec<Candidate> {
    let mut found = candidates(blocks, lines, known);
    found.retain(|it| it.rank <= Rank::Misnumbered);
    found
}

/// Headings without tables of contents, whether or not they come again.
pub(super) fn without_contents<'a>(
    lines: &[Line],
    headings: &'a [Candidate],
) -> Vec<&'a Candidate> {
    let runs = headings.chunk_by(|this, next| follows(lines, this, next));
    runs.filter(|it| it.len() < CONTENTS).flatten().collect()
}

/// The headings among some lines, in order.
pub(super) fn headings(blocks: &Blocks, lines: &[Line], known: &Wordings) -> Vec<Candidate> {
    let mut found = candidates(blocks, lines, known);
    drop_contents(lines, &mut found);
    let best = |section| found.iter().filter(|it| it.section == section).map(|it| it.rank).min();
    let best: Vec<_> = (0..=section_count(&found)).map(best).collect();
    let mut seen = Vec::new();
    found.retain(|it| {
        let is_first = !seen.contains(&it.section);
        let counts = Some(it.rank) == best[it.section] && (is_first || it.rank <= Rank::Damaged);
        if counts {
            seen.push(it.section);
        }
        counts
    });
    found
}

fn section_count(found: &[Candidate]) -> usize {
    found.iter().map(|it| it.section).max().unwrap_or_default()
}

/// The heading that a line starts with, and whether it may be one that goes on in the next line.
fn at_start(line: &Line, known: &Wordings) -> (Option<Candidate>, bool) {
    if line.text().trim_start().starts_with(LISTED) {
        return (None, false);
    }
    let (number, len) = number(line.letters());
    let rest = &line.letters()[len..];
    let accepted = known.accepted().find(|it| it.starts(rest));
    if let Some(it) = accepted {
        let end = len + it.letters.len();
        let is_whole = end == line.letters().len();
        if is_whole || (number != Number::None && goes_on(line.after(end))) {
            return (candidate(line, 0..end, it, number, is_whole), false);
        }
    }
    let Number::Chinese(_) = number else { return (marked(line, len, number, known), false) };
    if !line.slice(0..(len + 1).min(line.letters().len())).contains(SEPARATORS) {
        return (None, false);
    }
    let may_go_on = known.accepted().any(|it| is_begun(it, rest));
    (damaged(line, len, number, known), may_go_on)
}

fn candidate(
    line: &Line,
    letters: Range<usize>,
    known: &Known,
    number: Number,
    is_whole: bool,
) -> Option<Candidate> {
    let number_is_right = number == Number::Chinese(known.section + 1);
    let is_damaged = known.wording == Wording::Damaged;
    let rank = match number {
        _ if number_is_right => {
            if is_damaged {
                Rank::Damaged
            } else {
                Rank::Exact
            }
        }
        Number::Chinese(_) if is_damaged => Rank::Doubtful,
        Number::Chinese(_) => Rank::Misnumbered,
        _ if is_whole => Rank::Unnumbered,
        _ => return None,
    };
    let (place, text) = line.part(letters.clone());
    Some(Candidate {
        section: known.section,
        line: 0,
        place,
        text: text.trim().to_owned(),
        letters,
        wording: known.wording,
        number_is_right,
        rank,
    })
}

/// A number at the start of letters, and how many letters it has: 一, 第一部分, 1.
fn number(letters: &[char]) -> (Number, usize) {
    if let ['第', rest @ ..] = letters
        && let (Number::Chinese(value), len) = number(rest)
        && let ['部', '分', ..] | ['章', ..] = rest[len..]
    {
        return (Number::Chinese(value), 1 + len + if rest[len] == '部' { 2 } else { 1 });
    }
    let digits = letters.iter().take_while(|it| it.is_ascii_digit()).count();
    if (1..=2).contains(&digits) {
        return (Number::Arabic, digits);
    }
    let mut numerals = letters.iter().map(|it| numeral(*it)).chain([None; 2]);
    match std::array::from_fn(|_| numerals.next().flatten()) {
        [Some(one), None, _] => (Number::Chinese(one), 1),
        [Some(10), Some(one), None] => (Number::Chinese(10 + one), 2),
        _ => (Number::None, 0),
    }
}

/// Whether what stands after a heading on its line starts the section's text: a space, a
/// digit, a bracket, the end of a sentence; not the next part of an enumeration.
fn goes_on(rest: &str) -> bool {
    let starts = |c: char| c.is_whitespace() || c.is_ascii_digit() || "（(。.：:|".contains(c);
    let Some(first) = rest.chars().next() else { return true };
    let body = rest.trim_start();
    if body.starts_with(['、', '，', ',', '；', ';', '”', '》']) || enumerates(body) {
        return false;
    }
    starts(first) || body.contains('。')
}

/// Whether text goes on as an enumeration of headings does.
fn enumerates(text: &str) -> bool {
    ["和", "及", "与", "以及", "等"].iter().any(|it| text.starts_with(it))
}

/// A heading with a marker or a number that is no official one, in any listed wording.
fn marked(line: &Line, len: usize, number: Number, known: &Wordings) -> Option<Candidate> {
    let rest = &line.letters()[len..];
    let listed = known.all.iter().find(|it| it.letters == rest)?;
    let is_sure = line.is_marked() && listed.letters.len() > "总体情况".chars().count();
    is_sure.then(|| candidate(line, 0..line.letters().len(), listed, number, true))?
}

/// A heading that is broken over two lines.
fn broken(lines: &[Line], index: usize, blocks: &Blocks, known: &Wordings) -> Option<Candidate> {
    let (line, next) = (&lines[index], lines.get(index + 1)?);
    let (number, len) = number(line.letters());
    let rest = &line.letters()[len..];
    let goes_on = |it: &&Known| is_begun(it, rest) && it.letters[rest.len()..] == *next.letters();
    let found = known.accepted().find(goes_on)?;
    let mut it = candidate(line, 0..line.letters().len(), found, number, true)?;
    it.line = index;
    it.text.push_str(line.after(line.letters().len()).trim_end());
    it.text.push_str(next.text().trim());
    it.place = spanning(blocks, it.place, next.place(0..next.letters().len()));
    Some(it)
}

/// Whether letters are the start of a wording and enough to tell it.
fn is_begun(known: &Known, letters: &[char]) -> bool {
    const LEAST: usize = 5;
    letters.len() >= LEAST && known.letters.starts_with(letters)
}

/// A numbered line whose words are listed as a misspelling or are near to a heading.
fn damaged(line: &Line, len: usize, number: Number, known: &Wordings) -> Option<Candidate> {
    let rest = &line.letters()[len..];
    let all = 0..line.letters().len();
    let is_due = |it: &&Known| number == Number::Chinese(it.section + 1);
    let distance = |it: &Known| strsim::generic_levenshtein(&Chars(rest), &Chars(&it.letters));
    if let Some(listed) = known.all.iter().find(|it| it.letters == rest) {
        // After another number, only what could not be a heading of a sub-list.
        let mut same = known.accepted().filter(|it| it.section == listed.section);
        let mut is_near = || same.any(|it| distance(it) <= near(it.letters.len()));
        return (is_due(&listed) || is_near())
            .then(|| candidate(line, all, listed, number, true))?;
    }
    let mut best: Option<(usize, &Known)> = None;
    for it in known.accepted() {
        let bound = if is_due(&it) { near(it.letters.len()) } else { near(it.letters.len()) / 2 };
        if rest.len().abs_diff(it.letters.len()) > bound {
            continue;
        }
        let distance = distance(it);
        if distance <= bound && best.is_none_or(|best| distance < best.0) {
            best = Some((distance, it));
        }
    }
    let (_, it) = best?;
    let meant = Known { section: it.section, letters: Vec::new(), wording: Wording::Damaged };
    candidate(line, all, &meant, number, true)
}

/// Letters for `strsim`, which wants an iterator by reference.
struct Chars<'a>(&'a [char]);

impl<'b> IntoIterator for &'b Chars<'_> {
    type Item = &'b char;
    type IntoIter = std::slice::Iter<'b, char>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Letters that may be wrong in a heading of so many: one in four, two at least but in the
/// shortest, 总体情况.
fn near(letters: usize) -> usize {
    match letters {
        ..=4 => 1,
        5..=8 => 2,
        _ => letters / 4,
    }
}

/// Headings in the middle of a line, as pages have them that lost their line breaks.
fn inside(line: &Line, from: usize, known: &Wordings, found: &mut Vec<Candidate>) {
    let mut at = from.max(1);
    let letters = line.letters();
    while at + 1 < letters.len() {
        let Some(value) = numeral(letters[at]) else {
            at += 1;
            continue;
        };
        let rest = &letters[at + 1..];
        let due = known.accepted().find(|it| it.section + 1 == value && it.starts(rest));
        let Some(it) = due.filter(|it| is_inside(line, at, at + 1 + it.letters.len())) else {
            at += 1;
            continue;
        };
        let end = at + 1 + it.letters.len();
        let it = candidate(line, at..end, it, Number::Chinese(value), false);
        found.extend(it.map(|it| Candidate { rank: Rank::Inside, ..it }));
        at = end;
    }
}

/// Whether letters in a line stand as a heading does: after the end of a sentence, a
/// separator after the number, and no enumeration around.
fn is_inside(line: &Line, start: usize, end: usize) -> bool {
    let before = line.before(start);
    let ends_sentence = before.ends_with(|c: char| c.is_whitespace() || "。！？…”|".contains(c));
    let before = before.trim_end();
    let enumerates = before.ends_with(['：', ':', '，', ',', '、', '；', ';'])
        || ["包括", "分为", "由", "组成"].iter().any(|it| before.ends_with(it));
    let after_number = line.slice(start..start + 2);
    ends_sentence && !enumerates && after_number.contains(SEPARATORS) && goes_on(line.after(end))
}

/// Headings in a row without text between that are a table of contents.
const CONTENTS: usize = 3;

/// Drops a table of contents: headings in a row, without text between, all of which come
/// again later.
fn drop_contents(lines: &[Line], found: &mut Vec<Candidate>) {
    let mut start = 0;
    while start < found.len() {
        let mut end = start + 1;
        while end < found.len() && follows(lines, &found[end - 1], &found[end]) {
            end += 1;
        }
        let (run, later) = (&found[start..end], &found[end..]);
        let again = |it: &Candidate| later.iter().any(|later| later.section == it.section);
        if run.len() >= CONTENTS && run.iter().all(again) {
            found.drain(start..end);
        } else {
            start = end;
        }
    }
}

/// Whether `next` stands right after `this`, with nothing but page numbers and short
/// entries between.
fn follows(lines: &[Line], this: &Candidate, next: &Candidate) -> bool {
    const ENTRIES: usize = 8;
    const ENTRY: usize = 24;
    let between = &lines[this.line..=next.line];
    if this.section >= next.section
        || between.len() > ENTRIES
        || between[1..].iter().any(|it| it.follows_text)
    {
        return false;
    }
    if this.line == next.line {
        let between = &lines[this.line].letters()[this.letters.end..next.letters.start];
        return between.iter().all(char::is_ascii_digit);
    }
    let is_entry =
        |it: &Line| !it.text().contains(['。', '，', ',']) && it.letters().len() <= ENTRY;
    let rest = &lines[this.line].letters()[this.letters.end..];
    rest.iter().all(char::is_ascii_digit) && lines[this.line + 1..next.line].iter().all(is_entry)
}
