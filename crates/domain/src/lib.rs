//! The trade itself: units, indicators, movements, clusters, awards, and what may be done with them.
