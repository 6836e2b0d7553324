//! Changed rows of the dated tables.

use thidua_base::Number;
use thidua_law::honour::Procedure;
use thidua_law::vocabulary::{Clock, MonthDay, Rounding, VoteBase, VoteMethod};

/// Every change of a number or word of a table's rows, and of the days they hold.
pub fn procedure_mutants(procedure: &Procedure, table: &str) -> Vec<(String, Procedure)> {
    let mut found = Vec::new();
    let rows = procedure.spans(table).len();
    for at in 0..rows {
        let mut with = |what: &str, change: &dyn Fn(&mut Procedure) -> bool| {
            let mut changed = procedure.clone();
            if change(&mut changed) && changed != *procedure {
                found.push((format!("row {} {what}", at + 1), changed));
            }
        };
        for days in [-1, 1] {
            with("from", &|all| {
                let span = span_of(all, table, at);
                span.from = span.from.plus_days(days).unwrap_or(span.from);
                true
            });
            with("to", &|all| {
                let span = span_of(all, table, at);
                span.to = span.to.and_then(|to| to.plus_days(days));
                true
            });
        }
        match table {
            "decider" => with("authority", &|all| {
                all.deciders[at].what.authority.push('x');
                true
            }),
            "proposer" => with("who", &|all| {
                all.proposers[at].what.vi.push('x');
                true
            }),
            "paper" => {
                with("copies", &|all| {
                    all.papers[at].what.copies += 1;
                    true
                });
                with("original", &|all| {
                    all.papers[at].what.original ^= true;
                    true
                });
            }
            "vote" => {
                for more in [1_i8, -1] {
                    with("percent", &|all| {
                        let vote = &mut all.votes[at].what;
                        vote.percent = vote.percent.map(|percent| percent.saturating_add_signed(more));
                        true
                    });
                    with("quorum", &|all| {
                        let vote = &mut all.votes[at].what;
                        vote.quorum = vote.quorum.map(|(percent, of)| (percent.saturating_add_signed(more), of));
                        true
                    });
                }
                with("of", &|all| {
                    let vote = &mut all.votes[at].what;
                    vote.of =
                        vote.of.map(|of| if of == VoteBase::Members { VoteBase::Present } else { VoteBase::Members });
                    true
                });
                with("method", &|all| {
                    let vote = &mut all.votes[at].what;
                    let other =
                        |method| if method == VoteMethod::Secret { VoteMethod::Open } else { VoteMethod::Secret };
                    vote.method = vote.method.map(other);
                    true
                });
                with("written", &|all| {
                    let vote = &mut all.votes[at].what;
                    vote.written_counts = vote.written_counts.map(|counts| !counts);
                    true
                });
            }
            "deadline" => {
                with("day", &|all| {
                    let day = &mut all.deadlines[at].what.month_day;
                    day.day = if day.day > 1 { day.day - 1 } else { 2 };
                    true
                });
                with("education", &|all| {
                    let day = &mut all.deadlines[at].what.education;
                    *day = day.map(|day| MonthDay { day: if day.day > 1 { day.day - 1 } else { 2 }, ..day });
                    true
                });
            }
            "processing" => {
                with("days", &|all| {
                    all.processing[at].what.days += 1;
                    true
                });
                with("clock", &|all| {
                    let clock = &mut all.processing[at].what.clock;
                    *clock = if *clock == Clock::Days { Clock::WorkingDays } else { Clock::Days };
                    true
                });
            }
            "bonus" => with("times", &|all| {
                let times = &mut all.bonuses[at].what.times;
                *times = times.plus(Number::new(1, 1).unwrap()).unwrap();
                true
            }),
            "quota" => {
                with("percent", &|all| {
                    all.quotas[at].what.percent += 1;
                    true
                });
                with("rounding", &|all| {
                    all.quotas[at].what.rounding = Rounding::Up;
                    true
                });
            }
            _ => with("years", &|all| {
                all.waiting[at].what.years += 1;
                true
            }),
        }
    }
    found
}

fn span_of<'p>(all: &'p mut Procedure, table: &str, at: usize) -> &'p mut thidua_law::honour::Span {
    match table {
        "decider" => &mut all.deciders[at].span,
        "proposer" => &mut all.proposers[at].span,
        "paper" => &mut all.papers[at].span,
        "vote" => &mut all.votes[at].span,
        "deadline" => &mut all.deadlines[at].span,
        "processing" => &mut all.processing[at].span,
        "bonus" => &mut all.bonuses[at].span,
        "quota" => &mut all.quotas[at].span,
        _ => &mut all.waiting[at].span,
    }
}
