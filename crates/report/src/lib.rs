//! What is printed: forms, sections and the checker, from plain data to a document tree.
