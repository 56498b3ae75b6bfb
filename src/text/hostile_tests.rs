//! Font files that are broken, cut off, of the wrong kind or not ours to embed.

use super::samples::files;
use super::*;
use std::borrow::Cow;
use unicode_script::Script;

/// The message for a set whose regular face is `data`.
fn refusal(data: Vec<u8>) -> String {
    load(data).expect_err("the font is refused").to_string()
}

fn load(data: Vec<u8>) -> Result<FontSet, crate::diagnostic::Faults> {
    let regular =
        FaceFile { path: "fonts/own.ttf".into(), data: Cow::Owned(data), index: 0, is_tried: false };
    FontSet::new(&FaceFiles { regular, ..files() })
}

fn regular() -> Vec<u8> {
    files().regular.data.into_owned()
}

/// Where a table's record starts in the directory.
fn record(font: &[u8], tag: &[u8; 4]) -> usize {
    (12..).step_by(16).find(|at| font[*at..].starts_with(tag)).expect("the table is there")
}

fn table(font: &[u8], tag: &[u8; 4]) -> usize {
    let at = record(font, tag) + 8;
    u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes")) as usize
}

#[test]
fn what_is_no_font_is_said_to_be_none() {
    let words = "fonts/own.ttf: this font is not a TrueType or OpenType font; copy the font file again from its source";
    assert_eq!(refusal(b"hello".to_vec()), words);
    assert_eq!(refusal(Vec::new()), words);
    assert!(refusal(b"wOF2....".to_vec()).contains("web font"));
}

#[test]
fn every_bad_file_is_named_at_once() {
    let bad =
        |path: &str| FaceFile { path: path.into(), data: Cow::Borrowed(b"?"), index: 0, is_tried: false };
    let faults = FontSet::new(&FaceFiles { italic: bad("a.ttf"), bold: bad("b.ttf"), ..files() });
    assert_eq!(faults.expect_err("two bad files").0.len(), 2);
}

#[test]
fn a_font_that_may_not_be_embedded_is_refused() {
    let with_rights = |rights: u16| {
        let mut font = regular();
        let at = table(&font, b"OS/2") + 8;
        font[at..at + 2].copy_from_slice(&rights.to_be_bytes());
        font
    };
    for refused in [0x0002, 0x0100, 0x0200, 0x0104] {
        assert!(refusal(with_rights(refused)).contains("does not allow embedding"), "{refused:#06x}");
    }
    // Preview and print, editable, and an old font that allows either.
    for allowed in [0x0000, 0x0004, 0x0008, 0x0006] {
        assert!(load(with_rights(allowed)).is_ok(), "{allowed:#06x}");
    }
}

#[test]
fn the_shipped_fonts_may_be_embedded() {
    for (_, face) in samples::fonts().faces() {
        let at = table(face.data(), b"OS/2") + 8;
        assert_eq!(face.data()[at..at + 2], [0, 0], "{}", face.path());
    }
}

#[test]
fn a_font_without_a_table_it_needs_is_refused() {
    for (tag, reason) in [
        (b"maxp", "lacks the `maxp` table"),
        (b"OS/2", "lacks the `OS/2` table"),
        (b"hmtx", "lacks the `hmtx` table"),
        (b"cmap", "lacks the `cmap` table"),
        (b"loca", "lacks the `loca` table"),
        (b"glyf", "holds only bitmaps"),
    ] {
        let mut font = regular();
        let at = record(&font, tag);
        font[at..at + 4].copy_from_slice(b"zzzz");
        assert!(refusal(font).contains(reason), "{reason}");
    }
}

#[test]
fn a_variable_font_is_refused() {
    let mut font = regular();
    let at = record(&font, b"STAT");
    font[at..at + 4].copy_from_slice(b"fvar");
    assert!(refusal(font).contains("variable font"));
}

#[test]
fn a_font_cut_off_anywhere_is_refused() {
    let whole = regular();
    for length in (0..whole.len() - 4).step_by(97) {
        assert!(load(whole[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
    let noto = files().fallback_regular.data.into_owned();
    for length in (0..noto.len() - 4).step_by(40_009) {
        assert!(load(noto[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
}

/// Damages one byte at a time, most often in the tables that shaping reads, and sets text with what still loads.
#[test]
fn a_damaged_font_never_panics() {
    let whole = regular();
    let starts = [b"GPOS", b"GSUB", b"GDEF", b"cmap", b"hmtx", b"head", b"hhea", b"maxp", b"loca", b"OS/2"];
    let starts = starts.map(|tag| table(&whole, tag));
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut loaded = 0;
    for round in 0..1500 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let place = match round % 3 {
            0 => (random >> 8) as usize % whole.len(),
            1 => random as usize % 300,
            _ => starts[round / 3 % starts.len()] + (random >> 8) as usize % 400,
        };
        let mut font = whole.clone();
        if let Some(byte) = font.get_mut(place) {
            *byte ^= 1 << (random >> 61);
        }
        if let Ok(fonts) = load(font) {
            loaded += 1;
            let text = "AVATAR fi 3:30 e\u{301}\u{323} “Ýes” ½";
            let stretch = Stretch {
                text,
                face: FaceId(0),
                script: Script::Latin,
                right_to_left: round % 16 == 0,
                language: None,
            };
            if let Ok(segment) = fonts.shape(&stretch) {
                assert!(segment.glyphs.len() < 10_000);
            }
        }
    }
    assert!(loaded > 500, "most damage does not keep a font from loading: {loaded}");
}

/// A font with some of its tables replaced.
fn with_tables(font: &[u8], replaced: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let (mut records, mut bodies) = (font[..12].to_vec(), Vec::new());
    for at in (0..count).map(|index| 12 + 16 * index) {
        let tag = &font[at..at + 4];
        let number =
            |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes")) as usize;
        let own = &font[number(at + 8)..number(at + 8) + number(at + 12)];
        let body = replaced.iter().find(|(name, _)| name.as_slice() == tag).map_or(own, |(_, body)| body);
        let offset = 12 + 16 * count + bodies.len();
        records.extend(
            [tag, &[0; 4], &(offset as u32).to_be_bytes(), &(body.len() as u32).to_be_bytes()].concat(),
        );
        bodies.extend_from_slice(body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    [records, bodies].concat()
}

/// A glyph that is made of `parts` copies of another one.
fn made_of(glyph: u16, parts: usize) -> Vec<u8> {
    let mut made = vec![0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0];
    for part in 1..=parts {
        let flags: u16 = if part < parts { 0x22 } else { 0x02 };
        made.extend([flags.to_be_bytes(), glyph.to_be_bytes(), [0, 0]].concat());
    }
    made
}

fn with_parts(depth: u16, parts: usize) -> Vec<u8> {
    with_parts_in_order(depth, parts, false)
}

/// The letter a as parts of parts: so many deep, each of so many of the one before. The innermost is e. `flipped`: each
/// stands behind its parts in the font, not before them.
fn with_parts_in_order(depth: u16, parts: usize, flipped: bool) -> Vec<u8> {
    let font = regular();
    let (glyf, loca, head) = (table(&font, b"glyf"), table(&font, b"loca"), table(&font, b"head"));
    let long = font[head + 51] == 1;
    let at = |index: usize| match long {
        true => u32::from_be_bytes(font[loca + 4 * index..][..4].try_into().expect("four bytes")) as usize,
        false => 2 * usize::from(u16::from_be_bytes([font[loca + 2 * index], font[loca + 2 * index + 1]])),
    };
    let face =
        Face::new(&FaceFile { path: "f".into(), data: Cow::Owned(font.clone()), index: 0, is_tried: false })
            .expect("a font");
    let id = |letter: char| face.glyph(letter).expect("a glyph");
    let count =
        usize::from(u16::from_be_bytes([font[table(&font, b"maxp") + 4], font[table(&font, b"maxp") + 5]]));
    let step_of = |glyph: u16| {
        let step = count as u16 - 1 - glyph;
        if flipped && step < depth { depth - 1 - step } else { step }
    };
    let chain = |step: u16| count as u16 - 1 - if flipped { depth - 1 - step } else { step };
    let (mut bodies, mut places) = (Vec::new(), vec![0u32]);
    for glyph in 0..count as u16 {
        let body = match step_of(glyph) {
            0 => made_of(id('e'), parts),
            step if step < depth => made_of(chain(step - 1), parts),
            _ if glyph == id('a') => made_of(chain(depth - 1), parts),
            _ => font[glyf + at(glyph.into())..glyf + at(usize::from(glyph) + 1)].to_vec(),
        };
        bodies.extend(body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
        places.push(bodies.len() as u32);
    }
    let mut head = font[head..head + 54].to_vec();
    head[51] = 1;
    let places = places.into_iter().flat_map(u32::to_be_bytes).collect();
    with_tables(&font, &[(b"glyf", bodies), (b"loca", places), (b"head", head)])
}

#[test]
fn a_font_whose_letters_double_without_end_is_refused_before_one_is_drawn() {
    let told = refusal(with_parts(30, 2));
    assert!(told.contains("fonts/own.ttf: this font has a glyph (number "), "{told}");
    assert!(told.contains("of parts that are made of parts, more than 8 deep; take a text font"), "{told}");
    // Whichever glyph comes first.
    for flipped in [false, true] {
        let told = refusal(with_parts_in_order(12, 1, flipped));
        assert!(told.contains("more than 8 deep"), "{told}");
    }
    let told = refusal(with_parts(7, 4));
    assert!(told.contains("of more than 5000 points"), "{told}");
}

#[test]
fn a_font_whose_letters_have_parts_within_reason_is_drawn() {
    let fonts = load(with_parts(6, 2)).expect("a font");
    let face = fonts.metrics_face();
    let steps = |letter: char| face.outline(face.glyph(letter).expect("a glyph")).len();
    assert_eq!(steps('a'), 128 * steps('e'));
}

/// Made for this test: its letter a draws by routines that each call the one before eight times, nine deep.
const ROUTINES: &[u8] = include_bytes!("../../tests/fixtures/fonts/routines-without-end.otf");

#[test]
fn a_font_whose_routines_call_each_other_without_end_is_refused_before_a_letter_is_drawn() {
    let told = refusal(ROUTINES.to_vec());
    assert!(
        told.contains("fonts/own.ttf: this font has a glyph (number 66) of more than 5000 points"),
        "{told}"
    );
}

/// Substitution rules that make of a glyph so many of it, as often as there are rules.
fn growing(glyph: u16, copies: u16, rules: u16) -> Vec<u8> {
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    // One script, whose one language has the one feature.
    let scripts = [words(&[1]), b"DFLT".to_vec(), words(&[8, 4, 0, 0, 0xffff, 1, 0])].concat();
    let all: Vec<u16> = (0..rules).collect();
    let features = [words(&[1]), b"liga".to_vec(), words(&[8, 0, rules]), words(&all)].concat();
    let sequence = [vec![copies], vec![glyph; usize::from(copies)]].concat();
    let rule = words(&[&[2, 0, 1, 8, 1, 8, 1, 14, 1, 1, glyph], &sequence[..]].concat());
    let starts: Vec<u16> = (0..rules).map(|at| 2 + 2 * rules + at * rule.len() as u16).collect();
    let lookups = [words(&[rules]), words(&starts), rule.repeat(usize::from(rules))].concat();
    let (features_at, lookups_at) = (10 + scripts.len(), 10 + scripts.len() + features.len());
    [words(&[1, 0, 10, features_at as u16, lookups_at as u16]), scripts, features, lookups].concat()
}

#[test]
fn a_font_whose_rules_make_ever_more_letters_is_refused_when_it_sets_text() {
    let shaped = |copies: u16, rules: u16| {
        let font = regular();
        let letter = load(font.clone()).expect("a font").metrics_face().glyph('a').expect("a glyph");
        let fonts = load(with_tables(&font, &[(b"GSUB", growing(letter, copies, rules))])).expect("a font");
        let (text, script) = ("banana", Script::Latin);
        let stretch = Stretch { text, face: FaceId(0), script, right_to_left: false, language: None };
        fonts.shape(&stretch).map(|segment| segment.glyphs.len())
    };
    assert_eq!(shaped(2, 1), Ok(9), "a rule within reason");
    assert!(matches!(shaped(9, 3), Err(Unset::Growing { font }) if &*font == "fonts/own.ttf"));
}
