//! What a comment says: its name, rules, cells and severity.

use gouji_syntax::{BlockKind, TextRange, range};

use super::{address, level};
use crate::block::Blocks;
use crate::config::Level;
use crate::finding::{Edit, Place};
use crate::rules;

/// What a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A paragraph, a heading, a line or some cells.
    Here,
    /// A table.
    Table,
    /// The whole report.
    Report,
}

/// What it does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Effect {
    /// Silences.
    Ignore,
    /// Changes the severity.
    Severity(Level),
}

/// A comment for us.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    /// The block that it is.
    pub(super) block: usize,
    /// `gouji-ignore` and the like.
    pub(super) name: Word<'a>,
    /// `None` where no such comment is read.
    pub(super) scope: Option<Scope>,
    pub(super) effect: Effect,
    /// Codes, names and family letters.
    pub(super) rules: Vec<Word<'a>>,
    /// Rows and cells of a table.
    pub(super) addresses: Vec<Word<'a>>,
    /// What is neither.
    pub(super) unknown: Vec<Word<'a>>,
    /// Whether it should name a severity and does not.
    pub(super) lacks_level: bool,
    /// From `<!--` to `-->`.
    range: TextRange,
    /// Where it stands on lines of its own: with the end of the last.
    lines: Option<TextRange>,
    /// All words, severities too, in order.
    words: Vec<TextRange>,
}

/// A word and its bytes in the block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) range: TextRange,
    /// Whether it has silenced something.
    pub(super) is_used: bool,
}

/// How something is taken out.
#[derive(Debug)]
pub enum Removal {
    /// One word of several.
    Word(Edit),
    /// The whole comment.
    Comment(Edit),
}

/// The comments of a report that are for us.
pub(super) fn read(blocks: &Blocks) -> Vec<Comment<'_>> {
    let is_comment = |it: &usize| matches!(blocks[*it].data.kind, BlockKind::Comment);
    (0..blocks.len()).filter(is_comment).filter_map(|it| of_block(blocks, it)).collect()
}

fn of_block(blocks: &Blocks, block: usize) -> Option<Comment<'_>> {
    let text = &*blocks[block].data.text;
    let start = text.len() - text.trim_start().len();
    let inside = text[start..].strip_prefix("<!--")?;
    let inside = &inside[..inside.find("-->")?];
    if !inside.trim_start().starts_with("gouji-") {
        return None;
    }
    let from = start + "<!--".len();
    let end = from + inside.len() + "-->".len();
    let before = block.checked_sub(1).map_or("", |it| &*blocks[it].data.text);
    let is_apart =
        (before.is_empty() || before.ends_with(['\n', '\r'])) && is_line_end(&text[end..]);
    let mut words = words(inside, from);
    let name = words.next()?;
    let mut comment = Comment {
        block,
        name,
        scope: scope(name.text),
        effect: Effect::Ignore,
        rules: Vec::new(),
        addresses: Vec::new(),
        unknown: Vec::new(),
        lacks_level: false,
        range: range(start, end),
        lines: is_apart.then(|| range(0, text.len())),
        words: Vec::new(),
    };
    comment.take(words.collect());
    Some(comment)
}

/// Whether nothing but the end of a line is left. A block ends in white space, if anything.
fn is_line_end(rest: &str) -> bool {
    rest.trim().is_empty()
}

fn scope(name: &str) -> Option<Scope> {
    match name {
        "gouji-ignore" => Some(Scope::Here),
        "gouji-ignore-table" => Some(Scope::Table),
        "gouji-ignore-file" | SEVERITY => Some(Scope::Report),
        _ => None,
    }
}

const SEVERITY: &str = "gouji-severity";

/// The words of a comment that starts at a byte, its name first, without the reason.
fn words(inside: &str, from: usize) -> impl Iterator<Item = Word<'_>> {
    let reason = [inside.find([':', '：']), inside.find("--")].into_iter().flatten().min();
    let inside = &inside[..reason.unwrap_or(inside.len())];
    let is_between = |it: char| it.is_whitespace() || ",，、;；".contains(it);
    // `--->` ends a comment, too.
    let words = inside.split(is_between).filter(|it| !it.trim_matches('-').is_empty());
    words.map(move |text| {
        let start = from + (text.as_ptr() as usize - inside.as_ptr() as usize);
        Word { text, range: range(start, start + text.len()), is_used: false }
    })
}

impl<'a> Comment<'a> {
    fn take(&mut self, mut words: Vec<Word<'a>>) {
        self.words = words.iter().map(|it| it.range).collect();
        if self.scope.is_none() {
            return;
        }
        if self.name.text == SEVERITY {
            match words.last().and_then(|it| level(it.text)) {
                Some(level) => {
                    self.effect = Effect::Severity(level);
                    words.pop();
                }
                None => self.lacks_level = true,
            }
        }
        // A severity or a whole table says nothing of cells.
        let has_cells = self.scope == Some(Scope::Here);
        for word in words {
            let is_rule = rules::ALL.iter().any(|it| it.is_named(word.text));
            match word.text {
                _ if is_rule => self.rules.push(word),
                it if has_cells && address::is_one(it) => self.addresses.push(word),
                _ => self.unknown.push(word),
            }
        }
    }

    /// Taking out a word, or the comment that has no other rule.
    pub(super) fn removal(&self, word: &Word) -> Removal {
        let edit = |range| Edit { place: Place::new(self.block, range), text: String::new() };
        let is_rule = self.rules.iter().any(|it| it.range == word.range);
        if is_rule && self.rules.len() + self.unknown.len() == 1 {
            return Removal::Comment(edit(self.lines.unwrap_or(self.range)));
        }
        let at = self.words.iter().position(|it| *it == word.range).unwrap_or_default();
        let next = self.words.get(at + 1);
        let before = at.checked_sub(1).map_or(self.name.range, |it| self.words[it]);
        Removal::Word(edit(match next {
            Some(next) => TextRange::new(word.range.start(), next.start()),
            None => TextRange::new(before.end(), word.range.end()),
        }))
    }

    /// Adding a word.
    pub(super) fn addition(&self, word: &str) -> Edit {
        let end = self.words.last().unwrap_or(&self.name.range).end();
        Edit { place: Place::new(self.block, TextRange::empty(end)), text: format!(" {word}") }
    }
}
