//! What was found, for people and for programs.

use super::{Page, Preflight, PrintedColour, PrintedGround, millimetres};
use std::fmt::{self, Write};

impl Preflight {
    /// For programs.
    pub fn json(&self) -> String {
        // Numbers and text only, so this cannot fail.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

impl fmt::Display for Preflight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.faults.len() {
            0 => format!("ready for the press{}", others(&self.colours)),
            1 => "1 fault".to_owned(),
            count => format!("{count} faults"),
        };
        writeln!(f, "Preflight: {verdict}")?;
        let faults = self.faults.iter().map(|fault| ("fault", fault));
        for (kind, told) in faults.chain(self.warnings.iter().map(|warning| ("warning", warning))) {
            let page = told.page.map(|page| format!("page {page}: ")).unwrap_or_default();
            writeln!(f, "  {kind}  {page}{} ({})", told.message, told.rule)?;
        }
        let standard = self.standard.as_deref().unwrap_or("no PDF/X");
        writeln!(f, "File: {standard}, PDF {}", self.pdf_version)?;
        match &self.intent {
            Some(intent) => {
                let profile = intent.profile.as_ref().map_or_else(
                    || "no profile".to_owned(),
                    |profile| format!("{} profile of {} bytes", profile.space, profile.bytes),
                );
                writeln!(f, "Output intent: {}, {profile}", intent.condition)?;
            }
            None => writeln!(f, "Output intent: none")?,
        }
        for colour in &self.colours {
            writeln!(f, "{}", printed(colour))?;
        }
        for font in &self.fonts {
            let embedded = if font.embedded { "embedded" } else { "not embedded" };
            writeln!(f, "Font: {}, {embedded}", font.name)?;
        }
        for (index, page) in self.pages.iter().enumerate() {
            writeln!(f, "Page {}:\n{}", index + 1, lines(page))?;
        }
        writeln!(f, "\n[{}]", self.producer)
    }
}

/// How many colours of the brand a reader will not know again.
fn others(colours: &[PrintedColour]) -> String {
    match colours.iter().filter(|colour| colour.is_another()).count() {
        0 => String::new(),
        1 => ", but 1 colour prints as another one".to_owned(),
        count => format!(", but {count} colours print as others"),
    }
}

fn printed(colour: &PrintedColour) -> String {
    let PrintedColour { role, rgb, inks, difference, grounds } = colour;
    let shown = |inks: &[f32; 4], difference: f32| {
        let [cyan, magenta, yellow, black] = inks;
        format!("inks {cyan} {magenta} {yellow} {black}, ΔE00 {difference:.1}")
    };
    let own = shown(inks, *difference);
    let own = match grounds {
        Some(PrintedGround { inks, difference }) => {
            format!("grounds {}; type and lines of black alone, {own}", shown(inks, *difference))
        }
        None => own,
    };
    let verdict = if colour.is_another() { ", another colour in print" } else { "" };
    format!("Colour: {role} {rgb}, {own}{verdict}")
}

fn lines(page: &Page) -> String {
    let mut out = String::new();
    let shown = |edges: Option<[f32; 4]>| {
        edges.map_or_else(
            || "none".to_owned(),
            |[left, bottom, right, top]| {
                format!("{:.1} × {:.1} mm", millimetres(right - left), millimetres(top - bottom))
            },
        )
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "  boxes  trim {}, bleed {}, media {}",
        shown(page.trim),
        shown(page.bleed),
        shown(page.media)
    );
    let _ = writeln!(out, "  marks  {} crop, {} fold", page.crop_marks, page.fold_marks);
    let _ = writeln!(out, "  colour  {}; {:.0} % of ink at most", page.spaces.join(", "), page.most_ink);
    let _ = writeln!(
        out,
        "  objects  {} texts ({} black ones print over), {} shapes, {} images{}",
        page.texts,
        page.overprinting_texts,
        page.shapes,
        page.images,
        page.lowest_ppi.map(|ppi| format!(" of at least {ppi:.0} ppi")).unwrap_or_default()
    );
    out.truncate(out.trim_end().len());
    out
}
