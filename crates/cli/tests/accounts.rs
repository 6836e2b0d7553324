//! Accounts by the command line: passwords come by standard input and are shown nowhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use thidua_testkit::{ScratchDir, scratch_dir};

const PASSWORD: &str = "thi đua gặt lúa";

struct Desk {
    folder: ScratchDir,
}

impl Desk {
    fn loaded(name: &str) -> Self {
        let desk = Self { folder: scratch_dir(name) };
        let done = desk.run(&["load", "trieu-son-2020"], "");
        assert!(done.status.success());
        desk
    }

    fn run(&self, arguments: &[&str], typed: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("THIDUA_DB").env_remove("THIDUA_LANG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// The output of a command that must succeed.
    fn said(&self, arguments: &[&str], typed: &str) -> String {
        let done = self.run(arguments, typed);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(!said.contains('⟦') && !said.contains('{'), "{said}");
        said
    }

    /// The one sentence of a command that must be refused.
    fn refused(&self, arguments: &[&str], typed: &str) -> String {
        let done = self.run(arguments, typed);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{arguments:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        said
    }
}

#[test]
fn an_account_is_opened_given_roles_listed_and_closed() {
    let desk = Desk::loaded("accounts");
    assert!(desk.said(&["account", "list"], "").contains("Chưa có tài khoản"));
    let opened = desk.said(&["account", "add", "hoa", "--person", "Nguyễn Thị Hòa"], &format!("{PASSWORD}\r\n"));
    assert!(opened.contains("“hoa”") && opened.contains("Nguyễn Thị Hòa"), "{opened}");
    desk.said(&["account", "role", "hoa", "--role", "specialist", "--unit", "trieu son", "--from", "2020-01-01"], "");
    desk.said(&["account", "role", "hoa", "--role", "administrator", "--from", "01/02/2020", "--to", "2030-01-01"], "");
    desk.said(&["account", "role", "hoa", "--role", "administrator", "--end", "2021-01-01"], "");
    let listed = desk.said(&["account", "list"], "");
    for line in [
        "hoa: Nguyễn Thị Hòa, đang dùng",
        "    chuyên viên thi đua, khen thưởng, Huyện Triệu Sơn, từ 01/01/2020",
        "    quản trị, toàn đơn vị gốc, từ 01/02/2020 đến trước 01/01/2021",
    ] {
        assert!(listed.lines().any(|known| known == line), "{line}\n{listed}");
    }
    assert!(desk.said(&["account", "password", "hoa"], "một câu khác hẳn\n").contains("“hoa”"));
    desk.said(&["account", "close", "hoa"], "");
    assert!(desk.said(&["account", "list", "--lang", "en"], "").contains("hoa: Nguyễn Thị Hòa, closed"));
    desk.said(&["account", "reopen", "hoa"], "");
    let chain = desk.said(&["audit", "verify"], "");
    assert!(chain.contains("8 dòng"), "{chain}");
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let desk = Desk::loaded("accounts-refused");
    let add = ["account", "add", "hoa", "--person", "Nguyễn Thị Hòa"];
    assert!(desk.refused(&add, "ngắn\n").contains("ít nhất 10"));
    assert!(desk.refused(&add, "").contains("ít nhất 10"), "nothing was piped in");
    desk.said(&add, &format!("{PASSWORD}\n"));
    let again = desk.refused(&add, &format!("{PASSWORD}\n"));
    assert!(again.contains("đã có người dùng") && !again.contains(PASSWORD), "{again}");
    for (arguments, word) in [
        (&["account", "role", "hoa", "--role", "chair"][..], "specialist"),
        (&["account", "role", "hoa", "--role", "clerk", "--unit", "xa khong co"], "Không có đơn vị"),
        (&["account", "role", "hoa", "--role", "clerk", "--from", "hôm nay"], "không phải ngày"),
        (&["account", "role", "hoa", "--role", "clerk", "--end", "2020-01-01"], "không giữ vai trò"),
        (&["account", "role", "ai", "--role", "clerk"], "“ai”"),
        (&["account", "close", "ai"], "“ai”"),
    ] {
        let said = desk.run(arguments, "");
        let heard = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
        assert!(heard.contains(word), "{arguments:?}: {heard}");
    }
}

#[test]
fn accounts_are_linked_and_second_factors_reset() {
    let desk = Desk::loaded("accounts-linked");
    desk.said(&["account", "add", "hoa", "--person", "Nguyễn Thị Hòa"], &format!("{PASSWORD}\n"));
    let there = ["--issuer", "https://sso.example.vn", "--subject", "248289761001"];
    let verb = |verb: &'static str| [&["account", verb, "hoa"], &there[..]].concat();
    assert!(desk.said(&verb("link"), "").contains("248289761001"));
    assert!(desk.refused(&verb("link"), "").contains("đã liên kết"));
    assert!(desk.said(&verb("unlink"), "").contains("Đã bỏ liên kết"));
    assert!(desk.refused(&verb("unlink"), "").contains("không có liên kết"));
    assert!(desk.refused(&["account", "reset-second-factor", "hoa"], "").contains("chưa có xác thực hai lớp"));
    assert!(desk.refused(&["account", "link", "hoa", "--issuer", "https://sso.example.vn"], "").contains("--subject"));
}

#[test]
fn a_site_is_not_opened_with_a_provider_that_cannot_be_asked() {
    let desk = Desk::loaded("serve-refused");
    let serve = |more: &[&'static str]| {
        let given = [&["serve", "--port", "0", "--sso-issuer"], more].concat();
        desk.refused(&given, "")
    };
    assert!(serve(&["https://sso.example.vn"]).contains("--sso-client-id"));
    let site = ["--sso-client-id", "thi-dua", "--public-url", "https://thidua.example.vn"];
    assert!(serve(&[&["http://sso.example.vn"], &site[..]].concat()).contains("--sso-issuer"));
    let open = ["--sso-client-id", "thi-dua", "--public-url", "http://thidua.example.vn"];
    assert!(serve(&[&["https://sso.example.vn"], &open[..]].concat()).contains("--public-url"));
    let secret = ["--sso-secret-file", "khong-co"];
    assert!(serve(&[&["https://sso.example.vn"], &site[..], &secret].concat()).contains("khong-co"));
    let none = desk.refused(&["serve", "--trusted-proxy", "proxy.example.vn"], "");
    assert!(none.contains("proxy.example.vn"), "{none}");
}

#[test]
fn a_key_is_made_shown_once_listed_and_revoked() {
    let desk = Desk::loaded("keys");
    desk.said(&["account", "add", "hoa", "--person", "Nguyễn Thị Hòa"], &format!("{PASSWORD}\n"));
    desk.said(&["account", "role", "hoa", "--role", "specialist", "--unit", "trieu son", "--from", "2020-01-01"], "");
    let list = || desk.said(&["account", "tokens", "hoa"], "");
    assert!(list().contains("chưa có khóa truy cập"), "{}", list());
    let asked = ["account", "token", "hoa", "--label", "Kho dữ liệu", "--scope", "read", "--scope", "enter"];
    let made = desk.said(&[&asked[..], &["--unit", "trieu son", "--days", "30"]].concat(), "");
    let secret = made.lines().last().unwrap().trim().to_owned();
    assert!(made.contains("“Kho dữ liệu”") && secret.len() > 30 && !secret.contains(' '), "{made}");
    let listed = list();
    assert!(
        listed.contains("Kho dữ liệu") && listed.contains("read, enter") && listed.contains("Triệu Sơn"),
        "{listed}"
    );
    assert!(listed.contains("dùng được đến") && !listed.contains(&secret), "a key is shown once: {listed}");
    let id = listed.split(':').next().unwrap().trim().to_owned();
    assert!(desk.said(&["account", "revoke-token", "hoa", "--id", &id], "").contains(&id));
    assert!(list().contains("thu hồi"), "{}", list());

    assert!(desk.refused(&["account", "revoke-token", "hoa", "--id", &id], "").contains(&id), "once only");
    desk.refused(&["account", "revoke-token", "hoa", "--id", "khong-co"], "");
    desk.refused(&[&asked[..], &["--days", "0"]].concat(), "");
    desk.refused(&[&asked[..], &["--unit", "không đâu"]].concat(), "");
    let nobody: Vec<&str> = asked.iter().map(|word| if *word == "hoa" { "ai-do" } else { word }).collect();
    assert!(desk.refused(&nobody, "").contains("ai-do"));
    assert!(desk.refused(&["account", "tokens", "ai-do"], "").contains("ai-do"));
    let unknown = desk.run(&["account", "token", "hoa", "--label", "x", "--scope", "tất cả"], "");
    assert!(!unknown.status.success() && unknown.stdout.is_empty(), "a scope there is not");
    assert!(!desk.run(&["account", "token", "hoa", "--label", "x"], "").status.success(), "a key for nothing");
}
