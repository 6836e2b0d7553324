//! The people of a demonstration: an account on each side of the counter, to try the pages that change something.

use thidua_app::account::{NewAccount, NewRole, create_account, grant_role, list};
use thidua_app::collection::catalogue;
use thidua_app::pack::Pack;
use thidua_app::{App, Error};
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_domain::cluster::ClusterRole;

/// The password of every account of a demonstration. Known to everyone, so a demonstration serves this machine only.
pub const PASSWORD: &str = "thi dua thu nghiem";

/// Someone to sign in as.
pub struct Person {
    /// The name to sign in with.
    pub name: &'static str,
    /// What they are.
    pub role: Role,
    /// The name of their unit.
    pub unit: String,
}

/// Opens the accounts of the demonstration unless there are any; gives those to try.
///
/// # Errors
/// Where the store fails.
pub fn open(app: &App, by: &Actor, pack: &Pack) -> Result<Vec<Person>, Error> {
    let Some((commune, commune_name)) = first_reporter(app, by)? else { return Ok(Vec::new()) };
    let unit_name = |id: &OrgId| pack.units.iter().rev().find(|unit| unit.id == *id).map(|unit| unit.name.clone());
    let own_name = unit_name(&pack.head.unit).unwrap_or_default();
    let own = || pack.head.unit.clone();
    let people = [
        ("dau-moi", "Người nhập mẫu", Role::Reporter, commune, commune_name),
        ("chuyen-vien", "Chuyên viên mẫu", Role::Specialist, own(), own_name.clone()),
        ("lanh-dao", "Lãnh đạo mẫu", Role::Leader, own(), own_name.clone()),
        ("thu-ky", "Thư ký hội đồng mẫu", Role::CouncilSecretary, own(), own_name.clone()),
        ("uy-vien-1", "Phó Chủ tịch hội đồng mẫu", Role::CouncilMember, own(), own_name.clone()),
        ("uy-vien-2", "Ủy viên hội đồng mẫu", Role::CouncilMember, own(), own_name.clone()),
        ("uy-vien-3", "Ủy viên hội đồng mẫu khác", Role::CouncilMember, own(), own_name),
    ];
    // Who leads the cluster that the commune belongs to.
    let cluster = pack.clusters.iter().find(|one| one.members.iter().any(|member| member.unit == people[0].3));
    let head = cluster.and_then(|one| one.members.iter().find(|member| member.role == ClusterRole::Lead));
    let head = head.map(|member| {
        let name = unit_name(&member.unit).unwrap_or_default();
        ("cum-truong", "Cụm trưởng mẫu", Role::ClusterLead, member.unit.clone(), name)
    });
    let people = people.into_iter().chain(head);
    let there = list(app, by)?;
    let mut opened = Vec::new();
    for (name, display_name, role, unit, unit_name) in people {
        if there.is_empty() {
            let new = NewAccount { name: name.into(), display_name: display_name.into(), password: PASSWORD.into() };
            create_account(app, by, &new)?;
            let held = NewRole { name: name.into(), role, unit: Some(unit), from: pack.head.dated, to: None };
            grant_role(app, by, &held)?;
        }
        opened.push(Person { name, role, unit: unit_name });
    }
    Ok(opened)
}

/// The first unit, by name, that reports by a form; none where the pack holds no form.
fn first_reporter(app: &App, by: &Actor) -> Result<Option<(OrgId, String)>, Error> {
    let found = catalogue(app, by)?;
    let mine = found.forms.iter().flat_map(|form| form.cycles.iter().flat_map(|cycle| &cycle.mine));
    Ok(mine.map(|(unit, name, _)| (unit.clone(), name.clone())).next())
}
