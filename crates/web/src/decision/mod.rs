//! The register of awards.

pub mod register;
