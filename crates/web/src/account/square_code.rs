//! A square code drawn as a path: dark modules on a light ground whatever the light of the page, since phones read
//! no other.

use askama::Template;
use qrcode::{Color, QrCode};

/// Light modules around the code, as its standard demands.
const QUIET: usize = 4;

/// A square code.
#[derive(Debug, Template)]
#[template(path = "parts/square_code.html")]
pub struct SquareCode {
    /// What it is, for those who do not see it.
    label: &'static str,
    /// Modules of a side, with the light border.
    side: usize,
    path: String,
}

impl SquareCode {
    /// The code of a text; none where the text is too long for any.
    pub fn of(text: &str, label: &'static str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, modules) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            while column < width {
                let dark = modules[column..].iter().take_while(|module| **module == Color::Dark).count();
                if dark > 0 {
                    path.push_str(&format!("M{} {}h{dark}v1h-{dark}z", column + QUIET, row + QUIET));
                }
                column += dark.max(1);
            }
        }
        Some(Self { label, side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "otpauth://totp/x?secret=ABC";
        let drawn = SquareCode::of(text, "x").unwrap();
        let dark = QrCode::new(text).unwrap().to_colors().iter().filter(|module| **module == Color::Dark).count();
        let lengths = drawn
            .path
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|tail| tail.split('v').next().unwrap().parse::<usize>().unwrap());
        assert_eq!(lengths.sum::<usize>(), dark);
        // The mark in the corner begins where the light border ends.
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "{}", &drawn.path[..40]);
        assert!(SquareCode::of(&"x".repeat(10_000), "x").is_none());
    }
}
