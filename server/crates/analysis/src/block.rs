//! A block of a report with what analysis derives from it alone.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::mem::replace;
use std::sync::{Arc, OnceLock};

use gouji_syntax::table::{self, Cells, Renumbering};
use gouji_syntax::{BlockData, BlockKind};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::bind::Model;
use crate::bind::tokens::{self, Class};
use crate::outline::line::{self, Lines};
use crate::phrases::{self, Phrases};
use crate::prose::{self, Mention, Prose};
use crate::scan;

/// The blocks of one report. Places count from the first of them.
pub type Blocks = [Block];

/// A block of a document and what is derived from it, which clones share.
#[derive(Clone, Debug)]
pub struct Block {
    /// The block's kind and text.
    pub data: BlockData,
    /// `None` of a blank one, as half of all blocks are: what is derived from it is always the
    /// same.
    memo: Option<Arc<Memo>>,
}

/// Each part is computed once, when first asked for. Small, because a report has dozens, of which
/// most are sentences.
#[derive(Debug, Default)]
struct Memo {
    alike: Option<Box<Alike>>,
    /// Of few blocks but tables more is asked than the classes.
    cells: OnceLock<Box<Cells>>,
    /// Of most paragraphs there is nothing to keep: they are a sentence.
    classes: OnceLock<Option<Box<[Class]>>>,
    lines: OnceLock<Lines>,
    /// Of few blocks is there anything to keep.
    prose: OnceLock<Option<Box<Prose>>>,
    phrases: OnceLock<Phrases>,
}

/// A table met before that may be the same but for its numbers.
#[derive(Debug)]
struct Alike {
    model: Arc<Model>,
    /// What makes the block of that table, if it is.
    edit: OnceLock<Option<Renumbering>>,
}

impl Block {
    /// A block of which nothing has been derived yet.
    #[must_use]
    pub fn new(block: &gouji_syntax::Block) -> Self {
        Self::of(block.data.clone())
    }

    /// A block with some data.
    pub(crate) fn of(data: BlockData) -> Self {
        let memo = (data.kind != BlockKind::Blank).then(Arc::default);
        Self { data, memo }
    }

    /// A block that may have been met before: headings and many sentences are those of the form or of
    /// another report of the same agency, and what is derived from these is known.
    #[must_use]
    pub(crate) fn recalled(block: &gouji_syntax::Block) -> Self {
        match block.data.kind {
            BlockKind::Paragraph | BlockKind::Heading if block.len() <= Met::LONGEST => {
                let memo = MET.with_borrow_mut(|it| it.memo(&block.data));
                Self { data: block.data.clone(), memo: Some(memo) }
            }
            BlockKind::Table(_) => {
                let model = MET.with_borrow_mut(|it| it.model(&block.data));
                let alike = model.map(|model| Alike { model, edit: OnceLock::new() }.into());
                let memo = Arc::new(Memo { alike, ..Memo::default() });
                Self { data: block.data.clone(), memo: Some(memo) }
            }
            _ => Self::new(block),
        }
    }

    /// A table met before that is the same but for its numbers, and what makes this one of it.
    pub(crate) fn model(&self) -> Option<(&Model, &Renumbering)> {
        let Alike { model, edit } = self.memo().alike.as_deref()?;
        let edit = edit.get_or_init(|| model.edit(&self.data));
        Some((model, edit.as_ref()?))
    }

    /// Lets go of the table met before, of use only until the report is read: what makes this one of
    /// it takes almost as much memory as all else that is known of the block.
    pub(crate) fn forget_model(&mut self) {
        if let BlockKind::Table(_) = self.data.kind
            && let Some(memo) = self.memo.as_mut().and_then(Arc::get_mut)
        {
            memo.alike = None;
        }
    }

    /// Whether the lines that could be titles or headings say in `new` what they say here.
    pub(crate) fn keeps_lines(&self, new: &Self) -> bool {
        self.lines().say_the_same(&self.data.text, new.lines(), &new.data.text)
    }

    /// What makes `new` of this block, where that is an edit of numbers in a table.
    pub(crate) fn renumbering(&self, new: &Self) -> Option<Renumbering> {
        let is_table = matches!(self.data.kind, BlockKind::Table(_));
        is_table.then(|| Renumbering::between(&self.data, self.cells(), &new.data))?
    }

    /// Takes what an edit of numbers has left as it was of an earlier version of the block, of
    /// which all of this is known.
    pub(crate) fn take_from(&self, old: &Self) {
        let Some(edit) = old.renumbering(self) else { return };
        let memo = self.memo();
        memo.cells.get_or_init(|| old.cells().after(&edit).into());
        if let Some(classes) = tokens::after(old.classes(), &edit, self) {
            memo.classes.get_or_init(|| Some(classes.into()));
        }
        if let Some(lines) = old.lines().after(&old.data.text, &edit) {
            memo.lines.get_or_init(|| lines);
        }
    }

    fn memo(&self) -> &Memo {
        static BLANK: Memo = Memo {
            alike: None,
            cells: OnceLock::new(),
            classes: OnceLock::new(),
            lines: OnceLock::new(),
            prose: OnceLock::new(),
            phrases: OnceLock::new(),
        };
        self.memo.as_deref().unwrap_or(&BLANK)
    }

    /// Whether it says nothing, as half of all blocks.
    pub(crate) fn is_blank(&self) -> bool {
        self.memo.is_none()
    }

    /// Bytes that the block spans.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.data.text.len()
    }

    /// The cells of the block.
    pub fn cells(&self) -> &Cells {
        self.memo().cells.get_or_init(|| table::cells(self.data.kind, &self.data.text).into())
    }

    /// What each of [`Self::cells`] may be, in their order.
    pub(crate) fn classes(&self) -> &[Class] {
        static SENTENCE: [Class; 1] = [Class::Prose];
        let read = || tokens::read(self).map(Vec::into_boxed_slice);
        self.memo().classes.get_or_init(read).as_deref().unwrap_or(&SENTENCE)
    }

    /// Whether it is a line with one cell. What the cell may be is not read for that.
    pub(crate) fn is_line(&self) -> bool {
        let is_text = matches!(self.data.kind, BlockKind::Paragraph | BlockKind::Heading);
        is_text
            && match self.memo().classes.get() {
                Some(classes) => classes.as_ref().is_none_or(|it| it.len() == 1),
                None => table::only_cell(&self.data.text).is_some(),
            }
    }

    /// The lines that may be titles or hold headings.
    pub(crate) fn lines(&self) -> &Lines {
        let known = || {
            let (model, edit) = self.model()?;
            let known = model.lines(edit)?;
            debug_assert!(known.are_same(&self.data.text, &line::read(&self.data)));
            Some(known)
        };
        self.memo().lines.get_or_init(|| known().unwrap_or_else(|| line::read(&self.data)))
    }

    /// How many lines end in the block.
    pub(crate) fn line_ends(&self) -> usize {
        match self.data.kind {
            // These may be several lines each.
            BlockKind::Blank => scan::line_ends(&self.data.text),
            _ => self.lines().ends as usize,
        }
    }

    /// What the sentences of the block say; `None` where that is nothing of interest.
    pub(crate) fn prose(&self) -> Option<&Prose> {
        self.memo().prose.get_or_init(|| prose::read(self)).as_deref()
    }

    /// Whether it is known what the sentences of the block say.
    pub(crate) fn has_prose(&self) -> bool {
        self.memo().prose.get().is_some()
    }

    /// Keeps what the sentences of the block say, where that is not known.
    pub(crate) fn keep_prose(&self, prose: Option<Box<Prose>>) {
        self.memo().prose.get_or_init(|| prose);
    }

    /// Phrases in it that mean the same in every report.
    pub(crate) fn phrases(&self) -> &Phrases {
        self.memo().phrases.get_or_init(|| phrases::read(self, |_| {}))
    }

    /// Reads these phrases, unless they are known, and adds what its visible text mentions to other
    /// such; whether it did. Another thread may read them at the same time.
    pub(crate) fn read_phrases(&self, mentions: &mut Vec<Mention>) -> bool {
        let mut are_told = false;
        self.memo().phrases.get_or_init(|| {
            are_told = true;
            phrases::read(self, |it| mentions.push(it))
        });
        are_told
    }
}

/// A block and what is known of it.
type Known = (BlockData, Arc<Memo>);

thread_local! {
    static MET: RefCell<Met> = RefCell::default();
}

/// What is known of the blocks that were met last.
struct Met {
    /// Two of the blocks of each hash, the one that was asked for last before the other.
    blocks: Vec<[Option<Known>; 2]>,
    /// What tells the blocks that were met once from others. Most are never met again: to keep them
    /// would fill the caches with what is of no use.
    once: Vec<u16>,
    /// A table for each start of one.
    tables: FxHashMap<Box<[u8]>, Arc<Model>>,
}

impl Default for Met {
    fn default() -> Self {
        let blocks = std::iter::repeat_with(Default::default).take(Self::HASHES).collect();
        Self { blocks, once: vec![0; Self::ONCE], tables: FxHashMap::default() }
    }
}

impl Met {
    /// Bytes of the longest block that is kept: longer ones are hardly ever the same.
    const LONGEST: usize = 1024;
    /// Hashes that are told apart. A report has some sixty blocks.
    const HASHES: usize = 1024;
    /// Blocks of which it is known that they were met once.
    const ONCE: usize = 4096;

    /// Tables that are kept. A form has three.
    const TABLES: usize = 64;
    /// Bytes of the longest table that is kept: several times the longest of a form.
    const LONGEST_TABLE: usize = 1 << 16;
    /// Bytes of the first line that tell tables apart.
    const START: usize = 128;

    /// A table that begins as another does: what was written in a form by the same means differs in
    /// its numbers only.
    fn model(&mut self, data: &BlockData) -> Option<Arc<Model>> {
        if data.text.len() > Self::LONGEST_TABLE {
            return None;
        }
        let start = &data.text.as_bytes()[..data.text.len().min(Self::START)];
        let start = &start[..memchr::memchr(b'\n', start).unwrap_or(start.len())];
        if let Some(known) = self.tables.get_mut(start) {
            if known.fits() {
                return Some(Arc::clone(known));
            }
            *known = Arc::new(Model::new(data.clone()));
            return None;
        }
        if self.tables.len() == Self::TABLES {
            self.tables.clear();
        }
        self.tables.insert(start.into(), Arc::new(Model::new(data.clone())));
        None
    }

    /// What is known of a block, to which more may be added.
    fn memo(&mut self, block: &BlockData) -> Arc<Memo> {
        let hash = FxBuildHasher.hash_one(block) as usize;
        let (alike, hash) = (&mut self.blocks[hash % Self::HASHES], hash / Self::HASHES);
        let is_it = |it: &Option<Known>| it.as_ref().is_some_and(|it| it.0 == *block);
        if let Some(at) = alike.iter().position(is_it) {
            alike.swap(0, at);
        } else {
            let (once, rest) = (&mut self.once[hash % Self::ONCE], (hash / Self::ONCE) as u16);
            if replace(once, rest) != rest {
                return Arc::default();
            }
            alike.swap(0, 1);
            alike[0] = Some((block.clone(), Arc::default()));
        }
        alike[0].as_ref().map(|it| Arc::clone(&it.1)).unwrap_or_default()
    }
}

/// The byte offset at which each of some blocks starts, from that of the first on, and their
/// end last: what [`Place::resolve`](crate::Place::resolve) needs.
#[must_use]
pub fn starts(first: usize, blocks: &Blocks) -> Vec<usize> {
    let mut at = first;
    let ends = blocks.iter().map(|it| {
        at += it.len();
        at
    });
    std::iter::once(first).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{blocks, recalled};

    #[test]
    fn short_blocks_of_the_same_text_share_what_is_derived_from_it() {
        let memo = |text: &str| recalled(text).remove(0).memo.expect("not blank");
        let text = "全年新收政府信息公开申请3件。\n";
        // What is met once is not kept.
        assert!(!Arc::ptr_eq(&memo(text), &memo(text)));
        assert!(Arc::ptr_eq(&memo(text), &memo(text)));
        memo(&text.replace('3', "4"));
        assert!(!Arc::ptr_eq(&memo(text), &memo(&text.replace('3', "4"))));
        // The same letters as a heading and as a sentence.
        let [first, second] = ["# 规章\n", "规章\n"];
        let _ = [memo(first), memo(second)];
        assert!(!Arc::ptr_eq(&memo(first), &memo(second)));
        let long = text.repeat(Met::LONGEST / text.len() + 1);
        memo(&long);
        assert!(!Arc::ptr_eq(&memo(&long), &memo(&long)));
    }

    #[test]
    fn blocks_met_long_ago_are_forgotten() {
        let mut met = Met::default();
        let block = |number: usize| recalled(&format!("第{number}段。\n")).remove(0).data;
        let twice = |met: &mut Met, number| {
            met.memo(&block(number));
            met.memo(&block(number))
        };
        let first = twice(&mut met, 0);
        assert!(Arc::ptr_eq(&first, &met.memo(&block(0))));
        // Blocks that are met once push no others out, and those that are met again and again
        // outlast all others.
        (1..4 * Met::HASHES).for_each(|it| drop(met.memo(&block(it))));
        assert!(Arc::ptr_eq(&first, &met.memo(&block(0))));
        for number in 4 * Met::HASHES..8 * Met::HASHES {
            twice(&mut met, number);
            assert!(Arc::ptr_eq(&first, &met.memo(&block(0))));
        }
        for number in 8 * Met::HASHES..12 * Met::HASHES {
            twice(&mut met, number);
        }
        assert!(!Arc::ptr_eq(&first, &met.memo(&block(0))));
    }

    #[test]
    fn the_lines_of_blocks_are_those_of_the_text() {
        for (text, lines) in [
            ("", 0),
            ("一、总体情况", 0),
            ("# 年度报告\n\n \n\t\n好。\r\n好。\r好。", 6),
            ("\n", 1),
            ("\r\n\r\n一、总体情况\n\n\n", 5),
            ("| 规章 | 0 |\n| --- | --- |\n| 规章 | 0 |\n", 3),
            ("<!--\n\n-->\n```\n\n好。\n```\n<table>\n<tr><td>0</td></tr>\n</table>\n", 10),
        ] {
            let ends = blocks(text).iter().map(Block::line_ends).sum::<usize>();
            assert_eq!(ends, lines, "{text:?}");
        }
    }
}
