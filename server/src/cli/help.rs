//! Help and usage errors in the user's language.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use gouji_analysis::{Lang, Message, message};

use super::args::Args;

/// Why there is nothing to run.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Help or the version was asked for: this text.
    Show(String),
    /// The command line is wrong.
    Wrong(Message),
}

/// Reads the command line. The language is found first, as help and errors are in it.
pub(crate) fn parse(args: &[OsString]) -> (Lang, Result<Args, Stop>) {
    let lang = language(args);
    let parsed = command(lang)
        .try_get_matches_from(args)
        .and_then(|it| Args::from_arg_matches(&it))
        .map_err(|it| stop(&it));
    (lang, parsed)
}

fn language(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|it| it.to_str());
    let value = args.find_map(|it| it.strip_prefix("--lang")).map(str::to_owned);
    let value = match value.as_deref() {
        Some("") => args.next().unwrap_or_default().to_owned(),
        Some(value) => value.trim_start_matches('=').to_owned(),
        None => String::new(),
    };
    Lang::from_locale(&value)
}

fn command(lang: Lang) -> clap::Command {
    // Built first, so that the arguments shared by all commands are in each of them.
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    translate(command, lang)
}

fn translate(command: clap::Command, lang: Lang) -> clap::Command {
    let word = |key: &str| message::sentence(key, lang);
    let about = command.get_about().map(|it| word(&it.to_string())).unwrap_or_default();
    let template =
        format!("{{about}}\n\n{}\n  {{usage}}\n\n{{all-args}}\n", word("cli.help.usage"));
    command
        .about(about)
        .help_template(template)
        .subcommand_help_heading(word("cli.help.commands"))
        .mut_args(|arg| {
            let key = match arg.get_id().as_str() {
                "help" => Some("cli.help.help".to_owned()),
                "version" => Some("cli.help.version".to_owned()),
                _ => arg.get_help().map(ToString::to_string),
            };
            let is_path = arg.is_positional();
            let heading = if is_path { "cli.help.arguments" } else { "cli.help.options" };
            let help = key.map_or("", |it| word(&it));
            arg.help(help).help_heading(word(heading))
        })
        .mut_subcommands(|it| translate(it, lang))
}

/// The library's errors span lines and are in English; ours are one line, in the user's
/// language where it is one of the usual mistakes.
fn stop(error: &clap::Error) -> Stop {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Stop::Show(error.to_string());
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(it)) => it.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    Stop::Wrong(match error.kind() {
        ErrorKind::UnknownArgument => Message::new("cli.unknown-argument").with("arg", argument),
        ErrorKind::InvalidSubcommand => Message::new("cli.unknown-command")
            .with("command", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => {
            Message::new("cli.missing-argument").with("arg", argument)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("cli.missing-command")
        }
        ErrorKind::InvalidValue => Message::new("cli.invalid-value")
            .with("arg", argument)
            .with("value", context(ContextKind::InvalidValue))
            .with("values", context(ContextKind::ValidValue)),
        // Every other value is a text.
        ErrorKind::ValueValidation => Message::new("cli.no-count")
            .with("arg", argument)
            .with("value", context(ContextKind::InvalidValue)),
        _ => Message::new("cli.usage").with("detail", first_paragraph(&error.to_string())),
    })
}

fn first_paragraph(text: &str) -> String {
    let lines = text.lines().map(str::trim).take_while(|it| !it.is_empty());
    let line = lines.collect::<Vec<_>>().join(" ");
    line.strip_prefix("error: ").unwrap_or(&line).to_owned()
}
