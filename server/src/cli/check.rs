//! `gouji check`: what is wrong.

use gouji_analysis::{Finding, Lang, Message};
use serde_json::value::RawValue;

use super::args::{self, Format};
use super::input::{self, Source};
use super::output::text::{self, Text};
use super::output::{Counts, json, print};
use super::{Outcome, settings};

/// What one file contributes.
struct Part {
    counts: Counts,
    fixable: usize,
    text: String,
    json: Option<Box<RawValue>>,
}

pub(crate) fn run(args: &args::Check, lang: Lang) -> Outcome {
    let config = match settings::config(&args.rules) {
        Ok(config) => config,
        Err(error) => return print::error(&error, lang),
    };
    let (inputs, errors) = input::find(&args.paths);
    let text = Text::new(lang);
    let part = |source: &Source| {
        let checked = gouji_analysis::check(&source.doc, &config, None, &|| false);
        let findings = checked.map(|it| it.findings()).unwrap_or_default();
        Ok(part(source, &findings, args.format, &text, lang))
    };
    let results = input::each(&inputs, part);
    let (parts, failed) = sift(results, errors, lang);
    let counts: Counts = parts.iter().map(|it| it.counts).sum();
    let printed = match args.format {
        Format::Text => {
            let mut all: String = parts.iter().map(|it| it.text.as_str()).collect();
            if !args.rules.quiet {
                let fixable = parts.iter().map(|it| it.fixable).sum();
                all += &text.summary(parts.len(), counts, fixable);
            }
            print::styled(&all, lang)
        }
        Format::Json => {
            let files: Vec<_> = parts.into_iter().filter_map(|it| it.json).collect();
            print::plain(&json::output(&files, counts), lang)
        }
    };
    verdict(counts, args.rules.fail_on).max(failed).max(printed)
}

fn part(source: &Source, findings: &[Finding], format: Format, text: &Text, lang: Lang) -> Part {
    let counts = Counts::of(findings);
    let fixable = text::fixable(findings);
    match format {
        Format::Text => Part { counts, fixable, text: text.findings(source, findings), json: None },
        Format::Json => {
            let json = Some(json::file(source, findings, lang));
            Part { counts, fixable, text: String::new(), json }
        }
    }
}

/// Whether the findings make the exit code 1.
pub(crate) fn verdict(counts: Counts, fail_on: args::FailOn) -> Outcome {
    if counts.reach(fail_on.into()) { Outcome::Findings } else { Outcome::Clean }
}

/// What succeeded; what did not is said on stderr.
pub(crate) fn sift<T>(
    results: Vec<Result<T, Message>>,
    errors: Vec<Message>,
    lang: Lang,
) -> (Vec<T>, Outcome) {
    let mut outcome = Outcome::Clean;
    for error in errors {
        outcome = print::error(&error, lang);
    }
    let mut good = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(it) => good.push(it),
            Err(error) => outcome = print::error(&error, lang),
        }
    }
    (good, outcome)
}
