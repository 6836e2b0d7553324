//! The register as an actor sees it, narrowed and a page at a time.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{ExemplarId, MovementCode, OrgId};
use thidua_base::text::fold;
use thidua_base::{Date, Number};
use thidua_domain::Actor;
use thidua_domain::actor::{Reach, Scope, Verb, reach_of};
use thidua_domain::exemplar::profile::FIELDS;
use thidua_domain::exemplar::{Exemplar, ExemplarKind, Standing};
use thidua_domain::org::within;
use thidua_store as store;

use super::desk::{Desk, Eyes};
use crate::{App, Error};

/// What is asked for; what is `None` or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of the name, the place or what is told, with or without marks.
    pub words: String,
    /// A field.
    pub field: String,
    /// A place and the places below it, by today's tree.
    pub place: Option<OrgId>,
    /// How it stands.
    pub standing: Option<Standing>,
    /// The movement it came out of.
    pub movement: Option<MovementCode>,
    /// As the public sees it.
    pub as_public: bool,
    /// Rows left out before.
    pub after: usize,
    /// Most rows.
    pub most: usize,
}

/// A page of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rows, by field and then in list order.
    pub rows: Vec<Row>,
    /// How many fit what is asked.
    pub count: usize,
    /// How many the actor sees in all.
    pub all: usize,
    /// How many of those stand how, in the order of [`Standing::ALL`], but for what standing was asked.
    pub standings: Vec<(Standing, usize)>,
    /// Fields that occur, in their order.
    pub fields: Vec<String>,
    /// Places that occur, by name.
    pub places: Vec<(OrgId, String)>,
    /// Movements that occur, by name.
    pub movements: Vec<(MovementCode, String)>,
    /// Whether the actor sees more than the public somewhere.
    pub reads: bool,
    /// Whether the actor may propose somewhere.
    pub proposes: bool,
    /// The day for which all of it holds.
    pub day: Date,
}

/// An exemplar in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The exemplar.
    pub exemplar: Exemplar,
    /// What it is.
    pub kind: ExemplarKind,
    /// How it stands.
    pub standing: Standing,
    /// The name of its place.
    pub place: Option<String>,
    /// The movement it came out of.
    pub movement: Option<(MovementCode, String)>,
    /// Its size today.
    pub size: Option<Number>,
    /// The last day on which somebody vouched for it.
    pub vouched_on: Option<Date>,
    /// How many units copied it.
    pub copies: usize,
}

/// Reads the register with a constant number of statements.
///
/// # Errors
/// Where the store fails.
pub fn register(app: &App, by: &Actor, asked: &Asked) -> Result<Listed, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, None)?;
        let whole = Scope::whole(by.scope.tenant.clone());
        let mut copies: BTreeMap<ExemplarId, BTreeSet<OrgId>> = BTreeMap::new();
        for copy in store::exemplar::copied::copies(tx, &whole, None)? {
            copies.entry(copy.exemplar).or_default().insert(copy.unit);
        }
        let names: BTreeMap<MovementCode, String> =
            store::movement::movements(tx, &whole)?.into_iter().map(|known| (known.code, known.name)).collect();
        let eyes = if asked.as_public { Eyes::Public } else { Eyes::Own };
        let mut rows: Vec<Row> = desk
            .exemplars
            .iter()
            .filter(|exemplar| desk.shows(by, exemplar, eyes))
            .filter_map(|exemplar| {
                let (course, profile) = (desk.course(exemplar), desk.profile(exemplar));
                Some(Row {
                    kind: profile.kind,
                    standing: desk.standing(exemplar)?,
                    place: exemplar.unit.as_ref().map(|unit| desk.name(unit)),
                    movement: profile.movement.and_then(|code| Some((code.clone(), names.get(&code)?.clone()))),
                    size: course.size_on(desk.today, exemplar.size),
                    vouched_on: course.vouched_on(desk.today, desk.taken_over),
                    copies: copies.get(&exemplar.id).map_or(0, BTreeSet::len),
                    exemplar: exemplar.clone(),
                })
            })
            .collect();
        let field_at = |field: &str| FIELDS.iter().position(|known| *known == field).unwrap_or(FIELDS.len());
        rows.sort_by_key(|row| (field_at(&row.exemplar.field), row.exemplar.ordinal, row.exemplar.id.clone()));
        let all = rows.len();
        let (fields, places, movements) = (fields_of(&rows), places_of(&rows), movements_of(&rows));
        let reach = asked.place.as_ref().map(|place| within(place, &desk.ground.territory, desk.today));
        let words = fold(asked.words.trim());
        let fits = |row: &Row| {
            let exemplar = &row.exemplar;
            let told = [Some(&exemplar.name), row.place.as_ref(), Some(&exemplar.story)];
            (words.is_empty() || told.into_iter().flatten().any(|text| fold(text).contains(&words)))
                && (asked.field.is_empty() || exemplar.field == asked.field)
                && reach.as_ref().is_none_or(|reach| exemplar.unit.as_ref().is_some_and(|unit| reach.contains(unit)))
                && asked.movement.as_ref().is_none_or(|code| row.movement.as_ref().is_some_and(|(of, _)| of == code))
        };
        rows.retain(|row| fits(row));
        let standings = Standing::ALL.map(|one| (one, rows.iter().filter(|row| row.standing == one).count()));
        rows.retain(|row| asked.standing.is_none_or(|standing| row.standing == standing));
        let count = rows.len();
        let rows = rows.into_iter().skip(asked.after).take(asked.most).collect();
        let somewhere = |verb| reach_of(by, verb) != Reach::Only(Vec::new()) && eyes == Eyes::Own;
        Ok(Listed {
            rows,
            count,
            all,
            standings: standings.to_vec(),
            fields,
            places,
            movements,
            reads: somewhere(Verb::ReadExemplars),
            proposes: somewhere(Verb::ProposeExemplar),
            day: desk.today,
        })
    })
}

fn fields_of(rows: &[Row]) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for row in rows {
        if !fields.contains(&row.exemplar.field) {
            fields.push(row.exemplar.field.clone());
        }
    }
    fields
}

fn places_of(rows: &[Row]) -> Vec<(OrgId, String)> {
    let named = rows.iter().filter_map(|row| Some((row.exemplar.unit.clone()?, row.place.clone()?)));
    let places: BTreeMap<OrgId, String> = named.collect();
    let mut places: Vec<(OrgId, String)> = places.into_iter().collect();
    places.sort_by(|(_, a), (_, b)| thidua_base::text::collate(a, b));
    places
}

fn movements_of(rows: &[Row]) -> Vec<(MovementCode, String)> {
    let movements: BTreeMap<MovementCode, String> = rows.iter().filter_map(|row| row.movement.clone()).collect();
    let mut movements: Vec<(MovementCode, String)> = movements.into_iter().collect();
    movements.sort_by(|(_, a), (_, b)| thidua_base::text::collate(a, b));
    movements
}
