//! Scorecards, for people and for programs.

use crate::cli::args::Global;
use crate::cli::outcome::Failure;
use crate::cli::{clock, input};
use crate::{Engine, Files, Item, LeftOut, Level, Scorecard, Scorecards, Verdict, WordBudget};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

const VERDICTS: [Verdict; 4] = [Verdict::Yes, Verdict::No, Verdict::NotApplicable, Verdict::Person];

/// Those of a folder, or that of one request. The folder has no errors.
pub fn of(request: Option<&Path>, files: &dyn Files, global: &Global) -> Result<Scorecards, Failure> {
    let engine = Engine::load(files)?.value;
    let now = clock::now(global, engine.library().clinic.time_zone)?;
    let Some(path) = request else { return Ok(engine.scorecards(files, now)?) };
    let (name, text) = input::text(path, crate::REQUEST_LIMIT, "a request")?;
    let typed = crate::request_from_yaml(&name, &text, engine.keys());
    let request = engine.request(&typed, now)?.value;
    let cards = engine.scorecard(files, &request)?.into_iter().collect();
    Ok(Scorecards { cards, fullness: Vec::new() })
}

/// For people.
pub fn text(cards: &Scorecards) -> String {
    let mut text = String::new();
    cards.cards.iter().for_each(|card| add_card(&mut text, card));
    if !cards.fullness.is_empty() {
        text.push_str("\nWhat sheets have room for, with the clinic's own lines\n\n");
        cards.fullness.iter().for_each(|one| add_budget(&mut text, &one.budget));
    }
    let mut left_out = cards.fullness.iter().flat_map(|one| &one.left_out).peekable();
    if left_out.peek().is_some() {
        text.push_str("\nWhat sheets leave out\n\n");
        left_out.for_each(|sheet| add_left_out(&mut text, sheet));
    }
    text
}

fn add_card(text: &mut String, card: &Scorecard) {
    let title = format!("{}, {}", card.treatment, card.language);
    let levels: Vec<String> = card.levels.iter().map(level).collect();
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "\n{title}\n{}\n{} words in {} sentences; {}\n",
        "=".repeat(title.chars().count()),
        card.words,
        card.sentences,
        levels.join(", ")
    );
    let mut list = "";
    for item in &card.items {
        if item.list.name != list {
            list = item.list.name;
            let _ = write!(text, "\nInformed by {list} ({})\n", item.list.source);
        }
        let Item { number, question, verdict, evidence, .. } = item;
        let _ = writeln!(text, "  {number:>2}  {:<15} {question}", verdict.name());
        let _ = writeln!(text, "      {:<15} {evidence}", "");
    }
    let _ = writeln!(text, "\n{}", sums(&card.items));
}

fn level(level: &Level) -> String {
    let Level { measure, figure, limit } = level;
    match measure.is_grade() {
        true => format!("grade {figure:.1} by {} (at most {limit})", measure.title()),
        false => format!("an ease of {figure:.0} by {} (at least {limit})", measure.title()),
    }
}

/// "yes 30, no 1, …": counted, and no score in a list's name.
fn sums(items: &[Item]) -> String {
    let count = |verdict: Verdict| items.iter().filter(|item| item.verdict == verdict).count();
    let told = VERDICTS.map(|verdict| format!("{} {}", verdict.name(), count(verdict)));
    format!("{}; no score of these lists: people fill them in", told.join(", "))
}

fn add_left_out(text: &mut String, sheet: &LeftOut) {
    let of =
        sheet.preset.as_deref().map_or("the usual choices".to_owned(), |preset| format!("preset {preset}"));
    let lines = if sheet.lines == 1 { "1 line".to_owned() } else { format!("{} lines", sheet.lines) };
    let _ = writeln!(
        text,
        "  {}, {}, {of}, {} on {}: {lines} too many; without {}",
        sheet.treatment,
        sheet.language,
        sheet.edition.name(),
        sheet.paper.name(),
        sheet.parts.join(", ")
    );
}

fn add_budget(text: &mut String, budget: &WordBudget) {
    let WordBudget { treatment, language, edition, paper, words, fit } = budget;
    let told = match fit {
        Some(fit) => format!("about {fit} words fit, the fullest has {words}"),
        None => format!("all fit; the fullest has {words} words"),
    };
    let _ = writeln!(text, "  {treatment}, {language}, {} on {}: {told}", edition.name(), paper.name());
}

/// For programs: `findings` as without scorecards.
pub fn json(findings: Value, cards: Option<&Scorecards>) -> Value {
    let cards_of = |cards: &Scorecards| cards.cards.iter().map(card).collect::<Value>();
    let sheets = |cards: &Scorecards| {
        cards.fullness.iter().flat_map(|one| &one.left_out).map(left_out).collect::<Value>()
    };
    let budgets =
        |cards: &Scorecards| cards.fullness.iter().map(|one| budget(&one.budget)).collect::<Value>();
    json!({
        "findings": findings,
        "scorecards": cards.map(cards_of),
        "left_out": cards.map(sheets),
        "word_budgets": cards.map(budgets),
    })
}

fn card(card: &Scorecard) -> Value {
    let levels = card.levels.iter().map(|level| {
        // To a hundredth: more would only be noise.
        let figure = (level.figure * 100.0).round() / 100.0;
        json!({"measure": level.measure.name(), "figure": figure, "limit": level.limit})
    });
    let items = card.items.iter().map(|item| {
        json!({
            "list": item.list.name,
            "number": item.number,
            "question": item.question,
            "verdict": item.verdict.name(),
            "evidence": item.evidence,
        })
    });
    json!({
        "treatment": &*card.treatment,
        "language": card.language,
        "words": card.words,
        "sentences": card.sentences,
        "levels": levels.collect::<Value>(),
        "items": items.collect::<Value>(),
    })
}

fn left_out(sheet: &LeftOut) -> Value {
    json!({
        "treatment": &*sheet.treatment,
        "language": sheet.language,
        "preset": sheet.preset,
        "edition": sheet.edition.name(),
        "paper": sheet.paper.name(),
        "lines": sheet.lines,
        "parts": sheet.parts,
    })
}

fn budget(budget: &WordBudget) -> Value {
    json!({
        "treatment": &*budget.treatment,
        "language": budget.language,
        "edition": budget.edition.name(),
        "paper": budget.paper.name(),
        "words": budget.words,
        "fit": budget.fit,
    })
}
