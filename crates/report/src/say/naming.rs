//! Things called by their registered names: movements, instruments, occasions, units, clusters.

use thidua_base::Number;
use thidua_base::code::{ClusterCode, InstrumentId, MovementCode, OccasionCode, OrgId};
use thidua_domain::movement::Occasion;
use thidua_paper::tree::Inline;
use thidua_prose::write::{Amount, Clause, quote};

use super::Slot;
use crate::writing::{Unfillable, Writing, bind};

/// `{phong-trao PT01}` in quotation marks; with `giai-doan`, its years as well.
pub fn movement(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let code: MovementCode = slot.code(1)?;
    let movement = writing.data.movement(&code).ok_or_else(|| slot.unknown_name(code.as_str()))?;
    let mut clause = Clause::figure(&quote(&movement.name));
    for word in slot.words_from(2) {
        clause = match (word, movement.year_from, movement.year_to) {
            ("giai-doan", Some(from), Some(to)) => clause.say(" giai đoạn ").show(&format!("{from} - {to}")),
            ("giai-doan", _, _) => clause,
            _ => return Err(slot.unknown_word(word)),
        };
    }
    Ok(bind(clause, &movement.key(), vec![movement.key()]))
}

/// `{van-ban ID}`: cited in full the first time, short afterwards.
pub fn instrument(writing: &mut Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let id: InstrumentId = slot.code(1)?;
    let instrument = writing.data.instrument(&id).ok_or_else(|| slot.unknown_name(id.as_str()))?;
    let first = writing.cited.insert(id);
    let text = if first { instrument.cited_full() } else { instrument.cited_short() };
    Ok(bind(Clause::figure(&text), &instrument.key(), vec![instrument.key()]))
}

/// `{ky-niem CODE}`: `72 năm Ngày …`, the years counted to the year reported.
pub fn anniversary(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let occasion = occasion(writing, slot)?;
    let years = Number::whole(i64::from(occasion.years_in(writing.data.period().year())));
    let clause = Clause::figure(&Amount::new(years, 0, "năm").text()).say(" ").show(&occasion.name);
    Ok(bind(clause, &occasion.key(), vec![occasion.key()]))
}

/// `{su-kien CODE}`: the event's name, with its term where it has one.
pub fn event(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let occasion = occasion(writing, slot)?;
    let mut clause = Clause::figure(&occasion.name);
    if let (Some(from), Some(to)) = (occasion.term_from, occasion.term_to) {
        let span = if occasion.kind == "congress" { " nhiệm kỳ " } else { " giai đoạn " };
        clause = clause.say(span).show(&format!("{from} - {to}"));
    }
    Ok(bind(clause, &occasion.key(), vec![occasion.key()]))
}

fn occasion<'a>(writing: &'a Writing, slot: &Slot) -> Result<&'a Occasion, Unfillable> {
    let code: OccasionCode = slot.code(1)?;
    let found = writing.data.occasions.iter().find(|occasion| occasion.code == code);
    found.ok_or_else(|| slot.unknown_name(code.as_str()))
}

/// `{don-vi ID}`: a unit's name on the report's day.
pub fn unit(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let id: OrgId = slot.code(1)?;
    let unit = writing.data.unit(&id).ok_or_else(|| slot.unknown_name(id.as_str()))?;
    Ok(bind(Clause::figure(&unit.name), &unit.key(), vec![unit.key()]))
}

/// `{don-vi-bao-cao}`: the name of the unit that reports.
pub fn reporting_unit(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let unit = writing.data.reporting_unit();
    let unit = unit.ok_or_else(|| slot.unknown_name(writing.data.report.unit.as_str()))?;
    Ok(bind(Clause::figure(&unit.name), &unit.key(), vec![unit.key()]))
}

/// `{cum CODE}`: a cluster's name.
pub fn cluster(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let code: ClusterCode = slot.code(1)?;
    let year = writing.data.period().year();
    let cluster = writing.data.clusters.iter().find(|c| c.code == code && c.year == year);
    let cluster = cluster.ok_or_else(|| slot.unknown_name(code.as_str()))?;
    Ok(bind(Clause::figure(&cluster.name), &cluster.key(), vec![cluster.key()]))
}

/// `{so-cum UNIT}`: how many clusters a unit formed for the year: `6 cụm`.
pub fn cluster_count(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let by: OrgId = slot.code(1)?;
    let year = writing.data.period().year();
    let formed: Vec<String> =
        writing.data.clusters.iter().filter(|c| c.formed_by == by && c.year == year).map(|c| c.key()).collect();
    let count = i64::try_from(formed.len()).map_err(|e| slot.bad_number(e))?;
    let clause = Clause::figure(&Amount::new(Number::whole(count), 0, "cụm").text());
    Ok(bind(clause, &format!("clusters:{by}:{year}"), formed))
}
