//! Colours become inks: each colour operator of a content stream is turned into its CMYK counterpart, and black text
//! prints over what is below it, so that a plate that is off by a hair leaves no white edge. A ground in a dark neutral has
//! the other inks below its black.

use super::inks::PressInks;
use crate::brand::{Cmyk, Colour};
use crate::pdf::PdfError;
use lopdf::Object;
use lopdf::content::{Content, Operation};

/// Graphics states by name: black text prints over, everything else knocks out.
pub(super) const OVERPRINT: &str = "Over";
pub(super) const KNOCKOUT: &str = "Knock";

/// Turns one content stream.
pub(super) struct Separator<'a> {
    inks: &'a PressInks,
    state: State,
    saved: Vec<State>,
    /// Whether the open path has a rectangle as large as a ground.
    is_large: bool,
}

/// A rectangle that is at least so wide and high is a ground; a bar or a band is not.
const GROUND: f32 = 72.0;

/// What `q` saves.
#[derive(Clone, Copy, Debug)]
struct State {
    fill: Cmyk,
    /// Of the same colour on a ground.
    ground: Option<Cmyk>,
    overprints: bool,
    /// How large a unit is on the paper; nothing of a form, which may be drawn at any size.
    scale: f32,
}

impl<'a> Separator<'a> {
    /// Of a page.
    pub fn new(inks: &'a PressInks) -> Separator<'a> {
        Separator::in_scale(inks, 1.0)
    }

    /// Of a picture.
    pub fn of_form(inks: &'a PressInks) -> Separator<'a> {
        Separator::in_scale(inks, 0.0)
    }

    fn in_scale(inks: &'a PressInks, scale: f32) -> Separator<'a> {
        // A content stream begins with black.
        let state = State { fill: Cmyk::black(100.0), ground: None, overprints: false, scale };
        Separator { inks, state, saved: Vec::new(), is_large: false }
    }

    pub fn content(mut self, content: &[u8]) -> Result<Vec<u8>, PdfError> {
        let operations = Content::decode(content).map_err(|_| PdfError::Press)?.operations;
        let mut out = Vec::with_capacity(operations.len() + 64);
        for operation in operations {
            self.operation(operation, &mut out)?;
        }
        Content { operations: out }.encode().map_err(|_| PdfError::Press)
    }

    fn operation(&mut self, operation: Operation, out: &mut Vec<Operation>) -> Result<(), PdfError> {
        match operation.operator.as_str() {
            "q" => self.saved.push(self.state),
            "Q" => self.state = self.saved.pop().unwrap_or(self.state),
            "rg" | "g" => {
                let colour = colour(&operation.operands)?;
                self.state.fill = self.inks.of(colour)?;
                self.state.ground = self.inks.ground(colour);
                out.push(inked("k", self.state.fill));
                return Ok(());
            }
            "RG" | "G" => {
                out.push(inked("K", self.inks.of(colour(&operation.operands)?)?));
                return Ok(());
            }
            "cm" => self.state.scale *= numbers(&operation.operands).first().map_or(1.0, |scale| scale.abs()),
            "re" => self.is_large |= self.is_ground(&operation.operands),
            "Tj" | "TJ" | "'" | "\"" => self.overprint(self.state.fill == Cmyk::black(100.0), out),
            "f" | "F" | "f*" if self.is_large && self.state.ground.is_some() => {
                self.overprint(false, out);
                out.extend(self.state.ground.map(|inks| inked("k", inks)));
                out.push(operation);
                out.push(inked("k", self.state.fill));
                self.is_large = false;
                return Ok(());
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "Do" | "sh" => {
                self.overprint(false, out);
                self.is_large = false;
            }
            "n" => self.is_large = false,
            _ => {}
        }
        out.push(operation);
        Ok(())
    }

    /// Whether a rectangle is as large as a ground.
    fn is_ground(&self, operands: &[Object]) -> bool {
        let [.., width, height] = numbers(operands)[..] else { return false };
        (width.abs() * self.state.scale).min(height.abs() * self.state.scale) >= GROUND
    }

    fn overprint(&mut self, on: bool, out: &mut Vec<Operation>) {
        if self.state.overprints != on {
            self.state.overprints = on;
            let name = if on { OVERPRINT } else { KNOCKOUT };
            out.push(Operation::new("gs", vec![Object::Name(name.into())]));
        }
    }
}

fn numbers(operands: &[Object]) -> Vec<f32> {
    operands.iter().filter_map(|operand| operand.as_float().ok()).collect()
}

fn colour(operands: &[Object]) -> Result<Colour, PdfError> {
    let level = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
    match numbers(operands)[..] {
        [grey] => Ok(Colour::new(level(grey), level(grey), level(grey))),
        [red, green, blue] => Ok(Colour::new(level(red), level(green), level(blue))),
        _ => Err(PdfError::Press),
    }
}

fn inked(operator: &str, inks: Cmyk) -> Operation {
    let share = |ink: f32| Object::Real((ink * 10.0).round() / 1000.0);
    Operation::new(operator, inks.0.map(share).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::{Inks, Palette, sample_brand};

    fn separated(content: &str) -> String {
        let brand = sample_brand();
        let bytes = Separator::new(&PressInks::new(&brand.inks).expect("the profile"))
            .content(content.as_bytes())
            .expect("content");
        String::from_utf8(bytes).expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn black_text_prints_over_and_white_text_does_not() {
        let text = separated("BT 0 g (a)Tj 1 g (b)Tj ET");
        assert_eq!(text, "BT 0 0 0 1 k /Over gs (a) Tj 0 0 0 0 k /Knock gs (b) Tj ET");
    }

    #[test]
    fn nothing_but_text_prints_over() {
        let text = separated("BT 0 g (a)Tj ET q 0 g 0 0 9 9 re f Q BT (b)Tj ET");
        assert_eq!(text, "BT 0 0 0 1 k /Over gs (a) Tj ET q 0 0 0 1 k 0 0 9 9 re /Knock gs f Q BT (b) Tj ET");
    }

    #[test]
    fn a_ground_in_a_near_black_has_inks_below_its_black_and_type_has_not() {
        let mut brand = sample_brand();
        let black = Colour::new(0x11, 0x11, 0x11);
        brand.inks = Inks::new(&Palette { brand: black, solid: black, ..brand.palette }, Vec::new());
        let inks = PressInks::new(&brand.inks).expect("the profile");
        let separated = |separator: Separator<'_>, content: &str| {
            let bytes = separator.content(content.as_bytes()).expect("content");
            String::from_utf8(bytes).expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let near_black = "0.0667 0.0667 0.0667 rg";
        let ground = separated(Separator::new(&inks), &format!("{near_black} 0 0 200 300 re f BT (a)Tj ET"));
        let [before, after] = ground.split(" f ").collect::<Vec<_>>()[..] else { panic!("{ground}") };
        assert!(after.starts_with("0 0 0 1 k BT"), "type is of black alone: {ground}");
        let rich = before.split(" re ").last().and_then(|rest| rest.strip_suffix(" k")).expect("inks");
        let rich: Vec<f32> = rich.split(' ').map(|ink| ink.parse().expect("an ink")).collect();
        assert!(rich.iter().all(|ink| *ink > 0.4) && rich.iter().sum::<f32>() <= 3.0, "{rich:?}");
        for small in ["0 0 200 20 re f", "0.1 0 0 0.1 0 0 cm 0 0 200 300 re f"] {
            let bar = separated(Separator::new(&inks), &format!("{near_black} {small}"));
            assert_eq!(bar.matches(" k").count(), 1, "{bar}");
        }
        let form = separated(Separator::of_form(&inks), &format!("{near_black} 0 0 200 300 re f"));
        assert_eq!(form.matches(" k").count(), 1, "{form}");
    }

    #[test]
    fn no_colour_of_a_screen_is_left() {
        let text = separated("1 0 0 rg 0 1 0 RG 0.5 G 0 0 9 9 re B");
        assert_eq!(text, "0 0.9 0.95 0.01 k 0.59 0 0.9 0 K 0 0 0 0.53 K 0 0 9 9 re B");
    }
}
