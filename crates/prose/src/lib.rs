//! The sentences of official Vietnamese, written from figures and read back out of a text.
