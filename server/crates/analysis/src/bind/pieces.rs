//! Which cells make up which table of which form.
//!
//! Cells between two headings or sentences are a run. A run holds a table where it has
//! labels of that table; it is cut where labels of another table begin, and goes on after
//! an interruption (a page number, a note) when the same table does.

use gouji_syntax::table::Dialect;
use std::ops::Range;

use super::tokens::{Class, Token};
use crate::Blocks;
use crate::finding::Place;
use crate::schema::SCHEMAS;

/// A cell of a piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tok<'a> {
    pub(super) block: usize,
    pub(super) token: &'a Token,
    pub(super) dialect: Dialect,
}

impl Tok<'_> {
    /// The row it stands in, where the dialect has rows.
    pub(super) fn row(&self) -> Option<(usize, u32)> {
        self.dialect.has_rows().then_some((self.block, self.token.row))
    }

    pub(super) fn place(&self) -> Place {
        Place::new(self.block, self.token.cell.text)
    }
}

/// The cells of one table.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// Id of the table.
    pub(super) id: &'static str,
    /// The form that its labels show, as an index; `None` where they fit several.
    pub(super) form: Option<usize>,
    pub(super) toks: Vec<Tok<'a>>,
    /// Which of the stretches between headings it stands in.
    stretch: usize,
}

/// The tables among `blocks`, in order.
pub(super) fn find<'a>(blocks: &'a Blocks, headings: &[Place]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (toks, runs) = runs(blocks, headings);
    for (stretch, run) in runs {
        for mut piece in cut(&toks[run], stretch) {
            let last = pieces.last_mut();
            match last.filter(|it| it.id == piece.id && it.stretch == stretch) {
                Some(last) => last.toks.append(&mut piece.toks),
                None => pieces.push(piece),
            }
        }
    }
    pieces.retain(|it| is_table(&it.toks));
    drop_lookalikes(&mut pieces);
    for piece in &mut pieces {
        piece.form = form(piece.id, &piece.toks);
    }
    pieces
}

/// All cells, and the runs of them without a heading or sentence among them, each with the
/// ordinal of the stretch between headings that it is in.
fn runs<'a>(blocks: &'a Blocks, headings: &[Place]) -> (Vec<Tok<'a>>, Vec<(usize, Range<usize>)>) {
    let mut toks = Vec::with_capacity(blocks.iter().map(|it| it.tokens().len()).sum());
    let mut runs = Vec::new();
    let (mut stretch, mut start) = (0, 0);
    for (block, it) in blocks.iter().enumerate() {
        let dialect = it.cells().dialect;
        let here = || headings.iter().filter(|it| it.block as usize == block);
        let has_heading = here().next().is_some();
        for token in it.tokens() {
            let tok = Tok { block, token, dialect };
            let is_heading = has_heading && here().any(|it| overlaps(*it, tok.place()));
            if is_heading || matches!(token.class, Class::Prose) {
                runs.push((stretch, start..toks.len()));
                start = toks.len();
            } else {
                toks.push(tok);
            }
            stretch += usize::from(is_heading);
        }
    }
    runs.push((stretch, start..toks.len()));
    runs.retain(|it| !it.1.is_empty());
    (toks, runs)
}

fn overlaps(heading: Place, cell: Place) -> bool {
    heading.block == cell.block
        && heading.range.start() < cell.range.end()
        && cell.range.start() < heading.range.end()
}

/// Cuts a run where labels of another table begin; what stands before the first label's row
/// is dropped.
fn cut<'a>(run: &[Tok<'a>], stretch: usize) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, tok) in run.iter().enumerate() {
        let ids = ids(tok);
        let current = pieces.last().map(|it| it.id);
        let changes = match current {
            Some(current) => !ids.is_empty() && !ids.contains(&current) && is_exact(tok),
            None => !ids.is_empty(),
        };
        if changes {
            let id = ids[0];
            let before = run[..index].iter().rev();
            let in_row = before.take_while(|it| it.row().is_some() && it.row() == tok.row());
            let first = index - in_row.count();
            pieces.push(Piece { id, form: None, toks: run[first..index].to_vec(), stretch });
        }
        if let Some(piece) = pieces.last_mut() {
            piece.toks.push(*tok);
        }
    }
    for piece in &mut pieces {
        let last = piece.toks.iter().rposition(|it| !matches!(it.token.class, Class::Text));
        piece.toks.truncate(last.map_or(0, |it| it + 1));
    }
    pieces
}

/// The tables that have such a label.
fn ids<'a>(tok: &Tok<'a>) -> &'a [&'static str] {
    let Class::Label(names) = &tok.token.class else { return &[] };
    &names.tables
}

fn is_exact(tok: &Tok) -> bool {
    matches!(&tok.token.class, Class::Label(names) if !names.is_damaged)
}

/// A label of so many characters is of the form alone; 其他, 总计, 行政许可 stand in other
/// tables too.
const TELLING: usize = 5;

/// Enough labels for a table, among them what no other table has. Loose lines prove less than
/// cells do.
fn is_table(toks: &[Tok]) -> bool {
    let (mut in_cells, mut in_lines, mut values) = (0, 0, 0);
    let (mut telling, mut nearly) = (0, 0);
    for tok in toks {
        match &tok.token.class {
            Class::Label(_) => {
                *(if tok.dialect == Dialect::Lines { &mut in_lines } else { &mut in_cells }) += 1;
                let chars = label_chars(tok);
                telling += usize::from(chars >= TELLING);
                nearly += usize::from(chars == TELLING - 1);
            }
            Class::Number(_) | Class::Mark => values += 1,
            _ => (),
        }
    }
    let enough = in_cells > 1 || in_lines > 2 || (in_cells == 1 && values > 2);
    enough && (telling > 0 || nearly >= TELLING)
}

/// Characters of the official label that a cell is.
fn label_chars(tok: &Tok) -> usize {
    let Class::Label(names) = &tok.token.class else { return 0 };
    names.entries.first().map_or(0, |it| it.0.chars)
}

/// Of several pieces that may be the same table, those that have much fewer of its labels
/// than the best are other tables with like words.
fn drop_lookalikes(pieces: &mut Vec<Piece>) {
    let labels =
        |it: &Piece| it.toks.iter().filter(|it| matches!(it.token.class, Class::Label(_))).count();
    let counts: Vec<_> = pieces.iter().map(|it| (it.id, labels(it))).collect();
    let best = |id: &str| counts.iter().filter(|it| it.0 == id).map(|it| it.1).max();
    let most: Vec<_> = counts.iter().map(|it| best(it.0).unwrap_or_default()).collect();
    let mut index = 0..;
    pieces.retain(|_| index.next().is_none_or(|it: usize| counts[it].1 * 2 >= most[it]));
}

/// The form with the most labels of table `id`; rows count, and columns where they differ.
fn form(id: &str, toks: &[Tok]) -> Option<usize> {
    let mut counts = vec![0; SCHEMAS.len()];
    for tok in toks {
        let Class::Label(names) = &tok.token.class else { continue };
        for (form, count) in counts.iter_mut().enumerate() {
            *count += usize::from(names.is_of(id, form));
        }
    }
    let most = *counts.iter().max()?;
    let mut best = (0..counts.len()).filter(|it| counts[*it] == most);
    let first = best.next()?;
    best.next().is_none().then_some(first)
}
