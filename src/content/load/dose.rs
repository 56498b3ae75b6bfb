//! How often and how long an exercise is done: numbers that its steps name, `{{ times }}` and `{{ hold }}`, with the bounds
//! between which a therapist may choose for a patient.

use crate::content::yaml::{Key, Kind, Node, Reader, optional, required};
use crate::content::{Dosed, HOLD, Source, TIMES};
use crate::options::dose::{Amount, Dosage};

pub(super) const DOSE: &[Key] = &[
    optional("times", Kind::Keys(AMOUNT), "how often"),
    optional("hold", Kind::Keys(AMOUNT), "for how many seconds"),
];

const AMOUNT: &[Key] = &[
    required("usual", Kind::Number(1, MOST), "what a sheet says"),
    required("from", Kind::Number(1, MOST), "the least that can be asked for"),
    required("to", Kind::Number(1, MOST), "the most"),
];

/// Beyond it no number is how often or how many seconds.
const MOST: u32 = 600;

/// The steps as a sheet says them without more, and with the places of the numbers; `None` with a fault.
pub(super) fn read(
    node: Option<&Node>,
    steps: Option<Vec<Source>>,
    reader: &mut Reader<'_>,
) -> Option<(Vec<Source>, Option<Dosed>)> {
    let Some(node) = node else { return Some((steps?, None)) };
    let fields = reader.fields(node, "`dose`", DOSE)?;
    let mut whole = true;
    let mut dosage = Dosage::default();
    for (name, place) in [("times", &mut dosage.times), ("hold", &mut dosage.hold)] {
        let Some(node) = fields.get(name) else { continue };
        *place = amount(name, node, reader);
        whole &= place.is_some();
    }
    let steps = steps.filter(|_| whole)?;
    let (mut usual, mut marked) = (steps.clone(), steps);
    for (name, amount, mark) in [("times", dosage.times, TIMES), ("hold", dosage.hold, HOLD)] {
        let Some(amount) = amount else { continue };
        let named = marked.iter().map(|step| step.tags_of(name)).sum::<usize>();
        if named != 1 {
            let message =
                format!("`{{{{ {name} }}}}` stands {named} times in the steps of a `dose` with `{name}`");
            let hint = "write it once, where the number is to stand".into();
            reader.fault(node.span, "dose-not-said", message, Some(hint));
            return None;
        }
        for step in &mut usual {
            *step = step.filled(name, &amount.usual.to_string());
        }
        for step in &mut marked {
            *step = step.filled(name, &mark.to_string());
        }
    }
    Some((usual, Some(Dosed { dosage, steps: marked })))
}

fn amount(name: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Amount> {
    let fields = reader.fields(node, &format!("`{name}`"), AMOUNT)?;
    let mut number = |key| fields.get(key).and_then(|node| reader.number(node, 1..=MOST));
    let (usual, from, to) = (number("usual"), number("from"), number("to"));
    let amount = Amount { usual: usual?, from: from?, to: to? };
    if !(amount.from..=amount.to).contains(&amount.usual) {
        let message =
            format!("the usual {} of `{name}` is not within {} to {}", amount.usual, amount.from, amount.to);
        reader.fault(
            node.span,
            "wrong-number",
            message,
            Some("widen the bounds, or change what is usual".into()),
        );
        return None;
    }
    Some(amount)
}
