//! What each cell of one block may be, from its text alone.

use std::borrow::Cow;
use std::sync::Arc;

use gouji_syntax::BlockData;
use gouji_syntax::number::{Number, is_blank_mark};
use gouji_syntax::table::{self, Cell, Cells, Dialect};

use super::lexicon::{self, Names};
use crate::block::Block;
use crate::label;

/// A cell and what it may be.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) cell: Cell,
    /// Ordinal of its row in the block.
    pub(crate) row: u32,
    pub(crate) class: Class,
}

/// What a cell may be.
#[derive(Debug)]
pub(crate) enum Class {
    /// Nothing.
    Empty,
    /// A mark that stands for nothing: /, -, 无.
    Mark,
    Number(Number),
    /// A label of some form.
    Label(Arc<Names>),
    /// A number of a label that stands in a cell of its own: 一、.
    Numbering,
    /// A sentence.
    Prose,
    /// Any other text.
    Text,
}

/// The longest label has 40 characters; what is longer and no label is a sentence.
const LONGEST_LABEL: usize = 60;

/// Reads the cells of a block.
pub(crate) fn read(block: &Block) -> Vec<Token> {
    let Cells { dialect, rows } = block.cells();
    let mut tokens = Vec::new();
    for (ordinal, row) in rows.iter().enumerate() {
        // Only a line of its own can be a sentence; a cell beside others cannot.
        let alone = *dialect == Dialect::Lines || filled(row) == 1;
        for cell in row {
            let class = classify(&cell_text(&block.data, cell), alone);
            tokens.push(Token { cell: *cell, row: ordinal as u32, class });
        }
    }
    tokens
}

fn filled(row: &[Cell]) -> usize {
    row.iter().filter(|it| !it.text.is_empty()).count()
}

/// The visible text of a cell.
pub(crate) fn cell_text<'a>(block: &'a BlockData, cell: &Cell) -> Cow<'a, str> {
    table::cell_text(&block.text, cell)
}

fn classify(text: &str, alone: bool) -> Class {
    let text = text.trim();
    if text.is_empty() {
        return Class::Empty;
    }
    if let Some(number) = Number::parse(text) {
        return Class::Number(number);
    }
    if is_blank_mark(text) {
        return Class::Mark;
    }
    let chars = text.chars().count();
    if alone && (chars > LONGEST_LABEL || text.contains('。')) {
        return Class::Prose;
    }
    if chars > LONGEST_LABEL * 2 {
        return Class::Text;
    }
    if let Some(names) = lexicon::find(text) {
        return Class::Label(names);
    }
    if label::normalise(text).is_empty() { Class::Numbering } else { Class::Text }
}
