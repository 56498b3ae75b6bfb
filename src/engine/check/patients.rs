//! Made-up patients for the trial of a folder: of every kind, but few.

use crate::content::{Library, Pack, Treatment, TreatmentOption};
use crate::limits::TRIED;
use crate::options::chosen::{Answer, Chosen};
use crate::options::{Edition, Name, Paper};
use crate::request::Request;
use chrono::{DateTime, Days, Utc};
use std::collections::BTreeSet;

/// One thing that patients differ in, and the ways in which they do: each with how a message calls it, if it does.
struct Axis {
    ways: Vec<(Way, Option<String>)>,
}

type Way = Box<dyn Fn(&mut Request)>;

impl Axis {
    /// Something that is there or not.
    fn of(name: &str, take_away: fn(&mut Request), give: impl Fn(&mut Request) + 'static) -> Axis {
        Axis { ways: vec![(Box::new(give), Some(name.to_owned())), (Box::new(take_away), None)] }
    }

    /// An option with each of its values alone, and without one if it may be.
    fn of_option(option: &TreatmentOption) -> Axis {
        let set = |value: Option<Name>| -> Way {
            let id = option.id.clone();
            Box::new(move |request: &mut Request| match &value {
                Some(value) => request.chosen.set(id.clone(), Answer::Names(vec![value.clone()])),
                None => drop(request.chosen.take(&id)),
            })
        };
        let values = option.values().iter().map(|value| {
            (set(Some(value.clone())), Some(format!("{} {value}", option.key.flag.replace('-', " "))))
        });
        let none = (!option.required && option.default.is_none()).then(|| (set(None), None));
        Axis { ways: none.into_iter().chain(values).collect() }
    }
}

/// What a request cannot do without, and a next visit.
pub fn usual_request(
    library: &Library,
    pack: &Pack,
    now: DateTime<Utc>,
    edition: Edition,
    paper: Paper,
) -> Request {
    let clinic = &library.clinic;
    let session_at = now.with_timezone(&clinic.time_zone);
    Request {
        id: None,
        treatment: library.treatment.id.clone(),
        patient: None,
        language: pack.language.clone(),
        session_at,
        therapist: clinic.therapists.first().map(|therapist| therapist.name.clone()),
        chosen: usual(&library.treatment),
        next_visit: session_at.checked_add_days(Days::new(7)),
        note: None,
        edition,
        paper,
        exclude: Default::default(),
        today: session_at.date_naive(),
    }
}

/// The usual choices, with the first value of what must be given, for the areas one with as many warnings as one can have.
fn usual(treatment: &Treatment) -> Chosen {
    let mut chosen = treatment.defaults();
    for option in treatment.options.values().filter(|option| option.required && option.default.is_none()) {
        let told =
            |value: &&Name| treatment.region_facts().filter(|fact| fact.any_of.contains(*value)).count();
        let first = match option.is_regions() {
            true => option.values().iter().rev().max_by_key(told),
            false => option.values().first(),
        };
        if let Some(first) = first {
            chosen.set(option.id.clone(), Answer::Names(vec![first.clone()]));
        }
    }
    chosen
}

/// A made-up patient.
pub struct Patient {
    pub request: Request,
    /// How a message calls the patient.
    pub whose: String,
    /// Whether the patient has something that none before had.
    pub has_news: bool,
}

/// Patients of every kind: with and without a name, a note, a next visit and a therapist, and with each value of each option.
/// Any two of these meet in one of them: trying all of them together would take too long. Not `in_pairs`: each stands in one.
pub fn patients(library: &Library, plain: &Request, in_pairs: bool) -> Vec<Patient> {
    let (visit, therapist) = (plain.next_visit, plain.therapist.clone());
    let mut axes = vec![
        Axis::of("a name", |it| it.patient = None, |it| it.patient = Some("Jo".to_owned())),
        Axis::of("a note", |it| it.note = None, |it| it.note = Some("Start slowly.".to_owned())),
        Axis::of("a next visit", |it| it.next_visit = None, move |it| it.next_visit = visit),
        Axis::of("a therapist", |it| it.therapist = None, move |it| it.therapist = therapist.clone()),
    ];
    let options = library.treatment.options.values();
    axes.extend(options.filter(|option| !option.values().is_empty()).map(Axis::of_option));
    let mut seen = BTreeSet::new();
    let sizes: Vec<usize> = axes.iter().map(|axis| axis.ways.len()).collect();
    let rows = if in_pairs { pairwise(&sizes) } else { each_once(&sizes) };
    rows.into_iter()
        .map(|row| {
            let mut request = plain.clone();
            let mut names = Vec::new();
            // Each of the row is noted, also behind the first that is new.
            let has_news = row.iter().enumerate().filter(|one| seen.insert((one.0, *one.1))).count() > 0;
            for (axis, way) in axes.iter().zip(row) {
                if let Some((apply, name)) = axis.ways.get(way) {
                    apply(&mut request);
                    names.extend(name.clone());
                }
            }
            let whose = if names.is_empty() { "nothing of its own".to_owned() } else { names.join(", ") };
            Patient { request, whose, has_news }
        })
        .collect()
}

/// Rows of indices below the sizes, so that any two indices of two columns meet in one row. Greedy: each row takes, column by
/// column, what meets most of what has not met yet (Cohen et al., IEEE Trans. Softw. Eng. 1997;23:437).
///
/// Of more than [`TRIED`] such pairs each index stands in a row, and no more is promised.
fn pairwise(sizes: &[usize]) -> Vec<Vec<usize>> {
    let pairs_of = |first: usize| sizes[first + 1..].iter().map(|other| sizes[first] * other).sum::<usize>();
    if (0..sizes.len()).map(pairs_of).sum::<usize>() > TRIED {
        return each_once(sizes);
    }
    let mut open: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    for (first, size) in sizes.iter().enumerate() {
        for (second, other) in sizes.iter().enumerate().skip(first + 1) {
            open.extend((0..*size).flat_map(|a| (0..*other).map(move |b| (first, a, second, b))));
        }
    }
    let mut rows = Vec::new();
    while let Some((first, a, second, b)) = open.first().copied() {
        let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
        row[first] = Some(a);
        row[second] = Some(b);
        for column in 0..sizes.len() {
            if row[column].is_some() {
                continue;
            }
            let meets = |value: &usize| {
                let others = row.iter().enumerate().filter_map(|(other, set)| Some((other, (*set)?)));
                let pair = |(other, set): (usize, usize)| match other < column {
                    true => (other, set, column, *value),
                    false => (column, *value, other, set),
                };
                others.filter(|one| open.contains(&pair(*one))).count()
            };
            row[column] = (0..sizes[column]).rev().max_by_key(meets);
        }
        let row: Vec<usize> = row.into_iter().map(Option::unwrap_or_default).collect();
        open.retain(|(first, a, second, b)| !(row[*first] == *a && row[*second] == *b));
        rows.push(row);
    }
    rows
}

/// Rows in which each index below the sizes stands.
fn each_once(sizes: &[usize]) -> Vec<Vec<usize>> {
    let most = sizes.iter().copied().max().unwrap_or(0);
    (0..most).map(|row| sizes.iter().map(|size| row % size.max(&1)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_things_that_patients_can_have_meet_in_one_patient_of_the_trial() {
        let sizes = [2, 2, 2, 2, 3, 21, 6, 6];
        let rows = pairwise(&sizes);
        // No fewer than the two longest lists have pairs, and not many more.
        assert!((126..=180).contains(&rows.len()), "{}", rows.len());
        for (first, size) in sizes.iter().enumerate() {
            for (second, other) in sizes.iter().enumerate().skip(first + 1) {
                for (a, b) in (0..*size).flat_map(|a| (0..*other).map(move |b| (a, b))) {
                    let meet = rows.iter().any(|row| row[first] == a && row[second] == b);
                    assert!(meet, "{a} of {first} never meets {b} of {second}");
                }
            }
        }
    }
}
