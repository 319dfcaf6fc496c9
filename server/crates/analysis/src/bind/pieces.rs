//! Which cells make up which table of which form.
//!
//! Cells between two headings or sentences are a run. A run holds a table where it has
//! labels of that table; it is cut where labels of another table begin, and goes on after
//! an interruption (a page number, a note) when the same table does.

use std::borrow::Cow;
use std::ops::Range;
use std::slice;

use gouji_syntax::BlockKind;
use gouji_syntax::table::{Cell, Cells, Dialect};

use super::lexicon::Names;
use super::model::{self, Known};
use super::rows;
use super::tokens::Class;
use crate::Blocks;
use crate::block::Block;
use crate::finding::Place;
use crate::report::Table;
use crate::schema::SCHEMAS;

/// A cell and what it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tok<'a> {
    pub(super) class: &'a Class,
    pub(super) block: u32,
    /// The same, to read the cell from: few are asked for where they stand.
    source: &'a Block,
    /// Ordinal of the cell in the block.
    index: u32,
    /// Ordinal of its row in the block.
    row: u32,
    pub(super) dialect: Dialect,
}

impl<'a> Tok<'a> {
    pub(super) fn cell(&self) -> &'a Cell {
        &self.source.cells().rows.cells()[self.index as usize]
    }

    /// The row it stands in, where the dialect has rows.
    pub(super) fn row(&self) -> Option<(u32, u32)> {
        self.dialect.has_rows().then_some((self.block, self.row))
    }

    /// Whether it stands in the same row of a block as another.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        (self.block, self.row) == (other.block, other.row)
    }

    pub(super) fn place(&self) -> Place {
        Place::new(self.block as usize, self.cell().text)
    }

    fn names(&self) -> Option<&'a Names> {
        if let Class::Label(names) = self.class { Some(names) } else { None }
    }
}

/// The cells of one table.
#[derive(Debug)]
pub(super) struct Piece<'t, 'a> {
    /// The table, as an index in [`TABLES`](super::lexicon::TABLES).
    pub(super) table: usize,
    /// The form that its labels show, as an index; `None` where they fit several.
    pub(super) form: Option<usize>,
    /// Part of a run; of several only where something interrupts the table.
    pub(super) toks: Cow<'t, [Tok<'a>]>,
    /// Which of the stretches between headings it stands in.
    stretch: usize,
    pub(super) labels: usize,
    /// A block that is all of it, and how it is read; it has no `toks` then.
    known: Option<&'t Known<'a>>,
}

impl Piece<'_, '_> {
    /// It as a table of a form; `None` where the form has no such table.
    pub(super) fn bind(&self, blocks: &Blocks, form: usize) -> Option<Table> {
        match self.known {
            Some(known) => known.bind(form),
            None => rows::bind(blocks, self, form),
        }
    }

    /// Whether its labels are those of a table; counts them.
    fn is_table(&mut self) -> bool {
        let labels = Labels::of(&self.toks, self.table);
        (self.labels, self.form) = (labels.in_cells + labels.in_lines, labels.form());
        labels.are_table()
    }
}

/// All cells of some blocks but those of known tables, and the runs of them without a heading or
/// sentence among them.
#[derive(Debug, Default)]
pub(super) struct Runs<'a> {
    toks: Vec<Tok<'a>>,
    runs: Vec<Run<'a>>,
}

/// Cells between two headings or sentences.
#[derive(Debug)]
struct Run<'a> {
    /// The ordinal of the stretch between headings that it is in.
    stretch: usize,
    toks: Range<usize>,
    /// A block that is all of it, and of the stretch; it has no `toks` then.
    known: Option<Known<'a>>,
}

impl<'a> Runs<'a> {
    /// Those of some blocks.
    pub(super) fn read(blocks: &'a Blocks, headings: &[Place]) -> Self {
        let known = Reader::read(blocks, headings, Known::of);
        known.unwrap_or_else(|| Self::unknown(blocks, headings))
    }

    /// Those of some blocks, of which no table is known.
    pub(super) fn unknown(blocks: &'a Blocks, headings: &[Place]) -> Self {
        Reader::read(blocks, headings, |_, _| None).unwrap_or_default()
    }

    /// How many tables are known.
    #[cfg(test)]
    pub(super) fn known(&self) -> usize {
        self.runs.iter().filter(|it| it.known.is_some()).count()
    }

    /// The tables, in order.
    pub(super) fn pieces(&self) -> Vec<Piece<'_, 'a>> {
        let mut pieces: Vec<Piece> = Vec::new();
        for Run { stretch, toks, known } in &self.runs {
            if let Some(known) = known {
                let model::Labels { table, form, count: labels } = known.labels;
                let (stretch, toks) = (*stretch, Cow::Borrowed(&[][..]));
                pieces.push(Piece { table, form, toks, stretch, labels, known: Some(known) });
                continue;
            }
            for piece in cut(&self.toks[toks.clone()], *stretch) {
                let last = pieces.last_mut();
                match last.filter(|it| it.table == piece.table && it.stretch == *stretch) {
                    Some(last) => last.toks.to_mut().extend_from_slice(&piece.toks),
                    None => pieces.push(piece),
                }
            }
        }
        pieces.retain_mut(|it| it.known.is_some() || it.is_table());
        drop_lookalikes(&mut pieces);
        pieces
    }
}

/// Gives the piece that a block is to a reader, if it is one piece of a table by itself.
pub(super) fn alone<T>(block: &Block, read: impl FnOnce(&Piece) -> T) -> Option<T> {
    let runs = Runs::unknown(slice::from_ref(block), &[]);
    let [Run { stretch, toks, .. }] = &*runs.runs else { return None };
    // Of several, others may decide which is one.
    let is_all = toks.len() == block.classes().len() && cut(&runs.toks, *stretch).len() == 1;
    is_all.then(|| runs.pieces().first().map(read))?
}

#[derive(Default)]
struct Reader<'a> {
    read: Runs<'a>,
    stretch: usize,
    /// Where the run starts that is not ended yet.
    start: usize,
    /// A known block in this run.
    known: Option<Known<'a>>,
    /// Whether a run has more than a known block.
    is_mixed: bool,
}

impl<'a> Reader<'a> {
    /// Reads some blocks, of which some may be known. Nothing comes back where such a one is not
    /// alone between two headings: what is beside it has a say in how it is read.
    fn read(
        blocks: &'a Blocks,
        headings: &[Place],
        recall: impl Fn(u32, &'a Block) -> Option<Known<'a>>,
    ) -> Option<Runs<'a>> {
        debug_assert!(headings.is_sorted_by_key(|it| it.block));
        // Most cells outside of known tables are lines at the start and end of a report.
        let read = Runs { toks: Vec::with_capacity(16), runs: Vec::with_capacity(8) };
        let (mut reader, mut rest) = (Self { read, ..Self::default() }, headings);
        for (index, block) in (0..).zip(blocks).filter(|it| !it.1.is_blank()) {
            let count = rest.iter().take_while(|it| it.block <= index).count();
            let (here, after) = rest.split_at(count);
            rest = after;
            let known = if here.is_empty() { recall(index, block) } else { None };
            match known {
                Some(known) => reader.is_mixed |= reader.known.replace(known).is_some(),
                None => reader.block(index, block, here),
            }
        }
        reader.end_run();
        let is_alone =
            |it: &[Run]| it[0].stretch != it[1].stretch || it.iter().all(|it| it.known.is_none());
        let is_sure = !reader.is_mixed && reader.read.runs.windows(2).all(is_alone);
        is_sure.then_some(reader.read)
    }

    /// Reads a block, in which some headings may stand.
    fn block(&mut self, block: u32, source: &'a Block, headings: &[Place]) {
        let tok = |(index, class), row, dialect| Tok { class, block, source, index, row, dialect };
        let is_table = matches!(source.data.kind, BlockKind::Table(_));
        let has_heading = !headings.is_empty();
        // Whatever a heading says, it is no cell.
        if has_heading && source.is_line() {
            return self.end_stretch();
        }
        let classes = match source.classes() {
            // What stands in the only cell of a line is told without reading where.
            [_] if !is_table && has_heading => return self.end_stretch(),
            [class] if !is_table => return self.take(tok((0, class), 0, Dialect::Lines)),
            classes => classes,
        };
        self.read.toks.reserve(classes.len());
        let is_whole = !has_heading && !classes.iter().any(|it| matches!(it, Class::Prose));
        let (Cells { dialect, rows }, mut first) = (source.cells(), 0);
        for (row, cells) in (0..).zip(rows.iter()) {
            let classes = &classes[first..first + cells.len()];
            let toks = (first as u32..).zip(classes).map(|it| tok(it, row, *dialect));
            first += cells.len();
            if is_whole {
                self.read.toks.extend(toks);
                continue;
            }
            for tok in toks {
                if headings.iter().any(|it| overlaps(*it, tok.place())) {
                    self.end_stretch();
                } else {
                    self.take(tok);
                }
            }
        }
    }

    fn take(&mut self, tok: Tok<'a>) {
        if matches!(tok.class, Class::Prose) {
            self.end_run();
        } else {
            self.read.toks.push(tok);
        }
    }

    /// Ends what stands before a heading.
    fn end_stretch(&mut self) {
        self.end_run();
        self.stretch += 1;
    }

    fn end_run(&mut self) {
        let toks = self.start..self.read.toks.len();
        self.start = toks.end;
        let known = self.known.take();
        self.is_mixed |= known.is_some() && !toks.is_empty();
        if known.is_some() || !toks.is_empty() {
            self.read.runs.push(Run { stretch: self.stretch, toks, known });
        }
    }
}

/// Whether a heading and a cell of its block have bytes in common.
fn overlaps(heading: Place, cell: Place) -> bool {
    heading.range.start() < cell.range.end() && cell.range.start() < heading.range.end()
}

/// Cuts a run where labels of another table begin; what stands before the first label's row
/// is dropped.
fn cut<'t, 'a>(run: &'t [Tok<'a>], stretch: usize) -> Vec<Piece<'t, 'a>> {
    // The table of each piece, and its first and last cell and what follows.
    let mut cuts: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, tok) in run.iter().enumerate() {
        let Some(names) = tok.names() else { continue };
        let changes = match cuts.last() {
            Some((table, _)) => !names.tables.contains(table) && !names.is_damaged,
            None => true,
        };
        if let (true, Some(table)) = (changes, names.tables.first()) {
            let before = run[..index].iter().rev();
            let in_row = before.take_while(|it| it.row().is_some() && it.row() == tok.row());
            if let Some(last) = cuts.last_mut() {
                last.1.end = index;
            }
            cuts.push((*table, index - in_row.count()..run.len()));
        }
    }
    let pieces = cuts.into_iter().map(|(table, toks)| {
        let toks = &run[toks];
        let last = toks.iter().rposition(|it| !matches!(it.class, Class::Text));
        let toks = Cow::Borrowed(&toks[..last.map_or(0, |it| it + 1)]);
        Piece { table, form: None, toks, stretch, labels: 0, known: None }
    });
    pieces.collect()
}

/// A label of so many characters is of the form alone; 其他, 总计, 行政许可 stand in other
/// tables too.
const TELLING: usize = 5;

/// What tells whether cells are a table, and of which form.
#[derive(Default)]
struct Labels {
    in_cells: usize,
    in_lines: usize,
    /// Values, where there is but one label in cells.
    values: usize,
    /// Labels long enough to be of the form alone, and a character shorter.
    telling: usize,
    nearly: usize,
    /// For each form, labels of the table; rows count, and columns where they differ.
    forms: Vec<usize>,
}

impl Labels {
    fn of(toks: &[Tok], table: usize) -> Self {
        let mut labels = Self { forms: vec![0; SCHEMAS.len()], ..Self::default() };
        for tok in toks {
            if let Class::Label(names) = tok.class {
                labels.add(tok, names, table);
            }
        }
        if labels.in_cells == 1 {
            let is_value = |it: &&Tok| it.class.is_value() && !matches!(it.class, Class::Empty);
            labels.values = toks.iter().filter(is_value).count();
        }
        labels
    }

    fn add(&mut self, tok: &Tok, names: &Names, table: usize) {
        let in_lines = tok.dialect == Dialect::Lines;
        *(if in_lines { &mut self.in_lines } else { &mut self.in_cells }) += 1;
        self.telling += usize::from(names.chars >= TELLING);
        self.nearly += usize::from(names.chars == TELLING - 1);
        let forms = names.forms(table);
        for (form, count) in self.forms.iter_mut().enumerate() {
            *count += (forms >> form & 1) as usize;
        }
    }

    /// Enough labels for a table, among them what no other table has. Loose lines prove less
    /// than cells do.
    fn are_table(&self) -> bool {
        let Self { in_cells, in_lines, values, telling, nearly, .. } = *self;
        let enough = in_cells > 1 || in_lines > 2 || (in_cells == 1 && values > 2);
        enough && (telling > 0 || nearly >= TELLING)
    }

    /// The form with the most labels.
    fn form(&self) -> Option<usize> {
        let most = *self.forms.iter().max()?;
        let mut best = (0..self.forms.len()).filter(|it| self.forms[*it] == most);
        let first = best.next()?;
        best.next().is_none().then_some(first)
    }
}

/// Of several pieces that may be the same table, those that have much fewer of its labels
/// than the best are other tables with like words.
fn drop_lookalikes(pieces: &mut Vec<Piece>) {
    let counts: Vec<_> = pieces.iter().map(|it| (it.table, it.labels)).collect();
    pieces.retain(|piece| {
        let same = counts.iter().filter(|it| it.0 == piece.table);
        same.map(|it| it.1).max().is_none_or(|most| piece.labels * 2 >= most)
    });
}
