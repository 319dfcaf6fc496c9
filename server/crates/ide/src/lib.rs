//! What an editor asks of an analysed report.
//!
//! Works on bytes of one version of a document and knows no protocol. The command line
//! repairs files with the same functions.

mod actions;
mod completion;
mod fixes;
mod folding;
mod format;
mod hints;
mod hover;
mod ignore;
mod lens;
mod navigation;
mod outline;
pub mod preview;
mod rewrite;
mod selection;
mod spot;
mod tokens;

use std::ops::Range;

use gouji_analysis::{Document, Fix};

pub use actions::{Action, Kind, Trigger, code_actions};
pub use completion::{Completion, Sort, Wants, completions};
pub use fixes::{Fixed, fix_all};
pub use folding::folds;
pub use format::format;
pub use hints::{Hint, Hints, hints};
pub use hover::{Hover, hover};
pub use lens::{Lens, lenses, recomputed};
pub use navigation::{Highlight, definitions, highlights, references};
pub use outline::{Symbol, SymbolKind, found, symbols};
pub use selection::selections;
pub use tokens::{Token, TokenKind, tokens};

/// A replacement of bytes of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// Bytes of the old text.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// The changes of a fix, sorted. `None` where they overlap or are none: such a fix is broken
/// and better not offered.
fn changes(fix: &Fix, starts: &[usize]) -> Option<Vec<Change>> {
    let mut changes: Vec<_> = fix
        .edits
        .iter()
        .map(|it| Change { range: it.place.resolve(starts), text: it.text.clone() })
        .collect();
    changes.sort_by_key(|it| (it.range.start, it.range.end));
    let apart = changes.windows(2).all(|it| it[0].range.end <= it[1].range.start);
    (apart && !changes.is_empty()).then_some(changes)
}

/// Whether two ranges share a byte or an end: a cursor right after a word is at the word.
fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The document after changes, which are sorted and do not overlap.
#[must_use]
pub fn apply(doc: &Document, changes: &[Change]) -> Document {
    let mut doc = doc.clone();
    // From the end, so that the ranges before stay right.
    for change in changes.iter().rev() {
        doc.edit(&gouji_syntax::Edit { range: change.range.clone(), text: change.text.clone() });
    }
    doc
}
