//! Hover, highlights, definitions, references, selections.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::page::{Page, SAMPLE, URI};
use crate::support::reports::{self, WRONG};

fn hover(page: &mut Page, position: Value) -> String {
    let answer = page.ask_at("textDocument/hover", position, json!({}));
    answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_total_shows_its_arithmetic_in_every_dialect() {
    for dialect in Dialect::ALL {
        let text =
            reports::report(dialect, "0", &[("natural", "3"), ("other", "2"), ("total", WRONG)]);
        let mut page = Page::open(&text);
        let at = page.between("", WRONG);
        let shown = hover(&mut page, at);
        assert!(
            shown.contains("表三 · 一、本年新收政府信息公开申请数量·总计"),
            "{dialect:?} {shown}"
        );
        assert!(
            shown.contains("自然人 3 + 其他 2 = 5，现为 总计 77，差 +72 ✗"),
            "{dialect:?} {shown}"
        );
        assert!(shown.contains("R301"), "{shown}");
        page.finish();
    }
}

#[test]
fn an_addend_shows_the_sums_that_it_is_part_of() {
    let mut page = Page::open(SAMPLE);
    let at = page.between("一、本年新收政府信息公开申请数量 | | | ", "24");
    let shown = hover(&mut page, at);
    assert!(
        shown.contains("自然人 24 + 商业企业 7 + 社会公益组织 1 + 法律服务机构 2 = 总计 34 ✓"),
        "{shown}"
    );
    assert!(shown.contains("= （七）总计 25 + 四、结转下年度继续办理 1 ✓"), "{shown}");
    assert!(!shown.contains("R301"), "the rule is about the total: {shown}");
    page.finish();
}

#[test]
fn numbers_of_sentences_show_what_they_are_held_against() {
    let mut page = Page::open(SAMPLE);
    for (before, number, expected) in [
        ("占比", "15.65", "占比 7 ÷ 45 = 15.5555…%，应为 15.56%，现为 15.65% ✗"),
        ("占比", "13.33", "占比 6 ÷ 45 = 13.3333…%，写作 13.33% ✓"),
        ("全年主动公开政府信息", "45", "分项 6 + 9 + 7 + 12 + 11 = 45 ✓"),
        (
            "全年新收政府信息公开申请",
            "33",
            "正文 33，表三「一、本年新收政府信息公开申请数量·总计」为 34 ✗",
        ),
        ("年内办结", "35", "正文 35 = 表三「（七）总计·总计」✓"),
    ] {
        let at = page.between(before, number);
        let shown = hover(&mut page, at.clone());
        assert!(shown.contains(expected), "{shown}");
        let answer = page.ask_at("textDocument/hover", at, json!({}));
        assert_eq!(page.text_at(&answer["range"]), number);
    }
    let at = page.between("邮编：", "990018");
    assert_eq!(page.ask_at("textDocument/hover", at, json!({})), Value::Null);
    page.finish();
}

#[test]
fn fees_show_what_they_are_made_of_and_impossible_growth_what_there_could_be() {
    let (head, more) = (
        "## 六、其他需要报告的事项\n",
        "\n办理咨询7件，同比减少13.5%。收取信息处理费700元，其中甲局420元、乙局280元。\n",
    );
    let mut page = Page::open(&SAMPLE.replacen(head, &format!("{head}{more}"), 1));
    for (before, number, expected) in [
        ("同比减少", "13.5", "最接近的：8 → 7：−12.5%，9 → 7：−22.2%"),
        ("收取信息处理费", "700", "分项 420 + 280 = 700 ✓"),
        ("其中甲局", "420", "分项 420 + 280 = 700 ✓"),
    ] {
        let at = page.between(before, number);
        let shown = hover(&mut page, at);
        assert!(shown.contains(expected), "{number}: {shown}");
    }
    page.finish();
}

#[test]
fn labels_show_what_the_form_means_by_them() {
    let mut page = Page::open(SAMPLE);
    let at = page.between("| ", "二、上年结转政府信息公开申请数量");
    let shown = hover(&mut page, at);
    assert!(shown.contains("应等于上年报告的「四、结转下年度继续办理」"), "{shown}");
    let at = page.between("| ", "4.保护第三方合法权益");
    assert!(hover(&mut page, at).contains("依据：《政府信息公开条例》第十五条"));
    let at = page.between("| ", "现行有效件数");
    assert!(hover(&mut page, at).contains("不是历年累计"));
    page.finish();
}

#[test]
fn a_hover_is_text_for_clients_that_show_no_markdown_and_in_their_language() {
    let hover_of = |content: Value| {
        let params = json!({"locale": "en", "capabilities": {"textDocument": {"hover": content}}});
        let mut page = Page::open_with(params, SAMPLE);
        let at = page.between("年内办结", "35");
        let answer = page.ask_at("textDocument/hover", at, json!({}));
        page.finish();
        answer["contents"].clone()
    };
    let plain = hover_of(json!({"contentFormat": ["plaintext", "markdown"]}));
    assert_eq!(plain["kind"], "plaintext");
    let text = plain["value"].as_str().expect("a text");
    assert!(
        text.starts_with("text 35 = 表三 「（七）总计·总计」 ✓") && !text.contains("]("),
        "{text}"
    );
    assert_eq!(hover_of(json!({}))["kind"], "markdown");
}

#[test]
fn a_total_and_its_addends_are_marked_together() {
    let mut page = Page::open(SAMPLE);
    let marks = |page: &mut Page, before: &str, number: &str| {
        let at = page.between(before, number);
        let answer = page.ask_at("textDocument/documentHighlight", at, json!({}));
        let kinds = answer.as_array().expect("a list").iter().map(|it| it["kind"].as_i64());
        let kinds: Vec<_> = kinds.map(|it| if it == Some(3) { '=' } else { '+' }).collect();
        page.texts(&answer)
            .into_iter()
            .zip(kinds)
            .map(|it| format!("{}{}", it.1, it.0))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(marks(&mut page, "| 7 | 0 | 1 | 2 | 0 | ", "34"), "+24 +7 +0 +1 +2 +0 =34");
    // An addend: its row's total, and both totals of its column.
    assert_eq!(marks(&mut page, "数量 | | | ", "24"), "+24 =34 =25 =1");
    assert_eq!(marks(&mut page, "占比", "20.00"), "+45 +9 =20.00");
    assert_eq!(marks(&mut page, "年内办结", "35"), "=35 +35");
    assert_eq!(marks(&mut page, "邮编：", "990018"), "");
    page.finish();
}

#[test]
fn sentences_and_cells_lead_to_each_other() {
    let mut page = Page::open(SAMPLE);
    let at = page.between("年内办结", "35");
    let cells = page.ask_at("textDocument/definition", at.clone(), json!({}));
    assert_eq!(page.texts(&cells), ["35"]);
    assert_eq!(cells[0]["uri"], URI);
    let in_cell = cells[0]["range"]["start"].clone();
    assert_ne!(in_cell["line"], at["line"]);
    for at in [at, in_cell] {
        let with = |it: bool| json!({"context": {"includeDeclaration": it}});
        let both = page.ask_at("textDocument/references", at.clone(), with(true));
        let sentences = page.ask_at("textDocument/references", at, with(false));
        assert_eq!(both.as_array().map(Vec::len), Some(2), "{both}");
        assert_eq!(sentences, json!([both[0]]));
    }
    let at = page.between("| 7 | 0 | 1 | 2 | 0 | ", "34");
    assert_eq!(page.ask_at("textDocument/definition", at, json!({})), json!([]));
    page.finish();
}

#[test]
fn selections_grow_from_the_number_to_the_document() {
    let mut page = Page::open(SAMPLE);
    let positions = [page.between("| 0 | ", "34 |"), page.between("年内办结", "35")];
    let params = json!({"textDocument": {"uri": URI}, "positions": positions});
    let answer = page.request("textDocument/selectionRange", params);
    let texts = |mut it: &Value| {
        let mut texts = Vec::new();
        while it.is_object() {
            texts.push(page.text_at(&it["range"]));
            it = &it["parent"];
        }
        texts
    };
    let cell = texts(&answer[0]);
    assert_eq!(&cell[..2], ["34", " 34 "]);
    assert!(cell[2].starts_with("一、本年新收") && cell[2].ends_with("| 34 "), "{}", cell[2]);
    assert!(
        cell[3].starts_with("| （本列数据的勾稽关系为") && cell[3].ends_with('|'),
        "{}",
        cell[3]
    );
    assert!(cell[4].starts_with("三、收到和处理"), "{}", cell[4]);
    assert_eq!(cell.last().map(String::as_str), Some(SAMPLE));
    let sentence = texts(&answer[1]);
    assert_eq!(sentence[0], "35");
    assert!(
        sentence[1].starts_with("全部申请均在") && sentence[1].ends_with('。'),
        "{}",
        sentence[1]
    );
    assert!(sentence[2].starts_with("全年新收"), "{}", sentence[2]);
    for texts in [cell, sentence] {
        assert!(texts.windows(2).all(|it| it[1].contains(&it[0]) && it[1] != it[0]));
    }
    page.finish();
}

#[test]
fn ordinary_text_is_left_alone() {
    let mut page = Page::open("今年收到34件，其中甲12件、乙22件。\n");
    let at = page.between("收到", "34");
    for method in ["hover", "documentHighlight", "definition"] {
        let method = format!("textDocument/{method}");
        assert_eq!(page.ask_at(&method, at.clone(), json!({})), Value::Null, "{method}");
    }
    page.finish();
}
