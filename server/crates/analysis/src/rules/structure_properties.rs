//! What holds of the structure rules on any text.

use proptest::prelude::*;

use super::{ALL, Context, of_report};
use crate::Config;
use crate::block::starts;
use crate::testing::applied;
use crate::{Document, Reading, Safety, read};

/// Pieces of reports, whole and torn.
const PIECES: [&str; 34] = [
    "青禾市水务局2023年政府信息公开工作年度报告",
    "青禾市水务局",
    "2023年",
    "政府信息公开\n工作年度报告",
    "（2023年度）",
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开的申请情况",
    "四、政府信息公开行政复议、",
    "行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
    "其他需要报告的事项",
    "第一部分",
    "一",
    "、",
    "1.",
    "本局无可报告。",
    "规章 | 0 | 0 | 0 |",
    "\t行政许可\n\t0\n",
    "行政许可\t0\n行政处罚\t0\n行政强制\t0\n",
    "<table><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table>",
    "<h2>",
    "</h2>",
    "<p>",
    "</p>",
    "## ",
    "**",
    "(",
    "）",
    "2024年1月12日",
    "\u{3000} ",
    "\r\n",
    "\n\n",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => Just("\n".to_owned()),
        1 => "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sections_stand_in_order_and_reports_span_the_document(text in text()) {
        let doc = Document::new(&text);
        let mut end = 0;
        for (first, Reading { blocks, report, .. }) in &read(&doc) {
            prop_assert_eq!(*first, end);
            end += blocks.len();
            let starts = starts(doc.start(*first), blocks);
            let places: Vec<_> =
                report.sections.iter().map(|it| it.place.resolve(&starts)).collect();
            prop_assert!(places.windows(2).all(|it| it[0].end <= it[1].start), "{:?}", places);
            let titles = report.title.iter().map(|it| it.place.resolve(&starts));
            for it in places.into_iter().chain(titles) {
                prop_assert!(text.get(it.clone()).is_some_and(|it| !it.is_empty()), "{:?}", it);
            }
        }
        prop_assert_eq!(end, doc.count());
    }

    #[test]
    fn findings_and_fixes_stand_in_the_text(text in text()) {
        let doc = Document::new(&text);
        let starts = doc.starts();
        for (first, Reading { blocks, report, .. }) in &read(&doc) {
            let ctx = Context::new(blocks, report);
            for rule in ALL.iter().filter(|it| it.code.starts_with('S')) {
                for finding in of_report(rule, &ctx, &Config::default()) {
                    let finding = finding.after(*first);
                    prop_assert!(text.get(finding.place.resolve(&starts)).is_some());
                    for fix in &finding.fixes {
                        // Panics where an edit is not in the text.
                        applied(&text, &fix.edits);
                    }
                }
            }
        }
    }

    #[test]
    fn safe_fixes_come_to_an_end(text in text()) {
        const MOST: usize = 40;
        let mut text = text;
        for round in 0.. {
            let doc = Document::new(&text);
            let reports = read(&doc);
            let fixes = reports.iter().flat_map(|(first, Reading { blocks, report, .. })| {
                let ctx = Context::new(blocks, report);
                let rules = ALL.iter().filter(|it| it.code.starts_with('S'));
                let found = rules.flat_map(move |rule| of_report(rule, &ctx, &Config::default()));
                found.flat_map(|it| it.after(*first).fixes)
            });
            let Some(fix) = fixes.into_iter().find(|it| it.safety == Safety::Safe) else { break };
            prop_assert!(round < MOST, "{} again in:\n{text}", fix.title.text(crate::Lang::Zh));
            let next = applied(&text, &fix.edits);
            prop_assert_ne!(&next, &text);
            text = next;
        }
    }
}
