//! How a camera was held (Exif 2.32, 4.6.4, tag 274): phones write it beside the pixels and do not turn them.

/// What brings a picture upright, by the number that Exif gives it: 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn(u8);

/// Orientation.
const TAG: u16 = 274;

impl Turn {
    pub const NONE: Turn = Turn(1);

    /// Of Exif's data, with its name before it or without; upright where it says nothing that is known.
    pub fn of(exif: &[u8]) -> Turn {
        let data = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        Turn::read(data).filter(|turn| (1..=8).contains(&turn.0)).unwrap_or(Turn::NONE)
    }

    fn read(data: &[u8]) -> Option<Turn> {
        let little = match data.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let short = |at: usize| {
            let bytes: [u8; 2] = data.get(at..at + 2)?.try_into().ok()?;
            Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
        };
        let long: [u8; 4] = data.get(4..8)?.try_into().ok()?;
        let first = if little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) };
        let start = usize::try_from(first).ok().filter(|start| *start < data.len())?;
        let entries = (0..usize::from(short(start)?)).map(|index| start + 2 + index * 12);
        let entry = entries.take_while(|at| at + 12 <= data.len()).find(|at| short(*at) == Some(TAG))?;
        Some(Turn(u8::try_from(short(entry + 8)?).ok()?))
    }

    /// Whether width and height change places.
    pub fn is_on_side(self) -> bool {
        self.0 >= 5
    }

    /// The pixels, three bytes each, upright.
    pub fn upright(self, pixels: Vec<u8>, width: usize) -> Vec<u8> {
        if self == Turn::NONE || width == 0 {
            return pixels;
        }
        let height = pixels.len() / 3 / width;
        let (across, down) = if self.is_on_side() { (height, width) } else { (width, height) };
        let mut turned = Vec::with_capacity(pixels.len());
        for y in 0..down {
            for x in 0..across {
                let (column, row) = match self.0 {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    8 => (width - 1 - y, x),
                    _ => (x, y),
                };
                let at = (row * width + column) * 3;
                turned.extend_from_slice(pixels.get(at..at + 3).unwrap_or(&[u8::MAX; 3]));
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(turn: u8) -> Vec<u8> {
        let mut data = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
        data.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0]);
        data
    }

    /// Two pixels beside each other, a and b, over c and d, and what each way of holding the camera makes of them.
    #[test]
    fn a_photograph_is_turned_as_the_camera_was_held() {
        let pixels: Vec<u8> = b"abcd".iter().flat_map(|letter| [*letter; 3]).collect();
        let shown = |turn: u8| -> String {
            let upright = Turn::of(&exif(turn)).upright(pixels.clone(), 2);
            upright.chunks(3).map(|pixel| char::from(pixel[0])).collect()
        };
        let all: Vec<String> = (1..=8).map(shown).collect();
        assert_eq!(all, ["abcd", "badc", "dcba", "cdab", "acbd", "cadb", "dbca", "bdac"]);
        assert_eq!(Turn::of(&exif(9)), Turn::NONE);
    }

    #[test]
    fn broken_data_says_nothing() {
        let whole = exif(6);
        assert!(Turn::of(&whole).is_on_side());
        for end in 0..whole.len() - 4 {
            assert_eq!(Turn::of(&whole[..end]), Turn::NONE, "{end}");
        }
        assert_eq!(Turn::of(b"Exif\0\0MM\0*\xff\xff\xff\xff"), Turn::NONE);
    }
}
