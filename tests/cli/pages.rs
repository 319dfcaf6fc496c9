//! The generated pages of the rules are up to date. `UPDATE=1` renews them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gouji::cli::pages;
use gouji_analysis::rules::ALL;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|it| it == "1")
}

#[test]
fn rule_pages_are_up_to_date() {
    let folder = root().join("server/docs/rules");
    let mut expected = BTreeMap::from([("README.md".to_owned(), pages::index())]);
    expected.extend(ALL.iter().map(|it| (format!("{}.md", it.code), pages::page(it))));
    let names = || {
        let entries = fs::read_dir(&folder).into_iter().flatten();
        entries.map(|it| it.unwrap().file_name().into_string().unwrap())
    };
    if update() {
        fs::create_dir_all(&folder).unwrap();
        names().filter(|it| !expected.contains_key(it)).for_each(|it| {
            fs::remove_file(folder.join(it)).unwrap();
        });
        for (name, text) in &expected {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let found: BTreeMap<_, _> = names()
        .map(|it| (it.clone(), fs::read_to_string(folder.join(it)).unwrap().replace("\r\n", "\n")))
        .collect();
    let stale: Vec<_> = expected.iter().filter(|it| found.get(it.0) != Some(it.1)).collect();
    let stale: Vec<_> = stale.iter().map(|it| it.0).collect();
    assert!(stale.is_empty(), "stale, renew with UPDATE=1: {stale:?}");
    assert_eq!(found.len(), expected.len(), "pages of rules that are gone");
}

#[test]
fn the_table_of_the_readme_is_up_to_date() {
    let path = root().join("README.md");
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let Some(renewed) = pages::renew_table(&text, "server/docs/rules/") else {
        eprintln!("skipped: README.md has no {}", pages::TABLE_START);
        return;
    };
    if update() {
        fs::write(&path, &renewed).unwrap();
        return;
    }
    assert_eq!(text, renewed, "stale, renew with UPDATE=1");
}
