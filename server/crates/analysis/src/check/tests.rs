//! Checking again after an edit, where reports are kept as they were read and where not.

use gouji_syntax::Edit;
use gouji_syntax::table::Dialect;

use super::*;
use crate::testing::official;

fn compendium() -> String {
    let agencies = ["青禾市水务局", "青禾市教育局", "南岭镇人民政府"];
    let report = |agency| official(Dialect::Gfm).replace("青禾市水务局", agency);
    let sentence = "全年收到政府信息公开申请7件，办结5件，\n其中网络申请3件，占比42.86%。\n\n";
    let text = agencies.map(report).join("\n");
    text.replace("## 二、", &format!("{sentence}## 二、"))
}

fn checked(doc: &Document) -> Checked {
    check(doc, &Config::default(), None, &|| false).expect("not cancelled")
}

/// Types at many places of a document of which `keep` was told what to keep.
fn type_everywhere(keep: impl Fn(&mut Checked)) {
    /// A prime, so that all kinds of places are met.
    const STEP: usize = 101;
    let text = compendium();
    let first = Document::new(&text);
    assert_eq!(checked(&first).slots.len(), 3);
    let places = text.char_indices().map(|it| it.0).step_by(STEP);
    for (at, typed) in places.zip(["3", "的", "。", "|", "\n", "年度报告"].iter().cycle()) {
        let (mut doc, mut known) = (first.clone(), checked(&first));
        keep(&mut known);
        doc.edit(&Edit { range: at..at, text: (*typed).to_owned() });
        known.update(&doc, &Config::default(), &|| false).expect("not cancelled");
        let alone = checked(&doc);
        assert_eq!(known.findings(), alone.findings(), "{typed:?} at {at}");
        assert_eq!(known.starts, alone.starts, "{typed:?} at {at}");
        let read = |it: &Checked| it.slots.iter().map(|it| it.read).collect::<Vec<_>>();
        assert_eq!(read(&known), read(&alone), "{typed:?} at {at}");
    }
}

#[test]
fn typing_says_what_the_same_text_says() {
    type_everywhere(|_| ());
}

#[test]
fn typing_where_no_report_is_kept_as_it_was_read_says_what_the_same_text_says() {
    type_everywhere(|it| it.slots.iter_mut().for_each(|it| it.reading = None));
}

#[test]
fn typing_in_a_sentence_leaves_all_other_reports_as_they_were() {
    let text = compendium();
    let mut doc = Document::new(&text);
    let mut known = checked(&doc);
    known.slots.iter_mut().for_each(|it| it.reading = None);
    let before: Vec<_> = known.slots.iter().map(|it| Arc::clone(&it.part)).collect();
    // In the second report, before the end of the first is certain.
    let second = text.find("青禾市教育局").expect("a title");
    let at = second + text[second..].find("，").expect("a sentence");
    doc.edit(&Edit { range: at..at, text: "的".to_owned() });
    let mut reader = Reader::new(&doc, &known);
    assert_eq!(reader.skip_unchanged(), 1);
    assert!(matches!(reader.next(), Some(Next::Unread(_))));
    assert_eq!(reader.rest(), Some(2));
    known.update(&doc, &Config::default(), &|| false).expect("not cancelled");
    let same = before.iter().zip(&known.slots).map(|(a, b)| Arc::ptr_eq(a, &b.part));
    assert_eq!(same.collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn the_readings_that_were_used_last_are_kept() {
    let doc = Document::new("甲\n");
    let slot = checked(&doc).slots.remove(0);
    let slots = (0..KEPT as u64 + 2).map(|it| Slot { used: (it + 7) % 11 + it, ..slot.clone() });
    let mut known = Checked::new(doc, slots.collect(), 9);
    assert_eq!(known.let_go().len(), 2);
    let used = |it: &Slot| (it.reading.is_some(), it.used);
    let (kept, gone): (Vec<_>, Vec<_>) = known.slots.iter().map(used).partition(|it| it.0);
    assert_eq!((kept.len(), gone.len()), (KEPT, 2));
    assert!(gone.iter().all(|gone| kept.iter().all(|kept| gone.1 <= kept.1)));
}
