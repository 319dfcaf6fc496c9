//! R305: the cells whose correction makes every sum hold.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Place, Related, Severity};
use crate::localise::{Event, Explanation};
use crate::message::Message;
use crate::report::Cell;
use crate::sum_findings;
use crate::sums::Sum;
use crate::suspects::{self, Suspects};

/// R305
pub(super) static RULE: Rule = Rule {
    code: "R305",
    name: "suspect-cell",
    severity: Severity::Information,
    fix: FixClass::Number,
    summary: [
        "最可能有误的单元格：改正后各项勾稽全部成立",
        "the cells whose correction makes every broken sum hold",
    ],
    docs: "\
一处错数往往使行、列、勾稽关系几个等式同时不成立。本规则把整张表的等式合起来看，找出改动最少、改后全部成立的解释，\
指出最可能填错的那一格。

一处改动可以是：一格写错；相邻两格互换；一行或一列的数错位一格；一格写错，总计又据此算出；两行或两列整个互换；各行、\
各列整个错位。同样简短的解释不止一种时，按常见的笔误（错一个数字、前后颠倒、多写少写一位、漏填）和正文写明的数排先后。

只重算总计，各等式也会全部成立，但错数留在表里，总计也跟着错了：所以先指出错数，再谈重算。

**不报**：等式全部成立的表；要改五处以上才能解释的；没有找到解释的。表中空格、文字按未知数看待，不当作 0。

整行、整列错位时为错误级别，只报这一条，R301 至 R304 不再逐个报告。

**示例**：予以公开一行自然人 5 写作 7，本行总计、自然人一列的（七）总计都不成立；把 7 改回 5，两项同时成立。

**修复**：只有一种解释，或一种解释明显更可能的，给出整套更正，两处以内的为首选；几种解释不相上下的，列出前三种由用户选择。\
改的是数字，不会自动执行；`gouji fix --select R` 只执行首选的更正。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式的表格结构，表头印明的勾稽关系。",
    check: Check::Table(check),
};

/// Explanations that are shown where several are as good.
const SHOWN: usize = 3;

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let Some(suspects) = ctx.suspects() else { return Vec::new() };
    let mut findings = match suspects.likeliest() {
        Some(explanation) => likeliest(ctx, rule, suspects, explanation),
        None => tied(ctx, rule, suspects).into_iter().collect(),
    };
    if suspects.are_structural() {
        // It stands for the sums, which say nothing then.
        for finding in &mut findings {
            finding.severity = Severity::Error;
        }
    }
    findings
}

/// One finding for each slip.
fn likeliest(
    ctx: &TableContext,
    rule: &Rule,
    suspects: &Suspects,
    explanation: &Explanation,
) -> Vec<Finding> {
    let events = &explanation.events;
    let fix = suspects::repair(ctx, suspects, explanation);
    let finding = |event: &Event| {
        let place = first_place(ctx, suspects, event)?;
        let message = match events.len() {
            1 => Message::new("R305"),
            count => Message::new("R305.several").with("count", count),
        };
        let told = suspects::event(suspects, event);
        let message = message.with_part("event", told).with("sums", ctx.tally.broken);
        let mut finding = rule.finding(place, message);
        finding.related = broken_sums(ctx, &|it| suspects.first_in(event, it).is_some());
        let changes = events.iter().flat_map(|it| &it.changes);
        finding.related.extend(cells(ctx, suspects, changes, place));
        finding.fixes.extend(fix.clone().map(Into::into));
        Some(finding)
    };
    events.iter().filter_map(finding).collect()
}

/// One finding for all explanations.
fn tied(ctx: &TableContext, rule: &Rule, suspects: &Suspects) -> Option<Finding> {
    let all = suspects.tied();
    let shown = &all[..all.len().min(SHOWN)];
    let place = first_place(ctx, suspects, shown.first()?.events.first()?)?;
    let told = shown.iter().filter_map(|it| suspects::events(suspects, it));
    let message = Message::new("R305.tied")
        .with("count", all.len())
        .with_part("candidates", suspects::joined("list.or", told)?);
    let mut finding = rule.finding(place, message);
    finding.related = broken_sums(ctx, &|_| true);
    let first = shown.iter().flat_map(|it| &it.events).filter_map(|it| it.changes.first());
    finding.related.extend(cells(ctx, suspects, first, place));
    let fixes = shown.iter().filter_map(|it| suspects::repair(ctx, suspects, it));
    finding.fixes = fixes.map(Into::into).collect();
    Some(finding)
}

/// The broken sums that are wanted, each where its own rule reports it.
fn broken_sums(ctx: &TableContext, is_wanted: &dyn Fn(&Sum) -> bool) -> Vec<Related> {
    let sums = ctx.sums().iter().filter(|it| is_wanted(it));
    let said = sums.filter_map(|it| sum_findings::said(ctx, it));
    said.map(|(place, text)| Related { place, message: text.message.clone() }).collect()
}

/// The cells of some changes, but for the one at a place.
fn cells<'a>(
    ctx: &TableContext,
    suspects: &Suspects,
    changes: impl Iterator<Item = &'a (usize, i64)>,
    but: Place,
) -> Vec<Related> {
    let mut related: Vec<Related> = Vec::new();
    for change in changes {
        let cell = suspects::cell(suspects, ctx.table, change.0).map(Cell::visible);
        let Some(place) = cell.filter(|it| *it != but) else { continue };
        let it = Related { place, message: suspects::change(suspects, *change) };
        // Several explanations may change the same cell alike.
        if !related.contains(&it) {
            related.push(it);
        }
    }
    related
}

/// Where the first cell stands that an event changed.
fn first_place(ctx: &TableContext, suspects: &Suspects, event: &Event) -> Option<Place> {
    let mut cells = event.changes.iter().map(|it| suspects::cell(suspects, ctx.table, it.0));
    cells.find_map(|it| it.map(Cell::visible))
}
