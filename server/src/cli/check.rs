//! `gouji check`: what is wrong.

use gouji_analysis::{Checked, Lang, SEVERAL};

use super::args::{self, Format};
use super::input::{self, Show, Source};
use super::output::print::{self, Out};
use super::output::text::{self, Text};
use super::output::{Counts, json};
use super::{Outcome, settings};

/// What one file contributes, and what all do together.
#[derive(Default)]
struct Part {
    files: usize,
    counts: Counts,
    fixable: usize,
    text: String,
}

pub(crate) fn run(args: &args::Check, lang: Lang) -> Outcome {
    let config = match settings::config(&args.rules) {
        Ok(config) => config,
        Err(error) => return print::error(&error, lang),
    };
    let is_json = args.format == Format::Json;
    let mut out = if is_json { Out::plain() } else { Out::styled() };
    if is_json {
        out.write(json::HEAD);
    }
    let text = Text::new(lang);
    let part = |(source, checked): (&Source, Checked)| {
        let findings = checked.findings();
        let text = match args.format {
            Format::Text => text.findings(source, &findings),
            Format::Json => json::file(source, &findings, lang),
        };
        let fixable = text::fixable(&findings);
        Part { files: 1, counts: Counts::of(&findings), fixable, text }
    };
    let work = |sources: &[Source]| {
        let docs: Vec<_> = sources.iter().map(|it| &it.doc).collect();
        let checked = gouji_analysis::check_all(&docs, &config, &|| false).unwrap_or_default();
        let is_shown = |it: &(&Source, Checked)| !it.0.is_found || it.1.is_report();
        let all = sources.iter().zip(checked);
        all.map(|it| Ok(Some(it).filter(is_shown).map(part))).collect()
    };
    let mut all = Part::default();
    let has_room = !is_json || !out.is_terminal();
    let show = Show { lang, progress: has_room && !args.rules.quiet };
    let failed = input::several(&args.paths, show, SEVERAL, work, |part| {
        if is_json {
            out.write(json::separator(all.files));
        }
        out.write(&part.text);
        all.files += part.files;
        all.counts = all.counts + part.counts;
        all.fixable += part.fixable;
    });
    if is_json {
        out.write(&json::tail(all.files, all.counts));
    } else if !args.rules.quiet {
        out.write(&text.summary(all.files, all.counts, all.fixable));
    }
    verdict(all.counts, args.rules.fail_on).max(failed).max(out.end(lang))
}

/// Whether the findings make the exit code 1.
pub(crate) fn verdict(counts: Counts, fail_on: args::FailOn) -> Outcome {
    if counts.reach(fail_on.into()) { Outcome::Findings } else { Outcome::Clean }
}
