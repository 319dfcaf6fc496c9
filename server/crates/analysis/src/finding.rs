//! What a rule found, where, and how it can be repaired.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use text_size::TextRange;

use crate::Blocks;
use crate::message::Message;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// An explanation.
    Information,
    /// Probably wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

/// Whether a fix can be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Form only, never a number.
    Safe,
    /// A number, or a choice.
    Unsafe,
}

/// Bytes from the start of a block. The range may reach past the block's end, into the
/// blocks after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the block, in the report or in the document.
    pub block: u32,
    /// Bytes from the block's start.
    pub range: PlaceRange,
}

/// A [`TextRange`] with an order: by start, then end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlaceRange(TextRange);

impl PlaceRange {
    /// First byte.
    #[must_use]
    pub fn start(self) -> u32 {
        self.0.start().into()
    }

    /// Byte after the last.
    #[must_use]
    pub fn end(self) -> u32 {
        self.0.end().into()
    }
}

impl PartialOrd for PlaceRange {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PlaceRange {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start(), self.end()).cmp(&(other.start(), other.end()))
    }
}

impl Place {
    /// A range of bytes of a block.
    #[must_use]
    pub fn new(block: usize, range: TextRange) -> Self {
        Self { block: block as u32, range: PlaceRange(range) }
    }

    /// The same range as a [`TextRange`].
    #[must_use]
    pub fn text_range(self) -> TextRange {
        self.range.0
    }

    /// Bytes of the document. `starts` are where the blocks start from whose first places count:
    /// those of a report ([`crate::block::starts`]) or of a document (`Document::starts`).
    #[must_use]
    pub fn resolve(self, starts: &[usize]) -> Range<usize> {
        let start = starts.get(self.block as usize).copied().unwrap_or_default();
        start + self.range.start() as usize..start + self.range.end() as usize
    }

    /// The place where blocks are counted from another, so many before.
    #[must_use]
    pub(crate) fn after(self, blocks: usize) -> Self {
        Self { block: self.block + blocks as u32, ..self }
    }

    /// The text at the place; empty where it reaches out of its block.
    #[must_use]
    pub fn text(self, blocks: &Blocks) -> &str {
        let block = blocks.get(self.block as usize);
        block.and_then(|it| it.data.text.get(Range::from(self.range))).unwrap_or_default()
    }
}

impl From<PlaceRange> for Range<usize> {
    fn from(range: PlaceRange) -> Self {
        range.0.into()
    }
}

/// A replacement of the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Says what changes: 总计 0 → 1.
    pub title: Message,
    /// Whether it can be applied without asking.
    pub safety: Safety,
    /// The one obviously right repair.
    pub preferred: bool,
    /// Applied together; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A place that explains a finding, as an addend of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What it has to do with the finding.
    pub message: Message,
}

/// A sum of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BrokenSum {
    /// Where its table starts: report's block and byte.
    pub(crate) table: Place,
    /// [`crate::sums::Sum::index`]
    pub(crate) index: usize,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, why, and what to do.
    pub message: Message,
    /// Places that explain it.
    pub related: Vec<Related>,
    /// Repairs, best first.
    ///
    /// Shared: a table's recomputation is a repair of each of its broken sums.
    pub fixes: Vec<Arc<Fix>>,
    /// The sum that is broken, if it is one. Its repairs take longer to find than the sum;
    /// [`crate::Checked`] adds them when they are asked for.
    pub(crate) sum: Option<BrokenSum>,
}

impl Finding {
    /// A finding without explaining places and repairs.
    #[must_use]
    pub fn new(
        (code, name): (&'static str, &'static str),
        severity: Severity,
        place: Place,
        message: Message,
    ) -> Self {
        let (related, fixes) = (Vec::new(), Vec::new());
        Self { code, name, severity, place, message, related, fixes, sum: None }
    }

    /// Adds an explaining place.
    #[must_use]
    pub fn related(mut self, place: Place, message: Message) -> Self {
        self.related.push(Related { place, message });
        self
    }

    /// Adds a repair.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(Arc::new(fix));
        self
    }

    /// The finding where blocks are counted from another, so many before.
    #[must_use]
    pub fn after(mut self, blocks: usize) -> Self {
        let sum = self.sum.iter_mut().map(|it| &mut it.table);
        let related = self.related.iter_mut().map(|it| &mut it.place).chain(sum);
        let edits = self
            .fixes
            .iter_mut()
            .flat_map(|it| &mut Arc::make_mut(it).edits)
            .map(|it| &mut it.place);
        for place in related.chain(edits).chain([&mut self.place]) {
            *place = place.after(blocks);
        }
        self
    }

    /// Another severity than the rule's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
