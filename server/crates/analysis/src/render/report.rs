//! Whole reports as text: what stands where, and how it is marked in a dialect.

use gouji_syntax::table::Dialect;

use super::table::table;
use crate::schema::{self, Schema};

/// What a report says besides its tables.
pub(super) struct Texts {
    /// The title.
    pub(super) title: String,
    /// The paragraphs before the first section.
    pub(super) preamble: Vec<String>,
    /// The lines of each section of the form, before its table.
    pub(super) sections: Vec<Vec<Line>>,
    /// Who signs, and when.
    pub(super) signature: [String; 2],
}

/// A line of a section.
pub(super) enum Line {
    /// A heading: （一）主动公开.
    Topic(String),
    /// A paragraph.
    Paragraph(String),
}

/// A value by table, part, row and column; `None` leaves the cell blank.
pub(super) type AllValues<'a> = &'a dyn Fn(&schema::Table, usize, usize, usize) -> Option<String>;

/// Writes a report that follows the form: title, preamble, six sections, signature.
pub(super) fn write(schema: &Schema, dialect: Dialect, texts: &Texts, values: AllValues) -> String {
    let markup = Markup::of(dialect);
    let mut text = markup.title(&texts.title);
    let paragraphs = |it: &[String]| it.iter().map(|it| markup.paragraph(it)).collect::<String>();
    text.push_str(&paragraphs(&texts.preamble));
    for (index, section) in schema.sections.iter().enumerate() {
        text.push_str(&markup.heading(&section.heading()));
        for line in texts.sections.get(index).into_iter().flatten() {
            text.push_str(&match line {
                Line::Topic(it) => markup.topic(it),
                Line::Paragraph(it) => markup.paragraph(it),
            });
        }
        for it in schema.tables.iter().filter(|it| it.section == section.key) {
            let values = |part, row, column| values(it, part, row, column);
            text.push_str(&table(it, dialect, &values));
            text.push('\n');
        }
    }
    text.push_str(&paragraphs(&texts.signature));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// How titles, headings and paragraphs are marked around tables of a dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// `# …`, `## …`
    Markdown,
    /// `<h1>…</h1>`, `<p>…</p>`
    Html,
    /// Lines.
    Plain,
}

impl Markup {
    /// The markup that goes with a dialect's tables.
    #[must_use]
    pub fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Gfm => Self::Markdown,
            Dialect::Html => Self::Html,
            _ => Self::Plain,
        }
    }

    fn title(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("# {text}\n\n"),
            Self::Html => format!("<h1>{text}</h1>\n"),
            Self::Plain => format!("{text}\n\n"),
        }
    }

    fn heading(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("## {text}\n\n"),
            Self::Html => format!("<h2>{text}</h2>\n"),
            Self::Plain => format!("{text}\n\n"),
        }
    }

    /// A heading inside a section.
    fn topic(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("### {text}\n\n"),
            Self::Html => format!("<h3>{text}</h3>\n"),
            Self::Plain => format!("{text}\n\n"),
        }
    }

    fn paragraph(self, text: &str) -> String {
        match self {
            Self::Html => format!("<p>{text}</p>\n"),
            Self::Markdown | Self::Plain => format!("{text}\n\n"),
        }
    }
}
