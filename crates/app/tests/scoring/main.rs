//! The scoring of clusters through the verbs: the trials that a running peer fails, and a cluster's year from pledge to flag.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod files;
mod hall;
mod province;
mod rights;
mod story;
mod trials;
#[path = "../world/mod.rs"]
mod world;
mod year;
