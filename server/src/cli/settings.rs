//! The rules that run and the fixes that apply, from the arguments and the config file.

use std::fs;
use std::path::Path;

use gouji_analysis::apply::{Policy, Scope};
use gouji_analysis::{Config, Message, rules};

use super::args;
use super::input::unreadable;

/// The config for `check`: `--select` takes the place of the file's list, `--ignore` adds to it.
pub(crate) fn config(args: &args::Rules) -> Result<Config, Message> {
    let mut config = base(args)?;
    if !args.select.is_empty() {
        config.select.clone_from(&args.select);
    }
    Ok(config)
}

/// The config and policy for `fix`. `--select` says what is repaired, not what is looked for:
/// a repair can hang on another rule's finding.
pub(crate) fn fixing(args: &args::Fix) -> Result<(Config, Policy), Message> {
    let config = base(&args.rules)?;
    let scope = if args.numbers { Scope::Numbers } else { Scope::Form };
    Ok((config, Policy { select: args.rules.select.clone(), scope }))
}

fn base(args: &args::Rules) -> Result<Config, Message> {
    let mut config = args.config.as_deref().map_or_else(|| Ok(Config::default()), read)?;
    config.ignore.extend(args.ignore.iter().cloned());
    let words = config.select.iter().chain(&config.ignore).chain(config.severity.keys());
    for word in words.chain(&args.select) {
        if !rules::ALL.iter().any(|it| it.is_named(word)) {
            return Err(Message::new("cli.unknown-rule").with("word", word));
        }
    }
    Ok(config)
}

fn read(path: &Path) -> Result<Config, Message> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|it| unreadable(&name, &it))?;
    toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let before = error.span().and_then(|it| text.get(..it.start)).unwrap_or_default();
        let detail = error.message().replace('\n', " ");
        let message = Message::new("cli.config").with("path", name).with("detail", detail);
        message.with("line", before.matches('\n').count() + 1)
    })
}
