//! `content/protocol.yaml`: every time window, once.
//!
//! The windows are data; what is clinically sane is not: a window outside of [`sane`] bounds is a fault, whoever wrote it.

use super::shelf::Shelf;
use super::{Loading, review};
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, Span, optional, required};
use crate::content::{Protocol, Window};
use crate::options::{Intensity, WindowName};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub const PATH: &str = "content/protocol.yaml";

pub(super) const FILE: &[Key] = &[required("windows", Kind::Keys(NAMES), "each of the nine windows once")];
pub(super) const NAMES: &[Key] = &[
    required("rest", Kind::Keys(WINDOW), "take it easy"),
    required("hard_exercise", Kind::Keys(WINDOW), "no hard exercise"),
    required("soreness_starts", Kind::Keys(WINDOW), "when soreness starts"),
    required("soreness", Kind::Keys(WINDOW), "how long soreness is expected"),
    required("fatigue", Kind::Keys(WINDOW), "how long tiredness is expected"),
    required("extra_water", Kind::Keys(WINDOW), "drink more water"),
    required("alcohol_caffeine", Kind::Keys(WINDOW), "no alcohol or caffeine"),
    required("call_if_sore_after", Kind::Keys(WINDOW), "when to call if still sore"),
    required("normal_routine", Kind::Keys(WINDOW), "when most are back to their routine"),
];
pub(super) const WINDOW: &[Key] = &[
    optional("from", Kind::Number(0, 168), "early end, hours from the session"),
    optional("to", Kind::Number(0, 168), "late end, hours: what a patient's sheet prints"),
    optional("open-ended", Kind::Flag, "at least: goes on until the patient has recovered"),
    optional("within", Kind::Number(0, 168), "in place of from and to: said in words"),
    optional("by-intensity", Kind::Keys(INTENSITIES), "late end by intensity, hours"),
    optional("bounds", Kind::Keys(BOUNDS), "what a therapist may set, hours"),
    optional("at-least", Kind::Choice(WindowName::NAMES), "for a patient no shorter than that window"),
    optional("claims", Kind::Ids, "claims that it rests on"),
];
pub(super) const BOUNDS: &[Key] =
    &[required("from", Kind::Number(0, 168), "at least"), required("to", Kind::Number(0, 168), "at most")];
pub(super) const INTENSITIES: &[Key] = &[
    required("light", Kind::Number(0, 168), "hours"),
    required("moderate", Kind::Number(0, 168), "hours"),
    required("intense", Kind::Number(0, 168), "hours"),
];

/// What a therapist may ever set as rest, hours (content brief, 1).
pub const REST_BOUNDS: RangeInclusive<u32> = 12..=72;

/// Hours that a window may span at the very most, whatever a clinic writes.
fn sane(name: WindowName) -> RangeInclusive<u32> {
    match name {
        WindowName::Rest => REST_BOUNDS,
        WindowName::HardExercise => 24..=168,
        WindowName::SorenessStarts => 1..=24,
        WindowName::Soreness | WindowName::Fatigue | WindowName::AlcoholCaffeine => 1..=96,
        WindowName::ExtraWater => 1..=72,
        WindowName::CallIfSoreAfter => 24..=96,
        WindowName::NormalRoutine => 12..=168,
    }
}

/// Windows that may wait for another. What a patient expects does not grow by it, and what says when to call never
/// comes later; the therapist's own rest stands as it is.
const MAY_WAIT: [WindowName; 4] = [
    WindowName::HardExercise,
    WindowName::AlcoholCaffeine,
    WindowName::ExtraWater,
    WindowName::NormalRoutine,
];

pub fn read(shelf: &Shelf, loading: &mut Loading) -> Option<Protocol> {
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let fields = reader.fields(&node, "protocol.yaml", FILE)?;
    let node = fields.get("windows")?;
    let fields = reader.fields(node, "windows", NAMES)?;
    let mut windows = Vec::new();
    for name in WindowName::ALL {
        let Some(node) = fields.get(name.name()) else { continue };
        windows.extend(Draft::read(node, *name, &mut reader, &mut loading.references));
    }
    let protocol = Protocol::new(windows.try_into().ok()?);
    check_waits(&protocol, &fields, &mut reader);
    check_order(&protocol, node.span, &mut reader);
    Some(protocol)
}

/// A window waits for one that is counted in hours, waits for none itself, and is never longer than the first may be.
fn check_waits(protocol: &Protocol, windows: &Fields<'_>, reader: &mut Reader<'_>) {
    for name in WindowName::ALL {
        let Some(other) = protocol.window(*name).at_least else { continue };
        let (awaited, most) = (protocol.window(other), *sane(*name).end());
        let wrong = match other {
            _ if !MAY_WAIT.contains(name) => format!("`{name}` waits for no other window"),
            _ if other == *name => format!("`{name}` cannot wait for itself"),
            _ if *name == WindowName::HardExercise && other != WindowName::Rest => {
                "`hard_exercise` waits for `rest`, which no hard exercise may cut short".to_owned()
            }
            _ if awaited.within => format!("`{other}` is said in words: nothing can wait for it"),
            _ if awaited.at_least.is_some() => format!("`{other}` waits for another window itself"),
            _ if awaited.longest() > most => {
                format!("`{other}` can take {} hours, and `{name}` at most {most}", awaited.longest())
            }
            _ => continue,
        };
        if let Some(window) = windows.get(name.name()) {
            reader.fault(
                Span { length: 0, ..window.span },
                "wrong-window",
                format!("`at-least`: {wrong}"),
                None,
            );
        }
    }
}

/// A sheet may not call soreness normal for longer than it waits before "call us".
fn check_order(protocol: &Protocol, span: Span, reader: &mut Reader<'_>) {
    let to = |name| protocol.window(name).to;
    if to(WindowName::CallIfSoreAfter) < to(WindowName::Soreness) {
        let message = "`call_if_sore_after` ends before `soreness`: the sheet would call normal what it says to call for";
        reader.fault(Span { length: 0, ..span }, "wrong-window", message, None);
    }
}

/// One window while it is read.
struct Draft<'r, 'a> {
    name: WindowName,
    sane: RangeInclusive<u32>,
    reader: &'r mut Reader<'a>,
}

impl Draft<'_, '_> {
    fn read(
        node: &Node,
        name: WindowName,
        reader: &mut Reader<'_>,
        references: &mut super::cross::References,
    ) -> Option<Window> {
        let fields = reader.fields(node, &format!("the window `{name}`"), WINDOW)?;
        let claims = review::claims(&fields, reader, references);
        let mut draft = Draft { name, sane: sane(name), reader };
        let ends = draft.ends(node, &fields);
        let open_ended = fields.get("open-ended").is_some_and(|node| draft.reader.flag(node) == Some(true));
        let bounds = fields.get("bounds").and_then(|node| draft.bounds(node));
        let by_intensity = fields.get("by-intensity").and_then(|node| draft.by_intensity(node, bounds));
        if name == WindowName::Rest
            && (fields.get("bounds").is_none() || fields.get("by-intensity").is_none())
        {
            draft.reader.fault(node.span, "missing-key", "`rest` needs `bounds` and `by-intensity`", None);
        }
        let at_least = fields
            .get("at-least")
            .and_then(|node| draft.reader.choice::<WindowName>(node, "window", WindowName::NAMES));
        // Folders that were written before there was this key.
        let at_least = at_least.or((name == WindowName::HardExercise).then_some(WindowName::Rest));
        let (from, to) = ends?;
        let within = fields.get("within").is_some();
        Some(Window {
            from,
            to,
            open_ended,
            within,
            by_intensity: by_intensity.unwrap_or_default(),
            bounds,
            at_least,
            claims,
        })
    }

    /// `from` and `to`, or `within` alone.
    fn ends(&mut self, node: &Node, fields: &Fields<'_>) -> Option<(u32, u32)> {
        if let Some(within) = fields.get("within") {
            if fields.get("from").or(fields.get("to")).is_some() {
                self.fault(within, "a window has either `within` or `from` and `to`");
            }
            return Some((0, self.hours(within)?));
        }
        let (Some(from), Some(to)) = (fields.get("from"), fields.get("to")) else {
            self.fault(node, "a window needs `from` and `to`, or `within`");
            return None;
        };
        self.range(from, to)
    }

    fn range(&mut self, from_node: &Node, to_node: &Node) -> Option<(u32, u32)> {
        let (from, to) = (self.hours(from_node), self.hours(to_node));
        let (from, to) = (from?, to?);
        if from > to {
            self.fault(to_node, &format!("`to` ({to}) is less than `from` ({from})"));
            return None;
        }
        Some((from, to))
    }

    fn hours(&mut self, node: &Node) -> Option<u32> {
        self.reader.number(node, self.sane.clone())
    }

    fn bounds(&mut self, node: &Node) -> Option<(u32, u32)> {
        let fields = self.reader.fields(node, "bounds", BOUNDS)?;
        self.range(fields.get("from")?, fields.get("to")?)
    }

    fn by_intensity(&mut self, node: &Node, bounds: Option<(u32, u32)>) -> Option<BTreeMap<Intensity, u32>> {
        let fields = self.reader.fields(node, "by-intensity", INTENSITIES)?;
        let (low, high) = bounds.unwrap_or((*self.sane.start(), *self.sane.end()));
        let mut hours = BTreeMap::new();
        for intensity in Intensity::ALL {
            let Some(node) = fields.get(intensity.name()) else { continue };
            let Some(number) = self.reader.number(node, low..=high) else { continue };
            if hours.values().any(|weaker| *weaker > number) {
                self.fault(node, &format!("`{intensity}` is shorter than a weaker session's"));
            }
            hours.insert(*intensity, number);
        }
        Some(hours)
    }

    fn fault(&mut self, node: &Node, message: &str) {
        let message = format!("window `{}`: {message}", self.name);
        self.reader.fault(Span { length: 0, ..node.span }, "wrong-window", message, None);
    }
}
