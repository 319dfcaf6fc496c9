//! `gouji extract`: what a report says, as data.

use gouji_analysis::Lang;

use super::Outcome;
use super::args::{self, DataFormat};
use super::input::{self, Show, Source};
use super::output::print::Out;
use super::output::{data, json};

pub(crate) fn run(args: &args::Extract, lang: Lang) -> Outcome {
    let (head, tail) = match args.format {
        DataFormat::Json => (json::HEAD, "]}\n"),
        DataFormat::Jsonl => ("", ""),
        DataFormat::Csv => (data::CSV_HEAD, ""),
    };
    let mut out = Out::plain();
    out.write(head);
    let work = |source: &Source| {
        let reports = gouji_analysis::read(&source.doc);
        let is_report = || reports.iter().any(|it| it.1.report.is_likely());
        Ok((!source.is_found || is_report()).then(|| match args.format {
            DataFormat::Json => data::file(source, &reports),
            DataFormat::Jsonl => data::lines(source, &reports),
            DataFormat::Csv => data::rows(source, &reports),
        }))
    };
    let is_json = args.format == DataFormat::Json;
    let show = Show { lang, progress: !is_json || !out.is_terminal() };
    let mut files = 0;
    let failed = input::each(&args.paths, show, work, |text| {
        if is_json {
            out.write(json::separator(files));
        }
        out.write(&text);
        files += 1;
    });
    out.write(tail);
    out.end(lang).max(failed)
}
