//! Colours become inks: each colour operator of a content stream is turned into its CMYK counterpart, and black text
//! prints over what is below it, so that a plate that is off by a hair leaves no white edge.

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
}

/// What `q` saves.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    fill: Cmyk,
    overprints: bool,
}

impl<'a> Separator<'a> {
    pub fn new(inks: &'a PressInks) -> Separator<'a> {
        // A content stream begins with black.
        let state = State { fill: Cmyk::black(100.0), overprints: false };
        Separator { inks, state, saved: Vec::new() }
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
                self.state.fill = self.inks(&operation.operands)?;
                out.push(inked("k", self.state.fill));
                return Ok(());
            }
            "RG" | "G" => {
                out.push(inked("K", self.inks(&operation.operands)?));
                return Ok(());
            }
            "Tj" | "TJ" | "'" | "\"" => self.overprint(self.state.fill == Cmyk::black(100.0), out),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "Do" | "sh" => {
                self.overprint(false, out);
            }
            _ => {}
        }
        out.push(operation);
        Ok(())
    }

    fn inks(&self, operands: &[Object]) -> Result<Cmyk, PdfError> {
        let levels: Vec<f32> = operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        let level = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        let colour = match levels[..] {
            [grey] => Colour::new(level(grey), level(grey), level(grey)),
            [red, green, blue] => Colour::new(level(red), level(green), level(blue)),
            _ => return Err(PdfError::Press),
        };
        self.inks.of(colour)
    }

    fn overprint(&mut self, on: bool, out: &mut Vec<Operation>) {
        if self.state.overprints != on {
            self.state.overprints = on;
            let name = if on { OVERPRINT } else { KNOCKOUT };
            out.push(Operation::new("gs", vec![Object::Name(name.into())]));
        }
    }
}

fn inked(operator: &str, inks: Cmyk) -> Operation {
    let share = |ink: f32| Object::Real((ink * 10.0).round() / 1000.0);
    Operation::new(operator, inks.0.map(share).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::sample_brand;

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
    fn no_colour_of_a_screen_is_left() {
        let text = separated("1 0 0 rg 0 1 0 RG 0.5 G 0 0 9 9 re B");
        assert_eq!(text, "0 0.9 0.95 0.01 k 0.59 0 0.9 0 K 0 0 0 0.53 K 0 0 9 9 re B");
    }
}
