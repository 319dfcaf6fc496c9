//! Whatever is asked of any place of any report: answers are ranges of whole characters of the
//! document, and nothing panics.

use std::ops::Range;

use gouji_analysis::render::{self, Contents};
use gouji_analysis::report::Date;
use gouji_analysis::schema::SCHEMAS;
use gouji_analysis::{Checked, Config, Document, check};
use gouji_ide::{Hints, Symbol};
use gouji_syntax::table::Dialect;

/// A report with numbers that do not add up, blanks, and sentences on its numbers; 🙂 is two
/// units of UTF-16 and four bytes.
fn report(form: usize, dialect: Dialect) -> String {
    let schema = &SCHEMAS[form];
    let signed = Date { year: schema.from_year + 1, month: 1, day: 20 };
    let contact = "地址：青禾市🙂路1号，电话：0000-1234567";
    let contents =
        Contents { agency: "青禾市水务局", year: schema.from_year, contact, signed };
    let text = render::report(schema, dialect, &contents, &|_, _, row, column| {
        (row % 5 != 4).then(|| ((row * 7 + column * 3) % 4).to_string())
    });
    let sentence = "收到政府信息公开申请7件，其中网络3件，占比42.86%；信函4件，占比57.1%。🙂";
    text.replacen("及时发布本机关", &format!("{sentence}及时发布本机关"), 1)
}

fn reports() -> Vec<String> {
    let all = |form| Dialect::ALL.into_iter().map(move |dialect| report(form, dialect));
    let mut reports: Vec<_> = (0..SCHEMAS.len()).flat_map(all).collect();
    reports.push(reports[..3].concat());
    reports.extend(["", "\n", "🙂", "三、收到的信\r\n"].map(str::to_owned));
    reports
}

fn checked(text: &str) -> Checked {
    check(&Document::new(text), &Config::default(), None, &|| false).expect("nobody cancels")
}

#[track_caller]
fn assert_ranges<'a>(text: &str, ranges: impl IntoIterator<Item = &'a Range<usize>>) {
    for range in ranges {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
}

fn assert_are_ranges(text: &str, symbols: &[Symbol]) {
    for it in symbols {
        assert_ranges(text, [&it.range, &it.name_range]);
        assert!(it.range.start <= it.name_range.start && it.name_range.end <= it.range.end);
        assert!(!it.name.is_empty(), "VS Code refuses it");
        assert_are_ranges(text, &it.children);
    }
}

#[test]
fn what_is_asked_of_a_place_is_answered_with_ranges_of_the_document() {
    /// A prime, so that all sorts of places are met.
    const STEP: usize = 41;
    for text in reports() {
        let checked = checked(&text);
        let places = text.char_indices().map(|it| it.0).step_by(STEP).chain([text.len()]);
        for at in places {
            if let Some(hover) = gouji_ide::hover(&checked, at) {
                assert_ranges(&text, [&hover.range]);
                assert!(hover.range.start <= at && at <= hover.range.end);
            }
            let marks = gouji_ide::highlights(&checked, at);
            let marks: Vec<_> = marks.into_iter().map(|it| it.range).collect();
            let definitions = gouji_ide::definitions(&checked, at);
            let references = gouji_ide::references(&checked, at, true);
            let selections = gouji_ide::selections(&checked, at);
            assert_ranges(&text, [marks, definitions, references].iter().flatten());
            assert_ranges(&text, &selections);
            let nested = |it: &[Range<usize>]| it[1].start <= it[0].start && it[0].end <= it[1].end;
            assert!(selections.windows(2).all(nested), "{selections:?}");
            assert_eq!(selections.last(), Some(&(0..text.len())));
        }
    }
}

#[test]
fn what_is_asked_of_a_document_is_answered_with_ranges_of_it() {
    for text in reports() {
        let (checked, all) = (checked(&text), 0..text.len());
        assert_are_ranges(&text, &gouji_ide::symbols(&checked));
        assert_ranges(&text, &gouji_ide::folds(&checked));
        for lens in gouji_ide::lenses(&checked) {
            assert_ranges(&text, [&lens.range]);
            let recomputed = gouji_ide::recomputed(&checked, lens.range.start);
            assert!(recomputed.is_some() || !lens.can_recompute);
        }
        for hint in gouji_ide::hints(&checked, &all, Hints::All) {
            assert!(text[hint.at..].is_empty() || text[hint.at..].starts_with(['\n', '\r']));
        }
        let tokens = gouji_ide::tokens(&checked, &all);
        assert_ranges(&text, tokens.iter().map(|it| &it.range));
        assert!(tokens.windows(2).all(|it| it[0].range.end <= it[1].range.start));
        assert!(tokens.iter().all(|it| !text[it.range.clone()].contains(['\n', '\r'])));
    }
}

#[test]
fn an_addend_and_its_total_lead_to_each_other() {
    /// A prime, so that cells of all columns are met.
    const STEP: usize = 11;
    for text in reports() {
        let checked = checked(&text);
        for token in gouji_ide::tokens(&checked, &(0..text.len())).into_iter().step_by(STEP) {
            let here = token.range.start;
            let marks = gouji_ide::highlights(&checked, here);
            let own = marks.iter().any(|it| it.range == token.range);
            assert!(own || marks.is_empty(), "{:?} of {token:?}", &text[token.range.clone()]);
            for other in marks.iter().map(|it| it.range.start) {
                let back = gouji_ide::highlights(&checked, other);
                // Two addends of one total do not mark each other; each marks the total.
                assert!(!back.is_empty());
            }
        }
    }
}
