//! Colours as content names them.

/// A colour with its space.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Paint {
    /// Shares of cyan, magenta, yellow, black.
    Cmyk([f32; 4]),
    Grey(f32),
    Rgb,
    /// A separation by name, with its tint.
    Separation(String, f32),
    /// Another space, by name.
    Other(String),
}

impl Paint {
    /// What content begins with (ISO 32000-1 8.4.1).
    pub const FIRST: Paint = Paint::Grey(0.0);

    pub fn space(&self) -> String {
        match self {
            Paint::Cmyk(_) => "DeviceCMYK".to_owned(),
            Paint::Grey(_) => "DeviceGray".to_owned(),
            Paint::Rgb => "DeviceRGB".to_owned(),
            Paint::Separation(name, _) => format!("Separation {name}"),
            Paint::Other(name) => name.clone(),
        }
    }

    /// Per cent of all inks together; registration marks are apart, they are cut off.
    pub fn ink(&self) -> f32 {
        match self {
            Paint::Cmyk(shares) => shares.iter().sum::<f32>() * 100.0,
            Paint::Grey(level) => (1.0 - level) * 100.0,
            Paint::Separation(name, _) if name == "All" => 0.0,
            Paint::Separation(_, tint) => tint * 100.0,
            Paint::Rgb | Paint::Other(_) => 0.0,
        }
    }

    pub fn is_registration(&self) -> bool {
        matches!(self, Paint::Separation(name, _) if name == "All")
    }

    /// Paper, in any space that has it.
    pub fn is_white(&self) -> bool {
        match self {
            Paint::Cmyk(shares) => shares.iter().all(|share| *share <= 0.0),
            Paint::Grey(level) => *level >= 1.0,
            Paint::Separation(_, tint) => *tint <= 0.0,
            Paint::Rgb | Paint::Other(_) => false,
        }
    }

    pub fn is_black_alone(&self) -> bool {
        matches!(self, Paint::Cmyk([c, m, y, k]) if *c <= 0.0 && *m <= 0.0 && *y <= 0.0 && *k >= 1.0)
    }
}
