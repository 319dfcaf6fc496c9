//! Keystrokes, the same in every run and for every server.

use serde_json::{Value, json};

use crate::support::random::Random;

/// What is typed in prose.
const LETTERS: [char; 8] = ['a', 'e', 'n', 's', '年', '度', '公', '开'];

/// Where a character is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A digit after a digit of a table's cell.
    Cell,
    /// A letter inside a sentence.
    Prose,
}

/// A position in the document, as bytes and as the protocol counts.
#[derive(Clone, Copy)]
struct Caret {
    byte: usize,
    line: usize,
    character: usize,
}

/// Types a character, takes it back, types another elsewhere: the document stays as it is.
pub(crate) struct Typist<'a> {
    text: &'a str,
    /// Number, start and text of the lines with cells, and of those with sentences.
    cells: Vec<(usize, usize, &'a str)>,
    prose: Vec<(usize, usize, &'a str)>,
    random: Random,
    typed: Option<(Caret, char)>,
    whole: bool,
}

impl<'a> Typist<'a> {
    /// For a server that wants the `whole` text each time, or only what changed.
    pub(crate) fn new(text: &'a str, whole: bool) -> Self {
        let mut start = 0;
        let lines: Vec<_> = text
            .split_inclusive('\n')
            .enumerate()
            .map(|(number, line)| {
                start += line.len();
                (number, start - line.len(), line.trim_end())
            })
            .collect();
        let has_digit = |it: &str| it.contains(|it: char| it.is_ascii_digit());
        let is_cell = |it: &&(usize, usize, &str)| it.2.starts_with('|') && has_digit(it.2);
        let is_prose =
            |it: &&(usize, usize, &str)| !it.2.starts_with(['|', '#']) && it.2.len() > 60;
        Self {
            text,
            cells: lines.iter().filter(is_cell).copied().collect(),
            prose: lines.iter().filter(is_prose).copied().collect(),
            random: Random::new(1),
            typed: None,
            whole,
        }
    }

    /// The next keystroke: a `contentChanges` element.
    pub(crate) fn next(&mut self, place: Place) -> Value {
        if let Some((caret, typed)) = self.typed.take() {
            return self.change(caret, typed, "");
        }
        let (caret, typed) = self.draw(place);
        self.typed = Some((caret, typed));
        self.change(caret, typed, &typed.to_string())
    }

    fn draw(&mut self, place: Place) -> (Caret, char) {
        let lines = if place == Place::Cell { &self.cells } else { &self.prose };
        let (line, start, text) = self.random.pick(lines);
        let is_place = |it: &(usize, char)| place == Place::Prose || it.1.is_ascii_digit();
        let places: Vec<_> = text.char_indices().filter(is_place).collect();
        let (at, before) = self.random.pick(&places);
        let at = at + before.len_utf8();
        let character = text[..at].encode_utf16().count();
        let typed = match place {
            Place::Cell => self.random.pick(&['1', '2', '3', '4', '5', '6', '7', '8', '9']),
            Place::Prose => self.random.pick(&LETTERS),
        };
        (Caret { byte: start + at, line, character }, typed)
    }

    /// Puts `with` where the character either stands or does not.
    fn change(&self, caret: Caret, typed: char, with: &str) -> Value {
        if self.whole {
            let (before, after) = self.text.split_at(caret.byte);
            let text = [before, with, after].concat();
            return json!({"text": text});
        }
        let end = caret.character + if with.is_empty() { typed.len_utf16() } else { 0 };
        json!({
            "range": {
                "start": {"line": caret.line, "character": caret.character},
                "end": {"line": caret.line, "character": end},
            },
            "text": with,
        })
    }
}
