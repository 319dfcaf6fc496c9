//! Everything that a cell may be called, in all forms.

use std::cell::RefCell;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap as HashMap;

use crate::label::{self, Matcher};
use crate::report::Wording;
use crate::schema::{self, SCHEMAS};

/// What a label may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    /// Index of the form in [`SCHEMAS`].
    form: usize,
    /// Index of the table in the form.
    table: usize,
    /// Part, and what it is there.
    part: usize,
    /// What it is.
    what: What,
    /// Characters of the official label.
    chars: usize,
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

/// Part, what it is there, and how it matched.
pub(crate) type Meaning = (usize, What, Wording);

/// The labels of all forms.
struct Lexicon {
    matcher: Matcher<Entry>,
    /// Of each wording, for a label that is it and for one that comes near it; made when first
    /// asked for.
    names: Vec<[OnceLock<Names>; 2]>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
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
    let names = std::iter::repeat_with(Default::default).take(matcher.len()).collect();
    Lexicon { matcher, names }
});

impl Lexicon {
    fn find(&self, text: &str) -> Option<&Names> {
        let found = self.matcher.find(text)?;
        let names = &self.names[found.index][usize::from(found.is_near)];
        Some(names.get_or_init(|| Names::new(&self.matcher.meanings(found))))
    }
}

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
    /// What it is in a form's table, both as indices; in their order.
    meanings: Vec<((usize, usize), Vec<Meaning>)>,
    /// Characters of the official label.
    pub(crate) chars: usize,
    /// The tables that have such a label, as indices in [`TABLES`].
    pub(crate) tables: Vec<usize>,
    /// For each of these, the forms that rightly call it a row or column, a bit each.
    forms: Vec<u32>,
    /// Whether no wording of it is right.
    pub(crate) is_damaged: bool,
}

impl Names {
    fn new(entries: &[(Entry, Wording)]) -> Self {
        let mut meanings: Vec<((usize, usize), Vec<Meaning>)> = Vec::new();
        for (it, wording) in entries {
            let (place, meaning) = ((it.form, it.table), (it.part, it.what, *wording));
            match meanings.last_mut().filter(|it| it.0 == place) {
                Some(last) => last.1.push(meaning),
                None => meanings.push((place, vec![meaning])),
            }
        }
        let chars = entries.first().map_or(0, |it| it.0.chars);
        let mut tables: Vec<_> = entries.iter().map(|it| id(&it.0)).collect();
        tables.dedup();
        let forms = tables.iter().map(|table| {
            let named = entries.iter().filter(|(it, wording)| {
                it.what != What::Other && *wording < Wording::Damaged && id(it) == *table
            });
            named.fold(0, |forms, it| forms | 1 << it.0.form)
        });
        let forms = forms.collect();
        let is_damaged = entries.iter().all(|it| it.1 == Wording::Damaged);
        Self { meanings, chars, tables, forms, is_damaged }
    }

    /// What it is in a table of a form.
    pub(crate) fn meanings(&self, form: usize, table: usize) -> &[Meaning] {
        let here = self.meanings.iter().find(|it| it.0 == (form, table));
        here.map_or(&[], |it| &it.1)
    }

    /// The forms that rightly call it a row or column of a table, a bit each.
    pub(crate) fn forms(&self, table: usize) -> u32 {
        let here = self.tables.iter().zip(&self.forms).filter(|it| *it.0 == table);
        here.fold(0, |forms, it| forms | it.1)
    }
}

/// The ids of the tables of all forms.
pub(crate) static TABLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut ids: Vec<_> = SCHEMAS.iter().flat_map(|it| &it.tables).map(|it| &*it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
});

/// The table of an entry, as an index in [`TABLES`].
fn id(entry: &Entry) -> usize {
    let id = &*SCHEMAS[entry.form].tables[entry.table].id;
    TABLES.partition_point(|it| *it < id)
}

/// Texts that are remembered: all labels of the forms in several spellings. A report has some
/// eighty.
const REMEMBERED: usize = 4096;

thread_local! {
    /// Reports say the same labels over and over, and to find what is nearest takes a while.
    static FOUND: RefCell<HashMap<Box<str>, Option<&'static Names>>> = RefCell::default();
}

/// What `text` is called in any form; `None` where it is no label.
pub(crate) fn find(text: &str) -> Option<&'static Names> {
    let (is_known, names) = recall(text);
    if is_known { names } else { learn(text) }
}

/// Whether `text` was sought not long ago, and what was found.
pub(super) fn recall(text: &str) -> (bool, Option<&'static Names>) {
    let known = FOUND.with_borrow(|found| found.get(text).copied());
    (known.is_some(), known.flatten())
}

/// Finds what is not remembered.
pub(super) fn learn(text: &str) -> Option<&'static Names> {
    let names = LEXICON.find(text);
    FOUND.with_borrow_mut(|found| {
        if found.len() >= REMEMBERED {
            found.clear();
        }
        found.insert(text.into(), names);
    });
    names
}
