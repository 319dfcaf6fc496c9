//! Which cells make up which table of which form.
//!
//! Cells between two headings or sentences are a run. A run holds a table where it has
//! labels of that table; it is cut where labels of another table begin, and goes on after
//! an interruption (a page number, a note) when the same table does.

use std::borrow::Cow;
use std::ops::Range;

use gouji_syntax::BlockKind;
use gouji_syntax::table::{Cell, Cells, Dialect};

use super::lexicon::Names;
use super::tokens::Class;
use crate::Blocks;
use crate::block::Block;
use crate::finding::Place;
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
    labels: usize,
}

/// Cells between two headings or sentences.
#[derive(Debug)]
pub(super) struct Run {
    /// The ordinal of the stretch between headings that it is in.
    stretch: usize,
    toks: Range<usize>,
}

/// The tables among the runs of `toks`, in order.
pub(super) fn find<'t, 'a>(toks: &'t [Tok<'a>], runs: &[Run]) -> Vec<Piece<'t, 'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    for Run { stretch, toks: run } in runs {
        for piece in cut(&toks[run.clone()], *stretch) {
            let last = pieces.last_mut();
            match last.filter(|it| it.table == piece.table && it.stretch == *stretch) {
                Some(last) => last.toks.to_mut().extend_from_slice(&piece.toks),
                None => pieces.push(piece),
            }
        }
    }
    pieces.retain_mut(|piece| {
        let labels = Labels::of(&piece.toks, piece.table);
        (piece.labels, piece.form) = (labels.in_cells + labels.in_lines, labels.form());
        labels.are_table()
    });
    drop_lookalikes(&mut pieces);
    pieces
}

/// All cells, and the runs of them without a heading or sentence among them.
pub(super) fn runs<'a>(blocks: &'a Blocks, headings: &[Place]) -> (Vec<Tok<'a>>, Vec<Run>) {
    let count = blocks.iter().map(|it| it.classes().len()).sum();
    let mut reader =
        Reader { toks: Vec::with_capacity(count), runs: Vec::new(), stretch: 0, start: 0 };
    for (block, source) in (0..).zip(blocks) {
        reader.read(block, source, headings);
    }
    reader.end_run();
    (reader.toks, reader.runs)
}

struct Reader<'a> {
    toks: Vec<Tok<'a>>,
    runs: Vec<Run>,
    stretch: usize,
    /// Where the run starts that is not ended yet.
    start: usize,
}

impl<'a> Reader<'a> {
    fn read(&mut self, block: u32, source: &'a Block, headings: &[Place]) {
        let tok = |(index, class), row, dialect| Tok { class, block, source, index, row, dialect };
        let is_table = matches!(source.data.kind, BlockKind::Table(_));
        if source.classes().is_empty() {
            return;
        }
        let here = || headings.iter().filter(|it| it.block == block);
        let has_heading = here().next().is_some();
        let classes = match source.classes() {
            // What stands in the only cell of a line is told without reading where.
            [class] if !is_table => {
                return self.take(tok((0, class), 0, Dialect::Lines), has_heading);
            }
            classes => classes,
        };
        let is_whole = !has_heading && !classes.iter().any(|it| matches!(it, Class::Prose));
        let (Cells { dialect, rows }, mut first) = (source.cells(), 0);
        for (row, cells) in (0..).zip(rows.iter()) {
            let classes = &classes[first..first + cells.len()];
            let toks = (first as u32..).zip(classes).map(|it| tok(it, row, *dialect));
            first += cells.len();
            if is_whole {
                self.toks.extend(toks);
                continue;
            }
            for tok in toks {
                let is_heading = here().any(|it| overlaps(*it, tok.place()));
                self.take(tok, is_heading);
            }
        }
    }

    fn take(&mut self, tok: Tok<'a>, is_heading: bool) {
        if is_heading || matches!(tok.class, Class::Prose) {
            self.end_run();
            self.stretch += usize::from(is_heading);
        } else {
            self.toks.push(tok);
        }
    }

    fn end_run(&mut self) {
        let toks = self.start..self.toks.len();
        self.start = toks.end;
        if !toks.is_empty() {
            self.runs.push(Run { stretch: self.stretch, toks });
        }
    }
}

fn overlaps(heading: Place, cell: Place) -> bool {
    heading.block == cell.block
        && heading.range.start() < cell.range.end()
        && cell.range.start() < heading.range.end()
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
        Piece { table, form: None, toks, stretch, labels: 0 }
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
