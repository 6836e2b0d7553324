//! A document tree and its DOCX, PDF and HTML writers; knows nothing of emulation.

pub mod tree;

pub use tree::Document;
