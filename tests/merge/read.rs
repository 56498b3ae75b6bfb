//! A document as a person would read it out, a line a block. `~` stands for a no-break space.

use aftercare::document::{
    Arrangement, Block, CalloutRole, Document, Exercise, Inline, List, Safety, Section, Text, Tier, Timeline,
};

pub fn read(document: &Document) -> String {
    let mut lines = Vec::new();
    let masthead = document.masthead();
    lines.push(format!("# {}", line(&masthead.title)));
    lines.extend(masthead.name_line.iter().map(|label| format!("{}: ______", line(label))));
    lines.push(masthead.facts.iter().map(line).collect::<Vec<_>>().join(" | "));
    let beside = masthead.quick.beside.as_ref().map(|beside| format!(" | {}", line(beside)));
    let quick = format!("QUICK {} {}", line(&masthead.quick.lead), line(&masthead.quick.answer));
    lines.push(quick + &beside.unwrap_or_default());
    blocks(&masthead.quick.blocks, "  ", &mut lines);
    timeline(&masthead.timeline, &mut lines);
    lines.extend(masthead.next_visit.iter().map(|visit| format!("VISIT {}", line(visit))));
    safety(document.safety(), &mut lines);
    for group in document.body() {
        let name = match group.arrangement {
            Arrangement::Stacked => "stacked",
            Arrangement::Columns => "columns",
            Arrangement::Cards => "cards",
        };
        lines.push(format!("[{name}]"));
        group.sections.iter().for_each(|part| section(part, &mut lines));
    }
    let running = document.running();
    lines.push(format!("HEAD {} | {} | {}", running.clinic, running.subject, running.continued));
    lines.push(format!("FOOT {} | {}", running.foot_left, running.foot_left_last));
    lines.join("\n").replace('\u{a0}', "~") + "\n"
}

pub fn line(text: &Text) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text(characters) => characters.clone(),
        Inline::Strong(text) => format!("**{}**", line(text)),
        Inline::Emphasis(text) => format!("*{}*", line(text)),
        Inline::Link { url, text } => format!("[{}]({url})", line(text)),
        Inline::Foreign { language, text } => format!("({language}: {})", line(text)),
        Inline::Break => " / ".into(),
    };
    text.iter().map(inline).collect()
}

fn timeline(timeline: &Timeline, lines: &mut Vec<String>) {
    let ticks = timeline.ticks.iter().map(|tick| format!("{} {}", tick.hours, line(&tick.label)));
    let days = timeline.days.iter().map(|day| format!("{} min {}", day.minutes, line(&day.label)));
    let axis = days.chain(ticks).collect::<Vec<_>>().join(", ");
    lines.push(format!("TIME {} h: {axis}", timeline.hours));
    for bar in &timeline.bars {
        let open = bar.open_end.as_ref().map(|text| format!(" … {}", line(text))).unwrap_or_default();
        lines.push(format!(
            "  {:?} {} h: {}, {}{open}",
            bar.weight,
            bar.hours,
            line(&bar.label),
            line(&bar.until)
        ));
    }
    lines.push(format!("  alarm {} h: {}", timeline.alarm.hours, line(&timeline.alarm.label)));
}

fn safety(safety: &Safety, lines: &mut Vec<String>) {
    lines.push(format!("SAFETY {}", line(safety.heading())));
    for tier in [safety.emergency(), safety.same_day(), safety.call()] {
        self::tier(tier, lines);
    }
    lines.extend(safety.precautions().iter().map(|text| format!("  ! {}", line(text))));
}

fn tier(tier: &Tier, lines: &mut Vec<String>) {
    lines.push(format!("  ## {}", line(&tier.heading)));
    lines.extend(tier.intro.iter().map(|text| format!("  {}", line(text))));
    lines.extend(tier.signs.iter().map(|text| format!("  - {}", line(text))));
    lines.extend(tier.closing.iter().map(|text| format!("  > {}", line(text))));
}

fn section(section: &Section, lines: &mut Vec<String>) {
    let title = section.title.as_ref().map(line).unwrap_or_default();
    let icon = section.icon.as_ref().map(|icon| format!(" ({})", icon.id)).unwrap_or_default();
    lines.push(format!("  {} {}{icon}: {title}", section.id, section.priority));
    blocks(&section.blocks, "    ", lines);
}

fn blocks(blocks: &[Block], indent: &str, lines: &mut Vec<String>) {
    blocks.iter().for_each(|part| block(part, indent, lines));
}

fn block(block: &Block, indent: &str, lines: &mut Vec<String>) {
    match block {
        Block::Heading { level, text } => lines.push(format!("{indent}h{level} {}", line(text))),
        Block::Paragraph(text) => lines.push(format!("{indent}{}", line(text))),
        Block::List(list) => self::list(list, indent, lines),
        Block::DoDont(pair) => {
            for (mark, half) in [("+", &pair.do_), ("x", &pair.dont)] {
                lines.push(format!("{indent}{}", line(&half.heading)));
                lines.extend(half.items.iter().map(|item| format!("{indent}{mark} {}", line(item))));
            }
        }
        Block::Callout(callout) => {
            let role = match callout.role {
                CalloutRole::Note => "note",
                CalloutRole::Tip => "tip",
                CalloutRole::Warning => "warning",
            };
            lines.push(format!("{indent}({role})"));
            blocks(&callout.blocks, &format!("{indent}  "), lines);
        }
        Block::Figure(figure) => lines.push(format!("{indent}[figure: {}]", figure.alt)),
        Block::Exercises(exercises) => exercises.iter().for_each(|one| exercise(one, indent, lines)),
        Block::Questions(questions) => {
            for question in questions {
                lines.push(format!(
                    "{indent}{} {}? {}",
                    question.id,
                    question.priority,
                    line(&question.question)
                ));
                blocks(&question.answer, &format!("{indent}  "), lines);
            }
        }
        Block::Contact(contact) => {
            let one = |part: &aftercare::document::ContactLine| {
                format!("{}: {}", line(&part.label), line(&part.value))
            };
            lines.extend(contact.lines.iter().map(|part| format!("{indent}{}", one(part))));
            lines.extend(
                contact.qr.iter().map(|qr| format!("{indent}[QR {} {}]", qr.code.url(), line(&qr.label))),
            );
        }
        Block::Table(table) => {
            for row in std::iter::once(&table.head).chain(&table.rows) {
                lines.push(format!("{indent}| {} |", row.iter().map(line).collect::<Vec<_>>().join(" | ")));
            }
        }
        Block::WriteOn { lines: count } => lines.push(format!("{indent}______ x {count}")),
    }
}

fn list(list: &List, indent: &str, lines: &mut Vec<String>) {
    for item in &list.items {
        lines.push(format!("{indent}-"));
        blocks(item, &format!("{indent}  "), lines);
    }
}

fn exercise(exercise: &Exercise, indent: &str, lines: &mut Vec<String>) {
    let steps = exercise.steps.iter().map(line).collect::<Vec<_>>().join(" / ");
    lines.push(format!("{indent}{} {}: {}: {steps}", exercise.id, exercise.priority, line(&exercise.name)));
}
