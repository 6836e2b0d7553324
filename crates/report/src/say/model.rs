//! Exemplary models: one model in several places, and the models of a field without a place.

use std::collections::BTreeMap;

use thidua_domain::exemplar::Exemplar;
use thidua_paper::tree::Inline;
use thidua_prose::write::{Amount, Clause, ListStyle, list};

use super::Slot;
use crate::writing::{Unfillable, Writing, bind};

/// `{mo-hinh GROUP}`: `rau an toàn trong nhà lưới tại các xã Tiến Nông (0,7 ha), Dân Lý (0,5 ha)`.
pub fn group(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let name = slot.word(1);
    let rows = sorted(writing, |exemplar| exemplar.group == name);
    let Some(first) = rows.first() else { return Err(slot.unknown_name(name)) };
    let mut clause = Clause::figure(&first.name);
    let placed: Vec<(String, String, Clause)> = rows.iter().filter_map(|row| place(writing, row)).collect();
    // Places of one kind share it: "tại các xã A, B"; a mixed list names the kind each time.
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, _, _) in &placed {
        *kinds.entry(kind).or_default() += 1;
    }
    clause = match (kinds.len(), placed.len()) {
        (_, 0) => clause,
        (1, 1) => clause.say(&format!(" tại {} ", placed[0].0)).join(placed[0].2.clone()),
        (1, _) => {
            let names: Vec<Clause> = placed.iter().map(|(_, _, clause)| clause.clone()).collect();
            clause.say(&format!(" tại các {}: ", placed[0].0)).join(list(&names, names.len(), ListStyle::Plain))
        }
        (_, _) => {
            let names: Vec<Clause> =
                placed.iter().map(|(kind, _, clause)| Clause::words(kind).say(" ").join(clause.clone())).collect();
            clause.say(" tại ").join(list(&names, names.len(), ListStyle::Plain))
        }
    };
    let sources = rows.iter().map(|row| row.key()).chain(placed.iter().map(|(_, key, _)| key.clone())).collect();
    Ok(bind(clause, &first.key(), sources))
}

/// `{mo-hinh-khac FIELD}`: the ungrouped models of a field, in list order.
pub fn others(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let field = slot.word(1);
    let rows = sorted(writing, |exemplar| exemplar.field == field && exemplar.group.is_empty());
    let Some(first) = rows.first() else { return Err(slot.unknown_name(field)) };
    let names: Vec<Clause> = rows.iter().map(|row| Clause::figure(&row.name)).collect();
    let sources = rows.iter().map(|row| row.key()).collect();
    Ok(bind(list(&names, names.len(), ListStyle::Plain), &first.key(), sources))
}

fn sorted<'a>(writing: &'a Writing, wanted: impl Fn(&&Exemplar) -> bool) -> Vec<&'a Exemplar> {
    let mut rows: Vec<&Exemplar> = writing.data.exemplars.iter().filter(wanted).collect();
    rows.sort_by_key(|row| (row.ordinal, row.id.clone()));
    rows
}

/// The kind of a place (`xã`), the key of its unit, and its short name with the model's size in brackets.
fn place(writing: &Writing, row: &Exemplar) -> Option<(String, String, Clause)> {
    let unit = writing.data.unit(row.unit.as_ref()?)?;
    let kind = unit.kind_in_words();
    let name = Clause::figure(&unit.short_name);
    let clause = match row.size {
        Some(size) => name.join(Clause::figure(&Amount::new(size, size.scale(), &row.measure).text()).in_brackets()),
        None => name,
    };
    Some((kind, unit.key(), clause))
}
