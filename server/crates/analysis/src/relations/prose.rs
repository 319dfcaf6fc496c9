//! What sentences state, and what that is made of or held against.

use gouji_syntax::TextRange;
use rust_decimal::Decimal;

use super::{Relation, Verdict, rule, signed};
use crate::finding::Place;
use crate::message::Message;
use crate::names;
use crate::prose;
use crate::prose::claims::Figure;
use crate::prose::claims::growth::Growth;
use crate::prose::claims::share::Shares;
use crate::prose::percent::{exact_percent, rounded_percent};
use crate::report::Cell;
use crate::rules::Context;
use crate::rules::statements::{self, Claim, Statement};
use crate::rules::{growth_rate, stated_cells};

pub(super) fn of_report(ctx: &Context) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (paragraph, prose) in ctx.prose() {
        let block = paragraph.block;
        let totals = prose.totals.iter();
        relations.extend(
            totals.filter_map(|it| itemised(("N401", it.holds()), block, (&it.total, &it.items))),
        );
        let fees = prose.fees.iter().filter(|it| !it.items.is_empty());
        relations.extend(fees.filter_map(|it| {
            itemised(("N407", it.sum() == it.total.value), block, (&it.total, &it.items))
        }));
        relations.extend(prose.shares.iter().flat_map(|it| shares(block, it)));
        relations.extend(prose.growths.iter().filter_map(|it| growth(block, it)));
    }
    let statements = statements::of_report(ctx);
    let claims: Vec<_> = statements.iter().map(|it| it.claim).collect();
    relations.extend(statements.iter().filter_map(|it| statement(ctx, it, &claims)));
    relations
}

/// `12+8+9 = 29`, of the rule with a code, and whether that holds for it.
fn itemised(
    (code, holds): (&str, bool),
    block: usize,
    (total, items): (&Figure, &[Figure]),
) -> Option<Relation> {
    let place = |it: &Figure| Place::new(block, it.range);
    let sum: Decimal = items.iter().map(|it| it.value).sum();
    let terms: Vec<_> = items.iter().map(|it| it.value.to_string()).collect();
    let key = if holds { "relation.itemised" } else { "relation.itemised.broken" };
    let mut text = Message::new(key).with("terms", terms.join(" + ")).with("sum", sum);
    if !holds {
        let difference = signed(total.value - sum);
        text = text.with("total", total.value).with("difference", difference);
    }
    Some(Relation {
        rule: rule(code)?,
        stated: vec![place(total)],
        sources: items.iter().map(place).collect(),
        verdict: if holds { Verdict::Holds } else { Verdict::Broken },
        text,
        is_statement: false,
    })
}

/// What growth there could be instead of the one that cannot be.
fn growth(block: usize, it: &Growth) -> Option<Relation> {
    Some(Relation {
        rule: rule("N404")?,
        stated: vec![Place::new(block, it.percent.range)],
        sources: vec![Place::new(block, it.count.range)],
        verdict: Verdict::Broken,
        text: growth_rate::message(it),
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
