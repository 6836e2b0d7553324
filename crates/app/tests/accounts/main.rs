//! Accounts on both engines: signing in and out, locks and ends by a set clock, roles by the day, and who is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../world/mod.rs"]
mod world;

mod house;

mod api_tokens;
mod managing;
mod providers;
mod rights;
mod second_factors;
mod sessions;
mod signing_in;
