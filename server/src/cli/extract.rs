//! `gouji extract`: what a report says, as data.

use gouji_analysis::Lang;

use super::Outcome;
use super::args::{self, DataFormat};
use super::check::sift;
use super::input::{self, Source};
use super::output::{data, print};

pub(crate) fn run(args: &args::Extract, lang: Lang) -> Outcome {
    let (inputs, errors) = input::find(&args.paths);
    let part = |source: &Source| {
        let reports = gouji_analysis::read(&source.doc);
        Ok(match args.format {
            DataFormat::Json => data::file(source, &reports),
            DataFormat::Jsonl => data::lines(source, &reports),
            DataFormat::Csv => data::rows(source, &reports),
        })
    };
    let (parts, failed) = sift(input::each(&inputs, part), errors, lang);
    let text = match args.format {
        DataFormat::Json => format!("{{\"version\":1,\"files\":[{}]}}\n", parts.join(",")),
        DataFormat::Jsonl => parts.concat(),
        DataFormat::Csv => data::CSV_HEAD.to_owned() + &parts.concat(),
    };
    print::plain(&text, lang).max(failed)
}
