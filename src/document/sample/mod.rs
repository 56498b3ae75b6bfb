//! A made-up handout, of the shape that `merge` gives: for the tests of the exporters, and to try a clinic's templates
//! out before a patient's sheet needs them.

mod body;
mod everything;
mod pictures;

pub use everything::sample_of_everything;
pub(crate) use pictures::{circle, filled, picture, stroke};

use super::*;
use chrono::TimeZone;

/// One line of text; `~` stands for a no-break space.
fn text(characters: &str) -> Text {
    vec![Inline::Text(characters.replace('~', "\u{a0}"))]
}

fn texts(lines: &[&str]) -> Vec<Text> {
    lines.iter().map(|line| text(line)).collect()
}

fn paragraph(characters: &str) -> Block {
    Block::Paragraph(text(characters))
}

/// Zoë's sheet: left and right arm, strong session, with Valerie.
pub fn sample() -> Document {
    Document::new(meta(), masthead(), safety(), body::body(), running())
}

/// A clinic of which everything is known.
pub fn sample_reach() -> Reach {
    let line = |kind, label: &str, url: &str| {
        let value = vec![Inline::Link { url: url.to_owned(), text: text(label) }];
        (kind, ContactLine { label: text(label), value })
    };
    Reach {
        name: "Sample Clinic".into(),
        city: "Sampleton".into(),
        heading: text("How to reach us"),
        lines: vec![
            line("phone", "Phone", "tel:5550100"),
            line("email", "Email", "mailto:hello@clinic.example"),
            line("web", "Web", "https://clinic.example"),
            ("address", ContactLine { label: text("Address"), value: text("1 Sample Street") }),
            ("hours", ContactLine { label: text("Hours"), value: text("Mon–Fri 8~am–7~pm") }),
            line("booking", "Book", "https://clinic.example/book"),
        ],
        map: Some(vec![Inline::Link { url: "https://map.example/1".into(), text: text("Map") }]),
        social: vec![vec![Inline::Link {
            url: "https://social.example/1".into(),
            text: text("social.example"),
        }]],
        therapists: vec!["Sam, PT".into()],
        emergency: text("112"),
        nurse_line: Some(text("Nurses (dial 110)")),
    }
}

fn meta() -> Meta {
    Meta {
        direction: Direction::LeftToRight,
        units: std::sync::Arc::default(),
        letters: Letters::default(),
        web_fonts: std::sync::Arc::default(),
        language: Language::new("en"),
        title: "Aftercare for you".into(),
        author: "Sample Clinic".into(),
        description: "What to do in the days after your session".into(),
        date: Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).single().unwrap_or_default(),
        content_version: "3F2A9C".into(),
    }
}

fn masthead() -> Masthead {
    Masthead {
        next_visit: Some(vec![
            Inline::Strong(text("Next visit")),
            Inline::Text(" Tuesday,\u{a0}December\u{a0}1, 2026, 10\u{a0}am".into()),
        ]),
        title: text("Your next few days, Zoë"),
        outline_title: "Your next few days".into(),
        name_line: None,
        facts: texts(&["Left and right arm", "Tuesday,~November~24, 2026, 3:30~pm", "with Valerie"]),
        quick: QuickAnswer {
            lead: text("Take it easy until"),
            answer: text("Thursday afternoon"),
            beside: Some(text("Nov~26, 3:30~pm")),
            blocks: vec![paragraph("Easy does not mean lying still. Walk, stretch lightly and drink water.")],
        },
        timeline: timeline(),
        details_below: false,
    }
}

fn timeline() -> Timeline {
    let day = |minutes, label: &str| Day {
        minutes,
        label: text(label),
        forms: [text(label), text(label)],
        brief: Text::new(),
        month: 0,
    };
    let bar = |label: &str, until: &str, hours, weight| Bar {
        label: text(label),
        until: text(until),
        hours,
        early: hours,
        endless: false,
        open_end: None,
        weight,
    };
    Timeline {
        hours: 72,
        ticks: Vec::new(),
        days: vec![day(-210, "Tue~24"), day(510, "Wed~25"), day(1950, "Thu~26"), day(3390, "Fri~Nov~27")],
        bars: vec![
            bar("Take it easy", "until Thu 3:30~pm", 48, BarWeight::Strong),
            Bar {
                open_end: Some(text("until you feel well")),
                ..bar("No hard exercise", "until Wed 3:30~pm", 24, BarWeight::Strong)
            },
            bar("No long drives", "until Thu 3:30~pm", 48, BarWeight::Strong),
            bar("Take more breaks", "until Wed 3:30~pm", 24, BarWeight::Soft),
            bar("You may feel stiff", "until Fri 3:30~pm", 72, BarWeight::Outline),
        ],
        alarm: Alarm { hours: 72, label: text("Still stiff here? Call us.") },
    }
}

fn safety() -> Safety {
    let emergency = Tier {
        heading: text("Call 555 now, even if it is mild, at any time in the next days"),
        intro: None,
        signs: texts(&[
            "You collapse.",
            "New weakness or numbness that spreads.",
            "New pain that spreads.",
            "Pain when you breathe in.",
            "Short of breath.",
            "A new cough.",
            "Blue lips.",
        ]),
        closing: vec![vec![
            Inline::Text("Tell them what was done. Say: ".into()),
            Inline::Strong(text("“I was treated today.”")),
        ]],
    };
    let same_day = Tier {
        heading: text("Get help today"),
        intro: Some(text("Call us, your doctor or the nurse line (dial~554):")),
        signs: texts(&[
            "Fever or chills.",
            "Redness that spreads.",
            "Pus.",
            "Swelling that grows.",
            "Pain that does not stop when you lie down.",
        ]),
        closing: texts(&["Lie down and wait for help."]),
    };
    let call = Tier {
        heading: text("Call us:"),
        intro: None,
        signs: texts(&[
            "Still stiff after Friday,~Nov~27, 3:30~pm.",
            "Worse day by day.",
            "A large mark.",
            "Still tired after Thursday,~Nov~26, 3:30~pm.",
        ]),
        closing: texts(&["You may get marks easily."]),
    };
    let precautions = texts(&["Do you feel sleepy? Do not drive until your head is clear."]);
    match Safety::new(
        text("When to get help"),
        emergency,
        same_day,
        (call, text("416~555-0100")),
        precautions,
    ) {
        Ok(safety) => safety,
        Err(incomplete) => unreachable!("the sample's safety text is fixed above: {incomplete}"),
    }
}

fn running() -> Running {
    Running {
        clinic: "Sample Clinic".into(),
        subject: "Aftercare for you".into(),
        continued: "Your next few days".into(),
        whose: None,
        write_on: None,
        foot_left: "Sample Clinic, Sample Town".into(),
        foot_left_last: "Large print or another format? Ask us.".into(),
        foot_right: "Reviewed Nov 2026 · v3F2A9C · Page {page} of {pages}".into(),
        draft: None,
    }
}
