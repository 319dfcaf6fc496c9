//! Everything that a cell may be called, in all forms.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap as HashMap;

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

/// What a text is called in the forms.
#[derive(Debug)]
pub(crate) struct Names {
    /// All that it may be called in any form.
    pub(crate) entries: Vec<(Entry, Wording)>,
    /// Ids of the tables that have such a label.
    pub(crate) tables: Vec<&'static str>,
    /// For each of these, the forms that have it as a row or column, a bit each.
    forms: Vec<u32>,
    /// Whether no wording of it is right.
    pub(crate) is_damaged: bool,
}

impl Names {
    fn new(entries: Vec<(Entry, Wording)>) -> Self {
        let ids = entries.iter().map(|(it, _)| &*SCHEMAS[it.form].tables[it.table].id);
        let mut tables: Vec<_> = ids.collect();
        tables.dedup();
        let forms = tables.iter().map(|id| {
            let named = entries.iter().filter(|(it, wording)| {
                it.what != What::Other
                    && *wording < Wording::Damaged
                    && SCHEMAS[it.form].tables[it.table].id == *id
            });
            named.fold(0, |forms, it| forms | 1 << it.0.form)
        });
        let forms = forms.collect();
        let is_damaged = entries.iter().all(|it| it.1 == Wording::Damaged);
        Self { entries, tables, forms, is_damaged }
    }

    /// Whether it is rightly called a row or column of a table of a form.
    pub(crate) fn is_of(&self, table: &str, form: usize) -> bool {
        let mut known = self.tables.iter().zip(&self.forms).filter(|it| *it.0 == table);
        known.any(|it| it.1 >> form & 1 == 1)
    }
}

/// Texts that are remembered: all labels of the forms in several spellings. A report has some
/// eighty.
const REMEMBERED: usize = 4096;

thread_local! {
    /// Reports say the same labels over and over, and to find what is nearest takes a while.
    static FOUND: RefCell<HashMap<Box<str>, Option<Arc<Names>>>> = RefCell::default();
}

/// What `text` is called in any form; `None` where it is no label.
pub(crate) fn find(text: &str) -> Option<Arc<Names>> {
    FOUND.with_borrow_mut(|found| {
        if let Some(names) = found.get(text) {
            return names.clone();
        }
        let entries = LEXICON.find(text);
        let names = (!entries.is_empty()).then(|| Arc::new(Names::new(entries)));
        if found.len() >= REMEMBERED {
            found.clear();
        }
        found.insert(text.into(), names.clone());
        names
    })
}
