//! Text as a reader sees it: without tags and Markdown emphasis, entities resolved, lines
//! of a paragraph joined; with the way back to the source for each part.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memchr3, memchr3_iter};
use text_size::TextRange;

use crate::is_space;
use crate::markup::{Tag, entity};

/// Visible text and where each part of it stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The visible text.
    pub text: String,
    runs: Vec<Run>,
}

/// A part of the visible text that comes from one part of the source. Where both have the
/// same length they advance together; otherwise (an entity) the part is all or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: u32,
    source: u32,
    source_len: u32,
}

impl Plain {
    /// Reads a block's text; `base` is added to every source offset.
    ///
    /// Line breaks inside vanish between wide characters and become a space otherwise, as
    /// a paragraph that a page broke reads.
    #[must_use]
    pub fn new(source: &str, base: u32) -> Self {
        let mut reader =
            Reader { plain: Self::default(), base, line_end: 0, last: None, gap: None };
        let mut at = 0;
        while at < source.len() {
            at += reader.step(source, at);
        }
        reader.plain
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
        let index = self.runs.partition_point(|run| before(run.text));
        let Some(run) = index.checked_sub(1).map(|it| self.runs[it]) else {
            return self.runs.first().map_or(at, |run| run.source);
        };
        let next = self.runs.get(index).map_or(self.text.len() as u32, |it| it.text);
        let inside = at - run.text;
        if inside == 0 || next - run.text == run.source_len {
            run.source + inside
        } else {
            run.source + run.source_len
        }
    }
}

/// Builds a [`Plain`] in one pass; what the joining of lines needs is carried along, so that
/// no step looks back.
struct Reader {
    plain: Plain,
    base: u32,
    /// Where in the source a line ends: the one that is read, once it was needed.
    line_end: usize,
    /// The last character that leaves a mark.
    last: Option<char>,
    /// A line break since then.
    gap: Option<Gap>,
}

#[derive(Clone, Copy)]
struct Gap {
    source: u32,
    /// A tag made it. Digits on both sides are then two numbers, while a line break in plain
    /// text may go through a number.
    tag: bool,
}

impl Reader {
    /// Takes one tag, entity, line break or run of text; returns its length in the source.
    fn step(&mut self, source: &str, at: usize) -> usize {
        let rest = &source[at..];
        match rest.as_bytes()[0] {
            b'<' => {
                if let Some(tag) = Tag::at(rest) {
                    if tag.breaks_line() {
                        self.break_line(at, true);
                    }
                    return tag.len;
                }
            }
            b'*' if rest.starts_with("**") => return 2,
            b'&' => {
                if let Some((len, c)) = entity(rest) {
                    self.push(at, len, c.encode_utf8(&mut [0; 4]));
                    return len;
                }
            }
            b'\r' | b'\n' => {
                self.break_line(at, false);
                return rest.len()
                    - rest.trim_start_matches(['\r', '\n', ' ', '\t', '\u{3000}']).len();
            }
            _ => (),
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let line = &source[at + first..self.line_end(source, at + first)];
        let stop = first + memchr3(b'<', b'&', b'*', line.as_bytes()).unwrap_or(line.len());
        self.push(at, stop, &rest[..stop]);
        stop
    }

    /// The end of the line that goes on at `at`. It is searched for once a line: pages put
    /// thousands of tags on one.
    fn line_end(&mut self, source: &str, at: usize) -> usize {
        if self.line_end < at {
            let rest = &source.as_bytes()[at..];
            self.line_end = memchr2(b'\r', b'\n', rest).map_or(source.len(), |it| at + it);
        }
        self.line_end
    }

    fn break_line(&mut self, at: usize, tag: bool) {
        let source = self.base + at as u32;
        let gap = self.gap.get_or_insert(Gap { source, tag });
        gap.tag |= tag;
    }

    fn push(&mut self, at: usize, source_len: usize, text: &str) {
        let source = self.base + at as u32;
        let narrow = |c: char| c.is_ascii_alphanumeric();
        let next = text.chars().next();
        if let Some(gap) = self.gap
            && self.last.is_some_and(narrow)
            && next.is_some_and(|it| narrow(it) && (gap.tag || it.is_alphabetic()))
            && !self.plain.text.ends_with(' ')
        {
            self.run(gap.source, source - gap.source, " ");
        }
        self.run(source, source_len as u32, text);
        if let Some(last) = text.chars().rev().find(|it| !is_space(*it)) {
            self.last = Some(last);
            self.gap = None;
        } else if next.is_some() && self.gap.is_some_and(|it| !it.tag) {
            self.gap = None;
        }
    }

    fn run(&mut self, source: u32, source_len: u32, text: &str) {
        self.plain.runs.push(Run { text: self.plain.text.len() as u32, source, source_len });
        self.plain.text.push_str(text);
    }
}

/// The lines of `source` as a reader sees them, with the tags that begin them. A tag such as
/// `<p>` starts a line; a line end does so only in a text that no such tag begins.
#[must_use]
pub fn lines(source: &str) -> Vec<Range<usize>> {
    let tag_at = |at: usize| Tag::at(&source[at..]).filter(Tag::breaks_line);
    let is_html = tag_at(source.len() - source.trim_start().len()).is_some();
    let mut cuts = vec![0];
    for at in memchr3_iter(b'<', b'\n', b'\r', source.as_bytes()) {
        match source.as_bytes()[at] {
            b'<' => cuts.extend(tag_at(at).map(|_| at)),
            _ if is_html => (),
            _ => cuts.push(at + 1),
        }
    }
    cuts.push(source.len());
    cuts.windows(2).map(|it| it[0]..it[1]).filter(|it| !it.is_empty()).collect()
}

/// Whether `text` may hold a tag, emphasis or an entity.
pub(crate) fn has_markup(text: &str) -> bool {
    memchr3(b'<', b'*', b'&', text.as_bytes()).is_some()
}

/// `text` without tags, `**` and entities, when only the words matter.
#[must_use]
pub fn strip_markup(text: &str) -> Cow<'_, str> {
    if has_markup(text) { Plain::new(text, 0).text.into() } else { text.into() }
}
