//! `gouji fix`: repairs without asking.
//!
//! The exit code speaks of the file as it stands afterwards: with `--diff` that is the file
//! as it was.

use gouji_analysis::apply::{self, Fixed, Policy};
use gouji_analysis::{Config, Document, Lang, Message};
use similar::TextDiff;

use super::check::verdict;
use super::input::{self, Show, Source};
use super::output::Counts;
use super::output::print::{self, Out};
use super::output::text::with_counts;
use super::{Outcome, args, encoding, settings, write};

/// What one file contributes.
struct Part {
    counts: Counts,
    fixed: usize,
    unsettled: Option<Message>,
    text: String,
}

pub(crate) fn run(args: &args::Fix, lang: Lang) -> Outcome {
    let (config, policy) = match settings::fixing(args) {
        Ok(it) => it,
        Err(error) => return print::error(&error, lang),
    };
    let mut out = Out::plain();
    let work = |source: &Source| {
        if source.is_found && !gouji_analysis::is_report(&source.doc) {
            return Ok(None);
        }
        part(source, &config, &policy, args.diff, lang).map(Some)
    };
    let (mut counts, mut fixed, mut files) = (Counts::default(), 0, 0);
    let mut unsettled = Vec::new();
    let show = Show { lang, progress: !args.rules.quiet };
    let failed = input::each(&args.paths, show, work, |part| {
        out.write(&part.text);
        counts = counts + part.counts;
        fixed += part.fixed;
        files += usize::from(part.fixed > 0);
        unsettled.extend(part.unsettled);
    });
    for unsettled in &unsettled {
        print::note(unsettled, lang);
    }
    let printed = out.end(lang);
    if !args.rules.quiet {
        let key = if args.diff { "cli.would-fix" } else { "cli.fixed" };
        let message = Message::new(key).with("count", fixed).with("files", files);
        print::note(&with_counts(message, counts), lang);
    }
    verdict(counts, args.rules.fail_on).max(failed).max(printed)
}

fn part(
    source: &Source,
    config: &Config,
    policy: &Policy,
    diff: bool,
    lang: Lang,
) -> Result<Part, Message> {
    let text = source.text();
    let fixed = apply::fix_text(&text, config, policy);
    let changes = fixed.text != text;
    let text = match (&source.path, diff) {
        (_, true) if changes => difference(source, &text, &fixed),
        (None, false) => fixed.text.clone(),
        (Some(_), false) if changes => {
            save(source, &text, &fixed)?;
            listing(source, &fixed, lang)
        }
        _ => String::new(),
    };
    let after = if diff { source.doc.clone() } else { Document::new(&fixed.text) };
    let left = gouji_analysis::check(&after, config, None, &|| false);
    let unsettled = (!fixed.unsettled.is_empty()).then(|| {
        let codes: Vec<_> = fixed.unsettled.iter().copied().collect();
        let message = Message::new("cli.unsettled").with("path", &source.name);
        message.with("codes", codes.join(", "))
    });
    let counts = left.map(|it| Counts::of(&it.findings())).unwrap_or_default();
    Ok(Part { counts, fixed: fixed.applied.len(), unsettled, text })
}

fn save(source: &Source, text: &str, fixed: &Fixed) -> Result<(), Message> {
    let Some(path) = &source.path else { return Ok(()) };
    let old = encoding::encode(text, source.encoding);
    let new = encoding::encode(&fixed.text, source.encoding);
    match write::replace(path, &old, &new) {
        Ok(true) => Ok(()),
        // Somebody else's change, or a byte sequence that has a twin in its encoding.
        Ok(false) => Err(Message::new("cli.changed").with("path", &source.name)),
        Err(error) => Err(input::unreadable(&source.name, &error)),
    }
}

fn difference(source: &Source, text: &str, fixed: &Fixed) -> String {
    let diff = TextDiff::from_lines(text, &fixed.text);
    diff.unified_diff().header(&source.name, &source.name).to_string()
}

fn listing(source: &Source, fixed: &Fixed, lang: Lang) -> String {
    let line = |it: &apply::Applied| {
        let title = it.title.text(lang).replace(char::is_control, " ");
        format!("{}: {} {title}\n", source.name, it.code)
    };
    fixed.applied.iter().map(line).collect()
}
