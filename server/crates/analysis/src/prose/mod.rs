//! Numbers and dates in sentences: which quantities a block's sentences name and what they
//! claim. All of it depends on the block's text alone and is kept with the block.

pub(crate) mod claims;
mod date;
mod digits;
mod joined;
mod mask;
mod numeral;
pub(crate) mod percent;
pub(crate) mod period;
mod quantity;
mod text;
mod topics;

use std::ops::Range;

use gouji_syntax::BlockKind;
use gouji_syntax::plain::Plain;
use rust_decimal::Decimal;

use crate::Blocks;
use crate::block::Block;
use crate::report::Paragraph;
use crate::scan::{has_markup, signs};
use claims::Figure;
use claims::cell::CellClaim;
use claims::disclosed::Disclosed;
use claims::fee::Fees;
use claims::growth::Growth;
use claims::request::Request;
use claims::share::Shares;
use claims::total::Total;
use claims::year::YearClaim;
use period::WrittenPeriod;
use quantity::Unit;
use text::Text;

pub(crate) use date::{Written, dates as dates_in_line, days, whole as whole_date};
pub(crate) use text::Visible;
pub(crate) use topics::{Mention, Topics};

/// What the sentences of a block say. Ranges are bytes of the block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prose {
    /// Totals with their items.
    pub(crate) totals: Vec<Total>,
    /// Parts of a whole with their percentages.
    pub(crate) shares: Vec<Shares>,
    /// Percentages of all parts of something.
    pub(crate) breakdowns: Vec<Vec<Figure>>,
    /// Fees for information.
    pub(crate) fees: Vec<Fees>,
    /// Statements on how much was made public.
    pub(crate) disclosed: Vec<Disclosed>,
    /// Statements on other numbers of the tables.
    pub(crate) cells: Vec<CellClaim>,
    /// Percentages of growth that no earlier number gives.
    pub(crate) growths: Vec<Growth>,
    /// Statements on the number of requests received.
    pub(crate) requests: Vec<Request>,
    /// Statements on one year's work.
    pub(crate) years: Vec<YearClaim>,
    /// Years of the sentences that count something.
    pub(crate) counted_years: Vec<i32>,
    /// 统计期限
    pub(crate) period: Option<WrittenPeriod>,
}

/// The paragraphs among `blocks`: prose, headings that go on with a sentence, and
/// table-like blocks that are `taken` by no table. Their sections are left open. What the end of
/// a page broke is one paragraph.
pub(crate) fn paragraphs(blocks: &Blocks, taken: &dyn Fn(usize) -> bool) -> Vec<Paragraph> {
    let has_prose = |block: &usize| {
        let Some(data) = blocks.get(*block).map(|it| &it.data) else { return false };
        match data.kind {
            BlockKind::Paragraph => true,
            BlockKind::Heading => {
                signs(&data.text).any(|it| matches!(it.1, '。' | '；' | '，' | ','))
            }
            BlockKind::Table(_) => !taken(*block),
            BlockKind::Blank | BlockKind::Fence | BlockKind::Comment => false,
        }
    };
    let paragraph = |block| Paragraph { block, section: None, joined: None };
    joined::join(blocks, (0..blocks.len()).filter(has_prose).map(paragraph))
}

/// What the sentences of a paragraph say; `None` where that is nothing of interest.
pub(crate) fn of_paragraph<'a>(blocks: &'a Blocks, paragraph: &'a Paragraph) -> Option<&'a Prose> {
    match &paragraph.joined {
        Some(prose) => Some(prose),
        None => blocks.get(paragraph.block)?.prose(),
    }
}

/// `value` in the digits of `like`: 2023 → 2024, 二〇二三 → 二〇二四. `None` where `like` is
/// not one number.
pub(crate) fn rewrite_like(like: &str, value: Decimal) -> Option<String> {
    let numeral = numeral::at(like, 0).filter(|it| it.range.end == like.len())?;
    Some(numeral::write(value, numeral.style))
}

/// Reads the sentences of a block; `None` where they say nothing of interest.
pub(crate) fn read(block: &Block) -> Option<Box<Prose>> {
    let is_table = matches!(block.data.kind, BlockKind::Table(_));
    if !is_table && !block.phrases().topics.may_claim() {
        return None;
    }
    let mut prose = Box::new(Prose::NOTHING);
    if is_table {
        for row in block.cells().rows.iter() {
            for cell in row {
                let range = Range::<usize>::from(cell.text);
                let text = block.data.text.get(range.clone()).unwrap_or_default();
                prose.read(text, range.start);
            }
        }
    } else {
        visible(block, |it| prose.extend(it, block.phrases().topics));
    }
    prose.if_any()
}

/// Reads the sentences of those among some blocks of which that is not known, each step for all of
/// them before the next one, as [`check_all`](crate::check_all) wants it.
pub(crate) fn read_ahead<'a>(blocks: impl Iterator<Item = &'a Block>) {
    /// As many as most blocks have.
    const MENTIONS: usize = 24;
    let is_unread = |it: &&Block| !matches!(it.data.kind, BlockKind::Table(_)) && !it.has_prose();
    let new: Vec<_> = blocks.filter(is_unread).collect();
    let mut unread = Vec::with_capacity(new.len());
    let mut mentions = Vec::with_capacity(new.len() * MENTIONS);
    for block in new {
        let start = mentions.len();
        let are_told = block.read_phrases(&mut mentions);
        if block.phrases().topics.may_claim() {
            unread.push((block, are_told.then_some(start..mentions.len())));
        } else {
            mentions.truncate(start);
        }
    }
    let plains: Vec<_> = unread.iter().map(|it| plain(source(it.0), 0)).collect();
    // Most have claims.
    let mut texts = Vec::with_capacity(unread.len());
    texts.extend(unread.into_iter().zip(&plains).filter_map(|((block, here), plain)| {
        let visible = Visible::of(source(block), 0, plain.as_ref());
        let here = here.map(|it| &mentions[it]);
        let text = Text::with_claims(visible, block.phrases().topics, here)?;
        Some((block, text, Box::new(Prose::NOTHING)))
    }));
    for find in CLAIMS {
        for (_, text, prose) in &mut texts {
            find(prose, text);
        }
    }
    for (block, _, prose) in texts {
        block.keep_prose(prose.if_any());
    }
}

/// Gives the visible text of a block to a reader.
pub(crate) fn visible<T>(block: &Block, read: impl FnOnce(Visible) -> T) -> T {
    read(Visible::of(source(block), 0, plain(source(block), 0).as_ref()))
}

/// A block's text without the line's end.
fn source(block: &Block) -> &str {
    block.data.text.trim_end_matches(['\n', '\r'])
}

/// The visible text of a part of a block that starts at a byte of it; `None` where that is the part
/// as it stands.
fn plain(source: &str, at: usize) -> Option<Plain> {
    has_markup(source).then(|| Plain::new(source, at as u32))
}

impl Prose {
    /// What text without numbers says.
    pub(crate) const NOTHING: Self = Self {
        totals: Vec::new(),
        shares: Vec::new(),
        breakdowns: Vec::new(),
        fees: Vec::new(),
        disclosed: Vec::new(),
        cells: Vec::new(),
        growths: Vec::new(),
        requests: Vec::new(),
        years: Vec::new(),
        counted_years: Vec::new(),
        period: None,
    };

    /// Reads a part of a block that starts at a byte of it.
    fn read(&mut self, source: &str, at: usize) {
        let plain = plain(source, at);
        let visible = Visible::of(source, at, plain.as_ref());
        self.extend(visible, Topics::of(visible.text()));
    }

    fn extend(&mut self, visible: Visible, topics: Topics) {
        if let Some(text) = Text::with_claims(visible, topics, None) {
            for find in CLAIMS {
                find(self, &text);
            }
        }
    }

    /// This, unless it is nothing of interest.
    fn if_any(self: Box<Self>) -> Option<Box<Self>> {
        (!self.is_empty()).then_some(self)
    }

    /// Whether the sentences say nothing of interest.
    fn is_empty(&self) -> bool {
        self.totals.is_empty()
            && self.shares.is_empty()
            && self.breakdowns.is_empty()
            && self.fees.is_empty()
            && self.disclosed.is_empty()
            && self.cells.is_empty()
            && self.growths.is_empty()
            && self.requests.is_empty()
            && self.years.is_empty()
            && self.counted_years.is_empty()
            && self.period.is_none()
    }
}

/// Finds the claims of some kinds in a text.
type Find = fn(&mut Prose, &Text);

/// All that is sought in a text.
const CLAIMS: [Find; 7] = [
    |prose, text| add(&mut prose.cells, claims::cell::claims(text)),
    |prose, text| add(&mut prose.fees, claims::fee::fees(text)),
    |prose, text| add(&mut prose.disclosed, claims::disclosed::disclosed(text)),
    |prose, text| {
        if text.quantities.len() > 1 {
            add(&mut prose.totals, claims::total::totals(text));
        }
    },
    |prose, text| {
        if text.quantities.iter().any(|it| it.unit == Unit::Percent) {
            add(&mut prose.shares, claims::share::shares(text));
            add(&mut prose.breakdowns, claims::share::breakdowns(text));
            add(&mut prose.growths, claims::growth::growths(text));
        }
    },
    |prose, text| add(&mut prose.requests, claims::request::requests(text)),
    |prose, text| {
        add(&mut prose.years, claims::year::claims(text));
        add(&mut prose.counted_years, claims::year::counted(text));
        if text.topics.have(Topics::YEAR) && text.topics.have(Topics::MONTH) {
            prose.period = prose.period.take().or_else(|| period::period(text));
        }
    },
];

/// Adds what was found to what was found before, of which there is seldom any.
fn add<T>(all: &mut Vec<T>, found: Vec<T>) {
    if all.is_empty() {
        *all = found;
    } else {
        all.extend(found);
    }
}
