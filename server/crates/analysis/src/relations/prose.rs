//! What sentences state, and what that is made of or held against.

use gouji_syntax::TextRange;
use rust_decimal::Decimal;

use super::{Relation, Verdict, rule, signed};
use crate::finding::Place;
use crate::message::Message;
use crate::names;
use crate::prose;
use crate::prose::claims::Figure;
use crate::prose::claims::share::Shares;
use crate::prose::claims::total::Total;
use crate::prose::percent::{exact_percent, rounded_percent};
use crate::report::Cell;
use crate::rules::Context;
use crate::rules::stated_cells;
use crate::rules::statements::{self, Claim, Statement};

pub(super) fn of_report(ctx: &Context) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (paragraph, prose) in ctx.prose() {
        let block = paragraph.block;
        relations.extend(prose.totals.iter().filter_map(|it| itemised(block, it)));
        relations.extend(prose.shares.iter().flat_map(|it| shares(block, it)));
    }
    let statements = statements::of_report(ctx);
    let claims: Vec<_> = statements.iter().map(|it| it.claim).collect();
    relations.extend(statements.iter().filter_map(|it| statement(ctx, it, &claims)));
    relations
}

/// `12+8+9 = 29`
fn itemised(block: usize, total: &Total) -> Option<Relation> {
    let place = |it: &Figure| Place::new(block, it.range);
    let terms: Vec<_> = total.items.iter().map(|it| it.value.to_string()).collect();
    let holds = total.holds();
    let key = if holds { "relation.itemised" } else { "relation.itemised.broken" };
    let mut text = Message::new(key).with("terms", terms.join(" + ")).with("sum", total.sum());
    if !holds {
        let difference = signed(total.total.value - total.sum());
        text = text.with("total", total.total.value).with("difference", difference);
    }
    Some(Relation {
        rule: rule("N401")?,
        stated: vec![place(&total.total)],
        sources: total.items.iter().map(place).collect(),
        verdict: if holds { Verdict::Holds } else { Verdict::Broken },
        text,
        is_statement: false,
    })
}

/// `6 ÷ 45 = 13.3333…% → 13.33%`
fn shares(block: usize, list: &Shares) -> Vec<Relation> {
    let place = |it: &Figure| Place::new(block, it.range);
    let relation = |share: &prose::claims::share::Share| {
        let verdict = list.verdict(share)?;
        let (part, whole) = (share.part.value, list.whole.value);
        let decimals = share.percent.value.scale();
        let right = rounded_percent(part.mantissa(), whole.mantissa(), decimals)?;
        let exact = exact_percent(part.mantissa(), whole.mantissa(), decimals)?;
        let holds = right == share.percent.value || verdict == prose::percent::Verdict::Right;
        let key = if holds { "relation.share" } else { "relation.share.broken" };
        let mut text = Message::new(key).with("part", part).with("whole", whole);
        text = text.with("exact", exact).with("right", right);
        if !holds {
            text = text.with("stated", share.percent.value);
        }
        Some(Relation {
            rule: rule("N402")?,
            stated: vec![place(&share.percent)],
            sources: vec![place(&share.part), place(&list.whole)],
            verdict: if holds { Verdict::Holds } else { Verdict::Broken },
            text,
            is_statement: false,
        })
    };
    list.shares.iter().filter_map(relation).collect()
}

/// `正文 34，表三「……·总计」34`
fn statement(ctx: &Context, it: &Statement, claims: &[Claim]) -> Option<Relation> {
    let table = it.claim.table(ctx)?;
    let expected = stated_cells::expected(table, it.claim.stated)?;
    let range: TextRange = it.figure.map_or(it.range, |it| it.range);
    let is_broken = it.claim.is_contradicted(table, claims);
    let is_same = it.claim.value == expected.value;
    let key = match (is_broken, is_same, it.figure) {
        (true, ..) => "relation.statement.broken",
        (false, true, _) => "relation.statement",
        // As with those carried in: the words leave it open.
        (false, false, _) => "relation.statement.other",
    };
    let mut text = Message::new(key)
        .with("stated", it.figure.map_or(Decimal::ZERO, |it| it.value))
        .with("table", names::table(table))
        .with("cell", expected.name());
    if !is_same {
        text = text.with("value", expected.value);
    }
    Some(Relation {
        rule: rule("N405")?,
        stated: vec![Place::new(it.block, range)],
        sources: expected.cells.iter().copied().map(Cell::visible).collect(),
        verdict: if is_broken { Verdict::Broken } else { Verdict::Holds },
        text,
        is_statement: true,
    })
}
