//! HTML pages and the API; knows HTTP, no SQL.
