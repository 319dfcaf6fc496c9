//! Every sentence that a user reads, in one catalogue, in Chinese and English.
//!
//! A message is a key of `messages.toml` and named values; it becomes text only where it
//! leaves the program, so that one analysis serves clients of both languages.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Deserialize;

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language for a locale such as `zh-CN` or `en`: English for English, Chinese for
    /// all others.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }
}

/// A sentence of the catalogue with its values. Clones share the text once it was asked for.
#[derive(Clone, Debug)]
pub struct Message(Arc<Sentence>);

#[derive(Debug)]
struct Sentence {
    key: &'static str,
    values: Vec<(&'static str, Value)>,
    zh: OnceLock<Box<str>>,
    en: OnceLock<Box<str>>,
}

impl Sentence {
    fn new(key: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self { key, values, zh: OnceLock::new(), en: OnceLock::new() }
    }
}

/// What goes in the place of a `{name}`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// The same in every language.
    Text(String),
    /// Part of the sentence, in the sentence's language.
    Part(Message),
}

impl Value {
    fn as_str(&self, lang: Lang) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Part(message) => message.as_str(lang),
        }
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.key == other.0.key && self.0.values == other.0.values)
    }
}

impl Eq for Message {}

/// One sentence in both languages, with `{name}` where a value goes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    zh: String,
    en: String,
}

static CATALOGUE: LazyLock<BTreeMap<String, Template>> = LazyLock::new(|| {
    // The text is part of the program; a test parses it.
    toml::from_str(include_str!("../messages.toml")).unwrap_or_default()
});

impl Message {
    /// The sentence `key` without values.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        debug_assert!(CATALOGUE.contains_key(key), "no message {key}");
        Self(Arc::new(Sentence::new(key, Vec::new())))
    }

    /// Sets the value of `{name}`.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a caller should not need to borrow")]
    pub fn with(self, name: &'static str, value: impl ToString) -> Self {
        self.set(name, Value::Text(value.to_string()))
    }

    /// Sets the value of `{name}` to another sentence.
    #[must_use]
    pub fn with_part(self, name: &'static str, part: Message) -> Self {
        self.set(name, Value::Part(part))
    }

    fn set(mut self, name: &'static str, value: Value) -> Self {
        // A clone may have been handed out, and a text written.
        if Arc::get_mut(&mut self.0).is_none() {
            self.0 = Arc::new(Sentence::new(self.0.key, self.0.values.clone()));
        }
        if let Some(own) = Arc::get_mut(&mut self.0) {
            own.values.push((name, value));
            (own.zh, own.en) = (OnceLock::new(), OnceLock::new());
        }
        self
    }

    /// Whether two are clones of one: the same without a look at the values.
    #[must_use]
    pub fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The sentence in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.as_str(lang).to_owned()
    }

    /// The sentence in a language, written when it is first asked for.
    #[must_use]
    pub fn as_str(&self, lang: Lang) -> &str {
        let text = match lang {
            Lang::Zh => &self.0.zh,
            Lang::En => &self.0.en,
        };
        text.get_or_init(|| self.0.write(lang).into_boxed_str())
    }
}

impl Sentence {
    fn write(&self, lang: Lang) -> String {
        let Some(template) = CATALOGUE.get(self.key) else { return self.key.to_owned() };
        let mut rest = match lang {
            Lang::Zh => &*template.zh,
            Lang::En => &*template.en,
        };
        let longest = self.values.iter().map(|it| it.1.as_str(lang).len()).sum::<usize>();
        let mut text = String::with_capacity(rest.len() + longest);
        while let Some((before, name, after)) = placeholder(rest) {
            text.push_str(before);
            match self.values.iter().find(|it| it.0 == name) {
                Some((_, value)) => text.push_str(value.as_str(lang)),
                None => text.push_str(&rest[before.len()..rest.len() - after.len()]),
            }
            rest = after;
        }
        text + rest
    }
}

/// The first `{name}`, with what stands before and after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// A sentence of the catalogue that has no values.
#[must_use]
pub fn sentence(key: &str, lang: Lang) -> &'static str {
    debug_assert!(CATALOGUE.contains_key(key), "no message {key}");
    let sentence = CATALOGUE.get(key).map(|it| match lang {
        Lang::Zh => &it.zh,
        Lang::En => &it.en,
    });
    sentence.map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn a_part_of_a_sentence_is_in_its_language() {
        let part = Message::new("cli.fixed").with("count", 1).with("files", 2);
        let whole = Message::new("related.suspect").with_part("event", part.clone());
        for lang in [Lang::Zh, Lang::En] {
            assert!(whole.as_str(lang).ends_with(part.as_str(lang)));
        }
    }

    #[test]
    fn both_languages_of_a_message_have_the_same_values() {
        let catalogue: BTreeMap<String, Template> =
            toml::from_str(include_str!("../messages.toml")).unwrap();
        assert!(!catalogue.is_empty());
        for (key, template) in catalogue {
            assert!(!template.zh.is_empty() && !template.en.is_empty(), "{key} is empty");
            assert_eq!(placeholders(&template.zh), placeholders(&template.en), "{key}");
        }
    }
}
