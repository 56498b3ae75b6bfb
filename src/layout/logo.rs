//! How large a logo stands.

use crate::document::Picture;
use crate::geometry::{Pt, Size};

/// A logo that is wider than so many times its height is a wordmark: in a square its letters would be too small.
const SQUARE: f32 = 1.4;
/// A wordmark is so much less high than a sign, and as wide as that makes it.
const WORDMARK: f32 = 0.8;

/// The size of a logo for which there is a square of this side, and this width at most.
pub fn logo_size(logo: &Picture, side: Pt, widest: Pt) -> Size {
    let ratio = logo.width / logo.height.max(0.01);
    if ratio <= SQUARE {
        return Size { width: side, height: side };
    }
    let width = (side * WORDMARK * ratio).min(widest);
    Size { width, height: width / ratio }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_a_square_and_a_wordmark_as_wide_as_its_letters_need() {
        let size = |width: f32, height: f32| {
            let picture = Picture::new("logo", (width, height), Vec::new());
            let size = logo_size(&picture, Pt(30.0), Pt(100.0));
            (size.width.0, size.height.0)
        };
        assert_eq!(size(48.0, 48.0), (30.0, 30.0));
        assert_eq!(size(30.0, 48.0), (30.0, 30.0));
        assert_eq!(size(200.0, 100.0), (48.0, 24.0));
        assert_eq!(size(1000.0, 100.0), (100.0, 10.0));
    }
}
