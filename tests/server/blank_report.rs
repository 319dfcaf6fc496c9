//! `gouji/blankReport`.

use serde_json::{Value, json};

use crate::support::Client;

const METHOD: &str = "gouji/blankReport";
const INVALID_PARAMS: i64 = -32602;

#[test]
fn the_answer_is_the_text_with_its_form_and_language() {
    let mut client = Client::start();
    for (more, template, language, start) in [
        (json!({"year": 2025}), "2021", "markdown", "# 青禾市水务局2025年"),
        (json!({"year": 2020, "dialect": "tsv"}), "2019", "plaintext", "青禾市水务局2020年"),
        (json!({"year": 2022, "template": "2019"}), "2019", "markdown", "# 青禾市水务局2022年"),
        (json!({"year": 2025, "dialect": "html"}), "2021", "html", "<!DOCTYPE html>"),
        (json!({"year": 2025, "template": null, "dialect": null}), "2021", "markdown", "# "),
    ] {
        let mut params = more;
        params["agency"] = json!("青禾市水务局");
        let answer = client.request(METHOD, params);
        assert_eq!(
            (&answer["template"], &answer["languageId"]),
            (&json!(template), &json!(language))
        );
        assert!(answer["text"].as_str().is_some_and(|it| it.starts_with(start)), "{answer}");
    }
    client.finish();
}

#[test]
fn wrong_parameters_are_an_error_that_says_which() {
    let mut client = Client::start();
    for (params, words) in [
        (json!({"agency": "", "year": 2025}), "机关名称"),
        (json!({"agency": "青禾市水务局", "year": 1990}), "1990"),
        (json!({"agency": "青禾市水务局", "year": 2025, "template": "1998"}), "1998"),
        (json!({"agency": "青禾市水务局", "year": 2025, "dialect": "pdf"}), "pdf"),
        (json!({"agency": "青禾市水务局"}), "year"),
        (json!({"agency": "青禾市水务局", "year": "二〇二五"}), "i32"),
        (Value::Null, ""),
    ] {
        let id = client.ask(METHOD, params);
        let error = client.response(id)["error"].take();
        assert_eq!(error["code"], INVALID_PARAMS, "{error}");
        assert!(error["message"].as_str().is_some_and(|it| it.contains(words)), "{error}");
    }
    client.finish();
}
