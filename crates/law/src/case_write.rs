//! Writing cases as TOML: only what a record holds, one line for each part.

use std::fmt::Write as _;

use thidua_base::Date;

use crate::record::{Award, Record};
use crate::vocabulary::Word;

/// The parts of a record that differ from another, as lines of keys.
pub fn parts(record: &Record, base: &Record) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: String| {
        let _ = writeln!(text, "{key} = {value}");
    };
    let date = |day: Option<Date>| day.map(|day| day.to_string());
    if record.subject != base.subject {
        line("subject", quoted(record.subject.code()));
    }
    if let Some(category) = record.category.filter(|_| record.category != base.category) {
        line("category", quoted(category.code()));
    }
    for (key, day, other) in [
        ("born_or_founded", record.born_or_founded, base.born_or_founded),
        ("recruited_on", record.recruited_on, base.recruited_on),
    ] {
        if let Some(day) = date(day).filter(|_| day != other) {
            line(key, day);
        }
    }
    if let Some(woman) = record.woman.filter(|_| record.woman != base.woman) {
        line("woman", woman.to_string());
    }
    if let Some(year) = record.awards_complete_from.filter(|_| record.awards_complete_from != base.awards_complete_from)
    {
        line("complete_from", year.to_string());
    }
    let mut list = |key: &str, differs: bool, rows: Vec<String>| {
        if differs {
            line(key, format!("[{}]", rows.join(", ")));
        }
    };
    list("awards", record.awards != base.awards, awards(&record.awards));
    let initiatives = record.initiatives.iter().map(|one| {
        let by = one.by.map(|by| format!(", by = {}", quoted(by.code()))).unwrap_or_default();
        format!(
            "{{ kind = {}, scope = {}, status = {}{by}, years = [{}] }}",
            quoted(one.kind.code()),
            quoted(one.scope.code()),
            quoted(one.status.code()),
            one.year
        )
    });
    list("initiatives", record.initiatives != base.initiatives, initiatives.collect());
    let disciplines = record
        .disciplines
        .iter()
        .map(|one| format!("{{ level = {}, from = {}{} }}", quoted(one.level.code()), one.from, until(one.to)));
    list("disciplines", record.disciplines != base.disciplines, disciplines.collect());
    let inquiries = record
        .inquiries
        .iter()
        .map(|one| format!("{{ kind = {}, from = {}{} }}", quoted(one.kind.code()), one.from, until(one.to)));
    list("inquiries", record.inquiries != base.inquiries, inquiries.collect());
    let registrations = record.registrations.iter().map(|one| {
        let on = one.on.map(|on| format!(", on = {on}")).unwrap_or_default();
        format!("{{ year = {}{on} }}", one.year)
    });
    list("registrations", record.registrations != base.registrations, registrations.collect());
    let members = record.members.iter().map(|one| {
        let mut row = format!("{{ year = {}, count = {}", one.year, one.count);
        if !one.holding.is_empty() {
            let all: Vec<String> = one.holding.iter().map(|(code, n)| format!("{code} = {n}")).collect();
            let _ = write!(row, ", holding = {{ {} }}", all.join(", "));
        }
        if let Some(n) = one.completing {
            let _ = write!(row, ", completing = {n}");
        }
        if !one.disciplined.is_empty() {
            let all: Vec<String> = one.disciplined.iter().map(|(level, n)| format!("{} = {n}", level.code())).collect();
            let _ = write!(row, ", disciplined = {{ {} }}", all.join(", "));
        }
        row + " }"
    });
    list("members", record.members != base.members, members.collect());
    let clusters = record.clusters.iter().map(|one| {
        format!("{{ year = {}, rank = {}, organiser = {} }}", one.year, one.rank, quoted(one.organiser.code()))
    });
    list("clusters", record.clusters != base.clusters, clusters.collect());
    let movements = record.movements.iter().map(|one| {
        format!(
            "{{ launcher = {}, from = {}{}, result = {}, at = {}, year = {} }}",
            quoted(one.launcher.code()),
            one.from,
            until(one.to),
            quoted(one.result.code()),
            quoted(one.at.code()),
            one.year
        )
    });
    list("movements", record.movements != base.movements, movements.collect());
    let service = record.service.iter().map(|one| {
        let hard = if one.hardship { ", hardship = true" } else { "" };
        format!("{{ field = {}, from = {}{}{hard} }}", quoted(&one.field), one.from, until(one.to))
    });
    list("service", record.service != base.service, service.collect());
    let offices = record
        .offices
        .iter()
        .map(|one| format!("{{ posts = {}, from = {}{} }}", quoted(&one.posts), one.from, until(one.to)));
    list("offices", record.offices != base.offices, offices.collect());
    let scores = record.scores.iter().map(|one| {
        let segment = one.segment.as_ref().map(|word| format!(", segment = {}", quoted(word))).unwrap_or_default();
        let ok = one.groups_ok.map(|ok| format!(", groups_ok = {ok}")).unwrap_or_default();
        let all: Vec<String> = one.groups.iter().map(|(points, most)| format!("{points}, {most}")).collect();
        let groups = if all.is_empty() { String::new() } else { format!(", groups = [{}]", all.join(", ")) };
        format!("{{ year = {}, points = {}{segment}{ok}{groups} }}", one.year, quoted(&one.points.to_string()))
    });
    list("scores", record.scores != base.scores, scores.collect());
    let answers = record.answers.iter().map(|one| {
        let yes = if one.yes { "" } else { ", yes = false" };
        format!(
            "{{ honour = {}, condition = {}, year = {}, on = {}{yes} }}",
            quoted(one.honour.as_str()),
            quoted(&one.condition),
            one.year,
            one.on
        )
    });
    list("answers", record.answers != base.answers, answers.collect());
    // Tables last: a key after an inline table would still be fine, but so the lines of a case keep one order.
    let mut inline = |key: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            let _ = writeln!(text, "{key} = {{ {} }}", rows.join(", "));
        }
    };
    if record.ratings != base.ratings {
        let mut rows = Vec::new();
        for (grade, code, _, _) in crate::vocabulary::Grade::WORDS {
            let years: Vec<String> =
                record.ratings.iter().filter(|one| one.grade == *grade).map(|one| one.year.to_string()).collect();
            if !years.is_empty() {
                rows.push(format!("{code} = [{}]", years.join(", ")));
            }
        }
        if rows.is_empty() {
            rows.push("hoan-thanh = []".to_owned());
        }
        inline("ratings", rows);
    }
    let counts = record.counts.iter().filter(|(fact, n)| base.counts.get(*fact) != Some(n));
    inline("counts", counts.map(|(fact, n)| format!("{fact} = {n}")).collect());
    let statements = record.statements.iter().filter(|(fact, holds)| base.statements.get(*fact) != Some(holds));
    inline("statements", statements.map(|(fact, holds)| format!("{fact} = {holds}")).collect());
    let gone: Vec<String> = base
        .counts
        .keys()
        .filter(|fact| !record.counts.contains_key(*fact))
        .chain(base.statements.keys().filter(|fact| !record.statements.contains_key(*fact)))
        .map(|fact| quoted(fact))
        .collect();
    if !gone.is_empty() {
        let _ = writeln!(text, "unknown = [{}]", gone.join(", "));
    }
    text
}

/// Awards of one honour that differ only in their year stand in one row.
fn awards(list: &[Award]) -> Vec<String> {
    let mut rows: Vec<(Award, Vec<i16>)> = Vec::new();
    for award in list {
        let is_usual = award.decided_on == Date::new(award.year, 12, 31)
            && award.decision.as_deref() == Some(format!("{}/QĐ", award.year).as_str());
        let like = |first: &Award| {
            first.honour == award.honour
                && first.level == award.level
                && first.kind == award.kind
                && first.period.is_none()
                && award.period.is_none()
                && first.revoked_on == award.revoked_on
                && first.decision.as_deref() == Some(format!("{}/QĐ", first.year).as_str())
        };
        match rows
            .iter_mut()
            .find(|(first, _)| is_usual && like(first) && first.decided_on == Date::new(first.year, 12, 31))
        {
            Some((_, years)) => years.push(award.year),
            None => rows.push((award.clone(), vec![award.year])),
        }
    }
    let row = |(award, years): (Award, Vec<i16>)| {
        let years: Vec<String> = years.iter().map(i16::to_string).collect();
        let mut text = format!("{{ honour = {}, years = [{}]", quoted(award.honour.as_str()), years.join(", "));
        if let Some(day) = award.decided_on.filter(|_| award.decided_on != Date::new(award.year, 12, 31)) {
            let _ = write!(text, ", decided_on = {day}");
        }
        if let Some(decision) = award.decision.as_ref().filter(|text| **text != format!("{}/QĐ", award.year)) {
            let _ = write!(text, ", decision = {}", quoted(decision));
        }
        if let Some(level) = award.level {
            let _ = write!(text, ", level = {}", quoted(level.code()));
        }
        if let Some(kind) = award.kind {
            let _ = write!(text, ", type = {}", quoted(kind.code()));
        }
        if let Some((from, to)) = award.period {
            let _ = write!(text, ", period = {{ from = {from}, to = {to} }}");
        }
        if let Some(day) = award.revoked_on {
            let _ = write!(text, ", revoked_on = {day}");
        }
        text + " }"
    };
    rows.into_iter().map(row).collect()
}

fn until(to: Option<Date>) -> String {
    to.map(|to| format!(", to = {to}")).unwrap_or_default()
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
