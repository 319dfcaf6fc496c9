//! What server and client have agreed on: encoding, language, configuration.

use std::sync::Arc;

use gouji_analysis::{Config, Lang};
use gouji_ide::Hints;
use gouji_syntax::Encoding;
use serde_json::{Map, Value};
use tower_lsp::lsp_types::{ClientCapabilities, InitializeParams, PositionEncodingKind};

use super::log;
use super::peer::Peer;

/// Who begins when diagnostics are to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Delivery {
    /// The server sends each list.
    #[default]
    Push,
    /// The client asks for it.
    Pull,
}

/// Fixed by `initialize`, but for language and configuration, which the client can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Session {
    /// The client.
    pub(super) peer: Arc<Peer>,
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// Whether a list of diagnostics is held for one version of a document.
    pub(super) versions: bool,
    /// How the client gets its diagnostics.
    pub(super) delivery: Delivery,
    /// Whether `gouji/status` is sent.
    pub(super) status: bool,
    /// The language of messages.
    pub(super) lang: Lang,
    /// Which rules run.
    pub(super) config: Config,
    /// Which lines get an inlay hint.
    pub(super) hints: Hints,
    /// Whether tables get a code lens.
    pub(super) lenses: bool,
}

impl Session {
    /// What the client asks for in `initialize`.
    ///
    /// `initializationOptions` are `{"lang": "zh" | "en" | null, "config": {…}, "status": bool,
    /// "inlayHints": "off" | "broken" | "all", "codeLens": bool}`;
    /// what cannot be read in them is logged and left at its default.
    pub(super) fn new(params: &InitializeParams) -> Self {
        let mut session = Self {
            peer: Arc::new(Peer::new(params)),
            encoding: offered(&params.capabilities).next().unwrap_or_default(),
            versions: version_support(&params.capabilities).unwrap_or_default(),
            delivery: delivery(params),
            status: true,
            lang: params.locale.as_deref().map(Lang::from_locale).unwrap_or_default(),
            config: Config::default(),
            hints: Hints::default(),
            lenses: true,
        };
        if let Some(Value::Object(options)) = &params.initialization_options {
            session.status = options.get("status") != Some(&Value::Bool(false));
            session.configure(options);
        }
        session
    }

    /// The session after `workspace/didChangeConfiguration`; `None` where its settings say
    /// nothing about us.
    pub(super) fn configured(&self, settings: &Value) -> Option<Self> {
        let section = settings.get("gouji")?.as_object()?;
        let mut session = self.clone();
        session.configure(section);
        Some(session)
    }

    /// Reads `lang` and the configuration, which stands under `config` or beside it.
    fn configure(&mut self, options: &Map<String, Value>) {
        match options.get("lang").and_then(Value::as_str) {
            Some("zh") => self.lang = Lang::Zh,
            Some("en") => self.lang = Lang::En,
            _ => (),
        }
        match options.get("inlayHints").and_then(Value::as_str) {
            Some("off") => self.hints = Hints::Off,
            Some("broken") => self.hints = Hints::Broken,
            Some("all") => self.hints = Hints::All,
            _ => (),
        }
        self.lenses = options.get("codeLens").and_then(Value::as_bool).unwrap_or(self.lenses);
        let given = options.get("config").and_then(Value::as_object).unwrap_or(options);
        // An editor's section has other settings too, which the configuration would refuse.
        let known = ["select", "ignore", "severity"];
        let known = known.iter().filter_map(|it| Some((it.to_string(), given.get(*it)?.clone())));
        match serde_json::from_value(Value::Object(known.collect())) {
            Ok(config) => self.config = config,
            Err(error) => log::line(format_args!("the configuration is ignored: {error}")),
        }
    }
}

/// Pulling, where the client can and its options say `"diagnostics": "pull"`: most that can are
/// as well served at less cost.
pub(super) fn delivery(params: &InitializeParams) -> Delivery {
    let document = params.capabilities.text_document.as_ref();
    let can = document.is_some_and(|it| it.diagnostic.is_some());
    let options = params.initialization_options.as_ref();
    let wants = options.and_then(|it| it.get("diagnostics")?.as_str()) == Some("pull");
    if can && wants { Delivery::Pull } else { Delivery::Push }
}

/// The encodings that the client offers and we know, the client's favourite first.
pub(super) fn offered(client: &ClientCapabilities) -> impl Iterator<Item = Encoding> {
    let general = client.general.as_ref();
    let offered = general.and_then(|it| it.position_encodings.as_deref());
    offered.unwrap_or_default().iter().filter_map(encoding)
}

fn encoding(kind: &PositionEncodingKind) -> Option<Encoding> {
    match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    }
}

fn version_support(client: &ClientCapabilities) -> Option<bool> {
    client.text_document.as_ref()?.publish_diagnostics.as_ref()?.version_support
}

#[cfg(test)]
mod tests {
    use gouji_analysis::config::Level;
    use serde_json::json;

    use super::*;

    fn session(params: Value) -> Session {
        Session::new(&serde_json::from_value(params).unwrap())
    }

    #[test]
    fn the_clients_first_known_encoding_is_taken_and_utf_16_without_an_offer() {
        let with = |it: &[&str]| {
            session(json!({"capabilities": {"general": {"positionEncodings": it}}})).encoding
        };
        assert_eq!(with(&["utf-32", "utf-8", "utf-16"]), Encoding::Utf32);
        assert_eq!(with(&["utf-7", "utf-8", "utf-16"]), Encoding::Utf8);
        assert_eq!(with(&[]), Encoding::Utf16);
        assert_eq!(session(json!({"capabilities": {}})).encoding, Encoding::Utf16);
    }

    #[test]
    fn the_language_is_the_options_then_the_locales_then_chinese() {
        let lang = |options: Value, locale: Value| {
            let params = json!({"capabilities": {}, "locale": locale,
                "initializationOptions": options});
            session(params).lang
        };
        assert_eq!(lang(Value::Null, Value::Null), Lang::Zh);
        assert_eq!(lang(json!({"lang": null}), json!("en-GB")), Lang::En);
        assert_eq!(lang(json!({"lang": "zh"}), json!("en")), Lang::Zh);
        assert_eq!(lang(json!({"lang": "auto"}), json!("de")), Lang::Zh);
        assert_eq!(lang(json!(["odd"]), json!("zh-CN")), Lang::Zh);
    }

    #[test]
    fn the_configuration_is_read_from_options_and_from_settings() {
        let options = json!({"config": {"ignore": ["F"], "severity": {"R": "hint"}}});
        let before = session(json!({"capabilities": {}, "initializationOptions": options}));
        assert_eq!(before.config.ignore, ["F"]);
        assert_eq!(before.config.severity["R"], Level::Hint);

        let section = json!({"gouji": {"server": {"path": ""}, "select": ["R301"], "lang": "en"}});
        let after = before.configured(&section).unwrap();
        assert_eq!((after.config.select, after.lang), (vec!["R301".to_owned()], Lang::En));
        assert!(before.configured(&Value::Null).is_none());
        assert!(before.configured(&json!({"other": {}})).is_none());
    }

    #[test]
    fn a_configuration_that_cannot_be_read_changes_nothing() {
        let options = json!({"config": {"ignore": ["F"]}});
        let before = session(json!({"capabilities": {}, "initializationOptions": options}));
        let after = before.configured(&json!({"gouji": {"ignore": 5}})).unwrap();
        assert_eq!(after.config, before.config);
    }
}
