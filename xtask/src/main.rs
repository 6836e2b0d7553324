//! Builds, checks and generates; ships nothing.
fn main() {}
