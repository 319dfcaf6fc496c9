//! How a report is laid out, so that what is inserted looks like the rest: its line ends,
//! the markup of its headings, the dialect of its tables, and where a part belongs.

use gouji_syntax::plain::strip_markup;
use gouji_syntax::table::Dialect;
use gouji_syntax::{BlockKind, TableKind};

use crate::finding::{Edit, Place};
use crate::report::{Report, Section, Table};
use crate::{Blocks, render, schema};

/// The layout of a report.
pub(crate) struct Layout<'a> {
    blocks: &'a Blocks,
    report: &'a Report,
    /// `\n`, `\r\n` or `\r`.
    newline: &'static str,
    /// What stands before and after a heading on its line: `## `, `<p>` and `</p>`.
    around: (String, String),
    /// Whether blank lines follow headings.
    is_spaced: bool,
    /// The dialect of tables.
    dialect: Dialect,
}

impl<'a> Layout<'a> {
    /// Reads the layout of a report.
    pub(crate) fn of(blocks: &'a Blocks, report: &'a Report) -> Self {
        let dialect = dialect(blocks, report);
        let around = around(blocks, report).unwrap_or_else(|| match dialect {
            Dialect::Html => ("<p>".to_owned(), "</p>".to_owned()),
            Dialect::Gfm => ("## ".to_owned(), String::new()),
            _ => <(String, String)>::default(),
        });
        let is_blank =
            |block: usize| blocks.get(block).is_none_or(|it| it.data.kind == BlockKind::Blank);
        let followed = |it: &Section| is_blank(it.place.block as usize + 1);
        let is_spaced = dialect != Dialect::Html
            && report.sections.iter().filter(|it| followed(it)).count() * 2
                >= report.sections.len();
        Self { blocks, report, newline: newline(blocks), around, is_spaced, dialect }
    }

    /// A heading line.
    pub(crate) fn heading(&self, text: &str) -> String {
        let blank = if self.is_spaced { self.newline } else { "" };
        [&self.heading_line(text), self.newline, blank].concat()
    }

    /// The same without its end and the blank line.
    pub(crate) fn heading_line(&self, text: &str) -> String {
        [&self.around.0, text, &self.around.1].concat()
    }

    /// A blank table of the form.
    pub(crate) fn table(&self, schema: &schema::Table) -> String {
        self.lines(render::blank_table(schema, self.dialect))
    }

    /// A table of the form in place of one in a dialect, without its last line end.
    pub(crate) fn written(
        &self,
        dialect: Dialect,
        schema: &schema::Table,
        values: render::Values,
    ) -> String {
        let text = render::table(schema, with_blanks(dialect), values);
        self.lines(text.trim_end_matches('\n'))
    }

    /// The lines that a table stands on, without the last one's end.
    pub(crate) fn lines_of_table(&self, table: &Table) -> Place {
        let start = self.start_of_table(table);
        let data = &self.blocks[start.block as usize].data;
        if data.kind == BlockKind::Table(TableKind::Html) {
            return Place::new(
                start.block as usize,
                gouji_syntax::range(0, data.text.trim_end().len()),
            );
        }
        let first = table.place.block as usize;
        let end = table.place.range.end() as usize;
        let text = self.blocks[first..].iter().flat_map(|it| it.data.text.bytes());
        let rest = text.skip(end).take_while(|it| !matches!(it, b'\n' | b'\r')).count();
        let at = start.range.start() as usize;
        Place::new(first, gouji_syntax::range(at, end + rest))
    }

    /// Text whose lines end as the document's.
    fn lines(&self, text: &str) -> String {
        if self.newline == "\n" { text.to_owned() } else { text.replace('\n', self.newline) }
    }

    /// The report's line end.
    pub(crate) fn newline(&self) -> &'static str {
        self.newline
    }

    /// A title line.
    pub(crate) fn title(&self, text: &str) -> String {
        match self.dialect {
            Dialect::Html => ["<h1>", text, "</h1>", self.newline].concat(),
            Dialect::Gfm => ["# ", text, self.newline].concat(),
            _ => [text, self.newline].concat(),
        }
    }

    /// A line of text as a paragraph of the report.
    pub(crate) fn paragraph(&self, text: &str) -> String {
        match self.dialect {
            Dialect::Html => ["<p>", text, "</p>", self.newline].concat(),
            _ => [text, self.newline].concat(),
        }
    }

    /// The insertion of whole lines at a place, apart from what stands around it.
    pub(crate) fn insert(&self, place: Place, lines: &str) -> Edit {
        let (before, after) = self.around_place(place);
        let mut text = String::new();
        if !before.is_empty() && !before.ends_with(['\n', '\r']) {
            text.push_str(self.newline);
        }
        let is_apart = before.trim_end_matches([' ', '\t']).ends_with("\n\n")
            || before.trim_end_matches([' ', '\t']).ends_with("\n\r\n")
            || before.trim().is_empty();
        if !is_apart && self.dialect != Dialect::Html {
            text.push_str(self.newline);
        }
        text.push_str(lines);
        if !after.trim().is_empty() && self.dialect != Dialect::Html {
            text.push_str(self.newline);
        }
        Edit { place, text }
    }

    /// Whether the report is a page in HTML, not text with a table in HTML in it.
    pub(crate) fn is_page(&self) -> bool {
        self.around.0.starts_with('<')
    }

    /// A table in place of another, with blank lines to what stands around it.
    pub(crate) fn apart(&self, place: Place, table: &str) -> String {
        let start = empty(place.block as usize, place.range.start() as usize);
        let (before, _) = self.around_place(start);
        let mut block = place.block as usize;
        let mut end = place.range.end() as usize;
        while let Some(it) = self.blocks.get(block).filter(|it| end >= it.len()) {
            end -= it.len();
            block += 1;
        }
        let rest = self.blocks.get(block).and_then(|it| it.data.text.get(end..)).unwrap_or("");
        let next = self.blocks.get(block + 1).map_or("", |it| &*it.data.text);
        let is_blank = |it: Option<&str>| it.is_none_or(|it| it.trim().is_empty());
        let is_apart = is_blank(before.lines().next_back());
        // The first line is what is left of the table's own.
        let is_followed = !is_blank([rest, next].concat().lines().nth(1));
        let newline = |is: bool| if is { self.newline } else { "" };
        [newline(!is_apart), table, newline(is_followed)].concat()
    }

    /// The text of the blocks around a place, up to it and from it.
    fn around_place(&self, place: Place) -> (String, &'a str) {
        let block = place.block as usize;
        let at = place.range.start() as usize;
        let text = self.blocks.get(block).map_or("", |it| &*it.data.text);
        let (own, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        let before = self.blocks.get(..block).unwrap_or_default();
        let last = |count: usize| before.iter().rev().nth(count).map_or("", |it| &*it.data.text);
        let after = self.blocks.get(block + 1).map_or("", |it| &*it.data.text);
        let before = [last(1), last(0), own].concat();
        (before, if rest.is_empty() { after } else { rest })
    }

    /// Where a section that is absent belongs: before its table, before the next section of
    /// the form, or at the end.
    pub(crate) fn place_for_section(&self, section: usize) -> Place {
        let key = &self.report.schema.sections[section].key;
        let table = self.report.tables.iter().find(|it| it.schema.section == *key);
        if let Some(table) = table {
            return self.start_of_table(table);
        }
        let next = self.report.sections.iter().find(|it| it.section > section);
        next.map_or_else(|| self.end(), |it| self.start_of(it))
    }

    /// The end of a section: before the next heading.
    pub(crate) fn end_of_section(&self, index: usize) -> Place {
        self.report.sections.get(index + 1).map_or_else(|| self.end(), |it| self.start_of(it))
    }

    /// Where a heading's line starts; the heading itself where text stands before it.
    pub(crate) fn start_of(&self, section: &Section) -> Place {
        let block = section.place.block as usize;
        let text = &*self.blocks[block].data.text;
        let at = section.place.range.start() as usize;
        let start = line_start(text, at);
        let start = if has_letters(&text[start..at]) { at } else { start };
        empty(block, start)
    }

    /// Whether nothing is before a heading on its line.
    pub(crate) fn starts_line(&self, section: &Section) -> bool {
        let text = &*self.blocks[section.place.block as usize].data.text;
        let at = section.place.range.start() as usize;
        !has_letters(&text[line_start(text, at)..at])
    }

    /// Where a table starts: its line, or its tag.
    pub(crate) fn start_of_table(&self, table: &Table) -> Place {
        let block = table.place.block as usize;
        let data = &self.blocks[block].data;
        if data.kind == BlockKind::Table(TableKind::Html) {
            return empty(block, 0);
        }
        empty(block, line_start(&data.text, table.place.range.start() as usize))
    }

    /// The end of the report's text, before the signature.
    pub(crate) fn end(&self) -> Place {
        let signature = &self.report.signature;
        let places = signature.agency.iter().map(|it| it.1);
        let places = places.chain(signature.date.iter().map(|it| it.1));
        let last = self.report.sections.last().map(|it| it.place);
        if let Some(it) = places.filter(|it| last.is_none_or(|last| *it > last)).min() {
            let text = &*self.blocks[it.block as usize].data.text;
            return empty(it.block as usize, line_start(text, it.range.start() as usize));
        }
        self.end_of_text()
    }

    /// The end of the report's last line with letters.
    pub(crate) fn end_of_text(&self) -> Place {
        let mut blocks = (0..self.blocks.len()).rev();
        let found = blocks.find(|it| {
            let data = &self.blocks[*it].data;
            data.kind != BlockKind::Blank && has_letters(&strip_markup(&data.text))
        });
        let Some(block) = found else { return empty(0, 0) };
        let text = &*self.blocks[block].data.text;
        empty(block, text.trim_end_matches(['\n', '\r']).len())
    }
}

/// An empty place.
pub(crate) fn empty(block: usize, at: usize) -> Place {
    Place::new(block, gouji_syntax::range(at, at))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].rfind(['\n', '\r']).map_or(0, |it| it + 1)
}

/// Whether text has letters besides its tags.
pub(crate) fn has_letters(text: &str) -> bool {
    strip_markup(text).contains(char::is_alphanumeric)
}

/// Whether text is nothing but tags, Markdown marks, separators and white space.
fn is_markup(text: &str) -> bool {
    strip_markup(text).chars().all(|it| it.is_whitespace() || "#*|".contains(it))
}

/// The first line end of a document.
fn newline(blocks: &Blocks) -> &'static str {
    let mut texts = blocks.iter().map(|it| &*it.data.text);
    let Some(text) = texts.find(|it| it.contains(['\n', '\r'])) else { return "\n" };
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Cells on bare lines cannot be blank: such reports get rows.
fn with_blanks(dialect: Dialect) -> Dialect {
    if dialect == Dialect::Lines { Dialect::Tab } else { dialect }
}

/// The dialect of the report's tables, or one that goes with its text.
fn dialect(blocks: &Blocks, report: &Report) -> Dialect {
    if let Some(table) = report.tables.first() {
        return with_blanks(table.dialect);
    }
    let mut lines = blocks.iter().map(|it| it.data.text.trim_start());
    let is_html = |it: &str| it.starts_with("<p") || it.starts_with("<h") || it.starts_with("<div");
    let mut marks = lines.by_ref().map(|it| (is_html(it), it.starts_with(['#', '*'])));
    match marks.find(|it| it.0 || it.1) {
        Some((true, _)) => Dialect::Html,
        Some(_) => Dialect::Gfm,
        None => Dialect::Tab,
    }
}

/// What stands around the report's headings, from the first that is alone on its line.
fn around(blocks: &Blocks, report: &Report) -> Option<(String, String)> {
    const LONGEST: usize = 200;
    report.sections.iter().find_map(|it| {
        let text = &*blocks[it.place.block as usize].data.text;
        let (start, end) = (it.place.range.start() as usize, it.place.range.end() as usize);
        let after = text.get(end..)?;
        let before = &text[line_start(text, start)..start];
        let after = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
        let after = after.trim_start_matches([':', '：', '。']);
        let is_plain = is_markup(before) && is_markup(after);
        (is_plain && before.len() + after.len() <= LONGEST)
            .then(|| (before.to_owned(), after.to_owned()))
    })
}
