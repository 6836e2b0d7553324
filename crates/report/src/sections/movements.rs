//! The movements that run in the year, by owner, each under its registered name.

use thidua_base::code::OrgId;
use thidua_domain::movement::Movement;
use thidua_paper::tree::{Block, Inline, Marker};
use thidua_prose::write::{Clause, ListStyle, list, quote};

use crate::movement::noun;
use crate::writing::{Unfillable, Writing, bind};

/// One item for each owner, in the order in which the register first names them.
pub fn blocks(writing: &mut Writing) -> Result<Vec<Block>, Unfillable> {
    let data = writing.data;
    let year = data.period().year();
    let mut running: Vec<&Movement> = data.movements.iter().filter(|movement| movement.runs_in(year)).collect();
    running.sort_by_key(|movement| (movement.ordinal, movement.code.clone()));
    let mut owners: Vec<(Option<&OrgId>, Vec<&Movement>)> = Vec::new();
    for movement in running {
        let owner = movement.owners.first();
        match owners.iter_mut().find(|(held, _)| *held == owner) {
            Some((_, held)) => held.push(movement),
            None => owners.push((owner, vec![movement])),
        }
    }
    let items = owners.into_iter().map(|(owner, movements)| {
        let mut text: Vec<Inline> = Vec::new();
        let mut whose = Vec::new();
        let name = match owner.and_then(|id| data.unit(id)) {
            Some(unit) => {
                whose.push(unit.key());
                unit.name.clone()
            }
            None => "Các phong trào khác".to_owned(),
        };
        // Who owns a movement decides under which item it stands.
        whose.extend(movements.iter().map(|movement| movement.key()));
        text.extend(bind(Clause::words(&format!("{name}: ")), &format!("owner:{name}"), whose));
        for (i, movement) in movements.iter().enumerate() {
            if i > 0 {
                text.push(Inline::Text("; ".to_owned()));
            }
            text.extend(named(writing, movement));
        }
        text.push(Inline::Text(".".to_owned()));
        Block::Item { marker: Marker::Dash, text }
    });
    Ok(items.collect())
}

/// `phong trào “…”`, and for an occasion the anniversaries it marks.
fn named(writing: &Writing, movement: &Movement) -> Vec<Inline> {
    let name = Clause::words(&format!("{} ", noun(movement.kind))).show(&quote(&movement.name));
    let name = match (movement.year_from, movement.year_to) {
        (Some(from), Some(to)) if from < to => name.say(" giai đoạn ").show(&format!("{from} - {to}")),
        (Some(_) | None, Some(_) | None) => name,
    };
    let mut out = bind(name, &movement.key(), vec![movement.key()]);
    let year = writing.data.period().year();
    let marked: Vec<_> = writing
        .data
        .occasions
        .iter()
        .filter(|occasion| occasion.kind == "anniversary" && occasion.movement.as_ref() == Some(&movement.code))
        .collect();
    if let Some(first) = marked.first() {
        let clauses: Vec<Clause> = marked
            .iter()
            .map(|occasion| Clause::figure(&format!("{} năm {}", occasion.years_in(year), occasion.name)))
            .collect();
        let sources = marked.iter().map(|occasion| occasion.key()).collect();
        let said = list(&clauses, clauses.len(), ListStyle::Plain).after("kỷ niệm ").in_brackets();
        out.extend(bind(said, &first.key(), sources));
    }
    out
}
