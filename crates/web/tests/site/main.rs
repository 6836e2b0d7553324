//! The site over the sample data: what it answers, what it asks of the database, and how it works in a browser.

#![allow(clippy::unwrap_used, reason = "in a test a failure of the harness is a failure of the test")]

mod accounts;
mod answers;
mod api;
mod api_accounts;
mod api_clusters;
mod api_exchange;
mod api_keep;
mod api_text;
mod browser;
mod checks;
mod cluster_year;
mod corrections;
mod councils;
mod decisions;
mod demo;
mod driver;
mod due;
mod eligibility;
mod evidence;
mod exemplars;
mod forms;
mod grid;
mod grid_size;
mod identity_provider;
mod importing;
mod issuing;
mod library;
mod managing;
mod matrix;
mod movements;
mod offline;
mod plans;
mod queries;
mod scoring;
mod single_sign_on;
mod subjects;
mod units;
mod walk;
