//! Lists the data files of the law book, so that a new honour is a new file and nothing else.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The folders and the name of the list each becomes.
const LISTS: [(&str, &str); 3] = [("data/honours", "HONOURS"), ("data/cases", "CASES"), ("data", "TABLES")];

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the folder of the crate");
    let out = env::var("OUT_DIR").expect("cargo names the folder for what is generated");
    let mut code = String::new();
    for (folder, list) in LISTS {
        println!("cargo::rerun-if-changed={folder}");
        let mut names: Vec<String> = fs::read_dir(Path::new(&root).join(folder))
            .map(|entries| {
                entries
                    .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                    .filter(|name| name.ends_with(".toml"))
                    .collect()
            })
            .unwrap_or_default();
        names.sort();
        let short = folder.strip_prefix("data").unwrap_or(folder).trim_start_matches('/');
        writeln!(code, "/// Every file of `{folder}`: its name and its text.").expect("text grows");
        writeln!(code, "pub static {list}: &[(&str, &str)] = &[").expect("text grows");
        for name in names {
            let said = if short.is_empty() { name.clone() } else { format!("{short}/{name}") };
            writeln!(
                code,
                "    (\"{said}\", include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}/{name}\"))),"
            )
            .expect("text grows");
        }
        code.push_str("];\n");
    }
    fs::write(Path::new(&out).join("data.rs"), code).expect("the folder for what is generated can be written");
}
