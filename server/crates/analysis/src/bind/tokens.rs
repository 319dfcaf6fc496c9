//! What each cell of one block may be, from its text alone.

use std::borrow::Cow;

use gouji_syntax::number::{Number, is_blank_mark, plain_integer};
use gouji_syntax::table::{self, Cell, Cells, Dialect, Renumbering};
use gouji_syntax::{BlockData, BlockKind};

use super::lexicon::{self, Names};
use crate::block::Block;
use crate::label;
use crate::report::Value;

/// What a cell may be. Small, because a report has hundreds: most numbers are kept as their
/// value alone.
#[derive(Clone, Debug)]
pub(crate) enum Class {
    /// Nothing.
    Empty,
    /// A mark that stands for nothing: /, -, 无.
    Mark,
    /// A number in plain digits.
    Plain(u64),
    /// Any other number.
    Number(Box<Number>),
    /// A label of some form.
    Label(&'static Names),
    /// A number of a label that stands in a cell of its own: 一、.
    Numbering,
    /// A sentence.
    Prose,
    /// Any other text.
    Text,
}

impl Class {
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Plain(_) | Self::Number(_))
    }

    /// What a cell says that holds it, if it is a number.
    pub(crate) fn number(&self) -> Option<Value> {
        match self {
            Self::Plain(value) => Some((*value).into()),
            Self::Number(number) => Some(Value::Number(number.value)),
            _ => None,
        }
    }

    /// Whether a value cell may hold it.
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Plain(_) | Self::Number(_) | Self::Empty | Self::Mark)
    }
}

/// The longest label has 40 characters; what is longer and no label is a sentence.
const LONGEST_LABEL: usize = 60;

/// Reads the cells of a block; `None` where its only cell is a sentence.
pub(crate) fn read(block: &Block) -> Option<Vec<Class>> {
    let (kind, text) = (block.data.kind, &*block.data.text);
    let is_table = matches!(kind, BlockKind::Table(_));
    let line = if is_table { None } else { table::only_cell(text) };
    match line.map(|it| classify(&text[it], true)) {
        Some(Class::Prose) => return None,
        Some(class) if matches!(kind, BlockKind::Paragraph | BlockKind::Heading) => {
            return Some(vec![class]);
        }
        _ => (),
    }
    let Cells { dialect, rows } = block.cells();
    // Only cells of several lines can need more than their source where nothing is marked.
    let in_lines = dialect.has_rows() && *dialect != Dialect::Html || *dialect == Dialect::Lines;
    let plain = in_lines && table::is_plain(text);
    let mut classes = Vec::with_capacity(rows.cells().len());
    for row in rows.iter() {
        // Only a line of its own can be a sentence; a cell beside others cannot.
        let alone = *dialect == Dialect::Lines || is_alone(row);
        classes.extend(row.iter().map(|cell| {
            if plain {
                classify(&text[cell.text], alone)
            } else {
                classify(&table::cell_text(text, cell), alone)
            }
        }));
    }
    Some(classes)
}

/// The classes of a block after an edit of one that had `old`; `None` where what was edited is no
/// number.
pub(crate) fn after(old: &[Class], edit: &Renumbering, block: &Block) -> Option<Vec<Class>> {
    let mut classes = old.to_vec();
    for (index, _) in edit.cells() {
        let cell = block.cells().rows.cells().get(index)?;
        // Alone or not, it is no sentence where it is a number.
        let class = classify(&block.data.text[cell.text], false);
        class.is_number().then_some(())?;
        *classes.get_mut(index)? = class;
    }
    Some(classes)
}

/// What a cell with some text says, if that is a number.
pub(crate) fn number(text: &str) -> Option<Value> {
    classify(text, false).number()
}

/// Whether one cell of a row has text.
fn is_alone(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|it| !it.text.is_empty());
    filled.next().is_some() && filled.next().is_none()
}

/// The visible text of a cell.
pub(super) fn cell_text<'a>(block: &'a BlockData, cell: &Cell) -> Cow<'a, str> {
    table::cell_text(&block.text, cell)
}

/// What a text without white space around it may be.
fn classify(text: &str, alone: bool) -> Class {
    if text.is_empty() {
        return Class::Empty;
    }
    // As most lines do, and no number.
    if alone && text.ends_with('。') {
        return Class::Prose;
    }
    if let Some(value) = plain_integer(text) {
        return Class::Plain(value);
    }
    if alone && is_prose(text) {
        return Number::parse(text).map_or(Class::Prose, |it| Class::Number(it.into()));
    }
    // Of the others most are labels, which no number or mark is.
    let (is_known, names) = lexicon::recall(text);
    if let Some(names) = names {
        return Class::Label(names);
    }
    if let Some(number) = Number::parse(text) {
        return Class::Number(number.into());
    }
    if is_blank_mark(text) {
        return Class::Mark;
    }
    if is_longer(text, LONGEST_LABEL * 2) {
        return Class::Text;
    }
    if !is_known && let Some(names) = lexicon::learn(text) {
        return Class::Label(names);
    }
    if label::is_numbering(text) { Class::Numbering } else { Class::Text }
}

/// Whether a text on a line of its own is a sentence, unless it is a number.
fn is_prose(text: &str) -> bool {
    is_longer(text, LONGEST_LABEL) || text.contains('。')
}

/// Whether a text has more than so many characters. Most are far shorter or longer, and their
/// bytes tell.
fn is_longer(text: &str, chars: usize) -> bool {
    text.len() > chars && (text.len() > chars * 4 || text.chars().count() > chars)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_syntax::Document;

    #[test]
    fn the_only_cell_of_a_line_is_read_as_any_cell() {
        for text in [
            "# 一、总体情况",
            "规章",
            "（一）予以公开",
            "12",
            "3件",
            "/",
            "三、",
            "青禾市水务局",
            "2025年，全年公开政府信息3件。",
            "**2025年，全年公开政府信息3件。**",
        ] {
            let document = Document::new(text);
            let block = Block::new(document.block(0).expect("a block"));
            let [cell] = block.cells().rows.cells() else { panic!("{text}") };
            let full = classify(&cell_text(&block.data, cell), true);
            assert_eq!(format!("{:?}", block.classes()), format!("{:?}", [full]), "{text}");
        }
    }
}
