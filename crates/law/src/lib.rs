//! Dated law as data: the instruments, the honours, and what is in force on a day.
