//! `gouji new`: a blank report to start from.

use std::io;
use std::path::Path;

use gouji_analysis::render::Blank;
use gouji_analysis::{Lang, Message};

use super::output::print;
use super::{Outcome, args, input, write};

pub(crate) fn run(args: &args::New, lang: Lang) -> Outcome {
    let (template, dialect) = (args.template.as_deref(), args.dialect.as_deref());
    let blank = match Blank::new(&args.agency, args.year, template, dialect) {
        Ok(blank) => blank,
        Err(message) => return print::error(&message, lang),
    };
    let Some(path) = &args.output else { return print::plain(&blank.text(), lang) };
    match write::create(path, blank.text().as_bytes()) {
        Ok(()) => Outcome::Clean,
        Err(error) => print::error(&unwritable(path, &error), lang),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Message {
    let name = path.display().to_string();
    match error.kind() {
        io::ErrorKind::AlreadyExists => Message::new("cli.exists").with("path", name),
        io::ErrorKind::NotFound => Message::new("cli.no-folder").with("path", name),
        _ => input::unreadable(&name, error),
    }
}
