//! Numbers in cells: what is one, what is not, and how a corrected one is written.

use gouji_syntax::{Number, is_blank_mark};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn value(text: &str) -> Option<String> {
    Number::parse(text).map(|it| it.value.normalize().to_string())
}

/// `to` written like `like`.
fn write(to: &str, like: &str) -> String {
    let number = Number::parse(like).expect("a number");
    Number::format(to.parse().expect("a decimal"), &number.style)
}

#[test]
fn numbers_are_read_exactly() {
    for (text, expected) in [
        ("0", "0"),
        (" 12\u{3000}", "12"),
        ("\u{feff}7", "7"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("1,234,567.80", "1234567.8"),
        ("１２", "12"),
        ("１，２３４", "1234"),
        ("3 050", "3050"),
        ("1, 234", "1234"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("－3", "-3"),
        ("－３", "-3"),
        ("- 3", "-3"),
        ("+1036", "1036"),
        ("＋８", "8"),
        ("增5", "5"),
        ("增加5", "5"),
        ("减4", "-4"),
        ("减少4", "-4"),
        ("减少 4 件", "-4"),
        ("减0", "0"),
        ("59237.2449", "59237.2449"),
        ("12．5", "12.5"),
        ("251000元", "251000"),
        ("251000 元", "251000"),
        ("0件", "0"),
        ("351\n件", "351"),
        ("52.15万元", "52.15"),
        ("“0”", "0"),
        ("“0”件", "0"),
        ("\"3件\"", "3"),
        ("007", "7"),
    ] {
        assert_eq!(value(text).as_deref(), Some(expected), "{text:?}");
    }
}

#[test]
fn what_is_not_one_number_is_refused() {
    for text in ["", " ", "\u{3000}", "1\t2"] {
        assert_eq!(value(text), None, "{text:?}");
    }
    let texts = "/ ／ - — —— – 无 件 增 + “” “0 0” 1/2 1-2 1—2 1,2 1,2345 12,34 1、2 1. .5 1..2 1.2.3 \
                 第20条 2023年 50% 5万 约12 12余件 1（一）件 --3 增-5 a1 1a 一 1.属于国家秘密";
    for text in texts.split(' ') {
        assert_eq!(value(text), None, "{text:?}");
    }
    for text in ["1 2", "12 34", "0 0", "3 05", "3 0500"] {
        assert_eq!(value(text), None, "{text:?}");
    }
}

#[test]
fn numbers_beyond_the_exact_range_are_refused() {
    assert_eq!(value(&Decimal::MAX.to_string()).unwrap(), Decimal::MAX.to_string());
    assert_eq!(value("79228162514264337593543950336"), None);
    assert_eq!(value(&"9".repeat(200)), None);
    assert_eq!(value(&"9".repeat(100_000)), None);
    assert_eq!(value(&format!("0.{}1", "0".repeat(28))), None);
}

#[test]
fn a_number_is_written_like_the_one_it_replaces() {
    for (to, like, expected) in [
        ("12", "3", "12"),
        ("12", "３", "１２"),
        ("1234", "9,876", "1,234"),
        ("1234567", "9，876", "1，234，567"),
        ("1234", "３，０００", "１，２３４"),
        ("3050", "4 050", "3050"),
        ("12", "251000 元", "12 元"),
        ("1.5", "52.15万元", "1.50万元"),
        ("12.25", "1．5", "12．25"),
        ("-6", "减4", "减6"),
        ("6", "减4", "增6"),
        ("-6", "增加4件", "减少6件"),
        ("0", "减4", "0"),
        ("5", "+3", "+5"),
        ("-5", "+3", "-5"),
        ("5", "−3", "5"),
        ("-5", "−3", "−5"),
        ("-5", "３", "－５"),
        ("12", "“0”", "“12”"),
    ] {
        assert_eq!(write(to, like), expected, "{to} like {like}");
    }
}

#[test]
fn plain_digits_keep_sign_and_unit() {
    let plain = |text| {
        let number = Number::parse(text).unwrap();
        Number::format(number.value, &number.style.with_plain_digits())
    };
    assert_eq!(plain("１，２３４元"), "1234元");
    assert_eq!(plain("减 ４"), "减4");
    assert_eq!(plain("3 050"), "3050");
    assert_eq!(plain("12．50"), "12.50");
}

#[test]
fn the_unit_stands_by_itself() {
    let unit = |text| Number::parse(text).unwrap().style.unit().to_owned();
    assert_eq!(unit("251000 元"), "元");
    assert_eq!(unit("“0”件"), "件");
    assert_eq!(unit("“0件”"), "件");
    assert_eq!(unit("0"), "");
}

#[test]
fn blank_marks_stand_for_nothing() {
    for text in [
        "", " ", "\u{a0}", "\u{3000}", "/", "／", "\\", "-", "－", "—", "——", "–", " / ", "--",
        "无",
    ] {
        assert!(is_blank_mark(text), "{text:?}");
    }
    for text in ["0", "无此项", "-1", "1/2", "-----", "规章", "."] {
        assert!(!is_blank_mark(text), "{text:?}");
    }
}

/// A number as a person may write it.
fn written() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec!["", "-", "－", "−", "+", "增", "增加", "减", "减少 "]);
    let digits = prop::sample::select(vec![
        "0",
        "7",
        "１２",
        "1,234",
        "1，234",
        "３，０５０",
        "3 050",
        "12.50",
        "12．5",
        "0.0",
    ]);
    let after = prop::sample::select(vec!["", "件", " 元", "万元", "\n件"]);
    let quotes = prop::sample::select(vec![("", ""), ("“", "”"), ("\"", "\"")]);
    (quotes, sign, digits, after).prop_map(|(quotes, sign, digits, after)| {
        format!("{}{sign}{digits}{after}{}", quotes.0, quotes.1)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_number_reads_back(like in written(), mantissa: i64, scale in 0u32..=20) {
        let style = Number::parse(&like).expect("a number").style;
        let value = Decimal::new(mantissa, scale);
        let text = Number::format(value, &style);
        prop_assert_eq!(Number::parse(&text).map(|it| it.value), Some(value), "{}", text);
    }

    #[test]
    fn any_text_reads_back_or_is_refused(text in "[-+−增减0-9０-９,，.．/ 元件“”a]{0,40}") {
        if let Some(number) = Number::parse(&text) {
            let again = Number::parse(&Number::format(number.value, &number.style));
            prop_assert_eq!(again.map(|it| it.value), Some(number.value));
        }
    }

    #[test]
    fn no_text_panics(text: String) {
        let _ = (Number::parse(&text), is_blank_mark(&text));
    }

    #[test]
    fn extremes_are_written_and_read(like in written(), max: bool) {
        let style = Number::parse(&like).expect("a number").style;
        let value = if max { Decimal::MAX } else { Decimal::MIN };
        let read = Number::parse(&Number::format(value, &style));
        prop_assert_eq!(read.map(|it| it.value), Some(value));
    }
}
