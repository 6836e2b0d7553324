//! Records of each file as rows of the domain; one module for each rung.

pub(super) mod award;
pub(super) mod collection;
pub(super) mod finding;
pub(super) mod indicator;
pub(super) mod movement;
pub(super) mod org;
pub(super) mod printed;
pub(super) mod report;
pub(super) mod standard;
pub(super) mod subject;
