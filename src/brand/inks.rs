//! What colours are in print: cyan, magenta, yellow and black.

use super::{Colour, Palette};

/// Shares of the four process inks, per cent of full tone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cmyk(pub [f32; 4]);

/// A role's name in `brand.yaml` with its inks.
pub type RoleInks = (&'static str, Cmyk);

/// What is known of a palette in print: its roles, and the inks that the brand file gives for some. The inks of the others
/// are the press's to find: they need its profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Inks {
    roles: Vec<(&'static str, Colour)>,
    given: Vec<RoleInks>,
}

/// The most ink that one place may take, per cent: more does not dry (ISO 12647-2 allows 330 on coated paper; print
/// shops ask for 300).
pub const MOST_INK: f32 = 300.0;

/// Roles that are neutral: of black alone, as every grey is, so that no misfit of plates gives small text a coloured edge.
const NEUTRALS: [&str; 3] = ["ink", "muted", "rule"];

/// Whether a role is for text and lines in a neutral.
pub fn is_neutral(role: &str) -> bool {
    NEUTRALS.contains(&role)
}

impl Cmyk {
    /// The sum of all inks, per cent.
    pub fn total(self) -> f32 {
        self.0.iter().sum()
    }

    /// Black alone.
    pub fn black(share: f32) -> Cmyk {
        Cmyk([0.0, 0.0, 0.0, share])
    }

    /// A grey of black alone that is about as light to the eye: the share of black falls with CIE lightness.
    pub fn neutral(colour: Colour) -> Cmyk {
        let lightness = colour.lightness();
        // In TR 006, black alone reaches from a lightness of 95 (paper) to 16.5 (full tone).
        Cmyk::black((((95.0 - lightness) / (95.0 - 16.5) * 100.0).round() as f32).clamp(0.0, 100.0))
    }

    /// Thinner: `share` 1 leaves it, 0 is paper.
    pub fn thinned(self, share: f32) -> Cmyk {
        Cmyk(self.0.map(|ink| (ink * share * 10.0).round() / 10.0))
    }
}

impl Inks {
    /// `given`: by role, as the brand file has them.
    pub fn new(palette: &Palette, given: Vec<RoleInks>) -> Inks {
        let mut roles = vec![
            ("brand", palette.brand),
            ("accent", palette.accent),
            ("warning", palette.warning),
            ("ink", palette.ink),
            ("muted", palette.muted),
            ("rule", palette.rule),
            ("tint", palette.tint),
            ("paper", palette.paper),
        ];
        if palette.solid != palette.brand {
            roles.insert(1, ("solid", palette.solid));
        }
        Inks { roles, given }
    }

    /// Colours by role, each with its inks where they need no profile: given by the brand file, of black alone, or none.
    pub fn roles(&self) -> impl Iterator<Item = (&'static str, Colour, Option<Cmyk>)> {
        self.roles.iter().map(|(role, colour)| {
            let given = self.given.iter().find(|(name, _)| name == role).map(|(_, inks)| *inks);
            let known = given.or(match *role {
                "paper" => Some(Cmyk::default()),
                "ink" => Some(Cmyk::black(100.0)),
                _ if is_neutral(role) || colour.is_nearly_grey() => Some(Cmyk::neutral(*colour)),
                _ => None,
            });
            (*role, *colour, known)
        })
    }
}

/// How much of a role's colour is in a mix of it with white; `None` when it is no such mix.
pub fn share_of(colour: Colour, role: Colour) -> Option<f32> {
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
    /// Red, green and blue, 0 to 1.
    pub fn shares(self) -> [f32; 3] {
        [self.red, self.green, self.blue].map(|level| f32::from(level) / 255.0)
    }

    /// Levels between the strongest and the weakest channel.
    pub fn chroma(self) -> u8 {
        let channels = [self.red, self.green, self.blue];
        let most = channels.into_iter().max().unwrap_or_default();
        most - channels.into_iter().min().unwrap_or_default()
    }

    /// Degrees on the wheel, red at 0; of a grey none.
    pub fn hue(self) -> Option<f32> {
        let [red, green, blue] = [self.red, self.green, self.blue].map(f32::from);
        let chroma = f32::from(self.chroma());
        let most = red.max(green).max(blue);
        let sixth = match () {
            () if chroma == 0.0 => return None,
            () if most == red => ((green - blue) / chroma).rem_euclid(6.0),
            () if most == green => (blue - red) / chroma + 2.0,
            () => (red - green) / chroma + 4.0,
        };
        Some(sixth * 60.0)
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
            solid: colour("#0b4f5c"),
        }
    }

    #[test]
    fn neutrals_are_of_black_alone_paper_takes_no_ink_and_given_inks_stay() {
        let given = vec![("brand", Cmyk([92.0, 40.0, 42.0, 42.0]))];
        let inks = Inks::new(&palette(), given);
        let of = |name| inks.roles().find(|(role, ..)| *role == name).and_then(|(.., inks)| inks);
        assert_eq!(of("ink"), Some(Cmyk::black(100.0)));
        assert_eq!(of("paper"), Some(Cmyk::default()));
        assert_eq!(of("brand"), Some(Cmyk([92.0, 40.0, 42.0, 42.0])));
        assert_eq!(of("accent"), None);
        for neutral in ["muted", "rule"] {
            assert_eq!(of(neutral).map(|inks| inks.0[..3] == [0.0; 3]), Some(true), "{neutral}");
        }
    }

    #[test]
    fn a_grey_or_black_brand_is_of_black_alone() {
        for (hex, share) in [("#000000", 100.0), ("#333333", 94.0), ("#2b2d2e", 98.0)] {
            let colour = Colour::from_hex(hex).expect("a colour");
            let inks = Inks::new(&Palette { brand: colour, ..palette() }, Vec::new());
            let brand = inks.roles().find(|(role, ..)| *role == "brand").and_then(|(.., inks)| inks);
            let brand = brand.expect("inks without a profile");
            assert!(brand.0[..3] == [0.0; 3] && (brand.0[3] - share).abs() <= 3.0, "{hex}: {brand:?}");
        }
        let blue = Colour::from_hex("#202632").expect("a colour");
        let inks = Inks::new(&Palette { brand: blue, ..palette() }, Vec::new());
        assert!(
            inks.roles().any(|(role, _, inks)| role == "brand" && inks.is_none()),
            "a hue is the press's"
        );
    }

    #[test]
    fn a_tint_of_a_role_is_the_role_thinned() {
        let palette = palette();
        let share = share_of(palette.brand.towards(palette.paper, 0.5), palette.brand).expect("a mix");
        assert!((share - 0.5).abs() < 0.01, "{share}");
        assert_eq!(share_of(palette.accent, palette.brand), None);
    }
}
