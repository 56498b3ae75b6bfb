//! A photograph. Drawings are shapes and stand everywhere; a photograph is pixels, and stands on brochures alone.

use crate::lazy::Lazy;

/// A photograph of the clinic's own. Made from JPEG or PNG by `content`; turned upright, in sRGB.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// Its path in the clinic folder.
    pub file: String,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    pixels: Lazy<Result<Vec<u8>, String>>,
}

/// A part of a photograph, in pixels from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Photo {
    /// `pixels` gives red, green and blue of each pixel, row by row, or a sentence on why it cannot; it is asked when a page
    /// shows the photograph.
    pub fn new(
        file: &str,
        (width, height): (u32, u32),
        pixels: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) -> Photo {
        Photo { file: file.to_owned(), width, height, pixels: Lazy::new(pixels) }
    }

    /// Three bytes a pixel.
    ///
    /// # Errors
    /// The file is broken behind its head.
    pub fn pixels(&self) -> Result<&[u8], &str> {
        match &*self.pixels {
            Ok(pixels) => Ok(pixels),
            Err(message) => Err(message),
        }
    }

    /// The middle of it, as large as can be, in these proportions: nothing is squeezed.
    pub fn window(&self, (width, height): (f32, f32)) -> Window {
        let (own_width, own_height) = (self.width as f32, self.height as f32);
        let scale = (own_width / width.max(1.0)).min(own_height / height.max(1.0));
        let side = |length: f32, own: u32| ((length * scale).round() as u32).clamp(1, own.max(1));
        let (width, height) = (side(width, self.width), side(height, self.height));
        Window { left: (self.width - width) / 2, top: (self.height - height) / 2, width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_shown_and_nothing_is_squeezed() {
        let photo = Photo::new("p.jpg", (400, 300), || Ok(Vec::new()));
        let window = |width, height| {
            let Window { left, top, width, height } = photo.window((width, height));
            [left, top, width, height]
        };
        assert_eq!(window(40.0, 30.0), [0, 0, 400, 300]);
        assert_eq!(window(100.0, 100.0), [50, 0, 300, 300]);
        assert_eq!(window(200.0, 50.0), [0, 100, 400, 100]);
    }
}
