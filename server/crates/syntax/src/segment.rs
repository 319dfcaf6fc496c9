//! Where one block ends and what it is.
//!
//! [`next`] starts in its initial state, reads whole lines and looks at most one line
//! past the block's end. HTML often stands on one long line, so a block-level tag also
//! ends a line here.

use memchr::{memchr2, memchr3};

use crate::document::{BlockKind, TableKind};

/// What [`next`] found.
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
    /// A line with `|`; `lone` when it has nothing else.
    Pipe {
        lone: bool,
    },
    /// A line with a tab; `lead` when its only tabs lead it, as where each line is a cell.
    Tab {
        lead: bool,
    },
    Table,
    Fence(u8),
    Comment,
}

/// The first block of `text`, which is not empty. `at_end` says that nothing follows it.
pub(crate) fn next(text: &str, at_end: bool) -> Piece {
    let Some(first) = line_len(text, at_end) else { return Piece::More };
    let line = classify(&text[..first]);
    match line {
        Line::Heading => Piece::Block(first, BlockKind::Heading),
        Line::Table => closed(text, first, at_end, TABLE_END, BlockKind::Table(TableKind::Html)),
        Line::Comment => closed(text, first, at_end, "-->", BlockKind::Comment),
        Line::Fence(mark) => fence(text, first, at_end, mark),
        _ => run(text, first, at_end, line),
    }
}

const TABLE_END: &str = "</table>";

/// A block that ends with the line after `closer`, whatever its case.
fn closed(text: &str, first: usize, at_end: bool, closer: &str, kind: BlockKind) -> Piece {
    // The first line holds at least the opener, which holds no closer.
    let Some(close) = find_ignoring_case(text, closer) else {
        return if at_end { Piece::Block(text.len(), kind) } else { Piece::More };
    };
    let end = close + closer.len();
    if end <= first {
        return Piece::Block(first, kind);
    }
    match line_len(&text[end..], at_end) {
        // Only white space may follow on the closer's line; other text is a block of its own.
        Some(rest) if text[end..end + rest].trim().is_empty() => Piece::Block(end + rest, kind),
        Some(_) => Piece::Block(end, kind),
        None => Piece::More,
    }
}

fn find_ignoring_case(text: &str, ascii: &str) -> Option<usize> {
    let (text, ascii) = (text.as_bytes(), ascii.as_bytes());
    let first = ascii[0];
    let mut at = 0;
    while let Some(found) = memchr2(first, first.to_ascii_uppercase(), &text[at..]) {
        let start = at + found;
        let end = start + ascii.len();
        if text.get(start..end)?.eq_ignore_ascii_case(ascii) {
            return Some(start);
        }
        at = start + 1;
    }
    None
}

fn fence(text: &str, first: usize, at_end: bool, mark: u8) -> Piece {
    let mut end = first;
    while end < text.len() {
        let Some(len) = line_len(&text[end..], at_end) else { return Piece::More };
        let closes = classify(&text[end..end + len]) == Line::Fence(mark);
        end += len;
        if closes {
            return Piece::Block(end, BlockKind::Fence);
        }
    }
    if at_end { Piece::Block(end, BlockKind::Fence) } else { Piece::More }
}

/// A run of lines of the kind of the first.
fn run(text: &str, first: usize, at_end: bool, line: Line) -> Piece {
    let kind = match line {
        Line::Blank => BlockKind::Blank,
        Line::Pipe { .. } => BlockKind::Table(TableKind::Pipe),
        Line::Tab { .. } => BlockKind::Table(TableKind::Tab),
        _ => BlockKind::Paragraph,
    };
    let (mut end, mut last) = (first, line);
    while end < text.len() {
        let Some(len) = line_len(&text[end..], at_end) else { return Piece::More };
        let this = classify(&text[end..end + len]);
        let Some(next) = continues(last, this, &text[end..end + len]) else { break };
        last = next;
        end += len;
    }
    if end == text.len() && !at_end { Piece::More } else { Piece::Block(end, kind) }
}

/// The state after `this` if it goes on with a run whose last line was `last`.
fn continues(last: Line, this: Line, text: &str) -> Option<Line> {
    match (last, this) {
        (Line::Blank, Line::Blank)
        | (Line::Pipe { .. }, Line::Pipe { .. })
        | (Line::Tab { .. }, Line::Tab { .. }) => Some(this),
        (Line::Text, Line::Text) if !opens_paragraph(text) => Some(this),
        // A cell's text on a line of its own between lone pipes, and the second half of a
        // cell that is broken over two lines.
        (Line::Pipe { lone: true }, Line::Text) => Some(Line::Pipe { lone: false }),
        (Line::Tab { lead: true }, Line::Text) if text.chars().count() <= CELL_REST => Some(last),
        _ => None,
    }
}

/// Characters in the second half of a broken cell: the longest header word has eleven.
const CELL_REST: usize = 16;

/// Lines that start a new paragraph without a blank line before them: （一）…, 一是 stays.
fn opens_paragraph(line: &str) -> bool {
    let mut chars = line.trim_start().chars();
    matches!(chars.next(), Some('（' | '('))
        && chars.next().is_some_and(is_numeral)
        && chars.find(|it| !is_numeral(*it)).is_some_and(|it| matches!(it, '）' | ')'))
}

/// The length of the first line: to its terminator, or to where a block-level tag ends it.
/// `None` when the end is not in `text`.
fn line_len(text: &str, at_end: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr3(b'\n', b'\r', b'<', &bytes[at..]) {
        at += found;
        match bytes[at] {
            b'\n' => return Some(at + 1),
            b'\r' if at + 1 < bytes.len() => {
                return Some(at + if bytes[at + 1] == b'\n' { 2 } else { 1 });
            }
            b'\r' if at_end => return Some(at + 1),
            b'\r' => return None,
            _ => {
                // A tag's name must be seen whole before it is judged.
                if bytes.len() < at + TAG_LOOKAHEAD && !at_end {
                    return None;
                }
                if let Some(end) = tag_break(bytes, at) {
                    return Some(end);
                }
                at += 1;
            }
        }
    }
    at_end.then_some(text.len())
}

/// Longer than `</section>` and `<!--`.
const TAG_LOOKAHEAD: usize = 12;

/// Where the tag at `at` ends the line: before a block-level opener that does not start the
/// line, after a block-level closer or `<br>`.
fn tag_break(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    if opens(rest, b"<!--") {
        return (at > 0).then_some(at);
    }
    const BLOCKS: [&[u8]; 12] = [
        b"p", b"div", b"table", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"section",
        b"body",
    ];
    let tag = |prefix: &[u8]| {
        let name = rest.strip_prefix(prefix)?;
        let len = name.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let is_block = BLOCKS.iter().any(|it| it.eq_ignore_ascii_case(&name[..len]));
        is_block.then_some(prefix.len() + len)
    };
    if let Some(len) = tag(b"</") {
        // `</p >` does not occur; a closer without `>` is ordinary text.
        return (rest.get(len) == Some(&b'>') && !rest_is_line_end(&rest[len + 1..]))
            .then_some(at + len + 1);
    }
    (at > 0 && tag(b"<").is_some()).then_some(at)
}

fn opens(text: &[u8], prefix: &[u8]) -> bool {
    text.starts_with(prefix)
}

/// Whether a line terminator follows at once: then it, not the tag, ends the line.
fn rest_is_line_end(rest: &[u8]) -> bool {
    matches!(rest.first(), None | Some(b'\n' | b'\r'))
}

fn classify(line: &str) -> Line {
    let body = line.trim();
    let bytes = body.as_bytes();
    match bytes.first() {
        None => {
            return if line.contains('\t') && is_cell(line) {
                Line::Tab { lead: true }
            } else {
                Line::Blank
            };
        }
        Some(b'#') if is_atx(body) => return Line::Heading,
        Some(mark @ (b'`' | b'~')) if bytes.len() > 2 && bytes[1] == *mark && bytes[2] == *mark => {
            return Line::Fence(*mark);
        }
        Some(b'<') if bytes.len() > 5 && bytes[..6].eq_ignore_ascii_case(b"<table") => {
            return Line::Table;
        }
        Some(b'<') if body.starts_with("<!--") => return Line::Comment,
        _ => (),
    }
    if let Some(pipe) = memchr2(b'|', b'\t', line.trim_end_matches(['\r', '\n']).as_bytes()) {
        if bytes.contains(&b'|') {
            return Line::Pipe { lone: body == "|" };
        }
        let lead = !bytes.contains(&b'\t') && pipe < line.len() - line.trim_start().len();
        return Line::Tab { lead };
    }
    if is_numbered_heading(body) { Line::Heading } else { Line::Text }
}

/// A line of white space that is an empty cell: it starts with a tab.
fn is_cell(line: &str) -> bool {
    line.starts_with('\t')
}

/// `#` to `######` before a space or the text itself, as people write it.
fn is_atx(body: &str) -> bool {
    let level = body.bytes().take_while(|it| *it == b'#').count();
    level <= 6 && !body[level..].trim().is_empty() && !body.contains('|')
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十".contains(c)
}

/// A short line 一、… without the end of a sentence: 一、总体情况, also inside `**` or tags.
fn is_numbered_heading(body: &str) -> bool {
    const LONGEST: usize = 60;
    let text = crate::plain::strip_markup(body);
    let text = text.trim();
    let numerals = text.chars().take_while(|it| is_numeral(*it)).count();
    if numerals == 0 || numerals > 3 {
        return false;
    }
    let mut rest = text.chars().skip(numerals).skip_while(|it| *it == ' ');
    matches!(rest.next(), Some('、' | '.' | '．' | '，' | ',' | ':' | '：'))
        && text.chars().count() <= LONGEST
        && !text.contains(['。', '；', '|', '\t'])
}
