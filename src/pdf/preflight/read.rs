//! Content read as a press would: what is painted, where, in which colour.

use super::colour::Paint;
use super::glyphs::{Font, shown};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Forms inside forms that are followed.
const DEEPEST: usize = 8;

/// Objects of a page that are looked at; a brochure has some hundreds.
const MOST: usize = 100_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Fill,
    Stroke,
    Image,
    Shading,
}

/// Something that is painted.
#[derive(Clone, Debug)]
pub(super) struct Painted {
    pub kind: Kind,
    pub paint: Paint,
    /// Left, bottom, right, top in the page's space; of text the place of the pen.
    pub bounds: [f32; 4],
    pub overprints: bool,
    pub dashed: bool,
    /// Of an image: the fewer of those across and up.
    pub ppi: Option<f32>,
    /// Of text: what its letters take, as `bounds`; `None` where they are spaces.
    pub extent: Option<[f32; 4]>,
}

type Matrix = [f32; 6];

#[derive(Clone, Debug)]
struct State {
    matrix: Matrix,
    fill: Paint,
    stroke: Paint,
    overprints: bool,
    dashed: bool,
    /// Of text, with its size.
    font: Option<(Rc<Font>, f32)>,
}

/// Reads a page's content with its forms.
pub(super) fn painted(
    file: &Document,
    content: &[u8],
    resources: &Dictionary,
) -> Result<Vec<Painted>, String> {
    let state = State {
        matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        fill: Paint::FIRST,
        stroke: Paint::FIRST,
        overprints: false,
        dashed: false,
        font: None,
    };
    let mut reader = Reader { file, found: Vec::new(), fonts: BTreeMap::new() };
    reader.content(content, resources, state, 0)?;
    Ok(reader.found)
}

struct Reader<'a> {
    file: &'a Document,
    found: Vec<Painted>,
    /// By the name under which a page knows them; forms hold no text.
    fonts: BTreeMap<Vec<u8>, Rc<Font>>,
}

/// Where one content stream is.
struct Place<'r> {
    resources: &'r Dictionary,
    state: State,
    saved: Vec<State>,
    path: Vec<(f32, f32)>,
    /// Text and line matrices.
    text: [Matrix; 2],
    leading: f32,
    depth: usize,
}

impl Reader<'_> {
    fn content(
        &mut self,
        content: &[u8],
        resources: &Dictionary,
        state: State,
        depth: usize,
    ) -> Result<(), String> {
        let operations = Content::decode(content).map_err(|error| error.to_string())?.operations;
        let identity = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let mut place = Place {
            resources,
            state,
            saved: Vec::new(),
            path: Vec::new(),
            text: [identity; 2],
            leading: 0.0,
            depth,
        };
        for operation in operations {
            if self.found.len() >= MOST {
                return Err(format!("the page paints more than {MOST} objects"));
            }
            self.operation(&operation, &mut place)?;
        }
        Ok(())
    }

    fn operation(&mut self, operation: &Operation, place: &mut Place<'_>) -> Result<(), String> {
        let numbers: Vec<f32> =
            operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        match operation.operator.as_str() {
            "q" => place.saved.push(place.state.clone()),
            "Q" => place.state = place.saved.pop().unwrap_or_else(|| place.state.clone()),
            "cm" => place.state.matrix = multiply(matrix(&numbers)?, place.state.matrix),
            "gs" => self.graphics_state(operation, place),
            "Tf" => self.font(operation, &numbers, place),
            "d" => place.state.dashed = dash(operation),
            "k" | "rg" | "g" => place.state.fill = device(&numbers),
            "K" | "RG" | "G" => place.state.stroke = device(&numbers),
            "cs" => place.state.fill = self.space(operation, place),
            "CS" => place.state.stroke = self.space(operation, place),
            "sc" | "scn" => set(&mut place.state.fill, &numbers),
            "SC" | "SCN" => set(&mut place.state.stroke, &numbers),
            "Do" => self.object(operation, place)?,
            "BI" | "EI" | "ID" => {
                self.push(Kind::Image, Paint::Other("inline image".to_owned()), [0.0; 4], place)
            }
            "sh" => self.push(Kind::Shading, Paint::Other("shading".to_owned()), [0.0; 4], place),
            operator => {
                self.path(operator, &numbers, place);
                self.text(operation, &numbers, place)?;
            }
        }
        Ok(())
    }

    fn path(&mut self, operator: &str, numbers: &[f32], place: &mut Place<'_>) {
        match (operator, numbers) {
            ("re", [x, y, width, height]) => {
                let corners = [(*x, *y), (x + width, *y), (*x, y + height), (x + width, y + height)];
                corners.into_iter().for_each(|corner| place.point(corner));
            }
            ("m" | "l" | "c" | "v" | "y", _) => {
                numbers.chunks_exact(2).for_each(|pair| place.point((pair[0], pair[1])));
            }
            ("f" | "F" | "f*", _) => self.paint_path(place, true, false),
            ("S" | "s", _) => self.paint_path(place, false, true),
            ("B" | "B*" | "b" | "b*", _) => self.paint_path(place, true, true),
            ("n", _) => place.path.clear(),
            _ => {}
        }
    }

    fn paint_path(&mut self, place: &mut Place<'_>, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut place.path);
        let Some(bounds) = bounds(&path) else { return };
        if fill {
            self.push(Kind::Fill, place.state.fill.clone(), bounds, place);
        }
        if stroke {
            self.push(Kind::Stroke, place.state.stroke.clone(), bounds, place);
        }
    }

    fn font(&mut self, operation: &Operation, numbers: &[f32], place: &mut Place<'_>) {
        let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
        let known = self.fonts.get(name).cloned().or_else(|| {
            let font = self.resource(place.resources, b"Font", operation)?.as_dict().ok()?;
            Some(Rc::new(Font::read(self.file, font)))
        });
        if let Some(font) = &known {
            self.fonts.insert(name.to_vec(), font.clone());
        }
        place.state.font = known.zip(numbers.last().copied());
    }

    fn text(&mut self, operation: &Operation, numbers: &[f32], place: &mut Place<'_>) -> Result<(), String> {
        let operator = operation.operator.as_str();
        let next_line = |place: &mut Place<'_>, x: f32, y: f32| {
            place.text = [multiply([1.0, 0.0, 0.0, 1.0, x, y], place.text[1]); 2];
        };
        match (operator, numbers) {
            ("BT", _) => place.text = [[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]; 2],
            ("Td", [x, y]) => next_line(place, *x, *y),
            ("TD", [x, y]) => {
                place.leading = -y;
                next_line(place, *x, *y);
            }
            ("TL", [leading]) => place.leading = *leading,
            ("T*" | "'" | "\"", _) => {
                let leading = place.leading;
                next_line(place, 0.0, -leading);
            }
            ("Tm", numbers) => place.text = [matrix(numbers)?; 2],
            _ => {}
        }
        if ["Tj", "TJ", "'", "\""].contains(&operator) {
            let [_, _, _, _, x, y] = multiply(place.text[0], place.state.matrix);
            self.push(Kind::Text, place.state.fill.clone(), [x, y, x, y], place);
            let Some((font, size)) = place.state.font.clone() else { return Ok(()) };
            let all = shown(&font, &operation.operands);
            let matrix = multiply(place.text[0], place.state.matrix);
            if let Some(text) = self.found.last_mut() {
                text.extent = all.ink.map(|(from, to)| letters(matrix, (from * size, to * size), size));
            }
            place.text[0] = multiply([1.0, 0.0, 0.0, 1.0, all.advance * size, 0.0], place.text[0]);
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, paint: Paint, bounds: [f32; 4], place: &Place<'_>) {
        let State { overprints, dashed, .. } = place.state;
        self.found.push(Painted { kind, paint, bounds, overprints, dashed, ppi: None, extent: Some(bounds) });
    }

    fn graphics_state(&self, operation: &Operation, place: &mut Place<'_>) {
        let Some(state) = self.resource(place.resources, b"ExtGState", operation) else { return };
        let Ok(state) = state.as_dict() else { return };
        // `op` is of fills; where it is missing, `OP` counts for both (ISO 32000-1 8.6.7).
        let flag = |key: &[u8]| state.get(key).ok().and_then(|flag| flag.as_bool().ok());
        if let Some(overprints) = flag(b"op").or(flag(b"OP")) {
            place.state.overprints = overprints;
        }
    }

    /// A named resource of the operation's first operand.
    fn resource<'r>(
        &'r self,
        resources: &'r Dictionary,
        kind: &[u8],
        operation: &Operation,
    ) -> Option<&'r Object> {
        let name = operation.operands.first()?.as_name().ok()?;
        let of_kind = self.resolved(resources.get(kind).ok()?)?.as_dict().ok()?;
        self.resolved(of_kind.get(name).ok()?)
    }

    fn resolved<'r>(&'r self, object: &'r Object) -> Option<&'r Object> {
        self.file.dereference(object).ok().map(|(_, object)| object)
    }

    fn space(&self, operation: &Operation, place: &Place<'_>) -> Paint {
        let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
        let shown = String::from_utf8_lossy(name).into_owned();
        match name {
            b"DeviceCMYK" => return Paint::Cmyk([0.0, 0.0, 0.0, 1.0]),
            b"DeviceGray" => return Paint::FIRST,
            b"DeviceRGB" => return Paint::Rgb,
            _ => {}
        }
        let Some(space) = self.resource(place.resources, b"ColorSpace", operation) else {
            return Paint::Other(shown);
        };
        let parts = space.as_array().map(Vec::as_slice).unwrap_or_default();
        let part = |index: usize| parts.get(index).and_then(|part: &Object| part.as_name().ok());
        match part(0) {
            Some(b"Separation") => {
                let name = String::from_utf8_lossy(part(1).unwrap_or_default()).into_owned();
                Paint::Separation(name, 1.0)
            }
            Some(other) => Paint::Other(String::from_utf8_lossy(other).into_owned()),
            None => Paint::Other(shown),
        }
    }

    fn object(&mut self, operation: &Operation, place: &mut Place<'_>) -> Result<(), String> {
        let Some(stream) = self.resource(place.resources, b"XObject", operation) else { return Ok(()) };
        let Ok(stream) = stream.as_stream().cloned() else { return Ok(()) };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        let matrix_now = place.state.matrix;
        if kind == b"Image" {
            let size =
                |key: &[u8]| stream.dict.get(key).ok().and_then(|size| size.as_float().ok()).unwrap_or(0.0);
            let [a, b, c, d, x, y] = matrix_now;
            let (across, up) = (a.hypot(b), c.hypot(d));
            let ppi = (size(b"Width") * 72.0 / across).min(size(b"Height") * 72.0 / up);
            let space = stream.dict.get(b"ColorSpace").ok().and_then(|space| self.resolved(space));
            let name = match space {
                Some(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
                _ => "image".to_owned(),
            };
            let paint = match &*name {
                "DeviceRGB" => Paint::Rgb,
                "DeviceCMYK" => Paint::Cmyk(heaviest(&stream)?),
                _ => Paint::Other(name),
            };
            self.push(Kind::Image, paint, [x, y, x + a, y + d], place);
            if let Some(image) = self.found.last_mut() {
                image.ppi = Some(ppi);
            }
            return Ok(());
        }
        if place.depth >= DEEPEST {
            return Err("forms stand inside each other too deep".to_owned());
        }
        let content = stream.decompressed_content().map_err(|error| error.to_string())?;
        let own: Option<Matrix> =
            stream.dict.get(b"Matrix").and_then(Object::as_array).ok().and_then(|numbers| {
                let numbers: Vec<f32> = numbers.iter().filter_map(|number| number.as_float().ok()).collect();
                numbers.try_into().ok()
            });
        let state =
            State { matrix: own.map_or(matrix_now, |own| multiply(own, matrix_now)), ..place.state.clone() };
        let resources =
            stream.dict.get(b"Resources").ok().and_then(|own| self.resolved(own)?.as_dict().ok().cloned());
        let resources = resources.unwrap_or_else(|| place.resources.clone());
        self.content(&content, &resources, state, place.depth + 1)
    }
}

/// What a line of letters takes, from the top of its capitals to the foot of its descenders.
fn letters([a, b, c, d, x, y]: Matrix, (from, to): (f32, f32), size: f32) -> [f32; 4] {
    let (low, high) = (size * -0.2, size * 0.7);
    let corners = [(from, low), (to, low), (from, high), (to, high)];
    let corners = corners.map(|(right, up)| (a * right + c * up + x, b * right + d * up + y));
    bounds(&corners).unwrap_or([x, y, x, y])
}

/// The inks of the pixel that takes most of them.
fn heaviest(image: &lopdf::Stream) -> Result<[f32; 4], String> {
    let pixels = image.decompressed_content().map_err(|error| error.to_string())?;
    let total = |pixel: &&[u8]| pixel.iter().map(|ink| u32::from(*ink)).sum::<u32>();
    let most = pixels.chunks_exact(4).max_by_key(total).unwrap_or(&[0; 4]);
    Ok([0, 1, 2, 3].map(|ink| f32::from(most[ink]) / 255.0))
}

impl Place<'_> {
    fn point(&mut self, (x, y): (f32, f32)) {
        let [a, b, c, d, e, f] = self.state.matrix;
        self.path.push((a * x + c * y + e, b * x + d * y + f));
    }
}

fn bounds(path: &[(f32, f32)]) -> Option<[f32; 4]> {
    let first = path.first()?;
    let start = [first.0, first.1, first.0, first.1];
    Some(path.iter().fold(start, |[left, bottom, right, top], (x, y)| {
        [left.min(*x), bottom.min(*y), right.max(*x), top.max(*y)]
    }))
}

fn matrix(numbers: &[f32]) -> Result<Matrix, String> {
    numbers.try_into().map_err(|_| "a matrix has not six numbers".to_owned())
}

/// First one, then the other.
fn multiply(one: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [p, q, r, s, t, u] = other;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn dash(operation: &Operation) -> bool {
    operation.operands.first().and_then(|dash| dash.as_array().ok()).is_some_and(|dash| !dash.is_empty())
}

fn device(numbers: &[f32]) -> Paint {
    match *numbers {
        [grey] => Paint::Grey(grey),
        [c, m, y, k] => Paint::Cmyk([c, m, y, k]),
        _ => Paint::Rgb,
    }
}

/// Another colour of the same space.
fn set(paint: &mut Paint, numbers: &[f32]) {
    match (paint, numbers) {
        (Paint::Cmyk(shares), [c, m, y, k]) => *shares = [*c, *m, *y, *k],
        (Paint::Grey(level), [grey]) => *level = *grey,
        (Paint::Separation(_, tint), [share]) => *tint = *share,
        _ => {}
    }
}
