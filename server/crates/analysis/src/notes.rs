//! What the form means by its rows and columns, with the source of each explanation.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::message::Lang;
use crate::schema;

/// An explanation in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    zh: String,
    en: String,
    /// The article that says so, in Chinese; empty where only custom does.
    #[serde(default)]
    source: String,
}

/// By table, then by the key of a row or column: `server/schemas/notes.toml`.
type Notes = BTreeMap<String, BTreeMap<String, Note>>;

static NOTES: LazyLock<Notes> = LazyLock::new(|| {
    // The text is part of the program; a test parses it.
    toml::from_str(include_str!("../../../schemas/notes.toml")).unwrap_or_default()
});

impl Note {
    /// What is meant.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The article that says so, if one does.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        Some(&*self.source).filter(|it| !it.is_empty())
    }
}

/// What a row of a form is for.
#[must_use]
pub fn row(table: &schema::Table, part: usize, row: usize) -> Option<&'static Note> {
    find(table, &table.parts.get(part)?.rows.get(row)?.key)
}

/// What a column of a form is for.
#[must_use]
pub fn column(table: &schema::Table, part: usize, column: usize) -> Option<&'static Note> {
    find(table, &table.parts.get(part)?.columns.get(column)?.key)
}

fn find(table: &schema::Table, key: &str) -> Option<&'static Note> {
    NOTES.get(&table.id)?.get(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::SCHEMAS;

    #[test]
    fn every_note_is_of_a_row_or_column_and_every_row_has_one() {
        let notes: Notes = toml::from_str(include_str!("../../../schemas/notes.toml")).unwrap();
        let tables = || SCHEMAS.iter().flat_map(|it| &it.tables);
        for (id, notes) in &notes {
            for key in notes.keys() {
                let mut parts = tables().filter(|it| it.id == *id).flat_map(|it| &it.parts);
                let known = parts.any(|it| {
                    it.rows.iter().any(|it| it.key == *key)
                        || it.columns.iter().any(|it| it.key == *key)
                });
                assert!(known, "{id}.{key}");
            }
        }
        for table in tables() {
            for row in table.parts.iter().flat_map(|it| &it.rows) {
                let has_note = row.label.label.is_empty() || find(table, &row.key).is_some();
                assert!(has_note, "{}.{}", table.id, row.key);
            }
        }
    }

    #[test]
    fn notes_say_something_in_both_languages() {
        for note in NOTES.values().flat_map(BTreeMap::values) {
            assert!(!note.zh.is_empty() && !note.en.is_empty() && note.zh.ends_with('。'));
        }
    }
}
