//! Text as a reader sees it: without tags and Markdown emphasis, entities resolved, lines
//! of a paragraph joined; with the way back to the source for each part.

use std::borrow::Cow;

use text_size::TextRange;

/// Visible text and where each part of it stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The visible text.
    pub text: String,
    /// Starts of runs: (offset in `text`, offset in the source). Inside a run both advance
    /// together.
    runs: Vec<(u32, u32)>,
}

impl Plain {
    /// Reads a block's text; `base` is added to every source offset.
    ///
    /// Line breaks inside vanish between wide characters and become a space otherwise, as
    /// a paragraph that a page broke reads.
    #[must_use]
    pub fn new(source: &str, base: u32) -> Self {
        let mut plain = Self::default();
        let mut at = 0;
        while at < source.len() {
            at += plain.step(source, at, base);
        }
        plain
    }

    /// The source range of a part of the visible text.
    #[must_use]
    pub fn source(&self, range: TextRange) -> TextRange {
        let start = self.source_at(range.start().into(), false);
        let end = self.source_at(range.end().into(), true);
        crate::range(start as usize, end.max(start) as usize)
    }

    fn source_at(&self, at: u32, end: bool) -> u32 {
        // An end belongs to the run of the character before it.
        let before = |start: u32| if end { start < at } else { start <= at };
        let index = self.runs.partition_point(|run| before(run.0));
        match index.checked_sub(1).map(|it| self.runs[it]) {
            Some((text, source)) => source + (at - text),
            None => self.runs.first().map_or(at, |run| run.1),
        }
    }

    /// Takes one tag, entity, line break or run of text; returns its length in the source.
    fn step(&mut self, source: &str, at: usize, base: u32) -> usize {
        let rest = &source[at..];
        let from = base + at as u32;
        match rest.as_bytes()[0] {
            b'<' if tag_len(rest).is_some() => tag_len(rest).unwrap_or(1),
            b'*' if rest.starts_with("**") => 2,
            b'&' => {
                let (len, c) = entity(rest).unwrap_or((1, '&'));
                self.push(from, c.encode_utf8(&mut [0; 4]));
                len
            }
            b'\r' | b'\n' => {
                let len =
                    rest.len() - rest.trim_start_matches(['\r', '\n', ' ', '\t', '\u{3000}']).len();
                let narrow = |c: char| c.is_ascii_alphanumeric();
                let before = self.text.trim_end().len();
                let joins = self.text[..before].chars().next_back().is_some_and(narrow)
                    && rest[len..].chars().next().is_some_and(char::is_alphabetic)
                    && rest[len..].chars().next().is_some_and(narrow);
                if joins {
                    self.push(from, " ");
                }
                len
            }
            _ => {
                let mut chars = rest.char_indices().skip(1);
                let special = |it: &(usize, char)| matches!(it.1, '<' | '&' | '*' | '\r' | '\n');
                let stop = chars.find(special).map_or(rest.len(), |it| it.0);
                self.push(from, &rest[..stop]);
                stop
            }
        }
    }

    fn push(&mut self, source: u32, text: &str) {
        self.runs.push((self.text.len() as u32, source));
        self.text.push_str(text);
    }
}

/// `text` without tags, `**` and entities, when only the words matter.
#[must_use]
pub fn strip_markup(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '*', '&']) { Plain::new(text, 0).text.into() } else { text.into() }
}

/// The length of a tag: `<`, a letter, `/` or `!`, up to `>`. `<http…>` is text.
fn tag_len(text: &str) -> Option<usize> {
    let name = text[1..].trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') || name.starts_with("http")
    {
        return None;
    }
    // A tag of more than this is a stray `<` in prose.
    const LONGEST: usize = 2000;
    memchr::memchr(b'>', &text.as_bytes()[..text.len().min(LONGEST)]).map(|it| it + 1)
}

/// The length and value of the entities that reports contain.
fn entity(text: &str) -> Option<(usize, char)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|it| it == b';')?;
    let name = &text[1..end];
    let c = match name {
        "nbsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "emsp" | "ensp" => '\u{3000}',
        "mdash" => '—',
        "middot" => '·',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, c))
}
