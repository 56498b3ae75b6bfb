//! A hand-made layout with one of everything that a layout can hold.

use aftercare::brand::Colour;
use aftercare::document::{Meta, Paint, Picture, PicturePath, Segment, Stroke};
use aftercare::geometry::{Point, Pt, Rect, Size};
use aftercare::layout::*;
use aftercare::locale::{Direction, Language};
use aftercare::pdf::{PdfEngine, PdfFonts, Repertoire, render};
use aftercare::text::{FaceFile, FaceFiles, FaceId, FontSet, Glyph, Line, Run, Weight};
use chrono::{TimeZone, Utc};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

pub const INK: Colour = Colour::new(30, 41, 59);
pub const BRAND: Colour = Colour::new(11, 83, 104);
pub const TINT: Colour = Colour::new(236, 244, 246);

pub static FONTS: LazyLock<Arc<FontSet>> = LazyLock::new(|| {
    let file = |name: &str| FaceFile {
        path: name.into(),
        data: Cow::Owned(
            std::fs::read(format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a shipped font"),
        ),
        index: 0,
        is_tried: false,
    };
    Arc::new(
        FontSet::new(&FaceFiles {
            regular: file("AtkinsonHyperlegibleNext-Regular.ttf"),
            italic: file("AtkinsonHyperlegibleNext-Italic.ttf"),
            semibold: file("AtkinsonHyperlegibleNext-SemiBold.ttf"),
            bold: file("AtkinsonHyperlegibleNext-Bold.ttf"),
            fallback_regular: file("NotoSans-Regular.ttf"),
            fallback_bold: file("NotoSans-Bold.ttf"),
            scripts: Vec::new(),
            found: Vec::new(),
        })
        .expect("the shipped fonts load"),
    )
});

/// Plain ASCII and the signs that the content uses.
pub fn engine() -> PdfEngine {
    let mut repertoire = Repertoire::default();
    let characters: String = (' '..='~').chain("‘’“”–—…·\u{a0}é½°".chars()).collect();
    for weight in [Weight::Regular, Weight::Semibold, Weight::Bold] {
        repertoire.add_text(&FONTS, FontSet::first_choice(weight, false), &characters);
    }
    PdfEngine::new(PdfFonts::new(FONTS.clone(), &repertoire).expect("the shipped fonts embed"))
}

pub fn meta() -> Meta {
    Meta {
        letters: Default::default(),
        web_fonts: Default::default(),
        direction: Direction::LeftToRight,
        units: std::sync::Arc::default(),
        language: Language::new("en"),
        title: "Dry needling aftercare".into(),
        author: "Clinic & Co".into(),
        description: "What to do in the days after dry needling.".into(),
        date: Utc.with_ymd_and_hms(2026, 11, 24, 20, 30, 0).unwrap(),
        content_version: "3F2A9C".into(),
    }
}

pub fn pdf() -> Vec<u8> {
    render(&engine(), &layout(), &meta()).expect("the sheet is written")
}

fn run(text: &str, weight: Weight, size: f32, x: f32, span: Option<u16>) -> Run {
    let mut glyphs = Vec::new();
    let mut face_of = FaceId(0);
    for (start, character) in text.char_indices() {
        let face = FONTS.face_for(weight, false, character).expect("a font has it");
        face_of = face;
        let id = FONTS.face(face).glyph(character).unwrap();
        let text = start as u32..(start + character.len_utf8()) as u32;
        let advance = FONTS.face(face).advance(id) - if character == 'o' { 7 } else { 0 };
        glyphs.push(Glyph { id, advance, x_offset: 0, y_offset: 0, text });
    }
    Run { face: face_of, size: Pt(size), colour: INK, x: Pt(x), span, text: text.into(), glyphs }
}

fn width(run: &Run) -> f32 {
    run.glyphs.iter().map(|glyph| glyph.advance as f32).sum::<f32>() * run.size.0 / 1000.0
}

pub fn line(parts: &[(&str, Weight, Option<u16>)], size: f32) -> Arc<Line> {
    let mut line = Line::default();
    let mut x = 0.0;
    for (text, weight, span) in parts {
        // A run has one face: cut where the face changes.
        let mut rest = *text;
        while !rest.is_empty() {
            let face = |c: char| FONTS.face_for(*weight, false, c);
            let first = face(rest.chars().next().unwrap());
            let end = rest.char_indices().find(|(_, c)| face(*c) != first).map_or(rest.len(), |(at, _)| at);
            let run = run(&rest[..end], *weight, size, x, *span);
            x += width(&run);
            line.runs.push(run);
            rest = &rest[end..];
        }
    }
    line.width = Pt(x);
    Arc::new(line)
}

#[derive(Default)]
pub struct Maker {
    pub layout: Layout,
}

impl Maker {
    pub fn element(&mut self, role: Role, parent: Option<ElementId>) -> ElementId {
        self.layout.elements.push(Element { role, parent, alt: None, language: None, bounds: None });
        ElementId(self.layout.elements.len() as u32 - 1)
    }

    pub fn page(&mut self) {
        let size = Size { width: Pt(612.0), height: Pt(792.0) };
        self.layout.pages.push(Page { size, ..Page::default() });
    }

    pub fn fragment(&mut self, tag: Tag, shape: Shape) {
        self.layout.pages.last_mut().unwrap().fragments.push(Fragment { tag, shape });
    }

    pub fn text(&mut self, tag: Tag, (x, y): (f32, f32), size: f32, text: &str) {
        self.parts(tag, (x, y), size, &[(text, Weight::Regular, None)], &[]);
    }

    pub fn parts(
        &mut self,
        tag: Tag,
        (x, y): (f32, f32),
        size: f32,
        parts: &[(&str, Weight, Option<u16>)],
        spans: &[ElementId],
    ) {
        let shape =
            Shape::Line { line: line(parts, size), origin: Point::new(Pt(x), Pt(y)), spans: spans.into() };
        self.fragment(tag, shape);
    }

    pub fn panel(&mut self, rect: Rect) {
        self.fragment(
            Tag::Artifact(Artifact::Decoration),
            Shape::Rectangle { rect, radius: Pt(6.0), fill: Some(TINT), stroke: None },
        );
    }
}

pub fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect { x: Pt(x), y: Pt(y), width: Pt(width), height: Pt(height) }
}

fn picture() -> Arc<Picture> {
    let stroke = Some(Stroke { paint: Paint::Line, width: 2.0, round_cap: true, round_join: true });
    let wave = (0..40).map(|i| {
        let x = 2.0 + i as f32 * 1.1;
        Segment::CurveTo(x, 10.0, x + 0.5, 30.0, x + 1.1, 20.0)
    });
    let mut segments = vec![Segment::MoveTo(2.0, 20.0)];
    segments.extend(wave);
    Arc::new(Picture::new(
        "wave",
        (48.0, 48.0),
        vec![
            PicturePath { segments, fill: None, even_odd: false, stroke },
            PicturePath {
                segments: vec![
                    Segment::MoveTo(10.0, 30.0),
                    Segment::LineTo(30.0, 30.0),
                    Segment::LineTo(20.0, 44.0),
                    Segment::Close,
                ],
                fill: Some(Paint::Accent),
                even_odd: false,
                stroke,
            },
        ],
    ))
}

/// Two pages: headings, a panel, a paragraph over both pages with a link and a French word, a list, a table, a
/// figure with a caption, a callout, running lines.
pub fn layout() -> Layout {
    let mut make = Maker::default();
    make.page();
    let document = make.element(Role::Document, None);
    let (header, footer) = (Tag::Artifact(Artifact::Header), Tag::Artifact(Artifact::Footer));
    make.text(header, (48.0, 40.0), 10.5, "Clinic & Co");
    let section = make.element(Role::Section, Some(document));
    let h1 = make.element(Role::Heading(1), Some(section));
    make.parts(
        Tag::Element(h1),
        (48.0, 80.0),
        22.0,
        &[("Your next three days, Đặng Ιωάννα", Weight::Bold, None)],
        &[],
    );
    make.panel(rect(48.0, 100.0, 516.0, 80.0));
    let aside = make.element(Role::Aside, Some(section));
    let note = make.element(Role::Paragraph, Some(aside));
    make.text(Tag::Element(note), (60.0, 130.0), 12.0, "Take it easy until ");
    make.parts(
        Tag::Element(note),
        (60.0, 150.0),
        17.0,
        &[("Thursday afternoon", Weight::Semibold, None)],
        &[],
    );
    let rest = make.element(Role::Section, Some(document));
    let h2 = make.element(Role::Heading(2), Some(rest));
    make.parts(Tag::Element(h2), (48.0, 220.0), 14.4, &[("Rest (a little)", Weight::Semibold, None)], &[]);
    let paragraph = make.element(Role::Paragraph, Some(rest));
    let link = make.element(Role::Link, Some(paragraph));
    let french = make.element(Role::Span, Some(paragraph));
    make.layout.elements[french.0 as usize].language = Some(Language::new("fr"));
    let spans = [link, french];
    make.parts(
        Tag::Element(paragraph),
        (48.0, 240.0),
        12.0,
        &[
            ("You can read more at ", Weight::Regular, None),
            ("our page", Weight::Semibold, Some(0)),
            (" and in ", Weight::Regular, None),
            ("français ", Weight::Regular, Some(1)),
        ],
        &spans,
    );
    make.text(Tag::Element(paragraph), (48.0, 256.5), 12.0, "when you feel well – or tomorrow. ");
    make.layout.pages[0].links.push(LinkArea {
        rect: rect(160.0, 228.0, 50.0, 16.0),
        url: "https://example.org/aftercare?é".into(),
        element: link,
        contents: "our page".into(),
    });
    let list = make.element(Role::List { ordered: false }, Some(rest));
    for (index, words) in ["walk at an easy pace", "drink water"].into_iter().enumerate() {
        let y = 290.0 + index as f32 * 16.5;
        let item = make.element(Role::ListItem, Some(list));
        let label = make.element(Role::Label, Some(item));
        let body = make.element(Role::ListBody, Some(item));
        make.text(Tag::Element(label), (48.0, y), 12.0, "· ");
        make.text(Tag::Element(body), (60.0, y), 12.0, words);
    }
    make.text(footer, (48.0, 760.0), 10.5, "Page 1 of 2");
    make.layout.outline.push(OutlineEntry {
        level: 1,
        title: "Your next three days".into(),
        page: 0,
        y: Pt(60.0),
        element: h1,
    });
    make.layout.outline.push(OutlineEntry {
        level: 2,
        title: "Rest (a little)".into(),
        page: 0,
        y: Pt(205.0),
        element: h2,
    });
    make.page();
    make.text(header, (48.0, 40.0), 10.5, "Dry needling aftercare, continued");
    make.text(Tag::Element(paragraph), (48.0, 80.0), 12.0, "This paragraph ends here.");
    let figure = make.element(Role::Figure, Some(rest));
    let bounds = rect(48.0, 100.0, 60.0, 60.0);
    make.layout.elements[figure.0 as usize].alt = Some("A hand draws a wave.".into());
    make.layout.elements[figure.0 as usize].bounds = Some((1, bounds));
    let paints = Paints { line: BRAND, accent: Colour::new(200, 80, 20), paper: Colour::new(255, 255, 255) };
    make.fragment(Tag::Element(figure), Shape::Picture { picture: picture(), rect: bounds, paints });
    let caption = make.element(Role::Caption, Some(rest));
    make.text(Tag::Element(caption), (48.0, 175.0), 10.5, "A wave");
    let table = make.element(Role::Table, Some(rest));
    for (row, cells) in [["When", "What"], ["Today", ""], ["Tomorrow", "Walk"]].into_iter().enumerate() {
        let tr = make.element(Role::TableRow, Some(table));
        let role = if row == 0 { Role::TableHeader } else { Role::TableCell };
        for (column, words) in cells.into_iter().enumerate() {
            let cell = make.element(role, Some(tr));
            if !words.is_empty() {
                make.text(
                    Tag::Element(cell),
                    (48.0 + column as f32 * 120.0, 220.0 + row as f32 * 18.0),
                    12.0,
                    words,
                );
            }
        }
    }
    let pen = Pen { colour: BRAND, width: Pt(0.75), dash: Some((Pt(2.0), Pt(1.5))), round: false };
    make.fragment(
        Tag::Artifact(Artifact::Decoration),
        Shape::Rule { from: Point::new(Pt(48.0), Pt(280.0)), to: Point::new(Pt(300.0), Pt(280.0)), pen },
    );
    let mark = [Segment::MoveTo(320.0, 270.0), Segment::LineTo(326.0, 276.0), Segment::LineTo(336.0, 262.0)];
    make.fragment(
        Tag::Artifact(Artifact::Decoration),
        Shape::Path {
            middle: Pt::ZERO,
            segments: mark[..].into(),
            origin: Point::default(),
            fill: None,
            stroke: Some(Pen { dash: None, round: true, width: Pt(1.5), ..pen }),
        },
    );
    make.element(Role::Paragraph, Some(rest));
    make.text(footer, (48.0, 760.0), 10.5, "Page 2 of 2");
    make.layout
}
