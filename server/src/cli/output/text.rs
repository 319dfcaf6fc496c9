//! Findings for people, as compilers show them.
//!
//! Only the finding's first line is handed to the renderer, and of a long mark the beginning:
//! it cuts long lines around a mark but never inside one, and it ends lines at \n alone.

use std::io::IsTerminal;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use gouji_analysis::apply::Policy;
use gouji_analysis::{Finding, Lang, Message, Place, Safety, Severity, message};
use gouji_syntax::position::{Encoding, Lines};
use unicode_width::UnicodeWidthChar;

use super::Counts;
use crate::cli::input::Source;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 120;

/// Columns of a mark: longer ones show their beginning.
const MARK: usize = 60;

/// Shows findings.
#[derive(Debug)]
pub(crate) struct Text {
    renderer: Renderer,
    lang: Lang,
}

impl Text {
    /// For the terminal, if stdout is one.
    pub(crate) fn new(lang: Lang) -> Self {
        let renderer = if std::io::stdout().is_terminal() {
            let width = terminal_size::terminal_size().map_or(WIDTH, |it| it.0.0.into());
            Renderer::styled().term_width(width)
        } else {
            Renderer::plain().term_width(WIDTH)
        };
        Self { renderer, lang }
    }

    /// The findings of one file.
    pub(crate) fn findings(&self, source: &Source, findings: &[Finding]) -> String {
        // As of most files.
        if findings.is_empty() {
            return String::new();
        }
        let (starts, text) = (source.doc.starts(), source.text());
        let lines = Lines::new(&text);
        findings.iter().map(|it| self.finding(&source.name, &text, &starts, &lines, it)).collect()
    }

    fn finding(
        &self,
        path: &str,
        text: &str,
        starts: &[usize],
        lines: &Lines,
        it: &Finding,
    ) -> String {
        let range = it.place.resolve(starts);
        let line = lines.position(range.start, Encoding::Utf8).line;
        let shown = lines.line(line);
        let text = &text[shown.clone()];
        let start = range.start.saturating_sub(shown.start).min(text.len());
        let end = range.end.saturating_sub(shown.start).clamp(start, text.len());
        let end = start + clip(&text[start..end]);
        let snippet = Snippet::source(text)
            .line_start(line as usize + 1)
            .path(path)
            .annotation(AnnotationKind::Primary.span(start..end));
        let (level, word) = level(it.severity);
        let title = level.with_name(self.word(word)).primary_title(self.line(&it.message));
        let mut group = title.id(it.code).element(snippet);
        for related in &it.related {
            let at = at(starts, lines, related.place);
            let text = format!("{at}: {}", self.line(&related.message));
            group = group.element(Level::NOTE.with_name(self.word("cli.see")).message(text));
        }
        for fix in &it.fixes {
            let is_clear = fix.safety == Safety::Safe || fix.preferred;
            let word = self.word(if is_clear { "cli.fix" } else { "cli.choice" });
            group = group.element(Level::HELP.with_name(word).message(self.line(&fix.title)));
        }
        self.render(group)
    }

    fn render(&self, group: Group<'_>) -> String {
        format!("{}\n\n", self.renderer.render(&[group]))
    }

    /// The last line: how many findings, and how many of them `fix` repairs.
    pub(crate) fn summary(&self, files: usize, counts: Counts, fixable: usize) -> String {
        let message = Message::new("cli.summary").with("files", files);
        let mut text = with_counts(message, counts).text(self.lang);
        if fixable > 0 {
            text += &Message::new("cli.fixable").with("count", fixable).text(self.lang);
        }
        text + "\n"
    }

    fn word(&self, key: &str) -> &'static str {
        message::sentence(key, self.lang)
    }

    /// A message can quote a cell, and a cell can contain anything.
    fn line(&self, message: &Message) -> String {
        message.text(self.lang).replace(char::is_control, " ")
    }
}

/// A message with the counts as its values.
pub(crate) fn with_counts(message: Message, counts: Counts) -> Message {
    message
        .with("error", counts.error)
        .with("warning", counts.warning)
        .with("information", counts.information)
        .with("hint", counts.hint)
}

/// Findings that `fix` repairs without being told more.
pub(crate) fn fixable(findings: &[Finding]) -> usize {
    let policy = Policy::default();
    findings.iter().filter(|it| policy.choose(it).is_some()).count()
}

/// Bytes of the part of a text that is at most [`MARK`] columns wide.
fn clip(text: &str) -> usize {
    let mut width = 0;
    let wide = |c: char| {
        width += c.width().unwrap_or_default();
        width > MARK
    };
    text.find(wide).unwrap_or(text.len())
}

fn at(starts: &[usize], lines: &Lines, place: Place) -> String {
    let at = lines.position(place.resolve(starts).start, Encoding::Utf32);
    format!("{}:{}", at.line + 1, at.column + 1)
}

fn level(severity: Severity) -> (Level<'static>, &'static str) {
    match severity {
        Severity::Error => (Level::ERROR, "severity.error"),
        Severity::Warning => (Level::WARNING, "severity.warning"),
        Severity::Information => (Level::INFO, "severity.information"),
        Severity::Hint => (Level::NOTE, "severity.hint"),
    }
}
