//! Collection on both engines: figures entered, kept in conflict, sent, returned and taken in, and what follows in
//! totals, plans and issued reports.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../world/mod.rs"]
mod world;

mod desk;

mod beside;
mod entering;
mod evidence;
mod exchange;
mod importing;
mod issued;
mod keeping;
mod killed;
mod planning;
mod sending;
