//! Councils through the verbs: the trials by name, on both engines, and the story of one session.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod chamber;
mod linking;
mod story;
mod trials;
#[path = "../world/mod.rs"]
mod world;
