//! Walks the site link by link: none leads nowhere, and every figure of the report has its passport.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;

use crate::demo::{DEMO, get, links};

/// Passports of one kind that the walk looks at; the report's own are all looked at.
const PASSPORTS_OF_A_KIND: usize = 4;

#[tokio::test]
async fn no_link_leads_nowhere() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(path.clone()) || is_enough(&path, &mut kinds) {
            continue;
        }
        let answer = get(&DEMO, &path).await;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::SEE_OTHER => waiting.push_back(answer.location().to_owned()),
            other => panic!("{path} answers {other}"),
        }
        if answer.header("content-type").starts_with("text/html") && !path.ends_with(".html") {
            waiting.extend(links(answer.text()));
        }
    }
    assert!(seen.len() > 200, "only {} addresses were found", seen.len());
}

/// Whether enough passports of this kind were looked at.
fn is_enough(path: &str, kinds: &mut BTreeMap<String, usize>) -> bool {
    let kind = match (path.strip_prefix("/so-lieu/"), path.split_once('?')) {
        (Some(key), _) => format!("so-lieu:{}", key.split(':').next().unwrap_or_default()),
        // Filters of one page differ only in their values.
        (None, Some((page, _))) => format!("{page}?"),
        (None, None) => return false,
    };
    let count = kinds.entry(kind).or_default();
    *count += 1;
    *count > PASSPORTS_OF_A_KIND
}

#[tokio::test]
async fn every_figure_of_the_report_has_a_passport() {
    let report = get(&DEMO, "/bao-cao/h-397-2020-H1").await;
    let passports: Vec<String> =
        links(report.text()).into_iter().filter(|link| link.starts_with("/so-lieu/")).collect();
    assert!(passports.len() > 100, "only {} figures are links", passports.len());
    for passport in passports {
        let answer = get(&DEMO, &passport).await;
        assert!(matches!(answer.status, StatusCode::OK | StatusCode::SEE_OTHER), "{passport}: {}", answer.status);
        if answer.status == StatusCode::OK {
            let is_printed = answer.text().contains("/bao-cao/h-397-2020-H1#");
            assert!(is_printed, "{passport} does not find itself in the report");
        }
    }
}
