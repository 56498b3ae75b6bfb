//! The graphics state (ISO 32000-1 8.4) since it was last saved, so that nothing is set twice.

/// What a shape's look sets.
const PARAMETERS: usize = 6;

/// The place of the pen's width among the parameters: a look that has one draws lines.
const WIDTH: usize = 2;

/// What a pen has that says nothing else: ends and corners without roundness, no dashes.
const PLAIN: [(usize, &str); 3] = [(3, "0 J"), (4, "0 j"), (5, "[] 0 d")];

/// Each parameter's operator with its operands, as it was last written.
pub(super) struct GraphicsState<'a> {
    held: [&'a str; PARAMETERS],
}

impl<'a> GraphicsState<'a> {
    /// That of a page's beginning (8.4.1), of which colours and width are always written.
    pub fn new() -> GraphicsState<'a> {
        let mut held = [""; PARAMETERS];
        for (parameter, operator) in PLAIN {
            held[parameter] = operator;
        }
        GraphicsState { held }
    }

    /// Writes what a look changes; one operator stands on a line.
    pub fn set(&mut self, look: &'a str, out: &mut String) {
        let mut said = [false; PARAMETERS];
        for line in look.split('\n').filter(|line| !line.is_empty()) {
            match parameter(line) {
                Some(parameter) => {
                    said[parameter] = true;
                    self.put(parameter, line, out);
                }
                None => push_line(out, line),
            }
        }
        if said[WIDTH] {
            for (parameter, operator) in PLAIN {
                if !said[parameter] {
                    self.put(parameter, operator, out);
                }
            }
        }
    }

    /// Takes dashes back: what a figure is drawn with says its ends and corners, and nothing of dashes.
    pub fn end_dashes(&mut self, out: &mut String) {
        let [.., (parameter, operator)] = PLAIN;
        self.put(parameter, operator, out);
    }

    fn put(&mut self, parameter: usize, operator: &'a str, out: &mut String) {
        if self.held[parameter] != operator {
            self.held[parameter] = operator;
            push_line(out, operator);
        }
    }
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// Which parameter an operator sets.
fn parameter(line: &str) -> Option<usize> {
    match line.as_bytes() {
        [.., b' ', b'r', b'g'] | [.., b' ', b'g'] => Some(0),
        [.., b' ', b'R', b'G'] | [.., b' ', b'G'] => Some(1),
        [.., b' ', b'w'] => Some(WIDTH),
        [.., b' ', b'J'] => Some(3),
        [.., b' ', b'j'] => Some(4),
        [.., b' ', b'd'] => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_sets_what_differs_from_the_one_before() {
        let mut state = GraphicsState::new();
        let mut set = |look: &'static str| {
            let mut out = String::new();
            state.set(look, &mut out);
            out
        };
        let cases = [
            ("0 0 1 RG\n1 w\n1 J\n[3 3] 0 d", "0 0 1 RG\n1 w\n1 J\n[3 3] 0 d\n"),
            ("0 0 1 RG\n1 w", "0 J\n[] 0 d\n"),
            ("0 g", "0 g\n"),
            ("0 g\n0 0 1 RG\n2 w\n1 j", "2 w\n1 j\n"),
            // A ground alone has no corners to draw.
            ("1 g", "1 g\n"),
            ("0 0 1 RG\n2 w", "0 j\n"),
            ("0 0 1 RG\n2 w", ""),
        ];
        for (look, written) in cases {
            assert_eq!(set(look), written, "{look}");
        }
    }

    #[test]
    fn dashes_end_once() {
        let mut state = GraphicsState::new();
        let mut out = String::new();
        state.end_dashes(&mut out);
        assert_eq!(out, "");
        state.set("0 0 1 RG\n1 w\n[3 3] 0 d", &mut out);
        out.clear();
        state.end_dashes(&mut out);
        state.end_dashes(&mut out);
        state.set("0 0 1 RG\n1 w", &mut out);
        assert_eq!(out, "[] 0 d\n");
    }
}
