//! The look of a paper that stands alone.

/// A stylesheet that sets the article like the printed paper, on a screen, a phone and A4.
pub(super) const STYLE: &str = include_str!("sheet.css");
