//! The binary: serve, load, check, print, migrate.
fn main() {}
