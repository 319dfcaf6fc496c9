//! Lines of text on the page.

use std::ops::Range;

use gouji_syntax::plain::{self, Plain};
use gouji_syntax::{BlockKind, is_space};

use super::{Node, Page, Run, Style, Text};

impl Page<'_> {
    /// Adds what stands between titles, headings and bound tables.
    pub(super) fn plain(&self, range: Range<usize>, nodes: &mut Vec<Node>) {
        for index in self.blocks_of(&range) {
            let part = range.start.max(self.starts[index])..range.end.min(self.starts[index + 1]);
            match self.reading.blocks[index].data.kind {
                BlockKind::Blank | BlockKind::Comment => (),
                BlockKind::Table(_) => nodes.extend(self.other_table(index, part)),
                _ => self.lines(part, None, nodes),
            }
        }
    }

    /// Adds each line of some bytes that has letters.
    pub(super) fn lines(&self, range: Range<usize>, style: Option<Style>, nodes: &mut Vec<Node>) {
        let source = self.source(range.clone());
        for line in plain::lines(&source) {
            let text = &source[line.clone()];
            let runs = self.runs(text, range.start + line.start, style.is_none());
            let (Some(first), Some(last)) = (runs.first(), runs.last()) else { continue };
            let bytes = first.range.start..last.range.end;
            let style = style.unwrap_or_else(|| self.style(text, &bytes));
            nodes.push(Node::Text(Text { style, runs }));
        }
    }

    /// The text of some bytes, which may lie in several blocks.
    fn source(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for index in self.blocks_of(&range) {
            let (start, block) = (self.starts[index], &*self.reading.blocks[index].data.text);
            let part = range.start.max(start) - start..(range.end - start).min(block.len());
            text.push_str(block.get(part).unwrap_or_default());
        }
        text
    }

    /// The blocks that hold some bytes.
    fn blocks_of(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.starts.partition_point(|it| *it <= range.start).saturating_sub(1);
        let end = self.starts.partition_point(|it| *it < range.end);
        first..end.min(self.reading.blocks.len())
    }

    /// How a line is set that is neither title nor heading of a section.
    fn style(&self, source: &str, bytes: &Range<usize>) -> Style {
        let source = source.trim_start();
        let hashes = source.bytes().take_while(|it| *it == b'#').count();
        if (1..=6).contains(&hashes) {
            return Style::Heading(hashes.max(2) as u8);
        }
        if let [b'<', b'h' | b'H', level @ b'1'..=b'6', ..] = source.as_bytes() {
            return Style::Heading((level - b'0').max(2));
        }
        let signature = &self.reading.report.signature;
        let places = signature.agency.iter().map(|it| it.1);
        let mut places = places.chain(signature.date.iter().map(|it| it.1));
        let is_signed = places.any(|it| overlaps(&it.resolve(&self.starts), bytes));
        if is_signed { Style::Signature } else { Style::Paragraph }
    }

    /// The visible text of a line, divided where findings begin and end; none without letters.
    fn runs(&self, source: &str, base: usize, has_mark: bool) -> Vec<Run> {
        let plain = Plain::new(source, base as u32);
        let is_mark = |c: char| is_space(c) || (has_mark && c == '#');
        let start = plain.text.len() - plain.text.trim_start_matches(is_mark).len();
        let text = plain.text[start..].trim_end_matches(is_space);
        if !text.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        let whole = base..base + source.len();
        let marks = self.marks(|it| overlaps(it, &whole));
        let mut runs: Vec<Run> = Vec::new();
        for (at, c) in text.char_indices() {
            let visible = gouji_syntax::range(start + at, start + at + c.len_utf8());
            let range: Range<usize> = plain.source(visible).into();
            let is_on = |it: &usize| overlaps(&self.findings[*it].range, &range);
            let findings: Vec<_> = marks.iter().copied().filter(is_on).collect();
            match runs.last_mut().filter(|it| it.findings == findings) {
                Some(run) => {
                    run.text.push(c);
                    run.range.end = range.end;
                }
                None => runs.push(Run { text: c.to_string(), range, findings }),
            }
        }
        runs
    }
}

/// Whether two ranges share a byte; an empty one shares that at which it stands.
pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    let end = |it: &Range<usize>| it.end.max(it.start + 1);
    a.start < end(b) && b.start < end(a)
}
