//! A document as the server holds it, and the edits that are measured.

use std::ops::Range;

use gouji_analysis::{Checked, Config, Document, check};
use gouji_syntax::Edit;

/// An open document and what its last check found.
pub(crate) struct Session {
    doc: Document,
    config: Config,
    checked: Checked,
}

impl Session {
    /// What opening a file costs.
    pub(crate) fn open(text: &str) -> Self {
        let (doc, config) = (Document::new(text), Config::default());
        let checked = check(&doc, &config, None, &|| false).expect("nobody cancels");
        Self { doc, config, checked }
    }

    /// What an edit costs until its findings are known. The only place where benches call
    /// the analysis after an edit.
    pub(crate) fn edit(&mut self, edit: &Edit) -> &Checked {
        self.doc.edit(edit);
        let replaced = self.checked.update(&self.doc, &self.config, &|| false);
        assert!(replaced.is_some(), "nobody cancels");
        &self.checked
    }

    pub(crate) fn checked(&self) -> &Checked {
        &self.checked
    }
}

/// Something that a user does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Types a letter in a sentence.
    Prose,
    /// Types a digit in a cell of table 三.
    Cell,
    /// Presses Enter at the end of a row of table 三.
    Enter,
    /// Pastes 50 rows into table 三.
    Paste,
}

impl Action {
    pub(crate) const ALL: [Self; 4] = [Self::Prose, Self::Cell, Self::Enter, Self::Paste];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Cell => "cell",
            Self::Enter => "enter",
            Self::Paste => "paste",
        }
    }

    /// What it does in the middle of `text`, a document of this folder, and what undoes it.
    pub(crate) fn in_the_middle_of(self, text: &str) -> Pair {
        let row = || {
            let start = after(text, "| （一）予以公开");
            start..start + text[start..].find('\n').expect("a line ends")
        };
        match self {
            Self::Prose => Pair::at(after(text, "全部申请均在法定期限"), "a".to_owned()),
            Self::Cell => {
                let row = row();
                let digit = text[row.clone()].find(|it: char| it.is_ascii_digit());
                Pair::at(row.start + digit.expect("a number") + 1, "7".to_owned())
            }
            Self::Enter => Pair::at(row().end, "\n".to_owned()),
            Self::Paste => Pair::at(row().end + 1, rows()),
        }
    }
}

/// Where the first `words` end of the report in the middle, or of the only one.
fn after(text: &str, words: &str) -> usize {
    let half = (text.len() / 2..text.len()).find(|it| text.is_char_boundary(*it)).unwrap_or(0);
    let report = text[..half].rfind("\n# ").unwrap_or(0);
    report + text[report..].find(words).expect("every report has them") + words.len()
}

/// Fifty rows of a table, as they come from a spreadsheet.
fn rows() -> String {
    let row = |it| format!("| | | {it}.其他事项 | {it} | 1 | 0 | 0 | 0 | 0 | {} |\n", it + 1);
    (1..=50).map(row).collect()
}

/// An edit and what takes it back.
pub(crate) struct Pair {
    pub(crate) edit: Edit,
    pub(crate) undo: Edit,
}

impl Pair {
    fn at(at: usize, text: String) -> Self {
        let undo = Edit { range: Range { start: at, end: at + text.len() }, text: String::new() };
        Self { edit: Edit { range: at..at, text }, undo }
    }
}
