//! What a page asks of the database: as many statements for some rows as for three times as many.

use thidua_base::Code;
use thidua_base::code::Kind;

use crate::demo::{PACK, get, with};

#[tokio::test]
async fn pages_ask_once() {
    let mut more = PACK.clone();
    more.awards = tripled(&more.awards, |award, copy| award.id = numbered(&award.id, copy));
    more.exemplars = tripled(&more.exemplars, |exemplar, copy| exemplar.id = numbered(&exemplar.id, copy));
    more.members = tripled(&more.members, |member, copy| member.id = numbered(&member.id, copy));
    more.findings = tripled(&more.findings, |finding, copy| finding.id = numbered(&finding.id, copy));
    // Databases of their own: other tests count on the shared one at the same time.
    let (some, more) = (with(&PACK), with(&more));
    for path in [
        "/",
        "/bao-cao/h-397-2020-H1",
        "/chi-tieu",
        "/chi-tieu/NN09",
        "/dat-chuan/truong-chuan-quoc-gia",
        "/so-lieu/standard:truong-chuan-quoc-gia",
        "/khen-thuong",
        "/dien-hinh",
        "/ton-tai-nhiem-vu",
    ] {
        let mut counts = Vec::new();
        for app in [&some, &more] {
            let before = app.db.statements_run();
            let answer = get(app, path).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.status);
            counts.push(app.db.statements_run() - before);
        }
        assert!(counts[0] > 0, "{path} asks nothing");
        assert_eq!(counts[0], counts[1], "{path}: statements for some rows and for more");
    }
}

/// Three of each row, the copies under ids of their own.
fn tripled<T: Clone>(rows: &[T], mut rename: impl FnMut(&mut T, usize)) -> Vec<T> {
    let mut out = rows.to_vec();
    for copy in 1..3 {
        out.extend(rows.iter().cloned().map(|mut row| {
            rename(&mut row, copy);
            row
        }));
    }
    out
}

fn numbered<K: Kind>(id: &Code<K>, copy: usize) -> Code<K> {
    Code::parse(&format!("{id}.{copy}")).unwrap()
}
