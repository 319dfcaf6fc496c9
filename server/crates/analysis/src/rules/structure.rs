//! What the rules on structure share.

use super::Context;
use crate::Blocks;
use crate::finding::{Edit, Fix, Place, Safety};
use crate::layout::has_letters;
use crate::message::Message;
use crate::phrases::{Found, Slips};
use crate::report::{Paragraph, Report, Section};
use crate::scan::{self, is_letter};
use crate::schema::{self, Schema};

/// Whether anything of the form was found: on other texts only the lack of a title is said.
pub(super) fn is_report(ctx: &Context) -> bool {
    let report = ctx.report;
    report.title.is_some() || !report.sections.is_empty() || !report.tables.is_empty()
}

/// The form whose blank tables belong in the report: that of its year, or that of its other
/// tables.
pub(super) fn form<'a>(ctx: &Context<'a>) -> &'a Schema {
    ctx.report.year().and_then(schema::of_year).unwrap_or(ctx.report.schema)
}

/// The official heading of a section: 一、总体情况.
pub(super) fn official(ctx: &Context, section: usize) -> String {
    ctx.report.schema.sections[section].heading()
}

/// The report's first line with letters.
pub(super) fn first_line(ctx: &Context) -> Place {
    let mut blocks = 0..ctx.blocks.len();
    let first = blocks.find_map(|it| lines(ctx, it).first().copied());
    first.unwrap_or_else(|| crate::layout::empty(0, 0))
}

/// The report's last line with letters.
pub(super) fn last_line(ctx: &Context) -> Place {
    let mut blocks = (0..ctx.blocks.len()).rev();
    let last = blocks.find_map(|it| lines(ctx, it).last().copied());
    last.unwrap_or_else(|| crate::layout::empty(0, 0))
}

/// A block's lines with letters, without the white space around them.
fn lines(ctx: &Context, block: usize) -> Vec<Place> {
    let lines = scan::lines(&ctx.blocks[block].data.text).filter(|it| has_letters(it.1));
    let place = |(at, line): (usize, &str)| {
        let start = at + line.len() - line.trim_start().len();
        Place::new(block, gouji_syntax::range(start, start + line.trim().len()))
    };
    lines.map(place).collect()
}

/// The source between a section's heading and the next one, without the signature.
pub(super) fn content(ctx: &Context, index: usize) -> String {
    pieces(ctx, index).collect()
}

/// Whether that source has letters before any markup.
pub(super) fn starts_with_letters(ctx: &Context, index: usize) -> bool {
    let mut signs = pieces(ctx, index).flat_map(str::chars);
    signs.find(|it| matches!(it, '<' | '&' | '*') || is_letter(*it)).is_some_and(is_letter)
}

/// That source by block.
fn pieces<'a>(ctx: &Context<'a>, index: usize) -> impl Iterator<Item = &'a str> {
    let section = &ctx.report.sections[index];
    let mut end = match ctx.report.sections.get(index + 1) {
        Some(next) => (next.place.block, next.place.range.start()),
        None => (ctx.blocks.len() as u32, 0),
    };
    if index + 1 == ctx.report.sections.len() {
        let signature = &ctx.report.signature;
        let places = signature.agency.iter().map(|it| it.1);
        let places = places.chain(signature.date.iter().map(|it| it.1));
        let after = places.filter(|it| *it > section.place).min();
        end = after.map_or(end, |it| (it.block, it.range.start()));
    }
    between(ctx.blocks, section, end)
}

fn between<'a>(
    blocks: &'a Blocks,
    section: &Section,
    end: (u32, u32),
) -> impl Iterator<Item = &'a str> {
    let mut skip = section.place.range.end() as usize;
    (section.place.block..=end.0).map_while(move |block| {
        let data = &*blocks.get(block as usize)?.data.text;
        let stop = if block == end.0 { end.1 as usize } else { data.len() };
        let piece = data.get(skip.min(stop)..stop).unwrap_or_default();
        skip = skip.saturating_sub(data.len());
        Some(piece)
    })
}

/// Whether a form asks for an overview of five aspects, and for a statement on fees: that of
/// 2021 does, for the first time.
pub(super) fn asks_for_statements(form: &Schema) -> bool {
    form.from_year >= 2021
}

/// Whether a paragraph is in one of the sections that report what was done in the year.
pub(super) fn is_on_the_year(report: &Report, paragraph: &Paragraph) -> bool {
    let section = paragraph.section.and_then(|it| report.schema.sections.get(it));
    section.is_some_and(|it| matches!(it.key.as_str(), "overview" | "disclosure" | "requests"))
}

/// Phrases of one kind outside the report's tables, with their blocks.
pub(super) fn found<'a, T: 'a>(
    ctx: &Context<'a>,
    kind: fn(&Slips) -> &[T],
) -> impl Iterator<Item = (usize, &'a T)> {
    let slips = ctx.phrases().filter_map(|it| Some((it.0, it.1.slips()?)));
    slips.flat_map(move |(block, it)| kind(it).iter().map(move |it| (block, it)))
}

/// A fix that writes other text in place of what was found, where that is one piece of the
/// source.
pub(super) fn replacement<T>(
    (block, found): (usize, &Found<T>),
    text: &str,
    safety: Safety,
) -> Option<Fix> {
    let edit = Edit { place: Place::new(block, found.range), text: text.to_owned() };
    let title = Message::new("fix.replace").with("new", text);
    found.is_whole.then(|| Fix {
        title,
        safety,
        preferred: safety == Safety::Safe,
        edits: vec![edit],
    })
}

/// Whether text shows a picture or points to an attachment.
pub(super) fn shows_elsewhere(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<img", "![", "附件", "附表"].iter().any(|it| lower.contains(it))
}
