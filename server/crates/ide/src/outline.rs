//! The outline of a document: reports, their sections, the tables in these.

use std::ops::Range;

use gouji_analysis::landmarks::{Landmarks, Mark, TableMark};
use gouji_analysis::{Checked, Place};

/// What a [`Symbol`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A report of the document.
    Report,
    /// One of the six sections.
    Section,
    /// A table of the form.
    Table,
}

/// A part of a document that has a name. Ranges are bytes.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// As it stands there; of a table, what messages call it.
    pub name: String,
    /// Of a table, the section that the form has it in.
    pub detail: Option<&'static str>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: Range<usize>,
    /// Its name, or where it starts.
    pub name_range: Range<usize>,
    /// What is in it.
    pub children: Vec<Symbol>,
}

/// The outline of a document.
#[must_use]
pub fn symbols(checked: &Checked) -> Vec<Symbol> {
    let starts = checked.document().starts();
    let reports = checked.landmarks();
    reports.flat_map(|it| report(it.1, starts.get(it.0..).unwrap_or_default())).collect()
}

/// A report, or its sections where it has no title to be called by.
fn report(landmarks: &Landmarks, starts: &[usize]) -> Vec<Symbol> {
    let mut tables: Vec<_> = landmarks.tables.iter().map(|it| table(it, starts)).collect();
    let mut sections = Vec::new();
    for it in &landmarks.sections {
        let mut section = named(it, SymbolKind::Section, starts);
        let holds = |it: &Symbol| {
            section.range.start <= it.range.start && it.range.start < section.range.end
        };
        let (own, others) = tables.into_iter().partition(holds);
        tables = others;
        section.children = own;
        // A table may reach over lines that look like the next heading.
        let last = section.children.iter().map(|it| it.range.end).max().unwrap_or_default();
        section.range.end = section.range.end.max(last);
        sections.push(section);
    }
    // Tables before the first heading.
    sections.extend(tables);
    sections.sort_by_key(|it| it.range.start);
    let Some(title) = &landmarks.title else { return sections };
    let mut report = named(title, SymbolKind::Report, starts);
    let last = sections.iter().map(|it| it.range.end).max().unwrap_or_default();
    let first = sections.iter().map(|it| it.range.start).min().unwrap_or(report.range.start);
    report.range = report.range.start.min(first)..report.range.end.max(last);
    report.children = sections;
    vec![report]
}

fn named(mark: &Mark, kind: SymbolKind, starts: &[usize]) -> Symbol {
    Symbol {
        name: mark.name.clone(),
        detail: None,
        kind,
        range: mark.extent.resolve(starts),
        name_range: mark.place.resolve(starts),
        children: Vec::new(),
    }
}

fn table(mark: &TableMark, starts: &[usize]) -> Symbol {
    let (start, range) = (mark.extent.range.start() as usize, mark.extent.resolve(starts));
    let name = Place::new(mark.extent.block as usize, gouji_syntax::range(start, start));
    Symbol {
        name: mark.name.to_owned(),
        detail: Some(mark.section),
        kind: SymbolKind::Table,
        range,
        name_range: name.resolve(starts),
        children: Vec::new(),
    }
}

/// The symbols of a document whose names hold `query`, each with the name of what it is in.
#[must_use]
pub fn found(checked: &Checked, query: &str) -> Vec<(Symbol, Option<String>)> {
    let query = query.trim().to_lowercase();
    let mut found = Vec::new();
    for symbol in symbols(checked) {
        collect(symbol, None, &query, &mut found);
    }
    found
}

fn collect(
    mut symbol: Symbol,
    container: Option<&str>,
    query: &str,
    found: &mut Vec<(Symbol, Option<String>)>,
) {
    let children = std::mem::take(&mut symbol.children);
    let name = symbol.name.clone();
    let has = |text: &str| text.to_lowercase().contains(query);
    if has(&symbol.name) || symbol.detail.is_some_and(has) {
        found.push((symbol, container.map(str::to_owned)));
    }
    for child in children {
        collect(child, Some(&name), query, found);
    }
}
