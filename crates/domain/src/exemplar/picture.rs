//! Pictures: what they are is read from their bytes; what a camera wrote beside the picture, such as the place, is left out.

use crate::collection::evidence::EvidenceKind;
use crate::refusal::{EvidenceFault, ExemplarFault, Refusal};

/// Largest picture that is taken, in bytes.
pub const PICTURE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Most points on a side.
pub const SIDE_MAX: i64 = 12_000;

/// The measures of a picture, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
}

/// A picture as it is kept: its kind, its measures, its bytes without what a camera wrote beside.
///
/// # Errors
/// [`EvidenceFault::Empty`]; [`ExemplarFault::NoPicture`] for what is no whole PNG or JPEG under its own ending;
/// [`ExemplarFault::PictureTooLarge`], [`ExemplarFault::PictureTooWide`].
pub fn taken(name: &str, bytes: &[u8]) -> Result<(EvidenceKind, Picture, Vec<u8>), Refusal> {
    if bytes.is_empty() {
        return Err(EvidenceFault::Empty.into());
    }
    if bytes.len() > PICTURE_BYTES_MAX {
        return Err(ExemplarFault::PictureTooLarge { most: PICTURE_BYTES_MAX >> 20 }.into());
    }
    let kind = crate::collection::evidence::kind_of(name, bytes)?;
    let read = match kind {
        EvidenceKind::Png => png(bytes),
        EvidenceKind::Jpeg => jpeg(bytes),
        EvidenceKind::Pdf | EvidenceKind::Docx | EvidenceKind::Xlsx | EvidenceKind::Odt | EvidenceKind::Ods => None,
    };
    let (picture, kept) = read.ok_or(ExemplarFault::NoPicture)?;
    if picture.width > SIDE_MAX || picture.height > SIDE_MAX {
        return Err(ExemplarFault::PictureTooWide { most: SIDE_MAX }.into());
    }
    Ok((kind, picture, kept))
}

/// Parts of a PNG that make the picture; every other is left out.
const PNG_PARTS: [&[u8; 4]; 9] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD"];
const PNG_OPENING: usize = 8;

fn png(bytes: &[u8]) -> Option<(Picture, Vec<u8>)> {
    let mut kept = bytes.get(..PNG_OPENING)?.to_vec();
    let mut at = PNG_OPENING;
    let mut picture = None;
    loop {
        let length = usize::try_from(big_endian(bytes.get(at..at + 4)?)).ok()?;
        let word = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let part = bytes.get(at..end)?;
        if word == b"IHDR" {
            let (width, height) = (big_endian(part.get(8..12)?), big_endian(part.get(12..16)?));
            picture = (width > 0 && height > 0).then_some(Picture { width, height });
        }
        if PNG_PARTS.iter().any(|known| word == known.as_slice()) {
            kept.extend_from_slice(part);
        }
        if word == b"IEND" {
            return Some((picture?, kept));
        }
        at = end;
    }
}

fn jpeg(bytes: &[u8]) -> Option<(Picture, Vec<u8>)> {
    const OPENING: [u8; 2] = [0xff, 0xd8];
    let mut kept = bytes.get(..2).filter(|opening| **opening == OPENING)?.to_vec();
    let mut at = 2;
    let mut picture = None;
    loop {
        // Markers may be filled up before they begin.
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let marker = *bytes.get(at..at + 2).filter(|pair| pair[0] == 0xff)?.get(1)?;
        let length = usize::try_from(big_endian(bytes.get(at + 2..at + 4)?)).ok().filter(|length| *length >= 2)?;
        let part = bytes.get(at..at + 2 + length)?;
        if is_frame(marker) {
            let (height, width) = (big_endian(part.get(5..7)?), big_endian(part.get(7..9)?));
            picture = (width > 0 && height > 0).then_some(Picture { width, height });
        }
        if marker == SCAN {
            // The rest is the picture itself, up to its end.
            let rest = bytes.get(at..)?;
            let end = rest.windows(2).rposition(|pair| pair == [0xff, 0xd9])?;
            kept.extend_from_slice(rest.get(..end + 2)?);
            return Some((picture?, kept));
        }
        if !is_beside(marker) {
            kept.extend_from_slice(part);
        }
        at += 2 + length;
    }
}

const SCAN: u8 = 0xda;

/// Markers that begin a frame; three of their row mean something else.
fn is_frame(marker: u8) -> bool {
    (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// What a camera or a program wrote beside the picture: all but the density and the colours.
fn is_beside(marker: u8) -> bool {
    const COMMENT: u8 = 0xfe;
    (0xe1..=0xef).contains(&marker) && marker != 0xee || marker == COMMENT
}

fn big_endian(bytes: &[u8]) -> i64 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | i64::from(*byte))
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(word: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let mut part = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
        part.extend_from_slice(word);
        part.extend_from_slice(body);
        part.extend_from_slice(&[0; 4]);
        part
    }

    fn a_png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut head = width.to_be_bytes().to_vec();
        head.extend_from_slice(&height.to_be_bytes());
        head.extend_from_slice(&[8, 2, 0, 0, 0]);
        bytes.extend(part(b"IHDR", &head));
        bytes.extend(part(b"eXIf", b"19.87,105.58"));
        bytes.extend(part(b"IDAT", b"points"));
        bytes.extend(part(b"IEND", b""));
        bytes
    }

    fn a_jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend_from_slice(&[0xff, 0xe1, 0, 14]);
        bytes.extend_from_slice(b"19.87,105.58");
        bytes.extend_from_slice(&[0xff, 0xc0, 0, 9, 8]);
        bytes.extend_from_slice(&height.to_be_bytes());
        bytes.extend_from_slice(&width.to_be_bytes());
        bytes.extend_from_slice(&[1, 1]);
        bytes.extend_from_slice(&[0xff, 0xda, 0, 2]);
        bytes.extend_from_slice(b"points\xff\xd9");
        bytes
    }

    fn holds(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|window| window == what)
    }

    #[test]
    fn a_picture_is_kept_without_the_place_it_was_taken_at() {
        for (name, bytes, kind) in
            [("a.png", a_png(640, 480), EvidenceKind::Png), ("a.jpg", a_jpeg(640, 480), EvidenceKind::Jpeg)]
        {
            let (found, picture, kept) = taken(name, &bytes).unwrap();
            assert_eq!((found, picture), (kind, Picture { width: 640, height: 480 }), "{name}");
            assert!(holds(&bytes, b"105.58") && !holds(&kept, b"105.58") && holds(&kept, b"points"), "{name}");
            assert_eq!(taken(name, &kept).unwrap().2, kept, "what is kept is kept as it is");
        }
    }

    #[test]
    fn what_is_no_picture_is_not_taken() {
        let refused = |name: &str, bytes: &[u8]| taken(name, bytes).unwrap_err();
        assert_eq!(refused("a.png", b""), EvidenceFault::Empty.into());
        assert_eq!(refused("a.pdf", b"%PDF-1.7"), ExemplarFault::NoPicture.into());
        assert_eq!(refused("a.svg", b"<svg onload='x'>"), EvidenceFault::NotTaken.into());
        assert_eq!(refused("a.png", &a_png(1, 1)[..40]), ExemplarFault::NoPicture.into());
        assert_eq!(refused("a.png", &a_png(0, 1)), ExemplarFault::NoPicture.into());
        let large = vec![0; PICTURE_BYTES_MAX + 1];
        assert_eq!(refused("a.png", &large), ExemplarFault::PictureTooLarge { most: 5 }.into());
        assert_eq!(refused("a.png", &a_png(12_001, 1)), ExemplarFault::PictureTooWide { most: SIDE_MAX }.into());
        assert!(matches!(refused("a.jpg", &a_png(1, 1)), Refusal::BadEvidence { .. }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_picture_or_refused(is_png in any::<bool>(), cut in 0usize..90, changes in prop::collection::vec((0usize..90, any::<u8>()), 0..6)) {
            let mut bytes = if is_png { a_png(3, 2) } else { a_jpeg(3, 2) };
            for (at, byte) in changes {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
            bytes.truncate(bytes.len().saturating_sub(cut));
            let name = if is_png { "a.png" } else { "a.jpg" };
            if let Ok((_, picture, kept)) = taken(name, &bytes) {
                prop_assert!(picture.width > 0 && picture.height > 0 && kept.len() <= bytes.len());
                prop_assert_eq!(taken(name, &kept).map(|(_, same, _)| same), Ok(picture));
            }
        }
    }
}
