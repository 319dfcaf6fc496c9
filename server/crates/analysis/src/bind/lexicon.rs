//! Everything that a cell may be called, in all forms.

use std::sync::LazyLock;

use crate::label::{self, Matcher};
use crate::report::Wording;
use crate::schema::{self, SCHEMAS};

/// What a label may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Index of the form in [`SCHEMAS`].
    pub(crate) form: usize,
    /// Index of the table in the form.
    pub(crate) table: usize,
    /// Part, and what it is there.
    pub(crate) part: usize,
    /// What it is.
    pub(crate) what: What,
    /// Characters of the official label.
    pub(crate) chars: usize,
}

/// What a label is in a part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The row so.
    Row(usize),
    /// The value column so.
    Column(usize),
    /// Any other label of the form: a banner, a header over several columns, a group of rows.
    Other,
}

static LEXICON: LazyLock<Matcher<Entry>> = LazyLock::new(|| {
    let mut matcher = Matcher::default();
    for (form, schema) in SCHEMAS.iter().enumerate() {
        for (table, it) in schema.tables.iter().enumerate() {
            for (part, it) in it.parts.iter().enumerate() {
                let entry = |what, label: &str| {
                    let chars = label::normalise(label).chars().count();
                    Entry { form, table, part, what, chars }
                };
                add_part(&mut matcher, it, &entry);
            }
        }
    }
    matcher
});

fn add_part(
    matcher: &mut Matcher<Entry>,
    part: &schema::Part,
    entry: &dyn Fn(What, &str) -> Entry,
) {
    for (row, it) in part.rows.iter().enumerate() {
        matcher.add(&it.label, entry(What::Row(row), &it.label.label));
        for group in &it.groups {
            matcher.add_text(group, entry(What::Other, group), Wording::Official);
        }
    }
    for (column, it) in part.columns.iter().enumerate() {
        matcher.add(&it.label, entry(What::Column(column), &it.label.label));
        for group in &it.groups {
            matcher.add_text(group, entry(What::Other, group), Wording::Official);
        }
    }
    for label in part.headers.iter().chain(&part.banner) {
        matcher.add(label, entry(What::Other, &label.label));
    }
}

/// All that `text` may be called in any form.
pub(crate) fn find(text: &str) -> Vec<(Entry, Wording)> {
    LEXICON.find(text)
}
