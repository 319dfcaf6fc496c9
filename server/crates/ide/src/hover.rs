//! What an editor shows of the thing under the pointer: the arithmetic of a number, the meaning
//! of a label.

use std::ops::Range;

use gouji_analysis::notes::{self, Note};
use gouji_analysis::relations::{Relation, Side, Verdict, touches};
use gouji_analysis::report::Table;
use gouji_analysis::rules::Rule;
use gouji_analysis::{Checked, Message, Place, names};

use crate::spot::{Spot, Subject};

/// What is known of a place.
#[derive(Debug)]
pub struct Hover {
    /// Bytes of the document that it is about.
    pub range: Range<usize>,
    /// What stands there: 表三 · （一）予以公开·自然人.
    pub title: Option<Message>,
    /// What the form means by it.
    pub note: Option<&'static Note>,
    /// The arithmetic, what is broken first.
    pub lines: Vec<Message>,
    /// The rules that check it.
    pub rules: Vec<&'static Rule>,
}

/// What is known of a byte of a document.
#[must_use]
pub fn hover(checked: &Checked, at: usize) -> Option<Hover> {
    let spot = Spot::at(checked, at)?;
    match spot.subject() {
        Some(Subject::Label(table, row, place)) => {
            let name = names::row(table.schema, row.part, row.row).to_owned();
            labelled(&spot, place, table, &name, notes::row(table.schema, row.part, row.row))
        }
        Some(Subject::Header(table, header)) => {
            let name = names::column(table.schema, header.part, header.column);
            let note = notes::column(table.schema, header.part, header.column);
            labelled(&spot, header.place, table, &name, note)
        }
        Some(Subject::Cell(table, row, column, cell)) => {
            let name = names::cell(table.schema, row.part, row.row, column);
            let (lines, rules) = told(&spot, &spot.relations());
            let title = Some(title(table, &name));
            // Beside the number, in what pads it.
            let is_on_it = touches(cell.visible(), spot.place);
            let range = spot.range(if is_on_it { cell.visible() } else { cell.slot() });
            Some(Hover { range, title, note: None, lines, rules })
        }
        None => {
            let relations = spot.relations();
            let range = spot.range(spot.number(&relations)?);
            let (lines, rules) = told(&spot, &relations);
            Some(Hover { range, title: None, note: None, lines, rules })
        }
    }
}

fn title(table: &Table, cell: &str) -> Message {
    Message::new("hover.cell").with("table", names::table(table)).with("cell", cell)
}

/// What the form means by a label; nothing where there is no more to say than the label does.
fn labelled(
    spot: &Spot,
    place: Place,
    table: &Table,
    name: &str,
    note: Option<&'static Note>,
) -> Option<Hover> {
    let (note, title) = (Some(note?), Some(title(table, name)));
    Some(Hover { range: spot.range(place), title, note, lines: Vec::new(), rules: Vec::new() })
}

/// The arithmetic of what a number is made of, then of what it is part of; the rules of the
/// first.
fn told(spot: &Spot, relations: &[Relation]) -> (Vec<Message>, Vec<&'static Rule>) {
    let here = spot.number(relations).unwrap_or(spot.place);
    let order =
        |it: &&Relation| (it.verdict != Verdict::Broken, it.side_of(here) == Some(Side::Source));
    let mut sorted: Vec<_> = relations.iter().collect();
    sorted.sort_by_key(order);
    let mut rules: Vec<&'static Rule> = Vec::new();
    for it in &sorted {
        let is_own = it.side_of(here) == Some(Side::Stated) || it.verdict == Verdict::Broken;
        if is_own && !rules.iter().any(|known| known.code == it.rule.code) {
            rules.push(it.rule);
        }
    }
    (sorted.iter().map(|it| it.text.clone()).collect(), rules)
}
