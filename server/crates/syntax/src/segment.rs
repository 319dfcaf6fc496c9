//! Where one block ends and what it is.
//!
//! [`Segmenter::next`] starts in its initial state, reads whole lines and looks at most one line
//! past the block's end, and [`LOOKAHEAD`] bytes past that. HTML often stands on one long
//! line, so a block-level tag also ends a line here.

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use crate::ahead::Ahead;
use crate::document::{BlockKind, TableKind};
use crate::markup::{Form, Tag};
use crate::plain::strip_markup;
use crate::{is_space, trim, trim_end, trim_start};

/// What [`Segmenter::next`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A block of so many bytes.
    Block(usize, BlockKind),
    /// The block may go on beyond the text that was given.
    More,
}

/// What a line is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Heading,
    Text,
    /// A line with `|`, and what may follow it.
    Pipe(Then),
    /// A line with a tab, and what may follow it.
    Tab(Then),
    Table,
    Fence(u8),
    Comment,
    /// A script or style sheet of a saved page.
    Code(Code),
}

/// What stands in a saved page and is no text of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    Script,
    Style,
}

impl Code {
    fn closer(self) -> &'static [u8] {
        match self {
            Self::Script => b"</script",
            Self::Style => b"</style",
        }
    }
}

/// Which lines without a separator go on with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// None.
    Nothing,
    /// A cell's text: a line with nothing but a pipe came before.
    Cell,
    /// The rest of a cell that is broken over lines: its words, not a number, came before.
    Rest,
}

/// Divides a text into blocks, one after the other.
pub(crate) struct Segmenter<'a> {
    text: &'a str,
    /// Whether nothing follows the text.
    at_end: bool,
    /// Where the next block starts.
    at: usize,
    /// The length of its first line and what it is, where the block before ended with that.
    first: Option<(usize, Line)>,
    newlines: Ahead<'a>,
    /// Most lines have none of these signs, and are not searched for them.
    breaks: Ahead<'a>,
    separators: Ahead<'a>,
    marks: Ahead<'a>,
}

impl<'a> Segmenter<'a> {
    /// `at_end` says that nothing follows the text.
    pub(crate) fn new(text: &'a str, at_end: bool) -> Self {
        let ahead = |find| Ahead::new(text, find);
        Self {
            text,
            at_end,
            at: 0,
            first: None,
            newlines: ahead(|it| memchr(b'\n', it)),
            breaks: ahead(|it| memchr2(b'\r', b'<', it)),
            separators: ahead(|it| memchr2(b'|', b'\t', it)),
            marks: ahead(|it| memchr3(b'<', b'*', b'&', it)),
        }
    }

    /// The next block; `None` at the end of the text.
    pub(crate) fn next(&mut self) -> Option<Piece> {
        if self.at == self.text.len() {
            return None;
        }
        let Some((len, line)) = self.first.take().or_else(|| self.line(self.at)) else {
            return Some(Piece::More);
        };
        let piece = match line {
            Line::Heading => Piece::Block(len, BlockKind::Heading),
            Line::Blank => self.run(len, line, BlockKind::Blank),
            Line::Text => self.run(len, line, BlockKind::Paragraph),
            Line::Pipe(_) => self.run(len, line, BlockKind::Table(TableKind::Pipe)),
            Line::Tab(_) => self.run(len, line, BlockKind::Table(TableKind::Tab)),
            Line::Fence(mark) => self.fence(len, mark),
            Line::Table => table(&self.text[self.at..], self.at_end),
            Line::Comment => comment(&self.text[self.at..], self.at_end),
            Line::Code(it) => code(&self.text[self.at..], self.at_end, it.closer()),
        };
        if let Piece::Block(len, _) = piece {
            self.at += len;
        }
        Some(piece)
    }

    /// The length of the line that starts at a byte, and what it is; `None` when its end is not
    /// in the text.
    #[inline]
    fn line(&mut self, at: usize) -> Option<(usize, Line)> {
        // A third of all lines are empty, and another third are rows of tables.
        let first = self.text.as_bytes()[at];
        if first == b'\n' {
            return Some((1, Line::Blank));
        }
        let len = self.line_len(at)?;
        let line = if first == b'|' {
            pipe(&self.text[at..at + len])
        } else {
            self.classify(at, at + len)
        };
        Some((len, line))
    }

    fn line_len(&mut self, at: usize) -> Option<usize> {
        let (end, bytes) = (self.newlines.next(at), self.text.as_bytes());
        let is_crlf = bytes[at..end].last() == Some(&b'\r');
        let is_whole = end < bytes.len() && self.breaks.next(at) >= end - usize::from(is_crlf);
        if is_whole { Some(end + 1 - at) } else { line_len(&self.text[at..], self.at_end) }
    }

    fn fence(&mut self, first: usize, mark: u8) -> Piece {
        let mut end = self.at + first;
        while end < self.text.len() {
            let Some((len, line)) = self.line(end) else { return Piece::More };
            end += len;
            if line == Line::Fence(mark) {
                return Piece::Block(end - self.at, BlockKind::Fence);
            }
        }
        if self.at_end { Piece::Block(end - self.at, BlockKind::Fence) } else { Piece::More }
    }

    /// A run of lines of the kind of the first.
    fn run(&mut self, first: usize, line: Line, kind: BlockKind) -> Piece {
        let (mut end, mut last) = (self.at + first, line);
        while end < self.text.len() {
            let Some((len, this)) = self.line(end) else { return Piece::More };
            let Some(next) = continues(last, this, || &self.text[end..end + len]) else {
                self.first = Some((len, this));
                return Piece::Block(end - self.at, kind);
            };
            last = next;
            end += len;
        }
        if self.at_end { Piece::Block(end - self.at, kind) } else { Piece::More }
    }

    fn classify(&mut self, at: usize, end: usize) -> Line {
        let line = &self.text[at..end];
        let body = trim_start(line);
        let bytes = body.as_bytes();
        match bytes.first() {
            // White space that starts with a tab is an empty cell.
            None if line.starts_with('\t') => return Line::Tab(Then::Nothing),
            None => return Line::Blank,
            Some(b'|') => return pipe(body),
            Some(b'#') if is_atx(body) => return Line::Heading,
            Some(mark @ (b'`' | b'~')) if bytes.starts_with(&[*mark; 3]) => {
                return Line::Fence(*mark);
            }
            Some(b'<') if starts_tag(bytes, b"<table") => return Line::Table,
            Some(b'<') if starts_tag(bytes, b"<script") => return Line::Code(Code::Script),
            Some(b'<') if starts_tag(bytes, b"<style") => return Line::Code(Code::Style),
            Some(b'<') if body.starts_with("<!--") => return Line::Comment,
            _ => (),
        }
        if self.separators.next(at) < end
            && let Some(line) = separated(line, trim_end(body))
        {
            return line;
        }
        // Most lines are told by their first character.
        let may_be_heading = self.marks.next(at) < end || body.starts_with(is_numeral);
        if may_be_heading && is_heading(trim_end(body)) { Line::Heading } else { Line::Text }
    }
}

/// What a line with a `|` is, without white space before it.
fn pipe(body: &str) -> Line {
    let is_alone = body.strip_prefix('|').is_some_and(|it| trim_start(it).is_empty());
    Line::Pipe(if is_alone { Then::Cell } else { Then::Nothing })
}

/// What a line with a `|` or a tab is; `None` where it is none of a table.
fn separated(line: &str, body: &str) -> Option<Line> {
    let bytes = body.as_bytes();
    if memchr(b'|', bytes).is_some() {
        return Some(pipe(body));
    }
    if is_indented(line, body) {
        return None;
    }
    let is_cell = memchr(b'\t', bytes).is_none() && line.starts_with('\t');
    Some(Line::Tab(if is_cell { after_text(body) } else { Then::Nothing }))
}

fn comment(text: &str, at_end: bool) -> Piece {
    match memmem::find(text.as_bytes(), b"-->") {
        Some(close) => closed(text, close + 3, at_end, BlockKind::Comment),
        None if at_end => Piece::Block(text.len(), BlockKind::Comment),
        None => Piece::More,
    }
}

/// A table to its closer. A table inside it ends it too: then this one is the page's layout
/// and the one inside the table that matters.
fn table(text: &str, at_end: bool) -> Piece {
    const KIND: BlockKind = BlockKind::Table(TableKind::Html);
    for at in memchr_iter(b'<', text.as_bytes()).skip(1) {
        let rest = &text.as_bytes()[at..];
        if rest.len() < LOOKAHEAD && !at_end {
            return Piece::More;
        }
        if starts_tag(rest, b"</table") {
            // The closer without `>` is damage; the block then ends after its name.
            let end = memchr(b'>', &rest[..rest.len().min(LOOKAHEAD)]).map_or(7, |it| it + 1);
            return closed(text, at + end, at_end, KIND);
        }
        if starts_tag(rest, b"<table") {
            return Piece::Block(at, KIND);
        }
    }
    if at_end { Piece::Block(text.len(), KIND) } else { Piece::More }
}

/// A script or style sheet to its closer: what stands in it is no text of the page.
fn code(text: &str, at_end: bool, closer: &[u8]) -> Piece {
    for at in memchr_iter(b'<', text.as_bytes()).skip(1) {
        let rest = &text.as_bytes()[at..];
        if rest.len() < LOOKAHEAD && !at_end {
            return Piece::More;
        }
        if starts_tag(rest, closer) {
            let end =
                memchr(b'>', &rest[..rest.len().min(LOOKAHEAD)]).map_or(closer.len(), |it| it + 1);
            return closed(text, at + end, at_end, BlockKind::Comment);
        }
    }
    if at_end { Piece::Block(text.len(), BlockKind::Comment) } else { Piece::More }
}

/// Whether `text` starts with a tag, whatever its case, and its name ends there.
fn starts_tag(text: &[u8], start: &[u8]) -> bool {
    text.len() >= start.len()
        && text[..start.len()].eq_ignore_ascii_case(start)
        && !text.get(start.len()).is_some_and(u8::is_ascii_alphanumeric)
}

/// A block that ends with its closer at `end`, and with what is left of that line when it is
/// only white space; other text is a block of its own.
fn closed(text: &str, end: usize, at_end: bool, kind: BlockKind) -> Piece {
    match line_len(&text[end..], at_end) {
        Some(rest) if trim(&text[end..end + rest]).is_empty() => Piece::Block(end + rest, kind),
        Some(_) => Piece::Block(end, kind),
        None => Piece::More,
    }
}

/// The state after `this` if it goes on with a run whose last line was `last`.
fn continues<'a>(last: Line, this: Line, text: impl Fn() -> &'a str) -> Option<Line> {
    match (last, this) {
        (Line::Blank, Line::Blank)
        | (Line::Pipe(_), Line::Pipe(_))
        | (Line::Tab(_), Line::Tab(_)) => Some(this),
        (Line::Text, Line::Text) if !opens_paragraph(text()) => Some(this),
        (Line::Pipe(Then::Cell), Line::Text) if is_cell(text(), LONGEST_CELL) => {
            Some(Line::Pipe(after_text(text())))
        }
        (Line::Pipe(Then::Rest) | Line::Tab(Then::Rest), Line::Text) if is_cell_rest(text()) => {
            Some(last)
        }
        _ => None,
    }
}

/// Characters in the text of a cell: the longest label of a form has forty.
const LONGEST_CELL: usize = 60;

/// Characters in the rest of a broken cell: the longest header word has eleven.
const LONGEST_REST: usize = 16;

/// Whether a line can be a cell's text, and no sentence.
fn is_cell(line: &str, longest: usize) -> bool {
    let body = trim(line);
    body.chars().take(longest + 1).count() <= longest && !body.contains('。')
}

/// The rest of a cell's words. A number is a cell by itself.
fn is_cell_rest(line: &str) -> bool {
    is_cell(line, LONGEST_REST) && after_text(line) == Then::Rest
}

/// What may follow a cell's text: its rest, where it has words.
fn after_text(body: &str) -> Then {
    if body.contains(char::is_alphabetic) { Then::Rest } else { Then::Nothing }
}

/// Lines that start a new paragraph without a blank line before them: （一）…, `<p>`; 一是 stays.
fn opens_paragraph(line: &str) -> bool {
    let body = trim_start(line);
    if body.starts_with('<') {
        return Tag::at(body).is_some_and(|it| it.form == Form::Open && it.breaks_line());
    }
    let mut chars = body.chars();
    matches!(chars.next(), Some('（' | '('))
        && chars.next().is_some_and(is_numeral)
        && chars.find(|it| !is_numeral(*it)).is_some_and(|it| matches!(it, '）' | ')'))
}

/// The length of the first line: to its terminator, or to where a block-level tag ends it.
/// `None` when the end is not in `text`.
fn line_len(text: &str, at_end: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut first = true;
    while let Some(found) = memchr3(b'\n', b'\r', b'<', &bytes[at..]) {
        at += found;
        match bytes[at] {
            b'\n' => return Some(at + 1),
            b'\r' if at + 1 < bytes.len() => {
                return Some(at + if bytes[at + 1] == b'\n' { 2 } else { 1 });
            }
            b'\r' if at_end => return Some(at + 1),
            b'\r' => return None,
            // A tag's name must be seen whole before it is judged.
            _ if bytes.len() < at + LOOKAHEAD && !at_end => return None,
            _ => {
                let starts = first && trim(&text[..at]).is_empty();
                if let Some(len) = tag_break(&bytes[at..], starts) {
                    return Some(at + len);
                }
                first = false;
                at += 1;
            }
        }
    }
    at_end.then_some(text.len())
}

/// Bytes that are read of what may be a tag, from its `<`: more than `</section>` has, with
/// the one that follows it.
pub(crate) const LOOKAHEAD: usize = 12;

/// How far from the tag at the start of `rest` a line ends: before a block-level opener that
/// does not itself start the line, after a block-level closer. `<br>` ends none: it stands
/// in the cells of Markdown tables.
fn tag_break(rest: &[u8], starts_line: bool) -> Option<usize> {
    const BLOCKS: [&[u8]; 14] = [
        b"p", b"div", b"table", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"section",
        b"body", b"script", b"style",
    ];
    let tag = |prefix: &[u8]| {
        let name = rest.strip_prefix(prefix)?;
        let part = |it: &&u8| it.is_ascii_alphanumeric();
        let len = name.iter().take(LOOKAHEAD).take_while(part).count();
        let is_block = BLOCKS.iter().any(|it| it.eq_ignore_ascii_case(&name[..len]));
        is_block.then_some(prefix.len() + len)
    };
    if let Some(len) = tag(b"</") {
        // `</p >` does not occur; a closer without `>` is ordinary text.
        return (rest.get(len) == Some(&b'>') && !rest_is_line_end(&rest[len + 1..]))
            .then_some(len + 1);
    }
    (!starts_line && (rest.starts_with(b"<!--") || tag(b"<").is_some())).then_some(0)
}

/// Whether a line terminator follows at once: then it, not the tag, ends the line.
fn rest_is_line_end(rest: &[u8]) -> bool {
    matches!(rest.first(), None | Some(b'\n' | b'\r'))
}

/// Whether the tabs of a line stand only before or after a sentence, as indentation.
fn is_indented(line: &str, body: &str) -> bool {
    memchr(b'\t', body.as_bytes()).is_none() && body.contains('。') && line.len() > body.len()
}

/// `#` to `######` before a space or the text itself, as people write it.
fn is_atx(body: &str) -> bool {
    let level = body.bytes().take_while(|it| *it == b'#').count();
    level <= 6 && !trim_start(&body[level..]).is_empty() && memchr(b'|', body.as_bytes()).is_none()
}

fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// A short line 一、… without the end of a sentence: 一、总体情况, also inside `**` or tags;
/// or a line in `<h1>` to `<h6>`.
fn is_heading(body: &str) -> bool {
    const LONGEST: usize = 60;
    // The same with tags around it, which may carry long styles.
    const LONGEST_SOURCE: usize = 4096;
    if body.len() > LONGEST_SOURCE {
        return false;
    }
    let text = strip_markup(body);
    let text = trim(&text);
    (is_numbered(text) || is_heading_tag(body) && !text.is_empty())
        && text.chars().take(LONGEST + 1).count() <= LONGEST
}

fn is_heading_tag(body: &str) -> bool {
    let name = Tag::at(body).filter(|it| it.form == Form::Open).map_or("", |it| it.name);
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6'])
}

fn is_numbered(text: &str) -> bool {
    let numerals = text.chars().take_while(|it| is_numeral(*it)).count();
    if numerals == 0 || numerals > 3 {
        return false;
    }
    let mut rest = text.chars().skip(numerals).skip_while(|it| is_space(*it));
    matches!(rest.next(), Some('、' | '.' | '．' | '，' | ',' | ':' | '：'))
        && !text.contains(['。', '；', '|', '\t'])
}
