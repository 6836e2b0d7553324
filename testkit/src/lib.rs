//! Both engines, the fixed clock, builders: for tests only, ships nothing.
