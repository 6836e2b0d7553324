//! The clusters of the year by the unit that formed them.

use askama::Template;
use axum::response::Response;
use thidua_app::cluster::{self, Formed};
use thidua_domain::cluster::ClusterRole;

use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The clusters of the year.
#[derive(Debug, Template)]
#[template(path = "cluster/list.html")]
pub struct List {
    page: Page,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    title: String,
    clusters: Vec<ClusterView>,
}

#[derive(Debug)]
struct ClusterView {
    code: String,
    href: String,
    name: String,
    summary: String,
    mark: Option<Mark>,
    members: Vec<MemberView>,
}

#[derive(Debug)]
struct MemberView {
    name: String,
    role: &'static str,
    mark: Option<Mark>,
}

/// `GET /cum-thi-dua`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    let (standing, formed) = ask.verb(cluster::register).await?;
    let say = ask.messages();
    let groups = formed.iter().map(|formed| group(say, formed)).collect();
    html(&List { page: ask.page(Part::Clusters, say.get("cluster.list-title"), &standing), groups })
}

fn group(say: &'static Messages, formed: &Formed) -> Group {
    let clusters = formed
        .clusters
        .iter()
        .map(|(cluster, members)| {
            let origins: Vec<_> = members.iter().map(|(member, _)| member.provenance.origin).collect();
            // Where every member is sample the cluster says so once.
            let all_alike = origins.windows(2).all(|pair| pair[0] == pair[1]);
            let shared = origins.first().copied().filter(|_| all_alike).and_then(|origin| Mark::warning(say, origin));
            ClusterView {
                code: cluster.code.to_string(),
                href: paths::cluster(&cluster.code, cluster.year),
                name: cluster.name.clone(),
                summary: say.with("cluster.members", &[("count", &members.len().to_string())]),
                members: members
                    .iter()
                    .map(|(member, name)| MemberView {
                        name: name.clone(),
                        role: match member.role {
                            ClusterRole::Lead => say.get("cluster.lead"),
                            ClusterRole::Deputy => say.get("cluster.deputy"),
                            ClusterRole::Member => "",
                        },
                        mark: if all_alike { None } else { Mark::warning(say, member.provenance.origin) },
                    })
                    .collect(),
                mark: shared,
            }
        })
        .collect();
    let title = say.with("cluster.formed-by", &[("unit", &formed.by_name), ("year", &formed.year.to_string())]);
    Group { title, clusters }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Clusters, lang);
        let say = page.messages();
        let member = |name: &str, role| MemberView {
            name: name.into(),
            role,
            mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
        };
        let cluster = |code: &str, members| ClusterView {
            code: code.into(),
            href: "/cum-thi-dua/cum-1/2020".into(),
            name: "Cụm thi đua số 1".into(),
            summary: say.with("cluster.members", &[("count", "2")]),
            mark: None,
            members,
        };
        let full = Group {
            title: "x".into(),
            clusters: vec![
                cluster("cum-1", vec![member("Xã Tiến Nông", say.get("cluster.lead")), member(LONG_NAME, "")]),
                cluster("cum-2", Vec::new()),
            ],
        };
        vec![Self { page: page.clone(), groups: Vec::new() }, Self { page, groups: vec![full] }]
    }
}
