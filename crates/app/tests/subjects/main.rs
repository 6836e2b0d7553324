//! Persons, collectives and households: entered, refused, corrected, merged and taken apart, taken in from lists, seen by
//! those who may, and told to the law book; on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../world/mod.rs"]
mod world;

#[allow(dead_code, reason = "these tests use a part of it")]
#[path = "../accounts/house.rs"]
mod house;

mod entering;
mod lists;
mod merging;
mod records;
