use super::super::*;
use super::{masthead, meta, paragraph, pictures, running, safety, text, texts};
use crate::locale::Language;

/// The sample with every kind of block and inline, a line for the name, contact lines and a QR code.
pub fn sample_of_everything() -> Document {
    let mut masthead = masthead();
    masthead.title = text("Your next few days");
    masthead.name_line = Some(text("Name"));
    let mut body = super::body::body();
    body.insert(1, Group { arrangement: Arrangement::Stacked, sections: vec![blocks()] });
    for group in &mut body {
        for section in group.sections.iter_mut().filter(|section| section.id == "contact") {
            section.blocks.push(contact());
        }
    }
    Document::new(meta(), masthead, safety(), body, running())
}

fn blocks() -> Section {
    let callout = |role, words: &str| Block::Callout(Callout { role, blocks: vec![paragraph(words)] });
    Section {
        id: "everything".into(),
        title: Some(text("More for your plan")),
        icon: None,
        priority: 30,
        guards: Default::default(),
        blocks: vec![
            Block::Heading { level: 3, text: text("How your week can look") },
            table(),
            Block::Paragraph(inlines()),
            callout(CalloutRole::Note, "A hot shower counts as mild heat."),
            callout(CalloutRole::Tip, "Fill a bottle in the morning. Then you see how much you drink."),
            callout(CalloutRole::Warning, "Stop if a stretch sends pain down your arm."),
            Block::Heading { level: 4, text: text("Before you sleep") },
            lists(),
            Block::Figure(Figure {
                picture: pictures::figure("arm-rolls"),
                alt: "A person rolls both arms back in circles.".into(),
                caption: Some(text("Slow circles, as large as they feel good.")),
            }),
            Block::WriteOn { lines: 3 },
        ],
    }
}

fn inlines() -> Text {
    vec![
        Inline::Text("Read ".into()),
        Inline::Emphasis(text("Moving Well")),
        Inline::Text(" or see ".into()),
        Inline::Link { url: "https://example.org/plan".into(), text: text("our page") },
        Inline::Text(". In French we say ".into()),
        Inline::Foreign { language: Language::new("fr"), text: text("bougez doucement") },
        Inline::Text(".".into()),
        Inline::Break,
        Inline::Text("Take ".into()),
        Inline::Strong(text("two~days")),
        Inline::Text(" & keep pain < 3 of 10.".into()),
    ]
}

fn table() -> Block {
    Block::Table(Table {
        align: vec![Align::Start, Align::Start, Align::End],
        head: texts(&["Day", "Movement", "Minutes"]),
        rows: vec![
            texts(&["Wednesday", "An easy walk", "10"]),
            texts(&["Thursday", "A walk and light stretches", "20"]),
            texts(&["Friday", "Your usual day", "30"]),
        ],
    })
}

fn lists() -> Block {
    let inner =
        List { start: None, items: vec![vec![paragraph("on your side")], vec![paragraph("on your back")]] };
    Block::List(List {
        start: Some(1),
        items: vec![
            vec![paragraph("Warm the area for 10~minutes.")],
            vec![paragraph("Lie down as you like:"), Block::List(inner)],
            vec![paragraph("Breathe slowly.")],
        ],
    })
}

fn contact() -> Block {
    let line = |label: &str, url: &str, value: &str| ContactLine {
        label: text(label),
        value: vec![Inline::Link { url: url.into(), text: text(value) }],
    };
    Block::Contact(Contact {
        lines: vec![
            line("Phone", "tel:+14165550123", "416~555~0123"),
            line("Email", "mailto:hello@example.org", "hello@example.org"),
            line("Web", "https://example.org/aftercare", "example.org/aftercare"),
            ContactLine { label: text("Address"), value: text("12~Sample Street") },
        ],
        qr: Some(QrCode {
            code: QrModules::of("https://example.org/aftercare"),
            label: text("Scan for the web page"),
            alt: "QR code for example.org/aftercare".into(),
        }),
    })
}
