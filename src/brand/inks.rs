//! What colours are in print: cyan, magenta, yellow and black.

use super::{Colour, Palette};

/// Shares of the four process inks, per cent of full tone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cmyk(pub [f32; 4]);

/// A role's name in `brand.yaml` with its inks.
pub type RoleInks = (&'static str, Cmyk);

/// The inks of a palette: those that the brand file gives, else computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Inks(Vec<(Colour, Cmyk)>);

/// The most ink that one place may take, per cent: more does not dry (ISO 12647-2 allows 330 on coated paper; print
/// shops ask for 300).
pub const MOST_INK: f32 = 300.0;

/// Roles that are neutral: of black alone, so that no misfit of plates gives small text a coloured edge.
const NEUTRALS: [&str; 3] = ["ink", "muted", "rule"];

impl Cmyk {
    /// The sum of all inks, per cent.
    pub fn total(self) -> f32 {
        self.0.iter().sum()
    }

    /// Black alone.
    pub fn black(share: f32) -> Cmyk {
        Cmyk([0.0, 0.0, 0.0, share])
    }

    /// Full grey replacement: what cyan, magenta and yellow have in common becomes black, so one of them is always
    /// empty and the sum is at most 300.
    pub fn of(colour: Colour) -> Cmyk {
        let [red, green, blue] = colour.shares();
        let lightest = red.max(green).max(blue);
        if lightest <= 0.0 {
            return Cmyk::black(100.0);
        }
        let ink = |share: f32| percent((lightest - share) / lightest);
        Cmyk([ink(red), ink(green), ink(blue), percent(1.0 - lightest)])
    }

    /// A grey of black alone that is about as light to the eye: the share of black falls with CIE lightness.
    fn neutral(colour: Colour) -> Cmyk {
        let lightness = colour.lightness();
        // In TR 006, black alone reaches from a lightness of 95 (paper) to 16.5 (full tone).
        Cmyk::black((((95.0 - lightness) / (95.0 - 16.5) * 100.0).round() as f32).clamp(0.0, 100.0))
    }

    /// Thinner: `share` 1 leaves it, 0 is paper.
    fn thinned(self, share: f32) -> Cmyk {
        Cmyk(self.0.map(|ink| (ink * share * 10.0).round() / 10.0))
    }
}

fn percent(share: f32) -> f32 {
    (share * 1000.0).round() / 10.0
}

impl Inks {
    /// `given`: by role, as the brand file has them.
    pub fn new(palette: &Palette, given: &[RoleInks]) -> Inks {
        let roles = [
            ("brand", palette.brand),
            ("accent", palette.accent),
            ("warning", palette.warning),
            ("ink", palette.ink),
            ("muted", palette.muted),
            ("rule", palette.rule),
            ("tint", palette.tint),
        ];
        let inks = |(role, colour): (&str, Colour)| {
            let named = given.iter().find(|(name, _)| *name == role).map(|(_, inks)| *inks);
            let computed = || match role {
                "ink" => Cmyk::black(100.0),
                _ if NEUTRALS.contains(&role) => Cmyk::neutral(colour),
                _ => Cmyk::of(colour),
            };
            (colour, named.unwrap_or_else(computed))
        };
        let mut all = vec![(palette.paper, Cmyk::default())];
        all.extend(roles.into_iter().map(inks));
        Inks(all)
    }

    /// The inks of a colour: a role's, a role's thinned where the colour is one mixed with white, else computed.
    pub fn of(&self, colour: Colour) -> Cmyk {
        if let Some((_, inks)) = self.0.iter().find(|(role, _)| *role == colour) {
            return *inks;
        }
        let mixed = self.0.iter().find_map(|(role, inks)| Some(inks.thinned(share_of(colour, *role)?)));
        mixed.unwrap_or_else(|| Cmyk::of(colour))
    }
}

/// How much of a role's colour is in a mix of it with white; `None` when it is no such mix.
fn share_of(colour: Colour, role: Colour) -> Option<f32> {
    let pairs = colour.shares().into_iter().zip(role.shares());
    let depths: Vec<(f32, f32)> = pairs.map(|(mix, full)| (1.0 - mix, 1.0 - full)).collect();
    let deepest = depths.iter().max_by(|a, b| a.1.total_cmp(&b.1)).copied()?;
    // White, or nearly, is no hue to mix.
    if deepest.1 < 0.2 || deepest.0 <= 0.0 {
        return None;
    }
    let share = deepest.0 / deepest.1;
    let fits = depths.iter().all(|(mix, full)| (mix - full * share).abs() <= 1.0 / 255.0);
    (share < 1.0 && fits).then_some(share)
}

impl Colour {
    fn shares(self) -> [f32; 3] {
        [self.red, self.green, self.blue].map(|level| f32::from(level) / 255.0)
    }

    /// CIE 1976 lightness, 0 to 100.
    fn lightness(self) -> f64 {
        let luminance = self.luminance();
        match luminance > 0.008_856 {
            true => 116.0 * luminance.cbrt() - 16.0,
            false => 903.3 * luminance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette() -> Palette {
        let colour = |hex| Colour::from_hex(hex).expect("a colour");
        Palette {
            brand: colour("#0b4f5c"),
            accent: colour("#a84a08"),
            warning: colour("#9f1219"),
            ink: colour("#15202b"),
            muted: colour("#4a5a66"),
            rule: colour("#c3d3d6"),
            tint: colour("#eef3f4"),
            paper: colour("#ffffff"),
        }
    }

    #[test]
    fn neutrals_are_of_black_alone_and_paper_takes_no_ink() {
        let (palette, inks) = (palette(), Inks::new(&palette(), &[]));
        assert_eq!(inks.of(palette.ink), Cmyk::black(100.0));
        assert_eq!(inks.of(palette.paper), Cmyk::default());
        for neutral in [palette.muted, palette.rule, Colour::new(0, 0, 0)] {
            assert_eq!(inks.of(neutral).0[..3], [0.0; 3], "{neutral:?}");
        }
    }

    #[test]
    fn a_tint_of_a_role_is_the_role_thinned() {
        let palette = palette();
        let inks = Inks::new(&palette, &[("brand", Cmyk([92.0, 40.0, 42.0, 42.0]))]);
        let half = inks.of(palette.brand.towards(palette.paper, 0.5));
        for (ink, whole) in half.0.iter().zip([92.0, 40.0, 42.0, 42.0]) {
            assert!((ink - whole / 2.0).abs() < 0.5, "{half:?}");
        }
    }

    #[test]
    fn no_colour_takes_more_than_300_per_cent() {
        let steps = || (0..=255).step_by(15).map(|level| level as u8);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    assert!(Cmyk::of(Colour::new(red, green, blue)).total() <= MOST_INK);
                }
            }
        }
    }
}
