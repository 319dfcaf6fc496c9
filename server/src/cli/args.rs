//! What can be written on the command line.
//!
//! Help texts here are keys of the message catalogue; [`super::help`] puts the sentences of
//! the chosen language in their place.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use gouji_analysis::Severity;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "gouji", version, about = "cli.help.gouji")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[arg(long, global = true, value_enum, default_value = "zh", help = "cli.help.lang")]
    pub(crate) lang: Language,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "cli.help.check")]
    Check(Check),
    #[command(about = "cli.help.fix")]
    Fix(Fix),
    #[command(about = "cli.help.extract")]
    Extract(Extract),
    #[command(about = "cli.help.new")]
    New(New),
    #[command(about = "cli.help.explain")]
    Explain {
        #[arg(value_name = "CODE", help = "cli.help.code")]
        code: String,
    },
    #[command(about = "cli.help.rules")]
    Rules {
        #[arg(long, value_enum, default_value = "text", help = "cli.help.format")]
        format: Format,
    },
    #[command(about = "cli.help.lsp")]
    Lsp {
        // What some clients pass to every server; standard input and output are all there is.
        #[arg(long, hide = true, help = "cli.help.lsp")]
        stdio: bool,
    },
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[arg(long, value_enum, default_value = "text", help = "cli.help.format")]
    pub(crate) format: Format,
}

/// Arguments of `fix`.
#[derive(Debug, clap::Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[arg(long = "unsafe", help = "cli.help.unsafe")]
    pub(crate) numbers: bool,
    #[arg(long, help = "cli.help.diff")]
    pub(crate) diff: bool,
}

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[arg(long, value_enum, default_value = "json", help = "cli.help.data")]
    pub(crate) format: DataFormat,
}

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub(crate) struct New {
    #[arg(long, value_name = "NAME", help = "cli.help.agency")]
    pub(crate) agency: String,
    #[arg(long, value_name = "YEAR", help = "cli.help.year")]
    pub(crate) year: i32,
    #[arg(long, value_name = "FORMAT", help = "cli.help.dialect")]
    pub(crate) dialect: Option<String>,
    #[arg(long, value_name = "FORM", help = "cli.help.template")]
    pub(crate) template: Option<String>,
    #[arg(long, value_name = "FILE", help = "cli.help.output")]
    pub(crate) output: Option<PathBuf>,
}

/// Which files.
#[derive(Debug, clap::Args)]
pub(crate) struct Paths {
    #[arg(value_name = "PATH", default_value = ".", help = "cli.help.paths")]
    pub(crate) given: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", default_value = "-", help = "cli.help.stdin")]
    pub(crate) stdin_filename: String,
    #[arg(long, value_name = "N", help = "cli.help.jobs")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Which rules, and what their findings mean for the exit code.
#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    #[arg(long, value_name = "CODES", value_delimiter = ',', help = "cli.help.select")]
    pub(crate) select: Vec<String>,
    #[arg(long, value_name = "CODES", value_delimiter = ',', help = "cli.help.ignore")]
    pub(crate) ignore: Vec<String>,
    #[arg(long, value_name = "FILE", help = "cli.help.config")]
    pub(crate) config: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "error", help = "cli.help.fail-on")]
    pub(crate) fail_on: FailOn,
    #[arg(long, short, help = "cli.help.quiet")]
    pub(crate) quiet: bool,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// How extracted data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    Json,
    Jsonl,
    Csv,
}

/// The least severity that makes the exit code 1.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
}

impl From<FailOn> for Severity {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
        }
    }
}
