//! The questions, in our words, and how each is answered.

use super::seen::Seen;
use super::{Item, List, Verdict};

const PEMAT: List = List {
    name: "PEMAT-P",
    source: "Patient Education Materials Assessment Tool for printable materials, AHRQ publication 14-0002-EF, 2013",
};
const INDEX: List = List {
    name: "Clear Communication Index",
    source: "Centers for Disease Control and Prevention, cdc.gov/ccindex, 2013, updated 2019",
};
const SHELL: List =
    List { name: "SHeLL editor", source: "Ayre et al., JMIR Formative Research 2023;7:e40645" };
const PODS: List =
    List { name: "PODS", source: "Patient Oriented Discharge Summary, University Health Network" };
const NUMBERS: List = List {
    name: "NHS numbers",
    source: "NHS digital service manual, content guide: numbers, measurements, dates and time",
};

/// A verdict and its evidence.
type Answer = (Verdict, String);

fn judged(is_met: bool, evidence: impl Into<String>) -> Answer {
    (if is_met { Verdict::Yes } else { Verdict::No }, evidence.into())
}

/// The words that are found, or that none is.
fn none_of(found: &[String], what: &str) -> Answer {
    match found {
        [] => judged(true, format!("none {what}")),
        found => judged(false, format!("“{}”", found.join("”, “"))),
    }
}

fn person(look_at: &str) -> Answer {
    (Verdict::Person, look_at.to_owned())
}

fn levels(seen: &Seen) -> Answer {
    let told: Vec<&str> = seen.levels.iter().map(|(said, _)| said.as_str()).collect();
    match told.is_empty() {
        true => person("no measure is set for this language"),
        false => judged(seen.levels.iter().all(|(_, is_met)| *is_met), told.join(", ")),
    }
}

fn everyday(seen: &Seen) -> Answer {
    let (verdict, level) = levels(seen);
    match seen.jargon.is_empty() {
        true => (verdict, format!("{level}; no word of the list of jargon")),
        false => judged(false, format!("{level}; jargon: “{}”", seen.jargon.join("”, “"))),
    }
}

fn active(seen: &Seen) -> Answer {
    match seen.passive {
        Some((share, is_met)) => judged(is_met, format!("{share} of 100 sentences are passive")),
        None => person("how this language makes passives is not known"),
    }
}

fn answer(seen: &Seen) -> Answer {
    judged(true, format!("“{}” stands first and is set largest", seen.answer))
}

fn chunks(seen: &Seen) -> Answer {
    let (words, is_met) = seen.longest_paragraph;
    judged(is_met, format!("the longest paragraph has {words} words"))
}

fn headings(seen: &Seen) -> Answer {
    judged(
        seen.parts.bare == 0,
        format!("{} headings; {} texts without one", seen.parts.headings, seen.parts.bare),
    )
}

fn pictures(seen: &Seen) -> Answer {
    let told = format!("a timeline of {} rows, {} pictures", seen.timeline, seen.parts.pictures);
    judged(seen.timeline + seen.parts.pictures > 0, told)
}

fn actions(seen: &Seen) -> Answer {
    let told = format!(
        "{} lines of what to do and not to do, {} exercises",
        seen.parts.advice, seen.parts.exercises
    );
    judged(seen.parts.advice + seen.parts.exercises > 0, told)
}

fn steps(seen: &Seen) -> Answer {
    match seen.parts.exercises {
        0 => (Verdict::NotApplicable, "no exercises on this sheet".to_owned()),
        count => judged(
            seen.parts.longest_exercise <= 3,
            format!("{count} exercises of at most {} short steps", seen.parts.longest_exercise),
        ),
    }
}

fn no_sums(seen: &Seen) -> Answer {
    judged(seen.has_days, "limits are days and clock times, and the timeline shows them by day")
}

fn chances(seen: &Seen) -> Answer {
    match seen.chances.is_empty() {
        true => (Verdict::NotApplicable, "no chances in figures on this sheet".to_owned()),
        false => person(&format!("{}: is it also said in words?", seen.chances.join(", "))),
    }
}

fn reader(seen: &Seen) -> Answer {
    let told = format!("{} of {} sentences say “you” in some form", seen.speaks, seen.sentences);
    judged(seen.speaks > 0, told)
}

fn lists(seen: &Seen) -> Answer {
    judged(seen.parts.list_items > 0, format!("{} items in lists", seen.parts.list_items))
}

fn tables(seen: &Seen) -> Answer {
    match seen.parts.tables {
        0 => (Verdict::NotApplicable, "no tables".to_owned()),
        _ => person("are the headings of its rows and columns short and clear?"),
    }
}

fn risk(seen: &Seen) -> Answer {
    judged(seen.signs > 0, format!("{} signs in three tiers, each with whom to call", seen.signs))
}

/// Every question: its list, its number there, what it asks.
pub fn of(seen: &Seen) -> Vec<Item> {
    let mut items = Vec::new();
    for (list, questions) in [
        (PEMAT, pemat(seen)),
        (INDEX, index(seen)),
        (SHELL, shell(seen)),
        (PODS, pods(seen)),
        (NUMBERS, figures(seen)),
    ] {
        items.extend(questions.into_iter().map(|(number, question, (verdict, evidence))| Item {
            list,
            number,
            question,
            verdict,
            evidence,
        }));
    }
    items
}

type Questions = Vec<(&'static str, &'static str, Answer)>;

fn pemat(seen: &Seen) -> Questions {
    [pemat_words(seen), pemat_look(seen), pemat_actions(seen)].concat()
}

/// What it says: content, words, numbers, order.
fn pemat_words(seen: &Seen) -> Questions {
    vec![
        ("1", "Is it plain what the sheet is for?", answer(seen)),
        ("2", "Does everything on it serve that?", person("read each section against the purpose")),
        ("3", "Everyday words?", everyday(seen)),
        ("4", "Medical terms only where needed, and explained?", person("terms that no list of jargon has")),
        ("5", "Active voice?", active(seen)),
        (
            "6",
            "Numbers that are easy to understand?",
            person(&format!("{} numbers in the text", seen.digits)),
        ),
        ("7", "No sums for the reader to do?", no_sums(seen)),
        ("8", "Short sections?", chunks(seen)),
        ("9", "A heading that informs above each section?", headings(seen)),
        (
            "10",
            "A logical order?",
            judged(true, "the answer, the warnings, then what to do; the program keeps that order"),
        ),
        ("11", "A summary?", answer(seen)),
    ]
}

/// How it looks, and its pictures.
fn pemat_look(seen: &Seen) -> Questions {
    vec![
        (
            "12",
            "Marks that draw the eye to the main points?",
            judged(
                true,
                "the answer is set largest; warnings stand in boxes; do and do not have marks of their own",
            ),
        ),
        ("15", "Pictures where they help to understand?", pictures(seen)),
        ("16", "Do the pictures support the text?", person("each picture beside its words")),
        (
            "17",
            "Does each picture have a title or caption?",
            judged(true, "each exercise has its name above its picture"),
        ),
        ("18", "Clear, uncluttered pictures?", person("print a sheet and look")),
        ("19", "Tables with short, clear headings?", tables(seen)),
    ]
}

/// What it tells to do.
fn pemat_actions(seen: &Seen) -> Questions {
    vec![
        ("20", "At least one thing that the reader can do?", actions(seen)),
        ("21", "Does it speak to the reader?", reader(seen)),
        ("22", "Are actions broken into steps?", steps(seen)),
        (
            "23",
            "Something to hold on to (a plan, a checklist)?",
            judged(seen.has_days, "the timeline is this patient's plan by day"),
        ),
        (
            "24",
            "Examples of sums, if any are needed?",
            (Verdict::NotApplicable, "no sums are asked for".to_owned()),
        ),
        ("25", "Does it say how to use its charts?", person("do patients read the timeline without help?")),
        ("26", "Pictures wherever they help to act?", steps_with_pictures(seen)),
    ]
}

fn steps_with_pictures(seen: &Seen) -> Answer {
    match seen.parts.exercises {
        0 => (Verdict::NotApplicable, "no exercises on this sheet".to_owned()),
        count => judged(
            seen.parts.pictures >= count,
            format!("{} pictures for {count} exercises", seen.parts.pictures),
        ),
    }
}

fn index(seen: &Seen) -> Questions {
    vec![
        ("1", "One main message?", answer(seen)),
        ("2", "Is it at the top?", answer(seen)),
        ("3", "Is it set off to the eye?", answer(seen)),
        ("4", "A picture that carries it?", pictures(seen)),
        ("5", "A call to action?", actions(seen)),
        (
            "6",
            "Main message and call in the active voice?",
            judged(!seen.answer_is_passive, format!("“{}”", seen.answer)),
        ),
        ("7", "Words that the readers use?", everyday(seen)),
        ("8", "Lists with bullets or numbers?", lists(seen)),
        ("9", "In chunks, with headings?", headings(seen)),
        ("10", "What matters most in the first paragraph?", answer(seen)),
        (
            "11",
            "Does it say what is known and what is not?",
            person("`render --sources` lists how firm each claim is"),
        ),
        ("12", "Advice on what to do?", actions(seen)),
        ("13", "Why it matters to the reader?", person("each piece of advice has its reason")),
        ("14", "How to do it, step by step?", steps(seen)),
        ("15", "Numbers that the readers use?", no_sums(seen)),
        ("16", "Is it said what each number means?", person(&format!("{} numbers in the text", seen.digits))),
        ("17", "No sums?", no_sums(seen)),
        ("18", "What the risk is?", risk(seen)),
        ("19", "Risks and benefits of the advice?", person("what the advice costs and gains")),
        ("20", "Chances also in words or a picture?", chances(seen)),
    ]
}

fn shell(seen: &Seen) -> Questions {
    let (longest, _) = seen.longest_sentence;
    let density = match seen.density {
        Some(density) => (
            Verdict::Person,
            format!(
                "{density} of 100 words carry meaning; {} of 100 are different; lower reads more easily",
                seen.diversity
            ),
        ),
        None => person("the language's file has no list of `small-words`"),
    };
    vec![
        ("1", "Readability", {
            let (verdict, told) = levels(seen);
            (verdict, format!("{told}; the longest sentence has {longest} words"))
        }),
        ("2", "Complex language", none_of(&seen.jargon, "of the words in the list of jargon")),
        ("3", "Passive voice", active(seen)),
        ("4", "Structure of the text", chunks(seen)),
        ("5", "Lexical density and diversity", density),
        ("6", "Person-centred language", person("is nobody called by a condition?")),
    ]
}

fn pods(seen: &Seen) -> Questions {
    vec![
        ("1", "Medicines to take", person("a sheet about a session may have none")),
        ("2", "How I may feel, and what to do", risk(seen)),
        ("3", "Changes to my routine", actions(seen)),
        (
            "4",
            "Appointments",
            judged(
                seen.next_visit,
                match seen.next_visit {
                    true => "the next visit stands at the top",
                    false => "no next visit was given",
                },
            ),
        ),
        (
            "5",
            "Where to go for more",
            judged(
                seen.parts.contacts > 0,
                format!("{} lines of how to reach the clinic", seen.parts.contacts),
            ),
        ),
    ]
}

fn figures(seen: &Seen) -> Questions {
    vec![
        ("1", "Digits for numbers from 2 on?", none_of(&seen.number_words, "in words")),
        ("2", "No decimals where a whole number will do?", none_of(&seen.decimals, "on the sheet")),
        ("3", "No percentages alone?", none_of(&seen.chances, "on the sheet")),
        ("4", "Days and clock times, not hours to count?", no_sums(seen)),
    ]
}
