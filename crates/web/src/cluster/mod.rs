//! Clusters and blocks of the year.

pub mod list;
